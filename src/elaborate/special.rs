//! Arrays with a name of their own: the identity `I_n`, and vectors of ones, whose lengths show in the shapes around.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::elaborate::raw::{Origin, RawLine};
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};
use crate::message::Message;
use crate::notation::{Problem, is_ones};

/// Whether the document says itself what the name is: by a declaration, or by an equation with the name on its left.
pub(super) fn names_itself(lines: &[RawLine], name: &str) -> bool {
    let is_it = |e: &Expr| {
        let head = e.as_app(fun::INDEX).and_then(<[Expr]>::first).unwrap_or(e);
        head.as_symbol().is_some_and(|s| &*s.name == name)
    };
    lines.iter().any(|l| match l.origin {
        Origin::Let { .. } | Origin::Assume { .. } => l.sides.first().is_some_and(is_it),
        Origin::Formula { .. } | Origin::Told { .. } => l.sides.len() > 1 && l.sides.first().is_some_and(is_it),
    })
}

/// The sizes that a document declares arrays with.
fn declared_sizes(lines: &[RawLine]) -> BTreeSet<(Arc<str>, u32)> {
    let name = |e: &Expr| e.as_symbol().map(|s| (s.name.clone(), s.version));
    let mut sizes = BTreeSet::new();
    for line in lines {
        line.constraint().any(&mut |e| {
            sizes.extend(e.as_app("real_space").into_iter().flatten().filter_map(name));
            if let Node::Bind { domain: Domain::Range(low, high), .. } = e.node()
                && low.as_int() == Some(1)
            {
                sizes.extend(name(high));
            }
            false
        });
    }
    sizes
}

/// `I_n`, and its size.
fn identity_by_name(e: &Expr) -> Option<&Symbol> {
    match e.as_app(fun::INDEX)? {
        [i, n] if i.as_symbol().is_some_and(|s| &*s.name == "I") => n.as_symbol(),
        _ => None,
    }
}

/// The sizes of those `I_n` that stand as matrices do: in a trace, or beside a product with a transpose.
fn matrix_sizes(lines: &[RawLine]) -> BTreeSet<(Arc<str>, u32)> {
    let mut sizes = BTreeSet::new();
    if names_itself(lines, "I") {
        return sizes;
    }
    let transposes = |e: &Expr| e.any(&mut |x| x.as_app("transpose").is_some());
    for line in lines {
        line.sides.iter().for_each(|side| {
            side.any(&mut |x| {
                let Node::App(f, args) = x.node() else { return false };
                let matrices = match f.name {
                    "trace" => true,
                    fun::ADD => args.iter().any(|a| a.as_app(fun::MUL).is_some() && transposes(a)),
                    _ => false,
                };
                let named = args.iter().filter_map(identity_by_name).map(|n| (n.name.clone(), n.version));
                sizes.extend(named.filter(|_| matrices));
                false
            });
        });
    }
    sizes
}

/// `I_n` is the identity where `n` is a size that the document declares an array with, or where it stands as a matrix.
pub(super) fn identities(lines: &mut [RawLine]) {
    let mut sizes = declared_sizes(lines);
    sizes.append(&mut matrix_sizes(lines));
    let mut read = |e: &Expr| {
        e.transform(&mut |x, _| {
            let n = identity_by_name(x).filter(|n| sizes.contains(&(n.name.clone(), n.version)))?;
            Some(Expr::apply("identity", vec![Expr::sym(n.with_sort(Sort::Integer))]))
        })
    };
    lines.iter_mut().for_each(|line| line.map(&mut read));
}

/// `X = [X_1, \dots, X_n]^T`: a list of numbers is a column already.
pub(super) fn columns(lines: &mut [RawLine]) {
    let list = |e: &Expr| {
        let [inner] = e.as_app("transpose")? else { return None };
        matches!(inner.node(), Node::Bind { binder: Binder::Lambda, .. }).then(|| inner.clone())
    };
    for line in lines.iter_mut().filter(|l| l.sides.first().is_some_and(|s| s.as_symbol().is_some())) {
        line.map(&mut |side| list(side).unwrap_or_else(|| side.clone()));
    }
}

/// The sizes of vectors of ones that are turned into rows: `1_n^T`. No indicator is.
fn turned_sizes(lines: &[RawLine]) -> BTreeSet<(Arc<str>, u32)> {
    let size = |e: &Expr| e.as_app("transpose")?.first()?.as_app("ones")?.first()?.as_symbol().cloned();
    let mut sizes = BTreeSet::new();
    for line in lines {
        line.constraint().any(&mut |e| {
            sizes.extend(size(e).map(|n| (n.name, n.version)));
            false
        });
    }
    sizes
}

/// Every vector of ones without a length becomes a symbol of its own. One whose subscript is no size that the document
/// declares an array with, and that is turned nowhere, is something else, perhaps an indicator.
pub(super) fn ones(lines: &mut [RawLine]) {
    let mut sizes = declared_sizes(lines);
    sizes.append(&mut turned_sizes(lines));
    let mut last = 0;
    for line in lines {
        let start = last;
        let mut unknown = None;
        line.map(&mut |e| {
            e.transform(&mut |x, _| match x.node() {
                Node::Sym(s) if is_ones(s) => {
                    let version = start + s.version;
                    last = last.max(version);
                    Some(Expr::sym(Symbol { version, ..s.clone() }))
                }
                Node::App(f, args) if f.name == "ones" => {
                    let n = args.first()?.as_symbol()?;
                    if sizes.contains(&(n.name.clone(), n.version)) {
                        return None;
                    }
                    let text: Arc<str> = format!("\\mathbf{{1}}_{{{}}}", n.name).into();
                    unknown = Some(text.clone());
                    Some(Expr::new(Node::Opaque { text, depends: args.clone() }))
                }
                _ => None,
            })
        });
        if let Some(what) = unknown {
            let message = Message::new("reason-unknown-command").with("what", what);
            line.problems.push(Problem { span: line.span, message });
        }
    }
}
