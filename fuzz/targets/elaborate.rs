//! From text to statements.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rederive_fuzz::elaborated(data));
