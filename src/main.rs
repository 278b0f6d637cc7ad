//! The command `rederive`: reads the command line, calls the library, prints, and says how it went by its exit status.

mod arguments;
mod serving;
mod session;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{CommandFactory, Parser};
use mimalloc::MiMalloc;
use rederive::message::{Lang, Message};
use rederive::mutate::{self, Rates};
use rederive::project::command_line::{self, Outcome, Premises};
use rederive::project::{self, Baseline, CONFIG_FILE, Gate};
use rederive::report::mutation::{self, Planting};
use rederive::report::{self, Edition, Fix, Previous, Run};
use rederive::serve::mdbook;
use rederive::source::Source;
use rederive::study::{self, Reply};
use rederive::verdict::{DocumentResult, Memory};
use rederive::{check, check_again, side_by_side};

use arguments::{Answer, Arguments, Check, Command, Common, Config, Explain, List, Mdbook, Mutate, Prove, Report};
use serving::{run_lsp, run_watch};
use session::{Failure, Need, Progress, Session};

/// Symbolic work is mostly small allocations: a fifth of the time with the system's allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

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
        Command::List(command) => run_list(common, &command),
        Command::Config(command) => run_config(common, &command),
        Command::Init => run_init(common),
        Command::Mdbook(command) => run_mdbook(common, &command),
        Command::Watch(command) => run_watch(common, &command),
        Command::Lsp => run_lsp(common),
        Command::Completions { shell } => run_completions(shell),
        Command::Man => run_man(),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(failure) => {
            eprintln!("rederive: {}", report::harmless(&failure.message().text(session::lang(common))));
            ExitCode::from(2)
        }
    }
}

fn run_check(common: &Common, command: &Check) -> Result<bool, Failure> {
    let mut session = Session::new(common, &command.paths.paths)?;
    let lang = session.lang;
    let changed_since = command.changed_since.as_deref();
    let format = report::format(&command.format);
    let only_unexpected = format.is_some_and(|f| !f.expected);
    let need = Need { changed_since, evidence: command.show_inferred, only_unexpected, ..Need::default() };
    let (mut documents, seconds) = session.checked(need)?;
    let baseline = command.baseline.clone().or_else(|| session.configuration.baseline());
    if let Some(path) = &command.write_baseline {
        return write_baseline(path, &documents, lang);
    }
    if let Some(path) = &baseline {
        accept(path, &mut documents, lang)?;
    }
    let gate = gate(&session, command);
    let colour = command.output_file.is_none() && coloured();
    let run = Run { seconds, lang, colour, width: width(), verbose: command.verbose, ..Run::new(&documents) };
    if let Some(format) = format {
        let text = (format.render)(&run)?;
        match &command.output_file {
            Some(path) => project::write(path, &text)?,
            None => print(&text)?,
        }
    }
    if command.show_inferred {
        eprint!("{}", report::inferred(&run));
    }
    if command.statistics {
        eprint!("{}", report::statistics(&run));
    }
    let clean = passes(&gate, &documents, lang);
    if !command.fix || !apply_fixes(lang, command, &documents)? {
        return Ok(clean);
    }
    let (mut documents, _) = session.checked(need)?;
    if let Some(path) = &baseline {
        accept(path, &mut documents, lang)?;
    }
    Ok(passes(&gate, &documents, lang))
}

/// The demands of the command line and the configuration.
fn gate(session: &Session, command: &Check) -> Gate {
    let mut gate = Gate::default();
    let said = session.configuration.fail_on().map(<[String]>::to_vec);
    if let Some(words) = Some(command.fail_on.clone()).filter(|w| !w.is_empty()).or(said) {
        gate.fail_on = words;
    }
    gate.min_coverage = command.min_coverage.or(session.configuration.min_coverage()).unwrap_or(gate.min_coverage);
    gate
}

/// Whether the demands are met; what was demanded beside the default is said on the standard error if it is not.
fn passes(gate: &Gate, documents: &[DocumentResult], lang: Lang) -> bool {
    let failures = gate.failures(documents);
    if !Run::new(documents).is_clean() {
        return failures.is_empty();
    }
    failures.iter().for_each(|f| eprintln!("rederive: {}", f.text(lang)));
    failures.is_empty()
}

/// Marks what a baseline accepts as expected, and says what in it no longer occurs.
fn accept(path: &Path, documents: &mut [DocumentResult], lang: Lang) -> Result<(), Failure> {
    let baseline = Baseline::read(path)?;
    for stale in baseline.accept(documents, path) {
        let message = Message::new("baseline-stale").with("path", &stale.path).with("code", &stale.code);
        let message = message.with("formula", &stale.formula).with("baseline", path.display());
        eprintln!("{}", report::harmless(&message.text(lang)));
    }
    Ok(())
}

fn write_baseline(path: &Path, documents: &[DocumentResult], lang: Lang) -> Result<bool, Failure> {
    let before = if path.exists() { Baseline::read(path)? } else { Baseline::default() };
    let baseline = Baseline::of(documents, path, &before);
    project::write(path, &baseline.text())?;
    let message = Message::new("baseline-written").with("count", baseline.accepted.len());
    eprintln!("{}", message.with("path", path.display()).text(lang));
    Ok(true)
}

fn run_config(common: &Common, command: &Config) -> Result<bool, Failure> {
    if command.schema {
        print(&project::schema())?;
    } else {
        print(&Session::new(common, &command.path.iter().cloned().collect::<Vec<_>>())?.configuration.show())?;
    }
    Ok(true)
}

fn run_mdbook(common: &Common, command: &Mdbook) -> Result<bool, Failure> {
    if command.question.is_some() {
        return Ok(true);
    }
    let input = io::read_to_string(io::stdin().lock()).map_err(Failure::Input)?;
    let session = Session::new(common, &[])?;
    let (book, documents) = mdbook::book(&input, &session.options(false))?;
    if let Some(format) = report::format("concise") {
        let run = Run { lang: session.lang, ..Run::new(&documents) };
        eprint!("{}", (format.render)(&run)?);
    }
    print(&book)?;
    Ok(true)
}

fn run_completions(shell: clap_complete::Shell) -> Result<bool, Failure> {
    let mut text = vec![];
    clap_complete::generate(shell, &mut Arguments::command(), env!("CARGO_PKG_NAME"), &mut text);
    print(&String::from_utf8_lossy(&text))?;
    Ok(true)
}

fn run_man() -> Result<bool, Failure> {
    let mut text = vec![];
    clap_mangen::Man::new(Arguments::command()).render(&mut text)?;
    print(&String::from_utf8_lossy(&text))?;
    Ok(true)
}

fn run_init(common: &Common) -> Result<bool, Failure> {
    let path = PathBuf::from(CONFIG_FILE);
    if path.exists() {
        return Err(Failure::Exists(path));
    }
    project::write(&path, &project::starter(session::lang(common)))?;
    let message = Message::new("init-written").with("path", path.display());
    eprintln!("{}", message.text(session::lang(common)));
    Ok(true)
}

/// Writes the fixes that are wanted into the notes; whether there were any.
fn apply_fixes(lang: Lang, command: &Check, documents: &[DocumentResult]) -> Result<bool, Failure> {
    let mut applied = 0;
    for document in documents {
        let fixes = report::fixes(document, lang);
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
            if command.yes || asked(&document.source, &fix, lang)? {
                wanted.push((fix.span, fix.replacement));
            }
        }
        let made = project::fix(&document.source, &wanted)?;
        if made < wanted.len() {
            let skipped = Message::new("fix-skipped").with("count", wanted.len() - made);
            eprintln!("{}", skipped.with("path", &document.source.path).text(lang));
        }
        if made > 0 {
            let path = &document.source.path;
            eprintln!("{}", Message::new("fix-written").with("count", made).with("path", path).text(lang));
        }
        applied += made;
    }
    Ok(applied > 0)
}

/// Shows a fix and asks whether it is wanted.
fn asked(source: &Source, fix: &Fix, lang: Lang) -> Result<bool, Failure> {
    let shown = report::as_shown(source, fix);
    eprint!("{}\n{shown}{} ", fix.title, Message::new("fix-ask").text(lang));
    io::stderr().flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn run_report(common: &Common, command: &Report) -> Result<bool, Failure> {
    let mut session = Session::new(common, &command.paths.paths)?;
    let memory = Memory::default();
    let need = Need { derivations: true, evidence: true, memory: Some(&memory), ..Need::default() };
    let previous = command.compare.as_deref().map(previous).transpose()?;
    let mut editions = vec![(session.lang, String::new(), session.checked(need)?)];
    for (lang, paths) in session.translations()? {
        editions.push((lang, format!("{}/", lang.tag()), Session::new(common, &paths)?.checked(need)?));
    }
    let (mut text, mut clean) = (String::new(), true);
    for (lang, folder, (documents, seconds)) in &editions {
        let others = editions.iter().filter(|(_, other, _)| other != folder).map(|(lang, other, (documents, _))| {
            let root = if folder.is_empty() { other.clone() } else { format!("../{other}") };
            Edition::new(*lang, &root, documents)
        });
        let run = Run {
            pictures: &project::pictures(documents.iter().map(|d| &d.source)),
            seconds: *seconds,
            lang: *lang,
            colour: coloured(),
            width: width(),
            seed: session.seed,
            student: command.audience == "student",
            previous: previous.as_ref().filter(|_| folder.is_empty()),
            editions: &others.collect::<Vec<_>>(),
            ..Run::new(documents)
        };
        let output = command.output.join(folder);
        let artifacts = report::report(&run)?;
        project::write_all(&output, artifacts.iter().map(|a| (a.name.as_str(), a.content.as_str())))?;
        text.push_str(&report::format("full").map(|f| (f.render)(&run)).transpose()?.unwrap_or_default());
        let index = Message::new("report-written-to").with("path", output.join("index.html").display());
        text.push_str(&format!("{}\n", index.text(*lang)));
        clean &= run.is_clean();
    }
    print(&text)?;
    Ok(clean)
}

fn run_explain(common: &Common, command: &Explain) -> Result<bool, Failure> {
    let mut session = Session::new(common, &command.paths.paths)?;
    let lang = session.lang;
    if let Some(text) = report::explain_code(&command.name, lang) {
        print(&text)?;
        return Ok(true);
    }
    let (documents, seconds) = session.checked(Need { derivations: true, ..Need::default() })?;
    let run = Run { seconds, lang, ..Run::new(&documents) };
    let text = report::explain(&run, &command.name);
    print(&text.ok_or_else(|| Failure::Unknown(command.name.clone()))?)?;
    Ok(true)
}

fn run_answer(common: &Common, command: &Answer) -> Result<bool, Failure> {
    let mut session = Session::new(common, &command.paths.paths)?;
    let lang = session.lang;
    let (documents, _) = session.checked(Need { evidence: true, ..Need::default() })?;
    let (path, id) = command.id.split_once("::").map_or((None, command.id.as_str()), |(p, id)| (Some(p), id));
    let has = |d: &&DocumentResult| {
        path.is_none_or(|p| p == d.source.path) && d.statements.iter().any(|j| j.statement.id == id)
    };
    let document = documents.iter().find(has).ok_or_else(|| Failure::Unknown(command.id.clone()))?;
    let answer = study::answered(document, id, &command.line).map_err(|m| Failure::Unread(m.text(lang)))?;
    let options = session.options(false);
    let result = check_again(answer.source.clone(), &options, Some(document));
    let (reply, mut lines) = study::reply(document, &answer, &result, lang);
    if command.solution {
        let solution = Message::new("answer-solution").with("latex", &answer.exercise.hidden);
        lines.push(solution.text(lang));
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
    let mut session = Session::new(common, &[])?;
    let lang = session.lang;
    let mut source = session.configured(vec![command_line::notes(&command.claim, &premises)?])?;
    let Some(source) = source.pop() else { return Err(Failure::Unread(command.claim.clone())) };
    let start = Instant::now();
    let documents = [check(source, &session.options(true))];
    let run = Run { seconds: start.elapsed().as_secs_f64(), lang, ..Run::new(&documents) };
    let outcome = command_line::outcome(&documents);
    let text = match report::format(&command.format).filter(|f| f.name != "full") {
        Some(format) => (format.render)(&run)?,
        None => report::explain(&run, command_line::ID).unwrap_or_default(),
    };
    print(&text)?;
    match outcome {
        Outcome::Proved => Ok(true),
        Outcome::Open => Ok(false),
        Outcome::Unread(why) => Err(Failure::Unread(why.map_or_else(|| command.claim.clone(), |w| w.text(lang)))),
    }
}

fn run_mutate(common: &Common, command: &Mutate) -> Result<bool, Failure> {
    let mut session = Session::new(common, &command.paths.paths)?;
    let (documents, _) = session.checked(Need { evidence: true, ..Need::default() })?;
    if let Some(key) = &command.only {
        let mutant = mutate::named(&documents, key).ok_or_else(|| Failure::UnknownError(key.clone()))?;
        print(&documents.get(mutant.document).map(|d| mutant.planted(&d.source).text).unwrap_or_default())?;
        return Ok(true);
    }
    let mutants = mutate::drawn(&documents, command.per_kind, session.seed);
    let options = session.options(false);
    let progress = Progress::new(mutants.len(), common.quiet);
    let results = side_by_side(mutants.iter().collect(), common.jobs, |mutant| {
        let original = documents.get(mutant.document)?;
        let result = check_again(mutant.planted(&original.source), &options, Some(original));
        progress.step();
        Some((original, mutant, result))
    });
    progress.clear();
    let mut rates = Rates::new(&documents);
    results.iter().flatten().for_each(|(original, mutant, result)| rates.add(original, mutant, result));
    let planting = Planting { documents: &documents, rates: &rates, lang: session.lang, verbose: command.verbose };
    if let Some(path) = &command.html {
        project::write(path, &mutation::html(&planting)?)?;
    }
    print(&if command.format == "json" { mutation::json(&planting) } else { mutation::text(&planting) })?;
    Ok(rates.survivors().next().is_none() && rates.false_alarms == 0)
}

fn run_list(common: &Common, command: &List) -> Result<bool, Failure> {
    let Some(section) = report::section(&command.table, None, session::lang(common)) else {
        return Err(Failure::Unknown(command.table.clone()));
    };
    print(&if command.format == "json" { section.json() } else { section.text() })?;
    Ok(true)
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
    match print_all(text) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Output(e)),
        _ => Ok(()),
    }
}

fn print_all(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush())
}
