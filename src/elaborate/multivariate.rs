//! Densities of random vectors and matrices by name: `\mathcal{N}(x; \mu, \Sigma)`, `\mathcal{MN}(X; M, U, V)`, a row each
//! (Gupta & Nagar, Matrix Variate Distributions, 2).

use crate::elaborate::law::{self, exp, f, p, pi};
use crate::elaborate::support::product;
use crate::expr::{Expr, PLACE, Symbol, fun};

/// A family of distributions of arrays.
struct Family {
    names: &'static [&'static str],
    /// For people.
    what: &'static str,
    /// Number of parameters.
    count: usize,
    /// Whether the value and the parameters have the shapes that it takes.
    fits: fn(&Expr, &[Expr]) -> bool,
    /// At a value with so many rows, and so many columns.
    density: fn(&Expr, &[Expr], &[Expr]) -> Expr,
}

const FAMILIES: &[Family] = &[
    Family {
        names: &["\\mathcal{N}", "N", "\\mathrm{N}", "\\text{N}", "\\mathrm{Normal}", "\\text{Normal}"],
        what: "the multivariate normal distribution with a mean and a positive definite covariance matrix",
        count: 2,
        fits: |x, a| match x.sort().sizes() {
            [n] => p(a, 0).sort().sizes() == [n.clone()] && p(a, 1).sort().sizes() == [n.clone(), n.clone()],
            _ => false,
        },
        density: |x, a, sizes| {
            let (gap, size) = (x.clone() - p(a, 0), p(sizes, 0));
            let (precision, determinant) = inverted(&p(a, 1));
            let square = product(vec![transposed(gap.clone()), precision, gap]);
            exp(-square.over(&Expr::int(2))).over(&f("sqrt", two_pi().pow(size) * determinant))
        },
    },
    Family {
        names: &["\\mathcal{MN}", "\\mathrm{MN}", "\\text{MN}"],
        what: "the matrix normal distribution with a mean and positive definite covariances across rows and across columns",
        count: 3,
        fits: |x, a| match x.sort().sizes() {
            [n, k] => {
                p(a, 0).sort().sizes() == [n.clone(), k.clone()]
                    && p(a, 1).sort().sizes() == [n.clone(), n.clone()]
                    && p(a, 2).sort().sizes() == [k.clone(), k.clone()]
            }
            _ => false,
        },
        density: |x, a, sizes| {
            let (gap, rows, columns) = (x.clone() - p(a, 0), p(sizes, 0), p(sizes, 1));
            let ((across_rows, first), (across_columns, second)) = (inverted(&p(a, 1)), inverted(&p(a, 2)));
            let inside = product(vec![across_columns, transposed(gap.clone()), across_rows, gap]);
            let power = two_pi().pow(rows.clone() * columns.clone());
            let below = power * second.pow(rows) * first.pow(columns);
            exp(-f("trace", inside).over(&Expr::int(2))).over(&f("sqrt", below))
        },
    },
];

fn two_pi() -> Expr {
    Expr::int(2) * pi()
}

fn transposed(x: Expr) -> Expr {
    f("transpose", x)
}

/// The numbers of rows and columns as a relation writes them, `(2\pi)^{np}`; `None` where it does not, or in two ways.
fn written(relation: &Expr, count: usize) -> Option<Vec<Expr>> {
    let mut found: Vec<Vec<Expr>> = vec![];
    relation.any(&mut |x| {
        let exponent = x.as_app(fun::POW).filter(|a| a.first() == Some(&two_pi())).and_then(|a| a.get(1));
        let factors = exponent.map(|e| e.as_app(fun::MUL).map_or_else(|| vec![e.clone()], <[Expr]>::to_vec));
        let names = factors.filter(|list| list.len() == count && list.iter().all(|e| e.as_symbol().is_some()));
        found.extend(names.filter(|n| !found.contains(n)));
        false
    });
    let [one] = found.as_slice() else { return None };
    Some(one.clone())
}

/// The inverse of a covariance matrix and its determinant: of one that is written as an inverse the matrix that it is of,
/// and numbers before a matrix before its inverse.
fn inverted(covariance: &Expr) -> (Expr, Expr) {
    let of = |m: &Expr| (m.clone(), f("det", m.clone()).recip());
    match (covariance.as_app("inverse"), covariance.as_app(fun::POW), covariance.as_app(fun::MUL)) {
        (Some([m]), ..) => of(m),
        (_, Some([m, k]), _) if k.as_int() == Some(-1) => of(m),
        (.., Some(factors)) => {
            let (scalars, arrays): (Vec<Expr>, Vec<Expr>) = factors.iter().cloned().partition(|e| e.sort().is_scalar());
            match arrays.as_slice() {
                [one] => {
                    let precision = inverted(one).0;
                    (product(vec![product(scalars).recip(), precision]), f("det", covariance.clone()))
                }
                _ => (f("inverse", covariance.clone()), f("det", covariance.clone())),
            }
        }
        _ => (f("inverse", covariance.clone()), f("det", covariance.clone())),
    }
}

/// The value of a density at an array, with what the distribution is called. Where the relation that it stands in names its
/// numbers of rows and columns otherwise than the shapes do, that they are these is said, too.
pub(super) fn density(function: &Symbol, args: &[Expr], relation: &Expr) -> Option<(String, Expr)> {
    let (x, parameters) = args.split_first()?;
    let (name, places) = function.name.split_once('(')?;
    places.strip_prefix(PLACE).filter(|after| law::separates(after))?;
    let fits = |d: &&Family| d.names.contains(&name) && d.count == parameters.len() && (d.fits)(x, parameters);
    let family = FAMILIES.iter().find(fits)?;
    let own = x.sort().sizes();
    let sizes = written(relation, own.len()).unwrap_or_else(|| own.to_vec());
    let named = |sizes: &[Expr]| sizes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" × ");
    let what = match sizes == own {
        true => family.what.to_owned(),
        false => format!("{}, of {} entries", family.what, named(&sizes)),
    };
    Some((what, (family.density)(x, parameters, &sizes)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algebra::eval::{Env, Point, evaluate};
    use crate::num::Rational;
    use statrs::distribution::{Continuous, Normal};

    fn number(e: &Expr) -> f64 {
        *evaluate::<f64>(e, &Env::at(&Point::new()), &mut 100_000).scalar().unwrap()
    }

    fn matrix(rows: usize, columns: usize, entries: &[i64]) -> Expr {
        Expr::matrix(rows, columns, entries.iter().map(|k| Expr::int(*k)).collect())
    }

    fn value(name: &str, args: &[Expr]) -> f64 {
        let places = vec![PLACE.to_string(); args.len() - 1].join(", ");
        let function = Symbol::new(&format!("{name}({PLACE}; {places})"), crate::expr::Sort::Function);
        number(&density(&function, args, &Expr::int(0)).unwrap().1)
    }

    /// The density with mean (1, -1) and covariance [3, 1; 1, 2] at (2, 1): that of the first entry, and that of the second
    /// given the first.
    fn expected() -> f64 {
        let first = Normal::new(1.0, 3.0f64.sqrt()).unwrap().pdf(2.0);
        let mean = -1.0 + (2.0 - 1.0) / 3.0;
        first * Normal::new(mean, (2.0f64 - 1.0 / 3.0).sqrt()).unwrap().pdf(1.0)
    }

    #[test]
    fn the_normal_density_is_that_of_its_entries_in_turn() {
        let vector = |a: i64, b: i64| Expr::vector(vec![Expr::int(a), Expr::int(b)]);
        let covariance = matrix(2, 2, &[3, 1, 1, 2]);
        let expected = expected();
        let ours = |c: Expr| value("\\mathcal{N}", &[vector(2, 1), vector(1, -1), c]);
        assert!((ours(covariance.clone()) - expected).abs() < 1e-12);
        assert!((ours(f("inverse", f("inverse", covariance.clone()))) - expected).abs() < 1e-12);
        let half = Expr::num(Rational::new(1, 2).unwrap());
        assert!((ours(product(vec![half, matrix(2, 2, &[6, 2, 2, 4])])) - expected).abs() < 1e-12);
    }

    #[test]
    fn a_matrix_with_one_column_is_a_vector() {
        let (x, m) = (matrix(2, 1, &[2, 1]), matrix(2, 1, &[1, -1]));
        let ours = value("\\mathcal{MN}", &[x, m, matrix(2, 2, &[3, 1, 1, 2]), matrix(1, 1, &[1])]);
        assert!((ours - expected()).abs() < 1e-12);
    }

    #[test]
    fn shapes_have_to_fit() {
        let function = Symbol::new(&format!("\\mathcal{{N}}({PLACE}; {PLACE}, {PLACE})"), crate::expr::Sort::Function);
        let (x, wide) = (matrix(2, 1, &[2, 1]), matrix(3, 3, &[1, 0, 0, 0, 1, 0, 0, 0, 1]));
        assert!(density(&function, &[x.clone(), x, wide], &Expr::int(0)).is_none());
        let numbers = [Expr::real("x"), Expr::real("m"), Expr::real("s")];
        assert!(density(&function, &numbers, &Expr::int(0)).is_none());
    }
}
