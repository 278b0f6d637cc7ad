//! Equations between moments that hold for special random variables only: `Var(X) = E[X]² − E[X²]`.

use super::{Contradiction, same};
use crate::algebra::eval::{Array, Env, Point, PointValue, evaluate};
use crate::algebra::moment::{has_moments, inside_and_outside, on_finite_space};
use crate::claim::{Claim, Statement, Verdict};
use crate::engine::sample::{Problem, search};
use crate::expr::{Expr, Node, Symbol, fun};
use crate::num::{Minus, Rational, short};
use crate::verdict::Judgement;

/// Points to try.
const CASES: usize = 16;
/// Most random variables of one equation.
const VARIABLES: usize = 3;
/// Fuel for one evaluation.
const FUEL: u64 = 20_000;

/// Where an equation of moments fails that has the same symbols on both sides; where it holds for all that are centred, or
/// independent, it may be a condition on them.
pub(super) fn contradiction(s: &Statement, j: &Judgement) -> Option<Contradiction> {
    let claim = s.claim.as_ref().filter(|c| has_moments(&c.unfolded) && c.definitions.is_empty())?;
    let [left, right] = claim.unfolded.as_app(fun::EQ)? else { return None };
    let bare = |e: &Expr| !matches!(e.node(), Node::App(..));
    let names = |e: &Expr| e.symbols().into_iter().map(|s| s.name).collect::<std::collections::BTreeSet<_>>();
    if names(left) != names(right) || bare(left) || bare(right) || !j.used.is_empty() {
        return None;
    }
    of_one(claim, j).or_else(|| of_all(left, right))
}

/// Of one random variable, and no constants.
fn of_one(claim: &Claim, j: &Judgement) -> Option<Contradiction> {
    let (random, _) = inside_and_outside(&claim.unfolded);
    let mut scalars = random.iter().filter(|s| s.sort.is_scalar());
    let (x, None) = (scalars.next()?, scalars.next()) else { return None };
    if random.len() != 1 || j.verdict == Verdict::None {
        return None;
    }
    let x = Expr::sym(x.clone());
    let centred = x.clone() - Expr::apply("expectation", vec![x.clone()]);
    let of_centred = claim.unfolded.substituted(x.as_symbol()?, &centred);
    let (on_space, givens) = on_finite_space(&of_centred, &[]);
    let found = search(&Problem { cases: CASES, ..Problem::new(&on_space, &givens) });
    found.counterexample.filter(|c| !c.degenerate)?;
    let shown = j.counterexample.as_ref().or(j.fails_at.as_ref())?;
    let point = shown.at.iter().map(|(n, v)| format!("{n} = {v}")).collect::<Vec<_>>().join(", ");
    Some(Contradiction { object: None, point, found: shown.right.clone(), value: shown.left.clone() })
}

/// Of any random variables: the left side is a moment of something composed, or a variance or a covariance that the right
/// side gives by second moments. It fails for dependent ones, and for all kinds that notes assume silently.
fn of_all(left: &Expr, right: &Expr) -> Option<Contradiction> {
    let (inside, _) = inside_and_outside(&(left.clone() + right.clone()));
    let random: Vec<Symbol> = inside.iter().filter(|s| is_random(s)).cloned().collect();
    let all = left.symbols();
    let numbers = all.iter().all(|s| s.sort.is_scalar()) && (1..=VARIABLES).contains(&random.len());
    if !numbers || !(is_composed(left) && all.len() > 1 || is_spread(left) && has_second(right)) {
        return None;
    }
    let mean = |x: &Expr| x.as_app("expectation").is_some_and(|a| matches!(a, [x] if x.as_symbol().is_some()));
    let writes_means = right.any(&mut |x| mean(x));
    let mut shown = None;
    for space in spaces(random.len(), !writes_means) {
        let at = |e: &Expr| space.value(e, &random, &all.iter().cloned().collect::<Vec<_>>());
        let (a, b) = (at(left)?, at(right)?);
        match same(a, b) {
            // Nothing is said by what vanishes on both sides.
            true if a == 0.0 => {}
            true => return None,
            false => shown = shown.or(Some((space.to_string(&random), a, b))),
        }
    }
    let (point, a, b) = shown?;
    Some(Contradiction { object: None, point, found: short(b, Minus::Unicode), value: short(a, Minus::Unicode) })
}

/// Whether a name is one of a random variable, which is a capital letter.
fn is_random(s: &Symbol) -> bool {
    matches!(s.name.as_ref(), "X" | "Y" | "Z" | "U" | "V" | "W") && s.sort.is_scalar()
}

/// A moment of something that is put together.
fn is_composed(e: &Expr) -> bool {
    let composed = |x: &Expr| matches!(x.node(), Node::App(f, _) if f.name != fun::INDEX);
    ["expectation", "variance", "covariance"].iter().filter_map(|m| e.as_app(m)).flatten().any(composed)
}

/// A variance or a covariance.
fn is_spread(e: &Expr) -> bool {
    e.as_app("variance").is_some() || e.as_app("covariance").is_some()
}

/// Whether the mean of a square or a product stands in it.
fn has_second(e: &Expr) -> bool {
    let second = |x: &Expr| matches!(x.node(), Node::App(f, _) if matches!(f.name, fun::POW | fun::MUL));
    e.any(&mut |x| x.as_app("expectation").is_some_and(|a| a.iter().any(second)))
}

/// Random variables on finitely many outcomes.
struct Space {
    weights: Vec<Rational>,
    /// The values of each variable.
    values: Vec<Vec<Rational>>,
}

impl Space {
    /// Variables that are independent, each with two values and the weight of the first.
    fn independent(each: &[(i64, i64, Rational)]) -> Space {
        let mut space = Space { weights: vec![Rational::from(1)], values: vec![] };
        for (a, b, w) in each {
            let other = Rational::from(1) - w.clone();
            let twice = |list: &[Rational]| [list, list].concat();
            let count = space.weights.len();
            let (first, second): (Vec<_>, Vec<_>) =
                space.weights.iter().map(|v| (v.clone() * w.clone(), v.clone() * other.clone())).unzip();
            space.weights = [first, second].concat();
            space.values.iter_mut().for_each(|v| *v = twice(v));
            space.values.push([vec![Rational::from(*a); count], vec![Rational::from(*b); count]].concat());
        }
        space
    }

    fn mean(&self, values: &[Rational]) -> Rational {
        let parts = self.weights.iter().zip(values).map(|(w, v)| w.clone() * v.clone());
        parts.fold(Rational::from(0), |a, b| a + b)
    }

    /// The same with means 0.
    fn centred(mut self) -> Space {
        let means: Vec<Rational> = self.values.iter().map(|v| self.mean(v)).collect();
        for (values, mean) in self.values.iter_mut().zip(means) {
            values.iter_mut().for_each(|v| *v = v.clone() - mean.clone());
        }
        self
    }

    /// The value of an expression of moments; its other symbols are constants.
    fn value(&self, e: &Expr, random: &[Symbol], all: &[Symbol]) -> Option<f64> {
        let constants = || all.iter().filter(|s| !random.contains(s));
        let given: Vec<Expr> = constants().map(|s| Expr::apply("constant", vec![Expr::sym(s.clone())])).collect();
        let (written, _) = on_finite_space(e, &given);
        let mut point = Point::new();
        for s in written.symbols() {
            let values = match random.iter().position(|x| x.name == s.name) {
                Some(at) => self.values.get(at)?,
                None if s.sort.is_scalar() => continue,
                None => &self.weights,
            };
            point.set(&s, PointValue::Array(Array::vector(values.clone())));
            let size = s.sort.sizes().first().and_then(Expr::as_symbol)?;
            point.set(size, PointValue::Scalar(Rational::from(self.weights.len() as i64)));
        }
        for (s, at) in constants().zip([3, 5, 7, 11, 13, 17]) {
            point.set(s, PointValue::Scalar(Rational::from(at)));
        }
        let number = evaluate::<f64>(&written, &Env::at(&point), &mut FUEL.clone());
        number.scalar().copied().filter(|x| x.is_finite())
    }

    fn to_string(&self, random: &[Symbol]) -> String {
        let list = |v: &[Rational]| v.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let each = random.iter().zip(&self.values).map(|(s, v)| format!("{} = ({})", Expr::sym(s.clone()), list(v)));
        std::iter::once(format!("ℙ = ({})", list(&self.weights))).chain(each).collect::<Vec<_>>().join(", ")
    }
}

/// Dependent variables, and of each kind that notes assume silently: independent, equally distributed, signs, indicators;
/// with means 0 too, where these are not written.
fn spaces(count: usize, centred: bool) -> Vec<Space> {
    let whole = |list: &[i64]| list.iter().copied().map(Rational::from).collect::<Vec<_>>();
    let tenths = [1, 2, 3, 4].iter().filter_map(|n| Rational::new(*n, 10)).collect::<Vec<_>>();
    let part = |a: i64, b: i64| Rational::new(a, b).unwrap_or_else(|| Rational::from(1));
    let dependent = || Space {
        weights: tenths.clone(),
        values: [[1, 3, -2, 5], [2, -1, 4, 3], [5, 2, 7, -3]].iter().take(count).map(|v| whole(v)).collect(),
    };
    let kinds: [[(i64, i64, Rational); VARIABLES]; 4] = [
        [(1, 3, part(1, 3)), (-1, 2, part(1, 4)), (2, 5, part(2, 5))],
        [(1, 4, part(1, 3)), (1, 4, part(1, 3)), (1, 4, part(1, 3))],
        [(-1, 1, part(1, 2)), (-1, 1, part(1, 2)), (-1, 1, part(1, 2))],
        [(0, 1, part(1, 3)), (0, 1, part(1, 4)), (0, 1, part(2, 5))],
    ];
    let independent = |k: &[(i64, i64, Rational); VARIABLES]| Space::independent(k.get(..count).unwrap_or(k));
    // Signs have means 0.
    let kinds: Vec<_> = kinds.iter().enumerate().filter(|(at, _)| centred || *at != 2).map(|(_, k)| k).collect();
    let mut all = vec![dependent()];
    all.extend(kinds.iter().map(|k| independent(k)));
    if centred {
        all.push(dependent().centred());
        all.extend(kinds.iter().map(|k| independent(k).centred()));
    }
    all
}
