//! Exponentials, logarithms, circular and hyperbolic functions.

use num_traits::One;

use crate::algebra::canon::fuel::Stop;
use crate::algebra::canon::poly::{Mono, Poly};
use crate::algebra::canon::power::prime_powers;
use crate::algebra::canon::work::{Done, Work};
use crate::algebra::logic;
use crate::algebra::sign::Sign;
use crate::expr::{Binder, Domain, Expr, Memo, Node, fun};
use crate::num::Rational;

impl Work<'_, '_> {
    /// e^p = Π exp(m)^c over the terms c·m of p; exp(c·log b) = b^c.
    pub fn exponential(&mut self, p: &Poly) -> Done<Poly> {
        let mut result = Poly::int(1);
        for (m, c) in p.terms() {
            let factor = match m.as_kernel().and_then(|k| k.as_app("log")) {
                Some([b]) => {
                    let b = b.clone();
                    let numeric = b.as_num().cloned();
                    match numeric {
                        Some(_) => self.reduced(Mono::power(b, c.clone()))?,
                        None => self.abs_kernel_power(&b, c)?,
                    }
                }
                _ => self.reduced(Mono::power(Expr::apply("exp", vec![m.to_expr()]), c.clone()))?,
            };
            result = self.mul(&result, &factor)?;
        }
        Ok(result)
    }

    /// x log y with 0 log y = 0: the product, for a factor 0 makes it 0 whatever the logarithm is taken to be. So what
    /// the logarithm owes is owed only where x ≠ 0.
    pub fn xlogy(&mut self, x: &Expr, y: &Expr) -> Done<Poly> {
        let factor = self.poly_of(x)?;
        if factor.is_zero() {
            return Ok(factor);
        }
        let owed = std::mem::take(&mut self.owed);
        // Apart from what is remembered: outside, the same steps owe without the premise.
        self.memo.push(Memo::default());
        let log = self.owe("gt", y, true).and_then(|()| self.log_abs(y));
        self.memo.pop();
        let inner = std::mem::replace(&mut self.owed, owed);
        let log = match log {
            Err(Stop::Undefined) => return self.atom(Expr::apply("xlogy", vec![factor.to_expr(), y.clone()])),
            log => log?,
        };
        let premise = Expr::relate("ne", factor.to_expr(), Expr::int(0));
        for o in inner {
            self.owe_condition(logic::implies(&premise, o.condition), o.natural)?;
        }
        self.mul(&factor, &log)
    }

    /// log|e|, with log|ab| = log|a| + log|b|: products, powers and exponentials are taken apart before anything is
    /// multiplied out.
    pub fn log_abs(&mut self, e: &Expr) -> Done<Poly> {
        match e.node() {
            Node::App(f, args) => match (f.name, args.as_slice()) {
                (fun::MUL, _) => {
                    let mut sum = Poly::zero();
                    for a in args {
                        sum.add_scaled(&self.log_abs(a)?, &Rational::one());
                    }
                    return Ok(sum);
                }
                (fun::POW, [base, exponent]) => {
                    let x = self.poly_of(exponent)?;
                    if x.as_constant().is_none() {
                        self.owe("ne", base, false)?;
                    } else if x.is_zero() {
                        return Ok(Poly::zero());
                    }
                    let log = self.log_abs(base)?;
                    return self.mul(&x, &log);
                }
                ("exp", [x]) => return self.poly_of(x),
                ("sqrt", [x]) => return Ok(self.log_abs(x)?.scaled(&super::poly::half())),
                ("abs", [x]) => return self.log_abs(x),
                _ => {}
            },
            Node::Bind { binder: Binder::Product, domain, body } if super::work::is_finite(domain) => {
                return self.log_of_product(domain, body);
            }
            _ => {}
        }
        let p = self.poly_of(e)?;
        self.log_abs_of(&p)
    }

    fn log_abs_of(&mut self, p: &Poly) -> Done<Poly> {
        let Some((c, mono, primitive)) = self.factored(p)? else { return Err(Stop::Undefined) };
        let mut sum = self.log_number(&c.abs())?;
        for (k, e) in mono.factors() {
            let log = self.log_kernel(k)?;
            sum.add_scaled(&log, e);
        }
        if primitive.as_constant().is_none() {
            let log = self.log_kernel(&primitive.to_expr())?;
            sum.add_scaled(&log, &Rational::one());
        }
        Ok(sum)
    }

    /// log|Π f| = Σ log|f|.
    fn log_of_product(&mut self, domain: &Domain, body: &Expr) -> Done<Poly> {
        let log = Expr::apply("log", vec![Expr::apply("abs", vec![body.clone()])]);
        self.poly_of(&Expr::bind(Binder::Sum, domain.clone(), log))
    }

    /// log c for c > 0 over its prime factors.
    pub fn log_number(&mut self, c: &Rational) -> Done<Poly> {
        let mut sum = Poly::zero();
        for (p, n) in prime_powers(c) {
            let log = Expr::apply("log", vec![Expr::num(p)]);
            sum.add_scaled(&Poly::kernel(log), &Rational::from(n));
        }
        Ok(sum)
    }

    /// log|k| of a kernel or a primitive polynomial.
    pub fn log_kernel(&mut self, k: &Expr) -> Done<Poly> {
        if let Node::Num(q) = k.node() {
            return self.log_number(&q.abs());
        }
        if let Node::App(f, args) = k.node() {
            match (f.name, args.as_slice()) {
                ("exp", [x]) => return Ok(Poly::plain(x)),
                ("abs", [x]) => return self.log_kernel(x),
                (fun::POW, [base, q]) => {
                    if let Some(q) = q.as_num().cloned() {
                        return Ok(self.log_kernel(base)?.scaled(&q));
                    }
                    self.owe("ne", base, false)?;
                    let log = self.log_kernel(base)?;
                    let e = self.poly_of(q)?;
                    return self.mul(&e, &log);
                }
                _ => {}
            }
        }
        if let Node::Bind { binder: Binder::Product, domain, body } = k.node()
            && super::work::is_finite(domain)
        {
            return self.log_of_product(domain, body);
        }
        let inside = match self.sign(k) {
            Sign::POSITIVE => k.clone(),
            _ => Expr::apply("abs", vec![k.clone()]),
        };
        self.atom(Expr::apply("log", vec![inside]))
    }

    /// The logistic family, hyperbolic and circular functions.
    pub fn elementary(&mut self, name: &str, x: &Expr) -> Done<Poly> {
        let z = self.poly_of(x)?;
        let minus = Rational::from(-1);
        match name {
            "sigmoid" => {
                let below = Poly::int(1).plus(&self.exponential(&z.scaled(&minus))?);
                self.inverse(&below)
            }
            "softplus" => {
                let p = Poly::int(1).plus(&self.exponential(&z)?);
                self.log_abs_of(&p)
            }
            "sinh" | "cosh" => {
                let sign = if name == "sinh" { &minus } else { &Rational::one() };
                let mut p = self.exponential(&z)?;
                p.add_scaled(&self.exponential(&z.scaled(&minus))?, sign);
                Ok(p.scaled(&super::poly::half()))
            }
            "tanh" => {
                // 1 − 2/(e^{2z} + 1)
                let square = self.exponential(&z.scaled(&Rational::from(2)))?;
                let inverse = self.inverse(&square.plus(&Poly::int(1)))?;
                Ok(Poly::int(1).minus(&inverse.scaled(&Rational::from(2))))
            }
            "tan" => {
                let (sine, cosine) = self.circular(&z)?;
                let inverse = self.inverse(&cosine)?;
                self.mul(&sine, &inverse)
            }
            _ => {
                let (sine, cosine) = self.circular(&z)?;
                Ok(if name == "sin" { sine } else { cosine })
            }
        }
    }
}
