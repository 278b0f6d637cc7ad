//! Differentials: of what the notes define by letters, in terms of the differentials of these letters.

use std::collections::BTreeSet;

use crate::elaborate::unfold::Unfolder;
use crate::expr::{Binder, Expr, Node, PLACE, Sort, Symbol, fun};
use crate::message::Message;

/// `dx`
fn of(e: &Expr) -> Option<&Expr> {
    e.as_app("differential")?.first()
}

fn has_differentials(e: &Expr) -> bool {
    e.any(&mut |x| of(x).is_some())
}

/// How often a differential is a factor of each term; `None` if of some in another way than linearly.
fn degree(e: &Expr) -> Option<usize> {
    if of(e).is_some() {
        return Some(1);
    }
    if !has_differentials(e) {
        return Some(0);
    }
    if let Some(terms) = e.as_app(fun::ADD) {
        let degrees: BTreeSet<usize> = terms.iter().map(degree).collect::<Option<_>>()?;
        return degrees.first().copied().filter(|_| degrees.len() == 1);
    }
    e.as_app(fun::MUL)?.iter().map(degree).sum()
}

/// Whether each term of a side has one factor d before a letter, in notes with a d of its own: `2\\pi r \\, dr`, or a product.
pub(super) fn are_products(side: &Expr) -> bool {
    let is_d = |e: &Expr| e.as_symbol().is_some_and(|s| &*s.name == "d");
    let once = |term: &Expr| {
        let factors = term.as_app(fun::MUL).unwrap_or_default();
        let before = |two: &[Expr]| matches!(two, [d, x] if is_d(d) && x.as_symbol().is_some() && !is_d(x));
        factors.windows(2).filter(|two| before(two)).count() == 1
    };
    match side.as_app(fun::ADD) {
        Some(terms) => terms.iter().all(once),
        None => once(side),
    }
}

impl Unfolder<'_> {
    /// An equation between differentials with those of the letters that all depends on put in as numbers. Where a letter that
    /// nothing defines may depend on the others, they stay open. The error says which derivative is unknown.
    pub(super) fn differentials(&mut self, e: &Expr) -> Result<Expr, Message> {
        if !has_differentials(e) {
            return Ok(e.clone());
        }
        let linear = match e.as_app(fun::EQ) {
            Some([l, r]) => degree(l) == Some(1) && degree(r) == Some(1),
            _ => false,
        };
        let integral = e.any(&mut |x| matches!(x.node(), Node::Bind { binder: Binder::Integral, .. }));
        let (mut letters, mut defined): (BTreeSet<Symbol>, Vec<Expr>) = (BTreeSet::new(), vec![]);
        e.any(&mut |x| {
            match of(x).map(|x| (x, x.as_symbol())) {
                Some((_, Some(s))) => drop(letters.insert(s.clone())),
                Some((x, None)) => defined.push(x.clone()),
                None => {}
            }
            false
        });
        let within: BTreeSet<Symbol> = defined.iter().flat_map(Expr::symbols).collect();
        let numbers = |e: &Expr| e.sort().is_scalar() && !e.any(&mut |x| matches!(x.node(), Node::Call(..)));
        if !linear
            || integral
            || defined.is_empty()
            || !letters.is_subset(&within)
            || !defined.iter().all(numbers)
            || letters.iter().any(|s| s.sort != Sort::Real)
        {
            // As values of a function that nothing is said of, they may cancel.
            let d = Symbol::new(&format!("\\mathrm{{d}}{PLACE}"), Sort::Real);
            let open = |x: &Expr| of(x).map(|x| Expr::new(Node::Call(d.clone(), vec![x.clone()])));
            return Ok(e.transform(&mut |x, _| open(x)));
        }
        let kept: Vec<String> = within
            .difference(&letters)
            .filter(|s| s.sort == Sort::Real)
            .map(|s| Expr::sym(s.clone()).to_string())
            .collect();
        if !kept.is_empty() {
            self.known.insert(format!("differentials, with {} constant", kept.join(", ")));
        }
        let step = |s: &Symbol| Expr::sym(Symbol::new(&format!("\\mathrm{{d}}{}", s.name), Sort::Real));
        let mut failed = None;
        let result = e.transform(&mut |x, _| {
            let x = of(x)?;
            if let Some(s) = x.as_symbol() {
                return Some(step(s));
            }
            let mut sum = Expr::int(0);
            for s in &letters {
                match self.partial(x, &Expr::sym(s.clone())) {
                    Ok(slope) => sum = sum + slope * step(s),
                    Err(message) => drop(failed.get_or_insert(message)),
                }
            }
            Some(sum)
        });
        match failed {
            Some(message) => Err(message),
            None => Ok(result),
        }
    }
}
