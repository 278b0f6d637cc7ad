//! A short run of the fuzz targets with the toolchain at hand: the inputs that once ended badly (`tests/fuzzed/TARGET-*`),
//! and seeds of the corpora with random changes, the same ones in every run. `ROUNDS=100` goes on a hundred times as
//! long; `fuzz/run` looks for new ones with libFuzzer, which learns from what is covered.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

#[allow(dead_code)]
#[path = "../fuzz/corpus.rs"]
mod corpus;
#[allow(dead_code)]
#[path = "../fuzz/src/lib.rs"]
mod targets;

mod draws;

use draws::Draw;
use targets::TARGETS;

/// What dictionaries of libFuzzer hold: a word in quotes on each line.
const WORDS: &str = include_str!("../fuzz/notes.dict");

/// Inputs for each target: about three seconds each where the compiler hardly optimises.
const ROUNDS: [(&str, usize); 5] =
    [("read", 1_500), ("directives", 500), ("elaborate", 400), ("check", 100), ("sinks", 12)];

/// Longest input.
const LONGEST: usize = 2_048;

/// The bytes of a word of the dictionary; `\xNN` stands for one.
fn word(escaped: &str) -> Option<Vec<u8>> {
    let mut parts = escaped.split("\\x");
    let mut out = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        out.push(u8::from_str_radix(digits, 16).ok()?);
        out.extend(rest.bytes());
    }
    Some(out)
}

/// A seed with some changes: bytes, words of the dictionary, stretches left out, said again, or of another seed.
fn changed(draw: &mut Draw, seeds: &[Vec<u8>], words: &[Vec<u8>]) -> Vec<u8> {
    let mut out = seeds[draw.below(seeds.len())].clone();
    for _ in 0..1 + draw.below(6) {
        let from = draw.below(out.len() + 1);
        let to = (from + draw.below(20)).min(out.len());
        match draw.below(6) {
            0 if from < out.len() => out[from] ^= 1 << draw.below(8),
            1 => drop(out.splice(from..to, [])),
            2 => drop(out.splice(from..from, words[draw.below(words.len())].iter().copied())),
            3 => drop(out.splice(from..to, words[draw.below(words.len())].iter().copied())),
            4 => {
                let again = out[from..to].repeat(1 + draw.below(4));
                out.splice(from..from, again);
            }
            _ => {
                let other = &seeds[draw.below(seeds.len())];
                let start = draw.below(other.len());
                let end = (start + draw.below(200)).min(other.len());
                out.splice(from..to, other[start..end].iter().copied());
            }
        }
    }
    out.truncate(LONGEST);
    out
}

fn fuzz(name: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = TARGETS.iter().find(|(n, _)| *n == name).expect("a target").1;
    let ends_well = |input: &[u8], what: &str| {
        let end = catch_unwind(AssertUnwindSafe(|| run(input)));
        assert!(end.is_ok(), "{name}: {what}: {:?}", String::from_utf8_lossy(input));
    };
    let mut kept: Vec<_> = std::fs::read_dir(root.join("tests/fuzzed")).expect("a folder").flatten().collect();
    kept.sort_by_key(std::fs::DirEntry::path);
    let own = |e: &&std::fs::DirEntry| e.file_name().to_string_lossy().starts_with(name);
    let kept: Vec<Vec<u8>> = kept.iter().filter(own).map(|e| std::fs::read(e.path()).expect("a file")).collect();
    kept.iter().for_each(|input| ends_well(input, "an input that is kept"));
    let (notes, annotations) = corpus::seeds(root).expect("the notes of the tests");
    let seeds = if name == "directives" { annotations } else { notes };
    let words: Vec<Vec<u8>> =
        WORDS.lines().filter_map(|l| l.strip_prefix('"')?.strip_suffix('"')).filter_map(word).collect();
    assert!(seeds.len() > 100 && words.len() > 20, "{} seeds, {} words", seeds.len(), words.len());
    let times: usize = std::env::var("ROUNDS").ok().and_then(|v| v.parse().ok()).unwrap_or(1);
    let rounds = times * ROUNDS.iter().find(|(n, _)| *n == name).expect("a target").1;
    let mut draw = Draw(17);
    for round in 0..rounds {
        ends_well(&changed(&mut draw, &seeds, &words), &format!("round {round}"));
    }
    println!("{name}: {} inputs that are kept, {rounds} rounds", kept.len());
}

#[test]
fn reading_ends_well() {
    fuzz("read");
}

#[test]
fn annotations_end_well() {
    fuzz("directives");
}

#[test]
fn elaboration_ends_well() {
    fuzz("elaborate");
}

#[test]
fn checking_ends_well() {
    fuzz("check");
}

#[test]
fn every_report_ends_well() {
    fuzz("sinks");
}
