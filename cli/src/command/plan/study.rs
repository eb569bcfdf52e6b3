//! The whole choice: what counts, what may be chosen, what is best, and what it saves when it is put on the flows.

use mastara_engine::{
    Date,
    flow::Flow,
    measure::Standing,
    procedure::{ClaimMeasure, Procedure},
    reform::Change,
    text::Name,
    vocabulary::Vocabulary,
};
use mastara_plan::{Burden, Flaw, Instance, Limit, Solution, Stage, build_order, greedy, greedy_ahead, solve};
use rayon::prelude::*;

use super::{
    burdens::burdens,
    candidate::{Candidate, Wanted, candidates},
    case::Case,
    goal::{Bound, Worth},
};
use crate::{
    args::PlanGoal,
    figures::Mark,
    survey::{Line, Survey},
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// The day.
    pub at: Date,
    /// What is to be saved.
    pub goal: PlanGoal,
    /// Each procedure counts once, instead of as often as it is asked for.
    pub every: bool,
    /// What there is to choose among.
    pub wanted: Wanted<'a>,
    /// How many changes at most.
    pub budget: u64,
    /// When the search is stopped.
    pub limit: Limit,
}

/// The choice with all that belongs to it.
#[derive(Debug)]
pub struct Study<'c> {
    /// The day.
    pub at: Date,
    /// Procedures that count.
    pub cases: Vec<Case<'c>>,
    /// What was chosen among.
    pub candidates: Vec<Candidate>,
    /// The problem.
    pub instance: Instance,
    /// What is best.
    pub solution: Solution,
    /// In which order to build it.
    pub stages: Vec<Stage>,
    /// What always the best next change would have saved.
    pub greedy: i64,
    /// The same, where what one trip or sheet still lacks is weighed together.
    pub greedy_ahead: i64,
    /// All that the counted procedures ask a year.
    pub whole: i64,
    /// What the choice saves, measured again by executing the changed flows.
    pub measured: i64,
    /// The same with the low and with the high prices.
    pub between: (i64, i64),
    /// Procedures where the measured saving is not the planned one: planned, measured.
    pub apart: Vec<(Name, i64, i64)>,
    /// Procedures in force that do not count, for want of a volume or a price.
    pub left_out: usize,
    /// Of the volumes that count, how many are estimates.
    pub volumes_estimated: usize,
    /// The procedures in force of the administration asked for, if one is.
    pub own: Option<Own>,
    goal: PlanGoal,
    /// How far what the counted procedures ask can be trusted.
    standing: Standing,
    /// Whether each errand that is saved says how many minutes it takes.
    is_gain_known: bool,
}

/// The procedures in force that an administration is in charge of, or one that belongs to it.
#[derive(Clone, Copy, Debug)]
pub struct Own {
    /// How many.
    pub procedures: usize,
    /// How many of them are known to be asked for in a year.
    pub with_volume: usize,
}

impl Study<'_> {
    /// Whether an amount rests on an estimate.
    pub fn is_estimated(&self) -> bool {
        self.volumes_estimated > 0 || self.rests_on_estimates()
    }

    /// Whether an amount rests on an estimate that is no volume: a price, the minutes of a trip, a demand of a paper.
    pub fn rests_on_estimates(&self) -> bool {
        match self.goal {
            PlanGoal::Trips => false,
            PlanGoal::Sheets => Mark::of_measure(ClaimMeasure::Sheets, self.standing) != Mark::Known,
            PlanGoal::Hours | PlanGoal::Dirhams => true,
        }
    }

    /// How well what is saved is known.
    pub fn mark(&self) -> Mark {
        Mark::of(self.is_gain_known, self.is_estimated())
    }

    /// How well all that is asked is known. Fees are no part of it.
    pub fn whole_mark(&self) -> Mark {
        let takes_time = matches!(self.goal, PlanGoal::Hours | PlanGoal::Dirhams);
        Mark::of(!takes_time || self.standing.effort_known, self.is_estimated())
    }

    /// The changes that one needs, by their place in the order, from 1.
    pub fn needs(&self, stage: &Stage) -> impl Iterator<Item = usize> {
        let needs = self.candidates[stage.change].needs.iter();
        needs.filter_map(|need| self.stages.iter().position(|stage| stage.change == *need)).map(|at| at + 1)
    }
}

/// Chooses.
pub fn study<'c>(survey: &'c Survey<'c>, vocabulary: &'c Vocabulary, asked: &Asked<'_>) -> Result<Study<'c>, Flaw> {
    let worth = |line: &'c Line<'c>, bound| Worth {
        goal: asked.goal,
        parameters: &vocabulary.burden,
        audience: &line.procedure.audience,
        bound,
    };
    let counted = survey.lines.par_iter().filter_map(|line| {
        let volume = line.procedure.volume.as_ref().map(|volume| volume.requests);
        let times = if asked.every { 1 } else { volume.filter(|requests| *requests > 0)? };
        Case::new(line, times, vocabulary, worth(line, Bound::Central))
    });
    let mut cases: Vec<Case<'c>> = counted.collect();
    let in_force =
        survey.lines.iter().map(|line| line.version).chain(survey.not_measured.iter().map(|(_, version, _)| *version));
    let candidates = candidates(&cases, in_force, asked.at, vocabulary, &asked.wanted);
    let found: Vec<_> = cases.par_iter().map(|case| burdens(case, &candidates)).collect();
    let mut is_priced = found.iter().map(Option::is_some);
    cases.retain(|_| is_priced.next().unwrap_or_default());
    let found: Vec<Vec<_>> = found.into_iter().flatten().collect();
    let changes = candidates.iter().map(|candidate| mastara_plan::Change { cost: 1, needs: candidate.needs.clone() });
    let instance = Instance::new(changes.collect(), &found.concat())?;
    let solution = solve(&instance, asked.budget, asked.limit);
    let stages = build_order(&instance, &solution.chosen);
    let chosen: Vec<Change> = solution.chosen.iter().filter_map(|&rank| candidates[rank].change().cloned()).collect();
    let mut apart = Vec::new();
    let mut sums = [0i64; 3];
    let (mut standing, mut is_gain_known) = (Standing::SURE, true);
    for (case, burdens) in cases.iter().zip(&found) {
        let planned = planned(burdens, &solution.chosen);
        let changed = case.subject.apply(&chosen);
        standing = standing.and(case.line.now.standing);
        is_gain_known &= !saves_unknown_minutes(case, &changed);
        let after = case.after(&changed);
        let saved = [Bound::Central, Bound::Low, Bound::High].map(|bound| {
            let worth = Worth { bound, ..case.worth };
            after.as_ref().and_then(|after| case.saved(after, &worth)).unwrap_or(0)
        });
        if planned != saved[0] {
            apart.push((case.line.procedure.id.clone(), planned, saved[0]));
        }
        sums.iter_mut().zip(saved).for_each(|(sum, saved)| *sum = sum.saturating_add(saved));
    }
    let whole = cases.iter().filter_map(|case| case.yearly(case.worth.of(&case.asked)?)).fold(0, i64::saturating_add);
    let has_estimate = |case: &&Case<'_>| case.line.procedure.volume.as_ref().is_some_and(|volume| volume.estimated);
    let volumes_estimated = if asked.every { 0 } else { cases.iter().filter(has_estimate).count() };
    Ok(Study {
        at: asked.at,
        volumes_estimated,
        own: asked.wanted.authority.map(|code| own(survey, code, vocabulary)),
        goal: asked.goal,
        standing,
        is_gain_known: is_gain_known || matches!(asked.goal, PlanGoal::Trips | PlanGoal::Sheets),
        greedy: instance.gain(&greedy(&instance, asked.budget)),
        greedy_ahead: instance.gain(&greedy_ahead(&instance, asked.budget)),
        left_out: survey.lines.len() - cases.len() + survey.not_measured.len(),
        measured: sums[0],
        between: (sums[1].min(sums[2]), sums[1].max(sums[2])),
        cases,
        candidates,
        instance,
        solution,
        stages,
        whole,
        apart,
    })
}

/// What a choice saves by the burdens of one procedure.
fn planned(burdens: &[Burden], chosen: &[usize]) -> i64 {
    let is_remedied = |reason: &Vec<usize>| reason.iter().any(|rank| chosen.binary_search(rank).is_ok());
    let is_gone = |burden: &&Burden| !burden.reasons.is_empty() && burden.reasons.iter().all(is_remedied);
    burdens.iter().filter(is_gone).map(|burden| burden.weight).sum()
}

/// Whether an errand of which nothing tells the minutes is made no more.
fn saves_unknown_minutes(case: &Case<'_>, changed: &Flow) -> bool {
    let has_minutes = |step| {
        let step = case.line.version.flow.node(step).step();
        step.is_some_and(|step| step.effort.is_some())
    };
    case.steps().any(|step| changed.node(step).step().is_none() && !has_minutes(step))
}

/// The procedures in force of an administration.
fn own(survey: &Survey<'_>, code: &Name, vocabulary: &Vocabulary) -> Own {
    let lines = survey.lines.iter().map(|line| line.procedure);
    let all = lines.chain(survey.not_measured.iter().map(|(procedure, ..)| *procedure));
    let of_it: Vec<_> = all.filter(|procedure| vocabulary.belongs(&procedure.authority, code)).collect();
    let is_asked = |procedure: &&&Procedure| procedure.volume.as_ref().is_some_and(|volume| volume.requests > 0);
    Own { procedures: of_it.len(), with_volume: of_it.iter().filter(is_asked).count() }
}
