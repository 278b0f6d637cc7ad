//! Words between formulas of one line: and, hence, if, for, where, …

use crate::notation::reader::closing;
use crate::notation::relation::sign_at;
use crate::notation::tex::{Tex, TexKind};

/// Whether words only join two formulas.
pub(super) fn is_conjunction(text: &str) -> bool {
    matches!(
        text.trim().trim_matches([',', ':', ';', '.']).trim(),
        "and"
            | "or"
            | ""
            | "그리고"
            | "및"
            | "또는"
            | "이고"
            | "따라서"
            | "그러므로"
            | "즉"
            | "so"
            | "hence"
            | "thus"
            | "and hence"
            | "and thus"
            | "and so"
            | "and therefore"
            | "or equivalently"
            | "equivalently"
            | "implies"
            | "which implies"
            | "therefore"
            | "also"
            | "then"
            | "but"
    )
}

/// Words that join or qualify formulas: no name begins with them.
pub(crate) fn is_joining(text: &str) -> bool {
    is_conjunction(text) || separates_by(text)
}

/// Whether words begin a condition or a remark, or join formulas.
pub(super) fn separates_by(text: &str) -> bool {
    let t = text.trim();
    !t.is_empty()
        && (is_conjunction(t)
            || t.split_whitespace().next().is_some_and(|w| {
                matches!(
                    w.trim_matches(|c: char| !c.is_alphabetic()),
                    "if" | "for"
                        | "when"
                        | "where"
                        | "whenever"
                        | "with"
                        | "since"
                        | "because"
                        | "as"
                        | "s.t"
                        | "st"
                        | "such"
                        | "given"
                        | "otherwise"
                        | "iff"
                        | "only"
                        | "by"
                        | "using"
                        | "applying"
                        | "substituting"
                        | "factoring"
                        | "expanding"
                        | "rearranging"
                        | "simplifying"
                        | "noting"
                        | "recalling"
                        | "assuming"
                        | "from"
                        | "due"
                        | "via"
                        | "일"
                        | "단"
                        | "여기서"
                        | "모든"
                        | "임의의"
                        | "만약"
                )
            }))
}

/// A row without the brackets around its remarks: `(\text{since } b = 2a)` and `\text{(since } b = 2a \text{)}`.
pub(super) fn without_brackets(nodes: &[Tex]) -> Vec<Tex> {
    let remark = |n: Option<&Tex>| {
        n.is_some_and(|n| matches!(&n.kind, TexKind::Text(t) if separates_by(t) && !is_conjunction(t)))
    };
    let mut out: Vec<Tex> = vec![];
    let (mut at, mut opened) = (0, false);
    while let Some(node) = nodes.get(at) {
        let rest = nodes.get(at + 1..).unwrap_or(&[]);
        match &node.kind {
            TexKind::Char('(' | '[')
                if remark(rest.iter().find(|n| !is_space(n)))
                    && let Some(end) = closing(nodes, at) =>
            {
                out.extend(nodes.get(at + 1..end).unwrap_or(&[]).iter().cloned());
                at = end;
            }
            TexKind::Fenced { open, body, .. } if open == "(" && remark(body.iter().find(|n| !is_space(n))) => {
                out.extend(body.iter().cloned());
            }
            TexKind::Text(t) if opened && !t.is_empty() && t.trim().chars().all(|c| ")].,;".contains(c)) => {
                opened = false;
            }
            TexKind::Text(t) => {
                opened |= t.trim_start().starts_with(['(', '[']) && !t.trim_end().ends_with([')', ']']);
                out.push(node.clone());
            }
            _ => out.push(node.clone()),
        }
        at += 1;
    }
    out
}

/// Signs behind a formula that say that it is right, or that a proof ends.
const ORNAMENTS: &[&str] = &["checkmark", "blacksquare", "square", "Box", "qed", "qedsymbol", "qedhere"];

/// Takes points, spaces and ornaments off the end of a line. An ornament stands behind a gap: `x = \square` has none.
pub(super) fn without_ornaments(nodes: &mut Vec<Tex>) {
    let ornament = |n: &Tex| match &n.kind {
        TexKind::Command(c) => ORNAMENTS.contains(&c.as_str()),
        TexKind::Char(c) => matches!(c, '✓' | '✔' | '∎' | '■' | '□'),
        TexKind::Text(t) => !t.trim().is_empty() && t.trim().chars().all(|c| matches!(c, '✓' | '✔' | '∎' | '■' | '□')),
        _ => false,
    };
    loop {
        while nodes.last().is_some_and(super::line::is_filler) {
            nodes.pop();
        }
        let behind_gap = matches!(nodes.as_slice(), [.., before, gap, last]
            if is_space(gap) && ornament(last) && sign_at(std::slice::from_ref(before), 0).is_none());
        if !behind_gap {
            return;
        }
        nodes.pop();
    }
}

fn is_space(node: &Tex) -> bool {
    matches!(node.kind, TexKind::Space(_))
}
