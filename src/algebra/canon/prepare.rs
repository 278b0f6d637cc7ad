//! What the givens are before a computation begins: rules and bounds in canonical form.

use std::rc::Rc;

use num_traits::Zero;

use crate::algebra::canon::fuel::Fuel;
use crate::algebra::canon::nest::Nests;
use crate::algebra::canon::rule::{Rule, solved};
use crate::algebra::canon::work::Work;
use crate::algebra::facts::{Bound, Quantified, Trait};
use crate::algebra::sign::Sign;
use crate::expr::{Binder, Domain, Expr, Memo, Node, Sort, Symbol, fun};
use crate::num::Rational;

/// Work for one given equation: one that takes more is hardly ever of use, and what it takes a comparison lacks.
const EQUATION: u64 = 1_000;

impl Work<'_, '_> {
    /// Turns the given equations, and sums that a given says to be 1, into rules: the kernel that a rule rewrites
    /// occurs neither in its own value nor in the kernels and values of later rules, so rewriting ends.
    pub(super) fn prepare(&mut self) {
        let facts = self.prover.facts;
        for fact in &facts.arrays {
            let (kind, array) = &fact.what;
            let (Trait::OneHot | Trait::Distribution, [size]) = (kind, array.sort().sizes()) else { continue };
            let entry = |i: Expr| match array.as_app(fun::INDEX) {
                Some([head, prefix @ ..]) => head.index(prefix.iter().cloned().chain([i]).collect()),
                _ => array.index(vec![i]),
            };
            let k = Symbol::new("\u{3}", Sort::Integer);
            let over = |domain: Domain| {
                Expr::bind(Binder::Sum, domain, entry(Expr::sym(k.clone())).abstracted(&k, Sort::Integer))
            };
            let sum = over(Domain::Range(Expr::int(1), size.clone()));
            let mut rules = match size.as_int() {
                Some(n) if (1..=16).contains(&n) => {
                    let others = (1..n).map(|i| -entry(Expr::int(i)));
                    vec![(entry(size.clone()), others.fold(Expr::int(1), |a, b| a + b))]
                }
                _ => vec![(sum, Expr::int(1))],
            };
            // The members of a finite set are numbered.
            if let Some([set]) = size.as_app("cardinality") {
                rules.push((over(Domain::Over(set.clone())), Expr::int(1)));
            }
            for (pattern, value) in rules {
                let rule = Rule { holes: fact.holes.clone(), pattern, value, sources: [fact.source].into() };
                self.rules.push(Rc::new(rule));
            }
        }
        for equation in &facts.equations {
            let difference = equation.what.left.clone() - equation.what.right.clone();
            let preferred = equation.what.left.clone();
            let owed = std::mem::take(&mut self.owed);
            self.prover.used = [equation.source].into();
            self.prover.forget();
            self.memo = vec![Memo::default()];
            let all = self.fuel.left();
            let allowed = all.min(EQUATION);
            *self.fuel = Fuel::new(allowed);
            let computed = self.poly_of(&difference);
            *self.fuel = Fuel::new(all.saturating_sub(allowed.saturating_sub(self.fuel.left())));
            let sources = std::mem::take(&mut self.prover.used);
            // Where the given holds, its sides have values: conditions that are natural to it hold too.
            let unproved = self.owed.iter().any(|o| !o.natural);
            self.owed = owed;
            let Ok(p) = computed else { continue };
            if !unproved && let Some((pattern, value)) = solved(&p, &preferred, &equation.holes) {
                self.rules.push(Rc::new(Rule { holes: equation.holes.clone(), pattern, value, sources }));
            }
        }
        self.bounds_in_canonical_form();
        // What was found with a part of the rules is not what all of them come to, and not what is remembered.
        self.nests = Nests::default();
        self.memo = vec![Memo::default()];
        self.prover.used.clear();
        self.prover.forget();
    }

    /// Given bounds on more than symbols and entries, in the form in which questions will be asked.
    fn bounds_in_canonical_form(&mut self) {
        let facts = self.prover.facts;
        let simple = |k: &Expr| matches!(k.node(), Node::Sym(_)) || k.as_app(fun::INDEX).is_some();
        let mut canonical = vec![];
        for bound in facts.bounds.iter().filter(|b| !b.what.kernels.iter().all(simple)) {
            let owed = std::mem::take(&mut self.owed);
            self.memo = vec![Memo::default()];
            self.prover.used.clear();
            self.prover.forget();
            let computed = self.poly_of(&bound.what.left.to_expr()).and_then(|p| Ok((self.factored(&p)?, p)));
            let unproved = self.owed.iter().any(|o| !o.natural);
            self.owed = owed;
            // A form that rests on further givens is left out: a bound names one given only.
            let alone = self.prover.used.iter().all(|i| *i == bound.source);
            let Ok((factored, left)) = computed else { continue };
            if unproved || !alone {
                continue;
            }
            let mut forms = vec![Bound::of(left, bound.what.sign)];
            if let Some((c, mono, left)) = factored
                && left.as_constant().is_none()
                && self.sign(&mono.to_expr()) == Sign::POSITIVE
            {
                let sign = bound.what.sign * Sign::of(c.cmp(&Rational::zero()));
                forms.push(Bound::of(left, sign));
            }
            let new = forms.into_iter().filter(|f| f.left != bound.what.left);
            canonical.extend(new.map(|what| Quantified { holes: bound.holes.clone(), what, source: bound.source }));
        }
        self.prover.canonical = Rc::new(canonical);
    }
}
