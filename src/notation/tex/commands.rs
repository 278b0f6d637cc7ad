//! What each TeX command takes: one row a command.

use std::sync::LazyLock;

use crate::expr::Memo;

/// How one argument is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arg {
    /// A formula.
    Math,
    /// Words kept as written (a colour, an address, a length).
    Raw,
}

use Arg::{Math as M, Raw as R};

/// A command with arguments.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// Name without backslash; a star belongs to it.
    pub name: &'static str,
    /// Whether a bracketed argument may stand first.
    pub optional: bool,
    /// The brace arguments.
    pub args: &'static [Arg],
}

const fn row(name: &'static str, optional: bool, args: &'static [Arg]) -> Shape {
    Shape { name, optional, args }
}

/// Commands that become `Call`.
const CALLS: &[Shape] = &[
    // Fractions and roots
    row("frac", false, &[M, M]),
    row("dfrac", false, &[M, M]),
    row("tfrac", false, &[M, M]),
    row("cfrac", true, &[M, M]),
    row("nicefrac", false, &[M, M]),
    row("sfrac", false, &[M, M]),
    row("binom", false, &[M, M]),
    row("dbinom", false, &[M, M]),
    row("tbinom", false, &[M, M]),
    row("genfrac", false, &[R, R, R, R, M, M]),
    row("sqrt", true, &[M]),
    // Accents and lines
    row("hat", false, &[M]),
    row("bar", false, &[M]),
    row("tilde", false, &[M]),
    row("vec", false, &[M]),
    row("dot", false, &[M]),
    row("ddot", false, &[M]),
    row("dddot", false, &[M]),
    row("mathring", false, &[M]),
    row("check", false, &[M]),
    row("breve", false, &[M]),
    row("acute", false, &[M]),
    row("grave", false, &[M]),
    row("widehat", false, &[M]),
    row("widetilde", false, &[M]),
    row("widecheck", false, &[M]),
    row("overline", false, &[M]),
    row("underline", false, &[M]),
    row("overbrace", false, &[M]),
    row("underbrace", false, &[M]),
    row("overbracket", true, &[M]),
    row("underbracket", true, &[M]),
    row("overrightarrow", false, &[M]),
    row("overleftarrow", false, &[M]),
    row("overleftrightarrow", false, &[M]),
    row("underrightarrow", false, &[M]),
    row("underleftarrow", false, &[M]),
    // Fonts and names
    row("mathbf", false, &[M]),
    row("boldsymbol", false, &[M]),
    row("bm", false, &[M]),
    row("pmb", false, &[M]),
    row("symbf", false, &[M]),
    row("mathbb", false, &[M]),
    row("Bbb", false, &[M]),
    row("mathds", false, &[M]),
    row("mathbbm", false, &[M]),
    row("mathcal", false, &[M]),
    row("mathscr", false, &[M]),
    row("mathfrak", false, &[M]),
    row("mathsf", false, &[M]),
    row("mathtt", false, &[M]),
    row("mathit", false, &[M]),
    row("mathrm", false, &[M]),
    row("mathnormal", false, &[M]),
    row("mathup", false, &[M]),
    row("operatorname", false, &[M]),
    row("operatorname*", false, &[M]),
    row("operatornamewithlimits", false, &[M]),
    // Stacking
    row("overset", false, &[M, M]),
    row("underset", false, &[M, M]),
    row("stackrel", true, &[M, M]),
    row("xrightarrow", true, &[M]),
    row("xleftarrow", true, &[M]),
    row("xleftrightarrow", true, &[M]),
    row("xRightarrow", true, &[M]),
    row("xLeftarrow", true, &[M]),
    row("xmapsto", true, &[M]),
    row("xlongequal", true, &[M]),
    row("sideset", false, &[M, M]),
    // Boxes, classes, looks
    row("phantom", false, &[M]),
    row("hphantom", false, &[M]),
    row("vphantom", false, &[M]),
    row("smash", true, &[M]),
    row("mathop", false, &[M]),
    row("mathrel", false, &[M]),
    row("mathbin", false, &[M]),
    row("mathord", false, &[M]),
    row("mathopen", false, &[M]),
    row("mathclose", false, &[M]),
    row("mathpunct", false, &[M]),
    row("mathinner", false, &[M]),
    row("mathclap", false, &[M]),
    row("mathllap", false, &[M]),
    row("mathrlap", false, &[M]),
    row("ensuremath", false, &[M]),
    row("boxed", false, &[M]),
    row("bbox", true, &[M]),
    row("cancel", false, &[M]),
    row("bcancel", false, &[M]),
    row("xcancel", false, &[M]),
    row("cancelto", false, &[M, M]),
    row("color", false, &[R, M]),
    row("textcolor", false, &[R, M]),
    row("colorbox", false, &[R, M]),
    row("fcolorbox", false, &[R, R, M]),
    row("href", false, &[R, M]),
    row("cssclass", false, &[R, M]),
    row("cssId", false, &[R, M]),
    row("class", false, &[R, M]),
    row("style", false, &[R, M]),
    row("textcircled", false, &[R]),
    row("multicolumn", false, &[R, R, M]),
    row("multirow", false, &[R, R, M]),
    row("pmod", false, &[M]),
    row("pod", false, &[M]),
];

/// What a command does to the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Takes arguments.
    Call(&'static Shape),
    /// Takes words.
    Text,
    /// Is a space.
    Space,
    /// Is a space whose lengths stand in that many braces.
    Length(usize),
    /// Is a space whose length stands without braces (`\kern1em`).
    Kern,
    /// Changes only the looks; no node.
    Dropped,
    /// Takes that many words, none of them mathematics.
    Label(usize),
    /// A font for the rest of the group, the name of the command with an argument.
    Switch(&'static str),
    /// Stands between what it takes: `\over`, `\choose`, `\atop`.
    Infix(&'static str),
    /// A delimiter's size.
    Size,
    /// Rows in braces: `\substack{…}`; the environment's name.
    Rows(&'static str),
    /// Ends a row.
    Break,
    Left,
    Right,
    Middle,
    Not,
    Begin,
    End,
}

const ROLES: &[(Role, &[&str])] = &[
    (
        Role::Text,
        &[
            "text",
            "textrm",
            "textbf",
            "textit",
            "textsf",
            "texttt",
            "textnormal",
            "textup",
            "textmd",
            "textsc",
            "textsl",
            "emph",
            "mbox",
            "hbox",
            "fbox",
            "framebox",
            "intertext",
            "shortintertext",
        ],
    ),
    (
        Role::Space,
        &[
            ",",
            ":",
            ">",
            ";",
            "!",
            " ",
            "/",
            "quad",
            "qquad",
            "enspace",
            "enskip",
            "thinspace",
            "medspace",
            "thickspace",
            "negthinspace",
            "negmedspace",
            "negthickspace",
            "nobreakspace",
            "space",
            "hfill",
            "hfil",
        ],
    ),
    (Role::Length(1), &["hspace", "hspace*", "vspace", "vspace*", "mspace"]),
    (Role::Length(2), &["rule"]),
    (Role::Kern, &["kern", "mkern", "hskip", "mskip"]),
    (
        Role::Dropped,
        &[
            "displaystyle",
            "textstyle",
            "scriptstyle",
            "scriptscriptstyle",
            "limits",
            "nolimits",
            "displaylimits",
            "nonumber",
            "notag",
            "strut",
            "mathstrut",
            "relax",
            "protect",
            "noindent",
            "centering",
            "allowbreak",
            "nobreak",
            "hline",
            "toprule",
            "midrule",
            "bottomrule",
            "normalsize",
            "small",
            "footnotesize",
            "scriptsize",
            "tiny",
            "large",
            "Large",
            "LARGE",
            "huge",
            "Huge",
            "-",
            "boldmath",
            "unboldmath",
            "allowdisplaybreaks",
        ],
    ),
    (
        Role::Label(1),
        &[
            "label", "tag", "tag*", "ref", "eqref", "cref", "cite", "citep", "citet", "footnote", "require", "cline",
            "vskip", "caption",
        ],
    ),
    (Role::Label(2), &["setcounter", "addtocounter", "setlength"]),
    (Role::Switch("mathbf"), &["bf", "bfseries"]),
    (Role::Switch("mathrm"), &["rm", "rmfamily"]),
    (Role::Switch("mathit"), &["it", "sl", "itshape"]),
    (Role::Switch("mathcal"), &["cal"]),
    (Role::Switch("mathscr"), &["scr"]),
    (Role::Switch("mathfrak"), &["frak"]),
    (Role::Switch("mathsf"), &["sf", "sffamily"]),
    (Role::Switch("mathtt"), &["tt", "ttfamily"]),
    (Role::Infix("frac"), &["over"]),
    (Role::Infix("binom"), &["choose"]),
    (Role::Infix("substack"), &["atop"]),
    (
        Role::Size,
        &[
            "big", "Big", "bigg", "Bigg", "bigl", "Bigl", "biggl", "Biggl", "bigr", "Bigr", "biggr", "Biggr", "bigm",
            "Bigm", "biggm", "Biggm",
        ],
    ),
    (Role::Rows("substack"), &["substack"]),
    (Role::Rows("matrix"), &["matrix"]),
    (Role::Rows("pmatrix"), &["pmatrix"]),
    (Role::Rows("cases"), &["cases"]),
    (Role::Rows("aligned"), &["eqalign"]),
    (Role::Break, &["\\", "cr", "newline", "tabularnewline"]),
    (Role::Left, &["left"]),
    (Role::Right, &["right"]),
    (Role::Middle, &["middle"]),
    (Role::Not, &["not"]),
    (Role::Begin, &["begin"]),
    (Role::End, &["end"]),
];

static TABLE: LazyLock<Memo<&'static str, Role>> = LazyLock::new(|| {
    let calls = CALLS.iter().map(|shape| (shape.name, Role::Call(shape)));
    let others = ROLES.iter().flat_map(|&(role, names)| names.iter().map(move |&name| (name, role)));
    calls.chain(others).collect()
});

/// What the command does; `None` for a symbol or an unknown command.
pub(super) fn role(name: &str) -> Option<Role> {
    TABLE.get(name).copied()
}

/// Commands that may carry a star which is part of their name.
pub(super) fn takes_star(name: &str) -> bool {
    matches!(name, "operatorname" | "tag" | "hspace" | "vspace")
}

/// Commands that define other commands.
pub(super) const DEFINERS: [&str; 9] =
    ["newcommand", "renewcommand", "providecommand", "def", "gdef", "edef", "xdef", "let", "DeclareMathOperator"];

/// Commands that may follow `\left`, `\right`, `\middle` and `\big`.
pub(super) fn is_delimiter(name: &str) -> bool {
    matches!(
        name,
        "{" | "}"
            | "|"
            | "lbrace"
            | "rbrace"
            | "lbrack"
            | "rbrack"
            | "langle"
            | "rangle"
            | "vert"
            | "Vert"
            | "lvert"
            | "rvert"
            | "lVert"
            | "rVert"
            | "mid"
            | "parallel"
            | "lceil"
            | "rceil"
            | "lfloor"
            | "rfloor"
            | "lgroup"
            | "rgroup"
            | "lmoustache"
            | "rmoustache"
            | "ulcorner"
            | "urcorner"
            | "llcorner"
            | "lrcorner"
            | "llbracket"
            | "rrbracket"
            | "backslash"
            | "uparrow"
            | "downarrow"
            | "updownarrow"
            | "Uparrow"
            | "Downarrow"
            | "Updownarrow"
    )
}

/// What may stand right after `\begin{name}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EnvOption {
    /// Nothing but a position `[t]`, which is dropped.
    Position,
    /// A brace argument: column specification or number of columns.
    Brace,
    /// A bracketed column letter: `\begin{pmatrix*}[r]`.
    Bracket,
}

/// What the environment takes.
pub(super) fn env_option(name: &str) -> EnvOption {
    match name {
        "array" | "tabular" | "subarray" | "alignat" | "alignat*" | "alignedat" | "xalignat" | "darray" => {
            EnvOption::Brace
        }
        "matrix*" | "pmatrix*" | "bmatrix*" | "Bmatrix*" | "vmatrix*" | "Vmatrix*" => EnvOption::Bracket,
        _ => EnvOption::Position,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_command_has_two_rows() {
        let rows = CALLS.len() + ROLES.iter().map(|r| r.1.len()).sum::<usize>();
        assert_eq!(TABLE.len(), rows);
    }

    #[test]
    fn definers_and_delimiters_take_no_arguments_here() {
        assert!(DEFINERS.iter().all(|name| role(name).is_none()));
        assert!(role("langle").is_none() && is_delimiter("langle"));
    }
}
