//! Words by which numbers and signs belong to another arithmetic than that of real numbers: rounded numbers, residues,
//! permutations, truth values, degrees. A statement that is wrong of real numbers may be right there.

use std::collections::BTreeSet;

use crate::claim::{Claim, Statement};
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};
use crate::message::Message;
use crate::source::Source;

/// What a statement is that a row speaks of.
struct Seen<'a> {
    latex: &'a str,
    relation: &'a Expr,
}

impl Seen<'_> {
    /// Made of numbers alone.
    fn is_numeric(&self) -> bool {
        self.relation.symbols().is_empty()
    }

    fn writes(&self, signs: &[&str]) -> bool {
        signs.iter().any(|s| self.latex.contains(s))
    }

    /// Whether one of the functions is taken of a number.
    fn takes_number(&self, names: &[&str]) -> bool {
        let of_number = |args: &[Expr]| args.iter().all(|a| a.symbols().is_empty());
        let is = |x: &Expr| matches!(x.node(), Node::App(f, args) if names.contains(&f.name) && of_number(args));
        self.relation.any(&mut |x| is(x))
    }

    /// Whether one of the letters stands in what was read as made of numbers alone, which they may not be.
    fn takes_for_numbers(&self, letters: &[&str]) -> bool {
        let symbols = self.relation.symbols();
        symbols.iter().all(|s| s.sort.is_scalar()) && !symbols.is_empty() && self.writes(letters)
    }

    /// Whether different digits in brackets stand in it, `(1 2 3)` or `(123)`.
    fn has_cycle(&self) -> bool {
        let bare: String = self.latex.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\\' | ',')).collect();
        bare.split('(').skip(1).filter_map(|rest| rest.split_once(')')).any(|(inside, _)| {
            let digits: BTreeSet<char> = inside.chars().collect();
            digits.len() > 1 && digits.len() == inside.len() && digits.iter().all(char::is_ascii_digit)
        })
    }

    /// Whether a fraction stands alone in brackets, as the symbols of Legendre and Jacobi do.
    fn has_bracketed_fraction(&self) -> bool {
        let bare: String = self.latex.chars().filter(|c| !c.is_whitespace() && *c != '\\').collect();
        ["(frac", "(tfrac", "(dfrac", "(cfrac", "({frac"].iter().any(|w| bare.contains(w))
    }

    fn has(&self, names: &[&str]) -> bool {
        self.relation.any(&mut |x| matches!(x.node(), Node::App(f, _) if names.contains(&f.name)))
    }
}

/// Words of notes, and the statements that they may be about.
struct Row {
    words: &'static [&'static str],
    about: fn(&Seen) -> bool,
}

/// How a writing is shown, and whether a formula has it.
type Writing = (&'static str, fn(&str) -> bool);

/// Writings that have a meaning of their own, by how they are shown.
const WRITINGS: &[Writing] = &[("1e3", |latex| has_exponent(latex)), ("((n k))", |latex| has_double_bracket(latex))];

/// A digit, `e`, and digits without a space between them: a power of ten, as programs write it.
fn has_exponent(latex: &str) -> bool {
    let upright = ["\\mathrm{e}", "\\text{e}", "\\textrm{e}", "\\mathrm{E}", "\\text{E}", "{\\rm e}"];
    let plain = upright.iter().fold(latex.to_owned(), |text, e| text.replace(e, "e")).replace(['{', '}'], "");
    plain.match_indices(['e', 'E']).any(|(at, e)| {
        let (before, behind) = (plain.get(..at).unwrap_or(""), plain.get(at + e.len()..).unwrap_or(""));
        let number = behind.strip_prefix(['-', '+']).unwrap_or(behind);
        before.ends_with(|c: char| c.is_ascii_digit()) && number.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// A binomial in brackets drawn close to its own: the number of multisets.
fn has_double_bracket(latex: &str) -> bool {
    let bare: String = latex.chars().filter(|c| !c.is_whitespace()).collect();
    ["(\\!\\!\\binom", "(\\!\\binom", "(\\!{", "(\\!\\dbinom", "(\\!\\tbinom"].iter().any(|w| bare.contains(w))
}

const ANGULAR: &[&str] = &["sin", "cos", "tan", "arcsin", "arccos", "arctan", "asin", "acos", "atan"];

const ROWS: &[Row] = &[
    Row {
        words: &["integer division", "floor division", "python 2", "정수 나눗셈"],
        about: |s| s.writes(&["/", "frac", "div"]),
    },
    Row {
        words: &[
            "double precision",
            "single precision",
            "half precision",
            "floating-point",
            "floating point",
            "machine epsilon",
            "machine precision",
            "significant digit",
            "significant figure",
            "we round",
            "rounding to two",
            "rounding to three",
            "rounding to four",
            "부동소수점",
            "유효숫자",
            "반올림",
        ],
        about: |s| s.is_numeric(),
    },
    Row {
        words: &["unsigned", "8-bit", "16-bit", "32-bit", "overflow", "wraps around", "two's complement", "오버플로"],
        about: |s| s.is_numeric(),
    },
    Row { words: &["on the clock", "on a clock", "o'clock", "hours after", "시계"], about: |s| s.is_numeric() },
    Row {
        words: &[
            "truth value",
            "logic gate",
            "boolean algebra",
            "boolean function",
            "truth table",
            "exclusive or",
            "switching algebra",
            "진릿값",
        ],
        about: |s| s.is_numeric() || s.writes(&["+", "\\cdot", "\\vee", "\\wedge", "\\oplus"]),
    },
    Row {
        words: &[
            "cycle notation",
            "cycles",
            "transposition",
            "permutation",
            "symmetric group",
            "s_3$",
            "s_4$",
            "s_5$",
            "s_n$",
            "a_4$",
            "a_5$",
            "mathfrak{s}_",
            "mathfrak s_",
            "galois group",
            "치환",
            "호환",
            "대칭군",
        ],
        about: |s| s.is_numeric() && s.has_cycle(),
    },
    Row { words: &["one-line notation"], about: |s| s.is_numeric() },
    Row {
        words: &["legendre symbol", "jacobi symbol", "kronecker symbol", "르장드르 기호"],
        about: |s| s.writes(&["frac", "binom", "over", "/"]),
    },
    Row {
        words: &[
            "legendre",
            "jacobi",
            "reciprocity",
            "quadratic residue",
            "quadratic nonresidue",
            "quadratic non-residue",
            "euler's criterion",
            "르장드르",
            "야코비 기호",
            "상호법칙",
            "상호 법칙",
            "이차잉여",
            "제곱잉여",
            "오일러 판정법",
        ],
        about: |s| s.has_bracketed_fraction(),
    },
    Row {
        words: &["greatest common divisor", "least common multiple", "gcd", "최대공약수", "최소공배수"],
        about: |s| s.writes(&["(", "["]) && s.writes(&[","]),
    },
    Row {
        words: &["regular expression", "words over", "strings", "concatenat", "문자열", "정규 표현식"],
        about: |s| s.is_numeric(),
    },
    Row { words: &["-adic"], about: |s| s.writes(&["|", "vert"]) },
    Row { words: &["cardinal number", "cardinals", "infinite cardinal", "aleph", "무한기수"], about: |_| true },
    Row { words: &["ideals", "아이디얼"], about: |s| s.is_numeric() && s.writes(&["("]) },
    Row {
        words: &[
            "ring of characteristic",
            "field of characteristic",
            "characteristic $p$",
            "characteristic p ",
            "characteristic p,",
            "characteristic p.",
            "표수",
        ],
        about: |s| s.has(&[fun::POW]) || s.is_numeric(),
    },
    Row { words: &["multiset", "중복조합"], about: |s| s.writes(&["binom", "choose"]) },
    Row {
        words: &[
            "dropping terms",
            "neglect",
            "ignoring terms",
            "higher-order terms",
            "higher order terms",
            "terms of order",
            "to first order",
            "to leading order",
            "leading term",
            "leading order",
            "small signal",
            "small-signal",
            "infinitesimal",
            "무시하",
        ],
        about: |s| !s.is_numeric(),
    },
    Row {
        words: &["expect", "기댓값"], about: |s| s.writes(&["E_t", "E_{t", "\\mathbb{E}_t", "\\mathbb E_t", "E_s"])
    },
    Row { words: &["varianc", "분산"], about: |s| s.writes(&["\\mathbb V", "\\mathbb{V}"]) },
    Row { words: &["material derivative", "convective", "물질 미분"], about: |s| s.writes(&["{Dt}", "{D t}"]) },
    Row { words: &["first variation", "calculus of variations", "변분"], about: |s| s.writes(&["\\delta"]) },
    Row { words: &["projection", "projector", "사영"], about: |s| s.takes_for_numbers(&["P", "\\Pi"]) },
    Row { words: &["symplectic", "complex structure"], about: |s| s.takes_for_numbers(&["J"]) },
    Row { words: &["fractional part", "소수 부분"], about: |s| s.writes(&["\\{"]) },
    Row { words: &["minimum", "maximum", "meet", "join", "lattice"], about: |s| s.writes(&["\\wedge", "\\vee"]) },
    Row { words: &["degrees", "degree angle", "°", "각도", "도이다"], about: |s| s.takes_number(ANGULAR) },
    Row {
        words: &["nim addition", "nim-sum", "nim sum", "days of the week", "cyclically", "modulo", "모듈러", "요일"],
        about: |s| s.is_numeric(),
    },
    Row {
        words: &["dihedral", "free group", "generators and relations", "정이면체군"], about: |s| !s.is_numeric()
    },
    Row {
        words: &[
            "consecutive integers",
            "consecutive numbers",
            "consecutive even",
            "consecutive odd",
            "연속한 정수",
            "연속하는 정수",
        ],
        about: |s| !s.is_numeric(),
    },
];

/// Why a refuted statement that has no expectation may be right all the same, if it may: the notes use an index whose range
/// stands elsewhere, a sum at the foot of a letter, or words of another arithmetic. A whole course speaks of many: the words
/// stand in the paragraph of the statement, or before it under the last heading of a section.
pub fn elsewhere(source: &Source, statement: &Statement) -> Option<Message> {
    let claim = statement.claim.as_ref().filter(|_| statement.expected.is_none())?;
    if let Some(foot) = foot_of_sum(&statement.latex) {
        return Some(Message::new("reason-foot").with("what", foot));
    }
    if let Some(index) = rangeless_index(&statement.latex, claim) {
        return Some(Message::new("reason-range").with("index", index));
    }
    if let Some((what, _)) = WRITINGS.iter().find(|(_, is_written)| is_written(&statement.latex)) {
        return Some(Message::new("reason-writing").with("what", *what));
    }
    let seen = Seen { latex: &statement.latex, relation: &claim.unfolded };
    let near = source.under_heading(statement.span).to_lowercase();
    let rows = ROWS.iter().filter(|row| (row.about)(&seen));
    let word = rows.flat_map(|row| row.words).find(|w| near.contains(*w))?;
    Some(Message::new("reason-arithmetic").with("word", word.trim_end_matches('$')))
}

/// The sum of capitals at the foot of a letter, `\sigma_{X+Y}`: it names a random variable, no place.
fn foot_of_sum(latex: &str) -> Option<&str> {
    latex.match_indices("_{").find_map(|(at, sign)| {
        let inside = latex.get(at + sign.len()..)?.split_once('}')?.0;
        let capitals = inside.chars().filter(char::is_ascii_uppercase).count();
        (inside.contains(['+', '-']) && capitals > 1).then_some(inside)
    })
}

/// The index of a sum or a product without a range, in a statement or a definition that it uses, where an index stands in
/// what it says as a number, `\sum_k k p_k`: what it runs over is said elsewhere, if at all.
fn rangeless_index(latex: &str, claim: &Claim) -> Option<String> {
    let written = std::iter::once(latex).chain(claim.definitions.iter().map(|d| d.text.as_str()));
    let named = written.filter_map(bare_index).next()?;
    let index = Symbol::new("\\index", Sort::Integer);
    let counts = claim.unfolded.any(&mut |x| match x.node() {
        Node::Bind { binder: Binder::Sum | Binder::Product, domain: Domain::Range(_, size), body } => {
            size.as_symbol().is_some() && stands_alone(&body.instantiated(&Expr::sym(index.clone())), &index)
        }
        _ => false,
    });
    counts.then_some(named)
}

/// The letter under the first sum or product that says nothing else.
fn bare_index(latex: &str) -> Option<String> {
    ["\\sum", "\\prod"].iter().find_map(|sign| {
        latex.match_indices(sign).find_map(|(at, _)| {
            let rest = latex.get(at + sign.len()..)?.trim_start();
            let rest = rest.strip_prefix("\\limits").unwrap_or(rest).trim_start().strip_prefix('_')?.trim_start();
            let braced = rest.strip_prefix('{').and_then(|r| r.split_once('}'));
            let (letter, behind) = braced.or_else(|| rest.split_at_checked(rest.chars().next()?.len_utf8()))?;
            let letter = letter.trim();
            let one = letter.chars().count() == 1 && letter.chars().all(char::is_alphabetic);
            (one && !behind.trim_start().starts_with('^')).then(|| letter.to_owned())
        })
    })
}

/// Whether a symbol stands somewhere else than at the foot of an array.
fn stands_alone(e: &Expr, symbol: &Symbol) -> bool {
    match e.node() {
        Node::Sym(s) => s.same(symbol),
        Node::App(f, args) if f.name == fun::INDEX => args.first().is_some_and(|array| stands_alone(array, symbol)),
        _ => e.children().iter().any(|c| stands_alone(c, symbol)),
    }
}
