//! Expressions → shape constraints.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::shape::{Clash, Dim, DimId, Id, Shape, Shapes};
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};

/// Something to settle once more is known.
#[derive(Clone)]
pub(super) struct Deferred {
    pub(super) statement: usize,
    pub(super) kind: Kind,
    pub(super) inputs: Vec<Id>,
    pub(super) result: Id,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Kind {
    Product,
    Dot,
    Transpose,
    Diag,
    Partial,
    Power,
}

/// Shape inference over the statements of a document.
#[derive(Clone, Default)]
pub(crate) struct Inference {
    pub(crate) shapes: Shapes,
    pub(super) symbols: BTreeMap<(String, u32), Id>,
    pub(super) deferred: Vec<Deferred>,
    /// Sizes of the variables bound at this point, innermost last.
    bound: Vec<Option<DimId>>,
    /// Sizes named by an index only (`\sum_i`): the name `|i|` of this statement → size.
    open: HashMap<(usize, String), DimId>,
    statement: usize,
    /// Symbols that are integers: sizes, range ends, indices.
    pub(crate) integers: BTreeSet<(String, u32)>,
    /// Greatest numeric index seen per place of an array symbol.
    pub(super) greatest: BTreeMap<(String, u32), Vec<u64>>,
    /// Places indexed by one free symbol in one statement: `y_n = f(x_n)`.
    pub(super) shared: BTreeMap<(usize, (String, u32)), Vec<DimId>>,
    memo: HashMap<Expr, Id>,
}

fn key(s: &Symbol) -> (String, u32) {
    (s.name.to_string(), s.version)
}

impl Inference {
    pub(crate) fn symbol(&mut self, s: &Symbol) -> Id {
        if let Some(id) = self.symbols.get(&key(s)) {
            return *id;
        }
        let shape = match &s.sort {
            Sort::Integer => {
                self.integers.insert(key(s));
                Shape::Scalar
            }
            Sort::Real => Shape::Scalar,
            Sort::Set | Sort::Function | Sort::Bool => Shape::Other,
            Sort::Array(sizes) => {
                let dims = sizes.iter().map(|e| self.shapes.known_dim(e.clone())).collect();
                Shape::Array { dims, element: None }
            }
            Sort::Unknown => Shape::Unknown,
        };
        let id = self.shapes.fresh(shape);
        self.symbols.insert(key(s), id);
        id
    }

    /// The shape that was found for a symbol.
    pub(crate) fn shape_of(&self, s: &Symbol) -> Shape {
        self.symbols.get(&key(s)).map_or(Shape::Unknown, |id| self.shapes.get(*id))
    }

    /// Adds the constraints of a relation (or expression) of statement `number`; on a clash nothing stays.
    pub(crate) fn statement(&mut self, number: usize, e: &Expr) -> Result<(), Clash> {
        self.statement = number;
        self.memo.clear();
        let mark = self.shapes.mark();
        let deferred = self.deferred.len();
        let result = self.expr(e).and_then(|_| self.settle());
        if result.is_err() {
            self.shapes.roll_back(mark);
            self.deferred.truncate(deferred);
            self.shared.retain(|(statement, _), _| *statement != number);
            self.bound.clear();
        }
        result
    }

    /// Names in bold and under a transpose are arrays, before anything is inferred.
    pub(crate) fn evidence(&mut self, e: &Expr) {
        let mut found: Vec<Symbol> = vec![];
        e.any(&mut |x| {
            match x.node() {
                Node::App(f, args) if f.name == "transpose" => found.extend(args.iter().flat_map(linear_symbols)),
                Node::Sym(s) if s.name.starts_with("\\mathbf{") || s.name.starts_with("\\vec{") => {
                    found.push(s.clone())
                }
                _ => {}
            }
            false
        });
        for s in found {
            let id = self.symbol(&s);
            if self.shapes.get(id) == Shape::Unknown {
                let shape = if is_upper(&s.name) { self.shapes.matrix(true) } else { self.shapes.vector(true) };
                let _ = self.shapes.assign(id, shape);
            }
        }
    }

    fn scalar(&mut self) -> Id {
        self.shapes.fresh(Shape::Scalar)
    }

    fn expr(&mut self, e: &Expr) -> Result<Id, Clash> {
        if e.is_closed()
            && let Some(id) = self.memo.get(e)
        {
            return Ok(*id);
        }
        let id = self.node(e)?;
        if e.is_closed() {
            self.memo.insert(e.clone(), id);
        }
        Ok(id)
    }

    pub(super) fn node(&mut self, e: &Expr) -> Result<Id, Clash> {
        match e.node() {
            Node::Num(_) => Ok(self.scalar()),
            Node::Sym(s) => Ok(self.symbol(s)),
            Node::Bound { sort, .. } => Ok(match sort {
                Sort::Array(sizes) => {
                    let dims = sizes.iter().map(|d| self.shapes.known_dim(d.clone())).collect();
                    self.shapes.fresh(Shape::Array { dims, element: None })
                }
                _ => self.scalar(),
            }),
            Node::App(f, args) => self.app(f.name, args),
            Node::Call(_, args) => {
                for a in args {
                    self.expr(a)?;
                }
                Ok(self.scalar())
            }
            Node::Bind { binder, domain, body } => self.bind(*binder, domain, body),
            Node::Array { rows, columns, entries } => {
                for entry in entries {
                    let id = self.expr(entry)?;
                    self.shapes.assign(id, Shape::Scalar)?;
                }
                let dims = std::iter::once(*rows)
                    .chain(*columns)
                    .map(|n| self.shapes.known_dim(Expr::int(n as i64)))
                    .collect();
                Ok(self.shapes.fresh(Shape::Array { dims, element: None }))
            }
            Node::Opaque { .. } => Ok(self.shapes.fresh(Shape::Unknown)),
        }
    }

    fn later(&mut self, kind: Kind, inputs: Vec<Id>) -> Id {
        let result = self.shapes.fresh(Shape::Unknown);
        self.deferred.push(Deferred { statement: self.statement, kind, inputs, result });
        result
    }

    fn note_integer(&mut self, e: &Expr) {
        if let Node::Sym(s) = e.node() {
            self.integers.insert(key(s));
        }
    }

    fn app(&mut self, name: &str, args: &[Expr]) -> Result<Id, Clash> {
        match (name, args) {
            (fun::ADD | "max" | "min", _) => {
                let ids = args.iter().map(|a| self.expr(a)).collect::<Result<Vec<_>, _>>()?;
                self.all_same(&ids)
            }
            ("hadamard", _) => {
                let ids = args.iter().map(|a| self.expr(a)).collect::<Result<Vec<_>, _>>()?;
                self.all_same(&ids)
            }
            (fun::MUL, _) => {
                let ids = args.iter().map(|a| self.expr(a)).collect::<Result<Vec<_>, _>>()?;
                Ok(self.later(Kind::Product, ids))
            }
            ("dot", [a, b]) => {
                let ids = vec![self.expr(a)?, self.expr(b)?];
                Ok(self.later(Kind::Dot, ids))
            }
            (fun::POW, [b, x]) => {
                let base = self.expr(b)?;
                let exponent = self.expr(x)?;
                self.shapes.assign(exponent, Shape::Scalar)?;
                Ok(self.later(Kind::Power, vec![base]))
            }
            ("transpose", [a]) => {
                let id = self.expr(a)?;
                Ok(self.later(Kind::Transpose, vec![id]))
            }
            ("diag", [a]) => {
                let id = self.expr(a)?;
                Ok(self.later(Kind::Diag, vec![id]))
            }
            ("partial", [body, place]) => {
                let ids = vec![self.expr(body)?, self.expr(place)?];
                Ok(self.later(Kind::Partial, ids))
            }
            (fun::INDEX, [array, indices @ ..]) => self.index(array, indices),
            ("softmax" | "log_softmax", [a]) => {
                let id = self.expr(a)?;
                if self.shapes.get(id) == Shape::Unknown {
                    let v = self.shapes.vector(true);
                    self.shapes.assign(id, v)?;
                }
                Ok(id)
            }
            ("entropy" | "cross_entropy" | "kl" | "logsumexp", _) => {
                let ids = args.iter().map(|a| self.expr(a)).collect::<Result<Vec<_>, _>>()?;
                self.all_same(&ids)?;
                Ok(self.scalar())
            }
            ("trace" | "det", [a]) => {
                let id = self.expr(a)?;
                let n = self.shapes.dim(Dim::Unknown { rigid: false });
                self.shapes.assign(id, Shape::Array { dims: vec![n, n], element: None })?;
                Ok(self.scalar())
            }
            ("identity", [n]) => {
                let d = self.shapes.known_dim(n.clone());
                Ok(self.shapes.fresh(Shape::Array { dims: vec![d, d], element: None }))
            }
            ("abs" | "norm" | "norm1" | "entrywise_sum", [a]) => {
                self.expr(a)?;
                Ok(self.scalar())
            }
            ("member", [x, set]) => {
                let id = self.expr(x)?;
                self.member(id, set)?;
                Ok(self.shapes.fresh(Shape::Other))
            }
            ("eq" | "approx" | "proportional" | "loewner_ge" | "loewner_gt" | "ne", [a, b]) => {
                let x = self.expr(a)?;
                let y = self.expr(b)?;
                // 0 is also the zero array.
                if a.as_int() != Some(0) && b.as_int() != Some(0) {
                    self.shapes.unify(x, y)?;
                }
                Ok(self.shapes.fresh(Shape::Other))
            }
            ("lt" | "le" | "gt" | "ge", [a, b]) => {
                for side in [a, b] {
                    let id = self.expr(side)?;
                    if side.as_int().is_none() {
                        self.shapes.assign(id, Shape::Scalar)?;
                    }
                }
                Ok(self.shapes.fresh(Shape::Other))
            }
            ("cases", _) => {
                let mut values = vec![];
                for (i, a) in args.iter().enumerate() {
                    let id = self.expr(a)?;
                    if i % 2 == 1 || i + 1 == args.len() {
                        values.push(id);
                    }
                }
                self.all_same(&values)
            }
            ("real_space" | "set" | "range_set" | "simplex" | "power_set", _) => {
                for a in args {
                    self.expr(a)?;
                    self.note_integer(a);
                }
                Ok(self.shapes.fresh(Shape::Other))
            }
            // Properties of arrays and connectives.
            ("one_hot" | "distribution", [a]) => {
                let id = self.expr(a)?;
                if self.shapes.get(id) == Shape::Unknown {
                    let v = self.shapes.vector(true);
                    self.shapes.assign(id, v)?;
                }
                Ok(self.shapes.fresh(Shape::Other))
            }
            ("symmetric" | "positive_definite" | "positive_semidefinite" | "orthogonal" | "invertible", [a]) => {
                let id = self.expr(a)?;
                let n = self.shapes.dim(Dim::Unknown { rigid: false });
                self.shapes.assign(id, Shape::Array { dims: vec![n, n], element: None })?;
                Ok(self.shapes.fresh(Shape::Other))
            }
            ("full_column_rank", [a]) => {
                let id = self.expr(a)?;
                let m = self.shapes.matrix(false);
                self.shapes.assign(id, m)?;
                Ok(self.shapes.fresh(Shape::Other))
            }
            _ => {
                let ids = args.iter().map(|a| self.expr(a)).collect::<Result<Vec<_>, _>>()?;
                let row = fun::by_name(name);
                match (ids.as_slice(), row.map(|r| (r.kernel.is_some(), (r.sort)(&[])))) {
                    // A real function works on an array entry by entry.
                    ([one], Some((true, _))) => Ok(*one),
                    (_, Some((_, Sort::Real | Sort::Integer))) => Ok(self.scalar()),
                    _ => Ok(self.shapes.fresh(Shape::Other)),
                }
            }
        }
    }

    fn all_same(&mut self, ids: &[Id]) -> Result<Id, Clash> {
        let Some((first, rest)) = ids.split_first() else { return Ok(self.scalar()) };
        for id in rest {
            self.shapes.unify(*first, *id)?;
        }
        Ok(*first)
    }

    fn member(&mut self, id: Id, set: &Expr) -> Result<(), Clash> {
        match set.node() {
            Node::App(f, sizes) if matches!(f.name, "real_space" | "simplex") => {
                let dims = sizes.iter().map(|e| self.shapes.known_dim(e.clone())).collect();
                for s in sizes {
                    self.note_integer(s);
                }
                self.shapes.assign(id, Shape::Array { dims, element: None })
            }
            Node::App(f, args) if f.name == "power_set" => match args.get(1) {
                Some(n) => {
                    let dims = vec![self.shapes.known_dim(n.clone())];
                    self.shapes.assign(id, Shape::Array { dims, element: None })
                }
                None => Ok(()),
            },
            Node::App(f, args) if f.name == "set" => {
                for a in args {
                    self.expr(a)?;
                }
                self.shapes.assign(id, Shape::Scalar)
            }
            Node::App(..) => self.shapes.assign(id, Shape::Scalar),
            _ => Ok(()),
        }
    }

    fn index(&mut self, array: &Expr, indices: &[Expr]) -> Result<Id, Clash> {
        let id = self.expr(array)?;
        for i in indices {
            let index = self.expr(i)?;
            self.shapes.assign(index, Shape::Scalar)?;
            self.note_integer(i);
        }
        let element = self.shapes.fresh(Shape::Unknown);
        let dims: Vec<DimId> = indices.iter().map(|_| self.shapes.dim(Dim::Unknown { rigid: false })).collect();
        self.shapes.assign(id, Shape::Array { dims: dims.clone(), element: Some(element) })?;
        for (place, (i, dim)) in indices.iter().zip(&dims).enumerate() {
            match i.node() {
                // A range that runs over the whole array gives its size; two ranges of different size may both be
                // parts of it, so a clash here is none.
                Node::Bound { index, .. } => {
                    let at = self.bound.len().checked_sub(1 + *index as usize);
                    if let Some(Some(size)) = at.and_then(|i| self.bound.get(i).copied()) {
                        let _ = self.shapes.unify_dim(*dim, size);
                    }
                }
                Node::Num(q) => {
                    if let (Some(n @ 1..), Node::Sym(s)) = (q.to_i64(), array.node()) {
                        let seen = self.greatest.entry(key(s)).or_default();
                        seen.resize(seen.len().max(place + 1), 0);
                        if let Some(slot) = seen.get_mut(place) {
                            *slot = (*slot).max(n as u64);
                        }
                    }
                }
                Node::Sym(s) => self.shared.entry((self.statement, key(s))).or_default().push(*dim),
                _ => {}
            }
        }
        Ok(element)
    }

    fn bind(&mut self, binder: Binder, domain: &Domain, body: &Expr) -> Result<Id, Clash> {
        for part in domain.parts() {
            self.expr(part)?;
        }
        let size = match domain {
            Domain::Range(low, high) => {
                self.note_integer(high);
                self.note_integer(low);
                match (low.as_int(), open_name(high)) {
                    (Some(1), Some(name)) => {
                        let fresh = self.shapes.dim(Dim::Unknown { rigid: false });
                        Some(*self.open.entry((self.statement, name)).or_insert(fresh))
                    }
                    (Some(1), None) if high.is_closed() => Some(self.shapes.known_dim(high.clone())),
                    _ => None,
                }
            }
            Domain::Over(set) if matches!(set.node(), Node::Sym(_)) => {
                Some(self.shapes.known_dim(Expr::apply("cardinality", vec![set.clone()])))
            }
            _ => None,
        };
        self.bound.push(size);
        let inner = self.expr(body);
        self.bound.pop();
        let inner = inner?;
        Ok(match (binder, size) {
            (Binder::Lambda, Some(size)) => self.shapes.fresh(Shape::Array { dims: vec![size], element: Some(inner) }),
            (Binder::ForAll | Binder::Exists | Binder::ArgMax | Binder::ArgMin, _) => self.shapes.fresh(Shape::Other),
            _ => inner,
        })
    }

    /// Settles what can be settled; a clash names its statement.
    fn settle(&mut self) -> Result<(), Clash> {
        self.settle_all().map_err(|_| Clash)
    }

    pub(super) fn settle_all(&mut self) -> Result<(), usize> {
        loop {
            let mut progress = false;
            let mut i = 0;
            while let Some(d) = self.deferred.get(i).cloned() {
                match self.attempt(&d) {
                    Ok(true) => {
                        self.deferred.remove(i);
                        progress = true;
                    }
                    Ok(false) => i += 1,
                    Err(Clash) => return Err(d.statement),
                }
            }
            if !progress {
                return Ok(());
            }
        }
    }

    fn attempt(&mut self, d: &Deferred) -> Result<bool, Clash> {
        let shapes: Vec<Shape> = d.inputs.iter().map(|i| self.shapes.get(*i)).collect();
        match (d.kind, shapes.as_slice()) {
            (Kind::Product, _) => self.product(d, &shapes),
            (Kind::Dot, [a, b]) => match (a, b) {
                (Shape::Unknown, _) | (_, Shape::Unknown) => Ok(false),
                (Shape::Array { dims: m, element: None }, Shape::Array { dims: n, element: None })
                    if m.len() == 1 && n.len() == 1 =>
                {
                    for (x, y) in m.iter().zip(n) {
                        self.shapes.unify_dim(*x, *y)?;
                    }
                    self.shapes.assign(d.result, Shape::Scalar).map(|()| true)
                }
                _ => self.product(d, &shapes),
            },
            (Kind::Transpose, [a]) => {
                let shape = match a {
                    Shape::Scalar => Shape::Scalar,
                    Shape::Array { dims, element: None } => match dims.as_slice() {
                        [n] => {
                            let one = self.shapes.known_dim(Expr::int(1));
                            Shape::Array { dims: vec![one, *n], element: None }
                        }
                        [m, n] if self.shapes.is_one(*m) => Shape::Array { dims: vec![*n], element: None },
                        [m, n] => Shape::Array { dims: vec![*n, *m], element: None },
                        _ => return Err(Clash),
                    },
                    Shape::Other => return Err(Clash),
                    _ => return Ok(false),
                };
                self.shapes.assign(d.result, shape).map(|()| true)
            }
            (Kind::Power, [a]) => match a {
                Shape::Scalar => self.shapes.assign(d.result, Shape::Scalar).map(|()| true),
                Shape::Array { dims, element: None } => match dims.as_slice() {
                    [m, n] => {
                        self.shapes.unify_dim(*m, *n)?;
                        self.shapes.assign(d.result, a.clone()).map(|()| true)
                    }
                    _ => Err(Clash),
                },
                Shape::Other => Err(Clash),
                _ => Ok(false),
            },
            (Kind::Diag, [a]) => match a {
                Shape::Array { dims, element: None } => {
                    let shape = match dims.as_slice() {
                        [n] => Shape::Array { dims: vec![*n, *n], element: None },
                        [n, _] => Shape::Array { dims: vec![*n], element: None },
                        _ => return Err(Clash),
                    };
                    self.shapes.assign(d.result, shape).map(|()| true)
                }
                Shape::Unknown | Shape::Array { .. } => Ok(false),
                _ => Err(Clash),
            },
            (Kind::Partial, [body, place]) => match (body, place) {
                (Shape::Scalar, s @ (Shape::Scalar | Shape::Array { element: None, .. })) => {
                    self.shapes.assign(d.result, s.clone()).map(|()| true)
                }
                (s @ Shape::Array { element: None, .. }, Shape::Scalar) => {
                    self.shapes.assign(d.result, s.clone()).map(|()| true)
                }
                (Shape::Array { dims: m, element: None }, Shape::Array { dims: n, element: None }) => {
                    let dims = m.iter().chain(n).copied().collect();
                    self.shapes.assign(d.result, Shape::Array { dims, element: None }).map(|()| true)
                }
                _ => Ok(false),
            },
            _ => Ok(true),
        }
    }

    /// Folds a product from the left over runs of factors that are known.
    fn product(&mut self, d: &Deferred, shapes: &[Shape]) -> Result<bool, Clash> {
        // Numbers scale: the one other factor has the product's shape, known or not.
        let mut others = shapes.iter().zip(&d.inputs).filter(|(s, _)| **s != Shape::Scalar);
        if let (Some((_, id)), None) = (others.next(), others.next()) {
            return self.shapes.unify(*id, d.result).map(|()| true);
        }
        let mut total = Shape::Scalar;
        for s in shapes {
            match self.shapes.product(&total, s)? {
                Some(next) => total = next,
                None => return Ok(false),
            }
        }
        if total == Shape::Unknown {
            return Ok(false);
        }
        self.shapes.assign(d.result, total).map(|()| true)
    }

    /// The size that stands for `|i|` in a statement after inference.
    pub(crate) fn open_size(&self, statement: usize, name: &str) -> Option<DimId> {
        self.open.get(&(statement, name.to_owned())).copied()
    }
}

/// `|i|`: the size of whatever the index `i` runs over.
pub(crate) fn open_name(high: &Expr) -> Option<String> {
    high.as_symbol().filter(|s| s.name.starts_with('|') && s.name.ends_with('|')).map(|s| s.name.to_string())
}

/// Whether the letter of a name is a capital (Latin or Greek).
pub(crate) fn is_upper(name: &str) -> bool {
    let core = name
        .trim_start_matches("\\mathbf{")
        .trim_start_matches("\\hat{")
        .trim_start_matches("\\bar{")
        .trim_start_matches("\\tilde{")
        .trim_start_matches("\\mathbf{")
        .trim_start_matches('\\');
    core.chars().next().is_some_and(char::is_uppercase)
}

/// Symbols that a linear expression (sums and scalar multiples) is made of.
fn linear_symbols(e: &Expr) -> Vec<Symbol> {
    match e.node() {
        Node::Sym(s) => vec![s.clone()],
        Node::App(f, args) if f.name == fun::ADD => args.iter().flat_map(linear_symbols).collect(),
        Node::App(f, args) if f.name == fun::MUL => match args.as_slice() {
            [c, x] if c.as_num().is_some() => linear_symbols(x),
            _ => vec![],
        },
        _ => vec![],
    }
}
