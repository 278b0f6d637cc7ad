//! `rederive watch`: what `check` prints, after each change of the notes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::{Event, RecursiveMode, Watcher};

use crate::Options;
use crate::serve::worker::{Checked, Gone, Job, Worker};
use crate::source::Source;
use crate::verdict::DocumentResult;

/// How long nothing more has to be written before files are read, and how long that is waited for at most: editors
/// write in several steps.
const QUIET: Duration = Duration::from_millis(8);
const LONGEST: Duration = Duration::from_millis(40);

/// Why watching ended.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// The system does not say what changes.
    #[error("cannot watch {path}: {source}", path = path.display())]
    Watch {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: notify::Error,
    },
    /// There are no threads.
    #[error("cannot start a thread: {0}")]
    Thread(#[from] std::io::Error),
    /// A bug of ours.
    #[error(transparent)]
    Gone(#[from] Gone),
}

/// A folder to be watched, and whether what lies below it is too.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Folder {
    /// Its path.
    pub path: PathBuf,
    /// Whether folders in it are watched.
    pub deep: bool,
}

/// What comes back from a round: the documents in the order of the sources, and the seconds since the change.
pub struct Round<'a> {
    /// What was found in all notes.
    pub documents: &'a [DocumentResult],
    /// How long it took.
    pub seconds: f64,
    /// Whether this is the last round's result again, now with repairs.
    pub repaired: bool,
}

enum Message {
    Changed,
    Checked(Box<Checked>),
}

/// Checks the notes that `load` reads, and again whenever something changes in the folders, until `show` is `false`.
/// `load` gives `None` where it had to complain: what it read last still counts.
///
/// # Errors
/// If a folder cannot be watched.
pub fn watch(
    folders: &BTreeSet<Folder>,
    options: Options,
    threads: Option<usize>,
    load: &mut dyn FnMut() -> Option<Vec<Source>>,
    show: &mut dyn FnMut(Round) -> bool,
) -> Result<(), WatchError> {
    let (sender, inbox) = channel();
    let done = sender.clone();
    let worker = Worker::new(options, threads, move |checked| {
        let _ = done.send(Message::Checked(Box::new(checked)));
    })?;
    let failed = |path: &PathBuf, source| WatchError::Watch { path: path.clone(), source };
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // Reading notes is an event too, and no change.
        if event.is_ok_and(|e| !e.kind.is_access()) {
            let _ = sender.send(Message::Changed);
        }
    })
    .map_err(|e| failed(&PathBuf::new(), e))?;
    for Folder { path, deep } in folders {
        let mode = if *deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
        watcher.watch(path, mode).map_err(|e| failed(path, e))?;
    }
    let mut notes = Notes::default();
    notes.take(load(), &worker)?;
    loop {
        let Ok(message) = inbox.recv() else { return Ok(()) };
        let (changed, checked) = match message {
            Message::Changed => settled(&inbox),
            Message::Checked(c) => (None, vec![*c]),
        };
        let mut due = None;
        if let Some(since) = changed {
            let known = notes.started;
            notes.started = since;
            if !notes.take(load(), &worker)? {
                notes.started = known;
            } else if notes.waiting.is_empty() {
                due = Some(false); // Notes were only taken away.
            }
        }
        for c in checked {
            due = notes.keep(c).or(due);
        }
        if let Some(repaired) = due.filter(|_| notes.waiting.is_empty()) {
            let documents = notes.documents();
            let seconds = notes.started.elapsed().as_secs_f64();
            if !show(Round { documents: &documents, seconds, repaired }) {
                return Ok(());
            }
        }
    }
}

/// Waits until nothing more is written: since when something was, and what was found meanwhile.
fn settled(inbox: &Receiver<Message>) -> (Option<Instant>, Vec<Checked>) {
    let (since, mut checked) = (Instant::now(), vec![]);
    while since.elapsed() < LONGEST {
        match inbox.recv_timeout(QUIET) {
            Ok(Message::Changed) => {}
            Ok(Message::Checked(c)) => checked.push(*c),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
        }
    }
    (Some(since), checked)
}

/// The notes as they are, and what is known of them.
struct Notes {
    sources: Vec<(u64, Source)>,
    results: BTreeMap<String, DocumentResult>,
    waiting: BTreeSet<String>,
    started: Instant,
    tickets: u64,
}

impl Default for Notes {
    fn default() -> Notes {
        let (sources, results, waiting) = (vec![], BTreeMap::new(), BTreeSet::new());
        Notes { sources, results, waiting, started: Instant::now(), tickets: 0 }
    }
}

impl Notes {
    /// Takes the notes as they are now, and has those checked that are not what they were; whether there is a difference.
    fn take(&mut self, now: Option<Vec<Source>>, worker: &Worker) -> Result<bool, Gone> {
        let Some(now) = now else { return Ok(false) };
        let before: BTreeMap<String, (u64, Source)> =
            std::mem::take(&mut self.sources).into_iter().map(|s| (s.1.path.clone(), s)).collect();
        let mut different = before.len() != now.len();
        for source in now {
            let same = |s: &Source| s.text == source.text && s.macros == source.macros && s.allow == source.allow;
            let ticket = match before.get(&source.path).filter(|(_, s)| same(s)) {
                Some((ticket, _)) => *ticket,
                None => {
                    self.tickets += 1;
                    self.waiting.insert(source.path.clone());
                    worker.check(Job { ticket: self.tickets, source: source.clone() })?;
                    different = true;
                    self.tickets
                }
            };
            self.sources.push((ticket, source));
        }
        let there: BTreeSet<&str> = self.sources.iter().map(|(_, s)| s.path.as_str()).collect();
        self.results.retain(|path, _| there.contains(path.as_str()));
        self.waiting.retain(|path| there.contains(path.as_str()));
        Ok(different)
    }

    /// Keeps what was found if it is about the notes as they are, and says whether it came with repairs.
    fn keep(&mut self, checked: Checked) -> Option<bool> {
        let current = self.sources.iter().any(|(ticket, s)| *ticket == checked.ticket && s.path == checked.path);
        if !current {
            return None;
        }
        self.waiting.remove(&checked.path);
        self.results.insert(checked.path, checked.result);
        Some(checked.repaired)
    }

    fn documents(&self) -> Vec<DocumentResult> {
        self.sources.iter().filter_map(|(_, s)| self.results.get(&s.path)).cloned().collect()
    }
}
