//! Identities and signs on the kernel alone: lowering to entries, differentiation, canonical form, discharge of
//! conditions. The engines propose, this decides; a replay of the evidence is this computation again.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use crate::algebra::canon::{Equality, Fuel, Stop, equal};
use crate::algebra::facts::Facts;
use crate::algebra::sign::{holds, holds_of};
use crate::algebra::{conditions, differentiate, extremal_places, holds_exponentiated, relation_entries, scalarise};
use crate::expr::{Binder, Domain, Expr, Memo, Node, fun};

/// Work for one comparison of canonical forms.
const FUEL: u64 = 30_000;

/// The same where engines ask first: hardly anything is shown with more.
const SOON: u64 = 15_000;

/// Entries that are looked at one by one.
const FEW: i64 = 6;

/// Greatest size of a relation that is looked at.
const LARGEST: u64 = 20_000;

/// Most failures that are remembered.
const MOST: usize = 256;

/// A relation, what is given, and the fuel.
type Question = (Expr, Vec<Expr>, u64);

thread_local! {
    /// What was not shown of late: engines ask the same again. What is shown is never remembered, so that a replay is the
    /// computation again.
    static FAILED: RefCell<Memo<Question, Failure>> = RefCell::default();
    /// Work that comparisons on this thread have taken so far; only differences say something.
    static WORK: Cell<u64> = const { Cell::new(0) };
}

/// Why a relation was not shown, and the work that it took to find that.
type Failure = (NotShown, u64);

/// What the kernel found of a relation.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Conditions owed beside the givens.
    pub conditions: Vec<Expr>,
    /// Places of the givens that were used.
    pub used: BTreeSet<usize>,
    /// The scalar relations that were shown, derivatives carried out.
    pub lowered: Vec<Expr>,
}

/// Why a relation was not shown. Never evidence that it is false.
#[derive(Clone, Debug, PartialEq)]
pub enum NotShown {
    /// The canonical forms differ by this.
    Differs(Expr),
    /// The allowance was spent.
    Spent,
    /// A derivative, an entry or a sort stands in the way.
    Stopped(String),
}

/// Shows a relation from the givens for every size of the symbols in it.
///
/// Where it holds, both sides are defined or both are not: a condition that only one side needs is owed.
///
/// # Errors
/// [`NotShown`], which says nothing about the truth of the relation.
pub fn show(relation: &Expr, givens: &[Expr]) -> Result<Shown, NotShown> {
    show_counting(relation, givens).map_err(|(why, _)| why)
}

/// [`show`] for engines that ask first, with less work: what it shows that does, too.
///
/// # Errors
/// As [`show`].
pub fn show_soon(relation: &Expr, givens: &[Expr]) -> Result<Shown, NotShown> {
    show_within(relation, givens, SOON).map_err(|(why, _)| why)
}

/// [`show`], with the work that it took to find that a relation is not shown.
///
/// # Errors
/// As [`show`].
pub fn show_counting(relation: &Expr, givens: &[Expr]) -> Result<Shown, Failure> {
    show_within(relation, givens, FUEL)
}

fn show_within(relation: &Expr, givens: &[Expr], fuel: u64) -> Result<Shown, Failure> {
    let asked = (relation.clone(), givens.to_vec(), fuel);
    if let Some(failure) = FAILED.with_borrow(|failed| failed.get(&asked).cloned()) {
        return Err(failure);
    }
    let before = WORK.get();
    shown_anew(relation, givens, fuel).map_err(|why| {
        let failure = (why, WORK.get().saturating_sub(before));
        FAILED.with_borrow_mut(|failed| {
            if failed.len() >= MOST {
                failed.clear();
            }
            failed.insert(asked, failure.clone());
        });
        failure
    })
}

fn shown_anew(relation: &Expr, givens: &[Expr], fuel: u64) -> Result<Shown, NotShown> {
    as_it_stands(relation, givens, fuel).or_else(|why| {
        let (other, used) = match powers_put_in(relation, givens) {
            Some(found) => found,
            None => return with_gammas(relation, givens, fuel).ok_or(why),
        };
        let mut shown = as_it_stands(&other, givens, fuel)?;
        shown.used.extend(used);
        Ok(shown)
    })
}

/// Where different functions of these stand beside each other: `n! = Γ(n + 1)`, and `C(n, k) = n!/(k!(n − k)!)` for
/// `0 ≤ k ≤ n`. What only one side of the relation needs as it was written is owed.
fn with_gammas(relation: &Expr, givens: &[Expr], fuel: u64) -> Option<Shown> {
    let stands = |name: &str| relation.any(&mut |x| x.as_app(name).is_some());
    if ["gamma", "factorial", "binomial"].into_iter().filter(|name| stands(name)).count() < 2 {
        return None;
    }
    let gamma = |x: Expr| Expr::apply("gamma", vec![x + Expr::int(1)]);
    let mut owed = vec![];
    let other = relation.transform(&mut |x, _| match x.node() {
        Node::App(f, args) if x.is_closed() => match (f.name, args.as_slice()) {
            ("factorial", [n]) => Some(gamma(n.clone())),
            ("binomial", [n, k]) => {
                owed.push(Expr::relate("le", Expr::int(0), k.clone()));
                owed.push(Expr::relate("le", k.clone(), n.clone()));
                Some(gamma(n.clone()).over(&(gamma(k.clone()) * gamma(n.clone() - k.clone()))))
            }
            _ => None,
        },
        _ => None,
    });
    let mut shown = as_it_stands(&other, givens, fuel).ok()?;
    let (left, right) = sides(relation);
    let (dl, dr) = (spelled_out(conditions(&left)), spelled_out(conditions(&right)));
    owed.extend(dl.iter().filter(|c| !dr.contains(c)).chain(dr.iter().filter(|c| !dl.contains(c))).cloned());
    let ground = Facts::new(givens);
    owed.into_iter().for_each(|condition| owe(condition, relation, &ground, &mut shown));
    Some(shown)
}

/// The relation with what given equations say of powers (`s^2 = …`) in their place: canonical forms know rules for kernels,
/// and a power is none. `None` where none occurs.
fn powers_put_in(relation: &Expr, givens: &[Expr]) -> Option<(Expr, BTreeSet<usize>)> {
    let (mut result, mut used) = (relation.clone(), BTreeSet::new());
    for (at, given) in givens.iter().enumerate() {
        let Some([left, right]) = given.as_app(fun::EQ) else { continue };
        let power = |e: &Expr| {
            e.as_app(fun::POW).is_some_and(|p| matches!(p, [b, k] if b.as_symbol().is_some() && k.as_num().is_some()))
        };
        let Some((from, to)) = [(left, right), (right, left)].into_iter().find(|(from, _)| power(from)) else {
            continue;
        };
        if result.any(&mut |e| e == from) && !to.any(&mut |e| e == from) {
            result = result.transform(&mut |e, _| (e == from).then(|| to.clone()));
            used.insert(at);
        }
    }
    (!used.is_empty()).then_some((result, used))
}

fn as_it_stands(relation: &Expr, givens: &[Expr], fuel: u64) -> Result<Shown, NotShown> {
    if relation.size() > LARGEST {
        return Err(NotShown::Stopped("too large".into()));
    }
    let (scalar, ranges) = match (extremal_places(relation), relation_entries(relation, givens)) {
        (Some(comparisons), _) => (scalarise(&comparisons), vec![]),
        (None, Some((_, ranges, scalar))) => (scalar, ranges),
        (None, None) => (scalarise(relation), vec![]),
    };
    let parts: Vec<Expr> = match scalar.as_app("and") {
        Some(parts) => parts.to_vec(),
        None => vec![scalar],
    };
    let mut shown = Shown { conditions: vec![], used: BTreeSet::new(), lowered: vec![] };
    let mut all = givens.to_vec();
    all.extend(ranges.iter().cloned());
    // Asked of the relation as written: lowering drops terms that are 0 times something undefined.
    let (left, right) = sides(relation);
    let (dl, dr) = (spelled_out(conditions(&left)), spelled_out(conditions(&right)));
    let (common, one_sided): (Vec<Expr>, Vec<Expr>) =
        dl.iter().chain(&dr).cloned().partition(|c| dl.contains(c) && dr.contains(c));
    // Where neither side has a value nothing is claimed: what both need may be assumed.
    all.extend(common);
    for part in parts {
        match (one(&part, (&all, givens.len()), fuel, &mut shown), places(&part, &ranges)) {
            (Ok(()), _) => {}
            (Err(why), None) => return Err(why),
            (Err(_), Some(entries)) => {
                for entry in entries {
                    one(&entry, (&all, givens.len()), fuel, &mut shown)?;
                }
            }
        }
    }
    let ground = Facts::new(&all);
    for condition in one_sided {
        owe(condition, relation, &ground, &mut shown);
    }
    Ok(shown)
}

/// The relation at each value of its index, where that runs over few numbers (`1 ≤ i`, `i ≤ 2`).
fn places(relation: &Expr, ranges: &[Expr]) -> Option<Vec<Expr>> {
    let mut found: Option<(crate::expr::Symbol, i64)> = None;
    for range in ranges {
        let Some([index, end]) = range.as_app("le") else { continue };
        let (Some(index), Some(end)) = (index.as_symbol(), end.as_int()) else { continue };
        if found.replace((index.clone(), end)).is_some() {
            return None;
        }
    }
    let (index, end) = found.filter(|(_, end)| (1..=FEW).contains(end))?;
    relation.mentions(&index).then(|| (1..=end).map(|k| relation.substituted(&index, &Expr::int(k))).collect())
}

/// Shows a scalar relation from the facts, of which so many are givens.
fn one(relation: &Expr, (facts, givens): (&[Expr], usize), fuel: u64, shown: &mut Shown) -> Result<(), NotShown> {
    let (name, left, right) = match relation.node() {
        Node::App(f, args) => match args.as_slice() {
            [l, r] => (f.name, l.clone(), r.clone()),
            _ => return whole(relation, facts, shown),
        },
        _ => return Err(NotShown::Stopped(relation.to_string())),
    };
    if !matches!(name, "eq" | "lt" | "le" | "gt" | "ge" | "ne") {
        return whole(relation, facts, shown);
    }
    if left == right && name == "eq" {
        shown.lowered.push(relation.clone());
        return Ok(());
    }
    let stop = |e: crate::algebra::Stop| NotShown::Stopped(e.to_string());
    let (l, mut owed) = differentiate(&left).map_err(stop)?;
    let (r, more) = differentiate(&right).map_err(stop)?;
    owed.extend(more);
    let ground = Facts::new(facts);
    let lowered = Expr::relate(name, l.clone(), r.clone());
    if name == "eq" {
        let mut allowance = Fuel::new(fuel);
        let compared = equal(&l, &r, &ground, &mut allowance);
        WORK.set(WORK.get().saturating_add(fuel.saturating_sub(allowance.left())));
        match compared {
            Equality::Equal { conditions, used } => {
                owed.extend(conditions);
                shown.used.extend(used.into_iter().filter(|u| *u < givens));
            }
            Equality::Different { difference } => return Err(NotShown::Differs(difference)),
            Equality::Stopped(Stop::Fuel) => return Err(NotShown::Spent),
            Equality::Stopped(stop) => return Err(NotShown::Stopped(stop.to_string())),
        }
    } else if !holds(&lowered, &ground).certainly() && !holds_exponentiated(&lowered, &ground) {
        return Err(NotShown::Stopped(lowered.to_string()));
    }
    for condition in owed {
        owe(condition, relation, &ground, shown);
    }
    shown.lowered.push(lowered);
    Ok(())
}

/// Conditions over a small range of numbers, one by one, so that equal ones are seen to be equal.
fn spelled_out(list: Vec<Expr>) -> Vec<Expr> {
    let mut out: Vec<Expr> = vec![];
    for condition in list {
        let parts: Vec<Expr> = match condition.node() {
            Node::Bind { binder: Binder::ForAll, domain: Domain::Range(low, high), body } => {
                match (low.as_int(), high.as_int()) {
                    (Some(low), Some(high)) if high - low < 16 => {
                        (low..=high).map(|i| body.instantiated(&Expr::int(i))).collect()
                    }
                    _ => vec![condition],
                }
            }
            _ => vec![condition],
        };
        for part in parts {
            if !out.contains(&part) {
                out.push(part);
            }
        }
    }
    out
}

fn owe(condition: Expr, relation: &Expr, ground: &Facts, shown: &mut Shown) {
    if !shown.conditions.contains(&condition) && !holds_of(&condition, &[relation], ground).certainly() {
        shown.conditions.push(condition);
    }
}

fn sides(relation: &Expr) -> (Expr, Expr) {
    match relation.node() {
        Node::App(_, args) => match args.as_slice() {
            [l, r] => (l.clone(), r.clone()),
            _ => (relation.clone(), relation.clone()),
        },
        _ => (relation.clone(), relation.clone()),
    }
}

/// A truth value as a whole: memberships, connectives.
fn whole(relation: &Expr, facts: &[Expr], shown: &mut Shown) -> Result<(), NotShown> {
    let ground = Facts::new(facts);
    if !holds(relation, &ground).certainly() {
        return Err(NotShown::Stopped(relation.to_string()));
    }
    for condition in conditions(relation) {
        owe(condition, relation, &ground, shown);
    }
    shown.lowered.push(relation.clone());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::{Sort, Symbol};

    #[test]
    fn a_logarithm_of_a_product_owes_positive_factors() {
        let (g, h) = (Expr::real("g"), Expr::real("h"));
        let log = |e: &Expr| Expr::apply("log", vec![e.clone()]);
        let rel = Expr::relate("eq", log(&(g.clone() * h.clone())), log(&g) + log(&h));
        let shown = show(&rel, &[]).unwrap();
        assert!(!shown.conditions.is_empty());
        let zero = Expr::int(0);
        let given = [Expr::relate("gt", g, zero.clone()), Expr::relate("gt", h, zero)];
        assert!(show(&rel, &given).unwrap().conditions.is_empty());
    }

    #[test]
    fn what_is_given_of_one_entry_is_given_of_no_other() {
        let (n, i) = (Expr::size_symbol("n"), Expr::sym(Symbol::new("i", Sort::Integer)));
        let vector = |name: &str| Expr::sym(Symbol::new(name, Sort::vector(n.clone())));
        let (y, z) = (vector("y"), vector("z"));
        let given = Expr::relate("eq", y.index(vec![i.clone()]), z.index(vec![i.clone()]));
        let all = Expr::relate("eq", y.clone(), z.clone());
        let place = [Expr::relate("le", Expr::int(1), i.clone()), Expr::relate("le", i, n), given.clone()];
        assert!(show(&all, &place).is_err());
        assert!(show(&given, &place).is_ok());
    }

    #[test]
    fn a_false_identity_is_not_shown() {
        let x = Expr::real("x");
        let rel = Expr::relate("eq", x.clone() * x.clone(), x);
        assert!(matches!(show(&rel, &[]), Err(NotShown::Differs(_))));
    }
}
