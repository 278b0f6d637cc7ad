//! LaTeX sources: the body of the document, its sections, mathematics and words.

use std::collections::BTreeMap;

use super::View;
use super::argument::{arguments, closing_dollar, definition, group, name, option, paragraph};
use super::canvas::Canvas;
use crate::notation::tex::Macros;
use crate::read::ReadProblemKind;
use crate::read::document::Carrier;
use crate::read::find::{self, Finder};
use crate::source::{Source, Span};

/// How far a display between brackets may reach, in bytes.
const LONGEST: usize = 1 << 15;

/// Sectioning commands with their ranks.
const SECTIONS: [(&str, u8); 8] = [
    ("part", 1),
    ("chapter", 1),
    ("section", 2),
    ("subsection", 3),
    ("subsubsection", 4),
    ("frametitle", 3),
    ("lecture", 1),
    ("problem", 3),
];

/// Environments whose content is no running text.
const VERBATIM: [&str; 12] = [
    "verbatim",
    "verbatim*",
    "Verbatim",
    "lstlisting",
    "minted",
    "comment",
    "tikzpicture",
    "pgfpicture",
    "filecontents",
    "filecontents*",
    "thebibliography",
    "asy",
];

/// Commands whose arguments are no words.
const WORDLESS: [&str; 44] = [
    "addbibresource",
    "autoref",
    "bibliography",
    "bibliographystyle",
    "cite",
    "citep",
    "citet",
    "cref",
    "Cref",
    "color",
    "documentclass",
    "eqref",
    "graphicspath",
    "hspace",
    "hypersetup",
    "include",
    "includegraphics",
    "includeonly",
    "index",
    "input",
    "label",
    "linespread",
    "newtheorem",
    "newcounter",
    "newlength",
    "pagenumbering",
    "pageref",
    "pagestyle",
    "phantomsection",
    "RequirePackage",
    "ref",
    "setcounter",
    "addtocounter",
    "setlength",
    "subfile",
    "tag",
    "theoremstyle",
    "thispagestyle",
    "usepackage",
    "usetikzlibrary",
    "value",
    "vref",
    "vskip",
    "vspace",
];

/// Commands that define others.
const DEFINERS: [&str; 10] = [
    "newcommand",
    "renewcommand",
    "providecommand",
    "def",
    "gdef",
    "edef",
    "let",
    "DeclareMathOperator",
    "newenvironment",
    "renewenvironment",
];

/// Environments with a column or size argument in braces.
const WITH_ARGUMENT: [&str; 9] =
    ["tabular", "tabular*", "tabularx", "longtable", "minipage", "multicols", "wrapfigure", "subfigure", "column"];

struct Page<'a> {
    canvas: Canvas<'a>,
    at: usize,
    end: usize,
    /// Mathematical environments, by their first byte.
    environments: BTreeMap<usize, Span>,
    dollars: Finder,
    bracket: Finder,
    parenthesis: Finder,
    /// Commands of the author that open an environment, and those that close it.
    openers: BTreeMap<String, String>,
    closers: BTreeMap<String, Vec<String>>,
}

/// The formulas of LaTeX and the rest as Markdown.
pub(super) fn view(source: Source) -> View {
    let text = source.text.as_str();
    let body = text.find("\\begin{document}").map(|i| i + "\\begin{document}".len());
    let start = body.unwrap_or(if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 });
    let end = text.get(start..).and_then(|t| t.find("\\end{document}")).map_or(text.len(), |i| start + i);
    let mut all = Macros::read(&source.macros);
    all.extend(Macros::read(text));
    let (openers, closers) = shorthands(&all);
    let mut page = Page {
        canvas: Canvas::new(text),
        at: start,
        end,
        environments: find::environments(text),
        dollars: Finder::new("$$", true),
        bracket: Finder::new("\\]", true),
        parenthesis: Finder::new("\\)", true),
        openers,
        closers,
    };
    if body.is_some() {
        page.canvas.blank(0, start);
    }
    page.run();
    page.canvas.blank(end, text.len());
    page.canvas.view(&source, text.to_owned())
}

/// The commands that stand for `\begin{equation}` and its like, and by environment those for its end.
fn shorthands(macros: &Macros) -> (BTreeMap<String, String>, BTreeMap<String, Vec<String>>) {
    let (mut openers, mut closers) = (BTreeMap::new(), BTreeMap::<String, Vec<String>>::new());
    for (name, meaning) in macros.iter().filter(|(_, m)| m.arity == 0) {
        let body = meaning.body.trim();
        if let Some((environment, _)) = find::environment(body, "\\begin").filter(|f| f.1 == body.len()) {
            openers.insert(name.to_owned(), environment.to_owned());
        } else if let Some((environment, _)) = find::environment(body, "\\end").filter(|f| f.1 == body.len()) {
            closers.entry(environment.to_owned()).or_default().push(name.to_owned());
        }
    }
    (openers, closers)
}

impl Page<'_> {
    fn run(&mut self) {
        self.indent();
        while self.at < self.end {
            match self.canvas.text.as_bytes().get(self.at) {
                Some(b'\\') => self.command(),
                Some(b'$') => self.dollar(),
                Some(b'%') => self.comment(),
                Some(b'{' | b'}') => self.hide(1),
                Some(b'~' | b'&' | b'<' | b'#' | b'|') => self.put(" "),
                Some(b'`') => self.put("'"),
                Some(b'\n') => {
                    self.at += 1;
                    self.indent();
                }
                _ => self.at += self.canvas.rest(self.at).chars().next().map_or(1, char::len_utf8),
            }
        }
    }

    fn hide(&mut self, length: usize) {
        let end = (self.at + length).min(self.end);
        self.canvas.hide(self.at, end);
        self.at = end;
    }

    fn put(&mut self, sign: &str) {
        self.canvas.put(self.at, sign);
        self.at += 1;
    }

    /// At the beginning of a line: its indent means nothing, nor what Markdown makes of its first sign.
    fn indent(&mut self) {
        let line = self.canvas.slice(self.at, self.canvas.line_end(self.at));
        let indent = line.len() - line.trim_start().len();
        let words = line.trim();
        let heading = words.strip_prefix('\\').is_some_and(|w| section(name(w)).is_some());
        let item = name(words.strip_prefix('\\').unwrap_or("")) == "item";
        if words.is_empty() || heading || item {
            return;
        }
        self.hide(indent);
        if words.starts_with(['-', '+', '*', '>', '=']) {
            self.put(" ");
        }
    }

    /// A comment up to its line end; one for this program is an annotation.
    fn comment(&mut self) {
        let (start, end) = (self.at, self.canvas.line_end(self.at));
        if self.canvas.line_before(start).trim().is_empty() {
            self.canvas.annotation(Span::new(start, end), Span::new(start + 1, end));
        }
        self.hide(end - start);
    }

    fn dollar(&mut self) {
        let double = self.canvas.rest(self.at).starts_with("$$");
        let width = if double { 2 } else { 1 };
        let from = self.at + width;
        let limit = from + paragraph(self.canvas.slice(from, self.end));
        let close = if double {
            self.dollars.next(self.canvas.text, from).filter(|c| *c < limit)
        } else {
            closing_dollar(self.canvas.text, from, limit)
        };
        let carrier = if double { Carrier::DoubleDollar } else { Carrier::Dollar };
        self.delimited(close, width, double, carrier);
    }

    /// A formula whose opening delimiter is here and whose closing one is at `close`.
    fn delimited(&mut self, close: Option<usize>, width: usize, display: bool, carrier: Carrier) {
        let from = self.at + width;
        match close.filter(|c| c + width <= self.end) {
            Some(close) => {
                let span = Span::new(self.at, close + width);
                self.canvas.formula(span, Span::new(from, close), display, carrier, None);
                self.at = span.end;
            }
            None => {
                self.canvas.problem(ReadProblemKind::UnclosedMath, self.at, from);
                self.hide(width);
            }
        }
    }

    fn command(&mut self) {
        let at = self.at;
        let rest = self.canvas.slice(at + 1, self.end);
        let word = name(rest);
        match (word, rest.as_bytes().first()) {
            ("", Some(b'[')) => {
                let close = self.bracket.next(self.canvas.text, at + 2).filter(|c| *c < at + LONGEST);
                self.delimited(close, 2, true, Carrier::Bracket);
            }
            ("", Some(b'(')) => {
                let close = self.parenthesis.next(self.canvas.text, at + 2).filter(|c| *c < at + LONGEST);
                self.delimited(close, 2, false, Carrier::Parenthesis);
            }
            ("", Some(b'&' | b'%' | b'#' | b'$' | b'_' | b'{' | b'}' | b' ')) => {
                self.hide(1);
                self.at += 1;
            }
            ("", _) => self.hide(1 + rest.chars().next().map_or(0, char::len_utf8)),
            ("begin", _) => self.begin(),
            ("end", _) => self.whole(group(self.canvas.slice(at + 4, self.end)).map_or(4, |g| 4 + g)),
            ("item", _) => self.item(),
            ("verb", _) => {
                let sign = rest.get(4..).and_then(|r| r.trim_start_matches('*').chars().next()).unwrap_or(' ');
                let inside = rest.get(4..).unwrap_or("").trim_start_matches('*');
                let close = inside.get(sign.len_utf8()..).and_then(|r| r.find(sign)).unwrap_or(0);
                self.hide(1 + rest.len() - inside.len() + sign.len_utf8() + close + sign.len_utf8());
            }
            _ if section(word).is_some() => self.heading(word),
            _ if DEFINERS.contains(&word) => self.hide(1 + definition(rest)),
            _ if WORDLESS.contains(&word) => {
                if word == "label"
                    && let Some(label) = rest.strip_prefix("label{").and_then(|l| l.split_once('}'))
                    && let Some((&heading, _)) = self.canvas.scan.levels.last_key_value()
                    && self.canvas.slice(heading, at).trim_end().matches('\n').count() <= 1
                {
                    self.canvas.scan.targets.push((label.0.to_owned(), heading));
                }
                self.whole(1 + word.len() + arguments(rest.get(word.len()..).unwrap_or(""), 3));
            }
            _ if self.openers.contains_key(word) => self.shorthand(word),
            _ => self.hide(1 + word.len()),
        }
    }

    /// Takes a command with its arguments; on a line of its own it ends the paragraph.
    fn whole(&mut self, length: usize) {
        let end = (self.at + length).min(self.end);
        let behind = self.canvas.slice(end, self.canvas.line_end(end)).trim();
        let hidden = |text: &str| text.trim().is_empty();
        if hidden(self.canvas.line_before(self.at)) && (behind.is_empty() || behind.starts_with(['\\', '%'])) {
            // The indent was hidden already.
            self.canvas.blank(self.at, end);
            let line = self.at - self.canvas.line_before(self.at).len();
            if let Some(last) = self.canvas.scan.regions.iter_mut().rev().find(|r| r.span.end <= self.at)
                && last.span == Span::new(line, self.at)
            {
                last.kind = crate::read::region::RegionKind::Blank;
            }
        } else {
            self.canvas.hide(self.at, end);
        }
        self.at = end;
    }

    fn begin(&mut self) {
        if let Some(&span) = self.environments.get(&self.at)
            && span.end <= self.end
        {
            self.canvas.formula(span, span, true, Carrier::Environment, None);
            self.at = span.end;
            return;
        }
        let rest = self.canvas.slice(self.at, self.end);
        let Some(length) = group(rest.get(6..).unwrap_or("")) else { return self.hide(6) };
        let environment = rest.get(7..6 + length - 1).unwrap_or("").trim();
        if VERBATIM.contains(&environment) {
            let close = format!("\\end{{{environment}}}");
            let end = rest.find(&close).map_or(self.end, |i| self.at + i + close.len());
            self.canvas.scan.code.push((Span::new(self.at, end), environment.to_owned()));
            self.canvas.blank(self.at, end);
            self.at = end;
            return;
        }
        if find::environment(rest, "\\begin").is_some() {
            self.canvas.problem(ReadProblemKind::UnclosedMath, self.at, self.at + 6 + length);
        }
        let behind = rest.get(6 + length..).unwrap_or("");
        let braces = if WITH_ARGUMENT.contains(&environment) { 3 } else { 0 };
        self.whole(6 + length + if braces > 0 { arguments(behind, braces) } else { option(behind) });
    }

    /// `\be … \ee` where the author defined these as the ends of an environment.
    fn shorthand(&mut self, word: &str) {
        let from = self.at + 1 + word.len();
        let closers = self.openers.get(word).and_then(|e| self.closers.get(e)).cloned().unwrap_or_default();
        let body = self.canvas.slice(from, self.end.min(from + LONGEST));
        let found = body.match_indices('\\').find_map(|(i, _)| {
            let close = name(body.get(i + 1..).unwrap_or(""));
            closers.iter().any(|c| c == close).then_some(from + i + 1 + close.len())
        });
        match found {
            Some(end) => {
                let span = Span::new(self.at, end);
                self.canvas.formula(span, span, true, Carrier::Environment, None);
                self.at = end;
            }
            None => self.hide(1 + word.len()),
        }
    }

    fn item(&mut self) {
        let before = self.canvas.line_before(self.at);
        let length = "\\item".len();
        let rest = self.canvas.slice(self.at + length, self.end);
        let label = option(rest);
        let inside = self.canvas.rest(self.at + length + label);
        let space = inside.len() - inside.trim_start_matches([' ', '\t']).len();
        if before.trim().is_empty() {
            let line = self.at - before.len();
            self.canvas.put(line, &" ".repeat(before.len()));
            self.canvas.put(line, "- ");
            self.canvas.hide(line + 2, self.at + length + label + space);
            self.at += length + label + space;
        } else {
            self.hide(length + label + space);
        }
    }

    /// `\section[short]{title}`.
    fn heading(&mut self, word: &str) {
        let rest = self.canvas.rest(self.at + 1 + word.len());
        let star = usize::from(rest.starts_with('*'));
        let short = option(rest.get(star..).unwrap_or(""));
        let open = self.at + 1 + word.len() + star + short;
        let before = self.canvas.line_before(self.at);
        if !before.trim().is_empty() || !self.canvas.rest(open).starts_with('{') {
            return self.hide(open - self.at);
        }
        let start = self.at - before.len();
        let level = section(word).unwrap_or(1);
        self.canvas.put(start, &" ".repeat(open + 1 - start));
        self.canvas.put(start, &"#".repeat(usize::from(level)));
        self.canvas.scan.levels.insert(start, level);
        self.at = open + 1;
    }
}

fn section(word: &str) -> Option<u8> {
    SECTIONS.iter().find(|s| s.0 == word).map(|s| s.1)
}
