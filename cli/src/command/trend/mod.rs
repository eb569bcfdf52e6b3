//! `trend`: where the catalogue stood month by month, and where what is planned leads.

mod chart;
mod course;
mod text;

use std::{fs, process::ExitCode};

use mastara_engine::{Date, text::Name};

pub use self::course::{Course, OfAuthority, Point, Sums, Track};
use crate::{
    args::{PictureFormat, Trend},
    context::Context,
    error::Error,
    view::trend::TrendView,
};

/// The first month shown unless another is asked for.
const FROM: Date = Date::constant(2010, 1, 1);
/// The horizon of "Maroc Digital 2030".
const TO: Date = Date::constant(2030, 12, 31);

/// Runs the command.
pub fn run(args: &Trend, context: &Context) -> Result<ExitCode, Error> {
    let compiled = context.catalogue()?;
    let at = args.at.unwrap_or_else(|| context.today());
    let (from, to) = (args.from.unwrap_or(FROM), args.to.unwrap_or(TO));
    if !(from <= at && at <= to) {
        let days = [from, at, to].map(|day| day.to_string());
        return Err(Error::new("error.trend-span", days.each_ref().map(String::as_str)));
    }
    let authority = args.authority.as_deref().map(Name::from);
    if let Some(code) = authority.as_ref().filter(|code| !compiled.vocabulary.authorities.contains_key(*code)) {
        let known = compiled.vocabulary.authorities.keys().map(Name::as_str);
        return Err(Error::unknown("error.authority", code.as_str(), known));
    }
    let course = Course::new(&compiled, [from, at, to], authority.as_ref());
    let known = |code| compiled.vocabulary.authorities.get(code).map(|known| &known.title);
    let of = authority.as_ref().map(|code| context.label(code, known(code)));
    let of = of.as_deref();
    let page = match args.format {
        PictureFormat::Csv | PictureFormat::Svg if args.unplanned => {
            let format = if args.format == PictureFormat::Csv { "csv" } else { "svg" };
            return Err(Error::new("error.graph-format", [format, "text, json"]));
        }
        PictureFormat::Text => text::text(&course, &compiled.vocabulary, (args, of), context),
        PictureFormat::Json => crate::context::json(&TrendView::new(&course, &compiled.vocabulary, args))? + "\n",
        PictureFormat::Csv => csv(&course),
        PictureFormat::Svg => chart::draw(&course, of, context)?,
    };
    match (&args.output, args.format) {
        (Some(path), _) => fs::write(path, page).map_err(|error| Error::unwritable(path, &error))?,
        (None, PictureFormat::Text) => context.print(&page)?,
        (None, _) => context.print_exactly(&page)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// A line a month, for spreadsheets; numbers and dates alone, so that nothing needs quoting.
fn csv(course: &Course<'_>) -> String {
    let mut text = "day,planned,procedures,paperless,requests,paperless_requests,trips,documents\n".to_owned();
    for Point { day, is_planned, all, .. } in &course.points {
        let Sums { procedures, paperless, requests, paperless_requests, trips, documents, .. } = all;
        text.push_str(&format!(
            "{day},{is_planned},{procedures},{paperless},{requests},{paperless_requests},{trips},{documents}\n"
        ));
    }
    text
}
