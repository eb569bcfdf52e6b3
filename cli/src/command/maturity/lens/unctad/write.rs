//! The steps as a table that [`read`](super::read) reads back to the same totals.

use mastara_engine::lens::unctad::Span;

use super::{Objective, read::COLUMNS};
use crate::spreadsheet::Sheet;

/// The table of these procedures.
pub fn table(objectives: &[Objective]) -> String {
    let mut sheet = Sheet::default();
    sheet.row(&COLUMNS);
    for objective in objectives {
        for (rank, (step, ..)) in objective.steps.iter().enumerate() {
            let mut cells = vec![
                objective.id.clone(),
                step.name.to_string(),
                step.entity.as_ref().map(ToString::to_string).unwrap_or_default(),
                if step.is_online { "yes" } else { "no" }.to_owned(),
                format!("{}.{:02}", step.cost / 100, step.cost % 100),
            ];
            for time in [step.at_counter, step.in_line, step.until_next] {
                let cell = |of: fn(Span) -> u64| time.map(|span| of(span).to_string()).unwrap_or_default();
                cells.extend([cell(|span| span.least), cell(|span| span.most)]);
            }
            let rank = (rank + 1).to_string();
            let mut row = |paper: [String; 4]| {
                let mut cells = cells.clone();
                cells.extend(paper);
                cells.push(rank.clone());
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
