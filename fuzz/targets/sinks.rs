//! Every report in both languages.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rederive_fuzz::sinks(data));
