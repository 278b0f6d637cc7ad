//! Relations that hold at no point at all: whatever they were meant to be, a claim, a condition or an equation to be
//! solved, they are slips. That may be told where nothing else may be, on notes that no one annotated.

use super::judgement::Judgement;
use crate::algebra::facts::Facts;
use crate::algebra::sign;
use crate::claim::{Kind, Statement, Verdict};
use crate::diag::{Code, Diagnostic, Severity};
use crate::expr::{Expr, Node, Sort, fun};
use crate::message::Message;
use crate::num::Ternary;
use crate::read::Document;

/// A relation without any point.
pub static HOLDS_NOWHERE: Code = Code {
    name: "holds-nowhere",
    what: "an equation or inequality of real expressions fails wherever its sides have values, as their signs show",
    why: "it is no condition either, for nothing meets it: a sign, an exponent or a symbol is probably wrong",
    example: "The slope is $\\frac{1}{2} x^{-1/2} = -\\frac{1}{\\sqrt{x}}$.",
};

/// Words beside a relation that may say that it is meant to fail, or is about complex numbers.
const MEANT: &[&str] = &[
    "contradict",
    "impossible",
    "cannot",
    "can't",
    "no solution",
    "no real",
    "not ",
    "n't",
    "never",
    "complex",
    "imaginary",
    "wrong",
    "incorrect",
    "mistake",
    "false",
    "absurd",
    "none",
    "long times",
    "long-time",
    "late times",
    "deep in",
    "far from",
    "limit",
    "approximat",
    "saturat",
    "불가",
    "모순",
    "허수",
    "복소",
    "아니",
    "않",
    "없",
    "틀린",
    "틀렸",
];

/// A warning for each statement that fails everywhere and is not refuted already.
pub fn nowhere<'a>(
    document: &Document,
    judged: impl Iterator<Item = (&'a Statement, &'a Judgement)>,
) -> Vec<Diagnostic> {
    let found = judged.filter(|(s, j)| {
        let open = match j.verdict {
            Verdict::Undecided if s.otherwise == Some(Kind::Definition) => false,
            Verdict::Undecided => j.against.is_none() && (j.fails_at.is_some() || is_given_values(s)),
            // Not said to be refuted, for it may be a condition. What defines a symbol anew holds from there on.
            Verdict::Refuted => s.otherwise == Some(Kind::Condition),
            _ => false,
        };
        open && s.expected.is_none() && fails_everywhere(s) && !is_meant(document, s.block)
    });
    found
        .map(|(s, _)| {
            let message = Message::new("finding-holds-nowhere").with("relation", &s.read);
            let mut d = Diagnostic::new(&HOLDS_NOWHERE, Severity::Warning, s.span, message);
            d.statement = Some(s.id.clone());
            d
        })
        .collect()
}

fn fails_everywhere(s: &Statement) -> bool {
    let Some(claim) = &s.claim else { return false };
    // A symbol has the value that it is given in one place of the notes, and others elsewhere: all of them count.
    let relation = if is_given_values(s) { &claim.relation } else { &claim.unfolded };
    let Node::App(f, sides) = relation.node() else { return false };
    let compares = matches!(f.name, fun::EQ | "lt" | "le" | "gt" | "ge");
    // `x^2 = -1` is shown for having no solution, and complex numbers have one.
    let bare = |e: &Expr| e.symbols().is_empty() || e.as_symbol().is_some();
    let real = |e: &Expr| {
        !e.any(&mut |x| match x.node() {
            Node::Call(..) | Node::Opaque { .. } => true,
            Node::Sym(s) => {
                !s.sort.is_scalar() && s.sort.sizes().is_empty() || s.is_notation() || unit(&s.name, &s.sort)
            }
            _ => false,
        })
    };
    if !compares || sides.iter().any(bare) || !sides.iter().all(real) {
        return false;
    }
    let givens: Vec<Expr> = claim.givens.iter().filter_map(|g| g.fact.clone()).collect();
    sign::holds(relation, &Facts::new(&givens)) == Ternary::False
}

/// Whether the notes define what stands in it.
fn is_given_values(s: &Statement) -> bool {
    s.claim.as_ref().is_some_and(|c| c.definitions.iter().any(|d| d.params.is_empty()))
}

/// A letter for the imaginary unit.
fn unit(name: &str, sort: &Sort) -> bool {
    matches!(name, "i" | "j" | "\\mathrm{i}" | "\\imath") && *sort != Sort::Integer
}

fn is_meant(document: &Document, block: usize) -> bool {
    let near = document.before(block).into_iter().chain(document.after(block));
    let text: String = near.map(|p| p.text.to_lowercase()).collect::<Vec<_>>().join(" ");
    MEANT.iter().any(|w| text.contains(w))
}
