//! Expressions as terms of an e-graph and back.

use std::collections::BTreeMap;

use egg::{Analysis, DidMerge, EGraph, ENodeOrVar, FlatTerm, Id, Language, PatternAst, RecExpr, Var};

use crate::algebra::regroup;
use crate::expr::fun::{self, Fun};
use crate::expr::{Expr, Node, Symbol};

/// What stands at a node: a function, sums and products of two; or something that is not looked into.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Op {
    App(Fun),
    Leaf(Expr),
}

/// A node with its children.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Term {
    pub(super) op: Op,
    pub(super) children: Vec<Id>,
}

impl Language for Term {
    type Discriminant = (Op, usize);

    fn discriminant(&self) -> (Op, usize) {
        (self.op.clone(), self.children.len())
    }

    fn matches(&self, other: &Term) -> bool {
        self.op == other.op && self.children.len() == other.children.len()
    }

    fn children(&self) -> &[Id] {
        &self.children
    }

    fn children_mut(&mut self) -> &mut [Id] {
        &mut self.children
    }
}

impl std::fmt::Display for Term {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.op {
            Op::App(fun) => f.write_str(fun.name),
            Op::Leaf(e) => write!(f, "{e}"),
        }
    }
}

/// Every class knows an expression that is in it, and what may be assumed.
pub(super) struct Examples {
    pub(super) assumed: Vec<Expr>,
    /// Conditions asked before.
    pub(super) asked: BTreeMap<Expr, bool>,
}

impl Analysis<Term> for Examples {
    type Data = Expr;

    fn make(graph: &mut EGraph<Term, Self>, node: &Term, _: Id) -> Expr {
        let children = node.children.iter().map(|c| graph[*c].data.clone()).collect();
        built(&node.op, children)
    }

    fn merge(&mut self, a: &mut Expr, b: Expr) -> DidMerge {
        if (b.size(), &b) < (a.size(), &*a) {
            *a = b;
            DidMerge(true, false)
        } else {
            DidMerge(false, *a != b)
        }
    }
}

/// The expression of a node, brackets kept.
pub(super) fn built(op: &Op, children: Vec<Expr>) -> Expr {
    match op {
        Op::App(f) => Expr::new(Node::App(*f, children)),
        Op::Leaf(e) => e.clone(),
    }
}

/// Sums and products of two, brackets to the right, a product's scalars in brackets of their own before its arrays.
pub(super) fn nested(e: &Expr) -> Expr {
    fold(&regroup(e))
}

fn fold(e: &Expr) -> Expr {
    let Node::App(f, args) = e.node() else { return e.clone() };
    let args: Vec<Expr> = args.iter().map(fold).collect();
    match f.name {
        fun::ADD => right(*f, args).unwrap_or_else(|| e.clone()),
        fun::MUL => {
            let (scalars, arrays): (Vec<Expr>, Vec<Expr>) = args.into_iter().partition(|x| x.sort().is_scalar());
            let parts = [right(*f, scalars), right(*f, arrays)].into_iter().flatten().collect();
            right(*f, parts).unwrap_or_else(|| e.clone())
        }
        _ => Expr::new(Node::App(*f, args)),
    }
}

fn right(f: Fun, parts: Vec<Expr>) -> Option<Expr> {
    parts.into_iter().rev().reduce(|rest, x| Expr::new(Node::App(f, vec![x, rest])))
}

/// The term of an expression with sums and products of two.
pub(super) fn term(e: &Expr) -> RecExpr<Term> {
    let mut out = RecExpr::default();
    add(e, &mut out);
    out
}

fn add(e: &Expr, out: &mut RecExpr<Term>) -> Id {
    let node = match e.node() {
        Node::App(f, args) if !args.is_empty() => {
            Term { op: Op::App(*f), children: args.iter().map(|a| add(a, out)).collect() }
        }
        _ => Term { op: Op::Leaf(e.clone()), children: vec![] },
    };
    out.add(node)
}

/// The expression of a term, brackets kept.
pub(super) fn said(term: &RecExpr<Term>) -> Option<Expr> {
    let mut done: Vec<Expr> = vec![];
    for node in term {
        let children: Option<Vec<Expr>> = node.children.iter().map(|c| done.get(usize::from(*c)).cloned()).collect();
        done.push(built(&node.op, children?));
    }
    done.pop()
}

/// The pattern of an expression in which these symbols are variables.
pub(super) fn pattern(e: &Expr, variables: &BTreeMap<Symbol, Var>) -> PatternAst<Term> {
    let mut out = PatternAst::default();
    add_pattern(e, variables, &mut out);
    out
}

fn add_pattern(e: &Expr, variables: &BTreeMap<Symbol, Var>, out: &mut PatternAst<Term>) -> Id {
    let node = match e.node() {
        Node::Sym(s) if variables.contains_key(s) => ENodeOrVar::Var(variables[s]),
        Node::App(f, args) if !args.is_empty() => {
            let children = args.iter().map(|a| add_pattern(a, variables, out)).collect();
            ENodeOrVar::ENode(Term { op: Op::App(*f), children })
        }
        _ => ENodeOrVar::ENode(Term { op: Op::Leaf(e.clone()), children: vec![] }),
    };
    out.add(node)
}

/// The expression of a line of an explanation.
pub(super) fn expression(line: &FlatTerm<Term>) -> Expr {
    built(&line.node.op, line.children.iter().map(expression).collect())
}

/// The place that a line of an explanation says to be rewritten, the rule's name, and whether it leads back.
pub(super) fn rewritten(line: &FlatTerm<Term>) -> Option<(Vec<usize>, String, bool)> {
    if let Some(rule) = line.forward_rule {
        return Some((vec![], rule.to_string(), false));
    }
    if let Some(rule) = line.backward_rule {
        return Some((vec![], rule.to_string(), true));
    }
    line.children.iter().enumerate().find_map(|(i, child)| {
        let (mut path, rule, back) = rewritten(child)?;
        path.insert(0, i);
        Some((path, rule, back))
    })
}
