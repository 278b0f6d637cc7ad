//! Linear notations whose range stays open: `\int_{\mathcal{X}} f(x) \, dx`, `\mathbb{E}_{\tau \sim \pi}[f]`,
//! `\langle f \rangle_{p(x)}`. Nothing is known of them but that they are linear in what they are of.

use num_traits::One;

use crate::algebra::canon::poly::{Mono, Poly};
use crate::algebra::canon::sum::split;
use crate::algebra::canon::work::{Done, Owed, Work};
use crate::algebra::sign::Sign;
use crate::expr::{Expr, Node, PLACE, Symbol};
use crate::num::Rational;

/// What a linear notation says of itself.
struct Linear {
    /// What it runs over, where that is told: what mentions none of these stands for one value.
    variables: Option<Vec<Symbol>>,
    /// Whether it is a mean: that of a number is the number.
    mean: bool,
}

/// The linear notation that a call is, if it is one of a single body. Of a mean over a law (`\tau \sim \pi`) only numbers
/// are known to be constant: what else is drawn is not told.
fn linear(s: &Symbol, args: &[Expr]) -> Option<Linear> {
    let name = &*s.name;
    let symbols = |list: &[Expr]| list.iter().map(|e| e.as_symbol().cloned()).collect::<Option<Vec<Symbol>>>();
    if name.starts_with("\\int") || name.starts_with("\\iint") || name.starts_with("\\iiint") {
        let differentials = name.matches(&format!(" d{PLACE}")).count();
        let places = name.matches(PLACE).count();
        let variables = (places == differentials + 1).then(|| symbols(args.get(1..places)?))??;
        return Some(Linear { variables: Some(variables), mean: false });
    }
    if name.matches(PLACE).count() != 1 {
        return None;
    }
    // Without a law in its brackets it may be a span or a generated group, of which 2x makes another one.
    if name.starts_with(&format!("\\langle {PLACE} \\rangle_")) {
        let bound: Vec<Symbol> =
            args.iter().skip(1).filter_map(Expr::as_symbol).filter(|s| is_bound(s)).cloned().collect();
        return (!bound.is_empty()).then_some(Linear { variables: Some(bound), mean: true });
    }
    (name.starts_with("\\mathbb{E}_")).then_some(Linear { variables: None, mean: true })
}

/// Whether a symbol is the variable of a notation that binds it.
fn is_bound(s: &Symbol) -> bool {
    s.name.ends_with('\u{2060}')
}

impl Work<'_, '_> {
    /// A call: of a linear notation term by term, where that may be owed; else a kernel of canonical arguments.
    pub fn call(&mut self, s: &Symbol, args: &[Expr]) -> Done<Poly> {
        let whole = |w: &mut Self| {
            let args = args.iter().map(|a| w.argument(a)).collect::<Done<Vec<Expr>>>()?;
            w.atom(Expr::new(Node::Call(s.clone(), args)))
        };
        let (Some(linear), Some((body, rest))) = (linear(s, args), args.split_first()) else { return whole(self) };
        if !self.assumes() || body.has_opaque() || !body.sort().is_scalar() {
            return whole(self);
        }
        let before = self.owed.clone();
        let p = self.poly_of(body)?;
        let of = |inside: &Mono| {
            let args = std::iter::once(inside.to_expr()).chain(rest.iter().cloned()).collect();
            Expr::new(Node::Call(s.clone(), args))
        };
        // A condition about a variable is one of all its values, which range over what is not known. Those without which
        // the body has no value hold wherever it is looked at.
        let varies = |e: &Expr| match &linear.variables {
            Some(variables) => variables.iter().any(|v| e.mentions(v)),
            None => true,
        };
        let new: Vec<Owed> = self.owed.iter().filter(|o| !before.contains(o)).cloned().collect();
        self.owed = before;
        if new.iter().any(|o| !o.natural && varies(&o.condition)) {
            return whole(self);
        }
        self.owed.extend(new.into_iter().filter(|o| !varies(&o.condition)));
        let mut sum = Poly::zero();
        for (m, c) in p.terms() {
            let (inside, outside) = split(m, varies);
            let one = inside == Mono::one();
            if linear.mean && one {
                sum.add_scaled(&Poly::term(c.clone(), outside), &Rational::one());
                continue;
            }
            let kernel = of(&inside);
            if p.len() > 1 {
                let size = Expr::apply("abs", vec![kernel.clone()]);
                let condition = Expr::relate("lt", size, Expr::apply("infinity", vec![]));
                let owed = Owed { condition, natural: false };
                if !self.owed.contains(&owed) {
                    self.owed.push(owed);
                }
            }
            for (k, _) in outside.factors() {
                if self.sign(k).may_be(Sign::ZERO) {
                    self.owe("ne", k, false)?;
                }
            }
            let value = self.atom(kernel)?;
            let term = self.mul(&value, &Poly::term(c.clone(), outside))?;
            sum.add_scaled(&term, &Rational::one());
        }
        Ok(sum)
    }
}
