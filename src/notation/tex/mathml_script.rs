//! MathML of scripts, primes, words and spaces.

use super::commands::{Role, role};
use super::mathml::{Mark, Printer, operator, space};
use super::mathml_font::Font;
use super::mathml_node::{Node, element, words};
use super::parse::parse;
use super::symbols::{Class, class_of};
use super::tree::{Tex, TexKind};

/// Where the scripts of a base stand: `(sub below, sup above)`.
fn limits(base: &Tex) -> (bool, bool) {
    let name = match &base.kind {
        TexKind::Call { name, .. } => name.as_str(),
        _ => "",
    };
    match (name, class_of(base)) {
        ("overbrace" | "overbracket", _) => (false, true),
        ("underbrace" | "underbracket", _) => (true, false),
        ("overset" | "underset" | "stackrel", _) => (false, false),
        (_, Class::Operator | Class::Limits) => (true, true),
        _ => (false, false),
    }
}

/// `1em`-like width of a space command. Widths that the author wrote out are not carried over.
fn width(name: &str) -> Option<&'static str> {
    Some(match name {
        "," | "thinspace" => "0.1667em",
        ":" | ">" | "medspace" => "0.2222em",
        ";" | "thickspace" => "0.2778em",
        "!" | "negthinspace" => "-0.1667em",
        "negmedspace" => "-0.2222em",
        "negthickspace" => "-0.2778em",
        " " | "~" | "space" | "nobreakspace" => "0.25em",
        "enspace" | "enskip" => "0.5em",
        "quad" => "1em",
        "qquad" | "hfill" | "hfil" => "2em",
        "/" => return None,
        _ if name.starts_with("hspace") || name.starts_with("mspace") => "0.5em",
        _ => return None,
    })
}

impl Printer<'_> {
    pub(super) fn space_command(&self, name: &str) -> Option<Node> {
        width(name).map(space)
    }

    pub(super) fn script(
        &self,
        base: &Tex,
        sub: Option<&Tex>,
        sup: Option<&Tex>,
        primes: usize,
        font: Font,
        marks: &[&Mark],
    ) -> Node {
        let (below, above) = limits(base);
        let base = self.one(base, font, marks);
        let sub = sub.map(|s| self.one(s, font, marks));
        let mut sup = sup.map(|s| self.one(s, font, marks));
        if primes > 0 {
            let sign = match primes {
                1 => "′".to_owned(),
                2 => "″".to_owned(),
                3 => "‴".to_owned(),
                n => "′".repeat(n),
            };
            let mut parts = vec![operator(&sign).with("lspace", "0").with("rspace", "0")];
            parts.extend(sup);
            sup = Some(element("mrow", parts));
        }
        let pair = |tag, base, script| element(tag, vec![base, script]);
        match (sub, sup) {
            (Some(sub), Some(sup)) if below == above => {
                element(if below { "munderover" } else { "msubsup" }, vec![base, sub, sup])
            }
            (sub, sup) => {
                let (sub_tag, sup_tag) = (if below { "munder" } else { "msub" }, if above { "mover" } else { "msup" });
                // What stands over or under belongs to the base; a script at the side goes around both.
                let (mut node, mut rest) = (base, [sub.map(|s| (sub_tag, s)), sup.map(|s| (sup_tag, s))]);
                if !below {
                    rest.reverse();
                }
                for (tag, script) in rest.into_iter().flatten() {
                    node = pair(tag, node, script);
                }
                node
            }
        }
    }

    /// `\text{…}`: words, and the formulas between `$` in them.
    pub(super) fn text(&self, text: &str) -> Node {
        let mut parts = Vec::new();
        for (i, part) in dollar_parts(text).into_iter().enumerate() {
            if i % 2 == 1 && !self.in_text {
                let inner = Printer { source: part, in_text: true };
                parts.push(element("mrow", inner.list(&parse(part), Font::Default, &[])));
            } else {
                let plain = plain_words(part);
                if !plain.is_empty() {
                    parts.push(words("mtext", plain));
                }
            }
        }
        match parts.pop() {
            Some(only) if parts.is_empty() => only,
            Some(last) => {
                parts.push(last);
                element("mrow", parts)
            }
            None => words("mtext", ""),
        }
    }
}

/// The parts of a text between the `$` that stand in no braces: words, formula, words, … A last `$` without partner
/// makes no formula.
fn dollar_parts(text: &str) -> Vec<&str> {
    let mut cuts = Vec::new();
    let mut depth = 0usize;
    let mut escaped = false;
    for (i, b) in text.bytes().enumerate() {
        match b {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'$' if depth == 0 => cuts.push(i),
            _ => {}
        }
    }
    if cuts.len() % 2 == 1 {
        cuts.pop();
    }
    let mut parts = Vec::new();
    let mut start = 0;
    for cut in cuts {
        parts.extend(text.get(start..cut));
        start = cut + 1;
    }
    parts.extend(text.get(start..));
    parts
}

/// The words of a text without TeX's escapes and braces; spaces do not collapse.
fn plain_words(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                let mut name = String::new();
                while let Some(letter) = chars.next_if(char::is_ascii_alphabetic) {
                    name.push(letter);
                }
                if name.is_empty() {
                    out.extend(chars.next().map(|c| if c.is_whitespace() || c == ',' { '\u{a0}' } else { c }));
                } else if !matches!(role(&name), Some(Role::Text | Role::Dropped | Role::Call(_) | Role::Switch(_))) {
                    match super::symbols::symbol(&name) {
                        Some(symbol) => out.push_str(symbol.text),
                        None if width(&name).is_some() => out.push('\u{a0}'),
                        None => {
                            out.push('\\');
                            out.push_str(&name);
                        }
                    }
                }
            }
            '{' | '}' => {}
            '~' => out.push('\u{a0}'),
            c if c.is_whitespace() => {
                while chars.next_if(|c| c.is_whitespace()).is_some() {}
                out.push('\u{a0}');
            }
            c => out.push(c),
        }
    }
    out
}
