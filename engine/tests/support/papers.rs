//! Procedures and the papers that they deliver.

use mastara_engine::{
    node::{Receives, Step},
    procedure::{Procedure, Status, Version},
    text::{Name, Text},
    vocabulary::Document,
};

use super::{
    make::{chain, counter, name, outcome, paper, step},
    version::version,
};

/// A procedure that delivers one paper at most.
pub fn procedure(id: &str, delivers: Option<&str>) -> Procedure {
    let receives = delivers.map(|document| Receives { paper: paper(document, 1), is_delivery: true, when: None });
    let collect = Step { receives: receives.into_iter().collect(), ..counter("town-hall") };
    of(id, version(chain(Vec::new(), vec![step("collect", collect), outcome("fin")])))
}

/// A procedure of one version.
pub fn of(id: &str, version: Version) -> Procedure {
    Procedure {
        id: name(id),
        title: Text::default(),
        authority: name("anybody"),
        sector: name("any"),
        audience: Vec::new(),
        life_event: None,
        status: Status::Draft,
        is_priority: false,
        portal: None,
        legal: Vec::new(),
        volume: None,
        personal_data: None,
        listed: Vec::new(),
        verified: None,
        sources: Vec::new(),
        questions: Vec::new(),
        versions: vec![version],
    }
}

/// A document of this issuer that this procedure delivers.
pub fn known(issuer: Option<Name>, procedure: Option<Name>) -> Document {
    Document {
        title: Text::default(),
        issuer,
        kind: name("any"),
        is_held: true,
        is_paper: true,
        is_public: false,
        procedure,
        validity: None,
    }
}
