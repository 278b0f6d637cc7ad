//! Repairs: what is proposed holds, and nothing is proposed where it would only look right.

use rederive::claim::Verdict;
use rederive::message::Lang;
use rederive::source::Source;
use rederive::verdict::DocumentResult;
use rederive::{Options, check};

fn checked(text: &str) -> DocumentResult {
    check(Source::new("notes.md", text), &Options::default())
}

/// The repairs of refuted lines, with the notes as they read when each is applied.
fn repairs(result: &DocumentResult) -> Vec<(String, String)> {
    let refuted = result.statements.iter().filter(|j| j.judgement.verdict == Verdict::Refuted);
    let of = |j: &rederive::verdict::Judged| {
        let new = j.judgement.suggestion.clone()?;
        let span = j.statement.span;
        let text = &result.source.text;
        Some((new.clone(), format!("{}{new}{}", &text[..span.start], &text[span.end..])))
    };
    refuted.filter_map(of).collect()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '{' | '}' | '&')).collect()
}

fn real(names: &str, formula: &str) -> String {
    format!("<!-- rederive let: {names} -->\n\n<!-- rederive next: id t; claim -->\n$$\n{formula}\n$$\n")
}

/// The one repair of a formula; what it gives is proved, and nothing in the notes is refuted.
fn repaired(names: &str, formula: &str) -> String {
    let result = checked(&real(names, formula));
    let all = repairs(&result);
    let [(new, text)] = all.as_slice() else { panic!("{formula}: {all:?}") };
    let again = checked(text);
    assert!(again.statements.iter().all(|j| j.judgement.verdict != Verdict::Refuted), "{formula}: {new}");
    assert!(again.statements.iter().any(|j| j.judgement.verdict == Verdict::Proved), "{formula}: {new}");
    squeezed(new)
}

#[test]
fn the_relation_is_turned_before_its_bound_is_changed() {
    assert_eq!(repaired(r"x \in \mathbb{R}", r"x^2 \leq 0"), squeezed(r"x^2 \geq 0"));
    assert_eq!(repaired(r"q \in (0, 1)", r"q (1 - q) \geq \frac{1}{4}"), squeezed(r"q (1 - q) \leq \frac{1}{4}"));
}

#[test]
fn a_repair_makes_no_line_trivial() {
    for (names, wrong) in [
        (r"x \in \mathbb{R}", r"x^2 + 1 \leq x"),
        (r"a \in \mathbb{R}, b \in \mathbb{R}", r"(a + b)^2 = a^2 + b^2"),
        (r"u \in \mathbb{R}", r"\inf_{u \in \mathbb{R}} \exp (1 + e^{-u}) = 0"),
    ] {
        for (new, _) in repairs(&checked(&real(names, wrong))) {
            let sides: Vec<&str> = new.split(['=', '<', '>']).map(str::trim).collect();
            assert!(sides.windows(2).all(|w| squeezed(w[0]) != squeezed(w[1])), "{new}");
            for nothing in ["x - x", "a - a", "b - b", "0 (", r"\inf_{u \in \mathbb{R}} \log (1 )"] {
                assert!(!new.contains(nothing), "{new}");
            }
        }
    }
}

#[test]
fn the_slip_is_mended_where_it_is() {
    let names = r"x \in \mathbb{R}, y \in \mathbb{R}";
    assert_eq!(
        repaired(names, r"(x + y)^2 = x^2 - 2 x y + y^2").len(),
        squeezed(r"(x + y)^2 = x^2 + 2 x y + y^2").len()
    );
    assert_eq!(repaired(names, r"(x + y)(x - y) = x^2 + y^2"), squeezed(r"(x + y)(x - y) = x^2 - y^2"));
    let expanded = repaired(names, r"(x - y) (x + 1) = x - y x + x - y");
    assert!(["(x-y)(x+1)=(x-y)x+x-y", "(x-y)(x+1)=xx-yx+x-y"].contains(&expanded.as_str()), "{expanded}");
}

/// Both lines are wrong, and each repair of one leaves the other wrong: none is sure.
#[test]
fn nothing_is_proposed_while_the_derivation_has_another_fault() {
    let lines =
        "\\begin{aligned}\n(x + 1)^2 &= x^2 + 3 x + 1 \\\\\n&= x^2 + 2 x + 5 \\\\\n&= x^2 + 2 x + 7\n\\end{aligned}";
    let result = checked(&real(r"x \in \mathbb{R}", lines));
    assert!(result.statements.iter().any(|j| j.judgement.verdict == Verdict::Refuted));
    assert_eq!(repairs(&result), []);
}

/// A slip that the next line takes back: the middle is mended, not the end.
#[test]
fn slips_that_cancel_are_mended_in_the_middle() {
    let lines =
        "\\begin{aligned}\n(x + 1)^2 &= x^2 + 2 x + 1 \\\\\n&= x (x - 2) + 1 \\\\\n&= x^2 + 2 x + 1\n\\end{aligned}";
    let result = checked(&real(r"x \in \mathbb{R}", lines));
    let all = repairs(&result);
    let [(new, text)] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!(squeezed(new), squeezed("= x (x + 2) + 1"));
    assert!(checked(text).statements.iter().all(|j| j.judgement.verdict != Verdict::Refuted));
}

/// Where either side may be the slip, the other repair is named beside the best.
#[test]
fn another_repair_is_named() {
    let result = checked(&real(r"x \in \mathbb{R}", "(x + 1) (x - 2) = x^2 + x - 2"));
    let refuted = result.statements.iter().find(|j| j.judgement.verdict == Verdict::Refuted).unwrap();
    assert!(refuted.judgement.suggestion.is_some());
    let notes: Vec<String> = refuted.judgement.notes.iter().map(|n| n.text(Lang::En)).collect();
    assert!(notes.iter().any(|n| n.contains("another change")), "{notes:?}");
}

/// A bound checker that disagrees is answered by a change with which it agrees.
#[test]
fn what_a_checker_contradicts_is_mended_too() {
    let text = "<!-- rederive let: \\mathbf{p} distribution, 0 \\log 0 = 0 -->\n\n<!-- rederive next: id t; checker entropy -->\n$$\n\\sum_{c=1}^{C} p_c \\log p_c \\leq \\log C\n$$\n";
    let result = checked(text);
    let contradicted: Vec<_> = result.findings.iter().filter(|f| f.code.name == "checker-disagrees").collect();
    assert!(!contradicted.is_empty(), "{:?}", result.findings);
    for f in contradicted {
        let edit = f.edit.as_ref().expect("a repair");
        let mut mended = result.source.text.clone();
        mended.replace_range(edit.span.range(), &edit.replacement);
        let again = checked(&mended);
        assert!(again.findings.iter().all(|f| f.code.name != "checker-disagrees"), "{mended}");
        assert!(again.statements.iter().any(|j| j.judgement.verdict == Verdict::Proved), "{mended}");
        assert!(f.help.is_some());
    }
}

/// Two slips in one line are mended together, and only where no single edit will do.
#[test]
fn two_slips_in_one_line_are_mended_together() {
    let names = r"x \in \mathbb{R}, y \in \mathbb{R}";
    let once = repaired(names, r"(x + y)^2 = x^2 + 2 x y - y^2");
    assert_eq!(once, squeezed(r"(x + y)^2 = x^2 + 2 x y + y^2"));
    let twice = repaired(names, r"(x + y)^3 = x^3 - 3 x^2 y + 3 x y^2 - y^3");
    assert!(["(x-y)^3=x^3-3x^2y+3xy^2-y^3", "(x+y)^3=x^3+3x^2y+3xy^2+y^3"].contains(&twice.as_str()), "{twice}");
    let both = repaired(names, r"(x + y) (x + 2 y) = x^2 - 3 x y - 2 y^2");
    assert_eq!(both, squeezed(r"(x + y) (x + 2 y) = x^2 + 3 x y + 2 y^2"));
}
