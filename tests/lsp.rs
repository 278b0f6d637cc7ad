//! The language server as an editor meets it: a process, frames over its standard input and output.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

const PATIENCE: Duration = Duration::from_secs(60);

const URI: &str = "file:///notes/a.md";

/// An editor with one server.
struct Editor {
    child: Child,
    to: Option<ChildStdin>,
    from: Receiver<Value>,
    asked: i64,
}

impl Editor {
    /// An editor whose server is ready.
    fn new() -> Editor {
        let mut editor = Editor::raw();
        let answer = editor.ask("initialize", json!({ "capabilities": {}, "processId": null, "rootUri": null }));
        assert_eq!(answer["result"]["capabilities"]["positionEncoding"], "utf-16");
        assert_eq!(answer["result"]["capabilities"]["textDocumentSync"]["change"], 2);
        editor.tell("initialized", json!({}));
        editor
    }

    fn raw() -> Editor {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
        let command = command.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.current_dir(std::env::temp_dir()).spawn().unwrap();
        let (sender, from) = channel();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            while let Some(message) = frame(&mut out) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let to = child.stdin.take();
        Editor { child, to, from, asked: 0 }
    }

    fn write(&mut self, bytes: &[u8]) {
        let to = self.to.as_mut().unwrap();
        to.write_all(bytes).unwrap();
        to.flush().unwrap();
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.write(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// The next message that is wanted; others are passed over.
    fn until(&self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.from.recv_timeout(PATIENCE).expect("the server says nothing more");
            if wanted(&message) {
                return message;
            }
        }
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        self.until(|m| m["id"] == id)
    }

    fn open(&mut self, text: &str) {
        let document = json!({ "uri": URI, "languageId": "markdown", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    fn change(&mut self, version: i32, changes: Value) {
        let document = json!({ "uri": URI, "version": version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// The diagnostics of a version, once there are as wanted.
    fn diagnostics(&self, version: i32, wanted: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let published = self.until(|m| {
            let list = m["params"]["diagnostics"].as_array();
            m["method"] == "textDocument/publishDiagnostics"
                && m["params"]["version"] == version
                && list.is_some_and(|l| wanted(l))
        });
        assert_eq!(published["params"]["uri"], URI);
        published["params"]["diagnostics"].as_array().unwrap().clone()
    }

    fn hover(&mut self, position: &Value) -> Value {
        let params = json!({ "textDocument": { "uri": URI }, "position": position });
        self.ask("textDocument/hover", params)["result"].clone()
    }

    fn actions(&mut self, range: &Value) -> Vec<Value> {
        let context = json!({ "diagnostics": [], "only": ["quickfix"] });
        let params = json!({ "textDocument": { "uri": URI }, "range": range, "context": context });
        self.ask("textDocument/codeAction", params)["result"].as_array().cloned().unwrap_or_default()
    }

    /// Ends the server as the protocol wants it; its exit status.
    fn end(mut self) -> Option<i32> {
        assert_eq!(self.ask("shutdown", Value::Null)["result"], Value::Null);
        self.tell("exit", Value::Null);
        self.child.wait().unwrap().code()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.to = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn frame(from: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if from.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().ok(),
            _ if line == "\r\n" => break,
            _ => {}
        }
    }
    let mut bytes = vec![0; length?];
    from.read_exact(&mut bytes).ok()?;
    Some(serde_json::from_slice(&bytes).expect("a frame holds JSON"))
}

/// The byte of a position, by UTF-16 units, on its own way.
fn byte(text: &str, position: &Value) -> usize {
    let [line, character] = ["line", "character"].map(|k| usize::try_from(position[k].as_u64().unwrap()).unwrap());
    let start = text.split_inclusive('\n').take(line).map(str::len).sum::<usize>();
    let units: Vec<u16> = text[start..].encode_utf16().take(character).collect();
    start + String::from_utf16(&units).unwrap().len()
}

fn part<'a>(text: &'a str, range: &Value) -> &'a str {
    &text[byte(text, &range["start"])..byte(text, &range["end"])]
}

fn applied(text: &str, edit: &Value) -> String {
    let (start, end) = (byte(text, &edit["range"]["start"]), byte(text, &edit["range"]["end"]));
    format!("{}{}{}", &text[..start], edit["newText"].as_str().unwrap(), &text[end..])
}

const WRONG: &str = "# 제곱 😀\n\n모든 실수 for all real $x$ and $y$ 👨‍👩‍👧 $$ (x + y)^2 = x^2 + 3xy + y^2 $$ 이다.\n";

#[test]
fn an_error_is_shown_explained_repaired_and_gone() {
    let mut editor = Editor::new();
    editor.open(WRONG);
    let first = editor.diagnostics(1, |l| !l.is_empty());
    assert_eq!(first.len(), 1, "{first:?}");
    assert_eq!((&first[0]["severity"], &first[0]["code"]), (&json!(1), &json!("refuted")));
    assert!(part(WRONG, &first[0]["range"]).contains("3xy"), "{first:?}");
    // The repair comes after it.
    let repaired = editor.diagnostics(1, |l| l.iter().any(|d| d["message"].as_str().unwrap().contains("it holds")));
    assert_eq!(part(WRONG, &repaired[0]["range"]), "3");
    let hover = editor.hover(&repaired[0]["range"]["start"]);
    let shown = hover["contents"]["value"].as_str().unwrap();
    assert!(shown.contains("✗ refuted") && shown.contains("read as") && shown.contains("left"), "{shown}");
    assert!(part(WRONG, &hover["range"]).starts_with("(x + y)^2 ="), "{hover}");
    let actions = editor.actions(&repaired[0]["range"]);
    assert_eq!(actions.len(), 1, "{actions:?}");
    assert_eq!(actions[0]["kind"], "quickfix");
    let edits = actions[0]["edit"]["changes"][URI].as_array().unwrap();
    let mended = edits.iter().fold(WRONG.to_owned(), |text, edit| applied(&text, edit));
    assert_eq!(mended, WRONG.replace("3xy", "2xy"));
    let changes: Vec<Value> = edits.iter().map(|e| json!({ "range": e["range"], "text": e["newText"] })).collect();
    editor.change(2, Value::Array(changes));
    assert!(editor.diagnostics(2, |_| true).is_empty());
    let shown = editor.hover(&repaired[0]["range"]["start"])["contents"]["value"].to_string();
    assert!(shown.contains("✓ proved"), "{shown}");
    assert!(editor.actions(&repaired[0]["range"]).is_empty());
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn changes_of_any_kind_keep_the_text() {
    let mut editor = Editor::new();
    editor.open("😀 한글\r\n$1 = 1$\r\nend");
    editor.diagnostics(1, <[Value]>::is_empty);
    let at = |l: u32, c: u32| json!({ "line": l, "character": c });
    // Behind the emoji, over a line end, and at the very end; each is applied to what the ones before left.
    editor.change(
        2,
        json!([
            { "range": { "start": at(0, 2), "end": at(0, 3) }, "text": "한 " },
            { "range": { "start": at(0, 99), "end": at(1, 0) }, "text": "\nWe have " },
            { "range": { "start": at(2, 3), "end": at(2, 3) }, "text": "ing $$ 2 + 2 = 5 $$" }
        ]),
    );
    let text = "😀한 한글\nWe have $1 = 1$\r\nending $$ 2 + 2 = 5 $$";
    let found = editor.diagnostics(2, |l| l.len() == 1);
    assert_eq!(part(text, &found[0]["range"]), "2 + 2 = 5");
    editor.change(3, json!([{ "text": "For all real $x$ we have $$ 2x = 3x $$." }]));
    let found = editor.diagnostics(3, |l| l.len() == 1);
    assert_eq!(found[0]["range"]["start"], at(0, 28));
    let symbols = editor.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": URI } }));
    let details = symbols["result"].to_string();
    assert!(details.contains("✗ refuted · 2·x = 3·x"), "{details}");
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": URI } }));
    let last = editor.until(|m| m["method"] == "textDocument/publishDiagnostics" && m["params"]["version"].is_null());
    assert_eq!(last["params"]["diagnostics"], json!([]));
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn places_in_a_notebook_are_those_of_its_file() {
    let mut editor = Editor::new();
    let uri = "file:///lectures/a%20b.ipynb";
    let text = "{\"nbformat\": 4, \"nbformat_minor\": 5, \"metadata\": {}, \"cells\": [\n{\"cell_type\": \"markdown\", \"id\": \"a\", \
                \"metadata\": {},\n\"source\": [\"😀 For all real $x$\\n\", \"we have $$ x \\\\cdot x = x^3 $$\"]}]}\n";
    let document = json!({ "uri": uri, "languageId": "jupyter", "version": 1, "text": text });
    editor.tell("textDocument/didOpen", json!({ "textDocument": document }));
    let published = editor.until(|m| m["params"]["diagnostics"].as_array().is_some_and(|l| !l.is_empty()));
    assert_eq!(published["params"]["uri"], uri);
    assert_eq!(part(text, &published["params"]["diagnostics"][0]["range"]), "x \\\\cdot x = x^3");
    let context = json!({ "diagnostics": [] });
    let range = &published["params"]["diagnostics"][0]["range"];
    let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": context });
    let actions = editor.ask("textDocument/codeAction", params)["result"].clone();
    assert_eq!(actions, json!([]), "its strings are JSON; nothing is written into them");
}

#[test]
fn what_is_no_request_does_not_end_the_server() {
    let mut editor = Editor::raw();
    assert_eq!(editor.ask("textDocument/hover", json!({}))["error"]["code"], -32002);
    editor.ask("initialize", json!({ "capabilities": {} }));
    editor.write(b"Content-Length: 5\r\n\r\n{\"a\":");
    assert_eq!(editor.until(|m| m["error"]["code"] == -32700)["id"], Value::Null);
    editor.write(b"Content-Type: none\r\n\r\n");
    editor.until(|m| m["error"]["code"] == -32700);
    for message in [json!([]), json!(7), json!({}), json!({ "id": [1], "method": "x" })] {
        editor.send(&message);
        editor.until(|m| m["error"]["code"] == -32600);
    }
    let nested = "[".repeat(100_000);
    editor.write(format!("Content-Length: {}\r\n\r\n{nested}", nested.len()).as_bytes());
    editor.until(|m| m["error"]["code"] == -32700);
    assert_eq!(editor.ask("no/such", json!({}))["error"]["code"], -32601);
    assert_eq!(editor.ask("initialize", json!({}))["error"]["code"], -32600);
    for params in [Value::Null, json!({}), json!({ "textDocument": 7 }), json!({ "textDocument": { "uri": "%%" } })] {
        assert_eq!(editor.ask("textDocument/hover", params.clone())["error"]["code"], -32602, "{params}");
        editor.tell("textDocument/didChange", params.clone());
        editor.tell("textDocument/didOpen", params.clone());
    }
    let nowhere = json!({ "textDocument": { "uri": "file:///none.md" }, "position": { "line": 1, "character": 1 } });
    assert_eq!(editor.ask("textDocument/hover", nowhere)["result"], Value::Null);
    // Positions that are none, and a range the wrong way round.
    editor.open("한 $1 + 1 = 2$");
    editor.diagnostics(1, <[Value]>::is_empty);
    let at = |l: u32, c: u32| json!({ "line": l, "character": c });
    editor.change(2, json!([{ "range": { "start": at(9, 9), "end": at(0, 1) }, "text": "x" }]));
    editor.diagnostics(2, |_| true);
    assert_eq!(editor.hover(&at(u32::MAX, u32::MAX)).as_str(), None);
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn an_end_without_a_word_is_an_end() {
    let mut editor = Editor::new();
    editor.to = None;
    assert_eq!(editor.child.wait().unwrap().code(), Some(1));
    let mut editor = Editor::new();
    editor.tell("exit", Value::Null);
    assert_eq!(editor.child.wait().unwrap().code(), Some(1));
}

#[test]
fn nothing_in_notes_is_obeyed_by_an_editor() {
    let mut editor = Editor::new();
    let hostile = "\u{1b}[2J\u{9b}31m\u{202e}\u{7}";
    let claim = format!("x + x = 3x \\text{{{hostile}```\n[a](command:run) <img src=x>}}");
    editor.open(&format!("For all real $x$ we have $$ {claim} $$ and $x+x=3x$ {hostile}.\n"));
    let found = editor.diagnostics(1, |l| !l.is_empty());
    let messages: Vec<&str> = found.iter().map(|d| d["message"].as_str().unwrap()).collect();
    let safe = |t: &str| !t.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}');
    assert!(messages.iter().all(|m| safe(m)), "{messages:?}");
    let mut seen = 0;
    for line in 0..3 {
        for character in (0..80).step_by(4) {
            let hover = editor.hover(&json!({ "line": line, "character": character }));
            let Some(shown) = hover["contents"]["value"].as_str() else { continue };
            assert!(safe(shown), "{shown:?}");
            // One block of code and nothing beside it.
            let html = html(shown);
            assert!(html.starts_with("<pre><code") && html.trim_end().ends_with("</code></pre>"), "{html}");
            assert!(!html.contains("<img") && !html.contains("<a"), "{html}");
            seen += 1;
        }
    }
    assert!(seen > 3);
    let symbols = editor.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": URI } }));
    for symbol in symbols["result"].as_array().unwrap() {
        assert!(safe(symbol["name"].as_str().unwrap()) && safe(symbol["detail"].as_str().unwrap()), "{symbol}");
    }
}

fn html(markdown: &str) -> String {
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new(markdown));
    html
}
