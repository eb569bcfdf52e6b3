//! The journal as a table: each event with the tally after it.

use mastara_engine::run::{Event, Tally};

use super::talk::Talk;
use crate::table::{Cell, Table};

/// The table of all events.
pub fn table(events: &[(Event, Tally)], talk: &Talk<'_>) -> String {
    let words = &talk.context.words;
    let headings = ["number", "event", "steps", "trips", "documents", "sheets", "minutes", "fees"];
    let headings: Vec<String> = headings.iter().map(|heading| format!("run.trace.{heading}")).collect();
    let headings: Vec<&str> = headings.iter().map(|key| words.get(key)).collect();
    let mut table = Table::new(talk.context.width, &headings).figures(&[0, 2, 3, 4, 5, 6, 7]);
    let figures = talk.phrases.figures();
    for (at, (event, tally)) in events.iter().enumerate() {
        let counts = [tally.steps, tally.trips, tally.documents, tally.sheets, tally.minutes];
        let counts = counts.map(|count| Cell::from(figures.whole(i64::try_from(count).unwrap_or(i64::MAX))));
        let mut row = vec![Cell::from((at + 1).to_string()), Cell::from(describe(event, talk))];
        row.extend(counts);
        row.push(Cell::from(figures.amount(tally.fees)));
        table.row(row);
    }
    format!("\n{}", table.render())
}

fn describe(event: &Event, talk: &Talk<'_>) -> String {
    let (words, flow) = (&talk.context.words, &talk.version.flow);
    let name = |node: &mastara_engine::flow::NodeId| words.id(flow.node(*node).name.as_str());
    match event {
        Event::Answered { question, value } => {
            let name = flow.questions().get(usize::from(question.0)).map(|question| words.id(question.name.as_str()));
            words.fill("run.event.answered", &[&name.unwrap_or_default(), &talk.phrases.answer(*question, *value)])
        }
        Event::Preferred { document } => words.fill("run.event.preferred", &[&words.id(document.as_str())]),
        Event::Done { node } => words.fill("run.event.done", &[&name(node)]),
        Event::Ruled { node, case } => words.fill("run.event.ruled", &[&name(node), &talk.case(*node, case)]),
        Event::Elapsed { node } => words.fill("run.event.elapsed", &[&name(node)]),
        Event::Silent { node } => words.fill("run.event.silent", &[&name(node)]),
        Event::Withdrawn => words.get("run.withdrawn").to_owned(),
    }
}
