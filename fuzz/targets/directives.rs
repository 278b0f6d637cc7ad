//! The words of annotations, above a formula on which they act.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rederive::elaborate::elaborate;
use rederive::read::read;
use rederive::source::Source;

fuzz_target!(|data: &[u8]| {
    let words = String::from_utf8_lossy(data);
    let text = format!("Let $x > 0$.\n\n<!-- rederive {words} -->\n\n$$\nf(x) = x^2 + 1 \\geq y_1\n$$\n");
    elaborate(&read(Source::new("fuzz.md", text)));
});
