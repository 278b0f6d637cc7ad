//! Counted work.

/// Why a computation gave up. Never a statement about the truth of anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, thiserror::Error)]
pub enum Stop {
    /// The allowance is spent.
    #[error("the work allowed was spent")]
    Fuel,
    /// More terms than are kept.
    #[error("too many terms")]
    Terms,
    /// A number with too many bits.
    #[error("a number grew too long")]
    Bits,
    /// Nesting too deep.
    #[error("nested too deeply")]
    Depth,
    /// Something that is not a real number, or whose kind is not known.
    #[error("not a real number")]
    Sort,
    /// Division by something that is 0, a logarithm of 0: the expression has no value.
    #[error("undefined everywhere")]
    Undefined,
}

/// An allowance of work, counted in terms produced; the same on every machine.
#[derive(Clone, Debug)]
pub struct Fuel {
    left: u64,
}

impl Fuel {
    /// Most terms of one polynomial.
    pub const TERMS: usize = 4_000;
    /// Longest coefficient in bits.
    pub const BITS: u64 = 8_192;
    /// Deepest nesting of expressions; the recursion stays within a stack of 2 MiB.
    pub const DEPTH: u32 = 96;

    /// An allowance of so many terms.
    #[inline]
    pub fn new(terms: u64) -> Fuel {
        Fuel { left: terms }
    }

    /// What is left.
    #[inline]
    pub fn left(&self) -> u64 {
        self.left
    }

    /// Takes `amount`, or stops.
    pub fn spend(&mut self, amount: u64) -> Result<(), Stop> {
        match self.left.checked_sub(amount) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => {
                self.left = 0;
                Err(Stop::Fuel)
            }
        }
    }
}

impl Default for Fuel {
    /// Enough for the formulas of lecture notes, well under a second.
    #[inline]
    fn default() -> Fuel {
        Fuel::new(200_000)
    }
}
