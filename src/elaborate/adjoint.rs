//! The chain rule backwards, as backpropagation uses it: `\frac{\partial L}{\partial x} = W^\top \frac{\partial L}{\partial y}` where
//! y = W x, of an L that nothing defines.

use crate::claim::Given;
use crate::elaborate::chained::named;
use crate::elaborate::definitions::Definitions;
use crate::expr::{Expr, Node, Sort, Symbol, fun};

/// A relation between derivatives of one quantity, with those by what is between as symbols of their own.
pub(super) struct Backward {
    /// The derivative by the variable is that of what is between, weighted by the derivatives by it.
    pub(super) relation: Expr,
    /// What is used: through what the quantity depends on the variable.
    pub(super) known: String,
}

/// The chain rule for an equation whose one side is a derivative of a quantity without a definition, by a variable, and
/// whose other side has derivatives of it by what is defined in terms of that variable.
///
/// `recurrences` are equations that define nothing by themselves: `z_{t+1} = u h_t + w x_{t+1}`.
pub(super) fn backward(
    relation: &Expr,
    definitions: &Definitions,
    givens: &[Given],
    recurrences: &[(Expr, Expr)],
) -> Option<Backward> {
    let [left, right] = relation.as_app(fun::EQ)? else { return None };
    [(left, right), (right, left)].into_iter().find_map(|(whole, other)| {
        let [quantity, variable] = whole.as_app("partial")? else { return None };
        let x = array_of(variable)?;
        let free = |s: &Symbol| definitions.of(s).is_empty();
        let letter = match quantity.node() {
            Node::Sym(s) => s,
            Node::Call(f, _) => f,
            _ => return None,
        };
        if !free(letter) || !quantity.sort().is_scalar() || quantity.mentions(x) || is_moment(quantity) {
            return None;
        }
        let mut between: Vec<Symbol> = vec![];
        let mut lost = false;
        other.any(&mut |e| {
            if let Some([_, place]) = slope(e, quantity) {
                match array_of(place) {
                    Some(y) if between.iter().any(|b| b.same(y)) => {}
                    Some(y) if !y.same(x) && !free(y) && definitions.reaches(&Expr::sym(y.clone()), x) => {
                        between.push(y.clone());
                    }
                    _ => lost = true,
                }
            }
            false
        });
        // A quantity that reaches the variable through another one of them would be counted twice.
        let reaches = |a: &Symbol, b: &Symbol| !a.same(b) && definitions.reaches(&Expr::sym(a.clone()), b);
        let twice = between.iter().any(|a| between.iter().any(|b| reaches(a, b)) || reaches(x, a));
        if lost || twice || between.is_empty() || besides(x, quantity, &between, definitions) {
            return None;
        }
        if recurrences.iter().any(|(left, right)| right.mentions(x) && !left.mentions(x)) {
            return None;
        }
        if between.iter().any(|y| is_counted_otherwise(y, relation, definitions, givens)) {
            return None;
        }
        let on_the_way = between.iter().flat_map(|y| definitions.of(y)).flat_map(|d| d.body.symbols());
        if on_the_way.chain(relation.symbols()).any(|s| !s.same(letter) && is_plain_capital(&s)) {
            return None;
        }
        let weighted: Option<Vec<Expr>> =
            between.iter().map(|y| inner(&adjoint(quantity, y), &Expr::sym(y.clone()))).collect();
        let sum = weighted?.into_iter().reduce(|a, b| a + b)?;
        let other = other.transform(&mut |e, _| {
            let [_, place] = slope(e, quantity)? else { return None };
            let weight = adjoint(quantity, array_of(place)?);
            let entry = place.as_app(fun::INDEX).and_then(<[Expr]>::split_first);
            Some(entry.map_or_else(|| weight.clone(), |(_, at)| weight.index(at.to_vec())))
        });
        let alone = !other.mentions(letter);
        let whole = Expr::apply("partial", vec![sum, variable.clone()]);
        let names = between.iter().map(|y| Expr::sym(y.clone()).to_string()).collect::<Vec<_>>().join(", ");
        alone.then(|| Backward {
            relation: Expr::relate(fun::EQ, whole, other),
            known: format!("the chain rule, where {quantity} depends on {} through {names} only", Expr::sym(x.clone())),
        })
    })
}

/// Whether the notes define something else by the variable, not on the way to what is between: the quantity may depend on
/// it, too.
fn besides(x: &Symbol, quantity: &Expr, between: &[Symbol], definitions: &Definitions) -> bool {
    // What is behind the variable does not lead from it.
    let cut = definitions.without(&|d| d.head.same(x));
    let definitions = cut.as_ref().unwrap_or(definitions);
    definitions.values().any(|d| {
        let direct = d.body.mentions(x) && !d.params.iter().any(|p| p.same(x));
        let leads = || between.iter().any(|y| definitions.reaches(&Expr::sym(y.clone()), &d.head));
        let is_quantity = || quantity.mentions(&d.head);
        direct && !between.iter().any(|y| y.same(&d.head)) && !leads() && !is_quantity()
    })
}

/// Whether the line of a family's definition says that its index runs to what is no size of anything here:
/// `\sum_{i=1}^{m-1} \frac{\partial L}{\partial y_i} x_i` where there are m of the y.
fn is_counted_otherwise(y: &Symbol, relation: &Expr, definitions: &Definitions, givens: &[Given]) -> bool {
    let list = definitions.of(y);
    let sized = relation.symbols().into_iter().chain(list.iter().flat_map(|d| d.body.symbols())).chain([y.clone()]);
    let sizes: Vec<Expr> = sized.flat_map(|s| s.sort.sizes().to_vec()).collect();
    givens.iter().filter(|g| list.iter().any(|d| d.line == g.line)).any(|g| {
        let set = g.fact.as_ref().and_then(|f| f.as_app("member")).and_then(|args| args.get(1));
        let last = set.and_then(|set| set.as_app("range_set")).and_then(<[Expr]>::last);
        last.is_some_and(|m| !sizes.contains(m))
    })
}

/// A capital letter that is read as a number since nothing says that it is a matrix.
pub(super) fn is_plain_capital(s: &Symbol) -> bool {
    let mut letters = s.name.chars();
    s.sort != Sort::Integer
        && s.sort.is_scalar()
        && letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_none()
}

/// A derivative of this quantity.
fn slope<'a>(e: &'a Expr, quantity: &Expr) -> Option<&'a [Expr]> {
    e.as_app("partial").filter(|args| args.first() == Some(quantity))
}

/// The symbol that a place is, or is an entry of.
fn array_of(place: &Expr) -> Option<&Symbol> {
    place.as_app(fun::INDEX).and_then(<[Expr]>::first).unwrap_or(place).as_symbol()
}

/// The derivative of the quantity by an array, as a symbol.
fn adjoint(quantity: &Expr, by: &Symbol) -> Expr {
    let sort = if by.sort == Sort::Integer { Sort::Real } else { by.sort.clone() };
    named(quantity, &by.name, sort)
}

/// The sum of the products of the entries of two arrays of one shape.
fn inner(a: &Expr, b: &Expr) -> Option<Expr> {
    match a.sort().sizes().len() {
        0 if b.sort().is_scalar() => Some(a.clone() * b.clone()),
        1 | 2 => Some(Expr::apply("dot", vec![a.clone(), b.clone()])),
        _ => None,
    }
}

/// Means are of what is random: what they depend on is more than their letters.
fn is_moment(e: &Expr) -> bool {
    e.any(&mut |x| matches!(x.node(), Node::App(f, _) if matches!(f.name, "expectation" | "variance" | "covariance")))
}
