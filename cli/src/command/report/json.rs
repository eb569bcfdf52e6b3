//! A survey as programs read it.

use std::collections::BTreeMap;

use mastara_engine::{
    node::Provenance,
    text::{Name, Text},
    vocabulary::Vocabulary,
};

use super::change::{Compared, change, reconstructed, yearly};
use crate::survey::{Survey, Tally, count};
use crate::view::{
    audience_id,
    number::{Number, as_float, share},
    report::{
        BeforeNowView, ChangeView, GroupView, NotMeasuredView, PaperlessView, ReportStandingView, ReportView, SumView,
        VolumeView, YearlyView,
    },
};

/// The whole report.
pub fn view(survey: &Survey<'_>, vocabulary: &Vocabulary) -> ReportView {
    let all = &survey.all;
    let title_of = |name: &Name| vocabulary.authorities.get(name).map(|authority| &authority.title);
    ReportView {
        at: survey.at.to_string(),
        procedures: all.procedures,
        paperless: PaperlessView {
            count: all.paperless,
            share: Number::rounded(all.share()),
            by_volume: all.by_volume().map(Number::rounded),
        },
        levels: levels(all),
        mean_level: Number::rounded(all.mean_level()),
        volume: VolumeView {
            procedures: all.with_volume,
            estimated: all.volumes_estimated,
            requests: all.requests,
            paperless_requests: all.paperless_requests,
        },
        by_authority: groups(&survey.by_authority, title_of),
        by_sector: groups(&survey.by_sector, |name| vocabulary.sectors.get(name)),
        by_audience: survey.by_audience.iter().map(|(who, tally)| group(audience_id(*who), None, tally)).collect(),
        before_now: before_now(survey),
        standing: standing(survey),
        not_in_force: survey.not_in_force.iter().map(|procedure| procedure.id.to_string()).collect(),
        not_measured: not_measured(survey),
    }
}

fn levels(tally: &Tally) -> BTreeMap<usize, usize> {
    tally.levels.iter().copied().enumerate().collect()
}

fn groups<'v>(tallies: &[(Name, Tally)], title: impl Fn(&Name) -> Option<&'v Text>) -> Vec<GroupView> {
    tallies.iter().map(|(name, tally)| group(name.as_str(), title(name), tally)).collect()
}

fn group(id: &str, title: Option<&Text>, tally: &Tally) -> GroupView {
    GroupView {
        id: id.to_owned(),
        title: title.map(Into::into),
        procedures: tally.procedures,
        paperless: tally.paperless,
        share: Number::rounded(tally.share()),
        by_volume: tally.by_volume().map(Number::rounded),
        mean_level: Number::rounded(tally.mean_level()),
        levels: levels(tally),
    }
}

fn before_now(survey: &Survey<'_>) -> BeforeNowView {
    let pairs = survey.pairs().count();
    let of = |compared: Compared| {
        let change = change(survey, compared);
        let sum = |sum: i64| SumView {
            sum: Number::whole(sum),
            mean: Number::rounded(as_float(sum) * share(1, count(pairs.max(1)))),
        };
        ChangeView {
            before: sum(change.before),
            now: sum(change.now),
            difference: sum(change.now - change.before),
            estimated: change.is_estimated,
        }
    };
    let yearly = yearly(survey);
    BeforeNowView {
        procedures: pairs,
        reconstructed: reconstructed(survey),
        steps: of(Compared::Steps),
        trips: of(Compared::Trips),
        documents: of(Compared::Documents),
        listed: of(Compared::Listed),
        yearly: YearlyView { procedures: yearly.procedures, trips: yearly.trips, documents: yearly.documents },
    }
}

fn standing(survey: &Survey<'_>) -> ReportStandingView {
    ReportStandingView {
        sourced: survey.of_provenance(Provenance::Sourced),
        estimated: survey.of_provenance(Provenance::Estimated),
        reconstructed: survey.of_provenance(Provenance::Reconstructed),
        effort_unknown: survey.count(|measures| !measures.standing.effort_known),
        effort_estimated: survey.count(|measures| measures.standing.effort_estimated),
        delay_estimated: survey.count(|measures| measures.standing.delay_estimated()),
        fees_unknown: survey.count(|measures| !measures.standing.fees_known),
        fees_estimated: survey.count(|measures| measures.standing.fees_estimated),
        documents_estimated: survey.count(|measures| measures.standing.demands_estimated),
    }
}

fn not_measured(survey: &Survey<'_>) -> Vec<NotMeasuredView> {
    let mut views = Vec::new();
    for (procedure, version, why) in &survey.not_measured {
        views.push(NotMeasuredView {
            id: procedure.id.to_string(),
            version: version.name.to_string(),
            error: why.reason(version),
        });
    }
    views
}
