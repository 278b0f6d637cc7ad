//! Expressions → shape constraints.

use std::collections::{BTreeMap, BTreeSet};

use super::shape::{Clash, DimId, Id, Shape, Shapes};
use crate::expr::{Expr, Memo, Node, Sort, Symbol, fun};
use crate::notation::{is_bold, is_upper};

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
    pub(super) bound: Vec<Option<DimId>>,
    /// Sizes named by an index only (`\sum_i`): the name `|i|` of this statement → size.
    pub(super) open: Memo<(usize, String), DimId>,
    pub(super) statement: usize,
    /// Symbols that are integers: sizes, range ends, indices.
    pub(crate) integers: BTreeSet<(String, u32)>,
    /// Symbols that are sets wherever they stand.
    pub(crate) sets: BTreeSet<(String, u32)>,
    /// Greatest numeric index seen per place of an array symbol.
    pub(super) greatest: BTreeMap<(String, u32), Vec<u64>>,
    /// Arrays that a free index runs over, and the place of it: they may have more entries than those that are named.
    pub(super) moving: BTreeSet<(Option<(String, u32)>, usize)>,
    /// Places indexed by one free symbol in one statement: `y_n = f(x_n)`.
    pub(super) shared: BTreeMap<(usize, (String, u32)), Vec<DimId>>,
    /// The ends of the ranges of the variables bound at this point, innermost last.
    pub(super) ranges: Vec<Option<(Expr, Expr)>>,
    /// Of arrays that begin before 1: where the indices end that run over them.
    pub(super) reach: BTreeMap<(String, u32), Reach>,
    memo: Memo<Expr, Id>,
}

/// How far the indices of an array reach.
#[derive(Clone, Default)]
pub(super) struct Reach {
    /// The ends of what runs over it.
    pub(super) ranges: Vec<(DimId, Expr)>,
    /// Single entries, `x_{n + 2}`.
    pub(super) entries: Vec<(DimId, Expr)>,
}

pub(super) fn key(s: &Symbol) -> (String, u32) {
    (s.name.to_string(), s.version)
}

/// Under which the shape of a function's values stands beside those of the symbols.
fn result_key(s: &Symbol, count: usize) -> (String, u32) {
    (format!("({}/{count}", s.name), s.version)
}

/// Whether a name is one of those keys.
pub(super) fn is_result(name: &str) -> bool {
    name.starts_with('(') && name.contains('/')
}

impl Inference {
    pub(crate) fn symbol(&mut self, s: &Symbol) -> Id {
        if let Some(id) = self.symbols.get(&key(s)).copied() {
            // A set that was met by itself before something ran over it.
            if s.sort == Sort::Set && self.shapes.get(id) == Shape::Unknown {
                self.sets.insert(key(s));
                let _ = self.shapes.assign(id, Shape::Other);
            }
            return id;
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

    /// The shape of a function's values: numbers, unless something says otherwise.
    fn result(&mut self, s: &Symbol, count: usize) -> Id {
        let key = result_key(s, count);
        if let Some(id) = self.symbols.get(&key).copied() {
            return id;
        }
        let written = s.is_notation();
        let shape = match s.name.chars().next() {
            // One row may be a row.
            Some('[') if written && s.name.contains('…') => self.shapes.matrix(s.name.contains(';')),
            Some('(') if written && s.name.contains(" + ") && !s.name.contains('⋯') => self.shapes.matrix(true),
            Some('(') if written && s.name.contains(", ⋯") => self.shapes.vector(true),
            Some('(') if written && [" ∪ ", " ∩ ", " ∖ ", " ⊎ ", " ⊔ "].iter().any(|w| s.name.contains(w)) => {
                Shape::Other
            }
            Some('\\') if s.name.starts_with("\\{") || written && s.name.starts_with("\\emptyset") => Shape::Other,
            _ => Shape::Unknown,
        };
        let id = self.shapes.fresh(shape);
        self.symbols.insert(key, id);
        id
    }

    /// The shape that was found for a function's values.
    pub(crate) fn result_of(&self, s: &Symbol, count: usize) -> Shape {
        self.symbols.get(&result_key(s, count)).map_or(Shape::Unknown, |id| self.shapes.get(*id))
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
            self.ranges.clear();
        }
        result
    }

    /// Names in bold and under a transpose are arrays, before anything is inferred.
    pub(crate) fn evidence(&mut self, e: &Expr) {
        let mut found: Vec<Symbol> = vec![];
        let mut families: Vec<Symbol> = vec![];
        e.any(&mut |x| {
            // `W^{(l)}` is one of many matrices.
            let array = x.as_app(fun::INDEX).and_then(<[Expr]>::first).and_then(Expr::as_symbol);
            let pairs = x.as_app(fun::INDEX).is_some_and(|args| args.len() > 2);
            let family =
                |s: &&Symbol| s.name.contains("^{()}") || s.name.ends_with('\u{2060}') || pairs && !is_upper(&s.name);
            families.extend(array.filter(family).cloned());
            false
        });
        e.any(&mut |x| {
            match x.node() {
                Node::App(f, args) if f.name == "transpose" => found.extend(args.iter().flat_map(linear_symbols)),
                Node::Sym(s) if is_bold(&s.name) => found.push(s.clone()),
                _ => {}
            }
            false
        });
        // `\mathbf{a}_i^T \mathbf{b}_j`: of arrays of vectors, and not of vectors.
        let member = |part: &Expr| {
            let array = part.as_app(fun::INDEX).filter(|args| args.len() == 2)?.first()?.as_symbol()?;
            (is_bold(&array.name) && !is_upper(&array.name)).then(|| array.clone())
        };
        // What is turned is a vector, whatever its font: `x_t x_t^T`.
        let turned = |part: &Expr| {
            let array = part.as_app(fun::INDEX).filter(|args| args.len() == 2)?.first()?.as_symbol()?;
            let alone = found.contains(array) && !is_bold(&array.name);
            (!is_upper(&array.name) && !alone).then(|| array.clone())
        };
        e.any(&mut |x| {
            let row = |x: &Expr| x.as_app("transpose").and_then(|args| turned(args.first()?));
            let beside = x.as_app(fun::MUL).unwrap_or_default();
            let columns = beside.windows(2).filter_map(|w| row(w.first()?).and(member(w.get(1)?)));
            for s in row(x).into_iter().chain(columns) {
                let s = &s;
                let id = self.symbol(s);
                if self.shapes.get(id) == Shape::Unknown {
                    let shape = self.shapes.matrix(true);
                    let _ = self.shapes.assign(id, shape);
                }
            }
            false
        });
        // The family of such vectors is no vector.
        for s in found.into_iter().filter(|s| !families.contains(s)) {
            let id = self.symbol(&s);
            if self.shapes.get(id) == Shape::Unknown {
                let shape = if is_upper(&s.name) { self.shapes.matrix(true) } else { self.shapes.vector(true) };
                let _ = self.shapes.assign(id, shape);
            }
        }
    }

    pub(super) fn scalar(&mut self) -> Id {
        self.shapes.fresh(Shape::Scalar)
    }

    pub(super) fn expr(&mut self, e: &Expr) -> Result<Id, Clash> {
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
            Node::Call(s, args) => {
                for a in args {
                    self.expr(a)?;
                }
                Ok(self.result(s, args.len()))
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

    pub(super) fn later(&mut self, kind: Kind, inputs: Vec<Id>) -> Id {
        let result = self.shapes.fresh(Shape::Unknown);
        self.deferred.push(Deferred { statement: self.statement, kind, inputs, result });
        result
    }

    pub(super) fn note_integer(&mut self, e: &Expr) {
        match e.node() {
            Node::Sym(s) => drop(self.integers.insert(key(s))),
            // `x_{t + 1}`
            Node::App(f, args) if f.name == fun::ADD => match args.as_slice() {
                [one, number] if number.as_int().is_some() => self.note_integer(one),
                _ => {}
            },
            _ => {}
        }
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

/// Symbols that a linear expression (sums and scalar multiples) is made of.
pub(crate) fn linear_symbols(e: &Expr) -> Vec<Symbol> {
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
