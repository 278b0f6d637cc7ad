//! Formulas and annotations → lines of expressions without sorts, in document order.

use crate::expr::{Expr, Sort, Symbol};
use crate::notation::arrow::written_out;
use crate::notation::line::{Line, Placed, Prefix, lines};
use crate::notation::relation::{Role, SIGNS, Sign};
use crate::notation::tex::{self, Macros, Tex, TexKind};
use crate::notation::{Names, Problem, Reader, Spelt, is_dots};
use crate::read::directive::Adjective;
use crate::read::{Block, Document};
use crate::source::{Extract, Span};

/// Where a line comes from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Origin {
    /// A formula of the notes.
    Formula { display: bool },
    /// `let: …`, to the end of the section.
    Let { adjective: Option<&'static str> },
    /// `next: assume …`, for the next formula.
    Assume { adjective: Option<&'static str> },
    /// Words beside a name, to the end of the section or the next ones about it, or of a case up to a block.
    Told { adjective: Option<&'static str>, until: Option<usize> },
}

/// A line of a formula with its sides read.
#[derive(Clone)]
pub(crate) struct RawLine {
    pub(crate) origin: Origin,
    pub(crate) block: usize,
    pub(crate) chain: usize,
    /// Relations of the chain before this line.
    pub(crate) before: usize,
    /// The sides, decimals exact; the first one of a continued line is the last one before.
    pub(crate) sides: Vec<Expr>,
    /// The sides with decimals as printed.
    pub(crate) printed: Vec<Expr>,
    pub(crate) signs: Vec<Placed>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) prefix: Option<Prefix>,
    /// Conditions behind the line; `None`: there is one that was not understood.
    pub(crate) qualifiers: Vec<Option<Expr>>,
    /// Source spans of the sides; of a continued first side the empty span at the line's start.
    pub(crate) side_spans: Vec<Span>,
    pub(crate) span: Span,
    pub(crate) row_span: Span,
    /// Whether the formula has more than one row.
    pub(crate) rowed: bool,
    pub(crate) continued: bool,
    /// Its symbols have other shapes than those of the same names elsewhere: it is read by itself, and stays open.
    pub(crate) apart: bool,
}

/// The formula of each block, cut into lines.
pub(crate) struct Cut {
    pub(crate) block: usize,
    pub(crate) lines: Vec<Line>,
}

/// All formulas of a document as trees cut into lines.
pub(crate) fn cut(document: &Document, spelt: &Spelt) -> Vec<Cut> {
    let cut = |text: &str| cut_text(text, &document.macros, spelt);
    document.formulas().map(|(block, f)| Cut { block, lines: cut(&f.extract.text) }).collect()
}

/// The text of a formula cut into lines.
pub(super) fn cut_text(text: &str, macros: &Macros, spelt: &Spelt) -> Vec<Line> {
    lines(&spelt.joined(tex::parse_with(text, macros))).into_iter().map(written_out).collect()
}

/// A line of a formula, read.
pub(super) struct ReadLine {
    /// The sides with decimals as printed.
    pub(super) sides: Vec<Expr>,
    pub(super) signs: Vec<Placed>,
    side_spans: Vec<Span>,
    pub(super) problems: Vec<Problem>,
    pub(super) qualifiers: Vec<Option<Expr>>,
}

/// Reads a line of a formula's text; of a continued one the first side is the last one before.
pub(super) fn read_line(text: &str, line: &Line, first: Option<&Expr>, names: &Names, spans: Vec<Span>) -> ReadLine {
    let mut reader = Reader::new(names, text);
    let mut sides: Vec<Expr> = vec![];
    for (i, side) in line.sides.iter().enumerate() {
        match (first, i) {
            (Some(first), 0) => sides.push(first.clone()),
            _ => sides.push(read_side(&mut reader, line, i, side)),
        }
    }
    let qualifiers = line.qualifiers.iter().map(|q| qualifier(&mut reader, q)).collect();
    let (sides, signs, side_spans) = grouped(sides, line.signs.clone(), spans);
    ReadLine { sides, signs, side_spans, problems: reader.problems, qualifiers }
}

/// Reads every line of the cut formulas with the names that the survey found.
pub(crate) fn raw_lines(document: &Document, cuts: &[Cut], names: &Names) -> Vec<RawLine> {
    let mut out: Vec<RawLine> = vec![];
    let mut chain = 0;
    for cut in cuts {
        let Some(Block::Formula(formula)) = document.blocks.get(cut.block) else { continue };
        let rowed = cut.lines.iter().any(|l| l.row > 0);
        for (at, line) in cut.lines.iter().enumerate() {
            let joins = line.continues() && {
                // A display that begins with a relation goes on from the display before it.
                at > 0 || formula.display
            };
            let previous = if joins { previous(&out, cut.block, formula.display, document) } else { None };
            let continued = previous.is_some();
            let (number, before) = match &previous {
                Some((number, before, _)) => (*number, *before),
                None => {
                    chain += 1;
                    (chain, 0)
                }
            };
            let map = |s: Span| formula.extract.span_to_source(s);
            let spans: Vec<Span> = line
                .sides
                .iter()
                .map(|s| match s.iter().map(|n| n.span).reduce(Span::join) {
                    Some(span) => map(span),
                    None => Span::new(map(line.span).start, map(line.span).start),
                })
                .collect();
            let first = previous.as_ref().map(|(_, _, last)| last);
            let read = read_line(&formula.extract.text, line, first, names, spans);
            let ReadLine { sides, signs, side_spans, problems, qualifiers } = read;
            out.push(RawLine {
                origin: Origin::Formula { display: formula.display },
                block: cut.block,
                chain: number,
                before,
                sides: sides.iter().map(Expr::exact).collect(),
                printed: sides,
                signs,
                problems: problems.into_iter().map(|p| Problem { span: map(p.span), ..p }).collect(),
                prefix: line.prefix,
                qualifiers,
                side_spans,
                span: map(line.span),
                row_span: map(line.row_span),
                rowed,
                continued,
                apart: false,
            });
        }
    }
    out
}

/// `a < b ⇔ c < d` is one relation between two truth values, not a chain of three: the relations between connectives
/// become the sides. Lines without connectives stay as they are.
fn grouped(sides: Vec<Expr>, signs: Vec<Placed>, spans: Vec<Span>) -> (Vec<Expr>, Vec<Placed>, Vec<Span>) {
    let connective = |p: &Placed| p.sign.role == Role::Connective;
    let plain = |p: &Placed| matches!(p.sign.role, Role::Relation | Role::Defines) && !p.sign.name.is_empty();
    if !signs.iter().any(connective) || !signs.iter().all(|p| connective(p) || plain(p)) {
        return (sides, signs, spans);
    }
    let (mut truths, mut kept, mut wide) = (vec![], vec![], vec![]);
    let mut start = 0;
    for end in 0..sides.len() {
        if signs.get(end).is_some_and(|p| !connective(p)) {
            continue;
        }
        let links: Vec<Expr> = (start..end)
            .filter_map(|k| {
                Some(Expr::relate(signs.get(k)?.sign.name, sides.get(k)?.clone(), sides.get(k + 1)?.clone()))
            })
            .collect();
        truths.push(match links.as_slice() {
            [] => sides.get(start).cloned().unwrap_or_else(|| Expr::apply("true", vec![])),
            [one] => one.clone(),
            _ => Expr::apply("and", links),
        });
        wide.push(spans.get(start..=end).unwrap_or(&[]).iter().copied().reduce(Span::join).unwrap_or_default());
        kept.extend(signs.get(end).cloned());
        start = end + 1;
    }
    // `∧` binds closer than `∨`, and both closer than `⇒` and `⇔`, of which one stays a relation.
    for name in ["and", "or"] {
        if kept.len() > 1 {
            join(name, &mut truths, &mut kept, &mut wide);
        }
    }
    (truths, kept, wide)
}

/// Joins the truth values on both sides of a connective, the last sign excepted if it is the only one.
fn join(name: &'static str, truths: &mut Vec<Expr>, signs: &mut Vec<Placed>, spans: &mut Vec<Span>) {
    while let Some(k) = signs.iter().position(|p| p.sign.name == name).filter(|_| signs.len() > 1) {
        if k + 1 >= truths.len() || k + 1 >= spans.len() {
            return;
        }
        let right = truths.remove(k + 1);
        let span = spans.remove(k + 1);
        signs.remove(k);
        if let (Some(truth), Some(wide)) = (truths.get_mut(k), spans.get_mut(k)) {
            *truth = Expr::apply(name, vec![truth.clone(), right]);
            *wide = wide.join(span);
        }
    }
}

/// The right side of a membership is a set.
fn read_side(reader: &mut Reader, line: &Line, i: usize, side: &[Tex]) -> Expr {
    let member =
        i.checked_sub(1).and_then(|k| line.signs.get(k)).is_some_and(|s| matches!(s.sign.name, "member" | "subset"));
    if member { reader.set_of(side) } else { reader.expression(side) }
}

fn qualifier(reader: &mut Reader, nodes: &[Tex]) -> Option<Expr> {
    let problems = reader.problems.len();
    let fact = reader.condition(nodes);
    let understood = reader.problems.len() == problems;
    reader.problems.truncate(problems);
    fact.filter(|_| understood).map(|f| f.exact())
}

/// Chain number, relations so far, and last side of the line that a continued line goes on from.
fn previous(out: &[RawLine], block: usize, display: bool, document: &Document) -> Option<(usize, usize, Expr)> {
    let last = out.iter().rev().find(|l| match l.origin {
        Origin::Formula { display: d } => d == display || l.block == block,
        _ => false,
    })?;
    // No heading may lie between.
    let between = document.blocks.get(last.block..block).unwrap_or(&[]);
    if between.iter().any(|b| matches!(b, Block::Heading { .. }))
        || last.signs.iter().any(|s| s.sign.role == Role::Connective)
    {
        return None;
    }
    Some((last.chain, last.before + last.signs.len(), last.printed.last()?.clone()))
}

/// Reads the mathematics of an annotation as a line.
pub(crate) fn annotation(
    math: &Extract,
    adjective: Option<Adjective>,
    (names, macros): (&Names, &Macros),
    block: usize,
    next: bool,
) -> Vec<RawLine> {
    let adjective = adjective.map(|a| a.word());
    let origin = if next { Origin::Assume { adjective } } else { Origin::Let { adjective } };
    let nodes = tex::parse_with(&math.text, macros);
    lines(&nodes)
        .into_iter()
        .map(|line| {
            let mut reader = Reader::new(names, &math.text);
            let range = index_range(&mut reader, &line);
            let (sides, signs) = match range {
                Some((sides, sign)) => (sides, vec![Placed { sign, span: line.span }]),
                None => {
                    let read = |(i, s): (usize, &Vec<Tex>)| read_side(&mut reader, &line, i, s);
                    (line.sides.iter().enumerate().map(read).collect(), line.signs.clone())
                }
            };
            let sides = match adjective {
                Some("finite") => sides.iter().map(as_set).collect(),
                _ => sides,
            };
            let map = |s: Span| math.span_to_source(s);
            let qualifiers = line.qualifiers.iter().map(|q| qualifier(&mut reader, q)).collect();
            let spans = sides.iter().map(|_| map(line.span)).collect();
            let (sides, signs, side_spans) = grouped(sides, signs, spans);
            RawLine {
                origin: origin.clone(),
                block,
                chain: 0,
                before: 0,
                sides: sides.iter().map(Expr::exact).collect(),
                printed: sides,
                signs,
                problems: reader.problems.iter().map(|p| Problem { span: map(p.span), ..p.clone() }).collect(),
                prefix: None,
                qualifiers,
                side_spans,
                span: map(line.span),
                row_span: map(line.span),
                rowed: false,
                continued: false,
                apart: false,
            }
        })
        .collect()
}

fn as_set(e: &Expr) -> Expr {
    e.as_symbol().map_or_else(|| e.clone(), |s| Expr::sym(s.with_sort(Sort::Set)))
}

/// `i = 1, \dots, n` by itself: i is a member of that range.
fn index_range(reader: &mut Reader, line: &Line) -> Option<(Vec<Expr>, &'static Sign)> {
    let ([name, range], [equals]) = (line.sides.as_slice(), line.signs.as_slice()) else { return None };
    if equals.sign.name != "eq" || !range.iter().any(is_dots) {
        return None;
    }
    let equals = Tex::new(TexKind::Char('='), equals.span);
    let whole: Vec<Tex> = name.iter().chain([&equals]).chain(range).cloned().collect();
    let fact = reader.condition(&whole)?;
    let sign = SIGNS.iter().find(|s| s.name == "member")?;
    Some((fact.as_app("member")?.to_vec(), sign))
}

impl RawLine {
    /// Whether an arrow stands between relations, `1 = 2 \to 3 = 4`, and says what follows from what: behind a number it
    /// is no limit.
    pub(crate) fn is_implication(&self) -> bool {
        let relates = |list: &[Placed]| list.iter().any(|p| p.sign.role == Role::Relation);
        let number = |at: usize| self.sides.get(at).is_some_and(|s| s.symbols().is_empty() && !s.has_opaque());
        let arrows = self.signs.iter().enumerate().filter(|(at, p)| p.sign.role == Role::Arrow && number(*at));
        arrows.map(|(at, _)| self.signs.split_at(at)).any(|(before, behind)| relates(before) && relates(behind))
    }

    /// The relations as one truth value, for the shape inference.
    pub(crate) fn constraint(&self) -> Expr {
        let mut parts: Vec<Expr> = vec![];
        for (pair, placed) in self.sides.windows(2).zip(&self.signs) {
            if let [left, right] = pair {
                match placed.sign.role {
                    Role::Relation | Role::Defines => {
                        parts.push(Expr::relate(placed.sign.name, left.clone(), right.clone()))
                    }
                    _ => parts.extend([left.clone(), right.clone()]),
                }
            }
        }
        if parts.is_empty() {
            parts.extend(self.sides.iter().cloned());
        }
        parts.extend(self.qualifiers.iter().flatten().cloned());
        parts.extend(self.fact());
        Expr::apply("and", parts)
    }

    /// The property that an annotation's adjective states.
    pub(crate) fn fact(&self) -> Option<Expr> {
        let adjective = match self.origin {
            Origin::Let { adjective } | Origin::Assume { adjective } | Origin::Told { adjective, .. } => adjective?,
            Origin::Formula { .. } => return None,
        };
        let subject = self.sides.first()?.clone();
        // Named sets are finite: nothing is left to be said.
        if adjective == "finite" {
            return None;
        }
        let zero = Expr::int(0);
        Some(match adjective {
            "one-hot" => Expr::apply("one_hot", vec![subject]),
            "distribution" => Expr::apply("distribution", vec![subject]),
            "positive definite" => Expr::apply("positive_definite", vec![subject]),
            "positive semidefinite" => Expr::apply("positive_semidefinite", vec![subject]),
            "full column rank" => Expr::apply("full_column_rank", vec![subject]),
            "integer" => Expr::relate("member", subject, Expr::apply("integers", vec![])),
            "positive" => Expr::relate("gt", subject, zero),
            "nonnegative" => Expr::relate("ge", subject, zero),
            other => Expr::apply(other, vec![subject]),
        })
    }

    /// Gives every occurrence of a name at one version another version.
    pub(crate) fn bump(&mut self, name: &str, version: u32, to: u32) {
        let next = |e: &Expr| {
            e.transform(&mut |x, _| match x.node() {
                crate::expr::Node::Sym(s) if *s.name == *name && s.version == version => {
                    Some(Expr::sym(Symbol { version: to, ..s.clone() }))
                }
                crate::expr::Node::Call(s, args) if *s.name == *name && s.version == version => {
                    let symbol = Symbol { version: to, ..s.clone() };
                    Some(Expr::new(crate::expr::Node::Call(symbol, args.clone())))
                }
                _ => None,
            })
        };
        self.map(&mut |e| next(e));
    }

    /// Rebuilds its sides and qualifiers.
    pub(crate) fn map(&mut self, f: &mut dyn FnMut(&Expr) -> Expr) {
        self.sides = self.sides.iter().map(&mut *f).collect();
        self.printed = self.printed.iter().map(&mut *f).collect();
        self.qualifiers = self.qualifiers.iter().map(|q| q.as_ref().map(&mut *f)).collect();
    }
}
