//! The report as people read it: coverage, levels, before and now, then who and where, then what it is worth.

use mastara_engine::{node::Provenance, vocabulary::Vocabulary};

use super::{
    bar::bar,
    change::{Compared, change, reconstructed, yearly},
    groups,
};
use crate::{
    context::Context,
    figures::Mark,
    paint::{Tone, paint},
    paragraph::{pad, width, wrap},
    survey::{Survey, count},
    table::{Cell, Table},
    view::number::{as_float, share},
};

/// The widest bar.
const BLOCKS: usize = 32;

/// The whole page.
pub fn text(survey: &Survey<'_>, vocabulary: &Vocabulary, all: bool, context: &Context) -> String {
    let parts = [
        heading(survey, context),
        coverage(survey, context),
        levels(survey, context),
        before_now(survey, context),
        groups::by_sector(survey, vocabulary, context),
        groups::by_audience(survey, context),
        groups::by_authority(survey, vocabulary, all, context),
        standing(survey, context),
    ];
    parts.concat()
}

fn heading(survey: &Survey<'_>, context: &Context) -> String {
    let plural = |key: &str, number: usize| context.words.plural(key, count(number), &context.figures().count(number));
    let parts = [
        plural("report.procedures", survey.all.procedures),
        plural("report.sectors", survey.by_sector.len()),
        plural("report.authorities", survey.by_authority.len()),
    ];
    let title = paint(Tone::Strong, &context.words.fill("report.title", &[&survey.at.to_string()]));
    format!("{title}\n{}\n", parts.join(" · "))
}

/// A label, a bar and a figure, the labels of a group being as wide as each other.
fn bar_line(label: &str, wide: usize, of: f64, figure: &str, context: &Context) -> String {
    let blocks = context.width.saturating_sub(wide + 2 + 2 + 30).clamp(8, BLOCKS);
    let (filled, empty) = bar(of, blocks);
    format!("{}  {}{}  {figure}\n", pad(label, wide), paint(Tone::Good, &filled), paint(Tone::Faint, &empty))
}

fn coverage(survey: &Survey<'_>, context: &Context) -> String {
    let (words, figures, all) = (&context.words, context.figures(), &survey.all);
    let labels = [words.get("report.by-count"), words.get("report.by-volume")];
    let wide = labels.iter().map(|label| width(label)).max().unwrap_or(0);
    let of = words.fill("report.of", &[&figures.count(all.paperless), &figures.count(all.procedures)]);
    let figure = format!("{}  {of}", paint(Tone::Strong, &pad_left(&figures.percent(all.share()), 7)));
    let mut text = context.heading("report.coverage") + &bar_line(labels[0], wide, all.share(), &figure, context);
    let Some(by_volume) = all.by_volume() else {
        return text + &paint(Tone::Faint, words.get("report.no-volume")) + "\n";
    };
    let mark = Mark::of(true, all.volumes_estimated > 0);
    let part = Mark::of(true, all.is_paperless_estimated);
    let requests = |mark: Mark, number: u64| {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        mark.on(&if mark == Mark::Known { figures.whole(number) } else { figures.rough(number) })
    };
    let of = [requests(part, all.paperless_requests), requests(mark, all.requests)];
    let of = words.fill("report.of-requests", &[&of[0], &of[1]]);
    let figure = paint(Tone::Strong, &pad_left(&mark.on(&figures.percent(by_volume)), 7));
    text.push_str(&bar_line(labels[1], wide, by_volume, &figure, context));
    let known = [all.with_volume, all.procedures, all.volumes_estimated].map(|number| figures.count(number));
    let known = words.fill("report.volumes", &[&known[0], &known[1], &known[2]]);
    let note = wrap(&format!("{}{of} · {known}", " ".repeat(wide + 2)), context.width, wide + 2);
    text + &paint(Tone::Faint, &note)
}

fn pad_left(text: &str, room: usize) -> String {
    format!("{}{text}", " ".repeat(room.saturating_sub(width(text))))
}

fn levels(survey: &Survey<'_>, context: &Context) -> String {
    let figures = context.figures();
    let label = |level: usize| format!("{level} {}", context.words.get(&format!("level.short.{level}")));
    let labels: Vec<_> = (0..6).map(label).collect();
    let wide = labels.iter().map(|label| width(label)).max().unwrap_or(0);
    let mut text = context.heading("report.levels");
    for (level, label) in labels.iter().enumerate().rev() {
        let number = survey.all.levels[level];
        let of = share(count(number), count(survey.all.procedures));
        let figure = format!("{}  {}", pad_left(&figures.percent(of), 7), pad_left(&figures.count(number), 4));
        text.push_str(&bar_line(label, wide, of, &figure, context));
    }
    let mean = context.words.fill("report.mean-level", &[&figures.fixed(survey.all.mean_level(), 2)]);
    text + &paint(Tone::Faint, &mean) + "\n"
}

fn before_now(survey: &Survey<'_>, context: &Context) -> String {
    let (words, figures) = (&context.words, context.figures());
    let pairs = survey.pairs().count();
    let mut text = context.heading("report.before-now");
    if pairs == 0 {
        return text + &paint(Tone::Faint, words.get("report.no-pairs")) + "\n";
    }
    let mut about = vec![words.plural("report.pairs", count(pairs), &figures.count(pairs))];
    let rebuilt = reconstructed(survey);
    if rebuilt > 0 {
        about.push(words.fill("report.reconstructed", &[&figures.count(rebuilt)]));
    }
    text.push_str(&wrap(&about.join(words.get("list.comma")), context.width, 0));
    text.push_str(&changes(survey, pairs, context));
    let yearly = yearly(survey);
    if yearly.procedures > 0 {
        let sign = |number: i64| if number > 0 { "+" } else { "" };
        let shown = |number: i64| Mark::Estimated.on(&format!("{}{}", sign(number), figures.rough(number)));
        let args = [figures.count(yearly.procedures), shown(yearly.trips), shown(yearly.documents)];
        text.push_str(&wrap(&words.fill("report.yearly", &[&args[0], &args[1], &args[2]]), context.width, 0));
    }
    text
}

fn changes(survey: &Survey<'_>, pairs: usize, context: &Context) -> String {
    let (words, figures) = (&context.words, context.figures());
    let keys = ["before", "now", "difference", "percent", "mean-before", "mean-now"].map(|key| format!("report.{key}"));
    let mut headings = vec![""];
    headings.extend(keys.iter().map(|key| words.get(key)));
    let mut table = Table::new(context.width, &headings).figures(&[1, 2, 3, 4, 5, 6]);
    for compared in Compared::ALL {
        let change = change(survey, compared);
        let mark = Mark::of(true, change.is_estimated);
        let difference = as_float(change.now - change.before);
        let part = if change.before == 0 { None } else { Some(difference / as_float(change.before)) };
        let mean = |sum: i64| mark.on(&figures.fixed(as_float(sum) * share(1, count(pairs)), 1));
        let key = match compared {
            Compared::Steps => "measure.steps",
            Compared::Trips => "measure.trips",
            Compared::Documents => "measure.documents",
            Compared::Listed => "measure.listed",
        };
        let tone = if difference < 0.0 { Tone::Good } else { Tone::Plain };
        table.row([
            Cell::from(words.get(key)),
            mark.on(&figures.whole(change.before)).into(),
            mark.on(&figures.whole(change.now)).into(),
            Cell::new(tone, mark.on(&figures.difference(difference, 0))),
            part.map_or_else(String::new, |part| mark.on(&figures.percent_change(part))).into(),
            mean(change.before).into(),
            mean(change.now).into(),
        ]);
    }
    table.render()
}

/// What the figures rest on, and what is left out.
fn standing(survey: &Survey<'_>, context: &Context) -> String {
    let (words, figures) = (&context.words, context.figures());
    let provenances = [Provenance::Sourced, Provenance::Estimated, Provenance::Reconstructed];
    let known = provenances.map(|provenance| figures.count(survey.of_provenance(provenance)));
    let estimated = [
        survey.count(|measures| measures.standing.effort_estimated),
        survey.count(|measures| measures.standing.delay_estimated()),
        survey.count(|measures| measures.standing.fees_estimated),
        survey.count(|measures| measures.standing.demands_estimated),
    ]
    .map(|number| figures.count(number));
    let unknown = survey.count(|measures| !measures.standing.effort_known);
    let mut lines = vec![
        ("report.flows", words.fill("report.of-provenance", &known.each_ref().map(String::as_str))),
        ("report.estimates", words.fill("report.of-estimates", &estimated.each_ref().map(String::as_str))),
    ];
    let fees_unknown = survey.count(|measures| !measures.standing.fees_known);
    if fees_unknown > 0 {
        let line = words.plural("report.of-fees-unknown", count(fees_unknown), &figures.count(fees_unknown));
        lines.push(("report.fees-unknown", line));
    }
    if unknown > 0 {
        lines.push((
            "report.effort-unknown",
            words.plural("report.of-unknown", count(unknown), &figures.count(unknown)),
        ));
    }
    let wide = lines.iter().map(|(key, _)| width(words.get(key))).max().unwrap_or(0);
    let mut text = context.heading("report.standing");
    for (key, line) in lines {
        text.push_str(&wrap(&format!("{}  {line}", pad(words.get(key), wide)), context.width, wide + 2));
    }
    text.push_str(&left_out(survey, context));
    let legend = words.get("mark.estimated");
    text + &paint(Tone::Faint, legend) + "\n"
}

fn left_out(survey: &Survey<'_>, context: &Context) -> String {
    let ids = |ids: Vec<&str>| {
        let ids: Vec<_> = ids.into_iter().map(|id| context.words.id(id)).collect();
        ids.join(context.words.get("list.comma"))
    };
    let not_in_force = ids(survey.not_in_force.iter().map(|procedure| procedure.id.as_str()).collect());
    let not_measured = ids(survey.not_measured.iter().map(|(procedure, ..)| procedure.id.as_str()).collect());
    let mut text = String::new();
    for (key, tone, ids) in
        [("report.not-in-force", Tone::Fair, not_in_force), ("report.not-measured", Tone::Bad, not_measured)]
    {
        if !ids.is_empty() {
            text.push_str(&paint(tone, &wrap(&context.words.fill(key, &[&ids]), context.width, 2)));
        }
    }
    text
}
