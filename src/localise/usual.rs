//! Letters of which notes take for granted that they are counts, rates or quantities that are not negative: "`n` items",
//! "the dropout rate `p`", "the mass is `m`". What fails for other values alone is not refuted.

use crate::claim::{Claim, Given, Statement, Verdict};
use crate::engine::{Effort, settle};
use crate::expr::{Expr, Sort, Symbol};
use crate::message::Message;
use crate::verdict::{Judgement, decide};

/// Letters of counts, which are whole numbers from 1.
const COUNTS: &[&str] = &["n", "m", "k", "N", "M", "K", "L", "B", "d", "D", "T", "\\ell"];
/// Letters of rates and probabilities, from 0 to 1.
const RATES: &[&str] = &["p", "q", "\\alpha", "\\beta", "\\gamma", "\\delta", "\\epsilon", "\\varepsilon", "\\eta"];
/// Letters of quantities that are not negative.
const QUANTITIES: &[&str] = &["v", "r", "R", "h", "l", "t", "c", "E", "P", "V", "\\sigma", "\\tau", "\\lambda"];

/// The letters of a claim of which nothing is said, with what is taken for granted of them.
fn granted(claim: &Claim) -> Vec<Given> {
    let told = |s: &Symbol| claim.givens.iter().any(|g| g.fact.as_ref().is_some_and(|f| f.mentions(s)));
    let mut facts = vec![];
    for s in claim.unfolded.symbols().into_iter().filter(|s| s.sort.is_scalar() && !told(s)) {
        let base = s.name.split_once('_').map_or(&*s.name, |(base, _)| base);
        let of = |relation, bound| Expr::relate(relation, Expr::sym(s.clone()), Expr::int(bound));
        if COUNTS.contains(&base) {
            facts.push(of("ge", 1));
            if s.sort == Sort::Real {
                facts.push(Expr::relate("member", Expr::sym(s.clone()), Expr::apply("integers", vec![])));
            }
        } else if RATES.contains(&base) {
            facts.extend([of("ge", 0), of("le", 1)]);
        } else if QUANTITIES.contains(&base) {
            facts.push(of("ge", 0));
        }
    }
    facts.into_iter().map(|fact| Given { text: fact.to_string(), fact: Some(fact), line: None }).collect()
}

/// Whether a value that was shown is one that a letter has as a rule.
fn is_usual(name: &str, value: &str) -> bool {
    let base = name.split_once('_').map_or(name, |(base, _)| base);
    let negative = value.starts_with(['-', '−']);
    let (above, below) = value.split_once('/').unwrap_or((value, "1"));
    let fraction = above.parse::<f64>().ok().zip(below.parse::<f64>().ok()).map(|(a, b)| a / b);
    let of = |letters: &[&str]| letters.iter().any(|l| shown(l) == base);
    if of(COUNTS) {
        return !negative && value != "0" && value.chars().all(|c| c.is_ascii_digit());
    }
    if of(RATES) {
        return !negative && fraction.is_none_or(|f| f <= 1.0);
    }
    !(of(QUANTITIES) && negative)
}

/// A letter as values are shown, `σ` for `\\sigma`.
fn shown(letter: &str) -> String {
    Expr::real(letter).to_string()
}

/// Why a refuted statement without a word about its letters is excused, if it is: none of the values at which it fails is
/// one that such letters have as a rule.
pub fn unusual(statement: &Statement, judgement: &Judgement, effort: Effort) -> Option<Message> {
    let claim = statement.claim.as_ref().filter(|c| !c.domain_stated && statement.expected.is_none())?;
    if judgement.counterexample.as_ref()?.at.iter().all(|(name, value)| is_usual(name, value)) {
        return None;
    }
    let granted = granted(claim);
    let first = granted.first()?.text.clone();
    let mut usual = claim.clone();
    usual.givens.extend(granted);
    let still = decide(&usual, &settle(&usual, effort)).verdict == Verdict::Refuted;
    (!still).then(|| Message::new("reason-unusual").with("what", first))
}
