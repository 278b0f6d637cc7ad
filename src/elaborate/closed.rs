//! Whether a claim is closed: only then may it be refuted (design §2: false alarms are worse than misses).
//!
//! Each rule gives the reason that keeps a claim open. None of them keeps anything from being proved.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::{Claim, Definition, Kind, Statement};
use crate::elaborate::build::Builder;
use crate::elaborate::called::{Called, Thing};
use crate::elaborate::case::is_affine;
use crate::elaborate::content::{outer_atoms, size_names};
use crate::elaborate::definitions::{Definitions, is_value, renames};
use crate::elaborate::doubt::{doubtful, is_weight, may_add_up, sized, uncounted};
use crate::elaborate::form::is_law_of_numbers;
use crate::elaborate::prose::ARRAY_WORDS;
use crate::elaborate::unfold::unfold;
use crate::expr::{Binder, Domain, Expr, Node, Symbol, fun};
use crate::message::Message;
use crate::read::Block;

/// Blocks (formulas and prose) that a value given to a symbol for an example reaches.
const EXAMPLE: usize = 8;

/// Why a claim is open if one of its symbols has several definitions: with the symbol's name and their number.
pub const SEVERAL_DEFINITIONS: &str = "reason-several-definitions";

/// A relation of the notes: its derivation, its block, what it says, its symbols.
type Said = (usize, usize, Expr, Vec<Symbol>);

/// Words of titles of sections whose equations hold up to small terms.
const APPROXIMATING: &[&str] = &["approximation", "small angle", "small-angle", "linearis", "lineariz", "근사"];

/// Words by which an equation of one letter is to be solved.
const SOLVING: &[&str] = &[
    "solve",
    "solving",
    "solution",
    "root",
    "fixed point",
    "the equation",
    "transcendental",
    "newton's method",
    "to zero",
    "intersect",
    "satisf",
    "방정식",
    "근을",
    "해를",
    "풀",
    "교점",
    "만족",
];

/// Whether it says where a letter lies: `δ ∈ (0, 1)`, `n > 1`.
fn restricts(relation: &Expr) -> bool {
    match relation.node() {
        Node::App(f, args) if matches!(f.name, "lt" | "le" | "gt" | "ge") => {
            args.iter().any(|x| x.as_symbol().is_some()) && args.iter().any(|x| x.as_num().is_some())
        }
        Node::App(f, args) if f.name == "member" => args.first().is_some_and(|x| x.as_symbol().is_some()),
        _ => false,
    }
}

/// Whether it says what number a letter is.
fn is_of_value(relation: &Expr) -> bool {
    matches!(relation.as_app(fun::EQ), Some([l, r]) if l.as_symbol().is_some() && r.symbols().is_empty() && r.is_closed())
}

impl Builder<'_> {
    /// Gives each claim what the definitions, givens and cases of its section say about its symbols alone. Other lines
    /// of its derivation are left out: they are judged against each other.
    pub(super) fn contexts(&mut self) {
        let mut said: BTreeMap<usize, Vec<Said>> = BTreeMap::new();
        for s in &self.statements {
            let Some((left, right)) = &s.sides else { continue };
            let Some(name) = crate::notation::relation::name_of(&s.relation) else { continue };
            // What is to be shown itself restricts nothing.
            if s.problem.is_none() && (s.kind != Kind::Claim || s.otherwise.is_some()) {
                let relation = Expr::relate(name, left.clone(), right.clone());
                let unfolded = unfold(&relation, &self.definitions).ok().map(|u| u.expr).filter(|e| *e != relation);
                let own = said.entry(self.section(s.block)).or_default();
                for form in unfolded.into_iter().chain([relation]) {
                    let symbols: Vec<Symbol> = form.symbols().into_iter().collect();
                    if !symbols.is_empty() {
                        own.push((s.link.chain, s.block, form, symbols));
                    }
                }
            }
        }
        for i in 0..self.statements.len() {
            let Some(s) = self.statements.get(i) else { continue };
            let (chain, section, block) = (s.link.chain, self.section(s.block), s.block);
            let Some(own) = s.claim.as_ref().map(|c| c.unfolded.symbols()) else { continue };
            let restricted = |symbols: &[Symbol]| {
                let here = said.get(&section).into_iter().flatten();
                here.filter(|(.., e, _)| restricts(e)).any(|(.., old)| old.iter().any(|x| symbols.contains(x)))
            };
            let concerned = |symbols: &[Symbol]| symbols.iter().all(|x| own.iter().any(|y| y.same(x)));
            let others = said.get(&section).into_iter().flatten();
            let law = s.claim.as_ref().is_some_and(|c| is_law_of_numbers(&c.unfolded));
            let example =
                |at: usize, e: &Expr| is_of_value(e) && (law && at > block || self.is_later_example(at, block));
            let near = others.filter(|(c, at, e, symbols)| *c != chain && concerned(symbols) && !example(*at, e));
            // A letter whose range another section says has it here too, for all that is known.
            let elsewhere = said.iter().filter(|(at, _)| **at != section).flat_map(|(_, all)| all);
            let elsewhere =
                elsewhere.filter(|(.., e, symbols)| restricts(e) && concerned(symbols) && !restricted(symbols));
            let context: Vec<Expr> = near.chain(elsewhere).map(|(.., e, _)| e.clone()).collect();
            let Some(claim) = self.statements.get_mut(i).and_then(|s| s.claim.as_mut()) else { continue };
            claim.context = context;
            let claim = claim.clone();
            let meant = self.meant(&claim, block);
            if let Some(claim) = self.statements.get_mut(i).and_then(|s| s.claim.as_mut()) {
                claim.context.extend(meant);
            }
        }
    }

    /// Why the claim must not be refuted; `None` if it is closed.
    pub(super) fn left_open(&self, claim: &Claim, definitions: &Definitions, block: usize) -> Option<Message> {
        let unknown = |x: &Expr| Message::new("reason-unknown-symbol").with("symbol", x);
        let of = |key: &'static str, symbol: &Symbol| Message::new(key).with("symbol", Expr::sym(symbol.clone()));
        let context = |symbol: &Symbol, what: &str| {
            Message::new("reason-context").with("symbol", Expr::sym(symbol.clone())).with("what", what)
        };
        if let Some(x) = self.unknown_symbol(claim, definitions, block).or_else(|| instance(claim)) {
            return Some(unknown(&x));
        }
        if let Some(word) = self.residues(block).or_else(|| self.refused(block).filter(|_| !self.has_annotations)) {
            return Some(Message::new("reason-word").with("word", word));
        }
        if let Some(word) = self.word_in(block) {
            return Some(Message::new("reason-unknown-symbol").with("symbol", word));
        }
        let mentioned = claim.unfolded.symbols();
        // Defined, yet free: its definition leads back to it. Under a derivative the variable stays free.
        let derives = claim.unfolded.any(&mut |x| matches!(x.node(), Node::Bind { binder: Binder::Derivative, .. }));
        if let Some(s) = mentioned.iter().find(|s| !derives && !definitions.of(s).is_empty()) {
            return Some(of("reason-circular", s));
        }
        if let Some(s) = self.complementary(&mentioned, definitions, block) {
            return Some(of("reason-told", &s));
        }
        let reach = self.document.sections_of(self.section(block));
        let about = |s: &&Symbol| self.is_unread(s, claim, &reach);
        // What is a law by its form is one whatever else is said of its letters.
        if let Some(s) = mentioned.iter().find(about).filter(|_| !is_law_of_numbers(&claim.unfolded)) {
            return Some(of("reason-beside-unread", s));
        }
        let of_many = |d: &&Definition| {
            self.meanings.get(&*d.head.name).is_some_and(|m| m.len() > 1)
                && self.section_of(d) != Some(self.section(block))
        };
        if let Some(d) = claim.definitions.iter().find(of_many) {
            let count = self.meanings.get(&*d.head.name).map_or(0, BTreeSet::len);
            return Some(Message::new(SEVERAL_DEFINITIONS).with("symbol", &d.head.name).with("count", count));
        }
        if let Some(d) = claim.definitions.iter().find(|d| self.is_solved_for(d)) {
            return Some(context(&d.head, &d.text));
        }
        if let Some(d) = claim.definitions.iter().find(|d| (is_value(d) || renames(d)) && self.is_elsewhere(d, block)) {
            return Some(context(&d.head, &d.text));
        }
        if let Some(d) =
            claim.definitions.iter().find(|d| !self.has_annotations && self.is_of_another_example(d, block))
        {
            return Some(context(&d.head, &d.text));
        }
        if let Some(reason) = self.example(claim) {
            return Some(Message::new(reason));
        }
        if let Some(array) = self.summing(claim, block) {
            return Some(of("reason-normalised", &array));
        }
        if let Some(doubt) = doubtful(claim) {
            return Some(doubt);
        }
        if let Some(s) = uncounted(claim, &self.written).filter(|_| !self.has_annotations) {
            return Some(of("reason-unknown-symbol", &s));
        }
        if let Some(d) = sized(claim).filter(|_| !self.has_annotations) {
            return Some(context(&d.head, &d.text));
        }
        if let Some(s) = mentioned.iter().find(|s| self.restricted(claim, s, &reach)) {
            return Some(of("reason-restricted", s));
        }
        // Words may say more of it than was read.
        let called = |s: &Symbol| {
            let is_it = |c: &Called| c.thing == Thing::Map && c.name == *s.name && c.block <= block;
            self.renamed.contains(&*s.name) || !self.introduced.contains(s) && self.called.iter().any(is_it)
        };
        if let Some(s) = mentioned.iter().find(|s| called(s)) {
            return Some(of("reason-told", s));
        }
        if let Some(s) = mentioned.iter().find(|s| !self.introduced.contains(s) && self.is_told(claim, s)) {
            return Some(of("reason-told", s));
        }
        // "one-hot", "sums to one": which arrays these words are about is not always said beside the formula.
        let declared = |s: &Symbol| {
            claim.givens.iter().any(|g| g.line.is_some() && g.fact.as_ref().is_some_and(|f| f.mentions(s)))
        };
        let weights = |s: &&Symbol| {
            s.sort.sizes().len() == 1 && is_weight(&s.name) && !declared(s) && may_add_up(&claim.unfolded, s)
        };
        if let Some(s) = mentioned.iter().find(|s| weights(s) && definitions.of(s).is_empty()) {
            return Some(of("reason-weights", s));
        }
        if let Some(s) = mentioned.iter().find(|s| !s.sort.sizes().is_empty() && !declared(s))
            && let Some(word) = self.array_words()
        {
            return Some(context(s, word));
        }
        // A statement about numbers alone has no cases: in annotated notes only words that loosen it keep it open.
        let about_numbers = mentioned.is_empty() && !self.directives.attached.is_empty();
        let word = self.condition_near(&mentioned, block, about_numbers);
        let word = word.or_else(|| if mentioned.len() == 1 { self.solving_word(block) } else { None });
        let word = word.or_else(|| self.approximates(block)).or_else(|| self.restricting_words(claim, block));
        if let (None, Some(word)) = (word, self.unread_role(&mentioned, block)) {
            return Some(Message::new("reason-word").with("word", word));
        }
        word.map(|w| Message::new("reason-word").with("word", w))
    }

    /// The probability q of failure beside p, that of success, which only words say: it is 1 − p.
    fn complementary(&self, mentioned: &BTreeSet<Symbol>, definitions: &Definitions, block: usize) -> Option<Symbol> {
        let named = |name: &str| mentioned.iter().find(|s| *s.name == *name && s.sort.is_scalar());
        let (Some(_), Some(q)) = (named("p"), named("q")) else { return None };
        let words = self.words_of(self.section(block));
        let said = words.says_any(&["failure", "fails", "실패", "失敗", "失败"]) && definitions.of(q).is_empty();
        said.then(|| q.clone())
    }

    /// A word of its title by which a section is about approximations.
    fn approximates(&self, block: usize) -> Option<&'static str> {
        let title = self.document.sections.get(self.section(block)).filter(|_| !self.has_annotations)?;
        let small = title.title.to_lowercase();
        APPROXIMATING.iter().copied().find(|w| small.contains(w))
    }

    /// Whether a definition solves an equation for its symbol: one of its section, before it, is about that symbol. The
    /// next equation of a system is about another solution.
    fn is_solved_for(&self, d: &Definition) -> bool {
        let Some(at) = self.block_of(d) else { return false };
        let own = [self.section(at)];
        let near = self.of_sections(&own).filter(|s| s.block < at);
        let equation = |s: &Statement| s.kind == Kind::Condition || s.otherwise == Some(Kind::Condition);
        let about = |s: &Statement| s.sides.iter().any(|(a, b)| a.mentions(&d.head) || b.mentions(&d.head));
        near.filter(|s| equation(s)).any(about)
    }

    /// A word of four or more small letters in a formula that is set as a product of letters: `rank(A)`.
    fn word_in(&self, block: usize) -> Option<String> {
        let Some(Block::Formula(f)) = self.document.blocks.get(block) else { return None };
        let text = f.extract.text.as_str();
        let mut before = ' ';
        text.split_inclusive(|c: char| !c.is_ascii_lowercase()).find_map(|piece| {
            let word = piece.trim_end_matches(|c: char| !c.is_ascii_lowercase());
            let own = word.len() >= 4 && !matches!(before, '\\' | '{') && !before.is_ascii_alphabetic();
            let applied = piece.ends_with('(') && fun::by_tex(word).is_none();
            before = piece.chars().last().unwrap_or(' ');
            (own && applied).then(|| word.to_owned())
        })
    }

    /// Whether a claim is what an example has for an instance: values put in, an equation on the way to a solution, a sum
    /// written out for some length.
    fn example(&self, claim: &Claim) -> Option<&'static str> {
        let Node::App(f, args) = claim.relation.node() else { return None };
        let [left, right] = args.as_slice() else { return None };
        let (constant, affine) = (|e: &Expr| e.symbols().is_empty(), |e: &Expr| is_affine(e));
        if f.name == fun::EQ
            && (constant(right) && !constant(left) && affine(left)
                || constant(left) && !constant(right) && affine(right))
        {
            return Some("reason-values-put-in");
        }
        let bare =
            |e: &Expr| e.as_symbol().is_some() || e.as_app(fun::INDEX).is_some() || matches!(e.node(), Node::Call(..));
        if f.name == fun::EQ
            && !bare(left)
            && !bare(right)
            && affine(left)
            && affine(right)
            && !claim.definitions.is_empty()
        {
            return Some("reason-equation-to-solve");
        }
        let symbolic = |e: &Expr| {
            e.any(&mut |x| matches!(x.node(), Node::Bind { domain: Domain::Range(_, high), .. } if high.as_num().is_none()))
        };
        let entries = |e: &Expr| {
            let mut atoms = vec![];
            outer_atoms(e, &mut atoms);
            atoms
                .iter()
                .filter(|a| a.as_app(fun::INDEX).is_some_and(|p| p.iter().skip(1).all(|i| i.as_num().is_some())))
                .count()
                > 1
        };
        (symbolic(left) && entries(right) || symbolic(right) && entries(left)).then_some("reason-length-unsaid")
    }

    /// Whether another line nearby bounds a symbol of an inequality, and the claim does not know it.
    fn restricted(&self, claim: &Claim, s: &Symbol, reach: &[usize]) -> bool {
        let Node::App(f, _) = claim.unfolded.node() else { return false };
        if !matches!(f.name, "lt" | "le" | "gt" | "ge" | "ne") {
            return false;
        }
        let known = claim.givens.iter().any(|g| g.fact.as_ref().is_some_and(|fact| fact.mentions(s)));
        let bound = |e: &Expr| e.as_symbol().is_some_and(|x| x.same(s));
        !known
            && self.of_sections(reach).any(|other| {
                let inequality = matches!(
                    crate::notation::relation::name_of(&other.relation),
                    Some("lt" | "le" | "gt" | "ge" | "ne")
                );
                let about = other
                    .sides
                    .as_ref()
                    .is_some_and(|(a, b)| bound(a) && b.symbols().is_empty() || bound(b) && a.symbols().is_empty());
                inequality && about
            })
    }

    /// A word of the document that restricts arrays.
    fn array_words(&self) -> Option<&'static str> {
        let prose = self
            .document
            .blocks
            .iter()
            .filter_map(|b| if let Block::Prose(p) = b { Some(p.text.to_lowercase()) } else { None });
        let text: Vec<String> = prose.collect();
        ARRAY_WORDS.iter().copied().find(|w| text.iter().any(|t| t.contains(w)))
    }

    /// A word beside a formula by which it may be an equation to be solved.
    fn solving_word(&self, block: usize) -> Option<&'static str> {
        let near = self.document.before(block).into_iter().chain(self.document.after(block));
        let text: String = near.map(|p| p.text.to_lowercase()).collect::<Vec<_>>().join(" ");
        SOLVING.iter().copied().find(|w| text.contains(w))
    }

    /// Whether a definition stands too far away for its value to be meant here.
    pub(super) fn is_elsewhere(&self, d: &Definition, block: usize) -> bool {
        match self.block_of(d) {
            Some(at) => {
                // What a value comes behind had its own, unless one sentence has both: `np = 100 \cdot 0.5`, and `n = 97` in
                // the next example.
                let later = || at > block && !self.is_said_with(block, at);
                block.abs_diff(at) > EXAMPLE || self.section(at) != self.section(block) || later()
            }
            None => false,
        }
    }

    /// The section of the formula that defines; `None` for an annotation.
    fn section_of(&self, d: &Definition) -> Option<usize> {
        self.block_of(d).map(|at| self.section(at))
    }

    /// The formula on the definition's line.
    pub(super) fn block_of(&self, d: &Definition) -> Option<usize> {
        let line = d.line?;
        let blocks = &self.document.blocks;
        let before = blocks.get(..blocks.partition_point(|b| self.line_number(b.span()) <= line))?;
        before.iter().rposition(|b| matches!(b, Block::Formula(_)))
    }
}

/// What only fits one case of a symbol: a sum up to `n` beside its terms written out for one `n`, or a matrix beside a
/// value that it has in an example.
fn instance(claim: &Claim) -> Option<Expr> {
    let [left, right] = claim.unfolded.as_app("eq")? else { return None };
    let written_out = |e: &Expr| {
        let mut places: BTreeSet<Expr> = BTreeSet::new();
        e.any(&mut |x| {
            let entry = x.as_app(fun::INDEX).unwrap_or(&[]);
            places.extend(entry.iter().skip(1).filter(|i| i.is_literal()).cloned());
            false
        });
        places.len() > 1 && !e.any(&mut |x| matches!(x.node(), Node::Bind { .. }))
    };
    let sizes = size_names(&claim.unfolded);
    for (one, other) in [(left, right), (right, left)] {
        let open = |s: &Symbol| {
            sizes.contains(&*s.name) && !other.mentions(s) && one.any(&mut |x| matches!(x.node(), Node::Bind { .. }))
        };
        if written_out(other)
            && let Some(size) = one.symbols().into_iter().find(open)
        {
            return Some(Expr::sym(size));
        }
        let bare = one.as_app("transpose").and_then(|a| a.first()).unwrap_or(one);
        if other.symbols().is_empty() && bare.as_symbol().is_some_and(|s| !s.sort.is_scalar()) {
            return Some(bare.clone());
        }
    }
    None
}
