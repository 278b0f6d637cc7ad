//! The smallest edit of a line under which its whole derivation holds; two edits where no single one will do.
//!
//! The edits are those of [`crate::edit`]. Each is tried in the notes themselves: read, elaborated and judged again, so
//! a repair is proposed only where the engines prove the line that it gives, or where all that is left to say of it is
//! that the bound checkers agree.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::checkers::{Instances, by_name, witnessed};
use crate::claim::{Claim, Kind, Statement, Verdict};
use crate::edit::Edit;
use crate::edit::difference::difference;
use crate::elaborate::Reading;
use crate::engine::{Effort, plausible, proof};
use crate::expr::{Binder, Expr, Node, fun};
use crate::localise::derivation;
use crate::num::Ternary;
use crate::repair::candidate::{Candidate, candidates, likeliest};
use crate::repair::trial::{Trial, Tried};
use crate::source::{Source, Span};

/// Edits that are tried for one statement, and how many of them may need an engine and the whole notes.
const CANDIDATES: usize = 300;
const PROVED: usize = 40;
const CLOSER: usize = 12;

/// Edits without a proof at a first look that get a closer one.
const UNPROVED: usize = 6;

/// Edits behind the best one among which another is looked for.
const OTHERS: usize = 60;

/// First edits of two, and second ones for each of them.
const FIRST: usize = 16;
const SECOND: usize = 24;

/// Longest statement and longest notes in which a repair is searched, in bytes.
const LONGEST: (usize, usize) = (1_500, 60_000);

/// Longest statement in which two edits at a time are tried, in bytes.
const LONGEST_OF_TWO: usize = 400;

/// Points for a first look, and for a derivation; instances of checkers for a first look.
const LOOK: usize = 4;
const JUDGE: usize = 12;
const INSTANCES: u64 = 6;

/// An edit that mends a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The statement's text, mended.
    pub latex: String,
    /// What changed, in the statement's text.
    pub edit: Edit,
    /// Whether the mended line is proved; else all numeric checks agree, and no more is known.
    pub proved: bool,
    /// Another edit that mends it and says something else, as the statement's text.
    pub other: Option<String>,
}

/// When a search is given up: nobody wants what it would find any more.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The version of the notes that is wanted now.
    pub now: &'a AtomicU64,
    /// The version that is searched.
    pub version: u64,
}

impl Wanted<'_> {
    fn is_over(self) -> bool {
        self.now.load(Ordering::Relaxed) != self.version
    }
}

/// How a search is run.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    /// Work for a claim.
    pub effort: Effort,
    /// Instances of each bound checker.
    pub instances: u64,
    /// Whether the bound checkers have to confirm the mended line; else they must not contradict it.
    pub vouched: bool,
    /// Until when it goes on, where that is not to its end; what it finds otherwise does not depend on it.
    pub wanted: Option<Wanted<'a>>,
}

/// The best repair of `statements[at]`, if one is found: it is one edit, the line is proved, no bound checker
/// contradicts it, and every other relation of its derivation that was judged holds. If no edit gives a proof, the
/// best one under which all bound checkers confirm the line; if there is none of a refuted line either, two edits at
/// different places under which it is proved.
pub fn repair(source: &Source, statements: &[Statement], at: usize, search: Search) -> Option<Repair> {
    let wrong = statements.get(at)?;
    let text = wrong.latex.as_str();
    if text.len() > LONGEST.0 || source.text.len() > LONGEST.1 || source.slice(wrong.span) != text {
        return None;
    }
    let seed = search.effort.seed;
    let mut hunt = Hunt {
        trial: Trial::new(source, statements, at)?,
        wrong,
        search,
        tried: BTreeSet::new(),
        seen: wrong.claim.iter().map(|c| c.unfolded.clone()).collect(),
        checkers: wrong.checkers.iter().filter_map(|name| by_name(name)).map(|c| Instances::of(c, seed)).collect(),
        found: Found::default(),
        provable: PROVED,
        closer: CLOSER,
        unproved: UNPROVED,
        left: CANDIDATES,
    };
    let first = candidates(statements, at);
    for Candidate { edit, cost } in &first {
        if hunt.is_over() {
            break;
        }
        hunt.attempt(edit.apply(text), edit.clone(), *cost);
    }
    // Two edits make a square of anything, and squares are not negative.
    let equation = wrong.claim.as_ref().is_some_and(is_compared);
    if !hunt.found.any() && !search.vouched && equation && text.len() <= LONGEST_OF_TWO {
        (hunt.provable, hunt.closer, hunt.unproved, hunt.left) = (PROVED / 2, CLOSER / 2, 0, FIRST * SECOND);
        hunt.pairs(statements, at, &first);
    }
    hunt.found.best()
}

/// A search for edits that mend a statement, with the work that is left.
struct Hunt<'a> {
    trial: Trial<'a>,
    wrong: &'a Statement,
    search: Search<'a>,
    /// Texts that were tried: two edits make the same text in either order, and what it says was seen then.
    tried: BTreeSet<String>,
    seen: BTreeSet<Expr>,
    /// The bound checkers.
    checkers: Vec<Instances<'a>>,
    found: Found,
    provable: usize,
    closer: usize,
    unproved: usize,
    left: usize,
}

impl Hunt<'_> {
    fn is_over(&self) -> bool {
        let given_up = self.search.wanted.is_some_and(Wanted::is_over);
        given_up || self.left == 0 || self.provable == 0 || self.closer == 0
    }

    /// Two edits, one after the other, that don't touch.
    fn pairs(&mut self, statements: &[Statement], at: usize, first: &[Candidate]) {
        let text = self.wrong.latex.as_str();
        let mut changed = statements.to_vec();
        for one in first.iter().take(FIRST) {
            let half = one.edit.apply(text);
            if let Some(s) = changed.get_mut(at) {
                s.latex.clone_from(&half);
            }
            let put_in = Span::new(one.edit.span.start, one.edit.span.start + one.edit.text.len());
            let apart = |c: &Candidate| c.edit.span.end < put_in.start || put_in.end < c.edit.span.start;
            for two in likeliest(&changed, at).filter(apart).take(SECOND) {
                if self.is_over() {
                    return;
                }
                let latex = two.edit.apply(&half);
                if let Some(d) = difference(text, &latex) {
                    let span = Span::new(d.old.start, d.old.end);
                    self.attempt(latex, Edit { span, text: d.new, kind: "two" }, one.cost + two.cost);
                }
            }
        }
    }

    fn attempt(&mut self, latex: String, edit: Edit, cost: i64) {
        self.left -= 1;
        if !self.tried.insert(latex.clone()) {
            return;
        }
        let (wrong, search) = (self.wrong, self.search);
        // Few edits change more than the line: the notes are read again only for these.
        let claim = match self.trial.glance(&latex) {
            Reading::Claim(claim) => {
                Some(*claim).filter(|c| !is_trivial(&c.relation) && self.seen.insert(c.unfolded.clone()))
            }
            Reading::Nothing => None,
            Reading::Unsure => self.trial.first_look(&latex).and_then(|t| mends(&t, &mut self.seen)),
        };
        let Some(claim) = claim else { return };
        let seen_true = plausible(&claim, Effort { cases: LOOK, ..search.effort });
        if seen_true == Ternary::False || !self.found.wants(&claim, cost) {
            return;
        }
        let mut checked = agreement(&mut self.checkers, &claim, INSTANCES);
        if checked == Ternary::Unknown {
            checked = agreement(&mut self.checkers, &claim, search.instances);
        }
        if checked == Ternary::False || checked == Ternary::Unknown && search.vouched {
            return;
        }
        self.provable -= usize::from(seen_true == Ternary::Unknown);
        let proved = proof(&claim).is_some();
        let vouched = checked == Ternary::True && !wrong.checkers.is_empty() && is_compared(&claim);
        // Values of limits and extrema are put in at a closer look only.
        let open = self.unproved > 0 && seen_true == Ternary::True && checked == Ternary::True;
        if !proved && (self.found.any() || !open && !vouched) {
            return;
        }
        self.closer -= 1;
        self.unproved -= usize::from(!proved && self.unproved > 0);
        let said = |t: &Tried| mends(t, &mut BTreeSet::new()).is_some();
        let verdict = self.trial.closer_look(&latex).filter(said).and_then(|t| verdict(&t, search));
        let repair = Repair { latex, edit, proved: verdict == Some(Verdict::Proved), other: None };
        match verdict {
            Some(Verdict::Proved) => {
                self.found.proved.push((cost, repair, claim));
                self.left = self.left.min(OTHERS);
            }
            Some(Verdict::Confirmed) if vouched && self.found.weak.is_none() => self.found.weak = Some(repair),
            _ => {}
        }
    }
}

/// What a search has found.
#[derive(Default)]
struct Found {
    /// Repairs that are proved, with their cost.
    proved: Vec<(i64, Repair, Claim)>,
    /// One that the checkers confirm.
    weak: Option<Repair>,
}

impl Found {
    fn any(&self) -> bool {
        self.weak.is_some() || !self.proved.is_empty()
    }

    /// Whether another repair would be better, or the first that says something else.
    fn wants(&self, claim: &Claim, cost: i64) -> bool {
        let better = self.proved.iter().all(|(least, ..)| cost < *least);
        better || self.proved.len() == 1 && self.proved.iter().all(|(_, _, of)| differs(of, claim))
    }

    /// The cheapest, the first of several; with one that says something else, if there is one.
    fn best(self) -> Option<Repair> {
        let Found { proved, weak } = self;
        let Some((_, best, claim)) = proved.iter().min_by_key(|(cost, ..)| *cost) else { return weak };
        let other =
            proved.iter().find(|(_, r, c)| r.latex != best.latex && differs(c, claim)).map(|(_, r, _)| r.latex.clone());
        Some(Repair { other, ..best.clone() })
    }
}

/// Whether a checker compares both sides with its value: with inequalities it holds one, and the other may be anything
/// on the right side of it.
fn is_compared(claim: &Claim) -> bool {
    [fun::EQ, "approx", "iff"].iter().any(|name| claim.unfolded.as_app(name).is_some())
}

/// The claim of a statement that may mend it: a new one, and one that says something.
fn mends(tried: &Tried, seen: &mut BTreeSet<Expr>) -> Option<Claim> {
    let claim = tried.statement.claim.as_ref().filter(|_| tried.statement.kind == Kind::Claim)?;
    let empty = tried.members.iter().filter_map(|m| m.claim.as_ref()).any(|c| is_trivial(&c.relation));
    (!empty && seen.insert(claim.unfolded.clone())).then(|| claim.clone())
}

/// What the bound checkers say: `False` if one contradicts, `True` if all confirm (also if there is none).
fn agreement(checkers: &mut [Instances], claim: &Claim, instances: u64) -> Ternary {
    let mut all = Ternary::True;
    for checker in checkers {
        match checker.run(claim, instances).verdict {
            Verdict::Refuted => return Ternary::False,
            Verdict::Confirmed => {}
            _ => all = Ternary::Unknown,
        }
    }
    all
}

/// The statement's verdict in notes where its derivation has no other fault.
fn verdict(tried: &Tried, search: Search) -> Option<Verdict> {
    let list: Vec<&Statement> = tried.members.iter().collect();
    let judged = derivation(&list, Effort { cases: JUDGE, ..search.effort });
    let mut own = None;
    for (s, j) in list.iter().zip(judged) {
        let j = witnessed(s, j, search.instances, search.effort.seed);
        if s.id == tried.statement.id {
            let contradicted = j.checkers.iter().any(|c| c.verdict == Verdict::Refuted);
            let confirmed = j.checkers.iter().all(|c| c.verdict == Verdict::Confirmed);
            own = Some(j.verdict).filter(|_| !contradicted && (confirmed || !search.vouched));
        } else if s.expected.as_ref().is_none_or(|e| e.verdict != j.verdict)
            && matches!(j.verdict, Verdict::Refuted | Verdict::Undecided | Verdict::Unread)
        {
            return None;
        }
    }
    own
}

/// Whether two mended claims say different things: equations with a side in common don't, for both hold.
fn differs(a: &Claim, b: &Claim) -> bool {
    match (a.unfolded.as_app(fun::EQ), b.unfolded.as_app(fun::EQ)) {
        (Some([l, r]), Some([s, t])) => l != s && r != t,
        _ => true,
    }
}

/// `x = x` holds, but mends nothing; and what is greatest or least over a variable that does not occur is a constant.
fn is_trivial(relation: &Expr) -> bool {
    let same = matches!(relation.children().as_slice(), [a, b] if a == b);
    same || relation.any(&mut |e| match e.node() {
        Node::Bind { binder: Binder::Max | Binder::Min | Binder::Sup | Binder::Inf | Binder::Limit, body, .. } => {
            body.is_closed()
        }
        _ => false,
    })
}
