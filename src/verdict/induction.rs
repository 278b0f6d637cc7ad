//! A proof by induction and its replay.

use crate::algebra::induction::{Goal, Obligations, Route, obligations};
use crate::expr::{Expr, Symbol};
use crate::verdict::{Evidence, replay};

/// A proof by induction: what is shown at the start, and from one number to the next.
#[derive(Clone, Debug)]
pub struct Induction {
    /// The number.
    pub on: Symbol,
    /// How the step is shown.
    pub route: Route,
    /// Conditions owed beside the givens, which don't depend on the number.
    pub owed: Vec<Expr>,
    /// The proof at the least number.
    pub base: Evidence,
    /// The proof of the step.
    pub step: Evidence,
}

impl Induction {
    /// What it has to show.
    pub fn obligations(&self, relation: &Expr, givens: &[Expr]) -> Option<Obligations> {
        obligations(relation, givens, &self.on, self.route)
    }

    /// Whether it shows the relation from the givens.
    pub fn holds(&self, relation: &Expr, givens: &[Expr]) -> bool {
        self.obligations(relation, givens).is_some_and(|due| {
            due.owed.iter().all(|c| self.owed.contains(c))
                && shows(&self.base, &due.base)
                && shows(&self.step, &due.step)
        })
    }
}

/// Whether evidence is about the goal, owes nothing, and holds.
fn shows(evidence: &Evidence, goal: &Goal) -> bool {
    *evidence.relation() == goal.relation
        && evidence.givens() == goal.givens
        && evidence.owed().is_empty()
        && !evidence.refutes()
        && replay(evidence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::{Sort, fun};
    use crate::verdict::show;

    fn shown(goal: &Goal) -> Evidence {
        let shown = show(&goal.relation, &goal.givens).unwrap();
        Evidence::Identity { relation: goal.relation.clone(), givens: goal.givens.clone(), shown }
    }

    fn proof(relation: &Expr, givens: &[Expr], on: &Expr, route: Route) -> Option<Induction> {
        let on = on.as_symbol().unwrap().clone();
        let due = obligations(relation, givens, &on, route)?;
        Some(Induction { base: shown(&due.base), step: shown(&due.step), on, route, owed: due.owed })
    }

    #[test]
    fn an_induction_that_is_tampered_with_is_rejected() {
        let (n, k, r) = (Expr::size_symbol("n"), Symbol::new("k", Sort::Integer), Expr::real("r"));
        let power = |e: &Expr| r.pow(e.clone());
        let (one, zero) = (Expr::int(1), Expr::int(0));
        let last = n.clone() + Expr::int(-1);
        let series = Expr::sum_over(&k, zero.clone(), last, &power(&Expr::sym(k.clone())));
        let closed = (one.clone() - power(&n)).over(&(one.clone() - r.clone()));
        let relation = Expr::relate(fun::EQ, series.clone(), closed.clone());
        let given = [Expr::relate("ge", n.clone(), Expr::int(1))];
        let good = proof(&relation, &given, &n, Route::Difference).unwrap();
        assert!(!good.owed.is_empty(), "r ≠ 1");
        assert!(good.holds(&relation, &given));
        assert!(!Induction { owed: vec![], ..good.clone() }.holds(&relation, &given), "a condition is hushed up");
        assert!(!Induction { base: good.step.clone(), ..good.clone() }.holds(&relation, &given), "no start");
        assert!(!Induction { step: good.base.clone(), ..good.clone() }.holds(&relation, &given), "no step");
        assert!(!Induction { route: Route::Substitution, ..good.clone() }.holds(&relation, &given), "another route");
        let later = Expr::relate("ge", n.clone(), Expr::int(2));
        assert!(!good.holds(&relation, &[later]), "another start");
        let more = Expr::relate(fun::EQ, series, closed + one);
        assert!(!good.holds(&more, &given), "another relation");
    }

    #[test]
    fn a_closed_form_with_a_hole_owes_that_it_is_not_reached() {
        let (n, k) = (Expr::size_symbol("n"), Symbol::new("k", Sort::Integer));
        let sum = Expr::sum_over(&k, Expr::int(1), n.clone(), &Expr::int(1));
        let hole = n.clone() + Expr::int(-3);
        let relation = Expr::relate(fun::EQ, sum, (n.clone() * hole.clone()).over(&hole));
        let on = n.as_symbol().unwrap();
        assert!(obligations(&relation, &[], on, Route::Difference).is_none());
        let far = Expr::relate("ge", n.clone(), Expr::int(4));
        assert_eq!(obligations(&relation, &[far], on, Route::Difference).map(|o| o.first), Some(4));
    }

    #[test]
    fn a_whole_array_cannot_be_made_longer() {
        let n = Expr::size_symbol("n");
        let x = Expr::sym(Symbol::new("x", Sort::vector(n.clone())));
        let k = Symbol::new("k", Sort::Integer);
        let sum = Expr::sum_over(&k, Expr::int(1), n.clone(), &x.index(vec![Expr::sym(k.clone())]));
        let norm = Expr::apply("norm", vec![x]);
        let on = n.as_symbol().unwrap();
        assert!(obligations(&Expr::relate("le", sum, norm), &[], on, Route::Difference).is_none());
    }
}
