//! Reforms: what changes do to flows, and what they never do.
#![expect(clippy::unwrap_used, reason = "these are tests, though not all are marked as such")]

mod support;

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use mastara_engine::{
    answers::Answers,
    flow::Flow,
    measure::Measures,
    node::{Amount, Channel, Form, Identity, Means, Node, NodeKind, Payment, Receives, Step},
    procedure::{ClaimMeasure, Procedure, Version},
    program::Program,
    quantity::{Delay, Dirhams},
    reform::{Action, Change, Limit, Reason, Scope, Subject, apply, reasons},
    text::Text,
    vocabulary::{Authority, Document, Register, Vocabulary},
};
use proptest::prelude::*;
use support::{
    draw::{self, Tape},
    make::{chain, counter, demand, known, name, outcome, paper, step, wait},
    version::version,
};

/// What may never grow.
const ASKED: [ClaimMeasure; 9] = [
    ClaimMeasure::Steps,
    ClaimMeasure::Trips,
    ClaimMeasure::Documents,
    ClaimMeasure::Sheets,
    ClaimMeasure::Effort,
    ClaimMeasure::LegalDelay,
    ClaimMeasure::UsualDelay,
    ClaimMeasure::Fees,
    ClaimMeasure::Agencies,
];

/// Versions changed so far, and those of them that were asked for less, or became paperless.
static CHANGED: AtomicUsize = AtomicUsize::new(0);
static EASED: AtomicUsize = AtomicUsize::new(0);
static FREED: AtomicUsize = AtomicUsize::new(0);

fn vocabulary() -> Vocabulary {
    let mut words = Vocabulary::default();
    for (document, kind) in [("cnie", "identite"), ("photo", "photo"), ("acte", "etat-civil"), ("bail", "foncier")] {
        let known = Document {
            title: Text::default(),
            issuer: None,
            kind: name(kind),
            is_held: true,
            is_paper: true,
            is_public: false,
            procedure: None,
            validity: None,
        };
        words.documents.insert(name(document), known);
    }
    for (register, supplies, planned) in [("civil", "acte", None), ("rent", "bail", Some("2027-01-01"))] {
        let known = Register {
            title: Text::default(),
            authority: name("interior"),
            since: None,
            planned: planned.map(|day| day.parse().unwrap()),
            supplies: vec![name(supplies)],
            estimated: false,
        };
        words.registers.insert(name(register), known);
    }
    for authority in ["justice", "interior"] {
        let known = Authority { title: Text::default(), kind: name("k"), parent: None, is_private: false };
        words.authorities.insert(name(authority), known);
    }
    words
}

fn procedure(version: Version) -> Procedure {
    Procedure { authority: name("justice"), sector: name("s"), ..support::papers::of("s/p", version) }
}

fn draw_change(tape: &mut Tape, flow: &Flow) -> Change {
    let document = |tape: &mut Tape| name(["cnie", "photo", "acte", "bail"][tape.below(4)]);
    let action = match tape.below(12) {
        0 => Action::Fetch { document: name("acte"), register: name("civil") },
        1 => Action::Open { register: name("rent"), documents: vec![document(tape)] },
        2 => Action::PayOnline,
        3 => Action::DeliverOnline,
        4 | 5 => Action::FileOnline,
        6 => Action::IdentifyOnline,
        7 => Action::Abolish(document(tape)),
        8 => Action::AcceptDigital((!tape.once_in(2)).then(|| document(tape))),
        9 => Action::Waive([Form::Certified, Form::Original][tape.below(2)]),
        10 => Action::OneCopy,
        _ => Action::Shorten([Limit::Half, Limit::Days(1)][tape.below(2)]),
    };
    let scope = match tape.below(6) {
        0 => Scope::Authority(name(["justice", "interior"][tape.below(2)])),
        1 => Scope::Sector(name("s")),
        2 => Scope::Procedure(name(["s/p", "s/other"][tape.below(2)])),
        3 => {
            let steps: Vec<_> = flow.nodes().filter(|(_, node)| node.step().is_some()).collect();
            match steps.get(tape.below(steps.len().max(1))) {
                Some((_, node)) => Scope::Step(name("s/p"), node.name.clone()),
                None => Scope::Everywhere,
            }
        }
        _ => Scope::Everywhere,
    };
    Change { action, scope }
}

fn measure(flow: &Flow) -> Option<Measures> {
    Program::compile(flow).ok()?.measure(&Answers::everybody()).ok()
}

fn not_worse(before: &Measures, after: &Measures) {
    assert_eq!(before.is_feasible, after.is_feasible);
    for measure in ASKED {
        let (old, new) = (before.range(measure), after.range(measure));
        assert!(new.nominal <= old.nominal, "{measure:?} nominal {} > {}", new.nominal, old.nominal);
        assert!(new.least <= old.least, "{measure:?} least");
        assert!(new.most <= old.most, "{measure:?} most");
        assert!(new.expected <= old.expected + 1e-9, "{measure:?} expected {} > {}", new.expected, old.expected);
    }
    assert!(after.level >= before.level, "level {} < {}", after.level, before.level);
    assert!(after.obstacles.len() <= before.obstacles.len(), "obstacles");
}

fn check(flow: Flow, changes: &[Change]) {
    let Some(before) = measure(&flow) else { return };
    let (version, words) = (version(flow), vocabulary());
    let procedure = procedure(version.clone());
    let subject = Subject { procedure: &procedure, version: &version, vocabulary: &words };
    let reformed = |changes: &[Change]| apply(&procedure, &version, changes, &words);

    assert!(reformed(&[]) == version.flow, "no change changes nothing");
    let after_flow = reformed(changes);
    let program = Program::compile(&after_flow).expect("a sound flow stays sound");
    let after = program.measure(&Answers::everybody()).expect("no more is to be remembered");
    not_worse(&before, &after);
    let mut turned = changes.to_vec();
    turned.reverse();
    turned.extend_from_slice(changes);
    assert!(reformed(&turned) == after_flow, "neither order nor repetition matters");

    let held = reasons(&version, &words);
    let removed = |step, reason| changes.iter().any(|change| subject.removes(change, step, reason));
    let is_free = held.iter().all(|step| step.reasons.iter().all(|reason| removed(step, reason)));
    if is_free && before.is_feasible {
        assert!(after.is_paperless, "all reasons are gone, not {:?}", after.obstacles);
        FREED.fetch_add(usize::from(!before.is_paperless), Relaxed);
    }
    CHANGED.fetch_add(1, Relaxed);
    EASED.fetch_add(usize::from(before != after), Relaxed);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12_000, failure_persistence: None, max_shrink_iters: 20_000, ..ProptestConfig::default() })]

    /// Not a test by itself: `no_change_ever_asks_for_more` runs it and counts.
    fn flows(numbers in proptest::collection::vec(any::<u16>(), 0..200)) {
        let mut tape = Tape::new(&numbers);
        let count = 1 + tape.below(8);
        let seeds: Vec<Vec<u16>> = (0..count).map(|_| (0..6).map(|_| tape.below(60_000) as u16).collect()).collect();
        let flow = draw::flow(&mut tape);
        let changes: Vec<Change> = seeds.iter().map(|seed| draw_change(&mut Tape::new(seed), &flow)).collect();
        let told = format!("{changes:?}\n{:#?}", flow.nodes().map(|(_, node)| &node.kind).collect::<Vec<&NodeKind>>());
        let checked = std::panic::catch_unwind(|| check(flow, &changes));
        prop_assert!(checked.is_ok(), "{told}");
    }
}

/// No change ever asks for more on the nominal way, at least, at most or on average, nor lowers a level; order and repetition do
/// not matter; no change changes nothing; a version without any reason left is paperless.
#[test]
fn no_change_ever_asks_for_more() {
    flows();
    let (changed, eased, freed) = (CHANGED.load(Relaxed), EASED.load(Relaxed), FREED.load(Relaxed));
    println!("{changed} changed, {eased} eased, {freed} freed");
    assert!(changed >= 10_000 && eased >= 2_000 && freed >= 300, "{changed} changed, {eased} eased, {freed} freed");
}

/// A counter of the authority "justice" in one hall.
fn at_hall(demands: &[&str]) -> Step {
    let mut step = Step { agency: Some(name("justice")), ..counter("hall") };
    step.demands = demands.iter().map(|document| demand(document, None)).collect();
    step
}

fn paid(mut step: Step) -> Step {
    let amount = Amount::Fixed(Dirhams::from_centimes(2_000));
    let payment = Payment { amount, fee: None, means: Means::Stamp, when: None, legal: None, estimated: false };
    step.payments.push(payment);
    step
}

fn given(mut step: Step, document: &str, is_delivery: bool) -> Step {
    step.receives.push(Receives { paper: paper(document, 1), is_delivery, when: None });
    step
}

fn everywhere(action: Action) -> Change {
    Change { action, scope: Scope::Everywhere }
}

/// A flow of these nodes, one after the other.
fn straight(nodes: Vec<Node>) -> (Procedure, Vocabulary) {
    (procedure(version(chain(Vec::new(), nodes))), vocabulary())
}

/// The trips and the level after changes.
fn asked(procedure: &Procedure, words: &Vocabulary, actions: &[Action]) -> (i64, u8) {
    let changes: Vec<_> = actions.iter().cloned().map(everywhere).collect();
    let measures = measure(&apply(procedure, &procedure.versions[0], &changes, words)).unwrap();
    (measures.trips.nominal, measures.level)
}

#[test]
fn a_trip_disappears_only_when_all_its_reasons_are_gone() {
    let (procedure, words) =
        straight(vec![step("file", given(paid(at_hall(&["bail"])), "acte", true)), outcome("end")]);
    let all = [Action::FileOnline, Action::PayOnline, Action::DeliverOnline, Action::AcceptDigital(Some(name("bail")))];
    for left_out in 0..all.len() {
        let mut some = all.to_vec();
        some.remove(left_out);
        assert_eq!(asked(&procedure, &words, &some).0, 1, "without {:?}", all[left_out]);
    }
    assert_eq!(asked(&procedure, &words, &all), (0, 4));
    // Any of the ways to be rid of a paper will do.
    for instead in [Action::Abolish(name("bail")), Action::Open { register: name("rent"), documents: Vec::new() }] {
        let mut others = all.to_vec();
        others[3] = instead;
        assert_eq!(asked(&procedure, &words, &others), (0, 4));
    }
    let mut fetched = all.to_vec();
    fetched[3] = Action::Fetch { document: name("bail"), register: name("rent") };
    assert_eq!(asked(&procedure, &words, &fetched).0, 1, "a register that is only planned has to be opened");
}

#[test]
fn a_freed_step_between_two_others_of_one_trip_stays() {
    let nodes = vec![
        step("file", at_hall(&["bail"])),
        step("pay", paid(at_hall(&[]))),
        step("hearing", at_hall(&[])),
        outcome("end"),
    ];
    let (procedure, words) = straight(nodes);
    assert_eq!(asked(&procedure, &words, &[]).0, 1);
    assert_eq!(asked(&procedure, &words, &[Action::PayOnline]).0, 1, "not two");
    let changes = [everywhere(Action::PayOnline)];
    let flow = apply(&procedure, &procedure.versions[0], &changes, &words);
    let paying = flow.node(flow.find("pay").unwrap()).step().unwrap();
    assert_eq!((paying.payments[0].means, paying.channel.place()), (Means::Online, Some(&name("hall"))));
}

#[test]
fn a_paper_collected_after_the_work_goes_with_delivery_alone() {
    let nodes = vec![
        step("file", Step::default()),
        wait("work", 5),
        step("collect", given(at_hall(&[]), "acte", false)),
        outcome("end"),
    ];
    let (procedure, words) = straight(nodes);
    assert_eq!(asked(&procedure, &words, &[Action::DeliverOnline]).0, 0);
    assert_eq!(asked(&procedure, &words, &[Action::FileOnline]).0, 1);
}

#[test]
fn a_card_has_to_be_collected_and_whoever_gets_one_to_be_seen() {
    let seen = Step { identity: Some(Identity::InPerson), ..at_hall(&["bail"]) };
    let nodes =
        vec![step("file", seen), wait("work", 5), step("collect", given(at_hall(&[]), "cnie", true)), outcome("end")];
    let (procedure, words) = straight(nodes);
    let all = [Action::FileOnline, Action::IdentifyOnline, Action::DeliverOnline, Action::AcceptDigital(None)];
    assert_eq!(asked(&procedure, &words, &all).0, 2);
    let held = reasons(&procedure.versions[0], &words);
    assert!(held[0].reasons.contains(&Reason::Presence) && held[1].reasons.contains(&Reason::Thing(name("cnie"))));
}

#[test]
fn nobody_goes_for_a_paper_that_is_no_longer_asked_for() {
    let notary =
        Step { channel: Channel::Private(name("notary")), agency: None, ..given(Step::default(), "acte", false) };
    let nodes = vec![step("notary", notary), step("file", at_hall(&["acte"])), outcome("end")];
    let (procedure, words) = straight(nodes);
    assert_eq!(asked(&procedure, &words, &[]).0, 2);
    assert_eq!(asked(&procedure, &words, &[Action::FileOnline, Action::DeliverOnline]).0, 2, "a notary stays");
    assert_eq!(asked(&procedure, &words, &[Action::Abolish(name("acte"))]).0, 1);
    let flow = apply(&procedure, &procedure.versions[0], &[everywhere(Action::Abolish(name("acte")))], &words);
    assert_eq!(measure(&flow).unwrap().steps.nominal, 1, "the errand is no step any more");
}

#[test]
fn only_the_step_itself_can_be_freed_of_a_hearing() {
    let (procedure, words) = straight(vec![step("hearing", at_hall(&[])), outcome("end")]);
    assert_eq!(asked(&procedure, &words, &[Action::FileOnline]).0, 1);
    let named = Change { action: Action::FileOnline, scope: Scope::Step(name("s/p"), name("hearing")) };
    let measures = measure(&apply(&procedure, &procedure.versions[0], &[named], &words)).unwrap();
    assert_eq!(measures.trips.nominal, 0);
}

#[test]
fn changes_hold_where_they_say() {
    let other = Step { agency: Some(name("interior")), ..counter("office") };
    let nodes = vec![step("tax", paid(at_hall(&[]))), step("fee", paid(other)), outcome("end")];
    let (procedure, words) = straight(nodes);
    let trips = |scope: Scope| {
        let change = Change { action: Action::PayOnline, scope };
        measure(&apply(&procedure, &procedure.versions[0], &[change], &words)).unwrap().trips.nominal
    };
    assert_eq!(trips(Scope::Everywhere), 0);
    assert_eq!(trips(Scope::Authority(name("justice"))), 1);
    assert_eq!(trips(Scope::Sector(name("s"))), 0);
    assert_eq!(trips(Scope::Sector(name("t"))), 2);
    assert_eq!(trips(Scope::Procedure(name("s/p"))), 0);
    assert_eq!(trips(Scope::Step(name("s/p"), name("fee"))), 1);
}

#[test]
fn a_paper_goes_where_it_is_the_usual_one() {
    let mut step_ = at_hall(&["bail"]);
    step_.demands[0].any_of.push(paper("acte", 2));
    let (procedure, words) = straight(vec![step("file", step_), outcome("end")]);
    let papers = |document: &str| {
        let change = everywhere(Action::Abolish(name(document)));
        measure(&apply(&procedure, &procedure.versions[0], &[change], &words)).unwrap().documents.most
    };
    assert_eq!((papers("bail"), papers("acte")), (0, 1), "what is only accepted besides stays accepted");
}

#[test]
fn a_fetched_paper_is_asked_of_the_register_with_consent_and_brought_if_that_fails() {
    let (procedure, words) = straight(vec![step("file", at_hall(&["acte"])), outcome("end")]);
    let fetch = Action::Fetch { document: name("acte"), register: name("civil") };
    let flow = apply(&procedure, &procedure.versions[0], &[everywhere(fetch)], &words);
    let filed = flow.node(flow.find("file").unwrap()).step().unwrap();
    assert!(filed.demands.is_empty() && filed.exchanges[0].consent);
    assert_eq!((&filed.exchanges[0].register, &filed.fallbacks[0].document), (&name("civil"), &name("acte")));
    let measures = measure(&flow).unwrap();
    assert_eq!((measures.documents.nominal, measures.fetched.nominal), (0, 1));
}

#[test]
fn delays_get_shorter_in_their_own_unit_and_practice_keeps_up() {
    let mut work = wait("work", 0);
    work.clock.legal = known(Delay::WorkingDays(15));
    work.clock.usual = known(Delay::Days(20));
    let (procedure, words) = straight(vec![work, outcome("end")]);
    let clock = |limit: Limit| {
        let flow = apply(&procedure, &procedure.versions[0], &[everywhere(Action::Shorten(limit))], &words);
        let clock = &flow.node(flow.find("work").unwrap()).clock;
        (clock.legal.as_ref().unwrap().value, clock.usual.as_ref().unwrap().value)
    };
    assert_eq!(clock(Limit::Half), (Delay::WorkingDays(8), Delay::WorkingDays(8)));
    assert_eq!(clock(Limit::Days(20)), (Delay::Days(20), Delay::Days(20)));
    assert_eq!(clock(Limit::Days(60)), (Delay::WorkingDays(15), Delay::Days(20)), "no delay gets longer");
}

#[test]
fn what_a_reason_says_removes_it_does() {
    let words = vocabulary();
    assert_eq!(
        Reason::Paper(name("bail")).remedies(&words),
        [
            Action::Open { register: name("rent"), documents: Vec::new() },
            Action::Abolish(name("bail")),
            Action::AcceptDigital(Some(name("bail"))),
            Action::AcceptDigital(None),
        ]
    );
    let given = given(at_hall(&["acte"]), "photo", true);
    let (procedure, words) = straight(vec![step("file", given), outcome("end")]);
    let subject = Subject { procedure: &procedure, version: &procedure.versions[0], vocabulary: &words };
    for held in subject.reasons() {
        for reason in &held.reasons {
            for action in reason.remedies(&words) {
                assert!(subject.removes(&everywhere(action.clone()), &held, reason), "{action:?} {reason:?}");
            }
        }
    }
}
