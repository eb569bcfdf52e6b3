//! The shared nouns, read from `vocabulary/*.yaml`.

mod costs;
mod time;

use std::collections::{BTreeMap, BTreeSet};

use mastara_engine::{
    Date,
    maturity::{Axis, Duty, DutyFact, Indicator, Settings},
    procedure::{DecisionList, ListEntry},
    quantity::Dirhams,
    text::{Lang, Name, Text},
    vocabulary::{Authority, Document, Fee, LegalText, ListedDecision, Place, Portal, Register, Vocabulary},
};

use rayon::prelude::*;

use crate::{
    field::{self, COMMON, Field},
    finding::{Code, Finding, Findings},
    law::{Level, Levels, RULES},
    source::{Source, SourceId, Span},
    yaml::{self, Value, Yaml},
};

/// The file names of the vocabulary, without their ending.
pub const FILES: &[&str] = &[
    "administrations",
    "authorities",
    "burden",
    "documents",
    "events",
    "extension",
    "fees",
    "holidays",
    "hours",
    "investment",
    "life-events",
    "maturity",
    "places",
    "presences",
    "portals",
    "registers",
    "rules",
    "sectors",
    "silence",
    "texts",
];

/// Reads the vocabulary from its files; entries that are wrong are findings and are left out.
#[must_use]
pub fn read(sources: &[(SourceId, &Source)]) -> (Vocabulary, Levels, Vec<Finding>) {
    let mut vocabulary = Vocabulary::default();
    let mut levels = Levels::default();
    let mut all = Vec::new();
    let mut places = Vec::new();
    let trees: Vec<_> = sources.par_iter().map(|(_, source)| yaml::parse(source.text())).collect();
    for ((id, source), tree) in sources.iter().zip(trees) {
        let mut findings = Findings::new(*id);
        let stem = source.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        match tree {
            Ok(Yaml { value: Value::Map(entries), .. }) => {
                let known = field::of_file(&stem);
                for (key, span, value) in &entries {
                    let mut entry = Entry::new(key, *span, value, &mut findings);
                    entry.check_key();
                    entry.check_fields(known);
                    if stem == "rules" {
                        read_level(&mut levels, &mut entry);
                        continue;
                    }
                    read_entry(&stem, &mut vocabulary, &mut entry);
                    places.extend(entry.references.into_iter().map(|(kind, name, span)| (*id, kind, name, span)));
                }
            }
            Ok(Yaml { value: Value::Null, .. }) => {}
            Ok(other) => {
                findings.add(Code::VocabularyEntry, other.span, ["---"]);
            }
            Err(error) => {
                findings.add(Code::HeaderSyntax, error.span, [&error.message]);
            }
        }
        all.extend(findings.into_vec());
    }
    for (id, kind, name, span) in places {
        let mut findings = Findings::new(id);
        check_reference(&vocabulary, kind, &name, span, &mut findings);
        all.extend(findings.into_vec());
    }
    for place in vocabulary.places.values_mut() {
        place.is_private = vocabulary.authorities.get(&place.authority).is_some_and(|body| body.is_private);
    }
    (vocabulary, levels, all)
}

/// Reads a file in the form of `maturity.yaml` over settings: what it does not name stays as it is. Its weights need no reason
/// in words.
#[must_use]
pub fn read_settings(source: &Source, settings: &mut Settings) -> Vec<Finding> {
    let mut findings = Findings::new(SourceId(0));
    match yaml::parse(source.text()) {
        Ok(Yaml { value: Value::Map(entries), .. }) => {
            for (key, span, value) in &entries {
                if !matches!(value.value, Value::Map(_)) {
                    findings.add(Code::VocabularyEntry, value.span, [key]);
                    continue;
                }
                let mut entry = Entry::new(key, *span, value, &mut findings);
                entry.check_fields(field::of_file("maturity"));
                read_setting(settings, &mut entry);
            }
        }
        Ok(Yaml { value: Value::Null, .. }) => {}
        Ok(other) => {
            findings.add(Code::VocabularyEntry, other.span, ["---"]);
        }
        Err(error) => {
            findings.add(Code::HeaderSyntax, error.span, [&error.message]);
        }
    }
    findings.into_vec()
}

/// What a field of the vocabulary refers to.
#[derive(Clone, Copy)]
enum Kind {
    Authority,
    Document,
    LifeEvent,
    Place,
    Text,
}

fn check_reference(vocabulary: &Vocabulary, kind: Kind, name: &str, span: Span, findings: &mut Findings) {
    fn miss<T>(table: &BTreeMap<Name, T>, code: Code, name: &str, span: Span, findings: &mut Findings) {
        if !table.contains_key(name) {
            findings.add_unknown(code, span, name, table.keys().map(Name::as_str));
        }
    }
    match kind {
        Kind::Authority => miss(&vocabulary.authorities, Code::UnknownAuthority, name, span, findings),
        Kind::Document => miss(&vocabulary.documents, Code::UnknownDocument, name, span, findings),
        Kind::LifeEvent => miss(&vocabulary.life_events, Code::UnknownLifeEvent, name, span, findings),
        Kind::Place => miss(&vocabulary.places, Code::UnknownPlace, name, span, findings),
        Kind::Text => miss(&vocabulary.texts, Code::UnknownText, name, span, findings),
    }
}

/// A level of the catalogue: of a rule by its name, or `default` for the most that any weighs. The texts give the reason.
fn read_level(levels: &mut Levels, entry: &mut Entry<'_, '_>) {
    entry.title();
    let level = entry.scalar("level").and_then(|(word, _)| Level::parse(word));
    let Some(level) = entry.required("level", level) else { return };
    if entry.key == "default" {
        levels.at_most = Some(level);
        return;
    }
    let known = || RULES.iter().map(|rule| rule.code.name());
    match Code::parse(entry.key).filter(|code| known().any(|name| name == code.name())) {
        Some(code) => {
            levels.rules.insert(code, level);
        }
        None => entry.findings.add_unknown(Code::FieldUnknown, entry.span, entry.key, known()),
    }
}

fn read_entry(stem: &str, vocabulary: &mut Vocabulary, entry: &mut Entry<'_, '_>) {
    let (name, title) = (Name::from(entry.key), entry.title());
    match stem {
        "sectors" => {
            vocabulary.sectors.insert(name, title);
        }
        "life-events" => {
            vocabulary.life_events.insert(name, title);
        }
        "documents" => {
            let document = Document {
                title,
                issuer: entry.reference("issuer", Kind::Authority),
                kind: entry.name("kind").unwrap_or_else(|| "autre".into()),
                is_held: entry.flag("held", false),
                is_paper: entry.flag("paper", true),
                is_public: entry.flag("public", false),
                procedure: entry.name("procedure"),
                validity: entry.validity(),
            };
            vocabulary.documents.insert(name, document);
        }
        "authorities" => {
            let authority = Authority {
                title,
                kind: entry.name("kind").unwrap_or_else(|| "autre".into()),
                parent: entry.reference("parent", Kind::Authority),
                is_private: entry.flag("private", false),
            };
            vocabulary.authorities.insert(name, authority);
        }
        "presences" => entry.presences(vocabulary),
        "places" => {
            let body =
                entry.reference("authority", Kind::Authority).or_else(|| entry.reference("party", Kind::Authority));
            if let Some(authority) = entry.required("authority", body) {
                vocabulary.places.insert(name, Place { title, authority, is_private: false });
            }
        }
        "registers" => {
            let body = entry.reference("authority", Kind::Authority);
            let (since, planned) = (entry.date("since"), entry.date("planned"));
            let supplies = entry.references_of("supplies", Kind::Document);
            let estimated = entry.flag("estimated", false);
            if let Some(authority) = entry.required("authority", body) {
                vocabulary.registers.insert(name, Register { title, authority, since, planned, supplies, estimated });
            }
        }
        "portals" => {
            let portal = Portal {
                title,
                url: entry.scalar("url").map(|(url, _)| url.into()),
                authority: entry.reference("authority", Kind::Authority),
            };
            vocabulary.portals.insert(name, portal);
        }
        "fees" => {
            let amount = entry.scalar("amount").and_then(|(text, _)| dirhams(text));
            let text = entry.reference("text", Kind::Text);
            let estimated = entry.flag("estimated", false);
            if let Some(amount) = entry.required("amount", amount) {
                vocabulary.fees.insert(name, Fee { title, amount, text, estimated });
            }
        }
        "texts" => {
            let text = LegalText { title, date: entry.date("date"), law: entry.name("law") };
            vocabulary.texts.insert(name, text);
        }
        "administrations" => read_duty(name, vocabulary, entry),
        "maturity" => read_setting(&mut vocabulary.maturity, entry),
        "burden" => entry.price(title, &mut vocabulary.burden),
        "events" => {
            if let Some(event) = entry.event(title) {
                vocabulary.events.insert(name, event);
            }
        }
        "silence" | "investment" | "extension" => {
            let place = list_entry(entry.key);
            let decision = ListedDecision {
                title,
                authority: entry.reference("authority", Kind::Authority),
                days: entry.whole("delay"),
                is_repealed: entry.flag("repealed", false),
                is_inferred: entry.flag("inferred", false),
                since: entry.date("since"),
                text: entry.reference("text", Kind::Text),
            };
            if let Some(place) = entry.required("rank", place) {
                vocabulary.lists.entry(place).or_default().push(decision);
            }
        }
        "holidays" => {
            if let Some(holiday) = time::holiday(entry, title) {
                vocabulary.holidays.insert(name, holiday);
            }
        }
        "hours" => {
            if let Some(opening) = time::opening(entry, title) {
                vocabulary.hours.insert(name, opening);
            }
        }
        _ => {}
    }
}

/// A fact about an administration; the texts say what was found.
fn read_duty(key: Name, vocabulary: &mut Vocabulary, entry: &mut Entry<'_, '_>) {
    let authority = entry.reference("authority", Kind::Authority);
    let duty = entry.scalar("duty").map(|(word, span)| (Duty::from_name(word), word, span));
    if let Some((None, word, span)) = duty {
        entry.findings.add_unknown(Code::FieldUnknown, span, word, Duty::ALL.map(Duty::name).into_iter());
        return;
    }
    let duty = entry.required("duty", duty.and_then(|(duty, ..)| duty));
    let date = entry.date("seen");
    let date = entry.required("seen", date);
    let source = entry.scalar("source").map(|(source, _)| source.into());
    let source = entry.required("source", source);
    let authority = entry.required("authority", authority);
    let is_met = entry.flag("met", true);
    if let (Some(authority), Some(duty), Some(date), Some(source)) = (authority, duty, date, source) {
        vocabulary.duties.push(DutyFact { key, authority, duty, is_met, date, source });
    }
}

/// A weight of an axis or indicator, or how long the evidence of a duty counts, by its name; or a threshold. The texts give
/// the reason.
fn read_setting(settings: &mut Settings, entry: &mut Entry<'_, '_>) {
    let key = entry.key;
    let axis = Axis::ALL.into_iter().find(|axis| axis.name() == key);
    if let Some(axis) = axis {
        if let Some(weight) = entry.whole("weight") {
            settings.axes[axis as usize] = u64::from(weight);
        }
    } else if let Some(indicator) = Indicator::from_code(key) {
        if let Some(weight) = entry.whole("weight") {
            settings.indicators[indicator.rank()] = u64::from(weight);
        }
    } else if let Some(duty) = Duty::from_name(key) {
        let months = entry.whole("months");
        settings.evidence[duty as usize] = months.unwrap_or(settings.evidence[duty as usize]);
    } else if key == "freshness" {
        settings.months = entry.whole("months").unwrap_or(settings.months);
    } else if key == "ranked" {
        let least = entry.whole("least").and_then(|least| usize::try_from(least).ok());
        settings.least_ranked = least.unwrap_or(settings.least_ranked);
    } else if key == "abroad" {
        settings.abroad = entry.references_of("authorities", Kind::Authority);
    } else {
        let known = Axis::ALL.map(Axis::name).into_iter().chain(Indicator::ALL.map(Indicator::code));
        let known = known.chain(Duty::ALL.map(Duty::name)).chain(["freshness", "ranked", "abroad"]);
        entry.findings.add_unknown(Code::FieldUnknown, entry.span, key, known);
    }
}

/// The words for the lists of decisions, with which the keys of their entries begin.
const LISTS: &[(&str, DecisionList)] = &[
    ("etat", DecisionList::SilenceState),
    ("local", DecisionList::SilenceLocal),
    ("trente-jours", DecisionList::ThirtyDays),
    ("prolongation", DecisionList::Extension),
];

/// The word for a list of decisions.
#[must_use]
pub fn list_word(list: DecisionList) -> &'static str {
    LISTS.iter().find(|(_, known)| *known == list).map_or("", |(word, _)| word)
}

/// The place in a list that a key says: `etat-12`, `etat-78-1`, `trente-jours-41`; a letter at the end tells decisions of one
/// rank apart.
fn list_entry(key: &str) -> Option<ListEntry> {
    let (list, rank) =
        LISTS.iter().find_map(|(word, list)| Some((*list, key.strip_prefix(word)?.strip_prefix('-')?)))?;
    let rank = rank.trim_end_matches(|c: char| c.is_ascii_lowercase()).trim_end_matches('-');
    let is_rank = rank.split('-').all(|part| part.parse::<u16>().is_ok());
    is_rank.then(|| ListEntry { list, rank: rank.into() })
}

/// An amount such as `75` or `12.50`.
#[must_use]
pub fn dirhams(text: &str) -> Option<Dirhams> {
    let (whole, cents) = text.split_once('.').unwrap_or((text, ""));
    let cents: i64 = match cents.len() {
        0 => 0,
        1 => cents.parse::<i64>().ok()? * 10,
        2 => cents.parse().ok()?,
        _ => return None,
    };
    let whole: i64 = whole.parse().ok()?;
    (0..=1_000_000_000_000).contains(&whole).then(|| Dirhams::from_centimes(whole * 100 + cents))
}

/// One entry of a vocabulary file while it is read.
struct Entry<'y, 'f> {
    key: &'y str,
    span: Span,
    fields: &'y [(String, Span, Yaml)],
    findings: &'f mut Findings,
    references: Vec<(Kind, String, Span)>,
}

impl<'y, 'f> Entry<'y, 'f> {
    fn new(key: &'y str, span: Span, value: &'y Yaml, findings: &'f mut Findings) -> Self {
        let fields = match &value.value {
            Value::Map(fields) => fields.as_slice(),
            _ => &[],
        };
        Self { key, span, fields, findings, references: Vec::new() }
    }

    /// Identifiers are Latin letters, digits and hyphens, and begin with a letter.
    fn check_key(&mut self) {
        let is_plain = self.key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if !is_plain || !self.key.starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.findings.add(Code::IdNotAscii, self.span, [self.key]);
        }
    }

    /// Fields that are not in the tables, and truths that are neither true nor false.
    fn check_fields(&mut self, table: &[Field]) {
        for (name, span, value) in self.fields {
            let Some(field) = field::find(table, name).or_else(|| field::find(COMMON, name)) else {
                let known = table.iter().chain(COMMON).map(|field| field.name);
                self.findings.add_unknown(Code::FieldUnknown, *span, name, known);
                continue;
            };
            let is_truth = matches!(&value.value, Value::Scalar(text) if text == "true" || text == "false");
            if matches!(field.kind, field::Kind::Flag) && !is_truth {
                self.findings.add(Code::FieldValue, value.span, [name, "true, false"]);
            }
        }
    }

    fn get(&self, field: &str) -> Option<&'y Yaml> {
        self.fields.iter().find(|(name, _, _)| name == field).map(|(_, _, value)| value)
    }

    fn scalar(&self, field: &str) -> Option<(&'y str, Span)> {
        match self.get(field) {
            Some(Yaml { value: Value::Scalar(text), span }) if !text.is_empty() => Some((text, *span)),
            _ => None,
        }
    }

    /// The texts of the entry; French and Arabic must be there.
    fn title(&mut self) -> Text {
        let mut title = Text::default();
        for lang in Lang::ALL {
            match self.scalar(lang.code()) {
                Some((text, _)) => title.set(lang, text),
                None if lang == Lang::En => {}
                None => {
                    self.findings.add(Code::MissingTranslation, self.span, [lang.code(), self.key]);
                }
            }
        }
        title
    }

    fn name(&self, field: &str) -> Option<Name> {
        self.scalar(field).map(|(name, _)| name.into())
    }

    fn flag(&self, field: &str, default: bool) -> bool {
        self.scalar(field).map_or(default, |(text, _)| text == "true")
    }

    fn whole(&mut self, field: &str) -> Option<u32> {
        let (text, span) = self.scalar(field)?;
        let number = text.parse().ok();
        if number.is_none() {
            self.findings.add(Code::FieldValue, span, [field, "\u{1}number"]);
        }
        number
    }

    fn date(&mut self, field: &str) -> Option<Date> {
        let (text, span) = self.scalar(field)?;
        // A year or a month alone stands for its first day.
        let rest = match text.len() {
            4 => "-01-01",
            7 => "-01",
            _ => "",
        };
        let date = format!("{text}{rest}").parse();
        if date.is_err() {
            self.findings.add(Code::NoSuchDate, span, [text]);
        }
        date.ok()
    }

    fn reference(&mut self, field: &str, kind: Kind) -> Option<Name> {
        let (name, span) = self.scalar(field)?;
        self.references.push((kind, name.to_owned(), span));
        Some(name.into())
    }

    fn references_of(&mut self, field: &str, kind: Kind) -> Vec<Name> {
        let Some(Yaml { value: Value::List(items), .. }) = self.get(field) else { return Vec::new() };
        let mut names = BTreeSet::new();
        for item in items {
            if let Value::Scalar(name) = &item.value {
                self.references.push((kind, name.clone(), item.span));
                names.insert(Name::from(name.as_str()));
            }
        }
        names.into_iter().collect()
    }

    /// Steps as `sector/procedure#step`.
    fn presences(&mut self, vocabulary: &mut Vocabulary) {
        let Some(Yaml { value: Value::List(items), .. }) = self.get("steps") else {
            self.findings.add(Code::VocabularyEntry, self.span, [&format!("{}.steps", self.key)]);
            return;
        };
        for item in items {
            let step = match &item.value {
                Value::Scalar(text) => text.split_once('#').filter(|(id, step)| id.contains('/') && !step.is_empty()),
                _ => None,
            };
            match step {
                Some((id, step)) => _ = vocabulary.presences.entry(id.into()).or_default().insert(step.into()),
                None => _ = self.findings.add(Code::FieldValue, item.span, ["steps", "`secteur/procédure#étape`"]),
            }
        }
    }

    fn required<T>(&mut self, field: &str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.findings.add(Code::VocabularyEntry, self.span, [&format!("{}.{field}", self.key)]);
        }
        value
    }
}
