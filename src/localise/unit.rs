//! A number whose unit stands behind the formula: "`$= 3145728 \approx 3.15$` million", "`$60 = 1$` minute", "`$3/4 = 75$` %".
//! The number alone is another one than that with its unit; the line is wrong only where no usual scale of the unit mends it.

use crate::algebra::digits::unit_of;
use crate::algebra::eval::{Env, Point, evaluate};
use crate::claim::Statement;
use crate::expr::{Expr, fun};
use crate::message::Message;
use crate::source::Source;

/// Words and signs behind a number, and what another number may be called in that unit.
struct Row {
    words: &'static [&'static str],
    called: fn(f64) -> Vec<f64>,
}

const ROWS: &[Row] = &[
    Row { words: &["hundred", "백"], called: |x| down(x, &[100.0]) },
    Row { words: &["thousand", "thousands", "k", "K", "천"], called: |x| down(x, &[1e3, KIBI]) },
    Row { words: &["만"], called: |x| down(x, &[1e4]) },
    Row { words: &["십만", "lakh"], called: |x| down(x, &[1e5]) },
    Row { words: &["million", "millions", "mln", "M", "MM", "백만"], called: |x| down(x, &[1e6, KIBI * KIBI]) },
    Row { words: &["천만", "crore"], called: |x| down(x, &[1e7]) },
    Row { words: &["억"], called: |x| down(x, &[1e8]) },
    Row { words: &["billion", "billions", "bn", "B", "G", "십억"], called: |x| down(x, &[1e9, 1e12]) },
    Row { words: &["trillion", "trillions", "T", "조"], called: |x| down(x, &[1e12, 1e18]) },
    Row { words: &["dozen", "dozens"], called: |x| down(x, &[12.0]) },
    Row { words: &["%", "percent", "per", "percentage", "pct", "퍼센트", "프로"], called: |x| vec![100.0 * x] },
    Row { words: &["‰", "permille"], called: |x| vec![1e3 * x] },
    Row { words: &["bps", "bp", "basis"], called: |x| vec![1e4 * x] },
    Row { words: &["ppm", "ppb"], called: |x| vec![1e6 * x, 1e9 * x] },
    Row { words: &["°", "degrees", "degree", "deg", "도"], called: |x| vec![x.to_degrees(), 360.0 * x] },
    Row { words: &["rad", "radian", "radians", "라디안"], called: |x| vec![x.to_radians(), TURN * x] },
    Row {
        words: &["turn", "turns", "revolutions", "rpm", "회전"],
        called: |x| vec![x / TURN, x / 360.0, 60.0 * x, 60.0 * x / TURN],
    },
    Row { words: &["°", "degrees", "K", "kelvin", "celsius", "fahrenheit", "C", "F", "도"], called: temperatures },
    Row {
        words: &["dB", "dBm", "dBi", "dBW", "dBV", "decibel", "decibels", "데시벨"],
        called: |x| vec![10.0 * x.log10(), 20.0 * x.log10()],
    },
    Row {
        words: &[
            "bit",
            "bits",
            "byte",
            "bytes",
            "kB",
            "KB",
            "MB",
            "GB",
            "TB",
            "PB",
            "KiB",
            "MiB",
            "GiB",
            "TiB",
            "kb",
            "Kb",
            "Mb",
            "Gb",
            "kbit",
            "Mbit",
            "Gbit",
            "kbps",
            "Mbps",
            "Gbps",
            "B",
            "kilobyte",
            "kilobytes",
            "megabyte",
            "megabytes",
            "gigabyte",
            "gigabytes",
            "terabyte",
            "terabytes",
            "바이트",
            "비트",
            "킬로바이트",
            "메가바이트",
            "기가바이트",
        ],
        called: |x| [1.0, 8.0, 0.125].into_iter().flat_map(|c| prefixes(c * x)).collect(),
    },
    Row {
        words: &[
            "FLOP",
            "FLOPs",
            "FLOPS",
            "flops",
            "MFLOPs",
            "GFLOPs",
            "TFLOPs",
            "PFLOPs",
            "EFLOPs",
            "GFLOPS",
            "TFLOPS",
            "PFLOPS",
            "MACs",
            "GMACs",
            "megaflops",
            "gigaflops",
            "teraflops",
            "petaflops",
            "exaflops",
            "g",
            "kg",
            "mg",
            "t",
            "tons",
            "tonnes",
            "L",
            "l",
            "mL",
            "ml",
            "litre",
            "litres",
            "liter",
            "liters",
            "Hz",
            "kHz",
            "MHz",
            "GHz",
            "THz",
            "W",
            "mW",
            "kW",
            "MW",
            "GW",
            "TW",
            "kilowatts",
            "megawatts",
            "J",
            "kJ",
            "MJ",
            "mJ",
            "kcal",
            "N",
            "kN",
            "Pa",
            "kPa",
            "MPa",
            "hPa",
            "bar",
            "mbar",
            "V",
            "mV",
            "kV",
            "A",
            "mA",
            "μA",
            "µA",
            "F",
            "pF",
            "nF",
            "μF",
            "µF",
            "H",
            "mH",
            "Ω",
            "kΩ",
            "ohm",
            "ohms",
            "eV",
            "keV",
            "MeV",
            "GeV",
            "TeV",
            "mol",
            "mmol",
            "M",
            "mM",
            "μM",
            "µM",
            "kohm",
            "T",
            "mT",
            "그램",
            "킬로그램",
            "리터",
            "톤",
            "와트",
            "킬로와트",
            "헤르츠",
        ],
        called: prefixes,
    },
    Row {
        words: &["Wh", "kWh", "MWh", "GWh"],
        called: |x| [1.0, 1.0 / 3600.0].iter().flat_map(|c| prefixes(c * x)).collect(),
    },
    Row {
        words: &[
            "m",
            "km",
            "cm",
            "mm",
            "dm",
            "nm",
            "pm",
            "μm",
            "µm",
            "meter",
            "meters",
            "metre",
            "metres",
            "kilometers",
            "kilometres",
            "centimeters",
            "centimetres",
            "millimeters",
            "millimetres",
            "km/h",
            "미터",
            "킬로미터",
            "센티미터",
            "밀리미터",
        ],
        called: |x| {
            let others = both(x, &[10.0, 100.0, 1e5, 3.6]);
            prefixes(x).into_iter().chain(others).collect()
        },
    },
    Row { words: &["feet", "ft", "inches", "inch", "yards", "miles"], called: |x| both(x, &[12.0, 3.0, 5280.0]) },
    Row { words: &["cents", "cent", "dollars", "euros", "pence", "달러", "센트"], called: |x| both(x, &[100.0]) },
];

const TURN: f64 = std::f64::consts::TAU;
const KIBI: f64 = 1024.0;
/// Units of time, in seconds.
const TIMES: &[(&[&str], f64)] = &[
    (&["ps"], 1e-12),
    (&["ns", "nanosecond", "nanoseconds"], 1e-9),
    (&["us", "μs", "µs", "microsecond", "microseconds"], 1e-6),
    (&["ms", "millisecond", "milliseconds", "밀리초"], 1e-3),
    (&["s", "sec", "secs", "second", "seconds", "초"], 1.0),
    (&["min", "mins", "minute", "minutes", "분"], 60.0),
    (&["h", "hr", "hrs", "hour", "hours", "시간"], 3600.0),
    (&["day", "days", "일"], 86400.0),
    (&["week", "weeks", "주"], 604_800.0),
    (&["month", "months", "개월"], 2_592_000.0),
    (&["year", "years", "년"], 31_536_000.0),
    (&["year", "years", "년"], 31_557_600.0),
    (&["year", "years", "년"], 31_104_000.0),
];

/// What a time may be called in a unit: it is one of any other.
fn times(x: f64, word: &str) -> Vec<f64> {
    let own = TIMES.iter().filter(|(words, _)| words.contains(&word));
    own.flat_map(|(_, size)| TIMES.iter().map(move |(_, other)| x * other / size)).collect()
}

/// The greatest prefix, as a power of a thousand.
const PREFIXES: i32 = 8;

fn down(x: f64, scales: &[f64]) -> Vec<f64> {
    scales.iter().map(|s| x / s).collect()
}

fn both(x: f64, scales: &[f64]) -> Vec<f64> {
    scales.iter().flat_map(|s| [x / s, x * s]).collect()
}

/// With a prefix of units, decimal or binary.
fn prefixes(x: f64) -> Vec<f64> {
    let scales: Vec<f64> = (1..=PREFIXES).flat_map(|n| [1e3_f64.powi(n), KIBI.powi(n)]).collect();
    let mut all = both(x, &scales);
    all.push(x);
    all
}

fn temperatures(x: f64) -> Vec<f64> {
    vec![x - 273.15, x + 273.15, x * 1.8 + 32.0, (x - 32.0) / 1.8, x - 273.0, x + 273.0]
}

/// Why a refuted equation whose last number has a unit behind the formula is excused, if it is: with the unit it holds as
/// far as its digits say. A whole number of units may be rounded.
pub fn with_unit(source: &Source, statement: &Statement) -> Option<Message> {
    let claim = statement.claim.as_ref()?;
    let word = word_behind(source.text.get(statement.span.end..)?)?;
    let relation = claim.printed.as_ref().unwrap_or(&claim.unfolded);
    let (sides, about) = match (relation.as_app(fun::EQ), relation.as_app("approx")) {
        (Some(sides), _) => (sides, false),
        (None, sides) => (sides?, true),
    };
    let [left, right] = sides else { return None };
    let (left, number) = (value(left)?, value(right)?);
    let slack = match unit_of(right) {
        Some((unit, false)) => unit,
        Some((unit, true)) => unit * if about { 2.0 } else { 1.0 },
        None => 0.0,
    };
    let fits = |called: f64| (called - number).abs() <= slack + 1e-9 * number.abs();
    let rows = ROWS.iter().filter(|row| row.words.contains(&word));
    // In another unit it is not rounded by more than a tenth.
    let near = |called: f64| fits(called) && (called - number).abs() <= 0.1 * number.abs();
    let meant = fits(left) || rows.flat_map(|row| (row.called)(left)).chain(times(left, word)).any(near);
    meant.then(|| Message::new("reason-unit").with("word", word))
}

/// The number that an expression without letters is.
fn value(e: &Expr) -> Option<f64> {
    let constant = e.symbols().is_empty() && e.is_closed() && e.sort().is_scalar();
    let found = constant.then(|| evaluate::<f64>(&e.exact(), &Env::at(&Point::new()), &mut FUEL.clone()))?;
    found.scalar().copied().filter(|x| x.is_finite())
}

/// Fuel for one evaluation.
const FUEL: u64 = 10_000;

/// What stands between a number and its unit.
const SPACES: &[&str] =
    &[" ", "\n", "~", "\\,", "\\;", "\\ ", "\\thinspace", "&nbsp;", "-", "\\", "{", "\u{a0}", "\u{202f}"];

/// The word of a row that follows the end of a formula, of Korean words the longest that its text begins with.
fn word_behind(text: &str) -> Option<&'static str> {
    let text = text.trim_start();
    let mut rest = ["$$", "$", "\\)", "\\]"].iter().find_map(|end| text.strip_prefix(end))?;
    while let Some(next) = SPACES.iter().find_map(|space| rest.strip_prefix(space)) {
        rest = next;
    }
    let letters = rest.find(|c: char| !c.is_ascii_alphabetic() && !matches!(c, 'µ' | 'μ' | 'Ω')).unwrap_or(rest.len());
    let (word, _) = rest.split_at_checked(letters)?;
    let all = || ROWS.iter().map(|row| row.words).chain(TIMES.iter().map(|(words, _)| *words)).flatten().copied();
    if !word.is_empty() {
        let small = word.to_lowercase();
        return all().find(|w| *w == word).or_else(|| all().find(|w| small.len() > 2 && *w == small));
    }
    all().filter(|w| !w.is_ascii() || *w == "%").filter(|w| rest.starts_with(w)).max_by_key(|w| w.len())
}
