//! Simulated people: their means against the exact ones, their queues against theory.
#![expect(clippy::unwrap_used, reason = "these are tests, though not all are marked as such")]
#![expect(clippy::cast_precision_loss, reason = "statistics are floats")]

mod support;

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use mastara_engine::{
    Date,
    answers::Answers,
    calendar::{Calendar, Opening, Rules},
    flow::{Flow, Guard, NodeId},
    measure::{Measures, Range},
    node::{Decider, NodeKind, Silence, Step},
    program::Program,
    quantity::{Delay, Share},
    simulate::{Batch, Delays, Measure, Offices, Refused, Service, Settings, Simulation},
};
use proptest::prelude::*;
use support::{
    draw::{self, Tape},
    make::*,
};

const SUNDAY: Date = Date::constant(2026, 2, 1);
const ALL: [Measure; 8] = [
    Measure::Steps,
    Measure::Sheets,
    Measure::Effort,
    Measure::Fees,
    Measure::Trips,
    Measure::Documents,
    Measure::Fetched,
    Measure::Agencies,
];

fn range(measures: &Measures, measure: Measure) -> Range {
    match measure {
        Measure::Steps => measures.steps,
        Measure::Sheets => measures.sheets,
        Measure::Effort => measures.effort,
        Measure::Fees => measures.fees,
        Measure::Trips => measures.trips,
        Measure::Documents => measures.documents,
        Measure::Fetched => measures.fetched,
        Measure::Agencies => measures.agencies,
    }
}

/// Eight to four, Monday to Friday.
fn weeks(days: usize) -> Calendar {
    let ordinary = Opening { opens: 8 * 60, closes: 16 * 60, ..Opening::default() };
    Calendar::new(SUNDAY, days, &Rules { ordinary, ..Rules::default() })
}

fn offices(officers: u32, minutes: u64, law: Service, per_day: f64) -> Option<Offices> {
    Some(Offices { everywhere: Some(officers), of: BTreeMap::new(), service: minutes * 60, law, per_day })
}

fn simulation<'c>(flow: &Flow, calendar: &'c Calendar, settings: Settings) -> Result<Simulation<'c>, Refused> {
    let program = Program::compile(flow).unwrap();
    Simulation::new((&program, flow), &Answers::everybody(), &name("ministry"), calendar, settings)
}

fn alone(flow: &Flow, calendar: &Calendar, settings: Settings, cases: u64) -> Batch {
    let batch = simulation(flow, calendar, settings).unwrap().alone(0, cases, cases);
    batch.check(cases).unwrap();
    batch
}

fn queued(flow: &Flow, calendar: &Calendar, settings: Settings, cases: u64) -> Batch {
    let batch = simulation(flow, calendar, settings).unwrap().queued(cases, &mut |_| ()).unwrap();
    batch.check(cases).unwrap();
    batch
}

/// The means lie where those of so many fair draws lie but once in 10⁹ (Hoeffding), and no case beyond the bounds.
fn agrees(batch: &Batch, measures: &Measures, cases: u64) -> Result<(), String> {
    for measure in ALL {
        let (exact, drawn) = (range(measures, measure), batch.measure(measure));
        if drawn.least < exact.least || drawn.most > exact.most {
            return Err(format!("{measure:?}: {} to {} beyond {exact:?}", drawn.least, drawn.most));
        }
        let width = (exact.most - exact.least) as f64;
        let margin = width * (21.4 / (2.0 * cases as f64)).sqrt() + 1e-9 * exact.expected.abs();
        if (drawn.mean() - exact.expected).abs() > margin {
            return Err(format!("{measure:?}: {} for {exact:?}, margin {margin}", drawn.mean()));
        }
    }
    Ok(())
}

static SIMULATED: AtomicUsize = AtomicUsize::new(0);
static VARIED: AtomicUsize = AtomicUsize::new(0);

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, max_shrink_iters: 2_000, ..ProptestConfig::default() })]

    /// Not a test by itself: `random_flows` runs it and counts.
    fn flows(numbers in proptest::collection::vec(any::<u16>(), 0..260)) {
        let mut tape = Tape::new(&numbers);
        let flow = draw::flow(&mut tape);
        let person = draw::person(&mut tape, &flow);
        let Ok(program) = Program::compile(&flow) else { return Ok(()) };
        let calendar = weeks(4_000);
        let settings = Settings { seed: tape.below(1_000) as u64, offices: offices(2, 10, Service::Exponential, 40.0), ..Settings::default() };
        let measures = program.measure(&person).unwrap();
        let simulation = Simulation::new((&program, &flow), &person, &name("ministry"), &calendar, settings);
        if !measures.is_feasible {
            prop_assert_eq!(simulation.err(), Some(Refused::Infeasible));
            return Ok(());
        }
        let simulation = simulation.unwrap();
        let cases = 3_000;
        let batch = simulation.alone(0, cases, cases);
        prop_assert_eq!(batch.check(cases), Ok(()));
        prop_assert_eq!(agrees(&batch, &measures, cases), Ok(()));
        let queued = simulation.queued(300, &mut |_| ()).unwrap();
        prop_assert_eq!(queued.ended, 300);
        for measure in ALL {
            let (exact, drawn) = (range(&measures, measure), queued.measure(measure));
            prop_assert!(exact.least <= drawn.least && drawn.most <= exact.most, "{:?}", measure);
        }
        SIMULATED.fetch_add(1, Relaxed);
        VARIED.fetch_add(usize::from(measures.steps.least != measures.steps.most), Relaxed);
    }
}

/// On random flows the means converge to the exact ones, no case lies beyond the least and the most, none is lost.
#[test]
fn random_flows() {
    flows();
    let (simulated, varied) = (SIMULATED.load(Relaxed), VARIED.load(Relaxed));
    assert!(simulated >= 800 && varied >= 200, "{simulated} simulated, {varied} of them varied");
}

/// A decision with shares, its returns, a question asked twice.
fn shares() -> Flow {
    let mut flow = Flow::new(vec![yes_no("married")]);
    let mut second = counter("hall");
    second.demands = vec![demand("contract", Some(yes(0))), demand("card", None)];
    let mut first = counter("hall");
    first.effort = known(20);
    first.demands = vec![demand("photo", Some(yes(0)))];
    let ids: Vec<NodeId> = [
        step("first", first),
        node("complete", NodeKind::Decision(Decider::Authority(name("hall")))),
        wait("review", 30),
        step("second", second),
        outcome("fin"),
    ]
    .into_iter()
    .map(|node| flow.add_node(node))
    .collect();
    flow.add_branch(ids[0], ids[1], branch(Guard::Always));
    flow.add_branch(ids[1], ids[2], shared(Guard::Ruled(name("yes")), 8_000));
    flow.add_branch(ids[1], ids[0], branch(Guard::Ruled(name("no"))));
    flow.add_branch(ids[2], ids[3], branch(Guard::Always));
    flow.add_branch(ids[3], ids[4], branch(Guard::Always));
    flow
}

/// The exact mean lies within four standard errors of a long run's.
#[test]
fn a_long_run_comes_close() {
    let flow = shares();
    let measures = Program::compile(&flow).unwrap().measure(&Answers::everybody()).unwrap();
    let batch = alone(&flow, &weeks(800), Settings { seed: 7, ..Settings::default() }, 400_000);
    for measure in ALL {
        let (exact, drawn) = (range(&measures, measure).expected, batch.measure(measure));
        assert!((drawn.mean() - exact).abs() <= 4.0 * drawn.error() + 1e-9, "{measure:?} {} {exact}", drawn.mean());
    }
    // Papers aside, people come back or they do not.
    let (ways, other) = batch.ways();
    assert_eq!((ways.len(), other), (2, 0));
    assert_eq!(ways.iter().map(|way| way.cases).sum::<u64>(), 400_000);
    assert_eq!((batch.measure(Measure::Documents).least, batch.measure(Measure::Documents).most), (1, 3));
}

#[test]
fn parts_give_the_same_as_the_whole() {
    let (flow, calendar) = (shares(), weeks(800));
    let simulation = simulation(&flow, &calendar, Settings { seed: 3, ..Settings::default() }).unwrap();
    let whole = simulation.alone(0, 10_000, 10_000);
    let mut parts = simulation.alone(9_000, 1_000, 10_000);
    parts.absorb(simulation.alone(0, 1_000, 10_000));
    parts.absorb(simulation.alone(1_000, 8_000, 10_000));
    assert_eq!(parts, whole);
    assert_ne!(simulation.alone(0, 10_000, 10_000).lead.sum, {
        let other = Settings { seed: 4, ..Settings::default() };
        alone(&flow, &calendar, other, 10_000).lead.sum
    });
    assert_eq!(parts.check(10_001), Err(Refused::Lost { cases: 10_001, ended: 10_000 }));
}

/// One stop served by officers, and nothing else.
fn served() -> Flow {
    let mut review = node("review", NodeKind::Wait(None));
    review.clock.usual = known(Delay::Immediate);
    chain(Vec::new(), vec![review, outcome("fin")])
}

/// The mean time in an M/M/c queue: Erlang's C formula.
fn erlang(officers: u32, arrivals: f64, services: f64) -> (f64, f64) {
    let load = arrivals / services;
    let (mut term, mut sum) = (1.0, 0.0);
    for k in 0..officers {
        sum += term;
        term *= load / f64::from(k + 1);
    }
    let utilisation = load / f64::from(officers);
    let last = term / (1.0 - utilisation);
    let waits = last / (sum + last);
    (waits, waits / (f64::from(officers) * services - arrivals) + 1.0 / services)
}

/// Means, chances to wait and utilisation of M/M/1 and M/M/c queues lie within their confidence intervals (99 %).
#[test]
fn queues_follow_theory() {
    let calendar = Calendar::continuous(SUNDAY, 14_600);
    for (officers, utilisation, seed) in [(1, 0.5, 1), (1, 0.8, 2), (2, 0.9, 3), (5, 0.85, 4), (30, 0.95, 5)] {
        let services = 72.0;
        let arrivals = utilisation * f64::from(officers) * services;
        let offices = offices(officers, 20, Service::Exponential, arrivals);
        let batch = queued(&served(), &calendar, Settings { seed, offices, ..Settings::default() }, 400_000);
        let (waits, mean) = erlang(officers, arrivals, services);
        // 2.708 for 99 %, 2.0227 for the 95 % of the margin, both for 39 degrees of freedom.
        let margin = batch.lead_margin().unwrap() * 2.708 / 2.0227;
        let error = (batch.lead.mean() - mean * 86_400.0).abs();
        assert!(error <= margin, "{officers} officers: {} for {}, {margin}", batch.lead.mean(), mean * 86_400.0);
        assert!(margin < 0.15 * mean * 86_400.0, "{officers} officers: the interval is too wide to tell anything");
        let desk = &batch.desks[0];
        assert_eq!((desk.served, desk.given_up), (400_000, 0));
        let waited = desk.waited as f64 / 400_000.0;
        assert!((waited - waits).abs() < 0.02, "{officers} officers: {waited} wait, {waits} in theory");
        let busy = desk.work_in_time as f64 / (f64::from(officers) * batch.working as f64);
        assert!((busy - utilisation).abs() < 0.01, "{officers} officers: {busy} busy, {utilisation} in theory");
    }
}

/// Constant work: half the waiting of exponential work (Pollaczek and Khinchine).
#[test]
fn constant_work_waits_half() {
    let calendar = Calendar::continuous(SUNDAY, 14_600);
    let offices = offices(1, 20, Service::Constant, 57.6);
    let batch = queued(&served(), &calendar, Settings { seed: 1, offices, ..Settings::default() }, 400_000);
    let mean = 86_400.0 / 72.0 * (1.0 + 0.8 / (2.0 * 0.2));
    assert!((batch.lead.mean() - mean).abs() <= batch.lead_margin().unwrap() * 1.34, "{} {mean}", batch.lead.mean());
}

/// A wait of sixty days whose silence is consent.
fn silent() -> Flow {
    let mut review = wait("review", 60);
    review.clock.usual = known(Delay::Days(20));
    review.clock.silence = Some(Silence { is_consent: true, legal: None });
    let mut flow = Flow::new(Vec::new());
    let ids: Vec<NodeId> = [step("file", Step::default()), review, outcome("granted"), outcome("silence")]
        .into_iter()
        .map(|node| flow.add_node(node))
        .collect();
    flow.add_branch(ids[0], ids[1], branch(Guard::Always));
    flow.add_branch(ids[1], ids[2], branch(Guard::Always));
    flow.add_branch(ids[1], ids[3], branch(Guard::Silence));
    flow
}

/// With enough officers nobody meets silence; with too few, the clock runs out while the file waits.
#[test]
fn the_clock_of_silence_runs_out_in_a_queue() {
    let calendar = weeks(14_600);
    let settings =
        |officers| Settings { offices: offices(officers, 60, Service::Exponential, 100.0), ..Settings::default() };
    let enough = queued(&silent(), &calendar, settings(20), 30_000);
    assert_eq!((enough.outcomes[2], enough.silent, enough.late), (30_000, 0, 0));
    let few = queued(&silent(), &calendar, settings(10), 30_000);
    assert_eq!(few.outcomes[2] + few.outcomes[3], 30_000);
    assert_eq!((few.outcomes[3], few.late), (few.silent, few.silent));
    // Eighty are served a day of a hundred that come, so 44 working days of queue have grown after 175 of the 300 days. From
    // then on twenty a day find no turn in time, and up to ten are at an officer's when their last day ends.
    assert!((2_500..3_750).contains(&few.silent), "{}", few.silent);
    let desk = &few.desks[0];
    assert_eq!(desk.given_up + desk.served, 30_000);
    // A hundred come a day where eighty can be served: the work of those who gave up came, too.
    assert_eq!(desk.work_undone, u128::from(desk.given_up) * 3_600);
    let load = |work: u128| work as f64 / (10.0 * few.working as f64);
    assert!((load(desk.work + desk.work_undone) - 1.25).abs() < 0.02, "{}", load(desk.work + desk.work_undone));
    assert!(load(desk.work) < 1.15, "{}", load(desk.work));
    // Nobody waits beyond the day the clock runs out: sixty full days, and the day after.
    assert!(few.lead.most <= 62 * 86_400, "{}", few.lead.most);
}

/// The share of silence that a file gives is kept, with officers or without, and takes as long as the law allows.
#[test]
fn a_share_of_silence_is_kept() {
    let mut flow = silent();
    let mut given = Flow::new(Vec::new());
    let ids: Vec<NodeId> = flow.nodes().map(|(_, node)| given.add_node(node.clone())).collect();
    given.add_branch(ids[0], ids[1], branch(Guard::Always));
    given.add_branch(ids[1], ids[2], branch(Guard::Always));
    given.add_branch(ids[1], ids[3], shared(Guard::Silence, 1_000));
    std::mem::swap(&mut flow, &mut given);
    let batch = alone(&flow, &weeks(800), Settings::default(), 20_000);
    assert!((1_800..2_200).contains(&batch.outcomes[3]), "{}", batch.outcomes[3]);
    assert_eq!(batch.silent, batch.outcomes[3]);
    assert!(batch.lead.most > 61 * 86_400 && batch.lead.most <= 62 * 86_400, "{}", batch.lead.most);
}

/// Half of the cases lie below the usual delay, none above the legal one.
#[test]
fn delays_spread_around_the_usual_one() {
    let flow = silent();
    let calendar = Calendar::continuous(SUNDAY, 800);
    let batch = alone(&flow, &calendar, Settings::default(), 100_000);
    let median = batch.lead_minutes.quantile(50).unwrap();
    assert!(median.abs_diff(20 * 1_440) < 300, "{median}");
    assert!(batch.lead_minutes.quantile(100).unwrap() <= 60 * 1_440 + 60);
    assert_eq!((batch.clocked, batch.late), (100_000, 0));
    for (delays, days) in [(Delays::Usual, 20), (Delays::Legal, 60), (Delays::None, 0)] {
        let batch = alone(&flow, &calendar, Settings { delays, ..Settings::default() }, 1_000);
        assert_eq!((batch.lead.least, batch.lead.most), (days * 86_400, days * 86_400), "{delays:?}");
    }
}

/// Side by side the longest branch counts, with officers or without.
#[test]
fn branches_side_by_side() {
    let mut flow = Flow::new(Vec::new());
    let nodes = [node("both", NodeKind::Fork), wait("short", 10), wait("long", 40), wait("after", 5), outcome("fin")];
    let ids: Vec<NodeId> = nodes.into_iter().map(|node| flow.add_node(node)).collect();
    for (from, to, guard) in [
        (0, 1, Guard::Parallel),
        (0, 2, Guard::Parallel),
        (0, 3, Guard::Join),
        (1, 3, Guard::Always),
        (2, 3, Guard::Always),
        (3, 4, Guard::Always),
    ] {
        flow.add_branch(ids[from], ids[to], branch(guard));
    }
    let calendar = Calendar::continuous(SUNDAY, 2_000);
    let days = 45 * 86_400;
    let batch = alone(&flow, &calendar, Settings::default(), 500);
    assert_eq!((batch.lead.least, batch.lead.most), (days, days));
    let offices = offices(1, 1, Service::Constant, 10.0);
    let batch = queued(&flow, &calendar, Settings { offices, ..Settings::default() }, 500);
    assert_eq!((batch.lead.least, batch.lead.most), (days, days));
    assert_eq!(batch.desks[0].served, 1_500);
}

/// A request for complements stops the clock: the case takes longer, and is no later.
#[test]
fn complements_suspend_the_clock() {
    let mut review = wait("review", 30);
    review.clock.complement =
        Some(mastara_engine::node::Complement { at_most: 1, before: None, within: Some(Delay::Days(30)), legal: None });
    let flow = chain(Vec::new(), vec![review, outcome("fin")]);
    let calendar = weeks(800);
    let plain = alone(&flow, &calendar, Settings::default(), 5_000);
    let settings = Settings { complements: Share::from_basis_points(5_000), ..Settings::default() };
    let asked = alone(&flow, &calendar, settings, 5_000);
    let more = (asked.lead.mean() - plain.lead.mean()) / 86_400.0;
    assert!((6.5..8.5).contains(&more), "{more} days more");
    assert_eq!((plain.late, asked.late), (0, 0));
}

#[test]
fn what_cannot_be_simulated_is_refused() {
    let (flow, calendar) = (served(), weeks(400));
    let with = |offices| simulation(&flow, &calendar, Settings { offices, ..Settings::default() });
    let refused = |offices| with(offices).err();
    assert_eq!(refused(offices(0, 10, Service::Constant, 1.0)), Some(Refused::NoOfficer(name("ministry"))));
    assert_eq!(refused(offices(1, 0, Service::Constant, 1.0)), Some(Refused::NoService));
    for per_day in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(refused(offices(1, 1, Service::Constant, per_day)), Some(Refused::NoArrival));
    }
    let mut other = offices(1, 1, Service::Constant, 1.0).unwrap();
    other.of.insert(name("elsewhere"), 3);
    let known = vec![name("ministry")];
    assert_eq!(refused(Some(other)), Some(Refused::UnknownAuthority { name: name("elsewhere"), known }));
    let slow = with(offices(1, 10, Service::Constant, 1.0)).unwrap();
    assert_eq!(slow.queued(0, &mut |_| ()), Err(Refused::NoCase));
    assert_eq!(slow.queued(10_000, &mut |_| ()), Err(Refused::TooLong), "ten thousand days");
    let crowded = with(offices(1, 400, Service::Constant, 100.0)).unwrap();
    assert_eq!(crowded.queued(10_000, &mut |_| ()), Err(Refused::TooLong), "more work than days");
}
