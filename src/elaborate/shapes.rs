//! Shapes of a whole document: rounds of inference in which a reused name becomes a new symbol.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Edit, Severity};
use crate::edit::difference::difference;
use crate::edit::terms;
use crate::elaborate::apart::{apart, split};
use crate::elaborate::directives::Attached;
use crate::elaborate::loose::over_numbers;
use crate::elaborate::raw::{Origin, RawLine};
use crate::elaborate::sorts::{Dim, Inference, Shape, Typing, linear_symbols};
use crate::elaborate::special::{columns, identities, names_itself, ones};
use crate::elaborate::versions::Declarations;
use crate::elaborate::waiting::TypedLine;
use crate::elaborate::{earliest, last, rangeless, variable, zeroth};
use crate::expr::{Expr, Node, fun};
use crate::message::Message;
use crate::notation::ONES;
use crate::notation::tex::parse;
use crate::read::Document;
use crate::source::Span;

/// Factors or terms whose shapes do not fit.
pub static SHAPE_MISMATCH: Code = Code {
    name: "shape-mismatch",
    what: "the shapes of two neighbours in a product, or of two terms, do not fit",
    why: "a column vector times a matrix is not defined; usually a transpose is missing",
    example: "$$ (x-\\mu)^T \\Sigma^{-1} (x-\\mu) = \\mu \\Sigma^{-1} x + x^T \\Sigma^{-1} x $$",
};

const ROUNDS: usize = 8;

/// Lines with sorts, and what gave them; a line whose shapes cannot fit gets a finding, with the transpose that mends it if one does.
/// By `unit` an `I` may be the identity.
pub(crate) fn typed(
    document: &Document,
    attached: &BTreeMap<usize, Attached>,
    mut lines: Vec<RawLine>,
    unit: bool,
) -> (Vec<TypedLine>, Vec<Diagnostic>, Typing) {
    rangeless::ranged(&mut lines);
    lines.iter_mut().for_each(|l| l.map(&mut |e| e.transform(&mut |x, _| over_numbers(x))));
    last::names(&mut lines);
    let early = earliest::reaching(&lines);
    zeroth::names(&mut lines, &|name| !early.contains(&name.0));
    columns(&mut lines);
    let declarations = Declarations::settle(document, attached, &mut lines);
    split(&mut lines);
    let identity = unit && !names_itself(&lines, "I");
    if identity {
        identities(&mut lines);
    }
    ones(&mut lines);
    let mut broken = vec![false; lines.len()];
    let mut inference = Inference::default();
    let mut versions = Versions::default();
    for round in 0..ROUNDS {
        inference = Inference::default();
        let mut clashes = infer(&lines, &broken, &mut inference);
        if clashes.is_empty() {
            break;
        }
        clashes.sort_unstable();
        clashes.dedup();
        versions.start();
        for i in clashes {
            let mut names = lines.get(i).and_then(|line| reused(line, &inference)).unwrap_or_default();
            // A declared name is what it is declared to be, or the line does not fit.
            names.retain(|(name, _)| *name != ONES && !declarations.hold(&lines, i, name));
            match names.as_slice() {
                [_, ..] if round + 1 < ROUNDS => {
                    for (name, version) in names {
                        let to = versions.next(&lines, i, &name, version, declarations.latest(&name));
                        if let Some(line) = lines.get_mut(i) {
                            line.bump(&name, version, to);
                        }
                    }
                }
                _ => {
                    if let Some(b) = broken.get_mut(i) {
                        *b = true;
                    }
                }
            }
        }
    }
    let began = earliest::names(&mut lines);
    if zeroth::names(&mut lines, &|name| early.contains(&name.0)) || began {
        inference = Inference::default();
        for i in infer(&lines, &broken, &mut inference) {
            broken.get_mut(i).into_iter().for_each(|b| *b = true);
        }
    }
    let fits = |line: &RawLine, function: &str| {
        reused(line, &inference).is_some_and(|names| names.iter().all(|(name, _)| name == function))
    };
    if variable::follow(&mut lines, &fits) {
        inference = Inference::default();
        for i in infer(&lines, &broken, &mut inference) {
            broken.get_mut(i).into_iter().for_each(|b| *b = true);
        }
    }
    let mut findings = vec![];
    let mut clash: Vec<Option<Message>> = vec![None; lines.len()];
    let all = lines.clone();
    // A declared name is what it is declared to be.
    let held = |i: usize, name: &str| declarations.hold(&all, i, name);
    let columns = transposed(&all);
    // In notes without annotations a declaration may be about another thing of the same name.
    let annotated =
        !attached.is_empty() || all.iter().any(|l| matches!(l.origin, Origin::Let { .. } | Origin::Assume { .. }));
    for i in 0..lines.len() {
        let (Some(b), Some(line)) = (broken.get_mut(i), lines.get_mut(i)) else { continue };
        if !*b {
            continue;
        }
        if matches!(line.origin, Origin::Told { .. }) {
            // Other things of this name are meant: nothing is taken from the words.
            if let Some(slot) = clash.get_mut(i) {
                *slot = Some(unfit(document, line));
            }
            continue;
        }
        let count = findings.len();
        let known: Vec<String> =
            line.constraint().symbols().iter().map(|s| s.name.to_string()).filter(|n| held(i, n)).collect();
        let message = mismatch(document, line, &inference, (&known, &columns), &mut findings);
        // What has a repair is a slip; anything else may be another use of the names.
        let names: Vec<_> = line.constraint().symbols().into_iter().collect();
        let held = names.iter().any(|s| *s.name == *ONES || annotated && held(i, &s.name));
        let plain = findings.len() == count && !held && matches!(line.origin, Origin::Formula { .. });
        if plain && apart(line, &mut versions.latest) {
            *b = false;
        } else if let Some(slot) = clash.get_mut(i) {
            *slot = Some(message);
        }
    }
    if lines.iter().any(|l| l.apart) {
        inference = Inference::default();
        for i in infer(&lines, &broken, &mut inference) {
            if let Some(slot) = clash.get_mut(i) {
                *slot = slot.take().or_else(|| lines.get(i).map(|l| unfit(document, l)));
            }
        }
    }
    let symbols: Vec<_> = lines.iter().flat_map(|l| l.constraint().symbols()).collect();
    let mut typing = Typing::new(inference, &symbols, identity);
    let typed = lines
        .into_iter()
        .enumerate()
        .map(|(i, raw)| {
            let clash = clash.get_mut(i).and_then(Option::take).or_else(|| typing.without_length(&raw.constraint()));
            let sides = raw.sides.iter().map(|s| typing.expr(i, s)).collect();
            let printed = raw.printed.iter().map(|s| typing.expr(i, s)).collect();
            let qualifiers = raw.qualifiers.iter().map(|q| q.as_ref().map(|q| typing.expr(i, q))).collect();
            let fact = raw.fact().map(|f| typing.expr(i, &f));
            TypedLine { raw, sides, printed, qualifiers, fact, clash }
        })
        .collect();
    (typed, findings, typing)
}

/// Constraints of all lines: declarations first, then evidence of arrays, then the formulas in order. Returns the
/// lines that clash.
fn infer(lines: &[RawLine], broken: &[bool], inference: &mut Inference) -> Vec<usize> {
    let mut clashes = vec![];
    let usable = |i: usize| !broken.get(i).copied().unwrap_or(true);
    let declares = |l: &RawLine| matches!(l.origin, Origin::Let { .. } | Origin::Assume { .. });
    for (i, line) in lines.iter().enumerate().filter(|(_, l)| declares(l)) {
        if usable(i) && inference.statement(i, &line.constraint()).is_err() {
            clashes.push(i);
        }
    }
    for (_, line) in lines.iter().enumerate().filter(|(i, _)| usable(*i)) {
        inference.evidence(&line.constraint());
    }
    for (i, line) in lines.iter().enumerate().filter(|(_, l)| !declares(l)) {
        if usable(i) && inference.statement(i, &line.constraint()).is_err() {
            clashes.push(i);
        }
    }
    clashes.extend(inference.default_all());
    clashes
}

/// Versions of names that are used anew: neighbouring lines share one.
#[derive(Default)]
struct Versions {
    latest: BTreeMap<String, u32>,
    round: BTreeMap<String, (usize, u32, u32)>,
}

impl Versions {
    fn start(&mut self) {
        self.round.clear();
    }

    /// The version for `name` in line `at`: that of the last line used anew in this round if none between uses the old.
    fn next(&mut self, lines: &[RawLine], at: usize, name: &str, old: u32, declared: u32) -> u32 {
        if let Some((line, from, to)) = self.round.get(name).copied()
            && from == old
        {
            let mentions = |l: &RawLine| l.constraint().symbols().iter().any(|s| *s.name == *name && s.version == old);
            if !lines.get(line + 1..at).unwrap_or(&[]).iter().any(mentions) {
                self.round.insert(name.to_owned(), (at, old, to));
                return to;
            }
        }
        let latest = self.latest.entry(name.to_owned()).or_insert(declared);
        *latest = (*latest).max(old) + 1;
        self.round.insert(name.to_owned(), (at, old, *latest));
        *latest
    }
}

/// The symbols that have another shape in this line alone than in the document: the name is used anew. `None` if the
/// line does not even fit by itself.
fn reused(line: &RawLine, document: &Inference) -> Option<Vec<(String, u32)>> {
    let mut alone = Inference::default();
    let constraint = line.constraint();
    alone.evidence(&constraint);
    alone.statement(0, &constraint).ok()?;
    if !alone.default_all().is_empty() {
        return None;
    }
    let differs = |a: &Shape, b: &Shape| {
        match (a, b) {
        (Shape::Array { dims: m, .. }, Shape::Array { dims: n, .. }) => {
            m.len() != n.len()
                || m.iter().zip(n).any(|(x, y)| {
                    matches!((alone.shapes.get_dim(*x), document.shapes.get_dim(*y)), (Dim::Known(p), Dim::Known(q)) if p != q)
                })
        }
        (Shape::Unknown, _) | (_, Shape::Unknown) => false,
        (a, b) => std::mem::discriminant(a) != std::mem::discriminant(b),
    }
    };
    let mut names: Vec<(String, u32)> = constraint
        .symbols()
        .iter()
        .filter(|s| differs(&alone.shape_of(s), &document.shape_of(s)))
        .map(|s| (s.name.to_string(), s.version))
        .collect();
    constraint.any(&mut |x| {
        if let Node::Call(s, args) = x.node()
            && differs(&alone.result_of(s, args.len()), &document.result_of(s, args.len()))
            && !names.iter().any(|(n, v)| **n == *s.name && *v == s.version)
        {
            names.push((s.name.to_string(), s.version));
        }
        false
    });
    Some(names)
}

/// The names that the author transposes somewhere: what is a row beside its column is a column.
fn transposed(lines: &[RawLine]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in lines {
        line.constraint().any(&mut |x| {
            for argument in x.as_app("transpose").unwrap_or_default() {
                found.extend(linear_symbols(argument).into_iter().map(|s| s.name.to_string()));
            }
            false
        });
    }
    found
}

fn unfit(document: &Document, line: &RawLine) -> Message {
    Message::new("reason-sorts").with("what", document.source.slice(line.span).trim())
}

/// The finding for a line whose shapes do not fit, and the reason for its statements.
fn mismatch(
    document: &Document,
    line: &RawLine,
    inference: &Inference,
    (declared, columns): (&[String], &BTreeSet<String>),
    findings: &mut Vec<Diagnostic>,
) -> Message {
    let display = matches!(line.origin, Origin::Formula { display: true });
    let constraint = line.constraint();
    let mended = transposes(&constraint, inference);
    // A shape that other lines only suggest is no ground: the line clashes by itself, or with what is declared.
    let mut alone = Inference::default();
    alone.evidence(&constraint);
    let fits = alone.statement(0, &constraint).is_ok() && alone.default_all().is_empty();
    // And a name that no one transposes may be a row by convention: `\mathbf{w}\mathbf{x}` is an inner product then.
    let certain = |names: &[(String, String)]| {
        names.iter().all(|(name, _)| declared.contains(name) || !fits && columns.contains(name))
    };
    // With what the signs of the line show of shapes, too.
    let meets = |fixed: &Expr, names: &[(String, String)]| {
        let mut all = inference.clone();
        all.evidence(fixed);
        names.iter().all(|(name, _)| meets_array(&constraint, name, &all))
    };
    let whole = !line.sides.iter().any(Expr::has_opaque);
    let Some((fixed, names)) = mended.filter(|(e, names)| display && whole && certain(names) && meets(e, names)) else {
        return unfit(document, line);
    };
    let (first, what) = names.first().cloned().unwrap_or_default();
    let column = constraint
        .symbols()
        .iter()
        .any(|s| *s.name == *first && matches!(inference.shape_of(s), Shape::Array { dims, .. } if dims.len() == 1));
    let message = match column {
        true => Message::new("finding-shape-mismatch").with("product", &what).with("symbol", &first),
        false => Message::new("finding-shape-mismatch-product").with("product", &what),
    };
    let text = document.source.slice(line.span);
    let mut d = Diagnostic::new(&SHAPE_MISMATCH, Severity::Warning, line.span, message);
    // The repair in the author's own text: a transpose behind the name where the product begins.
    let mut replacement = text.to_owned();
    for (name, product) in &names {
        replacement = transposed_text(&replacement, name, product);
    }
    if let Some(term) = difference(text, &replacement).and_then(|d| term_at(text, d.old.start)) {
        d.span = Span::new(line.span.start + term.start, line.span.start + term.end);
    }
    if replacement != text {
        d.edit = Some(Edit { span: line.span, replacement: replacement.clone() });
    }
    d.help = Some(
        Message::new("help-transpose")
            .with("repair", if replacement == text { fixed.to_string() } else { replacement }),
    );
    findings.push(d);
    Message::new("reason-sorts").with("what", what)
}

/// Whether a name stands before another array in a product. Beside numbers alone, `x \cos(\ln x)`, it is rather a number
/// itself, whatever has that letter elsewhere.
fn meets_array(e: &Expr, name: &str, document: &Inference) -> bool {
    let named = |x: &Expr| x.as_symbol().is_some_and(|s| *s.name == *name);
    e.any(&mut |x| {
        let factors = x.as_app(fun::MUL).unwrap_or(&[]);
        let at = factors.iter().position(named);
        at.is_some_and(|at| factors.iter().skip(at + 1).any(|f| is_array(f, document)))
    })
}

/// Whether an array stands in an expression, not only in the argument of a function of numbers.
fn is_array(e: &Expr, document: &Inference) -> bool {
    match e.node() {
        Node::Sym(s) => matches!(document.shape_of(s), Shape::Array { .. }),
        Node::Call(s, args) => matches!(document.result_of(s, args.len()), Shape::Array { .. }),
        Node::Array { .. } => true,
        Node::App(f, args) if f.name == fun::POW => args.first().is_some_and(|a| is_array(a, document)),
        Node::App(f, args) => {
            matches!(
                f.name,
                fun::ADD
                    | fun::MUL
                    | "transpose"
                    | "inverse"
                    | "ones"
                    | "identity"
                    | "gradient"
                    | "partial"
                    | "hadamard"
            ) && (args.is_empty() || args.iter().any(|a| is_array(a, document)))
        }
        _ => false,
    }
}

/// The term of a formula in which a place of its text lies.
fn term_at(text: &str, at: usize) -> Option<Span> {
    let terms = terms(&parse(text));
    terms.into_iter().map(|(_, _, span)| span).find(|span| span.start <= at && at <= span.end)
}

/// The constraint with transposes put in front of products so that everything fits together and into the document, and
/// the names they went to.
fn transposes(e: &Expr, document: &Inference) -> Option<(Expr, Vec<(String, String)>)> {
    let products: Vec<Expr> = {
        let mut found = vec![];
        e.any(&mut |x| {
            if let Some(args) = x.as_app(fun::MUL)
                && args.iter().filter(|a| a.as_num().is_none()).count() > 1
                && args.iter().any(|a| a.as_symbol().is_some())
                && !found.contains(x)
            {
                found.push(x.clone());
            }
            false
        });
        found
    };
    let fits = |e: &Expr| {
        [Inference::default(), document.clone()].into_iter().all(|mut all| {
            all.evidence(e);
            all.statement(usize::MAX, e).is_ok() && all.default_all().is_empty()
        })
    };
    // Each product alone: the first symbol that could be transposed.
    let variants = |p: &Expr| -> Option<(Expr, String)> {
        let args = p.as_app(fun::MUL)?;
        let at = args.iter().position(|a| a.as_num().is_none())?;
        let symbol = args.get(at)?.as_symbol()?;
        let mut changed = args.to_vec();
        *changed.get_mut(at)? = Expr::apply("transpose", vec![args.get(at)?.clone()]);
        Some((Expr::apply(fun::MUL, changed), symbol.name.to_string()))
    };
    let candidates: Vec<(Expr, Expr, String)> =
        products.iter().filter_map(|p| variants(p).map(|(q, n)| (p.clone(), q, n))).collect();
    if candidates.len() > 6 {
        return None;
    }
    // Fewest transposes first.
    let mut masks: Vec<u32> = (1..(1u32 << candidates.len())).collect();
    masks.sort_by_key(|m| (m.count_ones(), *m));
    masks.into_iter().find_map(|mask| {
        let mut changed = e.clone();
        let mut names = vec![];
        for (i, (p, q, name)) in candidates.iter().enumerate() {
            if mask & (1 << i) != 0 {
                changed = changed.transform(&mut |x, _| (x == p).then(|| q.clone()));
                names.push((name.clone(), p.to_string()));
            }
        }
        fits(&changed).then_some((changed, names))
    })
}

/// The author's text with `^T` behind the first untransposed occurrence of a name that begins the product.
fn transposed_text(text: &str, name: &str, _product: &str) -> String {
    let spelling = name.replace("_{", "_").trim_end_matches('}').to_owned();
    for candidate in [name.to_owned(), spelling] {
        let mut from = 0;
        while let Some(at) = text.get(from..).and_then(|t| t.find(&candidate)).map(|i| i + from) {
            let end = at + candidate.len();
            let rest = text.get(end..).unwrap_or("");
            let next = rest.trim_start().chars().next();
            let scripted = matches!(next, Some('^' | '}' | ')' | '_'));
            let begins_product = rest.trim_start().starts_with('\\') || next.is_some_and(char::is_alphabetic);
            if !scripted && begins_product {
                return format!("{}^T{}", text.get(..end).unwrap_or(""), rest);
            }
            from = end;
        }
    }
    text.to_owned()
}
