//! Symbolic sums: linear, free of factors that do not depend on the variable, δ eliminated, binders in canonical order.

use num_traits::One;

use crate::algebra::canon::nest::{Bound, Least, Nest};
use crate::algebra::canon::poly::{Mono, Poly};
use crate::algebra::canon::special::solved_for;
use crate::algebra::canon::work::{Done, Work, is_finite};
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol};
use crate::num::Rational;

/// Longest numeric range that is written out.
const LONGEST: i64 = 16;
/// Most binders that are merged into one nest and brought into canonical order.
const MOST_BINDERS: usize = 4;

impl Work<'_, '_> {
    /// Σ over a domain.
    pub fn sum(&mut self, whole: &Expr, domain: &Domain, body: &Expr) -> Done<Poly> {
        let Some(domain) = self.finite_domain(domain)? else { return self.endless(whole, Binder::Sum, domain, body) };
        if body.has_opaque() {
            return self.atom(whole.clone());
        }
        if let Some(values) = short_range(&domain) {
            let mut sum = Poly::zero();
            for value in values {
                sum.add_scaled(&self.poly_of(&body.instantiated(&value))?, &Rational::one());
            }
            return Ok(sum);
        }
        let inner = domain.clone();
        self.under(&domain, |w, symbol| {
            let p = w.poly_of(&body.instantiated(&Expr::sym(symbol.clone())))?;
            let mut sum = Poly::zero();
            for (m, c) in p.terms() {
                let term = w.sum_term(vec![(symbol.clone(), inner.clone())], m.clone())?;
                sum.add_scaled(&term, c);
            }
            Ok(sum)
        })
    }

    /// A finite domain with canonical ends.
    pub fn finite_domain(&mut self, domain: &Domain) -> Done<Option<Domain>> {
        let domain = match domain {
            Domain::Over(set) => match set.as_app("range_set") {
                Some([a, b]) => Domain::Range(a.clone(), b.clone()),
                _ => domain.clone(),
            },
            _ => domain.clone(),
        };
        if !is_finite(&domain) {
            return Ok(None);
        }
        Ok(Some(match domain {
            Domain::Range(a, b) => Domain::Range(self.expr_of(&a)?, self.expr_of(&b)?),
            other => other,
        }))
    }

    /// Σ over the binders (outermost first, all open in the scope) of a monomial.
    pub fn sum_term(&mut self, binders: Vec<Bound>, m: Mono) -> Done<Poly> {
        self.fuel.spend(1)?;
        if binders.is_empty() {
            return self.reduced(m);
        }
        if let Some(p) = self.opened(&binders, &m)? {
            return Ok(p);
        }
        if let Some(p) = self.delta_eliminated(&binders, &m)? {
            return Ok(p);
        }
        for (i, (symbol, domain)) in binders.iter().enumerate() {
            let ranged = binders.iter().any(|(_, d)| depends(d, symbol));
            if ranged {
                continue;
            }
            let without: Vec<Bound> =
                binders.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, b)| b.clone()).collect();
            if !m.any_kernel(|k| k.mentions(symbol)) {
                if let Some(count) = self.without_variable(symbol, |w| w.count(domain))? {
                    return self.sum_product(without, &count, &m);
                }
                continue;
            }
            let (inside, outside) = split(&m, |k| k.mentions(symbol));
            let exponent = inside.exponent(&Expr::sym(symbol.clone()));
            if inside == Mono::power(Expr::sym(symbol.clone()), exponent.clone())
                && let Some(k) = exponent.to_i64()
                && let Some(value) = self.without_variable(symbol, |w| w.power_sum(domain, k))?
            {
                return self.sum_product(without, &value, &outside);
            }
            if let Some(value) = self.without_variable(symbol, |w| w.binomial_sum(domain, symbol, &inside))? {
                return self.sum_product(without, &value, &outside);
            }
            let kernel = Expr::bind(Binder::Sum, domain.clone(), inside.to_expr().abstracted(symbol, sort_of(symbol)));
            if let Some(value) = self.without_variable(symbol, |w| w.rewritten(&kernel))? {
                return self.sum_product(without, &value, &outside);
            }
        }
        self.components(binders, m)
    }

    /// Σ of a polynomial times a monomial.
    fn sum_product(&mut self, binders: Vec<Bound>, p: &Poly, m: &Mono) -> Done<Poly> {
        let product = self.mul(p, &Poly::term(Rational::one(), m.clone()))?;
        let mut sum = Poly::zero();
        for (n, c) in product.terms() {
            let term = self.sum_term(binders.clone(), n.clone())?;
            sum.add_scaled(&term, c);
        }
        Ok(sum)
    }

    /// Runs `inside` without supposing that the variable has a value: what is said of a whole sum must hold for an
    /// empty range too.
    pub fn without_variable<T>(&mut self, symbol: &Symbol, inside: impl FnOnce(&mut Self) -> T) -> T {
        let place = self.prover.scope.iter().position(|(s, _)| s == symbol);
        let free = (symbol.clone(), Domain::All(symbol.sort.clone()));
        let saved = place.and_then(|i| self.prover.scope.get_mut(i)).map(|slot| std::mem::replace(slot, free));
        self.prover.forget();
        let result = inside(self);
        if let (Some(i), Some(saved)) = (place, saved)
            && let Some(slot) = self.prover.scope.get_mut(i)
        {
            *slot = saved;
        }
        self.prover.forget();
        result
    }

    /// Number of values of a domain, where that is known not to be negative.
    pub fn count(&mut self, domain: &Domain) -> Done<Option<Poly>> {
        match domain {
            Domain::Range(a, b) => {
                let count = self.poly_of(b)?.minus(&self.poly_of(a)?).plus(&Poly::int(1));
                let number = count.to_expr();
                let known = self.prover.not_below_now(&number);
                // Where it runs over fewer than no numbers the sum is empty.
                if !known && *b.sort() != Sort::Integer && self.assumes() {
                    self.owe("ge", &number, false)?;
                    return Ok(Some(count));
                }
                Ok(known.then_some(count))
            }
            Domain::Over(set) => Ok(Some(Poly::kernel(Expr::apply("cardinality", vec![set.clone()])))),
            _ => Ok(None),
        }
    }

    /// A sum among the factors that depends on a variable becomes a further binder: f Σ g = Σ f g.
    fn opened(&mut self, binders: &[Bound], m: &Mono) -> Done<Option<Poly>> {
        if binders.len() >= MOST_BINDERS {
            return Ok(None);
        }
        let candidate = m.factors().find_map(|(k, e)| match k.node() {
            Node::Bind { binder: Binder::Sum, domain, body }
                if e.is_integer()
                    && *e >= Rational::one()
                    && *e <= Rational::from(2)
                    && is_finite(domain)
                    && !k.has_opaque()
                    && binders.iter().any(|(s, _)| k.mentions(s)) =>
            {
                Some((k.clone(), domain.clone(), body.clone()))
            }
            _ => None,
        });
        let Some((kernel, domain, body)) = candidate else { return Ok(None) };
        let mut rest = m.clone();
        rest.multiply_by(kernel, &Rational::from(-1));
        let inner = domain.clone();
        let mut binders = binders.to_vec();
        let result = self.under(&domain, |w, symbol| {
            binders.push((symbol.clone(), inner));
            let p = w.poly_of(&body.instantiated(&Expr::sym(symbol.clone())))?;
            w.sum_product(binders, &p, &rest)
        });
        result.map(Some)
    }

    /// Σₖ δ(k, e) f(k) = f(e) where e is in the range.
    fn delta_eliminated(&mut self, binders: &[Bound], m: &Mono) -> Done<Option<Poly>> {
        for (k, e) in m.factors() {
            let Some([x, r]) = k.as_app("delta") else { continue };
            if !e.is_one() {
                continue;
            }
            let difference = Poly::plain(x).minus(&Poly::plain(r));
            for (i, (symbol, domain)) in binders.iter().enumerate().rev() {
                let Some(value) = solved_for(&difference, &Expr::sym(symbol.clone())) else { continue };
                if *value.sort() != Sort::Integer && matches!(domain, Domain::Range(..)) {
                    continue;
                }
                // A range that depends on the variable, or a value that depends on one whose range does, stays.
                if binders.iter().any(|(_, d)| depends(d, symbol)) || m.any_kernel(Expr::has_opaque) {
                    continue;
                }
                let inside = self.without_variable(symbol, |w| w.prover.in_domain_now(&value, domain));
                let may_owe = |w: &Self| matches!(domain, Domain::Range(..)) && w.assumes();
                if !inside && !may_owe(self) {
                    continue;
                }
                if let (false, Domain::Range(a, b)) = (inside, domain) {
                    self.owe_condition(Expr::relate("le", a.clone(), value.clone()), false)?;
                    self.owe_condition(Expr::relate("le", value.clone(), b.clone()), false)?;
                }
                let rest = m.without(k).to_expr().substituted(symbol, &value);
                let rest = if inside { self.poly_of(&rest)? } else { self.artificially(|w| w.poly_of(&rest))? };
                let without: Vec<Bound> =
                    binders.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, b)| b.clone()).collect();
                return self.sum_product(without, &rest, &Mono::one()).map(Some);
            }
        }
        Ok(None)
    }

    /// Factors and binders fall apart into groups that share no variable: the sum is the product of their sums.
    fn components(&mut self, binders: Vec<Bound>, m: Mono) -> Done<Poly> {
        let (_, free) = split(&m, |k| binders.iter().any(|(s, _)| k.mentions(s)));
        let mut result = self.reduced(free)?;
        let mut left: Vec<Bound> = binders;
        while let Some(first) = left.first().cloned() {
            let mut group = vec![first];
            left.remove(0);
            loop {
                let joined = left.iter().position(|(s, d)| {
                    group.iter().any(|(t, e)| {
                        depends(d, t) || depends(e, s) || m.any_kernel(|k| k.mentions(s) && k.mentions(t))
                    })
                });
                match joined {
                    Some(i) => group.push(left.remove(i)),
                    None => break,
                }
            }
            group.sort();
            let (inside, _) = split(&m, |k| group.iter().any(|(s, _)| k.mentions(s)));
            let sum = self.nest(&group, &inside)?;
            result = self.mul(&result, &sum)?;
        }
        Ok(result)
    }

    /// The kernel of one group: of all orders of the binders the one with the least expression.
    fn nest(&mut self, group: &[Bound], m: &Mono) -> Done<Poly> {
        let plain = nested(group, &m.to_expr());
        if group.len() == 1 {
            return self.atom(plain);
        }
        let best = if group.len() <= MOST_BINDERS { self.least_once(group, m)? } else { Least::Nothing };
        match best {
            Least::Zero => Ok(Poly::zero()),
            Least::Multiple(kernel, c) => Ok(self.atom(kernel)?.scaled(&c)),
            Least::Nothing => self.atom(plain),
        }
    }

    /// [`Work::least`], from memory where the same nest stood in the same place before.
    fn least_once(&mut self, group: &[Bound], m: &Mono) -> Done<Least> {
        let key = (group.to_vec(), m.clone(), self.prover.scope.clone());
        if let Some(known) = self.nests.get(&key) {
            self.prover.used.extend(&known.used);
            self.prover.steps = known.steps;
            self.prover.busy.clone_from(&known.busy);
            let least = known.least.clone();
            self.prover.forget();
            return Ok(least);
        }
        let before = std::mem::take(&mut self.prover.used);
        let least = self.least(group, m);
        let used = std::mem::replace(&mut self.prover.used, before);
        self.prover.used.extend(&used);
        let least = least?;
        let (steps, busy) = (self.prover.steps, self.prover.busy.clone());
        self.nests.insert(key, Nest { least: least.clone(), used, steps, busy });
        Ok(least)
    }

    fn least(&mut self, group: &[Bound], m: &Mono) -> Done<Least> {
        let mut best = Least::Nothing;
        let mut tried = vec![];
        for order in permutations(group.len()) {
            let Some(renamed) = renamed(group, m, &order) else { continue };
            // Where the body does not tell two binders apart, their orders come to the same.
            if tried.contains(&renamed) {
                continue;
            }
            let (binders, body) = &renamed;
            let found = self.rearranged(binders, body)?;
            tried.push(renamed);
            let Some((candidate, c)) = found else { continue };
            match &best {
                // The sum is its own negative.
                Least::Multiple(e, d) if *e == candidate && *d != c => return Ok(Least::Zero),
                Least::Multiple(e, _) if *e <= candidate => {}
                _ => best = Least::Multiple(candidate, c),
            }
        }
        Ok(best)
    }

    /// The nest of these binders with its body in canonical form again.
    fn rearranged(&mut self, renamed: &[Bound], body: &Expr) -> Done<Option<(Expr, Rational)>> {
        let scope = self.prover.scope.clone();
        for (to, domain) in renamed {
            if let Some(slot) = self.prover.scope.iter_mut().find(|(s, _)| s.name == to.name) {
                *slot = (to.clone(), domain.clone());
            }
        }
        self.prover.forget();
        let p = self.assuming_nothing(|w| w.again(|w| w.poly_of(body)));
        self.prover.scope = scope;
        self.prover.forget();
        let p = p?;
        Ok(p.single().map(|(mono, c)| (nested(renamed, &mono.to_expr()), c.clone())))
    }
}

/// The binders and the body of a nest with binder `order[p]` at place p, under the name that stands there. `None` where a
/// range would stand outside of the variable that it depends on.
fn renamed(group: &[Bound], m: &Mono, order: &[usize]) -> Option<(Vec<Bound>, Expr)> {
    let pick: Vec<&Bound> = order.iter().filter_map(|i| group.get(*i)).collect();
    let outside = |(p, (_, domain)): (usize, &&Bound)| pick.iter().skip(p).any(|(later, _)| depends(domain, later));
    if pick.iter().enumerate().any(outside) {
        return None;
    }
    let names: Vec<(&Symbol, Expr)> =
        pick.iter().zip(group).map(|((s, _), (to, _))| (s, Expr::sym(to.with_sort(sort_of(s))))).collect();
    let rename = |e: &Expr| e.renamed(&names);
    let binders = names
        .iter()
        .zip(&pick)
        .filter_map(|((_, to), (_, domain))| Some((to.as_symbol()?.clone(), domain.map(&mut |e| rename(e)))));
    Some((binders.collect(), rename(&m.to_expr())))
}

/// Σ … Σ of a body, first binder outermost.
fn nested(binders: &[Bound], body: &Expr) -> Expr {
    binders.iter().rev().fold(body.clone(), |e, (s, d)| Expr::bind(Binder::Sum, d.clone(), e.abstracted(s, sort_of(s))))
}

/// Whether a domain depends on a variable.
fn depends(domain: &Domain, symbol: &Symbol) -> bool {
    domain.parts().into_iter().any(|e| e.mentions(symbol))
}

fn sort_of(symbol: &Symbol) -> Sort {
    symbol.sort.clone()
}

/// Factors that pass the test, and the others.
pub(super) fn split(m: &Mono, test: impl Fn(&Expr) -> bool) -> (Mono, Mono) {
    let (mut inside, mut outside) = (Mono::one(), Mono::one());
    for (k, e) in m.factors() {
        if test(k) { &mut inside } else { &mut outside }.multiply_by(k.clone(), e);
    }
    (inside, outside)
}

/// The values of a range of known small length, empty ranges included.
pub(super) fn short_range(domain: &Domain) -> Option<Vec<Expr>> {
    let Domain::Range(from, to) = domain else { return None };
    let length = Poly::plain(to).minus(&Poly::plain(from)).as_constant()?.to_i64()?;
    if length >= LONGEST {
        return None;
    }
    Some((0..=length).map(|i| Poly::plain(from).plus(&Poly::int(i)).to_expr()).collect())
}

fn permutations(n: usize) -> Vec<Vec<usize>> {
    let mut all = vec![vec![]];
    for k in 0..n {
        all = all
            .into_iter()
            .flat_map(|p: Vec<usize>| {
                (0..=k).map(move |i| {
                    let mut q = p.clone();
                    q.insert(i.min(q.len()), k);
                    q
                })
            })
            .collect();
    }
    all
}
