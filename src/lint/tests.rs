use super::{LINTS, lint};
use crate::read::read;
use crate::source::Source;

fn found(notes: &str) -> Vec<&'static str> {
    lint(&read(Source::new("a.md", notes))).iter().map(|d| d.code.name).collect()
}

#[test]
fn each_example_raises_its_own_code_alone() {
    for row in LINTS {
        let found = found(row.code.example);
        assert_eq!(found, [row.code.name], "{}", row.code.example);
    }
}

/// Formulas that look like a slip and are none.
const SOUND: &[&str] = &[
    "$$ x^2 3 = 3 x^2 $$",
    "$$ x_1 2^3 + x^{10} $$",
    "$$ y = h_t + 1 $$",
    "$$ 3 + -2 = 1 $$",
    "$$ x - x = 0 $$",
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
    "$$ x - 1 < x < x + 1 $$",
    "$$ f(x) = 3 $$",
    "Here $a$: $$ f(x) = a $$",
];

#[test]
fn what_an_author_may_mean_is_no_finding() {
    for notes in SOUND {
        assert!(found(notes).is_empty(), "{notes}: {:?}", found(notes));
    }
}

#[test]
fn the_notes_can_allow_a_code_and_switch_off() {
    let slip = "$$ y = a x + + b $$";
    assert_eq!(found(slip), ["doubled-operator"]);
    assert!(found(&format!("<!-- rederive file: allow doubled-operator -->\n\n{slip}")).is_empty());
    assert!(found(&format!("<!-- rederive off -->\n\n{slip}\n\n<!-- rederive on -->")).is_empty());
}
