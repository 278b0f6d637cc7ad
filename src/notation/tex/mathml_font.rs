//! Fonts: Unicode's mathematical alphanumerics, as MathML Core has no other bold, script or double-struck letters.

/// A font of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Font {
    /// As TeX sets letters without a font command.
    Default,
    Upright,
    Italic,
    Bold,
    BoldItalic,
    Blackboard,
    Script,
    Fraktur,
    Sans,
    Mono,
}

/// The font that a command sets; `None` for a command that sets none.
pub(super) fn font_of(command: &str) -> Option<Font> {
    Some(match command {
        "mathrm" | "mathup" => Font::Upright,
        "mathit" => Font::Italic,
        "mathnormal" => Font::Default,
        "mathbf" | "symbf" => Font::Bold,
        "boldsymbol" | "bm" | "pmb" => Font::BoldItalic,
        "mathbb" | "Bbb" | "mathds" | "mathbbm" => Font::Blackboard,
        "mathcal" | "mathscr" => Font::Script,
        "mathfrak" => Font::Fraktur,
        "mathsf" => Font::Sans,
        "mathtt" => Font::Mono,
        _ => return None,
    })
}

/// First code points of a font's `A`, `a`, `0`, `Α` and `α` (Unicode, chapter 22.2); 0 where it has none.
fn starts(font: Font) -> [u32; 5] {
    match font {
        Font::Default | Font::Upright => [0; 5],
        Font::Italic => [0x1D434, 0x1D44E, 0, 0x1D6E2, 0x1D6FC],
        Font::Bold => [0x1D400, 0x1D41A, 0x1D7CE, 0x1D6A8, 0x1D6C2],
        Font::BoldItalic => [0x1D468, 0x1D482, 0x1D7CE, 0x1D71C, 0x1D736],
        Font::Blackboard => [0x1D538, 0x1D552, 0x1D7D8, 0, 0],
        Font::Script => [0x1D49C, 0x1D4B6, 0, 0, 0],
        Font::Fraktur => [0x1D504, 0x1D51E, 0, 0, 0],
        Font::Sans => [0x1D5A0, 0x1D5BA, 0x1D7E2, 0, 0],
        Font::Mono => [0x1D670, 0x1D68A, 0x1D7F6, 0, 0],
    }
}

/// The character in the font; itself where the font has none.
pub(super) fn letter(c: char, font: Font) -> char {
    if let Some(exception) = exception(c, font) {
        return exception;
    }
    let [upper, lower, digit, greek_upper, greek_lower] = starts(font);
    let (start, first) = match c {
        'A'..='Z' => (upper, 'A'),
        'a'..='z' => (lower, 'a'),
        '0'..='9' => (digit, '0'),
        'Α'..='Ω' => (greek_upper, 'Α'),
        'α'..='ω' => (greek_lower, 'α'),
        _ => return c,
    };
    let offset = u32::from(c) - u32::from(first);
    if start == 0 { c } else { char::from_u32(start + offset).unwrap_or(c) }
}

/// Letters that Unicode had before it got the alphabets, and the Greek variants after `ω`.
fn exception(c: char, font: Font) -> Option<char> {
    Some(match (font, c) {
        (Font::Italic, 'h') => 'ℎ',
        (Font::Blackboard, 'C') => 'ℂ',
        (Font::Blackboard, 'H') => 'ℍ',
        (Font::Blackboard, 'N') => 'ℕ',
        (Font::Blackboard, 'P') => 'ℙ',
        (Font::Blackboard, 'Q') => 'ℚ',
        (Font::Blackboard, 'R') => 'ℝ',
        (Font::Blackboard, 'Z') => 'ℤ',
        (Font::Script, 'B') => 'ℬ',
        (Font::Script, 'E') => 'ℰ',
        (Font::Script, 'F') => 'ℱ',
        (Font::Script, 'H') => 'ℋ',
        (Font::Script, 'I') => 'ℐ',
        (Font::Script, 'L') => 'ℒ',
        (Font::Script, 'M') => 'ℳ',
        (Font::Script, 'R') => 'ℛ',
        (Font::Script, 'e') => 'ℯ',
        (Font::Script, 'g') => 'ℊ',
        (Font::Script, 'o') => 'ℴ',
        (Font::Fraktur, 'C') => 'ℭ',
        (Font::Fraktur, 'H') => 'ℌ',
        (Font::Fraktur, 'I') => 'ℑ',
        (Font::Fraktur, 'R') => 'ℜ',
        (Font::Fraktur, 'Z') => 'ℨ',
        (Font::Bold, '∇') => '𝛁',
        (Font::Bold, '∂') => '𝛛',
        (Font::Bold, 'ϵ') => '𝛜',
        (Font::Bold, 'ϕ') => '𝛟',
        (Font::BoldItalic, '∇') => '𝜵',
        (Font::BoldItalic, '∂') => '𝝏',
        (Font::BoldItalic, 'ϵ') => '𝝐',
        (Font::BoldItalic, 'ϑ') => '𝝑',
        (Font::BoldItalic, 'ϕ') => '𝝓',
        (Font::BoldItalic, 'ϱ') => '𝝔',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_the_unicode_ones() {
        let cases = [
            ('p', Font::Bold, '𝐩'),
            ('R', Font::Blackboard, 'ℝ'),
            ('E', Font::Blackboard, '𝔼'),
            ('1', Font::Blackboard, '𝟙'),
            ('L', Font::Script, 'ℒ'),
            ('N', Font::Script, '𝒩'),
            ('μ', Font::BoldItalic, '𝝁'),
            ('Σ', Font::Bold, '𝚺'),
            ('w', Font::BoldItalic, '𝒘'),
            ('가', Font::Bold, '가'),
            ('x', Font::Mono, '𝚡'),
        ];
        for (c, font, wanted) in cases {
            assert_eq!(letter(c, font), wanted);
        }
    }
}
