//! What formulas leave to the words around them: the base of logarithms, the unit of angles, a modulus of arithmetic, and
//! that letters commute. What a relation says without these words may not be what it says with them.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::algebra::eval::{Env, Point, evaluate};
use crate::claim::{APART, OWN_SIZES};
use crate::elaborate::build::Builder;
use crate::elaborate::commuting::{applied_under_norm, beside_unit, matrix_as_number, uncommuting, unordered};
use crate::elaborate::counted::{counted, raises};
use crate::elaborate::denied::begins;
use crate::elaborate::entrywise;
use crate::elaborate::inverse::undetermined;
use crate::elaborate::noncommuting::noncommuting;
use crate::elaborate::operation::{Operations, operations};
use crate::elaborate::percent::in_hundreds;
use crate::elaborate::prose::MODULAR;
use crate::elaborate::signs::signs;
use crate::elaborate::waiting::Pending;
use crate::elaborate::wording::{Wording, otherwise};
use crate::expr::{Binder, Expr, Node, Symbol, fun};
use crate::message::Message;
use crate::notation::Dependence;
use crate::notation::tex::parse_with;
use crate::read::{Block, Document};

/// Words by which logarithms have another base than e, wherever they stand in a section; and behind which a number is one
/// where the sentence speaks of logarithms.
const UNITS: &[&str] = &["decibel", "binary logarithm", "common logarithm", "비트", "상용로그"];
const BASES: &[&str] =
    &["base 2", "base two", "base-2", "base 10", "base ten", "base-10", "밑이 2", "밑이 10", "밑을 2"];
/// Words that say it of all logarithms of the notes; and by which they have others too.
const GENERAL: &[&str] = &["denote", "all log", "logarithms are", "throughout", "always", "모든 로그"];
const NATURAL: &[&str] = &["natural log", "nats", "자연로그"];
/// What stands in formulas by which they have.
const SIGNS: &[&str] =
    &["\\log_2", "\\log_{2}", "\\log_{10}", "\\text{bit", "\\mathrm{bit", "\\text{ bit", "\\mathrm{~bit"];
/// Words by which angles are no numbers of radians.
const DEGREES: &[&str] =
    &["in degrees", "to degrees", "degree mode", "degrees mode", "in degree measure", "도 단위", "육십분법"];
/// A derivative of nothing, without braces, but for its variable.
const DERIVATIONS: &[&str] = &["\\fracdd", "\\dfracdd", "\\frac\\partial\\partial", "\\partial_"];
/// How many blocks further on words of a section are looked for.
const REACH: usize = 60;
/// Functions of the table that are logarithms, or sums of multiples of some.
const LOGARITHMS: &[&str] = &["log", "xlogy", "entropy", "cross_entropy", "kl", "logsumexp"];
/// Functions that are linear in what they are of.
const LINEAR: &[&str] = &["expectation", "partial", "prime", "gradient", "trace", "sum", "transpose", fun::INDEX];
const ANGULAR: &[&str] = &["sin", "cos", "tan", "arcsin", "arccos", "arctan", "asin", "acos", "atan"];
/// Signs and words of arithmetic where other numbers are equal.
const RESIDUES: &[&str] =
    &["\\mathbbF_", "\\pmod", "\\bmod", "\\mathbbZ_", "\\mathbbZ/", "\\oplus", "\\mathbfZ_", "GF(", "\\mathrmGF"];

/// The sections of a document in which words say that logarithms have another base, and angles another unit.
#[derive(Debug, Default)]
pub(super) struct Understood {
    logarithms: BTreeSet<usize>,
    /// Whether the base of all is said.
    everywhere: bool,
    angles: bool,
    /// Whether a derivative of nothing, `\\frac{d}{dx}`, stands by itself, as what a letter is short for.
    derivation: bool,
    /// The letters that are short for one.
    derivations: BTreeSet<String>,
    /// The signs with a meaning of their own.
    operations: Operations,
    residues: BTreeSet<usize>,
    /// Letters that are counted by their superscripts.
    counted: BTreeSet<String>,
    /// All formulas without spaces and braces, with their sections.
    pub(super) formulas: Vec<(usize, String)>,
    /// What its lines say that quantities depend on, with their sections; read when it is first asked for.
    pub(super) dependences: OnceLock<Vec<(usize, Dependence)>>,
}

/// The text of a formula or of a name without spaces and braces.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '{' | '}')).collect()
}

/// What the words of a document leave to be understood.
pub(super) fn understood(document: &Document) -> Understood {
    let mut out = Understood::default();
    let speaks = |i: Option<usize>| {
        let text = i.and_then(|i| document.blocks.get(i)).map_or("", |b| document.source.slice(b.span()));
        let text = text.to_lowercase();
        ["log", "로그"].iter().any(|w| text.contains(w))
    };
    for (i, block) in document.blocks.iter().enumerate() {
        match block {
            Block::Prose(p) => {
                let text = p.text.to_lowercase();
                let number = || {
                    let next = document.blocks.get(i + 1).map_or("", |b| document.source.slice(b.span()));
                    text.trim_end().ends_with("base") && matches!(next.trim_matches('$').trim(), "2" | "10" | "b" | "a")
                };
                let near = || speaks(Some(i)) || speaks(i.checked_sub(1)) || speaks(i.checked_sub(2));
                let based = BASES.iter().any(|w| text.contains(w)) || number();
                let bits = text.split(|c: char| !c.is_alphanumeric()).any(|w| w == "bits");
                if bits || UNITS.iter().any(|w| text.contains(w)) || based && near() {
                    out.logarithms.insert(p.section);
                    out.everywhere |= GENERAL.iter().any(|w| text.contains(w));
                }
                out.angles |= DEGREES.iter().any(|w| text.contains(w));
                if MODULAR.iter().any(|w| text.contains(w)) {
                    out.residues.insert(p.section);
                }
            }
            Block::Formula(f) => {
                let text = f.extract.text.as_str();
                let bare = plain(text);
                let (name, value) = bare.split_once('=').unwrap_or(("", &bare));
                if DERIVATIONS.iter().any(|d| value.split_once(d).is_some_and(|(_, x)| x.chars().count() == 1)) {
                    out.derivation |= name.is_empty();
                    out.derivations.insert(name.trim_end_matches(':').to_owned());
                }
                if SIGNS.iter().any(|w| text.contains(w)) {
                    out.logarithms.insert(f.section);
                }
                if RESIDUES.iter().any(|w| bare.contains(w)) {
                    out.residues.insert(f.section);
                }
                out.formulas.push((f.section, bare));
            }
            _ => {}
        }
    }
    out.operations = operations(document);
    out.counted = counted(document);
    let source = document.source.text.to_lowercase();
    out.everywhere &= !NATURAL.iter().any(|w| source.contains(w));
    out
}

impl Builder<'_> {
    /// Why a claim is neither proved nor refuted: it is another one with what the words say of it.
    pub(super) fn left_to_words(&self, p: &Pending, unfolded: Option<&Expr>) -> Option<Message> {
        let s = self.statements.get(p.statement)?;
        if let Some(member) = self.depends_on_member(&p.relation, &p.definitions, s.block) {
            return Some(Message::new("reason-member").with("symbol", Expr::sym(member)));
        }
        if in_hundreds(&p.relation, &s.latex) {
            return Some(Message::new("reason-own-sign").with("sign", "\\%"));
        }
        if let Some(inverse) = undetermined(&p.relation, &p.definitions) {
            return Some(Message::new("reason-not-defined").with("symbol", inverse));
        }
        let apart = s.claim.as_ref().is_some_and(|c| c.open.as_ref().is_some_and(|m| m.key == APART));
        if let Some(name) = apart.then(|| self.matrix_as_number(&p.relation)).flatten() {
            return Some(Message::new("reason-uncommuting").with("symbol", name));
        }
        let blocks = ["matrix}", "array}"].iter().any(|env| s.latex.contains(env));
        if apart && !blocks && is_declared_otherwise(p) {
            return Some(Message::new(APART));
        }
        if let Some(array) = without_sizes(p) {
            return Some(Message::new(OWN_SIZES).with("symbol", Expr::sym(array)));
        }
        let each = || [Some(&p.relation), unfolded].into_iter().flatten();
        let reaches = |at: usize| at <= s.block || self.is_behind(s.block, at);
        if let Some((name, noun)) = each().filter_map(|e| unordered(&self.called, e, &reaches)).next() {
            return Some(Message::new("reason-unordered").with("symbol", name).with("noun", noun));
        }
        let around = self.document.before(s.block).into_iter().chain(self.document.after(s.block));
        let near = around.map(|p| p.text.to_lowercase()).collect::<Vec<_>>().join(" ");
        if let Some(message) = each().find_map(|e| entrywise::unclear(e, &s.latex, self.document, &near)) {
            return Some(message);
        }
        if self.has_annotations {
            return None;
        }
        if let Some(name) = raises(&parse_with(&s.latex, &self.document.macros), &self.understood.counted, 0) {
            return Some(Message::new("reason-counted").with("symbol", name));
        }
        let is_number = |s: &Symbol| {
            // An element of a set that only has a name may be anything.
            let of_name =
                |f: &Expr| f.as_app("member").is_some_and(|a| a.get(1).is_some_and(|set| set.as_symbol().is_some()));
            p.givens.iter().any(|g| g.fact.as_ref().is_some_and(|f| f.mentions(s) && !of_name(f)))
                || !p.definitions.of(s).is_empty()
        };
        let open = |e: &Expr| {
            uncommuting(e, &self.vocabulary, &near, &is_number).or_else(|| beside_unit(e, &is_number)).or_else(|| {
                noncommuting(e, &s.latex, [&self.vocabulary, self.words_of(self.section(s.block))], &is_number)
            })
        };
        if let Some(name) = each().filter_map(open).next().or_else(|| each().find_map(applied_under_norm)) {
            return Some(Message::new("reason-uncommuting").with("symbol", name));
        }
        let written = signs(&s.latex);
        let (around, beside) = (|| self.words_around(s.block), || self.beside(s.block));
        let last = unfolded.unwrap_or(&p.relation);
        let words =
            Wording { signs: &written, relation: last, near: &around, beside: &beside, words: &self.vocabulary };
        if let Some(sign) = self.understood.operations.own(&s.latex, &reaches).or_else(|| otherwise(&words)) {
            return Some(Message::new("reason-own-sign").with("sign", sign));
        }
        if let Some(name) =
            last.symbols().iter().find(|s| self.understood.derivations.contains(&s.name.replace(['{', '}'], "")))
        {
            return Some(
                Message::new("reason-unordered").with("symbol", name.name.to_string()).with("noun", "operator"),
            );
        }
        // `D(uv) = u Dv + v Du`
        let operates = |e: &Expr| e.symbols().iter().any(|s| &*s.name == "D" && s.sort.is_scalar());
        if operates(&p.relation)
            && (near.contains("derivative") || near.contains("differenti") || self.understood.derivation)
        {
            return Some(Message::new("reason-unordered").with("symbol", "D").with("noun", "operator"));
        }
        let reach = self.document.sections_of(self.section(s.block));
        let within = |sections: &BTreeSet<usize>| reach.iter().any(|at| sections.contains(at));
        let natural = !has_plain_logarithm(&s.latex) && (s.latex.contains("\\ln") || s.latex.contains("\\log"));
        let based = self.understood.everywhere || within(&self.understood.logarithms);
        if based && !natural && has(last, LOGARITHMS) && weight(last).is_none() && !is_far_off(last) {
            return Some(Message::new("reason-another-base"));
        }
        let written = s.latex.contains("circ") || s.latex.contains('°');
        if self.understood.angles && !written && has(last, ANGULAR) && depends_on_unit(last) {
            return Some(Message::new("reason-degrees"));
        }
        // In arithmetic with a modulus a number may be another one.
        let unequal = last.as_app("ne").is_some() && last.symbols().is_empty() && within(&self.understood.residues);
        unequal.then(|| Message::new("reason-word").with("word", "mod"))
    }

    /// A name that a line which only fits by itself takes for a number that commutes, a matrix in what is given or stated.
    fn matrix_as_number(&self, relation: &Expr) -> Option<String> {
        let given = self.givens.iter().filter_map(|(_, g)| g.fact.as_ref());
        let stated = self.statements.iter().filter_map(|s| s.sides.as_ref()).flat_map(|(l, r)| [l, r]);
        let symbols = given.chain(stated).flat_map(Expr::symbols);
        let matrices: BTreeSet<String> =
            symbols.filter(|s| s.sort.sizes().len() == 2).map(|s| s.name.to_string()).collect();
        matrix_as_number(relation, &|name| matrices.contains(name))
    }

    /// The blocks of the section of a block before it, and those next to it.
    fn around(&self, block: usize) -> impl Iterator<Item = &Block> {
        let section = self.section(block);
        let near = block.saturating_sub(REACH)..block + 4;
        self.document.blocks.get(near.start..near.end.min(self.document.blocks.len())).into_iter().flatten().filter(
            move |b| match b {
                Block::Formula(f) => f.section == section,
                Block::Prose(p) => p.section == section,
                _ => false,
            },
        )
    }

    /// The words of its section before a block, and those next to it.
    fn words_around(&self, block: usize) -> String {
        let words =
            self.around(block).filter_map(|b| if let Block::Prose(p) = b { Some(p.text.to_lowercase()) } else { None });
        words.collect::<Vec<_>>().join(" ")
    }

    /// The formulas of its section before a block, and those next to it.
    fn beside(&self, block: usize) -> Vec<Vec<String>> {
        let formulas = self.around(block).filter_map(|b| if let Block::Formula(f) = b { Some(f) } else { None });
        formulas.map(|f| signs(&f.extract.text)).collect()
    }

    /// Whether numbers may stand for their residues in the section of a block.
    pub(super) fn residues(&self, block: usize) -> Option<&'static str> {
        let section = self.section(block);
        self.understood.residues.contains(&section).then_some("mod")
    }

    /// Whether what stands behind a formula still speaks of it: in its paragraph, or in the one behind a display.
    fn is_behind(&self, block: usize, at: usize) -> bool {
        let paragraph = |i: usize| match self.document.blocks.get(i) {
            Some(Block::Formula(f)) => Some((f.paragraph, f.display)),
            _ => None,
        };
        match (paragraph(block), paragraph(at)) {
            (Some((own, display)), Some((other, _))) => other == own || display && other == own + 1,
            _ => false,
        }
    }
}

/// Whether a logarithm stands in a formula that names no base.
fn has_plain_logarithm(latex: &str) -> bool {
    let plain =
        |rest: &str| !rest.trim_start().starts_with('_') && !rest.starts_with(|c: char| c.is_ascii_alphabetic());
    latex.match_indices("\\log").any(|(at, sign)| latex.get(at + sign.len()..).is_some_and(plain))
}

fn has(e: &Expr, functions: &[&str]) -> bool {
    e.any(&mut |x| matches!(x.node(), Node::App(f, _) if functions.contains(&f.name)))
}

/// The power to which a change of the base multiplies an expression: of a logarithm 1, of a number 0.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Weight {
    /// Zero has every one, and so has a name for the other side.
    Any,
    Of(i64),
}

/// Whether both sides of an equation are numbers that are far from each other: whether another base mends it is looked at
/// where it is refuted.
fn is_far_off(relation: &Expr) -> bool {
    let number = |e: &Expr| {
        let closed = e.symbols().is_empty() && e.is_closed();
        closed.then(|| evaluate::<f64>(e, &Env::at(&Point::new()), &mut FUEL.clone()).scalar().copied()).flatten()
    };
    match relation.as_app(fun::EQ) {
        Some([l, r]) => number(l).zip(number(r)).is_some_and(|(l, r)| (l - r).abs() > 0.01 * l.abs().max(r.abs())),
        _ => false,
    }
}

/// Fuel for one evaluation.
const FUEL: u64 = 10_000;

/// The power by which an expression, or both sides of a relation, depend on the base of logarithms; `None` if they do in
/// no such way, so that the relation may hold for one base alone.
fn weight(e: &Expr) -> Option<Weight> {
    const NONE: Option<Weight> = Some(Weight::Of(0));
    let free = |e: &Expr| matches!(weight(e), Some(Weight::Of(0) | Weight::Any));
    match e.node() {
        Node::Num(_) if e.as_int() == Some(0) => Some(Weight::Any),
        Node::App(f, args) if fun::is_relation(f.name) => {
            common(args.iter().map(|a| if a.as_symbol().is_some() { Some(Weight::Any) } else { weight(a) }))
        }
        Node::App(f, args) if LOGARITHMS.contains(&f.name) => args.iter().all(free).then_some(Weight::Of(1)),
        Node::App(f, args) if f.name == fun::ADD => common(args.iter().map(weight)),
        Node::App(f, args) if f.name == fun::MUL => args.iter().map(weight).try_fold(Weight::Of(0), |a, b| {
            Some(match (a, b?) {
                (Weight::Of(a), Weight::Of(b)) => Weight::Of(a + b),
                _ => Weight::Any,
            })
        }),
        Node::App(f, args) if f.name == fun::POW => match args.as_slice() {
            [base, n] if n.as_int().is_some() => match (weight(base)?, n.as_int()?) {
                (Weight::Of(a), n) => a.checked_mul(n).map(Weight::Of),
                (Weight::Any, _) => Some(Weight::Any),
            },
            _ => args.iter().all(free).then_some(Weight::Of(0)),
        },
        Node::App(f, args) if LINEAR.contains(&f.name) => {
            let (first, rest) = args.split_first()?;
            if rest.iter().all(free) { weight(first) } else { None }
        }
        Node::App(f, args) if matches!(f.name, "abs" | "max" | "min") => common(args.iter().map(weight)),
        // Entropies, divergences and informations are in the unit of the logarithms.
        Node::Call(f, args) if args.iter().all(free) => {
            let name = f.name.trim_start_matches(['\\', '(', '{']);
            let name = ["mathrm{", "mathbb{", "mathcal{", "operatorname{", "text{"]
                .iter()
                .find_map(|w| name.strip_prefix(w))
                .unwrap_or(name);
            let unit = ["H", "h", "I", "D", "KL"].iter().any(|w| begins(name, w));
            Some(Weight::Of(i64::from(unit)))
        }
        Node::Bind { binder, body, .. } => match binder {
            Binder::Product | Binder::ArgMax | Binder::ArgMin => free(body).then_some(Weight::Of(0)),
            _ => weight(body),
        },
        Node::Array { entries, .. } => common(entries.iter().map(weight)),
        _ => {
            if e.children().into_iter().all(free) {
                NONE
            } else {
                None
            }
        }
    }
}

fn common(weights: impl Iterator<Item = Option<Weight>>) -> Option<Weight> {
    let mut out = Weight::Any;
    for w in weights {
        match (out, w?) {
            (Weight::Of(a), Weight::Of(b)) if a != b => return None,
            (Weight::Any, w) => out = w,
            _ => {}
        }
    }
    Some(out)
}

/// Whether a relation is another one where angles are not in radians: an angle is a number in it, stands beside functions
/// of angles, or something is differentiated by one.
fn depends_on_unit(e: &Expr) -> bool {
    let (mut within, mut plain) = (BTreeSet::new(), false);
    e.any(&mut |x| {
        if let Node::App(f, args) = x.node()
            && ANGULAR.contains(&f.name)
        {
            plain |= f.name.starts_with('a') || args.iter().any(|a| !is_multiple(a));
            within.extend(args.iter().flat_map(Expr::symbols));
        }
        plain |= matches!(x.node(), Node::Bind { binder: Binder::Derivative | Binder::Integral | Binder::Limit, .. });
        plain |= matches!(x.node(), Node::App(f, _) if matches!(f.name, "partial" | "prime" | "gradient"));
        false
    });
    plain || within.iter().any(|s| stands_outside(e, s))
}

/// A sum of multiples of letters, and no number.
fn is_multiple(angle: &Expr) -> bool {
    let factor = |e: &Expr| e.as_num().is_some() || e.as_symbol().is_some();
    match angle.node() {
        Node::Sym(_) => true,
        Node::Num(_) => angle.as_int() == Some(0),
        Node::App(f, args) if f.name == fun::ADD => args.iter().all(is_multiple),
        Node::App(f, args) if f.name == fun::MUL => {
            args.iter().all(factor) && args.iter().any(|a| a.as_symbol().is_some())
        }
        _ => false,
    }
}

/// Whether a symbol stands elsewhere than in functions of angles.
fn stands_outside(e: &Expr, symbol: &Symbol) -> bool {
    match e.node() {
        Node::App(f, _) if ANGULAR.contains(&f.name) => false,
        Node::Sym(s) => s.same(symbol),
        _ => e.children().into_iter().any(|c| stands_outside(c, symbol)),
    }
}

/// The arrays that givens say the sizes of.
fn sized(p: &Pending) -> impl Iterator<Item = &Symbol> {
    p.givens.iter().filter_map(|g| {
        let [x, set] = g.fact.as_ref()?.as_app("member")? else { return None };
        set.as_app("real_space").and_then(|_| x.as_symbol())
    })
}

/// Whether a line that fits only by itself is about an array whose sizes the notes say: it contradicts them.
fn is_declared_otherwise(p: &Pending) -> bool {
    let names: Vec<_> = p.relation.symbols().into_iter().map(|s| s.name).collect();
    sized(p).any(|s| names.contains(&s.name))
}

/// An array of which nothing but a line `C ∈ ℝᵖˣᵐ` says which sizes it has: that line fixes them, and is not tested.
fn without_sizes(p: &Pending) -> Option<Symbol> {
    let [x, set] = p.relation.as_app("member")? else { return None };
    set.as_app("real_space")?;
    x.symbols().into_iter().find(|s| !s.sort.is_scalar() && sized(p).all(|known| known != s))
}
