//! Lines with sorts → statements: kinds, scopes, claims.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::{Claim, Definition, Given, Kind, Link, Statement, Verdict};
use crate::diag::Diagnostic;
use crate::elaborate::content::{
    atom, expectation, found_symbol, index_ranges, is_limit, mentions_head, occurrences, outer_atoms,
    same_head_everywhere, sign_text, size_names,
};
use crate::elaborate::directives::{Attached, Directives};
use crate::elaborate::ids::Ids;
use crate::elaborate::prose::{Cue, condition_word, cue};
use crate::elaborate::raw::{Origin, RawLine};
use crate::elaborate::sorts::is_typed;
use crate::elaborate::unfold::{Definitions, Head, body, head, unfold};
use crate::elaborate::universal::for_all_entries;
use crate::expr::{Expr, Node, Sort, Symbol};
use crate::message::Message;
use crate::notation::line::Prefix;
use crate::notation::relation::Role;
use crate::read::{Block, Document};
use crate::source::Span;

/// A line whose sides have sorts.
pub(crate) struct TypedLine {
    pub(crate) raw: RawLine,
    pub(crate) sides: Vec<Expr>,
    pub(crate) qualifiers: Vec<Option<Expr>>,
    pub(crate) fact: Option<Expr>,
    /// Why its shapes do not fit.
    pub(crate) clash: Option<Message>,
}

/// A claim whose scope is known and whose unfolding waits for what comes right after it.
struct Pending {
    statement: usize,
    relation: Expr,
    definitions: Definitions,
    givens: Vec<Given>,
    /// A restated definition: what it says is checked, but it may also redefine.
    domain_stated: bool,
}

/// Builds the statements of a document.
pub(crate) struct Builder<'a> {
    document: &'a Document,
    directives: &'a Directives,
    definitions: Definitions,
    givens: Vec<(usize, Given)>,
    /// Names that something introduced: declared, defined, or bound to values.
    introduced: BTreeSet<String>,
    /// Symbols that occurred in claims, so that they are not new any more.
    seen: BTreeSet<Expr>,
    statements: Vec<Statement>,
    pending: Vec<Pending>,
    /// Pending claims of the display before, which a where-clause right after still reaches.
    recent: Vec<usize>,
    recent_block: Option<usize>,
    /// Formulas that explain the display before them.
    reaching: BTreeSet<usize>,
    assumed: BTreeMap<usize, Vec<Given>>,
    ids: Ids,
    pub(crate) findings: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(document: &'a Document, directives: &'a Directives) -> Builder<'a> {
        Builder {
            document,
            directives,
            definitions: Definitions::default(),
            givens: vec![],
            introduced: BTreeSet::new(),
            seen: BTreeSet::new(),
            statements: vec![],
            pending: vec![],
            recent: vec![],
            recent_block: None,
            reaching: BTreeSet::new(),
            assumed: BTreeMap::new(),
            ids: Ids::new(document),
            findings: vec![],
        }
    }

    /// All statements, claims unfolded.
    pub(crate) fn run(mut self, lines: &[TypedLine]) -> (Vec<Statement>, Vec<Diagnostic>) {
        for line in lines {
            match line.raw.origin {
                Origin::Let { .. } | Origin::Assume { .. } => self.annotation(line),
                Origin::Formula { display } => self.formula(line, display),
            }
        }
        let pending = std::mem::take(&mut self.pending);
        for p in pending {
            self.finish(p);
        }
        (self.statements, self.findings)
    }

    fn section(&self, block: usize) -> usize {
        match self.document.blocks.get(block) {
            Some(Block::Formula(f)) => f.section,
            Some(Block::Directive(d)) => d.section,
            _ => 0,
        }
    }

    fn line_number(&self, span: Span) -> usize {
        self.document.source.line(span.start)
    }

    fn given(&self, fact: Option<Expr>, text: String, span: Span) -> Given {
        Given { fact, text, line: Some(self.line_number(span)) }
    }

    /// `let: s \in \mathbb{R}^C, p := softmax(s), y one-hot`
    fn annotation(&mut self, line: &TypedLine) {
        let span = line.raw.span;
        let mut facts: Vec<Expr> = line.fact.iter().cloned().collect();
        for (pair, placed) in line.sides.windows(2).zip(&line.raw.signs) {
            let [left, right] = pair else { continue };
            let defines = placed.sign.role == Role::Defines || placed.sign.name == "eq";
            if let (true, Some(h)) = (defines, head(left)) {
                self.define(&h, right, span);
            } else if !placed.sign.name.is_empty() {
                facts.push(Expr::relate(placed.sign.name, left.clone(), right.clone()));
            }
        }
        let facts: Vec<Expr> = facts.into_iter().map(|f| for_all_entries(f, &self.introduced)).collect();
        // An index that a fact runs over is still free to be used elsewhere.
        for introduced in if facts.is_empty() { &line.sides } else { &facts } {
            self.introduce(introduced);
        }
        let givens: Vec<Given> = facts.into_iter().map(|f| self.given(Some(f.clone()), f.to_string(), span)).collect();
        match line.raw.origin {
            Origin::Assume { .. } => self.assumed.entry(line.raw.block).or_default().extend(givens),
            _ => {
                let section = self.section(line.raw.block);
                self.givens.extend(givens.into_iter().map(|g| (section, g)));
            }
        }
    }

    fn introduce(&mut self, e: &Expr) {
        for s in e.symbols() {
            self.introduced.insert(s.name.to_string());
        }
    }

    fn define(&mut self, h: &Head, right: &Expr, span: Span) -> bool {
        self.define_as(h, right, span).is_some()
    }

    fn define_as(&mut self, h: &Head, right: &Expr, span: Span) -> Option<Definition> {
        let body = body(h, right)?;
        let mut text = match h.indices.is_empty() && h.free.is_empty() && h.params.is_empty() {
            true => Expr::sym(h.symbol.clone()).to_string(),
            false => String::new(),
        };
        if text.is_empty() {
            let args: Vec<Expr> = h.params.iter().cloned().map(Expr::sym).collect();
            let left = if args.is_empty() {
                let indices =
                    if h.free.is_empty() { h.indices.clone() } else { h.free.iter().cloned().map(Expr::sym).collect() };
                Expr::sym(h.symbol.clone()).index(indices)
            } else {
                Expr::new(Node::Call(h.symbol.clone(), args))
            };
            text = left.to_string();
        }
        self.introduced.insert(h.symbol.name.to_string());
        let definition = Definition {
            head: h.symbol.clone(),
            indices: h.indices.clone(),
            params: h.params.clone(),
            body,
            text: format!("{text} = {right}"),
            line: Some(self.line_number(span)),
        };
        self.definitions.add(definition.clone());
        Some(definition)
    }

    fn words(&self, line: &RawLine) -> (String, String) {
        let Some(Block::Formula(_)) = self.document.blocks.get(line.block) else { return Default::default() };
        let join = |list: Vec<&crate::read::Prose>| list.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" ");
        // The words next to the formula only: an inline formula's neighbours up to the next formula.
        let next_to = |at: Option<usize>| match at.and_then(|i| self.document.blocks.get(i)) {
            Some(Block::Prose(p)) => p.text.clone(),
            _ => String::new(),
        };
        match line.origin {
            Origin::Formula { display: false } => (next_to(line.block.checked_sub(1)), next_to(Some(line.block + 1))),
            _ => (join(self.document.before(line.block)), join(self.document.after(line.block))),
        }
    }

    fn formula(&mut self, line: &TypedLine, display: bool) {
        let explains = line.raw.prefix.is_some() || self.reaching.contains(&line.raw.block);
        if display && self.recent_block != Some(line.raw.block) && !explains {
            self.recent.clear();
            self.recent_block = Some(line.raw.block);
        }
        let attached = self.directives.attached.get(&line.raw.block).cloned().unwrap_or_default();
        if line.raw.signs.is_empty() {
            self.expression(line, &attached);
            return;
        }
        let (before, after) = self.words(&line.raw);
        let words = if line.raw.before > 0 && !line.raw.continued { Cue::Plain } else { cue(&before, &after) };
        for (k, placed) in line.raw.signs.iter().enumerate() {
            let (Some(left), Some(right)) = (line.sides.get(k), line.sides.get(k + 1)) else { continue };
            let statement = self.frame(line, k, left, right, &attached);
            self.settle(line, k, placed.sign.role, placed.sign.name, statement, words, display, &attached);
        }
        // What a claim was about is no longer new; what only a definition mentions still is.
        let claimed = self
            .statements
            .iter()
            .rev()
            .take_while(|s| s.block == line.raw.block)
            .any(|s| s.claim.is_some() && s.otherwise.is_none());
        if claimed {
            for side in &line.sides {
                self.note_seen(side);
            }
        }
    }

    fn note_seen(&mut self, e: &Expr) {
        e.any(&mut |x| {
            if atom(x) {
                self.seen.insert(x.clone());
            }
            false
        });
    }

    fn expression(&mut self, line: &TypedLine, attached: &Attached) {
        let Some(side) = line.sides.first() else { return };
        let mut s = self.frame(line, 0, side, side, attached);
        s.kind = Kind::Expression;
        s.relation = String::new();
        s.sides = None;
        s.latex = self.document.source.slice(line.raw.span).to_owned();
        s.span = line.raw.span;
        self.statements.push(s);
    }

    /// The statement of relation `k` without its meaning.
    fn frame(&mut self, line: &TypedLine, k: usize, left: &Expr, right: &Expr, attached: &Attached) -> Statement {
        let raw = &line.raw;
        let spans: Vec<Span> = [k, k + 1].iter().filter_map(|i| raw.side_spans.get(*i).copied()).collect();
        let whole = spans.iter().copied().reduce(Span::join).unwrap_or(raw.span);
        let whole = raw.signs.get(k).map_or(whole, |s| {
            let _ = s;
            whole
        });
        let span = if raw.rowed { raw.row_span } else { whole };
        let relation = raw.signs.get(k).and_then(|s| s.sign.spellings.first()).map_or(String::new(), |s| sign_text(s));
        let step = raw.before + k + 1;
        let read = match raw.signs.get(k) {
            Some(p) if !p.sign.name.is_empty() => Expr::relate(p.sign.name, left.clone(), right.clone()).to_string(),
            Some(_) => format!("{left} {relation} {right}"),
            None => left.to_string(),
        };
        let local = self.statements.iter().filter(|s| s.block == raw.block).count() + 1;
        let id = self.ids.statement(self.document, raw.block, attached.id.as_deref(), local);
        let expected = expectation(attached, local);
        Statement {
            id,
            kind: Kind::Claim,
            relation,
            latex: self.document.source.slice(if raw.rowed { raw.row_span } else { whole }).to_owned(),
            read,
            span,
            block: raw.block,
            link: Link { chain: raw.chain, step },
            claim: None,
            sides: Some((left.clone(), right.clone())),
            problem: None,
            otherwise: None,
            expected,
            checkers: attached.checkers.clone(),
        }
    }

    /// What the relation is, and what follows for the scope.
    #[allow(clippy::too_many_arguments)]
    fn settle(
        &mut self,
        line: &TypedLine,
        k: usize,
        role: Role,
        name: &'static str,
        mut s: Statement,
        words: Cue,
        display: bool,
        attached: &Attached,
    ) {
        let (left, right) = match &s.sides {
            Some((l, r)) => (l.clone(), r.clone()),
            None => return,
        };
        let span = s.span;
        let opaque = left.has_opaque() || right.has_opaque();
        if role == Role::Update || role == Role::Distributed || role == Role::Arrow && !is_limit(&left) {
            s.kind = if role == Role::Distributed { Kind::Given } else { Kind::Other };
            self.introduce(&left);
            self.statements.push(s);
            return;
        }
        if self.directives.off.contains(&line.raw.block) {
            s.kind = Kind::Other;
            self.statements.push(s);
            return;
        }
        if opaque && left != right {
            let place = |p: &&crate::notation::Problem| p.span.overlaps(span) || !line.raw.rowed;
            let message = line.raw.problems.iter().find(place).or(line.raw.problems.first()).map(|p| p.message.clone());
            s.problem =
                Some((Verdict::Unread, message.unwrap_or_else(|| Message::new("reason-opaque").with("what", &s.read))));
            // An unread definition still introduces its symbol, without a meaning.
            if let Some(h) = head(&left) {
                self.introduced.insert(h.symbol.name.to_string());
            }
            self.statements.push(s);
            return;
        }
        if let Some(clash) = &line.clash {
            s.problem = Some((Verdict::Unread, clash.clone()));
            self.statements.push(s);
            return;
        }
        if name == "eq"
            && words == Cue::Given
            && !display
            && line.raw.before == 0
            && line.raw.signs.len() > 1
            && !attached.claim
        {
            // `y = [y_1, y_2] = [1, 0]` under "assume": every link is given; the last gives the values.
            if let Some(h) = line.sides.first().and_then(head)
                && (!mentions_head(&right, &h) || right.as_symbol().is_none() && k == 0)
            {
                if !mentions_head(&right, &h) {
                    self.define(&h, &right, span);
                }
                s.kind = Kind::Given;
                self.statements.push(s);
                return;
            }
        }
        let first = line.raw.before == 0 && k == 0;
        let alone = first && line.raw.signs.len() == 1;
        let eq = name == "eq";
        let found = if eq { head(&left) } else { None };
        let heading = if first && !attached.claim { found.as_ref() } else { None };
        {
            if let Some(h) = heading {
                let recursive = mentions_head(&right, h);
                let defined = self.definitions.of_head(h).is_some();
                let itself = h.params.is_empty() && same_head_everywhere(&right, h) && role != Role::Defines;
                if recursive && !itself {
                    s.kind = Kind::Other;
                    self.introduced.insert(h.symbol.name.to_string());
                    self.statements.push(s);
                    return;
                }
                if !recursive && (!defined || role == Role::Defines || attached.definition) {
                    let given = words == Cue::Given && !display || line.raw.prefix.is_some();
                    if words == Cue::Condition && !display && self.introduced.contains(&*h.symbol.name) {
                        s.kind = Kind::Condition;
                        self.statements.push(s);
                        return;
                    }
                    if let Some(definition) = self.define_as(h, &right, span) {
                        s.kind = if given { Kind::Given } else { Kind::Definition };
                        self.reach_back(line, display, &definition);
                        self.statements.push(s);
                        return;
                    }
                }
                if defined && alone && right.as_num().is_some() && words != Cue::Claim {
                    if words == Cue::Given {
                        self.define(h, &right, span);
                        s.kind = Kind::Given;
                    } else {
                        s.kind = Kind::Condition;
                    }
                    self.statements.push(s);
                    return;
                }
                if defined && words == Cue::Given && !display && alone {
                    self.define(h, &right, span);
                    s.kind = Kind::Given;
                    self.statements.push(s);
                    return;
                }
            }
        }
        if name == "member" && first && words != Cue::Claim && !attached.claim && found_symbol(&left).is_some() {
            let fact = Expr::relate(name, left.clone(), right.clone());
            self.introduce(&left);
            let given = self.given(Some(fact), s.read.clone(), span);
            let section = self.section(line.raw.block);
            self.givens.push((section, given.clone()));
            if !display {
                self.reach_back_given(&given);
            }
            s.kind = Kind::Given;
            self.statements.push(s);
            return;
        }
        // A relation in words of assuming, or behind ∵, is one.
        if first
            && alone
            && !attached.claim
            && (words == Cue::Given && !display || line.raw.prefix == Some(Prefix::Because))
        {
            let fact = Expr::relate(name, left.clone(), right.clone());
            self.introduce(&left);
            let given = self.given(Some(fact), s.read.clone(), span);
            let section = self.section(line.raw.block);
            self.givens.push((section, given.clone()));
            self.reach_back_given(&given);
            s.kind = Kind::Given;
            self.statements.push(s);
            return;
        }
        if eq
            && !attached.claim
            && (k > 0 || line.raw.before > 0 || found.is_none())
            && self.implicit(&left, &right, span)
        {
            s.kind = Kind::Definition;
            self.statements.push(s);
            return;
        }
        // An inequality alone, without a cue of a claim, may be a case: `none` unless it always holds.
        let conditional = alone
            && !matches!(words, Cue::Claim)
            && !attached.claim
            && attached.id.is_none()
            && line.raw.prefix.is_none();
        let conditional = conditional && !self.for_all(&line.raw);
        if conditional && words == Cue::Condition {
            s.kind = Kind::Condition;
            self.statements.push(s);
            return;
        }
        let restated = eq && first && found.as_ref().is_some_and(|h| self.definitions.of_head(h).is_some());
        if restated {
            s.otherwise = Some(Kind::Definition);
        } else if conditional && !(eq && display && found.is_none()) {
            s.otherwise = Some(Kind::Condition);
        }
        self.claim(line, s, name, &left, &right, display);
        // A restatement also is the meaning from here on.
        if let (true, true, Some(h)) = (eq, first, &found)
            && self.definitions.of_head(h).is_some()
            && !mentions_head(&right, h)
        {
            self.define(h, &right, span);
        }
    }

    fn claim(
        &mut self,
        line: &TypedLine,
        mut s: Statement,
        name: &'static str,
        left: &Expr,
        right: &Expr,
        display: bool,
    ) {
        let relation = Expr::relate(name, left.clone(), right.clone());
        if !is_typed(&relation) {
            s.problem = Some((Verdict::Unread, Message::new("reason-sorts").with("what", &s.read)));
            self.statements.push(s);
            return;
        }
        let section = self.section(line.raw.block);
        let reach = self.document.sections_of(section);
        let mut givens: Vec<Given> =
            self.givens.iter().filter(|(at, _)| reach.contains(at) || *at == 0).map(|(_, g)| g.clone()).collect();
        givens.extend(self.assumed.get(&line.raw.block).cloned().unwrap_or_default());
        let mut stated = false;
        let mut open = None;
        for q in &line.qualifiers {
            match q {
                Some(fact) => {
                    stated = true;
                    givens.push(self.given(Some(fact.clone()), fact.to_string(), line.raw.span));
                }
                None => {
                    open = Some(
                        Message::new("reason-context")
                            .with("symbol", left)
                            .with("what", "a condition behind the formula"),
                    )
                }
            }
        }
        let statement = self.statements.len();
        s.claim = Some(Claim {
            relation: relation.clone(),
            unfolded: relation.clone(),
            givens: vec![],
            definitions: vec![],
            open,
            assumed: vec![],
            known: vec![],
            domain_stated: stated,
            decimals: false,
        });
        self.statements.push(s);
        if display {
            self.recent.push(self.pending.len());
        }
        self.pending.push(Pending {
            statement,
            relation,
            definitions: self.definitions.clone(),
            givens,
            domain_stated: stated,
        });
    }

    /// `−log p₁ = −log(e^{s₁}/S)`: the one new symbol that occurs once is defined by it.
    fn implicit(&mut self, left: &Expr, right: &Expr, span: Span) -> bool {
        // It is all that its side is about, and the simpler side of the two is tried first.
        let mut tries = [(left, right), (right, left)];
        tries.sort_by_key(|(side, _)| side.size());
        for (side, other) in tries {
            let mut atoms: Vec<Expr> = vec![];
            outer_atoms(side, &mut atoms);
            let [target] = atoms.as_slice() else { continue };
            let Some(h) = head(target) else { continue };
            let new = h.params.is_empty()
                && h.free.is_empty()
                && target.sort().is_scalar()
                && *target.sort() != Sort::Integer
                && self.definitions.of_head(&h).is_none()
                && !self.seen.contains(target)
                && !self.declared(&h.symbol);
            if !new || occurrences(side, target) != 1 || other.mentions(&h.symbol) || other.as_num().is_some() {
                continue;
            }
            if let Some(value) = crate::algebra::isolate(left, right, target)
                && !value.mentions(&h.symbol)
                && !value.has_opaque()
                && !self.definitions.reaches(&value, &h.symbol)
            {
                self.define(&h, &value, span);
                return true;
            }
        }
        false
    }

    /// "For all x …" before the formula, in its sentence: a claim about every value.
    fn for_all(&self, line: &RawLine) -> bool {
        let sentence = match self.document.blocks.get(line.block) {
            Some(Block::Formula(f)) => {
                let around = self.document.paragraph(f.paragraph).start..line.block;
                let blocks = self.document.blocks.get(around).unwrap_or(&[]);
                let words =
                    blocks.iter().filter_map(|b| if let Block::Prose(p) = b { Some(p.text.as_str()) } else { None });
                words.collect::<Vec<_>>().join(" ").to_lowercase()
            }
            _ => return false,
        };
        let last = sentence.rsplit(['.', '!', '?', '。']).next().unwrap_or("");
        ["for all", "for every", "for any", "for each", "always", "모든", "항상"].iter().any(|w| last.contains(w))
    }

    fn declared(&self, s: &Symbol) -> bool {
        self.givens.iter().any(|(_, g)| g.fact.as_ref().is_some_and(|f| f.mentions(s)))
    }

    /// A where-clause right after a display still belongs to it, as do the lines behind ∴ and ∵.
    fn reach_back(&mut self, line: &TypedLine, display: bool, definition: &Definition) {
        let clause = !display && crate::elaborate::prose::is_where(&self.words(&line.raw).0);
        if line.raw.prefix.is_none() && !clause && !self.reaching.contains(&line.raw.block) {
            return;
        }
        self.reaching.insert(line.raw.block);
        for i in self.recent.clone() {
            if let Some(p) = self.pending.get_mut(i)
                && self.statements.get(p.statement).is_some_and(|s| s.block != line.raw.block)
            {
                p.definitions.add(definition.clone());
            }
        }
    }

    fn reach_back_given(&mut self, given: &Given) {
        for i in self.recent.clone() {
            if let Some(p) = self.pending.get_mut(i) {
                p.givens.push(given.clone());
            }
        }
    }

    /// Unfolds a claim and says whether it is closed.
    fn finish(&mut self, p: Pending) {
        let unfolded = unfold(&p.relation, &p.definitions);
        let Some(s) = self.statements.get_mut(p.statement) else { return };
        let block = s.block;
        let Some(claim) = s.claim.as_mut() else { return };
        match unfolded {
            Err(message) => {
                s.problem = Some((Verdict::Undecided, message));
                s.claim = None;
                return;
            }
            Ok(u) => {
                let (known, e) = crate::elaborate::known::supply(&u.expr);
                claim.unfolded = e;
                claim.known = known;
                claim.definitions = u.used;
            }
        }
        let mentioned = claim.unfolded.symbols();
        claim.givens = p
            .givens
            .into_iter()
            .filter(|g| {
                g.fact.as_ref().is_some_and(|f| f.symbols().iter().any(|x| mentioned.iter().any(|m| m.same(x))))
            })
            .collect();
        claim.givens.extend(index_ranges(&claim.unfolded, &self.introduced));
        claim.givens.dedup();
        claim.domain_stated = p.domain_stated;
        let sides = match claim.unfolded.node() {
            Node::App(_, args) => args.iter().map(Expr::symbols).collect::<Vec<_>>(),
            _ => vec![],
        };
        let universal = |x: &Symbol| sides.len() == 2 && sides.iter().all(|side| side.iter().any(|y| y.same(x)));
        if claim.open.is_none() {
            let sizes = size_names(&claim.unfolded);
            let unknown = mentioned
                .iter()
                .find(|x| !self.introduced.contains(&*x.name) && !universal(x) && !sizes.contains(&*x.name))
                .map(|x| Expr::sym(x.clone()).to_string());
            claim.open = unknown.map(|x| Message::new("reason-unknown-symbol").with("symbol", x));
        }
        if claim.open.is_none() {
            let near = |list: Vec<&crate::read::Prose>| list.iter().find_map(|p| condition_word(&p.text));
            let word = near(self.document.before(block)).or_else(|| near(self.document.after(block)));
            claim.open = word.map(|w| Message::new("reason-context").with("symbol", "it").with("what", w));
        }
    }
}
