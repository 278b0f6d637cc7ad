//! The commands that stay: `watch` and `lsp`.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::Args;
use rederive::project::{self, Baseline, Configurations};
use rederive::report::{self, Run};
use rederive::serve::lsp::{Client, serve};
use rederive::serve::watch::{Folder, Round, watch};
use rederive::source::Source;
use rederive::verdict::DocumentResult;

use crate::arguments::{Common, Paths, formats, formats_help};
use crate::session::{Failure, Session};
use crate::{accept, coloured, print_all, width};

#[derive(Args, Debug)]
pub struct Watch {
    #[command(flatten)]
    pub paths: Paths,
    /// How the result is printed
    #[arg(long, value_name = "FORMAT", default_value = "full", value_parser = formats(), long_help = formats_help())]
    pub format: String,
    /// Also print a line for each statement that is undecided or unread
    #[arg(long, short)]
    pub verbose: bool,
    /// Expect the refutations and findings that this file accepts
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Leave what was printed before on the terminal
    #[arg(long)]
    pub no_clear: bool,
}

/// Clears a terminal and what is above it, and goes to its first line.
const CLEAR: &str = "\u{1b}[2J\u{1b}[3J\u{1b}[H";

pub fn run_watch(common: &Common, command: &Watch) -> Result<bool, Failure> {
    let session = Session::new(common, &command.paths.paths)?;
    let lang = session.lang;
    let baseline = command.baseline.clone().or_else(|| session.configuration.baseline());
    let paths = session.existing()?;
    let mut folders: BTreeSet<Folder> = paths.iter().map(|p| folder(p)).collect();
    let beside = session.configuration.files().into_iter().chain(common.macros.iter().cloned()).chain(baseline.clone());
    folders.extend(beside.map(|file| Folder { path: parent(&file), deep: false }));
    let clears = io::stdout().is_terminal() && !command.no_clear;
    // A configuration that is wrong at the start ends the program; later it is being written.
    let mut first = Some(load(common, &paths)?);
    let mut load = || match first.take().map_or_else(|| load(common, &paths), Ok) {
        Ok(sources) => Some(sources),
        Err(failure) => {
            eprintln!("rederive: {}", report::harmless(&failure.message().text(lang)));
            None
        }
    };
    let (mut ended, mut shown) = (Ok(true), String::new());
    let mut show = |round: Round| {
        let mut documents = round.documents.to_vec();
        let printed = baseline.as_ref().map_or(Ok(()), |path| accept(path, &mut documents, lang)).and_then(|()| {
            let (colour, width, verbose) = (coloured(), width(), command.verbose);
            let run = Run { lang, colour, width, verbose, ..Run::new(&documents) };
            let Some(format) = report::format(&command.format) else { return Ok(()) };
            let text = (format.render)(&run)?;
            if round.repaired && text == shown {
                return Ok(());
            }
            let timed = (format.render)(&Run { seconds: round.seconds, ..run })?;
            shown = text;
            print_all(&if clears { format!("{CLEAR}{timed}") } else { timed }).map_err(Failure::Output)
        });
        match printed {
            Ok(()) => true,
            // The reader has gone away.
            Err(Failure::Output(e)) if e.kind() == io::ErrorKind::BrokenPipe => false,
            Err(failure) => {
                ended = Err(failure);
                false
            }
        }
    };
    watch(&folders, session.options(false), common.jobs, &mut load, &mut show)?;
    ended
}

pub fn run_lsp(common: &Common) -> Result<bool, Failure> {
    let session = Session::new(common, &[])?;
    let mut configured = |source| {
        let sources = project::configured(vec![source], &mut Configurations::default(), &common.macros);
        let mut sources = sources.map_err(|e| e.to_string())?;
        sources.pop().ok_or_else(String::new)
    };
    let (options, threads) = (session.options(false), common.jobs);
    let baseline = session.configuration.baseline();
    let mut accept = |document: &mut DocumentResult| {
        // What is stale in it is nothing to be told of one document among others.
        if let Some((path, known)) = baseline.as_ref().and_then(|p| Some((p, Baseline::read(p).ok()?))) {
            let _ = known.accept(std::slice::from_mut(document), path);
        }
    };
    let (configured, accept) = (&mut configured, &mut accept);
    let client = Client { options, threads, configured, accept, out: &mut io::stdout().lock() };
    Ok(serve(io::stdin(), client)?)
}

fn load(common: &Common, paths: &[PathBuf]) -> Result<Vec<Source>, Failure> {
    let mut configurations = Configurations::default();
    let sources = project::sources(paths, &mut configurations)?;
    Ok(project::configured(sources, &mut configurations, &common.macros)?)
}

/// The folder to be watched for a path: itself, or the one that a file or a pattern lies in.
fn folder(path: &Path) -> Folder {
    if path.is_dir() {
        return Folder { path: path.to_owned(), deep: true };
    }
    let deep = !path.exists();
    let there = path.ancestors().skip(1).find(|p| p.is_dir()).unwrap_or(Path::new(""));
    Folder { path: parent(&there.join("any")), deep }
}

fn parent(file: &Path) -> PathBuf {
    let folder = file.parent().unwrap_or(Path::new(""));
    if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() }
}
