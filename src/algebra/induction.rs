//! Induction on an integer: what has to be shown at the start and from one number to the next.
//!
//! With R(n) the relation, first the least n that the givens allow, and both sides defined for all n ≥ first, R holds
//! for all of them if R(first) holds and either the sides grow by amounts in the same relation (`Difference`: for
//! L = R that is L(n+1) − L(n) = R(n+1) − R(n)), or R(n+1) follows after one side at n is put in for the other
//! (`Substitution`). Sums and products that end at n lose their last term for that, where they have one.

use std::collections::BTreeSet;

use crate::algebra::definedness::conditions;
use crate::algebra::facts::Facts;
use crate::algebra::sign::holds_of;
use crate::algebra::terms::with_children;
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};

/// Starts that are looked for, the greatest that the givens guarantee counts.
const STARTS: std::ops::RangeInclusive<i64> = -2..=8;

/// Greatest size of a relation that is looked at.
const LARGEST: u64 = 600;

/// How the step is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// The sides grow by amounts in the same relation.
    Difference,
    /// The side that is a sum or product is replaced by the other one.
    Substitution,
}

/// The routes in the order in which they are tried.
pub const ROUTES: [Route; 2] = [Route::Difference, Route::Substitution];

/// Something to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// The relation.
    pub relation: Expr,
    /// What may be assumed.
    pub givens: Vec<Expr>,
}

/// What an induction has to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obligations {
    /// The least number.
    pub first: i64,
    /// The relation at the least number.
    pub base: Goal,
    /// From one number to the next.
    pub step: Goal,
    /// Conditions that the relation owes beside the givens; they don't depend on the number.
    pub owed: Vec<Expr>,
}

/// The integer symbols at which some sum or product of the relation ends.
pub fn ends(relation: &Expr) -> BTreeSet<Symbol> {
    let mut found = BTreeSet::new();
    relation.any(&mut |x| {
        if let Node::Bind { binder: Binder::Sum | Binder::Product, domain: Domain::Range(_, high), .. } = x.node() {
            found.extend(high.symbols().into_iter().filter(|s| s.sort == Sort::Integer));
        }
        false
    });
    found
}

/// What the induction on `n` has to show; `None` where the givens tie the relation to n otherwise than by its least
/// value, or where a side may lack a value for some n.
///
/// A given that mentions n, or an array whose size depends on n, is not used. Such an array may be longer instead: the
/// relation speaks of its entries only, and a shorter array is the beginning of a longer one.
pub fn obligations(relation: &Expr, givens: &[Expr], n: &Symbol, route: Route) -> Option<Obligations> {
    let Node::App(f, args) = relation.node() else { return None };
    let growing = match f.name {
        fun::EQ => fun::EQ,
        "le" | "lt" => "le",
        "ge" | "gt" => "ge",
        _ => return None,
    };
    let scalar = args.iter().all(|e| e.sort().is_scalar());
    if !scalar || relation.size() > LARGEST || relation.has_opaque() || !relation.is_closed() {
        return None;
    }
    let number = Expr::sym(n.clone());
    let at_least = |k: i64| Expr::relate("ge", number.clone(), Expr::int(k));
    let all = Facts::new(givens);
    let first = STARTS.rev().find(|k| holds_of(&at_least(*k), &[relation], &all).certainly())?;
    let (endless, lengthened) = lengthened(relation, n)?;
    let (left, right) = sides(&endless)?;
    let free = |e: &Expr| !e.mentions(n) && lengthened.iter().all(|s| !e.mentions(s)) && !sized_by(e, n);
    let mut assumed: Vec<Expr> = givens.iter().filter(|g| free(g)).cloned().collect();
    let (needs_left, needs_right) = (conditions(left), conditions(right));
    let mut owed = vec![];
    let facts = Facts::new(&assumed);
    for c in needs_left.iter().chain(&needs_right).filter(|c| !c.mentions(n)) {
        let both = needs_left.contains(c) && needs_right.contains(c);
        if holds_of(c, &[&endless], &facts).certainly() || owed.contains(c) || assumed.contains(c) {
            continue;
        }
        // Where neither side has a value, whatever n is, nothing is claimed.
        if both { assumed.push(c.clone()) } else { owed.push(c.clone()) }
    }
    // `(1 + r)^{-n}` has a value for every n where 1 + r is not 0.
    let so_far: Vec<Expr> = assumed.iter().chain(&owed).cloned().chain([at_least(first)]).collect();
    let facts = Facts::new(&so_far);
    for c in needs_left.iter().chain(&needs_right).filter(|c| c.mentions(n)) {
        if !holds_of(c, &[&endless], &facts).certainly() {
            owed.extend(bases(c, n).into_iter().filter(|b| !owed.contains(b)).collect::<Vec<_>>());
        }
    }
    assumed.extend(owed.iter().cloned());
    let from_first: Vec<Expr> = assumed.iter().cloned().chain([at_least(first)]).collect();
    let facts = Facts::new(&from_first);
    let defined = |c: &Expr| !c.mentions(n) || holds_of(c, &[&endless], &facts).certainly();
    if !needs_left.iter().chain(&needs_right).all(defined) {
        return None;
    }
    let base = Goal { relation: endless.substituted(n, &Expr::int(first)), givens: assumed };
    let next = |e: &Expr| next(e, n, &facts, &endless);
    let step = match route {
        Route::Difference => Expr::relate(growing, next(left) - left.clone(), next(right) - right.clone()),
        Route::Substitution => {
            let iterated = |e: &Expr| matches!(e.node(), Node::Bind { binder: Binder::Sum | Binder::Product, .. });
            let (from, to) = match (growing == fun::EQ, iterated(left), iterated(right)) {
                (true, true, _) => (left, right),
                (true, _, true) => (right, left),
                _ => return None,
            };
            let put_in = |e: &Expr| next(e).transform(&mut |x, _| (x == from).then(|| to.clone()));
            Expr::relate(fun::EQ, put_in(left), put_in(right))
        }
    };
    Some(Obligations { first, base, step: Goal { relation: step, givens: from_first }, owed })
}

/// The conditions in a condition that something free of `n` is not 0.
fn bases(condition: &Expr, n: &Symbol) -> BTreeSet<Expr> {
    let mut found = BTreeSet::new();
    condition.any(&mut |x| {
        if let Some([base, zero]) = x.as_app("ne")
            && zero.as_int() == Some(0)
        {
            let inner = base.as_app(fun::POW).and_then(<[Expr]>::first).unwrap_or(base);
            let free = inner.is_closed() && !inner.mentions(n);
            found.extend(free.then(|| Expr::relate("ne", inner.clone(), Expr::int(0))));
        }
        false
    });
    found
}

fn sides(relation: &Expr) -> Option<(&Expr, &Expr)> {
    match relation.children().as_slice() {
        [l, r] => Some((l, r)),
        _ => None,
    }
}

/// Whether the size of something in it depends on `n`.
fn sized_by(e: &Expr, n: &Symbol) -> bool {
    e.any(&mut |x| x.sort().sizes().iter().any(|s| s.mentions(n)))
}

/// The relation about arrays whose lengths don't depend on `n`, and the arrays that had to be made longer.
fn lengthened(relation: &Expr, n: &Symbol) -> Option<(Expr, Vec<Symbol>)> {
    let mut arrays = vec![];
    for s in relation.symbols().into_iter().filter(|s| s.sort.sizes().iter().any(|e| e.mentions(n))) {
        arrays.push(s);
    }
    let endless = arrays.iter().enumerate().fold(relation.clone(), |e, (k, s)| {
        let size = |(at, size): (usize, &Expr)| match size.mentions(n) {
            true => Expr::size_symbol(&format!("\u{5}{k}.{at}")),
            false => size.clone(),
        };
        let longer = Symbol { sort: Sort::Array(s.sort.sizes().iter().enumerate().map(size).collect()), ..s.clone() };
        e.substituted(s, &Expr::sym(longer))
    });
    // Entries are all that may be spoken of.
    let whole = |x: &Expr| {
        x.as_app(fun::INDEX).is_none()
            && x.children().iter().any(|c| c.as_symbol().is_some_and(|s| arrays.iter().any(|a| a.same(s))))
    };
    let spoken_of =
        endless.any(&mut |x| whole(x) || matches!(x.node(), Node::Call(s, _) if arrays.iter().any(|a| a.same(s))));
    (!spoken_of && !sized_by(&endless, n)).then_some((endless, arrays))
}

/// The expression at n + 1, in which a sum or product that ends there is the one that ends at n, and its last term.
fn next(e: &Expr, n: &Symbol, facts: &Facts, about: &Expr) -> Expr {
    if !e.mentions(n) {
        return e.clone();
    }
    if e.as_symbol().is_some_and(|s| s.same(n)) {
        return e.clone() + Expr::int(1);
    }
    if let Node::Bind { binder: binder @ (Binder::Sum | Binder::Product), domain: Domain::Range(low, high), body } =
        e.node()
        && ends_with(low, high, n)
        && holds_of(&Expr::relate("le", low.clone(), high.clone() + Expr::int(1)), &[about], facts).certainly()
    {
        let body = next(body, n, facts, about);
        let last = body.instantiated(&simple_next(high, n));
        let before = Expr::bind(*binder, Domain::Range(low.clone(), high.clone()), body);
        return if *binder == Binder::Sum { before + last } else { before * last };
    }
    with_children(e, e.children().into_iter().map(|c| next(c, n, facts, about)).collect())
}

/// Whether the range moves its end by one when n does, and its start not at all.
fn ends_with(low: &Expr, high: &Expr, n: &Symbol) -> bool {
    use crate::algebra::canon::poly::Poly;
    let grows = Poly::plain(&simple_next(high, n)).minus(&Poly::plain(high));
    low.is_closed() && high.is_closed() && !low.mentions(n) && grows.as_constant().is_some_and(|c| c == 1.into())
}

fn simple_next(high: &Expr, n: &Symbol) -> Expr {
    high.substituted(n, &(Expr::sym(n.clone()) + Expr::int(1)))
}
