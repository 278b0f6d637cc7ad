//! Every report in both languages; what programs read is well formed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rederive::message::Lang;
use rederive::report::{FORMATS, Run, report};
use rederive::{Options, check};
use rederive_fuzz::notes;

fuzz_target!(|data: &[u8]| {
    for lang in [Lang::En, Lang::Ko] {
        let options = Options { instances: 1, lang, derivations: true, repairs: false, ..Options::default() };
        let result = check(notes(data), &options);
        let run = Run { lang, verbose: true, colour: true, ..Run::new(std::slice::from_ref(&result)) };
        for format in FORMATS {
            let text = (format.render)(&run).expect(format.name);
            match format.name {
                "json" | "sarif" | "gitlab" => {
                    serde_json::from_str::<serde_json::Value>(&text).expect(format.name);
                }
                "jsonl" => text.lines().for_each(|l| {
                    serde_json::from_str::<serde_json::Value>(l).expect("a line of JSON");
                }),
                "junit" => {
                    roxmltree::Document::parse(&text).expect("XML");
                }
                _ => {}
            }
        }
        report(&run).expect("a report");
    }
});
