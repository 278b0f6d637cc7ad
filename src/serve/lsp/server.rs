//! The server: a thread that reads, threads that check, and this one, which answers.

use std::collections::BTreeMap;
use std::io::{self, BufReader, Write};
use std::sync::mpsc::channel;
use std::thread;

use lsp_types::notification::{
    DidChangeTextDocument, DidCloseTextDocument, DidOpenTextDocument, DidSaveTextDocument, Exit, Notification,
    PublishDiagnostics,
};
use lsp_types::request::{CodeActionRequest, DocumentSymbolRequest, HoverRequest, Initialize, Request, Shutdown};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionParams, DidChangeTextDocumentParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DocumentSymbolParams, HoverParams, HoverProviderCapability, InitializeResult, OneOf,
    PositionEncodingKind, PublishDiagnosticsParams, ServerCapabilities, ServerInfo, TextDocumentContentChangeEvent,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions, Uri,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::Options;
use crate::serve::lsp::answer::Answers;
use crate::serve::lsp::frame::{self, Frame};
use crate::serve::lsp::position::Lines;
use crate::serve::worker::{Checked, Job, Worker};
use crate::source::Source;
use crate::verdict::DocumentResult;

/// Codes of errors (JSON-RPC 2.0; the protocol's own for what comes before the first request).
const PARSE_ERROR: i32 = -32700;
const INVALID_REQUEST: i32 = -32600;
const METHOD_NOT_FOUND: i32 = -32601;
const INVALID_PARAMS: i32 = -32602;
const NOT_INITIALIZED: i32 = -32002;

/// What the server needs of its surroundings.
pub struct Client<'a> {
    /// How notes are checked.
    pub options: Options,
    /// How many documents are checked side by side.
    pub threads: Option<usize>,
    /// Notes with what the configuration says of them, or why it can't be read.
    pub configured: &'a mut dyn FnMut(Source) -> Result<Source, String>,
    /// Marks what a baseline accepts as expected.
    pub accept: &'a mut dyn FnMut(&mut DocumentResult),
    /// Where answers go.
    pub out: &'a mut dyn Write,
}

enum Event {
    Frame(Frame),
    Checked(Box<Checked>),
    End,
}

/// Serves a client until it says that it ends; whether it said so in order.
///
/// # Errors
/// If the client cannot be written to, or there are no threads.
pub fn serve(input: impl io::Read + Send + 'static, client: Client) -> io::Result<bool> {
    let (events, inbox) = channel();
    let done = events.clone();
    let worker = Worker::new(client.options, client.threads, move |checked| {
        let _ = done.send(Event::Checked(Box::new(checked)));
    })?;
    thread::Builder::new().spawn(move || {
        let mut input = BufReader::new(input);
        while let Ok(Some(frame)) = frame::read(&mut input) {
            if events.send(Event::Frame(frame)).is_err() {
                return;
            }
        }
        let _ = events.send(Event::End);
    })?;
    let mut server = Server { client, worker, open: BTreeMap::new(), tickets: 0, stage: Stage::New };
    loop {
        match inbox.recv() {
            Ok(Event::Frame(Ok(message))) => {
                if server.take(message)? {
                    return Ok(server.stage == Stage::Ending);
                }
            }
            Ok(Event::Frame(Err(why))) => server.refuse(Value::Null, PARSE_ERROR, &why)?,
            Ok(Event::Checked(checked)) => server.show(*checked)?,
            Ok(Event::End) | Err(_) => return Ok(false),
        }
    }
}

/// A document that the client has open.
struct Open {
    uri: Uri,
    text: String,
    version: i32,
    ticket: u64,
    /// What was found in this version.
    result: Option<DocumentResult>,
}

#[derive(PartialEq, Eq)]
enum Stage {
    New,
    Serving,
    Ending,
}

struct Server<'a> {
    client: Client<'a>,
    worker: Worker,
    /// By the path that the notes are checked under.
    open: BTreeMap<String, Open>,
    tickets: u64,
    stage: Stage,
}

/// Why a request has no answer.
type Refusal = (i32, String);

impl Server<'_> {
    /// Takes a message; whether it is the last one.
    fn take(&mut self, message: Value) -> io::Result<bool> {
        let method = message.get("method").and_then(Value::as_str).unwrap_or("").to_owned();
        let params = message.get("params").cloned().unwrap_or(Value::Null);
        match message.get("id").cloned() {
            Some(id) if method.is_empty() && (message.get("result").is_some() || message.get("error").is_some()) => {
                drop(id); // An answer, and nothing was asked.
            }
            Some(id) if id.is_string() || id.is_number() => match self.answer(&method, params) {
                Ok(result) => self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result }))?,
                Err((code, why)) => self.refuse(id, code, &why)?,
            },
            None if method == Exit::METHOD => return Ok(true),
            None if !method.is_empty() => {
                if self.stage == Stage::Serving
                    && let Err(why) = self.notice(&method, params)?
                {
                    self.log(&format!("{method}: {why}"))?;
                }
            }
            _ => self.refuse(Value::Null, INVALID_REQUEST, "neither a request nor a notification")?,
        }
        Ok(false)
    }

    fn answer(&mut self, method: &str, params: Value) -> Result<Value, Refusal> {
        match (&self.stage, method) {
            (Stage::New, Initialize::METHOD) => {
                self.stage = Stage::Serving;
                return valued(capabilities());
            }
            (Stage::New, _) => return Err((NOT_INITIALIZED, "the first request is `initialize`".to_owned())),
            (Stage::Ending, _) => return Err((INVALID_REQUEST, "there is nothing after `shutdown`".to_owned())),
            (Stage::Serving, _) => {}
        }
        match method {
            Initialize::METHOD => Err((INVALID_REQUEST, "`initialize` comes once".to_owned())),
            Shutdown::METHOD => {
                self.stage = Stage::Ending;
                Ok(Value::Null)
            }
            HoverRequest::METHOD => {
                let HoverParams { text_document_position_params: at, .. } = read(params)?;
                valued(self.about(&at.text_document.uri).and_then(|a| a.hover(at.position)))
            }
            CodeActionRequest::METHOD => {
                let CodeActionParams { text_document, range, context, .. } = read(params)?;
                let fits = |kind: &CodeActionKind| CodeActionKind::QUICKFIX.as_str().starts_with(kind.as_str());
                let wanted = context.only.is_none_or(|only| only.iter().any(fits));
                let answers = self.about(&text_document.uri).filter(|_| wanted);
                valued(answers.map(|a| a.actions(&text_document.uri, range)))
            }
            DocumentSymbolRequest::METHOD => {
                let DocumentSymbolParams { text_document, .. } = read(params)?;
                valued(self.about(&text_document.uri).map(|a| a.symbols()))
            }
            _ => Err((METHOD_NOT_FOUND, format!("`{method}` is not served"))),
        }
    }

    /// What was found in a document as it is now.
    fn about(&self, uri: &Uri) -> Option<Answers<'_>> {
        let open = self.open.get(&path(uri))?;
        Some(Answers::new(open.result.as_ref()?, &open.text, self.client.options.lang))
    }

    /// Takes a notification, or says why it can't.
    fn notice(&mut self, method: &str, params: Value) -> io::Result<Result<(), String>> {
        let understood = match method {
            DidOpenTextDocument::METHOD => read(params).map(|DidOpenTextDocumentParams { text_document: d }| {
                let open = Open { uri: d.uri.clone(), text: d.text, version: d.version, ticket: 0, result: None };
                self.open.insert(path(&d.uri), open);
                vec![path(&d.uri)]
            }),
            DidChangeTextDocument::METHOD => read(params).map(|p| self.changed(p).into_iter().collect()),
            // What is saved may be a macro file of the others.
            DidSaveTextDocument::METHOD => Ok(self.open.keys().cloned().collect()),
            DidCloseTextDocument::METHOD => match read(params) {
                Ok(DidCloseTextDocumentParams { text_document: d }) => {
                    self.open.remove(&path(&d.uri));
                    self.publish(d.uri, vec![], None)?;
                    Ok(vec![])
                }
                Err(refusal) => Err(refusal),
            },
            _ => Ok(vec![]),
        };
        match understood {
            Ok(paths) => {
                for path in paths {
                    self.check(&path)?;
                }
                Ok(Ok(()))
            }
            Err((_, why)) => Ok(Err(why)),
        }
    }

    fn changed(&mut self, params: DidChangeTextDocumentParams) -> Option<String> {
        let path = path(&params.text_document.uri);
        let open = self.open.get_mut(&path)?;
        for TextDocumentContentChangeEvent { range, text, .. } in params.content_changes {
            match range {
                None => open.text = text,
                Some(range) => {
                    let span = Lines::new(&open.text).span(range);
                    open.text.replace_range(span.range(), &text);
                }
            }
        }
        open.version = params.text_document.version;
        open.result = None;
        Some(path)
    }

    fn check(&mut self, path: &str) -> io::Result<()> {
        let Some(open) = self.open.get_mut(path) else { return Ok(()) };
        self.tickets += 1;
        open.ticket = self.tickets;
        let plain = Source::new(path, open.text.clone());
        let source = match (self.client.configured)(plain.clone()) {
            Ok(source) => source,
            Err(why) => {
                self.log(&why)?;
                plain
            }
        };
        self.worker.check(Job { ticket: self.tickets, source }).map_err(io::Error::other)
    }

    /// Publishes what was found, if it is about a document as it is now.
    fn show(&mut self, checked: Checked) -> io::Result<()> {
        let Some(open) = self.open.get_mut(&checked.path).filter(|o| o.ticket == checked.ticket) else { return Ok(()) };
        let result = open.result.insert(checked.result);
        (self.client.accept)(result);
        let diagnostics = Answers::new(result, &open.text, self.client.options.lang).diagnostics();
        let (uri, version) = (open.uri.clone(), open.version);
        self.publish(uri, diagnostics, Some(version))
    }

    fn publish(&mut self, uri: Uri, diagnostics: Vec<lsp_types::Diagnostic>, version: Option<i32>) -> io::Result<()> {
        let params = PublishDiagnosticsParams { uri, diagnostics, version };
        self.send(&json!({ "jsonrpc": "2.0", "method": PublishDiagnostics::METHOD, "params": params }))
    }

    /// Tells the client's log of something.
    fn log(&mut self, text: &str) -> io::Result<()> {
        let params = json!({ "type": 2, "message": crate::report::visible(text) });
        self.send(&json!({ "jsonrpc": "2.0", "method": "window/logMessage", "params": params }))
    }

    fn refuse(&mut self, id: Value, code: i32, why: &str) -> io::Result<()> {
        let error = json!({ "code": code, "message": crate::report::visible(why) });
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "error": error }))
    }

    fn send(&mut self, message: &Value) -> io::Result<()> {
        frame::write(&mut self.client.out, message)
    }
}

fn capabilities() -> InitializeResult {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        save: Some(TextDocumentSyncSaveOptions::Supported(true)),
        ..TextDocumentSyncOptions::default()
    };
    let actions =
        CodeActionOptions { code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]), ..CodeActionOptions::default() };
    InitializeResult {
        capabilities: ServerCapabilities {
            position_encoding: Some(PositionEncodingKind::UTF16),
            text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            code_action_provider: Some(actions.into()),
            document_symbol_provider: Some(OneOf::Left(true)),
            ..ServerCapabilities::default()
        },
        server_info: Some(ServerInfo {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
    }
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, Refusal> {
    serde_json::from_value(params).map_err(|e| (INVALID_PARAMS, e.to_string()))
}

fn valued(answer: impl Serialize) -> Result<Value, Refusal> {
    serde_json::to_value(answer).map_err(|e| (INVALID_REQUEST, e.to_string()))
}

/// The path of a document, from the present folder if it lies there; what is no file keeps its whole name.
fn path(uri: &Uri) -> String {
    let Some(encoded) = uri.as_str().strip_prefix("file://") else { return uri.as_str().to_owned() };
    let whole = decoded(encoded);
    // `/C:/notes` is a path with a drive.
    let whole = whole.strip_prefix('/').filter(|rest| rest.get(1..2) == Some(":")).map_or(whole.clone(), str::to_owned);
    let here = std::env::current_dir().map(|d| d.to_string_lossy().replace('\\', "/")).unwrap_or_default();
    let inside = whole.strip_prefix(&here).and_then(|rest| rest.strip_prefix('/'));
    inside.map_or(whole.clone(), str::to_owned)
}

/// The text with `%41` as `A`.
fn decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (vec![], text.as_bytes());
    while let [first, tail @ ..] = rest {
        let hex = |b: &u8| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok());
        match (first, tail) {
            (b'%', [a, b, after @ ..]) if hex(a).is_some() && hex(b).is_some() => {
                bytes.push(hex(a).unwrap_or(0) * 16 + hex(b).unwrap_or(0));
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
