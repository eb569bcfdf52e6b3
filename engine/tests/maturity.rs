//! The index over ledgers drawn at random: what a score may never do.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its case has failed")]

use mastara_engine::{
    lens::Extent,
    maturity::{
        Index, Indicator, Ledger, Points, Reading, Scope, Settings, Sheet, Subject, Unit, points::Grade,
        stability::Stability,
    },
    text::Name,
};
use proptest::prelude::*;

/// How many procedures a ledger has, over how many administrations.
const SHEETS: usize = 12;
const BODIES: usize = 4;

fn sheet(rank: usize) -> Sheet {
    Sheet {
        id: Name::from(&*format!("s/p{rank}")),
        authority: Name::from(&*format!("A{}", rank % BODIES)),
        sector: "s".into(),
        life_event: None,
    }
}

fn ledger(units: Vec<Unit>) -> Ledger {
    Ledger { sheets: (0..SHEETS).map(sheet).collect(), units, parents: [("A1".into(), "A0".into())].into() }
}

fn reading() -> impl Strategy<Value = Reading> {
    prop_oneof![
        Just(Reading::NotApplicable),
        Just(Reading::Unknown),
        (0_i64..=420).prop_map(|part| Reading::Known(Points::share(part, 420).unwrap())),
    ]
}

fn unit() -> impl Strategy<Value = Unit> {
    let indicator = prop::sample::select(Indicator::ALL.to_vec());
    let extent = prop::sample::select(vec![Extent::Whole, Extent::AtLeast, Extent::Part]);
    (indicator, 0..SHEETS, reading(), 1_u64..1_000_000, extent).prop_map(
        |(indicator, rank, reading, weight, extent)| Unit {
            weight,
            extent,
            ..Unit::new(indicator, Subject::Procedure(rank), reading)
        },
    )
}

fn units() -> impl Strategy<Value = Vec<Unit>> {
    prop::collection::vec(unit(), 0..80)
}

fn settings() -> impl Strategy<Value = Settings> {
    (prop::array::uniform3(0_u64..5), prop::array::uniform16(0_u64..5)).prop_map(|(axes, indicators)| Settings {
        axes,
        indicators,
        ..Settings::default()
    })
}

fn scopes() -> Vec<Scope> {
    let bodies = (0..BODIES).map(|body| Name::from(&*format!("A{body}")));
    let mut scopes: Vec<Scope> = bodies.clone().map(Scope::Authority).chain(bodies.map(Scope::Department)).collect();
    scopes.extend([Scope::State, Scope::Sector("s".into()), Scope::Procedure("s/p0".into())]);
    scopes
}

fn all_points(index: &Index) -> Vec<Option<&Points>> {
    let axes = index.axes.iter().map(|axis| axis.points.as_ref());
    let indicators = index.indicators().map(|score| score.points.as_ref());
    std::iter::once(index.points.as_ref()).chain(axes).chain(indicators).collect()
}

proptest! {
    #[test]
    fn scores_lie_within_bounds(units in units(), settings in settings()) {
        let ledger = ledger(units);
        for scope in scopes() {
            let index = ledger.score(&scope, &settings);
            for points in all_points(&index).into_iter().flatten() {
                prop_assert!(*points >= Points::none() && *points <= Points::full());
            }
            let coverage = index.coverage();
            prop_assert!(coverage.known <= coverage.applicable && coverage.applicable <= Indicator::ALL.len());
        }
    }

    /// A procedure that becomes paperless (its volume stays what it was) lowers no score of any scope; nor does anything
    /// else that raises one reading.
    #[test]
    fn what_gets_better_lowers_nothing(units in units(), at in any::<prop::sample::Index>(), settings in settings()) {
        let known: Vec<usize> =
            (0..units.len()).filter(|at| matches!(units[*at].reading, Reading::Known(_))).collect();
        prop_assume!(!known.is_empty());
        let mut better = units.clone();
        better[known[at.index(known.len())]].reading = Reading::Known(Points::full());
        let (before, after) = (ledger(units), ledger(better));
        for scope in scopes() {
            let (before, after) = (before.score(&scope, &settings), after.score(&scope, &settings));
            for (before, after) in all_points(&before).into_iter().zip(all_points(&after)) {
                prop_assert!(after >= before);
            }
        }
    }

    /// What is not known changes no score, only what it covers.
    #[test]
    fn the_unknown_is_never_put_a_figure_to(units in units(), more in units(), settings in settings()) {
        let unknown = more.into_iter().map(|unit| Unit { reading: Reading::Unknown, ..unit });
        let with: Vec<Unit> = units.iter().cloned().chain(unknown).collect();
        let (without, with) = (ledger(units), ledger(with));
        for scope in scopes() {
            let (without, with) = (without.score(&scope, &settings), with.score(&scope, &settings));
            prop_assert_eq!(all_points(&without), all_points(&with));
            prop_assert!(with.coverage().applicable >= without.coverage().applicable);
            prop_assert_eq!(with.coverage().known, without.coverage().known);
        }
    }

    /// Whatever turns out of what is not known, a score of all is what it was, and one that is at least so much is no lower.
    #[test]
    fn an_extent_tells_the_truth(
        units in units(),
        truths in prop::collection::vec(0_i64..=420, 80),
        settings in settings(),
    ) {
        let turned = |(unit, truth): (&Unit, &i64)| {
            let truth = Points::share(*truth, 420).unwrap();
            let reading = match (&unit.reading, unit.extent) {
                (Reading::Unknown, _) | (Reading::Known(_), Extent::Part) => Reading::Known(truth),
                (Reading::Known(points), Extent::AtLeast) => Reading::Known(truth.max(points.clone())),
                (reading, _) => reading.clone(),
            };
            Unit { reading, ..unit.clone() }
        };
        let known: Vec<Unit> = units.iter().zip(&truths).map(turned).collect();
        let (told, known) = (ledger(units), ledger(known));
        let extents = |index: &Index| -> Vec<Extent> {
            let axes = index.axes.iter().map(mastara_engine::maturity::AxisScore::extent);
            std::iter::once(index.extent()).chain(axes).chain(index.indicators().map(|score| score.extent)).collect()
        };
        for scope in scopes() {
            let (told, known) = (told.score(&scope, &settings), known.score(&scope, &settings));
            for ((extent, told), known) in extents(&told).into_iter().zip(all_points(&told)).zip(all_points(&known)) {
                match extent {
                    Extent::Whole => prop_assert_eq!(told, known),
                    Extent::AtLeast => prop_assert!(told <= known),
                    Extent::Part => {}
                }
            }
        }
    }

    #[test]
    fn equal_weights_are_the_mean(units in units(), weight in 1_u64..1000) {
        let ledger = ledger(units);
        let equal = Settings { axes: [weight; 3], indicators: [weight; 16], ..Settings::default() };
        for scope in scopes() {
            let index = ledger.score(&scope, &equal);
            prop_assert_eq!(&index, &ledger.score(&scope, &Settings::default()));
            let axes = index.axes.iter().filter_map(|axis| Some((1, axis.points.as_ref()?)));
            prop_assert_eq!(&index.points, &Points::mean(axes));
            for axis in &index.axes {
                let indicators = axis.indicators.iter().filter_map(|score| Some((1, score.points.as_ref()?)));
                prop_assert_eq!(&axis.points, &Points::mean(indicators));
            }
        }
    }

    /// The State is the sum of its procedures, not the mean of its administrations.
    #[test]
    fn every_procedure_counts_once(units in units()) {
        let ledger = ledger(units);
        let state = ledger.score(&Scope::State, &Settings::default());
        let bodies = (0..BODIES).map(|body| Scope::Authority(Name::from(&*format!("A{body}"))));
        let bodies: Vec<Index> = bodies.map(|scope| ledger.score(&scope, &Settings::default())).collect();
        for score in state.indicators() {
            let known: usize = bodies
                .iter()
                .flat_map(Index::indicators)
                .filter(|of| of.indicator == score.indicator)
                .map(|of| of.known)
                .sum();
            prop_assert_eq!(score.known, known);
        }
    }

    #[test]
    fn stability_hangs_on_the_seed_alone(units in units(), seed in any::<u64>()) {
        let ledger = ledger(units);
        let bodies = (0..BODIES).map(|body| Scope::Authority(Name::from(&*format!("A{body}"))));
        let scores: Vec<Index> = bodies.map(|scope| ledger.score(&scope, &Settings::default())).collect();
        let scores: Vec<&Index> = scores.iter().collect();
        let once = Stability::new(&scores, 50, seed).unwrap();
        prop_assert_eq!(&once, &Stability::new(&scores, 50, seed).unwrap());
        for (low, high) in &once.ranks {
            prop_assert!(1 <= *low && low <= high && *high <= BODIES);
        }
        prop_assert!(once.tau.1 <= 1.0 && once.tau.0 <= 1.0);
    }
}

#[test]
fn one_who_leads_everywhere_always_leads() {
    let unit = |rank, points| {
        Indicator::ALL
            .map(|indicator| Unit::new(indicator, Subject::Procedure(rank), Reading::Known(Points::whole(points))))
    };
    let ledger = ledger([unit(0, 90), unit(1, 60), unit(2, 30)].concat());
    let score = |body: &str| ledger.score(&Scope::Authority(body.into()), &Settings::default());
    let scores = [score("A0"), score("A1"), score("A2")];
    let stability = Stability::new(&scores.each_ref(), 1000, 7).unwrap();
    assert_eq!(stability.ranks, [(1, 1), (2, 2), (3, 3)]);
    assert!((stability.tau.0 - 1.0).abs() < 1e-12);
    assert_eq!(scores.each_ref().map(|index| index.grade()), [Some(Grade::A), Some(Grade::B), Some(Grade::C)]);
    assert!(Stability::new(&scores.each_ref()[..1], 10, 1).is_none());
}

#[test]
fn a_department_takes_in_all_that_belongs_to_it() {
    let unit = |rank, points| Unit::new(Indicator::K1, Subject::Procedure(rank), Reading::Known(Points::whole(points)));
    // A1 belongs to A0.
    let ledger = ledger(vec![unit(0, 100), unit(1, 0), unit(2, 40)]);
    let points = |scope: Scope| ledger.score(&scope, &Settings::default()).points;
    assert_eq!(points(Scope::Authority("A0".into())), Some(Points::full()));
    assert_eq!(points(Scope::Department("A0".into())), Some(Points::whole(50)));
    assert_eq!(ledger.top(&"A1".into()).as_str(), "A0");
}
