//! Why a change is more than compatible, in words.

use mastara_engine::{
    change::Reason,
    condition::Kind,
    flow::{Flow, Guard},
    procedure::Version,
    text::Name,
};

use super::word;
use crate::{phrase::Phrases, view::diff::ReasonView};

/// A reason: what it speaks of by name, and in words.
pub fn view(reason: &Reason, older: &Version, newer: &Version, phrases: &[Phrases<'_>; 2]) -> ReasonView {
    let teller = Teller { older: &older.flow, newer: &newer.flow, phrases };
    let one = |name: &Name| (vec![name.to_string()], vec![teller.node(name)]);
    let (kind, (names, titles)) = match reason {
        Reason::Unsound => ("unsound", (Vec::new(), Vec::new())),
        Reason::StartMoved(node) => ("start_moved", one(node)),
        Reason::Renamed(node, heir) => {
            ("renamed", (vec![node.to_string(), heir.to_string()], [node, heir].map(|name| teller.id(name)).into()))
        }
        Reason::Replaced(node, heirs) => {
            let all = std::iter::once(node).chain(heirs);
            let titles: Vec<_> = heirs.iter().map(|heir| teller.node(heir)).collect();
            let list = phrases[0].words.get("phrase.list");
            ("replaced", (all.map(ToString::to_string).collect(), vec![teller.node(node), titles.join(list)]))
        }
        Reason::Dropped(node) => ("dropped", one(node)),
        Reason::Gone(node) => ("gone", one(node)),
        Reason::OtherKind(node) => ("other_kind", one(node)),
        Reason::LeadsElsewhere(node, None) => ("leads_elsewhere", one(node)),
        Reason::LeadsElsewhere(node, Some(case)) => ("case_leads_elsewhere", teller.case(node, case)),
        Reason::DecidesOtherwise(node) => ("decides_otherwise", one(node)),
        Reason::FewerReturns(node) => ("fewer_returns", one(node)),
        Reason::OtherFork(node) => ("other_fork", one(node)),
        Reason::CaseGone(node, case) => ("case_gone", teller.case(node, case)),
        Reason::SilenceGone(node) => ("silence_gone", one(node)),
        Reason::SilenceNew(node) => ("silence_new", one(node)),
        Reason::OtherDelay(node) => ("other_delay", one(node)),
        Reason::OtherReceipt(node) => ("other_receipt", one(node)),
        Reason::OtherSilence(node) => ("other_silence", one(node)),
        Reason::OtherAppeal(node) => ("other_appeal", one(node)),
        Reason::AsksMore(node, question) => {
            let names = vec![node.to_string(), question.to_string()];
            ("asks_more", (names, vec![teller.node(node), teller.question(question)]))
        }
        Reason::OtherAnswers(question) => {
            ("other_answers", (vec![question.to_string()], vec![teller.question(question)]))
        }
        Reason::AnswerGone(question, case) => {
            let names = vec![question.to_string(), case.to_string()];
            ("answer_gone", (names, vec![teller.question(question), teller.answer(question, case)]))
        }
    };
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let text = phrases[0].words.fill(&format!("diff.reason.{kind}"), &titles);
    ReasonView { kind, names, impact: word(reason.impact()), text }
}

struct Teller<'a> {
    older: &'a Flow,
    newer: &'a Flow,
    phrases: &'a [Phrases<'a>; 2],
}

impl Teller<'_> {
    fn id(&self, name: &Name) -> String {
        self.phrases[0].words.id(name.as_str())
    }

    /// The title of a node, as the older flow has it, or else the newer one.
    fn node(&self, name: &Name) -> String {
        let of = |flow: &Flow| flow.find(name.as_str()).map(|id| flow.node(id).title.clone());
        let title = of(self.older).or_else(|| of(self.newer)).filter(|title| !title.is_empty());
        title.map_or_else(|| self.id(name), |title| self.phrases[0].text(&title))
    }

    fn case(&self, node: &Name, case: &Name) -> (Vec<String>, Vec<String>) {
        let branches = self.older.find(node.as_str()).map(|id| self.older.branches(id)).unwrap_or_default();
        let branch = branches.iter().find(|(branch, _)| matches!(&branch.guard, Guard::Ruled(own) if own == case));
        let label = branch.map_or_else(|| self.id(case), |(branch, _)| self.phrases[0].label(&branch.label, case));
        (vec![node.to_string(), case.to_string()], vec![self.node(node), label])
    }

    fn question(&self, name: &Name) -> String {
        let of = |flow: &Flow| {
            flow.questions().iter().find(|question| question.name == *name).map(|question| question.title.clone())
        };
        let title = of(self.older).or_else(|| of(self.newer)).filter(|title| !title.is_empty());
        title.map_or_else(|| self.id(name), |title| self.phrases[0].text(&title))
    }

    fn answer(&self, question: &Name, case: &Name) -> String {
        let asked = self.older.questions().iter().find(|known| known.name == *question);
        let cases = match asked.map(|asked| &asked.kind) {
            Some(Kind::OneOf(cases)) => cases.as_slice(),
            _ => &[],
        };
        let label = cases.iter().find(|known| known.name == *case).map(|known| &known.label);
        label.map_or_else(|| self.id(case), |label| self.phrases[0].label(label, case))
    }
}
