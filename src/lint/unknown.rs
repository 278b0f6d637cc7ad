//! Symbols that nothing introduces.

use crate::claim::{Kind, Statement};
use crate::diag::{Code, Diagnostic, Severity};
use crate::message::Message;

/// An index outside of what binds it.
pub static UNBOUND_INDEX: Code = Code {
    name: "unbound-index",
    what: "an index letter stands outside of the sums that bind it, and nothing says which value it has",
    why: "a term has slipped out of its sum, or the letter should be another one",
    example: "<!-- rederive let: x, y \\in \\mathbb{R}^n -->\n\n$$ x^T y = \\sum_{k=1}^{n} x_k y_k + \\sum_{j=1}^{n} x_j y_k - x^T y $$",
};

/// A symbol without any introduction, in notes that declare theirs.
pub static UNKNOWN_SYMBOL: Code = Code {
    name: "unknown-symbol",
    what: "a symbol stands in one claim alone and nothing introduces it, though these notes declare what they use",
    why: "the formula cannot be checked; probably another symbol is meant",
    example: "<!-- rederive let: x \\in \\mathbb{R} -->\n\nFor all $x$ we have $(x + 1)^2 = x^2 + 2z + 1$.",
};

/// The findings about the claims that nothing settled, of a document that declares its symbols.
pub fn unknown<'a>(unsettled: impl Iterator<Item = &'a Statement>, statements: &[&Statement]) -> Vec<Diagnostic> {
    let mut out = vec![];
    for s in unsettled.filter(|s| s.kind == Kind::Claim && s.otherwise.is_none()) {
        let open = s.claim.as_ref().and_then(|c| c.open.as_ref()).filter(|m| m.key == "reason-unknown-symbol");
        let Some((_, symbol)) = open.and_then(|m| m.args.iter().find(|(name, _)| *name == "symbol")) else { continue };
        let index = symbol.chars().count() == 1 && symbol.chars().all(|c| ('i'..='n').contains(&c));
        let said = |o: &Statement| o.id != s.id && o.link.chain != s.link.chain && speaks_of(o, symbol);
        let (code, severity) = if index && binds(&s.latex, symbol) {
            (&UNBOUND_INDEX, Severity::Warning)
        } else if !statements.iter().any(|o| said(o)) {
            (&UNKNOWN_SYMBOL, Severity::Note)
        } else {
            continue;
        };
        let message = Message::new("finding-unknown-symbol").with("symbol", symbol);
        out.push(Diagnostic { statement: Some(s.id.clone()), ..Diagnostic::new(code, severity, s.span, message) });
    }
    out
}

/// Whether a sum or product over this letter stands in the formula.
fn binds(latex: &str, letter: &str) -> bool {
    let plain: String = latex.chars().filter(|c| !c.is_whitespace()).collect();
    ["\\sum_{", "\\prod_{", "\\sum_", "\\prod_"].iter().any(|b| plain.contains(&format!("{b}{letter}")))
}

fn speaks_of(s: &Statement, symbol: &str) -> bool {
    s.sides.iter().any(|(l, r)| [l, r].iter().any(|e| e.symbols().iter().any(|x| *x.name == *symbol)))
}
