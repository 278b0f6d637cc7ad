//! The coefficients: expressions free of x, with what is known of their signs.

use std::cmp::Ordering;

use super::Stuck;
use crate::algebra::canon::{Fuel, canonical};
use crate::algebra::eval::{Env, Point, evaluate};
use crate::algebra::facts::Facts;
use crate::algebra::sign::{Sign, sign};
use crate::algebra::{conditions, sign::holds, terms};
use crate::expr::{Expr, fun};
use crate::num::{Precise, Rational};

/// Work for one canonical form of a coefficient.
const FUEL: u64 = 4_000;
/// Largest coefficient that is brought into canonical form.
const SIZE: u64 = 400;
/// Comparisons of monomials in one expansion.
const COMPARISONS: u64 = 60_000;

/// What decides about coefficients.
pub(super) struct Ground<'f> {
    pub(super) facts: &'f Facts,
    left: u64,
}

impl<'f> Ground<'f> {
    pub(super) fn new(facts: &'f Facts) -> Ground<'f> {
        Ground { facts, left: COMPARISONS }
    }

    pub(super) fn spend(&mut self) -> Result<(), Stuck> {
        self.left = self.left.checked_sub(1).ok_or(Stuck::Fuel)?;
        Ok(())
    }

    /// The sum in canonical form where that owes nothing.
    pub(super) fn sum(&self, a: &Expr, b: &Expr) -> Expr {
        self.tidy(terms::sum(vec![a.clone(), b.clone()]))
    }

    /// The product in canonical form where that owes nothing.
    pub(super) fn product(&self, a: &Expr, b: &Expr) -> Expr {
        self.tidy(terms::product(vec![a.clone(), b.clone()]))
    }

    pub(super) fn tidy(&self, e: Expr) -> Expr {
        if e.as_num().is_some() || e.as_symbol().is_some() || e.size() > SIZE {
            return e;
        }
        match canonical(&e, self.facts, &mut Fuel::new(FUEL)) {
            Ok(form) if form.conditions().is_empty() => form.to_expr(),
            _ => e,
        }
    }

    /// The sign of a coefficient.
    ///
    /// # Errors
    /// [`Stuck::Sign`] where the facts leave it open: a case of it each is to be looked at.
    pub(super) fn sign(&self, e: &Expr) -> Result<Ordering, Stuck> {
        let zero = Rational::from(0);
        if let Some(q) = e.as_num() {
            return Ok(q.cmp(&zero));
        }
        let form = self.tidy(e.clone());
        if let Some(q) = form.as_num() {
            return Ok(q.cmp(&zero));
        }
        for shape in [e, &form] {
            match sign(shape, self.facts) {
                Sign::POSITIVE => return Ok(Ordering::Greater),
                Sign::NEGATIVE => return Ok(Ordering::Less),
                Sign::ZERO => return Ok(Ordering::Equal),
                _ => {}
            }
        }
        if form.symbols().is_empty()
            && let Some(x) = evaluate::<Precise>(&form, &Env::at(&Point::new()), &mut 20_000).scalar()
            && x.defined().certainly()
        {
            let none = Precise::of_rational(&zero);
            if x.certainly_gt(&none).certainly() {
                return Ok(Ordering::Greater);
            }
            if x.certainly_lt(&none).certainly() {
                return Ok(Ordering::Less);
            }
        }
        Err(Stuck::Sign(form))
    }

    /// An expression free of x as a coefficient; it has to have a value.
    ///
    /// # Errors
    /// [`Stuck::Unknown`] where the facts do not say that it has one, [`Stuck::Sign`] where the sign of a name says it.
    pub(super) fn constant(&self, e: &Expr) -> Result<Expr, Stuck> {
        let infinite = e.any(&mut |x| x.as_app("infinity").is_some());
        if infinite || !e.sort().is_scalar() || e.has_opaque() || !e.is_closed() {
            return Err(Stuck::Unknown(e.clone()));
        }
        match conditions(e).iter().find(|c| !holds(c, self.facts).certainly()) {
            None => Ok(self.tidy(e.clone())),
            Some(open) => match open.children().as_slice() {
                [name, zero] if name.as_symbol().is_some() && zero.as_int() == Some(0) => {
                    Err(Stuck::Sign((*name).clone()))
                }
                _ => Err(Stuck::Unknown(e.clone())),
            },
        }
    }

    /// `f(c)` of a coefficient.
    pub(super) fn apply(&self, f: &str, c: &Expr) -> Expr {
        match (f, c.as_int()) {
            ("exp", Some(0)) => Expr::int(1),
            ("log", Some(1)) => Expr::int(0),
            _ => self.tidy(Expr::apply(f, vec![c.clone()])),
        }
    }

    /// `c^q` of a coefficient.
    pub(super) fn power(&self, c: &Expr, q: &Expr) -> Expr {
        if c.as_int() == Some(1) || q.as_int() == Some(0) {
            return Expr::int(1);
        }
        self.tidy(Expr::apply(fun::POW, vec![c.clone(), q.clone()]))
    }
}
