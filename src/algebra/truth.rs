//! Truth of conditions by the signs of differences.

use crate::algebra::facts::is_infinite;
use crate::algebra::sign::{Prover, Sign};
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};
use crate::num::Ternary;

impl Prover<'_> {
    /// Whether a condition holds; with a fresh allowance of steps.
    pub fn holds(&mut self, condition: &Expr) -> Ternary {
        self.afresh();
        self.truth(condition, 32)
    }

    pub(super) fn truth(&mut self, c: &Expr, depth: u32) -> Ternary {
        if depth == 0 {
            return Ternary::Unknown;
        }
        if let Some(i) = self.facts.given.iter().position(|g| g == c) {
            self.used.insert(i);
            return Ternary::True;
        }
        match c.node() {
            Node::Bind { binder: Binder::ForAll, domain, body } => {
                let symbol = self.enter(domain);
                let inside = self.truth(&body.instantiated(&Expr::sym(symbol)), depth - 1);
                self.leave();
                match inside {
                    Ternary::False if !self.non_empty(domain) => Ternary::Unknown,
                    truth => truth,
                }
            }
            Node::App(f, args) => self.truth_of(f.name, args, depth),
            _ => Ternary::Unknown,
        }
    }

    fn truth_of(&mut self, name: &str, args: &[Expr], depth: u32) -> Ternary {
        match (name, args) {
            ("true", []) => Ternary::True,
            ("and", _) => args.iter().fold(Ternary::True, |t, a| t.and(self.truth(a, depth - 1))),
            ("or", _) => self.either(args, depth - 1),
            ("not", [a]) => !self.truth(a, depth - 1),
            ("implies", [a, b]) => {
                let plain = (!self.truth(a, depth - 1)).or(self.truth(b, depth - 1));
                if plain == Ternary::Unknown && self.follows(a, b, depth - 1) { Ternary::True } else { plain }
            }
            ("gt", [a, b]) => self.below(b, a, Sign::NEGATIVE),
            ("ge", [a, b]) => self.below(b, a, Sign::NONPOSITIVE),
            ("lt", [a, b]) => self.below(a, b, Sign::NEGATIVE),
            ("le", [a, b]) => self.below(a, b, Sign::NONPOSITIVE),
            ("ne", [a, b]) => self.compare(a, b, Sign::NONZERO),
            (fun::EQ, [a, b]) => self.compare(a, b, Sign::ZERO),
            ("member", [x, set]) => self.membership(x, set),
            _ => Ternary::Unknown,
        }
    }

    /// `a < b`, and of an absolute value what it says of both signs: `|x| < b` is x < b and −x < b; `x² < b²` is |x| < b.
    fn below(&mut self, a: &Expr, b: &Expr, wanted: Sign) -> Ternary {
        match (self.compare(a, b, wanted), a.as_app("abs")) {
            (Ternary::Unknown, Some([x])) if x.sort().is_scalar() => {
                self.compare(x, b, wanted).and(self.compare(&-x.clone(), b, wanted))
            }
            (Ternary::Unknown, None) => match squared(a, b) {
                Some((x, root)) => self.below(&Expr::apply("abs", vec![x]), &root, wanted),
                None => Ternary::Unknown,
            },
            (found, _) => found,
        }
    }

    fn compare(&mut self, a: &Expr, b: &Expr, wanted: Sign) -> Ternary {
        if !a.sort().is_scalar() || !b.sort().is_scalar() || is_infinite(a) || is_infinite(b) {
            return Ternary::Unknown;
        }
        let found = self.find(&(a.clone() - b.clone()));
        if found.is(wanted) {
            Ternary::True
        } else if !found.may_be(wanted) {
            Ternary::False
        } else {
            Ternary::Unknown
        }
    }

    /// Whether it is given which sizes the array has; scalars have none.
    fn is_given_sizes(&mut self, array: &Symbol) -> bool {
        let said = self.facts.members.iter().find(|m| {
            let sizes = m.what.1.as_app("real_space");
            m.holes.is_empty() && m.what.0.as_symbol() == Some(array) && sizes == Some(array.sort.sizes())
        });
        self.used.extend(said.map(|m| m.source));
        array.sort.is_scalar() || said.is_some()
    }

    fn membership(&mut self, x: &Expr, set: &Expr) -> Ternary {
        if self.in_domain(x, &Domain::Over(set.clone())) {
            return Ternary::True;
        }
        let Node::App(f, args) = set.node() else { return Ternary::Unknown };
        if !x.sort().is_scalar() {
            // An array of numbers with just these sizes, made of arrays that are said to have theirs; that it has a value is
            // owed like all else. What sizes a letter has may otherwise be known from this very line.
            let fits = f.name == "real_space" && !args.is_empty() && x.sort().sizes() == args.as_slice();
            let fits = fits && x.symbols().iter().all(|s| self.is_given_sizes(s));
            return if fits { Ternary::True } else { Ternary::Unknown };
        }
        match (f.name, args.as_slice()) {
            ("reals", []) => Ternary::True,
            ("integers", []) if *x.sort() == Sort::Integer => Ternary::True,
            ("naturals", []) if *x.sort() == Sort::Integer => self.compare(x, &Expr::int(1), Sign::NONNEGATIVE),
            ("open_interval", [a, b]) => self.compare(x, a, Sign::POSITIVE).and(self.compare(x, b, Sign::NEGATIVE)),
            ("closed_interval", [a, b]) => {
                self.compare(x, a, Sign::NONNEGATIVE).and(self.compare(x, b, Sign::NONPOSITIVE))
            }
            ("left_open", [a, b]) => self.compare(x, a, Sign::POSITIVE).and(self.compare(x, b, Sign::NONPOSITIVE)),
            ("right_open", [a, b]) => self.compare(x, a, Sign::NONNEGATIVE).and(self.compare(x, b, Sign::NEGATIVE)),
            ("range_set", [a, b]) if *x.sort() == Sort::Integer => {
                self.compare(x, a, Sign::NONNEGATIVE).and(self.compare(x, b, Sign::NONPOSITIVE))
            }
            ("set", _) => args.iter().fold(Ternary::False, |t, m| t.or(self.compare(x, m, Sign::ZERO))),
            _ => Ternary::Unknown,
        }
    }
}

/// `x` and `b` of `x² < b²` with a number b ≥ 0, which says |x| < b.
fn squared(power: &Expr, bound: &Expr) -> Option<(Expr, Expr)> {
    let [x, n] = power.as_app(fun::POW)? else { return None };
    let root = bound.as_num()?.sqrt_exact()?;
    (n.as_int() == Some(2) && x.sort().is_scalar()).then(|| (x.clone(), Expr::num(root)))
}
