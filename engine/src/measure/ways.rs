//! The feasible ways as a chain of states with the chances of each way on, exactly those of the means.
//!
//! INVARIANT: a run through it from the entry always reaches an outcome, and takes each way with its share.

pub(crate) use super::state::DONE;
use super::{
    TooEntangled,
    collect::{LARGE, by_words},
    cost::{ALL, EFFORT, FEES, Parting, SHEETS, STEPS},
    person::Person,
    search::Search,
    state::Arc,
};
use crate::{
    answers::Answers,
    program::{Program, diagram::size, ops::NONE},
};

/// What simply adds up along a way: steps, sheets, minutes, centimes.
const SUMS: [usize; 4] = [STEPS, SHEETS, EFFORT, FEES];

/// The states and the ways between them.
#[derive(Clone, Debug)]
pub(crate) struct Ways {
    pub(crate) states: Vec<WayState>,
    pub(crate) arcs: Vec<WayArc>,
    /// From the entry.
    pub(crate) root: WayArc,
}

/// A place where ways part.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WayState {
    /// The ways on that somebody takes: the first, and one past the last.
    pub(crate) arcs: (u32, u32),
    /// The way of silence, taken by somebody or not, or [`NONE`].
    pub(crate) silence: u32,
}

/// A way on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WayArc {
    /// The edge taken, or [`NONE`] from the entry.
    pub(crate) edge: u32,
    /// The state reached, or [`DONE`].
    pub(crate) target: u32,
    /// A fair 64-bit number below this, and not below that of the way before, takes it.
    pub(crate) below: u64,
    /// Steps, sheets, minutes, centimes up to there.
    pub(crate) sums: [i64; SUMS.len()],
}

impl WayArc {
    fn of(arc: &Arc<{ SUMS.len() }>, below: u64) -> Self {
        Self { edge: arc.edge, target: arc.target, below, sums: *arc.costs.usual() }
    }
}

impl Program {
    /// The feasible ways of this person; `None` if there are none.
    ///
    /// # Errors
    /// [`TooEntangled`] if so many ways have to be kept apart that they cannot be measured exactly.
    pub(crate) fn ways(&self, person: &Answers) -> Result<Option<Ways>, TooEntangled> {
        if let Some(entangled) = &self.entangled {
            return Err(entangled.clone());
        }
        let person = Person::new(self, person)?;
        by_words!(self, ways(self, &person))
    }
}

fn ways<const W: usize>(program: &Program, person: &Person) -> Result<Option<Ways>, TooEntangled> {
    let search = Search::<W, { SUMS.len() }>::run(program, person, program.tracking_for(ALL), SUMS, LARGE)
        .map_err(|stop| program.gives_up(stop))?;
    let Some(root) = search.root.filter(|_| search.total().is_open) else { return Ok(None) };
    let mut ways = Ways { states: Vec::new(), arcs: Vec::new(), root: WayArc::of(&root, u64::MAX) };
    for (number, state) in (0..).zip(&search.states) {
        let edge = |arc: &Arc<_>| &program.edges[arc.edge as usize];
        let control = program.points[state.point as usize].control;
        let open = || search.open_arcs(number);
        let parting = Parting::<{ SUMS.len() }>::new(control, open().map(edge));
        let weight = |arc: &Arc<_>| parting.weight(edge(arc));
        let total: u64 = open().map(weight).sum();
        let (first, mut sum) = (size(ways.arcs.len()), 0);
        for arc in open().filter(|arc| weight(arc) > 0) {
            sum += weight(arc);
            let below = (u128::from(sum) << 64) / u128::from(total);
            ways.arcs.push(WayArc::of(arc, u64::try_from(below).unwrap_or(u64::MAX)));
        }
        let last = size(ways.arcs.len());
        let mut silence = (first..last).find(|&arc| program.edges[ways.arcs[arc as usize].edge as usize].is_silence);
        if let Some(arc) = open().find(|arc| edge(arc).is_silence).filter(|_| silence.is_none()) {
            ways.arcs.push(WayArc::of(arc, 0));
            silence = Some(last);
        }
        ways.states.push(WayState { arcs: (first, last), silence: silence.unwrap_or(NONE) });
    }
    Ok(Some(ways))
}
