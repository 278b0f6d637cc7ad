//! Notes may come from anyone: whatever they hold, a check ends soon, in little memory, on a small stack, and says why
//! it settled nothing.

mod cases;

use std::alloc::System;
use std::thread;
use std::time::{Duration, Instant};

use cap::Cap;
use rederive::claim::Verdict;
use rederive::source::Source;
use rederive::verdict::DocumentResult;
use rederive::{Options, check, report};

use cases::{Case, DOCUMENTS, FORMULAS};

#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

/// The stack that is enough.
const STACK: usize = 2 << 20;

/// What a check may take at most at a time, in bytes.
const LARGEST: usize = 500 << 20;

/// How long a check may take, in time of the processor: a second where the compiler optimises, more where it does not
/// (what is not bounded takes hours).
const LONGEST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 16 } else { 1 });

/// Cases that take up to three times as long.
const LONG: [&str; 4] =
    ["sums with a sum as their end", "unknown symbols in a product", "unknown symbols", "maximum of many"];

/// The time that this process has taken of all processors; where the system does not say, the time on the clock.
fn processor_time(start: Instant) -> Duration {
    // The second word is the name in brackets; user and system time are the words 14 and 15, in hundredths.
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let words: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks = |at: usize| words.get(at).and_then(|w| w.parse::<u64>().ok());
    match (ticks(11), ticks(12)) {
        (Some(user), Some(system)) => Duration::from_millis(10 * (user + system)),
        _ => start.elapsed(),
    }
}

/// Checks the notes on a small stack and prints them in all formats that people and machines read.
fn checked(name: &'static str, text: String) -> DocumentResult {
    let work = move || {
        let result = check(Source::new("hostile.md", text), &Options { derivations: true, ..Options::default() });
        for format in report::FORMATS {
            let run = report::Run::new(std::slice::from_ref(&result));
            assert!((format.render)(&run).is_ok(), "{name}: no {}", format.name);
        }
        result
    };
    let thread = thread::Builder::new().name(name.to_owned()).stack_size(STACK).spawn(work);
    thread.expect("a thread").join().unwrap_or_else(|_| panic!("{name}: a panic"))
}

/// What is wrong with how a case ends.
fn complaints((name, text): &Case) -> Vec<String> {
    let text = text();
    let before = MEMORY.allocated();
    MEMORY.set_limit(before + LARGEST).expect("a limit");
    let start = Instant::now();
    let before_it = processor_time(start);
    let result = checked(name, text);
    let took = processor_time(start).saturating_sub(before_it);
    MEMORY.set_limit(usize::MAX).expect("no limit");
    let settled = result.statements.iter().all(|s| {
        let j = &s.judgement;
        !matches!(j.verdict, Verdict::Undecided | Verdict::Unread) || j.reason.is_some()
    });
    println!(
        "{:8.3} s  {name}: {} statements, {} findings",
        took.as_secs_f64(),
        result.statements.len(),
        result.findings.len()
    );
    let mut out = vec![];
    if took > LONGEST * if LONG.contains(name) { 3 } else { 1 } {
        out.push(format!("{name}: took {:.1} s", took.as_secs_f64()));
    }
    if !settled {
        out.push(format!("{name}: a verdict without a reason"));
    }
    out
}

#[test]
fn whatever_notes_hold_a_check_ends() {
    // One case alone: `ONLY="brackets" cargo test --test limits`.
    let only = std::env::var("ONLY").ok();
    let wanted = |name: &str| only.as_ref().is_none_or(|o| name == o);
    let cases = FORMULAS.iter().chain(DOCUMENTS).filter(|(name, _)| wanted(name));
    let complaints: Vec<String> = cases.flat_map(complaints).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
