//! Which symbols of a claim about means are random, and which are constants.

use crate::algebra::moment::{averaged, inside_and_outside, spread};
use crate::claim::{Claim, Given};
use crate::elaborate::content::whatever;
use crate::elaborate::density::is_capital;
use crate::expr::{Expr, Sort, Symbol};
use crate::message::Message;

/// What stands beside an expectation is a constant, unless the notes or its name (a capital, an estimate) say that it is
/// random: a claim that mixes values for one outcome with averages is not closed, nor is one about symbols of which
/// nothing says whether they are random.
pub(super) fn random_symbols(claim: &mut Claim) {
    let (inside, outside) = inside_and_outside(&claim.unfolded);
    let mut spread = spread(&claim.unfolded);
    spread.extend(averaged(&claim.unfolded, &outside));
    let varies = |s: &Symbol| {
        spread.contains(s)
            || s.sort.is_scalar()
                && s.sort != Sort::Integer
                && inside.contains(s)
                && (is_capital(&s.name) || s.name.starts_with("\\hat{"))
    };
    let free = whatever(&claim.unfolded);
    let fact = |name: &str, s: &Symbol| Expr::apply(name, vec![Expr::sym(s.clone())]);
    let given = |claim: &Claim, f: Expr| claim.givens.iter().any(|g| g.fact.as_ref() == Some(&f));
    for s in &outside {
        let (random, constant) = (fact("random", s), fact("constant", s));
        if given(claim, random.clone()) {
            claim.open = Some(Message::new("reason-context").with("symbol", s.name.to_string()).with("what", random));
        } else if !given(claim, constant.clone()) && varies(s) && !free {
            claim.open = Some(Message::new("reason-unknown-symbol").with("symbol", Expr::sym(s.clone())));
        } else if !given(claim, constant.clone()) {
            claim.givens.push(Given { text: constant.to_string(), fact: Some(constant), line: None });
        }
    }
    let unsaid =
        |s: &&Symbol| !outside.contains(*s) && !given(claim, fact("random", s)) && !given(claim, fact("constant", s));
    if let Some(s) = inside.iter().find(unsaid) {
        claim.open = Some(Message::new("reason-unknown-symbol").with("symbol", Expr::sym(s.clone())));
    }
}
