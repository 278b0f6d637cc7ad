//! Inequalities for every size as sums of parts that are not negative.
//!
//! A certificate says of `greater − smaller` (for a matrix of zᵀ(A − B)z with a fresh vector z) that it equals a sum of
//! parts, each a weight ≥ 0 times an [`Atom`] ≥ 0. The equality is shown by canonical form, the weights by signs; how the
//! parts were found need not be trusted.

use crate::algebra::facts::Facts;
use crate::algebra::sign::holds;
use crate::algebra::{conditions, differentiate};
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};
use crate::verdict::entail::entails;
use crate::verdict::identity::show;

/// A term that is never negative where its conditions hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Atom {
    /// 1.
    One,
    /// e².
    Square(Expr),
    /// yᵀAy with A given to be positive semidefinite.
    Form(Expr, Expr),
    /// t − 1 − log t for t > 0 (DLMF 4.5.4: log t ≤ t − 1).
    Log(Expr),
    /// eˣ − 1 − x (DLMF 4.5.1).
    Exp(Expr),
    /// p log p − p log q − p + q with 0 log 0 = 0, for p ≥ 0, q ≥ 0 and q > 0 wherever p > 0: p times `Log(q/p)`.
    Gap(Expr, Expr),
    /// p log a − p log b with 0 log 0 = 0, for p ≥ 0 and a ≥ b > 0 wherever p > 0.
    Order(Expr, Expr, Expr),
}

impl Atom {
    /// Its value.
    pub fn value(&self) -> Expr {
        let log = |p: &Expr, q: &Expr| Expr::apply("xlogy", vec![p.clone(), q.clone()]);
        match self {
            Atom::One => Expr::int(1),
            Atom::Square(e) => e.pow(Expr::int(2)),
            Atom::Form(a, y) => quadratic(a, y),
            Atom::Log(t) => t.clone() - Expr::int(1) - Expr::apply("log", vec![t.clone()]),
            Atom::Exp(x) => Expr::apply("exp", vec![x.clone()]) - Expr::int(1) - x.clone(),
            Atom::Gap(p, q) => log(p, p) - log(p, q) - p.clone() + q.clone(),
            Atom::Order(p, a, b) => log(p, a) - log(p, b),
        }
    }

    /// What it needs so as to be ≥ 0 (`strictly`: > 0). `None`: nothing would do.
    fn needs(&self, strictly: bool) -> Option<Vec<Expr>> {
        let zero = || Expr::int(0);
        let above = |e: &Expr| Expr::relate("gt", e.clone(), zero());
        let not_below = |e: &Expr| Expr::relate("ge", e.clone(), zero());
        let where_mass = |p: &Expr, then: Expr| Expr::relate("implies", above(p), then);
        match self {
            Atom::One => Some(vec![]),
            Atom::Square(_) | Atom::Exp(_) if !strictly => Some(vec![]),
            Atom::Form(a, _) if !strictly => Some(vec![Expr::apply("positive_semidefinite", vec![a.clone()])]),
            Atom::Log(t) if !strictly => Some(vec![above(t)]),
            Atom::Gap(p, q) if !strictly => Some(vec![not_below(p), not_below(q), where_mass(p, above(q))]),
            Atom::Order(p, a, b) => {
                let order = if strictly { "gt" } else { "ge" };
                let ordered = where_mass(p, Expr::relate(order, a.clone(), b.clone()));
                Some(vec![not_below(p), ordered, where_mass(p, above(b))])
            }
            _ => None,
        }
    }
}

/// Σ over the binders (outermost first) of weight · atom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The variables with their ranges.
    pub binders: Vec<(Symbol, Domain)>,
    /// A factor ≥ 0.
    pub weight: Expr,
    /// The other factor.
    pub atom: Atom,
}

impl Part {
    /// Its value.
    pub fn value(&self) -> Expr {
        let body = match self.atom {
            Atom::One => self.weight.clone(),
            _ => self.weight.clone() * self.atom.value(),
        };
        self.closed(Binder::Sum, body)
    }

    /// A body under the binders.
    fn closed(&self, binder: Binder, body: Expr) -> Expr {
        let bind = |e: Expr, (s, d): &(Symbol, Domain)| Expr::bind(binder, d.clone(), e.abstracted(s, s.sort.clone()));
        self.binders.iter().rev().fold(body, bind)
    }

    /// Whether a condition on the body holds throughout the ranges.
    fn throughout(&self, condition: &Expr, facts: &[Expr]) -> bool {
        entails(facts, &self.closed(Binder::ForAll, condition.clone()))
    }

    fn is_finite(&self) -> bool {
        self.binders.iter().all(|(s, d)| {
            s.sort == d.variable_sort()
                && match d {
                    Domain::Range(a, b) => [a, b].into_iter().all(|e| !e.any(&mut |x| x.as_app("infinity").is_some())),
                    Domain::Over(set) => matches!(set.node(), Node::Sym(_)),
                    _ => false,
                }
        })
    }

    /// Whether it is certainly not negative.
    fn is_nonnegative(&self, facts: &[Expr]) -> bool {
        self.is_finite()
            && self.throughout(&Expr::relate("ge", self.weight.clone(), Expr::int(0)), facts)
            && self.atom.needs(false).is_some_and(|needs| {
                needs.iter().all(|c| match c.as_app("positive_semidefinite") {
                    Some([a]) => is_given_definite(a, facts, false),
                    _ => self.throughout(c, facts),
                })
            })
    }
}

/// The parts whose sum is the difference of the sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// z, for a relation between matrices.
    pub direction: Option<Symbol>,
    /// What the difference is the sum of.
    pub parts: Vec<Part>,
    /// The part that is greater than 0, for a strict relation.
    pub positive: Option<usize>,
    /// Conditions owed beside the givens.
    pub conditions: Vec<Expr>,
}

/// What is to be shown not negative.
pub struct Goal {
    /// Premises of the relation, beside the givens.
    pub premises: Vec<Expr>,
    /// Left side and right side.
    pub sides: (Expr, Expr),
    /// Greater minus smaller side.
    pub difference: Expr,
    /// Whether it must be positive (in every direction but 0).
    pub strict: bool,
}

impl Goal {
    /// Of an order relation between numbers, or between matrices of one size in the sense of Loewner, perhaps after
    /// premises (A ⇒ …).
    pub fn of(relation: &Expr) -> Option<Goal> {
        let Node::App(f, args) = relation.node() else { return None };
        let [left, right] = args.as_slice() else { return None };
        if f.name == "implies" {
            let mut goal = Goal::of(right)?;
            goal.premises.push(left.clone());
            return Some(goal);
        }
        let (greater, smaller, strict) = match f.name {
            "ge" => (left, right, false),
            "gt" => (left, right, true),
            "le" => (right, left, false),
            "lt" => (right, left, true),
            "loewner_ge" => (left, right, false),
            "loewner_gt" => (left, right, true),
            _ => return None,
        };
        let numbers = greater.sort().is_scalar() && smaller.sort().is_scalar();
        let difference = match (f.name.starts_with("loewner"), greater.as_int(), smaller.as_int()) {
            (false, _, _) if numbers => greater.clone() - smaller.clone(),
            (true, _, Some(0)) => greater.clone(),
            (true, Some(0), _) => -smaller.clone(),
            (true, _, _) if greater.sort() == smaller.sort() => greater.clone() - smaller.clone(),
            _ => return None,
        };
        let goal = Goal { premises: vec![], sides: (left.clone(), right.clone()), difference, strict };
        (numbers && !f.name.starts_with("loewner") || goal.size().is_some()).then_some(goal)
    }

    /// The size of a square matrix.
    pub fn size(&self) -> Option<Expr> {
        match self.difference.sort().sizes() {
            [m, n] if m == n => Some(n.clone()),
            _ => None,
        }
    }

    /// The number that the parts add up to.
    pub fn value(&self, direction: Option<&Symbol>) -> Option<Expr> {
        match (self.size(), direction) {
            (None, None) => Some(self.difference.clone()),
            (Some(n), Some(z)) if z.sort.sizes() == [n.clone()] => {
                Some(quadratic(&self.difference, &Expr::sym(z.clone())))
            }
            _ => None,
        }
    }

    /// The givens with the premises and what both sides need to have a value, and what only one side needs.
    pub fn ground(&self, givens: &[Expr]) -> (Vec<Expr>, Vec<Expr>) {
        let (dl, dr) = (conditions(&self.sides.0), conditions(&self.sides.1));
        let mut facts = givens.to_vec();
        facts.extend(self.premises.iter().flat_map(conjuncts));
        facts.extend(dl.iter().filter(|c| dr.contains(c)).cloned());
        let one_sided = dl.iter().filter(|c| !dr.contains(c)).chain(dr.iter().filter(|c| !dl.contains(c)));
        let owed = one_sided.filter(|c| !entails(&facts, c)).cloned().collect();
        (facts, owed)
    }
}

fn conjuncts(e: &Expr) -> Vec<Expr> {
    match e.as_app("and") {
        Some(all) => all.to_vec(),
        None => vec![e.clone()],
    }
}

/// yᵀAy.
fn quadratic(a: &Expr, y: &Expr) -> Expr {
    Expr::apply(fun::MUL, vec![Expr::apply("transpose", vec![y.clone()]), a.clone(), y.clone()])
}

impl Certificate {
    /// The sum of the parts.
    pub fn total(&self) -> Expr {
        Expr::apply(fun::ADD, self.parts.iter().map(Part::value).collect())
    }

    /// The equation between the difference and the parts; `None` if the direction does not fit the relation.
    pub fn equation(&self, relation: &Expr) -> Option<Expr> {
        let value = Goal::of(relation)?.value(self.direction.as_ref())?;
        Some(Expr::relate(fun::EQ, value, self.total()))
    }

    /// Goes through all of it on the kernel: the parts add up, none is negative, one is positive if that is claimed,
    /// a matrix is symmetric, and wherever one side has a value so has the other, or it is owed.
    pub fn holds(&self, relation: &Expr, givens: &[Expr]) -> bool {
        self.checked(relation, givens).unwrap_or(false)
    }

    fn checked(&self, relation: &Expr, givens: &[Expr]) -> Option<bool> {
        let goal = Goal::of(relation)?;
        let (mut facts, owed) = goal.ground(givens);
        if !owed.iter().all(|c| self.conditions.contains(c)) {
            return Some(false);
        }
        facts.extend(self.conditions.iter().cloned());
        if let Some(z) = &self.direction {
            let known = relation.mentions(z) || facts.iter().any(|f| f.mentions(z));
            if known || !is_symmetric(&goal.difference, &facts) {
                return Some(false);
            }
        }
        let value = goal.value(self.direction.as_ref())?;
        let (_, owed_by_derivatives) = differentiate(&value).ok()?;
        let needed = conditions(&value).into_iter().chain(owed_by_derivatives);
        let defined = needed.into_iter().all(|c| entails(&facts, &c));
        let adds_up = shown(&Expr::relate(fun::EQ, value, self.total()), &facts);
        let positive = !goal.strict || self.positive.is_some_and(|k| self.is_positive(k, &facts));
        Some(defined && adds_up && positive && self.parts.iter().all(|p| p.is_nonnegative(&facts)))
    }

    /// Whether part `k` is greater than 0 (in every direction but 0).
    fn is_positive(&self, k: usize, facts: &[Expr]) -> bool {
        let Some(part) = self.parts.get(k) else { return false };
        let weighty = || part.throughout(&Expr::relate("gt", part.weight.clone(), Expr::int(0)), facts);
        let Some(z) = self.direction.clone().map(Expr::sym) else {
            let value = Expr::relate("gt", part.value(), Expr::int(0));
            return part.atom == Atom::One && holds(&value, &Facts::new(facts)).certainly()
                || part.is_mean_of_positive(facts);
        };
        match (&part.atom, part.binders.as_slice()) {
            // Σᵢ wᵢ zᵢ² over all entries.
            (Atom::Square(e), [(i, domain)]) if *e == z.index(vec![Expr::sym(i.clone())]) => {
                let full = z.sort().sizes().first().map(|n| Domain::Range(Expr::int(1), n.clone()));
                full.as_ref() == Some(domain) && weighty()
            }
            // Σₙ wₙ (Xz)ₙ² over all rows of a matrix of full column rank.
            (Atom::Square(e), [(n, domain)]) => {
                weighty()
                    && facts.iter().any(|g| {
                        let Some([x]) = g.as_app("full_column_rank") else { return false };
                        let [rows, columns] = x.sort().sizes() else { return false };
                        if Sort::vector(columns.clone()) != *z.sort()
                            || *domain != Domain::Range(Expr::int(1), rows.clone())
                        {
                            return false;
                        }
                        let row = (x.clone() * z.clone()).index(vec![Expr::sym(n.clone())]);
                        let same = part.closed(Binder::ForAll, Expr::relate(fun::EQ, e.clone(), row));
                        let Node::Bind { body, .. } = same.node() else { return false };
                        let inside: Vec<Expr> = facts
                            .iter()
                            .cloned()
                            .chain(crate::algebra::binder_facts(n, domain).unwrap_or_default())
                            .collect();
                        shown(&body.instantiated(&Expr::sym(n.clone())), &inside)
                    })
            }
            (Atom::Form(a, y), []) => *y == z && weighty() && is_given_definite(a, facts, true),
            _ => false,
        }
    }
}

impl Part {
    /// Σₓ p(x) g(x) with Σₓ p(x) = 1 and g(x) > 0 wherever p(x) > 0: some p(x) is positive.
    fn is_mean_of_positive(&self, facts: &[Expr]) -> bool {
        let (Atom::Order(p, _, _), [_, ..]) = (&self.atom, self.binders.as_slice()) else { return false };
        let one = Expr::relate(fun::EQ, self.closed(Binder::Sum, p.clone()), Expr::int(1));
        shown(&one, facts)
            && self.throughout(&Expr::relate("gt", self.weight.clone(), Expr::int(0)), facts)
            && self.atom.needs(true).is_some_and(|needs| needs.iter().all(|c| self.throughout(c, facts)))
    }
}

/// Whether the kernel shows an equation and nothing is owed for it.
fn shown(equation: &Expr, facts: &[Expr]) -> bool {
    show(equation, facts).is_ok_and(|s| s.conditions.iter().all(|c| entails(facts, c)))
}

fn is_symmetric(matrix: &Expr, facts: &[Expr]) -> bool {
    let transposed = Expr::apply("transpose", vec![matrix.clone()]);
    shown(&Expr::relate(fun::EQ, matrix.clone(), transposed), facts)
}

/// Whether A, or the matrix that A is the inverse of, is given to be positive semidefinite, or definite.
fn is_given_definite(a: &Expr, facts: &[Expr], strictly: bool) -> bool {
    let of = |name: &str, x: &Expr| facts.iter().any(|f| f.as_app(name).is_some_and(|args| args == [x.clone()]));
    match a.as_app("inverse") {
        Some([x]) => of("positive_definite", x),
        _ => of("positive_definite", a) || !strictly && of("positive_semidefinite", a),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn x() -> Expr {
        Expr::real("x")
    }

    fn size() -> Expr {
        Expr::sym(Symbol::new("n", Sort::Integer))
    }

    #[test]
    fn what_may_be_zero_is_never_strict() {
        let matrix = Expr::sym(Symbol::new("A", Sort::Array(vec![size(), size()])));
        let vector = Expr::sym(Symbol::new("v", Sort::vector(size())));
        let form = Atom::Form(matrix, vector);
        for atom in [Atom::Square(x()), Atom::Exp(x()), form, Atom::Log(x()), Atom::Gap(x(), x())] {
            assert!(atom.needs(true).is_none() && atom.needs(false).is_some(), "{atom:?}");
        }
    }

    #[test]
    fn the_tangent_of_the_exponential_is_below_it_with_its_own_slope() {
        let exp = |x: Expr| Expr::apply("exp", vec![x]);
        let part = Part { binders: vec![], weight: Expr::int(1), atom: Atom::Exp(x()) };
        let c = Certificate { direction: None, parts: vec![part], positive: None, conditions: vec![] };
        assert!(c.holds(&Expr::relate("ge", exp(x()), Expr::int(1) + x()), &[]));
        assert!(!c.holds(&Expr::relate("ge", exp(x()), Expr::int(1) - x()), &[]), "fails at −1");
    }

    #[test]
    fn squares_of_some_entries_are_not_positive_in_every_direction() {
        let z = Symbol::new("z", Sort::vector(size()));
        let i = Symbol::new("i", Sort::Integer);
        let entry = Expr::sym(z.clone()).index(vec![Expr::sym(i.clone())]);
        let positive = |last: Expr| {
            let binders = vec![(i.clone(), Domain::Range(Expr::int(1), last))];
            let part = Part { binders, weight: Expr::int(1), atom: Atom::Square(entry.clone()) };
            let parts = vec![part];
            Certificate { direction: Some(z.clone()), parts, positive: Some(0), conditions: vec![] }.is_positive(0, &[])
        };
        assert!(positive(size()));
        assert!(!positive(size() - Expr::int(1)));
    }

    #[test]
    fn a_form_is_positive_with_its_weight_and_its_matrix() {
        let z = Symbol::new("z", Sort::vector(size()));
        let matrix = Expr::sym(Symbol::new("A", Sort::Array(vec![size(), size()])));
        let given = [Expr::apply("positive_definite", vec![matrix.clone()])];
        let positive = |weight: i64, facts: &[Expr]| {
            let atom = Atom::Form(matrix.clone(), Expr::sym(z.clone()));
            let parts = vec![Part { binders: vec![], weight: Expr::int(weight), atom }];
            Certificate { direction: Some(z.clone()), parts, positive: Some(0), conditions: vec![] }
                .is_positive(0, facts)
        };
        assert!(positive(1, &given));
        assert!(!positive(0, &given) && !positive(-1, &given) && !positive(1, &[]));
    }
}
