//! Claims with their outer quantifiers and hypotheses opened.

use std::collections::{BTreeMap, BTreeSet};

use crate::algebra::eval::DEPTH_CAP;
use crate::algebra::facts::Facts;
use crate::expr::{Binder, Domain, Expr, Node, Seen, Sort, Symbol, fun};

/// Most quantifiers and implications that are opened.
const LAYERS: usize = 16;

/// What is to hold at every point of the givens.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    /// As written.
    pub(super) relation: Expr,
    /// Without derivatives, for exact and interval arithmetic.
    pub(super) symbolic: Expr,
    /// What is assumed.
    pub(super) givens: Vec<Expr>,
    symbols: Vec<Symbol>,
    /// Least values above 1 of the ends of ranges, as proofs take them to be: up to n − 1 from 2 on there is no number at
    /// least, not fewer than none.
    least: BTreeMap<Symbol, i64>,
}

impl Claim {
    /// `∀x ∈ S: A ⇒ B` becomes B with the givens x ∈ S and A. `None` if the symbolic form has other quantifiers, or
    /// something is too deep to evaluate.
    pub(super) fn open(relation: &Expr, symbolic: Option<&Expr>, givens: &[Expr]) -> Option<Claim> {
        if givens.iter().chain([relation]).chain(symbolic).any(|e| e.depth() > DEPTH_CAP) {
            return None;
        }
        let taken: BTreeSet<Symbol> = givens.iter().chain([relation]).flat_map(Expr::symbols).collect();
        let (opened, hypotheses) = opened(relation, &taken);
        let (symbolic, premises) = match symbolic {
            // Premises with derivatives are certain only once these are carried out.
            Some(s) => self::opened(s, &taken),
            None => (opened.clone(), hypotheses.clone()),
        };
        if premises.len() != hypotheses.len() {
            return None;
        }
        let mut all = givens.to_vec();
        all.extend(premises);
        all.dedup();
        let symbols = symbols([&opened, &symbolic].into_iter().chain(&all));
        let mut least = Facts::new(&all).sizes_in(&[&symbolic]);
        least.retain(|_, k| *k > 1);
        Some(Claim { relation: opened, symbolic, givens: all, symbols, least })
    }

    /// The least value of an integer symbol of which no given says more, 1 as a rule.
    pub(super) fn least(&self, s: &Symbol) -> i64 {
        self.least.get(s).copied().unwrap_or(1)
    }

    /// The free symbols in order of first use: relation, givens, then those that only sizes mention.
    pub(super) fn symbols(&self) -> &[Symbol] {
        &self.symbols
    }

    /// Every expression of the claim.
    pub(super) fn parts(&self) -> impl Iterator<Item = &Expr> {
        [&self.relation, &self.symbolic].into_iter().chain(&self.givens)
    }
}

/// The free symbols of expressions in order of first use, then those that only sizes mention.
fn symbols<'a>(parts: impl Iterator<Item = &'a Expr>) -> Vec<Symbol> {
    let mut order = Vec::new();
    let mut seen = Seen::default();
    for e in parts {
        walk(e, &mut |e| {
            if let Node::Sym(s) | Node::Call(s, _) = e.node()
                && seen.insert((s.name.clone(), s.version))
            {
                order.push(s.clone());
            }
        });
    }
    let mut next = 0;
    while let Some(symbol) = order.get(next).cloned() {
        for n in symbol.sort.sizes() {
            walk(n, &mut |e| {
                if let Node::Sym(s) = e.node()
                    && seen.insert((s.name.clone(), s.version))
                {
                    order.push(s.clone());
                }
            });
        }
        next += 1;
    }
    order
}

/// Visits every node once, parents first, from left to right.
pub(super) fn walk(e: &Expr, visit: &mut dyn FnMut(&Expr)) {
    let mut seen = Seen::default();
    let mut todo = vec![e];
    while let Some(e) = todo.pop() {
        if seen.insert(e) {
            visit(e);
            todo.extend(e.children().into_iter().rev());
        }
    }
}

fn opened(relation: &Expr, taken: &BTreeSet<Symbol>) -> (Expr, Vec<Expr>) {
    let mut relation = relation.clone();
    let mut hypotheses = Vec::new();
    let mut used: Vec<String> = taken.iter().map(|s| s.name.to_string()).collect();
    for _ in 0..LAYERS {
        let next = match relation.node() {
            Node::Bind { binder: Binder::ForAll, domain, body } => {
                let sort = domain.variable_sort();
                let pool: &[&str] = match sort {
                    Sort::Integer => &["i", "j", "k", "l", "m", "n"],
                    _ => &["t", "u", "v", "w", "z", "x", "y"],
                };
                let Some(name) = pool.iter().find(|n| !used.iter().any(|u| u == *n)) else { break };
                used.push((*name).to_owned());
                let variable = Expr::sym(Symbol::new(name, sort));
                match domain {
                    Domain::Over(set) => hypotheses.push(Expr::relate("member", variable.clone(), set.clone())),
                    Domain::Range(a, b) => {
                        let range = Expr::apply("range_set", vec![a.clone(), b.clone()]);
                        hypotheses.push(Expr::relate("member", variable.clone(), range));
                    }
                    Domain::All(_) => {}
                    _ => break,
                }
                body.instantiated(&variable)
            }
            Node::App(f, args) if f.name == "implies" => match args.as_slice() {
                [a, b] => {
                    hypotheses.push(a.clone());
                    b.clone()
                }
                _ => break,
            },
            _ => break,
        };
        relation = next;
    }
    (relation, hypotheses)
}

/// The two sides of a relation between values that are compared side by side.
pub(super) fn sides(relation: &Expr) -> Option<(&'static str, &Expr, &Expr)> {
    match relation.node() {
        Node::App(f, args) => match (f.name, args.as_slice()) {
            (fun::EQ | "approx" | "ne" | "lt" | "le" | "gt" | "ge" | "loewner_ge" | "loewner_gt", [a, b])
                if *a.sort() != Sort::Bool && *a.sort() != Sort::Set && *b.sort() != Sort::Set =>
            {
                Some((f.name, a, b))
            }
            _ => None,
        },
        _ => None,
    }
}
