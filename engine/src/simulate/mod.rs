//! Many people at once: ways drawn with the chances of the means, delays on a calendar, officers with queues.
//!
//! INVARIANT: a case is a pure function of the seed and its number, so that neither threads nor the order of work change
//! anything; as many cases come out as went in, or the run is refused.

mod alone;
mod batch;
mod desk;
mod draw;
mod events;
mod histogram;
mod model;
mod queue;
mod sum;
mod time;

pub use self::{
    batch::{Batch, ClockCount, Taken},
    desk::DeskCount,
    histogram::Histogram,
    sum::{Measure, Sum},
};

use std::{collections::BTreeMap, fmt};

use crate::{
    answers::Answers, calendar::Calendar, flow::Flow, measure::TooEntangled, program::Program, quantity::Share,
    text::Name,
};
use model::Model;

/// What to simulate.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Where random numbers begin: the same seed gives the same cases.
    pub seed: u64,
    /// How long what is declared takes.
    pub delays: Delays,
    /// How many of the clocks that allow it are suspended by a request for complements (law 55-19, art. 14). No file tells.
    pub complements: Option<Share>,
    /// Officers, if they are limited.
    pub offices: Option<Offices>,
}

/// How long a declared delay takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Delays {
    /// Spread around the usual delay: half the cases below it, down to nothing, half above it, up to the legal maximum, both
    /// with the most near the usual one. Where only one of the two is known, just that.
    #[default]
    Spread,
    /// The usual delay (the legal one where no other is known).
    Usual,
    /// The legal delay (the usual one where no other is known).
    Legal,
    /// None: only the work of officers and of the person takes time.
    None,
}

/// Officers, one queue an authority, first come first served.
#[derive(Clone, Debug)]
pub struct Offices {
    /// How many officers every authority has that is not named; as many as it takes if `None`.
    pub everywhere: Option<u32>,
    /// How many officers an authority has.
    pub of: BTreeMap<Name, u32>,
    /// The mean seconds of an officer's work each time.
    pub service: u64,
    /// How that time varies.
    pub law: Service,
    /// New cases on a working day, in the mean.
    pub per_day: f64,
}

/// How the time of an officer's work varies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Service {
    /// Exponentially.
    #[default]
    Exponential,
    /// Not at all.
    Constant,
}

/// Why nothing is simulated.
#[derive(Clone, Debug, PartialEq)]
pub enum Refused {
    /// No way leads to an outcome.
    Infeasible,
    /// The ways cannot be kept apart.
    TooEntangled(TooEntangled),
    /// No case is asked for.
    NoCase,
    /// An authority without any officer.
    NoOfficer(Name),
    /// An authority that has no work in the flow.
    UnknownAuthority {
        /// The name asked for.
        name: Name,
        /// Those that do have work.
        known: Vec<Name>,
    },
    /// Nobody ever comes, or more than anybody can count.
    NoArrival,
    /// Officers who work for no time, or for more than a working year at once.
    NoService,
    /// It does not end within the calendar: too few officers, or too few arrivals for so many cases.
    TooLong,
    /// Not as many cases came out as went in. This is a bug.
    Lost {
        /// In.
        cases: u64,
        /// Out.
        ended: u64,
    },
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Infeasible => f.write_str("no way leads to an outcome"),
            Self::TooEntangled(entangled) => entangled.fmt(f),
            Self::NoCase => f.write_str("no case to simulate"),
            Self::NoOfficer(name) => write!(f, "no officer at {name}"),
            Self::UnknownAuthority { name, .. } => write!(f, "{name} has no work in the flow"),
            Self::NoArrival => f.write_str("arrivals a day must be a positive number"),
            Self::NoService => f.write_str("the time of an officer's work must be positive and below a year"),
            Self::TooLong => f.write_str("it does not end within the calendar"),
            Self::Lost { cases, ended } => write!(f, "{cases} cases went in, {ended} came out"),
        }
    }
}

impl std::error::Error for Refused {}

/// A flow made ready to be simulated.
#[derive(Clone, Debug)]
pub struct Simulation<'c> {
    model: Model,
    calendar: &'c Calendar,
    settings: Settings,
}

impl<'c> Simulation<'c> {
    /// Makes a flow ready. `in_charge` is the authority that works where the flow names none.
    ///
    /// # Errors
    /// [`Refused`] if there is nothing to simulate, or not with these settings.
    pub fn new(
        (program, flow): (&Program, &Flow),
        person: &Answers,
        in_charge: &Name,
        calendar: &'c Calendar,
        settings: Settings,
    ) -> Result<Self, Refused> {
        let ways = program.ways(person).map_err(Refused::TooEntangled)?.ok_or(Refused::Infeasible)?;
        let model = Model::new(program, flow, in_charge, ways, calendar);
        if let Some(offices) = &settings.offices {
            check(offices, &model)?;
        }
        Ok(Self { model, calendar, settings })
    }

    /// The authorities that have work in the flow, in the order of the file.
    #[must_use]
    pub fn authorities(&self) -> &[Name] {
        &self.model.authorities
    }

    /// Nothing counted yet.
    fn batch(&self, cases: u64) -> Batch {
        Batch::new(&self.model, cases)
    }
}

fn check(offices: &Offices, model: &Model) -> Result<(), Refused> {
    for (name, &officers) in &offices.of {
        if !model.authorities.contains(name) {
            return Err(Refused::UnknownAuthority { name: name.clone(), known: model.authorities.clone() });
        }
        if officers == 0 {
            return Err(Refused::NoOfficer(name.clone()));
        }
    }
    if offices.everywhere == Some(0) {
        return Err(Refused::NoOfficer(model.authorities.first().cloned().unwrap_or_else(|| "".into())));
    }
    if !(offices.per_day > 0.0 && offices.per_day <= 1e9) {
        return Err(Refused::NoArrival);
    }
    if offices.service == 0 || offices.service > 250 * 8 * 3_600 {
        return Err(Refused::NoService);
    }
    Ok(())
}
