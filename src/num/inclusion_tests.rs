//! Inclusion, refinement and decoration of enclosures, against exact rationals and dashu-float at 320 bits.

use dashu_float::FBig;
use dashu_float::round::mode::HalfEven;
use dashu_int::IBig;
use num_traits::Zero;
use proptest::prelude::*;

use super::*;

type Reference = FBig<HalfEven, 2>;

const REFERENCE_BITS: usize = 320;

fn reference_of(x: f64) -> Reference {
    Reference::try_from(x).unwrap().with_precision(REFERENCE_BITS).value()
}

fn small(n: i64) -> Reference {
    Reference::from(IBig::from(n)).with_precision(REFERENCE_BITS).value()
}

fn q(x: f64) -> Rational {
    Rational::from_f64(x).unwrap()
}

/// Γ by Stirling's series at x + 60 (DLMF 5.11.1), error below 1e-40 for 0 < x.
fn ln_gamma_reference(x: &Reference) -> Reference {
    let mut product = small(1);
    for k in 0..60 {
        product *= x + small(k);
    }
    let z = x + small(60);
    let two_pi = small(1).atan() * small(8);
    let mut sum = (&z - small(1) / small(2)) * z.ln() - &z + two_pi.ln() / small(2);
    let bernoulli = [(1, 6), (-1, 30), (1, 42), (-1, 30), (5, 66), (-691, 2730), (7, 6), (-3617, 510), (43867, 798)];
    let mut power = z.clone();
    for (k, (n, d)) in (1..).zip(bernoulli) {
        sum += small(n) / (small(d) * small(2 * k * (2 * k - 1)) * &power);
        power = power * &z * &z;
    }
    sum - product.ln()
}

/// erf by its Maclaurin series (DLMF 7.6.1).
fn erf_reference(x: &Reference) -> Reference {
    let (mut term, mut sum, square) = (x.clone(), x.clone(), x * x);
    for n in 1..250 {
        term = -(term * &square) / small(n);
        sum += &term / small(2 * n + 1);
    }
    sum * small(2) / (small(1).atan() * small(4)).sqrt()
}

/// The value of a function at 320 bits; `None` outside the domain, or where the oracle does not reach.
fn reference(function: Elementary, x: f64) -> Option<Reference> {
    use Elementary::*;
    let r = reference_of(x);
    let one = small(1);
    let moderate = x.abs() < 1000.0;
    if x.is_zero() {
        return match function {
            Exp | Cos | Cosh => Some(one),
            Ln | LnGamma | Digamma => None,
            Acos => Some(one.atan() * small(2)),
            Sigmoid => Some(one / small(2)),
            Softplus => Some(small(2).ln()),
            _ => Some(small(0)),
        };
    }
    match function {
        Exp if moderate => Some(r.exp()),
        Expm1 if moderate => Some(r.exp_m1()),
        Ln if x > 0.0 => Some(r.ln()),
        Log1p if x > -1.0 => Some(r.ln_1p()),
        Sqrt if x > 0.0 => Some(r.sqrt()),
        Sin if x.abs() < 1e30 => Some(r.sin()),
        Cos if x.abs() < 1e30 => Some(r.cos()),
        Tan if x.abs() < 1e30 => Some(r.tan()),
        Asin if x.abs() <= 1.0 => Some(r.asin()),
        Acos if x.abs() <= 1.0 => Some(r.acos()),
        Atan => Some(r.atan()),
        Sinh if moderate => Some(r.sinh()),
        Cosh if moderate => Some(r.cosh()),
        Tanh if moderate => Some(r.tanh()),
        Sigmoid if moderate => Some(&one / (&one + (-r).exp())),
        Softplus if moderate => Some(r.exp().ln_1p()),
        Erf if x.abs() < 6.0 => Some(erf_reference(&r)),
        LnGamma if x > 1e-3 && moderate => Some(ln_gamma_reference(&r)),
        _ => None,
    }
}

fn special() -> impl Strategy<Value = f64> {
    prop_oneof![
        proptest::sample::select(vec![
            0.0,
            -0.0,
            1.0,
            -1.0,
            2.0,
            0.5,
            5e-324,
            -5e-324,
            f64::MIN_POSITIVE,
            f64::MAX,
            -f64::MAX,
            1e300,
            -1e300,
            1e-200,
            709.0,
            -745.0,
            710.0,
            1.5707963267948966,
            3.141592653589793,
            6.283185307179586,
            1.4616321449683622,
        ]),
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
        3 => (special(), 0.0..4.0).prop_map(|(x, w)| (x, (x + w).min(f64::MAX))),
        3 => (special(), special()).prop_map(|(a, b)| (a.min(b), a.max(b))),
        1 => special().prop_map(|x| (x, f64::INFINITY)),
        1 => special().prop_map(|x| (f64::NEG_INFINITY, x)),
    ];
    (ends, special(), 0.0..1.0).prop_map(|((lo, hi), other, t)| {
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

fn bounds(x: &Interval) -> (Option<Reference>, Option<Reference>) {
    let end = |e: f64| e.is_finite().then(|| reference_of(e));
    (end(*x.lo()), end(*x.hi()))
}

fn includes(x: &Interval, value: &Reference) -> bool {
    let (lo, hi) = bounds(x);
    x.lo() <= x.hi() && lo.is_none_or(|lo| lo <= *value) && hi.is_none_or(|hi| *value <= hi)
}

/// `outer` widened by a few ulps: refinement holds up to rounding.
fn loosened(outer: &Interval) -> Interval {
    let step = |x: f64, f: fn(f64) -> f64| (0..8).fold(x, |x, _| f(x));
    Interval::new(step(*outer.lo(), f64::next_down), step(*outer.hi(), f64::next_up))
}

fn precise(x: &Interval) -> Precise {
    Precise::new(Wide::from_f64(*x.lo()).unwrap(), Wide::from_f64(*x.hi()).unwrap())
}

/// Whether a precise enclosure holds the 320-bit reference, whose own error is far below the 200-bit ulp.
fn precisely_includes(x: &Precise, value: &Reference) -> bool {
    x.lo().reference().is_none_or(|lo| lo <= *value) && x.hi().reference().is_none_or(|hi| *value <= hi)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

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
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn elementary_functions_include_the_reference((x, a) in interval_and_member()) {
        for function in ELEMENTARY {
            let image = x.apply(function);
            let at_point = Interval::point(a).apply(function);
            if let Some(value) = reference(function, a) {
                prop_assert!(includes(&image, &value), "{function:?} {x:?} ∌ {a}: {image:?}");
                prop_assert!(includes(&at_point, &value), "{function:?} {a}: {at_point:?}");
                prop_assert!(image.defined().possibly());
                if function != Elementary::Tan {
                    let width = *at_point.width() / at_point.value().abs().max(1e-300);
                    prop_assert!(width <= 4.0 * f64::EPSILON || a.abs() < 1e-290, "{function:?} {a}: {at_point:?}");
                }
                let float = a.apply(function);
                let error = (reference_of(float) - &value).to_f64().value().abs();
                prop_assert!(error <= 2.0 * f64::EPSILON * float.abs() + 1e-300, "{function:?} {a}");
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
        let float = a.powf(&b);
        if float.is_nan() {
            prop_assert!(!power.defined().certainly());
        } else if a == 0.0 {
            prop_assert!(power.contains(&0.0));
        } else if (b * a.ln()).abs() < 1000.0 {
            let value = (reference_of(b) * reference_of(a).ln()).exp();
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

#[test]
fn sigmoid_and_softplus_keep_relative_accuracy_in_the_tails() {
    for x in [-700.0, -300.0, -40.0, 40.0] {
        for function in [Elementary::Sigmoid, Elementary::Softplus] {
            let y = Interval::point(x).apply(function);
            assert!(y.lo() > &0.0 && *y.width() / y.hi() < 1e-15, "{function:?} {x}: {y:?}");
        }
    }
}

#[test]
fn integer_arithmetic_stays_exact() {
    let n = |k: i32| Interval::point(f64::from(k));
    assert_eq!(n(3) * n(7) - n(21), Interval::zero());
    assert_eq!(n(21).divide(&n(7)), n(3));
    assert_eq!(n(-3).powi(5), n(-243));
    assert_eq!(n(49).sqrt(), n(7));
    assert_eq!(n(0).exp(), n(1));
    assert!(!n(1).divide(&n(3)).is_point());
}

#[test]
fn decorations_follow_the_domains() {
    let x = |lo: f64, hi: f64| Interval::new(lo, hi);
    let cases = [
        (x(1.0, 2.0).divide(&x(-1.0, 1.0)), Ternary::Unknown),
        (x(1.0, 2.0).divide(&x(0.0, 0.0)), Ternary::False),
        (x(0.0, 0.0).divide(&x(0.0, 0.0)), Ternary::False),
        (x(1.0, 2.0).divide(&x(1.0, 3.0)), Ternary::True),
        (x(-2.0, -1.0).ln(), Ternary::False),
        (x(-2.0, 0.0).ln(), Ternary::False),
        (x(0.0, 1.0).ln(), Ternary::Unknown),
        (x(-1.0, 1.0).ln(), Ternary::Unknown),
        (x(-1.0, 1.0).log1p(), Ternary::Unknown),
        (x(-2.0, -1.0).log1p(), Ternary::False),
        (x(0.0, 1.0).sqrt(), Ternary::True),
        (x(-1.0, 0.0).sqrt(), Ternary::Unknown),
        (x(-2.0, -1.0).sqrt(), Ternary::False),
        (x(-1.0, 1.0).asin(), Ternary::True),
        (x(0.5, 1.5).acos(), Ternary::Unknown),
        (x(1.5, 2.5).acos(), Ternary::False),
        (x(1.0, 2.0).tan(), Ternary::Unknown),
        (x(2.0, 4.0).tan(), Ternary::True),
        (x(-1.0, 1.0).powi(-2), Ternary::Unknown),
        (x(0.0, 0.0).powi(-2), Ternary::False),
        (x(0.0, 0.0).powi(0), Ternary::True),
        (x(0.0, 2.0).powf(&x(0.5, 1.0)), Ternary::True),
        (x(0.0, 2.0).powf(&x(0.0, 1.0)), Ternary::Unknown),
        (x(-1.0, 2.0).powf(&x(0.5, 1.0)), Ternary::Unknown),
        (x(-2.0, -1.0).powf(&x(0.5, 1.0)), Ternary::False),
        (x(0.0, 0.0).powf(&x(-1.0, 0.0)), Ternary::False),
        (x(0.0, 1.0).ln_gamma(), Ternary::Unknown),
        (x(1.0, 2.0).digamma(), Ternary::Unknown),
        (x(1.0, 2.0) + x(-1.0, -0.5).ln(), Ternary::False),
        (x(1.0, 2.0) * x(-1.0, 0.5).ln(), Ternary::Unknown),
        (Interval::point(f64::INFINITY), Ternary::Unknown),
        (Interval::new(2.0, 1.0), Ternary::Unknown),
    ];
    for (k, (result, defined)) in cases.into_iter().enumerate() {
        assert_eq!(result.defined(), defined, "case {k}: {result:?}");
        assert_eq!(result.is_undefined(), !defined);
        assert_eq!(result.is_empty(), result.lo() > result.hi(), "case {k}");
    }
}

#[test]
fn what_may_be_undefined_is_never_compared() {
    let maybe = Interval::new(-1.0, 0.5).ln();
    let five = Interval::point(5.0);
    assert!(maybe.hi() < five.lo());
    assert_eq!(maybe.certainly_lt(&five), Ternary::Unknown);
    assert_eq!(maybe.compare(&five), None);
    let nothing = Interval::empty();
    assert_eq!(nothing.certainly_eq(&nothing), Ternary::Unknown);
    assert_eq!(Interval::new(0.0, 1.0).certainly_eq(&Interval::new(0.0, 1.0)), Ternary::Unknown);
}

#[test]
fn turning_points_of_sine_and_cosine_are_inside() {
    let x = |lo: f64, hi: f64| Interval::new(lo, hi);
    assert_eq!(*x(1.0, 2.0).sin().hi(), 1.0);
    assert_eq!(*x(4.0, 5.0).sin().lo(), -1.0);
    assert_eq!(*x(-0.5, 0.5).cos().hi(), 1.0);
    assert_eq!(*x(3.0, 3.5).cos().lo(), -1.0);
    assert!(*x(0.1, 1.5).sin().hi() < 1.0 && *x(0.1, 3.1).cos().lo() > -1.0);
    assert_eq!(x(0.1, 6.2).sin(), x(-1.0, 1.0));
    assert_eq!((*x(0.1, 6.2).cos().lo(), x(0.1, 6.2).cos().hi() < &1.0), (-1.0, true));
    assert_eq!(x(0.0, 1e300).sin(), x(-1.0, 1.0));
    assert_eq!(Interval::entire().cos(), x(-1.0, 1.0));
    assert!(*Interval::point(1e300).sin().width() < 1e-15);
}

#[test]
fn unbounded_arguments_reach_their_limits_only() {
    let right = Interval::new(0.0, f64::INFINITY);
    assert_eq!(right.tanh(), Interval::new(0.0, 1.0));
    assert_eq!(right.sigmoid(), Interval::new(0.5, 1.0));
    assert_eq!(right.exp(), Interval::new(1.0, f64::INFINITY));
    assert_eq!(*(-right).exp().lo(), 0.0);
    assert_eq!(right * Interval::zero(), Interval::zero());
    assert_eq!(Interval::point(1000.0).exp(), Interval::new(f64::MAX, f64::INFINITY));
    let small = Interval::point(-1000.0).exp();
    assert_eq!((*small.lo(), *small.hi()), (0.0, 5e-324));
    assert_eq!(*Interval::new(1.0, f64::INFINITY).recip().lo(), 0.0);
}

#[test]
fn constants_are_enclosed_and_tight() {
    let pi = small(1).atan() * small(4);
    assert!(includes(&Interval::pi(), &pi) && *Interval::pi().width() < 1e-15);
    assert!(includes(&Interval::euler(), &small(1).exp()) && *Interval::euler().width() < 1e-15);
    assert!(precisely_includes(&Precise::pi(), &pi) && Precise::pi().width().to_f64() < 1e-58);
}

#[test]
fn precise_enclosures_stay_bounded_in_time_and_magnitude() {
    let p = |x: f64| Precise::point(Wide::from_f64(x).unwrap());
    let tower = p(1e300).exp().exp();
    assert!(!tower.hi().is_finite() && tower.lo().is_finite() && tower.defined().certainly());
    let tiny = p(-1e300).exp();
    assert!(tiny.lo().to_f64() == 0.0 && tiny.hi() > &Wide::from_small(0));
    assert!(tiny.ln().defined() == Ternary::Unknown);
    let power = p(1.5).powi(i64::MAX);
    assert!(!power.hi().is_finite() && power.lo() > &Wide::from_small(0));
    assert!(p(1e308).tanh().width().to_f64() < 1e-60);
    assert!(p(1e80).powi(9).sin().encloses(&p(0.5)));
    assert!(p(2.0).powf(&p(1e300)).hi() == &Wide::infinity());
    let close = p(1.0) + p(1e-40);
    assert_eq!(close.compare(&p(1.0)), Some(std::cmp::Ordering::Greater));
    assert_eq!(Interval::point(1.0 + 1e-40).compare(&Interval::point(1.0)), Some(std::cmp::Ordering::Equal));
}
