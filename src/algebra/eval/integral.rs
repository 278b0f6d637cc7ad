//! Integrals of one variable over an interval: Euler's by Γ, others by enclosures.

use std::cell::RefCell;
use std::cmp::Ordering;

use super::env::Env;
use super::evaluator::{Evaluator, Slot};
use super::quadrature::{Enclosed, End, Integrand};
use super::system::System;
use super::value::Value;
use super::work;
use crate::algebra::integral::ends;
use crate::algebra::limit::infinite;
use crate::expr::{Binder, Domain, Expr, Memo, Node, Sort};
use crate::num::{Exact, Interval, Number, Rational, Ternary};

/// Fuel for one integral; with less there is none.
const BUDGET: u64 = 100_000;
/// Greatest size of an integrand.
const LARGEST: u64 = 400;
/// Most integrals that are remembered.
const KEPT: usize = 256;
/// Greatest width of an end, in parts of it.
const NARROW: f64 = 1e-9;

/// What was found for an integral, and what that cost: fuel, and work.
type Found = (Option<Enclosed>, u64, u64);

thread_local! {
    /// By integrand, domain, and the exact values of what stands in them. What is recalled costs what it did.
    static KNOWN: RefCell<Memo<(Expr, Expr, Expr, String), Found>> = RefCell::new(Memo::default());
}

impl<N: System> Evaluator<'_, N> {
    /// The value of an integral, where it certainly has one.
    pub(super) fn integral(&mut self, domain: &Domain, body: &Expr) -> Value<N> {
        if let Some(value) = self.eulerian(domain, body) {
            return value;
        }
        match self.enclosed(domain, body) {
            Some(found) if N::INTEGRATES => Value::Scalar(N::enclosed(&found.value, found.total)),
            _ => Value::undefined(),
        }
    }

    /// An enclosure that depends on nothing but the exact values: the same in each system.
    fn enclosed(&mut self, domain: &Domain, body: &Expr) -> Option<Enclosed> {
        if !N::INTEGRATES || *self.fuel < BUDGET || body.size() > LARGEST || !body.sort().is_scalar() || is_opaque(body)
        {
            return None;
        }
        let (low, high) = ends(domain)?;
        let numbers = self.numbers(&[&low, &high, body])?;
        let key = (body.clone(), low, high, numbers);
        if let Some((found, fuel, done)) = KNOWN.with_borrow(|known| known.get(&key).copied()) {
            work::count(usize::try_from(done).unwrap_or(usize::MAX));
            *self.fuel = self.fuel.saturating_sub(fuel);
            return found;
        }
        let before = work::done();
        let mut fuel = BUDGET;
        let outer: Vec<Option<Rational>> = self.stack.iter().map(|slot| slot.exact.clone()).collect();
        let found = over(body, (&key.1, &key.2), &self.env.exactly(), &outer, &mut fuel);
        let cost = BUDGET - fuel;
        *self.fuel = self.fuel.saturating_sub(cost);
        KNOWN.with_borrow_mut(|known| {
            if known.len() >= KEPT {
                known.clear();
            }
            known.insert(key, (found, cost, work::done().saturating_sub(before)));
        });
        found
    }

    /// The exact values of what stands in expressions, written down; `None` where one has none.
    fn numbers(&self, parts: &[&Expr]) -> Option<String> {
        let mut numbers = String::new();
        for symbol in parts.iter().flat_map(|e| e.symbols()) {
            let value = self.env.exact(&symbol)?;
            if value.is_undefined() != Ternary::False {
                return None;
            }
            numbers.push_str(&format!("{}.{}={value:?};", symbol.name, symbol.version));
        }
        // Variables bound outside, the nearest first.
        let loose = parts.iter().map(|e| e.loose()).max()?;
        for slot in self.stack.iter().rev().take(usize::try_from(loose).ok()?) {
            numbers.push_str(&format!("{:?};", slot.exact));
        }
        Some(numbers)
    }
}

/// Whether something stands in an integrand that has no value between the ends for sure, or costs too much.
fn is_opaque(body: &Expr) -> bool {
    body.any(&mut |e| match e.node() {
        Node::Opaque { .. } => true,
        Node::Call(f, _) => f.sort == Sort::Function,
        Node::Bind { binder: Binder::Integral | Binder::Limit | Binder::Derivative, .. } => true,
        _ => false,
    })
}

fn over(
    body: &Expr,
    (low, high): (&Expr, &Expr),
    env: &Env<Exact>,
    outer: &[Option<Rational>],
    fuel: &mut u64,
) -> Option<Enclosed> {
    let numbers = env.in_numbers::<Interval>();
    let end = |e: &Expr, fuel: &mut u64| {
        let mut inner = Evaluator::<Interval>::new(&numbers, fuel);
        let number = |q: &Option<Rational>| q.as_ref().map_or_else(Interval::undefined, Interval::from_rational);
        inner.stack = outer.iter().map(|q| Slot { value: Value::Scalar(number(q)), exact: q.clone() }).collect();
        let value = inner.scalar(e);
        let narrow = value.is_bounded() && value.width() <= NARROW * value.value().abs().max(NARROW);
        (value.defined().certainly() && narrow).then_some(End::At(value))
    };
    let (a, b) = match (infinite(low), infinite(high)) {
        (None, None) => (end(low, fuel)?, end(high, fuel)?),
        (None, Some(Ordering::Greater)) => (end(low, fuel)?, End::Infinite),
        (Some(Ordering::Less), None) => (End::Infinite, end(high, fuel)?),
        (Some(Ordering::Less), Some(Ordering::Greater)) => (End::Infinite, End::Infinite),
        _ => return None,
    };
    Integrand::new(body, env, outer, fuel).integral(a, b)
}
