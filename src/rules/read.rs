//! A section of a rule book → a rule, by the reader of all notes.

use crate::claim::Statement;
use crate::elaborate::{elaborate, sides};
use crate::expr::{Expr, fun};
use crate::read;
use crate::rules::{Rule, Status};
use crate::source::Source;

/// The sections of a book, each from its heading `## …` on.
pub(super) fn sections(text: &'static str) -> Vec<&'static str> {
    let starts: Vec<usize> = text.match_indices("\n## ").map(|(at, _)| at + 1).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).filter_map(|(from, to)| text.get(*from..to)).collect()
}

/// The heading of a section.
pub(super) fn title(section: &str) -> &str {
    section.lines().next().unwrap_or("").trim_start_matches('#').trim()
}

/// The rule of a section; `earlier` are the rules before it in its book, `before` the books before that, by topic and text.
///
/// # Errors
/// What is wrong with the section.
pub(super) fn rule(
    topic: &'static str,
    section: &str,
    earlier: &[Rule],
    before: &[(&str, &str)],
) -> Result<Rule, String> {
    let source = Source::new(format!("src/rules/{topic}.md"), section.to_owned());
    let elaborated = elaborate(&read::read(source));
    if let Some(finding) = elaborated.findings.first() {
        return Err(finding.code.name.to_owned());
    }
    let claims: Vec<&Statement> = elaborated.statements.iter().filter(|s| s.claim.is_some()).collect();
    let first = claims.first().ok_or("no claim")?;
    let id = first.id.rsplit_once('.').map_or(first.id.clone(), |(id, _)| id.to_owned());
    if id.split_once('.').is_none_or(|(book, _)| book != topic) {
        return Err(format!("its id {id} does not begin with the name of the book"));
    }
    if earlier.iter().any(|r| r.id == id) {
        return Err(format!("a second rule {id}"));
    }
    let (mut lines, mut conditions): (Vec<Expr>, Vec<Expr>) = (vec![], vec![]);
    for statement in &claims {
        let claim = statement.claim.as_ref().ok_or("no claim")?;
        let Some((fun::EQ, left, right)) = sides(&claim.unfolded) else { return Err("not an equation".into()) };
        match lines.last() {
            None => lines.push(left.clone()),
            Some(last) if last == left => {}
            Some(_) => return Err("its lines are no derivation".into()),
        }
        lines.push(right.clone());
        for fact in claim.givens.iter().filter_map(|g| g.fact.clone()).filter(|f| !says_sort(f)) {
            if !conditions.contains(&fact) {
                conditions.push(fact);
            }
        }
    }
    if lines.len() < 2 || lines.iter().any(|l| l.has_opaque()) {
        return Err("not understood".into());
    }
    let status = status(section, earlier, before)?;
    Ok(Rule { id, topic, title: title(section).to_owned(), lines, conditions, status, text: section.to_owned() })
}

/// What the symbol's sort says already; any expression may stand for a random variable.
fn says_sort(fact: &Expr) -> bool {
    if fact.as_app("random").is_some() {
        return true;
    }
    fact.as_app("member").is_some_and(|a| match a {
        [x, set] => ["real_space", "reals"].iter().any(|s| set.as_app(s).is_some()) && x.as_symbol().is_some(),
        _ => false,
    })
}

/// The line that says where the rule comes from.
fn status(section: &str, earlier: &[Rule], before: &[(&str, &str)]) -> Result<Status, String> {
    let said = |word: &str| section.lines().find_map(|l| l.strip_prefix(word)).map(str::trim);
    if let Some(reference) = said("Axiom:") {
        return Ok(Status::Axiom { reference: reference.to_owned() });
    }
    let names = |text: &str| -> Vec<String> { text.split('`').skip(1).step_by(2).map(str::to_owned).collect() };
    if let Some(by) = said("Derived by").map(names) {
        return match by.as_slice() {
            [engine] => Ok(Status::DerivedBy(engine.clone())),
            _ => Err("derived by what?".into()),
        };
    }
    if let Some(from) = said("Derived from").map(names) {
        // Books before it are not read for that: there, a rule is where its id is given.
        let is_earlier = |id: &String| {
            let given = format!("next: id {id};");
            earlier.iter().any(|r| r.id == *id) || before.iter().any(|(_, text)| text.contains(&given))
        };
        return match from.iter().find(|f| !is_earlier(f)) {
            Some(unknown) => Err(format!("it rests on {unknown}, which is no earlier rule")),
            None if from.is_empty() => Err("derived from what?".into()),
            None => Ok(Status::DerivedFrom(from)),
        };
    }
    Err("nothing says where it comes from".into())
}
