//! Files: which notes there are, and writing what was made of them.

mod baseline;
mod cache;
pub mod command_line;
mod configuration;
mod discover;
mod fix;
mod gate;
mod key;
mod macros;
mod pictures;
mod revision;
mod write;

use std::io;
use std::path::PathBuf;

pub use baseline::{Accepted, Baseline};
pub use cache::{Cache, Missing};
pub use configuration::{Configuration, Configurations};
pub use discover::{DEFAULT_FOLDER, sources};
pub use fix::{fix, fixed};
pub use gate::Gate;
pub use key::{CONFIG_FILE, KEYS, Key, Kind, failures, nearest, schema, starter};
pub use macros::configured;
pub use pictures::pictures;
pub use revision::changed_since;
pub use write::{text, write, write_all};

/// What can go wrong with files.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// A path that cannot be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The path as given.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// A file that is no text.
    #[error("{path} is not UTF-8 (byte {offset})")]
    Encoding {
        /// The path as given.
        path: String,
        /// The first byte that is not UTF-8, from 0.
        offset: usize,
    },
    /// A file that is not what it was when it was checked.
    #[error("{0} has changed since it was checked; nothing was written")]
    Changed(String),
    /// A file that is too large to be notes.
    #[error("{path} is larger than {limit} bytes")]
    TooLarge {
        /// The path as given.
        path: String,
        /// The limit in bytes.
        limit: usize,
    },
    /// A configuration that says something that it can't.
    #[error("{path}:{line}:{column}: {what}")]
    Configuration {
        /// The path as shown.
        path: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong.
        what: String,
    },
    /// The program `git` could not say what changed.
    #[error("--changed-since: {0}")]
    Git(String),
    /// A part of a claim on the command line that can't be one.
    #[error("the formula or premise cannot be read: {0}")]
    CommandLine(String),
    /// Nothing to read.
    #[error("no notes in {0} (hidden files and what .gitignore or rederive.toml leave out don't count)")]
    Empty(String),
    /// A file that cannot be written.
    #[error("cannot write {path}: {source}", path = path.display())]
    Write {
        /// The path.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}
