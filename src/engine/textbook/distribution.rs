//! Means and variances of named distributions whose parameters are the same in all books: `Var(X) = np(1 + p)` of what the
//! notes say is binomial.

use super::Contradiction;
use crate::claim::Statement;
use crate::elaborate::has_one_parametrisation;
use crate::expr::fun;
use crate::verdict::Judgement;

/// Words by which another variable, or another law, may be meant.
const OTHER: &[&str] = &[
    "approximat",
    "condition",
    "posterior",
    "truncat",
    "inflat",
    "overdispers",
    "underdispers",
    "quasi",
    "scaled",
    "shifted",
    "mixture",
    "compound",
    "wrong",
    "mistake",
    "instead",
    "estimat",
    "sample",
    "전체",
    "근사",
    "조건부",
    "표본",
    "틀린",
];

/// Where a moment that the notes give differs from that of the distribution which they name.
pub(super) fn contradiction(s: &Statement, j: &Judgement, words: &str) -> Option<Contradiction> {
    let claim = s.claim.as_ref().filter(|c| c.definitions.is_empty() && !OTHER.iter().any(|w| words.contains(w)))?;
    let ([what], shown) = (claim.known.as_slice(), j.fails_at.as_ref()?) else { return None };
    let ([moment, _], [value, right]) = (claim.relation.as_app(fun::EQ)?, claim.unfolded.as_app(fun::EQ)?) else {
        return None;
    };
    let of_one = |name: &str| moment.as_app(name).is_some_and(|a| matches!(a, [x] if x.as_symbol().is_some()));
    let own = right.symbols();
    let meant = (of_one("expectation") || of_one("variance"))
        && has_one_parametrisation(what)
        && !own.is_empty()
        && own.is_subset(&value.symbols());
    let point = shown.at.iter().map(|(n, v)| format!("{n} = {v}")).collect::<Vec<_>>().join(", ");
    meant.then(|| Contradiction {
        object: Some(format!("{moment} = {value}")),
        point,
        found: shown.right.clone(),
        value: shown.left.clone(),
    })
}
