//! Responses of models with noise: behind `y = X\beta + \varepsilon` a loss of β is one of the data that were observed, and y
//! is held where it is differentiated (Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 3.2).

use crate::claim::Definition;
use crate::elaborate::definitions::Definitions;
use crate::expr::{Binder, Expr, Node, Symbol, fun};

/// Letters of noise.
const NOISE: &[&str] = &["\\epsilon", "\\varepsilon"];
/// The same where they count with what they are the noise of: `y_i = a + b x_i + e_i`.
const RESIDUALS: &[&str] = &["e", "u"];
/// Functions of the table that differentiate, of what they are given first.
const DERIVATIVES: &[&str] = &["partial", "gradient", "prime"];

/// The definitions without those of responses, where the relation differentiates something else than one.
pub(super) fn as_data(relation: &Expr, definitions: &Definitions) -> Option<Definitions> {
    let mut differentiated = vec![];
    relation.any(&mut |x| {
        differentiated.extend(DERIVATIVES.iter().filter_map(|d| x.as_app(d)?.first().cloned()));
        false
    });
    let own = |d: &Definition| differentiated.iter().any(|e| head(e).is_some_and(|s| s.same(&d.head)));
    if differentiated.is_empty() {
        return None;
    }
    definitions.without(&|d| is_response(d, definitions) && !own(d))
}

/// A sum with a lone letter of noise, of which nothing says what it is.
fn is_response(d: &Definition, definitions: &Definitions) -> bool {
    // The law of all entries, `y_i = a + b x_i + e_i`, has one binder for each index.
    let (mut body, mut entries) = (&d.body, !d.indices.is_empty());
    while let Node::Bind { binder: Binder::Lambda, body: inner, .. } = body.node() {
        (body, entries) = (inner, true);
    }
    let Some(terms) = body.as_app(fun::ADD).filter(|_| d.params.is_empty()) else { return false };
    let noise = |term: &Expr| {
        let Some(s) = head(term).filter(|s| definitions.of(s).is_empty()) else { return false };
        let name = bare(&s.name);
        NOISE.contains(&name) || RESIDUALS.contains(&name) && entries && term.as_app(fun::INDEX).is_some()
    };
    terms.iter().any(noise)
}

/// The symbol of a letter, of an entry of an array.
fn head(e: &Expr) -> Option<&Symbol> {
    e.as_symbol().or_else(|| e.as_app(fun::INDEX)?.first()?.as_symbol())
}

/// A letter without the font of a vector and without its subscript.
fn bare(name: &str) -> &str {
    let fonts = ["\\boldsymbol{", "\\mathbf{", "\\bm{", "\\vec{"];
    let inner = fonts.iter().find_map(|font| name.strip_prefix(font)).unwrap_or(name);
    inner.split(['_', '}']).next().unwrap_or(inner)
}
