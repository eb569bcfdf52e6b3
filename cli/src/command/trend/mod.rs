//! `trend`: where the catalogue stood month by month, and where what is planned leads.

mod chart;
mod course;
mod text;

use std::{fs, process::ExitCode};

use mastara_engine::Date;

pub use self::course::{Course, OfAuthority, Point, Sums, Track};
use crate::{
    args::{Trend, TrendFormat},
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
    let course = Course::new(&compiled, from, at, to);
    let page = match args.format {
        TrendFormat::Text => text::text(&course, &compiled.vocabulary, args.all, context),
        TrendFormat::Json => crate::context::json(&TrendView::new(&course, &compiled.vocabulary))? + "\n",
        TrendFormat::Svg => chart::draw(&course, context)?,
    };
    match (&args.output, args.format) {
        (Some(path), _) => fs::write(path, page).map_err(|error| Error::unwritable(path, &error))?,
        (None, TrendFormat::Text) => context.print(&page)?,
        (None, _) => context.print_exactly(&page)?,
    }
    Ok(ExitCode::SUCCESS)
}
