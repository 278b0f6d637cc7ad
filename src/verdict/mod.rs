//! Evidence → verdict, and replay of evidence.

mod carry;
pub mod certificate;
mod decide;
mod declared;
mod deduction;
mod derivation;
mod early;
mod entail;
mod evidence;
mod identity;
mod induction;
mod judgement;
mod memory;
mod notice;
mod nowhere;
mod rest;
pub mod rewriting;
mod step;
mod substituted;
mod wider;
mod witness;

pub use carry::{carried_out, derives};
pub use decide::{
    Findings, NEVER_DEFINED, NO_SUCH_VALUE, PARTLY_DEFINED, PARTLY_DEFINED_INSIDE, POINTS, Proof, Refutation, Support,
    decide,
};
pub use declared::spoken_of;
pub use deduction::{Deduction, Premise, Reduction, Rule, outline, owed, reduce};
pub use derivation::{evaluations, worked};
pub use early::USED_EARLY;
pub use evidence::{Evidence, certain, replay};
pub use identity::{NotShown, Shown as Identity, show, show_counting, show_soon};
pub use induction::Induction;
pub use judgement::{CheckerOutcome, DocumentResult, Judged, Judgement, Shown, Sizes, UNDEFINED_FUNCTION};
pub use memory::{Memory, Placeless};
pub use notice::{NOTICES, notices, redefined};
pub use nowhere::{HOLDS_NOWHERE, nowhere};
pub use rest::independent;
pub use step::{Condition, Ground, Step};
pub use substituted::{Use, put_in};
pub use wider::wider;
pub use witness::witnessed;
