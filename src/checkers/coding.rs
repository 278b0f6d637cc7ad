//! Huffman codes, and small numbers of information theory.

use nalgebra::DVector;
use statrs::distribution::Categorical;
use statrs::statistics::Distribution;

use super::instance::{Instance, Row, number, vector};

/// The lengths of the words of a Huffman code (Huffman, Proc. IRE 40 (1952)): the two least groups become one, and
/// each word in it one bit longer. One symbol alone needs no bit.
fn huffman(p: &DVector<f64>) -> Vec<u32> {
    let mut lengths = vec![0u32; p.len()];
    let mut groups: Vec<(f64, Vec<usize>)> = p.iter().enumerate().map(|(i, p)| (*p, vec![i])).collect();
    while groups.len() > 1 {
        groups.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (Some((a, mut members)), Some((b, others))) = (groups.pop(), groups.pop()) else { break };
        members.extend(others);
        for i in &members {
            if let Some(length) = lengths.get_mut(*i) {
                *length += 1;
            }
        }
        groups.push((a + b, members));
    }
    lengths
}

/// The mean number of bits for a symbol.
fn mean_length(p: &DVector<f64>) -> f64 {
    p.iter().zip(huffman(p)).map(|(p, length)| p * f64::from(length)).sum()
}

fn entropy(weights: &[f64]) -> f64 {
    Categorical::new(weights).ok().and_then(|c| c.entropy()).unwrap_or(f64::NAN)
}

pub(super) const HUFFMAN: Row = Row {
    name: "entropy_coding",
    about: "the mean length of a Huffman code of P in bits",
    reference: "Huffman, Proc. IRE 40 (1952); Cover & Thomas, Elements of Information Theory, 5.4 and 5.8",
    instance: |draw, n| {
        // Bits and nats are far enough apart only for many outcomes.
        let n = if n == 8 { usize::try_from(draw.integer(8, 40)).unwrap_or(n) } else { n };
        let p = draw.distribution(n);
        let length = number(mean_length(&p));
        Instance { size: Some(n), ..Instance::new(length.clone()) }
            .named(&["P", "p"], &vector(&p))
            .determined("\\ell", length)
    },
};

pub(super) const UNIFORM: Row = Row {
    name: "entropy_uniform",
    about: "the entropy of equal probabilities by the categorical distribution of statrs",
    reference: "Cover & Thomas, Elements of Information Theory, 2.6",
    instance: |_, n| {
        let classes = number(n as f64);
        Instance::new(number(entropy(&vec![1.0; n]))).named(&["C", "n", "N", "K", "q"], &classes)
    },
};

pub(super) const EXAMPLE_TOTAL: Row = Row {
    name: "distribution_example",
    about: "the sum of (0.2, 0.4, 0.1, 0.3) by nalgebra",
    reference: "Cover & Thomas, Elements of Information Theory, 2.1",
    instance: |_, _| Instance::constant(number(DVector::from_vec(vec![0.2, 0.4, 0.1, 0.3]).sum())),
};

pub(super) const EXAMPLE: Row = Row {
    name: "entropy_example",
    about: "the entropy of (0.2, 0.4, 0.1, 0.3) by the categorical distribution of statrs",
    reference: "Cover & Thomas, Elements of Information Theory, eq. 2.1",
    instance: |_, _| Instance::constant(number(entropy(&[0.2, 0.4, 0.1, 0.3]))),
};

pub(super) const CERTAIN_EXAMPLE: Row = Row {
    name: "entropy_certain_example",
    about: "the entropy of (0, 1, 0, 0) by the categorical distribution of statrs",
    reference: "Cover & Thomas, Elements of Information Theory, eq. 2.1",
    instance: |_, _| Instance::constant(number(entropy(&[0.0, 1.0, 0.0, 0.0]))),
};

pub(super) const NAT: Row = Row {
    name: "nat_in_bits",
    about: "a nat in bits, as the binary logarithm of e",
    reference: "Cover & Thomas, Elements of Information Theory, 2.1",
    instance: |_, _| Instance::constant(number(1f64.exp().log2())),
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::checkers::draw::Draw;

    proptest! {
        #[test]
        fn the_code_is_complete_and_within_a_bit_of_the_entropy(seed: u64, n in 2usize..12) {
            let p = Draw::new(seed).distribution(n);
            let kraft: f64 = huffman(&p).iter().map(|l| 0.5f64.powi(i32::try_from(*l).unwrap_or(99))).sum();
            prop_assert_eq!(kraft, 1.0);
            let bits = entropy(p.as_slice()) / 2f64.ln();
            prop_assert!(bits <= mean_length(&p) + 1e-12 && mean_length(&p) < bits + 1.0);
        }
    }

    #[test]
    fn a_dyadic_distribution_is_coded_without_loss() {
        let p = DVector::from_vec(vec![0.5, 0.125, 0.25, 0.125]);
        assert_eq!(huffman(&p), [1, 3, 2, 3]);
        assert_eq!(mean_length(&p), 1.75);
        assert_eq!(huffman(&DVector::from_vec(vec![1.0])), [0]);
    }
}
