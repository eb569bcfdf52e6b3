//! The French observatory of online procedures ("Vos démarches essentielles"): twelve indicators, each a colour.
//!
//! Thresholds and wording: the seed of the observatory's own repository (DISIC/observatoire.numerique.gouv.fr,
//! `src/payload/seed/utils/indicator-levels.ts`); the score of a group: `src/utils/data-viz.ts` there.

use std::collections::BTreeMap;

use super::{Evidence, Score};
use crate::text::Name;

mod derive;

pub use derive::{Derived, derive};

/// What the observatory looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Indicator {
    /// Done online, entirely, everywhere, by everybody.
    Online,
    /// Satisfaction out of ten.
    Satisfaction,
    /// Conformity to the accessibility standard (RGAA), in percent.
    Handicap,
    /// How many things are asked that could be pre-filled ("dites-le-nous une fois").
    OnceOnly,
    /// Share of requests made online, in percent (shown, not judged).
    Usage,
    /// Plain language, out of ten.
    Simplicity,
    /// Share of people who reached the help they sought, in percent.
    HelpReachable,
    /// How well that help served, out of ten.
    HelpEfficient,
    /// Share of people who needed help from outside, in percent (shown, not judged).
    HelpUsed,
    /// Share of time the service is up, in percent.
    Uptime,
    /// Loading time of pages, in seconds.
    Performance,
    /// The State's single identity (FranceConnect or FranceConnect+).
    Auth,
}

impl Indicator {
    /// All, in the order of the observatory's seed.
    pub const ALL: [Self; 12] = [
        Self::Online,
        Self::Satisfaction,
        Self::Handicap,
        Self::OnceOnly,
        Self::Usage,
        Self::Simplicity,
        Self::HelpReachable,
        Self::HelpEfficient,
        Self::HelpUsed,
        Self::Uptime,
        Self::Performance,
        Self::Auth,
    ];

    /// The observatory's own slug.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Satisfaction => "satisfaction",
            Self::Handicap => "handicap",
            Self::OnceOnly => "dlnuf",
            Self::Usage => "usage",
            Self::Simplicity => "simplicity",
            Self::HelpReachable => "help_reachable",
            Self::HelpEfficient => "help_efficient",
            Self::HelpUsed => "help_used",
            Self::Uptime => "uptime",
            Self::Performance => "performance",
            Self::Auth => "auth",
        }
    }

    /// The indicator of this slug.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|indicator| indicator.code() == code)
    }

    /// The greatest number it takes, in thousandths; `None` where it takes words, or any number.
    #[must_use]
    pub const fn most(self) -> Option<u64> {
        match self {
            Self::Satisfaction | Self::Simplicity | Self::HelpEfficient => Some(10_000),
            Self::Handicap | Self::Usage | Self::HelpReachable | Self::HelpUsed | Self::Uptime => Some(100_000),
            Self::Online | Self::OnceOnly | Self::Performance | Self::Auth => None,
        }
    }

    /// Whether it comes from ratings, of which there must be a hundred.
    #[must_use]
    pub const fn is_rated(self) -> bool {
        matches!(self, Self::Satisfaction | Self::Simplicity | Self::HelpReachable | Self::HelpEfficient)
    }

    /// Whether it takes a word ([`Answer::Online`], [`Answer::Auth`]) rather than a number.
    #[must_use]
    pub const fn takes_word(self) -> bool {
        matches!(self, Self::Online | Self::Auth)
    }
}

/// Ratings below this number make no score.
pub const LEAST_RATINGS: u64 = 100;

/// Users a year above which a procedure is essential, whatever it gives access to.
pub const ESSENTIAL_USERS: u64 = 200_000;

/// The score of a group that the observatory sets as its goal.
pub const GOAL: u8 = 80;

/// How far a procedure is done online.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Online {
    /// Entirely, on the whole territory.
    Yes,
    /// Being rolled out, territory by territory.
    Rollout,
    /// Not all of it, not everywhere, or not by everybody.
    Partial,
    /// Not at all.
    No,
    /// It gives what is due without being asked.
    Proactive,
}

impl Online {
    /// All, with the words of tables.
    pub const WORDS: [(&'static str, Self); 5] = [
        ("yes", Self::Yes),
        ("rollout", Self::Rollout),
        ("partial", Self::Partial),
        ("no", Self::No),
        ("proactive", Self::Proactive),
    ];
}

/// The State's single identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Auth {
    /// It is taken.
    Plain,
    /// Its stronger form is taken.
    Plus,
    /// It is not.
    No,
}

impl Auth {
    /// All, with the words of tables.
    pub const WORDS: [(&'static str, Self); 3] =
        [("franceconnect", Self::Plain), ("franceconnect+", Self::Plus), ("no", Self::No)];
}

/// An answer to an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// How far it is online.
    Online(Online),
    /// The identity taken.
    Auth(Auth),
    /// A number in thousandths, and how many ratings it comes from if it comes from ratings.
    Number(u64, Option<u64>),
    /// The indicator is not pertinent.
    NotApplicable,
    /// Not measured yet.
    Pending,
}

/// A colour of the observatory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Colour {
    /// Reached.
    Green,
    /// Reached: proactive, or the State's identity taken.
    Blue,
    /// Half-way.
    Yellow,
    /// Not reached.
    Red,
    /// No judgement: too few ratings, not pertinent, not measured, or only shown.
    Grey,
}

impl Colour {
    /// How tables name it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Yellow => "yellow",
            Self::Red => "red",
            Self::Grey => "grey",
        }
    }

    /// Whether the goal is reached; `None` where nothing is judged.
    #[must_use]
    pub const fn is_reached(self) -> Option<bool> {
        match self {
            Self::Green | Self::Blue => Some(true),
            Self::Yellow | Self::Red => Some(false),
            Self::Grey => None,
        }
    }
}

/// The colour of an answer.
#[must_use]
pub fn colour(indicator: Indicator, answer: Answer) -> Colour {
    let steps = |is_green: bool, is_yellow: bool| match (is_green, is_yellow) {
        (true, _) => Colour::Green,
        (false, true) => Colour::Yellow,
        (false, false) => Colour::Red,
    };
    match answer {
        Answer::Online(Online::Yes | Online::Rollout) => Colour::Green,
        Answer::Online(Online::Partial) => Colour::Yellow,
        Answer::Online(Online::No) | Answer::Auth(Auth::No) => Colour::Red,
        Answer::Online(Online::Proactive) | Answer::Auth(Auth::Plain | Auth::Plus) => Colour::Blue,
        Answer::NotApplicable | Answer::Pending => Colour::Grey,
        Answer::Number(_, ratings) if indicator.is_rated() && ratings.is_none_or(|count| count < LEAST_RATINGS) => {
            Colour::Grey
        }
        Answer::Number(value, _) => match indicator {
            Indicator::Satisfaction | Indicator::Simplicity | Indicator::HelpEfficient => {
                steps(value >= 8_000, value >= 5_000)
            }
            Indicator::Handicap => steps(value >= 100_000, value >= 50_000),
            Indicator::OnceOnly => steps(value <= 1_000, value <= 4_000),
            Indicator::HelpReachable => steps(value >= 85_000, value >= 70_000),
            Indicator::Uptime => steps(value >= 99_900, value >= 98_500),
            Indicator::Performance => steps(value < 400, value < 800),
            Indicator::Usage | Indicator::HelpUsed | Indicator::Online | Indicator::Auth => Colour::Grey,
        },
    }
}

/// A procedure with its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// The group it is counted with: a ministry, an administration.
    pub group: Name,
    /// The procedure.
    pub name: Name,
    /// Its answers; what has none is grey.
    pub answers: BTreeMap<Indicator, Answer>,
}

/// How many services have reached the goal of an indicator, and how many have not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Green or blue.
    pub reached: u64,
    /// Yellow or red.
    pub not_reached: u64,
    /// Grey, or without an answer: left out.
    pub grey: u64,
}

impl Tally {
    /// Counts services.
    #[must_use]
    pub fn of<'s, I: IntoIterator<Item = &'s Service>>(services: I, indicator: Indicator) -> Self {
        let mut tally = Self::default();
        for service in services {
            let answer = service.answers.get(&indicator).copied().unwrap_or(Answer::Pending);
            match colour(indicator, answer).is_reached() {
                Some(true) => tally.reached += 1,
                Some(false) => tally.not_reached += 1,
                None => tally.grey += 1,
            }
        }
        tally
    }

    /// `round(100 × reached / (reached + not reached))`; `None` if there is nothing but grey (the observatory's page shows 0
    /// then, which is not a score).
    #[must_use]
    pub fn score(self) -> Option<u32> {
        Score::share(self.reached, self.reached + self.not_reached).map(|score| score.units())
    }
}

/// What a colour rests on, for a service of the catalogue.
pub type Evidences = BTreeMap<Indicator, Evidence>;
