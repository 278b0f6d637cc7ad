//! Functions applied: `f(x)`, `\log p`, `\sigma(z)`, `P(x)`, `H(P, Q)`, `D_{KL}(P \parallel Q)`, `\operatorname{softmax}(s)`.

use crate::expr::{Expr, Node, PLACE, SUBSCRIPT, Sort, Symbol, fun};
use crate::notation::composed;
use crate::notation::probability::{is_probability, of_sets, with_subscripts};
use crate::notation::reader::{Cursor, Reader, char_of, closing, command_of, parts, significant};
use crate::notation::relation::{plain_text, sign_at};
use crate::notation::set::is_dots;
use crate::notation::symbol::{Named, base_name};
use crate::notation::tex::{Tex, TexKind};
use crate::source::Span;

/// Letters that are functions by custom when brackets with names follow.
const CUSTOMARY: &[&str] =
    &["f", "g", "h", "F", "G", "H", "\\phi", "\\varphi", "\\psi", "\\ell", "J", "\\mathcal{L}", "L", "D_{KL}", "\\Phi"];

/// Whether a letter is a function by custom.
pub(crate) fn is_customary(base: &str) -> bool {
    CUSTOMARY.contains(&base)
}

/// The bracket group right at the cursor: inner nodes, the node that closes it, nodes taken.
pub(crate) fn bracket<'t>(cursor: &Cursor<'t>) -> Option<(&'t [Tex], &'t Tex, usize)> {
    let node = cursor.peek()?;
    match &node.kind {
        TexKind::Char('(') => {
            let end = closing(cursor.nodes, cursor.at)?;
            let close = cursor.nodes.get(end)?;
            (char_of(close) == Some(')'))
                .then(|| (cursor.nodes.get(cursor.at + 1..end).unwrap_or(&[]), close, end + 1 - cursor.at))
        }
        TexKind::Fenced { open, close, body } if open == "(" && close == ")" => Some((body, node, 1)),
        TexKind::Script { base, .. } => match &base.kind {
            TexKind::Fenced { open, close, body } if open == "(" && close == ")" => Some((body, node, 1)),
            _ => None,
        },
        _ => None,
    }
}

/// Whether the letter before a bracket stands in it as a value, `x(1 - x)`, `Q(Q^TQ)^{-1}`: then the two are factors.
fn is_factor(base: &str, inner: &[Tex]) -> bool {
    let list = significant(inner);
    let itself = |n: &Tex| match &n.kind {
        TexKind::Script { base: letter, sub: None, primes: 0, .. } => base_name(letter).as_deref() == Some(base),
        _ => base_name(n).as_deref() == Some(base),
    };
    let opens = |n: &Tex| matches!(char_of(n), Some('(' | '[')) || matches!(&n.kind, TexKind::Fenced { .. });
    let value = |at: usize| list.get(at).is_some_and(itself) && !list.get(at + 1).is_some_and(opens);
    list.len() > 1
        && parts(&list).len() == 1
        && !has_bar(&list)
        && !(0..list.len()).any(|at| sign_at(&list, at).is_some())
        && (0..list.len()).any(value)
}

fn has_bar(nodes: &[Tex]) -> bool {
    nodes.iter().any(|n| {
        matches!(n.kind, TexKind::Char('|' | ';'))
            || matches!(command_of(n), Some("mid" | "middle|" | "vert" | "parallel" | "Vert" | "|" | "lvert"))
    })
}

/// What stands between bars, commas and semicolons outside of brackets.
fn divided(list: &[Tex]) -> Vec<Vec<Tex>> {
    let (mut pieces, mut start, mut at) = (vec![], 0, 0);
    while let Some(n) = list.get(at) {
        if matches!(n.kind, TexKind::Char('(' | '[')) {
            at = closing(list, at).unwrap_or(at) + 1;
            continue;
        }
        let between = matches!(command_of(n), Some("parallel" | "Vert" | "|" | "mid" | "middle|"))
            || matches!(n.kind, TexKind::Char('|' | '∥' | ',' | ';'));
        if between {
            pieces.push(list.get(start..at).unwrap_or(&[]).to_vec());
            start = at + 1;
        }
        at += 1;
    }
    pieces.push(list.get(start..).unwrap_or(&[]).to_vec());
    pieces.retain(|p| !p.is_empty());
    pieces
}

impl Reader<'_> {
    /// A name, applied to the bracket that follows if it is a function there.
    pub(crate) fn applied(&mut self, named: Named, primes: usize, cursor: &mut Cursor, node: &Tex) -> Option<Expr> {
        let mut base = named.base.clone();
        if let Some(label) = &named.label {
            let label = label.trim_start_matches("\\mathrm").trim();
            base = format!("{base}_{{{label}}}");
        }
        let own = Named {
            base: named.base.clone(),
            indices: named.indices.clone(),
            numeric: named.numeric,
            label: named.label.clone(),
        };
        let symbol = self.symbol(&own);
        let bracket = bracket(cursor).filter(|(inner, ..)| !is_factor(&named.base, inner));
        if bracket.is_none() && self.names.applied.contains(&named.base) && square(cursor).is_some() {
            let name = symbol.as_symbol().map_or_else(|| base.clone(), |s| s.name.to_string());
            let marks = "'".repeat(primes);
            return self.uninterpreted_call(&format!("{name}{marks}"), cursor, &[node]);
        }
        let Some((inner, close, taken)) = bracket else {
            return match primes {
                0 => Some(symbol),
                // Without an argument a prime makes another name (`x'`), or the derivative of a named function.
                _ => Some(match symbol.node() {
                    Node::Sym(s) if self.names.functions.contains(&*s.name) || *s.name == *"\\sigma" => {
                        Expr::apply("prime", vec![symbol.clone(), Expr::int(primes as i64)])
                    }
                    Node::Sym(s) => {
                        let name = format!("{}{}", s.name, "'".repeat(primes));
                        let bound = if self.renamed.contains(&name) { "\u{2060}" } else { "" };
                        Expr::sym(Symbol::new(&format!("{name}{bound}"), Sort::Unknown))
                    }
                    // `x'_i`: entries of `x'`.
                    _ => {
                        let marked = Named { base: format!("{}{}", named.base, "'".repeat(primes)), ..named };
                        self.symbol(&marked)
                    }
                }),
            };
        };
        let whole = node.span.join(close.span);
        let mut name = match symbol.node() {
            Node::Sym(s) => s.name.to_string(),
            _ => base.clone(),
        };
        let under = match symbol.node() {
            Node::App(f, args) if f.name == fun::INDEX => args.get(1..).unwrap_or(&[]).to_vec(),
            _ => vec![],
        };
        // `F_X`, `p_{X,Y}`: random variables, which no other letters stand for.
        let capital =
            |e: &Expr| e.as_symbol().is_some_and(|s| s.name.len() == 1 && s.name.chars().all(char::is_uppercase));
        let labelled = !under.is_empty() && under.iter().all(capital);
        let said = |l: &str| l.split(',').all(|v| v.len() == 1 && v.chars().all(char::is_uppercase));
        let labelled_name = named.label.as_deref().is_some_and(said);
        let of_variable = (labelled || labelled_name) && matches!(&*named.base, "F" | "f" | "p" | "P");
        if !of_variable && !self.is_function(&name, &named.base, inner) {
            if primes > 0 {
                return Some(Expr::sym(Symbol::new(&format!("{name}{}", "'".repeat(primes)), Sort::Unknown)));
            }
            return Some(symbol);
        }
        cursor.at += taken;
        if labelled {
            let label: Vec<String> = under.iter().map(ToString::to_string).collect();
            name = format!("{base}_{{{}}}", label.join(","));
        }
        let under = if labelled { vec![] } else { under };
        let value = self.call(&name, under, &named, inner, whole, primes);
        // `P(x)^2`, `f(x)^T`: scripts of the closing bracket.
        Some(match &close.kind {
            TexKind::Script { sub, sup, .. } => self.with_scripts(value, sub.as_deref(), sup.as_deref(), close),
            _ => value,
        })
    }

    /// A function with its argument at the cursor, `f(a)`, and the closing bracket, whose scripts are left to the caller.
    pub(crate) fn applied_function(&mut self, cursor: &mut Cursor) -> Option<(Expr, Tex)> {
        let mut after = cursor.clone();
        let name = after.next()?;
        let (_, close, taken) = bracket(&after)?;
        let close = close.clone();
        let mut bare: Vec<Tex> = cursor.nodes.get(cursor.at..=cursor.at + taken)?.to_vec();
        if let (TexKind::Script { base, .. }, Some(last)) = (&close.kind, bare.last_mut()) {
            *last = (**base).clone();
        }
        base_name(name).or(match &name.kind {
            TexKind::Script { base, sup: None, primes: 0, .. } => base_name(base),
            _ => None,
        })?;
        let problems = self.problems.len();
        let mut inner = Cursor::new(&bare);
        match self.name(&mut inner) {
            Some(e) if inner.rest().is_empty() && matches!(e.node(), Node::Call(..)) => {
                cursor.at += taken + 1;
                Some((e, close))
            }
            _ => {
                self.problems.truncate(problems);
                None
            }
        }
    }

    /// `\log f(a)` before another factor: `\nabla \log f(a) \, g` is (∇ log f(a)) g.
    pub(crate) fn applied_logarithm(&mut self, cursor: &mut Cursor) -> Option<(Expr, Tex)> {
        let mut after = cursor.clone();
        let log = after.next().filter(|n| matches!(&n.kind, TexKind::Command(c) if c == "log" || c == "ln"))?;
        let (e, close) = self.applied_function(&mut after)?;
        let plain = !matches!(close.kind, TexKind::Script { .. });
        plain.then(|| {
            *cursor = after;
            (Expr::apply("log", vec![e]), log.clone())
        })
    }

    fn is_function(&self, name: &str, base: &str, inner: &[Tex]) -> bool {
        if self.locals.iter().any(|l| &*l.name == name) {
            return false;
        }
        if self.names.functions.contains(name) || self.names.applied.contains(base) {
            return true;
        }
        let list = significant(inner);
        let arithmetic =
            list.iter().any(|n| matches!(char_of(n), Some('+' | '-')) && !matches!(n.kind, TexKind::Script { .. }));
        // Nobody writes `y(0)` for 0 or `Y_i(1)` for a product with 1.
        let at_number = matches!(list.as_slice(), [Tex { kind: TexKind::Number(_), .. }]);
        let several = parts(&list).len() > 1 || has_bar(&list) || at_number;
        if base == "\\sigma" && !self.names.declared.contains("\\sigma") {
            return true;
        }
        if is_probability(base) && !self.names.declared.contains(base) {
            return several || !arithmetic;
        }
        if CUSTOMARY.contains(&name) || CUSTOMARY.contains(&base) {
            return several || !arithmetic;
        }
        several
    }

    /// `name(inner)` read as an application; what stands `under` the name are its first arguments.
    fn call(&mut self, name: &str, under: Vec<Expr>, named: &Named, inner: &[Tex], span: Span, primes: usize) -> Expr {
        let list = significant(inner);
        if name == "\\sigma" && !self.names.functions.contains(name) {
            let arg = self.expression(&list);
            let value = Expr::apply("sigmoid", vec![arg.clone()]);
            return if primes > 0 { Expr::apply("prime", vec![value, Expr::int(primes as i64)]) } else { value };
        }
        // `D_{KL}(P \parallel Q)`: a bar between two distributions is a comma.
        let divergence = name.starts_with("D_") || name.starts_with("\\mathrm{KL}") || name == "KL";
        let double =
            list.iter().any(|n| matches!(command_of(n), Some("parallel" | "Vert" | "|")) || char_of(n) == Some('∥'));
        let pieces: Vec<Vec<Tex>> =
            if divergence || double { divided(&list) } else { parts(&list).into_iter().map(<[Tex]>::to_vec).collect() };
        let conditional = !divergence && !double && has_bar(&list);
        let related = (0..list.len()).any(|i| sign_at(&list, i).is_some());
        if is_probability(&named.base)
            && (conditional || related || of_sets(&list) || self.names.conditional.contains(name))
        {
            return self.event(name, &under, &list);
        }
        let open =
            list.iter().any(|n| is_dots(n) || matches!(command_of(n), Some("cdot" | "bullet")) && list.len() == 1);
        if conditional || related || open {
            let marks = "'".repeat(primes);
            let _ = span;
            if under.is_empty() {
                return self.uninterpreted(&format!("{name}{marks}"), ("(", ")"), inner, &[]);
            }
            let places = vec![PLACE.to_string(); under.len()].join(",");
            let e = self.uninterpreted(&format!("{name}_{{{places}}}{marks}"), ("(", ")"), inner, &[]);
            let Node::Call(f, args) = e.node() else { return e };
            return Expr::new(Node::Call(f.clone(), under.into_iter().chain(args.iter().cloned()).collect()));
        }
        let args: Vec<Expr> = pieces.iter().map(|p| self.expression(p)).collect();
        let applied = |args: Vec<Expr>| {
            let name = format!("{name}{}", SUBSCRIPT.to_string().repeat(under.len()));
            Expr::new(Node::Call(Symbol::new(&name, Sort::Function), under.iter().cloned().chain(args).collect()))
        };
        if primes > 0 {
            return Expr::apply("prime", vec![applied(args), Expr::int(primes as i64)]);
        }
        // A distribution at a variable that is summed over is an array at an index.
        let local = args
            .iter()
            .all(|a| a.as_symbol().is_some_and(|s| self.locals.iter().any(|l| l.same(s) && l.sort == Sort::Integer)));
        if args.len() == 1 && (local || self.names.supports.contains_key(name)) && !self.names.functions.contains(name)
        {
            let fixed = under.iter().all(|e| !self.is_bound(e));
            if under.is_empty() || fixed {
                let symbol = Symbol { applied: true, ..Symbol::new(&with_subscripts(name, &under), Sort::Unknown) };
                return Expr::sym(symbol).index(args);
            }
        }
        applied(args)
    }

    /// Whether a variable of a sum or an integral around stands in it.
    fn is_bound(&self, e: &Expr) -> bool {
        self.locals.iter().any(|l| e.mentions(l))
    }

    /// A command or word that is a function of the table, or an operator: the cursor stands behind it.
    pub(crate) fn named_function(
        &mut self,
        command: &str,
        sub: Option<&Tex>,
        sup: Option<&Tex>,
        cursor: &mut Cursor,
        node: &Tex,
    ) -> Option<Expr> {
        let inverse = sup.is_some_and(|s| plain_text(s).trim() == "-1");
        if inverse
            && sub.is_none()
            && let Some(name) = composed::inverse(command)
        {
            return self.named_function(name, None, None, cursor, node);
        }
        let composed = composed::composed(command);
        let row = fun::by_tex(command);
        let admits = |count: usize| row.map_or(count == 1, |row| row.arity.admits(count));
        let is_log = row.is_some_and(|row| row.name == "log");
        if row.is_none() && composed.is_none() {
            return None;
        }
        if matches!(node.kind, TexKind::Script { primes: 1.., .. }) {
            return Some(self.unknown(node));
        }
        if inverse {
            let name = format!("\\mathrm{{{command}}}^{{-1}}");
            return self.uninterpreted_call(&name, cursor, &[]).or_else(|| Some(self.unknown(node)));
        }
        let power = sup.map(|s| self.expression(s.list()));
        if row.is_some_and(|row| row.name == "diag")
            && sub.is_none()
            && power.is_none()
            && let Some(listed) = self.diagonal_of_list(cursor, node)
        {
            return Some(listed);
        }
        // What the row takes no arguments of this form of, or has no such subscript, stays open.
        let odd = |inner: &[Tex]| {
            let list = significant(inner);
            !admits(parts(&list).len()) || has_bar(&list) && row.is_some_and(|row| row.kernel.is_none())
        };
        let subscripted = sub.is_some() && !is_log;
        if power.is_none() && super::mixfix::group(cursor).is_some_and(|(_, _, inner, _, _)| subscripted || odd(inner))
        {
            let mut name = format!("\\mathrm{{{command}}}");
            if let Some(sub) = sub {
                name.push_str(&format!("_{{{}}}", self.words_of(sub.list())));
            }
            let words: Vec<&Tex> = sub.into_iter().collect();
            return self.uninterpreted_call(&name, cursor, &words);
        }
        let mut loose = None;
        let (args, close) = if let Some((inner, close, taken)) = bracket(cursor) {
            cursor.at += taken;
            let list = significant(inner);
            let args: Vec<Expr> = parts(&list).into_iter().map(|p| self.expression(p)).collect();
            (args, Some(close))
        } else if let Some((inner, taken)) = square(cursor) {
            cursor.at += taken;
            (vec![self.expression(inner)], None)
        } else {
            let Some(found) = self.loose_argument(command, cursor) else { return Some(self.unknown(node)) };
            let argument = found.argument.clone();
            loose = Some(found).filter(|l| !l.open.is_empty());
            (vec![argument], None)
        };
        if let Some(loose) = loose {
            let base = sub.map(|s| self.expression(s.list()));
            let marks = [(base.is_some(), "_"), (power.is_some(), "^")];
            let marks: String = marks.iter().filter(|m| m.0).map(|m| format!("{}{{{PLACE}}}", m.1)).collect();
            let name = format!("(\\mathrm{{{command}}}{marks} {PLACE}{})", loose.written);
            let args = base.into_iter().chain(power).chain(args).chain(loose.open);
            return Some(self.either(&name, args.collect()));
        }
        let mut value = match (row, composed, args.as_slice()) {
            (Some(row), _, _) if admits(args.len()) => Expr::app(row, args),
            (None, Some(of), [x]) => of(x),
            _ => return Some(self.unknown(node)),
        };
        if let Some(base) = sub {
            if !is_log {
                return Some(self.unknown(node));
            }
            let base = self.expression(base.list());
            value = value.over(&Expr::apply("log", vec![base]));
        }
        if let Some(p) = power {
            value = value.pow(p);
        }
        if let Some(Tex { kind: TexKind::Script { sub, sup, .. }, .. }) = close
            && let Some(close) = close
        {
            // `\log(x)^2` is (log x)², `\softmax(o)_j` an entry.
            value = self.with_scripts(value, sub.as_deref(), sup.as_deref(), close);
        }
        Some(value)
    }
}

/// `[ … ]` right at the cursor.
pub(crate) fn square<'t>(cursor: &Cursor<'t>) -> Option<(&'t [Tex], usize)> {
    let node = cursor.peek()?;
    match &node.kind {
        TexKind::Char('[') => {
            let end = closing(cursor.nodes, cursor.at)?;
            matches!(cursor.nodes.get(end)?.kind, TexKind::Char(']'))
                .then(|| (cursor.nodes.get(cursor.at + 1..end).unwrap_or(&[]), end + 1 - cursor.at))
        }
        TexKind::Fenced { open, close, body } if open == "[" && close == "]" => Some((body, 1)),
        _ => None,
    }
}
