//! The figures of the lectures are the ones that `examples/figures.rs` draws.

#[allow(dead_code)]
#[path = "../examples/figures.rs"]
mod figures;

#[test]
fn figures_are_up_to_date_and_say_what_they_show() {
    let korean = figures::figures().map(figures::Figure::korean);
    for (folder, figures) in [("notes/figures", figures::figures()), ("notes/ko/figures", korean)] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for figure in figures {
            let file = std::fs::read_to_string(folder.join(figure.name)).unwrap_or_default();
            assert!(file == figure.svg, "{}: run `cargo run --example figures`", figure.name);
            assert!(file.contains("<title") && file.contains("<desc") && !file.contains("NaN"), "{}", figure.name);
        }
    }
}

/// No word of English is left between the tags.
#[test]
fn korean_figures_are_korean() {
    for figure in figures::figures().map(figures::Figure::korean) {
        let (head, body) = figure.svg.split_once("<style").expect("a style");
        let texts = head.split(['<', '>']).skip(2).step_by(2).chain(body.split(['<', '>']).skip(1).step_by(2));
        let english = |t: &str| {
            let mut words = t.split(|c: char| !c.is_ascii_alphabetic());
            words.any(|w| w.len() > 2 && !matches!(w, "log" | "simplex"))
        };
        for text in texts.filter(|t| !t.starts_with('.')) {
            assert!(!english(text), "{}: {text}", figure.name);
        }
    }
}
