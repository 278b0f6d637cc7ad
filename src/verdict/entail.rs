//! Whether a condition follows from what is given, with ∀ opened and premises used. Fails closed.

use crate::algebra::facts::Facts;
use crate::algebra::sign::holds;
use crate::algebra::{binder_facts, negation};
use crate::expr::{Binder, Domain, Expr, Node, Symbol};

/// Deepest nesting of quantifiers and connectives that is opened.
const DEPTH: u32 = 12;

/// Most facts that are kept.
const MOST: usize = 96;

/// Whether the condition holds wherever the facts do and its parts have values.
pub(super) fn entails(facts: &[Expr], condition: &Expr) -> bool {
    follows(&consequences(facts.to_vec(), None), condition, DEPTH)
}

fn follows(facts: &[Expr], condition: &Expr, depth: u32) -> bool {
    if facts.contains(condition) {
        return true;
    }
    let Some(deeper) = depth.checked_sub(1) else { return false };
    match condition.node() {
        Node::Bind { binder: Binder::ForAll, domain, body } => {
            let variable = fresh(facts, condition, domain);
            let Some(range) = binder_facts(&variable, domain) else { return false };
            let value = Expr::sym(variable);
            let mut inner = facts.to_vec();
            inner.extend(range);
            follows(&consequences(inner, Some((&value, domain))), &body.instantiated(&value), deeper)
        }
        Node::App(f, args) => match (f.name, args.as_slice()) {
            ("and", _) => args.iter().all(|a| follows(facts, a, deeper)),
            ("implies", [a, b]) => follows(&supposing(facts, a), b, deeper),
            // Either the first holds, or its negation may be used.
            ("or", [a, b]) => follows(facts, a, deeper) || follows(&supposing(facts, &negation(a)), b, deeper),
            ("ne", [a, b]) if b.as_int() == Some(0) && is_definite_determinant(a, facts) => true,
            _ => holds(condition, &Facts::new(facts)).certainly(),
        },
        _ => holds(condition, &Facts::new(facts)).certainly(),
    }
}

/// det A of a matrix given to be positive definite: it is positive (Horn & Johnson, 7.1).
fn is_definite_determinant(e: &Expr, facts: &[Expr]) -> bool {
    let Some([matrix]) = e.as_app("det") else { return false };
    facts.iter().any(|f| f.as_app("positive_definite").is_some_and(|args| args == [matrix.clone()]))
}

fn supposing(facts: &[Expr], premise: &Expr) -> Vec<Expr> {
    let mut inner = facts.to_vec();
    inner.push(premise.clone());
    consequences(inner, None)
}

/// The facts with what follows from those of the form A ⇒ B, and from ∀ at the value of a variable of that domain.
fn consequences(mut facts: Vec<Expr>, at: Option<(&Expr, &Domain)>) -> Vec<Expr> {
    if let Some((value, over)) = at {
        let said: Vec<Expr> = facts
            .iter()
            .filter_map(|g| match g.node() {
                Node::Bind { binder: Binder::ForAll, domain, body } if domain == over => Some(body.instantiated(value)),
                _ => None,
            })
            .collect();
        facts.extend(said);
    }
    for _ in 0..3 {
        let mut new = vec![];
        for fact in &facts {
            let Node::App(f, args) = fact.node() else { continue };
            match (f.name, args.as_slice()) {
                ("and", _) => new.extend(args.iter().cloned()),
                ("implies", [a, b]) if plainly(a, &facts) => new.push(b.clone()),
                ("or", [a, b]) if plainly(&negation(a), &facts) => new.push(b.clone()),
                ("or", [a, b]) if plainly(&negation(b), &facts) => new.push(a.clone()),
                _ => {}
            }
        }
        new.retain(|n| !facts.contains(n));
        if new.is_empty() || facts.len() > MOST {
            break;
        }
        facts.extend(new);
    }
    facts
}

fn plainly(condition: &Expr, facts: &[Expr]) -> bool {
    facts.contains(condition) || holds(condition, &Facts::new(facts)).certainly()
}

/// A variable of the domain that occurs nowhere.
fn fresh(facts: &[Expr], condition: &Expr, domain: &Domain) -> Symbol {
    let sort = domain.variable_sort();
    let free = (0usize..).map(|n| Symbol::new(&format!("\u{5}{n}"), sort.clone()));
    let mut free = free.filter(|s| !condition.mentions(s) && !facts.iter().any(|f| f.mentions(s)));
    free.next().unwrap_or_else(|| Symbol::new("\u{5}", sort))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::Sort;

    fn entry(name: &str, i: Expr) -> Expr {
        Expr::sym(Symbol::new(name, Sort::vector(Expr::size_symbol("n")))).index(vec![i])
    }

    fn all(body: Expr) -> Expr {
        Expr::bind(Binder::ForAll, Domain::Range(Expr::int(1), Expr::size_symbol("n")), body)
    }

    fn above(e: Expr) -> Expr {
        Expr::relate("gt", e, Expr::int(0))
    }

    #[test]
    fn premises_under_a_quantifier_are_used() {
        let k = Expr::bound(0, Sort::Integer);
        let given = all(Expr::relate("implies", above(entry("p", k.clone())), above(entry("q", k.clone()))));
        let distribution =
            Expr::apply("distribution", vec![Expr::sym(Symbol::new("p", Sort::vector(Expr::size_symbol("n"))))]);
        let ne = Expr::relate("ne", entry("p", k.clone()), Expr::int(0));
        let wanted = all(Expr::relate("implies", ne, above(entry("q", k.clone()))));
        assert!(entails(&[given.clone(), distribution.clone()], &wanted));
        assert!(!entails(std::slice::from_ref(&given), &wanted), "p might be negative");
        assert!(!entails(&[given, distribution], &all(above(entry("q", k)))), "where p is 0 nothing is known of q");
    }

    #[test]
    fn another_range_says_nothing() {
        let k = Expr::bound(0, Sort::Integer);
        let given = all(Expr::relate("implies", above(entry("p", k.clone())), above(entry("q", k.clone()))));
        let longer = Domain::Range(Expr::int(0), Expr::size_symbol("n"));
        let body = Expr::relate("implies", above(entry("p", k.clone())), above(entry("q", k)));
        assert!(!entails(&[given], &Expr::bind(Binder::ForAll, longer, body)));
    }
}
