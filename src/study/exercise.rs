//! Lines of the notes that a student can find again.

use crate::claim::{Kind, Statement};
use crate::expr::fun;
use crate::notation::line::lines;
use crate::notation::tex::{Tex, parse};
use crate::source::Span;
use crate::study::is_settled;
use crate::verdict::DocumentResult;

/// A line with its right side hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exercise {
    /// The statement's id.
    pub id: String,
    /// The statement with a box in the place of what is hidden, in LaTeX.
    pub shown: String,
    /// What is hidden.
    pub hidden: String,
    /// Where it stands in the notes.
    pub span: Span,
}

/// The exercise that a statement makes: an equation that the engines stand behind and whose author means it. What bounds
/// something is no exercise, for every weaker bound is as true.
pub fn exercise(document: &DocumentResult, at: usize) -> Option<Exercise> {
    let judged = document.statements.get(at)?;
    let s = &judged.statement;
    let equation = judged.statement.claim.as_ref().is_some_and(|c| c.relation.as_app(fun::EQ).is_some());
    if !equation
        || !is_settled(judged)
        || s.kind != Kind::Claim
        || s.expected.is_some()
        || document.source.slice(s.span) != s.latex
    {
        return None;
    }
    let place = right_side(document, at)?;
    let hidden = s.latex.get(place.range())?.trim().to_owned();
    let (before, after) = (s.latex.get(..place.start)?, s.latex.get(place.end..)?);
    Some(Exercise {
        id: s.id.clone(),
        shown: format!("{before}\\boxed{{\\;?\\;}}{after}"),
        hidden,
        span: Span::new(s.span.start + place.start, s.span.start + place.end),
    })
}

/// The place of a statement's right side in its text. Relations of one row share their text.
fn right_side(document: &DocumentResult, at: usize) -> Option<Span> {
    let of = |i: usize| document.statements.get(i).map(|j| &j.statement);
    let s = of(at)?;
    let shared = |o: &&Statement| o.block == s.block && o.span == s.span;
    let before = (0..at).filter_map(of).filter(shared).count();
    let all: Vec<Vec<Tex>> = lines(&parse(&s.latex)).into_iter().flat_map(|l| l.sides.into_iter().skip(1)).collect();
    let side = all.get(before)?;
    side.iter().map(|n| n.span).reduce(Span::join).filter(|span| !span.range().is_empty())
}
