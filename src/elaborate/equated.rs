//! Symbols that the notes equate with a moment or with a random variable: `\mu = \mathrm{E}(X)`, `\bar{X} = \frac{1}{n}\sum_i X_i`.
//! A value at a point says nothing of a mean, so that in a relation of moments they are put in as definitions are.

use crate::algebra::moment::{has_moments, inside_and_outside};
use crate::claim::{Definition, Given};
use crate::elaborate::definitions::Definitions;
use crate::expr::{Expr, fun};

/// Takes the equations that say what a symbol of a relation of moments is from the givens to the definitions.
pub(super) fn defined(relation: &Expr, givens: &mut Vec<Given>, definitions: &mut Definitions) {
    if !has_moments(relation) {
        return;
    }
    let (inside, _) = inside_and_outside(relation);
    let mut found: Vec<Definition> = vec![];
    givens.retain(|given| {
        let Some([a, b]) = given.fact.as_ref().and_then(|f| f.as_app(fun::EQ)) else { return true };
        let of = |left: &Expr, body: &Expr| {
            let s = left.as_symbol().filter(|s| s.sort.is_scalar() && body.sort().is_scalar())?;
            let moment = has_moments(body);
            let random = inside.contains(s) && body.symbols().iter().any(|v| v.name.chars().all(char::is_uppercase));
            let new = definitions.of(s).is_empty() && !definitions.reaches(body, s) && relation.mentions(s);
            (new && (moment || random)).then(|| Definition {
                head: s.clone(),
                indices: vec![],
                params: vec![],
                body: body.clone(),
                text: given.text.clone(),
                line: given.line,
            })
        };
        let definition = of(a, b).or_else(|| of(b, a));
        let known = definition.as_ref().is_some_and(|d| found.iter().any(|f| f.head.same(&d.head)));
        let keep = definition.is_none() || known;
        found.extend(definition.filter(|_| !known));
        keep
    });
    found.into_iter().for_each(|d| definitions.add(d));
}
