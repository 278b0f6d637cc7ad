//! A real book: `mdbook build` with the preprocessor, where there is an mdBook (in PATH, or named by `REDERIVE_MDBOOK`).

use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// A folder that goes with the value.
struct Book(PathBuf);

impl Book {
    fn file(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

impl Drop for Book {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn mdbook() -> Option<PathBuf> {
    let named = std::env::var_os("REDERIVE_MDBOOK").map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    named.or_else(|| std::env::split_paths(&path).map(|f| f.join("mdbook")).find(|p| p.is_file()))
}

#[test]
fn a_built_book_has_the_marks_and_the_evidence() {
    let Some(mdbook) = mdbook() else {
        println!("skipped: there is no mdbook on this machine");
        return;
    };
    let book = Book(std::env::temp_dir().join(format!("rederive-book-{}", std::process::id())));
    let program = env!("CARGO_BIN_EXE_rederive").replace('\\', "/");
    let config = "[book]\ntitle = \"Lectures\"\nsrc = \"text\"\n\n[preprocessor.rederive]\n";
    book.file("book.toml", &format!("{config}command = \"{program} mdbook\"\n"));
    book.file("text/SUMMARY.md", "# Summary\n\n- [Wrong](wrong.md)\n  - [Right](deep/right.md)\n- [Draft]()\n");
    let wrong =
        "# Wrong\n\nFor all real $x$ and $y$\n\n$$ (x + y)^2 = x^2 + 3xy + y^2 $$\n\nand <em>so</em> on \u{1b}[31m.\n";
    book.file("text/wrong.md", wrong);
    book.file("text/deep/right.md", "# Right\n\nFor all real $x$ we have $x + x = 2x$.\n");
    let out = Command::new(mdbook).arg("build").arg(&book.0).output().unwrap();
    let said = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{said}");
    assert!(said.contains("text/wrong.md:5:"), "the problem is printed, and stops nothing:\n{said}");
    let page = |name: &str| fs::read_to_string(book.0.join("book").join(name)).unwrap();
    let (wrong, right) = (page("wrong.html"), page("deep/right.html"));
    let places =
        |html: &str, mark: &str| html.match_indices(&format!("{mark}<sup class=\"footnote-reference\"")).count();
    assert_eq!((places(&wrong, "✗"), places(&wrong, "✓")), (1, 0), "{wrong}");
    assert_eq!((places(&right, "✗"), places(&right, "✓")), (0, 1), "{right}");
    let footnotes = wrong.split("class=\"footnote-definition\"").nth(1).unwrap();
    assert!(
        footnotes.contains("refuted") && footnotes.contains("read as") && footnotes.contains("left"),
        "{footnotes}"
    );
    assert!(wrong.contains("<em>so</em>"), "the author's own text is as it was");
}
