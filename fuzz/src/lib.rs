//! What the fuzz targets do with bytes, and what must hold of every result. `tests/fuzzed.rs` runs the same.
#![forbid(unsafe_code)]

use rederive::claim::Verdict;
use rederive::elaborate::elaborate;
use rederive::message::Lang;
use rederive::read::FORMATS;
use rederive::report::{Run, report};
use rederive::source::Source;
use rederive::verdict::DocumentResult;
use rederive::{Options, check};

/// A name, and what is done with the bytes.
pub type Target = (&'static str, fn(&[u8]));

/// What is fuzzed.
pub const TARGETS: [Target; 5] =
    [("read", read), ("directives", directives), ("elaborate", elaborated), ("check", checked), ("sinks", sinks)];

/// Notes from bytes: the first says the format, the others are the text.
fn notes(data: &[u8]) -> Source {
    let (first, rest) = data.split_first().unwrap_or((&0, &[]));
    let format = &FORMATS[usize::from(*first) % FORMATS.len()];
    let extension = format.extensions.first().copied().unwrap_or("md");
    Source::new(format!("fuzz.{extension}"), String::from_utf8_lossy(rest).into_owned())
}

/// Reading of every format: each block lies in the text, in order.
pub fn read(data: &[u8]) {
    let document = rederive::read::read(notes(data));
    let mut last = 0;
    for span in document.blocks.iter().map(|b| b.span()) {
        assert!(document.source.text.get(span.range()).is_some(), "no place of the text: {span:?}");
        assert!(last <= span.start, "out of order: {span:?}");
        last = span.start;
    }
}

/// The words of annotations, above a formula on which they act.
pub fn directives(data: &[u8]) {
    let words = String::from_utf8_lossy(data);
    let text = format!("Let $x > 0$.\n\n<!-- rederive {words} -->\n\n$$\nf(x) = x^2 + 1 \\geq y_1\n$$\n");
    elaborate(&rederive::read::read(Source::new("fuzz.md", text)));
}

/// From text to statements.
pub fn elaborated(data: &[u8]) {
    let document = rederive::read::read(notes(data));
    for statement in elaborate(&document).statements {
        assert!(document.source.text.get(statement.span.range()).is_some(), "no place: {:?}", statement.span);
    }
}

/// The whole check of small notes, without the search for repairs.
pub fn checked(data: &[u8]) {
    examine(&check(notes(data), &Options { instances: 4, repairs: false, ..Options::default() }));
}

/// Every report in both languages; what programs read is well formed.
pub fn sinks(data: &[u8]) {
    for lang in [Lang::En, Lang::Ko] {
        let options = Options { instances: 1, lang, derivations: true, repairs: false, ..Options::default() };
        let result = check(notes(data), &options);
        let run = Run { lang, verbose: true, colour: true, ..Run::new(std::slice::from_ref(&result)) };
        for format in rederive::report::FORMATS {
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
}

/// Every place is one of the text, and what is not settled has a reason.
fn examine(result: &DocumentResult) {
    let text = &result.source.text;
    let places = result.findings.iter().map(|f| f.span).chain(result.statements.iter().map(|s| s.statement.span));
    for span in places {
        assert!(text.get(span.range()).is_some(), "no place of the text: {span:?}");
    }
    for judged in &result.statements {
        let j = &judged.judgement;
        let open = matches!(j.verdict, Verdict::Undecided | Verdict::Unread);
        assert!(!open || j.reason.is_some(), "no reason: {}", judged.statement.latex);
    }
}
