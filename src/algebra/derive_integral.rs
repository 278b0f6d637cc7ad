//! The derivative of an integral by what its ends depend on.

use crate::algebra::continuity::continuous;
use crate::algebra::derive::{Derivation, Stop};
use crate::algebra::terms;
use crate::algebra::unwritten::smooth;
use crate::expr::fun::interval_ends;
use crate::expr::{Domain, Expr};

impl Derivation<'_> {
    /// d/dx ∫ f from a(x) to b(x) = f(b) b′ − f(a) a′ for a continuous f that does not depend on x (DLMF 1.5.22); owes
    /// that functions without a formula are smooth.
    pub(super) fn of_integral(&mut self, e: &Expr, domain: &Domain, body: &Expr, depth: u32) -> Result<Expr, Stop> {
        let unsupported = || Stop::Unsupported(e.clone());
        let ends = if let Domain::Over(set) = domain { interval_ends(set) } else { None };
        let Some((low, high)) = ends.filter(|_| !self.depends(body, depth + 1)) else { return Err(unsupported()) };
        for f in continuous(body).ok_or_else(unsupported)? {
            self.owe(smooth(&f));
        }
        let mut sum = vec![];
        for (end, sign) in [(high, 1), (low, -1)] {
            if !self.depends(end, depth) {
                continue;
            }
            if end.any(&mut |x| x.as_app("infinity").is_some()) {
                return Err(unsupported());
            }
            let slope = self.of(end, depth)?;
            sum.push(terms::product(vec![Expr::int(sign), body.instantiated(end), slope]));
        }
        Ok(terms::sum(sum))
    }
}
