//! Commands that notes use without defining them: those that KaTeX and the package physics have, and a few that sites define
//! in a place of their own. They stand for what they mean everywhere; what the author defines comes first.

/// What a command stands for with one, two, … groups of braces behind it, or with none; `#1` … are the groups.
pub(super) struct Usual {
    name: &'static str,
    /// How many groups, and what stands for the command with them; fewer groups first.
    forms: &'static [(usize, &'static str)],
    /// The same with an order in brackets, `#1`.
    ordered: Option<(usize, &'static str)>,
}

const fn row(name: &'static str, forms: &'static [(usize, &'static str)]) -> Usual {
    Usual { name, forms, ordered: None }
}

const USUAL: &[Usual] = &[
    // KaTeX, Support Table: sets of numbers
    row("R", &[(0, "\\mathbb{R}")]),
    row("N", &[(0, "\\mathbb{N}")]),
    row("Z", &[(0, "\\mathbb{Z}")]),
    row("Q", &[(0, "\\mathbb{Q}")]),
    row("C", &[(0, "\\mathbb{C}")]),
    row("Reals", &[(0, "\\mathbb{R}")]),
    row("reals", &[(0, "\\mathbb{R}")]),
    row("natnums", &[(0, "\\mathbb{N}")]),
    row("Complex", &[(0, "\\mathbb{C}")]),
    // The package physics, 2.3 and 2.4
    row("dd", &[(0, "\\mathrm{d}")]),
    row("qty", &[(0, "")]),
    Usual {
        name: "dv",
        forms: &[(1, "\\frac{d}{d #1}"), (2, "\\frac{d #1}{d #2}")],
        ordered: Some((2, "\\frac{d^{#1} #2}{d {#3}^{#1}}")),
    },
    Usual {
        name: "pdv",
        forms: &[
            (1, "\\frac{\\partial}{\\partial #1}"),
            (2, "\\frac{\\partial #1}{\\partial #2}"),
            (3, "\\frac{\\partial^2 #1}{\\partial #2 \\partial #3}"),
        ],
        ordered: Some((2, "\\frac{\\partial^{#1} #2}{\\partial {#3}^{#1}}")),
    },
    // Sites with macros of their own
    row("norm", &[(1, "\\lVert #1 \\rVert")]),
    row("E", &[(0, "\\mathbb{E}")]),
    row("KL", &[(0, "\\mathrm{KL}")]),
];

/// How many groups the usual meaning of a command takes, of so many that come behind it, and the text that stands for it;
/// `in_order`: whether an order in brackets comes first, which is one more.
pub(super) fn usual(name: &str, groups: usize, in_order: bool) -> Option<(usize, &'static str)> {
    let row = USUAL.iter().find(|row| row.name == name)?;
    if in_order && let Some((count, body)) = row.ordered {
        return (groups >= count).then_some((count + 1, body));
    }
    row.forms.iter().rfind(|(count, _)| *count <= groups).copied()
}

/// The most groups that a usual command takes.
pub(super) const MOST: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::fun;
    use crate::notation::tex::commands::role;
    use crate::notation::tex::{Macro, Macros, parse, parse_with, symbol};

    #[test]
    fn no_usual_command_has_another_meaning() {
        for row in USUAL {
            assert!(
                role(row.name).is_none() && symbol(row.name).is_none() && fun::by_tex(row.name).is_none(),
                "{}",
                row.name
            );
        }
    }

    #[test]
    fn what_the_author_defines_comes_first() {
        let mut macros = Macros::new();
        macros.define("E", Macro { arity: 0, default: None, body: "\\mathcal{E}".into() });
        let kinds =
            |text: &str, macros: &Macros| parse_with(text, macros).into_iter().map(|n| n.kind).collect::<Vec<_>>();
        let same = |a: &str, b: &str| format!("{:?}", bare(a)) == format!("{:?}", bare(b));
        assert_ne!(kinds(r"\E", &macros), kinds(r"\E", &Macros::new()));
        assert!(same(r"\dv{x} f", r"\frac{d}{d x} f"));
        assert!(same(r"\dv{f}{x}", r"\frac{d f}{d x}"));
        assert!(same(r"\pdv{f}{x}{y}", r"\frac{\partial^2 f}{\partial x \partial y}"));
        assert!(!same(r"\dv{f}{x}", r"\frac{d x}{d f}"));
    }

    /// The printed tree, for spans differ.
    fn bare(text: &str) -> String {
        crate::notation::tex::to_latex(&parse(text))
    }
}
