//! Where an expression has a value.

use crate::algebra::entry::{DEPTH_CAP, Lowering};
use crate::algebra::{known, logic, obvious};
use crate::expr::{Binder, Domain, Expr, Fun, Node, Seen, Sort, fun};

/// Work allowed for one expression, in subexpressions looked at.
const FUEL: u64 = 8_000;

/// Most conditions that are told apart.
const CONDITION_CAP: usize = 256;

/// Bool conditions that together suffice for `e` to have a value at a point: the domains of all functions applied in
/// it, for all members of the domain under a binder, only where needed in a case or after a premise. Scalarised, in
/// order of appearance, without repetition; what holds by form (`e^x > 0`, numbers) is left out.
///
/// To be asked of the expression as it was written, before lowering. The second argument of `xlogy` owes nothing where
/// the first is 0. Of a derivative the body's conditions at the point are owed; what else it takes to have a derivative
/// is for [`crate::algebra::differentiate`] to say. Series, integrals, limits, suprema and extrema over infinite
/// sets owe `has_value`, and so does what is too large to look through. Indices in range: see [`index_conditions`]. Functions without a formula and opaque atoms are
/// taken to have values.
pub fn conditions(e: &Expr) -> Vec<Expr> {
    collected(e, Asked::Domains)
}

/// The conditions `1 ≤ i ≤ n` of all indices of arrays, quantified like [`conditions`]. Left out: numbers in a numeric
/// range, and an index that a binder runs over just the array's range.
pub fn index_conditions(e: &Expr) -> Vec<Expr> {
    collected(e, Asked::Indices)
}

fn collected(e: &Expr, asked: Asked) -> Vec<Expr> {
    Collection::new(asked).of(e)
}

/// Conditions of one expression after the other: of each those that no earlier one has.
pub(crate) struct Collection {
    walk: Walk,
    lowering: Lowering,
}

impl Collection {
    /// Of the domains of functions: see [`conditions`].
    pub(crate) fn domains() -> Collection {
        Collection::new(Asked::Domains)
    }

    fn new(asked: Asked) -> Collection {
        let walk = Walk { asked, seen: Seen::default(), found: vec![], ranges: vec![], fuel: FUEL };
        Collection { walk, lowering: Lowering::new() }
    }

    pub(crate) fn of(&mut self, e: &Expr) -> Vec<Expr> {
        self.walk.fuel = FUEL;
        self.walk.visit(e);
        let found = std::mem::take(&mut self.walk.found);
        if self.walk.fuel == 0 {
            // What was found is not told: it has to be found again.
            self.walk.seen.clear();
            return vec![has_value(e)];
        }
        let mut result: Vec<Expr> = Vec::with_capacity(found.len());
        for condition in found {
            let condition = self.lowering.scalar(&condition);
            if !obvious::holds(&condition) && !result.contains(&condition) {
                result.push(condition);
            }
        }
        result
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Domains,
    Indices,
}

/// Memory is per binder and premise: a condition is owed for each that it stands under.
struct Walk {
    asked: Asked,
    seen: Seen<Expr>,
    found: Vec<Expr>,
    /// The ends of the ranges of the binders above, outermost first, each as seen at its own binder.
    ranges: Vec<Option<(Expr, Expr)>>,
    fuel: u64,
}

impl Walk {
    fn need(&mut self, condition: Expr) {
        if self.asked == Asked::Domains {
            self.found.push(condition);
        }
    }

    fn visit(&mut self, e: &Expr) {
        if self.fuel == 0 || !self.seen.insert(e.clone()) {
            return;
        }
        self.fuel = if self.found.len() > CONDITION_CAP { 0 } else { self.fuel - 1 };
        if e.depth() > DEPTH_CAP {
            self.found.push(has_value(e));
            return;
        }
        match e.node() {
            Node::Num(_) | Node::Sym(_) | Node::Bound { .. } | Node::Opaque { .. } => {}
            Node::Call(_, args) => args.iter().for_each(|a| self.visit(a)),
            Node::Array { entries, .. } => entries.iter().for_each(|a| self.visit(a)),
            Node::App(f, args) => self.application(e, *f, args),
            Node::Bind { binder, domain, body } => self.binding(e, *binder, domain, body),
        }
    }

    fn application(&mut self, e: &Expr, f: Fun, args: &[Expr]) {
        match (f.name, args) {
            ("cases", _) => return self.cases(args),
            ("implies", [a, b]) => {
                self.visit(a);
                return self.where_holds(a, |walk| walk.visit(b));
            }
            ("xlogy", [x, y]) if x.sort().is_scalar() && y.sort().is_scalar() => {
                self.visit(x);
                return self.where_holds(&Expr::relate("ne", x.clone(), Expr::int(0)), |walk| {
                    walk.visit(y);
                    walk.need(Expr::relate("gt", y.clone(), Expr::int(0)));
                });
            }
            ("xlogy", _) => return self.entries(e),
            (fun::INDEX, [array, at @ ..]) => self.indexed(array, at),
            _ => {}
        }
        if let Some(definition) = known::expand(f.name, args) {
            return self.visit(&definition);
        }
        args.iter().for_each(|a| self.visit(a));
        if args.iter().all(|a| a.sort().sizes().is_empty()) || f.name == "inverse" {
            (f.domain)(args).into_iter().for_each(|c| self.need(c));
        } else if f.name == fun::POW {
            if let [base, exponent] = args
                && exponent.as_int().is_none_or(|n| n < 0)
            {
                self.need(Expr::relate("ne", Expr::apply("det", vec![base.clone()]), Expr::int(0)));
            }
        } else if f.is_entrywise() && !(f.domain)(args).is_empty() {
            self.entries(e);
        }
    }

    /// The conditions of every entry of an array expression.
    fn entries(&mut self, e: &Expr) {
        let sizes = e.sort().sizes().to_vec();
        let under = u32::try_from(sizes.len()).unwrap_or(0);
        let indices: Vec<Expr> = (0..under).rev().map(|i| Expr::bound(i, Sort::Integer)).collect();
        match Lowering::new().entry(&e.shifted(under, 0), &indices) {
            Some(entry) => self.under_ranges(&sizes, &entry),
            None => self.found.push(has_value(e)),
        }
    }

    fn under_ranges(&mut self, sizes: &[Expr], entry: &Expr) {
        match sizes.split_first() {
            None => self.visit(entry),
            Some((n, rest)) => {
                let rest: Vec<Expr> = rest.iter().map(|s| s.shifted(1, 0)).collect();
                let domain = Domain::Range(Expr::int(1), n.clone());
                self.under(&domain, |walk| walk.under_ranges(&rest, entry));
            }
        }
    }

    fn cases(&mut self, args: &[Expr]) {
        let mut before: Vec<Expr> = Vec::new();
        for pair in args.chunks(2) {
            match pair {
                [condition, value] => {
                    self.where_holds(&logic::all_of(before.clone()), |walk| walk.visit(condition));
                    let mut premise = before.clone();
                    premise.push(condition.clone());
                    self.where_holds(&logic::all_of(premise), |walk| walk.visit(value));
                    before.push(logic::negation(condition));
                }
                [otherwise] => self.where_holds(&logic::all_of(before.clone()), |walk| walk.visit(otherwise)),
                _ => {}
            }
        }
        if args.len().is_multiple_of(2) {
            let premises = args.iter().step_by(2).cloned().collect();
            self.need(logic::any_of(premises));
        }
    }

    fn indexed(&mut self, array: &Expr, at: &[Expr]) {
        if self.asked == Asked::Domains {
            return;
        }
        let one = Expr::int(1);
        for (i, n) in at.iter().zip(array.sort().sizes().to_vec()) {
            if !self.runs_over(i, &n) {
                let low = Expr::relate("le", one.clone(), i.clone());
                let high = if i.as_int() == Some(1) { logic::always() } else { Expr::relate("le", i.clone(), n) };
                self.found.push(logic::all_of(vec![low, high]));
            }
        }
    }

    /// Whether the index is a bound variable whose range lies within `1 … n` by form.
    fn runs_over(&self, i: &Expr, n: &Expr) -> bool {
        let Node::Bound { index, .. } = i.node() else { return false };
        let Ok(levels) = usize::try_from(*index) else { return false };
        let range = self.ranges.len().checked_sub(levels + 1).and_then(|k| self.ranges.get(k));
        let Some(Some((low, high))) = range else { return false };
        low.as_int().is_some_and(|l| l >= 1)
            && (high.shifted(index + 1, 0) == *n || high.as_int().zip(n.as_int()).is_some_and(|(high, n)| high <= n))
    }

    fn binding(&mut self, e: &Expr, binder: Binder, domain: &Domain, body: &Expr) {
        domain.parts().into_iter().for_each(|p| self.visit(p));
        if let (Binder::Derivative, Domain::At(point, indices)) = (binder, domain) {
            self.indexed(point, indices);
            return self.visit(&body.instantiated(point));
        }
        let endless = |e: &Expr| e.any(&mut |x| x.as_app("infinity").is_some());
        let finite = match domain {
            Domain::Range(low, high) => !endless(low) && !endless(high),
            Domain::Over(set) => {
                matches!(set.node(), Node::Sym(_)) || set.as_app("set").is_some() || set.as_app("range_set").is_some()
            }
            _ => false,
        };
        match binder {
            Binder::Sum | Binder::Product if finite => {
                if let Domain::Range(low, high) = domain {
                    for end in [low, high].into_iter().filter(|end| *end.sort() != Sort::Integer) {
                        self.need(Expr::relate("member", end.clone(), Expr::apply("integers", vec![])));
                    }
                }
            }
            Binder::ForAll | Binder::Exists | Binder::Lambda | Binder::Derivative => {}
            Binder::ArgMax | Binder::ArgMin if finite => {}
            Binder::Max | Binder::Min | Binder::Sup | Binder::Inf if finite => {
                if let Domain::Range(low, high) = domain {
                    self.need(Expr::relate("le", low.clone(), high.clone()));
                }
            }
            _ => self.need(has_value(e)),
        }
        if !matches!(domain, Domain::Towards(..)) {
            self.under(domain, |walk| walk.visit(body));
        }
    }

    fn under(&mut self, domain: &Domain, f: impl FnOnce(&mut Self)) {
        let range = match domain {
            Domain::Range(low, high) => Some((low.clone(), high.clone())),
            _ => None,
        };
        self.ranges.push(range);
        for condition in self.scoped(f) {
            self.found.push(logic::for_all(domain, &condition));
        }
        self.ranges.pop();
    }

    fn where_holds(&mut self, premise: &Expr, f: impl FnOnce(&mut Self)) {
        for condition in self.scoped(f) {
            self.found.push(logic::implies(premise, condition));
        }
    }

    fn scoped(&mut self, f: impl FnOnce(&mut Self)) -> Vec<Expr> {
        let seen = std::mem::take(&mut self.seen);
        let found = std::mem::take(&mut self.found);
        f(self);
        self.seen = seen;
        std::mem::replace(&mut self.found, found)
    }
}

fn has_value(e: &Expr) -> Expr {
    Expr::apply("has_value", vec![e.clone()])
}
