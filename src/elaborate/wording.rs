//! Notation that words give another meaning than the usual one: which norm, which product, which numbers; where digits
//! stand in another base, and neighbouring capital letters are one name. A row each.

use crate::algebra::eval::{Env, Point, PointValue, evaluate};
use crate::elaborate::called::ELEMENTWISE;
use crate::elaborate::marks::{follows, has_differential, has_wide_bar, is_of_ones, raises_by};
use crate::elaborate::numeral::in_another_base;
use crate::elaborate::operation::{has_norm, stands_between};
use crate::elaborate::ordered::holds_in_order;
use crate::elaborate::paired::{
    changes_pairs, has_ket, has_norm_of_number, has_pair, holds_of_pairs, joins_letters, regroups,
};
use crate::elaborate::signs::is_letter;
use crate::elaborate::vocabulary::Vocabulary;
use crate::expr::{Expr, Node, Symbol, fun};
use crate::num::Rational;

/// A claim with the words around it.
pub(super) struct Wording<'a> {
    /// The signs of the formula.
    pub(super) signs: &'a [String],
    /// What it says, definitions unfolded if they could be.
    pub(super) relation: &'a Expr,
    /// The words of its section before it, and those next to it, in small letters.
    pub(super) near: &'a dyn Fn() -> String,
    /// The formulas of its section before it, and those next to it.
    pub(super) beside: &'a dyn Fn() -> Vec<Vec<String>>,
    /// All words of the notes.
    pub(super) words: &'a Vocabulary<'a>,
}

/// Where the words of a row have to stand.
enum Reach {
    /// In its section, before the formula or next to it.
    Near,
    /// Anywhere in the notes.
    Notes,
    /// They are not needed.
    Nowhere,
}

/// Notation, and what its words are.
struct Row {
    /// How it is shown.
    sign: &'static str,
    reach: Reach,
    words: &'static [&'static str],
    /// Words anywhere in the notes by which it has its usual meaning all the same.
    usual: &'static [&'static str],
    /// Whether the claim has it, and takes it as usual.
    has: fn(&Wording) -> bool,
}

const ROWS: &[Row] = &[
    Row { sign: "\\circ", reach: Reach::Nowhere, words: &[], usual: ELEMENTWISE, has: composes },
    Row {
        sign: "\\times",
        reach: Reach::Notes,
        words: &["cross product", "vector product", "cartesian product", "외적", "벡터곱", "곱집합"],
        usual: &[],
        has: |w| stands_between(w.signs, "\\times", true) && multiplies_letters(w),
    },
    Row {
        sign: "\\times",
        reach: Reach::Near,
        words: &[
            "vector",
            "force",
            "field",
            "torque",
            "momentum",
            "velocity",
            "curl",
            "벡터",
            "힘",
            "자기장",
            "운동량",
        ],
        usual: &[],
        has: |w| {
            let letters = stands_between(w.signs, "\\times", true) && multiplies_letters(w);
            letters && (!holds_in_order(w.relation, &|_| false) || regroups(w.signs, "\\times"))
        },
    },
    Row {
        sign: "\\cdot",
        reach: Reach::Near,
        words: &["vector", "dot product", "벡터"],
        usual: &[],
        has: |w| changes_pairs(w.signs, true),
    },
    Row { sign: "⟨ , ⟩", reach: Reach::Nowhere, words: &[], usual: &[], has: |w| changes_pairs(w.signs, false) },
    Row { sign: "⟨ | ⟩", reach: Reach::Nowhere, words: &[], usual: &[], has: |w| has_ket(w.signs) },
    Row {
        sign: "_i",
        reach: Reach::Notes,
        words: &["repeated indic", "repeated index", "einstein sum", "einstein conv", "einstein not", "반복되는 첨자"],
        usual: &[],
        has: |w| w.signs.windows(2).any(|p| matches!(p, [foot, i] if foot == "_" && (i == "{" || is_letter(i)))),
    },
    Row {
        sign: "^",
        reach: Reach::Near,
        words: &["superscript", "위첨자", "윗첨자"],
        usual: &[],
        has: |w| w.signs.windows(3).any(|p| matches!(p, [sign, a, b] if sign == "^" && raises_by(a, b))),
    },
    Row {
        sign: "ab",
        reach: Reach::Near,
        words: &["concatenat", "grassmann", "anticommut", "anti-commut", "이어 붙"],
        usual: &[],
        has: |w| {
            let letters = w.relation.as_app(fun::EQ).is_some() && w.relation.symbols().len() > 1;
            let summed = w.relation.any(&mut |x| x.as_app(fun::ADD).is_some());
            letters && !summed && !holds_in_order(w.relation, &|_| false)
        },
    },
    Row {
        sign: "+",
        reach: Reach::Near,
        words: &[
            "in floating-point arithmetic",
            "in floating point arithmetic",
            "floating-point addition",
            "부동소수점 연산",
        ],
        usual: &[],
        has: |w| w.relation.as_app(fun::EQ).is_some() && !w.relation.symbols().is_empty(),
    },
    Row {
        sign: "*",
        reach: Reach::Notes,
        words: &["convolution", "convolve", "convolving", "impulse", "signal", "합성곱", "컨볼루션"],
        usual: &[],
        has: |w| stands_between(w.signs, "*", true) && !w.relation.symbols().is_empty(),
    },
    Row {
        sign: "[ , ]",
        reach: Reach::Notes,
        words: &["interval arithmetic", "구간 연산", "구간 산술"],
        usual: &[],
        has: |w| w.signs.iter().any(|s| s == "[") && w.signs.iter().any(|s| s == ","),
    },
    Row {
        sign: "+",
        reach: Reach::Notes,
        words: &["tropical", "max-plus", "min-plus", "semiring"],
        usual: &[],
        has: |w| w.signs.iter().any(|s| matches!(s.as_str(), "+" | "\\cdot" | "\\oplus" | "\\otimes")),
    },
    Row {
        sign: "‖ ‖",
        reach: Reach::Near,
        words: &[
            "maximum norm",
            "max norm",
            "max-norm",
            "supremum norm",
            "sup norm",
            "sup-norm",
            "infinity norm",
            "uniform norm",
            "taxicab norm",
            "manhattan norm",
            "sum norm",
            "l1 norm",
            "l1-norm",
            "최대 노름",
            "상한 노름",
            "맨해튼 노름",
        ],
        usual: &[],
        has: |w| has_norm(w.signs) && (w.beside)().iter().any(|f| has_norm(f)),
    },
    Row {
        sign: "‖ ‖",
        reach: Reach::Notes,
        words: &[
            "operator norm",
            "spectral norm",
            "nuclear norm",
            "induced norm",
            "작용소 노름",
            "스펙트럼 노름",
            "연산자 노름",
        ],
        usual: &["frobenius", "프로베니우스"],
        has: |w| has_norm(w.signs) && of_matrix(w.relation, "norm"),
    },
    Row {
        sign: "softmax",
        reach: Reach::Notes,
        words: &[
            "in each column",
            "each column is",
            "for each column",
            "to each column",
            "of each column",
            "over each column",
            "column-wise softmax",
            "columnwise softmax",
            "softmax column",
            "per column",
            "along columns",
            "over columns",
            "over the columns",
            "열마다",
            "열별",
        ],
        usual: &[],
        has: |w| of_matrix(w.relation, "softmax"),
    },
    Row { sign: "\\|", reach: Reach::Nowhere, words: &[], usual: &[], has: |w| has_norm_of_number(w.relation) },
    Row { sign: "∨", reach: Reach::Nowhere, words: &[], usual: &[], has: |w| joins_letters(w.relation) },
    Row {
        sign: "( , )",
        reach: Reach::Nowhere,
        words: &[],
        usual: &[],
        has: |w| has_pair(w.signs) && holds_of_pairs(w.relation),
    },
    Row {
        sign: "\\overline",
        reach: Reach::Nowhere,
        words: &[],
        usual: &["conjuga", "complex", "켤레", "복소"],
        has: |w| has_wide_bar(w.signs),
    },
    Row {
        sign: "ω",
        reach: Reach::Notes,
        words: &["ordinals", "ordinal number", "ordinal arithmetic", "transfinite", "서수", "순서수"],
        usual: &[],
        has: |w| {
            let infinite = |s: &Symbol| {
                ["\\omega", "\\alpha", "\\beta", "\\gamma", "\\epsilon", "\\varepsilon"].contains(&&*s.name)
            };
            w.relation.symbols().iter().any(infinite) && !is_same(w.relation)
        },
    },
    Row {
        sign: "ij",
        reach: Reach::Notes,
        words: &["quaternion", "사원수"],
        usual: &[],
        has: |w| {
            let unit = |s: &&Symbol| ["i", "j", "k", "\\mathbf{i}", "\\mathbf{j}", "\\mathbf{k}"].contains(&&*s.name);
            w.relation.symbols().iter().filter(unit).count() > 1 && !holds_in_order(w.relation, &|_| false)
        },
    },
    Row {
        sign: "±",
        reach: Reach::Notes,
        words: &["ladder operator", "raising", "lowering", "creation", "annihilation", "사다리 연산자", "생성 연산자"],
        usual: &[],
        has: |w| {
            let signed = |s: &&Symbol| s.name.contains('_') && s.name.trim_end_matches('}').ends_with(['+', '-']);
            w.relation.symbols().iter().filter(signed).count() > 1 && !holds_in_order(w.relation, &|_| false)
        },
    },
    Row {
        sign: "\\delta",
        reach: Reach::Notes,
        words: &[
            "propagated error",
            "error signal",
            "errors $\\delta",
            "error $\\delta",
            "errors \\(\\delta",
            "delta rule",
            "역전파 오차",
        ],
        usual: &["kronecker", "크로네커"],
        has: |w| w.relation.any(&mut |x| x.as_app("delta").is_some()) && w.signs.iter().any(|s| s == "\\delta"),
    },
    Row {
        sign: "d",
        reach: Reach::Notes,
        words: &[
            "brownian",
            "wiener",
            "itô",
            "ito's",
            "ito calculus",
            "stochastic calculus",
            "브라운 운동",
            "위너 과정",
            "이토",
        ],
        usual: &[],
        has: |w| has_differential(w.signs),
    },
    Row {
        sign: "\\uparrow",
        reach: Reach::Notes,
        words: &["\\uparrow"],
        usual: &[],
        has: |w| (w.beside)().iter().any(|f| follows(f, "\\uparrow", w.signs)),
    },
    Row {
        sign: "<",
        reach: Reach::Near,
        words: &[
            "order the natural",
            "order the integers",
            "orders the",
            "sharkovsk",
            "ordering of the natural",
            "ordered as follows",
        ],
        usual: &[],
        has: |w| {
            let ordered = ["lt", "gt", "le", "ge"].iter().any(|r| w.relation.as_app(r).is_some());
            ordered && w.relation.symbols().is_empty()
        },
    },
];

/// Words by which neighbouring capital letters are one name: of segments, of counts, of sums of squares.
const NAMES: &[&str] = &[
    "quadrilateral",
    "line segment",
    "similar triangles",
    "right triangle",
    "triangle $",
    "confusion matrix",
    "true positive",
    "true negative",
    "negative predictive",
    "precision and recall",
    "sums of squares",
    "sum of squares",
    "사각형",
    "삼각형",
    "선분",
    "제곱합",
];

/// The notation of a claim by which it is left open.
pub(super) fn otherwise(w: &Wording) -> Option<String> {
    let speaks = |row: &Row| match row.reach {
        Reach::Near => {
            let near = (w.near)();
            row.words.iter().any(|t| near.contains(t))
        }
        Reach::Notes => w.words.says_any(row.words),
        Reach::Nowhere => true,
    };
    // Words of the notes are looked for once, those of a section for each claim.
    let fits = |row: &&Row| match row.reach {
        Reach::Near => (row.has)(w) && speaks(row),
        _ => speaks(row) && (row.has)(w),
    };
    let found = ROWS.iter().find(|row| fits(row) && !w.words.says_any(row.usual));
    let lettered = || has_norm(w.signs) && is_of_ones(&(w.near)(), &(w.beside)());
    found
        .map(|row| row.sign.to_owned())
        .or_else(|| lettered().then(|| "‖ ‖".to_owned()))
        .or_else(|| in_another_base(w.relation, w.signs, w.near, w.beside))
        .or_else(|| one_name(w))
}

/// Whether functions are composed, and not multiplied: a circle between what has no entries.
fn composes(w: &Wording) -> bool {
    let circle = |i: usize| {
        let (before, behind) = (w.signs.get(i.wrapping_sub(1)), w.signs.get(i + 1));
        let bare = |s: Option<&String>, no: &[&str]| s.is_some_and(|s| !no.contains(&s.as_str()));
        // `(f \circ g)(x)` is read as what it is.
        let applied = w.signs.get(i + 2).is_some_and(|s| s == ")") && w.signs.get(i + 3).is_some_and(|s| s == "(");
        let is_circle = w.signs.get(i).is_some_and(|s| s == "\\circ") && !applied;
        is_circle && bare(before, &["^", "_", "{"]) && bare(behind, &["}", ")", "=", ","])
    };
    let entrywise = w.relation.any(&mut |x| x.as_app("hadamard").is_some() && !x.sort().is_scalar());
    let sums = w.relation.any(&mut |x| x.as_app(fun::ADD).is_some());
    (0..w.signs.len()).any(circle) && !entrywise && (sums || !holds_in_order(w.relation, &|_| false))
}

/// Whether letters stand in it that are read as numbers, and no cross product of arrays.
fn multiplies_letters(w: &Wording) -> bool {
    let cross = w.relation.any(&mut |x| x.as_app("cross").is_some());
    !cross
        && w.relation.symbols().iter().filter(|s| s.sort.is_scalar()).count() > 1
        && w.relation.as_app(fun::EQ).is_some()
}

/// Whether a function is taken of a matrix.
fn of_matrix(e: &Expr, function: &str) -> bool {
    e.any(&mut |x| {
        matches!(x.node(), Node::App(f, args) if f.name == function && args.first().is_some_and(|a| a.sort().sizes().len() > 1))
    })
}

fn is_same(relation: &Expr) -> bool {
    matches!(relation.as_app(fun::EQ), Some([l, r]) if l == r)
}

/// Two capital letters that words make one name, where the relation takes them for a product and fails without that.
fn one_name(w: &Wording) -> Option<String> {
    let capital = |i: usize| w.signs.get(i).is_some_and(|s| s.len() == 1 && s.chars().all(|c| c.is_ascii_uppercase()));
    let begins = |i: usize| capital(i) && capital(i + 1) && !(i > 0 && capital(i - 1));
    let pairs: Vec<Vec<&str>> = (0..w.signs.len())
        .filter(|i| begins(*i))
        .map(|i| (i..).take_while(|k| capital(*k)).filter_map(|k| w.signs.get(k)).map(String::as_str).collect())
        .collect();
    if pairs.len() < 2 || !w.words.says_any(NAMES) {
        return None;
    }
    let together = named_together(w.relation, &pairs);
    (together != *w.relation && !agrees(&together)).then(|| pairs.first().map(|p| p.concat())).flatten()
}

/// The relation with each of these rows of letters as one symbol.
fn named_together(e: &Expr, names: &[Vec<&str>]) -> Expr {
    e.transform(&mut |x, _| {
        let mut factors = x.as_app(fun::MUL)?.to_vec();
        let mut changed = false;
        for name in names {
            let is_it = |window: &[Expr]| {
                window
                    .iter()
                    .zip(name)
                    .all(|(f, n)| f.as_symbol().is_some_and(|s| *s.name == **n && s.sort.is_scalar()))
            };
            while let Some(from) = factors.windows(name.len()).position(is_it) {
                factors.splice(from..from + name.len(), [Expr::real(&name.concat())]);
                changed = true;
            }
        }
        let one = if factors.len() == 1 { factors.first().cloned() } else { None };
        changed.then(|| one.unwrap_or_else(|| Expr::apply(fun::MUL, factors)))
    })
}

/// Fuel for one evaluation.
const FUEL: u64 = 10_000;

/// Whether both sides have the same values at points without a pattern.
fn agrees(relation: &Expr) -> bool {
    let Some([l, r]) = relation.as_app(fun::EQ) else { return false };
    [3i64, 7, 12].iter().all(|seed| {
        let mut point = Point::new();
        for (i, s) in relation.symbols().iter().enumerate() {
            let value = (i64::try_from(i).unwrap_or(0) + 2) * (seed + 4) % 41 + seed;
            point.set(s, PointValue::Scalar(Rational::from(value)));
        }
        let value = |e: &Expr| evaluate::<f64>(e, &Env::at(&point), &mut FUEL.clone()).scalar().copied();
        value(l).zip(value(r)).is_some_and(|(l, r)| (l - r).abs() <= 1e-9 * l.abs().max(r.abs()).max(1.0))
    })
}
