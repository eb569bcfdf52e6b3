//! `report --format csv`: a line for each group.

use crate::{
    spreadsheet::Sheet,
    view::{
        number::Number,
        report::{GroupView, ReportView},
    },
};

/// The table: all procedures, then each authority, sector and audience.
pub fn table(view: &ReportView) -> String {
    let mut sheet = Sheet::default();
    let mut headings =
        ["group", "id", "procedures", "paperless", "share", "by_volume", "mean_level"].map(str::to_owned).to_vec();
    headings.extend((0..=5).map(|level| format!("level_{level}")));
    sheet.row(&headings);
    let all = GroupView {
        id: String::new(),
        title: None,
        procedures: view.procedures,
        paperless: view.paperless.count,
        share: view.paperless.share,
        by_volume: view.paperless.by_volume,
        mean_level: view.mean_level,
        levels: view.levels.clone(),
    };
    sheet.row(&row("all", &all));
    for (name, groups) in
        [("authority", &view.by_authority), ("sector", &view.by_sector), ("audience", &view.by_audience)]
    {
        for group in groups {
            sheet.row(&row(name, group));
        }
    }
    sheet.into_text()
}

fn row(name: &str, group: &GroupView) -> Vec<String> {
    let mut cells = vec![name.to_owned(), group.id.clone()];
    cells.extend([group.procedures.to_string(), group.paperless.to_string(), group.share.text()]);
    cells.extend([group.by_volume.map(Number::text).unwrap_or_default(), group.mean_level.text()]);
    cells.extend(group.levels.values().map(ToString::to_string));
    cells
}
