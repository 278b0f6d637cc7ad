//! Quadratic forms: a matrix expression and a vector y, to parts whose sum is yᵀMy.

use super::absorb::absorbed;
use super::gram::Entry;
use super::tools::{Binders, Tools};
use crate::algebra::entry;
use crate::expr::{Binder, Domain, Expr, Node, Symbol, fun};
use crate::verdict::certificate::{Atom, Part};

/// Deepest structure that is looked into.
const DEPTH: u32 = 8;

/// Parts of yᵀMy, if the matrix is seen to be positive semidefinite.
pub(super) fn parts(tools: &Tools, matrix: &Expr, y: &Expr) -> Option<Vec<Part>> {
    let frame = Frame { binders: vec![], weight: Expr::int(1) };
    within(tools, matrix, y, &frame, DEPTH)
}

/// What stands around a matrix: sums, and a weight.
#[derive(Clone)]
struct Frame {
    binders: Binders,
    weight: Expr,
}

impl Frame {
    fn framed(&self, inner: Vec<Part>) -> Vec<Part> {
        let around = |p: Part| Part {
            binders: self.binders.iter().cloned().chain(p.binders).collect(),
            weight: self.weight.clone() * p.weight,
            atom: p.atom,
        };
        inner.into_iter().map(around).collect()
    }
}

fn within(tools: &Tools, matrix: &Expr, y: &Expr, frame: &Frame, depth: u32) -> Option<Vec<Part>> {
    let deeper = depth.checked_sub(1)?;
    if is_given(tools, matrix) {
        let form = Part { binders: vec![], weight: Expr::int(1), atom: Atom::Form(matrix.clone(), y.clone()) };
        return Some(frame.framed(vec![form]));
    }
    if let Some(found) = by_entries(tools, matrix, y, frame.binders.len()) {
        return Some(frame.framed(found));
    }
    match matrix.node() {
        Node::App(f, args) if f.name == fun::ADD => {
            // What is semidefinite alone, and the rest together.
            let (mut out, mut rest) = (vec![], vec![]);
            for a in args {
                match within(tools, a, y, frame, deeper) {
                    Some(found) => out.extend(found),
                    None => rest.push(a.clone()),
                }
            }
            if !rest.is_empty() {
                if rest.len() == args.len() {
                    return None;
                }
                out.extend(frame.framed(by_entries(tools, &Expr::apply(fun::ADD, rest), y, frame.binders.len())?));
            }
            Some(out)
        }
        Node::App(f, args) if f.name == fun::MUL => {
            let (numbers, arrays): (Vec<Expr>, Vec<Expr>) = args.iter().cloned().partition(|a| a.sort().is_scalar());
            let weight = frame.weight.clone() * Expr::apply(fun::MUL, numbers.clone());
            let framed = Frame { weight, ..frame.clone() };
            match arrays.as_slice() {
                [one] if !numbers.is_empty() => within(tools, one, y, &framed, deeper),
                [left, middle @ .., right] if !middle.is_empty() && are_transposes(left, right) => {
                    let inner = Expr::apply(fun::MUL, middle.to_vec());
                    within(tools, &inner, &(right.clone() * y.clone()), &framed, deeper)
                }
                _ => None,
            }
        }
        Node::Bind { binder: Binder::Sum, domain, body } => {
            let symbol = Symbol::new(&format!("\u{6}{depth}"), domain.variable_sort());
            let mut frame = frame.clone();
            frame.binders.push((symbol.clone(), domain.clone()));
            let tools = tools.under(&[(symbol.clone(), domain.clone())]);
            within(&tools, &body.instantiated(&Expr::sym(symbol)), y, &frame, deeper)
        }
        _ => None,
    }
}

fn are_transposes(a: &Expr, b: &Expr) -> bool {
    let is = |x: &Expr, y: &Expr| x.as_app("transpose").is_some_and(|args| args == [y.clone()]);
    is(a, b) || is(b, a)
}

fn is_given(tools: &Tools, matrix: &Expr) -> bool {
    let of = |name: &str, m: &Expr| tools.facts.iter().any(|f| f.as_app(name).is_some_and(|a| a == [m.clone()]));
    match matrix.as_app("inverse") {
        Some([inner]) => of("positive_definite", inner),
        _ => of("positive_definite", matrix) || of("positive_semidefinite", matrix),
    }
}

/// From the canonical form of the entry at symbolic places.
fn by_entries(tools: &Tools, matrix: &Expr, y: &Expr, level: usize) -> Option<Vec<Part>> {
    let [n, columns] = matrix.sort().sizes() else { return None };
    if n != columns {
        return None;
    }
    let range = Domain::Range(Expr::int(1), n.clone());
    let place = |name: &str| (Symbol::new(&format!("\u{6}{name}{level}"), crate::expr::Sort::Integer), range.clone());
    let (row, column) = (place("i"), place("j"));
    let (i, j) = (Expr::sym(row.0.clone()), Expr::sym(column.0.clone()));
    let both = tools.under(&[row.clone(), column.clone()]);
    let poly = both.poly(&entry(matrix, &[i, j])?)?;
    let form = Entry::of(&poly, &row, &column.0, level)?;
    absorbed(tools, form.squares(tools)?, &row, y)
}
