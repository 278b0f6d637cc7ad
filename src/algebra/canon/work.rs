//! The computation: an expression bottom-up to a polynomial in kernels, with the conditions that its steps owe.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use num_traits::One;

use crate::algebra::canon::fuel::{Fuel, Stop};
use crate::algebra::canon::lead::Lead;
use crate::algebra::canon::nest::Nests;
use crate::algebra::canon::poly::{Poly, half};
use crate::algebra::canon::rule::Rule;
use crate::algebra::facts::{Bound, Facts, Quantified, Trait, filled, is_infinite, matches};
use crate::algebra::sign::{Prover, Sign};
use crate::expr::{Binder, Domain, Expr, Memo, Node, Symbol, fun};
use crate::num::{Rational, Ternary};

/// A condition that a step owes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Owed {
    pub condition: Expr,
    /// Where the condition fails, the whole expression has no value; otherwise the step itself needs it.
    pub natural: bool,
}

/// What a computation starts from: what the givens say, which is the same for all computations from them about the same
/// expressions.
#[derive(Clone)]
pub(super) struct Start {
    rules: Vec<Rc<Rule>>,
    sizes: BTreeMap<Symbol, i64>,
    canonical: Rc<Vec<Quantified<Bound>>>,
    opaque: Option<Expr>,
    indifferent: bool,
}

/// The state of one computation.
pub(super) struct Work<'f, 'u> {
    pub prover: Prover<'f>,
    pub fuel: &'u mut Fuel,
    pub owed: Vec<Owed>,
    /// Whether a step whose condition is not proved may be taken and owed.
    assume: bool,
    /// Whether that was asked.
    asked: Cell<bool>,
    pub(super) memo: Vec<Memo<Expr, Poly>>,
    /// Polynomials that stand under negative exponents.
    pub(super) leads: Memo<Expr, Option<Rc<Lead>>>,
    /// Nested sums in canonical order.
    pub(super) nests: Nests,
    pub(super) rules: Vec<Rc<Rule>>,
    depth: u32,
    opaque: Option<Expr>,
}

pub(super) type Done<T> = Result<T, Stop>;

impl<'f, 'u> Work<'f, 'u> {
    pub fn new(facts: &'f Facts, about: &[&Expr], fuel: &'u mut Fuel, assume: bool) -> Work<'f, 'u> {
        let mut work = Work::of(Prover::new(facts, about), fuel, assume);
        work.prepare_once();
        work
    }

    /// Whether a step whose condition is not proved may be taken and owed.
    pub fn assumes(&self) -> bool {
        self.asked.set(true);
        self.assume
    }

    /// Whether the computation would have been the same with the other answer of [`Work::assumes`].
    pub fn is_indifferent(&self) -> bool {
        !self.asked.get()
    }

    /// Runs `inside`, in which only what is proved is taken.
    pub fn assuming_nothing<T>(&mut self, inside: impl FnOnce(&mut Self) -> T) -> T {
        let assume = std::mem::replace(&mut self.assume, false);
        let asked = self.asked.get();
        let result = inside(self);
        self.assume = assume;
        self.asked.set(asked);
        result
    }

    /// Another computation from the same givens about the same expressions.
    pub fn from(start: &Start, facts: &'f Facts, fuel: &'u mut Fuel, assume: bool) -> Work<'f, 'u> {
        let mut work = Work::of(Prover::sized(facts, start.sizes.clone()), fuel, assume);
        work.resume(start);
        work
    }

    /// With nests that another computation from the same start has put in order.
    pub(super) fn knowing(self, nests: Nests) -> Work<'f, 'u> {
        Work { nests, ..self }
    }

    fn of(prover: Prover<'f>, fuel: &'u mut Fuel, assume: bool) -> Work<'f, 'u> {
        Work {
            prover,
            fuel,
            owed: vec![],
            assume,
            asked: Cell::new(false),
            memo: vec![Memo::default()],
            leads: Memo::default(),
            nests: Nests::default(),
            rules: vec![],
            depth: 0,
            opaque: None,
        }
    }

    /// What this computation started from; to be asked before it has computed anything.
    pub fn start(&self) -> Start {
        Start {
            rules: self.rules.clone(),
            sizes: self.prover.sizes.clone(),
            canonical: Rc::clone(&self.prover.canonical),
            opaque: self.opaque.clone(),
            indifferent: self.is_indifferent(),
        }
    }

    /// Goes on from where another computation started.
    pub(super) fn resume(&mut self, start: &Start) {
        self.prover.sizes.clone_from(&start.sizes);
        self.prover.canonical = Rc::clone(&start.canonical);
        self.rules.clone_from(&start.rules);
        self.opaque.clone_from(&start.opaque);
        self.asked.set(!start.indifferent);
    }

    /// The answer of [`Work::assumes`], unasked.
    pub(super) fn assumes_now(&self) -> bool {
        self.assume
    }

    /// The canonical polynomial of a real expression.
    pub fn poly_of(&mut self, e: &Expr) -> Done<Poly> {
        if let Node::Num(q) = e.node() {
            return if q.bit_len() > Fuel::BITS { Err(Stop::Bits) } else { Ok(Poly::constant(q.clone())) };
        }
        if let Some(found) = self.memo.iter().rev().find_map(|m| m.get(e)) {
            return Ok(found.clone());
        }
        if self.depth >= Fuel::DEPTH || e.depth() > 2 * Fuel::DEPTH {
            return Err(Stop::Depth);
        }
        self.fuel.spend(1)?;
        self.depth += 1;
        let result = self.compute(e);
        self.depth -= 1;
        let result = result?;
        self.check(&result)?;
        if let Some(top) = self.memo.last_mut() {
            top.insert(e.clone(), result.clone());
        }
        Ok(result)
    }

    /// The canonical expression of a real expression.
    pub fn expr_of(&mut self, e: &Expr) -> Done<Expr> {
        Ok(self.poly_of(e)?.to_expr())
    }

    pub fn check(&self, p: &Poly) -> Done<()> {
        if p.len() > Fuel::TERMS {
            Err(Stop::Terms)
        } else if p.bits() > Fuel::BITS {
            Err(Stop::Bits)
        } else {
            Ok(())
        }
    }

    fn compute(&mut self, e: &Expr) -> Done<Poly> {
        match e.node() {
            Node::Num(q) => Ok(Poly::constant(q.clone())),
            Node::Sym(_) | Node::Bound { .. } => self.atom(e.clone()),
            Node::App(f, args) => self.application(e, f.name, args),
            Node::Call(s, args) => self.call(s, args),
            Node::Bind { binder: Binder::Sum, domain, body } => self.sum(e, domain, body),
            Node::Bind { binder: Binder::Product, domain, body } => self.product_binder(e, domain, body),
            Node::Bind { binder: b @ Binder::Integral, domain, body } => self.endless(e, *b, domain, body),
            Node::Bind { .. } => self.atom(e.clone()),
            Node::Array { .. } => Err(Stop::Sort),
            Node::Opaque { .. } => {
                // Two of them might be matrices, which do not commute.
                if self.opaque.get_or_insert_with(|| e.clone()) != e {
                    return Err(Stop::Sort);
                }
                Ok(Poly::kernel(e.clone()))
            }
        }
    }

    fn application(&mut self, e: &Expr, name: &str, args: &[Expr]) -> Done<Poly> {
        match (name, args) {
            (fun::ADD, _) => {
                let mut sum = Poly::zero();
                for a in args {
                    sum = sum.plus(&self.poly_of(a)?);
                }
                Ok(sum)
            }
            (fun::MUL, _) => {
                let mut product = Poly::int(1);
                for a in args {
                    let factor = self.poly_of(a)?;
                    product = self.mul(&product, &factor)?;
                }
                Ok(product)
            }
            (fun::POW, [base, exponent]) => self.power(base, exponent),
            ("sqrt", [x]) => self.root(x, &half()),
            ("exp", [x]) => {
                let p = self.poly_of(x)?;
                self.exponential(&p)
            }
            ("euler", []) => self.exponential(&Poly::int(1)),
            ("log", [x]) => {
                self.owe("gt", x, true)?;
                self.log_abs(x)
            }
            ("xlogy", [x, y]) => self.xlogy(x, y),
            ("infinity", _) => Err(Stop::Sort),
            ("abs", [x]) => self.abs_power(x, &Rational::one()),
            ("sign", [x]) => self.signum(x),
            ("max", _) => self.greatest(args),
            ("min", _) => {
                let negated: Vec<Expr> = args.iter().map(|a| -a.clone()).collect();
                Ok(self.greatest(&negated)?.scaled(&Rational::from(-1)))
            }
            ("sigmoid" | "softplus" | "tanh" | "sinh" | "cosh" | "sin" | "cos" | "tan", [x]) => {
                self.elementary(name, x)
            }
            ("arcsin" | "arccos" | "arctan", [x]) => self.inverse_circular(name, x),
            ("delta", [i, j]) => self.delta(i, j),
            ("factorial", [n]) => self.factorial(n),
            ("binomial", [n, k]) => self.binomial(e, n, k),
            ("gamma", [x]) => self.gamma(x),
            (fun::INDEX, [array, indices @ ..]) => self.entry(array, indices),
            ("cases", _) => self.cases(args),
            _ => {
                let args = args.iter().map(|a| self.argument(a)).collect::<Done<Vec<Expr>>>()?;
                let rebuilt = e.with_children(args);
                self.atom(rebuilt)
            }
        }
    }

    /// An argument of a function that is only looked into: its canonical expression if it is a number.
    pub fn argument(&mut self, a: &Expr) -> Done<Expr> {
        if a.sort().is_scalar() { self.expr_of(a) } else { Ok(a.clone()) }
    }

    /// A kernel, or what a given says that it equals.
    pub fn atom(&mut self, kernel: Expr) -> Done<Poly> {
        if !kernel.sort().is_scalar() {
            return Err(Stop::Sort);
        }
        match self.rewritten(&kernel)? {
            Some(value) => Ok(value),
            None if self.is_one(&kernel) => Ok(Poly::int(1)),
            None => Ok(Poly::kernel(kernel)),
        }
    }

    /// Whether a kernel is 0 or 1 and not 0.
    fn is_one(&mut self, kernel: &Expr) -> bool {
        let facts = self.prover.facts;
        if facts.bits.is_empty() && !facts.arrays.iter().any(|a| matches!(a.what.0, Trait::OneHot | Trait::Bits)) {
            return false;
        }
        let used = self.prover.used.clone();
        let is_one = self.is_bit(kernel) && !self.sign(kernel).may_be(Sign::ZERO);
        if !is_one {
            self.prover.used = used;
            self.prover.forget();
        }
        is_one
    }

    /// What a given equation makes of a kernel.
    pub fn rewritten(&mut self, kernel: &Expr) -> Done<Option<Poly>> {
        for i in 0..self.rules.len() {
            let Some(rule) = self.rules.get(i).cloned() else { break };
            let mut found = BTreeMap::new();
            if matches(&rule.pattern, kernel, &rule.holes, &mut found)
                && self.prover.holes_in_range(&rule.holes, &found, &rule.pattern)
            {
                self.prover.used.extend(&rule.sources);
                let value = filled(&rule.value, &found);
                // The given holds, so its sides have values.
                let before = self.owed.len();
                let p = self.poly_of(&value)?;
                let new = self.owed.split_off(before.min(self.owed.len()));
                self.owed.extend(new.into_iter().filter(|o| !o.natural));
                return Ok(Some(p));
            }
        }
        Ok(None)
    }

    /// Owes `e ⋈ 0`, unless it is proved.
    pub fn owe(&mut self, relation: &str, e: &Expr, natural: bool) -> Done<()> {
        self.owe_condition(Expr::relate(relation, e.clone(), Expr::int(0)), natural)
    }

    pub fn owe_condition(&mut self, condition: Expr, natural: bool) -> Done<()> {
        let proved = self.prover.holds(&condition) == Ternary::True;
        self.fuel.spend(1 + self.prover.steps_taken())?;
        if proved {
            return Ok(());
        }
        let owed = Owed { condition, natural };
        if !self.owed.contains(&owed) {
            self.owed.push(owed);
        }
        Ok(())
    }

    /// Runs `inside` with the variable of a binder open; what it owes is closed over the variable.
    pub fn under<T>(&mut self, domain: &Domain, inside: impl FnOnce(&mut Self, &Symbol) -> Done<T>) -> Done<T> {
        let before = self.owed.len();
        let symbol = self.prover.enter(domain);
        self.memo.push(Memo::default());
        let result = inside(self, &symbol);
        self.memo.pop();
        self.prover.leave();
        let inner = self.owed.split_off(before.min(self.owed.len()));
        let populated = inner.is_empty() || self.prover.non_empty(domain);
        for o in inner {
            let closed = if o.condition.mentions(&symbol) {
                let body = o.condition.abstracted(&symbol, symbol.sort.clone());
                Owed { condition: Expr::bind(Binder::ForAll, domain.clone(), body), natural: o.natural }
            } else {
                Owed { natural: o.natural && populated, ..o }
            };
            if !self.owed.contains(&closed) {
                self.owed.push(closed);
            }
        }
        result
    }

    /// Runs `inside`, whose conditions are needed by a step and not by the expression having a value.
    pub fn artificially<T>(&mut self, inside: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.owed.len();
        let result = inside(self);
        for o in self.owed.iter_mut().skip(before) {
            o.natural = false;
        }
        result
    }

    /// Runs `inside` and keeps its result only if it owes nothing.
    pub fn unconditionally<T>(&mut self, inside: impl FnOnce(&mut Self) -> Done<T>) -> Done<Option<T>> {
        let owed = std::mem::take(&mut self.owed);
        self.memo.push(Memo::default());
        let result = inside(self);
        self.memo.pop();
        let free = self.owed.is_empty();
        self.owed = owed;
        match result {
            Ok(value) => Ok(free.then_some(value)),
            Err(Stop::Undefined) => Ok(None),
            Err(stop) => Err(stop),
        }
    }

    /// Runs `inside` on a rearrangement of what has been computed before: what it owes is owed already.
    pub fn again<T>(&mut self, inside: impl FnOnce(&mut Self) -> T) -> T {
        let owed = self.owed.clone();
        self.memo.push(Memo::default());
        let result = inside(self);
        self.memo.pop();
        self.owed = owed;
        result
    }

    /// The sign of an expression in canonical form.
    pub fn sign(&mut self, e: &Expr) -> Sign {
        let sign = self.prover.sign(e);
        // An overdraft stops the computation at its next step.
        let _ = self.fuel.spend(self.prover.steps_taken());
        sign
    }
}

/// Whether a domain is one over which sums are finite and linear: a range between two integers, or a named finite set.
/// Where an end is no integer (`n_i` of an array of numbers) the sum has no value: definedness owes that it is one.
pub(super) fn is_finite(domain: &Domain) -> bool {
    match domain {
        Domain::Range(a, b) => a.sort().is_scalar() && b.sort().is_scalar() && !is_infinite(a) && !is_infinite(b),
        Domain::Over(set) => matches!(set.node(), Node::Sym(_)),
        _ => false,
    }
}
