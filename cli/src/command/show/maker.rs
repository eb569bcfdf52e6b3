//! What a sheet is made from, and the words that all its parts share.

use mastara_dsl::compile::Compiled;
use mastara_engine::{
    answers::Answers,
    condition::Condition,
    flow::{Flow, NodeId},
    node::Citation,
    procedure::{Procedure, Version},
    text::Name,
};

use crate::{
    graph::Subject,
    person::possible,
    phrase::Phrases,
    view::sheet::{DetailView, Named},
};

/// What a sheet is made from.
pub struct Maker<'a> {
    /// The catalogue.
    pub compiled: &'a Compiled,
    /// The procedure.
    pub procedure: &'a Procedure,
    /// Its version.
    pub version: &'a Version,
    /// The words.
    pub phrases: Phrases<'a>,
    /// The person.
    pub person: &'a Answers,
}

impl<'a> Maker<'a> {
    /// The flow.
    pub fn flow(&self) -> &'a Flow {
        &self.version.flow
    }

    /// A node and its title.
    pub fn named(&self, id: NodeId) -> Named {
        let node = self.flow().node(id);
        let title = if node.title.is_empty() {
            self.phrases.words.id(node.name.as_str())
        } else {
            self.phrases.text(&node.title)
        };
        Named { id: node.name.to_string(), title }
    }

    /// The title of another procedure, or its identifier.
    pub fn procedure_title(&self, id: &Name) -> String {
        let found = self.compiled.find(id.as_str()).map(|entry| &entry.lowered.procedure.title);
        found.map_or_else(|| self.phrases.words.id(id.as_str()), |title| self.phrases.text(title))
    }

    /// In which case something holds for the person, in words: `None` if never, `Some(None)` if always.
    pub fn when(&self, condition: Option<&Condition>) -> Option<Option<String>> {
        match condition.map(|condition| possible::rest(condition, self.person)) {
            None | Some(Err(true)) => Some(None),
            Some(Err(false)) => None,
            Some(Ok(rest)) => Some(Some(self.phrases.when(&rest))),
        }
    }

    /// Something known of a stage.
    pub fn detail(&self, kind: &'static str, text: String) -> DetailView {
        DetailView { kind, heading: self.phrases.words.get(&format!("show.detail.{kind}")).to_owned(), text }
    }

    /// A text and the law behind it.
    pub fn cited(&self, text: String, legal: Option<&Citation>) -> String {
        match legal {
            Some(legal) => self.phrases.words.fill("phrase.bracket", &[&text, &self.phrases.short_citation(legal)]),
            None => text,
        }
    }

    /// The version as a picture would show it.
    pub fn subject(&self) -> Subject<'a> {
        Subject { procedure: self.procedure, version: self.version, phrases: self.phrases, way: None }
    }
}
