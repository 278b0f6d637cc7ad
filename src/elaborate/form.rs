//! What an equation can be by its form alone: a law, something about numbers, a curve.

use crate::algebra::eval::{Env, Point, evaluate};
use crate::expr::{Binder, Expr, Node, fun};
use crate::num::Rational;

/// Whether two sides are about numbers alone: there is nothing that they could restrict.
pub(super) fn is_of_numbers(left: &Expr, right: &Expr) -> bool {
    let number = |e: &Expr| {
        !e.has_opaque() && !e.any(&mut |x| matches!(x.node(), Node::Call(..) | Node::Sym(_) | Node::Array { .. }))
    };
    let reckoned = |e: &Expr| matches!(e.node(), Node::App(..) | Node::Bind { .. });
    number(left) && number(right) && (reckoned(left) || reckoned(right))
}

/// Whether two sides make a law by their form.
///
/// The right side has no letter that the left has not, and no function of which nothing is known. The left side is
/// - a derivative, a sum, a product or an integral of something that is written out,
/// - a function of something composed, and the right side has the same function: `\sqrt{ab}` and `\sqrt a \sqrt b`,
/// - or a power or a product of sums stands on one side, and both are of the same degree in the letters: `(a + b)^2` and
///   `a^2 + b^2`.
pub(super) fn is_law(left: &Expr, right: &Expr) -> bool {
    let letters = left.symbols();
    let written_out = |e: &Expr| {
        !e.has_opaque() && !e.any(&mut |x| matches!(x.node(), Node::Call(..)) || x.as_app(fun::INDEX).is_some())
    };
    let own = right.symbols();
    if own.is_empty() || !own.is_subset(&letters) || left.has_opaque() || right.has_opaque() || left == right {
        return false;
    }
    match left.node() {
        Node::Bind { binder: Binder::Derivative, body, .. } => {
            written_out(body) && written_out(right) && body.as_symbol().is_none()
        }
        Node::Bind { binder: Binder::Sum | Binder::Product | Binder::Integral, body, .. } => {
            written_out(body) && written_out(right)
        }
        Node::App(..) => repeats(left, right) || own == letters && works_out(left, right),
        _ => false,
    }
}

/// Whether an equation between numbers is a law by its form, either way around.
pub(super) fn is_law_of_numbers(relation: &Expr) -> bool {
    let Some([left, right]) = relation.as_app(fun::EQ) else { return false };
    let numbers = left.symbols().iter().chain(&right.symbols()).all(|s| s.sort.is_scalar());
    // How far a sum or an integral goes may have been said.
    let ranges =
        |e: &Expr| e.any(&mut |x| matches!(x.node(), Node::Bind { binder, .. } if *binder != Binder::Derivative));
    // So may be what else a derivative holds constant.
    let alone = |e: &Expr| !matches!(e.node(), Node::Bind { .. }) || e.symbols().len() == 1;
    let law = |a: &Expr, b: &Expr| alone(a) && is_law(a, b);
    numbers && !ranges(relation) && (law(left, right) || law(right, left))
}

/// Whether both sides are of one degree in several letters, and a sum stands in a product or a power.
fn works_out(left: &Expr, right: &Expr) -> bool {
    let of_sum = |x: &Expr| match x.node() {
        Node::App(f, args) if matches!(f.name, fun::MUL | fun::POW | "sqrt") => {
            args.iter().any(|a| a.as_app(fun::ADD).is_some())
        }
        _ => false,
    };
    let several = left.symbols().len() > 1;
    let alike = degree(left).is_some_and(|d| d != 0 && degree(right) == Some(d));
    several && alike && [left, right].iter().any(|side| side.any(&mut |x| of_sum(x)))
}

/// Whether an equation of several letters may say where these lie: both sides are made of numbers, letters and elementary
/// functions, and it is no law. So may one between members of a family at different places, and one of one letter which one
/// side has in a function that undoes nothing of the other.
pub(super) fn is_curve(left: &Expr, right: &Expr) -> bool {
    let mut letters = left.symbols();
    letters.extend(right.symbols());
    let both = !left.symbols().is_empty() && !right.symbols().is_empty();
    let law = is_law(left, right)
        || is_law(right, left)
        || repeats(left, right)
        || repeats(right, left)
        || shares(left, right);
    let elementary = is_elementary(left) && is_elementary(right) && !is_constant(&(left.clone() - right.clone()));
    both && (elementary && (letters.len() > 1 && !law || letters.len() == 1 && !law && is_transcendental(left, right))
        || links_members(left, right))
}

/// Whether it has one value at two points, as far as rounding shows: then nothing meets its being 0.
fn is_constant(e: &Expr) -> bool {
    let at = |values: &[i64]| {
        let letters = e.symbols().into_iter().zip(values.iter().cycle());
        let written = letters.fold(e.clone(), |e, (s, v)| e.substituted(&s, &Expr::int(*v)));
        evaluate::<f64>(&written, &Env::at(&Point::new()), &mut FUEL.clone()).scalar().copied()
    };
    match (at(&[3, 7, 2, 5]), at(&[11, 4, 9, 6])) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(1.0),
        _ => false,
    }
}

/// Fuel for one evaluation.
const FUEL: u64 = 10_000;

/// Whether one side has the letter in an exponent, a logarithm or an angle, and the other has not.
fn is_transcendental(left: &Expr, right: &Expr) -> bool {
    let own = |e: &Expr| {
        e.any(&mut |x| match x.node() {
            Node::App(f, args) if f.name == fun::POW => args.get(1).is_some_and(|n| !n.symbols().is_empty()),
            Node::App(f, _) => matches!(f.name, "exp" | "log" | "sin" | "cos" | "tan"),
            _ => false,
        })
    };
    own(left) != own(right)
}

/// Whether a family stands at a place that is no bound one on one side, and at other places on the other.
fn links_members(left: &Expr, right: &Expr) -> bool {
    // Sums of differences work out to ends.
    let reckoned = |e: &Expr| {
        e.any(&mut |x| match x.node() {
            Node::Bind { body, .. } => body.as_app(fun::INDEX).is_none(),
            _ => false,
        })
    };
    if reckoned(left) || reckoned(right) {
        return false;
    }
    let places = |e: &Expr| {
        let mut found: std::collections::BTreeSet<Expr> = std::collections::BTreeSet::new();
        e.any(&mut |x| {
            if x.as_app(fun::INDEX).is_some() && x.sort().is_scalar() {
                found.insert(x.clone());
            }
            false
        });
        found
    };
    let (a, b) = (places(left), places(right));
    let array = |x: &Expr| x.as_app(fun::INDEX).and_then(<[Expr]>::first).cloned();
    let free = |x: &&Expr| {
        x.is_closed() && x.as_app(fun::INDEX).is_some_and(|p| p.iter().skip(1).any(|i| i.as_num().is_none()))
    };
    let linked = |from: &std::collections::BTreeSet<Expr>, to: &std::collections::BTreeSet<Expr>| {
        from.iter().filter(free).any(|x| to.iter().any(|y| y != x && array(y) == array(x)) && !to.contains(x))
    };
    linked(&a, &b) || linked(&b, &a)
}

/// Whether it is made of numbers, letters, members of families and elementary functions.
fn is_elementary(e: &Expr) -> bool {
    match e.node() {
        Node::Num(_) => true,
        Node::Sym(s) => s.sort.is_scalar(),
        Node::App(f, args) if f.name == fun::INDEX => e.sort().is_scalar() && args.iter().skip(1).all(is_elementary),
        Node::App(f, args) => {
            let plain = matches!(
                f.name,
                fun::ADD | fun::MUL | fun::POW | "exp" | "log" | "sqrt" | "sin" | "cos" | "tan" | "pi" | "delta"
            );
            plain && args.iter().all(is_elementary)
        }
        _ => false,
    }
}

/// Whether a function of something composed stands on one side, and the function on the other.
fn shares(left: &Expr, right: &Expr) -> bool {
    let heads = |e: &Expr, composed: bool| {
        let mut found = vec![];
        e.any(&mut |x| {
            if let Node::App(f, args) = x.node()
                && DISTRIBUTE.contains(&f.name)
                && (!composed || args.iter().any(|a| matches!(a.node(), Node::App(..))))
            {
                found.push(f.name);
            }
            false
        });
        found
    };
    let meet = |a: &Expr, b: &Expr| heads(a, true).iter().any(|f| heads(b, false).contains(f));
    meet(left, right) || meet(right, left)
}

/// Functions of composed arguments that work out to the same function of the parts.
const DISTRIBUTE: &[&str] =
    &["log", "exp", "det", "trace", "transpose", "inverse", "factorial", "binomial", "sin", "cos", "tan"];

/// Whether the right side has the function whose value at something composed the left side is.
fn repeats(left: &Expr, right: &Expr) -> bool {
    let Node::App(f, args) = left.node() else { return false };
    let composed = |e: &Expr| matches!(e.node(), Node::App(g, _) if g.name != fun::INDEX);
    let matrices = args.iter().any(|a| !a.sort().sizes().is_empty());
    let several = left.symbols().len() > 1;
    let own = left.symbols() == right.symbols();
    own && args.iter().any(composed)
        && (several || matrices)
        && (DISTRIBUTE.contains(&f.name) && right.any(&mut |x| matches!(x.node(), Node::App(g, _) if g == f))
            || f.name == fun::POW && root(left).is_some() && right.any(&mut |x| root(x) == root(left)))
}

/// The exponent of a root or a reciprocal of something that is no number.
fn root(e: &Expr) -> Option<Expr> {
    let [base, exponent] = e.as_app(fun::POW)? else { return None };
    let proper = exponent.as_num().is_some_and(|q| !q.is_integer() || *q < Rational::from(0));
    (proper && !base.symbols().is_empty()).then(|| exponent.clone())
}

/// Twice the degree of sums, products, powers and roots of letters, if all terms have the same; functions have none.
fn degree(e: &Expr) -> Option<i64> {
    match e.node() {
        Node::Num(_) => (e.as_int() != Some(0)).then_some(0),
        Node::Sym(s) => s.sort.is_scalar().then_some(2),
        Node::App(f, args) => match (f.name, args.as_slice()) {
            (fun::ADD, [first, rest @ ..]) => {
                let all = degree(first)?;
                rest.iter().all(|x| degree(x) == Some(all)).then_some(all)
            }
            (fun::MUL, parts) => parts.iter().map(degree).sum(),
            (fun::POW, [base, exponent]) => {
                let halves = exponent.as_num().map(|q| q.clone() + q.clone()).and_then(|q| q.to_i64())?;
                Some(degree(base)?.checked_mul(halves)? / 2)
            }
            ("sqrt", [base]) => Some(degree(base)? / 2),
            ("sin" | "cos" | "tan", _) => Some(0),
            _ => None,
        },
        _ => None,
    }
}
