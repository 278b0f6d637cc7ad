//! Functions of a square: `\ell(\mu, \sigma^2)` is of the variance, and its formula of σ. Where the notes write a square at a
//! place of a function wherever they call it, it is read as a function of the letter there.

use std::collections::BTreeMap;

use crate::elaborate::waiting::TypedLine;
use crate::expr::{Expr, Node, Symbol, fun};

/// A place of a function, by its name and its number of arguments.
type At = (String, usize, usize);

/// The lines with such functions as those of letters. Only a line that gives the function's formula makes it one.
pub(super) fn of_letters(lines: &mut [TypedLine]) {
    let mut squares: BTreeMap<At, bool> = BTreeMap::new();
    let mut given: Vec<At> = vec![];
    for line in lines.iter() {
        for (k, side) in line.sides.iter().enumerate() {
            side.any(&mut |x| {
                let Node::Call(f, args) = x.node() else { return false };
                for (at, arg) in args.iter().enumerate() {
                    let key = (f.name.to_string(), args.len(), at);
                    let square = squared(arg).filter(|s| args.iter().all(|other| other.as_symbol() != Some(s)));
                    if k == 0 && x == side && square.is_some() && line.sides.len() > 1 {
                        given.push(key.clone());
                    }
                    *squares.entry(key).or_insert(true) &= square.is_some();
                }
                false
            });
        }
    }
    given.retain(|key| squares.get(key) == Some(&true));
    if given.is_empty() {
        return;
    }
    let read = |e: &Expr| {
        e.transform(&mut |x, _| {
            let Node::Call(f, args) = x.node() else { return None };
            let is_square =
                |at: usize| given.iter().any(|(name, n, k)| **name == *f.name && *n == args.len() && *k == at);
            let letters = args.iter().enumerate().map(|(at, arg)| match squared(arg) {
                Some(s) if is_square(at) => Expr::sym(s.clone()),
                _ => arg.clone(),
            });
            let letters: Vec<Expr> = letters.collect();
            (letters != *args).then(|| x.with_children(letters))
        })
    };
    for line in lines {
        line.sides = line.sides.iter().map(read).collect();
        line.printed = line.printed.iter().map(read).collect();
    }
}

/// The letter of a square.
fn squared(e: &Expr) -> Option<&Symbol> {
    match e.as_app(fun::POW)? {
        [base, two] if two.as_int() == Some(2) => base.as_symbol().filter(|s| s.sort.is_scalar()),
        _ => None,
    }
}
