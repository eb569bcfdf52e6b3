//! `maturity --format json` (docs/json.md).

use mastara_engine::{
    lens::Extent,
    maturity::{
        AxisScore, Index, Indicator, IndicatorScore, Points, Reading, Scope, Subject, Unit, score::Coverage,
        stability::Stability,
    },
};
use serde::Serialize;

use super::number::Number;
use crate::{
    command::maturity::{Reason, Record, Why, reasons, scope_id, scope_kind},
    context::Context,
};

/// The index of a catalogue.
#[derive(Debug, Serialize)]
pub struct MaturityView {
    at: String,
    procedures: usize,
    state: IndexView,
    authorities: Vec<ScopeView>,
    departments: Vec<ScopeView>,
    sectors: Vec<ScopeView>,
    life_events: Vec<ScopeView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stability: Option<StabilityView>,
}

/// A score with its axes.
#[derive(Debug, Serialize)]
pub struct IndexView {
    #[serde(flatten)]
    score: ScoreView,
    coverage: CoverageView,
    axes: Vec<AxisView>,
}

/// A score.
#[derive(Debug, Serialize)]
struct ScoreView {
    /// With one decimal, half away from zero.
    score: Option<Number>,
    /// Exact, as a fraction.
    exact: Option<String>,
    grade: Option<&'static str>,
    estimated: bool,
    /// Something that is not known was taken for the least: the true score is no lower.
    at_least: bool,
    /// Something that is not known was left out: the true score may be lower or higher.
    partial: bool,
}

#[derive(Debug, Serialize)]
struct CoverageView {
    known: usize,
    applicable: usize,
}

#[derive(Debug, Serialize)]
struct AxisView {
    axis: &'static str,
    #[serde(flatten)]
    score: ScoreView,
    coverage: CoverageView,
    indicators: Vec<IndicatorView>,
}

#[derive(Debug, Serialize)]
struct IndicatorView {
    indicator: &'static str,
    #[serde(flatten)]
    score: ScoreView,
    coverage: CoverageView,
}

/// A scope with its score.
#[derive(Debug, Serialize)]
pub struct ScopeView {
    id: String,
    kind: &'static str,
    procedures: usize,
    /// Of an administration with enough procedures.
    #[serde(skip_serializing_if = "Option::is_none")]
    rank: Option<usize>,
    /// The 5th and 95th of a hundred of its ranks under other weights.
    #[serde(skip_serializing_if = "Option::is_none")]
    ranks: Option<[usize; 2]>,
    #[serde(flatten)]
    index: IndexView,
}

#[derive(Debug, Serialize)]
struct StabilityView {
    draws: usize,
    seed: u64,
    tau_mean: Number,
    tau_p5: Number,
}

/// A score opened.
#[derive(Debug, Serialize)]
pub struct WhyView {
    at: String,
    scope: String,
    kind: &'static str,
    index: IndexView,
    indicators: Vec<OpenedView>,
}

#[derive(Debug, Serialize)]
struct OpenedView {
    indicator: &'static str,
    #[serde(flatten)]
    score: ScoreView,
    coverage: CoverageView,
    units: Vec<UnitView>,
}

#[derive(Debug, Serialize)]
struct UnitView {
    #[serde(skip_serializing_if = "Option::is_none")]
    procedure: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authority: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duty: Option<&'static str>,
    weight: u64,
    #[serde(flatten)]
    score: ScoreView,
    reasons: Vec<ReasonView>,
}

#[derive(Debug, Serialize)]
struct ReasonView {
    what: &'static str,
    met: bool,
    text: String,
    place: Option<String>,
}

/// The whole index.
pub fn whole(
    record: &Record<'_>,
    ranked: &[(Scope, usize, Index)],
    stability: Option<&Stability>,
    seed: u64,
) -> MaturityView {
    let place = |scope: &Scope| ranked.iter().position(|(known, ..)| known == scope);
    let views = |group: Vec<(Scope, usize, Index)>| -> Vec<ScopeView> {
        let view = |(scope, procedures, score): (Scope, usize, Index)| {
            let at = place(&scope);
            let ranks = at.and_then(|at| stability?.ranks.get(at)).map(|(low, high)| [*low, *high]);
            let rank = at.map(|at| at + 1);
            ScopeView { id: scope_id(&scope), kind: scope_kind(&scope), procedures, rank, ranks, index: index(&score) }
        };
        group.into_iter().map(view).collect()
    };
    MaturityView {
        at: record.at.to_string(),
        procedures: record.ledger.sheets.len(),
        state: index(&record.state),
        authorities: views(record.authorities()),
        departments: views(record.departments()),
        sectors: views(record.sectors()),
        life_events: views(record.life_events()),
        stability: stability.map(|stability| StabilityView {
            draws: stability.draws,
            seed,
            tau_mean: Number::rounded(stability.tau.0),
            tau_p5: Number::rounded(stability.tau.1),
        }),
    }
}

/// A score opened, whole.
pub fn why(why: &Why, record: &Record<'_>, context: &Context) -> WhyView {
    let score = record.score(&why.scope);
    let opened = |of: &IndicatorScore| OpenedView {
        indicator: of.indicator.code(),
        score: view(of.points.as_ref(), of.is_estimated, of.extent),
        coverage: CoverageView { known: of.known, applicable: of.applicable },
        units: units(why, of.indicator, record, context),
    };
    WhyView {
        at: record.at.to_string(),
        scope: scope_id(&why.scope),
        kind: scope_kind(&why.scope),
        index: index(&score),
        indicators: score.indicators().filter(|of| why.tells(of.indicator)).map(opened).collect(),
    }
}

fn units(why: &Why, indicator: Indicator, record: &Record<'_>, context: &Context) -> Vec<UnitView> {
    record.units(&why.scope, indicator).into_iter().map(|of| unit(of, record, context)).collect()
}

fn unit(unit: &Unit, record: &Record<'_>, context: &Context) -> UnitView {
    let (mut procedure, mut document, mut authority, mut duty) = (None, None, None, None);
    match &unit.subject {
        Subject::Procedure(rank) => procedure = Some(record.ledger.sheets[*rank].id.to_string()),
        Subject::Document(name, issuer) => {
            document = Some(name.to_string());
            authority = Some(issuer.to_string());
        }
        Subject::Duty(body, of) => {
            authority = Some(body.to_string());
            duty = Some(of.name());
        }
    }
    let reason = |Reason { what, is_met, text, place }| ReasonView { what, met: is_met, text, place };
    let points = if let Reading::Known(points) = &unit.reading { Some(points) } else { None };
    UnitView {
        procedure,
        document,
        authority,
        duty,
        weight: unit.weight,
        score: view(points, unit.is_estimated, unit.extent),
        reasons: reasons(unit, record, context).into_iter().map(reason).collect(),
    }
}

fn index(index: &Index) -> IndexView {
    IndexView {
        score: view(index.points.as_ref(), index.is_estimated(), index.extent()),
        coverage: index.coverage().into(),
        axes: index.axes.iter().map(axis).collect(),
    }
}

fn axis(axis: &AxisScore) -> AxisView {
    AxisView {
        axis: axis.axis.name(),
        score: view(axis.points.as_ref(), axis.is_estimated(), axis.extent()),
        coverage: axis.coverage().into(),
        indicators: axis.indicators.iter().map(indicator).collect(),
    }
}

fn indicator(of: &IndicatorScore) -> IndicatorView {
    IndicatorView {
        indicator: of.indicator.code(),
        score: view(of.points.as_ref(), of.is_estimated, of.extent),
        coverage: CoverageView { known: of.known, applicable: of.applicable },
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand tenths")]
fn view(points: Option<&Points>, estimated: bool, extent: Extent) -> ScoreView {
    ScoreView {
        score: points.map(|points| Number::rounded(points.tenths() as f64 / 10.0)),
        exact: points.map(Points::fraction),
        grade: points.map(|points| mastara_engine::maturity::Grade::of(points).letter()),
        estimated,
        at_least: extent == Extent::AtLeast,
        partial: extent == Extent::Part,
    }
}

impl From<Coverage> for CoverageView {
    fn from(of: Coverage) -> Self {
        Self { known: of.known, applicable: of.applicable }
    }
}

impl MaturityView {
    /// As a table, its headings first.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let indicators = Indicator::ALL.map(|indicator| indicator.code().to_lowercase());
        let mut headings = ["kind", "id", "procedures", "rank", "score", "grade", "estimated", "at_least", "partial"]
            .map(str::to_owned)
            .to_vec();
        headings.extend(["known", "applicable", "capacity", "transformation", "impact"].map(str::to_owned));
        headings.extend(indicators);
        let mut rows = vec![headings, cells("state", "etat", self.procedures, None, &self.state)];
        for scope in self.authorities.iter().chain(&self.departments).chain(&self.sectors).chain(&self.life_events) {
            rows.push(cells(scope.kind, &scope.id, scope.procedures, scope.rank, &scope.index));
        }
        rows
    }
}

fn cells(kind: &str, id: &str, procedures: usize, rank: Option<usize>, index: &IndexView) -> Vec<String> {
    let number = |score: &ScoreView| score.score.map(Number::text).unwrap_or_default();
    let mut cells = vec![kind.to_owned(), id.to_owned(), procedures.to_string()];
    cells.push(rank.map(|rank| rank.to_string()).unwrap_or_default());
    cells.extend([number(&index.score), index.score.grade.unwrap_or_default().to_owned()]);
    cells.extend([index.score.estimated, index.score.at_least, index.score.partial].map(|is_so| is_so.to_string()));
    cells.extend([index.coverage.known.to_string(), index.coverage.applicable.to_string()]);
    cells.extend(index.axes.iter().map(|axis| number(&axis.score)));
    cells.extend(index.axes.iter().flat_map(|axis| &axis.indicators).map(|of| number(&of.score)));
    cells
}
