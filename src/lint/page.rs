//! What lints look at: the trees of all formulas, and how often each letter is written.

use std::collections::BTreeMap;

pub(super) use crate::edit::{base, char_of, is_space as is_blank};
pub(super) use crate::notation::command_of as command;

use crate::notation::line::{Line, lines};
use crate::notation::tex::{Tex, TexKind, parse, to_latex};
use crate::read::directive::DirectiveKind;
use crate::read::{Block, Document, Formula};

/// Deepest nesting that is looked at.
const DEPTH: usize = 64;

/// A formula with its tree.
pub(super) struct Sheet<'a> {
    pub(super) formula: &'a Formula,
    pub(super) nodes: Vec<Tex>,
    pub(super) lines: Vec<Line>,
}

/// A document's formulas.
pub(super) struct Page<'a> {
    pub(super) sheets: Vec<Sheet<'a>>,
    /// How often each letter is written in formulas.
    pub(super) letters: BTreeMap<String, usize>,
    /// All scripted letters as written: `x_{t + 1}`.
    pub(super) scripted: BTreeMap<String, usize>,
}

impl<'a> Page<'a> {
    pub(super) fn new(document: &'a Document) -> Page<'a> {
        let mut on = true;
        let mut sheets = vec![];
        for block in &document.blocks {
            match block {
                Block::Directive(d) => {
                    for instruction in d.parse().0 {
                        match instruction.kind {
                            DirectiveKind::Off { .. } => on = false,
                            DirectiveKind::On => on = true,
                            _ => {}
                        }
                    }
                }
                Block::Formula(formula) if on => {
                    let nodes = parse(&formula.extract.text);
                    let lines = lines(&nodes);
                    sheets.push(Sheet { formula, nodes, lines });
                }
                _ => {}
            }
        }
        let (mut letters, mut scripted) = (BTreeMap::new(), BTreeMap::new());
        for sheet in &sheets {
            each(&sheet.nodes, &mut |n| {
                if let Some(l) = letter(n) {
                    *letters.entry(l).or_insert(0) += 1;
                }
                if matches!(n.kind, TexKind::Script { .. }) {
                    *scripted.entry(to_latex(std::slice::from_ref(n))).or_insert(0) += 1;
                }
            });
        }
        Page { sheets, letters, scripted }
    }
}

/// The letter that a node is: `x`, `\theta`, `\mathbf{x}`; none for operators and words.
pub(super) fn letter(node: &Tex) -> Option<String> {
    match &node.kind {
        TexKind::Char(c) if c.is_alphabetic() => Some(c.to_string()),
        TexKind::Command(c) if is_greek(c) => Some(format!("\\{c}")),
        _ => None,
    }
}

fn is_greek(command: &str) -> bool {
    const GREEK: &[&str] = &[
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "varepsilon",
        "zeta",
        "eta",
        "theta",
        "vartheta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "pi",
        "rho",
        "sigma",
        "tau",
        "upsilon",
        "phi",
        "varphi",
        "chi",
        "psi",
        "omega",
        "Gamma",
        "Delta",
        "Theta",
        "Lambda",
        "Xi",
        "Pi",
        "Sigma",
        "Phi",
        "Psi",
        "Omega",
        "ell",
    ];
    GREEK.contains(&command)
}

/// Visits every node, parents first.
pub(super) fn each(nodes: &[Tex], visit: &mut dyn FnMut(&Tex)) {
    fn down(node: &Tex, depth: usize, visit: &mut dyn FnMut(&Tex)) {
        visit(node);
        // The letters of a word are none of their own.
        let word = matches!(&node.kind, TexKind::Call { name, .. } if name.starts_with("operatorname"));
        if depth < DEPTH && !word {
            node.children().into_iter().for_each(|c| down(c, depth + 1, visit));
        }
    }
    nodes.iter().for_each(|n| down(n, 0, visit));
}

/// All lists of siblings.
pub(super) fn lists(nodes: &[Tex]) -> Vec<Vec<Tex>> {
    let mut out = vec![nodes.to_vec()];
    each(nodes, &mut |n| match &n.kind {
        TexKind::Group(list) | TexKind::Fenced { body: list, .. } => out.push(list.clone()),
        TexKind::Call { args, .. } => {
            out.extend(args.iter().filter(|a| !matches!(a.kind, TexKind::Group(_))).map(|a| vec![a.clone()]))
        }
        TexKind::Env { rows, .. } => out.extend(rows.iter().map(|r| r.cells.concat())),
        _ => {}
    });
    out
}

/// The letters below, in order, each once.
pub(super) fn letters(nodes: &[Tex]) -> Vec<String> {
    let mut out = vec![];
    each(nodes, &mut |n| {
        if let Some(l) = letter(n)
            && !out.contains(&l)
        {
            out.push(l);
        }
    });
    out
}

/// How often the letter stands below.
pub(super) fn count(nodes: &[Tex], wanted: &str) -> usize {
    let mut n = 0;
    each(nodes, &mut |node| n += usize::from(letter(node).is_some_and(|l| l == wanted)));
    n
}

/// Whether anything below could not be read, or is words.
pub(super) fn has_words(nodes: &[Tex]) -> bool {
    let mut found = false;
    each(nodes, &mut |n| {
        found |= matches!(n.kind, TexKind::Text(_) | TexKind::Error(_));
        found |= matches!(&n.kind, TexKind::Call { name, .. } if name.starts_with("text"));
    });
    found
}
