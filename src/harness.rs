//! Notes under `cargo test`: each claim is a test with its verdict, and each file one for its findings.
//!
//! A crate with notes in `notes/` needs `harness = false` for a test of its own, and in `tests/notes.rs`:
//!
//! ```text
//! fn main() -> std::process::ExitCode {
//!     rederive::harness::Notes::new("notes").run()
//! }
//! ```
//!
//! A claim that fails prints what `rederive check` prints, with its line and the repair, if there is one.
//!
//! The names are `notes/file.md::id`, as `rederive check` gives them. Filters, `--exact` and `--list` are those of the
//! built-in harness, so that nextest runs them too: a listing only reads, and a filter checks only the files it needs.

use std::path::PathBuf;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

use crate::claim::{Kind, Statement, Verdict};
use crate::diag::Severity;
use crate::elaborate::elaborate;
use crate::message::Lang;
use crate::project::{self, Configurations};
use crate::read::read;
use crate::repair::is_due;
use crate::report::{Problem, Run, Unmet, is_expected, screens, unmet};
use crate::source::Source;
use crate::verdict::{DocumentResult, Judged, Sizes};
use crate::{Options, check};

/// Notes that are to be tested.
#[derive(Clone, Debug)]
pub struct Notes {
    paths: Vec<PathBuf>,
    strict: bool,
    least: usize,
    options: Options,
}

impl Notes {
    /// The notes at a path, seen from the package's root: a file, a folder, or a pattern (`lectures/**/*.md`).
    pub fn new(path: impl Into<PathBuf>) -> Notes {
        let options = Options { repairs: false, ..Options::default() };
        Notes { paths: vec![path.into()], strict: false, least: 1, options }
    }

    /// These notes too.
    pub fn and(mut self, path: impl Into<PathBuf>) -> Notes {
        self.paths.push(path.into());
        self
    }

    /// Also fails a claim that is not understood or that one of its checkers does not confirm, and any finding that
    /// nothing expects. Otherwise only what makes `rederive check` fail does: an unexpected refutation, an error, an
    /// expectation that is not met.
    pub fn strict(mut self) -> Notes {
        self.strict = true;
        self
    }

    /// How many points are tried for a claim, and how many instances by each checker; 64 if nothing is said.
    pub fn instances(mut self, instances: u64) -> Notes {
        self.options.instances = instances;
        self
    }

    /// Fails if fewer claims than this are found: a course that lost its formulas should not pass unseen.
    pub fn at_least(mut self, claims: usize) -> Notes {
        self.least = claims;
        self
    }

    /// Runs the tests as the arguments of the program say. Its status is 0 if all passed, 101 if one failed, 2 if the
    /// notes cannot be read.
    pub fn run(self) -> ExitCode {
        let arguments = Arguments::from_args();
        match project::sources(&self.paths, &mut Configurations::default()) {
            Ok(sources) => libtest_mimic::run(&arguments, self.trials(&arguments, sources)).exit_code(),
            Err(error) => {
                eprintln!("{error}");
                ExitCode::from(2)
            }
        }
    }

    fn trials(&self, arguments: &Arguments, sources: Vec<Source>) -> Vec<Trial> {
        let (mut trials, mut found) = (vec![], 0);
        for source in sources {
            let statements = elaborate(&read(source.clone())).statements;
            let ids: Vec<String> = statements.iter().filter(|s| is_tested(s)).map(|s| s.id.clone()).collect();
            found += ids.len();
            let path = source.path.clone();
            let title = |id: &str| format!("{path}::{id}");
            let findings = title("findings");
            let asked = |name: &String| is_asked(arguments, name);
            if !arguments.list && (asked(&findings) || ids.iter().any(|id| asked(&title(id)))) {
                let result = self.checked(source);
                let strict = self.strict;
                let told = of_findings(&result, strict);
                trials.push(Trial::test(findings, move || told.map_err(Failed::from)));
                let flawed = |j: &Judged| {
                    let at = j.statement.span;
                    j.judgement.verdict == Verdict::Unread
                        && result.expected_findings.iter().any(|(_, s)| s.overlaps(at))
                };
                for j in result.statements.iter().filter(|j| ids.contains(&j.statement.id)) {
                    // A formula that is wrong on purpose need not be understood where a finding about it is expected.
                    let said = if flawed(j) { Ok(()) } else { of_claim(&result, j, strict) };
                    let trial = Trial::test(title(&j.statement.id), move || said.map_err(Failed::from));
                    trials.push(trial.with_kind(summary(j)));
                }
            } else {
                trials.extend(ids.iter().map(|id| title(id)).chain([findings]).map(|n| Trial::test(n, || Ok(()))));
            }
        }
        let least = self.least;
        trials.push(Trial::test("notes::hold-claims", move || match found >= least {
            true => Ok(()),
            false => Err(Failed::from(format!("only {found} claims found, {least} are expected"))),
        }));
        trials
    }

    /// What is in notes; repairs are looked for only where a test is going to fail.
    fn checked(&self, source: Source) -> DocumentResult {
        let result = check(source, &self.options);
        if is_due(&result) {
            return check(result.source, &Options { repairs: true, expected: false, ..self.options });
        }
        result
    }
}

/// Whether the statement may have a verdict; a case that does not always hold turns out to have none.
fn is_tested(s: &Statement) -> bool {
    s.kind == Kind::Claim || s.expected.is_some()
}

/// Whether the filters of the command line let a test run.
fn is_asked(arguments: &Arguments, name: &String) -> bool {
    let is = |filter: &String| if arguments.exact { filter == name } else { name.contains(filter.as_str()) };
    arguments.filter.as_ref().is_none_or(is) && !arguments.skip.iter().any(is)
}

/// `proved, exact, every size; checker softmax_gradient: 4000 instances`
fn summary(judged: &Judged) -> String {
    let j = &judged.judgement;
    let mut parts = vec![j.verdict.word().to_owned()];
    parts.extend(j.engine.map(str::to_owned));
    match &j.sizes {
        Sizes::All => parts.push("every size".into()),
        Sizes::Tried(sizes) => parts.push(format!("sizes {sizes:?}")),
        Sizes::Silent => {}
    }
    parts.extend(j.checkers.iter().map(|c| format!("checker {}: {} instances", c.name, c.instances)));
    parts.join(", ")
}

fn of_claim(document: &DocumentResult, judged: &Judged, strict: bool) -> Result<(), String> {
    let (s, j) = (&judged.statement, &judged.judgement);
    if judged.is_unexpected() {
        let run = Run::new(std::slice::from_ref(document));
        let about = |p: &Problem| p.statement.as_ref() == Some(&s.id) && p.severity == Severity::Error;
        return Err(screens(&run, document, &about));
    }
    let reason = j.reason.as_ref().map(|r| r.text(Lang::En)).unwrap_or_default();
    let place = format!("{}:{}", document.source.path, document.source.file_lines(s.span).0);
    if strict && j.verdict == Verdict::Unread {
        return Err(format!("{place}: {}: not understood. {reason}", s.read));
    }
    let contradicts = j.checkers.iter().find(|c| c.verdict != Verdict::Confirmed);
    match contradicts.filter(|_| strict && s.expected.is_none()) {
        Some(c) => {
            let why = c.disagreement.as_ref().map(|m| m.text(Lang::En)).unwrap_or_default();
            Err(format!("{place}: {}: the checker {} says {}. {why}", s.read, c.name, c.verdict.word()))
        }
        None => Ok(()),
    }
}

fn of_findings(result: &DocumentResult, strict: bool) -> Result<(), String> {
    let fails = |severity: Severity| strict || severity == Severity::Error;
    let unexpected = result.findings.iter().filter(|f| fails(f.severity) && !is_expected(result, f));
    let told = unexpected.map(|f| {
        let line = result.source.file_lines(f.span).0;
        format!("line {line}: {}: {}", f.code.name, f.message.text(Lang::En))
    });
    let missing = unmet(result).into_iter().filter_map(|u| match u {
        Unmet::Finding { code, line } => Some(format!("line {line}: no finding {code}, which the notes expect")),
        Unmet::Verdict { .. } => None,
    });
    let all: Vec<String> = told.chain(missing).collect();
    if all.is_empty() { Ok(()) } else { Err(all.join("\n")) }
}
