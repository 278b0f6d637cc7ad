//! A formula → lines: rows, separate statements within a row, and the relations of each.

use crate::notation::continuation::{begins_with_sign, is_operator, opens_with_operator, with_continuations};
use crate::notation::joining::{is_conjunction, separates_by, without_brackets};
use crate::notation::relation::{Role, Sign, sign_at};
use crate::notation::space::{is_wide, widened};
use crate::notation::tex::{Tex, TexKind};
use crate::source::Span;

/// A chain of relations in one line: `a = b < c`.
#[derive(Clone)]
pub struct Line {
    /// The sides, one more than signs. Empty first side: the line goes on from the one before.
    pub sides: Vec<Vec<Tex>>,
    /// The signs between them.
    pub signs: Vec<Placed>,
    /// `∴` or `∵` in front.
    pub prefix: Option<Prefix>,
    /// What stands behind as a condition: `\forall i`, `\text{if } x > 0`, `\quad i = 1, …, n`.
    pub qualifiers: Vec<Vec<Tex>>,
    /// The row of the formula (from 0); lines of one row share it.
    pub row: usize,
    /// Where the row lies in the formula's text.
    pub row_span: Span,
    /// Where the line lies.
    pub span: Span,
}

/// A sign with its place.
#[derive(Clone, Copy)]
pub struct Placed {
    /// The sign.
    pub sign: &'static Sign,
    /// Where it stands.
    pub span: Span,
}

/// Reasoning marks in front of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefix {
    /// `\therefore`
    Therefore,
    /// `\because`
    Because,
}

/// Environments whose rows are lines.
pub(super) const ROWED: &[&str] = &[
    "aligned",
    "align",
    "align*",
    "split",
    "gather",
    "gather*",
    "gathered",
    "eqnarray",
    "eqnarray*",
    "equation",
    "equation*",
    "multline",
    "multline*",
    "alignat",
    "alignat*",
    "alignedat",
    "flalign",
    "flalign*",
    "math",
    "displaymath",
];

/// The lines of a formula.
pub fn lines(nodes: &[Tex]) -> Vec<Line> {
    let mut rows = vec![];
    collect_rows(&super::fence::unfenced(&super::plain::plain(nodes)), &mut rows, 0);
    let rows = with_continuations(rows);
    let mut out = vec![];
    for (row, (nodes, span)) in rows.into_iter().enumerate() {
        split_row(&nodes, row, span, &mut out);
    }
    out.into_iter().flat_map(super::enumeration::one_by_one).collect()
}

fn collect_rows(nodes: &[Tex], out: &mut Vec<(Vec<Tex>, Span)>, depth: usize) {
    let mut current: Vec<Tex> = vec![];
    let flush = |current: &mut Vec<Tex>, out: &mut Vec<(Vec<Tex>, Span)>| {
        if current.iter().any(|n| !matches!(n.kind, TexKind::Space(_) | TexKind::Label { .. })) {
            let span = current.iter().map(|n| n.span).reduce(Span::join).unwrap_or_default();
            out.push((std::mem::take(current), span));
        } else {
            current.clear();
        }
    };
    let alone = nodes.iter().filter(|n| !is_filler(n)).count() == 1;
    for node in nodes {
        match &node.kind {
            TexKind::Env { name, option, rows }
                if depth < 8
                    && (ROWED.contains(&name.as_str())
                        || alone && super::array::is_derivation(name, option.as_deref(), rows)) =>
            {
                // `f(x) = \begin{aligned} … \end{aligned}`: the block's first row goes on from what stands before.
                let before = std::mem::take(&mut current);
                let mut inner = vec![];
                for cells in super::column::read_in_order(name, rows) {
                    collect_rows(&cells, &mut inner, depth + 1);
                }
                if let (Some(first), false) = (inner.first_mut(), before.is_empty()) {
                    let mut all = before;
                    all.append(&mut first.0);
                    *first = (all, first.1);
                }
                out.extend(inner);
            }
            TexKind::Group(list) if alone && depth < 8 => collect_rows(list, out, depth + 1),
            TexKind::Break => flush(&mut current, out),
            TexKind::Align => {}
            _ => current.push(node.clone()),
        }
    }
    flush(&mut current, out);
}

pub(super) fn is_filler(node: &Tex) -> bool {
    matches!(&node.kind, TexKind::Space(_) | TexKind::Label { .. })
        || matches!(&node.kind, TexKind::Char('.' | ',' | ';'))
}

/// Depth of plain brackets after each node, so that separators inside `( … )` are not separators.
fn bracket_depths(nodes: &[Tex]) -> Vec<i32> {
    let mut depth = 0;
    nodes
        .iter()
        .map(|n| {
            let c = match &n.kind {
                TexKind::Char(c) => Some(*c),
                TexKind::Script { base, .. } => match base.kind {
                    TexKind::Char(c) => Some(c),
                    _ => None,
                },
                TexKind::Command(c) if matches!(c.as_str(), "{" | "lbrace" | "langle") => Some('{'),
                TexKind::Command(c) if matches!(c.as_str(), "}" | "rbrace" | "rangle") => Some('}'),
                _ => None,
            };
            match c {
                Some('(' | '[' | '{') => depth += 1,
                Some(')' | ']' | '}') => depth = (depth - 1).max(0),
                _ => {}
            }
            depth
        })
        .collect()
}

pub(super) fn has_sign(nodes: &[Tex]) -> bool {
    let depths = bracket_depths(nodes);
    (0..nodes.len()).any(|i| depths.get(i) == Some(&0) && sign_at(nodes, i).is_some())
}

fn split_row(nodes: &[Tex], row: usize, row_span: Span, out: &mut Vec<Line>) {
    let nodes: Vec<Tex> = nodes.iter().filter(|n| !matches!(n.kind, TexKind::Label { .. })).cloned().collect();
    let nodes = widened(&without_brackets(&nodes));
    let depths = bracket_depths(&nodes);
    // Pieces between separators: commas, semicolons, wide spaces, words.
    let mut pieces: Vec<(Vec<Tex>, bool)> = vec![(vec![], false)];
    for (node, depth) in nodes.iter().zip(&depths) {
        // `x = 1 \text{ or } x = -1` claims neither.
        let or = |t: &str| matches!(t.trim(), "or" | "또는");
        if *depth == 0
            && matches!(&node.kind, TexKind::Text(t) if or(t))
            && let Some((last, _)) = pieces.last_mut().filter(|(last, _)| has_sign(last))
        {
            last.push(Tex::new(TexKind::Command("lor".into()), node.span));
            continue;
        }
        let separates = *depth == 0
            && (is_wide(node)
                || matches!(node.kind, TexKind::Char(',' | ';'))
                || matches!(&node.kind, TexKind::Text(t) if separates_by(t) || is_remark(t, &pieces)));
        if separates {
            let words = match &node.kind {
                TexKind::Text(t) => !t.trim().is_empty(),
                _ => false,
            };
            let qualifies = matches!(&node.kind, TexKind::Text(t) if !is_conjunction(t)) && words;
            pieces.push((vec![node.clone()], qualifies));
        } else if let Some((last, _)) = pieces.last_mut() {
            last.push(node.clone());
        }
    }
    let pieces = super::arrow::without_arrows(ranges_joined(pieces));
    let mut leading: Vec<Vec<Tex>> = vec![];
    // Join pieces without a relation of their own to the one before; pieces of words are qualifiers.
    let mut lines: Vec<(Vec<Tex>, Vec<Vec<Tex>>)> = vec![];
    let mut ended = false;
    for (mut piece, qualifies) in pieces {
        let separator =
            if piece.first().is_some_and(is_separator) && !qualifies { Some(piece.remove(0)) } else { None };
        let mark = separator.as_ref().is_some_and(|s| matches!(s.kind, TexKind::Char(',' | ';')));
        if piece.iter().all(is_filler) {
            ended |= mark;
            continue;
        }
        if separator.as_ref().is_some_and(is_wide)
            && lines.last().is_some_and(|(last, _)| has_sign(last))
            && super::enumeration::is_number_of_equation(&piece)
        {
            continue;
        }
        let behind_mark = std::mem::take(&mut ended);
        let mut qualifies = qualifies;
        if !lines.is_empty()
            && separator.as_ref().is_some_and(is_wide)
            && let Some(condition) = super::enumeration::condition_in_brackets(&piece)
        {
            (piece, qualifies) = (condition, true);
        }
        if !lines.is_empty() && super::enumeration::is_said_in_brackets(&piece) {
            qualifies = true;
        }
        // `\text{sigmoid:} \quad g(z) = …`: whatever the words say, they are said of the line.
        if lines.is_empty()
            && let Some((label, rest)) = super::enumeration::labelled(&piece)
        {
            leading.push(label);
            piece = rest;
            if piece.iter().all(is_filler) {
                continue;
            }
        }
        if lines.is_empty()
            && let Some((quantifier, rest)) = quantifier(&piece)
        {
            leading.push(quantifier);
            piece = rest;
            if piece.iter().all(is_filler) {
                continue;
            }
        }
        let quantified = matches!(&piece.first().map(|n| &n.kind), Some(TexKind::Command(c)) if c == "forall" || c == "exists")
            && !lines.is_empty();
        // `e^x, \quad (e^x)' = e^x`: what ends with a comma and a wide space is no factor of the equation behind them.
        let wide = behind_mark
            && separator.as_ref().is_some_and(is_wide)
            && !begins_with_sign(&piece)
            && !opens_with_operator(&piece);
        let apart = |before: &[Tex]| wide && !super::enumeration::lists_names(before, &piece);
        match lines.last_mut() {
            Some((_, qualifiers)) if qualifies || quantified => qualifiers.push(piece),
            Some((_, qualifiers)) if !qualifiers.is_empty() => {
                if let Some(q) = qualifiers.last_mut() {
                    q.extend(separator);
                    q.extend(piece);
                }
            }
            Some((last, _)) if !(has_sign(&piece) && (has_sign(last) || apart(last))) || connects(&piece, last) => {
                last.extend(separator);
                last.extend(piece);
            }
            _ => lines.push((piece, vec![])),
        }
    }
    for (nodes, mut qualifiers) in lines {
        qualifiers.splice(0..0, leading.iter().cloned());
        if let Some(line) = line_of(nodes, qualifiers, row, row_span) {
            out.push(line);
        }
    }
}

/// `A \quad \Rightarrow \quad B` is one line.
fn connects(piece: &[Tex], before: &[Tex]) -> bool {
    let connective = |n: Option<&Tex>| {
        n.is_some_and(|n| sign_at(std::slice::from_ref(n), 0).is_some_and(|(s, _)| s.role == Role::Connective))
    };
    let kept = |n: &&Tex| !matches!(n.kind, TexKind::Space(_) | TexKind::Label { .. });
    connective(piece.iter().find(kept)) || connective(before.iter().rfind(kept))
}

/// `\forall x \in X: …` → the quantifier and what it stands before.
fn quantifier(piece: &[Tex]) -> Option<(Vec<Tex>, Vec<Tex>)> {
    let start = piece.iter().position(|n| !matches!(n.kind, TexKind::Space(_)))?;
    if !matches!(&piece.get(start)?.kind, TexKind::Command(c) if c == "forall") {
        return None;
    }
    let colon = |n: &Tex| matches!(n.kind, TexKind::Char(':'));
    let end = piece.iter().position(colon).unwrap_or(piece.len());
    Some((piece.get(start..end)?.to_vec(), piece.get(end + 1..).unwrap_or(&[]).to_vec()))
}

/// `i = 1, \dots, n` is one piece; behind a relation it says for which i that is meant.
fn ranges_joined(pieces: Vec<(Vec<Tex>, bool)>) -> Vec<(Vec<Tex>, bool)> {
    let dots = |piece: &[Tex]| {
        let mut kept = piece.iter().filter(|n| !is_filler(n) && !is_wide(n));
        kept.next().is_some_and(crate::notation::set::is_dots) && kept.next().is_none()
    };
    let mut out: Vec<(Vec<Tex>, bool)> = vec![];
    let mut rest = pieces.into_iter().peekable();
    while let Some((mut piece, mut qualifies)) = rest.next() {
        let ends_in_dots = rest.peek().is_some_and(|(next, _)| dots(next));
        if ends_in_dots && has_sign(&piece) {
            let before = out.iter().any(|(p, _)| has_sign(p));
            qualifies |= before;
            // Only the two pieces behind belong to the range.
            piece.extend(rest.by_ref().take(2).flat_map(|(p, _)| p));
            if before && piece.first().is_some_and(is_separator) {
                piece.remove(0);
            }
        }
        out.push((piece, qualifies));
    }
    out
}

fn is_separator(node: &Tex) -> bool {
    is_wide(node)
        || matches!(node.kind, TexKind::Char(',' | ';'))
        || matches!(&node.kind, TexKind::Text(t) if is_conjunction(t))
}

/// Words behind a finished expression: `\quad \text{by the definition of } f`, `\quad \text{Gaussian}`.
fn is_remark(text: &str, pieces: &[(Vec<Tex>, bool)]) -> bool {
    let before = pieces.iter().rev().flat_map(|(nodes, _)| nodes.iter().rev());
    let last = before.into_iter().find(|n| !matches!(n.kind, TexKind::Space(_)));
    let finished =
        last.is_some_and(|n| !is_operator(n) && !is_wide(n) && sign_at(std::slice::from_ref(n), 0).is_none());
    // Behind a gap one word is enough.
    let apart = pieces.last().is_some_and(|(nodes, _)| {
        nodes.iter().any(is_wide) && nodes.iter().all(|n| matches!(n.kind, TexKind::Space(_)))
    });
    let stated = pieces.iter().any(|(nodes, _)| has_sign(nodes));
    let words = text.split_whitespace().count();
    finished && (words > 1 || words == 1 && (apart || text.trim().ends_with(':')) && stated)
}

/// Words in front of a formula that say how it is meant and nothing of its value.
fn introduces(text: &str) -> bool {
    let word = text.trim().trim_end_matches([':', ',']).to_lowercase();
    matches!(
        word.as_str(),
        "where"
            | "with"
            | "and"
            | "so"
            | "then"
            | "thus"
            | "hence"
            | "therefore"
            | "for"
            | "s.t."
            | "subject to"
            | "such that"
    )
}

fn line_of(mut nodes: Vec<Tex>, qualifiers: Vec<Vec<Tex>>, row: usize, row_span: Span) -> Option<Line> {
    super::joining::without_ornaments(&mut nodes);
    while nodes.first().is_some_and(|n| matches!(n.kind, TexKind::Space(_))) {
        nodes.remove(0);
    }
    let prefix = match nodes.first().map(|n| &n.kind) {
        Some(TexKind::Command(c)) if c == "therefore" => Some(Prefix::Therefore),
        Some(TexKind::Command(c)) if c == "because" => Some(Prefix::Because),
        Some(TexKind::Char('∴')) => Some(Prefix::Therefore),
        Some(TexKind::Char('∵')) => Some(Prefix::Because),
        _ => None,
    };
    if prefix.is_some() {
        nodes.remove(0);
    }
    while nodes
        .first()
        .is_some_and(|n| matches!(&n.kind, TexKind::Text(t) if introduces(t)) || matches!(n.kind, TexKind::Space(_)))
    {
        nodes.remove(0);
    }
    super::enumeration::without_label(&mut nodes);
    let span = nodes.iter().map(|n| n.span).reduce(Span::join)?;
    let depths = bracket_depths(&nodes);
    let mut sides = vec![vec![]];
    let mut signs = vec![];
    let mut at = 0;
    while at < nodes.len() {
        match sign_at(&nodes, at) {
            Some((sign, taken)) if depths.get(at) == Some(&0) && !super::enumeration::is_conditioned(&nodes, at) => {
                let end = nodes.get(at + taken - 1).map_or(span.end, |n| n.span.end);
                let start = nodes.get(at).map_or(span.start, |n| n.span.start);
                signs.push(Placed { sign, span: Span::new(start, end) });
                sides.push(vec![]);
                at += taken;
            }
            _ => {
                if let (Some(side), Some(node)) = (sides.last_mut(), nodes.get(at)) {
                    side.push(node.clone());
                }
                at += 1;
            }
        }
    }
    Some(Line { sides, signs, prefix, qualifiers, row, row_span, span })
}

impl Line {
    /// Whether the line goes on from the one before: it begins with a relation.
    pub fn continues(&self) -> bool {
        !self.signs.is_empty() && self.sides.first().is_some_and(|s| s.iter().all(is_filler))
    }

    /// Whether any sign has this role.
    pub fn has_role(&self, role: Role) -> bool {
        self.signs.iter().any(|s| s.sign.role == role)
    }
}
