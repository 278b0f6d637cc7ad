//! Shapes found → expressions with sorts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::infer::{Inference, open_name};
use super::shape::{Dim, DimId, Shape};
use crate::elaborate::universal::only_place;
use crate::expr::{Binder, Domain, Expr, Memo, Node, PLACE, Sort, Symbol, fun};
use crate::message::Message;
use crate::notation::is_ones;

/// Gives symbols their sorts and rebuilds expressions.
pub(crate) struct Typing {
    inference: Arc<Inference>,
    names: BTreeMap<DimId, Expr>,
    taken: Vec<String>,
    applied: BTreeSet<(String, u32)>,
    symbols: Memo<(String, u32), Symbol>,
    /// Sizes of arrays, vectors of ones apart.
    shown: BTreeSet<DimId>,
    /// Whether a square matrix `I` is the identity: the document gives the name no other meaning.
    identity: bool,
}

/// Names for sizes that nothing names.
const SIZE_NAMES: &[&str] = &["d", "m", "n", "k", "q", "r"];

impl Typing {
    /// Typing for a document with these symbols. One that is written as an application somewhere, `P(x)`, is shown so
    /// everywhere: it is one symbol.
    pub(crate) fn new(inference: Inference, symbols: &[Symbol], identity: bool) -> Typing {
        let taken = symbols.iter().map(|s| s.name.to_string()).collect();
        let applied = symbols.iter().filter(|s| s.applied).map(|s| (s.name.to_string(), s.version)).collect();
        let arrays = symbols.iter().filter(|s| !is_ones(s)).map(|s| inference.shape_of(s));
        let shown = arrays
            .flat_map(|shape| if let Shape::Array { dims, .. } = shape { dims } else { vec![] })
            .map(|dim| inference.shapes.dim_root(dim))
            .collect();
        let inference = Arc::new(inference);
        Typing { inference, shown, names: BTreeMap::new(), taken, applied, symbols: Memo::default(), identity }
    }

    /// The size that a size variable stands for; one that nothing fixed gets a name of its own.
    fn size(&mut self, id: DimId) -> Expr {
        if let Dim::Known(e) = self.inference.shapes.get_dim(id) {
            return e;
        }
        let root = self.inference.shapes.dim_root(id);
        if let Some(name) = self.names.get(&root) {
            return name.clone();
        }
        let free = SIZE_NAMES.iter().map(|s| (*s).to_owned()).chain((2..).map(|i| format!("d_{{{i}}}")));
        let name = free.into_iter().find(|n| !self.taken.contains(n)).unwrap_or_else(|| format!("d_{{{root}}}"));
        self.taken.push(name.clone());
        let size = Expr::size_symbol(&name);
        self.names.insert(root, size.clone());
        size
    }

    /// The symbol with its sort.
    pub(crate) fn symbol(&mut self, s: &Symbol) -> Symbol {
        let key = (s.name.to_string(), s.version);
        if let Some(done) = self.symbols.get(&key) {
            return done.clone();
        }
        let integer = self.inference.integers.contains(&key);
        let sort = match self.inference.shape_of(s) {
            Shape::Array { dims, element: None } => Sort::Array(dims.into_iter().map(|d| self.size(d)).collect()),
            Shape::Scalar if integer => Sort::Integer,
            Shape::Scalar => match s.sort {
                Sort::Integer => Sort::Integer,
                _ => Sort::Real,
            },
            Shape::Other if self.inference.sets.contains(&key) || s.sort == Sort::Unknown => Sort::Set,
            _ => s.sort.clone(),
        };
        let typed = Symbol { applied: self.applied.contains(&key), ..s.with_sort(sort) };
        self.symbols.insert(key, typed.clone());
        typed
    }

    /// Why a line with vectors of ones is not read: the length of one shows nowhere else, or it is no vector.
    pub(crate) fn without_length(&self, line: &Expr) -> Option<Message> {
        let shapes = &self.inference.shapes;
        let shown =
            |dim: &DimId| matches!(shapes.get_dim(*dim), Dim::Known(_)) || self.shown.contains(&shapes.dim_root(*dim));
        let vague = |s: &Symbol| match self.inference.shape_of(s) {
            Shape::Array { dims, element: None } => !matches!(dims.as_slice(), [n] if shown(n)),
            _ => true,
        };
        line.symbols().iter().any(|s| is_ones(s) && vague(s)).then(|| Message::new("reason-no-length"))
    }

    /// The expression of a statement with sorts, overloaded operations settled.
    pub(crate) fn expr(&mut self, statement: usize, e: &Expr) -> Expr {
        let inference = Arc::clone(&self.inference);
        // First the sizes named by their index only.
        let sized = e.transform(&mut |x, _| {
            let name = open_name(x)?;
            let dim = inference.open_size(statement, &name)?;
            Some(self.size(dim))
        });
        let e = rebind(&sized.transform(&mut |x, _| match x.node() {
            Node::Sym(s) => {
                let typed = self.symbol(s);
                match typed.sort.sizes() {
                    [n] if is_ones(s) => Some(Expr::apply("ones", vec![n.clone()])),
                    [m, n] if self.identity && &*typed.name == "I" && m == n => {
                        Some(Expr::apply("identity", vec![n.clone()]))
                    }
                    _ => Some(Expr::sym(typed)),
                }
            }
            Node::Call(s, args) => {
                let sort = match inference.result_of(s, args.len()) {
                    // One dummy place for each argument, then the sizes of the value.
                    Shape::Array { dims, element: None } => {
                        let places = args.iter().map(|_| Expr::int(1)).collect::<Vec<_>>();
                        let sizes: Vec<Expr> = dims.into_iter().map(|d| self.size(d)).collect();
                        Sort::Array(places.into_iter().chain(sizes).collect())
                    }
                    _ => Sort::Function,
                };
                (s.sort != sort).then(|| Expr::new(Node::Call(s.with_sort(sort), args.clone())))
            }
            _ => None,
        }));
        e.transform(&mut |x, _| settle(x))
    }
}

/// Bound variables get the sort of their domain again, since a set's members are known only now.
fn rebind(e: &Expr) -> Expr {
    e.transform(&mut |x, _| match x.node() {
        Node::Bind { binder, domain, body } => {
            let sort = domain.variable_sort();
            if sort == Sort::Unknown || matches!(binder, Binder::Derivative) {
                return None;
            }
            let retyped = body.transform(&mut |b, depth| match b.node() {
                Node::Bound { index, sort: old } if *index == depth && *old != sort => {
                    Some(Expr::bound(*index, sort.clone()))
                }
                _ => None,
            });
            (retyped != *body).then(|| Expr::bind(*binder, domain.clone(), retyped))
        }
        _ => None,
    })
}

/// The name of the mean of an array.
pub(crate) fn array_mean() -> String {
    format!("\\mathrm{{E}}[{PLACE}]")
}

/// The mean of a number or an array.
pub(crate) fn mean(x: &Expr) -> Expr {
    if !is_array(x) {
        return Expr::apply("expectation", vec![x.clone()]);
    }
    let sizes = std::iter::once(Expr::int(1)).chain(x.sort().sizes().iter().cloned()).collect();
    Expr::new(Node::Call(Symbol::new(&array_mean(), Sort::Array(sizes)), vec![x.clone()]))
}

fn is_array(e: &Expr) -> bool {
    !e.sort().sizes().is_empty()
}

/// Overloaded operations by the sorts of their arguments.
fn settle(x: &Expr) -> Option<Expr> {
    let Node::App(f, args) = x.node() else { return None };
    match (f.name, args.as_slice()) {
        ("dot", [a, b]) if a.sort().sizes().len() != 1 || b.sort().sizes().len() != 1 => {
            Some(Expr::apply(fun::MUL, vec![a.clone(), b.clone()]))
        }
        // The rows about moments are about numbers.
        ("expectation", [a]) if is_array(a) => Some(mean(a)),
        ("hadamard", [a, b]) if !is_array(a) && !is_array(b) => Some(Expr::apply(fun::MUL, vec![a.clone(), b.clone()])),
        ("transpose", [a]) if a.sort().is_scalar() => Some(a.clone()),
        ("abs", [a]) if a.sort().sizes().len() == 2 => Some(Expr::apply("det", vec![a.clone()])),
        (fun::POW, [a, n]) if a.sort().sizes().len() == 2 && n.as_int() == Some(-1) => {
            Some(Expr::apply("inverse", vec![a.clone()]))
        }
        ("eq" | "ne" | "loewner_ge" | "loewner_gt", [a, b]) => {
            zero_of_its_shape(x).or_else(|| only_place(f.name, a, b))
        }
        _ => None,
    }
}

/// `A = 0` with the zero array of A's shape.
pub(crate) fn zero_of_its_shape(x: &Expr) -> Option<Expr> {
    let Node::App(f, args) = x.node() else { return None };
    let ("eq" | "ne" | "loewner_ge" | "loewner_gt", [a, b]) = (f.name, args.as_slice()) else { return None };
    let zero = |like: &Expr| match like.sort().sizes() {
        [n] => Some(Expr::apply("zeros", vec![n.clone()])),
        [m, n] => Some(Expr::apply("zero_matrix", vec![m.clone(), n.clone()])),
        _ => None,
    };
    if b.as_int() == Some(0) && is_array(a) {
        Some(Expr::relate(f.name, a.clone(), zero(a)?))
    } else if a.as_int() == Some(0) && is_array(b) {
        Some(Expr::relate(f.name, zero(b)?, b.clone()))
    } else {
        None
    }
}

/// Whether every part of an expression has a sort.
pub(crate) fn is_typed(e: &Expr) -> bool {
    !e.any(&mut |x| match x.node() {
        Node::App(..) | Node::Sym(_) => *x.sort() == Sort::Unknown,
        Node::Bind { domain: Domain::Range(_, high), .. } => open_name(high).is_some(),
        _ => false,
    })
}
