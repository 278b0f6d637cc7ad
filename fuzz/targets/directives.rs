//! The words of annotations.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rederive_fuzz::directives(data));
