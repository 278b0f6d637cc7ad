//! Expressions of scalars as flat programs that run over columns of points, a block of points at a time.
//!
//! Shared subexpressions are computed once, for expressions are hash-consed. Logarithms and quotients of sums of
//! exponentials are computed in the stable form m + log Σ exp(xₖ − m), m = max xₖ. Results are floats: good for
//! looking, evidence of nothing. They are the same bits on every machine ([`crate::num::batch`]).

use crate::expr::{Expr, Memo, Node, fun};
use crate::num::{Number, batch};

/// Points of a block: a column of it fits the fastest cache many times.
const BLOCK: usize = 64;

/// Longest program.
const STEPS: usize = 4_096;

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Place {
    Column(usize),
    Step(usize),
}

/// What a step computes of all points of a block.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    Constant(f64),
    Sum(Vec<Place>),
    Product(Vec<Place>),
    Scaled(f64, Place),
    Reciprocal(Place),
    Root(Place),
    Magnitude(Place),
    Greatest(Vec<Place>),
    Least(Vec<Place>),
    Exp(Place),
    Log(Place),
    LogSumExp(Vec<Place>),
}

/// A compiled expression.
#[derive(Clone, Debug)]
pub struct Program {
    steps: Vec<Step>,
    value: Place,
    columns: usize,
}

impl Program {
    /// The program of a scalar expression; column `k` holds the values of `inputs[k]`, a symbol or an entry. `None` for
    /// what has functions or symbols that no program knows.
    pub fn new(e: &Expr, inputs: &[Expr]) -> Option<Program> {
        let known = inputs.iter().enumerate().map(|(k, e)| (e.clone(), Place::Column(k))).collect();
        let mut compiler = Compiler { steps: vec![], known };
        let value = compiler.place(e)?;
        Some(Program { steps: compiler.steps, value, columns: inputs.len() })
    }

    /// The values at all points, as many as the shortest column has; NaN where there is none.
    pub fn run(&self, columns: &[&[f64]], out: &mut Vec<f64>) {
        out.clear();
        let count = columns.iter().map(|c| c.len()).min().unwrap_or(0);
        if columns.len() != self.columns {
            return;
        }
        out.resize(count, f64::NAN);
        pulp::Arch::new().dispatch(Run { program: self, columns, out });
    }
}

/// A program and its columns, run with the vector instructions that the machine has: all below is inlined into it.
struct Run<'a> {
    program: &'a Program,
    columns: &'a [&'a [f64]],
    out: &'a mut [f64],
}

impl pulp::NullaryFnOnce for Run<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Run { program, columns, out } = self;
        let mut registers = vec![[0.0; BLOCK]; program.steps.len()];
        let mut inputs = vec![[0.0; BLOCK]; columns.len()];
        for (at, block) in out.chunks_mut(BLOCK).enumerate() {
            for (input, column) in inputs.iter_mut().zip(columns) {
                let from = column.get(at * BLOCK..).unwrap_or(&[]);
                input.iter_mut().zip(from).for_each(|(x, y)| *x = *y);
            }
            for (k, step) in program.steps.iter().enumerate() {
                let (before, rest) = registers.split_at_mut(k);
                if let Some(target) = rest.first_mut() {
                    run_step(step, &Known { inputs: &inputs, before }, target);
                }
            }
            let known = Known { inputs: &inputs, before: &registers };
            block.iter_mut().zip(known.at(program.value)).for_each(|(x, y)| *x = *y);
        }
    }
}

type Block = [f64; BLOCK];

/// What is computed so far of a block.
struct Known<'a> {
    inputs: &'a [Block],
    before: &'a [Block],
}

impl Known<'_> {
    #[inline(always)]
    fn at(&self, place: Place) -> &Block {
        const NOTHING: Block = [f64::NAN; BLOCK];
        let found = match place {
            Place::Column(k) => self.inputs.get(k),
            Place::Step(k) => self.before.get(k),
        };
        found.unwrap_or(&NOTHING)
    }

    /// All values folded, the first one first.
    #[inline(always)]
    fn fold(&self, places: &[Place], target: &mut Block, f: impl Fn(f64, f64) -> f64) {
        if let Some((first, rest)) = places.split_first() {
            target.copy_from_slice(self.at(*first));
            for place in rest {
                target.iter_mut().zip(self.at(*place)).for_each(|(x, y)| *x = f(*x, *y));
            }
        }
    }

    #[inline(always)]
    fn map(&self, place: Place, target: &mut Block, f: impl Fn(f64) -> f64) {
        target.iter_mut().zip(self.at(place)).for_each(|(x, y)| *x = f(*y));
    }
}

/// NaN stays, whichever side it is on.
#[inline(always)]
fn larger(x: f64, y: f64) -> f64 {
    if x > y || x.is_nan() { x } else { y }
}

#[inline(always)]
fn run_step(step: &Step, known: &Known, target: &mut Block) {
    match step {
        Step::Constant(c) => target.fill(*c),
        Step::Sum(places) => known.fold(places, target, |x, y| x + y),
        Step::Product(places) => known.fold(places, target, |x, y| x * y),
        Step::Scaled(c, place) => known.map(*place, target, |x| c * x),
        // 1/0 has no value.
        Step::Reciprocal(place) => known.map(*place, target, |x| if x == 0.0 { f64::NAN } else { 1.0 / x }),
        Step::Root(place) => known.map(*place, target, f64::sqrt),
        Step::Magnitude(place) => known.map(*place, target, f64::abs),
        Step::Greatest(places) => known.fold(places, target, larger),
        Step::Least(places) => known.fold(places, target, |x, y| -larger(-x, -y)),
        Step::Exp(place) => known.map(*place, target, batch::exp),
        Step::Log(place) => known.map(*place, target, batch::ln),
        Step::LogSumExp(places) => {
            let mut greatest = [0.0; BLOCK];
            known.fold(places, &mut greatest, larger);
            target.fill(0.0);
            for place in places {
                let shifted = known.at(*place).iter().zip(&greatest);
                target.iter_mut().zip(shifted).for_each(|(sum, (x, m))| *sum += batch::exp_at_most_one(x - m));
            }
            target.iter_mut().zip(&greatest).for_each(|(sum, m)| *sum = m + batch::ln(*sum));
        }
    }
}

/// Makes steps of an expression.
struct Compiler {
    steps: Vec<Step>,
    known: Memo<Expr, Place>,
}

impl Compiler {
    fn step(&mut self, step: Step) -> Option<Place> {
        if self.steps.len() >= STEPS {
            return None;
        }
        self.steps.push(step);
        Some(Place::Step(self.steps.len() - 1))
    }

    fn places(&mut self, args: &[Expr]) -> Option<Vec<Place>> {
        args.iter().map(|a| self.place(a)).collect()
    }

    fn place(&mut self, e: &Expr) -> Option<Place> {
        if let Some(known) = self.known.get(e) {
            return Some(*known);
        }
        let place = match e.node() {
            Node::Num(q) => self.step(Step::Constant(f64::from_rational(q)))?,
            Node::App(f, args) => self.application(f.name, args)?,
            _ => return None,
        };
        self.known.insert(e.clone(), place);
        Some(place)
    }

    fn application(&mut self, name: &str, args: &[Expr]) -> Option<Place> {
        let step = match (name, args) {
            (fun::ADD, _) => Step::Sum(self.places(args)?),
            (fun::MUL, _) => return self.product(args),
            (fun::POW, [base, exponent]) => return self.power(base, exponent),
            ("sqrt", [x]) => Step::Root(self.place(x)?),
            ("abs", [x]) => Step::Magnitude(self.place(x)?),
            ("max", [_, _, ..]) => Step::Greatest(self.places(args)?),
            ("min", [_, _, ..]) => Step::Least(self.places(args)?),
            ("exp", [x]) => Step::Exp(self.place(x)?),
            ("log", [x]) => match self.logarithm(x) {
                Some(place) => return Some(place),
                None => Step::Log(self.place(x)?),
            },
            _ => return None,
        };
        self.step(step)
    }

    /// Where a sum of exponentials divides, the exponentials above it and it are one exponential.
    fn product(&mut self, args: &[Expr]) -> Option<Place> {
        let divides = |a: &Expr| matches!(a.as_app(fun::POW), Some([b, n]) if is_sum_of_exponentials(b) && n.as_num().is_some_and(|q| q.numer_is_negative()));
        let together = |a: &Expr| divides(a) || a.as_app("exp").is_some();
        let (exponentials, others): (Vec<Expr>, Vec<Expr>) = match args.iter().any(divides) {
            true => args.iter().cloned().partition(together),
            false => (vec![], args.to_vec()),
        };
        let (numbers, others): (Vec<Expr>, Vec<Expr>) = others.into_iter().partition(|a| a.as_num().is_some());
        let factor = numbers.iter().filter_map(Expr::as_num).map(f64::from_rational).product::<f64>();
        let mut places = self.places(&others)?;
        if !exponentials.is_empty() {
            let logs = exponentials.iter().map(|a| self.logarithm(a)).collect::<Option<Vec<_>>>()?;
            let sum = self.step(Step::Sum(logs))?;
            places.push(self.step(Step::Exp(sum))?);
        }
        let product = match places.as_slice() {
            [] => self.step(Step::Constant(1.0))?,
            [one] => *one,
            _ => self.step(Step::Product(places))?,
        };
        if numbers.is_empty() { Some(product) } else { self.step(Step::Scaled(factor, product)) }
    }

    /// Integer powers by squaring.
    fn power(&mut self, base: &Expr, exponent: &Expr) -> Option<Place> {
        let n = exponent.as_int().filter(|n| n.unsigned_abs() <= 64)?;
        let base = self.place(base)?;
        let mut square = if n < 0 { self.step(Step::Reciprocal(base))? } else { base };
        let mut left = n.unsigned_abs();
        let mut factors = vec![];
        while left > 0 {
            if left & 1 == 1 {
                factors.push(square);
            }
            left >>= 1;
            if left > 0 {
                square = self.step(Step::Product(vec![square, square]))?;
            }
        }
        match factors.as_slice() {
            [] => self.step(Step::Constant(1.0)),
            [one] => Some(*one),
            _ => self.step(Step::Product(factors)),
        }
    }

    /// The logarithm of what is positive because exponentials are, without computing it itself.
    fn logarithm(&mut self, e: &Expr) -> Option<Place> {
        match e.node() {
            Node::App(f, args) => match (f.name, args.as_slice()) {
                ("exp", [x]) => self.place(x),
                (fun::ADD, _) if is_sum_of_exponentials(e) => {
                    let exponents = args.iter().map(|a| self.logarithm(a)).collect::<Option<Vec<_>>>()?;
                    self.step(Step::LogSumExp(exponents))
                }
                (fun::MUL, _) => {
                    let logs = args.iter().map(|a| self.logarithm(a)).collect::<Option<Vec<_>>>()?;
                    self.step(Step::Sum(logs))
                }
                (fun::POW, [base, n]) => {
                    let n = f64::from_rational(n.as_num()?);
                    let log = self.logarithm(base)?;
                    self.step(Step::Scaled(n, log))
                }
                _ => None,
            },
            Node::Num(q) if *q == 1.into() => self.step(Step::Constant(0.0)),
            _ => None,
        }
    }
}

/// Σ e^{xₖ}; 1 = e⁰ may be among the terms.
fn is_sum_of_exponentials(e: &Expr) -> bool {
    let one = |a: &Expr| a.as_app("exp").is_some() || a.as_int() == Some(1);
    e.as_app(fun::ADD).is_some_and(|args| args.len() > 1 && args.iter().all(one))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algebra::eval::{Env, Value, evaluate};
    use crate::expr::{Sort, Symbol};

    fn logits(count: usize) -> Vec<Expr> {
        (1..=count).map(|k| Expr::sym(Symbol::new(&format!("s_{k}"), Sort::Real))).collect()
    }

    fn of_exp(name: &str, x: Expr) -> Expr {
        Expr::apply(name, vec![x])
    }

    /// Softmax cross entropy with the first class right.
    fn loss(s: &[Expr]) -> Expr {
        let total = Expr::apply(fun::ADD, s.iter().map(|x| of_exp("exp", x.clone())).collect());
        let share = of_exp("exp", s[0].clone()) * total.pow(Expr::int(-1));
        -of_exp("log", share)
    }

    #[test]
    fn a_program_gives_what_evaluation_gives() {
        let s = logits(3);
        let [a, b, c] = [s[0].clone(), s[1].clone(), s[2].clone()];
        let all = [
            loss(&s),
            of_exp("exp", a.clone())
                * Expr::apply(fun::ADD, s.iter().map(|x| of_exp("exp", x.clone())).collect()).pow(Expr::int(-1)),
            a.clone() * b.clone() + c.clone().pow(Expr::int(3)) - Expr::int(2),
            of_exp("sqrt", of_exp("abs", a.clone())) * b.pow(Expr::int(-2)),
            Expr::apply("max", s.clone()) - Expr::apply("min", s.clone()),
            of_exp("log", Expr::int(1) + of_exp("exp", -a)),
        ];
        let points: Vec<Vec<f64>> =
            (0..200).map(|i| (0..3).map(|k| f64::from((i * 7 + k * 3) % 23) / 3.0 - 3.5).collect()).collect();
        let columns: Vec<Vec<f64>> = (0..3).map(|k| points.iter().map(|p| p[k]).collect()).collect();
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        for e in all {
            let program = Program::new(&e, &s).unwrap_or_else(|| panic!("{e} has no program"));
            let mut out = vec![];
            program.run(&columns, &mut out);
            for (point, found) in points.iter().zip(out) {
                let mut env = Env::<f64>::at(&crate::algebra::eval::Point::new());
                for (name, x) in s.iter().zip(point) {
                    env = env.with(name.as_symbol().unwrap(), Value::Scalar(*x));
                }
                let wanted = evaluate(&e, &env, &mut 10_000).scalar().copied().unwrap_or(f64::NAN);
                let close = (found - wanted).abs() <= 1e-13 * wanted.abs().max(1.0);
                assert!(close || found.is_nan() && wanted.is_nan(), "{e} at {point:?}: {found} and not {wanted}");
            }
        }
    }

    #[test]
    fn large_logits_do_not_overflow() {
        let s = logits(2);
        let program = Program::new(&loss(&s), &s).unwrap();
        let mut out = vec![];
        program.run(&[&[1e4, -1e4, 0.0], &[0.0, 1e4, 0.0]], &mut out);
        assert_eq!(out, [0.0, 2e4, std::f64::consts::LN_2]);
    }

    #[test]
    fn what_no_program_knows_has_none() {
        let s = logits(1);
        assert!(Program::new(&of_exp("erf", s[0].clone()), &s).is_none());
        assert!(Program::new(&s[0], &[]).is_none());
    }
}
