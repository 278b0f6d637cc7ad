//! What a claim does at a point.

use super::certify::{self, Admission, FUEL, admission, admitted};
use super::open::{Claim, sides};
use crate::algebra::eval::{Env, Point, System, Value, evaluate, least_eigenvalue, truth, weigh, work};
use crate::expr::{Binder, Expr, Node, Sort, fun};
use crate::num::{Interval, Number, Precise, Rational, Ternary};

/// Relative difference up to which floats agree.
const TOLERANCE: f64 = 1e-9;

/// Difference of the sides, relative to the greatest term, that rounding may leave where terms cancel.
const NOISE: f64 = 1e-11;

/// Width, relative to the value, of 200-bit enclosures that overlap and count as agreement.
const OVERLAP: f64 = 1e-25;

/// Most points that are judged at 200 bits in one search.
const PRECISE_CAP: usize = 200;

/// The same where they settled nothing.
const VAIN_CAP: usize = 8;

/// Work that one search may take, in units of fuel; the points that are left then are not tried.
const SEARCH: u64 = 6_000_000;

/// What was found at a point.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Outcome {
    /// It holds, with the relative difference of the sides.
    Agrees(f64),
    /// Both sides are certainly undefined, or one is and nothing is known of the other.
    BothUndefined,
    /// One side is certainly defined, the other certainly not.
    OneSided,
    /// It certainly fails.
    Violated,
    /// Floats say that it fails; nothing certain.
    Doubtful,
    /// Nothing is known.
    Unsettled,
}

/// Judges a claim at points.
pub(super) struct Judge<'a> {
    claim: &'a Claim,
    seed: u64,
    domain_stated: bool,
    /// Points judged at 200 bits, and how many of them that settled.
    precise: usize,
    settled: usize,
    /// The work after which the search ends ([`work::done`]).
    end: u64,
    /// Whether a part of it has no value in any enclosure: wider numbers then settle nothing that narrow ones don't.
    valueless: bool,
    /// Whether integrals stand in it: their enclosures may be too wide at single points.
    integrates: bool,
    /// Whether functions stand in it, which may have no formula.
    calls: bool,
}

/// A number that tells points apart: at each, other functions stand for those without a formula.
fn mark(point: &Point) -> u64 {
    let digits = point.iter().flat_map(|(_, v)| v.numbers()).map(ToString::to_string);
    let bytes = digits.flat_map(String::into_bytes);
    bytes.fold(0, |mark: u64, b| (mark.rotate_left(5) ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3))
}

impl<'a> Judge<'a> {
    pub(super) fn new(claim: &'a Claim, seed: u64, domain_stated: bool) -> Judge<'a> {
        let valueless = claim.symbolic.any(&mut |e| match e.node() {
            Node::Opaque { .. } => true,
            Node::Call(f, _) => f.sort == Sort::Function,
            _ => false,
        });
        let call = |e: &Expr| matches!(e.node(), Node::Call(..));
        let calls = [&claim.relation, &claim.symbolic].into_iter().any(|e| e.any(&mut |x| call(x)));
        Judge {
            claim,
            seed,
            domain_stated,
            precise: 0,
            settled: 0,
            end: work::done().saturating_add(SEARCH),
            valueless,
            calls,
            integrates: claim.symbolic.any(&mut |e| matches!(e.node(), Node::Bind { binder: Binder::Integral, .. })),
        }
    }

    /// Whether integrals stand in the claim.
    pub(super) fn integrates(&self) -> bool {
        self.integrates
    }

    /// Whether the search has taken all the work that it may.
    pub(super) fn is_tired(&self) -> bool {
        work::done() >= self.end
    }

    /// Whether the point certainly satisfies the givens.
    pub(super) fn admits(&self, point: &Point) -> bool {
        admitted(self.claim, point)
    }

    /// What the givens say of the point.
    pub(super) fn admission(&self, point: &Point) -> Admission {
        admission(self.claim, point)
    }

    /// Whether the claim certainly fails; a claim `a ≠ b` without a stated domain says "not identically equal", which
    /// no point refutes.
    pub(super) fn violated(&self, point: &Point) -> bool {
        self.refutable() && !self.is_tired() && certify::violated(self.claim, point)
    }

    /// Whether the claim fails, as far as shrinking goes: of equations floats say so where they leave no doubt. What is shrunk is
    /// certified at the end.
    pub(super) fn fails(&self, point: &Point) -> bool {
        match certify::apart_in_floats(&self.claim.symbolic, point) {
            Some(apart) => apart && self.refutable() && !self.is_tired(),
            None => self.violated(point),
        }
    }

    /// Most points that are judged at 200 bits.
    fn cap(&self) -> usize {
        if self.settled == 0 { VAIN_CAP } else { PRECISE_CAP }
    }

    fn refutable(&self) -> bool {
        self.domain_stated || !matches!(sides(&self.claim.symbolic), Some(("ne", _, _)))
    }

    fn float_env(&self, point: &Point) -> Env<f64> {
        let mark = if self.calls { mark(point) } else { 0 };
        Env::at(point).with_functions(self.seed ^ mark).with_tolerance(TOLERANCE)
    }

    pub(super) fn outcome(&mut self, point: &Point) -> Outcome {
        let by_float = self.by_float(&self.claim.relation, point);
        // A strict relation that rounding alone may have made true is left to enclosures.
        let strict = matches!(sides(&self.claim.relation), Some(("lt" | "gt" | "ne" | "loewner_gt", _, _)));
        if let (Ternary::True, error) = by_float
            && !(strict && self.is_noise(point))
        {
            // Where there is but one point, enclosures have the first word: floats agree by chance too.
            if point.iter().next().is_none()
                && let outcome @ (Outcome::Violated | Outcome::OneSided) = self.rigorous(point, false)
            {
                return outcome;
            }
            return Outcome::Agrees(error);
        }
        let no = by_float.0 == Ternary::False && !self.is_noise(point);
        self.rigorous(point, no)
    }

    /// What floats alone say; `None` where a side has no value there or rounding may decide.
    pub(super) fn in_floats(&self, point: &Point) -> Option<bool> {
        let holds = self.by_float(&self.claim.relation, point).0.decided()?;
        (holds || !self.is_noise(point)).then_some(holds)
    }

    /// Truth in floats with the relative difference; `Unknown` if a side is not finite or the sides are too close.
    fn by_float(&self, relation: &Expr, point: &Point) -> (Ternary, f64) {
        let env = self.float_env(point);
        let Some((name, a, b)) = sides(relation) else {
            return (truth(relation, &env, &mut FUEL.clone()), 0.0);
        };
        let (x, y, verdict) = weigh(relation, (a, b), &env, FUEL);
        if x.is_undefined() != Ternary::False || y.is_undefined() != Ternary::False {
            return (Ternary::Unknown, 0.0);
        }
        let error = if name == "eq" { relative_error(&x, &y) } else { 0.0 };
        (verdict, error)
    }

    /// Whether the sides differ by no more than cancelling terms may leave: then a disagreement of floats says nothing.
    fn is_noise(&self, point: &Point) -> bool {
        let Some((name, a, b)) = sides(&self.claim.relation) else { return false };
        let env = self.float_env(point);
        let greatest = |v: &Value<f64>| v.numbers().iter().map(|x| f64::abs(*x)).fold(0.0, f64::max);
        let terms = [a, b].into_iter().flat_map(|e| e.as_app(fun::ADD).unwrap_or(std::slice::from_ref(e)));
        let scale = terms.map(|e| greatest(&evaluate(e, &env, &mut FUEL.clone()))).fold(1.0, f64::max);
        let (x, y) = (evaluate(a, &env, &mut FUEL.clone()), evaluate(b, &env, &mut FUEL.clone()));
        let difference = match name {
            "loewner_ge" | "loewner_gt" => match certify::difference::<f64>(a, b, point) {
                Some(d) => least_eigenvalue(&d).map_or(f64::INFINITY, f64::abs),
                None => return false,
            },
            _ => x.numbers().iter().zip(y.numbers()).map(|(x, y)| f64::abs(x - y)).fold(0.0, f64::max),
        };
        difference <= NOISE * scale
    }

    fn rigorous(&mut self, point: &Point, float_says_no: bool) -> Outcome {
        let relation = &self.claim.symbolic;
        let Some((name, a, b)) = sides(relation) else {
            return match certify::holds(relation, point) {
                Ternary::True => Outcome::Agrees(0.0),
                Ternary::False => Outcome::Violated,
                Ternary::Unknown if self.is_half_true(point) => Outcome::OneSided,
                Ternary::Unknown if float_says_no => Outcome::Doubtful,
                Ternary::Unknown => Outcome::Unsettled,
            };
        };
        // What enclosures settle they settle for less; only exact numbers show that there is no difference.
        let exact = Env::exactly_at(point);
        let near = weigh(relation, (a, b), &Env::<Interval>::beside(&exact, point), FUEL);
        let mut verdict = outcome(&near).or_else(|| outcome(&weigh(relation, (a, b), &exact, FUEL)));
        if verdict.is_none() && !self.valueless && self.precise < self.cap() && !self.is_tired() {
            self.precise += 1;
            let weighed = weigh(relation, (a, b), &Env::<Precise>::beside(&exact, point), FUEL);
            verdict = outcome(&weighed);
            if verdict.is_none() && name == "eq" && overlap(&weighed.0, &weighed.1) {
                verdict = Some(Outcome::Agrees(0.0));
            }
            self.settled += usize::from(verdict.is_some());
        }
        match verdict {
            Some(Outcome::Violated) if !self.refutable() => Outcome::Unsettled,
            Some(outcome) => outcome,
            None if name.starts_with("loewner") && self.violated(point) => Outcome::Violated,
            None if [&near.0, &near.1].iter().any(|side| side.is_undefined() == Ternary::True) => {
                Outcome::BothUndefined
            }
            None if float_says_no && self.refutable() => Outcome::Doubtful,
            None => Outcome::Unsettled,
        }
    }

    /// Whether one side of an equivalence, or the premise of an implication, certainly holds where the other side has a
    /// part without a value. Where the first fails, the other need not speak: `log x = 0 ⇔ x = 1`.
    fn is_half_true(&self, point: &Point) -> bool {
        let half = |told: &Expr, other: &Expr| {
            let valueless = sides(other).is_some_and(|(_, a, b)| without_value(a, point) || without_value(b, point));
            valueless && certify::holds(told, point) == Ternary::True
        };
        match self.claim.symbolic.node() {
            Node::App(f, args) => match (f.name, args.as_slice()) {
                ("iff", [a, b]) => half(a, b) || half(b, a),
                ("implies", [a, b]) => half(a, b),
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether the relation as written fails in floats where its symbolic form holds, or the other way round.
    pub(super) fn witnesses_differ(&self, point: &Point) -> bool {
        let (written, _) = self.by_float(&self.claim.relation, point);
        let (symbolic, _) = self.by_float(&self.claim.symbolic, point);
        matches!((written.decided(), symbolic.decided()), (Some(a), Some(b)) if a != b)
    }
}

fn without_value(side: &Expr, point: &Point) -> bool {
    evaluate::<Interval>(side, &Env::at(point), &mut FUEL.clone()).is_undefined() == Ternary::True
}

/// What the number system knows for certain.
fn outcome<N: System>((x, y, truth): &(Value<N>, Value<N>, Ternary)) -> Option<Outcome> {
    match (x.is_undefined(), y.is_undefined()) {
        (Ternary::True, Ternary::True) => Some(Outcome::BothUndefined),
        (Ternary::True, Ternary::False) | (Ternary::False, Ternary::True) => Some(Outcome::OneSided),
        (Ternary::False, Ternary::False) => match truth {
            Ternary::True => Some(Outcome::Agrees(0.0)),
            Ternary::False => Some(Outcome::Violated),
            Ternary::Unknown => None,
        },
        _ => None,
    }
}

/// Whether 200-bit enclosures of both sides are defined, overlap and are very narrow.
fn overlap(x: &Value<Precise>, y: &Value<Precise>) -> bool {
    let (x, y) = (x.numbers(), y.numbers());
    let narrow = |p: &Precise, q: &Precise| {
        let width = (p.clone() - q.clone()).abs().hi().clone();
        let scale = f64::max(1.0, f64::max(f64::abs(p.value()), f64::abs(q.value())));
        let limit = Rational::from_f64(OVERLAP * scale).map(|q| Precise::from_rational(&q));
        !p.disjoint(q)
            && p.defined().and(q.defined()).certainly()
            && limit.is_some_and(|l| Precise::point(width).less(&l).certainly())
    };
    !x.is_empty() && x.len() == y.len() && x.iter().zip(y).all(|(p, q)| narrow(p, q))
}

fn relative_error(x: &Value<f64>, y: &Value<f64>) -> f64 {
    let one = |(x, y): (&f64, &f64)| {
        let scale = f64::max(f64::abs(*x), f64::abs(*y));
        if scale == 0.0 { 0.0 } else { f64::abs(x - y) / scale }
    };
    x.numbers().iter().zip(y.numbers()).map(one).fold(0.0, f64::max)
}
