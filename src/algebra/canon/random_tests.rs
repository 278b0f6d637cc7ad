//! Random expressions: the canonical form has the value of the expression wherever both exist and what it owes holds.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::tests::{all, at, at2, bind, f, gt0, index, int, matrix, ratio_of, real, rel, size, sum, vector};
use super::*;
use crate::expr::{Binder, Domain, Node};

/// Numbers for the symbols; arrays are read at indices from 1.
#[derive(Clone, Debug, Default)]
struct Point {
    scalars: BTreeMap<String, f64>,
    arrays: BTreeMap<String, Vec<Vec<f64>>>,
}

/// A plain evaluator, independent of everything else: `None` where there is no value. Tracks the greatest magnitude.
struct Evaluator<'p> {
    point: &'p Point,
    bound: Vec<f64>,
    greatest: f64,
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
                        if v[1].fract() == 0.0 && *args[1].sort() == crate::expr::Sort::Integer {
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

    fn truth(&mut self, c: &Expr) -> Option<bool> {
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

fn value(e: &Expr, point: &Point) -> Option<(f64, f64)> {
    let mut evaluator = Evaluator { point, bound: vec![], greatest: 1.0 };
    let v = evaluator.value(e)?;
    Some((v, evaluator.greatest))
}

/// Expressions from bytes: each byte decides a node.
struct Maker<'b> {
    bytes: std::slice::Iter<'b, u8>,
    indices: Vec<Expr>,
}

impl Maker<'_> {
    fn byte(&mut self) -> usize {
        self.bytes.next().map_or(0, |b| usize::from(*b))
    }

    fn index(&mut self) -> Expr {
        let i = self.byte() % self.indices.len();
        self.indices[i].clone()
    }

    fn leaf(&mut self) -> Expr {
        let n = size("n");
        match self.byte() % 10 {
            0 => int(self.byte() as i64 % 5 - 2),
            1 => real("x"),
            2 => real("y"),
            3 | 4 => {
                let i = self.index();
                at(&vector("a", &n), &i)
            }
            5 => {
                let i = self.index();
                at(&vector("b", &n), &i)
            }
            6 => {
                let (i, j) = (self.index(), self.index());
                at2(&matrix("M", &n, &n), &i, &j)
            }
            7 => {
                let (i, j) = (self.index(), self.index());
                Expr::apply("delta", vec![i, j])
            }
            8 => n,
            _ => ratio_of(self.byte() as i64 % 7 - 3, 2),
        }
    }

    fn make(&mut self, depth: u32) -> Expr {
        if depth == 0 {
            return self.leaf();
        }
        let n = size("n");
        match self.byte() % 20 {
            0..=2 => self.make(depth - 1) + self.make(depth - 1),
            3..=5 => self.make(depth - 1) * self.make(depth - 1),
            6 => self.make(depth - 1) - self.make(depth - 1),
            7 => self.make(depth - 1).over(&self.make(depth - 1)),
            8 => {
                let power = [int(2), int(3), int(-1), int(-2), ratio_of(1, 2), ratio_of(-1, 2), ratio_of(3, 2), int(0)];
                let e = power[self.byte() % power.len()].clone();
                self.make(depth - 1).pow(e)
            }
            9 => {
                let names = ["exp", "log", "sqrt", "abs", "sigmoid", "softplus", "tanh", "sign", "sin", "cos"];
                let name = names[self.byte() % names.len()];
                f(name, self.make(depth - 1))
            }
            10 => {
                let name = if self.byte() % 2 == 0 { "max" } else { "min" };
                Expr::apply(name, vec![self.make(depth - 1), self.make(depth - 1)])
            }
            11..=15 => {
                let binder = if self.byte() % 5 == 0 { Binder::Product } else { Binder::Sum };
                let from = [int(1), int(1), int(2), int(0)][self.byte() % 4].clone();
                let i = self.index();
                let to = [n.clone(), n.clone(), i, n + int(1)][self.byte() % 4].clone();
                // The same bytes under every name of the variable: a closure that is called once.
                let cell = std::cell::RefCell::new(self);
                bind(binder, from, &to, |k| {
                    let mut maker = cell.borrow_mut();
                    maker.indices.push(k.clone());
                    let body = maker.make(depth - 1);
                    maker.indices.pop();
                    body
                })
            }
            16 => {
                let (i, j) = (self.index(), self.index());
                Expr::apply("cases", vec![rel("eq", &i, j), self.make(depth - 1), self.make(depth - 1)])
            }
            17 => {
                let i = self.index();
                self.make(depth - 1).pow(i)
            }
            _ => self.leaf(),
        }
    }
}

fn made(bytes: &[u8], depth: u32) -> Expr {
    Maker { bytes: bytes.iter(), indices: vec![size("i"), size("j"), int(1)] }.make(depth)
}

/// Givens, and points of them.
fn givens(kind: u8) -> Vec<Expr> {
    let n = size("n");
    let (a, b, m) = (vector("a", &n), vector("b", &n), matrix("M", &n, &n));
    let both = [index(&size("i"), &n), index(&size("j"), &n)];
    let mut given = match kind % 6 {
        0 => vec![],
        1 => vec![f("one_hot", a)],
        2 => vec![f("distribution", a), gt0(&real("x"))],
        3 => vec![f("symmetric", m), all(&n, |k| gt0(&at(&b, k)))],
        4 => vec![rel("eq", &sum(&n, |k| at(&a, k)), int(1)), rel("ge", &real("y"), int(0))],
        _ => vec![
            all(&n, |k| Expr::apply("member", vec![at(&a, k), Expr::apply("set", vec![int(0), int(1)])])),
            rel("eq", &real("x"), real("y") + int(1)),
        ],
    };
    if kind < 128 {
        given.extend(both);
    }
    given
}

fn point(kind: u8, n: usize, raw: &[i8]) -> Point {
    let mut raw = raw.iter().cycle().map(|v| f64::from(*v) / 2.0);
    let mut next = || raw.next().unwrap_or(0.5);
    let mut p = Point::default();
    let indices = if kind < 128 { (1.0, n as f64) } else { (1.0, n as f64 + 1.0) };
    for name in ["i", "j"] {
        p.scalars.insert(name.to_owned(), (next().abs() * 2.0) % (indices.1 - indices.0 + 1.0) + indices.0);
    }
    p.scalars.insert("n".to_owned(), n as f64);
    let (x, y) = (next(), next());
    let (x, y) = match kind % 6 {
        2 => (x.abs() + 0.5, y),
        4 => (x, y.abs()),
        5 => (y + 1.0, y),
        _ => (x, y),
    };
    p.scalars.insert("x".to_owned(), x);
    p.scalars.insert("y".to_owned(), y);
    let mut a: Vec<f64> = (0..n).map(|_| next()).collect();
    let b: Vec<f64> = (0..n).map(|_| if kind % 6 == 3 { next().abs() + 0.5 } else { next() }).collect();
    match kind % 6 {
        1 => {
            let hot = (next().abs() * 2.0) as usize % n;
            a = (0..n).map(|k| f64::from(k == hot)).collect();
        }
        2 => {
            let total: f64 = a.iter().map(|v| v.abs()).sum();
            a = if total == 0.0 { vec![1.0 / n as f64; n] } else { a.iter().map(|v| v.abs() / total).collect() };
        }
        4 => {
            let rest: f64 = a.iter().skip(1).sum();
            a[0] = 1.0 - rest;
        }
        5 => a = a.iter().map(|v| f64::from(*v > 0.0)).collect(),
        _ => {}
    }
    p.arrays.insert("a".to_owned(), vec![a]);
    p.arrays.insert("b".to_owned(), vec![b]);
    let mut m: Vec<Vec<f64>> = (0..n).map(|_| (0..n).map(|_| next()).collect()).collect();
    if kind % 6 == 3 {
        for r in 0..n {
            for c in 0..r {
                m[r][c] = m[c][r];
            }
        }
    }
    p.arrays.insert("M".to_owned(), m);
    p
}

fn agree(l: &Expr, r: &Expr, conditions: &[Expr], kind: u8, raws: &[Vec<i8>]) -> Result<usize, TestCaseError> {
    let mut compared = 0;
    for (k, raw) in raws.iter().enumerate() {
        let p = point(kind, 1 + k % 3, raw);
        let mut evaluator = Evaluator { point: &p, bound: vec![], greatest: 1.0 };
        if !conditions.iter().all(|c| evaluator.truth(c) == Some(true)) {
            continue;
        }
        let (Some((a, big)), Some((b, large))) = (value(l, &p), value(r, &p)) else { continue };
        let scale = big.max(large);
        if scale > 1e5 {
            continue;
        }
        compared += 1;
        prop_assert!((a - b).abs() <= 1e-7 * scale * scale, "{l}\n{r}\n{a} {b}\nowed {conditions:?}\n{p:?}");
    }
    Ok(compared)
}

fn raws() -> impl Strategy<Value = Vec<Vec<i8>>> {
    proptest::collection::vec(proptest::collection::vec(-4i8..=4, 24), 9)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_canonical_form_has_the_value_of_the_expression(
        bytes in proptest::collection::vec(any::<u8>(), 48), depth in 1u32..6, kind in any::<u8>(), raws in raws(),
    ) {
        let e = made(&bytes, depth);
        let facts = Facts::new(&givens(kind));
        for assume in [false, true] {
            if let Ok(c) = canonical_of(&[&e], &e, &facts, &mut Fuel::new(20_000), assume) {
                agree(&e, &c.poly.to_expr(), c.conditions(), kind, &raws)?;
                agree(&e, &c.to_expr(), c.conditions(), kind, &raws)?;
            }
        }
    }

    #[test]
    fn the_canonical_form_is_canonical(
        bytes in proptest::collection::vec(any::<u8>(), 48), depth in 1u32..5, kind in any::<u8>(),
    ) {
        let e = made(&bytes, depth);
        let facts = Facts::new(&givens(kind));
        if let Ok(c) = canonical(&e, &facts, &mut Fuel::new(20_000)) {
            let again = canonical(&c.poly.to_expr(), &facts, &mut Fuel::new(80_000));
            prop_assert!(again.is_ok_and(|a| a.poly == c.poly) || equal_enough(&e, &c, &facts), "{e}\n{}", c.to_expr());
        }
    }

    #[test]
    fn equal_expressions_have_equal_values(
        bytes in proptest::collection::vec(any::<u8>(), 40), at_byte in 0usize..40, other in any::<u8>(),
        depth in 1u32..5, kind in any::<u8>(), raws in raws(),
    ) {
        let l = made(&bytes, depth);
        let mut changed = bytes.clone();
        changed[at_byte] = other;
        let r = made(&changed, depth);
        let facts = Facts::new(&givens(kind));
        if let Equality::Equal { conditions, .. } = equal(&l, &r, &facts, &mut Fuel::new(40_000)) {
            agree(&l, &r, &conditions, kind, &raws)?;
        }
    }

    #[test]
    fn field_laws_applied_at_random_are_seen_through(
        bytes in proptest::collection::vec(any::<u8>(), 32), law in 0usize..8, depth in 1u32..4, kind in any::<u8>(),
    ) {
        let third = bytes.len() / 3;
        let (a, b, c) = (made(&bytes[..third], depth), made(&bytes[third..2 * third], 2), made(&bytes[2 * third..], 1));
        let (l, r) = match law {
            0 => (a.clone() * (b.clone() + c.clone()), a.clone() * b + c * a),
            1 => ((a.clone() + b.clone()).pow(int(2)), a.pow(int(2)) + b.pow(int(2)) + int(2) * a * b),
            2 => (f("exp", a.clone() + b.clone()), f("exp", a) * f("exp", b)),
            3 => (a.clone() - (b.clone() - c.clone()), c + a - b),
            4 => (f("sigmoid", a.clone()) + f("sigmoid", -a), int(1)),
            5 => (f("abs", a.clone() * b.clone()), f("abs", a) * f("abs", b)),
            6 => {
                let n = size("n");
                (sum(&n, |_| a.clone()), n.clone() * a.clone())
            }
            _ => (f("cosh", a.clone()).pow(int(2)) - f("sinh", a).pow(int(2)), int(1)),
        };
        match equal(&l, &r, &Facts::new(&givens(kind)), &mut Fuel::new(200_000)) {
            Equality::Different { difference } => prop_assert!(false, "law {law}\n{l}\n{r}\n{difference}"),
            Equality::Equal { .. } | Equality::Stopped(_) => {}
        }
    }
}

/// Whether expression and form are found equal by the comparison at least.
fn equal_enough(e: &Expr, c: &Canon, facts: &Facts) -> bool {
    !matches!(equal(e, &c.poly.to_expr(), facts, &mut Fuel::new(200_000)), Equality::Different { .. })
}
