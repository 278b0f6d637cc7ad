//! Letters that are names, and the accents and fonts that make other names of them.

/// Accents and fonts that make another name of a letter.
pub(super) const DECORATIONS: &[(&str, &str)] = &[
    ("hat", "\\hat"),
    ("widehat", "\\hat"),
    ("bar", "\\bar"),
    ("overline", "\\bar"),
    ("tilde", "\\tilde"),
    ("widetilde", "\\tilde"),
    ("vec", "\\vec"),
    ("dot", "\\dot"),
    ("ddot", "\\ddot"),
    ("check", "\\check"),
    ("breve", "\\breve"),
    ("mathring", "\\mathring"),
    ("overrightarrow", "\\vec"),
    ("overleftarrow", "\\overleftarrow"),
    ("underline", "\\underline"),
    ("mathbf", "\\mathbf"),
    ("boldsymbol", "\\mathbf"),
    ("bm", "\\mathbf"),
    ("pmb", "\\mathbf"),
    ("mathcal", "\\mathcal"),
    ("mathscr", "\\mathcal"),
    ("mathbb", "\\mathbb"),
    ("mathfrak", "\\mathfrak"),
    ("mathsf", "\\mathsf"),
    ("mathtt", "\\mathtt"),
    ("mathit", ""),
    ("mathrm", "\\mathrm"),
    ("operatorname", "\\mathrm"),
    ("operatorname*", "\\mathrm"),
    ("Delta", "\\Delta"),
    ("mathnormal", ""),
];

/// Commands that are letters.
pub(super) fn is_letter_command(c: &str) -> bool {
    matches!(
        c,
        "alpha"
            | "beta"
            | "gamma"
            | "delta"
            | "epsilon"
            | "varepsilon"
            | "zeta"
            | "eta"
            | "theta"
            | "vartheta"
            | "iota"
            | "kappa"
            | "lambda"
            | "mu"
            | "nu"
            | "xi"
            | "pi"
            | "varpi"
            | "rho"
            | "varrho"
            | "sigma"
            | "varsigma"
            | "tau"
            | "upsilon"
            | "phi"
            | "varphi"
            | "chi"
            | "psi"
            | "omega"
            | "Gamma"
            | "Delta"
            | "Theta"
            | "Lambda"
            | "Xi"
            | "Pi"
            | "Sigma"
            | "Upsilon"
            | "Phi"
            | "Psi"
            | "Omega"
            | "ell"
            | "hbar"
            | "imath"
            | "jmath"
    )
}

/// Whether the letter of a name is a capital (Latin or Greek).
pub(crate) fn is_upper(name: &str) -> bool {
    let core = ["\\mathbf{", "\\vec{"].iter().fold(letter(name), |rest, bold| rest.trim_start_matches(bold));
    letter(core).trim_start_matches('\\').chars().next().is_some_and(char::is_uppercase)
}

/// Whether the letter of a name is bold, or under an arrow: arrays are written so.
pub(crate) fn is_bold(name: &str) -> bool {
    ["\\mathbf{", "\\vec{"].iter().any(|bold| letter(name).starts_with(bold))
}

/// A name without the accents, and the difference sign, around its letter.
fn letter(name: &str) -> &str {
    const AROUND: [&str; 5] = ["\\hat{", "\\bar{", "\\tilde{", "\\dot{", "\\Delta{"];
    let mut rest = name;
    while let Some(inner) = AROUND.iter().find_map(|a| rest.strip_prefix(a)) {
        rest = inner;
    }
    rest
}
