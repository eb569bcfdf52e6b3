//! Officers and their queues.

use super::Page;
use crate::{
    paint::{Tone, paint},
    table::Cell,
};

impl Page<'_> {
    /// A table of the officers that are limited, with what is wrong.
    pub(super) fn offices(&self) -> String {
        let offices = self.outcome.offices();
        if offices.is_empty() {
            return String::new();
        }
        let (words, figures) = (&self.context.words, self.context.figures());
        let columns = ["officers", "load", "waited", "wait", "p90", "queue", "longest", "left"];
        let mut table = self.table(&columns, &[0, 1, 2, 3, 4, 5, 6, 7]);
        let mut told = String::new();
        for office in &offices {
            let count = office.count;
            let is_overloaded = office.load.is_some_and(|load| load >= 1.0);
            let tone = if is_overloaded { Tone::Bad } else { Tone::Plain };
            let wait = |minutes: u64| self.mark.on(&self.open_time(minutes));
            table.section(&self.phrases.authority(office.authority));
            table.row([
                Cell::from(self.count(u64::from(count.officers))),
                Cell::new(tone, office.load.map_or_else(|| "–".to_owned(), |load| figures.percent(load))),
                figures.percent(office.waited).into(),
                wait(whole(office.wait)).into(),
                wait(count.wait_minutes.quantile(90).unwrap_or(0)).into(),
                figures.decimal(office.queue, 1).into(),
                self.count(count.longest).into(),
                self.count(count.left).into(),
            ]);
            if is_overloaded {
                let authority = self.phrases.authority(office.authority);
                told.push_str(&paint(Tone::Bad, &self.paragraph(&words.fill("simulate.overload", &[&authority]))));
            }
            if count.given_up > 0 {
                let args = [self.phrases.authority(office.authority), self.count(count.given_up)];
                told.push_str(&self.paragraph(&words.fill("simulate.given-up", &args.each_ref().map(String::as_str))));
            }
        }
        if offices.iter().any(|office| office.load.is_none()) {
            told.push_str(&self.paragraph(words.get("simulate.too-few")));
        }
        self.context.heading("simulate.officers") + &table.render() + &told
    }

    /// Minutes of open offices: minutes, or hours.
    #[expect(clippy::cast_precision_loss, reason = "minutes of some years")]
    fn open_time(&self, minutes: u64) -> String {
        let figures = self.context.figures();
        match minutes {
            0..60 => figures.minutes(i64::try_from(minutes).unwrap_or(i64::MAX)),
            _ => self.context.words.fill("unit.hours", &[&figures.decimal(minutes as f64 / 60.0, 1)]),
        }
    }
}

/// Minutes, to the unit.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "minutes of some years")]
fn whole(minutes: f64) -> u64 {
    minutes.round().max(0.0) as u64
}
