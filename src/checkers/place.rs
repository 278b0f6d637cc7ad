//! An instance's values put on the symbols of a claim: by name, with sizes from the shapes.

use crate::algebra::eval::{Env, Point, PointValue, Value, evaluate};
use crate::expr::{Expr, Node, Seen, Sort, Symbol};
use crate::num::{Exact, Rational};

use super::instance::Instance;

/// The claim's symbols with values, and what is left: indices that run over all places.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) point: Point,
    /// Free index symbols in order of first occurrence.
    pub(super) indices: Vec<Symbol>,
    /// Whether a size of the claim is a name.
    pub(super) sized: bool,
}

/// Why an instance cannot be put on a claim.
#[derive(Debug, PartialEq)]
pub(super) enum Unplaced {
    /// The instance has no value for a symbol of the claim.
    Missing(Symbol),
    /// Two symbols of the claim would get the same value.
    Ambiguous(Symbol, Symbol),
    /// A symbol that the checker determines has another shape in the claim, where all others fit.
    OtherShape(Symbol, Vec<usize>),
    /// The shapes differ; another instance may fit.
    Misfit,
}

/// Fonts that do not tell one symbol from another; accents (`\hat`) do.
const FONTS: &[&str] =
    &["\\mathbf", "\\vec", "\\mathcal", "\\mathrm", "\\mathsf", "\\mathit", "\\text", "\\boldsymbol", "\\operatorname"];

/// A name without fonts: `\hat{\mathbf{y}}` → `\hat{y}`, `\mathcal{L}` → `L`.
pub(super) fn plain(name: &str) -> String {
    if !name.contains('\\') {
        return name.to_owned();
    }
    let mut text = name.to_owned();
    while let Some((font, at)) = FONTS.iter().find_map(|f| Some((f, text.find(&format!("{f}{{"))?))) {
        let open = at + font.len();
        let Some(close) = matching(&text, open) else { break };
        let (Some(before), Some(inner), Some(after)) =
            (text.get(..at), text.get(open + 1..close), text.get(close + 1..))
        else {
            break;
        };
        text = format!("{before}{inner}{after}");
    }
    text
}

/// The brace that closes the one at `open`.
fn matching(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (i, c) in text.char_indices().skip_while(|(i, _)| *i < open) {
        match c {
            '{' => depth += 1,
            '}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(i);
                }
            }
            _ => {}
        }
    }
    None
}

/// The symbols of a claim with their plain names, in order of first occurrence.
pub(super) struct Names {
    free: Vec<(Symbol, String)>,
    /// Those of the relation before its definitions were put in: sizes that the relation itself leaves open come from
    /// their values.
    read: Vec<(Symbol, String)>,
}

impl Names {
    /// Those of a relation, and of the same as it was read.
    pub(super) fn of(relation: &Expr, read: &Expr) -> Names {
        let named = |e: &Expr| in_order(e).into_iter().map(|s| (s.clone(), plain(&s.name))).collect();
        Names { free: named(relation), read: named(read) }
    }

    /// Puts the values of an instance on the free symbols.
    pub(super) fn placed(&self, instance: &Instance) -> Result<Placed, Unplaced> {
        place(self, instance)
    }
}

fn place(names: &Names, instance: &Instance) -> Result<Placed, Unplaced> {
    let mut placed = Placed { point: Point::new(), indices: vec![], sized: false };
    let mut named: Vec<(&'static str, usize, &Symbol)> = vec![];
    let mut sizes: Vec<(Expr, usize)> = vec![];
    let mut determined: Vec<(&Symbol, Vec<usize>)> = vec![];
    for (symbol, name) in names.free.iter().filter(|(s, _)| s.sort != Sort::Set) {
        let found = instance.symbols.iter().filter(|(n, _)| n == name);
        let mut fitting = found.clone().filter(|(_, v)| stands_for(v, &symbol.sort));
        let Some((supplied, value)) = fitting.next() else {
            // A name that has values of other shapes only, but for an index that runs.
            if found.count() > 0 && symbol.sort != Sort::Integer {
                return Err(Unplaced::Misfit);
            }
            if let Some(x) = entry(name, instance).filter(|_| symbol.sort.is_scalar()).and_then(Rational::from_f64) {
                placed.point.set(symbol, PointValue::Scalar(x));
            }
            continue;
        };
        let shape = shape(value);
        if let Some((_, _, other)) =
            named.iter().find(|(n, r, s)| n == supplied && *r == shape.len() && !s.same(symbol))
        {
            return Err(Unplaced::Ambiguous((*other).clone(), symbol.clone()));
        }
        named.push((supplied, shape.len(), symbol));
        let exact = point_value(value).ok_or(Unplaced::Misfit)?;
        placed.sized |= symbol.sort == Sort::Integer;
        match instance.determined.contains(supplied) {
            true => determined.push((symbol, shape)),
            false => sizes.extend(symbol.sort.sizes().iter().cloned().zip(shape)),
        }
        placed.point.set(symbol, exact);
    }
    placed.sized |= bind_sizes(&sizes, &mut placed.point)?;
    for (symbol, shape) in determined {
        let sizes: Vec<_> = symbol.sort.sizes().iter().cloned().zip(shape.iter().copied()).collect();
        let fits = bind_sizes(&sizes, &mut placed.point);
        placed.sized |= fits.map_err(|_| Unplaced::OtherShape(symbol.clone(), shape))?;
    }
    placed.sized |= sizes_of_defined(names, instance, &mut placed.point);
    for (symbol, _) in &names.free {
        if placed.point.get(symbol).is_some() {
            continue;
        }
        if symbol.sort != Sort::Integer {
            return Err(Unplaced::Missing(symbol.clone()));
        }
        placed.indices.push(symbol.clone());
    }
    Ok(placed)
}

/// The sizes of an array; none for a number.
fn shape(value: &Value<f64>) -> Vec<usize> {
    match value {
        Value::Array(a) => std::iter::once(a.rows).chain(a.columns).collect(),
        _ => vec![],
    }
}

/// Whether a value has as many sizes as the sort, and is an integer where the sort is.
fn stands_for(value: &Value<f64>, sort: &Sort) -> bool {
    let number = match sort {
        Sort::Integer => value.scalar().is_some_and(|x| x.fract() == 0.0),
        Sort::Real | Sort::Array(_) => true,
        _ => false,
    };
    number && shape(value).len() == sort.sizes().len()
}

/// Whether a symbol of the relation is one that the checker determines.
pub(super) fn determines(relation: &Expr, instance: &Instance) -> bool {
    relation.symbols().iter().any(|s| instance.determined.contains(&plain(&s.name).as_str()))
}

/// The value of a number named like an entry, `s_2` or `s_{2}`: the entry of the instance's vector.
fn entry(name: &str, instance: &Instance) -> Option<f64> {
    let (base, index) = name.split_once('_')?;
    let place: usize = index.trim_start_matches('{').trim_end_matches('}').parse().ok()?;
    let (_, value) = instance.symbols.iter().find(|(n, _)| *n == base)?;
    match value {
        Value::Array(a) if a.columns.is_none() => a.entries.get(place.checked_sub(1)?).copied(),
        _ => None,
    }
}

/// Gives size names the sizes of the values, and compares the sizes that are no names. Whether a name was among them.
fn bind_sizes(sizes: &[(Expr, usize)], point: &mut Point) -> Result<bool, Unplaced> {
    let mut sized = false;
    for (size, n) in sizes {
        let number = || i64::try_from(*n).map(Rational::from).map_err(|_| Unplaced::Misfit);
        match size.node() {
            Node::Sym(s) if point.get(s).is_none() => {
                point.set(s, PointValue::Scalar(number()?));
                sized = true;
            }
            Node::App(f, args) if f.name == "cardinality" => {
                if let Some(set) = args.first().and_then(Expr::as_symbol)
                    && point.get(set).is_none()
                {
                    point.set(set, PointValue::Members(*n));
                    sized = true;
                }
            }
            _ => {}
        }
    }
    let env = Env::<Exact>::at(point);
    for (size, n) in sizes {
        let value = evaluate(size, &env, &mut 10_000);
        let found = value.scalar().and_then(Exact::rational).and_then(Rational::to_i64);
        if found != i64::try_from(*n).ok() {
            return Err(Unplaced::Misfit);
        }
    }
    Ok(sized)
}

/// A size that only defined arrays have (C where `y` is a unit vector of length C): from the values that the instance
/// has under their names.
fn sizes_of_defined(names: &Names, instance: &Instance, point: &mut Point) -> bool {
    let mut sized = false;
    for (symbol, name) in &names.read {
        let shapes = instance.symbols.iter().filter(|(n, v)| n == name && stands_for(v, &symbol.sort));
        let Some(shape) = shapes.map(|(_, v)| shape(v)).next() else { continue };
        for (size, n) in symbol.sort.sizes().iter().zip(shape) {
            if let Some(s) =
                size.as_symbol().filter(|s| names.free.iter().any(|(f, _)| f.same(s)) && point.get(s).is_none())
                && let Ok(n) = i64::try_from(n)
            {
                point.set(s, PointValue::Scalar(Rational::from(n)));
                sized = true;
            }
        }
    }
    sized
}

fn point_value(value: &Value<f64>) -> Option<PointValue> {
    match value {
        Value::Scalar(x) => Rational::from_f64(*x).map(PointValue::Scalar),
        Value::Array(a) => {
            let entries: Option<Vec<Rational>> = a.entries.iter().map(|x| Rational::from_f64(*x)).collect();
            let entries = entries?;
            let template = a.map(|_| Rational::from(0));
            Some(PointValue::Array(crate::algebra::eval::Array { entries, ..template }))
        }
        _ => None,
    }
}

/// Free symbols in order of first occurrence; the body of a binder comes before its domain, so that ∂pᵢ/∂sⱼ has i
/// before j.
fn in_order(relation: &Expr) -> Vec<Symbol> {
    let mut found: Vec<Symbol> = vec![];
    let mut seen = Seen::default();
    let mut todo = vec![relation];
    while let Some(e) = todo.pop() {
        if !seen.insert(e.clone()) {
            continue;
        }
        if let Node::Sym(s) | Node::Call(s, _) = e.node()
            && !found.iter().any(|f| f.same(s))
        {
            found.push(s.clone());
        }
        match e.node() {
            Node::Bind { domain, body, .. } => {
                todo.extend(domain.parts().into_iter().rev());
                todo.push(body);
            }
            _ => todo.extend(e.children().into_iter().rev()),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkers::instance;

    #[test]
    fn fonts_do_not_count_and_accents_do() {
        assert_eq!(plain("\\mathbf{s}"), "s");
        assert_eq!(plain("\\hat{\\mathbf{y}}"), "\\hat{y}");
        assert_eq!(plain("\\mathcal{L}"), "L");
        assert_eq!(plain("\\hat{y}"), "\\hat{y}");
    }

    fn vector_symbol(name: &str, size: Expr) -> Expr {
        Expr::sym(Symbol::new(name, Sort::vector(size)))
    }

    #[test]
    fn sizes_come_from_the_shapes() {
        let n = Expr::size_symbol("C");
        let relation = Expr::relate("eq", vector_symbol("s", n.clone()), vector_symbol("y", n));
        let names = Names::of(&relation, &relation);
        let v = nalgebra::DVector::from_vec(vec![1.0, 2.0]);
        let longer = nalgebra::DVector::from_vec(vec![1.0, 2.0, 3.0]);
        let fits = Instance::new(instance::number(0.0)).vector("s", &v).vector("y", &v);
        let placed = names.placed(&fits).expect("both have two entries");
        assert!(placed.sized);
        let differs = Instance::new(instance::number(0.0)).vector("s", &v).vector("y", &longer);
        assert_eq!(names.placed(&differs).unwrap_err(), Unplaced::Misfit);
        let lacks = Instance::new(instance::number(0.0)).vector("s", &v);
        assert!(matches!(names.placed(&lacks), Err(Unplaced::Missing(s)) if &*s.name == "y"));
    }

    #[test]
    fn the_sort_chooses_among_values_of_one_name() {
        let n = Expr::size_symbol("C");
        let relation = Expr::relate("eq", vector_symbol("\\mathbf{y}", n), Expr::sym(Symbol::new("y", Sort::Integer)));
        let names = Names::of(&relation, &relation);
        let v = nalgebra::DVector::from_vec(vec![0.0, 1.0]);
        let both = Instance::new(instance::number(0.0)).vector("y", &v).number("y", 2.0);
        let placed = names.placed(&both).expect("a vector and a number");
        assert!(placed.indices.is_empty() && placed.point.iter().count() == 3);
        let alone = names.placed(&Instance::new(instance::number(0.0)).vector("y", &v)).expect("y runs");
        assert_eq!(alone.indices.len(), 1);
    }

    #[test]
    fn one_value_for_two_symbols_is_ambiguous() {
        let relation = Expr::relate("eq", Expr::real("s"), Expr::real("\\mathbf{s}"));
        let names = Names::of(&relation, &relation);
        let both = Instance::new(instance::number(0.0)).number("s", 1.0);
        assert!(matches!(names.placed(&both), Err(Unplaced::Ambiguous(..))));
    }
}
