//! The axes of the index and their indicators.

/// The three axes of the announced national framework of digital maturity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Axis {
    /// Digital capacity of administrations.
    Capacity,
    /// Digital transformation of services.
    Transformation,
    /// Digital impact.
    Impact,
}

impl Axis {
    /// In their order.
    pub const ALL: [Self; 3] = [Self::Capacity, Self::Transformation, Self::Impact];

    /// As files and programs write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Capacity => "capacity",
            Self::Transformation => "transformation",
            Self::Impact => "impact",
        }
    }

    /// Its indicators, in order.
    pub fn indicators(self) -> impl Iterator<Item = Indicator> {
        Indicator::ALL.into_iter().filter(move |indicator| indicator.axis() == self)
    }
}

macro_rules! indicators {
    ($($(#[$doc:meta])* $name:ident $axis:ident;)*) => {
        /// An indicator; `docs/maturite.md` gives the formula and the source of each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Indicator { $($(#[$doc])* $name,)* }

        impl Indicator {
            /// In their order.
            pub const ALL: [Self; 16] = [$(Self::$name),*];

            /// Its axis.
            #[must_use]
            pub const fn axis(self) -> Axis {
                match self { $(Self::$name => Axis::$axis),* }
            }

            /// Such as `K1`.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),* }
            }
        }
    };
}

indicators! {
    /// Sheet completeness: items of article 6 of law 55-19 that the sheet fills.
    K1 Capacity;
    /// Legal conformity: procedures that break no rule of law of error level.
    K2 Capacity;
    /// Exchange supply: papers it issues, others ask for, and that are fetched or can be.
    K3 Capacity;
    /// Trust: identification and signature.
    K4 Capacity;
    /// Duties met, each with evidence.
    K5 Capacity;
    /// Freshness: sheets reviewed in the last twelve months by a named owner.
    K6 Capacity;
    /// User centricity (EU eGovernment Benchmark).
    T1 Transformation;
    /// Transparency (EU eGovernment Benchmark).
    T2 Transformation;
    /// Key enablers (EU eGovernment Benchmark).
    T3 Transformation;
    /// Reach: from abroad, and without the digital channel.
    T4 Transformation;
    /// Uptake: requests completed online.
    I1 Impact;
    /// Share of requests for which no paper is needed.
    I2 Impact;
    /// Deadline kept.
    I3 Impact;
    /// Burden avoided since the first version recorded.
    I4 Impact;
    /// Satisfaction.
    I5 Impact;
    /// Right the first time.
    I6 Impact;
}

impl Indicator {
    /// The indicator with this code, in either case.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|indicator| indicator.code().eq_ignore_ascii_case(code))
    }

    /// Its rank in [`Self::ALL`].
    #[must_use]
    pub const fn rank(self) -> usize {
        self as usize
    }
}
