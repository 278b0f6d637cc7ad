//! Functions and binders → shape constraints, a row each.

use super::infer::{Inference, Kind, key, open_name};
use super::shape::{Clash, Dim, DimId, Id, Shape};
use crate::elaborate::universal::is_places;
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};

/// How many ends the index of one entry may come to.
const MOST_ENDS: usize = 16;

impl Inference {
    pub(super) fn app(&mut self, name: &str, args: &[Expr]) -> Result<Id, Clash> {
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
            ("differential", [x]) => self.expr(x),
            ("gradient", [function, order]) => match (function.node(), function.children().as_slice()) {
                (Node::Call(..), [argument]) => {
                    let mut id = self.expr(function)?;
                    let place = self.expr(argument)?;
                    for _ in 0..order.as_int().unwrap_or(1).clamp(1, 2) {
                        id = self.later(Kind::Partial, vec![id, place]);
                    }
                    Ok(id)
                }
                _ => {
                    self.expr(function)?;
                    // By letters that are not said.
                    Ok(self.shapes.fresh(Shape::Unknown))
                }
            },
            (fun::INDEX, [array, indices @ ..]) => self.index(array, indices),
            ("softmax" | "log_softmax", [a]) => self.vector(a),
            ("entropy" | "cross_entropy" | "kl" | "logsumexp", _) => {
                let ids = args.iter().map(|a| self.expr(a)).collect::<Result<Vec<_>, _>>()?;
                self.all_same(&ids)?;
                Ok(self.scalar())
            }
            ("expectation", [a]) => self.expr(a),
            ("variance" | "covariance", _) => {
                for a in args {
                    let id = self.expr(a)?;
                    self.shapes.assign(id, Shape::Scalar)?;
                }
                Ok(self.scalar())
            }
            ("random" | "constant", [a]) => {
                let id = self.expr(a)?;
                self.shapes.assign(id, Shape::Scalar)?;
                Ok(self.shapes.fresh(Shape::Other))
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
            ("ones", [n]) => {
                self.note_integer(n);
                let d = self.shapes.known_dim(n.clone());
                Ok(self.shapes.fresh(Shape::Array { dims: vec![d], element: None }))
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
                // A number that a set of places equals is its only one.
                let places =
                    [(a, y), (b, x)].iter().any(|(e, other)| is_places(e) && self.shapes.get(*other) == Shape::Scalar);
                // 0 is also the zero array.
                if a.as_int() != Some(0) && b.as_int() != Some(0) && !places {
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
            ("delta", [i, j]) => {
                for index in [i, j] {
                    let id = self.expr(index)?;
                    self.shapes.assign(id, Shape::Scalar)?;
                    self.note_integer(index);
                }
                Ok(self.scalar())
            }
            ("subset", [a, b]) => {
                self.expr(a)?;
                self.expr(b)?;
                if let (Some([p]), Some([q])) = (a.as_app("support"), b.as_app("support")) {
                    let (p, q) = (self.expr(p)?, self.expr(q)?);
                    self.shapes.unify(p, q)?;
                }
                Ok(self.shapes.fresh(Shape::Other))
            }
            ("support", [a]) => {
                self.vector(a)?;
                Ok(self.shapes.fresh(Shape::Other))
            }
            // Properties of arrays and connectives.
            ("one_hot" | "distribution", [a]) => {
                self.vector(a)?;
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

    /// An array whose shape nothing gives yet is a vector.
    fn vector(&mut self, a: &Expr) -> Result<Id, Clash> {
        let id = self.expr(a)?;
        if self.shapes.get(id) == Shape::Unknown {
            let v = self.shapes.vector(true);
            self.shapes.assign(id, v)?;
        }
        Ok(id)
    }

    pub(super) fn all_same(&mut self, ids: &[Id]) -> Result<Id, Clash> {
        let Some((first, rest)) = ids.split_first() else { return Ok(self.scalar()) };
        for id in rest {
            self.shapes.unify(*first, *id)?;
        }
        Ok(*first)
    }

    pub(super) fn member(&mut self, id: Id, set: &Expr) -> Result<(), Clash> {
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
            _ if is_places(set) => {
                self.expr(set)?;
                self.shapes.assign(id, Shape::Scalar)
            }
            _ => Ok(()),
        }
    }

    pub(super) fn index(&mut self, array: &Expr, indices: &[Expr]) -> Result<Id, Clash> {
        let id = self.expr(array)?;
        for i in indices {
            let index = self.expr(i)?;
            self.shapes.assign(index, Shape::Scalar)?;
            self.note_integer(i);
        }
        let element = self.shapes.fresh(Shape::Unknown);
        let dims: Vec<DimId> = indices.iter().map(|_| self.shapes.dim(Dim::Unknown { rigid: false })).collect();
        self.shapes.assign(id, Shape::Array { dims: dims.clone(), element: Some(element) })?;
        let early = array.as_symbol().filter(|s| s.before() > 0);
        for (place, (i, dim)) in indices.iter().zip(&dims).enumerate() {
            match i.node() {
                _ if early.is_some() && i.as_int().is_none() => early.iter().for_each(|s| self.reached(s, i, *dim)),
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
                Node::Sym(s) => {
                    self.moving.insert((array.as_symbol().map(key), place));
                    self.shared.entry((self.statement, key(s))).or_default().push(*dim);
                }
                _ if i.is_closed() => drop(self.moving.insert((array.as_symbol().map(key), place))),
                _ => {}
            }
        }
        Ok(element)
    }

    /// Where the indices end that run over an array which begins before 1.
    fn reached(&mut self, s: &Symbol, index: &Expr, dim: DimId) {
        if let Some([at, number]) = index.as_app(fun::ADD)
            && let (Some(at), Some(_)) = (at.as_symbol(), number.as_int())
        {
            // Of arrays that begin alike.
            let alike = key(&at.beginning(s.before(), false));
            self.shared.entry((self.statement, alike)).or_default().push(dim);
        }
        let mut ends = vec![index.clone()];
        let mut ranges = self.ranges.iter().rev();
        while ends.iter().any(|e| !e.is_closed()) {
            let Some(Some((low, high))) = ranges.next() else { return };
            ends = ends.iter().flat_map(|e| [e.instantiated(low), e.instantiated(high)]).collect();
            if ends.len() > MOST_ENDS {
                return;
            }
        }
        // One entry, `x_{n + 2}`, counts where a range ends so near that it lies beyond.
        let reach = self.reach.entry(key(s)).or_default();
        let known = if index.is_closed() { &mut reach.entries } else { &mut reach.ranges };
        known.extend(ends.iter().filter(|e| !endless(e)).map(|e| (dim, summed(e))));
    }

    pub(super) fn bind(&mut self, binder: Binder, domain: &Domain, body: &Expr) -> Result<Id, Clash> {
        for part in domain.parts() {
            let end = self.expr(part)?;
            if matches!(domain, Domain::Range(..)) {
                self.shapes.assign(end, Shape::Scalar)?;
            }
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
                    // An entry, `n_i`, is no size of a whole array.
                    (Some(1), None) if high.is_closed() && !high.any(&mut |e| e.as_app(fun::INDEX).is_some()) => {
                        Some(self.shapes.known_dim(high.clone()))
                    }
                    _ => None,
                }
            }
            Domain::Over(set) if matches!(set.node(), Node::Sym(_)) => {
                Some(self.shapes.known_dim(Expr::apply("cardinality", vec![set.clone()])))
            }
            _ => None,
        };
        self.bound.push(size);
        self.ranges.push(match domain {
            Domain::Range(low, high) => Some((low.clone(), high.clone())),
            _ => None,
        });
        let inner = self.expr(body);
        self.bound.pop();
        self.ranges.pop();
        let inner = inner?;
        Ok(match (binder, size) {
            (Binder::Lambda, Some(size)) => self.shapes.fresh(Shape::Array { dims: vec![size], element: Some(inner) }),
            (Binder::ForAll | Binder::Exists | Binder::ArgMax | Binder::ArgMin, _) => self.shapes.fresh(Shape::Other),
            _ => inner,
        })
    }
}

fn endless(e: &Expr) -> bool {
    e.any(&mut |x| x.as_app("infinity").is_some())
}

/// A sum with its numbers taken together and last.
fn summed(e: &Expr) -> Expr {
    let mut terms = vec![];
    let mut number = 0;
    let mut todo = vec![e];
    while let Some(e) = todo.pop() {
        match (e.as_app(fun::ADD), e.as_int()) {
            (Some(parts), _) => todo.extend(parts.iter().rev()),
            (_, Some(i)) => number += i,
            _ => terms.push(e.clone()),
        }
    }
    match terms.as_slice() {
        [] => Expr::int(number),
        [one] => one.more_by(number),
        _ => Expr::apply(fun::ADD, terms).more_by(number),
    }
}
