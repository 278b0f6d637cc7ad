//! Sums and integrals of distributions over all values of a variable: `∫ p(x, y) dy` is p(x), `Σ_y p(y | x)` is 1, and
//! `∫ p(x | y) p(y) dy` is p(x) (Billingsley, Probability and Measure, 33). That densities are normalised and that a sum or an
//! integral without ends goes over all values is what such a formula means.

use crate::algebra::canon::is_identity;
use crate::elaborate::distribution::{Distribution, Joint, Powers, factors, multiply, name};
use crate::elaborate::law::infinity;
use crate::elaborate::proportional::PROPORTIONAL;
use crate::elaborate::space::Law;
use crate::elaborate::support::product;
use crate::expr::{Binder, Domain, Expr, Node, PLACE, Sort, Symbol, fun};
use crate::notation::BOUND;
use crate::num::Rational;

/// What is used where distributions are summed or integrated out.
pub(super) const MARGINAL: &str = "probability: sums and integrals of distributions over all values of a variable";

/// The equation with each distribution as a quotient of joint ones and each of these summed and integrated out, if that makes
/// it an identity.
pub(super) fn law(relation: &Expr) -> Option<Law> {
    let [l, r] = relation.as_app(fun::EQ)? else { return None };
    let mut found = false;
    let (l, r) = (rewritten(l, 0, &mut found), rewritten(r, 0, &mut found));
    let same = found && is_identity(&l, &r);
    same.then(|| Law { relation: Expr::relate(fun::EQ, l, r), facts: vec![], known: MARGINAL })
}

/// `p(θ | y) ∝ p(y | θ) p(θ)`: as an equation with the factor that both sides differ by, if θ does not stand in it.
pub(super) fn proportional(relation: &Expr) -> Option<Law> {
    let [l, r] = relation.as_app("proportional")? else { return None };
    let of = Distribution::read(l)?.of;
    let (mut ratio, mut others) = (Powers::new(), vec![]);
    let (left, right) = (rewritten(l, 0, &mut false), rewritten(r, 0, &mut false));
    factors(&left, &Rational::from(1), &mut ratio, &mut others);
    factors(&right, &Rational::from(-1), &mut ratio, &mut others);
    let constant = others.is_empty() && ratio.keys().all(|(_, names)| !of.iter().any(|v| names.contains(v)));
    let written = || Expr::relate(fun::EQ, left.clone(), right.clone() * written(&ratio, vec![]));
    (constant && left != right).then(|| Law { relation: written(), facts: vec![], known: PROPORTIONAL })
}

/// An expression with its distributions as quotients of joint ones, none of which stands under a sum or an integral over all
/// values of its only variable there.
pub(super) fn rewritten(e: &Expr, depth: usize, found: &mut bool) -> Expr {
    if let Some(d) = Distribution::read(e) {
        return written(&d.powers(), vec![]);
    }
    if let Node::Bind { binder: Binder::Sum | Binder::Integral, domain, body } = e.node()
        && is_everything(domain)
    {
        let at = variable(depth);
        let inner = rewritten(&body.instantiated(&Expr::sym(at.clone())), depth + 1, found);
        let is = |v: &str| v.rsplit_once(BOUND).is_some_and(|(_, k)| k == depth.to_string());
        if let Some(out) = summed_out(&inner, &is, &|e| e.mentions(&at)) {
            *found = true;
            return out;
        }
        return e.clone();
    }
    if let Some((body, variables)) = integral(e) {
        let mut out = rewritten(body, depth, found);
        for v in &variables {
            let name = v.name.trim_end_matches(BOUND);
            let shown = Expr::real(name).to_string();
            let is = |u: &str| u == shown || u.rsplit_once('=').is_some_and(|(_, u)| u == shown);
            let Some(less) = summed_out(&out, &is, &|e| e.mentions(v)) else { return e.clone() };
            *found = true;
            out = less;
        }
        return out;
    }
    match e.children() {
        list if list.is_empty() || matches!(e.node(), Node::Bind { .. }) => e.clone(),
        list => e.with_children(list.into_iter().map(|c| rewritten(c, depth, found)).collect()),
    }
}

/// The variable of a binder that was taken off.
pub(super) fn variable(depth: usize) -> Symbol {
    Symbol::new(&format!("{BOUND}{depth}"), Sort::Integer)
}

/// A range that is not written, a set with a name, the whole line.
pub(super) fn is_everything(domain: &Domain) -> bool {
    match domain {
        Domain::Range(low, high) => {
            low.as_int() == Some(1) && high.as_symbol().is_some() || high.as_app("cardinality").is_some()
        }
        Domain::Over(set) => {
            let line = match set.as_app("open_interval") {
                Some([a, b]) => *a == -infinity() && *b == infinity(),
                _ => false,
            };
            line || set.as_symbol().is_some() || set.as_app("reals").is_some() || set.as_app("region").is_some()
        }
        _ => false,
    }
}

/// `\\int f \\, dx`, `\\int_{\\mathcal{X}} f \\, dx` with the variables; not one between ends.
pub(super) fn integral(e: &Expr) -> Option<(&Expr, Vec<Symbol>)> {
    let Node::Call(f, args) = e.node() else { return None };
    let sign = ["\\iiint", "\\iint", "\\int"].iter().find_map(|sign| f.name.strip_prefix(sign))?;
    let at = sign.find(&format!(" {PLACE} d{PLACE}")).filter(|at| !sign.get(..*at).unwrap_or("^").contains('^'))?;
    let count = sign.get(at..)?.matches(&format!(" d{PLACE}")).count();
    let (body, rest) = args.split_first()?;
    let variables: Option<Vec<Symbol>> = rest.iter().take(count).map(|v| v.as_symbol().cloned()).collect();
    Some((body, variables.filter(|v| v.len() == count)?))
}

/// The product without a variable that just one joint distribution in it has.
fn summed_out(e: &Expr, is: &dyn Fn(&str) -> bool, mentions: &dyn Fn(&Expr) -> bool) -> Option<Expr> {
    let (mut powers, mut others) = (Powers::new(), vec![]);
    factors(e, &Rational::from(1), &mut powers, &mut others);
    if others.iter().any(mentions) {
        return None;
    }
    // What is written with an index may be any list of numbers.
    let listed = |x: &Expr| x.as_app(fun::INDEX).is_some() && Distribution::read(x).is_none() && mentions(x);
    if e.any(&mut |x| listed(x)) {
        return None;
    }
    without(&mut powers, is).then(|| written(&powers, others))
}

/// Takes a variable out of the only distribution that has it, if there is just one.
pub(super) fn without(powers: &mut Powers, is: &dyn Fn(&str) -> bool) -> bool {
    let having: Vec<Joint> = powers.keys().filter(|(_, of)| of.iter().any(|v| is(v))).cloned().collect();
    let [one] = having.as_slice() else { return false };
    if powers.get(one) != Some(&Rational::from(1)) {
        return false;
    }
    powers.remove(one);
    let rest = (one.0.clone(), one.1.iter().filter(|v| !is(v)).cloned().collect());
    multiply(powers, rest, &Rational::from(1));
    true
}

/// A product of powers as an expression.
pub(super) fn written(powers: &Powers, others: Vec<Expr>) -> Expr {
    let one = Rational::from(1);
    let each = powers.iter().map(|(joint, k)| {
        let symbol = Expr::real(&name(joint));
        if *k == one { symbol } else { symbol.pow(Expr::num(k.clone())) }
    });
    product(each.chain(others).collect())
}
