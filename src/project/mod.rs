//! Files: which notes there are, and writing what was made of them.

mod baseline;
mod cache;
pub mod command_line;
mod configuration;
mod discover;
mod error;
mod fix;
mod gate;
mod key;
mod macros;
mod pictures;
mod revision;
mod write;

pub use baseline::{Accepted, Baseline};
pub use cache::{Cache, Missing};
pub use configuration::{Configuration, Configurations};
pub use discover::{DEFAULT_FOLDER, sources};
pub use error::ProjectError;
pub use fix::{fix, fixed};
pub use gate::Gate;
pub use key::{CONFIG_FILE, KEYS, Key, Kind, failures, nearest, schema, starter};
pub use macros::configured;
pub use pictures::pictures;
pub use revision::changed_since;
pub use write::{text, write, write_all};
