//! Findings about claims that got no verdict, where the reason shows what is probably wrong.
//!
//! Only an author who annotates is told: a warning where an annotation asks for a verdict on the claim, a note on other
//! claims of annotated notes, nothing on notes without annotations. An expectation already says what its author knows.

use super::decide::{NEVER_DEFINED, NO_SUCH_VALUE, PARTLY_DEFINED, PARTLY_DEFINED_INSIDE};
use super::judgement::{Judged, Judgement, UNDEFINED_FUNCTION};
use crate::claim::{Claim, Kind, Statement, Verdict};
use crate::diag::{Code, Diagnostic, Severity};
use crate::elaborate::{SEVERAL_DEFINITIONS, SHAPE_MISMATCH};
use crate::expr::{Expr, Node, Sort};
use crate::message::Message;
use crate::source::Source;
use crate::verdict::early::{USED_EARLY, defined_behind};

/// A symbol without any introduction.
pub static UNKNOWN_SYMBOL: Code = Code {
    name: "unknown-symbol",
    what: "a claim of annotated notes fails, unless a symbol that nothing introduces has the right value",
    why: "probably another symbol is meant, or its definition is missing",
    example: "<!-- rederive let: x \\in \\mathbb{R} -->\n<!-- rederive next: id square -->\n$$ (x + 1)^2 = x^2 + 2z + 1 $$",
};

/// A claim about what has no value.
pub static NO_VALUE: Code = Code {
    name: "no-value",
    what: "a side of a claim has no value at any point that satisfies the givens, special cases apart",
    why: "an index is out of range, or a number is divided by 0: the claim says nothing",
    example: "<!-- rederive let: x \\in \\mathbb{R}^3 -->\n<!-- rederive next: id total -->\n$$ \\sum_{i=1}^{4} x_i = x_1 + x_2 + x_3 $$",
};

/// A claim about what has a value only in places.
pub static PARTLY_UNDEFINED: Code = Code {
    name: "partly-undefined",
    what: "one side of a claim has a value and the other none, at a point that satisfies the givens and is no special case",
    why: "a condition is missing, or a bracket, a sign or a range is wrong",
    example: "<!-- rederive next: id greatest; claim -->\n$$ \\sup_{b \\in \\{0, 1\\}, a \\in (0, 1)} (a - b^{-1})^2 = 1 $$",
};

/// A derivative of something that is none.
pub static UNKNOWN_DERIVATIVE: Code = Code {
    name: "unknown-derivative",
    what: "a derivative by something that the expression does not depend on as written, or of something without a definition",
    why: "a prime or the name behind ∂ was probably meant for something else",
    example: "<!-- rederive let: x \\in \\mathbb{R}^3, f(x) := x^T x -->\n<!-- rederive next: id prime -->\n$$ f'(x) = x^T x $$",
};

/// A relation with nothing on a side.
pub static EMPTY_PLACE: Code = Code {
    name: "empty-place",
    what: "nothing stands where an expression should be",
    why: "a side, a term or a range was lost",
    example: "<!-- rederive next: id product -->\n$$ 2 \\cdot 3 = $$",
};

/// A claim whose givens nothing meets.
pub static NO_POINT: Code = Code {
    name: "no-point",
    what: "no point was found that satisfies the givens of a claim, so that nothing was tried",
    why: "the givens contradict each other or the claim, or a range is none",
    example: "<!-- rederive next: id positive; assume x \\in \\mathbb{R}, x > 1, x < 0 -->\n$$ x^2 > x + 1 $$",
};

/// A claim that fails as it was read.
pub static FAILS_AS_READ: Code = Code {
    name: "fails-as-read",
    what: "a claim certainly fails at a point as it was read, and is not refuted only because a condition nearby, or a symbol of it, was not understood",
    why: "either the claim is wrong, or an annotation should say what the words do",
    example: "<!-- rederive let: x \\in \\mathbb{R} -->\nAssume that nothing else is known.\n<!-- rederive next: id shift -->\n$$ (x + 1)^2 = x^2 + 1 $$",
};

/// A claim that needs what the notes do not say.
pub static MISSING_CONDITION: Code = Code {
    name: "missing-condition",
    what: "a claim of annotated notes is proved only under a condition that they do not give",
    why: "the condition belongs into the notes, or the formula is not the one that was meant",
    example: "<!-- rederive let: a \\in \\mathbb{R}, b \\in \\mathbb{R} -->\n<!-- rederive next: id ratio -->\n$$ \\log (a b) = \\log a + \\log b $$",
};

/// A formula that is to be checked and was not understood.
pub static UNREAD_CLAIM: Code = Code {
    name: "unread-claim",
    what: "an annotation asks for a verdict on a formula that was not understood",
    why: "what is not understood is not checked",
    example: "<!-- rederive next: id heart -->\n$$ x \\heartsuit y = y \\heartsuit x $$",
};

/// A symbol that two definitions of one scope give two meanings.
pub static SYMBOL_REDEFINED: Code = Code {
    name: "symbol-redefined",
    what: "a symbol of annotated notes that has a definition is defined once more, as something else",
    why: "what was said of it before is about something else; another name, or a word that it is anew, helps readers",
    example: "<!-- rederive let: x \\in \\mathbb{R} -->\nLet $$ f(x) := x^2 $$ and then $$ f(x) = x^3 $$",
};

/// The codes of these findings.
pub const NOTICES: &[&Code] = &[
    &UNKNOWN_SYMBOL,
    &SYMBOL_REDEFINED,
    &NO_VALUE,
    &PARTLY_UNDEFINED,
    &UNKNOWN_DERIVATIVE,
    &EMPTY_PLACE,
    &NO_POINT,
    &MISSING_CONDITION,
    &FAILS_AS_READ,
    &UNREAD_CLAIM,
];

/// What to tell about the claims of annotated notes, at most one finding of a kind on a formula.
pub fn notices(source: &Source, judged: &[Judged]) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = vec![];
    for j in judged.iter().filter(|j| j.statement.kind == Kind::Claim && j.statement.expected.is_none()) {
        let Some((mut code, mut message)) = notice(j) else { continue };
        let s = &j.statement;
        if code == &UNKNOWN_SYMBOL
            && let Some((_, symbol)) = message.args.iter().find(|(name, _)| *name == "symbol")
            && let Some(at) = defined_behind(judged, j, symbol)
        {
            code = &USED_EARLY;
            message = Message::new("finding-used-early").with("symbol", symbol).with("line", source.line(at));
        }
        let severity = if s.asked && code != &MISSING_CONDITION { Severity::Warning } else { Severity::Note };
        if found.iter().any(|d| d.code == code && d.span == s.span) {
            continue;
        }
        let mut d = Diagnostic::new(code, severity, s.span, message);
        d.statement = Some(s.id.clone());
        d.notes.extend(j.judgement.reason.clone().filter(|_| code == &FAILS_AS_READ || code == &UNREAD_CLAIM));
        found.push(d);
    }
    found
}

/// What to tell where a symbol is defined once more, and not shown to be the same: a note.
pub fn redefined(statement: &Statement, judgement: &Judgement) -> Option<Diagnostic> {
    let claim = statement.claim.as_ref().filter(|_| statement.otherwise == Some(Kind::Definition))?;
    let holds = matches!(judgement.verdict, Verdict::Proved | Verdict::Conditional | Verdict::Confirmed);
    let symbol = statement.sides.as_ref().filter(|_| !holds)?.0.symbols().into_iter().next().map(Expr::sym)?;
    // In terms of other symbols it may be the same, said further.
    let alike = matches!(claim.unfolded.children().as_slice(), [a, b] if a.symbols() == b.symbols());
    if !alike {
        return None;
    }
    let certain = claim.open.as_ref().is_none_or(|m| m.key == SEVERAL_DEFINITIONS);
    let message = match judgement.counterexample.as_ref().or(judgement.fails_at.as_ref()).filter(|_| certain) {
        Some(shown) => {
            let point = shown.at.iter().map(|(n, v)| format!("{n} = {v}")).collect::<Vec<_>>().join(", ");
            let message = Message::new("finding-symbol-redefined").with("point", point);
            message.with("left", &shown.left).with("right", &shown.right)
        }
        None => Message::new("finding-symbol-redefined-open"),
    };
    let mut d = Diagnostic::new(&SYMBOL_REDEFINED, Severity::Note, statement.span, message.with("symbol", symbol));
    d.statement = Some(statement.id.clone());
    Some(d)
}

fn notice(j: &Judged) -> Option<(&'static Code, Message)> {
    let (s, j) = (&j.statement, &j.judgement);
    if j.verdict == Verdict::Conditional && !j.conditions.is_empty() {
        let conditions = j.conditions.join(", ");
        return Some((&MISSING_CONDITION, Message::new("finding-missing-condition").with("conditions", conditions)));
    }
    let reason = j.reason.as_ref()?;
    let argument = |name: &str| reason.args.iter().find(|(n, _)| *n == name).map_or("", |(_, value)| value.as_str());
    let notation = s.claim.as_ref().and_then(|c| notation(&c.unfolded));
    let unknown = s.claim.as_ref().filter(|_| notation.is_none()).and_then(|c| without_formula(&c.unfolded));
    let misapplied = s.claim.as_ref().and_then(misapplied);
    let told = |code: &'static Code, message: Message| Some((code, message));
    match (j.verdict, reason.key) {
        (Verdict::Unread | Verdict::Undecided, "reason-sorts") => {
            told(&SHAPE_MISMATCH, Message::new("finding-shape-mismatch-product").with("product", argument("what")))
        }
        (Verdict::Unread, "reason-empty") => told(&EMPTY_PLACE, reason.clone()),
        (Verdict::Unread, _) => told(&UNREAD_CLAIM, Message::new("finding-unread-claim")),
        (Verdict::Undecided, "reason-unknown-symbol") => told(&UNKNOWN_SYMBOL, reason.clone()),
        (Verdict::Undecided, "reason-not-defined" | "reason-no-variable") => told(&UNKNOWN_DERIVATIVE, reason.clone()),
        (Verdict::Undecided, NEVER_DEFINED | NO_SUCH_VALUE | "reason-no-witness") => told(&NO_VALUE, reason.clone()),
        (Verdict::Undecided, PARTLY_DEFINED | PARTLY_DEFINED_INSIDE) => told(&PARTLY_UNDEFINED, reason.clone()),
        (Verdict::Undecided, "reason-vacuous") => told(&NO_POINT, reason.clone()),
        (Verdict::Undecided, "reason-no-engine") if misapplied.is_some() => {
            let product = misapplied.unwrap_or_default();
            told(&SHAPE_MISMATCH, Message::new("finding-shape-mismatch-product").with("product", product))
        }
        (Verdict::Undecided, "reason-doubtful" | UNDEFINED_FUNCTION) if unknown.is_some() => {
            let symbol = unknown.unwrap_or_default();
            told(&UNKNOWN_SYMBOL, Message::new("reason-unknown-symbol").with("symbol", symbol))
        }
        (Verdict::Undecided, "reason-apart") => told(&SHAPE_MISMATCH, reason.clone()),
        (Verdict::Undecided, "reason-no-engine" | "reason-doubtful" | "reason-uninterpreted" | UNDEFINED_FUNCTION)
            if notation.is_some() =>
        {
            told(&UNREAD_CLAIM, Message::new("finding-unread-notation").with("what", notation.unwrap_or_default()))
        }
        (Verdict::Undecided, _) => {
            let shown = j.fails_at.as_ref()?;
            let point = shown.at.iter().map(|(n, v)| format!("{n} = {v}")).collect::<Vec<_>>().join(", ");
            let values = Message::new("finding-fails-as-read").with("left", &shown.left).with("right", &shown.right);
            told(&FAILS_AS_READ, values.with("point", point))
        }
        _ => None,
    }
}

/// A notation without a meaning in it, as it is written.
fn notation(e: &Expr) -> Option<String> {
    let mut found = None;
    e.any(&mut |x| {
        let Node::Call(symbol, _) = x.node() else { return false };
        if symbol.is_notation() {
            found = Some(x.to_string());
        }
        found.is_some()
    });
    found
}

/// A function without a formula in it.
fn without_formula(e: &Expr) -> Option<String> {
    let mut found = None;
    e.any(&mut |x| {
        if let Node::Call(symbol, _) = x.node() {
            found = Some(Expr::sym(symbol.clone()).to_string());
        }
        found.is_some()
    });
    found
}

/// An application of a defined function to something of another shape than its parameter.
fn misapplied(claim: &Claim) -> Option<String> {
    let rank = |sort: &Sort| match sort {
        Sort::Real | Sort::Integer => Some(0),
        Sort::Array(sizes) => Some(sizes.len()),
        Sort::Function => Some(usize::MAX),
        _ => None,
    };
    let apart = |a: &Sort, b: &Sort| rank(a).zip(rank(b)).is_some_and(|(a, b)| a != b);
    let mut found = None;
    claim.relation.any(&mut |x| {
        let Node::Call(symbol, args) = x.node() else { return false };
        let mut own = claim.definitions.iter().filter(|d| d.head.same(symbol) && d.params.len() == args.len());
        if own.any(|d| d.params.iter().zip(args).any(|(p, a)| apart(&p.sort, a.sort()))) {
            found = Some(x.to_string());
        }
        found.is_some()
    });
    found
}
