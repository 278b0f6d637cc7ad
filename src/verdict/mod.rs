//! Evidence → verdict, and replay of evidence.

mod judgement;

pub use judgement::{CheckerOutcome, DocumentResult, Judged, Judgement, Shown, Sizes, Step};
