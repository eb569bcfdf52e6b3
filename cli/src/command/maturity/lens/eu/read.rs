//! A table of answers to the questionnaire of the EU benchmark: a row for each service, site and question.

use std::collections::{BTreeMap, BTreeSet};

use mastara_engine::{
    lens::eu::{Answer, Channel, Kind, Level, Question, Scale, Service, Site},
    text::Name,
};

use super::super::{Mistake, Row, Table};

/// The columns that there must be; `url` and `estimated` may be there too.
pub const COLUMNS: [&str; 9] =
    ["country", "year", "life_event", "service", "kind", "level", "channel", "question", "answer"];

/// The words of `kind`.
pub const KINDS: [(&str, Kind); 2] = [("transactional", Kind::Transactional), ("informational", Kind::Informational)];
/// The words of `level`.
pub const LEVELS: [(&str, Level); 3] =
    [("central", Level::Central), ("regional", Level::Regional), ("local", Level::Local)];
/// The words of `channel`.
pub const CHANNELS: [(&str, Channel); 2] = [("national", Channel::National), ("cross-border", Channel::CrossBorder)];

/// What is known of a service while its rows are read.
struct Draft {
    line: u64,
    kind: Kind,
    level: Level,
    sites: BTreeMap<String, Site>,
}

type Key = (String, i16, String, String);

/// The answers that are estimates, whatever the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Estimates(BTreeSet<(Key, Channel, Question)>);

impl Estimates {
    /// The answer of a service to a question is one.
    pub fn add(&mut self, service: &Service, channel: Channel, question: Question) {
        self.0.insert((key(service), channel, question));
    }

    /// Whether the answer of a service to a question is one.
    pub fn has(&self, service: &Service, channel: Channel, question: Question) -> bool {
        self.0.contains(&(key(service), channel, question))
    }
}

fn key(service: &Service) -> Key {
    let text = |name: &Name| name.to_string();
    (text(&service.country), service.year, text(&service.life_event), text(&service.name))
}

/// The services of a table, by country, year, life event and name, and which of their answers are estimates.
pub fn services(bytes: &[u8]) -> Result<(Vec<Service>, Estimates), Vec<Mistake>> {
    let table = Table::read(bytes, &COLUMNS)?;
    let mut drafts: BTreeMap<Key, Draft> = BTreeMap::new();
    let mut lines: BTreeMap<(Key, String, Channel, Question), u64> = BTreeMap::new();
    let mut estimates = Estimates::default();
    table.each(|row| {
        let (key, channel, question) = add(row, &mut drafts, &mut lines)?;
        if row.yes_or_no("estimated")? == Some(true) {
            estimates.0.insert((key, channel, question));
        }
        Ok(())
    })?;
    let service = |((country, year, life_event, name), draft): (Key, Draft)| Service {
        country: Name::from(country.as_str()),
        year,
        life_event: Name::from(life_event.as_str()),
        name: Name::from(name.as_str()),
        kind: draft.kind,
        level: draft.level,
        sites: draft.sites.into_values().collect(),
    };
    Ok((drafts.into_iter().map(service).collect(), estimates))
}

fn add(
    row: Row<'_>,
    drafts: &mut BTreeMap<Key, Draft>,
    lines: &mut BTreeMap<(Key, String, Channel, Question), u64>,
) -> Result<(Key, Channel, Question), Mistake> {
    let year: i16 = row
        .must("year")?
        .parse()
        .ok()
        .filter(|year| (1990..=2100).contains(year))
        .ok_or_else(|| row.not_one_of("year", "1990–2100"))?;
    let key =
        (row.must("country")?.to_owned(), year, row.get("life_event").to_owned(), row.must("service")?.to_owned());
    let kind = word(row, "kind", &KINDS)?;
    let level = word(row, "level", &LEVELS)?;
    let channel = word(row, "channel", &CHANNELS)?;
    let question =
        Question::from_code(row.must("question")?).ok_or_else(|| row.mistake("question", "lens.table.question"))?;
    if !question.is_asked(channel) {
        return Err(row.mistake("question", "lens.table.channel"));
    }
    let answer = answer(row, question)?;
    let site = row.get("url").to_owned();
    if let Some(earlier) = lines.insert((key.clone(), site.clone(), channel, question), row.line) {
        return Err(row.again("lens.table.doubled-row", earlier, None));
    }
    let draft =
        drafts.entry(key.clone()).or_insert_with(|| Draft { line: row.line, kind, level, sites: BTreeMap::new() });
    for (column, differs) in [("kind", draft.kind != kind), ("level", draft.level != level)] {
        if differs {
            return Err(row.again("lens.table.differs", draft.line, Some(column)));
        }
    }
    draft.sites.entry(site).or_default().insert((channel, question), answer);
    Ok((key, channel, question))
}

fn word<T: Copy>(row: Row<'_>, column: &str, words: &[(&str, T)]) -> Result<T, Mistake> {
    let cell = row.must(column)?;
    let found = words.iter().find(|(word, _)| word.eq_ignore_ascii_case(cell)).map(|(_, value)| *value);
    let known = || words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
    found.ok_or_else(|| row.not_one_of(column, &known()))
}

/// `yes`, `no`, a grade of the question's scale, `na` or `nr` (left out), `?` (applies, not known).
fn answer(row: Row<'_>, question: Question) -> Result<Answer, Mistake> {
    let cell = row.must("answer")?.to_lowercase();
    let grades = question.scale().grades();
    let known = match cell.as_str() {
        "na" | "n/a" | "nr" => Some(Answer::NotApplicable),
        "?" => Some(Answer::Unknown),
        "yes" | "oui" | "1" if question.scale() == Scale::YesNo => Some(Answer::YES),
        "no" | "non" if question.scale() == Scale::YesNo => Some(Answer::NO),
        number => number.parse().ok().filter(|grade| grades.contains(grade)).map(Answer::Grade),
    };
    known.ok_or_else(|| {
        let mut values: Vec<String> = grades.iter().map(u8::to_string).collect();
        if question.scale() == Scale::YesNo {
            values = vec!["yes".to_owned(), "no".to_owned()];
        }
        values.extend(["na", "nr", "?"].map(str::to_owned));
        row.not_one_of("answer", &values.join(", "))
    })
}
