(() => {
  "use strict";
  const open = (target) => {
    for (let e = target; e; e = e.parentElement) if (e.localName === "details") e.open = true;
  };
  const go = () => {
    let id = "";
    try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const target = id && document.getElementById(id);
    if (!target) return;
    open(target);
    target.scrollIntoView({ block: "nearest" });
  };
  addEventListener("hashchange", go);
  go();
  // A second click on a mark closes its card.
  addEventListener("click", (event) => {
    const row = event.target.closest && event.target.closest(".mark[data-card]");
    if (row && location.hash !== "#" + encodeURIComponent(row.dataset.card) && location.hash !== "#" + row.dataset.card) {
      location.hash = row.dataset.card;
      return;
    }
    const link = row || (event.target.closest && event.target.closest("a.mark"));
    if (!link || (!row && link.getAttribute("href") !== location.hash)) return;
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const card = target && target.closest("details.card");
    if (card) { event.preventDefault(); card.open = !card.open; }
  });
  const search = document.getElementById("search");
  const blocks = () => [...document.querySelectorAll("article > *, article li")];
  if (search) {
    search.closest("p").hidden = false;
    search.addEventListener("input", () => {
      const wanted = search.value.trim().toLocaleLowerCase();
      for (const b of blocks()) b.classList.toggle("missed", wanted !== "" && !b.textContent.toLocaleLowerCase().includes(wanted));
    });
  }
  // What scrolls sideways can be scrolled by keys too.
  const reachable = () => {
    for (const e of document.querySelectorAll(".math, .typeset, .claim, .scroll, .side")) {
      if (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1 && getComputedStyle(e).overflowY === "auto") e.tabIndex = 0;
      else e.removeAttribute("tabindex");
    }
  };
  addEventListener("resize", reachable);
  document.addEventListener("toggle", reachable, true);
  reachable();
  let at = -1;
  const move = (step) => {
    const cards = [...document.querySelectorAll("article details.card > summary")].filter((s) => s.checkVisibility ? s.checkVisibility() : s.offsetParent);
    if (!cards.length) return;
    at = (at + step + cards.length) % cards.length;
    cards[at].focus();
    cards[at].scrollIntoView({ block: "center" });
  };
  addEventListener("keydown", (event) => {
    const typing = /^(input|textarea|select)$/.test(event.target.localName || "") && event.target.type !== "radio";
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "j") move(1);
    else if (event.key === "k") move(at < 0 ? 0 : -1);
    else if (event.key === "/" && search) { event.preventDefault(); search.focus(); }
    else if (event.key === "?" && keys) { event.preventDefault(); keys.showModal(); }
  });
  const keys = document.getElementById("keys");
  const opener = document.getElementById("keys-open");
  if (keys && opener) opener.addEventListener("click", () => keys.showModal());
  // LaTeX to be copied: a button beside it, where there is a clipboard.
  const button = document.getElementById("copy");
  if (button && navigator.clipboard) for (const place of document.querySelectorAll(".tex")) {
    const copy = button.content.firstElementChild.cloneNode(true);
    copy.addEventListener("click", () => {
      navigator.clipboard.writeText(place.querySelector("code").textContent).then(() => { copy.textContent = copy.dataset.done; }, () => {});
    });
    place.append(" ", copy);
  }
  addEventListener("beforeprint", () => document.querySelectorAll("article details.card.v-refuted").forEach((d) => { d.open = true; }));
})();
