//! What can be saved in one procedure, and by which changes: trips, sheets and minutes, each with its reasons.

use std::collections::BTreeSet;

use mastara_engine::{
    flow::{Flow, NodeId},
    reform::{Action, Change, Reason},
    text::Name,
};
use mastara_plan::Burden;

use super::{
    candidate::Candidate,
    case::{Case, Trip},
};

/// A reason, by the ranks of the candidates that remedy it.
type Remedies = Vec<usize>;

/// What can be saved a year in a procedure. `None` if a figure is beyond what can be counted, or has no price.
pub fn burdens(case: &Case<'_>, candidates: &[Candidate]) -> Option<Vec<Burden>> {
    let look = Look { case, candidates };
    let mut burdens = Vec::new();
    let mut add = |worth: i64, reasons: Vec<Remedies>| {
        burdens.push(Burden { weight: case.yearly(worth)?, reasons });
        Some(())
    };
    let trips = case.trips();
    for (at, trip) in trips.iter().enumerate() {
        let worth = case.worth.of_trip(&trip.place)?;
        let gone = look.gone(trip);
        // Once the errands between two trips to one place are gone, the two are one, if any of each is left.
        if let Some((errands, next)) = look.joins(&trips, at) {
            let also = look.gone(next);
            add(worth, errands.clone())?;
            add(-worth, [&errands[..], &gone].concat())?;
            add(-worth, [&errands[..], &also].concat())?;
            add(worth, [&errands[..], &gone, &also].concat())?;
        }
        add(worth, gone)?;
    }
    for step in case.steps() {
        let minutes = look.case.line.version.flow.node(step).step().and_then(|step| step.effort.as_ref());
        let worth = case.worth.of_seconds(minutes.map_or(0, |minutes| i64::from(minutes.value) * 60))?;
        if let Some(reasons) = look.vanished(step).filter(|_| worth > 0) {
            add(worth, reasons)?;
        }
    }
    for step in case.steps().collect::<BTreeSet<_>>() {
        for (document, copies) in case.papers(step) {
            let fetched = look.ends_demand(step, document);
            let one = case.worth.of_sheets(1)?;
            add(one, vec![fetched.clone()])?;
            if copies > 1 {
                // A file that moves online is uploaded once, whether it was handed over somewhere or sent by post.
                let moved = if case.is_online(step) { vec![Vec::new()] } else { look.moved(step) };
                let once = look.one_copy(step);
                let others = case.worth.of_sheets(i64::from(copies) - 1)?;
                add(others, moved.iter().map(|reason| union(&[reason, &fetched, &once])).collect())?;
            }
        }
    }
    burdens.retain(|burden| burden.weight != 0);
    Some(burdens)
}

struct Look<'a> {
    case: &'a Case<'a>,
    candidates: &'a [Candidate],
}

impl Look<'_> {
    /// The candidates of which this holds.
    fn those(&self, holds: impl Fn(&Change) -> bool) -> Remedies {
        let ranked = self.candidates.iter().enumerate();
        ranked.filter(|(_, candidate)| candidate.change().is_some_and(&holds)).map(|(rank, _)| rank).collect()
    }

    /// What must be remedied for a step to be done without paper and trip; a step that nothing frees has a reason without
    /// remedy.
    fn freed(&self, step: NodeId) -> Vec<Remedies> {
        let Some(held) = self.case.held.get(&step) else { return vec![Vec::new()] };
        let remedies = |reason: &Reason| self.those(|change| self.case.subject.removes(change, held, reason));
        held.reasons.iter().map(remedies).collect()
    }

    /// What must be remedied for a step to be no trip any more: nobody makes it, or it is freed, and of the steps that may
    /// share its trip all before it or all after it are gone or freed too.
    fn moved(&self, step: NodeId) -> Vec<Remedies> {
        let left = |step| either(&self.freed(step), self.vanished(step).as_deref());
        let all = |steps: BTreeSet<NodeId>| steps.into_iter().flat_map(left).collect::<Vec<_>>();
        let [before, after] = self.case.subject.company(step).map(all);
        let mut moved = self.freed(step);
        moved.extend(both(&before, &after));
        either(&moved, self.vanished(step).as_deref())
    }

    /// What must be remedied for a trip to be made no more.
    fn gone(&self, trip: &Trip) -> Vec<Remedies> {
        trip.steps.iter().flat_map(|step| self.moved(*step)).collect()
    }

    /// The next trip to the place of a trip, if nothing but errands to other places lies between, and what must be remedied
    /// for these to be made no more.
    fn joins<'t>(&self, trips: &'t [Trip], at: usize) -> Option<(Vec<Remedies>, &'t Trip)> {
        let mut errands = Vec::new();
        for trip in trips[at + 1..].iter().take_while(|trip| trip.follows) {
            if trip.place == trips[at].place {
                return Some((errands, trip)).filter(|(errands, _)| !errands.is_empty());
            }
            for step in &trip.steps {
                errands.extend(self.vanished(*step)?);
            }
        }
        None
    }

    /// What must be remedied for nobody to make a step any more: the papers that it is an errand for are no longer asked
    /// for. Nothing can be if it is no errand.
    fn vanished(&self, step: NodeId) -> Option<Vec<Remedies>> {
        let received = |flow: &Flow| -> BTreeSet<Name> {
            let received = flow.node(step).step().into_iter().flat_map(|step| &step.receives);
            received.map(|given| given.paper.document.clone()).collect()
        };
        let ends = |document: &Name| {
            let is_needed = |change: &Change| received(&self.apply(change)).contains(document);
            self.those(|change| self.speaks(change, document) && !is_needed(change))
        };
        let reasons: Vec<_> = received(&self.case.line.version.flow).iter().map(ends).collect();
        (!reasons.is_empty() && reasons.iter().all(|remedies| !remedies.is_empty())).then_some(reasons)
    }

    /// The candidates that end a demand of a paper at a step, each tried by itself.
    fn ends_demand(&self, step: NodeId, document: &Name) -> Remedies {
        let before = demands(&self.case.line.version.flow, step, document);
        self.those(|change| self.speaks(change, document) && demands(&self.apply(change), step, document) < before)
    }

    /// Whether a change makes a document unnecessary somewhere.
    fn speaks(&self, change: &Change, document: &Name) -> bool {
        match &change.action {
            Action::Fetch { document: asked, .. } | Action::Abolish(asked) => asked == document,
            Action::Open { register, documents } => {
                let known = self.case.subject.vocabulary.registers.get(register);
                documents.contains(document) || known.is_some_and(|known| known.supplies.contains(document))
            }
            _ => false,
        }
    }

    /// The flow after one change.
    fn apply(&self, change: &Change) -> Flow {
        self.case.subject.apply(std::slice::from_ref(change))
    }

    /// The candidates by which one copy of each paper does at a step.
    fn one_copy(&self, step: NodeId) -> Remedies {
        let copies = |flow: &Flow| -> u32 {
            let demands = flow.node(step).step().into_iter().flat_map(|step| &step.demands);
            demands.flat_map(|demand| &demand.any_of).map(|paper| paper.copies).sum()
        };
        let before = copies(&self.case.line.version.flow);
        self.those(|change| change.action == Action::OneCopy && copies(&self.apply(change)) < before)
    }
}

/// How many demands of a step take this paper first.
fn demands(flow: &Flow, step: NodeId, document: &Name) -> usize {
    let demands = flow.node(step).step().into_iter().flat_map(|step| &step.demands);
    demands.filter(|demand| demand.any_of.first().is_some_and(|paper| paper.document == *document)).count()
}

/// What must be remedied for one set of reasons or another to be gone: `(a and b) or (c and d)` is `(a or c) and (a or d) and
/// (b or c) and (b or d)`. The first if there is no other.
fn either(reasons: &[Remedies], others: Option<&[Remedies]>) -> Vec<Remedies> {
    others.map_or_else(|| reasons.to_vec(), |others| both(reasons, others))
}

/// One remedy set for each pair, each once; none if one side is empty.
fn both(reasons: &[Remedies], others: &[Remedies]) -> Vec<Remedies> {
    let pairs = reasons.iter().flat_map(|one| others.iter().map(move |other| union(&[one, other])));
    pairs.collect::<BTreeSet<_>>().into_iter().collect()
}

fn union(sets: &[&Remedies]) -> Remedies {
    sets.iter().flat_map(|set| set.iter().copied()).collect::<BTreeSet<_>>().into_iter().collect()
}
