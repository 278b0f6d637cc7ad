//! What a relation takes its names to be that were read as numbers, where words call them something else: their products
//! commute, they have an order, an absolute value, one root.

use std::collections::BTreeMap;

use crate::algebra::moment::has_moments;
use crate::elaborate::called::Thing::{Algebra, Complex, Function, Map};
use crate::elaborate::called::{Called, of_entries};
use crate::elaborate::ordered::holds_in_order;
use crate::elaborate::vocabulary::Vocabulary;
use crate::expr::{Binder, Expr, Node, Sort, Symbol, fun};
use crate::notation::is_upper;

/// Names that may be the imaginary unit where they are no indices.
const UNITS: &[&str] = &["i", "\\mathrm{i}", "\\imath"];
/// Those of electrical engineers, which are indices elsewhere.
const OTHER_UNITS: &[&str] = &["j", "\\mathrm{j}", "\\jmath"];

/// The first name by which a relation is left open, with what it is called, from what was called so before a block, or
/// behind it where `reaches` says so.
pub(super) fn unordered<'c>(
    called: &'c [Called],
    relation: &Expr,
    reaches: &dyn Fn(usize) -> bool,
) -> Option<(&'c str, &'c str)> {
    let near = |c: &&Called| c.thing != Algebra && reaches(c.block);
    let told: Vec<&Called> = called.iter().filter(near).collect();
    let of = |name: &str| told.iter().find(|c| c.name == name);
    let (any, map) = (
        |s: &str| of(s).is_some_and(|c| !matches!(c.thing, Function | Complex)),
        |s: &str| of(s).is_some_and(|c| c.thing == Map),
    );
    let mixed = || mixed(relation, &any).or_else(|| beside(relation, &map));
    let within =
        |told: &dyn Fn(&str) -> bool| relation.any(&mut |x| x.as_app("abs").is_some() && !named(x, told).is_empty());
    // `|x + iy|` is no absolute value of a real number.
    if within(&|s| UNITS.contains(&s)) {
        return Some(("i", "unit"));
    }
    // `|1 + jω|` is none, and `e^{jωt}` has no order.
    let free = |s: &&Symbol| OTHER_UNITS.contains(&&*s.name) && s.sort == Sort::Real;
    let turns = |j: &Expr| {
        let factor = |x: &Expr| x.as_app(fun::MUL).is_some_and(|factors| factors.contains(j));
        let of =
            |x: &Expr| x.as_app("abs").is_some() || x.as_app("exp").is_some_and(|_| relation.as_app(fun::EQ).is_none());
        relation.any(&mut |x| of(x) && x.any(&mut |y| factor(y)))
    };
    if relation.symbols().iter().filter(free).any(|j| turns(&Expr::sym(j.clone()))) {
        return Some(("j", "unit"));
    }
    let complex = |s: &str| of(s).is_some_and(|c| c.thing == Complex);
    if let Some(found) = branched(relation, &complex) {
        return of(&found).map(|c| (c.shown(), c.noun));
    }
    if told.is_empty() || holds_in_order(relation, &|e| *e.sort() == Sort::Integer) {
        return None;
    }
    let ordered = relation.as_app(fun::EQ).is_none();
    let sized = || named(relation, &map).into_iter().next().filter(|_| ordered || within(&map));
    let function = |s: &str| of(s).is_some_and(|c| c.thing == Function);
    let found = mixed().or_else(sized).or_else(|| inverted(relation, &function))?;
    of(&found).map(|c| (c.shown(), c.noun))
}

/// The name of a complex number in what means something else of it than of a real one: an order, a root, a logarithm, an
/// absolute value. What is made of sums, products, whole powers and entire functions means the same.
fn branched(e: &Expr, complex: &dyn Fn(&str) -> bool) -> Option<String> {
    let same = match e.node() {
        Node::App(f, args) if f.name == fun::POW => {
            let whole = args.get(1).is_some_and(|n| *n.sort() == Sort::Integer || n.as_int().is_some());
            let sum = args.first().is_some_and(|b| b.as_app(fun::ADD).is_some());
            whole && !(sum && args.get(1).and_then(Expr::as_int).is_some_and(|n| n < 0) && quadratic(args.first()?))
        }
        Node::App(f, _) => {
            matches!(
                f.name,
                fun::EQ | fun::ADD | fun::MUL | fun::INDEX | "exp" | "sin" | "cos" | "sinh" | "cosh" | "ne"
            )
        }
        Node::Bind { binder, .. } => matches!(binder, Binder::Sum | Binder::Product),
        _ => true,
    };
    if !same {
        return named(e, complex).into_iter().next();
    }
    e.children().into_iter().find_map(|c| branched(c, complex))
}

/// Whether a power stands in it: `z² + 1` has roots.
fn quadratic(e: &Expr) -> bool {
    e.any(&mut |x| x.as_app(fun::POW).is_some())
}

/// Words of notes in which capital letters need not commute, wherever they stand; of a paragraph in which they need not;
/// and of notes in which letters with a hat need not.
const UNCOMMUTING: &[&str] = &[
    "capital letters",
    "uppercase letters",
    "upper-case letters",
    "commut",
    "operators",
    "quaternion",
    "linear maps",
    "linear transformations",
    "대문자",
    "교환법칙",
    "연산자",
    "작용소",
    "선형변환",
];
const BESIDE: &[&str] =
    &["matrices", "matrix", "operator", "linear map", "linear transformation", "permutations", "행렬", "선형 변환"];
const OPERATORS: &[&str] = &["operators", "operator ", "연산자", "작용소"];

/// A name of a relation by which it is left open: a capital letter beside another one, of which nothing says that it is a
/// number, in a relation that takes them to commute, `A = P D P^{-1}`; in notes that speak of operators a letter with a hat.
pub(super) fn uncommuting(
    relation: &Expr,
    words: &Vocabulary,
    near: &str,
    is_number: &dyn Fn(&Symbol) -> bool,
) -> Option<String> {
    if relation.as_app(fun::EQ).is_none() || has_moments(relation) {
        return None;
    }
    let speaks = words.says_any(UNCOMMUTING) || BESIDE.iter().any(|w| near.contains(w));
    if !speaks && !is_of_ring(relation) {
        return None;
    }
    let hats = speaks && words.says_any(OPERATORS);
    let letter = |name: &str| {
        let plain = ["\\mathbf{", "\\mathcal{", "\\mathsf{", "\\boldsymbol{"].iter().find_map(|w| name.strip_prefix(w));
        let plain = plain.and_then(|n| n.strip_suffix('}')).unwrap_or(name);
        let plain = plain.split_once('_').map_or(plain, |(base, _)| base);
        is_upper(plain) && plain.trim_start_matches('\\').chars().all(char::is_alphabetic)
            || hats && plain.starts_with("\\hat{")
    };
    let numbers: Vec<String> = relation.symbols().iter().filter(|s| is_number(s)).map(|s| s.name.to_string()).collect();
    let told = |s: &str| letter(s) && !numbers.iter().any(|n| n == s);
    let free = |e: &Expr| named(e, &told).is_empty();
    let found = mixed(relation, &told)?;
    (!holds_in_order(relation, &free)).then_some(found)
}

/// Whether it is made of sums, products and whole powers alone: what else stands in it says that its letters are numbers.
fn is_of_ring(e: &Expr) -> bool {
    let own = match e.node() {
        Node::Sym(_) | Node::Num(_) => true,
        Node::App(f, args) if f.name == fun::POW => args.get(1).and_then(Expr::as_int).is_some(),
        Node::App(f, _) => matches!(f.name, fun::EQ | fun::ADD | fun::MUL | fun::INDEX),
        _ => false,
    };
    own && e.children().iter().all(|c| is_of_ring(c))
}

/// The signs of a transpose.
const TRANSPOSES: &[&str] =
    &["\\top", "\\intercal", "^T", "^{T}", "^{\\mathrm{T}}", "^\\mathrm{T}", "\\mathsf{T}", "\\mathsf T"];

/// The capital letter of a relation that was read as one of numbers, although a transpose is written in it: a number is its
/// own transpose, `e^A` and `A B` are not.
pub(super) fn transposed(relation: &Expr, latex: &str, is_number: &dyn Fn(&Symbol) -> bool) -> Option<String> {
    let symbols = relation.symbols();
    let numbers = symbols.iter().all(|s| s.sort.is_scalar() && &*s.name != "T");
    let written = TRANSPOSES.iter().any(|sign| latex.contains(sign));
    if !written || !numbers || relation.any(&mut |x| !x.sort().is_scalar() && x.sort().sizes().len() > 1) {
        return None;
    }
    symbols.iter().find(|s| is_upper(&s.name) && !is_number(s)).map(|s| s.name.to_string())
}

/// A name that a line takes for a number which is a matrix elsewhere, where the line holds only if it commutes.
pub(super) fn matrix_as_number(relation: &Expr, is_matrix: &dyn Fn(&str) -> bool) -> Option<String> {
    let found = named(relation, is_matrix).into_iter().next()?;
    let free = |e: &Expr| named(e, is_matrix).is_empty();
    (relation.as_app(fun::EQ).is_some() && !holds_entrywise(relation, &free)).then_some(found)
}

/// Whether an equation holds in order, or one between entries at the same places does for each.
fn holds_entrywise(relation: &Expr, free: &dyn Fn(&Expr) -> bool) -> bool {
    let pairs = match relation.as_app(fun::EQ).map(|sides| sides.iter().map(Expr::node).collect::<Vec<_>>()).as_deref()
    {
        Some([Node::Array { columns: a, entries: x, .. }, Node::Array { columns: b, entries: y, .. }]) if a == b => {
            (x, y)
        }
        Some([Node::Call(f, x), Node::Call(g, y)]) if f.same(g) => (x, y),
        _ => return holds_in_order(relation, free),
    };
    let (x, y) = pairs;
    let holds = |(a, b): (&Expr, &Expr)| a == b || holds_in_order(&Expr::relate(fun::EQ, a.clone(), b.clone()), free);
    x.len() == y.len() && x.iter().zip(y).all(holds)
}

/// The identity that stands in a sum with another capital letter where nothing says that these are numbers, `I - A²`: in an
/// equation that takes them to commute.
pub(super) fn beside_unit(relation: &Expr, is_number: &dyn Fn(&Symbol) -> bool) -> Option<String> {
    let capital = |e: &Expr| e.symbols().iter().any(|s| is_upper(&s.name) && &*s.name != "I" && !is_number(s));
    let unit = |e: &Expr| {
        let is_it = |x: &Expr| x.as_symbol().is_some_and(|s| &*s.name == "I" && s.sort.is_scalar() && !is_number(s));
        let multiple = |factors: &[Expr]| factors.iter().all(|x| is_it(x) || x.as_num().is_some());
        is_it(e) || e.as_app(fun::MUL).is_some_and(|f| f.iter().any(is_it) && multiple(f))
    };
    let sum = |e: &Expr| e.as_app(fun::ADD).is_some_and(|terms| terms.iter().any(unit) && terms.iter().any(capital));
    let found = relation.any(&mut |e| sum(e));
    (found && !holds_in_order(relation, &|_| false)).then(|| "I".to_owned())
}

/// A capital letter that a product under a norm applies to something in an equation of derivatives: read as a number, it is
/// its own transpose.
pub(super) fn applied_under_norm(relation: &Expr) -> Option<String> {
    let derives = relation.any(&mut |x| {
        matches!(x.node(), Node::Bind { binder: Binder::Derivative, .. }) || x.as_app("partial").is_some()
    });
    relation.as_app(fun::EQ).filter(|_| derives)?;
    let capital = |s: &str| is_upper(s);
    let mut found = None;
    relation.any(&mut |x| {
        if let Some([inner]) = x.as_app("norm")
            && inner.sort().is_scalar()
        {
            found = found.take().or_else(|| beside(inner, &capital));
        }
        found.is_some()
    });
    found
}

/// The name of a function in a product with another one that is inverted.
fn inverted(e: &Expr, function: &dyn Fn(&str) -> bool) -> Option<String> {
    let product = match e.as_app(fun::POW) {
        Some([base, n]) if n.as_int().is_some_and(|n| n < 0) && base.as_app(fun::MUL).is_some() => {
            named(base, function)
        }
        _ => vec![],
    };
    let found = product.first().filter(|_| product.len() > 1).cloned();
    found.or_else(|| e.children().into_iter().find_map(|c| inverted(c, function)))
}

/// Functions that have numbers for values, matrices beside them or not.
const OF_NUMBERS: &[&str] = &["P", "F", "E", "H", "L", "J", "Q", "V", "I", "\\Gamma"];

/// Names read as numbers that stand in an expression, each entry of an array by itself.
pub(super) fn named(e: &Expr, told: &dyn Fn(&str) -> bool) -> Vec<String> {
    fn look(e: &Expr, told: &dyn Fn(&str) -> bool, found: &mut BTreeMap<Expr, String>) {
        let entry = e.as_app(fun::INDEX).and_then(<[Expr]>::first);
        let number = e.sort().is_scalar() && *e.sort() != Sort::Integer;
        let name = match e.node() {
            // `G(s)` is as open as G.
            Node::Call(f, _)
                if number && !OF_NUMBERS.iter().any(|n| *n == &*f.name || n.len() > 1 && f.name.starts_with(n)) =>
            {
                Some(f.name.to_string())
            }
            _ => entry.unwrap_or(e).as_symbol().filter(|_| number).map(|s| match entry {
                Some(_) => of_entries(&s.name),
                None => s.name.to_string(),
            }),
        };
        match name.filter(|name| told(name)) {
            Some(name) => {
                found.insert(e.clone(), name);
            }
            None => e.children().into_iter().for_each(|c| look(c, told, found)),
        }
    }
    let mut found = BTreeMap::new();
    look(e, told, &mut found);
    found.into_values().collect()
}

/// A name that stands with another one in what is no sum of multiples.
pub(super) fn mixed(e: &Expr, told: &dyn Fn(&str) -> bool) -> Option<String> {
    let both = named(e, told);
    let [first, _, ..] = both.as_slice() else { return None };
    let apart = match e.node() {
        Node::App(f, _) if matches!(f.name, fun::ADD | fun::EQ | "le" | "lt" | "ge" | "gt" | "ne") => true,
        Node::App(f, args) if f.name == fun::MUL => args.iter().filter(|a| !named(a, told).is_empty()).count() == 1,
        _ => false,
    };
    if apart { e.children().into_iter().find_map(|c| mixed(c, told)) } else { Some(first.clone()) }
}

/// The name of a map that stands in a product with another name, whatever that is.
fn beside(e: &Expr, map: &dyn Fn(&str) -> bool) -> Option<String> {
    let product = e.as_app(fun::MUL).and_then(|_| named(e, map).into_iter().next());
    let other = |name: &String| !named(e, &|s| s != name).is_empty();
    product.filter(other).or_else(|| e.children().into_iter().find_map(|c| beside(c, map)))
}
