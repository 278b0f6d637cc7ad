//! Boxes of real symbols.

use std::collections::BTreeSet;

use crate::algebra::eval::{Env, Point, PointValue, SetValue, Value, evaluate};
use crate::expr::{Expr, Node, Sort, Symbol};
use crate::num::{Exact, Interval, Rational};

/// Most values of a symbol that are split into cases.
const CASES: i64 = 64;

/// One end of an interval.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    /// Where it is; `None` for infinity.
    pub at: Option<Rational>,
    /// Whether it belongs to the interval.
    pub closed: bool,
}

/// The values of a symbol.
#[derive(Clone, Debug, PartialEq)]
pub enum Extent {
    /// All reals between two ends.
    Interval(End, End),
    /// These alone, in order.
    Finite(Vec<Rational>),
}

/// A box: an extent for each symbol.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Region {
    /// Symbols with their extents.
    pub axes: Vec<(Symbol, Extent)>,
}

/// A closed part of an axis; `None` is infinite.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// Lower end.
    pub lo: Option<Rational>,
    /// Upper end.
    pub hi: Option<Rational>,
}

impl Side {
    /// The single value.
    pub fn point(q: &Rational) -> Side {
        Side { lo: Some(q.clone()), hi: Some(q.clone()) }
    }

    /// The value, if it is one only.
    pub fn value(&self) -> Option<&Rational> {
        self.lo.as_ref().filter(|lo| Some(*lo) == self.hi.as_ref())
    }

    /// Its enclosure.
    pub fn enclosure(&self) -> Interval {
        let lo = self.lo.as_ref().map_or(f64::NEG_INFINITY, |q| *q.enclose().lo());
        let hi = self.hi.as_ref().map_or(f64::INFINITY, |q| *q.enclose().hi());
        Interval::new(lo, hi)
    }

    /// Whether every value of `inner` is one of self.
    pub fn holds(&self, inner: &Side) -> bool {
        let above = match (&self.lo, &inner.lo) {
            (None, _) => true,
            (Some(a), Some(b)) => a <= b,
            (Some(_), None) => false,
        };
        let below = match (&self.hi, &inner.hi) {
            (None, _) => true,
            (Some(a), Some(b)) => b <= a,
            (Some(_), None) => false,
        };
        above && below
    }

    /// Whether the value lies strictly inside.
    pub fn splits_at(&self, q: &Rational) -> bool {
        self.lo.as_ref().is_none_or(|lo| lo < q) && self.hi.as_ref().is_none_or(|hi| q < hi)
    }

    /// The parts below and above a value.
    pub fn split(&self, at: &Rational) -> (Side, Side) {
        (Side { lo: self.lo.clone(), hi: Some(at.clone()) }, Side { lo: Some(at.clone()), hi: self.hi.clone() })
    }

    /// A value inside: the middle, or about twice as far out where an end is infinite.
    pub fn middle(&self) -> Rational {
        let two = Rational::from(2);
        let stride = |q: &Rational| q.abs().max(Rational::from(1));
        match (&self.lo, &self.hi) {
            (Some(a), Some(b)) => (a + b).checked_div(&two).unwrap_or_else(|| a.clone()),
            (Some(a), None) => a + &stride(a),
            (None, Some(b)) => b - &stride(b),
            (None, None) => Rational::from(0),
        }
    }
}

impl Extent {
    /// Its closed hull as sides, one for each case.
    pub fn sides(&self) -> Vec<Side> {
        match self {
            Extent::Interval(a, b) => vec![Side { lo: a.at.clone(), hi: b.at.clone() }],
            Extent::Finite(values) => values.iter().map(Side::point).collect(),
        }
    }

    /// Whether the value is not in the extent although it is an end of it.
    pub fn excludes(&self, q: &Rational) -> bool {
        match self {
            Extent::Interval(a, b) => {
                (a.at.as_ref() == Some(q) && !a.closed) || (b.at.as_ref() == Some(q) && !b.closed)
            }
            Extent::Finite(_) => false,
        }
    }

    /// Whether the value is in the extent.
    pub fn contains(&self, q: &Rational) -> bool {
        match self {
            Extent::Interval(a, b) => {
                let above = a.at.as_ref().is_none_or(|lo| lo < q || (a.closed && lo == q));
                above && b.at.as_ref().is_none_or(|hi| q < hi || (b.closed && hi == q))
            }
            Extent::Finite(values) => values.contains(q),
        }
    }

    fn entire() -> Extent {
        let end = || End { at: None, closed: false };
        Extent::Interval(end(), end())
    }

    /// The part above (or below) a bound.
    fn cut(&mut self, bound: Rational, closed: bool, lower: bool) {
        match self {
            Extent::Finite(values) => values.retain(|q| match lower {
                true => *q > bound || (closed && *q == bound),
                false => *q < bound || (closed && *q == bound),
            }),
            Extent::Interval(a, b) => {
                let end = if lower { a } else { b };
                let tighter = end.at.as_ref().is_none_or(|old| if lower { bound > *old } else { bound < *old });
                if tighter {
                    *end = End { at: Some(bound), closed };
                } else if end.at.as_ref() == Some(&bound) {
                    end.closed &= closed;
                }
            }
        }
    }
}

impl Region {
    /// The least box that the givens leave to the symbols of the expressions: bounds and memberships with rational ends
    /// are read, other givens are left out, which only makes the box larger. `None` if a symbol is neither a real nor
    /// an integer, or an integer without two ends.
    pub fn from_givens<'a>(claims: impl IntoIterator<Item = &'a Expr>, givens: &[Expr]) -> Option<Region> {
        let symbols: BTreeSet<Symbol> = claims.into_iter().flat_map(Expr::symbols).collect();
        let mut axes = Vec::new();
        for s in symbols {
            let mut extent = Extent::entire();
            let mut integer = s.sort == Sort::Integer;
            if !s.sort.is_scalar() {
                return None;
            }
            for g in givens {
                narrow(&mut extent, &mut integer, &s, g, 0);
            }
            if integer {
                extent = integers(&extent)?;
            }
            axes.push((s, extent));
        }
        Some(Region { axes })
    }

    /// Whether it certainly has no point.
    pub fn is_empty(&self) -> bool {
        self.axes.iter().any(|(_, extent)| match extent {
            Extent::Finite(values) => values.is_empty(),
            Extent::Interval(a, b) => match (&a.at, &b.at) {
                (Some(lo), Some(hi)) => lo > hi || (lo == hi && !(a.closed && b.closed)),
                _ => false,
            },
        })
    }

    /// The closed boxes that cover it: one for each case of the finite axes.
    pub fn cells(&self) -> Vec<Vec<Side>> {
        let mut cells = vec![Vec::new()];
        for (_, extent) in &self.axes {
            let sides = extent.sides();
            cells = cells
                .iter()
                .flat_map(|c| sides.iter().map(move |s| [c.as_slice(), std::slice::from_ref(s)].concat()))
                .collect();
        }
        cells
    }

    /// The values of the symbols over a closed box: exact where a side is one value.
    pub fn env(&self, cell: &[Side]) -> Env<Interval> {
        let mut point = Point::new();
        for ((s, _), side) in self.axes.iter().zip(cell) {
            if let Some(q) = side.value() {
                point.set(s, PointValue::Scalar(q.clone()));
            }
        }
        let boxes = self.axes.iter().zip(cell).filter(|(_, side)| side.value().is_none());
        boxes.fold(Env::at(&point), |env, ((s, _), side)| env.with(s, Value::Scalar(side.enclosure())))
    }

    /// The point of a box whose sides are single values.
    pub fn point(&self, cell: &[Side]) -> Option<Point> {
        let mut point = Point::new();
        for ((s, _), side) in self.axes.iter().zip(cell) {
            point.set(s, PointValue::Scalar(side.value()?.clone()));
        }
        Some(point)
    }
}

/// The integers of an extent, if there are not too many.
fn integers(extent: &Extent) -> Option<Extent> {
    Some(match extent {
        Extent::Finite(values) => Extent::Finite(values.iter().filter(|q| q.is_integer()).cloned().collect()),
        Extent::Interval(End { at: Some(lo), .. }, End { at: Some(hi), .. }) => {
            let (a, b) = (lo.floor().to_i64()?, hi.floor().to_i64()?);
            if b.checked_sub(a)? > CASES {
                return None;
            }
            Extent::Finite((a..=b).map(Rational::from).filter(|q| extent.contains(q)).collect())
        }
        _ => return None,
    })
}

fn constant(e: &Expr) -> Option<Rational> {
    if !e.symbols().is_empty() {
        return None;
    }
    evaluate::<Exact>(e, &Env::at(&Point::new()), &mut 1000).scalar()?.rational().cloned()
}

fn narrow(extent: &mut Extent, integer: &mut bool, s: &Symbol, given: &Expr, layer: usize) {
    let Node::App(f, args) = given.node() else { return };
    let is = |e: &Expr| e.as_symbol().is_some_and(|t| t.same(s));
    match (f.name, args.as_slice()) {
        ("and", _) if layer < 16 => args.iter().for_each(|g| narrow(extent, integer, s, g, layer + 1)),
        ("lt" | "le" | "gt" | "ge", [a, b]) => {
            let closed = matches!(f.name, "le" | "ge");
            let less = matches!(f.name, "lt" | "le");
            if is(a)
                && let Some(q) = constant(b)
            {
                extent.cut(q, closed, !less);
            } else if is(b)
                && let Some(q) = constant(a)
            {
                extent.cut(q, closed, less);
            }
        }
        ("eq", [a, b]) => {
            let value = if is(a) {
                constant(b)
            } else if is(b) {
                constant(a)
            } else {
                None
            };
            if let Some(q) = value {
                *extent = Extent::Finite(if extent.contains(&q) { vec![q] } else { vec![] });
            }
        }
        ("member", [x, set]) if is(x) => match evaluate::<Exact>(set, &Env::at(&Point::new()), &mut 1000) {
            Value::Set(SetValue::Interval(lo, with_lo, hi, with_hi)) => {
                if let Some(q) = lo.as_ref().and_then(|x| x.rational()) {
                    extent.cut(q.clone(), with_lo, true);
                }
                if let Some(q) = hi.as_ref().and_then(|x| x.rational()) {
                    extent.cut(q.clone(), with_hi, false);
                }
            }
            Value::Set(SetValue::Integers) => *integer = true,
            Value::Set(SetValue::Naturals) => {
                *integer = true;
                extent.cut(Rational::from(1), true, true);
            }
            Value::Set(SetValue::Range(a, b)) => {
                *integer = true;
                extent.cut(Rational::from(a), true, true);
                extent.cut(Rational::from(b), true, false);
            }
            Value::Set(SetValue::Finite(members)) => {
                let values: Option<Vec<Rational>> =
                    members.iter().map(|m| m.scalar().and_then(Exact::rational).cloned()).collect();
                if let Some(mut values) = values {
                    values.retain(|q| extent.contains(q));
                    values.sort();
                    values.dedup();
                    *extent = Extent::Finite(values);
                }
            }
            _ => {}
        },
        _ => {}
    }
}
