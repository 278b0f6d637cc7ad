//! Sets, as they stand right of `∈`, and integers as sizes and bounds.

use crate::expr::{Expr, Node, Sort, Symbol, fun};
use crate::notation::reader::{Reader, char_of, command_of, parts, significant};
use crate::notation::tex::{Tex, TexKind};

impl Reader<'_> {
    /// What stands right of `∈`.
    pub fn set_of(&mut self, nodes: &[Tex]) -> Expr {
        self.set(nodes)
    }

    /// `\mathbb{R}`, `\mathbb{R}^n`, `\mathbb{R}^{m \times n}`, `\mathbb{R}_{>0}`, `\mathbb{N}_0`, `\mathbb{R}^n_+`. What is
    /// written below and not understood is a part of the name.
    pub(super) fn number_set(&mut self, letter: &str, sub: Option<&Tex>, sup: Option<&Tex>) -> Expr {
        let plain = match letter {
            "R" => "reals",
            "Z" => "integers",
            _ => "naturals",
        };
        let below = sub.map(|s| (s, self.part(letter, s)));
        let named = |r: &mut Self| {
            let script = |mark: &str, s: Option<&Tex>| {
                s.map_or(String::new(), |s| format!("{mark}{{{}}}", r.words_of(s.list())))
            };
            let name = format!("\\mathbb{{{letter}}}{}{}", script("_", sub), script("^", sup));
            let scripts: Vec<&Tex> = sub.into_iter().chain(sup).collect();
            r.fixed(&name, vec![], &scripts)
        };
        let Some(sup) = sup else {
            return match below {
                None => Expr::apply(plain, vec![]),
                Some((_, Some(part))) => part,
                Some((_, None)) => named(self),
            };
        };
        let list = significant(sup.list());
        let bare = letter != "R" || list.iter().any(|n| matches!(char_of(n), Some('*' | '-'))) && list.len() == 1;
        if bare || matches!(below, Some((_, None))) {
            return named(self);
        }
        if matches!(list.as_slice(), [one] if matches!(char_of(one), Some('+'))) {
            return Expr::apply("right_open", vec![Expr::int(0), Expr::apply("infinity", vec![])]);
        }
        let mut sizes: Vec<Expr> = list
            .split(|n| matches!(command_of(n), Some("times")) || char_of(n) == Some('×'))
            .map(|p| as_integer(&self.expression(p)))
            .collect();
        match (below, sizes.len()) {
            (None, _) => Expr::apply("real_space", sizes),
            (Some((_, Some(part))), 1) => Expr::apply("power_set", vec![part, sizes.remove(0)]),
            _ => named(self),
        }
    }

    /// The numbers of a kind that what is written below keeps: `+`, `>0`, `\ge 0`, `++`, and of ℕ the 0. A bare + keeps 0 of
    /// the real numbers, which for those that mean it otherwise says less.
    fn part(&mut self, letter: &str, sub: &Tex) -> Option<Expr> {
        let text: String = self.words_of(sub.list()).chars().filter(|c| !c.is_whitespace()).collect();
        let infinity = || Expr::apply("infinity", vec![]);
        let real = letter == "R";
        let row = match text.as_str() {
            "+" | "≥0" | "\\ge0" | "\\geq0" | "\\geqslant0" if real => ("right_open", Expr::int(0), infinity()),
            ">0" | "++" if real => ("open_interval", Expr::int(0), infinity()),
            "<0" | "--" if real => ("open_interval", -infinity(), Expr::int(0)),
            "≤0" | "\\le0" | "\\leq0" | "\\leqslant0" | "-" if real => ("left_open", -infinity(), Expr::int(0)),
            "0" if letter == "N" => ("range_set", Expr::int(0), infinity()),
            "≥0" | "\\ge0" | "\\geq0" | "\\geqslant0" => ("range_set", Expr::int(0), infinity()),
            ">0" | "+" => ("range_set", Expr::int(1), infinity()),
            _ => return None,
        };
        Some(Expr::relate(row.0, row.1, row.2))
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
