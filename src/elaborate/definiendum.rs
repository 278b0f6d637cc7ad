//! What introduces a name by where it stands or by its form: the displays of a definition, `:=`, an iterate in terms of
//! itself, a membership of a letter. It says nothing to be shown, whether or not it was read.

use crate::claim::{Kind, Statement, Verdict};
use crate::elaborate::build::Builder;
use crate::elaborate::content::{found_symbol, mentions_head};
use crate::elaborate::definitions::{Head, head, is_value};
use crate::elaborate::directives::Attached;
use crate::elaborate::waiting::TypedLine;
use crate::expr::{Expr, Symbol, fun};
use crate::notation::relation::{Role, Sign};
use crate::read::Block;

/// What the paragraphs of a definition begin with.
const DEFINITION: &[&str] = &["definition", "정의"];

/// What other paragraphs begin with.
const OTHERS: &[&str] = &[
    "theorem",
    "lemma",
    "proposition",
    "corollary",
    "proof",
    "claim",
    "example",
    "exercise",
    "remark",
    "note",
    "solution",
    "property",
    "properties",
    "result",
    "problem",
    "question",
    "answer",
    "fact",
    "정리",
    "증명",
    "보조정리",
    "따름정리",
    "명제",
    "예",
    "예제",
    "참고",
];

/// Words of a paragraph that goes on to conclude something.
const CONCLUDING: &[&str] = &[
    "hence",
    "thus",
    "therefore",
    "follows",
    "implies",
    "imply",
    "because",
    "since",
    "consequently",
    "obtain",
    "shows",
    "prove",
    "get",
    "equivalently",
    "equivalent",
    "satisfies",
    "properties",
    "property",
    "따라서",
    "그러므로",
];

impl Builder<'_> {
    /// What the last statement is, if it introduces a name: at once where it was not read, else if it is not shown.
    pub(super) fn introduces(&mut self, line: &TypedLine, k: usize, sign: &Sign, display: bool, attached: &Attached) {
        let first = k == 0 && line.raw.before == 0;
        let Some(s) = self.statements.last() else { return };
        if !first || self.has_annotations || attached.claim || s.asked || s.expected.is_some() || s.kind != Kind::Claim
        {
            return;
        }
        let unread = s.problem.as_ref().is_some_and(|(verdict, _)| *verdict == Verdict::Unread);
        let (eq, member) = (sign.name == "eq", sign.name == "member");
        let Some((left, right)) = s.sides.clone() else { return };
        let kind = if eq && sign.role == Role::Defines && unread {
            Kind::Definition
        } else if eq && unread && head(&left).is_some_and(|h| is_iterated(&left, &right) && mentions_head(&right, &h)) {
            Kind::Other
        } else if member && self.is_of_a_space(&left, &right) {
            Kind::Given
        } else if display && self.is_in_definition(line.raw.block) {
            if eq { Kind::Definition } else { Kind::Condition }
        } else {
            return;
        };
        if let Some(s) = self.statements.last_mut() {
            if unread {
                (s.kind, s.problem, s.claim) = (kind, None, None);
            } else {
                s.otherwise = s.otherwise.or(Some(kind));
            }
        }
    }

    /// Whether all that the left side of a later link is made of has a meaning, as `f'(x)` in "let `g(x) = f'(x) = 2x`":
    /// the link says what follows, and gives nothing.
    pub(super) fn is_said_already(&self, left: &Expr, head: &Head) -> bool {
        let known = |s: &Symbol| head.params.iter().any(|p| p.same(s)) || !self.definitions.of(s).is_empty();
        let named = |s: &Symbol| self.definitions.of(s).iter().any(|d| !is_value(d));
        let letters = left.symbols();
        left.as_symbol().is_none() && letters.iter().all(known) && letters.iter().any(named)
    }

    /// Takes the second link of `a = g(z) = 1/(1 + e^{-z})` for what g is, where nothing else says it and its value is made of
    /// its letters.
    pub(super) fn define_in_passing(
        &mut self,
        line: &TypedLine,
        found: Option<&Head>,
        right: &Expr,
        s: &Statement,
    ) -> bool {
        let Some(h) = found.filter(|_| line.raw.before == 0 && !self.has_annotations) else { return false };
        let named = line.sides.first().and_then(Expr::as_symbol);
        let of_its_letters = h.params.iter().any(|p| right.mentions(p)) && !mentions_head(right, h);
        let new = self.definitions.of_head(h).is_none() && !h.params.is_empty() && !right.has_opaque();
        // `g^{-1}(y)` has its meaning from g, `\mathcal N(x; \mu)` from its name.
        let name = h.symbol.name.split('_').next().unwrap_or_default();
        let letter = match name.strip_prefix('\\') {
            Some(word) => word.chars().all(char::is_alphabetic),
            None => name.chars().count() == 1,
        };
        let apart = named.is_some_and(|s| !right.mentions(s) && !s.same(&h.symbol));
        let defined = new && letter && of_its_letters && apart && self.define(h, right, s.span);
        if defined {
            self.statements.push(Statement { kind: Kind::Definition, ..s.clone() });
        }
        defined
    }

    /// `X_t \in \mathbb{R}^{n \times d}` of a letter that nothing defines.
    fn is_of_a_space(&self, left: &Expr, right: &Expr) -> bool {
        let space = right.any(&mut |x| x.as_app("reals").is_some());
        space && found_symbol(left).is_some_and(|s| self.definitions.of(&s).is_empty())
    }

    /// Whether the paragraph of a block, or one before it under the same heading, begins with the word "Definition", and
    /// nothing is concluded between.
    fn is_in_definition(&self, block: usize) -> bool {
        let mut text = String::new();
        let mut paragraph: Vec<(usize, &str)> = vec![];
        for b in self.document.blocks.get(..block).unwrap_or(&[]).iter().rev() {
            match b {
                Block::Heading { .. } => return false,
                Block::Prose(p) => paragraph.push((p.paragraph, &p.text)),
                _ => continue,
            }
            let Some((number, words)) = paragraph.last() else { continue };
            text.insert_str(0, &format!("{words} "));
            let opens = self.opens_paragraph(block, *number, words);
            if opens && begins(words, OTHERS) {
                return false;
            }
            if opens && begins(words, DEFINITION) {
                let lower = text.to_lowercase();
                let mut said = lower.split(|c: char| !c.is_alphanumeric());
                return !said.any(|w| CONCLUDING.contains(&w));
            }
        }
        false
    }

    /// Whether these are the first words of a paragraph.
    fn opens_paragraph(&self, block: usize, number: usize, words: &str) -> bool {
        let mut all = self.document.blocks.get(..block).unwrap_or(&[]).iter();
        let first = all.find_map(|b| match b {
            Block::Prose(p) if p.paragraph == number => Some(p),
            _ => None,
        });
        first.is_some_and(|p| p.text == words)
    }
}

/// `w`, `w_{k+1}`: a name, or an entry of one.
fn is_iterated(left: &Expr, right: &Expr) -> bool {
    let Some(symbol) = found_symbol(left) else { return false };
    right.as_app(fun::ADD).is_some() && right.mentions(&symbol)
}

/// Whether a paragraph begins with one of these words as its label: "Definition 3.1 (Norm).", "**Definition:**".
fn begins(text: &str, labels: &[&str]) -> bool {
    let text = text.trim_start().trim_start_matches(['*', '_']);
    let word: String = text.chars().take_while(|c| c.is_alphabetic()).collect();
    let Some(rest) = text.get(word.len()..).filter(|_| labels.contains(&word.to_lowercase().as_str())) else {
        return false;
    };
    let behind = rest.trim_start_matches(|c: char| matches!(c, ' ' | '.' | '*' | '_') || c.is_ascii_digit());
    let number = rest.chars().any(|c| c.is_ascii_digit()) && behind.len() < rest.len();
    behind.is_empty()
        || behind.starts_with([':', '('])
        || rest.starts_with(['.', ':'])
        || number && behind.starts_with(char::is_uppercase)
}
