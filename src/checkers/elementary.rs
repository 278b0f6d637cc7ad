//! Exponential, logarithm and the smooth maximum log(e^a + e^b), each by another formula than the notes'.

use super::draw::Draw;
use super::instance::{Instance, Row, number};

/// eˣ = cosh x + sinh x (DLMF 4.28.7).
fn exponential(x: f64) -> f64 {
    x.cosh() + x.sinh()
}

/// log x = 2 artanh((x − 1)/(x + 1)) (DLMF 4.37.24, rearranged).
fn logarithm(x: f64) -> f64 {
    2.0 * ((x - 1.0) / (x + 1.0)).atanh()
}

/// log(e^a + e^b) = max(a, b) + log(1 + e^{−|a − b|}).
fn smooth_maximum(a: f64, b: f64) -> f64 {
    a.max(b) + (-(a - b).abs()).exp().ln_1p()
}

/// Two different numbers; the value is one of the first.
fn two(draw: &mut Draw, value: fn(f64) -> f64, from: fn(&mut Draw) -> f64) -> Instance {
    let (x, mut y) = (from(draw), from(draw));
    if x == y {
        y += 1.0;
    }
    Instance::new(number(value(x))).named(&["x", "u", "t", "z"], &number(x)).named(&["y", "v", "w"], &number(y))
}

fn positive(draw: &mut Draw) -> f64 {
    draw.real(0, 4) + 1.0 / 64.0
}

pub(super) const EXPONENTIAL: Row = Row {
    name: "exponential",
    about: "eˣ as cosh x + sinh x",
    reference: "DLMF 4.28.7",
    instance: |draw, _| two(draw, exponential, |d| d.real(-8, 8)),
};

pub(super) const LOGARITHM: Row = Row {
    name: "logarithm",
    about: "log x as 2 artanh((x − 1)/(x + 1))",
    reference: "DLMF 4.37.24",
    instance: |draw, _| two(draw, logarithm, positive),
};

pub(super) const LOGARITHM_NEGATED: Row = Row {
    name: "logarithm_negated",
    about: "−log x as 2 artanh((1 − x)/(1 + x))",
    reference: "DLMF 4.37.24",
    instance: |draw, _| two(draw, |x| logarithm(x.recip()), positive),
};

pub(super) const SMOOTH_MAXIMUM: Row = Row {
    name: "realsoftmax",
    about: "log(e^a + e^b) as max(a, b) + log(1 + e^{−|a − b|})",
    reference: "Blanchard, Higham & Higham, IMA J. Numer. Anal. 41 (2021)",
    instance: |draw, _| {
        let (a, b) = (draw.real(-3, 3), draw.real(-3, 3));
        Instance::new(number(smooth_maximum(a, b))).number("a", a).number("b", b)
    },
};

pub(super) const SCALED: Row = Row {
    name: "realsoftmax_scaled",
    about: "log(e^{λa} + e^{λb})/λ as max(a, b) + log(1 + e^{−λ|a − b|})/λ",
    reference: "Blanchard, Higham & Higham, IMA J. Numer. Anal. 41 (2021)",
    instance: |draw, _| {
        let (a, b, scale) = (draw.real(-3, 3), draw.real(-3, 3), positive(draw));
        let value = a.max(b) + smooth_maximum(0.0, -scale * (a - b).abs()) / scale;
        Instance::new(number(value)).number("a", a).number("b", b).number("\\lambda", scale)
    },
};

pub(super) const SCALED_LIMIT: Row = Row {
    name: "realsoftmax_limit",
    about: "the greater of two numbers, beside a sequence of log(e^{λa} + e^{λb})/λ",
    reference: "Blanchard, Higham & Higham, IMA J. Numer. Anal. 41 (2021)",
    instance: |draw, _| {
        // At a gap of 1 the sequence reaches its limit in floats long before e^{λa} overflows.
        let (a, gap) = (draw.real(-2, 2), draw.real(1, 3));
        let b = if draw.chance(0.5) { a + gap } else { a - gap };
        Instance::new(number(a.max(b))).number("a", a).number("b", b).within(1e-6)
    },
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_other_formulas_agree(x in -8.0..8.0f64, y in 0.01..9.0f64, a in -9.0..9.0f64) {
            prop_assert!((exponential(x) - x.exp()).abs() < 1e-12 * x.exp().max(1.0));
            prop_assert!((logarithm(y) - y.ln()).abs() < 1e-12);
            prop_assert!((smooth_maximum(a, x) - (a.exp() + x.exp()).ln()).abs() < 1e-12);
        }
    }
}
