//! Products, transposes, derivatives: shapes that follow once those of their parts are known.

use super::infer::{Deferred, Inference, Kind};
use super::shape::{Clash, Shape};
use crate::expr::Expr;

impl Inference {
    /// Settles what can be settled; a clash names its statement.
    pub(super) fn settle(&mut self) -> Result<(), Clash> {
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

    pub(super) fn attempt(&mut self, d: &Deferred) -> Result<bool, Clash> {
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
    pub(super) fn product(&mut self, d: &Deferred, shapes: &[Shape]) -> Result<bool, Clash> {
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
}
