//! What names stand for: definitions by the symbol that they define, and the left sides that are heads of some.

use std::sync::Arc;

use rpds::RedBlackTreeMapSync;

use crate::claim::Definition;
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};
use crate::notation::BOUND;

/// Definitions by name and version of what they define; entries of an array stand together. Each claim keeps those that
/// were in reach of it, so copies share what they have in common.
#[derive(Clone, Default)]
pub(crate) struct Definitions(RedBlackTreeMapSync<(Arc<str>, u32), Vec<Definition>>);

fn key(s: &Symbol) -> (Arc<str>, u32) {
    (Arc::clone(&s.name), s.version)
}

impl Definitions {
    /// Adds a definition; one of the same entry (or of the whole) shadows what was there.
    pub(crate) fn add(&mut self, d: Definition) {
        let mut list = self.of(&d.head).to_vec();
        if d.indices.is_empty() {
            // H(P) and H(P, Q) are two functions.
            list.retain(|old| old.params.len() != d.params.len() && !d.params.is_empty() && !old.params.is_empty());
        } else {
            list.retain(|old| old.indices != d.indices && !old.indices.is_empty());
        }
        let key = key(&d.head);
        list.push(d);
        self.0.insert_mut(key, list);
    }

    /// Takes a definition out of scope, if nothing has shadowed it.
    pub(crate) fn remove(&mut self, d: &Definition) {
        let mut list = self.of(&d.head).to_vec();
        list.retain(|old| old != d);
        self.0.insert_mut(key(&d.head), list);
    }

    /// Those for which it does not hold; `None` if it holds for none.
    pub(crate) fn without(&self, dropped: &dyn Fn(&Definition) -> bool) -> Option<Definitions> {
        let all = || self.0.values().flatten();
        all().any(dropped).then(|| {
            let mut kept = Definitions::default();
            all().filter(|d| !dropped(d)).for_each(|d| kept.add(d.clone()));
            kept
        })
    }

    /// All of them.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Definition> {
        self.0.values().flatten()
    }

    /// All definitions of a symbol.
    pub(crate) fn of(&self, s: &Symbol) -> &[Definition] {
        self.0.get(&key(s)).map_or(&[], Vec::as_slice)
    }

    /// Whether unfolding an expression comes upon the symbol: defining it by that would be a circle.
    pub(crate) fn reaches(&self, e: &Expr, symbol: &Symbol) -> bool {
        let mut todo: Vec<Expr> = vec![e.clone()];
        let mut seen: Vec<(String, u32)> = vec![];
        while let Some(e) = todo.pop() {
            for s in e.symbols() {
                if s.same(symbol) {
                    return true;
                }
                let key = (s.name.to_string(), s.version);
                if !seen.contains(&key) {
                    todo.extend(self.of(&s).iter().map(|d| d.body.clone()));
                    // What is said of each member of a family of probabilities.
                    if s.name.contains(BOUND) {
                        let member = Symbol { name: s.name.replace(BOUND, "").into(), ..s.clone() };
                        todo.extend(self.of(&member).iter().map(|d| d.body.clone()));
                    }
                    seen.push(key);
                }
            }
        }
        false
    }

    /// The symbols whose unfolding, in that of an expression, comes upon themselves.
    pub(super) fn circular(&self, e: &Expr) -> Vec<Symbol> {
        let mut todo = vec![e.clone()];
        let mut seen: Vec<Symbol> = vec![];
        while let Some(e) = todo.pop() {
            for s in e.symbols() {
                if !seen.iter().any(|k| k.same(&s)) {
                    todo.extend(self.of(&s).iter().map(|d| d.body.clone()));
                    seen.push(s);
                }
            }
        }
        seen.retain(|s| self.of(s).iter().any(|d| self.reaches(&d.body, s)));
        seen
    }

    /// The definition of a head: a symbol, an entry with these indices, or a function.
    pub(crate) fn of_head(&self, head: &Head) -> Option<&Definition> {
        self.of(&head.symbol).iter().find(|d| {
            (d.indices == head.indices || d.indices.is_empty() && head.params.is_empty())
                && d.params.len() == head.params.len()
        })
    }
}

/// What a left side defines if it is the head of a definition.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub(crate) symbol: Symbol,
    /// Numbers of an entry.
    pub(crate) indices: Vec<Expr>,
    /// Names of an index that stands for all (`p_i = …`).
    pub(crate) free: Vec<Symbol>,
    /// Parameters of a function.
    pub(crate) params: Vec<Symbol>,
}

impl Head {
    /// The indices of an entry that stands for all.
    pub(crate) fn places(&self) -> Vec<Expr> {
        let place = |s: &Symbol| match self.symbol.before() as i64 {
            0 => Expr::sym(s.clone()),
            before => Expr::sym(s.clone()) + Expr::int(before),
        };
        self.free.iter().map(place).collect()
    }
}

/// The head that a left side is, if it is one.
pub(crate) fn head(left: &Expr) -> Option<Head> {
    let plain = |symbol: &Symbol| Head { symbol: symbol.clone(), indices: vec![], free: vec![], params: vec![] };
    match left.node() {
        Node::Sym(s) => Some(plain(s)),
        Node::App(f, args) if f.name == fun::INDEX => {
            let (array, indices) = args.split_first()?;
            let symbol = array.as_symbol()?;
            if indices.iter().all(|i| i.as_num().is_some()) {
                return Some(Head { indices: indices.to_vec(), ..plain(symbol) });
            }
            let free: Option<Vec<Symbol>> =
                indices.iter().map(|i| as_written(symbol, i)?.as_symbol().cloned()).collect();
            let free = free?;
            let distinct = free.iter().enumerate().all(|(i, a)| free.iter().skip(i + 1).all(|b| !a.same(b)));
            distinct.then(|| Head { free, ..plain(symbol) })
        }
        Node::Call(f, args) => {
            let params: Option<Vec<Symbol>> = args.iter().map(|a| a.as_symbol().cloned()).collect();
            let params = params?;
            let distinct = params.iter().enumerate().all(|(i, a)| params.iter().skip(i + 1).all(|b| !a.same(b)));
            (distinct && !params.is_empty()).then(|| Head { params, ..plain(f) })
        }
        _ => None,
    }
}

/// The index of an entry as the notes write it, where the array has entries before the first.
fn as_written(array: &Symbol, index: &Expr) -> Option<Expr> {
    match (array.before() as i64, index.as_app(fun::ADD)) {
        (0, _) => Some(index.clone()),
        (before, Some([index, number])) if number.as_int() == Some(before) => Some(index.clone()),
        _ => None,
    }
}

/// The body of a definition of `head` by `right`: free indices become the variables of a comprehension.
pub(crate) fn body(head: &Head, right: &Expr) -> Option<Expr> {
    if head.free.is_empty() {
        return Some(right.clone());
    }
    let sizes = head.symbol.sort.sizes().to_vec();
    if sizes.len() < head.free.len() {
        return None;
    }
    let before = head.symbol.before() as i64;
    let mut body = right.clone();
    for index in head.free.iter().filter(|_| before > 0) {
        body = body.substituted(index, &(Expr::sym(index.clone()) - Expr::int(before)));
    }
    for (index, size) in head.free.iter().zip(sizes).rev() {
        body = Expr::bind(Binder::Lambda, Domain::Range(Expr::int(1), size), body.abstracted(index, Sort::Integer));
    }
    Some(body)
}

/// `x = 3`, `θ = π/4`: a value for an example, not a meaning.
pub(super) fn is_value(d: &Definition) -> bool {
    let number_or_matrix = d.body.sort().is_scalar() || d.body.sort().sizes().len() == 2;
    d.params.is_empty() && number_or_matrix && d.body.symbols().is_empty() && d.body.is_closed()
}

/// `t = T`, `k = n`: a place that something was looked at, not a meaning.
pub(super) fn renames(d: &Definition) -> bool {
    d.params.is_empty() && d.indices.is_empty() && d.head.sort.is_scalar() && d.body.as_symbol().is_some()
}
