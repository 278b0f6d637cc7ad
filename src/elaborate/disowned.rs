//! Formulas that what stands around them disowns: a title, a mark, a stroke through them, a sentence behind them.

use crate::elaborate::build::Builder;
use crate::elaborate::denied::begins;
use crate::read::Block;

/// Words of a title under which notes show what is wrong.
const TITLES: &[&str] = &[
    "wrong",
    "incorrect",
    "mistake",
    "common error",
    "pitfall",
    "false proof",
    "misconception",
    "what not to do",
    "myth",
    "fallacy",
    "fallacies",
    "틀린",
    "오답",
    "흔한 실수",
    "흔한 오류",
];
/// Most words of a title that stands in the running text: "False proof."
const SHORT: usize = 4;
/// How a line begins that opens a box with a title.
const BOXES: &[&str] = &[":::", "!!!", "???", "> [!", "<summary", "```{"];
/// Lines above a formula that are looked at for the title of its box.
const LINES: usize = 6;
/// Marks beside a formula that say that it is wrong.
const MARKS: &[&str] = &["✗", "✘", "❌", "☒", "❎", "⛔", "🚫", "👎", "(x)", "⚡"];
/// What stands right before a formula that is struck out or an answer not chosen, and right behind it.
const STRUCK: &[(&str, &str)] = &[("~~", "~~"), ("<del>", "</del>"), ("<s>", "</s>"), ("- [ ]", ""), ("* [ ]", "")];
/// How a sentence behind a formula begins that calls it wrong.
const BEHIND: &[&str] = &[
    "that is wrong",
    "this is wrong",
    "that's wrong",
    "this is false",
    "that is false",
    "this is incorrect",
    "that is incorrect",
    "this is not correct",
    "that is not correct",
    "this is not true",
    "that is not true",
    "this does not work",
    "that does not work",
    "this doesn't work",
    "this does not hold",
    "that does not hold",
    "this fails",
    "that fails",
    "this cannot be",
    "wrong!",
    "wrong.",
    "no!",
    "not quite",
    "not true",
    "(wrong)",
    "(false)",
    "(incorrect)",
    "unfortunately this is",
    "unfortunately, this is",
    "unfortunately that is",
    "what is wrong",
    "what went wrong",
    "should be",
    "should read",
    "is what you might expect",
    "is not correct",
    "is not right",
    "but for",
    "라고 쓰면 안",
    "이라고 쓰면 안",
    "이것은 틀",
    "이는 틀",
    "이 식은 틀",
];
/// Words of a sentence that speaks of the display behind it as of what is wrong, or may be.
const ANNOUNCED: &[&str] = &[
    "true or false",
    "is wrong",
    "is false",
    "is incorrect",
    "are wrong",
    "are false",
    "prove or disprove",
    "find the error",
    "find the mistake",
    "what is wrong",
    "correct the following",
    "which of the following",
    "common mistake",
    "common error",
    "buggy",
    "faux",
    "erreur",
    "falsch",
    "fehler",
    "sbagliato",
    "errado",
    "falso",
    "ошибка",
    "неверно",
    "błąd",
    "yanlış",
    "間違い",
    "誤り",
    "错误",
    "다음은 틀",
    "거짓이다",
    "틀렸다",
    "판정하라",
    "판단하라",
];
/// How a sentence begins that asks.
const ASKS: &[&str] = &["is", "are", "does", "do", "can", "could", "would", "which", "when"];

impl Builder<'_> {
    /// Whether a formula is shown as what is wrong, or asked for.
    pub(super) fn is_disowned(&self, block: usize) -> bool {
        let (before, behind) = self.sentence(block);
        if before.is_empty() && self.is_announced(block) {
            return true;
        }
        let ask = || {
            let end = behind.find(['.', '!', '?', ';', '。']);
            let asked = end.and_then(|at| behind.get(at..)).is_some_and(|rest| rest.starts_with('?'));
            asked && before.split_whitespace().next().is_some_and(|w| ASKS.contains(&w))
        };
        BEHIND.iter().any(|w| begins(&behind, w))
            || MARKS.iter().any(|m| before.ends_with(m) || behind.starts_with(m))
            || self.is_titled(block)
            || self.is_struck(block)
            || ask()
    }

    /// Whether the whole sentence right before a display disowns what follows: "True or false?"
    fn is_announced(&self, block: usize) -> bool {
        let text: Vec<&str> = self.document.before(block).into_iter().map(|p| p.text.as_str()).collect();
        let text = text.join(" ").to_lowercase();
        let ends = |c: char| matches!(c, '.' | '!' | '?' | '。');
        let last = text.trim_end().trim_end_matches(ends).rsplit(ends).next().unwrap_or("").trim().to_owned();
        ANNOUNCED.iter().any(|w| last.contains(w))
    }

    /// Whether an inline equation is one of several of which one holds: "`λ = 1` or `λ = 3`".
    pub(super) fn is_alternative(&self, block: usize) -> bool {
        let or = |at: Option<usize>| match at.and_then(|i| self.document.blocks.get(i)) {
            Some(Block::Prose(p)) => matches!(p.text.trim().trim_matches(','), "or" | "또는" | "이거나" | "or else"),
            _ => false,
        };
        let inline = matches!(self.document.blocks.get(block), Some(Block::Formula(f)) if !f.display);
        inline && (or(block.checked_sub(1)) || or(Some(block + 1)))
    }

    /// Whether its section, its box or the short sentence before its own bears such a title.
    fn is_titled(&self, block: usize) -> bool {
        let wrong = |text: &str| {
            let small = text.to_lowercase();
            TITLES.iter().any(|w| small.contains(w))
        };
        let section = self.document.sections.get(self.section(block));
        if section.is_some_and(|s| s.level > 1 && wrong(&s.title)) {
            return true;
        }
        let text: Vec<&str> = self.document.before(block).into_iter().map(|p| p.text.as_str()).collect();
        let text = text.join(" ");
        let mut sentences = text.rsplit(['.', '!', '?', ':', '。']).map(str::trim);
        let short = |s: &str| s.split_whitespace().count() <= SHORT && wrong(s);
        if sentences.next().is_some_and(short) || sentences.next().is_some_and(short) {
            return true;
        }
        let start = self.document.blocks.get(block).map_or(0, |b| b.span().start);
        let above = self.document.source.text.get(..start).unwrap_or("");
        let boxed = |line: &&str| BOXES.iter().any(|b| line.trim_start().starts_with(b)) && line.trim() != ":::";
        above.lines().rev().take(LINES).find(boxed).is_some_and(wrong)
    }

    /// Whether it is struck out.
    fn is_struck(&self, block: usize) -> bool {
        let Some(Block::Formula(f)) = self.document.blocks.get(block) else { return false };
        let text = &self.document.source.text;
        let before = text.get(..f.span.start).unwrap_or("").trim_end();
        let behind = text.get(f.span.end..).unwrap_or("").trim_start();
        STRUCK.iter().any(|(a, b)| before.ends_with(a) && behind.starts_with(b))
    }
}
