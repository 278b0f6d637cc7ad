//! Elimination of Kronecker's δ from sums.

use crate::algebra::entry::DEPTH_CAP;
use crate::algebra::{logic, terms};
use crate::expr::{Binder, Domain, Expr, Memo, Node, Sort, fun};

/// Most terms that a product is multiplied out into.
const TERM_CAP: usize = 256;

/// Work allowed for one expression, in subexpressions looked at; what is left then stays as it is.
const FUEL: u64 = 100_000;

/// `Σₖ δ(k, j) f(k) = f(j)` inside out, for every finite sum over a range, with the conditions `low ≤ j`, `j ≤ high`
/// under which that is right (quantified over what stands above). Sums of terms with a δ in some of them are split,
/// products multiplied out only as far as a δ requires.
pub fn sift(e: &Expr) -> (Expr, Vec<Expr>) {
    let mut sifting = Sifting { memo: Memo::default(), owed: vec![], fuel: FUEL };
    let result = sifting.go(e);
    (result, sifting.owed)
}

struct Sifting {
    memo: Memo<Expr, Expr>,
    owed: Vec<Expr>,
    fuel: u64,
}

impl Sifting {
    fn owe(&mut self, condition: Expr) {
        if logic::decided(&condition) != Some(true) && !self.owed.contains(&condition) {
            self.owed.push(condition);
        }
    }

    fn go(&mut self, e: &Expr) -> Expr {
        if let Some(done) = self.memo.get(e) {
            return done.clone();
        }
        if e.depth() > DEPTH_CAP || self.fuel == 0 {
            return e.clone();
        }
        self.fuel -= 1;
        let result = match e.node() {
            Node::Num(_) | Node::Sym(_) | Node::Bound { .. } | Node::Opaque { .. } => e.clone(),
            Node::Bind { binder, domain, body } => {
                let mut parts: Vec<Expr> = domain.parts().into_iter().map(|p| self.go(p)).collect();
                let memo = std::mem::take(&mut self.memo);
                let outer = std::mem::take(&mut self.owed);
                let body = self.go(body);
                self.memo = memo;
                for condition in std::mem::replace(&mut self.owed, outer) {
                    if !in_range(domain, &condition) {
                        self.owe(logic::for_all(domain, &condition));
                    }
                }
                match (binder, domain, parts.as_slice()) {
                    (Binder::Sum, Domain::Range(..), [low, high])
                        if body.sort().is_scalar() && !high.any(&mut |x| x.as_app("infinity").is_some()) =>
                    {
                        self.collapsed(low, high, &body)
                    }
                    _ => {
                        parts.push(body);
                        e.with_children(parts)
                    }
                }
            }
            _ => {
                let children = e.children().into_iter().map(|c| self.go(c)).collect();
                terms::with_children(e, children)
            }
        };
        self.memo.insert(e.clone(), result.clone());
        result
    }

    /// `Σ_{low}^{high} body`, without the δ of its variable.
    fn collapsed(&mut self, low: &Expr, high: &Expr, body: &Expr) -> Expr {
        let mut kept = Vec::new();
        let mut done = Vec::new();
        for term in multiplied_out(body) {
            let factors = match term.as_app(fun::MUL) {
                Some(factors) => factors.to_vec(),
                None => vec![term.clone()],
            };
            let (mut outside, inside): (Vec<Expr>, Vec<Expr>) =
                factors.into_iter().partition(|f| has_delta(f) && !terms::has_variable(f, 0));
            match inside.iter().enumerate().find_map(|(k, f)| Some((k, target(f)?))) {
                Some((k, place)) => {
                    let others = inside.iter().enumerate().filter(|(j, _)| *j != k).map(|(_, f)| f.clone());
                    outside.extend(others);
                    let place = place.instantiated(&Expr::int(0));
                    self.owe(Expr::relate("le", low.clone(), place.clone()));
                    self.owe(Expr::relate("le", place.clone(), high.clone()));
                    done.push(placed(&terms::product(outside), &place));
                }
                None if outside.is_empty() => kept.push(term),
                None => {
                    let sum = terms::sigma(low.clone(), high.clone(), terms::product(inside));
                    let mut factors: Vec<Expr> = outside.iter().map(|f| f.instantiated(&Expr::int(0))).collect();
                    factors.push(sum);
                    done.push(terms::product(factors));
                }
            }
        }
        let rest = terms::sum(kept);
        done.insert(0, terms::sigma(low.clone(), high.clone(), rest));
        terms::sum(done)
    }
}

/// Whether a condition on the variable of a range says just that it is in the range.
fn in_range(domain: &Domain, condition: &Expr) -> bool {
    let (Domain::Range(low, high), Some([a, b])) = (domain, condition.as_app("le")) else { return false };
    let variable = |e: &Expr| matches!(e.node(), Node::Bound { index: 0, .. });
    variable(b) && *a == low.shifted(1, 0) || variable(a) && *b == high.shifted(1, 0)
}

/// The other side of a δ of the nearest variable.
fn target(factor: &Expr) -> Option<Expr> {
    let [i, j] = factor.as_app("delta")? else { return None };
    let variable = |e: &Expr| matches!(e.node(), Node::Bound { index: 0, .. });
    match (variable(i), variable(j)) {
        (true, _) if !terms::has_variable(j, 0) => Some(j.clone()),
        (_, true) if !terms::has_variable(i, 0) => Some(i.clone()),
        _ => None,
    }
}

fn has_delta(e: &Expr) -> bool {
    e.any(&mut |x| x.as_app("delta").is_some())
}

/// The terms of an expression, with products of sums multiplied out where a factor's term has a δ factor.
fn multiplied_out(e: &Expr) -> Vec<Expr> {
    let mut done = Vec::new();
    let mut todo = vec![e.clone()];
    while let Some(e) = todo.pop() {
        if done.len() + todo.len() > TERM_CAP {
            done.push(e);
            continue;
        }
        if let Some(args) = e.as_app(fun::ADD) {
            todo.extend(args.iter().rev().cloned());
            continue;
        }
        let split = e.as_app(fun::MUL).and_then(|factors| {
            let k = factors.iter().position(|f| f.as_app(fun::ADD).is_some_and(|t| t.iter().any(is_delta_term)))?;
            let sum = factors.get(k)?.as_app(fun::ADD)?.to_vec();
            Some((factors.to_vec(), k, sum))
        });
        match split {
            None => done.push(e),
            Some((factors, k, sum)) => {
                for term in sum.into_iter().rev() {
                    let mut all = factors.clone();
                    if let Some(slot) = all.get_mut(k) {
                        *slot = term;
                    }
                    todo.push(terms::product(all));
                }
            }
        }
    }
    done
}

/// Whether a term is a δ, or has one as a factor, at once or after multiplying out.
fn is_delta_term(term: &Expr) -> bool {
    term.as_app("delta").is_some()
        || [fun::MUL, fun::ADD].iter().any(|n| term.as_app(n).is_some_and(|f| f.iter().any(is_delta_term)))
}

/// The body at a place, its δ decided where they can be.
fn placed(body: &Expr, place: &Expr) -> Expr {
    let body = if body.is_closed() { body.clone() } else { body.instantiated(place) };
    body.transform(&mut |x, _| match x.node() {
        Node::App(f, args) if *x.sort() != Sort::Unknown => Some(terms::rebuilt(*f, args.clone())),
        _ => None,
    })
}
