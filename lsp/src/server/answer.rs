//! Answers to requests.

use gen_lsp_types::{
    CodeActionKind, CodeActionParams, CompletionParams, DefinitionParams, DocumentFormattingParams, DocumentHighlight,
    DocumentHighlightParams, DocumentSymbolParams, FoldingRangeParams, HoverParams, InlayHintParams, Location,
    PrepareRenameParams, ReferenceParams, RenameParams, SemanticTokensParams, TextDocumentPositionParams, TextEdit,
    Uri, WorkspaceSymbolParams,
};
use lsp_server::{ErrorCode, Request, RequestId, Response};
use mastara_dsl::{
    mention::{Mention, Use},
    source::SourceId,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::capabilities::Client;
use crate::{
    colour, complete, fix, hover, inlay, layout, outline,
    rename::{self, Refused, Renamed},
    search,
    symbol::{self, Occurrence, Symbol},
    uri,
    words::Words,
    world::World,
};

/// Why there is no answer.
enum Failed {
    /// The request cannot be read.
    Params(String),
    /// What is asked for cannot be done: a key of the words.
    Refused(Refused),
}

impl From<serde_json::Error> for Failed {
    fn from(error: serde_json::Error) -> Self {
        Self::Params(error.to_string())
    }
}

impl From<Refused> for Failed {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

/// The answer to a request.
pub fn answer(world: &World, client: &Client, words: Words, request: Request) -> Response {
    let Request { id, method, params } = request;
    let asked = Asked { world, client, words };
    let result = match method.as_str() {
        "textDocument/hover" => asked.hover(params),
        "textDocument/completion" => asked.complete(params),
        "textDocument/definition" => asked.definition(params),
        "textDocument/references" => asked.references(params),
        "textDocument/documentHighlight" => asked.highlight(params),
        "textDocument/prepareRename" => asked.prepare_rename(params),
        "textDocument/rename" => asked.rename(params),
        "textDocument/formatting" => asked.format(params),
        "textDocument/documentSymbol" => asked.outline(params),
        "textDocument/foldingRange" => asked.folds(params),
        "textDocument/codeAction" => asked.fixes(params),
        "textDocument/semanticTokens/full" => asked.colours(params),
        "textDocument/inlayHint" => asked.hints(params),
        "workspace/symbol" => asked.search(params),
        _ => return failed(id, ErrorCode::MethodNotFound, method),
    };
    match result {
        Ok(result) => Response::new_ok(id, result),
        Err(Failed::Params(why)) => failed(id, ErrorCode::InvalidParams, why),
        Err(Failed::Refused(key)) => failed(id, ErrorCode::RequestFailed, words.get(key).to_owned()),
    }
}

fn failed(id: RequestId, code: ErrorCode, why: String) -> Response {
    Response::new_err(id, code as i32, why)
}

fn read<P: DeserializeOwned>(params: Value) -> Result<P, Failed> {
    Ok(serde_json::from_value(params)?)
}

/// The answer; of a file that is not known, nothing.
fn told(answer: Option<impl Serialize>) -> Result<Value, Failed> {
    Ok(serde_json::to_value(answer)?)
}

/// What a request is asked of.
struct Asked<'w> {
    world: &'w World,
    client: &'w Client,
    words: Words,
}

impl<'w> Asked<'w> {
    fn file(&self, uri: &Uri) -> Option<SourceId> {
        self.world.find(uri)
    }

    /// The name at a place, and what it stands for.
    fn symbol(&self, at: &TextDocumentPositionParams) -> Option<(SourceId, &'w Mention, Symbol)> {
        let id = self.file(&at.text_document.uri)?;
        let byte = self.world.page(id).byte(at.position, self.world.encoding);
        let mention = symbol::mention_at(self.world, id, byte)?;
        Some((id, mention, symbol::symbol(self.world, id, mention)?))
    }

    /// A place that the client can go to.
    fn location(&self, occurrence: Occurrence) -> Option<Location> {
        let range = self.world.page(occurrence.file).range(occurrence.span, self.world.encoding);
        Some(Location { uri: self.world.uri(occurrence.file)?.clone(), range })
    }

    fn hover(&self, params: Value) -> Result<Value, Failed> {
        let HoverParams { text_document_position_params: at, .. } = read(params)?;
        let id = self.file(&at.text_document.uri);
        told(id.and_then(|id| hover::hover(self.world, id, at.position, self.words)))
    }

    fn complete(&self, params: Value) -> Result<Value, Failed> {
        let CompletionParams { text_document_position_params: at, .. } = read(params)?;
        let id = self.file(&at.text_document.uri);
        told(id.map(|id| complete::complete(self.world, id, at.position, self.words)))
    }

    fn definition(&self, params: Value) -> Result<Value, Failed> {
        let DefinitionParams { text_document_position_params: at, .. } = read(params)?;
        let found = self.symbol(&at).map(|(id, mention, symbol)| {
            let found = symbol::definitions(self.world, id, mention, &symbol);
            found.into_iter().filter_map(|occurrence| self.location(occurrence)).collect::<Vec<_>>()
        });
        told(found)
    }

    fn references(&self, params: Value) -> Result<Value, Failed> {
        let ReferenceParams { context, text_document_position_params: at, .. } = read(params)?;
        let found = self.symbol(&at).map(|(_, _, symbol)| {
            let mut found = symbol::occurrences(self.world, &symbol);
            found.retain(|occurrence| context.include_declaration || occurrence.usage != Use::Definition);
            found.into_iter().filter_map(|occurrence| self.location(occurrence)).collect::<Vec<_>>()
        });
        told(found)
    }

    fn highlight(&self, params: Value) -> Result<Value, Failed> {
        let DocumentHighlightParams { text_document_position_params: at, .. } = read(params)?;
        let found = self.symbol(&at).map(|(id, _, symbol)| {
            let own = |occurrence: &Occurrence| occurrence.file == id;
            let found = symbol::occurrences(self.world, &symbol).into_iter().filter(own);
            let range = |occurrence: Occurrence| self.world.page(id).range(occurrence.span, self.world.encoding);
            found.map(|occurrence| DocumentHighlight { range: range(occurrence), kind: None }).collect::<Vec<_>>()
        });
        told(found)
    }

    fn prepare_rename(&self, params: Value) -> Result<Value, Failed> {
        let PrepareRenameParams { text_document_position_params: at, .. } = read(params)?;
        let Some((id, mention, symbol)) = self.symbol(&at) else { return Ok(Value::Null) };
        rename::check(self.world, &symbol)?;
        let range = self.world.page(id).range(mention.span, self.world.encoding);
        Ok(json!({ "range": range, "placeholder": symbol.name() }))
    }

    fn rename(&self, params: Value) -> Result<Value, Failed> {
        let RenameParams { new_name, text_document_position_params: at, .. } = read(params)?;
        let Some((_, _, symbol)) = self.symbol(&at) else { return Ok(Value::Null) };
        let renamed = rename::rename(self.world, &symbol, &new_name)?;
        self.workspace_edit(&renamed)
    }

    fn workspace_edit(&self, renamed: &Renamed) -> Result<Value, Failed> {
        let with_uri = |(id, edits): (&SourceId, &'_ Vec<TextEdit>)| {
            self.world.uri(*id).map(|uri| (uri.clone(), self.world.version(*id), edits.clone()))
        };
        let edits: Vec<_> = renamed.edits.iter().filter_map(with_uri).collect();
        if !self.client.takes_document_changes {
            if renamed.moved.is_some() {
                return Err(Failed::Refused("rename.moves"));
            }
            let changes: serde_json::Map<_, _> =
                edits.into_iter().map(|(uri, _, edits)| (uri.0, json!(edits))).collect();
            return Ok(json!({ "changes": changes }));
        }
        let mut changes: Vec<Value> = edits
            .into_iter()
            .map(|(uri, version, edits)| json!({ "textDocument": { "uri": uri, "version": version }, "edits": edits }))
            .collect();
        if let Some((id, name)) = &renamed.moved {
            let folder = self.world.folder().filter(|_| self.client.renames_files).ok_or("rename.moves")?;
            let (old, new) = (self.world.uri(*id), uri::of(&folder.join(name)));
            changes.push(json!({ "kind": "rename", "oldUri": old, "newUri": new }));
        }
        Ok(json!({ "documentChanges": changes }))
    }

    fn format(&self, params: Value) -> Result<Value, Failed> {
        let params: DocumentFormattingParams = read(params)?;
        told(self.file(&params.text_document.uri).map(|id| layout::layout(self.world, id)))
    }

    fn outline(&self, params: Value) -> Result<Value, Failed> {
        let params: DocumentSymbolParams = read(params)?;
        told(self.file(&params.text_document.uri).map(|id| outline::outline(self.world, id)))
    }

    fn folds(&self, params: Value) -> Result<Value, Failed> {
        let params: FoldingRangeParams = read(params)?;
        told(self.file(&params.text_document.uri).map(|id| outline::folds(self.world, id)))
    }

    fn fixes(&self, params: Value) -> Result<Value, Failed> {
        let params: CodeActionParams = read(params)?;
        let Some(id) = self.file(&params.text_document.uri) else { return Ok(Value::Null) };
        let only = params.context.only;
        let wants = |kind: &CodeActionKind| only.as_ref().is_none_or(|only| only.contains(kind));
        let mut actions = Vec::new();
        if wants(&CodeActionKind::QuickFix) {
            actions = fix::fixes(self.world, id, params.range, self.words);
        }
        // Formatting is offered to those who ask for it by name, not beside every finding.
        if only
            .is_some_and(|only| only.contains(&CodeActionKind::Source) || only.contains(&CodeActionKind::SourceFixAll))
        {
            actions.extend(fix::formatting(self.world, id, self.words));
        }
        told(Some(actions))
    }

    fn colours(&self, params: Value) -> Result<Value, Failed> {
        let params: SemanticTokensParams = read(params)?;
        told(self.file(&params.text_document.uri).map(|id| colour::colours(self.world, id)))
    }

    fn hints(&self, params: Value) -> Result<Value, Failed> {
        let params: InlayHintParams = read(params)?;
        let id = self.file(&params.text_document.uri);
        told(id.map(|id| inlay::hints(self.world, id, params.range, self.words)))
    }

    fn search(&self, params: Value) -> Result<Value, Failed> {
        let params: WorkspaceSymbolParams = read(params)?;
        told(Some(search::search(self.world, &params.query, self.words)))
    }
}
