//! How many people are simulated a second, on one core.

use std::collections::BTreeMap;

use divan::{Bencher, black_box, counter::ItemsCount};
use mastara_engine::{
    Date,
    answers::Answers,
    calendar::{Anniversary, Calendar, Holiday, Opening, Rules},
    condition::{Comparison, Kind},
    flow::{Flow, Guard, NodeId},
    node::{Decider, Node, NodeKind},
    program::Program,
    quantity::Delay,
    simulate::{Offices, Service, Settings, Simulation},
    text::Text,
};

#[path = "../tests/support/make.rs"]
#[expect(dead_code, reason = "shared with the tests")]
mod make;
use make::*;

fn main() {
    divan::main();
}

fn office(label: &str, place: &str, minutes: u32) -> Node {
    let mut at = counter(place);
    at.effort = known(minutes);
    at.demands = vec![demand(label, None), demand("cnie", None)];
    step(label, at)
}

fn review(label: &str, authority: &str, usual: u32) -> Node {
    let mut review = node(label, NodeKind::Wait(Some(name(authority))));
    (review.clock.usual, review.clock.legal) = (known(Delay::Days(usual)), known(Delay::Days(60)));
    review
}

/// Ten steps and waits, two decisions with shares, one on the person's age, a return, conditional papers.
fn ten() -> Flow {
    let mut flow = Flow::new(vec![question("age", Kind::Integer(None), 0, Some(120)), yes_no("married")]);
    let mut file = counter("commune");
    file.effort = known(30);
    file.demands = vec![
        demand("birth", None),
        demand("guardian", Some(is(0, Comparison::Less, 18))),
        demand("marriage", Some(yes(1))),
    ];
    let judge = |label| node(label, NodeKind::Decision(Decider::Authority(name("commune"))));
    let nodes = vec![
        office("form", "commune", 10),
        facts("adult"),
        office("medical", "hospital", 40),
        step("file", file),
        judge("complete"),
        review("inquiry", "commune", 10),
        office("stamp", "tax", 15),
        review("study", "prefecture", 20),
        judge("decide"),
        office("sign", "commune", 10),
        review("print", "prefecture", 5),
        office("collect", "commune", 10),
        review("registry", "registry", 2),
        outcome("fin"),
        outcome("refused"),
    ];
    let ids: Vec<NodeId> = nodes.into_iter().map(|node| flow.add_node(node)).collect();
    let mut ways = vec![
        (0, 1, branch(Guard::Always)),
        (1, 3, shared(Guard::When(is(0, Comparison::AtLeast, 18)), 8_000)),
        (1, 2, branch(Guard::Else)),
        (2, 3, branch(Guard::Always)),
        (3, 4, branch(Guard::Always)),
        (4, 5, shared(Guard::Ruled(name("yes")), 9_000)),
        (4, 3, branch(Guard::Ruled(name("no")))),
        (8, 9, shared(Guard::Ruled(name("granted")), 9_500)),
        (8, 14, branch(Guard::Ruled(name("refused")))),
    ];
    ways.extend([5, 6, 7, 9, 10, 11, 12].map(|from| (from, from + 1, branch(Guard::Always))));
    ways.into_iter().for_each(|(from, to, way)| flow.add_branch(ids[from], ids[to], way));
    flow
}

/// Morocco's hours, with a civil and a religious holiday.
fn calendar() -> Calendar {
    let holiday = |day, days| Holiday { title: Text::default(), day, days, since: None, until: None, text: None };
    let hours = |opens, closes, pause| Opening { opens, closes, pause, ..Opening::default() };
    let rules = Rules {
        holidays: vec![holiday(Anniversary::Civil(7, 30), 1), holiday(Anniversary::Hijri(10, 1), 2)],
        ordinary: hours(510, 990, 30),
        friday: Some(hours(510, 990, 90)),
        ramadan: Some(hours(540, 900, 0)),
    };
    Calendar::new(Date::constant(2026, 1, 1), 14_600, &rules)
}

fn settings(offices: Option<Offices>) -> Settings {
    Settings { seed: 1, offices, ..Settings::default() }
}

const CASES: u64 = 100_000;

#[divan::bench(sample_count = 20)]
fn without_queues(bencher: Bencher<'_, '_>) {
    let (flow, calendar) = (ten(), calendar());
    let program = Program::compile(&flow).expect("sound");
    let person = Answers::everybody();
    let simulation =
        Simulation::new((&program, &flow), &person, &name("commune"), &calendar, settings(None)).expect("feasible");
    bencher.counter(ItemsCount::new(CASES)).bench(|| {
        let batch = black_box(&simulation).alone(0, CASES, CASES);
        assert_eq!(batch.check(CASES), Ok(()));
        batch
    });
}

/// Thirty officers in four authorities, nine tenths of their time at work.
#[divan::bench(sample_count = 20)]
fn thirty_officers(bencher: Bencher<'_, '_>) {
    let (flow, calendar) = (ten(), calendar());
    let program = Program::compile(&flow).expect("sound");
    let of = BTreeMap::from(
        [("commune", 16), ("tax", 3), ("prefecture", 7), ("registry", 4)].map(|(of, number)| (name(of), number)),
    );
    let offices = Offices { everywhere: None, of, service: 15 * 60, law: Service::Exponential, per_day: 80.0 };
    let person = Answers::everybody();
    let simulation = Simulation::new((&program, &flow), &person, &name("commune"), &calendar, settings(Some(offices)))
        .expect("feasible");
    bencher.counter(ItemsCount::new(CASES)).bench(|| {
        let batch = black_box(&simulation).queued(CASES, &mut |_| ()).expect("in time");
        assert_eq!(batch.check(CASES), Ok(()));
        batch
    });
}
