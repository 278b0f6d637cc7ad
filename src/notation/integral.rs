//! Integrals: `\int_a^b f \, dx`, `\iint f \, \mathrm{d}x \, \mathrm{d}y`, `\int_{\mathcal{X}} f \, dx`, `\int f \, dx`.
//!
//! Between ends, over ℝ and over a set that has a name they bind their variable. Without limits the meaning stays open: an
//! antiderivative and an integral over everything look the same.

use std::collections::BTreeSet;

use crate::expr::{Binder, Domain, Expr, PLACE, Sort, Symbol};
use crate::message::Message;
use crate::notation::evaluated::is_far;
use crate::notation::reader::{Cursor, Reader, at_some_level, char_of, command_of, significant};
use crate::notation::relation::plain_text;
use crate::notation::symbol::base_name;
use crate::notation::tex::{Tex, TexKind};

/// How many integral signs a command stands for; 0 if it is none.
pub(super) fn signs(node: &Tex) -> usize {
    match command_of(node) {
        Some("int" | "oint" | "smallint" | "intop") => 1,
        Some("iint" | "oiint") => 2,
        Some("iiint") => 3,
        _ => usize::from(char_of(node) == Some('∫')),
    }
}

/// `d` or `\mathrm{d}` before a variable.
pub(super) fn is_d(node: &Tex) -> bool {
    match &node.kind {
        TexKind::Char('d') => true,
        TexKind::Call { name, args, .. } => {
            matches!(name.as_str(), "mathrm" | "operatorname" | "mathit" | "mathsf" | "text")
                && args.first().is_some_and(|a| plain_text(a).trim() == "d")
        }
        TexKind::Text(t) => t.trim() == "d",
        _ => false,
    }
}

/// The differential at a place: its variable, and nodes taken.
pub(super) fn differential(nodes: &[Tex], at: usize) -> Option<(&Tex, usize)> {
    let node = nodes.get(at)?;
    // `\text{dx}`
    if !is_d(node) {
        return None;
    }
    let variable = nodes.get(at + 1)?;
    // `\mathrm{d}(a x + b)`
    if !matches!(node.kind, TexKind::Char(_)) && matches!(variable.kind, TexKind::Fenced { .. }) {
        return Some((variable, 2));
    }
    let plain = match &variable.kind {
        TexKind::Script { base, sup: None, .. } => base_name(base),
        _ => base_name(variable),
    };
    // `dF(x)` is by a measure.
    let measure = nodes.get(at + 2).is_some_and(|n| matches!(n.kind, TexKind::Char('(')))
        && plain.as_deref().is_some_and(|n| n.chars().next().is_some_and(char::is_uppercase));
    (plain.is_some() && !measure).then_some((variable, 2))
}

/// The name of a variable, with its primes: `\int_0^x f(x') \, dx'`.
fn name_of(variable: &Tex) -> Option<String> {
    match &variable.kind {
        TexKind::Script { base, sub: None, sup: None, primes } => Some(base_name(base)? + &"'".repeat(*primes)),
        _ => base_name(variable),
    }
}

/// Whether a differential or another integral stands in the node.
fn mentions_differential(node: &Tex) -> bool {
    let children: Vec<Tex> = node.children().into_iter().cloned().collect();
    let among =
        |list: &[Tex]| (0..list.len()).any(|at| differential(list, at).is_some() || list.get(at).is_some_and(is_d));
    is_d(node) || among(&children) || children.iter().any(mentions_differential)
}

/// Adds the variables of the integrals in a list of nodes.
pub(crate) fn differentials(nodes: &[Tex], names: &mut BTreeSet<String>) {
    if let Some(first) = nodes.iter().position(|n| signs(n) > 0) {
        names.extend((first..nodes.len()).filter_map(|at| base_name(differential(nodes, at)?.0)));
    }
}

/// What the signs of a formula run over: the variables of its integrals, and the indices of its sums and products.
#[derive(Default)]
pub(crate) struct Over {
    pub(crate) integrals: BTreeSet<String>,
    pub(crate) sums: BTreeSet<String>,
}

/// The names that the integrals, sums and products of a formula run over.
pub(crate) fn run_over(nodes: &[Tex]) -> Over {
    let found = std::cell::RefCell::new(Over::default());
    at_some_level(nodes, &|list| {
        let mut over = found.borrow_mut();
        differentials(list, &mut over.integrals);
        if let Some(first) = list.iter().position(|n| signs(n) > 0) {
            let below = list.iter().skip(first).filter_map(over_differential);
            over.integrals.extend(below.filter_map(|(_, variable)| base_name(&variable)));
        }
        over.sums.extend(list.iter().filter(|n| matches!(command_of(n), Some("sum" | "prod"))).filter_map(|n| {
            let TexKind::Script { sub: Some(sub), .. } = &n.kind else { return None };
            base_name(significant(sub.list()).first()?)
        }));
        false
    });
    found.into_inner()
}

impl Reader<'_> {
    /// The integral at the cursor.
    pub(crate) fn integral(&mut self, sub: Option<&Tex>, sup: Option<&Tex>, cursor: &mut Cursor, node: &Tex) -> Expr {
        let count = signs(node).max(1);
        cursor.next();
        let rest: Vec<Tex> = cursor.rest().to_vec();
        let Some((body, variables, taken)) = self.integrand(&rest, count) else {
            // `\int_x p(x)`: over all values of what stands below; what it is without a differential stays open.
            if !rest.iter().any(mentions_differential) && count == 1 {
                let open = self.uninterpreted_operator("\\int", [sub, sup], cursor);
                return open.unwrap_or_else(|| self.opaque(node.span, Message::new("reason-empty")));
            }
            cursor.at = cursor.nodes.len();
            return self.opaque(node.span, Message::new("reason-unknown-command").with("what", self.slice(node.span)));
        };
        cursor.at += taken;
        self.differentials.extend(variables.iter().filter_map(name_of));
        let domain = match (count, variables.as_slice()) {
            (1, [variable]) if name_of(variable).is_some_and(|n| !n.contains("\\mathbf") && !n.contains("\\vec")) => {
                self.between(sub, sup).or_else(|| region(sub?, sup, &body))
            }
            _ => None,
        };
        match (domain, variables.first().and_then(name_of)) {
            (Some(domain), Some(name)) => {
                let symbol = Symbol::new(&name, Sort::Real);
                self.locals.push(symbol.clone());
                let body = if body.is_empty() { Expr::int(1) } else { self.expression(&body) };
                self.locals.pop();
                self.close(Binder::Integral, Domain::Over(domain), &symbol, &body)
            }
            _ => self.over_something(
                ["\\int", "\\int", "\\iint", "\\iiint"].get(count).copied().unwrap_or("\\int"),
                [sub, sup],
                &body,
                &variables,
            ),
        }
    }

    /// The nodes of the integrand, the variables, and how many nodes belong to the integral.
    fn integrand(&self, rest: &[Tex], count: usize) -> Option<(Vec<Tex>, Vec<Tex>, usize)> {
        if self.names.declared.contains("d") {
            return None;
        }
        let mut open = count;
        let mut body: Vec<Tex> = vec![];
        let mut variables = vec![];
        let (mut at, mut depth) = (0, 0_usize);
        // `\iint_D f \, dA`: one differential of what has an area or a volume.
        let mut measured = None;
        while let Some(node) = rest.get(at) {
            match char_of(node) {
                Some('(' | '[') => depth += 1,
                Some(')' | ']') => depth = depth.checked_sub(1)?,
                _ => {}
            }
            if depth == 0
                && let Some((variable, taken)) = differential(rest, at)
            {
                open -= 1;
                if open < count {
                    variables.push(variable.clone());
                } else {
                    body.extend(rest.get(at..at + taken)?.iter().cloned());
                }
                at += taken;
                if open + 1 == count && base_name(variable).is_some_and(|n| matches!(n.as_str(), "A" | "V" | "S")) {
                    measured = Some((body.clone(), variables.clone(), at));
                }
                if open == 0 {
                    // `\int dx f(x)`: the integrand is what follows. `\int dx + 1` has none.
                    let goes_on = || rest.iter().skip(at).find(|n| !matches!(n.kind, TexKind::Space(_)));
                    let ends = goes_on().is_some_and(|n| matches!(char_of(n), Some('+' | '-' | '−' | '/')));
                    if body.is_empty() && rest.len() > at && !ends {
                        return Some((rest.get(at..)?.to_vec(), variables, rest.len()));
                    }
                    return Some((body, variables, at));
                }
                continue;
            }
            if depth == 0 && signs(node) > 0 {
                // An inner integral has its own variables.
                let inner = signs(node);
                let (_, _, taken) = self.integrand(rest.get(at + 1..)?, inner)?;
                body.extend(rest.get(at..=at + taken)?.iter().cloned());
                at += taken + 1;
                continue;
            }
            if depth == 0
                && open == 1
                && let Some((fraction, variable)) = over_differential(node)
            {
                body.push(fraction);
                variables.push(variable);
                return Some((body, variables, at + 1));
            }
            body.push(node.clone());
            at += 1;
        }
        measured
    }

    /// The set between the limits; `None` if it is no interval of numbers.
    fn between(&mut self, sub: Option<&Tex>, sup: Option<&Tex>) -> Option<Expr> {
        let (Some(sub), Some(sup)) = (sub, sup) else {
            let list = significant(sub?.list());
            let real = matches!(list.as_slice(), [one] if matches!(&one.kind, TexKind::Call { name, args, .. } if name == "mathbb" && args.first().is_some_and(|a| plain_text(a).trim() == "R")));
            return real.then(|| Expr::apply("reals", vec![]));
        };
        // `\int_{x=0}^{1}`, `\int_{x=0}^{x=1}`
        let end = |limit: &Tex| {
            let list = significant(limit.list());
            match list.iter().position(|n| matches!(n.kind, TexKind::Char('='))) {
                Some(at) => list.get(at + 1..).map(<[Tex]>::to_vec),
                None => Some(list),
            }
        };
        let (low, high) = (end(sub)?, end(sup)?);
        let problems = self.problems.len();
        let ends = [self.expression(&low), self.expression(&high)];
        if self.problems.len() > problems {
            self.problems.truncate(problems);
            return None;
        }
        let [a, b] = ends;
        Some(match (is_far(&a), is_far(&b)) {
            (false, false) => Expr::relate("closed_interval", a, b),
            (false, true) => Expr::relate("right_open", a, b),
            (true, false) => Expr::relate("left_open", a, b),
            (true, true) => Expr::relate("open_interval", a, b),
        })
    }

    /// An integral whose range stays open. Over a set its variables are bound.
    fn over_something(&mut self, sign: &str, scripts: [Option<&Tex>; 2], body: &[Tex], variables: &[Tex]) -> Expr {
        let renamed = self.renamed.len();
        if scripts.iter().any(Option::is_some) && variables.iter().all(|v| !matches!(v.kind, TexKind::Fenced { .. })) {
            super::mixfix::variables(variables, &mut self.renamed);
        }
        let mut name = sign.to_owned();
        for (mark, script) in ["_", "^"].iter().zip(scripts) {
            if let Some(script) = script {
                name.push_str(&format!("{mark}{{{}}}", self.words_of(script.list())));
            }
        }
        name.push(' ');
        name.push(PLACE);
        let mut args = vec![if body.is_empty() { Expr::int(1) } else { self.expression(body) }];
        for v in variables {
            name.push_str(" d");
            name.push(PLACE);
            args.push(self.expression(std::slice::from_ref(v)));
        }
        self.renamed.truncate(renamed);
        let words: Vec<&Tex> = scripts.into_iter().flatten().collect();
        self.fixed(&name, args, &words)
    }
}

/// `\int_{\mathcal{X}} f(x) \, dx`: over a set of numbers without a meaning. The variable of a quadratic form is a vector.
fn region(sub: &Tex, sup: Option<&Tex>, body: &[Tex]) -> Option<Expr> {
    fn transposes(n: &Tex) -> bool {
        let row = |s: &Tex| matches!(plain_text(s).trim(), "T" | "\\top" | "⊤") || command_of(s) == Some("top");
        matches!(&n.kind, TexKind::Script { sup: Some(s), .. } if s.list().iter().any(row) || row(s))
            || n.children().into_iter().any(transposes)
    }
    let list = significant(sub.list());
    let [name] = list.as_slice() else { return None };
    let name = base_name(name).filter(|_| sup.is_none() && !body.iter().any(transposes))?;
    Some(Expr::apply("region", vec![Expr::sym(Symbol::new(&name, Sort::Set))]))
}

/// `\frac{f \, dx}{g}`: the fraction without the differential, and the variable.
fn over_differential(node: &Tex) -> Option<(Tex, Tex)> {
    let TexKind::Call { name, option, args } = &node.kind else { return None };
    let [top, bottom] = args.as_slice() else { return None };
    if !matches!(name.as_str(), "frac" | "dfrac" | "tfrac") {
        return None;
    }
    let list = significant(top.list());
    // `\frac{dy}{dx}` is a derivative.
    if differential(&significant(bottom.list()), 0).is_some() {
        return None;
    }
    let at = list.len().checked_sub(2)?;
    let (variable, _) = differential(&list, at)?;
    let mut kept = list.get(..at)?.to_vec();
    if kept.is_empty() {
        kept.push(Tex::new(TexKind::Number("1".into()), top.span));
    }
    let args = vec![Tex::new(TexKind::Group(kept), top.span), bottom.clone()];
    Some((Tex::new(TexKind::Call { name: name.clone(), option: option.clone(), args }, node.span), variable.clone()))
}
