//! A claim from as it was read to fully unfolded, one definition at a time: for derivations.

use crate::claim::{Claim, Definition};
use crate::elaborate::definitions::Definitions;
use crate::elaborate::known::supply;
use crate::elaborate::unfold::{unfold, unfold_once};
use crate::expr::{Binder, Domain, Expr, Node, Symbol, fun};

/// A claim's relation after one more definition was put in.
#[derive(Clone, Debug)]
pub struct Stage {
    /// The definitions of one symbol; several if its entries were defined one by one.
    pub definitions: Vec<Definition>,
    /// The relation.
    pub relation: Expr,
}

/// Most stages.
const STAGES: usize = 16;

/// The stages of a claim's relation in the order in which its definitions are met. Derivatives stay as they were read.
pub fn stages(claim: &Claim) -> Vec<Stage> {
    let mut out: Vec<Stage> = vec![];
    let mut current = claim.relation.clone();
    'stages: while out.len() < STAGES {
        for d in &claim.definitions {
            let all: Vec<Definition> = claim.definitions.iter().filter(|o| o.head.same(&d.head)).cloned().collect();
            let mut list = Definitions::default();
            all.iter().for_each(|d| list.add(d.clone()));
            let next = picked(&unfolded_in(&current, &d.head, &list));
            if next != current {
                out.push(Stage { definitions: all, relation: next.clone() });
                current = next;
                continue 'stages;
            }
        }
        break;
    }
    out
}

/// An expression with the claim's definitions, all of them, put in: what it means to the kernel.
pub fn meaning(e: &Expr, claim: &Claim) -> Option<Expr> {
    let mut definitions = Definitions::default();
    claim.definitions.iter().for_each(|d| definitions.add(d.clone()));
    unfold(e, &definitions).ok().map(|u| supply(&u.expr, &[]).1)
}

/// One round of unfolding. Where `head` is itself the variable of a derivative it stays.
fn unfolded_in(e: &Expr, head: &Symbol, definitions: &Definitions) -> Expr {
    let derives = |x: &Expr| matches!(x.node(), Node::App(f, _) if matches!(f.name, "partial" | "prime" | "gradient"));
    if !e.any(&mut |x| derives(x)) {
        return unfold_once(e, definitions);
    }
    match e.node() {
        Node::App(f, args) if f.name == "partial" => match args.as_slice() {
            [body, place] if !place.mentions(head) => {
                e.with_children(vec![unfolded_in(body, head, definitions), place.clone()])
            }
            _ => e.clone(),
        },
        _ if derives(e) => e.clone(),
        _ => e.with_children(e.children().into_iter().map(|c| unfolded_in(c, head, definitions)).collect()),
    }
}

/// Entries of comprehensions read off: `(λ_k f_k)_i` is `f_i`.
fn picked(e: &Expr) -> Expr {
    e.transform(&mut |x, _| {
        let [array, first, rest @ ..] = x.as_app(fun::INDEX)? else { return None };
        match array.node() {
            Node::Bind { binder: Binder::Lambda, domain: Domain::Range(low, _), body } if low.as_int() == Some(1) => {
                let entry = body.instantiated(first);
                Some(if rest.is_empty() { entry } else { picked(&entry.index(rest.to_vec())) })
            }
            _ => None,
        }
    })
}
