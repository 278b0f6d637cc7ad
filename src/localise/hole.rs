//! What has to stand in an open place of an expression so that it equals another one.
//!
//! Sums and products are solved for the place, as far as they are of numbers; everything else has to agree with what it
//! is compared with, part by part. Nothing rests on an answer but where a line is underlined.

use crate::algebra::canon::{Fuel, ratio};
use crate::algebra::differentiate;
use crate::algebra::facts::Facts;
use crate::expr::{Expr, Node, Symbol, fun};
use crate::verdict::derives;

/// Work for one simplification.
const FUEL: u64 = 20_000;

/// An expression with an unknown that occurs in it once.
pub(super) struct Hole<'a> {
    /// The unknown.
    pub(super) unknown: &'a Symbol,
    /// What may be assumed where expressions are simplified.
    pub(super) facts: &'a Facts,
}

impl Hole<'_> {
    /// What stands in the place where the context is `whole`: all the rest has to be the same.
    pub(super) fn filling(&self, context: &Expr, whole: &Expr) -> Option<Expr> {
        self.solve(context, whole, false)
    }

    /// What has to stand there for the context to equal `target`.
    pub(super) fn needed(&self, context: &Expr, target: &Expr) -> Option<Expr> {
        self.solve(context, target, true)
    }

    fn solve(&self, context: &Expr, target: &Expr, free: bool) -> Option<Expr> {
        if context.as_symbol().is_some_and(|s| s.same(self.unknown)) {
            return Some(target.clone());
        }
        match context.node() {
            Node::App(f, args) if f.name == fun::ADD => self.of_sum(args, target, free),
            Node::App(f, args) if f.name == fun::MUL => self.of_product(args, target, free),
            Node::App(f, args) => {
                let beside = self.beside(context, target, free);
                match (f.name, args.as_slice()) {
                    (fun::POW, [base, e]) if beside.is_none() && free && e.as_int() == Some(-1) => {
                        self.solve(base, &self.simplest(&target.recip())?, free)
                    }
                    ("transpose", [inner]) if beside.is_none() && free => {
                        self.solve(inner, &Expr::apply("transpose", vec![target.clone()]), free)
                    }
                    _ => beside,
                }
            }
            _ => self.beside(context, target, free),
        }
    }

    /// The same node over the same other children.
    fn beside(&self, context: &Expr, target: &Expr, free: bool) -> Option<Expr> {
        let (ours, theirs) = (context.children(), target.children());
        let at = ours.iter().position(|c| c.mentions(self.unknown))?;
        if ours.len() != theirs.len() {
            return None;
        }
        let mut children: Vec<Expr> = theirs.iter().map(|c| (*c).clone()).collect();
        *children.get_mut(at)? = (*ours.get(at)?).clone();
        if target.with_children(children) != *context {
            return None;
        }
        self.solve(ours.get(at)?, theirs.get(at)?, free)
    }

    /// The one argument with the unknown, and the others.
    fn apart<'e>(&self, args: &'e [Expr]) -> Option<(usize, &'e Expr, Vec<Expr>)> {
        let at = args.iter().position(|a| a.mentions(self.unknown))?;
        let rest = args.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, a)| a.clone()).collect();
        Some((at, args.get(at)?, rest))
    }

    fn of_sum(&self, args: &[Expr], target: &Expr, free: bool) -> Option<Expr> {
        let (_, inside, mut rest) = self.apart(args)?;
        let mut terms = target.as_app(fun::ADD).map_or_else(|| vec![target.clone()], <[Expr]>::to_vec);
        cancel(&mut rest, &mut terms);
        let over = rest.iter().map(|r| -r.clone());
        let remaining = match (rest.is_empty(), terms.is_empty()) {
            (true, true) if target.sort().is_scalar() => Expr::int(0),
            (true, true) => return None,
            (true, false) => Expr::apply(fun::ADD, terms),
            (false, _) if !free => return None,
            (false, _) => self.simplest(&Expr::apply(fun::ADD, terms.iter().cloned().chain(over).collect()))?,
        };
        self.solve(inside, &remaining, free)
    }

    fn of_product(&self, args: &[Expr], target: &Expr, free: bool) -> Option<Expr> {
        let factors = target.as_app(fun::MUL).map_or_else(|| vec![target.clone()], <[Expr]>::to_vec);
        let scalar = |e: &Expr| e.sort().is_scalar();
        let (mut numbers, arrays): (Vec<Expr>, Vec<Expr>) = factors.into_iter().partition(scalar);
        let (own_numbers, own_arrays): (Vec<Expr>, Vec<Expr>) = args.iter().cloned().partition(scalar);
        let (inside, mut rest, middle) = if let Some((_, inside, rest)) = self.apart(&own_numbers) {
            (inside, rest, (own_arrays == arrays).then(Vec::new)?)
        } else {
            let (at, inside, _) = self.apart(&own_arrays)?;
            let (before, after) = (own_arrays.get(..at)?, own_arrays.get(at + 1..)?);
            let middle = arrays.strip_prefix(before)?.strip_suffix(after)?;
            (inside, own_numbers.clone(), (!middle.is_empty()).then(|| middle.to_vec())?)
        };
        cancel(&mut rest, &mut numbers);
        if !rest.is_empty() && !free {
            return None;
        }
        let solved = rest.is_empty();
        numbers.extend(rest.iter().map(Expr::recip));
        numbers.extend(middle);
        let remaining = if numbers.is_empty() { Expr::int(1) } else { Expr::apply(fun::MUL, numbers) };
        self.solve(inside, &if solved { remaining } else { self.simplest(&remaining)? }, free)
    }

    /// The expression as simple as the kernel can show it; `None` if it has a derivative that can't be carried out.
    pub(super) fn simplest(&self, e: &Expr) -> Option<Expr> {
        let plain = !derives(e);
        if !e.is_closed() || !e.sort().is_scalar() {
            return plain.then(|| e.clone());
        }
        let carried = differentiate(&e.exact()).ok().map(|(d, _)| d);
        let simple = carried.and_then(|d| ratio(&d, &Expr::int(1), self.facts, &mut Fuel::new(FUEL)).ok());
        match simple {
            Some(s) if !plain || s.size() <= e.size() => Some(s),
            _ => plain.then(|| e.clone()),
        }
    }
}

/// Takes away what both lists have.
fn cancel(a: &mut Vec<Expr>, b: &mut Vec<Expr>) {
    a.retain(|x| match b.iter().position(|y| x == y) {
        Some(at) => {
            b.remove(at);
            false
        }
        None => true,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::Sort;

    fn needed(context: &Expr, target: &Expr) -> Option<String> {
        let unknown = Symbol::new("u", Sort::Real);
        let facts = Facts::default();
        let hole = Hole { unknown: &unknown, facts: &facts };
        hole.needed(context, target).and_then(|e| hole.simplest(&e)).map(|e| e.to_string())
    }

    #[test]
    fn sums_and_products_are_solved_for_the_place() {
        let (u, x, y) = (Expr::real("u"), Expr::real("x"), Expr::real("y"));
        assert_eq!(needed(&(x.clone() + u.clone()), &(x.clone() + y.clone())), Some("y".into()));
        assert_eq!(needed(&(x.clone() * u.clone()), &(Expr::int(2) * x.clone())), Some("2".into()));
        assert_eq!(needed(&(x.clone() + u.clone()), &x), Some("0".into()));
        assert_eq!(needed(&x.over(&u), &(x.clone() * y.clone())), Some("1/y".into()));
    }

    #[test]
    fn all_the_rest_of_a_function_has_to_agree() {
        let (u, x, y) = (Expr::real("u"), Expr::real("x"), Expr::real("y"));
        let power = |a: &Expr, b: &Expr| a.pow(b.clone());
        assert_eq!(needed(&power(&x, &u), &power(&x, &y)), Some("y".into()));
        assert_eq!(needed(&power(&x, &u), &power(&y, &y)), None);
        let sin = |e: &Expr| Expr::apply("sin", vec![e.clone()]);
        assert_eq!(needed(&sin(&u), &sin(&y)), Some("y".into()));
        assert_eq!(needed(&sin(&u), &Expr::apply("cos", vec![y])), None);
    }

    #[test]
    fn what_stands_in_the_place_is_found_by_form_alone() {
        let (u, x, y) = (Expr::real("u"), Expr::real("x"), Expr::real("y"));
        let unknown = Symbol::new("u", Sort::Real);
        let facts = Facts::default();
        let hole = Hole { unknown: &unknown, facts: &facts };
        let context = x.clone() + u;
        assert_eq!(hole.filling(&context, &(x.clone() + y.clone())), Some(y.clone()));
        assert_eq!(hole.filling(&context, &(Expr::int(2) * x)), None);
    }
}
