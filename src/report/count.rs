//! How many statements have which verdict.

use serde::Serialize;

use crate::claim::Verdict;
use crate::verdict::{DocumentResult, Judged, Sizes};

/// Counts over documents. Each statement counts in exactly one verdict; `refuted` holds the expected refutations too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Documents.
    pub documents: usize,
    /// Statements.
    pub statements: usize,
    /// Proved.
    pub proved: usize,
    /// Proved under conditions that the notes don't give.
    pub conditional: usize,
    /// Supported by numbers only.
    pub confirmed: usize,
    /// Refuted, expected or not.
    pub refuted: usize,
    /// Read, but not settled.
    pub undecided: usize,
    /// Not understood.
    pub unread: usize,
    /// Nothing to check.
    pub none: usize,
    /// Refuted as the author expects: wrong on purpose.
    pub expected_refuted: usize,
    /// Relations, whatever became of them.
    #[serde(skip)]
    pub relations: usize,
    /// Proved for every size.
    #[serde(skip)]
    pub every_size: usize,
}

impl Counts {
    /// The counts over some documents.
    pub fn of<'a>(documents: impl IntoIterator<Item = &'a DocumentResult>) -> Counts {
        let mut counts = Counts::default();
        for document in documents {
            counts.documents += 1;
            document.statements.iter().for_each(|s| counts.add(s));
        }
        counts
    }

    fn add(&mut self, judged: &Judged) {
        let verdict = judged.judgement.verdict;
        self.statements += 1;
        self.relations += usize::from(!judged.statement.relation.is_empty());
        *self.slot(verdict) += 1;
        if verdict == Verdict::Refuted && !judged.is_unexpected() {
            self.expected_refuted += 1;
        }
        if verdict == Verdict::Proved && judged.judgement.sizes == Sizes::All {
            self.every_size += 1;
        }
    }

    fn slot(&mut self, verdict: Verdict) -> &mut usize {
        match verdict {
            Verdict::Proved => &mut self.proved,
            Verdict::Conditional => &mut self.conditional,
            Verdict::Confirmed => &mut self.confirmed,
            Verdict::Refuted => &mut self.refuted,
            Verdict::Undecided => &mut self.undecided,
            Verdict::Unread => &mut self.unread,
            Verdict::None => &mut self.none,
        }
    }

    /// How many have this verdict.
    pub fn get(&self, verdict: Verdict) -> usize {
        *self.clone().slot(verdict)
    }

    /// Statements on which there is a verdict one way or the other.
    pub fn settled(&self) -> usize {
        self.proved + self.conditional + self.confirmed + self.refuted
    }

    /// Statements with something to check.
    pub fn checkable(&self) -> usize {
        self.statements - self.none
    }
}
