//! Notes that went through a shredder: whatever stands in them, reading, judging, repairing and every report end without
//! a panic. `ROUNDS=100000 SEED=7 cargo test --release --test garbled` goes on for longer.

mod draws;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use draws::Draw;
use rederive::source::Source;
use rederive::{Options, check, report};

/// Rounds of a usual run.
const ROUNDS: u64 = 60;

/// Longest notes that are garbled, in bytes.
const LONGEST: usize = 1_500;

/// What is put in.
const SCRAPS: &[&str] = &[
    "$",
    "$$",
    "\\",
    "{",
    "}",
    "^",
    "_",
    "&",
    "\\\\",
    "#",
    "|",
    "\n",
    "\n\n",
    "\r",
    "\t",
    "\u{0}",
    "\u{feff}",
    "가",
    "𝐱",
    "é",
    "\\frac",
    "\\frac{",
    "\\sum_{i=1}^n ",
    "\\int_0^1 ",
    "\\left(",
    "\\right)",
    "\\begin{aligned}",
    "\\end{aligned}",
    "\\begin{cases}",
    "\\end{cases}",
    "\\mathbf{x}",
    "\\log",
    "e^{",
    "\\max_{x}",
    "\\nabla",
    "\\partial",
    "'",
    "!",
    "=",
    "\\leq",
    "\\Rightarrow",
    "\\in",
    "\\mathbb{R}^n",
    "\\forall",
    "\\lim_{x \\to 0}",
    "\\det",
    "^{-1}",
    "^\\top",
    "0",
    "-1",
    "10^{10}",
    "0.5",
    "\\infty",
    "<!-- rederive let: ",
    "<!-- rederive next: ",
    "<!-- rederive expect: refuted -->",
    "-->",
    "; ",
    "# ",
    "> ",
    "- ",
    "1. ",
    "```",
    "~~~",
    "<b>",
    "&amp;",
    "[",
    "](",
    "\\newcommand{\\a}[1]{#1#1}",
    "\\a",
    "\\def\\b",
    "for all $x$",
    "assume ",
    "where ",
    "\\text{if }",
    "\\pm",
    "\\ldots",
    "\\cdots",
    "\\operatorname{softmax}",
    "\\mid",
];

/// A place between characters.
fn place(draw: &mut Draw, text: &str) -> usize {
    text.floor_char_boundary(draw.below(text.len() + 1))
}

/// Every note below a folder.
fn notes(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            notes(&path, found);
        } else if path.extension().is_some_and(|e| ["md", "tex", "rst", "qmd", "ipynb"].iter().any(|x| e == *x)) {
            found.push(path);
        }
    }
}

/// A stretch of a text, with edits at random places.
fn garbled(draw: &mut Draw, texts: &[(String, String)]) -> (String, String) {
    let (name, text) = &texts[draw.below(texts.len())];
    let from = place(draw, text);
    let to = text.floor_char_boundary((from + LONGEST).min(text.len()));
    let mut out = text[from..to].to_owned();
    for _ in 0..1 + draw.below(8) {
        let at = place(draw, &out);
        let end = out.floor_char_boundary((at + 1 + draw.below(12)).min(out.len())).max(at);
        match draw.below(5) {
            0 => out.replace_range(at..end, ""),
            1 => out.insert_str(at, SCRAPS[draw.below(SCRAPS.len())]),
            2 => out.replace_range(at..end, SCRAPS[draw.below(SCRAPS.len())]),
            3 => {
                let again = out[at..end].repeat(1 + draw.below(6));
                out.insert_str(at, &again);
            }
            _ => {
                let other = &texts[draw.below(texts.len())].1;
                let start = place(draw, other);
                let stop = other.floor_char_boundary((start + draw.below(60)).min(other.len())).max(start);
                out.insert_str(at, &other[start..stop]);
            }
        }
    }
    (name.clone(), out)
}

#[test]
fn whatever_stands_in_notes_nothing_panics() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = vec![];
    ["notes", "tests/corpus", "tests/formats"].iter().for_each(|f| notes(&root.join(f), &mut paths));
    let named = |p: &PathBuf| {
        let extension = p.extension().unwrap_or_default().to_string_lossy();
        Some((format!("garbled.{extension}"), std::fs::read_to_string(p).ok()?))
    };
    let texts: Vec<(String, String)> = paths.iter().filter_map(named).collect();
    assert!(texts.len() > 50, "{}", texts.len());
    let set = |name: &str, usual: u64| std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(usual);
    let mut draw = Draw(set("SEED", 1));
    for round in 0..set("ROUNDS", ROUNDS) {
        let (name, text) = garbled(&mut draw, &texts);
        let source = Source::new(name, text.clone());
        let run = catch_unwind(AssertUnwindSafe(|| {
            let derivations = round % 4 == 0;
            let result = check(source, &Options { instances: 4, derivations, ..Options::default() });
            for format in report::FORMATS {
                let run = report::Run::new(std::slice::from_ref(&result));
                assert!((format.render)(&run).is_ok(), "no {}", format.name);
            }
        }));
        assert!(run.is_ok(), "round {round}:\n{text}");
    }
}
