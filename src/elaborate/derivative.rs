//! Derivatives of functions by their argument: `f'(a)`, `\nabla f(a)`, `\nabla^2 f(a)`.

use crate::claim::Definition;
use crate::elaborate::bare::at_the_parameter;
use crate::elaborate::unfold::{Unfolder, bound_body, instance};
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol};
use crate::message::Message;

/// Highest order of a derivative: each is an expression around the last.
const HIGHEST: i64 = 64;

impl Unfolder<'_> {
    pub(super) fn prime(&mut self, function: &Expr, order: &Expr) -> Result<Expr, Message> {
        let times = times(order)?;
        let (arg, body) = match function.node() {
            Node::Call(f, args) => match (args.as_slice(), self.definitions.of(f).iter().find(|d| d.params.len() == 1))
            {
                ([arg], Some(d)) => {
                    if !self.used.contains(d) {
                        self.used.push(d.clone());
                    }
                    // What the body names may depend on the argument, too.
                    let body = at_the_parameter(d, self.definitions);
                    let (body, within, known) = bound_body(d, body, self.definitions, &[]);
                    self.used.extend(within);
                    self.known.extend(known);
                    let d = Definition { body: self.all(&body, &d.params.clone()), ..d.clone() };
                    (arg.clone(), instance(&d, &[Expr::real("\\prime variable")], 0))
                }
                // A function without a formula is differentiated all the same, unless it is one of places.
                ([arg], None) if !f.is_notation() && function.sort().is_scalar() && *arg.sort() == Sort::Real => {
                    (arg.clone(), Expr::new(Node::Call(f.clone(), vec![Expr::real("\\prime variable")])))
                }
                _ => return Err(Message::new("reason-not-defined").with("symbol", function)),
            },
            Node::App(f, args) => match args.as_slice() {
                [arg] => (arg.clone(), Expr::app(*f, vec![Expr::real("\\prime variable")])),
                _ => return Err(Message::new("reason-no-variable")),
            },
            _ => return Err(Message::new("reason-no-variable")),
        };
        if !arg.sort().is_scalar() {
            return Err(Message::new("reason-no-variable"));
        }
        Ok(repeated(body, &Symbol::new("\\prime variable", Sort::Real), &arg, times))
    }

    /// The gradient or the Hessian of a defined function of one argument, at that argument.
    pub(super) fn gradient(&mut self, function: &Expr, order: &Expr) -> Result<Expr, Message> {
        if let Some(list) = self.listed(function, order) {
            return list;
        }
        let Node::Call(f, args) = function.node() else { return Err(Message::new("reason-no-variable")) };
        let [arg] = args.as_slice() else { return Err(Message::new("reason-no-variable")) };
        let d = self.definitions.of(f).iter().find(|d| d.params.len() == 1);
        let (Some(d), Some(parameter)) = (d, d.and_then(|d| d.params.first())) else {
            return Err(Message::new("reason-not-defined").with("symbol", function));
        };
        let sort = match arg.sort() {
            Sort::Integer | Sort::Real => Sort::Real,
            sort @ Sort::Array(_) if sort == &parameter.sort => sort.clone(),
            _ => return Err(Message::new("reason-sorts").with("what", function)),
        };
        if sort.sizes() != parameter.sort.sizes() {
            return Err(Message::new("reason-sorts").with("what", function));
        }
        if !self.used.contains(d) {
            self.used.push(d.clone());
        }
        // What the body names may depend on the argument too: it is unfolded before the argument gets its value.
        let body = self.all(&d.body, &d.params);
        let variable = Symbol::new("\\gradient variable", sort);
        let body = instance(&Definition { body, ..d.clone() }, &[Expr::sym(variable.clone())], 0);
        Ok(repeated(body, &variable, arg, times(order)?))
    }
}

impl Unfolder<'_> {
    /// The gradient of a function of several numbers, at the letters of its arguments: the list of its derivatives by them.
    /// Named alone, it stands for its value at the letters of its definition.
    fn listed(&mut self, function: &Expr, order: &Expr) -> Option<Result<Expr, Message>> {
        let value = match function.node() {
            Node::Sym(s) => {
                let [d] = self.definitions.of(s) else { return None };
                Expr::new(Node::Call(d.head.clone(), d.params.iter().cloned().map(Expr::sym).collect()))
            }
            _ => function.clone(),
        };
        let Node::Call(f, args) = value.node() else { return None };
        let letters: Vec<Symbol> = args.iter().map(|a| a.as_symbol().cloned()).collect::<Option<_>>()?;
        let distinct = letters.iter().enumerate().all(|(i, a)| letters.iter().skip(i + 1).all(|b| !a.same(b)));
        if order.as_int() != Some(1)
            || letters.len() < 2
            || !distinct
            || f.is_notation()
            || letters.iter().any(|s| !s.sort.is_scalar())
        {
            return None;
        }
        let entries: Result<Vec<Expr>, Message> = args.iter().map(|a| self.partial(&value, a)).collect();
        Some(entries.map(Expr::vector))
    }
}

/// What is used where a derivative is read so.
pub(super) const AT_ESTIMATE: &str =
    "a derivative by a letter, at the value of a function for that letter with an accent";

impl Unfolder<'_> {
    /// `\frac{d f(\hat\theta)}{d\theta}`, once or more: the derivative of f, at the estimate. As it is written it would be 0.
    pub(super) fn at_estimate(&self, e: &Expr) -> Option<Expr> {
        let (mut inner, mut times) = (e, 0);
        let place = e.as_app("partial")?.get(1)?;
        while let Some([body, _]) = inner.as_app("partial").filter(|args| args.get(1) == Some(place)) {
            (inner, times) = (body, times + 1);
        }
        let variable = place.as_symbol().filter(|s| s.sort.is_scalar())?;
        let Node::Call(f, args) = inner.node() else { return None };
        let d = self.definitions.of(f).iter().find(|d| d.params.len() == args.len())?;
        let at = d.params.iter().position(|p| p.same(variable))?;
        let point = args.get(at)?;
        let estimate = |s: &Symbol| ACCENTS.iter().any(|a| *s.name == format!("{a}{{{}}}", variable.name));
        if inner.mentions(variable) || times > HIGHEST || !point.as_symbol().is_some_and(estimate) {
            return None;
        }
        let moving = Symbol::new("\\estimate variable", Sort::Real);
        let mut arguments = args.clone();
        *arguments.get_mut(at)? = Expr::sym(moving.clone());
        Some(repeated(Expr::new(Node::Call(f.clone(), arguments)), &moving, point, times))
    }
}

/// Accents over a letter that make an estimate of it.
const ACCENTS: [&str; 2] = ["\\hat", "\\tilde"];

fn times(order: &Expr) -> Result<i64, Message> {
    let times = order.as_int().unwrap_or(1);
    if times > HIGHEST { Err(Message::new("reason-fuel")) } else { Ok(times) }
}

/// Derivatives by a variable one after another, the last of them at a point.
fn repeated(body: Expr, variable: &Symbol, point: &Expr, times: i64) -> Expr {
    (1..=times).fold(body, |e, i| {
        let at = if i == times { point.clone() } else { Expr::sym(variable.clone()) };
        Expr::bind(Binder::Derivative, Domain::At(at, vec![]), e.abstracted(variable, variable.sort.clone()))
    })
}
