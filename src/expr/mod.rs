//! The typed expression language: immutable, hash-consed, with nameless binders and without spans.
//!
//! Subtraction, quotient and sign are not nodes of their own: `a − b` is `a + (−1)·b`, `a / b` is `a · b⁻¹`.
//! Products keep their order, because factors may be matrices.

mod build;
mod contrast;
mod decimal;
pub mod fun;
mod intern;
mod print;
mod print_bind;
mod print_call;
mod sort;
mod spelling;
mod subst;
mod symbol;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::num::Rational;

pub use contrast::{contrast, marked};
pub use fun::Fun;
pub(crate) use intern::{Memo, Seen};
pub use print::{Printed, latex, line};
pub use sort::Sort;
pub(crate) use subst::Variable;
pub(crate) use symbol::{NO_PLACE, SUBSCRIPT};
pub use symbol::{PLACE, Symbol};

/// An expression. Cloning is cheap; equal expressions of one thread share their memory.
#[derive(Clone)]
pub struct Expr(pub(crate) Arc<Inner>);

/// A node with what is cached about it.
pub struct Inner {
    node: Node,
    sort: Sort,
    hash: u64,
    /// One more than the greatest loose bound index; 0 for a closed expression.
    loose: u32,
    /// The loose bound indices, a bit each; all bits where one is too great for that.
    levels: u64,
    /// Bloom filter of the names of the free symbols.
    names: u64,
    /// Whether something in it was not understood.
    opaque: bool,
    /// Nodes on the longest path down.
    depth: u32,
    /// Number of nodes, saturating.
    size: u64,
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Node {
    /// An exact rational number.
    Num(Rational),
    /// A free symbol.
    Sym(Symbol),
    /// A variable bound by the binder `index` levels up (0 is the nearest).
    Bound {
        /// Levels up.
        index: u32,
        /// Its sort.
        sort: Sort,
    },
    /// A function of the table applied to arguments.
    App(Fun, Vec<Expr>),
    /// A function symbol without a formula, applied.
    Call(Symbol, Vec<Expr>),
    /// The one binder node.
    Bind {
        /// What it does with the body.
        binder: Binder,
        /// Where the variable ranges; its expressions stand outside of the binding.
        domain: Domain,
        /// The body, in which `Bound { index: 0 }` is the variable.
        body: Expr,
    },
    /// An array given by its entries, row by row; one size: a column vector.
    Array {
        /// Number of rows.
        rows: usize,
        /// Number of columns; `None` for a vector.
        columns: Option<usize>,
        /// The entries, row by row.
        entries: Vec<Expr>,
    },
    /// Something not understood: it equals only itself and depends on all symbols in it.
    Opaque {
        /// The text as written.
        text: Arc<str>,
        /// What it may depend on.
        depends: Vec<Expr>,
    },
}

/// What a binder does with its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Binder {
    /// Σ
    Sum,
    /// Π
    Product,
    /// ∫
    Integral,
    /// lim
    Limit,
    /// ∀
    ForAll,
    /// ∃
    Exists,
    /// The greatest value, which must be attained.
    Max,
    /// The least value, which must be attained.
    Min,
    /// The least upper bound.
    Sup,
    /// The greatest lower bound.
    Inf,
    /// The set of points where the body is greatest.
    ArgMax,
    /// The set of points where the body is least.
    ArgMin,
    /// The array of the body's values over a range (a comprehension).
    Lambda,
    /// The derivative of the body, as a function of the variable, at a point and in a direction.
    Derivative,
}

/// Where a bound variable ranges.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Domain {
    /// Integers from the first to the second, both included; empty if the second is smaller.
    Range(Expr, Expr),
    /// The members of a set.
    Over(Expr),
    /// All values of a sort.
    All(Sort),
    /// Towards a point (`+∞`, `−∞` are function rows), from above `Greater`, below `Less`, both sides `Equal`.
    Towards(Expr, Ordering),
    /// At a point of the variable's sort; for an array point, the entry given by the indices. No indices and an
    /// array point means all entries: the result has the shape of the point (before the shape of the body).
    At(Expr, Vec<Expr>),
}

impl Domain {
    /// The sort of the variable.
    pub fn variable_sort(&self) -> Sort {
        match self {
            Domain::Range(..) => Sort::Integer,
            Domain::Over(set) => fun::element_sort(set),
            Domain::All(sort) => sort.clone(),
            Domain::Towards(..) => Sort::Real,
            Domain::At(point, _) => match point.sort() {
                Sort::Integer => Sort::Real,
                sort => sort.clone(),
            },
        }
    }

    /// The mark of the side from which a point is approached.
    pub(crate) fn side(&self) -> &'static str {
        match self {
            Domain::Towards(_, Ordering::Greater) => "^+",
            Domain::Towards(_, Ordering::Less) => "^-",
            _ => "",
        }
    }

    /// The expressions of the domain, outside of the binding.
    #[inline]
    pub fn parts(&self) -> Vec<&Expr> {
        let mut all = vec![];
        self.each_part(&mut |part| all.push(part));
        all
    }

    /// Shows each of these expressions.
    fn each_part<'a>(&'a self, show: &mut dyn FnMut(&'a Expr)) {
        match self {
            Domain::Range(a, b) => {
                show(a);
                show(b);
            }
            Domain::Over(part) | Domain::Towards(part, _) => show(part),
            Domain::All(_) => {}
            Domain::At(p, indices) => {
                show(p);
                indices.iter().for_each(show);
            }
        }
    }

    /// The domain with `f` applied to every part.
    pub fn map(&self, f: &mut dyn FnMut(&Expr) -> Expr) -> Domain {
        match self {
            Domain::Range(a, b) => Domain::Range(f(a), f(b)),
            Domain::Over(set) => Domain::Over(f(set)),
            Domain::All(sort) => Domain::All(sort.clone()),
            Domain::Towards(p, side) => Domain::Towards(f(p), *side),
            Domain::At(p, indices) => Domain::At(f(p), indices.iter().map(f).collect()),
        }
    }
}

impl Expr {
    /// The node.
    #[inline]
    pub fn node(&self) -> &Node {
        &self.0.node
    }

    /// The sort.
    #[inline]
    pub fn sort(&self) -> &Sort {
        &self.0.sort
    }

    /// Nodes on the longest path down.
    #[inline]
    pub fn depth(&self) -> u32 {
        self.0.depth
    }

    /// Number of nodes, shared ones counted as often as they occur (saturating).
    #[inline]
    pub fn size(&self) -> u64 {
        self.0.size
    }

    /// Whether no bound variable is loose.
    #[inline]
    pub fn is_closed(&self) -> bool {
        self.0.loose == 0
    }

    /// One more than the greatest loose bound index.
    #[inline]
    pub fn loose(&self) -> u32 {
        self.0.loose
    }

    /// The loose bound indices, a bit each; `None` where one is 63 or more.
    #[inline]
    pub(crate) fn levels(&self) -> Option<u64> {
        (self.0.levels != u64::MAX).then_some(self.0.levels)
    }

    /// The function and arguments of an application of the table function `name`.
    #[inline]
    pub fn as_app(&self, name: &str) -> Option<&[Expr]> {
        match self.node() {
            Node::App(f, args) if f.name == name => Some(args),
            _ => None,
        }
    }

    /// The number, if it is one.
    #[inline]
    pub fn as_num(&self) -> Option<&Rational> {
        match self.node() {
            Node::Num(q) => Some(q),
            _ => None,
        }
    }

    /// The integer value, if it is a number that fits.
    #[inline]
    pub fn as_int(&self) -> Option<i64> {
        self.as_num().and_then(Rational::to_i64)
    }

    /// The symbol, if it is one.
    #[inline]
    pub fn as_symbol(&self) -> Option<&Symbol> {
        match self.node() {
            Node::Sym(s) => Some(s),
            _ => None,
        }
    }

    /// Direct subexpressions, domain parts before the body.
    #[inline]
    pub fn children(&self) -> Vec<&Expr> {
        let mut all = vec![];
        self.each_child(&mut |c| all.push(c));
        all
    }

    /// Shows each direct subexpression, domain parts before the body.
    fn each_child<'a>(&'a self, show: &mut dyn FnMut(&'a Expr)) {
        match self.node() {
            Node::Num(_) | Node::Sym(_) | Node::Bound { .. } => {}
            Node::App(_, args) | Node::Call(_, args) => args.iter().for_each(show),
            Node::Bind { domain, body, .. } => {
                domain.each_part(show);
                show(body);
            }
            Node::Array { entries, .. } => entries.iter().for_each(show),
            Node::Opaque { depends, .. } => depends.iter().for_each(show),
        }
    }

    /// Whether both are one allocation.
    #[inline]
    pub(crate) fn is(&self, other: &Expr) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Whether `test` holds for it or for a subexpression.
    #[inline]
    pub fn any(&self, test: &mut dyn FnMut(&Expr) -> bool) -> bool {
        self.any_with(u64::MAX, test)
    }

    /// The same of those only in which a free name may have one of these bits; of all with all bits.
    fn any_with(&self, names: u64, test: &mut dyn FnMut(&Expr) -> bool) -> bool {
        if matches!(self.node(), Node::Num(_) | Node::Sym(_) | Node::Bound { .. }) {
            return test(self);
        }
        // Few places are sooner compared than hashed.
        let (mut few, mut many) = ([std::ptr::null(); 16], Seen::default());
        let mut count = 0;
        let mut todo = vec![self];
        while let Some(e) = todo.pop() {
            let place = Arc::as_ptr(&e.0);
            if few.iter().take(count).any(|known| *known == place) {
                continue;
            }
            match few.get_mut(count) {
                Some(free) => (*free, count) = (place, count + 1),
                None if !many.insert(place) => continue,
                None => {}
            }
            if test(e) {
                return true;
            }
            e.each_child(&mut |c| {
                if names == u64::MAX || c.0.names & names != 0 {
                    todo.push(c);
                }
            });
        }
        false
    }

    /// The free symbols in order of name, functions called included.
    pub fn symbols(&self) -> std::collections::BTreeSet<Symbol> {
        let mut found = std::collections::BTreeSet::new();
        self.any(&mut |e| {
            match e.node() {
                Node::Sym(s) | Node::Call(s, _) => {
                    found.insert(s.clone());
                }
                _ => {}
            }
            false
        });
        found
    }

    /// Whether the symbol occurs free (by name and version).
    pub fn mentions(&self, symbol: &Symbol) -> bool {
        let bit = intern::name_bit(symbol);
        self.0.names & bit != 0
            && self.any_with(bit, &mut |e| match e.node() {
                Node::Sym(s) | Node::Call(s, _) => s.same(symbol),
                _ => false,
            })
    }

    /// Whether something in it was not understood.
    #[inline]
    pub fn has_opaque(&self) -> bool {
        self.0.opaque
    }
}

impl PartialEq for Expr {
    #[inline]
    fn eq(&self, other: &Expr) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || (self.0.hash == other.0.hash && self.0.node == other.0.node)
    }
}

impl Eq for Expr {}

impl Hash for Expr {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0.hash);
    }
}

impl PartialOrd for Expr {
    #[inline]
    fn partial_cmp(&self, other: &Expr) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A structural order, the same on every machine.
impl Ord for Expr {
    #[inline]
    fn cmp(&self, other: &Expr) -> Ordering {
        if Arc::ptr_eq(&self.0, &other.0) {
            return Ordering::Equal;
        }
        self.0.node.cmp(&other.0.node)
    }
}

impl fmt::Debug for Expr {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests;
