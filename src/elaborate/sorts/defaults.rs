//! Shapes for what the constraints leave open: arrays in products, then numbers; sizes from the entries seen.

use super::infer::{Deferred, Inference, Kind, Reach, is_result};
use super::shape::{Dim, DimId, Id, Shape};
use crate::algebra::canon::constant_value;
use crate::expr::Expr;
use crate::notation::is_upper;

impl Inference {
    /// Gives every symbol a shape: first those with evidence of being arrays, then matrices between arrays, then
    /// numbers. Returns the statements whose constraints clash on the way (each dropped).
    pub(crate) fn default_all(&mut self) -> Vec<usize> {
        let mut clashes = vec![];
        let symbols: Vec<((String, u32), Id)> = self.symbols.iter().map(|(k, id)| (k.clone(), *id)).collect();
        self.run(&mut clashes);
        self.numbers_under_derivatives();
        self.run(&mut clashes);
        self.arrays_in_products(&mut clashes);
        // Elements of families, then everything else, are numbers; values of functions last, for what they equal may be a
        // derivative of one of them.
        let (results, names): (Vec<_>, Vec<_>) = symbols.iter().partition(|((name, _), _)| is_result(name));
        for group in [names, results] {
            for (_, id) in group {
                self.settle_scalar(*id);
            }
            self.run(&mut clashes);
        }
        let rest: Vec<(usize, Id)> =
            self.deferred.iter().flat_map(|d| d.inputs.iter().map(|i| (d.statement, *i))).collect();
        for (_, id) in rest {
            self.settle_scalar(id);
        }
        self.run(&mut clashes);
        self.sizes_from_ranges();
        self.sizes_from_shared_indices();
        self.sizes_from_entries(&symbols);
        self.sizes_from_shared_indices();
        clashes
    }

    /// What is differentiated by a matrix is a number, where nothing says what it is.
    fn numbers_under_derivatives(&mut self) {
        for d in self.deferred.iter().filter(|d| d.kind == Kind::Partial) {
            if let [body, place] = d.inputs.as_slice()
                && self.shapes.get(*body) == Shape::Unknown
                && matches!(self.shapes.get(*place), Shape::Array { dims, element: None } if dims.len() == 2)
                && matches!(self.shapes.get(d.result), Shape::Unknown | Shape::Array { element: None, .. })
            {
                let _ = self.shapes.assign(*body, Shape::Scalar);
            }
        }
    }

    pub(super) fn run(&mut self, clashes: &mut Vec<usize>) {
        while let Err(statement) = self.settle_all() {
            clashes.push(statement);
            self.deferred.retain(|d| d.statement != statement);
        }
    }

    /// Unknown factors of products with arrays: a capital (or an inverse of one) is a matrix; what follows a row or a
    /// matrix is a vector, as is what precedes a row where the product is a matrix.
    pub(super) fn arrays_in_products(&mut self, clashes: &mut Vec<usize>) {
        for _ in 0..10_000 {
            let products: Vec<Deferred> =
                self.deferred.iter().filter(|d| matches!(d.kind, Kind::Product | Kind::Dot)).cloned().collect();
            let found = products.iter().find_map(|d| self.array_factor(d));
            let Some((id, matrix)) = found else { return };
            let shape = if matrix { self.shapes.matrix(true) } else { self.shapes.vector(true) };
            if self.shapes.assign(id, shape).is_err() {
                return;
            }
            self.run(clashes);
        }
    }

    /// The first unknown factor that must be an array, and whether it is a matrix.
    pub(super) fn array_factor(&self, d: &Deferred) -> Option<(Id, bool)> {
        let shapes: Vec<Shape> = d.inputs.iter().map(|i| self.shapes.get(*i)).collect();
        if d.kind == Kind::Dot {
            return self.dot_factor(d, &shapes);
        }
        if !shapes.iter().any(|s| matches!(s, Shape::Array { .. })) {
            return self.last_factor(d, &shapes);
        }
        let size = |s: &Shape| match s {
            Shape::Array { dims, element: None } => Some(dims.clone()),
            _ => None,
        };
        let is_row =
            |s: &Shape| size(s).is_some_and(|dims| matches!(dims.as_slice(), [m, _] if self.shapes.is_one(*m)));
        let is_matrix = |s: &Shape| size(s).is_some_and(|dims| dims.len() == 2);
        let result_is_matrix = is_matrix(&self.shapes.get(d.result));
        for (at, (id, shape)) in d.inputs.iter().zip(&shapes).enumerate() {
            if *shape != Shape::Unknown {
                continue;
            }
            if self.is_capital(*id) {
                return Some((self.capital(*id), true));
            }
            let before = shapes.get(..at)?.iter().rev().find(|s| **s != Shape::Scalar);
            let after = shapes.get(at + 1..)?.iter().find(|s| **s != Shape::Scalar);
            // A column before a matrix is no factor of it: `A (n V)` has a number there.
            let next = d.inputs.get(at + 1).filter(|_| shapes.get(at + 1) == Some(&Shape::Unknown));
            if after.is_some_and(|s| is_matrix(s) && !is_row(s)) || next.is_some_and(|id| self.is_capital(*id)) {
                continue;
            }
            if before.is_some_and(is_matrix) || after.is_some_and(is_row) && result_is_matrix {
                return Some((self.shapes.root(*id), false));
            }
        }
        None
    }

    /// Of a product that is an array and has no known array among its factors: the last factor is the array.
    fn last_factor(&self, d: &Deferred, shapes: &[Shape]) -> Option<(Id, bool)> {
        let Shape::Array { dims, element: None } = self.shapes.get(d.result) else { return None };
        let (id, _) = d.inputs.iter().zip(shapes).rev().find(|(_, s)| **s == Shape::Unknown)?;
        match dims.len() {
            1 => Some((self.capital(*id), false)),
            2 if self.is_capital(*id) => Some((self.capital(*id), true)),
            _ => None,
        }
    }

    /// `a \cdot b` with one side known: beside a vector a vector, beside a matrix what its letter says.
    fn dot_factor(&self, d: &Deferred, shapes: &[Shape]) -> Option<(Id, bool)> {
        let ([a, b], [x, y]) = (d.inputs.as_slice(), shapes) else { return None };
        let (id, known) = match (x, y) {
            (Shape::Unknown, Shape::Array { dims, element: None }) => (*a, dims.len()),
            (Shape::Array { dims, element: None }, Shape::Unknown) => (*b, dims.len()),
            _ => return None,
        };
        match known {
            1 if !self.is_capital(id) && !self.has_matrix(id) => Some((self.shapes.root(id), false)),
            2 => Some((self.capital(id), self.is_capital(id))),
            _ => None,
        }
    }

    /// Whether it is a product in which a matrix stands: `\eta X^T` beside a vector is no vector.
    fn has_matrix(&self, id: Id) -> bool {
        let root = self.shapes.root(id);
        let matrix = |i: &Id| matches!(self.shapes.get(*i), Shape::Array { dims, element: None } if dims.len() == 2);
        self.deferred
            .iter()
            .any(|d| d.kind == Kind::Product && self.shapes.root(d.result) == root && d.inputs.iter().any(matrix))
    }

    /// The symbol slot behind an input: itself, or the base of a power or transpose of it.
    pub(super) fn capital(&self, id: Id) -> Id {
        let root = self.shapes.root(id);
        self.deferred
            .iter()
            .find(|d| matches!(d.kind, Kind::Power | Kind::Transpose) && self.shapes.root(d.result) == root)
            .and_then(|d| d.inputs.first().copied())
            .unwrap_or(id)
    }

    pub(super) fn is_capital(&self, id: Id) -> bool {
        let root = self.shapes.root(self.capital(id));
        self.symbols.iter().any(|((name, _), slot)| self.shapes.root(*slot) == root && is_upper(name))
    }

    pub(super) fn settle_scalar(&mut self, id: Id) {
        match self.shapes.get(id) {
            Shape::Unknown => {
                let _ = self.shapes.assign(id, Shape::Scalar);
            }
            Shape::Array { element: Some(e), .. } => {
                let _ = self.shapes.assign(e, Shape::Scalar);
            }
            _ => {}
        }
    }

    /// Arrays that one free index runs over have one size, where nothing else gives it: with `y_n = f(x_n)` there are as
    /// many x as y.
    pub(super) fn sizes_from_shared_indices(&mut self) {
        for dims in self.shared.clone().into_values() {
            let (unknown, known): (Vec<DimId>, Vec<DimId>) =
                dims.into_iter().partition(|d| matches!(self.shapes.get_dim(*d), Dim::Unknown { .. }));
            let first = known.first().or(unknown.first()).copied();
            for dim in unknown {
                if let Some(first) = first {
                    let _ = self.shapes.unify_dim(first, dim);
                }
            }
        }
    }

    /// An array that begins before 1 has the entries that indices run over, up to the greatest of the ends that compare
    /// with the first one.
    fn sizes_from_ranges(&mut self) {
        for Reach { ranges, entries } in self.reach.clone().into_values() {
            let up_to = |e: &Expr, other: &Expr| {
                let rest = constant_value(&(e.clone() - other.clone()));
                rest.is_some_and(|d| Expr::num(d).as_int().is_some_and(|d| d >= 0))
            };
            // A number is where a range begins, if others end at a symbol.
            let Some(first) = ranges.iter().find(|(_, e)| e.as_int().is_none()).or(ranges.first()) else { continue };
            let all = ranges.iter().chain(&entries);
            let (dim, end) = all.fold(first, |most, end| if up_to(&end.1, &most.1) { end } else { most });
            if matches!(self.shapes.get_dim(*dim), Dim::Unknown { .. }) {
                let size = self.shapes.known_dim(end.clone());
                let _ = self.shapes.unify_dim(*dim, size);
            }
        }
    }

    /// An array whose entries are only ever named by numbers has as many as were seen.
    pub(super) fn sizes_from_entries(&mut self, symbols: &[((String, u32), Id)]) {
        for (name, id) in symbols {
            let (Some(seen), Shape::Array { dims, .. }) = (self.greatest.get(name).cloned(), self.shapes.get(*id))
            else {
                continue;
            };
            // Where a letter is its index too, these are the first ones.
            if self.reach.contains_key(name) {
                continue;
            }
            for (place, (dim, greatest)) in dims.iter().zip(seen).enumerate() {
                if !self.moving.contains(&(Some(name.clone()), place))
                    && matches!(self.shapes.get_dim(*dim), Dim::Unknown { .. })
                    && greatest > 0
                {
                    let size = self.shapes.known_dim(Expr::int(greatest as i64));
                    let _ = self.shapes.unify_dim(*dim, size);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::{Sort, Symbol};

    #[test]
    fn inner_products_of_two_vectors_fit() {
        let sym = |n: &str| Expr::sym(Symbol::new(n, Sort::Unknown));
        let e = Expr::relate("eq", sym("a"), Expr::apply("transpose", vec![sym("w")]) * sym("x"));
        let mut inference = Inference::default();
        inference.evidence(&e);
        let id = inference.node(&e);
        assert!(id.is_ok());
        assert_eq!(inference.settle_all(), Ok(()));
        assert_eq!(inference.default_all(), Vec::<usize>::new());
    }
}
