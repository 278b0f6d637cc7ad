//! Moments of conditional moments: `E[E[X | Y]]` is E[X], and the variance and covariance given Y by their definitions, so
//! that the laws of total variance and covariance are identities (Billingsley, Probability and Measure, 34).

use crate::algebra::canon::is_identity;
use crate::elaborate::space::Law;
use crate::expr::{Expr, NO_PLACE, Node, PLACE, fun};

/// What is used where means of conditional moments are taken.
const CONDITIONAL: &str = "conditional expectation, of variables with finite moments";

/// A moment by its name: which, of what, given what.
struct Moment<'a> {
    of: Kind,
    args: Vec<&'a Expr>,
    given: Option<&'a Expr>,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Mean,
    Variance,
    Covariance,
}

/// Spellings of moments.
const NAMES: &[(&[&str], Kind)] = &[
    (&["\\mathbb{E}", "\\mathrm{E}", "E", "\\operatorname{E}", "\\mathbf{E}"], Kind::Mean),
    (&["\\mathrm{Var}", "Var", "\\operatorname{Var}", "\\mathbb{V}", "V", "\\mathrm{V}"], Kind::Variance),
    (&["\\mathrm{Cov}", "Cov", "\\operatorname{Cov}"], Kind::Covariance),
];

fn moment(e: &Expr) -> Option<Moment<'_>> {
    match e.node() {
        Node::App(f, args) => {
            let of = match f.name {
                "expectation" => Kind::Mean,
                "variance" => Kind::Variance,
                "covariance" => Kind::Covariance,
                _ => return None,
            };
            Some(Moment { of, args: args.iter().collect(), given: None })
        }
        Node::Call(f, args) => {
            let name = f.name.trim_end_matches(NO_PLACE);
            let (head, rest) = name.split_at(name.find(['(', '['])?);
            let (head, under) = head.split_once("_{").map_or((head, ""), |(h, u)| (h, u));
            let of = NAMES.iter().find(|(names, _)| names.contains(&head))?.1;
            let inner = rest.get(1..rest.len().checked_sub(1)?)?;
            let (before, given) = match inner.split_once(" \\mid ") {
                Some((before, behind)) => (before, Some(behind)),
                None => (inner, None),
            };
            let place = PLACE.to_string();
            let count = if of == Kind::Covariance { 2 } else { 1 };
            let wanted = vec![place.as_str(); count].join(", ");
            if before != wanted || given.is_some_and(|g| g != place) || given.is_some() && !under.is_empty() {
                return None;
            }
            let given = if given.is_some() { Some(args.get(count)?) } else { None };
            Some(Moment { of, args: args.iter().take(count).collect(), given })
        }
        _ => None,
    }
}

fn mean(e: &Expr) -> Expr {
    Expr::apply("expectation", vec![e.clone()])
}

/// The mean of the product of the means of x and y given z.
fn of_means(x: &Expr, y: &Expr, z: &Expr) -> Expr {
    let (x, y) = if x.to_string() <= y.to_string() { (x, y) } else { (y, x) };
    Expr::real(&format!("E[E[{x} | {z}]·E[{y} | {z}]]"))
}

/// A moment of one conditional moment.
fn outer(e: &Expr) -> Option<Expr> {
    let m = moment(e).filter(|m| m.given.is_none())?;
    let inner: Vec<Moment> = m.args.iter().map(|a| moment(a)).collect::<Option<_>>()?;
    let z = inner.first()?.given.filter(|z| z.as_symbol().is_some())?;
    if !inner.iter().all(|i| i.given == Some(z) && i.args.iter().all(|a| a.as_symbol().is_some())) {
        return None;
    }
    match (m.of, inner.as_slice()) {
        (Kind::Mean, [i]) => match (i.of, i.args.as_slice()) {
            (Kind::Mean, [x]) => Some(mean(x)),
            (Kind::Variance, [x]) => Some(mean(&x.pow(Expr::int(2))) - of_means(x, x, z)),
            (Kind::Covariance, [x, y]) => Some(mean(&((*x).clone() * (*y).clone())) - of_means(x, y, z)),
            _ => None,
        },
        (Kind::Variance, [i]) if i.of == Kind::Mean => {
            let x = i.args.first()?;
            Some(of_means(x, x, z) - mean(x).pow(Expr::int(2)))
        }
        (Kind::Covariance, [i, j]) if i.of == Kind::Mean && j.of == Kind::Mean => {
            let (x, y) = (i.args.first()?, j.args.first()?);
            Some(of_means(x, y, z) - mean(x) * mean(y))
        }
        _ => None,
    }
}

/// The equation with these written out, if it is an identity then.
pub(super) fn law(relation: &Expr) -> Option<Law> {
    relation.as_app(fun::EQ)?;
    let mut found = false;
    let written = relation.transform(&mut |x, _| {
        let e = outer(x);
        found |= e.is_some();
        e
    });
    let [l, r] = written.as_app(fun::EQ).filter(|_| found)? else { return None };
    let (l, r) = (defined(l), defined(r));
    let same = is_identity(&l, &r);
    same.then(|| Law { relation: Expr::relate(fun::EQ, l, r), facts: vec![], known: CONDITIONAL })
}

/// Moments as names: means of symbols and of products; variances and covariances by these.
fn defined(e: &Expr) -> Expr {
    let whole = |x: &Expr| moment(x).is_some_and(|m| m.given.is_none());
    e.transform(&mut |x, _| match (moment(x)?.of, moment(x).filter(|_| whole(x))?.args.as_slice()) {
        (Kind::Mean, [body]) => Some(Expr::real(&format!("E[{}]", ordered(body)))),
        (Kind::Variance, [body]) if body.as_symbol().is_some() => {
            let square = Expr::real(&format!("E[{body}·{body}]"));
            Some(square - Expr::real(&format!("E[{body}]")).pow(Expr::int(2)))
        }
        (Kind::Covariance, [a, b]) if a.as_symbol().is_some() && b.as_symbol().is_some() => {
            let product = Expr::real(&format!("E[{}]", ordered(&((*a).clone() * (*b).clone()))));
            Some(product - Expr::real(&format!("E[{a}]")) * Expr::real(&format!("E[{b}]")))
        }
        _ => None,
    })
}

/// A product of symbols in order; a square as one.
fn ordered(e: &Expr) -> String {
    let mut factors: Vec<String> = match (e.as_app(fun::MUL), e.as_app(fun::POW)) {
        (Some(list), _) => list.iter().map(Expr::to_string).collect(),
        (_, Some([base, k])) if k.as_int() == Some(2) => vec![base.to_string(); 2],
        _ => vec![e.to_string()],
    };
    factors.sort();
    factors.join("·")
}
