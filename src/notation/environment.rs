//! Matrices, cases, and the conditions that stand beside values and formulas.

use crate::expr::{Binder, Expr, Node, Sort, Symbol};
use crate::notation::reader::{Reader, char_of, parts, significant};
use crate::notation::set::{as_integer, is_dots};
use crate::notation::symbol::base_name;
use crate::notation::tex::{Row, Tex, TexKind};

impl Reader<'_> {
    /// Matrices, cases, arrays.
    pub(super) fn environment(&mut self, name: &str, rows: &[Row], node: &Tex) -> Expr {
        match name {
            "matrix" | "pmatrix" | "bmatrix" | "Bmatrix" | "vmatrix" | "Vmatrix" | "smallmatrix" | "array" => {
                let rows = super::table::rows(rows);
                let rows: Vec<&Row> = rows.iter().collect();
                let width = rows.first().map_or(0, |r| r.cells.len());
                if let [Row { cells, .. }] = rows.as_slice()
                    && let [cell] = cells.as_slice()
                    && let list = significant(cell)
                    && parts(&list).len() > 1
                {
                    return self.tuple(&parts(&list), node);
                }
                if width == 0 || rows.iter().any(|r| r.cells.len() != width) || rows.len() * width > 4096 {
                    return self.unknown(node);
                }
                let dotted = rows.iter().flat_map(|r| &r.cells).any(|c| significant(c).iter().any(is_dots));
                if dotted {
                    let listed = if name == "array"
                        || name.ends_with("bmatrix")
                        || name.ends_with("pmatrix")
                        || name == "matrix"
                    {
                        self.dotted_list(&rows)
                    } else {
                        None
                    };
                    return listed.unwrap_or_else(|| self.dotted_matrix(&rows));
                }
                let mut entries = vec![];
                for cell in rows.iter().flat_map(|r| &r.cells) {
                    let list = significant(cell);
                    entries.push(self.expression(&list));
                }
                let e = if width == 1 { Expr::vector(entries) } else { Expr::matrix(rows.len(), width, entries) };
                match name {
                    "vmatrix" => Expr::apply("det", vec![e]),
                    "Vmatrix" => Expr::apply("norm", vec![e]),
                    _ => e,
                }
            }
            "cases" | "dcases" | "rcases" => self.cases(rows, node),
            "aligned" | "split" | "gathered" if rows.len() == 1 => {
                let cells: Vec<Tex> = rows.iter().flat_map(|r| r.cells.iter().flatten().cloned()).collect();
                self.expression(&cells)
            }
            _ => self.unknown(node),
        }
    }

    /// A column or a row whose entries run through one pattern, as `x_1`, dots, `x_n`: the array of them.
    fn dotted_list(&mut self, rows: &[&Row]) -> Option<Expr> {
        let cells: Vec<Vec<Tex>> = rows.iter().flat_map(|r| &r.cells).map(|c| significant(c)).collect();
        let one_row = rows.len() == 1;
        if !one_row && rows.iter().any(|r| r.cells.len() != 1) {
            return None;
        }
        let dots = |c: &Vec<Tex>| c.iter().all(is_dots);
        let at = cells.iter().position(dots)?;
        if cells.iter().filter(|c| dots(c)).count() != 1 || cells.iter().any(Vec::is_empty) {
            return None;
        }
        let problems = self.problems.len();
        let parts: Vec<Expr> = cells.iter().filter(|c| !dots(c)).map(|c| self.expression(c)).collect();
        let list = self.with_dots(&parts, at, Binder::Lambda);
        if !matches!(list.node(), Node::Bind { .. }) || self.problems.len() > problems {
            self.problems.truncate(problems);
            return None;
        }
        Some(if one_row { Expr::apply("transpose", vec![list]) } else { of_rows(list) })
    }

    pub(super) fn cases(&mut self, rows: &[Row], node: &Tex) -> Expr {
        let mut args = vec![];
        let mut otherwise = None;
        for row in rows.iter().filter(|r| r.cells.iter().any(|c| !significant(c).is_empty())) {
            let all: Vec<Tex> = row.cells.iter().flatten().cloned().collect();
            let empty = row.cells.iter().take_while(|c| significant(c).is_empty()).count();
            let row = Row { cells: row.cells.get(empty..).unwrap_or(&[]).to_vec(), span: row.span };
            // The condition is the second cell, or what follows a word such as `if`, `when`.
            let (value, condition) = match row.cells.as_slice() {
                [value, condition, ..] if !significant(condition).is_empty() => (value.clone(), condition.clone()),
                _ => match all.iter().position(|n| matches!(n.kind, TexKind::Text(_))) {
                    Some(at) => (all.get(..at).unwrap_or(&[]).to_vec(), all.get(at..).unwrap_or(&[]).to_vec()),
                    None => return self.unknown(node),
                },
            };
            let words: String = condition
                .iter()
                .filter_map(|n| if let TexKind::Text(t) = &n.kind { Some(t.as_str()) } else { None })
                .collect();
            let value: Vec<Tex> = value.into_iter().filter(|n| !matches!(n.kind, TexKind::Char(','))).collect();
            let value = self.expression(&value);
            let rest: Vec<Tex> = condition.iter().filter(|n| !matches!(n.kind, TexKind::Text(_))).cloned().collect();
            if words.to_lowercase().contains("otherwise")
                || words.to_lowercase().contains("else")
                || ["그 외", "그 밖", "아니면", "나머지"].iter().any(|w| words.contains(w))
            {
                otherwise = Some(value);
                continue;
            }
            let problems = self.problems.len();
            match self.truth(&rest).filter(|_| self.problems.len() == problems) {
                Some(condition) => args.extend([condition, value]),
                // A condition in words: whatever it says, it is one.
                None => {
                    self.problems.truncate(problems);
                    let said = self.words_of(&condition);
                    let words: Vec<&Tex> = condition.iter().collect();
                    let open = self.fixed(&format!("[{said}]"), vec![], &words);
                    args.extend([Expr::relate("ne", open, Expr::int(0)), value]);
                }
            }
        }
        args.extend(otherwise);
        if args.len() < 2 { self.unknown(node) } else { Expr::apply("cases", args) }
    }

    /// A relation, or a chain of them, as a truth value.
    pub(crate) fn truth(&mut self, nodes: &[Tex]) -> Option<Expr> {
        let stripped: Vec<Tex> = match significant(nodes).as_slice() {
            // `(t_n = 1)`
            [first, middle @ .., last] if char_of(first) == Some('(') && matches!(last.kind, TexKind::Char(')')) => {
                middle.to_vec()
            }
            [Tex { kind: TexKind::Fenced { body, .. }, .. }] => body.clone(),
            list => list.to_vec(),
        };
        let lines = super::line::lines(&stripped);
        let [line] = lines.as_slice() else { return None };
        let is_set =
            |i: usize| i.checked_sub(1).and_then(|k| line.signs.get(k)).is_some_and(|p| p.sign.name == "member");
        let read = |(i, s): (usize, &Vec<Tex>)| if is_set(i) { self.set(s) } else { self.expression(s) };
        let sides: Vec<Expr> = line.sides.iter().enumerate().map(read).collect();
        let mut facts = vec![];
        for (pair, placed) in sides.windows(2).zip(&line.signs) {
            let [left, right] = pair else { return None };
            if placed.sign.name.is_empty() {
                return None;
            }
            facts.push(Expr::relate(placed.sign.name, left.clone(), right.clone()));
        }
        match facts.len() {
            0 => None,
            1 => facts.pop(),
            _ => Some(Expr::apply("and", facts)),
        }
    }

    /// A condition behind a formula: `\forall i`, `\text{if } x > 0`, `i = 1, \dots, n`; `None` if not understood.
    pub fn condition(&mut self, nodes: &[Tex]) -> Option<Expr> {
        let kept: Vec<Tex> = nodes
            .iter()
            .filter(|n| match &n.kind {
                TexKind::Text(t) => !matches!(
                    t.trim().trim_end_matches(':'),
                    "for"
                        | "for all"
                        | "for every"
                        | "where"
                        | "if"
                        | "when"
                        | "with"
                        | "for any"
                        | "모든"
                        | "임의의"
                        | "에 대해"
                        | "에 대하여"
                        | "단"
                        | "여기서"
                        | "일 때"
                        | "이면"
                        | "인 경우"
                ),
                TexKind::Command(c) => c != "forall",
                _ => true,
            })
            .cloned()
            .collect();
        let list: Vec<Tex> = significant(&kept).into_iter().filter(|n| !matches!(n.kind, TexKind::Char(','))).collect();
        // A bare name (`\forall i`) states nothing but that it is universal.
        if let [one] = list.as_slice()
            && base_name(one).is_some()
        {
            return Some(Expr::apply("true", vec![]));
        }
        // `i = 1, \dots, n`
        let pieces = parts(&kept);
        if let [first, dots, last] = pieces.as_slice()
            && matches!(significant(dots).as_slice(), [one] if is_dots(one))
        {
            let at = first.iter().position(|n| matches!(n.kind, TexKind::Char('=')))?;
            let name = base_name(significant(first.get(..at)?).first()?)?;
            let variable = Expr::sym(Symbol::new(&name, Sort::Integer));
            let low = self.expression(first.get(at + 1..)?);
            let high = as_integer(&self.expression(last));
            return Some(Expr::relate("member", variable, Expr::relate("range_set", low, high)));
        }
        let plain: Vec<Tex> = kept.into_iter().filter(|n| !matches!(n.kind, TexKind::Char(','))).collect();
        self.truth(&plain)
    }
}

/// A column of rows `x_i^T` is the array of the `x_i`.
fn of_rows(list: Expr) -> Expr {
    let Node::Bind { binder, domain, body } = list.node() else { return list };
    match body.as_app("transpose") {
        Some([row]) => Expr::bind(*binder, domain.clone(), row.clone()),
        _ => list,
    }
}
