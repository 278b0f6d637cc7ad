//! The command `rederive`: reads the command line, calls the library, prints, and says how it went by its exit status.

mod arguments;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use rederive::message::Message;
use rederive::mutate::{self, Rates};
use rederive::project::command_line::{self, Outcome, Premises};
use rederive::project::{self, DEFAULT_FOLDER, ProjectError};
use rederive::report::mutation::{self, Planting};
use rederive::report::{self, Fix, NoResult, Previous, RenderError, Run};
use rederive::source::Source;
use rederive::study::{self, Reply};
use rederive::verdict::DocumentResult;
use rederive::{Options, check, check_again};

use arguments::{Answer, Arguments, Check, Command, Common, Explain, List, Mutate, Paths, Prove, Report};

/// What ends the program with status 2.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Project(#[from] ProjectError),
    #[error("internal error: {0}; please report it")]
    Render(#[from] RenderError),
    #[error("cannot write to the standard output: {0}")]
    Output(#[from] io::Error),
    #[error("there is no folder `{DEFAULT_FOLDER}` here; name the notes: rederive check PATH…")]
    NoNotes,
    #[error("no statement and no finding is called `{0}`; `rederive check --format json` lists all ids")]
    Unknown(String),
    #[error("--fix writes into files; the standard input is none")]
    NoFile,
    #[error("--fix asks on the terminal, and there is none; `--fix --yes` does not ask")]
    NobodyToAsk,
    #[error("no planted error is called `{0}`; `rederive mutate --verbose` names them")]
    UnknownError(String),
    #[error("not understood: {0}")]
    Unread(String),
    #[error("{path}: {reason}")]
    NoResult { path: String, reason: NoResult },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let common = &arguments.common;
    let done = match arguments.command.unwrap_or(Command::Report(Report::default())) {
        Command::Check(command) => run_check(common, &command),
        Command::Report(command) => run_report(common, &command),
        Command::Explain(command) => run_explain(common, &command),
        Command::Answer(command) => run_answer(common, &command),
        Command::Prove(command) => run_prove(common, &command),
        Command::Mutate(command) => run_mutate(common, &command),
        Command::List(command) => run_list(&command),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(failure) => {
            eprintln!("rederive: {failure}");
            ExitCode::from(2)
        }
    }
}

fn run_check(common: &Common, command: &Check) -> Result<bool, Failure> {
    let (documents, seconds) = checked(common, &command.paths, false)?;
    let colour = command.output_file.is_none() && coloured();
    let run =
        Run { seconds, lang: common.lang, colour, width: width(), verbose: command.verbose, ..Run::new(&documents) };
    if let Some(format) = report::format(&command.format) {
        let text = (format.render)(&run)?;
        match &command.output_file {
            Some(path) => project::write(path, &text)?,
            None => print(&text)?,
        }
    }
    if command.statistics {
        eprint!("{}", report::statistics(&run));
    }
    let clean = run.is_clean();
    Ok(if command.fix { apply_fixes(common, command, &documents)? || clean } else { clean })
}

/// Writes the fixes that are wanted into the notes; whether the notes with them are as expected.
fn apply_fixes(common: &Common, command: &Check, documents: &[DocumentResult]) -> Result<bool, Failure> {
    let mut applied = 0;
    for document in documents {
        let fixes = report::fixes(document, common.lang);
        if fixes.is_empty() {
            continue;
        }
        if document.source.path == "-" {
            return Err(Failure::NoFile);
        }
        if !command.yes && !io::stdin().is_terminal() {
            return Err(Failure::NobodyToAsk);
        }
        let mut wanted = vec![];
        for fix in fixes {
            if command.yes || asked(&document.source, &fix, common)? {
                wanted.push((fix.span, fix.replacement));
            }
        }
        let made = project::fix(&document.source, &wanted)?;
        if made < wanted.len() {
            let skipped = Message::new("fix-skipped").with("count", wanted.len() - made);
            eprintln!("{}", skipped.with("path", &document.source.path).text(common.lang));
        }
        if made > 0 {
            let path = &document.source.path;
            eprintln!("{}", Message::new("fix-written").with("count", made).with("path", path).text(common.lang));
        }
        applied += made;
    }
    if applied == 0 {
        return Ok(false);
    }
    let (documents, _) = checked(common, &command.paths, false)?;
    Ok(Run::new(&documents).is_clean())
}

/// Shows a fix and asks whether it is wanted.
fn asked(source: &Source, fix: &Fix, common: &Common) -> Result<bool, Failure> {
    let shown = report::as_shown(source, fix);
    eprint!("{}\n{shown}{} ", fix.title, Message::new("fix-ask").text(common.lang));
    io::stderr().flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn run_report(common: &Common, command: &Report) -> Result<bool, Failure> {
    let (documents, seconds) = checked(common, &command.paths, true)?;
    let pictures = project::pictures(documents.iter().map(|d| &d.source));
    let previous = command.compare.as_deref().map(previous).transpose()?;
    let plain = Run::new(&documents);
    let run = Run {
        pictures: &pictures,
        seconds,
        lang: common.lang,
        colour: coloured(),
        width: width(),
        seed: common.seed,
        student: command.audience == "student",
        previous: previous.as_ref(),
        ..plain
    };
    let artifacts = report::report(&run)?;
    project::write_all(&command.output, artifacts.iter().map(|a| (a.name.as_str(), a.content.as_str())))?;
    let mut text = report::format("full").map(|f| (f.render)(&run)).transpose()?.unwrap_or_default();
    let index = command.output.join("index.html");
    text.push_str(&Message::new("report-written-to").with("path", index.display()).text(common.lang));
    text.push('\n');
    print(&text)?;
    Ok(run.is_clean())
}

fn run_explain(common: &Common, command: &Explain) -> Result<bool, Failure> {
    if let Some(text) = report::explain_code(&command.name, common.lang) {
        print(&text)?;
        return Ok(true);
    }
    let (documents, seconds) = checked(common, &command.paths, true)?;
    let run = Run { seconds, lang: common.lang, ..Run::new(&documents) };
    let text = report::explain(&run, &command.name);
    print(&text.ok_or_else(|| Failure::Unknown(command.name.clone()))?)?;
    Ok(true)
}

fn run_answer(common: &Common, command: &Answer) -> Result<bool, Failure> {
    let (documents, _) = checked(common, &command.paths, false)?;
    let (path, id) = command.id.split_once("::").map_or((None, command.id.as_str()), |(p, id)| (Some(p), id));
    let has = |d: &&DocumentResult| {
        path.is_none_or(|p| p == d.source.path) && d.statements.iter().any(|j| j.statement.id == id)
    };
    let document = documents.iter().find(has).ok_or_else(|| Failure::Unknown(command.id.clone()))?;
    let answer = study::answered(document, id, &command.line).map_err(|m| Failure::Unread(m.text(common.lang)))?;
    let options = Options { seed: common.seed, lang: common.lang, ..Options::default() };
    let result = check_again(answer.source.clone(), &options, Some(document));
    let (reply, mut lines) = study::reply(document, &answer, &result, common.lang);
    if command.solution {
        let solution = Message::new("answer-solution").with("latex", &answer.exercise.hidden);
        lines.push(solution.text(common.lang));
    }
    print(&report::terminal_lines(&lines))?;
    Ok(reply == Reply::Right)
}

/// The result of an earlier run.
fn previous(path: &Path) -> Result<Previous, Failure> {
    let text = project::text(path)?;
    Previous::read(&text).map_err(|reason| Failure::NoResult { path: path.display().to_string(), reason })
}

fn run_prove(common: &Common, command: &Prove) -> Result<bool, Failure> {
    let premises = Premises {
        lets: command.lets.clone(),
        definitions: command.definitions.clone(),
        assumptions: command.assumptions.clone(),
    };
    let mut source = project::with_macros(vec![command_line::notes(&command.claim, &premises)?], &common.macros)?;
    let Some(source) = source.pop() else { return Err(Failure::Unread(command.claim.clone())) };
    let start = Instant::now();
    let options = Options { seed: common.seed, lang: common.lang, derivations: true, ..Options::default() };
    let documents = [check(source, &options)];
    let run = Run { seconds: start.elapsed().as_secs_f64(), lang: common.lang, ..Run::new(&documents) };
    let outcome = command_line::outcome(&documents);
    let text = match report::format(&command.format).filter(|f| f.name != "full") {
        Some(format) => (format.render)(&run)?,
        None => report::explain(&run, command_line::ID).unwrap_or_default(),
    };
    print(&text)?;
    match outcome {
        Outcome::Proved => Ok(true),
        Outcome::Open => Ok(false),
        Outcome::Unread(why) => {
            Err(Failure::Unread(why.map_or_else(|| command.claim.clone(), |w| w.text(common.lang))))
        }
    }
}

fn run_mutate(common: &Common, command: &Mutate) -> Result<bool, Failure> {
    let (documents, _) = checked(common, &command.paths, false)?;
    if let Some(key) = &command.only {
        let mutant = mutate::named(&documents, key).ok_or_else(|| Failure::UnknownError(key.clone()))?;
        print(&documents.get(mutant.document).map(|d| mutant.planted(&d.source).text).unwrap_or_default())?;
        return Ok(true);
    }
    let mutants = mutate::drawn(&documents, command.per_kind, common.seed);
    let options = Options { seed: common.seed, lang: common.lang, ..Options::default() };
    let mut progress = Progress { start: Instant::now(), total: mutants.len(), shown: false };
    let mut rates = Rates::new(&documents);
    for (i, mutant) in mutants.iter().enumerate() {
        progress.show(i);
        if let Some(original) = documents.get(mutant.document) {
            let result = check_again(mutant.planted(&original.source), &options, Some(original));
            rates.add(original, mutant, &result);
        }
    }
    progress.clear();
    let planting = Planting { documents: &documents, rates: &rates, lang: common.lang, verbose: command.verbose };
    if let Some(path) = &command.html {
        project::write(path, &mutation::html(&planting)?)?;
    }
    print(&if command.format == "json" { mutation::json(&planting) } else { mutation::text(&planting) })?;
    Ok(rates.survivors().next().is_none() && rates.false_alarms == 0)
}

fn run_list(command: &List) -> Result<bool, Failure> {
    let Some(section) = report::section(&command.table, None) else {
        return Err(Failure::Unknown(command.table.clone()));
    };
    print(&if command.format == "json" { section.json() } else { section.text() })?;
    Ok(true)
}

/// The notes at the paths with all judgements, and how long that took in seconds.
fn checked(common: &Common, paths: &Paths, derivations: bool) -> Result<(Vec<DocumentResult>, f64), Failure> {
    let start = Instant::now();
    let default = [PathBuf::from(DEFAULT_FOLDER)];
    let paths = match paths.paths.as_slice() {
        [] if !default.iter().all(|p| p.exists()) => return Err(Failure::NoNotes),
        [] => &default,
        paths => paths,
    };
    let options = Options { seed: common.seed, lang: common.lang, derivations, ..Options::default() };
    let sources = project::with_macros(project::sources(paths)?, &common.macros)?;
    let mut progress = Progress { start, total: sources.len(), shown: false };
    let mut documents = Vec::with_capacity(sources.len());
    for (i, source) in sources.into_iter().enumerate() {
        progress.show(i);
        documents.push(check(source, &options));
    }
    progress.clear();
    Ok((documents, start.elapsed().as_secs_f64()))
}

/// A line on the standard error, only on a terminal and only for what takes longer than half a second.
struct Progress {
    start: Instant,
    total: usize,
    shown: bool,
}

impl Progress {
    fn show(&mut self, done: usize) {
        if self.start.elapsed() > Duration::from_millis(500) && io::stderr().is_terminal() {
            eprint!("\r{done}/{}", self.total);
            self.shown = true;
        }
    }

    fn clear(&self) {
        if self.shown {
            eprint!("\r\u{1b}[K");
        }
    }
}

fn coloured() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    io::stdout().is_terminal() && !set("NO_COLOR") && !dumb
}

fn width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|c| *c >= 40).unwrap_or(140)
}

/// Prints; a reader that has gone away (`| head`) is no error.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Output(e)),
        _ => Ok(()),
    }
}
