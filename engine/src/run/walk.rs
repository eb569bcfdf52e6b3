//! A case driven to its end with given answers.

use std::{collections::BTreeMap, fmt};

use super::{
    case::Case,
    event::{Await, End, Event, Refused, Tally},
};
use crate::{
    answers::{Answers, SILENCE},
    flow::NodeId,
    program::Program,
    text::Name,
};

/// A whole case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// The steps, waits and decisions passed, in order; branches of a fork one after the other.
    pub passes: Vec<NodeId>,
    /// The papers brought, with their sheets in all, in the order of the file.
    pub brings: Vec<(Name, u64)>,
    /// What it asked of the person.
    pub tally: Tally,
    /// The outcome.
    pub ends: NodeId,
}

/// Why a case cannot be driven on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stuck {
    /// The answers or rulings do not say how it goes on here.
    Open(Await),
    /// What they say is refused here.
    Refused(NodeId, Refused),
    /// A known answer is not allowed.
    Answer(Refused),
    /// With these answers no way leads on from here (the last node passed; nowhere if the case ended at once).
    NoWay(Option<NodeId>),
}

impl fmt::Display for Stuck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open(awaited) => write!(f, "nothing says how it goes on: {awaited:?}"),
            Self::Refused(_, refused) | Self::Answer(refused) => refused.fmt(f),
            Self::NoWay(_) => f.write_str("with these answers no way leads on"),
        }
    }
}

impl std::error::Error for Stuck {}

/// Drives a case to its end with what is known of a person: steps are done, waits end (unless `person` rules
/// [`SILENCE`] there), authorities rule in turn what `person` says. Of several accepted papers the first is brought, or the first that `person` prefers.
///
/// # Errors
/// [`Stuck`] where nothing says how it goes on, or what is said cannot happen.
pub fn run(program: &Program, person: &Answers) -> Result<Walk, Stuck> {
    let mut case = Case::open_in_turn(program);
    let ends = drive(&mut case, person)?;
    let brings = case.papers().map(|(name, sheets)| (name.clone(), sheets)).collect();
    Ok(Walk { passes: case.trail().to_vec(), brings, tally: case.tally(), ends })
}

/// Drives a case that has just been opened to its end; where it gets stuck, it stays there.
pub(crate) fn drive(case: &mut Case<'_>, person: &Answers) -> Result<NodeId, Stuck> {
    for (question, value) in person.iter() {
        // An answer to a question that this flow does not have is no contradiction, nor is one that comes after facts have
        // settled everything.
        if usize::from(question.0) < case.program.questions.len() && case.outcome().is_none() {
            case.apply(Event::Answered { question, value }).map_err(Stuck::Answer)?;
        }
    }
    for document in person.preferred() {
        // A document that no step accepts cannot be brought; what is brought tells.
        let _ = case.apply(Event::Preferred { document: document.clone() });
    }
    // How often each node with several rulings has been visited.
    let mut visits = BTreeMap::new();
    loop {
        if let Some(end) = case.outcome() {
            let End::Outcome(ends) = end else { return Err(Stuck::NoWay(None)) };
            return Ok(ends);
        }
        let awaited = case.awaits().next().ok_or_else(|| Stuck::NoWay(case.trail().last().copied()))?;
        let (node, event) = match awaited {
            Await::Do(node) => (node, Event::Done { node }),
            Await::Wait(node) => {
                let silent = ruling(person, &mut visits, node).is_some_and(|case| case.as_str() == SILENCE);
                (node, if silent { Event::Silent { node } } else { Event::Elapsed { node } })
            }
            Await::Rule(node) | Await::Silence(node) => {
                (node, settle(node, ruling(person, &mut visits, node).ok_or(Stuck::Open(awaited))?))
            }
            Await::Answer { .. } | Await::Choose { .. } => return Err(Stuck::Open(awaited)),
        };
        case.apply(event).map_err(|refused| Stuck::Refused(node, refused))?;
    }
}

/// What is ruled at this visit of a node.
fn ruling<'a>(person: &'a Answers, visits: &mut BTreeMap<NodeId, usize>, node: NodeId) -> Option<&'a Name> {
    let cases = person.rulings(node);
    if cases.len() < 2 {
        return cases.first();
    }
    let visit = visits.entry(node).or_default();
    let case = cases.get(*visit);
    *visit += 1;
    case.or(cases.last())
}

/// The event of a ruling.
fn settle(node: NodeId, case: &Name) -> Event {
    if case.as_str() == SILENCE { Event::Silent { node } } else { Event::Ruled { node, case: case.clone() } }
}
