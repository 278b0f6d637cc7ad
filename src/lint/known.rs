//! Textbook objects that show in their form alone.

use super::Slip;
use super::flat::{applications, chains, flat, partner, span_of, split, step, text};
use super::page::{Page, Sheet, base, char_of, command, each, letter, lists};
use crate::diag::Code;
use crate::message::Message;
use crate::notation::tex::{Tex, TexKind};

/// `\binom{k}{n} p^k (1 - p)^{n - k}`.
pub(super) static BINOMIAL_UPSIDE_DOWN: Code = Code {
    name: "binomial-upside-down",
    what: "a binomial coefficient whose lower number is the number of trials that the exponents beside it have",
    why: "of n trials k succeed in n choose k ways",
    example: "$$ P(k) = \\binom{k}{n} q^k (1 - q)^{n - k} $$",
};

/// `X \sim \mathcal{N}(\mu, \Sigma, \nu)`.
pub(super) static DISTRIBUTION_ARITY: Code = Code {
    name: "distribution-parameters",
    what: "a named distribution with more parameters than it has",
    why: "another distribution was probably meant, or two parameters ran together",
    example: "$$ X \\sim \\mathcal{N}(m, s, r) $$",
};

/// The sentence says cumulative distribution function, the formula `f_X(x)`.
pub(super) static DENSITY_FOR_DISTRIBUTION: Code = Code {
    name: "density-for-distribution",
    what: "the words before the formula say distribution function, and the formula is written for the density",
    why: "F is the distribution function, f its derivative",
    example: "The cumulative distribution function of X is $$ f_X(x) = 1 - e^{-x} $$",
};

/// `\Pr(|X - E(X)| ≥ k) ≤ Var(X) / k`.
pub(super) static CHEBYSHEV: Code = Code {
    name: "chebyshev",
    what: "the bound of Chebyshev's inequality without the square of the distance",
    why: "a variance has the unit of the variable squared",
    example: "$$ \\Pr(| X - E(X) | \\geq k) \\leq \\frac{Var(X)}{k} $$",
};

/// A distribution's name with how many parameters it takes at most.
const PARAMETERS: &[(&str, usize)] = &[
    ("\\mathcal{N}", 2),
    ("\\mathcal{U}", 2),
    ("\\mathrm{Bern}", 1),
    ("\\mathrm{Bernoulli}", 1),
    ("\\mathrm{Bin}", 2),
    ("\\mathrm{Binomial}", 2),
    ("\\mathrm{Poiss}", 1),
    ("\\mathrm{Poisson}", 1),
    ("\\mathrm{Exp}", 1),
    ("\\mathrm{Beta}", 2),
    ("\\mathrm{Gam}", 2),
    ("\\mathrm{Gamma}", 2),
];

/// Behind `\sim` a distribution with too many parameters, all between commas.
pub(super) fn parameters(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found = vec![];
    for list in lists(&sheet.nodes) {
        let list = flat(&list);
        for a in applications(&list) {
            let behind = a.range.start.checked_sub(1).and_then(|at| list.get(at));
            let name = text(std::slice::from_ref(&a.head));
            let row = PARAMETERS.iter().find(|(n, _)| *n == name);
            let inner = list.get(a.range.start + 2..a.range.end.saturating_sub(1)).unwrap_or(&[]);
            let plain = split(inner, &|n| matches!(char_of(n), Some(';' | '|' | ':'))).len() == 1;
            let dots = inner.iter().any(|n| command(n).is_some_and(|c| c.contains("dots")));
            if let Some((_, most)) = row
                && behind.is_some_and(|n| matches!(command(n), Some("sim")) || char_of(n) == Some('∼'))
                && plain
                && !dots
                && a.arguments.len() > *most
            {
                let message = Message::new("finding-distribution-parameters")
                    .with("name", name)
                    .with("most", *most as i64)
                    .with("count", a.arguments.len() as i64);
                found.push(Slip::new(a.span, message));
            }
        }
    }
    found
}

/// `\binom{A}{B} x^A (1 - x)^{B - A}`.
pub(super) fn binomial(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found = vec![];
    for list in lists(&sheet.nodes) {
        let list = flat(&list);
        for (at, node) in list.iter().enumerate() {
            let TexKind::Call { name, args, .. } = &node.kind else { continue };
            let ([upper, lower], true) = (args.as_slice(), name.ends_with("binom")) else { continue };
            let (k, n) = (text(upper.list()), text(lower.list()));
            let powers: Vec<String> = list.iter().skip(at + 1).take(12).filter_map(power).collect();
            let difference = [format!("{n}-{k}"), format!("({n}-{k})")];
            if k != n && powers.contains(&k) && powers.iter().any(|p| difference.contains(p)) {
                let swapped = format!("\\{name}{{{n}}}{{{k}}}");
                let message = Message::new("finding-binomial").with("upper", &k).with("lower", &n);
                found.push(Slip { span: node.span, message, repair: Some((node.span, swapped)) });
            }
        }
    }
    found
}

fn power(node: &Tex) -> Option<String> {
    match &node.kind {
        TexKind::Script { sup: Some(sup), .. } => Some(text(sup.list())),
        _ => None,
    }
}

/// A display behind a sentence on the distribution function, that begins with `f_X(x) =` and has neither F nor a
/// derivative.
pub(super) fn density(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    let lead = sheet.lead.to_lowercase();
    let other = ["densit", "mass", "deriv", "pdf", "pmf", "differentiat", "quantile", "inverse"];
    if !sheet.formula.display
        || !(lead.contains("cumulative distribution function") || lead.contains("cdf"))
        || other.iter().any(|w| lead.contains(w))
    {
        return vec![];
    }
    let chains = chains(&sheet.lines);
    let Some([left, rest @ ..]) = chains.first().map(Vec::as_slice) else { return vec![] };
    let [head, open, argument, _] = left.as_slice() else { return vec![] };
    let TexKind::Script { base, sub: Some(sub), sup: None, primes: 0 } = &head.kind else { return vec![] };
    let variable = match sub.list() {
        [one] => letter(one).filter(|l| l.chars().all(char::is_uppercase)),
        _ => None,
    };
    let matches = variable.zip(letter(argument)).is_some_and(|(v, x)| v.to_lowercase() == x);
    let mut derived = false;
    rest.iter().for_each(|side| {
        each(side, &mut |n| derived |= matches!(char_of(n), Some('F' | 'd')) || matches!(command(n), Some("partial")));
    });
    if letter(base).as_deref() == Some("f") && char_of(open) == Some('(') && matches && !derived {
        let message = Message::new("finding-density-for-distribution");
        return vec![Slip { span: base.span, message, repair: Some((base.span, "F".to_owned())) }];
    }
    vec![]
}

/// `\Pr(|A - E(A)| ≥ k) R Var(A) / D` where D is k.
pub(super) fn chebyshev(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found = vec![];
    for line in &sheet.lines {
        let [left, right] = line.sides.as_slice() else { continue };
        let (left, right) = (flat(left), flat(right));
        let Some(event) = applications(&left).into_iter().find(|a| a.range == (0..left.len())) else { continue };
        if !text(std::slice::from_ref(&event.head)).trim_matches(|c| "\\{}".contains(c)).contains('P') {
            continue;
        }
        let inner = left.get(2..left.len().saturating_sub(1)).unwrap_or(&[]);
        let Some(at) = inner.iter().position(|n| matches!(command(n), Some("ge" | "geq")) || char_of(n) == Some('≥'))
        else {
            continue;
        };
        let (distance, k) = (inner.get(..at).unwrap_or(&[]), text(inner.get(at + 1..).unwrap_or(&[])));
        let [bar, deviation @ .., last] = distance else { continue };
        let deviates = char_of(bar) == Some('|') && char_of(last) == Some('|') && expectation(deviation);
        let [one] = right.as_slice() else { continue };
        let TexKind::Call { name, args, .. } = &one.kind else { continue };
        let ([above, below], true) = (args.as_slice(), name.ends_with("frac")) else { continue };
        let variance =
            text(above.list()).trim_start_matches("\\mathrm").trim_start_matches("\\operatorname").to_lowercase();
        let variance = ["{var}", "var", "\\var", "{v}"].iter().any(|v| variance.starts_with(v));
        if deviates && variance && text(below.list()) == k && letters_only(&k) {
            let message = Message::new("finding-chebyshev").with("distance", &k);
            found.push(Slip { span: below.span, message, repair: Some((below.span, format!("{{{k}^2}}"))) });
        }
    }
    found
}

fn letters_only(text: &str) -> bool {
    text.trim_start_matches('\\').chars().all(char::is_alphabetic)
}

/// `A - E(A)`.
fn expectation(nodes: &[Tex]) -> bool {
    let Some(minus) = nodes.iter().position(|n| matches!(char_of(n), Some('-' | '−'))) else { return false };
    let (a, mean) = (nodes.get(..minus).unwrap_or(&[]), nodes.get(minus + 1..).unwrap_or(&[]));
    let [head, open, ..] = mean else { return false };
    let name = text(std::slice::from_ref(base(head)));
    let expected = ["E", "\\mathrm{E}", "\\mathbb{E}", "\\operatorname{E}"].contains(&name.as_str());
    expected
        && step(open) == 1
        && partner(mean, 1) == Some(mean.len() - 1)
        && text(a) == text(mean.get(2..mean.len() - 1).unwrap_or(&[]))
        && span_of(a).is_some()
}
