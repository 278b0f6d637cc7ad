//! Families whose members may depend on each other though nothing defines them: the hidden states $h_1, \ldots, h_T$, the
//! outputs of layers. As entries of an array they would be variables of their own, with derivatives 0 and 1.

use crate::elaborate::build::Builder;
use crate::elaborate::definitions::Definitions;
use crate::expr::{Binder, Expr, Node, Symbol, fun};
use crate::read::Block;

/// Words of a section by which members depend on each other.
const DEPENDENT: &[&str] = &[
    "recurren",
    "hidden state",
    "hidden unit",
    "states of",
    "layer",
    "activation",
    "unrolled",
    "through time",
    "time step",
    "function of the last",
    "function of the previous",
    "one from another",
    "computed from",
    "feeds into",
    "순환 신경망",
    "은닉 상태",
    "은닉층",
];
/// Words by which the members of a list are variables of their own.
const FREE: &[&str] =
    &["independent", "variables", "coordinates", "components", "entries", "parameters", "weights", "변수"];

/// The array of an entry, and its places.
fn entry(e: &Expr) -> Option<(&Symbol, &[Expr])> {
    let (array, places) = e.as_app(fun::INDEX)?.split_first()?;
    Some((array.as_symbol()?, places))
}

impl Builder<'_> {
    /// A family without a definition of which a relation differentiates one member by another, where the notes list its
    /// members or the words around it say that they depend on each other.
    pub(super) fn depends_on_member(&self, relation: &Expr, definitions: &Definitions, block: usize) -> Option<Symbol> {
        let mut found: Option<Symbol> = None;
        relation.any(&mut |x| {
            let [quantity, variable] = x.as_app("partial").unwrap_or(&[]) else { return false };
            if let (Some((array, there)), Some((other, here))) = (entry(quantity), entry(variable))
                && array.same(other)
                && there != here
                && definitions.of(array).is_empty()
            {
                found = Some(array.clone());
            }
            found.is_some()
        });
        let array = found.filter(|_| !self.has_annotations)?;
        let words = self.section_words(block);
        let says = |list: &[&str]| list.iter().any(|w| words.contains(w));
        (says(DEPENDENT) || self.is_listed(&array, block) && !says(FREE)).then_some(array)
    }

    /// Whether a formula before a block lists the members of a family by itself: `h_1, \ldots, h_T`.
    fn is_listed(&self, array: &Symbol, block: usize) -> bool {
        let lists = |text: &str| {
            let (first, rest) = text.split_once(',').unwrap_or((text, ""));
            let member = |t: &str| t.trim().split_once('_').is_some_and(|(base, _)| base.trim() == &*array.name);
            member(first) && rest.rsplit(',').next().is_some_and(member)
        };
        self.document.formulas().take_while(|(at, _)| *at < block).any(|(_, f)| !f.display && lists(&f.extract.text))
    }

    /// The words of the section of a block, in small letters.
    fn section_words(&self, block: usize) -> String {
        let section = self.section(block);
        let own = self.document.blocks.iter().filter_map(|b| match b {
            Block::Prose(p) if p.section == section => Some(p.text.to_lowercase()),
            _ => None,
        });
        own.collect::<Vec<_>>().join(" ")
    }

    /// Derivatives that are taken for 0 of what stands under a function without a formula, in a quantity that the notes
    /// define: in `C = S N(d) - K`, nothing says whether `d` depends on the variable.
    pub(super) fn independent_arguments(&self, relation: &Expr, unfolded: &Expr) -> Vec<String> {
        let mut out = vec![];
        if self.has_annotations {
            return out;
        }
        let mut variables: Vec<Symbol> = vec![];
        relation.any(&mut |x| {
            let [quantity, variable] = x.as_app("partial").unwrap_or(&[]) else { return false };
            let defined = quantity.as_symbol().is_some_and(|q| !self.definitions.of(q).is_empty());
            variables.extend(variable.as_symbol().filter(|_| defined).cloned());
            false
        });
        unfolded.any(&mut |x| {
            if let Node::Bind { binder: Binder::Derivative, body, .. } = x.node() {
                body.any(&mut |call| {
                    let Node::Call(f, args) = call.node() else { return false };
                    let unknown = |s: &&Symbol| !f.is_notation() && !self.introduced.contains(s);
                    let all: Vec<Symbol> = args.iter().flat_map(Expr::symbols).collect();
                    for s in all.iter().filter(unknown) {
                        out.extend(
                            variables
                                .iter()
                                .filter(|v| !v.same(s))
                                .map(|v| format!("∂{}/∂{} = 0", Expr::sym(s.clone()), Expr::sym(v.clone()))),
                        );
                    }
                    false
                });
            }
            false
        });
        out.sort();
        out.dedup();
        out
    }
}
