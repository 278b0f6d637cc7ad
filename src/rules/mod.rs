//! Rule books: notes in our own notation → rewrite rules.
//!
//! A rule is a section of `src/rules/<topic>.md`: a claim with an id, its side conditions as annotations, and a line
//! that says where it comes from: `Derived by` an engine, `Derived from` earlier rules, or `Axiom:` with a reference.
//! A claim of several lines is its own derivation: each line follows from the one before, the rule equates the first
//! with the last. `tests/rules.rs` derives every derived rule again and tries every rule at the sizes [`TRIED`].

mod read;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::expr::Expr;

/// Sizes at which every rule is tried by the other engines, on every test run.
pub const TRIED: [u64; 5] = [1, 2, 3, 5, 8];

/// The books: topic and text. A rule may rest on rules before it only, in this order.
const BOOKS: &[(&str, &str)] = &[
    ("matrix", include_str!("matrix.md")),
    ("sum", include_str!("sum.md")),
    ("logarithm", include_str!("logarithm.md")),
    ("entropy", include_str!("entropy.md")),
    ("expectation", include_str!("expectation.md")),
];

/// Where a rule comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Shown by engines alone.
    DerivedBy(String),
    /// Follows from earlier rules, by the lines of its derivation.
    DerivedFrom(Vec<String>),
    /// Taken over.
    Axiom {
        /// Where it stands.
        reference: String,
    },
}

/// A rule: under its conditions both sides are equal, or neither has a value.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The id, `matrix.inverse-product`; unique.
    pub id: String,
    /// The book.
    pub topic: &'static str,
    /// The heading.
    pub title: String,
    /// The lines of its derivation, the sides of the rule first and last; at least two. Free symbols are the rule's
    /// variables, each standing for an expression of its sort; names in sizes stand for sizes.
    pub lines: Vec<Expr>,
    /// Side conditions.
    pub conditions: Vec<Expr>,
    /// Where it comes from.
    pub status: Status,
    /// The section as written, a document of its own.
    pub text: String,
}

impl Rule {
    /// The left side.
    pub fn left(&self) -> &Expr {
        // A rule is never made without lines; see `read`.
        &self.lines[0]
    }

    /// The right side.
    pub fn right(&self) -> &Expr {
        &self.lines[self.lines.len() - 1]
    }

    /// The claim that both sides are equal.
    pub fn relation(&self) -> Expr {
        Expr::relate("eq", self.left().clone(), self.right().clone())
    }
}

/// A section of a book that is no rule, and why: books are held to have none (tests).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The heading.
    pub title: String,
    /// What is wrong with it.
    pub why: String,
}

/// All rules, book by book, in the order of the books. A section that is not understood is no rule.
pub fn all() -> &'static [Rule] {
    static ALL: OnceLock<Vec<Rule>> = OnceLock::new();
    ALL.get_or_init(|| BOOKS.iter().flat_map(|(topic, _)| of(topic)).cloned().collect())
}

/// The rules of one book, without reading the others.
pub fn of(topic: &str) -> &'static [Rule] {
    book(topic).map_or(&[], |(rules, _)| rules)
}

/// Sections that are not understood.
pub fn broken() -> Vec<Broken> {
    BOOKS.iter().filter_map(|(topic, _)| book(topic)).flat_map(|(_, broken)| broken).cloned().collect()
}

/// The rule with this id: it begins with the name of its book.
pub fn by_id(id: &str) -> Option<&'static Rule> {
    of(id.split_once('.')?.0).iter().find(|r| r.id == id)
}

/// The axioms that these rules rest on, themselves included, in the order of the books.
pub fn axioms(ids: &[&str]) -> Vec<&'static Rule> {
    let mut needed: BTreeSet<&str> = ids.iter().copied().collect();
    // A rule rests on rules before it only: one pass from the last to the first finds all.
    for rule in all().iter().rev().filter(|r| matches!(r.status, Status::DerivedFrom(_))) {
        if let (true, Status::DerivedFrom(from)) = (needed.contains(rule.id.as_str()), &rule.status) {
            needed.extend(from.iter().map(String::as_str));
        }
    }
    let is_axiom = |r: &&Rule| matches!(r.status, Status::Axiom { .. }) && needed.contains(r.id.as_str());
    all().iter().filter(is_axiom).collect()
}

/// What stands in a book, read once.
type Book = (Vec<Rule>, Vec<Broken>);

fn book(topic: &str) -> Option<&'static Book> {
    static READ: [OnceLock<Book>; BOOKS.len()] = [const { OnceLock::new() }; BOOKS.len()];
    let at = BOOKS.iter().position(|(name, _)| *name == topic)?;
    let (&(topic, text), read) = BOOKS.get(at).zip(READ.get(at))?;
    Some(read.get_or_init(|| {
        let before = BOOKS.get(..at).unwrap_or(&[]);
        let (mut rules, mut broken) = (vec![], vec![]);
        for section in read::sections(text) {
            match read::rule(topic, section, &rules, before) {
                Ok(rule) => rules.push(rule),
                Err(why) => broken.push(Broken { title: read::title(section).to_owned(), why }),
            }
        }
        (rules, broken)
    }))
}
