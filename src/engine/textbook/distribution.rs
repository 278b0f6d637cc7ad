//! Means and variances of named distributions whose parameters are the same in all books: `Var(X) = np(1 + p)` of what the
//! notes say is binomial.

use super::{Contradiction, same};
use crate::algebra::eval::{Env, Point, evaluate};
use crate::claim::Statement;
use crate::elaborate::has_one_parametrisation;
use crate::expr::{Expr, Sort, Symbol, fun};
use crate::num::{Minus, short};
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
    if !meant {
        return None;
    }
    let name = |of: &str| moment.as_app(of).and_then(<[Expr]>::first).map(ToString::to_string);
    let named =
        name("variance").map(|x| format!("Var({x})")).or_else(|| name("expectation").map(|x| format!("E[{x}]")))?;
    let object = Some(format!("{named} = {value}"));
    if let Some((point, a, b)) = usual(value, right) {
        return Some(Contradiction { object, point, found: short(b, Minus::Unicode), value: short(a, Minus::Unicode) });
    }
    let point = shown.at.iter().map(|(n, v)| format!("{n} = {v}")).collect::<Vec<_>>().join(", ");
    Some(Contradiction { object, point, found: shown.right.clone(), value: shown.left.clone() })
}

/// A point that such parameters have as a rule, and the values there if they differ: 4 trials, other parameters 1/4.
fn usual(value: &Expr, right: &Expr) -> Option<(String, f64, f64)> {
    let at = |e: &Expr| {
        let letters = value.symbols().into_iter();
        let written = letters.fold(e.clone(), |e, s| e.substituted(&s, &parameter(&s)));
        evaluate::<f64>(&written, &Env::at(&Point::new()), &mut FUEL.clone()).scalar().copied()
    };
    let (a, b) = (at(value)?, at(right)?);
    let point = value.symbols().into_iter().map(|s| format!("{} = {}", Expr::sym(s.clone()), parameter(&s)));
    (!same(a, b)).then(|| (point.collect::<Vec<_>>().join(", "), a, b))
}

fn parameter(s: &Symbol) -> Expr {
    if s.sort == Sort::Integer || &*s.name == "n" { Expr::int(4) } else { Expr::int(4).recip() }
}

/// Fuel for one evaluation.
const FUEL: u64 = 10_000;
