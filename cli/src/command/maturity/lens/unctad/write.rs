//! The steps as a table that [`read`](super::read) reads back to the same totals.

use mastara_engine::lens::unctad::{Span, Step};

use super::{
    Objective,
    read::{COLUMNS, MORE},
};
use crate::spreadsheet::Sheet;

/// The table of these procedures.
pub fn table(objectives: &[Objective]) -> String {
    let mut sheet = Sheet::default();
    sheet.row(&[&COLUMNS[..], &MORE[..]].concat());
    for objective in objectives {
        for (rank, (step, _, estimated)) in objective.steps.iter().enumerate() {
            let mut cells = vec![
                objective.id.clone(),
                step.name.to_string(),
                step.entity.as_ref().map(ToString::to_string).unwrap_or_default(),
                if step.is_online { "yes" } else { "no" }.to_owned(),
                cost(step),
            ];
            let times = |time: Option<Span>| {
                let cell = |of: fn(Span) -> u64| time.map(|span| of(span).to_string()).unwrap_or_default();
                [cell(|span| span.least), cell(|span| span.most)]
            };
            cells.extend([step.at_counter, step.in_line, step.until_next].into_iter().flat_map(times));
            let rank = (rank + 1).to_string();
            let mut row = |paper: [String; 4]| {
                let mut cells = cells.clone();
                cells.extend(paper);
                cells.push(rank.clone());
                cells.extend(times(step.before));
                cells.extend([step.cost_known, *estimated].map(|is_so| if is_so { "yes" } else { "no" }.to_owned()));
                sheet.row(&cells);
            };
            if step.papers.is_empty() {
                row(Default::default());
            }
            for paper in &step.papers {
                let counts = [paper.originals, paper.copies, paper.authenticated].map(|count| count.to_string());
                let [originals, copies, authenticated] = counts;
                row([paper.name.to_string(), originals, copies, authenticated]);
            }
        }
    }
    sheet.into_text()
}

/// What is paid; nothing where nothing of it is known.
fn cost(step: &Step) -> String {
    if step.cost == 0 && !step.cost_known {
        return String::new();
    }
    format!("{}.{:02}", step.cost / 100, step.cost % 100)
}
