//! One function for each sink that text from the notes can end in.

/// Text for a terminal: control characters and marks that turn the writing direction become visible, so that notes can
/// neither move the cursor nor show a line other than it is. Line ends become spaces.
pub fn terminal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c if is_unsafe(c) => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// Whether a character can change how a terminal or a page shows the ones around it.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2028}' | '\u{2029}' | '\u{2066}'..='\u{2069}')
}

/// Text for a field of a machine format: as for a terminal, but line ends stay.
pub fn visible(text: &str) -> String {
    text.split('\n').map(terminal).collect::<Vec<_>>().join("\n")
}

/// JSON in which characters that change how others are shown are written as escapes; they only stand inside of strings.
pub fn json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if !c.is_ascii() && is_unsafe(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// Text for HTML, between tags and inside quoted attributes.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(c),
            c if is_unsafe(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Text for a line of Markdown: every character that could begin markup, a link or a formula gets a backslash, `<` and
/// `&` become entities, line ends become spaces.
pub fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '@' | ':' => out.push_str(&format!("&#{};", u32::from(c))),
            '\n' | '\r' | '\t' => out.push(' '),
            c if is_unsafe(c) => out.push('\u{fffd}'),
            c if c.is_ascii_punctuation() && !matches!(c, ',' | '/' | '%' | '"' | '\'' | ';' | '?') => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// Text as a Markdown code span that it cannot end, whatever backticks are in it.
pub fn markdown_code(text: &str) -> String {
    let flat: String = text
        .chars()
        .map(|c| {
            if c == '|' {
                '∣'
            } else if is_unsafe(c) {
                ' '
            } else {
                c
            }
        })
        .collect();
    let longest = flat.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if flat.starts_with(['`', ' ']) || flat.ends_with(['`', ' ']) || flat.is_empty() { " " } else { "" };
    format!("{fence}{pad}{flat}{pad}{fence}")
}

/// A relative path for an `href` or `src`: everything but unreserved characters and `/` is percent-encoded, so that no
/// scheme, query or fragment can begin in it.
pub fn href(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// An id of HTML made of a statement's id: letters, digits, `.`, `_`, `-` stay, any other byte becomes `:xx`, so
/// different ids stay different.
pub fn anchor(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for c in id.chars() {
        if c.is_alphanumeric() || matches!(c, '.' | '_' | '-') {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            c.encode_utf8(&mut buffer).bytes().for_each(|b| out.push_str(&format!(":{b:02x}")));
        }
    }
    out
}

/// A word for a POSIX shell, quoted if need be.
pub fn shell(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-._/=+,".contains(c);
    if !word.is_empty() && word.chars().all(plain) && !word.starts_with('-') {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// A value of a GitHub workflow command; `property` values also lose `:` and `,`.
pub fn workflow(text: &str, property: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' => out.push_str("%25"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            ':' if property => out.push_str("%3A"),
            ',' if property => out.push_str("%2C"),
            c if is_unsafe(c) => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_character_reaches_a_terminal() {
        let hostile = "a\u{1b}[2J\u{7}\r\u{9b}31m\u{202e}b\u{85}";
        assert!(!terminal(hostile).chars().any(is_unsafe));
        assert!(terminal(hostile).contains("\\u{1b}"));
    }

    #[test]
    fn a_code_span_cannot_be_left() {
        for text in ["`", "a`` b", "``` x", "", "a\n\n<script>"] {
            let code = markdown_code(text);
            let html = crate::report::tests::common_mark(&code);
            assert!(html.starts_with("<p><code>") && html.trim_end().ends_with("</code></p>"), "{text:?} → {html}");
        }
    }

    #[test]
    fn escaped_markdown_is_plain_text_again() {
        for text in [
            "*a* _b_ [c](javascript:d) <e> `f` $g$ # h",
            "1. a",
            "- a",
            "a | b",
            "[^1]",
            "https://x.y @z",
            "~~a~~",
            "&lt;",
        ] {
            let html = crate::report::tests::common_mark(&markdown(text));
            let expected = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            assert_eq!(html.trim_end(), format!("<p>{expected}</p>"));
        }
    }

    #[test]
    fn anchors_of_different_ids_differ() {
        assert_ne!(anchor("a b"), anchor("a-b"));
        assert_ne!(anchor("a:20b"), anchor("a b"));
        assert!(!anchor("\"><script>").contains(['"', '<', '>']));
    }

    #[test]
    fn a_shell_word_stays_one_word() {
        assert_eq!(shell("notes/a.md"), "notes/a.md");
        assert_eq!(shell("a'; rm -rf $HOME"), "'a'\\''; rm -rf $HOME'");
        assert_eq!(shell("-x"), "'-x'");
    }
}
