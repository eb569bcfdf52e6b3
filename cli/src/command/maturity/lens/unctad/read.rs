//! A table of steps, as eRegulations lists them: a row for each step and paper, or for a step that requires none.

use std::collections::BTreeMap;

use mastara_engine::{
    lens::unctad::{Paper, Span, Step},
    text::Name,
};

use super::{
    super::{Mistake, Row, Table},
    Objective,
};

/// The columns that there must be.
pub const COLUMNS: [&str; 16] = [
    "procedure",
    "step",
    "entity",
    "online",
    "cost",
    "counter_min",
    "counter_max",
    "line_min",
    "line_max",
    "next_min",
    "next_max",
    "requirement",
    "originals",
    "copies",
    "authenticated",
    "rank",
];

/// The columns that may be there too: what there is before the first step (minutes), whether the cost is all that is paid, and
/// whether a figure of the step is an estimate.
pub const MORE: [&str; 4] = ["before_min", "before_max", "cost_known", "estimated"];

/// A step, whether a figure of it is an estimate, and the line that told it first.
type Told = (Step, bool, u64);

/// The procedures of a table, by name; their steps by rank.
pub fn procedures(bytes: &[u8]) -> Result<Vec<Objective>, Vec<Mistake>> {
    let table = Table::read(bytes, &COLUMNS)?;
    let mut found: BTreeMap<String, BTreeMap<u64, Told>> = BTreeMap::new();
    table.each(|row| add(row, &mut found))?;
    let objective = |(id, steps): (String, BTreeMap<u64, Told>)| {
        Objective::new(id, steps.into_values().map(|(step, estimated, _)| (step, estimated)).collect())
    };
    Ok(found.into_iter().map(objective).collect())
}

fn add(row: Row<'_>, found: &mut BTreeMap<String, BTreeMap<u64, Told>>) -> Result<(), Mistake> {
    let (id, rank) = (row.must("procedure")?.to_owned(), whole(row, "rank")?);
    let is_online = match row.must("online")?.to_lowercase().as_str() {
        "yes" | "oui" | "1" => true,
        "no" | "non" | "0" => false,
        _ => return Err(row.not_one_of("online", "yes, no")),
    };
    let step = Step {
        name: Name::from(row.must("step")?),
        entity: Some(row.get("entity")).filter(|entity| !entity.is_empty()).map(Name::from),
        is_online,
        papers: Vec::new(),
        cost: centimes(row)?,
        cost_known: row.yes_or_no("cost_known")?.unwrap_or(true),
        before: if row.has("before_min") { span(row, "before_min", "before_max")? } else { Some(Span::default()) },
        at_counter: span(row, "counter_min", "counter_max")?,
        in_line: span(row, "line_min", "line_max")?,
        until_next: span(row, "next_min", "next_max")?,
    };
    let paper = match row.get("requirement") {
        "" => None,
        name => Some(Paper {
            name: Name::from(name),
            originals: whole(row, "originals")?,
            copies: whole(row, "copies")?,
            authenticated: whole(row, "authenticated")?,
        }),
    };
    let estimated = row.yes_or_no("estimated")?.unwrap_or(false);
    let steps = found.entry(id).or_default();
    let (known, is_estimated, line) = steps.entry(rank).or_insert_with(|| (step.clone(), estimated, row.line));
    let differs = Step { papers: Vec::new(), ..known.clone() } != step || *is_estimated != estimated;
    if differs {
        return Err(row.again("lens.table.differs", *line, Some("step")));
    }
    if *line != row.line && paper.is_none() {
        return Err(row.again("lens.table.doubled-row", *line, None));
    }
    known.papers.extend(paper);
    Ok(())
}

/// A count; an empty cell is none.
fn whole(row: Row<'_>, column: &str) -> Result<u64, Mistake> {
    match row.get(column) {
        "" => Ok(0),
        // Sums of a table of any size stay far below the largest number.
        text => {
            text.parse().ok().filter(|count| *count <= 1_000_000_000).ok_or_else(|| row.not_one_of(column, "0, 1, 2…"))
        }
    }
}

/// Minutes at least and at most; both empty if it is not known.
fn span(row: Row<'_>, least: &str, most: &str) -> Result<Option<Span>, Mistake> {
    match (row.get(least).is_empty(), row.get(most).is_empty()) {
        (true, true) => Ok(None),
        (false, false) => {
            let span = Span { least: whole(row, least)?, most: whole(row, most)? };
            if span.least > span.most {
                Err(row.not_one_of(most, &format!("≥ {}", span.least)))
            } else {
                Ok(Some(span))
            }
        }
        (true, false) => Err(row.mistake(least, "lens.table.no-value")),
        (false, true) => Err(row.mistake(most, "lens.table.no-value")),
    }
}

/// A sum with at most two decimals, in hundredths; an empty cell is nothing.
fn centimes(row: Row<'_>) -> Result<u64, Mistake> {
    let text = row.get("cost");
    if text.is_empty() {
        return Ok(0);
    }
    let (whole, cents) = text.split_once('.').unwrap_or((text, "00"));
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let sum = || {
        if !is_number(whole) || !is_number(cents) || cents.len() > 2 || whole.len() > 12 {
            return None;
        }
        let tens = if cents.len() == 1 { 10 } else { 1 };
        Some(whole.parse::<u64>().ok()? * 100 + cents.parse::<u64>().ok()? * tens)
    };
    sum().ok_or_else(|| row.not_one_of("cost", "0, 75, 12.50…"))
}
