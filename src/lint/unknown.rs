//! Symbols that nothing introduces.

use crate::claim::{Kind, Statement};
use crate::diag::{Code, Diagnostic, Severity};
use crate::message::Message;

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
        let said = |o: &Statement| o.id != s.id && o.link.chain != s.link.chain && speaks_of(o, symbol);
        if statements.iter().any(|o| said(o)) {
            continue;
        }
        let message = Message::new("finding-unknown-symbol").with("symbol", symbol);
        out.push(Diagnostic {
            statement: Some(s.id.clone()),
            ..Diagnostic::new(&UNKNOWN_SYMBOL, Severity::Note, s.span, message)
        });
    }
    out
}

fn speaks_of(s: &Statement, symbol: &str) -> bool {
    s.sides.iter().any(|(l, r)| [l, r].iter().any(|e| e.symbols().iter().any(|x| *x.name == *symbol)))
}
