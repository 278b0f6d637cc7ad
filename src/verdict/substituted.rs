//! Equations of the givens put into a relation: what is equal may stand for each other.

use crate::algebra::{regroup, well_sorted};
use crate::expr::{Binder, Expr, Node, fun};

/// Greatest size of a relation that something is put into, and of what comes out.
const LARGEST: u64 = 4_000;
/// Times that one equation is put in.
const TIMES: usize = 64;
/// Functions whose arguments stand for more than their values: for how they depend on a variable, for a random variable.
const OPAQUE: &[&str] =
    &["partial", "prime", "gradient", "extremum", "expectation", "variance", "covariance", "constant"];

/// An equation, and the side that is replaced by the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Use {
    /// The equation, one of the givens.
    pub equation: Expr,
    /// Whether its right side is replaced.
    pub backward: bool,
}

/// The relation with one side of an equation replaced by the other wherever it stands, up to brackets and the order of
/// terms; `None` where it does not stand.
///
/// Where the equation holds, both relations are the same statement: equals have equal values in any context that looks at
/// values alone. Derivatives and moments do not; nothing is replaced in their arguments, nor in those of notation that is
/// not understood.
pub fn put_in(relation: &Expr, used: &Use) -> Option<Expr> {
    let [left, right] = used.equation.as_app(fun::EQ)? else { return None };
    let (from, to) = if used.backward { (right, left) } else { (left, right) };
    let fits = from.is_closed() && to.is_closed() && alike(from, to) && from.as_num().is_none();
    if !fits || relation.size() > LARGEST || ![relation, from, to].into_iter().all(well_sorted) {
        return None;
    }
    let (before, from) = (regroup(relation), regroup(from));
    // What stands in what takes its place would be replaced for ever.
    let mut after = replaced(&before, &from, to);
    if !regroup(to).any(&mut |x| *x == from) {
        for _ in 0..TIMES {
            let current = regroup(&after);
            let again = regroup(&replaced(&current, &from, to));
            if again == current || again.size() > LARGEST {
                break;
            }
            after = again;
        }
    }
    (after != before && well_sorted(&after) && after.size() <= LARGEST).then_some(after)
}

fn alike(a: &Expr, b: &Expr) -> bool {
    a.sort() == b.sort() || a.sort().is_scalar() && b.sort().is_scalar()
}

fn replaced(e: &Expr, from: &Expr, to: &Expr) -> Expr {
    if e == from {
        return to.clone();
    }
    let shut = match e.node() {
        Node::App(f, _) => OPAQUE.contains(&f.name),
        Node::Call(f, _) => f.is_notation(),
        Node::Bind { binder, .. } => *binder == Binder::Derivative,
        _ => false,
    };
    if shut || e.size() < from.size() {
        return e.clone();
    }
    let children: Vec<Expr> = e.children().into_iter().map(|c| replaced(c, from, to)).collect();
    let e = if children.is_empty() { e.clone() } else { e.with_children(children) };
    [fun::ADD, fun::MUL].into_iter().find_map(|name| within(&e, from, to, name)).unwrap_or(e)
}

/// A sum with some of its terms, a product with some of its factors replaced.
fn within(e: &Expr, from: &Expr, to: &Expr, name: &'static str) -> Option<Expr> {
    let (all, part) = (e.as_app(name)?, from.as_app(name)?);
    let place = |x: &Expr| name == fun::ADD || x.sort().is_scalar();
    let (free, ordered): (Vec<Expr>, Vec<Expr>) = part.iter().cloned().partition(place);
    let (mut loose, mut row): (Vec<Expr>, Vec<Expr>) = all.iter().cloned().partition(place);
    for x in &free {
        let at = loose.iter().position(|y| y == x)?;
        loose.remove(at);
    }
    if let Some(last) = ordered.len().checked_sub(1) {
        let at = row.windows(last + 1).position(|w| w == ordered.as_slice())?;
        row.splice(at..=at + last, [to.clone()]);
    } else {
        loose.push(to.clone());
    }
    loose.extend(row);
    Some(Expr::app(fun::by_name(name)?, loose))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::{Sort, Symbol};
    use crate::verdict::{Evidence, replay, show};

    fn matrix(name: &str) -> Expr {
        let n = Expr::sym(Symbol::new("n", Sort::Integer));
        Expr::sym(Symbol::new(name, Sort::Array(vec![n.clone(), n])))
    }

    fn used(left: &Expr, right: &Expr) -> Use {
        Use { equation: Expr::relate(fun::EQ, left.clone(), right.clone()), backward: false }
    }

    #[test]
    fn factors_are_replaced_in_their_order_only() {
        let [w, v, x] = ["W", "V", "X"].map(matrix);
        let product = |args: &[&Expr]| Expr::apply(fun::MUL, args.iter().map(|e| (*e).clone()).collect());
        let law = used(&product(&[&w, &v]), &x);
        let claim = |e: Expr| Expr::relate(fun::EQ, e, x.clone());
        let after = put_in(&claim(product(&[&x, &w, &v, &v])), &law).unwrap();
        assert_eq!(after, claim(product(&[&x, &x, &v])));
        assert!(put_in(&claim(product(&[&x, &v, &w])), &law).is_none(), "a product of matrices does not commute");
        assert!(put_in(&claim(product(&[&w, &x, &v])), &law).is_none(), "nor is anything between");
    }

    #[test]
    fn terms_and_scalar_factors_are_replaced_in_any_order() {
        let [a, b, c] = ["a", "b", "c"].map(Expr::real);
        let claim = |e: Expr| Expr::relate(fun::EQ, e, Expr::int(0));
        let sum = used(&(a.clone() + b.clone()), &c);
        assert_eq!(put_in(&claim(b.clone() + c.clone() + a.clone()), &sum), Some(claim(c.clone() + c.clone())));
        let product = used(&(a.clone() * b.clone()), &c);
        assert_eq!(put_in(&claim(b.clone() * c.clone() * a.clone()), &product), Some(claim(c.clone() * c.clone())));
        assert!(put_in(&claim(a.clone() + c.clone()), &sum).is_none());
    }

    #[test]
    fn nothing_is_replaced_in_what_looks_at_more_than_values() {
        let [a, b] = ["a", "b"].map(Expr::real);
        let zero = used(&a, &Expr::int(0));
        for name in ["partial", "prime"] {
            let derivative = Expr::apply(name, vec![a.clone(), b.clone()]);
            assert!(put_in(&Expr::relate(fun::EQ, derivative, b.clone()), &zero).is_none(), "{name}");
        }
        let mean = Expr::apply("expectation", vec![a.clone()]);
        assert!(put_in(&Expr::relate(fun::EQ, mean, b), &zero).is_none());
    }

    #[test]
    fn an_equation_that_grows_is_put_in_once() {
        let a = Expr::real("a");
        let grows = used(&a, &(a.clone() + Expr::int(1)));
        let claim = Expr::relate(fun::EQ, a.clone() * Expr::int(2), Expr::int(0));
        assert!(put_in(&claim, &grows).is_some_and(|e| e.size() < 20));
    }

    #[test]
    fn evidence_that_is_tampered_with_is_rejected() {
        let [a, b, c] = ["a", "b", "c"].map(Expr::real);
        let law = used(&a, &b);
        let claim = Expr::relate(fun::EQ, a.clone() * c.clone(), b.clone() * c.clone());
        let evidence = |claim: &Expr, givens: &[Expr], uses: &[Use], inner: &Expr| {
            let shown = show(inner, givens).ok()?;
            let inner = Evidence::Identity { relation: inner.clone(), givens: givens.to_vec(), shown };
            let (relation, givens, uses) = (claim.clone(), givens.to_vec(), uses.to_vec());
            Some(Evidence::Substituted { relation, givens, uses, inner: Box::new(inner) })
        };
        let reached = put_in(&claim, &law).unwrap();
        let (givens, uses) = ([law.equation.clone()], [law.clone()]);
        assert!(replay(&evidence(&claim, &givens, &uses, &reached).unwrap()));
        assert!(!replay(&evidence(&claim, &[], &uses, &reached).unwrap()), "the equation is not given");
        let other = Expr::relate(fun::EQ, a.clone() * c.clone(), c.clone());
        assert!(!replay(&evidence(&other, &givens, &uses, &reached).unwrap()), "another relation");
        let trivial = Expr::relate(fun::EQ, c.clone(), c);
        assert!(!replay(&evidence(&claim, &givens, &uses, &trivial).unwrap()), "another end");
        assert!(!replay(&evidence(&claim, &givens, &[], &reached).unwrap()), "nothing is put in");
    }
}
