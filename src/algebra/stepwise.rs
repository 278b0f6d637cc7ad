//! Differentiation and simplification rule by rule, as a student writes it.
//!
//! Nothing rests on this file: whoever prints a step has the kernel compare the expressions before and after it
//! ([`crate::algebra::differentiate`], [`crate::algebra::canon::equal`]).

use crate::algebra::simplify;
use crate::algebra::terms::{has_variable, power};
use crate::expr::{Binder, Domain, Expr, Node, fun};

/// A rule that a derivation names.
#[derive(Debug)]
pub struct Rule {
    /// Its name beside a line.
    pub name: &'static str,
    /// What it says, in a formula.
    pub says: &'static str,
    /// Where it stands.
    pub reference: &'static str,
}

const fn rule(name: &'static str, says: &'static str, reference: &'static str) -> Rule {
    Rule { name, says, reference }
}

/// The rules of differentiation.
pub const CALCULUS: &[Rule] = &[
    rule("derivative.constant", "c′ = 0", "DLMF 1.4"),
    rule("derivative.variable", "∂x/∂x = 1", "DLMF 1.4"),
    rule("derivative.entry", "∂x_k/∂x_j = δ_kj", "Magnus & Neudecker, Matrix Differential Calculus, 5"),
    rule("derivative.sum", "(f + g)′ = f′ + g′", "DLMF 1.4.8"),
    rule("derivative.factor", "(c f)′ = c f′", "DLMF 1.4.8"),
    rule("derivative.under-sum", "∂/∂x Σ_k f_k = Σ_k ∂f_k/∂x, the range free of x", "DLMF 1.4.8"),
    rule("derivative.product", "(f g)′ = f′ g + f g′", "DLMF 1.4.9"),
    rule("derivative.quotient", "(f / g)′ = (f′ g − f g′) / g²", "DLMF 1.4.10"),
    rule("derivative.reciprocal", "(1 / g)′ = −g′ / g²", "DLMF 1.4.10"),
    rule("derivative.power", "(uⁿ)′ = n uⁿ⁻¹ u′", "DLMF 4.6.2"),
    rule("derivative.exp", "(eᵘ)′ = eᵘ u′", "DLMF 4.2"),
    rule("derivative.log", "(log u)′ = u′ / u", "DLMF 4.2"),
    rule("derivative.chain", "f(u)′ = f′(u) u′, f′ from the row of f", "DLMF 1.4.11"),
];

/// What else a line may rest on.
pub const COMMON: &[Rule] = &[
    rule("definition", "a symbol of the notes is what they define it to be", "the line of the notes"),
    rule(
        "entries",
        "arrays by their entries, known objects (softmax, entropy, …) by their definitions",
        "ARCHITECTURE.md",
    ),
    rule(
        "digits",
        "a decimal stands for every number within one unit of its last digit",
        "the meaning of a printed decimal",
    ),
    rule("derivative", "derivatives carried out by the rows of the functions", "the references of the functions"),
    rule(
        "canonical form",
        "both are one quotient of polynomials in exponentials, logarithms and sums",
        "ARCHITECTURE.md",
    ),
    rule("sign", "the sign follows from the signs of the parts and from the givens", "DLMF 1.7"),
    rule("sign.sum", "a sum of terms of one sign has that sign", "DLMF 1.7"),
    rule("sign.product", "a product has the product of the signs", "DLMF 1.7"),
    rule("difference", "a < b means b − a > 0", "DLMF 1.7"),
    rule("certificate", "the difference of the sides is a sum of parts, none of them negative", "ARCHITECTURE.md"),
    rule("certificate.weight", "a sum of terms that are not negative", "DLMF 1.7"),
    rule("certificate.square", "a weight ≥ 0 times a square", "DLMF 1.7"),
    rule(
        "certificate.form",
        "a weight ≥ 0 times yᵀAy, A positive semidefinite",
        "Horn & Johnson, Matrix Analysis, 7.1",
    ),
    rule("certificate.log", "t − 1 − log t ≥ 0 for t > 0", "DLMF 4.5.4"),
    rule("certificate.exp", "eˣ − 1 − x ≥ 0", "DLMF 4.5.1"),
    rule("certificate.gap", "p log(p/q) − p + q ≥ 0 for p ≥ 0, q > 0", "DLMF 4.5.4"),
    rule("certificate.order", "p (log a − log b) ≥ 0 for p ≥ 0, a ≥ b > 0", "DLMF 4.5"),
    rule("enclose", "outward-rounded intervals contain all values", "Moore, Kearfott & Cloud, Interval Analysis, 2"),
    rule("enclose.direct", "the enclosure over the cell has the sign", "Moore, Kearfott & Cloud, Interval Analysis, 5"),
    rule("enclose.monotone", "a monotone function is least on a face", "Moore, Kearfott & Cloud, Interval Analysis, 6"),
    rule("enclose.convex", "f(c) = f′(c) = 0 and f″ ≥ 0: c is a minimum", "DLMF 1.4"),
    rule("enclose.excluded", "the givens exclude this end", "the line of the notes"),
    rule("induction.start", "the relation at the least number", "Graham, Knuth & Patashnik, Concrete Mathematics, 1.1"),
    rule("induction.step", "what holds at n holds at n + 1", "ARCHITECTURE.md"),
    rule("counterexample", "a point where the givens hold and the relation fails", "ARCHITECTURE.md"),
    rule("values", "the values put in, sums written out", "ARCHITECTURE.md"),
    rule("evaluate", "exact arithmetic, from the inside to the outside", "ARCHITECTURE.md"),
];

/// All rules that derivations name.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    COMMON.iter().chain(CALCULUS).chain(simplify::SIMPLIFICATION)
}

/// The rule with this name.
pub fn rule_named(name: &str) -> Option<&'static Rule> {
    rules().find(|r| r.name == name)
}

/// Most nodes of an expression that is rewritten step by step.
const LARGEST: u64 = 900;

/// The next step: logarithms taken apart if `logs`, then a rule of differentiation, then one of simplification, which
/// may use `givens`; at every place where the rule is the one to use. `None` where no rule applies.
pub fn step(e: &Expr, givens: &[Expr], logs: bool) -> Option<(&'static str, Expr)> {
    if e.size() > LARGEST {
        return None;
    }
    if logs && let Some(done) = simplify::logarithms(e) {
        return Some(done);
    }
    if e.any(&mut |x| derives(x)) {
        let mut chosen = None;
        let next = everywhere(e, &mut chosen, &mut |x| match x.node() {
            Node::Bind { binder: Binder::Derivative, domain: domain @ Domain::At(point, indices), body }
                if !body.any(&mut |y| derives(y)) =>
            {
                Differential { domain, point, indices }.of(body)
            }
            _ => None,
        });
        return chosen.map(|name| (name, next));
    }
    simplify::step(e, givens)
}

/// Whether a node is a derivative that is still to be carried out.
fn derives(e: &Expr) -> bool {
    matches!(e.node(), Node::Bind { binder: Binder::Derivative, .. })
}

/// The expression with one rule applied at all outermost places where `at` gives it: the rule met first.
pub(crate) fn everywhere(
    e: &Expr,
    chosen: &mut Option<&'static str>,
    at: &mut dyn FnMut(&Expr) -> Option<(&'static str, Expr)>,
) -> Expr {
    if let Some((name, next)) = at(e)
        && *chosen.get_or_insert(name) == name
    {
        return next;
    }
    let children: Vec<Expr> = e.children().into_iter().map(|c| everywhere(c, chosen, at)).collect();
    if children.iter().zip(e.children()).all(|(new, old)| new == old) {
        return e.clone();
    }
    match e.node() {
        Node::App(f, _) if f.name == fun::ADD => sum(children),
        Node::App(f, _) if f.name == fun::MUL => product(children),
        Node::App(f, _) if f.name == fun::POW => match children.as_slice() {
            [base, n] => power(base, n.clone()),
            _ => e.with_children(children),
        },
        Node::Bind { binder: Binder::Sum, .. } if children.last().is_some_and(|b| b.as_int() == Some(0)) => {
            Expr::int(0)
        }
        _ => e.with_children(children),
    }
}

/// A sum without its zeros, in the order as given.
pub(crate) fn sum(terms: Vec<Expr>) -> Expr {
    if terms.iter().any(|t| !t.sort().is_scalar()) {
        return Expr::apply(fun::ADD, terms);
    }
    Expr::apply(fun::ADD, terms.into_iter().filter(|t| t.as_int() != Some(0)).collect())
}

/// A product without its ones, its numbers in front as one; 0 absorbs.
pub(crate) fn product(factors: Vec<Expr>) -> Expr {
    if factors.iter().any(|t| !t.sort().is_scalar()) {
        return Expr::apply(fun::MUL, factors);
    }
    let flat: Vec<Expr> = factors
        .into_iter()
        .flat_map(|f| match f.as_app(fun::MUL) {
            Some(inner) => inner.to_vec(),
            None => vec![f],
        })
        .collect();
    if flat.iter().any(|f| f.as_int() == Some(0)) {
        return Expr::int(0);
    }
    let (numbers, mut rest): (Vec<Expr>, Vec<Expr>) = flat.into_iter().partition(|f| f.as_num().is_some());
    let number = numbers.iter().filter_map(Expr::as_num).fold(crate::num::Rational::from(1), |a, b| a * b.clone());
    rest.insert(0, Expr::num(number));
    Expr::apply(fun::MUL, rest)
}

/// One over an expression; of a quotient the quotient turned over.
fn reciprocal(e: &Expr) -> Expr {
    let over = |f: &Expr| match f.as_app(fun::POW) {
        Some([base, n]) if n.as_int().is_some_and(|n| n < 0) => power(base, -n.clone()),
        _ => power(f, Expr::int(-1)),
    };
    match e.as_app(fun::MUL) {
        Some(factors) => product(factors.iter().map(over).collect()),
        None => over(e),
    }
}

/// Factors without and with a negative power, the latter turned into what they divide by.
pub(crate) fn fraction(factors: &[Expr]) -> (Vec<Expr>, Vec<Expr>) {
    let below = |f: &Expr| match f.as_app(fun::POW) {
        Some([base, n]) => n.as_int().filter(|n| *n < 0).and_then(i64::checked_neg).map(|n| power(base, Expr::int(n))),
        _ => None,
    };
    let denominators = factors.iter().filter_map(below).collect();
    (factors.iter().filter(|f| below(f).is_none()).cloned().collect(), denominators)
}

/// ∂/∂x at a point, x the variable 0 of the body.
struct Differential<'a> {
    domain: &'a Domain,
    point: &'a Expr,
    indices: &'a [Expr],
}

impl Differential<'_> {
    /// The body at the point.
    fn open(&self, f: &Expr) -> Expr {
        f.instantiated(self.point)
    }

    /// The derivative of a part: 0 and 1 at once, else still to be carried out.
    fn d(&self, f: &Expr) -> Expr {
        match f.node() {
            _ if !has_variable(f, 0) => Expr::int(0),
            Node::Bound { index: 0, .. } if self.indices.is_empty() => Expr::int(1),
            _ => Expr::bind(Binder::Derivative, self.domain.clone(), f.clone()),
        }
    }

    fn of(&self, body: &Expr) -> Option<(&'static str, Expr)> {
        if !has_variable(body, 0) {
            return Some(("derivative.constant", Expr::int(0)));
        }
        match body.node() {
            Node::Bound { index: 0, .. } if self.indices.is_empty() => Some(("derivative.variable", Expr::int(1))),
            Node::App(f, args) => self.of_app(f.name, *f, args),
            Node::Bind { binder: Binder::Sum, domain, body } if !domain.parts().iter().any(|p| has_variable(p, 0)) => {
                let Domain::At(point, indices) = self.domain else { return None };
                let up = |e: &Expr| e.shifted(1, 0);
                let inner = Domain::At(up(point), indices.iter().map(up).collect());
                let inner = Expr::bind(Binder::Derivative, inner, exchanged(body));
                let range = domain.map(&mut |p| self.open(p));
                Some(("derivative.under-sum", Expr::bind(Binder::Sum, range, inner)))
            }
            _ => None,
        }
    }

    fn of_app(&self, name: &str, f: fun::Fun, args: &[Expr]) -> Option<(&'static str, Expr)> {
        match (name, args) {
            (fun::INDEX, [array, at @ ..]) if matches!(array.node(), Node::Bound { index: 0, .. }) => {
                if at.len() != self.indices.len() || at.iter().any(|i| has_variable(i, 0)) {
                    return None;
                }
                let deltas =
                    at.iter().zip(self.indices).map(|(k, j)| crate::algebra::terms::delta(self.open(k), j.clone()));
                Some(("derivative.entry", product(deltas.collect())))
            }
            _ if args.iter().any(|a| !a.sort().is_scalar()) => None,
            (fun::ADD, _) => Some(("derivative.sum", sum(args.iter().map(|a| self.d(a)).collect()))),
            (fun::MUL, _) => self.of_product(args),
            (fun::POW, [base, n]) if !has_variable(n, 0) => {
                if n.as_int() == Some(-1) {
                    let below = power(&self.open(base), Expr::int(-2));
                    return Some(("derivative.reciprocal", product(vec![Expr::int(-1), self.d(base), below])));
                }
                let lower = match n.as_num() {
                    Some(q) => Expr::num(q.clone() - crate::num::Rational::from(1)),
                    None => self.open(n) - Expr::int(1),
                };
                let lowered = power(&self.open(base), lower);
                Some(("derivative.power", product(vec![self.open(n), lowered, self.d(base)])))
            }
            ("exp", [u]) => Some(("derivative.exp", product(vec![Expr::apply("exp", vec![self.open(u)]), self.d(u)]))),
            ("log", [u]) => Some(("derivative.log", product(vec![self.d(u), reciprocal(&self.open(u))]))),
            ("xlogy", [x, y]) if !has_variable(x, 0) => {
                Some(("derivative.log", product(vec![self.open(x), self.d(y), reciprocal(&self.open(y))])))
            }
            (_, [u]) => {
                let slope = f.derivative.and_then(|partial| partial(args, 0))?;
                Some(("derivative.chain", product(vec![self.open(&slope), self.d(u)])))
            }
            _ => None,
        }
    }

    fn of_product(&self, args: &[Expr]) -> Option<(&'static str, Expr)> {
        let (varying, constant): (Vec<Expr>, Vec<Expr>) = args.iter().cloned().partition(|a| has_variable(a, 0));
        if !constant.is_empty() {
            let mut factors: Vec<Expr> = constant.iter().map(|c| self.open(c)).collect();
            factors.push(self.d(&Expr::apply(fun::MUL, varying)));
            return Some(("derivative.factor", product(factors)));
        }
        let (above, below) = fraction(&varying);
        if !above.is_empty() && !below.is_empty() {
            let (f, g) = (Expr::apply(fun::MUL, above), Expr::apply(fun::MUL, below));
            let left = product(vec![self.d(&f), self.open(&g)]);
            let right = product(vec![Expr::int(-1), self.open(&f), self.d(&g)]);
            let quotient = product(vec![sum(vec![left, right]), power(&self.open(&g), Expr::int(-2))]);
            return Some(("derivative.quotient", quotient));
        }
        let term = |k: usize| {
            let factors = varying.iter().enumerate().map(|(i, f)| if i == k { self.d(f) } else { self.open(f) });
            product(factors.collect())
        };
        Some(("derivative.product", sum((0..varying.len()).map(term).collect())))
    }
}

/// The body of a binder inside of another with the two variables exchanged.
fn exchanged(body: &Expr) -> Expr {
    body.transform(&mut |e, depth| match e.node() {
        Node::Bound { index, sort } if *index == depth => Some(Expr::bound(depth + 1, sort.clone())),
        Node::Bound { index, sort } if *index == depth + 1 => Some(Expr::bound(depth, sort.clone())),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algebra::canon::{Equality, Fuel, equal};
    use crate::algebra::differentiate;
    use crate::algebra::facts::Facts;
    use crate::expr::{Sort, Symbol};

    fn log_sum_exp() -> Expr {
        let s = Symbol::new("s", Sort::Array(vec![Expr::size_symbol("C")]));
        let k = Symbol::new("k", Sort::Integer);
        let term = Expr::apply("exp", vec![Expr::sym(s.clone()).index(vec![Expr::sym(k.clone())])]);
        let total = Expr::sum_over(&k, Expr::int(1), Expr::size_symbol("C"), &term);
        let body = Expr::apply("log", vec![total]).abstracted(&s, s.sort.clone());
        let at = Domain::At(Expr::sym(s), vec![Expr::size_symbol("i")]);
        Expr::bind(Binder::Derivative, at, body)
    }

    #[test]
    fn each_step_is_an_equality_for_the_kernel() {
        let range = |low: &str, a, b| Expr::relate(low, a, b);
        let i = Expr::size_symbol("i");
        let givens = [range("le", Expr::int(1), i.clone()), range("le", i, Expr::size_symbol("C"))];
        let mut e = log_sum_exp();
        let mut names = vec![];
        while let Some((name, next)) = step(&e, &givens, true) {
            let (a, b) = (differentiate(&e).unwrap().0, differentiate(&next).unwrap().0);
            let same = equal(&a, &b, &Facts::new(&givens), &mut Fuel::default());
            assert!(matches!(same, Equality::Equal { .. }), "{name}: {e} → {next}");
            names.push(name);
            e = next;
            assert!(names.len() < 20, "{names:?}");
        }
        let wanted = ["derivative.log", "derivative.under-sum", "derivative.exp", "derivative.entry", "sum.delta"];
        assert_eq!(names, wanted, "{e}");
    }

    #[test]
    fn rules_have_one_name_each_and_a_reference() {
        let all: Vec<&Rule> = rules().collect();
        for r in &all {
            assert_eq!(all.iter().filter(|other| other.name == r.name).count(), 1, "{}", r.name);
            assert!(!r.says.is_empty() && !r.reference.is_empty(), "{}", r.name);
        }
    }
}
