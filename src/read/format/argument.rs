//! What LaTeX writes around words: names of commands, groups, optional arguments, definitions; and how far they go.

use crate::read::likeness::text_group;

/// How long a group may be, in bytes.
const LONGEST: usize = 1 << 15;

/// The letters that a text begins with: the name of a command.
pub(super) fn name(text: &str) -> &str {
    text.get(..text.bytes().take_while(u8::is_ascii_alphabetic).count()).unwrap_or("")
}

/// How far the paragraph goes.
pub(super) fn paragraph(text: &str) -> usize {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > 0 && line.trim().is_empty() {
            break;
        }
        at += line.len();
    }
    at
}

/// The next `$` that nothing escapes, outside of `\text{…}`.
pub(super) fn closing_dollar(text: &str, from: usize, limit: usize) -> Option<usize> {
    let mut at = from;
    while at < limit {
        match text.as_bytes().get(at)? {
            b'\\' => at += text.get(at..limit).and_then(text_group).unwrap_or(2),
            b'$' => return Some(at),
            _ => at += 1,
        }
    }
    None
}

/// The length of the group `{…}` that a text begins with, spaces before it included.
pub(super) fn group(text: &str) -> Option<usize> {
    let space = text.len() - text.trim_start().len();
    balanced(text.get(space..)?, b'{', b'}').map(|n| n + space)
}

/// The length of `[…]` or `{…}` at the start of a text.
fn balanced(text: &str, open: u8, close: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    if *bytes.first()? != open {
        return None;
    }
    let (mut depth, mut at) = (0_usize, 0);
    while at < bytes.len().min(LONGEST) {
        match *bytes.get(at)? {
            b'\\' => at += 1,
            b'%' => at += text.get(at..)?.find('\n')?,
            b if b == open => depth += 1,
            b if b == close && depth == 1 => return Some(at + 1),
            b if b == close => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    None
}

/// The length of an optional argument.
pub(super) fn option(text: &str) -> usize {
    balanced(text, b'[', b']').filter(|n| *n < 500).unwrap_or(0)
}

/// The length of at most `most` arguments of either kind, with a star before them.
pub(super) fn arguments(text: &str, most: usize) -> usize {
    let mut at = usize::from(text.starts_with('*'));
    for _ in 0..most {
        let rest = text.get(at..).unwrap_or("");
        match balanced(rest, b'[', b']').or_else(|| balanced(rest, b'{', b'}')) {
            Some(n) => at += n,
            None => break,
        }
    }
    at
}

/// The length of a definition, from the name of the command that makes it.
pub(super) fn definition(text: &str) -> usize {
    let word = name(text);
    let mut at = word.len();
    let rest = |at: usize| text.get(at..).unwrap_or("");
    at += usize::from(rest(at).starts_with('*'));
    at += rest(at).len() - rest(at).trim_start().len();
    if rest(at).starts_with('\\') {
        let defined = name(rest(at + 1)).len();
        at += 1 + if defined == 0 { rest(at + 1).chars().next().map_or(0, char::len_utf8) } else { defined };
        if word == "let" {
            let (equals, target) = (usize::from(rest(at).starts_with('=')), rest(at).trim_start_matches('='));
            let command = target.strip_prefix('\\').map_or(1, |t| 1 + name(t).len().max(1));
            return (at + equals + command).min(text.len());
        }
        if word.ends_with("def") {
            // The pattern of the arguments.
            at += rest(at).find('{').filter(|n| *n < 40).unwrap_or(0);
            return at + group(rest(at)).unwrap_or(0);
        }
    } else {
        at += group(rest(at)).unwrap_or(0);
    }
    at += arguments(rest(at), 2).min(option(rest(at)) + option(rest(at + option(rest(at)))));
    at += group(rest(at)).unwrap_or(0);
    if word.ends_with("environment") {
        at += group(rest(at)).unwrap_or(0);
    }
    at
}
