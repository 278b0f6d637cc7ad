//! What the scan takes out of the text before Markdown sees it.

use crate::source::Span;

use super::document::Carrier;

/// A formula as the scan found it; where it stands is known only after the Markdown pass.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FoundFormula {
    /// The TeX between the delimiters.
    pub inner: Span,
    pub display: bool,
    pub carrier: Carrier,
    pub label: Option<String>,
    pub env: Option<String>,
}

/// What becomes of a stretch of the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum RegionKind {
    /// Set aside as one inert word.
    Formula(FoundFormula),
    /// Likewise, and dropped from the prose.
    Hidden,
    /// Replaced by white space, line ends kept.
    Blank,
}

/// A stretch of the text that Markdown must not interpret. Begins and ends on character borders.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Region {
    pub span: Span,
    pub kind: RegionKind,
}

/// The text with every region replaced by as many bytes that mean nothing to Markdown, so that offsets stay valid.
pub(super) fn mask(text: &str, regions: &[Region]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for region in regions {
        let Some(part) = bytes.get_mut(region.span.range()) else { continue };
        let blank = region.kind == RegionKind::Blank;
        for b in part {
            *b = match *b {
                b'\n' | b'\r' if blank => *b,
                _ if blank => b' ',
                _ => b'x',
            };
        }
    }
    // Whole characters were replaced by ASCII, so this cannot fail.
    String::from_utf8(bytes).unwrap_or_default()
}
