//! Chromium by its debugging pipe: JSON messages, each ended by a zero byte, through two named pipes.

use std::cell::RefCell;
use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// How long something in the page may take.
const PATIENCE: Duration = Duration::from_secs(30);

struct Pipe {
    child: Child,
    to: File,
    from: BufReader<File>,
    folder: PathBuf,
    last: u64,
    events: Vec<Value>,
}

/// A headless browser; it ends with the value.
pub struct Browser {
    pipe: Rc<RefCell<Pipe>>,
}

/// A page in a tab of its own.
pub struct Page {
    pipe: Rc<RefCell<Pipe>>,
    session: String,
    target: Value,
}

impl Drop for Page {
    fn drop(&mut self) {
        let target = json!({ "targetId": self.target });
        if !std::thread::panicking() {
            self.pipe.borrow_mut().call(None, "Target.closeTarget", &target);
        }
    }
}

fn executable() -> Option<PathBuf> {
    let given = std::env::var_os("REDERIVE_CHROMIUM").map(PathBuf::from);
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect();
    given.or_else(|| NAMES.iter().flat_map(|n| folders.iter().map(move |f| f.join(n))).find(|p| p.is_file()))
}

impl Browser {
    /// Starts one, or says why it can't.
    pub fn start() -> Result<Browser, String> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let program = executable().ok_or("there is no Chromium on this machine")?;
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("rederive-browser-{}-{number}", std::process::id()));
        let fail = |e: std::io::Error| e.to_string();
        fs::create_dir_all(&folder).map_err(fail)?;
        let pipes = ["in", "out"].map(|name| folder.join(name));
        let made = Command::new("mkfifo").args(&pipes).status().map_err(fail)?;
        if !made.success() {
            return Err("no named pipes here".to_owned());
        }
        let child = Command::new("sh")
            .args(["-c", "exec \"$@\" 3<\"$0/in\" 4>\"$0/out\""])
            .arg(&folder)
            .arg(program)
            .args(["--headless", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--no-first-run"])
            .args([
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--disable-background-networking",
                "--disable-extensions",
            ])
            .arg(format!("--user-data-dir={}", folder.join("profile").display()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(fail)?;
        let to = OpenOptions::new().write(true).open(&pipes[0]).map_err(fail)?;
        let from = BufReader::new(File::open(&pipes[1]).map_err(fail)?);
        let pipe = Pipe { child, to, from, folder, last: 0, events: vec![] };
        Ok(Browser { pipe: Rc::new(RefCell::new(pipe)) })
    }

    /// Opens an address.
    pub fn open(&mut self, address: &str) -> Page {
        self.open_with(address, true)
    }

    /// The same, with or without scripts of the page.
    pub fn open_with(&mut self, address: &str, scripts: bool) -> Page {
        let target = self.pipe.borrow_mut().call(None, "Target.createTarget", &json!({ "url": "about:blank" }));
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let session = self.pipe.borrow_mut().call(None, "Target.attachToTarget", &attach)["sessionId"]
            .as_str()
            .expect("a session")
            .to_owned();
        let mut page = Page { pipe: Rc::clone(&self.pipe), session, target: target["targetId"].clone() };
        for domain in ["Page", "Runtime", "Network", "Log"] {
            page.call(&format!("{domain}.enable"), &json!({}));
        }
        page.call("Emulation.setScriptExecutionDisabled", &json!({ "value": !scripts }));
        page.show(1440, false, false);
        page.pipe.borrow_mut().events.clear();
        page.call("Page.navigate", &json!({ "url": address }));
        page.until("document.readyState", &json!("complete"));
        page
    }
}

impl Pipe {
    fn call(&mut self, session: Option<&str>, method: &str, params: &Value) -> Value {
        self.last += 1;
        let mut message = json!({ "id": self.last, "method": method, "params": params });
        if let Some(session) = session {
            message["sessionId"] = json!(session);
        }
        self.to.write_all(format!("{message}\0").as_bytes()).expect("the browser listens");
        loop {
            let mut bytes = vec![];
            self.from.read_until(0, &mut bytes).expect("the browser speaks");
            assert_eq!(bytes.pop(), Some(0), "the browser went away");
            let answer: Value = serde_json::from_slice(&bytes).expect("JSON");
            if answer["id"] == json!(self.last) {
                assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
                return answer["result"].clone();
            }
            self.events.push(answer);
        }
    }
}

impl Drop for Pipe {
    fn drop(&mut self) {
        let _ = self.to.write_all(b"{\"id\":0,\"method\":\"Browser.close\"}\0");
        sleep(Duration::from_millis(100));
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Page {
    fn call(&mut self, method: &str, params: &Value) -> Value {
        let session = self.session.clone();
        self.pipe.borrow_mut().call(Some(&session), method, params)
    }

    /// The value of an expression in the page; a promise is waited for.
    pub fn evaluate(&mut self, expression: &str) -> Value {
        let params = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.call("Runtime.evaluate", &params);
        assert!(answer["exceptionDetails"].is_null(), "{}", answer["exceptionDetails"]);
        answer["result"]["value"].clone()
    }

    /// Waits until an expression has a value.
    pub fn until(&mut self, expression: &str, value: &Value) {
        let start = Instant::now();
        loop {
            let now = self.evaluate(expression);
            if now == *value {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "{expression} stays {now}");
            sleep(Duration::from_millis(30));
        }
    }

    /// Shows the page at a width, in the dark or not, as on paper or not.
    pub fn show(&mut self, width: u32, dark: bool, print: bool) {
        let size = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", &size);
        let scheme = json!({ "name": "prefers-color-scheme", "value": if dark { "dark" } else { "light" } });
        let still = json!({ "name": "prefers-reduced-motion", "value": "reduce" });
        let media = json!({ "media": if print { "print" } else { "screen" }, "features": [scheme, still] });
        self.call("Emulation.setEmulatedMedia", &media);
    }

    /// Presses a key.
    pub fn key(&mut self, key: &str) {
        let text = if key.chars().count() == 1 { key } else { "" };
        let code = if key == "Escape" { 27 } else { 0 };
        let down = json!({ "type": "keyDown", "key": key, "text": text, "windowsVirtualKeyCode": code });
        self.call("Input.dispatchKeyEvent", &down);
        self.call("Input.dispatchKeyEvent", &json!({ "type": "keyUp", "key": key, "windowsVirtualKeyCode": code }));
    }

    /// Types words.
    pub fn type_text(&mut self, text: &str) {
        self.call("Input.insertText", &json!({ "text": text }));
    }

    fn events(&mut self, method: &str) -> Vec<Value> {
        self.evaluate("0");
        let pipe = self.pipe.borrow();
        let own = pipe.events.iter().filter(|e| e["method"] == json!(method) && e["sessionId"] == json!(self.session));
        own.map(|e| e["params"].clone()).collect()
    }

    /// What was thrown, and what the console says: also what the policy of the page forbids.
    pub fn complaints(&mut self) -> Vec<String> {
        let thrown = self.events("Runtime.exceptionThrown").into_iter().map(|e| e["exceptionDetails"].to_string());
        let mut out: Vec<String> = thrown.collect();
        out.extend(self.events("Log.entryAdded").into_iter().map(|e| e["entry"]["text"].to_string()));
        out.extend(self.events("Runtime.consoleAPICalled").into_iter().map(|e| e["args"].to_string()));
        out
    }

    /// The addresses that were asked for, but for those that hold their data themselves.
    pub fn requests(&mut self) -> Vec<String> {
        let asked = self.events("Network.requestWillBeSent");
        let urls = asked.iter().filter_map(|e| e["request"]["url"].as_str());
        urls.filter(|u| !u.starts_with("data:")).map(str::to_owned).collect()
    }
}
