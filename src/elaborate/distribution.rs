//! Probabilities and densities with their variables: `p(x, y | z)`, `q_\phi(z | x)`, `f_{X,Y}(x, y)`, in whichever way they
//! were read. A conditional one is a quotient of joint ones.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::Zero;

use crate::elaborate::conditional::is_measure;
use crate::expr::{Expr, Node, SUBSCRIPT, fun};
use crate::notation::BOUND;
use crate::num::Rational;

/// The variables of a joint distribution with its measure; of none it is 1.
pub(super) type Joint = (String, BTreeSet<String>);

/// A product of powers of joint distributions.
pub(super) type Powers = BTreeMap<Joint, Rational>;

/// A distribution of variables given others. The name of a variable that is bound ends in [`BOUND`].
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Distribution {
    pub(super) measure: String,
    pub(super) of: Vec<String>,
    pub(super) given: Vec<String>,
}

/// The variables of a distribution that are not written.
pub(super) const SOME: &str = "∗";

/// A name as it is shown, without blanks and brackets.
fn plain(text: &str) -> String {
    Expr::real(text).to_string().chars().filter(|c| !c.is_whitespace() && !matches!(c, '{' | '}' | '(' | ')')).collect()
}

impl Distribution {
    /// From the text of a formula: `q_\\phi ( z | x )`, `q`.
    pub(super) fn parse(text: &str) -> Option<Distribution> {
        let text = text.replace("\\left", "").replace("\\right", "");
        let text = text.replace("\\mid", "|").replace("\\vert", "|").replace("\\,", "");
        let text: String = text.split_whitespace().collect();
        let (measure, inner) = match text.split_once('(') {
            Some((measure, inner)) => (measure, inner.strip_suffix(')')?),
            None => (text.as_str(), SOME),
        };
        let (of, given) = inner.split_once('|').unwrap_or((inner, ""));
        Distribution::new(measure, &list(of)?, &list(given)?)
    }

    fn new(measure: &str, of: &[String], given: &[String]) -> Option<Distribution> {
        let (letter, label) = measure.split_once('_').unwrap_or((measure, ""));
        let label = label.trim_matches(['{', '}']);
        let capitals: Vec<&str> = label.split([',', '|']).map(str::trim).collect();
        let random = |name: &&str| name.chars().count() == 1 && name.chars().all(char::is_uppercase);
        let labelled = capitals.iter().all(random) && capitals.len() == of.len() + given.len();
        let named = labelled || of.iter().all(|v| v.contains('='));
        if !(is_measure(letter) || letter == "f" && named) {
            return None;
        }
        if !labelled {
            let measure = if label.is_empty() { letter.to_owned() } else { format!("{letter}_{}", plain(label)) };
            return Some(Distribution { measure, of: of.to_vec(), given: given.to_vec() });
        }
        let mut names = capitals.iter();
        let mut with = |values: &[String]| -> Vec<String> {
            values.iter().zip(names.by_ref()).map(|(value, name)| format!("{name}={value}")).collect()
        };
        let (of, given) = (with(of), with(given));
        Some(Distribution { measure: letter.to_owned(), of, given })
    }

    /// A name, an entry of a family, or a value of a function.
    pub(super) fn read(e: &Expr) -> Option<Distribution> {
        match e.node() {
            Node::Sym(s) if s.sort.is_scalar() && s.name.ends_with(')') => Distribution::parse(&s.name),
            Node::App(f, args) if f.name == fun::INDEX => {
                let (array, indices) = args.split_first()?;
                let name = &array.as_symbol()?.name;
                let mut out = Distribution::parse(name).filter(|_| name.ends_with(')'))?;
                let ranks: Vec<usize> = out.variables().map(|v| rank(v)).collect();
                // Each variable that is bound has an index of its own.
                let mut sorted: Vec<usize> = ranks.iter().copied().filter(|r| *r > 0).collect();
                sorted.sort_unstable();
                if sorted != (1..=indices.len()).collect::<Vec<_>>() {
                    return None;
                }
                for v in out.of.iter_mut().chain(&mut out.given) {
                    let rank = rank(v);
                    if rank > 0 {
                        let at = indices.get(rank - 1)?.as_symbol()?;
                        let name = v.trim_end_matches(BOUND).to_owned();
                        let depth = at.name.rsplit_once(BOUND).map_or("", |(_, depth)| depth);
                        *v = format!("{name}{BOUND}{depth}");
                    }
                }
                Some(out)
            }
            Node::Call(f, args) if !f.is_notation() => {
                let (under, args) = args.split_at(f.subscripts().min(args.len()));
                let label: Vec<String> = under.iter().map(Expr::to_string).collect();
                let name = f.name.trim_end_matches(SUBSCRIPT);
                let name = if label.is_empty() { name.to_owned() } else { format!("{name}_{{{}}}", label.join(",")) };
                let values: Option<Vec<String>> = args.iter().map(value).collect();
                Distribution::new(&name, &values?, &[])
            }
            _ => None,
        }
    }

    /// The same, and `p_i` under a sum over i.
    pub(super) fn indexed(e: &Expr) -> Option<Distribution> {
        Distribution::read(e).or_else(|| {
            let (array, indices) = e.as_app(fun::INDEX)?.split_first()?;
            let bound = |i: &Expr| i.as_symbol().is_some_and(|s| s.name.contains(BOUND));
            let of: Option<Vec<String>> = indices.iter().map(|i| value(i).filter(|_| bound(i))).collect();
            Distribution::new(&array.as_symbol()?.name, &of?, &[])
        })
    }

    fn variables(&self) -> impl Iterator<Item = &String> {
        self.of.iter().chain(&self.given)
    }

    /// The quotient of joint distributions that it is.
    pub(super) fn powers(&self) -> Powers {
        let mut out = Powers::new();
        let all: BTreeSet<String> = self.variables().cloned().collect();
        multiply(&mut out, (self.measure.clone(), all), &Rational::from(1));
        multiply(&mut out, (self.measure.clone(), self.given.iter().cloned().collect()), &Rational::from(-1));
        out
    }
}

/// How many marks of a bound variable stand behind a name.
fn rank(name: &str) -> usize {
    name.chars().filter(|c| *c == BOUND).count()
}

/// The names between commas; of nothing, none.
fn list(text: &str) -> Option<Vec<String>> {
    let bad = |v: &str| v.is_empty() || v.contains([';', '|', '(', '<', '>', '≤', '≥', '≠', '∣']) || v.contains("dots");
    let bad = |v: &str| bad(v) || ["\\cup", "\\cap", "\\in"].iter().any(|w| v.contains(w));
    let names: Vec<&str> = if text.is_empty() { vec![] } else { text.split(',').collect() };
    names.into_iter().map(|v| (!bad(v)).then(|| shown(v))).collect()
}

/// A variable as it is shown, with its marks.
fn shown(name: &str) -> String {
    let (head, marks) = name.split_at(name.find(BOUND).unwrap_or(name.len()));
    plain(head) + marks
}

/// A name as an argument of a function.
fn value(e: &Expr) -> Option<String> {
    match e.node() {
        Node::Sym(_) => Some(shown(&e.to_string())),
        Node::App(f, args) if f.name == fun::INDEX => {
            args.iter().all(|a| a.as_symbol().is_some() || a.as_int().is_some()).then(|| plain(&e.to_string()))
        }
        _ => None,
    }
}

/// Multiplies by a power of a joint distribution.
pub(super) fn multiply(to: &mut Powers, joint: Joint, power: &Rational) {
    if joint.1.is_empty() {
        return;
    }
    let sum = to.get(&joint).cloned().unwrap_or_else(Rational::zero) + power.clone();
    if sum.is_zero() {
        to.remove(&joint);
    } else {
        to.insert(joint, sum);
    }
}

/// The name of a joint distribution.
pub(super) fn name(joint: &Joint) -> String {
    format!("{}({})", joint.0, joint.1.iter().cloned().collect::<Vec<_>>().join(", "))
}

/// A product, a quotient or a power of distributions: their powers, and the other factors.
pub(super) fn factors(e: &Expr, power: &Rational, out: &mut Powers, others: &mut Vec<Expr>) {
    if let Some(d) = Distribution::indexed(e) {
        for (joint, k) in d.powers() {
            multiply(out, joint, &(k * power.clone()));
        }
        return;
    }
    match (e.as_app(fun::MUL), e.as_app(fun::POW)) {
        (Some(list), _) => list.iter().for_each(|f| factors(f, power, out, others)),
        (_, Some([base, k])) if k.as_num().is_some() => {
            let k = k.as_num().cloned().unwrap_or_else(Rational::zero);
            factors(base, &(k * power.clone()), out, others);
        }
        _ if *power == Rational::from(1) => others.push(e.clone()),
        _ => others.push(e.pow(Expr::num(power.clone()))),
    }
}
