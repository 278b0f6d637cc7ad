//! The signs of a formula one by one, without what only spaces or sizes them.

/// Commands that only space or size what stands around them.
const SPACES: &[&str] = &[
    "\\left",
    "\\right",
    "\\middle",
    "\\big",
    "\\Big",
    "\\bigl",
    "\\bigr",
    "\\Bigl",
    "\\Bigr",
    "\\bigg",
    "\\Bigg",
    "\\biggl",
    "\\biggr",
    "\\,",
    "\\;",
    "\\:",
    "\\!",
    "\\ ",
    "\\displaystyle",
    "\\limits",
    "&",
];
/// Other writings of a sign.
const SAME: &[(&str, &str)] = &[
    ("\\lVert", "‖"),
    ("\\rVert", "‖"),
    ("\\Vert", "‖"),
    ("\\|", "‖"),
    ("\\langle", "⟨"),
    ("\\rangle", "⟩"),
    ("\\lt", "<"),
    ("\\ast", "*"),
    ("\\lbrack", "["),
    ("\\rbrack", "]"),
    ("\\lvert", "|"),
    ("\\rvert", "|"),
    ("\\vert", "|"),
    ("\\coloneqq", "="),
    ("\\coloneq", "="),
    ("\\triangleq", "="),
    ("\\dfrac", "\\frac"),
    ("\\tfrac", "\\frac"),
];
/// Styles of a letter, whose braces go with them.
const STYLES: &[&str] = &["\\mathbf", "\\mathbb", "\\mathcal", "\\mathsf", "\\boldsymbol", "\\vec", "\\hat", "\\bm"];
/// Commands that are no letters.
const NO_LETTERS: &[&str] = &[
    "\\frac",
    "\\int",
    "\\sum",
    "\\prod",
    "\\sqrt",
    "\\max",
    "\\min",
    "\\sup",
    "\\inf",
    "\\cos",
    "\\sin",
    "\\exp",
    "\\log",
    "\\ln",
    "\\times",
    "\\cdot",
    "\\circ",
    "\\infty",
    "\\partial",
    "\\nabla",
    "\\quad",
    "\\qquad",
    "\\text",
    "\\cdots",
    "\\dots",
    "\\ldots",
    "\\to",
    "\\in",
    "\\le",
    "\\ge",
    "\\pm",
    "\\mp",
];

/// A command with its backslash, or a single character; a styled letter is one sign.
pub(super) fn signs(text: &str) -> Vec<String> {
    let mut out: Vec<String> = vec![];
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\\' => {
                let name = rest.get(1..).unwrap_or("").chars().take_while(char::is_ascii_alphabetic).count();
                let single = rest.chars().nth(1).map_or(0, char::len_utf8);
                1 + if name == 0 { single } else { name }
            }
            c => c.len_utf8(),
        };
        let (sign, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
        rest = behind;
        if first.is_whitespace() || SPACES.contains(&sign) {
            continue;
        }
        if STYLES.contains(&sign) {
            let own = rest.trim_start();
            let inner = own.strip_prefix('{').and_then(|r| r.split_once('}')).filter(|(inner, _)| !inner.contains('{'));
            let bare = || own.chars().next().and_then(|c| own.split_at_checked(c.len_utf8()));
            if let Some((inner, behind)) = inner.or_else(|| bare().filter(|(c, _)| *c != "\\" && *c != "{")) {
                out.push(format!("{sign}{{{}}}", inner.trim()));
                rest = behind;
                continue;
            }
        }
        let sign = SAME.iter().find(|(s, _)| *s == sign).map_or(sign, |(_, s)| s);
        // `||x||`, `:=`
        match (sign, out.last().map(String::as_str)) {
            ("|", Some("|")) => {
                out.pop();
                out.push("‖".to_owned());
            }
            ("=", Some(":")) => {
                out.pop();
                out.push("=".to_owned());
            }
            _ => out.push(sign.to_owned()),
        }
    }
    out
}

/// Whether a sign is a letter, of whichever style.
pub(super) fn is_letter(sign: &str) -> bool {
    let mut chars = sign.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => c.is_alphabetic(),
        (Some('\\'), Some(c)) => c.is_ascii_alphabetic() && !NO_LETTERS.contains(&sign),
        _ => false,
    }
}

pub(super) fn is_digit(sign: &str) -> bool {
    sign.chars().all(|c| c.is_ascii_digit())
}

/// The place behind what stands at `at`: a group in braces, or one sign.
pub(super) fn behind_group(signs: &[String], at: usize) -> usize {
    if signs.get(at).map(String::as_str) != Some("{") {
        return (at + 1).min(signs.len());
    }
    let mut depth = 0usize;
    for (i, s) in signs.iter().enumerate().skip(at) {
        match s.as_str() {
            "{" => depth += 1,
            "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return i + 1;
        }
    }
    signs.len()
}

/// The place behind a letter with its scripts, if one stands at `at`.
pub(super) fn behind_letter(signs: &[String], at: usize) -> Option<usize> {
    signs.get(at).filter(|s| is_letter(s))?;
    let mut end = at + 1;
    while signs.get(end).is_some_and(|s| s == "_" || s == "^") {
        end = behind_group(signs, end + 1);
    }
    while signs.get(end).is_some_and(|s| s == "'") {
        end += 1;
    }
    Some(end)
}

/// Without scripts: `x_i^2` is `x`.
pub(super) fn without_scripts(signs: &[String]) -> Vec<&str> {
    let (mut out, mut at) = (vec![], 0);
    while let Some(s) = signs.get(at) {
        match s.as_str() {
            "_" | "^" => at = behind_group(signs, at + 1),
            "'" => at += 1,
            s => {
                out.push(s);
                at += 1;
            }
        }
    }
    out
}

/// Parts between signs that stand in no brackets.
pub(super) fn split<'s>(signs: &'s [String], at: &[&str]) -> Vec<&'s [String]> {
    let (mut depth, mut from, mut norm, mut out) = (0i32, 0, false, vec![]);
    for (i, s) in signs.iter().enumerate() {
        match s.as_str() {
            "(" | "[" | "{" | "⟨" | "\\{" => depth += 1,
            ")" | "]" | "}" | "⟩" | "\\}" => depth -= 1,
            "‖" => norm = !norm,
            s if depth <= 0 && !norm && at.contains(&s) => {
                out.extend(signs.get(from..i));
                from = i + 1;
            }
            _ => {}
        }
    }
    out.extend(signs.get(from..));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_read_sign_by_sign() {
        let words = |text: &str| signs(text).join(" ");
        assert_eq!(words(r"\left\| \mathbf{x} \right\|_2"), r"‖ \mathbf{x} ‖ _ 2");
        assert_eq!(words(r"||x|| := a \ast b"), "‖ x ‖ = a * b");
        assert_eq!(words(r"\langle \vec u, v\rangle"), r"⟨ \vec{u} , v ⟩");
        assert_eq!(words("\\mathbf"), "\\mathbf");
        assert_eq!(words("\\"), "\\");
    }

    #[test]
    fn scripts_and_brackets_are_told() {
        let all = signs(r"x_{i+1}^2 y' + f(a + b)");
        assert_eq!(without_scripts(&all).concat(), "xy+f(a+b)");
        assert_eq!(behind_letter(&all, 0), Some(9));
        assert_eq!(split(&all, &["+"]).len(), 2);
        assert_eq!(behind_group(&signs("{a"), 0), 2);
    }
}
