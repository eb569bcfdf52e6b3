//! What a measurement tells.

use std::fmt;

use crate::{
    flow::NodeId,
    node::Means,
    procedure::{Aspect, ClaimMeasure},
    program::{Program, ops::NONE},
    text::Name,
};

/// One measure of a flow, over all feasible ways.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Range {
    /// Along the nominal way: the first branch each time.
    pub nominal: i64,
    /// The least.
    pub least: i64,
    /// The most.
    pub most: i64,
    /// The mean by the shares of the branches.
    pub expected: f64,
    /// Whether the mean would be another one with other shares where the file gives none and equal ones are assumed.
    pub is_assumed: bool,
}

impl Range {
    /// A value that is the same on all ways.
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    pub(crate) const fn constant(value: i64) -> Self {
        Self { nominal: value, least: value, most: value, expected: value as f64, is_assumed: false }
    }

    /// One of its four values.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "only to compare with claims, whose values are far below 2^52")]
    pub const fn aspect(&self, aspect: Aspect) -> f64 {
        match aspect {
            Aspect::Nominal => self.nominal as f64,
            Aspect::Least => self.least as f64,
            Aspect::Most => self.most as f64,
            Aspect::Expected => self.expected,
        }
    }
}

/// What a version asks of people (product.md, "Words and measures").
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measures {
    /// Whether there is a feasible way at all; every range is zero if not.
    pub is_feasible: bool,
    /// Necessary interactions of the person (UNCTAD's counting).
    pub steps: Range,
    /// Maximal runs of consecutive in-person steps at one place.
    pub trips: Range,
    /// Kinds of paper on a way.
    pub documents: Range,
    /// Papers with their copies.
    pub sheets: Range,
    /// Kinds of document that the administration fetches itself (law 55-19, arts. 23-24).
    pub fetched: Range,
    /// The person's own minutes.
    pub effort: Range,
    /// Calendar days, legal maxima where there are any, along the critical path.
    pub legal_delay: Range,
    /// Calendar days, as usually seen where that is known, along the critical path.
    pub usual_delay: Range,
    /// Centimes paid. Of a fee by formula the least, most and usual answers still possible count; one of unknown amount
    /// counts as nothing, and [`Standing::fees_known`] says so.
    pub fees: Range,
    /// Administrations dealt with.
    pub agencies: Range,
    /// Every kind of paper that some feasible way demands, sorted.
    pub listed: Vec<Name>,
    /// 0 undocumented, 1 information, 2 form to download, 3 filed online but a trip or a paper remains, 4 paperless,
    /// 5 proactive.
    pub level: u8,
    /// Whether the person can always do without paper and trips, whatever the facts and the authorities decide.
    pub is_paperless: bool,
    /// What keeps it from being paperless for a person who avoids what can be avoided, in the order of the file.
    pub obstacles: Vec<(NodeId, Obstacle)>,
    /// How far the figures can be trusted.
    pub standing: Standing,
}

impl Measures {
    /// The ranges of the measures that differ from way to way.
    pub fn ranges(&self) -> impl Iterator<Item = Range> + '_ {
        let counts = [self.steps, self.trips, self.documents, self.sheets, self.fetched, self.agencies];
        counts.into_iter().chain([self.effort, self.legal_delay, self.usual_delay, self.fees])
    }

    /// The range of a measure; of [`ClaimMeasure::Listed`] and [`ClaimMeasure::Level`] the same value four times.
    #[must_use]
    pub fn range(&self, measure: ClaimMeasure) -> Range {
        match measure {
            ClaimMeasure::Steps => self.steps,
            ClaimMeasure::Trips => self.trips,
            ClaimMeasure::Documents => self.documents,
            ClaimMeasure::Sheets => self.sheets,
            ClaimMeasure::Listed => Range::constant(i64::try_from(self.listed.len()).unwrap_or(i64::MAX)),
            ClaimMeasure::Fetched => self.fetched,
            ClaimMeasure::Effort => self.effort,
            ClaimMeasure::LegalDelay => self.legal_delay,
            ClaimMeasure::UsualDelay => self.usual_delay,
            ClaimMeasure::Fees => self.fees,
            ClaimMeasure::Agencies => self.agencies,
            ClaimMeasure::Level => Range::constant(i64::from(self.level)),
        }
    }

    /// The value that a [`Claim`](crate::procedure::Claim) compares with.
    #[must_use]
    pub fn value(&self, measure: ClaimMeasure, aspect: Aspect) -> f64 {
        self.range(measure).aspect(aspect)
    }
}

/// How far the figures can be trusted, over the feasible ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Every step says how many minutes it takes.
    pub effort_known: bool,
    /// Some minutes are estimates.
    pub effort_estimated: bool,
    /// Of everything paid the amount is known, and nothing else may be paid.
    pub fees_known: bool,
    /// Some fees, or usual answers they depend on, are estimates.
    pub fees_estimated: bool,
    /// Some demands are estimates.
    pub demands_estimated: bool,
    /// Every wait says how long it takes, by law or usually.
    pub delay_known: bool,
    /// Some legal delays are estimates, or usual ones that stand in for them.
    pub legal_delay_estimated: bool,
    /// Some usual delays are estimates, or legal ones that stand in for them.
    pub usual_delay_estimated: bool,
    /// Some shares are estimates, and so is every mean.
    pub shares_estimated: bool,
}

impl Standing {
    /// Of nothing yet: all is known and nothing an estimate.
    pub const SURE: Self = Self {
        effort_known: true,
        effort_estimated: false,
        fees_known: true,
        fees_estimated: false,
        demands_estimated: false,
        delay_known: true,
        legal_delay_estimated: false,
        usual_delay_estimated: false,
        shares_estimated: false,
    };

    /// Some delays are estimates, legal or usual.
    #[must_use]
    pub const fn delay_estimated(self) -> bool {
        self.legal_delay_estimated || self.usual_delay_estimated
    }

    /// Of figures put together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            effort_known: self.effort_known && other.effort_known,
            effort_estimated: self.effort_estimated || other.effort_estimated,
            fees_known: self.fees_known && other.fees_known,
            fees_estimated: self.fees_estimated || other.fees_estimated,
            demands_estimated: self.demands_estimated || other.demands_estimated,
            delay_known: self.delay_known && other.delay_known,
            legal_delay_estimated: self.legal_delay_estimated || other.legal_delay_estimated,
            usual_delay_estimated: self.usual_delay_estimated || other.usual_delay_estimated,
            shares_estimated: self.shares_estimated || other.shares_estimated,
        }
    }
}

/// What keeps a step from being paperless.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// It is not done online.
    NotOnline,
    /// It is not open online everywhere.
    PartialCoverage,
    /// This document is accepted on paper only.
    PaperDemanded(Name),
    /// This document is received on paper only.
    PaperReceived(Name),
    /// It is paid at a counter or by stamp.
    PaidOnSite(Means),
}

/// The conditions or repetitions of a flow keep so many ways apart that it cannot be measured exactly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TooEntangled {
    /// The questions whose answers have to be remembered.
    pub questions: Vec<Name>,
    /// The documents (or administrations) of which it has to be remembered whether they have been counted.
    pub documents: Vec<Name>,
}

impl TooEntangled {
    /// A condition over these questions is too much by itself.
    pub(crate) fn condition(mut questions: Vec<Name>) -> Self {
        questions.sort();
        questions.dedup();
        Self { questions, documents: Vec::new() }
    }

    /// What a program has to remember.
    pub(crate) fn of(program: &Program, questions: bool, documents: bool) -> Self {
        let mut live: Vec<u32> = program.live.iter().flatten().copied().filter(|_| questions).collect();
        live.sort_unstable();
        live.dedup();
        let questions = live.into_iter().map(|question| program.questions[question as usize].clone()).collect();
        let items = program.items.iter().filter(|item| documents && item.bit != NONE);
        let mut documents: Vec<Name> = items.map(|item| item.name.clone()).collect();
        documents.sort();
        documents.dedup();
        Self { questions, documents }
    }
}

impl fmt::Display for TooEntangled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("too many ways that cannot be told together")?;
        for (what, names) in [("questions", &self.questions), ("documents", &self.documents)] {
            if !names.is_empty() {
                let names: Vec<_> = names.iter().take(10).map(Name::as_str).collect();
                write!(f, "; {what}: {}", names.join(", "))?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for TooEntangled {}
