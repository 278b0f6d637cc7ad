//! Signs of polynomials as sums of known signs: a small search for a Positivstellensatz of degree one.

use std::collections::BTreeMap;

use num_traits::Zero;

use crate::algebra::canon::poly::{Mono, Poly};
use crate::algebra::facts::{Bound, Quantified, Trait, filled, is_infinite, matches};
use crate::algebra::sign::{Prover, Sign};
use crate::expr::{Binder, Domain, Expr, Node, fun};
use crate::num::Rational;

/// `left ≥ 0`, or `> 0` if strict, and the givens that say so.
#[derive(Clone)]
struct Known {
    left: Poly,
    strict: bool,
    sources: Vec<usize>,
}

const DEPTH: u32 = 4;
const MOST_KNOWN: usize = 48;
const MOST_TERMS: usize = 16;

impl Prover<'_> {
    /// The signs that a polynomial in kernels may have.
    pub(super) fn poly_sign(&mut self, p: &Poly) -> Sign {
        if let Some(q) = p.as_constant() {
            return Sign::of(q.cmp(&Rational::zero()));
        }
        if p.len() > MOST_TERMS {
            return Sign::ANY;
        }
        let p = self.without_denominators(p);
        let mut result = self.by_terms(&p);
        if result == Sign::POSITIVE || result == Sign::NEGATIVE {
            return result;
        }
        result = result.meet(self.by_order(&p));
        if result == Sign::POSITIVE || result == Sign::NEGATIVE || result == Sign::ZERO {
            return result;
        }
        let known = self.known(&p, &mut result);
        let above = self.strictly(&p, &known);
        let below = self.strictly(&p.scaled(&Rational::from(-1)), &known);
        for (found, strict, weak) in
            [(above, Sign::POSITIVE, Sign::NONNEGATIVE), (below, Sign::NEGATIVE, Sign::NONPOSITIVE)]
        {
            if let Some((is_strict, sources)) = found {
                self.used.extend(sources);
                result = result.meet(if is_strict { strict } else { weak });
            }
        }
        result
    }

    /// A positive multiple without negative powers of kernels that are certainly positive.
    fn without_denominators(&mut self, p: &Poly) -> Poly {
        let mut result = p.clone();
        if p.terms().all(|(m, _)| m.factors().all(|(_, e)| *e > Rational::zero())) {
            return result;
        }
        for k in p.kernels() {
            let least = p.terms().map(|(m, _)| m.exponent(&k)).min().unwrap_or_else(Rational::zero);
            if least >= Rational::zero() || !least.is_integer() || self.find(&k) != Sign::POSITIVE {
                continue;
            }
            let cleared = result.shifted(&Mono::power(k, -least));
            // A primitive polynomial that stood as a denominator is a polynomial again.
            let again = Poly::plain(&cleared.to_expr());
            if again.len() <= MOST_TERMS {
                result = again;
            }
        }
        result
    }

    fn by_terms(&mut self, p: &Poly) -> Sign {
        let mut sum = Sign::ZERO;
        for (m, c) in p.terms() {
            sum = sum + self.of_mono(m) * Sign::of(c.cmp(&Rational::zero()));
            if sum == Sign::ANY {
                break;
            }
        }
        sum
    }

    /// What is known of the kernels of `p`; a fact about just this polynomial narrows `direct`.
    fn known(&mut self, p: &Poly, direct: &mut Sign) -> Vec<Known> {
        let mut known = vec![];
        let mut kernels: Vec<Expr> = p.kernels().into_iter().collect();
        self.of_kernels(&kernels, &mut known);
        let facts = self.facts;
        let canonical = self.canonical.clone();
        for bound in facts.bounds.iter().chain(canonical.iter()) {
            for (left, sign) in self.instances(bound, &kernels) {
                if left.is_zero() {
                    continue;
                }
                if let Some(factor) = proportion(&left, p) {
                    let sign = if factor > Rational::zero() { sign } else { -sign };
                    if !direct.is(sign) {
                        *direct = direct.meet(sign);
                        self.used.insert(bound.source);
                    }
                }
                let mut push = |left: Poly, strict| {
                    if known.len() < MOST_KNOWN {
                        known.push(Known { left, strict, sources: vec![bound.source] });
                    }
                };
                if sign == Sign::ZERO {
                    push(left.scaled(&Rational::from(-1)), false);
                }
                if sign.is(Sign::NONNEGATIVE) {
                    for k in left.kernels() {
                        if !kernels.contains(&k) && kernels.len() < 32 {
                            kernels.push(k);
                        }
                    }
                    push(left, sign == Sign::POSITIVE);
                }
            }
        }
        self.of_indices(&kernels, &mut known);
        with_products(p, &mut known);
        known
    }

    /// A fact at the instances that concern these kernels.
    fn instances(&mut self, fact: &Quantified<Bound>, kernels: &[Expr]) -> Vec<(Poly, Sign)> {
        if fact.holes.is_empty() {
            let concerned = fact.what.kernels.iter().any(|k| kernels.contains(k));
            return if concerned { vec![(fact.what.left.clone(), fact.what.sign)] } else { vec![] };
        }
        let mut found_all = vec![];
        for pattern in &fact.what.kernels {
            for kernel in kernels {
                let mut found = BTreeMap::new();
                if matches(pattern, kernel, &fact.holes, &mut found)
                    && found.len() == fact.holes.len()
                    && self.holes_in_range(&fact.holes, &found, pattern)
                {
                    let left = Poly::plain(&filled(&fact.what.left.to_expr(), &found));
                    found_all.push((left, fact.what.sign));
                }
            }
        }
        found_all
    }

    /// Ranges of index variables and sizes.
    fn of_indices(&mut self, kernels: &[Expr], known: &mut Vec<Known>) {
        let mut symbols: std::collections::BTreeSet<_> = kernels.iter().filter_map(Expr::as_symbol).cloned().collect();
        for (symbol, domain) in self.scope.iter().rev() {
            if let (true, Domain::Range(from, to)) = (symbols.contains(symbol), domain) {
                let variable = Poly::kernel(Expr::sym(symbol.clone()));
                for end in [from, to] {
                    symbols.extend(end.symbols());
                }
                known.push(Known { left: variable.clone().minus(&Poly::plain(from)), strict: false, sources: vec![] });
                if !is_infinite(to) {
                    known.push(Known { left: Poly::plain(to).minus(&variable), strict: false, sources: vec![] });
                }
            } else if let (true, Domain::Over(set)) = (symbols.contains(symbol), domain)
                && let Some([from, to]) = set.as_app("open_interval")
            {
                let variable = Poly::kernel(Expr::sym(symbol.clone()));
                for (end, left) in
                    [(from, variable.clone().minus(&Poly::plain(from))), (to, Poly::plain(to).minus(&variable))]
                {
                    if !is_infinite(end) {
                        symbols.extend(end.symbols());
                        known.push(Known { left, strict: true, sources: vec![] });
                    }
                }
            }
        }
        for symbol in symbols {
            if let Some(least) = self.sizes.get(&symbol) {
                let left = Poly::kernel(Expr::sym(symbol)).minus(&Poly::int(*least));
                known.push(Known { left, strict: false, sources: vec![] });
            }
        }
    }

    /// Bounds that come with a function: 0 < σ < 1, −1 < tanh < 1, eˣ ≥ 1 + x, a sum of terms ≥ 0 is not less than any
    /// of them.
    fn of_kernels(&mut self, kernels: &[Expr], known: &mut Vec<Known>) {
        for kernel in kernels {
            let k = Poly::kernel(kernel.clone());
            let upper = Poly::int(1).minus(&k);
            let lower = Poly::int(1).plus(&k);
            let mut push = |left, strict, source: Option<usize>| {
                known.push(Known { left, strict, sources: source.into_iter().collect() })
            };
            match kernel.node() {
                Node::App(f, args) => match (f.name, args.as_slice()) {
                    ("sigmoid", _) => push(upper, true, None),
                    ("tanh", _) => {
                        push(upper, true, None);
                        push(lower, true, None);
                    }
                    ("sin" | "cos" | "sign", _) => {
                        push(upper, false, None);
                        push(lower, false, None);
                    }
                    ("delta", _) => push(upper, false, None),
                    ("exp", [x]) => push(k.minus(&Poly::int(1)).minus(&Poly::plain(x)), false, None),
                    (fun::INDEX, [array, indices @ ..]) => {
                        if let Some(source) = self.unit_entry(array, indices) {
                            push(upper, false, Some(source));
                        }
                    }
                    _ => {}
                },
                Node::Bind { binder: Binder::Sum, domain, body } => {
                    let others: Vec<Expr> = kernels.iter().filter(|o| *o != kernel).cloned().collect();
                    for term in self.terms_within(domain, body, &others) {
                        known.push(Known { left: k.clone().minus(&term), strict: false, sources: vec![] });
                    }
                }
                _ => {}
            }
        }
    }

    /// The given that says that an entry is at most 1.
    fn unit_entry(&mut self, array: &Expr, indices: &[Expr]) -> Option<usize> {
        let facts = self.facts;
        facts.arrays.iter().find_map(|fact| {
            let (kind, pattern) = &fact.what;
            let rest = match kind {
                Trait::OneHot | Trait::Distribution | Trait::Bits => {
                    self.entry_of(pattern, &fact.holes, array, indices, false)?
                }
                _ => return None,
            };
            (rest.len() == 1).then_some(fact.source)
        })
    }

    /// Kernels that are a term of a sum whose terms are all ≥ 0.
    fn terms_within(&mut self, domain: &Domain, body: &Expr, kernels: &[Expr]) -> Vec<Poly> {
        let symbol = self.enter(domain);
        let opened = body.instantiated(&Expr::sym(symbol.clone()));
        let nonnegative = self.find(&opened).is(Sign::NONNEGATIVE);
        self.leave();
        if !nonnegative {
            return vec![];
        }
        let hole = [crate::algebra::facts::Hole { symbol: symbol.clone(), domain: domain.clone() }];
        let pattern = Poly::plain(&opened);
        let Some((mono, coefficient)) = pattern.single() else { return vec![] };
        let Some(head) = mono.factors().map(|(k, _)| k).find(|k| k.mentions(&symbol)) else { return vec![] };
        let mut terms = vec![];
        for kernel in kernels {
            let mut found = BTreeMap::new();
            if matches(head, kernel, &hole, &mut found)
                && let Some(value) = found.get(&symbol)
                && self.in_domain(value, domain)
            {
                let instance = filled(&mono.to_expr(), &found);
                terms.push(Poly::plain(&instance).scaled(coefficient));
            }
        }
        terms
    }

    /// [`Self::lower`], and where that is not strict, with one strict fact taken out beforehand.
    fn strictly(&mut self, p: &Poly, known: &[Known]) -> Option<(bool, Vec<usize>)> {
        let weak = self.lower(p, known, DEPTH)?;
        if weak.0 {
            return Some(weak);
        }
        for fact in known.iter().filter(|f| f.strict) {
            for (m, c) in p.terms() {
                let same_side = |d: &&Rational| d.numer_is_negative() == c.numer_is_negative();
                let Some(factor) = fact.left.coefficient_of(m).filter(same_side).and_then(|d| c.checked_div(d)) else {
                    continue;
                };
                let mut rest = p.clone();
                rest.add_scaled(&fact.left, &-factor);
                if let Some((_, mut sources)) = self.lower(&rest, known, DEPTH - 1) {
                    sources.extend(&fact.sources);
                    return Some((true, sources));
                }
            }
        }
        Some(weak)
    }

    /// Whether `p ≥ 0` (`false`) or `p > 0` (`true`) follows: `p` is a sum of terms ≥ 0 and multiples of what is known.
    fn lower(&mut self, p: &Poly, known: &[Known], depth: u32) -> Option<(bool, Vec<usize>)> {
        let cost = 1 + p.len() as u32 / 4;
        if self.steps < cost || p.len() > 2 * MOST_TERMS {
            return None;
        }
        self.steps -= cost;
        let mut offending: Option<(Mono, Rational)> = None;
        let mut strict = false;
        for (m, c) in p.terms() {
            let sign = self.of_mono(m) * Sign::of(c.cmp(&Rational::zero()));
            if !sign.is(Sign::NONNEGATIVE) {
                // Kernels before numbers: a number can be mended last.
                if offending.is_none() || offending.as_ref().is_some_and(|(o, _)| o.is_one()) {
                    offending = Some((m.clone(), c.clone()));
                }
            } else if sign == Sign::POSITIVE {
                strict = true;
            }
        }
        let Some((mono, c)) = offending else { return Some((strict, vec![])) };
        if depth == 0 {
            return None;
        }
        for fact in known {
            let same_side = |d: &&Rational| d.numer_is_negative() == c.numer_is_negative();
            let Some(factor) = fact.left.coefficient_of(&mono).filter(same_side).and_then(|d| c.checked_div(d)) else {
                continue;
            };
            let mut rest = p.clone();
            rest.add_scaled(&fact.left, &-factor);
            if let Some((rest_strict, mut sources)) = self.lower(&rest, known, depth - 1) {
                sources.extend(&fact.sources);
                return Some((rest_strict || fact.strict, sources));
            }
        }
        None
    }
}

/// Products of two of what is known of a polynomial's kernels, where it has terms of degree two.
fn with_products(p: &Poly, known: &mut Vec<Known>) {
    const FACTORS: usize = 6;
    let square = |m: &Mono| m.factors().fold(Rational::zero(), |n, (_, e)| &n + e) == Rational::from(2);
    if !p.terms().any(|(m, _)| square(m)) {
        return;
    }
    let kernels = p.kernels();
    let few: Vec<Known> = known
        .iter()
        .filter(|k| k.left.len() <= 3 && k.left.kernels().is_subset(&kernels))
        .take(FACTORS)
        .cloned()
        .collect();
    for (i, a) in few.iter().enumerate() {
        for b in few.iter().skip(i) {
            let left = a.left.unreduced_product(&b.left);
            let sources = a.sources.iter().chain(&b.sources).copied().collect();
            known.push(Known { left, strict: a.strict && b.strict, sources });
        }
    }
}

/// `factor` with `p = factor · q`.
fn proportion(q: &Poly, p: &Poly) -> Option<Rational> {
    if q.len() != p.len() {
        return None;
    }
    let (m, c) = q.leading()?;
    let factor = p.coefficient(m).checked_div(c)?;
    (!factor.is_zero() && q.scaled(&factor) == *p).then_some(factor)
}
