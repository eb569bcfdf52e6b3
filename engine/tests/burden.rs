//! What cases cost, by the Standard Cost Model.

#![expect(clippy::unwrap_used, reason = "these are tests, though not all are marked as such")]

mod support;

use std::collections::BTreeMap;

use mastara_engine::{
    answers::Answers,
    burden::{Burden, Cause, Interval, Load, Parameters, Price, Zone, items},
    procedure::{Aspect, Audience},
    program::Program,
    text::Text,
};
use proptest::prelude::*;
use support::{
    draw::{Tape, flow},
    make::*,
};

fn price(low: i64, central: i64, high: i64) -> Price {
    Price {
        title: Text::default(),
        value: Interval::new(low, central, high).unwrap(),
        estimated: low < high,
        source: None,
    }
}

fn zone(minutes: [i64; 3], fare: [i64; 3]) -> Zone {
    let interval = |[low, central, high]: [i64; 3]| Interval::new(low, central, high).unwrap();
    Zone { title: Text::default(), minutes: interval(minutes), fare: interval(fare), estimated: true, source: None }
}

/// 18 dirhams an hour, 60 for a firm; half an hour and 5 dirhams to go near, two hours and 40 to go far.
fn parameters() -> Parameters {
    Parameters {
        tariffs: BTreeMap::from([
            (Audience::Citizen, price(1_800, 1_800, 1_800)),
            (Audience::Firm, price(4_000, 6_000, 9_000)),
        ]),
        zones: BTreeMap::from([
            (name("near"), zone([20, 30, 60], [0, 500, 2_000])),
            (name("far"), zone([60, 120, 240], [1_000, 4_000, 10_000])),
        ]),
        zone_of: BTreeMap::from([(name("town-hall"), name("near"))]),
        elsewhere: Some(name("far")),
        sheet: Some(price(20, 50, 100)),
    }
}

fn load(effort: i64, sheets: i64, fees: i64, near: i64, far: i64) -> Load {
    Load { effort, sheets, fees, trips: BTreeMap::from([(name("near"), near), (name("far"), far)]) }
}

#[test]
fn a_case_is_added_up_by_hand() {
    // 40 min at the steps, a trip near (30 min, 5 dh) and one far (120 min, 40 dh), 75 dh of fees, 6 sheets at 0.50 dh.
    let load = load(40_000, 6_000, 7_500_000, 1_000, 1_000);
    let burden = Burden::of(&load, &[Audience::Citizen], &parameters()).unwrap();
    assert_eq!(burden.seconds().central, (40 + 30 + 120) * 60);
    assert_eq!(burden.time.central, 1_200 + 900 + 3_600);
    assert_eq!((burden.fees, burden.fares.central, burden.sheets.central), (Interval::exact(7_500), 4_500, 300));
    assert_eq!(burden.centimes().central, 18_000);
    // All that is low together: 120 min, 10 dh of fares, 6 sheets at 0.20 dh.
    assert_eq!(burden.centimes().low, 3_600 + 7_500 + 1_000 + 120);
    let items = items(&load, &[Audience::Citizen], &parameters()).unwrap();
    let steps = items.iter().find(|item| item.cause == Cause::Steps).unwrap();
    assert_eq!(
        (steps.quantity, steps.seconds, steps.centimes),
        (40_000, Interval::exact(2_400), Interval::exact(1_200))
    );
}

#[test]
fn whose_hour_it_is_stays_open_between_audiences() {
    let parameters = parameters();
    assert_eq!(parameters.tariff(&[Audience::Citizen]), Some(Interval::exact(1_800)));
    assert_eq!(parameters.tariff(&[Audience::Citizen, Audience::Firm]), Interval::new(1_800, 1_800, 9_000));
    assert_eq!(parameters.tariff(&[Audience::Abroad]), None);
    let load = load(40_000, 0, 0, 0, 0);
    assert!(!parameters.is_estimate(&load, &[Audience::Citizen]));
    assert!(parameters.is_estimate(&load, &[Audience::Citizen, Audience::Firm]));
}

#[test]
fn what_is_saved_is_between_its_bounds() {
    let of = |near| Burden::of(&load(0, 0, 0, near, 0), &[Audience::Citizen], &parameters()).unwrap().centimes();
    assert_eq!(of(2_000) - of(1_000), of(1_000));
    let trip = Burden::of_trip(&name("town-hall"), &[Audience::Citizen], &parameters()).unwrap();
    assert_eq!(trip.centimes(), of(1_000));
    let far = Burden::of_trip(&name("ministry"), &[Audience::Citizen], &parameters()).unwrap();
    assert_eq!(far.seconds().central, 120 * 60);
    assert_eq!(Burden::of_sheet(&[Audience::Citizen], &parameters()).unwrap().centimes(), price(20, 50, 100).value);
    let dearer = of(1_000) - of(2_000);
    assert!(dearer.low <= dearer.central && dearer.central <= dearer.high && dearer.high < 0);
}

proptest! {
    #[test]
    fn bounds_are_in_order_and_a_year_is_so_many_cases(
        amounts in (0..200_000i64, 0..60_000i64, 0..90_000_000i64, 0..9_000i64, 0..9_000i64),
        cases in 0..5_000_000u64,
        more in 0..5_000_000u64,
    ) {
        let (effort, sheets, fees, near, far) = amounts;
        let load = load(effort, sheets, fees, near, far);
        for audiences in [&[Audience::Citizen][..], &[Audience::Firm], &[Audience::Citizen, Audience::Firm]] {
            let case = Burden::of(&load, audiences, &parameters()).unwrap();
            for interval in [case.seconds(), case.centimes(), case.time, case.fares, case.sheets] {
                prop_assert!(0 <= interval.low && interval.low <= interval.central && interval.central <= interval.high);
            }
            prop_assert_eq!(case.times(cases) + case.times(more), case.times(cases + more));
            let sum: Burden = items(&load, audiences, &parameters()).unwrap().iter().map(Burden::from).sum();
            prop_assert_eq!(sum, case);
        }
    }

    #[test]
    fn trips_to_zones_are_all_trips(numbers in prop::collection::vec(any::<u16>(), 0..160)) {
        let flow = flow(&mut Tape::new(&numbers));
        let Ok(program) = Program::compile(&flow) else { return Ok(()) };
        let everybody = Answers::everybody();
        let Ok(measures) = program.measure(&everybody) else { return Ok(()) };
        for aspect in [Aspect::Nominal, Aspect::Expected] {
            let load = Load::new(&program, &measures, &everybody, aspect, &parameters()).unwrap();
            let sum = measures.trips.aspect(aspect) * 1000.0;
            // A thousandth may be lost for each zone.
            #[expect(clippy::cast_precision_loss, reason = "a few trips")]
            let difference = load.all_trips() as f64 - sum;
            prop_assert!(difference.abs() <= 1.5, "{difference}");
        }
        let asked = program.nominal_asks(&everybody).unwrap();
        if measures.is_feasible {
            prop_assert_eq!(i64::try_from(asked.visits.len()).unwrap(), measures.trips.nominal);
            prop_assert_eq!(i64::try_from(asked.papers.len()).unwrap(), measures.documents.nominal);
            prop_assert_eq!(i64::try_from(asked.agencies.len()).unwrap(), measures.agencies.nominal);
            prop_assert_eq!(asked.papers.iter().map(|paper| paper.sheets).sum::<i64>(), measures.sheets.nominal);
        }
    }
}
