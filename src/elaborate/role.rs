//! What the words beside an array call it: "the covariance $\Sigma$", "let $D$ be diagonal", "$A$ and $B$ commute".
//!
//! A role may bring a property along that nobody writes down: Hessians are symmetric. A word that is on no list here may say
//! anything. Neither is a given; both keep what fails without them from being refuted.

use std::collections::BTreeSet;

use crate::elaborate::build::Builder;
use crate::elaborate::sentence::{Piece, VERBS, backward, forward, has, listing, near, word};
use crate::expr::{Expr, Symbol};
use crate::read::{Block, Document};

/// What words say of a name.
pub(super) struct Role {
    name: String,
    section: usize,
    says: Says,
}

enum Says {
    /// It is symmetric, if it is a matrix.
    Symmetric,
    /// A word that is not understood.
    Unread(String),
}

/// What matrices are called that are symmetric, a word each; words that only begin so are meant, too: "Hessians".
const SYMMETRIC: &[&str] = &[
    "symmetric",
    "covarian",
    "variance",
    "gram",
    "kernel",
    "hessian",
    "fisher",
    "scatter",
    "distance",
    "adjacency",
    "laplacian",
    "precision",
    "concentration",
    "weighting",
    "penalty",
    "stiffness",
    "inertia",
    "metric",
    "dispersion",
    "correlation",
    "similarity",
    "affinity",
    "riccati",
    "lyapunov",
    "noise",
    "hermitian",
    "self-adjoint",
    "preconditioner",
    "curvature",
    "공분산",
    "헤세",
    "헤시안",
    "커널",
    "그람",
    "대칭",
];

/// Words of a name that say nothing of its entries, or what is read elsewhere.
const PLAIN: &[&str] = &[
    "a",
    "an",
    "the",
    "some",
    "any",
    "all",
    "each",
    "every",
    "both",
    "two",
    "three",
    "its",
    "their",
    "our",
    "this",
    "be",
    "is",
    "are",
    "denote",
    "denotes",
    "let",
    "real",
    "square",
    "arbitrary",
    "general",
    "given",
    "fixed",
    "known",
    "unknown",
    "constant",
    "constants",
    "single",
    "column",
    "row",
    "real-valued",
    "matrix",
    "matrices",
    "vector",
    "vectors",
    "scalar",
    "number",
    "numbers",
    "variable",
    "variables",
    "array",
    "arrays",
    "function",
    "symmetric",
    "orthogonal",
    "orthonormal",
    "invertible",
    "nonsingular",
    "non-singular",
    "positive",
    "definite",
    "semidefinite",
    "semi-definite",
    "positive-definite",
    "positive-semidefinite",
    "one-hot",
    "probability",
    "probabilities",
    "distribution",
    "data",
    "design",
    "input",
    "inputs",
    "output",
    "outputs",
    "feature",
    "features",
    "weight",
    "weights",
    "bias",
    "biases",
    "parameter",
    "parameters",
    "coefficient",
    "coefficients",
    "target",
    "targets",
    "response",
    "responses",
    "label",
    "labels",
    "observation",
    "observations",
    "sample",
    "samples",
    "point",
    "points",
    "example",
    "examples",
    "logit",
    "logits",
    "score",
    "scores",
    "embedding",
    "query",
    "queries",
    "key",
    "keys",
    "value",
    "values",
    "hidden",
    "layer",
    "layers",
    "network",
    "model",
    "state",
    "signal",
    "image",
    "regression",
    "random",
    "identity",
    "zero",
    "new",
    "current",
    "previous",
    "next",
    "first",
    "second",
    "last",
    "of",
    "in",
    "for",
    "with",
    "from",
    "to",
    "by",
    "on",
    "and",
    "or",
    "as",
    "same",
    "size",
    "dimension",
    "dimensions",
    "length",
    "shape",
    "mean",
    "means",
    "prediction",
    "predictions",
    "error",
    "errors",
    "residual",
    "residuals",
    "loss",
    "gradient",
    "training",
    "test",
    "linear",
    "map",
    "transformation",
    "term",
    "terms",
    "entry",
    "entries",
    "element",
    "elements",
    "component",
    "components",
    "then",
    "so",
    "such",
    "that",
    "these",
    "those",
    "where",
    "which",
    "here",
    "also",
    "not",
    "necessarily",
    "need",
    "needs",
    "it",
    "we",
    "differentiable",
    "smooth",
    "continuous",
    "whose",
    "rows",
    "columns",
    "activation",
    "activations",
    "class",
    "classes",
    "step",
    "rate",
    "learning",
    "offset",
    "intercept",
    "independent",
    "quantity",
    "respectively",
];

/// Verbs that say something of what stands before them.
const ACTIONS: &[&str] = &["commute", "commutes", "anticommute", "anticommutes", "diagonalize", "diagonalise"];
/// Words by which a name is called something.
const CALLING: &[&str] = &["denotes", "denote", "represents", "represent", "called", "remains", "remain", "stays"];
const ARTICLES: &[&str] = &["a", "an", "the", "any", "every", "each", "some", "all"];
/// Words between an article and a name by which another thing is spoken of: "the length of x".
const ELSEWHERE: &[&str] = &[
    "of", "in", "to", "from", "by", "between", "on", "over", "at", "with", "for", "and", "or", "that", "which", "then",
    "we", "as", "so", "if", "has", "have", "where", "when", "let", "gives", "yields", "get",
];
/// What arrays are said to be in sentences without a formula: "the weights are nonnegative".
const SAID_OF_ALL: &[&str] = &[
    "nonnegative",
    "non-negative",
    "diagonal",
    "triangular",
    "idempotent",
    "stochastic",
    "sparse",
    "commute",
    "commuting",
    "hermitian",
    "self-adjoint",
    "unitary",
    "nilpotent",
];
/// Most words of a phrase.
const LONGEST: usize = 10;

/// What the words of notes without annotations say of names.
pub(super) fn roles(document: &Document) -> Vec<Role> {
    let mut out = vec![];
    for (at, block) in document.blocks.iter().enumerate() {
        let Block::Formula(f) = block else { continue };
        let text = &f.extract.text;
        out.extend(covariances(text).into_iter().map(|name| Role { name, section: f.section, says: Says::Symmetric }));
        if f.display {
            continue;
        }
        let names = named(text);
        if names.is_empty() {
            continue;
        }
        let (before, after) = (backward(document, at), forward(document, at));
        let phrase: Vec<String> = ahead(&before).into_iter().chain(behind(&after)).map(str::to_owned).collect();
        let symmetric = phrase.iter().any(|w| is_symmetric(w));
        let unread = phrase.iter().find(|w| !PLAIN.contains(&w.as_str()) && !is_symmetric(w));
        for name in names {
            let role = |says| Role { name: name.clone(), section: f.section, says };
            out.extend(symmetric.then(|| role(Says::Symmetric)));
            out.extend(unread.map(|w| role(Says::Unread(w.clone()))));
        }
    }
    out
}

fn is_symmetric(w: &str) -> bool {
    // Of the cross-covariance of two vectors that is not so.
    !w.starts_with("cross") && SYMMETRIC.iter().any(|s| w.starts_with(s) || w.ends_with(s) || w.contains("-covarian"))
}

/// The names that a formula introduces or is: `x, y \in \mathbb{R}^n`, `A`.
fn named(text: &str) -> Vec<String> {
    let ends = ["\\in", "∈", ":", "=", "\\sim", "\\succ", "\\ge", ">"];
    let until = ends.iter().filter_map(|w| text.find(w)).min().unwrap_or(text.len());
    let list = text.get(..until).unwrap_or(text).split(',');
    list.filter_map(base).collect()
}

/// The name of `x`, `x_i`, `\mathbf x`; `None` for anything longer.
fn base(text: &str) -> Option<String> {
    let mut t = text.trim();
    for font in ["\\mathbf", "\\boldsymbol", "\\bm", "\\vec", "\\mathrm"] {
        t = t.strip_prefix(font).map_or(t, str::trim_start);
    }
    let t = t.split(['_', '^']).next().unwrap_or(t).trim().trim_start_matches('{').trim_end_matches('}').trim();
    let letters = t.strip_prefix('\\').map_or(t.chars().count() == 1, |rest| rest.len() > 1);
    (letters && t.trim_start_matches('\\').chars().all(char::is_alphabetic)).then(|| t.to_owned())
}

/// The letters behind the mean in the name of a Gaussian: `\mathcal{N}(\mu, \Sigma)`.
fn covariances(text: &str) -> Vec<String> {
    let squeezed: String = text.split_whitespace().collect();
    let mut out = vec![];
    for mark in ["\\mathcal{N}", "\\mathcalN", "\\mathcal{MN}", "\\mathrm{N}", "N("] {
        for (at, _) in squeezed.match_indices(mark) {
            let inside = squeezed.get(at..).and_then(|rest| rest.split_once(',')).map_or("", |(_, rest)| rest);
            let mut depth = 0_i32;
            let end = inside.char_indices().find(|(_, c)| {
                depth += i32::from(*c == '(') - i32::from(*c == ')');
                depth < 0
            });
            let inside = end.and_then(|(at, _)| inside.get(..at)).unwrap_or("");
            out.extend(inside.split([',', '+', ';', '(', ')', '-', '^']).filter_map(base));
        }
    }
    out
}

/// The words between an article and the name right behind them; without an article the word right before it, if it says
/// something: "with Hessian `Q`".
fn ahead(before: &[Piece]) -> Vec<&str> {
    let mut near: &[Piece] = near(before);
    while let [rest @ .., last] = near
        && word(last).is_some_and(|w| VERBS.contains(&w) || matches!(w, "by" | "as" | "denoted" | "called"))
    {
        near = rest;
    }
    let Some(article) = near.iter().rposition(|p| word(p).is_some_and(|w| ARTICLES.contains(&w))) else {
        let last = near.last().and_then(word);
        return last.filter(|w| is_symmetric(w) || SAID_OF_ALL.contains(w)).into_iter().collect();
    };
    let phrase = near.get(article + 1..).unwrap_or(&[]);
    if has(phrase, ELSEWHERE) || phrase.len() > LONGEST {
        return vec![];
    }
    phrase.iter().filter_map(word).collect()
}

/// The words behind the verb of a name, or of the list that it stands in.
fn behind(after: &[Piece]) -> Vec<&str> {
    let listed = |p: &Piece| matches!(p, Piece::Formula(_)) || listing(p);
    let at = after.iter().position(|p| !listed(p)).unwrap_or(after.len());
    let rest = after.get(at..).unwrap_or(&[]);
    let Some(first) = rest.first().and_then(word) else { return vec![] };
    if ACTIONS.contains(&first) {
        return vec![first];
    }
    let apposition = at <= 1 && ARTICLES.contains(&first);
    if !(VERBS.contains(&first) || CALLING.contains(&first) || apposition) {
        return vec![];
    }
    let ends = |p: &Piece| word(p).is_none();
    let phrase = rest.get(1..).unwrap_or(&[]);
    let until = phrase.iter().position(ends).unwrap_or(phrase.len()).min(LONGEST);
    phrase.get(..until).unwrap_or(&[]).iter().filter_map(word).collect()
}

impl Builder<'_> {
    fn roles_of(&self, s: &Symbol, block: usize) -> impl Iterator<Item = &Says> {
        let reach = self.document.sections_of(self.section(block));
        let own = base(&s.name).unwrap_or_else(|| s.name.to_string());
        let about = move |r: &&Role| r.name == own && (reach.contains(&r.section) || r.section == 0);
        self.roles.iter().filter(about).map(|r| &r.says)
    }

    /// A word beside an array of a claim that may say more of it than is given.
    pub(super) fn unread_role(&self, symbols: &BTreeSet<Symbol>, block: usize) -> Option<String> {
        if self.has_annotations {
            return None;
        }
        let arrays = || symbols.iter().filter(|s| !s.sort.sizes().is_empty());
        let own = arrays().flat_map(|s| self.roles_of(s, block)).find_map(|says| match says {
            Says::Unread(w) => Some(w.clone()),
            Says::Symmetric => None,
        });
        let general = || {
            let section = self.section(block);
            let prose = self.document.blocks.iter().filter_map(|b| match b {
                Block::Prose(p) if p.section == section => Some(p.text.to_lowercase()),
                _ => None,
            });
            let said: Vec<String> = prose.collect();
            SAID_OF_ALL.iter().find(|w| said.iter().any(|t| t.contains(**w))).map(|w| (*w).to_owned())
        };
        own.or_else(|| arrays().next().and_then(|_| general()))
    }

    /// The square matrices among symbols that are symmetric by what they are called, or by custom.
    pub(super) fn symmetric_by_role(&self, symbols: &BTreeSet<Symbol>, block: usize) -> Vec<Expr> {
        let square = |s: &&Symbol| matches!(s.sort.sizes(), [a, b] if a == b);
        let custom = |s: &Symbol| ["\\Sigma", "\\Omega", "\\Lambda"].iter().any(|l| s.name.contains(l));
        let called = |s: &&Symbol| custom(s) || self.roles_of(s, block).any(|r| matches!(r, Says::Symmetric));
        let all = symbols.iter().filter(square).filter(called);
        all.map(|s| Expr::apply("symmetric", vec![Expr::sym(s.clone())])).collect()
    }
}
