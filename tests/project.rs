//! Many files: configuration, what is checked, threads, the cache, baselines and what CI demands, by the program itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rederive::project::{Cache, Configurations, sources};
use rederive::report::{self, Run};
use rederive::source::Source;
use rederive::{Options, check_all};

const WRONG: &str = "For all real $x$: $(x+1)^2 = x^2 + 1$.\n";
const RIGHT: &str = "For all real $x$: $(x+1)^2 = x^2 + 2x + 1$.\n";

/// A project in a new folder that goes with the value; its cache lies in it.
struct Project(PathBuf);

impl Project {
    fn new(name: &str, files: &[(&str, &str)]) -> Project {
        let path = std::env::temp_dir().join(format!("rederive-project-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder can be made");
        let project = Project(path);
        // Nothing above it is looked at.
        fs::create_dir(project.0.join(".git")).expect("a folder can be made");
        files.iter().for_each(|(name, text)| project.file(name, text));
        project
    }

    fn file(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("below the project")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
        command.current_dir(&self.0).env("REDERIVE_CACHE_DIR", self.0.join(".cache")).args(arguments);
        command.output().expect("the program starts")
    }

    fn status(&self, arguments: &[&str]) -> i32 {
        self.run(arguments).status.code().expect("it exits")
    }

    fn out(&self, arguments: &[&str]) -> String {
        String::from_utf8(self.run(arguments).stdout).expect("the output is text")
    }

    fn errors(&self, arguments: &[&str]) -> String {
        String::from_utf8(self.run(arguments).stderr).expect("the output is text")
    }

    fn git(&self, arguments: &[&str]) {
        let identity = ["-c", "user.name=n", "-c", "user.email=e@x", "-c", "init.defaultBranch=main"];
        let done = Command::new("git").arg("-C").arg(&self.0).args(identity).args(arguments).output();
        assert!(done.expect("git starts").status.success(), "{arguments:?}");
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// JSON without the seconds, the one field that may differ.
fn json(documents: &[rederive::verdict::DocumentResult]) -> String {
    (report::format("json").expect("there is JSON").render)(&Run::new(documents)).expect("it is written")
}

#[test]
fn a_misspelt_key_or_value_is_an_error_with_its_line_and_the_nearest_one() {
    let project = Project::new("misspelt", &[("notes/a.md", RIGHT)]);
    for (text, place, near) in [
        ("seed = 1\nalow = []", "rederive.toml:2:1", "did you mean `allow`?"),
        ("allow = [\"unused-indx\"]", "rederive.toml:1:9", "did you mean `unused-index`?"),
        ("fail-on = [\"wrong\"]", "rederive.toml:1:11", "there is no word `wrong`"),
        ("seed = -1", "rederive.toml:1:8", "expected a whole number from 0"),
        ("min-coverage = 101", "rederive.toml:1:16", "expected a number from 0 to 100"),
        ("[macros]\nR = 'x'", "rederive.toml:1", "`R` is no macro"),
        ("cache = \"yes\"", "rederive.toml:1:9", "expected true or false, found string"),
        ("paths = [\"notes\"\n", "rederive.toml:", ""),
    ] {
        project.file("rederive.toml", text);
        let output = project.run(&["check"]);
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{text}: {errors}");
        assert!(errors.contains(place) && errors.contains(near), "{text}: {errors}");
    }
}

#[test]
fn the_nearest_file_decides_and_the_command_line_goes_first() {
    let project = Project::new(
        "nearest",
        &[
            (
                "rederive.toml",
                "paths = [\"in\"]\nmin-coverage = 100\nallow = [\"unused-index\"]\nmacros = [\"m.tex\"]\n",
            ),
            ("m.tex", "\\newcommand{\\two}{2}"),
            ("in/rederive.toml", "min-coverage = 0\nallow = [\"missing-differential\"]\n[macros]\n'\\sq' = '#1^2'\n"),
            (
                "in/a.md",
                "For all real $x$: $\\sq{(x+1)} = x^2 + \\two x + 1$. For $n > 0$: $\\sum_{i=1}^n a = n a$. For all real $x$: $f(x) \\leq g(x)$.\n",
            ),
        ],
    );
    let out = project.out(&["check", "--format", "json"]);
    assert!(out.contains("\"proved\"") && !out.contains("unread\","), "{out}");
    assert!(!out.contains("unused-index"), "{out}");
    let shown = project.out(&["config", "--show", "in/a.md"]);
    for line in [
        "min-coverage = 0  # in/rederive.toml:1",
        "allow = [\"missing-differential\"]  # in/rederive.toml:2",
        "allow = [\"unused-index\"]  # rederive.toml:3",
        "macros = { \"\\\\sq\" = \"#1^2\" }  # in/rederive.toml:3",
        "#   in/rederive.toml\n#   rederive.toml\n",
    ] {
        assert!(shown.contains(line), "{line}\n{shown}");
    }
    assert!(!shown.contains("min-coverage = 100"), "{shown}");
    assert_eq!(project.status(&["check", "in"]), 0);
    assert_eq!(project.status(&["check", "in", "--min-coverage", "100"]), 1);
}

#[test]
fn init_writes_a_file_that_says_nothing_yet_and_never_over_another() {
    let project = Project::new("init", &[("notes/a.md", RIGHT)]);
    assert_eq!(project.status(&["init"]), 0);
    let text = fs::read_to_string(project.0.join("rederive.toml")).expect("it was written");
    assert_eq!(project.status(&["check"]), 0);
    assert_eq!(project.status(&["init"]), 2);
    let uncommented: String = text
        .lines()
        .map(|l| {
            l.strip_prefix("# ").filter(|l| l.split_once(" = ").is_some_and(|(k, _)| !k.contains(' '))).unwrap_or("")
        })
        .map(|l| format!("{l}\n"))
        .collect();
    project.file("rederive.toml", &uncommented);
    project.file("macros.tex", "");
    project.file("rederive-baseline.toml", "");
    let output = project.run(&["check"]);
    assert_eq!(output.status.code(), Some(0), "every example is valid: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn results_do_not_depend_on_threads_or_on_what_was_checked_before() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [root.join("tests/corpus/blame"), root.join("tests/formats")];
    let read = || sources(&folders, &mut Configurations::default()).expect("the corpus is there");
    assert!(read().len() > 5);
    let options = Options { instances: 16, ..Options::default() };
    let once = json(&check_all(read(), &options, Some(1), None, &|| ()));
    for jobs in [2, 4] {
        assert!(json(&check_all(read(), &options, Some(jobs), None, &|| ())) == once, "{jobs} threads");
    }
    let mut reversed: Vec<Source> = read();
    reversed.reverse();
    let mut results: Vec<_> = reversed.into_iter().map(|s| rederive::check(s, &options)).collect();
    results.reverse();
    assert!(json(&results) == once, "in another order, all in one thread");
}

#[test]
fn what_the_cache_gives_is_what_checking_gives() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = std::env::temp_dir().join(format!("rederive-cache-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    let cache = Cache::new(folder.clone(), "options");
    let options = Options { instances: 16, derivations: true, ..Options::default() };
    let folders = [root.join("tests/formats"), root.join("notes/softmax.md"), root.join("tests/corpus/blame")];
    let read = || sources(&folders, &mut Configurations::default()).expect("the notes are there");
    let fresh = check_all(read(), &options, None, None, &|| ());
    check_all(read(), &options, None, Some(&cache), &|| ());
    let kept = check_all(read(), &options, None, Some(&cache), &|| ());
    assert!(read().iter().all(|s| cache.get(s).is_ok()), "all are kept");
    for format in report::FORMATS {
        let text = |documents| (format.render)(&Run { verbose: true, ..Run::new(documents) }).expect("it is written");
        assert!(text(&fresh) == text(&kept), "{}", format.name);
    }
    for id in fresh.iter().flat_map(|d| &d.statements).map(|j| &j.statement.id) {
        assert!(report::explain(&Run::new(&fresh), id) == report::explain(&Run::new(&kept), id), "{id}");
    }
    // What it depends on has changed.
    let mut other = read().remove(0);
    other.macros.push_str("\\def\\x{y}");
    assert!(cache.get(&other).is_err());
    let mut other = read().remove(0);
    other.text.push(' ');
    assert!(cache.get(&other).is_err());
    assert!(Cache::new(folder.clone(), "other options").get(&read().remove(0)).is_err());
    // An entry that is torn or forged is none.
    for entry in fs::read_dir(&folder).expect("there are entries").flatten() {
        let text = fs::read_to_string(entry.path()).expect("an entry is text");
        fs::write(entry.path(), text.replace("Undecided", "Proved").replace("Refuted", "Proved")).expect("written");
    }
    let forged = fs::read_dir(&folder).expect("there are entries").flatten().count();
    let hits = read().iter().filter(|s| cache.get(s).is_ok()).count();
    assert!(hits < forged, "what was changed is not used");
    for entry in fs::read_dir(&folder).expect("there are entries").flatten() {
        let text = fs::read_to_string(entry.path()).expect("an entry is text");
        fs::write(entry.path(), &text[..text.len() / 2]).expect("written");
    }
    assert!(read().iter().all(|s| cache.get(s).is_err()));
    let _ = fs::remove_dir_all(&folder);
}

#[test]
fn a_second_run_prints_the_same_and_sees_what_changed() {
    let project = Project::new("second", &[("notes/a.md", WRONG), ("notes/b.md", RIGHT)]);
    let seconds = |text: String| text.lines().filter(|l| !l.contains("seconds")).collect::<Vec<_>>().join("\n");
    let json = |more: &[&str]| seconds(project.out(&[&["check", "--format", "json"], more].concat()));
    let first = json(&["--no-cache"]);
    assert!(!project.0.join(".cache").exists(), "--no-cache keeps nothing");
    assert_eq!(json(&[]), first);
    assert!(project.0.join(".cache").exists());
    assert_eq!(json(&["--jobs", "2"]), first);
    project.file("notes/a.md", RIGHT);
    assert_eq!((project.status(&["check"]), project.status(&["check", "--no-cache"])), (0, 0));
    project.file("rederive.toml", "cache = false\n");
    fs::remove_dir_all(project.0.join(".cache")).expect("it was there");
    project.status(&["check"]);
    assert!(!project.0.join(".cache").exists());
}

#[test]
fn only_what_changed_is_checked() {
    let project = Project::new("changed", &[("notes/a.md", WRONG), ("notes/b.md", RIGHT), ("rederive.toml", "")]);
    let since = |rev: &str| project.out(&["check", "--format", "concise", "--changed-since", rev]);
    fs::remove_dir_all(project.0.join(".git")).expect("it was there");
    let output = project.run(&["check", "--changed-since", "HEAD"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("not a git repository"));
    project.git(&["init", "-q"]);
    project.git(&["add", "-A"]);
    project.git(&["commit", "-qm", "x"]);
    assert!(since("HEAD").starts_with("0 documents"), "{}", since("HEAD"));
    assert_eq!(project.status(&["check", "--changed-since", "HEAD"]), 0);
    project.file("notes/b.md", WRONG);
    project.file("notes/c.md", RIGHT);
    assert!(since("HEAD").contains("2 documents") && since("HEAD").contains("notes/b.md:1"), "{}", since("HEAD"));
    project.file("rederive.toml", "seed = 1");
    assert!(since("HEAD").contains("3 documents"), "another configuration changes all");
    assert!(project.errors(&["check", "--changed-since", "nowhere"]).contains("no revision `nowhere`"));
    assert_eq!(project.status(&["check", "--changed-since", "--output=x"]), 2, "a revision is no option of git");
}

#[test]
fn a_baseline_accepts_what_is_there_and_nothing_new() {
    let project = Project::new("baseline", &[("notes/a.md", WRONG)]);
    assert_eq!(project.status(&["check"]), 1);
    assert_eq!(project.status(&["check", "--write-baseline", "base.toml"]), 0);
    assert_eq!(project.status(&["check", "--baseline", "base.toml"]), 0);
    project.file("rederive.toml", "baseline = \"base.toml\"\n");
    project.file("notes/a.md", &format!("# Moved\n\n{WRONG}"));
    assert_eq!(project.status(&["check"]), 0);
    project.file("notes/a.md", &format!("{WRONG}\n{}", WRONG.replace("+ 1$", "+ 4$")));
    assert_eq!(project.status(&["check"]), 1);
    project.file("notes/a.md", RIGHT);
    assert_eq!(project.status(&["check"]), 0);
    assert!(project.errors(&["check"]).contains("no longer occurs"));
    project.file("base.toml", "accepted = 1");
    assert_eq!(project.status(&["check"]), 2);
}

#[test]
fn ci_says_what_fails() {
    let project =
        Project::new("gate", &[("notes/a.md", "For all real $x$: $f(x) \\leq g(x)$.\n"), ("notes/b.md", RIGHT)]);
    assert_eq!(project.status(&["check"]), 0);
    assert_eq!(project.status(&["check", "--fail-on", "undecided,unread"]), 1);
    assert!(project.errors(&["check", "--fail-on", "undecided"]).contains("undecided: 1"));
    assert_eq!(project.status(&["check", "--fail-on", "undecidable"]), 2);
    assert_eq!(
        (project.status(&["check", "--min-coverage", "50"]), project.status(&["check", "--min-coverage", "51"])),
        (0, 1)
    );
    assert!(project.errors(&["check", "--min-coverage", "51"]).contains("50.0 %"));
    project.file("rederive.toml", "fail-on = [\"undecided\"]\n");
    assert_eq!((project.status(&["check"]), project.status(&["check", "--fail-on", "refuted"])), (1, 0));
}
