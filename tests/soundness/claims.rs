//! Claims whose truth nobody knows beforehand: of every function of the table, under givens, defined in places only.

use rederive::expr::{Expr, Sort, Symbol, fun};
use rederive::num::Rational;

use crate::draw::Draw;

/// A claim: a relation, and what may be assumed.
pub struct Drawn {
    pub relation: Expr,
    pub givens: Vec<Expr>,
}

pub fn symbols() -> [Symbol; 3] {
    [Symbol::new("x", Sort::Real), Symbol::new("y", Sort::Real), Symbol::new("n", Sort::Integer)]
}

fn of(name: &str, x: &Expr) -> Expr {
    Expr::apply(name, vec![x.clone()])
}

fn relate(name: &str, a: &Expr, b: &Expr) -> Expr {
    Expr::relate(name, a.clone(), b.clone())
}

/// Givens that leave a place to stand on: signs, ranges, orders, nothing.
fn givens(draw: &mut Draw) -> Vec<Expr> {
    let [x, y, n] = symbols().map(Expr::sym);
    let (zero, one) = (Expr::int(0), Expr::int(1));
    let mut all = match draw.below(9) {
        0 | 1 => vec![],
        2 => vec![relate("gt", &x, &zero)],
        3 => vec![relate("ge", &x, &zero), relate("le", &x, &one)],
        4 => vec![relate("gt", &x, &zero), relate("lt", &x, &one), relate("gt", &y, &zero)],
        5 => vec![relate("ge", &x, &one), relate("ge", &y, &x)],
        6 => vec![relate("ne", &x, &zero), relate("gt", &y, &zero)],
        7 => vec![relate("gt", &x, &zero), relate("gt", &y, &zero)],
        _ => vec![relate("lt", &x, &y)],
    };
    all.push(relate("ge", &n, &one));
    all
}

/// An expression of any rows of the table, whether or not it has values.
pub fn partial(draw: &mut Draw, depth: usize) -> Expr {
    let [x, y, _] = symbols().map(Expr::sym);
    if depth == 0 {
        return match draw.below(6) {
            0 => Expr::int(draw.below(4) as i64),
            1 => Expr::int(-1 - draw.below(2) as i64),
            2 => y,
            _ => x,
        };
    }
    let rows: Vec<(&str, usize)> = fun::rows()
        .filter(|row| row.kernel.is_some() && row.name != fun::DECIMAL)
        .filter_map(|row| Some((row.name, [1, 2].into_iter().find(|n| row.arity.admits(*n))?)))
        .collect();
    let next = |draw: &mut Draw| partial(draw, depth - 1);
    match draw.below(11) {
        0 | 1 => next(draw) + next(draw),
        2 => next(draw) - next(draw),
        3 | 4 => next(draw) * next(draw),
        5 => {
            let (a, b) = (next(draw), next(draw));
            a.over(&b)
        }
        6 => next(draw).pow(Expr::int(draw.below(6) as i64 - 2)),
        7 => {
            let base = next(draw);
            match draw.below(3) {
                // A literal, a number that is none, and any exponent.
                0 => base.pow(Expr::num(Rational::new(1, 2).expect("a fraction"))),
                1 => base.pow(Expr::int(1).over(&Expr::int(2))),
                _ => base.pow(next(draw)),
            }
        }
        _ => {
            let (name, arity) = *draw.one_of(&rows);
            Expr::apply(name, (0..arity).map(|_| next(draw)).collect())
        }
    }
}

/// Laws, each true where its conditions hold; what is drawn is a law or a near miss of one.
fn law(draw: &mut Draw) -> (Expr, Expr, &'static str) {
    let depth = draw.below(2);
    let (a, b) = (partial(draw, depth), partial(draw, depth));
    let (one, two) = (Expr::int(1), Expr::int(2));
    let [_, _, n] = symbols();
    let end = Expr::sym(n.clone());
    let k = Symbol::new("k", Sort::Integer);
    let i = Expr::sym(k.clone());
    let square = |e: &Expr| e.pow(Expr::int(2));
    let apply = |name: &str, args: &[&Expr]| Expr::apply(name, args.iter().map(|a| (*a).clone()).collect());
    let [x, _, _] = symbols().map(Expr::sym);
    match draw.below(44) {
        0 => (of("log", &(a.clone() * b.clone())), of("log", &a) + of("log", &b), "eq"),
        1 => (of("exp", &(a.clone() + b.clone())), of("exp", &a) * of("exp", &b), "eq"),
        2 => (of("log", &square(&a)), two * of("log", &a), "eq"),
        3 => (square(&a).pow(one.over(&Expr::int(2))), of("abs", &a), "eq"),
        4 => (a.over(&b) * b.clone(), a.clone(), "eq"),
        5 => (square(&a) - square(&b), (a.clone() - b.clone()) * (a + b), "eq"),
        6 => (square(&a) + square(&b), two * a * b, "ge"),
        7 => (of("exp", &a), one + a, "ge"),
        8 => (of("log", &a), a - one, "le"),
        9 => (of("abs", &(a.clone() + b.clone())), of("abs", &a) + of("abs", &b), "le"),
        10 => (a.clone() + a.recip(), two, "ge"),
        11 => (square(&of("sin", &a)) + square(&of("cos", &a)), one, "eq"),
        12 => (Expr::sum_over(&k, one.clone(), end.clone(), &i), (end.clone() * (end + one)).over(&two), "eq"),
        13 => {
            let powers = Expr::sum_over(&k, Expr::int(0), end.clone(), &a.pow(i));
            (powers, (one.clone() - a.pow(end + one.clone())).over(&(one - a)), "eq")
        }
        14 => (
            Expr::sum_over(&k, one, end.clone(), &(a.clone() * i.clone())),
            a * Expr::sum_over(&k, Expr::int(1), end, &i),
            "eq",
        ),
        15 => (of("exp", &of("log", &a)), a, "eq"),
        16 => (of("log", &of("exp", &a)), a, "eq"),
        17 => (a.over(&(one.clone() + a.clone())), one.clone() - (one + a).recip(), "eq"),
        18 => (Expr::apply("max", vec![a.clone(), b.clone()]), a, "ge"),
        19 => ((a.clone() + b.clone()).over(&two), (a * b).pow(one.over(&two)), "ge"),
        20 => (square(&a).recip(), Expr::int(0), "gt"),
        21 => (a.pow(b.clone()) * a.pow(-b), one, "eq"),
        22 => (a.pow(b.clone()), of("exp", &(b * of("log", &a))), "eq"),
        23 => (of("log", &a.pow(b.clone())), b * of("log", &a), "eq"),
        24 => (a.pow(b), Expr::int(0), "gt"),
        25 => (apply("min", &[&a, &b]) + apply("max", &[&a, &b]), a + b, "eq"),
        26 => (apply("min", &[&a, &b]), a, "le"),
        27 => (apply("cases", &[&relate("gt", &a, &Expr::int(0)), &a, &-a.clone()]), of("abs", &a), "eq"),
        28 => {
            let two_cases =
                [&relate("gt", &a, &one), &square(&b), &relate("gt", &a, &Expr::int(0)), &one, &of("exp", &a)];
            (apply("cases", &two_cases), Expr::int(0), "ge")
        }
        29 => (of("sign", &-a.clone()), -of("sign", &a), "eq"),
        30 => (of("sign", &(a.clone() * b.clone())), of("sign", &a) * of("sign", &b), "eq"),
        31 => (apply("xlogy", &[&a, &a]), a.clone() - one, "ge"),
        32 => (apply("binomial", &[&end, &two]), (end.clone() * (end - one)).over(&Expr::int(2)), "eq"),
        33 => {
            let (m, j) = (Expr::int(draw.below(6) as i64), Expr::int(draw.below(5) as i64));
            let below = of("factorial", &j) * of("factorial", &(m.clone() - j.clone()));
            (apply("binomial", &[&m, &j]), of("factorial", &m).over(&below), "eq")
        }
        34 => {
            let below = two.clone() * of("factorial", &(end.clone() - two.clone()));
            (apply("binomial", &[&end, &two]), of("factorial", &end).over(&below), "eq")
        }
        35 => (of("factorial", &end), end.clone() * of("factorial", &(end - one)), "eq"),
        36 => (of("gamma", &(end.clone() + one)), of("factorial", &end), "eq"),
        37 => (of("sigmoid", &x) * (one.clone() - of("sigmoid", &x)), one.over(&Expr::int(4)), "le"),
        38 => (of("tanh", &a) * of("tanh", &a), one, "lt"),
        39 => (of("cosh", &x), one, "ge"),
        40 => {
            let [p, q, r] = [0; 3].map(|_| Expr::int(draw.below(5) as i64 - 2));
            (square(&(square(&x) + p * x.clone() + q)), r.clone(), if r.as_int() == Some(0) { "ge" } else { "gt" })
        }
        41 => {
            let t = of(["tanh", "sin", "sigmoid", "exp", "sqrt", "cosh"][draw.below(6)], &x);
            let [p, q] = [0; 2].map(|_| Expr::int(draw.below(5) as i64 - 2));
            (square(&t) + p * t, q, "ge")
        }
        42 => {
            let sum = Expr::sum_over(&k, one.clone(), end.clone(), &apply("binomial", &[&end, &i]));
            (sum, two.pow(end) - one, "eq")
        }
        _ => (of("exp", &a), Expr::int(0), "gt"),
    }
}

/// A claim: a law, a law that was spoilt, or two expressions that have nothing to do with each other.
pub fn drawn(draw: &mut Draw) -> Drawn {
    let givens = givens(draw);
    let (mut left, mut right, mut name) = match draw.below(8) {
        0 => {
            let (a, b) = (partial(draw, 2), partial(draw, 1));
            (a, b, *draw.one_of(&["le", "lt", "ge", "gt", "ne", "eq"]))
        }
        _ => law(draw),
    };
    match draw.below(8) {
        0 => left = left + Expr::int(1),
        1 => right = right.over(&Expr::int(2)),
        2 => left = -left,
        3 => name = *draw.one_of(&["le", "lt", "ge", "gt", "ne", "eq"]),
        4 => (left, right) = (right, left),
        _ => {}
    }
    let relation = relate(name, &left, &right);
    let [x, y, _] = symbols().map(Expr::sym);
    let relation = match draw.below(16) {
        3 => Expr::relate("or", relation, relate("le", &x, &y)),
        4 => Expr::apply("not", vec![relation]),
        5 => {
            let (a, b) = (Expr::int(draw.below(3) as i64 - 1), Expr::int(1 + draw.below(3) as i64));
            let name =
                *draw.one_of(&["open_interval", "closed_interval", "left_open", "right_open", "set", "range_set"]);
            let set = match draw.below(4) {
                0 => Expr::apply(["naturals", "integers", "reals"][draw.below(3)], vec![]),
                _ => Expr::apply(name, vec![a, b]),
            };
            let member = if draw.below(2) == 0 { Expr::sym(symbols()[draw.below(3)].clone()) } else { left };
            Expr::relate("member", member, set)
        }
        0 => Expr::relate("implies", relate("gt", &x, &y), relation),
        1 => Expr::relate("and", relation, relate("ge", &x.pow(Expr::int(2)), &Expr::int(0))),
        2 => {
            let shifted = relate(name, &(left.clone() - right.clone()), &Expr::int(0));
            Expr::relate("iff", relation, shifted)
        }
        _ => relation,
    };
    Drawn { relation, givens }
}
