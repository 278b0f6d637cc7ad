//! Statements that are false by one convention and true by another that the notes may mean: the base of logarithms, the
//! layout of derivatives, whether an objective is a sum or a mean. They are neither proved nor refuted, as long as the notes don't say which one they use.

use crate::algebra::digits::digits;
use crate::claim::{Kind, Statement, Verdict};
use crate::diag::{Code, Diagnostic, Severity};
use crate::engine::{Effort, plausible, settle};
use crate::expr::{Expr, Node, Symbol, fun};
use crate::localise::differ::{holds, is_shown, transposed, up_to_size};
use crate::message::Message;
use crate::num::Ternary;
use crate::source::Source;
use crate::verdict::{decide, derives};

/// A statement that holds by another convention than ours.
pub static CONVENTION: Code = Code {
    name: "undeclared-convention",
    what: "the two sides are equal but for a convention: the base of the logarithm, the layout of a derivative, a sum for a mean",
    why: "a reader who takes the other convention finds the formula wrong; a word or an index says which one is meant",
    example: "In bits we have $$ \\log 8 = 3 $$",
};

/// Points of a look at what a statement says in another base.
const LOOK: Effort = Effort { cases: 12, seed: 0 };

/// What in notes speaks of the layout.
const LAYOUTS: &[&str] = &["layout", "레이아웃", "배치 규약"];

/// What in notes says that an objective is a mean or a sum.
const MEANS: &[&str] = &["mean", "average", "sum of", "summed", "평균", "의 합", "총합", "합산"];

/// Why the refuted equation `statements[at]` is excused, if it is one: it begins a derivation or stands alone, and it
/// holds by a convention about which the notes say nothing and which nothing in them uses otherwise.
pub fn excused(source: &Source, statements: &[Statement], verdicts: &[Verdict], at: usize) -> Option<Message> {
    let statement = statements.get(at)?;
    let claim = statement.claim.as_ref()?;
    if verdicts.get(at) != Some(&Verdict::Refuted) {
        return None;
    }
    let [left, right] = claim.unfolded.as_app(fun::EQ)? else { return None };
    // What a definition before it in its derivation names is worked out here.
    let own = statements.iter().filter(|s| s.link.chain == statement.link.chain && s.link.step < statement.link.step);
    let begins = statement.link.step <= 1 || own.clone().all(|s| s.kind == Kind::Definition);
    let silent = |words: &[&str]| words.iter().all(|w| !source.text.contains(w));
    let proved = |test: &dyn Fn(&Expr) -> bool| {
        let mut known = statements.iter().zip(verdicts).filter(|(_, v)| **v == Verdict::Proved);
        known.any(|(s, _)| s.claim.as_ref().is_some_and(|c| test(&c.unfolded)))
    };
    let logarithm = |e: &Expr| e.any(&mut |x| matches!(x.node(), Node::App(f, _) if f.name == "log"));
    if logarithm(&claim.unfolded) && writes_logarithm(statements, statement) {
        for base in [2, 10] {
            let log = Expr::apply("log", vec![Expr::int(base)]);
            let times = |e: &Expr| log.clone() * e.clone();
            if is_shown(claim, left, &times(right)) || is_shown(claim, &times(left), right) {
                return Some(Message::new("reason-base").with("base", base));
            }
            // `\\log 3 - \\frac23` in bits.
            let based = Expr::relate(fun::EQ, in_base(left, &log), in_base(right, &log));
            if plausible(&claim.about(&based), LOOK) == Ternary::True {
                return Some(Message::new("reason-base").with("base", base));
            }
            let printed = claim.printed.as_ref().map(|printed| in_base(printed, &log));
            let written = printed.as_ref().and_then(|printed| digits(printed).within);
            if written.is_some_and(|relation| holds(claim, &relation)) {
                return Some(Message::new("reason-base").with("base", base));
            }
            // `-\\frac13 \\log \\frac13 - \\frac23 \\log \\frac23 = 0.528 + 0.390`: each may be rounded.
            // What a logarithm is taken of is no result.
            let exact = |printed: &Expr| {
                !printed.any(&mut |x| x.as_app("log").is_some_and(|args| args.iter().any(Expr::has_decimals)))
            };
            let rounded = printed.filter(|printed| printed.symbols().is_empty() && exact(printed));
            let rounded = rounded.map(|printed| claim.about(&printed));
            if rounded.is_some_and(|about| decide(&about, &settle(&about, LOOK)).verdict != Verdict::Refuted) {
                return Some(Message::new("reason-base").with("base", base));
            }
        }
    }
    if !begins {
        return None;
    }
    let jacobian = |e: &Expr| derives(e) && e.children().iter().any(|s| s.sort().sizes().len() == 2);
    if jacobian(&claim.unfolded) && silent(LAYOUTS) && !proved(&jacobian) && transposed(claim, left, right) {
        return Some(Message::new("reason-layout"));
    }
    // The objective's definition has the factor, and its derivative was written for the other.
    let of_defined = derives(&claim.unfolded) && !claim.definitions.is_empty();
    if of_defined
        && silent(MEANS)
        && !proved(&derives)
        && let Some(ratio) = up_to_size(claim, left, right)
    {
        return Some(Message::new("reason-mean").with("ratio", ratio));
    }
    None
}

/// Whether a logarithm that names no base is written in the statement, or in the line of a definition that it uses.
fn writes_logarithm(statements: &[Statement], statement: &Statement) -> bool {
    let used = statement.claim.iter().flat_map(|c| &c.definitions);
    let mut lines = used
        .flat_map(|d| statements.iter().filter(|s| s.sides.as_ref().is_some_and(|(left, _)| defines(left, &d.head))));
    statement.latex.contains("\\log") || lines.any(|s| s.latex.contains("\\log"))
}

/// Whether it is a symbol, or its value or entry somewhere.
fn defines(left: &Expr, head: &Symbol) -> bool {
    match left.node() {
        Node::Call(f, _) => f.same(head),
        _ => {
            let array = left.as_app(fun::INDEX).and_then(<[Expr]>::first).unwrap_or(left);
            array.as_symbol().is_some_and(|s| s.same(head))
        }
    }
}

/// The relation with its logarithms in another base, of which this is the natural one.
fn in_base(relation: &Expr, log: &Expr) -> Expr {
    relation.transform(&mut |x, _| match x.as_app("log") {
        Some([inner]) => Some(Expr::apply("log", vec![inner.clone()]).over(log)),
        _ => None,
    })
}

/// The note about a statement that is excused.
pub fn noted(statement: &Statement, reason: &Message) -> Diagnostic {
    let mut d = Diagnostic::new(&CONVENTION, Severity::Note, statement.span, reason.clone());
    d.statement = Some(statement.id.clone());
    d
}

#[cfg(test)]
mod tests {
    use crate::source::Source;
    use crate::{Options, check};

    /// Verdict of the last statement, and whether the note stands there.
    fn judged(text: &str) -> (&'static str, bool) {
        let result = check(Source::new("notes.md", text), &Options::default());
        let noted = result.findings.iter().any(|f| f.code.name == super::CONVENTION.name);
        (result.statements.last().unwrap().judgement.verdict.word(), noted)
    }

    #[test]
    fn a_base_that_nobody_names_is_a_note() {
        assert_eq!(judged("In bits we have $$ \\log 8 = 3 $$"), ("undecided", true));
        assert_eq!(judged("It is $$ H = -\\log \\frac14 = 2 $$ bits"), ("undecided", true));
        assert_eq!(judged("With $e^0 = 1$, in bits $$ H = -\\log 0.3 = 1.74 $$"), ("undecided", true));
        assert_eq!(judged("In bits $$ H = -\\log 0.3 = 1.94 $$"), ("refuted", false));
        assert_eq!(judged("With $\\ln e = 1$ we have $$ \\log 8 = 3 $$"), ("undecided", true));
        assert_eq!(judged("We have $$ \\log 8 = \\log 2^3 = 3 $$"), ("undecided", true));
        assert_eq!(judged("We have $$ -\\frac12 \\log \\frac12 - \\frac12 \\log \\frac12 = 1 $$"), ("undecided", true));
    }

    #[test]
    fn another_error_stays_one() {
        assert_eq!(judged("In bits we have $$ \\log 8 = 2 $$"), ("refuted", false));
        assert_eq!(judged("We have $$ \\ln 8 = 3 $$"), ("refuted", false));
        assert_eq!(judged("With $\\ln e = 1$ we have $$ \\log 8 = 4 $$"), ("refuted", false));
        assert_eq!(judged("We have $$ \\log 8 = \\log 2^3 = 4 $$"), ("refuted", false));
        assert_eq!(judged("For all real $x$ $$ (x + 1)^2 = 2 (x + 1)^2 $$").0, "refuted", "a factor 2 is no base");
    }

    #[test]
    fn a_sum_for_a_mean_that_nobody_names_is_a_note() {
        let of = |about: &str, right: &str| {
            format!(
                "Let $x, y \\in \\mathbb{{R}}^n$, $w \\in \\mathbb{{R}}$. The {about} is\n\n$$\nJ(w) = \\frac{{1}}{{n}} \\sum_{{i=1}}^{{n}} (w x_i - y_i)^2\n$$\n\nFor all $x$, $y$, $w$ we have\n\n$$\n\\frac{{d J}}{{d w}} = {right}\n$$\n"
            )
        };
        let gradient = "\\sum_{i=1}^{n} 2 (w x_i - y_i) x_i";
        assert_eq!(judged(&of("loss", gradient)), ("undecided", true));
        assert_eq!(judged(&of("mean loss", gradient)), ("refuted", false));
        assert_eq!(judged(&of("loss", "\\sum_{i=1}^{n} 2 (w x_i + y_i) x_i")), ("refuted", false));
        assert_eq!(judged(&of("loss", &format!("\\frac{{1}}{{n}} {gradient}"))), ("proved", false));
        let alone =
            "Let $x \\in \\mathbb{R}^n$. For all $x$ $$ \\frac{1}{n} \\sum_{i=1}^{n} x_i = \\sum_{i=1}^{n} x_i $$";
        assert_eq!(judged(alone), ("refuted", false), "nothing is defined");
    }

    #[test]
    fn a_layout_that_nobody_names_is_a_note() {
        let of = |right: &str| {
            format!(
                "Let $A \\in \\mathbb{{R}}^{{n \\times n}}$, $x \\in \\mathbb{{R}}^n$. For all $A$, $x$\n\n$$\n\\frac{{\\partial (A x)}}{{\\partial x}} = {right}\n$$\n"
            )
        };
        assert_eq!(judged(&of("A^T")), ("undecided", true));
        assert_eq!(judged(&of("2 A^T")), ("refuted", false));
        assert!(!judged(&format!("{}\nIn numerator layout.", of("A^T"))).1);
    }
}
