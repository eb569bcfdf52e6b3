//! The sheet, put together.

use mastara_engine::{
    Date,
    condition::QuestionId,
    flow::NodeId,
    measure::Measures,
    node::{Nature, NodeKind, Source},
    procedure::Audience,
    text::Name,
};

use super::{
    course::{Course, Detour},
    maker::Maker,
    papers::papers,
    stage::{payments, stage},
    summary,
};
use crate::{
    figures::Mark,
    graph::{Way, branch_label},
    person::{self, possible},
    view::{
        audience_id,
        measures::{FiguresView, provenance},
        sheet::{DetourView, GivenView, Named, OutcomeView, QuestionView, SheetVersionView, SheetView, StageView},
    },
};

impl Maker<'_> {
    /// The whole sheet.
    pub fn sheet(&self, way: &Way, measures: Option<&Measures>, at: Date) -> SheetView {
        let course = Course::of(self.flow(), self.person, way);
        let all: Vec<NodeId> =
            course.main.iter().chain(course.detours.iter().flat_map(|detour| &detour.nodes)).copied().collect();
        let procedure = self.procedure;
        SheetView {
            id: procedure.id.to_string(),
            title: self.phrases.text(&procedure.title),
            authority: Named {
                id: procedure.authority.to_string(),
                title: self.phrases.authority(&procedure.authority),
            },
            audience: procedure.audience.iter().map(|audience| self.audience(*audience)).collect(),
            version: self.version_view(at),
            given: self.given(),
            figures: measures.map(|measures| FiguresView::new(measures, self.flow())),
            summary: measures.map(|measures| summary::summary(measures, self.phrases.words)).unwrap_or_default(),
            open: self.questions(&possible::open_questions(self.flow(), self.person)),
            papers: papers(self, &course.main),
            payments: course.main.iter().flat_map(|id| payments(self, *id)).collect(),
            stages: self.stages(&course.main, &course),
            detours: course.detours.iter().map(|detour| self.detour(detour, &course)).collect(),
            questions: self.questions(&self.asked(&all)),
            outcomes: self.outcomes(way, &course),
            legal: self.legal(),
            sources: self.version.sources.iter().chain(&procedure.sources).map(|source| self.source(source)).collect(),
        }
    }

    fn audience(&self, audience: Audience) -> Named {
        let id = audience_id(audience);
        Named { id: id.to_owned(), title: self.phrases.words.get(&format!("show.audience.{id}")).to_owned() }
    }

    fn version_view(&self, at: Date) -> SheetVersionView {
        SheetVersionView {
            id: self.version.name.to_string(),
            title: self.phrases.text(&self.version.title),
            from: self.version.from.to_string(),
            planned: self.version.is_planned,
            in_force: self.procedure.in_force(at).is_some_and(|version| version.name == self.version.name),
            provenance: provenance(self.version.provenance),
        }
    }

    /// What was told of the person, in the order of the file.
    fn given(&self) -> Vec<GivenView> {
        let questions = self.flow().questions();
        let answers = self.person.iter().filter_map(|(question, value)| {
            let id = questions.get(usize::from(question.0))?.name.to_string();
            let (title, answer) = (self.phrases.question(question), self.phrases.answer(question, value));
            Some(GivenView { id, title, answer })
        });
        let rulings = self.flow().nodes().filter(|(id, _)| !self.person.rulings(*id).is_empty()).map(|(id, node)| {
            let cases: Vec<_> = self.person.rulings(id).iter().map(|case| self.case(id, case)).collect();
            let answer = cases.join(self.phrases.words.get("show.then"));
            GivenView { id: node.name.to_string(), title: self.named(id).title, answer }
        });
        answers.chain(rulings).collect()
    }

    /// What a ruling is called.
    pub fn case(&self, node: NodeId, case: &Name) -> String {
        let subject = self.subject();
        let found =
            self.flow().branches(node).into_iter().find(|(branch, _)| person::case_of(branch).as_ref() == Some(case));
        let label = found.map(|(branch, _)| branch_label(&subject, node, branch)).filter(|label| !label.is_empty());
        label.unwrap_or_else(|| self.phrases.words.id(case.as_str()))
    }

    /// The questions that these nodes ask of the person, choices among them.
    fn asked(&self, nodes: &[NodeId]) -> Vec<QuestionId> {
        let mut asked = Vec::new();
        for &id in nodes {
            if let NodeKind::Step(step) = &self.flow().node(id).kind {
                let asks = step.asks.iter().filter(|ask| self.when(ask.when.as_ref()).is_some());
                asked.extend(asks.map(|ask| ask.question));
            }
        }
        asked.sort_unstable();
        asked.dedup();
        asked
    }

    fn questions(&self, ids: &[QuestionId]) -> Vec<QuestionView> {
        let view = |id: &QuestionId| {
            let question = self.flow().questions().get(usize::from(id.0))?;
            let register = |name: &Name| Named {
                id: name.to_string(),
                title: self.phrases.noun(&self.phrases.vocabulary.registers, name, |register| &register.title),
            };
            Some(QuestionView {
                id: question.name.to_string(),
                title: self.phrases.question(*id),
                possible: person::expected(question, &self.phrases),
                known_by: question.known_by.as_ref().map(register),
            })
        };
        ids.iter().filter_map(view).collect()
    }

    fn stages(&self, nodes: &[NodeId], course: &Course) -> Vec<StageView> {
        let mut number = 0;
        let numbered = |id: &NodeId| {
            let is_step = course.main.contains(id) && matches!(self.flow().node(*id).kind, NodeKind::Step(_));
            number += usize::from(is_step);
            stage(self, *id, is_step.then_some(number), course.parallel.contains(id))
        };
        nodes.iter().filter_map(numbered).collect()
    }

    fn detour(&self, detour: &Detour, course: &Course) -> DetourView {
        let words = self.phrases.words;
        let (branch, _) = self.flow().branches(detour.from)[detour.branch];
        let label = branch_label(&self.subject(), detour.from, branch);
        let mut shares = Vec::new();
        if let Some(share) = branch.share {
            let share = self.phrases.figures().decimal(f64::from(share.basis_points()) / 100.0, 2);
            shares.push(Mark::of(true, branch.estimated).on(&words.fill("graph.share", &[&share])));
        }
        if let Some(times) = branch.at_most {
            shares.push(words.plural("graph.at-most", u64::from(times), &times.to_string()));
        }
        let to = self.named(detour.to);
        let key = if self.flow().is_outcome(detour.to) { "show.leads.end" } else { "show.leads.node" };
        DetourView {
            after: self.named(detour.from),
            case: label,
            share: shares.join(words.get("phrase.comma")),
            stages: self.stages(&detour.nodes, course),
            papers: papers(self, &detour.nodes),
            leads_to_text: words.fill(key, &[&to.title]),
            leads_to: to,
        }
    }

    /// The ends that the person can come to, that of the ordinary way first.
    fn outcomes(&self, way: &Way, course: &Course) -> Vec<OutcomeView> {
        let mut ends: Vec<NodeId> = way.nodes().iter().copied().filter(|id| self.flow().is_outcome(*id)).collect();
        ends.extend(course.detours.iter().map(|detour| detour.to).filter(|id| self.flow().is_outcome(*id)));
        let mut seen = std::collections::BTreeSet::new();
        ends.into_iter().filter(|id| seen.insert(*id)).filter_map(|id| self.outcome(id)).collect()
    }

    fn outcome(&self, id: NodeId) -> Option<OutcomeView> {
        let (node, words) = (self.flow().node(id), self.phrases.words);
        let NodeKind::Outcome(nature) = node.kind else { return None };
        let (nature, key) = match nature {
            Nature::Granted => ("granted", "graph.outcome.granted"),
            Nature::Refused => ("refused", "graph.outcome.refused"),
            Nature::Lapsed => ("lapsed", "graph.outcome.lapsed"),
            Nature::Withdrawn => ("withdrawn", "graph.outcome.withdrawn"),
        };
        let mut remarks = Vec::new();
        if node.clock.reasons {
            remarks.push(words.get("show.reasons").to_owned());
        }
        if let Some(appeal) = &node.clock.appeal {
            remarks.push(self.cited(self.phrases.appeal(appeal), appeal.legal.as_ref()));
        }
        let title = self.named(id).title;
        Some(OutcomeView { id: node.name.to_string(), title, nature, nature_text: words.get(key).to_owned(), remarks })
    }

    /// The texts that the procedure and its version rest on, each once.
    fn legal(&self) -> Vec<String> {
        let mut texts: Vec<String> = Vec::new();
        for citation in self.procedure.legal.iter().chain(&self.version.legal) {
            let text = self.phrases.citation(citation);
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts
    }

    fn source(&self, source: &Source) -> String {
        let date = source.date.to_string();
        self.phrases.words.fill("show.source", &[&self.phrases.text(&source.text), &date])
    }
}
