//! `run --format json`: how a case went.

use mastara_engine::{
    condition::{Kind, Question},
    flow::Flow,
    procedure::Version,
    run::{Case, End, Event, Tally},
};
use serde::Serialize;
use serde_json::Value;

use super::number::Number;

/// A case from its start to its end.
#[derive(Debug, Serialize)]
pub struct CaseView {
    /// `sector/identifier`.
    pub id: String,
    /// The version.
    pub version: String,
    /// The outcome reached, `withdrawn`, or nothing if it cannot go on.
    pub outcome: Option<String>,
    /// `granted`, `refused`, `lapsed` or `withdrawn`.
    pub nature: Option<&'static str>,
    /// The steps, waits and decisions passed, in order.
    pub passes: Vec<String>,
    /// The papers brought.
    pub papers: Vec<BroughtView>,
    /// What it asked of the person.
    pub tally: TallyView,
    /// Whether all that was paid is known; if not, `fees_mad` is a least.
    pub fees_known: bool,
    /// What happened, one by one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events: Option<Vec<EventView>>,
}

/// A paper brought.
#[derive(Debug, Serialize)]
pub struct BroughtView {
    /// The document.
    pub document: String,
    /// How many sheets of it.
    pub sheets: u64,
}

/// What was asked of the person so far.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct TallyView {
    /// Steps done.
    pub steps: u64,
    /// Trips.
    pub trips: u64,
    /// Kinds of paper.
    pub documents: u64,
    /// Papers with their copies.
    pub sheets: u64,
    /// The person's minutes.
    pub effort_minutes: u64,
    /// Dirhams paid.
    pub fees_mad: Number,
}

/// Something that happened, and the tally after it.
#[derive(Debug, Serialize)]
pub struct EventView {
    /// `answered`, `preferred`, `done`, `ruled`, `elapsed`, `silent` or `withdrawn`.
    pub event: &'static str,
    /// The node.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub node: Option<String>,
    /// The question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// The answer: a truth, a number, dirhams, a date, or the name of a case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// The case that was ruled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// The document preferred.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// The tally after it.
    pub tally: TallyView,
}

impl CaseView {
    /// A case of a version, with its events and the tally after each if they are asked for.
    pub fn new(
        procedure: &str,
        version: &Version,
        case: &Case<'_>,
        fees_known: bool,
        events: Option<&[(Event, Tally)]>,
    ) -> Self {
        let flow = &version.flow;
        let name = |node| flow.node(node).name.to_string();
        let (outcome, nature) = match case.outcome() {
            Some(End::Outcome(node)) => (Some(name(node)), nature(flow, node)),
            Some(End::Withdrawn) => (Some("withdrawn".to_owned()), Some("withdrawn")),
            None => (None, None),
        };
        let brought = case.papers().map(|(document, sheets)| BroughtView { document: document.to_string(), sheets });
        Self {
            id: procedure.to_owned(),
            version: version.name.to_string(),
            outcome,
            nature,
            passes: case.trail().iter().map(|node| name(*node)).collect(),
            papers: brought.collect(),
            tally: case.tally().into(),
            fees_known,
            events: events.map(|events| events.iter().map(|(event, tally)| event_view(event, *tally, flow)).collect()),
        }
    }
}

fn nature(flow: &Flow, node: mastara_engine::flow::NodeId) -> Option<&'static str> {
    use mastara_engine::node::{Nature, NodeKind};
    match flow.node(node).kind {
        NodeKind::Outcome(Nature::Granted) => Some("granted"),
        NodeKind::Outcome(Nature::Refused) => Some("refused"),
        NodeKind::Outcome(Nature::Lapsed) => Some("lapsed"),
        NodeKind::Outcome(Nature::Withdrawn) => Some("withdrawn"),
        _ => None,
    }
}

fn event_view(event: &Event, tally: Tally, flow: &Flow) -> EventView {
    let mut view = EventView {
        event: "",
        node: None,
        question: None,
        value: None,
        case: None,
        document: None,
        tally: tally.into(),
    };
    let name = |node| Some(flow.node(node).name.to_string());
    match event {
        Event::Answered { question, value } => {
            let question = flow.questions().get(usize::from(question.0));
            view.event = "answered";
            view.question = question.map(|question| question.name.to_string());
            view.value = question.map(|question| answer(question, *value));
        }
        Event::Preferred { document } => {
            view.event = "preferred";
            view.document = Some(document.to_string());
        }
        Event::Done { node } => (view.event, view.node) = ("done", name(*node)),
        Event::Ruled { node, case } => {
            (view.event, view.node, view.case) = ("ruled", name(*node), Some(case.to_string()));
        }
        Event::Elapsed { node } => (view.event, view.node) = ("elapsed", name(*node)),
        Event::Silent { node } => (view.event, view.node) = ("silent", name(*node)),
        Event::Withdrawn => view.event = "withdrawn",
    }
    view
}

/// An answer as programs read it.
fn answer(question: &Question, value: i64) -> Value {
    match &question.kind {
        Kind::YesNo => Value::from(value != 0),
        Kind::Integer(_) => Value::from(value),
        Kind::Money => serde_json::to_value(Number::dirhams(value)).unwrap_or(Value::Null),
        Kind::Date => Value::from(format!("{:04}-{:02}-{:02}", value / 10_000, value / 100 % 100, value % 100)),
        Kind::OneOf(cases) => {
            let case = usize::try_from(value).ok().and_then(|rank| cases.get(rank));
            case.map_or(Value::Null, |case| Value::from(case.name.as_str()))
        }
    }
}

impl From<Tally> for TallyView {
    fn from(tally: Tally) -> Self {
        Self {
            steps: tally.steps,
            trips: tally.trips,
            documents: tally.documents,
            sheets: tally.sheets,
            effort_minutes: tally.minutes,
            fees_mad: Number::dirhams(tally.fees),
        }
    }
}
