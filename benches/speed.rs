//! What people wait for: `cargo bench`. Each is the work as it is done, with no cache and on all cores where it says so.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use mimalloc::MiMalloc;
use rederive::algebra::Slopes;
use rederive::algebra::batch::Program;
use rederive::algebra::canon::{Equality, Fuel, equal_entries};
use rederive::algebra::eval::{Env, Point, Value, evaluate};
use rederive::algebra::facts::Facts;
use rederive::algebra::sign::holds;
use rederive::expr::{Expr, Sort, Symbol, fun};
use rederive::num::Interval;
use rederive::source::Source;
use rederive::{Options, check, check_all};

/// As in the program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() {
    divan::main();
}

/// The lecture notes of this project.
fn course() -> Vec<Source> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("notes");
    let mut paths: Vec<_> = std::fs::read_dir(folder).expect("notes").filter_map(|e| Some(e.ok()?.path())).collect();
    paths.sort();
    let notes = paths.iter().filter(|p| p.extension().is_some_and(|e| e == "md"));
    notes.map(|p| Source::new(p.to_string_lossy().into_owned(), std::fs::read_to_string(p).expect("a note"))).collect()
}

/// The whole course from raw Markdown: every claim judged, 64 instances for each bound checker.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn course_judged(bencher: Bencher) {
    let options = Options { repairs: false, ..Options::default() };
    bencher.with_inputs(course).bench_values(|notes| check_all(notes, &options, None, None, &|| {}));
}

/// The same with the search for repairs of every claim that is wrong, as `rederive check` does it.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn course_judged_and_repaired(bencher: Bencher) {
    let options = Options::default();
    bencher.with_inputs(course).bench_values(|notes| check_all(notes, &options, None, None, &|| {}));
}

/// A long document of short statements, on one core.
#[divan::bench(sample_count = 3, sample_size = 1, args = [100, 1_000])]
fn statements(bencher: Bencher, sections: usize) {
    let text: String = (0..sections).map(section).collect();
    let options = Options { repairs: false, ..Options::default() };
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(64 << 20).build().expect("a thread");
    let count = one.install(|| check(Source::new("long.md", text.clone()), &options)).statements.len();
    bencher
        .counter(ItemsCount::new(count))
        .bench(|| one.install(|| check(Source::new("long.md", text.clone()), &options)));
}

/// A section of a long document.
fn section(number: usize) -> String {
    format!(
        "## Part {number}\n\nFor all real $x$ and $y$:\n\n$$\n\\begin{{aligned}}\n(x + {number} y)^2 &= x^2 + {} x y + {} y^2 \\\\\n\
         &\\geq 0\n\\end{{aligned}}\n$$\n\nThe derivative of $f(x) = e^{{{} x}}$ is\n\n$$\nf'(x) = {} e^{{{} x}}\n$$\n\n",
        2 * number,
        number * number,
        number + 1,
        number + 1,
        number + 1
    )
}

fn logits(count: usize) -> Vec<Expr> {
    (1..=count).map(|k| Expr::sym(Symbol::new(&format!("s_{k}"), Sort::Real))).collect()
}

fn exp(x: &Expr) -> Expr {
    Expr::apply("exp", vec![x.clone()])
}

fn total(s: &[Expr]) -> Expr {
    Expr::apply(fun::ADD, s.iter().map(exp).collect())
}

/// log Σ e^{sₖ} − s₁, as −log p₁ is written.
fn loss(s: &[Expr]) -> Expr {
    let first = s.first().cloned().unwrap_or_else(|| Expr::int(0));
    -Expr::apply("log", vec![exp(&first) * total(s).pow(Expr::int(-1))])
}

/// Softmax cross entropy of ten logits at a million points, on one core.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn million_losses(bencher: Bencher) {
    let s = logits(10);
    let program = Program::new(&loss(&s), &s).expect("a program");
    let count = 1_000_000;
    let value = |i: usize, k: usize| ((i * 31 + k * 17) % 1009) as f64 / 100.0 - 5.0;
    let columns: Vec<Vec<f64>> = (0..10).map(|k| (0..count).map(|i| value(i, k)).collect()).collect();
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let mut out = Vec::new();
    bencher.counter(ItemsCount::new(count)).bench_local(|| program.run(black_box(&columns), &mut out));
}

/// The same loss enclosed over a box, by the evaluator that replays evidence.
#[divan::bench]
fn loss_enclosed(bencher: Bencher) {
    let s = logits(10);
    let e = loss(&s);
    let mut env = Env::<Interval>::at(&Point::new());
    for (k, name) in s.iter().enumerate() {
        let symbol = name.as_symbol().expect("a symbol");
        env = env.with(symbol, Value::Scalar(Interval::new(k as f64 / 4.0, k as f64 / 4.0 + 0.125)));
    }
    bencher.counter(ItemsCount::new(1usize)).bench(|| evaluate(black_box(&e), &env, &mut 100_000));
}

/// All second derivatives of the loss of C classes, each compared with its entry of diag(p) − p pᵀ.
#[divan::bench(sample_count = 1, sample_size = 1, args = [3, 10, 30, 100, 300])]
fn hessian(bencher: Bencher, classes: usize) {
    bencher.bench(|| {
        let s = logits(classes);
        let below = total(&s).pow(Expr::int(-1));
        let mut slopes: Vec<Slopes> = s.iter().filter_map(Expr::as_symbol).map(Slopes::by).collect();
        let loss = loss(&s);
        let gradient: Vec<Expr> = slopes.iter_mut().map(|by| by.of(&loss).expect("a slope")).collect();
        let mut row = |g: &Expr| slopes.iter_mut().map(|by| by.of(g).expect("a slope")).collect::<Vec<Expr>>();
        let found: Vec<Expr> = gradient.iter().flat_map(&mut row).collect();
        let share: Vec<Expr> = s.iter().map(|k| exp(k) * below.clone()).collect();
        let wanted = share.iter().enumerate().flat_map(|(i, p)| {
            share.iter().enumerate().map(move |(j, q)| {
                let product = p.clone() * q.clone();
                if i == j { p.clone() - product } else { -product }
            })
        });
        let wanted: Vec<Expr> = wanted.collect();
        let fuel = &mut Fuel::new(1_000 * found.len() as u64);
        let Equality::Equal { mut conditions, .. } = equal_entries(&found, &wanted, &Facts::new(&[]), fuel) else {
            panic!("not shown");
        };
        conditions.extend(slopes.into_iter().flat_map(Slopes::conditions));
        conditions.retain(|c| !holds(c, &Facts::new(&[])).certainly());
        assert_eq!(conditions, []);
    });
}
