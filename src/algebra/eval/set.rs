//! Sets and membership.

use super::evaluator::Evaluator;
use super::relation::distribution;
use super::system::System;
use super::value::{SetValue, Value};
use crate::expr::Expr;
use crate::num::{Rational, Ternary};

impl<N: System> Evaluator<'_, N> {
    /// The value of a set function, or of the number of members; `None` if the function is none of these.
    pub(super) fn set_function(&mut self, name: &str, args: &[Expr]) -> Option<Value<N>> {
        let set = match (name, args) {
            ("reals", _) => SetValue::Reals,
            ("integers", _) => SetValue::Integers,
            ("naturals", _) => SetValue::Naturals,
            ("real_space", _) => {
                let sizes: Option<Vec<usize>> = args.iter().map(|n| self.size(n)).collect();
                match sizes.as_deref() {
                    Some([n]) => SetValue::Space(*n, None),
                    Some([m, n]) => SetValue::Space(*m, Some(*n)),
                    _ => SetValue::Unknown,
                }
            }
            ("open_interval", [a, b]) => self.interval(a, false, b, false),
            ("closed_interval", [a, b]) => self.interval(a, true, b, true),
            ("left_open", [a, b]) => self.interval(a, false, b, true),
            ("right_open", [a, b]) => self.interval(a, true, b, false),
            ("set", _) => SetValue::Finite(self.all(args)),
            ("range_set", [a, b]) => match (self.integer(a), self.integer(b)) {
                (Some(a), Some(b)) => SetValue::Range(a, b),
                _ => SetValue::Unknown,
            },
            ("power_set", [s, n]) => match (self.set(s), self.size(n)) {
                (SetValue::Unknown, _) | (_, None) => SetValue::Unknown,
                (s, Some(n)) => SetValue::Power(Box::new(s), n),
            },
            ("simplex", [n]) => self.size(n).map_or(SetValue::Unknown, SetValue::Simplex),
            ("only_member", [s]) => {
                return Some(match self.set(s) {
                    SetValue::Finite(members) => match members.as_slice() {
                        [Value::Scalar(one)] => Value::Scalar(one.clone()),
                        several if distinct(several).is_some_and(|n| n != 1) => Value::nothing(),
                        _ => Value::undefined(),
                    },
                    _ => Value::undefined(),
                });
            }
            ("cardinality", [s]) => {
                return Some(match self.set(s) {
                    SetValue::Range(a, b) => {
                        let count = b.saturating_sub(a).saturating_add(1).max(0);
                        Value::Scalar(N::from_rational(&Rational::from(count)))
                    }
                    SetValue::Finite(members) => distinct(&members).map_or_else(Value::undefined, |n| {
                        Value::Scalar(N::from_rational(&Rational::from(i64::try_from(n).unwrap_or(i64::MAX))))
                    }),
                    _ => Value::undefined(),
                });
            }
            _ => return None,
        };
        Some(Value::Set(set))
    }

    fn interval(&mut self, a: &Expr, with_a: bool, b: &Expr, with_b: bool) -> SetValue<N> {
        let infinite = |e: &Expr| e.as_app("infinity").is_some() || e.any(&mut |x| x.as_app("infinity").is_some());
        let mut end = |e: &Expr| if infinite(e) { None } else { Some(self.scalar(e)) };
        let (lo, hi) = (end(a), end(b));
        SetValue::Interval(lo, with_a, hi, with_b)
    }
}

/// The number of different members, if every pair compares.
fn distinct<N: System>(members: &[Value<N>]) -> Option<usize> {
    let mut seen: Vec<&N> = Vec::new();
    for m in members {
        let Value::Scalar(x) = m else { return None };
        let mut new = true;
        for y in &seen {
            new &= !x.equals(y).decided()?;
        }
        if new {
            seen.push(x);
        }
    }
    Some(seen.len())
}

/// Whether a value is a member of a set. `integer`: its sort says that it is an integer.
pub(super) fn member<N: System>(x: &Value<N>, set: &SetValue<N>, integer: bool) -> Ternary {
    if x.is_undefined() != Ternary::False {
        return Ternary::Unknown;
    }
    match (x, set) {
        (Value::Scalar(_), SetValue::Reals) => Ternary::True,
        (Value::Scalar(x), SetValue::Integers) => integral(x, integer),
        (Value::Scalar(x), SetValue::Naturals) => integral(x, integer).and(N::one().at_most(x)),
        (Value::Scalar(x), SetValue::Range(a, b)) => {
            let (a, b) = (N::from_rational(&Rational::from(*a)), N::from_rational(&Rational::from(*b)));
            integral(x, integer).and(a.at_most(x)).and(x.at_most(&b))
        }
        (Value::Scalar(x), SetValue::Interval(lo, with_lo, hi, with_hi)) => {
            let above = lo.as_ref().map_or(Ternary::True, |lo| if *with_lo { lo.at_most(x) } else { lo.less(x) });
            let below = hi.as_ref().map_or(Ternary::True, |hi| if *with_hi { x.at_most(hi) } else { x.less(hi) });
            above.and(below)
        }
        (Value::Scalar(x), SetValue::Finite(members)) => {
            members.iter().fold(Ternary::False, |t, m| t.or(m.scalar().map_or(Ternary::False, |y| x.equals(y))))
        }
        (Value::Array(a), SetValue::Space(m, n)) => (a.rows == *m && a.columns == *n).into(),
        (Value::Array(a), SetValue::Simplex(n)) => {
            if a.columns.is_none() && a.rows == *n {
                distribution(a)
            } else {
                Ternary::False
            }
        }
        (Value::Array(a), SetValue::Power(set, n)) => {
            if a.columns.is_some() || a.rows != *n {
                return Ternary::False;
            }
            a.entries.iter().fold(Ternary::True, |t, x| t.and(member(&Value::Scalar(x.clone()), set, integer)))
        }
        (Value::Array(a), SetValue::Finite(members)) => members.iter().fold(Ternary::False, |t, m| match m {
            Value::Array(b) if a.same_shape(b) => {
                let entries = a.entries.iter().zip(&b.entries);
                t.or(entries.fold(Ternary::True, |t, (x, y)| t.and(x.equals(y))))
            }
            _ => t,
        }),
        _ => Ternary::Unknown,
    }
}

fn integral<N: System>(x: &N, integer: bool) -> Ternary {
    if integer { Ternary::True } else { x.equals(&x.floor()) }
}

#[cfg(test)]
mod tests {
    use num_traits::{One, Zero};

    use super::*;

    #[test]
    fn membership_is_three_valued() {
        use crate::num::Interval;
        let unit = SetValue::Interval(Some(Interval::zero()), false, Some(Interval::one()), true);
        let at = |lo: f64, hi: f64| Value::Scalar(Interval::new(lo, hi));
        assert_eq!(member(&at(0.5, 0.75), &unit, false), Ternary::True);
        assert_eq!(member(&at(0.5, 1.0), &unit, false), Ternary::True);
        assert_eq!(member(&at(0.0, 0.5), &unit, false), Ternary::Unknown);
        assert_eq!(member(&at(-1.0, 0.0), &unit, false), Ternary::False);
        assert_eq!(member(&at(0.5, 0.5), &SetValue::Integers, false), Ternary::False);
        assert_eq!(member(&at(3.0, 3.0), &SetValue::Naturals, false), Ternary::True);
    }
}
