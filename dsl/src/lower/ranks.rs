//! The ranks of the lists of decisions that a header names: whether there are such, and whether they are its administration's.

use std::collections::BTreeSet;

use mastara_engine::{
    node::{Decider, NodeKind},
    procedure::{ListEntry, Procedure},
    text::{Lang, Name},
    vocabulary::Vocabulary,
};

use super::scope::Scope;
use crate::{finding::Code, parse::shorten, source::Span, words::list_word};

/// The words before a rank in a source.
const RANK: &[&str] = &["rang", "n°", "rank", "no", "الرتبة", "رقم"];

pub fn check(ranks: &[(ListEntry, Span)], procedure: &Procedure, scope: &mut Scope<'_, '_>) {
    for (entry, span) in ranks {
        if scope.vocabulary.lists.contains_key(entry) {
            check_authority(entry, *span, procedure, scope);
        } else {
            unknown(entry, *span, scope);
        }
    }
}

/// No such rank: what the list calls it, if the parts were told the other way round, and how far the list goes.
fn unknown(entry: &ListEntry, span: Span, scope: &mut Scope<'_, '_>) {
    let lists = &scope.vocabulary.lists;
    // The decree writes `1-13` for what is put after 13, and a file `13-1`.
    let turned = entry.rank.as_str().split('-').rev().collect::<Vec<_>>().join("-");
    let turned = ListEntry { list: entry.list, rank: turned.as_str().into() };
    let whole =
        lists.keys().filter(|known| known.list == entry.list).filter_map(|known| known.rank.as_str().parse().ok());
    let (least, most) = whole.fold((u16::MAX, 0), |(least, most), rank: u16| (least.min(rank), most.max(rank)));
    let args = [entry.rank.as_str(), list_word(entry.list), &least.to_string(), &most.to_string()];
    let finding = scope.findings.add(Code::UnknownRank, span, args);
    finding.suggestion = lists.contains_key(&turned).then(|| turned.rank.to_string());
}

/// A rank whose decisions all are of administrations that the procedure never meets is most likely another procedure's. A file
/// whose source names the rank was read against it: a decision can have changed hands since the decree.
fn check_authority(entry: &ListEntry, span: Span, procedure: &Procedure, scope: &mut Scope<'_, '_>) {
    let vocabulary = scope.vocabulary;
    let decisions = vocabulary.lists.get(entry).map(Vec::as_slice).unwrap_or_default();
    let deciders: Option<Vec<&Name>> = decisions.iter().map(|decision| decision.authority.as_ref()).collect();
    let Some(deciders) = deciders.filter(|deciders| !deciders.is_empty()) else { return };
    let met = met(procedure);
    let is_met =
        |decider: &&Name| met.iter().any(|met| is_of(vocabulary, met, decider) || is_of(vocabulary, decider, met));
    // What was taken off names nobody, and has a rule of its own.
    if decisions.iter().any(|decision| decision.is_repealed) {
        return;
    }
    // Without an authority of its own that is known, there is nothing to compare.
    let is_known = vocabulary.authorities.contains_key(&procedure.authority);
    if !is_known || deciders.iter().any(is_met) || is_sourced(procedure, entry.rank.as_str()) {
        return;
    }
    let title = decisions[0].title.in_lang(scope.lang);
    let short = shorten(title);
    let title = if short.len() < title.len() { format!("{}…", short.trim_end()) } else { short.to_owned() };
    let (list, own) = (list_word(entry.list), procedure.authority.as_str());
    let args = [entry.rank.as_str(), list, &title, deciders[0].as_str(), own];
    scope.findings.add(Code::RankOfAnother, span, args);
}

/// The procedure's own authority, and those that wait, rule or receive in any of its versions.
fn met(procedure: &Procedure) -> BTreeSet<&Name> {
    let nodes = procedure.versions.iter().flat_map(|version| version.flow.nodes());
    let of_nodes = nodes.filter_map(|(_, node)| match &node.kind {
        NodeKind::Wait(authority) => authority.as_ref(),
        NodeKind::Decision(Decider::Authority(authority)) => Some(authority),
        _ => node.step().and_then(|step| step.agency.as_ref()),
    });
    of_nodes.chain([&procedure.authority]).collect()
}

/// Whether a body is an authority or belongs to it. A court belongs to no ministry, but the lists put its register under the
/// one that its code begins with: `MJ-TC` under `MJ`.
fn is_of(vocabulary: &Vocabulary, body: &Name, whole: &Name) -> bool {
    let rest = body.as_str().strip_prefix(whole.as_str());
    vocabulary.belongs(body, whole) || rest.is_some_and(|rest| rest.starts_with('-'))
}

/// Whether a source of the file names the rank: `décret 2-22-387, annexe, rang 45`.
fn is_sourced(procedure: &Procedure, rank: &str) -> bool {
    let of_versions = procedure.versions.iter().flat_map(|version| &version.sources);
    procedure.sources.iter().chain(of_versions).any(|source| {
        Lang::ALL.iter().filter_map(|lang| source.text.get(*lang)).any(|text| {
            let words: Vec<&str> =
                text.split([' ', '\u{a0}', ',', ';', ':', '.', '(', ')']).filter(|word| !word.is_empty()).collect();
            words.windows(2).any(|pair| RANK.contains(&pair[0]) && pair[1] == rank)
        })
    })
}
