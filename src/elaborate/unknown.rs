//! Letters of a claim of which nothing says what they are: it may be about some values of them only.

use std::collections::BTreeSet;

use crate::claim::{Claim, Kind, Statement};
use crate::elaborate::build::Builder;
use crate::elaborate::content::{outer_atoms, size_names};
use crate::elaborate::definitions::Definitions;
use crate::elaborate::waiting::TypedLine;
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};

impl Builder<'_> {
    /// Nothing is known for sure of the symbols of a line that was not read. One that only gives a letter its meaning,
    /// `\mu = E[X_i]`, restricts the others no more than this letter is.
    pub(super) fn note_unread(&mut self, line: &TypedLine) {
        let section = self.section(line.raw.block);
        if let Some((named, of)) = naming(line).filter(|_| !self.has_annotations) {
            self.unread.insert((section, named.clone()));
            self.through.extend(of.into_iter().map(|letter| (section, letter, named.clone(), line.raw.block)));
            return;
        }
        let names = line.sides.iter().flat_map(Expr::symbols).map(|s| (section, s.name.to_string()));
        self.unread.extend(names);
    }

    /// Whether a line that was not read may restrict a symbol of a claim in these sections.
    pub(super) fn is_unread(&self, symbol: &Symbol, claim: &Claim, reach: &[usize]) -> bool {
        let near = |section: &usize| reach.contains(section) || *section == 0;
        let named = |name: &String| claim.unfolded.symbols().iter().any(|s| *s.name == **name);
        // Where something else is said of what the line names, it says something of the others too.
        let said_of = |name: &String, block: usize| {
            let says = |s: &Statement| s.kind != Kind::Expression && s.kind != Kind::Claim && s.block != block;
            let about = |e: &Expr| e.symbols().iter().any(|s| *s.name == **name);
            self.statements
                .iter()
                .filter(|s| says(s))
                .filter_map(|s| s.sides.as_ref())
                .any(|(a, b)| about(a) || about(b))
        };
        self.unread.iter().any(|(section, name)| *name == *symbol.name && near(section))
            || self.through.iter().any(|(section, letter, name, block)| {
                *letter == *symbol.name && near(section) && (named(name) || said_of(name, *block))
            })
    }

    /// A symbol that nothing introduces and that is not plainly universal: it does not stand on both sides, or its
    /// notation says that it depends on something.
    pub(super) fn unknown_symbol(&self, claim: &Claim, definitions: &Definitions, block: usize) -> Option<Expr> {
        let sides: Vec<&Expr> = match claim.unfolded.node() {
            Node::App(_, args) => args.iter().collect(),
            _ => vec![],
        };
        let on_both = |x: &Symbol| sides.len() == 2 && sides.iter().all(|side| side.mentions(x));
        let sizes = size_names(&claim.unfolded);
        for s in claim.unfolded.symbols() {
            // A probability is a number of its law, not one of its own.
            let event = (s.name.contains('(') || s.is_notation()) && !self.declared(&s);
            if event && definitions.of(&s).is_empty() {
                return Some(Expr::sym(s));
            }
            // `\Delta y` is one quantity, not a product.
            if &*s.name == "\\Delta" {
                return Some(Expr::sym(s));
            }
            // An index of other lines says nothing of it.
            let unit = is_imaginary(&Symbol { sort: Sort::Real, ..s.clone() }) && s.sort.is_scalar();
            if unit && !self.declared(&s) && definitions.of(&s).is_empty() && !is_index(&claim.unfolded, &s) {
                return Some(Expr::sym(s));
            }
            if self.is_introduced(&s, block) || sizes.contains(&*s.name) || self.is_told(claim, &s) {
                continue;
            }
            if !on_both(&s) || is_derived(&s) || is_imaginary(&s) {
                return Some(Expr::sym(s));
            }
            // x₁ on one side and x₂ on the other are two unknowns.
            let entries: Vec<BTreeSet<Expr>> = sides.iter().map(|side| entries_of(side, &s)).collect();
            if let [a, b] = entries.as_slice()
                && let Some(alone) = a.symmetric_difference(b).next()
                && !a.is_empty()
                && !b.is_empty()
            {
                return Some(alone.clone());
            }
        }
        None
    }

    /// A matrix of the claim of which the notes say that its rows or columns have a sum, for one row or for every: a
    /// counterexample may take no other one.
    pub(super) fn summing(&self, claim: &Claim, block: usize) -> Option<Symbol> {
        let reach = self.document.sections_of(self.section(block));
        let of_sum = |e: &Expr| match e.node() {
            Node::Bind { binder: Binder::Sum, body, .. } => {
                let (array, _) = body.as_app(fun::INDEX)?.split_first()?;
                array.as_symbol().filter(|s| s.sort.sizes().len() == 2).cloned()
            }
            _ => None,
        };
        let own = claim.unfolded.symbols();
        let said = self.of_sections(&reach).filter(|s| s.relation == "=").filter_map(|s| s.sides.as_ref());
        let mut arrays = said.filter_map(|(l, r)| match (l.as_int(), r.as_int()) {
            (None, Some(_)) => of_sum(l),
            (Some(_), None) => of_sum(r),
            _ => None,
        });
        arrays.find(|array| !self.has_annotations && own.iter().any(|s| s.same(array)))
    }

    /// Whether the notes say what a letter is before a formula, or in a sentence with it. The values that it has in other
    /// examples don't.
    fn is_introduced(&self, s: &Symbol, block: usize) -> bool {
        let met = || self.introduced.meaning(s).is_some_and(|at| at <= block || self.is_said_with(block, at));
        if self.has_annotations { self.introduced.contains(s) } else { met() }
    }
}

/// The letter to which an equation gives a meaning, and those that it is made of.
fn naming(line: &TypedLine) -> Option<(String, Vec<String>)> {
    let [left, right] = line.sides.as_slice() else { return None };
    let equation = matches!(line.raw.signs.as_slice(), [sign] if sign.sign.name == "eq");
    let named = left.as_symbol().filter(|s| equation && right.as_num().is_none() && !right.mentions(s))?;
    Some((named.name.to_string(), right.symbols().iter().map(|s| s.name.to_string()).collect()))
}

/// Accents and stars mark what is derived from the plain letter: x̄ is a mean, θ̂ an estimate, x* an optimum.
fn is_derived(s: &Symbol) -> bool {
    ["\\hat", "\\bar", "\\tilde", "\\check", "\\breve", "\\mathring"].iter().any(|mark| s.name.starts_with(mark))
        || s.name.ends_with("^{*}")
        || s.name.ends_with("^{\\star}")
}

/// Whether a symbol is one of the places of an array, or an end of what an index runs over.
fn is_index(e: &Expr, s: &Symbol) -> bool {
    e.any(&mut |x| match x.node() {
        Node::App(f, args) if f.name == fun::INDEX => args.iter().skip(1).any(|a| a.mentions(s)),
        Node::Bind { domain: Domain::Range(from, to), .. } => from.mentions(s) || to.mentions(s),
        Node::Bind { domain: Domain::At(_, indices), .. } => indices.iter().any(|i| i.mentions(s)),
        _ => false,
    })
}

/// An i or j that is no index may be the imaginary unit.
fn is_imaginary(s: &Symbol) -> bool {
    matches!(&*s.name, "i" | "j" | "\\mathrm{i}" | "\\imath") && s.sort == Sort::Real
}

/// The entries at numbers of an array; empty where the array also stands otherwise.
fn entries_of(e: &Expr, array: &Symbol) -> BTreeSet<Expr> {
    let mut atoms = vec![];
    outer_atoms(e, &mut atoms);
    let whole = Expr::sym(array.clone());
    if atoms.contains(&whole) {
        return BTreeSet::new();
    }
    atoms.into_iter().filter(|a| a.mentions(array)).collect()
}
