//! Relations and connectives between the parts of a line, a row each.

use crate::notation::tex::{Tex, TexKind};

/// A relation or connective as notes write it.
pub struct Sign {
    /// Spellings: commands without backslash, or single characters.
    pub spellings: &'static [&'static str],
    /// Row of the function table that it means; empty for signs that only mark what kind of statement it is.
    pub name: &'static str,
    /// What the statement is beside a relation.
    pub role: Role,
}

/// What a sign says about its statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A relation between two sides.
    Relation,
    /// A relation that defines its left side.
    Defines,
    /// `∧`, `∨`, `⇒`, `⇔` between relations.
    Connective,
    /// `∼`: distributed as.
    Distributed,
    /// `→`: a limit, a function's type, an assignment of layers.
    Arrow,
    /// `←`: an update.
    Update,
}

/// The function that a relation sign means, `\\leq` or `≤`; `None` if it is no relation between two values.
pub fn name_of(spelling: &str) -> Option<&'static str> {
    let bare = spelling.strip_prefix('\\').unwrap_or(spelling);
    let sign = SIGNS.iter().find(|s| s.spellings.contains(&bare))?;
    matches!(sign.role, Role::Relation | Role::Defines).then_some(sign.name)
}

/// The table.
pub const SIGNS: &[Sign] = &[
    relation(&["="], "eq"),
    relation(&["ne", "neq", "not=", "≠"], "ne"),
    relation(&["<", "lt"], "lt"),
    relation(&[">", "gt"], "gt"),
    relation(&["le", "leq", "leqslant", "≤", "leqq"], "le"),
    relation(&["ge", "geq", "geqslant", "≥", "geqq"], "ge"),
    relation(&["approx", "approxeq", "simeq", "≈"], "approx"),
    relation(&["propto", "∝"], "proportional"),
    relation(&["in", "∈"], "member"),
    relation(&["subset", "subseteq", "⊂", "⊆"], "subset"),
    relation(&["succeq", "succcurlyeq", "⪰"], "loewner_ge"),
    relation(&["succ", "≻"], "loewner_gt"),
    Sign {
        spellings: &["equiv", "triangleq", "coloneqq", "coloneq", ":=", "doteq", "≡", "≜", "def="],
        name: "eq",
        role: Role::Defines,
    },
    Sign { spellings: &["Rightarrow", "implies", "Longrightarrow", "⇒"], name: "implies", role: Role::Connective },
    Sign { spellings: &["Leftrightarrow", "iff", "Longleftrightarrow", "⇔"], name: "iff", role: Role::Connective },
    Sign { spellings: &["land", "wedge", "∧"], name: "and", role: Role::Connective },
    Sign { spellings: &["lor", "vee", "∨"], name: "or", role: Role::Connective },
    Sign { spellings: &["sim", "∼"], name: "", role: Role::Distributed },
    Sign {
        spellings: &["to", "rightarrow", "longrightarrow", "mapsto", "→", "xrightarrow"],
        name: "tends",
        role: Role::Arrow,
    },
    Sign { spellings: &["leftarrow", "gets", "←"], name: "", role: Role::Update },
    // Relations whose meaning stays open.
    Sign {
        spellings: &[
            "ll",
            "gg",
            "cong",
            "lesssim",
            "gtrsim",
            "lessapprox",
            "asymp",
            "notin",
            "ni",
            "hookrightarrow",
            "rightsquigarrow",
            "leftrightarrow",
            "perp",
            "prec",
            "preceq",
            "supset",
            "supseteq",
            "nmid",
            "uparrow",
            "downarrow",
            "vdash",
            "models",
            "Leftarrow",
            "Longleftarrow",
        ],
        name: "",
        role: Role::Arrow,
    },
];

const fn relation(spellings: &'static [&'static str], name: &'static str) -> Sign {
    Sign { spellings, name, role: Role::Relation }
}

fn by_spelling(spelling: &str) -> Option<&'static Sign> {
    SIGNS.iter().find(|s| s.spellings.contains(&spelling))
}

/// The sign that starts at `nodes[at]`, with the number of nodes it takes (`:=` takes two, `<=` is not one).
pub fn sign_at(nodes: &[Tex], at: usize) -> Option<(&'static Sign, usize)> {
    let node = nodes.get(at)?;
    match &node.kind {
        TexKind::Char(':') => match nodes.get(at + 1).map(|n| &n.kind) {
            Some(TexKind::Char('=')) => Some((by_spelling(":=")?, 2)),
            _ => None,
        },
        TexKind::Char(c @ ('<' | '>')) if is_char(nodes.get(at + 1), '=', node) => {
            Some((by_spelling(if *c == '<' { "le" } else { "ge" })?, 2))
        }
        TexKind::Char('=') if is_char(nodes.get(at + 1), '=', node) => Some((by_spelling("=")?, 2)),
        // `3 != 4`, with a space before the sign and none in it, as programs write it; `3! = 6` and `3!=6` are factorials.
        TexKind::Char('!') if is_char(nodes.get(at + 1), '=', node) && stands_apart(nodes, at) => {
            Some((by_spelling("ne")?, 2))
        }
        TexKind::Char(c) => Some((by_spelling(c.encode_utf8(&mut [0; 4]))?, 1)),
        TexKind::Command(name) => Some((by_spelling(name)?, 1)),
        TexKind::Script { base, .. } => match &base.kind {
            // `=_{n \to \infty}`, `\to^{d}`: the decorated sign is another relation, whose meaning stays open.
            TexKind::Command(_) | TexKind::Char(_) => {
                let (sign, _) = sign_at(std::slice::from_ref(base), 0)?;
                let open = matches!(sign.role, Role::Relation | Role::Defines | Role::Connective);
                Some((if open { by_spelling("cong")? } else { sign }, 1))
            }
            _ => None,
        },
        TexKind::Call { name, args, .. } if matches!(name.as_str(), "stackrel" | "overset" | "underset") => {
            let [mark, sign] = args.as_slice() else { return None };
            let inner = sign_at(sign.list(), 0)?.0;
            let words = plain_text(mark);
            match (inner.name, words.trim()) {
                ("eq", "def" | "Def" | "Δ" | "△" | "\\triangle" | "\\Delta" | "d e f" | "∆") => {
                    Some((by_spelling("def=")?, 1))
                }
                // `\stackrel{?}{=}` asks, and a condition over the sign or below it restricts: what it says stays open.
                ("eq", text) if text.starts_with('?') || restricts(name, mark) => Some((by_spelling("cong")?, 1)),
                _ => Some((inner, 1)),
            }
        }
        _ => None,
    }
}

/// Whether there is a space before a node.
fn stands_apart(nodes: &[Tex], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| nodes.get(i));
    before.zip(nodes.get(at)).is_some_and(|(before, node)| before.span.end < node.span.start)
}

/// Whether what stands over a sign, or below it, is a condition: a comparison, or below it anything but words.
fn restricts(name: &str, mark: &Tex) -> bool {
    let list = mark.list();
    let compares = |i: usize| sign_at(list, i).is_some_and(|(s, _)| s.name != "eq");
    let said = |n: &Tex| matches!(n.kind, TexKind::Text(_) | TexKind::Space(_) | TexKind::Char('('));
    let words = plain_text(mark);
    let cited = ["\\eqref", "\\ref"].iter().any(|w| words.trim_start().starts_with(w));
    !cited && (0..list.len()).any(compares) || name == "underset" && !list.iter().take(1).all(said)
}

/// Whether the next node is this character, right behind.
fn is_char(next: Option<&Tex>, c: char, before: &Tex) -> bool {
    next.is_some_and(|n| matches!(n.kind, TexKind::Char(d) if d == c) && n.span.start == before.span.end)
}

/// Letters and words of a subtree, commands with their backslash.
pub fn plain_text(tex: &Tex) -> String {
    match &tex.kind {
        TexKind::Group(list) => list.iter().map(plain_text).collect(),
        TexKind::Char(c) => c.to_string(),
        TexKind::Number(n) => n.clone(),
        TexKind::Command(c) => format!("\\{c}"),
        TexKind::Text(t) => t.clone(),
        TexKind::Call { args, .. } => args.iter().map(plain_text).collect(),
        TexKind::Space(_) => " ".to_owned(),
        _ => String::new(),
    }
}
