//! Conditional probabilities by their definition: `P(A | B) = P(A, B) / P(B)` (Billingsley, Probability and Measure, 4), for
//! densities too. A probability is read as a name; what stands in its brackets says which it is.

use std::collections::BTreeMap;

use crate::algebra::canon::is_identity;
use crate::expr::{Expr, Node, Symbol, fun};
use crate::notation::BOUND;

/// What is used where conditional probabilities are written out.
pub(super) const CONDITIONAL: &str = "conditional probability";

/// Letters of probability measures and densities.
pub(super) const MEASURES: &[&str] =
    &["P", "p", "Q", "q", "\\mathbb{P}", "\\Pr", "Pr", "\\mathrm{P}", "\\mathrm{Pr}", "\\pi"];

/// Greatest size of an equation that is looked at.
const LARGEST: u64 = 400;

/// A probability by its name: by which measure, of what, given what.
pub(crate) struct Probability {
    pub(crate) measure: String,
    pub(crate) of: Vec<String>,
    pub(crate) given: Vec<String>,
    /// Those that a sum or an integral around it binds.
    pub(crate) bound: Vec<String>,
}

/// Whether it is such a letter, with or without a subscript.
pub(super) fn is_measure(name: &str) -> bool {
    MEASURES.contains(&name.split_once("_{").map_or(name, |(letter, _)| letter))
}

/// `p_{X,Y}` for `p_{X,Y}(x, y)`: the random variables are said once more by their values.
fn unlabelled<'t>(measure: &'t str, values: &[&[String]]) -> &'t str {
    let Some((letter, label)) = measure.split_once("_{") else { return measure };
    let names = label.trim_end_matches('}').split([',', '|']).map(str::trim);
    let values = values.iter().flat_map(|list| list.iter());
    let said = names.map(str::to_owned).eq(values.map(|v| v.to_uppercase()));
    if said { letter } else { measure }
}

impl Probability {
    /// `P(A, B | C)`. What has parameters behind a semicolon, dots or signs between events is not taken apart.
    pub(crate) fn named(symbol: &Symbol) -> Option<Probability> {
        let (measure, rest) = symbol.name.split_once('(')?;
        let inner = rest.strip_suffix(')').filter(|_| is_measure(measure))?;
        let plain = |v: &str| {
            !v.is_empty()
                && !v.contains(['|', ';', '(', ')', '∣', '<', '>', '≤', '≥', '≠', '\u{222a}', '\u{2229}'])
                && !["dots", "cup", "cap", "..."].iter().any(|w| v.contains(w))
        };
        let list = |text: &str| -> Option<Vec<String>> {
            let parts: Vec<String> = text.split(", ").map(|v| v.trim().replace(BOUND, "")).collect();
            parts.iter().all(|v| plain(v)).then_some(parts)
        };
        let (of, given) = match inner.split_once(" | ") {
            Some((of, given)) => (list(of)?, list(given)?),
            None => (list(inner)?, vec![]),
        };
        let measure = unlabelled(measure, &[&of, &given]).to_owned();
        let marked = inner.split([',', '|']).map(str::trim).filter(|v| v.contains(BOUND));
        let bound = marked.map(|v| v.replace(BOUND, "")).collect();
        Some(Probability { measure, of, given, bound })
    }

    /// The name of the probability of all of these together, whatever their order.
    fn together(&self, parts: &[&[String]]) -> String {
        let mut all: Vec<&str> = parts.iter().flat_map(|p| p.iter().map(String::as_str)).collect();
        all.sort_unstable();
        all.dedup();
        format!("{}({})", self.measure, all.join(", "))
    }
}

/// Whether it is the probability of a union or a difference of events.
pub(super) fn is_compound(symbol: &Symbol) -> bool {
    let inner = symbol.name.split_once('(').filter(|(measure, _)| is_measure(measure));
    inner.is_some_and(|(_, of)| ["\\cup", "\u{222a}", "\\setminus", "\u{2216}"].iter().any(|sign| of.contains(sign)))
}

/// The equation with every conditional probability as a quotient of joint ones, but for those of which it is not seen on
/// what their condition depends; `None` where there is none.
pub(super) fn written_out(relation: &Expr) -> Option<Expr> {
    relation.as_app(fun::EQ)?;
    let mut conditional = false;
    // How many indices each joint probability has.
    let mut indices: BTreeMap<String, usize> = BTreeMap::new();
    let mut note = |e: &Expr| {
        let (symbol, count) = family(e)?;
        let p = Probability::named(symbol)?;
        conditional |= !p.given.is_empty();
        indices.insert(p.together(&[&p.of, &p.given]), count);
        Some(())
    };
    // An entry is met before the array that it is of.
    relation.transform(&mut |x, _| note(x).map(|()| Expr::int(0)));
    if !conditional {
        return None;
    }
    let result = relation.transform(&mut |x, _| {
        let (symbol, count) = family(x)?;
        let p = Probability::named(symbol)?;
        let joint = |parts: &[&[String]]| {
            let array = Expr::sym(Symbol::new(&p.together(parts), symbol.sort.clone()));
            match x.node() {
                Node::App(_, args) => array.index(args.get(1..).unwrap_or(&[]).to_vec()),
                _ => array,
            }
        };
        let all = joint(&[&p.of, &p.given]);
        if p.given.is_empty() {
            return Some(all);
        }
        // Beside an index, the condition may or may not depend on it: another place has to say.
        let below = match indices.get(&p.together(&[&p.given])) {
            _ if count == 0 => None,
            Some(0) => None,
            Some(k) if *k == count => Some(joint(&[&p.given])),
            _ => return Some(x.clone()),
        };
        let below = below.unwrap_or_else(|| Expr::real(&p.together(&[&p.given])));
        Some(all.over(&below))
    });
    (result != *relation).then_some(result)
}

/// Whether an equation is a rule of probability: Bayes' theorem, the product rule. It is no definition of its left side.
pub(super) fn is_rule(left: &Expr, right: &Expr) -> bool {
    let relation = Expr::relate(fun::EQ, left.clone(), right.clone());
    let joint = written_out(&relation).filter(|e| e.size() <= LARGEST);
    joint.as_ref().and_then(|e| e.as_app(fun::EQ)).is_some_and(|sides| match sides {
        [l, r] => is_identity(l, r),
        _ => false,
    })
}

/// A name, or an entry of an array by a name, with the number of its indices.
fn family(e: &Expr) -> Option<(&Symbol, usize)> {
    match e.node() {
        Node::Sym(s) if s.sort.is_scalar() => Some((s, 0)),
        Node::App(f, args) if f.name == fun::INDEX => Some((args.first()?.as_symbol()?, args.len() - 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(name: &str) -> Expr {
        Expr::real(name)
    }

    fn out(left: Expr, right: Expr) -> Option<Expr> {
        written_out(&Expr::relate(fun::EQ, left, right))
    }

    #[test]
    fn bayes_becomes_an_identity_of_joint_probabilities() {
        let bayes = out(p("P(A | B)"), (p("P(B | A)") * p("P(A)")).over(&p("P(B)"))).unwrap();
        let [l, r] = bayes.as_app(fun::EQ).unwrap() else { panic!() };
        let names = |e: &Expr| e.symbols().iter().map(|s| s.name.to_string()).collect::<Vec<_>>();
        assert_eq!(names(l), ["P(A, B)", "P(B)"]);
        assert_eq!(names(r), ["P(A)", "P(A, B)", "P(B)"]);
    }

    #[test]
    fn order_does_not_matter_and_measures_do() {
        let both = out(p("P(A, B | C)"), p("P(B, A | C)")).unwrap();
        let [l, r] = both.as_app(fun::EQ).unwrap() else { panic!() };
        assert_eq!(l, r);
        let two = out(p("P(A | B)"), p("Q(A | B)")).unwrap();
        let [l, r] = two.as_app(fun::EQ).unwrap() else { panic!() };
        assert_ne!(l, r);
    }

    #[test]
    fn what_is_not_seen_into_stays() {
        assert!(out(p("P(A)"), p("P(B)")).is_none(), "nothing is conditional");
        assert!(Probability::named(&Symbol::new("p(x; a)", crate::expr::Sort::Real)).is_none());
        assert!(Probability::named(&Symbol::new("P(A \\cup B)", crate::expr::Sort::Real)).is_none());
        assert!(Probability::named(&Symbol::new("f(x | y)", crate::expr::Sort::Real)).is_none());
    }
}
