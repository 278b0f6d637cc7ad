//! Signs of expressions and truth of conditions, from structure and givens. Nothing is true by default.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::algebra::canon::poly::{Mono, Poly};
use crate::algebra::facts::{Bound, Facts, Hole, Quantified, Trait, filled, is_infinite, matches};
use crate::expr::{Binder, Domain, Expr, Memo, Node, Sort, Symbol, fun};
use crate::num::{Rational, Ternary};

pub use crate::algebra::canon::signs::Sign;

/// The signs that `e` may have at the points where the facts hold and `e` has a value.
pub fn sign(e: &Expr, facts: &Facts) -> Sign {
    Prover::new(facts, &[e]).sign(e)
}

/// Whether a condition holds wherever the facts hold and its parts have values: `True` only if proved, `False` only
/// if it fails at all those points.
pub fn holds(condition: &Expr, facts: &Facts) -> Ternary {
    Prover::new(facts, &[condition]).holds(condition)
}

/// [`holds`] for a condition that is owed by some expressions: their sizes are ≥ 1, as in [`Facts::new`].
pub fn holds_of(condition: &Expr, about: &[&Expr], facts: &Facts) -> Ternary {
    let all: Vec<&Expr> = [condition].into_iter().chain(about.iter().copied()).collect();
    Prover::new(facts, &all).holds(condition)
}

/// A search for signs, which knows the variables of the binders that it stands under and notes the givens used.
pub(crate) struct Prover<'f> {
    pub facts: &'f Facts,
    pub sizes: BTreeMap<Symbol, i64>,
    /// Variables of the binders around, as symbols, outermost first.
    pub scope: Vec<(Symbol, Domain)>,
    pub used: BTreeSet<usize>,
    /// Given bounds in canonical form, where that differs from the form given.
    pub canonical: Rc<Vec<Quantified<Bound>>>,
    pub(super) busy: Vec<Expr>,
    pub(super) steps: u32,
    /// Answers under the present scope; the givens that they rest on are noted already.
    pub(super) known: Memo<Expr, Sign>,
    /// Answers that were found while others were pending.
    pending: Memo<Expr, Vec<Pending>>,
}

/// An answer that was found while these questions were pending, and the steps that it took.
struct Pending {
    busy: Vec<Expr>,
    sign: Sign,
    steps: u32,
}

const STEPS: u32 = 1_000;
const NESTED: usize = 8;
/// Steps at which one more may be refused.
const SCARCE: u32 = 16;
/// Fewest steps of an answer that is kept, and most answers that are kept for an expression.
const WORTH: u32 = 2;
const MOST_PENDING: usize = 16;

impl<'f> Prover<'f> {
    pub fn new(facts: &'f Facts, about: &[&Expr]) -> Prover<'f> {
        Prover::sized(facts, facts.sizes_in(about))
    }

    /// A prover that knows these least values of sizes.
    pub fn sized(facts: &'f Facts, sizes: BTreeMap<Symbol, i64>) -> Prover<'f> {
        Prover {
            facts,
            sizes,
            scope: vec![],
            used: BTreeSet::new(),
            canonical: Rc::default(),
            busy: vec![],
            steps: STEPS,
            known: Memo::default(),
            pending: Memo::default(),
        }
    }

    /// Opens a binder: a symbol that stands for its variable until [`Prover::leave`].
    pub fn enter(&mut self, domain: &Domain) -> Symbol {
        let symbol = Symbol::new(&format!("\u{1}{:03}", self.scope.len()), domain.variable_sort());
        self.scope.push((symbol.clone(), domain.clone()));
        self.forget();
        symbol
    }

    /// Closes the innermost binder.
    pub fn leave(&mut self) {
        self.scope.pop();
        self.forget();
    }

    /// Forgets answers: to be called when the scope or the list of givens used is changed from outside.
    pub fn forget(&mut self) {
        self.known.clear();
        self.pending.clear();
    }

    /// A top-level question: with a fresh allowance of steps.
    pub fn sign(&mut self, e: &Expr) -> Sign {
        self.afresh();
        self.find(e)
    }

    /// A fresh allowance of steps, and no question pending.
    pub(super) fn afresh(&mut self) {
        self.steps = STEPS;
        self.busy.clear();
    }

    /// Steps of the last question.
    pub fn steps_taken(&self) -> u64 {
        u64::from(STEPS - self.steps.min(STEPS))
    }

    pub(super) fn find(&mut self, e: &Expr) -> Sign {
        if let Some(known) = self.known.get(e) {
            return *known;
        }
        if self.steps == 0 || self.busy.len() > NESTED || e.depth() > 96 {
            return Sign::ANY;
        }
        if let Some((sign, steps)) = self.found_pending(e) {
            self.steps -= steps;
            return sign;
        }
        let before = self.steps;
        let found = self.found(e);
        self.keep_pending(e, found, before);
        found
    }

    /// What was found for a question while the same ones were pending, and what that took, if there are as many steps.
    fn found_pending(&self, e: &Expr) -> Option<(Sign, u32)> {
        let known = self.pending.get(e)?.iter().find(|p| p.busy == self.busy)?;
        (self.steps > known.steps + SCARCE).then_some((known.sign, known.steps))
    }

    fn keep_pending(&mut self, e: &Expr, sign: Sign, before: u32) {
        let steps = before - self.steps.min(before);
        // Where steps were scarce, something may have been left out.
        if self.busy.is_empty() || self.steps <= SCARCE || steps < WORTH || self.known.contains_key(e) {
            return;
        }
        let kept = self.pending.entry(e.clone()).or_default();
        if kept.len() < MOST_PENDING {
            kept.push(Pending { busy: self.busy.clone(), sign, steps });
        }
    }

    fn found(&mut self, e: &Expr) -> Sign {
        self.steps -= 1;
        let structural = self.structural(e);
        if structural == Sign::POSITIVE || structural == Sign::NEGATIVE || structural == Sign::ZERO {
            self.known.insert(e.clone(), structural);
            return structural;
        }
        if !e.sort().is_scalar() || self.busy.contains(e) {
            return structural;
        }
        self.busy.push(e.clone());
        let found = self.poly_sign(&Poly::plain(e));
        self.busy.pop();
        let found = structural.meet(found);
        // What was found while other answers were pending may be less than can be found.
        if self.steps > 0 && (self.busy.is_empty() || found != Sign::ANY) {
            self.known.insert(e.clone(), found);
        }
        found
    }

    fn structural(&mut self, e: &Expr) -> Sign {
        match e.node() {
            Node::Num(q) => Sign::of(q.cmp(&Rational::from(0))),
            Node::App(f, args) => self.of_function(f.name, args),
            Node::Bind { binder, domain, body } => self.of_binder(*binder, domain, body),
            _ => Sign::ANY,
        }
    }

    fn of_function(&mut self, name: &str, args: &[Expr]) -> Sign {
        match (name, args) {
            (fun::ADD, _) => args.iter().fold(Sign::ZERO, |s, a| s + self.find(a)),
            (fun::MUL, _) => args.iter().fold(Sign::POSITIVE, |s, a| s * self.find(a)),
            (fun::POW, [b, x]) => self.of_power(b, x),
            ("exp" | "sigmoid" | "softplus" | "cosh" | "factorial" | "gamma", [_]) | ("pi" | "euler", []) => {
                Sign::POSITIVE
            }
            ("xlogy", [x, y]) => self.of_xlogy(x, y),
            ("log", [x]) => self.find(&(x.clone() - Expr::int(1))),
            ("sqrt", [x]) if !self.find(x).may_be(Sign::ZERO) => Sign::POSITIVE,
            ("sqrt", [_]) => Sign::NONNEGATIVE,
            ("abs", [x]) => self.find(x).abs(),
            ("sign" | "tanh" | "sinh" | "arctan" | "arcsin", [x]) => self.find(x),
            ("max", _) => self.of_greatest(args, Sign::POSITIVE),
            ("min", _) => self.of_greatest(args, Sign::NEGATIVE),
            ("delta", [i, j]) if i == j => Sign::POSITIVE,
            ("delta", [i, j]) if i.as_num().is_some() && j.as_num().is_some() => Sign::ZERO,
            ("delta" | "norm" | "norm1" | "cardinality", _) => Sign::NONNEGATIVE,
            ("cases", _) => {
                let mut all = args.chunks_exact(2).filter_map(|p| p.get(1)).collect::<Vec<_>>();
                if args.len() % 2 == 1 {
                    all.extend(args.last());
                }
                let signs: Vec<Sign> = all.into_iter().map(|v| self.find(v)).collect();
                signs.into_iter().reduce(|a, b| a | b).unwrap_or(Sign::ANY)
            }
            (fun::INDEX, [array, indices @ ..]) => self.of_entry(array, indices),
            _ => Sign::ANY,
        }
    }

    fn of_power(&mut self, base: &Expr, exponent: &Expr) -> Sign {
        let b = self.find(base);
        if let Some(n) = exponent.as_int() {
            return b.power(n);
        }
        if b == Sign::POSITIVE {
            return Sign::POSITIVE;
        }
        match exponent.as_num() {
            Some(q) if !q.is_integer() && !b.may_be(Sign::ZERO) => Sign::POSITIVE,
            Some(q) if !q.is_integer() && *q < Rational::from(0) => Sign::POSITIVE,
            Some(q) if !q.is_integer() => Sign::NONNEGATIVE,
            // A real exponent exists for a base > 0 only, a positive one also for 0; an integer one gives 0 for 0 only.
            None if *exponent.sort() == Sort::Real && self.find(exponent).is(Sign::NONPOSITIVE) => Sign::POSITIVE,
            None if *exponent.sort() == Sort::Real || b.is(Sign::NONNEGATIVE) => Sign::NONNEGATIVE,
            None if !b.may_be(Sign::ZERO) => Sign::POSITIVE | Sign::NEGATIVE,
            _ => Sign::ANY,
        }
    }

    /// Of the greatest of the arguments, with `above` = positive; of the least with the signs exchanged.
    fn of_greatest(&mut self, args: &[Expr], above: Sign) -> Sign {
        let signs: Vec<Sign> = args.iter().map(|a| self.find(a)).collect();
        if signs.contains(&above) {
            return above;
        }
        let not_below = above | Sign::ZERO;
        let all = signs.iter().copied().reduce(|a, b| a | b).unwrap_or(Sign::ANY);
        if signs.iter().any(|s| s.is(not_below)) {
            return all & not_below;
        }
        all
    }

    fn of_entry(&mut self, array: &Expr, indices: &[Expr]) -> Sign {
        let facts = self.facts;
        let mut result = Sign::ANY;
        for fact in &facts.arrays {
            let (kind, pattern) = &fact.what;
            let inverse = *kind == Trait::PositiveDefinite;
            let Some(rest) = self.entry_of(pattern, &fact.holes, array, indices, inverse) else { continue };
            let says = match kind {
                Trait::OneHot | Trait::Distribution | Trait::Bits => Sign::NONNEGATIVE,
                Trait::PositiveDefinite => match rest.as_slice() {
                    [i, j] if i == j => Sign::POSITIVE,
                    _ => Sign::ANY,
                },
                Trait::Symmetric => Sign::ANY,
            };
            if says != Sign::ANY {
                self.used.insert(fact.source);
                result = result.meet(says);
            }
        }
        result
    }

    /// The remaining indices, if `array[indices]` is an entry of an array that the pattern (an array symbol, a row of
    /// it; its inverse, if that is asked for) matches with its holes in range.
    pub fn entry_of(
        &mut self,
        pattern: &Expr,
        holes: &[Hole],
        array: &Expr,
        indices: &[Expr],
        or_inverse: bool,
    ) -> Option<Vec<Expr>> {
        let (head, prefix): (&Expr, &[Expr]) = match pattern.as_app(fun::INDEX) {
            Some([head, prefix @ ..]) => (head, prefix),
            _ => (pattern, &[]),
        };
        let inverse = array.as_app("inverse").and_then(|a| a.first());
        let same = head == array || (or_inverse && prefix.is_empty() && inverse == Some(head));
        if !same || indices.len() < prefix.len() {
            return None;
        }
        let (given, rest) = indices.split_at_checked(prefix.len())?;
        let mut found = BTreeMap::new();
        if !prefix.iter().zip(given).all(|(p, t)| matches(p, t, holes, &mut found)) {
            return None;
        }
        self.holes_in_range(holes, &found, pattern).then(|| rest.to_vec())
    }

    /// Whether every hole got a value in its range.
    pub fn holes_in_range(&mut self, holes: &[Hole], found: &BTreeMap<Symbol, Expr>, pattern: &Expr) -> bool {
        holes.iter().all(|h| {
            let Some(value) = found.get(&h.symbol) else { return false };
            if crate::algebra::facts::in_range_if_defined(h, pattern) {
                return true;
            }
            let domain = h.domain.map(&mut |e| filled(e, found));
            self.in_domain(value, &domain)
        })
    }

    /// Whether a value is certainly in a domain.
    pub fn in_domain(&mut self, value: &Expr, domain: &Domain) -> bool {
        match domain {
            Domain::Range(from, to) => {
                *value.sort() == Sort::Integer
                    && self.not_below(&(value.clone() - from.clone()))
                    && self.not_below(&(to.clone() - value.clone()))
            }
            Domain::Over(set) => {
                let in_scope = self
                    .scope
                    .iter()
                    .any(|(s, d)| value.as_symbol() == Some(s) && matches!(d, Domain::Over(t) if t == set));
                let given =
                    self.facts.members.iter().find(|m| m.holes.is_empty() && m.what == (value.clone(), set.clone()));
                if let Some(m) = given {
                    self.used.insert(m.source);
                }
                in_scope || given.is_some()
            }
            Domain::All(sort) => value.sort() == sort || (*sort == Sort::Real && value.sort().is_scalar()),
            Domain::Towards(..) | Domain::At(..) => false,
        }
    }

    /// Whether `e ≥ 0` is certain.
    pub fn not_below(&mut self, e: &Expr) -> bool {
        self.find(e).is(Sign::NONNEGATIVE)
    }

    /// [`Prover::not_below`] as a question of its own.
    pub fn not_below_now(&mut self, e: &Expr) -> bool {
        self.sign(e).is(Sign::NONNEGATIVE)
    }

    /// [`Prover::in_domain`] as a question of its own.
    pub fn in_domain_now(&mut self, value: &Expr, domain: &Domain) -> bool {
        self.afresh();
        self.in_domain(value, domain)
    }

    /// Whether a domain certainly has a member.
    pub fn non_empty(&mut self, domain: &Domain) -> bool {
        match domain {
            Domain::Range(from, to) => self.not_below(&(to.clone() - from.clone())),
            Domain::Over(set) => set.as_symbol().is_some_and(|s| self.sizes.contains_key(s)),
            _ => false,
        }
    }

    fn of_binder(&mut self, binder: Binder, domain: &Domain, body: &Expr) -> Sign {
        let ranged = matches!(domain, Domain::Range(..) | Domain::Over(_)) && body.sort().is_scalar();
        if !ranged || domain.parts().into_iter().any(is_infinite) {
            return Sign::ANY;
        }
        let inner = match binder {
            Binder::Sum | Binder::Product | Binder::Max | Binder::Min => {
                let symbol = self.enter(domain);
                let inner = self.find(&body.instantiated(&Expr::sym(symbol)));
                self.leave();
                inner
            }
            _ => return Sign::ANY,
        };
        match binder {
            Binder::Sum => {
                // Sums of any positive number of terms, and the empty sum where there may be none.
                let some = (inner + inner) | inner;
                if self.non_empty(domain) { some } else { some | Sign::ZERO }
            }
            Binder::Product => match inner {
                Sign::POSITIVE => Sign::POSITIVE,
                s if s.is(Sign::NONNEGATIVE) => Sign::NONNEGATIVE,
                s if s.is(Sign::NONZERO) => Sign::NONZERO,
                _ => Sign::ANY,
            },
            _ => inner,
        }
    }

    /// The sign of a product of kernels.
    pub(super) fn of_mono(&mut self, m: &Mono) -> Sign {
        let mut result = Sign::POSITIVE;
        for (kernel, exponent) in m.factors() {
            let base = self.find(kernel);
            result = result
                * match exponent.to_i64() {
                    Some(n) => base.power(n),
                    None if !base.may_be(Sign::ZERO) || *exponent < Rational::from(0) => Sign::POSITIVE,
                    None => Sign::NONNEGATIVE,
                };
        }
        result
    }
}
