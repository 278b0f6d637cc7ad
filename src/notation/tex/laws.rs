//! Laws of the parser and the printer, on hand-made and on random formulas.

use proptest::prelude::*;

use super::*;
use crate::source::Span;

fn walk<'a>(nodes: &[&'a Tex], see: &mut impl FnMut(&'a Tex)) {
    let mut stack: Vec<&Tex> = nodes.to_vec();
    while let Some(node) = stack.pop() {
        see(node);
        stack.extend(node.children());
    }
}

pub(super) fn errors(text: &str) -> Vec<&'static str> {
    let tree = parse(text);
    let mut keys = Vec::new();
    walk(&tree.iter().collect::<Vec<_>>(), &mut |n| {
        if let TexKind::Error(key) = n.kind {
            keys.push(key);
        }
    });
    keys
}

/// The tree with all spans set to nothing.
fn bare(nodes: &[Tex]) -> Vec<Tex> {
    fn one(node: &Tex) -> Tex {
        let boxed = |t: &Option<Box<Tex>>| t.as_ref().map(|t| Box::new(one(t)));
        let kind = match &node.kind {
            TexKind::Group(list) => TexKind::Group(bare(list)),
            TexKind::Call { name, option, args } => {
                TexKind::Call { name: name.clone(), option: boxed(option), args: bare(args) }
            }
            TexKind::Script { base, sub, sup, primes } => {
                TexKind::Script { base: Box::new(one(base)), sub: boxed(sub), sup: boxed(sup), primes: *primes }
            }
            TexKind::Fenced { open, close, body } => {
                TexKind::Fenced { open: open.clone(), close: close.clone(), body: bare(body) }
            }
            TexKind::Env { name, option, rows } => TexKind::Env {
                name: name.clone(),
                option: option.clone(),
                rows: rows
                    .iter()
                    .map(|r| Row { cells: r.cells.iter().map(|c| bare(c)).collect(), span: Span::default() })
                    .collect(),
            },
            other => other.clone(),
        };
        Tex::new(kind, Span::default())
    }
    nodes.iter().map(one).collect()
}

/// Spans lie in the text on character borders, children inside their parents, siblings in order and apart
/// (scripts may be written in either order).
fn spans_nest(text: &str, nodes: &[Tex]) {
    fn ordered(nodes: &[&Tex], whole: Span, text: &str) {
        let mut at = whole.start;
        for node in nodes {
            assert!(text.get(node.span.range()).is_some(), "{text:?} {node:?}");
            assert!(node.span.start >= at && node.span.end <= whole.end, "{text:?} {node:?} in {whole:?} after {at}");
            at = node.span.end;
            match &node.kind {
                TexKind::Script { .. } => {
                    let mut parts = node.children();
                    parts.sort_by_key(|p| p.span);
                    ordered(&parts, node.span, text);
                }
                TexKind::Env { rows, .. } => {
                    let mut row_at = node.span.start;
                    for row in rows {
                        assert!(row.span.start >= row_at && row.span.end <= node.span.end, "{text:?} {row:?}");
                        row_at = row.span.end;
                        ordered(&row.cells.iter().flatten().collect::<Vec<_>>(), row.span, text);
                    }
                }
                _ => ordered(&node.children(), node.span, text),
            }
        }
    }
    ordered(&nodes.iter().collect::<Vec<_>>(), Span::new(0, text.len()), text);
}

/// Every token that is no space, no comment and no dropped command lies in a top-level node.
fn bytes_are_covered(text: &str, nodes: &[Tex]) {
    let mut nodes = nodes.iter().peekable();
    for token in lexer::lex(text) {
        let dropped = matches!(
            commands::role(token.name()),
            Some(commands::Role::Dropped | commands::Role::Switch(_) | commands::Role::Right)
        );
        while nodes.next_if(|n| n.span.end <= token.span.start).is_some() {}
        let inside = nodes.peek().is_some_and(|n| n.span.start <= token.span.start && token.span.end <= n.span.end);
        assert!(
            inside || dropped || token.kind == lexer::Kind::Space || token.is('.'),
            "{text:?}: {token:?} of {nodes:?}"
        );
    }
}

pub(super) fn hold(text: &str) {
    let tree = parse(text);
    spans_nest(text, &tree);
    bytes_are_covered(text, &tree);
    let printed = to_latex(&tree);
    if errors(text).is_empty() {
        assert_eq!(bare(&parse(&printed)), bare(&tree), "{text:?} printed {printed:?}");
    }
}

/// Formulas of every construct, our own.
pub(super) const FORMULAS: &[&str] = &[
    r"\frac{a}{b} = \frac12 + \frac\pi x - \dfrac{\partial L}{\partial w_{ij}}",
    r"x_i^2 + x^2_i + x_ij + x_{ij} + f'(x) + f''_n + f^\prime + f^{\prime\prime} + x'_i + {}^T A",
    r"\sqrt2 + \sqrt[3]{x} + \sqrt [n] {1 + \sqrt{y}}",
    r"\mathbf{x}^T W + {\bf x y} + \mathrm T + {\cal L} + \boldsymbol\mu",
    r"\sum_{i=1}^n \log p_i \int\limits_0^1 x\,dx \quad \max_{x \in S} f(x)",
    r"\left( \frac{1}{2} \right] \left. x \right| \bigl( a \bigr) \Big\{ b \Big\} \left\langle u, v \right\rangle",
    r"P\left(A \middle| B\right) \left\lVert x \right\rVert",
    r"\begin{aligned} a &= b \\[2pt] &= c + d \\ \end{aligned}",
    r"\begin{array}{cc|c} 1 & 2 & 3 \\ \hline 4 & 5 & 6 \end{array} \begin{alignedat}{2} a & b \end{alignedat}",
    r"f(x) = \begin{cases} 0 & \text{if $x < 0$} \\ 1 & \text{otherwise} \end{cases}",
    r"a &= b \\ &= c \label{eq:x} \tag{1.2}",
    r"\operatorname{softmax}(s) + \operatorname*{arg\,max}_x f + \mathop{\rm argmin}\limits_x",
    r"\overset{a}{b} \underset{x}{y} \stackrel{def}{=} \overbrace{a+b}^{n} \underbrace{c}_{m} \xrightarrow[n]{p}",
    r"\not= \not\in \neq {n \choose k} {a \over b + c} {x \atop y} \sum_{\substack{i < n \\ j \ne i}} a",
    r"\color{red}{x} \textcolor{blue}{y} \href{https://example.org}{z} \hspace{1em} \kern-3mu \boxed{E}",
    "\\text{손실 함수} = 값 + \\hat 값 % comment\n + 1.5 - .5 + 10 000",
    r"\pmatrix{a & b \cr c & d} \begin{bmatrix*}[r] 1 \\ -1 \end{bmatrix*} a &lt; b",
    r"\def\R{\mathbb{R}} x \in \R^n \newcommand{\n}[2][2]{\lVert #2 \rVert_{#1}} \n{x} + \n[1]{y}",
    r"\\ \\[2pt] x \\* y \\ [z] \begin{matrix} \\ \\ \end{matrix}",
    r"\hat\alpha_1 \bar{\mathbf x}^{(t)} \vec v \widehat{\theta}_{\text{ML}} x^\top y^{-1} z^* \{a, b\}",
];

#[test]
fn every_construct_is_read_without_errors_and_prints_back() {
    for text in FORMULAS {
        assert_eq!(errors(text), [""; 0], "{text}");
        if text.contains("\\def") {
            let tree = parse(text);
            assert_eq!(bare(&parse(&to_latex(&tree))), bare(&tree), "{text}");
        } else {
            hold(text);
        }
    }
}

#[test]
fn what_is_wrong_is_an_error_and_the_rest_is_read() {
    let cases: [(&str, &[&str]); 18] = [
        ("a } b", &["tex-unbalanced"]),
        ("{a + b", &["tex-unbalanced"]),
        ("\\left( a + b", &["tex-unbalanced"]),
        ("a \\right) b", &["tex-unbalanced"]),
        ("\\begin{a} x \\end{b} y", &["tex-environment"]),
        ("\\begin{a} x", &["tex-environment"]),
        ("x \\end{a}", &["tex-environment"]),
        ("\\frac{a}", &["tex-missing-argument"]),
        ("x^", &["tex-missing-argument"]),
        ("x^2^3", &["tex-double-script"]),
        ("x_1_2", &["tex-double-script"]),
        ("a $ b", &["tex-dollar"]),
        ("a \\", &["tex-backslash"]),
        ("\\left x", &["tex-delimiter"]),
        ("a \\over b \\over c", &["tex-infix"]),
        ("\\begin{a} {x & y} \\end{a}", &["tex-align"]),
        ("\\def\\a{\\a\\a}\\a", &["tex-macro"]),
        ("\\sqrt[3{x}", &["tex-unbalanced", "tex-missing-argument"]),
    ];
    for (text, wanted) in cases {
        let mut found = errors(text);
        found.dedup();
        found.sort();
        let mut wanted = wanted.to_vec();
        wanted.sort();
        assert_eq!(
            found.into_iter().collect::<std::collections::BTreeSet<_>>().into_iter().collect::<Vec<_>>(),
            wanted,
            "{text}"
        );
        let tree = parse(text);
        if !text.contains("\\def") {
            spans_nest(text, &tree);
            bytes_are_covered(text, &tree);
        }
    }
    let tree = parse("\\begin{a} x \\end{b} y");
    assert!(matches!(tree.last().map(|t| &t.kind), Some(TexKind::Char('y'))));
}

#[test]
fn a_mismatched_end_inside_leaves_the_outer_environment_whole() {
    let tree = parse(r"\begin{aligned} a &= \left( b \\ &= {c \\ d \end{aligned} + e");
    let TexKind::Env { rows, .. } = &tree[0].kind else { panic!("{tree:?}") };
    assert_eq!(rows.len(), 2);
    assert!(matches!(tree.last().map(|t| &t.kind), Some(TexKind::Char('e'))));
}

#[test]
fn scripts_take_one_digit_and_numbers_stay_whole() {
    let tree = parse("x^12 + 3.14");
    let TexKind::Script { sup: Some(sup), .. } = &tree[0].kind else { panic!() };
    assert_eq!(sup.kind, TexKind::Number("1".into()));
    assert_eq!(tree[1].kind, TexKind::Number("2".into()));
    assert_eq!(tree[3].kind, TexKind::Number("3.14".into()));
}

#[test]
fn macros_of_the_document_are_expanded_with_the_span_of_the_call() {
    let macros = Macros::read(
        "text \\newcommand{\\E}[1]{\\mathbb{E}\\left[#1\\right]} % c\n\\DeclareMathOperator*{\\amax}{arg\\,max}\n\\def\\x#1{\\mathbf{#1}}",
    );
    assert_eq!(macros.iter().count(), 3);
    let tree = parse_with(r"\E{X} = \amax_y \x y", &macros);
    assert_eq!(to_latex(&tree), r"\mathbb{E}\left[X\right] = \operatorname*{arg\,max}_y\mathbf{y}");
    assert_eq!((tree[0].span, tree[1].span), (Span::new(0, 5), Span::new(0, 5)));
    assert_eq!(tree[2].span, Span::new(6, 7));
}

#[test]
fn macro_bombs_are_bounded() {
    let mut bomb = String::from("\\def\\a{xxxxxxxxxx}");
    for (name, inner) in [("b", "a"), ("c", "b"), ("d", "c"), ("e", "d"), ("f", "e"), ("g", "f"), ("h", "g")] {
        bomb += &format!("\\def\\{name}{{{}}}", format!("\\{inner}").repeat(10));
    }
    bomb += "\\h";
    assert!(errors(&bomb).contains(&"tex-macro"));
    let nested = "\\def\\i#1{#1}".to_owned() + &"\\i{".repeat(7_000) + &"}".repeat(7_000);
    assert!(errors(&nested).contains(&"tex-macro"));
}

/// Runs on the smallest stack that a thread may have.
pub(super) fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(2 << 20).spawn(work).unwrap().join().unwrap();
}

/// Texts that nest or repeat far beyond anything that is written.
pub(super) fn hostile() -> Vec<String> {
    let n = 10_000;
    let openers = [
        "{",
        "}",
        "\\frac{",
        "\\frac",
        "\\sqrt[",
        "\\sqrt{",
        "\\left(",
        "\\right)",
        "\\begin{a}",
        "\\end{a}",
        "\\begin{matrix}a&",
        "x^{",
        "x_",
        "x^",
        "\\hat",
        "\\hat{",
        "\\text{$",
        "\\substack{",
        "\\not",
        "\\big{",
        "\\over ",
        "\\bf ",
        "{\\bf{",
        "&",
        "\\\\",
        "'",
        "[",
        "\\color{",
        "\\begin{array}{",
        "\\pmatrix{",
        "\\middle|",
        "\\left(\\begin{a}{",
        "\\overset{\\hat",
        "\\newcommand",
        "\\kern",
        "\\\\[",
        "\\operatorname*",
        "{a\\over",
        "x_{a}^{b}_{",
        "\\text{a}",
        "가",
    ];
    let mut texts: Vec<String> = openers.iter().map(|o| o.repeat(n.min(MAX_LENGTH / o.len()))).collect();
    texts.push("{".repeat(n) + &"}".repeat(n));
    texts.push("\\frac{1}{".repeat(6_000) + &"}".repeat(6_000));
    texts.push("\\begin{a}".repeat(3_000) + &"\\end{a}".repeat(3_000));
    texts.push("\\left(".repeat(4_000) + &"\\right)".repeat(4_000));
    texts.push("\\text{$".repeat(4_000) + &"$}".repeat(4_000));
    texts.push("\\begin{a}\\begin{b}".repeat(100) + &"{\\end{c}".repeat(4_000));
    texts
}

#[test]
fn hostile_nesting_is_read_on_a_small_stack() {
    on_a_small_stack(|| {
        for text in hostile() {
            let tree = parse(&text);
            if !text.contains("newcommand") {
                spans_nest(&text, &tree);
                bytes_are_covered(&text, &tree);
            }
            to_latex(&tree);
        }
    });
    assert!(errors(&hostile()[0]).contains(&"tex-depth"));
    assert_eq!(errors(&"x".repeat(MAX_LENGTH + 1)), ["tex-length"]);
}

/// Pieces that random formulas are made of.
pub(super) const PIECES: &[&str] = &[
    "x",
    "y",
    "가",
    "1",
    "2",
    ".",
    "0.5",
    "{",
    "}",
    "{a}",
    "[",
    "]",
    "(",
    ")",
    "|",
    "_",
    "^",
    "'",
    "+",
    "-",
    "=",
    ",",
    "&",
    "\\\\",
    "\\\\[2pt]",
    "*",
    " ",
    "\n",
    "%c\n",
    "~",
    "\\,",
    "\\ ",
    "\\quad",
    "\\alpha",
    "\\log",
    "\\sum",
    "\\frac",
    "\\sqrt",
    "\\hat",
    "\\mathbf",
    "\\text{a $b$}",
    "\\text",
    "\\left(",
    "\\right)",
    "\\left\\{",
    "\\right.",
    "\\middle|",
    "\\big",
    "\\not",
    "\\begin{aligned}",
    "\\end{aligned}",
    "\\begin{array}{cc}",
    "\\end{array}",
    "\\begin{bmatrix*}[r]",
    "\\end{bmatrix*}",
    "\\substack{",
    "\\over",
    "\\choose",
    "\\atop",
    "\\bf",
    "\\rm",
    "\\operatorname*",
    "\\operatorname",
    "\\color{red}",
    "\\textcolor{red}",
    "\\label{l}",
    "\\limits",
    "\\displaystyle",
    "\\hline",
    "\\kern1em",
    "\\hspace{1em}",
    "\\prime",
    "\\xrightarrow",
    "\\foo",
    "\\underbrace",
    "\\stackrel",
    "\\{",
    "\\}",
    "\\|",
    "\\_",
    "\\%",
    "$",
    "&lt;",
    "\\cr",
    "\\end{b}",
    "\\begin{b}",
    "\\pmatrix",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_pieces_keep_the_laws(picks in prop::collection::vec(0..PIECES.len(), 0..24)) {
        let text: String = picks.iter().filter_map(|&i| PIECES.get(i).copied()).collect();
        hold(&text);
    }

    #[test]
    fn random_splices_of_formulas_keep_the_laws(a in 0..FORMULAS.len(), b in 0..FORMULAS.len(), i in 0usize..90, j in 0usize..90) {
        let cut = |text: &str, n: usize| (0..=n.min(text.len())).rev().find(|&k| text.is_char_boundary(k)).unwrap();
        let (a, b) = (FORMULAS[a], FORMULAS[b]);
        let text = format!("{}{}", &a[..cut(a, i)], &b[cut(b, j)..]);
        if !text.contains("\\def") && !text.contains("\\n") {
            hold(&text);
        } else {
            to_latex(&parse(&text));
        }
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,60}") {
        let tree = parse(&text);
        spans_nest(&text, &tree);
        bytes_are_covered(&text, &tree);
    }
}
