//! The choice as an integer programme; the only file that names microlp.
//!
//! For each change `x` ∈ {0, 1}; for each reason with several remedies `z` ≤ Σ x; for each burden `y` ≤ `z` of each of its
//! reasons; `x` ≤ `x` of each need; Σ cost · x ≤ budget; the most of Σ weight · y. A burden that is a loss has the same the
//! other way: `y` ≥ Σ z − (reasons − 1), `z` ≥ `x`. Reasons and burdens need not be told to be whole: they are when `x` is.

use microlp::{
    ComparisonOp::{Ge, Le},
    OptimizationDirection, Problem, SolveOptions, SolveOutcome, TerminationReason, Variable,
};

use crate::{
    exact::Limit,
    instance::Instance,
    reduce::{gcd, least_cost},
};

/// What the solver found.
pub(crate) struct Found {
    /// The choice, sorted, if there is one.
    pub(crate) chosen: Option<Vec<usize>>,
    /// What no choice gains more than.
    pub(crate) bound: i64,
    /// Parts of the search.
    pub(crate) nodes: u64,
}

/// The problem as the solver has it, and what its variables stand for.
pub(crate) struct Model<'i> {
    instance: &'i Instance,
    problem: Problem,
    is_open: &'i [bool],
    /// Whether some item with this reason is a gain, or a loss.
    for_gain: Vec<bool>,
    for_loss: Vec<bool>,
    /// What the items with this reason alone weigh.
    alone: Vec<f64>,
    /// The items that can go within the budget.
    possible: Vec<usize>,
    /// What all weights are a multiple of.
    unit: i64,
    /// The variable of each change that is open.
    xs: Vec<Option<Variable>>,
    /// The variable of each reason; the change's own where there is one remedy.
    zs: Vec<Option<Variable>>,
    /// The variable of each item with several reasons.
    ys: Vec<(usize, Variable)>,
}

impl<'i> Model<'i> {
    /// The problem over the changes that may be part of a best choice.
    pub(crate) fn new(instance: &'i Instance, budget: u64, is_open: &'i [bool]) -> Self {
        let is_possible = |item: &usize| {
            let least = least_cost(instance, &instance.items[*item].1, is_open);
            least.is_some_and(|cost| cost <= budget)
        };
        let possible: Vec<usize> = (0..instance.items.len()).filter(is_possible).collect();
        let unit = possible.iter().fold(0, |unit, &item| gcd(unit, instance.items[item].0.unsigned_abs()));
        let reasons = instance.reasons.len();
        let mut model = Self {
            instance,
            problem: Problem::new(OptimizationDirection::Maximize),
            is_open,
            for_gain: vec![false; reasons],
            for_loss: vec![false; reasons],
            alone: vec![0.0; reasons],
            possible,
            unit: i64::try_from(unit).unwrap_or(1).max(1),
            xs: Vec::new(),
            zs: vec![None; reasons],
            ys: Vec::new(),
        };
        model.weigh_reasons();
        model.add_changes(budget);
        model.add_reasons();
        model.add_items();
        model
    }

    #[expect(clippy::cast_precision_loss, reason = "what is chosen is counted anew in whole numbers")]
    fn weight(&self, item: usize) -> f64 {
        (self.instance.items[item].0 / self.unit) as f64
    }

    /// The changes that may remedy a reason.
    fn remedies(&self, reason: usize) -> impl Iterator<Item = usize> {
        self.instance.reasons[reason].iter().copied().filter(|&change| self.is_open[change])
    }

    fn weigh_reasons(&mut self) {
        for at in 0..self.possible.len() {
            let item = self.possible[at];
            let (weight, reasons) = &self.instance.items[item];
            let of_sign = if *weight > 0 { &mut self.for_gain } else { &mut self.for_loss };
            reasons.iter().for_each(|&reason| of_sign[reason] = true);
            if let [reason] = reasons[..] {
                self.alone[reason] += self.weight(item);
            }
        }
    }

    fn add_changes(&mut self, budget: u64) {
        for change in 0..self.instance.changes.len() {
            let own = self.instance.remedies[change].iter().copied();
            let own = own.filter(|&reason| self.remedies(reason).nth(1).is_none());
            let weight = own.map(|reason| self.alone[reason]).sum();
            let x = self.is_open[change].then(|| self.problem.add_binary_var(weight));
            self.xs.push(x);
        }
        let mut costs = Vec::new();
        for (change, x) in self.xs.iter().enumerate() {
            let Some(x) = *x else { continue };
            costs.push((x, f64::from(self.instance.changes[change].cost)));
            for need in self.instance.changes[change].needs.iter().filter(|&&need| need != change) {
                // A change is open only with what it needs.
                if let Some(need) = self.xs[*need] {
                    self.problem.add_constraint([(x, 1.0), (need, -1.0)], Le, 0.0);
                }
            }
        }
        let all = self.instance.changes.iter().map(|change| u64::from(change.cost)).sum();
        #[expect(clippy::cast_precision_loss, reason = "no more than all costs together")]
        self.problem.add_constraint(&costs[..], Le, budget.min(all) as f64);
    }

    fn add_reasons(&mut self) {
        for reason in (0..self.zs.len()).filter(|&reason| self.for_gain[reason] || self.for_loss[reason]) {
            let xs: Vec<Variable> = self.remedies(reason).filter_map(|change| self.xs[change]).collect();
            if let [x] = xs[..] {
                self.zs[reason] = Some(x);
                continue;
            }
            let z = self.problem.add_var(self.alone[reason], (0.0, 1.0));
            self.zs[reason] = Some(z);
            if self.for_gain[reason] {
                let sum: Vec<_> = xs.iter().map(|&x| (x, -1.0)).chain([(z, 1.0)]).collect();
                self.problem.add_constraint(&sum[..], Le, 0.0);
            }
            if self.for_loss[reason] {
                xs.iter().for_each(|&x| self.problem.add_constraint([(z, 1.0), (x, -1.0)], Ge, 0.0));
            }
        }
    }

    fn add_items(&mut self) {
        for at in 0..self.possible.len() {
            let item = self.possible[at];
            let (weight, reasons) = &self.instance.items[item];
            if reasons.len() == 1 {
                continue;
            }
            let y = self.problem.add_var(self.weight(item), (0.0, 1.0));
            self.ys.push((item, y));
            let zs: Vec<Variable> = reasons.iter().filter_map(|&reason| self.zs[reason]).collect();
            if *weight > 0 {
                zs.iter().for_each(|&z| self.problem.add_constraint([(y, 1.0), (z, -1.0)], Le, 0.0));
            } else {
                let others = f64::from(u32::try_from(zs.len() - 1).unwrap_or(u32::MAX));
                let sum: Vec<_> = zs.iter().map(|&z| (z, -1.0)).chain([(y, 1.0)]).collect();
                self.problem.add_constraint(&sum[..], Ge, -others);
            }
        }
    }

    /// Starts from a choice that is known.
    pub(crate) fn solve(&self, known: &[usize], limit: Limit) -> Found {
        let mut options = SolveOptions::default();
        options.time_limit = limit.time;
        options.node_limit = limit.nodes;
        options.warm_start = Some(self.start(known));
        // The solver may fail by its own arithmetic: then nothing is known but what was known before.
        let Ok(outcome) = self.problem.solve_with(options) else {
            return Found { chosen: None, bound: self.ceiling(), nodes: 0 };
        };
        let chosen = outcome.solution().map(|solution| {
            let is_chosen = |change: &usize| self.xs[*change].is_some_and(|x| solution.var_value(x) > 0.5);
            (0..self.xs.len()).filter(is_chosen).collect()
        });
        Found { chosen, bound: self.bound(&outcome), nodes: outcome.stats().nodes_solved }
    }

    /// All variables as a choice sets them.
    fn start(&self, known: &[usize]) -> Vec<(Variable, f64)> {
        let is_chosen = |change: &usize| known.binary_search(change).is_ok();
        let is_gone = |reason: &usize| self.instance.reasons[*reason].iter().any(is_chosen);
        let value = |is: bool| f64::from(u8::from(is));
        let xs = self.xs.iter().enumerate().filter_map(|(change, x)| Some(((*x)?, value(is_chosen(&change)))));
        let zs = self.zs.iter().enumerate().filter(|(reason, _)| self.remedies(*reason).nth(1).is_some());
        let zs = zs.filter_map(|(reason, z)| Some(((*z)?, value(is_gone(&reason)))));
        let ys = self.ys.iter().map(|&(item, y)| (y, value(self.instance.items[item].1.iter().all(is_gone))));
        xs.chain(zs).chain(ys).collect()
    }

    /// What no choice gains more than, by the solver.
    #[expect(clippy::cast_possible_truncation, reason = "floored, and far below 2^63")]
    fn bound(&self, outcome: &SolveOutcome) -> i64 {
        let is_proven = outcome.termination_reason() == TerminationReason::ProvenOptimal;
        let optimum = outcome.solution().filter(|_| is_proven).map(microlp::Solution::objective);
        let Some(bound) = optimum.or(outcome.stats().best_bound) else { return self.ceiling() };
        // Gains are multiples of the unit; what lies below one by a rounding is that one.
        let units = (bound + 1e-6 + bound.abs() * 1e-12).floor() as i64;
        units.saturating_mul(self.unit).min(self.ceiling())
    }

    /// What no choice gains more than, whatever the solver says.
    fn ceiling(&self) -> i64 {
        self.possible.iter().map(|&item| self.instance.items[item].0.max(0)).sum()
    }
}
