//! How formulas were read, with the few words among their signs in the language of the report.

use crate::message::{Lang, row};

/// The words that `expr::print` puts among signs; behind each stands no letter.
const WORDS: &[&str] = &[
    "positive semidefinite",
    "positive definite",
    "a distribution",
    "one-hot",
    "symmetric",
    "otherwise",
    "and",
    "or",
    "if",
];

/// A reading in a language.
pub fn reading(text: &str, lang: Lang) -> String {
    if lang == Lang::En {
        return text.to_owned();
    }
    WORDS.iter().fold(text.to_owned(), |text, word| {
        let written = format!(" {word}");
        let mut parts = text.split(written.as_str());
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let whole = !part.starts_with(|c: char| c.is_alphanumeric() || c == '_');
            let word = if whole { row(lang, &format!("reading-{word}"), word) } else { (*word).to_owned() };
            out.push_str(&format!(" {word}{part}"));
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_change_and_names_stay() {
        assert_eq!(reading("Σ positive definite", Lang::Ko), "Σ 양의 정부호");
        assert_eq!(reading("Σ positive definite", Lang::En), "Σ positive definite");
        assert_eq!(reading("{p if t = 1; 1 − p otherwise}", Lang::Ko), "{p : t = 1; 1 − p : 그 밖}");
        assert_eq!(reading("a and b or c", Lang::Ko), "a 그리고 b 또는 c");
        assert_eq!(reading("x order = android", Lang::Ko), "x order = android");
    }
}
