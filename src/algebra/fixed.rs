//! Expressions at given sizes: sums and products with numeric ends written out.

use std::collections::{BTreeMap, BTreeSet};

use crate::algebra::entry::{DEPTH_CAP, Lowering};
use crate::algebra::{logic, terms};
use crate::expr::{Binder, Domain, Expr, Memo, Node, Sort, Symbol};

/// The expression with size symbols replaced by numbers, in sorts too, lowered to entries, and every sum, product,
/// maximum, minimum, ∀, ∃ and comprehension with numeric ends written out, so that scalar engines meet entries
/// `x_3`, `W_{12}` of symbols only. An empty sum is 0, an empty product 1. Symbols of other sizes stay, and so do the
/// binders that need them. `None` if more than `cap` terms would be written, or it is too deep.
pub fn at_sizes(e: &Expr, sizes: &BTreeMap<Symbol, u64>, cap: u64) -> Option<Expr> {
    let mut fixed = BTreeMap::new();
    for (symbol, n) in sizes {
        fixed.insert((symbol.name.clone(), symbol.version), i64::try_from(*n).ok()?);
    }
    let value = |s: &Symbol| fixed.get(&(s.name.clone(), s.version)).copied();
    // Lowered while sizes are names: at size 1 a row times a column of names would become a number.
    let sized = resized(&Lowering::new().scalar(e), &value);
    let fuel = cap.saturating_mul(64).saturating_add(100_000);
    let mut writing = Writing { memo: Memo::default(), left: cap, fuel };
    let written = writing.out(&Lowering::new().scalar(&sized))?;
    Some(Lowering::new().scalar(&written))
}

fn resized(e: &Expr, value: &dyn Fn(&Symbol) -> Option<i64>) -> Expr {
    e.transform(&mut |x, _| match x.node() {
        Node::Sym(s) => match (s.sort == Sort::Integer, value(s)) {
            (true, Some(n)) => Some(Expr::int(n)),
            _ => Some(Expr::sym(resized_symbol(s, value))),
        },
        Node::Bound { index, sort } => Some(Expr::bound(*index, resized_sort(sort, value))),
        Node::Call(s, args) => Some(Expr::new(Node::Call(resized_symbol(s, value), args.clone()))),
        Node::Bind { binder, domain: Domain::All(sort), body } => {
            Some(Expr::bind(*binder, Domain::All(resized_sort(sort, value)), body.clone()))
        }
        Node::App(f, args) => Some(terms::rebuilt(*f, args.clone())),
        _ => None,
    })
}

fn resized_symbol(s: &Symbol, value: &dyn Fn(&Symbol) -> Option<i64>) -> Symbol {
    s.with_sort(resized_sort(&s.sort, value))
}

fn resized_sort(sort: &Sort, value: &dyn Fn(&Symbol) -> Option<i64>) -> Sort {
    match sort {
        Sort::Array(sizes) => Sort::Array(sizes.iter().map(|n| resized(n, value)).collect()),
        _ => sort.clone(),
    }
}

/// Writes binders out, with a budget of terms.
struct Writing {
    memo: Memo<Expr, Expr>,
    left: u64,
    fuel: u64,
}

impl Writing {
    fn out(&mut self, e: &Expr) -> Option<Expr> {
        if let Some(done) = self.memo.get(e) {
            return Some(done.clone());
        }
        self.fuel = self.fuel.checked_sub(1)?;
        if e.depth() > DEPTH_CAP {
            return None;
        }
        let result = match e.node() {
            Node::Num(_) | Node::Sym(_) | Node::Bound { .. } | Node::Opaque { .. } => e.clone(),
            Node::Bind { binder, domain: Domain::Range(low, high), body } => {
                let (low, high) = (self.out(low)?, self.out(high)?);
                match terms::numeric_range(&low, &high, self.left) {
                    Some(range) if is_written(*binder) => {
                        let mut parts = Vec::new();
                        for k in range {
                            self.left = self.left.checked_sub(1)?;
                            parts.push(self.out(&terms::at(body, k))?);
                        }
                        match joined(*binder, parts, body) {
                            Some(done) => done,
                            None => e.clone(),
                        }
                    }
                    None if low.as_int().is_some() && high.as_int().is_some() && is_written(*binder) => return None,
                    _ => Expr::bind(*binder, Domain::Range(low, high), self.out(body)?),
                }
            }
            Node::App(f, args) if f.name == "cases" => self.cases(e, args)?,
            _ => {
                let children = e.children().into_iter().map(|c| self.out(c)).collect::<Option<Vec<_>>>()?;
                terms::with_children(e, children)
            }
        };
        self.memo.insert(e.clone(), result.clone());
        Some(result)
    }

    /// Only the branches that are not ruled out.
    fn cases(&mut self, e: &Expr, args: &[Expr]) -> Option<Expr> {
        let mut kept = Vec::with_capacity(args.len());
        for pair in args.chunks(2) {
            match pair {
                [condition, value] => {
                    let condition = self.out(condition)?;
                    match logic::decided(&condition) {
                        Some(false) => {}
                        Some(true) => {
                            kept.push(self.out(value)?);
                            break;
                        }
                        None => kept.extend([condition, self.out(value)?]),
                    }
                }
                [otherwise] => kept.push(self.out(otherwise)?),
                _ => {}
            }
        }
        Some(match kept.as_slice() {
            [] => e.clone(),
            [only] => only.clone(),
            _ => Expr::apply("cases", kept),
        })
    }
}

fn is_written(binder: Binder) -> bool {
    matches!(
        binder,
        Binder::Sum
            | Binder::Product
            | Binder::Max
            | Binder::Min
            | Binder::Sup
            | Binder::Inf
            | Binder::ForAll
            | Binder::Exists
            | Binder::Lambda
    )
}

/// What the binder makes of the values of its body; `None` where that is nothing (the maximum of no values).
fn joined(binder: Binder, parts: Vec<Expr>, body: &Expr) -> Option<Expr> {
    let scalar = body.sort().is_scalar();
    match binder {
        Binder::Sum if scalar || !parts.is_empty() => Some(terms::sum(parts)),
        Binder::Product if scalar || !parts.is_empty() => Some(terms::product(parts)),
        Binder::ForAll => Some(logic::all_of(parts)),
        Binder::Exists => Some(logic::any_of(parts)),
        Binder::Max | Binder::Sup if scalar && !parts.is_empty() => Some(Expr::apply("max", parts)),
        Binder::Min | Binder::Inf if scalar && !parts.is_empty() => Some(Expr::apply("min", parts)),
        Binder::Lambda if !parts.is_empty() => array(parts),
        _ => None,
    }
}

/// The array of numbers, or of rows given by their entries.
fn array(parts: Vec<Expr>) -> Option<Expr> {
    if parts.iter().all(|p| p.sort().is_scalar()) {
        return Some(Expr::vector(parts));
    }
    let rows = parts.len();
    let mut entries = Vec::new();
    let mut width = None;
    for part in &parts {
        let Node::Array { rows, columns: None, entries: row } = part.node() else { return None };
        if *width.get_or_insert(*rows) != *rows {
            return None;
        }
        entries.extend(row.iter().cloned());
    }
    Some(Expr::matrix(rows, width?, entries))
}

/// The integer symbols that the expression uses as sizes: those in the sizes of sorts (of symbols and of whole
/// subexpressions), and those in the ends of ranges.
pub fn size_symbols(e: &Expr) -> BTreeSet<Symbol> {
    let mut found = BTreeSet::new();
    let mut add = |e: &Expr| found.extend(e.symbols().into_iter().filter(|s| s.sort == Sort::Integer));
    e.any(&mut |x| {
        x.sort().sizes().iter().for_each(&mut add);
        match x.node() {
            Node::Call(s, _) => s.sort.sizes().iter().for_each(&mut add),
            Node::Bind { domain: Domain::Range(low, high), .. } => {
                add(low);
                add(high);
            }
            Node::Bind { domain: Domain::All(sort), .. } => sort.sizes().iter().for_each(&mut add),
            Node::App(f, args) if matches!(f.name, "real_space" | "simplex" | "range_set") => {
                args.iter().for_each(&mut add);
            }
            Node::App(f, args) if f.name == "power_set" => args.iter().skip(1).for_each(&mut add),
            _ => {}
        }
        false
    });
    found
}
