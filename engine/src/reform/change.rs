//! What can be changed, and where.

use crate::{
    node::{Decider, Form, Node, NodeKind},
    procedure::Procedure,
    text::Name,
    vocabulary::Vocabulary,
};

/// One change: what is done differently, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// What.
    pub action: Action,
    /// Where.
    pub scope: Scope,
}

/// What is done differently.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// The administration fetches a document from a register that supplies it today, with the person's consent (law 55-19,
    /// arts. 23-24). Steps at private parties still ask for it.
    Fetch {
        /// The document.
        document: Name,
        /// The register.
        register: Name,
    },
    /// A register is opened: every document that it supplies is fetched, and these as well; also one that is only planned.
    Open {
        /// The register.
        register: Name,
        /// Documents that it did not supply before.
        documents: Vec<Name>,
    },
    /// What is paid at a counter or by stamp is paid online.
    PayOnline,
    /// What is received on paper is received in digital form, except cards and passports.
    DeliverOnline,
    /// Requests made at a counter, by post or telephone are made online, on the whole territory.
    FileOnline,
    /// Identity is proved, and what is signed by hand is signed, electronically.
    IdentifyOnline,
    /// A document is no longer asked for, at private parties neither.
    Abolish(Name),
    /// A document, or any of them, is accepted in digital form; one in a certified, legalised or original form is not.
    AcceptDigital(Option<Name>),
    /// A plain copy does instead of a certified copy, a legalised signature or an original.
    Waive(Form),
    /// One copy of each paper does (law 55-19, art. 7.1).
    OneCopy,
    /// Legal delays become shorter; what is usual today and kept to the old delay keeps to the new one.
    Shorten(Limit),
}

/// What becomes of a legal delay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// Half of it, rounded up in its own unit.
    Half,
    /// At most so many calendar days.
    Days(u32),
}

/// Where a change holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Everywhere.
    Everywhere,
    /// Where the person deals with this authority or one below it.
    Authority(Name),
    /// In the procedures of a sector.
    Sector(Name),
    /// In one procedure.
    Procedure(Name),
    /// In one node of one procedure.
    Step(Name, Name),
}

/// What is wrong with a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The vocabulary has no such document.
    UnknownDocument(Name),
    /// The vocabulary has no such register.
    UnknownRegister(Name),
    /// The vocabulary has no such authority.
    UnknownAuthority(Name),
    /// The vocabulary has no such sector.
    UnknownSector(Name),
    /// The register does not supply the document: it has to be opened for it.
    NotSupplied {
        /// The document.
        document: Name,
        /// The register.
        register: Name,
    },
    /// The register is only planned: it has to be opened.
    OnlyPlanned(Name),
}

impl Change {
    /// What is wrong with it, as far as the vocabulary tells. A change with a flaw does nothing where the flaw is.
    #[must_use]
    pub fn flaws(&self, vocabulary: &Vocabulary) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        match &self.scope {
            Scope::Authority(code) if !vocabulary.authorities.contains_key(code) => {
                flaws.push(Flaw::UnknownAuthority(code.clone()));
            }
            Scope::Sector(code) if !vocabulary.sectors.contains_key(code) => {
                flaws.push(Flaw::UnknownSector(code.clone()));
            }
            _ => {}
        }
        let (register, documents) = match &self.action {
            Action::Fetch { document, register } => (Some(register), vec![document]),
            Action::Open { register, documents } => (Some(register), documents.iter().collect()),
            Action::Abolish(document) | Action::AcceptDigital(Some(document)) => (None, vec![document]),
            _ => (None, Vec::new()),
        };
        let unknown = documents.into_iter().filter(|document| !vocabulary.documents.contains_key(*document));
        flaws.extend(unknown.cloned().map(Flaw::UnknownDocument));
        if let Some(register) = register {
            match (vocabulary.registers.get(register), &self.action) {
                (None, _) => flaws.push(Flaw::UnknownRegister(register.clone())),
                (Some(known), Action::Fetch { .. }) if known.planned.is_some() => {
                    flaws.push(Flaw::OnlyPlanned(register.clone()));
                }
                (Some(known), Action::Fetch { document, .. }) if !known.supplies.contains(document) => {
                    flaws.push(Flaw::NotSupplied { document: document.clone(), register: register.clone() });
                }
                _ => {}
            }
        }
        flaws
    }

    /// Whether it holds at a node, where the person deals with `agency` or nobody public.
    pub(super) fn covers(
        &self,
        procedure: &Procedure,
        node: &Node,
        agency: Option<&Name>,
        vocabulary: &Vocabulary,
    ) -> bool {
        match &self.scope {
            Scope::Everywhere => true,
            Scope::Authority(code) => agency.is_some_and(|agency| is_below(agency, code, vocabulary)),
            Scope::Sector(code) => procedure.sector == *code,
            Scope::Procedure(id) => procedure.id == *id,
            Scope::Step(id, name) => procedure.id == *id && node.name == *name,
        }
    }

    /// The register that stands in for a document, if this change fetches it from one.
    pub(super) fn source(&self, document: &Name, vocabulary: &Vocabulary) -> Option<&Name> {
        let supplies = |register: &Name, is_open: bool| {
            let known = vocabulary.registers.get(register);
            known.is_some_and(|known| known.supplies.contains(document) && (is_open || known.planned.is_none()))
        };
        match &self.action {
            Action::Fetch { document: asked, register } => {
                (asked == document && supplies(register, false)).then_some(register)
            }
            Action::Open { register, documents } => {
                (documents.contains(document) || supplies(register, true)).then_some(register)
            }
            _ => None,
        }
    }

    /// Whether it makes requests online at a step that asks for a presence of which the file tells nothing else: only if it
    /// names that very step.
    pub(super) fn names_step(&self) -> bool {
        matches!(self.scope, Scope::Step(..))
    }
}

/// Whether an authority is another one or belongs to it.
fn is_below(agency: &Name, code: &Name, vocabulary: &Vocabulary) -> bool {
    let mut at = Some(agency);
    // A vocabulary in which bodies belong to each other in a circle must not hang it.
    for _ in 0..16 {
        match at {
            Some(name) if name == code => return true,
            Some(name) => at = vocabulary.authorities.get(name).and_then(|known| known.parent.as_ref()),
            None => return false,
        }
    }
    false
}

/// The authority that a node depends on.
pub(super) fn in_charge<'n>(node: &'n Node, procedure: &'n Procedure) -> Option<&'n Name> {
    match &node.kind {
        NodeKind::Step(step) => step.agency.as_ref(),
        NodeKind::Wait(Some(authority)) | NodeKind::Decision(Decider::Authority(authority)) => Some(authority),
        _ => Some(&procedure.authority),
    }
}
