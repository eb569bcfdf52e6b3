//! The statistics as programs read them.

use mastara_dsl::words::list_word;
use mastara_engine::{
    procedure::ListEntry,
    text::{Name, Text},
};

use super::{lists::Held, stats::Stats};
use crate::{
    survey::{Tally, count},
    view::{
        audience_id,
        number::{Number, share},
        stats::{CountView, DemandView, ListView, NearView, PartView, StatsView, StepsView, VarietyView, WordsView},
    },
};

/// How many documents are given.
const DOCUMENTS: usize = 100;

/// The whole of them.
pub fn view(stats: &Stats<'_>) -> StatsView {
    let (survey, vocabulary) = (stats.survey, stats.vocabulary);
    let authority = |name: &Name| vocabulary.authorities.get(name).map(|authority| &authority.title);
    let ids = |names: &[&Name]| names.iter().map(|name| name.to_string()).collect();
    let part = |number: usize| part(number, stats.procedures());
    let document = |(document, uses): &(&Name, &mastara_engine::documents::Uses)| DemandView {
        id: document.to_string(),
        title: vocabulary.documents.get(*document).map(|known| (&known.title).into()),
        demanded: uses.demanded(),
        usual: uses.usual.len(),
    };
    StatsView {
        at: survey.at.to_string(),
        procedures: stats.procedures(),
        versions: stats.versions,
        shares: stats.shares.iter().map(|(what, number)| (what.replace('-', "_"), part(*number))).collect(),
        by_sector: groups(&survey.by_sector, |name| vocabulary.sectors.get(name)),
        by_level: survey.all.levels.iter().copied().enumerate().collect(),
        by_audience: survey.by_audience.iter().map(|(who, tally)| group(audience_id(*who), None, tally)).collect(),
        by_authority: groups(&survey.by_authority, authority),
        words: stats
            .words
            .iter()
            .map(|&(kind, used, defined)| (kind.to_owned(), WordsView { used, defined }))
            .collect(),
        steps: StepsView {
            all: stats.steps.0,
            from_fragments: stats.steps.1,
            share: Number::rounded(share(count(stats.steps.1), count(stats.steps.0))),
            fragments: stats.fragments.iter().map(|(name, uses)| (name.to_string(), *uses)).collect(),
        },
        documents: stats.documents.demanded().iter().take(DOCUMENTS).map(document).collect(),
        lists: stats.lists.iter().map(|held| (held.name.replace('-', "_"), list(held))).collect(),
        variety: VarietyView {
            same_flow: part(stats.in_families()),
            same_course: part(stats.same_course),
            families: stats.families.iter().map(|family| ids(family)).collect(),
            nearest: stats
                .nearest
                .iter()
                .map(|(alike, one, other)| NearView {
                    one: one.to_string(),
                    other: other.to_string(),
                    likeness: Number::rounded(*alike),
                })
                .collect(),
        },
    }
}

fn list(held: &Held) -> ListView {
    // A place in a list, as the vocabulary writes it.
    let place = |entry: &ListEntry| format!("{}-{}", list_word(entry.list), entry.rank);
    ListView {
        ranks: held.ranks,
        covered: held.covered,
        procedures: held.procedures,
        with_delay: held.with_delay,
        other_delay: held.other_delay.iter().map(Name::to_string).collect(),
        missing: held.missing.iter().map(place).collect(),
    }
}

fn part(number: usize, of: usize) -> PartView {
    PartView { count: number, share: Number::rounded(share(count(number), count(of))) }
}

fn groups<'v>(tallies: &[(Name, Tally)], title: impl Fn(&Name) -> Option<&'v Text>) -> Vec<CountView> {
    tallies.iter().map(|(name, tally)| group(name.as_str(), title(name), tally)).collect()
}

fn group(id: &str, title: Option<&Text>, tally: &Tally) -> CountView {
    CountView { id: id.to_owned(), title: title.map(Into::into), procedures: tally.procedures }
}
