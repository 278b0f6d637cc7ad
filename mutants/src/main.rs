//! Mutation testing in one build: `mutants/run` says how it is used.
//!
//! cargo-mutants builds the package once for each mutant. Here all mutants that it lists are compiled together, each
//! behind a switch, and a mutant is tried with those tests only that come by its place: thousands an hour.

mod instrument;
mod tests;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use std::{env, fs, io, thread};

use serde_json::Value;

use instrument::Mutant;
use tests::{End, Unit};
use tree::Tree;

/// Tests below the first of these times run together, in one process; then those below the second.
const QUICK: [Duration; 2] = [Duration::from_millis(40), Duration::from_millis(400)];

fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    let mut next = || arguments.next().ok_or_else(|| io::Error::other("LIST TREE OUT WORKERS TESTS..."));
    let (list, folder, out) = (PathBuf::from(next()?), PathBuf::from(next()?), PathBuf::from(next()?));
    let workers: usize = next()?.parse().map_err(io::Error::other)?;
    let targets: Vec<String> = arguments.collect();
    let mutants = listed(&list)?;
    let (units, known) = match env::var_os("RESUME") {
        Some(_) => (tests::recalled(&out.with_extension("reach"))?, fs::read_to_string(&out)?),
        None => {
            let tree = Tree::new(&folder, &mutants)?;
            let (unviable, unplaced) = tree.settle(&mutants)?;
            let mut units = tests::units(&folder, &targets)?;
            reach(&folder, &mut units, workers, &out);
            tests::remember(&units, &out.with_extension("reach"))?;
            let named = |numbers: &BTreeSet<usize>, word: &str| {
                numbers.iter().map(|n| format!("{word}\t{}\n", mutants[*n].name)).collect::<String>()
            };
            (units, named(&unviable, "unviable") + &named(&unplaced, "no-place"))
        }
    };
    let total: Duration = units.iter().map(|u| u.time).sum();
    eprintln!("{} tests of {:.0} s in all", units.len(), total.as_secs_f64());
    fs::write(&out, &known)?;
    let seen: BTreeSet<&str> = known.lines().filter_map(|l| l.split('\t').nth(1)).collect();
    let table = Mutex::new(fs::OpenOptions::new().append(true).open(&out)?);
    let say = |m: &Mutant, outcome: &str| {
        if let Ok(mut file) = table.lock() {
            let (word, by) = outcome.split_once('\t').unwrap_or((outcome, ""));
            let _ = writeln!(file, "{word}\t{}\t{by}", m.name);
        }
    };
    let only: Vec<String> = env::var("ONLY").unwrap_or_default().split_whitespace().map(str::to_owned).collect();
    let wanted = |m: &&Mutant| only.is_empty() || only.iter().any(|o| m.file.starts_with(o));
    let time = |m: &Mutant| units.iter().filter(|u| u.reaches.contains(&m.number)).map(|u| u.time).sum();
    let rest = mutants.iter().filter(wanted).filter(|m| !seen.contains(m.name.as_str()));
    let mut order: Vec<(Duration, &Mutant)> = rest.map(|m| (time(m), m)).collect();
    // What is soon known comes first.
    order.sort_by_key(|(time, m)| (*time, m.number));
    let budget = Duration::from_secs(env::var("BUDGET").ok().and_then(|b| b.parse().ok()).unwrap_or(60));
    let place = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some((_, m)) = order.get(place.fetch_add(1, Ordering::Relaxed)) {
                    say(m, &outcome(&folder, &units, m.number, budget));
                }
            });
        }
    });
    Ok(())
}

fn listed(path: &Path) -> io::Result<Vec<Mutant>> {
    let list: Value = serde_json::from_str(&fs::read_to_string(path)?).map_err(io::Error::other)?;
    let place = |v: &Value| {
        let number = |key: &str| usize::try_from(v[key].as_u64().unwrap_or(1)).unwrap_or(1);
        (number("line"), number("column"))
    };
    let word = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let one = |(number, m): (usize, &Value)| Mutant {
        number,
        file: word(&m["file"]),
        name: word(&m["name"]),
        genre: word(&m["genre"]),
        start: place(&m["span"]["start"]),
        replacement: word(&m["replacement"]),
    };
    Ok(list.as_array().map(|all| all.iter().enumerate().map(one).collect()).unwrap_or_default())
}

/// What each test comes by. Tests that fail as it is are left out.
fn reach(folder: &Path, units: &mut Vec<Unit>, workers: usize, out: &Path) {
    let todo = Mutex::new(std::mem::take(units));
    let done = Arc::new(Mutex::new(vec![]));
    thread::scope(|scope| {
        for worker in 0..workers {
            let (todo, done) = (&todo, Arc::clone(&done));
            scope.spawn(move || {
                let list = out.with_extension(format!("reach.{worker}"));
                loop {
                    let Some(mut unit) = todo.lock().ok().and_then(|mut t| t.pop()) else { return };
                    if tests::measure(folder, &mut unit, &list) {
                        if let Ok(mut done) = done.lock() {
                            done.push(unit);
                        }
                    } else {
                        eprintln!("fails without a mutant: {}", unit.name);
                    }
                }
            });
        }
    });
    if let Ok(mut done) = done.lock() {
        *units = std::mem::take(&mut *done);
    }
    units.sort_by(|a, b| (a.time, &a.name).cmp(&(b.time, &b.name)));
}

/// Whether a test notices the mutant, and which.
fn outcome(folder: &Path, units: &[Unit], mutant: usize, budget: Duration) -> String {
    let reaching: Vec<&Unit> = units.iter().filter(|u| u.reaches.contains(&mutant)).collect();
    if reaching.is_empty() {
        return "unreached".to_owned();
    }
    let limit = |time: Duration| time * 5 + Duration::from_secs(10);
    let mut batches: Vec<Vec<&Unit>> = vec![];
    let mut rest = reaching;
    for quick in QUICK {
        let (now, later): (Vec<&Unit>, Vec<&Unit>) = rest.into_iter().partition(|u| u.time < quick && u.exact);
        let mut programs: BTreeMap<&Path, Vec<&Unit>> = BTreeMap::new();
        now.into_iter().for_each(|u| programs.entry(&u.program).or_default().push(u));
        batches.extend(programs.into_values());
        rest = later;
    }
    batches.extend(rest.into_iter().map(|u| vec![u]));
    let mut spent = Duration::ZERO;
    for batch in batches {
        let time: Duration = batch.iter().map(|u| u.time).sum();
        if batch.len() == 1 && spent + time > budget {
            return format!("missed\twithin {:.0} s", budget.as_secs_f64());
        }
        spent += time;
        let named = if batch.len() == 1 { batch[0].name.clone() } else { format!("{} unit tests", batch.len()) };
        match tests::run(folder, &batch, Some(mutant), None, limit(time)) {
            End::Passed => {}
            End::Failed => return format!("caught\t{named}"),
            End::TimedOut => return format!("timeout\t{named}"),
        }
    }
    "missed".to_owned()
}
