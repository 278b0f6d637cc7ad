//! Decimals as they are printed: the number, and one unit of its last digit.
//!
//! `1.44` is read as `decimal(36/25, 1/100)`. Its float is the number; its enclosure is all that is within one unit of
//! the last digit, so that a relation which certainly fails fails for every number that the digits may stand for. In
//! definitions, data and givens a decimal is exact ([`Expr::exact`]).

use crate::expr::print::Printer;
use crate::expr::{Expr, Node, fun};
use crate::num::{Rational, fixed};

/// Most places behind the point that are printed.
const PLACES: usize = 64;

impl Expr {
    /// A decimal with one unit of its last digit.
    pub fn decimal(number: Rational, unit: Rational) -> Expr {
        Expr::apply(fun::DECIMAL, vec![Expr::num(number), Expr::num(unit)])
    }

    /// The number and the unit, if it is a decimal as printed.
    pub fn as_decimal(&self) -> Option<(&Rational, &Rational)> {
        match self.as_app(fun::DECIMAL)? {
            [number, unit] => number.as_num().zip(unit.as_num()),
            _ => None,
        }
    }

    /// Whether it is a number as written: exact, or a decimal.
    pub fn is_literal(&self) -> bool {
        self.as_num().is_some() || self.as_decimal().is_some()
    }

    /// Whether decimals as printed stand in it.
    pub fn has_decimals(&self) -> bool {
        self.any(&mut |e| e.as_decimal().is_some())
    }

    /// The expression with every decimal as the exact number.
    pub fn exact(&self) -> Expr {
        if !self.has_decimals() {
            return self.clone();
        }
        self.transform(&mut |e, _| match e.node() {
            Node::App(..) => e.as_decimal().map(|(number, _)| Expr::num(number.clone())),
            _ => None,
        })
    }
}

impl Printer {
    /// The digits as printed; a unit that is not one of the last digit is told.
    pub(super) fn decimal(&self, q: &Rational, unit: &Rational, outer: u8) -> String {
        let places = (1..=PLACES).find(|p| fixed(unit, *p).is_some());
        let Some((p, text)) = places.and_then(|p| Some((p, fixed(q, p)?))) else {
            return self.number(&q.to_string(), outer);
        };
        match fixed(unit, p) {
            Some(unit) if unit.trim_start_matches(['0', '.']) != "1" => {
                self.wrap(format!("{text} {} {unit}", self.pick("\\pm", "±")), 2, outer)
            }
            _ => self.number(&text, outer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_is_printed_with_its_digits() {
        let decimal = |text: &str| {
            let number: Rational = text.parse().unwrap();
            let digits = text.split_once('.').map_or(0, |(_, d)| d.len());
            Expr::decimal(number, Rational::from(10).pow_int(-(digits as i64)).unwrap())
        };
        for text in ["1.44", "0.50", "0.007", "12.0", "100.10"] {
            assert_eq!(decimal(text).to_string(), text);
        }
        assert_eq!((-decimal("0.50")).to_string(), "−0.50");
        assert_eq!(crate::expr::latex(&-decimal("2.5")), "-2.5");
        assert_eq!((-decimal("0.50")).exact(), Expr::num(Rational::new(-1, 2).unwrap()));
        assert!(!decimal("0.50").exact().has_decimals());
    }
}
