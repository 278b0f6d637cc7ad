//! Rules of the books as rewrites of the e-graph, and the laws of brackets beside them.

use std::collections::BTreeMap;

use egg::{Applier, EGraph, Id, Language, Pattern, PatternAst, Rewrite, Subst, Symbol as Name, Var};

use super::term::{Examples, Op, Term, built, nested, pattern};
use crate::algebra::{follows, well_sorted};
use crate::expr::{Expr, Node, Sort, Symbol, fun};
use crate::rules::Rule;
use crate::verdict::rewriting::{instantiated, variables};

/// Mark of a rule's name where it is used from right to left.
pub(super) const BACKWARD: &str = "<";
/// The name of all laws of brackets and order.
pub(super) const REGROUP: &str = "regroup";

/// A rule in one direction.
struct Directed {
    rule: &'static Rule,
    from: PatternAst<Term>,
    to: PatternAst<Term>,
    target: Expr,
    variables: BTreeMap<Symbol, Var>,
}

impl Applier<Term, Examples> for Directed {
    fn apply_one(
        &self,
        graph: &mut EGraph<Term, Examples>,
        class: Id,
        found: &Subst,
        _: Option<&PatternAst<Term>>,
        name: Name,
    ) -> Vec<Id> {
        if stands(graph, &self.to, found, class) {
            return vec![];
        }
        let mut substitution = BTreeMap::new();
        for (symbol, var) in &self.variables {
            if let Some(id) = found.get(*var) {
                substitution.insert(symbol.clone(), graph[*id].data.clone());
            }
        }
        if !sized(&mut substitution) || self.variables.keys().any(|v| !substitution.contains_key(v)) {
            return vec![];
        }
        let target = instantiated(&self.target, &substitution);
        let sort = graph[class].data.sort().clone();
        let fits = *target.sort() == sort || target.sort().is_scalar() && sort.is_scalar();
        if !fits || !well_sorted(&target) || !self.rule.conditions.iter().all(|c| asked(graph, c, &substitution)) {
            return vec![];
        }
        let mut subst = found.clone();
        for (symbol, var) in &self.variables {
            if found.get(*var).is_none()
                && let Some(size) = substitution.get(symbol)
            {
                let id = graph.add(Term { op: Op::Leaf(size.clone()), children: vec![] });
                subst.insert(*var, id);
            }
        }
        let (id, new) = graph.union_instantiations(&self.from, &self.to, &subst, name);
        if new { vec![id] } else { vec![] }
    }
}

/// Whether an instance is in the class by now: what a rule says of it was said in a round before.
fn stands(graph: &EGraph<Term, Examples>, ast: &PatternAst<Term>, found: &Subst, class: Id) -> bool {
    let mut ids: Vec<Id> = Vec::with_capacity(ast.len());
    for node in ast {
        let id = match node {
            egg::ENodeOrVar::Var(v) => found.get(*v).copied(),
            egg::ENodeOrVar::ENode(t) => {
                let children: Option<Vec<Id>> = t.children.iter().map(|c| ids.get(usize::from(*c)).copied()).collect();
                children.and_then(|children| graph.lookup(Term { op: t.op.clone(), children }))
            }
        };
        let Some(id) = id else { return false };
        ids.push(id);
    }
    ids.last().is_some_and(|id| graph.find(*id) == graph.find(class))
}

fn asked(graph: &mut EGraph<Term, Examples>, condition: &Expr, substitution: &BTreeMap<Symbol, Expr>) -> bool {
    let condition = instantiated(condition, substitution);
    if let Some(known) = graph.analysis.asked.get(&condition) {
        return *known;
    }
    let answer = follows(&condition, &graph.analysis.assumed);
    graph.analysis.asked.insert(condition, answer);
    answer
}

/// Checks the values of a rule's variables against their sorts and finds the sizes; `false` if they do not fit.
pub(super) fn sized(substitution: &mut BTreeMap<Symbol, Expr>) -> bool {
    let found: Vec<(Symbol, Expr)> = substitution.iter().map(|(s, e)| (s.clone(), e.clone())).collect();
    found.iter().all(|(symbol, value)| match &symbol.sort {
        Sort::Real => value.sort().is_scalar(),
        Sort::Integer => *value.sort() == Sort::Integer,
        Sort::Array(sizes) => {
            let Some((rows, columns)) = value.sort().rows_columns() else { return false };
            let actual = match (sizes.len(), value.sort().sizes().len()) {
                (1, 1) => vec![rows],
                (2, _) => vec![rows, columns],
                _ => return false,
            };
            sizes.iter().zip(actual).all(|(size, actual)| match size.as_symbol() {
                Some(s) => *substitution.entry(s.clone()).or_insert_with(|| actual.clone()) == actual,
                None => *size == actual,
            })
        }
        _ => false,
    })
}

/// Binds a pattern's variables so that it becomes `e`.
pub(super) fn bound(
    pattern: &Expr,
    e: &Expr,
    variables: &std::collections::BTreeSet<Symbol>,
    out: &mut BTreeMap<Symbol, Expr>,
) -> bool {
    match (pattern.node(), e.node()) {
        (Node::Sym(s), _) if variables.contains(s) => out.entry(s.clone()).or_insert_with(|| e.clone()) == e,
        (Node::App(f, of), Node::App(g, args)) => {
            f == g && of.len() == args.len() && of.iter().zip(args).all(|(p, a)| bound(p, a, variables, out))
        }
        _ => pattern == e,
    }
}

/// The rewrites of a rule: in each direction in which the left side says what all variables are.
pub(super) fn rewrites(rule: &'static Rule) -> Vec<Rewrite<Term, Examples>> {
    let all = variables(rule);
    let vars: BTreeMap<Symbol, Var> =
        all.iter().enumerate().map(|(i, s)| (s.clone(), Var::from_u32(u32::try_from(i).unwrap_or(0)))).collect();
    let (left, right) = (nested(rule.left()), nested(rule.right()));
    let mut out = vec![];
    for (from, to, mark) in [(&left, &right, ""), (&right, &left, BACKWARD)] {
        if from.as_symbol().is_some() || from.as_num().is_some() || !determines(from, rule) {
            continue;
        }
        let (searched, built) = (pattern(from, &vars), pattern(to, &vars));
        let applier = Directed { rule, from: searched.clone(), to: built, target: to.clone(), variables: vars.clone() };
        out.extend(Rewrite::new(format!("{mark}{}", rule.id), Pattern::new(searched), applier));
    }
    out
}

/// Whether the symbols of a side, with those in their sizes, are all variables of the rule.
fn determines(side: &Expr, rule: &Rule) -> bool {
    let mut known = side.symbols();
    let sizes: Vec<Symbol> = known.iter().flat_map(|s| s.sort.sizes()).flat_map(Expr::symbols).collect();
    known.extend(sizes);
    variables(rule).iter().all(|v| known.contains(v))
}

/// A law of brackets or order: sound where both sides have a sort, the same one.
struct Law {
    to: PatternAst<Term>,
    from: PatternAst<Term>,
    /// Two factors change places: one of them must be a number.
    swaps: Option<(Var, Var)>,
}

impl Applier<Term, Examples> for Law {
    fn apply_one(
        &self,
        graph: &mut EGraph<Term, Examples>,
        class: Id,
        found: &Subst,
        _: Option<&PatternAst<Term>>,
        name: Name,
    ) -> Vec<Id> {
        if stands(graph, &self.to, found, class) {
            return vec![];
        }
        let data = |v: Var| found.get(v).map(|id| graph[*id].data.clone());
        if let Some((a, b)) = self.swaps
            && ![a, b].into_iter().any(|v| data(v).is_some_and(|e| e.sort().is_scalar()))
        {
            return vec![];
        }
        let Some(target) = example(&self.to, &data) else { return vec![] };
        if target.sort() != graph[class].data.sort() || *target.sort() == Sort::Unknown || !well_sorted(&target) {
            return vec![];
        }
        let (id, new) = graph.union_instantiations(&self.from, &self.to, found, name);
        if new { vec![id] } else { vec![] }
    }
}

fn example(ast: &PatternAst<Term>, data: &dyn Fn(Var) -> Option<Expr>) -> Option<Expr> {
    let mut done: Vec<Expr> = vec![];
    for node in ast {
        done.push(match node {
            egg::ENodeOrVar::Var(v) => data(*v)?,
            egg::ENodeOrVar::ENode(t) => {
                let children: Option<Vec<Expr>> =
                    t.children().iter().map(|c| done.get(usize::from(*c)).cloned()).collect();
                built(&t.op, children?)
            }
        });
    }
    done.pop()
}

/// The laws of brackets and order.
pub(super) fn laws() -> Vec<Rewrite<Term, Examples>> {
    let symbols: Vec<Symbol> = ["a", "b", "c"].iter().map(|n| Symbol::new(n, Sort::Unknown)).collect();
    let vars: BTreeMap<Symbol, Var> = symbols.iter().zip(0..).map(|(s, i)| (s.clone(), Var::from_u32(i))).collect();
    let [a, b, c] = symbols.as_slice() else { return vec![] };
    let (va, vb) = (vars[a], vars[b]);
    let (a, b, c) = (Expr::sym(a.clone()), Expr::sym(b.clone()), Expr::sym(c.clone()));
    let mut out = vec![];
    for name in [fun::ADD, fun::MUL] {
        let Some(f) = fun::by_name(name) else { continue };
        let two = |x: &Expr, y: &Expr| Expr::new(Node::App(f, vec![x.clone(), y.clone()]));
        let (left, right) = (two(&two(&a, &b), &c), two(&a, &two(&b, &c)));
        let swaps = (name == fun::MUL).then_some((va, vb));
        for (k, (from, to, swaps)) in
            [(&left, &right, None), (&right, &left, None), (&two(&a, &b), &two(&b, &a), swaps)].into_iter().enumerate()
        {
            let (from, to) = (pattern(from, &vars), pattern(to, &vars));
            let law = Law { to, from: from.clone(), swaps };
            out.extend(Rewrite::new(format!("{REGROUP}.{name}.{k}"), Pattern::new(from), law));
        }
    }
    let Some(mul) = fun::by_name(fun::MUL) else { return out };
    let from = pattern(&Expr::new(Node::App(mul, vec![Expr::int(1), a.clone()])), &vars);
    let law = Law { to: pattern(&a, &vars), from: from.clone(), swaps: None };
    out.extend(Rewrite::new(format!("{REGROUP}.one"), Pattern::new(from), law));
    out
}
