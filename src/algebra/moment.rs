//! Random variables: which symbols are constants, and what moments are on a finite probability space.

use std::collections::BTreeSet;

use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};

/// The functions that average over outcomes.
const MOMENTS: [&str; 3] = ["expectation", "variance", "covariance"];

fn is_moment(e: &Expr) -> bool {
    MOMENTS.iter().any(|m| e.as_app(m).is_some())
}

/// Whether an expectation, a variance or a covariance stands in it.
pub fn has_moments(e: &Expr) -> bool {
    e.any(&mut |x| is_moment(x))
}

/// Symbols in moments, and symbols outside of them.
pub fn inside_and_outside(e: &Expr) -> (BTreeSet<Symbol>, BTreeSet<Symbol>) {
    let (mut inside, mut outside) = (BTreeSet::new(), BTreeSet::new());
    divide(e, &mut inside, &mut outside);
    (inside, outside)
}

fn divide(e: &Expr, inside: &mut BTreeSet<Symbol>, outside: &mut BTreeSet<Symbol>) {
    if is_moment(e) {
        inside.extend(e.symbols());
    } else if let Node::Sym(s) | Node::Call(s, _) = e.node() {
        outside.insert(s.clone());
    }
    if !is_moment(e) {
        e.children().into_iter().for_each(|c| divide(c, inside, outside));
    }
}

/// The symbols whose variance or covariance is spoken of: who writes `Var(X)` does not mean a constant.
pub fn spread(e: &Expr) -> BTreeSet<Symbol> {
    let mut found = BTreeSet::new();
    e.any(&mut |x| {
        let of = x.as_app("variance").or_else(|| x.as_app("covariance")).into_iter().flatten();
        found.extend(of.filter_map(Expr::as_symbol).cloned());
        false
    });
    found
}

/// The symbols of the moments whose symbols all stand outside of them too: nobody writes the mean of a constant.
pub fn averaged(e: &Expr, outside: &BTreeSet<Symbol>) -> BTreeSet<Symbol> {
    let mut found = BTreeSet::new();
    e.any(&mut |x| {
        let own = x.symbols();
        if is_moment(x) && own.iter().all(|s| outside.contains(s)) {
            found.extend(own);
        }
        false
    });
    found
}

/// Whether an expression has one value for all outcomes: numbers, moments, and what the givens say is `constant`, put
/// together. A symbol of which nothing is given may depend on the outcome.
pub(crate) fn is_constant(e: &Expr, given: &[Expr]) -> bool {
    if is_moment(e) {
        return true;
    }
    match e.node() {
        Node::Num(_) => true,
        Node::Sym(_) => given.contains(&Expr::apply("constant", vec![e.clone()])),
        Node::App(_, args) => args.iter().all(|a| is_constant(a, given)),
        _ => false,
    }
}

/// The relation and its givens on the finite probability spaces: a random symbol `X` becomes the array of its values,
/// `E[f(X)]` the sum of `f(X_ω)` over the outcomes `ω` weighted with their probabilities. What fails there is false.
pub fn on_finite_space(relation: &Expr, given: &[Expr]) -> (Expr, Vec<Expr>) {
    let size = Expr::size_symbol("|\\Omega|");
    let law = Expr::sym(Symbol::new("\\mathbb{P}", Sort::vector(size.clone())));
    let random: Vec<Symbol> = inside_and_outside(relation)
        .0
        .into_iter()
        .filter(|s| s.sort != Sort::Function && !is_constant(&Expr::sym(s.clone()), given))
        .collect();
    let space = Space { random, size, law: law.clone() };
    let says = |g: &&Expr| g.as_app("constant").is_none() && g.as_app("random").is_none();
    // What is given of a random symbol holds for every outcome.
    let mut givens: Vec<Expr> = given.iter().filter(says).map(|g| space.at_every_outcome(g)).collect();
    givens.push(Expr::apply("distribution", vec![law]));
    (space.written_out(relation), givens)
}

struct Space {
    random: Vec<Symbol>,
    size: Expr,
    law: Expr,
}

impl Space {
    fn written_out(&self, e: &Expr) -> Expr {
        let mean = |x: &Expr| Expr::apply("expectation", vec![x.clone()]);
        if let Some([x]) = e.as_app("variance") {
            let gap = x.clone() - mean(x);
            return self.written_out(&mean(&gap.pow(Expr::int(2))));
        }
        if let Some([x, y]) = e.as_app("covariance") {
            return self.written_out(&mean(&((x.clone() - mean(x)) * (y.clone() - mean(y)))));
        }
        let children: Vec<Expr> = e.children().into_iter().map(|c| self.written_out(c)).collect();
        match (e.as_app("expectation"), children.as_slice()) {
            (Some(_), [body]) => {
                let outcome = Symbol::new("\\omega", Sort::Integer);
                let weight = self.law.index(vec![Expr::sym(outcome.clone())]);
                let value = self.at(body, &outcome);
                // A random array that stands there as a whole has no values here, and so nothing has.
                if self.random.iter().any(|s| !s.sort.is_scalar() && value.symbols().contains(s)) {
                    return e.with_children(children);
                }
                Expr::sum_over(&outcome, Expr::int(1), self.size.clone(), &(weight * value))
            }
            _ => e.with_children(children),
        }
    }

    /// At an outcome. The arrays of values bear the names of the symbols: only scalars and entries of vectors are
    /// replaced.
    fn at(&self, e: &Expr, outcome: &Symbol) -> Expr {
        e.transform(&mut |x, _| {
            if let Some([array, place]) = x.as_app(fun::INDEX)
                && let Some(s) = array.as_symbol().filter(|s| self.random.contains(s))
                && let [n] = s.sort.sizes()
            {
                let values = Expr::sym(s.with_sort(Sort::matrix(self.size.clone(), n.clone())));
                return Some(values.index(vec![Expr::sym(outcome.clone()), place.clone()]));
            }
            let s = x.as_symbol().filter(|s| s.sort.is_scalar() && self.random.contains(s))?;
            let values = Expr::sym(s.with_sort(Sort::vector(self.size.clone())));
            Some(values.index(vec![Expr::sym(outcome.clone())]))
        })
    }

    fn at_every_outcome(&self, given: &Expr) -> Expr {
        if !self.random.iter().any(|s| given.mentions(s)) {
            return given.clone();
        }
        let outcome = Symbol::new("\\omega", Sort::Integer);
        let body = self.at(given, &outcome).abstracted(&outcome, Sort::Integer);
        Expr::bind(Binder::ForAll, Domain::Range(Expr::int(1), self.size.clone()), body)
    }
}
