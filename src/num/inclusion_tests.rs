//! Inclusion and refinement of enclosures, against exact rationals and dashu-float at 320 bits.

use num_traits::Zero;
use proptest::prelude::*;

use super::reference::{SPECIAL, includes, precisely_includes, reference, reference_of};
use super::*;

fn q(x: f64) -> Rational {
    Rational::from_f64(x).unwrap()
}

fn special() -> impl Strategy<Value = f64> {
    prop_oneof![
        8 => proptest::sample::select(&SPECIAL[..]),
        4 => -8.0..8.0,
        2 => -800.0..800.0,
        1 => any::<f64>().prop_filter("finite", |x| x.is_finite()),
        1 => (-3i32..=3).prop_map(|k| f64::from_bits((1.0f64.to_bits() as i64 + i64::from(k)) as u64)),
    ]
}

/// An interval (a point, narrow or wide) and a member of it.
fn interval_and_member() -> impl Strategy<Value = (Interval, f64)> {
    let ends = prop_oneof![
        1 => special().prop_map(|x| (x, x)),
        2 => (special(), 0u64..50).prop_map(|(x, k)| (x, (0..k).fold(x, |y, _| y.next_up()).min(f64::MAX))),
        3 => (special(), 0.0..4.0f64).prop_map(|(x, w)| (x, f64::min(x + w, f64::MAX))),
        3 => (special(), special()).prop_map(|(a, b)| (a.min(b), a.max(b))),
        1 => special().prop_map(|x| (x, f64::INFINITY)),
        1 => special().prop_map(|x| (f64::NEG_INFINITY, x)),
    ];
    (ends, special(), 0.0..1.0f64).prop_map(|((lo, hi), other, t): ((f64, f64), f64, f64)| {
        let inner = lo + t * (hi - lo);
        let member = if lo <= other && other <= hi {
            other
        } else if inner.is_finite() && lo <= inner && inner <= hi {
            inner
        } else if lo.is_finite() {
            lo
        } else {
            hi
        };
        (Interval::new(lo, hi), member)
    })
}

/// `outer` widened by a few ulps: refinement holds up to rounding.
fn loosened(outer: &Interval) -> Interval {
    let step = |x: f64, f: fn(f64) -> f64| (0..8).fold(x, |x, _| f(x));
    Interval::new(step(*outer.lo(), f64::next_down), step(*outer.hi(), f64::next_up))
}

fn precise(x: &Interval) -> Precise {
    Precise::new(Wide::from_f64(*x.lo()).unwrap(), Wide::from_f64(*x.hi()).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arithmetic_includes_the_exact_result((x, a) in interval_and_member(), (y, b) in interval_and_member()) {
        prop_assert!((x + y).contains_rational(&(q(a) + q(b))));
        prop_assert!((x - y).contains_rational(&(q(a) - q(b))));
        prop_assert!((x * y).contains_rational(&(q(a) * q(b))));
        prop_assert!((-x).contains_rational(&-q(a)));
        let quotient = x.divide(&y);
        match q(a).checked_div(&q(b)) {
            Some(exact) => prop_assert!(quotient.contains_rational(&exact) && quotient.defined().possibly()),
            None => prop_assert!(!quotient.defined().certainly()),
        }
    }

    #[test]
    fn a_fraction_lies_between_doubles_that_are_next_to_each_other(n in any::<i64>(), d in 1..=i64::MAX, cut in 0u32..63) {
        let (n, d) = (n >> cut, (d >> cut).max(1));
        let exact = Rational::from(n).checked_div(&Rational::from(d)).unwrap();
        let x = Interval::from_rational(&exact);
        prop_assert!(x.contains_rational(&exact));
        let representable = Rational::from_f64(exact.to_f64()) == Some(exact);
        prop_assert_eq!(*x.hi(), if representable { *x.lo() } else { x.lo().next_up() });
    }

    #[test]
    fn piecewise_functions_include_the_exact_result((x, a) in interval_and_member(), (y, b) in interval_and_member()) {
        prop_assert!(Number::abs(&x).contains_rational(&q(a).abs()));
        prop_assert!(Number::floor(&x).contains_rational(&q(a).floor()));
        prop_assert!(x.sign().contains_rational(&Rational::from(q(a).cmp(&Rational::zero()) as i64)));
        prop_assert!(Number::max(&x, &y).contains_rational(&q(a).max(q(b))));
        prop_assert!(Number::min(&x, &y).contains_rational(&q(a).min(q(b))));
    }

    #[test]
    fn integer_powers_include_the_exact_result((x, a) in interval_and_member(), n in -9i64..=9) {
        let power = x.powi(n);
        match q(a).pow_int(n) {
            Some(exact) => prop_assert!(power.contains_rational(&exact), "{power:?}"),
            None => prop_assert!(!power.defined().certainly()),
        }
    }

    #[test]
    fn point_arithmetic_is_correctly_rounded_both_ways(a in special(), b in special()) {
        let (x, y) = (Interval::point(a), Interval::point(b));
        let mut results = vec![(x + y, q(a) + q(b)), (x * y, q(a) * q(b))];
        results.extend(q(a).checked_div(&q(b)).map(|exact| (x.divide(&y), exact)));
        for (result, exact) in results {
            let tight = exact.enclose();
            prop_assert!(tight.encloses(&result) || exact.abs() < q(1e-290), "{result:?} {tight:?}");
        }
    }

    #[test]
    fn comparisons_hold_for_members((x, a) in interval_and_member(), (y, b) in interval_and_member()) {
        for (verdict, truth) in [
            (x.certainly_lt(&y), a < b),
            (x.certainly_le(&y), a <= b),
            (x.certainly_gt(&y), a > b),
            (x.certainly_ge(&y), a >= b),
            (x.certainly_eq(&y), a == b),
        ] {
            prop_assert!(verdict.decided().is_none_or(|v| v == truth));
        }
        if let Some(order) = x.compare(&y) {
            prop_assert_eq!(Some(order), a.partial_cmp(&b));
        }
        if let Some(both) = x.intersect(&y) {
            prop_assert!(x.encloses(&both) && y.encloses(&both));
        }
        prop_assert!(x.hull(&y).contains(&a) && x.hull(&y).contains(&b));
        if let Some((left, right)) = x.split() {
            prop_assert!(left.contains(&a) || right.contains(&a));
            prop_assert!(x.encloses(&left) && x.encloses(&right) && left != x && right != x);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn elementary_functions_include_the_reference((x, a) in interval_and_member()) {
        for function in ELEMENTARY {
            let image = x.apply(function);
            let at_point = Interval::point(a).apply(function);
            if let Some(value) = reference(function, a) {
                prop_assert!(includes(&image, &value), "{function:?} {x:?} ∌ {a}: {image:?}");
                prop_assert!(includes(&at_point, &value), "{function:?} {a}: {at_point:?}");
                prop_assert!(image.defined().possibly());
                let float = a.apply(function);
                if float.is_finite() {
                    // ψ alone is no correctly rounded function, and a difference near its zero.
                    let (ends, size) = match function {
                        Elementary::Digamma => (64.0, 1.0 + float.abs()),
                        _ => (5.0, float.abs()),
                    };
                    let tight = ends * f64::EPSILON * size + 1e-300;
                    prop_assert!(at_point.width() <= tight, "{function:?} {a}: {at_point:?}");
                    let error = (reference_of(float) - &value).to_f64().value().abs();
                    prop_assert!(error <= 0.4 * tight, "{function:?} {a}");
                }
            }
            if a.apply(function).is_nan() {
                prop_assert!(!image.defined().certainly(), "{function:?} {a}");
            }
        }
    }

    #[test]
    fn narrower_inputs_give_narrower_images((x, a) in interval_and_member(), t in 0.0..1.0) {
        let inner = Interval::new(a - t * (a - x.lo()).min(1.0), a + t * (x.hi() - a).min(1.0));
        prop_assume!(x.encloses(&inner));
        for function in ELEMENTARY {
            prop_assert!(loosened(&x.apply(function)).encloses(&inner.apply(function)), "{function:?} {x:?} {inner:?}");
        }
        for n in [-3, -2, 2, 3] {
            prop_assert!(loosened(&x.powi(n)).encloses(&inner.powi(n)), "power {n} of {x:?} {inner:?}");
        }
    }

    #[test]
    fn real_powers_include_the_reference((x, a) in interval_and_member(), (y, b) in interval_and_member()) {
        let power = x.powf(&y);
        let float = Number::powf(&a, &b);
        if float.is_nan() {
            prop_assert!(!power.defined().certainly());
        } else if a == 0.0 {
            prop_assert!(power.contains(&0.0));
        } else if (b * a.ln()).abs() < 1000.0 {
            let a_exact = reference_of(a);
            let value = if b == 1.0 { a_exact } else { (reference_of(b) * a_exact.ln()).exp() };
            prop_assert!(includes(&power, &value), "{x:?} ^ {y:?}: {power:?}");
        } else if a != 1.0 {
            prop_assert!(power.lo() <= &float && &float <= power.hi());
        }
    }

    #[test]
    fn precise_enclosures_include_the_reference((x, a) in interval_and_member(), (y, b) in interval_and_member()) {
        let (wide, point) = (precise(&x), Precise::point(Wide::from_f64(a).unwrap()));
        for function in ELEMENTARY {
            if let Some(value) = reference(function, a) {
                // The reference is rounded as well: at ±1 of tanh its own error may exceed the enclosure's slack.
                prop_assert!(precisely_includes(&point.apply(function), &value), "{function:?} {a}");
                prop_assert!(precisely_includes(&wide.apply(function), &value), "{function:?} {x:?} ∌ {a}");
            }
        }
        let (other, exact) = (precise(&y), [q(a) + q(b), q(a) * q(b)]);
        for (result, exact) in [wide.clone() + other.clone(), wide * other].iter().zip(exact) {
            let tight = Precise::of_rational(&exact);
            prop_assert!(result.lo() <= tight.hi() && tight.lo() <= result.hi());
        }
    }
}
