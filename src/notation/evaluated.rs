//! A value at a point or between two points: `f |_{x = a}`, `[F(x)]_a^b`, `\left. F \right|_{x=0}^{\infty}`; and a prime
//! behind a bracket, `(x^3)'`.

use std::cmp::Ordering;

use crate::expr::{Binder, Domain, Expr, Node, PLACE, Sort, Symbol};
use crate::notation::derivative::has_operator;
use crate::notation::function::is_customary;
use crate::notation::reader::{Cursor, Reader, char_of, significant};
use crate::notation::symbol::base_name;
use crate::notation::tex::{Tex, TexKind};

/// `\big|_{x = a}`
pub(super) fn is_evaluated_at(node: &Tex) -> bool {
    matches!(&node.kind, TexKind::Script { base, sub: Some(_), primes: 0, .. }
        if matches!(base.kind, TexKind::Char('|')) || matches!(&base.kind, TexKind::Command(c) if matches!(c.as_str(), "vert" | "rvert")))
}

/// `|_a^b` behind a term, which it belongs to as a whole.
pub(super) fn is_between_ends(node: &Tex) -> bool {
    is_evaluated_at(node) && matches!(&node.kind, TexKind::Script { sup: Some(_), .. })
}

fn is_bar(node: &Tex) -> bool {
    let bare = if let TexKind::Script { base, .. } = &node.kind { base } else { node };
    match &bare.kind {
        TexKind::Char(c) => *c == '|',
        TexKind::Command(c) => matches!(c.as_str(), "vert" | "lvert" | "rvert"),
        _ => false,
    }
}

/// The place of the first such bar, if a sum stands before it: `x \ln x - x |_1^e` may speak of the sum or of its last term.
fn behind_sum(nodes: &[Tex]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut terms = 0_usize;
    // Between bars an absolute value stands, whose scripts are its own.
    let mut within = false;
    for (at, node) in nodes.iter().enumerate() {
        match char_of(node) {
            Some('(' | '[') => depth += 1,
            Some(')' | ']') => depth = depth.checked_sub(1)?,
            Some('+' | '-' | '−') if depth == 0 && at > 0 => terms += 1,
            _ => {}
        }
        if depth > 0 || !is_bar(node) {
            continue;
        }
        if !within && is_between_ends(node) {
            return (terms > 0).then_some(at);
        }
        within = !within;
    }
    None
}

/// Whether scripts on the node can be ends: it closes square brackets or is a bar.
fn closes(node: &Tex) -> bool {
    let TexKind::Script { base, primes: 0, .. } = &node.kind else { return false };
    match &base.kind {
        TexKind::Char(c) => matches!(c, ']' | '|'),
        TexKind::Command(c) => matches!(c.as_str(), "rbrack" | "vert" | "rvert"),
        // Between two bars stands an absolute value.
        TexKind::Fenced { open, close, .. } => match close.as_str() {
            "]" | "\\rbrack" => true,
            "|" | "\\vert" | "\\rvert" => open == ".",
            _ => false,
        },
        _ => false,
    }
}

/// `x = a`: the variable, and the point.
fn named(end: &[Tex]) -> Option<(String, &[Tex])> {
    match end {
        [variable, sign, rest @ ..] if char_of(sign) == Some('=') => Some((base_name(variable)?, rest)),
        _ => None,
    }
}

/// Whether an end is ±∞.
pub(super) fn is_far(e: &Expr) -> bool {
    e.any(&mut |x| x.as_app("infinity").is_some())
}

impl Reader<'_> {
    /// A sum with a bar behind it stays open, for what the bar belongs to is not said.
    pub(super) fn sum_before_bar(&mut self, cursor: &mut Cursor) -> Option<Expr> {
        let at = cursor.at + behind_sum(cursor.rest())?;
        let mut before = Cursor { nodes: cursor.nodes.get(..at)?, at: cursor.at };
        let e = self.sum(&mut before)?;
        let TexKind::Script { sub, sup, .. } = &cursor.nodes.get(at)?.kind else { return None };
        cursor.at = at + 1;
        Some(self.uninterpreted_bar(e, [sub.as_deref(), sup.as_deref()]))
    }

    /// A term with a bar behind it.
    pub(super) fn term_before_bar(&mut self, e: Expr, cursor: &mut Cursor) -> Expr {
        match cursor.next().map(|bar| &bar.kind) {
            Some(TexKind::Script { sub, sup, .. }) => self.evaluated_at(e, [sub.as_deref(), sup.as_deref()]),
            _ => e,
        }
    }

    /// `f |_{x = a}`
    pub(crate) fn evaluated_at(&mut self, e: Expr, scripts: [Option<&Tex>; 2]) -> Expr {
        if let [Some(sub), Some(sup)] = scripts
            && let Some(difference) = self.between_ends(&e, sub, sup)
        {
            return difference;
        }
        self.uninterpreted_bar(e, scripts)
    }

    fn uninterpreted_bar(&mut self, e: Expr, scripts: [Option<&Tex>; 2]) -> Expr {
        let mut name = format!("{PLACE}|");
        for (mark, script) in ["_", "^"].iter().zip(scripts) {
            if let Some(script) = script {
                name.push_str(&format!("{mark}{{{}}}", self.words_of(script.list())));
            }
        }
        let words: Vec<&Tex> = scripts.into_iter().flatten().collect();
        self.fixed(&name, vec![e], &words)
    }

    /// What stands between brackets, with their scripts: `[F(x)]_a^b` is F(b) − F(a), at ±∞ the limit, where nothing speaks
    /// for an index and a power, and the variable is known.
    pub(super) fn scripted(&mut self, e: Expr, sub: Option<&Tex>, sup: Option<&Tex>, node: &Tex) -> Expr {
        let difference = match (sub, sup) {
            (Some(sub), Some(sup)) if closes(node) => self.between_ends(&e, sub, sup),
            _ => None,
        };
        difference.unwrap_or_else(|| self.with_scripts(e, sub, sup, node))
    }

    fn between_ends(&mut self, e: &Expr, sub: &Tex, sup: &Tex) -> Option<Expr> {
        let (low, high) = (significant(sub.list()), significant(sup.list()));
        let (variable, low) = match named(&low) {
            Some((name, rest)) => (Some(name), rest.to_vec()),
            None => (None, low),
        };
        let high = named(&high).map_or_else(|| high.clone(), |(_, rest)| rest.to_vec());
        let symbols = variables(e);
        let plain = |s: &&Symbol| matches!(s.sort, Sort::Unknown | Sort::Real);
        let by_name = |name: &str| symbols.iter().find(|s| &*s.name == name).filter(plain);
        let symbol = match variable {
            Some(name) => by_name(&name)?,
            None => match self.differentials.last().and_then(|name| by_name(name)) {
                Some(symbol) => symbol,
                None if may_be_index(&low, &high) || e.as_symbol().is_some() => return None,
                None => {
                    let integrated: Vec<&Symbol> =
                        symbols.iter().filter(|s| self.names.differentials.contains(&*s.name)).collect();
                    match (integrated.as_slice(), symbols.as_slice()) {
                        ([one], _) => Some(*one).filter(plain)?,
                        ([], [one]) if !are_letters(&low, &high) => Some(one).filter(plain)?,
                        _ => return None,
                    }
                }
            },
        }
        .clone();
        let problems = self.problems.len();
        let (a, b) = (self.expression(&low), self.expression(&high));
        if self.problems.len() > problems || a.mentions(&symbol) || b.mentions(&symbol) {
            self.problems.truncate(problems);
            return None;
        }
        let at = |end: &Expr| match is_far(end) {
            false => e.substituted(&symbol, end),
            true => {
                let towards = Domain::Towards(end.clone(), Ordering::Equal);
                Expr::bind(Binder::Limit, towards, e.abstracted(&symbol, Sort::Real))
            }
        };
        Some(at(&b) + super::reader::negated(at(&a)))
    }

    /// `(x^3)'`: by the one variable that stands between the brackets; `None` where there are several, or where the prime
    /// may be a transpose.
    pub(super) fn primed(&mut self, e: &Expr, primes: usize) -> Option<Expr> {
        let symbols = variables(e);
        let function = |s: &Symbol| self.names.functions.contains(&*s.name);
        if e.symbols().iter().any(function) {
            // `(\log f)'` is not `\log'(f)`, which a prime of the function at its argument is.
            let made = e.as_symbol().is_none() && !matches!(e.node(), Node::App(_, args) if args.len() == 1);
            let fits = made && primes <= 3 && !e.has_opaque() && e.symbols().iter().all(function);
            return fits.then(|| Expr::relate("prime", e.clone(), Expr::int(primes as i64)));
        }
        let [variable] = symbols.as_slice() else { return None };
        let mut letters = variable.name.chars();
        let letter = matches!((letters.next(), letters.next()), (Some(c), None) if c.is_ascii_lowercase());
        let plain = letter && variable.sort == Sort::Unknown && e.as_symbol().is_none();
        if !plain || primes > 3 || e.any(&mut |x| matches!(x.node(), Node::Call(..) | Node::Opaque { .. })) {
            return None;
        }
        let by = Expr::sym((*variable).clone());
        Some((0..primes).fold(e.clone(), |e, _| Expr::relate("partial", e, by.clone())))
    }
}

/// Letters that are functions of one argument where a prime stands behind brackets around them: `(u v)'`.
const FACTORS: &[&str] = &["u", "v", "w"];

/// Customary names of functions that a formula differentiates without their argument: `(f g)'`, `f'` beside `\frac{d}{dx}`.
pub(crate) fn differentiated(list: &[Tex]) -> Vec<String> {
    let customary = |n: &Tex| {
        base_name(n).filter(|b| (is_customary(b) || FACTORS.contains(&&**b)) && !b.starts_with(char::is_uppercase))
    };
    let operator = has_operator(list);
    let primed = list.iter().enumerate().filter_map(|(at, n)| match &n.kind {
        TexKind::Script { base, primes: 1.., .. } => Some((at, &**base)),
        _ => None,
    });
    let inside = primed.map(|(at, base)| match &base.kind {
        TexKind::Fenced { open, body, .. } if open == "(" => inner_letters(body),
        TexKind::Char(')') => {
            let open = list.get(..at).and_then(|l| l.iter().rposition(|n| matches!(n.kind, TexKind::Char('('))));
            open.and_then(|open| list.get(open + 1..at)).map(inner_letters).unwrap_or_default()
        }
        _ if operator => vec![base.clone()],
        _ => vec![],
    });
    inside.filter_map(|letters| letters.iter().map(customary).collect::<Option<Vec<_>>>()).flatten().collect()
}

/// The letters of nodes, those of fractions too.
fn inner_letters(nodes: &[Tex]) -> Vec<Tex> {
    let below = |n: &Tex| match &n.kind {
        TexKind::Call { args, .. } if base_name(n).is_none() => {
            args.iter().flat_map(|a| inner_letters(a.list())).collect()
        }
        TexKind::Group(list) => inner_letters(list),
        TexKind::Script { base, .. } => inner_letters(std::slice::from_ref(base)),
        _ if base_name(n).is_some() => vec![n.clone()],
        _ => vec![],
    };
    nodes.iter().flat_map(below).collect()
}

/// The symbols of an expression that are no names of functions.
fn variables(e: &Expr) -> Vec<Symbol> {
    e.symbols().into_iter().filter(|s| s.sort != Sort::Function).collect()
}

/// `_i^2`, `_1^2`, `_i^T`, `_{t}^{(l)}`: scripts that entries have.
fn may_be_index(low: &[Tex], high: &[Tex]) -> bool {
    let letter = |n: &Tex| base_name(n).is_some();
    let counts = |n: &Tex| matches!(&n.kind, TexKind::Number(n) if n.parse::<u32>().is_ok_and(|n| n > 0));
    let index = matches!(low, [one] if letter(one) || counts(one));
    let power = match high {
        [one] => !letter(one) || matches!(char_of(one), Some('T')),
        _ => true,
    };
    index && power
}

/// `_i^j`: both may be indices.
fn are_letters(low: &[Tex], high: &[Tex]) -> bool {
    matches!((low, high), ([a], [b]) if base_name(a).is_some() && base_name(b).is_some())
}
