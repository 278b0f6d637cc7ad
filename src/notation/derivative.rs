//! Derivatives written as fractions: `\frac{\partial L}{\partial s_1}`, `\frac{d}{dx} f`, `\frac{df}{dx}(a)`.

use crate::expr::{Expr, Node, PLACE, Sort, Symbol};
use crate::notation::function::{bracket, is_customary};
use crate::notation::reader::{Cursor, Reader, char_of, command_of, parts, significant};
use crate::notation::relation::plain_text;
use crate::notation::symbol::base_name;
use crate::notation::tex::{Tex, TexKind};

/// The highest order of a derivative that is read.
const HIGHEST: i64 = 12;

impl Reader<'_> {
    /// `\frac{\partial L}{\partial s_1}`, `\frac{d}{dx} f`, `\frac{\partial^2 l}{\partial o_j^2}`; `None` if it is no derivative.
    pub(crate) fn derivative_fraction(
        &mut self,
        top: &Tex,
        bottom: &Tex,
        cursor: &mut Cursor,
        node: &Tex,
    ) -> Option<Expr> {
        let above = significant(top.list());
        let below = significant(bottom.list());
        let mark = differential_of;
        let first = above.first().and_then(mark)?;
        // `\frac{\partial l}{T \cdot \partial o}`
        let (coefficient, below) = match below.iter().position(|n| mark(n) == Some(first)) {
            Some(at) if at > 0 && first == '∂' => (below.get(..at)?.to_vec(), below.get(at..)?.to_vec()),
            _ => (vec![], below),
        };
        if below.first().and_then(mark) != Some(first)
            || below.len() < 2
            || (first == 'd' && self.names.declared.contains("d"))
        {
            return None;
        }
        let order = match above.first().map(|n| &n.kind) {
            Some(TexKind::Script { sup: Some(s), .. }) => {
                let text = self.words_of(s.list()).trim_matches(['{', '}']).to_owned();
                match text.parse::<usize>() {
                    Ok(order) => order,
                    // `\frac{d^n}{dx^n}` is no fraction of powers of d.
                    Err(_) if below.last().is_some_and(|n| self.raised_to(n, &text)) => {
                        return Some(self.repeated(&above, &below, s, cursor, node));
                    }
                    Err(_) => return None,
                }
            }
            _ => 1,
        };
        // The variables of the denominator, each with its order.
        let mut places: Vec<Expr> = vec![];
        let mut at = 0;
        while at < below.len() {
            if below.get(at).and_then(mark) != Some(first) {
                return Some(self.unknown(node));
            }
            let end =
                (at + 1..below.len()).find(|&i| below.get(i).and_then(mark) == Some(first)).unwrap_or(below.len());
            let piece = below.get(at + 1..end)?;
            let (piece, times) = lowered_order(piece);
            let place = self.expression(&piece);
            places.extend(std::iter::repeat_n(place, times));
            at = end;
        }
        let squared = if order == 1 && places.len() == 2 { variance(&below) } else { None };
        if squared.is_some() {
            places.truncate(1);
        }
        if places.len() != order {
            return Some(self.unknown(node));
        }
        if let ([_, name], 'd', [_, variable]) = (above.as_slice(), first, below.as_slice())
            && let Some(value) = self.derivative_at(name, variable, cursor)
        {
            return Some(value);
        }
        let body = if above.len() > 1 {
            Some(self.expression(above.get(1..)?))
        } else if cursor.peek().is_some_and(|n| matches!(n.kind, TexKind::Char('(' | '[') | TexKind::Fenced { .. })) {
            self.factor(cursor)
        } else {
            self.term(cursor)
        };
        let Some(mut e) = body else { return Some(self.unknown(node)) };
        for place in places.into_iter().rev() {
            e = Expr::relate("partial", e, place.clone());
            if squared.is_some() {
                e = e.over(&(Expr::int(2) * place));
            }
        }
        let times = |n: &Tex| matches!(command_of(n), Some("cdot" | "times")) || char_of(n) == Some('·');
        let end = coefficient.len() - usize::from(coefficient.last().is_some_and(times));
        match coefficient.get(..end) {
            Some([]) | None => {}
            Some(factors) => e = e.over(&self.expression(factors)),
        }
        Some(e)
    }

    /// `(d/dt)(t^{-1})`, `(\partial/\partial x) f`: a derivative written in brackets; the cursor is at the bracket.
    pub(super) fn derivative_in_brackets(&mut self, cursor: &mut Cursor, node: &Tex) -> Option<Expr> {
        let (inner, close, taken) = bracket(cursor)?;
        let list = significant(inner);
        let [above, slash, below @ ..] = list.as_slice() else { return None };
        let marks = (mark_of(above), below.first().and_then(mark_of));
        if char_of(slash) != Some('/') || marks.0.is_none() || marks.0 != marks.1 || below.len() != 2 {
            return None;
        }
        let mut behind = Cursor { nodes: cursor.nodes, at: cursor.at + taken };
        if matches!(close.kind, TexKind::Script { .. }) || behind.peek().is_none_or(|n| self.ends_term(n)) {
            return None;
        }
        let group = |list: &[Tex]| Tex::new(TexKind::Group(list.to_vec()), node.span);
        let e = self.derivative_fraction(&group(std::slice::from_ref(above)), &group(below), &mut behind, node)?;
        cursor.at = behind.at;
        Some(e)
    }

    /// `\frac{d^n f}{dx^n}`: stays open.
    fn repeated(&mut self, above: &[Tex], below: &[Tex], order: &Tex, cursor: &mut Cursor, node: &Tex) -> Expr {
        let [mark, Tex { kind: TexKind::Script { base, sub, .. }, span }] = below else { return self.unknown(node) };
        let bare = match sub {
            None => (**base).clone(),
            Some(_) => Tex::new(TexKind::Script { base: base.clone(), sub: sub.clone(), sup: None, primes: 0 }, *span),
        };
        let place = self.expression(&[bare]);
        let order = self.expression(order.list());
        let body = match above.get(1..) {
            Some(rest) if !rest.is_empty() => Some(self.expression(rest)),
            _ => self.term(cursor),
        };
        let Some(body) = body else { return self.unknown(node) };
        let d = if mark_of(mark) == Some('∂') { "\\partial" } else { "d" };
        let name = format!("\\frac{{{d}^{{{PLACE}}}}}{{{d} {PLACE}}} {PLACE}");
        self.fixed(&name, vec![order, place, body], &[])
    }

    /// Whether the node has that exponent.
    fn raised_to(&self, node: &Tex, text: &str) -> bool {
        matches!(&node.kind, TexKind::Script { sup: Some(s), .. } if self.words_of(s.list()).trim_matches(['{', '}']) == text)
    }

    /// `f^{(3)}(a)`: a derivative of a function of the notes, at a; of an order that is no number it stays open.
    pub(super) fn of_order(&mut self, base: &str, raised: &Tex, cursor: &mut Cursor, node: &Tex) -> Option<Expr> {
        let known = self.names.functions.contains(base) || self.names.applied.contains(base);
        let list = significant(raised.list());
        let bracketed = list.first().and_then(char_of) == Some('(');
        if !bracketed || !known && !is_customary(base) {
            return None;
        }
        let (inner, close, taken) = bracket(cursor)?;
        let order = list.get(1..list.len() - 1)?;
        let list = significant(inner);
        let arithmetic = |n: &Tex| matches!(char_of(n), Some('+' | '-' | '−'));
        if parts(&list).len() != 1 || matches!(close.kind, TexKind::Script { .. }) {
            return None;
        }
        let number = match order {
            [Tex { kind: TexKind::Number(n), .. }] => n.parse::<i64>().ok(),
            [_] => None,
            _ if order.iter().any(arithmetic) => None,
            _ => return None,
        };
        let Some(order) = number.filter(|k| (1..=HIGHEST).contains(k) && known) else {
            cursor.at += taken;
            let parts = vec![self.expression(order), self.expression(&list)];
            return Some(self.fixed(&format!("{base}^{{({PLACE})}}({PLACE})"), parts, &[base_of(node)]));
        };
        cursor.at += taken;
        let value = Expr::new(Node::Call(Symbol::new(base, Sort::Function), vec![self.expression(&list)]));
        Some(Expr::apply("prime", vec![value, Expr::int(order)]))
    }

    /// `\frac{df}{dx}(a)`: the derivative of a function that the notes apply, at a.
    fn derivative_at(&mut self, name: &Tex, variable: &Tex, cursor: &mut Cursor) -> Option<Expr> {
        let (base, _) = (base_name(name)?, base_name(variable)?);
        let applied = self.names.functions.contains(&base) || self.names.applied.contains(&base);
        let (inner, close, taken) = bracket(cursor).filter(|_| applied)?;
        if matches!(close.kind, TexKind::Script { .. }) || parts(&significant(inner)).len() != 1 {
            return None;
        }
        cursor.at += taken;
        let at = self.expression(inner);
        let function = Expr::new(Node::Call(Symbol::new(&base, Sort::Function), vec![at]));
        Some(Expr::apply("prime", vec![function, Expr::int(1)]))
    }
}

fn base_of(node: &Tex) -> &Tex {
    match &node.kind {
        TexKind::Script { base, .. } => base,
        _ => node,
    }
}

/// Customary names of functions whose derivative is taken at its variable: `h` of `\frac{dh}{dx}(x)`.
pub(crate) fn differentiated_at(list: &[Tex]) -> Vec<String> {
    let named = |arg: &Tex| match significant(arg.list()).as_slice() {
        [mark, name] if differential_of(mark).is_some() => base_name(name),
        _ => None,
    };
    let pairs = (0..list.len()).filter_map(|at| {
        let TexKind::Call { args, .. } = &list.get(at)?.kind else { return None };
        let [top, bottom] = args.as_slice() else { return None };
        let (name, variable) = (named(top).filter(|n| is_customary(n))?, named(bottom)?);
        let (inner, ..) = bracket(&Cursor { nodes: list, at: at + 1 })?;
        matches!(significant(inner).as_slice(), [one] if base_name(one).as_ref() == Some(&variable)).then_some(name)
    });
    pairs.collect()
}

/// `\partial \sigma^2` in the denominator of a first derivative: by the variance, which is that by σ over 2σ.
fn variance(below: &[Tex]) -> Option<()> {
    let [_, Tex { kind: TexKind::Script { base, .. }, .. }] = below else { return None };
    (base_name(base).as_deref() == Some("\\sigma")).then_some(())
}

/// `x^2` in a denominator means twice by x.
fn lowered_order(piece: &[Tex]) -> (Vec<Tex>, usize) {
    if let [Tex { kind: TexKind::Script { base, sub, sup: Some(sup), primes: 0 }, span }] = piece
        && let [Tex { kind: TexKind::Number(n), .. }] = significant(sup.list()).as_slice()
        && let Ok(times @ 1..=4) = n.parse::<usize>()
    {
        let bare = match sub {
            Some(_) => Tex::new(TexKind::Script { base: base.clone(), sub: sub.clone(), sup: None, primes: 0 }, *span),
            None => (**base).clone(),
        };
        return (vec![bare], times);
    }
    (piece.to_vec(), 1)
}

/// `∂` or `d`, also under an order; `d_1 x` begins with a name.
fn differential_of(n: &Tex) -> Option<char> {
    match &n.kind {
        TexKind::Script { base, sub: None, .. } => mark_of(base),
        TexKind::Script { .. } => None,
        _ => mark_of(n),
    }
}

/// `\frac{d}{dx}` and the like, by the nodes above: what they differentiate, nothing where it stands behind.
fn differentiates(node: &Tex) -> Option<Vec<Tex>> {
    let TexKind::Call { name, args, .. } = &node.kind else { return None };
    let [top, bottom] = args.as_slice() else { return None };
    let (above, below) = (significant(top.list()), significant(bottom.list()));
    let mark = differential_of(above.first()?)?;
    let fraction = name.ends_with("frac") && below.len() > 1 && below.first().and_then(differential_of) == Some(mark);
    fraction.then(|| above.get(1..).unwrap_or(&[]).to_vec())
}

/// Whether a node is a derivative written as a fraction, `\frac{d\phi}{dt}` or `\frac{d}{dx}`.
pub(super) fn is_derivative(node: &Tex) -> bool {
    differentiates(node).is_some()
}

/// Whether nodes differentiate what stands behind, `\frac{d}{dx}`.
pub(super) fn has_operator(nodes: &[Tex]) -> bool {
    nodes.iter().any(|n| differentiates(n).is_some_and(|of| of.is_empty()))
}

/// Whether a derivative of a letter stands right before a square bracket, `\frac{\partial f}{\partial x}\left[y \cos(x y)\right]`:
/// who writes so may mean the derivative of what is in the bracket. A space in what may be differentiated is as unclear.
pub(crate) fn may_apply(nodes: &[Tex]) -> bool {
    let list: Vec<&Tex> = nodes.iter().filter(|n| !matches!(n.kind, TexKind::Space(_))).collect();
    let opens = |n: &Tex| char_of(n) == Some('[') || matches!(&n.kind, TexKind::Fenced { open, .. } if open == "[");
    let here = |pair: &[&Tex]| match pair {
        [slope, bracket] => opens(bracket) && differentiates(slope).is_some_and(|of| !of.is_empty()),
        _ => false,
    };
    let below = |n: &Tex| match &n.kind {
        TexKind::Group(list) | TexKind::Fenced { body: list, .. } => may_apply(list),
        TexKind::Env { rows, .. } => rows.iter().flat_map(|row| &row.cells).any(|cell| may_apply(cell)),
        _ => n.children().into_iter().any(|c| may_apply(c.list())),
    };
    list.windows(2).any(here) || (0..list.len()).any(|at| may_go_on(&list, at)) || list.into_iter().any(below)
}

/// Whether a space stands in what a derivative written with a subscript may be of: `\partial_x u\,v`.
fn may_go_on(list: &[&Tex], at: usize) -> bool {
    let operator = list.get(at).is_some_and(|n| {
        matches!(n.kind, TexKind::Script { sub: Some(_), .. }) && matches!(command_of(n), Some("partial" | "nabla"))
    });
    let ends = |n: &&Tex| matches!(char_of(n), Some('+' | '-' | '−' | '=' | ',' | ')'));
    let term = list.get(at + 1..).unwrap_or(&[]);
    let term = term.get(..term.iter().position(ends).unwrap_or(term.len())).unwrap_or(&[]);
    // A command of a space has two characters and more.
    let spaced = |pair: &[&Tex]| matches!(pair, [a, b] if a.span.end + 2 <= b.span.start);
    operator && term.windows(2).any(spaced)
}

/// `∂` or `d`, if the node is one.
fn mark_of(n: &Tex) -> Option<char> {
    match (command_of(n), char_of(n)) {
        (Some("partial"), _) => Some('∂'),
        (_, Some('∂')) => Some('∂'),
        (_, Some('d')) => Some('d'),
        _ if matches!(&n.kind, TexKind::Call { name, args, .. } if name == "mathrm" && args.first().is_some_and(|a| plain_text(a) == "d")) => {
            Some('d')
        }
        _ => None,
    }
}
