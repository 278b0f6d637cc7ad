//! Work that was done, counted: how a search of many evaluations is bounded without a clock.

use std::cell::Cell;

thread_local! {
    static DONE: Cell<u64> = const { Cell::new(0) };
}

/// Units of fuel that evaluations on this thread have taken so far. Only differences say something.
pub fn done() -> u64 {
    DONE.get()
}

/// Counts work beside evaluation.
pub fn count(units: usize) {
    DONE.set(DONE.get().saturating_add(u64::try_from(units).unwrap_or(u64::MAX)));
}
