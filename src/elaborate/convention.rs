//! `0 log 0 = 0`, where the notes declare it: a product with a logarithm is 0 where its other factor is, whatever the
//! logarithm's argument (so `0 log(0/0)` and `0 log(1/0)` are 0 too). Cover & Thomas, 2.1, 2.3.

use crate::elaborate::waiting::TypedLine;
use crate::expr::{Expr, Node, fun};
use crate::read::{Block, Document};

/// A declaration of the convention.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Declared {
    /// The block that says it, or the only formula that it is for.
    pub(crate) block: usize,
    /// Whether it is for that formula alone; else it holds to the end of its section.
    pub(crate) alone: bool,
}

/// Reads the lines in reach of a declaration under the convention.
pub(crate) fn apply(document: &Document, annotations: &[Declared], lines: &mut [TypedLine]) {
    let formulas = document.formulas().filter(|(_, f)| declares(&f.extract.text));
    let mut all: Vec<Declared> = formulas.map(|(block, _)| Declared { block, alone: false }).collect();
    all.extend(annotations);
    let place = |block: usize| match document.blocks.get(block) {
        Some(Block::Formula(f)) => (f.section, Some(f.paragraph)),
        Some(Block::Directive(d)) => (d.section, None),
        _ => (0, None),
    };
    for line in lines {
        let (section, paragraph) = place(line.raw.block);
        let reached = all.iter().any(|d| {
            let (at, around) = place(d.block);
            let within = at == 0 || document.sections_of(section).contains(&at);
            match d.alone {
                true => d.block == line.raw.block,
                false => within && (d.block <= line.raw.block || around.is_some() && around == paragraph),
            }
        });
        if reached {
            line.sides = line.sides.iter().map(zero_log_zero).collect();
            line.printed = line.printed.iter().map(zero_log_zero).collect();
        }
    }
}

/// Whether the text of a formula or annotation is the declaration.
pub(crate) fn declares(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\\' | '{' | '}' | '.')).collect();
    let plain = plain.replace("cdot", "").replace("operatorname", "").replace("=0", "");
    matches!(plain.as_str(), "0log0" | "0ln0" | "0log(0)" | "0ln(0)") && text.contains('=')
}

/// The expression under the convention: products `x log y` become the function that is 0 where `x` is.
pub(crate) fn zero_log_zero(e: &Expr) -> Expr {
    e.transform(&mut |x, _| match x.node() {
        Node::App(f, _) if f.name == fun::MUL && x.sort().is_scalar() => guarded(x),
        _ => None,
    })
}

fn guarded(product: &Expr) -> Option<Expr> {
    let mut factors = vec![];
    flatten(product, &mut factors);
    let at = factors.iter().position(logarithmic)?;
    let log = factors.remove(at);
    let (numbers, others): (Vec<Expr>, Vec<Expr>) = factors.into_iter().partition(Expr::is_literal);
    if others.is_empty() || others.iter().any(logarithmic) || others.iter().any(|f| !f.sort().is_scalar()) {
        return None;
    }
    let weight = Expr::apply(fun::MUL, others);
    let value = spread(&weight, &log);
    Some(if numbers.is_empty() { value } else { Expr::apply(fun::MUL, [numbers, vec![value]].concat()) })
}

/// Factors of a product of products, in order.
fn flatten(e: &Expr, out: &mut Vec<Expr>) {
    match e.as_app(fun::MUL) {
        Some(args) if e.sort().is_scalar() => args.iter().for_each(|a| flatten(a, out)),
        _ => out.push(e.clone()),
    }
}

/// A logarithm, or a sum with one among its terms.
fn logarithmic(e: &Expr) -> bool {
    if e.as_app("log").is_some() {
        return true;
    }
    e.as_app(fun::ADD).is_some_and(|terms| {
        terms.iter().any(|t| {
            let mut factors = vec![];
            flatten(t, &mut factors);
            factors.iter().any(|f| f.as_app("log").is_some())
        })
    })
}

/// The weight times a logarithm or a sum with some, term by term.
fn spread(weight: &Expr, e: &Expr) -> Expr {
    if let Some([y]) = e.as_app("log") {
        return Expr::apply("xlogy", vec![weight.clone(), y.clone()]);
    }
    match e.as_app(fun::ADD) {
        Some(terms) => {
            let terms = terms.iter().map(|t| {
                let product = Expr::apply(fun::MUL, vec![weight.clone(), t.clone()]);
                guarded(&product).unwrap_or(product)
            });
            Expr::apply(fun::ADD, terms.collect())
        }
        None => Expr::apply(fun::MUL, vec![weight.clone(), e.clone()]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(e: Expr) -> Expr {
        Expr::apply("log", vec![e])
    }

    #[test]
    fn products_with_a_logarithm_are_guarded_by_their_other_factors() {
        let (p, q) = (Expr::real("p"), Expr::real("q"));
        let xlogy = |x: &Expr, y: &Expr| Expr::apply("xlogy", vec![x.clone(), y.clone()]);
        assert_eq!(zero_log_zero(&(p.clone() * log(q.clone()))), xlogy(&p, &q));
        let minus = Expr::int(-1) * (p.clone() * log(q.clone()));
        assert_eq!(zero_log_zero(&minus), Expr::int(-1) * xlogy(&p, &q));
        let spread = p.clone() * (log(p.clone()) - log(q.clone()));
        assert_eq!(zero_log_zero(&spread), xlogy(&p, &p) + Expr::int(-1) * xlogy(&p, &q));
    }

    #[test]
    fn a_logarithm_alone_stays() {
        let q = Expr::real("q");
        for e in [log(q.clone()), Expr::int(2) * log(q.clone()), log(q.clone()) * log(q)] {
            assert_eq!(zero_log_zero(&e), e);
        }
    }

    #[test]
    fn declarations_are_told_from_other_formulas() {
        assert!(declares("0 log 0 = 0") && declares(r"0 \log 0 = 0") && declares(r"0 \ln 0 = 0."));
        assert!(!declares(r"0 \log 0 = 1") && !declares(r"0 \log 1 = 0") && !declares(r"0 \log 0"));
    }
}
