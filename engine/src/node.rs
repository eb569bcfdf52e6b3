//! What can stand in a flow: steps, decisions, waits, forks and outcomes, with the facts they carry.

use std::fmt;

use crate::{
    Date,
    condition::{Condition, QuestionId},
    quantity::{Delay, Dirhams},
    text::{Name, Text},
};

/// A node of a flow.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its identifier in the version.
    pub name: Name,
    /// What the person reads.
    pub title: Text,
    /// What it is.
    pub kind: NodeKind,
    /// The legal clock that runs here.
    pub clock: Clock,
    /// The texts it rests on.
    pub legal: Vec<Citation>,
    /// Where it was read.
    pub sources: Vec<Source>,
    /// How well it is known.
    pub provenance: Provenance,
    /// The nodes of the version before that it stands for.
    pub replaces: Vec<Name>,
    /// The fragments that wrote it or a fact of it, sorted.
    pub fragments: Vec<Name>,
}

impl Node {
    /// A node of which nothing else is told.
    #[must_use]
    pub fn new(name: Name, kind: NodeKind) -> Self {
        Self {
            name,
            title: Text::default(),
            kind,
            clock: Clock::default(),
            legal: Vec::new(),
            sources: Vec::new(),
            provenance: Provenance::default(),
            replaces: Vec::new(),
            fragments: Vec::new(),
        }
    }

    /// The step that it is, if it is one.
    #[must_use]
    pub fn step(&self) -> Option<&Step> {
        match &self.kind {
            NodeKind::Step(step) => Some(step),
            _ => None,
        }
    }

    /// The texts that it, its delay, its papers and its fees rest on.
    pub fn citations(&self) -> impl Iterator<Item = &Citation> {
        let delay = self.clock.legal.as_ref().and_then(|known| known.legal.as_ref());
        let demands = self.step().into_iter().flat_map(|step| &step.demands);
        let payments = self.step().into_iter().flat_map(|step| &step.payments);
        self.legal
            .iter()
            .chain(delay)
            .chain(demands.filter_map(|demand| demand.legal.as_ref()))
            .chain(payments.filter_map(|payment| payment.legal.as_ref()))
    }
}

/// The kinds of node.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// A necessary interaction of the person.
    Step(Box<Step>),
    /// A fork in the way.
    Decision(Decider),
    /// What the administration does alone; the authority, if it is not the one in charge.
    Wait(Option<Name>),
    /// Branches done side by side, each ending at the join.
    Fork,
    /// An end.
    Outcome(Nature),
}

/// Who settles a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decider {
    /// Nobody: known facts do. Branches carry conditions; the first that holds is taken.
    Facts,
    /// The person chooses; the choice is the answer to this question.
    Person(QuestionId),
    /// An authority rules.
    Authority(Name),
}

/// How a case ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nature {
    /// The person has what was asked for.
    Granted,
    /// It is refused.
    Refused,
    /// It lapsed.
    Lapsed,
    /// The person gave up.
    Withdrawn,
}

/// A necessary interaction of the person with the administration, or with a private party that the procedure makes
/// compulsory (UNCTAD's counting).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// Where and how.
    pub channel: Channel,
    /// The authority dealt with; `None` for a private party.
    pub agency: Option<Name>,
    /// The person's own minutes.
    pub effort: Option<Known<u32>>,
    /// How the person is identified.
    pub identity: Option<Identity>,
    /// How the person signs.
    pub signature: Option<Signature>,
    /// Papers to bring, hand over, upload or show.
    pub demands: Vec<Demand>,
    /// Papers received, the delivered decision among them.
    pub receives: Vec<Receives>,
    /// Questions put to the person.
    pub asks: Vec<Ask>,
    /// What is paid.
    pub payments: Vec<Payment>,
    /// What the administration fetches itself.
    pub exchanges: Vec<Exchange>,
    /// What the person brings if an exchange fails (shown, not measured).
    pub fallbacks: Vec<Paper>,
    /// Where an online step is not open everywhere: what the file says of it.
    pub partial_coverage: Option<Text>,
    /// Procedures that deliver what this step needs: procedure, document.
    pub calls: Vec<(Name, Name)>,
    /// Whether the vocabulary says that the person has to be seen here, whatever is filed online.
    pub needs_presence: bool,
}

impl Step {
    /// The conditions of its facts, kind by kind.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        let demands = self.demands.iter().map(|fact| &fact.when);
        let receives = self.receives.iter().map(|fact| &fact.when);
        let asks = self.asks.iter().map(|fact| &fact.when);
        let payments = self.payments.iter().map(|fact| &fact.when);
        let exchanges = self.exchanges.iter().map(|fact| &fact.when);
        demands.chain(receives).chain(asks).chain(payments).chain(exchanges).flatten()
    }
}

/// Where and how a step is done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Channel {
    /// At a counter: a trip to this place.
    Counter(Name),
    /// At a private party's (notary, bank, doctor): a trip to this place.
    Private(Name),
    /// Online, on no named portal.
    #[default]
    Online,
    /// Online on a named portal.
    Portal(Name),
    /// By post.
    Post,
    /// By telephone.
    Phone,
    /// At the person's own place (a visit, an inquiry): in person, yet no trip.
    Home,
}

impl Channel {
    /// The place that the person goes to.
    #[must_use]
    pub fn place(&self) -> Option<&Name> {
        match self {
            Self::Counter(place) | Self::Private(place) => Some(place),
            _ => None,
        }
    }

    /// Whether it is done online.
    #[must_use]
    pub fn is_online(&self) -> bool {
        matches!(self, Self::Online | Self::Portal(_))
    }
}

/// A value with its standing: sourced, or an estimate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known<T> {
    /// The value.
    pub value: T,
    /// Whether it is an estimate.
    pub estimated: bool,
    /// The text that sets it.
    pub legal: Option<Citation>,
}

/// Levels of identification. They are Mastara's own: no numbered national levels are published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Identity {
    /// In person.
    InPerson,
    /// An account of the portal.
    Account,
    /// The card, read.
    Card,
    /// The card and its PIN.
    CardPin,
    /// The card, its PIN and the face.
    CardPinFace,
}

/// Kinds of signature (law 43-20, arts. 4-6, for the electronic ones).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Signature {
    /// By hand.
    Handwritten,
    /// Simple electronic.
    Simple,
    /// Advanced electronic.
    Advanced,
    /// Qualified electronic.
    Qualified,
}

/// Papers demanded: one of several accepted ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Demand {
    /// The accepted papers; the first is the usual one. Never empty in a file; after a [reform](crate::reform) a demand that
    /// is no more leaves an empty one where its condition parts the ways.
    pub any_of: Vec<Paper>,
    /// In which case; always if `None`.
    pub when: Option<Condition>,
    /// The text that demands it.
    pub legal: Option<Citation>,
    /// Whether the demand is an estimate.
    pub estimated: bool,
}

/// A paper, in the exact form in which it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// The document of the vocabulary.
    pub document: Name,
    /// How many sheets of it, at least 1.
    pub copies: u32,
    /// In which form.
    pub form: Form,
    /// On which medium, the channel's own already filled in.
    pub medium: Medium,
}

/// The form of a demanded paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// Nothing said.
    #[default]
    Plain,
    /// A plain copy.
    Copy,
    /// The original.
    Original,
    /// A certified copy (law 55-19, art. 7.4, forbids asking for it outright).
    Certified,
    /// With a legalised signature (law 55-19, art. 7.2, forbids asking for it).
    Legalised,
}

/// The medium of a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// On paper only.
    Paper,
    /// In digital form.
    Digital,
    /// Either.
    Both,
}

/// A paper that the person receives.
#[derive(Clone, Debug, PartialEq)]
pub struct Receives {
    /// What and how.
    pub paper: Paper,
    /// Whether it is what the procedure delivers.
    pub is_delivery: bool,
    /// In which case; always if `None`.
    pub when: Option<Condition>,
}

/// A question put to the person.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// The question.
    pub question: QuestionId,
    /// In which case; always if `None`.
    pub when: Option<Condition>,
}

/// Something paid.
#[derive(Clone, Debug, PartialEq)]
pub struct Payment {
    /// How much.
    pub amount: Amount,
    /// The fee of the vocabulary, if it has a name there.
    pub fee: Option<Name>,
    /// By which means, the channel's own already filled in.
    pub means: Means,
    /// In which case; always if `None`.
    pub when: Option<Condition>,
    /// The text that creates it.
    pub legal: Option<Citation>,
    /// Whether it is an estimate.
    pub estimated: bool,
}

/// How much is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amount {
    /// A fixed sum.
    Fixed(Dirhams),
    /// A part of the answer to a question with an amount, in hundredths of a percent (rounded to the nearest centime).
    Part {
        /// The question.
        question: QuestionId,
        /// Hundredths of a percent.
        basis_points: u32,
        /// Not less than this.
        at_least: Option<Dirhams>,
        /// Not more than this.
        at_most: Option<Dirhams>,
    },
    /// A sum for each unit of the answer to a question with a number.
    PerUnit {
        /// The question.
        question: QuestionId,
        /// The sum for one.
        each: Dirhams,
        /// Not less than this.
        at_least: Option<Dirhams>,
        /// Not more than this.
        at_most: Option<Dirhams>,
    },
    /// Something is paid, but nobody has recorded how much.
    Unknown,
}

impl Amount {
    /// The question it depends on.
    #[must_use]
    pub fn question(&self) -> Option<QuestionId> {
        match self {
            Self::Fixed(_) | Self::Unknown => None,
            Self::Part { question, .. } | Self::PerUnit { question, .. } => Some(*question),
        }
    }

    /// What is paid when the answer is this (ignored for a fixed sum), as far as it is known: nothing of an unknown amount.
    /// It never falls as the answer grows.
    #[must_use]
    pub fn for_answer(&self, answer: i64) -> Dirhams {
        let (sum, at_least, at_most) = match self {
            Self::Fixed(sum) => return *sum,
            Self::Unknown => return Dirhams::default(),
            Self::Part { basis_points, at_least, at_most, .. } => {
                let sum = (i128::from(answer) * i128::from(*basis_points) + 5_000).div_euclid(10_000);
                (sum, at_least, at_most)
            }
            Self::PerUnit { each, at_least, at_most, .. } => {
                (i128::from(answer) * i128::from(each.centimes()), at_least, at_most)
            }
        };
        let low = at_least.map_or(0, Dirhams::centimes);
        let high = at_most.map_or(i64::MAX, Dirhams::centimes).max(low);
        let sum = i64::try_from(sum.max(0)).unwrap_or(i64::MAX);
        Dirhams::from_centimes(sum.clamp(low, high))
    }
}

/// Means of payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// Online.
    Online,
    /// At a counter.
    Counter,
    /// By a stamp bought beforehand.
    Stamp,
    /// By bank transfer.
    Transfer,
}

/// What the administration fetches itself from a register (law 55-19, arts. 23-24).
#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    /// The register asked.
    pub register: Name,
    /// The documents fetched.
    pub documents: Vec<Name>,
    /// The questions answered by it.
    pub answers: Vec<QuestionId>,
    /// Whether the person's prior consent is asked for (art. 24).
    pub consent: bool,
    /// In which case; always if `None`.
    pub when: Option<Condition>,
}

/// The legal clock of a node (law 55-19, arts. 7, 10, 14, 16-21).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clock {
    /// The legal maximum (art. 16).
    pub legal: Option<Known<Delay>>,
    /// What is usually seen.
    pub usual: Option<Known<Delay>>,
    /// A receipt is given; days to mend an incomplete file (art. 10: 30).
    pub receipt: Option<Known<Option<Delay>>>,
    /// Requests for complements that suspend the clock (arts. 10, 14).
    pub complement: Option<Complement>,
    /// Extension for an expertise or inquiry (art. 17).
    pub extension: Option<Extension>,
    /// What silence means (arts. 19, 21).
    pub silence: Option<Silence>,
    /// Whether a refusal gives its reasons (art. 18).
    pub reasons: bool,
    /// The appeal that is open (art. 21).
    pub appeal: Option<Appeal>,
}

impl Clock {
    /// The legal maximum in calendar days; 0 where there is none.
    #[must_use]
    pub fn legal_days(&self) -> u32 {
        self.legal.as_ref().map_or(0, |known| known.value.calendar_days())
    }
}

/// A request for complements.
#[derive(Clone, Debug, PartialEq)]
pub struct Complement {
    /// How often at most.
    pub at_most: u16,
    /// Before which day of the clock.
    pub before: Option<Delay>,
    /// How long the person has to answer.
    pub within: Option<Delay>,
    /// The text.
    pub legal: Option<Citation>,
}

/// An extension of the clock.
#[derive(Clone, Debug, PartialEq)]
pub struct Extension {
    /// For how long.
    pub delay: Delay,
    /// Why.
    pub reason: Text,
    /// The text.
    pub legal: Option<Citation>,
}

/// What silence means. If it leads to a node, the flow has a [`Guard::Silence`](crate::flow::Guard) branch to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Silence {
    /// Consent, or else rejection.
    pub is_consent: bool,
    /// The text.
    pub legal: Option<Citation>,
}

/// An administrative appeal.
#[derive(Clone, Debug, PartialEq)]
pub struct Appeal {
    /// Before whom.
    pub authority: Name,
    /// Days to lodge it (art. 21: 30).
    pub within: Option<Delay>,
    /// Days to answer it (art. 21: 15).
    pub reply: Option<Delay>,
    /// The text.
    pub legal: Option<Citation>,
}

/// A reference to a legal text of the vocabulary.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Citation {
    /// The text.
    pub text: Name,
    /// The article, if one is named.
    pub article: Option<Name>,
}

/// A day, a month or a year, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The first day it may be.
    pub from: Date,
    /// Whether the month is known.
    pub has_month: bool,
    /// Whether the day is known.
    pub has_day: bool,
}

impl fmt::Display for Moment {
    /// `2026-05-19`, `2026-05` or `2026`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.from.year())?;
        if self.has_month {
            write!(f, "-{:02}", self.from.month())?;
        }
        if self.has_day { write!(f, "-{:02}", self.from.day()) } else { Ok(()) }
    }
}

/// Where something was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// When it was read or observed.
    pub date: Moment,
    /// What it is.
    pub text: Text,
}

/// How well something is known; the worse standing is the greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Provenance {
    /// A source stands behind it.
    #[default]
    Sourced,
    /// An estimate.
    Estimated,
    /// A flow that nobody has recorded, put together from what is known.
    Reconstructed,
}
