//! Why a step keeps a version from being paperless.

use std::collections::BTreeSet;

use super::{change::Action, look::Look};
use crate::{flow::NodeId, node::Form, procedure::Version, text::Name, vocabulary::Vocabulary};

/// Why a step is not without paper and trip.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A request is made at a counter, by post or telephone: [`Action::FileOnline`].
    Filing,
    /// The person goes for this paper only to hand it over later in the same version: fetched or abolished, nobody goes any
    /// more; at an administration, [`Action::FileOnline`] does too.
    Errand {
        /// The paper.
        document: Name,
        /// Whether a private party issues it.
        is_private: bool,
    },
    /// Something is done with the person that no file can carry: a hearing, an examination, fingerprints; or the file tells
    /// nothing of what is done. Only [`Action::FileOnline`] that names this very step.
    Presence,
    /// A private party that the procedure makes compulsory (notary, bank, doctor): nothing removes it.
    Party,
    /// A visit at the person's own place: nothing removes it.
    Visit,
    /// The online step is not open everywhere: [`Action::FileOnline`].
    PartialCoverage,
    /// This document is accepted on paper only: fetched, abolished or accepted in digital form.
    Paper(Name),
    /// It has to be certified, legalised or an original: fetched, abolished, or the form waived.
    Form(Name, Form),
    /// The person is identified face to face: [`Action::IdentifyOnline`].
    InPerson,
    /// The person signs by hand: [`Action::IdentifyOnline`].
    Handwritten,
    /// Something is paid at a counter or by stamp: [`Action::PayOnline`].
    Payment,
    /// This document is received on paper: [`Action::DeliverOnline`].
    Receipt(Name),
    /// This card or passport is received: nothing removes it.
    Thing(Name),
}

/// A step that is not without paper and trip.
#[derive(Clone, Debug, PartialEq)]
pub struct StepReasons {
    /// The step.
    pub node: NodeId,
    /// The place that the person goes to, if it is a trip (or part of one).
    pub place: Option<Name>,
    /// The authority dealt with; `None` for a private party.
    pub agency: Option<Name>,
    /// Why, never empty.
    pub reasons: BTreeSet<Reason>,
}

/// The steps of a version that are not without paper and trip, in the order of the file, each with all its reasons. A version
/// of which all steps have lost all their reasons is paperless; one of which some have not may be, if the person can avoid them.
///
/// What files do not tell is taken against a change ("the person must come"): see `docs/reforme.md`.
#[must_use]
pub fn reasons(version: &Version, vocabulary: &Vocabulary) -> Vec<StepReasons> {
    let look = Look { flow: &version.flow, vocabulary };
    let enrols = look.delivers_thing();
    let steps = version.flow.nodes().filter_map(|(id, node)| Some((id, node.step()?)));
    steps
        .map(|(node, step)| StepReasons {
            node,
            place: step.channel.place().cloned(),
            agency: step.agency.clone(),
            reasons: look.of_step(node, step, enrols),
        })
        .filter(|step| !step.reasons.is_empty())
        .collect()
}

impl Reason {
    /// The actions each of which removes it where it holds, the narrowest first; none if nothing does. Where several
    /// registers supply a document, each is named; one that is only planned has to be opened.
    #[must_use]
    pub fn remedies(&self, vocabulary: &Vocabulary) -> Vec<Action> {
        match self {
            Self::Filing | Self::Presence | Self::PartialCoverage => vec![Action::FileOnline],
            Self::Errand { document, is_private } => {
                let mut actions = without(document, vocabulary);
                actions.extend((!is_private).then_some(Action::FileOnline));
                actions
            }
            Self::Paper(document) => {
                let mut actions = without(document, vocabulary);
                actions.extend([Action::AcceptDigital(Some(document.clone())), Action::AcceptDigital(None)]);
                actions
            }
            Self::Form(document, form) => {
                let mut actions = without(document, vocabulary);
                actions.push(Action::Waive(*form));
                actions
            }
            Self::InPerson | Self::Handwritten => vec![Action::IdentifyOnline],
            Self::Payment => vec![Action::PayOnline],
            Self::Receipt(_) => vec![Action::DeliverOnline],
            Self::Party | Self::Visit | Self::Thing(_) => Vec::new(),
        }
    }
}

/// What makes a document unnecessary.
fn without(document: &Name, vocabulary: &Vocabulary) -> Vec<Action> {
    let mut actions = Vec::new();
    for (register, known) in vocabulary.registers.iter().filter(|(_, known)| known.supplies.contains(document)) {
        let register = register.clone();
        actions.push(if known.planned.is_some() {
            Action::Open { register, documents: Vec::new() }
        } else {
            Action::Fetch { document: document.clone(), register }
        });
    }
    actions.push(Action::Abolish(document.clone()));
    actions
}
