//! Sets, as they stand right of `∈`, and integers as sizes and bounds.

use crate::expr::{Expr, Node, Sort, Symbol, fun};
use crate::notation::reader::{Reader, char_of, command_of, parts, significant};
use crate::notation::tex::{Tex, TexKind};

impl Reader<'_> {
    /// What stands right of `∈`.
    pub fn set_of(&mut self, nodes: &[Tex]) -> Expr {
        self.set(nodes)
    }

    /// `\mathbb{R}`, `\mathbb{R}^n`, `\mathbb{R}^{m \times n}`.
    pub(super) fn number_set(&mut self, letter: &str, sup: Option<&Tex>, node: &Tex) -> Expr {
        let plain = match letter {
            "R" => "reals",
            "Z" => "integers",
            _ => "naturals",
        };
        let Some(sup) = sup else { return Expr::apply(plain, vec![]) };
        let list = significant(sup.list());
        let bare = letter != "R" || list.iter().any(|n| matches!(char_of(n), Some('*' | '-'))) && list.len() == 1;
        if bare {
            return self.fixed(&format!("\\mathbb{{{letter}}}^{{{}}}", self.words_of(sup.list())), vec![], &[sup]);
        }
        let _ = node;
        if matches!(list.as_slice(), [one] if matches!(char_of(one), Some('+'))) {
            return Expr::apply("right_open", vec![Expr::int(0), Expr::apply("infinity", vec![])]);
        }
        let sizes: Vec<Expr> = list
            .split(|n| matches!(command_of(n), Some("times")) || char_of(n) == Some('×'))
            .map(|p| as_integer(&self.expression(p)))
            .collect();
        Expr::apply("real_space", sizes)
    }

    /// The members of a set as written after `∈`.
    pub(crate) fn set(&mut self, nodes: &[Tex]) -> Expr {
        let list = significant(nodes);
        let range = |open: char, close: char| match (open, close) {
            ('(', ')') => "open_interval",
            ('[', ']') => "closed_interval",
            ('(', ']') => "left_open",
            _ => "right_open",
        };
        let (open, close, inner) = match list.as_slice() {
            [first, middle @ .., last] => match (char_of(first), char_of(last)) {
                (Some(o @ ('(' | '[')), Some(c @ (')' | ']'))) if !matches!(last.kind, TexKind::Script { .. }) => {
                    (o, c, middle.to_vec())
                }
                _ => return self.other_set(&list),
            },
            [Tex { kind: TexKind::Fenced { open, close, body }, .. }] => match (open.as_str(), close.as_str()) {
                (o @ ("(" | "["), c @ (")" | "]")) => {
                    (if o == "(" { '(' } else { '[' }, if c == ")" { ')' } else { ']' }, body.clone())
                }
                _ => return self.other_set(&list),
            },
            _ => return self.other_set(&list),
        };
        match parts(&significant(&inner)).as_slice() {
            [a, b] => Expr::relate(range(open, close), self.expression(a), self.expression(b)),
            _ => self.expression(&list),
        }
    }

    fn other_set(&mut self, list: &[Tex]) -> Expr {
        let (inner, sup) = match list {
            [first, middle @ .., last] if command_of(first) == Some("{") && command_of(last) == Some("}") => (
                middle.to_vec(),
                match &last.kind {
                    TexKind::Script { sup, .. } => sup.clone(),
                    _ => None,
                },
            ),
            _ => return self.expression(list),
        };
        let condition = |n: &Tex| {
            matches!(n.kind, TexKind::Char('|' | ':')) || matches!(command_of(n), Some("mid" | "middle|" | "colon"))
        };
        if inner.iter().any(condition) {
            let name = format!("\\{{{}\\}}", self.words_of(&inner));
            let words: Vec<&Tex> = inner.iter().collect();
            return self.fixed(&name, vec![], &words);
        }
        let pieces = parts(&inner);
        let set = match pieces.as_slice() {
            [a, .., [one], b] if is_dots(one) => {
                Expr::relate("range_set", self.expression(a), as_integer(&self.expression(b)))
            }
            _ if pieces.iter().any(|p| matches!(p, [one] if is_dots(one))) => {
                let name = format!("\\{{{}\\}}", self.words_of(&inner));
                let words: Vec<&Tex> = inner.iter().collect();
                self.fixed(&name, vec![], &words)
            }
            _ => {
                let members = pieces.iter().map(|p| self.member(p)).collect();
                Expr::apply("set", members)
            }
        };
        match sup {
            Some(n) => {
                let n = as_integer(&self.expression(n.list()));
                Expr::relate("power_set", set, n)
            }
            None => set,
        }
    }

    /// A member of a set given by its members: an expression, or a word as a label.
    fn member(&mut self, nodes: &[Tex]) -> Expr {
        match nodes {
            [Tex { kind: TexKind::Text(t), .. }] => {
                Expr::sym(Symbol::new(&format!("\\text{{{}}}", t.trim()), Sort::Integer))
            }
            _ => self.expression(nodes),
        }
    }
}

/// `\dots` and its kin.
pub fn is_dots(node: &Tex) -> bool {
    matches!(command_of(node), Some("dots" | "ldots" | "cdots" | "vdots" | "ddots" | "dotsc" | "dotsb"))
        || char_of(node) == Some('…')
}

/// A name that is used as a size or a bound is an integer.
pub fn as_integer(e: &Expr) -> Expr {
    match e.node() {
        Node::Sym(s) if s.sort == Sort::Unknown => Expr::sym(s.with_sort(Sort::Integer)),
        // An entry, `n_i`, is one of an array of numbers.
        Node::App(f, _) if f.name == fun::INDEX => e.clone(),
        _ if e.children().is_empty() => e.clone(),
        _ => e.with_children(e.children().into_iter().map(as_integer).collect()),
    }
}
