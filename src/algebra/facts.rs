//! What is given about the symbols, in the form in which proofs ask for it.

use std::collections::{BTreeMap, BTreeSet};

use crate::algebra::canon::poly::{Mono, Poly};
use crate::algebra::canon::signs::Sign;
use crate::algebra::entry::scalarise;
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};
use crate::num::Rational;

/// A variable of a quantified fact, as a symbol that occurs nowhere else, with its range.
#[derive(Clone, Debug)]
pub(crate) struct Hole {
    pub symbol: Symbol,
    pub domain: Domain,
}

/// Some statement with the holes that it is quantified over and the given that it comes from.
#[derive(Clone, Debug)]
pub(crate) struct Quantified<T> {
    pub holes: Vec<Hole>,
    pub what: T,
    pub source: usize,
}

/// `left` has one of these signs.
#[derive(Clone, Debug)]
pub(crate) struct Bound {
    pub left: Poly,
    pub sign: Sign,
    /// The kernels of `left`, in order.
    pub kernels: Vec<Expr>,
}

impl Bound {
    /// `left` has one of these signs.
    pub fn of(left: Poly, sign: Sign) -> Bound {
        let kernels = left.kernels().into_iter().collect();
        Bound { left, sign, kernels }
    }
}

/// Both sides are equal.
#[derive(Clone, Debug)]
pub(crate) struct Equation {
    pub left: Expr,
    pub right: Expr,
}

/// What an array may be known to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trait {
    OneHot,
    Distribution,
    Bits,
    Symmetric,
    PositiveDefinite,
}

/// The givens, sorted by what they say. A given that is not understood says nothing.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub(crate) given: Vec<Expr>,
    pub(crate) bounds: Vec<Quantified<Bound>>,
    pub(crate) equations: Vec<Quantified<Equation>>,
    /// Scalars that are 0 or 1.
    pub(crate) bits: Vec<Quantified<Expr>>,
    pub(crate) arrays: Vec<Quantified<(Trait, Expr)>>,
    pub(crate) members: Vec<Quantified<(Expr, Expr)>>,
    /// Premises with what follows from them.
    pub(crate) implications: Vec<Quantified<(Expr, Expr)>>,
    /// Integer symbols whose least value is given as one below 1, so that nothing is assumed about them as sizes.
    relaxed: BTreeSet<Symbol>,
    /// Least values that are given of integer symbols: no greater ones are assumed about them as ends of ranges.
    stated: BTreeMap<Symbol, i64>,
}

impl Facts {
    /// Reads givens: Bool expressions that hold at every point considered.
    ///
    /// Understood: order relations and `≠` (also under `∀` over a range), membership in intervals, finite sets, the
    /// simplex, ℤ, ℕ; `one_hot`, `distribution`, `symmetric`, `positive_definite`; equations; conjunctions of these.
    /// Sizes of arrays and ends of ranges from 1 are integers ≥ 1 unless a given bounds them otherwise.
    pub fn new(given: &[Expr]) -> Facts {
        let mut facts = Facts { given: given.to_vec(), ..Facts::default() };
        for (source, g) in given.iter().enumerate() {
            facts.read(g, &[], source, 32);
        }
        facts
    }

    /// The givens as they were passed.
    pub fn given(&self) -> &[Expr] {
        &self.given
    }

    /// Least values of the integer symbols that are sizes in the givens or in these expressions, and least numbers of
    /// members of the sets: sizes of arrays are ≥ 1, ends of ranges ≥ 1, or ≥ 0 where some range starts from 0; of an end
    /// `n − 1` or `n + 1` it is n that is ≥ 0, and so large that at least the empty range is one, where no given says from
    /// where on it is: for N ≥ 1 a sum from 2 to N − 1 may run over fewer than no numbers.
    pub(crate) fn sizes_in(&self, about: &[&Expr]) -> BTreeMap<Symbol, i64> {
        let (mut arrays, mut ends) = (BTreeSet::new(), BTreeMap::new());
        for e in self.given.iter().chain(about.iter().copied()) {
            collect_sizes(e, &mut arrays, &mut ends);
        }
        ends.extend(arrays.into_iter().map(|s| (s, 1)));
        ends.retain(|s, _| !self.relaxed.contains(s));
        for (s, least) in &mut ends {
            *least = self.stated.get(s).map_or(*least, |stated| (*least).min(*stated));
        }
        ends
    }

    fn read(&mut self, g: &Expr, holes: &[Hole], source: usize, depth: u32) {
        if depth == 0 {
            return;
        }
        match g.node() {
            Node::Bind { binder: Binder::ForAll, domain, body } => {
                let name = format!("\u{2}{source}.{}", holes.len());
                let symbol = Symbol::new(&name, domain.variable_sort());
                let body = body.instantiated(&Expr::sym(symbol.clone()));
                let mut holes = holes.to_vec();
                holes.push(Hole { symbol, domain: domain.clone() });
                self.read(&body, &holes, source, depth - 1);
            }
            Node::App(f, args) => self.read_app(f.name, args, holes, source, depth),
            _ => {}
        }
    }

    fn read_app(&mut self, name: &str, args: &[Expr], holes: &[Hole], source: usize, depth: u32) {
        let array = |what| Quantified { holes: holes.to_vec(), what, source };
        match (name, args) {
            ("and", _) => args.iter().for_each(|a| self.read(a, holes, source, depth - 1)),
            ("gt", [a, b]) => self.bound(a, b, Sign::POSITIVE, holes, source),
            ("ge", [a, b]) => self.bound(a, b, Sign::NONNEGATIVE, holes, source),
            ("lt", [a, b]) => self.bound(b, a, Sign::POSITIVE, holes, source),
            ("le", [a, b]) => self.bound(b, a, Sign::NONNEGATIVE, holes, source),
            ("ne", [a, b]) => self.bound(a, b, Sign::NONZERO, holes, source),
            ("not", [a]) => {
                if let Some([l, r]) = a.as_app(fun::EQ) {
                    self.bound(l, r, Sign::NONZERO, holes, source);
                }
            }
            (fun::EQ, [a, b]) if a.sort().is_scalar() && b.sort().is_scalar() => {
                self.bound(a, b, Sign::ZERO, holes, source);
                let equation = Equation { left: lowered(a), right: lowered(b) };
                self.equations.push(Quantified { holes: holes.to_vec(), what: equation, source });
            }
            ("member", [x, set]) => self.member(x, set, holes, source),
            ("implies", [a, b]) => {
                self.implications.push(Quantified { holes: holes.to_vec(), what: (a.clone(), b.clone()), source });
            }
            ("one_hot", [y]) => self.arrays.push(array((Trait::OneHot, y.clone()))),
            ("distribution", [p]) => self.arrays.push(array((Trait::Distribution, p.clone()))),
            ("symmetric", [a]) => self.arrays.push(array((Trait::Symmetric, a.clone()))),
            ("invertible" | "orthogonal", [a]) => self.determinant(a, Sign::NONZERO, holes, source),
            ("positive_definite", [a]) => {
                self.determinant(a, Sign::POSITIVE, holes, source);
                self.arrays.push(array((Trait::Symmetric, a.clone())));
                self.arrays.push(array((Trait::PositiveDefinite, a.clone())));
            }
            ("positive_semidefinite", [a]) => self.arrays.push(array((Trait::Symmetric, a.clone()))),
            _ => {}
        }
    }

    /// The determinant of a matrix has the sign.
    fn determinant(&mut self, a: &Expr, sign: Sign, holes: &[Hole], source: usize) {
        self.bound(&Expr::apply("det", vec![a.clone()]), &Expr::int(0), sign, holes, source);
    }

    /// `a − b` has the sign; only of numbers.
    fn bound(&mut self, a: &Expr, b: &Expr, sign: Sign, holes: &[Hole], source: usize) {
        if !a.sort().is_scalar() || !b.sort().is_scalar() || is_infinite(a) || is_infinite(b) {
            return;
        }
        // |x| < a says −a < x < a, too.
        if let Some([x]) = b.as_app("abs")
            && matches!(sign, Sign::POSITIVE | Sign::NONNEGATIVE)
        {
            self.bound(a, x, sign, holes, source);
            self.bound(a, &-x.clone(), sign, holes, source);
        }
        let mut left = Poly::plain(&lowered(a)).minus(&Poly::plain(&lowered(b)));
        if sign == Sign::POSITIVE && is_integral(&left) {
            left = left.minus(&Poly::int(1));
            self.bounds.push(Quantified {
                holes: holes.to_vec(),
                what: Bound::of(left.clone(), Sign::NONNEGATIVE),
                source,
            });
            self.relax(&left, Sign::NONNEGATIVE);
            return;
        }
        self.relax(&left, sign);
        self.bounds.push(Quantified { holes: holes.to_vec(), what: Bound::of(left, sign), source });
    }

    /// A size bounded from below by a number less than 1 is not assumed to be 1 at least, and no end of a range more than
    /// what bounds it. What says only which number it is not bounds nothing: for N ≥ 1, N ≠ 3 it is 1 that is least.
    fn relax(&mut self, left: &Poly, sign: Sign) {
        let constant = left.coefficient(&Mono::one());
        let mut others = left.terms().filter(|(m, _)| !m.is_one());
        if let (Some((m, c)), None) = (others.next(), others.next())
            && let Some(symbol) = m.as_kernel().and_then(Expr::as_symbol)
            && symbol.sort == Sort::Integer
            && *c > Rational::from(0)
        {
            if constant > -c.clone() {
                self.relaxed.insert(symbol.clone());
            }
            let least = constant.checked_div(c).and_then(|q| (-q.floor()).to_i64());
            if let Some(least) = least
                && sign != Sign::NONZERO
            {
                let stated = self.stated.entry(symbol.clone()).or_insert(least);
                *stated = (*stated).max(least);
            }
        }
    }

    fn member(&mut self, x: &Expr, set: &Expr, holes: &[Hole], source: usize) {
        self.members.push(Quantified { holes: holes.to_vec(), what: (x.clone(), set.clone()), source });
        let Node::App(f, args) = set.node() else { return };
        let (above, below) = (Sign::POSITIVE, Sign::NONNEGATIVE);
        match (f.name, args.as_slice()) {
            ("open_interval", [a, b]) => {
                self.bound(x, a, above, holes, source);
                self.bound(b, x, above, holes, source);
            }
            ("closed_interval", [a, b]) | ("range_set", [a, b]) => {
                self.bound(x, a, below, holes, source);
                self.bound(b, x, below, holes, source);
            }
            ("left_open", [a, b]) => {
                self.bound(x, a, above, holes, source);
                self.bound(b, x, below, holes, source);
            }
            ("right_open", [a, b]) => {
                self.bound(x, a, below, holes, source);
                self.bound(b, x, above, holes, source);
            }
            ("naturals", []) => self.bound(x, &Expr::int(1), below, holes, source),
            ("integers", []) => {
                if let Some(s) = x.as_symbol() {
                    self.relaxed.insert(s.clone());
                }
            }
            ("set", members) => self.member_of_finite(x, members, holes, source),
            ("simplex", [_]) => {
                self.arrays.push(Quantified { holes: holes.to_vec(), what: (Trait::Distribution, x.clone()), source });
            }
            ("power_set", [base, _]) => {
                let is_bits = base
                    .as_app("set")
                    .is_some_and(|m| m.len() == 2 && m.iter().all(|v| matches!(v.as_int(), Some(0 | 1))));
                if is_bits {
                    self.arrays.push(Quantified { holes: holes.to_vec(), what: (Trait::Bits, x.clone()), source });
                } else if let ([size], true) = (x.sort().sizes(), base.as_app("set").is_none()) {
                    let name = format!("\u{2}{source}.{}", holes.len());
                    let symbol = Symbol::new(&name, Sort::Integer);
                    let entry = x.index(vec![Expr::sym(symbol.clone())]);
                    let domain = Domain::Range(Expr::int(1), size.clone());
                    let holes: Vec<Hole> = holes.iter().cloned().chain([Hole { symbol, domain }]).collect();
                    self.member(&entry, base, &holes, source);
                }
            }
            _ => {}
        }
    }

    fn member_of_finite(&mut self, x: &Expr, members: &[Expr], holes: &[Hole], source: usize) {
        let values: Option<Vec<&Rational>> = members.iter().map(Expr::as_num).collect();
        let Some(values) = values else { return };
        let (Some(least), Some(greatest)) = (values.iter().min(), values.iter().max()) else { return };
        self.bound(x, &Expr::num((*least).clone()), Sign::NONNEGATIVE, holes, source);
        self.bound(&Expr::num((*greatest).clone()), x, Sign::NONNEGATIVE, holes, source);
        let zero = Rational::from(0);
        if values.iter().all(|v| **v != zero) {
            self.bound(x, &Expr::int(0), Sign::NONZERO, holes, source);
        }
        if x.sort().is_scalar() && values.iter().all(|v| matches!(v.to_i64(), Some(0 | 1))) {
            self.bits.push(Quantified { holes: holes.to_vec(), what: x.clone(), source });
        }
    }
}

/// Numbers made of arrays (products, norms) in terms of entries.
fn lowered(e: &Expr) -> Expr {
    let compound = |x: &Expr| !x.sort().sizes().is_empty() && x.as_symbol().is_none();
    if e.any(&mut |x| compound(x)) { scalarise(e) } else { e.clone() }
}

/// What is known of a value of a binder's variable: that it lies in the domain. `None` for limits and derivatives.
pub fn binder_facts(variable: &Symbol, domain: &Domain) -> Option<Vec<Expr>> {
    let value = Expr::sym(variable.clone());
    match domain {
        Domain::Range(from, to) => {
            Some(vec![Expr::relate("le", from.clone(), value.clone()), Expr::relate("le", value, to.clone())])
        }
        Domain::Over(set) => Some(vec![Expr::relate("member", value, set.clone())]),
        Domain::All(_) => Some(vec![]),
        Domain::Towards(..) | Domain::At(..) => None,
    }
}

/// Whether ±∞ occurs outside of binders.
pub(crate) fn is_infinite(e: &Expr) -> bool {
    e.any(&mut |x| x.as_app("infinity").is_some())
}

/// Whether a polynomial takes integer values: integer coefficients, integer kernels, natural exponents.
pub(crate) fn is_integral(p: &Poly) -> bool {
    p.terms().all(|(m, c)| {
        c.is_integer()
            && m.factors().all(|(k, e)| *k.sort() == Sort::Integer && e.is_integer() && *e > Rational::from(0))
    })
}

/// `n`, `n + 1`, `n − 1`: the integer symbol, and the number added to it.
fn shifted(end: &Expr) -> Option<(&Symbol, i64)> {
    let (n, shift) = match end.as_app("add") {
        Some([a, b]) => [(a, b), (b, a)].into_iter().find_map(|(n, c)| Some((n, c.as_int()?)))?,
        _ => (end, 0),
    };
    n.as_symbol().filter(|s| s.sort == Sort::Integer).map(|s| (s, shift))
}

/// The integer symbols that are sizes of arrays and the sets that arrays live on, and the integer symbols that are ends
/// of ranges with their least values.
fn collect_sizes(e: &Expr, arrays: &mut BTreeSet<Symbol>, ends: &mut BTreeMap<Symbol, i64>) {
    e.any(&mut |x| {
        match x.node() {
            Node::Sym(s) => {
                let symbols = s.sort.sizes().iter().filter_map(Expr::as_symbol);
                arrays.extend(symbols.filter(|n| n.sort == Sort::Integer).cloned());
                // A set that an array lives on has as many members as the array has entries.
                let sets = s.sort.sizes().iter().filter_map(|n| n.as_app("cardinality")?.first()?.as_symbol());
                arrays.extend(sets.cloned());
            }
            Node::Bind { domain: Domain::Range(from, to), .. } => {
                if let (Some(from @ 0..), Some((to, shift))) = (from.as_int(), shifted(to)) {
                    // Of `n − 1` there may be no terms, for n is what is counted.
                    let first =
                        if shift == 0 { from.min(1) } else { from.saturating_sub(shift).saturating_sub(1).max(0) };
                    let least = ends.entry(to.clone()).or_insert(first);
                    *least = (*least).min(first);
                }
            }
            _ => {}
        }
        false
    });
}

/// Matches a pattern with holes against an expression; values of holes are closed.
pub(crate) fn matches(pattern: &Expr, target: &Expr, holes: &[Hole], found: &mut BTreeMap<Symbol, Expr>) -> bool {
    if let Node::Sym(s) = pattern.node()
        && holes.iter().any(|h| h.symbol == *s)
    {
        return match found.get(s) {
            Some(old) => old == target,
            None if target.is_closed() => {
                found.insert(s.clone(), target.clone());
                true
            }
            None => false,
        };
    }
    if pattern == target {
        return true;
    }
    let same_head = match (pattern.node(), target.node()) {
        (Node::App(f, a), Node::App(g, b)) => f == g && a.len() == b.len(),
        (Node::Call(f, a), Node::Call(g, b)) => f == g && a.len() == b.len(),
        (Node::Bind { binder: b, domain: d, .. }, Node::Bind { binder: c, domain: e, .. }) => {
            b == c
                && match (d, e) {
                    (Domain::Range(..), Domain::Range(..)) | (Domain::Over(_), Domain::Over(_)) => true,
                    _ => d == e,
                }
        }
        _ => false,
    };
    same_head && pattern.children().into_iter().zip(target.children()).all(|(p, t)| matches(p, t, holes, found))
}

/// An expression with the holes filled.
pub(crate) fn filled(e: &Expr, found: &BTreeMap<Symbol, Expr>) -> Expr {
    e.transform(&mut |x, depth| match x.node() {
        Node::Sym(s) => found.get(s).map(|value| value.shifted(depth, 0)),
        _ => None,
    })
}

/// Whether a value of this hole is in range wherever the pattern has a value at all: the hole is an index of an array
/// symbol over the whole of its size.
pub(crate) fn in_range_if_defined(hole: &Hole, pattern: &Expr) -> bool {
    let Domain::Range(from, to) = &hole.domain else { return false };
    let Some([array, indices @ ..]) = pattern.as_app(fun::INDEX) else { return false };
    from.as_int() == Some(1)
        && array.as_symbol().is_some_and(|s| {
            s.sort.sizes().iter().zip(indices).any(|(size, i)| size == to && i.as_symbol() == Some(&hole.symbol))
        })
}
