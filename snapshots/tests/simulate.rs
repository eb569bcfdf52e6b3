//! Every version of the catalogue simulated: no case is lost, none lies beyond the exact least and most, the means agree.
#![expect(clippy::cast_precision_loss, reason = "statistics are floats")]

use mastara_dsl::{compile::compile, disk};
use mastara_engine::{
    Date,
    answers::Answers,
    calendar::{Calendar, Rules},
    measure::{Measures, Range},
    procedure::{Procedure, Version},
    program::Program,
    simulate::{Batch, Measure, Offices, Service, Settings, Simulation},
};
use mastara_snapshots::root;

const CASES: u64 = 400;

fn ranges(measures: &Measures) -> [(Measure, Range); 8] {
    [
        (Measure::Steps, measures.steps),
        (Measure::Sheets, measures.sheets),
        (Measure::Effort, measures.effort),
        (Measure::Fees, measures.fees),
        (Measure::Trips, measures.trips),
        (Measure::Documents, measures.documents),
        (Measure::Fetched, measures.fetched),
        (Measure::Agencies, measures.agencies),
    ]
}

fn assert_within(batch: &Batch, measures: &Measures, what: &str) {
    for (measure, exact) in ranges(measures) {
        let drawn = batch.measure(measure);
        assert!(exact.least <= drawn.least && drawn.most <= exact.most, "{what}: {measure:?} {drawn:?} {exact:?}");
    }
}

fn simulate(procedure: &Procedure, version: &Version, calendar: &Calendar) -> bool {
    let what = format!("{} {}", procedure.id, version.name);
    let everybody = Answers::everybody();
    let Ok(program) = Program::compile(&version.flow) else { return false };
    let measures = program.measure(&everybody).unwrap_or_else(|error| panic!("{what}: {error}"));
    if !measures.is_feasible {
        return false;
    }
    let run = |offices| {
        let settings = Settings { seed: 1, offices, ..Settings::default() };
        Simulation::new((&program, &version.flow), &everybody, &procedure.authority, calendar, settings)
            .unwrap_or_else(|error| panic!("{what}: {error}"))
    };
    let batch = run(None).alone(0, CASES, CASES);
    assert_eq!(batch.check(CASES), Ok(()), "{what}");
    assert_within(&batch, &measures, &what);
    for (measure, exact) in ranges(&measures) {
        // Hoeffding's bound: one mean in 10⁹ lies beyond it.
        let margin = (exact.most - exact.least) as f64 * (21.4 / (2.0 * CASES as f64)).sqrt() + 1e-6;
        let mean = batch.measure(measure).mean();
        assert!((mean - exact.expected).abs() <= margin, "{what}: {measure:?} {mean} for {}", exact.expected);
    }
    let offices = Offices {
        everywhere: Some(1),
        of: std::collections::BTreeMap::new(),
        service: 900,
        law: Service::Exponential,
        per_day: 20.0,
    };
    let queued = run(Some(offices)).queued(CASES, &mut |_| ()).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(queued.check(CASES), Ok(()), "{what}");
    assert_within(&queued, &measures, &what);
    true
}

#[test]
fn the_whole_catalogue_is_simulated() {
    let compiled = compile(disk::read_catalog(&root().join("catalog")).expect("the catalogue is in the workspace"));
    let rules = Rules::of(&compiled.vocabulary).expect("the vocabulary tells hours");
    let calendar = Calendar::new(Date::constant(2026, 11, 22), 14_610, &rules);
    let versions = compiled.procedures().flat_map(|procedure| procedure.versions.iter().map(move |of| (procedure, of)));
    let simulated = versions.filter(|(procedure, version)| simulate(procedure, version, &calendar)).count();
    assert!(simulated >= 600, "{simulated}");
}

/// The holidays of 2026 and 2027 that the catalogue's rules give, against the months of Umm al-Qura.
#[test]
fn holidays_of_a_year() {
    let compiled = compile(disk::read_catalog(&root().join("catalog")).expect("the catalogue is in the workspace"));
    let rules = Rules::of(&compiled.vocabulary).expect("the vocabulary tells hours");
    let mut date = Date::constant(2026, 1, 1);
    let mut told = Vec::new();
    while date.year() == 2026 {
        told.extend(rules.holidays_on(date).map(|_| date.to_string()[5..].to_owned()));
        date = date.tomorrow().expect("not the end of time");
    }
    let civil = ["01-01", "01-11", "01-14", "05-01", "07-30", "08-14", "08-20", "08-21", "10-31", "11-06", "11-18"];
    assert!(civil.iter().all(|day| told.iter().any(|known| known == day)), "{told:?}");
    let religious: Vec<_> = told.iter().filter(|day| !civil.contains(&day.as_str())).map(String::as_str).collect();
    assert_eq!(religious, ["03-20", "03-21", "05-27", "05-28", "06-16", "08-25", "08-26"]);
}
