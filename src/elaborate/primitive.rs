//! Integrals without limits beside a function of their variable: antiderivatives, equal up to a constant.
//!
//! `\int x e^x \, dx = x e^x - e^x + C` says that both sides have the same derivative. With a constant of integration it can
//! mean nothing else; without one it may (an integral over everything), so that nothing is held against it.

use crate::elaborate::build::Builder;
use crate::expr::{Binder, Domain, Expr, Node, PLACE, Sort, Symbol, fun};

/// What is used where nothing says that it is an antiderivative.
pub(super) const PRIMITIVE: &str = "integrals without limits as antiderivatives, equal up to a constant";

/// Names of a constant of integration.
const CONSTANTS: &[&str] = &["C", "c", "K", "\\text{const}", "\\mathrm{const}", "\\text{constant}", "\\text{const.}"];

/// A relation between derivatives.
pub(super) struct Differentiated {
    /// Both sides differentiated by the variable of the integrals.
    pub relation: Expr,
    /// The same, not carried out: what people see.
    pub shown: Expr,
    /// Whether a constant of integration says that it is meant so.
    pub sure: bool,
}

impl Builder<'_> {
    /// The variable of an integral without limits in the derivation of a statement, before it.
    pub(super) fn integrated_before(&self, statement: usize) -> Option<Symbol> {
        let chain = self.statements.get(statement)?.link.chain;
        let before = self.statements.get(..statement)?.iter().rev().take_while(|s| s.link.chain == chain);
        before.filter_map(|s| s.sides.as_ref()).find_map(|(l, r)| variable(l).or_else(|| variable(r)))
    }
}

/// The variable of an integral without limits in an expression.
fn variable(e: &Expr) -> Option<Symbol> {
    let mut found = None;
    e.any(&mut |x| {
        found = integral(x).map(|(_, v)| v.clone());
        found.is_some()
    });
    found
}

/// An equation about antiderivatives as one about their derivatives; `None` if it is none, or where an integral stands in
/// something else than a sum of multiples that are free of its variable. Without an integral it is one where its derivation
/// has one before it, `before` being the variable, and a side has a constant of integration: which one it is, each side says
/// for itself.
pub(super) fn differentiated(relation: &Expr, before: Option<Symbol>) -> Option<Differentiated> {
    let [l, r] = relation.as_app(fun::EQ)? else { return None };
    let own = variable(relation);
    let by = own.clone().or(before)?;
    let (left, right) = (Side::of(l, &by)?, Side::of(r, &by)?);
    let sure = left.constant || right.constant;
    let beside = left.rest.iter().chain(&right.rest).any(|t| t.mentions(&by));
    if !beside || own.is_none() && !(sure && l.mentions(&by) && r.mentions(&by)) {
        return None;
    }
    let slope = |e: &Expr| Expr::relate("partial", e.clone(), Expr::sym(by.clone()));
    let shown = Expr::relate(fun::EQ, slope(l), slope(r));
    Some(Differentiated { relation: Expr::relate(fun::EQ, left.slope(&by), right.slope(&by)), shown, sure })
}

/// `\int f \, dx`: f and x.
fn integral(e: &Expr) -> Option<(&Expr, &Symbol)> {
    let Node::Call(f, args) = e.node() else { return None };
    match args.as_slice() {
        [body, variable] if *f.name == *format!("\\int {PLACE} d{PLACE}") => Some((body, variable.as_symbol()?)),
        _ => None,
    }
}

/// A sum of multiples of integrals by one variable, and of the rest.
struct Side {
    integrands: Vec<Expr>,
    rest: Vec<Expr>,
    /// Whether one of the terms is a constant of integration.
    constant: bool,
}

impl Side {
    fn of(e: &Expr, by: &Symbol) -> Option<Side> {
        let mut side = Side { integrands: vec![], rest: vec![], constant: false };
        side.add(e, &[], by)?;
        Some(side)
    }

    /// Adds a term times factors that are free of the variable.
    fn add(&mut self, e: &Expr, factors: &[Expr], by: &Symbol) -> Option<()> {
        let times = |e: &Expr| factors.iter().fold(e.clone(), |all, f| f.clone() * all);
        if !e.any(&mut |x| integral(x).is_some()) {
            let terms = e.as_app(fun::ADD).unwrap_or(std::slice::from_ref(e));
            let constant = |t: &Expr| t.as_symbol().is_some_and(|s| CONSTANTS.iter().any(|c| is_numbered(&s.name, c)));
            self.constant |= terms.iter().any(constant);
            self.rest.extend(terms.iter().map(times));
            return Some(());
        }
        if let Some((body, variable)) = integral(e) {
            if !variable.same(by) || body.any(&mut |x| integral(x).is_some()) {
                return None;
            }
            self.integrands.push(times(body));
            return Some(());
        }
        if let Some(terms) = e.as_app(fun::ADD) {
            return terms.iter().try_for_each(|t| self.add(t, factors, by));
        }
        let list = e.as_app(fun::MUL)?;
        let at = list.iter().position(|f| f.any(&mut |x| integral(x).is_some()))?;
        let others: Vec<Expr> = list.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, f)| f.clone()).collect();
        if others.iter().any(|f| f.mentions(by) || f.any(&mut |x| integral(x).is_some())) {
            return None;
        }
        self.add(list.get(at)?, &[factors, others.as_slice()].concat(), by)
    }

    fn slope(&self, by: &Symbol) -> Expr {
        let slopes = self.rest.iter().filter(|t| t.mentions(by)).map(|t| {
            let at = Domain::At(Expr::sym(by.clone()), vec![]);
            Expr::bind(Binder::Derivative, at, t.abstracted(by, Sort::Real))
        });
        self.integrands.iter().cloned().chain(slopes).fold(Expr::int(0), |all, t| all + t)
    }
}

/// `C`, `C_1`, `C_{2}`.
fn is_numbered(name: &str, constant: &str) -> bool {
    name.strip_prefix(constant)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('_') && rest.chars().any(|c| c.is_ascii_digit()))
}
