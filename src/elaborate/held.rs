//! Quantities that depend on the letter that an integral, a sum or a derivative runs over: `\int_0^2 y \, dx` behind y = x²
//! is no multiple of y, and `\frac{d}{dx} (x y)` no y where the words say that y depends on x.

use std::collections::BTreeSet;

use crate::claim::{Definition, Kind, Statement};
use crate::elaborate::adjoint::is_plain_capital;
use crate::elaborate::build::Builder;
use crate::elaborate::definitions::Definitions;
use crate::elaborate::understood::plain;
use crate::elaborate::unfold::unfold;
use crate::elaborate::waiting::Pending;
use crate::expr::{Binder, Expr, Node, Sort, Symbol, fun};
use crate::message::Message;
use crate::notation::run_over;
use crate::notation::tex::parse_with;
use crate::read::Document;

/// Capitals of numbers: losses, probabilities, sums of states.
const SCALARS: &[&str] = &["L", "J", "P", "F", "Z", "Q", "V"];
/// Letters that stay the same while others change.
const CONSTANTS: &[&str] = &[
    "a", "b", "c", "k", "m", "n", "C", "K", "R", "\\alpha", "\\beta", "\\gamma", "\\lambda", "\\sigma", "\\mu",
    "\\omega", "\\pi",
];

/// The names that the signs of a formula run over, without braces.
struct Running {
    integrals: Vec<String>,
    sums: Vec<String>,
    derivatives: Vec<String>,
    /// Whether the derivatives are total ones, `d/dx`: what else depends on x counts.
    total: bool,
}

impl Running {
    fn of(latex: &str, document: &Document, relation: &Expr) -> Running {
        let over = run_over(&parse_with(latex, &document.macros));
        let mut derivatives = vec![];
        relation.any(&mut |x| {
            derivatives.extend(x.as_app("partial").and_then(|args| Some(plain(&args.get(1)?.as_symbol()?.name))));
            false
        });
        let names = |set: BTreeSet<String>| set.iter().map(|name| plain(name)).collect();
        let total = !latex.contains("\\partial");
        Running { integrals: names(over.integrals), sums: names(over.sums), derivatives, total }
    }

    fn has(&self, name: &str) -> bool {
        [&self.integrals, &self.sums, &self.derivatives].into_iter().flatten().any(|v| v == name)
    }
}

/// The symbol of a letter that a definition depends on: its parameter, or what its value is made of.
fn argument(d: &Definition, definitions: &Definitions, letter: &str) -> Option<Symbol> {
    let named = |s: &Symbol| plain(&s.name) == letter;
    if !d.indices.is_empty() {
        return None;
    }
    if !d.params.is_empty() {
        return d.params.iter().find(|p| d.params.len() == 1 && named(p)).cloned();
    }
    let value = unfold(&d.body, definitions).map_or_else(|_| d.body.clone(), |u| u.expr);
    value.symbols().into_iter().find(named)
}

/// Whether a symbol and the variable of an integral depend on the same: both are defined by one letter, or one by the
/// other; or an equation of the notes has both.
fn is_tied(p: &Pending, symbol: &Symbol, variable: &str) -> bool {
    let of = |s: &Symbol| plain(&s.name) == variable;
    let value = |d: &Definition| unfold(&d.body, &p.definitions).map_or_else(|_| d.body.clone(), |u| u.expr);
    let list = p.definitions.of(symbol);
    let by: Vec<Expr> = p.definitions.values().filter(|d| of(&d.head)).map(value).collect();
    let shares = |d: &Definition| {
        let own = value(d);
        by.iter().any(|e| e.symbols().iter().any(|s| own.mentions(s)))
    };
    let given = || {
        let both = |f: &Expr| f.as_app(fun::EQ).is_some() && f.mentions(symbol) && f.symbols().iter().any(of);
        p.givens.iter().any(|g| g.fact.as_ref().is_some_and(both))
    };
    let direct = |d: &Definition| d.body.symbols().iter().any(of);
    list.iter().any(|d| d.indices.is_empty() && (shares(d) || direct(d))) || list.is_empty() && by.is_empty() && given()
}

/// A name that a sign of a relation runs over, and that stands under it as another quantity all the same: a definition was
/// put in there, and what it is about is not what the sign binds.
fn leaked<'r>(unfolded: &Expr, running: &'r Running) -> Option<&'r String> {
    let mut found = None;
    unfolded.any(&mut |x| {
        let (names, body) = match x.node() {
            Node::Bind { binder: Binder::Integral, body, .. } => (&running.integrals, body),
            Node::Bind { binder: Binder::Sum | Binder::Product, body, .. } => (&running.sums, body),
            _ => return false,
        };
        found = names.iter().find(|v| body.symbols().iter().any(|s| plain(&s.name) == **v));
        found.is_some()
    });
    found
}

/// The relation with what depends on the variable of its integrals put in under them, where all run over one letter, but for
/// what the notes differentiate (`primed`).
fn under_integrals(
    relation: &Expr,
    running: &Running,
    definitions: &Definitions,
    primed: &dyn Fn(&Symbol) -> bool,
) -> Option<Expr> {
    let [variable] = running.integrals.as_slice() else { return None };
    let mut put = false;
    let e = relation.transform(&mut |x, _| {
        let Node::Bind { binder: Binder::Integral, domain, body } = x.node() else { return None };
        let dependent = body.symbols().into_iter().find_map(|s| {
            let list = definitions.of(&s);
            list.iter().find_map(|d| argument(d, definitions, variable).filter(|_| s.sort.is_scalar()))
        })?;
        let at = dependent.with_sort(Sort::Real);
        let here = body.instantiated(&Expr::sym(at.clone()));
        let open = here.transform(&mut |y, _| {
            let s = y.as_symbol().filter(|s| s.sort.is_scalar() && !primed(s))?;
            let [d] = definitions.of(s) else { return None };
            argument(d, definitions, variable)?;
            if d.params.is_empty() {
                return unfold(&d.body, definitions).ok().map(|u| u.expr);
            }
            Some(Expr::new(Node::Call(
                Symbol { applied: true, ..s.with_sort(Sort::Real) },
                vec![Expr::sym(at.clone())],
            )))
        });
        put |= open != here;
        (open != here).then(|| Expr::bind(Binder::Integral, domain.clone(), open.abstracted(&at, Sort::Real)))
    });
    put.then_some(e)
}

impl Builder<'_> {
    /// Why a claim says nothing: a letter stands in it as a number that depends on what a sign of it runs over.
    pub(super) fn held_constant(&self, p: &Pending, relation: &Expr, unfolded: &Expr) -> Option<Message> {
        let s = self.statements.get(p.statement).filter(|_| !self.has_annotations)?;
        let running = Running::of(&s.latex, self.document, relation);
        let reason = |what: Expr, on: &String| Message::new("reason-depends").with("symbol", what).with("on", on);
        let held = held(relation).into_iter().chain(held(unfolded));
        let named = held.filter(|symbol| !running.has(&plain(&symbol.name))).find_map(|symbol| {
            let on = self.depends_on(p, &symbol, &running, s.block)?;
            Some(reason(Expr::sym(symbol), on))
        });
        named.or_else(|| {
            let on = leaked(unfolded, &running)?;
            let is = |s: &Symbol| plain(&s.name) == *on;
            let reaches = |s: &Symbol| p.definitions.of(s).iter().any(|d| d.body.symbols().iter().any(is));
            let symbol = p.relation.symbols().into_iter().find(reaches);
            Some(reason(symbol.map_or_else(|| p.relation.clone(), Expr::sym), on))
        })
    }

    /// A relation with what depends on the variable of its integrals put in under them.
    pub(super) fn with_dependents(&self, p: &Pending, relation: &Expr) -> Option<Expr> {
        let s = self.statements.get(p.statement).filter(|_| !self.has_annotations)?;
        let running = Running::of(&s.latex, self.document, relation);
        let block = s.block;
        under_integrals(relation, &running, &p.definitions, &|s| {
            self.is_written(&format!("{}'", plain(&s.name)), block)
        })
    }

    /// What a symbol depends on of that which the signs of a formula run over.
    fn depends_on<'r>(&self, p: &Pending, symbol: &Symbol, running: &'r Running, block: usize) -> Option<&'r String> {
        let list = p.definitions.of(symbol);
        let name = plain(&symbol.name);
        let whole = || running.integrals.iter().chain(&running.sums);
        if !symbol.sort.is_scalar() {
            let said = |v: &&String| self.is_said_to_depend(symbol, v, block);
            let applied = |v: &&String| self.is_applied_to(symbol, v, block);
            return running.integrals.iter().find(said).or_else(|| running.derivatives.iter().find(applied));
        }
        let differentiated =
            || self.is_written(&format!("{name}'"), block) || self.is_written(&format!("\\fracd{name}d"), block);
        let integral = || {
            let first = running.integrals.first();
            running.integrals.iter().find(|v| is_tied(p, symbol, v)).or_else(|| first.filter(|_| differentiated()))
        };
        let of = |d: &Definition, v: &String| {
            d.params.iter().any(|s| plain(&s.name) == *v) || argument(d, &p.definitions, v).is_some()
        };
        let defined = || whole().find(|v| list.iter().any(|d| of(d, v)));
        let said = || {
            let says =
                |v: &&String| self.is_said_to_depend(symbol, v, block) || self.is_said_to_change(symbol, v, block);
            let derivatives = running.derivatives.iter().filter(|_| list.is_empty());
            running.integrals.iter().chain(derivatives).find(says)
        };
        if let Some(on) = integral().or_else(defined).or_else(said) {
            return Some(on);
        }
        // What is defined by other letters is put in under derivatives.
        if !list.is_empty() {
            return None;
        }
        let total = || running.derivatives.iter().filter(|_| running.total);
        let bound = || total().chain(&running.integrals).find(|v| self.is_bound_to(symbol, v, block));
        let tied = || total().find(|v| self.is_tied_in_words(symbol, v, block)).or_else(bound);
        let slope = || running.derivatives.first().filter(|_| differentiated());
        let letters = || whole().chain(&running.derivatives);
        let applied = || letters().find(|v| self.is_written_at(&name, v, block));
        slope().or_else(tied).or_else(applied).or_else(|| letters().next().filter(|_| self.is_function(symbol, block)))
    }

    /// Whether the notes say how the quantity of a chain rule depends on what it is differentiated by: they define it, or
    /// words speak of a direct way.
    pub(super) fn is_chained_otherwise(&self, p: &Pending) -> bool {
        let sides = p.relation.as_app(fun::EQ).unwrap_or(&[]);
        let whole = sides.iter().filter_map(|side| match side.as_app("partial")? {
            [of, by] => Some((of.as_symbol()?, by)),
            _ => None,
        });
        let named = p.relation.symbols();
        let otherwise = |d: &Definition, by: &Expr| {
            let own = d.body.symbols();
            own.iter().any(|s| by.mentions(s) || s.sort != Sort::Integer && !named.iter().any(|n| n.same(s)))
        };
        let defined = whole.into_iter().any(|(s, by)| p.definitions.of(s).iter().any(|d| otherwise(d, by)));
        let own = self.statements.get(p.statement).map_or(0, |s| s.block);
        let near = self.document.before(own).into_iter().chain(self.document.after(own));
        defined || near.into_iter().any(|prose| prose.text.to_lowercase().contains("direct"))
    }

    /// Whether a letter of a rule of differentiation may be a matrix or a vector: a capital, or one that the notes take from
    /// such a space; the order of its factors counts then.
    pub(super) fn may_not_commute(&self, p: &Pending) -> bool {
        if self.are_primes_marks(p) {
            return true;
        }
        let mut letters: Vec<Symbol> = p.relation.symbols().into_iter().collect();
        p.relation.any(&mut |x| {
            letters.extend(if let Node::Call(f, _) = x.node() { Some(f.clone()) } else { None });
            false
        });
        let capital = |s: &Symbol| is_plain_capital(s) && !SCALARS.contains(&&*s.name);
        let of_space = |name: &str| {
            let at =
                |text: &str| self.understood.formulas.iter().any(|(_, f)| f.contains(&format!("{text}\\in\\mathbbR^")));
            at(name) || ["t", "x", "s"].iter().any(|v| at(&format!("{name}({v})")))
        };
        letters.iter().any(|s| capital(s) || of_space(&plain(&s.name)))
    }

    /// Whether a prime of a claim may be no derivative, or its product none of numbers: words speak of transposes, a line
    /// says what a primed letter is, or a cross stands in it.
    pub(super) fn are_primes_marks(&self, p: &Pending) -> bool {
        let latex = self.statements.get(p.statement).map_or("", |s| s.latex.as_str());
        let said = |s: &Symbol| {
            let line = format!("{}'=", plain(&s.name));
            p.definitions.of(s).is_empty() && self.understood.formulas.iter().any(|(_, f)| f.starts_with(&line))
        };
        let transposes = || self.document.source.text.to_lowercase().contains("transpose");
        latex.contains("\\times") || latex.contains('\'') && (transposes() || p.relation.symbols().iter().any(said))
    }

    /// Whether an equation that defines nothing has a letter and a variable beside each other, `P V^\gamma = c`: the one
    /// changes with the other.
    fn is_bound_to(&self, symbol: &Symbol, variable: &str, block: usize) -> bool {
        if CONSTANTS.contains(&&*symbol.name) {
            return false;
        }
        let reach = self.document.sections_of(self.section(block));
        let of = |s: &Symbol| plain(&s.name) == variable;
        let both = |e: &Expr| e.mentions(symbol) && e.symbols().iter().any(of);
        let implicit = |s: &&Statement| {
            let said = matches!(s.kind, Kind::Given | Kind::Condition | Kind::Other);
            let open = s.loose.is_some() || s.otherwise.is_some();
            let derives =
                |e: &Expr| e.any(&mut |x| x.as_app("partial").is_some() || matches!(x.node(), Node::Bind { .. }));
            let plain = s.sides.as_ref().is_some_and(|(l, r)| !derives(l) && !derives(r));
            (said || open) && plain && s.relation == "=" && s.block < block
        };
        let bare = |e: &Expr| e.as_symbol().is_some() || matches!(e.node(), Node::Call(..));
        self.of_sections(&reach).filter(implicit).filter_map(|s| s.sides.as_ref()).any(|(left, right)| {
            !bare(left)
                && (both(left)
                    || both(right) && !bare(right)
                    || left.mentions(symbol) && right.symbols().iter().any(of))
        })
    }

    /// The equations in reach of a statement that neither define anything nor claim anything: `z_{t+1} = u h_t`.
    pub(super) fn recurrences(&self, statement: usize) -> Vec<(Expr, Expr)> {
        let Some(own) = self.statements.get(statement) else { return vec![] };
        let reach = self.document.sections_of(self.section(own.block));
        let of_kind = |s: &&Statement| s.kind == Kind::Other && s.relation == "=";
        self.of_sections(&reach).filter(of_kind).filter_map(|s| s.sides.clone()).collect()
    }
}

/// The letters that stand as numbers under an integral, a sum or a derivative, and not only as what a derivative is of or
/// by; as arrays under an integral or a derivative.
fn held(relation: &Expr) -> Vec<Symbol> {
    fn walk(e: &Expr, under: bool, found: &mut Vec<Symbol>) {
        match e.node() {
            Node::Sym(s) if under && !matches!(s.sort, Sort::Integer | Sort::Set) => {
                found.extend(Some(s.clone()).filter(|s| !s.name.contains('(') && !s.is_notation()));
            }
            Node::Bind { binder: Binder::Sum | Binder::Product, domain, body } => {
                domain.parts().into_iter().for_each(|part| walk(part, under, found));
                let mut own = vec![];
                walk(body, true, &mut own);
                found.extend(own.into_iter().filter(|s| under || s.sort.is_scalar()));
            }
            Node::Bind { binder: Binder::Integral | Binder::Derivative, domain, body } => {
                domain.parts().into_iter().for_each(|part| walk(part, under, found));
                walk(body, true, found);
            }
            Node::Call(f, args) => args.iter().for_each(|a| walk(a, under || f.name.starts_with("\\int"), found)),
            _ => match e.as_app("partial") {
                Some([body, _]) if body.as_symbol().is_some() => {}
                Some([body, _]) => walk(body, true, found),
                _ => e.children().into_iter().for_each(|c| walk(c, under, found)),
            },
        }
    }
    let mut found = vec![];
    walk(relation, false, &mut found);
    found.dedup();
    found
}
