//! Sequences that begin before 1: under `\\sum_{k=0}^n a_k x^k` the first entry of a is `a_0`.
//!
//! Arrays begin at 1. The index of such an array is moved up wherever it stands, and moved down again where it is shown.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::algebra::canon::{constant_value, is_identity};
use crate::elaborate::raw::{Origin, RawLine};
use crate::expr::{Domain, Expr, Node, Sort, Symbol, fun};

/// A name in one of its versions.
type Name = (Arc<str>, u32);

/// How far before 1 an array may begin.
const FARTHEST: i64 = -3;

/// What stands in the notes of an array.
#[derive(Default)]
struct Uses {
    /// The least index that a bound variable takes, and the least number.
    run: Option<i64>,
    number: Option<i64>,
    /// It stands with several indices, or where an annotation says what it is.
    otherwise: bool,
    /// It stands without an index.
    whole: bool,
    /// So it does beside what runs over all of it: `\\theta^T x = \\sum_{i=0}^d \\theta_i x_i`.
    spelt_out: bool,
}

impl Uses {
    /// With those in one line.
    fn beside(&mut self, line: Uses) {
        let sooner = |old: Option<i64>, new: Option<i64>| old.into_iter().chain(new).min();
        let all = line.run.is_some_and(|run| run <= 0);
        self.otherwise |= line.otherwise || line.whole && !all && (line.run.is_some() || line.number.is_some());
        self.whole |= line.whole;
        self.spelt_out |= line.whole && all;
        self.run = sooner(self.run, line.run);
        self.number = sooner(self.number, line.number);
    }

    fn is_sequence(&self) -> bool {
        !self.otherwise && (!self.whole || self.spelt_out)
    }
}

/// The names of arrays that a bound variable takes to an index before 1.
pub(super) fn reaching(lines: &[RawLine]) -> BTreeSet<Arc<str>> {
    uses(lines).into_iter().filter(|(_, u)| u.run.is_some_and(|run| run <= 0)).map(|(name, _)| name.0).collect()
}

/// Gives arrays that still stand at an index before 1, and nowhere without their one index, but where it runs over all of
/// them, the entries that they have there; whether there are any.
pub(super) fn names(lines: &mut [RawLine]) -> bool {
    let mut starts: BTreeMap<Name, Start> = BTreeMap::new();
    for (name, u) in uses(lines) {
        let first = u.run.into_iter().chain(u.number).min();
        let Some(first) = first.filter(|first| (FARTHEST..=0).contains(first) && u.is_sequence()) else { continue };
        let runs = laws(lines, &name).map(|t| run_of(lines, &t)).fold(Run::default(), Run::beside);
        // What is said from a later index on gives no entry before it.
        if let Some(anchor) = anchor(lines, &name).filter(|_| runs.begins.is_none_or(|begins| begins <= first)) {
            starts.insert(name, Start { before: 1 - first, anchor, ends: runs.ends });
        }
    }
    if starts.is_empty() {
        return false;
    }
    for line in lines {
        line.map(&mut |e| {
            e.transform(&mut |x, _| {
                let (s, at) = entry(x)?;
                let start = starts.get(&name(s))?;
                if start.anchor.is_some() && at.as_int() == start.anchor {
                    return Some(own_name(s, at));
                }
                Some(Expr::sym(s.beginning(start.before as usize, start.ends)).index(vec![at.more_by(start.before)]))
            })
        });
    }
    true
}

/// Where an array begins.
struct Start {
    /// How many entries stand before the one at 1.
    before: i64,
    /// An entry by which a law gives all others, `p_t = p_0 (1 + r)^t`: it is a number of its own.
    anchor: Option<i64>,
    /// Whether the notes say where the index of such a law ends.
    ends: bool,
}

/// Where the notes say that a letter runs.
#[derive(Default)]
struct Run {
    /// The greatest number that it is said to begin at.
    begins: Option<i64>,
    ends: bool,
}

impl Run {
    fn beside(self, other: Run) -> Run {
        Run { begins: self.begins.max(other.begins), ends: self.ends || other.ends }
    }
}

/// The letters by which lines say what `x_t` is at every t; a recurrence says it of what comes behind its first members.
fn laws<'a>(lines: &'a [RawLine], array: &'a Name) -> impl Iterator<Item = Symbol> + 'a {
    let of = |e: &Expr| entry(e).filter(|(s, _)| name(s) == *array).map(|(_, at)| at.clone());
    lines.iter().flat_map(|l| l.sides.windows(2)).filter_map(move |pair| {
        let [left, right] = pair else { return None };
        let recurs = right.any(&mut |x| of(x).is_some_and(|at| at.as_int().is_none()));
        of(left)?.as_symbol().filter(|_| !recurs).cloned()
    })
}

/// `t \\ge 1`, `t = 0, 1, \\dots, T`
fn run_of(lines: &[RawLine], letter: &Symbol) -> Run {
    let mut run = Run::default();
    let is_it = |e: &Expr| e.as_symbol().is_some_and(|s| s.name == letter.name);
    for line in lines {
        line.constraint().any(&mut |e| {
            let Node::App(f, args) = e.node() else { return false };
            let (begins, ends) = match (f.name, args.as_slice()) {
                ("ge", [t, low]) | ("le", [low, t]) if is_it(t) => (low.as_int(), false),
                ("gt", [t, low]) | ("lt", [low, t]) if is_it(t) => (low.as_int().map(|low| low + 1), false),
                ("le" | "lt", [t, _]) | ("ge" | "gt", [_, t]) if is_it(t) => (None, true),
                ("member", [t, set]) if is_it(t) => match set.as_app("range_set") {
                    Some([low, high]) => (low.as_int(), high.as_app("infinity").is_none()),
                    _ => (None, set.as_app("set").is_some()),
                },
                _ => return false,
            };
            run = std::mem::take(&mut run).beside(Run { begins, ends });
            false
        });
    }
    run
}

fn uses(lines: &[RawLine]) -> BTreeMap<Name, Uses> {
    let mut uses: BTreeMap<Name, Uses> = BTreeMap::new();
    for line in lines {
        let annotated = matches!(line.origin, Origin::Let { .. } | Origin::Assume { .. });
        let mut walk = Walk { uses: BTreeMap::new(), ranges: vec![], annotated };
        walk.enter(&line.constraint());
        walk.uses.into_iter().for_each(|(name, here)| uses.entry(name).or_default().beside(here));
    }
    uses
}

/// `x_0` as a name of its own.
fn own_name(s: &Symbol, at: &Expr) -> Expr {
    Expr::sym(Symbol { name: format!("{}_{{{at}}}", s.name).into(), ..s.clone() })
}

fn name(s: &Symbol) -> Name {
    (s.name.clone(), s.version)
}

/// `x_t`: the array and its one index.
fn entry(e: &Expr) -> Option<(&Symbol, &Expr)> {
    let [array, at] = e.as_app(fun::INDEX)? else { return None };
    Some((array.as_symbol()?, at))
}

/// The entry by which the lines that say what `x_t` is at every t give it, if any; `None` if what they say of an entry before
/// 1 is not what another line says of it, so that there is more than one law.
fn anchor(lines: &[RawLine], array: &Name) -> Option<Option<i64>> {
    let of = |e: &Expr| entry(e).filter(|(s, _)| name(s) == *array).map(|(_, at)| at.clone());
    let pairs =
        || lines.iter().flat_map(|l| l.sides.windows(2)).filter_map(|pair| Some((of(pair.first()?)?, pair.get(1)?)));
    let mut anchor = None;
    for (t, right) in pairs() {
        let Some(t) = t.as_symbol() else { continue };
        let law = |at: i64| right.substituted(t, &Expr::int(at));
        let mut own: BTreeSet<Option<i64>> = BTreeSet::new();
        right.any(&mut |x| {
            own.extend(of(x).map(|at| at.as_int()));
            false
        });
        match own.into_iter().collect::<Vec<_>>().as_slice() {
            [] => {
                let said = pairs().filter_map(|(at, value)| Some((at.as_int().filter(|at| *at <= 0)?, value)));
                if !said.into_iter().all(|(at, value)| is_identity(&law(at), value)) {
                    return None;
                }
            }
            [Some(at)] => {
                // Of numbers.
                let itself = Expr::real("anchor");
                let kept = law(*at).transform(&mut |x, _| match x.node() {
                    Node::Sym(s) if s.sort == Sort::Unknown => Some(Expr::sym(s.with_sort(Sort::Real))),
                    _ => of(x).map(|_| itself.clone()),
                });
                if is_identity(&kept, &itself) && anchor.is_none_or(|known| known == *at) {
                    anchor = Some(*at);
                }
            }
            _ => {}
        }
    }
    Some(anchor)
}

/// The uses of arrays in a line.
struct Walk {
    uses: BTreeMap<Name, Uses>,
    /// The ends of the ranges of the bound variables that are in reach, the last one innermost.
    ranges: Vec<Option<(Expr, Expr)>>,
    annotated: bool,
}

impl Walk {
    fn enter(&mut self, e: &Expr) {
        if let Some((array, at)) = e.as_app(fun::INDEX).and_then(<[Expr]>::split_first)
            && let Some(s) = array.as_symbol()
        {
            let (least, number) = match at {
                [one] => (self.least(one), one.as_int()),
                _ => (None, None),
            };
            let known = self.uses.entry(name(s)).or_default();
            known.otherwise |= at.len() != 1 || self.annotated;
            let sooner = |old: Option<i64>, new: Option<i64>| old.into_iter().chain(new).min();
            known.number = sooner(known.number, number);
            known.run = sooner(known.run, least.filter(|_| number.is_none()));
            at.iter().for_each(|i| self.enter(i));
            return;
        }
        match e.node() {
            Node::Sym(s) => {
                let known = self.uses.entry(name(s)).or_default();
                known.whole = true;
                known.otherwise |= self.annotated;
            }
            Node::Bind { domain, body, .. } => {
                domain.parts().into_iter().for_each(|c| self.enter(c));
                self.ranges.push(match domain {
                    Domain::Range(low, high) => Some((low.clone(), high.clone())),
                    _ => None,
                });
                self.enter(body);
                self.ranges.pop();
            }
            _ => e.children().into_iter().for_each(|c| self.enter(c)),
        }
    }

    /// The least number that an index comes to at the ends of the ranges that it runs over.
    fn least(&self, index: &Expr) -> Option<i64> {
        let mut ends = vec![index.clone()];
        let mut ranges = self.ranges.iter().rev();
        while ends.iter().any(|e| !e.is_closed()) {
            let Some((low, high)) = ranges.next()? else { return None };
            ends = ends.iter().flat_map(|e| [e.instantiated(low), e.instantiated(high)]).collect();
            if ends.len() > 16 {
                return None;
            }
        }
        ends.iter().filter_map(|e| constant_value(e)?.to_i64()).min()
    }
}
