//! Functions without their argument: `(f g)' = f' g + f g'`, `f' = 2x`, `\frac{d}{dx} f = f'`.

use crate::claim::Definition;
use crate::elaborate::definitions::Definitions;
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol};

/// Letters for the argument that nobody names.
const ARGUMENTS: &[&str] = &["x", "t", "s", "u", "v", "z"];

/// The relation with every function that is named alone and differentiated at one argument: that of its definition, that
/// of the derivatives beside it, or a new one. `None` where no such name is primed.
pub(super) fn at_an_argument(relation: &Expr, definitions: &Definitions) -> Option<Expr> {
    let mut primed: Vec<Symbol> = vec![];
    let mut by: Vec<Symbol> = vec![];
    relation.any(&mut |x| {
        if let Some([inner, _]) = x.as_app("prime")
            && !is_applied(inner)
        {
            primed.extend(inner.symbols());
        }
        by.extend(x.as_app("partial").and_then(|args| args.get(1)?.as_symbol().cloned()));
        false
    });
    primed.retain(|s| s.sort.is_scalar() || s.sort == Sort::Function);
    let of = |s: &Symbol| definitions.of(s).iter().find(|d| d.params.len() == 1).and_then(|d| d.params.first());
    let mut defined = primed.iter().filter_map(of);
    let variable = match (defined.next(), by.first()) {
        (Some(p), _) if p.sort.is_scalar() => p.with_sort(Sort::Real),
        (Some(_), _) => return None,
        (None, Some(v)) if v.sort == Sort::Real => v.clone(),
        (None, Some(_)) => return None,
        (None, None) => {
            let free = |n: &&&str| !relation.symbols().iter().any(|s| *s.name == ***n);
            Symbol::new(ARGUMENTS.iter().find(free)?, Sort::Real)
        }
    };
    let alone = |s: &Symbol| definitions.of(s).iter().all(|d| d.params.len() == 1);
    let other = |s: &Symbol| s.same(&variable) || of(s).is_some_and(|p| !p.same(&variable)) || !alone(s);
    if primed.is_empty() || primed.iter().any(other) || by.iter().any(|v| !v.same(&variable)) {
        return None;
    }
    Some(put(relation, &primed, &Expr::sym(variable.clone()), &variable))
}

/// The relation with the functions of one number that stand alone in it, as well as under a derivative by the letter of
/// their definition, at that letter: `\frac{dx}{dt} = -r \sin\theta \frac{d\theta}{dt}` behind x(t) = … and θ(t) = ….
/// `None` where no such function stands bare, or derivatives are by several letters.
pub(super) fn at_the_letter(relation: &Expr, definitions: &Definitions) -> Option<Expr> {
    let mut by: Vec<Symbol> = vec![];
    relation.any(&mut |x| {
        by.extend(x.as_app("partial").and_then(|args| args.get(1)?.as_symbol().cloned()));
        false
    });
    by.dedup_by(|a, b| a.same(b));
    let [letter] = by.as_slice() else { return None };
    let depends = |s: &Symbol| {
        let list = definitions.of(s);
        let at_letter = |d: &Definition| matches!(d.params.as_slice(), [p] if p.same(letter) && p.sort.is_scalar());
        s.sort.is_scalar() && !list.is_empty() && list.iter().all(at_letter)
    };
    let functions: Vec<Symbol> = relation.symbols().into_iter().filter(|s| depends(s)).collect();
    let at = Expr::sym(letter.clone());
    let put = relation.transform(&mut |x, _| x.as_symbol().filter(|s| functions.contains(s)).map(|s| call(s, &at)));
    (!functions.is_empty()).then_some(put)
}

/// The body of a function of one number with the functions of the same letter that stand bare in it at that letter:
/// `s(x) = e^{kx}` behind k(x) = ….
pub(super) fn at_the_parameter(d: &Definition, definitions: &Definitions) -> Expr {
    let [parameter] = d.params.as_slice() else { return d.body.clone() };
    let of = |s: &Symbol| {
        let list = definitions.of(s);
        let same = |d: &Definition| matches!(d.params.as_slice(), [p] if p.same(parameter));
        s.sort.is_scalar() && !list.is_empty() && list.iter().all(same)
    };
    let at = Expr::sym(parameter.clone());
    d.body.transform(&mut |x, _| x.as_symbol().filter(|s| parameter.sort.is_scalar() && of(s)).map(|s| call(s, &at)))
}

/// Whether a prime stands behind a function with its argument.
fn is_applied(e: &Expr) -> bool {
    match e.node() {
        Node::Call(..) => true,
        Node::App(_, args) => args.len() == 1,
        _ => false,
    }
}

fn put(e: &Expr, functions: &[Symbol], at: &Expr, variable: &Symbol) -> Expr {
    e.transform(&mut |x, _| match x.node() {
        Node::Sym(s) if functions.iter().any(|f| f.same(s)) => Some(call(s, at)),
        Node::App(..) => {
            let [inner, order] = x.as_app("prime")? else { return None };
            let named = inner.as_symbol().filter(|s| functions.iter().any(|f| f.same(s)));
            match named {
                Some(s) => Some(Expr::apply("prime", vec![call(s, at), order.clone()])),
                None if is_applied(inner) => None,
                // The derivative of what is made of them.
                None => {
                    let body = put(inner, functions, at, variable);
                    let times = order.as_int().filter(|n| (1..=4).contains(n))?;
                    Some((0..times).fold(body, |body, _| {
                        let domain = Domain::At(at.clone(), vec![]);
                        Expr::bind(Binder::Derivative, domain, body.abstracted(variable, Sort::Real))
                    }))
                }
            }
        }
        _ => None,
    })
}

fn call(function: &Symbol, at: &Expr) -> Expr {
    Expr::new(Node::Call(Symbol { applied: true, ..function.with_sort(Sort::Real) }, vec![at.clone()]))
}
