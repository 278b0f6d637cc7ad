//! Text of a formula → TeX tokens with spans.

use crate::source::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A run of white space, or a comment up to and with its line end.
    Space,
    /// One character; `_ ^ & ' ~ $ #` included.
    Char(char),
    /// `\name` or `\` and one other character.
    Command,
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\newcommand…`, `\def…`: a definition as a whole (made by the expansion, not by the lexer).
    Definition,
    /// What went wrong before parsing, a message key.
    Error(&'static str),
}

/// A token. Its text is what stands in the source, but empty for a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub kind: Kind,
    pub text: &'a str,
    pub span: Span,
}

impl<'a> Token<'a> {
    /// A command's name without backslash; empty for any other token.
    pub fn name(&self) -> &'a str {
        match self.kind {
            Kind::Command => self.text.get(1..).unwrap_or(""),
            _ => "",
        }
    }

    /// Whether this is the character `c`.
    pub fn is(&self, c: char) -> bool {
        self.kind == Kind::Char(c)
    }

    /// Whether this is an ASCII digit.
    pub fn is_digit(&self) -> bool {
        matches!(self.kind, Kind::Char(c) if c.is_ascii_digit())
    }

    /// Whether this is a command whose name is made of letters, so that a letter after it needs a space between.
    fn is_word(&self) -> bool {
        self.kind == Kind::Command && self.text.ends_with(|c: char| c.is_ascii_alphabetic())
    }
}

/// White space in formulas: Unicode white space and the invisible characters that copying from web pages leaves.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// HTML entities that Markdown sources carry inside formulas.
const ENTITIES: [(&str, char, &str); 3] = [("&lt;", '<', "<"), ("&gt;", '>', ">"), ("&amp;", '&', "&")];

/// Cuts a text into tokens, in linear time; the tokens' spans tile the text.
pub(super) fn lex(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|r| !r.is_empty()) {
        let (kind, shown, length) = one(rest);
        tokens.push(Token { kind, text: shown, span: Span::new(at, at + length) });
        at += length.max(1);
    }
    tokens
}

/// The first token of a text that is not empty: kind, text, length in bytes.
fn one(rest: &str) -> (Kind, &str, usize) {
    let mut chars = rest.chars();
    let Some(first) = chars.next() else { return (Kind::Space, "", 0) };
    let prefix = |n: usize| rest.get(..n).unwrap_or("");
    match first {
        '{' => (Kind::Open, "{", 1),
        '}' => (Kind::Close, "}", 1),
        '%' => (Kind::Space, "", rest.find('\n').map_or(rest.len(), |n| n + 1)),
        '\\' => match chars.next() {
            None => (Kind::Error("tex-backslash"), "\\", 1),
            Some(c) if c.is_ascii_alphabetic() => {
                let n = rest.bytes().skip(1).take_while(u8::is_ascii_alphabetic).count() + 1;
                (Kind::Command, prefix(n), n)
            }
            Some(c) if is_space(c) => (Kind::Command, "\\ ", 1 + c.len_utf8()),
            Some(c) => (Kind::Command, prefix(1 + c.len_utf8()), 1 + c.len_utf8()),
        },
        '.' if rest.starts_with("...") => (Kind::Command, "\\ldots", 3),
        c if is_space(c) => {
            let n = rest.find(|c| !is_space(c)).unwrap_or(rest.len());
            (Kind::Space, prefix(n), n)
        }
        c => {
            for (entity, meant, shown) in ENTITIES {
                if c == '&' && rest.starts_with(entity) {
                    return (Kind::Char(meant), shown, entity.len());
                }
            }
            (Kind::Char(c), prefix(c.len_utf8()), c.len_utf8())
        }
    }
}

/// The text of a run of tokens: as written, without comments; a space is put where two tokens from different places
/// would otherwise run together (`\a` and `b`).
pub(super) fn raw_text<'a>(tokens: impl IntoIterator<Item = Token<'a>>) -> String {
    let mut text = String::new();
    let mut after_word = false;
    for token in tokens {
        if token.text.is_empty() {
            continue;
        }
        if after_word && token.text.starts_with(|c: char| c.is_ascii_alphabetic()) {
            text.push(' ');
        }
        text.push_str(token.text);
        after_word = token.is_word();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(Kind, &str)> {
        lex(text).into_iter().map(|t| (t.kind, t.text)).collect()
    }

    #[test]
    fn tokens_tile_the_text() {
        let text = "\\frac{a}%c\n\\, 가 &lt; \\";
        let tokens = lex(text);
        let mut at = 0;
        for t in &tokens {
            assert_eq!(t.span.start, at);
            at = t.span.end;
        }
        assert_eq!(at, text.len());
    }

    #[test]
    fn three_points_are_dots() {
        assert_eq!(kinds("1...n")[1], (Kind::Command, "\\ldots"));
        // A full stop may stand behind them.
        assert_eq!(kinds("n....")[1..], [(Kind::Command, "\\ldots"), (Kind::Char('.'), ".")]);
    }

    #[test]
    fn an_escaped_percent_is_no_comment() {
        assert_eq!(kinds("\\%x"), [(Kind::Command, "\\%"), (Kind::Char('x'), "x")]);
        assert_eq!(kinds("a%b\nc"), [(Kind::Char('a'), "a"), (Kind::Space, ""), (Kind::Char('c'), "c")]);
    }

    #[test]
    fn command_names_end_at_the_first_letter_outside_ascii() {
        assert_eq!(kinds("\\alpha가"), [(Kind::Command, "\\alpha"), (Kind::Char('가'), "가")]);
        assert_eq!(kinds("\\\n"), [(Kind::Command, "\\ ")]);
    }

    #[test]
    fn entities_are_the_characters_they_stand_for() {
        assert_eq!(kinds("&lt;&amp;"), [(Kind::Char('<'), "<"), (Kind::Char('&'), "&")]);
    }
}
