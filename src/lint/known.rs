//! Textbook objects that show in their form alone.

use super::Slip;
use super::flat::{applications, chains, flat, split, text};
use super::page::{Page, Sheet, char_of, command, each, letter, lists};
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
    ("\\mathrm{Beta}", 4),
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
