//! The figures of the lectures are the ones that `examples/figures.rs` draws.

#[allow(dead_code)]
#[path = "../examples/figures.rs"]
mod figures;

#[test]
fn figures_are_up_to_date_and_say_what_they_show() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("notes/figures");
    for figure in figures::figures() {
        let file = std::fs::read_to_string(folder.join(figure.name)).unwrap_or_default();
        assert!(file == figure.svg, "{}: run `cargo run --example figures`", figure.name);
        assert!(file.contains("<title") && file.contains("<desc") && !file.contains("NaN"), "{}", figure.name);
    }
}
