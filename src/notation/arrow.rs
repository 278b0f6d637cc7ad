//! `f \to L \quad (x \to a)` and `f \to L \text{ as } x \to a`: f has the limit L at a.

use crate::notation::continuation::{begins_with_sign, ends_with_sign};
use crate::notation::line::{Line, Placed, has_sign, is_filler};
use crate::notation::reader::significant;
use crate::notation::relation::{Role, Sign, sign_at};
use crate::notation::space::is_wide;
use crate::notation::tex::{Tex, TexKind};
use crate::source::Span;

/// The arrow between what tends and its limit, once the point is in sight.
static HAS_LIMIT: Sign = Sign { spellings: &["to"], name: "eq", role: Role::Relation };

/// The line with the limit written out, if it is of this form; other lines as they are.
pub fn written_out(mut line: Line) -> Line {
    let [Placed { sign: Sign { name: "tends", role: Role::Arrow, .. }, span }] = line.signs.as_slice() else {
        return line;
    };
    let span = *span;
    let point = match line.qualifiers.as_slice() {
        [] => point_in_brackets(&mut line),
        [words] => point_in_words(words).inspect(|_| line.qualifiers.clear()),
        _ => None,
    };
    if let (Some(point), Some(body)) = (point, line.sides.first_mut()) {
        let limit = limit_of(std::mem::take(body), point);
        *body = limit;
        line.signs = vec![Placed { sign: &HAS_LIMIT, span }];
    }
    line
}

/// `\text{as } x \to a`
fn point_in_words(words: &[Tex]) -> Option<Vec<Tex>> {
    let (first, rest) = words.split_first()?;
    let point = significant(rest);
    (matches!(&first.kind, TexKind::Text(t) if matches!(t.trim(), "as" | "for")) && is_approach(&point))
        .then_some(point)
}

/// `\quad (x \to a)` at the end of the right side, which loses it.
fn point_in_brackets(line: &mut Line) -> Option<Vec<Tex>> {
    let right = line.sides.last_mut()?;
    let at = right.iter().rposition(is_wide)?;
    let tail = significant(right.get(at + 1..)?);
    let inner = match tail.as_slice() {
        [Tex { kind: TexKind::Fenced { open, body, .. }, .. }] if open == "(" => body.clone(),
        [Tex { kind: TexKind::Char('('), .. }, inner @ .., Tex { kind: TexKind::Char(')'), .. }] => inner.to_vec(),
        _ => return None,
    };
    let point = significant(&inner);
    if !is_approach(&point) {
        return None;
    }
    right.truncate(at);
    Some(point)
}

/// `x \to a` with one variable.
fn is_approach(nodes: &[Tex]) -> bool {
    let signs: Vec<usize> = (0..nodes.len()).filter(|i| sign_at(nodes, *i).is_some()).collect();
    signs == [1] && sign_at(nodes, 1).is_some_and(|(s, taken)| s.name == "tends" && nodes.len() > 1 + taken)
}

/// `\lim_{x \to a} (f)`
fn limit_of(body: Vec<Tex>, point: Vec<Tex>) -> Vec<Tex> {
    let place = |nodes: &[Tex]| nodes.iter().map(|n| n.span).reduce(Span::join).unwrap_or_default();
    let (at, whole) = (place(&point), place(&body));
    let kind = TexKind::Script {
        base: Box::new(Tex::new(TexKind::Command("lim".into()), at)),
        sub: Some(Box::new(Tex::new(TexKind::Group(point), at))),
        sup: None,
        primes: 0,
    };
    let fenced = TexKind::Fenced { open: "(".into(), close: ")".into(), body };
    vec![Tex::new(kind, at), Tex::new(fenced, whole)]
}

/// `f = x y \quad \rightarrow \quad f' = y` are two lines: between finished equations an arrow on its own only leads on.
pub(super) fn without_arrows(pieces: Vec<(Vec<Tex>, bool)>) -> Vec<(Vec<Tex>, bool)> {
    let arrow = |piece: &[Tex]| {
        let kept: Vec<&Tex> = piece.iter().filter(|n| !is_filler(n)).collect();
        matches!(kept.as_slice(), [one] if sign_at(std::slice::from_ref(*one), 0).is_some_and(|(s, _)| s.role == Role::Arrow))
    };
    let equation = |at: Option<usize>| {
        at.and_then(|i| pieces.get(i)).is_some_and(|(p, _)| has_sign(p) && !begins_with_sign(p) && !ends_with_sign(p))
    };
    let leads =
        |i: usize| pieces.get(i).is_some_and(|(p, _)| arrow(p)) && equation(i.checked_sub(1)) && equation(Some(i + 1));
    let kept: Vec<bool> = (0..pieces.len()).map(|i| !leads(i)).collect();
    pieces.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(p, _)| p).collect()
}
