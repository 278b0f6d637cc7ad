//! Big operators: sums, products, extrema, limits, expectations, gradients.

use std::cmp::Ordering;

use crate::expr::{Binder, Domain, Expr, PLACE, Sort, Symbol};
use crate::message::Message;
use crate::notation::beside::{last_about, next_over};
use crate::notation::reader::{Cursor, Reader, char_of, significant};
use crate::notation::relation::sign_at;
use crate::notation::set::as_integer;
use crate::notation::symbol::base_name;
use crate::notation::tex::{Tex, TexKind};

/// Operators that bind a variable of their subscript, a row each.
pub(super) const OPERATORS: &[(&str, Binder)] = &[
    ("sum", Binder::Sum),
    ("prod", Binder::Product),
    ("max", Binder::Max),
    ("min", Binder::Min),
    ("sup", Binder::Sup),
    ("inf", Binder::Inf),
    ("argmax", Binder::ArgMax),
    ("argmin", Binder::ArgMin),
    ("arg max", Binder::ArgMax),
    ("lim", Binder::Limit),
];

/// The parts of a subscript, where names before a range have it too: `i, j = 1` is `i = 1, j = 1`.
fn each_with_range(parts: &[&[Tex]]) -> Vec<Vec<Tex>> {
    let parts: Vec<Vec<Tex>> = parts.iter().map(|p| significant(p)).collect();
    let sign = |p: &[Tex]| (0..p.len()).find_map(|i| sign_at(p, i).map(|(s, _)| (i, s.name)));
    let shared = |at: usize| {
        let own = parts.get(at).filter(|p| p.len() == 1 && sign(p).is_none())?;
        let next = parts.iter().skip(at + 1).find(|p| sign(p).is_some())?;
        let (i, _) = sign(next).filter(|(i, name)| *i == 1 && matches!(*name, "eq" | "member"))?;
        Some(own.iter().chain(next.get(i..)?).cloned().collect())
    };
    (0..parts.len()).map(|at| shared(at).unwrap_or_else(|| parts.get(at).cloned().unwrap_or_default())).collect()
}

/// A variable with the set it ranges over.
struct Bound {
    symbol: Symbol,
    domain: Domain,
    /// Another condition on it (`j \neq i`).
    condition: Option<Expr>,
}

impl Reader<'_> {
    /// A big operator at the cursor, with the rest of the term as its body; `None` if the command is none.
    pub(crate) fn big_operator(
        &mut self,
        command: &str,
        sub: Option<&Tex>,
        sup: Option<&Tex>,
        cursor: &mut Cursor,
        node: &Tex,
    ) -> Option<Expr> {
        if command == "nabla" {
            return self.gradient(sub, sup, cursor, node);
        }
        if matches!(command, "E") && sub.is_some() {
            return self.expectation(sub, cursor, node);
        }
        if matches!(command, "int" | "iint" | "iiint" | "oint" | "intop" | "smallint") {
            return Some(self.integral(sub, sup, cursor, node));
        }
        if command == "partial" {
            let found = match sub {
                Some(_) => self.gradient(sub, sup, cursor, node),
                None => self.partial_in_line(cursor),
            };
            return found.or_else(|| {
                cursor.at = cursor.nodes.len();
                Some(self.unknown(node))
            });
        }
        let binder = OPERATORS.iter().find(|(n, _)| *n == command)?.1;
        // `\max(a, b)` is a function of its arguments.
        if sub.is_none()
            && matches!(binder, Binder::Max | Binder::Min)
            && super::function::bracket(cursor_after(cursor).as_ref()?)
                .is_some_and(|(inner, _, _)| super::reader::parts(&significant(inner)).len() > 1)
        {
            return None;
        }
        cursor.next();
        let Some(sub) = sub else {
            return self.without_range(binder, cursor, node);
        };
        let problems = self.problems.len();
        // Beside what a limit tends to stand conditions on other names.
        let tends = |b: &Bound| matches!(b.domain, Domain::Towards(..));
        let bounds = self.ranges(sub, sup).filter(|_| self.problems.len() == problems);
        let bounds = bounds.filter(|all| !all.iter().any(tends) || all.iter().all(tends));
        let Some(bounds) = bounds else {
            self.problems.truncate(problems);
            let sign = format!("\\{}", command.replace(' ', ""));
            return match self.uninterpreted_operator(&sign, [Some(sub), sup], cursor) {
                Some(e) => Some(e),
                None => Some(self.opaque(node.span, Message::new("reason-empty"))),
            };
        };
        let count = bounds.len();
        self.locals.extend(bounds.iter().map(|b| b.symbol.clone()));
        let variables: Vec<Symbol> = bounds.iter().map(|b| b.symbol.clone()).collect();
        let end = if binder == Binder::Product { last_about(&variables, cursor) } else { None };
        let mut factors =
            Cursor { nodes: cursor.nodes.get(..end.unwrap_or(usize::MAX)).unwrap_or(cursor.nodes), at: cursor.at };
        let body = self.body(&mut factors);
        cursor.at = factors.at;
        self.locals.truncate(self.locals.len() - count);
        let Some(mut body) = body else {
            return Some(self.opaque(node.span, Message::new("reason-empty")));
        };
        // `\sum_i \frac{1}{k}`: nothing says how many terms there are.
        let counts = |b: &Bound| {
            !body.mentions(&b.symbol) && b.condition.is_none() && b.domain == self.open_range(&b.symbol.name)
        };
        let sign = format!("\\{command}_{{{}}} {PLACE}", self.words_of(sub.list()));
        if matches!(binder, Binder::Sum | Binder::Product) && bounds.iter().any(counts) {
            return Some(self.fixed(&sign, vec![body], &[sub]));
        }
        for b in bounds.iter().rev() {
            if let Some(condition) = &b.condition {
                let neutral = match binder {
                    Binder::Sum => Expr::int(0),
                    Binder::Product => Expr::int(1),
                    _ => {
                        let words = [Some(sub), sup].into_iter().flatten().collect::<Vec<_>>();
                        return Some(self.fixed(&sign, vec![body], &words));
                    }
                };
                body = Expr::apply("cases", vec![condition.clone(), body, neutral]);
            }
            body = match self.spelled_out(binder, &b.domain, &b.symbol, &body) {
                Some(e) => e,
                None => self.close(binder, b.domain.clone(), &b.symbol, &body),
            };
        }
        Some(body)
    }

    /// The body of a big operator: the rest of the term, and the terms after it that use its variable.
    fn body(&mut self, cursor: &mut Cursor) -> Option<Expr> {
        let mut minus = false;
        while let Some(sign @ ('+' | '-' | '−')) = cursor.peek().and_then(char_of) {
            minus ^= sign != '+';
            cursor.next();
        }
        let mut term = Cursor {
            nodes: cursor.nodes.get(..next_over(self.locals.last(), cursor)).unwrap_or(cursor.nodes),
            at: cursor.at,
        };
        let first = self.term(&mut term);
        cursor.at = term.at;
        let first = first?;
        let mut body = if minus { super::reader::negated(first) } else { first };
        loop {
            let negative = match cursor.peek().and_then(char_of) {
                Some('+') => false,
                Some('-') => true,
                _ => break,
            };
            let mut ahead = cursor.clone();
            ahead.next();
            let problems = self.problems.len();
            let Some(term) = self.term(&mut ahead) else { break };
            let bound_here = self.locals.last().is_some_and(|l| term.mentions(l));
            if !bound_here {
                self.problems.truncate(problems);
                break;
            }
            *cursor = ahead;
            body = body + if negative { super::reader::negated(term) } else { term };
        }
        Some(body)
    }

    /// A big operator without a subscript: `\max L`, `\sum e^i`.
    fn without_range(&mut self, binder: Binder, cursor: &mut Cursor, node: &Tex) -> Option<Expr> {
        let mut minus = false;
        while let Some(sign @ ('+' | '-' | '−')) = cursor.peek().and_then(char_of) {
            minus ^= sign != '+';
            cursor.next();
        }
        let body = self.term(cursor).map(|e| if minus { super::reader::negated(e) } else { e });
        let Some(body) = body else { return Some(self.opaque(node.span, Message::new("reason-empty"))) };
        match binder {
            // The extremum of something over everything it may be: only its own kind can equal it.
            Binder::Max | Binder::Min | Binder::Sup | Binder::Inf => Some(Expr::apply(
                "extremum",
                vec![Expr::int(i64::from(matches!(binder, Binder::Max | Binder::Sup))), body],
            )),
            _ => {
                let sign = match binder {
                    Binder::Sum => "\\sum",
                    Binder::Product => "\\prod",
                    Binder::ArgMax => "\\operatorname{argmax}",
                    Binder::ArgMin => "\\operatorname{argmin}",
                    _ => "\\lim",
                };
                Some(self.fixed(&format!("{sign} {PLACE}"), vec![body], &[]))
            }
        }
    }

    /// The variables of a subscript: `i=1` (with the superscript as the end), `x \in X`, `x`, `j \neq i`, `x \to 0`.
    fn ranges(&mut self, sub: &Tex, sup: Option<&Tex>) -> Option<Vec<Bound>> {
        let list = significant(sub.list());
        let mut bounds = vec![];
        for part in each_with_range(&super::reader::parts(&list)) {
            let at = (0..part.len()).find(|&i| sign_at(&part, i).is_some());
            let (sign, left, right) = match at {
                Some(i) => {
                    let (sign, taken) = sign_at(&part, i)?;
                    (sign.name, part.get(..i)?.to_vec(), part.get(i + taken..)?.to_vec())
                }
                None => ("", part.clone(), vec![]),
            };
            let name = match left.as_slice() {
                [one] => base_name(one).or_else(|| self.labelled_name(one).filter(|_| sign == "tends"))?,
                _ => return None,
            };
            let integer = Symbol::new(&name, Sort::Integer);
            bounds.push(match sign {
                "eq" if bounds.iter().all(|b: &Bound| *b.symbol.name != *name) => {
                    let low = as_integer(&self.expression(&right));
                    let high = as_integer(&self.expression(sup?.list()));
                    Bound { symbol: integer, domain: Domain::Range(low, high), condition: None }
                }
                "member" => {
                    let set = self.set(&right);
                    let sort = match crate::expr::fun::element_sort(&set) {
                        Sort::Unknown => Sort::Integer,
                        sort => sort,
                    };
                    let set = match set.as_symbol() {
                        Some(s) if s.sort == Sort::Unknown => Expr::sym(s.with_sort(Sort::Set)),
                        _ => set,
                    };
                    Bound { symbol: Symbol::new(&name, sort), domain: Domain::Over(set), condition: None }
                }
                "tends" => {
                    let (point, side) = one_sided(&right);
                    let point = self.expression(&point);
                    Bound {
                        symbol: Symbol::new(&name, Sort::Real),
                        domain: Domain::Towards(point, side),
                        condition: None,
                    }
                }
                // `\sup_{x > 0}`
                "lt" | "le" | "gt" | "ge" => {
                    let end = self.expression(&right);
                    let infinity = Expr::apply("infinity", vec![]);
                    let set = match sign {
                        "gt" => Expr::relate("open_interval", end, infinity),
                        "ge" => Expr::relate("right_open", end, infinity),
                        "lt" => Expr::relate("open_interval", super::reader::negated(infinity), end),
                        _ => Expr::relate("left_open", super::reader::negated(infinity), end),
                    };
                    Bound { symbol: Symbol::new(&name, Sort::Real), domain: Domain::Over(set), condition: None }
                }
                // `j = 1, j \neq i`: one variable.
                _ if bounds.iter().any(|b| *b.symbol.name == *name) => {
                    let before = bounds.iter_mut().find(|b| *b.symbol.name == *name)?;
                    if before.condition.is_some() || !matches!(sign, "ne" | "lt" | "le" | "gt" | "ge") {
                        return None;
                    }
                    let variable = before.symbol.clone();
                    self.locals.push(variable.clone());
                    let other = self.expression(&right);
                    self.locals.pop();
                    before.condition = Some(Expr::relate(sign, Expr::sym(variable), other));
                    continue;
                }
                "ne" => {
                    let range = self.open_range(&name);
                    let other = self.expression(&right);
                    Bound {
                        symbol: integer.clone(),
                        domain: range,
                        condition: Some(Expr::relate("ne", Expr::sym(integer), other)),
                    }
                }
                "" if at.is_none() => Bound { symbol: integer, domain: self.open_range(&name), condition: None },
                _ => return None,
            });
        }
        Some(bounds)
    }

    /// A sum or product over labels, `\sum_{c \in \{\text{pos}, \text{neg}\}} y_c`: term by term, `y_c` being `y_{pos}`.
    fn spelled_out(&self, binder: Binder, domain: &Domain, variable: &Symbol, body: &Expr) -> Option<Expr> {
        let row = match binder {
            Binder::Sum => crate::expr::fun::ADD,
            Binder::Product => crate::expr::fun::MUL,
            _ => return None,
        };
        let Domain::Over(set) = domain else { return None };
        let members = set.as_app("set")?;
        let labels: Option<Vec<&Symbol>> =
            members.iter().map(|m| m.as_symbol().filter(|s| s.name.starts_with("\\text{"))).collect();
        let terms = labels?.into_iter().map(|label| {
            let word = label.name.trim_start_matches("\\text{").trim_end_matches('}');
            body.transform(&mut |x, _| {
                let [array, index] = x.as_app(crate::expr::fun::INDEX)? else { return None };
                let (array, index) = (array.as_symbol()?, index.as_symbol()?);
                if !index.same(variable) {
                    return None;
                }
                let base = self
                    .names
                    .families
                    .iter()
                    .find(|(_, f)| *f.array == *array.name)
                    .map_or(&*array.name, |(b, _)| b.as_str());
                Some(Expr::sym(Symbol::new(&format!("{base}_{{{word}}}"), Sort::Unknown)))
            })
        });
        Some(Expr::apply(row, terms.collect()))
    }

    /// The range of a sum that names its index only: the size of whatever the index is used on, settled by unification.
    pub(super) fn open_range(&self, name: &str) -> Domain {
        Domain::Range(Expr::int(1), Expr::size_symbol(&format!("|{name}|")))
    }

    /// `\nabla_w L`, `\nabla^2 L`.
    fn gradient(&mut self, sub: Option<&Tex>, sup: Option<&Tex>, cursor: &mut Cursor, node: &Tex) -> Option<Expr> {
        cursor.next();
        let order = match sup.map(|s| self.words_of(s.list())).as_deref() {
            None => 1,
            Some("2" | "{2}") => 2,
            Some(_) => return Some(self.unknown(node)),
        };
        let place = sub.map(|s| self.expression(s.list()));
        // Before a function with its argument it belongs to these alone: `\nabla f(a)^T (x - a)`.
        let (body, close) = match self.applied_function(cursor).or_else(|| self.applied_logarithm(cursor)) {
            Some((body, close)) => (body, Some(close)),
            None => {
                let end = place.as_ref().and_then(|_| self.spaced_end(cursor));
                let mut within =
                    Cursor { nodes: cursor.nodes.get(..end.unwrap_or(cursor.nodes.len()))?, at: cursor.at };
                let body = self.term(&mut within);
                cursor.at = within.at;
                match body {
                    Some(body) => (body, None),
                    None => return Some(self.unknown(node)),
                }
            }
        };
        let e = match place {
            // Without a variable it is that of the function's argument.
            None => Expr::apply("gradient", vec![body, Expr::int(order)]),
            Some(place) => (0..order).fold(body, |e, _| Expr::relate("partial", e, place.clone())),
        };
        Some(match close.as_ref().map(|c| (&c.kind, c)) {
            Some((TexKind::Script { sub, sup, primes: 0, .. }, c)) => {
                self.with_scripts(e, sub.as_deref(), sup.as_deref(), c)
            }
            Some((TexKind::Script { .. }, c)) => self.unknown(c),
            _ => e,
        })
    }
}

/// The point of `x \to 0^+`, `x \to a^-`, and the side from which.
fn one_sided(point: &[Tex]) -> (Vec<Tex>, Ordering) {
    // `x \to +0`, `x \to a - 0`
    if let [rest @ .., sign, zero] = point
        && matches!(&zero.kind, TexKind::Number(n) if n == "0")
        && let Some(side) = match char_of(sign) {
            Some('+') => Some(Ordering::Greater),
            Some('-' | '−') => Some(Ordering::Less),
            _ => None,
        }
    {
        return (if rest.is_empty() { vec![zero.clone()] } else { rest.to_vec() }, side);
    }
    if let Some((last, rest)) = point.split_last()
        && let TexKind::Script { base, sub, sup: Some(sup), primes: 0 } = &last.kind
        && let [mark] = significant(sup.list()).as_slice()
    {
        let side = match char_of(mark) {
            Some('+') => Ordering::Greater,
            Some('-' | '−') => Ordering::Less,
            _ => return (point.to_vec(), Ordering::Equal),
        };
        let bare = match sub {
            Some(_) => {
                Tex::new(TexKind::Script { base: base.clone(), sub: sub.clone(), sup: None, primes: 0 }, last.span)
            }
            None => (**base).clone(),
        };
        return (rest.iter().cloned().chain([bare]).collect(), side);
    }
    (point.to_vec(), Ordering::Equal)
}

fn cursor_after<'t>(cursor: &Cursor<'t>) -> Option<Cursor<'t>> {
    let mut ahead = cursor.clone();
    ahead.next()?;
    Some(ahead)
}
