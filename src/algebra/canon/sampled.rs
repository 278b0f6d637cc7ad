//! Values of expressions at points in plain floats: the oracle of the random tests.

use std::collections::BTreeMap;

use crate::expr::{Binder, Domain, Expr, Node, Sort};

/// Numbers for the symbols; arrays are read at indices from 1.
#[derive(Clone, Debug, Default)]
pub(super) struct Point {
    pub scalars: BTreeMap<String, f64>,
    pub arrays: BTreeMap<String, Vec<Vec<f64>>>,
}

/// A plain evaluator, independent of everything else: `None` where there is no value. Tracks the greatest magnitude.
pub(super) struct Evaluator<'p> {
    pub point: &'p Point,
    pub bound: Vec<f64>,
    pub greatest: f64,
}

impl Evaluator<'_> {
    fn value(&mut self, e: &Expr) -> Option<f64> {
        let v = self.raw(e)?;
        if !v.is_finite() {
            return None;
        }
        self.greatest = self.greatest.max(v.abs());
        Some(v)
    }

    fn raw(&mut self, e: &Expr) -> Option<f64> {
        Some(match e.node() {
            Node::Num(q) => q.to_f64(),
            Node::Sym(s) => *self.point.scalars.get(&*s.name)?,
            Node::Bound { index, .. } => *self.bound.iter().rev().nth(*index as usize)?,
            Node::App(g, args) => {
                if g.name == "index" {
                    let name = args[0].as_symbol()?.name.to_string();
                    let indices: Vec<f64> = args[1..].iter().map(|a| self.value(a)).collect::<Option<_>>()?;
                    let rows = self.point.arrays.get(&name)?;
                    let row = rows.get(if indices.len() == 2 { place(indices[0])? } else { 0 })?;
                    return row.get(place(*indices.last()?)?).copied();
                }
                if g.name == "cases" {
                    for pair in args.chunks(2) {
                        match pair {
                            [c, v] => {
                                if self.truth(c)? {
                                    return self.value(v);
                                }
                            }
                            [v] => return self.value(v),
                            _ => return None,
                        }
                    }
                    return None;
                }
                let v: Vec<f64> = args.iter().map(|a| self.value(a)).collect::<Option<_>>()?;
                let x = v.first().copied().unwrap_or(0.0);
                match g.name {
                    "add" => v.iter().sum(),
                    "mul" => v.iter().product(),
                    "pow" => {
                        if v[1].fract() == 0.0 && *args[1].sort() == Sort::Integer {
                            if x == 0.0 && v[1] < 0.0 {
                                return None;
                            }
                            x.powi(v[1] as i32)
                        } else if x > 0.0 || (x == 0.0 && v[1] > 0.0 && args[1].as_num().is_some()) {
                            x.powf(v[1])
                        } else {
                            return None;
                        }
                    }
                    "exp" => x.exp(),
                    "log" if x > 0.0 => x.ln(),
                    "sqrt" if x >= 0.0 => x.sqrt(),
                    "sin" => x.sin(),
                    "cos" => x.cos(),
                    "tanh" => x.tanh(),
                    "sigmoid" => 1.0 / (1.0 + (-x).exp()),
                    "softplus" => (1.0 + x.exp()).ln(),
                    "abs" => x.abs(),
                    // Rounding decides the sign of what is nearly 0.
                    "sign" if x != 0.0 && x.abs() < 1e-9 => return None,
                    "sign" => {
                        if x == 0.0 {
                            0.0
                        } else {
                            x.signum()
                        }
                    }
                    "max" => v.iter().copied().fold(f64::NEG_INFINITY, f64::max),
                    "min" => v.iter().copied().fold(f64::INFINITY, f64::min),
                    "delta" => f64::from(v[0] == v[1]),
                    "euler" => std::f64::consts::E,
                    _ => return None,
                }
            }
            Node::Bind { binder, domain: Domain::Range(a, b), body } => {
                let (a, b) = (self.value(a)? as i64, self.value(b)? as i64);
                let mut total = if *binder == Binder::Product { 1.0 } else { 0.0 };
                for i in a..=b {
                    self.bound.push(i as f64);
                    let v = self.value(body);
                    self.bound.pop();
                    match binder {
                        Binder::Sum => total += v?,
                        Binder::Product => total *= v?,
                        _ => return None,
                    }
                }
                total
            }
            _ => return None,
        })
    }

    pub fn truth(&mut self, c: &Expr) -> Option<bool> {
        match c.node() {
            Node::Bind { binder: Binder::ForAll, domain: Domain::Range(a, b), body } => {
                let (a, b) = (self.value(a)? as i64, self.value(b)? as i64);
                for i in a..=b {
                    self.bound.push(i as f64);
                    let t = self.truth(body);
                    self.bound.pop();
                    if !t? {
                        return Some(false);
                    }
                }
                Some(true)
            }
            Node::App(g, args) => {
                if g.name == "and" {
                    return args.iter().try_fold(true, |t, a| Some(t && self.truth(a)?));
                }
                let (l, r) = (self.value(&args[0])?, self.value(&args[1])?);
                let near = (l - r).abs() < 1e-9;
                Some(match g.name {
                    "eq" => near,
                    "ne" => !near,
                    // Points within rounding of the edge decide nothing.
                    "gt" => l > r && !near,
                    "ge" => l > r && !near || l == r,
                    "lt" => l < r && !near,
                    "le" => l < r && !near || l == r,
                    _ => return None,
                })
            }
            _ => None,
        }
    }
}

fn place(i: f64) -> Option<usize> {
    (i >= 1.0).then(|| i as usize - 1)
}

/// The value and the greatest magnitude on the way to it.
pub(super) fn value(e: &Expr, point: &Point) -> Option<(f64, f64)> {
    let mut evaluator = Evaluator { point, bound: vec![], greatest: 1.0 };
    let v = evaluator.value(e)?;
    Some((v, evaluator.greatest))
}
