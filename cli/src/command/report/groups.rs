//! The tables by sector, audience and authority.

use mastara_engine::{procedure::Audience, text::Name, vocabulary::Vocabulary};

use super::bar::bar;
use crate::{
    context::Context,
    paint::Tone,
    survey::{Survey, Tally},
    table::{Cell, Table},
    view::audience_id,
};

/// How many authorities are shown unless all are asked for.
const FIRST: usize = 12;

/// How many blocks a bar has in a table.
const BLOCKS: usize = 10;

/// By sector.
pub fn by_sector(survey: &Survey<'_>, vocabulary: &Vocabulary, context: &Context) -> String {
    let rows: Vec<_> = survey
        .by_sector
        .iter()
        .map(|(name, tally)| (context.label(name, vocabulary.sectors.get(name)), tally))
        .collect();
    section("sector", &rows, context)
}

/// By who may ask.
pub fn by_audience(survey: &Survey<'_>, context: &Context) -> String {
    let name = |who| context.words.get(&audience_key(who)).to_owned();
    let rows: Vec<_> = survey.by_audience.iter().map(|(who, tally)| (name(*who), tally)).collect();
    section("audience", &rows, context)
}

/// By authority, the first ones or all.
pub fn by_authority(survey: &Survey<'_>, vocabulary: &Vocabulary, all: bool, context: &Context) -> String {
    let title_of = |name: &Name| vocabulary.authorities.get(name).map(|authority| &authority.title);
    let shown = if all { usize::MAX } else { FIRST };
    let rows: Vec<_> = survey
        .by_authority
        .iter()
        .take(shown)
        .map(|(name, tally)| (context.label(name, title_of(name)), tally))
        .collect();
    let rest = survey.by_authority.len().saturating_sub(shown);
    section("authority", &rows, context) + &context.more("report.more", rest)
}

/// The key of who may ask.
pub fn audience_key(who: Audience) -> String {
    format!("audience.{}", audience_id(who))
}

fn section(what: &str, rows: &[(String, &Tally)], context: &Context) -> String {
    let words = &context.words;
    let keys = [format!("report.column.{what}"), "report.column.procedures".to_owned()];
    let mut headings: Vec<_> = keys.iter().map(|key| words.get(key)).collect();
    headings.extend(["report.column.paperless", "report.column.share"].map(|key| words.get(key)));
    headings.extend(["", words.get("report.column.level")]);
    let mut table = Table::new(context.width, &headings).figures(&[1, 2, 3, 4, 5]);
    let figures = context.figures();
    for (title, tally) in rows {
        let (filled, empty) = bar(tally.share(), BLOCKS);
        table.row([
            Cell::from(title.as_str()),
            figures.count(tally.procedures).into(),
            figures.count(tally.paperless).into(),
            figures.percent(tally.share()).into(),
            Cell::new(Tone::Good, filled + &empty),
            figures.fixed(tally.mean_level(), 1).into(),
        ]);
    }
    context.heading(&format!("report.{what}")) + &table.render()
}
