//! What only looks different, in one form: before a formula is cut into lines.

use crate::notation::relation::sign_at;
use crate::notation::tex::{Row, Tex, TexKind};

/// The nodes without boxes and colours, with operators set as words as operators, at every level.
pub(crate) fn plain(nodes: &[Tex]) -> Vec<Tex> {
    list(nodes, false)
}

/// The same of a list, which stands `below` a sign or not.
fn list(nodes: &[Tex], below: bool) -> Vec<Tex> {
    let nodes: Vec<Tex> = nodes.iter().map(|n| inside(n, below)).collect();
    let nodes = without_braces_before_signs(nodes);
    super::upright::operators(&super::measured::laid_open(&super::boxes::opened(&nodes)), below)
}

/// The nodes without the empty braces that set the space of a relation, `{}= a`.
fn without_braces_before_signs(nodes: Vec<Tex>) -> Vec<Tex> {
    let empty = |n: &Tex| matches!(&n.kind, TexKind::Group(list) if list.is_empty());
    let kept: Vec<bool> =
        (0..nodes.len()).map(|at| !(nodes.get(at).is_some_and(empty) && sign_at(&nodes, at + 1).is_some())).collect();
    nodes.into_iter().zip(kept).filter_map(|(n, keep)| keep.then_some(n)).collect()
}

/// The node with its parts in that form.
fn inside(node: &Tex, below: bool) -> Tex {
    let part = |n: &Tex, below: bool| match &n.kind {
        TexKind::Group(nodes) => Tex::new(TexKind::Group(list(nodes, below)), n.span),
        _ => {
            let mut one = list(std::slice::from_ref(n), below);
            if one.len() == 1 { one.remove(0) } else { Tex::new(TexKind::Group(one), n.span) }
        }
    };
    let kind = match &node.kind {
        TexKind::Group(nodes) => TexKind::Group(list(nodes, below)),
        TexKind::Fenced { open, close, body } => {
            TexKind::Fenced { open: open.clone(), close: close.clone(), body: list(body, below) }
        }
        TexKind::Call { name, option, args } => TexKind::Call {
            // The name in AMS-TeX.
            name: if name == "Bbb" { "mathbb".to_owned() } else { name.clone() },
            option: option.clone(),
            args: args.iter().map(|a| part(a, below)).collect(),
        },
        TexKind::Script { base, sub, sup, primes } => TexKind::Script {
            base: Box::new(inside(base, below)),
            sub: sub.as_deref().map(|s| Box::new(part(s, true))),
            sup: sup.as_deref().map(|s| Box::new(part(s, below))),
            primes: *primes,
        },
        TexKind::Env { name, option, rows } => {
            let cells = |row: &Row| Row { cells: row.cells.iter().map(|c| list(c, below)).collect(), span: row.span };
            TexKind::Env { name: name.clone(), option: option.clone(), rows: rows.iter().map(cells).collect() }
        }
        kind => kind.clone(),
    };
    Tex::new(kind, node.span)
}
