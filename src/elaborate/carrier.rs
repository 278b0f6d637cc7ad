//! The finite sets that distributions live on, as sums over them tell.

use crate::elaborate::survey::{head_name, strip};
use crate::notation::tex::{Tex, TexKind};
use crate::notation::{Names, base_name, significant};

/// `\sum_{x \in X} P(x)`: the set that a distribution lives on.
pub(super) fn supports(side: &[Tex], names: &mut Names) {
    let list = significant(side);
    let mut sets: Vec<(String, String)> = vec![];
    collect_supports(&list, &mut sets, names, 0);
}

fn collect_supports(list: &[Tex], sets: &mut Vec<(String, String)>, names: &mut Names, depth: usize) {
    if depth > 32 {
        return;
    }
    for (i, node) in list.iter().enumerate() {
        if let TexKind::Script { base, sub: Some(sub), .. } = &node.kind
            && matches!(&base.kind, TexKind::Command(c) if c == "sum" || c == "prod")
        {
            let inner = significant(sub.list());
            if let [variable, sign, set] = inner.as_slice()
                && matches!(&sign.kind, TexKind::Command(c) if c == "in")
                && let (Some(v), Some(s)) = (base_name(variable), base_name(set))
            {
                sets.push((v, s));
            }
        }
        if let Some(name) = base_name(strip(node)) {
            let arg = match (list.get(i + 1).map(|n| &n.kind), list.get(i + 2), list.get(i + 3).map(|n| &n.kind)) {
                (Some(TexKind::Char('(')), Some(arg), Some(TexKind::Char(')'))) => base_name(arg),
                (Some(TexKind::Fenced { open, body, .. }), _, _) if open == "(" => match significant(body).as_slice() {
                    [one] => base_name(one),
                    _ => None,
                },
                _ => None,
            };
            if let Some((_, set)) = arg.and_then(|a| sets.iter().rev().find(|(v, _)| *v == a)) {
                let full = match &node.kind {
                    TexKind::Script { .. } => head_name(node).unwrap_or(name),
                    _ => name,
                };
                names.supports.entry(full).or_insert_with(|| set.clone());
            }
        }
        match &node.kind {
            TexKind::Group(l) | TexKind::Fenced { body: l, .. } => {
                collect_supports(&significant(l), sets, names, depth + 1)
            }
            TexKind::Call { args, .. } => {
                for a in args {
                    collect_supports(&significant(a.list()), sets, names, depth + 1);
                }
            }
            TexKind::Script { base, sup, .. } => {
                if let TexKind::Group(l) | TexKind::Fenced { body: l, .. } = &base.kind {
                    collect_supports(&significant(l), sets, names, depth + 1);
                }
                // `\sum_{u \in X} e^{\phi(u)}`
                if let Some(sup) = sup {
                    collect_supports(&significant(sup.list()), sets, names, depth + 1);
                }
            }
            _ => {}
        }
    }
}
