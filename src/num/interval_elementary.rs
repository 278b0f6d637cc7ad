//! Elementary functions of enclosures, by monotonicity between known turning points.

use std::cmp::Ordering;

use num_traits::One;

use super::endpoint::{Endpoint, Toward};
use super::interval::Enclosure;
use super::number::{Elementary, Number};
use super::rational::Rational;
use super::ternary::Ternary;
use super::unliftable::{Unliftable, unlifted};

/// A closed or open bound of a domain.
#[derive(Clone, Copy)]
enum Edge {
    Closed(i32),
    Open(i32),
}

impl Edge {
    fn at(self) -> i32 {
        match self {
            Edge::Closed(n) | Edge::Open(n) => n,
        }
    }
}

impl<E: Endpoint> Enclosure<E> {
    /// The part of self inside a domain; what is cut off makes definedness unknown. Empty if nothing is left.
    fn restricted(&self, lower: Option<Edge>, upper: Option<Edge>) -> Self {
        let (mut lo, mut hi, mut inside) = (self.lo().clone(), self.hi().clone(), Ternary::True);
        let mut cut = |end: &mut E, edge: Edge, outward: Ordering, other: &E| {
            let limit = E::from_small(edge.at());
            let open = matches!(edge, Edge::Open(_));
            let beyond = |x: &E| x.partial_cmp(&limit) == Some(outward) || (open && *x == limit);
            if beyond(other) {
                inside = Ternary::False;
            } else if beyond(end) {
                inside = inside.and(Ternary::Unknown);
                *end = limit;
            }
        };
        if let Some(edge) = lower {
            let hi = hi.clone();
            cut(&mut lo, edge, Ordering::Less, &hi);
        }
        if let Some(edge) = upper {
            let lo = lo.clone();
            cut(&mut hi, edge, Ordering::Greater, &lo);
        }
        Self::decorated(lo, hi, self.defined().and(inside))
    }

    /// f over self by its values at the ends, which become lower and upper bound in that order.
    fn ends(&self, at_lo: &E, at_hi: &E, function: Elementary) -> Self {
        match (at_lo.image(function, Toward::Down), at_hi.image(function, Toward::Up)) {
            (Some(lo), Some(hi)) => Self::decorated(lo, hi, self.defined()),
            _ => Self::undecided(),
        }
    }

    fn increasing(&self, function: Elementary) -> Self {
        if self.is_empty() { Self::empty() } else { self.ends(self.lo(), self.hi(), function) }
    }

    fn decreasing(&self, function: Elementary) -> Self {
        if self.is_empty() { Self::empty() } else { self.ends(self.hi(), self.lo(), function) }
    }

    /// Hull of the values at both ends, for a function without turning point in between or whose turning values are
    /// joined by the caller.
    fn either_end(&self, function: Elementary) -> Option<Self> {
        let at = |x: &E| Some(Self::new(x.image(function, Toward::Down)?, x.image(function, Toward::Up)?));
        Some(at(self.lo())?.hull(&at(self.hi())?))
    }

    /// How often self crosses a multiple of π/2, with the quadrant of its lower end; `None` if that is not certain or
    /// self may be nearly as wide as a full turn. The quadrants of the ends give the count modulo 4, the width settles the rest.
    fn quarter_turns(&self) -> Option<(u8, u8)> {
        let width = self.width().to_f64();
        if !self.is_bounded() || width.is_nan() || width > 6.25 {
            return None;
        }
        let (first, last) = (self.lo().quadrant()?, self.hi().quadrant()?);
        let crossed = (last + 4 - first) % 4;
        Some((first, if crossed == 0 && width > 3.2 { 4 } else { crossed }))
    }

    /// Sine, cosine and tangent. Boundary k between quadrants k − 1 and k (mod 4) is the angle kπ/2.
    fn circular(&self, function: Elementary) -> Self {
        if self.is_empty() {
            return Self::empty();
        }
        let unknown = || match function {
            Elementary::Tan => Self::undecided(),
            _ => Self::decorated(E::from_small(-1), E::from_small(1), self.defined()),
        };
        let Some((first, crossed)) = self.quarter_turns() else { return unknown() };
        let crosses = |boundary: u8| (1..=crossed).any(|k| (first + k) % 4 == boundary);
        let (top, bottom) = match function {
            Elementary::Sin => (1, 3),
            Elementary::Cos => (0, 2),
            _ => {
                return if crosses(1) || crosses(3) { Self::undecided() } else { self.increasing(function) };
            }
        };
        let Some(ends) = self.either_end(function) else { return unknown() };
        let lo = if crosses(bottom) { E::from_small(-1) } else { ends.lo().clone() };
        let hi = if crosses(top) { E::from_small(1) } else { ends.hi().clone() };
        Self::decorated(lo, hi, self.defined())
    }

    /// Γ and ln Γ are convex on (0, ∞) with their minima 0.885603194410888700278… and −0.121486290535849608… at
    /// 1.46163214496836234126… (DLMF 5.4(iii)).
    fn gamma_or_its_logarithm(&self, function: Elementary) -> Self {
        let minimum = match function {
            Elementary::Gamma => 0.885_603_194_410_888_6,
            _ => -0.121_486_290_535_849_62,
        };
        let x = self.restricted(Some(Edge::Open(0)), None);
        let (Some(before), Some(behind), Some(minimum)) =
            (E::from_f64(1.461_632_144_968_362_2), E::from_f64(1.461_632_144_968_362_5), E::from_f64(minimum))
        else {
            return Self::undecided();
        };
        if x.is_empty() || *x.hi() <= before {
            return x.decreasing(function);
        }
        if *x.lo() >= behind {
            return x.increasing(function);
        }
        match x.either_end(function) {
            Some(ends) => Self::decorated(minimum, ends.hi().clone(), x.defined()),
            None => Self::undecided(),
        }
    }

    /// |x| as an enclosure.
    fn magnitude(&self) -> Self {
        let zero = E::from_small(0);
        if self.is_empty() || *self.lo() >= zero {
            return self.clone();
        }
        let (flipped, hi) = (self.lo().negate(), self.hi().clone());
        if hi <= zero {
            return -self.clone();
        }
        Self::decorated(zero, if flipped > hi { flipped } else { hi }, self.defined())
    }

    /// xⁿ, n ≥ 1: odd powers rise, even ones rise with |x|.
    fn integer_power(&self, n: u64) -> Self {
        if self.is_empty() {
            return Self::empty();
        }
        let zero = E::from_small(0);
        let odd = |x: &E, toward: Toward| {
            if *x >= zero {
                x.integer_power(n, toward)
            } else {
                x.negate().integer_power(n, toward.opposite()).negate()
            }
        };
        if n % 2 == 1 {
            return Self::decorated(odd(self.lo(), Toward::Down), odd(self.hi(), Toward::Up), self.defined());
        }
        let m = self.magnitude();
        let lo = m.lo().integer_power(n, Toward::Down);
        Self::decorated(lo, m.hi().integer_power(n, Toward::Up), self.defined())
    }

    /// xʸ for x > 0, monotone in each argument; 0ʸ = 0 for y > 0.
    fn real_power(&self, exponent: &Self) -> Self {
        let zero = E::from_small(0);
        let x = self.restricted(Some(Edge::Closed(0)), None);
        if x.is_empty() || exponent.is_empty() {
            return Self::empty();
        }
        let (has_zero, only_zero) = (*x.lo() == zero, *x.hi() == zero);
        let at_zero = if *exponent.lo() > zero {
            Ternary::True
        } else if *exponent.hi() <= zero {
            Ternary::False
        } else {
            Ternary::Unknown
        };
        let defined = x.defined().and(exponent.defined());
        if only_zero {
            return Self::decorated(zero.clone(), zero, defined.and(at_zero));
        }
        let defined = if has_zero && !at_zero.certainly() { defined.and(Ternary::Unknown) } else { defined };
        Self::corners(&x, exponent, defined, |x, y, toward| x.power(y, toward))
    }
}

impl<E: Endpoint> Number for Enclosure<E> {
    type Lift = Unliftable;

    fn from_rational(q: &Rational) -> Self {
        Self::of_rational(q)
    }

    /// Nothing known: [`Enclosure::undecided`]. Certain undefinedness is [`Enclosure::empty`].
    fn undefined() -> Self {
        Self::undecided()
    }

    fn is_undefined(&self) -> Ternary {
        !self.defined()
    }

    fn compare(&self, other: &Self) -> Option<Ordering> {
        self.order(other)
    }

    fn value(&self) -> f64 {
        self.midpoint().map_or(f64::NAN, |m| m.to_f64())
    }

    fn pi() -> Self {
        let quarter = Self::one().apply(Elementary::Atan);
        quarter * Self::point(E::from_small(4))
    }

    fn euler() -> Self {
        Self::one().apply(Elementary::Exp)
    }

    fn divide(&self, divisor: &Self) -> Self {
        self.quotient(divisor)
    }

    fn powi(&self, exponent: i64) -> Self {
        match exponent {
            0 => Self::one().provided(self.defined()),
            1.. => self.integer_power(exponent.unsigned_abs()),
            _ => Self::one().quotient(&self.integer_power(exponent.unsigned_abs())),
        }
    }

    fn powf(&self, exponent: &Self) -> Self {
        self.real_power(exponent)
    }

    fn apply(&self, function: Elementary) -> Self {
        use Elementary::*;
        match function {
            Exp | Expm1 | Atan | Sinh | Tanh | Sigmoid | Softplus | Erf => self.increasing(function),
            Ln | Digamma => self.restricted(Some(Edge::Open(0)), None).increasing(function),
            Log1p => self.restricted(Some(Edge::Open(-1)), None).increasing(function),
            Sqrt => self.restricted(Some(Edge::Closed(0)), None).increasing(function),
            Asin => self.restricted(Some(Edge::Closed(-1)), Some(Edge::Closed(1))).increasing(function),
            Acos => self.restricted(Some(Edge::Closed(-1)), Some(Edge::Closed(1))).decreasing(function),
            Cosh => self.magnitude().increasing(function),
            Sin | Cos | Tan => self.circular(function),
            Gamma | LnGamma => self.gamma_or_its_logarithm(function),
        }
    }

    fn abs(&self) -> Self {
        self.magnitude()
    }

    fn sign(&self) -> Self {
        if self.is_empty() {
            return Self::empty();
        }
        let zero = E::from_small(0);
        let sign = |x: &E| E::from_small(i32::from(*x > zero) - i32::from(*x < zero));
        Self::decorated(sign(self.lo()), sign(self.hi()), self.defined())
    }

    fn floor(&self) -> Self {
        if self.is_empty() {
            Self::empty()
        } else {
            Self::decorated(self.lo().floored(), self.hi().floored(), self.defined())
        }
    }

    fn max(&self, other: &Self) -> Self {
        let defined = self.defined().and(other.defined());
        let larger = |a: &E, b: &E| if a >= b { a.clone() } else { b.clone() };
        Self::decorated(larger(self.lo(), other.lo()), larger(self.hi(), other.hi()), defined)
    }

    fn min(&self, other: &Self) -> Self {
        -Number::max(&-self.clone(), &-other.clone())
    }

    unlifted!(Self::undecided());
}
