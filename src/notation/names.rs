//! What a reader must know of a document's names before it can read a formula.

use std::collections::{BTreeMap, BTreeSet};

use crate::notation::spelt::Spelt;

/// How the names of a document (or of a scope of it) are used.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Families: base name → (name of the array, number of subscripts that are indices).
    pub families: BTreeMap<String, Family>,
    /// Names that are functions when followed by brackets.
    pub functions: BTreeSet<String>,
    /// Names that never stand without a bracket behind them: whatever they are, `E(X - 1)` is no product.
    pub applied: BTreeSet<String>,
    /// Variables of integrals.
    pub differentials: BTreeSet<String>,
    /// Whether a `d` before a letter is a differential wherever it stands: it is no name of its own.
    pub leibniz: bool,
    /// Whether a prime is a transpose: the notes have `X'X`.
    pub primed: bool,
    /// Whether angle brackets hold the components of vectors: the notes have `⟨1, 2⟩`.
    pub angled: bool,
    /// Whether a mean may stand without brackets: there is an `EX`, and no E with anything else behind it but brackets.
    pub means: bool,
    /// Whether a plain `E[…]` is a mean: it has no other meaning in these notes, and they speak of means.
    pub mean: bool,
    /// Names declared as symbols although notation has a constant of that spelling (`e`, `\pi`, `i`, `d`, `T`, `\sigma`).
    pub declared: BTreeSet<String>,
    /// Whether `T` stands for a number somewhere: behind a number, `(1 + r)^T`, it is no transpose.
    pub horizon: bool,
    /// Names under a superscript `T` that is a transpose, `(` for brackets; of interest where T ends a range.
    pub turned: BTreeSet<String>,
    /// Brackets and powers to which words give a meaning of their own, which is not known: of `[` the integral part, of `|`
    /// the length of a word, of `^` on functions their iterates.
    pub otherwise: BTreeSet<&'static str>,
    /// Finite sets that distributions live on: distribution name → set name.
    pub supports: BTreeMap<String, String>,
    /// Names that are written as distributions with a conditional bar somewhere.
    pub conditional: BTreeSet<String>,
    /// Bold names whose indexed things are arrays themselves: `\\mathbf{x}_i \\in \\mathbb{R}^d`.
    pub vectors: BTreeSet<String>,
    /// Names whose subscripts are names of quantities, no indices: `s_x` and `s_{xy}` beside `x_i` and `y_i`.
    pub labelled: BTreeSet<String>,
    /// Letters whose superscripts are labels: `w^{k+1} = w^k - g`, `g^{11}` beside `g_{11}`.
    pub raised: BTreeSet<String>,
    /// Names of several letters.
    pub spelt: Spelt,
    /// Names in annotations that stand for another name of the notes: `\mathbf{p}` for `p`, or `p` for `\mathbf{p}`.
    pub aliases: BTreeMap<String, String>,
}

/// An indexed family: `p_c` are the entries of the array `\mathbf{p}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// Name of the array that the entries belong to.
    pub array: String,
    /// How many subscripts are indices.
    pub rank: usize,
}

impl Names {
    /// The family of a base name with this number of indices.
    pub fn family(&self, base: &str, rank: usize) -> Option<&Family> {
        self.families.get(base).filter(|f| f.rank == rank)
    }
}
