//! One factor: numbers, names, brackets, bars, fractions, roots, matrices, cases, big operators.

use crate::expr::{Expr, Node, Sort, Symbol, fun};
use crate::message::Message;
use crate::notation::function::square;
use crate::notation::reader::{Cursor, Reader, char_of, closing, command_of, parts, significant};
use crate::notation::symbol::base_name;
use crate::notation::tex::{Tex, TexKind};
use crate::num::Rational;

impl Reader<'_> {
    /// The factor at the cursor; `None` if none begins here.
    pub(crate) fn factor(&mut self, cursor: &mut Cursor) -> Option<Expr> {
        let node = cursor.peek()?;
        if self.depth >= super::reader::DEPTH {
            cursor.at = cursor.nodes.len();
            return Some(self.opaque(node.span, Message::new("reason-fuel")));
        }
        self.depth += 1;
        let e = self.factor_inner(cursor, node);
        self.depth -= 1;
        // Factorials follow what they belong to.
        let mut e = e?;
        while cursor.peek().is_some_and(|n| matches!(n.kind, TexKind::Char('!'))) {
            cursor.next();
            e = Expr::apply("factorial", vec![e]);
        }
        Some(e)
    }

    fn factor_inner(&mut self, cursor: &mut Cursor, node: &Tex) -> Option<Expr> {
        let (base, sub, sup) = match &node.kind {
            TexKind::Script { base, sub, sup, .. } => (&**base, sub.as_deref(), sup.as_deref()),
            _ => (node, None, None),
        };
        match &base.kind {
            TexKind::Number(n) => {
                cursor.next();
                let e = n.parse::<Rational>().map_or_else(|_| self.unknown(node), Expr::num);
                Some(self.with_scripts(e, sub, sup, node))
            }
            TexKind::Char('(' | '[') => self.bracketed(cursor, node),
            TexKind::Char('|') => self.bars(cursor, node),
            TexKind::Command(c) if matches!(c.as_str(), "|" | "Vert" | "lVert" | "lvert" | "vert") => {
                self.bars(cursor, node)
            }
            TexKind::Command(c) if c == "{" || c == "lbrace" => self.bracketed(cursor, node),
            TexKind::Group(list) if base_name(base).is_none() || matches!(node.kind, TexKind::Group(_)) => {
                cursor.next();
                if significant(list).is_empty() {
                    return self.factor(cursor);
                }
                let e = self.expression(list);
                Some(self.with_scripts(e, sub, sup, node))
            }
            TexKind::Fenced { open, close, body } => {
                cursor.next();
                let e = self.fenced(open, close, body, node);
                Some(self.with_scripts(e, sub, sup, node))
            }
            TexKind::Env { name, rows, .. } => {
                cursor.next();
                let e = self.environment(name, rows, node);
                Some(self.with_scripts(e, sub, sup, node))
            }
            TexKind::Call { name, option, args } => self.call_node(cursor, node, name, option.as_deref(), args),
            TexKind::Command(c) => {
                if let Some(e) = self.big_operator(c, sub, sup, cursor, node) {
                    return Some(e);
                }
                if fun::by_tex(c).is_some() && !self.names.declared.contains(&format!("\\{c}")) {
                    cursor.next();
                    return self.named_function(c, sub, sup, cursor, node);
                }
                match c.as_str() {
                    "infty" => {
                        cursor.next();
                        Some(Expr::apply("infinity", vec![]))
                    }
                    _ if base_name(base).is_some() => self.name(cursor),
                    _ => {
                        cursor.next();
                        Some(self.unknown(node))
                    }
                }
            }
            TexKind::Char(c) if c.is_alphabetic() => self.name(cursor),
            TexKind::Text(_) if base_name(base).is_some() => self.name(cursor),
            TexKind::Char('∞') => {
                cursor.next();
                Some(Expr::apply("infinity", vec![]))
            }
            _ => {
                cursor.next();
                Some(self.unknown(node))
            }
        }
    }

    /// `( … )`, `[ … ]` as brackets of a subexpression, a tuple, a row of entries.
    fn bracketed(&mut self, cursor: &mut Cursor, node: &Tex) -> Option<Expr> {
        let Some(end) = closing(cursor.nodes, cursor.at) else {
            cursor.at = cursor.nodes.len();
            let what = self.slice(node.span);
            return Some(self.opaque(node.span, Message::new("reason-unbalanced").with("what", what)));
        };
        let close = cursor.nodes.get(end)?;
        let inner = cursor.nodes.get(cursor.at + 1..end).unwrap_or(&[]);
        let (open_text, close_text) = (bracket_text(node), bracket_text(close));
        cursor.at = end + 1;
        let whole = Tex::new(TexKind::Group(vec![]), node.span.join(close.span));
        let e = self.fenced(&open_text, &close_text, inner, &whole);
        Some(match &close.kind {
            TexKind::Script { sub, sup, .. } => self.with_scripts(e, sub.as_deref(), sup.as_deref(), close),
            _ => e,
        })
    }

    /// What stands between delimiters.
    fn fenced(&mut self, open: &str, close: &str, body: &[Tex], node: &Tex) -> Expr {
        let list = significant(body);
        let pieces = parts(&list);
        let several = pieces.len() > 1;
        match (open, close, several) {
            ("(" | "[" | "\\{" | ".", ")" | "]" | "\\}", false)
                if list.iter().any(|n| matches!(n.kind, TexKind::Env { .. })) && list.len() == 1 =>
            {
                self.expression(&list)
            }
            ("(", ")", false) | ("[", "]", false) => self.expression(&list),
            ("\\{", "\\}", false)
                if list.iter().any(|n| {
                    char_of(n).is_some_and(|c| "+-*/=".contains(c))
                        || matches!(n.kind, TexKind::Fenced { .. } | TexKind::Call { .. })
                }) =>
            {
                self.expression(&list)
            }
            ("\\{", "\\}", _) => {
                let members = pieces.iter().map(|p| self.expression(p)).collect();
                Expr::apply("set", members)
            }
            ("(" | "[", ")" | "]", true) => self.tuple(&pieces, node),
            ("|", "|", false) => self.absolute(&list),
            ("\\|" | "\\Vert" | "\\lVert", _, false) => {
                let e = self.expression(&list);
                Expr::apply("norm", vec![e])
            }
            ("\\langle", "\\rangle", true) => match pieces.as_slice() {
                [a, b] => Expr::relate("dot", self.expression(a), self.expression(b)),
                _ => self.unknown(node),
            },
            ("\\lfloor", "\\rfloor", false) => {
                let e = self.expression(&list);
                Expr::apply("floor", vec![e])
            }
            _ => self.unknown(node),
        }
    }

    /// `(a, b, c)`: a column vector; `p_1, \ldots, p_C` the array of the family.
    fn tuple(&mut self, pieces: &[&[Tex]], node: &Tex) -> Expr {
        let dots = pieces.iter().position(|p| matches!(p, [one] if is_dots(one)));
        match dots {
            None => {
                let entries: Vec<Expr> = pieces.iter().map(|p| self.expression(p)).collect();
                Expr::vector(entries)
            }
            Some(at) if at + 2 == pieces.len() && at >= 1 => {
                let first = pieces.first().map(|p| self.expression(p));
                let last = pieces.last().map(|p| self.expression(p));
                match (first, last) {
                    (Some(first), Some(last)) => self.family_of(&first, &last).unwrap_or_else(|| self.unknown(node)),
                    _ => self.unknown(node),
                }
            }
            Some(_) => self.unknown(node),
        }
    }

    /// The comprehension between a first entry `p_1` and a last `p_C`.
    fn family_of(&mut self, first: &Expr, last: &Expr) -> Option<Expr> {
        let [array, from] = first.as_app(fun::INDEX)? else { return None };
        let [array2, to] = last.as_app(fun::INDEX)? else { return None };
        if array != array2 {
            return None;
        }
        let body = array.shifted(1, 0).index(vec![Expr::bound(0, Sort::Integer)]);
        Some(Expr::bind(crate::expr::Binder::Lambda, crate::expr::Domain::Range(from.clone(), as_integer(to)), body))
    }

    /// `|x|`, `\|x\|` written with plain bars.
    fn bars(&mut self, cursor: &mut Cursor, node: &Tex) -> Option<Expr> {
        let double = !matches!(node.kind, TexKind::Char('|')) && !matches!(command_of(node), Some("lvert" | "vert"));
        let is_bar = |n: &Tex| {
            if double {
                matches!(command_of(n), Some("|" | "Vert" | "rVert"))
            } else {
                char_of(n) == Some('|') || matches!(command_of(n), Some("rvert" | "vert"))
            }
        };
        let start = cursor.at + 1;
        let end = (start..cursor.nodes.len()).find(|&i| cursor.nodes.get(i).is_some_and(is_bar));
        let Some(end) = end.filter(|&e| e > start) else {
            cursor.next();
            return Some(self.unknown(node));
        };
        let close = cursor.nodes.get(end)?;
        let inner = cursor.nodes.get(start..end).unwrap_or(&[]);
        cursor.at = end + 1;
        if double {
            let e = self.expression(inner);
            let (sub, sup) = match &close.kind {
                TexKind::Script { sub, sup, .. } => (sub.as_deref(), sup.as_deref()),
                _ => (None, None),
            };
            let row = match sub.map(|s| self.slice(s.span)).as_deref() {
                None | Some("2" | "{2}" | "F" | "{F}") => "norm",
                Some("1" | "{1}") => "norm1",
                Some(_) => return Some(self.unknown(close)),
            };
            let e = Expr::apply(row, vec![e]);
            return Some(self.with_scripts(e, None, sup, close));
        }
        let list = significant(inner);
        let e = self.absolute(&list);
        Some(match &close.kind {
            TexKind::Script { sub, sup, .. } => self.with_scripts(e, sub.as_deref(), sup.as_deref(), close),
            _ => e,
        })
    }

    /// `|…|` of a number; of a matrix the determinant, which sorts decide later.
    fn absolute(&mut self, list: &[Tex]) -> Expr {
        let e = self.expression(list);
        Expr::apply("abs", vec![e])
    }

    fn call_node(
        &mut self,
        cursor: &mut Cursor,
        node: &Tex,
        name: &str,
        option: Option<&Tex>,
        args: &[Tex],
    ) -> Option<Expr> {
        let (sub, sup) = match &node.kind {
            TexKind::Script { sub, sup, .. } => (sub.as_deref(), sup.as_deref()),
            _ => (None, None),
        };
        match (name, args) {
            ("frac" | "dfrac" | "tfrac" | "cfrac", [top, bottom]) => {
                cursor.next();
                if let Some(e) = self.derivative_fraction(top, bottom, cursor, node) {
                    return Some(e);
                }
                let t = self.expression(top.list());
                let b = self.expression(bottom.list());
                let e = t.over(&b);
                Some(self.with_scripts(e, sub, sup, node))
            }
            ("binom" | "dbinom" | "tbinom", [n, k]) => {
                cursor.next();
                let e = Expr::relate("binomial", self.expression(n.list()), self.expression(k.list()));
                Some(self.with_scripts(e, sub, sup, node))
            }
            ("sqrt", [x]) => {
                cursor.next();
                let x = self.expression(x.list());
                let e = match option {
                    None => Expr::apply("sqrt", vec![x]),
                    Some(n) => {
                        let n = self.expression(n.list());
                        x.pow(n.recip())
                    }
                };
                Some(self.with_scripts(e, sub, sup, node))
            }
            (
                "underbrace" | "overbrace" | "boxed" | "cancel" | "mathop" | "mathrel" | "mathord" | "mathbin"
                | "color" | "textcolor" | "smash",
                _,
            ) => {
                cursor.next();
                let inner = args.last()?;
                let e = self.expression(inner.list());
                // The label under a brace is no index.
                let (sub, sup) = if matches!(name, "underbrace" | "overbrace") { (None, None) } else { (sub, sup) };
                Some(self.with_scripts(e, sub, sup, node))
            }
            ("operatorname" | "operatorname*" | "mathrm" | "mathsf" | "mathtt" | "mathbf", [word]) => {
                let text: String = significant(word.list()).iter().map(super::relation::plain_text).collect();
                let word = text.trim().trim_matches('\\').to_owned();
                if let Some(e) = self.big_operator(&word, sub, sup, cursor, node) {
                    return Some(e);
                }
                if name != "mathbf" && word.chars().count() > 1 && fun::by_tex(&word).is_some() {
                    cursor.next();
                    return self.named_function(&word, sub, sup, cursor, node);
                }
                self.name(cursor).or_else(|| {
                    cursor.next();
                    Some(self.unknown(node))
                })
            }
            ("mathbb", [word]) if matches!(super::relation::plain_text(word).trim(), "E") => {
                self.expectation(sub, cursor, node)
            }
            ("mathbb", [word]) if matches!(super::relation::plain_text(word).trim(), "R" | "Z" | "N") => {
                cursor.next();
                Some(self.number_set(super::relation::plain_text(word).trim(), sup, node))
            }
            _ => match self.name(cursor) {
                Some(e) => Some(e),
                None => {
                    cursor.next();
                    Some(self.unknown(node))
                }
            },
        }
    }

    /// `\mathbb{R}`, `\mathbb{R}^n`, `\mathbb{R}^{m \times n}`.
    fn number_set(&mut self, letter: &str, sup: Option<&Tex>, node: &Tex) -> Expr {
        let plain = match letter {
            "R" => "reals",
            "Z" => "integers",
            _ => "naturals",
        };
        let Some(sup) = sup else { return Expr::apply(plain, vec![]) };
        if letter != "R" {
            return self.unknown(node);
        }
        let list = significant(sup.list());
        if matches!(list.as_slice(), [one] if matches!(char_of(one), Some('+'))) {
            return Expr::apply("right_open", vec![Expr::int(0), Expr::apply("infinity", vec![])]);
        }
        let sizes: Vec<Expr> = list
            .split(|n| matches!(command_of(n), Some("times")) || char_of(n) == Some('×'))
            .map(|p| as_integer(&self.expression(p)))
            .collect();
        Expr::apply("real_space", sizes)
    }

    /// Matrices, cases, arrays.
    fn environment(&mut self, name: &str, rows: &[super::tex::Row], node: &Tex) -> Expr {
        match name {
            "matrix" | "pmatrix" | "bmatrix" | "Bmatrix" | "vmatrix" | "Vmatrix" | "smallmatrix" | "array" => {
                let rows: Vec<_> = rows.iter().filter(|r| r.cells.iter().any(|c| !significant(c).is_empty())).collect();
                let width = rows.first().map_or(0, |r| r.cells.len());
                if width == 0 || rows.iter().any(|r| r.cells.len() != width) || rows.len() * width > 4096 {
                    return self.unknown(node);
                }
                let mut entries = vec![];
                for cell in rows.iter().flat_map(|r| &r.cells) {
                    let list = significant(cell);
                    if matches!(list.as_slice(), [one] if is_dots(one)) {
                        return self.unknown(node);
                    }
                    entries.push(self.expression(&list));
                }
                let e = if width == 1 { Expr::vector(entries) } else { Expr::matrix(rows.len(), width, entries) };
                match name {
                    "vmatrix" => Expr::apply("det", vec![e]),
                    "Vmatrix" => Expr::apply("norm", vec![e]),
                    _ => e,
                }
            }
            "cases" | "dcases" | "rcases" => self.cases(rows, node),
            "aligned" | "split" | "gathered" if rows.len() == 1 => {
                let cells: Vec<Tex> = rows.iter().flat_map(|r| r.cells.iter().flatten().cloned()).collect();
                self.expression(&cells)
            }
            _ => self.unknown(node),
        }
    }

    fn cases(&mut self, rows: &[super::tex::Row], node: &Tex) -> Expr {
        let mut args = vec![];
        let mut otherwise = None;
        for row in rows.iter().filter(|r| r.cells.iter().any(|c| !significant(c).is_empty())) {
            let all: Vec<Tex> = row.cells.iter().flatten().cloned().collect();
            // The condition is the second cell, or what follows a word such as `if`, `when`.
            let (value, condition) = match row.cells.as_slice() {
                [value, condition, ..] if !significant(condition).is_empty() => (value.clone(), condition.clone()),
                _ => match all.iter().position(|n| matches!(n.kind, TexKind::Text(_))) {
                    Some(at) => (all.get(..at).unwrap_or(&[]).to_vec(), all.get(at..).unwrap_or(&[]).to_vec()),
                    None => return self.unknown(node),
                },
            };
            let words: String = condition
                .iter()
                .filter_map(|n| if let TexKind::Text(t) = &n.kind { Some(t.as_str()) } else { None })
                .collect();
            let value: Vec<Tex> = value.into_iter().filter(|n| !matches!(n.kind, TexKind::Char(','))).collect();
            let value = self.expression(&value);
            let rest: Vec<Tex> = condition.iter().filter(|n| !matches!(n.kind, TexKind::Text(_))).cloned().collect();
            if words.to_lowercase().contains("otherwise")
                || words.to_lowercase().contains("else")
                || words.contains("그 외")
            {
                otherwise = Some(value);
                continue;
            }
            match self.truth(&rest) {
                Some(condition) => args.extend([condition, value]),
                None => return self.unknown(node),
            }
        }
        args.extend(otherwise);
        if args.len() < 2 { self.unknown(node) } else { Expr::apply("cases", args) }
    }

    /// A relation, or a chain of them, as a truth value.
    pub(crate) fn truth(&mut self, nodes: &[Tex]) -> Option<Expr> {
        let stripped: Vec<Tex> = match significant(nodes).as_slice() {
            // `(t_n = 1)`
            [first, middle @ .., last] if char_of(first) == Some('(') && matches!(last.kind, TexKind::Char(')')) => {
                middle.to_vec()
            }
            [Tex { kind: TexKind::Fenced { body, .. }, .. }] => body.clone(),
            list => list.to_vec(),
        };
        let lines = super::line::lines(&stripped);
        let [line] = lines.as_slice() else { return None };
        let sides: Vec<Expr> = line.sides.iter().map(|s| self.expression(s)).collect();
        let mut facts = vec![];
        for (pair, placed) in sides.windows(2).zip(&line.signs) {
            let [left, right] = pair else { return None };
            if placed.sign.name.is_empty() {
                return None;
            }
            facts.push(Expr::relate(placed.sign.name, left.clone(), right.clone()));
        }
        match facts.len() {
            0 => None,
            1 => facts.pop(),
            _ => Some(Expr::apply("and", facts)),
        }
    }

    /// The members of a set as written after `∈`.
    pub(crate) fn set(&mut self, nodes: &[Tex]) -> Expr {
        let list = significant(nodes);
        let range = |open: char, close: char| match (open, close) {
            ('(', ')') => "open_interval",
            ('[', ']') => "closed_interval",
            ('(', ']') => "left_open",
            _ => "right_open",
        };
        let (open, close, inner) = match list.as_slice() {
            [first, middle @ .., last] => match (char_of(first), char_of(last)) {
                (Some(o @ ('(' | '[')), Some(c @ (')' | ']'))) if !matches!(last.kind, TexKind::Script { .. }) => {
                    (o, c, middle.to_vec())
                }
                _ => return self.other_set(&list),
            },
            [Tex { kind: TexKind::Fenced { open, close, body }, .. }] => match (open.as_str(), close.as_str()) {
                (o @ ("(" | "["), c @ (")" | "]")) => {
                    (if o == "(" { '(' } else { '[' }, if c == ")" { ')' } else { ']' }, body.clone())
                }
                _ => return self.other_set(&list),
            },
            _ => return self.other_set(&list),
        };
        match parts(&significant(&inner)).as_slice() {
            [a, b] => Expr::relate(range(open, close), self.expression(a), self.expression(b)),
            _ => self.expression(&list),
        }
    }

    fn other_set(&mut self, list: &[Tex]) -> Expr {
        let (inner, sup) = match list {
            [first, middle @ .., last] if command_of(first) == Some("{") && command_of(last) == Some("}") => (
                middle.to_vec(),
                match &last.kind {
                    TexKind::Script { sup, .. } => sup.clone(),
                    _ => None,
                },
            ),
            _ => return self.expression(list),
        };
        let pieces = parts(&inner);
        let set = match pieces.as_slice() {
            [a, .., [one], b] if is_dots(one) => {
                Expr::relate("range_set", self.expression(a), as_integer(&self.expression(b)))
            }
            _ => {
                let members = pieces.iter().map(|p| self.member(p)).collect();
                Expr::apply("set", members)
            }
        };
        match sup {
            Some(n) => {
                let n = as_integer(&self.expression(n.list()));
                Expr::relate("power_set", set, n)
            }
            None => set,
        }
    }

    /// A member of a set given by its members: an expression, or a word as a label.
    fn member(&mut self, nodes: &[Tex]) -> Expr {
        match nodes {
            [Tex { kind: TexKind::Text(t), .. }] => {
                Expr::sym(Symbol::new(&format!("\\text{{{}}}", t.trim()), Sort::Integer))
            }
            _ => self.expression(nodes),
        }
    }

    pub(crate) fn square_or_bracket<'t>(&self, cursor: &Cursor<'t>) -> Option<(&'t [Tex], usize)> {
        square(cursor).or_else(|| super::function::bracket(cursor).map(|(inner, _, taken)| (inner, taken)))
    }
}

/// `\dots` and its kin.
pub(crate) fn is_dots(node: &Tex) -> bool {
    matches!(command_of(node), Some("dots" | "ldots" | "cdots" | "vdots" | "ddots" | "dotsc" | "dotsb"))
        || char_of(node) == Some('…')
}

/// A name that is used as a size or a bound is an integer.
pub fn as_integer(e: &Expr) -> Expr {
    e.transform(&mut |x, _| match x.node() {
        Node::Sym(s) if s.sort == Sort::Unknown => Some(Expr::sym(s.with_sort(Sort::Integer))),
        _ => None,
    })
}

fn bracket_text(node: &Tex) -> String {
    match (char_of(node), command_of(node)) {
        (Some(c), _) => c.to_string(),
        (None, Some(c)) => format!("\\{c}"),
        _ => String::new(),
    }
}

impl Reader<'_> {
    /// What stands right of `∈`.
    pub fn set_of(&mut self, nodes: &[Tex]) -> Expr {
        self.set(nodes)
    }

    /// A condition behind a formula: `\forall i`, `\text{if } x > 0`, `i = 1, \dots, n`; `None` if not understood.
    pub fn condition(&mut self, nodes: &[Tex]) -> Option<Expr> {
        let kept: Vec<Tex> = nodes
            .iter()
            .filter(|n| match &n.kind {
                TexKind::Text(t) => !matches!(
                    t.trim().trim_end_matches(':'),
                    "for" | "for all" | "for every" | "where" | "if" | "when" | "with" | "for any"
                ),
                TexKind::Command(c) => c != "forall",
                TexKind::Char(',') => false,
                _ => true,
            })
            .cloned()
            .collect();
        let list = significant(&kept);
        // A bare name (`\forall i`) states nothing but that it is universal.
        if let [one] = list.as_slice()
            && base_name(one).is_some()
        {
            return Some(Expr::apply("true", vec![]));
        }
        // `i = 1, \dots, n`
        let pieces = parts(&kept);
        if let [first, dots, last] = pieces.as_slice()
            && matches!(significant(dots).as_slice(), [one] if is_dots(one))
        {
            let at = first.iter().position(|n| matches!(n.kind, TexKind::Char('=')))?;
            let name = base_name(significant(first.get(..at)?).first()?)?;
            let variable = Expr::sym(Symbol::new(&name, Sort::Integer));
            let low = self.expression(first.get(at + 1..)?);
            let high = as_integer(&self.expression(last));
            return Some(Expr::relate("member", variable, Expr::relate("range_set", low, high)));
        }
        self.truth(&kept)
    }
}
