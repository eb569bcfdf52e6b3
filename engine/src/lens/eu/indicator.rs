//! The fourteen indicators, each as one site scores on it, and the four dimensions that weigh them.
//!
//! Scales and weights: eGovernment Benchmark, method paper 2020-2023.

use super::question::{Answer, Channel, Question};
use super::service::Site;
use crate::lens::{Reading, Score};

/// What the benchmark scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Indicator {
    /// Information and service online, through a portal.
    Availability,
    /// Help, feedback and complaints online.
    Support,
    /// Fit for mobile telephones.
    Mobile,
    /// How clear the delivery of the service is.
    Delivery,
    /// How its design is made with people.
    Design,
    /// What people can see and do about their data.
    PersonalData,
    /// Electronic identity.
    Eid,
    /// Electronic documents.
    Documents,
    /// Authentic sources: forms pre-filled with what the State knows.
    Sources,
    /// Digital post.
    Post,
    /// Availability from abroad.
    BorderAvailability,
    /// Support from abroad.
    BorderSupport,
    /// Electronic identity from abroad.
    BorderEid,
    /// Electronic documents from abroad.
    BorderDocuments,
}

/// A group of indicators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// User centricity: 67 % availability, 33 % support group (67 % support, 33 % mobile).
    UserCentricity,
    /// Transparency: a third each of delivery, design and personal data.
    Transparency,
    /// Key enablers: a quarter each.
    KeyEnablers,
    /// Across the border: 50 % availability, 25 % support, 25 % enablers (half identity, half documents).
    CrossBorder,
}

impl Dimension {
    /// All dimensions; the overall score is their mean.
    pub const ALL: [Self; 4] = [Self::UserCentricity, Self::Transparency, Self::KeyEnablers, Self::CrossBorder];

    /// How tables name it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::UserCentricity => "user-centricity",
            Self::Transparency => "transparency",
            Self::KeyEnablers => "key-enablers",
            Self::CrossBorder => "cross-border",
        }
    }

    /// Its indicators, in the order of the method paper.
    #[must_use]
    pub const fn indicators(self) -> &'static [Indicator] {
        use Indicator::*;
        match self {
            Self::UserCentricity => &[Availability, Support, Mobile],
            Self::Transparency => &[Delivery, Design, PersonalData],
            Self::KeyEnablers => &[Eid, Documents, Sources, Post],
            Self::CrossBorder => &[BorderAvailability, BorderSupport, BorderEid, BorderDocuments],
        }
    }

    /// Its score from those of its indicators; a part without a score is left out with its weight.
    pub fn score(self, of: impl Fn(Indicator) -> Option<Score>) -> Option<Score> {
        use Indicator::*;
        match self {
            Self::UserCentricity => {
                let group = Score::weighted([(67, of(Support)), (33, of(Mobile))]);
                Score::weighted([(67, of(Availability)), (33, group)])
            }
            Self::Transparency | Self::KeyEnablers => {
                Score::mean(self.indicators().iter().filter_map(|&part| of(part)))
            }
            Self::CrossBorder => {
                let enablers = Score::mean([of(BorderEid), of(BorderDocuments)].into_iter().flatten());
                Score::weighted([(50, of(BorderAvailability)), (25, of(BorderSupport)), (25, enablers)])
            }
        }
    }
}

impl Indicator {
    /// All indicators, dimension by dimension.
    pub const ALL: [Self; 14] = [
        Self::Availability,
        Self::Support,
        Self::Mobile,
        Self::Delivery,
        Self::Design,
        Self::PersonalData,
        Self::Eid,
        Self::Documents,
        Self::Sources,
        Self::Post,
        Self::BorderAvailability,
        Self::BorderSupport,
        Self::BorderEid,
        Self::BorderDocuments,
    ];

    /// How tables name it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Availability => "online-availability",
            Self::Support => "user-support",
            Self::Mobile => "mobile-friendliness",
            Self::Delivery => "service-delivery",
            Self::Design => "service-design",
            Self::PersonalData => "personal-data",
            Self::Eid => "eid",
            Self::Documents => "edocuments",
            Self::Sources => "authentic-sources",
            Self::Post => "digital-post",
            Self::BorderAvailability => "cross-border-availability",
            Self::BorderSupport => "cross-border-support",
            Self::BorderEid => "cross-border-eid",
            Self::BorderDocuments => "cross-border-edocuments",
        }
    }

    /// Whom it looks at the service for.
    #[must_use]
    pub const fn channel(self) -> Channel {
        match self {
            Self::BorderAvailability | Self::BorderSupport | Self::BorderEid | Self::BorderDocuments => {
                Channel::CrossBorder
            }
            _ => Channel::National,
        }
    }

    /// The questions it is scored from.
    #[must_use]
    pub const fn questions(self) -> &'static [Question] {
        use Question::*;
        match self {
            Self::Availability => &[Automated, A1, A2, A3],
            Self::Support | Self::BorderSupport => &[B1, B2, B3, B4, B5, B6, B7],
            Self::Mobile => &[Question::Mobile],
            Self::Delivery => &[C1, C2, C3, C4, C5, C6, C7],
            Self::Design => &[E1, E2, E3, E4],
            Self::PersonalData => &[D1, D2, D3, D4, D5],
            Self::Eid | Self::BorderEid => &[F1, F2, F3, F4],
            Self::Documents | Self::BorderDocuments => &[DocumentsNeeded, DocumentsSubmitted, DocumentsObtained],
            Self::Sources => &[Form, Prefilled],
            Self::Post => &[PostCentral, PostLocal],
            Self::BorderAvailability => &[G1, G2],
        }
    }

    /// What a site scores; `None` where the question is not asked, does not apply, or is answered in a way that the
    /// published scale does not foresee.
    #[must_use]
    pub fn score(self, site: &Site, reading: Reading) -> Option<Score> {
        let answer = |question| site.get(&(self.channel(), question)).copied();
        if !self.is_mean() {
            return self.settled(&answer, reading).map(Score::whole);
        }
        // Digital post scores 0, 50 or 100 for none, one or both of its senders: their mean.
        let grades = self.questions().iter().filter_map(|&question| grade(answer(question)?, reading));
        Score::mean(grades.map(Score::whole))
    }

    /// The score of a scale whose rungs are several questions. A rung of which nothing is known is not climbed: the score is
    /// then what is proved at least. Behind a gate of which nothing is known there is no score.
    fn settled(self, answer: &impl Fn(Question) -> Option<Answer>, reading: Reading) -> Option<u8> {
        let with = |rung: u8| {
            self.rungs(&|question| match answer(question)? {
                Answer::Grade(grade) => Some(grade),
                Answer::NotApplicable => None,
                Answer::Unknown => Some(if question.is_gate() { 100 } else { rung }),
            })
        };
        let is_hidden = |question: &Question| question.is_gate() && answer(*question) == Some(Answer::Unknown);
        match (with(0), with(100)) {
            (Some(least), Some(most)) if !self.questions().iter().any(is_hidden) => {
                Some(if reading == Reading::Most { most } else { least })
            }
            (None, None) => None,
            // There may be any score, or none.
            _ => match reading {
                Reading::Known => None,
                Reading::Least => Some(0),
                Reading::Most => Some(100),
            },
        }
    }

    /// Whether it is the mean of its questions, each counted alike, and not a scale.
    const fn is_mean(self) -> bool {
        matches!(
            self,
            Self::Support
                | Self::BorderSupport
                | Self::Mobile
                | Self::Delivery
                | Self::Design
                | Self::PersonalData
                | Self::Post
        )
    }

    /// The published scale, of answers that are all known.
    fn rungs(self, grade: &impl Fn(Question) -> Option<u8>) -> Option<u8> {
        let yes = |question| grade(question).map(|grade| grade == 100);
        match self {
            Self::Availability => {
                if yes(Question::Automated) == Some(true) {
                    return Some(100);
                }
                match (yes(Question::A1)?, yes(Question::A2)?, yes(Question::A3)?) {
                    (true, true, true) => Some(100),
                    (true, true, false) => Some(75),
                    (true, false, true) => Some(50),
                    (true, false, false) => Some(25),
                    (false, false, false) => Some(0),
                    (false, _, _) => None,
                }
            }
            Self::BorderAvailability => match (yes(Question::G1)?, yes(Question::G2)?) {
                (true, true) => Some(100),
                (true, false) => Some(50),
                (false, false) => Some(0),
                (false, true) => None,
            },
            Self::Eid | Self::BorderEid => {
                if !yes(Question::F1)? {
                    return None;
                }
                if !yes(Question::F2)? {
                    return Some(0);
                }
                Some(match (yes(Question::F3)?, yes(Question::F4)?) {
                    (true, true) => 100,
                    (false, false) => 33,
                    _ => 67,
                })
            }
            Self::Documents | Self::BorderDocuments => {
                if !yes(Question::DocumentsNeeded)? {
                    return None;
                }
                let one = [Question::DocumentsSubmitted, Question::DocumentsObtained].map(yes);
                if one.contains(&Some(true)) {
                    return Some(100);
                }
                one.contains(&Some(false)).then_some(0)
            }
            Self::Sources => {
                if !yes(Question::Form)? {
                    return None;
                }
                grade(Question::Prefilled)
            }
            _ => None,
        }
    }
}

/// An answer as a grade, if it counts.
fn grade(answer: Answer, reading: Reading) -> Option<u8> {
    match (answer, reading) {
        (Answer::Grade(grade), _) => Some(grade),
        (Answer::Unknown, Reading::Least) => Some(0),
        (Answer::Unknown, Reading::Most) => Some(100),
        (Answer::Unknown, Reading::Known) | (Answer::NotApplicable, _) => None,
    }
}
