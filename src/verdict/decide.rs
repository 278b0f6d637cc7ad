//! Evidence → verdict: the one place where verdicts are made (design §2).

use crate::algebra::digits::{Digits, digits};
use crate::algebra::eval::Point;
use crate::algebra::facts::Facts;
use crate::algebra::moment::{has_moments, on_finite_space};
use crate::algebra::sign::holds;
use crate::claim::{Claim, Given, Verdict};
use crate::expr::{Binder, Domain, Expr, Node, fun};
use crate::message::Message;
use crate::num::Ternary;
use crate::verdict::carry;
use crate::verdict::rest::independent;
use crate::verdict::wider::{apart, undefined_function, wider};
use crate::verdict::{Evidence, Judgement, Shown, Sizes, UNDEFINED_FUNCTION, certain, replay, spoken_of};

/// Why a claim is undecided if a side never has a value.
pub const NEVER_DEFINED: &str = "reason-never-defined";

/// The same of a claim without symbols.
pub const NO_SUCH_VALUE: &str = "reason-no-such-value";

/// The same of a claim with values at some points and none at others.
pub const PARTLY_DEFINED: &str = "reason-partly-defined";

/// The same of what stands under a supremum or another binder over a set.
pub const PARTLY_DEFINED_INSIDE: &str = "reason-partly-defined-inside";

/// Different points at which a claim has to hold to be confirmed.
pub const POINTS: usize = 8;

/// A proof with the engine that found it.
#[derive(Clone, Debug)]
pub struct Proof {
    /// Name of the engine.
    pub engine: &'static str,
    /// What it shows.
    pub evidence: Evidence,
}

/// What sampling found.
#[derive(Clone, Debug, Default)]
pub struct Support {
    /// Points that satisfy all givens.
    pub accepted: usize,
    /// Points where the claim holds up to rounding.
    pub agreed: usize,
    /// Points where neither side is defined.
    pub undefined: usize,
    /// Points where exactly one side is defined.
    pub one_sided: usize,
    /// Points that nothing could be said about.
    pub unsettled: usize,
    /// Greatest relative difference where the sides agree.
    pub worst: f64,
    /// Sizes tried.
    pub sizes: Vec<u64>,
    /// Whether the claim has symbolic sizes.
    pub symbolic_sizes: bool,
    /// A point where floats disagree and no enclosure confirms it.
    pub doubtful: Option<String>,
    /// Points where the claim holds that are no special cases: of size 1, zero, on the edge of the domain.
    pub ordinary: usize,
    /// A point where exactly one side is defined.
    pub one_sided_at: Option<String>,
    /// A point where no side is defined, and the smallest part without a value at this one or the one above.
    pub undefined_at: Option<String>,
    /// The smallest part without a value at the first of these points.
    pub undefined_part: Option<String>,
    /// How many different points it holds at, at most [`POINTS`] for each direction.
    pub different: usize,
    /// A point that is not special where exactly one side is defined, and the part without a value.
    pub gap: Option<(String, String)>,
    /// A point where symbolic and dual-number derivatives differ.
    pub witnesses_differ: Option<String>,
    /// Integrals, limits and infinite sums that stood for a number at these points: that they have a value is owed.
    pub presumed: Vec<String>,
}

/// A certified counterexample.
#[derive(Clone, Debug)]
pub struct Refutation {
    /// The point, replayable.
    pub evidence: Evidence,
    /// The point as shown.
    pub at: Vec<(String, String)>,
    /// The left side there.
    pub left: String,
    /// The right side there.
    pub right: String,
    /// Only degenerate points were found.
    pub degenerate: bool,
}

/// All that the engines found about a claim.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// A proof.
    pub proof: Option<Proof>,
    /// Sizes at which it was shown one by one.
    pub by_sizes: Option<Vec<u64>>,
    /// What sampling found.
    pub support: Option<Support>,
    /// A counterexample.
    pub refutation: Option<Refutation>,
    /// Left minus right where the canonical forms differ (no evidence of anything).
    pub difference: Option<Expr>,
    /// The claim fails somewhere, but only where other lines of the notes fail too: one of them.
    pub contradicted: Option<Expr>,
    /// A function without a formula stands in it: it may be proved, never refuted.
    pub uninterpreted: bool,
    /// What else was found: the supremum of what is bounded, or why there is no value to compare.
    pub remark: Option<Message>,
}

/// The verdict on a claim from what the engines found.
pub fn decide(claim: &Claim, findings: &Findings) -> Judgement {
    let mut j = verdict(claim, findings);
    if j.verdict == Verdict::Undecided && apart(claim) {
        j.reason.clone_from(&claim.open);
    }
    j.used = used(claim);
    j
}

fn used(claim: &Claim) -> Vec<Given> {
    let definitions = claim.definitions.iter().map(|d| Given { fact: None, text: d.text.clone(), line: d.line });
    definitions.chain(claim.givens.iter().cloned()).collect()
}

fn verdict(claim: &Claim, findings: &Findings) -> Judgement {
    let support = findings.support.clone().unwrap_or_default();
    if let Some(at) = &support.witnesses_differ {
        return Judgement::new(Verdict::Undecided).because(Message::new("reason-witnesses-differ").with("point", at));
    }
    let proof = findings
        .proof
        .as_ref()
        .filter(|p| !p.evidence.refutes() && concerns(claim, &p.evidence) && replay(&p.evidence));
    let refutation = findings
        .refutation
        .as_ref()
        .filter(|r| r.evidence.refutes() && concerns(claim, &r.evidence) && replay(&r.evidence));
    let proves_all = |p: &&Proof| p.evidence.owed().is_empty();
    if let (Some(proof), Some(r)) = (proof.filter(proves_all), refutation) {
        // Both at once is a bug of ours; it must neither verify nor alarm.
        let point = r.at.iter().map(|(n, v)| format!("{n} = {v}")).collect::<Vec<_>>().join(", ");
        debug_assert!(false, "proved by {} and refuted at {point}: {}", proof.engine, claim.unfolded);
        return Judgement::new(Verdict::Undecided).because(Message::new("reason-bug").with("point", point));
    }
    if let Some(r) = refutation {
        return refuted(claim, findings, r, proof.filter(|p| excluded(claim, p).is_none()));
    }
    if let Some(proof) = proof {
        let mut j = proved(claim, proof, &support);
        j.reason = j.reason.or_else(|| findings.remark.clone());
        return j;
    }
    if let Some(e) = &findings.contradicted {
        let reason = Message::new("reason-elsewhere").with("what", e);
        return Judgement::new(Verdict::Undecided).because(reason);
    }
    if let (Some(_), Some(function)) = (&support.doubtful, undefined_function(claim)) {
        let reason = Message::new(UNDEFINED_FUNCTION).with("function", function);
        return Judgement::new(Verdict::Undecided).because(reason);
    }
    if let Some(at) = &support.doubtful {
        return Judgement::new(Verdict::Undecided).because(Message::new("reason-doubtful").with("point", at));
    }
    if let Some(remark) = &findings.remark {
        return Judgement::new(Verdict::Undecided).because(remark.clone());
    }
    if support.accepted == 0 {
        let reason = if claim.givens.is_empty() { "reason-no-engine" } else { "reason-vacuous" };
        return Judgement::new(Verdict::Undecided).because(Message::new(reason));
    }
    let never = never_defined(&support);
    if is_continued(claim) && (never.is_some() || support.one_sided > 0) {
        return Judgement::new(Verdict::Undecided).because(Message::new("reason-no-engine"));
    }
    if let Some(reason) = never {
        return Judgement::new(Verdict::Undecided).because(reason);
    }
    if let Some((point, part)) = support.gap.as_ref().filter(|_| support.one_sided > 0) {
        let reason = Message::new(PARTLY_DEFINED).with("part", part).with("point", point);
        return Judgement::new(Verdict::Undecided).because(reason);
    }
    if let Some(at) = support.one_sided_at.as_ref().filter(|_| support.one_sided > 0) {
        return Judgement::new(Verdict::Undecided).because(Message::new("reason-undefined").with("point", at));
    }
    if support.agreed == 0 || support.unsettled > 0 {
        return Judgement::new(Verdict::Undecided).because(Message::new("reason-no-engine"));
    }
    if few(claim, findings, &support) {
        let reason = Message::new("reason-few-points").with("count", support.different);
        return Judgement::new(Verdict::Undecided).because(reason);
    }
    let mut j = Judgement::new(Verdict::Confirmed);
    match &findings.by_sizes {
        Some(sizes) => {
            j.engine = Some("exact");
            j.sizes = Sizes::Tried(sizes.clone());
            j.reason = Some(Message::new("reason-sizes").with("sizes", list(sizes)));
        }
        None => {
            j.engine = Some("sample");
            j.sizes = if support.symbolic_sizes { Sizes::Tried(support.sizes.clone()) } else { Sizes::Silent };
            j.reason = Some(Message::new("reason-samples-agree").with("count", support.agreed));
        }
    }
    if !claim.known.is_empty() {
        j.reason = Some(Message::new("reason-known-object").with("what", claim.known.join(", ")));
    }
    j
}

/// Whether too few different points speak for the claim; one without symbols has only one.
fn few(claim: &Claim, findings: &Findings, support: &Support) -> bool {
    findings.by_sizes.is_none() && support.different < POINTS && !claim.unfolded.symbols().is_empty()
}

/// Whether the evidence is about this claim: a proof under no more than its givens, a refutation under no less.
fn concerns(claim: &Claim, evidence: &Evidence) -> bool {
    let (relation, givens, carried_out) = (evidence.relation(), evidence.givens(), evidence.is_carried_out());
    let given = |fact: &Expr| {
        claim.givens.iter().chain(&claim.cited).chain(&claim.earlier).any(|g| g.fact.as_ref() == Some(fact))
    };
    let written = claim.printed.as_ref().map(digits);
    // Decimals are proved exactly or to the digits written, and refuted only by all that the digits may stand for.
    let claimed: Vec<&Expr> = match &written {
        Some(Digits { apart, .. }) if evidence.refutes() => apart.iter().collect(),
        Some(Digits { within, .. }) => within.iter().chain([&claim.unfolded]).collect(),
        None => vec![&claim.unfolded],
    };
    let same =
        |claimed: &Expr| *relation == *claimed || carried_out && carry::carried_out(claimed).as_ref() == Some(relation);
    if !evidence.refutes() {
        // What holds whatever its symbols are holds of what the notes define them as.
        let as_read = givens.is_empty() && wider(claim).contains(relation);
        return as_read || givens.iter().all(given) && claimed.into_iter().any(same);
    }
    let facts: Vec<Expr> = claim.givens.iter().filter_map(|g| g.fact.clone()).collect();
    let facts = spoken_of(&claim.unfolded, &facts);
    let all = |facts: &[Expr]| facts.iter().all(|g| givens.contains(g));
    claimed.into_iter().any(|claimed| {
        if !has_moments(claimed) {
            return all(&facts) && same(claimed);
        }
        let (on_space, facts) = on_finite_space(claimed, &facts);
        *relation == on_space && all(&facts)
    })
}

/// Whether a function stands in it that has values beyond those that are known here: Γ and ψ of what is not positive.
/// That it has none there is not to be told.
fn is_continued(claim: &Claim) -> bool {
    claim.unfolded.any(&mut |x| ["gamma", "digamma"].iter().any(|name| x.as_app(name).is_some()))
}

/// Why a claim says nothing: a side has no value at any point that was tried, special cases apart.
fn never_defined(support: &Support) -> Option<Message> {
    let without = support.undefined + support.one_sided;
    let never = support.ordinary == 0 && support.unsettled == 0 && without > 0 && without >= support.agreed;
    let at = support.one_sided_at.as_ref().or(support.undefined_at.as_ref()).filter(|_| never)?;
    let part = support.undefined_part.clone().unwrap_or_default();
    match at.is_empty() {
        true => Some(Message::new(NO_SUCH_VALUE).with("part", part)),
        false => Some(Message::new(NEVER_DEFINED).with("part", part).with("point", at)),
    }
}

/// A condition of a proof under which nothing is said: it is false of numbers, or the notes exclude it, `|x| < 1` where
/// x > 1 is given.
fn excluded<'p>(claim: &Claim, proof: &'p Proof) -> Option<&'p Expr> {
    let said = claim.givens.iter().chain(&claim.cited).filter_map(|g| g.fact.clone());
    // A proof of what the claim is an instance of owes conditions on letters that the notes give values.
    let values = claim.definitions.iter().filter(|d| d.params.is_empty() && d.indices.is_empty());
    let values = values.map(|d| Expr::relate(fun::EQ, Expr::sym(d.head.clone()), d.body.clone()));
    let facts: Vec<Expr> = said.chain(values).collect();
    let known = Facts::new(&facts);
    let fails = |c: &Expr| is_never(c) || !facts.is_empty() && holds(c, &known) == Ternary::False;
    // Conditions that contradict each other: `β > 0` of a root, and `−β > 0` of an integral.
    let owed = proof.evidence.owed();
    let together = |c: &Expr| {
        let others: Vec<Expr> = facts.iter().chain(owed.iter().filter(|o| *o != c)).cloned().collect();
        owed.len() > 1 && holds(c, &Facts::new(&others)) == Ternary::False
    };
    owed.iter().find(|c| fails(c) || together(c))
}

/// Whether a condition is false of numbers, or of the first number of an endless range.
fn is_never(condition: &Expr) -> bool {
    let first = match condition.node() {
        Node::Bind { binder: Binder::ForAll, domain: Domain::Range(low, high), body } => {
            let endless = low.as_int().is_some() && high.as_app("infinity").is_some();
            endless.then(|| body.instantiated(low))
        }
        _ => None,
    };
    let c = first.as_ref().unwrap_or(condition);
    c.is_closed() && c.symbols().is_empty() && certain(c, &Point::new()) == Ternary::False
}

fn list(sizes: &[u64]) -> String {
    sizes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn proved(claim: &Claim, proof: &Proof, support: &Support) -> Judgement {
    let constant = claim.unfolded.symbols().is_empty();
    // A witness: one point where the givens hold and both sides have values, so that nothing is proved from nothing. A
    // constant without one may be a limit; it may not be one that has no value (an entry out of range).
    let without = support.undefined + support.one_sided;
    // What uses no given follows from nothing that could contradict itself; that its sides have values is owed then.
    let free = proof.evidence.givens().is_empty() && !support.presumed.is_empty() && without == 0;
    if let Some(condition) = excluded(claim, proof).filter(|_| is_continued(claim)) {
        return Judgement::new(Verdict::Undecided).because(Message::new("reason-never").with("what", condition));
    }
    let cited = cited(claim, proof);
    let rests = !cited.is_empty() && never_defined(support).is_none() && may_hold_together(claim, proof);
    if support.agreed == 0 && !free && !rests && (!constant || without > 0) {
        let reason = if support.accepted == 0 { "reason-vacuous" } else { "reason-no-witness" };
        let never = never_defined(support).filter(|_| !is_continued(claim));
        let reason = never.unwrap_or(Message::new(reason));
        return Judgement::new(Verdict::Undecided).because(reason);
    }
    if let Some(condition) = excluded(claim, proof) {
        return Judgement::new(Verdict::Undecided).because(Message::new("reason-never").with("what", condition));
    }
    let owed: Vec<String> = proof.evidence.owed().iter().map(ToString::to_string).collect();
    let mut conditions = owed.clone();
    conditions.extend(cited);
    conditions.extend(support.presumed.iter().filter(|part| !owed.contains(part)).cloned());
    // A proof of what the claim is an instance of rests on no known object.
    let known = if wider(claim).contains(proof.evidence.relation()) { &[][..] } else { &claim.known };
    let verdict = if conditions.is_empty() && known.is_empty() && claim.assumed.is_empty() {
        Verdict::Proved
    } else {
        Verdict::Conditional
    };
    let mut j = Judgement::new(verdict);
    j.engine = Some(proof.engine);
    j.sizes = Sizes::All;
    j.conditions = conditions;
    if !known.is_empty() {
        j.reason = Some(Message::new("reason-known-object").with("what", known.join(", ")));
    } else if !claim.assumed.is_empty() {
        let reason = if apart(claim) { "reason-own-shapes" } else { "reason-assumed-sort" };
        j.reason = Some(Message::new(reason).with("symbol", claim.assumed.join(", ")));
    }
    if claim.printed.as_ref().is_some_and(Expr::has_decimals) && *proof.evidence.relation() != claim.unfolded {
        j.reason = j.reason.or_else(|| Some(Message::new("reason-digits")));
    }
    j.evidence = Some(proof.evidence.clone());
    j
}

/// The equations of the notes, beside the givens, that a proof rests on: they are conditions of its claim.
fn cited(claim: &Claim, proof: &Proof) -> Vec<String> {
    let used = |g: &&Given| g.fact.as_ref().is_some_and(|f| proof.evidence.givens().contains(f));
    let known = |g: &&Given| claim.givens.iter().any(|other| other.fact == g.fact);
    let all = claim.cited.iter().chain(&claim.earlier);
    let mut texts: Vec<String> = all.filter(used).filter(|g| !known(g)).map(|g| g.text.clone()).collect();
    texts.dedup();
    texts
}

/// Whether what a proof takes from lines that the claim does not name is consistent: each of them gives something that
/// the others leave open.
fn may_hold_together(claim: &Claim, proof: &Proof) -> bool {
    let named = |f: &Expr| claim.givens.iter().chain(&claim.cited).any(|g| g.fact.as_ref() == Some(f));
    let given = proof.evidence.givens();
    !contradicts(claim, given) && (given.iter().all(named) || independent(&given.iter().collect::<Vec<_>>()))
}

/// Whether a number that a line gives a symbol is certainly none that the claim's givens allow.
fn contradicts(claim: &Claim, rests_on: &[Expr]) -> bool {
    let value = |e: &Expr| match e.as_app(fun::EQ) {
        Some([l, r]) => l.as_symbol().filter(|_| r.as_num().is_some()).map(|s| (s.clone(), r.clone())),
        _ => None,
    };
    let values: Vec<_> = rests_on.iter().filter_map(value).collect();
    let fails = |fact: &Expr| {
        let fact = values.iter().fold(fact.clone(), |fact, (s, v)| fact.substituted(s, v));
        fact.is_closed() && fact.symbols().is_empty() && certain(&fact, &Point::new()) == Ternary::False
    };
    claim.givens.iter().filter_map(|g| g.fact.as_ref()).any(fails)
}

fn refuted(claim: &Claim, findings: &Findings, r: &Refutation, proof: Option<&Proof>) -> Judgement {
    let point = r.at.iter().map(|(n, v)| format!("{n} = {v}")).collect::<Vec<_>>().join(", ");
    // True under conditions, false without them: the conditions are what the author wants to be told.
    if let Some(proof) = proof {
        let mut j = Judgement::new(Verdict::Conditional);
        j.engine = Some(proof.engine);
        j.sizes = Sizes::All;
        j.conditions = proof.evidence.owed().iter().map(ToString::to_string).collect();
        j.evidence = Some(proof.evidence.clone());
        j.reason = Some(Message::new("reason-fails-outside").with("point", point));
        return j;
    }
    let shown = Shown { at: r.at.clone(), left: r.left.clone(), right: r.right.clone() };
    let undecided = |reason: Message| {
        let fails_at = Some(shown.clone());
        Judgement { fails_at, ..Judgement::new(Verdict::Undecided).because(reason) }
    };
    if let Some(open) = &claim.open {
        return undecided(open.clone());
    }
    if findings.uninterpreted {
        return undecided(Message::new("reason-uninterpreted"));
    }
    if !claim.known.is_empty() {
        return undecided(Message::new("reason-known-object").with("what", claim.known.join(", ")));
    }
    if r.degenerate && !claim.domain_stated {
        return undecided(Message::new("reason-degenerate").with("point", point));
    }
    let mut j = Judgement::new(Verdict::Refuted);
    j.engine = Some(if matches!(r.evidence, Evidence::Counterexample { .. }) { "sample" } else { "value" });
    j.counterexample = Some(shown);
    j.evidence = Some(r.evidence.clone());
    j
}

#[cfg(test)]
mod tests;
