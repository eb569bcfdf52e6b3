//! Measuring: one search for everything while that stays small, else one for each measure that needs a memory.

use super::{
    cost::{AGENCIES, ALL, DOCUMENTS, FETCHED, LEGAL, TRIPS, USUAL, WHICH},
    person::Person,
    report::{Measures, Obstacle, Range, Standing, TooEntangled},
    search::Search,
    state::{DONE, Stop, Tracking},
};
use crate::{
    answers::Answers,
    flow::NodeId,
    node::Amount,
    program::{
        Program,
        diagram::size,
        ops::{Control, Hindrance, Instruction, ItemKind, NONE, Op},
    },
    text::Name,
};

/// Up to so many states, everything is measured in one search.
const SMALL: usize = 20_000;
/// Above so many states, a search gives up.
pub(super) const LARGE: usize = 500_000;

/// Calls a function with the words of memory that a program needs as its first constant.
macro_rules! by_words {
    ($program:expr, $function:ident $(, $rest:tt)? ($($argument:expr),*)) => {
        match $program.words {
            0 | 1 => $function::<1 $(, $rest)?>($($argument),*),
            2 => $function::<2 $(, $rest)?>($($argument),*),
            3..=8 => $function::<8 $(, $rest)?>($($argument),*),
            _ => $function::<{ crate::program::MAX_WORDS } $(, $rest)?>($($argument),*),
        }
    };
}
pub(super) use by_words;

impl Program {
    /// Measures the flow over every feasible way of this person; of everybody if nothing is known of the person.
    ///
    /// # Errors
    /// [`TooEntangled`] if so many ways have to be kept apart that they cannot be measured exactly.
    pub fn measure(&self, person: &Answers) -> Result<Measures, TooEntangled> {
        if let Some(entangled) = &self.entangled {
            return Err(entangled.clone());
        }
        let person = Person::new(self, person)?;
        by_words!(self, measure(self, &person))
    }

    /// Trips to the places that count, over every feasible way of this person. Nominal trips and means add up to those of
    /// [`Measures::trips`] if each place counts once; least and most do not.
    ///
    /// # Errors
    /// [`TooEntangled`], as [`Program::measure`].
    pub fn trips_to(&self, person: &Answers, counts: impl Fn(&Name) -> bool) -> Result<Range, TooEntangled> {
        let places: Vec<bool> = self.places.iter().map(counts).collect();
        if !places.contains(&true) {
            return Ok(Range::default());
        }
        if let Some(entangled) = &self.entangled {
            return Err(entangled.clone());
        }
        let person = Person::new(self, person)?.going_only_to(places);
        by_words!(self, single(self, &person, TRIPS))
    }

    /// The places that some step goes to, in the order of the flow.
    #[must_use]
    pub fn places(&self) -> &[Name] {
        &self.places
    }

    /// The tracking that a search for one measure needs.
    pub(super) fn tracking_for(&self, measure: usize) -> Tracking {
        Tracking {
            trips: measure == TRIPS || self.places.is_empty(),
            documents: measure == DOCUMENTS || !self.remembers(ItemKind::Document),
            fetched: measure == FETCHED || !self.remembers(ItemKind::Fetched),
            agencies: measure == AGENCIES || !self.remembers(ItemKind::Agency),
            legal: measure == LEGAL || !self.has_forks,
            usual: measure == USUAL || !self.has_forks,
        }
    }

    /// Why a search gave up.
    pub(super) fn gives_up(&self, stop: Stop) -> TooEntangled {
        TooEntangled::of(self, true, matches!(stop, Stop::States))
    }
}

fn measure<const W: usize>(program: &Program, person: &Person) -> Result<Measures, TooEntangled> {
    let everything = Tracking { trips: true, documents: true, fetched: true, agencies: true, legal: true, usual: true };
    // No measure keeps nothing apart; if that is all there is, one search does in any case.
    let bare = program.tracking_for(ALL);
    let limit = if bare == everything { LARGE } else { SMALL };
    let search = match Search::<W, ALL>::run(program, person, everything, WHICH, limit) {
        Ok(search) => search,
        Err(stop) if bare == everything => return Err(program.gives_up(stop)),
        Err(_) => Search::run(program, person, bare, WHICH, LARGE).map_err(|stop| program.gives_up(stop))?,
    };
    let total = search.total();
    if !total.is_open {
        return Ok(Measures { level: u8::from(!program.is_empty()), ..Measures::default() });
    }
    let mut ranges = WHICH.map(|measure| Range {
        nominal: total.nominal[measure],
        least: total.least[measure],
        most: total.most[measure],
        expected: total.expected[measure],
        is_assumed: total.is_assumed(measure),
    });
    for measure in WHICH.into_iter().filter(|_| search.tracking == bare && bare != everything) {
        if program.tracking_for(measure) != bare {
            ranges[measure] = single::<W>(program, person, measure)?;
        }
    }
    let [steps, trips, documents, sheets, fetched, effort, legal_delay, usual_delay, fees, agencies] = ranges;
    let mut measures = Measures {
        is_feasible: true,
        steps,
        trips,
        documents,
        sheets,
        fetched,
        effort,
        legal_delay,
        usual_delay,
        fees,
        agencies,
        ..Measures::default()
    };
    measures.is_paperless = total.obstacles == 0;
    let hands_out = executed(&search, &mut measures);
    if !measures.is_paperless {
        measures.obstacles = obstacles(&search);
    }
    measures.level = match (measures.is_paperless, total.files) {
        (true, _) if measures.steps.most == 0 => 5,
        (true, _) => 4,
        (false, true) => 3,
        (false, false) => 1 + u8::from(hands_out),
    };
    Ok(measures)
}

/// One measure alone.
fn single<const W: usize>(program: &Program, person: &Person, measure: usize) -> Result<Range, TooEntangled> {
    let search = Search::<W, 1>::run(program, person, program.tracking_for(measure), [measure], LARGE)
        .map_err(|stop| program.gives_up(stop))?;
    let total = search.total();
    Ok(Range {
        nominal: total.nominal[0],
        least: total.least[0],
        most: total.most[0],
        expected: total.expected[0],
        is_assumed: total.is_assumed(0),
    })
}

/// Calls `visit` with each instruction on a feasible way that starts at one of `targets`, once.
fn walk(program: &Program, targets: impl Iterator<Item = u32>, mut visit: impl FnMut(&Instruction)) {
    let mut seen = vec![false; program.code.len()];
    for mut pc in targets {
        while !std::mem::replace(&mut seen[pc as usize], true) {
            let instruction = &program.code[pc as usize];
            visit(instruction);
            pc = match instruction.op {
                Op::Goto(target) => target,
                Op::Branch(_) | Op::End => break,
                _ => pc + 1,
            };
        }
    }
}

/// Fills in what depends on which instructions and edges lie on feasible ways; whether one hands out a form online.
fn executed<const W: usize>(search: &Search<'_, W, ALL>, measures: &mut Measures) -> bool {
    let program = search.program;
    let mut used = vec![false; program.edges.len()];
    let mut standing = Standing { fees_known: !program.has_unknown_fees, ..Standing::SURE };
    for state in 0..size(search.states.len()) {
        if !search.ahead[state as usize].is_open {
            continue;
        }
        let mut count = 0;
        let mut estimated = false;
        for arc in search.open_arcs(state) {
            used[arc.edge as usize] = true;
            count += 1;
            estimated |= program.edges[arc.edge as usize].estimated;
        }
        standing.shares_estimated |= estimated && count > 1;
    }
    let targets = (0..program.edges.len()).filter(|&edge| used[edge]).map(|edge| program.edges[edge].target);
    let mut is_listed = vec![false; program.items.len()];
    let mut hands_out = false;
    walk(program, std::iter::once(0).chain(targets), |instruction| {
        hands_out |= instruction.hands_out;
        match instruction.op {
            Op::Step(step) => {
                standing.effort_known &= program.steps[step as usize].effort_known;
                standing.effort_estimated |= program.steps[step as usize].effort_estimated;
            }
            Op::Demand { item, demand, .. } => {
                is_listed[item as usize] = true;
                standing.demands_estimated |= program.demands[demand as usize];
            }
            Op::Pay(payment) => {
                let payment = &program.payments[payment as usize];
                standing.fees_known &= payment.amount != Amount::Unknown;
                standing.fees_estimated |= payment.estimated;
            }
            Op::Clock(clock) => {
                standing.delay_known &= program.clocks[clock as usize].known;
                let clock = &program.clocks[clock as usize];
                standing.legal_delay_estimated |= clock.legal_estimated;
                standing.usual_delay_estimated |= clock.usual_estimated;
            }
            _ => {}
        }
    });
    let listed = program.items.iter().zip(is_listed).filter(|(_, is_listed)| *is_listed);
    measures.listed = listed.map(|(item, _)| item.name.clone()).collect();
    measures.listed.sort();
    measures.standing = standing;
    hands_out
}

/// The obstacles on the ways of a person who avoids as many as can be avoided.
fn obstacles<const W: usize>(search: &Search<'_, W, ALL>) -> Vec<(NodeId, Obstacle)> {
    let program = search.program;
    let mut targets = vec![0];
    let mut reached = vec![false; search.states.len()];
    let mut todo: Vec<u32> = search.root.iter().map(|root| root.target).filter(|&target| target != DONE).collect();
    while let Some(state) = todo.pop() {
        if std::mem::replace(&mut reached[state as usize], true) {
            continue;
        }
        let control = program.points[search.states[state as usize].point as usize].control;
        let is_own = |edge: u32| control == Control::Person && !program.edges[edge as usize].is_silence;
        let own = search.open_arcs(state).filter(|arc| is_own(arc.edge));
        let best = own.min_by_key(|arc| search.beyond(arc).obstacles).map_or(NONE, |arc| arc.edge);
        for arc in search.open_arcs(state).filter(|arc| !is_own(arc.edge) || arc.edge == best) {
            targets.push(program.edges[arc.edge as usize].target);
            todo.extend((arc.target != DONE).then_some(arc.target));
        }
    }
    let mut obstacles = Vec::new();
    walk(program, targets.into_iter(), |instruction| {
        let name = |item: u32| -> Name { program.items[item as usize].name.clone() };
        let obstacle = match (instruction.obstacle, instruction.op) {
            (Hindrance::NotOnline, _) => Obstacle::NotOnline,
            (Hindrance::Partial, _) => Obstacle::PartialCoverage,
            (Hindrance::Paper, Op::Demand { item, .. }) => Obstacle::PaperDemanded(name(item)),
            (Hindrance::Paper, Op::Receive(item)) => Obstacle::PaperReceived(name(item)),
            (Hindrance::Means(means), _) => Obstacle::PaidOnSite(means),
            _ => return,
        };
        obstacles.push((NodeId::at(instruction.node as usize), obstacle));
    });
    obstacles.sort_by_key(|(node, _)| *node);
    obstacles.dedup();
    obstacles
}
