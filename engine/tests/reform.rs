//! Reforms: what changes do to flows, and what they never do.
#![expect(clippy::unwrap_used, reason = "these are tests, though not all are marked as such")]

mod support;

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use mastara_engine::{
    answers::Answers,
    flow::Flow,
    measure::Measures,
    node::{Form, NodeKind},
    procedure::{ClaimMeasure, Procedure, Status, Version},
    program::Program,
    reform::{Action, Change, Limit, Scope, Subject, apply, reasons},
    text::Text,
    vocabulary::{Authority, Document, Register, Vocabulary},
};
use proptest::prelude::*;
use support::{
    draw::{self, Tape},
    make::name,
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
    Procedure {
        id: name("s/p"),
        title: Text::default(),
        authority: name("justice"),
        sector: name("s"),
        audience: Vec::new(),
        life_event: None,
        status: Status::Draft,
        is_priority: false,
        portal: None,
        legal: Vec::new(),
        volume: None,
        personal_data: None,
        silence_list: None,
        verified: None,
        sources: Vec::new(),
        questions: Vec::new(),
        versions: vec![version],
    }
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
