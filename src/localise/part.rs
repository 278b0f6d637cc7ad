//! Where in a wrong line the slip is: the smallest part that, replaced by something simple, makes the line true.
//!
//! Each part is replaced by an unknown in the notes themselves, and these are read again; what would have to stand there
//! follows from the other lines of the derivation. The part that needs the simplest replacement is the slip's place.
//! Where several are as simple the part around them is shown, at last the whole line: a wide mark is no wrong mark.

use crate::algebra::facts::Facts;
use crate::claim::{Statement, Verdict};
use crate::elaborate::elaborate;
use crate::expr::{Expr, Node, Sort, Symbol, fun};
use crate::localise::clause::{Clause, clauses};
use crate::localise::hole::Hole;
use crate::notation::line::lines;
use crate::notation::tex::{Tex, parse};
use crate::read::read;
use crate::source::{Source, Span};
use crate::verdict::derives;

/// Letters that may stand for the unknown: the first that the notes don't use.
const LETTERS: &[&str] = &["\\varrho", "\\varsigma", "\\upsilon", "\\omicron"];

/// Readings of the notes for one statement.
const READINGS: usize = 60;

/// Longest statement and longest notes that are read again, in bytes.
const LONGEST: (usize, usize) = (1_500, 60_000);

/// Largest line that is taken apart, in nodes.
const LARGEST: u64 = 3_000;

/// What became of a statement: its verdict, and whether it was held against an earlier line than the one before.
pub type Outcome = (Verdict, bool);

/// The part of `statements[at]`, a refuted equation, that is wrong, as a place in the statement's text; `None` if it is
/// not known better than the whole.
pub fn part(source: &Source, statements: &[Statement], outcomes: &[Outcome], at: usize) -> Option<Span> {
    let wrong = statements.get(at)?;
    let text = wrong.latex.as_str();
    if text.len() > LONGEST.0 || source.text.len() > LONGEST.1 || source.slice(wrong.span) != text {
        return None;
    }
    let (left, right) = unfolded(wrong)?;
    if left.size().max(right.size()) > LARGEST {
        return None;
    }
    let letter = LETTERS.iter().find(|l| !source.text.contains(*l))?;
    let facts: Vec<Expr> = wrong.claim.iter().flat_map(|c| &c.givens).filter_map(|g| g.fact.clone()).collect();
    let facts = Facts::new(&facts);
    let unknown = Symbol::new(letter, Sort::Real);
    let hole = Hole { unknown: &unknown, facts: &facts };
    let others = agreeing(statements, outcomes, at);
    let (left_text, right_text) = sides(text, statements, at)?;
    let mut best: Option<(u64, Span)> = None;
    for (side, list) in [(Side::Right, right_text), (Side::Left, left_text)] {
        let targets = match side {
            Side::Right => others.clone(),
            Side::Left => wrong.sides.iter().map(|(_, r)| r).chain([&right]).cloned().collect(),
        };
        let mut search = Search { source, wrong, letter, hole: &hole, side, targets, left: READINGS };
        let Some(whole) = list.iter().map(|n| n.span).reduce(Span::join) else { continue };
        let Some(cost) = search.targets.iter().filter_map(|t| search.cost_of(t)).min() else { continue };
        let (span, cost) = search.descend(&list, whole, cost, 0);
        if span == whole && wrong.link.step == 1 {
            // Nothing says which of the two sides is meant.
            continue;
        }
        best = match best {
            Some((known, _)) if known < cost => best,
            Some((known, _)) if known == cost => None,
            _ => Some((cost, span)),
        };
        if side == Side::Right && wrong.link.step > 1 {
            break;
        }
    }
    let (_, span) = best?;
    (!span.range().is_empty()).then_some(span)
}

fn unfolded(s: &Statement) -> Option<(Expr, Expr)> {
    match s.claim.as_ref()?.unfolded.as_app(fun::EQ)? {
        [l, r] => Some((l.clone(), r.clone())),
        _ => None,
    }
}

/// Sides of the derivation that agree with its start, as read and with definitions put in.
fn agreeing(statements: &[Statement], outcomes: &[Outcome], at: usize) -> Vec<Expr> {
    let chain = statements.get(at).map(|s| s.link.chain);
    let mut out: Vec<Expr> = vec![];
    let (mut good, mut first) = (true, true);
    for (i, (s, (verdict, against))) in statements.iter().zip(outcomes).enumerate() {
        if Some(s.link.chain) != chain {
            continue;
        }
        let Some((left, right)) = unfolded(s) else {
            good = false;
            continue;
        };
        let read = s.sides.clone().unwrap_or((left.clone(), right.clone()));
        if first || (i == at && out.is_empty()) {
            out.extend([read.0, left]);
            first = false;
        }
        match verdict {
            Verdict::Proved | Verdict::Conditional | Verdict::Confirmed => {
                good |= *against;
                if good {
                    out.extend([read.1, right]);
                }
            }
            _ => good = false,
        }
    }
    out
}

/// The nodes of the left and right side of a statement in its text. Relations of one row share their text.
fn sides(text: &str, statements: &[Statement], at: usize) -> Option<(Vec<Tex>, Vec<Tex>)> {
    let wrong = statements.get(at)?;
    let before = statements.get(..at)?.iter().filter(|s| s.block == wrong.block && s.span == wrong.span).count();
    let lines = lines(&parse(text));
    let mut pairs = lines.into_iter().flat_map(|l| {
        let next: Vec<Vec<Tex>> = l.sides.iter().skip(1).cloned().collect();
        l.sides.into_iter().zip(next)
    });
    pairs.nth(before)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

struct Search<'a> {
    source: &'a Source,
    wrong: &'a Statement,
    letter: &'a str,
    hole: &'a Hole<'a>,
    side: Side,
    targets: Vec<Expr>,
    left: usize,
}

/// How simple what has to stand in a part's place is, and whether it is the opposite of what stands there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Cost {
    size: u64,
    opposite: bool,
}

impl Search<'_> {
    /// The smallest part of a list that needs a simpler replacement than the list, `cost`.
    fn descend(&mut self, list: &[Tex], whole: Span, cost: u64, depth: usize) -> (Span, u64) {
        let mut found = vec![];
        self.weigh(clauses(list), depth, &mut found);
        found.retain(|(c, _)| c.size < cost);
        found.sort_by_key(|(c, clause)| (c.size, clause.span.range().len()));
        let Some((best, clause)) = found.first().cloned() else { return (whole, cost) };
        let holds = |other: &Clause| other.span.start <= clause.span.start && clause.span.end <= other.span.end;
        if found.iter().skip(1).any(|(c, other)| c.size == best.size && !holds(other)) {
            return (whole, cost);
        }
        if best.opposite || depth > 12 {
            return (clause.span, best.size);
        }
        self.descend(&clause.list, clause.span, best.size, depth + 1)
    }

    /// The costs of parts; of one that can't be read alone those of its own parts.
    fn weigh(&mut self, parts: Vec<Clause>, depth: usize, found: &mut Vec<(Cost, Clause)>) {
        for part in parts {
            // Without looks left no part has a cost, and the parts of all parts would be walked.
            if self.left == 0 {
                return;
            }
            match self.cost(&part) {
                Some(cost) => found.push((cost, part)),
                None if depth < 12 => self.weigh(clauses(&part.list), depth + 1, found),
                None => {}
            }
        }
    }

    /// The cost of replacing a part; `None` if the notes can't be read with an unknown there.
    fn cost(&mut self, part: &Clause) -> Option<Cost> {
        self.left = self.left.checked_sub(1)?;
        let sign = if part.signed { "+" } else { "" };
        let text = self.wrong.latex.as_str();
        let (before, after) = (text.get(..part.span.start)?, text.get(part.span.end..)?);
        let statement = self.read(&format!("{before}{sign}{{{}}}{after}", self.letter))?;
        let own = [self.wrong.sides.clone(), unfolded(self.wrong)];
        let open = [statement.sides.clone(), unfolded(&statement)];
        let mut costs = vec![];
        for (own, open) in own.into_iter().zip(open).filter_map(|(a, b)| Some((self.of(a?), self.of(b?)))) {
            let Some(filling) = self.hole.filling(&open, &own) else { continue };
            for needed in self.targets.iter().filter_map(|t| self.hole.needed(&open, t)) {
                let Some(size) = self.cost_of(&needed) else { continue };
                let inverse = Some(-needed.clone());
                let sum = filling.clone() + needed;
                let opposite =
                    self.hole.simplest(&sum).is_some_and(|s| s.as_int() == Some(0)) || inverse == Some(filling.clone());
                costs.push(Cost { size, opposite });
            }
        }
        costs.into_iter().min()
    }

    fn of(&self, (left, right): (Expr, Expr)) -> Expr {
        if self.side == Side::Left { left } else { right }
    }

    /// The size of the simplest form; names of what the notes define elsewhere and derivatives say nothing.
    fn cost_of(&self, e: &Expr) -> Option<u64> {
        let says_nothing = |x: &Expr| {
            derives(x) || matches!(x.node(), Node::App(f, _) if matches!(f.name, "partial" | "prime" | "gradient"))
        };
        let defined = self.wrong.claim.iter().flat_map(|c| &c.definitions);
        let named = e.as_symbol().is_some_and(|s| defined.clone().any(|d| d.head.same(s)));
        if named {
            return None;
        }
        let simple = self.hole.simplest(e)?;
        (!simple.any(&mut |x| says_nothing(x))).then(|| simple.size())
    }

    /// The statement with another text.
    fn read(&self, latex: &str) -> Option<Statement> {
        let Span { start, end } = self.wrong.span;
        let text = format!("{}{latex}{}", self.source.text.get(..start)?, self.source.text.get(end..)?);
        let statements = elaborate(&read(Source::new(self.source.path.clone(), text))).statements;
        statements.into_iter().find(|s| s.id == self.wrong.id)
    }
}

#[cfg(test)]
mod tests {
    use crate::claim::Verdict;
    use crate::source::Source;
    use crate::{Options, check};

    /// What is marked in the refuted statements of these notes, without repairs that would say more.
    fn marked(text: &str) -> Vec<String> {
        let source = Source::new("notes.md", text);
        let result = check(source.clone(), &Options { repairs: false, ..Options::default() });
        let statements: Vec<_> = result.statements.iter().map(|j| j.statement.clone()).collect();
        let outcomes: Vec<_> =
            result.statements.iter().map(|j| (j.judgement.verdict, j.judgement.against.is_some())).collect();
        let refuted = outcomes.iter().enumerate().filter(|(_, o)| o.0 == Verdict::Refuted);
        let of = |at: usize| super::part(&source, &statements, &outcomes, at);
        refuted.map(|(at, _)| of(at).map_or("?".into(), |p| statements[at].latex[p.range()].to_owned())).collect()
    }

    fn of_claim(claim: &str) -> Vec<String> {
        marked(&format!("For all real $x$ and $y$\n\n$$\n{claim}\n$$\n"))
    }

    #[test]
    fn the_wrong_term_or_factor_is_marked() {
        assert_eq!(of_claim("(x + y)^2 = x^2 + 3xy + y^2"), ["3"]);
        assert_eq!(of_claim("(x - y)(x + y) = x^2 + y^2"), ["+ y^2"]);
        assert_eq!(of_claim("x^2 + y^2 + x = x^2 + y^2 + x + x y"), ["+ x y"]);
    }

    #[test]
    fn a_lost_term_marks_no_part_that_is_right() {
        assert_eq!(of_claim("(x + y)^2 = x^2 + y^2"), ["?"]);
    }

    #[test]
    fn lines_of_a_derivation_are_held_against_all_that_agree() {
        let text = "For all real $x$\n\n$$\n\\begin{aligned}\n(x + 2)^2 &= x^2 + 4x + 4 \\\\\n&= x^2 + 2x + 4 \\\\\n\
                    &= (x + 2)(x + 2)\n\\end{aligned}\n$$\n";
        assert_eq!(marked(text), ["2"]);
    }
}
