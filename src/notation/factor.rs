//! One factor: numbers, names, brackets, bars, fractions, roots, matrices, cases, big operators.

use crate::expr::{Expr, PLACE};
use crate::message::Message;
use crate::notation::composed::is_function_name;
use crate::notation::evaluated::{is_between_ends, is_evaluated_at};
use crate::notation::function::square;
use crate::notation::ones::{stands_for_ones, stands_for_zeros};
use crate::notation::reader::{Cursor, Reader, command_of, parts, significant};
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
        let is_factorial = |n: &Tex| matches!(n.kind, TexKind::Char('!'));
        if cursor.nodes.get(cursor.at..cursor.at + 2).is_some_and(|two| two.iter().all(is_factorial)) {
            // `n!!` is no factorial of a factorial.
            cursor.at += 2;
            e = self.fixed(&format!("{PLACE}!!"), vec![e], &[]);
        }
        while cursor.peek().is_some_and(|n| matches!(n.kind, TexKind::Char('!'))) {
            cursor.next();
            e = Expr::apply("factorial", vec![e]);
        }
        // `f |_{x = a}`
        while let Some(bar) = cursor.peek().filter(|n| is_evaluated_at(n) && !is_between_ends(n)) {
            cursor.next();
            let TexKind::Script { sub, sup, .. } = &bar.kind else { break };
            e = self.evaluated_at(e, [sub.as_deref(), sup.as_deref()]);
        }
        // Between numbers the sign is that of a remainder.
        let remainder = cursor.rest().get(1).is_some_and(|n| matches!(n.kind, TexKind::Number(_)));
        if let Some(part) = percent(&e).filter(|_| cursor.peek().is_some_and(is_percent) && !remainder) {
            cursor.next();
            e = part;
        }
        Some(e)
    }

    fn factor_inner(&mut self, cursor: &mut Cursor, node: &Tex) -> Option<Expr> {
        let (base, sub, sup) = match &node.kind {
            TexKind::Script { base, sub, sup, .. } => (&**base, sub.as_deref(), sup.as_deref()),
            _ => (node, None, None),
        };
        if stands_for_ones(base) {
            return Some(self.ones(sub, sup, cursor, node));
        }
        if stands_for_zeros(base) {
            cursor.next();
            return Some(self.with_scripts(Expr::int(0), None, sup, node));
        }
        let drawn = |s: &Tex| s.list().iter().any(|n| matches!(command_of(n), Some("sim")));
        if self.names.mean
            && matches!(base.kind, TexKind::Char('E'))
            && sup.is_none()
            && sub.is_none_or(drawn)
            && (squared(cursor) || self.names.means && sub.is_none() && bracketed(cursor))
        {
            return self.expectation(sub, cursor, node);
        }
        // `EX^2`
        if self.names.mean
            && self.names.means
            && matches!(node.kind, TexKind::Char('E'))
            && cursor.nodes.get(cursor.at + 1).and_then(super::moment::capital).is_some()
        {
            cursor.next();
            return self.factor(cursor).map(|x| Expr::apply("expectation", vec![x]));
        }
        if let Some(e) = self.differential(cursor).or_else(|| self.transposed(cursor, node)) {
            return Some(e);
        }
        if let Some(e) = self.made_of_functions(cursor).or_else(|| self.derivative_in_brackets(cursor, node)) {
            return Some(e);
        }
        match &base.kind {
            TexKind::Number(n) if n == "1" && sup.is_none() && is_condition(cursor) => {
                cursor.next();
                let name = sub.map_or_else(|| "1".to_owned(), |s| format!("1_{{{}}}", self.words_of(s.list())));
                let words: Vec<&Tex> = sub.into_iter().collect();
                self.uninterpreted_call(&name, cursor, &words)
            }
            // `0_n`, `0_{m,n}`: zeros in the shape of their neighbours; `1_n`: ones.
            TexKind::Number(n) if n == "0" && sub.is_some_and(is_size) => {
                cursor.next();
                Some(self.with_scripts(Expr::int(0), None, sup, node))
            }
            TexKind::Number(n) if n == "1" && sub.is_some_and(is_size) => Some(self.ones(sub, sup, cursor, node)),
            TexKind::Number(n) if sub.is_none() && sup.is_none() && self.is_mixed_number(cursor) => {
                cursor.next();
                let whole = literal(n)?;
                let part = self.factor(cursor)?;
                Some(self.either(&format!("{PLACE} {PLACE}"), vec![whole, part]))
            }
            TexKind::Number(n) => {
                cursor.next();
                let e = literal(n).unwrap_or_else(|| self.unknown(node));
                Some(self.with_scripts(e, sub, sup, node))
            }
            TexKind::Char('(' | '[') => self.bracketed(cursor, node),
            TexKind::Char('|') => self.bars(cursor, node),
            TexKind::Command(c) if matches!(c.as_str(), "|" | "Vert" | "lVert" | "lvert" | "vert") => {
                self.bars(cursor, node)
            }
            TexKind::Command(c) if matches!(c.as_str(), "{" | "lbrace" | "langle" | "lfloor" | "lceil") => {
                self.bracketed(cursor, node)
            }
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
                Some(self.scripted(e, sub, sup, node))
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
                if is_function_name(c) && !self.names.declared.contains(&format!("\\{c}")) {
                    cursor.next();
                    // `\tanh'(x)` is no value of tanh.
                    if let TexKind::Script { primes: marks @ 1.., .. } = node.kind {
                        let name = format!("\\mathrm{{{c}}}{}", "'".repeat(marks));
                        let words: Vec<&Tex> = [sub, sup].into_iter().flatten().collect();
                        return self.uninterpreted_call(&name, cursor, &words).or_else(|| Some(self.unknown(node)));
                    }
                    return self.named_function(c, sub, sup, cursor, node);
                }
                match c.as_str() {
                    "infty" => {
                        cursor.next();
                        Some(Expr::apply("infinity", vec![]))
                    }
                    _ if base_name(base).is_some() => self.name(cursor),
                    "Pr" if sub.is_none() && sup.is_none() && node.span == base.span => {
                        self.probability("Pr", cursor, node)
                    }
                    _ => self.sign_without_value(c, cursor, node),
                }
            }
            TexKind::Char('∫') => Some(self.integral(sub, sup, cursor, node)),
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
                // A multinomial coefficient.
                let below = match significant(k.list()).as_slice() {
                    [Tex { kind: TexKind::Group(list), .. }] => significant(list),
                    list => list.to_vec(),
                };
                if parts(&below).len() > 1 {
                    let name = format!("\\binom{{{PLACE}}}{{{}}}", self.words_of(&below));
                    let top = self.expression(n.list());
                    let e = self.fixed(&name, vec![top], &[k]);
                    return Some(self.with_scripts(e, sub, sup, node));
                }
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
            ("mathbb" | "mathrm" | "operatorname", [word]) if is_expectation(word) => {
                self.expectation(sub, cursor, node)
            }
            ("operatorname" | "operatorname*" | "mathrm" | "mathsf" | "mathtt" | "mathbf", [word]) => {
                let text: String = significant(word.list()).iter().map(super::relation::plain_text).collect();
                let word = text.trim().trim_matches('\\').to_owned();
                let word =
                    if word.replace(['\\', ' '], "").starts_with("arg") { word.replace(['\\', ' '], "") } else { word };
                if let Some(e) = self.big_operator(&word, sub, sup, cursor, node) {
                    return Some(e);
                }
                if name != "mathbf" && word.chars().count() > 1 && is_function_name(&word) {
                    cursor.next();
                    return self.named_function(&word, sub, sup, cursor, node);
                }
                if let Some(e) = self.random_operator(&word, [sub, sup], cursor) {
                    return Some(e);
                }
                // An upright word before a bracket may be a quantity, or a probability.
                let mathematical = name.starts_with("operatorname") || name != "mathbf" && is_before_letter(cursor);
                if mathematical && word.chars().count() > 1 && word.chars().all(char::is_alphabetic) {
                    let written = format!("\\operatorname{{{word}}}");
                    if let Some(e) = self.applied_operator(&written, [sub, sup], cursor) {
                        return Some(e);
                    }
                }
                self.name(cursor).or_else(|| {
                    cursor.next();
                    // `\mathrm{1 - R^2}`: no name, but a formula in an upright font.
                    let inner = significant(args.first().map_or(&[][..], Tex::list));
                    if name != "mathrm" || !is_formula(&inner) {
                        return Some(self.unknown(node));
                    }
                    let e = self.expression(&inner);
                    Some(self.with_scripts(e, sub, sup, node))
                })
            }
            ("mathbb", [word]) if matches!(super::relation::plain_text(word).trim(), "P" | "V" | "D" | "H" | "I") => {
                let word = format!("\\mathbb{{{}}}", super::relation::plain_text(word).trim());
                match self.random_operator(&word, [sub, sup], cursor) {
                    Some(e) => Some(e),
                    None if matches!(&*word, "\\mathbb{V}" | "\\mathbb{D}" | "\\mathbb{H}") => {
                        self.applied_operator(&word, [sub, sup], cursor).or_else(|| self.name(cursor))
                    }
                    None => self.name(cursor),
                }
            }
            ("mathbb", [word]) if matches!(super::relation::plain_text(word).trim(), "R" | "Z" | "N") => {
                cursor.next();
                Some(self.number_set(super::relation::plain_text(word).trim(), sub, sup))
            }
            _ => match self.name(cursor).or_else(|| self.under_accent(name, args, cursor)) {
                Some(e) => Some(e),
                None => {
                    cursor.next();
                    Some(self.unknown(node))
                }
            },
        }
    }

    pub(crate) fn square_or_bracket<'t>(&self, cursor: &Cursor<'t>) -> Option<(&'t [Tex], usize)> {
        square(cursor).or_else(|| super::function::bracket(cursor).map(|(inner, _, taken)| (inner, taken)))
    }
}

/// Whether a letter stands right behind the word at the cursor, and no bracket, number or other word.
fn is_before_letter(cursor: &Cursor) -> bool {
    let mut after = cursor.clone();
    after.next();
    let node = after.peek().map(|n| match &n.kind {
        TexKind::Script { base, .. } => base,
        _ => n,
    });
    node.is_some_and(|n| matches!(n.kind, TexKind::Char(c) if c.is_alphabetic()))
}

/// Whether no name but a formula stands in an upright font: brackets with a power, or a sign between what are no words.
fn is_formula(inner: &[Tex]) -> bool {
    let letter = |n: &Tex| matches!(n.kind, TexKind::Char(c) if c.is_alphabetic());
    let words = inner.windows(2).any(|pair| pair.iter().all(letter));
    let sign = |n: &Tex| matches!(n.kind, TexKind::Char('+' | '-' | '−'));
    match inner {
        [one] => {
            matches!(&one.kind, TexKind::Script { base, sup: Some(_), .. } if matches!(base.kind, TexKind::Fenced { .. }))
        }
        [_, between @ .., _] => !words && between.iter().any(sign),
        [] => false,
    }
}

/// Letters, numbers and commas: `n`, `p,q`, `p_0`.
fn is_size(sub: &Tex) -> bool {
    let list = significant(sub.list());
    let part = |n: &Tex| match &n.kind {
        TexKind::Char(c) => c.is_ascii_lowercase() || *c == ',',
        TexKind::Script { base, .. } => matches!(base.kind, TexKind::Char(c) if c.is_ascii_lowercase()),
        _ => false,
    };
    !list.is_empty() && list.iter().all(part)
}

/// Whether brackets with a relation in them follow: `1\\{x > 0\\}` is an indicator.
fn is_condition(cursor: &Cursor) -> bool {
    let mut after = cursor.clone();
    after.next();
    super::mixfix::group(&after).is_some_and(|(_, _, inner, _, _)| {
        let list = significant(inner);
        (0..list.len()).any(|i| super::relation::sign_at(&list, i).is_some())
    })
}

/// Whether square brackets follow the node at the cursor.
fn squared(cursor: &Cursor) -> bool {
    let bare = |n: &Tex| {
        matches!(&n.kind, TexKind::Char('[')) || matches!(&n.kind, TexKind::Fenced { open, .. } if open == "[")
    };
    cursor.nodes.get(cursor.at + 1).is_some_and(|n| match &n.kind {
        TexKind::Script { base, .. } => bare(base),
        _ => bare(n),
    })
}

/// Whether round brackets follow.
fn bracketed(cursor: &Cursor) -> bool {
    let mut after = cursor.clone();
    after.next();
    super::function::bracket(&after).is_some()
}

fn is_expectation(word: &Tex) -> bool {
    super::relation::plain_text(word).trim() == "E"
}

/// A number as written; with a decimal point it keeps the unit of its last digit.
fn literal(digits: &str) -> Option<Expr> {
    let number = digits.parse::<Rational>().ok()?;
    let Some((_, fraction)) = digits.split_once('.') else { return Some(Expr::num(number)) };
    let unit = Rational::from(10).pow_int(-i64::try_from(fraction.len()).ok()?)?;
    Some(Expr::decimal(number, unit))
}

fn is_percent(node: &Tex) -> bool {
    matches!(&node.kind, TexKind::Command(c) if c == "%")
}

/// A literal before `\%`: to the digits written, also where it is a whole number of percent.
fn percent(e: &Expr) -> Option<Expr> {
    let hundredth = Rational::new(1, 100)?;
    let (number, unit) = match (e.as_decimal(), e.as_num()) {
        (Some((q, unit)), _) => (q.clone(), unit.clone()),
        (None, q) => (q?.clone(), Rational::from(1)),
    };
    Some(Expr::decimal(number * hundredth.clone(), unit * hundredth))
}
