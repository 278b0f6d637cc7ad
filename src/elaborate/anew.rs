//! Names declared anew: "y a distribution" in a section inside one where y is one-hot is another y.

use crate::claim::Given;
use crate::elaborate::build::Builder;
use crate::elaborate::declaration::Within;
use crate::expr::{Expr, Node, Symbol};

/// A property and what follows from it at once.
const WEAKER: &[(&str, &[&str])] = &[
    ("one_hot", &["distribution"]),
    ("positive_definite", &["positive_semidefinite", "symmetric", "invertible"]),
    ("positive_semidefinite", &["symmetric"]),
    ("orthogonal", &["invertible"]),
];

/// Whether a property adds nothing to another one of the same symbol: then who states it means something else.
fn says_less(new: &Expr, old: &Expr) -> bool {
    WEAKER.iter().any(|(strong, weak)| {
        let of = old.as_app(strong).and_then(<[Expr]>::first);
        of.is_some_and(|x| weak.iter().any(|w| new.as_app(w) == Some(std::slice::from_ref(x))))
    })
}

/// The symbol that a property is about.
fn subject(property: &Expr) -> Option<Symbol> {
    WEAKER
        .iter()
        .flat_map(|(_, weak)| weak.iter())
        .find_map(|name| property.as_app(name)?.first()?.as_symbol().cloned())
}

/// Leaves out what a later line says otherwise of the same: the case `x ≥ 0` where `x ≤ 0` was said behind it, `y ∈ {0, 1}`
/// behind which `y ∈ {−1, 1}` stands.
pub(super) fn without_other_cases(givens: &mut Vec<Given>) {
    let said: Vec<Given> = givens.clone();
    let mut at = 0;
    givens.retain(|g| {
        at += 1;
        let mut later = said.get(at..).unwrap_or(&[]).iter().filter_map(|l| l.fact.as_ref());
        !later.any(|l| g.fact.as_ref().is_some_and(|old| is_other_case(old, l)))
    });
}

/// Whether two relations are cases of one question, of which not both are meant: sides in other orders, other finite sets.
fn is_other_case(old: &Expr, new: &Expr) -> bool {
    let order = |e: &Expr| match e.node() {
        Node::App(f, args) => match (f.name, args.as_slice()) {
            ("lt" | "le", [a, b]) => Some((a.clone(), b.clone())),
            ("gt" | "ge", [a, b]) => Some((b.clone(), a.clone())),
            _ => None,
        },
        _ => None,
    };
    if let (Some((low, high)), Some((least, greatest))) = (order(old), order(new)) {
        return low == greatest && high == least;
    }
    let finite = |e: &Expr| match e.as_app("member") {
        Some([x, set]) => set.as_app("set").map(|members| (x.clone(), members.to_vec())),
        _ => None,
    };
    matches!((finite(old), finite(new)), (Some((x, a)), Some((y, b))) if x == y && a != b)
}

impl Builder<'_> {
    /// Notes the names that the properties declare anew in this section; what enclosing sections define them as is out
    /// of scope until it ends.
    pub(super) fn declared_anew(&mut self, section: usize, properties: &[Expr]) {
        let outer: Vec<usize> = self.document.sections_of(section).into_iter().filter(|s| *s != section).collect();
        for property in properties {
            let Some(symbol) = subject(property) else { continue };
            let stronger = |(at, g): &(usize, Given)| {
                outer.contains(at) && g.fact.as_ref().is_some_and(|old| says_less(property, old))
            };
            if !self.givens.iter().any(stronger) {
                continue;
            }
            let enclosing = |at: &Within| matches!(at, Within::Section(s) if outer.contains(s));
            let (ended, kept) = std::mem::take(&mut self.annotated)
                .into_iter()
                .partition(|(at, d)| enclosing(at) && d.head.same(&symbol));
            self.annotated = kept;
            let ended: Vec<_> = ended;
            for (at, definition) in ended {
                self.definitions.remove(&definition);
                self.suspended.push((section, at, definition));
            }
            self.anew.push((section, symbol));
        }
    }

    /// Definitions come back into scope where the section ends that declared their names anew.
    pub(super) fn resumed(&mut self, reach: &[usize]) {
        for (section, at, definition) in std::mem::take(&mut self.suspended) {
            if reach.contains(&section) {
                self.suspended.push((section, at, definition));
            } else {
                self.definitions.add(definition.clone());
                self.annotated.push((at, definition));
            }
        }
    }

    /// Whether a given of section `at` is about a name that a section inside, one that is reached, declares anew. The
    /// shape of an array stays.
    pub(super) fn superseded(&self, at: usize, given: &Given, reach: &[usize]) -> bool {
        let Some(fact) = &given.fact else { return false };
        let shape =
            fact.as_app("member").is_some_and(|args| args.get(1).is_some_and(|s| s.as_app("real_space").is_some()));
        let inside = |section: usize| {
            reach.contains(&section) && section != at && (at == 0 || self.document.sections_of(section).contains(&at))
        };
        !shape && self.anew.iter().any(|(section, s)| inside(*section) && fact.mentions(s))
    }
}
