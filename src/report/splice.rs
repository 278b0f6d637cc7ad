//! Notes → HTML: the words by CommonMark, each formula replaced by HTML that we made ourselves.
//!
//! Before Markdown sees the text, each formula becomes a token of private-use characters, so Markdown cannot tear it
//! (and two notes with the same formula can't be confused). Raw HTML is reduced to its words; of links only those with
//! a harmless scheme stay links.

use std::collections::BTreeSet;

use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use crate::read::Document;
use crate::report::escape;
use crate::report::link::{Links, without_tags};
use crate::report::picture::{self, Inlined, Pictures};
use crate::source::Span;

const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';

/// A formula of the notes, ready to be put in its place. All fields but `span` and `block` are HTML.
pub struct Piece {
    /// Where it stands, with its delimiters.
    pub span: Span,
    /// Whether it stands on its own between paragraphs.
    pub block: bool,
    /// For a place between paragraphs, with its cards.
    pub figure: String,
    /// For a place in a sentence.
    pub inline: String,
    /// Without marks, for the contents.
    pub bare: String,
    /// What goes after the paragraph if it stands in a sentence.
    pub cards: String,
}

/// An entry of the contents.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Entry {
    /// 1 to 6.
    pub level: u8,
    /// The heading's id.
    pub anchor: String,
    /// The heading without marks.
    pub title_html: String,
    /// Its words without formulas.
    pub text: String,
}

/// What goes into the page beside the notes' own words.
pub struct Parts<'a> {
    /// The formulas, in order, not overlapping.
    pub pieces: &'a [Piece],
    /// Where links lead.
    pub links: &'a Links,
    /// The pictures that are inlined.
    pub pictures: &'a Pictures,
    /// What stands before the words of a picture that is not.
    pub image: &'a str,
    /// Lines that are titles without being marked as headings.
    pub titles: &'a BTreeSet<String>,
}

/// Notes as HTML.
pub struct Body {
    /// The article.
    pub html: String,
    /// Its headings.
    pub contents: Vec<Entry>,
}

/// Sets the notes with their formulas replaced.
pub fn splice(notes: &Document, parts: &Parts) -> Body {
    let text = match &notes.markdown {
        Some(markdown) => with_tokens(&markdown.text, parts.pieces, &markdown.hidden),
        None => with_tokens(&notes.source.text, parts.pieces, notes.front.as_slice()),
    };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut weaver = Weaver::new(parts);
    Parser::new_ext(&text, options).for_each(|event| weaver.event(event));
    weaver.flush();
    let mut out = String::new();
    html::push_html(&mut out, weaver.out.into_iter());
    Body { html: out, contents: weaver.contents }
}

/// The text with a token for each piece and without what is hidden.
fn with_tokens(text: &str, pieces: &[Piece], hidden: &[Span]) -> String {
    let clean = |part: &str| part.replace([OPEN, CLOSE], "\u{fffd}");
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let (mut out, mut from) = (String::with_capacity(text.len()), start);
    let tokens = pieces.iter().enumerate().map(|(i, p)| (p.span, format!("{OPEN}{i}{CLOSE}")));
    let mut all: Vec<(Span, String)> = tokens.chain(hidden.iter().map(|h| (*h, String::new()))).collect();
    all.sort_by_key(|(span, _)| *span);
    for (span, token) in all.iter().filter(|(span, _)| span.end > span.start) {
        if let Some(before) = text.get(from..span.start) {
            out.push_str(&clean(before));
            out.push_str(token);
            from = span.end;
        }
    }
    out.push_str(&clean(text.get(from..).unwrap_or("")));
    out
}

/// A paragraph is opened only when something stands in it, so that a display between two sentences leaves no empty one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Paragraph {
    None,
    Pending,
    Open,
}

struct Weaver<'a> {
    parts: &'a Parts<'a>,
    out: Vec<Event<'a>>,
    contents: Vec<Entry>,
    paragraph: Paragraph,
    /// Open emphasis, links and the like.
    inline: usize,
    /// Open tables; cards wait for their end.
    tables: usize,
    /// How the columns of the open table are set.
    columns: Vec<Alignment>,
    /// The element of the open row's cells, and the number of the next cell.
    cell: (&'static str, usize),
    /// For each open link, whether it stays one.
    kept: Vec<bool>,
    /// The heading being read and its place in `out`.
    heading: Option<(Entry, usize)>,
    /// The inlined picture being read.
    picture: Option<Inlined>,
    /// The raw HTML block being read.
    raw: Option<String>,
    code: bool,
    cards: String,
}

impl<'a> Weaver<'a> {
    fn new(parts: &'a Parts<'a>) -> Weaver<'a> {
        Weaver {
            parts,
            out: vec![],
            contents: vec![],
            paragraph: Paragraph::None,
            inline: 0,
            tables: 0,
            columns: vec![],
            cell: ("td", 0),
            kept: vec![],
            heading: None,
            picture: None,
            raw: None,
            code: false,
            cards: String::new(),
        }
    }

    fn event(&mut self, event: Event<'_>) {
        if let Some(picture) = &mut self.picture {
            if let Some(html) = picture.event(event, OPEN, CLOSE) {
                self.picture = None;
                self.put(Event::InlineHtml(html.into()));
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code => self.out.push(Event::Text(text.into_string().into())),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.put(Event::Code(code.into_string().into())),
            Event::Html(html) => match &mut self.raw {
                Some(raw) => raw.push_str(&html),
                None => self.text(&without_tags(&html)),
            },
            Event::InlineHtml(html) if html.starts_with("<br") => self.put(Event::HardBreak),
            Event::InlineHtml(_) => {}
            Event::FootnoteReference(name) => self.put(Event::FootnoteReference(footnote(&name))),
            Event::SoftBreak if self.paragraph == Paragraph::Pending => {}
            Event::SoftBreak => self.put(Event::SoftBreak),
            Event::HardBreak => self.put(Event::HardBreak),
            Event::Rule => self.out.push(Event::Rule),
            Event::TaskListMarker(done) => self.put(Event::TaskListMarker(done)),
            // Not enabled, for formulas never reach Markdown.
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.paragraph = Paragraph::Pending,
            Tag::Heading { level, id, .. } => {
                let id = id.map(|i| i.into_string()).unwrap_or_default();
                let entry = Entry { level: number(level), anchor: id, title_html: String::new(), text: String::new() };
                self.heading = Some((entry, self.out.len()));
                self.html(String::new());
            }
            Tag::HtmlBlock => self.raw = Some(String::new()),
            Tag::Link { dest_url, .. } => {
                let address = self.parts.links.resolve(&dest_url);
                self.kept.push(address.is_some());
                self.inline += 1;
                if let Some(address) = address {
                    let address = escape::html(&address);
                    self.put(Event::InlineHtml(format!("<a href=\"{address}\" rel=\"noopener noreferrer\">").into()));
                }
            }
            Tag::Image { dest_url, .. } => {
                let place = picture::place(&self.parts.links.from, &dest_url);
                let picture = place.and_then(|p| Inlined::new(self.parts.pictures.get(&p)?));
                if picture.is_some() {
                    self.picture = picture;
                    return;
                }
                self.inline += 1;
                let label = escape::html(self.parts.image);
                self.put(Event::InlineHtml(format!("<span class=\"image\">{label} ").into()));
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {
                self.inline += 1;
                self.put(Event::Start(owned(tag)));
            }
            Tag::List(_) | Tag::BlockQuote(_) => {
                self.flush();
                self.out.push(Event::Start(owned(tag)));
            }
            Tag::CodeBlock(_) => {
                self.code = true;
                self.out.push(Event::Start(owned(tag)));
            }
            Tag::Table(alignments) => {
                self.tables += 1;
                self.columns = alignments;
                self.html("<div class=\"scroll\"><table><thead>".to_owned());
            }
            Tag::TableHead | Tag::TableRow => {
                self.cell = (if matches!(tag, Tag::TableHead) { "th" } else { "td" }, 0);
                self.html("<tr>".to_owned());
            }
            Tag::TableCell => {
                let class = match self.columns.get(self.cell.1) {
                    Some(Alignment::Right) => " class=\"right\"",
                    Some(Alignment::Center) => " class=\"center\"",
                    _ => "",
                };
                self.html(format!("<{}{class}>", self.cell.0));
            }
            _ => self.out.push(Event::Start(owned(tag))),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                if self.paragraph == Paragraph::Open {
                    self.mark_title();
                    self.out.push(Event::End(TagEnd::Paragraph));
                }
                self.paragraph = Paragraph::None;
                self.flush();
            }
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::HtmlBlock => {
                let raw = self.raw.take().unwrap_or_default();
                self.paragraph = Paragraph::Pending;
                self.text(without_tags(&raw).trim());
                self.end(TagEnd::Paragraph);
            }
            TagEnd::Link => {
                self.inline = self.inline.saturating_sub(1);
                if self.kept.pop() == Some(true) {
                    self.put(Event::InlineHtml("</a>".into()));
                }
            }
            TagEnd::Image => {
                self.inline = self.inline.saturating_sub(1);
                self.put(Event::InlineHtml("</span>".into()));
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {
                self.inline = self.inline.saturating_sub(1);
                self.put(Event::End(tag));
            }
            TagEnd::Item => {
                self.flush();
                self.out.push(Event::End(tag));
            }
            TagEnd::CodeBlock => {
                self.code = false;
                self.out.push(Event::End(tag));
            }
            TagEnd::TableCell => {
                self.html(format!("</{}>", self.cell.0));
                self.cell.1 += 1;
            }
            TagEnd::TableRow => self.html("</tr>\n".to_owned()),
            TagEnd::TableHead => self.html("</tr></thead><tbody>\n".to_owned()),
            TagEnd::Table => {
                self.tables = self.tables.saturating_sub(1);
                self.html("</tbody></table></div>\n".to_owned());
                self.flush();
            }
            _ => self.out.push(Event::End(tag)),
        }
    }

    /// A paragraph of nothing but a title that was not marked as a heading looks like one.
    fn mark_title(&mut self) {
        if let [.., start @ Event::Start(Tag::Paragraph), Event::Text(text)] = self.out.as_mut_slice()
            && self.parts.titles.contains(text.trim())
        {
            *start = Event::Html("<p class=\"title\">".into());
        }
    }

    fn end_heading(&mut self) {
        let Some((mut entry, place)) = self.heading.take() else { return };
        let wanted = if entry.anchor.is_empty() { slug(&entry.text) } else { entry.anchor.clone() };
        let base = format!("n-{}", escape::anchor(&wanted));
        let taken = |a: &String| self.contents.iter().any(|e| e.anchor == *a);
        entry.anchor = (1..)
            .map(|n| if n == 1 { base.clone() } else { format!("{base}-{n}") })
            .find(|a| !taken(a))
            .unwrap_or(base.clone());
        if let Some(start) = self.out.get_mut(place) {
            *start = Event::Html(format!("<h{} id=\"{}\">", entry.level, escape::html(&entry.anchor)).into());
        }
        self.html(format!("</h{}>\n", entry.level));
        self.contents.push(entry);
        self.flush();
    }

    /// Words with tokens in them.
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(OPEN) {
            self.word(before);
            match after
                .split_once(CLOSE)
                .and_then(|(n, tail)| Some((self.parts.pieces.get(n.parse::<usize>().ok()?)?, tail)))
            {
                Some((piece, tail)) => {
                    self.formula(piece);
                    rest = tail;
                }
                None => rest = after,
            }
        }
        self.word(rest);
    }

    fn word(&mut self, text: &str) {
        if text.is_empty() || (self.paragraph == Paragraph::Pending && text.trim().is_empty()) {
            return;
        }
        if let Some((entry, _)) = &mut self.heading {
            entry.title_html.push_str(&escape::html(text));
            entry.text.push_str(text);
        }
        self.put(Event::Text(text.to_owned().into()));
    }

    fn formula(&mut self, piece: &'a Piece) {
        if let Some((entry, _)) = &mut self.heading {
            entry.title_html.push_str(&piece.bare);
        }
        let in_words = self.inline > 0 || self.tables > 0 || self.heading.is_some();
        if !piece.block || in_words {
            self.put(Event::InlineHtml(CowStr::Borrowed(&piece.inline)));
            self.cards.push_str(&piece.cards);
            return;
        }
        if self.paragraph == Paragraph::Open {
            self.out.push(Event::End(TagEnd::Paragraph));
            self.paragraph = Paragraph::Pending;
        }
        self.out.push(Event::Html(CowStr::Borrowed(&piece.figure)));
    }

    fn put(&mut self, event: Event<'a>) {
        if self.paragraph == Paragraph::Pending {
            self.out.push(Event::Start(Tag::Paragraph));
            self.paragraph = Paragraph::Open;
        }
        self.out.push(event);
    }

    fn html(&mut self, html: String) {
        self.out.push(Event::Html(html.into()));
    }

    /// Puts the waiting cards here, if cards may stand here.
    fn flush(&mut self) {
        if self.tables == 0 && self.paragraph == Paragraph::None && !self.cards.is_empty() {
            let cards = std::mem::take(&mut self.cards);
            self.html(format!("<div class=\"cards aside\">{cards}</div>\n"));
        }
    }
}

fn footnote(name: &str) -> CowStr<'static> {
    format!("note-{}", escape::anchor(name)).into()
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// The id that GitHub gives a heading.
fn slug(text: &str) -> String {
    let kept = text.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect::<String>().to_lowercase()
}

/// A tag that outlives the text. Only tags that carry no address come here.
fn owned(tag: Tag<'_>) -> Tag<'static> {
    match tag {
        Tag::FootnoteDefinition(name) => Tag::FootnoteDefinition(footnote(&name)),
        other => other.into_static(),
    }
}
