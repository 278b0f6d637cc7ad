//! TeX tree → MathML Core. Lists of nodes, symbols, marks; scripts, commands and tables are in the files beside.

use super::mathml_font::{Font, letter};
use super::mathml_node::{Node, element, row, words};
use super::symbols::{Class, char_class, class_of, symbol};
use super::tree::{Tex, TexKind};
use crate::source::Span;

/// What the MathML of this module needs of a style sheet: alignment of columns (Chromium ignores `columnalign`),
/// boxes, crossed-out parts, unknown commands. Classes of marks are the caller's.
pub const MATHML_CSS: &str = "\
math mtd.tex-l{text-align:left;padding-left:0}math mtd.tex-r{text-align:right;padding-right:0}\
math mtd.tex-c{text-align:center}math mtable.tex-aligned mtd{padding-top:.25em;padding-bottom:.25em}\
math mtable.tex-aligned mtd.tex-r:not(:first-child){padding-left:2em}math mtable.tex-cases mtd.tex-l{padding-right:1em}\
math mtable.tex-stack mtd{padding:0}math .tex-boxed{border:1px solid;padding:.2em}\
math .tex-cancel{text-decoration:line-through}math .unknown{font-family:monospace;opacity:.75}";

/// A sub-span to highlight, with the class (ours, never from the input) that its `mrow` or `mtr` gets.
pub type Mark = (Span, String);

/// The longest piece of source that an error shows, in characters.
const SHOWN: usize = 200;

/// MathML for a formula: `<math>…</math>`, `display="block"` where it stands alone. No byte of the input reaches a
/// tag or an attribute. Errors show as `<merror>`; see [`to_mathml_of`] to show their source in it.
pub fn to_mathml(nodes: &[Tex], display: bool) -> String {
    to_mathml_of("", nodes, display, &[])
}

/// The same with parts marked: each mark wraps the smallest run of nodes that holds its span in `<mrow class=…>`; a mark
/// on whole rows of an aligned environment, or across cells, gives `<mtr class=…>`.
pub fn to_mathml_marked(nodes: &[Tex], display: bool, marks: &[Mark]) -> String {
    to_mathml_of("", nodes, display, marks)
}

/// The same with the formula's text, which errors show (escaped).
pub fn to_mathml_of(source: &str, nodes: &[Tex], display: bool, marks: &[Mark]) -> String {
    let printer = Printer { source, in_text: false };
    let marks: Vec<&Mark> = marks.iter().take(64).collect();
    let math = element("math", printer.list(nodes, Font::Default, &marks));
    let math = if display { math.with("display", "block") } else { math };
    let mut out = String::new();
    math.write(&mut out);
    out
}

pub(super) struct Printer<'a> {
    pub source: &'a str,
    /// Inside the words of `\text{…}`, whose formulas are read once, not again and again.
    pub in_text: bool,
}

/// A printed piece of a list and the nodes `[from, to)` that it came from.
struct Piece {
    node: Node,
    from: usize,
    to: usize,
}

/// A mark that wraps nodes `[from, to)` of a list.
struct Wrap<'m> {
    from: usize,
    to: usize,
    class: &'m str,
}

pub(super) fn operator(text: &str) -> Node {
    words("mo", text)
}

pub(super) fn space(width: &str) -> Node {
    element("mspace", Vec::new()).with("width", width)
}

/// A delimiter that grows with what it encloses.
pub(super) fn stretchy(text: &str, form: &'static str) -> Node {
    operator(text).with("stretchy", "true").with("fence", "true").with("form", form)
}

/// The character of a delimiter as written; `None` for `.`.
pub(super) fn delimiter_text(written: &str) -> Option<&str> {
    match written {
        "." | "" => None,
        "<" => Some("⟨"),
        ">" => Some("⟩"),
        _ => Some(written.strip_prefix('\\').and_then(symbol).map_or(written, |s| s.text)),
    }
}

/// Letters of scripts that are written in words, not as symbols: Hangul, kana, Chinese characters.
fn is_word_letter(c: char) -> bool {
    c.is_alphabetic()
        && matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..)
}

impl Printer<'_> {
    /// The MathML of a list of nodes.
    pub fn list(&self, nodes: &[Tex], font: Font, marks: &[&Mark]) -> Vec<Node> {
        if nodes.iter().any(|n| n.kind == TexKind::Break) {
            return vec![self.loose_rows(nodes, font, marks)];
        }
        let (wraps, inner) = split_marks(nodes, marks);
        let mut pieces = Vec::new();
        let mut before = None;
        let mut i = 0;
        while let Some(node) = nodes.get(i) {
            let class = class_of(node);
            if needs_space(before, class, node) {
                pieces.push(Piece { node: space("0.1667em"), from: i, to: i + 1 });
            }
            let run = self.run(nodes, i, font, &wraps);
            if let Some((node, length)) = run {
                pieces.push(Piece { node, from: i, to: i + length });
                before = Some(Class::Ordinary);
                i += length;
                continue;
            }
            let prefix = !matches!(before, Some(Class::Ordinary | Class::Close | Class::Inner | Class::Fence));
            if let Some(printed) = self.node(node, font, prefix, &inner) {
                pieces.push(Piece { node: printed, from: i, to: i + 1 });
            }
            if class != Class::Nothing {
                before = Some(class);
            }
            i += 1;
        }
        wrapped(pieces, &wraps)
    }

    /// A single node as one element.
    pub fn one(&self, node: &Tex, font: Font, marks: &[&Mark]) -> Node {
        row(self.list(std::slice::from_ref(node), font, marks))
    }

    /// Letters from `start` on that make one word, and how many; `None` where a letter stands for itself.
    fn run(&self, nodes: &[Tex], start: usize, font: Font, wraps: &[Wrap]) -> Option<(Node, usize)> {
        let end = wraps.iter().flat_map(|w| [w.from, w.to]).filter(|&e| e > start).min().unwrap_or(nodes.len());
        let letters = nodes.get(start..end.min(nodes.len()))?.iter().map_while(|n| match n.kind {
            TexKind::Char(c) => Some(c),
            _ => None,
        });
        let native: String = letters.clone().take_while(|c| is_word_letter(*c)).collect();
        if !native.is_empty() {
            return Some((words("mtext", native.as_str()), native.chars().count()));
        }
        if matches!(font, Font::Default | Font::BoldItalic | Font::Blackboard | Font::Script | Font::Fraktur) {
            return None;
        }
        let word: String = letters.take_while(char::is_ascii_alphabetic).map(|c| letter(c, font)).collect();
        let length = word.chars().count();
        (length > 1).then(|| (words("mi", word), length))
    }

    fn node(&self, node: &Tex, font: Font, prefix: bool, marks: &[&Mark]) -> Option<Node> {
        Some(match &node.kind {
            TexKind::Group(list) => element("mrow", self.list(list, font, marks)),
            TexKind::Char(c) => self.character(*c, font, prefix),
            TexKind::Number(digits) => words("mn", digits.chars().map(|c| letter(c, font)).collect::<String>()),
            TexKind::Command(name) => self.symbol(name, font, prefix),
            TexKind::Call { name, option, args } => self.call(name, option.as_deref(), args, font, marks),
            TexKind::Text(text) => self.text(text),
            TexKind::Script { base, sub, sup, primes } => {
                self.script(base, sub.as_deref(), sup.as_deref(), *primes, font, marks)
            }
            TexKind::Fenced { open, close, body } => {
                let mut parts = Vec::new();
                parts.extend(delimiter_text(open).map(|d| stretchy(d, "prefix")));
                parts.extend(self.list(body, font, marks));
                parts.extend(delimiter_text(close).map(|d| stretchy(d, "postfix")));
                element("mrow", parts)
            }
            TexKind::Env { name, option, rows } => self.environment(name, option.as_deref(), rows, font, marks),
            TexKind::Space(name) => self.space_command(name)?,
            TexKind::Error(_) => {
                let source = self.source.get(node.span.range()).unwrap_or("").trim();
                let shown: String = source.chars().take(SHOWN).collect();
                element("merror", vec![words("mtext", if shown.is_empty() { "?".to_owned() } else { shown })])
            }
            TexKind::Break | TexKind::Align | TexKind::Label { .. } => return None,
        })
    }

    fn character(&self, c: char, font: Font, prefix: bool) -> Node {
        let text = match c {
            '-' => '−',
            '*' => '∗',
            c => letter(c, font),
        };
        self.classed(text.encode_utf8(&mut [0; 4]), char_class(c), font, prefix)
    }

    fn symbol(&self, name: &str, font: Font, prefix: bool) -> Node {
        if let Some(found) = symbol(name) {
            let mut chars = found.text.chars();
            return match (chars.next(), chars.next(), found.class) {
                (Some(c), None, Class::Ordinary) => {
                    self.classed(letter(c, font).encode_utf8(&mut [0; 4]), Class::Ordinary, font, prefix)
                }
                _ => self.classed(found.text, found.class, font, prefix),
            };
        }
        if let Some(negated) = name.strip_prefix("not").filter(|n| !n.is_empty()) {
            let plain = delimiter_text(negated).unwrap_or(negated);
            return operator(&match plain {
                "=" => "≠".to_owned(),
                "∈" => "∉".to_owned(),
                other => format!("{other}\u{338}"),
            });
        }
        if let Some(middle) = name.strip_prefix("middle").and_then(delimiter_text) {
            return stretchy(middle, "infix");
        }
        words("mtext", format!("\\{name}")).with("class", "unknown")
    }

    fn classed(&self, text: &str, class: Class, font: Font, prefix: bool) -> Node {
        match class {
            Class::Ordinary => {
                let node = words("mi", text);
                // A single letter is set italic unless told otherwise; TeX sets capital Greek and signs upright.
                let upright = text.chars().all(|c| matches!(c, 'Α'..='Ω') || !c.is_alphabetic());
                let single = text.chars().count() == 1;
                if single && (font == Font::Upright || (upright && font == Font::Default)) {
                    return node.with("mathvariant", "normal");
                }
                node
            }
            Class::Function => words("mi", text).with("mathvariant", "normal"),
            Class::Limits => limits_name(text),
            Class::Binary if text == "/" => operator(text).with("lspace", "0").with("rspace", "0"),
            Class::Binary => operator(text).with("form", if prefix { "prefix" } else { "infix" }),
            Class::Fence => operator(text).with("stretchy", "false").with("lspace", "0").with("rspace", "0"),
            Class::Open => operator(text).with("stretchy", "false").with("form", "prefix"),
            Class::Close => operator(text).with("stretchy", "false").with("form", "postfix"),
            Class::Relation if "↑↓↕⇑⇓⇕".contains(text) => operator(text).with("stretchy", "false"),
            _ => operator(text),
        }
    }
}

/// A named function whose subscript stands below it in display style.
pub(super) fn limits_name(text: &str) -> Node {
    operator(text).with("form", "prefix").with("movablelimits", "true").with("lspace", "0").with("rspace", "0")
}

/// Whether TeX puts a thin space here: between a function's name and what is no bracket.
fn needs_space(before: Option<Class>, class: Class, node: &Tex) -> bool {
    let named = |c| matches!(c, Class::Function | Class::Limits);
    match before {
        Some(b) if named(b) => {
            let fenced = matches!(node.kind, TexKind::Fenced { .. });
            !fenced
                && (named(class) || matches!(class, Class::Ordinary | Class::Inner | Class::Operator | Class::Integral))
        }
        Some(Class::Ordinary | Class::Close | Class::Inner) => named(class),
        _ => false,
    }
}

/// Which marks wrap nodes of this list, and which belong into one of its nodes.
fn split_marks<'m>(nodes: &[Tex], marks: &[&'m Mark]) -> (Vec<Wrap<'m>>, Vec<&'m Mark>) {
    let (mut wraps, mut inner) = (Vec::new(), Vec::new());
    for &mark in marks {
        let Some(from) = nodes.iter().position(|n| n.span.overlaps(mark.0)) else { continue };
        let to = nodes.iter().rposition(|n| n.span.overlaps(mark.0)).map_or(from + 1, |last| last + 1);
        let within = nodes.get(from).filter(|n| {
            let covered = mark.0.start <= n.span.start && n.span.end <= mark.0.end;
            to == from + 1 && !covered && n.children().iter().any(|c| c.span.overlaps(mark.0))
        });
        match within {
            Some(_) => inner.push(mark),
            None => wraps.push(Wrap { from, to, class: &mark.1 }),
        }
    }
    // The widest first, so that the others stand inside it.
    wraps.sort_by_key(|w| std::cmp::Reverse(w.to - w.from));
    (wraps, inner)
}

/// The pieces with the wraps put around them.
fn wrapped(pieces: Vec<Piece>, wraps: &[Wrap]) -> Vec<Node> {
    let Some((wrap, rest)) = wraps.split_first() else {
        return pieces.into_iter().map(|piece| piece.node).collect();
    };
    let (mut before, mut inside, mut after) = (Vec::new(), Vec::new(), Vec::new());
    for piece in pieces {
        if piece.to <= wrap.from {
            before.push(piece);
        } else if piece.from >= wrap.to {
            after.push(piece);
        } else {
            inside.push(piece);
        }
    }
    let mut nodes = wrapped(before, rest);
    if !inside.is_empty() {
        nodes.push(element("mrow", wrapped(inside, rest)).with("class", wrap.class));
    }
    nodes.extend(wrapped(after, rest));
    nodes
}
