//! Entries of arrays, Kronecker's δ, cases, factorials.

use num_traits::One;

use crate::algebra::canon::fuel::Stop;
use crate::algebra::canon::poly::{Mono, Poly};
use crate::algebra::canon::work::{Done, Work};
use crate::algebra::facts::Trait;
use crate::algebra::sign::Sign;
use crate::expr::{Expr, Node, Sort, fun};
use crate::num::{Rational, Ternary};

impl Work<'_, '_> {
    /// An entry; indices of a symmetric matrix in order.
    pub fn entry(&mut self, array: &Expr, indices: &[Expr]) -> Done<Poly> {
        let mut head = array.clone();
        let mut all = indices.iter().map(|i| self.expr_of(i)).collect::<Done<Vec<Expr>>>()?;
        for _ in 0..16 {
            if let Some([inner, before @ ..]) = head.as_app(fun::INDEX) {
                let mut flat = before.iter().map(|i| self.expr_of(i)).collect::<Done<Vec<Expr>>>()?;
                flat.extend(all);
                all = flat;
                head = inner.clone();
            } else if let (Some([inner]), [i, j]) = (head.as_app("transpose"), all.as_slice())
                && inner.sort().sizes().len() == 2
            {
                all = vec![j.clone(), i.clone()];
                head = inner.clone();
            } else {
                break;
            }
        }
        if let Node::Array { rows, columns, entries } = head.node()
            && let Some(e) = literal_entry(*rows, *columns, entries, &all)
        {
            return self.poly_of(&e);
        }
        if all.len() >= 2 {
            let facts = self.prover.facts;
            for fact in facts.arrays.iter().filter(|f| f.what.0 == Trait::Symmetric) {
                let rest = self.prover.entry_of(&fact.what.1, &fact.holes, &head, &all, true);
                if let Some([i, j]) = rest.as_deref() {
                    if i > j {
                        let n = all.len();
                        all.swap(n - 1, n - 2);
                    }
                    self.prover.used.insert(fact.source);
                    break;
                }
            }
        }
        self.atom(head.index(all))
    }

    /// δ(i, j): of numbers a number; else δ(x, r) with the greatest symbol x that i − j can be solved for.
    pub fn delta(&mut self, i: &Expr, j: &Expr) -> Done<Poly> {
        let difference = self.poly_of(i)?.minus(&self.poly_of(j)?);
        if let Some(q) = difference.as_constant() {
            return Ok(Poly::int(i64::from(q == Rational::from(0))));
        }
        let e = difference.to_expr();
        match self.sign(&e) {
            Sign::ZERO => return Ok(Poly::int(1)),
            s if !s.may_be(Sign::ZERO) => return Ok(Poly::zero()),
            _ => {}
        }
        for kernel in difference.kernels().into_iter().rev() {
            if let Some(r) = solved_for(&difference, &kernel) {
                return self.atom(Expr::apply("delta", vec![kernel, r]));
            }
        }
        let (_, _, primitive) = difference.content().ok_or(Stop::Undefined)?;
        self.atom(Expr::apply("delta", vec![primitive.to_expr(), Expr::int(0)]))
    }

    /// Cases whose conditions are settled are decided; `a if i = j, else b` is b + δ(i, j)(a − b) if both values
    /// exist unconditionally.
    pub fn cases(&mut self, args: &[Expr]) -> Done<Poly> {
        let mut kept: Vec<Expr> = vec![];
        let mut pairs = args.chunks_exact(2);
        let mut last = None;
        for pair in pairs.by_ref() {
            let [condition, value] = pair else { continue };
            match self.prover.holds(condition) {
                Ternary::True => {
                    last = Some(value.clone());
                    break;
                }
                Ternary::False => {}
                Ternary::Unknown => kept.extend([condition.clone(), value.clone()]),
            }
        }
        if last.is_none() {
            last = pairs.remainder().first().cloned();
        }
        if kept.is_empty() {
            return match last {
                Some(value) => self.poly_of(&value),
                None => Err(Stop::Undefined),
            };
        }
        if let ([condition, a], Some(b)) = (kept.as_slice(), &last)
            && let Some([i, j]) = condition.as_app(fun::EQ)
            && i.sort().is_scalar()
            && j.sort().is_scalar()
        {
            let (i, j, a, b) = (i.clone(), j.clone(), a.clone(), b.clone());
            let both = self.unconditionally(|w| {
                let (a, b) = (w.poly_of(&a)?, w.poly_of(&b)?);
                let delta = w.delta(&i, &j)?;
                Ok(w.mul(&delta, &a.minus(&b))?.plus(&b))
            })?;
            if let Some(p) = both {
                return Ok(p);
            }
        }
        let mut rebuilt = vec![];
        for (k, part) in kept.iter().chain(last.iter()).enumerate() {
            let is_value = k % 2 == 1 || k == kept.len();
            let canonical = if is_value { self.unconditionally(|w| w.expr_of(part))? } else { None };
            rebuilt.push(canonical.unwrap_or_else(|| part.clone()));
        }
        self.atom(Expr::apply("cases", rebuilt))
    }

    /// n! of a number, (e + c)! = e!·(e + 1)⋯(e + c) where e ≥ 0 and e + c ≥ 0.
    pub fn factorial(&mut self, n: &Expr) -> Done<Poly> {
        const MOST: i64 = 8;
        let p = self.poly_of(n)?;
        if let Some(q) = p.as_constant() {
            return match q.factorial_exact() {
                Some(f) => Ok(Poly::constant(f)),
                None if q.is_integer() && q >= Rational::from(0) => Err(Stop::Bits),
                None => Err(Stop::Undefined),
            };
        }
        let c = p.coefficient(&Mono::one());
        let base = p.clone().minus(&Poly::constant(c.clone()));
        let steps = c.to_i64().filter(|c| *c != 0 && c.abs() <= MOST);
        let (whole, below) = (p.to_expr(), base.to_expr());
        if steps.is_some_and(|c| c < 0) && *below.sort() == Sort::Integer && self.assumes() {
            // (e − c)! has a value, so both numbers are natural.
            self.owe("ge", &whole, true)?;
            return self.stepped_factorial(&base, steps.unwrap_or_default());
        }
        if let Some(steps) = steps
            && *below.sort() == Sort::Integer
            && self.sign(&below).is(Sign::NONNEGATIVE)
            && self.sign(&whole).is(Sign::NONNEGATIVE)
        {
            return self.stepped_factorial(&base, steps);
        }
        self.atom(Expr::apply("factorial", vec![whole]))
    }

    /// (e + c)! = e!·(e + 1)⋯(e + c), or e!/(e(e − 1)⋯(e + c + 1)) for c < 0.
    fn stepped_factorial(&mut self, base: &Poly, steps: i64) -> Done<Poly> {
        let mut product = self.atom(Expr::apply("factorial", vec![base.to_expr()]))?;
        for t in steps.min(0) + 1..=steps.max(0) {
            let factor = base.clone().plus(&Poly::int(t));
            let factor = if steps > 0 { factor } else { self.inverse(&factor)? };
            product = self.mul(&product, &factor)?;
        }
        Ok(product)
    }
}

/// The value of a kernel for which a linear polynomial with unit coefficient there is 0.
pub(super) fn solved_for(p: &Poly, kernel: &Expr) -> Option<Expr> {
    let symbol = kernel.as_symbol()?;
    let mono = Mono::power(kernel.clone(), Rational::one());
    let c = p.coefficient(&mono);
    if c.abs() != Rational::one() {
        return None;
    }
    let mut rest = p.clone();
    rest.accumulate(mono, &-c.clone());
    let value = rest.scaled(&-c).to_expr();
    (!value.mentions(symbol)).then_some(value)
}

fn literal_entry(rows: usize, columns: Option<usize>, entries: &[Expr], indices: &[Expr]) -> Option<Expr> {
    let place = |i: &Expr, most: usize| usize::try_from(i.as_int()?).ok().filter(|i| (1..=most).contains(i));
    match (columns, indices) {
        (None, [i]) => entries.get(place(i, rows)? - 1).cloned(),
        (Some(n), [i, j]) => entries.get((place(i, rows)? - 1) * n + place(j, n)? - 1).cloned(),
        _ => None,
    }
}
