//! Three-valued truth.

use std::fmt;

/// Kleene's strong three-valued logic (Kleene 1952, §64): what is known of a proposition.
///
/// The order is of truth: `False < Unknown < True`; conjunction is the minimum, disjunction the maximum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ternary {
    /// Certainly false.
    False,
    /// Not settled. Never to be read as true, nor as false.
    Unknown,
    /// Certainly true.
    True,
}

impl Ternary {
    /// Conjunction: `False` as soon as one operand is.
    #[inline]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// Disjunction: `True` as soon as one operand is.
    #[inline]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// `True` only if certain.
    #[inline]
    pub fn certainly(self) -> bool {
        self == Ternary::True
    }

    /// `True` unless certainly false.
    #[inline]
    pub fn possibly(self) -> bool {
        self != Ternary::False
    }

    /// A settled truth value, or `None`.
    pub fn decided(self) -> Option<bool> {
        match self {
            Ternary::True => Some(true),
            Ternary::False => Some(false),
            Ternary::Unknown => None,
        }
    }
}

impl std::ops::Not for Ternary {
    type Output = Self;

    /// Negation; the negation of unknown is unknown.
    fn not(self) -> Self {
        match self {
            Ternary::True => Ternary::False,
            Ternary::False => Ternary::True,
            Ternary::Unknown => Ternary::Unknown,
        }
    }
}

impl From<bool> for Ternary {
    #[inline]
    fn from(truth: bool) -> Self {
        if truth { Ternary::True } else { Ternary::False }
    }
}

impl fmt::Display for Ternary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Ternary::True => "true",
            Ternary::False => "false",
            Ternary::Unknown => "unknown",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Ternary::{self, False, True, Unknown};

    const ALL: [Ternary; 3] = [False, Unknown, True];

    /// The two-valued truths that a ternary value stands for.
    fn readings(t: Ternary) -> Vec<bool> {
        t.decided().map_or(vec![false, true], |b| vec![b])
    }

    fn summary(truths: impl IntoIterator<Item = bool>) -> Ternary {
        let all: Vec<bool> = truths.into_iter().collect();
        match (all.contains(&true), all.contains(&false)) {
            (true, false) => True,
            (false, true) => False,
            _ => Unknown,
        }
    }

    #[test]
    fn connectives_agree_with_every_two_valued_reading() {
        for a in ALL {
            assert_eq!(!a, summary(readings(a).into_iter().map(|x| !x)));
            for b in ALL {
                let pairs = || readings(a).into_iter().flat_map(move |x| readings(b).into_iter().map(move |y| (x, y)));
                assert_eq!(a.and(b), summary(pairs().map(|(x, y)| x && y)), "{a} and {b}");
                assert_eq!(a.or(b), summary(pairs().map(|(x, y)| x || y)), "{a} or {b}");
            }
        }
    }

    #[test]
    fn unknown_is_neither_certain_nor_impossible() {
        assert!(!Unknown.certainly() && Unknown.possibly() && !(!Unknown).certainly());
        assert!(True.certainly() && !False.possibly());
    }
}
