//! `p(\theta \mid y) \propto \theta^{a-1} e^{-b\theta}`: two formulas that differ by a factor without the variable are in the same
//! ratio at two values of it.

use crate::algebra::canon::is_identity;
use crate::elaborate::build::Builder;
use crate::elaborate::distribution::Distribution;
use crate::expr::{Expr, Node, Symbol, fun};

/// What is used where a factor is left out.
pub(super) const PROPORTIONAL: &str = "proportionality, up to a factor in which no variable of the left side stands";

impl Builder<'_> {
    /// The variables of the distribution at the head of a derivation.
    pub(super) fn varying(&self, statement: usize) -> Vec<String> {
        let Some(chain) = self.statements.get(statement).map(|s| s.link.chain) else { return vec![] };
        let before = self.statements.iter().take(statement + 1).filter(|s| s.link.chain == chain);
        let heads = before.filter_map(|s| s.sides.as_ref()).filter_map(|(l, _)| Distribution::read(l));
        heads.map(|d| d.of).next().unwrap_or_default()
    }
}

/// Greatest size of a relation that is looked at.
const LARGEST: u64 = 400;

/// The proportionality of formulas as the equation `l(x) r(x′) = l(x′) r(x)`, if that is an identity; `varying` are the
/// variables as they are shown.
pub(super) fn equation(relation: &Expr, varying: &[String]) -> Option<Expr> {
    let [l, r] = relation.as_app("proportional")? else { return None };
    if relation.size() > LARGEST || varying.is_empty() {
        return None;
    }
    let shown = |s: &Symbol| Expr::sym(s.clone()).to_string();
    let symbols = relation.symbols();
    let variables: Vec<&Symbol> = symbols.iter().filter(|s| varying.contains(&shown(s))).collect();
    // What is named by a variable, or has no formula, may depend on it.
    let hides = |name: &str| name.contains('(') || name.contains('[') || name.contains('\u{2060}');
    let open = |x: &Expr| match x.node() {
        Node::Sym(s) => hides(&s.name),
        Node::Call(f, args) => f.is_notation() || args.is_empty(),
        _ => false,
    };
    let all = varying.iter().all(|v| variables.iter().any(|s| shown(s) == *v));
    if !all || relation.has_opaque() || relation.any(&mut |x| open(x)) {
        return None;
    }
    let other = |e: &Expr| {
        variables.iter().fold(e.clone(), |e, s| {
            let name = format!("{}'", s.name);
            e.substituted(s, &Expr::sym(Symbol { name: name.into(), ..(*s).clone() }))
        })
    };
    let (left, right) = (l.clone() * other(r), other(l) * r.clone());
    is_identity(&left, &right).then(|| Expr::relate(fun::EQ, left, right))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(l: Expr, r: Expr, of: &str) -> bool {
        equation(&Expr::relate("proportional", l, r), &[of.to_owned()]).is_some()
    }

    #[test]
    fn factors_without_the_variable_are_left_out_and_no_others() {
        let (x, c) = (|| Expr::real("x"), || Expr::real("c"));
        let exp = |e: Expr| Expr::apply("exp", vec![e]);
        assert!(holds(c() * x() * x(), x() * x(), "x"));
        assert!(!holds(c() * x() * x(), x(), "x"));
        assert!(!holds(c() * x() * x(), x() * x(), "c"));
        assert!(holds(exp(c() - x()), exp(-x()), "x"));
        assert!(!holds(exp(c() * x()), exp(x()), "x"));
        assert!(!holds(x() * Expr::real("p(x)"), x(), "x"), "a name that hides it");
        assert!(!holds(c(), Expr::int(1), "x"), "nothing depends on it");
    }
}
