//! Reading of every format.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rederive_fuzz::read(data));
