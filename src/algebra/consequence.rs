//! What follows from a premise: it joins the givens, and so does what given implications make of it.

use crate::algebra::facts::{Facts, Hole};
use crate::algebra::logic::negation;
use crate::algebra::sign::{Prover, Sign};
use crate::expr::{Expr, Node, Symbol, fun};
use crate::num::Ternary;

/// Most instances of given implications that one premise is tried on.
const INSTANCES: usize = 16;

impl Prover<'_> {
    /// Whether the conclusion holds wherever the premise and the givens do.
    pub(super) fn follows(&mut self, premise: &Expr, conclusion: &Expr, depth: u32) -> bool {
        if let Some((symbol, value)) = identified(premise) {
            return self.truth(&conclusion.substituted(&symbol, &value), depth) == Ternary::True;
        }
        let mut given = self.facts.given.clone();
        given.push(premise.clone());
        for (a, b) in self.implied() {
            if self.supposing(&given, &a, depth) {
                given.push(b);
            }
        }
        self.supposing(&given, conclusion, depth)
    }

    /// `A ∨ B`: one of them, or B wherever A fails.
    pub(super) fn either(&mut self, args: &[Expr], depth: u32) -> Ternary {
        let plain = args.iter().fold(Ternary::False, |t, a| t.or(self.truth(a, depth)));
        let [a, b] = args else { return plain };
        if plain == Ternary::Unknown && depth > 0 && self.follows(&negation(a), b, depth - 1) {
            return Ternary::True;
        }
        plain
    }

    /// Whether a condition holds under a longer list of givens, in the present scope.
    fn supposing(&mut self, given: &[Expr], condition: &Expr, depth: u32) -> bool {
        let facts = Facts::new(given);
        let mut inner = Prover::sized(&facts, self.sizes.clone());
        inner.scope.clone_from(&self.scope);
        inner.used.clone_from(&self.used);
        inner.canonical = self.canonical.clone();
        inner.steps = self.steps;
        let holds = inner.truth(condition, depth) == Ternary::True;
        let (steps, used) = (inner.steps, inner.used);
        self.steps = steps;
        if holds {
            let own = self.facts.given.len();
            self.used.extend(used.into_iter().filter(|i| *i < own));
        }
        holds
    }

    /// The given implications at the variables of the scope that run over their domains.
    fn implied(&self) -> Vec<(Expr, Expr)> {
        let mut out = vec![];
        for implication in &self.facts.implications {
            let (premise, conclusion) = &implication.what;
            for values in self.assignments(&implication.holes) {
                let fill = |e: &Expr| values.iter().fold(e.clone(), |e, (hole, value)| e.substituted(hole, value));
                out.push((fill(premise), fill(conclusion)));
                if out.len() == INSTANCES {
                    return out;
                }
            }
        }
        out
    }

    fn assignments(&self, holes: &[Hole]) -> Vec<Vec<(Symbol, Expr)>> {
        holes.iter().fold(vec![vec![]], |all, hole| {
            let fitting = self.scope.iter().filter(|(_, domain)| *domain == hole.domain);
            let values: Vec<Expr> = fitting.map(|(s, _)| Expr::sym(s.clone())).collect();
            all.into_iter()
                .flat_map(|before: Vec<(Symbol, Expr)>| {
                    values.iter().map(move |v| {
                        let mut next = before.clone();
                        next.push((hole.symbol.clone(), v.clone()));
                        next
                    })
                })
                .take(INSTANCES)
                .collect()
        })
    }

    /// x log y with 0 log y = 0: the sign of the product, where the first factor may be 0.
    pub(super) fn of_xlogy(&mut self, x: &Expr, y: &Expr) -> Sign {
        let factor = self.find(x);
        factor * self.find(&(y.clone() - Expr::int(1)))
    }
}

/// A symbol and the value that a premise `δ(i, j) ≠ 0` or `i = j` gives it.
fn identified(premise: &Expr) -> Option<(Symbol, Expr)> {
    let (i, j) = match premise.node() {
        Node::App(f, args) => match (f.name, args.as_slice()) {
            ("ne", [delta, zero]) if zero.as_int() == Some(0) => match delta.as_app("delta") {
                Some([i, j]) => (i, j),
                _ => return None,
            },
            (fun::EQ, [i, j]) if i.sort().is_scalar() && j.sort().is_scalar() => (i, j),
            _ => return None,
        },
        _ => return None,
    };
    let one_way = |a: &Expr, b: &Expr| a.as_symbol().filter(|s| !b.mentions(s)).map(|s| (s.clone(), b.clone()));
    // The variable of a binder, whose name sorts first, gives way.
    let (a, b) = if i <= j { (i, j) } else { (j, i) };
    one_way(a, b).or_else(|| one_way(b, a))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algebra::sign::holds;
    use crate::expr::{Binder, Domain, Sort};

    fn array(name: &str) -> Expr {
        Expr::sym(Symbol::new(name, Sort::vector(Expr::size_symbol("n"))))
    }

    fn for_all(body: impl Fn(Expr) -> Expr) -> Expr {
        let k = Symbol::new("k", Sort::Integer);
        let domain = Domain::Range(Expr::int(1), Expr::size_symbol("n"));
        Expr::bind(Binder::ForAll, domain, body(Expr::sym(k.clone())).abstracted(&k, Sort::Integer))
    }

    fn positive_where(p: &Expr, q: &Expr) -> Expr {
        let zero = Expr::int(0);
        for_all(|k| {
            let premise = Expr::relate("ne", p.index(vec![k.clone()]), zero.clone());
            Expr::relate("implies", premise, Expr::relate("gt", q.index(vec![k]), zero.clone()))
        })
    }

    #[test]
    fn supports_that_lie_in_one_another_give_positive_entries() {
        let (p, q) = (array("P"), array("Q"));
        let zero = Expr::int(0);
        let of = |a: &Expr| Expr::apply("distribution", vec![a.clone()]);
        let inside = for_all(|k| {
            let ne = |a: &Expr| Expr::relate("ne", a.index(vec![k.clone()]), zero.clone());
            Expr::relate("implies", ne(&p), ne(&q))
        });
        let facts = Facts::new(&[of(&p), of(&q), inside.clone()]);
        assert_eq!(holds(&positive_where(&p, &q), &facts), Ternary::True);
        assert_eq!(holds(&positive_where(&p, &p), &facts), Ternary::True);
        // Not the other way round, not without the distributions, not without the supports.
        assert_eq!(holds(&positive_where(&q, &p), &facts), Ternary::Unknown);
        assert_eq!(holds(&positive_where(&p, &q), &Facts::new(&[inside])), Ternary::Unknown);
        assert_eq!(holds(&positive_where(&p, &q), &Facts::new(&[of(&p), of(&q)])), Ternary::Unknown);
    }

    #[test]
    fn one_of_two_holds_where_the_other_fails() {
        let (p, zero) = (array("P"), Expr::int(0));
        let entry = |k: &Expr| p.index(vec![k.clone()]);
        let at_all = |order: &str| {
            for_all(|k| {
                let none = Expr::relate("eq", entry(&k), zero.clone());
                let some = Expr::relate(order, entry(&k) * Expr::apply("exp", vec![Expr::real("t")]), zero.clone());
                Expr::apply("or", vec![none, some])
            })
        };
        let facts = Facts::new(&[Expr::apply("distribution", vec![p.clone()])]);
        assert_eq!(holds(&at_all("gt"), &facts), Ternary::True);
        assert_eq!(holds(&at_all("lt"), &facts), Ternary::Unknown);
        assert_eq!(holds(&at_all("gt"), &Facts::new(&[])), Ternary::Unknown);
        // A sum over a set that an array lives on has a term.
        let set = Expr::sym(Symbol::new("X", Sort::Set));
        let q = Expr::sym(Symbol::new("q", Sort::vector(Expr::apply("cardinality", vec![set.clone()]))));
        let x = Symbol::new("x", Sort::Integer);
        let sum = |a: &Expr| {
            let body = Expr::apply("exp", vec![a.index(vec![Expr::sym(x.clone())])]);
            let sum = Expr::bind(Binder::Sum, Domain::Over(set.clone()), body.abstracted(&x, Sort::Integer));
            Expr::relate("gt", sum, zero.clone())
        };
        assert_eq!(holds(&sum(&q), &Facts::new(&[])), Ternary::True);
        let none = Expr::bind(Binder::Sum, Domain::Over(set.clone()), Expr::int(1));
        assert_eq!(holds(&Expr::relate("gt", none, zero), &Facts::new(&[])), Ternary::Unknown);
    }

    #[test]
    fn a_delta_that_is_not_zero_makes_its_indices_one() {
        let q = array("Q");
        let (y, z, zero) = (Expr::size_symbol("y"), Expr::size_symbol("z"), Expr::int(0));
        let goal = for_all(|k| {
            let premise = Expr::relate("ne", Expr::apply("delta", vec![k.clone(), y.clone()]), zero.clone());
            Expr::relate("implies", premise, Expr::relate("gt", q.index(vec![k]), zero.clone()))
        });
        let at = |i: &Expr| Facts::new(&[Expr::relate("gt", q.index(vec![i.clone()]), zero.clone())]);
        assert_eq!(holds(&goal, &at(&y)), Ternary::True);
        assert_eq!(holds(&goal, &at(&z)), Ternary::Unknown);
    }
}
