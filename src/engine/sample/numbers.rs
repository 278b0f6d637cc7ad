//! Strategies for rational numbers.

use proptest::prelude::*;

use super::choice::one_of;
use super::facts::{Bound, Facts};
use crate::num::Rational;

fn ratio(n: i64, d: i64) -> Rational {
    Rational::new(n, d).unwrap_or_else(|| Rational::from(n))
}

/// A number with the facts' bounds: small integers, simple fractions, multiples of 1/64, near the ends, now and then
/// large. It shrinks towards small integers.
pub(super) fn number(facts: &Facts) -> BoxedStrategy<Rational> {
    if let Some(values) = facts.values.clone().filter(|v| !v.is_empty()) {
        return proptest::sample::select(values).boxed();
    }
    let whole = |q: &Rational| q.floor().to_i64();
    if facts.integer {
        let lo = facts.lo.as_ref().and_then(|(q, _)| whole(q)).unwrap_or(-5);
        let hi = facts.hi.as_ref().and_then(|(q, _)| whole(q)).unwrap_or(lo.saturating_add(12));
        if facts.hi.is_some() {
            return integer(lo, hi);
        }
        return one_of(vec![(8, integer(lo, hi)), (1, integer(hi, lo.saturating_add(1_100)))]);
    }
    match (facts.lo.clone(), facts.hi.clone()) {
        (Some(lo), Some(hi)) if lo.0 <= hi.0 => between(lo, hi),
        (Some((lo, closed)), None) => positive(closed).prop_map(move |q| &lo + &q).boxed(),
        (None, Some((hi, closed))) => positive(closed).prop_map(move |q| &hi - &q).boxed(),
        _ => anywhere(),
    }
}

/// An integer from `lo` to `hi`.
pub(super) fn integer(lo: i64, hi: i64) -> BoxedStrategy<Rational> {
    (lo..=hi.max(lo)).prop_map(Rational::from).boxed()
}

fn anywhere() -> BoxedStrategy<Rational> {
    one_of(vec![
        (4, (-4i64..=4).prop_map(Rational::from).boxed()),
        (4, (-9i64..=9, 2i64..=5).prop_map(|(n, d)| ratio(n, d)).boxed()),
        (8, (-384i64..=384).prop_map(|n| ratio(n, 64)).boxed()),
        (2, (-60i64..=60).prop_map(Rational::from).boxed()),
        (1, (-1000i64..=1000).prop_map(|n| ratio(n, 1000)).boxed()),
        (1, (-1000i64..=1000).prop_map(Rational::from).boxed()),
    ])
}

fn positive(with_zero: bool) -> BoxedStrategy<Rational> {
    let low = i64::from(!with_zero);
    one_of(vec![
        (4, (low..=5).prop_map(Rational::from).boxed()),
        (4, (1i64..=9, 2i64..=5).prop_map(|(n, d)| ratio(n, d)).boxed()),
        (8, (1i64..=512).prop_map(|n| ratio(n, 64)).boxed()),
        (2, (1i64..=80).prop_map(Rational::from).boxed()),
        (1, (1i64..=1000).prop_map(|n| ratio(n, 1000)).boxed()),
    ])
}

fn between(lo: Bound, hi: Bound) -> BoxedStrategy<Rational> {
    let width = &hi.0 - &lo.0;
    let base = lo.0.clone();
    let at = move |n: i64, d: i64| &base + &(&width * &ratio(n, d));
    let (coarse, fine, near) = (at.clone(), at.clone(), at);
    let first = i64::from(!lo.1);
    let last = |d: i64| if hi.1 { d } else { d - 1 };
    one_of(vec![
        (4, (first..=last(4)).prop_map(move |n| coarse(n, 4)).boxed()),
        (8, (1i64..=63).prop_map(move |n| fine(n, 64)).boxed()),
        (1, (1i64..=999).prop_map(move |n| near(n, 1000)).boxed()),
    ])
}
