//! Dual numbers: the numeric witness of symbolic derivatives.

use std::cmp::Ordering;
use std::fmt::Debug;
use std::ops::{Add, Mul, Neg, Sub};

use num_dual::{Dual, DualNum};
use num_traits::{One, Zero};

use super::correct::{Correct, digamma};
use super::number::{Elementary, Number};
use super::rational::Rational;
use super::ternary::Ternary;
use super::unliftable::Unliftable;

/// Value and first derivative, at a float.
pub type Dual1 = Jet<Dual<Correct>>;

/// Dual numbers over [`Dual1`]: second derivatives. With the variable lifted twice, the parts of
/// f(x + ε₁ + ε₂) are f, f′, f′, f″.
pub type Dual2 = Jet<Dual<Dual<Correct>>>;

/// Dual numbers over [`Dual2`]: third derivatives.
pub type Dual3 = Jet<Dual<Dual<Dual<Correct>>>>;

/// Largest integer exponent of [`Number::powi`]; above, undefined.
const EXPONENT_CAP: u64 = 1 << 20;

/// A number of num-dual under the rules of [`Number`]: its product, quotient and chain rules are used as they are, and
/// points where a rule does not hold (outside the domain, ties, kinks, jumps) have NaN derivatives.
///
/// The value proper decides definedness; a NaN derivative beside a value means: defined, not known to be
/// differentiable.
#[derive(Clone, Copy, Debug)]
pub struct Jet<D>(D);

/// A dual number of a certain order over [`Correct`].
pub trait Order: DualNum<Primitive = f64> + Copy + Debug {
    /// The number system one order up.
    type Lift: Number;
    /// `self` with the ε-coefficient 1 or 0.
    fn lift(self, variable: bool) -> Self::Lift;
    /// The ε-coefficient.
    fn part(lifted: &Self::Lift) -> Self;
    /// Whether both numbers agree in every part.
    fn same(&self, other: &Self) -> bool;
    /// The value with all derivatives NaN.
    fn without_derivatives(value: f64) -> Self;
    /// erf, by its derivative 2/√π · exp(−x²) (DLMF 7.2.1).
    fn erf(&self) -> Self;
    /// Γ, by its derivative Γψ (DLMF 5.2.2), of what is positive.
    fn gamma(&self) -> Self;
    /// ln Γ, by its derivative ψ, of what is positive.
    fn ln_gamma(&self) -> Self;
}

/// The inner number of a dual number.
trait Inner: DualNum<Primitive = f64> + Copy + Debug {
    fn same(&self, other: &Self) -> bool;
    fn without_derivatives(value: f64) -> Self;
    fn erf(&self) -> Self;
    fn gamma(&self) -> Self;
    fn ln_gamma(&self) -> Self;
}

impl Inner for Correct {
    fn same(&self, other: &Self) -> bool {
        self == other
    }
    fn without_derivatives(value: f64) -> Self {
        Correct(value)
    }
    fn erf(&self) -> Self {
        Correct(core_math::erf(self.0))
    }
    fn gamma(&self) -> Self {
        Correct(core_math::tgamma(self.0))
    }
    fn ln_gamma(&self) -> Self {
        Correct(core_math::lgamma(self.0))
    }
}

impl<T: Inner> Inner for Dual<T> {
    fn same(&self, other: &Self) -> bool {
        self.re.same(&other.re) && self.eps.same(&other.eps)
    }
    fn without_derivatives(value: f64) -> Self {
        Dual::new(T::without_derivatives(value), T::without_derivatives(f64::NAN))
    }
    fn erf(&self) -> Self {
        let slope = (-(self.re * self.re)).exp() * std::f64::consts::FRAC_2_SQRT_PI;
        Dual::new(self.re.erf(), self.eps * slope)
    }
    fn gamma(&self) -> Self {
        let value = self.re.gamma();
        Dual::new(value, self.eps * value * digamma(self.re))
    }
    fn ln_gamma(&self) -> Self {
        Dual::new(self.re.ln_gamma(), self.eps * digamma(self.re))
    }
}

macro_rules! order_by_inner {
    () => {
        fn same(&self, other: &Self) -> bool {
            Inner::same(self, other)
        }
        fn without_derivatives(value: f64) -> Self {
            Inner::without_derivatives(value)
        }
        fn erf(&self) -> Self {
            Inner::erf(self)
        }
        fn gamma(&self) -> Self {
            Inner::gamma(self)
        }
        fn ln_gamma(&self) -> Self {
            Inner::ln_gamma(self)
        }
    };
}

macro_rules! liftable {
    ($inner:ty) => {
        impl Order for $inner {
            type Lift = Jet<Dual<$inner>>;
            fn lift(self, variable: bool) -> Self::Lift {
                Jet(Dual::new(self, if variable { Self::one() } else { Self::zero() }))
            }
            fn part(lifted: &Self::Lift) -> Self {
                lifted.0.eps
            }
            order_by_inner!();
        }
    };
}
liftable!(Dual<Correct>);
liftable!(Dual<Dual<Correct>>);

impl Order for Dual<Dual<Dual<Correct>>> {
    type Lift = Unliftable;
    fn lift(self, _: bool) -> Unliftable {
        Unliftable
    }
    fn part(_: &Unliftable) -> Self {
        Inner::without_derivatives(f64::NAN)
    }
    order_by_inner!();
}

impl Dual1 {
    /// x + ε.
    pub fn variable(x: f64) -> Self {
        Jet(Dual::new(Correct(x), Correct(1.0)))
    }

    /// x + 0ε.
    pub fn constant(x: f64) -> Self {
        Jet(Dual::new(Correct(x), Correct(0.0)))
    }

    /// The first derivative.
    pub fn derivative(&self) -> f64 {
        self.0.eps.0
    }
}

impl Dual2 {
    /// x + ε₁ + ε₂.
    pub fn variable(x: f64) -> Self {
        Dual1::variable(x).lift_variable()
    }

    /// x, constant.
    pub fn constant(x: f64) -> Self {
        Dual1::constant(x).lift_constant()
    }

    /// The second derivative.
    pub fn derivative(&self) -> f64 {
        self.0.eps.eps.0
    }
}

impl Dual3 {
    /// x + ε₁ + ε₂ + ε₃.
    pub fn variable(x: f64) -> Self {
        Dual2::variable(x).lift_variable()
    }

    /// x, constant.
    pub fn constant(x: f64) -> Self {
        Dual2::constant(x).lift_constant()
    }

    /// The third derivative.
    pub fn derivative(&self) -> f64 {
        self.0.eps.eps.eps.0
    }
}

impl<D: Order> Jet<D> {
    fn re(&self) -> f64 {
        self.0.re()
    }

    fn is_constant(&self, value: f64) -> bool {
        self.0.same(&D::from(value))
    }

    fn nowhere() -> Self {
        Jet(D::without_derivatives(f64::NAN))
    }

    /// A value at which the function has no derivative, or none that is known.
    fn kink(value: f64) -> Self {
        Jet(D::without_derivatives(value))
    }

    /// A step function: constant around the point, unless the value sits on a step and moves.
    fn step(&self, value: f64, on_step: bool) -> Self {
        if self.re().is_nan() {
            Self::nowhere()
        } else if on_step && !self.is_constant(self.re()) {
            Self::kink(value)
        } else {
            Jet(D::from(value))
        }
    }

    /// One of two numbers; where they tie, only if they agree in every part.
    fn choose(&self, other: &Self, preferred: Ordering) -> Self {
        match self.re().partial_cmp(&other.re()) {
            None => Self::nowhere(),
            Some(Ordering::Equal) if self.0.same(&other.0) => *self,
            Some(Ordering::Equal) => Self::kink(self.re()),
            Some(order) => {
                if order == preferred {
                    *self
                } else {
                    *other
                }
            }
        }
    }
}

impl<D: Order> Add for Jet<D> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Jet(self.0 + other.0)
    }
}

impl<D: Order> Sub for Jet<D> {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Jet(self.0 - other.0)
    }
}

impl<D: Order> Mul for Jet<D> {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Jet(self.0 * other.0)
    }
}

impl<D: Order> Neg for Jet<D> {
    type Output = Self;
    fn neg(self) -> Self {
        Jet(-self.0)
    }
}

impl<D: Order> Zero for Jet<D> {
    fn zero() -> Self {
        Jet(D::zero())
    }
    /// Whether every part is 0. (num-dual's own looks at the value only.)
    fn is_zero(&self) -> bool {
        self.is_constant(0.0)
    }
}

impl<D: Order> One for Jet<D> {
    fn one() -> Self {
        Jet(D::one())
    }
    fn is_one(&self) -> bool {
        self.is_constant(1.0)
    }
}

impl<D: Order> Number for Jet<D> {
    type Lift = D::Lift;

    fn from_rational(q: &Rational) -> Self {
        Jet(D::from(q.to_f64()))
    }

    fn undefined() -> Self {
        Self::nowhere()
    }

    /// As for floats, of the value proper.
    fn is_undefined(&self) -> Ternary {
        if self.re().is_finite() { Ternary::False } else { Ternary::Unknown }
    }

    /// By the values proper. Equal only if equal in every part: else the order changes around the point.
    fn compare(&self, other: &Self) -> Option<Ordering> {
        if !(self.re().is_finite() && other.re().is_finite()) {
            return None;
        }
        self.re().partial_cmp(&other.re()).filter(|order| *order != Ordering::Equal || self.0.same(&other.0))
    }

    fn value(&self) -> f64 {
        self.re()
    }

    fn pi() -> Self {
        Jet(D::from(std::f64::consts::PI))
    }

    fn euler() -> Self {
        Jet(D::from(std::f64::consts::E))
    }

    fn divide(&self, divisor: &Self) -> Self {
        if divisor.re() == 0.0 { Self::nowhere() } else { Jet(self.0 / divisor.0) }
    }

    fn powi(&self, exponent: i64) -> Self {
        let magnitude = exponent.unsigned_abs();
        if self.re().is_nan() || (self.re() == 0.0 && exponent < 0) || magnitude > EXPONENT_CAP {
            return Self::nowhere();
        }
        let Ok(n) = i32::try_from(magnitude) else { return Self::nowhere() };
        let power = self.0.powi(n);
        Jet(if exponent < 0 { power.recip() } else { power })
    }

    fn powf(&self, exponent: &Self) -> Self {
        let (x, y) = (self.re(), exponent.re());
        if x.is_nan() || y.is_nan() || x < 0.0 || (x == 0.0 && y <= 0.0) {
            Self::nowhere()
        } else if x == 0.0 {
            if self.is_zero() { Self::zero() } else { Self::kink(0.0) }
        } else if exponent.is_constant(y) {
            Jet(self.0.powf(y))
        } else {
            Jet(self.0.powd(exponent.0))
        }
    }

    fn apply(&self, function: Elementary) -> Self {
        let (x, d) = (self.re(), self.0);
        let within = |inside: bool, f: fn(&D) -> D| if inside { Jet(f(&d)) } else { Self::nowhere() };
        match function {
            Elementary::Exp => Jet(d.exp()),
            Elementary::Expm1 => Jet(d.exp_m1()),
            Elementary::Ln => within(x > 0.0, D::ln),
            Elementary::Log1p => within(x > -1.0, D::ln_1p),
            Elementary::Sqrt if self.is_zero() => Self::zero(),
            Elementary::Sqrt if x == 0.0 => Self::kink(0.0),
            Elementary::Sqrt => within(x > 0.0, D::sqrt),
            Elementary::Sin => Jet(d.sin()),
            Elementary::Cos => Jet(d.cos()),
            Elementary::Tan => Jet(d.tan()),
            Elementary::Asin | Elementary::Acos if x.abs() == 1.0 => {
                let edge = if function == Elementary::Asin { core_math::asin(x) } else { core_math::acos(x) };
                if self.is_constant(x) { Jet(D::from(edge)) } else { Self::kink(edge) }
            }
            Elementary::Asin => within(x.abs() < 1.0, D::asin),
            Elementary::Acos => within(x.abs() < 1.0, D::acos),
            Elementary::Atan => Jet(d.atan()),
            Elementary::Sinh => Jet(d.sinh()),
            Elementary::Cosh => Jet(d.cosh()),
            Elementary::Tanh => Jet(tanh(d)),
            Elementary::Sigmoid if x < 0.0 => Jet(d.exp() / (d.exp() + D::one())),
            Elementary::Sigmoid => Jet(((-d).exp() + D::one()).recip()),
            Elementary::Softplus if x <= 0.0 => Jet(d.exp().ln_1p()),
            Elementary::Softplus => Jet(d + (-d).exp().ln_1p()),
            Elementary::Erf => Jet(d.erf()),
            Elementary::Gamma => within(x > 0.0, D::gamma),
            Elementary::LnGamma => within(x > 0.0, D::ln_gamma),
            Elementary::Digamma => within(x > 0.0, |d| digamma(*d)),
        }
    }

    fn abs(&self) -> Self {
        self.choose(&-*self, Ordering::Greater)
    }

    fn sign(&self) -> Self {
        let x = self.re();
        self.step(if x == 0.0 { 0.0 } else { x.signum() }, x == 0.0)
    }

    fn floor(&self) -> Self {
        let x = self.re();
        self.step(x.floor(), x == x.floor())
    }

    fn max(&self, other: &Self) -> Self {
        self.choose(other, Ordering::Greater)
    }

    fn min(&self, other: &Self) -> Self {
        self.choose(other, Ordering::Less)
    }

    fn lift_variable(&self) -> D::Lift {
        self.0.lift(true)
    }

    fn lift_constant(&self) -> D::Lift {
        self.0.lift(false)
    }

    fn lift_part(lifted: &D::Lift) -> Self {
        Jet(D::part(lifted))
    }
}

/// tanh x; where num-dual's sinh/cosh heads for overflow, ±(1 − t)/(1 + t) with t = exp(−2|x|).
fn tanh<D: Order>(x: D) -> D {
    if x.re().abs() <= 1.0 {
        return x.tanh();
    }
    let negative = x.re() < 0.0;
    let t = ((if negative { x } else { -x }) * 2.0).exp();
    let tanh = (D::one() - t) / (D::one() + t);
    if negative { -tanh } else { tanh }
}
