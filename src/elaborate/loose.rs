//! Lines whose shapes do not fit as they are read, read more loosely: what the notes write short, left open.
//!
//! Each row makes of one way of writing what fits more often. A list under a transpose is the column that is meant; the other
//! rows leave a meaning open, so that nothing is settled by what was left out.

use crate::elaborate::blocks::carried_out;
use crate::elaborate::raw::RawLine;
use crate::expr::{Binder, Domain, Expr, Node, PLACE, Sort, Symbol, fun};

/// A way to read a line more loosely.
pub(super) type Looser = fn(&mut RawLine);

/// The rows, those that keep most first, for lists of numbers.
pub(super) const LOOSER: &[Looser] = &[
    |line| line.map(&mut |e| e.transform(&mut |x, _| column(x))),
    |line| line.map(&mut |e| e.transform(&mut |x, _| of_rank(x))),
    |line| line.map(&mut |e| e.transform(&mut |x, _| broadcast(x))),
    |line| line.map(&mut |e| e.transform(&mut |x, _| place(x))),
    by_arguments,
];

/// The row that leaves every matrix open, for lines that fit neither way.
pub(super) const OPEN_BLOCKS: Looser = |line| line.map(&mut |e| e.transform(&mut |x, _| block(x)));

/// The rows for matrices of blocks: no list under a transpose is a column there.
pub(super) const LOOSER_BLOCKS: &[Looser] = &[
    |line| line.map(&mut |e| e.transform(&mut |x, _| carried_out(x))),
    |line| line.map(&mut |e| e.transform(&mut |x, _| block(x))),
    |line| line.map(&mut |e| e.transform(&mut |x, _| of_rank(x))),
    |line| line.map(&mut |e| e.transform(&mut |x, _| broadcast(x))),
    |line| line.map(&mut |e| e.transform(&mut |x, _| place(x))),
    by_arguments,
];

/// The line without what one of its sides says.
pub(super) fn without_side(line: &RawLine, side: usize) -> RawLine {
    let mut line = line.clone();
    for sides in [&mut line.sides, &mut line.printed] {
        if let Some(e) = sides.get_mut(side) {
            let text = e.to_string().into();
            *e = Expr::new(Node::Opaque { text, depends: vec![] });
        }
    }
    line
}

/// `[a, b]^T`, `[x_1, …, x_n]^T`: where lists are rows their transpose is a column, and lists are columns here.
fn column(x: &Expr) -> Option<Expr> {
    let [list] = x.as_app("transpose")? else { return None };
    match list.node() {
        Node::Array { columns: None, .. } | Node::Bind { binder: Binder::Lambda, .. } => Some(list.clone()),
        Node::Call(s, _) if s.is_notation() && s.name.starts_with('(') && s.name.contains(", ⋯") => {
            Some(list.clone())
        }
        _ => None,
    }
}

/// `v_A = \sum_i v_{A,i}`: one letter for the things and for their parts.
fn of_rank(x: &Expr) -> Option<Expr> {
    let (array, indices) = x.as_app(fun::INDEX)?.split_first()?;
    let s = array.as_symbol().filter(|s| indices.len() > 1 && !s.name.ends_with('\u{2060}'))?;
    let name = format!("{}\u{2060}", s.name);
    Some(Expr::sym(Symbol { name: name.into(), ..s.clone() }).index(indices.to_vec()))
}

/// `XW + HV + b` with a row b for all rows: a name beside products. What comes out is a matrix.
fn broadcast(x: &Expr) -> Option<Expr> {
    let terms = x.as_app(fun::ADD)?;
    let product = |e: &Expr| {
        let factors = e.as_app(fun::MUL).or_else(|| e.as_app("dot")).unwrap_or_default();
        factors.iter().filter(|f| f.as_num().is_none()).count() > 1
    };
    let (bias, products) = terms.split_last()?;
    (bias.as_symbol().is_some() && !products.is_empty() && products.iter().all(product)).then(|| {
        let places = vec![PLACE.to_string(); terms.len()].join(" + ");
        let sum = Symbol::new(&format!("({places})"), Sort::Function);
        Expr::new(Node::Call(sum, terms.to_vec()))
    })
}

/// `\arg\min_\beta f(\beta)` with a variable that is no index.
fn place(x: &Expr) -> Option<Expr> {
    let Node::Bind { binder, domain, body } = x.node() else { return None };
    let sign = match binder {
        Binder::ArgMax => "\\operatorname{argmax}",
        Binder::ArgMin => "\\operatorname{argmin}",
        Binder::Max => "\\max",
        Binder::Min => "\\min",
        Binder::Sup => "\\sup",
        Binder::Inf => "\\inf",
        _ => return None,
    };
    let (name, over) = match domain {
        Domain::Range(low, high) if low.as_int() == Some(1) => {
            (high.as_symbol()?.name.strip_prefix('|')?.strip_suffix('|')?.to_owned(), vec![])
        }
        Domain::Over(set) => ("\\cdot".to_owned(), vec![set.clone()]),
        _ => return None,
    };
    let variable = Expr::sym(Symbol::new(&format!("{name}\u{2060}"), Sort::Unknown));
    let sign = Symbol::new(&format!("{sign}_{{{name}}} {PLACE}"), Sort::Function);
    Some(Expr::new(Node::Call(sign, std::iter::once(body.instantiated(&variable)).chain(over).collect())))
}

/// `\min_w (a w^2 + w)`: over a variable that nothing gives a range, and that stands as a number, no index: what it may be is
/// not said.
pub(super) fn over_numbers(x: &Expr) -> Option<Expr> {
    let Node::Bind { domain: Domain::Range(_, high), body, .. } = x.node() else { return None };
    let unsaid = high.as_symbol().is_some_and(|s| s.name.starts_with('|'));
    place(x).filter(|_| unsaid && is_number(body, 0))
}

/// Whether a bound variable stands outside of indices and arguments.
fn is_number(e: &Expr, depth: u32) -> bool {
    match e.node() {
        Node::Bound { index, .. } => *index == depth,
        Node::Call(_, args) => args.iter().any(|a| !matches!(a.node(), Node::Bound { .. }) && is_number(a, depth)),
        Node::App(f, args) if f.name == fun::INDEX => args.first().is_some_and(|array| is_number(array, depth)),
        Node::Bind { body, .. } => is_number(body, depth + 1),
        _ => e.children().into_iter().any(|c| is_number(c, depth)),
    }
}

/// Notation and functions with words for names are one function for each list of arguments: their values have the shapes
/// that these have.
fn by_arguments(line: &mut RawLine) {
    let mut seen: Vec<Expr> = vec![];
    line.map(&mut |e| {
        e.transform(&mut |x, _| {
            let Node::Call(s, args) = x.node() else { return None };
            let worded = s.is_notation() || s.name.starts_with("\\text") || s.name.starts_with("\\mathrm");
            if !worded || s.version >= OWN {
                return None;
            }
            let at = seen.iter().position(|e| e == x).unwrap_or_else(|| {
                seen.push(x.clone());
                seen.len() - 1
            });
            let version = OWN + u32::try_from(at).unwrap_or(0);
            Some(Expr::new(Node::Call(Symbol { version, ..s.clone() }, args.clone())))
        })
    });
}

/// Versions of functions that are told apart by their arguments begin here.
const OWN: u32 = 1 << 19;

/// The line with a meaning of its own for each matrix of blocks and each sum for all rows that stands in a product, a transpose
/// or a power, and for every one if `all`: what has no shape would be a number there, which commutes and is its own transpose.
pub(super) fn set_apart(line: &mut RawLine, all: bool) {
    let mut count = 0;
    line.map(&mut |side| own_meanings(side, all, &mut count));
}

fn own_meanings(e: &Expr, factor: bool, count: &mut u32) -> Expr {
    let (children, within): (Vec<Expr>, bool) = match e.node() {
        Node::Call(s, args) if s.is_notation() && s.name.starts_with(['[', '(']) && factor => {
            *count += 1;
            let own = Symbol { version: OWN + FACTORS + *count, ..s.clone() };
            return Expr::new(Node::Call(own, args.clone()));
        }
        Node::Call(_, args) => (args.clone(), false),
        Node::App(f, args) => (args.clone(), factor || !matches!(f.name, fun::ADD | fun::EQ | "and")),
        _ => (e.children().into_iter().cloned().collect(), factor),
    };
    match children.is_empty() {
        true => e.clone(),
        false => e.with_children(children.iter().map(|c| own_meanings(c, within, count)).collect()),
    }
}

/// Versions of what has a meaning of its own begin this far behind [`OWN`].
const FACTORS: u32 = 1 << 16;

/// A matrix whose entries may be blocks.
fn block(x: &Expr) -> Option<Expr> {
    let Node::Array { columns, entries, .. } = x.node() else { return None };
    let mut name = String::from("[");
    for i in 0..entries.len() {
        name.push_str(match (i, columns) {
            (0, _) => "",
            (i, Some(n)) if i % n > 0 => ", ",
            _ => "; ",
        });
        name.push(PLACE);
    }
    name.push(']');
    Some(Expr::new(Node::Call(Symbol::new(&name, Sort::Function), entries.clone())))
}
