//! Means by densities: where a line has `∫ g(x) f_X(x) dx`, `E[g(X)]` beside it is that integral.

use crate::elaborate::conditional::is_measure;
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};
use crate::notation::BOUND;

/// What is used where a mean is written as an integral or a sum.
pub(super) const MEAN: &str = "the mean of a random variable by its density";

/// Integrals or sums one in another, with a factor that is a function of just their variables.
struct Nest {
    /// The binders with their ranges and variables, outermost first.
    around: Vec<Around>,
    /// The density, whether it is a list of numbers, and what it is taken at: a variable, or the entry of an array at one.
    density: Symbol,
    listed: bool,
    at: Vec<Expr>,
    /// The values of the variables there.
    places: Vec<Expr>,
    /// The random variables of its arguments; none are named by `f(x)`.
    names: Vec<String>,
}

/// A binder that was taken off, with its range and the name that its variable got.
type Around = (Binder, Domain, Symbol);

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
        capitals.extend(inside.flat_map(Expr::symbols).map(|s| s.name.to_string()).filter(|n| is_capital(n)));
        false
    });
    capitals.sort();
    capitals.dedup();
    for nest in nests.iter_mut().filter(|n| n.names.is_empty()) {
        if capitals.len() == nest.places.len() {
            nest.names.clone_from(&capitals);
        }
    }
    let result = put_in(relation, &nests);
    (result != *relation).then_some(result)
}

/// Whether a name is one capital letter, as those of random variables are.
pub(super) fn is_capital(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}

fn collect(e: &Expr, around: &mut Vec<Around>, out: &mut Vec<Nest>) {
    if let Node::Bind { binder: binder @ (Binder::Integral | Binder::Sum), domain, body } = e.node()
        && is_whole(domain)
    {
        let variable = Symbol::new(&format!("\\density {}", around.len()), domain.variable_sort());
        let body = body.instantiated(&Expr::sym(variable.clone()));
        around.push((*binder, domain.clone(), variable));
        body.any(&mut |x| {
            out.extend(density(x, around));
            false
        });
        collect(&body, around, out);
        around.pop();
        return;
    }
    if matches!(e.node(), Node::Bind { .. }) {
        return;
    }
    e.children().into_iter().for_each(|c| collect(c, around, out));
}

/// A set, or a list from its first entry to its last.
fn is_whole(domain: &Domain) -> bool {
    match domain {
        Domain::Over(set) => set.is_closed(),
        Domain::Range(low, high) => low.as_int() == Some(1) && high.as_symbol().is_some(),
        _ => false,
    }
}

/// `f_{X,Y}(x, y)` under the binders of just x and y, further ones outside of them; `p(x_i)` under that of i.
fn density(e: &Expr, around: &[Around]) -> Option<Nest> {
    let (f, args, listed) = match (e.node(), e.as_app(fun::INDEX)) {
        (Node::Call(f, args), _) => (f, args.as_slice(), false),
        (_, Some([array, at])) if array.as_symbol()?.name.contains(BOUND) => {
            return family(array.as_symbol()?, at, around);
        }
        (_, Some([array, at @ ..])) => (array.as_symbol()?, at, true),
        _ => return None,
    };
    let own = around.get(around.len().checked_sub(args.len())?..)?;
    let variable = |a: &Expr| match a.as_app(fun::INDEX) {
        Some([array, at]) => at.as_symbol().filter(|_| array.as_symbol().is_some()).cloned(),
        Some(_) => None,
        None => a.as_symbol().cloned(),
    };
    let of: Vec<Symbol> = args.iter().map(variable).collect::<Option<_>>()?;
    if args.is_empty() || !own.iter().all(|(_, _, v)| of.iter().any(|o| o.same(v))) {
        return None;
    }
    // Of a list by numbers, the values of the variable are another list.
    if listed && own.iter().any(|(_, domain, _)| !matches!(domain, Domain::Over(_))) {
        return None;
    }
    let names: Vec<String> = match f.name.split_once('_') {
        Some(("f" | "p", names)) => names.trim_matches(['{', '}']).split(',').map(|n| n.trim().to_owned()).collect(),
        None if matches!(&*f.name, "f" | "p") => vec![],
        _ => return None,
    };
    (names.is_empty() || names.len() == args.len()).then(|| Nest {
        around: own.to_vec(),
        density: f.clone(),
        listed,
        at: args.to_vec(),
        places: args.to_vec(),
        names,
    })
}

/// `p(x_i)`, `P(X = x)` under the binder of just i or x, which is read as one family of numbers.
fn family(family: &Symbol, at: &Expr, around: &[Around]) -> Option<Nest> {
    let (_, domain, variable) = around.last().filter(|(_, _, v)| at.as_symbol().is_some_and(|s| s.same(v)))?;
    let (measure, inner) = family.name.split_once('(').filter(|(m, _)| is_measure(m) || *m == "f")?;
    let inner: String = inner.strip_suffix(')')?.split_whitespace().collect();
    let value = inner.strip_suffix(BOUND).filter(|v| !v.contains([BOUND, ',', '|', ';']))?;
    let (names, value) = match (value.split_once('='), measure.split_once('_')) {
        (Some((name, value)), _) => (vec![name.to_owned()], value),
        (None, Some((_, label))) => (vec![label.trim_matches(['{', '}']).to_owned()], value),
        (None, None) => (vec![], value),
    };
    // `x_i` is an entry of the list of values, `x` the value itself.
    let place = match value.split_once('_') {
        Some((list, index)) if index.trim_matches(['{', '}']).chars().count() == 1 => {
            let size = match domain {
                Domain::Range(_, size) => size.clone(),
                _ => return None,
            };
            Expr::sym(Symbol::new(list, Sort::Array(vec![size]))).index(vec![at.clone()])
        }
        Some(_) => return None,
        None => Expr::sym(variable.clone()),
    };
    let own = around.last().into_iter().cloned().collect();
    Some(Nest { around: own, density: family.clone(), listed: true, at: vec![at.clone()], places: vec![place], names })
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
    let random: Vec<Symbol> = g.symbols().into_iter().filter(|s| is_capital(&s.name)).collect();
    let known = |s: &Symbol| nests.iter().any(|n| n.names.iter().any(|name| **name == *s.name));
    let random: Vec<Symbol> = random.into_iter().filter(known).collect();
    let all = |n: &Nest| random.iter().all(|s| n.names.iter().any(|name| **name == *s.name));
    let nest = nests.iter().find(|n| !random.is_empty() && n.names.len() == random.len() && all(n))?;
    let mut body = g.clone();
    for s in &random {
        let at = nest.names.iter().position(|name| **name == *s.name)?;
        body = body.substituted(s, nest.places.get(at)?);
    }
    let density = || nest.density.clone();
    body = body
        * match nest.listed {
            true => Expr::sym(density()).index(nest.at.clone()),
            false => Expr::new(Node::Call(density(), nest.at.clone())),
        };
    for (binder, domain, variable) in nest.around.iter().rev() {
        body = Expr::bind(*binder, domain.clone(), body.abstracted(variable, variable.sort.clone()));
    }
    Some(body)
}
