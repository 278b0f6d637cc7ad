//! What can go wrong with files, and how it is said.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::message::{Lang, Message};

/// What can go wrong with files.
#[derive(Debug)]
pub enum ProjectError {
    /// A path that cannot be read.
    Read {
        /// The path as given.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// A file that is no text.
    Encoding {
        /// The path as given.
        path: String,
        /// The first byte that is not UTF-8, from 0.
        offset: usize,
    },
    /// A file that is not what it was when it was checked.
    Changed(String),
    /// A file that is too large to be notes.
    TooLarge {
        /// The path as given.
        path: String,
        /// The limit in bytes.
        limit: usize,
    },
    /// A configuration that says something that it can't.
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
    Git(String),
    /// A part of a claim on the command line that can't be one.
    CommandLine(String),
    /// Nothing to read.
    Empty(String),
    /// A file that cannot be written.
    Write {
        /// The path.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl ProjectError {
    /// What is wrong, for people.
    pub fn message(&self) -> Message {
        match self {
            ProjectError::Read { path, source } => Message::new("error-read").with("path", path).with("reason", source),
            ProjectError::Encoding { path, offset } => {
                Message::new("error-encoding").with("path", path).with("offset", offset)
            }
            ProjectError::Changed(path) => Message::new("error-changed").with("path", path),
            ProjectError::TooLarge { path, limit } => {
                Message::new("error-too-large").with("path", path).with("limit", limit)
            }
            ProjectError::Configuration { path, line, column, what } => {
                let place = format!("{path}:{line}:{column}");
                Message::new("error-configuration").with("place", place).with("reason", what)
            }
            ProjectError::Git(reason) => Message::new("error-git").with("reason", reason),
            ProjectError::CommandLine(reason) => Message::new("error-command-line").with("reason", reason),
            ProjectError::Empty(path) => Message::new("error-empty").with("path", path),
            ProjectError::Write { path, source } => {
                Message::new("error-write").with("path", path.display()).with("reason", source)
            }
        }
    }
}

impl fmt::Display for ProjectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().text(Lang::En))
    }
}

impl Error for ProjectError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            ProjectError::Read { source, .. } | ProjectError::Write { source, .. } => Some(source),
            _ => None,
        }
    }
}
