//! `measure --format csv`: a line for each version.

use crate::{
    spreadsheet::Sheet,
    view::{
        measures::{FiguresView, MeasuresView, RangeView},
        number::Number,
    },
};

/// The names of the four values of a measure.
const ASPECTS: [&str; 4] = ["nominal", "least", "most", "expected"];

/// The measures with four values, in the order of the columns.
const RANGES: [&str; 10] = [
    "steps",
    "trips",
    "documents",
    "sheets",
    "fetched",
    "effort_minutes",
    "legal_delay_days",
    "expected_delay_days",
    "fees_mad",
    "agencies",
];

/// The table of all versions; a version that cannot be measured has empty figures and a reason.
pub fn table(view: &MeasuresView) -> String {
    let mut headings: Vec<_> =
        ["procedure", "version", "from", "planned", "provenance", "in_force", "level", "paperless", "listed"]
            .map(str::to_owned)
            .to_vec();
    headings.extend(RANGES.iter().flat_map(|range| ASPECTS.map(|aspect| format!("{range}_{aspect}"))));
    headings.extend(["fees_known", "error"].map(str::to_owned));
    let mut sheet = Sheet::default();
    sheet.row(&headings);
    for procedure in &view.procedures {
        for version in &procedure.versions {
            let mut cells = vec![procedure.id.clone(), version.id.clone(), version.from.clone()];
            cells.extend([version.planned.to_string(), version.provenance.to_owned(), version.in_force.to_string()]);
            match &version.figures {
                Some(figures) => cells.extend(figure_cells(figures)),
                None => cells.resize(headings.len() - 1, String::new()),
            }
            cells.push(version.error.clone().unwrap_or_default());
            sheet.row(&cells);
        }
    }
    sheet.into_text()
}

fn figure_cells(figures: &FiguresView) -> Vec<String> {
    let mut cells =
        vec![figures.level.to_string(), figures.paperless.to_string(), figures.documents.listed.to_string()];
    let ranges: [&RangeView; RANGES.len()] = [
        &figures.steps,
        &figures.trips,
        &figures.documents.range,
        &figures.sheets,
        &figures.fetched,
        &figures.effort_minutes,
        &figures.delay_days.legal,
        &figures.delay_days.expected,
        &figures.fees_mad,
        &figures.agencies,
    ];
    for (range, heading) in ranges.into_iter().zip(RANGES) {
        // Of fees that nobody knows there is no figure.
        if heading == "fees_mad" && !figures.standing.fees_known && range.most == Number::whole(0) {
            cells.extend([const { String::new() }; 4]);
            continue;
        }
        cells.extend([range.nominal, range.least, range.most, range.expected].map(Number::text));
    }
    cells.push(figures.standing.fees_known.to_string());
    cells
}
