//! Names with their scripts: `\mathbf{p}`, `\hat{y}_i`, `w_{11}`, `x_n^T`, `\sigma^2`, `x^{(i)}`.

use crate::expr::{Expr, PLACE, Sort, Symbol};
use crate::notation::composed::is_function_name;
use crate::notation::letter::{DECORATIONS, is_bold, is_letter_command, is_upper};
use crate::notation::raised::{BRACKET, Raised, iterate};
use crate::notation::reader::{Cursor, Reader, char_of, command_of, parts, significant};
use crate::notation::relation::plain_text;
use crate::notation::tex::{Tex, TexKind};

/// Commands that are functions or big operators, not names.
pub(crate) fn is_operator_word(command: &str) -> bool {
    is_function_name(command)
        || matches!(
            command,
            "sum"
                | "prod"
                | "int"
                | "lim"
                | "max"
                | "min"
                | "sup"
                | "inf"
                | "argmax"
                | "argmin"
                | "nabla"
                | "partial"
                | "Pr"
                | "det"
                | "ln"
        )
}

/// The name of a node that is a letter, a greek letter, or one of those under fonts and accents.
pub fn base_name(node: &Tex) -> Option<String> {
    match &node.kind {
        TexKind::Char(c) if c.is_alphabetic() => Some(c.to_string()),
        TexKind::Command(c) if is_letter_command(c) => Some(format!("\\{c}")),
        TexKind::Group(list) => {
            match list.iter().filter(|n| !matches!(n.kind, TexKind::Space(_))).collect::<Vec<_>>().as_slice() {
                [one] => base_name(one),
                _ => None,
            }
        }
        TexKind::Call { name, args, .. } => {
            let prefix = DECORATIONS.iter().find(|(n, _)| n == name)?.1;
            let inner = match args.as_slice() {
                [arg] => arg,
                _ => return None,
            };
            let name = match base_name(inner) {
                Some(inner) => inner,
                None if inner.list().iter().all(|n| {
                    char_of(n).is_some_and(|c| c.is_alphanumeric()) && !matches!(n.kind, TexKind::Script { .. })
                }) =>
                {
                    plain_text(inner)
                }
                None => return None,
            };
            if name.is_empty() {
                return None;
            }
            Some(match prefix {
                "" => name,
                "\\mathrm" if name.chars().count() == 1 => name,
                _ => format!("{prefix}{{{name}}}"),
            })
        }
        TexKind::Text(t)
            if !t.trim().is_empty()
                && t.trim().chars().all(|c| c.is_alphanumeric() || " -_.,'#%/()".contains(c))
                && t.trim().starts_with(|c: char| c.is_alphanumeric() || c == '#')
                && !super::joining::is_joining(t) =>
        {
            Some(format!("\\text{{{}}}", t.trim()))
        }
        _ => None,
    }
}

/// A name with scripts, before its meaning is settled.
pub(crate) struct Named {
    /// Base name with marks (`p`, `\hat{p}`, `W^{(1)}`).
    pub(crate) base: String,
    /// Index expressions, superscript index first.
    pub(crate) indices: Vec<Expr>,
    /// Whether all indices are plain numbers.
    pub(crate) numeric: bool,
    /// A word subscript, part of the name.
    pub(crate) label: Option<String>,
}

impl Reader<'_> {
    /// A factor that begins with a name; the cursor is at it.
    pub(crate) fn name(&mut self, cursor: &mut Cursor) -> Option<Expr> {
        let node = cursor.peek()?;
        let (base_node, sub, sup, primes) = match &node.kind {
            TexKind::Script { base, sub, sup, primes } => (&**base, sub.as_deref(), sup.as_deref(), *primes),
            _ => (node, None, None, 0),
        };
        let mut base = base_name(base_node)?;
        cursor.next();
        let iterate = sup.and_then(iterate);
        let turned = sup.and_then(|s| self.turned(&base, s));
        let raised = turned.or_else(|| iterate.as_ref().or(sup).map(|s| self.raised(s)));
        let sup = if iterate.is_some() { None } else { sup };
        if let (Some(Raised::Mark(_) | Raised::Index(_)), None, 0) = (&raised, sub, primes)
            && let Some(e) = sup.and_then(|order| self.of_order(&base, order, cursor, node))
        {
            return Some(e);
        }
        // A label above: which of its things is meant.
        if let (Some(Raised::Power(at)), None, 0, true) = (&raised, sub, primes, self.names.raised.contains(&base))
            && at.as_int() != Some(-1)
        {
            let at = at.clone();
            return Some(self.fixed(&format!("{base}^{{({PLACE})}}"), vec![at], &[]));
        }
        // `e^{x}` and the constants, unless the document declares them otherwise.
        // Where e is an error, its powers to numbers are, and `e^{-x}` is none.
        let power = |r: &Option<Raised>| matches!(r, Some(Raised::Power(x)) if !x.is_literal());
        let exponential = base == "e" && power(&raised) && !self.locals.iter().any(|l| &*l.name == "e");
        if sub.is_none() && primes == 0 && (exponential || !self.is_taken(&base)) {
            match (base.as_str(), &raised) {
                ("e", Some(Raised::Power(x))) => return Some(Expr::apply("exp", vec![x.clone()])),
                ("e", None) if !self.followed_by_bracket(cursor) => return Some(Expr::apply("euler", vec![])),
                ("\\pi", None) if !self.is_policy(cursor) && !self.is_mapped(&base, cursor) => {
                    return Some(Expr::apply("pi", vec![]));
                }
                ("\\pi", Some(Raised::Power(x))) => return Some(Expr::apply("pi", vec![]).pow(x.clone())),
                _ => {}
            }
        }
        let mut indices = vec![];
        let mut after: Option<Raised> = iterate.map(|_| Raised::Transpose);
        match raised {
            Some(Raised::Mark(mark)) => base = format!("{base}^{{{mark}}}"),
            Some(Raised::Index(i)) => {
                base = format!("{base}^{{()}}");
                indices.push(i);
            }
            other => after = after.or(other),
        }
        let mut label = None;
        if let Some(sub) = sub {
            match self.subscript(sub, &base) {
                Ok(list) => indices.extend(list),
                Err(text) => {
                    indices.extend(self.indices_beside_words(sub));
                    match indices.is_empty() {
                        true => label = Some(text),
                        false => base = format!("{base}_{{{text}}}"),
                    }
                }
            }
        }
        let numeric = !indices.is_empty() && indices.iter().all(Expr::is_literal);
        // `A^2_{ij}` may be an entry of the square, `A_{ij}^2` is the square of an entry.
        let of_matrix = indices.len() == 2
            && sub.zip(sup).is_some_and(|(sub, sup)| sup.span.start < sub.span.start)
            && (is_upper(&base) || is_bold(&base));
        let named = Named { base, indices, numeric, label };
        let function = self.names.functions.contains(&named.base) || self.names.applied.contains(&named.base);
        let customary = function || super::function::is_customary(&named.base);
        let raised = matches!(after, Some(Raised::Power(_) | Raised::Transpose | Raised::InverseTranspose));
        let followed = super::function::bracket(cursor).is_some();
        let inverse = matches!(&after, Some(Raised::Power(x)) if x.as_int() == Some(-1));
        if followed && inverse && customary && named.indices.is_empty() && named.label.is_none() {
            // The inverse function, not the reciprocal of a value.
            return self.uninterpreted_call(&format!("{}^{{-1}}", named.base), cursor, &[node]);
        }
        let iterate = followed && function && named.indices.is_empty() && matches!(after, Some(Raised::Power(_)));
        if let (true, Some(sup)) = (iterate && self.names.otherwise.contains("^"), sup) {
            let name = format!("{}^{{{}}}", named.base, self.words_of(sup.list()));
            return self.uninterpreted_call(&name, cursor, &[node]);
        }
        let mut e = match followed && raised && !customary && primes == 0 {
            true => self.symbol(&named),
            false => self.applied(named, primes, cursor, node)?,
        };
        e = match after {
            None => e,
            Some(Raised::Power(x)) if of_matrix => self.either(&format!("{PLACE}^{{{PLACE}}}"), vec![e, x]),
            Some(Raised::Power(x)) => e.pow(x),
            Some(Raised::Transpose) => Expr::apply("transpose", vec![e]),
            Some(Raised::InverseTranspose) => Expr::apply("transpose", vec![e.recip()]),
            Some(Raised::Either) => self.either(&format!("{PLACE}^{{T}}"), vec![e]),
            Some(Raised::Mark(_) | Raised::Index(_)) => e,
        };
        Some(e)
    }

    fn is_taken(&self, base: &str) -> bool {
        self.names.declared.contains(base) || self.locals.iter().any(|l| &*l.name == base)
    }

    /// `\pi(a \mid s)`: a conditional distribution, and no number.
    fn is_policy(&self, cursor: &Cursor) -> bool {
        let bar = |n: &Tex| char_of(n) == Some('|') || matches!(command_of(n), Some("mid" | "vert" | "middle|"));
        super::function::bracket(cursor).is_some_and(|(inner, ..)| inner.iter().filter(|n| bar(n)).count() == 1)
    }

    /// `\pi(3)`, where it is a function somewhere: one number or letter in the brackets.
    fn is_mapped(&self, base: &str, cursor: &Cursor) -> bool {
        let one = || super::function::bracket(cursor).is_some_and(|(inner, ..)| significant(inner).len() == 1);
        self.names.functions.contains(base) && one()
    }

    fn followed_by_bracket(&self, cursor: &Cursor) -> bool {
        cursor.peek().is_some_and(|n| matches!(n.kind, TexKind::Char('(')))
    }

    /// The symbol or entry of a name with its indices.
    pub(crate) fn symbol(&self, named: &Named) -> Expr {
        if let Some(local) = self
            .locals
            .iter()
            .rev()
            .find(|l| *l.name == named.base && named.indices.is_empty() && named.label.is_none())
        {
            return Expr::sym(local.clone());
        }
        if named.indices.is_empty() && named.label.is_none() && self.renamed.contains(&named.base) {
            return Expr::sym(Symbol::new(&format!("{}\u{2060}", named.base), Sort::Unknown));
        }
        if let Some(label) = &named.label {
            let name = labelled(&named.base, label);
            let local = self.locals.iter().rev().find(|l| *l.name == name && named.indices.is_empty());
            return Expr::sym(local.cloned().unwrap_or_else(|| Symbol::new(&name, Sort::Unknown)));
        }
        if let ("\\delta", [i, j], false) =
            (named.base.as_str(), named.indices.as_slice(), self.names.declared.contains("\\delta"))
        {
            return Expr::relate("delta", i.clone(), j.clone());
        }
        match named.indices.len() {
            0 => {
                let name = self.names.aliases.get(&named.base).unwrap_or(&named.base);
                Expr::sym(Symbol::new(name, Sort::Unknown))
            }
            rank => match self.names.family(&named.base, rank) {
                Some(family) => Expr::sym(Symbol::new(&family.array, Sort::Unknown)).index(named.indices.clone()),
                None if named.numeric => {
                    let numbers: Vec<String> = named.indices.iter().map(ToString::to_string).collect();
                    Expr::sym(Symbol::new(&format!("{}_{{{}}}", named.base, numbers.join(",")), Sort::Unknown))
                }
                None => Expr::sym(Symbol::new(&named.base, Sort::Unknown)).index(named.indices.clone()),
            },
        }
    }

    /// The indices of a subscript, or the words that make another name of it.
    pub(crate) fn subscript(&mut self, sub: &Tex, base: &str) -> Result<Vec<Expr>, String> {
        let list = significant(sub.list());
        let worded = list.iter().any(|n| match &n.kind {
            TexKind::Text(_) => true,
            TexKind::Call { name, .. } => matches!(name.as_str(), "mathrm" | "operatorname" | "mathsf" | "mathtt"),
            TexKind::Command(c) => {
                is_operator_word(c)
                    || matches!(
                        c.as_str(),
                        "infty"
                            | "star"
                            | "ast"
                            | "perp"
                            | "parallel"
                            | "bullet"
                            | "times"
                            | "setminus"
                            | "backslash"
                            | "neg"
                    )
            }
            TexKind::Char(c) => {
                matches!(c, '*' | '∞' | '<' | '>' | ':' | '=' | '|' | '∼') || (!c.is_ascii() && !c.is_alphabetic())
            }
            _ => false,
        });
        // `x_+`, `0_{+}`: a mark; `x_{i+1}`: an index.
        let lone = matches!(list.as_slice(), [one] if matches!(one.kind, TexKind::Char('-' | '−')));
        let marked = lone || list.last().is_some_and(|n| matches!(n.kind, TexKind::Char('+')));
        let related = (0..list.len()).any(|i| crate::notation::relation::sign_at(&list, i).is_some());
        let worded = worded || marked || related;
        let word_run =
            list.len() >= 3 && list.iter().all(|n| matches!(n.kind, TexKind::Char(c) if c.is_ascii_lowercase()));
        // `\\Sigma_{XY}` is about two variables; `s_x` is where the notes have `x_i` and no `s_i`.
        let capitals = list.len() >= 2 && list.iter().all(|n| char_of(n).is_some_and(|c| c.is_ascii_uppercase()));
        let labelled = self.names.labelled.contains(base) && list.iter().any(|n| base_name(n).is_some());
        if worded || word_run || capitals || labelled || list.is_empty() {
            return Err(list.iter().map(plain_text).collect::<String>().trim().to_owned());
        }
        // A name like `w_0` or `\Sigma_1` has its number for an index; whether it is one is for the families to say.
        let mut indices = vec![];
        for part in parts(&list) {
            match part {
                [Tex { kind: TexKind::Number(n), .. }]
                    if n.len() == 2 && !n.contains('.') && self.names.family(base, 2).is_some() =>
                {
                    indices.extend(n.chars().filter_map(|c| c.to_digit(10)).map(|d| Expr::int(i64::from(d))));
                }
                // `w_{ij}`: juxtaposed single letters or digits are separate indices.
                [_, _] | [_, _, _] if part.iter().all(is_single_index) => {
                    for node in part {
                        indices.push(self.expression(std::slice::from_ref(node)));
                    }
                }
                _ => indices.push(self.expression(part)),
            }
        }
        Ok(indices)
    }

    /// The name of `x_\mathrm{B}`, a letter with words for a label.
    pub(super) fn labelled_name(&mut self, node: &Tex) -> Option<String> {
        let TexKind::Script { base, sub: Some(sub), sup: None, primes: 0 } = &node.kind else { return None };
        let base = base_name(base)?;
        self.subscript(sub, &base).err().map(|label| labelled(&base, &label))
    }

    /// Bound variables beside the words of a subscript: `y_{i, \\text{new}}` depends on i.
    fn indices_beside_words(&self, sub: &Tex) -> Vec<Expr> {
        let mut found: Vec<Expr> = vec![];
        for node in significant(sub.list()) {
            if let Some(local) =
                base_name(&node).and_then(|name| self.locals.iter().rev().find(|l| *l.name == *name)).cloned()
            {
                found.push(Expr::sym(local));
            }
        }
        found
    }

    /// An expression with a superscript that is not on a name: brackets, fractions, matrices.
    pub(crate) fn with_scripts(&mut self, e: Expr, sub: Option<&Tex>, sup: Option<&Tex>, node: &Tex) -> Expr {
        // A prime behind a bracket is a derivative by the one variable in it, else by who knows what.
        if matches!(node.kind, TexKind::Script { primes: 1.., .. }) {
            let marks = if let TexKind::Script { primes, .. } = &node.kind { *primes } else { 0 };
            let slope = if sub.is_none() && sup.is_none() { self.primed(&e, marks) } else { None };
            return slope.unwrap_or_else(|| self.unknown(node));
        }
        // `{\left\| x \right\|}_2^2`
        if let (Some([x]), Some(sub)) = (e.as_app("norm"), sub) {
            let norm = self.norm(x.clone(), Some(sub));
            return self.with_scripts(norm, None, sup, node);
        }
        let mut e = e;
        let average = sub.and_then(|sub| self.average(&e, sub));
        let sub = if average.is_some() { None } else { sub };
        e = average.unwrap_or(e);
        if let Some(sub) = sub {
            match self.subscript(sub, "") {
                Ok(indices) => e = e.index(indices),
                Err(_) => {
                    let bar = matches!(&node.kind, TexKind::Script { base, .. } if matches!(&base.kind, TexKind::Fenced { close, .. } if close == "|"));
                    if bar {
                        return self.evaluated_at(e, [Some(sub), sup]);
                    }
                    let name = format!("{PLACE}_{{{}}}", self.words_of(sub.list()));
                    e = self.fixed(&name, vec![e], &[sub]);
                }
            }
        }
        let number =
            e.as_num().is_some() || e.as_app("add").is_some_and(|terms| terms.iter().any(|t| t.as_num().is_some()));
        let turned = sup.filter(|_| !number).and_then(|s| self.turned(BRACKET, s));
        match turned.or_else(|| sup.map(|s| self.raised(s))) {
            None => e,
            Some(Raised::Power(x)) => e.pow(x),
            Some(Raised::Transpose | Raised::InverseTranspose) if number && self.names.horizon => {
                let exponent = self.expression(sup.map(Tex::list).unwrap_or(&[]));
                e.pow(exponent)
            }
            Some(Raised::Transpose) => Expr::apply("transpose", vec![e]),
            Some(Raised::InverseTranspose) => Expr::apply("transpose", vec![e.recip()]),
            Some(Raised::Mark(mark)) => self.fixed(&format!("{PLACE}^{{{mark}}}"), vec![e], &[]),
            Some(Raised::Index(_) | Raised::Either) => self.unknown(node),
        }
    }
}

/// A letter with a label.
fn labelled(base: &str, label: &str) -> String {
    format!("{base}_{{{label}}}")
}

fn is_single_index(node: &Tex) -> bool {
    match &node.kind {
        TexKind::Char(c) => c.is_ascii_lowercase(),
        TexKind::Number(n) => n.len() == 1,
        _ => false,
    }
}
