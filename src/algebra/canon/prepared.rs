//! What givens come to, remembered: most questions are asked under the givens of the question before.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::algebra::canon::fuel::Fuel;
use crate::algebra::canon::work::{Start, Work};
use crate::expr::{Expr, Memo, Symbol};

/// Most sets of givens that are remembered.
const MOST: usize = 256;

/// What preparing givens depends on beside the fuel: the givens, the least values of sizes, whether conditions may be owed.
type Key = (Vec<Expr>, BTreeMap<Symbol, i64>, bool);

/// Where a computation stands when its givens are prepared.
struct Prepared {
    start: Start,
    steps: u32,
    busy: Vec<Expr>,
    /// The fuel there was, and how much of it was spent.
    fuel: u64,
    spent: u64,
}

impl Prepared {
    /// Whether another amount of fuel would come to the same: nothing was left out for want of it.
    fn serves(&self, fuel: u64) -> bool {
        fuel == self.fuel || self.spent < self.fuel && self.spent <= fuel
    }
}

thread_local! {
    static PREPARED: RefCell<Memo<Key, Rc<Prepared>>> = RefCell::new(Memo::default());
}

impl Work<'_, '_> {
    /// [`Work::prepare`], from memory where the same givens were prepared before: what it finds and spends is the same.
    pub(super) fn prepare_once(&mut self) {
        let facts = self.prover.facts;
        if facts.equations.is_empty() {
            return self.prepare();
        }
        let before = self.fuel.left();
        let key = (facts.given().to_vec(), self.prover.sizes.clone(), self.assumes_now());
        let known = PREPARED.with_borrow(|all| all.get(&key).cloned());
        if let Some(known) = known.filter(|known| known.serves(before)) {
            self.resume(&known.start);
            self.prover.steps = known.steps;
            self.prover.busy.clone_from(&known.busy);
            *self.fuel = Fuel::new(before.saturating_sub(known.spent));
            return;
        }
        self.prepare();
        let (steps, busy) = (self.prover.steps, self.prover.busy.clone());
        let spent = before.saturating_sub(self.fuel.left());
        let prepared = Rc::new(Prepared { start: self.start(), steps, busy, fuel: before, spent });
        PREPARED.with_borrow_mut(|all| {
            if all.len() >= MOST {
                all.clear();
            }
            all.insert(key, prepared);
        });
    }
}
