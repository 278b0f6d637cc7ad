//! What a relation says to the digits written (design §3).
//!
//! A decimal that stands alone on a side of `=` or `≈` stands for every number that is rounded to it, to the nearest or
//! by leaving the rest of its digits out: `π ≈ 3.14` and `e ≈ 2.71` hold, `π ≈ 3.15` does not say. It is wrong only where
//! more than a unit of its last digit lies between. So does each that is an entry of a displayed vector or matrix. Elsewhere in an equation decimals are values that were
//! computed with: the sides agree if these values, taken exactly, lead to what is written, and disagree only if every
//! choice of the numbers that the digits may stand for does. An integer that stands alone beside such values may be
//! rounded too, to the nearest.

use crate::expr::{Expr, Node, fun};
use crate::num::Rational;

/// Units of the last digit beyond which `≈` is certainly wrong.
const APART: i64 = 2;

/// The forms in which a relation with decimals is proved and refuted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Digits {
    /// What proves it: memberships in the intervals that the digits stand for.
    pub within: Option<Expr>,
    /// What refutes it where it certainly fails: the relation in which decimals enclose all they may stand for.
    pub apart: Option<Expr>,
}

/// A number that stands alone.
struct Standing {
    number: Rational,
    unit: Rational,
    /// Whether it was written with a decimal point.
    point: bool,
}

impl Standing {
    /// The numbers that are rounded to it: to the nearest, or by leaving digits out, which goes towards zero.
    fn rounded_from(&self) -> Expr {
        let (number, unit) = (&self.number, &self.unit);
        let zero = Rational::from(0);
        let half = Rational::new(1, 2).map_or_else(|| unit.clone(), |half| unit.clone() * half);
        // An integer comes with half a unit.
        let (name, below, above) = match self.point {
            false => ("closed_interval", unit, unit),
            true if *number > zero => ("right_open", &half, unit),
            true if *number < zero => ("left_open", unit, &half),
            true => ("open_interval", unit, unit),
        };
        let ends = [number.clone() - below.clone(), number.clone() + above.clone()];
        Expr::apply(name, ends.map(Expr::num).to_vec())
    }
}

/// From here on an integer beside an irrational number is rounded: `2\pi r = 2415256`.
const LARGE: i64 = 100;

/// Whether an integer stands alone beside a constant that is no fraction, and so may be rounded.
fn is_rounded(e: &Expr, other: &Expr) -> bool {
    let large = e.as_num().is_some_and(|q| q.is_integer() && q.abs() >= Rational::from(LARGE));
    let irrational = |x: &Expr| match x.node() {
        Node::App(f, args) if f.name == fun::POW => args.get(1).is_some_and(|n| n.as_int().is_none()),
        Node::App(f, _) => matches!(f.name, "pi" | "euler" | "exp" | "log" | "sqrt" | "sin" | "cos" | "tan"),
        _ => false,
    };
    large && other.symbols().is_empty() && other.any(&mut |x| irrational(x))
}

/// Whether a relation means something else than it would with exact numbers: it has decimals, is one of `≈`, or has a
/// number in scientific notation.
pub fn are_written(printed: &Expr) -> bool {
    let scientific = |e: &Expr| {
        let factors = e.as_app(fun::MUL);
        factors.is_some_and(|f| f.iter().any(|f| power_of_ten(f).is_some())) && standing(e).is_some()
    };
    let rounded = matches!(printed.as_app(fun::EQ), Some([a, b]) if is_rounded(a, b) || is_rounded(b, a));
    rounded || printed.as_app("approx").is_some() || printed.any(&mut |e| e.as_decimal().is_some() || scientific(e))
}

/// What a relation with decimals as printed says to the digits written.
pub fn digits(printed: &Expr) -> Digits {
    let sides = match printed.node() {
        Node::App(f, args) if matches!(f.name, fun::EQ | "approx") => <&[Expr; 2]>::try_from(args.as_slice()).ok(),
        _ => None,
    };
    let Some([left, right]) = sides else { return Digits { within: None, apart: Some(bounded(printed)) } };
    let about = printed.as_app(fun::EQ).is_none();
    // What holds for every value of a symbol is no rounding.
    let constant = printed.symbols().is_empty();
    let identical = || about.then(|| Expr::relate(fun::EQ, left.exact(), right.exact()));
    let within = constant.then(|| inside(left, right, about)).flatten().or_else(identical);
    // Without a decimal of its own a side of `≈` says nothing that could be wrong, nor beside a symbol without a value.
    let said = !about || constant && [left, right].into_iter().any(|e| entries(e).iter().any(|(_, e)| stands(e)));
    let units = if about { APART } else { 1 };
    // Behind `≈` an integer may be rounded up too: `n = 96.04 ≈ 97`.
    let wide = |e: &Expr, other: &Expr| match e
        .as_num()
        .filter(|q| q.is_integer() && (other.has_decimals() || is_rounded(e, other)))
    {
        Some(q) => Rational::new(1, if about { 1 } else { 2 })
            .map_or_else(|| e.clone(), |slack| Expr::decimal(q.clone(), slack)),
        None => widened(e, units),
    };
    let apart = said.then(|| Expr::relate(fun::EQ, wide(left, right), wide(right, left)));
    Digits { within, apart }
}

/// A decimal alone on a side of `<` or `≤` bounds what the other side takes for all values of a symbol: it was chosen,
/// not rounded, and is exact.
fn bounded(printed: &Expr) -> Expr {
    match printed.node() {
        Node::App(f, args) if matches!(f.name, "lt" | "le" | "gt" | "ge") && !printed.symbols().is_empty() => {
            Expr::app(*f, args.iter().map(|a| if stands(a) { a.exact() } else { a.clone() }).collect())
        }
        _ => printed.clone(),
    }
}

/// The memberships of one side in what the digits of the other stand for; of two roundings the coarser counts.
fn inside(left: &Expr, right: &Expr, about: bool) -> Option<Expr> {
    let coarser = |(value, written): (&Expr, &Expr)| {
        let mut parts = vec![];
        let mut coarse = Rational::from(0);
        for (place, entry) in entries(written) {
            let interval = match standing(entry) {
                Some(s) if s.point || about => {
                    coarse = coarse.max(s.unit.clone());
                    s.rounded_from()
                }
                _ => {
                    let exact = Expr::num(entry.exact().as_num()?.clone());
                    Expr::apply("closed_interval", vec![exact.clone(), exact])
                }
            };
            parts.push(Expr::relate("member", at(&value.exact(), &place)?, interval));
        }
        let all = if parts.len() == 1 { parts.pop()? } else { Expr::apply("and", parts) };
        (coarse > Rational::from(0)).then_some((coarse, all))
    };
    match (coarser((left, right)), coarser((right, left))) {
        (Some((a, right)), Some((b, left))) => Some(if b > a { left } else { right }),
        (one, other) => one.or(other).map(|(_, parts)| parts),
    }
}

/// The numbers that a displayed vector or matrix consists of, with their places; any other expression by itself.
fn entries(e: &Expr) -> Vec<(Vec<i64>, &Expr)> {
    let (array, turned) = match e.as_app("transpose") {
        Some([inner]) => (inner, true),
        _ => (e, false),
    };
    let Node::Array { columns, entries, .. } = array.node() else { return vec![(vec![], e)] };
    let width = columns.unwrap_or(1).max(1);
    let numbered = entries.iter().enumerate().map(|(k, entry)| {
        let (i, j) = ((k / width + 1) as i64, (k % width + 1) as i64);
        let place = match (columns, turned) {
            (None, false) => vec![i],
            (_, false) => vec![i, j],
            (_, true) => vec![j, i],
        };
        (place, entry)
    });
    numbered.collect()
}

/// The entry of the other side at the place.
fn at(e: &Expr, place: &[i64]) -> Option<Expr> {
    if place.is_empty() {
        return e.sort().is_scalar().then(|| e.clone());
    }
    let fits = e.sort().sizes().len() == place.len();
    fits.then(|| match entries(e).into_iter().find(|(p, _)| p == place) {
        Some((_, entry)) => entry.clone(),
        None => e.index(place.iter().map(|i| Expr::int(*i)).collect()),
    })
}

/// A number that stands alone: with a sign, and times a power of ten.
fn standing(e: &Expr) -> Option<Standing> {
    let factors = e.as_app(fun::MUL).unwrap_or(std::slice::from_ref(e));
    let mut scale = Rational::from(1);
    let mut mantissa: Option<(Rational, Rational, bool)> = None;
    for f in factors {
        if f.as_int() == Some(-1) && factors.len() > 1 {
            scale = -scale;
        } else if let Some(power) = power_of_ten(f) {
            scale *= power;
        } else {
            let read = match (f.as_decimal(), f.as_num()) {
                (Some((q, unit)), _) => (q.clone(), unit.clone(), true),
                (None, Some(q)) if q.is_integer() => (q.clone(), Rational::from(1), false),
                _ => return None,
            };
            if mantissa.replace(read).is_some() {
                return None;
            }
        }
    }
    let (number, unit, point) = mantissa?;
    // `2/10` is a fraction; nobody writes a rounded number as 2·10⁻¹.
    if !point && scale.abs() == Rational::new(1, 10)? {
        return None;
    }
    // An integer is rounded to the nearest one.
    let unit = if point { unit } else { unit.checked_div(&Rational::from(2))? };
    Some(Standing { number: number * scale.clone(), unit: unit * scale.abs(), point })
}

/// How far from a number that stands alone its digits leave what is meant, and whether they have a decimal point: a unit of
/// the last of them, of an integer a half.
pub fn unit_of(e: &Expr) -> Option<(f64, bool)> {
    standing(e).map(|s| (s.unit.to_f64(), s.point))
}

fn power_of_ten(e: &Expr) -> Option<Rational> {
    match e.as_app(fun::POW)? {
        [ten, n] if ten.as_int() == Some(10) => Rational::from(10).pow_int(n.as_int().filter(|n| n.abs() <= 400)?),
        _ => None,
    }
}

fn stands(e: &Expr) -> bool {
    standing(e).is_some_and(|s| s.point)
}

/// A side with every decimal enclosing so many units of its last digit, and integers times a power of ten too.
fn widened(e: &Expr, units: i64) -> Expr {
    let wide = |number: Rational, unit: Rational| Expr::decimal(number, unit * Rational::from(units));
    e.transform(&mut |x, _| match (x.as_decimal(), x.as_app(fun::MUL)) {
        (Some((q, unit)), _) => (units != 1).then(|| wide(q.clone(), unit.clone())),
        (None, Some(factors)) if factors.iter().any(|f| power_of_ten(f).is_some()) => {
            let s = standing(x).filter(|s| !s.point)?;
            Some(wide(s.number, s.unit * Rational::from(2)))
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(number: i64, places: i64) -> Expr {
        let unit = Rational::from(10).pow_int(-places).unwrap();
        Expr::decimal(Rational::from(number) * unit.clone(), unit)
    }

    fn log2() -> Expr {
        Expr::apply("log", vec![Expr::int(2)])
    }

    #[test]
    fn a_decimal_alone_stands_for_an_interval() {
        let about = digits(&Expr::relate("approx", log2(), decimal(69, 2)));
        assert_eq!(about.within.unwrap().to_string(), "log 2 ∈ [137/200, 7/10)");
        assert_eq!(about.apart.unwrap().to_string(), "log 2 = 0.69 ± 0.02");
        let turned = digits(&Expr::relate(fun::EQ, decimal(69, 2), log2()));
        assert_eq!(turned.within.unwrap().to_string(), "log 2 ∈ [137/200, 7/10)");
    }

    #[test]
    fn the_coarser_of_two_decimals_counts() {
        let both = digits(&Expr::relate(fun::EQ, decimal(168, 3), decimal(17, 2)));
        assert_eq!(both.within.unwrap().to_string(), "21/125 ∈ [33/200, 9/50)");
    }

    #[test]
    fn a_power_of_ten_scales_the_unit() {
        let small = decimal(15, 1) * Expr::int(10).pow(Expr::int(-3));
        let both = digits(&Expr::relate("approx", Expr::int(650).recip(), small));
        assert_eq!(both.within.unwrap().to_string(), "1/650 ∈ [29/20000, 1/625)");
    }

    #[test]
    fn tenths_are_exact() {
        let tenths = |n| Expr::relate(fun::EQ, log2(), Expr::int(n) * Expr::int(10).pow(Expr::int(-1)));
        assert!(!are_written(&tenths(2)) && !are_written(&tenths(0)));
        let thousandths = Expr::relate(fun::EQ, log2(), Expr::int(7) * Expr::int(10).pow(Expr::int(-3)));
        assert!(are_written(&thousandths));
    }

    #[test]
    fn entries_of_a_vector_stand_each() {
        let v = Expr::vector(vec![decimal(3, 1), Expr::int(1)]);
        let w = Expr::vector(vec![Expr::int(3).recip(), Expr::int(1)]);
        let both = digits(&Expr::relate(fun::EQ, w, v));
        assert_eq!(both.within.unwrap().to_string(), "1/3 ∈ [1/4, 2/5) and 1 ∈ [1, 1]");
    }

    #[test]
    fn what_holds_for_every_value_is_no_rounding() {
        let x = Expr::real("x");
        assert_eq!(digits(&Expr::relate(fun::EQ, x.clone(), decimal(5, 1))).within, None);
        assert_eq!(digits(&Expr::relate("approx", x.clone(), x.clone())).apart, None);
        assert_eq!(digits(&Expr::relate("approx", x, decimal(36, 1))).apart, None, "it may be an estimate");
    }

    #[test]
    fn an_integer_beside_decimals_may_be_rounded() {
        let beside = digits(&Expr::relate(fun::EQ, Expr::int(16) * decimal(849, 3), Expr::int(14)));
        assert_eq!(beside.apart.unwrap().to_string(), "16·0.849 = 14.0 ± 0.5");
        let exact = digits(&Expr::relate(fun::EQ, Expr::int(10).over(&Expr::int(3)), Expr::int(3)));
        assert_eq!(exact.apart.unwrap().to_string(), "10/3 = 3");
    }

    #[test]
    fn an_integer_is_never_refuted_by_about() {
        let three = digits(&Expr::relate("approx", Expr::apply("pi", vec![]), Expr::int(3)));
        assert_eq!(three.within.unwrap().to_string(), "π ∈ [5/2, 7/2]");
        assert_eq!(three.apart, None);
    }
}
