//! Events that compare random variables: `X > x` is what `X \leq x` is not, `a < X \leq b` is both of its halves, and
//! `F_X(x)` is the probability of `X \leq x` (Billingsley, Probability and Measure, 14).

use std::collections::BTreeSet;

use crate::expr::{Expr, Node, latex};

/// Signs of comparisons.
const SIGNS: &[(char, Sign)] = &[
    ('≤', Sign::AtMost),
    ('≥', Sign::AtLeast),
    ('<', Sign::Less),
    ('>', Sign::Greater),
    ('=', Sign::Equal),
    ('≠', Sign::Not),
];

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sign {
    AtMost,
    AtLeast,
    Less,
    Greater,
    Equal,
    Not,
}

/// What has to hold between two events: these fail nowhere.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Premise {
    /// Where the first happens, so does the second.
    Included(String, String),
    /// One of them happens.
    Either(String, String),
    /// Both together have probability 0.
    Apart(String, String),
}

impl Premise {
    pub(super) fn holds(&self, happens: &dyn Fn(&String) -> bool) -> bool {
        match self {
            Premise::Included(a, b) => !happens(a) || happens(b),
            Premise::Either(a, b) => happens(a) || happens(b),
            Premise::Apart(a, b) => !happens(a) || !happens(b),
        }
    }
}

/// The name of the event that u is at most v.
pub(super) fn at_most(u: &str, v: &str) -> String {
    format!("{u} ≤ {v}")
}

/// The comparisons of a text without blanks, `a<X\leq b` as two; a lone equation is one only beside other comparisons.
pub(super) fn comparisons(text: &str, equations: bool) -> Option<Vec<(String, Sign, String)>> {
    let (mut parts, mut signs): (Vec<String>, Vec<Sign>) = (vec![String::new()], vec![]);
    let mut depth = 0_i32;
    for c in text.chars() {
        match SIGNS.iter().find(|(sign, _)| depth == 0 && *sign == c) {
            Some((_, sign)) => {
                signs.push(*sign);
                parts.push(String::new());
            }
            None => {
                depth += i32::from(matches!(c, '(' | '[' | '{')) - i32::from(matches!(c, ')' | ']' | '}'));
                parts.last_mut()?.push(c);
            }
        }
    }
    let ordered = signs.iter().any(|s| *s != Sign::Equal);
    let fits = !parts.iter().any(|p| p.is_empty() || p.contains("\\in")) && matches!(signs.len(), 1 | 2);
    if !fits || !(ordered || equations) {
        return None;
    }
    Some(
        signs
            .iter()
            .zip(parts.windows(2))
            .filter_map(|(s, w)| Some((w.first()?.clone(), *s, w.get(1)?.clone())))
            .collect(),
    )
}

/// The ends of the intervals in what stands in the brackets of a probability, the lower one first.
pub(super) fn ends(text: &str) -> Vec<(String, String)> {
    let up = |sign: &Sign| matches!(sign, Sign::AtMost | Sign::Less);
    let found = text.split([',', '|']).filter_map(|part| comparisons(part, false));
    found
        .filter_map(|list| match list.as_slice() {
            [(a, s, _), (_, t, b)] if up(s) && up(t) => Some((a.clone(), b.clone())),
            [(b, s, _), (_, t, a)] if !up(s) && !up(t) => Some((a.clone(), b.clone())),
            _ => None,
        })
        .collect()
}

/// What holds between the events of these names by the order of the numbers, where the ends of intervals are in order.
pub(super) fn premises(names: &BTreeSet<String>, ends: &[(String, String)], continuous: bool) -> Vec<Premise> {
    let mut out = vec![];
    let pairs: Vec<(&str, &str)> = names.iter().filter_map(|n| n.split_once(" ≤ ")).collect();
    for (u, v) in &pairs {
        if u < v && pairs.contains(&(v, u)) {
            out.push(Premise::Either(at_most(u, v), at_most(v, u)));
            if continuous {
                out.push(Premise::Apart(at_most(u, v), at_most(v, u)));
            }
        }
    }
    let mut ends = ends.to_vec();
    let all: BTreeSet<&str> = pairs.iter().flat_map(|(u, v)| [*u, *v]).collect();
    for (a, b) in all.iter().flat_map(|a| all.iter().map(move |b| (*a, *b))) {
        if b.strip_prefix(a).is_some_and(|rest| rest.starts_with('+'))
            || b.strip_suffix(a).is_some_and(|rest| rest.ends_with('+'))
        {
            ends.push((a.to_owned(), b.to_owned()));
        }
    }
    for (a, b) in &ends {
        for (u, v) in &pairs {
            if v == a && pairs.contains(&(u, b)) {
                out.push(Premise::Included(at_most(u, a), at_most(u, b)));
            }
            if u == b && pairs.contains(&(a, v)) {
                out.push(Premise::Included(at_most(b, v), at_most(a, v)));
            }
            // Below a, it is not above b.
            if v == a && pairs.contains(&(b, u)) {
                out.push(Premise::Apart(at_most(u, a), at_most(b, u)));
            }
        }
    }
    out
}

/// The relation with values of a distribution function as probabilities by this measure.
pub(super) fn without_functions(relation: &Expr, measure: &str, variable: Option<&str>) -> Expr {
    relation.transform(&mut |x, _| {
        let Node::Call(f, args) = x.node() else { return None };
        let [at] = args.as_slice() else { return None };
        let variable = match f.name.strip_prefix('F')? {
            "" => variable?,
            label => label.strip_prefix("_{")?.strip_suffix('}')?,
        };
        let capital = variable.chars().count() == 1 && variable.chars().all(char::is_uppercase);
        let at: String = latex(at).split_whitespace().collect();
        (capital && at.chars().any(char::is_alphanumeric)).then(|| Expr::real(&format!("{measure}({variable}≤{at})")))
    })
}
