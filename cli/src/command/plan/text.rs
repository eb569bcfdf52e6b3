//! A plan as people read it: what it saves and how sure that is, then what to build in which order.

use mastara_engine::{
    reform::{Change, Scope},
    text::Name,
    vocabulary::Vocabulary,
};
use mastara_plan::{Proof, Stage};

use super::{amount, candidate::What, study::Study};
use crate::{
    args::{Plan, PlanGoal},
    command::report::bar::bar,
    context::Context,
    figures::Mark,
    paint::{Tone, paint},
    paragraph::wrap,
    phrase::Phrases,
    survey::count,
    table::{Cell, Table},
    view::number::{as_float, share},
};

/// From how many columns on there is a bar beside the figures.
const ROOMY: usize = 100;
const BLOCKS: usize = 10;

/// The whole page.
pub fn text(study: &Study<'_>, args: &Plan, vocabulary: &Vocabulary, context: &Context) -> String {
    let page = Page { study, args, vocabulary, context };
    let title = context.words.fill(&page.key("plan.title"), &[&context.words.id(&study.at.to_string())]);
    let mut text = paint(Tone::Strong, &title) + "\n";
    if study.stages.is_empty() {
        return text + &wrap(&page.nothing(), context.width, 0) + &page.notes();
    }
    for line in page.summary() {
        text.push_str(&wrap(&line, context.width, 0));
    }
    text + "\n" + &page.table() + &page.notes()
}

struct Page<'a> {
    study: &'a Study<'a>,
    args: &'a Plan,
    vocabulary: &'a Vocabulary,
    context: &'a Context,
}

impl Page<'_> {
    /// The key of a sentence about what is to be saved.
    fn key(&self, key: &str) -> String {
        format!("{key}.{}", goal_id(self.args.goal))
    }

    fn amount(&self, amount: i64) -> String {
        amount::shown(self.args.goal, amount, self.study.mark(), self.context)
    }

    /// That no change saves anything: none of the administration asked for, if one is.
    fn nothing(&self) -> String {
        let words = &self.context.words;
        self.authority().map_or_else(
            || words.get("plan.nothing").to_owned(),
            |authority| words.fill("plan.nothing-of", &[&authority]),
        )
    }

    /// The administration asked for.
    fn authority(&self) -> Option<String> {
        let code = Name::from(self.args.authority.as_deref()?);
        let title = self.vocabulary.authorities.get(&code).map(|known| &known.title);
        Some(self.context.label(&code, title))
    }

    fn plural(&self, key: &str, number: usize) -> String {
        self.context.words.plural(key, count(number), &self.context.figures().count(number))
    }

    fn part(&self, amount: i64, whole: i64) -> String {
        self.context.figures().percent(of(amount, whole))
    }

    /// The share of the whole. Of amounts that are not wholly known it is an estimate, and no bound.
    fn of_whole(&self, amount: i64) -> String {
        let is_known = [self.study.mark(), self.study.whole_mark()].iter().all(|mark| *mark != Mark::AtLeast);
        Mark::of(true, !is_known).on(&self.part(amount, self.study.whole))
    }

    /// What is saved, whether that is the most, what greed would have saved, what execution says.
    fn summary(&self) -> Vec<String> {
        let (study, words) = (self.study, &self.context.words);
        let gain = study.solution.gain;
        let per = words.get(if self.args.every { "plan.per.case" } else { "plan.per.year" });
        let changes = self.plural("plan.changes", study.stages.len());
        let args = [
            changes.as_str(),
            &self.amount(gain),
            per,
            &self.of_whole(gain),
            &amount::shown(self.args.goal, study.whole, study.whole_mark(), self.context),
            &self.plural("plan.procedures", study.cases.len()),
        ];
        let mut lines = vec![words.fill(&self.key("plan.summary"), &args)];
        lines.push(match study.solution.proof {
            Proof::Optimal => words.get("plan.optimal").to_owned(),
            Proof::AtMost(most) => {
                let more = most.saturating_sub(gain);
                words.fill("plan.stopped", &[&self.amount(more), &self.part(more, most)])
            }
        });
        lines.push(if study.greedy < gain {
            let less = self.part(gain - study.greedy, gain);
            words.fill("plan.greedy", &[&self.amount(study.greedy), &less])
        } else {
            words.get("plan.greedy-same").to_owned()
        });
        lines.push(if study.apart.is_empty() {
            words.get("plan.measured-same").to_owned()
        } else {
            let apart: Vec<_> = study.apart.iter().map(|(id, ..)| words.id(id.as_str())).collect();
            words.fill("plan.measured", &[&self.amount(study.measured), &apart.join(words.get("list.comma"))])
        });
        if study.between.0 != study.between.1 {
            let (low, high) = study.between;
            lines.push(words.fill("plan.between", &[&self.amount(low), &self.amount(high)]));
        }
        lines
    }

    fn table(&self) -> String {
        let is_roomy = self.context.width >= ROOMY;
        let mut keys = vec!["rank", "change", "who", "gain", "total", "share"];
        keys.extend(is_roomy.then_some("bar"));
        let keys: Vec<_> = keys.iter().map(|key| format!("plan.column.{key}")).collect();
        let headings: Vec<_> = keys.iter().map(|key| self.context.words.get(key)).collect();
        let mut table = Table::new(self.context.width, &headings).figures(&[0, 3, 4, 5]);
        for (at, stage) in self.study.stages.iter().enumerate() {
            let mut cells: Vec<Cell> = vec![
                self.context.figures().count(at + 1).into(),
                self.change(stage).into(),
                self.who(stage).into(),
                self.gain(at, stage).into(),
                self.amount(stage.total).into(),
                self.of_whole(stage.total).into(),
            ];
            if is_roomy {
                let (filled, empty) = bar(of(stage.total, self.study.whole), BLOCKS);
                cells.push(Cell::new(Tone::Good, filled + &empty));
            }
            table.row(cells);
        }
        table.render()
    }

    /// What is done, after what.
    fn change(&self, stage: &Stage) -> String {
        let phrases = Phrases { words: &self.context.words, vocabulary: self.vocabulary, questions: &[] };
        let words = &self.context.words;
        let phrase = match &self.study.candidates[stage.change].what {
            What::Connect(name) => words.fill("plan.connect", &[&phrases.register(name)]),
            // Who must make it tells where it holds.
            What::Change(change @ Change { scope: Scope::Everywhere | Scope::Authority(_), .. }) => {
                phrases.action(&change.action)
            }
            What::Change(change) => phrases.change(change),
        };
        let needs: Vec<_> = self.study.needs(stage).map(|rank| self.context.figures().count(rank)).collect();
        if needs.is_empty() {
            return phrase;
        }
        words.fill("plan.after", &[&phrase, &needs.join(words.get("list.comma"))])
    }

    fn who(&self, stage: &Stage) -> String {
        let who = self.study.candidates[stage.change].who.as_ref();
        let title = |name| self.vocabulary.authorities.get(name).map(|known| &known.title);
        who.map_or_else(|| "–".to_owned(), |name| self.context.label(name, title(name)))
    }

    /// What is saved by it, or with which later one it is.
    fn gain(&self, at: usize, stage: &Stage) -> String {
        let later = self.study.stages.iter().skip(at + 1).position(|stage| stage.gain > 0);
        match later.filter(|_| stage.gain == 0) {
            Some(more) => self.context.words.fill("plan.with", &[&self.context.figures().count(at + more + 2)]),
            None => self.amount(stage.gain),
        }
    }

    fn notes(&self) -> String {
        let (study, words) = (self.study, &self.context.words);
        let mut notes = Vec::new();
        if study.stages.iter().any(|stage| stage.gain == 0) {
            notes.push(words.get("plan.with-legend").to_owned());
        }
        if self.args.every {
            notes.push(words.get("plan.every").to_owned());
        } else if let (Some(own), Some(authority)) = (study.own, self.authority()) {
            if own.with_volume < own.procedures {
                let counts = [own.with_volume, own.procedures].map(|number| self.context.figures().count(number));
                notes.push(words.fill("plan.own", &[&authority, &counts[0], &counts[1]]));
            }
        } else if study.left_out > 0 {
            notes.push(self.plural("plan.left-out", study.left_out));
        }
        if study.volumes_estimated > 0 {
            let args = [study.volumes_estimated, study.cases.len()].map(|number| self.context.figures().count(number));
            notes.push(words.fill("plan.volumes", &args.each_ref().map(String::as_str)));
        }
        if study.rests_on_estimates() {
            notes.push(words.get(&self.key("plan.estimates")).to_owned());
        }
        if [study.mark(), study.whole_mark()].contains(&Mark::AtLeast) {
            notes.push(words.get("mark.at-least").to_owned());
        }
        let lines = notes.iter().map(|note| paint(Tone::Faint, &wrap(note, self.context.width, 0)));
        format!("\n{}", lines.collect::<String>())
    }
}

/// The share of an amount.
pub fn of(amount: i64, whole: i64) -> f64 {
    let count = |amount: i64| u64::try_from(amount).unwrap_or(0);
    share(count(amount), count(whole)).min(as_float(1))
}

/// The name of a goal, as programs read it and in keys.
pub fn goal_id(goal: PlanGoal) -> &'static str {
    match goal {
        PlanGoal::Trips => "trips",
        PlanGoal::Sheets => "sheets",
        PlanGoal::Hours => "hours",
        PlanGoal::Dirhams => "dirhams",
    }
}
