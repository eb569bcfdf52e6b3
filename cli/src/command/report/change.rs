//! What changed: sums over the procedures that have had more than one version, on their nominal ways.

use mastara_engine::{measure::Measures, node::Provenance};

use crate::survey::{Line, Survey};

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// Steps.
    Steps,
    /// Trips.
    Trips,
    /// Kinds of paper on the nominal way.
    Documents,
    /// Kinds of paper over all ways.
    Listed,
}

impl Compared {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Steps, Self::Trips, Self::Documents, Self::Listed];

    /// Its value.
    pub fn of(self, measures: &Measures) -> i64 {
        match self {
            Self::Steps => measures.steps.nominal,
            Self::Trips => measures.trips.nominal,
            Self::Documents => measures.documents.nominal,
            Self::Listed => i64::try_from(measures.listed.len()).unwrap_or(i64::MAX),
        }
    }

    /// Whether what a version measures of it is an estimate.
    fn is_estimated(self, measures: &Measures) -> bool {
        matches!(self, Self::Documents | Self::Listed) && measures.standing.demands_estimated
    }
}

/// Sums of a measure, before and now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Over the first versions.
    pub before: i64,
    /// Over the versions in force.
    pub now: i64,
    /// Whether an estimate is in either sum.
    pub is_estimated: bool,
}

/// What changed a year, over the procedures whose volume is known; always an estimate, for today's volume stands for
/// that of then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Yearly {
    /// How many procedures.
    pub procedures: usize,
    /// Trips.
    pub trips: i64,
    /// Documents.
    pub documents: i64,
}

/// The change of a measure.
pub fn change(survey: &Survey<'_>, compared: Compared) -> Change {
    survey.pairs().fold(Change::default(), |sum, (line, (_, before))| Change {
        before: sum.before.saturating_add(compared.of(before)),
        now: sum.now.saturating_add(compared.of(&line.now)),
        is_estimated: sum.is_estimated || compared.is_estimated(before) || compared.is_estimated(&line.now),
    })
}

/// The change a year.
pub fn yearly(survey: &Survey<'_>) -> Yearly {
    let of_requests = |line: &Line<'_>, before: &Measures, compared: Compared| {
        let requests = line.procedure.volume.as_ref().map_or(0, |volume| volume.requests);
        let difference = compared.of(&line.now).saturating_sub(compared.of(before));
        difference.saturating_mul(i64::try_from(requests).unwrap_or(i64::MAX))
    };
    let known = survey.pairs().filter(|(line, _)| line.procedure.volume.is_some());
    known.fold(Yearly::default(), |sum, (line, (_, before))| Yearly {
        procedures: sum.procedures + 1,
        trips: sum.trips.saturating_add(of_requests(line, before, Compared::Trips)),
        documents: sum.documents.saturating_add(of_requests(line, before, Compared::Documents)),
    })
}

/// How many of the procedures that changed have a reconstructed flow on either side.
pub fn reconstructed(survey: &Survey<'_>) -> usize {
    let rebuilt = Provenance::Reconstructed;
    let is_rebuilt = |line: &Line<'_>| {
        line.version.provenance == rebuilt
            || line.before.as_ref().is_some_and(|(version, _)| version.provenance == rebuilt)
    };
    survey.pairs().filter(|(line, _)| is_rebuilt(line)).count()
}
