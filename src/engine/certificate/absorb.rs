//! A negative square absorbed by positive ones, as in a variance:
//! Σ w f² − κ m² = Σ w (f − κ u m)² + κ (1 − κ Σ w u²) m² where m = Σ w u f.

use super::gram::{Square, Squares};
use super::tools::{Tools, enclosed, proportion};
use crate::algebra::canon::poly::Poly;
use crate::algebra::entry;
use crate::expr::{Binder, Domain, Expr, Node, Symbol};
use crate::verdict::certificate::{Atom, Part};

/// The parts of a quadratic form in y; a negative square that nothing absorbs ends the search.
pub(super) fn absorbed(tools: &Tools, squares: Squares, row: &(Symbol, Domain), y: &Expr) -> Option<Vec<Part>> {
    let form = |vector: &Expr| linear(vector, row, y);
    let mut out = vec![];
    let mut positive = squares.positive;
    let mut diagonal = (!is_zero(&squares.diagonal)).then_some(squares.diagonal);
    for negative in &squares.negative {
        if !negative.binders.is_empty() {
            return None;
        }
        let kappa = tools.simplified(&-negative.weight.clone())?;
        let mean = form(&negative.vector)?;
        let absorber =
            diagonal.as_ref().and_then(|d| of_diagonal(tools, &negative.vector, d, row)).map(|u| (None, u)).or_else(
                || {
                    let all = positive.iter().enumerate();
                    all.filter_map(|(k, s)| Some((Some(k), of_square(tools, &negative.vector, s, &row.0)?))).next()
                },
            );
        let (place, u) = absorber?;
        let (binders, weight, inner) = match place {
            None => {
                let i = Expr::sym(row.0.clone());
                (vec![row.clone()], diagonal.take()?, entry(y, &[i])?)
            }
            Some(k) => {
                let s = positive.remove(k);
                (s.binders, s.weight, form(&s.vector)?)
            }
        };
        let spread = enclosed(&binders, weight.clone() * u.pow(Expr::int(2)));
        let rest = tools.simplified(&(kappa.clone() * (Expr::int(1) - kappa.clone() * spread)))?;
        let centred = inner - kappa * u * mean.clone();
        out.push(Part { binders, weight, atom: Atom::Square(centred) });
        if !is_zero(&rest) {
            out.push(Part { binders: vec![], weight: rest, atom: Atom::Square(mean) });
        }
    }
    if let Some(weight) = diagonal {
        let own = entry(y, &[Expr::sym(row.0.clone())])?;
        out.push(Part { binders: vec![row.clone()], weight, atom: Atom::Square(own) });
    }
    for s in positive {
        let atom = Atom::Square(form(&s.vector)?);
        out.push(Part { binders: s.binders, weight: s.weight, atom });
    }
    Some(out)
}

fn is_zero(e: &Expr) -> bool {
    e.as_int() == Some(0)
}

/// Σᵢ vector(i) yᵢ; yᵣ where the vector is a unit vector.
fn linear(vector: &Expr, (i, range): &(Symbol, Domain), y: &Expr) -> Option<Expr> {
    let place = Expr::sym(i.clone());
    if let Some([x, r]) = vector.as_app("delta")
        && let Some(at) = if *x == place { Some(r) } else { (*r == place).then_some(x) }
        && !at.mentions(i)
    {
        return entry(y, std::slice::from_ref(at));
    }
    let body = vector.clone() * entry(y, &[place])?;
    Some(Expr::bind(Binder::Sum, range.clone(), body.abstracted(i, i.sort.clone())))
}

/// u with r = d u, entry by entry.
fn of_diagonal(tools: &Tools, r: &Expr, d: &Expr, row: &(Symbol, Domain)) -> Option<Expr> {
    quotient(&tools.under(std::slice::from_ref(row)), r, d)
}

fn quotient(tools: &Tools, r: &Expr, d: &Expr) -> Option<Expr> {
    match proportion(&tools.poly(r)?, &tools.poly(d)?) {
        Some(q) => Some(Expr::num(q)),
        None => tools.unconditional(&r.over(d)),
    }
}

/// u with r(i) = Σₙ wₙ uₙ vector(n, i).
fn of_square(tools: &Tools, r: &Expr, square: &Square, i: &Symbol) -> Option<Expr> {
    let [(n, range)] = square.binders.as_slice() else { return None };
    let whole = Poly::plain(r);
    let (mono, c) = whole.single()?;
    let sum = mono.factors().find(|(k, _)| k.mentions(i)).map(|(k, _)| k.clone())?;
    let Node::Bind { binder: Binder::Sum, domain, body } = sum.node() else { return None };
    if domain != range {
        return None;
    }
    let outside = mono.without(&sum);
    let vector = Poly::plain(&square.vector);
    let ((v, vc), inner) = (vector.single()?, Poly::plain(&body.instantiated(&Expr::sym(n.clone()))));
    let (b, bc) = inner.single()?;
    let ratio = b.times(&v.raised(&crate::num::Rational::from(-1))).times(&outside);
    let scale = (c * bc).checked_div(vc)?;
    let over = Poly::term(scale, ratio).to_expr();
    if over.mentions(i) {
        return None;
    }
    quotient(&tools.under(&square.binders), &over, &square.weight)
}
