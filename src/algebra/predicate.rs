//! What is certain about matrices from what is given about them: symmetric, definite, invertible, orthogonal.

use crate::algebra::facts::Facts;
use crate::algebra::moment::is_constant;
use crate::algebra::regroup::{factors, is_square, regroup};
use crate::algebra::sign::holds;
use crate::expr::{Expr, Node, fun};

/// Deepest nesting that is looked into.
const DEPTH: u32 = 24;

/// Whether a condition certainly follows from what is given: a predicate of matrices by the laws below, everything
/// else by its sign. Where nothing is known the answer is no.
///
/// Products and inverses of invertible matrices are invertible, and so are the factors of an invertible product of
/// square matrices (`det AB = det A det B`); positive definite and orthogonal matrices are invertible; `BᵀB` and
/// `BᵀSB` with `S ⪰ 0` are positive semidefinite; the determinant of a definite matrix is positive; a sum of semidefinite matrices is semidefinite, and definite if one of
/// them is (Horn & Johnson, Matrix Analysis, 0.5, 7.1). A constant in the sense of probability is an expression of
/// symbols that are constants.
pub fn follows(condition: &Expr, given: &[Expr]) -> bool {
    if given.contains(condition) {
        return true;
    }
    let k = Known { given };
    match condition.node() {
        Node::App(f, args) => match (f.name, args.as_slice()) {
            ("and", _) => args.iter().all(|a| follows(a, given)),
            ("invertible", [a]) => k.invertible(a, DEPTH),
            ("constant", [a]) => is_constant(a, given),
            ("symmetric", [a]) => k.symmetric(a),
            ("positive_definite", [a]) => k.definite(a, DEPTH),
            ("positive_semidefinite", [a]) => k.semidefinite(a, DEPTH),
            ("orthogonal", [a]) => k.given("orthogonal", a),
            ("ne", [d, zero]) if zero.as_int() == Some(0) => match d.as_app("det") {
                Some([a]) => k.invertible(a, DEPTH),
                _ => holds(condition, &Facts::new(given)).certainly(),
            },
            ("gt", [d, zero]) if zero.as_int() == Some(0) => match d.as_app("det") {
                Some([a]) => k.definite(a, DEPTH),
                _ => holds(condition, &Facts::new(given)).certainly(),
            },
            _ => holds(condition, &Facts::new(given)).certainly(),
        },
        _ => holds(condition, &Facts::new(given)).certainly(),
    }
}

struct Known<'a> {
    given: &'a [Expr],
}

impl Known<'_> {
    /// Whether this is given of the matrix, whichever way it is bracketed.
    fn given(&self, name: &str, a: &Expr) -> bool {
        let form = regroup(a);
        self.given.iter().any(|g| g.as_app(name).is_some_and(|x| x.first().is_some_and(|x| regroup(x) == form)))
    }

    fn sign(&self, name: &str, c: &Expr) -> bool {
        holds(&Expr::relate(name, c.clone(), Expr::int(0)), &Facts::new(self.given)).certainly()
    }

    fn invertible(&self, a: &Expr, depth: u32) -> bool {
        let Some(depth) = depth.checked_sub(1).filter(|_| is_square(a)) else { return false };
        let a = regroup(a);
        if self.given("invertible", &a) || self.given("orthogonal", &a) || self.definite(&a, depth) {
            return true;
        }
        if self.given.iter().filter_map(nonsingular).any(|m| is_factor(&a, &regroup(m))) {
            return true;
        }
        match a.node() {
            Node::App(f, args) => match (f.name, args.as_slice()) {
                (fun::MUL, _) => {
                    let (scalars, arrays) = factors(&a);
                    !arrays.is_empty()
                        && scalars.iter().all(|c| self.sign("ne", c))
                        && arrays.iter().all(|x| self.invertible(x, depth))
                }
                ("identity", _) => true,
                ("inverse" | "transpose", [x]) => self.invertible(x, depth),
                _ => false,
            },
            _ => false,
        }
    }

    fn symmetric(&self, a: &Expr) -> bool {
        is_square(a) && regroup(&self.transposed(a, DEPTH)) == regroup(a)
    }

    /// The transpose, written with transposes of the smallest parts only.
    fn transposed(&self, a: &Expr, depth: u32) -> Expr {
        let whole = || Expr::apply("transpose", vec![a.clone()]);
        let Some(depth) = depth.checked_sub(1) else { return whole() };
        if a.sort().is_scalar() {
            return a.clone();
        }
        if ["symmetric", "positive_definite", "positive_semidefinite"].iter().any(|p| self.given(p, a)) {
            return a.clone();
        }
        let Node::App(f, args) = a.node() else { return whole() };
        let each = |list: &mut dyn Iterator<Item = &Expr>| {
            Expr::new(Node::App(*f, list.map(|x| self.transposed(x, depth)).collect()))
        };
        match (f.name, args.as_slice()) {
            (fun::ADD, _) => each(&mut args.iter()),
            (fun::MUL, _) => {
                let (mut scalars, arrays) = factors(&regroup(a));
                scalars.extend(arrays.iter().rev().map(|x| self.transposed(x, depth)));
                Expr::new(Node::App(*f, scalars))
            }
            ("transpose", [x]) => x.clone(),
            ("inverse", _) => each(&mut args.iter()),
            ("identity", _) => a.clone(),
            ("diag", [x]) if x.sort().sizes().len() == 1 => a.clone(),
            _ => whole(),
        }
    }

    fn definite(&self, a: &Expr, depth: u32) -> bool {
        let Some(depth) = depth.checked_sub(1).filter(|_| is_square(a)) else { return false };
        if self.given("positive_definite", a) {
            return true;
        }
        match a.node() {
            Node::App(f, args) => match (f.name, args.as_slice()) {
                ("identity", _) => true,
                ("inverse", [x]) => self.definite(x, depth),
                (fun::ADD, _) => {
                    args.iter().any(|x| self.definite(x, depth)) && args.iter().all(|x| self.semidefinite(x, depth))
                }
                (fun::MUL, _) => {
                    let (scalars, arrays) = factors(&regroup(a));
                    matches!(arrays.as_slice(), [x] if self.definite(x, depth))
                        && self.sign("gt", &Expr::apply(fun::MUL, scalars))
                }
                _ => false,
            },
            _ => false,
        }
    }

    fn semidefinite(&self, a: &Expr, depth: u32) -> bool {
        let Some(depth) = depth.checked_sub(1).filter(|_| is_square(a)) else { return false };
        if self.given("positive_semidefinite", a) || self.definite(a, depth) {
            return true;
        }
        match a.node() {
            Node::App(f, args) if f.name == fun::ADD => args.iter().all(|x| self.semidefinite(x, depth)),
            Node::App(f, _) if f.name == fun::MUL => {
                let (scalars, arrays) = factors(&regroup(a));
                let positive = scalars.is_empty() || self.sign("ge", &Expr::apply(fun::MUL, scalars));
                positive && self.gram(&arrays, depth)
            }
            _ => false,
        }
    }

    /// `BᵀB`, or `Bᵀ S B` with a semidefinite `S`; factors from outside in.
    fn gram(&self, arrays: &[Expr], depth: u32) -> bool {
        match arrays {
            [] => true,
            [s] => self.semidefinite(s, depth),
            [first, inner @ .., last] => {
                regroup(&self.transposed(first, DEPTH)) == regroup(last) && self.gram(inner, depth)
            }
        }
    }
}

/// The matrix whose inverse a given says to exist.
fn nonsingular(given: &Expr) -> Option<&Expr> {
    if let Some([m]) = given.as_app("invertible") {
        return Some(m);
    }
    match given.as_app("ne")? {
        [d, zero] if zero.as_int() == Some(0) => d.as_app("det").and_then(<[Expr]>::first),
        _ => None,
    }
}

/// Whether `a` is the matrix, a square factor of it where all factors are square, or what it is the transpose or the
/// inverse of.
fn is_factor(a: &Expr, whole: &Expr) -> bool {
    if a == whole {
        return true;
    }
    if let Some([x]) = whole.as_app("transpose").or_else(|| whole.as_app("inverse")) {
        return is_square(x) && is_factor(a, x);
    }
    let (_, arrays) = factors(whole);
    arrays.len() > 1 && arrays.iter().all(is_square) && arrays.iter().any(|x| is_factor(a, x))
}
