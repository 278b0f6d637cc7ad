//! Shape variables and their unification.

use crate::expr::Expr;

/// A shape variable.
pub(crate) type Id = usize;
/// A size variable.
pub(crate) type DimId = usize;

/// What is known of a shape.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    /// Nothing yet.
    Unknown,
    /// The same as another.
    Link(Id),
    /// A number.
    Scalar,
    /// An array whose leading sizes are `dims`; `element` is what its entries are (none: numbers).
    Array { dims: Vec<DimId>, element: Option<Id> },
    /// Not a number and not an array: a set, a function, a truth value.
    Other,
}

/// What is known of a size.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Dim {
    /// Nothing; a rigid one is an array's own size and cannot be 1.
    Unknown { rigid: bool },
    /// The same as another.
    Link(DimId),
    /// A number or a named size.
    Known(Expr),
}

/// Two shapes that do not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clash;

/// Shapes with an undo log, so that a formula that does not fit leaves no trace.
#[derive(Clone, Default)]
pub(crate) struct Shapes {
    shapes: Vec<Shape>,
    dims: Vec<Dim>,
    undo: Vec<Undo>,
}

#[derive(Clone)]
enum Undo {
    Shape(Id, Shape),
    Dim(DimId, Dim),
}

impl Shapes {
    pub(crate) fn fresh(&mut self, shape: Shape) -> Id {
        self.shapes.push(shape);
        self.shapes.len() - 1
    }

    pub(crate) fn dim(&mut self, dim: Dim) -> DimId {
        self.dims.push(dim);
        self.dims.len() - 1
    }

    pub(crate) fn known_dim(&mut self, size: Expr) -> DimId {
        self.dim(Dim::Known(size))
    }

    pub(crate) fn vector(&mut self, rigid: bool) -> Shape {
        let dims = vec![self.dim(Dim::Unknown { rigid })];
        Shape::Array { dims, element: None }
    }

    pub(crate) fn matrix(&mut self, rigid: bool) -> Shape {
        let dims = vec![self.dim(Dim::Unknown { rigid }), self.dim(Dim::Unknown { rigid })];
        Shape::Array { dims, element: None }
    }

    pub(crate) fn mark(&self) -> usize {
        self.undo.len()
    }

    pub(crate) fn roll_back(&mut self, mark: usize) {
        while self.undo.len() > mark {
            match self.undo.pop() {
                Some(Undo::Shape(id, old)) => {
                    if let Some(slot) = self.shapes.get_mut(id) {
                        *slot = old;
                    }
                }
                Some(Undo::Dim(id, old)) => {
                    if let Some(slot) = self.dims.get_mut(id) {
                        *slot = old;
                    }
                }
                None => break,
            }
        }
    }

    fn set(&mut self, id: Id, shape: Shape) {
        if let Some(slot) = self.shapes.get_mut(id) {
            let old = std::mem::replace(slot, shape);
            self.undo.push(Undo::Shape(id, old));
        }
    }

    fn set_dim(&mut self, id: DimId, dim: Dim) {
        if let Some(slot) = self.dims.get_mut(id) {
            let old = std::mem::replace(slot, dim);
            self.undo.push(Undo::Dim(id, old));
        }
    }

    pub(crate) fn root(&self, mut id: Id) -> Id {
        while let Some(Shape::Link(next)) = self.shapes.get(id) {
            id = *next;
        }
        id
    }

    pub(crate) fn dim_root(&self, mut id: DimId) -> DimId {
        while let Some(Dim::Link(next)) = self.dims.get(id) {
            id = *next;
        }
        id
    }

    /// The shape with links followed and known elements folded in.
    pub(crate) fn get(&self, id: Id) -> Shape {
        match self.shapes.get(self.root(id)).cloned().unwrap_or(Shape::Unknown) {
            Shape::Array { dims, element: Some(e) } => match self.get(e) {
                Shape::Scalar => Shape::Array { dims, element: None },
                Shape::Array { dims: inner, element } => {
                    Shape::Array { dims: dims.into_iter().chain(inner).collect(), element }
                }
                _ => Shape::Array { dims, element: Some(e) },
            },
            shape => shape,
        }
    }

    pub(crate) fn get_dim(&self, id: DimId) -> Dim {
        self.dims.get(self.dim_root(id)).cloned().unwrap_or(Dim::Unknown { rigid: false })
    }

    pub(crate) fn is_one(&self, id: DimId) -> bool {
        matches!(self.get_dim(id), Dim::Known(e) if e.as_int() == Some(1))
    }

    pub(crate) fn assign(&mut self, id: Id, shape: Shape) -> Result<(), Clash> {
        let other = self.fresh(shape);
        self.unify(id, other)
    }

    pub(crate) fn unify_dim(&mut self, a: DimId, b: DimId) -> Result<(), Clash> {
        let (a, b) = (self.dim_root(a), self.dim_root(b));
        if a == b {
            return Ok(());
        }
        match (self.get_dim(a), self.get_dim(b)) {
            (Dim::Known(x), Dim::Known(y)) if x == y => Ok(()),
            (Dim::Known(_), Dim::Known(_)) => Err(Clash),
            (Dim::Unknown { rigid }, Dim::Known(k)) => {
                if rigid && k.as_int() == Some(1) {
                    return Err(Clash);
                }
                self.set_dim(a, Dim::Link(b));
                Ok(())
            }
            (Dim::Known(_), Dim::Unknown { .. }) => self.unify_dim(b, a),
            (Dim::Unknown { rigid }, Dim::Unknown { rigid: other }) => {
                if rigid && !other {
                    self.set_dim(b, Dim::Link(a));
                } else {
                    self.set_dim(a, Dim::Link(b));
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    pub(crate) fn unify(&mut self, a: Id, b: Id) -> Result<(), Clash> {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return Ok(());
        }
        match (self.get(a), self.get(b)) {
            (Shape::Unknown, _) => {
                if self.occurs(a, b) {
                    return Err(Clash);
                }
                self.set(a, Shape::Link(b));
                Ok(())
            }
            (_, Shape::Unknown) => {
                if self.occurs(b, a) {
                    return Err(Clash);
                }
                self.set(b, Shape::Link(a));
                Ok(())
            }
            (Shape::Scalar, Shape::Scalar) | (Shape::Other, Shape::Other) => Ok(()),
            (Shape::Array { dims: m, element: x }, Shape::Array { dims: n, element: y }) => {
                self.unify_arrays(&m, x, &n, y)
            }
            _ => Err(Clash),
        }
    }

    /// Whether `inner` is the element (of the element …) of `outer`: a family of itself has no shape.
    fn occurs(&self, inner: Id, outer: Id) -> bool {
        let mut at = self.root(outer);
        loop {
            if at == inner {
                return true;
            }
            match self.shapes.get(at) {
                Some(Shape::Array { element: Some(e), .. }) => at = self.root(*e),
                _ => return false,
            }
        }
    }

    fn unify_arrays(&mut self, m: &[DimId], x: Option<Id>, n: &[DimId], y: Option<Id>) -> Result<(), Clash> {
        let common = m.len().min(n.len());
        for (a, b) in m.iter().zip(n) {
            self.unify_dim(*a, *b)?;
        }
        let rest = |shapes: &mut Shapes, dims: &[DimId], element: Option<Id>| match (dims.is_empty(), element) {
            (true, Some(e)) => e,
            (true, None) => shapes.fresh(Shape::Scalar),
            (false, _) => shapes.fresh(Shape::Array { dims: dims.to_vec(), element }),
        };
        let left = rest(self, m.get(common..).unwrap_or(&[]), x);
        let right = rest(self, n.get(common..).unwrap_or(&[]), y);
        self.unify(left, right)
    }

    /// The shape of the matrix product of two arrays; `None` while not enough is known.
    pub(crate) fn product(&mut self, left: &Shape, right: &Shape) -> Result<Option<Shape>, Clash> {
        let split = |s: &Shape| match s {
            Shape::Array { dims, element: None } => match dims.as_slice() {
                [n] => Some((*n, None)),
                [m, n] => Some((*m, Some(*n))),
                _ => None,
            },
            _ => None,
        };
        match (left, right) {
            (Shape::Scalar, s) | (s, Shape::Scalar) => return Ok(Some(s.clone())),
            (Shape::Unknown, _) | (_, Shape::Unknown) => return Ok(None),
            (Shape::Array { element: Some(_), .. }, _) | (_, Shape::Array { element: Some(_), .. }) => return Ok(None),
            _ => {}
        }
        let (Some((rows, columns)), Some((inner, last))) = (split(left), split(right)) else { return Err(Clash) };
        // A column vector stands left only of a row: x yᵀ.
        let Some(columns) = columns else {
            return match last {
                Some(last) if self.is_one(inner) => Ok(Some(Shape::Array { dims: vec![rows, last], element: None })),
                _ => Err(Clash),
            };
        };
        self.unify_dim(columns, inner)?;
        let row = self.is_one(rows);
        Ok(Some(match last {
            None if row => Shape::Scalar,
            None => Shape::Array { dims: vec![rows], element: None },
            Some(last) if row && self.is_one(last) => Shape::Scalar,
            Some(last) => Shape::Array { dims: vec![rows, last], element: None },
        }))
    }
}
