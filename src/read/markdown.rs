//! The second pass: Markdown, with formulas already set aside, yields headings, prose and the places of formulas.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

use crate::source::Span;

use super::document::{Block, Carrier, Formula, Place, Prose};
use super::extract::{Surroundings, extract};
use super::region::{FoundFormula, Region, RegionKind};

/// A heading under way.
struct OpenHeading {
    level: u8,
    span: Span,
    text: String,
    label: Option<String>,
    formulas: Vec<Block>,
}

/// A list under way, to recognise a numbered list of one item.
#[derive(Clone, Copy)]
struct OpenList {
    numbered: bool,
    items: usize,
    /// How many blocks there were when it began.
    blocks: usize,
}

/// What the pass yields; sections are not yet known.
pub(super) struct Rendered {
    pub blocks: Vec<Block>,
    /// Names of headings, by where the heading begins.
    pub labels: Vec<(usize, String)>,
}

/// The most containers that are tracked; Markdown nests no deeper in earnest.
const DEPTH: usize = 256;

struct Pass<'a> {
    text: &'a str,
    regions: &'a [Region],
    /// All regions before this one were met.
    next: usize,
    out: Rendered,
    prose: Prose,
    paragraph: usize,
    /// How many blocks there were when the paragraph began.
    paragraph_blocks: usize,
    quotes: usize,
    /// Whether each container that is open has marks of quotes in the text.
    containers: Vec<bool>,
    lists: Vec<OpenList>,
    table: usize,
    heading: Option<OpenHeading>,
    /// Inside an image's description or a code block.
    silent: usize,
    html: usize,
}

/// Reads `masked` (the text with `regions` made inert), whose byte 0 is byte `base` of `text`.
pub(super) fn render(text: &str, masked: &str, base: usize, regions: &[Region]) -> Rendered {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut pass = Pass {
        text,
        regions,
        next: 0,
        out: Rendered { blocks: Vec::new(), labels: Vec::new() },
        prose: Prose::default(),
        paragraph: 0,
        paragraph_blocks: 0,
        quotes: 0,
        containers: Vec::new(),
        lists: Vec::new(),
        table: 0,
        heading: None,
        silent: 0,
        html: 0,
    };
    for (event, range) in Parser::new_ext(masked.get(base..).unwrap_or(""), options).into_offset_iter() {
        pass.event(event, Span::new(range.start + base, range.end + base));
    }
    pass.end_paragraph();
    pass.out
}

impl Pass<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(t) if self.html > 0 => self.only_formulas(&t, span),
            Event::Text(t) => self.words(&t, span),
            Event::Code(t) => {
                let at = self.text.get(span.range()).and_then(|s| s.find(t.as_ref())).unwrap_or(0);
                self.push(&t, span.start + at);
            }
            Event::Html(t) => self.only_formulas(&t, span),
            Event::InlineHtml(t) if t.starts_with("<br") => self.push(" ", span.start),
            Event::SoftBreak => self.push("\n", self.line_end(span)),
            Event::HardBreak => self.push("\n", self.line_end(span)),
            _ => {}
        }
    }

    /// Where the line feed of a break stands.
    fn line_end(&self, span: Span) -> usize {
        let text = self.text.get(span.range()).unwrap_or("");
        span.start + text.find('\n').unwrap_or(0)
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Paragraph | Tag::TableCell | Tag::FootnoteDefinition(_) => self.begin_paragraph(),
            Tag::Heading { level, id, .. } => {
                self.begin_paragraph();
                // A rule under a display makes a heading of it; nobody means that.
                if !self.holds_display(span) {
                    let text = self.text.get(span.range()).unwrap_or("");
                    let span = Span::new(span.start, span.start + text.trim_end().len());
                    let label = id.map(|id| id.to_string());
                    self.heading = Some(OpenHeading {
                        level: level as u8,
                        span,
                        text: String::new(),
                        label,
                        formulas: Vec::new(),
                    });
                }
            }
            Tag::BlockQuote(_) => {
                // The body of an admonition is only indented.
                let marked = self.text.get(span.start..).is_some_and(|t| t.trim_start().starts_with('>'));
                self.quotes += usize::from(marked);
                self.containers.push(marked);
            }
            Tag::List(first) => {
                self.end_paragraph();
                if self.lists.len() < DEPTH {
                    let blocks = self.out.blocks.len();
                    self.lists.push(OpenList { numbered: first.is_some(), items: 0, blocks });
                }
            }
            Tag::Item => {
                self.begin_paragraph();
                if let Some(list) = self.lists.last_mut() {
                    list.items += 1;
                }
            }
            Tag::Table(_) => self.table += 1,
            Tag::Image { .. } => self.silent += 1,
            Tag::HtmlBlock => {
                self.begin_paragraph();
                self.html += 1;
            }
            Tag::CodeBlock(kind) => self.code(&kind, span),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::TableCell | TagEnd::Item | TagEnd::FootnoteDefinition => self.end_paragraph(),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(_) => {
                let marked = self.containers.pop().unwrap_or(false);
                self.quotes = self.quotes.saturating_sub(usize::from(marked));
            }
            TagEnd::List(_) => {
                self.end_paragraph();
                let list = self.lists.pop();
                self.lone_item(list);
            }
            TagEnd::Table => self.table = self.table.saturating_sub(1),
            TagEnd::Image | TagEnd::CodeBlock => self.silent = self.silent.saturating_sub(1),
            TagEnd::HtmlBlock => {
                self.html = self.html.saturating_sub(1);
                self.end_paragraph();
            }
            _ => {}
        }
    }

    fn begin_paragraph(&mut self) {
        self.end_paragraph();
        self.paragraph += 1;
        self.paragraph_blocks = self.out.blocks.len();
    }

    fn end_paragraph(&mut self) {
        self.flush();
        let lone = self.out.blocks.len() == self.paragraph_blocks + 1;
        if let (true, Some(Block::Prose(p))) = (lone, self.out.blocks.last_mut())
            && p.place == Place::Paragraph
            && p.paragraph == self.paragraph
        {
            p.alone = !p.text.trim().contains('\n');
        }
    }

    /// `1. Title` on its own is a list to Markdown, yet a title to its author.
    fn lone_item(&mut self, list: Option<OpenList>) {
        let Some(list) = list.filter(|l| l.numbered && l.items == 1 && self.lists.is_empty()) else { return };
        if self.out.blocks.len() == list.blocks + 1
            && let Some(Block::Prose(p)) = self.out.blocks.last_mut()
        {
            p.alone = !p.text.trim().contains('\n');
        }
    }

    fn end_heading(&mut self) {
        let Some(h) = self.heading.take() else { return self.end_paragraph() };
        if let Some(label) = h.label {
            self.out.labels.push((h.span.start, label));
        }
        let text = h.text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.out.blocks.push(Block::Heading { level: h.level, text, span: h.span, section: 0 });
        self.out.blocks.extend(h.formulas);
        self.paragraph += 1;
    }

    fn place(&self) -> Place {
        if self.heading.is_some() {
            Place::Heading
        } else if self.html > 0 {
            Place::Html
        } else if self.table > 0 {
            Place::TableCell
        } else if !self.lists.is_empty() {
            Place::ListItem
        } else {
            Place::Paragraph
        }
    }

    /// Adds words that begin at source byte `at`.
    fn push(&mut self, words: &str, at: usize) {
        if words.is_empty() || self.silent > 0 || self.html > 0 {
            return;
        }
        if let Some(h) = &mut self.heading {
            h.text.push_str(words);
            return;
        }
        // Code or a comment under a line that Markdown lets a paragraph run through.
        if let Some(&(t, s)) = self.prose.runs.last()
            && self.blank_within(Span::new(s + (self.prose.text.len() - t), at))
        {
            self.flush();
        }
        let p = &mut self.prose;
        if p.runs.last().is_none_or(|&(t, s)| s + (p.text.len() - t) != at) {
            p.runs.push((p.text.len(), at));
        }
        p.text.push_str(words);
    }

    fn blank_within(&self, span: Span) -> bool {
        span.start < span.end
            && self.regions.get(self.regions_in(span)).is_some_and(|r| r.iter().any(|r| r.kind == RegionKind::Blank))
    }

    /// Ends the run of words.
    fn flush(&mut self) {
        let mut p = std::mem::take(&mut self.prose);
        if p.text.trim().is_empty() {
            return;
        }
        let extract = p.extract();
        let lead = p.text.len() - p.text.trim_start().len();
        p.span = extract.span_to_source(Span::new(lead, p.text.trim_end().len()));
        // A decoded entity is shorter or longer than its source, so its last byte may map into a character.
        while !self.text.is_char_boundary(p.span.end) && p.span.end < self.text.len() {
            p.span.end += 1;
        }
        p.paragraph = self.paragraph;
        p.place = self.place();
        self.out.blocks.push(Block::Prose(p));
    }

    /// The positions of the regions that overlap `span`.
    fn regions_in(&self, span: Span) -> std::ops::Range<usize> {
        let from = self.regions.partition_point(|r| r.span.end <= span.start);
        let to = self.regions.partition_point(|r| r.span.start < span.end);
        from..to.max(from)
    }

    /// A text event: words with formulas among them.
    fn words(&mut self, words: &CowStr<'_>, span: Span) {
        let verbatim = words.len() == span.end - span.start;
        let mut at = span.start;
        for i in self.regions_in(span) {
            let Some(region) = self.regions.get(i) else { break };
            if verbatim && region.span.start > at {
                self.push(words.get(at - span.start..region.span.start - span.start).unwrap_or(""), at);
            }
            at = at.max(region.span.end);
            self.meet(i);
        }
        if verbatim {
            self.push(words.get(at.min(span.end) - span.start..).unwrap_or(""), at);
        } else if at == span.start {
            self.push(words, at);
        }
    }

    /// A stretch of HTML: its formulas.
    fn only_formulas(&mut self, _: &CowStr<'_>, span: Span) {
        for i in self.regions_in(span) {
            self.meet(i);
        }
    }

    /// Comes upon region `i`.
    fn meet(&mut self, i: usize) {
        let Some(Region { span, kind: RegionKind::Formula(found) }) = self.regions.get(i) else { return };
        if i < self.next || self.silent > 0 {
            return;
        }
        self.next = i + 1;
        let block = Block::Formula(self.formula(*span, found));
        match &mut self.heading {
            Some(h) => {
                h.text.push_str(self.text.get(span.range()).unwrap_or(""));
                h.formulas.push(block);
            }
            None => {
                self.flush();
                self.out.blocks.push(block);
            }
        }
    }

    fn formula(&self, span: Span, found: &FoundFormula) -> Formula {
        let around = Surroundings {
            quotes: self.quotes.min(DEPTH),
            list: !self.lists.is_empty(),
            table: self.table > 0,
            escaped: matches!(found.carrier, Carrier::Bracket | Carrier::Parenthesis)
                && self.text.get(span.start..).is_some_and(|t| t.starts_with("\\\\")),
        };
        Formula {
            extract: extract(self.text, found.inner, around),
            span,
            display: found.display,
            carrier: found.carrier,
            paragraph: self.paragraph,
            section: 0,
            label: found.label.clone(),
            env: found.env.clone(),
            place: self.place(),
        }
    }

    fn holds_display(&self, span: Span) -> bool {
        let regions = self.regions.get(self.regions_in(span)).unwrap_or(&[]);
        regions.iter().any(|r| matches!(&r.kind, RegionKind::Formula(f) if f.display))
    }

    /// A code block. One that is indented and holds nothing but displays is no code: its author only indented.
    fn code(&mut self, kind: &CodeBlockKind<'_>, span: Span) {
        self.begin_paragraph();
        // The indent of a block may lie in blanks that stand for longer characters.
        let (start, end) = (self.text.floor_char_boundary(span.start), self.text.ceil_char_boundary(span.end));
        let span = Span::new(start, end);
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().unwrap_or("").to_owned(),
            CodeBlockKind::Indented => String::new(),
        };
        if matches!(kind, CodeBlockKind::Indented) && self.only_displays(span) {
            for i in self.regions_in(span) {
                self.meet(i);
            }
        } else {
            self.out.blocks.push(Block::Code { span, language });
        }
        self.silent += 1;
    }

    fn only_displays(&self, span: Span) -> bool {
        let mut at = span.start;
        for region in self.regions.get(self.regions_in(span)).unwrap_or(&[]) {
            let display = matches!(&region.kind, RegionKind::Formula(f) if f.display);
            let gap = self.text.get(at..region.span.start.max(at)).unwrap_or("");
            if !gap.chars().all(|c| c.is_whitespace() || c == '>') || !(display || region.kind == RegionKind::Hidden) {
                return false;
            }
            at = region.span.end;
        }
        at > span.start && self.text.get(at..span.end.max(at)).unwrap_or("").trim().is_empty()
    }
}
