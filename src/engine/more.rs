//! Proofs from lines of the notes without which a claim fails: its conditions.

use super::Question;
use super::rest::put_into;
use super::settle::{Asked, find, prove};
use crate::claim::Claim;
use crate::expr::{Expr, Sort, fun};
use crate::verdict::{Findings, Proof, carried_out};

/// Most lines that are tried.
const MOST: usize = 8;

/// What is found about a claim that fails only where lines before it fail: with one of them among the givens, or with what
/// makes its matrices symmetric beside it, proved with a witness. Examples' numbers are no such line, nor is what the claim
/// says in other words.
pub(super) fn settle(claim: &Claim, asked: &Asked, found: &Findings) -> Option<Findings> {
    if found.proof.is_some() || claim.printed.is_some() {
        return None;
    }
    let first = found.contradicted.as_ref()?;
    let said: Vec<&Expr> = claim.beside.iter().filter_map(|g| g.fact.as_ref()).collect();
    let usable = |line: &&Expr| !is_value(line) && !is_part(line, asked.relation) && !asked.givens.contains(line);
    let (symmetric, others): (Vec<&Expr>, Vec<&Expr>) =
        said.into_iter().filter(usable).partition(|line| line.as_app("symmetric").is_some());
    let mut ways: Vec<Vec<&Expr>> = vec![];
    if !symmetric.is_empty() {
        ways.push(symmetric.clone());
    }
    let (nearest, rest): (Vec<&Expr>, Vec<&Expr>) = others.into_iter().partition(|line| *line == first);
    for line in nearest.into_iter().chain(rest.into_iter().rev()).take(MOST) {
        ways.push(vec![line]);
        if !symmetric.is_empty() {
            ways.push(symmetric.iter().copied().chain([line]).collect());
        }
    }
    ways.into_iter().find_map(|lines| {
        let givens: Vec<Expr> = asked.givens.iter().chain(lines).cloned().collect();
        let proof = shown(asked.relation, &givens)?;
        // A point at which the lines hold and both sides have values.
        let with = find(&Asked { givens: &givens, ..*asked });
        let support = with.support.filter(|s| s.agreed > 0 && s.ordinary > 0);
        (with.refutation.is_none() && support.is_some()).then(|| Findings {
            proof: Some(proof),
            support,
            ..Findings::default()
        })
    })
}

/// A proof under these givens, by any engine or after equations are put in.
fn shown(relation: &Expr, givens: &[Expr]) -> Option<Proof> {
    let symbolic = carried_out(relation);
    let mut findings = Findings::default();
    prove(&Question { relation, carried_out: symbolic.as_ref(), givens }, &mut findings);
    findings.proof.or_else(|| put_into(relation, givens))
}

/// `x = 0`, `k = (1, 2)`: what an example says.
fn is_value(line: &Expr) -> bool {
    let value = |e: &Expr| e.symbols().iter().all(|s| s.sort == Sort::Integer);
    line.as_app(fun::EQ).is_some_and(|sides| sides.iter().any(|e| e.as_symbol().is_some()) && sides.iter().any(value))
}

/// Whether the line is what the relation says: it, one side of an equivalence, that a matrix is its transpose, or what the same
/// thing is, which a proof of it may not use.
fn is_part(line: &Expr, relation: &Expr) -> bool {
    let turned = |[a, b]: [&Expr; 2]| a.as_app("transpose").is_some_and(|t| t.first() == Some(b));
    let sides = relation.as_app(fun::EQ).unwrap_or(&[]);
    let own = match (line.as_app("symmetric"), sides) {
        (Some(_), [l, r]) => turned([l, r]) || turned([r, l]),
        _ => line.as_app(fun::EQ).is_some_and(|said| said.iter().any(|e| e.as_num().is_none() && sides.contains(e))),
    };
    own || line == relation || relation.children().into_iter().any(|part| part == line)
}
