//! Relations, connectives and predicates, three-valued.

use super::definite::definiteness;
use super::evaluator::Evaluator;
use super::linear;
use super::set::member;
use super::system::System;
use super::value::{Array, SetValue, Value};
use crate::expr::{Expr, Sort};
use crate::num::Ternary;

impl<N: System> Evaluator<'_, N> {
    pub(super) fn relation(&mut self, name: &str, args: &[Expr]) -> Ternary {
        match (name, args) {
            ("and", _) => args.iter().fold(Ternary::True, |t, a| match t {
                Ternary::False => t,
                t => t.and(self.truth(a)),
            }),
            ("or", _) => args.iter().fold(Ternary::False, |t, a| match t {
                Ternary::True => t,
                t => t.or(self.truth(a)),
            }),
            ("not", [a]) => !self.truth(a),
            ("implies", [a, b]) => match self.truth(a) {
                Ternary::False => Ternary::True,
                t => (!t).or(self.truth(b)),
            },
            ("iff", [a, b]) => equivalent(self.truth(a), self.truth(b)),
            ("member", [x, set]) => {
                let value = self.eval(x);
                let integer = *x.sort() == Sort::Integer;
                let set = self.set(set);
                // An exact value decides where an enclosure of it touches an end.
                match member(&value, &set, integer) {
                    Ternary::Unknown => self.exact_relation(name, args),
                    t => t,
                }
            }
            ("subset", [a, b]) => {
                let (a, b) = (self.set(a), self.set(b));
                subset(&a, &b)
            }
            (_, [a, b]) => {
                let (x, y) = (self.eval(a), self.eval(b));
                // The same expression has one value: no enclosure of it is narrow enough to tell.
                let same = a == b && matches!(x, Value::Scalar(_)) && x.is_undefined() == Ternary::False;
                match name {
                    "lt" | "gt" | "ne" if same => Ternary::False,
                    "eq" | "le" | "ge" if same => Ternary::True,
                    _ => self.compare(name, &x, &y),
                }
            }
            _ => Ternary::Unknown,
        }
    }

    fn exact_relation(&mut self, name: &str, args: &[Expr]) -> Ternary {
        match (name, args) {
            ("member", [x, set]) => {
                let value = self.exact(x);
                let Value::Set(set) = self.exact(set) else { return Ternary::Unknown };
                member(&value, &set, *x.sort() == Sort::Integer)
            }
            _ => Ternary::Unknown,
        }
    }

    /// Whether two evaluated sides are in the relation.
    pub(super) fn compare(&self, name: &str, x: &Value<N>, y: &Value<N>) -> Ternary {
        match (name, x, y) {
            ("eq", _, _) => self.equal(x, y),
            ("ne", _, _) => !self.equal(x, y),
            ("lt", _, _) => self.ordered(x, y, true),
            ("le", _, _) => self.ordered(x, y, false),
            ("gt", _, _) => self.ordered(y, x, true),
            ("ge", _, _) => self.ordered(y, x, false),
            ("loewner_ge" | "loewner_gt", _, _) => {
                let difference = match (x, y) {
                    (Value::Array(a), Value::Array(b)) => a.zip(b, |x, y| x.clone() - y.clone()),
                    (Value::Array(a), Value::Scalar(zero)) if zero.is_zero() => Some(a.clone()),
                    (Value::Scalar(zero), Value::Array(a)) if zero.is_zero() => Some(a.map(|x| -x.clone())),
                    _ => None,
                };
                let known = difference.and_then(|d| definiteness(&d));
                known.map_or(Ternary::Unknown, |d| if name == "loewner_ge" { d.semidefinite } else { d.definite })
            }
            _ => Ternary::Unknown,
        }
    }

    fn equal(&self, x: &Value<N>, y: &Value<N>) -> Ternary {
        match (x, y) {
            (Value::Scalar(x), Value::Scalar(y)) => self.equal_numbers(x, y),
            (Value::Array(a), Value::Array(b)) if a.same_shape(b) => {
                let entries = a.entries.iter().zip(&b.entries);
                entries.fold(Ternary::True, |t, (x, y)| t.and(self.equal_numbers(x, y)))
            }
            (Value::Truth(s), Value::Truth(t)) => equivalent(*s, *t),
            (Value::Set(a), Value::Set(b)) => subset(a, b).and(subset(b, a)),
            _ => Ternary::Unknown,
        }
    }

    fn equal_numbers(&self, x: &N, y: &N) -> Ternary {
        if x.varies() || y.varies() {
            // A tie of values that move apart holds at that point only.
            return match x.equals(y) {
                Ternary::True => Ternary::Unknown,
                t => t,
            };
        }
        if self.close(x, y) { Ternary::True } else { x.equals(y) }
    }

    /// Whether two numbers agree within the tolerance.
    fn close(&self, x: &N, y: &N) -> bool {
        if self.tolerance <= 0.0 {
            return false;
        }
        let (a, b) = (x.value(), y.value());
        f64::abs(a - b) <= self.tolerance * f64::max(f64::abs(a), f64::abs(b))
    }

    /// `<` or `≤` of two scalars, or of the entries of two arrays (a scalar beside an array bounds every entry).
    fn ordered(&self, x: &Value<N>, y: &Value<N>, strict: bool) -> Ternary {
        let one = |x: &N, y: &N| {
            let tie = x.equals(y) == Ternary::True && (x.varies() || y.varies());
            if self.close(x, y) || tie {
                Ternary::Unknown
            } else if strict {
                x.less(y)
            } else {
                x.at_most(y)
            }
        };
        match (x, y) {
            (Value::Scalar(x), Value::Scalar(y)) => one(x, y),
            (Value::Array(a), Value::Scalar(y)) => a.entries.iter().fold(Ternary::True, |t, x| t.and(one(x, y))),
            (Value::Scalar(x), Value::Array(b)) => b.entries.iter().fold(Ternary::True, |t, y| t.and(one(x, y))),
            (Value::Array(a), Value::Array(b)) if a.same_shape(b) => {
                a.entries.iter().zip(&b.entries).fold(Ternary::True, |t, (x, y)| t.and(one(x, y)))
            }
            _ => Ternary::Unknown,
        }
    }

    /// Predicates of whole arrays; `None` if there is no such predicate.
    pub(super) fn predicate(&self, name: &str, values: &[Value<N>]) -> Option<Ternary> {
        let array = match values {
            [Value::Array(a)] => Some(a),
            _ => None,
        };
        let of = |f: &dyn Fn(&Array<N>) -> Option<Ternary>| array.and_then(f).unwrap_or(Ternary::Unknown);
        Some(match name {
            "true" => Ternary::True,
            "one_hot" => of(&|a| Some(one_hot(a))),
            "distribution" => of(&|a| Some(distribution(a))),
            "symmetric" => of(&|a| Some(definiteness(a)?.symmetric)),
            "positive_definite" => of(&|a| Some(definiteness(a)?.definite)),
            "positive_semidefinite" => of(&|a| Some(definiteness(a)?.semidefinite)),
            "orthogonal" => of(&|a| {
                let gram = linear::product(&linear::transpose(a), a)?;
                Some(same(&gram, &linear::identity(a.square()?)))
            }),
            "invertible" => of(&|a| Some(!linear::determinant(a)?.equals(&N::zero()))),
            "full_column_rank" => of(&|a| {
                let gram = linear::product(&linear::transpose(a), a)?;
                Some(!linear::determinant(&gram)?.equals(&N::zero()))
            }),
            "independent" => Ternary::Unknown,
            _ => return None,
        })
    }
}

/// Equality up to rounding where the system rounds.
fn near<N: System>(x: &N, y: &N) -> Ternary {
    if N::rounds() && (x.clone() - y.clone()).negligible(1.0) { Ternary::True } else { x.equals(y) }
}

fn same<N: System>(a: &Array<N>, b: &Array<N>) -> Ternary {
    if !a.same_shape(b) {
        return Ternary::Unknown;
    }
    a.entries.iter().zip(&b.entries).fold(Ternary::True, |t, (x, y)| t.and(near(x, y)))
}

fn one_hot<N: System>(a: &Array<N>) -> Ternary {
    let mut result = Ternary::True;
    let mut ones = 0usize;
    for x in &a.entries {
        let (one, zero) = (x.equals(&N::one()), x.equals(&N::zero()));
        result = result.and(one.or(zero));
        ones += usize::from(one.certainly());
    }
    match result {
        Ternary::True => (ones == 1).into(),
        t => t,
    }
}

/// Entries ≥ 0 with sum 1.
pub(super) fn distribution<N: System>(a: &Array<N>) -> Ternary {
    let sum = a.entries.iter().fold(N::zero(), |s, x| s + x.clone());
    a.entries.iter().fold(near(&sum, &N::one()), |t, x| t.and(N::zero().at_most(x)))
}

fn equivalent(a: Ternary, b: Ternary) -> Ternary {
    match (a.decided(), b.decided()) {
        (Some(a), Some(b)) => (a == b).into(),
        _ => Ternary::Unknown,
    }
}

/// Whether every member of the first is one of the second, where the first is finite or both are the same.
fn subset<N: System>(a: &SetValue<N>, b: &SetValue<N>) -> Ternary {
    if matches!(a, SetValue::Unknown) || matches!(b, SetValue::Unknown) {
        return Ternary::Unknown;
    }
    match a {
        SetValue::Finite(members) => members.iter().fold(Ternary::True, |t, m| t.and(member(m, b, false))),
        SetValue::Range(lo, hi) if hi.saturating_sub(*lo) <= 4096 => (*lo..=*hi).fold(Ternary::True, |t, i| {
            let i = N::from_rational(&crate::num::Rational::from(i));
            t.and(member(&Value::Scalar(i), b, true))
        }),
        SetValue::Naturals => match b {
            SetValue::Naturals | SetValue::Integers | SetValue::Reals => Ternary::True,
            _ => Ternary::Unknown,
        },
        SetValue::Integers => match b {
            SetValue::Integers | SetValue::Reals => Ternary::True,
            _ => Ternary::Unknown,
        },
        SetValue::Interval(..) | SetValue::Reals if matches!(b, SetValue::Reals) => Ternary::True,
        _ => Ternary::Unknown,
    }
}
