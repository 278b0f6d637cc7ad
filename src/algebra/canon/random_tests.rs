//! Random expressions: the canonical form has the value of the expression wherever both exist and what it owes holds.

use proptest::prelude::*;

use super::sampled::{Evaluator, Point, value};
use super::tests::{all, at, at2, bind, f, gt0, index, int, matrix, ratio_of, real, rel, size, sum, vector};
use super::*;
use crate::expr::Binder;

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
                let name = if self.byte().is_multiple_of(2) { "max" } else { "min" };
                Expr::apply(name, vec![self.make(depth - 1), self.make(depth - 1)])
            }
            11..=15 => {
                let binder = if self.byte().is_multiple_of(5) { Binder::Product } else { Binder::Sum };
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
    let raw: Vec<Vec<f64>> = (0..n).map(|_| (0..n).map(|_| next()).collect()).collect();
    let entry = |r: usize, c: usize| if kind % 6 == 3 { raw[r.min(c)][r.max(c)] } else { raw[r][c] };
    let m = (0..n).map(|r| (0..n).map(|c| entry(r, c)).collect()).collect();
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
            if let Ok(c) = canonical_form(&e, &facts, &mut Fuel::new(20_000), assume) {
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

#[test]
fn the_random_comparison_compares_and_can_fail() {
    let mut state = 1u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u8
    };
    let (mut made_forms, mut compared, mut caught) = (0, 0, 0);
    for _ in 0..200 {
        let bytes: Vec<u8> = (0..48).map(|_| next()).collect();
        let raws: Vec<Vec<i8>> = (0..9).map(|_| (0..24).map(|_| (next() % 9) as i8 - 4).collect()).collect();
        let (e, kind) = (made(&bytes, 4), next());
        let Ok(c) = canonical(&e, &Facts::new(&givens(kind)), &mut Fuel::default()) else { continue };
        made_forms += 1;
        let form = c.poly.to_expr();
        let points = agree(&e, &form, c.conditions(), kind, &raws).unwrap();
        compared += usize::from(points > 0);
        let off = form + ratio_of(1, 100) * real("x").pow(int(2)) + ratio_of(1, 50);
        caught += usize::from(points > 0 && agree(&e, &off, c.conditions(), kind, &raws).is_err());
    }
    assert!(made_forms > 180 && compared > 120 && caught * 10 > compared * 9, "{made_forms} {compared} {caught}");
}

/// Whether expression and form are found equal by the comparison at least.
fn equal_enough(e: &Expr, c: &Canon, facts: &Facts) -> bool {
    !matches!(equal(e, &c.poly.to_expr(), facts, &mut Fuel::new(200_000)), Equality::Different { .. })
}
