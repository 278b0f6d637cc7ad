//! Expressions as text: Unicode for people (`Display`), LaTeX for repairs and round trips.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use crate::expr::contrast::is_mark;
use crate::expr::spelling::{power_text, raised, readable};
use crate::expr::{Expr, Node, Symbol, fun};

/// The expression in LaTeX, readable again by `notation`.
pub fn latex(e: &Expr) -> String {
    Printer::plain(true).expr(e, 0)
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Printer::plain(false).expr(self, 0))
    }
}

/// An expression as text, with the places of the parts that were marked ([`crate::expr::marked`]).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printed {
    /// The text.
    pub text: String,
    /// The marked parts, in bytes.
    pub marks: Vec<Range<usize>>,
}

/// The expression as a line of a derivation: no bound variable has the name of a symbol in it, and the derivative of
/// what is no single name is written with its operator in front.
pub fn line(e: &Expr, latex: bool) -> Printed {
    let taken = e.symbols().iter().map(|s| s.name.to_string()).collect();
    split_marks(&Printer { latex, line: true, taken }.expr(e, 0))
}

/// Takes the signs of marks out of a text.
fn split_marks(signed: &str) -> Printed {
    let mut out = Printed::default();
    let mut open = vec![];
    for c in signed.chars() {
        match c {
            OPEN => open.push(out.text.len()),
            CLOSE => out.marks.extend(open.pop().map(|start| start..out.text.len())),
            c => out.text.push(c),
        }
    }
    out.marks.sort_by_key(|m| (m.start, m.end));
    out
}

/// Around a marked part while a text is made; no other character is taken for them, for control characters of names
/// are dropped.
pub(super) const OPEN: char = '\u{1}';
pub(super) const CLOSE: char = '\u{2}';

/// Binding strength: 0 connective, 1 relation, 2 sum, 3 product, 4 power base, 5 atom.
pub(super) struct Printer {
    pub(super) latex: bool,
    /// A line of a derivation ([`line`]).
    pub(super) line: bool,
    /// Names that no bound variable may have.
    pub(super) taken: BTreeSet<String>,
}

impl Printer {
    fn plain(latex: bool) -> Printer {
        Printer { latex, line: false, taken: BTreeSet::new() }
    }

    pub(super) fn pick(&self, latex: &str, unicode: &str) -> String {
        (if self.latex { latex } else { unicode }).to_owned()
    }

    pub(super) fn wrap(&self, text: String, own: u8, outer: u8) -> String {
        match (own < outer, self.latex) {
            (true, true) => format!("\\left({text}\\right)"),
            (true, false) => format!("({text})"),
            _ => text,
        }
    }

    pub(super) fn expr(&self, e: &Expr, outer: u8) -> String {
        match e.node() {
            Node::Num(q) => self.number(&q.to_string(), outer),
            Node::Sym(s) => self.symbol(s),
            Node::Bound { index, .. } => format!("?{index}"),
            Node::App(f, args) => self.app(e, f.name, args, outer),
            Node::Call(s, args) if is_mark(s) => match args.as_slice() {
                [part] => format!("{OPEN}{}{CLOSE}", self.expr(part, outer)),
                _ => self.list(args),
            },
            Node::Call(s, args) if s.is_notation() => self.mixfix(&self.symbol(s), args),
            Node::Call(s, args) => self.call(s, args),
            Node::Bind { binder, domain, body } => self.bind(*binder, domain, body, outer),
            Node::Array { columns, entries, .. } => self.array(*columns, entries),
            Node::Opaque { text, .. } => {
                if self.latex {
                    format!("{{{text}}}")
                } else {
                    format!("⟨{text}⟩")
                }
            }
        }
    }

    pub(super) fn number(&self, text: &str, outer: u8) -> String {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(d) => (self.pick("-", "−"), d),
            None => (String::new(), text),
        };
        let own = match (sign.is_empty(), digits.contains('/')) {
            (true, false) => 5,
            (true, true) => 3,
            (false, _) => 2,
        };
        let body = match (digits.split_once('/'), self.latex) {
            (Some((p, q)), true) => format!("\\frac{{{p}}}{{{q}}}"),
            _ => digits.to_owned(),
        };
        self.wrap(format!("{sign}{body}"), own, outer)
    }

    pub(super) fn symbol(&self, s: &Symbol) -> String {
        let name = if self.latex { s.shown() } else { readable(&s.shown()) };
        if self.line { name.replace([OPEN, CLOSE], "") } else { name }
    }

    pub(super) fn list(&self, args: &[Expr]) -> String {
        args.iter().map(|a| self.expr(a, 0)).collect::<Vec<_>>().join(", ")
    }

    fn app(&self, e: &Expr, name: &str, args: &[Expr], outer: u8) -> String {
        match (name, args) {
            (fun::ADD, _) => self.wrap(self.sum(args), 2, outer),
            (fun::MUL, _) => self.product(args, outer),
            (fun::POW, [b, x]) => self.power(b, x, outer),
            (fun::INDEX, [array, indices @ ..]) => self.indexed(array, indices),
            (fun::DECIMAL, [q, unit]) => match q.as_num().zip(unit.as_num()) {
                Some((q, unit)) => self.decimal(q, unit, outer),
                None => self.named(e, name, args),
            },
            ("abs", [x]) => format!("{0}{1}{0}", self.pick("|", "|"), self.expr(x, 0)),
            ("norm", [x]) => format!("{0}{1}{0}", self.pick("\\|", "‖"), self.expr(x, 0)),
            ("norm1", [x]) => format!("{0}{1}{0}{2}", self.pick("\\|", "‖"), self.expr(x, 0), self.pick("_1", "₁")),
            ("sqrt", [x]) if self.latex => format!("\\sqrt{{{}}}", self.expr(x, 0)),
            ("sqrt", [x]) => format!("√({})", self.expr(x, 0)),
            ("exp", [x]) if self.latex => self.wrap(format!("e^{{{}}}", self.expr(x, 0)), 4, outer),
            ("exp", [x]) if x.depth() <= 2 => self.wrap(power_text("e", &self.expr(x, 0)), 4, outer),
            ("differential", [x]) => format!("{}{}", self.pick("\\mathrm{d}", "d"), self.expr(x, 5)),
            ("transpose", [x]) => format!("{}{}", self.expr(x, 5), self.pick("^\\top", "ᵀ")),
            ("inverse", [x]) => format!("{}{}", self.expr(x, 5), self.pick("^{-1}", "⁻¹")),
            ("xlogy", [x, y]) => self.expr(&(x.clone() * Expr::apply("log", vec![y.clone()])), outer),
            ("factorial", [x]) => format!("{}!", self.expr(x, 5)),
            ("only_member", [set]) => self.expr(set, outer),
            ("gradient", [f, order]) => {
                let order = if order.as_int() == Some(2) { self.pick("^2", "²") } else { String::new() };
                format!("{}{order}{}", self.pick("\\nabla", "∇"), self.expr(f, 5))
            }
            ("prime", [f, order]) if order.as_int().is_some_and(|n| (1..=3).contains(&n)) => {
                let marks = "'".repeat(order.as_int().map_or(1, |n| n as usize));
                match f.node() {
                    Node::Call(name, args) => {
                        let primed = Symbol { name: format!("{}{marks}", name.name).into(), ..name.clone() };
                        self.expr(&Expr::new(Node::Call(primed, args.clone())), outer)
                    }
                    Node::Sym(_) => format!("{}{marks}", self.expr(f, 5)),
                    Node::App(g, args) if args.len() == 1 && !self.latex => {
                        format!("{}{marks}({})", g.name, args.iter().map(|x| self.expr(x, 0)).collect::<String>())
                    }
                    _ => format!("({}){marks}", self.expr(f, 0)),
                }
            }
            ("partial", [body, place]) => {
                let place = self.expr(place, 5);
                self.derivative(body, &place, 5, outer)
            }
            ("delta", [i, j]) => match self.latex {
                true => format!("\\delta_{{{},{}}}", self.expr(i, 0), self.expr(j, 0)),
                false => format!("δ({}, {})", self.expr(i, 0), self.expr(j, 0)),
            },
            ("dot", [a, b]) => {
                self.wrap(format!("{}{}{}", self.expr(a, 3), self.pick(" \\cdot ", "·"), self.expr(b, 4)), 3, outer)
            }
            ("hadamard", [a, b]) => {
                self.wrap(format!("{}{}{}", self.expr(a, 3), self.pick(" \\odot ", " ⊙ "), self.expr(b, 4)), 3, outer)
            }
            ("kl", [p, q]) => format!(
                "{}({} {} {})",
                self.pick("D_{\\mathrm{KL}}", "D_KL"),
                self.expr(p, 0),
                self.pick("\\parallel", "‖"),
                self.expr(q, 0)
            ),
            ("pi", []) => self.pick("\\pi", "π"),
            ("euler", []) => "e".to_owned(),
            ("infinity", []) => self.pick("\\infty", "∞"),
            ("reals", []) => self.pick("\\mathbb{R}", "ℝ"),
            ("integers", []) => self.pick("\\mathbb{Z}", "ℤ"),
            ("naturals", []) => self.pick("\\mathbb{N}", "ℕ"),
            ("region", [a]) => self.expr(a, 0),
            ("open_interval", _) => format!("({})", self.list(args)),
            ("closed_interval", _) => format!("[{}]", self.list(args)),
            ("left_open", _) => format!("({}]", self.list(args)),
            ("right_open", _) => format!("[{})", self.list(args)),
            ("range_set", [a, b]) => format!(
                "{}{}, {}, {}{}",
                self.pick("\\{", "{"),
                self.expr(a, 0),
                self.pick("\\ldots", "…"),
                self.expr(b, 0),
                self.pick("\\}", "}")
            ),
            ("one_hot", [y]) if !self.latex => format!("{} one-hot", self.expr(y, 5)),
            ("distribution", [p]) if !self.latex => format!("{} a distribution", self.expr(p, 5)),
            (
                "symmetric"
                | "orthogonal"
                | "invertible"
                | "positive_definite"
                | "positive_semidefinite"
                | "full_column_rank",
                [a],
            ) if !self.latex => format!("{} {}", self.expr(a, 5), name.replace('_', " ")),
            ("set", _) => format!("{}{}{}", self.pick("\\{", "{"), self.list(args), self.pick("\\}", "}")),
            ("real_space", _) => {
                let sizes = args.iter().map(|a| self.expr(a, 3)).collect::<Vec<_>>().join(&self.pick(" \\times ", "×"));
                if self.latex {
                    format!("\\mathbb{{R}}^{{{sizes}}}")
                } else {
                    raised(&sizes).map_or_else(|| format!("ℝ^({sizes})"), |up| format!("ℝ{up}"))
                }
            }
            ("cases", _) => self.cases(args),
            ("and", _) => self.wrap(self.joined(args, &self.pick(" \\land ", " and "), 1), 0, outer),
            ("or", _) => self.wrap(self.joined(args, &self.pick(" \\lor ", " or "), 1), 0, outer),
            ("implies", [a, b]) => self.wrap(
                format!("{}{}{}", self.expr(a, 1), self.pick(" \\Rightarrow ", " ⇒ "), self.expr(b, 1)),
                0,
                outer,
            ),
            ("iff", [a, b]) => {
                self.wrap(format!("{}{}{}", self.expr(a, 1), self.pick(" \\iff ", " ⇔ "), self.expr(b, 1)), 0, outer)
            }
            (_, [a, b]) => match relation_sign(name) {
                Some((latex, unicode)) => self.wrap(
                    format!("{} {} {}", self.expr(a, 2), self.pick(latex, unicode), self.expr(b, 2)),
                    1,
                    outer,
                ),
                None => self.named(e, name, args),
            },
            _ => self.named(e, name, args),
        }
    }

    fn joined(&self, args: &[Expr], separator: &str, strength: u8) -> String {
        args.iter().map(|a| self.expr(a, strength)).collect::<Vec<_>>().join(separator)
    }

    fn named(&self, e: &Expr, name: &str, args: &[Expr]) -> String {
        let shown = match name {
            "sigmoid" => self.pick("\\sigma", "σ"),
            "entropy" | "cross_entropy" => "H".to_owned(),
            _ if self.latex => {
                let spelling = fun::by_name(name).and_then(|f| f.tex.first().copied()).unwrap_or(name);
                match name {
                    "log" | "sin" | "cos" | "tan" | "sinh" | "cosh" | "tanh" | "arctan" | "arcsin" | "arccos"
                    | "max" | "min" | "det" => {
                        format!("\\{spelling}")
                    }
                    _ => format!("\\operatorname{{{spelling}}}"),
                }
            }
            _ => name.to_owned(),
        };
        if e.children().is_empty() {
            return shown;
        }
        if !self.latex
            && let ("log", [x]) = (name, args)
            && matches!(x.node(), Node::Sym(_) | Node::Num(_))
        {
            return format!("{shown} {}", self.expr(x, 5));
        }
        match self.line && self.latex {
            true => format!("{shown}\\left({}\\right)", self.list(args)),
            false => format!("{shown}({})", self.list(args)),
        }
    }

    fn sum(&self, args: &[Expr]) -> String {
        let mut text = String::new();
        for (i, a) in args.iter().enumerate() {
            let (negative, positive) = match a.node() {
                _ if a.as_decimal().is_some_and(|(q, _)| q.numer_is_negative()) => (true, -a.clone()),
                Node::Num(q) if q.numer_is_negative() => (true, Expr::num(-q.clone())),
                Node::App(f, factors) if f.name == fun::MUL => match factors.split_first() {
                    Some((c, rest)) if c.as_num().is_some_and(|q| q.numer_is_negative()) => {
                        let mut all = vec![-c.clone()];
                        all.extend(rest.iter().cloned());
                        (true, Expr::apply(fun::MUL, all))
                    }
                    _ => (false, a.clone()),
                },
                _ => (false, a.clone()),
            };
            let shown = self.expr(&positive, if i == 0 && !negative { 2 } else { 3 });
            match (i, negative) {
                (0, false) => text.push_str(&shown),
                (0, true) => text = format!("{}{shown}", self.pick("-", "−")),
                (_, false) => text.extend([" + ", &shown]),
                (_, true) => text.extend([" ", &self.pick("-", "−"), " ", &shown]),
            }
        }
        text
    }

    fn product(&self, args: &[Expr], outer: u8) -> String {
        let minus = args.first().is_some_and(|a| a.as_int() == Some(-1));
        let args = if minus { args.get(1..).unwrap_or(&[]) } else { args };
        let (below, above): (Vec<&Expr>, Vec<&Expr>) = args.iter().partition(|a| {
            a.as_app(fun::POW).is_some_and(|p| p.get(1).and_then(Expr::as_num).is_some_and(|q| q.numer_is_negative()))
        });
        let below: Vec<Expr> = below
            .into_iter()
            .filter_map(|a| a.as_app(fun::POW).and_then(|p| Some(p.first()?.pow(-p.get(1)?.clone()))))
            .collect();
        let factors = |list: &[Expr]| -> String {
            let separator = if self.latex { " " } else { "·" };
            let alone = list.len() == 1 && !minus;
            let mut text = String::new();
            for a in list {
                let factor = self.expr(a, if alone { 3 } else { 4 });
                // A number behind another factor needs a sign between them: `1 3` is read as thirteen.
                let number = factor.trim_start_matches(OPEN).starts_with(|c: char| c.is_ascii_digit());
                let dot = if self.latex && number { " \\cdot " } else { separator };
                text = if text.is_empty() { factor } else { text + dot + &factor };
            }
            text
        };
        let above: Vec<Expr> = above.into_iter().cloned().collect();
        let body = if below.is_empty() {
            factors(&above)
        } else if self.latex {
            let flat = |list: &[Expr]| match list {
                [one] => self.expr(one, 0),
                _ => factors(list),
            };
            let top = if above.is_empty() { "1".to_owned() } else { flat(&above) };
            format!("\\frac{{{top}}}{{{}}}", flat(&below))
        } else {
            let top = if above.is_empty() { "1".to_owned() } else { factors(&above) };
            match below.as_slice() {
                [one] => format!("{top}/{}", self.expr(one, 4)),
                _ => format!("{top}/({})", factors(&below)),
            }
        };
        let text = if minus { format!("{}{body}", self.pick("-", "−")) } else { body };
        self.wrap(text, if minus { 2 } else { 3 }, outer)
    }

    fn power(&self, base: &Expr, exponent: &Expr, outer: u8) -> String {
        if exponent.as_num().is_some_and(|q| q.numer_is_negative()) {
            return self.product(&[base.pow(exponent.clone())], outer);
        }
        let b = self.expr(base, 5);
        if self.latex {
            return self.wrap(format!("{b}^{{{}}}", self.expr(exponent, 0)), 4, outer);
        }
        self.wrap(power_text(&b, &self.expr(exponent, 0)), 4, outer)
    }

    fn array(&self, columns: Option<usize>, entries: &[Expr]) -> String {
        let width = columns.unwrap_or(1).max(1);
        if self.latex {
            let rows: Vec<String> = entries
                .chunks(width)
                .map(|r| r.iter().map(|e| self.expr(e, 0)).collect::<Vec<_>>().join(" & "))
                .collect();
            return format!("\\begin{{bmatrix}} {} \\end{{bmatrix}}", rows.join(" \\\\ "));
        }
        match columns {
            None => format!("({})", self.list(entries)),
            Some(_) => format!("[{}]", entries.chunks(width).map(|r| self.list(r)).collect::<Vec<_>>().join("; ")),
        }
    }

    fn cases(&self, args: &[Expr]) -> String {
        let mut parts: Vec<String> = args
            .chunks_exact(2)
            .map(|pair| match pair {
                [c, v] if self.latex => format!("{} & \\text{{if }} {}", self.expr(v, 0), self.expr(c, 0)),
                [c, v] => format!("{} if {}", self.expr(v, 0), self.expr(c, 0)),
                _ => String::new(),
            })
            .collect();
        if let (1, Some(last)) = (args.len() % 2, args.last()) {
            parts.push(if self.latex {
                format!("{} & \\text{{otherwise}}", self.expr(last, 0))
            } else {
                format!("{} otherwise", self.expr(last, 0))
            });
        }
        if self.latex {
            format!("\\begin{{cases}} {} \\end{{cases}}", parts.join(" \\\\ "))
        } else {
            format!("{{{}}}", parts.join("; "))
        }
    }
}

fn relation_sign(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "eq" => ("=", "="),
        "ne" => ("\\neq", "≠"),
        "lt" => ("<", "<"),
        "le" => ("\\leq", "≤"),
        "gt" => (">", ">"),
        "ge" => ("\\geq", "≥"),
        "approx" => ("\\approx", "≈"),
        "proportional" => ("\\propto", "∝"),
        "member" => ("\\in", "∈"),
        "subset" => ("\\subseteq", "⊆"),
        "loewner_ge" => ("\\succeq", "⪰"),
        "loewner_gt" => ("\\succ", "≻"),
        "tends" => ("\\to", "→"),
        _ => return None,
    })
}
