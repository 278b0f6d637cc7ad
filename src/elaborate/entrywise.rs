//! Functions and products of matrices that are taken entry by entry where some read them otherwise: `\exp A` of a square
//! matrix is a power series, too (Higham, Functions of Matrices, 1), and `A * B` a product, or one of the entries.

use crate::elaborate::called::ELEMENTWISE;
use crate::expr::{Expr, Node, fun};
use crate::message::Message;
use crate::read::{Block, Document};

/// Functions of numbers that square matrices have, too.
const OF_MATRICES: &[&str] =
    &["exp", "log", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "xlogy"];

/// What leaves a formula open, written so, where no words say that functions are taken entry by entry.
pub(super) fn unclear(e: &Expr, latex: &str, document: &Document, near: &str) -> Option<Message> {
    let both = |what: String| Some(Message::new("reason-entrywise").with("what", what));
    let mut of = None;
    e.any(&mut |x| {
        let args = match x.node() {
            Node::App(f, args) if OF_MATRICES.contains(&f.name) => args.as_slice(),
            Node::App(f, args) if f.name == fun::POW => args.get(1..).unwrap_or(&[]),
            _ => return false,
        };
        if args.iter().any(is_square) {
            of = Some(x.to_string());
        }
        of.is_some()
    });
    let said = || says(document, ELEMENTWISE);
    if let Some(what) = of.filter(|_| !said()) {
        return both(what);
    }
    let alike = |x: &Expr| {
        let Some(factors) = x.as_app(fun::MUL) else { return false };
        let shapes = || factors.iter().map(|f| f.sort().sizes()).filter(|sizes| !sizes.is_empty());
        shapes().enumerate().any(|(i, a)| shapes().skip(i + 1).any(|b| a == b))
    };
    let sign = [("\\times", "×"), ("\\cdot", "·")].iter().find(|(command, _)| latex.contains(command));
    match sign {
        _ if has_star(latex) && e.any(&mut |x| alike(x)) => both("*".to_owned()),
        // Words of products by entries beside it are about those between matrices that are written out.
        Some((_, shown)) if PRODUCTS.iter().any(|w| near.contains(w)) && e.any(&mut |x| alike(x)) => {
            both((*shown).to_owned())
        }
        _ => None,
    }
}

/// Words of products of matrices by entries.
const PRODUCTS: &[&str] =
    &["elementwise", "element-wise", "element by element", "entrywise", "entry-wise", "hadamard", "mask", "원소별"];

fn says(document: &Document, words: &[&str]) -> bool {
    document.blocks.iter().any(|b| match b {
        Block::Prose(p) => {
            let text = p.text.to_lowercase();
            words.iter().any(|w| text.contains(w))
        }
        _ => false,
    })
}

/// Whether a value is a matrix with as many rows as columns.
fn is_square(e: &Expr) -> bool {
    matches!(e.sort().sizes(), [rows, columns] if rows == columns)
}

/// Whether a star stands between factors, and not as a mark of a letter.
fn has_star(latex: &str) -> bool {
    latex.match_indices('*').any(|(at, _)| {
        let before = latex.get(..at).unwrap_or("").trim_end();
        !before.is_empty() && !before.ends_with(['^', '_', '{', '('])
    })
}
