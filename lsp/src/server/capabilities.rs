//! What the client can, and what the server can.

use std::path::PathBuf;

use gen_lsp_types::{InitializeParams, ResourceOperationKind};
use mastara_engine::text::Lang;
use serde_json::{Value, json};

use crate::{colour, text::Encoding, uri};

/// What a client can.
#[derive(Clone, Debug, Default)]
pub struct Client {
    /// What its columns count.
    pub encoding: Encoding,
    /// The language of its user, and whether Mastara was asked for it by name.
    pub lang: Option<(Lang, bool)>,
    /// The folders of the workspace.
    pub roots: Vec<PathBuf>,
    /// It shows that something takes time.
    pub shows_progress: bool,
    /// It can be asked to tell of changes on the disk.
    pub watches_files: bool,
    /// It takes edits of several files as one list.
    pub takes_document_changes: bool,
    /// It can rename files.
    pub renames_files: bool,
}

impl Client {
    /// What the client says of itself.
    #[expect(deprecated, reason = "older clients name one folder only")]
    pub fn of(params: &InitializeParams) -> Self {
        let can = &params.capabilities;
        let offered = can.general.as_ref().and_then(|general| general.position_encodings.as_deref());
        let folders = params.workspace_folders_initialize_params.workspace_folders.as_ref();
        // One folder or a list of them: read as the protocol writes it, whatever the types of the day call it.
        let folders = folders.and_then(|folders| serde_json::to_value(folders).ok()).unwrap_or_default();
        let folders = folders.as_array().map_or(&[][..], Vec::as_slice).iter();
        let mut roots: Vec<PathBuf> =
            folders.filter_map(|folder| folder["uri"].as_str()).map(|uri| uri::path(&uri.into())).collect();
        if roots.is_empty() {
            roots.extend(params.root_uri.as_ref().map(uri::path));
        }
        let asked = params.initialization_options.as_ref().and_then(|options| options["lang"].as_str());
        let asked = asked.and_then(Lang::from_code).map(|lang| (lang, true));
        let locale = params.locale.as_deref().and_then(|locale| Lang::from_code(locale.get(..2)?));
        let workspace = can.workspace.as_ref();
        let edit = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let operations = edit.and_then(|edit| edit.resource_operations.as_deref()).unwrap_or_default();
        let watched = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        Self {
            encoding: Encoding::agreed(offered.unwrap_or_default()),
            lang: asked.or(locale.map(|lang| (lang, false))),
            roots,
            shows_progress: can.window.as_ref().and_then(|window| window.work_done_progress).unwrap_or(false),
            watches_files: watched.and_then(|watched| watched.dynamic_registration).unwrap_or(false),
            takes_document_changes: edit.and_then(|edit| edit.document_changes).unwrap_or(false),
            renames_files: operations.contains(&ResourceOperationKind::Rename),
        }
    }
}

/// What the server can.
pub fn of_server(encoding: Encoding) -> Value {
    json!({
        "positionEncoding": encoding.kind(),
        "textDocumentSync": { "openClose": true, "change": 2 },
        "completionProvider": { "triggerCharacters": [" ", "(", "/", "["] },
        "hoverProvider": true,
        "definitionProvider": true,
        "referencesProvider": true,
        "documentHighlightProvider": true,
        "renameProvider": { "prepareProvider": true },
        "documentFormattingProvider": true,
        "documentSymbolProvider": true,
        "workspaceSymbolProvider": true,
        "foldingRangeProvider": true,
        "codeActionProvider": { "codeActionKinds": ["quickfix", "source.fixAll"] },
        "semanticTokensProvider": { "legend": colour::legend(), "full": true },
        "inlayHintProvider": true,
    })
}
