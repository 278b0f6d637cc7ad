//! What a proof may rest on beside the givens: equations of the notes that can hold together.

use crate::expr::{Expr, Node, Symbol, fun};

/// Whether equations can hold together whatever the values of everything else: one after another, each gives something
/// that it and those left say nothing else of. Facts that are no equations count as met (`constant(a)`).
pub fn independent(facts: &[&Expr]) -> bool {
    let mut left: Vec<(&Expr, &Expr)> = vec![];
    for fact in facts {
        match (fact.as_app(fun::EQ), fact.as_app("constant")) {
            (Some([l, r]), _) => left.push((l, r)),
            (_, Some(_)) => {}
            _ => return false,
        }
    }
    // One by itself is not asked whether what stands on one side alone can make it true (`x² = −1 − y²`): it is listed.
    if let [(l, r)] = left.as_slice()
        && l.symbols() != r.symbols()
    {
        return true;
    }
    while !left.is_empty() {
        let gives = |(at, (l, r)): (usize, &(&Expr, &Expr))| {
            let others = || left.iter().enumerate().filter(move |(k, _)| *k != at);
            [(l, r), (r, l)].into_iter().any(|(head, body)| {
                head.is_closed()
                    && what(head).is_some_and(|w| {
                        !w.occurs_in(body) && others().all(|(_, (a, b))| !w.occurs_in(a) && !w.occurs_in(b))
                    })
            })
        };
        let Some(at) = left.iter().enumerate().position(gives) else { return false };
        left.remove(at);
    }
    true
}

/// What an equation may give.
enum What<'a> {
    /// A symbol, an entry of an array, a value of a function.
    Of(&'a Symbol),
    /// A moment of a random variable.
    Moment(&'a Expr, &'a Symbol),
}

fn what(head: &Expr) -> Option<What<'_>> {
    match head.node() {
        Node::Sym(s) | Node::Call(s, _) => Some(What::Of(s)),
        Node::App(f, args) => match (f.name, args.as_slice()) {
            (fun::INDEX, [array, ..]) => array.as_symbol().map(What::Of),
            (fun::POW, [base, k]) if k.as_num().is_some() => base.as_symbol().map(What::Of),
            ("inverse" | "transpose", [m]) => m.as_symbol().map(What::Of),
            ("expectation" | "variance", [x]) => {
                let base = x.as_app(fun::POW).filter(|p| p.get(1).is_some_and(|k| k.as_num().is_some()));
                base.and_then(<[Expr]>::first).unwrap_or(x).as_symbol().map(|s| What::Moment(head, s))
            }
            _ => None,
        },
        _ => None,
    }
}

impl What<'_> {
    fn occurs_in(&self, e: &Expr) -> bool {
        match self {
            What::Of(s) => mentions(e, s),
            // Other moments of it may have other values, but it may not stand in a third place.
            What::Moment(head, s) => {
                let other = |x: &Expr| match what(x) {
                    Some(What::Moment(h, t)) => t == *s && h != *head,
                    _ => false,
                };
                let hidden = e.transform(&mut |x, _| other(x).then(|| Expr::int(0)));
                mentions(&hidden, s)
            }
        }
    }
}

/// Whether a symbol stands in an expression, also as the name of a function.
fn mentions(e: &Expr, s: &Symbol) -> bool {
    e.any(&mut |x| match x.node() {
        Node::Sym(t) | Node::Call(t, _) => t.same(s),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::Sort;

    fn eq(l: &Expr, r: &Expr) -> Expr {
        Expr::relate(fun::EQ, l.clone(), r.clone())
    }

    fn holds_together(facts: &[Expr]) -> bool {
        independent(&facts.iter().collect::<Vec<_>>())
    }

    #[test]
    fn lines_that_say_two_things_of_one_need_not_hold_together() {
        let [x, y, z] = ["x", "y", "z"].map(Expr::real);
        let one = |e: &Expr| e.clone() + Expr::int(1);
        assert!(
            holds_together(&[]) && holds_together(&[eq(&x, &y)]) && holds_together(&[eq(&x, &y), eq(&y, &one(&z))])
        );
        assert!(!holds_together(&[eq(&x, &y), eq(&x, &one(&y))]), "y = y + 1");
        assert!(!holds_together(&[eq(&x, &one(&x))]));
        assert!(!holds_together(&[eq(&x, &y), eq(&y, &one(&x))]), "in a circle");
        assert!(!holds_together(&[eq(&x, &y), eq(&Expr::int(2), &one(&x))]));
        let sums = eq(&one(&x), &one(&y));
        assert!(!holds_together(&[sums.clone(), sums]), "neither side is a name");
        assert!(!holds_together(&[Expr::relate("gt", x.clone(), y.clone())]), "no equation");
        assert!(holds_together(&[Expr::apply("constant", vec![x.clone()])]));
        let entry = |k: i64| Expr::sym(Symbol::new("a", Sort::vector(Expr::int(3)))).index(vec![Expr::int(k)]);
        assert!(holds_together(&[eq(&entry(1), &Expr::int(5))]));
        assert!(!holds_together(&[eq(&entry(1), &Expr::int(5)), eq(&entry(1), &Expr::int(6))]));
        assert!(
            holds_together(&[eq(&x.pow(Expr::int(2)), &Expr::int(5))])
                && !holds_together(&[eq(&x.pow(y.clone()), &Expr::int(5)), eq(&z, &x)])
        );
        let loose = Expr::bound(0, Sort::Real);
        assert!(!holds_together(&[eq(&Expr::apply("expectation", vec![loose]), &Expr::int(5))]));
        let mean = |e: &Expr| Expr::apply("expectation", vec![e.clone()]);
        let square = x.pow(Expr::int(2));
        assert!(holds_together(&[eq(&mean(&x), &y), eq(&mean(&square), &z)]), "two moments of one variable");
        assert!(!holds_together(&[eq(&mean(&x), &y), eq(&mean(&x), &one(&y))]));
        assert!(!holds_together(&[eq(&mean(&x), &Expr::int(1)), eq(&x, &Expr::int(2))]), "x in a third place");
        assert!(!holds_together(&[eq(&mean(&x), &mean(&x))]));
        let call = Expr::new(Node::Call(Symbol::new("f", Sort::Real), vec![x.clone()]));
        assert!(holds_together(&[eq(&call, &Expr::int(5))]));
        assert!(!holds_together(&[eq(&call, &Expr::int(5)), eq(&Expr::int(6), &call)]));
    }
}
