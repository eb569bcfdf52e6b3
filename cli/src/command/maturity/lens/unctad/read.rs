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

/// The procedures of a table, by name; their steps by rank.
pub fn procedures(bytes: &[u8]) -> Result<Vec<Objective>, Vec<Mistake>> {
    let table = Table::read(bytes, &COLUMNS)?;
    let mut found: BTreeMap<String, BTreeMap<u64, (Step, u64)>> = BTreeMap::new();
    table.each(|row| add(row, &mut found))?;
    let objective = |(id, steps): (String, BTreeMap<u64, (Step, u64)>)| {
        Objective::new(id, steps.into_values().map(|(step, _)| step).collect())
    };
    Ok(found.into_iter().map(objective).collect())
}

fn add(row: Row<'_>, found: &mut BTreeMap<String, BTreeMap<u64, (Step, u64)>>) -> Result<(), Mistake> {
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
    let (known, line) = found.entry(id).or_default().entry(rank).or_insert_with(|| (step.clone(), row.line));
    let differs = Step { papers: Vec::new(), ..known.clone() } != step;
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
