//! A plain evaluator for tests, independent of the code under test: arrays by nalgebra, derivatives by central
//! differences, functions by the standard library, Γ and ψ by CORE-MATH and statrs.

use std::collections::BTreeMap;

use nalgebra::DMatrix;

use crate::algebra::entry;
use crate::algebra::terms::numeric_range;
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Value {
    pub(crate) sizes: Vec<usize>,
    pub(crate) data: Vec<f64>,
}

impl Value {
    pub(crate) fn scalar(x: f64) -> Value {
        Value { sizes: vec![], data: vec![x] }
    }

    pub(crate) fn get(&self) -> f64 {
        assert!(self.sizes.is_empty(), "a number was expected, not {self:?}");
        self.data[0]
    }

    fn matrix(&self) -> DMatrix<f64> {
        match self.sizes[..] {
            [n] => DMatrix::from_row_slice(n, 1, &self.data),
            [m, n] => DMatrix::from_row_slice(m, n, &self.data),
            _ => panic!("no matrix: {self:?}"),
        }
    }

    fn of_matrix(m: &DMatrix<f64>, sizes: Vec<usize>) -> Value {
        Value { sizes, data: m.transpose().iter().copied().collect() }
    }

    fn map(&self, f: impl Fn(f64) -> f64) -> Value {
        Value { sizes: self.sizes.clone(), data: self.data.iter().map(|x| f(*x)).collect() }
    }

    fn rows(&self, row: usize) -> Value {
        let stride: usize = self.sizes[1..].iter().product();
        Value { sizes: self.sizes[1..].to_vec(), data: self.data[(row - 1) * stride..row * stride].to_vec() }
    }
}

/// Values of the free symbols by name, of the bound ones by level.
#[derive(Clone, Default)]
pub(crate) struct Oracle {
    pub(crate) env: BTreeMap<String, Value>,
    bound: Vec<Value>,
}

impl Oracle {
    /// The sizes given, and values in (0.1, 1) for the symbols, by a fixed sequence.
    pub(crate) fn random(sizes: &[(&str, usize)], symbols: &[Symbol], seed: u64) -> Oracle {
        let mut oracle = Oracle::default();
        for (name, n) in sizes {
            oracle.env.insert((*name).to_owned(), Value::scalar(*n as f64));
        }
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        for s in symbols {
            let sizes: Vec<usize> = s.sort.sizes().iter().map(|n| oracle.eval(n).get() as usize).collect();
            let count: usize = sizes.iter().product();
            let mut next = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                0.1 + 0.9 * ((state >> 11) as f64 / (1u64 << 53) as f64)
            };
            oracle.env.insert(s.name.to_string(), Value { sizes, data: (0..count).map(|_| next()).collect() });
        }
        oracle
    }

    pub(crate) fn sizes(&self, e: &Expr) -> BTreeMap<Symbol, u64> {
        let symbols = super::size_symbols(e);
        symbols.into_iter().map(|s| (s.clone(), self.env[s.name.as_ref()].get() as u64)).collect()
    }

    /// All places of an array of the expression's sort, as numbers.
    pub(crate) fn places(&mut self, sort: &Sort) -> Vec<Vec<i64>> {
        sort.sizes().iter().fold(vec![vec![]], |places, n| {
            let n = self.eval(n).get() as i64;
            places.iter().flat_map(|p| (1..=n).map(|i| [p.as_slice(), &[i]].concat()).collect::<Vec<_>>()).collect()
        })
    }

    /// `e` at a place of its sort, by this oracle and by the entry under test.
    pub(crate) fn entry_pairs(&mut self, e: &Expr) -> Vec<(f64, Expr)> {
        let whole = self.eval(e);
        let places = self.places(e.sort());
        assert_eq!(whole.data.len(), places.len(), "shape of {e}");
        let at = |p: &[i64]| match p {
            [] => super::scalarise(e),
            _ => entry::entry(e, &p.iter().map(|i| Expr::int(*i)).collect::<Vec<_>>())
                .unwrap_or_else(|| panic!("no entry of {e}")),
        };
        places.iter().zip(whole.data).map(|(p, x)| (x, at(p))).collect()
    }

    pub(crate) fn holds(&mut self, condition: &Expr) -> bool {
        self.eval(condition).get() == 1.0
    }

    pub(crate) fn eval(&mut self, e: &Expr) -> Value {
        match e.node() {
            Node::Num(q) => Value::scalar(q.to_f64()),
            Node::Sym(s) => self.env.get(s.name.as_ref()).unwrap_or_else(|| panic!("no value of {e}")).clone(),
            Node::Bound { index, .. } => self.bound[self.bound.len() - 1 - *index as usize].clone(),
            Node::App(f, args) => {
                if f.name == "cases" {
                    return self.cases(args);
                }
                let values: Vec<Value> = args.iter().map(|a| self.eval(a)).collect();
                let mut value = apply(f.name, &values);
                // A 1 × 1 product is an array or a number as its sort says: by names of sizes, not by their values.
                if value.data.len() == 1 && *e.sort() != Sort::Unknown {
                    value.sizes = vec![1; e.sort().sizes().len()];
                }
                value
            }
            Node::Call(..) | Node::Opaque { .. } => panic!("no value of {e}"),
            Node::Array { rows, columns, entries } => {
                let data = entries.iter().map(|x| self.eval(x).get()).collect();
                Value { sizes: std::iter::once(*rows).chain(*columns).collect(), data }
            }
            Node::Bind { binder, domain, body } => self.bind(*binder, domain, body),
        }
    }

    fn cases(&mut self, args: &[Expr]) -> Value {
        for pair in args.chunks(2) {
            match pair {
                [c, v] if self.holds(c) => return self.eval(v),
                [v] => return self.eval(v),
                _ => {}
            }
        }
        Value::scalar(f64::NAN)
    }

    fn with(&mut self, value: Value, body: &Expr) -> Value {
        self.bound.push(value);
        let result = self.eval(body);
        self.bound.pop();
        result
    }

    fn bind(&mut self, binder: Binder, domain: &Domain, body: &Expr) -> Value {
        match domain {
            Domain::Range(low, high) => {
                let (low, high) = (self.eval(low).get() as i64, self.eval(high).get() as i64);
                let range = numeric_range(&Expr::int(low), &Expr::int(high), 1000).unwrap();
                let values: Vec<Value> = range.map(|k| self.with(Value::scalar(k as f64), body)).collect();
                match binder {
                    Binder::Sum => values.into_iter().reduce(|a, b| plus(&a, &b)).unwrap_or(Value::scalar(0.0)),
                    Binder::Product => Value::scalar(values.iter().map(Value::get).product()),
                    Binder::ForAll => Value::scalar(f64::from(u8::from(values.iter().all(|v| v.get() == 1.0)))),
                    Binder::Exists => Value::scalar(f64::from(u8::from(values.iter().any(|v| v.get() == 1.0)))),
                    Binder::Lambda => {
                        let inner = values.first().map(|v| v.sizes.clone()).unwrap_or_default();
                        let sizes = [vec![values.len()], inner].concat();
                        Value { sizes, data: values.into_iter().flat_map(|v| v.data).collect() }
                    }
                    _ => panic!("binder {binder:?}"),
                }
            }
            Domain::At(point, indices) => {
                let point = self.eval(point);
                let given: Vec<i64> = indices.iter().map(|i| self.eval(i).get() as i64).collect();
                self.differences(&point, &given, body)
            }
            _ => panic!("domain {domain:?}"),
        }
    }

    /// Fourth-order central differences by every entry of the point that begins with the indices given.
    fn differences(&mut self, point: &Value, given: &[i64], body: &Expr) -> Value {
        let rest: usize = point.sizes[given.len()..].iter().product();
        let first = given.iter().zip(&point.sizes).fold(0usize, |place, (i, n)| place * n + (*i as usize - 1)) * rest;
        let h = 2e-4;
        let mut columns: Vec<Value> = vec![];
        for place in first..first + rest {
            let mut at = |step: f64| {
                let mut moved = point.clone();
                moved.data[place] += step * h;
                self.with(moved, body)
            };
            let (a, b, c, d) = (at(-2.0), at(-1.0), at(1.0), at(2.0));
            let slope = |k: usize| (8.0 * (c.data[k] - b.data[k]) - (d.data[k] - a.data[k])) / (12.0 * h);
            columns.push(Value { sizes: a.sizes.clone(), data: (0..a.data.len()).map(slope).collect() });
        }
        let sizes = [columns[0].sizes.clone(), point.sizes[given.len()..].to_vec()].concat();
        let data = (0..columns[0].data.len()).flat_map(|k| columns.iter().map(move |c| c.data[k])).collect();
        Value { sizes, data }
    }
}

fn plus(a: &Value, b: &Value) -> Value {
    assert_eq!(a.sizes, b.sizes);
    Value { sizes: a.sizes.clone(), data: a.data.iter().zip(&b.data).map(|(x, y)| x + y).collect() }
}

fn times(a: &Value, b: &Value) -> Value {
    match (a.sizes.is_empty(), b.sizes.is_empty()) {
        (true, _) => b.map(|x| a.data[0] * x),
        (_, true) => a.map(|x| b.data[0] * x),
        _ => {
            let m = a.matrix() * b.matrix();
            let sizes = match (a.sizes.len(), b.sizes.len()) {
                (2, _) if m.nrows() == 1 && m.ncols() == 1 => vec![],
                (_, 1) => vec![m.nrows()],
                _ => vec![m.nrows(), m.ncols()],
            };
            Value::of_matrix(&m, sizes)
        }
    }
}

fn xlogy(x: f64, y: f64) -> f64 {
    if x == 0.0 { 0.0 } else { x * y.ln() }
}

fn apply(name: &str, a: &[Value]) -> Value {
    let truth = |b: bool| Value::scalar(f64::from(u8::from(b)));
    let number = |k: usize| a[k].get();
    match name {
        "add" => a.iter().cloned().reduce(|x, y| plus(&x, &y)).unwrap(),
        "mul" => a.iter().cloned().reduce(|x, y| times(&x, &y)).unwrap(),
        "pow" if a[0].sizes.is_empty() => {
            let (x, n) = (number(0), number(1));
            Value::scalar(if n == n.trunc() { x.powi(n as i32) } else { x.powf(n) })
        }
        "pow" => match number(1) as i32 {
            -1 => Value::of_matrix(&a[0].matrix().try_inverse().unwrap(), a[0].sizes.clone()),
            n => Value::of_matrix(&a[0].matrix().pow(n as u32), a[0].sizes.clone()),
        },
        "exp" => a[0].map(f64::exp),
        "log" => a[0].map(f64::ln),
        "sqrt" => a[0].map(f64::sqrt),
        "sin" => a[0].map(f64::sin),
        "cos" => a[0].map(f64::cos),
        "tan" => a[0].map(f64::tan),
        "sinh" => a[0].map(f64::sinh),
        "cosh" => a[0].map(f64::cosh),
        "tanh" => a[0].map(f64::tanh),
        "arctan" => a[0].map(f64::atan),
        "arcsin" => a[0].map(f64::asin),
        "arccos" => a[0].map(f64::acos),
        "sigmoid" => a[0].map(|x| 1.0 / (1.0 + (-x).exp())),
        "softplus" => a[0].map(|x| (1.0 + x.exp()).ln()),
        "gamma" => a[0].map(core_math::tgamma),
        "digamma" => a[0].map(statrs::function::gamma::digamma),
        "abs" => Value::scalar(number(0).abs()),
        "sign" => Value::scalar(number(0).signum()),
        "max" => Value::scalar(a.iter().map(Value::get).fold(f64::MIN, f64::max)),
        "min" => Value::scalar(a.iter().map(Value::get).fold(f64::MAX, f64::min)),
        "xlogy" => Value {
            sizes: a[0].sizes.clone(),
            data: a[0].data.iter().zip(&a[1].data).map(|(x, y)| xlogy(*x, *y)).collect(),
        },
        "delta" => truth(number(0) == number(1)),
        "index" => a[1..].iter().fold(a[0].clone(), |x, i| x.rows(i.get() as usize)),
        "transpose" => match a[0].sizes[..] {
            [] => a[0].clone(),
            [n] => Value { sizes: vec![1, n], data: a[0].data.clone() },
            [1, n] => Value { sizes: vec![n], data: a[0].data.clone() },
            [m, n] => Value::of_matrix(&a[0].matrix().transpose(), vec![n, m]),
            _ => panic!(),
        },
        "inverse" => Value::of_matrix(&a[0].matrix().try_inverse().unwrap(), a[0].sizes.clone()),
        "trace" => Value::scalar(a[0].matrix().trace()),
        "det" => Value::scalar(a[0].matrix().determinant()),
        "diag" if a[0].sizes.len() == 1 => {
            let v = nalgebra::DVector::from_row_slice(&a[0].data);
            Value::of_matrix(&DMatrix::from_diagonal(&v), vec![v.len(), v.len()])
        }
        "diag" => {
            let d = a[0].matrix().diagonal();
            Value { sizes: vec![d.len()], data: d.iter().copied().collect() }
        }
        "dot" => Value::scalar(a[0].data.iter().zip(&a[1].data).map(|(x, y)| x * y).sum()),
        "hadamard" => {
            Value { sizes: a[0].sizes.clone(), data: a[0].data.iter().zip(&a[1].data).map(|(x, y)| x * y).collect() }
        }
        "norm" => Value::scalar(a[0].matrix().norm()),
        "norm1" => Value::scalar(a[0].data.iter().map(|x| x.abs()).sum()),
        "entrywise_sum" => Value::scalar(a[0].data.iter().sum()),
        "identity" => {
            let n = number(0) as usize;
            Value::of_matrix(&DMatrix::identity(n, n), vec![n, n])
        }
        "ones" => Value { sizes: vec![number(0) as usize], data: vec![1.0; number(0) as usize] },
        "zeros" => Value { sizes: vec![number(0) as usize], data: vec![0.0; number(0) as usize] },
        "unit" => {
            let data = (1..=number(0) as usize).map(|i| f64::from(u8::from(i as f64 == number(1)))).collect();
            Value { sizes: vec![number(0) as usize], data }
        }
        "softmax" | "log_softmax" => {
            let width = *a[0].sizes.last().unwrap();
            let rows = a[0].data.chunks(width).flat_map(|row| {
                let total: f64 = row.iter().map(|x| x.exp()).sum();
                row.iter().map(move |x| if name == "softmax" { x.exp() / total } else { x - total.ln() })
            });
            Value { sizes: a[0].sizes.clone(), data: rows.collect() }
        }
        "logsumexp" => Value::scalar(a[0].data.iter().map(|x| x.exp()).sum::<f64>().ln()),
        "entropy" => Value::scalar(-a[0].data.iter().map(|x| xlogy(*x, *x)).sum::<f64>()),
        "cross_entropy" => Value::scalar(-a[0].data.iter().zip(&a[1].data).map(|(x, y)| xlogy(*x, *y)).sum::<f64>()),
        "kl" => Value::scalar(a[0].data.iter().zip(&a[1].data).map(|(x, y)| xlogy(*x, x / y)).sum::<f64>()),
        "true" => truth(true),
        "not" => truth(number(0) != 1.0),
        "and" => truth(a.iter().all(|x| x.get() == 1.0)),
        "or" => truth(a.iter().any(|x| x.get() == 1.0)),
        "implies" => truth(number(0) != 1.0 || number(1) == 1.0),
        "eq" => truth(a[0].data == a[1].data),
        "ne" => truth(a[0].data != a[1].data),
        "lt" => truth(number(0) < number(1)),
        "le" => truth(a[0].data.iter().zip(&a[1].data).all(|(x, y)| x <= y)),
        "gt" => truth(number(0) > number(1)),
        "ge" => truth(number(0) >= number(1)),
        _ => panic!("the oracle does not know {name}: teach it, then the row is tested"),
    }
}
