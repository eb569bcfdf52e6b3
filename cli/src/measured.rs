//! Measures of versions, side by side.

use mastara_engine::{
    answers::Answers,
    measure::{Measures, TooEntangled},
    procedure::Version,
    program::{Program, Unsound},
};

/// Why a version has no measures.
#[derive(Clone, Debug, PartialEq)]
pub enum Unmeasured {
    /// Its flow is broken; `check` says where.
    Unsound(Vec<Unsound>),
    /// Its conditions keep too many ways apart.
    Entangled(TooEntangled),
    /// No answers let anybody reach an end.
    NoWay,
}

impl Unmeasured {
    /// The key of its words in the locales.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Unsound(_) => "unmeasured.unsound",
            Self::Entangled(_) => "unmeasured.entangled",
            Self::NoWay => "unmeasured.no-way",
        }
    }

    /// What programs read, in English.
    pub fn reason(&self, version: &Version) -> String {
        let name = |flaw: &Unsound| version.flow.node(flaw.node()).name.clone();
        match self {
            Self::Unsound(flaws) => {
                let flaws: Vec<_> = flaws.iter().map(|flaw| format!("{} ({flaw})", name(flaw))).collect();
                format!("the flow is broken: {}", flaws.join("; "))
            }
            Self::Entangled(entangled) => entangled.to_string(),
            Self::NoWay => "no feasible way".to_owned(),
        }
    }
}

/// What a version asks of everybody.
pub fn measure(version: &Version) -> Result<Measures, Unmeasured> {
    let program = Program::compile(&version.flow).map_err(Unmeasured::Unsound)?;
    let measures = program.measure(&Answers::everybody()).map_err(Unmeasured::Entangled)?;
    if measures.is_feasible || version.flow.is_empty() { Ok(measures) } else { Err(Unmeasured::NoWay) }
}
