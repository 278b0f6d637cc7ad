//! Derivatives of many expressions that have much in common: gradients, Hessians.

use crate::algebra::definedness::Collection;
use crate::algebra::derive::{Derivation, Elimination, Stop};
use crate::algebra::entry::Lowering;
use crate::algebra::logic;
use crate::expr::{Expr, Symbol, Variable};

/// The derivatives of real expressions by one real symbol: what they have in common is differentiated once.
pub struct Slopes {
    variable: Variable,
    lowering: Lowering,
    elimination: Elimination,
    domains: Collection,
    derivation: Derivation<'static>,
}

impl Slopes {
    /// By this symbol.
    pub fn by(symbol: &Symbol) -> Slopes {
        Slopes {
            variable: Variable::new(symbol),
            lowering: Lowering::new(),
            elimination: Elimination::new(),
            domains: Collection::domains(),
            derivation: Derivation::new(&[]),
        }
    }

    /// The derivative of an expression, without derivative nodes.
    ///
    /// # Errors
    /// See [`Stop`].
    pub fn of(&mut self, e: &Expr) -> Result<Expr, Stop> {
        self.lowering.renew();
        self.elimination.renew();
        self.derivation.renew();
        let e = self.elimination.eliminate(&self.lowering.scalar(e))?;
        for condition in self.domains.of(&e) {
            let condition = self.variable.abstracted(&condition);
            let open = logic::opened(&condition, 0).ok_or_else(|| Stop::Unsupported(condition.clone()))?;
            if open != condition {
                self.derivation.owe(open);
            }
        }
        let slope = self.derivation.of(&self.variable.abstracted(&e), 0)?;
        Ok(self.variable.instantiated(&slope))
    }

    /// What is owed for all derivatives so far, as by [`crate::algebra::differentiate`].
    pub fn conditions(mut self) -> Vec<Expr> {
        for condition in self.derivation.into_owed() {
            self.elimination.owed.add(self.variable.instantiated(&condition));
        }
        self.elimination.owed.into_list()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algebra::canon::{Equality, Fuel, equal_entries};
    use crate::algebra::differentiate;
    use crate::algebra::facts::Facts;
    use crate::expr::{Binder, Domain, Sort, fun};

    fn apply(name: &str, x: &Expr) -> Expr {
        Expr::apply(name, vec![x.clone()])
    }

    /// The second derivatives of log Σ e^{sₖ}, and pᵢδᵢⱼ − pᵢpⱼ.
    fn hessians(classes: usize) -> (Vec<Expr>, Vec<Expr>) {
        let s: Vec<Expr> = (0..classes).map(|k| Expr::real(&format!("s{k}"))).collect();
        let total = Expr::apply(fun::ADD, s.iter().map(|k| apply("exp", k)).collect());
        let mut slopes: Vec<Slopes> = s.iter().filter_map(Expr::as_symbol).map(Slopes::by).collect();
        let loss = apply("log", &total);
        let gradient: Vec<Expr> = slopes.iter_mut().map(|by| by.of(&loss).unwrap()).collect();
        let mut row = |g: &Expr| slopes.iter_mut().map(|by| by.of(g).unwrap()).collect::<Vec<Expr>>();
        let found = gradient.iter().flat_map(&mut row).collect();
        let share = |i: usize| apply("exp", &s[i]) * total.pow(Expr::int(-1));
        let entry = |i: usize, j: usize| if i == j { share(i) } else { Expr::int(0) } - share(i) * share(j);
        let wanted = (0..classes).flat_map(|i| (0..classes).map(move |j| (i, j))).map(|(i, j)| entry(i, j)).collect();
        (found, wanted)
    }

    fn are_equal(left: &[Expr], right: &[Expr]) -> bool {
        let owes_nothing = Equality::Equal { conditions: vec![], used: vec![] };
        equal_entries(left, right, &Facts::new(&[]), &mut Fuel::new(1_000_000)) == owes_nothing
    }

    #[test]
    fn a_hessian_is_what_it_is_and_nothing_else() {
        // Denominators below and above the length that numerators are reduced by.
        for classes in [1, 2, 3, 20] {
            let (found, right) = hessians(classes);
            assert!(are_equal(&found, &right), "{classes}");
            for at in [0, classes - 1, classes * classes - 1] {
                let wrong = [-right[at].clone(), right[at].clone() * Expr::int(2), right[at].clone() + Expr::int(1)];
                for entry in wrong {
                    let mut other = right.clone();
                    other[at] = entry;
                    // One class: the only entry is 0, which is its own opposite.
                    assert_eq!(
                        are_equal(&found, &other),
                        classes == 1 && other[at] != right[at].clone() + Expr::int(1)
                    );
                }
            }
            if classes > 1 {
                let mut moved = right.clone();
                moved.rotate_left(1);
                assert!(!are_equal(&found, &moved) && !are_equal(&found, &right[1..]));
            }
        }
    }

    #[test]
    fn slopes_and_what_they_owe_are_those_of_one_by_one() {
        let (x, y) = (Expr::real("x"), Expr::real("y"));
        let all = [
            apply("log", &x) * apply("sqrt", &y),
            x.pow(y.clone()) + apply("sqrt", &x),
            apply("abs", &(x.clone() - y.clone())),
            y.pow(Expr::int(3)),
            Expr::apply("max", vec![x.clone(), apply("sqrt", &y)]) * apply("log", &x),
        ];
        for by in [&x, &y] {
            let symbol = by.as_symbol().unwrap();
            let mut slopes = Slopes::by(symbol);
            let mut owed = std::collections::BTreeSet::new();
            for e in &all {
                let body = e.abstracted(symbol, Sort::Real);
                let node = Expr::bind(Binder::Derivative, Domain::At(by.clone(), vec![]), body);
                let (expected, conditions) = differentiate(&node).unwrap();
                assert_eq!(slopes.of(e).unwrap(), expected);
                assert_eq!(slopes.of(e).unwrap(), expected, "asked again");
                owed.extend(conditions);
            }
            assert_eq!(slopes.conditions().into_iter().collect::<std::collections::BTreeSet<_>>(), owed);
        }
    }

    #[test]
    fn arrays_owe_what_one_side_needs() {
        let x = Expr::real("x");
        let below = x.pow(Expr::int(-1));
        let needs = |l: &[Expr], r: &[Expr]| match equal_entries(l, r, &Facts::new(&[]), &mut Fuel::default()) {
            Equality::Equal { conditions, .. } => conditions,
            other => panic!("{other:?}"),
        };
        let nonzero = vec![Expr::relate("ne", x.clone(), Expr::int(0))];
        // As a whole the left side has no value at 0, the right one has.
        assert_eq!(needs(&[x.clone() * below.clone(), x.clone()], &[Expr::int(1), x.clone()]), nonzero);
        // Neither side has one at 0.
        assert_eq!(needs(&[x.clone() * below.clone(), below.clone()], &[Expr::int(1), below.clone()]), vec![]);
        assert!(!are_equal(&[below.clone(), x.clone()], &[x, below]));
    }

    #[test]
    fn a_function_without_a_formula_owes_that_it_is_smooth() {
        let x = Expr::real("x");
        let g = Symbol::new("g", Sort::Function);
        let call = Expr::new(crate::expr::Node::Call(g.clone(), vec![x.clone()]));
        let smooth = Expr::apply("smooth", vec![Expr::sym(g)]);
        let mut slopes = Slopes::by(x.as_symbol().unwrap());
        assert!(slopes.of(&(call * x)).is_ok());
        assert!(slopes.conditions().contains(&smooth));
    }
}
