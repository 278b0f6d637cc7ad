//! A run of the program: the configuration, the notes, their judgements, and how far it is.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rederive::message::{Lang, Message};
use rederive::project::{self, Cache, Configuration, Configurations, DEFAULT_FOLDER, ProjectError};
use rederive::report::{NoResult, RenderError};
use rederive::serve::mdbook::BookError;
use rederive::serve::watch::WatchError;
use rederive::source::Source;
use rederive::verdict::{DocumentResult, Memory};
use rederive::{Options, check_edition};

use crate::arguments::Common;

/// What ends the program with status 2.
#[derive(Debug)]
pub enum Failure {
    Project(ProjectError),
    Render(RenderError),
    Input(io::Error),
    Book(BookError),
    Watch(WatchError),
    Output(io::Error),
    NoNotes,
    Unknown(String),
    NoFile,
    NobodyToAsk,
    UnknownError(String),
    Unread(String),
    NoResult { path: String, reason: NoResult },
    Exists(PathBuf),
}

impl Failure {
    /// What is wrong, for people.
    pub fn message(&self) -> Message {
        match self {
            Failure::Project(error) => error.message(),
            Failure::Render(error) => Message::new("error-internal").with("reason", error),
            Failure::Input(error) => Message::new("error-input").with("reason", error),
            Failure::Book(error) => Message::new("error-plain").with("reason", error),
            Failure::Watch(error) => Message::new("error-plain").with("reason", error),
            Failure::Output(error) => Message::new("error-output").with("reason", error),
            Failure::NoNotes => Message::new("error-no-notes").with("folder", DEFAULT_FOLDER),
            Failure::Unknown(name) => Message::new("error-unknown").with("name", name),
            Failure::NoFile => Message::new("error-no-file"),
            Failure::NobodyToAsk => Message::new("error-nobody-to-ask"),
            Failure::UnknownError(name) => Message::new("error-no-planted").with("name", name),
            Failure::Unread(reason) => Message::new("error-unread").with("reason", reason),
            Failure::NoResult { path, reason } => {
                Message::new("error-configuration").with("place", path).with("reason", reason)
            }
            Failure::Exists(path) => Message::new("error-exists").with("path", path.display()),
        }
    }
}

impl From<ProjectError> for Failure {
    fn from(error: ProjectError) -> Failure {
        Failure::Project(error)
    }
}

impl From<RenderError> for Failure {
    fn from(error: RenderError) -> Failure {
        Failure::Render(error)
    }
}

impl From<BookError> for Failure {
    fn from(error: BookError) -> Failure {
        Failure::Book(error)
    }
}

impl From<WatchError> for Failure {
    fn from(error: WatchError) -> Failure {
        Failure::Watch(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Output(error)
    }
}

/// The language of what is said where there is no session: that of the command line, or of the present folder.
pub fn lang(common: &Common) -> Lang {
    let of_folder = || Configurations::default().for_path(Path::new("")).ok()?.lang();
    common.lang.or_else(of_folder).unwrap_or_default()
}

/// What a command needs of the judgements.
#[derive(Clone, Copy, Debug, Default)]
pub struct Need<'a> {
    /// Derivations, line by line.
    pub derivations: bool,
    /// Claims and evidence themselves, which no cache keeps.
    pub evidence: bool,
    /// Only files that differ from this revision.
    pub changed_since: Option<&'a str>,
    /// No repairs of what the notes expect to be wrong.
    pub only_unexpected: bool,
    /// What was judged in other languages.
    pub memory: Option<&'a Memory>,
}

/// A run with what the command line and the configuration say together; the command line goes first.
pub struct Session<'a> {
    pub common: &'a Common,
    pub configuration: Arc<Configuration>,
    pub lang: Lang,
    pub seed: u64,
    configurations: Configurations,
    paths: Vec<PathBuf>,
}

impl<'a> Session<'a> {
    /// The configuration of a run is that of its first path, or of the present folder.
    pub fn new(common: &'a Common, paths: &[PathBuf]) -> Result<Session<'a>, Failure> {
        let mut configurations = Configurations::default();
        let configuration = configurations.for_path(paths.first().map_or(Path::new(""), PathBuf::as_path))?;
        let paths = match paths {
            [] => configuration.paths().unwrap_or_else(|| vec![PathBuf::from(DEFAULT_FOLDER)]),
            paths => paths.to_owned(),
        };
        let lang = common.lang.or(configuration.lang()).unwrap_or_default();
        let seed = common.seed.or(configuration.seed()).unwrap_or_default();
        Ok(Session { common, configuration, lang, seed, configurations, paths })
    }

    pub fn options(&self, derivations: bool) -> Options {
        Options { seed: self.seed, lang: self.lang, derivations, ..Options::default() }
    }

    /// The folders that hold the notes of the run in other languages, by language.
    pub fn translations(&mut self) -> Result<BTreeMap<Lang, Vec<PathBuf>>, Failure> {
        let mut found: BTreeMap<Lang, Vec<PathBuf>> = BTreeMap::new();
        for path in &self.paths {
            for (lang, folder) in self.configurations.for_path(path)?.translations() {
                let parent = folder.canonicalize().ok().and_then(|real| Some(real.parent()?.to_owned()));
                if parent.is_some() && parent == path.canonicalize().ok() {
                    found.entry(lang).or_default().push(folder);
                }
            }
        }
        Ok(found)
    }

    /// The notes with what the configuration says of them.
    pub fn configured(&mut self, sources: Vec<Source>) -> Result<Vec<Source>, Failure> {
        Ok(project::configured(sources, &mut self.configurations, &self.common.macros)?)
    }

    /// The paths of the notes.
    pub fn existing(&self) -> Result<Vec<PathBuf>, Failure> {
        if self.paths.iter().all(|p| *p == Path::new(DEFAULT_FOLDER) && !p.exists()) {
            return Err(Failure::NoNotes);
        }
        Ok(self.paths.clone())
    }

    /// The notes of the run with all judgements, and how long that took in seconds.
    pub fn checked(&mut self, need: Need) -> Result<(Vec<DocumentResult>, f64), Failure> {
        let start = Instant::now();
        let mut sources = project::sources(&self.existing()?, &mut self.configurations)?;
        if let Some(revision) = need.changed_since {
            let folder = self.paths.first().map_or(Path::new(""), PathBuf::as_path);
            let folder = if folder.is_dir() { folder } else { folder.parent().unwrap_or(Path::new("")) };
            let changed = project::changed_since(revision, folder)?;
            sources = self.touched(sources, &changed)?;
        }
        let sources = self.configured(sources)?;
        let options = Options { expected: !need.only_unexpected, ..self.options(need.derivations) };
        let wanted = !need.evidence && !self.common.no_cache && self.configuration.cache();
        let cache = if wanted { Cache::of_user(&format!("{options:?}")) } else { None };
        let progress = Progress::new(sources.len(), self.common.quiet);
        let known = (cache.as_ref(), need.memory);
        let documents = check_edition(sources, &options, self.common.jobs, known, &|| progress.step());
        progress.clear();
        Ok((documents, start.elapsed().as_secs_f64()))
    }

    /// The notes that changed, or whose configuration or macro files did.
    fn touched(&mut self, sources: Vec<Source>, changed: &BTreeSet<PathBuf>) -> Result<Vec<Source>, Failure> {
        let has = |path: &Path| path.canonicalize().is_ok_and(|real| changed.contains(&real));
        let mut out = vec![];
        for source in sources {
            let configuration = self.configurations.for_path(Path::new(&source.path))?;
            let files = configuration.files().into_iter().chain(self.common.macros.iter().cloned());
            if source.path == "-" || has(Path::new(&source.path)) || files.into_iter().any(|f| has(&f)) {
                out.push(source);
            }
        }
        Ok(out)
    }
}

/// A bar on the standard error, only on a terminal and only for what takes longer than half a second.
pub struct Progress {
    start: Instant,
    bar: ProgressBar,
    wanted: bool,
}

impl Progress {
    pub fn new(total: usize, quiet: bool) -> Progress {
        let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {eta}").unwrap_or(ProgressStyle::default_bar());
        Progress { start: Instant::now(), bar: bar.with_style(style), wanted: !quiet && io::stderr().is_terminal() }
    }

    pub fn step(&self) {
        if self.wanted && self.bar.is_hidden() && self.start.elapsed() > Duration::from_millis(500) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(1);
    }

    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}
