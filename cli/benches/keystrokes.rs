//! How long after a keystroke its findings are there, with every file of the catalogue open: the real server, its protocol.
//!
//! `cargo bench --package mastara --bench keystrokes`

#![expect(clippy::unwrap_used, reason = "a bench that cannot set up its case has failed")]

#[path = "../tests/lsp/client.rs"]
mod client;

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use client::{Client, uri};
use serde_json::{Value, json};

/// What is typed into each file, key by key, on a line of its own under the first step.
const TYPED: &str = "    fournit cnie copie";

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap();
    let mut files = Vec::new();
    collect(&root.join("catalog/procedures"), &mut files);
    collect(&root.join("catalog/fragments"), &mut files);
    files.sort();
    let begun = Instant::now();
    let mut client = Client::start(&root, &[], json!({ "capabilities": {} }));
    let texts: Vec<(String, String)> =
        files.iter().map(|path| (uri(path), fs::read_to_string(path).unwrap())).collect();
    for (uri, text) in &texts {
        client.open(uri, text);
    }
    for (uri, _) in &texts {
        client.findings_of(uri, 1);
    }
    println!("{} files open and checked after {}", texts.len(), shown(begun.elapsed()));
    answers(&mut client, &texts);
    procedures(&mut client, &texts);
    let fragment = texts.iter().find(|(uri, _)| uri.ends_with("recours-55-19.mastara")).unwrap();
    everything(&mut client, &fragment.0, &fragment.1, "a fragment");
    let path = root.join("catalog/vocabulary/documents.yaml");
    let text = fs::read_to_string(&path).unwrap();
    client.open(&uri(&path), &text);
    client.findings_of(&uri(&path), 1);
    everything(&mut client, &uri(&path), &text, "the vocabulary of documents");
    client.stop();
}

/// What is asked of the server between two keys; references for the first time, when no name has been read yet, and again.
fn answers(client: &mut Client, texts: &[(String, String)]) {
    let (uri, text) = texts.iter().find(|(_, text)| text.contains("fournit cnie")).unwrap();
    let document = json!({ "textDocument": { "uri": uri }, "position": client::place(text, "fournit cnie", 9) });
    let mut references = document.clone();
    references["context"] = json!({ "includeDeclaration": true });
    let begun = Instant::now();
    let count = client.ask("textDocument/references", references.clone()).as_array().map_or(0, Vec::len);
    println!("{count} references, first time: {}", shown(begun.elapsed()));
    let whole = at(0, 0, 9_999, 0);
    let mut hints = document.clone();
    hints["range"] = whole;
    let asked = [
        ("textDocument/references", references),
        ("textDocument/completion", document.clone()),
        ("textDocument/hover", document.clone()),
        ("textDocument/semanticTokens/full", document.clone()),
        ("textDocument/inlayHint", hints),
        ("textDocument/documentSymbol", document),
    ];
    for (method, params) in asked {
        let times = (0..50).map(|_| {
            let begun = Instant::now();
            client.ask(method, params.clone());
            begun.elapsed()
        });
        tell(method, times.collect());
    }
}

/// A line typed key by key into every procedure.
fn procedures(client: &mut Client, texts: &[(String, String)]) {
    let mut times = Vec::new();
    for (uri, text) in texts.iter().filter(|(uri, _)| uri.contains("/procedures/")) {
        let Some(step) = text.lines().position(|line| line.trim_start().starts_with("étape ")) else { continue };
        // Below the title and its translation.
        let line = step + 2;
        times.push(keystroke(client, uri, at(line, 0, line, 0), "\n"));
        for (column, key) in TYPED.chars().enumerate() {
            times.push(keystroke(client, uri, at(line, column, line, column), &key.to_string()));
        }
        times.push(keystroke(client, uri, at(line, 0, line + 1, 0), ""));
        client.forget();
    }
    tell("a key in a procedure", times);
}

/// Keys in a shared file: everything is compiled again at each.
fn everything(client: &mut Client, uri: &str, text: &str, what: &str) {
    let line = text.lines().count() - 1;
    let mut times = Vec::new();
    for _ in 0..20 {
        times.push(keystroke(client, uri, at(line, 0, line, 0), "#"));
        times.push(keystroke(client, uri, at(line, 0, line, 1), ""));
        client.forget();
    }
    tell(&format!("a key in {what}"), times);
}

/// From the change sent to its findings heard.
fn keystroke(client: &mut Client, uri: &str, range: Value, text: &str) -> Duration {
    let begun = Instant::now();
    let version = client.change(uri, json!([{ "range": range, "text": text }]));
    client.findings_of(uri, version);
    begun.elapsed()
}

fn at(line: usize, column: usize, to_line: usize, to_column: usize) -> Value {
    json!({
        "start": { "line": line, "character": column },
        "end": { "line": to_line, "character": to_column },
    })
}

fn tell(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let part = |percent: usize| shown(times[(times.len() * percent / 100).min(times.len() - 1)]);
    let most = shown(times[times.len() - 1]);
    println!("{what}: {} times, median {}, p95 {}, p99 {}, most {most}", times.len(), part(50), part(95), part(99));
}

fn shown(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "mastara") {
            files.push(path);
        }
    }
}
