//! What is handed from one line to the next: lines with sorts, claims that wait for what comes behind them, and what words
//! gave.

use crate::claim::Given;
use crate::elaborate::content::Introduced;
use crate::elaborate::definitions::Definitions;
use crate::elaborate::raw::RawLine;
use crate::expr::{Expr, Symbol};
use crate::message::Message;

/// A line whose sides have sorts.
pub(crate) struct TypedLine {
    pub(crate) raw: RawLine,
    pub(crate) sides: Vec<Expr>,
    /// The sides with decimals as printed.
    pub(crate) printed: Vec<Expr>,
    pub(crate) qualifiers: Vec<Option<Expr>>,
    pub(crate) fact: Option<Expr>,
    /// Why its shapes do not fit.
    pub(crate) clash: Option<Message>,
}

/// What a claim may use.
pub(super) struct Scope {
    pub(super) pending: Pending,
    pub(super) laws: Vec<(Symbol, Expr)>,
    pub(super) introduced: Introduced,
}

/// A claim whose scope is known and whose unfolding waits for what comes right after it.
#[derive(Clone)]
pub(super) struct Pending {
    pub(super) statement: usize,
    pub(super) relation: Expr,
    /// The relation with decimals as printed.
    pub(super) printed: Expr,
    pub(super) definitions: Definitions,
    pub(super) givens: Vec<Given>,
    pub(super) domain_stated: bool,
    /// How many distributions the notes had told by then.
    pub(super) told: usize,
    /// It stands alone, and neither words nor an annotation make it a claim about every value.
    pub(super) case: bool,
}

/// What words beside a name say of it, in a section; of a case up to a block.
pub(super) struct Told {
    pub(super) section: usize,
    pub(super) symbol: Symbol,
    pub(super) given: Given,
    pub(super) until: Option<usize>,
}
