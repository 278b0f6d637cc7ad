//! Products and lengths of what is no number, by the signs of a formula or by what it was read as: paired vectors, crossed
//! ones, bras and kets, inner products and commutators that look like pairs.

use crate::algebra::canon::is_identity;
use crate::elaborate::operation::is_pair;
use crate::elaborate::ordered::holds_in_order;
use crate::elaborate::signs::{is_digit, is_letter, split};
use crate::expr::fun::is_connective;
use crate::expr::{Expr, Node, Sort, fun};

/// Whether one sign stands twice in a formula with a bracket: it need not be associative.
pub(super) fn regroups(signs: &[String], sign: &str) -> bool {
    let twice = split(signs, &["="]).iter().any(|side| side.iter().filter(|s| *s == sign).count() > 1);
    twice && signs.iter().any(|s| s == "(")
}

/// Whether a letter that is paired with another on one side, `⟨u, v⟩` or with `dots` `u \cdot v`, stands alone on the other,
/// and one that stands alone there is paired here: of vectors `(u \cdot v) w` is no `u (v \cdot w)`.
pub(super) fn changes_pairs(signs: &[String], dots: bool) -> bool {
    let sides = split(signs, &["="]);
    let [left, right] = sides.as_slice() else { return false };
    let plain = |s: &String| is_letter(s) && !s.starts_with('\\') || matches!(s.as_str(), "(" | ")" | "\\cdot" | "=");
    if dots && !signs.iter().all(plain) {
        return false;
    }
    let parted = |side: &[String]| {
        let (mut paired, mut alone): (Vec<String>, Vec<String>) = (vec![], vec![]);
        let mut depth = 0;
        for (i, s) in side.iter().enumerate() {
            match s.as_str() {
                "⟨" if depth > 0 || is_pair(side, i, "⟨", "⟩") => depth += 1,
                "⟩" if depth > 0 => depth -= 1,
                letter if is_letter(letter) => {
                    let dot = |at: Option<&String>| dots && at.is_some_and(|s| s == "\\cdot");
                    let beside = dot(side.get(i + 1)) || i.checked_sub(1).is_some_and(|at| dot(side.get(at)));
                    let list = if depth > 0 || beside { &mut paired } else { &mut alone };
                    list.push(letter.to_owned());
                }
                _ => {}
            }
        }
        (paired, alone)
    };
    let ((p, a), (q, b)) = (parted(left), parted(right));
    let shared = |x: &[String], y: &[String]| x.iter().any(|s| y.contains(s));
    shared(&p, &b) && shared(&a, &q)
}

/// Whether a bra and a ket stand in it, `⟨ψ|A|φ⟩` or `⟨m|n⟩`: one letter or digit before the first bar, one behind the last.
fn is_bracket(inside: &[String]) -> bool {
    let bar = |s: &String| matches!(s.as_str(), "|" | "\\vert" | "\\mid");
    let one = |part: &[String]| part.first().is_some_and(|s| is_letter(s) || is_digit(s)) && part.len() < 5;
    let (first, last) = (inside.iter().position(bar), inside.iter().rposition(bar));
    matches!((first, last), (Some(a), Some(b)) if one(inside.get(..a).unwrap_or(&[])) && one(inside.get(b + 1..).unwrap_or(&[])))
        && !inside.iter().any(|s| s == ",")
}

/// Whether a bra or a ket stands in a formula.
pub(super) fn has_ket(signs: &[String]) -> bool {
    let closes = |from: usize| signs.iter().skip(from).position(|s| s == "⟩").map(|at| from + at);
    let pairs = (0..signs.len()).filter(|&i| signs.get(i).is_some_and(|s| s == "⟨"));
    pairs.filter_map(|i| signs.get(i + 1..closes(i)?)).any(is_bracket)
}

/// Whether double bars stand around what was read as a number. Nobody writes them so: its letters are vectors, matrices or
/// functions that nothing declares.
pub(super) fn has_norm_of_number(relation: &Expr) -> bool {
    // That one is not negative holds of all.
    let bounds = |e: &Expr| e.as_num().is_some();
    if relation.as_app(fun::EQ).is_none() && relation.children().into_iter().any(bounds) {
        return false;
    }
    let number = |e: &Expr| e.sort().is_scalar() && e.symbols().iter().any(|s| s.sort == Sort::Real);
    relation.any(&mut |x| x.as_app("norm").or_else(|| x.as_app("norm1")).is_some_and(|args| args.iter().any(number)))
}

/// Whether a sign between propositions stands beside a letter or a number: `p ∨ q ≡ q ∨ p` is of propositions, and no
/// statement about numbers.
pub(super) fn joins_letters(relation: &Expr) -> bool {
    let letter = |e: &Expr| e.as_symbol().is_some() || e.as_num().is_some();
    let joined = |x: &Expr| matches!(x.node(), Node::App(f, args) if is_connective(f.name) && args.iter().any(letter));
    relation.any(&mut |x| joined(x))
}

/// Whether two things with a comma between them stand in round or square brackets.
pub(super) fn has_pair(signs: &[String]) -> bool {
    let opens = |s: &str| matches!(s, "(" | "[");
    (0..signs.len()).filter(|&i| signs.get(i).is_some_and(|s| opens(s))).any(|from| {
        let (mut depth, mut commas) = (0_i32, 0);
        for sign in signs.iter().skip(from) {
            match sign.as_str() {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth -= 1,
                "," if depth == 1 => commas += 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        commas == 1
    })
}

/// Whether an equation of pairs that fails of columns holds of what else is written so: `(u, v) = (v, u)` of inner products
/// and greatest common divisors, `[A, B] = -[B, A]` of commutators.
pub(super) fn holds_of_pairs(relation: &Expr) -> bool {
    let pair = |x: &Expr| match x.node() {
        Node::Array { columns: None, entries, .. } => match entries.as_slice() {
            [a, b] if !a.symbols().is_empty() || !b.symbols().is_empty() => Some((a.clone(), b.clone())),
            _ => None,
        },
        _ => None,
    };
    let Some([left, right]) = relation.as_app(fun::EQ) else { return false };
    if !relation.any(&mut |x| pair(x).is_some()) || is_identity(left, right) {
        return false;
    }
    let with = |of: &dyn Fn(Expr, Expr) -> Expr| relation.transform(&mut |x, _| pair(x).map(|(a, b)| of(a, b)));
    let product = with(&|a, b| a * b);
    let symmetric = matches!(product.as_app(fun::EQ), Some([l, r]) if is_identity(l, r));
    symmetric || holds_in_order(&with(&|a, b| a.clone() * b.clone() - b * a), &|_| false)
}
