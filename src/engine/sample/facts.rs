//! What the givens say of each symbol, to draw from; the givens themselves decide in the end.

use std::collections::{BTreeMap, BTreeSet};

use super::open::{Claim, walk};
use crate::algebra::eval::{Env, Key, Point, evaluate};
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};
use crate::num::{Exact, Rational};

/// A bound and whether it is a value itself.
pub(super) type Bound = (Rational, bool);

/// What is known of a symbol, or of the entries of an array.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    pub(super) lo: Option<Bound>,
    pub(super) hi: Option<Bound>,
    pub(super) integer: bool,
    pub(super) nonzero: bool,
    /// The only values.
    pub(super) values: Option<Vec<Rational>>,
    /// Integers between two expressions, in the sizes.
    pub(super) range: Option<(Expr, Expr)>,
    pub(super) one_hot: bool,
    /// Entries with sum 1; of a matrix row by row.
    pub(super) sum_one: bool,
    pub(super) nonnegative_sum: bool,
    pub(super) symmetric: bool,
    pub(super) definite: bool,
    pub(super) semidefinite: bool,
    pub(super) orthogonal: bool,
    pub(super) unit_norm: bool,
    /// Whether a given tells entries that are 0 from the others (`p_i > 0 ⇒ …`), so that they are no special case.
    pub(super) zeros_meant: bool,
    /// Whether a given mentions the symbol, so that the default range does not bind it.
    pub(super) given: bool,
}

/// Facts by symbol, symbols that an equation gives, and which symbols are sizes.
#[derive(Clone, Debug, Default)]
pub(super) struct Knowledge {
    pub(super) facts: BTreeMap<Key, Facts>,
    pub(super) assigned: Vec<(Symbol, Expr)>,
    pub(super) sizes: BTreeSet<Symbol>,
}

impl Knowledge {
    pub(super) fn of(claim: &Claim) -> Knowledge {
        let mut k = Knowledge::default();
        for given in &claim.givens {
            for s in given.symbols() {
                k.facts.entry(Point::key(&s)).or_default().given = true;
            }
            k.gather(given, 0);
        }
        let mut indices = BTreeSet::new();
        for e in claim.parts() {
            walk(e, &mut |e| k.index_ranges(e, &mut indices));
            walk(e, &mut |e| k.ragged_ranges(e));
            walk(e, &mut |e| k.counted(e));
        }
        for symbol in claim.symbols() {
            if symbol.sort == Sort::Set {
                k.sizes.insert(symbol.clone());
            }
            for n in symbol.sort.sizes() {
                k.sizes.extend(n.symbols());
            }
        }
        for e in claim.parts() {
            walk(e, &mut |e| k.range_sizes(e, &indices));
        }
        k
    }

    pub(super) fn facts(&self, symbol: &Symbol) -> Facts {
        self.facts.get(&Point::key(symbol)).cloned().unwrap_or_default()
    }

    /// Whether the notes say nothing about the values of a real symbol or array.
    pub(super) fn is_silent(&self, s: &Symbol) -> bool {
        let real = s.sort == Sort::Real || matches!(s.sort, Sort::Array(_));
        real && !self.facts.get(&Point::key(s)).is_some_and(|f| f.given)
            && !self.sizes.iter().any(|t| t.same(s))
            && !self.assigned.iter().any(|(t, _)| t.same(s))
    }

    fn gather(&mut self, given: &Expr, layer: usize) {
        if layer > 16 {
            return;
        }
        match given.node() {
            Node::Bind { binder: Binder::ForAll, domain, body } => {
                // Facts of entries hold for whichever index; the index itself is no symbol of the claim.
                let index = Expr::sym(Symbol::new("\u{2200}", domain.variable_sort()));
                self.gather(&body.instantiated(&index), layer + 1);
            }
            Node::App(f, args) => match (f.name, args.as_slice()) {
                ("and", _) => args.iter().for_each(|a| self.gather(a, layer + 1)),
                ("lt" | "le", [a, b]) => self.bounded(a, b, f.name == "le"),
                ("gt" | "ge", [a, b]) => self.bounded(b, a, f.name == "ge"),
                ("ne", [a, b]) if b.as_int() == Some(0) => self.note(a, |f| f.nonzero = true),
                (fun::EQ, [a, b]) => self.equated(a, b),
                ("member", [x, set]) => self.member(x, set, layer),
                ("implies", [a, _]) => {
                    if let Some([x, zero]) = a.as_app("gt").or(a.as_app("ne"))
                        && zero.as_int() == Some(0)
                    {
                        self.note(x, |f| f.zeros_meant = true);
                    }
                }
                ("one_hot", [x]) => self.note(x, |f| f.one_hot = true),
                ("distribution", [x]) => self.note(x, simplex),
                ("symmetric", [x]) => self.note(x, |f| f.symmetric = true),
                ("positive_definite", [x]) => self.note(x, |f| f.definite = true),
                ("positive_semidefinite", [x]) => self.note(x, |f| f.semidefinite = true),
                ("loewner_gt", [x, zero]) if is_zero(zero) => self.note(x, |f| f.definite = true),
                ("loewner_ge", [x, zero]) if is_zero(zero) => self.note(x, |f| f.semidefinite = true),
                ("orthogonal", [x]) => self.note(x, |f| f.orthogonal = true),
                _ => {}
            },
            _ => {}
        }
    }

    /// Adds to the facts of a symbol, or of the array whose entry or row this is.
    fn note(&mut self, target: &Expr, add: impl FnOnce(&mut Facts)) {
        if let Some(s) = target_symbol(target) {
            add(self.facts.entry(Point::key(&s)).or_default());
        }
    }

    /// `a < b` or `a ≤ b`.
    fn bounded(&mut self, a: &Expr, b: &Expr, closed: bool) {
        if let Some(hi) = constant(b) {
            self.note(a, |f| {
                if f.hi.as_ref().is_none_or(|(old, _)| hi <= *old) {
                    f.hi = Some((hi, closed));
                }
            });
        } else if let Some(lo) = constant(a) {
            self.note(b, |f| {
                if f.lo.as_ref().is_none_or(|(old, _)| lo >= *old) {
                    f.lo = Some((lo, closed));
                }
            });
        }
    }

    fn equated(&mut self, a: &Expr, b: &Expr) {
        if b.as_int() == Some(1) {
            if let Some(s) = summed(a) {
                return self.note(&s, |f| f.sum_one = true);
            }
            if let Some([x]) = a.as_app("norm") {
                return self.note(x, |f| f.unit_norm = true);
            }
            if let Some([x, two]) = a.as_app(fun::POW)
                && two.as_int() == Some(2)
                && let Some([x]) = x.as_app("norm")
            {
                return self.note(x, |f| f.unit_norm = true);
            }
        }
        if let Some([t, x]) = a.as_app(fun::MUL)
            && t.as_app("transpose").is_some_and(|inner| inner.first() == Some(x))
        {
            let unit = b.as_app("identity").is_some();
            return self.note(x, |f| if unit { f.orthogonal = true } else { f.unit_norm = true });
        }
        for (x, y) in [(a, b), (b, a)] {
            if x.as_app("transpose").is_some_and(|inner| inner.first() == Some(y)) {
                return self.note(y, |f| f.symmetric = true);
            }
        }
        for (x, y) in [(a, b), (b, a)] {
            if let Some(s) = x.as_symbol()
                && !y.mentions(s)
                && !self.assigned.iter().any(|(t, e)| t.same(s) || e.mentions(s) || y.mentions(t))
            {
                self.assigned.push((s.clone(), y.clone()));
                return;
            }
        }
    }

    fn member(&mut self, x: &Expr, set: &Expr, layer: usize) {
        let Node::App(f, args) = set.node() else {
            if matches!(set.node(), Node::Sym(_)) {
                let count = Expr::apply("cardinality", vec![set.clone()]);
                self.note(x, |f| f.range = Some((Expr::int(1), count)));
            }
            return;
        };
        match (f.name, args.as_slice()) {
            ("integers", _) => self.note(x, |f| f.integer = true),
            ("naturals", _) => self.note(x, |f| {
                f.integer = true;
                f.lo = Some((Rational::from(1), true));
            }),
            ("open_interval" | "closed_interval" | "left_open" | "right_open", [a, b]) => {
                self.bounded(a, x, matches!(f.name, "closed_interval" | "right_open"));
                self.bounded(x, b, matches!(f.name, "closed_interval" | "left_open"));
            }
            ("set", _) => {
                if let Some(values) = args.iter().map(constant).collect::<Option<Vec<Rational>>>() {
                    self.note(x, |f| f.values = Some(values));
                }
            }
            ("range_set", [a, b]) => self.note(x, |f| f.range = Some((a.clone(), b.clone()))),
            ("simplex", _) => self.note(x, simplex),
            ("power_set", [s, _]) if layer < 16 => self.member(x, s, layer + 1),
            _ => {}
        }
    }

    /// Integer symbols, and entries of label arrays, that stand as an index run over the size they index.
    fn index_ranges(&mut self, e: &Expr, indices: &mut BTreeSet<Symbol>) {
        let (array, places) = match e.node() {
            Node::App(f, args) if f.name == fun::INDEX => match args.split_first() {
                Some((array, places)) => (array, places),
                None => return,
            },
            Node::Bind { domain: Domain::At(point, places), .. } => (point, places.as_slice()),
            _ => return,
        };
        for (place, size) in places.iter().zip(array.sort().sizes()) {
            let Some(s) = target_symbol(place).filter(|_| size.is_closed()) else { continue };
            if *place.sort() == Sort::Integer && place.as_symbol().is_some() {
                indices.insert(s);
            }
            self.note(place, |f| {
                f.range.get_or_insert_with(|| (Expr::int(1), size.clone()));
            });
        }
    }

    /// Factorials and binomial coefficients have values at natural numbers, Γ at positive ones; elsewhere there is
    /// nothing to compare.
    fn counted(&mut self, e: &Expr) {
        let Node::App(f, args) = e.node() else { return };
        let natural = matches!(f.name, "factorial" | "binomial");
        if !natural && !matches!(f.name, "gamma" | "digamma") {
            return;
        }
        for n in args {
            self.note(n, |f| {
                f.integer |= natural;
                f.lo.get_or_insert((Rational::from(0), natural));
            });
        }
    }

    /// The ends of rows of different lengths (`Σⱼ Σᵢ yⱼᵢ` for i up to nⱼ) stay within what they index.
    fn ragged_ranges(&mut self, e: &Expr) {
        let Node::Bind { domain: Domain::Range(_, end), body, .. } = e.node() else { return };
        let is_entry = end.as_app(fun::INDEX).is_some_and(|args| args.first().is_some_and(|a| a.as_symbol().is_some()));
        if !is_entry {
            return;
        }
        let mut size: Option<Expr> = None;
        body.transform(&mut |x, depth| {
            let (array, places) = x.as_app(fun::INDEX)?.split_first()?;
            for (place, n) in places.iter().zip(array.sort().sizes()) {
                if matches!(place.node(), Node::Bound { index, .. } if *index == depth) && n.is_closed() {
                    size.get_or_insert_with(|| n.clone());
                }
            }
            None
        });
        if let Some(size) = size {
            self.note(end, |f| {
                f.range.get_or_insert((Expr::int(1), size));
            });
        }
    }

    /// Integer symbols in the ends of ranges and in sizes of special arrays are sizes, unless they are indices.
    fn range_sizes(&mut self, e: &Expr, indices: &BTreeSet<Symbol>) {
        let sizes: Vec<&Expr> = match e.node() {
            Node::Bind { domain: Domain::Range(a, b), .. } => vec![a, b],
            Node::App(f, args) => match f.name {
                "real_space" | "identity" | "ones" | "zeros" | "zero_matrix" | "simplex" => args.iter().collect(),
                "unit" => args.iter().take(1).collect(),
                "power_set" => args.iter().skip(1).collect(),
                "range_set" => args.iter().collect(),
                _ => return,
            },
            _ => return,
        };
        for n in sizes {
            for s in n.symbols() {
                if s.sort == Sort::Integer && !indices.contains(&s) {
                    self.sizes.insert(s);
                }
            }
        }
    }
}

fn simplex(f: &mut Facts) {
    f.sum_one = true;
    f.nonnegative_sum = true;
}

fn is_zero(e: &Expr) -> bool {
    e.as_int() == Some(0) || e.as_app("zero_matrix").is_some()
}

/// `x`, or the array of `x_i`.
fn target_symbol(e: &Expr) -> Option<Symbol> {
    match e.node() {
        Node::Sym(s) => Some(s.clone()),
        Node::App(f, args) if f.name == fun::INDEX => args.first().and_then(Expr::as_symbol).cloned(),
        _ => None,
    }
}

/// The array whose entries are summed: `Σᵢ pᵢ` over its whole length, or the sum of all entries.
fn summed(e: &Expr) -> Option<Expr> {
    if let Some([x]) = e.as_app("entrywise_sum") {
        return Some(x.clone());
    }
    match e.node() {
        Node::Bind { binder: Binder::Sum, body, .. } => match body.as_app(fun::INDEX)? {
            [array, place] if matches!(place.node(), Node::Bound { index: 0, .. }) => {
                array.as_symbol().map(|_| array.clone())
            }
            _ => None,
        },
        _ => None,
    }
}

/// The rational value of an expression without symbols.
pub(super) fn constant(e: &Expr) -> Option<Rational> {
    if let Some(q) = e.as_num() {
        return Some(q.clone());
    }
    if !e.symbols().is_empty() || e.size() > 64 {
        return None;
    }
    evaluate::<Exact>(e, &Env::at(&Point::new()), &mut 1000).scalar()?.rational().cloned()
}
