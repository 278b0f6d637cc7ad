//! Number systems with the kernels of the function table.

use std::cmp::Ordering;

use crate::expr::fun::Kernel;
use crate::num::{Dual1, Dual2, Dual3, Exact, Germ, Interval, Number, Precise, Series, Ternary, Unliftable};

/// A number system that expressions are evaluated in.
pub trait System: Number {
    /// The same system with one more infinitesimal: [`Number::Lift`], known to be a system too.
    type Higher: System;

    /// [`Number::lift_variable`].
    fn higher_variable(&self) -> Self::Higher;

    /// [`Number::lift_constant`].
    fn higher_constant(&self) -> Self::Higher;

    /// [`Number::lift_part`].
    fn higher_part(higher: &Self::Higher) -> Self;

    /// Whether derivatives can be taken in it.
    const LIFTS: bool;

    /// What a function of the table costs beside the visit of its node, in units of fuel.
    const FUNCTION: usize = 0;

    /// What a sum or product of two numbers costs a search, in units of work.
    const OPERATION: usize = 1;

    /// Whether integrals are enclosed for it ([`System::enclosed`]).
    const INTEGRATES: bool = false;

    /// The number that is said by an enclosure of a sum of parts whose sizes have this total.
    fn enclosed(_value: &Interval, _total: f64) -> Self {
        Self::undefined()
    }

    /// The scalar function of a row in this system.
    fn kernel(kernel: &Kernel) -> fn(&[Self]) -> Self;

    /// `self < other`.
    fn less(&self, other: &Self) -> Ternary {
        self.compare(other).map_or(Ternary::Unknown, |o| (o == Ordering::Less).into())
    }

    /// `self ≤ other`.
    fn at_most(&self, other: &Self) -> Ternary {
        self.compare(other).map_or(Ternary::Unknown, |o| (o != Ordering::Greater).into())
    }

    /// `self = other`.
    fn equals(&self, other: &Self) -> Ternary {
        self.compare(other).map_or(Ternary::Unknown, |o| (o == Ordering::Equal).into())
    }

    /// Whether an infinitesimal part is not 0, so that a tie in a comparison is a kink.
    fn varies(&self) -> bool {
        false
    }

    /// Whether it counts as 0 beside `scale`: exactly 0, or within the rounding that floats do.
    fn negligible(&self, _scale: f64) -> bool {
        self.is_zero()
    }

    /// Whether equalities are only as good as rounding.
    fn rounds() -> bool {
        false
    }
}

/// The derivative tower of the number system.
macro_rules! tower {
    () => {
        type Higher = <Self as Number>::Lift;
        fn higher_variable(&self) -> Self::Higher {
            self.lift_variable()
        }
        fn higher_constant(&self) -> Self::Higher {
            self.lift_constant()
        }
        fn higher_part(higher: &Self::Higher) -> Self {
            Self::lift_part(higher)
        }
    };
}

impl System for f64 {
    tower!();
    const LIFTS: bool = true;
    fn kernel(kernel: &Kernel) -> fn(&[f64]) -> f64 {
        kernel.float
    }
    fn negligible(&self, scale: f64) -> bool {
        f64::abs(*self) <= 1e-10 * scale
    }
    fn rounds() -> bool {
        true
    }
    const INTEGRATES: bool = true;
    /// The middle of what is narrow; 0 where that may be it and is certain to as many digits of the parts.
    fn enclosed(value: &Interval, total: f64) -> f64 {
        const DIGITS: f64 = 5e-10;
        let width = value.width();
        if value.contains(&0.0) {
            return if width <= DIGITS * total { 0.0 } else { f64::NAN };
        }
        if width <= DIGITS * f64::abs(value.value()) { value.value() } else { f64::NAN }
    }
}

macro_rules! dual {
    ($dual:ty, $field:ident, $lifts:literal) => {
        impl System for $dual {
            tower!();
            const LIFTS: bool = $lifts;
            fn kernel(kernel: &Kernel) -> fn(&[Self]) -> Self {
                kernel.$field
            }
            fn varies(&self) -> bool {
                self.derivative() != 0.0
            }
            fn negligible(&self, scale: f64) -> bool {
                f64::abs(self.value()) <= 1e-10 * scale
            }
            fn rounds() -> bool {
                true
            }
        }
    };
}

dual!(Dual1, dual1, true);
dual!(Dual2, dual2, true);
dual!(Dual3, dual3, false);

macro_rules! enclosure {
    ($enclosure:ty, $field:ident, $function:literal, $operation:literal$(, $integrates:item, $enclosed:item)?) => {
        impl System for $enclosure {
            tower!();
            const LIFTS: bool = false;
            const FUNCTION: usize = $function;
            const OPERATION: usize = $operation;
            $($integrates
            $enclosed)?
            fn kernel(kernel: &Kernel) -> fn(&[Self]) -> Self {
                kernel.$field
            }
            fn less(&self, other: &Self) -> Ternary {
                self.certainly_lt(other)
            }
            fn at_most(&self, other: &Self) -> Ternary {
                self.certainly_le(other)
            }
            fn equals(&self, other: &Self) -> Ternary {
                self.certainly_eq(other)
            }
        }
    };
}

enclosure!(
    Interval,
    interval,
    1,
    2,
    const INTEGRATES: bool = true;,
    fn enclosed(value: &Interval, _: f64) -> Interval {
        *value
    }
);
enclosure!(Precise, precise, 600, 8);

impl System for Exact {
    tower!();
    const LIFTS: bool = false;
    const OPERATION: usize = 4;
    fn kernel(kernel: &Kernel) -> fn(&[Exact]) -> Exact {
        kernel.exact
    }
}

macro_rules! along {
    ($system:ty, $field:ident) => {
        impl System for $system {
            tower!();
            const LIFTS: bool = false;
            fn kernel(kernel: &Kernel) -> fn(&[Self]) -> Self {
                kernel.$field
            }
        }
    };
}

along!(Series, series);
along!(Germ, germ);

impl System for Unliftable {
    tower!();
    const LIFTS: bool = false;
    fn kernel(_: &Kernel) -> fn(&[Unliftable]) -> Unliftable {
        |_| Unliftable
    }
}
