//! The front matter of a file: YAML between two `---` lines.

use mastara_engine::{
    Date,
    node::Citation,
    procedure::{Audience, DecisionList, ListEntry, PersonalData, Status, Volume},
    text::{Lang, Name},
};

use crate::{
    field::{self, Field, HEADER, LEVEL, PERSONAL_DATA, SILENCE, VERIFIED, VOLUME},
    finding::{Code, Findings},
    law::{Level, Levels, RULES},
    source::{Span, lines},
    yaml::{self, Value, Yaml},
};

/// What the front matter says, each word with its place.
#[derive(Debug, Default)]
pub struct Header {
    /// The keys that are there, well filled or not.
    pub keys: Vec<String>,
    /// Whether there is none, or none that can be read.
    pub is_absent: bool,
    /// The identifier.
    pub id: Option<(String, Span)>,
    /// The language of titles.
    pub lang: Lang,
    /// The language of keywords, if it is another.
    pub dialect: Lang,
    /// The authority in charge.
    pub authority: Option<(String, Span)>,
    /// Who may ask.
    pub audience: Vec<Audience>,
    /// The life event.
    pub life_event: Option<(String, Span)>,
    /// Where the file stands.
    pub status: Option<Status>,
    /// Whether it is a priority.
    pub is_priority: bool,
    /// The main portal.
    pub portal: Option<(String, Span)>,
    /// Legal bases.
    pub legal: Vec<(Citation, Span)>,
    /// Requests a year.
    pub volume: Option<Volume>,
    /// Personal data.
    pub personal_data: Option<PersonalData>,
    /// Places in the lists of decisions.
    pub listed: Vec<(ListEntry, Span)>,
    /// How much the rules of law weigh here.
    pub levels: Levels,
    /// Who verified, and when.
    pub verified: Option<(Date, Box<str>)>,
}

/// Where the front matter stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// A line before it, where nothing should be.
    pub before: Option<Span>,
    /// The YAML between the fences.
    pub yaml: Span,
    /// The first byte of the body.
    pub body: usize,
}

/// Finds the front matter; `Err` with the place of the first fence if it is not closed.
pub fn frame(text: &str) -> Result<Option<Frame>, Span> {
    let mut fences = lines(text).filter(|(_, line)| line.trim_end() == "---");
    let Some((first, fence)) = fences.next() else { return Ok(None) };
    let after = |start: usize| lines(&text[start..]).nth(1).map_or(text.len(), |(at, _)| start + at);
    match fences.next() {
        Some((second, _)) => {
            let early = lines(&text[..first]).find(|(_, line)| !line.trim().is_empty());
            let before = early.map(|(at, line)| Span::new(at, at + line.len()));
            Ok(Some(Frame { before, yaml: Span::new(after(first), second), body: after(second) }))
        }
        None => Err(Span::new(first, first + fence.len())),
    }
}

/// Reads the front matter.
pub fn read(text: &str, frame: Frame, findings: &mut Findings) -> Header {
    let yaml = text.get(frame.yaml.start as usize..frame.yaml.end as usize).unwrap_or("");
    let mut reader = Reader { findings, offset: frame.yaml.start };
    match yaml::parse(yaml) {
        Ok(Yaml { value: Value::Map(entries), .. }) => reader.header(&entries),
        Ok(other) => {
            reader.bad_value(&other, "---", "\u{1}mapping");
            Header { is_absent: true, ..Header::default() }
        }
        Err(error) => {
            let span = error.span.shifted(frame.yaml.start);
            reader.findings.add(Code::HeaderSyntax, span, [&error.message]);
            Header { is_absent: true, ..Header::default() }
        }
    }
}

struct Reader<'f> {
    findings: &'f mut Findings,
    offset: u32,
}

impl Reader<'_> {
    fn header(&mut self, entries: &[(String, Span, Yaml)]) -> Header {
        let mut header = Header::default();
        let mut dialect = None;
        for (key, span, value) in entries {
            header.keys.push(key.clone());
            if !self.is_known(HEADER, key, *span) {
                continue;
            }
            match key.as_str() {
                "id" => header.id = self.id(key, value),
                "langue" => header.lang = self.lang(key, value).unwrap_or_default(),
                "dialecte" => dialect = self.lang(key, value),
                "responsable" => header.authority = self.word(key, value),
                "usagers" => header.audience = self.audience(key, value),
                "evenement" => header.life_event = self.word(key, value),
                "statut" => header.status = self.choose(key, value, STATUSES),
                "priorite" => header.is_priority = self.choose(key, value, TRUTHS).unwrap_or(false),
                "portail" => header.portal = self.word(key, value),
                "textes" => header.legal = self.citations(key, value),
                "volume" => header.volume = self.volume(key, value),
                "donnees" => header.personal_data = self.personal_data(key, value),
                "silence" => header.listed.extend(self.silence(key, value)),
                "trente-jours" => header.listed.extend(self.ranks(DecisionList::ThirtyDays, key, value)),
                "prolongation" => header.listed.extend(self.ranks(DecisionList::Extension, key, value)),
                "verifie" => header.verified = self.verified(key, value),
                "regles" => header.levels = self.levels(key, value),
                _ => self.unknown_field(key, *span, HEADER),
            }
        }
        header.dialect = dialect.unwrap_or(header.lang);
        header
    }

    fn span(&self, span: Span) -> Span {
        span.shifted(self.offset)
    }

    /// Whether a field is one of the table; otherwise that is said.
    fn is_known(&mut self, table: &[Field], key: &str, span: Span) -> bool {
        let is_known = field::find(table, key).is_some();
        if !is_known {
            self.unknown_field(key, span, table);
        }
        is_known
    }

    fn unknown_field(&mut self, key: &str, span: Span, table: &[Field]) {
        let span = self.span(span);
        self.findings.add_unknown(Code::FieldUnknown, span, key, table.iter().map(|field| field.name));
    }

    fn bad_value(&mut self, value: &Yaml, key: &str, expected: &str) {
        let span = self.span(value.span);
        self.findings.add(Code::FieldValue, span, [key, expected]);
    }

    fn word(&mut self, key: &str, value: &Yaml) -> Option<(String, Span)> {
        match &value.value {
            Value::Scalar(word) if !word.trim().is_empty() => Some((word.trim().to_owned(), self.span(value.span))),
            _ => {
                self.bad_value(value, key, "\u{1}word");
                None
            }
        }
    }

    /// `identifier` or `sector/identifier`, in small Latin letters.
    fn id(&mut self, key: &str, value: &Yaml) -> Option<(String, Span)> {
        let (id, span) = self.word(key, value)?;
        if id.split('/').count() > 2 || !id.split('/').all(is_identifier) {
            self.findings.add(Code::IdNotAscii, span, [&id]);
        }
        Some((id, span))
    }

    fn lang(&mut self, key: &str, value: &Yaml) -> Option<Lang> {
        self.choose(key, value, &[("fr", Lang::Fr), ("ar", Lang::Ar), ("en", Lang::En)])
    }

    fn choose<T: Copy>(&mut self, key: &str, value: &Yaml, table: &[(&str, T)]) -> Option<T> {
        let (word, span) = self.word(key, value)?;
        if let Some((_, chosen)) = table.iter().find(|(name, _)| *name == word) {
            return Some(*chosen);
        }
        let names: Vec<_> = table.iter().map(|(name, _)| *name).collect();
        let suggestion = crate::finding::nearest(&word, names.iter().copied());
        self.findings.add(Code::FieldValue, span, [key, &names.join(", ")]).suggestion = suggestion;
        None
    }

    fn list<'y>(&mut self, key: &str, value: &'y Yaml) -> &'y [Yaml] {
        match &value.value {
            Value::List(items) => items,
            Value::Null => &[],
            _ => {
                self.bad_value(value, key, "[a, b]");
                &[]
            }
        }
    }

    fn map<'y>(&mut self, key: &str, value: &'y Yaml) -> Option<&'y [(String, Span, Yaml)]> {
        match &value.value {
            Value::Map(entries) => Some(entries),
            _ => {
                self.bad_value(value, key, "\u{1}mapping");
                None
            }
        }
    }

    fn audience(&mut self, key: &str, value: &Yaml) -> Vec<Audience> {
        let mut audience: Vec<_> =
            self.list(key, value).iter().filter_map(|item| self.choose(key, item, &AUDIENCES)).collect();
        audience.sort();
        audience.dedup();
        audience
    }

    fn citations(&mut self, key: &str, value: &Yaml) -> Vec<(Citation, Span)> {
        let words: Vec<_> = self.list(key, value).iter().filter_map(|item| self.word(key, item)).collect();
        words.into_iter().map(|(word, span)| (citation(&word), span)).collect()
    }

    fn volume(&mut self, key: &str, value: &Yaml) -> Option<Volume> {
        let mut volume = Volume { requests: 0, year: None, estimated: false, source: None };
        let mut found = false;
        for (field, span, value) in self.map(key, value)? {
            match field.as_str() {
                "nombre" => {
                    volume.requests = self.number(field, value)?;
                    found = true;
                }
                "annee" => volume.year = self.number::<i16>(field, value),
                "estime" => volume.estimated = self.choose(field, value, TRUTHS).unwrap_or(false),
                "source" => volume.source = self.word(field, value).map(|(text, _)| text.into()),
                _ => self.unknown_field(field, *span, VOLUME),
            }
        }
        if !found {
            let span = self.span(value.span);
            self.findings.add(Code::FieldMissing, span, ["volume.nombre"]);
        } else if volume.source.is_none() && !volume.estimated {
            let span = self.span(value.span);
            self.findings.add(Code::FigureWithoutSource, span, ["volume"]);
        }
        found.then_some(volume)
    }

    fn number<T: std::str::FromStr>(&mut self, key: &str, value: &Yaml) -> Option<T> {
        let (word, _) = self.word(key, value)?;
        let number = word.parse().ok();
        if number.is_none() {
            self.bad_value(value, key, "\u{1}number");
        }
        number
    }

    fn personal_data(&mut self, key: &str, value: &Yaml) -> Option<PersonalData> {
        let mut data = PersonalData { categories: Vec::new(), purpose: "".into(), cndp: None };
        for (field, span, value) in self.map(key, value)? {
            match field.as_str() {
                "categories" => {
                    let items = self.list(field, value);
                    data.categories = items
                        .iter()
                        .filter_map(|item| self.word(field, item))
                        .map(|(word, _)| Name::from(word.as_str()))
                        .collect();
                }
                "finalite" => data.purpose = self.word(field, value).map_or_else(|| "".into(), |(text, _)| text.into()),
                "cndp" => {
                    data.cndp =
                        self.word(field, value).map(|(text, _)| text).filter(|text| text != "aucune").map(Into::into);
                }
                _ => self.unknown_field(field, *span, PERSONAL_DATA),
            }
        }
        Some(data)
    }

    /// `{certified-copy: {niveau: off, motif: "…"}}`, or a law in the place of a rule: all that it says.
    fn levels(&mut self, key: &str, value: &Yaml) -> Levels {
        let mut levels = Levels::default();
        for (rule, span, value) in self.map(key, value).unwrap_or_default() {
            let meant: Vec<Code> = RULES.iter().filter(|known| known.is(rule)).map(|known| known.code).collect();
            if meant.is_empty() {
                let span = self.span(*span);
                let known = field::rules();
                self.findings.add_unknown(Code::FieldUnknown, span, rule, known.iter().map(String::as_str));
                continue;
            }
            let (mut level, mut has_level, mut reason) = (None, false, None);
            for (field, span, value) in self.map(rule, value).unwrap_or_default() {
                match field.as_str() {
                    "niveau" => (level, has_level) = (self.choose(field, value, &Level::WORDS), true),
                    "motif" => reason = self.word(field, value).map(|(text, _)| text),
                    _ => self.unknown_field(field, *span, LEVEL),
                }
            }
            let has_reason = reason.is_some();
            match level.zip(reason) {
                Some((level, reason)) => {
                    if level == Level::Off {
                        levels.set_aside.push((rule.clone(), reason));
                    }
                    // What is said of one rule goes before what is said of a whole law.
                    let is_one = meant.len() == 1;
                    for code in meant {
                        let known = levels.rules.entry(code).or_insert(level);
                        *known = if is_one { level } else { *known };
                    }
                }
                _ => {
                    // A level that is no level has its own finding.
                    let missing: Vec<_> = [("regles.niveau", has_level), ("regles.motif", has_reason)]
                        .into_iter()
                        .filter_map(|(key, is_told)| (!is_told).then_some(key))
                        .collect();
                    if missing.is_empty() {
                        continue;
                    }
                    let span = self.span(*span);
                    self.findings.add(Code::FieldMissing, span, [&missing.join(", ")]);
                }
            }
        }
        levels
    }

    /// `{liste: etat, rang: 12}`.
    fn silence(&mut self, key: &str, value: &Yaml) -> Vec<(ListEntry, Span)> {
        const LISTS: &[(&str, DecisionList)] =
            &[("etat", DecisionList::SilenceState), ("local", DecisionList::SilenceLocal)];
        let Some(fields) = self.map(key, value) else { return Vec::new() };
        let (mut list, mut entries) = (None, Vec::new());
        for (field, span, value) in fields {
            match field.as_str() {
                "liste" => list = self.choose(field, value, LISTS),
                "rang" => entries = self.ranks(DecisionList::SilenceState, field, value),
                _ => self.unknown_field(field, *span, SILENCE),
            }
        }
        match list {
            Some(list) if !entries.is_empty() => {
                entries.iter_mut().for_each(|(entry, _)| entry.list = list);
                entries
            }
            _ => {
                let span = self.span(value.span);
                self.findings.add(Code::FieldMissing, span, ["silence.liste, silence.rang"]);
                Vec::new()
            }
        }
    }

    /// `12`, `13-1`, or `[12, 13-1]`.
    fn ranks(&mut self, list: DecisionList, key: &str, value: &Yaml) -> Vec<(ListEntry, Span)> {
        let items = match &value.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(value),
        };
        let mut entries: Vec<(ListEntry, Span)> = Vec::new();
        for item in items {
            let Some((word, span)) = self.word(key, item) else { continue };
            let is_rank = word.len() < 12 && word.split('-').all(|part| part.parse::<u16>().is_ok());
            let entry = ListEntry { list, rank: word.as_str().into() };
            if !is_rank {
                self.bad_value(item, key, "12, 13-1");
            } else if entries.iter().all(|(known, _)| *known != entry) {
                entries.push((entry, span));
            }
        }
        entries
    }

    fn verified(&mut self, key: &str, value: &Yaml) -> Option<(Date, Box<str>)> {
        let (mut by, mut on) = (None, None);
        for (field, span, value) in self.map(key, value)? {
            match field.as_str() {
                "par" => by = self.word(field, value),
                "le" => {
                    let (word, place) = self.word(field, value)?;
                    on = word.parse().ok();
                    if on.is_none() {
                        self.findings.add(Code::NoSuchDate, place, [&word]);
                    }
                }
                _ => self.unknown_field(field, *span, VERIFIED),
            }
        }
        Some((on?, by?.0.into()))
    }
}

/// Whether a word is an identifier: small Latin letters, digits and hyphens.
fn is_identifier(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// `loi-04-20 art 7` as a citation.
#[must_use]
pub fn citation(text: &str) -> Citation {
    match text.split_once(" art ") {
        Some((text, article)) => Citation { text: text.trim().into(), article: Some(article.trim().into()) },
        None => Citation { text: text.trim().into(), article: None },
    }
}

/// The words for where a file stands.
pub const STATUSES: &[(&str, Status)] = &[
    ("brouillon", Status::Draft),
    ("vérifié", Status::Verified),
    ("verifie", Status::Verified),
    ("publié", Status::Published),
    ("publie", Status::Published),
];

const TRUTHS: &[(&str, bool)] = &[("oui", true), ("non", false), ("true", true), ("false", false)];

/// The words for who may ask.
pub const AUDIENCES: [(&str, Audience); 5] = [
    ("citoyen", Audience::Citizen),
    ("mre", Audience::Abroad),
    ("etranger", Audience::Foreigner),
    ("association", Audience::Association),
    ("entreprise", Audience::Firm),
];
