//! The whole check of small notes.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rederive_fuzz::checked(data));
