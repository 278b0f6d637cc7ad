//! The corpus as tests: each claim of `tests/corpus/**/*.md` is a line, named `tests/corpus/topic/file.md::id`.
//!
//! Every claim says what is expected of it (`<!-- rederive expect: proved -->` under it, or `next: expect …` above).
//! An unmet expectation fails; so do a claim without one and a finding, other than a note, that nothing expects.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use libtest_mimic::{Arguments, Failed, Trial};
use rederive::claim::Kind;
use rederive::diag::Severity;
use rederive::elaborate::elaborate;
use rederive::message::Lang;
use rederive::read::read;
use rederive::report::{Unmet, is_expected, unmet};
use rederive::source::Source;
use rederive::verdict::{DocumentResult, Judged};
use rederive::{Options, check};

/// Claims that do not reach their verdict yet: they are listed as ignored (see tests/material.rs).
const MISSING: &str = include_str!("missing.txt");

/// A file of the corpus; it is checked once, by the first of its tests that runs.
struct File {
    name: String,
    text: String,
    result: OnceLock<DocumentResult>,
}

impl File {
    fn source(&self) -> Source {
        Source::new(self.name.clone(), self.text.clone())
    }

    fn result(&self) -> &DocumentResult {
        self.result.get_or_init(|| check(self.source(), &Options::default()))
    }
}

fn main() {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut trials = vec![];
    for path in notes(&root.join("tests/corpus")) {
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{name}: {e}"));
        for text in documents(&name, text) {
            trials.extend(tests(Arc::new(File { name: name.clone(), text, result: OnceLock::new() })));
        }
    }
    // A corpus that is not found holds nothing.
    let found = trials.len();
    trials.push(Trial::test("tests/corpus::is-found", move || {
        if found > 10 { Ok(()) } else { Err(Failed::from(format!("only {found} claims found"))) }
    }));
    libtest_mimic::run(&arguments, trials).exit();
}

/// The documents of a file. Twins are false on purpose, and a false line makes its neighbours doubtful: each of them
/// (a display under `next: … claim`) is judged in a document without the others.
fn documents(name: &str, text: String) -> Vec<String> {
    if !name.contains("/twins/") {
        return vec![text];
    }
    let lines: Vec<&str> = text.lines().collect();
    let is_twin = |line: &str| line.starts_with("<!-- rederive next:") && line.contains("; claim;");
    let twins: Vec<std::ops::RangeInclusive<usize>> = (0..lines.len())
        .filter(|i| is_twin(lines[*i]))
        .filter_map(|i| {
            let mut fences = (i + 1..lines.len()).filter(|k| lines[*k].trim() == "$$");
            fences.next().and(fences.next()).map(|end| i..=end)
        })
        .collect();
    let without = |own: &std::ops::RangeInclusive<usize>| {
        let hidden = |i: usize| !own.contains(&i) && twins.iter().any(|t| t.contains(&i));
        // Blank lines keep the numbers of the others.
        lines.iter().enumerate().map(|(i, l)| if hidden(i) { "\n".into() } else { format!("{l}\n") }).collect()
    };
    twins.iter().map(without).collect()
}

/// The Markdown files below a folder, in order.
fn notes(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|e| e.path()).collect();
    paths.sort();
    let below = |p: PathBuf| if p.is_dir() { notes(&p) } else { vec![p] };
    paths.into_iter().flat_map(below).filter(|p| p.extension().is_some_and(|e| e == "md")).collect()
}

/// A test for each claim and each expectation of a file, and one for its findings.
fn tests(file: Arc<File>) -> Vec<Trial> {
    let elaborated = elaborate(&read(file.source()));
    let mut trials = vec![];
    for (at, s) in elaborated.statements.iter().enumerate() {
        if s.kind == Kind::Claim || s.expected.is_some() {
            let (title, file) = (format!("{}::{}", file.name, s.id), Arc::clone(&file));
            let missing = MISSING.lines().any(|l| l == title);
            trials.push(Trial::test(title, move || claim(&file, at)).with_ignored_flag(missing));
        }
    }
    if trials.is_empty() {
        let title = format!("{}::no-claim", file.name);
        return vec![Trial::test(title, || Err(Failed::from("a document without a claim that expects something")))];
    }
    let alone = trials.len() == 1;
    let title = match elaborated.statements.iter().find(|s| alone && s.expected.is_some()) {
        Some(s) => format!("{}::{}::findings", file.name, s.id),
        None => format!("{}::findings", file.name),
    };
    trials.push(Trial::test(title, move || findings(&file)));
    trials
}

/// Statement `at` has the expected verdict; a claim expects one, or its formula expects a finding.
fn claim(file: &File, at: usize) -> Result<(), Failed> {
    let result = file.result();
    let judged = result.statements.get(at).ok_or("no such statement")?;
    let (s, j) = (&judged.statement, &judged.judgement);
    let reason = j.reason.as_ref().map(|r| r.text(Lang::En)).unwrap_or_default();
    let told = format!("line {}: {}: {}. {reason}", result.source.line(s.span.start), s.read, j.verdict.word());
    match &s.expected {
        Some(e) if e.verdict == j.verdict => Ok(()),
        Some(e) => Err(Failed::from(format!("{told} (expected {})", e.verdict.word()))),
        None if s.kind == Kind::Claim && !expects_finding(result, judged) => {
            Err(Failed::from(format!("{told} (nothing is expected)")))
        }
        None => Ok(()),
    }
}

/// Whether a finding is expected of the statement's formula.
fn expects_finding(result: &DocumentResult, judged: &Judged) -> bool {
    result.expected_findings.iter().any(|(_, formula)| formula.overlaps(judged.statement.span))
}

/// All expected findings are there, and no others but notes.
fn findings(file: &File) -> Result<(), Failed> {
    let result = file.result();
    let missing = unmet(result).into_iter().filter_map(|u| match u {
        Unmet::Finding { code, line } => Some(format!("line {line}: no finding {code}")),
        Unmet::Verdict { .. } => None,
    });
    let unexpected =
        result.findings.iter().filter(|f| f.severity != Severity::Note && !is_expected(result, f)).map(|f| {
            format!("line {}: {}: {}", result.source.line(f.span.start), f.code.name, f.message.text(Lang::En))
        });
    let told: Vec<String> = missing.chain(unexpected).collect();
    if told.is_empty() { Ok(()) } else { Err(Failed::from(told.join("\n"))) }
}
