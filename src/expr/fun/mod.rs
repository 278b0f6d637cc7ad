//! The function table: a row for each function, by topic.
//!
//! A row says everything about its function once: name, TeX spellings, arity, sort, where it is defined, its
//! derivative, its value in every number system, and where all that stands.

mod arithmetic;
mod calculus;
mod elementary;
mod linear;
mod order;
mod probability;
mod set;

use std::fmt;
use std::hash::{Hash, Hasher};

use crate::expr::{Binder, Domain, Expr, Memo, Node, Sort};

pub use order::{is_connective, is_relation};
pub use set::{element_sort, interval_ends};

/// Sum of any number of terms.
pub const ADD: &str = "add";
/// Product of any number of factors, in order.
pub const MUL: &str = "mul";
/// Power.
pub const POW: &str = "pow";
/// Entry of an array.
pub const INDEX: &str = "index";
/// A decimal as printed: the number, and one unit of its last digit.
pub const DECIMAL: &str = "decimal";
/// Equality.
pub const EQ: &str = "eq";

/// How many arguments a function takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arity {
    /// Just so many.
    Exactly(usize),
    /// So many or more.
    AtLeast(usize),
}

impl Arity {
    /// Whether `count` arguments are right.
    #[inline]
    pub fn admits(self, count: usize) -> bool {
        match self {
            Arity::Exactly(n) => n == count,
            Arity::AtLeast(n) => count >= n,
        }
    }
}

/// The partial derivative of an application by its `k`-th argument.
pub type Partial = fn(&[Expr], usize) -> Option<Expr>;

/// A row of the table.
pub struct Row {
    /// The name, unique in the table.
    pub name: &'static str,
    /// Spellings in notes: commands without backslash and plain words. Empty where `notation` has a shape for it.
    pub tex: &'static [&'static str],
    /// How many arguments.
    pub arity: Arity,
    /// The sort of the result; `Unknown` where the arguments don't fit.
    pub sort: fn(&[Expr]) -> Sort,
    /// Conditions (Bool expressions) under which the value exists, beside those of the arguments.
    pub domain: fn(&[Expr]) -> Vec<Expr>,
    /// Partial derivative by argument `k`; `None` where there is none to give.
    pub derivative: Option<Partial>,
    /// The value in each number system; `None` where evaluation has a case of its own (arrays, relations, sets).
    pub kernel: Option<Kernel>,
    /// Where it stands (DLMF number, book).
    pub reference: &'static str,
}

/// The value of a scalar function in each number system, from one generic definition.
#[derive(Clone, Copy)]
pub struct Kernel {
    /// 64-bit floats.
    pub float: fn(&[f64]) -> f64,
    /// Outward-rounded intervals.
    pub interval: fn(&[Interval]) -> Interval,
    /// Wide intervals.
    pub precise: fn(&[Precise]) -> Precise,
    /// Exact rationals.
    pub exact: fn(&[Exact]) -> Exact,
    /// First-order dual numbers.
    pub dual1: fn(&[Dual1]) -> Dual1,
    /// Second-order dual numbers.
    pub dual2: fn(&[Dual2]) -> Dual2,
    /// Third-order dual numbers.
    pub dual3: fn(&[Dual3]) -> Dual3,
    /// Taylor coefficients.
    pub series: fn(&[Series]) -> Series,
    /// Functions near an end.
    pub germ: fn(&[Germ]) -> Germ,
}

use crate::num::{Dual1, Dual2, Dual3, Exact, Germ, Interval, Precise, Series};

/// Instantiates a generic `fn f<N: Number>(&[N]) -> N` for every number system.
macro_rules! kernel {
    ($f:ident) => {
        Some($crate::expr::fun::Kernel {
            float: $f::<f64>,
            interval: $f::<$crate::num::Interval>,
            precise: $f::<$crate::num::Precise>,
            exact: $f::<$crate::num::Exact>,
            dual1: $f::<$crate::num::Dual1>,
            dual2: $f::<$crate::num::Dual2>,
            dual3: $f::<$crate::num::Dual3>,
            series: $f::<$crate::num::Series>,
            germ: $f::<$crate::num::Germ>,
        })
    };
}
pub(crate) use kernel;

/// A function of the table.
#[derive(Clone, Copy)]
pub struct Fun(&'static Row);

impl std::ops::Deref for Fun {
    type Target = Row;
    #[inline]
    fn deref(&self) -> &Row {
        self.0
    }
}

impl PartialEq for Fun {
    #[inline]
    fn eq(&self, other: &Fun) -> bool {
        std::ptr::eq(self.0, other.0) || self.name == other.name
    }
}

impl Eq for Fun {}

impl Hash for Fun {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Names are told apart by their length and first letters but for a few.
        let mut word = [0; 8];
        word.iter_mut().zip(self.name.as_bytes()).for_each(|(slot, byte)| *slot = *byte);
        state.write_u64(u64::from_le_bytes(word) ^ (self.name.len() as u64) << 56);
    }
}

impl PartialOrd for Fun {
    #[inline]
    fn partial_cmp(&self, other: &Fun) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fun {
    #[inline]
    fn cmp(&self, other: &Fun) -> std::cmp::Ordering {
        self.name.cmp(other.name)
    }
}

impl fmt::Debug for Fun {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl Fun {
    /// Whether the function, applied to arrays, acts entry by entry (`e^v`, `log p`).
    #[inline]
    pub fn is_entrywise(self) -> bool {
        self.kernel.is_some() && self.derivative.is_some() && !matches!(self.name, ADD | MUL | POW | "abs")
    }
}

/// The table: all rows, topic by topic.
pub fn rows() -> impl Iterator<Item = &'static Row> {
    [arithmetic::ROWS, calculus::ROWS, elementary::ROWS, linear::ROWS, order::ROWS, probability::ROWS, set::ROWS]
        .into_iter()
        .flatten()
}

fn find(
    table: &'static std::sync::OnceLock<Map>,
    keys: fn(&'static Row) -> Vec<&'static str>,
    key: &str,
) -> Option<Fun> {
    let map = table.get_or_init(|| rows().flat_map(|r| keys(r).into_iter().map(move |k| (k, r))).collect());
    map.get(key).map(|r| Fun(r))
}

type Map = Memo<&'static str, &'static Row>;

/// The row with this name.
pub fn by_name(name: &str) -> Option<Fun> {
    static NAMES: std::sync::OnceLock<Map> = std::sync::OnceLock::new();
    find(&NAMES, |r| vec![r.name], name)
}

/// The row that is spelt so in notes (command without backslash, or a plain word).
pub fn by_tex(spelling: &str) -> Option<Fun> {
    static SPELLINGS: std::sync::OnceLock<Map> = std::sync::OnceLock::new();
    find(&SPELLINGS, |r| r.tex.to_vec(), spelling)
}

/// The sort of a node.
pub(crate) fn sort_of(node: &Node) -> Sort {
    match node {
        Node::Num(q) if q.is_integer() => Sort::Integer,
        Node::Num(_) => Sort::Real,
        Node::Sym(s) => s.sort.clone(),
        Node::Bound { sort, .. } => sort.clone(),
        Node::App(f, args) => (f.sort)(args),
        Node::Call(s, args) => match s.sort.indexed(args.len()) {
            Sort::Unknown => Sort::Real,
            sort => sort,
        },
        Node::Bind { binder, domain, body } => bind_sort(*binder, domain, body),
        Node::Array { rows, columns, .. } => {
            let sizes = std::iter::once(*rows).chain(*columns).map(|n| Expr::int(n as i64));
            Sort::Array(sizes.collect())
        }
        Node::Opaque { .. } => Sort::Unknown,
    }
}

fn bind_sort(binder: Binder, domain: &Domain, body: &Expr) -> Sort {
    // A size in the body's sort may mention the variable only where the array is ragged; such a sort is unknown.
    let outer = |sort: &Sort| match sort {
        Sort::Array(sizes) => {
            if sizes.iter().all(Expr::is_closed) {
                sort.clone()
            } else {
                Sort::Unknown
            }
        }
        _ => sort.clone(),
    };
    match binder {
        Binder::Sum | Binder::Product | Binder::Max | Binder::Min => outer(body.sort()),
        Binder::Integral | Binder::Limit | Binder::Sup | Binder::Inf => match body.sort() {
            Sort::Integer => Sort::Real,
            sort => outer(sort),
        },
        Binder::ForAll | Binder::Exists => Sort::Bool,
        Binder::ArgMax | Binder::ArgMin => Sort::Set,
        Binder::Lambda => match domain {
            Domain::Range(low, high) => {
                let length =
                    if low.as_int() == Some(1) { high.clone() } else { high.clone() - low.clone() + Expr::int(1) };
                let mut sizes = vec![length];
                sizes.extend(outer(body.sort()).sizes().iter().cloned());
                Sort::Array(sizes)
            }
            _ => Sort::Function,
        },
        Binder::Derivative => {
            let mut sizes = outer(body.sort()).sizes().to_vec();
            if let Domain::At(point, indices) = domain {
                sizes.extend(point.sort().sizes().iter().skip(indices.len()).cloned());
            }
            if sizes.is_empty() { Sort::Real } else { Sort::Array(sizes) }
        }
    }
}

fn no_conditions(_: &[Expr]) -> Vec<Expr> {
    vec![]
}

fn real_sort(_: &[Expr]) -> Sort {
    Sort::Real
}

fn bool_sort(_: &[Expr]) -> Sort {
    Sort::Bool
}

/// The sort of a real function applied to numbers, or entry by entry to arrays of one shape.
fn entrywise_sort(a: &[Expr]) -> Sort {
    let mut shape = Sort::Real;
    for x in a {
        shape = match (shape, x.sort()) {
            (Sort::Real, s @ Sort::Array(_)) => s.clone(),
            (s @ Sort::Array(_), t @ Sort::Array(_)) if s != *t => return Sort::Unknown,
            (s, _) => s,
        };
    }
    shape
}

/// A row of a real function of one real argument; of an array entry by entry.
const fn unary(
    name: &'static str,
    tex: &'static [&'static str],
    derivative: fn(&[Expr], usize) -> Option<Expr>,
    kernel: Option<Kernel>,
    reference: &'static str,
) -> Row {
    Row {
        name,
        tex,
        arity: Arity::Exactly(1),
        sort: entrywise_sort,
        domain: no_conditions,
        derivative: Some(derivative),
        kernel,
        reference,
    }
}
