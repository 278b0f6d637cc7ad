//! Numbers as people read them, the same on every machine.

use super::rational::Rational;

/// How a negative sign is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Minus {
    /// `-`, for programs and TeX.
    Ascii,
    /// `−` (U+2212), for running text.
    Unicode,
}

/// Most significant digits that [`short`] prints.
const SHORT_DIGITS: usize = 6;

/// The decade that bounds an error from above: `≤ 1e-12` for 3.1e-13, read as its shortest decimal. `0` for 0,
/// `∞` for an infinity, `undefined` for NaN; the sign is ignored.
pub fn upper_decade(x: f64) -> String {
    if x.is_nan() {
        return "undefined".to_owned();
    }
    if x == 0.0 {
        return "0".to_owned();
    }
    let scientific = format!("{:e}", x.abs());
    let Some((mantissa, exponent)) = scientific.split_once('e') else { return "∞".to_owned() };
    let Ok(exponent) = exponent.parse::<i32>() else { return "∞".to_owned() };
    format!("≤ 1e{}", if mantissa == "1" { exponent } else { exponent + 1 })
}

/// A float to at most 6 significant digits, without trailing zeros: `0.25`, `-1234.57`, `1e-12`, `∞`, `undefined`.
/// Rounded to nearest from the exact binary value; scientific below 1e-4 and from 1e6 on.
pub fn short(x: f64, minus: Minus) -> String {
    if x.is_nan() {
        return "undefined".to_owned();
    }
    let sign = match (x < 0.0, minus) {
        (false, _) => "",
        (true, Minus::Ascii) => "-",
        (true, Minus::Unicode) => "−",
    };
    if x.is_infinite() {
        return format!("{sign}∞");
    }
    if x == 0.0 {
        return "0".to_owned();
    }
    let scientific = format!("{:.*e}", SHORT_DIGITS - 1, x.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    let body = if (-4..SHORT_DIGITS as i32).contains(&exponent) {
        let point = exponent + 1;
        if point <= 0 {
            format!("0.{}{digits}", "0".repeat(point.unsigned_abs() as usize))
        } else {
            let point = point as usize;
            match digits.split_at_checked(point) {
                Some((whole, "")) => whole.to_owned(),
                Some((whole, fraction)) => format!("{whole}.{fraction}"),
                None => format!("{digits}{}", "0".repeat(point - digits.len())),
            }
        }
    } else {
        let minus = if minus == Minus::Unicode && exponent < 0 {
            "−"
        } else if exponent < 0 {
            "-"
        } else {
            ""
        };
        let exponent = exponent.unsigned_abs();
        match digits.split_at_checked(1) {
            Some((lead, rest)) if !rest.is_empty() => format!("{lead}.{rest}e{minus}{exponent}"),
            _ => format!("{digits}e{minus}{exponent}"),
        }
    };
    format!("{sign}{body}")
}

/// A rational with so many places behind the point: `0.50` for 1/2 and 2; `None` if it needs more.
pub fn fixed(q: &Rational, places: usize) -> Option<String> {
    let scaled = q.clone() * Rational::from(10).pow_int(i64::try_from(places).ok()?)?;
    if places == 0 || !scaled.is_integer() {
        return None;
    }
    let digits = format!("{:0>1$}", scaled.abs().to_string(), places + 1);
    let (whole, fraction) = digits.split_at_checked(digits.len() - places)?;
    Some(format!("{}{whole}.{fraction}", if q.numer_is_negative() { "-" } else { "" }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decades_bound_from_above() {
        assert_eq!(upper_decade(3.1e-13), "≤ 1e-12");
        assert_eq!(upper_decade(1e-12), "≤ 1e-12");
        assert_eq!(upper_decade(1.0000000000000002), "≤ 1e1");
        assert_eq!(upper_decade(-0.2), "≤ 1e0");
        assert_eq!(upper_decade(0.0), "0");
        assert_eq!(upper_decade(f64::NAN), "undefined");
        assert_eq!(upper_decade(f64::INFINITY), "∞");
    }

    #[test]
    fn short_numbers_have_no_trailing_zeros() {
        let cases = [
            (0.25, "0.25"),
            (-2.0 / 3.0, "-0.666667"),
            (1234.567, "1234.57"),
            (100000.0, "100000"),
            (1e6, "1e6"),
            (123456789.0, "1.23457e8"),
            (1e-4, "0.0001"),
            (1.5e-5, "1.5e-5"),
            (999999.7, "1e6"),
            (-0.0, "0"),
            (-f64::INFINITY, "-∞"),
            (20.0, "20"),
        ];
        for (x, text) in cases {
            assert_eq!(short(x, Minus::Ascii), text);
        }
        assert_eq!(short(-1.5e-5, Minus::Unicode), "−1.5e−5");
        assert_eq!(short(f64::NAN, Minus::Ascii), "undefined");
    }

    proptest! {
        #[test]
        fn short_is_within_half_a_unit_of_the_sixth_digit(x in prop_oneof![any::<f64>(), -1e7..1e7]) {
            prop_assume!(x.is_finite() && x.abs() < 1e308);
            let read: f64 = short(x, Minus::Ascii).parse().unwrap();
            prop_assert!((read - x).abs() <= x.abs() * 5.1e-6 + f64::MIN_POSITIVE);
        }

        #[test]
        fn a_decade_is_never_below_its_number(x in any::<f64>().prop_filter("finite", |x| x.is_finite() && *x != 0.0)) {
            let text = upper_decade(x);
            let exponent: i32 = text.trim_start_matches("≤ 1e").parse().unwrap();
            prop_assert!(x.abs().log10() <= f64::from(exponent) + 1e-9);
            prop_assert!(x.abs().log10() >= f64::from(exponent - 1) - 1e-9);
        }
    }
}
