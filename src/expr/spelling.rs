//! LaTeX names as Unicode text.

/// A LaTeX name as Unicode: `\mathbf{p}` → 𝐩, `\hat{y}` → ŷ, `\alpha_{1}` → α₁; what has no form of its own keeps
/// its LaTeX.
pub(crate) fn readable(name: &str) -> String {
    let mut out = String::new();
    let mut rest = name;
    while let Some(c) = rest.chars().next() {
        if c == '\\' {
            let end = rest[1..].find(|c: char| !c.is_ascii_alphabetic()).map_or(rest.len(), |i| i + 1);
            let (command, tail) = (&rest[1..end], &rest[end..]);
            if let Some((inner, after)) = argument(tail)
                && let Some(done) = decorated(command, inner)
            {
                out.push_str(&done);
                rest = after;
                continue;
            }
            match letter(command) {
                // `\\Delta{x}`
                Some(l) if argument(tail).is_some() => {
                    let (inner, after) = argument(tail).unwrap_or(("", tail));
                    out.push(l);
                    out.push_str(&readable(inner));
                    rest = after;
                    continue;
                }
                Some(l) => out.push(l),
                None => {
                    out.push('\\');
                    out.push_str(command);
                }
            }
            rest = tail.strip_prefix(' ').unwrap_or(tail);
            continue;
        }
        let tail = &rest[c.len_utf8()..];
        if (c == '_' || c == '^')
            && let Some((inner, after)) = argument(tail)
        {
            let inner = readable(inner);
            let shifted = if c == '_' { lowered(&inner) } else { raised(&inner) };
            match shifted {
                Some(s) => out.push_str(&s),
                None if inner.chars().count() == 1 => {
                    out.push(c);
                    out.push_str(&inner);
                }
                None => out.push_str(&format!("{c}({inner})")),
            }
            rest = after;
            continue;
        }
        out.push(c);
        rest = tail;
    }
    out
}

/// The braces group at the start of `text`, and what follows it.
fn argument(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('{')?;
    let mut depth = 1usize;
    for (i, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&inner[..i], &inner[i + 1..]));
        }
    }
    None
}

fn decorated(command: &str, inner: &str) -> Option<String> {
    let plain = readable(inner);
    let accent = |mark: char| {
        let mut chars = plain.chars();
        let first = chars.next()?;
        Some(std::iter::once(first).chain(std::iter::once(mark)).chain(chars).collect::<String>())
    };
    match command {
        "mathbf" | "boldsymbol" | "bm" => Some(plain.chars().map(bold).collect()),
        "mathcal" | "mathscr" => Some(plain.chars().map(script).collect()),
        "mathbb" => Some(plain.chars().map(double_struck).collect()),
        "mathrm" | "text" | "operatorname" | "mathit" | "mathsf" => Some(plain),
        "hat" | "widehat" => accent('\u{302}'),
        "bar" | "overline" => accent('\u{304}'),
        "tilde" | "widetilde" => accent('\u{303}'),
        "vec" => accent('\u{20d7}'),
        "dot" => accent('\u{307}'),
        _ => None,
    }
}

fn offset(c: char, lower: u32, upper: u32) -> char {
    let shifted = match c {
        'a'..='z' => lower + (c as u32 - 'a' as u32),
        'A'..='Z' => upper + (c as u32 - 'A' as u32),
        _ => return c,
    };
    char::from_u32(shifted).unwrap_or(c)
}

fn bold(c: char) -> char {
    match c {
        'α'..='ω' => char::from_u32(0x1d6c2 + (c as u32 - 'α' as u32)).unwrap_or(c),
        'Α'..='Ω' => char::from_u32(0x1d6a8 + (c as u32 - 'Α' as u32)).unwrap_or(c),
        _ => offset(c, 0x1d41a, 0x1d400),
    }
}

fn script(c: char) -> char {
    match table(c, "BEFHILMR", "ℬℰℱℋℐℒℳℛ") {
        Some(s) => s,
        None => offset(c, c as u32, 0x1d49c).to_owned(),
    }
}

fn double_struck(c: char) -> char {
    table(c, "CHNPQRZ", "ℂℍℕℙℚℝℤ").unwrap_or_else(|| offset(c, 0x1d552, 0x1d538))
}

/// The character of a command that is a letter or a letter-like sign.
pub(crate) fn letter(command: &str) -> Option<char> {
    const LETTERS: &[(&str, char)] = &[
        ("alpha", 'α'),
        ("beta", 'β'),
        ("gamma", 'γ'),
        ("delta", 'δ'),
        ("epsilon", 'ϵ'),
        ("varepsilon", 'ε'),
        ("zeta", 'ζ'),
        ("eta", 'η'),
        ("theta", 'θ'),
        ("vartheta", 'ϑ'),
        ("iota", 'ι'),
        ("kappa", 'κ'),
        ("lambda", 'λ'),
        ("mu", 'μ'),
        ("nu", 'ν'),
        ("xi", 'ξ'),
        ("pi", 'π'),
        ("varpi", 'ϖ'),
        ("rho", 'ρ'),
        ("varrho", 'ϱ'),
        ("sigma", 'σ'),
        ("varsigma", 'ς'),
        ("tau", 'τ'),
        ("upsilon", 'υ'),
        ("phi", 'ϕ'),
        ("varphi", 'φ'),
        ("chi", 'χ'),
        ("psi", 'ψ'),
        ("omega", 'ω'),
        ("Gamma", 'Γ'),
        ("Delta", 'Δ'),
        ("Theta", 'Θ'),
        ("Lambda", 'Λ'),
        ("Xi", 'Ξ'),
        ("Pi", 'Π'),
        ("Sigma", 'Σ'),
        ("Upsilon", 'Υ'),
        ("Phi", 'Φ'),
        ("Psi", 'Ψ'),
        ("Omega", 'Ω'),
        ("ell", 'ℓ'),
        ("imath", 'ı'),
        ("jmath", 'ȷ'),
        ("hbar", 'ℏ'),
        ("prime", '′'),
        ("star", '⋆'),
        ("ast", '*'),
        ("infty", '∞'),
        ("emptyset", '∅'),
        ("dagger", '†'),
    ];
    LETTERS.iter().find(|(n, _)| *n == command).map(|(_, c)| *c)
}

/// All characters as superscripts, if each has one.
pub(crate) fn raised(text: &str) -> Option<String> {
    text.chars().map(|c| table(c, "0123456789-−+()niTjkxyt*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺⁽⁾ⁿⁱᵀʲᵏˣʸᵗ*")).collect()
}

/// All characters as subscripts, if each has one.
pub(crate) fn lowered(text: &str) -> Option<String> {
    text.chars().map(|c| table(c, "0123456789-−+()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₋₋₊₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")).collect()
}

fn table(c: char, from: &str, to: &str) -> Option<char> {
    from.chars().zip(to.chars()).find(|(f, _)| *f == c).map(|(_, t)| t)
}

/// A superscript if every character has one, else `base^exponent`, in brackets unless it is one character or has its own.
pub(super) fn power_text(base: &str, exponent: &str) -> String {
    match raised(exponent) {
        Some(up) => format!("{base}{up}"),
        None if exponent.chars().nth(1).is_none() || is_bracketed(exponent) => format!("{base}^{exponent}"),
        None => format!("{base}^({exponent})"),
    }
}

/// Whether the bracket that a text begins with closes at its end.
fn is_bracketed(text: &str) -> bool {
    let mut depth = 0usize;
    let closes = text.char_indices().find(|(_, c)| {
        depth = match c {
            '(' => depth + 1,
            ')' => depth.saturating_sub(1),
            _ => depth,
        };
        depth == 0
    });
    text.starts_with('(') && closes.is_some_and(|(at, _)| at + 1 == text.len())
}
