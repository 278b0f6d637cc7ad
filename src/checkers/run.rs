//! The harness: a claim as it was read, on the instances of a checker.

use crate::algebra::eval::{Array, Env, PointValue, Value, truth};
use crate::claim::{Claim, Verdict};
use crate::expr::{Expr, Symbol};
use crate::message::Message;
use crate::num::{Rational, Ternary};
use crate::verdict::CheckerOutcome;

use super::compare::{Found, compare};
use super::draw::Draw;
use super::instance::{Checker, Instance};
use super::place::{Names, Placed, Unplaced, determines};
use super::show::{shown, written};

/// Main sizes of instances, in turn.
pub const SIZES: [usize; 5] = [1, 2, 3, 5, 8];

/// How many instances may be drawn for each one that fits the claim's shapes and givens.
const PATIENCE: u64 = 32;

/// Work for a given.
const FUEL: u64 = 100_000;

/// Evaluates both sides of the claim as it was read (definitions unfolded, derivatives by dual numbers) on
/// `instances` instances of the checker, and compares them with the value that the checker computes there.
///
/// `Confirmed` if every instance agreed and there was one; `Refuted` if one disagreed; `Undecided` where an instance
/// has no value for a symbol of the claim, a side has no float value, or no instance fits the shapes and givens.
pub fn run(checker: &dyn Checker, claim: &Claim, instances: u64, seed: u64) -> CheckerOutcome {
    Instances::of(checker, seed).run(claim, instances)
}

/// The instances of a checker, drawn as they are asked for: claims that are compared one after the other share them.
pub struct Instances<'a> {
    checker: &'a dyn Checker,
    seed: u64,
    drawn: Vec<Instance>,
}

impl<'a> Instances<'a> {
    /// Those of a seed.
    pub fn of(checker: &'a dyn Checker, seed: u64) -> Instances<'a> {
        Instances { checker, seed, drawn: vec![] }
    }

    /// The instance of a number, and its size.
    fn get(&mut self, number: usize) -> Option<(&Instance, usize)> {
        let size = |number: usize| SIZES.get(number % SIZES.len()).copied().unwrap_or(1);
        while self.drawn.len() <= number {
            let next = self.drawn.len();
            let draw = &mut Draw::of_instance(self.seed, u64::try_from(next).ok()?);
            self.drawn.push(self.checker.instance(draw, size(next)));
        }
        self.drawn.get(number).map(|instance| (instance, size(number)))
    }

    /// What [`run`] says.
    pub fn run(&mut self, claim: &Claim, instances: u64) -> CheckerOutcome {
        compared(self, claim, instances)
    }
}

fn compared(all: &mut Instances, claim: &Claim, instances: u64) -> CheckerOutcome {
    let mut run = Run {
        claim,
        outcome: CheckerOutcome {
            name: all.checker.name().to_owned(),
            verdict: Verdict::Undecided,
            instances: 0,
            sizes: vec![],
            worst: 0.0,
            seed: all.seed,
            apart: 0,
            disagreement: None,
        },
    };
    let names = Names::of(&claim.unfolded, &claim.relation);
    let mut misfits = 0u64;
    let most = usize::try_from(instances.saturating_mul(PATIENCE)).unwrap_or(usize::MAX);
    for number in 0..most {
        if run.outcome.instances + run.outcome.apart >= instances {
            break;
        }
        let Some((instance, size)) = all.get(number) else { break };
        match names.placed(instance) {
            Err(Unplaced::Misfit) => misfits += 1,
            Err(Unplaced::OtherShape(symbol, shape)) => {
                run.outcome.verdict = Verdict::Refuted;
                let shape = shape.iter().map(ToString::to_string).collect::<Vec<_>>().join(" × ");
                let message = Message::new("checker-other-shape").with("symbol", Expr::sym(symbol));
                return run.undecided(message.with("shape", shape));
            }
            Err(Unplaced::Missing(symbol)) => {
                return run.undecided(Message::new("checker-no-symbol").with("symbol", Expr::sym(symbol)));
            }
            Err(Unplaced::Ambiguous(a, b)) => {
                let message = Message::new("checker-two-symbols").with("first", Expr::sym(a));
                return run.undecided(message.with("second", Expr::sym(b)));
            }
            Ok(placed) => {
                if let Err((verdict, message)) = run.instance(instance, placed, instance.size.unwrap_or(size)) {
                    run.outcome.verdict = verdict;
                    return run.undecided(message);
                }
                if instance.constant {
                    break;
                }
            }
        }
    }
    if run.outcome.instances > 0 {
        run.outcome.verdict = Verdict::Confirmed;
        return run.outcome;
    }
    let fitting = run.outcome.apart > 0 || misfits == 0;
    run.undecided(Message::new(if fitting { "checker-vacuous" } else { "checker-no-shape" }))
}

/// Whether the claim is about a symbol that the checker determines (a step that is small enough, the length of a
/// code), so that the notes leave to the checker what it is.
pub fn settles(checker: &dyn Checker, claim: &Claim, seed: u64) -> bool {
    determines(&claim.unfolded, &checker.instance(&mut Draw::of_instance(seed, 0), 2))
}

struct Run<'a> {
    claim: &'a Claim,
    outcome: CheckerOutcome,
}

impl Run<'_> {
    fn undecided(mut self, message: Message) -> CheckerOutcome {
        self.outcome.disagreement = Some(message.with("name", &self.outcome.name));
        self.outcome
    }

    /// Compares at all places of the free indices. `Err` ends the run.
    fn instance(&mut self, instance: &Instance, placed: Placed, size: usize) -> Result<(), (Verdict, Message)> {
        let Some(places) = places(&instance.value, &placed.indices) else {
            let symbol =
                placed.indices.first().cloned().unwrap_or_else(|| Symbol::new("?", crate::expr::Sort::Integer));
            let message = Message::new("checker-no-symbol").with("symbol", Expr::sym(symbol));
            return Err((Verdict::Undecided, message));
        };
        let (mut agreed, mut tied) = (0usize, 0usize);
        for (at, value) in places {
            let mut point = placed.point.clone();
            for (symbol, i) in placed.indices.iter().zip(&at) {
                point.set(symbol, PointValue::Scalar(Rational::from(*i)));
            }
            let env = Env::<f64>::at(&point);
            if self.excluded(&env) {
                continue;
            }
            match compare(&self.claim.unfolded, &env, &value, instance) {
                Found::Agrees(e) => {
                    agreed += 1;
                    self.outcome.worst = self.outcome.worst.max(e);
                }
                Found::Tied(e) => {
                    tied += 1;
                    self.outcome.worst = self.outcome.worst.max(e);
                }
                Found::Differs { side } => {
                    let message = Message::new("checker-differs").with("value", shown(&value));
                    return Err((Verdict::Refuted, message.with("side", shown(&side)).with("point", written(&point))));
                }
                Found::Fails { left, right } => {
                    let message = Message::new("checker-fails").with("left", shown(&left));
                    return Err((
                        Verdict::Refuted,
                        message.with("right", shown(&right)).with("point", written(&point)),
                    ));
                }
                Found::Undefined => {
                    let message = Message::new("checker-no-value").with("point", written(&point));
                    return Err((Verdict::Undecided, message));
                }
                Found::Unsupported => return Err((Verdict::Undecided, Message::new("checker-no-relation"))),
            }
        }
        match (agreed, tied) {
            (0, 0) => return Ok(()),
            (0, _) => self.outcome.apart += 1,
            _ if instance.apart => self.outcome.apart += 1,
            _ => self.outcome.instances += 1,
        }
        let size = u64::try_from(size).unwrap_or(u64::MAX);
        if placed.sized && !self.outcome.sizes.contains(&size) {
            self.outcome.sizes.push(size);
            self.outcome.sizes.sort_unstable();
        }
        Ok(())
    }

    /// Whether a given of the claim is false there: the notes claim nothing about this point.
    fn excluded(&self, env: &Env<f64>) -> bool {
        let facts = self.claim.givens.iter().filter_map(|g| g.fact.as_ref());
        facts.into_iter().any(|f| truth(f, env, &mut FUEL.clone()) == Ternary::False)
    }
}

/// The values at all places of the indices: entries of an array for as many indices as it has sizes, rows of a matrix
/// for one, the value itself for none. `None` if there are more indices than sizes.
fn places(value: &Value<f64>, indices: &[Symbol]) -> Option<Vec<(Vec<i64>, Value<f64>)>> {
    let from_one = |i: usize| i64::try_from(i + 1).unwrap_or(i64::MAX);
    match (value, indices.len()) {
        (_, 0) => Some(vec![(vec![], value.clone())]),
        (Value::Array(a), 1) if a.columns.is_none() => {
            Some(a.entries.iter().enumerate().map(|(i, x)| (vec![from_one(i)], Value::Scalar(*x))).collect())
        }
        (Value::Array(a), 1) => {
            let rows = a.entries.chunks(a.width().max(1)).map(|r| Value::Array(Array::vector(r.to_vec())));
            Some(rows.enumerate().map(|(i, r)| (vec![from_one(i)], r)).collect())
        }
        (Value::Array(a), 2) if a.columns.is_some() => {
            let place = |k: usize| vec![from_one(k / a.width().max(1)), from_one(k % a.width().max(1))];
            Some(a.entries.iter().enumerate().map(|(k, x)| (place(k), Value::Scalar(*x))).collect())
        }
        _ => None,
    }
}
