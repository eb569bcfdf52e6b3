//! One procedure as a plan sees it: the nominal way of the version in force, what keeps each of its steps, how often a year.

use std::collections::BTreeMap;

use mastara_engine::{
    answers::Answers,
    burden::{Load, Parameters},
    flow::{Flow, NodeId},
    measure::Moment,
    procedure::Aspect,
    program::Program,
    reform::{StepReasons, Subject},
    text::Name,
    vocabulary::Vocabulary,
};

use super::goal::{Asked, Worth};
use crate::survey::Line;

/// A procedure that counts.
#[derive(Debug)]
pub struct Case<'c> {
    /// The procedure and its version in force.
    pub line: &'c Line<'c>,
    /// How often a year.
    pub times: u64,
    /// What changes are put on.
    pub subject: Subject<'c>,
    /// Its nominal way.
    pub moments: Vec<Moment>,
    /// What keeps each step.
    pub held: BTreeMap<NodeId, StepReasons>,
    /// What it asks of one person.
    pub asked: Asked,
    /// What that is worth.
    pub worth: Worth<'c>,
}

/// A stay at one place, of one step or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trip {
    /// Where.
    pub place: Name,
    /// Its steps.
    pub steps: Vec<NodeId>,
    /// Whether it begins straight from the trip before, with nothing done elsewhere or waited for in between.
    pub follows: bool,
}

impl<'c> Case<'c> {
    /// A procedure with its weight; `None` if it cannot be measured.
    pub fn new(line: &'c Line<'c>, times: u64, vocabulary: &'c Vocabulary, worth: Worth<'c>) -> Option<Self> {
        let subject = Subject { procedure: line.procedure, version: line.version, vocabulary };
        let program = Program::compile(&line.version.flow).ok()?;
        let moments = program.nominal_moments(&Answers::everybody()).ok()?;
        let held = subject.reasons().into_iter().map(|step| (step.node, step)).collect();
        let asked = asked(&line.version.flow, worth.parameters)?;
        Some(Self { line, times, subject, moments, held, asked, worth })
    }

    /// The steps of the nominal way, in turn.
    pub fn steps(&self) -> impl Iterator<Item = NodeId> {
        self.moments.iter().filter_map(|moment| if let Moment::Step(node) = moment { Some(*node) } else { None })
    }

    /// The papers demanded at a step of the nominal way, with their sheets.
    pub fn papers(&self, step: NodeId) -> impl Iterator<Item = (&Name, u32)> {
        self.moments.iter().filter_map(move |moment| match moment {
            Moment::Paper { node, document, copies } if *node == step => Some((document, *copies)),
            _ => None,
        })
    }

    /// The authority dealt with at a step.
    pub fn agency(&self, step: NodeId) -> Option<&Name> {
        self.line.version.flow.node(step).step().and_then(|step| step.agency.as_ref())
    }

    /// The place of a step.
    pub fn place(&self, step: NodeId) -> Option<&Name> {
        self.line.version.flow.node(step).step().and_then(|step| step.channel.place())
    }

    /// Whether a step is done online already.
    pub fn is_online(&self, step: NodeId) -> bool {
        self.line.version.flow.node(step).step().is_some_and(|step| step.channel.is_online())
    }

    /// The trips of the nominal way, as they are measured: what is not at the place of the step before is another one.
    pub fn trips(&self) -> Vec<Trip> {
        let mut trips: Vec<Trip> = Vec::new();
        // Where the last step was.
        let mut at: Option<&Name> = None;
        for moment in &self.moments {
            match moment {
                Moment::Step(node) => {
                    let place = self.place(*node);
                    match (place, trips.last_mut()) {
                        (Some(place), Some(trip)) if at == Some(place) => {
                            debug_assert_eq!(trip.place, *place, "the last trip went there");
                            trip.steps.push(*node);
                        }
                        (Some(place), _) => {
                            trips.push(Trip { place: place.clone(), steps: vec![*node], follows: at.is_some() });
                        }
                        (None, _) => {}
                    }
                    at = place;
                }
                Moment::Pause => at = None,
                Moment::Paper { .. } => {}
            }
        }
        trips
    }

    /// What it asks once its flow is changed, by executing that flow; `None` if it cannot be measured.
    pub fn after(&self, changed: &Flow) -> Option<Asked> {
        asked(changed, self.worth.parameters)
    }

    /// What is saved a year from what is asked now to what is asked then.
    pub fn saved(&self, after: &Asked, worth: &Worth<'_>) -> Option<i64> {
        self.yearly(worth.of(&self.asked)?.checked_sub(worth.of(after)?)?)
    }

    /// So much for each case of a year.
    pub fn yearly(&self, of_one: i64) -> Option<i64> {
        of_one.checked_mul(i64::try_from(self.times).ok()?)
    }
}

/// What the nominal way of a flow asks of one person; `None` if it cannot be measured.
fn asked(flow: &Flow, parameters: &Parameters) -> Option<Asked> {
    let (program, everybody) = (Program::compile(flow).ok()?, Answers::everybody());
    let measures = program.measure(&everybody).ok()?;
    let load = Load::new(&program, &measures, &everybody, Aspect::Nominal, parameters).ok()?;
    Some(Asked { trips: measures.trips.nominal, load })
}
