//! Means of logarithms of distributions: `E_q[log p(x, z) − log q(z)]`, `log p(x)`, `KL(q(z) ‖ p(z | x))` and `H(q)` are
//! combinations of means of logarithms of joint distributions (Bishop, Pattern Recognition and Machine Learning, 10.1), so
//! that the decompositions of an evidence are linear algebra; inequalities follow from that of Gibbs.

use std::collections::{BTreeMap, BTreeSet};

use crate::algebra::canon::is_identity;
use crate::elaborate::distribution::{Distribution, Joint, Powers, SOME, factors, multiply, name};
use crate::elaborate::information::{Part, divergence, entropy_of};
use crate::elaborate::marginal::{integral, is_everything, rewritten, variable, without};
use crate::elaborate::space::Law;
use crate::expr::{Binder, Expr, Node, PLACE, Symbol, fun};
use crate::notation::BOUND;
use crate::num::Rational;

/// What is used where means of logarithms are taken apart.
const LOGARITHMS: &str = "means of logarithms of distributions, which are normalised";

/// Most terms of a side.
const MOST: usize = 24;

/// The mean of a logarithm, or of something else, by a product of distributions; by none it is the thing itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Term {
    weight: Powers,
    /// The variables that the mean is over.
    over: BTreeSet<String>,
    of: Inner,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Inner {
    One,
    Log(Joint),
    Other(String),
}

type Terms = BTreeMap<Term, Rational>;

fn add(to: &mut Terms, term: Term, factor: &Rational) {
    let zero = Rational::from(0);
    let sum = to.get(&term).cloned().unwrap_or_else(|| zero.clone()) + factor.clone();
    if sum == zero {
        to.remove(&term);
    } else {
        to.insert(term, sum);
    }
}

impl Term {
    /// Without the variables that what is averaged does not depend on.
    fn new(weight: Powers, over: BTreeSet<String>, of: Inner) -> Term {
        let mut term = Term { weight, over, of };
        for v in term.over.clone() {
            let free = match &term.of {
                Inner::One => true,
                Inner::Log((_, variables)) => !variables.contains(&v) && !variables.contains(SOME),
                Inner::Other(_) => false,
            };
            if free && v != SOME && without(&mut term.weight, &|u| u == v) {
                term.over.remove(&v);
            }
        }
        term
    }

    fn averaged(&self, by: &Average) -> Term {
        let mut weight = self.weight.clone();
        by.weight.iter().for_each(|(joint, k)| multiply(&mut weight, joint.clone(), k));
        Term::new(weight, self.over.union(&by.over).cloned().collect(), self.of.clone())
    }

    fn shown(&self) -> String {
        let of = match &self.of {
            Inner::One => "1".to_owned(),
            Inner::Log(joint) => format!("log {}", name(joint)),
            Inner::Other(text) => text.clone(),
        };
        let power = |(joint, k): (&Joint, &Rational)| {
            if *k == Rational::from(1) { name(joint) } else { format!("{}^{k}", name(joint)) }
        };
        let weight: Vec<String> = self.weight.iter().map(power).collect();
        if weight.is_empty() { of } else { format!("E_({})[{of}]", weight.join(" ")) }
    }
}

/// What a mean is by, and over which variables.
struct Average {
    weight: Powers,
    over: BTreeSet<String>,
}

/// Reads the sides of one relation.
#[derive(Default)]
struct Reading {
    /// The variables of distributions that are written as a letter.
    bare: BTreeMap<String, Option<Vec<String>>>,
    averages: bool,
}

impl Reading {
    /// What each distribution that is written in full is of.
    fn note(&mut self, d: &Distribution) {
        if d.of.iter().any(|v| v == SOME) {
            return;
        }
        let of: Vec<String> = d.of.iter().map(|v| stripped(v)).collect();
        match self.bare.get(&d.measure) {
            Some(Some(known)) if *known == of => {}
            Some(_) => drop(self.bare.insert(d.measure.clone(), None)),
            None => drop(self.bare.insert(d.measure.clone(), Some(of))),
        }
    }

    fn survey(&mut self, e: &Expr) {
        e.any(&mut |x| {
            if let Some(d) =
                Distribution::read(x).or_else(|| family(x)).filter(|d| !d.of.iter().any(|v| v.starts_with(BOUND)))
            {
                self.note(&d);
            }
            if let Some((law, _)) = expectation(x) {
                self.note(&law);
            }
            if let Some((a, b)) = divergence(x) {
                let both = [distribution(&a), distribution(&b)];
                both.iter().flatten().for_each(|d| self.note(d));
                // `KL(q ‖ p(z | x))` is over z.
                if let [Some(a), Some(b)] = both
                    && a.of.iter().any(|v| v == SOME)
                {
                    self.note(&Distribution { measure: a.measure, of: b.of, given: vec![] });
                }
            }
            false
        });
    }

    fn full(&self, d: Distribution) -> Distribution {
        let of: Vec<String> = match self.bare.get(&d.measure) {
            Some(Some(of)) if d.of.iter().any(|v| v == SOME) => of.clone(),
            _ => d.of.iter().map(|v| stripped(v)).collect(),
        };
        Distribution { of, given: d.given.iter().map(|v| stripped(v)).collect(), ..d }
    }

    fn average(&self, d: Distribution) -> Average {
        let d = self.full(d);
        Average { weight: d.powers(), over: d.of.into_iter().collect() }
    }

    /// The terms of logarithms of the factors.
    fn logarithms(&self, e: &Expr, out: &mut Terms, factor: &Rational) {
        let (mut powers, mut others) = (Powers::new(), vec![]);
        factors(&rewritten(e, 0, &mut false), &Rational::from(1), &mut powers, &mut others);
        for ((measure, of), k) in powers {
            let of = match self.bare.get(&measure) {
                Some(Some(full)) if of.contains(SOME) => full.iter().cloned().collect(),
                _ => of.iter().map(|v| stripped(v)).collect(),
            };
            add(out, Term::new(Powers::new(), BTreeSet::new(), Inner::Log((measure, of))), &(k * factor.clone()));
        }
        for x in others.iter().filter(|x| x.as_int() != Some(1)) {
            add(out, other(&Expr::apply("log", vec![x.clone()])), factor);
        }
    }

    fn logarithm(&self, d: &Distribution, out: &mut Terms, factor: &Rational) {
        for (joint, k) in self.full(d.clone()).powers() {
            add(out, Term::new(Powers::new(), BTreeSet::new(), Inner::Log(joint)), &(k * factor.clone()));
        }
    }

    /// A side as a combination of means.
    fn terms(&mut self, e: &Expr, depth: usize) -> Option<Terms> {
        let mut out = Terms::new();
        let one = Rational::from(1);
        if let Some(list) = e.as_app(fun::ADD) {
            for x in list {
                for (t, k) in self.terms(x, depth)? {
                    add(&mut out, t, &k);
                }
            }
        } else if let Some(q) = e.as_num() {
            add(&mut out, Term::new(Powers::new(), BTreeSet::new(), Inner::One), q);
        } else if let Some([x]) = e.as_app("log") {
            self.logarithms(x, &mut out, &one);
        } else if let Some((a, b)) = divergence(e) {
            let (a, b) = (distribution(&a)?, distribution(&b)?);
            let by = self.average(a.clone());
            let mut inner = Terms::new();
            self.logarithm(&a, &mut inner, &one);
            self.logarithm(&b, &mut inner, &-one);
            inner.iter().for_each(|(t, k)| add(&mut out, t.averaged(&by), k));
            self.averages = true;
        } else if let Some(list) = entropy_of(e) {
            let list: Vec<Distribution> = list.iter().map(distribution).collect::<Option<_>>()?;
            let (a, b) = match list.as_slice() {
                [a] => (a.clone(), a.clone()),
                [a, b] => (a.clone(), b.clone()),
                _ => return None,
            };
            let by = self.average(a);
            let mut inner = Terms::new();
            self.logarithm(&b, &mut inner, &-one);
            inner.iter().for_each(|(t, k)| add(&mut out, t.averaged(&by), k));
            self.averages = true;
        } else if let Some((law, body)) = expectation(e) {
            let by = self.average(law);
            for (t, k) in self.terms(body, depth)? {
                add(&mut out, t.averaged(&by), &k);
            }
            self.averages = true;
        } else if let Some((body, over)) = whole(e, depth) {
            for (t, k) in self.weighted(&body, &over, depth + 1)? {
                add(&mut out, t, &k);
            }
            self.averages = true;
        } else if let Some(list) = e.as_app(fun::MUL) {
            let (numbers, rest): (Vec<&Expr>, Vec<&Expr>) = list.iter().partition(|f| f.as_num().is_some());
            match rest.as_slice() {
                [x] => {
                    let factor = numbers.iter().filter_map(|n| n.as_num()).fold(one, |a, b| a * b.clone());
                    for (t, k) in self.terms(x, depth)? {
                        add(&mut out, t, &(k * factor.clone()));
                    }
                }
                _ => add(&mut out, other(e), &one),
            }
        } else {
            add(&mut out, other(e), &one);
        }
        (out.len() <= MOST).then_some(out)
    }

    /// The mean that an integrand or a summand is: what is no logarithm, nor a sum or a mean, is its weight.
    fn weighted(&mut self, body: &Expr, over: &BTreeSet<String>, depth: usize) -> Option<Terms> {
        let mut out = Terms::new();
        if let Some(list) = body.as_app(fun::ADD) {
            for x in list {
                for (t, k) in self.weighted(x, over, depth)? {
                    add(&mut out, t, &k);
                }
            }
            return Some(out);
        }
        let (mut weight, mut others) = (Powers::new(), vec![]);
        factors(body, &Rational::from(1), &mut weight, &mut others);
        let inner = match others.as_slice() {
            [] => Expr::int(1),
            [one] => one.clone(),
            _ => Expr::apply(fun::MUL, others),
        };
        let named = |(measure, of): &Joint| (measure.clone(), of.iter().map(|v| stripped(v)).collect());
        let mut renamed = Powers::new();
        weight.iter().for_each(|(joint, k)| multiply(&mut renamed, named(joint), k));
        let everywhere = over.iter().all(|v| renamed.keys().any(|(_, of)| of.contains(v)));
        let by = Average { weight: renamed, over: over.clone() };
        if !everywhere {
            return None;
        }
        for (t, k) in self.terms(&inner, depth)? {
            add(&mut out, t.averaged(&by), &k);
        }
        Some(out)
    }
}

fn other(e: &Expr) -> Term {
    let text: String = e.to_string().replace(BOUND, "");
    Term::new(Powers::new(), BTreeSet::new(), Inner::Other(text))
}

/// The name of a variable without what says that it is bound.
fn stripped(v: &str) -> String {
    match v.find(BOUND) {
        Some(at) if at > 0 => v.get(..at).unwrap_or(v).to_owned(),
        _ => v.to_owned(),
    }
}

/// A distribution beside a bar of a divergence.
fn distribution(part: &Part) -> Option<Distribution> {
    match part {
        Part::Text(text) => Distribution::parse(text),
        Part::Of(e) => Distribution::read(e).or_else(|| match e.as_symbol() {
            Some(s) => Distribution::parse(&s.name),
            None => e.as_app(fun::INDEX).and_then(|_| Distribution::parse(&e.to_string())),
        }),
    }
}

/// An entry of a family whose sum is not taken off yet.
fn family(e: &Expr) -> Option<Distribution> {
    let [array, ..] = e.as_app(fun::INDEX)? else { return None };
    let name = &array.as_symbol()?.name;
    Distribution::parse(name).filter(|_| name.ends_with(')'))
}

/// `\mathbb{E}_{q(z)}[…]`, `\mathbb{E}_{z \sim q(z)}[…]`, `\langle … \rangle_{q(z)}`: by which distribution, of what.
fn expectation(e: &Expr) -> Option<(Distribution, &Expr)> {
    let Node::Call(f, args) = e.node() else { return None };
    let by = ["[", "(", "\\{"].iter().zip(["]", ")", "\\}"]).find_map(|(open, close)| {
        f.name.strip_prefix("\\mathbb{E}_{")?.strip_suffix(&format!("}}{open}{PLACE}{close}"))
    });
    let by = by.or_else(|| f.name.strip_prefix(&format!("\\langle {PLACE} \\rangle_{{"))?.strip_suffix('}'))?;
    let law = match by.split_once("\\sim") {
        Some((variables, law)) => {
            let law = Distribution::parse(law)?;
            match law.of.iter().any(|v| v == SOME) {
                true => {
                    let letter = variables.trim().trim_matches(['(', ')']);
                    Distribution::parse(&format!("{}({letter})", law.measure))?
                }
                false => law,
            }
        }
        None => Distribution::parse(by)?,
    };
    Some((law, args.first()?))
}

/// A sum or an integral over all values, with its variables.
fn whole(e: &Expr, depth: usize) -> Option<(Expr, BTreeSet<String>)> {
    if let Node::Bind { binder: Binder::Sum | Binder::Integral, domain, body } = e.node() {
        let at = variable(depth);
        let names = |body: &Expr| {
            let mut names: BTreeSet<String> = BTreeSet::new();
            body.any(&mut |x| {
                let variables = Distribution::indexed(x).into_iter().flat_map(|d| [d.of, d.given].concat());
                let own = |v: &String| v.rsplit_once(BOUND).is_some_and(|(_, k)| k == depth.to_string());
                names.extend(variables.filter(own).map(|v| stripped(&v)));
                false
            });
            names
        };
        let opened = body.instantiated(&Expr::sym(at.clone()));
        let mut known = names(&opened);
        known.retain(|v| !v.starts_with(BOUND));
        // Its letter, if that is written somewhere.
        let at = match known.iter().next().filter(|_| known.len() == 1) {
            Some(letter) => Symbol::new(&format!("{letter}{}", at.name), at.sort),
            None => at,
        };
        let body = body.instantiated(&Expr::sym(at));
        let names = names(&body);
        return (is_everything(domain) && names.len() == 1).then_some((body, names));
    }
    let (body, variables) = integral(e)?;
    let names = variables.iter().map(|v| Expr::real(v.name.trim_end_matches(BOUND)).to_string()).collect();
    Some((body.clone(), names))
}

/// The relation between combinations of means of logarithms, if it follows.
pub(super) fn law(relation: &Expr) -> Option<Law> {
    let Node::App(f, sides) = relation.node() else { return None };
    let [l, r] = sides.as_slice() else { return None };
    if !matches!(f.name, fun::EQ | "le" | "ge") {
        return None;
    }
    let mut reading = Reading::default();
    reading.survey(relation);
    let sides = [reading.terms(l, 0)?, reading.terms(r, 0)?];
    if !reading.averages || sides.iter().all(|t| t.keys().all(|t| !matches!(t.of, Inner::Log(_)))) {
        return None;
    }
    let [l, r] = sides.each_ref().map(written);
    let relation = Expr::relate(f.name, l.clone(), r.clone());
    if f.name == fun::EQ {
        let same = is_identity(&l, &r);
        return same.then_some(Law { relation, facts: vec![], known: LOGARITHMS });
    }
    let mut facts: Vec<Expr> = sides
        .iter()
        .flat_map(|t| t.keys())
        .filter_map(gibbs)
        .map(|t| Expr::relate("ge", written(&t), Expr::int(0)))
        .collect();
    facts.dedup();
    Law::of(relation, facts, LOGARITHMS)
}

/// The mean of `log w − log p(of | rest)` by a conditional distribution w, which is not negative.
fn gibbs(term: &Term) -> Option<Terms> {
    let Inner::Log((measure, variables)) = &term.of else { return None };
    if term.over.is_empty() || !term.over.is_subset(variables) || term.over.contains(SOME) {
        return None;
    }
    // A distribution of just these variables given others.
    let mut rest = term.weight.clone();
    if !term.over.iter().all(|v| without(&mut rest, &|u| u == v)) || !rest.is_empty() {
        return None;
    }
    let by = Average { weight: term.weight.clone(), over: term.over.clone() };
    let mut out = Terms::new();
    let log = |joint: Joint| Term::new(Powers::new(), BTreeSet::new(), Inner::Log(joint));
    for (joint, k) in &term.weight {
        add(&mut out, log(joint.clone()).averaged(&by), k);
    }
    let marginal: BTreeSet<String> = variables.difference(&term.over).cloned().collect();
    add(&mut out, term.clone(), &Rational::from(-1));
    if !marginal.is_empty() {
        add(&mut out, log((measure.clone(), marginal)).averaged(&by), &Rational::from(1));
    }
    Some(out)
}

fn written(terms: &Terms) -> Expr {
    let each: Vec<Expr> = terms
        .iter()
        .map(|(t, k)| match (t.shown().as_str(), *k == Rational::from(1)) {
            ("1", _) => Expr::num(k.clone()),
            (name, true) => Expr::real(name),
            (name, false) => Expr::num(k.clone()) * Expr::real(name),
        })
        .collect();
    match each.as_slice() {
        [] => Expr::int(0),
        [one] => one.clone(),
        _ => Expr::apply(fun::ADD, each),
    }
}
