//! Draws: numbers, boxes, expressions, claims that are true and claims that are false.

use rederive::expr::{Expr, Sort, Symbol, fun};

pub use crate::draws::Draw;

impl Draw {
    pub fn new(seed: u64) -> Draw {
        Draw(seed)
    }

    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// Special values, small and large ones, numbers of any size.
    pub fn number(&mut self) -> f64 {
        const SPECIAL: [f64; 16] = [
            0.0,
            1.0,
            -1.0,
            2.0,
            -2.0,
            0.5,
            -0.5,
            1e-300,
            -1e-300,
            1e300,
            -1e300,
            1e-9,
            709.0,
            -745.0,
            std::f64::consts::FRAC_PI_2,
            std::f64::consts::PI,
        ];
        match self.below(4) {
            0 => *self.one_of(&SPECIAL),
            1 => (self.share() - 0.5) * 4.0,
            2 => (self.share() - 0.5) * 60.0,
            _ => (self.share() - 0.5) * 10f64.powf(self.share() * 30.0 - 15.0),
        }
    }

    /// A box and a member of it: a point, a narrow or a wide one.
    pub fn member(&mut self) -> (f64, f64, f64) {
        let x = self.number();
        let width = match self.below(3) {
            0 => 0.0,
            1 => self.share() * 1e-6 * x.abs().max(1e-6),
            _ => self.share() * x.abs().max(1.0) * 4.0,
        };
        let left = self.share();
        (x - width * left, x, x + width * (1.0 - left))
    }
}

pub fn variables() -> [Expr; 2] {
    ["x", "y"].map(|name| Expr::sym(Symbol::new(name, Sort::Real)))
}

fn of(name: &str, x: Expr) -> Expr {
    Expr::apply(name, vec![x])
}

fn half() -> Expr {
    Expr::int(2).pow(Expr::int(-1))
}

/// An expression that has a value for all real x and y.
pub fn expression(draw: &mut Draw, depth: usize) -> Expr {
    let [x, y] = variables();
    if depth == 0 {
        return match draw.below(4) {
            0 => Expr::int(1 + draw.below(4) as i64),
            1 => y,
            _ => x,
        };
    }
    let next = |draw: &mut Draw| expression(draw, depth - 1);
    match draw.below(12) {
        0..=2 => next(draw) + next(draw),
        3..=4 => next(draw) - next(draw),
        5..=7 => next(draw) * next(draw),
        8 => next(draw).pow(Expr::int(2 + draw.below(2) as i64)),
        9 => of("exp", bounded(draw)),
        10 => next(draw) * (Expr::int(1) + next(draw).pow(Expr::int(2))).pow(Expr::int(-1)),
        _ => match draw.below(4) {
            0 => of("sin", bounded(draw)),
            1 => of("cos", bounded(draw)),
            2 => of("log", Expr::int(1) + of("exp", bounded(draw))),
            _ => of("tanh", bounded(draw)),
        },
    }
}

/// A small argument of a function that grows fast.
fn bounded(draw: &mut Draw) -> Expr {
    let [x, y] = variables();
    match draw.below(4) {
        0 => x,
        1 => -y,
        2 => x + y,
        _ => x * half(),
    }
}

/// The same number, written otherwise: each step is an identity of the real numbers.
pub fn rewritten(draw: &mut Draw, e: &Expr, steps: usize) -> Expr {
    (0..steps).fold(e.clone(), |e, _| {
        let f = expression(draw, 1);
        match draw.below(9) {
            0 => e.clone() + f.clone() - f,
            1 => {
                (e.clone() + f.clone()).pow(Expr::int(2)) * half()
                    - e.clone().pow(Expr::int(2)) * half()
                    - f.clone().pow(Expr::int(2)) * half()
                    - e.clone() * f
                    + e
            }
            2 => of("log", of("exp", e)),
            3 => {
                let (s, c) = (of("sin", f.clone()).pow(Expr::int(2)), of("cos", f).pow(Expr::int(2)));
                e * (s + c)
            }
            4 => e * of("exp", f.clone()) * of("exp", -f),
            5 => Expr::int(2) * e.clone() - e,
            6 => {
                let d = Expr::int(1) + f.pow(Expr::int(2));
                e * d.clone() * d.pow(Expr::int(-1))
            }
            7 => -(-e),
            _ => match e.as_app(fun::MUL) {
                // Factors exchanged, and sums multiplied out.
                Some([a, b]) => b.clone() * a.clone(),
                _ => e.clone() * half() + e * half(),
            },
        }
    })
}

/// Another number somewhere: one term, factor, sign or exponent is changed.
pub fn spoilt(draw: &mut Draw, e: &Expr) -> Expr {
    let [x, y] = variables();
    match draw.below(7) {
        0 => e.clone() + Expr::int(1),
        1 => -e.clone(),
        2 => e.clone() * Expr::int(2),
        3 => e.clone() + x,
        4 => e.clone() + x.pow(Expr::int(2)) * y,
        5 => {
            let mut done = false;
            e.transform(&mut |part, _| {
                let hit = !done && part.as_symbol().is_some_and(|s| *s.name == *"x");
                done |= hit;
                hit.then(|| variables()[1].clone())
            })
        }
        _ => {
            let mut done = false;
            e.transform(&mut |part, _| {
                let hit = !done && part.as_int().is_some_and(|n| n > 1);
                done |= hit;
                hit.then(|| Expr::int(part.as_int().unwrap_or(0) + 1))
            })
        }
    }
}
