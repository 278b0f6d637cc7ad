//! The oracle of the tests: functions at 320 bits by dashu-float, or by their series.

use dashu_float::FBig;
use dashu_float::round::mode::HalfEven;
use dashu_int::IBig;
use num_traits::Zero;

use super::*;

pub(super) type Reference = FBig<HalfEven, 2>;

/// Inputs at which functions have edges: of the range of floats, of their own range, zeros and least values.
pub(super) const SPECIAL: [f64; 22] = [
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
    std::f64::consts::FRAC_PI_2,
    std::f64::consts::PI,
    std::f64::consts::TAU,
    1.461_632_144_968_362_2,
    -1.0 + f64::EPSILON,
];

pub(super) const REFERENCE_BITS: usize = 320;

pub(super) fn reference_of(x: f64) -> Reference {
    reference_with(x, REFERENCE_BITS)
}

fn reference_with(x: f64, bits: usize) -> Reference {
    Reference::try_from(x).unwrap().with_precision(bits).value()
}

pub(super) fn small(n: i64) -> Reference {
    small_with(n, REFERENCE_BITS)
}

fn small_with(n: i64, bits: usize) -> Reference {
    Reference::from(IBig::from(n)).with_precision(bits).value()
}

/// Γ by Stirling's series at x + 60 (DLMF 5.11.1), error below 1e-40 for 0 < x.
pub(super) fn ln_gamma_reference(x: &Reference) -> Reference {
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
pub(super) fn erf_reference(x: &Reference) -> Reference {
    let (mut term, mut sum, square) = (x.clone(), x.clone(), x * x);
    for n in 1..250 {
        term = -(term * &square) / small(n);
        sum += &term / small(2 * n + 1);
    }
    sum * small(2) / (small(1).atan() * small(4)).sqrt()
}

/// The value of a function at 320 bits; `None` outside the domain, or where the oracle does not reach.
pub(super) fn reference(function: Elementary, x: f64) -> Option<Reference> {
    reference_at(function, x, REFERENCE_BITS)
}

/// The same at another precision (of erf and ln Γ: at 320 bits or more).
pub(super) fn reference_at(function: Elementary, x: f64, bits: usize) -> Option<Reference> {
    use Elementary::*;
    let r = reference_with(x, bits);
    let one = small_with(1, bits);
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
        // The series has an absolute error only; these zeros are exact.
        LnGamma if x == 1.0 || x == 2.0 => Some(small(0)),
        LnGamma if x > 1e-3 && moderate => Some(ln_gamma_reference(&r)),
        _ => None,
    }
}

pub(super) fn bounds(x: &Interval) -> (Option<Reference>, Option<Reference>) {
    let end = |e: f64| e.is_finite().then(|| reference_of(e));
    (end(*x.lo()), end(*x.hi()))
}

pub(super) fn includes(x: &Interval, value: &Reference) -> bool {
    let (lo, hi) = bounds(x);
    x.lo() <= x.hi() && lo.is_none_or(|lo| lo <= *value) && hi.is_none_or(|hi| *value <= hi)
}

/// Whether a precise enclosure holds the 320-bit reference, whose own error is far below the 200-bit ulp.
pub(super) fn precisely_includes(x: &Precise, value: &Reference) -> bool {
    x.lo().reference().is_none_or(|lo| lo <= *value) && x.hi().reference().is_none_or(|hi| *value <= hi)
}
