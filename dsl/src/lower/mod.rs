//! Facts to a procedure. INVARIANT: what cannot be lowered is a finding, and the rest is lowered all the same.

mod block;
mod clock;
mod condition;
mod example;
mod graph;
mod node;
mod quantity;
mod question;
mod ranks;
mod scope;
mod step;
mod version;

use mastara_engine::{
    procedure::{Procedure, Status},
    text::{Lang, Name, Text},
};

pub(crate) use self::example::ELSE as OTHER;
use self::scope::Scope;
pub use self::{
    condition::unit_rule,
    graph::{ExamplePlaces, FactPlaces, Origins},
};
use crate::{
    finding::{Code, Findings},
    header::Header,
    keyword::{self, Rule},
    law::Levels,
    parse::Fact,
    source::Span,
};

/// A procedure, and where each version's nodes and branches stand in its file.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// Where its identifier stands.
    pub id: Span,
    /// The language of its keywords.
    pub dialect: Lang,
    /// The procedure.
    pub procedure: Procedure,
    /// In the order of `procedure.versions`.
    pub origins: Vec<Origins>,
    /// The lines of the questions, in the order of `procedure.questions`.
    pub questions: Vec<Span>,
    /// How much the rules of law weigh here.
    pub levels: Levels,
    /// Whether the opening line of a version could not be read: which one is in force is then not known.
    pub is_torn: bool,
}

/// Lowers the facts of a file; `None` if it has no procedure or no identifier.
pub fn lower(
    header: &Header,
    facts: Vec<Fact<'_>>,
    vocabulary: &mastara_engine::vocabulary::Vocabulary,
    findings: &mut Findings,
) -> Option<Lowered> {
    let blocks = block::group(facts, findings);
    let mut scope = Scope::new(vocabulary, header.lang, header.dialect, findings);
    let mut titles = blocks.iter().filter(|block| block.head.rule == Rule::procedure);
    let titled = titles.next();
    for block in titles {
        scope.findings.add(Code::RepeatedFact, block.head.span, [keyword::split_word(block.head.pair.as_str()).0]);
    }
    let mut procedure = start(header, &mut scope);
    scope.presences = vocabulary.presences.get(&procedure.id);
    if let Some(block) = titled {
        procedure.title = scope.title(&block.head);
        block.lower_details(&mut scope, &mut procedure);
        scope.check_title(&procedure.title, block.head.span);
    } else {
        scope.findings.add(Code::ProcedureMissing, Span::default(), []);
    }
    let (questions, question_places) = question::lower_all(&blocks, &mut scope);
    procedure.questions = questions;
    let (versions, origins) = version::lower_all(&blocks, &procedure, &mut scope);
    let is_torn = blocks.iter().any(|block| block.head.rule == crate::parse::TORN_VERSION);
    if versions.is_empty() && !is_torn {
        scope.findings.add(Code::VersionMissing, Span::default(), []);
    }
    procedure.versions = versions;
    ranks::check(&header.listed, &procedure, &mut scope);
    (titled.is_some() && !procedure.id.as_str().is_empty()).then_some(Lowered {
        id: header.id.as_ref().map_or(Span::default(), |(_, span)| *span),
        dialect: header.dialect,
        procedure,
        origins,
        questions: question_places,
        levels: header.levels.clone(),
        is_torn,
    })
}

/// The procedure as far as the header tells it.
fn start(header: &Header, scope: &mut Scope<'_, '_>) -> Procedure {
    let vocabulary = scope.vocabulary;
    for name in ["id", "langue", "responsable", "usagers", "statut"] {
        if !header.is_absent && !header.keys.iter().any(|key| key == name) {
            scope.findings.add(Code::FieldMissing, Span::default(), [name]);
        }
    }
    let id = header.id.clone().unwrap_or_default();
    let sector = id.0.split('/').next().unwrap_or("").to_owned();
    if header.id.is_some() {
        scope.known(&sector, id.1, &vocabulary.sectors, Code::UnknownSector);
    }
    if let Some((authority, span)) = &header.authority {
        scope.known(authority, *span, &vocabulary.authorities, Code::UnknownAuthority);
    }
    if let Some((event, span)) = &header.life_event {
        scope.known(event, *span, &vocabulary.life_events, Code::UnknownLifeEvent);
    }
    if let Some((portal, span)) = &header.portal {
        scope.known(portal, *span, &vocabulary.portals, Code::UnknownPortal);
    }
    for (citation, span) in &header.legal {
        scope.known(citation.text.as_str(), *span, &vocabulary.texts, Code::UnknownText);
    }
    let name = |word: &Option<(String, Span)>| word.as_ref().map(|(word, _)| Name::from(word.as_str()));
    Procedure {
        id: id.0.as_str().into(),
        title: Text::default(),
        authority: name(&header.authority).unwrap_or_else(|| "".into()),
        sector: sector.as_str().into(),
        audience: header.audience.clone(),
        life_event: name(&header.life_event),
        status: header.status.unwrap_or(Status::Draft),
        is_priority: header.is_priority,
        portal: name(&header.portal),
        legal: header.legal.iter().map(|(citation, _)| citation.clone()).collect(),
        volume: header.volume.clone(),
        personal_data: header.personal_data.clone(),
        listed: header.listed.iter().map(|(entry, _)| entry.clone()).collect(),
        verified: header.verified.clone(),
        sources: Vec::new(),
        questions: Vec::new(),
        versions: Vec::new(),
    }
}

/// The end that every flow has.
pub const END: &str = "fin";

/// The title of that end.
fn end_title() -> Text {
    let mut title = Text::new(Lang::Fr, "Démarche aboutie");
    title.set(Lang::Ar, "انتهت المسطرة");
    title.set(Lang::En, "Done");
    title
}
