//! `whatif --why ID --format json` (docs/json.md).

use mastara_dsl::compile::Compiled;
use mastara_engine::{flow::NodeId, node::Node, reform::StepReasons};
use serde::Serialize;

use super::{MovedView, PairView};
use crate::{
    command::whatif::{Line, kind},
    context::Context,
    phrase::{
        Phrases,
        edit::{Edit, edits},
    },
    view::TextView,
};

/// `whatif --why`.
#[derive(Debug, Serialize)]
pub struct WhyView {
    /// The procedure and its figures.
    #[serde(flatten)]
    pub procedure: MovedView,
    /// The nodes that change, in the order of the file.
    pub nodes: Vec<NodeView>,
    /// The steps that are not without paper and trip, before or after.
    pub steps: Vec<StepView>,
}

/// A node that changes.
#[derive(Debug, Serialize)]
pub struct NodeView {
    /// Its name in the file.
    pub id: String,
    /// Its title.
    pub title: TextView,
    /// What changes.
    pub changes: Vec<EditView>,
}

/// Something of a node that is another, in the language of the output.
#[derive(Debug, Serialize)]
pub struct EditView {
    /// What.
    pub what: &'static str,
    /// Before; nothing if it is new.
    pub before: String,
    /// After; nothing if it is gone.
    pub after: String,
}

/// A step that is not without paper and trip.
#[derive(Debug, Serialize)]
pub struct StepView {
    /// Its name in the file.
    pub id: String,
    /// The place that the person goes to, if it is a trip.
    pub place: PairView<Option<String>>,
    /// Why.
    pub reasons: PairView<Vec<StepReasonView>>,
}

/// A reason.
#[derive(Debug, Serialize)]
pub struct StepReasonView {
    /// Which.
    pub reason: &'static str,
    /// In the language of the output.
    pub text: String,
}

impl WhyView {
    /// Of one procedure.
    pub fn new(line: &Line<'_>, compiled: &Compiled, context: &Context) -> Self {
        let flow = &line.version.flow;
        let phrases = Phrases { words: &context.words, vocabulary: &compiled.vocabulary, questions: flow.questions() };
        let edit = |edit: Edit| EditView { what: edit.what, before: edit.before, after: edit.after };
        let node = |(id, node): (NodeId, &Node)| {
            let changes = edits([node, line.after().flow.node(id)], [&phrases; 2]);
            (!changes.is_empty()).then(|| NodeView {
                id: node.name.to_string(),
                title: TextView::from(&node.title),
                changes: changes.into_iter().map(edit).collect(),
            })
        };
        let steps = line.held[0].iter().map(|step| {
            let left = line.held[1].iter().find(|other| other.node == step.node);
            let reasons = |step: Option<&StepReasons>| {
                let reasons = step.into_iter().flat_map(|step| &step.reasons);
                reasons.map(|reason| StepReasonView { reason: kind(reason), text: phrases.reason(reason) }).collect()
            };
            let place = |step: Option<&StepReasons>| step.and_then(|step| step.place.as_ref()).map(ToString::to_string);
            StepView {
                id: flow.node(step.node).name.to_string(),
                place: PairView { before: place(Some(step)), after: place(left) },
                reasons: PairView { before: reasons(Some(step)), after: reasons(left) },
            }
        });
        Self {
            procedure: MovedView::from(line),
            nodes: flow.nodes().filter_map(node).collect(),
            steps: steps.collect(),
        }
    }
}
