//! Whether a piece of text reads like mathematics or like words: what a `$` that may be a price stands on.

/// The signs that hardly occur in words: a TeX command, scripts, relations.
pub(super) fn is_clearly_tex(text: &str) -> bool {
    let text = text.trim();
    let command = text
        .as_bytes()
        .windows(2)
        .any(|w| matches!(w, [b'\\', c] if c.is_ascii_alphabetic() || matches!(c, b'{' | b'|' | b'\\')));
    command || text.contains(['^', '_', '=', '<', '>']) || is_term(text) || is_sum(text)
}

/// Single letters and numbers with operators between them, without spaces: `t+1`, `n-k`.
fn is_sum(text: &str) -> bool {
    let bytes = text.as_bytes();
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.contains(['+', '-', '*', '/'])
        && !text.ends_with(['+', '-', '*', '/'])
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "+-*/()".contains(c))
        && !bytes.windows(2).any(|w| w.iter().all(u8::is_ascii_alphabetic))
}

/// A single symbol, a number with a symbol, or an application of a single letter: `n`, `2x`, `f(x)`.
fn is_term(text: &str) -> bool {
    let letters = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let mut chars = letters.chars();
    let first = chars.next().is_some_and(|c| c.is_ascii_alphabetic() || ('α'..='ω').contains(&c));
    let rest = chars.as_str();
    first && (rest.is_empty() || rest == "'" || (rest.starts_with('(') && rest.ends_with(')') && !rest.contains(' ')))
}

/// Whether the text, but for `\text{…}` groups, holds `words` words in a row, or a Korean, Chinese or Japanese letter.
pub(super) fn reads_like_words(text: &str, words: usize) -> bool {
    let mut row = 0;
    let mut word = 0;
    let mut plain = true;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '\\' {
            let name = rest.get(1..).unwrap_or("");
            let n = name.bytes().take_while(u8::is_ascii_alphabetic).count();
            (row, word, plain) = (0, 0, true);
            rest = match text_group(rest) {
                Some(end) => rest.get(end..).unwrap_or(""),
                None if n > 0 => name.get(n..).unwrap_or(""),
                None => name.get(name.chars().next().map_or(0, char::len_utf8)..).unwrap_or(""),
            };
            continue;
        }
        rest = rest.get(c.len_utf8()..).unwrap_or("");
        if is_east_asian(c) {
            return true;
        }
        if c.is_alphabetic() || (c == '\'' && word > 0) {
            word += 1;
        } else if c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':' | '?' | '!') {
            if word > 0 {
                row = if plain && word >= 2 { row + 1 } else { 0 };
                if row >= words {
                    return true;
                }
            }
            (word, plain) = (0, true);
        } else {
            plain = false;
            row = 0;
        }
    }
    plain && word >= 2 && row + 1 >= words
}

fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{30ff}' | '\u{3130}'..='\u{318f}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// How far a search for the end of a text group looks, in bytes.
const TEXT_GROUP: usize = 512;

/// The length of `\text{…}` (or another command that sets words) at the start of `text`, if it is closed nearby.
pub(super) fn text_group(text: &str) -> Option<usize> {
    const COMMANDS: [&str; 11] = [
        "text",
        "mbox",
        "hbox",
        "textrm",
        "textbf",
        "textit",
        "textsf",
        "texttt",
        "mathrm",
        "operatorname",
        "intertext",
    ];
    let name = text.strip_prefix('\\')?;
    let n = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    if !COMMANDS.contains(&name.get(..n)?) {
        return None;
    }
    let mut depth = 0_usize;
    let bytes = text.as_bytes();
    let mut at = n + 1;
    if bytes.get(at) == Some(&b'*') {
        at += 1;
    }
    if bytes.get(at) != Some(&b'{') {
        return None;
    }
    while at < bytes.len().min(n + TEXT_GROUP) {
        match bytes.get(at) {
            Some(b'\\') => at += 1,
            Some(b'{') => depth += 1,
            Some(b'}') if depth <= 1 => return Some(at + 1),
            Some(b'}') => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    None
}

/// What stands around a possible `$…$`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Neighbours {
    /// The character before the opening sign.
    pub before: Option<char>,
    /// The character after the closing sign.
    pub after: Option<char>,
}

/// Whether `$content$` is a formula and not two prices (or shell variables): Pandoc's rule (no white space inside the
/// signs, no digit behind), relaxed where the content clearly is TeX, tightened where it reads like a sentence.
pub(super) fn is_inline_formula(content: &str, around: Neighbours) -> bool {
    if content.trim().is_empty() {
        return false;
    }
    let tex = is_clearly_tex(content);
    let tight = !content.starts_with(char::is_whitespace) && !content.ends_with(char::is_whitespace);
    let glued = around.before.is_some_and(|c| c.is_ascii_alphanumeric());
    let digit_after = around.after.is_some_and(|c| c.is_ascii_digit());
    if !tight || digit_after {
        return tex && !reads_like_words(content, 2);
    }
    let command = content.contains('\\');
    let price = content.starts_with(|c: char| c.is_ascii_digit()) || glued;
    command || !(reads_like_words(content, if price { 2 } else { 4 }) || (price && !tex && has_long_word(content)))
}

/// Whether a word of four letters or more stands between spaces, as in `5 a month; 6`.
fn has_long_word(text: &str) -> bool {
    let mut words = text.split_whitespace().map(|w| w.trim_end_matches([',', '.', ';', ':', '?', '!']));
    words.any(|w| w.chars().count() >= 4 && w.chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_from_terms() {
        assert!(reads_like_words("if the loss is small", 3));
        assert!(!reads_like_words(r"\text{if the loss is small} = x", 3));
        assert!(reads_like_words("x 이다", 3));
        assert!(!reads_like_words(r"a + b = \frac{c}{d}", 2));
        assert!(!reads_like_words(r"\mathrm{where the sum} + \log x", 2));
    }

    #[test]
    fn tex_is_seen_by_its_signs() {
        for t in [r"\alpha", "t+1", "x_1", "x^2", "a = b", "n", "2x", "f(x)"] {
            assert!(is_clearly_tex(t), "{t}");
        }
        for t in ["5", "and/or", "5-6", "5 and", "and", "price of it"] {
            assert!(!is_clearly_tex(t), "{t}");
        }
    }

    #[test]
    fn a_text_group_ends_at_its_own_brace() {
        assert_eq!(text_group(r"\text{a {b} c} d"), Some(14));
        assert_eq!(text_group(r"\text{a"), None);
        assert_eq!(text_group(r"\frac{a}"), None);
    }
}
