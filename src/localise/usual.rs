//! Letters of which notes take for granted that they are counts, rates or quantities that are not negative: "`n` items",
//! "the dropout rate `p`", "the mass is `m`". What fails for other values alone is not refuted.

use crate::claim::{Given, Statement, Verdict};
use crate::engine::{Effort, settle};
use crate::expr::{Expr, Node, Sort, Symbol, fun};
use crate::message::Message;
use crate::num::Rational;
use crate::source::Source;
use crate::verdict::{Judgement, decide};

/// Letters, and the values that they have as a rule.
struct Usual {
    letters: &'static [&'static str],
    low: i64,
    high: Option<i64>,
    whole: bool,
}

const ROWS: &[Usual] = &[
    // Counts.
    Usual {
        letters: &["n", "m", "k", "N", "M", "K", "L", "B", "d", "D", "T", "\\ell"],
        low: 1,
        high: None,
        whole: true,
    },
    // Rates and probabilities.
    Usual {
        letters: &["p", "q", "\\alpha", "\\beta", "\\gamma", "\\delta", "\\epsilon", "\\varepsilon", "\\eta"],
        low: 0,
        high: Some(1),
        whole: false,
    },
    // Quantities that are not negative.
    Usual {
        letters: &["v", "r", "R", "h", "l", "t", "c", "E", "P", "V", "\\sigma", "\\tau", "\\lambda"],
        low: 0,
        high: None,
        whole: false,
    },
];

/// Angles of an equation with a root, and what inverse functions of angles are taken of: the first quadrant.
const QUADRANT: Usual = Usual { letters: &[], low: 0, high: Some(1), whole: false };
/// The other letters of an equation with a root and angles: lengths.
const LENGTH: Usual = Usual { letters: &[], low: 0, high: None, whole: false };
const ANGULAR: &[&str] = &["sin", "cos", "tan"];
const INVERSE: &[&str] = &["arctan", "arcsin", "arccos"];
/// Letters of labels and of probabilities, whose entries add up to 1 where logarithms or exponentials of others stand beside.
const LABELS: &[&str] = &["y", "t", "p", "q"];
const CLASSIFYING: &[&str] = &["log", "exp", "softmax", "logsumexp", "xlogy", "cross_entropy"];

/// Whether one of the functions stands in an expression, of a letter if there is one.
fn takes(e: &Expr, names: &[&str], letter: Option<&Symbol>) -> bool {
    let of = |args: &[Expr]| letter.is_none_or(|s| args.iter().any(|a| a.mentions(s)));
    e.any(&mut |x| matches!(x.node(), Node::App(f, args) if names.contains(&f.name) && of(args)))
}

/// Whether a root of something that has letters stands in an expression.
fn has_root(e: &Expr) -> bool {
    let half = |n: &Expr| n.as_num().is_some_and(|q| !q.is_integer());
    let of_letters = |args: &[Expr]| args.iter().any(|a| !a.symbols().is_empty());
    e.any(&mut |x| match x.node() {
        Node::App(f, args) if f.name == fun::POW => args.get(1).is_some_and(half) && of_letters(args),
        Node::App(f, args) => f.name == "sqrt" && of_letters(args),
        _ => false,
    })
}

/// What is given of labels without a word about them.
fn label(s: &Symbol, relation: &Expr) -> Option<Expr> {
    let base = s.name.split_once('_').map_or(&*s.name, |(base, _)| base);
    let styled = ["\\mathbf{", "\\boldsymbol{", "\\bm{", "\\vec{"].iter().find_map(|w| base.strip_prefix(w));
    let bare = styled.map_or(base, |b| b.trim_end_matches('}'));
    let labels = s.sort.sizes().len() == 1 && LABELS.contains(&bare) && takes(relation, CLASSIFYING, None);
    labels.then(|| Expr::apply("distribution", vec![Expr::sym(s.clone())]))
}

impl Usual {
    fn of(letter: &Symbol, relation: &Expr) -> Option<&'static Usual> {
        let base = letter.name.split_once('_').map_or(&*letter.name, |(base, _)| base);
        let row = || ROWS.iter().find(|row| row.letters.contains(&base) && (row.whole || letter.sort != Sort::Integer));
        let angles = has_root(relation) && takes(relation, ANGULAR, None);
        match takes(relation, INVERSE, Some(letter)) || angles && takes(relation, ANGULAR, Some(letter)) {
            true => Some(&QUADRANT),
            false => row().or(angles.then_some(&LENGTH)),
        }
    }

    fn facts(&self, s: &Symbol) -> Vec<Expr> {
        let of = |relation, bound| Expr::relate(relation, Expr::sym(s.clone()), Expr::int(bound));
        let whole = || Expr::relate("member", Expr::sym(s.clone()), Expr::apply("integers", vec![]));
        let mut facts = vec![of("ge", self.low)];
        facts.extend(self.high.map(|high| of("le", high)));
        facts.extend((self.whole && s.sort == Sort::Real).then(whole));
        facts
    }

    /// Whether a value as it is shown, `−89/16`, is one of them.
    fn has(&self, value: &str) -> bool {
        let plain = value.replace('−', "-");
        let (above, below) = plain.split_once('/').unwrap_or((&plain, "1"));
        let fraction = above.parse::<Rational>().ok().zip(below.parse::<Rational>().ok());
        let Some(value) = fraction.and_then(|(a, b)| a.checked_div(&b)) else { return true };
        value >= Rational::from(self.low)
            && self.high.is_none_or(|high| value <= Rational::from(high))
            && (!self.whole || value.is_integer())
    }
}

/// Words by which a statement behind them is about every value.
const ALL: &[&str] = &["for all", "for every", "for any", "for each", "모든", "임의의"];

/// Whether the sentence before a statement says that it holds for all values.
fn is_said_of_all(source: &Source, statement: &Statement) -> bool {
    let before = source.text.get(..statement.span.start).unwrap_or("");
    let from = before.rfind(['.', '#', ';', '!', '?']).unwrap_or(0);
    let sentence = before.get(from..).unwrap_or("").to_lowercase();
    ALL.iter().any(|w| sentence.contains(w))
}

/// Why a refuted statement without a word about its letters is excused, if it is: none of the values at which it fails is
/// one that such letters have as a rule.
pub fn unusual(source: &Source, statement: &Statement, judgement: &Judgement, effort: Effort) -> Option<Message> {
    let claim = statement.claim.as_ref().filter(|c| !c.domain_stated && statement.expected.is_none())?;
    let point = &judgement.counterexample.as_ref()?.at;
    let told = |s: &Symbol| claim.givens.iter().any(|g| g.fact.as_ref().is_some_and(|f| f.mentions(s)));
    let letters: Vec<Symbol> = claim.unfolded.symbols().into_iter().filter(|s| !told(s)).collect();
    let scalars = letters.iter().filter(|s| s.sort.is_scalar());
    let rows: Vec<(Symbol, &Usual)> =
        scalars.filter_map(|s| Some((s.clone(), Usual::of(s, &claim.unfolded)?))).collect();
    let quadrant = rows.iter().any(|(_, row)| row.letters.is_empty());
    if quadrant && is_said_of_all(source, statement) {
        return None;
    }
    let labels: Vec<Expr> = letters.iter().filter_map(|s| label(s, &claim.unfolded)).collect();
    let shown = |s: &Symbol| {
        let name = Expr::sym(s.clone()).to_string();
        point.iter().find(|(n, _)| *n == name).map(|(_, value)| value)
    };
    let odd = rows.iter().find(|(s, row)| shown(s).is_some_and(|value| !row.has(value)));
    let first = odd.map(|(s, row)| row.facts(s)).or_else(|| labels.first().map(|fact| vec![fact.clone()]))?;
    let what = first.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let facts = rows.iter().flat_map(|(s, row)| row.facts(s)).chain(labels);
    let mut usual = claim.clone();
    usual.givens.extend(facts.map(|fact| Given { text: fact.to_string(), fact: Some(fact), line: None }));
    let still = decide(&usual, &settle(&usual, effort)).verdict == Verdict::Refuted;
    (!still).then(|| Message::new("reason-unusual").with("what", what))
}
