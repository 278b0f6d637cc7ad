//! Letters that are whole numbers only because they are subscripts elsewhere: iterates `x_t` beside a convex combination
//! `t x + (1 - t) y`.

use crate::claim::{Claim, Given, Statement};
use crate::engine::{Effort, plausible};
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};
use crate::message::Message;
use crate::num::Ternary;

/// Letters that count wherever they stand.
const COUNTS: &[&str] = &["i", "j", "k", "l", "m", "n", "d", "B", "C", "D", "K", "L", "M", "N", "T", "\\ell"];

/// Points of a look at what a statement says of real numbers.
const LOOK: Effort = Effort { cases: 12, seed: 0 };

/// Why a statement that holds for whole numbers stays open: its letter counts nothing here, nothing says that it is a whole
/// number, and it fails for other values.
pub fn whole_elsewhere(statement: &Statement) -> Option<Message> {
    let claim = statement.claim.as_ref().filter(|_| statement.expected.is_none())?;
    let said = |s: &Symbol| {
        let whole = |e: &Expr| match e.as_app("member") {
            Some([x, set]) => x.as_symbol() == Some(s) && fun::element_sort(set) == Sort::Integer,
            _ => false,
        };
        claim.givens.iter().any(|g| g.fact.as_ref().is_some_and(whole))
    };
    let counts = |s: &Symbol| [&claim.relation, &claim.unfolded].iter().any(|e| counts(e, s));
    let symbols = claim.unfolded.symbols().into_iter();
    let letters: Vec<Symbol> =
        symbols.filter(|s| s.sort == Sort::Integer && !COUNTS.contains(&&*s.name) && !said(s) && !counts(s)).collect();
    let first = letters.first()?;
    let real = |e: &Expr| letters.iter().fold(e.clone(), |e, s| e.substituted(s, &Expr::sym(s.with_sort(Sort::Real))));
    // A range that no line says comes from the subscripts.
    let told = |g: &&Given| g.line.is_some() || !g.fact.as_ref().is_some_and(|f| letters.iter().any(|s| f.mentions(s)));
    let givens = claim.givens.iter().filter(told).map(|g| Given { fact: g.fact.as_ref().map(real), ..g.clone() });
    let free = Claim { unfolded: real(&claim.unfolded), givens: givens.collect(), ..claim.clone() };
    // A claim that rests on other lines of the notes fails of any numbers without them.
    let fails = plausible(&free, LOOK) == Ternary::False && plausible(claim, LOOK) != Ternary::False;
    fails.then(|| Message::new("reason-whole").with("symbol", Expr::sym(first.clone())))
}

/// Whether a symbol stands in a subscript or ends a range.
fn counts(e: &Expr, s: &Symbol) -> bool {
    e.any(&mut |x| match x.node() {
        Node::App(f, args) if f.name == fun::INDEX => args.iter().skip(1).any(|i| i.mentions(s)),
        Node::Bind { binder: Binder::Derivative, .. } => false,
        Node::Bind { domain: Domain::Range(low, high), .. } => low.mentions(s) || high.mentions(s),
        _ => x.sort().sizes().iter().any(|n| n.mentions(s)),
    })
}
