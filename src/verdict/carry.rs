//! Derivatives carried out: what an engine looks at, and what evidence about it has to be about.

use crate::algebra::{differentiate, entry};
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol};

/// The relation with its derivatives carried out, sides of arrays entry by entry; `None` where one has no rule.
pub fn carried_out(relation: &Expr) -> Option<Expr> {
    if !derives(relation) {
        return Some(relation.clone());
    }
    let Node::App(f, args) = relation.node() else { return differentiate(relation).ok().map(|(e, _)| e) };
    let side = |e: &Expr| if derives(e) { side_carried_out(e) } else { Some(e.clone()) };
    match args.as_slice() {
        [left, right] if !left.sort().sizes().is_empty() => Some(Expr::app(*f, vec![side(left)?, side(right)?])),
        _ => differentiate(relation).ok().map(|(e, _)| e),
    }
}

fn side_carried_out(e: &Expr) -> Option<Expr> {
    let at = |indices: &[Expr]| differentiate(&entry(e, indices)?).ok().map(|(e, _)| e);
    let numbers: Option<Vec<i64>> = e.sort().sizes().iter().map(Expr::as_int).collect();
    match (e.sort().sizes(), numbers.as_deref()) {
        (_, Some([n @ 1..=64])) => {
            let entries: Option<Vec<Expr>> = (1..=*n).map(|i| at(&[Expr::int(i)])).collect();
            entries.map(Expr::vector)
        }
        (_, Some([m @ 1..=16, n @ 1..=16])) => {
            let places = (1..=*m).flat_map(|i| (1..=*n).map(move |j| (i, j)));
            let entries: Option<Vec<Expr>> = places.map(|(i, j)| at(&[Expr::int(i), Expr::int(j)])).collect();
            Some(Expr::matrix(usize::try_from(*m).ok()?, usize::try_from(*n).ok()?, entries?))
        }
        (sizes, _) => {
            let indices: Vec<Symbol> =
                (0..sizes.len()).map(|i| Symbol::new(&format!("\\entry{i}"), Sort::Integer)).collect();
            let places: Vec<Expr> = indices.iter().cloned().map(Expr::sym).collect();
            let mut body = at(&places)?;
            for (index, size) in indices.iter().zip(sizes).rev() {
                let range = Domain::Range(Expr::int(1), size.clone());
                body = Expr::bind(Binder::Lambda, range, body.abstracted(index, Sort::Integer));
            }
            Some(body)
        }
    }
}

/// Whether a derivative stands in it.
pub fn derives(e: &Expr) -> bool {
    e.any(&mut |x| matches!(x.node(), Node::Bind { binder: Binder::Derivative, .. }))
}
