//! Notes that are checked as they change, on threads of their own: first without repairs and without the assumptions
//! under which something would be true, which take longer than a reader waits, then with them.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::claim::Verdict;
use crate::repair::{Wanted, is_due};
use crate::source::Source;
use crate::verdict::{DocumentResult, Judged, Memory};
use crate::{Options, STACK, check_while_wanted, side_by_side};

/// How long nothing has to change before repairs are looked for.
const QUIET: Duration = Duration::from_millis(150);

/// Notes to be checked: the last ones with a path are those that count.
#[derive(Clone, Debug)]
pub struct Job {
    /// What tells this version of the notes from others.
    pub ticket: u64,
    /// The notes.
    pub source: Source,
}

/// What was found in notes.
#[derive(Debug)]
pub struct Checked {
    /// The ticket of the job.
    pub ticket: u64,
    /// The path as the job gave it.
    pub path: String,
    /// What was found.
    pub result: DocumentResult,
    /// Whether it comes with the repairs, after a result without.
    pub repaired: bool,
}

/// The threads that check.
pub struct Worker {
    jobs: Sender<Job>,
    memories: Memories,
}

/// The worker's threads are gone: a bug of ours ended them.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("internal error: the checking thread is gone; please report it")]
pub struct Gone;

type Memories = Arc<Mutex<BTreeMap<String, Arc<Remembered>>>>;

/// What is kept of the notes with a path.
#[derive(Default)]
struct Remembered {
    memory: Memory,
    /// The ticket of the last job.
    last: AtomicU64,
}

impl Worker {
    /// Threads that check with these options, at most `threads` documents side by side, and give what they find to `done`.
    ///
    /// # Errors
    /// If there are no threads to be had.
    pub fn new(
        options: Options,
        threads: Option<usize>,
        done: impl Fn(Checked) + Clone + Send + Sync + 'static,
    ) -> io::Result<Worker> {
        let (jobs, inbox) = channel::<Job>();
        let (mendable, repairs) = channel::<Job>();
        let memories = Memories::default();
        let repaired = memories.clone();
        let fast = Options { repairs: false, assumptions: false, ..options };
        let (known, tell) = (memories.clone(), done.clone());
        spawn(move || {
            while let Some(batch) = gathered(&inbox, Duration::ZERO) {
                let one = |job: Job| {
                    let checked = checked(&job, &fast, &known, false);
                    let refuted = |j: &Judged| j.judgement.verdict == Verdict::Refuted;
                    let assuming = options.assumptions && checked.result.statements.iter().any(refuted);
                    let due = options.repairs && is_due(&checked.result) || assuming;
                    tell(checked);
                    due.then_some(job)
                };
                let due: Vec<Option<Job>> = match batch.len() {
                    1 => batch.into_iter().map(one).collect(),
                    _ => side_by_side(batch, threads, one),
                };
                // Nobody may be left to do it, at the end of the program.
                due.into_iter().flatten().for_each(|job| drop(mendable.send(job)));
            }
        })?;
        let slow = Options { expected: false, ..options };
        spawn(move || {
            while let Some(batch) = gathered(&repairs, QUIET) {
                batch.iter().for_each(|job| done(checked(job, &slow, &repaired, true)));
            }
        })?;
        Ok(Worker { jobs, memories })
    }

    /// Takes up notes; those with the same path that no thread has begun with are dropped, and a search for their repairs
    /// ends.
    ///
    /// # Errors
    /// If nothing is checked any more.
    pub fn check(&self, job: Job) -> Result<(), Gone> {
        remembered(&self.memories, &job.source.path).last.store(job.ticket, Ordering::Relaxed);
        self.jobs.send(job).map_err(|_| Gone)
    }
}

fn spawn(work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().stack_size(STACK).spawn(work).map(drop)
}

/// The jobs that wait, the last one of each path, when no other came for a while; `None` at the end.
fn gathered(inbox: &Receiver<Job>, quiet: Duration) -> Option<Vec<Job>> {
    let mut jobs: BTreeMap<String, Job> = BTreeMap::new();
    let mut next = inbox.recv().ok();
    while let Some(job) = next {
        jobs.insert(job.source.path.clone(), job);
        next = inbox.recv_timeout(quiet).ok();
    }
    (!jobs.is_empty()).then(|| jobs.into_values().collect())
}

fn remembered(memories: &Memories, path: &str) -> Arc<Remembered> {
    memories.lock().unwrap_or_else(PoisonError::into_inner).entry(path.to_owned()).or_default().clone()
}

fn checked(job: &Job, options: &Options, memories: &Memories, repaired: bool) -> Checked {
    let path = job.source.path.clone();
    let known = remembered(memories, &path);
    let wanted = Wanted { now: &known.last, version: job.ticket };
    let result = check_while_wanted(job.source.clone(), options, &known.memory, wanted);
    Checked { ticket: job.ticket, path, result, repaired }
}
