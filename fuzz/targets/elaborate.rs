//! From text to statements.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rederive::elaborate::elaborate;
use rederive::read::read;
use rederive_fuzz::notes;

fuzz_target!(|data: &[u8]| {
    let document = read(notes(data));
    for statement in elaborate(&document).statements {
        assert!(document.source.text.get(statement.span.range()).is_some(), "no place: {:?}", statement.span);
    }
});
