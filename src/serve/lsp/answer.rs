//! What was found in a document, as an editor shows it. All text is what the notes say, with nothing in it that an
//! editor obeys.

use std::collections::HashMap;

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, Diagnostic, DiagnosticSeverity, DocumentSymbol, Hover,
    HoverContents, MarkupContent, MarkupKind, NumberOrString, Position, Range, SymbolKind, TextEdit, Uri,
    WorkspaceEdit,
};

use crate::claim::{Kind, Verdict};
use crate::diag::Severity;
use crate::message::{Lang, Message};
use crate::report::{self, Problem, Run, problems, visible};
use crate::serve::lsp::position::Lines;
use crate::source::Span;
use crate::verdict::{DocumentResult, Judged};

/// What was found in a document, with its file's text.
pub struct Answers<'a> {
    result: &'a DocumentResult,
    lines: Lines<'a>,
    lang: Lang,
}

impl<'a> Answers<'a> {
    /// Answers about a result and the text of the file that it is about.
    pub fn new(result: &'a DocumentResult, file: &'a str, lang: Lang) -> Answers<'a> {
        Answers { result, lines: Lines::new(file), lang }
    }

    fn range(&self, span: Span) -> Range {
        self.lines.range(self.result.source.in_file(span))
    }

    /// A diagnostic for each problem.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        problems(self.result, self.lang).iter().map(|p| self.diagnostic(p)).collect()
    }

    fn diagnostic(&self, p: &Problem) -> Diagnostic {
        let severity = match p.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Note => DiagnosticSeverity::INFORMATION,
        };
        let notes = p.notes.iter().map(|(label, text)| format!("{label}: {text}"));
        let text: Vec<String> = std::iter::once(p.title.clone()).chain(notes).chain(p.help.clone()).collect();
        Diagnostic {
            range: self.range(p.span),
            severity: Some(severity),
            code: Some(NumberOrString::String(p.code.to_owned())),
            source: Some(env!("CARGO_PKG_NAME").to_owned()),
            message: visible(&text.join("\n")),
            ..Diagnostic::default()
        }
    }

    /// The changes that mend the problems in a range.
    pub fn actions(&self, uri: &Uri, range: Range) -> Vec<CodeActionOrCommand> {
        // In a notebook the text lies in strings of JSON: a replacement there would not be what is written here.
        if self.result.source.origin.is_some() {
            return vec![];
        }
        let wanted = self.lines.span(range);
        let touches = |span: Span| span.start <= wanted.end && wanted.start <= span.end;
        let all = problems(self.result, self.lang);
        let found = all.iter().filter_map(|p| Some((p, p.edit.as_ref()?)));
        let found = found.filter(|(p, (span, _))| touches(p.span) || touches(*span));
        found.map(|(p, (span, new))| CodeActionOrCommand::CodeAction(self.action(uri, p, *span, new))).collect()
    }

    // The protocol's key is the URI as text; that the type could be changed inside is its crate's affair.
    #[allow(clippy::mutable_key_type)]
    fn action(&self, uri: &Uri, p: &Problem, span: Span, new: &str) -> CodeAction {
        let old = self.result.source.slice(span);
        let title = match (old.is_empty(), new.is_empty()) {
            (true, _) => Message::new("fix-insert").with("new", new),
            (_, true) => Message::new("fix-remove").with("old", old),
            _ => Message::new("fix-change").with("old", old).with("new", new),
        };
        let edit = TextEdit { range: self.range(span), new_text: new.to_owned() };
        let changes = HashMap::from([(uri.clone(), vec![edit])]);
        CodeAction {
            title: report::harmless(&title.text(self.lang)),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![self.diagnostic(p)]),
            edit: Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }),
            is_preferred: Some(true),
            ..CodeAction::default()
        }
    }

    /// All that is known about the statements at a position: how they were read, the verdict, the evidence.
    pub fn hover(&self, position: Position) -> Option<Hover> {
        let at = self.lines.offset(position);
        let place = |j: &Judged| self.result.source.in_file(j.statement.span);
        let here = |j: &&Judged| place(j).start <= at && at <= place(j).end;
        let smallest = self.result.statements.iter().filter(here).map(|j| place(j).range().len()).min()?;
        let found = self.result.statements.iter().filter(here).filter(|j| place(j).range().len() == smallest);
        let statements: Vec<Judged> = found.map(|j| crate::worked_out(j.clone())).collect();
        let span = statements.first()?.statement.span;
        let (source, findings) = (self.result.source.clone(), vec![]);
        let documents = [DocumentResult { source, statements, findings, expected_findings: vec![] }];
        let run = Run { lang: self.lang, ..Run::new(&documents) };
        let all = documents[0].statements.iter().filter_map(|j| report::explain(&run, &j.statement.id));
        let value = fenced(&all.collect::<Vec<_>>().join("\n"));
        let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
        Some(Hover { contents, range: Some(self.range(span)) })
    }

    /// A symbol for each statement that has something to settle, and for each definition.
    pub fn symbols(&self) -> Vec<DocumentSymbol> {
        let shown = |j: &&Judged| matches!(j.statement.kind, Kind::Claim | Kind::Definition);
        self.result.statements.iter().filter(shown).map(|j| self.symbol(j)).collect()
    }

    // The field must be given though it is deprecated.
    #[allow(deprecated)]
    fn symbol(&self, j: &Judged) -> DocumentSymbol {
        let s = &j.statement;
        let read = report::reading(&s.read, self.lang);
        let detail = match j.judgement.verdict {
            Verdict::None => read,
            verdict => format!("{} {} · {read}", report::mark(verdict), report::word(verdict, self.lang)),
        };
        let range = self.range(s.span);
        let name = if s.id.is_empty() { s.latex.clone() } else { s.id.clone() };
        DocumentSymbol {
            name: report::harmless(&name),
            detail: Some(report::harmless(&detail)),
            kind: if s.kind == Kind::Claim { SymbolKind::BOOLEAN } else { SymbolKind::CONSTANT },
            tags: None,
            deprecated: None,
            range,
            selection_range: range,
            children: None,
        }
    }
}

/// Text as a block of Markdown that it cannot end.
fn fenced(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{}\n{fence}", visible(text.trim_end()))
}
