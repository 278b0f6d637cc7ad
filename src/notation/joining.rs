//! Words between formulas of one line: and, hence, if, for, where, …

/// Whether words only join two formulas.
pub(super) fn is_conjunction(text: &str) -> bool {
    matches!(
        text.trim().trim_matches([',', ':', ';', '.']).trim(),
        "and"
            | "or"
            | ""
            | "그리고"
            | "및"
            | "또는"
            | "이고"
            | "따라서"
            | "그러므로"
            | "즉"
            | "so"
            | "hence"
            | "thus"
            | "and hence"
            | "and thus"
            | "and so"
            | "and therefore"
            | "or equivalently"
            | "equivalently"
            | "implies"
            | "which implies"
            | "therefore"
            | "also"
            | "then"
            | "but"
    )
}

/// Words that join or qualify formulas: no name begins with them.
pub(crate) fn is_joining(text: &str) -> bool {
    is_conjunction(text) || separates_by(text)
}

/// Whether words begin a condition or a remark, or join formulas.
pub(super) fn separates_by(text: &str) -> bool {
    let t = text.trim();
    !t.is_empty()
        && (is_conjunction(t)
            || t.split_whitespace().next().is_some_and(|w| {
                matches!(
                    w.trim_matches(|c: char| !c.is_alphabetic()),
                    "if" | "for"
                        | "when"
                        | "where"
                        | "whenever"
                        | "with"
                        | "since"
                        | "because"
                        | "as"
                        | "s.t"
                        | "st"
                        | "such"
                        | "given"
                        | "otherwise"
                        | "iff"
                        | "only"
                        | "by"
                        | "일"
                        | "단"
                        | "여기서"
                        | "모든"
                        | "임의의"
                        | "만약"
                )
            }))
}
