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
            Node::Call(s, args) if s.same(symbol) => called(value, args, depth),
            _ => None,
        })
    }

    /// Every free occurrence of these symbols replaced by the expression beside it, all at once: what comes in is not
    /// looked at again. As [`Expr::substituted`] otherwise.
    pub(crate) fn renamed(&self, names: &[(&Symbol, Expr)]) -> Expr {
        let bits = names.iter().fold(0, |bits, (s, _)| bits | name_bit(s));
        let to = |s: &Symbol| names.iter().find(|(from, _)| s.same(from)).map(|(_, to)| to);
        self.transform_where(&mut |e| e.0.names & bits != 0, &mut |e, depth| match e.node() {
            Node::Sym(s) => to(s).map(|value| value.shifted(depth, 0)),
            Node::Call(s, args) => to(s).and_then(|value| called(value, args, depth)),
            _ => None,
        })
    }
}

/// The call of a symbol that is replaced by `value`, under so many binders.
fn called(value: &Expr, args: &[Expr], depth: u32) -> Option<Expr> {
    match value.node() {
        Node::Sym(to) if matches!(to.sort, Sort::Function | Sort::Unknown) => {
            Some(Expr::new(Node::Call(to.clone(), args.to_vec())))
        }
        _ if !value.sort().sizes().is_empty() => Some(value.shifted(depth, 0).index(args.to_vec())),
        _ => None,
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

/// Greatest size of what is not remembered.
const LITTLE: u64 = 6;

/// Which expressions are looked into, and what a node becomes under so many binders.
type Rule<'a> = (&'a mut dyn FnMut(&Expr) -> bool, &'a mut dyn FnMut(&Expr, u32) -> Option<Expr>);

fn go(e: &Expr, depth: u32, rule: Rule, once: bool, memo: &mut Memo<(Expr, u32), Expr>) -> Expr {
    let (wanted, f) = rule;
    if !wanted(e) {
        return e.clone();
    }
    // A leaf is looked at sooner than remembered, and little is sooner gone through again, unless each is to be seen once.
    if !once && matches!(e.node(), Node::Num(_) | Node::Sym(_) | Node::Bound { .. }) {
        return f(e, depth).unwrap_or_else(|| e.clone());
    }
    let little = !once && e.size() <= LITTLE;
    if let Some(done) = (!little).then(|| memo.get(&(e.clone(), depth))).flatten() {
        return done.clone();
    }
    let rebuilt = match e.node() {
        Node::Num(_) | Node::Sym(_) | Node::Bound { .. } => e.clone(),
        Node::App(g, args) => match all(args, depth, (wanted, f), once, memo) {
            Some(args) => Expr::app(*g, args),
            None => e.clone(),
        },
        Node::Call(s, args) => match all(args, depth, (wanted, f), once, memo) {
            Some(args) => Expr::new(Node::Call(s.clone(), args)),
            None => e.clone(),
        },
        Node::Bind { binder, domain, body } => {
            let mut same = true;
            let domain = domain.map(&mut |part| {
                let new = go(part, depth, (wanted, f), once, memo);
                same &= new.is(part);
                new
            });
            let new = go(body, depth + 1, (wanted, f), once, memo);
            if same && new.is(body) { e.clone() } else { Expr::bind(*binder, domain, new) }
        }
        Node::Array { rows, columns, entries } => match all(entries, depth, (wanted, f), once, memo) {
            Some(entries) => Expr::new(Node::Array { rows: *rows, columns: *columns, entries }),
            None => e.clone(),
        },
        Node::Opaque { text, depends } => match all(depends, depth, (wanted, f), once, memo) {
            Some(depends) => Expr::new(Node::Opaque { text: text.clone(), depends }),
            None => e.clone(),
        },
    };
    let result = f(&rebuilt, depth).unwrap_or(rebuilt);
    if !little {
        memo.insert((e.clone(), depth), result.clone());
    }
    result
}

/// All of these rebuilt; `None` where each stays what it is.
fn all(old: &[Expr], depth: u32, rule: Rule, once: bool, memo: &mut Memo<(Expr, u32), Expr>) -> Option<Vec<Expr>> {
    let (wanted, f) = rule;
    let mut new: Option<Vec<Expr>> = None;
    for (at, e) in old.iter().enumerate() {
        let rebuilt = go(e, depth, (wanted, f), once, memo);
        match &mut new {
            Some(new) => new.push(rebuilt),
            None if rebuilt.is(e) => {}
            None => {
                let mut before = Vec::with_capacity(old.len());
                before.extend(old.iter().take(at).cloned());
                before.push(rebuilt);
                new = Some(before);
            }
        }
    }
    new
}
