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
