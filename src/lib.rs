//! Rederive: a compiler for the mathematics in lecture notes.
//!
//! It reads Markdown with LaTeX, finds every statement, re-derives it by independent routes, and says what holds:
//!
//! ```
//! use rederive::{Options, check, source::Source};
//!
//! let notes = Source::new("notes.md", "For all real $x$ we have $(x + 1)^2 = x^2 + 2x + 1$.");
//! let result = check(notes, &Options::default());
//! let verdicts: Vec<_> = result.statements.iter().map(|s| s.judgement.verdict.word()).collect();
//! assert_eq!(verdicts, ["none", "proved"]); // `x` alone says nothing
//! ```
//!
//! Data flows one way, through [`read`], [`elaborate`], [`engine`] and [`verdict`], to reports; a module imports only
//! from floors below its own (ARCHITECTURE.md).
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod algebra;
pub mod checkers;
pub mod claim;
pub mod diag;
pub mod edit;
pub mod elaborate;
pub mod engine;
pub mod expr;
pub mod harness;
pub mod lint;
pub mod localise;
pub mod message;
pub mod mutate;
pub mod notation;
pub mod num;
pub mod project;
pub mod read;
pub mod repair;
pub mod report;
pub mod rules;
pub mod serve;
pub mod source;
pub mod study;
pub mod verdict;

use std::collections::BTreeMap;

use claim::{Kind, Statement, Verdict};
use engine::Effort;
use message::Lang;
use project::Cache;
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use repair::{Search, Wanted};
use source::Source;
use verdict::{DocumentResult, Judged, Judgement, Memory, Placeless};

/// How a check is run.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Seed of all draws.
    pub seed: u64,
    /// Points to try per claim, and instances per checker.
    pub instances: u64,
    /// Language of what people read.
    pub lang: Lang,
    /// Whether proofs and counterexamples are worked out step by step.
    pub derivations: bool,
    /// Whether repairs of what is refuted are searched for.
    pub repairs: bool,
    /// Whether they are also searched for where the notes expect what is wrong.
    pub expected: bool,
    /// Whether the assumption under which a refuted claim is true is searched for.
    pub assumptions: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            seed: 0,
            instances: 64,
            lang: Lang::En,
            derivations: false,
            repairs: true,
            expected: true,
            assumptions: true,
        }
    }
}

/// Checks a document: reads it, says what each statement is, and settles the claims.
pub fn check(source: Source, options: &Options) -> DocumentResult {
    check_again(source, options, None)
}

/// The same where an earlier result of nearly the same notes is known: a derivation whose claims are what they were
/// keeps its judgements.
pub fn check_again(source: Source, options: &Options, known: Option<&DocumentResult>) -> DocumentResult {
    checked(source, options, Known { result: known, ..Known::default() })
}

/// The same as [`check`], to the byte, with what is known of earlier versions of the notes: only derivations that are
/// not what they were are judged again.
pub fn check_recalling(source: Source, options: &Options, memory: &Memory) -> DocumentResult {
    let result = checked(source, options, Known { memory: Some(memory), aside: true, ..Known::default() });
    memory.turn();
    result
}

/// The same; if the version is no longer wanted, the search for repairs ends early.
pub fn check_while_wanted(source: Source, options: &Options, memory: &Memory, wanted: Wanted) -> DocumentResult {
    let known = Known { memory: Some(memory), aside: true, wanted: Some(wanted), ..Known::default() };
    let result = checked(source, options, known);
    memory.turn();
    result
}

/// What is known before a check.
#[derive(Clone, Copy, Default)]
struct Known<'a> {
    /// The result of nearly the same notes.
    result: Option<&'a DocumentResult>,
    /// Judgements of derivations.
    memory: Option<&'a Memory>,
    /// Whether somebody waits for this one document, so that its derivations are judged side by side.
    aside: bool,
    /// Until when repairs are searched.
    wanted: Option<Wanted<'a>>,
}

fn checked(source: Source, options: &Options, known: Known) -> DocumentResult {
    let document = read::read(source);
    let mut elaborated = elaborate::elaborate(&document);
    let mut judged = judge(&elaborated.statements, options, known, &|_| true);
    let closed = localise::restated(&mut elaborated.statements, judged.iter().map(|(j, _)| j.verdict));
    if !closed.is_empty() {
        let again = judge(&elaborated.statements, options, known, &|chain| closed.contains(&chain));
        let changed = elaborated.statements.iter().map(|s| closed.contains(&s.link.chain));
        let both = judged.into_iter().zip(again).zip(changed);
        judged = both.map(|((old, new), changed)| if changed { new } else { old }).collect();
    }
    let mut findings = elaborated.findings;
    findings.extend(localise::excuse(&document.source, &elaborated.statements, effort(options), &mut judged));
    let outcomes: Vec<_> = judged.iter().map(|(j, _)| (j.verdict, j.against.is_some())).collect();
    let (judgements, fresh): (Vec<Judgement>, Vec<bool>) = judged.into_iter().unzip();
    let all = elaborated.statements.clone();
    findings.extend(engine::unattained(&elaborated.statements));
    let allowed = lint::allowed(&document);
    let each = || elaborated.statements.iter().zip(&judgements);
    let told = verdict::nowhere(&document, each()).into_iter().chain(engine::contradictions(&document, each()));
    findings.extend(told.filter(|d| !allowed.iter().any(|a| a == d.code.name)));
    findings.extend(lint::lint(&document));
    if elaborated.annotated {
        let told = elaborated.statements.iter().zip(&judgements).filter_map(|(s, j)| verdict::redefined(s, j));
        findings.extend(told.filter(|d| !allowed.iter().any(|a| a == d.code.name)));
    }
    let statements = elaborated.statements.into_iter().zip(judgements).map(|(s, j)| settled(s, j));
    let mut statements: Vec<Judged> = statements.map(|j| if options.derivations { worked_out(j) } else { j }).collect();
    statements = statements.into_iter().map(|j| counted(&document.source, j)).collect();
    findings.extend(checkers::findings(&statements));
    if elaborated.annotated {
        let told = verdict::notices(&document.source, &statements)
            .into_iter()
            .filter(|d| !allowed.iter().any(|a| a == d.code.name));
        let new = |d: &diag::Diagnostic| !findings.iter().any(|f| f.code == d.code && f.span.overlaps(d.span));
        let told: Vec<_> = told.filter(new).collect();
        findings.extend(told);
    }
    findings.sort_by_key(|f| f.span.start);
    keep_first(&mut findings);
    if options.repairs {
        let search =
            Search { effort: effort(options), instances: options.instances, vouched: true, wanted: known.wanted };
        let wanted: Vec<bool> =
            statements.iter().zip(fresh).map(|(j, fresh)| fresh && (options.expected || j.is_unexpected())).collect();
        let meant = |f: &diag::Diagnostic| {
            let at = |(code, span): &(String, source::Span)| *code == f.code.name && f.span.overlaps(*span);
            !options.expected && elaborated.expected_findings.iter().any(at)
        };
        repair::propose(&document.source, &mut statements, &wanted, &mut findings, &meant, search);
        for (at, (j, _)) in statements.iter_mut().zip(&wanted).enumerate().filter(|(_, (_, wanted))| **wanted) {
            j.judgement.part = marked(&document.source, &all, &outcomes, at, &j.judgement);
        }
    }
    DocumentResult { source: document.source, statements, findings, expected_findings: elaborated.expected_findings }
}

/// Most findings of one kind that a document gets: who opens a thousand comments is told once.
const MOST_FINDINGS: usize = 256;

/// Keeps the first findings of each kind.
fn keep_first(findings: &mut Vec<diag::Diagnostic>) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    findings.retain(|f| {
        let count = counts.entry(f.code.name).or_default();
        *count += 1;
        *count <= MOST_FINDINGS
    });
}

/// The statement with the lines that it names as their author counts them: up to here they are rows of the whole text.
fn counted(source: &Source, mut judged: Judged) -> Judged {
    if source.origin.is_some() {
        let used = judged.judgement.used.iter_mut().map(|g| &mut g.line);
        for line in used.chain(judged.judgement.steps.iter_mut().map(|s| &mut s.line)) {
            *line = line.map(|row| source.line_of_row(row));
        }
    }
    judged
}

/// The stack of a thread that checks: deep formulas, and documents that are taken up while another one waits.
pub(crate) const STACK: usize = 64 << 20;

/// Checks documents side by side; the results come in the order of the sources and do not depend on the number of
/// threads (`jobs`, as many as there are cores if it isn't given). `done` is called after each document.
pub fn check_all(
    sources: Vec<Source>,
    options: &Options,
    jobs: Option<usize>,
    cache: Option<&Cache>,
    done: &(dyn Fn() + Sync),
) -> Vec<DocumentResult> {
    check_edition(sources, options, jobs, (cache, None), done)
}

/// The same, to the byte, where the same notes were checked in another language with this memory: what is about the same
/// formulas under the same givens is not judged again.
pub fn check_edition(
    sources: Vec<Source>,
    options: &Options,
    jobs: Option<usize>,
    (cache, memory): (Option<&Cache>, Option<&Memory>),
    done: &(dyn Fn() + Sync),
) -> Vec<DocumentResult> {
    let one = |source: Source| {
        let result = match cache.map(|c| c.get(&source)) {
            Some(Ok(found)) => found,
            missing => {
                let found = checked(source, options, Known { memory, ..Known::default() });
                if let Some(Err(missing)) = missing {
                    missing.put(&found);
                }
                found
            }
        };
        done();
        result
    };
    let mut order: Vec<(usize, Source)> = sources.into_iter().enumerate().collect();
    // The longest first: one that comes last would keep the other threads waiting.
    order.sort_by_key(|(at, s)| (std::cmp::Reverse(s.text.len()), *at));
    let mut results = side_by_side(order, jobs, |(at, source)| (at, one(source)));
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}

/// The values of `work` for all items, in their order, on as many threads as are given, or as there are cores.
pub fn side_by_side<T: Send, R: Send>(
    items: Vec<T>,
    jobs: Option<usize>,
    work: impl Fn(T) -> R + Sync + Send,
) -> Vec<R> {
    let threads = rayon::ThreadPoolBuilder::new().stack_size(STACK).num_threads(jobs.unwrap_or(0));
    match threads.build() {
        Ok(pool) => pool.install(|| items.into_par_iter().with_max_len(1).map(&work).collect()),
        Err(_) => items.into_iter().map(work).collect(),
    }
}

fn effort(options: &Options) -> Effort {
    Effort { cases: usize::try_from(options.instances).unwrap_or(64), seed: options.seed }
}

/// The judgements of statements, derivation by derivation where wanted, and whether each was made anew.
fn judge(
    statements: &[Statement],
    options: &Options,
    known: Known,
    wanted: &dyn Fn(usize) -> bool,
) -> Vec<(Judgement, bool)> {
    let before: BTreeMap<&str, &Judged> =
        known.result.iter().flat_map(|d| &d.statements).map(|j| (j.statement.id.as_str(), j)).collect();
    let mut chains: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, s) in statements.iter().enumerate() {
        chains.entry(s.link.chain).or_default().push(i);
    }
    let one = |places: &Vec<usize>| {
        let members: Vec<&Statement> = places.iter().filter_map(|i| statements.get(*i)).collect();
        let same = |s: &&Statement| {
            let old = before.get(s.id.as_str())?;
            let o = &old.statement;
            (o.claim == s.claim && o.problem == s.problem && o.checkers == s.checkers).then(|| old.judgement.clone())
        };
        let whole = members.first().and_then(|s| before.get(s.id.as_str())).is_some_and(|first| {
            let chain = first.statement.link.chain;
            before.values().filter(|j| j.statement.link.chain == chain).count() == members.len()
        });
        let kept = members.iter().map(same).collect::<Option<Vec<Judgement>>>().filter(|_| whole);
        let fresh = kept.is_none();
        let judged = kept.unwrap_or_else(|| {
            let own = Placeless::of(&members);
            let anew = |options: &Options| judged_alone(&own.statements, options);
            own.placed(match known.memory {
                Some(memory) => recalled(&own.statements, options, memory, anew),
                None => anew(options),
            })
        });
        (judged, fresh)
    };
    let all: Vec<&Vec<usize>> = chains.iter().filter(|(chain, _)| wanted(**chain)).map(|(_, places)| places).collect();
    let judged: Vec<(Vec<Judgement>, bool)> = match known.aside {
        true => side_by_side(all.clone(), None, one),
        // In the threads that there are: derivations do not see each other.
        false => all.clone().into_par_iter().with_max_len(1).map(one).collect(),
    };
    let mut out: Vec<(Judgement, bool)> = statements.iter().map(|_| (Judgement::new(Verdict::None), false)).collect();
    for (places, (judged, fresh)) in all.into_iter().zip(judged) {
        for (i, j) in places.iter().zip(judged) {
            if let Some(slot) = out.get_mut(*i) {
                *slot = (j, fresh);
            }
        }
    }
    out
}

/// The same from memory: with assumptions only where something is refuted, all else is the same without.
fn recalled(
    statements: &[Statement],
    options: &Options,
    memory: &Memory,
    judge: impl Fn(&Options) -> Vec<Judgement>,
) -> Vec<Judgement> {
    let of = |assumptions: bool| {
        let options = Options { assumptions, ..*options };
        memory.recall(statements, (options.seed, options.instances, assumptions), || judge(&options))
    };
    let plain = of(false);
    let refuted = options.assumptions && plain.iter().any(|j| j.verdict == Verdict::Refuted);
    if refuted { of(true) } else { plain }
}

/// The judgements of the statements of one derivation.
fn judged_alone(statements: &[Statement], options: &Options) -> Vec<Judgement> {
    let members: Vec<&Statement> = statements.iter().collect();
    let judged = localise::derivation(&members, effort(options)).into_iter().zip(statements);
    let seen = |s: &Statement, j| checkers::witnessed(s, j, options.instances, options.seed);
    let assumed = |s, j| if options.assumptions { assumed(s, j, effort(options)) } else { j };
    judged.map(|(j, s)| seen(s, assumed(s, j))).collect()
}

/// The judgement of a claim that is refuted, with the assumption under which it is true, if there is one to propose.
fn assumed(statement: &Statement, judgement: Judgement, effort: Effort) -> Judgement {
    match (&statement.claim, statement.otherwise) {
        (Some(claim), None) => repair::assumption::noted(claim, judgement, effort),
        _ => judgement,
    }
}

/// The judgement of a refuted statement with the part of it that is wrong: what its repair changes, if it has one.
fn marked(
    source: &Source,
    statements: &[Statement],
    outcomes: &[localise::Outcome],
    at: usize,
    judgement: &Judgement,
) -> Option<source::Span> {
    let refuted = judgement.verdict == Verdict::Refuted;
    let statement = statements.get(at).filter(|s| refuted && s.otherwise.is_none())?;
    let suggestion = judgement.suggestion.as_ref();
    let changed = suggestion.and_then(|new| edit::difference::difference(&statement.latex, new));
    let changed = changed.map(|d| source::Span::new(d.old.start, d.old.end));
    changed.filter(|c| !c.range().is_empty()).or_else(|| {
        let part = localise::part(source, statements, outcomes, at)?;
        // What a repair puts in has to be inside of it.
        changed.is_none_or(|c| part.start <= c.start && c.end <= part.end).then_some(part)
    })
}

/// A case or a redefinition that does not hold is no claim; nor is an equation alone that fails for some values of what
/// nothing is said of.
fn settled(mut statement: Statement, mut judgement: Judgement) -> Judged {
    let loose = statement.loose.filter(|kind| judgement.leaves_open(*kind == Kind::Given));
    // Points that are drawn say nothing of how far a name may go: `x ≥ −20000` restricts it.
    let bound = judgement.verdict == Verdict::Confirmed && statement.expected.is_none() && is_bound(&statement);
    statement.otherwise = statement.otherwise.or(loose).or(bound.then_some(Kind::Condition));
    // A law that is not refuted may be a condition after all, and so may what is no law and fails somewhere.
    let open = statement.asserted && judgement.verdict == Verdict::Undecided
        || statement.curve && judgement.verdict == Verdict::Refuted;
    statement.otherwise = statement.otherwise.or(open.then_some(Kind::Condition));
    if let Some(kind) = statement.otherwise {
        let holds = matches!(judgement.verdict, Verdict::Proved | Verdict::Conditional | Verdict::Confirmed);
        let stays = holds && !(kind == Kind::Condition && judgement.verdict == Verdict::Confirmed);
        if !stays && judgement.verdict != Verdict::Unread {
            statement.kind = kind;
            let fails_at = judgement.fails_at.or(judgement.counterexample);
            judgement = Judgement { fails_at, ..Judgement::new(Verdict::None) };
        }
    }
    Judged { statement, judgement }
}

/// A name, or an entry, compared with a number.
fn is_bound(statement: &Statement) -> bool {
    let name =
        |e: &expr::Expr| e.as_app(expr::fun::INDEX).and_then(<[expr::Expr]>::first).unwrap_or(e).as_symbol().is_some();
    let number = |e: &expr::Expr| e.exact().as_num().is_some();
    statement.relation != "="
        && statement.sides.as_ref().is_some_and(|(l, r)| name(l) && number(r) || number(l) && name(r))
}

/// The statement with the derivation of its verdict.
fn worked_out(mut judged: Judged) -> Judged {
    if let (Some(claim), Some(evidence)) = (&judged.statement.claim, &judged.judgement.evidence) {
        judged.judgement.steps = evidence.derivation(claim);
    }
    judged
}
