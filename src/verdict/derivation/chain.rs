//! A chain of equal expressions from one side of an equation to the other.

use crate::algebra::stepwise;
use crate::algebra::{index_conditions, scalarise};
use crate::expr::{Binder, Expr, Node, contrast, fun, line};
use crate::message::Message;
use crate::verdict::Step;
use crate::verdict::derivation::ground::Grounds;

/// Most lines that one side takes.
const LINES: usize = 24;

/// A line of a chain.
#[derive(Clone)]
pub(super) struct Link {
    /// As printed.
    pub(super) shown: Expr,
    /// What it means to the kernel, definitions put in and derivatives carried out.
    carried: Expr,
    /// What it needs to have a value.
    needs: Vec<Expr>,
    /// The rule that leads to it from the line before.
    pub(super) rule: String,
    /// The line of the notes that the rule uses.
    line: Option<usize>,
    /// What there is to say beside the rule.
    words: Option<Message>,
}

/// One side of an equation, rewritten as far as rules lead; every line equals the one before for the kernel.
pub(super) struct Chain<'g> {
    grounds: &'g Grounds,
    pub(super) links: Vec<Link>,
}

impl<'g> Chain<'g> {
    /// A chain that starts from a side as it was read; `None` if the kernel can't see a value in it.
    pub(super) fn new(grounds: &'g Grounds, shown: &Expr, meaning: &Expr) -> Option<Chain<'g>> {
        let link = linked(grounds, shown, meaning, "as read")?;
        Some(Chain { grounds, links: vec![link] })
    }

    /// Adds a line if it is shown to equal the last one.
    pub(super) fn push(
        &mut self,
        shown: &Expr,
        meaning: &Expr,
        rule: &str,
        line: Option<usize>,
        words: Option<Message>,
    ) -> bool {
        let Some(last) = self.links.last() else { return false };
        if last.shown == *shown {
            return true;
        }
        let Some(mut link) = linked(self.grounds, shown, meaning, rule) else { return false };
        if !self.grounds.same(&last.carried, &link.carried) {
            return false;
        }
        if rule == "sum.delta" {
            link.needs.extend(index_conditions(meaning).into_iter().filter(|c| self.grounds.why(c).is_some()));
        }
        self.links.push(Link { line, words, ..link });
        true
    }

    /// Rewrites from a scalar expression that the last line means, rule by rule, as far as it goes.
    pub(super) fn rewrite(&mut self, from: &Expr) {
        let lowered = if has_arrays(from) { scalarise(from) } else { from.clone() };
        if lowered != *from {
            self.push(&lowered, &lowered, "entries", None, None);
        }
        let mut current = lowered;
        let mut logs = true;
        for _ in 0..LINES {
            let Some((rule, next)) = stepwise::step(&current, self.grounds.givens(), logs) else { break };
            let pushed = self.push(&next, &next, rule, None, None);
            // A logarithm comes apart only where its parts are known to be positive.
            if !pushed && rule.starts_with("log.") {
                logs = false;
                continue;
            }
            current = next;
        }
        // A derivative that no rule reaches is carried out at once.
        if let Some(carried) = self.links.last().map(|l| l.carried.clone())
            && crate::verdict::derivation::derives(&current)
        {
            self.push(&carried, &carried, "derivative", None, None);
        }
    }

    /// This chain, then the other one backwards: from one side of an equation to the other. `None` if the ends don't
    /// meet.
    pub(super) fn joined(mut self, other: &Chain, rule: &str) -> Option<Vec<Link>> {
        // Where the two sides meet early, what comes after is idle.
        let meets = |a: &Link| other.links.iter().position(|b| b.shown == a.shown);
        let mut back = other.links.as_slice();
        if let Some((i, j)) = self.links.iter().enumerate().find_map(|(i, a)| Some((i, meets(a)?))) {
            self.links.truncate(i + 1);
            back = back.get(..=j)?;
        }
        let (last, end) = (self.links.last()?, back.last()?);
        if last.shown != end.shown {
            if !self.grounds.same(&last.carried, &end.carried) {
                return None;
            }
            self.links.push(Link { rule: rule.to_owned(), line: None, words: None, ..end.clone() });
        }
        for pair in back.windows(2).rev() {
            let [to, from] = pair else { continue };
            self.links.push(Link { rule: from.rule.clone(), line: from.line, words: from.words.clone(), ..to.clone() });
        }
        Some(self.links)
    }
}

/// Whether operations on arrays stand in it, beside entries of symbols.
fn has_arrays(e: &Expr) -> bool {
    e.any(&mut |x| match x.node() {
        Node::App(f, args) if f.name == fun::INDEX => {
            args.first().is_some_and(|a| !matches!(a.node(), Node::Sym(_) | Node::Bound { .. }))
        }
        Node::App(_, args) => args.iter().any(|a| !a.sort().sizes().is_empty()),
        Node::Bind { binder: Binder::Lambda, .. } | Node::Array { .. } => true,
        _ => false,
    })
}

fn linked(grounds: &Grounds, shown: &Expr, meaning: &Expr, rule: &str) -> Option<Link> {
    let needs = grounds.defined(meaning)?;
    let carried = grounds.carried_out(meaning)?;
    Some(Link { shown: shown.clone(), carried, needs, rule: rule.to_owned(), line: None, words: None })
}

/// The lines as they are printed; a line that looks like the one before is left out. `told` holds conditions that were
/// named already.
pub(super) fn printed(links: &[Link], grounds: &Grounds, told: &mut Vec<Expr>) -> Vec<Step> {
    let mut out: Vec<Step> = vec![];
    let mut before: Option<&Expr> = None;
    for link in links {
        let mut step = written(before, &link.shown);
        let new: Vec<Expr> = link.needs.iter().filter(|c| !told.contains(c)).cloned().collect();
        step.conditions = new.iter().filter_map(|c| grounds.condition(c)).collect();
        told.extend(new);
        step.rule.clone_from(&link.rule);
        step.line = link.line;
        step.words.clone_from(&link.words);
        step.sign = if before.is_some() { "=" } else { "" };
        match out.last_mut() {
            Some(last) if last.text == step.text => last.conditions.append(&mut step.conditions),
            _ => out.push(step),
        }
        before = Some(&link.shown);
    }
    out
}

/// A line with what changed since the one before.
pub(super) fn written(before: Option<&Expr>, e: &Expr) -> Step {
    let e = before.map_or_else(|| e.clone(), |b| contrast(b, e));
    let (text, tex) = (line(&e, false), line(&e, true));
    Step { text: text.text, changed: text.marks, latex: tex.text, changed_latex: tex.marks, ..Step::default() }
}
