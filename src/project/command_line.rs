//! A claim given on the command line → notes that hold it and nothing else.

use crate::claim::Verdict;
use crate::diag::Severity;
use crate::message::Message;
use crate::project::ProjectError;
use crate::source::Source;
use crate::verdict::DocumentResult;

/// What may be assumed about a claim on the command line.
#[derive(Clone, Debug, Default)]
pub struct Premises {
    /// Declarations, as annotations take them: `s \in \mathbb{R}^C, y one-hot`.
    pub lets: Vec<String>,
    /// Definitions: `p = \operatorname{softmax}(s)`.
    pub definitions: Vec<String>,
    /// Assumptions: `x > 0`.
    pub assumptions: Vec<String>,
}

/// The name that the claim has instead of a path.
pub const NAME: &str = "command line";

/// The id of the claim; its relations are `claim.1`, `claim.2`, …
pub const ID: &str = "claim";

/// Notes with the premises and the claim, each part on a line of its own, so that no part can end another.
///
/// # Errors
/// [`ProjectError::CommandLine`] if a part is empty, or holds what would end a formula or an annotation.
pub fn notes(claim: &str, premises: &Premises) -> Result<Source, ProjectError> {
    let mut text = String::new();
    for part in &premises.lets {
        text.push_str(&format!("<!-- rederive let: {} -->\n\n", annotation(part)?));
    }
    for part in &premises.definitions {
        text.push_str(&format!("<!-- rederive next: definition -->\n\n$$ {} $$\n\n", formula(part)?));
    }
    let mut next = format!("id {ID}; claim");
    for part in &premises.assumptions {
        next.push_str(&format!("; assume {}", annotation(part)?));
    }
    text.push_str(&format!("<!-- rederive next: {next} -->\n\n$$ {} $$\n", formula(claim)?));
    Ok(Source::new(NAME, text))
}

/// How it went with a claim from the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Every relation is proved, perhaps under conditions.
    Proved,
    /// Some relation is not.
    Open,
    /// Something was not understood, or no relation stands there; with the reason, if there is one to give.
    Unread(Option<Message>),
}

/// The outcome for notes of [`notes`].
pub fn outcome(documents: &[DocumentResult]) -> Outcome {
    let all: Vec<_> = documents.iter().flat_map(|d| &d.statements).collect();
    if let Some(j) = all.iter().find(|j| j.judgement.verdict == Verdict::Unread) {
        return Outcome::Unread(j.judgement.reason.clone());
    }
    if let Some(finding) = documents.iter().flat_map(|d| &d.findings).find(|f| f.severity == Severity::Error) {
        return Outcome::Unread(Some(finding.message.clone()));
    }
    let claims: Vec<_> = all.iter().filter(|j| j.statement.id.starts_with(ID)).map(|j| j.judgement.verdict).collect();
    match claims.iter().all(|v| matches!(v, Verdict::Proved | Verdict::Conditional)) {
        _ if claims.iter().all(|v| *v == Verdict::None) => Outcome::Unread(None),
        true => Outcome::Proved,
        false => Outcome::Open,
    }
}

/// A formula in one line, without the delimiters that it may stand in.
fn formula(text: &str) -> Result<String, ProjectError> {
    let mut inner = text.trim();
    for (open, close) in [("$$", "$$"), ("$", "$"), ("\\[", "\\]"), ("\\(", "\\)")] {
        if let Some(core) = inner.strip_prefix(open).and_then(|t| t.strip_suffix(close)) {
            inner = core.trim();
            break;
        }
    }
    one_line(inner, &["$", "<!--", "-->", "`"])
}

fn annotation(text: &str) -> Result<String, ProjectError> {
    one_line(text, &["<!--", "--", ";", "\""])
}

fn one_line(text: &str, barred: &'static [&'static str]) -> Result<String, ProjectError> {
    let line = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty());
    let line = line.collect::<Vec<_>>().join(" ");
    match barred.iter().find(|b| line.contains(**b)) {
        _ if line.is_empty() => Err(ProjectError::CommandLine("it is empty".to_owned())),
        Some(b) => Err(ProjectError::CommandLine(format!("`{b}` can't stand in it"))),
        None if line.ends_with('\\') && !line.ends_with("\\\\") => {
            Err(ProjectError::CommandLine("it ends in the middle of a command".to_owned()))
        }
        None => Ok(line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_ends_another() {
        let with = |claim: &str, given: &str| {
            let lets = Vec::from_iter((!given.is_empty()).then(|| given.to_owned()));
            notes(claim, &Premises { lets, ..Premises::default() })
        };
        for claim in ["", "  ", "a $ b", "$$", "a <!-- b", "x --> y", "`x`", "a \\"] {
            assert!(with(claim, "").is_err(), "{claim:?}");
        }
        for given in [" ", "x --> y", "x; id other", "<!-- x"] {
            assert!(with("a = a", given).is_err(), "{given:?}");
        }
        let source = with("$$ a\n\n= b $$", "x\n> 0").unwrap();
        assert!(source.text.contains("$$ a = b $$") && source.text.contains("let: x > 0 -->"), "{}", source.text);
    }
}
