//! A picture of what each budget saves: the best choice, and always the best next change.

use mastara_engine::text::Lang;
use mastara_plan::{Limit, greedy, solve};
use rayon::prelude::*;

use super::{amount, study::Study, text::goal_id};
use crate::{
    args::Plan,
    context::Context,
    error::Error,
    figures::Mark,
    template::{Page, render},
    view::{
        number::as_float,
        plan::{CurveView, LineView, MarkView},
    },
};

/// The field of the picture, in its own units.
const LEFT: f64 = 90.0;
const RIGHT: f64 = 560.0;
const TOP: f64 = 60.0;
const BOTTOM: f64 = 340.0;
/// Names of lines that end near each other are kept apart by so much.
const APART: f64 = 18.0;

/// The picture as SVG.
pub fn curve(study: &Study<'_>, args: &Plan, limit: Limit, context: &Context) -> Result<String, Error> {
    let budgets: Vec<u32> = (0..=args.budget).collect();
    let best: Vec<i64> =
        budgets.par_iter().map(|budget| solve(&study.instance, u64::from(*budget), limit).gain).collect();
    let by_greed: Vec<i64> =
        budgets.par_iter().map(|budget| study.instance.gain(&greedy(&study.instance, u64::from(*budget)))).collect();
    let top = best.iter().chain(&by_greed).copied().max().unwrap_or(0).max(1);
    let x = |at: u32| LEFT + (RIGHT - LEFT) * f64::from(at) / f64::from(args.budget.max(1));
    let y = |gain: i64| BOTTOM - (BOTTOM - TOP) * as_float(gain) / as_float(top);
    let points = |gains: &[i64]| -> String {
        let points: Vec<_> =
            budgets.iter().zip(gains).map(|(at, gain)| format!("{:.1},{:.1}", x(*at), y(*gain))).collect();
        points.join(" ")
    };
    let end = |gains: &[i64]| (y(gains.last().copied().unwrap_or(0)) * 10.0).round() / 10.0 + 4.0;
    let words = &context.words;
    let title = words.fill(&format!("plan.curve.title.{}", goal_id(args.goal)), &[&words.id(&study.at.to_string())]);
    let line =
        |name: &str, gains: &[i64], end: f64| LineView { name: words.get(name).to_owned(), points: points(gains), end };
    let best_end = end(&best);
    let unit = amount::unit(args.goal);
    // Nothing is nothing, however well the rest is known.
    let mark = |gain: i64| if gain == 0 { Mark::Known } else { study.mark() };
    let height = |gain: i64| MarkView { at: y(gain), label: amount::shown(args.goal, gain, mark(gain), context) };
    let apart = round_step(top / unit).saturating_mul(unit);
    let step = args.budget.div_ceil(10).max(1);
    let view = CurveView {
        lang: context.lang.code(),
        is_rtl: context.lang == Lang::Ar,
        title,
        below: words.get("plan.curve.budget").to_owned(),
        note: note(study.mark(), context),
        best: line("plan.curve.best", &best, best_end),
        greedy: line("plan.curve.greedy", &by_greed, end(&by_greed).max(best_end + APART)),
        heights: (0..=top / apart).map(|at| height(at * apart)).collect(),
        budgets: (0..=args.budget)
            .filter(|at| at.is_multiple_of(step))
            .map(|at| MarkView { at: x(at), label: at.to_string() })
            .collect(),
    };
    render(Page::Curve, view)
}

/// What the second line and the marks mean.
fn note(mark: Mark, context: &Context) -> String {
    let sign = match mark {
        Mark::Known => None,
        Mark::Estimated => Some("mark.estimated"),
        Mark::AtLeast => Some("mark.at-least"),
    };
    let keys = std::iter::once("plan.curve.greedy-legend").chain(sign);
    keys.map(|key| context.words.get(key)).collect::<Vec<_>>().join(" · ")
}

/// The step of an axis to this height: 1, 2 or 5 and noughts, so that there are four to nine lines.
fn round_step(top: i64) -> i64 {
    let power = 10_i64.pow(top.max(1).ilog10());
    let steps = [power / 10 * 2, power / 10 * 5, power, power * 2];
    steps.into_iter().find(|step| *step > 0 && top / step <= 8).unwrap_or(1)
}
