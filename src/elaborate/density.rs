//! Means by densities: where a line has `∫ g(x) f_X(x) dx`, `E[g(X)]` beside it is that integral.

use crate::expr::{Binder, Domain, Expr, Node, Symbol, fun};

/// What is used where a mean is written as an integral or a sum.
pub(super) const MEAN: &str = "the mean of a random variable by its density";

/// Integrals or sums one in another, with a factor that is a function of just their variables.
struct Nest {
    /// The binders with their ranges, outermost first.
    around: Vec<(Binder, Domain)>,
    /// The density, and for each of its arguments the place of the binder.
    density: Symbol,
    order: Vec<usize>,
    /// The random variables of its arguments; none are named by `f(x)`.
    names: Vec<String>,
}

/// The relation with every mean of a variable whose density a side of it integrates over as such an integral; `None` where
/// there is none.
pub(super) fn by_density(relation: &Expr) -> Option<Expr> {
    let [left, right] = relation.as_app(fun::EQ)? else { return None };
    let moments = |e: &Expr| e.as_app("expectation").is_some() || e.as_app("variance").is_some();
    if !relation.any(&mut |x| moments(x)) {
        return None;
    }
    let mut nests = vec![];
    [left, right].into_iter().for_each(|side| collect(side, &mut vec![], &mut nests));
    let mut capitals: Vec<String> = vec![];
    relation.any(&mut |x| {
        let inside = x.as_app("expectation").or(x.as_app("variance")).into_iter().flatten();
        capitals.extend(inside.flat_map(Expr::symbols).map(|s| s.name.to_string()).filter(|n| is_random(n)));
        false
    });
    capitals.sort();
    capitals.dedup();
    for nest in nests.iter_mut().filter(|n| n.names.is_empty()) {
        match (capitals.as_slice(), nest.order.len()) {
            ([one], 1) => nest.names = vec![one.clone()],
            _ => continue,
        }
    }
    let result = put_in(relation, &nests);
    (result != *relation).then_some(result)
}

/// One capital letter.
fn is_random(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}

fn collect(e: &Expr, around: &mut Vec<(Binder, Domain)>, out: &mut Vec<Nest>) {
    if let Node::Bind { binder: binder @ (Binder::Integral | Binder::Sum), domain: domain @ Domain::Over(set), body } =
        e.node()
        && set.is_closed()
    {
        around.push((*binder, domain.clone()));
        body.any(&mut |x| {
            out.extend(density(x, around));
            false
        });
        collect(body, around, out);
        around.pop();
        return;
    }
    if matches!(e.node(), Node::Bind { .. }) {
        return;
    }
    e.children().into_iter().for_each(|c| collect(c, around, out));
}

/// `f_{X,Y}(x, y)` under the binders of just x and y.
fn density(e: &Expr, around: &[(Binder, Domain)]) -> Option<Nest> {
    let Node::Call(f, args) = e.node() else { return None };
    let place = |a: &Expr| match a.node() {
        Node::Bound { index, .. } => around.len().checked_sub(*index as usize + 1),
        _ => None,
    };
    let order: Vec<usize> = args.iter().map(place).collect::<Option<_>>()?;
    let mut sorted = order.clone();
    sorted.sort_unstable();
    if sorted != (0..around.len()).collect::<Vec<_>>() {
        return None;
    }
    let names: Vec<String> = match f.name.split_once("_{") {
        Some(("f" | "p", names)) => names.trim_end_matches('}').split(',').map(|n| n.trim().to_owned()).collect(),
        None if matches!(&*f.name, "f" | "p") => vec![],
        _ => return None,
    };
    (names.is_empty() || names.len() == order.len()).then(|| Nest {
        around: around.to_vec(),
        density: f.clone(),
        order,
        names,
    })
}

fn put_in(e: &Expr, nests: &[Nest]) -> Expr {
    let children: Vec<Expr> = e.children().into_iter().map(|c| put_in(c, nests)).collect();
    let e = if children.is_empty() { e.clone() } else { e.with_children(children) };
    match (e.as_app("expectation"), e.as_app("variance")) {
        (Some([g]), _) => mean(g, nests).unwrap_or(e),
        (_, Some([x])) => mean(x, nests).and_then(|m| mean(&(x.clone() - m).pow(Expr::int(2)), nests)).unwrap_or(e),
        _ => e,
    }
}

/// `E[g]` as an integral over the nest of just the variables in `g`.
fn mean(g: &Expr, nests: &[Nest]) -> Option<Expr> {
    let random: Vec<Symbol> = g.symbols().into_iter().filter(|s| is_random(&s.name)).collect();
    let known = |s: &Symbol| nests.iter().any(|n| n.names.iter().any(|name| **name == *s.name));
    let random: Vec<Symbol> = random.into_iter().filter(known).collect();
    let all = |n: &Nest| random.iter().all(|s| n.names.iter().any(|name| **name == *s.name));
    let nest = nests.iter().find(|n| !random.is_empty() && n.names.len() == random.len() && all(n))?;
    let variables: Vec<Symbol> = nest
        .around
        .iter()
        .enumerate()
        .map(|(k, (_, domain))| Symbol::new(&format!("\\density {k}"), domain.variable_sort()))
        .collect();
    let args: Option<Vec<Expr>> = nest.order.iter().map(|k| variables.get(*k).cloned().map(Expr::sym)).collect();
    let args = args?;
    let mut body = g.clone();
    for s in &random {
        let at = nest.names.iter().position(|name| **name == *s.name)?;
        body = body.substituted(s, args.get(at)?);
    }
    body = body * Expr::new(Node::Call(nest.density.clone(), args));
    for ((binder, domain), variable) in nest.around.iter().zip(&variables).rev() {
        body = Expr::bind(*binder, domain.clone(), body.abstracted(variable, variable.sort.clone()));
    }
    Some(body)
}
