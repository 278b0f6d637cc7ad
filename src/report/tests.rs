//! Tests over hand-built results.

mod hostile;
mod korean;
mod machine;
mod page;
mod pictures;
mod sample;
mod shape;
mod terminal;

pub use sample::sample;

/// CommonMark with what GitHub adds to it, as HTML: how a reader sees our Markdown.
pub fn common_mark(text: &str) -> String {
    let options = pulldown_cmark::Options::ENABLE_TABLES
        | pulldown_cmark::Options::ENABLE_FOOTNOTES
        | pulldown_cmark::Options::ENABLE_MATH
        | pulldown_cmark::Options::ENABLE_STRIKETHROUGH;
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(text, options));
    html
}
