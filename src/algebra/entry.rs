//! Componentwise lowering: arrays to their entries, products of arrays to sums.

use crate::algebra::{known, minors, terms};
use crate::expr::{Binder, Domain, Expr, Memo, Node, Sort, fun};

/// Work allowed in one lowering, in expressions looked at.
const FUEL: u64 = 50_000;

/// Numeric ranges are written out up to this length where an array given by its entries stands under them.
pub(crate) const LITERAL_CAP: u64 = 32;

/// Deepest expression that is lowered.
pub(crate) const DEPTH_CAP: u32 = 400;

/// A scalar or Bool expression without operations on arrays in scalar positions: products, norms, traces, known
/// objects and entries of array expressions become sums, products and functions of the entries `x_i`, `W_{ij}` of
/// symbols. Equalities and inequalities of arrays become statements about all entries (`≠`: about one).
///
/// What has no entries here stays: `det A`, entries of `A⁻¹` for symbolic sizes, predicates on arrays
/// (`A ⪰ 0`, `p` a distribution), opaque atoms. Nothing is asked about definedness: see [`crate::algebra::conditions`],
/// which must be asked of the expression before.
pub fn scalarise(e: &Expr) -> Expr {
    Lowering::new().scalar(e)
}

/// The entry of an array expression at as many indices (integer expressions, from 1) as it has sizes; indices and
/// expression stand under the same binders. `None` where there is no rule for an entry.
pub fn entry(e: &Expr, indices: &[Expr]) -> Option<Expr> {
    let mut lowering = Lowering::new();
    let indices: Vec<Expr> = indices.iter().map(|i| lowering.scalar(i)).collect();
    lowering.entry(e, &indices)
}

/// A lowering with its memory and fuel.
pub(crate) struct Lowering {
    scalars: Memo<Expr, Expr>,
    fuel: u64,
}

impl Lowering {
    pub(crate) fn new() -> Lowering {
        Lowering { scalars: Memo::default(), fuel: FUEL }
    }

    /// A fresh allowance of work; what is known stays known.
    pub(crate) fn renew(&mut self) {
        self.fuel = FUEL;
    }

    fn burn(&mut self) -> Option<()> {
        self.fuel = self.fuel.checked_sub(1)?;
        Some(())
    }

    /// See [`scalarise`].
    pub(crate) fn scalar(&mut self, e: &Expr) -> Expr {
        if let Some(done) = self.scalars.get(e) {
            return done.clone();
        }
        if e.depth() > DEPTH_CAP || self.burn().is_none() {
            return e.clone();
        }
        let result = self.scalar_node(e).unwrap_or_else(|| e.clone());
        self.scalars.insert(e.clone(), result.clone());
        result
    }

    fn scalar_node(&mut self, e: &Expr) -> Option<Expr> {
        match e.node() {
            Node::Num(_) | Node::Sym(_) | Node::Bound { .. } | Node::Opaque { .. } | Node::Array { .. } => None,
            Node::App(f, args) => self.scalar_app(e, f.name, args),
            Node::Call(..) => Some(self.parts(e)),
            Node::Bind { binder, domain, body } => {
                if !matches!(body.sort(), Sort::Bool | Sort::Integer | Sort::Real | Sort::Unknown) {
                    return None;
                }
                if let (Binder::Sum, Domain::Range(low, high)) = (binder, domain)
                    && let Some(range) = terms::numeric_range(low, high, LITERAL_CAP)
                    && indexes_literal(body)
                {
                    return Some(terms::sum(range.map(|k| self.scalar(&terms::at(body, k))).collect()));
                }
                Some(self.parts(e))
            }
        }
    }

    /// The same node with its scalar and Bool children lowered.
    fn parts(&mut self, e: &Expr) -> Expr {
        let children = e.children().into_iter().map(|c| match c.sort() {
            Sort::Integer | Sort::Real | Sort::Bool | Sort::Unknown => self.scalar(c),
            _ => c.clone(),
        });
        let children = children.collect();
        terms::with_children(e, children)
    }

    /// An even power of a norm is one of the sum of squares: no root is left, nor what a root would owe.
    fn even_power(&mut self, base: &Expr, exponent: &Expr) -> Option<Expr> {
        let (Some([array]), Some(n)) = (base.as_app("norm"), exponent.as_int().filter(|n| *n > 0 && n % 2 == 0)) else {
            return None;
        };
        let squares = self.each_entry(array, |x| terms::power(&x, Expr::int(2)))?;
        Some(terms::power(&squares, Expr::int(n / 2)))
    }

    fn scalar_app(&mut self, e: &Expr, name: &str, args: &[Expr]) -> Option<Expr> {
        let has_array = args.iter().any(|a| !a.sort().sizes().is_empty());
        if !has_array {
            return match (name, args) {
                ("transpose", [x]) if x.sort().is_scalar() => Some(self.scalar(x)),
                (fun::POW, [base, n]) => Some(self.even_power(base, n).unwrap_or_else(|| self.parts(e))),
                _ => Some(self.parts(e)),
            };
        }
        match (name, args) {
            (fun::INDEX, [array, indices @ ..]) => {
                let indices: Vec<Expr> = indices.iter().map(|i| self.scalar(i)).collect();
                let lowered = match indices.len() == array.sort().sizes().len() {
                    true => self.entry(array, &indices),
                    false => None,
                };
                Some(lowered.unwrap_or_else(|| array.index(indices)))
            }
            (fun::MUL, _) if e.sort().is_scalar() => self.product(args, &[]),
            ("dot", [a, b]) if a.sort() == b.sort() => {
                self.over_entries(a.sort().sizes(), &[a, b], &mut |this, operands, at| match operands {
                    [a, b] => Some(terms::product(vec![this.entry(a, at)?, this.entry(b, at)?])),
                    _ => None,
                })
            }
            ("norm", [a]) => {
                let squares = self.each_entry(a, |x| terms::power(&x, Expr::int(2)))?;
                Some(Expr::apply("sqrt", vec![squares]))
            }
            ("norm1", [a]) => self.each_entry(a, |x| Expr::apply("abs", vec![x])),
            ("entrywise_sum", [a]) => self.each_entry(a, |x| x),
            ("trace", [a]) => {
                let n = square_size(a)?;
                self.over_entries(&[n], &[a], &mut |this, operands, at| {
                    let (a, i) = (operands.first()?, at.first()?);
                    this.entry(a, &[i.clone(), i.clone()])
                })
            }
            ("det", [a]) => {
                let n = usize::try_from(square_size(a)?.as_int()?).ok()?;
                let entries = self.numeric_entries(a, n, 4)?;
                minors::determinant(&entries, n)
            }
            (fun::EQ | "ne" | "approx" | "lt" | "le" | "gt" | "ge", [a, b]) => self.entrywise_relation(name, a, b),
            ("cases" | "implies" | "iff" | "and" | "or" | "not", _) => Some(self.parts(e)),
            _ => {
                let definition = known::expand(name, args)?;
                definition.sort().is_scalar().then(|| self.scalar(&definition))
            }
        }
    }

    /// `a ∼ b` for all entries, `a ≠ b` for one.
    fn entrywise_relation(&mut self, name: &str, a: &Expr, b: &Expr) -> Option<Expr> {
        if a.sort() != b.sort() {
            return None;
        }
        let sizes = a.sort().sizes().to_vec();
        let under = u32::try_from(sizes.len()).ok()?;
        let indices: Vec<Expr> = (0..under).rev().map(|i| Expr::bound(i, Sort::Integer)).collect();
        let left = self.entry(&a.shifted(under, 0), &indices)?;
        let right = self.entry(&b.shifted(under, 0), &indices)?;
        let binder = if name == "ne" { Binder::Exists } else { Binder::ForAll };
        let relation = Expr::relate(name, left, right);
        Some(sizes.iter().enumerate().rev().fold(relation, |body, (level, n)| {
            let n = n.shifted(u32::try_from(level).unwrap_or(0), 0);
            Expr::bind(binder, Domain::Range(Expr::int(1), n), body)
        }))
    }

    /// The entries of an `n` × `n` matrix row by row, for `n` up to `cap`.
    fn numeric_entries(&mut self, a: &Expr, n: usize, cap: usize) -> Option<Vec<Expr>> {
        if n > cap {
            return None;
        }
        let n = i64::try_from(n).ok()?;
        let places = (1..=n).flat_map(|i| (1..=n).map(move |j| [Expr::int(i), Expr::int(j)]));
        places.map(|place| self.entry(a, &place)).collect()
    }

    /// See [`entry`]; the indices are lowered.
    pub(crate) fn entry(&mut self, e: &Expr, indices: &[Expr]) -> Option<Expr> {
        self.burn()?;
        if e.sort().sizes().len() != indices.len() || indices.is_empty() || e.depth() > DEPTH_CAP {
            return None;
        }
        match e.node() {
            Node::Sym(_) | Node::Bound { .. } | Node::Call(..) => Some(e.index(indices.to_vec())),
            Node::Num(_) | Node::Opaque { .. } => None,
            Node::Array { columns, entries, .. } => self.literal_entry(*columns, entries, indices),
            Node::App(f, args) => self.app_entry(e, *f, args, indices),
            Node::Bind { binder, domain, body } => self.bind_entry(*binder, domain, body, indices),
        }
    }

    /// With numbers as indices the entry; with others Σ over the entries with δ.
    fn literal_entry(&mut self, columns: Option<usize>, entries: &[Expr], indices: &[Expr]) -> Option<Expr> {
        let width = columns.unwrap_or(1);
        let mut found = Vec::new();
        for (place, value) in entries.iter().enumerate() {
            let here = [place / width.max(1), place % width.max(1)];
            let mut factors: Vec<Expr> = Vec::with_capacity(3);
            for (index, at) in indices.iter().zip(here) {
                factors.push(terms::delta(index.clone(), Expr::int(i64::try_from(at + 1).ok()?)));
            }
            if factors.iter().all(|f| f.as_int() != Some(0)) {
                factors.push(self.scalar(value));
                found.push(terms::product(factors));
            }
        }
        (!found.is_empty()).then(|| terms::sum(found))
    }

    fn app_entry(&mut self, e: &Expr, f: fun::Fun, args: &[Expr], indices: &[Expr]) -> Option<Expr> {
        match (f.name, args, indices) {
            (fun::ADD, _, _) => {
                let entries = args.iter().map(|a| self.entry(a, indices)).collect::<Option<Vec<_>>>()?;
                Some(terms::sum(entries))
            }
            (fun::MUL, _, _) => self.product(args, indices),
            (fun::INDEX, [array, before @ ..], _) => {
                let mut all: Vec<Expr> = before.iter().map(|i| self.scalar(i)).collect();
                all.extend(indices.iter().cloned());
                self.entry(array, &all)
            }
            ("transpose", [x], _) => match (x.sort().sizes(), indices) {
                ([_], [_, j]) => self.entry(x, std::slice::from_ref(j)),
                ([_, _], [i]) => self.entry(x, &[Expr::int(1), i.clone()]),
                ([_, _], [i, j]) => self.entry(x, &[j.clone(), i.clone()]),
                _ => None,
            },
            (fun::POW, [base, exponent], [i, j]) => {
                square_size(base)?;
                match exponent.as_int()? {
                    -1 => self.entry(&Expr::apply("inverse", vec![base.clone()]), indices),
                    0 => Some(terms::delta(i.clone(), j.clone())),
                    n @ 1..=4 => self.product(&vec![base.clone(); usize::try_from(n).ok()?], indices),
                    _ => None,
                }
            }
            ("inverse", [x], _) => {
                let n = square_size(x)?;
                let small = n.as_int().and_then(|n| usize::try_from(n).ok()).filter(|n| *n <= 3);
                let entries = small.and_then(|n| minors::inverse(&self.numeric_entries(x, n, 3)?, n));
                match (entries, small) {
                    (Some(entries), Some(n)) => self.literal_entry(Some(n), &entries, indices),
                    _ => Some(e.index(indices.to_vec())),
                }
            }
            ("diag", [x], [i, j]) => {
                let value = self.entry(x, std::slice::from_ref(i))?;
                Some(terms::product(vec![terms::delta(i.clone(), j.clone()), value]))
            }
            ("diag", [x], [i]) if square_size(x).is_some() => self.entry(x, &[i.clone(), i.clone()]),
            ("hadamard", [a, b], _) if a.sort() == b.sort() => {
                Some(terms::product(vec![self.entry(a, indices)?, self.entry(b, indices)?]))
            }
            ("identity", _, [i, j]) => Some(terms::delta(i.clone(), j.clone())),
            ("ones", _, _) => Some(Expr::int(1)),
            ("zeros" | "zero_matrix", _, _) => Some(Expr::int(0)),
            ("unit", [_, place], [i]) => {
                let place = self.scalar(place);
                Some(terms::delta(i.clone(), place))
            }
            ("cases", _, _) if same_shapes(args) => {
                let count = args.len();
                let parts = args.iter().enumerate().map(|(k, a)| match k % 2 == 0 && k + 1 < count {
                    true => Some(self.scalar(a)),
                    false => self.entry(a, indices),
                });
                Some(Expr::app(f, parts.collect::<Option<Vec<_>>>()?))
            }
            ("max" | "min", [_, _, ..], _) => {
                let entries = args.iter().map(|a| self.entry(a, indices)).collect::<Option<Vec<_>>>()?;
                Some(Expr::app(f, entries))
            }
            _ if f.is_entrywise() => {
                let parts = args.iter().map(|a| match a.sort().sizes().is_empty() {
                    true => Some(self.scalar(a)),
                    false => self.entry(a, indices),
                });
                Some(Expr::app(f, parts.collect::<Option<Vec<_>>>()?))
            }
            _ => {
                let definition = known::expand(f.name, args)?;
                self.entry(&definition, indices)
            }
        }
    }

    fn bind_entry(&mut self, binder: Binder, domain: &Domain, body: &Expr, indices: &[Expr]) -> Option<Expr> {
        match (binder, domain) {
            (Binder::Lambda, Domain::Range(low, _)) => {
                let (first, rest) = indices.split_first()?;
                let place = terms::sum(vec![first.clone(), low.clone(), Expr::int(-1)]);
                let value = body.instantiated(&place);
                if rest.is_empty() { Some(self.scalar(&value)) } else { self.entry(&value, rest) }
            }
            (Binder::Sum, Domain::Range(low, high))
                if terms::numeric_range(low, high, LITERAL_CAP).is_some() && indexes_literal(body) =>
            {
                let range = terms::numeric_range(low, high, LITERAL_CAP)?;
                let entries = range.map(|k| self.entry(&terms::at(body, k), indices)).collect::<Option<Vec<_>>>()?;
                Some(terms::sum(entries))
            }
            (Binder::Sum | Binder::Integral | Binder::Limit, _) => {
                let inner = self.entry(body, &shifted(indices))?;
                let domain = domain.map(&mut |p| if p.sort().is_scalar() { self.scalar(p) } else { p.clone() });
                Some(Expr::bind(binder, domain, inner))
            }
            (Binder::Derivative, Domain::At(point, given)) => {
                let (of_body, of_point) = indices.split_at_checked(body.sort().sizes().len())?;
                let inner = match of_body.is_empty() {
                    true => self.scalar(body),
                    false => self.entry(body, &shifted(of_body))?,
                };
                let mut all: Vec<Expr> = given.iter().map(|i| self.scalar(i)).collect();
                all.extend(of_point.iter().cloned());
                Some(Expr::bind(binder, Domain::At(point.clone(), all), inner))
            }
            _ => None,
        }
    }
}

/// Whether all values of a case distinction have one sort.
fn same_shapes(args: &[Expr]) -> bool {
    let count = args.len();
    let mut values = args.iter().enumerate().filter(|(k, _)| k % 2 == 1 || k + 1 == count).map(|(_, v)| v.sort());
    values.next().is_some_and(|first| values.all(|s| s == first))
}

fn shifted(indices: &[Expr]) -> Vec<Expr> {
    indices.iter().map(|i| i.shifted(1, 0)).collect()
}

/// The size of a square matrix.
pub(crate) fn square_size(a: &Expr) -> Option<Expr> {
    match a.sort().sizes() {
        [m, n] if m == n => Some(n.clone()),
        _ => None,
    }
}

/// Whether an array given by its entries stands in it.
pub(crate) fn has_literal(e: &Expr) -> bool {
    e.any(&mut |x| matches!(x.node(), Node::Array { .. }))
}

/// Whether an array with a literal in it is indexed, or summed over, in a body by something bound outside of it.
fn indexes_literal(body: &Expr) -> bool {
    has_literal(body)
        && body.any(&mut |x| match x.as_app(fun::INDEX) {
            Some([array, indices @ ..]) => indices.iter().any(|i| !i.is_closed()) && has_literal(array),
            _ => false,
        })
}
