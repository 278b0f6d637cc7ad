//! What each relation is: definition, given, condition, claim.

use crate::claim::{Kind, Statement, Verdict};
use crate::elaborate::bilinear::{INDEPENDENT, SAMPLE};
use crate::elaborate::build::Builder;
use crate::elaborate::conditional::{is_compound, is_rule};
use crate::elaborate::content::{found_symbol, is_limit, is_reckoned, mentions_head, same_head_everywhere};
use crate::elaborate::definitions::{Head, head, is_value, renames};
use crate::elaborate::directives::Attached;
use crate::elaborate::inverse::undone;
use crate::elaborate::marginal::MARGINAL;
use crate::elaborate::primitive::differentiated;
use crate::elaborate::prose::{Cue, assumes, concludes};
use crate::elaborate::supposed::{ORDER, sets_values};
use crate::elaborate::universal::relation;
use crate::elaborate::waiting::TypedLine;
use crate::expr::{Expr, Node, fun};
use crate::message::Message;
use crate::notation::line::Prefix;
use crate::notation::relation::Role;
use crate::notation::tex::parse;
use crate::notation::{is_unclear, may_apply, plain};

impl Builder<'_> {
    /// What the relation is, and what follows for the scope.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn settle(
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
        let Some((left, right)) = s.sides.clone() else { return };
        let span = s.span;
        if !self.has_annotations {
            let tex = plain(&parse(&s.latex));
            let reaches = is_unclear(&tex);
            if reaches {
                // What it says of its symbols may be something else.
                self.note_unread(line);
            }
            s.unclear = reaches || may_apply(&tex);
        }
        let opaque = left.has_opaque() || right.has_opaque();
        let followed = line.raw.is_implication() && s.expected.is_none();
        if followed || role == Role::Update || role == Role::Distributed || role == Role::Arrow && !is_limit(&left) {
            s.kind = if role == Role::Distributed { Kind::Given } else { Kind::Other };
            self.introduce(&left);
            self.statements.push(s);
            return;
        }
        let denied = !self.has_annotations
            && !s.asked
            && s.expected.is_none()
            && (self.is_denied(line.raw.block) || name == "eq" && self.is_alternative(line.raw.block));
        if denied || self.directives.off.contains(&line.raw.block) {
            return self.enter(s, Kind::Other);
        }
        let opens = line.raw.before == 0 && k == 0 && !display && !s.asked && s.expected.is_none();
        if opens && words != Cue::Claim && !name.is_empty() && self.is_only_named(line, words == Cue::Given) {
            s.kind = Kind::Condition;
            if self.is_unassumed(line.raw.block) {
                let numbers = left.symbols().into_iter().chain(right.symbols()).filter(|s| s.sort.is_scalar());
                numbers.for_each(|s| self.free(line.raw.block, &s));
            }
            self.statements.push(s);
            return;
        }
        if !s.asked && s.expected.is_none() && self.is_of_no_use(line, name == "eq" && !display) {
            return self.enter(s, Kind::Condition);
        }
        // `$= 4$` in a sentence lacks a side, and so does a link of `a_1 = \\ldots = a_n`.
        let dots = ["", "...", "…", "\\ldots", "\\cdots", "\\dots"];
        let absent = |e: &Expr| matches!(e.node(), Node::Opaque { text, .. } if dots.contains(&text.trim()));
        // So does a constraint of an optimisation problem say nothing to check.
        if (self.constrains(line) || absent(&left) || absent(&right)) && !s.asked && s.expected.is_none() {
            s.kind = Kind::Other;
            self.note_unread(line);
            self.statements.push(s);
            return;
        }
        // What a notation without a meaning says of its symbols is not known.
        let notation = |e: &Expr| e.any(&mut |x| matches!(x.node(), crate::expr::Node::Call(f, _) if f.is_notation()));
        // With a constant of integration both sides have one derivative: nothing is named, and no more is said.
        let primitive = differentiated(&relation(name, &left, &right), None).is_some_and(|d| d.sure);
        if !primitive && (notation(&left) || notation(&right)) || line.raw.apart {
            self.note_unread(line);
        }
        if opaque {
            let place = |p: &&crate::notation::Problem| p.span.overlaps(span) || !line.raw.rowed;
            let message = line.raw.problems.iter().find(place).or(line.raw.problems.first()).map(|p| p.message.clone());
            s.problem =
                Some((Verdict::Unread, message.unwrap_or_else(|| Message::new("reason-opaque").with("what", &s.read))));
            // An unread definition still introduces its symbol, without a meaning.
            let new = head(&left);
            if let Some(h) = &new {
                self.introduced.insert(&h.symbol);
            }
            self.note_unread(line);
            // What introduces its left side says nothing to check, whether or not its right side was read.
            let opens = line.raw.before == 0 && k == 0 && words != Cue::Claim && !attached.claim && !s.asked;
            let free = !self.has_annotations && s.expected.is_none() && name == "eq" && !left.has_opaque();
            if opens && free && self.introduces_unread(new.as_ref(), &left, &right) {
                (s.kind, s.problem) = (Kind::Definition, None);
            }
            self.statements.push(s);
            return;
        }
        if let Some(clash) = &line.clash {
            // What introduces its left side says nothing to check, whether or not its shapes fit.
            let first = line.raw.before == 0 && k == 0 && words != Cue::Claim && !attached.claim && !s.asked;
            let new = |h: &Head| {
                self.definitions.of_head(h).is_none() && !self.equated_before(&h.symbol) && !mentions_head(&right, h)
            };
            let free = !s.asked && !self.has_annotations && s.expected.is_none();
            let introduces = first && free;
            let kind = match name {
                // A membership says what its left side is.
                "member" if words != Cue::Claim && !attached.claim && free => Some(Kind::Given),
                "eq" if introduces
                    && (self.told_to_define(line)
                        || head(&left).as_ref().is_some_and(new)
                        || self.names_value(&left, &right)) =>
                {
                    Some(Kind::Definition)
                }
                _ => None,
            };
            if let Some(kind) = kind {
                s.kind = kind;
                self.introduce(&left);
                self.note_unread(line);
                self.statements.push(s);
                return;
            }
            s.problem = Some((Verdict::Unread, clash.clone()));
            self.note_unread(line);
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
                if k > 0 && self.is_said_already(&left, &h) {
                    s.otherwise = Some(Kind::Given);
                    self.claim(line, s, name, &left, &right, display, false);
                    return;
                }
                if !mentions_head(&right, &h) {
                    self.define(&h, &right, span);
                }
                return self.enter(s, Kind::Given);
            }
        }
        let asked = attached.claim || s.expected.is_some();
        let first = line.raw.before == 0 && k == 0;
        let alone = first && line.raw.signs.len() == 1;
        let eq = name == "eq";
        // What a measure gives to a union follows from what it gives to the parts: nothing is named.
        let composed =
            left.as_symbol().is_some_and(is_compound) && role != Role::Defines && !right.symbols().is_empty();
        let found = if eq && !primitive && !composed { head(&left) } else { None };
        if eq && !asked && !self.has_annotations && role != Role::Defines && is_rule(&left, &right) {
            self.claim(line, s, name, &left, &right, display, false);
            // It also says what a probability is that nothing said yet.
            if let Some(h) = found.as_ref().filter(|h| first && self.definitions.of_head(h).is_none())
                && !mentions_head(&right, h)
            {
                self.define(h, &right, span);
            }
            return;
        }
        let law = if asked || role == Role::Defines || words == Cue::Given {
            None
        } else {
            self.law_of(line.raw.block, &relation(name, &left, &right))
        };
        // "If Cov(X, Y) = 0" is a case, and says nothing.
        let case = |l: &&str| words == Cue::Condition && [INDEPENDENT, SAMPLE].contains(l);
        if let Some(law) = law.filter(|l| !case(l)) {
            self.claim(line, s, name, &left, &right, display, false);
            // So does what it is a sum or an integral of.
            if let Some(h) =
                found.as_ref().filter(|h| law == MARGINAL && first && self.definitions.of_head(h).is_none())
                && !mentions_head(&right, h)
            {
                self.define(h, &right, span);
            }
            return;
        }
        // `E[X] = p` of what is distributed so names nothing.
        if eq
            && !asked
            && role != Role::Defines
            && self.follows_from_laws(line.raw.block, &relation(name, &left, &right))
        {
            self.claim(line, s, name, &left, &right, display, false);
            // What is called by a name of its own, the median, stands for that in the lines behind it.
            if let Some(h) = found.as_ref().filter(|h| first && self.definitions.of_head(h).is_none())
                && !mentions_head(&right, h)
            {
                self.define(h, &right, span);
            }
            return;
        }
        if !asked && eq && display && k == 1 && self.define_in_passing(line, found.as_ref(), &right, &s) {
            return;
        }
        let heading = if first && !attached.claim { found.as_ref() } else { None };
        {
            if let Some(h) = heading {
                let recursive = mentions_head(&right, h);
                let defined = self.definitions.of_head(h).is_some();
                let itself = h.params.is_empty() && same_head_everywhere(&right, h) && role != Role::Defines;
                if recursive && !itself && s.expected.is_none() {
                    s.kind = Kind::Other;
                    self.introduced.insert(&h.symbol);
                    self.note_unread(line);
                    self.statements.push(s);
                    return;
                }
                let anew = !recursive && !defined && role != Role::Defines;
                if anew && self.is_of_one_place(line, h, &right) {
                    s.kind = self.one_place(h, line.raw.block);
                    self.statements.push(s);
                    return;
                }
                if !recursive && (!defined || role == Role::Defines || attached.definition) {
                    let given = words == Cue::Given && !display || line.raw.prefix.is_some();
                    let cases = !asked
                        && !self.has_annotations
                        && (self.is_of_cases(line.raw.block) || !display && self.is_neighbourhood(line.raw.block));
                    let free = !asked && !self.has_annotations && role != Role::Defines;
                    let case = !display && (words == Cue::Condition || free && self.is_situation(line.raw.block));
                    let named = right.symbols().is_empty() || right.as_symbol().is_some();
                    let of_value = named && h.params.is_empty() && h.indices.is_empty();
                    if cases || case && (of_value || self.introduced.contains(&h.symbol)) {
                        if case && of_value && !self.introduced.contains(&h.symbol) {
                            self.in_this_case(&s, line.raw.block, h, &right);
                        }
                        if !display {
                            self.mention(h, &right, line.raw.block);
                        }
                        self.introduced.insert_as(&h.symbol, of_value);
                        return self.enter(s, Kind::Condition);
                    }
                    if !h.params.is_empty()
                        && words != Cue::Claim
                        && !asked
                        && !self.has_annotations
                        && !right.has_opaque()
                        && !self.named.contains(&left)
                        && !h.params.iter().any(|p| self.definitions.reaches(&right, p))
                    {
                        // `\mathrm{LL}(m) = …` names a number.
                        self.introduced.insert(&h.symbol);
                        self.named.insert(left.clone());
                        return self.enter(s, Kind::Definition);
                    }
                    if let Some(definition) = self.define_as(h, &right, span) {
                        s.kind = if given { Kind::Given } else { Kind::Definition };
                        if !display && (is_value(&definition) || renames(&definition)) && !self.has_annotations {
                            let set = asked || role == Role::Defines;
                            let within = self.reach_of_value(&definition, line.raw.block, set);
                            self.annotated.push((within, definition.clone()));
                        }
                        if display || self.has_annotations || !is_value(&definition) || self.explains(line.raw.block) {
                            self.reach_back(line, display, &definition);
                        }
                        self.statements.push(s);
                        return;
                    }
                }
                if defined && alone && right.as_num().is_some() && words != Cue::Claim && s.expected.is_none() {
                    let set = words == Cue::Given && (display || self.is_set(line.raw.block));
                    s.kind = if set { Kind::Given } else { Kind::Condition };
                    if set {
                        self.define(h, &right, span);
                    } else if !display {
                        self.mention(h, &right, line.raw.block);
                    }
                    self.statements.push(s);
                    return;
                }
                if defined && words == Cue::Given && !display && alone {
                    self.define(h, &right, span);
                    return self.enter(s, Kind::Given);
                }
            }
        }
        let inverse = found.as_ref().filter(|h| eq && self.defines_within(k, line.raw.chain, h)).cloned();
        if let Some(h) = &inverse
            && undone(&relation(name, &left, &right), &self.definitions).is_none()
            && self.define(h, &right, span)
        {
            return self.enter(s, Kind::Definition);
        }
        // Said to follow ("thus"), a law is one all the same.
        if eq && first && !asked && self.is_recurrence(&left) {
            s.kind = Kind::Other;
            self.introduce(&left);
            // It restricts the sequence alone.
            let section = self.section(line.raw.block);
            let array = left.as_app(fun::INDEX).and_then(|args| args.first()).and_then(Expr::as_symbol);
            self.unread.extend(array.map(|s| (section, s.name.to_string())));
            self.statements.push(s);
            return;
        }
        let says = words != Cue::Claim || self.is_space_of_new(&left, &right);
        if name == "member" && first && says && !attached.claim && found_symbol(&left).is_some() {
            let fact = relation(name, &left, &right);
            self.introduce(&left);
            let given = self.given(Some(fact), s.read.clone(), span);
            let section = self.section(line.raw.block);
            self.givens.push((section, given.clone()));
            if !display {
                self.reach_back_given(&given, line.raw.block);
            }
            return self.enter(s, Kind::Given);
        }
        // A relation in words of assuming, or behind ∵, is one.
        let words = match words {
            Cue::Plain if !display && ORDER.contains(&name) => self.joined_cue(line.raw.block).unwrap_or(words),
            _ => words,
        };
        let ordered = line.raw.before == 0 && line.raw.signs.iter().all(|p| ORDER.contains(&p.sign.name));
        if (first && alone || ordered)
            && !attached.claim
            && (words == Cue::Given && !display || line.raw.prefix == Some(Prefix::Because))
        {
            let fact = relation(name, &left, &right);
            if let (Some(symbol), Some(_), false) = (left.as_symbol(), right.as_num(), self.has_annotations || eq) {
                // `n ≥ 1` is said of what is no longer the 0 of an example.
                self.free_of_values(line.raw.block, symbol);
            }
            self.introduce(&left);
            let given = self.given(Some(fact), s.read.clone(), span);
            let mentioned = !display && self.mention_equation(&mut s, line, &given);
            if !mentioned {
                let section = self.section(line.raw.block);
                self.givens.push((section, given.clone()));
                s.kind = Kind::Given;
            }
            if !mentioned || self.explains(line.raw.block) {
                self.reach_back_given(&given, line.raw.block);
            }
            self.statements.push(s);
            return;
        }
        if eq
            && !attached.claim
            && !composed
            && (k > 0 || line.raw.before > 0 || found.is_none())
            && self.implicit(&left, &right, span)
        {
            return self.enter(s, Kind::Definition);
        }
        if eq && alone && display && !attached.claim && self.power_of_new(&left, &right) {
            s.kind = Kind::Definition;
            self.note_unread(line);
            self.statements.push(s);
            return;
        }
        // An inequality alone, without a cue of a claim, may be a case: `none` unless it always holds. What a verdict
        // is expected of is a claim.
        let conditional = alone
            && !matches!(words, Cue::Claim)
            && !attached.claim
            && attached.id.is_none()
            && s.expected.is_none()
            && line.raw.prefix.is_none()
            && !matches!(name, "implies" | "iff");
        let reckoned = eq && words == Cue::Plain && is_reckoned(&left, &right);
        let conditional = conditional && !reckoned && !self.for_all(&line.raw);
        if (conditional || ordered && !asked && !attached.claim) && words == Cue::Condition {
            if ordered && !display && !self.has_annotations {
                self.suppose(line.raw.block, relation(name, &left, &right), s.read.clone(), span);
            }
            return self.enter(s, Kind::Condition);
        }
        let restated =
            eq && first && !attached.claim && found.as_ref().is_some_and(|h| self.definitions.of_head(h).is_some());
        let wanted = attached.claim || s.expected.as_ref().is_some_and(|e| e.verdict != Verdict::None);
        if restated || eq && first && !wanted && self.told_to_define(line) {
            s.otherwise = Some(Kind::Definition);
            s.concluded = restated && (words == Cue::Claim || concludes(&self.words(&line.raw).0));
        } else if conditional && !(eq && display && found.is_none())
            || !display && !asked && self.is_chained(line, words)
        {
            s.otherwise = Some(Kind::Condition);
        }
        let case = !attached.claim && attached.id.is_none() && attached.expect.is_empty() && !self.for_all(&line.raw);
        if !self.has_annotations && !asked && words != Cue::Claim {
            let given = name == "member" || !display && sets_values(&line.raw);
            let kind = if given { Kind::Given } else { Kind::Condition };
            s.loose = Some(kind).filter(|_| given || eq && (conditional || reckoned));
            if eq && first && !alone && self.is_new_value(&left) {
                s.loose = Some(Kind::Definition);
            }
            if eq && first && s.otherwise.is_none() {
                let assumed = display && words == Cue::Given && assumes(&self.words(&line.raw).0);
                s.otherwise = self.only_says(&left, &right, conditional).or(assumed.then_some(Kind::Given));
            }
        }
        // `f′(x) = 2x − 4 = 0`: the last link of a chain sets to zero.
        let zeroed = k + 1 == line.raw.signs.len() && right.as_int() == Some(0);
        let case = case && (alone || zeroed || !line.raw.signs.iter().any(|p| p.sign.name == "eq"));
        self.claim(line, s, name, &left, &right, display, case);
        if let Some(h) = &inverse {
            self.define(h, &right, span);
        }
        // A restatement also is the meaning from here on, unless it is said to be only a claim.
        if let (true, true, Some(h)) = (eq, first && !attached.claim, &found)
            && self.definitions.of_head(h).is_some()
            && !mentions_head(&right, h)
        {
            self.define(h, &right, span);
        }
    }

    /// Enters a statement as one of a kind.
    fn enter(&mut self, s: Statement, kind: Kind) {
        self.statements.push(Statement { kind, ..s });
    }
}
