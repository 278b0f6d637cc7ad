//! Where the argument of a function without brackets ends: `\sin 2\pi nt` takes the letters and numbers beside it,
//! `\sin\phi\frac{d\phi}{dt}` nothing of the derivative, and `\sin\omega\,t` may be either.

use crate::expr::{Expr, PLACE};
use crate::notation::composed::is_function_name;
use crate::notation::derivative::is_derivative;
use crate::notation::evaluated::is_between_ends;
use crate::notation::extent::is_mixed;
use crate::notation::integral::differential;
use crate::notation::letter::is_bold;
use crate::notation::product::product_of;
use crate::notation::reader::{Cursor, Reader, char_of, command_of};
use crate::notation::symbol::{base_name, is_operator_word};
use crate::notation::tex::{Tex, TexKind};

/// Functions of numbers: behind them an argument without brackets ends where another factor of another kind begins.
const ANGLES: &[&str] =
    &["sin", "cos", "tan", "cot", "sec", "csc", "cosec", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan"];
/// Functions whose argument may as well be all that follows.
const LOGARITHMS: &[&str] = &["ln", "log", "lg", "exp"];
/// Functions that undo others: `\cos 2\arcsin x` is a cosine of two arcs.
const UNDOING: &[&str] = &["arcsin", "arccos", "arctan", "ln", "log"];

/// A function of numbers that may stand without brackets.
#[derive(Clone, Copy, PartialEq)]
enum Head {
    Angle,
    Logarithm,
    /// Of a matrix, of whatever follows.
    Other,
}

/// What stands beside an argument.
#[derive(Clone, Copy, PartialEq)]
enum Beside {
    Within,
    Apart,
    /// Two readings.
    Either,
}

/// The argument of a function without brackets.
pub(super) struct Loose {
    /// What it is at least.
    pub(super) argument: Expr,
    /// What may belong to it or be a factor behind the function.
    pub(super) open: Vec<Expr>,
    /// How these are written, with their places.
    pub(super) written: String,
}

/// The space between two nodes.
#[derive(Clone, Copy, PartialEq)]
enum Gap {
    None,
    Thin,
    Wide,
}

impl Reader<'_> {
    /// The argument of the function without brackets that stands before the cursor.
    pub(super) fn loose_argument(&mut self, function: &str, cursor: &mut Cursor) -> Option<Loose> {
        let head = match function {
            f if ANGLES.contains(&f) => Head::Angle,
            f if LOGARITHMS.contains(&f) => Head::Logarithm,
            _ => Head::Other,
        };
        let start = cursor.at;
        let mut loose = Loose { argument: self.factor(cursor)?, open: vec![], written: String::new() };
        while let Some(node) = cursor.peek().filter(|_| !self.is_differential(cursor)) {
            let taken = cursor.nodes.get(start..cursor.at).unwrap_or(&[]);
            let gap = self.gap(cursor);
            let divides = head != Head::Other && char_of(node) == Some('/');
            let beside = match divides {
                true => divided(head, taken, cursor),
                false if self.stops(node) && !reaches_on(head, function, taken, node, gap) => Beside::Apart,
                false if head == Head::Other => Beside::Within,
                false => beside(head, taken, cursor, gap),
            };
            if beside == Beside::Apart {
                break;
            }
            if divides {
                cursor.next();
            }
            let Some(factor) = self.factor(cursor) else { break };
            if beside == Beside::Within && loose.open.is_empty() {
                loose.argument = match divides {
                    true => loose.argument.over(&factor),
                    false => product_of(loose.argument, factor),
                };
            } else {
                loose.written.push_str(if divides { "/" } else { " " });
                loose.written.push(PLACE);
                loose.open.push(factor);
            }
        }
        Some(loose)
    }

    /// Whether an argument ends before the node, whatever it is.
    fn stops(&self, node: &Tex) -> bool {
        self.ends_term(node)
            || is_between_ends(node)
            || matches!(node.kind, TexKind::Char('*' | '/' | '×' | '·' | '(' | '[' | '|') | TexKind::Fenced { .. })
            || matches!(command_of(node), Some("cdot" | "times" | "ast" | "div" | "odot"))
            || command_of(node).is_some_and(is_operator_word)
            || matches!(&node.kind, TexKind::Call { name, .. } if name.starts_with("operatorname"))
    }

    /// The space before the node at the cursor.
    fn gap(&self, cursor: &Cursor) -> Gap {
        let before = cursor.at.checked_sub(1).and_then(|at| cursor.nodes.get(at));
        let between = match (before, cursor.peek()) {
            (Some(a), Some(b)) => self.text.get(a.span.end..b.span.start).unwrap_or(""),
            _ => "",
        };
        match between {
            b if ["\\quad", "\\qquad"].iter().any(|s| b.contains(s)) => Gap::Wide,
            b if ["\\,", "\\;", "\\:", "\\>", "\\ ", "~", "space"].iter().any(|s| b.contains(s)) => Gap::Thin,
            _ => Gap::None,
        }
    }

    /// Where the argument of `\partial_x` or `\nabla_\theta` before the cursor ends: at a space that is set on purpose,
    /// `\partial_x u\,v`. `None` if there is none in its term.
    pub(super) fn spaced_end(&self, cursor: &Cursor) -> Option<usize> {
        let mut at = cursor.at + 1;
        loop {
            let here = Cursor { nodes: cursor.nodes, at };
            let node = here.peek().filter(|n| !self.ends_term(n))?;
            let times = matches!(char_of(node), Some('*' | '/' | '×' | '·'));
            if times || matches!(command_of(node), Some("cdot" | "times")) {
                return None;
            }
            if self.gap(&here) != Gap::None {
                return Some(at);
            }
            at += 1;
        }
    }

    /// Whether a mixed number stands at the cursor, with nothing beside it that makes a product of it: `32\frac{4}{9}`.
    pub(super) fn is_mixed_number(&self, cursor: &Cursor) -> bool {
        let after = |by: usize| Cursor { nodes: cursor.nodes, at: cursor.at + by };
        let times = |n: &Tex| {
            matches!(n.kind, TexKind::Char('*' | '/' | '×' | '·')) || matches!(command_of(n), Some("cdot" | "times"))
        };
        is_mixed(cursor.nodes, cursor.at)
            && self.gap(&after(1)) == Gap::None
            && after(2).peek().is_none_or(|n| self.ends_term(n) || times(n))
    }

    /// Whether the node at the cursor is a factor of what stands behind a slash and one factor, or of the quotient: two
    /// readings. `/2m`, `/RC`, `/k!(n - k)!`; neither `/2\,m` nor `/2\frac{a}{b}`.
    pub(super) fn divides_on(&self, cursor: &Cursor, from: usize) -> bool {
        let Some(node) = cursor.peek() else { return false };
        let fraction = matches!(
            cursor.nodes.get(from.saturating_sub(2)..cursor.at),
            Some([Tex { kind: TexKind::Number(_), .. }, _, Tex { kind: TexKind::Number(_), .. }])
        );
        let before = cursor.nodes.get(from..cursor.at).unwrap_or(&[]);
        let touches = before.last().is_some_and(|n| n.span.end == node.span.start);
        // `\sqrt{2}/2\,\sigma`, `1/n\,f(x)`
        let calls = cursor.nodes.get(cursor.at + 1).is_some_and(opens);
        let closed =
            matches!(before, [one] if matches!(one.kind, TexKind::Number(_))) || before.last().is_some_and(closes);
        let apart = match self.gap(cursor) {
            Gap::None => false,
            Gap::Thin => closed || calls,
            Gap::Wide => true,
        };
        // `1/2 x` is a half of it.
        if apart || fraction && !touches {
            return false;
        }
        let differentiates = |at: usize| differential(cursor.nodes, at).is_some();
        if differentiates(cursor.at) || differentiates(from) || is_unit(node) {
            return false;
        }
        match &bare(node).kind {
            TexKind::Number(_) | TexKind::Char('(') => true,
            TexKind::Fenced { open, .. } => open == "(",
            TexKind::Call { name, .. } if name == "sqrt" => true,
            _ => base_name(bare(node)).is_some(),
        }
    }
}

/// Whether the argument goes on, or may, before what ends others: `\sin\omega(t - s)`, `\cos 2\arcsin x`.
fn reaches_on(head: Head, function: &str, taken: &[Tex], node: &Tex, gap: Gap) -> bool {
    let round = match &bare(node).kind {
        TexKind::Char(c) => *c == '(',
        TexKind::Fenced { open, .. } => open == "(",
        _ => false,
    };
    let command = command_of(node).unwrap_or("");
    let undone = head == Head::Angle && is_numeric(taken) && UNDOING.contains(&command);
    // `\log \lambda \exp(-\lambda x)`
    let exponential = head == Head::Logarithm && function != "exp" && command == "exp";
    head != Head::Other && gap == Gap::None && (round || undone || exponential)
}

/// What a slash behind an argument divides: `\sin x/x`, `\sin\pi/4`; of `\ln x/y` nobody knows.
fn divided(head: Head, taken: &[Tex], cursor: &Cursor) -> Beside {
    let below = cursor.nodes.get(cursor.at + 1);
    let repeated = below.is_some_and(|n| base_name(bare(n)).is_some_and(|name| mentions(taken, &name)));
    let function = below.and_then(command_of).is_some_and(is_function_name);
    if repeated || function || below.is_none() {
        return Beside::Apart;
    }
    let angle = head == Head::Angle && is_numeric(taken);
    if angle { Beside::Within } else { Beside::Either }
}

/// What the node at the cursor is to an argument of which there are these nodes so far.
fn beside(head: Head, taken: &[Tex], cursor: &Cursor, gap: Gap) -> Beside {
    let Some(node) = cursor.peek() else { return Beside::Apart };
    let angle = head == Head::Angle;
    let rest = cursor.nodes.get(cursor.at..).unwrap_or(&[]);
    let numeric = is_numeric(taken);
    let name = base_name(bare(node));
    let again = name.as_ref().is_some_and(|name| mentions(taken, name));
    let varied = |n: &Tex| letter_under(n).is_some_and(|name| mentions(taken, &name));
    let varies = is_varied(node) && varied(node);
    let differentiates = differential(rest, 0).is_some_and(|(variable, _)| {
        gap != Gap::None || base_name(bare(variable)).is_some_and(|v| mentions(taken, &v))
    });
    let apart = gap == Gap::Wide
        || is_derivative(node)
        || matches!(node.kind, TexKind::Env { .. })
        || varies
        || differentiates
        || is_unit(node) && !taken.iter().any(is_arrow);
    if apart {
        return Beside::Apart;
    }
    let thin = gap == Gap::Thin;
    let open = |apart: bool| if apart { Beside::Apart } else { Beside::Either };
    if is_exponential(node) {
        return match (numeric, angle) {
            (true, true) if !thin => Beside::Within,
            (true, _) => Beside::Either,
            (false, _) => open(angle || thin),
        };
    }
    match &bare(node).kind {
        TexKind::Char('(') | TexKind::Fenced { .. } => match numeric && angle {
            true => Beside::Within,
            false => Beside::Either,
        },
        TexKind::Call { name, .. } if name == "sqrt" => match numeric {
            true if !thin => Beside::Within,
            true => Beside::Either,
            false => open(thin || angle && letters(node).iter().any(|l| mentions(taken, l))),
        },
        TexKind::Call { name, .. } if name.ends_with("frac") => {
            let number = letters(node).is_empty();
            let fractions = taken.iter().all(|n| is_fraction(n) && !is_numeric(std::slice::from_ref(n)));
            match (numeric, angle) {
                (true, _) if number || thin => Beside::Either,
                (true, true) => Beside::Within,
                (true, false) => Beside::Either,
                (false, _) if number => Beside::Apart,
                (false, false) if fractions && !thin => Beside::Within,
                _ => open(thin && letters(node).iter().any(|l| mentions(taken, l))),
            }
        }
        TexKind::Number(_) => {
            if numeric || !thin {
                Beside::Either
            } else {
                Beside::Apart
            }
        }
        _ if is_arrow(node) => match angle && !taken.iter().any(is_arrow) {
            true => Beside::Apart,
            false if thin => Beside::Either,
            false => Beside::Within,
        },
        _ if is_varied(node) && !taken.iter().any(is_varied) => Beside::Either,
        _ => {
            let called = taken.len() > 1 && taken.last().is_some_and(closes);
            let calls = cursor.nodes.get(cursor.at + 1).is_some_and(opens);
            match (thin, called) {
                (true, true) if angle => Beside::Apart,
                (true, _) if again && !calls => Beside::Apart,
                (true, _) => Beside::Either,
                (false, true) if angle => Beside::Either,
                (false, _) if again && !calls => Beside::Either,
                _ => Beside::Within,
            }
        }
    }
}

fn bare(node: &Tex) -> &Tex {
    match &node.kind {
        TexKind::Script { base, .. } => base,
        _ => node,
    }
}

fn closes(node: &Tex) -> bool {
    char_of(node) == Some(')') || matches!(&bare(node).kind, TexKind::Fenced { close, .. } if close == ")")
}

fn opens(node: &Tex) -> bool {
    char_of(node) == Some('(') || matches!(&bare(node).kind, TexKind::Fenced { open, .. } if open == "(")
}

fn is_fraction(node: &Tex) -> bool {
    matches!(&bare(node).kind, TexKind::Call { name, .. } if name.ends_with("frac"))
}

/// The names of letters in a node, without subscripts.
fn letters(node: &Tex) -> Vec<String> {
    if let Some(name) = base_name(node) {
        return vec![name];
    }
    node.children().into_iter().flat_map(letters).collect()
}

/// Whether nodes are numbers, π and fractions of them.
fn is_numeric(nodes: &[Tex]) -> bool {
    let number = |n: &Tex| matches!(n.kind, TexKind::Number(_)) || letters(n).iter().any(|l| l == "\\pi");
    nodes.iter().flat_map(letters).all(|l| l == "\\pi") && nodes.iter().any(|n| number(n) || is_fraction(n))
}

/// Whether a letter stands among the nodes, or a letter with these scripts.
fn mentions(nodes: &[Tex], name: &str) -> bool {
    nodes.iter().flat_map(letters).any(|l| l == name)
}

/// Whether a node is a letter with primes or dots: a derivative of it.
fn is_varied(node: &Tex) -> bool {
    match &node.kind {
        TexKind::Script { base, primes, .. } => *primes > 0 || is_varied(base),
        TexKind::Call { name, .. } => matches!(name.as_str(), "dot" | "ddot"),
        _ => false,
    }
}

/// The letter under primes and dots.
fn letter_under(node: &Tex) -> Option<String> {
    match &bare(node).kind {
        TexKind::Call { name, args, .. } if matches!(name.as_str(), "dot" | "ddot") => base_name(args.first()?),
        _ => base_name(bare(node)),
    }
}

/// `e^{-t}`
fn is_exponential(node: &Tex) -> bool {
    let raised = matches!(node.kind, TexKind::Script { sup: Some(_), .. });
    command_of(node) == Some("exp") || raised && matches!(base_name(bare(node)).as_deref(), Some("e" | "\\mathrm{e}"))
}

/// A vector by its letter.
fn is_arrow(node: &Tex) -> bool {
    is_unit(node) || base_name(bare(node)).is_some_and(|name| is_bold(&name))
}

/// `\mathbf i`, `\hat{\jmath}`, `\vec k`: a unit vector.
fn is_unit(node: &Tex) -> bool {
    let Some(name) = base_name(bare(node)) else { return false };
    let letter = name.trim_end_matches('}').rsplit('{').next().unwrap_or("").trim_start_matches('\\');
    name.contains('{')
        && ["\\mathbf{", "\\hat{", "\\vec{"].iter().any(|mark| name.starts_with(mark))
        && matches!(letter, "i" | "j" | "k" | "imath" | "jmath" | "e")
}
