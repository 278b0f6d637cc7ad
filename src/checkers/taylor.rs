//! Taylor polynomials: exact for quadratics, with a remainder of third order otherwise.

use nalgebra::DMatrix;
use num_dual::{DualNum, second_derivative, third_derivative};

use super::instance::{Instance, Row, matrix, number, vector};
use super::softmax::log_softmax;
use crate::algebra::eval::Value;

pub(super) const QUADRATIC: Row = Row {
    name: "taylor_quadratic",
    about: "½ xᵀAx + bᵀx + c by nalgebra",
    reference: "Nocedal & Wright, Numerical Optimization, theorem 2.1",
    instance: |draw, n| {
        let d = n.min(4);
        let half = draw.matrix(d, d, -2, 2);
        let a: DMatrix<f64> = &half + half.transpose();
        let (b, x, at) = (draw.vector(d, -2, 2), draw.vector(d, -2, 2), draw.vector(d, -2, 2));
        let c = draw.real(-2, 2);
        let value = 0.5 * x.dot(&(&a * &x)) + b.dot(&x) + c;
        let instance = Instance::new(number(value)).named(&["A", "Q", "H"], &matrix(&a)).vector("b", &b);
        let instance = instance.number("c", c).vector("x", &x).named(&["a", "x_{0}", "w"], &vector(&at));
        Instance { size: Some(d), ..instance.within(1e-10) }
    },
};

/// log(1 + e⁻ˣ): the loss of one sample, x being its logit and the label 1.
fn logistic_loss<D: DualNum<Primitive = f64>>(x: D) -> D {
    -log_softmax(&[x.clone(), x * 0.0]).swap_remove(0)
}

/// ∫ (x − t)²/2 · f‴(t) dt from a to x, which is what the second Taylor polynomial at a lacks (Simpson's rule).
fn remainder(a: f64, x: f64) -> f64 {
    const PANELS: u16 = 256;
    let at = |k: u16| {
        let t = a + (x - a) * f64::from(k) / f64::from(PANELS);
        (x - t).powi(2) / 2.0 * third_derivative(logistic_loss, t).3
    };
    let weight = |k: u16| match k {
        0 | PANELS => 1.0,
        k if k % 2 == 1 => 4.0,
        _ => 2.0,
    };
    (0..=PANELS).map(|k| weight(k) * at(k)).sum::<f64>() * (x - a) / (3.0 * f64::from(PANELS))
}

/// A bound for |f‴|/6 between a and x: the greatest of 257 values, and as much as it may grow between two of them
/// (|f⁗| ≤ 1/8).
fn third_order_bound(a: f64, x: f64) -> f64 {
    const PLACES: u16 = 256;
    let at = |k: u16| third_derivative(logistic_loss, a + (x - a) * f64::from(k) / f64::from(PLACES)).3.abs();
    let between = (x - a).abs() / f64::from(PLACES) / 8.0;
    ((0..=PLACES).map(at).fold(0.0, f64::max) + between) / 6.0
}

pub(super) const REMAINDER: Row = Row {
    name: "taylor_remainder",
    about: "the remainder of the second Taylor polynomial of log(1 + e⁻ˣ) as an integral of the third derivative (num-dual)",
    reference: "Nocedal & Wright, Numerical Optimization, theorem 2.1; DLMF 1.4.37",
    instance: |draw, _| {
        // Wide steps, short steps, and points near 0: what is of third order shows in short ones.
        let (far, near) = (draw.real(-3, 3), draw.real(-3, 3) / [1.0, 8.0, 64.0][draw.place(3)]);
        let (a, x) = [(far, near), (near, far), (far, far + near)][draw.place(3)];
        let instance = Instance::new(number(remainder(a, x).abs())).number("x", x).named(&["a", "x_{0}"], &number(a));
        instance.determined("K", number(third_order_bound(a, x))).within(1e-9)
    },
};

pub(super) const CONVEX: Row = Row {
    name: "convex_quadratic",
    about: "whether the second derivative of ax² + bx + c is positive (num-dual)",
    reference: "Boyd & Vandenberghe, Convex Optimization, 3.1.4",
    instance: |draw, _| {
        let (a, b, c, x) = (draw.real(-2, 2), draw.real(-2, 2), draw.real(-2, 2), draw.real(-2, 2));
        let curvature = second_derivative(|x| x * x * a + x * b + c, x).2;
        let instance = Instance::new(Value::Truth((curvature > 0.0).into())).number("a", a).number("b", b);
        instance.number("c", c).number("x", x)
    },
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_integral_is_the_remainder_and_the_bound_holds(a in -3.0..3.0f64, x in -3.0..3.0f64) {
            let (value, slope, curvature) = second_derivative(logistic_loss, a);
            let polynomial = value + slope * (x - a) + curvature / 2.0 * (x - a).powi(2);
            let exact: f64 = (-x).exp().ln_1p() - polynomial;
            prop_assert!((remainder(a, x) - exact).abs() < 1e-9, "{} {exact}", remainder(a, x));
            prop_assert!(exact.abs() <= third_order_bound(a, x) * (x - a).abs().powi(3) + 1e-12);
        }
    }

    #[test]
    fn the_fourth_derivative_is_bounded_as_said() {
        // f⁗ = σ″′ of the logistic function; its greatest absolute value, 1/8, is at 0.
        let third = |x: f64| third_derivative(logistic_loss, x).3;
        let steepest =
            (-400..400).map(|k| f64::from(k) / 50.0).map(|x| (third(x + 1e-5) - third(x - 1e-5)).abs() / 2e-5);
        assert!(steepest.fold(0.0, f64::max) <= 0.125 + 1e-6);
    }
}
