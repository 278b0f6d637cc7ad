//! The course as tests: each claim of `notes/` is a line, named `notes/file.md::id`.

use std::process::ExitCode;

use rederive::harness::Notes;

fn main() -> ExitCode {
    Notes::new("notes").strict().instances(4_000).at_least(40).run()
}
