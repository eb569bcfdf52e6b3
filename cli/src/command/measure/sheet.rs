//! All figures of a procedure, a table for each version.

use mastara_dsl::compile::Compiled;
use mastara_engine::{
    Date,
    measure::{Measures, Obstacle},
    procedure::Version,
    text::Name,
};

use super::{Measured, rows::rows};
use crate::{
    context::Context,
    measured::Unmeasured,
    paint::{Tone, paint},
    paragraph,
    table::{Cell, Table},
    view::measures::provenance,
};

/// The page of a procedure, or of one of its versions.
pub fn sheet(measured: &Measured<'_>, at: Date, only: Option<&str>, compiled: &Compiled, context: &Context) -> String {
    let procedure = measured.procedure;
    let title = paint(Tone::Strong, &paragraph::wrap(context.title(&procedure.title), context.width, 0));
    let id = paint(Tone::Accent, &context.words.id(procedure.id.as_str()));
    let mut text = format!("{title}{id}\n");
    let in_force = procedure.in_force(at).map(|version| &version.name);
    let versions = procedure.versions.iter().zip(&measured.versions);
    for (version, measures) in versions.filter(|(version, _)| only.is_none_or(|name| version.name.as_str() == name)) {
        text.push('\n');
        text.push_str(&heading(version, in_force == Some(&version.name), context));
        match measures {
            Ok(measures) => text.push_str(&figures(version, measures, compiled, context)),
            Err(unmeasured) => text.push_str(&unknown(unmeasured, context)),
        }
    }
    let is_assumed = measured.versions.iter().flatten().any(|measures| measures.ranges().any(|range| range.is_assumed));
    let keys =
        ["mark.estimated", "mark.at-least", "mark.unknown"].into_iter().chain(is_assumed.then_some("mark.assumed"));
    let legend: Vec<&str> = keys.map(|key| context.words.get(key)).collect();
    text + "\n" + &paint(Tone::Faint, &paragraph::wrap(&legend.join(" · "), context.width, 0))
}

fn heading(version: &Version, is_in_force: bool, context: &Context) -> String {
    let words = &context.words;
    let mut marks = vec![words.fill("measure.since", &[&version.from.to_string()])];
    if is_in_force {
        marks.push(words.get("measure.in-force").to_owned());
    }
    if version.is_planned {
        marks.push(words.get("measure.planned").to_owned());
    }
    marks.push(words.get(&format!("provenance.{}", provenance(version.provenance))).to_owned());
    let title = format!("{} · {}", words.id(version.name.as_str()), context.title(&version.title));
    let title = paint(Tone::Strong, &paragraph::wrap(&title, context.width, 2));
    format!("{title}{}", paragraph::wrap(&marks.join(" · "), context.width, 2))
}

fn unknown(unmeasured: &Unmeasured, context: &Context) -> String {
    paint(Tone::Bad, context.words.get(unmeasured.key())) + "\n"
}

fn figures(version: &Version, measures: &Measures, compiled: &Compiled, context: &Context) -> String {
    let words = &context.words;
    let level = words.get(&format!("level.{}", measures.level)).to_owned();
    let tone = if measures.is_paperless { Tone::Good } else { Tone::Fair };
    let mut text = paint(tone, &words.fill("measure.level", &[&measures.level.to_string(), &level])) + "\n";
    text.push_str(&table(measures, context));
    text.push_str(&obstacles(version, measures, compiled, context));
    text
}

fn table(measures: &Measures, context: &Context) -> String {
    let words = &context.words;
    let headings = ["", "measure.nominal", "measure.least", "measure.most", "measure.expected"];
    let headings = headings.map(|key| if key.is_empty() { "" } else { words.get(key) });
    let mut table = Table::new(context.width, &headings).figures(&[1, 2, 3, 4]);
    for row in rows(measures, context.figures()) {
        table.row(std::iter::once(words.get(row.key)).chain(row.cells.iter().map(String::as_str)).map(Cell::from));
    }
    table.render()
}

/// What keeps a version from being paperless, by step.
fn obstacles(version: &Version, measures: &Measures, compiled: &Compiled, context: &Context) -> String {
    if measures.obstacles.is_empty() {
        return String::new();
    }
    let words = &context.words;
    let mut text = paint(Tone::Strong, words.get("measure.obstacles")) + "\n";
    for group in measures.obstacles.chunk_by(|a, b| a.0 == b.0) {
        let obstacles: Vec<_> = group.iter().map(|(_, obstacle)| obstacle).collect();
        let why = whys(&obstacles, compiled, context).join(words.get("list.semicolon"));
        let step = context.title(&version.flow.node(group[0].0).title);
        text.push_str(&paragraph::wrap(&format!("- {step}{}{why}", words.get("list.colon")), context.width, 2));
    }
    text
}

/// The obstacles of one step, its papers together.
fn whys(obstacles: &[&Obstacle], compiled: &Compiled, context: &Context) -> Vec<String> {
    let words = &context.words;
    let has = |wanted: fn(&Obstacle) -> bool| obstacles.iter().any(|obstacle| wanted(obstacle));
    let papers = |paper: fn(&Obstacle) -> Option<&Name>| {
        let titles = obstacles.iter().filter_map(|obstacle| paper(obstacle)).map(|name| title(name, compiled, context));
        titles.collect::<Vec<_>>().join(words.get("list.comma"))
    };
    let demanded = papers(|obstacle| if let Obstacle::PaperDemanded(name) = obstacle { Some(name) } else { None });
    let received = papers(|obstacle| if let Obstacle::PaperReceived(name) = obstacle { Some(name) } else { None });
    let all = [
        (has(|obstacle| *obstacle == Obstacle::NotOnline), "obstacle.not-online", ""),
        (has(|obstacle| *obstacle == Obstacle::PartialCoverage), "obstacle.partial-coverage", ""),
        (!demanded.is_empty(), "obstacle.paper-demanded", demanded.as_str()),
        (!received.is_empty(), "obstacle.paper-received", received.as_str()),
        (has(|obstacle| matches!(obstacle, Obstacle::PaidOnSite(_))), "obstacle.paid-on-site", ""),
    ];
    all.into_iter().filter(|(is_there, ..)| *is_there).map(|(_, key, papers)| words.fill(key, &[papers])).collect()
}

/// The title of a document, or else its name.
fn title(name: &Name, compiled: &Compiled, context: &Context) -> String {
    let document = compiled.vocabulary.documents.get(name);
    document.map_or_else(|| context.words.id(name.as_str()), |document| context.title(&document.title).to_owned())
}
