//! Small questions about trees: letters, lists of siblings.

pub(super) use crate::edit::{base, char_of, is_space as is_blank};
pub(super) use crate::notation::command_of as command;

use crate::notation::tex::{Tex, TexKind};

/// Deepest nesting that is looked at.
pub(super) const DEPTH: usize = 64;

/// The letter that a node is: `x`, `\theta`, `\mathbf{x}`; none for operators and words.
pub(super) fn letter(node: &Tex) -> Option<String> {
    match &node.kind {
        TexKind::Char(c) if c.is_alphabetic() => Some(c.to_string()),
        TexKind::Command(c) if is_greek(c) => Some(format!("\\{c}")),
        _ => None,
    }
}

fn is_greek(command: &str) -> bool {
    const GREEK: &[&str] = &[
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "varepsilon",
        "zeta",
        "eta",
        "theta",
        "vartheta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "pi",
        "rho",
        "sigma",
        "tau",
        "upsilon",
        "phi",
        "varphi",
        "chi",
        "psi",
        "omega",
        "Gamma",
        "Delta",
        "Theta",
        "Lambda",
        "Xi",
        "Pi",
        "Sigma",
        "Phi",
        "Psi",
        "Omega",
        "ell",
    ];
    GREEK.contains(&command)
}

/// Visits every node, parents first.
pub(super) fn each(nodes: &[Tex], visit: &mut dyn FnMut(&Tex)) {
    fn down(node: &Tex, depth: usize, visit: &mut dyn FnMut(&Tex)) {
        visit(node);
        // The letters of a word are none of their own.
        let word = matches!(&node.kind, TexKind::Call { name, .. } if name.starts_with("operatorname"));
        if depth < DEPTH && !word {
            node.children().into_iter().for_each(|c| down(c, depth + 1, visit));
        }
    }
    nodes.iter().for_each(|n| down(n, 0, visit));
}

/// All lists of siblings.
pub(super) fn lists(nodes: &[Tex]) -> Vec<Vec<Tex>> {
    let mut out = vec![nodes.to_vec()];
    each(nodes, &mut |n| match &n.kind {
        TexKind::Group(list) | TexKind::Fenced { body: list, .. } => out.push(list.clone()),
        TexKind::Call { args, .. } => {
            out.extend(args.iter().filter(|a| !matches!(a.kind, TexKind::Group(_))).map(|a| vec![a.clone()]))
        }
        TexKind::Env { rows, .. } => out.extend(rows.iter().map(|r| r.cells.concat())),
        _ => {}
    });
    out
}

/// The letters below, in order, each once.
pub(super) fn letters(nodes: &[Tex]) -> Vec<String> {
    let mut out = vec![];
    each(nodes, &mut |n| {
        if let Some(l) = letter(n)
            && !out.contains(&l)
        {
            out.push(l);
        }
    });
    out
}

/// How often the letter stands below.
pub(super) fn count(nodes: &[Tex], wanted: &str) -> usize {
    let mut n = 0;
    each(nodes, &mut |node| n += usize::from(letter(node).is_some_and(|l| l == wanted)));
    n
}

/// Whether anything below could not be read, or is words.
pub(super) fn has_words(nodes: &[Tex]) -> bool {
    let mut found = false;
    each(nodes, &mut |n| {
        found |= matches!(n.kind, TexKind::Text(_) | TexKind::Error(_));
        found |= matches!(&n.kind, TexKind::Call { name, .. } if name.starts_with("text"));
    });
    found
}
