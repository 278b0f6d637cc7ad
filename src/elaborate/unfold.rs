//! Definitions in reach → the relation that engines see: names unfolded, derivatives bound.

use std::collections::BTreeSet;

use crate::claim::Definition;
use crate::elaborate::bare::at_the_parameter;
use crate::elaborate::definitions::Definitions;
use crate::elaborate::derivative::AT_ESTIMATE;
use crate::elaborate::differential::are_products;
use crate::elaborate::observed;
use crate::elaborate::sorts::zero_of_its_shape;
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};
use crate::message::Message;

/// Rounds of unfolding; deeper towers of definitions than this are cyclic or absurd.
const ROUNDS: usize = 24;
/// Size beyond which an unfolded expression is given up.
const LIMIT: u64 = 10_000;

/// An unfolded expression and what was unfolded on the way.
pub(crate) struct Unfolded {
    pub(crate) expr: Expr,
    pub(crate) used: Vec<Definition>,
    /// A symbol that was left alone, since its definitions go round in a circle.
    pub(crate) circle: Option<Symbol>,
    /// What is used of the customs of notation.
    pub(crate) known: Vec<String>,
}

pub(super) struct Unfolder<'a> {
    pub(super) definitions: &'a Definitions,
    pub(super) used: Vec<Definition>,
    problem: Option<Message>,
    pub(super) known: BTreeSet<String>,
    /// Whether the rounds were over before nothing changed any more.
    endless: bool,
    /// Functions whose bodies are being unfolded.
    inside: Vec<Symbol>,
}

/// Unfolds all definitions in reach, those in a circle excepted; derivatives are bound on the way. The error says why a
/// derivative cannot be.
pub(crate) fn unfold(e: &Expr, definitions: &Definitions) -> Result<Unfolded, Message> {
    let (unfolded, endless) = attempt(e, definitions)?;
    if unfolded.expr.size() <= LIMIT && !endless {
        return Ok(unfolded);
    }
    let circle = definitions.circular(e);
    let straight = definitions.without(&|d| circle.iter().any(|s| s.same(&d.head)));
    match straight.map(|d| attempt(e, &d)).transpose()? {
        Some((u, false)) if u.expr.size() <= LIMIT => Ok(Unfolded { circle: circle.into_iter().next(), ..u }),
        _ if unfolded.expr.size() <= LIMIT => Ok(unfolded),
        _ => Err(Message::new("reason-fuel")),
    }
}

/// Unfolds, and says whether it came to no end.
fn attempt(e: &Expr, definitions: &Definitions) -> Result<(Unfolded, bool), Message> {
    let mut unfolder = Unfolder::inside(definitions, vec![]);
    if e.as_app(fun::EQ).is_some_and(|sides| sides.iter().all(are_products)) {
        return Err(Message::new("reason-differentials"));
    }
    let bound = unfolder.derivatives(e);
    if let Some(problem) = unfolder.problem.take() {
        return Err(problem);
    }
    if let Some(e) = unfolder.hidden_variable(&bound) {
        return Err(Message::new("reason-hidden-variable").with("what", e));
    }
    // The shape of a derivative is known only now.
    let expr = unfolder.all(&bound, &[]).transform(&mut |x, _| zero_of_its_shape(x));
    let expr = unfolder.differentials(&expr)?;
    let known = unfolder.known.into_iter().collect();
    Ok((Unfolded { expr, used: unfolder.used, circle: None, known }, unfolder.endless))
}

/// One round of unfolding; derivatives are not looked at.
pub(crate) fn unfold_once(e: &Expr, definitions: &Definitions) -> Expr {
    Unfolder::inside(definitions, vec![]).once(e, &[])
}

impl<'a> Unfolder<'a> {
    /// One that begins inside the bodies of these functions.
    fn inside(definitions: &'a Definitions, inside: Vec<Symbol>) -> Unfolder<'a> {
        Unfolder { definitions, used: vec![], problem: None, known: BTreeSet::new(), endless: false, inside }
    }
}

impl Unfolder<'_> {
    /// Unfolds until nothing changes, `except` left alone.
    pub(super) fn all(&mut self, e: &Expr, except: &[Symbol]) -> Expr {
        let mut current = e.clone();
        for _ in 0..ROUNDS {
            let next = self.once(&current, except);
            if next == current || next.size() > LIMIT {
                return next;
            }
            current = next;
        }
        self.endless = true;
        current
    }

    fn once(&mut self, e: &Expr, except: &[Symbol]) -> Expr {
        let definitions = self.definitions;
        let inside = self.inside.clone();
        let mut used = std::mem::take(&mut self.used);
        let mut known = std::mem::take(&mut self.known);
        let mut note = |d: &Definition| {
            if !used.contains(d) {
                used.push(d.clone());
            }
        };
        let result = e.transform(&mut |x, depth| match x.node() {
            Node::Sym(s) if !except.iter().any(|k| k.same(s)) => {
                let list = definitions.of(s);
                let value = match list {
                    [one] if one.indices.is_empty() && one.params.is_empty() => {
                        // Its members are put in where they stand.
                        if law_of_members(one).is_some() {
                            return None;
                        }
                        note(one);
                        let (body, within, custom) = bound_body(one, one.body.clone(), definitions, &inside);
                        within.iter().for_each(&mut note);
                        known.extend(custom);
                        body
                    }
                    [first, ..] if !first.indices.is_empty() => {
                        let literal = entries(s, list)?;
                        list.iter().for_each(&mut note);
                        literal
                    }
                    _ => return None,
                };
                let fits = value.sort().sizes().len() == s.sort.sizes().len();
                fits.then(|| value.shifted(depth, 0))
            }
            Node::Call(f, args) => {
                let d = definitions.of(f).iter().find(|d| d.params.len() == args.len() && !d.params.is_empty())?;
                note(d);
                // What the body names may depend on the parameters too: it is unfolded before they get their values.
                let mut within = Unfolder::inside(definitions, inside.clone());
                if inside.iter().any(|g| g.same(f)) {
                    return None;
                }
                within.inside.push(f.clone());
                let kept: Vec<Symbol> = except.iter().chain(&d.params).cloned().collect();
                let (body, beneath, custom) = bound_body(d, at_the_parameter(d, definitions), definitions, &inside);
                beneath.iter().for_each(&mut note);
                known.extend(custom);
                let body = within.all(&body, &kept);
                within.used.iter().for_each(&mut note);
                Some(instance(&Definition { body, ..d.clone() }, args, depth))
            }
            Node::App(f, args) if f.name == fun::INDEX => match args.split_first() {
                Some((array, indices)) => pick(array, indices).or_else(|| {
                    let s = array.as_symbol().filter(|s| !except.iter().any(|k| k.same(s)))?;
                    if let Some((d, value)) = observed::value(s, indices, depth, definitions) {
                        note(d);
                        return Some(value);
                    }
                    let law = definitions.of(s).iter().find_map(|d| Some((d, member(d, indices, depth)?)));
                    if let Some((d, value)) = law {
                        note(d);
                        return Some(value);
                    }
                    let d = definitions.of(s).iter().find(|d| !d.indices.is_empty() && d.indices == indices)?;
                    note(d);
                    Some(d.body.shifted(depth, 0))
                }),
                None => None,
            },
            _ => None,
        });
        self.used = used;
        self.known = known;
        result
    }

    /// A limit or an extremum over reals whose body gets new symbols by definitions: `lim_{s → ∞} ŷ` with ŷ = σ(s).
    /// One of them may be the variable that is meant, which has no name any more.
    fn hidden_variable(&mut self, e: &Expr) -> Option<Expr> {
        let over_reals = |x: &Expr| match x.node() {
            Node::Bind {
                binder: Binder::Limit | Binder::Sup | Binder::Inf | Binder::Max | Binder::Min,
                domain,
                ..
            } => domain.variable_sort() == Sort::Real,
            _ => false,
        };
        // `argmin_θ L` where only the definition of L mentions θ: the name of the variable is lost by now.
        let mut silent = None;
        e.any(&mut |x| {
            if let Node::Bind { binder: Binder::ArgMax | Binder::ArgMin, body, .. } = x.node()
                && silent.is_none()
                && !crate::algebra::has_variable(body, 0)
            {
                silent = Some(x.clone());
            }
            silent.is_some()
        });
        if silent.is_some() {
            return silent;
        }
        if !e.any(&mut |x| over_reals(x)) {
            return None;
        }
        let mut found = None;
        let here = e.symbols();
        e.any(&mut |x| {
            if over_reals(x) && found.is_none() {
                let new = self.all(x, &[]).symbols().into_iter().any(|s| !here.contains(&s));
                found = new.then(|| x.clone());
            }
            found.is_some()
        });
        found
    }

    /// Turns `partial(body, place)` and primes into derivatives, inner ones first.
    fn derivatives(&mut self, e: &Expr) -> Expr {
        if !has_derivatives(e) {
            return e.clone();
        }
        if let Node::Bind { binder, domain, body } = e.node()
            && domain.variable_sort() == Sort::Real
        {
            // A derivative by the variable of the binder around it, `lim ∂/∂s …`: it gets a name for the time.
            let variable = Symbol::new(&format!("\\bound {}", e.depth()), Sort::Real);
            let domain = domain.map(&mut |part| self.derivatives(part));
            let body = self.derivatives(&body.instantiated(&Expr::sym(variable.clone())));
            return Expr::bind(*binder, domain, body.abstracted(&variable, Sort::Real));
        }
        if let Some(derivative) = self.at_estimate(e) {
            self.known.insert(AT_ESTIMATE.to_owned());
            return derivative;
        }
        let children: Vec<Expr> = e.children().into_iter().map(|c| self.derivatives(c)).collect();
        let e = e.with_children(children);
        let built = match e.node() {
            Node::App(f, args) => match (f.name, args.as_slice()) {
                ("partial", [body, place]) => self.partial(body, place),
                ("prime", [function, order]) => self.prime(function, order),
                ("gradient", [function, order]) => self.gradient(function, order),
                _ => return e,
            },
            _ => return e,
        };
        match built {
            Ok(derivative) => derivative,
            Err(message) => {
                self.problem.get_or_insert(message);
                e
            }
        }
    }

    pub(super) fn partial(&mut self, body: &Expr, place: &Expr) -> Result<Expr, Message> {
        let (point, indices) = match place.node() {
            Node::Sym(_) => (place.clone(), vec![]),
            Node::App(f, args) if f.name == fun::INDEX => match args.split_first() {
                Some((array, indices)) if array.as_symbol().is_some() => (array.clone(), indices.to_vec()),
                _ => return Err(Message::new("reason-no-variable")),
            },
            _ => return Err(Message::new("reason-no-variable")),
        };
        let Some(variable) = point.as_symbol().cloned() else { return Err(Message::new("reason-no-variable")) };
        // A family whose size nothing fixes takes no derivative.
        if variable.sort == Sort::Unknown || matches!(variable.sort, Sort::Set | Sort::Function) {
            return Err(Message::new("reason-sorts").with("what", place));
        }
        let applied = self.applied(body, &variable);
        // The other arguments of a function are held, whatever else the notes say of them.
        let mut held = vec![variable.clone()];
        applied.any(&mut |x| {
            if let Node::Call(_, args) = x.node()
                && applied != *body
            {
                held.extend(args.iter().filter_map(|a| a.as_symbol().cloned()));
            }
            false
        });
        let body = self.all(&applied, &held);
        // What depends on nothing does not depend on it; anything else may hide how it does.
        let constant = body.sort().is_scalar() && body.symbols().is_empty() && !body.has_opaque();
        if !body.mentions(&variable) && !constant {
            return Err(Message::new("reason-not-defined").with("symbol", &body));
        }
        // ∂L/∂v with v itself defined: v is free in L, but L must not reach v's ingredients by another way.
        let ingredients: Vec<Symbol> = self
            .definitions
            .of(&variable)
            .iter()
            .flat_map(|d| d.body.symbols())
            .filter(|s| !s.same(&variable) && *s != variable && s.sort != Sort::Integer)
            .collect();
        let shared = ingredients.iter().find(|s| body.mentions(s));
        if let Some(s) = shared {
            return Err(Message::new("reason-ambiguous").with("what", format!("∂/∂{place}: {}", Expr::sym(s.clone()))));
        }
        let sort = match &variable.sort {
            Sort::Integer => Sort::Real,
            sort => sort.clone(),
        };
        Ok(Expr::bind(Binder::Derivative, Domain::At(point, indices), body.abstracted(&variable, sort)))
    }

    /// `∂J/∂w` where the notes define J(w): the bare name of a function is its value at the letters of its definition.
    /// Where f stands for functions of several numbers of arguments, it is the last that the notes define.
    fn applied(&mut self, body: &Expr, variable: &Symbol) -> Expr {
        let definitions = self.definitions;
        let of = |d: &&Definition| d.params.iter().any(|p| p.same(variable) && p.sort == variable.sort);
        let mut chosen = None;
        let applied = body.transform(&mut |x, _| {
            let s = x.as_symbol()?;
            let list = definitions.of(s);
            let d = list.last().filter(of).filter(|_| list.iter().all(|d| !d.params.is_empty()))?;
            let number = matches!(s.sort, Sort::Real | Sort::Function) && d.body.sort().is_scalar();
            let fits = s.sort == d.body.sort().clone() || number;
            fits.then(|| {
                let arguments = d.params.iter().map(|p| Expr::sym(p.clone())).collect();
                let call = Expr::new(Node::Call(d.head.clone(), arguments));
                chosen = Some(call.to_string()).filter(|_| list.len() > 1).or(chosen.take());
                call
            })
        });
        self.known.extend(chosen.map(|call| format!("a function without its arguments: {call}, the last one defined")));
        applied
    }
}

/// Whether derivatives stand in it that are not bound yet.
fn has_derivatives(e: &Expr) -> bool {
    e.any(&mut |x| matches!(x.node(), Node::App(f, _) if matches!(f.name, "partial" | "prime" | "gradient")))
}

/// The body of a definition with the derivatives in it bound, `m = u'(2)` or `h(x) = \frac{d}{dx} u(x)`, the definitions
/// that they need, and the customs of notation; as it is where one of them cannot be bound, or where the definition comes
/// upon itself (a differential equation).
pub(super) fn bound_body(
    d: &Definition,
    body: Expr,
    definitions: &Definitions,
    inside: &[Symbol],
) -> (Expr, Vec<Definition>, BTreeSet<String>) {
    if !has_derivatives(&body) || definitions.reaches(&d.body, &d.head) {
        return (body, vec![], BTreeSet::new());
    }
    let mut within = Unfolder::inside(definitions, inside.iter().chain([&d.head]).cloned().collect());
    let bound = within.derivatives(&body);
    match within.problem {
        None => (bound, within.used, within.known),
        Some(_) => (body, vec![], BTreeSet::new()),
    }
}

/// The body of a function's definition at arguments.
pub(super) fn instance(d: &Definition, args: &[Expr], depth: u32) -> Expr {
    // Parameters are renamed first, so that an argument that mentions a parameter is not captured.
    let mut body = d.body.shifted(depth, 0);
    let fresh: Vec<Symbol> = d
        .params
        .iter()
        .enumerate()
        .map(|(i, p)| Symbol::new(&format!("\\param{i} {}", p.name), p.sort.clone()))
        .collect();
    for (p, f) in d.params.iter().zip(&fresh) {
        body = body.substituted(p, &Expr::sym(f.clone()));
    }
    for (f, a) in fresh.iter().zip(args) {
        body = body.substituted(f, a);
    }
    body
}

/// The array of a symbol whose entries are defined one by one; entries without a definition stay entries.
fn entries(s: &Symbol, list: &[Definition]) -> Option<Expr> {
    let sizes: Option<Vec<i64>> = s.sort.sizes().iter().map(Expr::as_int).collect();
    let sizes = sizes?;
    let entry = |indices: Vec<Expr>| {
        list.iter()
            .find(|d| d.indices == indices)
            .map_or_else(|| Expr::sym(s.clone()).index(indices), |d| d.body.clone())
    };
    match sizes.as_slice() {
        [n @ 1..=64] => Some(Expr::vector((1..=*n).map(|i| entry(vec![Expr::int(i)])).collect())),
        [m @ 1..=32, n @ 1..=32] => {
            let all =
                (1..=*m).flat_map(|i| (1..=*n).map(move |j| vec![Expr::int(i), Expr::int(j)])).map(entry).collect();
            Some(Expr::matrix(*m as usize, *n as usize, all))
        }
        _ => None,
    }
}

/// What the notes say of each member of a sequence that begins before 1 and is said to end nowhere.
fn law_of_members(d: &Definition) -> Option<&Expr> {
    match d.body.node() {
        Node::Bind { binder: Binder::Lambda, domain: Domain::Range(..), body } => {
            (d.head.before() > 0 && !d.head.ends() && d.indices.is_empty() && d.params.is_empty()).then_some(body)
        }
        _ => None,
    }
}

/// The member of such a sequence at an index.
fn member(d: &Definition, indices: &[Expr], depth: u32) -> Option<Expr> {
    let [index] = indices else { return None };
    let law = law_of_members(d).filter(|_| index.as_int().is_none_or(|i| i > 0))?;
    Some(law.shifted(depth, 1).instantiated(index))
}

/// The entry of a literal array at numbers.
fn pick(array: &Expr, indices: &[Expr]) -> Option<Expr> {
    let Node::Array { rows, columns, entries } = array.node() else { return None };
    let at: Option<Vec<usize>> = indices.iter().map(|i| i.as_int().and_then(|i| usize::try_from(i - 1).ok())).collect();
    match (at?.as_slice(), columns) {
        ([i], None) if i < rows => entries.get(*i).cloned(),
        ([i, j], Some(n)) if i < rows && j < n => entries.get(i * n + j).cloned(),
        _ => None,
    }
}
