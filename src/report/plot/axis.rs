//! Numbers to places, and the numbers that stand at an axis.

use crate::num::{Minus, short};
use crate::report::plot::Tick;

/// A range of numbers over a stretch of the picture.
#[derive(Clone, Copy, Debug)]
pub struct Axis {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Axis {
    /// The axis that shows all `values` between `from` and `to`; with a little air at both ends.
    pub fn over(values: impl Iterator<Item = f64>, from: f64, to: f64) -> Option<Axis> {
        let (low, high) =
            values.filter(|v| v.is_finite()).fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
        if low > high {
            return None;
        }
        let air = if high > low { (high - low) * 0.05 } else { high.abs().max(1.0) * 0.5 };
        Some(Axis { low: low - air, high: high + air, from, to })
    }

    /// The axis from `low` to `high`, exactly.
    pub fn exact(low: f64, high: f64, from: f64, to: f64) -> Axis {
        Axis { low, high, from, to }
    }

    /// The place of a number.
    pub fn place(&self, v: f64) -> f64 {
        self.from + (v - self.low) / (self.high - self.low) * (self.to - self.from)
    }

    /// Round numbers along the axis: 1, 2 or 5 times a power of ten apart.
    pub fn ticks(&self) -> Vec<Tick> {
        let span = self.high - self.low;
        let power = power_below(span / 4.0);
        let step =
            [1.0, 2.0, 5.0, 10.0].into_iter().map(|m| m * power).find(|s| span / s <= 5.5).unwrap_or(power * 10.0);
        let first = (self.low / step).ceil();
        let numbers = (0..12).map(|k| (first + f64::from(k)) * step).take_while(|v| *v <= self.high + step * 1e-6);
        numbers.map(|v| Tick { at: figure(self.place(v)), label: number(v, step) }).collect()
    }
}

/// The greatest power of ten that is not above `x`.
fn power_below(x: f64) -> f64 {
    let shown = format!("{x:e}");
    let exponent = shown.split_once('e').map_or("0", |(_, e)| e);
    format!("1e{exponent}").parse().unwrap_or(1.0)
}

/// A number at an axis, without the noise of its last digits.
fn number(v: f64, step: f64) -> String {
    short((v / step).round() * step, Minus::Unicode)
}

/// A place in the picture, to a tenth.
pub fn figure(x: f64) -> String {
    let rounded = (x * 10.0).round() / 10.0;
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

/// A number in the table behind a picture, to four digits.
pub fn datum(x: f64) -> String {
    if !x.is_finite() {
        return "–".to_owned();
    }
    let shown = format!("{x:.3e}");
    short(shown.parse().unwrap_or(x), Minus::Unicode)
}
