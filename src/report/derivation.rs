//! Derivations as text: a line for each expression, under it what changed and why.

use crate::algebra::stepwise;
use crate::message::{Lang, Message, row};
use crate::report::diagnostic::with_line;
use crate::report::escape;
use crate::report::reading::reading;
use crate::verdict::{Condition, Ground, Step};

/// The lines of a derivation, each with its line end. Under an expression: a wave under what changed, the rule with
/// what it says, and the conditions with what they rest on.
pub fn text(steps: &[Step], lang: Lang) -> String {
    let mut out = String::new();
    for step in steps {
        let indent = "      ";
        if !step.text.is_empty() {
            out.push_str(&format!("    {:1} {}\n", step.sign, escape::terminal(&step.text)));
            let wave = wave(step);
            if !wave.is_empty() {
                out.push_str(&format!("{indent}{wave}\n"));
            }
        }
        let why = why(step, lang);
        if !why.is_empty() {
            out.push_str(&format!("{indent}  [{}]\n", escape::terminal(&why)));
        }
        for condition in &step.conditions {
            out.push_str(&format!("{indent}  {}\n", escape::terminal(&needed(condition, lang))));
        }
    }
    out
}

/// The rule, what it says, the line of the notes that it uses, and what there is to say in words.
pub fn why(step: &Step, lang: Lang) -> String {
    let reason = reason(step, lang);
    match step.line {
        Some(line) => with_line(&reason, Some(line), lang),
        None => reason,
    }
}

/// What a rule says.
pub fn says(rule: &stepwise::Rule, lang: Lang) -> String {
    row(lang, &format!("rule-{}", rule.name), rule.says)
}

/// The same without the line.
pub fn reason(step: &Step, lang: Lang) -> String {
    let plain = matches!(step.rule.as_str(), "definition" | "values" | "evaluate" | "counterexample");
    let says = stepwise::rule_named(&step.rule).filter(|_| !plain).map(|r| says(r, lang));
    let words = step.words.as_ref().map(|w| w.text(lang));
    let parts: Vec<String> = [says, words].into_iter().flatten().collect();
    let name = row(lang, &format!("rule-{}-name", step.rule), &step.rule);
    match (step.rule.is_empty(), parts.is_empty()) {
        (true, _) => parts.join("; "),
        (false, true) => name,
        (false, false) if plain => format!("{name} {}", parts.join("; ")),
        (false, false) => format!("{name}: {}", parts.join("; ")),
    }
}

/// A condition and what it rests on.
pub fn needed(condition: &Condition, lang: Lang) -> String {
    let reason = match &condition.ground {
        Ground::Signs => Message::new("derivation-signs").text(lang),
        Ground::Givens(list) => {
            list.iter().map(|(text, line)| with_line(&reading(text, lang), *line, lang)).collect::<Vec<_>>().join(", ")
        }
        Ground::Values => Message::new("derivation-values").text(lang),
        Ground::Owed => Message::new("derivation-owed").text(lang),
    };
    Message::new("derivation-needs").with("condition", reading(&condition.text, lang)).with("reason", reason).text(lang)
}

/// Waves under the changed parts; empty if there are none.
fn wave(step: &Step) -> String {
    let mut out = String::new();
    for (at, c) in step.text.char_indices() {
        if is_combining(c) {
            continue;
        }
        let changed = step.changed.iter().any(|m| m.contains(&at));
        out.push(if changed { '~' } else { ' ' });
    }
    out.trim_end().to_owned()
}

/// Accents that stand on the letter before them.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{20d0}'..='\u{20ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wave_stands_under_what_changed_whatever_the_letters() {
        let text = "p\u{302} + 𝐬ᵢ".to_owned();
        let at = text.find('𝐬').unwrap();
        let step = Step {
            changed: std::iter::once(at..text.len()).collect(),
            text,
            rule: "sum.delta".into(),
            ..Step::default()
        };
        assert_eq!(wave(&step), "    ~~");
        assert!(why(&step, Lang::En).starts_with("sum.delta: "));
    }
}
