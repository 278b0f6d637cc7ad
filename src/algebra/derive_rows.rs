//! The derivative of an application: the rows of the function table, and the functions that need more than a row says.

use crate::algebra::derive::{Derivation, Stop};
use crate::algebra::entry::square_size;
use crate::algebra::{logic, terms};
use crate::expr::{Domain, Expr, Fun, Node, Sort, fun};

impl Derivation<'_> {
    /// The derivative of `e = f(args)`, which depends on the variable.
    pub(crate) fn of_app(&mut self, e: &Expr, f: Fun, args: &[Expr], depth: u32) -> Result<Expr, Stop> {
        match (f.name, args) {
            (fun::INDEX, [array, at @ ..]) => return self.of_index(e, array, at, depth),
            ("det", [a]) => return self.of_determinant(e, a, depth),
            _ => {}
        }
        if args.iter().any(|a| !a.sort().is_scalar() && *a.sort() != Sort::Bool) {
            if let Some(unknown) =
                args.iter().find(|a| matches!(a.node(), Node::Opaque { .. }) && self.depends(a, depth))
            {
                return Err(Stop::Opaque(unknown.clone()));
            }
            return self.of_lowered(e, depth);
        }
        match (f.name, args) {
            (fun::ADD, _) => Ok(terms::sum(args.iter().map(|a| self.of(a, depth)).collect::<Result<Vec<_>, _>>()?)),
            (fun::POW, [base, exponent]) => self.of_power(e, f, base, exponent, depth),
            ("log", [x]) => self.of_log(x, depth),
            ("abs", [x]) => {
                self.owe(Expr::relate("ne", x.clone(), Expr::int(0)));
                Ok(terms::product(vec![Expr::apply("sign", vec![x.clone()]), self.of(x, depth)?]))
            }
            ("sign", [x]) => {
                self.of(x, depth)?;
                self.owe(Expr::relate("ne", x.clone(), Expr::int(0)));
                Ok(Expr::int(0))
            }
            ("max", _) => self.of_extremum("gt", args, depth),
            ("min", _) => self.of_extremum("lt", args, depth),
            ("cases", _) => self.of_cases(e, args, depth),
            ("xlogy", [x, y]) => self.of_xlogy(x, y, depth),
            _ => self.of_row(e, f, args, depth),
        }
    }

    /// The chain rule over the row's partial derivatives.
    fn of_row(&mut self, e: &Expr, f: Fun, args: &[Expr], depth: u32) -> Result<Expr, Stop> {
        let rule = f.derivative.ok_or_else(|| Stop::Unsupported(e.clone()))?;
        self.owe_open_domain(f, args, depth)?;
        let mut parts = Vec::with_capacity(args.len());
        for (k, arg) in args.iter().enumerate() {
            if self.depends(arg, depth) {
                let slope = self.of(arg, depth)?;
                let partial = rule(args, k).ok_or_else(|| Stop::Unsupported(e.clone()))?;
                parts.push(terms::product(vec![rebuilt(&partial), slope]));
            }
        }
        Ok(terms::sum(parts))
    }

    /// Where the row's domain has a border that belongs to it (`√x` at 0) there is no derivative at the border.
    fn owe_open_domain(&mut self, f: Fun, args: &[Expr], depth: u32) -> Result<(), Stop> {
        for condition in (f.domain)(args) {
            let open = logic::opened(&condition, depth).ok_or_else(|| Stop::Unsupported(condition.clone()))?;
            if open != condition {
                self.owe(open);
            }
        }
        Ok(())
    }

    fn of_power(&mut self, e: &Expr, f: Fun, base: &Expr, exponent: &Expr, depth: u32) -> Result<Expr, Stop> {
        if !self.depends(exponent, depth) {
            self.owe_open_domain(f, &[base.clone(), exponent.clone()], depth)?;
            let lower = terms::power(base, terms::sum(vec![exponent.clone(), Expr::int(-1)]));
            return Ok(terms::product(vec![exponent.clone(), lower, self.of(base, depth)?]));
        }
        self.owe(Expr::relate("gt", base.clone(), Expr::int(0)));
        let mut parts = vec![];
        let log = if base.as_app("euler").is_some() { Expr::int(1) } else { Expr::apply("log", vec![base.clone()]) };
        parts.push(terms::product(vec![self.of(exponent, depth)?, log]));
        parts.push(terms::product(vec![exponent.clone(), self.of_log(base, depth)?]));
        Ok(terms::product(vec![e.clone(), terms::sum(parts)]))
    }

    /// The slope of the one argument that is the greatest (least), owing that it is alone.
    fn of_extremum(&mut self, better: &str, args: &[Expr], depth: u32) -> Result<Expr, Stop> {
        let slopes = args.iter().map(|a| self.of(a, depth)).collect::<Result<Vec<_>, _>>()?;
        let alone = |k: usize| {
            let own = args.get(k).cloned().unwrap_or_else(|| Expr::int(0));
            let others = args.iter().enumerate().filter(|(j, _)| *j != k);
            logic::all_of(others.map(|(_, other)| Expr::relate(better, own.clone(), other.clone())).collect())
        };
        match args {
            [a, b] => self.owe(Expr::relate("ne", a.clone(), b.clone())),
            _ => self.owe(logic::any_of((0..args.len()).map(alone).collect())),
        }
        let last = args.len().saturating_sub(1);
        let mut branches = Vec::with_capacity(2 * args.len());
        for (k, slope) in slopes.into_iter().enumerate() {
            if k < last {
                branches.push(alone(k));
            }
            branches.push(slope);
        }
        match branches.as_slice() {
            [only] => Ok(only.clone()),
            _ => Ok(Expr::apply("cases", branches)),
        }
    }

    /// Branch by branch, owing that the point is on no border between branches.
    fn of_cases(&mut self, e: &Expr, args: &[Expr], depth: u32) -> Result<Expr, Stop> {
        let mut branches = Vec::with_capacity(args.len());
        let mut before: Vec<Expr> = Vec::new();
        for pair in args.chunks(2) {
            match pair {
                [condition, value] => {
                    if self.depends(condition, depth) {
                        self.off_border(e, condition, depth)?;
                    }
                    let mut premise = before.clone();
                    premise.push(condition.clone());
                    let slope = self.where_holds(&logic::all_of(premise), |this| this.of(value, depth))?;
                    branches.extend([condition.clone(), slope]);
                    before.push(logic::negation(condition));
                }
                [otherwise] => {
                    let premise = logic::all_of(before.clone());
                    branches.push(self.where_holds(&premise, |this| this.of(otherwise, depth))?);
                }
                _ => {}
            }
        }
        let zero = Expr::int(0);
        let slopes = branches.iter().enumerate().filter(|(k, _)| k % 2 == 1 || k + 1 == branches.len());
        if args.len() % 2 == 1 && slopes.into_iter().all(|(_, s)| *s == zero) {
            return Ok(zero);
        }
        Ok(Expr::apply("cases", branches))
    }

    /// Owes that a condition keeps its truth value around the point.
    fn off_border(&mut self, e: &Expr, condition: &Expr, depth: u32) -> Result<(), Stop> {
        let Node::App(f, args) = condition.node() else { return Err(Stop::Unsupported(e.clone())) };
        match (f.name, args.as_slice()) {
            ("and" | "or" | "not" | "implies", _) => {
                for a in args {
                    if self.depends(a, depth) {
                        self.off_border(e, a, depth)?;
                    }
                }
                Ok(())
            }
            (fun::EQ | "ne" | "lt" | "le" | "gt" | "ge", [a, b]) => {
                // Both sides have a derivative, so they are continuous, and so is the truth value off the border.
                self.of(a, depth)?;
                self.of(b, depth)?;
                self.owe(Expr::relate("ne", a.clone(), b.clone()));
                Ok(())
            }
            _ => Err(Stop::Unsupported(e.clone())),
        }
    }

    /// `x log y`, 0 where `x = 0`: a factor `x` free of the variable may be 0 wherever `y` is.
    fn of_xlogy(&mut self, x: &Expr, y: &Expr, depth: u32) -> Result<Expr, Stop> {
        let positive = Expr::relate("gt", y.clone(), Expr::int(0));
        let log = Expr::apply("log", vec![y.clone()]);
        let mut parts = vec![];
        if self.depends(x, depth) {
            self.owe(positive);
            parts.push(terms::product(vec![self.of(x, depth)?, log]));
            let slope = self.of_log(y, depth)?;
            parts.push(terms::product(vec![x.clone(), slope]));
        } else {
            let slope = self.where_holds(&Expr::relate("ne", x.clone(), Expr::int(0)), |this| this.of_log(y, depth))?;
            parts.push(terms::product(vec![x.clone(), slope]));
        }
        Ok(terms::sum(parts))
    }

    fn of_index(&mut self, e: &Expr, array: &Expr, at: &[Expr], depth: u32) -> Result<Expr, Stop> {
        if at.iter().any(|i| self.depends(i, depth)) {
            return Err(Stop::Unsupported(e.clone()));
        }
        match array.node() {
            Node::Bound { index, .. } if *index == depth => self.of_entry(e, at, depth),
            Node::Call(..) | Node::Opaque { .. } => Err(Stop::Opaque(array.clone())),
            Node::App(f, args) if f.name == "inverse" => match (args.as_slice(), at) {
                ([m], [i, j]) => self.of_inverse(e, array, m, i, j, depth),
                _ => Err(Stop::Unsupported(e.clone())),
            },
            _ => self.of_lowered(e, depth),
        }
    }

    /// `(A⁻¹)′ = −A⁻¹ A′ A⁻¹` in entries; Magnus & Neudecker, Matrix Differential Calculus, 8.4.
    fn of_inverse(&mut self, e: &Expr, inverse: &Expr, m: &Expr, i: &Expr, j: &Expr, depth: u32) -> Result<Expr, Stop> {
        let n = square_size(m).ok_or_else(|| Stop::Unsupported(e.clone()))?;
        let inner = inverse.shifted(2, 0);
        let (k, l) = (Expr::bound(1, Sort::Integer), Expr::bound(0, Sort::Integer));
        let left = inner.index(vec![i.shifted(2, 0), k]);
        let right = inner.index(vec![l, j.shifted(2, 0)]);
        let sum = self.over_slopes(e, m, &n, depth, |slope| terms::product(vec![left, slope, right]))?;
        Ok(terms::neg(sum))
    }

    /// `(det A)′ = det A · tr(A⁻¹ A′)` where `det A ≠ 0`; Magnus & Neudecker, 8.3.
    fn of_determinant(&mut self, e: &Expr, a: &Expr, depth: u32) -> Result<Expr, Stop> {
        let lowered = self.of_lowered(e, depth);
        if !matches!(lowered, Err(Stop::Unsupported(_))) {
            return lowered;
        }
        let n = square_size(a).ok_or_else(|| Stop::Unsupported(e.clone()))?;
        self.owe(Expr::relate("ne", e.clone(), Expr::int(0)));
        let inverse = Expr::apply("inverse", vec![a.shifted(2, 0)]);
        let (k, l) = (Expr::bound(1, Sort::Integer), Expr::bound(0, Sort::Integer));
        let factor = inverse.index(vec![l, k]);
        let sum = self.over_slopes(e, a, &n, depth, |slope| terms::product(vec![factor, slope]))?;
        Ok(terms::product(vec![e.clone(), sum]))
    }

    /// `Σₖ Σₗ term(A′ₖₗ)` with `k` the outer and `l` the inner variable.
    fn over_slopes(
        &mut self,
        e: &Expr,
        a: &Expr,
        n: &Expr,
        depth: u32,
        term: impl FnOnce(Expr) -> Expr,
    ) -> Result<Expr, Stop> {
        let outer = Domain::Range(Expr::int(1), n.clone());
        let inner = Domain::Range(Expr::int(1), n.shifted(1, 0));
        let place = [Expr::bound(1, Sort::Integer), Expr::bound(0, Sort::Integer)];
        let a = a.shifted(2, 0);
        let slope = self.under(&outer, e, depth, |this| {
            this.under(&inner, e, depth + 1, |this| {
                let cell = this.entry(&a, &place)?;
                this.of(&cell, depth + 2)
            })
        })?;
        if slope.as_int() == Some(0) {
            return Ok(slope);
        }
        let (one, n) = (Expr::int(1), n.clone());
        Ok(terms::sigma(one.clone(), n.clone(), terms::sigma(one, n.shifted(1, 0), term(slope))))
    }
}

/// A partial derivative from a row with the neutral parts dropped.
fn rebuilt(e: &Expr) -> Expr {
    match e.node() {
        Node::App(f, args) if matches!(f.name, fun::MUL | fun::ADD | fun::POW) => {
            terms::rebuilt(*f, args.iter().map(rebuilt).collect())
        }
        _ => e.clone(),
    }
}
