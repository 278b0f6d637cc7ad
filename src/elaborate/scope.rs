//! Claims and their scope: what a claim may use, what reaches it from behind, whether it is closed.

use crate::algebra::digits::are_written;
use crate::claim::{APART, Claim, Definition, Given, Kind, OWN_SIZES, Statement, Verdict};
use crate::elaborate::adjoint::backward;
use crate::elaborate::anew::without_other_cases;
use crate::elaborate::assumed::assume;
use crate::elaborate::average::{AVERAGE, Averages};
use crate::elaborate::bare::{at_an_argument, at_the_letter};
use crate::elaborate::build::Builder;
use crate::elaborate::called::is_random;
use crate::elaborate::case::is_case;
use crate::elaborate::chained;
use crate::elaborate::characteristic;
use crate::elaborate::conditional::{CONDITIONAL, is_rule, written_out};
use crate::elaborate::content::{CONSTANTS, counts, small_letters, whatever};
use crate::elaborate::definitions::{Definitions, is_value};
use crate::elaborate::density::{MEAN, by_density};
use crate::elaborate::dependent::on_the_variable;
use crate::elaborate::doubt::stands_behind;
use crate::elaborate::equated;
use crate::elaborate::freed::ranging;
use crate::elaborate::gradients;
use crate::elaborate::instance::of_any_function;
use crate::elaborate::inverse::{INVERSE, undone};
use crate::elaborate::known::{DIGAMMA, digammas, supply, supply_with};
use crate::elaborate::law;
use crate::elaborate::linear::{LINEAR, taken_apart};
use crate::elaborate::measure::law as law_of;
use crate::elaborate::parametric::as_functions;
use crate::elaborate::primitive::{PRIMITIVE, differentiated};
use crate::elaborate::proportional;
use crate::elaborate::response::as_data;
use crate::elaborate::sorts::is_typed;
use crate::elaborate::squared::squared;
use crate::elaborate::support;
use crate::elaborate::unfold::unfold;
use crate::elaborate::universal;
use crate::elaborate::usual::takes_positive;
use crate::elaborate::waiting::{Pending, Told, TypedLine};
use crate::expr::{Expr, Sort, Symbol, fun};
use crate::message::Message;

impl Builder<'_> {
    #[allow(clippy::too_many_arguments)]
    pub(super) fn claim(
        &mut self,
        line: &TypedLine,
        mut s: Statement,
        name: &'static str,
        left: &Expr,
        right: &Expr,
        display: bool,
        case: bool,
    ) {
        let relation = universal::relation(name, left, right);
        if line.raw.apart {
            self.note_unread(line);
        }
        if !is_typed(&relation) {
            s.problem = Some((Verdict::Unread, Message::new("reason-sorts").with("what", &s.read)));
            self.statements.push(s);
            return;
        }
        let printed = universal::relation(name, self.as_printed(left), self.as_printed(right));
        let section = self.section(line.raw.block);
        let reach = self.document.sections_of(section);
        let holds = |at: &usize, g: &Given| (reach.contains(at) || *at == 0) && !self.superseded(*at, g, &reach);
        let mut ranging = ranging(&line.qualifiers);
        if !self.has_annotations {
            ranging.extend(self.ranging_behind(&relation, line.raw.block));
        }
        let over = |at: usize, g: &Given| {
            let anew = g.fact.as_ref().is_some_and(|f| ranging.iter().any(|s| f.mentions(s)));
            anew || self.is_over(at, g, &reach)
        };
        let over = |i: usize, at: usize, g: &Given| over(i, g) || self.is_value_elsewhere(at, g, section);
        let there = self.givens.iter().enumerate().filter(|(_, (at, g))| holds(at, g));
        let (ended, there): (Vec<_>, Vec<_>) = there.partition(|(i, (at, g))| over(*i, *at, g));
        let mut givens: Vec<Given> = there.into_iter().map(|(_, (_, g))| g.clone()).collect();
        without_other_cases(&mut givens);
        givens.extend(self.assumed.get(&line.raw.block).cloned().unwrap_or_default());
        let said = |t: &&Told| holds(&t.section, &t.given) && t.until.is_none_or(|last| line.raw.block <= last);
        givens.extend(self.told.iter().filter(said).map(|t| t.given.clone()));
        let mut stated = false;
        // By itself a line may hold for the shapes that fit it; nothing else can be said of it.
        let mut open = line.raw.apart.then(|| Message::new(APART));
        if s.unclear || !self.has_annotations && (stands_behind(left) || stands_behind(right)) {
            open = open.or_else(|| Some(Message::new("reason-ambiguous").with("what", &s.read)));
        }
        let about = |s: &&Symbol| ended.iter().any(|(_, (_, g))| g.fact.as_ref().is_some_and(|f| f.mentions(s)));
        let mut definitions = self.definitions.clone();
        let example = self.without_examples(&relation, line.raw.block, &mut definitions);
        let passed = self.without_passing(&relation, line.raw.block, &mut definitions, &mut givens);
        let passed = passed.or_else(|| self.passed_by(&relation, line.raw.block).cloned());
        let anew = self.freed_in(&relation, &reach).or_else(|| ranging.iter().find(about)).or(example.as_ref());
        if let Some(symbol) = passed.filter(|_| anew.is_none()) {
            open = open.or_else(|| Some(Message::new("reason-passing").with("symbol", Expr::sym(symbol))));
        }
        if let Some(anew) = anew {
            let message = Message::new("reason-freed").with("symbol", Expr::sym(anew.clone()));
            // The size was that of the array before.
            if !anew.sort.sizes().is_empty() && anew.sort.sizes().iter().all(|n| n.as_int().is_some()) {
                s.problem = Some((Verdict::Undecided, message));
                self.statements.push(s);
                return;
            }
            open = open.or(Some(message));
        }
        for q in &line.qualifiers {
            match q {
                Some(fact) => {
                    stated = true;
                    givens.push(self.given(Some(fact.clone()), fact.to_string(), line.raw.span));
                }
                None => open = Some(Message::new("reason-condition-behind").with("symbol", left)),
            }
        }
        let statement = self.statements.len();
        s.claim = Some(Claim {
            relation: printed.clone(),
            unfolded: relation.clone(),
            general: None,
            givens: vec![],
            definitions: vec![],
            cited: vec![],
            earlier: vec![],
            open,
            assumed: vec![],
            known: vec![],
            domain_stated: stated,
            context: vec![],
            printed: None,
        });
        self.statements.push(s);
        if display {
            self.recent.push(self.pending.len());
        }
        let told = self.laws.len();
        self.pending.push(Pending {
            statement,
            relation,
            printed,
            definitions,
            givens,
            domain_stated: stated,
            told,
            case,
        });
    }

    pub(super) fn declared(&self, s: &Symbol) -> bool {
        self.givens.iter().any(|(_, g)| g.fact.as_ref().is_some_and(|f| f.mentions(s)))
    }

    /// A where-clause right after a display still belongs to it, as do the lines behind ∴ and ∵.
    pub(super) fn reach_back(&mut self, line: &TypedLine, display: bool, definition: &Definition) {
        let before = self.words(&line.raw).0;
        let joins = matches!(before.trim(), "," | "and" | ", and" | "그리고" | "이고");
        let joined = joins && line.raw.block.checked_sub(2).is_some_and(|at| self.reaching.contains(&at));
        let clause = !display && (crate::elaborate::prose::is_where(&before) || joined);
        if line.raw.prefix.is_none() && !clause && !self.reaching.contains(&line.raw.block) {
            return;
        }
        self.reaching.insert(line.raw.block);
        let (block, section) = (line.raw.block, self.section(line.raw.block));
        for i in self.recent.clone() {
            let at = self.pending.get(i).and_then(|p| self.statements.get(p.statement)).map(|s| s.block);
            let reached = at.is_some_and(|at| at != block && self.section(at) == section);
            if let Some(p) = self.pending.get_mut(i).filter(|_| reached) {
                p.definitions.add(definition.clone());
            }
        }
        // "`σ′(x) = σ(x)(1 − σ(x))` where `σ(x) = …`", all in one sentence.
        let place = |i: usize| self.pending.get(i).and_then(|p| self.statements.get(p.statement)).map(|s| s.block);
        let spoken = |at: usize| at < block && !self.is_display(at) && self.is_one_sentence(at, block);
        let same = (0..self.pending.len()).rev().take_while(|i| place(*i).is_some_and(spoken));
        let same: Vec<usize> = if clause { same.collect() } else { vec![] };
        for i in same {
            if let Some(p) = self.pending.get_mut(i).filter(|p| p.definitions.of(&definition.head).is_empty()) {
                p.definitions.add(definition.clone());
            }
        }
    }

    /// What is given behind displays of its section, in words that go on with them, is given of them too.
    pub(super) fn reach_back_given(&mut self, given: &Given, block: usize) {
        if !self.has_annotations && !self.reaching.contains(&block) && !self.goes_on(block) {
            return;
        }
        let section = self.section(block);
        for i in self.recent.clone() {
            let at = self.pending.get(i).and_then(|p| self.statements.get(p.statement)).map(|s| s.block);
            let reached = at.is_some_and(|at| self.section(at) == section);
            if let Some(p) = self.pending.get_mut(i).filter(|_| reached) {
                p.givens.push(given.clone());
            }
        }
    }

    /// Unfolds a claim and says whether it is closed.
    pub(super) fn finish(&mut self, mut p: Pending) {
        equated::defined(&p.relation, &mut p.givens, &mut p.definitions);
        if let Some(kept) = as_data(&p.relation, &p.definitions).filter(|_| !self.has_annotations) {
            p.definitions = kept;
        }
        let mean = by_density(&p.relation).filter(|_| !are_written(&p.printed) && !self.has_annotations);
        let inverse = undone(&p.relation, &p.definitions).filter(|_| !are_written(&p.printed) && !self.has_annotations);
        let spoken = as_functions(&p.relation, &p.definitions).filter(|_| !self.has_annotations);
        let argued = || at_an_argument(&p.relation, &p.definitions).filter(|_| !self.are_primes_marks(&p));
        let spoken = spoken.or_else(argued);
        let spoken = spoken.or_else(|| at_the_letter(&p.relation, &p.definitions));
        let spoken = self.with_dependents(&p, spoken.as_ref().unwrap_or(&p.relation)).or(spoken);
        let meant = inverse.as_ref().or(mean.as_ref()).or(spoken.as_ref());
        let unfolded = unfold(meant.unwrap_or(&p.relation), &p.definitions).or_else(|problem| {
            let passed = backward(&p.relation, &p.definitions, &p.givens, &self.recurrences(p.statement))
                .filter(|_| !self.has_annotations)
                .ok_or(problem.clone())?;
            let mut u = unfold(&passed.relation, &p.definitions).map_err(|_| problem)?;
            u.known.push(passed.known);
            Ok(u)
        });
        // Where they are taken for functions nothing is held constant.
        let as_numbers = unfolded.is_ok();
        let unfolded = unfolded.or_else(|problem| {
            let functions = on_the_variable(&p.relation, &p.definitions);
            let functions = functions.filter(|_| !self.has_annotations && !self.may_not_commute(&p));
            functions.and_then(|e| unfold(&e, &p.definitions).ok()).ok_or(problem)
        });
        let laws = self.statements.get(p.statement).map(|s| self.laws_of(s.block, p.told)).unwrap_or_default();
        let (mut cited, mut earlier) = match &unfolded {
            Ok(u) => {
                let earlier = self.earlier(p.statement, &u.expr, &p.definitions, &p.givens);
                (self.cited(p.statement, &u.expr, &p.definitions), earlier)
            }
            Err(_) => (vec![], vec![]),
        };
        let integrated = self.integrated_before(p.statement);
        let unordered = self.left_to_words(&p, unfolded.as_ref().ok().map(|u| &u.expr));
        let held = || {
            let u = unfolded.as_ref().ok().filter(|_| as_numbers)?;
            self.held_constant(&p, meant.unwrap_or(&p.relation), &u.expr)
        };
        let unordered = unordered.or_else(held);
        let at = self.statements.get(p.statement).map(|s| s.block);
        let chained = || {
            let law = chained::law(&p.relation).filter(|_| !self.is_chained_otherwise(&p));
            let law = law.or_else(|| gradients::law(&p.relation, &p.definitions));
            law.filter(|_| unfolded.is_err())
        };
        let near = at.map_or(&self.vocabulary, |block| self.words_of(self.section(block)));
        let law = law_of(&p.relation, &p.definitions, &self.vocabulary, near)
            .or_else(chained)
            .filter(|_| !self.has_annotations && !are_written(&p.printed))
            .filter(|_| !unfolded.as_ref().is_ok_and(|u| whatever(&u.expr)))
            .filter(|l| !at.is_some_and(|block| self.denies(block, l.known)));
        let number = characteristic::law(&p.relation, &laws, &p.definitions).filter(|_| !self.has_annotations);
        let varying = self.varying(p.statement);
        let anew = at.is_some_and(|block| self.is_chosen_anew(&p.relation, block));
        let independent = unfolded.as_ref().map_or(vec![], |u| self.independent_arguments(&p.relation, &u.expr));
        let anew_elsewhere = match (&unfolded, at) {
            (Ok(u), Some(block)) => self.holds_without(meant.unwrap_or(&p.relation), &u.used, &p.definitions, block),
            _ => None,
        };
        let concluded = at.is_some_and(|block| self.is_concluded(&p.relation, &p.definitions, block));
        let usual = at.map_or(vec![], |block| self.usual_at(block));
        let Some(s) = self.statements.get_mut(p.statement) else { return };
        let block = s.block;
        if let Some(message) = unordered {
            // What alone says how large an array is says it, and claims nothing.
            let letter = |e: &Expr| e.as_app(fun::INDEX).and_then(<[Expr]>::first).unwrap_or(e).as_symbol().is_some();
            let declares = p.relation.as_app("member").and_then(<[Expr]>::first).is_some_and(letter);
            let sizes = (message.key == OWN_SIZES && declares).then_some(Kind::Given);
            let case = s.otherwise.or(s.loose).filter(|_| p.case).or(sizes);
            s.kind = case.unwrap_or(s.kind);
            s.problem = Some((Verdict::Undecided, message)).filter(|_| case.is_none());
            s.claim = None;
            return;
        }
        let Some(claim) = s.claim.as_mut() else { return };
        match unfolded {
            // It holds whatever else the notes say of what it is about.
            _ if law.is_some() => {
                let Some(law) = law else { return };
                claim.unfolded = law.relation;
                claim.known = vec![law.known.to_owned()];
                claim.givens = law.facts.into_iter().map(Given::meant).collect();
                return;
            }
            _ if number.is_some() => {
                (claim.unfolded, claim.known) = number.unwrap_or_else(|| (p.relation.clone(), vec![]));
                claim.givens.extend(counts(&claim.unfolded));
                return;
            }
            Err(message) => {
                s.problem = Some((Verdict::Undecided, message));
                s.claim = None;
                return;
            }
            Ok(u) => {
                let (mut known, mut e) = supply_with(&u.expr, &laws, !sizes_are_said(&u.expr, &p.givens));
                let told = takes_positive(&e, &p.givens);
                known.retain(|object| !(told && usual.contains(&object.as_str())));
                if usual.contains(&DIGAMMA) {
                    e = digammas(&e);
                }
                known.extend(u.known);
                let positive = |s: Symbol| Expr::relate("gt", Expr::sym(s), Expr::int(0));
                let implied =
                    law::deviations(&u.expr).into_iter().map(positive).chain(support::within_support(&u.expr));
                p.givens.extend(implied.map(Given::meant));
                let bare = claim.printed.is_none() && !self.has_annotations;
                // A rule of probability holds whatever the probabilities are.
                let rule = match p.relation.as_app(fun::EQ) {
                    Some([l, r]) if bare && is_rule(l, r) => written_out(&p.relation),
                    _ => None,
                };
                if rule.is_some() {
                    known.clear();
                }
                if let Some(joint) = rule.or_else(|| written_out(&e)).filter(|_| bare) {
                    known.push(CONDITIONAL.to_owned());
                    e = joint;
                }
                if let Some(equation) = proportional::equation(&e, &varying).filter(|_| bare) {
                    known.push(proportional::PROPORTIONAL.to_owned());
                    e = equation;
                }
                if let Some(means) = Averages::of(&e).filter(|_| bare && !whatever(&e)) {
                    known.push(AVERAGE.to_owned());
                    e = means.put_in(&e);
                    for given in cited.iter_mut().chain(&mut earlier) {
                        given.fact = given.fact.as_ref().map(|f| means.put_in(f));
                    }
                }
                if let Some(slopes) = differentiated(&e, integrated).filter(|_| bare) {
                    known.extend((!slopes.sure).then(|| PRIMITIVE.to_owned()));
                    e = slopes.relation;
                    s.read = slopes.shown.to_string();
                }
                if let Some(parts) = taken_apart(&e, &|name| is_random(&self.called, name, block)).filter(|_| bare) {
                    known.push(LINEAR.to_owned());
                    e = parts;
                }
                claim.unfolded = squared(&e).unwrap_or(e);
                if are_written(&p.printed) {
                    let printed = unfold(&p.printed, &p.definitions).map(|u| u.expr);
                    claim.printed = Some(supply(&printed.unwrap_or(p.printed), &laws).1);
                }
                let constants = if bare { small_letters(&claim.unfolded) } else { vec![] };
                if !constants.is_empty() {
                    known.push(CONSTANTS.to_owned());
                    p.givens.extend(constants.into_iter().map(Given::meant));
                }
                // Proved without what the names stand for, it holds with that; what fails without may hold.
                claim.open = claim
                    .open
                    .take()
                    .or_else(|| u.circle.map(|s| Message::new("reason-circular").with("symbol", Expr::sym(s))));
                known.extend(independent);
                claim.known = known;
                if mean.is_some() {
                    claim.known.push(MEAN.to_owned());
                    // Which variable a density without a name is of is a guess.
                    claim.open = Some(Message::new("reason-context").with("symbol", &p.relation).with("what", MEAN));
                }
                if inverse.is_some() {
                    claim.known.push(INVERSE.to_owned());
                    // Beyond the values that g takes, and where it takes one twice, nothing is said.
                    claim.open = Some(Message::new("reason-context").with("symbol", &p.relation).with("what", INVERSE));
                }
                claim.general = Some(without_values(meant.unwrap_or(&p.relation), &p.definitions).unwrap_or(u.expr));
                claim.general.take_if(|e| *e == claim.unfolded);
                let any = of_any_function(&p.relation, &p.definitions).filter(|e| *e != claim.unfolded);
                claim.general = claim.general.take().or(any);
                claim.definitions = u.used;
                let freed = anew_elsewhere.map(|s| Message::new("reason-freed").with("symbol", Expr::sym(s)));
                claim.open = claim.open.take().or(freed);
                (claim.cited, claim.earlier) = (cited, earlier);
            }
        }
        let apart = claim.open.as_ref().is_some_and(|m| m.key == APART);
        assume(claim, p.givens, &self.introduced);
        if apart {
            claim.assumed = claim
                .unfolded
                .symbols()
                .iter()
                .filter(|s| s.sort != Sort::Integer)
                .map(|s| s.name.to_string())
                .collect();
        }
        claim.domain_stated = p.domain_stated;
        if p.case && s.otherwise.is_none() && !concluded && (is_case(&p.relation, &p.definitions) || anew) {
            s.otherwise = Some(Kind::Condition);
        }
        if s.claim.as_ref().is_some_and(|c| c.open.is_none()) {
            let open = s.claim.clone().and_then(|c| self.left_open(&c, &p.definitions, block));
            if let Some(claim) = self.statements.get_mut(p.statement).and_then(|s| s.claim.as_mut()) {
                claim.open = open;
            }
        }
    }
}

/// Whether a given says how many entries an array of an expression has.
fn sizes_are_said(e: &Expr, givens: &[Given]) -> bool {
    let sizes: Vec<Symbol> = e.symbols().iter().flat_map(|s| s.sort.sizes()).flat_map(Expr::symbols).collect();
    givens.iter().filter_map(|g| g.fact.as_ref()).any(|f| sizes.iter().any(|s| f.mentions(s)))
}

/// The relation unfolded but for values of examples; `None` where none of its symbols has one.
fn without_values(relation: &Expr, definitions: &Definitions) -> Option<Expr> {
    let general = definitions.without(&is_value)?;
    unfold(relation, &general).ok().map(|u| u.expr)
}
