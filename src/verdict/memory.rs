//! Derivations without their place in the notes, and the judgements that are known of them.
//!
//! What a derivation is judged by is its statements, with all that their claims may use, and nothing else: it is judged
//! without names and places, and lines are told apart by their order only. So the judgements hold wherever it stands, and
//! notes that are checked with a memory give the same bytes as without.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use crate::claim::{Claim, Expectation, Link, Statement};
use crate::expr::Expr;
use crate::source::Span;
use crate::verdict::Judgement;

/// The statements of a derivation, wherever they stand.
#[derive(Clone, Debug)]
pub struct Placeless {
    /// The statements, without ids and places; the lines of what they use are their ranks.
    pub statements: Vec<Statement>,
    /// The lines, in order: rank 1 is the first.
    lines: Vec<usize>,
}

impl Placeless {
    /// The derivation with these statements.
    pub fn of(members: &[&Statement]) -> Placeless {
        let mut statements: Vec<Statement> = members.iter().map(|s| (*s).clone()).collect();
        let mut all = BTreeSet::new();
        each_line(&mut statements, &mut |line| {
            all.insert(line);
            line
        });
        let lines: Vec<usize> = all.into_iter().collect();
        each_line(&mut statements, &mut |line| 1 + lines.partition_point(|l| *l < line));
        for s in &mut statements {
            let expected = s.expected.as_ref().map(|e| Expectation { verdict: e.verdict, line: 0 });
            let link = Link { chain: 0, step: s.link.step };
            (s.id, s.span, s.block, s.link, s.expected) = (String::new(), Span::default(), 0, link, expected);
        }
        Placeless { statements, lines }
    }

    /// Judgements of these statements with the lines as they are in the notes.
    pub fn placed(&self, mut judgements: Vec<Judgement>) -> Vec<Judgement> {
        for line in judgements.iter_mut().flat_map(|j| &mut j.used).filter_map(|g| g.line.as_mut()) {
            *line = line.checked_sub(1).and_then(|rank| self.lines.get(rank)).copied().unwrap_or(*line);
        }
        judgements
    }
}

fn each_line(statements: &mut [Statement], change: &mut dyn FnMut(usize) -> usize) {
    for claim in statements.iter_mut().filter_map(|s| s.claim.as_mut()) {
        let given = claim.givens.iter_mut().map(|g| &mut g.line);
        for line in given.chain(claim.definitions.iter_mut().map(|d| &mut d.line)) {
            *line = line.map(&mut *change);
        }
    }
}

/// How many checks of the notes judgements outlive that none of them needed.
const KEPT: u64 = 16;

/// Largest derivation that is remembered, in nodes: equality of expressions may have to go through them all.
const LARGEST: u64 = 200_000;

/// Judgements of derivations, of one document over its versions.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Known>);

/// What a derivation was asked with: its statements, the seed, the number of instances, whether assumptions were searched
/// for.
type Asked = (Vec<Statement>, u64, u64, bool);

#[derive(Debug, Default)]
struct Known {
    /// With the check that needed it last.
    judged: HashMap<Asked, (u64, Vec<Judgement>)>,
    checks: u64,
    recalled: usize,
    anew: usize,
}

impl Memory {
    /// What `judge` says of the statements, with this seed and number of instances and with or without assumptions,
    /// without asking it again.
    pub fn recall(
        &self,
        statements: &[Statement],
        (seed, instances, assumptions): (u64, u64, bool),
        judge: impl FnOnce() -> Vec<Judgement>,
    ) -> Vec<Judgement> {
        let size = statements.iter().map(size).fold(0, u64::saturating_add);
        if size > LARGEST {
            return judge();
        }
        let key = (statements.to_vec(), seed, instances, assumptions);
        {
            let mut known = self.known();
            let now = known.checks;
            if let Some((last, judgements)) = known.judged.get_mut(&key) {
                *last = now;
                let judgements = judgements.clone();
                known.recalled += 1;
                return judgements;
            }
        }
        let judgements = judge();
        let mut known = self.known();
        known.anew += 1;
        let now = known.checks;
        known.judged.insert(key, (now, judgements.clone()));
        judgements
    }

    /// Says that a check is over: what the last ones did not need is forgotten.
    pub fn turn(&self) {
        let mut known = self.known();
        known.checks += 1;
        let now = known.checks;
        known.judged.retain(|_, (last, _)| now - *last <= KEPT);
    }

    /// How many derivations were recalled, and how many judged anew.
    pub fn counts(&self) -> (usize, usize) {
        let known = self.known();
        (known.recalled, known.anew)
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Nodes of all expressions of a statement.
fn size(s: &Statement) -> u64 {
    let of_claim = |c: &Claim| {
        let bodies = c.definitions.iter().flat_map(|d| d.indices.iter().chain([&d.body]));
        let facts = c.givens.iter().filter_map(|g| g.fact.as_ref());
        let own = [&c.relation, &c.unfolded].into_iter().chain(&c.general).chain(&c.printed).chain(&c.context);
        own.chain(bodies).chain(facts).map(Expr::size).fold(0, u64::saturating_add)
    };
    let sides = s.sides.iter().map(|(l, r)| l.size().saturating_add(r.size())).fold(0, u64::saturating_add);
    s.claim.as_ref().map_or(0, of_claim).saturating_add(sides)
}
