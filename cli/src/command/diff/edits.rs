//! Which facts are others, in words: of the header, of a version, of its nodes.
//!
//! INVARIANT: what is not the same has at least one edit, even if no word of the domain tells how.

use std::collections::BTreeSet;

use mastara_engine::{
    change::Change,
    compare::{Comparison, Fate, Origin},
    flow::{Flow, NodeId},
    procedure::{DecisionList, ListEntry, Procedure, Status, Version},
};

use crate::{
    figures::Mark,
    person,
    phrase::{
        Phrases,
        edit::{self, Edit, Fact},
    },
    view::{audience_id, diff::EditView, sheet::Named},
};

/// What people and running cases meet of a header: who is in charge, for whom it is, its ranks in the lists of decrees.
const WEIGHTY: [&str; 3] = ["authority", "audience", "rank"];

/// What is another in the header; whether it is more than texts.
pub fn header(before: &Procedure, after: &Procedure, phrases: &[Phrases<'_>; 2]) -> (bool, Vec<EditView>) {
    let mut edits = edit::between(of_header(before, &phrases[0]), of_header(after, &phrases[1]));
    let touched = [
        ("volume", before.volume != after.volume),
        ("data", before.personal_data != after.personal_data),
        ("verified", before.verified != after.verified),
        ("sources", before.sources != after.sources),
    ];
    edits.extend(touched.into_iter().filter(|(_, is_other)| *is_other).map(|(what, _)| Edit::touched(what)));
    let is_weighty = edits.iter().any(|edit| WEIGHTY.contains(&edit.what));
    (is_weighty, edits.into_iter().map(|edit| view(None, edit, &phrases[1])).collect())
}

/// That nothing is another but what no fact holds: remarks, layout, the words of the file.
pub fn remarks(phrases: &Phrases<'_>) -> EditView {
    view(None, Edit::touched("remarks"), phrases)
}

/// What is another in a version; of two versions that follow each other, only what both tell of the same node.
pub fn version(older: &Version, newer: &Version, change: &Change, phrases: &[Phrases<'_>; 2]) -> Vec<EditView> {
    let is_edit = older.name == newer.name;
    let [before, after] = [(older, &phrases[0]), (newer, &phrases[1])];
    let mut edits: Vec<EditView> = edit::between(of_version(before, is_edit), of_version(after, is_edit))
        .into_iter()
        .map(|edit| view(None, edit, &phrases[1]))
        .collect();
    if is_edit {
        let touched = [
            ("claims", older.claims != newer.claims),
            ("examples", older.examples != newer.examples),
            ("drops", older.drops != newer.drops),
            ("sources", older.sources != newer.sources),
        ];
        let touched = touched.into_iter().filter(|(_, is_other)| *is_other);
        edits.extend(touched.map(|(what, _)| view(None, Edit::touched(what), &phrases[1])));
    }
    let asked = edit::between(questions(&older.flow, &phrases[0]), questions(&newer.flow, &phrases[1]));
    edits.extend(asked.into_iter().map(|edit| view(None, edit, &phrases[1])));
    nodes(older, newer, change, phrases, &mut edits);
    if edits.is_empty() && older != newer {
        edits.push(view(None, Edit::touched("other"), &phrases[1]));
    }
    edits
}

/// The nodes of both, then those that come and go and of which no reason speaks.
fn nodes(older: &Version, newer: &Version, change: &Change, phrases: &[Phrases<'_>; 2], edits: &mut Vec<EditView>) {
    let reasons = change.reasons.iter().map(|reason| super::reasons::view(reason, older, newer, phrases).names);
    let told: BTreeSet<String> = reasons.flatten().collect();
    let is_told = |flow: &Flow, id: NodeId| told.contains(flow.node(id).name.as_str());
    let comparison = Comparison::between(older, newer);
    for (id, fate) in &comparison.older {
        let named = title(&older.flow, *id, &phrases[0]);
        match fate {
            Fate::Kept(heir) => {
                let pair = [older.flow.node(*id), newer.flow.node(*heir)];
                let own = edit::edits(pair, [&phrases[0], &phrases[1]]);
                let ways = edit::between(ways(&older.flow, *id, &phrases[0]), ways(&newer.flow, *heir, &phrases[1]));
                let before = edits.len();
                edits.extend(own.into_iter().chain(ways).map(|edit| view(Some(&named), edit, &phrases[1])));
                if edits.len() == before && pair[0] != pair[1] {
                    edits.push(view(Some(&named), Edit::touched("other"), &phrases[1]));
                }
            }
            _ if !is_told(&older.flow, *id) => {
                let gone = Edit { what: "node", before: named.title, after: String::new() };
                edits.push(view(None, gone, &phrases[1]));
            }
            _ => {}
        }
    }
    let is_new = |(id, origin): &&(NodeId, Origin)| *origin == Origin::New && !is_told(&newer.flow, *id);
    for (id, _) in comparison.newer.iter().filter(is_new) {
        let after = title(&newer.flow, *id, &phrases[1]).title;
        edits.push(view(None, Edit { what: "node", before: String::new(), after }, &phrases[1]));
    }
}

fn view(of: Option<&Named>, edit: Edit, phrases: &Phrases<'_>) -> EditView {
    let words = phrases.words;
    let told = edit.told(words);
    let text = of.map_or(told.clone(), |of| words.fill("diff.of", &[&of.title, &told]));
    EditView { of: of.cloned(), what: edit.what, before: edit.before, after: edit.after, text }
}

fn title(flow: &Flow, id: NodeId, phrases: &Phrases<'_>) -> Named {
    let node = flow.node(id);
    let name = node.name.as_str();
    let title = if node.title.is_empty() { phrases.words.id(name) } else { phrases.text(&node.title) };
    Named { id: name.to_owned(), title }
}

fn of_header(procedure: &Procedure, phrases: &Phrases<'_>) -> Vec<Fact> {
    let words = phrases.words;
    let audience = procedure
        .audience
        .iter()
        .map(|audience| words.get(&format!("show.audience.{}", audience_id(*audience))).to_owned());
    let mut facts = vec![
        Fact::new("title", phrases.text(&procedure.title)),
        Fact::new("authority", phrases.authority(&procedure.authority)),
        Fact::new("audience", audience.collect::<Vec<_>>().join(words.get("phrase.comma"))),
    ];
    let rank = |entry: &ListEntry| {
        let list = words.get(list_key(entry.list)).to_owned();
        Fact::new("rank", words.fill("diff.rank", &[&list, entry.rank.as_str()])).keyed(list)
    };
    facts.extend(procedure.listed.iter().map(rank));
    let law = procedure.legal.iter();
    facts.extend(law.map(|citation| Fact::new("law", phrases.citation(citation)).keyed(&citation.text)));
    facts.extend(procedure.portal.iter().map(|portal| Fact::new("portal", phrases.portal(portal))));
    let event = procedure.life_event.iter();
    facts.extend(
        event.map(|event| Fact::new("life", phrases.noun(&phrases.vocabulary.life_events, event, |title| title))),
    );
    facts.push(Fact::new("status", words.id(status(procedure.status))));
    if procedure.is_priority {
        facts.push(Fact::new("priority", words.get("phrase.yes")));
    }
    facts
}

fn of_version((version, phrases): (&Version, &Phrases<'_>), is_edit: bool) -> Vec<Fact> {
    let mut facts = vec![Fact::new("from", version.from.to_string())];
    if version.is_planned {
        facts.push(Fact::new("planned", phrases.words.get("phrase.yes")));
    }
    if version.flow.has_unknown_fees() {
        facts.push(Fact::new("unknown-fees", phrases.words.get("phrase.yes")));
    }
    if is_edit {
        let law = |citation| Fact::new("law", phrases.citation(citation)).keyed(&citation.text);
        facts.push(Fact::new("title", phrases.text(&version.title)));
        facts.extend(version.legal.iter().map(law));
        let provenance = crate::view::measures::provenance(version.provenance);
        facts.push(Fact::new("provenance", phrases.words.get(&format!("provenance.{provenance}"))));
    }
    facts
}

/// The declared questions; choices are nodes.
fn questions(flow: &Flow, phrases: &Phrases<'_>) -> Vec<Fact> {
    let words = phrases.words;
    let fact = |(at, question): (usize, &mastara_engine::condition::Question)| {
        let id = mastara_engine::condition::QuestionId(u16::try_from(at).unwrap_or(u16::MAX));
        let mut parts = vec![person::expected(question, phrases)];
        if let Some(typical) = question.typical {
            parts.push(Mark::of(true, question.typical_estimated).on(&phrases.answer(id, typical)));
        }
        let register = question.known_by.as_ref();
        parts
            .extend(register.map(|name| phrases.noun(&phrases.vocabulary.registers, name, |register| &register.title)));
        let text = words.fill("phrase.bracket", &[&phrases.question(id), &parts.join(words.get("phrase.list"))]);
        Fact::new("question", text).keyed(&question.name)
    };
    flow.questions().iter().enumerate().filter(|(_, question)| !question.is_choice).map(fact).collect()
}

/// The ways out of a node: their case, where they lead, their share, how often.
fn ways(flow: &Flow, id: NodeId, phrases: &Phrases<'_>) -> Vec<Fact> {
    let words = phrases.words;
    let fact = |(branch, to): (&mastara_engine::flow::Branch, NodeId)| {
        let mut limits = Vec::new();
        if let Some(share) = branch.share {
            let share = phrases.figures().decimal(f64::from(share.basis_points()) / 100.0, 2);
            limits.push(Mark::of(true, branch.estimated).on(&words.fill("graph.share", &[&share])));
        }
        limits.extend(branch.at_most.map(|times| words.plural("graph.at-most", u64::from(times), &times.to_string())));
        let case = if branch.label.is_empty() { phrases.case(branch) } else { phrases.text(&branch.label) };
        let mut text = format!("{case} {} {}", words.get("phrase.arrow"), title(flow, to, phrases).title);
        if !limits.is_empty() {
            text = words.fill("phrase.bracket", &[&text, &limits.join(words.get("phrase.comma"))]);
        }
        Fact::new("way", text).keyed(phrases.case(branch))
    };
    flow.branches(id).into_iter().map(fact).collect()
}

const fn list_key(list: DecisionList) -> &'static str {
    match list {
        DecisionList::SilenceState | DecisionList::SilenceLocal => "stats.list.silence",
        DecisionList::ThirtyDays => "stats.list.thirty-days",
        DecisionList::Extension => "stats.list.extension",
    }
}

const fn status(status: Status) -> &'static str {
    match status {
        Status::Draft => "brouillon",
        Status::Verified => "verifie",
        Status::Published => "publie",
    }
}
