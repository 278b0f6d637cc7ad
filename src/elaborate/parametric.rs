//! Densities that name what a derivative is by: `\nabla_\theta\, p(x \mid \theta)`.

use crate::elaborate::definitions::Definitions;
use crate::expr::{Expr, Node, Sort, Symbol, fun};

/// The relation with such densities as functions of the number that they name, without a formula; `None` where there is
/// none. What has a definition, or stands as a whole array, is left alone.
pub(super) fn as_functions(relation: &Expr, definitions: &Definitions) -> Option<Expr> {
    let mut variables: Vec<Symbol> = vec![];
    relation.any(&mut |x| {
        let by = x.as_app("partial").and_then(|args| args.get(1)).and_then(Expr::as_symbol);
        if let Some(s) = by.filter(|s| s.sort == Sort::Real && !variables.iter().any(|v| v.same(s))) {
            variables.push(s.clone());
        }
        false
    });
    let named = |s: &Symbol| -> Option<Symbol> {
        let mut of = variables.iter().filter(|v| names(&s.name, &v.name));
        let by = of.next().filter(|_| of.next().is_none() && definitions.of(s).is_empty())?;
        (!s.same(by)).then(|| by.clone())
    };
    let mut whole = false;
    relation.any(&mut |x| {
        // Entries are taken with their array, at numbers for all of its indices.
        let entry = x.as_app(fun::INDEX).and_then(<[Expr]>::split_first).and_then(|(a, at)| Some((a.as_symbol()?, at)));
        match (x.node(), entry) {
            (_, Some((s, at))) => whole |= named(s).is_some() && s.sort.sizes().len() != at.len(),
            (Node::Bind { domain, .. }, _) => {
                whole |= domain.parts().iter().any(|p| p.symbols().iter().any(|s| named(s).is_some()));
            }
            _ => {}
        }
        false
    });
    let function = |s: &Symbol, places: &[Expr]| {
        let by = named(s)?;
        let arguments = places.iter().cloned().chain([Expr::sym(by)]).collect();
        Some(Expr::new(Node::Call(s.with_sort(Sort::Real), arguments)))
    };
    let written = relation.transform(&mut |x, _| match x.node() {
        Node::App(f, args) if f.name == fun::INDEX => {
            let (array, at) = args.split_first()?;
            function(array.as_symbol()?, at)
        }
        Node::Sym(s) if s.sort.is_scalar() => function(s, &[]),
        _ => None,
    });
    let left = written.symbols().iter().any(|s| !s.sort.is_scalar() && named(s).is_some());
    (written != *relation && !whole && !left).then_some(written)
}

/// Whether a name with arguments, `p(x \mid \theta)`, names a letter among them.
fn names(name: &str, letter: &str) -> bool {
    let Some((_, arguments)) = name.split_once(['(', '_']) else { return false };
    let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '\\' || c == '\'');
    name.contains('(')
        && arguments.match_indices(letter).any(|(at, found)| {
            let (before, after) = (arguments.get(..at), arguments.get(at + found.len()..));
            let after = after.map(str::trim_start).unwrap_or_default();
            !inside(before.and_then(|b| b.chars().next_back()))
                && !inside(after.chars().next())
                && !after.starts_with('_')
        })
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_letter_is_named_as_a_whole() {
        for name in ["p(x \\mid \\theta)", "P(\\tau;\\theta)", "\\pi_{\\theta}(a \\mid s)", "p(\\theta)"] {
            assert!(names(name, "\\theta"), "{name}");
        }
        for name in ["p(x \\mid \\theta_k)", "p(x \\mid \\theta')", "p(\\vartheta)", "\\theta", "p_{\\theta}"] {
            assert!(!names(name, "\\theta"), "{name}");
        }
        assert!(!names("p(ax)", "a") && !names("p(\\alpha)", "a") && names("p(a, x)", "a"));
    }
}
