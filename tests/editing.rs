//! Notes that are edited and checked again with what is known of them: the same bytes as if they were checked for the
//! first time, and only what changed is judged.

mod draws;

use std::fs;
use std::sync::atomic::AtomicU64;

use draws::Draw;
use rederive::repair::Wanted;
use rederive::report::{Run, format};
use rederive::source::Source;
use rederive::verdict::{DocumentResult, Memory};
use rederive::{Options, check, check_recalling, check_while_wanted};

const OPTIONS: Options = Options {
    seed: 0,
    instances: 8,
    lang: rederive::message::Lang::En,
    derivations: true,
    repairs: false,
    expected: false,
    assumptions: true,
};

/// One of these.
fn one<T: Copy>(draw: &mut Draw, of: &[T]) -> Option<T> {
    of.get(draw.below(of.len())).copied()
}

/// The text with a word exchanged for another, at one of its places.
fn exchanged(text: &str, draws: &mut Draw, pairs: &[(&str, &str)]) -> String {
    let places: Vec<(usize, &str, &str)> =
        pairs.iter().flat_map(|(old, new)| text.match_indices(old).map(move |(at, _)| (at, *old, *new))).collect();
    match one(draws, &places) {
        Some((at, old, new)) => format!("{}{new}{}", &text[..at], &text[at + old.len()..]),
        None => text.to_owned(),
    }
}

/// The text without one of the lines that say such a thing.
fn without_line(text: &str, draws: &mut Draw, wanted: impl Fn(&str) -> bool) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let places: Vec<usize> = (0..lines.len()).filter(|i| wanted(lines[*i])).collect();
    let gone = one(draws, &places);
    lines.iter().enumerate().filter(|(i, _)| Some(*i) != gone).map(|(_, l)| *l).collect()
}

/// Kinds of edits, with what they may change.
type Kind = (&'static str, fn(&str, &mut Draw) -> String);

const KINDS: &[Kind] = &[
    ("sign", |t, d| exchanged(t, d, &[(" + ", " - "), (" - ", " + ")])),
    ("definition", |t, d| {
        exchanged(t, d, &[("\\frac{1}", "\\frac{2}"), ("e^{", "e^{-"), ("\\log", "\\exp"), (":= ", ":= 2 ")])
    }),
    ("declaration", |t, d| without_line(t, d, |l| l.contains("rederive let") || l.contains("rederive next"))),
    ("line", |t, d| without_line(t, d, |l| l.trim_end().ends_with("\\\\"))),
    ("paragraph", |t, d| {
        let at = exchanged(t, d, &[("\n\n", "\n\nA sentence that says nothing.\nAnd one more.\n\n")]);
        exchanged(&at, d, &[("\n\n", "\n\n\n")])
    }),
    ("index", |t, d| exchanged(t, d, &[("_i", "_j"), ("_k", "_i"), ("_1", "_2"), ("^2", "^3")])),
    ("word", |t, d| exchanged(t, d, &[("all", "some"), ("real", "positive"), ("is", "is not"), ("let", "assume")])),
];

fn bytes(result: DocumentResult) -> [String; 2] {
    let documents = [result];
    ["json", "full"].map(|name| (format(name).unwrap().render)(&Run::new(&documents)).unwrap())
}

fn notes() -> Vec<(String, String)> {
    let mut all: Vec<_> = fs::read_dir("notes").unwrap().map(|e| e.unwrap().path()).collect();
    all.sort();
    let notes = all.into_iter().filter(|p| p.extension().is_some_and(|e| e == "md"));
    notes.map(|p| (p.display().to_string(), fs::read_to_string(&p).unwrap())).collect()
}

#[test]
fn an_edit_gives_the_same_bytes_as_a_first_check() {
    let mut draws = Draw(7);
    let (mut recalled, mut anew, mut changed) = (0, 0, 0);
    for (path, text) in notes() {
        let memory = Memory::default();
        let source = |text: &str| Source::new(path.clone(), text);
        let before = bytes(check_recalling(source(&text), &OPTIONS, &memory));
        let mut now = text.clone();
        let first = draws.below(KINDS.len());
        // Two edits on top of each other, a third alone, and back.
        for (step, at) in [first, first + 2, first + 4, first].into_iter().enumerate() {
            let (kind, edit) = KINDS[at % KINDS.len()];
            now = match step {
                2 => edit(&text, &mut draws),
                3 => text.clone(),
                _ => edit(&now, &mut draws),
            };
            let (known, judged) = memory.counts();
            let warm = bytes(check_recalling(source(&now), &OPTIONS, &memory));
            let (after, judged_after) = memory.counts();
            (recalled, anew) = (recalled + after - known, anew + judged_after - judged);
            if step == 3 {
                assert!(warm == before, "{path}: back to where it was");
                assert_eq!(judged_after, judged, "{path}: what was undone is judged again");
            } else {
                let cold = bytes(check(source(&now), &OPTIONS));
                changed += usize::from(cold != before);
                assert!(warm == cold, "{path}: edit {step} ({kind}) differs:\n{}", differing(&warm[0], &cold[0]));
            }
        }
    }
    assert!(recalled > 10 * anew && anew > 15 && changed > 15, "{recalled} recalled, {anew} anew, {changed} changed");
}

fn differing(a: &str, b: &str) -> String {
    let pair = a.lines().zip(b.lines()).find(|(a, b)| a != b);
    pair.map_or_else(String::new, |(a, b)| format!("{a}\n{b}"))
}

#[test]
fn repairs_are_the_same_too() {
    let options = Options { repairs: true, expected: true, derivations: false, ..OPTIONS };
    let memory = Memory::default();
    let of = |right: &str| {
        let claim = "For all real $x$ and $y$\n\n$$ (x + y)^2 = RIGHT $$\n\n$$ (x - y)(x + y) = x^2 - y^2 $$\n";
        Source::new("notes.md", claim.replace("RIGHT", right))
    };
    for (right, repaired) in [("x^2 + 2xy + y^2", false), ("x^2 + 3xy + y^2", true), ("x^2 + 2xy - y^2", true)] {
        let warm = bytes(check_recalling(of(right), &options, &memory));
        assert_eq!(warm, bytes(check(of(right), &options)));
        assert_eq!(warm[1].contains("help:"), repaired, "{}", warm[1]);
    }
    let (recalled, anew) = memory.counts();
    assert!(recalled >= 2 && anew >= 4, "{recalled} {anew}");
}

#[test]
fn repairs_that_nobody_wants_any_more_are_not_searched() {
    let options = Options { repairs: true, ..OPTIONS };
    let source = || Source::new("notes.md", "For all real $x$ and $y$\n\n$$ (x + y)^2 = x^2 + 3xy + y^2 $$\n");
    let (memory, now) = (Memory::default(), AtomicU64::new(7));
    let checked = |version| check_while_wanted(source(), &options, &memory, Wanted { now: &now, version });
    assert_eq!(bytes(checked(7)), bytes(check(source(), &options)), "it is still wanted");
    let suggestions = |r: &DocumentResult| r.statements.iter().filter(|j| j.judgement.suggestion.is_some()).count();
    assert_eq!((suggestions(&checked(7)), suggestions(&checked(6))), (1, 0));
}

#[test]
fn lines_that_move_are_told_where_they_are_now() {
    let memory = Memory::default();
    let text = "Let $a > 0$ be real.\n\nLet $b = 2 a$.\n\n$$ b + a = 4 a $$\n";
    for before in ["", "# Title\n\n", "one\n\ntwo\n\nthree\n\n"] {
        let source = || Source::new("notes.md", format!("{before}{text}"));
        let warm = check_recalling(source(), &OPTIONS, &memory);
        let at = before.matches('\n').count() + 3;
        let used = warm.statements.iter().flat_map(|j| &j.judgement.used).filter_map(|g| g.line).max();
        assert_eq!(used, Some(at), "{before:?}");
        assert_eq!(bytes(warm), bytes(check(source(), &OPTIONS)));
    }
    assert!(memory.counts().0 >= 2);
}

#[test]
fn another_seed_or_number_of_instances_is_another_question() {
    let memory = Memory::default();
    let source = || Source::new("notes.md", "For all real $x$: $$ (x + 1)^2 = x^2 + 2 x + 1 $$");
    check_recalling(source(), &OPTIONS, &memory);
    let (recalled, anew) = memory.counts();
    check_recalling(source(), &Options { seed: 1, ..OPTIONS }, &memory);
    check_recalling(source(), &Options { instances: 9, ..OPTIONS }, &memory);
    assert_eq!(memory.counts(), (recalled, 3 * anew));
}
