//! The report as a browser shows it, in headless Chromium: filters, anchors, keys, no script errors, nothing loaded,
//! readable on a phone, in the dark and on paper, and what axe-core says of it.
//!
//! Where there is no Chromium, or no axe-core, the tests say so and pass: `.ci/run` installs both.

mod chromium;

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use chromium::Browser;
use rederive::report::{Pictures, Run, report};
use rederive::source::Source;
use rederive::{Options, check};
use serde_json::{Value, json};

/// Notes of the course whose pages are looked at.
const NOTES: [&str; 2] = ["notes/softmax-gradient-chain.md", "notes/squared-error.md"];

/// The folder with the pages: for authors, and below `student` for students.
fn site() -> &'static PathBuf {
    static SITE: OnceLock<PathBuf> = OnceLock::new();
    SITE.get_or_init(|| {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("browser");
        let read = |path: &&str| Source::new(*path, fs::read_to_string(path).expect("notes of the course"));
        let options = Options { derivations: true, ..Options::default() };
        let documents: Vec<_> = NOTES.iter().map(read).map(|source| check(source, &options)).collect();
        for (name, student) in [("author", false), ("student", true)] {
            let pictures = Pictures::new();
            let run = Run { student, pictures: &pictures, ..Run::new(&documents) };
            for artifact in report(&run).expect("templates work") {
                let path = folder.join(name).join(&artifact.name);
                fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
                fs::write(path, artifact.content).expect("it can be written");
            }
        }
        folder
    })
}

fn address(page: &str) -> String {
    format!("file://{}", site().join(page).display())
}

const AUTHOR: &str = "author/softmax-gradient-chain.html";
const STUDENT: &str = "student/softmax-gradient-chain.html";
const ALL: [&str; 5] = [AUTHOR, STUDENT, "author/squared-error.html", "author/index.html", "author/trust.html"];

/// A browser, or why there is none.
macro_rules! browser {
    () => {
        match Browser::start() {
            Ok(browser) => browser,
            Err(reason) => {
                println!("skipped: {reason}");
                return;
            }
        }
    };
}

#[test]
fn a_page_runs_without_errors_and_loads_nothing() {
    let mut browser = browser!();
    for name in ALL {
        let mut page = browser.open(&address(name));
        page.key("j");
        page.key("?");
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })");
        assert_eq!(page.complaints(), Vec::<String>::new(), "{name}");
        let foreign: Vec<String> = page.requests().into_iter().filter(|u| u != &address(name)).collect();
        assert_eq!(foreign, Vec::<String>::new(), "{name} loads something");
    }
}

/// How many cards are visible, and how many of a verdict there are.
const VISIBLE: &str =
    "[...document.querySelectorAll('article details.card')].filter((c) => c.checkVisibility()).map((c) => c.className)";

#[test]
fn filters_show_what_they_say_also_without_scripts() {
    let mut browser = browser!();
    for scripts in [true, false] {
        let mut page = browser.open_with(&address(AUTHOR), scripts);
        for verdict in ["proved", "refuted"] {
            page.evaluate(&format!("document.querySelector('label[for=show-{verdict}]').click()"));
            let shown = page.evaluate(VISIBLE);
            let shown: Vec<&str> = shown.as_array().expect("a list").iter().filter_map(Value::as_str).collect();
            let said = page.evaluate(&format!(
                "Number(document.querySelector('.choices label[for=show-{verdict}] b').textContent)"
            ));
            assert_eq!(
                json!(shown.len() as f64),
                json!(said.as_f64().expect("a number")),
                "{verdict}, scripts: {scripts}"
            );
            assert!(shown.iter().all(|c| c.contains(&format!("v-{verdict}"))), "{shown:?}");
        }
        page.evaluate("document.querySelector('label[for=show-all]').click()");
        assert!(page.evaluate(VISIBLE).as_array().expect("a list").len() > 10);
    }
}

#[test]
fn an_anchor_opens_its_card() {
    let mut browser = browser!();
    let anchor = "claim-softmax.gradient-chain-as-printed.2";
    let mut page = browser.open(&format!("{}#{anchor}", address(AUTHOR)));
    let state = format!(
        "(() => {{ const e = document.getElementById('{anchor}'); const r = e.getBoundingClientRect(); \
         return [e.closest('details').open, r.top < innerHeight && r.bottom > 0]; }})()"
    );
    page.until(&state, &json!([true, true]));
    // Every link on the page leads somewhere on it.
    let lost = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map((a) => decodeURIComponent(a.getAttribute('href').slice(1))).filter((id) => !document.getElementById(id))",
    );
    assert_eq!(lost, json!([]));
    let mark = "document.querySelector('[data-card=\"claim-softmax.gradient-chain.1\"]')";
    page.evaluate(&format!("{mark}.click()"));
    page.until("document.getElementById('claim-softmax.gradient-chain.1').closest('details').open", &json!(true));
}

#[test]
fn keys_move_open_search_and_help() {
    let mut browser = browser!();
    let mut page = browser.open(&address(AUTHOR));
    let focus = "[document.activeElement.localName, document.activeElement.closest('article') !== null]";
    page.key("j");
    assert_eq!(page.evaluate(focus), json!(["summary", true]));
    let first = page.evaluate("document.activeElement.parentElement.querySelector('.evidence').id");
    page.key("j");
    let second = page.evaluate("document.activeElement.parentElement.querySelector('.evidence').id");
    assert_ne!(first, second);
    page.key("k");
    assert_eq!(page.evaluate("document.activeElement.parentElement.querySelector('.evidence').id"), first);
    page.key("/");
    assert_eq!(page.evaluate("document.activeElement.id"), json!("search"));
    page.type_text("features");
    let hidden = "[...document.querySelectorAll('article > *')].filter((e) => e.checkVisibility() && !e.textContent.toLowerCase().includes('features')).length";
    page.until(hidden, &json!(0));
    page.key("Escape");
    page.key("?");
    assert_eq!(page.evaluate("document.getElementById('keys').open"), json!(true));
    page.key("Escape");
    page.until("document.getElementById('keys').open", &json!(false));
    assert_eq!(page.complaints(), Vec::<String>::new());
}

/// Text that stands beyond the page's edge without a way to scroll to it.
const LOST: &str = "(() => {
  const out = [];
  for (const e of document.querySelectorAll('body *')) {
    if (!e.checkVisibility() || e.closest('.skip, .word, dialog, svg, math, legend, input')) continue;
    const r = e.getBoundingClientRect();
    if (r.width === 0 || r.right <= document.documentElement.clientWidth + 1) continue;
    let p = e.parentElement;
    while (p && !/auto|scroll|hidden/.test(getComputedStyle(p).overflowX)) p = p.parentElement;
    if (!p) out.push(e.localName + '.' + e.className + ' ' + Math.round(r.right));
  }
  return out.slice(0, 5);
})()";

#[test]
fn a_page_fits_phones_desks_and_paper_in_the_light_and_in_the_dark() {
    let mut browser = browser!();
    for name in ALL {
        for (width, dark, print) in
            [(360, false, false), (360, true, false), (1440, false, false), (1440, true, false), (720, false, true)]
        {
            let mut page = browser.open(&address(name));
            page.show(width, dark, print);
            page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })");
            let place = format!("{name} at {width}, dark: {dark}, print: {print}");
            assert_eq!(page.evaluate(LOST), json!([]), "{place}");
            let wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            assert!(wide.as_f64().is_some_and(|w| w <= 0.0), "{place} scrolls sideways by {wide}");
            let paper = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/[0-9.]+/g).slice(0, 3).reduce((s, x) => s + Number(x), 0) > 380");
            assert_eq!(paper, json!(!dark), "{place}: the paper");
            let small = page.evaluate("Math.min(...[...document.querySelectorAll('article p, article li, .evidence dd, .choices label')].filter((e) => e.checkVisibility()).map((e) => parseFloat(getComputedStyle(e).fontSize)))");
            assert!(small.as_f64().is_none_or(|s| s >= if print { 10.0 } else { 11.0 }), "{place}: text of {small} px");
        }
    }
}

/// Where `.ci/run` puts axe-core.
fn axe() -> Option<String> {
    let given = std::env::var_os("REDERIVE_AXE").map(PathBuf::from);
    let path = given.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/axe/package/axe.min.js"));
    fs::read_to_string(path).ok()
}

#[test]
fn axe_finds_no_violation() {
    let mut browser = browser!();
    let Some(axe) = axe() else {
        println!("skipped: there is no axe-core in target/axe (`.ci/run` puts it there)");
        return;
    };
    for name in ALL {
        for (width, dark) in [(1440, false), (360, true)] {
            let mut page = browser.open(&address(name));
            page.show(width, dark, false);
            page.evaluate("document.querySelectorAll('article details.card, article details.card details').forEach((d) => { d.open = true; })");
            page.evaluate(&format!("{axe}; true"));
            let found = page.evaluate(
                "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })\
                 .then((r) => r.violations.map((v) => v.id + ': ' + v.help + ' · ' + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + ' ' + n.failureSummary.slice(0, 200)).join(' | ') + ' · ' + v.nodes.length))",
            );
            assert_eq!(found, json!([]), "{name} at {width}, dark: {dark}");
        }
    }
}
