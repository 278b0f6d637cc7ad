//! Probabilities of single observations under a binder: `p(y_i \mid \theta) = \ldots` for an i that is free says what each factor
//! of `\prod_i p(y_i \mid \theta)` is.

use crate::claim::Definition;
use crate::elaborate::definitions::Definitions;
use crate::expr::{Expr, Sort, Symbol};
use crate::notation::BOUND;

/// The value at an index of a family of probabilities whose member at a free index the notes define, with that definition;
/// `depth` binders stand around it.
pub(super) fn value<'d>(
    family: &Symbol,
    at: &[Expr],
    depth: u32,
    definitions: &'d Definitions,
) -> Option<(&'d Definition, Expr)> {
    let [at] = at else { return None };
    let index = marked_index(&family.name)?;
    let member = Symbol { name: family.name.replace(BOUND, "").into(), ..family.clone() };
    let d = definitions.of(&member).iter().find(|d| d.indices.is_empty() && d.params.is_empty())?;
    let symbols = d.body.symbols();
    let free = symbols.iter().find(|s| s.sort == Sort::Integer && *s.name == *index)?;
    let scalar = d.body.sort().is_scalar();
    scalar.then(|| (d, d.body.shifted(depth, 0).substituted(free, at)))
}

/// The one letter in the subscripts of all marked variables of a name, `i` of `p(y_i⁠ | x_i⁠, w)`.
fn marked_index(name: &str) -> Option<String> {
    let mut found: Option<String> = None;
    let parts: Vec<&str> = name.split(BOUND).collect();
    let (_, marked) = parts.split_last()?;
    for part in marked {
        let (_, index) = part.rsplit_once('_')?;
        let index = index.trim_matches(['{', '}', ' ']);
        let letter = index.chars().count() == 1 && index.chars().all(char::is_alphabetic);
        if !letter || found.as_ref().is_some_and(|f| f != index) {
            return None;
        }
        found = Some(index.to_owned());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_is_that_of_all_marked_variables() {
        assert_eq!(marked_index("p(y_i\u{2060} | x_{i}\u{2060}, w)").as_deref(), Some("i"));
        assert_eq!(marked_index("p(y_i\u{2060} | x_j\u{2060})"), None);
        assert_eq!(marked_index("p(y_{i+1}\u{2060} | w)"), None);
        assert_eq!(marked_index("p(y\u{2060} | w)"), None);
        assert_eq!(marked_index("p(y_i | w)"), None);
    }
}
