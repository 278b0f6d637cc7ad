//! A student's lines: what is right in any form, what is wrong and what is said of it, what nothing could settle.

use rederive::message::Lang;
use rederive::report::{Run, report};
use rederive::source::Source;
use rederive::study::{Reply, answered, exercise, reply};
use rederive::verdict::DocumentResult;
use rederive::{Options, check, check_again};

const NOTES: &str = r"# Squares

<!-- rederive let: x \in \mathbb{R}, y \in \mathbb{R} -->

<!-- rederive next: id square -->
$$
\begin{aligned}
(x + y)^2 &= x^2 + 2 x y + y^2 \\
 &= x (x + 2 y) + y^2
\end{aligned}
$$

<!-- rederive next: id bound -->
$$
x^2 \geq 0
$$

<!-- rederive next: id slip; expect refuted -->
$$
(x - y)^2 = x^2 - y^2
$$

<!-- rederive next: id slope -->
$$
\frac{d}{d x} \left( x^3 + x \right) = 3 x^2 + 1
$$
";

fn notes() -> DocumentResult {
    check(Source::new("notes/squares.md", NOTES), &Options { derivations: true, ..Options::default() })
}

/// How a line goes, and all that is said of it.
fn judged(id: &str, line: &str) -> (Reply, String) {
    let notes = notes();
    let answer = answered(&notes, id, line).unwrap_or_else(|m| panic!("{line}: {}", m.text(Lang::En)));
    let checked = check_again(answer.source.clone(), &Options::default(), Some(&notes));
    let (how, lines) = reply(&notes, &answer, &checked, Lang::En);
    (how, lines.join("\n"))
}

#[test]
fn a_line_is_right_in_any_form() {
    for (id, line) in [
        ("square.1", r"x^2 + 2 x y + y^2"),
        ("square.1", r"= y^2 + x^2 + 2xy"),
        ("square.1", r"&= (x + y)(x + y) \\"),
        ("square.2", r"$x^2 + 2xy + y^2$"),
        ("slope.1", r"\frac{d}{dx}(x^3 + x) = 1 + 3x^2"),
    ] {
        let (how, said) = judged(id, line);
        // Expanded it is the line before.
        let repeats = id == "square.2";
        assert_eq!(how, if repeats { Reply::Open } else { Reply::Right }, "{line}: {said}");
        assert_eq!(said.contains("just as in the notes"), line == r"x^2 + 2 x y + y^2", "{line}: {said}");
    }
}

#[test]
fn what_is_wrong_is_told_by_numbers() {
    for (id, line, told) in [
        ("square.1", r"x^2 + x y + y^2", "Not right: at"),
        ("square.1", r"x^2 - 2 x y + y^2", "Not right: at"),
        ("square.2", r"-x (x + 2 y) - y^2", "opposite sign"),
        ("slope.1", r"3 x^2", "left − right = 1"),
        ("slope.1", r"6 x^2 + 2", "factor 2"),
    ] {
        let (how, said) = judged(id, line);
        assert_eq!(how, Reply::Wrong, "{line}: {said}");
        assert!(said.contains(told), "{line}: {said}");
    }
}

#[test]
fn what_nothing_settles_is_neither() {
    for (id, line) in
        [("slope.1", "3 x^2 + k"), ("slope.1", r"3 x^2 + \operatorname{foo}(x)"), ("square.1", "(x + y)^2")]
    {
        let (how, said) = judged(id, line);
        assert_eq!(how, Reply::Open, "{line}: {said}");
        assert!(!said.contains("Right"), "{said}");
    }
}

#[test]
fn what_is_no_line_is_turned_away() {
    let notes = notes();
    let hostile = [
        "",
        "$",
        "&",
        r"\frac{x",
        r"x \\ y",
        "x & y",
        "x\n\n# y",
        "x --> y",
        "x $ y",
        r"\begin{aligned} x",
        "x }",
        r"\label{a} x",
    ];
    for line in hostile {
        assert!(answered(&notes, "slope.1", line).is_err(), "{line:?}");
    }
    for id in ["slip.1", "bound.1", "nothing", ""] {
        assert!(answered(&notes, id, "x").is_err(), "{id} is no exercise");
    }
}

#[test]
fn every_exercise_is_solved_by_what_it_hides() {
    let notes = notes();
    let all: Vec<_> = (0..notes.statements.len()).filter_map(|at| exercise(&notes, at)).collect();
    assert_eq!(all.iter().map(|e| e.id.as_str()).collect::<Vec<_>>(), ["square.1", "square.2", "slope.1"]);
    for e in all {
        assert!(!e.shown.contains(&e.hidden));
        assert_eq!(judged(&e.id, &e.hidden).0, Reply::Right, "{}", e.id);
    }
}

#[test]
fn a_page_for_students_asks_before_it_tells() {
    let documents = [notes()];
    let made = |student| report(&Run { student, ..Run::new(&documents) }).expect("templates work");
    let pages = made(true);
    let page = &pages.iter().find(|a| a.name == "squares.html").expect("a page").content;
    for words in ["What belongs in the box?", "What is wrong here?", "In small numbers", "rederive answer square.1"] {
        assert!(page.contains(words), "{words}");
    }
    assert_eq!(made(true), pages, "the same bytes");
    assert!(!made(false).iter().any(|a| a.content.contains("What belongs in the box?")));
}

#[test]
fn a_picture_has_a_title_a_description_and_its_data() {
    let documents = [notes()];
    let pages = report(&Run::new(&documents)).expect("templates work");
    let page = &pages.iter().find(|a| a.name == "squares.html").expect("a page").content;
    let plots: Vec<&str> = page.split("<div class=\"plot\">").skip(1).collect();
    assert!(plots.len() >= 3, "a counterexample, a bound, a derivative: {}", plots.len());
    for plot in plots {
        let plot = plot.split_once("</details></div>").map_or(plot, |(p, _)| p);
        for part in ["<title id=", "<desc id=", "role=\"img\"", "<caption>", "<tbody><tr>"] {
            assert!(plot.contains(part), "{part} in {plot}");
        }
        assert!(!plot.contains("NaN") && !plot.contains("inf"), "{plot}");
    }
}

/// The status and the output of the program over a folder with the notes.
fn run(folder: &std::path::Path, arguments: &[&str]) -> (Option<i32>, String) {
    let made = std::process::Command::new(env!("CARGO_BIN_EXE_rederive"))
        .args(arguments)
        .current_dir(folder)
        .env("REDERIVE_CACHE_DIR", folder.join("cache"))
        .output()
        .expect("it runs");
    (made.status.code(), String::from_utf8_lossy(&made.stdout).into_owned() + &String::from_utf8_lossy(&made.stderr))
}

#[test]
fn the_command_answers_and_the_report_compares() {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("study");
    std::fs::create_dir_all(folder.join("notes")).expect("a folder");
    std::fs::write(folder.join("notes/squares.md"), NOTES).expect("written");
    let answer = |line| run(&folder, &["answer", "--solution", "slope.1", line]);
    assert_eq!(answer("1 + 3x^2").0, Some(0));
    let (status, said) = answer("-1 + 3x^2");
    assert!(status == Some(1) && said.contains("The notes have: 3 x^2 + 1"), "{said}");
    assert_eq!(answer(r"\frac{x").0, Some(2));
    assert_eq!(run(&folder, &["answer", "nothing.1", "x"]).0, Some(2));

    let (_, old) = run(&folder, &["check", "--format", "json"]);
    std::fs::write(folder.join("old.json"), &old).expect("written");
    let wrong = NOTES.replace("3 x^2 + 1", "3 x^2 - 1");
    std::fs::write(folder.join("notes/squares.md"), wrong).expect("written");
    assert_eq!(run(&folder, &["report", "--compare", "old.json", "-o", "out"]).0, Some(1));
    let page = std::fs::read_to_string(folder.join("out/squares.html")).expect("a page");
    assert!(page.contains("newly false") && page.contains("<b>newly false</b> slope.1"), "the page says so");
    std::fs::write(folder.join("old.json"), "{}").expect("written");
    assert_eq!(run(&folder, &["report", "--compare", "old.json", "-o", "out"]).0, Some(2));
}
