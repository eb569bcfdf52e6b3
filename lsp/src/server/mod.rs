//! The protocol: messages in, answers and findings out.

mod answer;
mod capabilities;

use std::{collections::HashMap, fmt, io, path::PathBuf, time::Duration};

use gen_lsp_types::{
    Diagnostic, DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, InitializeParams, PublishDiagnosticsParams, TextDocumentContentChangeEvent, Uri,
};
use lsp_server::{Connection, Message, Notification, Request, RequestId};
use mastara_dsl::{
    disk,
    source::{Source, SourceId},
};
use mastara_engine::{Date, text::Lang};
use serde_json::{Value, json};

use self::capabilities::Client;
use crate::{diagnose, folder, uri, words::Words, world::World};

/// How long nothing must be heard before all is compiled for a change of a shared file.
const QUIET: Duration = Duration::from_millis(150);

/// What the server is started with.
pub struct Options {
    /// The language asked for on the command line.
    pub lang: Option<Lang>,
    /// The language where nothing asks for one.
    pub fallback: Lang,
    /// The folder of the catalogue; looked for in the workspace if not given.
    pub folder: Option<PathBuf>,
    /// The catalogue of a workspace that has none.
    pub embedded: fn() -> Vec<Source>,
    /// The day whose law holds.
    pub today: fn() -> Date,
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").field("lang", &self.lang).field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// Serves one client over the standard streams; whether it has said goodbye as it should.
///
/// # Errors
/// If the streams do not carry the protocol.
pub fn serve(options: &Options) -> io::Result<bool> {
    let (connection, threads) = Connection::stdio();
    let is_clean = talk(&connection, options).unwrap_or(false);
    drop(connection);
    threads.join()?;
    Ok(is_clean)
}

/// A client that is gone: nothing more can be said to it.
struct Gone;

impl<E: std::error::Error> From<E> for Gone {
    fn from(_: E) -> Self {
        Self
    }
}

fn talk(connection: &Connection, options: &Options) -> Result<bool, Gone> {
    let (id, params) = connection.initialize_start()?;
    // What cannot be read of a client's abilities, it does not have.
    let params: InitializeParams = serde_json::from_value(params).unwrap_or_default();
    let client = Client::of(&params);
    let result = json!({
        "capabilities": capabilities::of_server(client.encoding),
        "serverInfo": { "name": "mastara", "version": env!("CARGO_PKG_VERSION") },
    });
    connection.initialize_finish(id, result)?;
    let lang = client.lang.filter(|(_, is_asked)| *is_asked).map(|(lang, _)| lang);
    let lang = lang.or(options.lang).or(client.lang.map(|(lang, _)| lang)).unwrap_or(options.fallback);
    let mut server = Server {
        connection,
        options,
        words: Words { lang },
        world: World::default(),
        client,
        published: HashMap::new(),
        asked: 0,
    };
    server.start()?;
    server.listen()
}

struct Server<'c> {
    connection: &'c Connection,
    options: &'c Options,
    words: Words,
    world: World,
    client: Client,
    /// What the client shows, by address, and of which version of the text.
    published: HashMap<Uri, (Option<i32>, Vec<Diagnostic>)>,
    /// How many requests have been sent to the client.
    asked: i32,
}

impl Server<'_> {
    /// Reads the catalogue, and says so.
    fn start(&mut self) -> Result<(), Gone> {
        self.watch()?;
        let given = self.options.folder.clone();
        let found = given.or_else(|| self.client.roots.iter().find_map(|root| folder::of_workspace(root)));
        let found = found.map(|folder| std::path::absolute(&folder).unwrap_or(folder));
        self.progress("begin", json!({ "title": self.words.get("progress.title") }))?;
        self.load(found)?;
        let count = self.world.compiled().entries.len().to_string();
        self.progress("end", json!({ "message": self.words.fill("progress.done", &[&count]) }))?;
        self.settle()
    }

    /// Takes a catalogue; texts that are open stay open.
    fn load(&mut self, folder: Option<PathBuf>) -> Result<(), Gone> {
        let read = match &folder {
            Some(path) => disk::read_catalog(path),
            None => Ok((self.options.embedded)()),
        };
        let (sources, folder) = match read {
            Ok(sources) => (sources, folder),
            Err(error) => {
                let path = folder.unwrap_or_default();
                let text = self.words.fill("error.catalogue", &[&path.to_string_lossy(), &error.to_string()]);
                self.notify("window/showMessage", json!({ "type": 1, "message": text }))?;
                ((self.options.embedded)(), None)
            }
        };
        let mut world = World::new(sources, folder, self.client.encoding, (self.options.today)());
        for id in self.world.ids() {
            if let (Some(version), Some(uri)) = (self.world.version(id), self.world.uri(id)) {
                world.open(uri.clone(), version, self.world.page(id).text().to_owned());
            }
        }
        self.world = world;
        Ok(())
    }

    /// Answers until the client says goodbye; false if it just goes.
    fn listen(&mut self) -> Result<bool, Gone> {
        loop {
            let mut next = if self.world.is_behind() {
                match self.connection.receiver.recv_timeout(QUIET) {
                    Ok(message) => Some(message),
                    Err(error) if error.is_timeout() => None,
                    Err(_) => return Ok(false),
                }
            } else {
                match self.connection.receiver.recv() {
                    Ok(message) => Some(message),
                    Err(_) => return Ok(false),
                }
            };
            if next.is_none() {
                // Nothing has been heard for a while.
                let changed = self.world.catch_up();
                self.publish(&changed)?;
            }
            // What is waiting already is taken in first: of many keystrokes only the last one's findings are shown.
            while let Some(message) = next {
                match message {
                    Message::Request(request) if self.connection.handle_shutdown(&request)? => return Ok(true),
                    Message::Request(request) => self.request(request)?,
                    Message::Notification(notification) if notification.method == "exit" => return Ok(false),
                    Message::Notification(notification) => self.hear(notification),
                    Message::Response(_) => {}
                }
                next = self.connection.receiver.try_recv().ok();
            }
            self.settle()?;
        }
    }

    fn request(&mut self, request: Request) -> Result<(), Gone> {
        self.settle()?;
        let response = answer::answer(&self.world, &self.client, self.words, request);
        Ok(self.connection.sender.send(response.into())?)
    }

    /// What the client tells; what cannot be read is passed over.
    fn hear(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match method.as_str() {
            "textDocument/didOpen" => {
                let Ok(params) = serde_json::from_value::<DidOpenTextDocumentParams>(params) else { return };
                let document = params.text_document;
                self.find_catalogue(&document.uri);
                self.world.open(document.uri, document.version, document.text);
            }
            "textDocument/didChange" => {
                let Ok(params) = serde_json::from_value::<DidChangeTextDocumentParams>(params) else { return };
                let edits = params.content_changes.into_iter().map(|change| match change {
                    TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                        (Some(part.range), part.text)
                    }
                    TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => (None, whole.text),
                });
                let document = params.text_document;
                self.world.change(&document.text_document_identifier.uri, document.version, edits);
            }
            "textDocument/didClose" => {
                let Ok(params) = serde_json::from_value::<DidCloseTextDocumentParams>(params) else { return };
                self.world.close(&params.text_document.uri);
            }
            "workspace/didChangeWatchedFiles" => {
                let Ok(params) = serde_json::from_value::<DidChangeWatchedFilesParams>(params) else { return };
                params.changes.iter().for_each(|change| self.world.reload(&change.uri));
            }
            _ => {}
        }
    }

    /// A workspace without a catalogue may yet open a file of one.
    fn find_catalogue(&mut self, uri: &Uri) {
        if self.world.folder().is_none()
            && self.options.folder.is_none()
            && let Some(folder) = folder::around(&uri::path(uri))
        {
            // A client that is gone is noticed when it is next listened to.
            let _ = self.load(Some(folder));
        }
    }

    /// Compiles what has changed and shows what is new.
    fn settle(&mut self) -> Result<(), Gone> {
        self.world.set_today((self.options.today)());
        let changed = self.world.settle();
        // Against shared files as they were, findings would come and go.
        if self.world.is_behind() { Ok(()) } else { self.publish(&changed) }
    }

    fn publish(&mut self, changed: &[SourceId]) -> Result<(), Gone> {
        for id in changed {
            let Some(uri) = self.world.uri(*id).cloned() else { continue };
            let diagnostics = diagnose::diagnostics(&self.world, *id, self.words);
            let version = self.world.version(*id);
            let nothing = (None, Vec::new());
            let (old, shown) = self.published.get(&uri).unwrap_or(&nothing);
            // A new version is told of even if nothing else is new: so the client knows that nothing is.
            if *old == version && *shown == diagnostics {
                continue;
            }
            let params = PublishDiagnosticsParams { uri: uri.clone(), version, diagnostics: diagnostics.clone() };
            self.notify("textDocument/publishDiagnostics", params)?;
            self.published.insert(uri, (version, diagnostics));
        }
        if changed.is_empty() {
            return Ok(());
        }
        let lost: Vec<Uri> = self.published.keys().filter(|uri| self.world.find(uri).is_none()).cloned().collect();
        for uri in lost {
            self.published.remove(&uri);
            let params = PublishDiagnosticsParams { uri, version: None, diagnostics: Vec::new() };
            self.notify("textDocument/publishDiagnostics", params)?;
        }
        Ok(())
    }

    fn notify(&self, method: &str, params: impl serde::Serialize) -> Result<(), Gone> {
        Ok(self.connection.sender.send(Notification::new(method.to_owned(), params).into())?)
    }

    fn ask(&mut self, method: &str, params: Value) -> Result<(), Gone> {
        self.asked += 1;
        let request = Request::new(RequestId::from(self.asked), method.to_owned(), params);
        Ok(self.connection.sender.send(request.into())?)
    }

    /// Says that reading begins or ends, to a client that shows it.
    fn progress(&mut self, kind: &str, mut value: Value) -> Result<(), Gone> {
        const TOKEN: &str = "mastara/catalogue";
        if !self.client.shows_progress {
            return Ok(());
        }
        if kind == "begin" {
            self.ask("window/workDoneProgress/create", json!({ "token": TOKEN }))?;
        }
        value["kind"] = kind.into();
        self.notify("$/progress", json!({ "token": TOKEN, "value": value }))
    }

    /// Asks to be told of changes on the disk.
    fn watch(&mut self) -> Result<(), Gone> {
        if !self.client.watches_files {
            return Ok(());
        }
        let watchers = json!([{ "globPattern": "**/*.mastara" }, { "globPattern": "**/vocabulary/*.yaml" }]);
        let method = "workspace/didChangeWatchedFiles";
        let registration = json!({ "id": method, "method": method, "registerOptions": { "watchers": watchers } });
        self.ask("client/registerCapability", json!({ "registrations": [registration] }))
    }
}
