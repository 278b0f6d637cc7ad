//! The time of a check grows as the notes do: twice the pages, about twice the time.

use std::time::{Duration, Instant};

use rederive::source::Source;
use rederive::{Options, check};

/// Sections of the shorter notes; a page holds about two.
const SECTIONS: usize = 60;

/// By how much the time may grow where the notes get twice as long.
const GROWTH: f64 = 2.6;

/// Runs of each, of which the shortest counts: other work on the machine makes a run longer, never shorter.
const RUNS: usize = 5;

/// A section that defines something, uses what the one before it defined, and says something of each.
fn section(number: usize) -> String {
    let before = number.max(1) - 1;
    format!(
        "## Part {number}\n\nFor all real $x$ and $y$:\n\n$$\n(x + {number} y)^2 = x^2 + {} x y + {} y^2\n$$\n\n\
         Let $f_{{{number}}}(x) = e^{{{} x}}$. Then\n\n$$\nf_{{{number}}}'(x) = {} f_{{{number}}}(x)\n$$\n\n\
         and $f_{{{before}}}(0) = 1$ for the one before.\n\n",
        2 * number,
        number * number,
        number + 1,
        number + 1
    )
}

fn time(sections: usize) -> Duration {
    let text: String = (0..sections).map(section).collect();
    let run = |_| {
        let start = Instant::now();
        let result = check(Source::new("long.md", text.clone()), &Options { repairs: false, ..Options::default() });
        assert!(result.statements.len() >= 3 * sections, "{} statements", result.statements.len());
        start.elapsed()
    };
    (0..RUNS).map(run).min().unwrap_or_default()
}

#[test]
fn twice_the_pages_take_about_twice_the_time() {
    time(4);
    // One of several attempts is enough: a machine may be busy with something else for all runs of one length.
    let mut ratios = vec![];
    for _ in 0..4 {
        let (short, long) = (time(SECTIONS), time(2 * SECTIONS));
        let ratio = long.as_secs_f64() / short.as_secs_f64().max(1e-6);
        if ratio <= GROWTH {
            return;
        }
        ratios.push(ratio);
    }
    panic!("{ratios:?}");
}
