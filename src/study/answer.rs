//! What is to be said of a student's line.

use crate::claim::Verdict;
use crate::message::{Lang, Message};
use crate::notation::line::lines;
use crate::notation::tex::{Tex, TexKind, parse};
use crate::source::{Source, Span};
use crate::study::exercise::{Exercise, exercise};
use crate::study::is_general;
use crate::verdict::{DocumentResult, Judged};

/// Longest line that is taken, in bytes.
const LONGEST: usize = 4_000;

/// A student's line in its place.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What it stands for.
    pub exercise: Exercise,
    /// The line without its sign.
    pub latex: String,
    /// The notes with it.
    pub source: Source,
}

/// How an answer went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The engines stand behind it.
    Right,
    /// It is false.
    Wrong,
    /// Nothing could settle it.
    Open,
}

/// The notes with the line in the place of the one that is hidden; `Err` says why it can't be put there.
pub fn answered(document: &DocumentResult, id: &str, line: &str) -> Result<Answer, Message> {
    let at = document.statements.iter().position(|j| j.statement.id == id);
    let exercise =
        at.and_then(|at| exercise(document, at)).ok_or_else(|| Message::new("answer-no-exercise").with("id", id))?;
    let latex = side(line)?;
    let source = document.source.replaced(exercise.span, &latex);
    Ok(Answer { exercise, latex, source })
}

/// The side that a line gives: what stands behind its last relation sign, or all of it.
fn side(line: &str) -> Result<String, Message> {
    let unread = |why: &'static str| Message::new(why);
    let text = line.trim().trim_matches('$').trim().trim_start_matches('&').trim_end_matches("\\\\").trim();
    if text.is_empty() || text.len() > LONGEST || text.contains(['\n', '\r', '$', '%', '`']) || text.contains("--") {
        return Err(unread("answer-not-a-formula"));
    }
    let nodes = parse(text);
    if nodes.iter().any(torn) {
        return Err(unread("answer-torn"));
    }
    let last = lines(&nodes).into_iter().next_back().and_then(|l| l.sides.into_iter().next_back());
    let place = last.iter().flatten().map(|n| n.span).reduce(Span::join);
    let side = place.and_then(|p| text.get(p.range())).unwrap_or(text).trim();
    if side.is_empty() { Err(unread("answer-not-a-formula")) } else { Ok(side.to_owned()) }
}

/// Whether something in it is unbalanced, or would end the row that it is put into.
fn torn(node: &Tex) -> bool {
    matches!(node.kind, TexKind::Error(_) | TexKind::Break | TexKind::Align | TexKind::Label { .. })
        || node.children().into_iter().any(torn)
}

/// What is to be said of an answer, line by line, from the notes as they are and as checked with it.
pub fn reply(original: &DocumentResult, answer: &Answer, checked: &DocumentResult, lang: Lang) -> (Reply, Vec<String>) {
    let id = answer.exercise.id.as_str();
    let found = checked.statements.iter().find(|j| j.statement.id == id);
    let Some(judged) = found else { return (Reply::Open, vec![say("answer-lost", lang)]) };
    let mut out = vec![];
    let how = match judged.judgement.verdict {
        Verdict::Proved | Verdict::Conditional => right(original, answer, judged, checked, &mut out, lang),
        Verdict::Confirmed => {
            out.push(say("answer-confirmed", lang));
            Reply::Right
        }
        Verdict::Refuted => {
            wrong(judged, &mut out, lang);
            Reply::Wrong
        }
        Verdict::Undecided | Verdict::Unread | Verdict::None => {
            out.push(say("answer-open", lang));
            out.extend(judged.judgement.reason.as_ref().map(|r| r.text(lang)));
            Reply::Open
        }
    };
    (how, out)
}

fn say(key: &'static str, lang: Lang) -> String {
    Message::new(key).text(lang)
}

fn right(
    original: &DocumentResult,
    answer: &Answer,
    judged: &Judged,
    checked: &DocumentResult,
    out: &mut Vec<String>,
    lang: Lang,
) -> Reply {
    let same = |a: &str, b: &str| tight(a) == tight(b);
    let of = |j: &&Judged| j.statement.id == answer.exercise.id;
    let before = original.statements.iter().find(of);
    let read = |j: &Judged| j.statement.sides.clone();
    if before.and_then(read).is_some_and(|(left, _)| read(judged).is_some_and(|(_, new)| new == left)) {
        out.push(say("answer-repeats", lang));
        return Reply::Open;
    }
    let link = judged.statement.link;
    let next = checked
        .statements
        .iter()
        .find(|j| j.statement.link.chain == link.chain && j.statement.link.step == link.step + 1);
    if let Some(next) = next.filter(|n| n.judgement.verdict == Verdict::Refuted) {
        out.push(say("answer-next-fails", lang));
        wrong(next, out, lang);
        return Reply::Wrong;
    }
    let key = match () {
        () if same(&answer.latex, &answer.exercise.hidden) => "answer-right-same",
        () if is_general(&judged.judgement) => "answer-right-every-size",
        () => "answer-right",
    };
    out.push(say(key, lang));
    for condition in &judged.judgement.conditions {
        out.push(Message::new("answer-provided").with("condition", condition).text(lang));
    }
    Reply::Right
}

fn wrong(judged: &Judged, out: &mut Vec<String>, lang: Lang) {
    let j = &judged.judgement;
    if let Some(c) = &j.counterexample {
        let at = c.at.iter().map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join(", ");
        let says = Message::new(if at.is_empty() { "answer-wrong-everywhere" } else { "answer-wrong" });
        out.push(says.with("point", at).with("left", &c.left).with("right", &c.right).text(lang));
    }
    out.extend(j.notes.iter().map(|n| n.text(lang)));
    let s = &judged.statement;
    if let Some(part) = j.part.and_then(|p| whole(&s.latex, p)).filter(|p| tight(p) != tight(&s.latex)) {
        out.push(Message::new("answer-look-at").with("part", part).text(lang));
    }
}

/// A part of a formula, with the command that its arguments belong to.
fn whole(latex: &str, part: Span) -> Option<&str> {
    let head = latex.get(..part.start)?;
    let command = head.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_argument = latex.get(part.range())?.starts_with('{') && command.ends_with('\\');
    latex.get(if is_argument { command.len() - 1 } else { part.start }..part.end)
}

/// A text without white space.
fn tight(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
