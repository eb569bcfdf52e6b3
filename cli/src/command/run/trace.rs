//! The journal as a table: each event with the tally after it.

use mastara_engine::run::{Case, Event, Tally};

use super::{talk::Talk, tally::Marks};
use crate::{
    figures::Mark,
    table::{Cell, Table},
};

/// The table of all events.
pub fn table(events: &[(Event, Tally)], case: &Case<'_>, talk: &Talk<'_>) -> String {
    // What the whole way leaves open is left open at each of its events.
    let marks = Marks::of(case, talk.version);
    let words = &talk.context.words;
    let headings = ["number", "event", "steps", "trips", "documents", "sheets", "minutes", "fees"];
    let headings: Vec<String> = headings.iter().map(|heading| format!("run.trace.{heading}")).collect();
    let headings: Vec<&str> = headings.iter().map(|key| words.get(key)).collect();
    let mut table = Table::new(talk.context.width, &headings).figures(&[0, 2, 3, 4, 5, 6, 7]);
    let figures = talk.phrases.figures();
    for (at, (event, tally)) in events.iter().enumerate() {
        let known = Mark::Known;
        let counts = [
            (tally.steps, known),
            (tally.trips, known),
            (tally.documents, marks.documents),
            (tally.sheets, marks.documents),
            (tally.minutes, marks.minutes),
        ];
        let counts = counts.map(|(count, mark)| {
            let mark = if count == 0 && mark == Mark::Estimated { known } else { mark };
            Cell::from(mark.on(&figures.whole(i64::try_from(count).unwrap_or(i64::MAX))))
        });
        let mut row = vec![Cell::from((at + 1).to_string()), Cell::from(describe(event, talk))];
        row.extend(counts);
        row.push(Cell::from(marks.fees.on_value(tally.fees, &figures.amount(tally.fees))));
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
