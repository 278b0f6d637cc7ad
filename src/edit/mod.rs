//! Small edits of a formula's text: what authors get wrong, a row each. Planted they are errors, searched they are
//! repairs; so the kinds come in pairs that undo each other, or undo themselves.
//!
//! An edit knows no meaning. It replaces a stretch of the text, which may give nonsense or the same statement again.

mod bracket;
mod counterpart;
pub mod difference;
mod factor;
mod mend;
mod part;
mod script;
mod sign;
mod symbol;
mod walk;

use crate::notation::tex::{Tex, parse};
use crate::source::Span;

pub use part::{cancels, top_terms};
pub use walk::tokens;
use walk::{bare, is_mark, limits, lists, raised, values};
pub(crate) use walk::{base, char_of, is_space, terms};

/// A replacement in a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// By what.
    pub text: String,
    /// Name of the kind.
    pub kind: &'static str,
}

impl Edit {
    /// The text with the replacement.
    pub fn apply(&self, text: &str) -> String {
        let (before, after) = (text.get(..self.span.start), text.get(self.span.end..));
        format!("{}{}{}", before.unwrap_or(""), self.text, after.unwrap_or(""))
    }
}

/// Where edits are made: the formula's text and tree, and what may be put in.
pub struct Place<'a> {
    /// The text.
    pub text: &'a str,
    /// Lists of siblings of the tree, outermost first.
    pub lists: Vec<Vec<Tex>>,
    /// Those of the lists that have a value.
    pub values: Vec<Vec<Tex>>,
    /// Scripts without braces: only one sign fits there.
    bare: Vec<Span>,
    /// Superscripts.
    raised: Vec<Span>,
    /// Upper ends of sums, products and integrals.
    limits: Vec<Span>,
    /// Texts of symbols that stand nearby, in order of first use: `p`, `\hat{y}`, `i`.
    pub symbols: Vec<String>,
    /// Texts of factors, terms and denominators that stand nearby.
    pub parts: Vec<String>,
    /// The texts around it.
    pub nearby: Vec<&'a str>,
}

impl<'a> Place<'a> {
    /// A place in `text`; `nearby` are the texts around it whose symbols and parts may be put in.
    pub fn new(text: &'a str, nearby: &[&'a str]) -> Place<'a> {
        let own = parse(text);
        let mut symbols = vec![];
        let mut parts = vec![];
        for source in std::iter::once(&text).chain(nearby) {
            for list in lists(&parse(source)).iter().filter(|list| !is_mark(list)) {
                symbol::collect(source, list, &mut symbols);
                factor::collect(source, list, &mut parts);
            }
        }
        Place {
            text,
            bare: bare(&lists(&own), text),
            raised: raised(&lists(&own)),
            limits: limits(&lists(&own)),
            lists: lists(&own),
            values: values(&own),
            symbols,
            parts,
            nearby: nearby.to_vec(),
        }
    }

    /// The same with more that may be put in: whole terms and applications too.
    pub fn wide(text: &'a str, nearby: &[&'a str]) -> Place<'a> {
        let texts: Vec<&str> = std::iter::once(text).chain(nearby.iter().copied()).collect();
        let mut parts = part::parts(&texts);
        part::reindex(text, &mut parts);
        Place { parts, ..Place::new(text, nearby) }
    }

    fn slice(&self, span: Span) -> &'a str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// Whether a list is the upper end of a sum: a number off by one there is `range`; factors and terms are no slip of it.
    fn is_limit(&self, list: &[Tex]) -> bool {
        let inside = |n: &Tex| self.limits.iter().any(|s| s.start <= n.span.start && n.span.end <= s.end);
        list.first().is_some_and(inside)
    }

    /// Whether a replacement changes more than white space and braces.
    fn changes(&self, edit: &Edit) -> bool {
        let new = edit.apply(self.text);
        tokens(self.text).iter().map(|(_, t)| *t).ne(tokens(&new).iter().map(|(_, t)| *t))
    }
}

/// A kind of edit.
pub struct Kind {
    /// Its name in reports.
    pub name: &'static str,
    /// What it does, for `list edits` and the page of rates.
    pub about: &'static str,
    /// All edits of the kind, from left to right.
    pub edits: fn(&Place, &mut dyn FnMut(Span, String)),
}

/// Name of the kind that takes a part from a neighbouring line.
pub const COPIED: &str = "copied";

/// The kinds: what changes one thing in its place first, what puts something in last.
pub const KINDS: &[Kind] = &[
    Kind { name: "sign", about: "a sign flipped, lost or put in front", edits: sign::signs },
    Kind { name: "index", about: "another index letter or number", edits: script::indices },
    Kind { name: "symbol", about: "another symbol of the formula", edits: symbol::symbols },
    Kind { name: "coefficient", about: "a number off by one", edits: symbol::numbers },
    Kind { name: "exponent", about: "an exponent off by one, lost or put in", edits: script::exponents },
    Kind { name: "lost-denominator", about: "a fraction's numerator alone", edits: bracket::lost_denominators },
    Kind {
        name: "extra-denominator",
        about: "a denominator of the neighbourhood put in",
        edits: bracket::extra_denominators,
    },
    Kind { name: "reciprocal", about: "numerator and denominator exchanged", edits: bracket::reciprocals },
    Kind { name: "transpose", about: "a transpose lost or put in", edits: script::transposes },
    Kind { name: "inverse", about: "an inverse lost or put in", edits: script::inverses },
    Kind { name: "prime", about: "a prime lost or put in", edits: script::primes },
    Kind { name: "range", about: "a range's end off by one", edits: script::ranges },
    Kind { name: "function", about: "log for exp, sin for cos, max for min", edits: symbol::functions },
    Kind { name: "relation", about: "≤ for ≥, < for >", edits: symbol::relations },
    Kind { name: "lost-factor", about: "a factor left out", edits: factor::lost },
    Kind { name: "lost-term", about: "a term left out", edits: sign::lost_terms },
    Kind { name: "parentheses", about: "a pair of brackets lost", edits: bracket::lost_brackets },
    Kind { name: "wrapped", about: "brackets put around a sum", edits: bracket::extra_brackets },
    Kind { name: "order", about: "two neighbouring factors exchanged", edits: factor::exchanged },
    Kind { name: COPIED, about: "what stands in the same place of a neighbouring line", edits: counterpart::copied },
    Kind { name: "extra-factor", about: "a factor of the neighbourhood put in", edits: factor::extra },
    Kind { name: "extra-term", about: "a term of the neighbourhood put in", edits: sign::extra_terms },
];

/// Kinds that only repairs have: they undo slips whose own kind does not undo itself.
pub const MENDS: &[Kind] = &[
    Kind { name: "index-letter", about: "another index letter of the neighbourhood", edits: mend::index_letters },
    Kind { name: "turned", about: "a relation turned back", edits: mend::relations },
    Kind { name: "bracketed", about: "brackets put in", edits: mend::bracketed },
    Kind { name: "square", about: "a square on a bracket", edits: mend::squares },
    Kind { name: "last-factor", about: "a factor put behind a term", edits: mend::last_factors },
    Kind { name: "denominator", about: "a denominator put in", edits: mend::denominators },
    Kind { name: "dropped", about: "what stands there too much", edits: mend::dropped },
    Kind { name: "part", about: "another part of the neighbourhood", edits: mend::parts },
];

/// The edit with braces around a script that has more than one sign afterwards.
fn braced(place: &Place, edit: Edit) -> Edit {
    let inside = |b: &&Span| b.start <= edit.span.start && edit.span.end <= b.end && edit.span.start < b.end;
    let Some(script) = place.bare.iter().find(inside) else { return edit };
    let (head, tail) = (Span::new(script.start, edit.span.start), Span::new(edit.span.end, script.end));
    let text = format!("{}{}{}", place.slice(head), edit.text, place.slice(tail));
    match tokens(&text).len() {
        0 | 1 => edit,
        _ if edit.text.starts_with('{') => edit,
        _ => Edit { span: *script, text: format!("{{{text}}}"), ..edit },
    }
}

/// The edit with a gap where a command would run into a letter.
fn apart(place: &Place, mut edit: Edit) -> Edit {
    let in_command = |text: &str| {
        text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).ends_with('\\')
            && text.ends_with(|c: char| c.is_ascii_alphabetic())
    };
    let (before, after) = (place.text.get(..edit.span.start), place.text.get(edit.span.end..));
    let (before, after) = (before.unwrap_or(""), after.unwrap_or(""));
    let letter = |text: &str| text.starts_with(|c: char| c.is_ascii_alphabetic());
    if letter(&edit.text) && in_command(before) {
        edit.text.insert(0, ' ');
    }
    if letter(after) && (in_command(&edit.text) || edit.text.is_empty() && in_command(before)) {
        edit.text.push(' ');
    }
    edit
}

/// All edits of one kind at a place, without those that change nothing.
pub fn edits(kind: &'static Kind, place: &Place) -> Vec<Edit> {
    let mut out: Vec<Edit> = vec![];
    (kind.edits)(place, &mut |span, text| {
        let edit = apart(place, braced(place, Edit { span, text, kind: kind.name }));
        // A second superscript is no TeX.
        let twice = edit.text.starts_with('^') && place.raised.iter().any(|s| s.end == edit.span.start);
        if !twice && place.changes(&edit) && !out.contains(&edit) {
            out.push(edit);
        }
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: &str, text: &str) -> Vec<String> {
        let place = Place::new(text, &[]);
        let kind = KINDS.iter().find(|k| k.name == kind).unwrap();
        edits(kind, &place).iter().map(|e| e.apply(text)).collect()
    }

    #[test]
    fn signs_are_flipped_lost_and_put_in_front() {
        assert_eq!(of("sign", "a + b"), ["-a + b", "a - b"]);
        assert_eq!(of("sign", "-a"), ["a"]);
    }

    #[test]
    fn indices_and_ranges_are_off_by_one() {
        assert!(of("index", "x_i y_j").contains(&"x_j y_j".to_owned()));
        assert!(of("index", "x_1").contains(&"x_2".to_owned()));
        assert!(of("range", r"\sum_{i=1}^{n} x_i").contains(&r"\sum_{i=1}^{n - 1} x_i".to_owned()));
        assert!(of("range", r"\sum_{i=1}^n x_i").contains(&r"\sum_{i=2}^n x_i".to_owned()));
    }

    #[test]
    fn factors_terms_and_denominators_come_and_go() {
        assert!(of("lost-factor", "2 a b").contains(&"2 b".replace("2 b", "2  b")));
        assert!(of("lost-term", "a + b - c").contains(&"a - c".replace("a - c", "a  - c")));
        assert_eq!(of("lost-denominator", r"\frac{a}{b}"), ["{a}"]);
        assert_eq!(of("reciprocal", r"\frac{a}{b}"), [r"\frac{b}{a}"]);
        let place = Place::new("e^{s}", &[r"\frac{1}{1 + e^{s}}"]);
        let kind = KINDS.iter().find(|k| k.name == "extra-denominator").unwrap();
        let all: Vec<String> = edits(kind, &place).iter().map(|e| e.apply("e^{s}")).collect();
        assert!(all.contains(&r"\frac{e^{s}}{1 + e^{s}}".to_owned()), "{all:?}");
    }

    #[test]
    fn scripts_change() {
        assert!(of("exponent", "x^2").contains(&"x^3".to_owned()) && of("exponent", "x^2").contains(&"x".to_owned()));
        assert!(of("transpose", "A^T x").contains(&"A x".to_owned()));
        assert!(of("inverse", r"\Sigma^{-1} x").contains(&r"\Sigma x".to_owned()));
        assert!(of("relation", r"a \leq b").contains(&r"a \geq b".to_owned()));
        assert!(of("function", r"\log x").contains(&r"\exp x".to_owned()));
    }

    /// Every kind makes an edit in one of these; each edit is one change of the text that can be read as TeX.
    #[test]
    fn every_kind_makes_one_change_that_parses_back() {
        let lines = [
            (r"\frac{a}{b} + \hat{p}_{i} - 2 x^2 = \log y", r"\frac{c}{b} - q_j^2"),
            (r"(A B)^T = B^T A^{-1} \leq \sum_{i=1}^{n} x_i f'(z)", r"(C B)^T"),
            (r"u (v - w) + x = 3 \cos x", "u (v + w)"),
        ];
        for kind in KINDS {
            let mut made = 0;
            for (text, near) in lines {
                let place = Place::new(text, &[near]);
                for e in edits(kind, &place) {
                    let changed = e.apply(text);
                    made += 1;
                    assert_eq!(text[..e.span.start], changed[..e.span.start], "{}: {changed}", kind.name);
                    assert!(changed.ends_with(&text[e.span.end..]), "{}: {changed}", kind.name);
                    assert_eq!(changed.len(), text.len() - e.span.range().len() + e.text.len());
                    assert!(!has_error(&parse(&changed)), "{}: {changed}", kind.name);
                }
            }
            assert!(made > 0, "{} makes no edit", kind.name);
        }
    }

    fn has_error(nodes: &[Tex]) -> bool {
        use crate::notation::tex::TexKind;
        nodes.iter().any(|n| {
            matches!(n.kind, TexKind::Error(_)) || n.children().into_iter().any(|c| has_error(std::slice::from_ref(c)))
        })
    }

    #[test]
    fn the_same_place_of_a_neighbour_gives_its_part() {
        let text = r"-\frac{x}{e^{s}}";
        let place = Place::new(text, &[r"L = -\frac{y}{\frac{e^{s}}{1 + e^{s}}}"]);
        let kind = KINDS.iter().find(|k| k.name == COPIED).unwrap();
        let all: Vec<String> = edits(kind, &place).iter().map(|e| e.apply(text)).collect();
        assert!(all.contains(&r"-\frac{x}{\frac{e^{s}}{1 + e^{s}}}".to_owned()), "{all:?}");
        assert!(all.iter().all(|t| t != r"-\frac{y}{\frac{e^{s}}{1 + e^{s}}}"), "never the whole side: {all:?}");
    }

    #[test]
    fn signs_inside_brackets_are_signs_too_and_scripts_get_braces() {
        assert!(of("sign", "a (b - c)").contains(&"a (b + c)".to_owned()));
        assert!(of("sign", "x + y^2").contains(&"x + y^{-2}".to_owned()));
        assert!(of("sign", r"\operatorname{diag}(p) - q").contains(&r"\operatorname{diag}(p) + q".to_owned()));
    }

    #[test]
    fn a_derivative_is_no_fraction_and_an_exponent_no_coefficient() {
        let text = r"\frac{\partial L}{\partial s} = x^2";
        for kind in ["lost-denominator", "reciprocal", "coefficient"] {
            assert_eq!(of(kind, text), Vec::<String>::new(), "{kind}");
        }
        assert!(of("symbol", text).contains(&r"\frac{\partial L}{\partial x} = x^2".to_owned()));
    }

    #[test]
    fn every_edit_of_every_kind_stays_inside_the_text() {
        let text =
            r"-\frac{1}{2} \sum_{i=1}^{n} (x_i - \mu)^T \Sigma^{-1} (x_i - \mu) + f'(x) \log y \leq 3 \hat{p}_{i}^2";
        let place = Place::new(text, &["a b + c"]);
        for kind in KINDS {
            for e in edits(kind, &place) {
                assert!(e.span.end <= text.len() && text.get(e.span.range()).is_some(), "{e:?}");
                assert_ne!(e.apply(text), text, "{}", kind.name);
            }
        }
    }
}
