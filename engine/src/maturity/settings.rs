//! What the catalogue sets: weights, ages, and the facts about administrations that no procedure tells.

use crate::{Date, text::Name};

use super::indicator::{Axis, Indicator};

/// What the catalogue sets (`vocabulary/maturity.yaml`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How much each axis weighs, in the order of [`Axis::ALL`].
    pub axes: [u64; 3],
    /// How much each indicator weighs in its axis, in the order of [`Indicator::ALL`]; one that weighs nothing is left out.
    pub indicators: [u64; 16],
    /// After how many months the review of a sheet is too old to count.
    pub months: u32,
    /// After how many months the evidence of a duty is, in the order of [`Duty::ALL`].
    pub evidence: [u32; 7],
    /// With fewer procedures than this, an administration has a score and no rank.
    pub least_ranked: usize,
    /// Bodies that serve people abroad.
    pub abroad: Vec<Name>,
}

impl Default for Settings {
    /// Equal weights, as all frameworks that this one draws on weigh their top level.
    fn default() -> Self {
        Self { axes: [1; 3], indicators: [1; 16], months: 12, evidence: [12; 7], least_ranked: 5, abroad: Vec::new() }
    }
}

impl Settings {
    /// How much an axis weighs.
    #[must_use]
    pub fn axis(&self, axis: Axis) -> u64 {
        self.axes[axis as usize]
    }

    /// How much an indicator weighs in its axis.
    #[must_use]
    pub fn indicator(&self, indicator: Indicator) -> u64 {
        self.indicators[indicator.rank()]
    }

    /// Whether the review of a sheet on one day still counts on another.
    #[must_use]
    pub fn is_fresh(&self, day: Date, at: Date) -> bool {
        is_within(self.months, day, at)
    }

    /// Whether evidence of one day for a duty still counts on another.
    #[must_use]
    pub fn holds(&self, duty: Duty, day: Date, at: Date) -> bool {
        is_within(self.evidence[duty as usize], day, at)
    }
}

fn is_within(months: u32, day: Date, at: Date) -> bool {
    let oldest = at.saturating_sub(jiff::Span::new().months(i64::from(months.min(12_000))));
    oldest <= day && day <= at
}

/// What the law asks of an administration and no procedure tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Duty {
    /// A security audit before a service for third parties opens (law 05-20, art. 4).
    SecurityAudit,
    /// A continuity plan that is tested (law 05-20, art. 9).
    Continuity,
    /// Sensitive data hosted in Morocco (law 05-20, art. 11).
    Hosting,
    /// A reference of the CNDP (law 09-08, art. 12).
    Cndp,
    /// A unit for complaints (decree 2.17.265, art. 13).
    ComplaintUnit,
    /// Annual indicators published (law 55-19, art. 28).
    AnnualIndicators,
    /// A service charter (law 54-19, art. 29).
    ServiceCharter,
}

impl Duty {
    /// In the order of the texts above.
    pub const ALL: [Self; 7] = [
        Self::SecurityAudit,
        Self::Continuity,
        Self::Hosting,
        Self::Cndp,
        Self::ComplaintUnit,
        Self::AnnualIndicators,
        Self::ServiceCharter,
    ];

    /// As files write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SecurityAudit => "security-audit",
            Self::Continuity => "continuity-plan",
            Self::Hosting => "hosting-in-morocco",
            Self::Cndp => "cndp-reference",
            Self::ComplaintUnit => "complaint-unit",
            Self::AnnualIndicators => "annual-indicators",
            Self::ServiceCharter => "service-charter",
        }
    }

    /// The duty of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|duty| duty.name() == name)
    }
}

/// A fact about an administration, with its evidence (`vocabulary/administrations.yaml`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyFact {
    /// Its identifier in the file.
    pub key: Name,
    /// Which administration.
    pub authority: Name,
    /// Which duty.
    pub duty: Duty,
    /// Whether it is met.
    pub is_met: bool,
    /// The day of the evidence.
    pub date: Date,
    /// Where that was read.
    pub source: Box<str>,
}
