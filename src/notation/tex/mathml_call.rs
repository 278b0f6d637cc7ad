//! MathML of commands with arguments.

use super::mathml::{Mark, Printer, delimiter_text, limits_name, operator, space, stretchy};
use super::mathml_font::{Font, font_of};
use super::mathml_node::{Node, element, row, words};
use super::tree::{Tex, TexKind};

/// An accent or a line: its sign, whether it stands above, whether it grows.
fn accent(name: &str) -> Option<(&'static str, bool, bool)> {
    Some(match name {
        "hat" => ("^", true, false),
        "widehat" => ("^", true, true),
        "bar" => ("‾", true, false),
        "overline" => ("‾", true, true),
        "tilde" => ("~", true, false),
        "widetilde" => ("~", true, true),
        "vec" => ("→", true, false),
        "dot" => ("˙", true, false),
        "ddot" => ("¨", true, false),
        "dddot" => ("\u{20db}", true, false),
        "mathring" => ("˚", true, false),
        "check" => ("ˇ", true, false),
        "widecheck" => ("ˇ", true, true),
        "breve" => ("˘", true, false),
        "acute" => ("´", true, false),
        "grave" => ("`", true, false),
        "overbrace" => ("⏞", true, true),
        "overbracket" => ("⎴", true, true),
        "overrightarrow" => ("→", true, true),
        "overleftarrow" => ("←", true, true),
        "overleftrightarrow" => ("↔", true, true),
        "underline" => ("_", false, true),
        "underbrace" => ("⏟", false, true),
        "underbracket" => ("⎵", false, true),
        "underrightarrow" => ("→", false, true),
        "underleftarrow" => ("←", false, true),
        _ => return None,
    })
}

/// An arrow that grows with its label.
fn long_arrow(name: &str) -> Option<&'static str> {
    Some(match name {
        "xrightarrow" => "→",
        "xleftarrow" => "←",
        "xleftrightarrow" => "↔",
        "xRightarrow" => "⇒",
        "xLeftarrow" => "⇐",
        "xmapsto" => "↦",
        "xlongequal" => "=",
        _ => return None,
    })
}

/// The words of an operator's name, if it is made of letters, digits and spaces only (short of `depth` groups).
fn name_words(nodes: &[Tex], depth: usize) -> Option<String> {
    let mut text = String::new();
    for node in nodes {
        match &node.kind {
            TexKind::Char(c) => text.push(*c),
            TexKind::Number(digits) => text.push_str(digits),
            TexKind::Text(inner) if !inner.contains(['\\', '$', '{']) => text.push_str(inner),
            TexKind::Space(name) if name == "!" => {}
            TexKind::Space(_) => text.push('\u{2009}'),
            TexKind::Command(name) if matches!(name.as_str(), "arg" | "max" | "min" | "sup" | "inf" | "lim") => {
                text.push_str(name);
            }
            TexKind::Group(list) if depth > 0 => text.push_str(&name_words(list, depth - 1)?),
            TexKind::Call { name, args, .. } if depth > 0 && matches!(name.as_str(), "mathrm" | "mathsf") => {
                text.push_str(&name_words(args, depth - 1)?);
            }
            _ => return None,
        }
    }
    (!text.is_empty()).then_some(text)
}

impl Printer<'_> {
    pub(super) fn call(&self, name: &str, option: Option<&Tex>, args: &[Tex], font: Font, marks: &[&Mark]) -> Node {
        let arg = |i: usize| args.get(i).map_or_else(|| row(Vec::new()), |a| self.one(a, font, marks));
        let last = || args.last().map_or_else(|| row(Vec::new()), |a| self.one(a, font, marks));
        if let Some(own) = font_of(name) {
            return args.first().map_or_else(|| row(Vec::new()), |a| self.one(a, own, marks));
        }
        if let Some((sign, above, grows)) = accent(name) {
            let sign = operator(sign).with("stretchy", if grows { "true" } else { "false" });
            return if above {
                element("mover", vec![arg(0), sign]).with("accent", "true")
            } else {
                element("munder", vec![arg(0), sign]).with("accentunder", "true")
            };
        }
        if let Some(arrow) = long_arrow(name) {
            let arrow = operator(arrow).with("stretchy", "true");
            let label = |node| element("mrow", vec![space("0.4em"), node, space("0.4em")]);
            return match option {
                Some(below) => {
                    let below = row(self.list(below.list(), font, marks));
                    element("munderover", vec![arrow, label(below), label(arg(0))])
                }
                None => element("mover", vec![arrow, label(arg(0))]),
            };
        }
        match name {
            "frac" | "cfrac" | "nicefrac" | "sfrac" => element("mfrac", vec![arg(0), arg(1)]),
            "dfrac" => element("mfrac", vec![arg(0), arg(1)]).with("displaystyle", "true"),
            "tfrac" => {
                let small = element("mstyle", vec![element("mfrac", vec![arg(0), arg(1)])]);
                small.with("displaystyle", "false").with("scriptlevel", "0")
            }
            "binom" | "dbinom" | "tbinom" => {
                let inside = element("mfrac", vec![arg(0), arg(1)]).with("linethickness", "0");
                element("mrow", vec![stretchy("(", "prefix"), inside, stretchy(")", "postfix")])
            }
            "genfrac" => self.general_fraction(args, font, marks),
            "sqrt" => match option {
                Some(degree) => {
                    let degree = row(self.list(degree.list(), font, marks));
                    element("mroot", vec![arg(0), degree])
                }
                None => element("msqrt", vec![arg(0)]),
            },
            "operatorname" => self.operator_name(args, font, marks, false),
            "operatorname*" | "operatornamewithlimits" => self.operator_name(args, font, marks, true),
            "mathop" => match args.first().and_then(|a| name_words(a.list(), 3)).filter(|w| w.chars().count() > 1) {
                Some(text) => limits_name(&text),
                None => arg(0),
            },
            "overset" | "stackrel" => element("mover", vec![arg(1), arg(0)]),
            "underset" => element("munder", vec![arg(1), arg(0)]),
            "phantom" | "hphantom" | "vphantom" => element("mphantom", vec![arg(0)]),
            "boxed" | "bbox" | "fcolorbox" | "colorbox" => element("mrow", vec![last()]).with("class", "tex-boxed"),
            "cancel" | "bcancel" | "xcancel" | "cancelto" => element("mrow", vec![last()]).with("class", "tex-cancel"),
            "pmod" | "pod" => {
                let mut parts = vec![space("0.5em"), operator("(").with("stretchy", "false")];
                if name == "pmod" {
                    parts.extend([words("mi", "mod"), space("0.3em")]);
                }
                parts.extend([arg(0), operator(")").with("stretchy", "false")]);
                element("mrow", parts)
            }
            "sideset" => element("mrow", vec![arg(0), arg(1)]),
            _ => last(),
        }
    }

    /// `\genfrac{left}{right}{thickness}{style}{above}{below}`.
    fn general_fraction(&self, args: &[Tex], font: Font, marks: &[&Mark]) -> Node {
        let words = |i: usize| match args.get(i).map(|a| &a.kind) {
            Some(TexKind::Text(text)) => text.trim(),
            _ => "",
        };
        let part = |i: usize| args.get(i).map_or_else(|| row(Vec::new()), |a| self.one(a, font, marks));
        let mut fraction = element("mfrac", vec![part(4), part(5)]);
        if words(2).starts_with('0') {
            fraction = fraction.with("linethickness", "0");
        }
        let mut parts = Vec::new();
        parts.extend(delimiter_text(words(0)).map(|d| stretchy(d, "prefix")));
        parts.push(fraction);
        parts.extend(delimiter_text(words(1)).map(|d| stretchy(d, "postfix")));
        row(parts)
    }

    fn operator_name(&self, args: &[Tex], font: Font, marks: &[&Mark], limits: bool) -> Node {
        let Some(arg) = args.first() else { return row(Vec::new()) };
        match name_words(arg.list(), 3) {
            Some(text) if limits => limits_name(&text),
            Some(text) => words("mi", text).with("mathvariant", "normal"),
            None => self.one(arg, if font == Font::Default { Font::Upright } else { font }, marks),
        }
    }
}
