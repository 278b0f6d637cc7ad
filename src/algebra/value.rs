//! Relations with the values of their limits, integrals and extrema put in: what is left is for the other engines.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::algebra::canon::series_value;
use crate::algebra::extremum::{certain, interval, supremum};
use crate::algebra::facts::Facts;
use crate::algebra::integral;
use crate::algebra::limit::{Limit, Stuck, infinite, limit, order};
use crate::algebra::unwritten::smooth_in;
use crate::algebra::{conditions, derive, terms};
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol};

/// What the names of variables of opened binders begin with.
const OPENED: char = '\u{3}';

/// A relation whose limits and extrema have become values.
#[derive(Clone, Debug, PartialEq)]
pub struct Valued {
    /// The relation between the values.
    pub relation: Expr,
    /// Its sides; ±∞ as the row `infinity`.
    pub sides: (Expr, Expr),
    /// What was put in for what.
    pub values: Vec<(Expr, Expr)>,
    /// That the functions without a formula under the limits are smooth.
    pub owed: Vec<Expr>,
}

/// Why a relation has no values put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Open {
    /// It depends on the sign of this.
    Sign(Expr),
    /// The supremum (infimum) of a maximum (minimum) is this, and no value is equal to it.
    NotAttained(Expr),
    /// The limits from below and from above.
    Apart(Expr, Expr),
    /// Not found.
    Unknown,
}

impl From<Stuck> for Open {
    fn from(stuck: Stuck) -> Open {
        match stuck {
            Stuck::Sign(e) => Open::Sign(e),
            Stuck::Apart(a, b) => Open::Apart(a.to_expr(), b.to_expr()),
            _ => Open::Unknown,
        }
    }
}

/// Whether limits, integrals, series or extrema over infinite sets stand in it.
pub fn has_extrema(e: &Expr) -> bool {
    e.any(&mut |x| match x.node() {
        Node::Bind { binder: Binder::Sum, domain: Domain::Range(_, end), .. } => infinite(end).is_some(),
        Node::Bind { binder: Binder::Limit | Binder::Integral | Binder::Sup | Binder::Inf, .. } => true,
        Node::Bind { binder: Binder::Max | Binder::Min, domain: Domain::Over(set), .. } => {
            set.as_symbol().is_none() && set.as_app("range_set").is_none()
        }
        Node::App(f, _) => f.name == "extremum",
        _ => false,
    })
}

/// Whether a greatest or least of several numbers stands in it.
pub fn has_greatest(e: &Expr) -> bool {
    e.any(&mut |x| matches!(x.node(), Node::App(f, args) if matches!(f.name, "max" | "min") && args.len() > 1))
}

/// The supremum (infimum) of an expression over all that the givens leave to the symbols in it, and whether it is
/// attained; each symbol in a set of its own.
///
/// # Errors
/// [`Open`]: it was not found.
pub fn extremum(e: &Expr, upper: bool, givens: &[Expr]) -> Result<(Expr, bool), Open> {
    match (Work { values: vec![] }).unranged(upper, e, givens, true) {
        Ok(value) => Ok((value, true)),
        Err(Open::NotAttained(value)) => Ok((value, false)),
        Err(other) => Err(other),
    }
}

/// The suprema (infima) that stand in place of a maximum (minimum) that is not attained, with what was written.
pub fn unattained(e: &Expr, givens: &[Expr]) -> Vec<(Expr, Expr)> {
    let mut found = vec![];
    let mut todo = vec![e.clone()];
    while let Some(e) = todo.pop() {
        let is_extremum = match e.node() {
            Node::Bind { binder: Binder::Max | Binder::Min, .. } => e.is_closed(),
            Node::App(f, _) => f.name == "extremum",
            _ => false,
        };
        if is_extremum && has_extrema(&e) {
            if let Err(Open::NotAttained(value)) = (Work { values: vec![] }).put_in(&e, givens) {
                found.push((e, value));
            }
        } else {
            todo.extend(e.children().into_iter().cloned());
        }
    }
    found
}

/// The relation with values put in, under the givens. Its symbols are among those of the relation.
///
/// # Errors
/// [`Open`]: only [`Open::Apart`] and [`Open::NotAttained`] say something about the relation.
pub fn reduce(relation: &Expr, givens: &[Expr]) -> Result<Valued, Open> {
    let told = |s: &Symbol| relation.mentions(s) || givens.iter().any(|g| g.mentions(s));
    let known = |e: &Expr| e.symbols().iter().all(|s| !s.name.starts_with(OPENED) || told(s));
    match put_in(relation, givens) {
        // Which of two is greater changes under the sign that moves the variable: that is no case of the relation.
        Err(Open::Sign(e)) if !known(&e) => Err(Open::Unknown),
        Ok(valued) if !known(&valued.relation) => Err(Open::Unknown),
        other => other,
    }
}

/// The same, of which the symbols may be those that stand for the variables of signs.
fn put_in(relation: &Expr, givens: &[Expr]) -> Result<Valued, Open> {
    let mut work = Work { values: vec![] };
    let Node::App(f, args) = relation.node() else { return Err(Open::Unknown) };
    let [left, right] = args.as_slice() else { return Err(Open::Unknown) };
    let sides = (work.put_in(left, givens), work.put_in(right, givens));
    let (l, r) = match sides {
        (Err(Open::Apart(a, b)), other) | (other, Err(Open::Apart(a, b))) => {
            // A limit is said to exist where from both sides there is one, and they differ.
            let finite = infinite(&a).is_none() && infinite(&b).is_none();
            let alone = |e: &Expr| matches!(e.node(), Node::Bind { binder: Binder::Limit, .. });
            if !(finite && f.name == "eq" && other.is_ok() && (alone(left) || alone(right))) {
                return Err(Open::Apart(a, b));
            }
            let values = vec![(relation.clone(), never())];
            return Ok(Valued { owed: under_limits(relation), relation: never(), sides: (a, b), values });
        }
        (l, r) => (l?, r?),
    };
    // ∞ + 1 is no number, and not another one than ∞.
    let unclear = |e: &Expr| infinite(e).is_none() && e.any(&mut |x| x.as_app("infinity").is_some());
    if unclear(&l) || unclear(&r) {
        return Err(Open::Unknown);
    }
    let sides = (l.clone(), r.clone());
    let relation = match (infinite(&l), infinite(&r)) {
        (None, None) => Expr::app(*f, vec![l, r]),
        (a, b) => {
            let facts = Facts::new(givens);
            let fine =
                |e: &Expr, i: Option<Ordering>| i.is_some() || conditions(e).iter().all(|c| certain(c, givens, &facts));
            if !fine(&l, a) || !fine(&r, b) {
                return Err(Open::Unknown);
            }
            let place = |i: Option<Ordering>| i.unwrap_or(Ordering::Equal);
            let order = place(a).cmp(&place(b));
            let truth = match f.name {
                "eq" => order.is_eq(),
                "ne" => order.is_ne(),
                "lt" => order.is_lt(),
                "le" => order.is_le(),
                "gt" => order.is_gt(),
                "ge" => order.is_ge(),
                _ => return Err(Open::Unknown),
            };
            if truth { Expr::apply("true", vec![]) } else { never() }
        }
    };
    if work.values.is_empty() || has_extrema(&relation) {
        return Err(Open::Unknown);
    }
    let owed = work.values.iter().flat_map(|(e, _)| under_limits(e).into_iter().chain(by_pieces(e)));
    let owed = owed.collect::<BTreeSet<_>>();
    Ok(Valued { relation, sides, values: work.values, owed: owed.into_iter().collect() })
}

/// That the functions without a formula whose arguments move in limits are smooth.
fn under_limits(e: &Expr) -> Vec<Expr> {
    match e.node() {
        Node::Bind { binder: Binder::Limit, body, .. } => {
            let (variable, body) = opened(e, body, &Domain::All(Sort::Real));
            smooth_in(&body, &variable)
        }
        _ => e.children().into_iter().flat_map(under_limits).collect(),
    }
}

/// That integrals of functions by cases have a value: what is said of one case of several, in words that nobody reads, is
/// wrong in the others, and never refuted.
fn by_pieces(e: &Expr) -> Vec<Expr> {
    match e.node() {
        Node::Bind { binder: Binder::Integral, body, .. } => {
            let (variable, body) = opened(e, body, &Domain::All(Sort::Real));
            if integral::has_pieces(&body, &variable) {
                vec![Expr::apply("has_value", vec![e.clone()])]
            } else {
                vec![]
            }
        }
        _ => e.children().into_iter().flat_map(by_pieces).collect(),
    }
}

fn never() -> Expr {
    Expr::apply("not", vec![Expr::apply("true", vec![])])
}

struct Work {
    values: Vec<(Expr, Expr)>,
}

impl Work {
    fn put_in(&mut self, e: &Expr, givens: &[Expr]) -> Result<Expr, Open> {
        let value = match e.node() {
            _ if !has_extrema(e) && !has_greatest(e) => return Ok(e.clone()),
            Node::Bind { .. } if !e.is_closed() => return Err(Open::Unknown),
            Node::Bind { binder: Binder::Limit, domain: Domain::Towards(point, side), body } => {
                let (variable, body) = opened(e, body, &Domain::All(Sort::Real));
                let body = self.without_derivatives(&self.put_in_quietly(&body, givens)?, givens)?;
                limit(&body, &variable, &self.put_in_quietly(point, givens)?, *side, &Facts::new(givens))?.to_expr()
            }
            Node::Bind { binder: Binder::Integral, domain, body } => {
                let (low, high) = integral::ends(domain).ok_or(Open::Unknown)?;
                let ends = (self.put_in_quietly(&low, givens)?, self.put_in_quietly(&high, givens)?);
                let (variable, body) = opened(e, body, &Domain::All(Sort::Real));
                let inner = integral::inside(&variable, &ends.0, &ends.1, givens);
                let body = self.without_derivatives(&self.put_in_quietly(&body, &inner)?, &inner)?;
                match integral::integral(&body, &variable, &ends, givens) {
                    Some(value) => value.to_expr(),
                    None => {
                        let open = integral::open_order(&body, &variable, (&ends.0, &ends.1), givens);
                        return Err(open.map_or(Open::Unknown, Open::Sign));
                    }
                }
            }
            Node::Bind { binder: Binder::Sum, domain: Domain::Range(..), .. } => {
                let facts = Facts::new(givens);
                series_value(e, &facts).filter(|v| !has_extrema(v)).ok_or(Open::Unknown)?
            }
            Node::Bind { binder: binder @ (Binder::Max | Binder::Min | Binder::Sup | Binder::Inf), domain, body } => {
                let upper = matches!(binder, Binder::Max | Binder::Sup);
                let must = matches!(binder, Binder::Max | Binder::Min);
                self.extremum(e, upper, must, domain, body, givens)?
            }
            Node::App(f, args) if matches!(f.name, "max" | "min") && args.iter().all(|a| a.sort().is_scalar()) => {
                let wanted = if f.name == "max" { Ordering::Greater } else { Ordering::Less };
                let facts = Facts::new(givens);
                let mut best: Option<Expr> = None;
                for a in args {
                    let a = self.put_in(a, givens)?;
                    best = Some(match best {
                        Some(b) if finite_order(&a, &b, &facts)? != wanted => b,
                        _ => a,
                    });
                }
                best.ok_or(Open::Unknown)?
            }
            Node::App(f, args) if f.name == "extremum" => match args.as_slice() {
                [upper, body] => self.unranged(upper.as_int() == Some(1), body, givens, false)?,
                _ => return Err(Open::Unknown),
            },
            Node::Bind { .. } | Node::Opaque { .. } => return Err(Open::Unknown),
            _ => {
                let children = e.children().into_iter().map(|c| self.put_in(c, givens));
                return Ok(e.with_children(children.collect::<Result<_, _>>()?));
            }
        };
        self.values.push((e.clone(), value.clone()));
        Ok(value)
    }

    /// Inside of a binder: only what stands outside is told.
    fn put_in_quietly(&self, e: &Expr, givens: &[Expr]) -> Result<Expr, Open> {
        Work { values: vec![] }.put_in(e, givens)
    }

    fn without_derivatives(&self, e: &Expr, givens: &[Expr]) -> Result<Expr, Open> {
        if !e.any(&mut |x| matches!(x.node(), Node::Bind { binder: Binder::Derivative, .. })) {
            return Ok(e.clone());
        }
        let (carried, mut owed) = derive::differentiate(e).map_err(|_| Open::Unknown)?;
        // What is multiplied by 0 on the way must have a value all the same.
        let needed = conditions(&carried);
        owed.extend(conditions(e).into_iter().filter(|c| !needed.contains(c)));
        let facts = Facts::new(givens);
        if owed.iter().all(|c| certain(c, givens, &facts)) { Ok(carried) } else { Err(Open::Unknown) }
    }

    fn extremum(
        &self,
        e: &Expr,
        upper: bool,
        must: bool,
        domain: &Domain,
        body: &Expr,
        givens: &[Expr],
    ) -> Result<Expr, Open> {
        let facts = Facts::new(givens);
        let (variable, body) = opened(e, body, domain);
        let Domain::Over(set) = domain else {
            return match domain {
                Domain::All(Sort::Real) => {
                    let set = Domain::Over(Expr::apply("reals", vec![]));
                    let body = body.abstracted(&variable, Sort::Real);
                    self.extremum(e, upper, must, &set, &body, givens)
                }
                _ => Err(Open::Unknown),
            };
        };
        if let Some(members) = set.as_app("set") {
            let (mut best, mut missed): (Option<Expr>, Option<Expr>) = (None, None);
            for m in members {
                let (value, attained) = match self.put_in_quietly(&body.substituted(&variable, m), givens) {
                    Ok(value) => (value, true),
                    Err(Open::NotAttained(value)) => (value, false),
                    Err(other) => return Err(other),
                };
                let value = self.without_derivatives(&value, givens)?;
                if !conditions(&value).iter().all(|c| certain(c, givens, &facts)) && infinite(&value).is_none() {
                    return Err(Open::Unknown);
                }
                let wanted = if upper { Ordering::Greater } else { Ordering::Less };
                let against = match &best {
                    Some(b) => order(&as_limit(&value), &as_limit(b), &facts)?,
                    None => wanted,
                };
                if against == wanted {
                    missed = (!attained).then(|| value.clone());
                    best = Some(value);
                } else if against == Ordering::Equal && attained {
                    missed = None;
                }
            }
            return match missed {
                Some(value) if must => Err(Open::NotAttained(value)),
                _ => best.ok_or(Open::Unknown),
            };
        }
        let extent = interval(set).ok_or(Open::Unknown)?;
        let mut inside = givens.to_vec();
        inside.push(Expr::relate("member", Expr::sym(variable.clone()), set.clone()));
        let body = self.without_derivatives(&self.put_in_quietly(&body, &inside)?, &inside)?;
        let f = if upper { body } else { terms::neg(body) };
        let found = supremum(&f, &variable, &extent, givens)?;
        let value = match (found.value, upper) {
            (Limit::Finite(v), true) => v,
            (Limit::Finite(v), false) => {
                crate::algebra::canon::constant_value(&v).map_or_else(|| terms::neg(v.clone()), |q| Expr::num(-q))
            }
            (Limit::Infinite(_), upper) => {
                Limit::Infinite(if upper { Ordering::Greater } else { Ordering::Less }).to_expr()
            }
        };
        match found.attained {
            Some(false) if must => Err(Open::NotAttained(value)),
            None if must => Err(Open::Unknown),
            _ => Ok(value),
        }
    }

    /// `\max f` without a range: over all that the givens leave to the symbols in it, each in a set of its own; a real
    /// of which nothing is given is any, if it is said to be `free`.
    fn unranged(&self, upper: bool, body: &Expr, givens: &[Expr], free: bool) -> Result<Expr, Open> {
        let binder = if upper { Binder::Max } else { Binder::Min };
        let mut e = body.clone();
        for s in body.symbols() {
            let about: Vec<&Expr> = givens.iter().filter(|g| g.mentions(&s)).collect();
            let set = match about.as_slice() {
                [] if free && s.sort == Sort::Real => Expr::apply("reals", vec![]),
                [given] => match given.as_app("member") {
                    Some([x, set]) if x.as_symbol() == Some(&s) && set.symbols().is_empty() => set.clone(),
                    _ => return Err(Open::Unknown),
                },
                _ => return Err(Open::Unknown),
            };
            e = Expr::bind(binder, Domain::Over(set), e.abstracted(&s, s.sort.clone()));
        }
        if e == *body { Err(Open::Unknown) } else { self.put_in_quietly(&e, &[]) }
    }
}

/// The body of a binder with a symbol that occurs nowhere else.
fn opened(e: &Expr, body: &Expr, domain: &Domain) -> (Symbol, Expr) {
    let variable = Symbol::new(&format!("{OPENED}{}", e.depth()), domain.variable_sort());
    let body = body.instantiated(&Expr::sym(variable.clone()));
    (variable, body)
}

fn as_limit(e: &Expr) -> Limit {
    infinite(e).map_or_else(|| Limit::Finite(e.clone()), Limit::Infinite)
}

/// The order of two numbers that have values.
fn finite_order(a: &Expr, b: &Expr, facts: &Facts) -> Result<Ordering, Open> {
    match infinite(a).or(infinite(b)) {
        Some(_) => Err(Open::Unknown),
        None => Ok(order(&Limit::Finite(a.clone()), &Limit::Finite(b.clone()), facts)?),
    }
}
