//! Measures of information as linear combinations of the entropies of sets of random variables (Yeung, A First Course in
//! Information Theory, 2 and 3): `H(X | Y)` is `H(X, Y) − H(Y)`, `I(X; Y | Z)` is `H(X, Z) + H(Y, Z) − H(X, Y, Z) − H(Z)`,
//! and `D(p ‖ q)` is the cross entropy of p and q less the entropy of p. Equations are linear algebra; inequalities follow
//! from those of Shannon and Gibbs.

use std::collections::BTreeSet;

use num_traits::One;

use crate::algebra::canon::is_identity;
use crate::elaborate::space::{Law, Space, Vector, add};
use crate::expr::{Expr, NO_PLACE, Node, PLACE, fun};
use crate::num::Rational;

/// What entropies are taken to be.
const VARIABLES: &str = "entropy and mutual information of random variables";
pub(super) const DISCRETE: &str = "entropy of discrete random variables";
const DISTRIBUTIONS: &str = "entropy, cross entropy and KL divergence of distributions";

/// Most variables of one inequality.
const MOST: usize = 3;

/// Letters of entropies; the small one, of densities, may be negative.
const ENTROPIES: &[&str] =
    &["H", "\\mathcal{H}", "\\mathbb{H}", "\\operatorname{H}", "\\mathrm{H}", "\\mathbf{H}", SMALL, "\\mathrm{h}"];
const SMALL: &str = "h";

/// Letters of mutual information.
const MUTUAL: &[&str] =
    &["I", "\\mathcal{I}", "\\mathbb{I}", "\\operatorname{I}", "\\mathrm{I}", "\\mathrm{MI}", "MI", "\\mathbf{I}"];

/// Names of the divergence of Kullback and Leibler.
const DIVERGENCES: &[&str] = &[
    "D_{KL}",
    "D_{\\mathrm{KL}}",
    "D_{\\text{KL}}",
    "D_{\\textrm{KL}}",
    "\\mathrm{KL}",
    "\\mathbb{KL}",
    "KL",
    "\\mathrm{D}_{KL}",
    "\\mathrm{D}_{\\mathrm{KL}}",
    "D_{\\textit{KL}}",
    "\\text{KL}",
    "D_KL",
];

/// Letters of distributions: `H(p, q)` is a cross entropy, which is not the same for q and p.
const LETTERS: &[&str] = &["p", "q", "P", "Q"];

/// A name with what stands in its brackets: the separator before each, and the thing.
struct Named<'a> {
    head: &'a str,
    parts: Vec<(&'static str, Part<'a>)>,
}

#[derive(Clone)]
pub(super) enum Part<'a> {
    Of(&'a Expr),
    Text(&'a str),
}

impl<'a> Named<'a> {
    fn read(e: &'a Expr) -> Option<Named<'a>> {
        let Node::Call(f, args) = e.node() else { return None };
        let name = f.name.trim_end_matches(NO_PLACE);
        let known = |head: &str| [ENTROPIES, MUTUAL, DIVERGENCES].iter().any(|list| list.contains(&head));
        if known(name) {
            let parts = args.iter().enumerate().map(|(i, a)| (if i == 0 { "" } else { ", " }, Part::Of(a)));
            return Some(Named { head: plain(name), parts: parts.collect() });
        }
        let open = name.char_indices().filter(|(_, c)| matches!(c, '(' | '[')).map(|(at, _)| at);
        let at = open.into_iter().find(|at| name.get(..*at).is_some_and(known))?;
        let mut rest = name.get(at + 1..)?.strip_suffix([')', ']'])?;
        let (mut parts, mut args) = (vec![], args.iter());
        let mut before = "";
        loop {
            let separators = [", ", "; ", " \\mid ", " \\| "];
            let next = separators.iter().filter_map(|s| Some((rest.find(*s)?, *s))).min();
            let piece = next.map_or(rest, |(at, _)| rest.get(..at).unwrap_or(rest));
            let part = if piece.len() == PLACE.len_utf8() && piece.starts_with(PLACE) {
                Part::Of(args.next()?)
            } else if piece.contains(PLACE) || piece.is_empty() {
                return None;
            } else {
                Part::Text(piece)
            };
            parts.push((before, part));
            let Some((at, separator)) = next else { break };
            before = separator;
            rest = rest.get(at + separator.len()..)?;
        }
        Some(Named { head: plain(name.get(..at)?), parts })
    }

    /// The names of variables between separators of one kind, split at those of the others.
    fn groups(&self, separators: &[&str]) -> Option<Vec<BTreeSet<String>>> {
        let mut groups: Vec<BTreeSet<String>> = vec![];
        for (before, part) in &self.parts {
            if groups.is_empty() || separators.contains(before) {
                groups.push(BTreeSet::new());
            } else if *before != ", " {
                return None;
            }
            groups.last_mut()?.insert(variable(part)?);
        }
        Some(groups)
    }

    /// Those before the bar, and those behind it.
    fn conditioned(&self) -> Option<(Named<'_>, BTreeSet<String>)> {
        let bar = self.parts.iter().position(|(s, _)| *s == " \\mid ").unwrap_or(self.parts.len());
        let of = |part: &Part<'a>| match part {
            Part::Of(e) => Part::Of(e),
            Part::Text(t) => Part::Text(t),
        };
        let front = self.parts.get(..bar)?.iter().map(|(s, p)| (*s, of(p))).collect();
        let mut given = BTreeSet::new();
        for (i, (separator, part)) in self.parts.get(bar..)?.iter().enumerate() {
            if i > 0 && *separator != ", " {
                return None;
            }
            given.insert(variable(part)?);
        }
        Some((Named { head: self.head, parts: front }, given))
    }
}

/// A name without its font, where that is upright.
fn plain(name: &str) -> &str {
    let inner =
        ["\\mathrm{", "\\operatorname{", "\\text{"].iter().find_map(|font| name.strip_prefix(font)?.strip_suffix('}'));
    inner.filter(|word| ["H", "h", "I", "KL", "MI"].contains(word)).unwrap_or(name)
}

/// The name of a random variable; values, dots and numbers are none.
fn variable(part: &Part) -> Option<String> {
    match part {
        Part::Text(text) => {
            let plain = !text.contains(['=', '…', '·', '(', '+', '∈', '|']) && !text.contains("dots");
            (plain && text.chars().any(char::is_alphabetic)).then(|| (*text).to_owned())
        }
        Part::Of(e) => match e.node() {
            Node::Sym(s) => Some(s.name.to_string()),
            Node::App(f, args) if f.name == fun::INDEX || f.name == fun::POW => {
                args.iter().all(|a| a.as_symbol().is_some() || a.as_int().is_some()).then(|| e.to_string())
            }
            _ => None,
        },
    }
}

/// The coordinate of the entropy of some variables together.
fn joint(variables: &BTreeSet<String>) -> String {
    variables.iter().cloned().collect::<Vec<_>>().join(", ")
}

/// Plus or minus the entropy of the variables of all of these together.
fn entropy(sets: &[&BTreeSet<String>], sign: i64, to: &mut Vector) {
    let all: BTreeSet<String> = sets.iter().flat_map(|s| s.iter().cloned()).collect();
    if !all.is_empty() {
        add(to, &Vector::from([(joint(&all), Rational::one())]), &Rational::from(sign));
    }
}

/// What two sets of variables tell of each other, given a third.
fn mutual(a: &BTreeSet<String>, b: &BTreeSet<String>, given: &BTreeSet<String>) -> Vector {
    let mut out = Vector::new();
    entropy(&[a, given], 1, &mut out);
    entropy(&[b, given], 1, &mut out);
    entropy(&[a, b, given], -1, &mut out);
    entropy(&[given], -1, &mut out);
    out
}

/// A measure of information in entropies of sets; with divergences beside it, `H(a, b)` is a cross entropy.
fn measure(e: &Expr, crossed: bool, pairs: &mut Vec<(String, String)>) -> Option<Vector> {
    let named = Named::read(e)?;
    let mut out = Vector::new();
    if DIVERGENCES.contains(&named.head) {
        if let Some(v) = of_joint(&named) {
            return Some(v);
        }
        let [(_, a), (" \\| " | ", ", b)] = named.parts.as_slice() else { return None };
        let (a, b) = (variable(a)?, variable(b)?);
        add(&mut out, &Vector::from([(cross(&a, &b), Rational::one())]), &Rational::one());
        entropy(&[&BTreeSet::from([a.clone()])], -1, &mut out);
        pairs.push((a, b));
        return Some(out);
    }
    let (front, given) = named.conditioned()?;
    if MUTUAL.contains(&named.head) {
        let several = front.groups(&["; "])?;
        let capital = |v: &String| v.trim_start_matches(['\\', '{']).chars().next().is_some_and(char::is_uppercase);
        // `I(x, y)` is a function of numbers as well.
        let listed = || front.groups(&[", "]).filter(|all| all.iter().flatten().all(capital));
        let groups = if several.len() > 1 { several } else { listed()? };
        let [a, b] = groups.as_slice() else { return None };
        return Some(mutual(a, b, &given));
    }
    if let [(_, a), (", ", b)] = front.parts.as_slice()
        && let (Some(a), Some(b)) = (variable(a), variable(b))
        && (crossed || [&a, &b].iter().all(|v| LETTERS.contains(&v.as_str())))
    {
        return given.is_empty().then(|| Vector::from([(cross(&a, &b), Rational::one())]));
    }
    let [of] = front.groups(&[])?.try_into().ok()?;
    entropy(&[&of, &given], 1, &mut out);
    entropy(&[&given], -1, &mut out);
    Some(out)
}

fn cross(a: &str, b: &str) -> String {
    format!("{a} × {b}")
}

/// `D(p(x, y) ‖ p(x) p(y))`: what x and y tell of each other.
fn of_joint(named: &Named) -> Option<Vector> {
    let [(_, Part::Of(both)), (_, Part::Of(apart))] = named.parts.as_slice() else { return None };
    let [a, b] = apart.as_app(fun::MUL)? else { return None };
    let of = |e: &Expr| {
        let text = e.to_string();
        let (head, inner) = text.strip_suffix(')')?.split_once('(')?;
        let all: Vec<String> = inner.split(", ").map(str::to_owned).collect();
        all.iter().all(|v| v.chars().all(char::is_alphanumeric)).then(|| (head.to_owned(), all))
    };
    let ((head, all), (first, a), (second, b)) = (of(both)?, of(a)?, of(b)?);
    let [x, y] = all.as_slice() else { return None };
    let same = [&first, &second].iter().all(|h| **h == head);
    let parts = same && a.len() == 1 && b.len() == 1 && [a.first()?, b.first()?] == [x, y];
    let turned = same && a.len() == 1 && b.len() == 1 && [b.first()?, a.first()?] == [x, y];
    let set = |v: &String| BTreeSet::from([v.to_uppercase()]);
    (x != y && (parts || turned)).then(|| mutual(&set(x), &set(y), &BTreeSet::new()))
}

/// The distributions of a divergence.
pub(super) fn divergence(e: &Expr) -> Option<(Part<'_>, Part<'_>)> {
    let named = Named::read(e).filter(|n| DIVERGENCES.contains(&n.head))?;
    let [(_, a), (" \\| " | ", ", b)] = named.parts.as_slice() else { return None };
    Some((a.clone(), b.clone()))
}

/// What an entropy of one thing is of, and whether it is that of a density.
pub(super) fn entropy_at(e: &Expr) -> Option<(bool, Part<'_>)> {
    let named = Named::read(e).filter(|n| ENTROPIES.contains(&n.head))?;
    let small = named.head == SMALL;
    match named.parts.as_slice() {
        [(_, part)] => Some((small, part.clone())),
        _ => None,
    }
}

/// The distributions of an entropy or a cross entropy, where these are letters or written in full.
pub(super) fn entropy_of(e: &Expr) -> Option<Vec<Part<'_>>> {
    let named = Named::read(e).filter(|n| ENTROPIES.contains(&n.head))?;
    let of = |part: &Part| match part {
        Part::Text(text) => text.contains('('),
        Part::Of(e) => e.as_symbol().is_none_or(|s| s.name.contains('(') || LETTERS.contains(&&*s.name)),
    };
    let parts = named.parts.iter().map(|(sign, part)| matches!(*sign, "" | ", ").then(|| part.clone()));
    parts.collect::<Option<Vec<Part>>>().filter(|list| list.iter().all(of))
}

/// Whether entropies of two letters are cross entropies, as they are beside divergences, and the letter of entropies;
/// `None` where there are no measures of information, or of one kind under two names.
fn letters(relation: &Expr) -> Option<(bool, String)> {
    let mut heads: BTreeSet<String> = BTreeSet::new();
    relation.any(&mut |x| {
        heads.extend(Named::read(x).map(|n| n.head.to_owned()));
        false
    });
    let of = |list: &[&str]| heads.iter().filter(|h| list.contains(&h.as_str())).count();
    if heads.is_empty() || of(ENTROPIES) > 1 || of(MUTUAL) > 1 || of(DIVERGENCES) > 1 {
        return None;
    }
    let crossed = of(DIVERGENCES) > 0 && of(MUTUAL) == 0;
    let letter = heads.iter().find(|h| ENTROPIES.contains(&h.as_str())).map_or("H", String::as_str);
    Some((crossed, letter.to_owned()))
}

/// Both sides of an equation in the entropies of sets of variables (`X, Y`) and in cross entropies (`p × q`); `None` where
/// anything else stands in them.
pub(crate) fn in_entropies(left: &Expr, right: &Expr) -> Option<(Vector, Vector)> {
    let (crossed, _) = letters(&Expr::relate(fun::EQ, left.clone(), right.clone()))?;
    Some((combination(left, crossed)?, combination(right, crossed)?))
}

fn combination(e: &Expr, crossed: bool) -> Option<Vector> {
    if let Some(v) = measure(e, crossed, &mut vec![]) {
        return Some(v);
    }
    let mut out = Vector::new();
    if let Some(terms) = e.as_app(fun::ADD) {
        for term in terms {
            add(&mut out, &combination(term, crossed)?, &Rational::one());
        }
        return Some(out);
    }
    let (numbers, others): (Vec<&Expr>, Vec<&Expr>) = e.as_app(fun::MUL)?.iter().partition(|f| f.as_num().is_some());
    let [one] = others.as_slice() else { return None };
    let factor = numbers.into_iter().filter_map(Expr::as_num).fold(Rational::one(), |a, b| a * b.clone());
    add(&mut out, &combination(one, crossed)?, &factor);
    Some(out)
}

/// The relation as one of independent entropies, if it is a law of measures of information.
pub(super) fn law(relation: &Expr) -> Option<Law> {
    let Node::App(f, sides) = relation.node() else { return None };
    let equation = f.name == fun::EQ;
    if !equation && !matches!(f.name, "le" | "ge") {
        return None;
    }
    let (crossed, letter) = letters(relation)?;
    let mut space = Space::default();
    let mut pairs = vec![];
    let mut variables: BTreeSet<String> = BTreeSet::new();
    relation.any(&mut |x| {
        let found = measure(x, crossed, &mut pairs).into_iter().flat_map(Vector::into_keys);
        variables.extend(
            found.filter(|k| !k.contains(" × ")).flat_map(|k| k.split(", ").map(str::to_owned).collect::<Vec<_>>()),
        );
        false
    });
    let name = |key: &str| Expr::real(&format!("{letter}({})", key.replace(" × ", ", ")));
    let every = |v: &Vector, space: &mut Space| -> Expr {
        for key in v.keys() {
            space.quantity(&Vector::from([(key.clone(), Rational::one())]), &name(key));
        }
        space.quantity(v, &Expr::int(0))
    };
    let written = relation.transform(&mut |x, _| {
        let v = measure(x, crossed, &mut vec![])?;
        Some(every(&v, &mut space))
    });
    if written == *relation {
        return None;
    }
    if equation {
        let [l, r] = sides.as_slice() else { return None };
        let trivial = l == r;
        let written_sides = written.as_app(fun::EQ)?;
        let shown = match written_sides {
            [l, r] => is_identity(l, r),
            _ => false,
        };
        let known = if crossed { DISTRIBUTIONS } else { VARIABLES };
        return (shown && !trivial).then_some(Law { relation: written, facts: vec![], known });
    }
    if variables.len() > MOST {
        return None;
    }
    let at_least = |e: Expr| Expr::relate("ge", e, Expr::int(0));
    let mut facts: Vec<Expr> = vec![];
    if crossed {
        for (a, b) in &pairs {
            let mut gap = Vector::from([(cross(a, b), Rational::one())]);
            entropy(&[&BTreeSet::from([a.clone()])], -1, &mut gap);
            facts.push(at_least(every(&gap, &mut space)));
        }
        return Law::of(written, facts, DISTRIBUTIONS);
    }
    let list: Vec<&String> = variables.iter().collect();
    for (i, a) in list.iter().enumerate() {
        for b in list.iter().skip(i + 1) {
            let one = |v: &String| BTreeSet::from([v.clone()]);
            let others: BTreeSet<String> = list.iter().filter(|v| *v != a && *v != b).map(|v| (*v).clone()).collect();
            facts.push(at_least(every(&mutual(&one(a), &one(b), &BTreeSet::new()), &mut space)));
            if !others.is_empty() {
                facts.push(at_least(every(&mutual(&one(a), &one(b), &others), &mut space)));
            }
        }
    }
    if let Some(law) = Law::of(written.clone(), facts.clone(), VARIABLES) {
        return Some(law);
    }
    if letter == SMALL {
        return None;
    }
    for v in &list {
        let others: BTreeSet<String> = list.iter().filter(|o| o != &v).map(|o| (*o).clone()).collect();
        let mut alone = Vector::new();
        entropy(&[&others, &BTreeSet::from([(*v).clone()])], 1, &mut alone);
        entropy(&[&others], -1, &mut alone);
        facts.push(at_least(every(&alone, &mut space)));
    }
    Law::of(written, facts, DISCRETE)
}
