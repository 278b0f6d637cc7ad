//! The formulas of the seed notes, where their folder stands beside the project.

use super::*;

/// Texts between `$$` or `$` on one line or several; crude, enough for the seeds.
fn formulas(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (i, part) in text.split("$$").enumerate() {
        if i % 2 == 1 {
            found.push(part);
        } else {
            for line in part.lines() {
                found.extend(line.split('$').skip(1).step_by(2));
            }
        }
    }
    found
}

#[test]
fn seed_formulas_are_read_without_errors() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: no folder ../shared/seeds beside the project");
        return;
    };
    let mut count = 0;
    let mut wrong = Vec::new();
    for entry in entries.filter_map(Result::ok) {
        let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
        for formula in formulas(&text) {
            count += 1;
            let xml = to_mathml_of(formula, &parse(formula), true, &[]);
            if xml.contains("<merror") || !laws::errors(formula).is_empty() || xml.contains("unknown") {
                wrong.push(formula.to_owned());
            }
        }
    }
    assert!(count >= 70, "only {count} formulas found");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
