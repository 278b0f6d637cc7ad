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

/// Where the integral of Γ is cut: what lies beyond is below 2^−280 of it.
const CUT: i64 = 200;

/// Γ(x) and ψ(x) for x > 0 by the incomplete gamma function γ(r, N) = N^r e^{−N} Σ Nᵏ/(r(r + 1)⋯(r + k)) (DLMF 8.7.1) and
/// its derivative by r, for r in [1, 2), and by the recurrences from there.
pub(super) fn gamma_reference(x: &Reference) -> (Reference, Reference) {
    let one = small(1);
    let (mut r, mut factor, mut shift) = (x + small(0), one.clone(), small(0));
    while r >= small(2) {
        r -= &one;
        factor *= &r;
        shift += &one / &r;
    }
    if r < one {
        factor /= &r;
        shift -= &one / &r;
        r += &one;
    }
    let cut = small(CUT);
    let (mut term, mut recips) = (&one / &r, &one / &r);
    let (mut sum, mut slopes) = (small(0), small(0));
    for k in 1..640 {
        sum += &term;
        slopes += &term * &recips;
        let over = &one / (&r + small(k));
        term = term * &cut * &over;
        recips += over;
    }
    // Γ(1) = 1, so that factorials are exact.
    let gamma = if r == one { one } else { (cut.ln() * &r - &cut).exp() * &sum };
    (gamma * factor, cut.ln() - slopes / sum + shift)
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

/// The same at another precision (of erf, Γ, ln Γ and ψ: at 320 bits or more).
pub(super) fn reference_at(function: Elementary, x: f64, bits: usize) -> Option<Reference> {
    use Elementary::*;
    let r = reference_with(x, bits);
    let one = small_with(1, bits);
    let moderate = x.abs() < 1000.0;
    if x.is_zero() {
        return match function {
            Exp | Cos | Cosh => Some(one),
            Ln | Gamma | LnGamma | Digamma => None,
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
        Gamma if x > 0.0 && moderate => Some(gamma_reference(&r).0),
        // The logarithm of a rounded number has an absolute error only; these zeros are exact.
        LnGamma if x == 1.0 || x == 2.0 => Some(small(0)),
        LnGamma if x > 0.0 && moderate => Some(gamma_reference(&r).0.ln()),
        Digamma if x > 0.0 && moderate => Some(gamma_reference(&r).1),
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
