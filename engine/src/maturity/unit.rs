//! What an indicator is counted on, one at a time, with what made it so.

use crate::{flow::NodeId, lens::Extent, text::Name};

use super::{indicator::Indicator, points::Points, settings::Duty};

/// One procedure, document or duty as an indicator sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// For which indicator.
    pub indicator: Indicator,
    /// What it is.
    pub subject: Subject,
    /// What was read.
    pub reading: Reading,
    /// How much it counts in the mean of its indicator.
    pub weight: u64,
    /// Whether the reading, or its weight, rests on an estimate.
    pub is_estimated: bool,
    /// How much of what makes the reading is known.
    pub extent: Extent,
    /// What made it so, in the order in which it was read.
    pub causes: Vec<Cause>,
}

impl Unit {
    /// A unit that counts once, with nothing estimated.
    #[must_use]
    pub fn new(indicator: Indicator, subject: Subject, reading: Reading) -> Self {
        let (weight, is_estimated, extent, causes) = (1, false, Extent::Whole, Vec::new());
        Self { indicator, subject, reading, weight, is_estimated, extent, causes }
    }

    /// Marked as an estimate, if it is one.
    #[must_use]
    pub fn estimated(self, is_estimated: bool) -> Self {
        Self { is_estimated, ..self }
    }

    /// With how much of what makes its reading is known.
    #[must_use]
    pub fn known_to(self, extent: Extent) -> Self {
        Self { extent, ..self }
    }

    /// With what made it so.
    #[must_use]
    pub fn because(self, causes: Vec<Cause>) -> Self {
        Self { causes, ..self }
    }
}

/// What a unit is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A procedure, by its rank in the [`Ledger`](super::Ledger).
    Procedure(usize),
    /// A document, with its issuer.
    Document(Name, Name),
    /// A duty of an administration.
    Duty(Name, Duty),
}

/// What is known of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The indicator does not concern it.
    NotApplicable,
    /// It does, and nothing is known: left out of the score, and counted in its coverage.
    Unknown,
    /// Its score.
    Known(Points),
}

impl Reading {
    /// The mean of parts that are known.
    #[must_use]
    pub fn mean(parts: &[(u64, Self)]) -> Self {
        let known = parts.iter().filter_map(|(weight, part)| Some((*weight, part.points()?)));
        match Points::mean(known) {
            Some(points) => Self::Known(points),
            None if parts.iter().any(|(_, part)| *part == Self::Unknown) => Self::Unknown,
            None => Self::NotApplicable,
        }
    }

    /// The score, if it is known.
    #[must_use]
    pub const fn points(&self) -> Option<&Points> {
        match self {
            Self::Known(points) => Some(points),
            _ => None,
        }
    }
}

/// Something read that made a unit's score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// What.
    pub what: What,
    /// Whether it adds to the score (or else keeps it down).
    pub is_met: bool,
    /// The procedure it stands in, if it is not the unit's own.
    pub procedure: Option<usize>,
    /// The node it stands at.
    pub node: Option<NodeId>,
    /// The fact of that node.
    pub fact: Option<Fact>,
    /// Words of the vocabulary that it speaks of.
    pub names: Vec<Name>,
}

impl Cause {
    /// Something about the whole version.
    #[must_use]
    pub const fn new(what: What, is_met: bool) -> Self {
        Self { what, is_met, procedure: None, node: None, fact: None, names: Vec::new() }
    }

    /// At a node.
    #[must_use]
    pub fn at(self, node: NodeId) -> Self {
        Self { node: Some(node), ..self }
    }

    /// At a fact of a node.
    #[must_use]
    pub fn at_fact(self, node: NodeId, fact: Fact) -> Self {
        Self { node: Some(node), fact: Some(fact), ..self }
    }

    /// Of a word of the vocabulary.
    #[must_use]
    pub fn of(mut self, name: &Name) -> Self {
        self.names.push(name.clone());
        self
    }
}

/// A fact of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// A paper demanded, by rank.
    Demand(usize),
    /// A paper received, by rank.
    Receives(usize),
    /// A payment, by rank.
    Payment(usize),
    /// An exchange, by rank.
    Exchange(usize),
    /// The delay.
    Delay,
    /// How the person is identified.
    Identity,
    /// How the person signs.
    Signature,
    /// What silence means.
    Silence,
    /// The appeal.
    Appeal,
    /// The extension.
    Extension,
    /// The receipt.
    Receipt,
    /// The usual delay.
    UsualDelay,
    /// A question put to the person, by rank.
    Ask(usize),
}

macro_rules! whats {
    ($($(#[$doc:meta])* $name:ident $key:literal;)*) => {
        /// What can make a score; each has a sentence in the locales.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum What { $($(#[$doc])* $name,)* }

        impl What {
            /// All.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// As locales and programs write it.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }
        }
    };
}

whats! {
    /// Item 1 of article 6: name and legal references.
    ItemTexts "item-texts";
    /// Item 2: the administrations.
    ItemAdministrations "item-administrations";
    /// Item 3: the papers.
    ItemPapers "item-papers";
    /// A demand that is an estimate.
    PaperEstimated "paper-estimated";
    /// Item 4: the fees, each with its text.
    ItemFees "item-fees";
    /// A fee without text.
    FeeWithoutText "fee-without-text";
    /// Fees that nobody has read.
    FeesUnknown "fees-unknown";
    /// Item 5: the delay.
    ItemDelay "item-delay";
    /// A wait whose delay is not told, or is only the ceiling of law 55-19.
    DelayNotTold "delay-not-told";
    /// A wait whose delay is an estimate.
    DelayEstimated "delay-estimated";
    /// Item 6: silence and appeals.
    ItemSilence "item-silence";
    /// A refusal without appeal.
    RefusalWithoutAppeal "refusal-without-appeal";
    /// A wait with neither silence nor appeal.
    WaitWithoutSilence "wait-without-silence";
    /// Item 7: expertise and inquiries.
    ItemExpertise "item-expertise";
    /// The procedure breaks no rule of error level.
    Lawful "lawful";
    /// A version in force fetches the document.
    Fetched "fetched";
    /// A register that can be asked holds it.
    Registered "registered";
    /// A register holds it, but nothing says that it can be asked.
    RegisterUnsure "register-unsure";
    /// A procedure of another administration asks the person for it.
    AskedFor "asked-for";
    /// How a step identifies the person.
    Identified "identified";
    /// How a step has the person sign.
    Signed "signed";
    /// Evidence of a duty.
    Evidence "evidence";
    /// Evidence that is too old.
    EvidenceOld "evidence-old";
    /// A reference of the CNDP in the header.
    CndpReference "cndp-reference";
    /// A header that tells personal data and no reference.
    CndpMissing "cndp-missing";
    /// A review of the sheet.
    Reviewed "reviewed";
    /// A review that is too old.
    ReviewOld "review-old";
    /// No review.
    NotReviewed "not-reviewed";
    /// Nothing has to be done in person.
    AllRemote "all-remote";
    /// Only a body abroad has to be gone to.
    AbroadOnly "abroad-only";
    /// Something has to be done in person in Morocco.
    InMorocco "in-morocco";
    /// It can be done without the digital channel.
    WithoutDigital "without-digital";
    /// It cannot: this step is online only.
    OnlineOnly "online-only";
    /// The languages of the service are not known.
    LanguagesUnknown "languages-unknown";
    /// Its accessibility is not known.
    AccessibilityUnknown "accessibility-unknown";
    /// An answer to a question of the EU eGovernment Benchmark.
    Answer "answer";
    /// Answers that the catalogue does not give.
    AnswersUnknown "answers-unknown";
    /// Requests a year, paperless.
    RequestsPaperless "requests-paperless";
    /// Requests a year, with paper or a trip.
    RequestsWithPaper "requests-with-paper";
    /// A step that is not done online.
    NotOnline "not-online";
    /// A step that is not open online everywhere.
    PartialCoverage "partial-coverage";
    /// A document accepted on paper only.
    PaperDemanded "paper-demanded";
    /// A document received on paper only.
    PaperReceived "paper-received";
    /// Paid at a counter or by stamp.
    PaidOnSite "paid-on-site";
    /// No volume.
    VolumeUnknown "volume-unknown";
    /// Burden then and now.
    Burden "burden";
    /// A single version is recorded.
    NoBaseline "no-baseline";
    /// It is read on cases, and there are none.
    NoCases "no-cases";
}
