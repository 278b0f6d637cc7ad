//! All mutants of a file in one text: each stands behind `crate::mutant::on(NUMBER)`.

use std::ops::Range;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// A change of the program that `cargo mutants --list --json` names.
#[derive(Clone, Debug)]
pub struct Mutant {
    pub number: usize,
    pub file: String,
    pub name: String,
    pub genre: String,
    /// Line and column from 1 on, in characters.
    pub start: (usize, usize),
    pub replacement: String,
}

/// Where a mutant may stand, with the ranges of bytes of its parts.
enum Site {
    Binary { whole: Range<usize>, left: Range<usize>, operator: Range<usize>, right: Range<usize> },
    Unary { whole: Range<usize>, operand: Range<usize> },
    Arm { whole: Range<usize>, pattern_end: usize, guard: Option<Range<usize>> },
}

#[derive(Default)]
struct Sites(Vec<Site>);

impl<'a> Visit<'a> for Sites {
    fn visit_expr_binary(&mut self, e: &'a syn::ExprBinary) {
        if !matches!(&*e.left, syn::Expr::Let(_)) && !chained(&e.left) && !matches!(&*e.right, syn::Expr::Let(_)) {
            let at = |s: proc_macro2::Span| s.byte_range();
            let (left, operator, right) = (at(e.left.span()), at(e.op.span()), at(e.right.span()));
            self.0.push(Site::Binary { whole: left.start..right.end, left, operator, right });
        }
        visit::visit_expr_binary(self, e);
    }

    fn visit_expr_unary(&mut self, e: &'a syn::ExprUnary) {
        let (whole, operand) = (e.span().byte_range(), e.expr.span().byte_range());
        self.0.push(Site::Unary { whole, operand });
        visit::visit_expr_unary(self, e);
    }

    fn visit_arm(&mut self, arm: &'a syn::Arm) {
        let guard = arm.guard.as_ref().map(|(_, g)| g.span().byte_range());
        self.0.push(Site::Arm { whole: arm.span().byte_range(), pattern_end: arm.pat.span().byte_range().end, guard });
        visit::visit_arm(self, arm);
    }
}

/// Whether `let` stands in a chain of conditions, which no parentheses may be put around.
fn chained(e: &syn::Expr) -> bool {
    match e {
        syn::Expr::Binary(b) => [&b.left, &b.right].iter().any(|s| matches!(***s, syn::Expr::Let(_)) || chained(s)),
        _ => false,
    }
}

/// A stretch of the text that is written otherwise; an empty one is an insertion.
struct Edit<'a> {
    range: Range<usize>,
    kind: Kind<'a>,
}

enum Kind<'a> {
    Insert(String),
    Binary { parts: [Range<usize>; 3], mutants: Vec<&'a Mutant> },
    Unary { operand: Range<usize>, mutants: Vec<&'a Mutant> },
    Guard(Vec<&'a Mutant>),
}

/// The text with all mutants that have a place in it, and the numbers of the others.
pub fn instrument(text: &str, mutants: &[Mutant]) -> (String, Vec<usize>) {
    let Ok(file) = syn::parse_file(text) else { return (text.to_owned(), mutants.iter().map(|m| m.number).collect()) };
    let mut sites = Sites::default();
    sites.visit_file(&file);
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let offset = |(line, column): (usize, usize)| {
        let start = starts.get(line - 1).copied().unwrap_or(0);
        start + text[start..].chars().take(column - 1).map(char::len_utf8).sum::<usize>()
    };
    let at = |genre: &str, place: usize| -> Vec<&Mutant> {
        mutants.iter().filter(|m| m.genre == genre && offset(m.start) == place).collect()
    };
    let mut edits = vec![];
    let mut placed = vec![];
    let mut bodies: Vec<(usize, &Mutant)> =
        mutants.iter().filter(|m| m.genre == "FnValue").map(|m| (offset(m.start), m)).collect();
    bodies.sort_by_key(|(at, m)| (*at, m.number));
    for (at, m) in bodies {
        let insert = format!("if {} {{ return {}; }} ", on(m), m.replacement);
        edits.push(Edit { range: at..at, kind: Kind::Insert(insert) });
        placed.push(m.number);
    }
    for site in sites.0 {
        let (edit, numbers) = match site {
            Site::Binary { whole, left, operator, right } => {
                let mutants = at("BinaryOperator", operator.start);
                let numbers: Vec<usize> = mutants.iter().map(|m| m.number).collect();
                (Edit { range: whole, kind: Kind::Binary { parts: [left, operator, right], mutants } }, numbers)
            }
            Site::Unary { whole, operand } => {
                let mutants = at("UnaryOperator", whole.start);
                let numbers = mutants.iter().map(|m| m.number).collect();
                (Edit { range: whole, kind: Kind::Unary { operand, mutants } }, numbers)
            }
            Site::Arm { whole, pattern_end, guard } => {
                let mut mutants = at("MatchArm", whole.start);
                let numbers_of = |all: &[&Mutant]| all.iter().map(|m| m.number).collect::<Vec<_>>();
                match guard {
                    Some(guard) => {
                        mutants.extend(at("MatchArmGuard", guard.start));
                        let numbers = numbers_of(&mutants);
                        (Edit { range: guard, kind: Kind::Guard(mutants) }, numbers)
                    }
                    None => {
                        let numbers = numbers_of(&mutants);
                        let conditions: Vec<String> = mutants.iter().map(|m| format!("!{}", on(m))).collect();
                        let insert = format!(" if {}", conditions.join(" && "));
                        (Edit { range: pattern_end..pattern_end, kind: Kind::Insert(insert) }, numbers)
                    }
                }
            }
        };
        if !numbers.is_empty() {
            placed.extend(numbers);
            edits.push(edit);
        }
    }
    edits.sort_by_key(|e| (e.range.start, !e.range.is_empty(), std::cmp::Reverse(e.range.end)));
    let without = mutants.iter().map(|m| m.number).filter(|n| !placed.contains(n)).collect();
    (written(text, 0..text.len(), &edits), without)
}

fn on(m: &Mutant) -> String {
    format!("crate::mutant::on({})", m.number)
}

/// A stretch of the text with the edits inside it.
fn written(text: &str, range: Range<usize>, edits: &[Edit]) -> String {
    let (mut out, mut at, mut next) = (String::new(), range.start, 0);
    while let Some(edit) = edits.get(next) {
        next += 1;
        if edit.range.start < at || edit.range.end > range.end {
            continue;
        }
        let rest = &edits[next..];
        let inner = &rest[..rest.iter().take_while(|e| e.range.start < edit.range.end).count()];
        next += inner.len();
        out.push_str(&text[at..edit.range.start]);
        at = edit.range.end;
        let part = |r: &Range<usize>| written(text, r.clone(), inner);
        match &edit.kind {
            Kind::Insert(words) => out.push_str(words),
            Kind::Binary { parts: [l, o, r], mutants } => {
                out.push('(');
                for m in mutants {
                    out.push_str(&format!(
                        "if {} {{ ({}) {} ({}) }} else ",
                        on(m),
                        &text[l.clone()],
                        m.replacement,
                        &text[r.clone()]
                    ));
                }
                out.push_str(&format!("{{ ({}) {} ({}) }})", part(l), &text[o.clone()], part(r)));
            }
            Kind::Unary { operand, mutants } => {
                out.push('(');
                for m in mutants {
                    out.push_str(&format!("if {} {{ {} }} else ", on(m), &text[operand.clone()]));
                }
                let operator = &text[edit.range.start..operand.start];
                out.push_str(&format!("{{ {operator}{} }})", part(operand)));
            }
            Kind::Guard(mutants) => {
                let of = |genre: &str, with: &str| -> Vec<String> {
                    let all = mutants.iter().filter(|m| m.genre == genre && m.replacement.contains(with));
                    all.map(|m| on(m)).collect()
                };
                let without = of("MatchArm", "").iter().map(|m| format!("!{m} && ")).collect::<String>();
                let always = of("MatchArmGuard", "true").iter().map(|m| format!("{m} || ")).collect::<String>();
                let never = of("MatchArmGuard", "false").iter().map(|m| format!("!{m} && ")).collect::<String>();
                out.push_str(&format!("{without}({always}{never}({}))", part(&edit.range)));
            }
        }
    }
    out.push_str(&text[at.min(range.end)..range.end]);
    out
}
