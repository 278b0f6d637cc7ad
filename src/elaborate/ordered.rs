//! Whether an equation holds though its names do not commute: both sides as sums of words, letter by letter.
//!
//! Two sides that are the same sum in the free ring over their names (with inverses) are equal in every ring. What is
//! no sum, product or power of them is a letter by itself.

use std::collections::BTreeMap;

use crate::expr::{Expr, Node, fun};
use crate::num::Rational;

/// Letters with their exponents, in order; and what commutes with everything, in any order.
type Word = (Vec<(Expr, i64)>, BTreeMap<Expr, i64>);

/// A sum of words, none of them with the coefficient 0.
type Words = BTreeMap<Word, Rational>;

/// Most words of a side.
const WORDS: usize = 64;
/// Highest power that is multiplied out.
const POWER: i64 = 6;

/// Whether both sides of an equation are the same sum of words, where what is `free` commutes with everything.
pub(super) fn holds_in_order(relation: &Expr, free: &dyn Fn(&Expr) -> bool) -> bool {
    match relation.as_app(fun::EQ) {
        Some([l, r]) => words(l, free).zip(words(r, free)).is_some_and(|(l, r)| l == r),
        _ => false,
    }
}

fn words(e: &Expr, free: &dyn Fn(&Expr) -> bool) -> Option<Words> {
    match e.node() {
        Node::Num(q) => Some(single(Word::default(), q.clone())),
        Node::App(f, args) if f.name == fun::ADD => {
            let mut sum = Words::new();
            for part in args {
                add(&mut sum, words(part, free)?);
            }
            Some(sum)
        }
        Node::App(f, args) if f.name == fun::MUL => {
            args.iter().try_fold(one(), |product, factor| times(&product, &words(factor, free)?))
        }
        Node::App(f, args) if f.name == fun::POW => match args.as_slice() {
            [base, n] => n.as_int().and_then(|n| power(base, n, free)).or_else(|| letter(e, free)),
            _ => letter(e, free),
        },
        _ => letter(e, free),
    }
}

fn one() -> Words {
    single(Word::default(), Rational::from(1))
}

fn single(word: Word, coefficient: Rational) -> Words {
    if coefficient == Rational::from(0) { Words::new() } else { Words::from([(word, coefficient)]) }
}

fn letter(e: &Expr, free: &dyn Fn(&Expr) -> bool) -> Option<Words> {
    let mut word = Word::default();
    if free(e) {
        word.1.insert(e.clone(), 1);
    } else {
        word.0.push((e.clone(), 1));
    }
    Some(single(word, Rational::from(1)))
}

fn power(base: &Expr, n: i64, free: &dyn Fn(&Expr) -> bool) -> Option<Words> {
    let base = words(base, free)?;
    if (0..=POWER).contains(&n) {
        return (0..n).try_fold(one(), |product, _| times(&product, &base));
    }
    // Only a single word has an inverse that is one.
    let ((letters, rest), coefficient) = base.iter().next().filter(|_| base.len() == 1 && n >= -POWER)?;
    let turned = letters.iter().rev().map(|(e, k)| (e.clone(), -k)).collect();
    let inverse = (turned, rest.iter().map(|(e, k)| (e.clone(), -k)).collect());
    let inverse = single(inverse, Rational::from(1).checked_div(coefficient)?);
    (0..-n).try_fold(one(), |product, _| times(&product, &inverse))
}

fn add(sum: &mut Words, more: Words) {
    for (word, coefficient) in more {
        let total = sum.remove(&word).unwrap_or_else(|| Rational::from(0)) + coefficient;
        if total != Rational::from(0) {
            sum.insert(word, total);
        }
    }
}

fn times(left: &Words, right: &Words) -> Option<Words> {
    let mut product = Words::new();
    for ((a, x), p) in left {
        for ((b, y), q) in right {
            let (mut letters, mut rest) = (a.clone(), x.clone());
            for (e, k) in b {
                match letters.last_mut().filter(|(last, _)| last == e) {
                    Some((_, power)) => {
                        *power += k;
                        letters.retain(|(_, k)| *k != 0);
                    }
                    None => letters.push((e.clone(), *k)),
                }
            }
            for (e, k) in y {
                *rest.entry(e.clone()).or_insert(0) += k;
            }
            rest.retain(|_, k| *k != 0);
            add(&mut product, single((letters, rest), p.clone() * q.clone()));
        }
    }
    (product.len() <= WORDS).then_some(product)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_letters_counts() {
        let [a, b] = ["A", "B"].map(Expr::real);
        let holds = |l: Expr, r: Expr| holds_in_order(&Expr::relate(fun::EQ, l, r), &|e| *e == Expr::real("c"));
        let square = (a.clone() + b.clone()).pow(Expr::int(2));
        let (ab, ba) = (a.clone() * b.clone(), b.clone() * a.clone());
        let squares = a.pow(Expr::int(2)) + b.pow(Expr::int(2));
        assert!(holds(square.clone(), squares.clone() + ab.clone() + ba.clone()));
        assert!(!holds(square, squares + Expr::int(2) * ab.clone()));
        assert!(holds(ab.recip(), b.recip() * a.recip()) && !holds(ab.recip(), a.recip() * b.recip()));
        assert!(!holds(ab.clone(), ba), "they do not commute");
        assert!(holds(Expr::real("c") * ab.clone(), ab * Expr::real("c")), "numbers do");
    }
}
