//! Symbolic differentiation: every derivative node is replaced by an expression without one.
//!
//! The derivative of the entry `x_k` of an array by its entry `x_j` is `δ(k, j)`, so that derivatives of sums with
//! symbolic ends are right for every size.

use crate::algebra::continuity::converges;
use crate::algebra::entry::{DEPTH_CAP, Lowering};
use crate::algebra::unwritten::{is_differentiable, slope_of, smooth};
use crate::algebra::{definedness, logic, terms};
use crate::expr::{Binder, Domain, Expr, Memo, Node, Sort, Symbol, fun};

/// Work allowed in one differentiation, in expressions looked at.
const FUEL: u64 = 50_000;

/// Most conditions that are told apart.
const CONDITION_CAP: usize = 256;

/// Size from which the different parts of a derivative are counted, and most of them: each derivative of a product is as
/// large as the product's length times itself, but equal parts are kept once. So many parts counted cost a step.
const SIZE_CAP: u64 = 40_000;
const PART_CAP: u64 = 10_000;
const COUNTED: u64 = 64;

/// Most summands or factors side by side: sums of sums are flattened, and parts that are kept once are not flattened once.
const BESIDE_CAP: usize = 2_000;

/// Why there is no derivative to give. Never a reason to take it for 0.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// It depends on the variable through a function without a formula, or through something not understood.
    #[error("the derivative of {0} is not known")]
    Opaque(Expr),
    /// There is no rule: an integral, a limit, an infinite sum, a step function, an array out of place.
    #[error("no rule of differentiation for {0}")]
    Unsupported(Expr),
    /// Too large or too deep.
    #[error("too large to differentiate")]
    TooLarge,
}

/// The lowered expression ([`crate::algebra::scalarise`]) with every derivative node replaced by the derivative, inner
/// ones first, and the conditions under which that is right, beside those under which the expression itself has a
/// value ([`crate::algebra::conditions`]): no tie in `max`, no zero of `|x|`, positive bases, no point on the border of
/// a case. Arrays of derivatives (a Hessian under `⪰ 0`) become comprehensions of their entries. A variable that
/// does not occur gives 0.
///
/// # Errors
/// See [`Stop`].
pub fn differentiate(e: &Expr) -> Result<(Expr, Vec<Expr>), Stop> {
    let mut elimination = Elimination::new();
    let result = elimination.eliminate(&Lowering::new().scalar(e))?;
    Ok((result, elimination.owed.into_list()))
}

/// Conditions found so far, in order, without repetition.
#[derive(Default)]
pub(crate) struct Owed {
    list: Vec<Expr>,
}

impl Owed {
    pub(crate) fn add(&mut self, condition: Expr) {
        if logic::decided(&condition) != Some(true) && !self.list.contains(&condition) {
            self.list.push(condition);
        }
    }

    pub(crate) fn into_list(self) -> Vec<Expr> {
        self.list
    }
}

/// Removes derivative nodes bottom-up.
pub(crate) struct Elimination {
    memo: Memo<Expr, Expr>,
    pub(crate) owed: Owed,
    fuel: u64,
}

impl Elimination {
    pub(crate) fn new() -> Elimination {
        Elimination { memo: Memo::default(), owed: Owed::default(), fuel: FUEL }
    }

    /// A fresh allowance of work; what is known stays known.
    pub(crate) fn renew(&mut self) {
        self.fuel = FUEL;
    }

    pub(crate) fn eliminate(&mut self, e: &Expr) -> Result<Expr, Stop> {
        if let Some(done) = self.memo.get(e) {
            return Ok(done.clone());
        }
        self.fuel = self.fuel.checked_sub(1).ok_or(Stop::TooLarge)?;
        if e.depth() > DEPTH_CAP {
            return Err(Stop::TooLarge);
        }
        let result = match e.node() {
            Node::Num(_) | Node::Sym(_) | Node::Bound { .. } | Node::Opaque { .. } => e.clone(),
            Node::Bind { binder: Binder::Derivative, domain: Domain::At(point, indices), body } => match e.sort() {
                Sort::Array(sizes) => {
                    let comprehension = comprehension(e, sizes).ok_or_else(|| Stop::Unsupported(e.clone()))?;
                    self.eliminate(&comprehension)?
                }
                _ => self.derivative(e, point, indices, body)?,
            },
            Node::Bind { binder: Binder::Derivative, .. } => return Err(Stop::Unsupported(e.clone())),
            Node::Bind { domain, body, .. } => {
                let mut children = Vec::new();
                for part in domain.parts() {
                    children.push(self.eliminate(part)?);
                }
                let (body, owed) = self.under_binder(body)?;
                for condition in owed {
                    self.owed.add(logic::for_all(domain, &condition));
                }
                children.push(body);
                e.with_children(children)
            }
            _ => {
                let children = e.children().into_iter().map(|c| self.eliminate(c)).collect::<Result<Vec<_>, _>>()?;
                terms::with_children(e, children)
            }
        };
        self.memo.insert(e.clone(), result.clone());
        Ok(result)
    }

    /// The body of a binder, with conditions that may mention its variable. Memory does not cross binders: a
    /// condition is owed for each binder it stands under.
    fn under_binder(&mut self, body: &Expr) -> Result<(Expr, Vec<Expr>), Stop> {
        let memo = std::mem::take(&mut self.memo);
        let outer = std::mem::take(&mut self.owed);
        let result = self.eliminate(body);
        self.memo = memo;
        let owed = std::mem::replace(&mut self.owed, outer);
        Ok((result?, owed.into_list()))
    }

    fn derivative(&mut self, e: &Expr, point: &Expr, indices: &[Expr], body: &Expr) -> Result<Expr, Stop> {
        let point = self.eliminate(point)?;
        let indices = indices.iter().map(|i| self.eliminate(i)).collect::<Result<Vec<_>, _>>()?;
        if indices.len() != point.sort().sizes().len() {
            return Err(Stop::Unsupported(e.clone()));
        }
        // The body needs a value not only at the point but around it.
        let mut conditions = vec![];
        for condition in definedness::conditions(body) {
            let open = logic::opened(&condition, 0).or_else(|| converges(&condition).then(|| condition.clone()));
            let open = open.ok_or_else(|| Stop::Unsupported(condition.clone()))?;
            if open != condition {
                conditions.push(open);
            }
        }
        let (body, inner) = self.under_binder(body)?;
        for condition in inner {
            conditions.push(logic::opened(&condition, 0).ok_or(Stop::Unsupported(condition))?);
        }
        let mut derivation = Derivation { fuel: self.fuel, ..Derivation::new(&indices) };
        let slope = derivation.of(&body, 0)?;
        self.fuel = derivation.fuel;
        conditions.extend(derivation.owed.into_list());
        let mut lowering = Lowering::new();
        let mut placed = |e: &Expr| {
            let e = e.instantiated(&point);
            if matches!(point.node(), Node::Sym(_) | Node::Bound { .. }) { e } else { lowering.scalar(&e) }
        };
        for condition in &conditions {
            self.owed.add(placed(condition));
        }
        Ok(placed(&slope))
    }
}

/// The array of the entries of an array-valued derivative.
fn comprehension(e: &Expr, sizes: &[Expr]) -> Option<Expr> {
    let under = u32::try_from(sizes.len()).ok()?;
    let indices: Vec<Expr> = (0..under).rev().map(|i| Expr::bound(i, Sort::Integer)).collect();
    let entry = Lowering::new().entry(&e.shifted(under, 0), &indices)?;
    Some(sizes.iter().enumerate().rev().fold(entry, |body, (level, n)| {
        let n = n.shifted(u32::try_from(level).unwrap_or(0), 0);
        Expr::bind(Binder::Lambda, Domain::Range(Expr::int(1), n), body)
    }))
}

/// The differentiation of one body by its variable, or by the entry of it at `indices` (which stand outside of the
/// binding). `depth` counts the binders between the variable's binding and the expression looked at.
pub(crate) struct Derivation<'a> {
    indices: &'a [Expr],
    memo: Memo<(Expr, u32), Expr>,
    depends: Memo<(Expr, u32), bool>,
    owed: Owed,
    fuel: u64,
    lowering: Lowering,
}

impl<'a> Derivation<'a> {
    pub(crate) fn new(indices: &'a [Expr]) -> Derivation<'a> {
        Derivation {
            indices,
            memo: Memo::default(),
            depends: Memo::default(),
            owed: Owed::default(),
            fuel: FUEL,
            lowering: Lowering::new(),
        }
    }

    /// A fresh allowance of work; what is known stays known.
    pub(crate) fn renew(&mut self) {
        self.fuel = FUEL;
    }

    /// What is owed for all derivatives so far.
    pub(crate) fn into_owed(self) -> Vec<Expr> {
        self.owed.into_list()
    }
}

impl Derivation<'_> {
    /// Whether the variable occurs; calls and opaque atoms depend on everything they list.
    pub(crate) fn depends(&mut self, e: &Expr, depth: u32) -> bool {
        if e.loose() <= depth {
            return false;
        }
        let key = (e.clone(), depth);
        if let Some(known) = self.depends.get(&key) {
            return *known;
        }
        let found = match e.node() {
            Node::Bound { index, .. } => *index == depth,
            Node::Bind { domain, body, .. } => {
                domain.parts().into_iter().any(|p| self.depends(p, depth)) || self.depends(body, depth + 1)
            }
            _ => e.children().into_iter().any(|c| self.depends(c, depth)),
        };
        self.depends.insert(key, found);
        found
    }

    pub(crate) fn owe(&mut self, condition: Expr) {
        self.owed.add(condition);
    }

    /// The derivative of a scalar expression.
    pub(crate) fn of(&mut self, e: &Expr, depth: u32) -> Result<Expr, Stop> {
        if !self.depends(e, depth) {
            return Ok(Expr::int(0));
        }
        let key = (e.clone(), depth);
        if let Some(done) = self.memo.get(&key) {
            return Ok(done.clone());
        }
        self.fuel = self.fuel.checked_sub(1).ok_or(Stop::TooLarge)?;
        if self.owed.list.len() > CONDITION_CAP {
            return Err(Stop::TooLarge);
        }
        let result = match e.node() {
            Node::Num(_) | Node::Sym(_) => Expr::int(0),
            Node::Bound { sort, .. } if sort.is_scalar() && self.indices.is_empty() => Expr::int(1),
            Node::Call(f, args) => self.of_call(e, f, args, depth)?,
            Node::Opaque { .. } => return Err(Stop::Opaque(e.clone())),
            Node::App(f, args) => self.of_app(e, *f, args, depth)?,
            Node::Bind { binder: Binder::Sum, domain, body } => {
                let body = self.under(domain, e, depth, |this| this.of(body, depth + 1))?;
                match body.as_int() {
                    Some(0) => body,
                    _ => Expr::bind(Binder::Sum, domain.clone(), body),
                }
            }
            Node::Bind { binder: Binder::Product, domain, body } => self.of_product(e, domain, body, depth)?,
            Node::Bind { binder: Binder::Integral, domain, body } => self.of_integral(e, domain, body, depth)?,
            Node::Bound { .. } | Node::Bind { .. } | Node::Array { .. } => return Err(Stop::Unsupported(e.clone())),
        };
        if result.children().len() > BESIDE_CAP {
            return Err(Stop::TooLarge);
        }
        if result.size() > SIZE_CAP {
            let mut parts = 0;
            let vast = result.any(&mut |_| {
                parts += 1;
                parts > PART_CAP
            });
            self.fuel = self.fuel.checked_sub(parts / COUNTED).filter(|_| !vast).ok_or(Stop::TooLarge)?;
        }
        self.memo.insert(key, result.clone());
        Ok(result)
    }

    /// The chain rule for a function without a formula, owing that it is smooth: its derivatives are functions without a
    /// formula too. A notation may depend on more than its parts.
    fn of_call(&mut self, e: &Expr, f: &Symbol, args: &[Expr], depth: u32) -> Result<Expr, Stop> {
        if !is_differentiable(e) {
            return Err(Stop::Opaque(e.clone()));
        }
        self.owe(smooth(f));
        let mut terms = vec![];
        for (k, arg) in args.iter().enumerate() {
            let inner = self.of(arg, depth)?;
            if inner.as_int() != Some(0) {
                let slope = Expr::new(Node::Call(slope_of(f, k, args.len()), args.to_vec()));
                terms.push(terms::product(vec![slope, inner]));
            }
        }
        Ok(terms::sum(terms))
    }

    /// The logarithmic derivative `u′/u` where `u ≠ 0` is known: then every factor of `u` has one too, and
    /// `(log Π fᵢ)′ = Σ fᵢ′/fᵢ` needs no condition more.
    pub(crate) fn of_log(&mut self, u: &Expr, depth: u32) -> Result<Expr, Stop> {
        if !self.depends(u, depth) {
            return Ok(Expr::int(0));
        }
        match u.node() {
            Node::App(f, args) => match (f.name, args.as_slice()) {
                (fun::MUL, _) if args.iter().all(|a| a.sort().is_scalar()) => {
                    let parts = args.iter().map(|a| self.of_log(a, depth)).collect::<Result<Vec<_>, _>>()?;
                    Ok(terms::sum(parts))
                }
                (fun::POW, [base, n]) if !self.depends(n, depth) && base.sort().is_scalar() => {
                    Ok(terms::product(vec![n.clone(), self.of_log(base, depth)?]))
                }
                ("exp", [x]) => self.of(x, depth),
                ("sqrt", [x]) => {
                    let inner = self.of_log(x, depth)?;
                    Ok(terms::product(vec![terms::recip(&Expr::int(2)), inner]))
                }
                ("abs", [x]) => self.of_log(x, depth),
                ("sigmoid", [x]) => {
                    let rest = terms::sum(vec![Expr::int(1), terms::neg(u.clone())]);
                    Ok(terms::product(vec![rest, self.of(x, depth)?]))
                }
                _ => self.of_quotient(u, depth),
            },
            Node::Bind { binder: Binder::Product, domain, body } => {
                let body = self.under(domain, u, depth, |this| this.of_log(body, depth + 1))?;
                Ok(Expr::bind(Binder::Sum, domain.clone(), body))
            }
            _ => self.of_quotient(u, depth),
        }
    }

    fn of_quotient(&mut self, u: &Expr, depth: u32) -> Result<Expr, Stop> {
        let slope = self.of(u, depth)?;
        Ok(terms::product(vec![slope, terms::recip(u)]))
    }

    /// `Π fₖ · Σ fₖ′/fₖ`, owing that no factor is 0; a short numeric range is multiplied out instead.
    fn of_product(&mut self, e: &Expr, domain: &Domain, body: &Expr, depth: u32) -> Result<Expr, Stop> {
        if let Domain::Range(low, high) = domain
            && let Some(range) = terms::numeric_range(low, high, 8)
        {
            return self.of(&terms::product(range.map(|k| terms::at(body, k)).collect()), depth);
        }
        let body = self.under(domain, e, depth, |this| {
            this.owe(Expr::relate("ne", body.clone(), Expr::int(0)));
            this.of_log(body, depth + 1)
        })?;
        Ok(terms::product(vec![e.clone(), Expr::bind(Binder::Sum, domain.clone(), body)]))
    }

    /// Goes under the binder of a finite domain that does not depend on the variable; what is owed there is owed for
    /// every member.
    pub(crate) fn under(
        &mut self,
        domain: &Domain,
        whole: &Expr,
        depth: u32,
        f: impl FnOnce(&mut Self) -> Result<Expr, Stop>,
    ) -> Result<Expr, Stop> {
        if domain.parts().into_iter().any(|p| self.depends(p, depth)) || !is_finite(domain) {
            return Err(Stop::Unsupported(whole.clone()));
        }
        let memo = std::mem::take(&mut self.memo);
        let outer = std::mem::take(&mut self.owed);
        let result = f(self);
        self.memo = memo;
        let owed = std::mem::replace(&mut self.owed, outer);
        for condition in owed.into_list() {
            self.owed.add(logic::for_all(domain, &condition));
        }
        result
    }

    /// What is owed for `f` only where `premise` holds.
    pub(crate) fn where_holds(
        &mut self,
        premise: &Expr,
        f: impl FnOnce(&mut Self) -> Result<Expr, Stop>,
    ) -> Result<Expr, Stop> {
        let memo = std::mem::take(&mut self.memo);
        let outer = std::mem::take(&mut self.owed);
        let result = f(self);
        self.memo = memo;
        let owed = std::mem::replace(&mut self.owed, outer);
        for condition in owed.into_list() {
            self.owed.add(logic::implies(premise, condition));
        }
        result
    }

    /// The derivative of an expression after lowering, if that changes it.
    pub(crate) fn of_lowered(&mut self, e: &Expr, depth: u32) -> Result<Expr, Stop> {
        let lowered = self.lowering.scalar(e);
        if lowered == *e { Err(Stop::Unsupported(e.clone())) } else { self.of(&lowered, depth) }
    }

    /// The entry of an array expression; used for derivatives of inverses and determinants.
    pub(crate) fn entry(&mut self, e: &Expr, indices: &[Expr]) -> Result<Expr, Stop> {
        self.lowering.entry(e, indices).ok_or_else(|| Stop::Unsupported(e.clone()))
    }

    /// `∂x_{k…}/∂x_{j…} = δ(k, j)…` for the array variable.
    pub(crate) fn of_entry(&self, e: &Expr, at: &[Expr], depth: u32) -> Result<Expr, Stop> {
        if at.len() != self.indices.len() {
            return Err(Stop::Unsupported(e.clone()));
        }
        let deltas = at.iter().zip(self.indices).map(|(k, j)| terms::delta(k.clone(), j.shifted(depth + 1, 0)));
        Ok(terms::product(deltas.collect()))
    }
}

/// Whether a sum over the domain is a finite one: a range without infinite end, a named or listed finite set.
fn is_finite(domain: &Domain) -> bool {
    match domain {
        Domain::Range(low, high) => ![low, high].into_iter().any(|e| e.any(&mut |x| x.as_app("infinity").is_some())),
        Domain::Over(set) => {
            matches!(set.node(), Node::Sym(_)) || set.as_app("set").is_some() || set.as_app("range_set").is_some()
        }
        _ => false,
    }
}
