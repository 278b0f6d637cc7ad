//! What changed from one expression to the next.

use crate::expr::{Expr, Node, Symbol, fun};

/// The name of the call that marks a part; no note can spell it.
const MARK: &str = "\u{1}changed";

/// Whether a call is a mark.
pub(super) fn is_mark(symbol: &Symbol) -> bool {
    &*symbol.name == MARK
}

/// The part with a mark around it, for [`crate::expr::line`]. A sign stays outside of the mark.
pub fn marked(e: &Expr) -> Expr {
    if let Some([first, rest @ ..]) = e.as_app(fun::MUL)
        && first.as_num().is_some_and(|q| q.numer_is_negative())
        && !rest.is_empty()
    {
        let rest = marked(&Expr::apply(fun::MUL, rest.to_vec()));
        return Expr::apply(fun::MUL, vec![first.clone(), rest]);
    }
    Expr::new(Node::Call(Symbol::new(MARK, e.sort().clone()), vec![e.clone()]))
}

/// `after` with marks around the least parts that differ from `before`; without any where all of it differs.
pub fn contrast(before: &Expr, after: &Expr) -> Expr {
    let result = compared(before, after);
    match result.node() {
        Node::Call(s, _) if is_mark(s) => after.clone(),
        _ => result,
    }
}

fn compared(before: &Expr, after: &Expr) -> Expr {
    if before == after {
        return after.clone();
    }
    let alike = match (before.node(), after.node()) {
        (Node::App(f, _), Node::App(g, _)) => f == g,
        (Node::Call(f, _), Node::Call(g, _)) => f == g,
        (Node::Bind { binder: a, .. }, Node::Bind { binder: b, .. }) => a == b,
        (Node::Array { rows: a, columns: b, .. }, Node::Array { rows: c, columns: d, .. }) => (a, b) == (c, d),
        _ => false,
    };
    let (old, new) = (before.children(), after.children());
    if !alike || new.is_empty() {
        return marked(after);
    }
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old.iter().skip(head).rev().zip(new.iter().skip(head).rev()).take_while(|(a, b)| a == b).count();
    let changed = new.len() - head - tail;
    if head + tail == 0 && old.len() != new.len() {
        return marked(after);
    }
    let same_number = old.len() == new.len();
    let children = new.iter().enumerate().map(|(i, b)| {
        let inside = i >= head && i < head + changed;
        match (inside, same_number.then(|| old.get(i)).flatten()) {
            (false, _) => (*b).clone(),
            (true, Some(a)) => compared(a, b),
            (true, None) => marked(b),
        }
    });
    let children: Vec<Expr> = children.collect();
    match after.node() {
        // Not flattened: a mark is one operand.
        Node::App(f, _) => Expr::new(Node::App(*f, children)),
        _ => after.with_children(children),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::Sort;
    use crate::expr::line;

    fn marks(before: &Expr, after: &Expr) -> Vec<String> {
        let shown = line(&contrast(before, after), false);
        shown.marks.iter().map(|m| shown.text[m.clone()].to_owned()).collect()
    }

    #[test]
    fn the_least_parts_that_differ_are_marked() {
        let (a, b, c) = (Expr::real("a"), Expr::real("b"), Expr::real("c"));
        let log = |e: &Expr| Expr::apply("log", vec![e.clone()]);
        assert_eq!(marks(&(a.clone() + log(&b)), &(a.clone() + log(&c))), ["c"]);
        assert_eq!(marks(&(a.clone() * b.clone()), &(a.clone() * c.clone() * b.clone())), ["c"]);
        assert!(marks(&a, &b).is_empty(), "all of it differs");
        assert!(marks(&a, &a).is_empty());
        assert_eq!(marks(&(a.clone() - log(&b)), &(a.clone() - log(&c))), ["c"]);
    }

    #[test]
    fn signs_of_marks_in_names_are_dropped() {
        let e = Expr::sym(Symbol::new("x\u{1}\u{2}", Sort::Real));
        assert_eq!(line(&e, false).text, "x");
        assert!(line(&e, true).marks.is_empty());
    }
}
