//! How a document uses its names: a first look at all formulas, before any is read.

use std::collections::{BTreeMap, BTreeSet};

use crate::elaborate::carrier::supports;
use crate::elaborate::labels::{self, Seen, Subscripts};
use crate::elaborate::letters::redeclared;
use crate::notation::line::Line;
use crate::notation::tex::{Tex, TexKind};
use crate::notation::{
    Family, Names, base_name, followers_of_e, has_components, has_gram_matrices, is_customary, names_components,
    names_d, significant,
};

/// What is seen of one base name.
#[derive(Default)]
struct Use {
    bare: bool,
    /// Times it stands right before a bracket, and times it does not.
    applied: usize,
    alone: usize,
    symbolic: BTreeMap<usize, usize>,
    numeric: BTreeMap<usize, usize>,
    /// The letters of its subscripts, and whether one holds something else than letters.
    letters: BTreeSet<String>,
    otherwise: bool,
    subscripts: Subscripts,
    /// Whether it is bound or ends a range somewhere.
    counts: bool,
}

impl Use {
    fn add_entries(&mut self, other: Use) {
        self.letters.extend(other.letters);
        self.otherwise |= other.otherwise;
        self.counts |= other.counts;
        self.subscripts.add(other.subscripts);
        for (mine, theirs) in [(&mut self.symbolic, other.symbolic), (&mut self.numeric, other.numeric)] {
            for (rank, n) in theirs {
                *mine.entry(rank).or_default() += n;
            }
        }
    }
}

/// The names of a document from the lines of all its formulas, and of the mathematics in its annotations.
///
/// An annotation speaks of the symbols of the notes: `\mathbf{p}` there is `p` where the notes write only that, and
/// the other way round.
pub(crate) fn survey(formulas: &[Vec<Line>], annotations: &[Vec<Line>]) -> Names {
    let mut uses: BTreeMap<String, Use> = BTreeMap::new();
    let mut names = Names::default();
    formulas.iter().flatten().for_each(|line| look(line, &mut uses, &mut names));
    let noted: BTreeSet<String> = uses.iter().filter(|(_, u)| u.bare).map(|(name, _)| name.clone()).collect();
    // What never stands without brackets is no factor of a product.
    let applied = uses.iter().filter(|(_, u)| u.applied > 0 && u.alone == 0);
    names.applied = applied.map(|(name, _)| name.clone()).collect();
    let other = |u: &Use| u.bare || u.symbolic.keys().chain(u.numeric.keys()).any(|rank| *rank != 2);
    if uses.get("\\delta").is_some_and(other) {
        names.declared.insert("\\delta".to_owned());
    }
    annotations.iter().flatten().for_each(|line| look(line, &mut uses, &mut names));
    for base in uses.keys() {
        for bold in bold_names(base) {
            match (noted.contains(base), noted.contains(&bold)) {
                (true, false) if uses.contains_key(&bold) => names.aliases.insert(bold, base.clone()),
                (false, true) => names.aliases.insert(base.clone(), bold),
                _ => None,
            };
        }
    }
    let lines = || formulas.iter().chain(annotations).flatten();
    let anywhere =
        |test: fn(&[Tex]) -> bool| lines().any(|l| l.sides.iter().chain(&l.qualifiers).any(|side| test(side)));
    names.leibniz = !names.declared.contains("d") && !anywhere(names_d);
    let followers = lines().flat_map(|l| l.sides.iter().chain(&l.qualifiers)).map(|side| followers_of_e(side));
    names.means = followers.fold((false, false), |all, more| (all.0 || more.0, all.1 || more.1)) == (true, false);
    names.primed = anywhere(has_gram_matrices);
    names.angled = anywhere(has_components) || lines().any(|l| names_components(&l.sides));
    names.labelled = labelled(&uses);
    names.turned = turned(&names, lines().flat_map(|l| l.sides.iter().chain(&l.qualifiers)));
    names.horizon = names.declared.contains("T") || uses.get("T").is_some_and(|u| u.bare);
    for (base, seen) in &uses {
        if names.labelled.contains(base) {
            continue;
        }
        if let Some(family) = family(base, seen, &uses, &names) {
            names.families.insert(base.clone(), family);
        }
    }
    names
}

/// The names of which a superscript `T` makes the transpose, where T ends a range.
fn turned<'a>(names: &Names, sides: impl Iterator<Item = &'a Vec<Tex>> + Clone) -> BTreeSet<String> {
    if !names.declared.contains("T") {
        return BTreeSet::new();
    }
    let slopes: BTreeSet<String> = sides.clone().flat_map(|side| crate::notation::slopes(side)).collect();
    let by = sides.clone().flat_map(|side| crate::notation::under_t(side)).filter(|name| slopes.contains(name));
    let by: Vec<String> = by.collect();
    sides.flat_map(|side| crate::notation::turned(side)).chain(by).collect()
}

/// The names whose subscripts are all names of quantities: of what has entries of its own (`x` beside `x_i`), or of a
/// capital that stands by itself and neither is bound nor ends a range.
fn labelled(uses: &BTreeMap<String, Use>) -> BTreeSet<String> {
    let quantity = |letter: &String| {
        uses.get(letter).is_some_and(|u| {
            let capital = matches!(letter.as_bytes(), [c] if c.is_ascii_uppercase());
            !u.counts && u.bare && (capital || !u.symbolic.is_empty() && letter.len() == 1)
        })
    };
    let names = uses.iter().filter(|(_, u)| !u.otherwise && !u.letters.is_empty() && u.letters.iter().all(quantity));
    let seen = uses.iter().map(|(name, u)| {
        let of = Seen { subscripts: &u.subscripts, bare: u.bare, applied: u.applied > 0, counts: u.counts };
        (name.as_str(), of)
    });
    let used = |name: &String| uses.get(name).is_some_and(|u| u.bare);
    let array = |base: &str| {
        let matrix = uses.get(base).is_some_and(|u| u.symbolic.contains_key(&2)) && base.len() == 1;
        let capital = if matrix { base.to_uppercase() } else { base.to_owned() };
        bold_names(base).iter().chain(&bold_names(&capital)).any(used) || used(&capital)
    };
    let things = labels::labelled(&seen.collect(), &array);
    names.map(|(base, _)| base.clone()).chain(things).collect()
}

fn look(line: &Line, uses: &mut BTreeMap<String, Use>, names: &mut Names) {
    heads(line, names);
    deltas(line, names);
    names.declared.extend(redeclared(line));
    vectors(line, names);
    for side in line.sides.iter().chain(&line.qualifiers) {
        walk(side, uses, names, 0);
        supports(side, names);
    }
    // "Let `f` be differentiable" speaks of a function, not of a factor.
    if let ([side], []) = (line.sides.as_slice(), line.signs.as_slice())
        && let [name] = significant(side).as_slice()
        && let Some(seen) = base_name(name).filter(|n| is_customary(n)).and_then(|n| uses.get_mut(&n))
    {
        seen.alone = seen.alone.saturating_sub(1);
    }
}

/// `\mathbf{x}_i \in \mathbb{R}^d` speaks of vectors, not of entries.
fn vectors(line: &Line, names: &mut Names) {
    let member = line.signs.iter().position(|s| s.sign.name == "member");
    let Some((left, right)) = member.and_then(|k| Some((line.sides.get(k)?, line.sides.get(k + 1)?))) else { return };
    let space = significant(right).iter().any(|n| {
        let TexKind::Script { base, sup: Some(_), .. } = &n.kind else { return false };
        crate::notation::relation::plain_text(base).trim() == "R"
    });
    for node in significant(left) {
        if let TexKind::Script { base, sub: Some(_), .. } = &node.kind
            && let Some(name) =
                base_name(base).filter(|n| space && (n.starts_with("\\mathbf{") || n.starts_with("\\vec{")))
        {
            names.vectors.insert(name);
        }
    }
}

/// `\delta_{ij}` is Kronecker's unless the notes say what it is, or use the letter in another way.
fn deltas(line: &Line, names: &mut Names) {
    let is_delta = |n: &Tex| base_name(strip(n)).as_deref() == Some("\\delta");
    let first = line.sides.first().map(|s| significant(s)).unwrap_or_default();
    let alone = matches!(first.as_slice(), [one] if is_delta(one));
    let declares = line.signs.first().is_some_and(|s| matches!(s.sign.name, "eq" | "member" | ""));
    if alone && declares {
        names.declared.insert("\\delta".to_owned());
    }
}

/// Names that stand before a bracket by themselves and are no functions of the notes: the sigmoid, classes of growth,
/// operators.
const NOT_ALONE: &[&str] =
    &["\\sigma", "O", "o", "\\Theta", "\\Omega", "\\mathcal{O}", "E", "\\mathbb{E}", "d", "\\delta"];

/// `f(x) = …`: the head of a definition names a function, if its arguments are plain names; so does `N(t)` by itself.
fn heads(line: &Line, names: &mut Names) {
    let Some(first) = line.sides.first() else { return };
    // `φ(x) ∈ ℝ^d` declares a family of vectors; `N(t)` by itself is no product.
    if line.signs.first().is_some_and(|s| s.sign.name != "eq") {
        return;
    }
    let alone = line.signs.is_empty();
    let list = significant(first);
    let Some(name) = list.first().and_then(head_name) else { return };
    let rest = list.get(1..).unwrap_or(&[]);
    let inner: Vec<Tex> = match rest {
        [Tex { kind: TexKind::Fenced { open, close, body }, .. }] if open == "(" && close == ")" => significant(body),
        [open, middle @ .., close]
            if matches!(open.kind, TexKind::Char('(')) && matches!(close.kind, TexKind::Char(')')) =>
        {
            middle.to_vec()
        }
        _ => return,
    };
    let simple = !inner.is_empty()
        && inner.iter().all(|n| {
            matches!(n.kind, TexKind::Char(',' | ';'))
                || base_name(strip(n)).is_some() && !matches!(n.kind, TexKind::Char('|'))
        });
    let distribution = matches!(name.as_str(), "P" | "p" | "Q" | "q");
    let letters = inner.iter().filter(|n| base_name(strip(n)).is_some()).count();
    let commas = inner.iter().filter(|n| matches!(n.kind, TexKind::Char(',' | ';'))).count();
    let law = letters > 1 && matches!(name.as_str(), "N" | "U" | "\\mathcal{N}");
    let named = !alone || !law && !NOT_ALONE.contains(&name.as_str());
    if simple && !distribution && letters == commas + 1 && named {
        names.functions.insert(name);
    }
}

pub(super) fn strip(node: &Tex) -> &Tex {
    match &node.kind {
        TexKind::Script { base, .. } => base,
        _ => node,
    }
}

pub(super) fn head_name(node: &Tex) -> Option<String> {
    match &node.kind {
        TexKind::Script { base, sub: Some(sub), sup: None, primes: 0 } => {
            let base = base_name(base)?;
            let label: String = significant(sub.list()).iter().map(crate::notation::relation::plain_text).collect();
            Some(format!("{base}_{{{}}}", label.trim()))
        }
        TexKind::Script { .. } => None,
        _ => base_name(node),
    }
}

fn walk(nodes: &[Tex], uses: &mut BTreeMap<String, Use>, names: &mut Names, depth: usize) {
    if depth > 64 {
        return;
    }
    let list = significant(nodes);
    crate::notation::differentials(&list, &mut names.differentials);
    names.functions.extend(crate::notation::differentiated(&list));
    names.functions.extend(crate::notation::differentiated_at(&list));
    for (i, node) in list.iter().enumerate() {
        if crate::notation::is_dots(node) {
            let ends = list.get(i + 1..).unwrap_or(&[]).iter().take(2).filter(|n| base_name(n).is_some());
            let ends: Vec<Tex> = ends.cloned().collect();
            names.declared.extend(horizon(&ends));
            counting(&ends, uses);
        }
        if let Some(base) = base_name(strip(node)) {
            let bracketed = list.get(i + 1).is_some_and(|next| match &strip(next).kind {
                TexKind::Fenced { open, .. } => matches!(open.as_str(), "(" | "["),
                TexKind::Char(c) => matches!(c, '(' | '['),
                _ => false,
            });
            // `f'(x)` is a derivative at x.
            if bracketed && matches!(node.kind, TexKind::Script { primes: 1.., .. }) && is_customary(&base) {
                names.functions.insert(base.clone());
            }
            let seen = uses.entry(base).or_default();
            let count = if bracketed { &mut seen.applied } else { &mut seen.alone };
            *count += 1;
        }
        if let (Some(base), Some(next)) = (base_name(strip(node)), list.get(i + 1)) {
            let inner: Option<&[Tex]> = match &next.kind {
                TexKind::Fenced { open, body, .. } if open == "(" => Some(body),
                TexKind::Char('(') => list.get(i + 2..),
                _ => None,
            };
            let bar = |n: &Tex| {
                matches!(n.kind, TexKind::Char('|'))
                    || matches!(&n.kind, TexKind::Command(c) if c == "mid" || c == "middle|")
            };
            let close = inner.and_then(|l| l.iter().position(|n| matches!(strip(n).kind, TexKind::Char(')'))));
            let range = inner.map(|l| l.get(..close.unwrap_or(l.len())).unwrap_or(l));
            if range.is_some_and(|l| l.iter().any(bar)) {
                names.conditional.insert(base);
            }
        }
        node_uses(node, uses, names, depth);
    }
}

fn node_uses(node: &Tex, uses: &mut BTreeMap<String, Use>, names: &mut Names, depth: usize) {
    match &node.kind {
        TexKind::Script { base, sub, sup, .. } => {
            if let Some(name) = base_name(base) {
                match sub {
                    Some(sub) => subscripted(&name, sub, uses),
                    None => {
                        uses.entry(name.clone()).or_default().bare = true;
                    }
                }
                if name == "\\sigma" && (sub.is_some() || sup.is_some()) {
                    names.declared.insert(name.clone());
                }
            } else {
                node_uses(base, uses, names, depth + 1);
            }
            if let (Some(sub), TexKind::Command(_)) = (sub, &base.kind)
                && base_name(base).is_none()
            {
                counting(sub.list(), uses);
            }
            if let Some(sub) = sub {
                // A name that only ever is an index is not used by itself.
                let mut within = BTreeMap::new();
                walk(sub.list(), &mut within, names, depth + 1);
                for (name, seen) in within {
                    uses.entry(name).or_default().add_entries(seen);
                }
            }
            if let Some(sup) = sup {
                let upper = significant(sup.list());
                // `^T` is a transpose unless T is the end of a range somewhere.
                let big = matches!(&base.kind, TexKind::Command(c) if matches!(c.as_str(), "sum" | "prod" | "int"));
                let space = crate::notation::relation::plain_text(base).trim() == "R";
                if big || space {
                    counting(sup.list(), uses);
                }
                if big {
                    names.declared.extend(horizon(&upper));
                }
                if !matches!(upper.as_slice(), [one] if matches!(one.kind, TexKind::Char('T'))) {
                    walk(sup.list(), uses, names, depth + 1);
                }
            }
        }
        TexKind::Group(l) => match base_name(node) {
            Some(name) => uses.entry(name).or_default().bare = true,
            None => walk(l, uses, names, depth + 1),
        },
        TexKind::Call { args, option, .. } => match base_name(node) {
            Some(name) => uses.entry(name).or_default().bare = true,
            None => {
                for a in args.iter().chain(option.as_deref()) {
                    walk(a.list(), uses, names, depth + 1);
                }
            }
        },
        TexKind::Fenced { body, .. } => walk(body, uses, names, depth + 1),
        TexKind::Env { rows, .. } => {
            for cell in rows.iter().flat_map(|r| &r.cells) {
                walk(cell, uses, names, depth + 1);
            }
        }
        _ => {
            if let Some(name) = base_name(node) {
                uses.entry(name).or_default().bare = true;
            }
        }
    }
}

/// `T`, if it stands in the end of a range: no transpose is meant by it any more.
fn horizon(end: &[Tex]) -> Option<String> {
    end.iter().any(|n| matches!(n.kind, TexKind::Char('T'))).then(|| "T".to_owned())
}

/// The letters of a range, or of a size.
fn counting(nodes: &[Tex], uses: &mut BTreeMap<String, Use>) {
    for node in nodes {
        match base_name(strip(node)) {
            Some(name) => uses.entry(name).or_default().counts = true,
            None => node.children().into_iter().for_each(|n| counting(std::slice::from_ref(n), uses)),
        }
    }
}

fn subscripted(name: &str, sub: &Tex, uses: &mut BTreeMap<String, Use>) {
    let list = significant(sub.list());
    if list.iter().any(|n| {
        matches!(n.kind, TexKind::Text(_))
            || matches!(&n.kind, TexKind::Call { name, .. } if name == "mathrm" || name.starts_with("operatorname"))
            || matches!(n.kind, TexKind::Char('=' | '<' | '>' | ':' | '*'))
    }) || list.len() >= 3 && list.iter().all(|n| matches!(n.kind, TexKind::Char(c) if c.is_ascii_lowercase()))
    {
        return;
    }
    let mut rank = 0;
    let mut symbolic = false;
    let mut ambiguous = false;
    for part in list.split(|n| matches!(n.kind, TexKind::Char(',' | ';'))) {
        let single = |n: &Tex| {
            matches!(n.kind, TexKind::Char(c) if c.is_ascii_lowercase())
                || matches!(&n.kind, TexKind::Number(d) if d.len() == 1)
        };
        rank += if (2..=3).contains(&part.len()) && part.iter().all(single) { part.len() } else { 1 };
        symbolic |= part.iter().any(|n| base_name(strip(n)).is_some());
        ambiguous |= matches!(part, [Tex { kind: TexKind::Number(d), .. }] if d.len() == 2);
    }
    let letter = |n: &Tex| matches!(n.kind, TexKind::Char(c) if c.is_ascii_alphabetic());
    let separator = |n: &Tex| matches!(n.kind, TexKind::Char(',' | ';'));
    let seen = uses.entry(name.to_owned()).or_default();
    seen.subscripts.note(&list);
    if symbolic {
        seen.otherwise |= !list.iter().all(|n| letter(n) || separator(n));
        seen.letters.extend(list.iter().filter(|n| letter(n)).filter_map(base_name));
        *seen.symbolic.entry(rank).or_default() += 1;
    } else if ambiguous && rank == 1 {
        *seen.numeric.entry(2).or_default() += 1;
    } else {
        *seen.numeric.entry(rank).or_default() += 1;
    }
}

/// The array that the entries of a base name belong to, if they are entries.
fn family(base: &str, seen: &Use, uses: &BTreeMap<String, Use>, names: &Names) -> Option<Family> {
    let used = |name: &String| uses.get(name).is_some_and(|u| u.bare) && !names.aliases.contains_key(name);
    let most = |m: &BTreeMap<usize, usize>| m.iter().max_by_key(|(rank, n)| (**n, **rank)).map(|(rank, _)| *rank);
    let rank = most(&seen.symbolic).or_else(|| most(&seen.numeric))?;
    let mut candidates = bold_names(base);
    if rank == 2 {
        let capital: String = base.chars().map(|c| c.to_ascii_uppercase()).collect();
        if base.chars().count() == 1 {
            candidates.extend(bold_names(&capital));
            candidates.push(capital);
        }
    }
    if let Some(array) = candidates.into_iter().find(used) {
        return Some(Family { array, rank });
    }
    if names.vectors.contains(base) && seen.symbolic.contains_key(&rank) {
        return Some(Family { array: format!("{base}\u{2060}"), rank });
    }
    // Numbers alone make names (`w_0`, `\mu_1`), letters make entries.
    seen.symbolic.contains_key(&rank).then(|| Family { array: base.to_owned(), rank })
}

/// The bold names that go with a base name.
fn bold_names(base: &str) -> Vec<String> {
    let mut out = vec![format!("\\mathbf{{{base}}}"), format!("\\vec{{{base}}}")];
    if let Some((accent, rest)) = base.split_once('{')
        && let Some(inner) = rest.strip_suffix('}')
    {
        out.push(format!("{accent}{{\\mathbf{{{inner}}}}}"));
    }
    out
}
