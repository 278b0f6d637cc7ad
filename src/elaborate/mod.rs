//! Document → statements: names, readings, sorts, scopes, kinds, claims.
//!
//! The order is: look at all names (`survey`), read every line (`raw`), infer shapes over the whole document
//! (`sorts`), then walk through it once and say what each relation is and what it may use (`build`).

mod adjoint;
mod anew;
mod apart;
mod argument;
mod asserted;
mod assumed;
mod average;
mod bare;
mod bilinear;
mod blocks;
mod build;
mod called;
mod carrier;
mod case;
mod chained;
mod characteristic;
#[cfg(test)]
mod characteristic_tests;
mod cited;
mod classical;
mod closed;
mod commuting;
mod conditional;
mod conditioned;
mod content;
mod convention;
mod counted;
mod declaration;
mod definiendum;
mod definitions;
mod denied;
mod density;
mod dependence;
mod dependent;
mod derivative;
mod differential;
mod directives;
mod disowned;
mod distribution;
mod doubt;
mod earliest;
mod entrywise;
mod equated;
mod event;
mod family;
mod form;
mod freed;
mod functional;
mod gradients;
mod held;
mod hypothesis;
mod ids;
mod information;
mod instance;
mod interval;
mod inverse;
mod kind;
mod known;
mod labels;
mod last;
mod law;
mod letters;
mod linear;
mod loose;
mod marginal;
mod marks;
mod meant;
mod measure;
mod multivariate;
mod naming;
mod noncommuting;
mod numeral;
mod observed;
mod operation;
mod ordered;
mod paired;
mod parametric;
mod partition;
mod passing;
mod percent;
mod place;
mod primitive;
mod proportional;
mod prose;
mod raised;
mod random;
mod rangeless;
mod raw;
mod response;
mod restricting;
mod role;
mod sample;
mod scope;
mod sentence;
mod setting;
mod shapes;
mod signs;
mod sorts;
mod space;
mod special;
mod spelt;
mod squared;
mod stages;
mod standing;
mod support;
mod supposed;
mod survey;
mod told;
mod torn;
mod tower;
mod understood;
mod unfold;
mod universal;
mod unknown;
mod usual;
mod variable;
mod variational;
mod versions;
mod vocabulary;
mod waiting;
mod wording;
mod zeroth;

use std::collections::BTreeSet;

use crate::claim::Statement;
use crate::diag::Diagnostic;
use crate::expr::{Expr, Symbol};
use crate::read::Document;
use crate::source::Span;
use setting::Parts;

pub use closed::SEVERAL_DEFINITIONS;
pub(crate) use conditional::Probability;
pub use declaration::UNREAD;
pub use directives::{MISSPELT, UNUSED};
pub(crate) use information::in_entropies;
pub(crate) use known::{named, supply};
pub(crate) use law::has_one_parametrisation;
pub use setting::{Place, Reading, Setting};
pub use shapes::SHAPE_MISMATCH;
pub use stages::{Stage, meaning, stages};
pub use torn::{MISPLACED, UNCLOSED, UNREADABLE};

/// What a document says.
#[derive(Debug, Default)]
pub struct Elaborated {
    /// Its statements, in order.
    pub statements: Vec<Statement>,
    /// Findings of reading and of the shape inference.
    pub findings: Vec<Diagnostic>,
    /// Codes of expected findings, with the formula where each is expected.
    pub expected_findings: Vec<(String, Span)>,
    /// Whether annotations declare symbols or ask for verdicts: its author wants to be told what is not understood.
    pub annotated: bool,
}

/// Says what each statement of the document is. Cannot fail: what is not understood is a statement with a problem.
pub fn elaborate(document: &Document) -> Elaborated {
    elaborate_around(document, None).0
}

/// The same, with the setting of the statement at a place, in which it can be read with other texts.
pub fn elaborate_around(document: &Document, place: Option<Place>) -> (Elaborated, Option<Setting>) {
    let spelt = spelt::spelt(document);
    let cuts = raw::cut(document, &spelt);
    let all: Vec<_> = cuts.iter().map(|c| c.lines.clone()).collect();
    let mut names = survey::survey(&all, &directives::formulas(document));
    names.raised = raised::raised(document, &all);
    names.spelt = spelt;
    let renamed = standing::rename(document, &cuts, &mut names);
    names.mean = prose::mean_by_letter(document, &names);
    let mut directives = directives::directives(document, &names);
    let mut lines = raw::raw_lines(document, &cuts, &names);
    let mut told = told::told(document, &lines);
    // What an annotation speaks of is what it says.
    let annotated: BTreeSet<Symbol> = directives.lines.iter().flat_map(|l| l.constraint().symbols()).collect();
    told.retain(|l| {
        l.sides.first().and_then(Expr::as_symbol).is_none_or(|s| !annotated.iter().any(|a| a.name == s.name))
    });
    lines.append(&mut directives.lines);
    lines.append(&mut told);
    // An annotation comes before the formula that it is attached to.
    lines.sort_by_key(|l| (l.block, !matches!(l.origin, raw::Origin::Let { .. } | raw::Origin::Assume { .. })));
    let annotated =
        !directives.attached.is_empty() || lines.iter().any(|l| matches!(l.origin, raw::Origin::Let { .. }));
    let raw = if place.is_some() { lines.clone() } else { vec![] };
    let (mut typed, mut findings, typing) =
        shapes::typed(document, &directives.attached, lines, !names.declared.contains(standing::UNIT));
    convention::apply(document, &directives.zero_log_zero, &mut typed);
    argument::of_letters(&mut typed);
    let mut builder = build::Builder::new(document, &directives);
    builder.renamed = renamed;
    let (statements, more, scope) = builder.run(&typed, place);
    let setting = place.zip(scope).and_then(|((block, at), scope)| {
        let s = statements.iter().filter(|s| s.block == block).nth(at)?;
        Setting::new(document, s, &typed, Parts { names, raw, typing, scope })
    });
    findings.extend(more);
    findings.append(&mut directives.findings);
    findings.extend(torn::findings(document));
    findings.sort_by_key(|f| f.span);
    let expected_findings = directives
        .expected_findings
        .iter()
        .filter_map(|(code, target)| Some((code.clone(), document.blocks.get(*target)?.span())))
        .collect();
    (Elaborated { statements, findings, expected_findings, annotated }, setting)
}

/// The sides of a relation, if the expression is one.
pub fn sides(relation: &Expr) -> Option<(&'static str, &Expr, &Expr)> {
    match relation.node() {
        crate::expr::Node::App(f, args) if crate::expr::fun::is_relation(f.name) => match args.as_slice() {
            [a, b] => Some((f.name, a, b)),
            _ => None,
        },
        _ => None,
    }
}
