//! The sentence around a formula, word by word.

use crate::read::{Block, Document};

/// The verbs behind a name that is declared.
pub(super) const VERBS: &[&str] = &["be", "is", "are", "denote", "denotes", "가", "이", "는", "은", "를", "을"];

/// A word, or a formula by its place in the document.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    Word(String),
    Formula(usize),
    /// A comma.
    Pause,
}

/// The word of a piece.
pub(super) fn word(piece: &Piece) -> Option<&str> {
    if let Piece::Word(w) = piece { Some(w) } else { None }
}

/// Whether one of the words stands among the pieces.
pub(super) fn has(pieces: &[Piece], words: &[&str]) -> bool {
    pieces.iter().filter_map(word).any(|w| words.contains(&w))
}

/// The words right before a name, behind the last comma or formula.
pub(super) fn near(before: &[Piece]) -> &[Piece] {
    let from = before.iter().rposition(|p| word(p).is_none()).map_or(0, |at| at + 1);
    before.get(from..).unwrap_or(&[])
}

/// What stands behind the verb of a name: `be a matrix`, of several names `and B be matrices`.
pub(super) fn verb(after: &[Piece]) -> Option<&[Piece]> {
    let listed = |p: &Piece| matches!(p, Piece::Formula(_)) || listing(p);
    let at = after.iter().position(|p| !listed(p))?;
    let one = after.get(..at)?.iter().all(|p| *p == Piece::Pause);
    let found = word(after.get(at)?).filter(|w| VERBS.contains(w) && (one || matches!(*w, "be" | "are" | "denote")));
    found.and(after.get(at + 1..))
}

/// Whether it only sets apart what is listed.
pub(super) fn listing(piece: &Piece) -> bool {
    *piece == Piece::Pause || word(piece) == Some("and")
}

/// The pieces of the sentence behind a formula, in its paragraph.
pub(super) fn forward(document: &Document, block: usize) -> Vec<Piece> {
    let mut out = vec![];
    let paragraph = paragraph_of(document, block);
    for (at, b) in document.blocks.iter().enumerate().skip(block + 1) {
        match b {
            Block::Prose(p) if Some(p.paragraph) == paragraph => {
                let (sentence, ends) = first_sentence(&p.text);
                pieces(sentence, &mut out);
                if ends {
                    break;
                }
            }
            Block::Formula(f) if Some(f.paragraph) == paragraph && !f.display => out.push(Piece::Formula(at)),
            _ => break,
        }
        if out.len() > LONGEST {
            break;
        }
    }
    out
}

/// Words behind which another case is spoken of.
const OTHERWISE: &[&str] = &["otherwise", "else", "whereas", "while", "unless", "but", "if", "when", "아니면"];

/// The last block of the sentence that a formula stands in, a display at its end with it; up to another case in it.
pub(super) fn end(document: &Document, block: usize) -> usize {
    let mut last = block;
    let paragraph = paragraph_of(document, block);
    for (at, b) in document.blocks.iter().enumerate().skip(block + 1) {
        match b {
            Block::Prose(p) if Some(p.paragraph) == paragraph && !first_sentence(&p.text).1 => {
                let mut said = vec![];
                pieces(&p.text, &mut said);
                if has(&said, OTHERWISE) {
                    break;
                }
                last = at;
            }
            Block::Formula(f) if Some(f.paragraph) == paragraph && !f.display => last = at,
            Block::Formula(_) => return at,
            _ => break,
        }
        if at > block + LONGEST {
            break;
        }
    }
    last
}

/// Most pieces that are looked at.
const LONGEST: usize = 24;

/// The pieces of the sentence before a formula, in its paragraph.
pub(super) fn backward(document: &Document, block: usize) -> Vec<Piece> {
    let mut parts: Vec<Vec<Piece>> = vec![];
    let paragraph = paragraph_of(document, block);
    for (at, b) in document.blocks.iter().enumerate().take(block).rev() {
        match b {
            Block::Prose(p) if Some(p.paragraph) == paragraph => {
                let (sentence, begins) = last_sentence(&p.text);
                let mut part = vec![];
                pieces(sentence, &mut part);
                parts.push(part);
                if begins {
                    break;
                }
            }
            Block::Formula(f) if Some(f.paragraph) == paragraph && !f.display => parts.push(vec![Piece::Formula(at)]),
            _ => break,
        }
        if parts.len() > LONGEST {
            break;
        }
    }
    parts.into_iter().rev().flatten().collect()
}

fn paragraph_of(document: &Document, block: usize) -> Option<usize> {
    match document.blocks.get(block) {
        Some(Block::Formula(f)) => Some(f.paragraph),
        _ => None,
    }
}

const ENDS: [char; 6] = ['.', ';', '!', '?', ':', '。'];

/// Abbreviations whose points end no sentence.
const ABBREVIATIONS: &[&str] = &["i.e.", "e.g.", "cf.", "resp.", "w.r.t.", "s.t.", "w.l.o.g."];

/// Whether the point at a place of a text is one of an abbreviation.
pub(super) fn abbreviates(text: &str, at: usize) -> bool {
    ABBREVIATIONS.iter().any(|w| text.match_indices(w).any(|(from, _)| (from..from + w.len()).contains(&at)))
}

/// Where a text has the end of a sentence.
fn ends(text: &str) -> impl DoubleEndedIterator<Item = usize> + '_ {
    text.match_indices(ENDS).map(|(at, _)| at).filter(|at| !abbreviates(text, *at))
}

fn first_sentence(text: &str) -> (&str, bool) {
    let end = ends(text).next();
    (end.and_then(|at| text.get(..at)).unwrap_or(text), end.is_some())
}

fn last_sentence(text: &str) -> (&str, bool) {
    let end = ends(text).next_back();
    let after = |at: usize| text.get(at..)?.chars().next().and_then(|c| text.get(at + c.len_utf8()..));
    (end.and_then(after).unwrap_or(text), end.is_some())
}

fn pieces(text: &str, out: &mut Vec<Piece>) {
    let mut word = String::new();
    let flush = |word: &mut String, out: &mut Vec<Piece>| {
        if !word.is_empty() {
            out.push(Piece::Word(std::mem::take(word)));
        }
    };
    for c in text.to_lowercase().chars() {
        match c {
            c if c.is_alphanumeric() || c == '-' => word.push(c),
            ',' | '(' | ')' => {
                flush(&mut word, out);
                out.push(Piece::Pause);
            }
            _ => flush(&mut word, out),
        }
    }
    flush(&mut word, out);
}
