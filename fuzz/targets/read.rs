//! Reading of every format: each block lies in the text, in order.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rederive::read::read;
use rederive_fuzz::notes;

fuzz_target!(|data: &[u8]| {
    let document = read(notes(data));
    let mut last = 0;
    for span in document.blocks.iter().map(|b| b.span()) {
        assert!(document.source.text.get(span.range()).is_some(), "no place of the text: {span:?}");
        assert!(last <= span.start, "out of order: {span:?}");
        last = span.start;
    }
});
