//! Expectations: `\mathbb{E}[X]`, `\mathbb{E}[X]^2`, `\mathbb{E}(X)`, `\mathbb{E}_{x \sim P}[f(x)]`.

use crate::expr::{Binder, Domain, Expr, Node, PLACE, Sort, Symbol};
use crate::notation::reader::{Cursor, Reader, char_of, closing, command_of, parts, significant};
use crate::notation::symbol::base_name;
use crate::notation::tex::{Tex, TexKind};

impl Reader<'_> {
    /// `\mathbb{E}_{x \sim P}[ … ]` over a finite distribution: the sum of its values weighted with P.
    pub(crate) fn expectation(&mut self, sub: Option<&Tex>, cursor: &mut Cursor, node: &Tex) -> Option<Expr> {
        cursor.next();
        if sub.is_none() {
            return Some(self.plain_expectation(None, cursor));
        }
        let law = sub.and_then(|sub| {
            let list = significant(sub.list());
            let at = list.iter().position(is_drawn)?;
            let variable = base_name(list.get(..at)?.first()?)?;
            let law = base_name(list.get(at + 1)?)?;
            // `x ∼ P(x)` and `x ∼ P` say the same; `x ∼ P(⋅ | s)` and `x ∼ P, y ∼ Q` say more. A vector is from no list.
            let vector = ["\\mathbf", "\\boldsymbol", "\\vec", "\\bm"].iter().any(|w| variable.starts_with(w));
            let alone = match list.get(at + 2..)? {
                [] => true,
                rest => super::function::bracket(&Cursor::new(rest)).is_some_and(|(inner, _, taken)| {
                    let same =
                        matches!(significant(inner).as_slice(), [one] if base_name(one).as_ref() == Some(&variable));
                    taken == rest.len() && same
                }),
            };
            (at == 1 && !vector && alone).then_some((variable, law))
        });
        let inner = self.square_or_bracket(cursor).filter(|(inner, _)| {
            let bars =
                |n: &Tex| matches!(n.kind, TexKind::Char('|')) || matches!(command_of(n), Some("mid" | "middle|"));
            !significant(inner).iter().any(bars)
        });
        let (Some((variable, law)), Some((inner, taken))) = (law, inner) else {
            let Some(sub) = sub else { return Some(self.unknown(node)) };
            let list = significant(sub.list());
            let renamed = self.renamed.len();
            // `s \sim P, a \sim \pi`: what stands before each sign.
            for part in parts(&list) {
                let drawn =
                    part.iter().position(is_drawn).unwrap_or(if list.iter().any(is_drawn) { part.len() } else { 0 });
                super::mixfix::variables(part.get(..drawn).unwrap_or(&[]), &mut self.renamed);
            }
            let name = format!("\\mathbb{{E}}_{{{}}}", self.words_of(sub.list()));
            let e = self.uninterpreted_call(&name, cursor, &[sub]);
            let e = match e {
                Some(e) => Some(e),
                None => {
                    let body = self.loose_argument("", cursor);
                    body.map(|b| self.fixed(&format!("{name}[{PLACE}]"), vec![b.argument], &[sub]))
                }
            };
            self.renamed.truncate(renamed);
            return e.or_else(|| Some(self.unknown(node)));
        };
        cursor.at += taken;
        let symbol = Symbol::new(&variable, Sort::Integer);
        self.locals.push(symbol.clone());
        let body = self.expression(inner);
        self.locals.pop();
        let law_name = self.names.aliases.get(&law).unwrap_or(&law);
        let weight = Expr::sym(Symbol::new(law_name, Sort::Unknown)).index(vec![Expr::sym(symbol.clone())]);
        let domain = match self.names.supports.get(&law) {
            Some(set) => Domain::Over(Expr::sym(Symbol::new(set, Sort::Set))),
            None => self.open_range(&variable),
        };
        Some(self.close(Binder::Sum, domain, &symbol, &(weight * body)))
    }

    /// The brackets right at the cursor as the argument of an expectation.
    pub(crate) fn plain_expectation(&mut self, sup: Option<&Tex>, cursor: &mut Cursor) -> Expr {
        let (inner, close, taken) = match cursor.peek().map(|n| &n.kind) {
            Some(TexKind::Char('[' | '(')) => {
                let Some(end) = closing(cursor.nodes, cursor.at) else { return self.lost(cursor) };
                let close = cursor.nodes.get(end).filter(|c| matches!(char_of(c), Some(']' | ')')));
                let Some(close) = close else { return self.lost(cursor) };
                (cursor.nodes.get(cursor.at + 1..end).unwrap_or(&[]), close, end + 1 - cursor.at)
            }
            Some(TexKind::Fenced { open, close, body }) if matches!((&**open, &**close), ("[", "]") | ("(", ")")) => {
                let Some(node) = cursor.peek() else { return self.lost(cursor) };
                (body.as_slice(), node, 1)
            }
            Some(TexKind::Script { base, .. }) => match &base.kind {
                TexKind::Fenced { open, close, body } if matches!((&**open, &**close), ("[", "]") | ("(", ")")) => {
                    let Some(node) = cursor.peek() else { return self.lost(cursor) };
                    (body.as_slice(), node, 1)
                }
                _ => return self.lost(cursor),
            },
            _ => return self.lost(cursor),
        };
        let list = significant(inner);
        let bars = list
            .iter()
            .any(|n| matches!(n.kind, TexKind::Char('|')) || matches!(command_of(n), Some("mid" | "middle|" | "vert")));
        if sup.is_none()
            && (bars || parts(&list).len() > 1)
            && let Some(e) = self.uninterpreted_call("\\mathbb{E}", cursor, &[])
        {
            return e;
        }
        cursor.at += taken;
        // `E(X − μ)^2` is the mean of the square; of `E(X + Y)^2` nobody knows.
        if let (None, TexKind::Script { base, sub: None, sup: Some(power), .. }) = (sup, &close.kind)
            && matches!(&base.kind, TexKind::Char(')'))
                | matches!(&base.kind, TexKind::Fenced { open, .. } if open == "(")
            && let Some(centred) = is_difference_from_mean(&list)
        {
            let (inner, power) = (self.expression(inner), self.expression(power.list()));
            return match centred {
                true => Expr::apply("expectation", vec![inner.pow(power)]),
                false => self.fixed(&format!("\\mathbb{{E}}({PLACE})^{{{PLACE}}}"), vec![inner, power], &[]),
            };
        }
        let mut value = Expr::apply("expectation", vec![self.expression(inner)]);
        if let Some(power) = sup {
            value = value.pow(self.expression(power.list()));
        }
        match &close.kind {
            TexKind::Script { sub, sup, .. } => self.with_scripts(value, sub.as_deref(), sup.as_deref(), close),
            _ => value,
        }
    }

    /// `\langle f \rangle_{p(x)}`: the mean over what stands in the brackets of its law, up to a bar.
    pub(crate) fn average(&mut self, e: &Expr, sub: &Tex) -> Option<Expr> {
        let Node::Call(s, args) = e.node() else { return None };
        let (body, hidden) =
            args.split_first().filter(|_| &*s.name == format!("\\langle {PLACE} \\rangle").as_str())?;
        let list = significant(sub.list());
        let (inner, _) = list.iter().position(|n| char_of(n) == Some('(')).and_then(|at| {
            super::function::bracket(&Cursor::new(list.get(at..)?)).map(|(inner, _, _)| (significant(inner), at))
        })?;
        let bar = |n: &Tex| matches!(char_of(n), Some('|' | ';')) || matches!(command_of(n), Some("mid" | "vert"));
        let drawn = inner.split(bar).next().unwrap_or(&[]);
        let names: Vec<String> = drawn.iter().filter_map(base_name).collect();
        let variable = |name: &String| Symbol::new(&format!("{name}\u{2060}"), Sort::Unknown);
        let bound = body.transform(&mut |x, _| {
            let name = names.iter().find(|n| x.as_symbol().is_some_and(|s| *s.name == ***n))?;
            Some(Expr::sym(variable(name)))
        });
        let args = std::iter::once(bound)
            .chain(names.iter().map(|n| Expr::sym(variable(n))))
            .chain(hidden.iter().cloned())
            .collect();
        let around = format!("\\langle {PLACE} \\rangle_{{{}}}", self.words_of(sub.list()));
        Some(self.fixed(&around, args, &[sub]))
    }

    /// What follows without brackets belongs to it.
    fn lost(&mut self, cursor: &mut Cursor) -> Expr {
        // `\mathbb{E} X` without brackets.
        match self.loose_argument("", cursor) {
            Some(body) => Expr::apply("expectation", vec![body.argument]),
            // Its name.
            None => Expr::sym(Symbol::new("\\mathbb{E}", Sort::Unknown)),
        }
    }
}

/// The sign that says what something is drawn from.
fn is_drawn(node: &Tex) -> bool {
    command_of(node) == Some("sim") || char_of(node) == Some('∼')
}

/// Whether a sum or a difference is one from a mean, `X − μ`, `X − \mathbb{E} X`; `None` for a single term.
fn is_difference_from_mean(list: &[Tex]) -> Option<bool> {
    let at = list.iter().skip(1).position(|n| matches!(n.kind, TexKind::Char('+' | '-' | '−')))? + 1;
    let bare = |n: &Tex| match &n.kind {
        TexKind::Script { base, .. } => (**base).clone(),
        _ => n.clone(),
    };
    let mean = list.get(at + 1).map(bare).is_some_and(|n| match &n.kind {
        TexKind::Call { name, args, .. } => {
            matches!(name.as_str(), "mathbb" | "mathrm" | "operatorname")
                && args.first().is_some_and(|a| crate::notation::relation::plain_text(a).trim() == "E")
        }
        TexKind::Char(c) => matches!(c, 'E' | 'μ'),
        _ => command_of(&n) == Some("mu"),
    });
    Some(mean && matches!(list.get(at).map(|n| &n.kind), Some(TexKind::Char('-' | '−'))))
}

/// What follows each plain E of a formula, at its own level and below: whether it is a capital, and whether it is neither
/// that nor a bracket.
pub(crate) fn followers_of_e(nodes: &[Tex]) -> (bool, bool) {
    let list = significant(nodes);
    let mut seen = (false, false);
    for (at, n) in list.iter().enumerate() {
        let base = match &n.kind {
            TexKind::Script { base, .. } => base,
            _ => n,
        };
        if !matches!(base.kind, TexKind::Char('E')) {
            continue;
        }
        let plain = matches!(n.kind, TexKind::Char('E'));
        match list.get(at + 1) {
            Some(next) if plain && capital(next).is_some() => seen.0 = true,
            Some(next) if matches!(char_of(next), Some('[' | '(')) => {}
            Some(Tex { kind: TexKind::Fenced { .. }, .. }) => {}
            Some(Tex { kind: TexKind::Script { base, .. }, .. }) if matches!(base.kind, TexKind::Fenced { .. }) => {}
            _ => seen.1 = true,
        }
    }
    let below = nodes.iter().flat_map(|n| match &n.kind {
        TexKind::Group(list) | TexKind::Fenced { body: list, .. } => vec![followers_of_e(list)],
        TexKind::Env { rows, .. } => rows.iter().flat_map(|r| &r.cells).map(|c| followers_of_e(c)).collect(),
        TexKind::Script { base, sub, sup, .. } => {
            // The letter itself was looked at above.
            let base = Some(&**base).filter(|b| !matches!(b.kind, TexKind::Char(_)));
            let parts = base.into_iter().chain([sub, sup].into_iter().flatten().map(|s| &**s));
            parts.map(|part| followers_of_e(part.list())).collect()
        }
        _ => n.children().into_iter().map(|c| followers_of_e(c.list())).collect(),
    });
    below.fold(seen, |all, more| (all.0 || more.0, all.1 || more.1))
}

/// The letter of `X`, `X_i`, `X^2`.
pub(super) fn capital(node: &Tex) -> Option<char> {
    let base = match &node.kind {
        TexKind::Script { base, .. } => base,
        _ => node,
    };
    match base.kind {
        TexKind::Char(c) if c.is_ascii_uppercase() && c != 'E' => Some(c),
        _ => None,
    }
}
