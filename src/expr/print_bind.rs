//! Binders as text: sums, products, derivatives, …, and the names of their variables.

use std::collections::BTreeSet;

use crate::expr::print::Printer;
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol};

impl Printer {
    /// ∂what/∂place. In a line of a derivation only a single name stands on the fraction.
    pub(super) fn derivative(&self, what: &Expr, place: &str, strength: u8, outer: u8) -> String {
        let short = matches!(what.node(), Node::Sym(_)) || what.as_app("index").is_some();
        if !self.line || short {
            let what = self.expr(what, strength);
            return match self.latex {
                true => format!("\\frac{{\\partial {what}}}{{\\partial {place}}}"),
                false => format!("∂{what}/∂{place}"),
            };
        }
        let what = self.expr(what, 0);
        let text = match self.latex {
            true => format!("\\frac{{\\partial}}{{\\partial {place}}}\\left[{what}\\right]"),
            false => format!("∂/∂{place}[{what}]"),
        };
        self.wrap(text, 4, outer)
    }

    pub(super) fn bind(&self, binder: Binder, domain: &Domain, body: &Expr, outer: u8) -> String {
        if let (Binder::Derivative, Domain::At(point, indices)) = (binder, domain) {
            let place = if indices.is_empty() { self.expr(point, 4) } else { self.indexed(point, indices) };
            return self.derivative(&body.instantiated(point), &place, 4, outer);
        }
        let name = fresh_name(body, domain, &self.taken);
        let variable = Expr::sym(Symbol::new(&name, domain.variable_sort()));
        let inner = self.expr(&body.instantiated(&variable), 3);
        let range = match domain {
            Domain::Range(a, b) => {
                let (a, b) = (self.expr(a, 0), self.expr(b, 0));
                if self.latex {
                    format!("_{{{name}={a}}}^{{{b}}}")
                } else if matches!(binder, Binder::Sum | Binder::Product | Binder::Lambda | Binder::Integral) {
                    format!("({name}={a}..{b})")
                } else {
                    format!("_({name}={a}..{b})")
                }
            }
            Domain::Over(set) => match self.latex {
                true => format!("_{{{name} \\in {}}}", self.expr(set, 0)),
                false => format!("({name}∈{})", self.expr(set, 0)),
            },
            Domain::All(_) => {
                if self.latex {
                    format!("_{{{name}}}")
                } else {
                    format!("({name})")
                }
            }
            Domain::Towards(p, _) => match self.latex {
                true => format!("_{{{name} \\to {}{}}}", self.expr(p, 0), domain.side()),
                false => format!("({name}→{}{})", self.expr(p, 0), domain.side()),
            },
            Domain::At(p, _) => format!("_{{{name} = {}}}", self.expr(p, 0)),
        };
        let (sign_latex, sign) = match binder {
            Binder::Sum => ("\\sum", "Σ"),
            Binder::Product => ("\\prod", "Π"),
            Binder::Integral => ("\\int", "∫"),
            Binder::Limit => ("\\lim", "lim"),
            Binder::ForAll => ("\\forall", "∀"),
            Binder::Exists => ("\\exists", "∃"),
            Binder::Max => ("\\max", "max"),
            Binder::Min => ("\\min", "min"),
            Binder::Sup => ("\\sup", "sup"),
            Binder::Inf => ("\\inf", "inf"),
            Binder::ArgMax => ("\\operatorname{argmax}", "argmax"),
            Binder::ArgMin => ("\\operatorname{argmin}", "argmin"),
            Binder::Lambda | Binder::Derivative => ("\\lambda", "λ"),
        };
        let text = match (binder, domain, self.latex) {
            (Binder::Integral, Domain::Range(a, b), true) => {
                format!("\\int_{{{}}}^{{{}}} {inner} \\, d{name}", self.expr(a, 0), self.expr(b, 0))
            }
            (Binder::Integral, Domain::Range(a, b), false) => {
                format!("∫({}..{}) {inner} d{name}", self.expr(a, 0), self.expr(b, 0))
            }
            _ => format!("{}{range} {inner}", self.pick(sign_latex, sign)),
        };
        self.wrap(text, 2, outer)
    }
}

/// A variable name that is free in the body and the domain, by the sort of the range.
fn fresh_name(body: &Expr, domain: &Domain, names: &BTreeSet<String>) -> String {
    let mut taken: Vec<String> = names.iter().cloned().collect();
    taken.extend(body.symbols().iter().map(|s| s.name.to_string()));
    for part in domain.parts() {
        taken.extend(part.symbols().iter().map(|s| s.name.to_string()));
    }
    // Binders inside the body choose after this one, so nesting depth picks the letter.
    let nested = nesting(body);
    let pool: &[&str] = match domain.variable_sort() {
        Sort::Integer => &["i", "j", "k", "l", "m", "n", "r", "q"],
        _ => &["t", "u", "v", "z", "x", "y"],
    };
    let mut free = pool.iter().filter(|n| !taken.iter().any(|t| t == *n));
    let pick = free.clone().nth(nested).or_else(|| free.next_back());
    pick.map_or_else(|| format!("i_{{{nested}}}"), |s| (*s).to_owned())
}

fn nesting(e: &Expr) -> usize {
    match e.node() {
        Node::Bind { binder: Binder::Derivative, body, .. } => nesting(body),
        Node::Bind { body, .. } => 1 + nesting(body),
        _ => e.children().into_iter().map(nesting).max().unwrap_or(0),
    }
}
