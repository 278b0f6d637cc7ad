//! Functions and arrays with what they are taken at: `f_θ(x)`, `KL[p ‖ q]`, `x_i`.

use crate::expr::print::Printer;
use crate::expr::spelling::lowered;
use crate::expr::symbol::SUBSCRIPT;
use crate::expr::{Expr, NO_PLACE, Node, PLACE, Sort, Symbol};

impl Printer {
    /// `f(x)`, `f_θ(x)`.
    pub(super) fn call(&self, s: &Symbol, args: &[Expr]) -> String {
        let (under, args) = args.split_at(s.subscripts().min(args.len()));
        let name = match under {
            [] => self.symbol(s),
            _ => self.indexed(&Expr::sym(Symbol::new(s.name.trim_end_matches(SUBSCRIPT), Sort::Unknown)), under),
        };
        format!("{name}({})", self.list(args))
    }

    /// A notation with its arguments in their places.
    pub(super) fn mixfix(&self, name: &str, args: &[Expr]) -> String {
        let mut args = args.iter();
        let words = name.split(PLACE).enumerate().map(|(i, words)| match i {
            0 => words.to_owned(),
            _ => args.next().map_or_else(String::new, |a| self.expr(a, 2)) + words,
        });
        words.collect::<String>().replace(NO_PLACE, "")
    }

    pub(super) fn indexed(&self, array: &Expr, indices: &[Expr]) -> String {
        if let Node::Sym(s) = array.node()
            && s.applied
        {
            return format!("{}({})", self.symbol(s), self.list(indices));
        }
        let before = array.as_symbol().map_or(0, Symbol::before) as i64;
        let inner = indices.iter().map(|i| self.expr(&i.more_by(-before), 0)).collect::<Vec<_>>();
        let base = self.expr(array, 5);
        if self.latex {
            let base = if base.contains('_') { format!("{{{base}}}") } else { base };
            return format!("{base}_{{{}}}", inner.join(", "));
        }
        let short = inner.iter().all(|t| t.chars().count() == 1);
        let text = if short { inner.concat() } else { inner.join(",") };
        match lowered(&text) {
            Some(down) => format!("{base}{down}"),
            None if short => format!("{base}_{text}"),
            None => format!("{base}[{text}]"),
        }
    }
}
