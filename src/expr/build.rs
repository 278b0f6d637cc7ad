//! Constructors.

use std::ops::{Add, Mul, Neg, Sub};

use crate::expr::intern::intern;
use crate::expr::{Binder, Domain, Expr, Fun, Node, Sort, Symbol, fun};
use crate::num::Rational;

impl Expr {
    /// The expression of a node as it is, without any simplification.
    pub fn new(node: Node) -> Expr {
        intern(node)
    }

    /// An exact number.
    pub fn num(q: Rational) -> Expr {
        intern(Node::Num(q))
    }

    /// An integer.
    pub fn int(i: i64) -> Expr {
        Expr::num(Rational::from(i))
    }

    /// A free symbol.
    pub fn sym(symbol: Symbol) -> Expr {
        intern(Node::Sym(symbol))
    }

    /// A real free symbol of version 0.
    pub fn real(name: &str) -> Expr {
        Expr::sym(Symbol::new(name, Sort::Real))
    }

    /// A size or index: an integer free symbol of version 0.
    pub fn size_symbol(name: &str) -> Expr {
        Expr::sym(Symbol::new(name, Sort::Integer))
    }

    /// The variable of the nearest binder.
    pub fn bound(index: u32, sort: Sort) -> Expr {
        intern(Node::Bound { index, sort })
    }

    /// A table function applied; sums and products are flattened and stripped of neutral numbers.
    pub fn app(f: Fun, args: Vec<Expr>) -> Expr {
        match f.name {
            fun::ADD => nary(f, args, 0),
            fun::MUL => nary(f, args, 1),
            _ => intern(Node::App(f, args)),
        }
    }

    /// The function of the table named `name` applied to `args`; an unknown name gives an opaque atom.
    pub fn apply(name: &str, args: Vec<Expr>) -> Expr {
        match fun::by_name(name) {
            Some(f) => Expr::app(f, args),
            None => intern(Node::Opaque { text: name.into(), depends: args }),
        }
    }

    /// `self ^ exponent`.
    pub fn pow(&self, exponent: Expr) -> Expr {
        if exponent.as_int() == Some(1) {
            return self.clone();
        }
        Expr::apply(fun::POW, vec![self.clone(), exponent])
    }

    /// `1 / self`.
    pub fn recip(&self) -> Expr {
        self.pow(Expr::int(-1))
    }

    /// `self / other`.
    pub fn over(&self, other: &Expr) -> Expr {
        self.clone() * other.recip()
    }

    /// The entry of an array at indices (from 1); fewer indices than sizes give the row as an array.
    pub fn index(&self, indices: Vec<Expr>) -> Expr {
        let mut args = vec![self.clone()];
        args.extend(indices);
        Expr::apply(fun::INDEX, args)
    }

    /// So many more, its number taken together and last: `i + 1`, `n - 2`.
    pub(crate) fn more_by(&self, number: i64) -> Expr {
        let (terms, last) = match (self.as_int(), self.as_app(fun::ADD).and_then(<[Expr]>::split_last)) {
            (Some(i), _) => return Expr::int(i + number),
            (_, Some((last, terms))) if last.as_int().is_some() => (terms, last.as_int().unwrap_or(0)),
            _ => (std::slice::from_ref(self), 0),
        };
        match (terms, last + number) {
            ([one], 0) => one.clone(),
            (terms, 0) => Expr::apply(fun::ADD, terms.to_vec()),
            (terms, sum) => Expr::apply(fun::ADD, [terms, &[Expr::int(sum)]].concat()),
        }
    }

    /// A binder over a body in which `Bound { 0 }` is the variable.
    pub fn bind(binder: Binder, domain: Domain, body: Expr) -> Expr {
        intern(Node::Bind { binder, domain, body })
    }

    /// A sum over a free symbol, which becomes the bound variable.
    pub fn sum_over(symbol: &Symbol, from: Expr, to: Expr, body: &Expr) -> Expr {
        Expr::bind(Binder::Sum, Domain::Range(from, to), body.abstracted(symbol, Sort::Integer))
    }

    /// A column vector.
    pub fn vector(entries: Vec<Expr>) -> Expr {
        intern(Node::Array { rows: entries.len(), columns: None, entries })
    }

    /// A matrix from its entries row by row.
    pub fn matrix(rows: usize, columns: usize, entries: Vec<Expr>) -> Expr {
        intern(Node::Array { rows, columns: Some(columns), entries })
    }

    /// A relation or connective of the table between two sides.
    pub fn relate(name: &str, left: Expr, right: Expr) -> Expr {
        Expr::apply(name, vec![left, right])
    }

    /// The same node with other children, in the order of [`Expr::children`].
    pub fn with_children(&self, children: Vec<Expr>) -> Expr {
        let mut next = children.into_iter();
        let mut take = |old: &Expr| next.next().unwrap_or_else(|| old.clone());
        match self.node() {
            Node::Num(_) | Node::Sym(_) | Node::Bound { .. } => self.clone(),
            Node::App(f, args) => Expr::app(*f, args.iter().map(take).collect()),
            Node::Call(s, args) => intern(Node::Call(s.clone(), args.iter().map(take).collect())),
            Node::Bind { binder, domain, body } => {
                let domain = domain.map(&mut take);
                let body = take(body);
                Expr::bind(*binder, domain, body)
            }
            Node::Array { rows, columns, entries } => {
                intern(Node::Array { rows: *rows, columns: *columns, entries: entries.iter().map(take).collect() })
            }
            Node::Opaque { text, depends } => {
                intern(Node::Opaque { text: text.clone(), depends: depends.iter().map(take).collect() })
            }
        }
    }
}

/// Flattens nested calls of `f` and drops its neutral number (0 beside numbers only, so that `0 + vector` stays).
fn nary(f: Fun, args: Vec<Expr>, neutral: i64) -> Expr {
    let mut flat = Vec::with_capacity(args.len());
    for a in args {
        match a.node() {
            Node::App(g, inner) if *g == f => flat.extend(inner.iter().cloned()),
            _ => flat.push(a),
        }
    }
    if neutral == 1 || flat.iter().all(|a| a.sort().is_scalar()) {
        flat.retain(|a| a.as_int() != Some(neutral));
    }
    match flat.len() {
        0 => Expr::int(neutral),
        1 => flat.swap_remove(0),
        _ => intern(Node::App(f, flat)),
    }
}

impl Add for Expr {
    type Output = Expr;
    fn add(self, other: Expr) -> Expr {
        Expr::apply(fun::ADD, vec![self, other])
    }
}

impl Sub for Expr {
    type Output = Expr;
    fn sub(self, other: Expr) -> Expr {
        self + -other
    }
}

impl Mul for Expr {
    type Output = Expr;
    fn mul(self, other: Expr) -> Expr {
        Expr::apply(fun::MUL, vec![self, other])
    }
}

impl Neg for Expr {
    type Output = Expr;
    fn neg(self) -> Expr {
        match (self.as_num(), self.as_decimal()) {
            (Some(q), _) => Expr::num(-q.clone()),
            (None, Some((q, unit))) => Expr::decimal(-q.clone(), unit.clone()),
            (None, None) => Expr::int(-1) * self,
        }
    }
}
