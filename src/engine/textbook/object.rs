//! Named functions of distributions and numbers, a row each, compared by their values.

use super::{Contradiction, same};
use crate::algebra::eval::{Array, Env, Point, PointValue, evaluate};
use crate::elaborate::named;
use crate::expr::fun::{Fun, by_name};
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};
use crate::num::{Minus, Rational, short};

/// A known object of one or two distributions on finitely many outcomes: what makes sure that it is meant.
struct Object {
    /// Its row in the function table, which has its formula and values.
    function: &'static str,
    /// Names that may be another function's too, beside those of the known objects.
    also: &'static [&'static str],
    /// Words near the formula that say that it is meant, of which one must stand there.
    words: &'static [&'static str],
    /// Words that say that another one is.
    other: &'static [&'static str],
}

const OTHER: &[&str] =
    &["negative", "minus the", "up to sign", "unlike", "wrong", "mistake", "not the", "틀린", "음의"];

const OBJECTS: &[Object] = &[
    Object {
        function: "entropy",
        also: &["S"],
        words: &["entropy", "엔트로피"],
        other: &["cross", "conditional", "relative", "joint", "rényi", "renyi", "tsallis", "differential", "교차"],
    },
    Object {
        function: "cross_entropy",
        also: &["CE"],
        words: &["cross entropy", "cross-entropy", "교차 엔트로피", "교차엔트로피"],
        other: &["conditional", "joint"],
    },
    Object {
        function: "kl",
        also: &["D", "\\text{KL}"],
        words: &["kl", "kullback", "relative entropy", "쿨백"],
        other: &["reverse", "backward", "역방향"],
    },
];

/// Pairs of distributions, in parts of their sums, at which values are compared.
const PAIRS: [(&[i64], &[i64]); 3] = [(&[1, 3], &[1, 1]), (&[1, 4], &[2, 1]), (&[1, 3, 4], &[2, 1, 3])];

/// Fuel for one evaluation.
const FUEL: u64 = 10_000;

/// The object that `left` names, if `right` has other values; a constant factor is a base of the logarithm.
pub(super) fn contradiction(left: &Expr, right: &Expr, words: &str) -> Option<Contradiction> {
    let Node::Call(head, arguments) = left.node() else { return None };
    let said = |list: &[&str]| list.iter().any(|w| words.contains(w));
    let object = OBJECTS.iter().find(|o| {
        let named = named(&head.name, arguments.len()) == Some(o.function) || o.also.contains(&&*head.name);
        named && said(o.words) && !said(o.other) && !said(OTHER)
    });
    match object {
        Some(object) => of_distributions(by_name(object.function)?, arguments, right),
        None => sigmoid(head, arguments, right, words),
    }
}

fn of_distributions(object: Fun, arguments: &[Expr], right: &Expr) -> Option<Contradiction> {
    let mut letters: Vec<Symbol> = vec![];
    weights(right, &mut letters);
    // A value of one case, `H(X) = 0`, says nothing of the object.
    if letters.is_empty() {
        return None;
    }
    let letters = in_order(&letters, arguments).filter(|_| object.arity.admits(arguments.len()))?;
    let mut ratios = vec![];
    let mut first = None;
    for (p, q) in PAIRS {
        let (p, q) = (parts(p)?, parts(q)?);
        let mut point = Point::new();
        for (letter, values) in letters.iter().zip([&p, &q]) {
            point.set(&array(letter, p.len()), PointValue::Array(Array::vector(values.clone())));
        }
        let at = |e: &Expr| evaluate::<f64>(e, &Env::at(&point), &mut FUEL.clone()).scalar().copied();
        let arrays = letters.iter().map(|l| Expr::sym(array(l, p.len()))).collect();
        let (found, value) = (at(&interpret(right, &letters, p.len()))?, at(&Expr::app(object, arrays))?);
        if !found.is_finite() {
            return None;
        }
        ratios.push(found / value);
        if first.is_none() && !same(found, value) {
            first = Some((point, found, value));
        }
    }
    let base = ratios.first().is_some_and(|r| *r > 0.0 && ratios.iter().all(|other| same(*r, *other)));
    let (point, found, value) = first.filter(|_| !base)?;
    Some(Contradiction {
        object: object.reference.split(';').next().map(str::to_owned),
        point: point.to_string(),
        found: short(found, Minus::Unicode),
        value: short(value, Minus::Unicode),
    })
}

/// The logistic function with the sign of its argument or of itself exchanged. Another function of one number may be an
/// activation that is called sigmoid for its shape.
fn sigmoid(head: &Symbol, arguments: &[Expr], right: &Expr, words: &str) -> Option<Contradiction> {
    let named = words.contains("sigmoid") || words.contains("logistic function") || words.contains("시그모이드");
    let [x] = arguments else { return None };
    let x = x.as_symbol().filter(|x| &*head.name == "\\sigma" && named && x.sort.is_scalar())?;
    if right.symbols().into_iter().any(|s| !s.same(x)) || OTHER.iter().any(|w| words.contains(w)) {
        return None;
    }
    let logistic = |at: i64| {
        let sigmoid = Expr::apply("sigmoid", vec![Expr::int(at)]);
        evaluate::<f64>(&sigmoid, &Env::at(&Point::new()), &mut FUEL.clone()).scalar().copied()
    };
    let mut turned = [true; 3];
    let mut first = None;
    for at in [2, -1, 3] {
        let point = Point::new().with_scalar(x, Rational::from(at));
        let found = *evaluate::<f64>(right, &Env::at(&point), &mut FUEL.clone()).scalar()?;
        let (value, mirrored) = (logistic(at)?, logistic(-at)?);
        for (turned, other) in turned.iter_mut().zip([mirrored, -value, value.recip()]) {
            *turned &= same(found, other);
        }
        first.get_or_insert((point, found, value));
    }
    let (point, found, value) = first.filter(|_| turned.contains(&true))?;
    Some(Contradiction {
        object: Some("σ(x) = 1/(1 + e⁻ˣ)".to_owned()),
        point: point.to_string(),
        found: short(found, Minus::Unicode),
        value: short(value, Minus::Unicode),
    })
}

fn parts(weights: &[i64]) -> Option<Vec<Rational>> {
    let total: i64 = weights.iter().sum();
    weights.iter().map(|w| Rational::new(*w, total)).collect()
}

fn array(letter: &Symbol, size: usize) -> Symbol {
    letter.with_sort(Sort::vector(Expr::int(size as i64)))
}

/// The outcome at which a distribution is looked up: the variable of a sum, or `x_i` with it as its index.
fn outcome(arguments: &[Expr]) -> Option<Expr> {
    let [x] = arguments else { return None };
    match x.node() {
        Node::Bound { index, .. } => Some(Expr::new(Node::Bound { index: *index, sort: Sort::Integer })),
        Node::App(f, args) if f.name == fun::INDEX => match args.as_slice() {
            [array, i] if array.as_symbol().is_some() => outcome(std::slice::from_ref(i)),
            _ => None,
        },
        _ => None,
    }
}

/// The distribution and the outcome of `p(x)` or `p_i`.
fn looked_up(e: &Expr) -> Option<(Symbol, Expr)> {
    match e.node() {
        Node::Call(f, args) => Some((f.clone(), outcome(args)?)),
        Node::App(f, args) if f.name == fun::INDEX => match args.as_slice() {
            [array, i @ ..] => Some((array.as_symbol()?.clone(), outcome(i)?)),
            [] => None,
        },
        _ => None,
    }
}

/// The letters of what is looked up, in the order in which they stand.
fn weights(e: &Expr, letters: &mut Vec<Symbol>) {
    match looked_up(e) {
        Some((letter, _)) if letters.iter().any(|l| l.same(&letter)) => {}
        Some((letter, _)) => letters.push(letter),
        None => e.children().into_iter().for_each(|c| weights(c, letters)),
    }
}

/// The letters in the order of the arguments that they are of: `P` or `p` of P; the only letter of the only argument.
fn in_order(letters: &[Symbol], arguments: &[Expr]) -> Option<Vec<Symbol>> {
    if let ([letter], [_]) = (letters, arguments) {
        return Some(vec![letter.clone()]);
    }
    let small = |name: &str| name.to_lowercase();
    let of = |argument: &Expr| {
        let name = argument.as_symbol().map(|s| small(&s.name))?;
        let own = argument.as_symbol().cloned();
        letters.iter().find(|l| small(&l.name) == name).cloned().or(own)
    };
    let ordered: Vec<Symbol> = arguments.iter().map(of).collect::<Option<_>>()?;
    letters.iter().all(|l| ordered.iter().any(|o| o.same(l))).then_some(ordered)
}

/// The formula on so many outcomes: sums go over them, distributions are arrays.
fn interpret(e: &Expr, letters: &[Symbol], size: usize) -> Expr {
    if let Some((letter, at)) = looked_up(e)
        && letters.iter().any(|l| l.same(&letter))
    {
        return Expr::sym(array(&letter, size)).index(vec![at]);
    }
    match e.node() {
        Node::Bind { binder: Binder::Sum, body, .. } => {
            let outcomes = Domain::Range(Expr::int(1), Expr::int(size as i64));
            Expr::bind(Binder::Sum, outcomes, interpret(body, letters, size))
        }
        _ => e.with_children(e.children().into_iter().map(|c| interpret(c, letters, size)).collect()),
    }
}
