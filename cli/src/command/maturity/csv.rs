//! `maturity --format csv`: a line for each scope.

use crate::{spreadsheet::Sheet, view::maturity::MaturityView};

/// The table: the State, then administrations, departments, sectors and life events.
pub fn table(view: &MaturityView) -> String {
    let mut sheet = Sheet::default();
    for row in view.rows() {
        sheet.row(&row);
    }
    sheet.into_text()
}
