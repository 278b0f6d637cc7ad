use super::{LINTS, lint};
use crate::read::read;
use crate::source::Source;

fn found(notes: &str) -> Vec<&'static str> {
    lint(&read(Source::new("a.md", notes))).iter().map(|d| d.code.name).collect()
}

#[test]
fn each_example_raises_its_own_code_alone() {
    let other: Vec<_> =
        LINTS.iter().map(|r| (r.code.name, found(r.code.example))).filter(|(name, found)| *found != [*name]).collect();
    assert!(other.is_empty(), "{other:#?}");
}

/// Formulas that look like a slip and are none.
const SOUND: &[&str] = &[
    "$$ \\Delta S = \\int_A^B \\frac{\\delta Q}{T} $$",
    "$$ X \\sim \\mathrm{Beta}(2, 3, 0, 1) $$",
    "The Wronskian is $$ W(x) = y_1 y_2' - y_1' y_2 $$",
    "$$ x^2 3 = 3 x^2 $$",
    "$$ x_1 2^3 + x^{10} $$",
    "$$ \\log_525 + \\log_28 = 5 $$",
    "$$ \\int_0^13x^2\\,dx = 1 $$",
    "The tree costs $n^{\\log_25}$.",
    "$$ y = h_t + 1 $$",
    "$$ 3 + -2 = 1 $$",
    "$$ x - x = 0 $$",
    "If $a > 0$: $$ R = \\frac{1}{2} \\log p_1 + \\frac{1}{2} \\log p_2 - \\log a_1 + \\log a_2 + a_1 \\log b_1 - a_2 \\log b_2 $$\n\nIf not: $$ R = \\frac{1}{2} \\log p_1 + \\frac{1}{2} \\log p_2 - \\log a_1 - \\log a_2 + a_1 \\log b_1 - a_2 \\log b_2 $$",
    "$$ b = \\bar x + z \\frac{\\sigma}{\\sqrt{n}} + c \\log n $$\n\nBelow it is $$ b = \\bar x - z \\frac{\\sigma}{\\sqrt{n}} + c \\log n $$",
    "One root is $$ x = \\frac{-b + \\sqrt{b^2 - 4 a c}}{2 a} $$\n\nThe other is $$ x = \\frac{-b - \\sqrt{b^2 - 4 a c}}{2 a} $$",
    "$$ f = a + b - c $$\n\nHence $$ f = a - b - c $$",
    "$$ y \\in [0, 1) $$",
    "$$ f(x) = \\begin{cases} x & x > 0 \\\\ 0 & \\text{otherwise)} \\end{cases} $$",
    "$$ \\int_{0}^{1} \\frac{dx}{1 + x} = \\log 2 $$",
    "$$ \\int f(x) \\, dF(x) $$",
    "$$ \\int_{0}^{1} p(x, z) \\, dz = p(x) $$",
    "$$ \\sum_{i=1}^{n} c = n c $$",
    "$$ \\sum_{i} \\sum_{j} a_j b = n b \\sum_{j} a_j $$",
    "$$ \\sum_{j} \\sum_{i} a_j = n \\sum_{j} a_j $$",
    "$$ p_i = \\frac{e^{s_i}}{\\sum_{j} e^{s_j}} $$",
    "Of $n$ and $N$: $$ \\frac{1}{N} \\sum_{i=1}^{n} x_i $$",
    "$$ \\frac{1}{n} + \\sum_{n=1}^{N} x_n $$",
    "$$ \\theta^* = \\arg\\min_{\\theta} L(\\theta) $$",
    "$$ L^* = \\min_{\\theta} L(\\theta) $$",
    // The index of a class and how many classes there are.
    "For $k$: $$ p_k = \\frac{e^{z_k}}{\\sum_{j=1}^{K} e^{z_j}} $$",
    "For $k$: $$ \\gamma_{ik} = \\frac{\\pi_k N(x_i \\mid m_k)}{\\sum_{j=1}^{K} \\pi_j N(x_i \\mid m_j)} $$",
    "Of $c$: $$ P(c \\mid x) = \\frac{f(x, c)}{\\sum_{j=1}^{C} f(x, j)} $$",
    "$$ x - 1 < x < x + 1 $$",
    "$$ f(x) = 3 $$",
    "Here $a$: $$ f(x) = a $$",
    // Free on both sides; bound by the bracket; meant for every j.
    "$$ f_j = \\sum_{i} \\sum_{j} a_{ij} - \\sum_{i} b_{ij} $$",
    "$$ f = \\sum_{i} \\sum_{j} -2 (a_{ij} - m - d_i) $$",
    "$$ f = \\sum_{i} ( n_i m - 2 \\sum_{j} y_{ij} ) $$",
    // Functions of different things, and a letter that is known.
    "$$ p(y | m, s) = g(z; m, s) = e^{-s(y - m)} z $$",
    "$$ p(y | m, s) = g(x; m, s) $$",
    // A condition that is dropped: independence, the law of Markov; bound or in front of a bar.
    "$$ p(y | m, s) = p(y | m) $$",
    "$$ P(y) = \\sum_{c} P(y | c) P(c) $$",
    "$$ P(y | c) = \\prod_{t} P(y_t | y_s, c) $$",
    "$$ p(y | m, s) = \\prod_{i} p(y_i | m, s) = s^n \\prod_{i} e^{-s(y_i - m)} $$",
    "$$ P(x_1, x_2) = \\prod_{t} P(x_t | x_1, x_2) $$",
    // Twice the same on purpose.
    "$$ x + x = 2 x $$",
    "$$ f(a) g(a) + f(a) g(a) = 2 f(a) g(a) $$",
    "$$ c = h - f(a) g(b) - f(a) g(b) + f(a) g(b) $$",
    "$$ s = p(a) \\log p(a) + p(b) \\log p(b) $$",
    "$$ s = \\sum_{n=0}^{n+1} x^n $$",
    // Updates and fixed points.
    "$$ w = w - c $$",
    "$$ X = g(X) = X - c $$",
    "$$ X = Y = X - 0 $$",
    "$$ G(G^{-1}(p)) = p $$",
    "$$ G^{-1}(G^{-1}(p)) = H(p) $$",
    "$$ P(k) = \\binom{n}{k} q^k (1 - q)^{n - k} $$",
    "$$ a = \\binom{k}{n} q^n (1 - q)^{k - n} $$",
    "$$ X \\sim \\mathcal{N}(m, s) $$",
    "$$ X \\sim \\mathcal{N}(x; m, s) $$",
    "$$ g = \\mathcal{N}(x, m, s) $$",
    "The cumulative distribution function of X is $$ F_X(x) = 1 - e^{-x} $$",
    "The density of X is $$ f_X(x) = e^{-x} $$",
    "With the cumulative distribution function F of X we have $$ f_X(x) = \\frac{d}{dx} F_X(x) $$",
    "It has a cumulative distribution function. Then $$ f_X(x) = e^{-x} $$",
    "$$ \\Pr(| X - E(X) | \\geq k) \\leq \\frac{Var(X)}{k^2} $$",
    "$$ \\Pr(| X | \\geq k) \\leq \\frac{E(X)}{k} $$",
    // Another letter that the notes have, and notes that have both.
    "The rates are $1 + b - d$ and $a$. $$ n = (1 + b - d) m $$\n\n$$ k = (1 + b - d) $$\n\nIt is $1 + b - a$.",
    "The rate is $1 + b - d$.\n\nIt is $1 + b - a$.",
    "The rate is $P(X)$. $$ n = P(X) m P(X) + P(X) $$\n\nIt is $P(Y)$.",
    "The rate is $1 + b - d$. $$ n = (1 + b - d) m = (1 + b - d) k $$\n\nIt is $1 + b - e$.",
    "$$ T = \\left\\{ t_i \\mid \\sum_{i=1}^{k} t_i = n \\right\\} $$",
    "The error is $(y - (m x + b))^2$, of the difference $y - m x - b$.",
    "The error is $(y - (m x + b))^2$, of the difference $y - (m x + b)$.",
    "$$ \\Pr(| X | \\geq k) \\leq \\frac{E(X^2)}{k^2} $$",
    "$$ \\Pr(X \\geq k) \\leq \\frac{E(e^X)}{e^k} $$",
    "$$ \\Pr(| X - m | \\geq k s) \\leq \\frac{1}{k^2} $$",
    "With $x_i$ for $i = 1, \\dots, n$ $$ m = \\frac{1}{n} \\sum_{i=1}^{n} x_i $$",
    "With $x_i$ for $i = 1, \\dots, n$ $$ y_i = z_i, i = 1, \\dots, m $$ $$ u = \\sum_{i=1}^{T} x_i $$",
    "$$ \\begin{aligned} h^{(2)}(z^{(1)}) &= a \\\\ h^{(L)}(z^{(L-1)}) &= b \\\\ y &= h^{(L)}(z^{(L-1)}) \\end{aligned} $$",
    "$$ h^{(L)}(z^{(L-1)}) = h^{(L)}(z^{(L)}) $$",
    "Of $L$ layers, $h^{(L)}$ is the last. For $l = 1, \\dots, L$ we have $h^{(l)} = g(h^{(l-1)})$.",
    "For $l = 1, \\dots, T$ we have $h^{(l)} = g(h^{(l-1)})$.",
    "$$ F(x) = \\int_{0}^{x} f(y) \\, dy $$",
    "$$ F(x) = \\int_{0}^{1} f(x, y) \\, dy $$",
    "$$ z = \\int_{t_0}^{t_1} f(t) \\, dt $$",
    "$$ D = \\int_{y(a)}^{y(b)} f(y) \\, dy $$",
    "$$ h = \\int_{x \\in X} p(x) \\, dx $$",
    // Functions themselves are integrated.
    "$$ \\int_{0}^{2} g = G(2) - G(0) $$",
    "$$ \\left| \\int_{0}^{2} g \\right| \\leq \\int_{0}^{2} |g| $$",
    "$$ \\int_{0}^{1} (f + cg)^2 \\leq k $$",
    // One is added.
    "Let $b_{k+1} = 3b_k-4$. $$ b_k+1 = 3^k c $$",
    "With $q_{j+1}$ the next prime $$ m = q_1 \\cdots q_j+1 $$",
    "Let $u_{n+1} = u_n$. $$ v_n = u_n+1 $$",
    "Of the walk $s_{t+1}$ we know $$ P(s_t+1 | s_t) = \\frac{1}{2} $$",
    "Here $p(z_k+1|z_k)$ is a half. $$ b = p(z_{k+1}|z_k) $$",
    // A function that is its own inverse.
    "For $g^{-1} = g$ $$ g^{-1}(g^{-1}(y)) = y $$",
    "As $h(h(y)) = y$ we have $$ h^{-1}(h^{-1}(y)) = y $$",
    "The map $G$ is an involution: $$ G^{-1}(G^{-1}(y)) = y $$",
];

/// What is worth knowing, but may be meant.
#[test]
fn abuses_of_notation_are_notes() {
    for notes in ["$$ F(x) = \\int_{0}^{x} f(x) \\, dx $$", "$$ y = (a + b x $$", "$$ y \\in \\{ 0, 1) $$"] {
        let found = lint(&read(Source::new("a.md", notes)));
        assert!(found.iter().all(|d| d.severity == crate::diag::Severity::Note), "{notes}: {found:?}");
    }
    let both = "$$ F(x + h) - F(x) = \\int_{x}^{x + h} f(x) \\, dx $$";
    let found = lint(&read(Source::new("a.md", both)));
    assert!(matches!(found.as_slice(), [d] if d.severity == crate::diag::Severity::Warning), "{found:?}");
}

/// The integral over a set without its differential, and further forms of the slips that the examples show.
#[test]
fn neighbours_of_the_examples_are_found() {
    for (notes, code) in [
        ("$$ h = \\int_{x \\in X} p(x) $$", "missing-differential"),
        ("$$ \\int_{0}^{2} g(x) = G(2) - G(0) $$", "missing-differential"),
        ("$$ \\int_{0}^{1} f x = 2 $$", "missing-differential"),
        ("As $h_{t+1}$ comes next, $$ p(y_{t+1} | h_t+1) = c $$", "spilt-subscript"),
        ("As $z_{k+1}$ comes next, $$ \\Pr(z_k+1, y_{k+1}) = c $$", "spilt-subscript"),
        ("Here $p(z_k+1|z_{k})$ says how. $$ b = p(z_{k+1}|z_k) $$", "spilt-subscript"),
        ("With $g(g^{-1}(y)) = y$ $$ g^{-1}(g^{-1}(y)) = y $$", "inverted-twice"),
        ("$$ f = \\sum_{i} \\sum_{j} a_{ij} - \\sum_{i} \\sum_{l} b_{il} c_{jl} $$", "unbound-index"),
        ("$$ \\log P(y) = \\sum_{t} \\log P(y_t \\mid y_s, c) $$", "lost-condition"),
        ("$$ \\begin{aligned} F(p) &= G \\\\ &= T^{-1}(T^{-1}(p)) \\\\ &= p \\end{aligned} $$", "inverted-twice"),
        ("$$ \\Pr(X \\geq a) \\leq \\frac{E(X)}{a^2} $$", "moment-bound"),
        ("$$ \\mathbb{P}(|X| > t) \\leq \\frac{\\mathbb{E}(|X|^2)}{t} $$", "moment-bound"),
        (
            "Of $L$ layers, $h^{(L)}$ is the last. For $l = 1, \\dots, T$ we have $h^{(l)} = g(h^{(l-1)})$.",
            "other-range-end",
        ),
        (
            "$$ a = \\int_{0}^{q} i_d(x) dx - \\int_{0}^{q} i_s(x) dx $$\n\n$$ b = i_s(q) + i_d(q) $$\n\n$$ c = i_d(q) - i_s(q) $$\n\n$$ w = \\int_{0}^{q} i_r(x) dx $$",
            "lone-symbol",
        ),
    ] {
        assert_eq!(found(notes), [code], "{notes}");
    }
}

#[test]
fn a_script_that_ends_too_early_is_one_that_makes_no_sense_as_it_is_set() {
    for slip in ["$$ y = x^12 $$", "$$ y = \\log_10x $$", "$$ z = \\sum_{i=1}^10 a_i $$", "$$ y = \\log_12x $$"] {
        assert_eq!(found(slip), ["short-script"], "{slip}");
    }
}

#[test]
fn several_codes_can_be_allowed_at_once() {
    let slips = "$$ y = a x + + b $$\n\n$$ y = x^10 $$";
    assert_eq!(found(slips), ["doubled-operator", "short-script"]);
    assert_eq!(found(&format!("<!-- rederive file: allow short-script -->\n\n{slips}")), ["doubled-operator"]);
    for list in ["allow doubled-operator, short-script", "allow doubled-operator; allow short-script"] {
        let notes = format!("<!-- rederive file: {list} -->\n\n{slips}");
        assert!(found(&notes).is_empty(), "{list}: {:?}", found(&notes));
    }
}

#[test]
fn what_an_author_may_mean_is_no_finding() {
    let raised: Vec<_> = SOUND.iter().map(|n| (n, found(n))).filter(|(_, f)| !f.is_empty()).collect();
    assert!(raised.is_empty(), "{raised:#?}");
}

#[test]
fn the_notes_can_allow_a_code_and_switch_off() {
    let slip = "$$ y = a x + + b $$";
    assert_eq!(found(slip), ["doubled-operator"]);
    assert!(found(&format!("<!-- rederive file: allow doubled-operator -->\n\n{slip}")).is_empty());
    assert!(found(&format!("<!-- rederive off -->\n\n{slip}\n\n<!-- rederive on -->")).is_empty());
}
