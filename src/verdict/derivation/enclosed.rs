//! Inequalities shown over a box: the difference of the sides, cell by cell.

use crate::algebra::enclose::{Cell, Enclosed, End, Extent, Method, Region, Side};
use crate::claim::Claim;
use crate::expr::{Expr, fun};
use crate::message::Message;
use crate::num::{Minus, Rational, short};
use crate::verdict::Step;
use crate::verdict::derivation::chain::written;
use crate::verdict::derivation::inequality::{brought_about, unfolded};

/// Most cells that are told one by one.
const CELLS: usize = 6;

/// The derivation of a relation over a box.
pub(super) fn derivation(claim: &Claim, relation: &Expr, cover: &Enclosed) -> Vec<Step> {
    let mut out = unfolded(claim, &claim.unfolded);
    let carried =
        Step { rule: brought_about(claim).to_owned(), sign: "⇔", ..written(Some(&claim.unfolded), relation) };
    if out.last().is_none_or(|last| last.text != carried.text) {
        out.push(carried);
    }
    let place = cover.region.axes.iter().map(|(s, x)| format!("{} ∈ {}", Expr::sym(s.clone()), extent(x)));
    let place = place.collect::<Vec<_>>().join(", ");
    out.push(Step {
        rule: "enclose".to_owned(),
        words: Some(Message::new("derivation-box").with("box", place)),
        ..Step::default()
    });
    for part in &cover.parts {
        let name = if part.strict { "gt" } else { "ge" };
        let shown = Expr::relate(name, part.difference.clone(), Expr::int(0));
        out.push(Step { sign: "⇔", rule: "difference".to_owned(), ..written(None, &shown) });
        out.extend(part.boxes.iter().take(CELLS).map(|c| cell(c, &cover.region)));
        if part.boxes.len() > CELLS {
            let words = Message::new("derivation-cells").with("count", part.boxes.len() - CELLS);
            out.push(Step { words: Some(words), ..Step::default() });
        }
        let key = if part.attained { "derivation-bound-attained" } else { "derivation-bound" };
        let (low, high) = (*part.bound.lo(), *part.bound.hi());
        let words = Message::new(key)
            .with("low", below(low))
            .with("high", below(-high).strip_prefix('−').map_or_else(|| format!("−{}", below(-high)), str::to_owned));
        out.push(Step { rule: "enclose".to_owned(), words: Some(words), ..Step::default() });
    }
    out
}

fn cell(c: &Cell, region: &Region) -> Step {
    let sides = region.axes.iter().zip(&c.sides).map(|((s, _), side)| place(&Expr::sym(s.clone()), side));
    let (rule, words) = match &c.method {
        Method::Direct => ("enclose.direct", None),
        Method::Monotone(face) => {
            let face = region.axes.iter().zip(face).map(|((s, _), side)| place(&Expr::sym(s.clone()), side));
            let face = face.collect::<Vec<_>>().join(", ");
            ("enclose.monotone", Some(Message::new("derivation-face").with("face", face)))
        }
        Method::Convex(q) => {
            ("enclose.convex", Some(Message::new("derivation-touches").with("at", Expr::num(q.clone()))))
        }
        Method::Excluded => ("enclose.excluded", None),
    };
    Step { rule: rule.to_owned(), text: sides.collect::<Vec<_>>().join(", "), words, ..Step::default() }
}

fn place(symbol: &Expr, side: &Side) -> String {
    match side.value() {
        Some(q) => Expr::relate(fun::EQ, symbol.clone(), Expr::num(q.clone())).to_string(),
        None => format!("{symbol} ∈ [{}, {}]", end(side.lo.as_ref(), "−∞"), end(side.hi.as_ref(), "∞")),
    }
}

fn end(q: Option<&Rational>, infinite: &str) -> String {
    q.map_or_else(|| infinite.to_owned(), |q| Expr::num(q.clone()).to_string())
}

fn extent(x: &Extent) -> String {
    match x {
        Extent::Interval(a, b) => {
            let open = |e: &End, closed: &'static str, open: &'static str| if e.closed { closed } else { open };
            let (from, to) = (end(a.at.as_ref(), "−∞"), end(b.at.as_ref(), "∞"));
            format!("{}{from}, {to}{}", open(a, "[", "("), open(b, "]", ")"))
        }
        Extent::Finite(list) => {
            let list: Vec<String> = list.iter().map(|q| Expr::num(q.clone()).to_string()).collect();
            format!("{{{}}}", list.join(", "))
        }
    }
}

/// A short decimal that is not above the float.
fn below(x: f64) -> String {
    if !x.is_finite() || x == 0.0 {
        return short(x, Minus::Unicode);
    }
    let unit = 10_f64.powi(x.abs().log10().floor() as i32 - 3);
    let down = (x / unit).floor() * unit;
    short(down - if down > x { unit } else { 0.0 }, Minus::Unicode)
}
