//! Limits and extrema by their values, case by case where a sign is open.

use std::collections::BTreeSet;

use super::settle::{Asked, find};
use crate::algebra::eval::Point;
use crate::algebra::limit::cases;
use crate::algebra::value::{Open, Valued, reduce};
use crate::engine::sample::{Problem, search};
use crate::expr::{Binder, Domain, Expr, Node, fun};
use crate::message::Message;
use crate::verdict::{Evidence, Findings, PARTLY_DEFINED_INSIDE, Proof, Refutation, Support};

/// How many signs may be told apart, one after the other.
const DEPTH: u32 = 2;
/// Points at which what stands under an extremum is looked for a value.
const DRAWS: usize = 32;

/// What the values show; `None` where they were not found.
pub(super) fn settle(asked: &Asked) -> Option<Findings> {
    within(asked, DEPTH)
}

fn within(asked: &Asked, depth: u32) -> Option<Findings> {
    let remark = |message: Message| Some(Findings { remark: Some(message), ..Findings::default() });
    match reduce(asked.relation, asked.givens) {
        Ok(valued) => Some(put_in(asked, valued)),
        Err(Open::Sign(on)) if depth > 0 => by_cases(asked, base(on), depth - 1),
        Err(Open::NotAttained(value)) => remark(Message::new("reason-not-attained").with("value", value)),
        Err(Open::Apart(below, above)) => {
            remark(Message::new("reason-no-limit").with("below", below).with("above", above))
        }
        Err(_) => None,
    }
}

fn put_in(asked: &Asked, valued: Valued) -> Findings {
    let mut found = find(&Asked { relation: &valued.relation, ..*asked });
    let sides = (valued.sides.0.to_string(), valued.sides.1.to_string());
    let wrapped = |inner: Evidence| Evidence::Valued {
        relation: asked.relation.clone(),
        givens: asked.givens.to_vec(),
        valued: valued.clone(),
        owed: inner.owed().iter().chain(&valued.owed).cloned().collect::<BTreeSet<_>>().into_iter().collect(),
        inner: Box::new(inner),
    };
    if !valued.owed.is_empty() {
        // What fails for values that need not be there fails for nothing.
        found.refutation = None;
    }
    found.proof = found.proof.map(|p| Proof { engine: "value", evidence: wrapped(p.evidence) });
    // What was decided between ±∞ has no sides any more; else they are those at the point.
    let decided = valued.relation.symbols().is_empty();
    found.refutation = found.refutation.map(|r| {
        let (left, right) = if decided { sides.clone() } else { (r.left, r.right) };
        Refutation { evidence: wrapped(r.evidence), left, right, ..r }
    });
    if asked.givens.is_empty() && decided && found.refutation.is_none() && valued.owed.is_empty() {
        // Between values without symbols a relation that fails needs no point.
        let evidence = wrapped(Evidence::Counterexample {
            relation: valued.relation.clone(),
            givens: vec![],
            point: Point::new(),
        });
        if found.proof.is_none() && crate::verdict::replay(&evidence) {
            let (left, right) = sides;
            found.refutation = Some(Refutation { evidence, at: vec![], left, right, degenerate: false });
        }
    }
    found.by_sizes = None;
    found.difference = None;
    found
}

/// What an integer power is of: its sign is known by that of its base.
fn base(e: Expr) -> Expr {
    match e.as_app(fun::POW) {
        Some([inner, exponent]) if exponent.as_int().is_some() => base(inner.clone()),
        _ => e,
    }
}

/// All three cases of the sign of an expression, both in which it is not 0 where the relation divides by it, or the one in
/// which it is positive where the relation takes its logarithm.
fn by_cases(asked: &Asked, on: Expr, depth: u32) -> Option<Findings> {
    let mut parts = vec![];
    let mut owed = BTreeSet::new();
    let mut support = Support::default();
    let all = cases(&on);
    let logged = is_under_logarithm(&on, asked.relation);
    let divided = !logged && is_divisor(&on, asked.relation);
    let tried = all.iter().filter(|case| match logged {
        true => case.as_app("gt").is_some(),
        false => !divided || case.as_app(fun::EQ).is_none(),
    });
    owed.extend(divided.then(|| Expr::relate("ne", on.clone(), Expr::int(0))));
    owed.extend(logged.then(|| Expr::relate("gt", on.clone(), Expr::int(0))));
    for case in tried.cloned() {
        let givens = [asked.givens, std::slice::from_ref(&case)].concat();
        let inner = within(&Asked { givens: &givens, ..*asked }, depth)?;
        if let Some(r) = inner.refutation {
            let evidence = Evidence::Within {
                relation: asked.relation.clone(),
                givens: asked.givens.to_vec(),
                case,
                inner: Box::new(r.evidence),
            };
            let refutation = Some(Refutation { evidence, ..r });
            return Some(Findings { refutation, support: inner.support, ..Findings::default() });
        }
        if let Some(s) = inner.support {
            support = joined(support, s);
        }
        let part = inner.proof?.evidence;
        owed.extend(part.owed().iter().cloned());
        parts.push(part);
    }
    let (relation, givens) = (asked.relation.clone(), asked.givens.to_vec());
    let proof = Proof {
        engine: "value",
        evidence: Evidence::Cases { relation, givens, on, parts, owed: owed.into_iter().collect() },
    };
    Some(Findings { proof: Some(proof), support: Some(support), ..Findings::default() })
}

/// Whether a relation has no value where an expression is 0: it divides by every factor of it that is no number.
fn is_divisor(e: &Expr, relation: &Expr) -> bool {
    let mut divisors = BTreeSet::new();
    relation.any(&mut |x| {
        if let Some([base, exponent]) = x.as_app(fun::POW)
            && exponent.as_num().is_some_and(|n| n.numer_is_negative())
        {
            divisors.extend(factors(base));
        }
        false
    });
    let needed = factors(e);
    !needed.is_empty() && needed.is_subset(&divisors)
}

/// Whether a relation takes the logarithm of a name, or of what tends to it.
fn is_under_logarithm(e: &Expr, relation: &Expr) -> bool {
    let near = |terms: &[Expr]| terms.contains(e) && terms.iter().all(|t| t == e || !t.is_closed());
    e.as_symbol().is_some()
        && relation.any(&mut |x| match x.as_app("log") {
            Some([of]) => of == e || of.as_app(fun::ADD).is_some_and(near),
            _ => false,
        })
}

/// The factors of an expression that are no numbers, without their exponents.
fn factors(e: &Expr) -> BTreeSet<Expr> {
    match e.node() {
        Node::Num(_) => BTreeSet::new(),
        Node::App(f, args) if f.name == fun::MUL => args.iter().flat_map(factors).collect(),
        Node::App(f, args) if f.name == fun::POW && args.get(1).is_some_and(|n| n.as_num().is_some()) => {
            args.first().map(factors).unwrap_or_default()
        }
        _ => BTreeSet::from([e.clone()]),
    }
}

/// Why a relation says nothing: what stands under a supremum (infimum, maximum, minimum) in it has no value at a point of
/// the set that is no special case.
pub(super) fn gap(asked: &Asked) -> Option<Message> {
    let mut todo = vec![asked.relation.clone()];
    while let Some(e) = todo.pop() {
        if let Some(everywhere) = somewhere(&e).filter(Expr::is_closed) {
            let problem = Problem { seed: asked.effort.seed, cases: DRAWS, ..Problem::new(&everywhere, asked.givens) };
            if let Some((point, part)) = search(&problem).gap {
                let part = part.unwrap_or(e).to_string();
                return Some(Message::new(PARTLY_DEFINED_INSIDE).with("part", part).with("point", point));
            }
        }
        todo.extend(e.children().into_iter().cloned());
    }
    None
}

/// What stands under extrema, for everything in their sets, in a relation that no point refutes.
fn somewhere(e: &Expr) -> Option<Expr> {
    let Node::Bind { binder: Binder::Max | Binder::Min | Binder::Sup | Binder::Inf, domain, body } = e.node() else {
        return None;
    };
    let inner = match body.sort().is_scalar() {
        true => somewhere(body).unwrap_or_else(|| Expr::relate("ne", body.clone(), Expr::int(0))),
        false => return None,
    };
    matches!(domain, Domain::Over(_)).then(|| Expr::bind(Binder::ForAll, domain.clone(), inner))
}

fn joined(a: Support, b: Support) -> Support {
    Support {
        accepted: a.accepted + b.accepted,
        agreed: a.agreed + b.agreed,
        undefined: a.undefined + b.undefined,
        one_sided: a.one_sided + b.one_sided,
        unsettled: a.unsettled + b.unsettled,
        worst: a.worst.max(b.worst),
        sizes: if a.sizes.is_empty() { b.sizes } else { a.sizes },
        symbolic_sizes: a.symbolic_sizes || b.symbolic_sizes,
        doubtful: a.doubtful.or(b.doubtful),
        ordinary: a.ordinary + b.ordinary,
        one_sided_at: a.one_sided_at.or(b.one_sided_at),
        undefined_at: a.undefined_at.or(b.undefined_at),
        undefined_part: a.undefined_part.or(b.undefined_part),
        different: a.different + b.different,
        gap: a.gap.or(b.gap),
        witnesses_differ: a.witnesses_differ.or(b.witnesses_differ),
        presumed: a.presumed.into_iter().chain(b.presumed).collect(),
    }
}
