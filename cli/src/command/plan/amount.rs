//! Amounts of a plan, as people and programs read them.

use super::goal::OF_CENTIME;
use crate::{
    args::PlanGoal,
    context::Context,
    figures::Mark,
    view::number::{Number, as_float},
};

/// An amount in the unit of the goal: trips, sheets, hours or dirhams.
pub fn number(goal: PlanGoal, amount: i64) -> Number {
    match goal {
        PlanGoal::Trips | PlanGoal::Sheets => Number::whole(amount),
        PlanGoal::Hours => Number::rounded(as_float(amount) / 3600.0),
        PlanGoal::Dirhams => Number::mean_dirhams(as_float(amount) / as_float(OF_CENTIME)),
    }
}

/// The same for people: whole, and of an estimate three digits; what is at least so much is not rounded up.
pub fn shown(goal: PlanGoal, amount: i64, mark: Mark, context: &Context) -> String {
    let unit = unit(goal);
    let figures = context.figures();
    match mark {
        Mark::Known => figures.whole(amount.saturating_add(unit / 2).div_euclid(unit)),
        Mark::Estimated => mark.on(&figures.rough(amount.saturating_add(unit / 2).div_euclid(unit))),
        Mark::AtLeast => {
            let whole = amount.div_euclid(unit);
            let digits = 10_i64.pow(whole.unsigned_abs().max(1).ilog10().saturating_sub(2));
            mark.on_value(whole, &figures.whole(whole.div_euclid(digits) * digits))
        }
    }
}

/// How much of an amount is one trip, sheet, hour or dirham.
pub fn unit(goal: PlanGoal) -> i64 {
    match goal {
        PlanGoal::Trips | PlanGoal::Sheets => 1,
        PlanGoal::Hours => 3600,
        PlanGoal::Dirhams => OF_CENTIME * 100,
    }
}
