//! Differentials in braces and behind operators without an argument: `{\rm d}x`, `\mathop{dx}`, `{2x \, dx}` and what
//! `\mathop{}\!\mathrm{d}x` makes.

use crate::notation::integral::{differential, is_d, signs};
use crate::notation::symbol::base_name;
use crate::notation::tex::{Tex, TexKind};

/// Classes of signs that stand before a differential with nothing in them, for the space that they make.
const CLASSES: &[&str] = &["mathop", "mathord", "mathbin", "mathrel", "mathopen", "mathclose", "mathinner"];

/// The list with such differentials as `dx`, or `\mathrm{d}x`.
pub(super) fn laid_open(nodes: &[Tex]) -> Vec<Tex> {
    let mut out: Vec<Tex> = Vec::with_capacity(nodes.len());
    let mut integrates = false;
    for (at, node) in nodes.iter().enumerate() {
        if is_empty_class(node) {
            continue;
        }
        if let Some(d) = upright_d(node, integrates)
            && (nodes.len() == 1 || is_before_name(nodes, at))
        {
            out.push(d);
            continue;
        }
        match inside(node) {
            // Behind a slash `{dx}` is one thing.
            Some(list) if integrates && ends_in_differential(list) && !follows_slash(&out) => {
                out.extend(list.iter().cloned());
            }
            _ => {
                integrates |= signs(node) > 0;
                out.push(node.clone());
            }
        }
    }
    out
}

fn is_empty_class(node: &Tex) -> bool {
    match &node.kind {
        TexKind::Call { name, args, .. } => {
            CLASSES.contains(&name.as_str()) && args.iter().all(|a| a.list().is_empty())
        }
        _ => false,
    }
}

/// The `\mathrm{d}` that a node is in another font or in braces; a plain d in braces is one where something `integrates`.
fn upright_d(node: &Tex, integrates: bool) -> Option<Tex> {
    match &node.kind {
        TexKind::Call { name, args, .. } if name == "mathsf" && is_d(node) => {
            let kind = TexKind::Call { name: "mathrm".into(), option: None, args: args.clone() };
            Some(Tex::new(kind, node.span))
        }
        _ => match inside(node)? {
            [d] if is_d(d) && (integrates || !matches!(d.kind, TexKind::Char(_) | TexKind::Text(_))) => {
                upright_d(d, integrates).or_else(|| Some(d.clone()))
            }
            _ => None,
        },
    }
}

/// What stands in braces, or in `\mathop{…}`.
fn inside(node: &Tex) -> Option<&[Tex]> {
    match &node.kind {
        TexKind::Group(list) => Some(list),
        TexKind::Call { name, args, .. } if name == "mathop" => args.first().map(Tex::list),
        _ => None,
    }
}

fn is_before_name(nodes: &[Tex], at: usize) -> bool {
    let next = nodes.iter().skip(at + 1).find(|n| !matches!(n.kind, TexKind::Space(_)));
    next.is_some_and(|n| match &n.kind {
        TexKind::Script { base, .. } => base_name(base).is_some(),
        _ => base_name(n).is_some(),
    })
}

fn ends_in_differential(list: &[Tex]) -> bool {
    let kept: Vec<Tex> = list.iter().filter(|n| !matches!(n.kind, TexKind::Space(_))).cloned().collect();
    kept.len()
        .checked_sub(2)
        .is_some_and(|at| differential(&kept, at).is_some_and(|(_, taken)| at + taken == kept.len()))
}

fn follows_slash(before: &[Tex]) -> bool {
    let last = before.iter().rfind(|n| !matches!(n.kind, TexKind::Space(_)));
    last.is_some_and(|n| matches!(n.kind, TexKind::Char('/')))
}
