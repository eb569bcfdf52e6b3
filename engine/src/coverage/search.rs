//! People whose ways take what is not yet taken: the most ordinary ones first, and no more of them than needed.
//!
//! A person is built as the flow asks: where an answer or a ruling is missing, each possible one is tried. The cost of a
//! person is how many of these differ from the usual one; people are tried by cost (breadth first over deviations).

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{Point, conditions, example, taken};
use crate::{
    Date,
    answers::{ALWAYS, Answers, ELSE, SILENCE},
    condition::{Kind, Question, QuestionId},
    flow::{Flow, Guard, NodeId},
    node::{Decider, NodeKind},
    procedure::Example,
    program::{Program, domain::Domain},
    run::{Await, Case, Refused, Stuck, Walk, drive},
    text::Name,
};

/// How many people are tried for one flow.
const MAX_TRIED: usize = 6_000;
/// How often one authority is told what to rule.
const MAX_TURNS: usize = 6;

/// A person found: an example without title, and what their way takes.
#[derive(Clone, Debug)]
pub struct Person {
    /// The answers, rulings, way, papers and end.
    pub example: Example,
    /// What was sought and their way takes.
    pub takes: BTreeSet<Point>,
}

/// What came of a search.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    /// People who together take all that was found, none of them for nothing.
    pub people: Vec<Person>,
    /// What nobody can take: all people were tried.
    pub impossible: BTreeSet<Point>,
    /// What nobody took among those who were tried.
    pub missed: BTreeSet<Point>,
}

/// Seeks people whose ways take these points.
#[must_use]
pub fn seek(flow: &Flow, program: &Program, wanted: &BTreeSet<Point>) -> Sought {
    if wanted.is_empty() {
        return Sought::default();
    }
    let mut search = Search {
        flow,
        program,
        wanted,
        open: BTreeMap::new(),
        seen: BTreeSet::new(),
        found: Vec::new(),
        is_cut: false,
    };
    search.push(0, Trial::default());
    let mut left = wanted.clone();
    let mut tried = 0;
    while !left.is_empty() && tried < MAX_TRIED {
        let Some((cost, trial)) = search.next() else { break };
        tried += 1;
        if let Some(takes) = search.attempt(cost, trial) {
            left.retain(|point| !takes.contains(point));
        }
    }
    let is_all = search.open.is_empty() && !search.is_cut;
    let people = search.choose();
    let (impossible, missed) = if is_all { (left, BTreeSet::new()) } else { (BTreeSet::new(), left) };
    Sought { people, impossible, missed }
}

/// A person as far as told.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Trial {
    pub(super) values: BTreeMap<QuestionId, i64>,
    pub(super) rulings: BTreeMap<NodeId, Vec<Name>>,
}

impl Trial {
    pub(super) fn person(&self) -> Answers {
        let mut person = Answers::everybody();
        self.values.iter().for_each(|(question, value)| person.set(*question, *value));
        self.rulings.iter().for_each(|(node, cases)| person.rule(*node, cases.clone()));
        person
    }
}

struct Search<'f> {
    flow: &'f Flow,
    program: &'f Program,
    wanted: &'f BTreeSet<Point>,
    /// Those to be tried, by cost.
    open: BTreeMap<usize, VecDeque<Trial>>,
    seen: BTreeSet<Trial>,
    /// Those whose way reaches an end and takes something wanted.
    found: Vec<(Trial, Walk, BTreeSet<Point>)>,
    /// Whether something was left out for its length.
    is_cut: bool,
}

impl Search<'_> {
    fn push(&mut self, cost: usize, trial: Trial) {
        if self.seen.insert(trial.clone()) {
            self.open.entry(cost).or_default().push_back(trial);
        }
    }

    fn next(&mut self) -> Option<(usize, Trial)> {
        let mut entry = self.open.first_entry()?;
        let cost = *entry.key();
        let trial = entry.get_mut().pop_front();
        if entry.get().is_empty() {
            entry.remove();
        }
        trial.map(|trial| (cost, trial))
    }

    /// Tries a person; what their way takes, if it reaches an end.
    fn attempt(&mut self, cost: usize, trial: Trial) -> Option<BTreeSet<Point>> {
        let person = trial.person();
        let mut case = Case::open_in_turn(self.program);
        let end = drive(&mut case, &person);
        let visits = visits(&case);
        match end {
            Ok(ends) => {
                self.deviate(cost, &trial, &visits);
                self.ask(cost, &trial, &visits);
                let brings = case.papers().map(|(name, sheets)| (name.clone(), sheets)).collect();
                let walk = Walk { passes: case.trail().to_vec(), brings, tally: case.tally(), ends };
                let all = taken(self.flow, &person, &walk);
                let takes: BTreeSet<Point> = all.intersection(self.wanted).copied().collect();
                if !takes.is_empty() {
                    self.found.push((trial, walk, takes.clone()));
                }
                return Some(takes);
            }
            Err(Stuck::Open(Await::Answer { question, .. } | Await::Choose { question, .. })) => {
                self.answer(cost, &trial, question);
            }
            Err(Stuck::Open(Await::Rule(node) | Await::Silence(node))) => self.turn(cost, &trial, node, 0, None),
            // A return is exhausted: here, or on the way here, something else must once be ruled.
            Err(Stuck::Refused(node, Refused::Exhausted(_))) => {
                let visit = visits.get(&node).copied().unwrap_or(0);
                let (told, usual) = (trial.rulings.get(&node), options(self.flow, node).first().cloned());
                let ruled = told.and_then(|told| told.get(visit).or(told.last()).cloned()).or(usual);
                self.turn(cost, &trial, node, visit, ruled);
                self.deviate(cost, &trial, &visits);
            }
            Err(Stuck::NoWay(_)) => self.deviate(cost, &trial, &visits),
            Err(_) => {}
        }
        None
    }

    /// Every class of answers to a question, the usual one for nothing.
    fn answer(&mut self, cost: usize, trial: &Trial, question: QuestionId) {
        let at = usize::from(question.0);
        let (Some(asked), Some(domain)) = (self.flow.questions().get(at), self.program.domains.get(at)) else { return };
        let values = values(asked, domain);
        let usual = asked.usual().and_then(|usual| domain.class_of(usual)).unwrap_or(0);
        for (class, value) in values {
            let mut next = trial.clone();
            next.values.insert(question, value);
            self.push(cost + usize::from(class != usual), next);
        }
    }

    /// A ruling from the visit `turn` on; up to it, what is told or usual. What is ruled there already is left out.
    fn turn(&mut self, cost: usize, trial: &Trial, node: NodeId, turn: usize, ruled: Option<Name>) {
        let options = options(self.flow, node);
        let Some(usual) = options.first() else { return };
        let mut told = trial.rulings.get(&node).cloned().unwrap_or_default();
        if turn >= MAX_TURNS {
            self.is_cut = true;
            return;
        }
        let last = told.last().unwrap_or(usual).clone();
        told.resize(turn, last);
        for option in options.iter().filter(|option| Some(*option) != ruled.as_ref()) {
            let mut next = trial.clone();
            let mut cases = told.clone();
            cases.push(option.clone());
            next.rulings.insert(node, cases);
            self.push(cost + usize::from(option != usual), next);
        }
    }

    /// People like one whose way is known, ruled otherwise once at a visit of which nothing was told.
    fn deviate(&mut self, cost: usize, trial: &Trial, visits: &BTreeMap<NodeId, usize>) {
        for (&node, &count) in visits {
            let told = trial.rulings.get(&node).map_or(0, Vec::len);
            let Some(usual) = options(self.flow, node).first().cloned() else { continue };
            let ruled = trial.rulings.get(&node).and_then(|told| told.last().cloned()).unwrap_or(usual);
            (told..count).for_each(|turn| self.turn(cost, trial, node, turn, Some(ruled.clone())));
        }
    }

    /// What is only received, asked or fetched in some case is done without an answer, too.
    fn ask(&mut self, cost: usize, trial: &Trial, visits: &BTreeMap<NodeId, usize>) {
        let mut open = BTreeSet::new();
        for &node in visits.keys() {
            for condition in conditions(self.flow, node) {
                if condition.holds(&|question| trial.values.get(&question).copied()).is_none() {
                    condition.visit(&mut |question, _| {
                        open.extend((!trial.values.contains_key(&question)).then_some(question));
                    });
                }
            }
        }
        open.into_iter().for_each(|question| self.answer(cost + 1, trial, question));
    }

    /// As few people as can be found greedily: each time the one who takes most of what is left, the most ordinary of those.
    fn choose(self) -> Vec<Person> {
        let mut left: BTreeSet<Point> = self.found.iter().flat_map(|(_, _, takes)| takes).copied().collect();
        let mut chosen: Vec<usize> = Vec::new();
        while !left.is_empty() {
            let gain = |at: &usize| self.found[*at].2.intersection(&left).count();
            // The first of the best: they were found by cost.
            let Some(best) = (0..self.found.len()).rev().max_by_key(gain) else { break };
            left.retain(|point| !self.found[best].2.contains(point));
            chosen.push(best);
        }
        // One that was needed at first may not be in the end.
        let mut at = 0;
        while at < chosen.len() {
            let others = |other: &usize| *other != chosen[at];
            let rest: BTreeSet<&Point> =
                chosen.iter().filter(|other| others(other)).flat_map(|other| &self.found[*other].2).collect();
            if self.found[chosen[at]].2.iter().all(|point| rest.contains(point)) {
                chosen.remove(at);
            } else {
                at += 1;
            }
        }
        chosen.sort_unstable();
        let person = |at: usize| {
            let (trial, walk, takes) = &self.found[at];
            Person { example: example::of(self.flow, self.program, trial, walk), takes: takes.clone() }
        };
        chosen.into_iter().map(person).collect()
    }
}

/// How often each node has been passed.
fn visits(case: &Case<'_>) -> BTreeMap<NodeId, usize> {
    let mut visits: BTreeMap<NodeId, usize> = BTreeMap::new();
    case.trail().iter().for_each(|id| *visits.entry(*id).or_default() += 1);
    visits
}

/// What can be ruled at a node, the nominal case first; nothing where nothing is ruled.
fn options(flow: &Flow, node: NodeId) -> Vec<Name> {
    let branches = flow.branches(node);
    let silence = branches.iter().any(|(branch, _)| branch.guard == Guard::Silence).then(|| Name::from(SILENCE));
    let mut options: Vec<Name> = match &flow.node(node).kind {
        NodeKind::Decision(Decider::Authority(_)) => {
            let case = |guard: &Guard| match guard {
                Guard::Ruled(case) => Some(case.clone()),
                Guard::Else => Some(Name::from(ELSE)),
                _ => None,
            };
            branches.iter().filter_map(|(branch, _)| case(&branch.guard)).collect()
        }
        NodeKind::Step(_) | NodeKind::Wait(_) if silence.is_some() => vec![Name::from(ALWAYS)],
        _ => return Vec::new(),
    };
    options.extend(silence);
    options
}

/// One answer of each class, with its class: a number at the edge of its class, as a careful author would choose it.
fn values(question: &Question, domain: &Domain) -> Vec<(u32, i64)> {
    let value = |class: u32| {
        let (low, high) = domain.edges(class)?;
        let usual = question.usual().filter(|usual| domain.class_of(*usual) == Some(class));
        let round = |high: i64| {
            let shown = match question.kind {
                Kind::Money => high / 100 * 100,
                Kind::Date => last_day(high)?,
                _ => high,
            };
            Some(shown).filter(|shown| domain.class_of(*shown) == Some(class))
        };
        // Below a threshold the number just below it, above it the threshold itself.
        let below =
            (low == question.low || low <= FIRST_DAY).then(|| round(high)).flatten().filter(|_| high < i64::MAX);
        Some((class, usual.or(below).unwrap_or(low)))
    };
    (0..domain.classes).filter_map(value).collect()
}

/// The first day of all, as a number.
const FIRST_DAY: i64 = 10_101;

/// The last day at or before a number `yyyymmdd`.
fn last_day(from: i64) -> Option<i64> {
    let is_day = |number: &i64| {
        let year = i16::try_from(number / 10_000).ok();
        let month = i8::try_from(number / 100 % 100).ok();
        let day = i8::try_from(number % 100).ok();
        year.zip(month).zip(day).is_some_and(|((year, month), day)| Date::new(year, month, day).is_ok())
    };
    // No two days are further apart as numbers than the end of a year from the next.
    (0..=8_870).map(|back| from - back).find(is_day)
}
