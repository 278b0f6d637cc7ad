//! Every operator of enclosures, input class by input class: it contains the true value, is refined when its input is,
//! and marks what is undefined. `cargo test --lib operator_tests -- --nocapture` prints the cases run.

use std::collections::BTreeMap;

use super::reference::{Reference, SPECIAL, includes, reference_at};
use super::*;

/// Cases for each operator and class of inputs.
const CASES: usize = 220;

#[path = "../../tests/draws/mod.rs"]
mod draws;

use draws::Draw;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Special,
    Point,
    Narrow,
    Wide,
    Unbounded,
}

const CLASSES: [Class; 5] = [Class::Special, Class::Point, Class::Narrow, Class::Wide, Class::Unbounded];

fn number(draw: &mut Draw) -> f64 {
    match draw.below(4) {
        0 => SPECIAL[draw.below(SPECIAL.len())],
        1 => (draw.share() - 0.5) * 4.0,
        2 => (draw.share() - 0.5) * 60.0,
        _ => (draw.share() - 0.5) * 10f64.powf(draw.share() * 40.0 - 20.0),
    }
}

/// An interval of the class, one inside it, and a member of both.
fn input(draw: &mut Draw, class: Class) -> (Interval, Interval, f64) {
    let x = if class == Class::Special { SPECIAL[draw.below(SPECIAL.len())] } else { number(draw) };
    let (down, up) = match class {
        Class::Special | Class::Point => (0.0, 0.0),
        Class::Narrow => (x.abs() * 1e-12 * draw.share(), x.abs() * 1e-12 * draw.share()),
        Class::Wide => (draw.share() * (1.0 + x.abs()) * 3.0, draw.share() * (1.0 + x.abs()) * 3.0),
        Class::Unbounded if draw.below(2) == 0 => (f64::INFINITY, draw.share() * 3.0),
        Class::Unbounded => (draw.share() * 3.0, f64::INFINITY),
    };
    let end = |e: f64| if e.is_infinite() { e } else { e.clamp(-f64::MAX, f64::MAX) };
    let outer = match class {
        Class::Unbounded => Interval::new(x - down, x + up),
        _ => Interval::new(end(x - down), end(x + up)),
    };
    let part = |w: f64, t: f64| if w.is_finite() { w * t } else { 10.0 * t };
    let inner =
        Interval::new((x - part(down, draw.share())).max(*outer.lo()), (x + part(up, draw.share())).min(*outer.hi()));
    (outer, inner, x)
}

/// What is known of the value at a point.
enum Truth {
    /// It is this fraction.
    Exact(Rational),
    /// It is this number, up to the rounding of its many bits.
    Near(Reference),
    /// There is none.
    Undefined,
    /// The oracle does not reach so far.
    Open,
}

type Image = Box<dyn Fn(&[Interval; 2]) -> Interval>;

/// The truth at a point, to so many bits.
type Oracle = Box<dyn Fn([f64; 2], usize) -> Truth>;

struct Operator {
    name: String,
    image: Image,
    truth: Oracle,
}

fn q(x: f64) -> Rational {
    Rational::from_f64(x).unwrap()
}

fn operators() -> Vec<Operator> {
    let exact = |name: &str,
                 image: fn(&Interval, &Interval) -> Interval,
                 truth: fn(Rational, Rational) -> Option<Rational>| Operator {
        name: name.to_owned(),
        image: Box::new(move |[x, y]| image(x, y)),
        truth: Box::new(move |[a, b], _| truth(q(a), q(b)).map_or(Truth::Undefined, Truth::Exact)),
    };
    let mut all = vec![
        exact("add", |x, y| *x + *y, |a, b| Some(a + b)),
        exact("sub", |x, y| *x - *y, |a, b| Some(a - b)),
        exact("mul", |x, y| *x * *y, |a, b| Some(a * b)),
        exact("divide", Interval::divide, |a, b| a.checked_div(&b)),
        exact("neg", |x, _| -*x, |a, _| Some(-a)),
        exact("recip", |x, _| x.recip(), |a, _| Rational::from(1).checked_div(&a)),
        exact("abs", |x, _| x.abs(), |a, _| Some(a.abs())),
        exact("sign", |x, _| x.sign(), |a, _| Some(Rational::from(a.cmp(&Rational::from(0)) as i64))),
        exact("floor", |x, _| x.floor(), |a, _| Some(a.floor())),
        exact("max", Number::max, |a, b| Some(a.max(b))),
        exact("min", Number::min, |a, b| Some(a.min(b))),
    ];
    for n in [0, 1, 2, 3, 4, 7, -1, -2, -3] {
        all.push(Operator {
            name: format!("powi {n}"),
            image: Box::new(move |[x, _]| x.powi(n)),
            truth: Box::new(move |[a, _], _| q(a).pow_int(n).map_or(Truth::Undefined, Truth::Exact)),
        });
    }
    all.push(Operator {
        name: "powf".to_owned(),
        image: Box::new(|[x, y]| x.powf(y)),
        truth: Box::new(|[a, b], bits| {
            if a < 0.0 || a == 0.0 && b <= 0.0 {
                return Truth::Undefined;
            }
            if a == 0.0 {
                return Truth::Exact(Rational::from(0));
            }
            // exp(b ln a), where that neither overflows nor is a fraction (then the series are not exact).
            let logarithm = reference_at(Elementary::Ln, a, bits + 64);
            match logarithm.filter(|_| (b * a.ln()).abs() < 600.0 && b != b.floor() && (2.0 * b) != (2.0 * b).floor()) {
                Some(l) => Truth::Near((super::reference::reference_of(b) * l).exp()),
                None => Truth::Open,
            }
        }),
    });
    for function in ELEMENTARY {
        all.push(Operator {
            name: format!("{function:?}").to_lowercase(),
            image: Box::new(move |[x, _]| x.apply(function)),
            truth: Box::new(move |[a, _], bits| match reference_at(function, a, bits) {
                Some(value) => Truth::Near(value),
                None if a.apply(function).is_nan() => Truth::Undefined,
                None => Truth::Open,
            }),
        });
    }
    all
}

/// Widened by a few steps: refinement holds up to rounding.
fn loosened(x: &Interval) -> Interval {
    let step = |e: f64, f: fn(f64) -> f64| (0..8).fold(e, |e, _| f(e));
    Interval::new(step(*x.lo(), f64::next_down), step(*x.hi(), f64::next_up))
}

#[test]
fn every_operator_contains_the_true_value_is_refined_and_marks_what_is_undefined() {
    let mut draw = Draw(11);
    let mut table: BTreeMap<String, BTreeMap<Class, [usize; 3]>> = BTreeMap::new();
    for op in operators() {
        for class in CLASSES {
            let counts = table.entry(op.name.clone()).or_default().entry(class).or_default();
            for _ in 0..CASES {
                let ((x, small_x, a), (y, small_y, b)) = (input(&mut draw, class), input(&mut draw, class));
                let bits = 160 + draw.below(400);
                let (image, inner) = ((op.image)(&[x, y]), (op.image)(&[small_x, small_y]));
                let place = || format!("{} of {x:?}, {y:?} at {a:e}, {b:e}: {image:?}, {inner:?}", op.name);
                let holds = |value: &Truth, image: &Interval| match value {
                    Truth::Exact(value) => image.contains_rational(value) && image.defined().possibly(),
                    Truth::Near(value) => includes(image, value) && image.defined().possibly(),
                    Truth::Undefined => !image.defined().certainly(),
                    Truth::Open => true,
                };
                let truth = (op.truth)([a, b], bits);
                assert!(holds(&truth, &image) && holds(&truth, &inner), "{}", place());
                counts[0] += usize::from(matches!(truth, Truth::Exact(_) | Truth::Near(_)));
                counts[1] += usize::from(matches!(truth, Truth::Undefined));
                if inner.defined() != Ternary::False && image.defined() != Ternary::False {
                    assert!(loosened(&image).encloses(&inner), "not refined: {}", place());
                    counts[2] += 1;
                }
                // Where all of the larger box is defined, or none of it, so is the smaller one.
                assert!(image.defined() == Ternary::Unknown || inner.defined() == image.defined(), "{}", place());
            }
        }
    }
    println!("operator: for each of {CLASSES:?}: values contained, undefined points, refined");
    for (name, classes) in &table {
        let words: Vec<String> = classes.values().map(|[a, b, c]| format!("{a} {b} {c}")).collect();
        println!("{name}: {}", words.join(" | "));
        let of = |k: usize| classes.values().map(|c| c[k]).sum::<usize>();
        assert!(of(0) > CASES, "{name} was hardly tried");
    }
    println!("{} operators", table.len());
}

#[test]
fn factorials_and_binomial_coefficients_are_those_of_pascals_triangle() {
    let n = |k: i64| Rational::from(k);
    let mut row = vec![1i64];
    let mut factorial = 1i64;
    for k in 0..20i64 {
        assert_eq!(n(k).factorial_exact(), Some(n(factorial)));
        factorial *= k + 1;
        for (j, value) in (0..).zip(&row) {
            assert_eq!(n(k).binomial_exact(&n(j)), Some(n(*value)), "{k} over {j}");
        }
        assert_eq!((n(k).binomial_exact(&n(k + 1)), n(k).binomial_exact(&n(-1))), (Some(n(0)), Some(n(0))));
        row = std::iter::once(1).chain(row.windows(2).map(|w| w[0] + w[1])).chain([1]).collect();
    }
    // (−1/2 over k) = (−1)^k (2k over k)/4^k.
    let half = Rational::new(-1, 2).unwrap();
    for k in 0..12i64 {
        let central = n(2 * k).binomial_exact(&n(k)).unwrap();
        let expected = (n(-1).pow_int(k).unwrap() * central).checked_div(&n(4).pow_int(k).unwrap());
        assert_eq!(half.binomial_exact(&n(k)), expected);
    }
    // n = −3 has k over all natural numbers.
    assert_eq!(n(-3).binomial_exact(&n(4)), Some(n(15)));
    let cap = Rational::from(1_000_000_000);
    assert_eq!((cap.factorial_exact(), cap.binomial_exact(&Rational::from(499_999_999))), (None, None));
    assert_eq!((half.factorial_exact(), n(-1).factorial_exact(), n(5).binomial_exact(&half)), (None, None, None));
}

#[test]
fn precise_enclosures_hold_next_to_zero_and_out_to_infinity() {
    let precise = |a: f64, b: f64| Precise::new(Wide::from_f64(a).unwrap(), Wide::from_f64(b).unwrap());
    for function in ELEMENTARY {
        for x in [1e-130, 5e-200, 1e-300, 5e-324] {
            for x in [x, -x] {
                let image = precise(x, x).apply(function);
                if let Some(value) = reference_at(function, x, 3_000) {
                    assert!(super::reference::precisely_includes(&image, &value), "{function:?} {x:e}: {image:?}");
                }
            }
        }
        for (half_line, points) in [
            (precise(0.0, f64::INFINITY), [0.0, 1e-300, 0.5, 1.0, 3.0, 40.0, 900.0]),
            (precise(f64::NEG_INFINITY, 0.0), [0.0, -1e-300, -0.5, -1.0, -3.0, -40.0, -900.0]),
            (precise(f64::NEG_INFINITY, f64::INFINITY), [0.0, -2.0, 0.5, 700.0, -900.0, -0.25, 1.0]),
        ] {
            let near = Interval::new(half_line.lo().to_f64(), half_line.hi().to_f64()).apply(function);
            let image = half_line.apply(function);
            for x in points {
                if let Some(value) = reference_at(function, x, 600) {
                    assert!(super::reference::precisely_includes(&image, &value), "{function:?} {x}: {image:?}");
                    assert!(includes(&near, &value), "{function:?} {x}: {near:?}");
                }
                assert!(image.defined().possibly() || !x.apply(function).is_finite(), "{function:?} {x}");
                assert!(!image.defined().certainly() || !x.apply(function).is_nan(), "{function:?} {x}");
            }
        }
    }
    for huge in [1e80, 1e300, -1e300] {
        let place = precise(huge, huge).powi(9);
        for function in [Elementary::Sin, Elementary::Cos] {
            let image = place.apply(function);
            assert!(
                image.lo() <= &Wide::from_small(-1) && image.hi() >= &Wide::from_small(1),
                "{function:?}: {image:?}"
            );
        }
    }
}
