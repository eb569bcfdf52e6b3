//! One procedure before and after: what is changed in its nodes, and what is left.

use mastara_engine::{flow::NodeId, procedure::Version, reform::StepReasons, vocabulary::Vocabulary};

use super::{impact::Line, totals::SUMMED};
use crate::{
    context::Context,
    figures::Mark,
    paint::{Tone, paint},
    paragraph::wrap,
    phrase::{Phrases, edit::edits},
    table::{Cell, Table},
};

/// The page of one procedure.
pub fn text(line: &Line<'_>, vocabulary: &Vocabulary, context: &Context) -> String {
    let (words, version) = (&context.words, line.version);
    let phrases = Phrases { words, vocabulary, questions: version.flow.questions() };
    let title = format!("{} · {}", words.id(line.procedure.id.as_str()), phrases.text(&version.title));
    let mut text =
        format!("{}\n{}", paint(Tone::Strong, &phrases.text(&line.procedure.title)), wrap(&title, context.width, 0));
    text.push_str(&figures(line, context));
    text.push_str(&context.heading("whatif.why.changes"));
    let mut is_same = true;
    for (id, node) in version.flow.nodes() {
        let edits = edits([node, line.after().flow.node(id)], [&phrases; 2]);
        if edits.is_empty() {
            continue;
        }
        is_same = false;
        text.push_str(&format!(
            "{}  {}\n",
            words.id(node.name.as_str()),
            paint(Tone::Faint, &phrases.text(&node.title))
        ));
        for edit in edits {
            text.push_str(&wrap(&format!("  {}", edit.told(words)), context.width, 4));
        }
    }
    if is_same {
        text.push_str(&format!("{}\n", words.get("whatif.why.nothing")));
    }
    text.push_str(&context.heading("whatif.why.left"));
    let left = &line.held[1];
    if left.is_empty() {
        text.push_str(&format!("{}\n", paint(Tone::Good, words.get("whatif.why.free"))));
    }
    for step in left {
        text.push_str(&wrap(
            &format!("{}{}", lead(step.node, line, context), reasons(step, &phrases)),
            context.width,
            2,
        ));
    }
    for step in &line.held[0] {
        let is_left = left.iter().any(|other| other.node == step.node);
        if !is_left {
            let stays = is_somewhere(line.after(), step.node);
            let key = if stays { "whatif.why.stays" } else { "whatif.why.freed" };
            let gone = format!("{}{}", lead(step.node, line, context), words.get(key));
            text.push_str(&paint(if stays { Tone::Fair } else { Tone::Good }, &wrap(&gone, context.width, 2)));
        }
    }
    text
}

/// Whether a step is done at a place.
fn is_somewhere(version: &Version, id: NodeId) -> bool {
    version.flow.node(id).step().is_some_and(|step| step.channel.place().is_some())
}

fn lead(id: NodeId, line: &Line<'_>, context: &Context) -> String {
    context.words.fill("whatif.why.step", &[&context.words.id(line.version.flow.node(id).name.as_str())])
}

/// The reasons of a step, with whether it is a trip.
fn reasons(step: &StepReasons, phrases: &Phrases<'_>) -> String {
    let told: Vec<_> = step.reasons.iter().map(|reason| phrases.reason(reason)).collect();
    told.join(phrases.words.get("whatif.why.semicolon"))
}

/// The figures of the procedure, those that move in colour.
fn figures(line: &Line<'_>, context: &Context) -> String {
    let (words, figures) = (&context.words, context.figures());
    let headings = ["measure", "before", "after", "difference"].map(|column| format!("whatif.column.{column}"));
    let headings: Vec<_> = headings.iter().map(|key| words.get(key)).collect();
    let mut table = Table::new(context.width, &headings).figures(&[1, 2, 3]);
    let [before, after] = &line.measures;
    let show =
        |value: i64, at: usize| if SUMMED[at].0 == "fees_mad" { figures.amount(value) } else { figures.whole(value) };
    for (at, (name, measure)) in SUMMED.into_iter().enumerate() {
        let values = [before, after].map(|measures| measures.range(measure).nominal);
        let marks = [before, after].map(|measures| Mark::of_measure(measure, measures.standing));
        table.row([
            Cell::from(words.get(&format!("whatif.measure.{name}"))),
            marks[0].on_value(values[0], &show(values[0], at)).into(),
            marks[1].on_value(values[1], &show(values[1], at)).into(),
            super::text::difference(values[1] - values[0], &show((values[1] - values[0]).abs(), at), marks, context),
        ]);
    }
    table.row([
        Cell::from(words.get("whatif.level")),
        figures.whole(before.level.into()).into(),
        figures.whole(after.level.into()).into(),
        super::text::gain(i64::from(after.level) - i64::from(before.level), context),
    ]);
    let table = table.render();
    let legend = context.marks_in(&table);
    context.heading("whatif.figures") + &table + &legend
}
