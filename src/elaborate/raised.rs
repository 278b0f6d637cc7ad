//! Letters whose superscripts are labels and no exponents: iterates `w^{k+1} = w^k - g(w^k)`, layers `a^3 = w^3a^2`,
//! the entries `g^{11}` of an inverse beside `g_{11}`.

use std::collections::{BTreeMap, BTreeSet};

use crate::notation::line::Line;
use crate::notation::tex::{Tex, TexKind};
use crate::notation::{base_name, significant};
use crate::read::Document;

/// Deepest nesting that is looked at.
const DEPTH: usize = 64;
/// Words of notes in which `a^l` and `a^L` are of layers.
const LAYERS: &[&str] = &["layer", "activation", "계층", "은닉층", "출력층"];
/// Letters of layers.
const LAYER: &[&str] = &["l", "L", "\\ell"];

/// How a letter stands in a document.
#[derive(Default)]
struct Uses {
    /// Times without a superscript.
    bare: usize,
    /// Its superscripts and its subscripts, as written without blanks.
    above: BTreeSet<String>,
    below: BTreeSet<String>,
    /// It stands under its own superscript and a subscript.
    both: bool,
    /// A line gives its next from its last.
    steps: bool,
}

/// The letters whose superscripts are labels.
pub(super) fn raised(document: &Document, formulas: &[Vec<Line>]) -> BTreeSet<String> {
    let mut uses: BTreeMap<String, Uses> = BTreeMap::new();
    for line in formulas.iter().flatten() {
        line.sides.iter().chain(&line.qualifiers).for_each(|side| walk(side, &mut uses, 0));
        if let Some(name) = step(line) {
            uses.entry(name).or_default().steps = true;
        }
    }
    let text = document.source.text.to_lowercase();
    let layers = LAYERS.iter().any(|w| text.contains(w));
    let of_layer =
        |s: &String| LAYER.iter().any(|l| s == l || s.strip_prefix(l).is_some_and(|r| r == "-1" || r == "+1"));
    let number = |s: &String| !s.is_empty() && s.chars().all(|c| c.is_ascii_digit());
    let labelled = |u: &Uses| {
        // Who writes the exponent 1 and the letter never without one counts by it.
        let counted = u.bare == 0 && u.above.contains("1") && u.above.len() > 1 && !u.above.contains("0");
        let pairs = u.above.iter().filter(|s| number(s) && s.len() == 2 && u.below.contains(*s)).count();
        let layered = layers && u.above.iter().any(of_layer) && u.bare == 0;
        counted || u.steps || pairs > 0 && !u.both || layered
    };
    let standing = |name: &str| matches!(name, "e" | "\\pi" | "i" | "d" | "T");
    uses.into_iter().filter(|(name, u)| !standing(name) && labelled(u)).map(|(name, _)| name).collect()
}

/// The letter of `w^{k+1} = w^k - g`: it stands with k above, with no other superscript and not without one.
fn step(line: &Line) -> Option<String> {
    let ([first, rest @ ..], Some(sign)) = (line.sides.as_slice(), line.signs.first()) else { return None };
    let first = significant(first);
    let [one] = first.as_slice() else { return None };
    let (name, sup) = superscript(one).filter(|_| sign.sign.name == "eq")?;
    let index = sup.strip_suffix("+1").filter(|k| k.chars().count() == 1 && k.chars().all(char::is_alphabetic))?;
    let mut uses = BTreeMap::new();
    let second = rest.first()?;
    walk(second, &mut uses, 0);
    let own = uses.remove(&name)?;
    let sums = significant(second).iter().any(|n| matches!(n.kind, TexKind::Char('+' | '-' | '−')));
    (sums && own.bare == 0 && own.above.len() == 1 && own.above.contains(index)).then_some(name)
}

/// The letter and the superscript of a node that has no other scripts.
fn superscript(node: &Tex) -> Option<(String, String)> {
    match &node.kind {
        TexKind::Script { base, sub: None, sup: Some(sup), primes: 0 } => Some((base_name(base)?, plain(sup))),
        _ => None,
    }
}

fn plain(script: &Tex) -> String {
    crate::notation::tex::to_latex(script.list()).split_whitespace().collect()
}

fn walk(nodes: &[Tex], uses: &mut BTreeMap<String, Uses>, depth: usize) {
    if depth > DEPTH {
        return;
    }
    for node in significant(nodes) {
        if let Some(name) = base_name(&node) {
            uses.entry(name).or_default().bare += 1;
            continue;
        }
        let mut look = |inner: &[Tex]| walk(inner, uses, depth + 1);
        match &node.kind {
            TexKind::Script { base, sub, sup, .. } => {
                [sub, sup].into_iter().flatten().for_each(|s| look(s.list()));
                let Some(name) = base_name(base) else {
                    look(std::slice::from_ref(base));
                    continue;
                };
                let seen = uses.entry(name).or_default();
                seen.both |= sub.is_some() && sup.is_some();
                match (sub, sup) {
                    (None, Some(sup)) => {
                        seen.above.insert(plain(sup));
                    }
                    (Some(sub), None) => {
                        seen.below.insert(plain(sub));
                    }
                    (None, None) => seen.bare += 1,
                    _ => {}
                }
            }
            TexKind::Group(l) => look(l),
            TexKind::Call { args, option, .. } => args.iter().chain(option.as_deref()).for_each(|a| look(a.list())),
            TexKind::Fenced { body, .. } => look(body),
            TexKind::Env { rows, .. } => rows.iter().flat_map(|r| &r.cells).for_each(|c| look(c)),
            _ => {}
        }
    }
}
