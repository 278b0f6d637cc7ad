//! The summary line.

use crate::claim::Verdict;
use crate::message::Message;
use crate::report::Run;
use crate::report::catalogue::word;
use crate::report::count::Counts;

/// `5 documents · 214 statements: 131 proved (88 for every size), … · 38 ms`.
pub fn summary(run: &Run) -> String {
    let counts = Counts::of(run.documents);
    let mut line = format!("{} · {}", amount(run, &counts), verdicts(run, &counts));
    let milliseconds = (run.seconds.max(0.0) * 1000.0).round();
    line.push_str(&if milliseconds >= 10_000.0 {
        format!(" · {:.1} s", milliseconds / 1000.0)
    } else {
        format!(" · {milliseconds} ms")
    });
    line
}

/// `5 documents`, `1 document`.
fn amount(run: &Run, counts: &Counts) -> String {
    let key = if counts.documents == 1 { "report-document" } else { "report-documents" };
    Message::new(key).with("count", counts.documents).text(run.lang)
}

/// `214 statements: 131 proved (88 for every size), …`.
pub fn verdicts(run: &Run, counts: &Counts) -> String {
    let lang = run.lang;
    let key = if counts.statements == 1 { "report-statement" } else { "report-statements" };
    let parts: Vec<String> = Verdict::ALL
        .into_iter()
        .map(|v| {
            let base = Message::new("report-count").with("count", counts.get(v)).with("word", word(v, lang)).text(lang);
            match v {
                Verdict::Proved if counts.every_size > 0 => {
                    format!(
                        "{base} ({})",
                        Message::new("report-of-every-size").with("count", counts.every_size).text(lang)
                    )
                }
                Verdict::Refuted if counts.expected_refuted > 0 => {
                    format!(
                        "{base} ({})",
                        Message::new("report-of-expected").with("count", counts.expected_refuted).text(lang)
                    )
                }
                _ => base,
            }
        })
        .collect();
    format!("{}: {}", Message::new(key).with("count", counts.statements).text(lang), parts.join(", "))
}
