//! Matrices of blocks in lines whose entries are no numbers: transposes, products and sums are carried out block by block, so
//! that what is left to compare are blocks at the same places.
//!
//! Block multiplication holds for every partition that conforms (Golub & Van Loan, Matrix Computations, §1.3); where one does
//! not, the shapes of the products of blocks do not fit, and the line stays unread.

use crate::expr::{Expr, Node, fun};

/// Most blocks of what comes out.
const MOST: usize = 64;

/// Blocks row by row.
struct Blocks {
    rows: usize,
    columns: usize,
    entries: Vec<Expr>,
}

impl Blocks {
    fn of(e: &Expr) -> Option<Blocks> {
        let Node::Array { rows, columns, entries } = e.node() else { return None };
        Some(Blocks { rows: *rows, columns: columns.unwrap_or(1), entries: entries.clone() })
    }

    fn written(self) -> Expr {
        match (self.rows, self.columns, self.entries.as_slice()) {
            (1, 1, [only]) => only.clone(),
            (_, 1, _) => Expr::vector(self.entries),
            (rows, columns, _) => Expr::matrix(rows, columns, self.entries),
        }
    }

    fn at(&self, i: usize, j: usize) -> Option<Expr> {
        self.entries.get(i * self.columns + j).cloned()
    }

    /// The block at each place.
    fn from(rows: usize, columns: usize, entry: impl Fn(usize, usize) -> Option<Expr>) -> Option<Blocks> {
        if rows * columns > MOST {
            return None;
        }
        let entries = (0..rows).flat_map(|i| (0..columns).map(move |j| (i, j)));
        let entries: Option<Vec<Expr>> = entries.map(|(i, j)| entry(i, j)).collect();
        Some(Blocks { rows, columns, entries: entries? })
    }

    fn transposed(&self) -> Option<Blocks> {
        Blocks::from(self.columns, self.rows, |i, j| self.at(j, i).map(|e| transposed(&e)))
    }

    fn times(&self, other: &Blocks) -> Option<Blocks> {
        if self.columns != other.rows {
            return None;
        }
        Blocks::from(self.rows, other.columns, |i, j| {
            let terms: Option<Vec<Expr>> =
                (0..self.columns).map(|k| Some(product(vec![self.at(i, k)?, other.at(k, j)?]))).collect();
            Some(sum(terms?))
        })
    }

    /// Every block multiplied.
    fn scaled(&self, by: impl Fn(Expr) -> Expr) -> Option<Blocks> {
        Blocks::from(self.rows, self.columns, |i, j| self.at(i, j).map(&by))
    }
}

fn transposed(e: &Expr) -> Expr {
    match e.as_app("transpose") {
        Some([inner]) => inner.clone(),
        _ if e.as_num().is_some() => e.clone(),
        _ => Expr::apply("transpose", vec![e.clone()]),
    }
}

fn product(factors: Vec<Expr>) -> Expr {
    let flat: Vec<Expr> =
        factors.iter().flat_map(|f| f.as_app(fun::MUL).map_or(vec![f.clone()], <[Expr]>::to_vec)).collect();
    if flat.iter().any(|f| f.as_int() == Some(0)) {
        return Expr::int(0);
    }
    let mut flat: Vec<Expr> = flat.into_iter().filter(|f| f.as_int() != Some(1)).collect();
    match flat.len() {
        0 => Expr::int(1),
        1 => flat.swap_remove(0),
        _ => Expr::apply(fun::MUL, flat),
    }
}

fn sum(terms: Vec<Expr>) -> Expr {
    let mut left: Vec<Expr> = terms.iter().filter(|t| t.as_int() != Some(0)).cloned().collect();
    match left.len() {
        0 => Expr::int(0),
        1 => left.swap_remove(0),
        _ => Expr::apply(fun::ADD, left),
    }
}

/// An expression with the operations on matrices of blocks carried out; `None` where there are none.
pub(super) fn carried_out(x: &Expr) -> Option<Expr> {
    if let Some([inner]) = x.as_app("transpose") {
        return Some(Blocks::of(inner)?.transposed()?.written());
    }
    if let Some(terms) = x.as_app(fun::ADD) {
        let all: Option<Vec<Blocks>> = terms.iter().map(Blocks::of).collect();
        let all = all?;
        let first = all.first()?;
        let alike = all.iter().all(|b| (b.rows, b.columns) == (first.rows, first.columns));
        let added = |i, j| all.iter().map(|b| b.at(i, j)).collect::<Option<Vec<Expr>>>().map(sum);
        return alike.then(|| Blocks::from(first.rows, first.columns, added))?.map(Blocks::written);
    }
    let factors = x.as_app(fun::MUL)?;
    let mut left: Vec<Expr> = vec![];
    for factor in factors {
        let mut factor = factor.clone();
        while let Some(joined) = left.last().and_then(|before| multiplied(before, &factor)) {
            left.pop();
            factor = joined;
        }
        left.push(factor);
    }
    (left.len() < factors.len()).then(|| product(left))
}

/// The product of two factors one of which is a matrix of blocks: of two that conform; of one block row with what stands
/// before it, of one block column with what stands behind it; of any with a number.
fn multiplied(a: &Expr, b: &Expr) -> Option<Expr> {
    let blocks = match (Blocks::of(a), Blocks::of(b)) {
        (Some(x), Some(y)) => x.times(&y),
        (None, Some(y)) if y.rows == 1 || a.as_num().is_some() => y.scaled(|e| product(vec![a.clone(), e])),
        (Some(x), None) if x.columns == 1 || b.as_num().is_some() => x.scaled(|e| product(vec![e, b.clone()])),
        _ => None,
    };
    blocks.map(Blocks::written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::{Sort, Symbol};

    fn symbol(name: &str) -> Expr {
        Expr::sym(Symbol::new(name, Sort::Unknown))
    }

    #[test]
    fn products_keep_the_order_of_their_blocks() {
        let [a, b, m] = ["A", "B", "M"].map(symbol);
        let row = Expr::matrix(1, 2, vec![a.clone(), b.clone()]);
        let column = Expr::vector(vec![a.clone(), b.clone()]);
        let times = |x: &[&Expr]| carried_out(&Expr::apply(fun::MUL, x.iter().map(|e| (*e).clone()).collect()));
        let of = |x: &Expr, y: &Expr| Expr::apply(fun::MUL, vec![x.clone(), y.clone()]);
        assert_eq!(times(&[&row, &column]), Some(Expr::apply(fun::ADD, vec![of(&a, &a), of(&b, &b)])));
        assert_eq!(times(&[&m, &row]), Some(Expr::matrix(1, 2, vec![of(&m, &a), of(&m, &b)])));
        assert_eq!(times(&[&column, &m]), Some(Expr::vector(vec![of(&a, &m), of(&b, &m)])));
        assert_eq!(times(&[&m, &column]), None, "M has to be parted first");
        assert_eq!(times(&[&row, &m]), None);
        let outer = times(&[&column, &row]);
        assert_eq!(outer, Some(Expr::matrix(2, 2, vec![of(&a, &a), of(&a, &b), of(&b, &a), of(&b, &b)])));
    }

    #[test]
    fn a_transpose_is_one_of_each_block() {
        let [a, b] = ["A", "B"].map(symbol);
        let turned = |e: &Expr| Expr::apply("transpose", vec![e.clone()]);
        let row = Expr::matrix(1, 2, vec![a.clone(), turned(&b)]);
        assert_eq!(carried_out(&turned(&row)), Some(Expr::vector(vec![turned(&a), b])));
    }
}
