//! Signs to which the notes give a meaning of their own, by a line that says what they are between letters: `a * b = a + b + ab`,
//! an inner product by an integral, a norm by a greatest entry, sums of pairs, commutators. What a claim says with such a
//! sign is left open where it would be read as usual.

use crate::elaborate::sentence::{Piece, forward, word};
use crate::elaborate::signs::{behind_letter, is_digit, is_letter, signs, split, without_scripts};
use crate::read::{Block, Document};

/// Signs between two arguments, with whether they are so usual that a line defines them only where its words say so.
const INFIX: &[(&str, bool)] = &[
    ("*", true),
    ("\\cdot", true),
    ("\\times", true),
    ("\\circ", false),
    ("\\bullet", false),
    ("\\star", false),
    ("\\diamond", false),
    ("\\odot", false),
    ("\\otimes", false),
    ("\\wedge", false),
    ("\\land", false),
    ("\\vee", false),
    ("\\lor", false),
    ("\\triangle", false),
    ("\\#", false),
];
/// Signs of arithmetic: no line defines them, but words may, "`/` denotes integer division".
const ARITHMETIC: &[&str] = &["+", "/", "-", "\\oplus"];
/// Verbs behind a sign by which words say what it is, alone or between letters; and what it is as usual.
const MEANS: &[&str] = &["denotes", "denote", "means", "mean", "stands", "is", "represents", "는", "은"];
const USUAL: &[&str] = &[
    "multiplication",
    "product",
    "hadamard",
    "elementwise",
    "element-wise",
    "entrywise",
    "addition",
    "sum",
    "dot",
    "scalar",
    "subtraction",
    "difference",
    "division",
    "multiplied",
    "곱셈",
    "덧셈",
    "곱",
    "합",
];
/// Words by which a usual operation is another one all the same.
const UNUSUAL: &[&str] = &["integer", "floor", "modulo", "exclusive", "convolution", "tensor", "kronecker", "cross"];
/// Words by which a line defines.
const DEFINING: &[&str] = &[
    "let",
    "define",
    "defined",
    "definition",
    "write",
    "denote",
    "operation",
    "convolution",
    "product",
    "pairs",
    "정의",
    "연산",
    "합성곱",
    "내적",
    "외적",
];
/// Words by which brackets with two entries are a commutator.
const COMMUTATORS: &[&str] = &["commut", "operator", "lie bracket", "bracket", "교환자", "연산자"];
/// What stands in a norm that is no root of a sum of squares.
const NOT_EUCLIDEAN: &[&str] = &["\\max", "\\min", "\\sup", "\\inf", "\\int", "\\lambda", "\\sigma", "\\mathbb{E}"];
/// What may stand between the letters of the usual inner product.
const BETWEEN: &[&str] = &[
    "{",
    "}",
    "(",
    ")",
    "\\cdot",
    "\\sum",
    "\\overline",
    "\\bar",
    "\\operatorname",
    "\\mathrm",
    "\\text",
    "\\cdots",
    "\\dots",
    "\\ldots",
    "t",
    "r",
    ",",
    "\\top",
    ".",
];

/// How many words behind a sign say what it is.
const NEAR: usize = 6;

/// What a sign stands between.
#[derive(Clone, Debug, PartialEq)]
enum Form {
    Infix(&'static str),
    Inner,
    Norm,
    Bracket,
    /// Of pairs, with the sign between them; none for a product without one.
    Pairs(String),
}

/// A line that says what a sign is.
#[derive(Debug)]
struct Told {
    block: usize,
    form: Form,
    /// Whether that is another meaning than the usual one.
    own: bool,
    /// Whether it is said of what has entries, and of numbers nothing.
    arrays: bool,
}

/// The signs of a document with a meaning of their own.
#[derive(Debug, Default)]
pub(super) struct Operations(Vec<Told>);

/// What the formulas of a document say of signs.
pub(super) fn operations(document: &Document) -> Operations {
    let mut out = vec![];
    for (block, b) in document.blocks.iter().enumerate() {
        let Block::Formula(f) = b else { continue };
        if !f.extract.text.contains('=') {
            let form = called_otherwise(document, block, &f.extract.text).map(Form::Infix);
            out.extend(form.map(|form| Told { block, form, own: true, arrays: false }));
            continue;
        }
        let all = signs(&f.extract.text);
        let words = || {
            let near = document.before(block).into_iter().chain(document.after(block));
            near.map(|p| p.text.to_lowercase()).collect::<Vec<_>>().join(" ")
        };
        for part in split(&all, &[",", ";", "\\\\", "\\quad", "\\qquad"]) {
            let sides = split(part, &["="]);
            let (Some(left), Some(right)) = (sides.first(), sides.get(1)) else { continue };
            if let Some((form, own, arrays)) = told(left, right, &words) {
                out.push(Told { block, form, own, arrays });
            }
        }
    }
    Operations(out)
}

/// The sign that words give a meaning of its own: "let `+` denote exclusive or", "`a \wedge b` is the minimum".
fn called_otherwise(document: &Document, block: usize, text: &str) -> Option<&'static str> {
    let all = signs(text);
    let sign = match strings(&all).as_slice() {
        [sign] => Some(*sign),
        [a, sign, b] if is_letter(a) && is_letter(b) => Some(*sign),
        _ => None,
    }?;
    let sign = INFIX.iter().map(|(s, _)| *s).chain(ARITHMETIC.iter().copied()).find(|s| *s == sign)?;
    let after = forward(document, block);
    let said: Vec<&str> = after.iter().map_while(word).take(NEAR).collect();
    let (verb, meaning) = said.split_first()?;
    let is = |list: &[&str]| meaning.iter().any(|w| list.contains(w));
    let told = MEANS.contains(verb) && (*verb != "is" || all.len() > 1 || is(UNUSUAL));
    let named = !meaning.is_empty() || after.iter().any(|p| matches!(p, Piece::Formula(_)));
    (told && named && (!is(USUAL) || is(UNUSUAL)) && (*verb != "is" || meaning.first() == Some(&"the"))).then_some(sign)
}

fn at(signs: &[String], i: usize) -> &str {
    signs.get(i).map_or("", String::as_str)
}

fn strings(signs: &[String]) -> Vec<&str> {
    signs.iter().map(String::as_str).collect()
}

/// The meaning that an equation gives to a sign, if it does: the form, whether it is another one than usual, whether it is
/// of arrays.
fn told(left: &[String], right: &[String], words: &dyn Fn() -> String) -> Option<(Form, bool, bool)> {
    let says = |list: &[&str]| {
        let text = words();
        list.iter().any(|w| text.contains(w))
    };
    let has = |s: &str| right.iter().any(|r| r == s);
    let list = strings(left);
    match list.as_slice() {
        ["⟨", a, ",", b, "⟩"] if is_letter(a) && is_letter(b) && has(a) && has(b) && !has("⟨") && !has("‖") => {
            return Some((Form::Inner, !is_usual_product(a, b, right), true));
        }
        ["‖", a, "‖"] | ["‖", a, "‖", "^", "2"] if is_letter(a) && has(a) && !has("‖") && !has("⟨") => {
            let bare = !has("_") && !has("^") && !NOT_EUCLIDEAN.iter().any(|s| has(s));
            return (!bare).then(|| (Form::Norm, !is_euclidean(a, right), true));
        }
        ["[", .., "]"] => {
            let (a, b) = entries(left)?;
            let product = [a, b, &["-".to_owned()], b, a].concat();
            let own = product == right || has("\\hbar") || left.iter().any(|s| s == "\\dagger") || says(COMMUTATORS);
            let named = behind_letter(a, 0) == Some(a.len()) && behind_letter(b, 0) == Some(b.len());
            return (own && named).then_some((Form::Bracket, true, true));
        }
        ["(", a, ",", b, ")", sign @ .., "(", c, ",", d, ")"]
            if sign.len() <= 1 && [a, b, c, d].iter().all(|s| is_letter(s)) =>
        {
            let sign = sign.concat();
            if !matches!(sign.as_str(), "+" | "-" | "" | "\\cdot" | "*" | "\\times")
                || ![a, b, c, d].iter().all(|s| has(s))
            {
                return None;
            }
            let entrywise = |op: &str| {
                let usual = format!("({a}{op}{c},{b}{op}{d})");
                let turned = format!("({c}{op}{a},{d}{op}{b})");
                [usual, turned].contains(&right.concat())
            };
            let own = match sign.as_str() {
                "+" | "-" => !entrywise(&sign),
                _ => right.concat() != format!("{a}{c}+{b}{d}"),
            };
            return Some((Form::Pairs(sign), own, true));
        }
        _ => {}
    }
    // `a * b`, `(f * g)(t)`
    let inner = match list.as_slice() {
        ["(", a, s, b, ")", ..] | [a, s, b] => Some((*a, *s, *b)),
        _ => None,
    };
    let (a, sign, b) = inner.filter(|(a, _, b)| is_letter(a) && is_letter(b))?;
    let (sign, usual) = INFIX.iter().find(|(s, _)| *s == sign).copied()?;
    if !has(a) || !has(b) || a == b || has(sign) {
        return None;
    }
    let arrays = has("_") || right.windows(2).any(|w| w.first().is_some_and(|s| s == "^") && at(w, 1) == "T");
    let summed = has("\\int") || has("\\sum");
    if is_usual_product(a, b, right) || has("\\cos") {
        return Some((Form::Infix(sign), false, arrays));
    }
    (!usual || summed || says(DEFINING)).then_some((Form::Infix(sign), true, arrays && !summed))
}

/// Both entries of a bracket with one comma.
fn entries(signs: &[String]) -> Option<(&[String], &[String])> {
    let inner = signs.get(1..signs.len().checked_sub(1)?)?;
    match split(inner, &[","]).as_slice() {
        [a, b] => Some((a, b)),
        _ => None,
    }
}

/// Whether it is a sum of products of the entries of both, `x_1 y_1 + x_2 y_2`, `x^T y`, `|x||y| \cos θ`.
fn is_usual_product(a: &str, b: &str, right: &[String]) -> bool {
    if right.iter().any(|s| s == "\\cos") {
        return true;
    }
    split(right, &["+"]).iter().all(|term| {
        let left: Vec<&str> =
            without_scripts(term).into_iter().filter(|s| *s == a || *s == b || !BETWEEN.contains(s)).collect();
        left.chunks(2).all(|pair| pair == [a, b] || pair == [b, a])
    })
}

/// Whether it is the root of a sum of squares, or that sum.
fn is_euclidean(a: &str, right: &[String]) -> bool {
    if right.iter().any(|s| NOT_EUCLIDEAN.contains(&s.as_str())) {
        return false;
    }
    let squared =
        right.windows(2).any(|w| at(w, 0) == "^" && matches!(at(w, 1), "2" | "T" | "\\top" | "*" | "{" | "\\intercal"))
            || right.iter().any(|s| s == "\\cdot");
    let two = right.iter().any(|s| s == "2")
        || !right.iter().any(|s| s == "^")
        || right.iter().filter(|s| *s == a).count() > 1;
    let within: Vec<String> = right.iter().filter(|s| !matches!(s.as_str(), "\\sqrt" | "|")).cloned().collect();
    let plain = without_scripts(&within);
    let mut terms = plain.split(|s| *s == "+");
    squared
        && two
        && terms.all(|term| {
            let left: Vec<&&str> = term.iter().filter(|s| **s == a || !BETWEEN.contains(s)).collect();
            left.is_empty() || left.iter().all(|s| **s == a) && left.len() <= 2
        })
}

impl Operations {
    /// The sign of a formula that has a meaning of its own, from what is said where `reaches` says so; the last word counts.
    pub(super) fn own(&self, latex: &str, reaches: &dyn Fn(usize) -> bool) -> Option<String> {
        if self.0.iter().all(|t| !t.own) {
            return None;
        }
        let all = signs(latex);
        let last = |fits: &dyn Fn(&Form) -> bool| self.0.iter().rfind(|t| fits(&t.form) && reaches(t.block));
        let is_own = |form: &Form| last(&|f| f == form).filter(|t| t.own);
        for sign in INFIX.iter().map(|(sign, _)| sign).chain(ARITHMETIC) {
            if let Some(t) = is_own(&Form::Infix(sign))
                && stands_between(&all, sign, t.arrays)
            {
                return Some((*sign).to_owned());
            }
        }
        let inner = is_own(&Form::Inner);
        if inner.is_some() && (0..all.len()).any(|i| is_pair(&all, i, "⟨", "⟩")) {
            return Some("⟨ , ⟩".to_owned());
        }
        let norm = last(&|f| *f == Form::Norm);
        let by_inner = norm.is_none() && inner.is_some();
        if (norm.is_some_and(|t| t.own) || by_inner) && has_norm(&all) {
            return Some("‖ ‖".to_owned());
        }
        if is_own(&Form::Bracket).is_some()
            && (0..all.len())
                .any(|i| is_pair(&all, i, "[", "]") && !all.get(i + 1).is_some_and(|s| is_digit(s) || s == "-"))
        {
            return Some("[ , ]".to_owned());
        }
        for t in self.0.iter().filter(|t| matches!(t.form, Form::Pairs(_))) {
            let Form::Pairs(sign) = &t.form else { continue };
            if is_own(&t.form).is_some() && has_pairs(&all, sign) {
                return Some(format!("( , ){sign}( , )"));
            }
        }
        None
    }
}

/// Whether a sign stands between two operands, of which neither ends or begins with a digit if it is of `arrays`.
pub(super) fn stands_between(all: &[String], sign: &str, arrays: bool) -> bool {
    (1..all.len()).any(|i| {
        let (before, behind) = (at(all, i - 1), at(all, i + 1));
        at(all, i) == sign
            && !matches!(before, "^" | "_" | "{" | "(" | "," | "=" | "")
            && !matches!(behind, "}" | ")" | "^" | "_" | "," | "=" | "")
            && !(arrays && (is_digit(before) || is_digit(behind)))
    })
}

/// Whether brackets with one comma open at a place.
pub(super) fn is_pair(all: &[String], i: usize, open: &str, close: &str) -> bool {
    let mut depth = 0i32;
    let mut commas = 0;
    if at(all, i) != open {
        return false;
    }
    for s in all.iter().skip(i) {
        match s.as_str() {
            "(" | "[" | "{" | "⟨" => depth += 1,
            ")" | "]" | "}" | "⟩" => depth -= 1,
            "," if depth == 1 => commas += 1,
            _ => {}
        }
        if depth == 0 {
            return s == close && commas == 1;
        }
    }
    false
}

/// Whether a norm without a subscript stands there.
pub(super) fn has_norm(all: &[String]) -> bool {
    let bars: Vec<usize> = (0..all.len()).filter(|i| at(all, *i) == "‖").collect();
    bars.chunks(2).any(|pair| pair.get(1).is_some_and(|end| at(all, end + 1) != "_"))
}

fn has_pairs(all: &[String], sign: &str) -> bool {
    (1..all.len()).any(|i| {
        let behind = if sign.is_empty() { i } else { i + 1 };
        at(all, i - 1) == ")" && (sign.is_empty() || at(all, i) == sign) && is_pair(all, behind, "(", ")")
    })
}

/// Whether a formula says that two letters do not commute: `[a, b] = c`, `ab - ba = c`, `ab = -ba`.
pub(super) fn is_commutator(text: &str, words: &dyn Fn() -> String) -> bool {
    let all = signs(text);
    let sides = split(&all, &["="]);
    let (Some(left), Some(right)) = (sides.first(), sides.get(1)) else { return false };
    let zero = at(right, 0) == "0";
    if at(left, 0) == "[" {
        return !zero && matches!(told(left, right, words), Some((Form::Bracket, ..)));
    }
    let Some(first) = behind_letter(left, 0) else { return false };
    let Some(second) = behind_letter(left, first) else { return false };
    let (a, b) = (left.get(..first).unwrap_or(&[]), left.get(first..second).unwrap_or(&[]));
    let turned = [&["-".to_owned()], b, a].concat();
    let rest = left.get(second..).unwrap_or(&[]);
    a != b && (rest == turned && !zero || rest.is_empty() && sides.iter().skip(1).any(|s| *s == turned))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a line gives a sign another meaning than the usual one.
    fn is_own(text: &str) -> Option<bool> {
        let all = signs(text);
        let sides = split(&all, &["="]);
        told(sides.first()?, sides.get(1)?, &|| "define".to_owned()).map(|(_, own, _)| own)
    }

    #[test]
    fn usual_definitions_are_told_from_other_ones() {
        for text in [
            r"\langle x, y \rangle = \sum_{i=1}^n x_i y_i",
            r"\langle x, y \rangle = x^\top y",
            r"\langle A, B \rangle = \operatorname{tr}(A^T B)",
            r"u \cdot v = |u| |v| \cos\theta",
            r"u \odot v = (u_1 v_1, u_2 v_2)",
            r"\|x\| = \sqrt{x_1^2 + x_2^2}",
            r"\|x\| = \left( \sum_i |x_i|^2 \right)^{1/2}",
            r"(a, b) + (c, d) = (a + c, b + d)",
        ] {
            assert_eq!(is_own(text), Some(false), "{text}");
        }
        for text in [
            r"\langle f, g \rangle = \int_0^1 f(t) g(t) \, dt",
            r"\langle x, y \rangle = x^T A y",
            r"u \cdot v = -u_0 v_0 + u_1 v_1",
            r"a * b = a + b + a b",
            r"\|x\| = |x_1| + |x_2|",
            r"\|x\| = \max_i |x_i|",
            r"\|x\| = \left( \sum_i |x_i|^p \right)^{1/p}",
            r"(a, b) + (c, d) = (a d + b c, b d)",
            r"[A, B] = AB - BA",
        ] {
            assert_eq!(is_own(text), Some(true), "{text}");
        }
        for text in [r"u \cdot v = 0", r"\|x\| = 1", r"\langle x, y \rangle = \langle y, x \rangle", r"a * b = b * a"] {
            assert_eq!(is_own(text), None, "{text}");
        }
    }

    #[test]
    fn commutators_are_found() {
        let is = |text: &str| is_commutator(text, &|| String::new());
        assert!(is(r"x p - p x = i \hbar") && is(r"[a, a^\dagger] = 1") && is("ij = -ji") && is("ij = k = -ji"));
        assert!(!is("x p - p x = 0") && !is("x y = z") && !is("[a, b] = c") && !is("x - y = y - x"));
    }
}
