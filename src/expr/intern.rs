//! Hash-consing: within a thread equal nodes are one allocation; across threads equality falls back to structure.

use std::cell::RefCell;
use std::collections::HashSet;
use std::collections::hash_map::{Entry, HashMap};
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::sync::Arc;

use crate::expr::{Expr, Inner, Node, Symbol, fun};

/// A word at a time, with a final mix: fixed, so that hashes are the same on every machine and run.
#[derive(Clone, Copy)]
pub(crate) struct StableHasher(u64);

impl Default for StableHasher {
    #[inline]
    fn default() -> Self {
        StableHasher(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for StableHasher {
    #[inline]
    fn finish(&self) -> u64 {
        let mut h = self.0;
        h ^= h >> 32;
        h = h.wrapping_mul(0xd6e8_feb8_6659_fd93);
        h ^ (h >> 32)
    }
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        words.iter().for_each(|w| self.write_u64(u64::from_le_bytes(*w)));
        if !rest.is_empty() {
            let mut last = [0; 8];
            last.iter_mut().zip(rest).for_each(|(slot, b)| *slot = *b);
            self.write_u64(u64::from_le_bytes(last) ^ (rest.len() as u64) << 56);
        }
    }
    #[inline]
    fn write_u8(&mut self, i: u8) {
        self.write_u64(u64::from(i));
    }
    #[inline]
    fn write_u64(&mut self, i: u64) {
        self.0 = (self.0.rotate_left(23) ^ i).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    #[inline]
    fn write_usize(&mut self, i: usize) {
        self.write_u64(i as u64);
    }
    #[inline]
    fn write_u32(&mut self, i: u32) {
        self.write_u64(u64::from(i));
    }
}

/// A map by expressions (or what holds some): they carry their hash.
pub(crate) type Memo<K, V> = HashMap<K, V, BuildHasherDefault<StableHasher>>;

/// A set of expressions, likewise.
pub(crate) type Seen<K> = HashSet<K, BuildHasherDefault<StableHasher>>;

/// A hash that is mixed already.
#[derive(Clone, Copy, Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    #[inline]
    fn finish(&self) -> u64 {
        self.0
    }
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|b| self.write_u64(self.0.rotate_left(8) ^ u64::from(*b)));
    }
    #[inline]
    fn write_u64(&mut self, i: u64) {
        self.0 = i;
    }
}

/// Fewest expressions at which the table is looked through for those that nobody else holds.
const LEAST: usize = 1 << 14;

/// Expressions that the table has room for from the beginning.
const FIRST: usize = 1 << 12;

/// The expressions of a thread, also such as nobody holds any more: they are often wanted again.
struct Table {
    /// By hash.
    kept: HashMap<u64, Expr, BuildHasherDefault<Mixed>>,
    /// Others of the same hash, by hash: hardly ever any, but what they stand in may share a hash too.
    others: HashMap<u64, Vec<Expr>, BuildHasherDefault<Mixed>>,
    limit: usize,
}

impl Table {
    fn new() -> Table {
        // A short document makes some thousands.
        Table {
            kept: HashMap::with_capacity_and_hasher(FIRST, BuildHasherDefault::default()),
            others: HashMap::default(),
            limit: LEAST,
        }
    }

    /// The one with this node, made if there is none.
    fn one(&mut self, node: Node, hash: u64) -> Expr {
        let made = match self.kept.entry(hash) {
            Entry::Occupied(known) if *known.get().node() == node => return known.get().clone(),
            Entry::Occupied(_) => {
                let others = self.others.entry(hash).or_default();
                if let Some(known) = others.iter().find(|e| *e.node() == node) {
                    return known.clone();
                }
                let made = Expr(Arc::new(measure(node, hash)));
                others.push(made.clone());
                made
            }
            Entry::Vacant(place) => place.insert(Expr(Arc::new(measure(node, hash)))).clone(),
        };
        if self.kept.len() > self.limit {
            self.sweep();
            self.limit = (2 * self.kept.len()).max(LEAST);
        }
        made
    }

    /// Drops what nobody else holds; what only that held goes in the next round.
    fn sweep(&mut self) {
        loop {
            let before = self.kept.len();
            self.kept.retain(|_, kept| Arc::strong_count(&kept.0) > 1);
            self.others.retain(|_, others| {
                others.retain(|kept| Arc::strong_count(&kept.0) > 1);
                !others.is_empty()
            });
            // Also where nothing is left, or so little that its sixteenth is none.
            if self.kept.len() + before / 16 >= before {
                return;
            }
        }
    }
}

thread_local! {
    static TABLE: RefCell<Table> = RefCell::new(Table::new());
}

/// The bit of a symbol's name in the Bloom filter of free names.
pub(crate) fn name_bit(symbol: &Symbol) -> u64 {
    let mut h = StableHasher::default();
    symbol.name.hash(&mut h);
    1 << (h.finish() & 63)
}

/// The one expression with this node.
pub(crate) fn intern(node: Node) -> Expr {
    let mut hasher = StableHasher::default();
    node.hash(&mut hasher);
    let hash = hasher.finish();
    TABLE.with(|table| match table.try_borrow_mut() {
        Ok(mut table) => table.one(node, hash),
        Err(_) => Expr(Arc::new(measure(node, hash))),
    })
}

fn measure(node: Node, hash: u64) -> Inner {
    let mut loose = 0u32;
    let mut levels = 0u64;
    let mut names = 0u64;
    let mut opaque = matches!(node, Node::Opaque { .. });
    let mut depth = 0u32;
    let mut size = 1u64;
    let mut add = |e: &Expr, under: u32| {
        loose = loose.max(e.0.loose.saturating_sub(under));
        levels |= if e.0.levels == u64::MAX { u64::MAX } else { e.0.levels >> under };
        names |= e.0.names;
        opaque |= e.0.opaque;
        depth = depth.max(e.0.depth);
        size = size.saturating_add(e.0.size);
    };
    match &node {
        Node::Num(_) => {}
        Node::Sym(s) => names |= name_bit(s),
        Node::Bound { index, .. } => {
            loose = index + 1;
            levels = if *index < 63 { 1 << index } else { u64::MAX };
        }
        Node::App(_, args) => args.iter().for_each(|a| add(a, 0)),
        Node::Call(f, args) => {
            args.iter().for_each(|a| add(a, 0));
            names |= name_bit(f);
        }
        Node::Bind { domain, body, .. } => {
            domain.each_part(&mut |p| add(p, 0));
            add(body, 1);
        }
        Node::Array { entries, .. } => entries.iter().for_each(|e| add(e, 0)),
        Node::Opaque { depends, .. } => depends.iter().for_each(|e| add(e, 0)),
    }
    let sort = fun::sort_of(&node);
    Inner { node, sort, hash, loose, levels, names, opaque, depth: depth + 1, size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_of_one_hash_are_told_apart() {
        let mut table = Table::new();
        let mut made = |i: i64| table.one(Node::Num(crate::num::Rational::from(i)), 7);
        let all: Vec<Expr> = (0..3).map(&mut made).collect();
        assert!((0..3).map(&mut made).zip(&all).all(|(again, first)| again.is(first)));
    }

    #[test]
    fn a_sweep_ends_however_little_is_left() {
        for n in [0, 1, 15, 16, 40] {
            let mut table = Table::new();
            let mut made = |i: i64| table.one(Node::Num(crate::num::Rational::from(i)), i.unsigned_abs());
            let held: Vec<Expr> = (0..n).map(&mut made).collect();
            (n..2 * n).for_each(|i| drop(made(i)));
            table.sweep();
            assert_eq!(table.kept.len(), held.len());
        }
    }
}
