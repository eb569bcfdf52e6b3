//! The fields of headers and of the vocabulary, in one table each: the readers refuse what is not in it, and the schemas
//! that editors take are made from it.

use std::collections::BTreeSet;

use crate::{
    header::{AUDIENCES, STATUSES},
    law::{Level, RULES},
};
use mastara_engine::{maturity::Duty, text::Lang};

/// A field.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it must be there.
    pub is_required: bool,
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// `identifier` or `sector/identifier`.
    Id,
    /// Some words.
    Text,
    /// One of these words.
    OneOf(fn() -> Vec<&'static str>),
    /// `oui` or `non`.
    Truth,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Whole,
    /// `12`, `13-1`, or several.
    Ranks,
    /// Dirhams.
    Amount,
    /// A day; where `true` a year or a month alone will do.
    Date(bool),
    /// A word of a file of the vocabulary.
    Word(&'static str),
    /// A word of the legal texts, with an article or without.
    Citation,
    /// A list.
    List(&'static Self),
    /// Fields.
    Map(&'static [Field]),
    /// Fields by rule of law.
    ByRule(&'static [Field]),
}

const fn must(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, is_required: true }
}

const fn may(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, is_required: false }
}

/// The header of a procedure.
pub const HEADER: &[Field] = &[
    must("id", Kind::Id),
    must("langue", LANG),
    may("dialecte", LANG),
    must("responsable", Kind::Word("authorities")),
    must("usagers", Kind::List(&Kind::OneOf(|| names(&AUDIENCES)))),
    may("evenement", Kind::Word("life-events")),
    must("statut", Kind::OneOf(|| names(STATUSES))),
    may("priorite", Kind::Truth),
    may("portail", Kind::Word("portals")),
    may("textes", Kind::List(&Kind::Citation)),
    may("volume", Kind::Map(VOLUME)),
    may("donnees", Kind::Map(PERSONAL_DATA)),
    may("silence", Kind::Map(SILENCE)),
    may("trente-jours", Kind::Ranks),
    may("prolongation", Kind::Ranks),
    may("verifie", Kind::Map(VERIFIED)),
    may("regles", Kind::ByRule(LEVEL)),
];

const LANG: Kind = Kind::OneOf(|| Lang::ALL.map(Lang::code).to_vec());

/// `volume`.
pub const VOLUME: &[Field] =
    &[must("nombre", Kind::Whole), may("annee", Kind::Whole), may("estime", Kind::Truth), may("source", Kind::Text)];

/// `donnees`.
pub const PERSONAL_DATA: &[Field] =
    &[may("categories", Kind::List(&Kind::Text)), may("finalite", Kind::Text), may("cndp", Kind::Text)];

/// `silence`.
pub const SILENCE: &[Field] = &[must("liste", Kind::OneOf(|| vec!["etat", "local"])), must("rang", Kind::Ranks)];

/// `verifie`.
pub const VERIFIED: &[Field] = &[must("par", Kind::Text), must("le", Kind::Date(false))];

/// A rule of `regles`.
pub const LEVEL: &[Field] = &[must("niveau", LEVELS), must("motif", Kind::Text)];

const LEVELS: Kind = Kind::OneOf(|| names(&Level::WORDS));

/// What every entry of the vocabulary may have.
pub const COMMON: &[Field] =
    &[must("fr", Kind::Text), must("ar", Kind::Text), may("en", Kind::Text), may("source", Kind::Text)];

/// What the entries of a file of the vocabulary have besides.
#[must_use]
pub const fn of_file(stem: &str) -> &'static [Field] {
    match stem.as_bytes() {
        b"burden" => BURDEN,
        b"documents" => DOCUMENTS,
        b"events" => EVENTS,
        b"authorities" => AUTHORITIES,
        b"places" => PLACES,
        b"presences" => PRESENCES,
        b"registers" => REGISTERS,
        b"portals" => PORTALS,
        b"fees" => FEES,
        b"texts" => TEXTS,
        b"rules" => RULE_LEVELS,
        b"silence" | b"investment" | b"extension" => LISTED,
        b"holidays" => HOLIDAYS,
        b"hours" => HOURS,
        b"administrations" => ADMINISTRATIONS,
        b"maturity" => MATURITY,
        _ => &[],
    }
}

const AUTHORITY: Kind = Kind::Word("authorities");

const DOCUMENTS: &[Field] = &[
    may("issuer", AUTHORITY),
    may("kind", Kind::Text),
    may("held", Kind::Flag),
    may("paper", Kind::Flag),
    may("public", Kind::Flag),
    may("procedure", Kind::Id),
    may("valid", Kind::Text),
    may("valid-source", Kind::Text),
];

/// Prices of burden, known exactly or between bounds.
const BURDEN: &[Field] = &[
    may("audiences", Kind::List(&Kind::OneOf(|| names(&AUDIENCES)))),
    may("price", Kind::List(&Kind::Amount)),
    may("minutes", Kind::List(&Kind::Whole)),
    may("fare", Kind::List(&Kind::Amount)),
    may("places", Kind::List(&Kind::Word("places"))),
    may("elsewhere", Kind::Flag),
    may("estimated", Kind::Flag),
];

const EVENTS: &[Field] = &[
    may("life-event", Kind::Word("life-events")),
    must("procedures", Kind::List(&Kind::Id)),
    may("options", Kind::List(&Kind::Id)),
];

const AUTHORITIES: &[Field] = &[may("kind", Kind::Text), may("parent", AUTHORITY), may("private", Kind::Flag)];

/// A place has one of the two.
const PLACES: &[Field] = &[may("authority", AUTHORITY), may("party", AUTHORITY)];

const PRESENCES: &[Field] = &[must("steps", Kind::List(&Kind::Text))];

const REGISTERS: &[Field] = &[
    must("authority", AUTHORITY),
    may("since", Kind::Date(true)),
    may("planned", Kind::Date(true)),
    may("supplies", Kind::List(&Kind::Word("documents"))),
    may("estimated", Kind::Flag),
];

const PORTALS: &[Field] = &[
    may("url", Kind::Text),
    may("authority", AUTHORITY),
    may("since", Kind::Date(true)),
    may("estimated", Kind::Flag),
];

const FEES: &[Field] = &[
    must("amount", Kind::Amount),
    may("text", Kind::Word("texts")),
    may("article", Kind::Text),
    may("estimated", Kind::Flag),
];

const TEXTS: &[Field] = &[may("date", Kind::Date(true)), may("law", Kind::Text)];

const RULE_LEVELS: &[Field] = &[must("level", LEVELS)];

const LISTED: &[Field] = &[
    may("authority", AUTHORITY),
    may("delay", Kind::Whole),
    may("repealed", Kind::Flag),
    may("inferred", Kind::Flag),
    may("since", Kind::Date(true)),
    may("text", Kind::Word("texts")),
];

/// A holiday has one of `date` and `hijri`, each as `MM-DD`.
const HOLIDAYS: &[Field] = &[
    may("date", Kind::Text),
    may("hijri", Kind::Text),
    may("days", Kind::Whole),
    may("since", Kind::Date(true)),
    may("until", Kind::Date(true)),
    may("text", Kind::Word("texts")),
];

/// Hours as `HH:MM`.
const HOURS: &[Field] = &[
    must("opens", Kind::Text),
    must("closes", Kind::Text),
    may("pause", Kind::Whole),
    may("text", Kind::Word("texts")),
    may("estimated", Kind::Flag),
];

/// Facts about administrations; `source` is required besides.
const ADMINISTRATIONS: &[Field] = &[
    must("authority", AUTHORITY),
    must("duty", Kind::OneOf(|| Duty::ALL.map(Duty::name).to_vec())),
    may("met", Kind::Flag),
    must("seen", Kind::Date(true)),
];

const MATURITY: &[Field] = &[
    may("weight", Kind::Whole),
    may("months", Kind::Whole),
    may("least", Kind::Whole),
    may("authorities", Kind::List(&AUTHORITY)),
];

/// The field of a name.
#[must_use]
pub fn find<'f>(fields: &'f [Field], name: &str) -> Option<&'f Field> {
    fields.iter().find(|field| field.name == name)
}

/// The names of the rules of law, and of the laws that they are of.
#[must_use]
pub fn rules() -> BTreeSet<String> {
    let laws = RULES.iter().flat_map(|rule| rule.law.split([',', ';'])).map(str::trim);
    let laws = laws.filter(|part| part.starts_with("loi ")).map(|law| law.replacen(' ', "-", 1));
    RULES.iter().map(|rule| rule.code.name().to_owned()).chain(laws).collect()
}

fn names<T>(table: &[(&'static str, T)]) -> Vec<&'static str> {
    table.iter().map(|(name, _)| *name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        finding::{Code, Findings},
        header,
        source::{Source, SourceId},
        words,
    };

    #[test]
    fn every_field_of_the_table_is_read() {
        for field in HEADER {
            let text = format!("---\n{}: x\n---\n", field.name);
            let mut findings = Findings::new(SourceId(0));
            header::read(&text, header::frame(&text).unwrap().unwrap(), &mut findings);
            let is_unknown = findings.into_vec().iter().any(|finding| finding.code == Code::FieldUnknown);
            assert!(!is_unknown, "{} is in the table, but not read", field.name);
        }
        let nested = [("volume", VOLUME), ("donnees", PERSONAL_DATA), ("silence", SILENCE), ("verifie", VERIFIED)];
        for (name, field) in nested.iter().flat_map(|(name, fields)| fields.iter().map(move |field| (name, field))) {
            let text = format!("---\n{name}: {{{}: x}}\n---\n", field.name);
            let mut findings = Findings::new(SourceId(0));
            header::read(&text, header::frame(&text).unwrap().unwrap(), &mut findings);
            let is_unknown = findings.into_vec().iter().any(|finding| finding.code == Code::FieldUnknown);
            assert!(!is_unknown, "{name}.{} is in the table, but not read", field.name);
        }
    }

    #[test]
    fn what_is_not_in_the_table_is_refused() {
        for stem in words::FILES {
            let key = if *stem == "rules" { "default" } else { "etat-1" };
            let source =
                Source::new(format!("{stem}.yaml"), format!("{key}: {{fr: a, ar: b, colour: red}}\n").as_bytes());
            let (_, _, findings) = words::read(&[(SourceId(0), &source)]);
            assert!(findings.iter().any(|finding| finding.code == Code::FieldUnknown), "{stem}");
        }
    }
}
