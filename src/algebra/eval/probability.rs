//! Classification and information theory on finite distributions, in forms that do not overflow.

use super::system::System;
use super::value::{Array, nothing};

/// sₖ − s_m with m a place of the greatest value (0 exactly at m), and s_m. A difference with an entry, not with
/// `max`, so that ties do not spoil derivatives. `None` for no entries.
fn shifted<N: System>(s: &[N]) -> Option<(Vec<N>, N)> {
    let place = (0..s.len()).max_by(|i, j| {
        let value = |k: usize| s.get(k).map_or(f64::NAN, N::value);
        value(*i).total_cmp(&value(*j))
    })?;
    let top = s.get(place)?.clone();
    let differences = s.iter().enumerate().map(|(k, x)| {
        // The exact 0 only for an entry that certainly has a value.
        if k == place && !top.is_undefined().possibly() { N::zero() } else { x.clone() - top.clone() }
    });
    Some((differences.collect(), top))
}

/// The entries with `f` applied row by row for a matrix.
fn by_rows<N: System>(a: &Array<N>, f: impl Fn(&[N]) -> Vec<N>) -> Array<N> {
    match a.columns {
        None => Array { entries: f(&a.entries), ..a.clone() },
        Some(n) => Array { entries: a.entries.chunks(n.max(1)).flat_map(f).collect(), ..a.clone() },
    }
}

fn total<N: System>(entries: &[N]) -> N {
    entries.iter().fold(N::zero(), |s, x| s + x.clone())
}

/// e^{sᵢ} / Σₖ e^{sₖ}.
pub(super) fn softmax<N: System>(s: &Array<N>) -> Array<N> {
    by_rows(s, |row| match shifted(row) {
        Some((differences, _)) => {
            let weights: Vec<N> = differences.iter().map(N::exp).collect();
            let sum = total(&weights);
            weights.iter().map(|w| w.divide(&sum)).collect()
        }
        None => vec![],
    })
}

/// sᵢ − log Σₖ e^{sₖ}.
pub(super) fn log_softmax<N: System>(s: &Array<N>) -> Array<N> {
    by_rows(s, |row| match shifted(row) {
        Some((differences, _)) => {
            let weights: Vec<N> = differences.iter().map(N::exp).collect();
            let log = total(&weights).ln();
            differences.into_iter().map(|d| d - log.clone()).collect()
        }
        None => vec![],
    })
}

/// log Σₖ e^{sₖ} of a vector; undefined for no entries.
pub(super) fn logsumexp<N: System>(s: &[N]) -> N {
    match shifted(s) {
        Some((differences, top)) => {
            let weights: Vec<N> = differences.iter().map(N::exp).collect();
            top + total(&weights).ln()
        }
        None => nothing(),
    }
}

/// −Σ pₓ log qₓ over the support of p: a term with pₓ = 0 is 0 (Cover & Thomas, 2.1).
pub(super) fn cross_entropy<N: System>(p: &[N], q: &[N]) -> N {
    let terms = p.iter().zip(q).filter(|(p, _)| !p.is_zero()).map(|(p, q)| p.clone() * q.ln());
    -terms.fold(N::zero(), |s, t| s + t)
}

/// Σ pₓ log(pₓ/qₓ) over the support of p (Cover & Thomas, 2.26).
pub(super) fn kl<N: System>(p: &[N], q: &[N]) -> N {
    let terms = p.iter().zip(q).filter(|(p, _)| !p.is_zero()).map(|(p, q)| p.clone() * p.divide(q).ln());
    terms.fold(N::zero(), |s, t| s + t)
}

/// The unit vector of length n with its 1 at `place`, from 1.
pub(super) fn unit<N: System>(n: usize, place: i64) -> Vec<N> {
    (1..).zip(0..n).map(|(i, _)| if i == place { N::one() } else { N::zero() }).collect()
}
