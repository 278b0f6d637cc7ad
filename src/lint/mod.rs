//! Lints: slips that show in how a formula is written, whatever it means.
//!
//! A lint looks at the TeX trees of one formula and at what the whole document writes. It must be sure: what a careful
//! author may mean is no finding. Each is a row of [`LINTS`].

mod alike;
mod bound;
mod bracket;
mod flat;
mod index;
mod integral;
mod known;
mod operator;
mod optimum;
mod page;
mod repeat;
mod restated;
mod script;
mod side;
mod tail;
mod tree;
mod units;

use crate::diag::{Code, Diagnostic, Edit, Severity};
use crate::message::Message;
use crate::read::directive::DirectiveKind;
use crate::read::{Block, Document};
use crate::source::Span;

use page::{Page, Sheet};

/// A lint, a row each.
pub struct Lint {
    /// The kind of finding it raises.
    pub code: &'static Code,
    /// How bad that is.
    severity: Severity,
    /// Looks at one formula.
    look: fn(&Page, &Sheet) -> Vec<Slip>,
}

/// What a lint found, in the formula's text.
struct Slip {
    span: Span,
    message: Message,
    /// The text that should stand at a place, where that is certain.
    repair: Option<(Span, String)>,
}

impl Slip {
    fn new(span: Span, message: Message) -> Slip {
        Slip { span, message, repair: None }
    }
}

/// The lints.
pub const LINTS: &[Lint] = &[
    Lint { code: &script::SHORT_SCRIPT, severity: Severity::Warning, look: script::short },
    Lint { code: &script::SPILT_SUBSCRIPT, severity: Severity::Warning, look: script::spilt },
    Lint { code: &operator::DOUBLED, severity: Severity::Warning, look: operator::doubled },
    Lint { code: &operator::CANCELLING, severity: Severity::Warning, look: operator::cancelling },
    Lint { code: &bracket::UNBALANCED, severity: Severity::Note, look: bracket::unbalanced },
    Lint { code: &integral::MISSING_DIFFERENTIAL, severity: Severity::Warning, look: integral::missing },
    Lint { code: &integral::OTHER_DIFFERENTIAL, severity: Severity::Warning, look: integral::other },
    Lint { code: &integral::VARIABLE_IN_LIMIT, severity: Severity::Note, look: integral::in_limit },
    Lint { code: &integral::VARIABLE_IN_LIMIT, severity: Severity::Warning, look: integral::in_both_limits },
    Lint { code: &integral::OTHER_END, severity: Severity::Warning, look: integral::other_end },
    Lint { code: &index::UNUSED_INDEX, severity: Severity::Warning, look: index::unused },
    Lint { code: &index::REBOUND_INDEX, severity: Severity::Note, look: index::rebound },
    Lint { code: &index::FREE_AND_BOUND, severity: Severity::Note, look: index::free_and_bound },
    Lint { code: &index::UNINDEXED_SYMBOL, severity: Severity::Note, look: index::unindexed },
    Lint { code: &index::OTHER_CASE, severity: Severity::Warning, look: index::other_case },
    Lint { code: &side::UNBOUND_INDEX, severity: Severity::Warning, look: side::unbound_index },
    Lint { code: &side::OTHER_ARGUMENT, severity: Severity::Warning, look: side::other_argument },
    Lint { code: &side::LOST_CONDITION, severity: Severity::Warning, look: side::lost_condition },
    Lint { code: &repeat::REPEATED_TERM, severity: Severity::Warning, look: repeat::repeated_term },
    Lint { code: &repeat::RANGE_BY_ITSELF, severity: Severity::Warning, look: repeat::range_by_itself },
    Lint { code: &repeat::SHIFTED_BY, severity: Severity::Warning, look: repeat::shifted },
    Lint { code: &repeat::INVERTED_TWICE, severity: Severity::Warning, look: repeat::inverted_twice },
    Lint { code: &restated::RESTATED_OTHERWISE, severity: Severity::Warning, look: restated::restated_otherwise },
    Lint { code: &alike::LONE_SYMBOL, severity: Severity::Warning, look: alike::lone_symbol },
    Lint { code: &alike::LOST_BRACKETS, severity: Severity::Warning, look: alike::lost_brackets },
    Lint { code: &alike::OTHER_OFFSET, severity: Severity::Warning, look: alike::other_offset },
    Lint { code: &alike::OTHER_RANGE_END, severity: Severity::Warning, look: alike::other_range_end },
    Lint { code: &known::BINOMIAL_UPSIDE_DOWN, severity: Severity::Warning, look: known::binomial },
    Lint { code: &known::DISTRIBUTION_ARITY, severity: Severity::Warning, look: known::parameters },
    Lint { code: &known::DENSITY_FOR_DISTRIBUTION, severity: Severity::Warning, look: known::density },
    Lint { code: &tail::OTHER_MOMENT, severity: Severity::Warning, look: tail::other_moment },
    Lint { code: &optimum::VALUE_OR_PLACE, severity: Severity::Warning, look: optimum::value_or_place },
    Lint { code: &bound::BOUND_BY_ITSELF, severity: Severity::Warning, look: bound::by_itself },
    Lint { code: &bound::LOST_ARGUMENT, severity: Severity::Warning, look: bound::lost_argument },
];

/// The findings of all lints but those that the notes allow (`file: allow CODE`, `off` … `on`), in document order.
pub fn lint(document: &Document) -> Vec<Diagnostic> {
    let allowed = allowed(document);
    let page = Page::new(document);
    let mut found = vec![];
    for sheet in &page.sheets {
        for lint in LINTS.iter().filter(|l| !allowed.iter().any(|a| a == l.code.name)) {
            for slip in (lint.look)(&page, sheet) {
                let at = |s: Span| sheet.formula.extract.span_to_source(s);
                let mut d = Diagnostic::new(lint.code, lint.severity, at(slip.span), slip.message);
                d.edit = slip.repair.map(|(span, text)| Edit { span: at(span), replacement: text });
                if !found.contains(&d) {
                    found.push(d);
                }
            }
        }
    }
    found
}

/// The codes that the configuration or `file: allow` names.
pub(crate) fn allowed(document: &Document) -> Vec<String> {
    let directives = document.blocks.iter().filter_map(|b| if let Block::Directive(d) = b { Some(d) } else { None });
    let settings = directives.flat_map(|d| d.parse().0).filter_map(|i| match i.kind {
        DirectiveKind::File(settings) => Some(settings),
        _ => None,
    });
    let names = settings.flatten().filter(|(key, _)| key == "allow").map(|(_, value)| value);
    let named = names.flat_map(|v| v.split(',').map(|name| name.trim().to_owned()).collect::<Vec<_>>());
    named.chain(document.source.allow.iter().cloned()).collect()
}

#[cfg(test)]
mod tests;
