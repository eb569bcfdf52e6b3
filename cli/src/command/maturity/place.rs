//! Where what made a score stands: file and line.

use mastara_dsl::{
    finding::Finding,
    keyword::Rule,
    lower::{FactPlaces, Origins},
    source::{SourceId, Span},
};
use mastara_engine::maturity::{Cause, Fact, Subject, What};

use super::record::Record;
use crate::context::Context;

/// `file:line` of a breach.
pub fn of_finding(finding: &Finding, record: &Record<'_>, context: &Context) -> String {
    line(finding.source, finding.span, record, context)
}

/// `file:line` of what made a score; `None` if it stands nowhere.
pub fn of_cause(cause: &Cause, subject: &Subject, record: &Record<'_>, context: &Context) -> Option<String> {
    match cause.what {
        What::Registered | What::RegisterUnsure => return of_word("registers", cause, record, context),
        What::Evidence | What::EvidenceOld => return of_word("administrations", cause, record, context),
        What::NoCases | What::LanguagesUnknown | What::AccessibilityUnknown | What::AnswersUnknown => return None,
        _ => {}
    }
    let own = if let Subject::Procedure(rank) = subject { Some(*rank) } else { None };
    let rank = cause.procedure.or(own)?;
    let entry = record.entry(rank)?;
    let version = &record.survey.lines[rank].version.name;
    let at = entry.lowered.procedure.versions.iter().position(|known| known.name == *version)?;
    let origins = entry.lowered.origins.get(at)?;
    let header = match cause.what {
        What::RequestsPaperless | What::RequestsWithPaper => Some("volume:"),
        What::CndpReference | What::CndpMissing => Some("donnees:"),
        What::Reviewed | What::ReviewOld => Some("verifie:"),
        What::ItemAdministrations => Some("responsable:"),
        What::ItemTexts => Some("textes:"),
        What::Answer if cause.node.is_none() && is_of_portal(cause) => Some("portail:"),
        _ => None,
    };
    let in_header = header.and_then(|field| of_line(entry.source, field, record, context));
    Some(in_header.unwrap_or_else(|| line(entry.source, span(cause, origins), record, context)))
}

/// Whether an answer is one that the portal of the header gives.
fn is_of_portal(cause: &Cause) -> bool {
    cause.names.first().is_some_and(|question| matches!(question.as_str(), "A1" | "A3"))
}

fn span(cause: &Cause, origins: &Origins) -> Span {
    let Some(node) = cause.node else { return origins.version };
    let opening = origins.nodes.get(node.index()).copied().unwrap_or(origins.version);
    let places = origins.facts.get(node.index());
    cause.fact.zip(places).and_then(|(fact, places)| of_fact(fact, places)).unwrap_or(opening)
}

fn of_fact(fact: Fact, places: &FactPlaces) -> Option<Span> {
    let line = |rule: Rule| places.line(rule);
    match fact {
        Fact::Demand(rank) => places.demands.get(rank).copied(),
        Fact::Receives(rank) => places.receives.get(rank).copied(),
        Fact::Payment(rank) => places.payments.get(rank).copied(),
        Fact::Exchange(rank) => places.exchanges.get(rank).copied(),
        Fact::Ask(rank) => places.asks.get(rank).copied(),
        Fact::Delay => line(Rule::delay).or_else(|| line(Rule::usual)),
        Fact::UsualDelay => line(Rule::usual),
        Fact::Receipt => line(Rule::receipt),
        Fact::Identity => line(Rule::identifies),
        Fact::Signature => line(Rule::signs),
        Fact::Silence => line(Rule::silence),
        Fact::Appeal => line(Rule::appeal),
        Fact::Extension => line(Rule::extension),
    }
}

fn line(source: SourceId, span: Span, record: &Record<'_>, context: &Context) -> String {
    let (number, _) = record.compiled.source(source).position(span.start);
    format!("{}:{number}", name(source, record, context))
}

/// The path of a source as the person would write it.
fn name(source: SourceId, record: &Record<'_>, context: &Context) -> String {
    let path = record.compiled.source(source).path();
    let path = context.folder().map_or_else(|| path.to_owned(), |folder| folder.join(path));
    path.to_string_lossy().replace('\\', "/")
}

/// The first line of a source that begins so.
fn of_line(source: SourceId, start: &str, record: &Record<'_>, context: &Context) -> Option<String> {
    let text = record.compiled.source(source).text();
    let number = text.lines().position(|line| line.starts_with(start))? + 1;
    Some(format!("{}:{number}", name(source, record, context)))
}

/// The entry of a file of the vocabulary.
fn of_word(stem: &str, cause: &Cause, record: &Record<'_>, context: &Context) -> Option<String> {
    let sources = record.compiled.sources.iter().enumerate();
    let is_file = |path: &std::path::Path| path.file_name().is_some_and(|name| name == &*format!("{stem}.yaml"));
    let (at, _) = sources.into_iter().find(|(_, source)| is_file(source.path()))?;
    let start = format!("{}:", cause.names.first()?);
    of_line(SourceId(u32::try_from(at).ok()?), &start, record, context)
}
