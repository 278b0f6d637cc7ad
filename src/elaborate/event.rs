//! Events as sets: `P(A ∪ B)`, `P(A^c)`, `P(A ∖ B | C)` by the cells of the Venn diagram of the events that a relation is
//! about (Billingsley, Probability and Measure, 2). The probabilities of the cells are not negative and sum to 1; a relation
//! that follows from no more is a law.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::One;

use crate::algebra::canon::is_identity;
use crate::elaborate::conditional::is_measure;
use crate::elaborate::interval::{self, Premise, at_most, comparisons, without_functions};
use crate::elaborate::space::{Law, Space, Vector};
use crate::elaborate::vocabulary::Vocabulary;
use crate::expr::{Expr, Node, fun};
use crate::num::Rational;

/// What is used where probabilities are those of events.
const EVENTS: &str = "probability of events, where each condition has a positive one";

/// The same beside events that compare numbers.
const INTERVALS: &str =
    "probability of events, of intervals whose ends are in order, where each condition has a positive one";
const CONTINUOUS: &str = "probability of events of continuous random variables, of intervals whose ends are in order";

/// Words of notes that speak of distribution functions, and of continuous random variables.
const FUNCTIONS: &[&str] = &["distribution function", "cdf", "누적분포", "분포함수", "분포 함수"];
const DENSITIES: &[&str] = &["continuous", "densit", "pdf", "연속", "밀도"];

/// Words of notes that speak of events.
const SETS: &[&str] = &["event", "사건"];

/// Most events of one relation.
const MOST: usize = 4;

/// A combination of events.
#[derive(Clone, Debug, PartialEq)]
enum Event {
    Of(String),
    Not(Box<Event>),
    All(Vec<Event>),
    Any(Vec<Event>),
}

/// Signs between events, as TeX and as they are shown, with what they make of two events.
const SIGNS: &[(&[&str], Sign)] = &[
    (&["\\cup", "\\lor", "\\vee", "∪", "∨"], Sign::Or),
    (&["\\cap", "\\land", "\\wedge", "∩", "∧"], Sign::And),
    (&["\\setminus", "\\smallsetminus", "\\backslash", "∖"], Sign::Without),
];

/// Spellings of the complement behind an event.
const BEHIND: &[&str] = &[
    "^c",
    "^C",
    "^{c}",
    "^{C}",
    "^\\complement",
    "^{\\complement}",
    "^\\mathsf{c}",
    "^{\\mathsf{c}}",
    "^\\mathrm{c}",
    "^{\\mathrm{c}}",
];

/// Spellings of the complement before an event.
const BEFORE: &[&str] = &["\\neg", "\\lnot", "¬"];

/// Marks over an event that make it the complement.
const OVER: &[&str] = &["\\overline{", "\\bar{"];

#[derive(Clone, Copy, PartialEq)]
enum Sign {
    Or,
    And,
    Without,
}

/// The parts of a text between signs outside of brackets; `None` where the brackets do not match.
fn split<T>(text: &str, sign: impl Fn(&str) -> Option<(usize, T)>) -> Option<(Vec<&str>, Vec<T>)> {
    let (mut parts, mut signs) = (vec![], vec![]);
    let (mut depth, mut start, mut at) = (0_usize, 0, 0);
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        match sign(text.get(at..)?).filter(|_| depth == 0) {
            Some((taken, found)) => {
                parts.push(text.get(start..at)?);
                signs.push(found);
                at += taken;
                start = at;
            }
            None => at += c.len_utf8(),
        }
    }
    parts.push(text.get(start..)?);
    (depth == 0).then_some((parts, signs))
}

/// What stands between an opening and its closing mark, if that is all.
fn within<'t>(text: &'t str, open: &str, close: char) -> Option<&'t str> {
    let inner = text.strip_prefix(open)?.strip_suffix(close)?;
    let inner = if open == "\\{" { inner.strip_suffix('\\')? } else { inner };
    split(inner, |_| None::<(usize, ())>).map(|_| inner)
}

impl Event {
    /// Events between commas all happen. What mixes signs without brackets has no meaning.
    fn read(text: &str, equations: bool) -> Option<Event> {
        let (parts, _) = split(text, |rest| rest.starts_with(',').then_some((1, ())))?;
        let all: Vec<Event> = parts.into_iter().map(|p| Event::combined(p, equations)).collect::<Option<_>>()?;
        Some(if let [one] = all.as_slice() { one.clone() } else { Event::All(all) })
    }

    fn combined(text: &str, equations: bool) -> Option<Event> {
        let sign = |rest: &str| {
            SIGNS
                .iter()
                .find_map(|(names, sign)| names.iter().find(|n| rest.starts_with(**n)).map(|n| (n.len(), *sign)))
        };
        let (parts, signs) = split(text, sign)?;
        let events: Vec<Event> = parts.into_iter().map(|p| Event::one(p, equations)).collect::<Option<_>>()?;
        match (signs.as_slice(), events.as_slice()) {
            ([], [one]) => Some(one.clone()),
            ([Sign::Without], [a, b]) => Some(Event::All(vec![a.clone(), Event::Not(Box::new(b.clone()))])),
            _ if signs.iter().all(|s| *s == Sign::Or) => Some(Event::Any(events)),
            _ if signs.iter().all(|s| *s == Sign::And) => Some(Event::All(events)),
            _ => None,
        }
    }

    fn one(text: &str, equations: bool) -> Option<Event> {
        let not = |e: Event| Event::Not(Box::new(e));
        if let Some(rest) = BEHIND.iter().find_map(|mark| text.strip_suffix(mark)) {
            return Event::one(rest, equations).map(not);
        }
        if let Some(rest) = BEFORE.iter().find_map(|mark| text.strip_prefix(mark)) {
            return Event::one(rest, equations).map(not);
        }
        if let Some(inner) = OVER.iter().find_map(|mark| within(text, mark, '}')) {
            return Event::combined(inner, equations).map(not);
        }
        if let Some(inner) = within(text, "(", ')').or_else(|| within(text, "\\{", '}')) {
            return Event::combined(inner, equations);
        }
        if let Some(list) = comparisons(text, equations) {
            let all: Vec<Event> = list.iter().map(|(u, sign, v)| Event::compared(u, *sign, v)).collect();
            return Some(if let [one] = all.as_slice() { one.clone() } else { Event::All(all) });
        }
        match text {
            "" => None,
            "\\emptyset" | "\\varnothing" | "∅" => Some(Event::Any(vec![])),
            "\\Omega" | "Ω" => Some(Event::All(vec![])),
            _ if text.contains([';', '|', '…', '^']) || text.contains("dots") || text.contains("big") => None,
            _ => Some(Event::Of(text.to_owned())),
        }
    }

    fn compared(u: &str, sign: interval::Sign, v: &str) -> Event {
        let at_most = |u: &str, v: &str| Event::Of(at_most(u, v));
        let not = |e: Event| Event::Not(Box::new(e));
        let both = || Event::All(vec![at_most(u, v), at_most(v, u)]);
        match sign {
            interval::Sign::AtMost => at_most(u, v),
            interval::Sign::AtLeast => at_most(v, u),
            interval::Sign::Less => not(at_most(v, u)),
            interval::Sign::Greater => not(at_most(u, v)),
            interval::Sign::Equal => both(),
            interval::Sign::Not => not(both()),
        }
    }

    fn names(&self, out: &mut BTreeSet<String>) {
        match self {
            Event::Of(name) => drop(out.insert(name.clone())),
            Event::Not(e) => e.names(out),
            Event::All(list) | Event::Any(list) => list.iter().for_each(|e| e.names(out)),
        }
    }

    /// Whether it happens in a cell, by the names of the events that do there.
    fn happens(&self, cell: &BTreeSet<&String>) -> bool {
        match self {
            Event::Of(name) => cell.contains(name),
            Event::Not(e) => !e.happens(cell),
            Event::All(list) => list.iter().all(|e| e.happens(cell)),
            Event::Any(list) => list.iter().any(|e| e.happens(cell)),
        }
    }

    /// Whether it is more than events that happen together.
    fn is_composed(&self) -> bool {
        match self {
            Event::Of(_) => false,
            Event::All(list) => list.is_empty() || list.iter().any(Event::is_composed),
            Event::Not(_) | Event::Any(_) => true,
        }
    }
}

/// A probability of an event given another.
#[derive(Clone)]
struct Chance {
    measure: String,
    /// What stands in the brackets.
    text: String,
    of: Event,
    given: Option<(String, Event)>,
}

impl Chance {
    fn names(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        self.of.names(&mut names);
        self.given.iter().for_each(|(_, given)| given.names(&mut names));
        names
    }

    fn read(e: &Expr, equations: bool) -> Option<Chance> {
        let (measure, text) = match e.node() {
            Node::Sym(s) if s.sort.is_scalar() => {
                let (measure, rest) = s.name.split_once('(')?;
                (measure.to_owned(), rest.strip_suffix(')')?.to_owned())
            }
            Node::Call(f, args) => {
                let list: Vec<String> = args.iter().map(named).collect::<Option<_>>()?;
                (f.name.to_string(), list.join(","))
            }
            _ => return None,
        };
        if !is_measure(&measure) {
            return None;
        }
        let plain: String = text.replace("\\left", "").replace("\\right", "");
        let plain: String = plain.split_whitespace().collect();
        let (of, given) = match plain.split_once('|') {
            Some((of, given)) => (of, Some((given.to_owned(), Event::read(given, equations)?))),
            None => (plain.as_str(), None),
        };
        Some(Chance { measure, of: Event::read(of, equations)?, text: plain.clone(), given })
    }
}

/// A name or an entry of one, as it is written in the brackets of a probability.
fn named(e: &Expr) -> Option<String> {
    match e.node() {
        Node::Sym(s) => Some(s.name.to_string()),
        Node::App(f, args) if f.name == fun::INDEX => match args.as_slice() {
            [array, at] if at.as_int().is_some() || at.as_symbol().is_some() => {
                Some(format!("{}_{at}", array.as_symbol()?.name))
            }
            _ => None,
        },
        Node::App(f, _) if f.name == "empty_set" => Some("\\emptyset".to_owned()),
        Node::Call(f, args) if args.is_empty() => Some(f.name.trim_end_matches(crate::expr::NO_PLACE).to_owned()),
        _ => None,
    }
}

/// The relation as one of independent probabilities, if it is a law of the probabilities of events; `text` is what the notes
/// say.
pub(super) fn law(relation: &Expr, text: &Vocabulary) -> Option<Law> {
    let mut written = relation.clone();
    if text.says_any(FUNCTIONS) {
        let mut first = None;
        relation.any(&mut |x| {
            let found = x.as_symbol().and_then(|s| s.name.split_once('(')).filter(|(measure, _)| is_measure(measure));
            if let Some((measure, inner)) = found {
                let text: String = inner.trim_end_matches(')').split_whitespace().collect();
                let sides = comparisons(&text, true).into_iter().flatten().flat_map(|(u, _, v)| [u, v]);
                let variable = sides.into_iter().find(|v| v.chars().count() == 1 && v.chars().all(char::is_uppercase));
                first.get_or_insert((measure.to_owned(), variable));
            }
            false
        });
        let (measure, variable) = first.unwrap_or_else(|| ("P".to_owned(), Some("X".to_owned())));
        written = without_functions(relation, &measure, variable.as_deref());
    }
    let sets = text.says_any(SETS);
    of_events(&written, false, sets)
        .or_else(|| text.says_any(DENSITIES).then(|| of_events(&written, true, sets)).flatten())
}

/// The same, perhaps where no random variable has a single value with a positive probability (`continuous`), and where the
/// notes speak of events (`sets`), so that p(A) is the probability of one whichever letter p is.
fn of_events(relation: &Expr, continuous: bool, sets: bool) -> Option<Law> {
    let (premise, relation) = match relation.as_app("implies") {
        Some([premise, conclusion]) => (Some(included(premise)?), conclusion),
        _ => (None, relation),
    };
    let equation = match relation.node() {
        Node::App(f, _) if matches!(f.name, fun::EQ | "le" | "ge") => f.name == fun::EQ,
        _ => return None,
    };
    let read = |equations: bool| {
        let mut chances: Vec<Chance> = vec![];
        relation.any(&mut |x| {
            chances.extend(Chance::read(x, equations));
            false
        });
        chances
    };
    let mut chances = read(false);
    let intervals = chances.iter().any(|c| c.names().iter().any(|n| n.contains(" ≤ ")));
    if intervals {
        chances = read(true);
    }
    let first = chances.first()?;
    let (mut names, mut composed) = (BTreeSet::new(), false);
    for c in &chances {
        if c.measure != first.measure {
            return None;
        }
        names.extend(c.names());
        composed |= c.of.is_composed() || c.given.as_ref().is_some_and(|(_, given)| given.is_composed());
    }
    names.extend(premise.iter().flat_map(|(a, b)| [a.clone(), b.clone()]));
    let ends: Vec<(String, String)> = chances.iter().flat_map(|c| interval::ends(&c.text)).collect();
    let mut premises = interval::premises(&names, &ends, continuous);
    premises.extend(premise.map(|(a, b)| Premise::Included(a, b)));
    let known = match (intervals, continuous) {
        (false, _) => EVENTS,
        (true, false) => INTERVALS,
        (true, true) => CONTINUOUS,
    };
    // A density is not bounded by 1, and is none of sets.
    let capital = first.measure.contains('P') || sets && names.iter().all(|n| is_event(n));
    let of_events = composed || intervals && chances.len() > 1 || !equation && capital;
    if !of_events || names.len() > MOST {
        return None;
    }
    let cells = Cells::new(&names, &premises);
    let mut space = Space::default();
    let whole = cells.of(&Event::All(vec![]));
    space.quantity(&whole, &Expr::int(1));
    let mut facts = vec![];
    let name = |text: &str| Expr::real(&format!("{}({text})", first.measure));
    if !equation {
        for cell in cells.0.keys() {
            let one = Vector::from([(cell.clone(), Rational::one())]);
            let e = space.quantity(&one, &name(cell));
            facts.push(Expr::relate("ge", e, Expr::int(0)));
        }
    }
    for (text, given) in chances.iter().filter_map(|c| c.given.as_ref()) {
        let below = space.quantity(&cells.of(given), &name(text));
        if !equation {
            facts.push(Expr::relate("gt", below, Expr::int(0)));
        }
    }
    let written = relation.transform(&mut |x, _| {
        let c = Chance::read(x, intervals)?;
        let Some((text, given)) = c.given else { return Some(space.quantity(&cells.of(&c.of), &name(&c.text))) };
        let both = Event::All(vec![c.of, given.clone()]);
        let above = space.quantity(&cells.of(&both), &name(&c.text.replace('|', ",")));
        Some(above.over(&space.quantity(&cells.of(&given), &name(&text))))
    });
    let [l, r] = (if equation { written.as_app(fun::EQ) } else { None }).unwrap_or(&[]) else {
        return Law::of(written, facts, known);
    };
    // `F(x) = P(X ≤ x)` says what F is.
    let same = (composed || l != r) && is_identity(l, r);
    same.then_some(Law { relation: written, facts, known })
}

/// Whether it is a letter of an event, with or without an index: the later capital ones are random variables.
fn is_event(name: &str) -> bool {
    let letter = name.split('_').next().unwrap_or(name);
    letter.len() == 1 && letter.chars().all(|c| ('A'..='H').contains(&c))
}

/// `A ⊆ B` of two names.
fn included(premise: &Expr) -> Option<(String, String)> {
    match premise.as_app("subset")? {
        [a, b] => Some((named(a)?, named(b)?)),
        _ => None,
    }
}

/// The cells of a Venn diagram, by what happens there.
struct Cells<'a>(BTreeMap<String, BTreeSet<&'a String>>);

impl<'a> Cells<'a> {
    /// But for those that what is known of the events excludes.
    fn new(names: &'a BTreeSet<String>, premises: &[Premise]) -> Cells<'a> {
        let mut cells = vec![BTreeSet::new()];
        for name in names {
            let with = cells.iter().map(|c: &BTreeSet<&String>| c.iter().copied().chain([name]).collect());
            cells = with.collect::<Vec<_>>().into_iter().chain(cells.clone()).collect();
        }
        let outside = |c: &BTreeSet<&String>| premises.iter().any(|p| !p.holds(&|name| c.contains(name)));
        let shown = |c: &BTreeSet<&String>| {
            let part = |n: &String| if c.contains(n) { n.clone() } else { format!("{n}^c") };
            names.iter().map(part).collect::<Vec<_>>().join(" ∩ ")
        };
        Cells(cells.into_iter().filter(|c| !outside(c)).map(|c| (shown(&c), c)).collect())
    }

    fn of(&self, event: &Event) -> Vector {
        let happens = self.0.iter().filter(|(_, cell)| event.happens(cell));
        happens.map(|(name, _)| (name.clone(), Rational::one())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(text: &str) -> Expr {
        Expr::real(&format!("P({text})"))
    }

    fn is_law(sign: &str, left: Expr, right: Expr) -> bool {
        law(&Expr::relate(sign, left, right), &Vocabulary::new("")).is_some()
    }

    #[test]
    fn laws_of_two_and_three_events() {
        assert!(is_law("eq", p("A\\cupB"), p("A") + p("B") - p("A \\cap B")));
        assert!(is_law("eq", p("A^c"), Expr::int(1) - p("A")));
        assert!(is_law("eq", p("A\\setminusB"), p("A") - p("A, B")));
        assert!(is_law("eq", p("(A\\cupB)^c"), p("A^c\\cap\\overline{B}")));
        assert!(is_law("le", p("A\\cupB\\cupC"), p("A") + p("B") + p("C")));
        assert!(is_law("eq", p("B"), p("B | A") * p("A") + p("B | A^c") * p("A^c")));
        let pairs = p("A\\capB") + p("A\\capC") + p("B\\capC");
        assert!(is_law("eq", p("A\\cupB\\cupC"), p("A") + p("B") + p("C") - pairs + p("A\\capB\\capC")));
        assert!(is_law("le", p("A | B"), Expr::int(1)));
        assert!(is_law("ge", p("A\\capB"), p("A") + p("B") - Expr::int(1)));
    }

    #[test]
    fn what_does_not_follow_is_none() {
        assert!(!is_law("eq", p("A\\cupB"), p("A") + p("B")));
        assert!(!is_law("eq", p("A\\cupB"), p("A") + p("B") + p("A\\capB")));
        assert!(!is_law("ge", p("A\\cupB"), p("A") + p("B")));
        assert!(!is_law("eq", p("A\\capB"), p("A") * p("B")));
        assert!(!is_law("eq", p("A\\setminusB"), p("A") - p("B")));
        assert!(!is_law("le", p("A"), p("A\\capB")));
        assert!(!is_law("eq", p("B"), p("B | A") * p("A") + p("B | A^c") * p("A")));
        assert!(!is_law("eq", p("A | B^c"), Expr::int(1) - p("A | B")));
        assert!(!is_law("eq", p("A\\cupB\\capC"), p("A\\cupB\\capC") + Expr::int(0)), "no brackets");
        let density = Expr::real("p(x)");
        assert!(!is_law("le", density, Expr::int(1)));
    }
}
