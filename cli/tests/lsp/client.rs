//! A client that speaks to the real server over its streams.

#![expect(dead_code, reason = "the tests and the bench each use a part")]

use std::{
    collections::{HashMap, VecDeque},
    io::{BufRead, BufReader, Write as _},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use serde_json::{Value, json};

/// How long the server may take; only a failing test waits so long.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Client {
    child: Child,
    stdin: Option<ChildStdin>,
    inbox: Receiver<Value>,
    /// What the server has said unasked and nobody has looked at.
    heard: VecDeque<Value>,
    /// The last findings of each file.
    pub findings: HashMap<String, Value>,
    pub capabilities: Value,
    versions: HashMap<String, i64>,
    next: i64,
}

impl Client {
    /// Starts the server in a folder and shakes hands; `capabilities` are the client's.
    pub fn start(root: &Path, args: &[&str], mut params: Value) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_mastara"))
            .args(args)
            .arg("lsp")
            .env("MASTARA_LANG", "fr")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let (sender, inbox) = channel();
        let mut stdout = BufReader::new(child.stdout.take().expect("the output is piped"));
        thread::spawn(move || {
            while let Some(message) = read(&mut stdout) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let stdin = child.stdin.take();
        let mut this = Self {
            child,
            stdin,
            inbox,
            heard: VecDeque::new(),
            findings: HashMap::new(),
            capabilities: Value::Null,
            versions: HashMap::new(),
            next: 0,
        };
        params["processId"] = Value::Null;
        params["workspaceFolders"] = json!([{ "uri": uri(root), "name": "x" }]);
        this.capabilities = this.ask("initialize", params)["capabilities"].clone();
        this.tell("initialized", json!({}));
        this
    }

    pub fn write(&mut self, message: &Value) {
        let text = message.to_string();
        let stdin = self.stdin.as_mut().expect("the input is open");
        write!(stdin, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("the server listens");
        stdin.flush().expect("the server listens");
    }

    pub fn tell(&mut self, method: &str, params: Value) {
        self.write(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// The whole response to a request.
    pub fn response(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.write(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.receive();
            if message["id"] == id && message["method"].is_null() {
                return message;
            }
        }
    }

    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let response = self.response(method, params);
        assert!(response["error"].is_null(), "{method}: {response}");
        response["result"].clone()
    }

    /// The next message; requests of the server are granted, findings are kept.
    pub fn receive(&mut self) -> Value {
        let message = self.inbox.recv_timeout(PATIENCE).expect("the server answers");
        if message["method"] == "textDocument/publishDiagnostics" {
            let params = &message["params"];
            self.findings.insert(params["uri"].as_str().unwrap_or("").to_owned(), params.clone());
        } else if message["method"].is_string() && !message["id"].is_null() {
            let id = message["id"].clone();
            self.write(&json!({ "jsonrpc": "2.0", "id": id, "result": null }));
        }
        if message["method"].is_string() {
            self.heard.push_back(message.clone());
        }
        message
    }

    /// Something that the server has said unasked, or says now.
    pub fn hear(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.heard.iter().position(&is_it) {
            return self.heard.remove(at).expect("it was just found");
        }
        loop {
            let message = self.receive();
            if is_it(&message) {
                self.heard.retain(|known| *known != message);
                return message;
            }
        }
    }

    pub fn open(&mut self, uri: &str, text: &str) {
        self.versions.insert(uri.to_owned(), 1);
        let document = json!({ "uri": uri, "languageId": "mastara", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces a range, and waits for the findings of the new text.
    pub fn edit(&mut self, uri: &str, range: Value, text: &str) -> Vec<Value> {
        let version = self.change(uri, json!([{ "range": range, "text": text }]));
        self.findings_of(uri, version)
    }

    /// Sends changes; the version of the new text.
    pub fn change(&mut self, uri: &str, changes: Value) -> i64 {
        let version = self.versions.entry(uri.to_owned()).or_default();
        *version += 1;
        let version = *version;
        let document = json!({ "uri": uri, "version": version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
        version
    }

    /// The findings of a version of a text.
    pub fn findings_of(&mut self, uri: &str, version: i64) -> Vec<Value> {
        loop {
            let known = self.findings.get(uri).filter(|known| known["version"] == version);
            if let Some(known) = known {
                return known["diagnostics"].as_array().cloned().unwrap_or_default();
            }
            self.receive();
        }
    }

    /// Forgets what was heard: a long session would keep it all.
    pub fn forget(&mut self) {
        self.heard.clear();
    }

    /// Says goodbye; the exit code.
    pub fn stop(mut self) -> Option<i32> {
        let answer = self.ask("shutdown", Value::Null);
        assert_eq!(answer, Value::Null);
        self.tell("exit", Value::Null);
        self.wait()
    }

    /// Goes without a word; the exit code.
    pub fn leave(mut self) -> Option<i32> {
        self.wait()
    }

    fn wait(&mut self) -> Option<i32> {
        self.stdin = None;
        self.child.wait().expect("the server ends").code()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // A test that fails leaves no server behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(stream: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line == "\r\n" {
            break;
        }
        if let Some(number) = line.strip_prefix("Content-Length: ") {
            length = number.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// The address of a path.
pub fn uri(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    let root = if path.starts_with('/') { "" } else { "/" };
    format!("file://{root}{path}")
}

/// The place of some words in a text, in units of UTF-16, `by` characters further on.
pub fn place(text: &str, words: &str, by: usize) -> Value {
    let at = text.find(words).unwrap_or_else(|| panic!("`{words}` is in the text"));
    let at = at + words.chars().take(by).map(char::len_utf8).sum::<usize>();
    let line = text[..at].matches('\n').count();
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let character = text[start..at].encode_utf16().count();
    json!({ "line": line, "character": character })
}

/// The range of some words in a text.
pub fn range(text: &str, words: &str) -> Value {
    json!({ "start": place(text, words, 0), "end": place(text, words, words.chars().count()) })
}
