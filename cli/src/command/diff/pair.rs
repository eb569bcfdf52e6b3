//! Two versions: what the change means for running cases, the figures that moved, and for whom.

use mastara_engine::{
    answers::Answers,
    change::{Change, Concerned, Impact, concerned},
    flow::Flow,
    procedure::Version,
    program::Program,
};

use super::{Differ, Side, edits, reasons, word};
use crate::{
    command::compare::{self, figures, papers},
    measured::measure,
    phrase::Phrases,
    view::{
        comparison::MeasureView,
        diff::{PairDiffView, WhomView},
        sheet::Named,
    },
};

impl Differ<'_> {
    /// Compares two versions.
    pub(super) fn pair(&self, older: &Version, newer: &Version, in_force: bool) -> (Impact, PairDiffView) {
        let change = Change::between(older, newer);
        let phrases =
            [(self.older, older), (self.newer, newer)].map(|(side, version)| self.phrases(side, &version.flow));
        let mut view = PairDiffView {
            from: self.version(older),
            to: self.version(newer),
            in_force,
            heading: heading(older, newer, in_force, &phrases),
            impact: word(change.impact),
            reasons: change.reasons.iter().map(|reason| reasons::view(reason, older, newer, &phrases)).collect(),
            edits: edits::version(older, newer, &change, &phrases),
            whom: None,
            measures: Vec::new(),
            gone: Vec::new(),
            added: Vec::new(),
            unmeasured: None,
        };
        if change.impact > Impact::Text {
            self.measures(older, newer, &phrases, &mut view);
        }
        (change.impact, view)
    }

    fn phrases<'p>(&'p self, side: &'p Side, flow: &'p Flow) -> Phrases<'p> {
        Phrases { words: &self.context.words, vocabulary: &side.compiled.vocabulary, questions: flow.questions() }
    }

    fn measures(&self, older: &Version, newer: &Version, phrases: &[Phrases<'_>; 2], view: &mut PairDiffView) {
        let measured = |version| measure(version).map_err(|why| self.context.words.get(why.key()).to_owned());
        let (before, after) = match (measured(older), measured(newer)) {
            (Ok(before), Ok(after)) => (before, after),
            (Err(why), _) | (_, Err(why)) => {
                view.unmeasured = Some(why);
                return;
            }
        };
        let everybody = Answers::everybody;
        let before = compare::Side { version: older, phrases: phrases[0], person: everybody(), measures: before };
        let after = compare::Side { version: newer, phrases: phrases[1], person: everybody(), measures: after };
        view.measures = figures::measures(&before, &after).into_iter().filter(has_moved).collect();
        let papers = papers::papers(&before, &after);
        view.gone = papers.gone.into_iter().map(|paper| Named { id: paper.id, title: paper.title }).collect();
        view.added = papers.added;
        view.whom = self.whom(&older.flow, &newer.flow, phrases);
    }

    /// For whom figures moved, if they did for anybody.
    fn whom(&self, older: &Flow, newer: &Flow, phrases: &[Phrases<'_>; 2]) -> Option<WhomView> {
        let (before, after) = (Program::compile(older).ok()?, Program::compile(newer).ok()?);
        match concerned((older, &before), (newer, &after)).ok()? {
            Concerned::Nobody => None,
            Concerned::Everybody => {
                Some(WhomView { everybody: true, text: self.context.words.get("diff.everybody").to_owned() })
            }
            Concerned::Those { condition, is_newer } => {
                let text = phrases[usize::from(is_newer)].condition(&condition);
                Some(WhomView { everybody: false, text })
            }
        }
    }
}

/// Which versions are compared.
fn heading(older: &Version, newer: &Version, in_force: bool, phrases: &[Phrases<'_>; 2]) -> String {
    let words = phrases[1].words;
    let title = phrases[1].text(&newer.title);
    let name = match older.name == newer.name {
        true => title,
        false => words.fill("diff.passes", &[&phrases[0].text(&older.title), &title]),
    };
    words.fill(if in_force { "diff.in-force" } else { "diff.version" }, &[&name])
}

/// Whether a measure is another: along the nominal way, at least, at most or on average.
fn has_moved(measure: &MeasureView) -> bool {
    measure.aspects().iter().any(|(_, pair)| pair.has_moved())
}
