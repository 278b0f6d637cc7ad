//! What an equation names: whether its left side is new, and what is defined by standing alone on a side.

use crate::claim::Kind;
use crate::elaborate::build::Builder;
use crate::elaborate::content::{mentions_head, occurrences, outer_atoms};
use crate::elaborate::definitions::{Head, head};
use crate::elaborate::waiting::TypedLine;
use crate::expr::{Expr, Node, Sort, Symbol, fun};
use crate::source::Span;

/// Names of functions that have a meaning without a definition.
const STANDARD: &[&str] = &["E", "H", "I", "D", "P", "p", "Q", "q", "KL", "JS", "MI"];

/// `\frac{\partial L}{\partial w} = 0`: an equation for the places where a derivative vanishes.
fn sets_to_zero(left: &Expr, right: &Expr) -> bool {
    let slope = match left.node() {
        Node::App(f, _) if matches!(f.name, "partial" | "gradient") => true,
        // At a number it is a number.
        Node::App(f, args) if f.name == "prime" => match args.first().map(Expr::node) {
            Some(Node::Call(_, at)) => at.iter().any(|a| !a.symbols().is_empty()),
            _ => false,
        },
        _ => false,
    };
    let nothing = right.as_int() == Some(0) || matches!(right.node(), Node::App(f, _) if f.name.starts_with("zero"));
    slope && nothing
}

impl Builder<'_> {
    /// Whether a line before it says what the name is, or an entry or a value of it; where it lives is something else.
    pub(super) fn equated_before(&self, symbol: &Symbol) -> bool {
        self.statements.iter().any(|s| {
            let left = s.sides.as_ref().and_then(|(left, _)| head(left)).filter(|h| h.symbol.same(symbol));
            left.is_some()
                && s.kind != Kind::Expression
                && crate::notation::relation::name_of(&s.relation) != Some("member")
        })
    }

    /// `L(x_1, …, x_n) = …`: a value of a function that no line before it mentions, and that has a letter for its name.
    pub(super) fn is_new_value(&self, left: &Expr) -> bool {
        let Node::Call(f, _) = left.node() else { return false };
        let letter =
            !f.is_notation() && !["\\math", "\\text", "\\op", "P", "p", "Q", "q"].iter().any(|w| f.name.starts_with(w));
        let mentions = |e: &Expr| e.any(&mut |x| matches!(x.node(), Node::Call(g, _) if g.same(f)));
        letter && !self.statements.iter().any(|s| s.sides.iter().any(|(a, b)| mentions(a) || mentions(b)))
    }

    /// `J(D, \theta) = …`, `\mathrm{MSE}(w) = …`: a value of a function that nothing defines, in terms of other things. What has
    /// a standard meaning is named by no line.
    pub(super) fn names_value(&self, left: &Expr, right: &Expr) -> bool {
        let Node::Call(f, _) = left.node() else { return false };
        let name = f.name.trim_end_matches(|c: char| !c.is_ascii() || c == '\'');
        let inner = name.split_once('{').map_or(name, |(_, rest)| rest);
        let acronym = inner.chars().filter(char::is_ascii_uppercase).count() > 1;
        let letter =
            !name.starts_with('\\') || ["\\mathcal", "\\mathbf", "\\boldsymbol"].iter().any(|w| name.starts_with(w));
        let standard = STANDARD.iter().any(|w| inner.trim_end_matches('}').split('_').next() == Some(*w));
        let mentions = |e: &Expr| e.any(&mut |x| matches!(x.node(), Node::Call(g, _) | Node::Sym(g) if g.same(f)));
        (letter || acronym)
            && !standard
            && !f.is_notation()
            && self.definitions.of(f).is_empty()
            && !mentions(right)
            && !right.symbols().is_empty()
    }

    /// What an equation is if it is not shown: a name for a value, or by itself (`alone`) a condition on a derivative.
    pub(super) fn only_says(&self, left: &Expr, right: &Expr, alone: bool) -> Option<Kind> {
        match self.names_value(left, right) {
            true => Some(Kind::Definition),
            false => (alone && sets_to_zero(left, right)).then_some(Kind::Condition),
        }
    }

    /// Whether an equation whose right side was not read introduces its left side. A probability is no new name.
    pub(super) fn introduces_unread(&self, new: Option<&Head>, left: &Expr, right: &Expr) -> bool {
        let named = |h: &Head| {
            let known = h.symbol.name.contains('(') || self.definitions.of_head(h).is_some();
            !known && !self.equated_before(&h.symbol) && !mentions_head(right, h)
        };
        new.is_some_and(named) || self.names_value(left, right)
    }

    /// "… is defined as" before the formula, and no other formula between.
    pub(super) fn told_to_define(&self, line: &TypedLine) -> bool {
        line.raw.side_spans.len() > 1
            && !line.raw.continued
            && crate::elaborate::prose::defines(&self.words(&line.raw).0)
    }

    /// `x_{t+1} = …` of an array without a meaning: a law of motion, not a statement about known entries.
    pub(super) fn is_recurrence(&self, left: &Expr) -> bool {
        let Some((array, indices)) = left.as_app(fun::INDEX).and_then(|args| args.split_first()) else { return false };
        let moves = |i: &Expr| i.as_symbol().is_none() && i.symbols().iter().any(|s| s.sort.is_scalar());
        indices.iter().any(moves) && array.as_symbol().is_some_and(|s| self.definitions.of(s).is_empty())
    }

    /// `s² = Σ …`: a name for the square, which leaves the sign of s open.
    pub(super) fn power_of_new(&self, left: &Expr, right: &Expr) -> bool {
        let Some([base, exponent]) = left.as_app(fun::POW) else { return false };
        exponent.as_num().is_some()
            && base.as_symbol().is_some_and(|s| {
                self.definitions.of(s).is_empty() && !self.declared(s) && !right.mentions(s) && right.as_num().is_none()
            })
    }

    /// `−log p₁ = −log(e^{s₁}/S)`: the one new symbol that occurs once is defined by it.
    pub(super) fn implicit(&mut self, left: &Expr, right: &Expr, span: Span) -> bool {
        // It is all that its side is about, and the simpler side of the two is tried first.
        let mut tries = [(left, right), (right, left)];
        tries.sort_by_key(|(side, _)| side.size());
        for (side, other) in tries {
            let mut atoms: Vec<Expr> = vec![];
            outer_atoms(side, &mut atoms);
            let [target] = atoms.as_slice() else { continue };
            // An integral over a set without a meaning is no constant.
            if side.any(&mut |x| x.as_app("region").is_some()) {
                continue;
            }
            let Some(h) = head(target) else { continue };
            let new = h.params.is_empty()
                && h.free.is_empty()
                && target.sort().is_scalar()
                && *target.sort() != Sort::Integer
                && self.definitions.of_head(&h).is_none()
                && !self.seen.contains(target)
                && !self.declared(&h.symbol)
                && !self.is_argument(&h.symbol, other);
            if !new || occurrences(side, target) != 1 || other.mentions(&h.symbol) || other.as_num().is_some() {
                continue;
            }
            if let Some(value) = crate::algebra::isolate(left, right, target)
                && !value.mentions(&h.symbol)
                && !value.has_opaque()
                && !self.definitions.reaches(&value, &h.symbol)
            {
                self.define(&h, &value, span);
                return true;
            }
        }
        false
    }

    /// Whether a symbol is the letter of an argument in a definition of what an expression is about.
    fn is_argument(&self, symbol: &Symbol, e: &Expr) -> bool {
        let of = |f: &Symbol| self.definitions.of(f).iter().any(|d| d.params.iter().any(|p| p.same(symbol)));
        e.symbols().iter().any(of)
    }
}
