//! Declarations that restrict nothing.

use crate::expr::{Expr, Symbol};

/// The givens without bare declarations (`x ∈ ℝⁿ`) of symbols that nothing else mentions: such a symbol always has a
/// value, so a point need not name one.
pub fn spoken_of(relation: &Expr, givens: &[Expr]) -> Vec<Expr> {
    let idle = |at: usize, given: &Expr| {
        declared(given).is_some_and(|x| {
            let mut others = givens.iter().enumerate().filter(|(k, _)| *k != at).map(|(_, g)| g);
            !relation.mentions(&x) && !others.any(|e| e.mentions(&x))
        })
    };
    givens.iter().enumerate().filter(|(at, given)| !idle(*at, given)).map(|(_, g)| g.clone()).collect()
}

/// The symbol of `x ∈ ℝ` or `x ∈ ℝⁿ`.
fn declared(given: &Expr) -> Option<Symbol> {
    let [x, set] = given.as_app("member")? else { return None };
    set.as_app("reals").or(set.as_app("real_space"))?;
    x.as_symbol().cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bare_declarations_of_what_is_not_spoken_of_go() {
        let (x, y) = (Expr::real("x"), Expr::real("y"));
        let real = |e: &Expr| Expr::relate("member", e.clone(), Expr::apply("reals", vec![]));
        let positive = Expr::relate("gt", y.clone(), Expr::int(0));
        let relation = Expr::relate("eq", x.clone(), Expr::int(1));
        let givens = [real(&x), real(&y)];
        assert_eq!(spoken_of(&relation, &givens), vec![real(&x)]);
        let givens = [real(&x), real(&y), positive.clone()];
        assert_eq!(spoken_of(&relation, &givens), givens.to_vec());
        assert_eq!(spoken_of(&relation, std::slice::from_ref(&positive)), vec![positive]);
    }
}
