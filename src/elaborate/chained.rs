//! The chain rule between letters that nothing defines: `\frac{dy}{dx} = \frac{dy}{du} \frac{du}{dx}`.

use crate::elaborate::space::Law;
use crate::expr::{Expr, Sort, Symbol, fun};

/// What is used of what depends on what.
const KNOWN: &str = "the chain rule, where each of its letters depends on the last through the next one only";

/// The rule that an equation is, by its pattern: one derivative, and a product of derivatives that lead from its
/// numerator to its denominator. Differentials stand for what is compared, as Leibniz wrote it.
pub(super) fn law(relation: &Expr) -> Option<Law> {
    let [left, right] = relation.as_app(fun::EQ)? else { return None };
    [(left, right), (right, left)].into_iter().find_map(|(whole, product)| {
        let ends = slope(whole)?;
        let mut links = product.as_app(fun::MUL)?.iter().map(slope).collect::<Option<Vec<_>>>()?;
        let mut passed = vec![ends.0];
        while let Some(at) = links.iter().position(|(above, _)| passed.last() == Some(above)) {
            let (_, below) = links.swap_remove(at);
            if passed.contains(&below) {
                return None;
            }
            passed.push(below);
        }
        if !links.is_empty() || passed.len() < 3 || passed.last() != Some(&ends.1) {
            return None;
        }
        let quotient = |e: &Expr| {
            e.transform(&mut |x, _| slope(x).map(|(above, below)| differential(above).over(&differential(below))))
        };
        let zero = Expr::int(0);
        let facts = passed.iter().map(|x| Expr::relate("ne", differential(x), zero.clone())).collect();
        Some(Law { relation: Expr::relate(fun::EQ, quotient(left), quotient(right)), known: KNOWN, facts })
    })
}

/// Numerator and denominator of a derivative of one number by another.
fn slope(e: &Expr) -> Option<(&Expr, &Expr)> {
    match e.as_app("partial")? {
        [above, below] if [above, below].into_iter().all(is_letter) => Some((above, below)),
        _ => None,
    }
}

/// A letter, or an entry.
fn is_letter(e: &Expr) -> bool {
    let letter = e.as_app(fun::INDEX).and_then(<[Expr]>::first).unwrap_or(e);
    letter.as_symbol().is_some() && e.sort().is_scalar()
}

fn differential(of: &Expr) -> Expr {
    Expr::sym(Symbol::new(&format!("\\mathrm{{d}}{of}"), Sort::Real))
}
