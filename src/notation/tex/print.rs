//! TeX tree → LaTeX in normal form.

use super::commands::{Arg, DEFINERS, EnvOption, Role, env_option, role};
use super::symbols::{Class, class_of};
use super::tree::{Row, Tex, TexKind};

/// LaTeX for the nodes. For a tree of `parse` without errors, parsing the result gives the same tree up to spans.
/// Error nodes print as nothing.
pub fn to_latex(nodes: &[Tex]) -> String {
    let mut printer = Printer::default();
    printer.list(nodes);
    printer.out.trim_end_matches(' ').to_owned() + if printer.out.ends_with("\\ ") { " " } else { "" }
}

#[derive(Default)]
struct Printer {
    out: String,
    /// The last piece was a command made of letters.
    after_word: bool,
}

impl Printer {
    /// Appends a piece, with a space where it would run together with what stands before.
    fn put(&mut self, piece: &str) {
        let Some(first) = piece.chars().next() else { return };
        let last = self.out.chars().next_back();
        let glued = (self.after_word && (first.is_ascii_alphabetic() || first == '*'))
            || (last.is_some_and(|c| c.is_ascii_digit() || c == '.') && (first.is_ascii_digit() || first == '.'))
            || (self.out.ends_with('\\') && matches!(first, '[' | '*'))
            || (last == Some('&') && matches!(first, 'l' | 'g' | 'a'));
        if glued {
            self.out.push(' ');
        }
        self.out.push_str(piece);
        self.after_word = piece.starts_with('\\') && piece.ends_with(|c: char| c.is_ascii_alphabetic());
    }

    fn space(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with([' ', '{']) {
            self.out.push(' ');
            self.after_word = false;
        }
    }

    fn list(&mut self, nodes: &[Tex]) {
        let mut before = None;
        for node in nodes {
            let class = class_of(node);
            // A sign in front is no operation between.
            let between = match class {
                Class::Relation => true,
                Class::Binary => matches!(before, Some(Class::Ordinary | Class::Close | Class::Inner)),
                _ => false,
            };
            if between && before.is_some() {
                self.space();
            }
            self.node(node);
            if between || class == Class::Punctuation || matches!(node.kind, TexKind::Break) {
                self.space();
            }
            before = Some(class);
        }
    }

    fn node(&mut self, node: &Tex) {
        match &node.kind {
            TexKind::Group(list) => {
                self.put("{");
                self.list(list);
                self.put("}");
            }
            TexKind::Char(c @ ('%' | '$' | '#' | '_' | '{' | '}')) if *c != '#' => self.put(&format!("\\{c}")),
            TexKind::Char(c) => self.put(c.encode_utf8(&mut [0; 4])),
            TexKind::Number(digits) => self.put(digits),
            TexKind::Command(name) => self.put(&format!("\\{name}")),
            TexKind::Call { name, option, args } => self.call(name, option.as_deref(), args),
            TexKind::Text(text) => self.put(&format!("\\text{{{text}}}")),
            TexKind::Script { base, sub, sup, primes } => {
                self.base(base);
                self.put(&"'".repeat(*primes));
                for (mark, script) in [("_", sub), ("^", sup)] {
                    if let Some(script) = script {
                        self.put(mark);
                        self.argument(script);
                    }
                }
            }
            TexKind::Fenced { open, close, body } => {
                self.put("\\left");
                self.put(open);
                self.list(body);
                self.put("\\right");
                self.put(close);
            }
            TexKind::Env { name, option, rows } => self.environment(name, option.as_deref(), rows),
            TexKind::Break => self.put("\\\\"),
            TexKind::Align => self.put("&"),
            TexKind::Space(name) if name == "~" => self.put("~"),
            TexKind::Space(name) => self.put(&format!("\\{name}")),
            TexKind::Label { name, text } if DEFINERS.contains(&name.as_str()) => self.put(&format!("\\{name}{text}")),
            // Otherwise a brace behind it would be what it colours.
            TexKind::Label { name, text } if name == "color" => self.put(&format!("\\color{{{text}}}\\relax")),
            TexKind::Label { name, text } => self.put(&format!("\\{name}{{{text}}}")),
            TexKind::Error(_) => {}
        }
    }

    fn base(&mut self, base: &Tex) {
        let plain = !matches!(
            base.kind,
            TexKind::Script { .. }
                | TexKind::Break
                | TexKind::Align
                | TexKind::Space(_)
                | TexKind::Label { .. }
                | TexKind::Error(_)
        );
        if plain { self.node(base) } else { self.braced(std::slice::from_ref(base)) }
    }

    fn braced(&mut self, nodes: &[Tex]) {
        self.put("{");
        self.list(nodes);
        self.put("}");
    }

    /// An argument: as it was written where that is one thing, else in braces.
    fn argument(&mut self, arg: &Tex) {
        let one = match &arg.kind {
            TexKind::Number(digits) => digits.len() == 1,
            TexKind::Char(c) => !matches!(c, '&' | '_' | '^' | '\''),
            TexKind::Break | TexKind::Align | TexKind::Script { .. } | TexKind::Error(_) => false,
            _ => true,
        };
        if one { self.node(arg) } else { self.braced(std::slice::from_ref(arg)) }
    }

    fn call(&mut self, name: &str, option: Option<&Tex>, args: &[Tex]) {
        self.put(&format!("\\{name}"));
        if let Some(option) = option {
            self.put("[");
            self.list(option.list());
            self.put("]");
        }
        let (shape, optional): (&[Arg], bool) = match role(name) {
            Some(Role::Call(shape)) => (shape.args, shape.optional && option.is_none()),
            _ => (&[], false),
        };
        for (i, arg) in args.iter().enumerate() {
            match (&arg.kind, shape.get(i)) {
                (TexKind::Text(text), Some(Arg::Raw)) => self.put(&format!("{{{text}}}")),
                // A bracket would be taken for the optional argument.
                (TexKind::Char('['), _) if optional && i == 0 => self.braced(std::slice::from_ref(arg)),
                _ => self.argument(arg),
            }
        }
    }

    fn environment(&mut self, name: &str, option: Option<&str>, rows: &[Row]) {
        if name == "substack" {
            self.put("\\substack{");
        } else {
            self.put(&format!("\\begin{{{name}}}"));
            match (option, env_option(name)) {
                (Some(text), EnvOption::Bracket) => self.put(&format!("[{text}]")),
                (Some(text), _) => self.put(&format!("{{{text}}}")),
                (None, _) => {}
            }
            self.space();
        }
        for (i, row) in rows.iter().enumerate() {
            if i > 0 {
                self.space();
                self.put("\\\\");
                self.space();
            }
            for (j, cell) in row.cells.iter().enumerate() {
                if j > 0 {
                    self.space();
                    self.put("&");
                    self.space();
                }
                self.list(cell);
            }
        }
        // The parser takes an empty last row for none.
        if rows.last().is_some_and(|row| row.cells.iter().all(Vec::is_empty) && row.cells.len() < 2) {
            self.space();
            self.put("\\\\");
        }
        if name == "substack" {
            self.put("}");
        } else {
            self.space();
            self.put(&format!("\\end{{{name}}}"));
        }
    }
}
