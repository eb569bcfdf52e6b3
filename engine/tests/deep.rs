//! Procedures together: papers obtained once, trips merged, cycles that end.

#![expect(clippy::unwrap_used, reason = "these are tests, though not all are marked as such")]

mod support;

use std::collections::{BTreeSet, VecDeque};

use mastara_engine::{
    deep::{Closure, Part, Together},
    documents::{Demander, Documents},
    measure::{Asked, AskedPaper},
    procedure::Procedure,
    text::Name,
    vocabulary::{Document, Validity, Vocabulary},
};
use proptest::prelude::*;
use support::{
    make::*,
    papers::{known, procedure},
};

/// A part that goes to these places and asks for these papers; a step of ten minutes a visit, a dirham and a day a paper.
fn part(visits: &[&str], papers: &[&str]) -> Part {
    let count = |list: &[&str]| i64::try_from(list.len()).unwrap();
    let asked = |document: &&str| AskedPaper { document: name(document), sheets: 2, is_handed_out: false };
    Part {
        steps: count(visits),
        effort: 10 * count(visits),
        fees: 100 * count(papers),
        legal_delay: 30,
        usual_delay: 1 + count(papers),
        asked: Asked {
            papers: papers.iter().map(asked).collect(),
            agencies: visits.iter().map(|place| name(place)).collect::<BTreeSet<_>>().into_iter().collect(),
            visits: visits.iter().map(|place| name(place)).collect(),
        },
    }
}

/// Procedures, each of which delivers the paper of its own name.
#[derive(Debug)]
struct World {
    procedures: Vec<Procedure>,
    parts: Vec<Part>,
    vocabulary: Vocabulary,
}

impl World {
    fn new(all: &[(&str, Part, Option<u32>)]) -> Self {
        let mut vocabulary = Vocabulary::default();
        for (id, _, days) in all {
            let validity = Some(Validity { days: *days, source: None });
            vocabulary.documents.insert(name(id), Document { validity, ..known(Some(name("anybody")), None) });
        }
        Self {
            procedures: all.iter().map(|(id, ..)| procedure(id, Some(id))).collect(),
            parts: all.iter().map(|(_, part, _)| part.clone()).collect(),
            vocabulary,
        }
    }

    fn documents(&self) -> Documents<'_> {
        let papers = |part: &Part| part.asked.papers.iter().map(|paper| paper.document.clone()).collect::<Vec<_>>();
        let demander = |(procedure, part)| {
            let usual = papers(part);
            Demander { procedure, version: &procedure.versions[0], listed: usual.clone(), usual }
        };
        Documents::new(self.procedures.iter().zip(&self.parts).map(demander).collect(), &self.vocabulary)
    }

    fn closure(&self, roots: &[usize], holds: impl Fn(&Name) -> bool) -> (Closure, Together) {
        let documents = self.documents();
        let closure = Closure::new(&documents, roots, |rank| &self.parts[rank], holds);
        let together = closure.together(|rank| &self.parts[rank]);
        (closure, together)
    }

    fn deep(&self, root: usize) -> [Together; 3] {
        let least = self.closure(&[root], Closure::lasting(&self.vocabulary)).1;
        [self.closure(&[root], |_| true).1, least, self.closure(&[root], |_| false).1]
    }
}

/// A house needs a deed and a birth certificate; the deed needs the birth certificate and the card, which lasts.
fn house() -> World {
    World::new(&[
        ("house", part(&["town-hall"], &["deed", "birth"]), None),
        ("deed", part(&["notary"], &["birth", "card"]), Some(90)),
        ("birth", part(&["town-hall"], &[]), Some(90)),
        ("card", part(&["police", "police"], &["photo"]), Some(3650)),
    ])
}

#[test]
fn a_shared_paper_is_obtained_once() {
    let world = house();
    let (closure, least) = world.closure(&[0], Closure::lasting(&world.vocabulary));
    assert_eq!(closure.members, [0, 1, 2]);
    assert_eq!(closure.held, BTreeSet::from([name("card")]));
    assert_eq!((least.steps, least.trips, least.sheets), (3, 3, 8));
    // The birth certificate is one kind of paper, though two procedures ask for it.
    assert_eq!(least.documents, 3);
    // The notary comes between the birth certificate and the house: two trips to the town hall.
    assert_eq!(least.merged_trips, 3);
    // 1 day for the birth certificate, 3 for the deed, 3 for the house.
    assert_eq!((least.usual_delay, least.legal_delay), (7, 90));
    let full = world.closure(&[0], |_| false).1;
    assert_eq!((full.procedures, full.trips, full.documents), (4, 5, 4));
}

#[test]
fn a_paper_handed_out_on_the_way_is_not_fetched_elsewhere() {
    let mut world = house();
    world.parts[0].asked.papers[0].is_handed_out = true;
    let (closure, _) = world.closure(&[0], |_| false);
    assert_eq!(closure.members, [0, 2]);
}

#[test]
fn trips_to_one_place_are_one_unless_something_comes_between() {
    let visit = |places: &[&str]| part(places, &[]);
    let merged =
        |parts: &[Part], needs: &[Vec<usize>]| Together::new(&parts.iter().collect::<Vec<_>>(), needs).merged_trips;
    let apart = [visit(&["town-hall"]), visit(&["town-hall", "court"])];
    assert_eq!(merged(&apart, &[vec![], vec![]]), 2);
    // The paper may be taken from one counter to the next.
    assert_eq!(merged(&apart, &[vec![], vec![0]]), 2);
    assert_eq!(merged(&apart, &[vec![1], vec![]]), 3);
    // Online, but with a day of waiting in between.
    let chain = [visit(&["town-hall"]), visit(&[]), visit(&["town-hall"])];
    assert_eq!(merged(&chain, &[vec![], vec![0], vec![1]]), 2);
    assert_eq!(merged(&chain, &[vec![], vec![], vec![]]), 1);
    assert_eq!(merged(&[visit(&["court", "town-hall", "court"])], &[vec![]]), 3);
}

#[test]
fn a_cycle_ends_and_counts_once() {
    let world = World::new(&[
        ("vote", part(&["town-hall"], &["card"]), None),
        ("card", part(&["police"], &["home"]), Some(3650)),
        ("home", part(&["police"], &["card"]), Some(90)),
    ]);
    let (closure, full) = world.closure(&[0], |_| false);
    assert_eq!(closure.cycles(), [[1, 2]]);
    assert_eq!((full.procedures, full.steps, full.usual_delay), (3, 3, 6));
    // Nobody knows which of the two comes first: both trips to the police count.
    assert_eq!(full.merged_trips, 3);
}

#[test]
fn an_event_takes_papers_from_the_procedures_before() {
    let world = house();
    // Who has the deed drawn up on the way takes it from there, though nothing is to be fetched besides.
    let (closure, together) = world.closure(&[1, 0], |_| true);
    assert_eq!((closure.members.len(), closure.needs()), (2, vec![vec![], vec![0]]));
    assert_eq!((together.usual_delay, together.documents), (6, 3));
    assert_eq!(world.closure(&[0, 1], |_| true).1.usual_delay, 3);
}

#[test]
fn what_is_delivered_along_is_not_fetched_elsewhere() {
    // Who founds a firm gets its extract from the court; others ask the register for one.
    let mut world = World::new(&[
        ("founding", part(&["court"], &[]), None),
        ("bank", part(&["bank"], &["extract"]), None),
        ("extract", part(&["register"], &[]), Some(90)),
    ]);
    world.procedures[0] = procedure("founding", Some("extract"));
    world.vocabulary.documents.get_mut("extract").unwrap().procedure = Some(name("extract"));
    assert_eq!(world.closure(&[1], |_| false).0.members, [1, 2]);
    let (closure, together) = world.closure(&[0, 1], |_| false);
    assert_eq!((closure.members.len(), together.trips), (2, 2));
}

/// Every figure of the first is at most that of the second.
fn is_at_most(a: &Together, b: &Together) -> bool {
    let figures = |sum: &Together| {
        let Together { procedures, steps, trips, merged_trips, documents, sheets, .. } = *sum;
        let Together { effort, legal_delay, usual_delay, fees, agencies, .. } = *sum;
        [procedures, steps, trips, merged_trips, documents, sheets, effort, legal_delay, usual_delay, fees, agencies]
    };
    figures(a).iter().zip(figures(b)).all(|(a, b)| *a <= b)
}

const IDS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
const PLACES: [&str; 3] = ["court", "police", "town-hall"];

prop_compose! {
    fn world()(all in prop::collection::vec(
        (prop::collection::vec(0..3usize, 0..3), prop::collection::btree_set(0..8usize, 0..3), 0..3usize),
        1..6,
    )) -> World {
        let parts: Vec<_> = all.iter().enumerate().map(|(at, (visits, papers, validity))| {
            let mut visits: Vec<&str> = visits.iter().map(|place| PLACES[*place]).collect();
            visits.dedup();
            let papers: Vec<&str> = papers.iter().map(|paper| IDS.get(*paper).copied().unwrap_or("photo")).collect();
            (IDS[at], part(&visits, &papers), [Some(90), Some(3650), None][*validity])
        }).collect();
        World::new(&parts)
    }
}

/// The fewest trips there can be, by trying every order of places; parts that need one another never begin.
fn fewest(parts: &[&Part], needs: &[Vec<usize>]) -> Option<i64> {
    let total = |done: &[usize]| done.iter().zip(parts).all(|(done, part)| *done > part.asked.visits.len());
    // A part that goes nowhere, or has been everywhere, is over: at once, or on another day if it waits and goes nowhere.
    let settle = |done: &mut Vec<usize>, next_day: bool| loop {
        let is_over = |done: &[usize], at: usize| done[at] > parts[at].asked.visits.len();
        let found = (0..parts.len()).find(|&at| {
            let part = parts[at];
            let may_end = !part.asked.visits.is_empty() || next_day || part.usual_delay == 0;
            done[at] == part.asked.visits.len() && may_end && needs[at].iter().all(|&need| is_over(done, need))
        });
        match found {
            Some(at) => done[at] += 1,
            None => break,
        }
    };
    let mut start = vec![0; parts.len()];
    settle(&mut start, true);
    let (mut seen, mut queue) = (BTreeSet::from([start.clone()]), VecDeque::from([(start, 0)]));
    while let Some((done, trips)) = queue.pop_front() {
        if total(&done) {
            return Some(trips);
        }
        for place in PLACES {
            let mut next = done.clone();
            let mut advanced = BTreeSet::new();
            loop {
                settle(&mut next, false);
                let may = (0..parts.len()).find(|&at| {
                    let is_here = parts[at].asked.visits.get(next[at]).is_some_and(|visit| visit.as_str() == place);
                    let is_ready = needs[at].iter().all(|&need| next[need] > parts[need].asked.visits.len());
                    is_here && is_ready && !advanced.contains(&at)
                });
                let Some(at) = may else { break };
                advanced.insert(at);
                next[at] += 1;
            }
            settle(&mut next, true);
            if seen.insert(next.clone()) {
                queue.push_back((next, trips + 1));
            }
        }
    }
    None
}

proptest! {
    #[test]
    fn deep_is_at_least_plain_and_less_than_apart(world in world()) {
        for root in 0..world.parts.len() {
            let [plain, least, full] = world.deep(root);
            prop_assert!(is_at_most(&plain, &least), "{plain:?} {least:?}");
            prop_assert!(is_at_most(&least, &full), "{least:?} {full:?}");
            prop_assert_eq!((plain.procedures, plain.merged_trips), (1, plain.trips));
            let (closure, _) = world.closure(&[root], |_| false);
            let members: BTreeSet<usize> = closure.members.iter().copied().collect();
            prop_assert_eq!(members.len(), closure.members.len());
            let apart = closure.members.iter().fold(Together::default(), |sum, &rank| {
                sum.and(&Together::new(&[&world.parts[rank]], &[Vec::new()]))
            });
            prop_assert!(is_at_most(&full, &apart), "{full:?} {apart:?}");
        }
    }

    #[test]
    fn holding_more_never_costs_more(world in world(), held in prop::collection::vec(any::<bool>(), 6)) {
        let holds = |paper: &Name| IDS.iter().position(|id| *id == paper.as_str()).is_some_and(|at| held[at]);
        for root in 0..world.parts.len() {
            let some = world.closure(&[root], holds).1;
            prop_assert!(is_at_most(&some, &world.closure(&[root], |_| false).1));
        }
    }

    #[test]
    fn an_event_is_at_most_its_procedures_one_by_one(world in world()) {
        let roots: Vec<usize> = (0..world.parts.len()).collect();
        let rules: [&dyn Fn(&Name) -> bool; 2] = [&|_| true, &Closure::lasting(&world.vocabulary)];
        for holds in rules {
            let apart = roots.iter().fold(Together::default(), |sum, &root| sum.and(&world.closure(&[root], holds).1));
            let together = world.closure(&roots, holds).1;
            prop_assert!(is_at_most(&together, &apart), "{together:?} {apart:?}");
        }
    }

    #[test]
    fn merged_trips_are_a_lower_bound(world in world()) {
        for root in 0..world.parts.len() {
            let (closure, together) = world.closure(&[root], |_| false);
            let parts: Vec<&Part> = closure.members.iter().map(|&rank| &world.parts[rank]).collect();
            if let Some(fewest) = fewest(&parts, &closure.needs()) {
                prop_assert!(together.merged_trips <= fewest, "{} {fewest}", together.merged_trips);
                prop_assert!(fewest <= together.trips);
            } else {
                prop_assert!(!closure.cycles().is_empty());
            }
        }
    }
}
