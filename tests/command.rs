//! The command line as people and scripts use it: the program itself, its output and its exit status.

use std::path::Path;
use std::process::{Command, Output};

use rederive::report::{SECTIONS, codes};
use rederive::source::Source;
use rederive::{Options, check};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rederive")).args(arguments).output().expect("the program starts")
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("the output is text")
}

fn status(arguments: &[&str]) -> i32 {
    run(arguments).status.code().expect("it exits")
}

/// A file of notes that lives as long as the test.
struct Notes(std::path::PathBuf);

impl Notes {
    fn new(name: &str, text: &str) -> Notes {
        let path = std::env::temp_dir().join(format!("rederive-{}-{name}.md", std::process::id()));
        std::fs::write(&path, text).expect("a file can be written");
        Notes(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().expect("a path in UTF-8")
    }
}

impl Drop for Notes {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

const SOFTMAX: &str = r"<!-- rederive let: s \in \mathbb{R}^C, y one-hot, i \in \{1, \ldots, C\} -->

$$L = -\sum_{c=1}^{C} y_c \log p_c$$

$$p_c = \frac{e^{s_c}}{\sum_{k=1}^{C} e^{s_k}}$$

<!-- rederive next: id grad; checker softmax_gradient -->
$$\frac{\partial L}{\partial s_i} = p_i - y_i$$
";

#[test]
fn prove_says_proved_by_its_exit_status() {
    assert_eq!(status(&["prove", "(x + 1)^2 = x^2 + 2x + 1"]), 0);
    assert_eq!(status(&["prove", "$$(x + 1)^2 = x^2 + 2x + 1$$"]), 0);
    assert_eq!(status(&["prove", "(x + 1)^2 = x^2 + 1", "--let", "x \\in \\mathbb{R}"]), 1);
    assert_eq!(status(&["prove", "\\log(ab) = \\log a + \\log b", "--let", "a > 0, b > 0"]), 0);
    assert_eq!(status(&["prove", "\\sqrt{x^2} = x", "--assume", "x \\geq 0"]), 0);
    assert_eq!(status(&["prove", "\\sqrt{x^2} = x", "--let", "x \\in \\mathbb{R}"]), 1);
}

#[test]
fn prove_rejects_what_it_does_not_understand() {
    for claim in ["", "x", "a $ b", "x = x --> <b>", "\\mystery{x} = ((", "a = b $$\n\n# c"] {
        let output = run(&["prove", claim]);
        assert_eq!(output.status.code(), Some(2), "{claim:?}: {}", text(&output));
        assert!(!output.stderr.is_empty(), "{claim:?}");
    }
    assert_eq!(status(&["prove", "x = x", "--let", "x one-hat"]), 2, "a misspelt premise is no premise");
    assert_eq!(status(&["prove", "x = x", "--let", "x > 0 --> $$ 1 = 2 $$"]), 2);
    assert_eq!(status(&["prove"]), 2);
}

#[test]
fn a_contradiction_proves_nothing() {
    assert_eq!(status(&["prove", "1 = 2", "--let", "x \\in \\mathbb{R}", "--assume", "x > 1, x < 0"]), 1);
    assert_eq!(status(&["prove", "x = x + 1", "--assume", "x > 1", "--assume", "x < 0"]), 1);
}

#[test]
fn several_relations_are_a_chain() {
    let chain = ["prove", "(x+1)^2 = x^2 + 2x + 1 = x^2 + 1", "--let", "x \\in \\mathbb{R}"];
    let output = run(&chain);
    assert_eq!(output.status.code(), Some(1));
    let shown = text(&output);
    assert!(shown.contains("✓ proved · claim.1") && shown.contains("✗ refuted · claim.2"), "{shown}");
}

#[test]
fn prove_writes_the_json_of_check_with_the_derivation() {
    let output = run(&["prove", "\\frac{d}{dz} e^{2z} = 2e^{2z}", "--let", "z \\in \\mathbb{R}", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(value["schema"], "rederive/1");
    let statement = &value["documents"][0]["statements"]
        .as_array()
        .and_then(|list| list.iter().find(|s| s["id"] == "claim.1"))
        .cloned()
        .expect("the claim");
    assert_eq!(statement["verdict"], "proved");
    let rules: Vec<&str> =
        statement["derivation"].as_array().into_iter().flatten().filter_map(|s| s["rule"].as_str()).collect();
    assert!(rules.contains(&"derivative.exp"), "{rules:?}");
}

#[test]
fn definitions_on_the_command_line_are_unfolded() {
    let output = run(&[
        "prove",
        r"\frac{\partial L}{\partial s_i} = p_i - y_i",
        "--let",
        r"s \in \mathbb{R}^C, y one-hot",
        "--where",
        r"p_i = \frac{e^{s_i}}{\sum_{k=1}^{C} e^{s_k}}",
        "--where",
        r"L = -\sum_{c=1}^{C} y_c \log p_c",
    ]);
    let shown = text(&output);
    assert_eq!(output.status.code(), Some(0), "{shown}");
    assert!(shown.contains("for every size") && shown.contains("sum.delta"), "{shown}");
}

#[test]
fn a_derivation_goes_from_side_to_side() {
    let notes = Notes::new("softmax", SOFTMAX);
    let output = run(&["explain", "grad", notes.path()]);
    let shown = text(&output);
    assert_eq!(output.status.code(), Some(0));
    let wanted = [
        "first witness: engine exact · for every size",
        "second witness: checker softmax_gradient",
        "definition of L   (line 3)",
        "definition of p   (line 5)",
        "derivative.log: (log u)′ = u′ / u",
        "derivative.entry",
        "sum.delta",
        "needs 1 ≤ i",
        "replay: rederive explain grad.1 ",
    ];
    for part in wanted {
        assert!(shown.contains(part), "{part} is missing in\n{shown}");
    }
    let order = ["definition of L", "definition of p", "derivative.log", "sum.delta"].map(|p| shown.find(p));
    assert!(order.is_sorted(), "rules in the order of the derivation: {order:?}");
}

#[test]
fn a_counterexample_is_worked_out_on_both_sides() {
    let notes = Notes::new("wrong", &SOFTMAX.replace("id grad", "id wrong").replace("p_i - y_i", "p_i + y_i"));
    let shown = text(&run(&["explain", "wrong", notes.path()]));
    assert!(shown.contains("✗ refuted · wrong.1"), "{shown}");
    assert!(shown.contains("left side") && shown.contains("right side") && shown.contains("[evaluate]"), "{shown}");
}

#[test]
fn every_code_is_explained_and_its_example_raises_it() {
    for code in codes() {
        let output = run(&["explain", code.name]);
        let shown = text(&output);
        assert_eq!(output.status.code(), Some(0), "{}", code.name);
        assert!(shown.starts_with(code.name) && shown.contains(code.why), "{shown}");
        let path = if code.example.starts_with('{') { "example.ipynb" } else { "example.md" };
        let result = check(Source::new(path, code.example), &Options::default());
        let raised: Vec<&str> = result.findings.iter().map(|f| f.code.name).collect();
        let words: Vec<&str> = result.statements.iter().map(|j| j.judgement.verdict.word()).collect();
        let met = match code.name {
            "refuted" => words.contains(&"refuted"),
            "unmet-expectation" => {
                result.statements.iter().any(|j| j.statement.expected.is_some() && j.is_unexpected())
            }
            name => raised.contains(&name),
        };
        assert!(met, "{}: {raised:?} {words:?}", code.name);
    }
    let notes = Notes::new("none", "Nothing.");
    assert_eq!(status(&["explain", "no-such-code", notes.path()]), 2);
}

/// What looks like one of the slips that claims without a verdict are told for, and is none.
const SOUND: &[&str] = &[
    // Without annotations nobody asks.
    "$$ (x + 1)^2 = x^2 + 2z + 1 $$",
    "$$ \\sum_{i=1}^{4} v_i = v_1 + v_2 $$",
    "$$ f'(w) = w^T w $$\n\n$$ 2 \\cdot 3 = $$",
    "$$ x \\heartsuit y = y $$",
    // One point without a value, one edge, one empty size.
    "<!-- rederive let: x \\neq 0 -->\n<!-- rederive next: id a -->\n$$ \\frac{x^2}{x} = x $$",
    "<!-- rederive let: x \\geq 0 -->\n<!-- rederive next: id a -->\n$$ x \\log x \\leq x^2 $$",
    "<!-- rederive let: v \\in \\mathbb{R}^3 -->\n<!-- rederive next: id a -->\n$$ \\sum_{i=1}^{3} v_i = v_1 + v_2 + v_3 $$",
    // A symbol whose value makes no difference, and one that an unannotated line uses.
    "<!-- rederive let: x \\in \\mathbb{R} -->\n<!-- rederive next: id a -->\n$$ x + z - z = x $$",
    "<!-- rederive let: x > 0 -->\nThe loss is\n\n$$ L = x^2 $$\n\nand never negative:\n\n<!-- rederive next: id a -->\n$$ L \\geq 0 $$",
    // What its author expects.
    "<!-- rederive next: id a; expect unread -->\n$$ x \\heartsuit y = y $$",
    "<!-- rederive let: x \\in \\mathbb{R} -->\n<!-- rederive next: id a; expect undecided -->\n$$ (x + 1)^2 = x^2 + 2z + 1 $$",
    "<!-- rederive file: allow unknown-symbol -->\n<!-- rederive let: x \\in \\mathbb{R} -->\n<!-- rederive next: id a -->\n$$ (x + 1)^2 = x^2 + 2z + 1 $$",
    // A prime that is defined, a gradient that is.
    "<!-- rederive let: x \\in \\mathbb{R}, f(x) := x^2 -->\n<!-- rederive next: id a -->\n$$ f'(x) = 2 x $$",
    "<!-- rederive let: w \\in \\mathbb{R}^n, f(w) := w^T w -->\n<!-- rederive next: id a -->\n$$ \\nabla f(w) = 2 w $$",
    // A condition in words with an equation that holds.
    "<!-- rederive let: x \\in \\mathbb{R} -->\nAssume nothing.\n<!-- rederive next: id a -->\n$$ (x + 1)^2 = x^2 + 2x + 1 $$",
];

#[test]
fn sound_claims_raise_no_finding() {
    for notes in SOUND {
        let result = check(Source::new("sound.md", *notes), &Options::default());
        let raised: Vec<&str> = result.findings.iter().map(|f| f.code.name).collect();
        assert!(raised.is_empty(), "{notes}: {raised:?}");
    }
}

#[test]
fn every_code_that_the_program_raises_is_in_the_table() {
    let mut names = vec![];
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
            let path = entry.path();
            if path.is_dir() {
                folders.extend(Some(path).filter(|p| !p.ends_with("tests")));
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            let codes = text.split(": Code = Code {").skip(1);
            names.extend(codes.filter_map(|t| Some(t.split_once("name: \"")?.1.split_once('"')?.0.to_owned())));
        }
    }
    assert!(names.len() >= 5, "{names:?}");
    for name in names {
        assert!(codes().iter().any(|c| c.name == name), "add {name} to the codes (src/report/codes.rs)");
    }
}

#[test]
fn lists_are_printed_as_text_and_as_json() {
    for table in SECTIONS {
        let lines = text(&run(&["list", table])).lines().count();
        assert!(lines >= 5, "{table}: {lines} lines");
        let output = run(&["list", table, "--format", "json"]);
        let value: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(value["items"].as_array().map(Vec::len), Some(lines), "{table}");
    }
    assert_eq!(status(&["list", "secrets"]), 2);
}

#[test]
fn hostile_notes_stay_harmless_in_derivations() {
    let evil = "<!-- rederive let: x \\in \\mathbb{R} -->\n\n\
        $$\\operatorname{<script>alert(1)</script>} = x$$\n\n\
        <!-- rederive next: claim -->\n$$\\mathrm{<img src=q onerror=alert(2)>} + x - x = \\mathrm{<img src=q onerror=alert(2)>}$$\n\n\
        <!-- rederive next: claim -->\n$$\\frac{d}{dx} (\\text{</math><script>3</script>} x\u{1}^2) = 2x$$\n";
    let notes = Notes::new("hostile", evil);
    let folder = std::env::temp_dir().join(format!("rederive-{}-hostile", std::process::id()));
    let output = run(&["report", notes.path(), "-o", folder.to_str().expect("UTF-8")]);
    assert!(output.status.code().is_some_and(|c| c < 2));
    let mut pages = 0;
    let mut folders = vec![folder.clone()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).expect("a report").filter_map(Result::ok) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "html") {
                let page = std::fs::read_to_string(&path).expect("a page");
                assert_eq!(page.matches("<script>").count(), 1, "our own alone: {}", path.display());
                assert!(!page.contains("<img"), "{}", path.display());
                pages += 1;
            }
        }
    }
    let _ = std::fs::remove_dir_all(&folder);
    assert!(pages >= 3, "notes, index, trust");
    let shown = text(&run(&["explain", "--", "\u{1b}[31m", notes.path()]));
    assert!(!shown.contains('\u{1b}'));
    let proof = text(&run(&["prove", "\\mathrm{\u{1b}[31m} = \\mathrm{\u{1b}[31m}"]));
    assert!(!proof.contains('\u{1b}'), "{proof:?}");
}

/// A derivation with one wrong line: the factor 2 is lost.
const SLIP: &str = "For all real $x$ we have

$$\\begin{aligned} (x + 1)^2 - 1 &= x^2 + 2 x + 1 - 1 \\\\ &= x^2 + x \\\\ &= x (x + 2) \\end{aligned}$$
";

#[test]
fn a_fix_is_written_only_with_a_yes_and_the_notes_are_right_afterwards() {
    let notes = Notes::new("slip", SLIP);
    assert_eq!(status(&["check", notes.path()]), 1);
    let refused = run(&["check", "--fix", notes.path()]);
    assert_eq!(refused.status.code(), Some(2), "nobody can be asked: {}", text(&refused));
    assert_eq!(std::fs::read_to_string(notes.path()).expect("the notes"), SLIP, "nothing was written");
    assert_eq!(status(&["check", "--yes", notes.path()]), 2, "--yes is only said of --fix");

    let json: serde_json::Value =
        serde_json::from_slice(&run(&["check", notes.path(), "--format", "json"]).stdout).expect("JSON");
    let statements = json["documents"][0]["statements"].as_array().expect("statements");
    let fix = &statements.iter().find(|s| s["verdict"] == "refuted").expect("one is refuted")["suggestion"];
    let span = |k: usize| usize::try_from(fix["span"][k].as_u64().expect("a place")).expect("small");
    let mended = format!("{}{}{}", &SLIP[..span(0)], fix["replacement"].as_str().expect("a text"), &SLIP[span(1)..]);
    assert_eq!(
        mended.split_whitespace().collect::<String>(),
        SLIP.replace("x^2 + x ", "x^2 + 2 x ").split_whitespace().collect::<String>()
    );

    assert_eq!(status(&["check", "--fix", "--yes", notes.path()]), 0);
    assert_eq!(std::fs::read_to_string(notes.path()).expect("the notes"), mended);
    assert_eq!(status(&["check", notes.path()]), 0);
}

/// Slips of three kinds in three formulas, with words around them.
const SLIPS: &str = "For all real $x$ we have

$$\\begin{aligned} (x + 1)^2 - 1 &= x^2 + 2 x + 1 - 1 \\\\ &= x^2 + x \\\\ &= x (x + 2) \\end{aligned}$$

and, 값은 같다, for all real $a$ and $b$

$$(a + b) (a - b) = a^2 + b^2$$

By the inequality of Markov

$$\\Pr(X \\geq k) \\leq \\frac{E(X)}{k^2}$$
";

#[test]
fn several_fixes_of_one_file_do_not_get_into_each_others_way() {
    let notes = Notes::new("slips", SLIPS);
    assert_eq!(status(&["check", notes.path()]), 1);
    assert_eq!(status(&["check", "--fix", "--yes", notes.path()]), 0);
    let mended = std::fs::read_to_string(notes.path()).expect("the notes");
    let wanted = SLIPS.replace("x^2 + x ", "x^2 + 2 x ").replace("a^2 + b^2", "a^2 - b^2").replace("{k^2}", "{k}");
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    assert_eq!(squeezed(&mended), squeezed(&wanted));
    assert_eq!(status(&["check", notes.path()]), 0);
    assert_eq!(status(&["check", "--fix", "--yes", notes.path()]), 0, "nothing is left to mend");
    assert_eq!(std::fs::read_to_string(notes.path()).expect("the notes"), mended);
}

#[test]
fn mutate_counts_every_error_once_and_names_the_survivors() {
    let text_of = "For all real $x$ and $y$ we have\n\n$$(x + y)^2 = x^2 + 2 x y + y^2$$\n\nand for all real $x$ and $y$\n\n$$x^2 + y^2 \\geq 2 x y$$\n";
    let notes = Notes::new("right", text_of);
    let output = run(&["mutate", notes.path(), "--format", "json", "--per-kind", "3"]);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(value["schema"], "rederive-mutate/1");
    assert_eq!(value["false_alarms"], 0);
    let number = |row: &serde_json::Value, field: &str| row[field].as_u64().expect("a count");
    let rows: Vec<&serde_json::Value> =
        value["kinds"].as_array().expect("rows").iter().chain([&value["total"]]).collect();
    for row in &rows {
        let parts = ["equivalent", "refuted", "found", "survived"].map(|f| number(row, f));
        assert_eq!(number(row, "planted"), parts.iter().sum::<u64>(), "{row}");
        assert!(number(row, "blamed") <= number(row, "refuted") + number(row, "found"), "{row}");
        assert!(number(row, "repaired") <= number(row, "refuted") + number(row, "found"), "{row}");
    }
    let sign = rows.iter().find(|r| r["kind"] == "sign").expect("the row of signs");
    assert_eq!((number(sign, "planted"), number(sign, "refuted")), (3, 3), "{sign}");
    let survivors = value["survivors"].as_array().expect("a list");
    assert_eq!(survivors.len() as u64, number(&value["total"], "survived"));
    assert_eq!(output.status.success(), survivors.is_empty());
    let again = run(&["mutate", notes.path(), "--format", "json", "--per-kind", "3"]);
    assert_eq!(output.stdout, again.stdout, "the same seed gives the same errors");
    let other = run(&["mutate", notes.path(), "--format", "json", "--per-kind", "1", "--seed", "5"]);
    assert_ne!(output.stdout, other.stdout);
}

#[test]
fn mutate_prints_the_notes_with_one_error_and_writes_a_page() {
    let right = "For all real $x$ we have\n\n$$(x + 1)^2 = x^2 + 2 x + 1$$\n";
    let notes = Notes::new("only", right);
    let page = Notes::new("page", "");
    let output = run(&["mutate", notes.path(), "--per-kind", "1", "--verbose", "--html", page.path()]);
    let listed = text(&output);
    let key = listed.split_whitespace().find(|w| w.starts_with("sign-")).expect("a key").to_owned();
    let planted = run(&["mutate", notes.path(), "--only", &key]);
    let wrong = text(&planted);
    assert!(planted.status.success() && wrong != right && wrong.starts_with("For all real $x$"), "{wrong}");
    assert_eq!(status(&["mutate", notes.path(), "--only", "sign-00000000"]), 2);
    let html = std::fs::read_to_string(page.path()).expect("the page");
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("extra-denominator"), "{html}");
}

#[test]
fn mdbook_is_told_that_every_renderer_will_do() {
    let out = std::process::Command::new(env!("CARGO_BIN_EXE_rederive")).args(["mdbook", "supports", "html"]).output();
    assert!(out.is_ok_and(|o| o.status.success()));
}

#[test]
fn completions_and_the_manual_know_the_commands() {
    for arguments in [&["completions", "bash"][..], &["completions", "fish"], &["man"]] {
        let out = std::process::Command::new(env!("CARGO_BIN_EXE_rederive")).args(arguments).output().unwrap();
        let text = String::from_utf8_lossy(&out.stdout).replace("\\-", "-");
        assert!(out.status.success() && text.contains("explain") && text.contains("mutate"), "{arguments:?}: {text}");
    }
}
