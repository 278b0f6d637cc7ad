//! Known objects: standard definitions that a document may use without giving them.

use crate::expr::{Expr, Node};

/// Function names that stand for a known object when the document does not define them, a row each:
/// spellings, number of arguments, row of the function table, name for people.
const KNOWN: &[(&[&str], usize, &str, &str)] = &[
    (&["H", "\\mathrm{H}", "\\mathcal{H}", "\\mathbb{H}"], 1, "entropy", "entropy"),
    (&["H", "\\mathrm{H}", "\\mathrm{CE}"], 2, "cross_entropy", "cross entropy"),
    (&["D_{KL}", "D_{\\mathrm{KL}}", "\\mathrm{KL}", "D_{\\text{KL}}", "KL"], 2, "kl", "KL divergence"),
];

/// Replaces calls of undefined functions by the known objects of their names, where all arguments are arrays; and
/// names the known objects that notation itself brought in (σ).
pub(crate) fn supply(e: &Expr) -> (Vec<String>, Expr) {
    let mut used: Vec<String> = vec![];
    let result = e.transform(&mut |x, _| {
        let Node::Call(f, args) = x.node() else { return None };
        let row = KNOWN.iter().find(|(names, count, _, _)| *count == args.len() && names.contains(&&*f.name))?;
        let arrays = args.iter().all(|a| a.sort().sizes().len() == 1);
        if !arrays {
            return None;
        }
        used.push(row.3.to_owned());
        Some(Expr::apply(row.2, args.clone()))
    });
    used.sort();
    used.dedup();
    (used, result)
}
