//! A preprocessor of mdBook: the chapters come back with the marks of the verdicts and footnotes with the evidence.
//!
//! The protocol is JSON: `[context, book]` on the standard input, the book on the standard output. Chapters are found
//! wherever they stand in it, so that the books of mdBook 0.4 (`sections`) and 0.5 (`items`) are both read, and what is
//! not known is passed on as it came.

use serde_json::Value;

use crate::report::{RenderError, Run, marked};
use crate::source::Source;
use crate::verdict::DocumentResult;
use crate::{Options, check};

/// Why a book could not be gone through.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// What came is not what mdBook sends.
    #[error("this is not a book of mdBook (`[context, book]`): {0}")]
    Protocol(String),
    /// A template of ours does not work.
    #[error(transparent)]
    Render(#[from] RenderError),
}

/// The book with its chapters marked, as JSON, and what was found in them, chapter by chapter.
///
/// # Errors
/// If the input is not what mdBook sends.
pub fn book(input: &str, options: &Options) -> Result<(String, Vec<DocumentResult>), BookError> {
    let protocol = |what: &str| BookError::Protocol(what.to_owned());
    let parts: Vec<Value> = serde_json::from_str(input).map_err(|e| BookError::Protocol(e.to_string()))?;
    let Ok([context, mut book]) = <[Value; 2]>::try_from(parts) else {
        return Err(protocol("two parts are expected"));
    };
    let src = ["config", "book", "src"].into_iter().try_fold(&context, |at, key| at.get(key));
    let src = src.and_then(Value::as_str).unwrap_or("src").to_owned();
    let items = ["items", "sections"].into_iter().find(|key| book.get(key).is_some());
    let items = items.and_then(|key| book.get_mut(key)).ok_or_else(|| protocol("it has no items"))?;
    let mut results = vec![];
    chapters(items, &src, options, &mut results)?;
    Ok((book.to_string(), results))
}

fn chapters(
    items: &mut Value,
    src: &str,
    options: &Options,
    results: &mut Vec<DocumentResult>,
) -> Result<(), BookError> {
    for item in items.as_array_mut().into_iter().flatten() {
        let Some(chapter) = item.get_mut("Chapter") else { continue };
        let path = ["source_path", "path"].iter().find_map(|key| chapter.get(*key).and_then(Value::as_str));
        let content = chapter.get("content").and_then(Value::as_str);
        // A draft has no file.
        if let (Some(path), Some(content)) = (path, content) {
            let result = check(Source::new(format!("{src}/{path}"), content), options);
            let run = Run { lang: options.lang, seed: options.seed, ..Run::new(std::slice::from_ref(&result)) };
            let text = marked(&run, &result)?;
            if let Some(slot) = chapter.get_mut("content") {
                *slot = Value::String(text);
            }
            results.push(result);
        }
        if let Some(below) = chapter.get_mut("sub_items") {
            chapters(below, src, options, results)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOK: &str = r##"[{"root": "/b", "config": {"book": {"src": "text"}}, "renderer": "html"}, {"items": [
        {"Chapter": {"name": "One", "content": "# One\n\nFor all real $x$ we have $x + x = 2x$.\n", "path": "one.md",
         "sub_items": [{"Chapter": {"name": "Two", "content": "For all real $x$ we have $x + x = 3x$.\n",
         "path": "two.md", "sub_items": []}}]}},
        "Separator", {"PartTitle": "Last"},
        {"Chapter": {"name": "Draft", "content": "", "path": null, "sub_items": []}}], "kept": 7}]"##;

    #[test]
    fn chapters_come_back_with_their_marks() {
        let (out, results) = book(BOOK, &Options { repairs: false, ..Options::default() }).unwrap();
        let out: Value = serde_json::from_str(&out).unwrap();
        let one = out.pointer("/items/0/Chapter/content").and_then(Value::as_str).unwrap();
        assert!(one.contains("✓[^re-") && one.contains("# One"), "{one}");
        let two = out.pointer("/items/0/Chapter/sub_items/0/Chapter/content").and_then(Value::as_str).unwrap();
        assert!(two.contains("✗[^re-"), "{two}");
        assert_eq!(out.pointer("/kept"), Some(&Value::from(7)));
        let paths: Vec<&str> = results.iter().map(|r| r.source.path.as_str()).collect();
        assert_eq!(paths, ["text/one.md", "text/two.md"]);
    }

    #[test]
    fn what_is_no_book_is_an_error() {
        for wrong in ["", "{}", "[1]", "[{}, {}]", "[{}, {}, {}]"] {
            assert!(matches!(book(wrong, &Options::default()), Err(BookError::Protocol(_))), "{wrong}");
        }
    }
}
