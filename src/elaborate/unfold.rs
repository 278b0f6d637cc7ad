//! Definitions in reach → the relation that engines see: names unfolded, derivatives bound.

use std::sync::Arc;

use rpds::RedBlackTreeMapSync;

use crate::claim::Definition;
use crate::elaborate::sorts::zero_of_its_shape;
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};
use crate::message::Message;

/// Definitions by name and version of what they define; entries of an array stand together. Each claim keeps those that
/// were in reach of it, so copies share what they have in common.
#[derive(Clone, Default)]
pub(crate) struct Definitions(RedBlackTreeMapSync<(Arc<str>, u32), Vec<Definition>>);

fn key(s: &Symbol) -> (Arc<str>, u32) {
    (Arc::clone(&s.name), s.version)
}

/// Rounds of unfolding; deeper towers of definitions than this are cyclic or absurd.
const ROUNDS: usize = 24;
/// Size beyond which an unfolded expression is given up.
const LIMIT: u64 = 10_000;

impl Definitions {
    /// Adds a definition; one of the same entry (or of the whole) shadows what was there.
    pub(crate) fn add(&mut self, d: Definition) {
        let mut list = self.of(&d.head).to_vec();
        if d.indices.is_empty() {
            // H(P) and H(P, Q) are two functions.
            list.retain(|old| old.params.len() != d.params.len() && !d.params.is_empty() && !old.params.is_empty());
        } else {
            list.retain(|old| old.indices != d.indices && !old.indices.is_empty());
        }
        let key = key(&d.head);
        list.push(d);
        self.0.insert_mut(key, list);
    }

    /// Takes a definition out of scope, if nothing has shadowed it.
    pub(crate) fn remove(&mut self, d: &Definition) {
        let mut list = self.of(&d.head).to_vec();
        list.retain(|old| old != d);
        self.0.insert_mut(key(&d.head), list);
    }

    /// Those for which it does not hold; `None` if it holds for none.
    pub(crate) fn without(&self, dropped: &dyn Fn(&Definition) -> bool) -> Option<Definitions> {
        let all = || self.0.values().flatten();
        all().any(dropped).then(|| {
            let mut kept = Definitions::default();
            all().filter(|d| !dropped(d)).for_each(|d| kept.add(d.clone()));
            kept
        })
    }

    /// All definitions of a symbol.
    pub(crate) fn of(&self, s: &Symbol) -> &[Definition] {
        self.0.get(&key(s)).map_or(&[], Vec::as_slice)
    }

    /// Whether unfolding an expression comes upon the symbol: defining it by that would be a circle.
    pub(crate) fn reaches(&self, e: &Expr, symbol: &Symbol) -> bool {
        let mut todo: Vec<Expr> = vec![e.clone()];
        let mut seen: Vec<(String, u32)> = vec![];
        while let Some(e) = todo.pop() {
            for s in e.symbols() {
                if s.same(symbol) {
                    return true;
                }
                let key = (s.name.to_string(), s.version);
                if !seen.contains(&key) {
                    todo.extend(self.of(&s).iter().map(|d| d.body.clone()));
                    seen.push(key);
                }
            }
        }
        false
    }

    /// The definition of a head: a symbol, an entry with these indices, or a function.
    pub(crate) fn of_head(&self, head: &Head) -> Option<&Definition> {
        self.of(&head.symbol).iter().find(|d| {
            (d.indices == head.indices || d.indices.is_empty() && head.params.is_empty())
                && d.params.len() == head.params.len()
        })
    }
}

/// What a left side defines if it is the head of a definition.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub(crate) symbol: Symbol,
    /// Numbers of an entry.
    pub(crate) indices: Vec<Expr>,
    /// Names of an index that stands for all (`p_i = …`).
    pub(crate) free: Vec<Symbol>,
    /// Parameters of a function.
    pub(crate) params: Vec<Symbol>,
}

/// The head that a left side is, if it is one.
pub(crate) fn head(left: &Expr) -> Option<Head> {
    let plain = |symbol: &Symbol| Head { symbol: symbol.clone(), indices: vec![], free: vec![], params: vec![] };
    match left.node() {
        Node::Sym(s) => Some(plain(s)),
        Node::App(f, args) if f.name == fun::INDEX => {
            let (array, indices) = args.split_first()?;
            let symbol = array.as_symbol()?;
            if indices.iter().all(|i| i.as_num().is_some()) {
                return Some(Head { indices: indices.to_vec(), ..plain(symbol) });
            }
            let free: Option<Vec<Symbol>> = indices.iter().map(|i| i.as_symbol().cloned()).collect();
            let free = free?;
            let distinct = free.iter().enumerate().all(|(i, a)| free.iter().skip(i + 1).all(|b| !a.same(b)));
            distinct.then(|| Head { free, ..plain(symbol) })
        }
        Node::Call(f, args) => {
            let params: Option<Vec<Symbol>> = args.iter().map(|a| a.as_symbol().cloned()).collect();
            let params = params?;
            let distinct = params.iter().enumerate().all(|(i, a)| params.iter().skip(i + 1).all(|b| !a.same(b)));
            (distinct && !params.is_empty()).then(|| Head { params, ..plain(f) })
        }
        _ => None,
    }
}

/// The body of a definition of `head` by `right`: free indices become the variables of a comprehension.
pub(crate) fn body(head: &Head, right: &Expr) -> Option<Expr> {
    if head.free.is_empty() {
        return Some(right.clone());
    }
    let sizes = head.symbol.sort.sizes().to_vec();
    if sizes.len() < head.free.len() {
        return None;
    }
    let mut body = right.clone();
    for (index, size) in head.free.iter().zip(sizes).rev() {
        body = Expr::bind(Binder::Lambda, Domain::Range(Expr::int(1), size), body.abstracted(index, Sort::Integer));
    }
    Some(body)
}

/// An unfolded expression and what was unfolded on the way.
pub(crate) struct Unfolded {
    pub(crate) expr: Expr,
    pub(crate) used: Vec<Definition>,
}

pub(super) struct Unfolder<'a> {
    pub(super) definitions: &'a Definitions,
    pub(super) used: Vec<Definition>,
    problem: Option<Message>,
    /// Functions whose bodies are being unfolded.
    inside: Vec<Symbol>,
}

/// Unfolds all definitions in reach; derivatives are bound on the way. The error says why a derivative cannot be.
pub(crate) fn unfold(e: &Expr, definitions: &Definitions) -> Result<Unfolded, Message> {
    let mut unfolder = Unfolder { definitions, used: vec![], problem: None, inside: vec![] };
    let bound = unfolder.derivatives(e);
    if let Some(problem) = unfolder.problem.take() {
        return Err(problem);
    }
    if let Some(e) = unfolder.hidden_variable(&bound) {
        return Err(Message::new("reason-hidden-variable").with("what", e));
    }
    // The shape of a derivative is known only now.
    let expr = unfolder.all(&bound, &[]).transform(&mut |x, _| zero_of_its_shape(x));
    if expr.size() > LIMIT {
        return Err(Message::new("reason-fuel"));
    }
    Ok(Unfolded { expr, used: unfolder.used })
}

/// One round of unfolding; derivatives are not looked at.
pub(crate) fn unfold_once(e: &Expr, definitions: &Definitions) -> Expr {
    Unfolder { definitions, used: vec![], problem: None, inside: vec![] }.once(e, &[])
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
        current
    }

    fn once(&mut self, e: &Expr, except: &[Symbol]) -> Expr {
        let definitions = self.definitions;
        let inside = self.inside.clone();
        let mut used = std::mem::take(&mut self.used);
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
                        note(one);
                        one.body.clone()
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
                let mut within = Unfolder { definitions, used: vec![], problem: None, inside: inside.clone() };
                if inside.iter().any(|g| g.same(f)) {
                    return None;
                }
                within.inside.push(f.clone());
                let kept: Vec<Symbol> = except.iter().chain(&d.params).cloned().collect();
                let body = within.all(&d.body, &kept);
                within.used.iter().for_each(&mut note);
                Some(instance(&Definition { body, ..d.clone() }, args, depth))
            }
            Node::App(f, args) if f.name == fun::INDEX => match args.split_first() {
                Some((array, indices)) => pick(array, indices).or_else(|| {
                    let s = array.as_symbol().filter(|s| !except.iter().any(|k| k.same(s)))?;
                    let d = definitions.of(s).iter().find(|d| !d.indices.is_empty() && d.indices == indices)?;
                    note(d);
                    Some(d.body.shifted(depth, 0))
                }),
                None => None,
            },
            _ => None,
        });
        self.used = used;
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
        if !e.any(&mut |x| matches!(x.node(), Node::App(f, _) if matches!(f.name, "partial" | "prime" | "gradient"))) {
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

    fn partial(&mut self, body: &Expr, place: &Expr) -> Result<Expr, Message> {
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
        let body = self.all(&self.applied(body, &variable), std::slice::from_ref(&variable));
        if !body.mentions(&variable) {
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
    fn applied(&self, body: &Expr, variable: &Symbol) -> Expr {
        body.transform(&mut |x, _| match (x.node(), x.as_symbol().map(|s| self.definitions.of(s))) {
            (Node::Sym(s), Some([d])) if d.params.iter().any(|p| p.same(variable) && p.sort == variable.sort) => {
                let arguments = d.params.iter().map(|p| Expr::sym(p.clone())).collect();
                (s.sort == d.body.sort().clone() || s.sort == Sort::Real && d.body.sort().is_scalar())
                    .then(|| Expr::new(Node::Call(d.head.clone(), arguments)))
            }
            _ => None,
        })
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
