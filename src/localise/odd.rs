//! A line of a derivation that is not what the lines on both sides of it are, by one sign or one factor of two.
//!
//! Where nothing may be refuted, for something that the notes do not say may make it hold, `a = b = c` still tells that b
//! is wrong if a = c holds whatever the letters are, neither a = b nor b = c does, and b with another sign or twice or half
//! a term is both. Under an assumption of the notes that term would be nothing, and would not be written.

use crate::algebra::canon::is_identity;
use crate::claim::{Claim, Statement, Verdict};
use crate::diag::{Code, Diagnostic, Severity};
use crate::engine::proof;
use crate::expr::{Expr, fun};
use crate::message::Message;
use crate::num::Rational;
use crate::verdict::Judgement;

/// The expression in the middle differs from both of its neighbours.
pub static ODD_LINE: Code = Code {
    name: "odd-line",
    what: "in a derivation `a = b = c` the expressions `a` and `c` are equal for all values, and `b` is another one by a sign or a factor of two",
    why: "what comes before and behind it agrees, so the slip is in this line",
    example: "$$ E[(X - E[X])^2] = E[X^2 + 2 X E[X] + E[X]^2] = E[X^2] - E[X]^2 $$",
};

/// A warning for each open line between two that are equal.
pub fn odd_lines<'a>(judged: impl Iterator<Item = (&'a Statement, &'a Judgement)>) -> Vec<Diagnostic> {
    let judged: Vec<(&Statement, &Judgement)> = judged.collect();
    let pairs = judged.windows(2).filter_map(|pair| match pair {
        [first, second] => Some((first, second)),
        _ => None,
    });
    pairs.filter(|(first, second)| is_odd(first, second)).map(|((s, _), _)| told(s)).collect()
}

fn is_odd((s, first): &(&Statement, &Judgement), (next, second): &(&Statement, &Judgement)) -> bool {
    let linked = s.link.chain == next.link.chain && s.link.step + 1 == next.link.step;
    let open = |s: &Statement, j: &Judgement| {
        let fails = j.verdict == Verdict::Undecided && j.fails_at.is_some() && j.against.is_none();
        fails && s.expected.is_none() && s.otherwise.is_none() && !s.unclear
    };
    if !linked || !open(s, first) || !open(next, second) {
        return false;
    }
    let Some((claim, (a, b))) = s.claim.as_ref().and_then(|c| Some((c, sides(c)?))) else { return false };
    let Some((middle, c)) = next.claim.as_ref().and_then(sides) else { return false };
    if b != middle || a == c || b.symbols() != a.symbols() || b.symbols() != c.symbols() {
        return false;
    }
    let free = |fact: &Expr| fact.as_app(fun::EQ).is_none();
    let givens = claim.givens.iter().filter(|g| g.fact.as_ref().is_none_or(free)).cloned().collect();
    let bare = Claim { givens, ..claim.clone() };
    let same = |x: &Expr, y: &Expr| {
        let unfolded = Expr::relate(fun::EQ, x.clone(), y.clone());
        is_identity(x, y) || proof(&Claim { unfolded, ..bare.clone() }).is_some()
    };
    same(&a, &c) && slips(&b).iter().any(|mended| same(mended, &c))
}

/// Most terms of a line of which another sign or factor is tried.
const TERMS: usize = 12;

/// The expression with one of its terms, at any depth, negated, doubled or halved.
fn slips(e: &Expr) -> Vec<Expr> {
    let mut sums: Vec<Expr> = vec![];
    e.any(&mut |x| {
        if x.as_app(fun::ADD).is_some() && !sums.contains(x) {
            sums.push(x.clone());
        }
        false
    });
    let factors = [Some(Rational::from(-1)), Some(Rational::from(2)), Rational::new(1, 2)];
    let mut out = vec![];
    for sum in &sums {
        let terms = sum.as_app(fun::ADD).unwrap_or(&[]);
        for at in 0..terms.len() {
            for factor in factors.iter().flatten() {
                let term =
                    |(k, t): (usize, &Expr)| if k == at { Expr::num(factor.clone()) * t.clone() } else { t.clone() };
                let new = terms.iter().enumerate().map(term).reduce(|all, t| all + t);
                let Some(new) = new.filter(|_| out.len() < TERMS * factors.len()) else { return out };
                out.push(e.transform(&mut |x, _| (x == sum).then(|| new.clone())));
            }
        }
    }
    out
}

fn sides(claim: &Claim) -> Option<(Expr, Expr)> {
    match claim.unfolded.as_app(fun::EQ)? {
        [a, b] => Some((a.clone(), b.clone())),
        _ => None,
    }
}

fn told(s: &Statement) -> Diagnostic {
    let message = Message::new("finding-odd-line").with("latex", &s.latex);
    let mut d = Diagnostic::new(&ODD_LINE, Severity::Warning, s.span, message);
    d.statement = Some(s.id.clone());
    d
}

#[cfg(test)]
mod tests {
    use super::ODD_LINE;
    use crate::source::Source;
    use crate::{Options, check};

    fn is_told(text: &str) -> bool {
        let result = check(Source::new("notes.md", text), &Options::default());
        result.findings.iter().any(|f| f.code.name == ODD_LINE.name)
    }

    #[test]
    fn a_sign_or_a_factor_between_equal_lines_is_told() {
        assert!(is_told(ODD_LINE.example));
        assert!(is_told("$$ E[(X - E[X])^2] = E[X^2 - X E[X] + E[X]^2] = E[X^2] - E[X]^2 $$"));
        assert!(!is_told("$$ E[(X - E[X])^2] = E[X^2 - 2 X E[X] + E[X]^2] = E[X^2] - E[X]^2 $$"));
    }

    /// What words say may make the middle right; then it is no slip of the hand.
    #[test]
    fn what_holds_by_words_is_not() {
        let right = [
            "The identity element satisfies $$ ea = a = ae $$",
            "$$ a^\\top b = \\|a\\| \\|b\\| \\cos\\theta = b^\\top a $$ with $\\theta$ the angle between the two.",
            "The autocovariance is symmetric: $$ E[x_t x_{t-k}] = \\gamma_k = E[x_{t-k} x_t] $$",
            "For a projection matrix $P$ we have $$ \\|Px\\|^2 = x^\\top P x = x^\\top P^\\top P x $$",
            "With one-hot labels $$ \\sum_k y_k (z_k - \\log Z) = \\sum_k y_k z_k - \\log Z = \\sum_k y_k z_k - \\log Z \\sum_k y_k $$",
            "For zero-mean $X$, $$ \\operatorname{Var}(X) = E[X^2] = E[X^2] - E[X]^2 $$",
            "Working modulo $2$, $$ (a + b)^2 = a^2 + b^2 = a^2 + 2 a b + b^2 $$",
            "Unit vectors: $$ \\|u - v\\|^2 = 2 - 2 u^\\top v = u^\\top u - 2 u^\\top v + v^\\top v $$",
        ];
        right.iter().for_each(|text| assert!(!is_told(text), "{text}"));
    }
}
