//! Substitution: right once, here, for every binder.

use crate::expr::intern::name_bit;
use crate::expr::{Expr, Memo, Node, Sort, Symbol};

impl Expr {
    /// Rebuilds the expression bottom-up. `f` sees each node (with its children already rebuilt) and the number of
    /// binders above it, and returns a replacement or `None` to keep it. Shared nodes are visited once per depth.
    pub fn transform(&self, f: &mut dyn FnMut(&Expr, u32) -> Option<Expr>) -> Expr {
        let mut memo = Memo::default();
        go(self, 0, (&mut |_| true, f), true, &mut memo)
    }

    fn transform_where(
        &self,
        wanted: &mut dyn FnMut(&Expr) -> bool,
        f: &mut dyn FnMut(&Expr, u32) -> Option<Expr>,
    ) -> Expr {
        let mut memo = Memo::default();
        go(self, 0, (wanted, f), false, &mut memo)
    }

    /// Loose bound variables at or above `from` moved up by `by`.
    pub fn shifted(&self, by: u32, from: u32) -> Expr {
        if by == 0 || self.loose() <= from {
            return self.clone();
        }
        self.transform_where(&mut |e| e.loose() > from, &mut |e, depth| match e.node() {
            Node::Bound { index, sort } if *index >= from + depth => Some(Expr::bound(index + by, sort.clone())),
            _ => None,
        })
    }

    /// The body of a binder with the variable replaced by `value`; indices above move down by one.
    pub fn instantiated(&self, value: &Expr) -> Expr {
        if self.is_closed() {
            return self.clone();
        }
        self.transform_where(&mut |e| e.loose() > 0, &mut |e, depth| match e.node() {
            Node::Bound { index, .. } if *index == depth => Some(value.shifted(depth, 0)),
            Node::Bound { index, sort } if *index > depth => Some(Expr::bound(index - 1, sort.clone())),
            _ => None,
        })
    }

    /// A binder's body: the free symbol becomes the variable of a new binder around it.
    pub fn abstracted(&self, symbol: &Symbol, sort: Sort) -> Expr {
        let bit = name_bit(symbol);
        self.transform_where(&mut |e| e.loose() > 0 || e.0.names & bit != 0, &mut |e, depth| match e.node() {
            Node::Sym(s) if s.same(symbol) => Some(Expr::bound(depth, sort.clone())),
            Node::Bound { index, sort } if *index >= depth => Some(Expr::bound(index + 1, sort.clone())),
            _ => None,
        })
    }

    /// Every free occurrence of the symbol replaced by `value`, capture-free. A call of the symbol as a function
    /// becomes an index into `value` where that is an array, and stays a call of the renamed function otherwise.
    pub fn substituted(&self, symbol: &Symbol, value: &Expr) -> Expr {
        let bit = name_bit(symbol);
        if self.0.names & bit == 0 {
            return self.clone();
        }
        self.transform_where(&mut |e| e.0.names & bit != 0, &mut |e, depth| match e.node() {
            Node::Sym(s) if s.same(symbol) => Some(value.shifted(depth, 0)),
            Node::Call(s, args) if s.same(symbol) => match value.node() {
                Node::Sym(to) if matches!(to.sort, Sort::Function | Sort::Unknown) => {
                    Some(Expr::new(Node::Call(to.clone(), args.clone())))
                }
                _ if !value.sort().sizes().is_empty() => Some(value.shifted(depth, 0).index(args.clone())),
                _ => None,
            },
            _ => None,
        })
    }
}

/// One symbol as the variable of a binder, in many expressions: what they share is rewritten once.
pub(crate) struct Variable {
    symbol: Symbol,
    value: Expr,
    inside: Memo<(Expr, u32), Expr>,
    outside: Memo<(Expr, u32), Expr>,
}

impl Variable {
    pub(crate) fn new(symbol: &Symbol) -> Variable {
        let value = Expr::sym(symbol.clone());
        Variable { symbol: symbol.clone(), value, inside: Memo::default(), outside: Memo::default() }
    }

    /// [`Expr::abstracted`], for a variable of the symbol's own sort.
    pub(crate) fn abstracted(&mut self, e: &Expr) -> Expr {
        let (bit, symbol) = (name_bit(&self.symbol), &self.symbol);
        let mut wanted = |e: &Expr| e.loose() > 0 || e.0.names & bit != 0;
        let mut bind = |e: &Expr, depth: u32| match e.node() {
            Node::Sym(s) if s.same(symbol) => Some(Expr::bound(depth, symbol.sort.clone())),
            Node::Bound { index, sort } if *index >= depth => Some(Expr::bound(index + 1, sort.clone())),
            _ => None,
        };
        go(e, 0, (&mut wanted, &mut bind), false, &mut self.inside)
    }

    /// [`Expr::instantiated`], with the symbol as the value.
    pub(crate) fn instantiated(&mut self, body: &Expr) -> Expr {
        let value = &self.value;
        let mut free = |e: &Expr, depth: u32| match e.node() {
            Node::Bound { index, .. } if *index == depth => Some(value.clone()),
            Node::Bound { index, sort } if *index > depth => Some(Expr::bound(index - 1, sort.clone())),
            _ => None,
        };
        go(body, 0, (&mut |e| e.loose() > 0, &mut free), false, &mut self.outside)
    }
}

/// Which expressions are looked into, and what a node becomes under so many binders.
type Rule<'a> = (&'a mut dyn FnMut(&Expr) -> bool, &'a mut dyn FnMut(&Expr, u32) -> Option<Expr>);

fn go(e: &Expr, depth: u32, rule: Rule, once: bool, memo: &mut Memo<(Expr, u32), Expr>) -> Expr {
    let (wanted, f) = rule;
    if !wanted(e) {
        return e.clone();
    }
    // A leaf is looked at sooner than remembered, unless each is to be seen once.
    if !once && matches!(e.node(), Node::Num(_) | Node::Sym(_) | Node::Bound { .. }) {
        return f(e, depth).unwrap_or_else(|| e.clone());
    }
    let key = (e.clone(), depth);
    if let Some(done) = memo.get(&key) {
        return done.clone();
    }
    let old = e.children();
    let children: Vec<Expr> = match e.node() {
        Node::Bind { body, .. } => {
            let below = |c: &Expr| if std::ptr::eq(c, body) { depth + 1 } else { depth };
            old.iter().map(|c| go(c, below(c), (wanted, f), once, memo)).collect()
        }
        _ => old.iter().map(|c| go(c, depth, (wanted, f), once, memo)).collect(),
    };
    let same = old.iter().zip(&children).all(|(a, b)| a.is(b));
    let rebuilt = if same { e.clone() } else { e.with_children(children) };
    let result = f(&rebuilt, depth).unwrap_or(rebuilt);
    memo.insert(key, result.clone());
    result
}
