//! What a superscript is: a power, a transpose, a mark, an upper index.

use crate::expr::Expr;
use crate::notation::reader::{Reader, char_of, closing, parts, significant};
use crate::notation::relation::plain_text;
use crate::notation::tex::{Tex, TexKind};

/// What a superscript means.
pub(super) enum Raised {
    Power(Expr),
    Transpose,
    InverseTranspose,
    Mark(String),
    Index(Expr),
    /// A power or a transpose.
    Either,
}

/// What stands for brackets among names.
pub(super) const BRACKET: &str = "(";

/// Whether it is a `T` alone.
pub(super) fn is_t(list: &[Tex]) -> bool {
    matches!(significant(list).as_slice(), [one] if matches!(one.kind, TexKind::Char('T')))
}

impl Reader<'_> {
    /// What a superscript means that is not known to be anything else.
    pub(super) fn raised(&mut self, sup: &Tex) -> Raised {
        let list = significant(sup.list());
        match list.as_slice() {
            [one] => match &one.kind {
                TexKind::Command(c) if matches!(c.as_str(), "top" | "intercal") => return Raised::Transpose,
                TexKind::Char('T') if !self.names.declared.contains("T") => return Raised::Transpose,
                TexKind::Char('⊤') => return Raised::Transpose,
                TexKind::Text(t) if matches!(t.trim(), "T" | "t") => return Raised::Transpose,
                TexKind::Call { name, args, .. }
                    if matches!(
                        name.as_str(),
                        "mathsf" | "mathrm" | "mathbf" | "mathtt" | "operatorname" | "mathit"
                    ) && args.first().is_some_and(|a| matches!(plain_text(a).trim(), "T" | "t")) =>
                {
                    return Raised::Transpose;
                }
                TexKind::Char('*' | '+' | '-' | '−' | '†' | '′') => return Raised::Mark(plain_text(one)),
                TexKind::Command(c) if matches!(c.as_str(), "ast" | "star" | "dagger" | "prime" | "circ") => {
                    return Raised::Mark(if c == "ast" { "*".into() } else { format!("\\{c}") });
                }
                TexKind::Text(t) => return Raised::Mark(format!("\\text{{{}}}", t.trim())),
                TexKind::Call { name, args, .. } if matches!(name.as_str(), "mathrm" | "operatorname") => {
                    return Raised::Mark(format!("\\mathrm{{{}}}", args.iter().map(plain_text).collect::<String>()));
                }
                _ => {}
            },
            // `V^{1,2}`: a block of an inverse, and no power.
            [Tex { kind: TexKind::Number(_), .. }, .., Tex { kind: TexKind::Number(_), .. }]
                if parts(&list).len() > 1
                    && parts(&list).iter().all(|p| matches!(p, [Tex { kind: TexKind::Number(_), .. }])) =>
            {
                return Raised::Mark(list.iter().map(plain_text).collect());
            }
            // `e^{(-t)}` is a power: no index is negative.
            [first, middle @ .., last]
                if !middle.first().is_some_and(|n| matches!(char_of(n), Some('-' | '−')))
                    && matches!((char_of(first), char_of(last)), (Some('('), Some(')')) | (Some('['), Some(']')))
                    && !matches!(last.kind, TexKind::Script { .. })
                    && !middle.is_empty() =>
            {
                // `x^{(i)}`, `W^{[1]}`: an upper index. Numbers stay part of the name.
                if middle.iter().all(|n| matches!(n.kind, TexKind::Number(_))) {
                    let number: String = middle.iter().map(plain_text).collect();
                    return Raised::Mark(format!("({number})"));
                }
                if middle.len() == 1
                    || middle.iter().any(|n| matches!(n.kind, TexKind::Char('+' | '-'))) && middle.len() == 3
                {
                    let i = self.expression(middle);
                    return Raised::Index(i);
                }
            }
            [minus, t]
                if char_of(minus) == Some('-')
                    && (char_of(t) == Some('T') && !self.names.declared.contains("T")
                        || matches!(&t.kind, TexKind::Command(c) if c == "top")) =>
            {
                return Raised::InverseTranspose;
            }
            _ => {}
        }
        Raised::Power(self.expression(&list))
    }

    /// What a superscript `T` is on a name, in notes in which T ends a range and is the mark of transposes, too.
    pub(super) fn turned(&self, base: &str, sup: &Tex) -> Option<Raised> {
        let known = &self.names.turned;
        if known.is_empty() || !self.names.declared.contains("T") {
            return None;
        }
        let turns = known.contains(base) || base == BRACKET || matches!(base.as_bytes(), [c] if c.is_ascii_uppercase());
        let inverse = matches!(significant(sup.list()).as_slice(), [minus, t]
            if matches!(char_of(minus), Some('-' | '−')) && char_of(t) == Some('T'));
        match (is_t(sup.list()), turns) {
            (true, true) => Some(Raised::Transpose),
            // It may be a power as well.
            (true, false) if base != "e" => Some(Raised::Either),
            _ if inverse && turns => Some(Raised::InverseTranspose),
            _ => None,
        }
    }
}

/// `(\tau + 1)T` above a name: the index of an iterate, and a transpose of it.
pub(super) fn iterate(sup: &Tex) -> Option<Tex> {
    let list = significant(sup.list());
    let (last, index) = list.split_last()?;
    let t = matches!(&last.kind, TexKind::Char('T' | '⊤')) || matches!(&last.kind, TexKind::Command(c) if c == "top");
    let bracketed = match index {
        [one] => matches!(&one.kind, TexKind::Fenced { open, .. } if open == "("),
        [first, .., close] => {
            char_of(first) == Some('(')
                && matches!(close.kind, TexKind::Char(')'))
                && closing(index, 0) == Some(index.len() - 1)
        }
        [] => false,
    };
    (t && bracketed).then(|| Tex::new(TexKind::Group(index.to_vec()), sup.span))
}
