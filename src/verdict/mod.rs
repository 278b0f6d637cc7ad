//! Evidence → verdict, and replay of evidence.

mod decide;
mod evidence;
mod identity;
mod judgement;

pub use decide::{Findings, Proof, Refutation, Support, decide};
pub use evidence::{Evidence, replay};
pub use identity::{NotShown, Shown as Identity, show};
pub use judgement::{CheckerOutcome, DocumentResult, Judged, Judgement, Shown, Sizes, Step};
