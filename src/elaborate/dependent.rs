//! The rules of differentiation between letters that nothing defines: `\frac{d}{dx}(u v) = u \frac{dv}{dx} + v \frac{du}{dx}`.

use crate::elaborate::definitions::Definitions;
use crate::expr::{Binder, Expr, Node, Sort, Symbol, fun};

/// The relation with each letter, entry and value of a function that stands under a derivative as a function of what is
/// differentiated by; what holds for every such dependence holds for that of the notes. `None` where derivatives are by
/// several letters, or where the notes define one of these letters.
pub(super) fn on_the_variable(relation: &Expr, definitions: &Definitions) -> Option<Expr> {
    let mut found = Dependent { variable: None, definitions, letters: vec![] };
    let mut open = false;
    relation.any(&mut |x| {
        match x.node() {
            Node::App(f, args) if f.name == "partial" => open |= !found.derivative(args),
            Node::App(f, _) => open |= matches!(f.name, "prime" | "gradient" | "differential"),
            _ => {}
        }
        open
    });
    let variable = found.variable.clone().filter(|_| !open && !found.letters.is_empty())?;
    Some(found.put(relation, &Expr::sym(variable)))
}

struct Dependent<'a> {
    variable: Option<Symbol>,
    definitions: &'a Definitions,
    /// Names of numbers, of arrays and of functions.
    letters: Vec<Symbol>,
}

impl Dependent<'_> {
    /// Whether a derivative is by the one letter, and what is differentiated is made of letters.
    fn derivative(&mut self, args: &[Expr]) -> bool {
        let [body, place] = args else { return false };
        let Some(by) = place.as_symbol().filter(|s| s.sort == Sort::Real) else { return false };
        let same = self.variable.get_or_insert_with(|| by.clone()).same(by);
        same && self.definitions.of(by).is_empty() && self.body(body)
    }

    fn body(&mut self, e: &Expr) -> bool {
        match e.node() {
            Node::Num(_) | Node::Bound { .. } => true,
            Node::Sym(s) => self.variable.as_ref().is_some_and(|v| v.same(s)) || s.sort == Sort::Real && self.letter(s),
            Node::App(f, args) if f.name == fun::INDEX => match args.split_first() {
                Some((array, at)) => array.as_symbol().is_some_and(|s| {
                    s.sort.sizes().len() == at.len() && at.iter().all(|i| !self.moves(i)) && self.letter(s)
                }),
                None => false,
            },
            Node::App(f, _) if matches!(f.name, "expectation" | "variance" | "covariance") => false,
            Node::App(f, args) if f.name == "partial" => self.derivative(args),
            Node::App(..) => e.sort().is_scalar() && e.children().into_iter().all(|c| self.body(c)),
            Node::Call(f, args) => {
                let plain = !f.is_notation() && e.sort().is_scalar();
                plain && args.iter().all(|a| a.sort().is_scalar() && !self.moves(a)) && self.letter(f)
            }
            Node::Bind { binder: Binder::Sum, domain, body } => {
                domain.parts().iter().all(|p| !self.moves(p)) && self.body(body)
            }
            _ => false,
        }
    }

    /// Whether it changes with the variable, as an index or an argument.
    fn moves(&self, e: &Expr) -> bool {
        self.variable.as_ref().is_none_or(|v| e.mentions(v)) || e.symbols().iter().any(|s| self.letters.contains(s))
    }

    fn letter(&mut self, s: &Symbol) -> bool {
        if !self.letters.iter().any(|l| l.same(s)) {
            self.letters.push(s.clone());
        }
        self.definitions.of(s).is_empty()
    }

    fn put(&self, e: &Expr, at: &Expr) -> Expr {
        let known = |s: &Symbol| self.letters.iter().any(|l| l.same(s));
        let call = |s: &Symbol, rest: &[Expr]| {
            let arguments = std::iter::once(at).chain(rest).cloned().collect();
            Expr::new(Node::Call(Symbol { applied: true, ..s.with_sort(Sort::Real) }, arguments))
        };
        e.transform(&mut |x, _| match x.node() {
            Node::Sym(s) if known(s) && s.sort == Sort::Real => Some(call(s, &[])),
            Node::App(f, args) if f.name == fun::INDEX => {
                let (array, places) = args.split_first()?;
                array.as_symbol().filter(|s| known(s)).map(|s| call(s, places))
            }
            Node::Call(f, args) if known(f) => Some(call(f, args)),
            _ => None,
        })
    }
}
