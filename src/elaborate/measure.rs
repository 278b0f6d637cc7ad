//! Laws that hold from the standard meaning of names alone: of probabilities and of measures of information.

use crate::elaborate::bilinear;
use crate::elaborate::classical;
use crate::elaborate::definitions::Definitions;
use crate::elaborate::event;
use crate::elaborate::functional;
use crate::elaborate::information;
use crate::elaborate::marginal;
use crate::elaborate::partition;
use crate::elaborate::space::Law;
use crate::elaborate::tower;
use crate::elaborate::variational;
use crate::elaborate::vocabulary::Vocabulary;
use crate::expr::{Expr, Node};

/// Greatest size of a relation that is looked at.
const LARGEST: u64 = 200;

/// Words of notes that speak of measures of information.
/// Words of notes in which entropies may be negative: those of densities.
const CONTINUOUS: &[&str] =
    &["differential entrop", "continuous random", "densit", "gaussian", "미분 엔트로피", "밀도"];
const WORDS: &[&str] = &["entrop", "information", "diverge", "엔트로피", "정보", "발산"];

/// The law that a relation as it was read is; `None` where it is none, or where the notes define a function that it names.
/// `text` is what all the notes say, `near` what reaches into its section.
pub(super) fn law(relation: &Expr, definitions: &Definitions, text: &Vocabulary, near: &Vocabulary) -> Option<Law> {
    let named = |x: &Expr| matches!(x.node(), Node::Call(f, _) if !definitions.of(f).is_empty());
    if relation.size() > LARGEST {
        return None;
    }
    let functional = || functional::law(relation).filter(|_| text.says_any(WORDS));
    if relation.any(&mut |x| named(x)) {
        // Of densities that the notes define, too.
        let defined = |x: &Expr| named(x) && functional::is_measure_of_information(x);
        return if relation.any(&mut |x| defined(x)) { None } else { functional() };
    }
    let probability =
        event::law(relation, text).or_else(|| partition::law(relation)).or_else(|| marginal::law(relation));
    probability
        .or_else(|| marginal::proportional(relation))
        .or_else(|| tower::law(relation))
        .or_else(|| variational::law(relation))
        .or_else(|| {
            let moments = classical::law(relation, near).or_else(|| bilinear::law(relation, definitions, near));
            if moments.is_some() {
                return moments;
            }
            let discrete = |l: &Law| l.known != information::DISCRETE || !text.says_any(CONTINUOUS);
            information::law(relation).filter(|l| text.says_any(WORDS) && discrete(l)).or_else(functional)
        })
}
