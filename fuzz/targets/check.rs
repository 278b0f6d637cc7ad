//! The whole check of small notes, without the search for repairs.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rederive::{Options, check};
use rederive_fuzz::{examine, notes};

fuzz_target!(|data: &[u8]| {
    examine(&check(notes(data), &Options { instances: 4, repairs: false, ..Options::default() }));
});
