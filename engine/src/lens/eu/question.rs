//! What the benchmark asks of a service, and what can be answered.

/// A question of the questionnaire. `A1` to `G2` are the method paper's own numbers; the others have words of ours, because
/// their numbers were not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// The service is delivered of itself, nothing being asked (proactive): availability is 100.
    Automated,
    /// Information about the service is online.
    A1,
    /// The service itself is online.
    A2,
    /// The service or its information is reached through a portal.
    A3,
    /// The site fits a mobile telephone.
    Mobile,
    /// Frequently asked questions.
    B1,
    /// A demonstration, or live chat.
    B2,
    /// The department responsible can be contacted.
    B3,
    /// Other channels are named.
    B4,
    /// Feedback can be given.
    B5,
    /// A forum or social media.
    B6,
    /// Complaint procedures.
    B7,
    /// A notice of delivery is given.
    C1,
    /// Progress can be tracked.
    C2,
    /// A draft can be saved.
    C3,
    /// The time to complete the request is stated.
    C4,
    /// The timeline of delivery is stated.
    C5,
    /// The maximum time limit set by law is stated.
    C6,
    /// The performance of the service is published.
    C7,
    /// Errors in forms are shown (not scored).
    C8,
    /// Help in forms (not scored).
    C9,
    /// How one reaches one's own data: not, by information offline, on demand, proactively.
    D1,
    /// Errors in one's data can be reported.
    D2,
    /// One's data can be modified online.
    D3,
    /// A complaint about the use of one's data is possible.
    D4,
    /// What one is told of who consulted one's data.
    D5,
    /// Service design, first question.
    E1,
    /// Service design, second question.
    E2,
    /// Service design, third question.
    E3,
    /// Service design, fourth question.
    E4,
    /// Identification is needed.
    F1,
    /// It can be done online.
    F2,
    /// With a national electronic identity.
    F3,
    /// Once for several services (single sign-on).
    F4,
    /// Documents are needed.
    DocumentsNeeded,
    /// They can be submitted electronically.
    DocumentsSubmitted,
    /// They can be obtained electronically.
    DocumentsObtained,
    /// There is a form to fill in.
    Form,
    /// It is pre-filled with data that the administration holds.
    Prefilled,
    /// The central government's letters come by digital post.
    PostCentral,
    /// The local government's letters come by digital post.
    PostLocal,
    /// Information is available from abroad.
    G1,
    /// The service is available from abroad.
    G2,
}

/// What answers a question takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Yes (100) or no (0).
    YesNo,
    /// Access to one's own data: 0 none, 33 information offline, 67 on demand, 100 proactive.
    Access,
    /// Who consulted one's data, cumulative: 0 nothing, 20 who is entitled, 40 whether, 60 when, 80 who, 100 why.
    Log,
}

impl Scale {
    /// The grades it has, least first.
    #[must_use]
    pub const fn grades(self) -> &'static [u8] {
        match self {
            Self::YesNo => &[0, 100],
            Self::Access => &[0, 33, 67, 100],
            Self::Log => &[0, 20, 40, 60, 80, 100],
        }
    }
}

/// Whom the service is looked at for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// People of the country.
    National,
    /// People of other countries.
    CrossBorder,
}

impl Channel {
    /// Both.
    pub const ALL: [Self; 2] = [Self::National, Self::CrossBorder];
}

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// From 0 (no) to 100 (yes), one of the grades of the question's scale.
    Grade(u8),
    /// It does not apply, or was not relevant: it is left out and never counts as zero.
    NotApplicable,
    /// It applies, but nothing at hand tells it.
    Unknown,
}

impl Answer {
    /// Yes.
    pub const YES: Self = Self::Grade(100);
    /// No.
    pub const NO: Self = Self::Grade(0);

    /// Yes or no.
    #[must_use]
    pub const fn of(is_so: bool) -> Self {
        if is_so { Self::YES } else { Self::NO }
    }
}

macro_rules! codes {
    ($($question:ident $code:literal,)+) => {
        impl Question {
            /// All questions, in the order of the questionnaire.
            pub const ALL: [Self; [$($code),+].len()] = [$(Self::$question),+];

            /// How tables name it.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$question => $code,)+ }
            }
        }
    };
}

codes! {
    Automated "automated", A1 "A1", A2 "A2", A3 "A3", Mobile "mobile",
    B1 "B1", B2 "B2", B3 "B3", B4 "B4", B5 "B5", B6 "B6", B7 "B7",
    C1 "C1", C2 "C2", C3 "C3", C4 "C4", C5 "C5", C6 "C6", C7 "C7", C8 "C8", C9 "C9",
    D1 "D1", D2 "D2", D3 "D3", D4 "D4", D5 "D5", E1 "E1", E2 "E2", E3 "E3", E4 "E4",
    F1 "F1", F2 "F2", F3 "F3", F4 "F4",
    DocumentsNeeded "documents-needed", DocumentsSubmitted "documents-submitted", DocumentsObtained "documents-obtained",
    Form "form", Prefilled "prefilled", PostCentral "post-central", PostLocal "post-local",
    G1 "G1", G2 "G2",
}

impl Question {
    /// The question of this code, letters of either case.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|question| question.code().eq_ignore_ascii_case(code))
    }

    /// What answers it takes.
    #[must_use]
    pub const fn scale(self) -> Scale {
        match self {
            Self::D1 => Scale::Access,
            Self::D5 => Scale::Log,
            _ => Scale::YesNo,
        }
    }

    /// Whether it only says if others apply: no means no score.
    #[must_use]
    pub const fn is_gate(self) -> bool {
        matches!(self, Self::F1 | Self::DocumentsNeeded | Self::Form)
    }

    /// Whether it is asked of this channel: the benchmark looks across the border at availability, support, electronic
    /// identity and documents.
    #[must_use]
    pub const fn is_asked(self, channel: Channel) -> bool {
        match channel {
            Channel::National => !matches!(self, Self::G1 | Self::G2),
            Channel::CrossBorder => matches!(
                self,
                Self::G1
                    | Self::G2
                    | Self::B1
                    | Self::B2
                    | Self::B3
                    | Self::B4
                    | Self::B5
                    | Self::B6
                    | Self::B7
                    | Self::F1
                    | Self::F2
                    | Self::F3
                    | Self::F4
                    | Self::DocumentsNeeded
                    | Self::DocumentsSubmitted
                    | Self::DocumentsObtained
            ),
        }
    }
}
