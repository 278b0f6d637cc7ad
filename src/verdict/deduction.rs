//! Deductions: truth values shown step by step, by rules that reduce a goal to simpler ones. A rule is applied by the
//! kernel alone, for the engine that searches as for the replay; a deduction only says which rule comes next.

use std::collections::BTreeSet;

use crate::algebra::enclose::{self, Enclosed};
use crate::algebra::facts::Facts;
use crate::algebra::sign::holds;
use crate::algebra::{conditions, differentiate, finite_values, negation, size_symbols, with_value};
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};
use crate::verdict::identity::{Shown, show};

/// Largest goal that a rule is applied to.
const LARGEST: u64 = 20_000;

/// A way to reduce a goal to others.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// `A ∧ B`: each of them.
    Each,
    /// `A ⇒ B`: B from A.
    Assume,
    /// `A ⇒ B`: not A from not B.
    Contrapose,
    /// `A ⇔ B`: A ⇒ B and B ⇒ A.
    Both,
    /// `a ≤ b ⇔ c ≤ d` (likewise for other orders and for equations): b − a = d − c.
    SameDifference,
    /// `∀x: A`: A at a new x.
    Generalise,
    /// `argmax f = argmax g` over one set: values of f at any two members are ordered as those of g are (against them
    /// for `argmax f = argmin g`).
    SameOrder,
    /// `Σ f = Σ g`, `Π f = Π g` over one range: f = g at every place.
    TermByTerm,
    /// `F(a, …) = F(b, …)`: a = b, ….
    Congruence,
    /// The goal for each of the finitely many values that a part of it has.
    Split(Expr),
    /// The goal with an equal number in place of a part.
    Replace(Expr, Expr),
}

impl Rule {
    /// The word for it in derivations.
    pub fn name(&self) -> &'static str {
        match self {
            Rule::Each => "each",
            Rule::Assume => "assume",
            Rule::Contrapose => "contrapose",
            Rule::Both => "both directions",
            Rule::SameDifference => "same difference",
            Rule::Generalise => "generalise",
            Rule::SameOrder => "same order",
            Rule::TermByTerm => "term by term",
            Rule::Congruence => "congruence",
            Rule::Split(_) => "split",
            Rule::Replace(..) => "replace",
        }
    }
}

/// A proof of a goal from facts.
#[derive(Clone, Debug)]
pub enum Deduction {
    /// Shown by canonical form or sign.
    Shown(Shown),
    /// Shown over the box that the facts leave.
    Enclosed(Box<Enclosed>),
    /// A rule with a deduction for each of the goals that it leaves.
    Step(Rule, Vec<Deduction>),
}

/// What a rule leaves to be shown.
#[derive(Clone, Debug)]
pub struct Premise {
    /// What is to be shown.
    pub goal: Expr,
    /// From what.
    pub facts: Vec<Expr>,
    context: Context,
}

/// Under what a condition is owed, seen from the goal that a rule was applied to.
#[derive(Clone, Debug, Default)]
struct Context {
    assumed: Option<Expr>,
    members: Vec<(Symbol, Domain)>,
}

impl Context {
    fn close(&self, condition: Expr) -> Expr {
        let condition = match &self.assumed {
            Some(a) if *a != condition => Expr::relate("implies", a.clone(), condition),
            _ => condition,
        };
        self.members.iter().rev().fold(condition, |c, (symbol, domain)| match c.mentions(symbol) {
            true => Expr::bind(Binder::ForAll, domain.clone(), c.abstracted(symbol, symbol.sort.clone())),
            false => c,
        })
    }
}

/// What a rule makes of a goal: the goals that it leaves, and conditions that have to hold beside them so that what is
/// claimed has a value (each with the facts it may use).
#[derive(Clone, Debug, Default)]
pub struct Reduction {
    /// The goals left.
    pub premises: Vec<Premise>,
    needs: Vec<Premise>,
}

impl Reduction {
    fn to(premises: Vec<Premise>) -> Reduction {
        Reduction { premises, needs: vec![] }
    }

    fn need(&mut self, conditions: impl IntoIterator<Item = Expr>, facts: &[Expr], context: &Context) {
        let needs =
            conditions.into_iter().map(|goal| Premise { goal, facts: facts.to_vec(), context: context.clone() });
        self.needs.extend(needs);
    }
}

/// The conditions that a deduction owes beside the facts; `None` if a step of it does not hold.
///
/// Where the goal is an equation or an inequality, it is shown in the sense of [`show`]: where it has a value on one
/// side only something is owed. A conclusion of `⇒` must have a value wherever its premise has one and holds.
pub fn owed(goal: &Expr, facts: &[Expr], deduction: &Deduction) -> Option<Vec<Expr>> {
    match deduction {
        Deduction::Shown(shown) => {
            let again = show(goal, facts).ok()?;
            let covers =
                again.lowered == shown.lowered && again.conditions.iter().all(|c| shown.conditions.contains(c));
            covers.then(|| shown.conditions.clone())
        }
        Deduction::Enclosed(cover) => enclose::replay(goal, facts, cover).then(Vec::new),
        Deduction::Step(rule, parts) => {
            let reduction = reduce(rule, goal, facts)?;
            if reduction.premises.len() != parts.len() {
                return None;
            }
            let mut list: Vec<Expr> = vec![];
            let mut owe = |c: Expr| {
                if !list.contains(&c) {
                    list.push(c)
                }
            };
            for need in &reduction.needs {
                if !holds(&need.goal, &Facts::new(&need.facts)).certainly() {
                    owe(need.context.close(need.goal.clone()));
                }
            }
            for (premise, part) in reduction.premises.iter().zip(parts) {
                owed(&premise.goal, &premise.facts, part)?.into_iter().for_each(|c| owe(premise.context.close(c)));
            }
            Some(list)
        }
    }
}

/// The rules applied with their goals, the outermost first.
pub fn outline(goal: &Expr, facts: &[Expr], deduction: &Deduction) -> Vec<(&'static str, Expr)> {
    match deduction {
        Deduction::Shown(_) => vec![("sign or canonical form", goal.clone())],
        Deduction::Enclosed(_) => vec![("enclosure", goal.clone())],
        Deduction::Step(rule, parts) => {
            let premises = reduce(rule, goal, facts).unwrap_or_default().premises;
            let below = premises.iter().zip(parts).flat_map(|(p, d)| outline(&p.goal, &p.facts, d));
            std::iter::once((rule.name(), goal.clone())).chain(below).collect()
        }
    }
}

/// What a rule leaves of a goal; `None` where it does not apply.
pub fn reduce(rule: &Rule, goal: &Expr, facts: &[Expr]) -> Option<Reduction> {
    if goal.size() > LARGEST {
        return None;
    }
    match rule {
        Rule::Each => {
            let plain =
                |part: &Expr| Premise { goal: part.clone(), facts: facts.to_vec(), context: Context::default() };
            Some(Reduction::to(goal.as_app("and")?.iter().map(plain).collect()))
        }
        Rule::Both => {
            let [a, b] = goal.as_app("iff")? else { return None };
            let one = |a: &Expr, b: &Expr| Premise {
                goal: Expr::relate("implies", a.clone(), b.clone()),
                facts: facts.to_vec(),
                context: Context::default(),
            };
            Some(Reduction::to(vec![one(a, b), one(b, a)]))
        }
        Rule::SameDifference => {
            let [a, b] = goal.as_app("iff")? else { return None };
            let ((kind, excess), (other, same)) = (excess(a)?, self::excess(b)?);
            let equal = Expr::relate(fun::EQ, excess, same);
            let premise = Premise { goal: equal, facts: facts.to_vec(), context: Context::default() };
            (kind == other).then(|| Reduction::to(vec![premise]))
        }
        Rule::Assume => assume(goal, facts),
        Rule::Contrapose => contrapose(goal, facts),
        Rule::Generalise => {
            let Node::Bind { binder: Binder::ForAll, domain, body } = goal.node() else { return None };
            let mut places = Places::new(goal, facts);
            let x = places.member(domain)?;
            Some(Reduction::to(vec![places.premise(body.instantiated(&x))]))
        }
        Rule::TermByTerm => {
            let (l, r) = equation(goal)?;
            let (Some((b, domain, f)), Some((c, other, g))) = (bound(l), bound(r)) else { return None };
            if b != c || domain != other || !matches!(b, Binder::Sum | Binder::Product) {
                return None;
            }
            let mut places = Places::new(goal, facts);
            let x = places.member(domain)?;
            Some(Reduction::to(vec![places.premise(Expr::relate(fun::EQ, f.instantiated(&x), g.instantiated(&x)))]))
        }
        Rule::Congruence => {
            let (Node::App(f, a), Node::App(g, b)) = (equation(goal)?.0.node(), equation(goal)?.1.node()) else {
                return None;
            };
            if f != g || a.len() != b.len() || !a.iter().chain(b).all(|x| x.sort().is_scalar()) {
                return None;
            }
            let different = a.iter().zip(b).filter(|(x, y)| x != y).map(|(x, y)| Premise {
                goal: Expr::relate(fun::EQ, x.clone(), y.clone()),
                facts: facts.to_vec(),
                context: Context::default(),
            });
            Some(Reduction::to(different.collect()))
        }
        Rule::SameOrder => same_order(goal, facts),
        Rule::Split(part) => split(goal, facts, part),
        Rule::Replace(part, by) => {
            let numbers = [part, by].into_iter().all(|e| e.is_closed() && e.sort().is_scalar());
            let put = |x: &Expr, _: u32| (x == part).then(|| by.clone());
            let rest = goal.transform(&mut { put });
            let plain = |goal: Expr| Premise { goal, facts: facts.to_vec(), context: Context::default() };
            let equal = Expr::relate(fun::EQ, part.clone(), by.clone());
            (numbers && rest != *goal).then(|| Reduction::to(vec![plain(equal), plain(rest)]))
        }
    }
}

/// The facts with one more, that has a value, and with its derivatives carried out; and what the latter owes.
fn supposing(facts: &[Expr], fact: &Expr) -> (Vec<Expr>, Vec<Expr>) {
    let mut all = facts.to_vec();
    all.extend(conditions(fact));
    all.push(fact.clone());
    match differentiate(fact) {
        Ok((e, needed)) if e != *fact => {
            all.push(e);
            (all, needed)
        }
        _ => (all, vec![]),
    }
}

fn assume(goal: &Expr, facts: &[Expr]) -> Option<Reduction> {
    let [a, b] = goal.as_app("implies")? else { return None };
    let (all, derived) = supposing(facts, a);
    let context = Context { assumed: Some(a.clone()), members: vec![] };
    let mut reduction = Reduction::to(vec![Premise { goal: b.clone(), facts: all.clone(), context: context.clone() }]);
    let mut plain = facts.to_vec();
    plain.extend(conditions(a));
    reduction.need(derived, &plain, &context);
    reduction.need(conditions(b), &all, &context);
    Some(reduction)
}

fn contrapose(goal: &Expr, facts: &[Expr]) -> Option<Reduction> {
    let [a, b] = goal.as_app("implies")? else { return None };
    let (not_a, not_b) = (negation(a), negation(b));
    if not_b.as_app("not").is_some() || not_a.as_app("not").is_some() {
        return None;
    }
    // Where A holds B has a value; so where B fails it fails with a value, and A has one there.
    let (after_a, _) = supposing(facts, a);
    let mut valued = facts.to_vec();
    valued.extend(conditions(a));
    let (all, derived) = supposing(&valued, &not_b);
    let context = Context { assumed: Some(not_b), members: vec![] };
    let mut reduction = Reduction::to(vec![Premise { goal: not_a, facts: all, context: context.clone() }]);
    reduction.need(derived, &valued, &context);
    reduction.need(conditions(b), &after_a, &Context { assumed: Some(a.clone()), members: vec![] });
    Some(reduction)
}

fn same_order(goal: &Expr, facts: &[Expr]) -> Option<Reduction> {
    let (l, r) = equation(goal)?;
    let (Some((b, domain, f)), Some((c, other, g))) = (bound(l), bound(r)) else { return None };
    let extremal = |b| matches!(b, Binder::ArgMax | Binder::ArgMin);
    if domain != other || !extremal(b) || !extremal(c) {
        return None;
    }
    let mut places = Places::new(goal, facts);
    let (x, y) = (places.member(domain)?, places.member(domain)?);
    let mut needs = vec![];
    for place in [&x, &y] {
        let (of_f, of_g) = (conditions(&f.instantiated(place)), conditions(&g.instantiated(place)));
        for condition in of_f.iter().chain(&of_g) {
            if !(of_f.contains(condition) && of_g.contains(condition)) {
                needs.push(condition.clone());
            }
        }
        places.facts.extend(of_f);
        places.facts.extend(of_g);
    }
    let ordered = |name, e: &Expr| Expr::relate(name, e.instantiated(&x), e.instantiated(&y));
    let along = if b == c { "lt" } else { "gt" };
    let premise = places.premise(Expr::relate("iff", ordered("lt", f), ordered(along, g)));
    let mut reduction = Reduction { premises: vec![], needs: vec![] };
    reduction.need(needs, &places.given, &premise.context);
    reduction.premises.push(premise);
    Some(reduction)
}

fn split(goal: &Expr, facts: &[Expr], part: &Expr) -> Option<Reduction> {
    let values = finite_values(part, &Facts::new(facts))?;
    let one_sided = match goal.node() {
        Node::App(f, args) if fun::is_relation(f.name) => {
            let of: Vec<Vec<Expr>> = args.iter().map(conditions).collect();
            let common = |c: &Expr| of.iter().all(|side| side.contains(c));
            of.iter().flatten().filter(|c| !common(c)).cloned().collect()
        }
        _ => conditions(goal),
    };
    let mut reduction = Reduction::default();
    for value in values {
        let at = |e: &Expr| with_value(e, part, &value);
        let facts: Vec<Expr> = facts.iter().map(at).collect();
        let context = Context { assumed: Some(Expr::relate(fun::EQ, part.clone(), value.clone())), members: vec![] };
        reduction.need(one_sided.iter().map(at), &facts, &context);
        reduction.premises.push(Premise { goal: at(goal), facts, context });
    }
    Some(reduction)
}

/// What a relation between numbers says of the difference of its sides: that it is > 0, ≥ 0, = 0 or ≠ 0.
fn excess(relation: &Expr) -> Option<(&'static str, Expr)> {
    let Node::App(f, args) = relation.node() else { return None };
    let [l, r] = args.as_slice() else { return None };
    if !l.sort().is_scalar() || !r.sort().is_scalar() {
        return None;
    }
    let (name, greater, smaller) = match f.name {
        "gt" | "ge" | fun::EQ | "ne" => (f.name, l, r),
        "lt" => ("gt", r, l),
        "le" => ("ge", r, l),
        _ => return None,
    };
    Some((name, greater.clone() - smaller.clone()))
}

fn equation(goal: &Expr) -> Option<(&Expr, &Expr)> {
    match goal.as_app(fun::EQ)? {
        [l, r] => Some((l, r)),
        _ => None,
    }
}

fn bound(e: &Expr) -> Option<(Binder, &Domain, &Expr)> {
    match e.node() {
        Node::Bind { binder, domain, body } => Some((*binder, domain, body)),
        _ => None,
    }
}

/// New symbols for members of domains, with the facts that they are members.
struct Places {
    taken: BTreeSet<String>,
    /// The facts with the memberships.
    given: Vec<Expr>,
    facts: Vec<Expr>,
    members: Vec<(Symbol, Domain)>,
}

impl Places {
    fn new(goal: &Expr, facts: &[Expr]) -> Places {
        let all = || facts.iter().chain([goal]);
        let symbols = all().flat_map(|e| e.symbols().into_iter().chain(size_symbols(e)));
        let taken = symbols.map(|s| s.name.to_string()).collect();
        Places { taken, given: facts.to_vec(), facts: vec![], members: vec![] }
    }

    fn member(&mut self, domain: &Domain) -> Option<Expr> {
        let sort = domain.variable_sort();
        let letters: &[&str] = if sort == Sort::Integer { &["i", "j", "k", "l"] } else { &["u", "v", "w", "z"] };
        let letters = letters.iter().map(|l| (*l).to_owned());
        let mut names = letters.chain((1u32..).map(|n| format!("u_{{{n}}}")));
        let name = names.find(|n| !self.taken.contains(n))?;
        self.taken.insert(name.clone());
        let symbol = Symbol::new(&name, sort);
        let x = Expr::sym(symbol.clone());
        match domain {
            Domain::Range(low, high) => {
                self.given.push(Expr::relate("le", low.clone(), x.clone()));
                self.given.push(Expr::relate("le", x.clone(), high.clone()));
            }
            Domain::Over(set) => self.given.push(Expr::relate("member", x.clone(), set.clone())),
            Domain::All(_) => {}
            Domain::Towards(..) | Domain::At(..) => return None,
        }
        self.members.push((symbol, domain.clone()));
        Some(x)
    }

    fn premise(&self, goal: Expr) -> Premise {
        let facts = self.given.iter().chain(&self.facts).cloned().collect();
        Premise { goal, facts, context: Context { assumed: None, members: self.members.clone() } }
    }
}

#[cfg(test)]
mod tests;
