//! Hash-consing: within a thread equal nodes are one allocation; across threads equality falls back to structure.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::sync::{Arc, Weak};

use crate::expr::{Expr, Inner, Node, Symbol, fun};

/// FNV-1a with a final mix: fixed, so that hashes are the same on every machine and run.
#[derive(Clone, Copy)]
pub(crate) struct StableHasher(u64);

impl Default for StableHasher {
    fn default() -> Self {
        StableHasher(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for StableHasher {
    fn finish(&self) -> u64 {
        let mut h = self.0;
        h ^= h >> 32;
        h = h.wrapping_mul(0xd6e8_feb8_6659_fd93);
        h ^ (h >> 32)
    }
    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = (self.0 ^ u64::from(*b)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    fn write_u64(&mut self, i: u64) {
        self.0 = (self.0.rotate_left(23) ^ i).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    fn write_usize(&mut self, i: usize) {
        self.write_u64(i as u64);
    }
    fn write_u32(&mut self, i: u32) {
        self.write_u64(u64::from(i));
    }
}

/// A map by expressions (or what holds some): they carry their hash.
pub(crate) type Memo<K, V> = HashMap<K, V, BuildHasherDefault<StableHasher>>;

/// A set of expressions, likewise.
pub(crate) type Seen<K> = HashSet<K, BuildHasherDefault<StableHasher>>;

type Table = HashMap<u64, Vec<Weak<Inner>>, BuildHasherDefault<StableHasher>>;

thread_local! {
    static TABLE: RefCell<(Table, usize)> = RefCell::new((Table::default(), 1 << 14));
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
    TABLE.with(|table| {
        let Ok(mut guard) = table.try_borrow_mut() else {
            return Expr(Arc::new(measure(node, hash)));
        };
        let (table, limit) = &mut *guard;
        if let Some(bucket) = table.get(&hash) {
            for weak in bucket {
                if let Some(inner) = weak.upgrade()
                    && inner.node == node
                {
                    return Expr(inner);
                }
            }
        }
        let inner = Arc::new(measure(node, hash));
        // The dead go first: a node that comes and goes would leave one behind each time.
        let bucket = table.entry(hash).or_default();
        bucket.retain(|w| w.strong_count() > 0);
        bucket.push(Arc::downgrade(&inner));
        if table.len() > *limit {
            table.retain(|_, bucket| {
                bucket.retain(|w| w.strong_count() > 0);
                !bucket.is_empty()
            });
            *limit = (2 * table.len()).max(1 << 14);
        }
        Expr(inner)
    })
}

fn measure(node: Node, hash: u64) -> Inner {
    let mut loose = 0u32;
    let mut levels = 0u64;
    let mut names = 0u64;
    let mut depth = 0u32;
    let mut size = 1u64;
    let mut add = |e: &Expr, under: u32| {
        loose = loose.max(e.0.loose.saturating_sub(under));
        levels |= if e.0.levels == u64::MAX { u64::MAX } else { e.0.levels >> under };
        names |= e.0.names;
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
            domain.parts().into_iter().for_each(|p| add(p, 0));
            add(body, 1);
        }
        Node::Array { entries, .. } => entries.iter().for_each(|e| add(e, 0)),
        Node::Opaque { depends, .. } => depends.iter().for_each(|e| add(e, 0)),
    }
    let sort = fun::sort_of(&node);
    Inner { node, sort, hash, loose, levels, names, depth: depth + 1, size }
}
