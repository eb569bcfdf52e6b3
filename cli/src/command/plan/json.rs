//! A plan as programs read it.

use clap::ValueEnum;
use mastara_dsl::reform;
use mastara_plan::{Proof, Stage};

use super::{
    amount,
    candidate::What,
    study::Study,
    text::{goal_id, of},
};
use crate::{
    args::{ChangeKind, Plan},
    figures::Mark,
    view::{
        number::Number,
        plan::{ApartView, MeasuredView, OwnView, PlanCoverageView, PlanView, PlannedView},
    },
};

/// The whole plan.
pub fn view(study: &Study<'_>, args: &Plan) -> PlanView {
    let number = |amount| amount::number(args.goal, amount);
    let (proof, bound) = match study.solution.proof {
        Proof::Optimal => ("optimal", study.solution.gain),
        Proof::AtMost(most) => ("stopped", most),
    };
    let apart = study.apart.iter().map(|(id, planned, measured)| ApartView {
        procedure: id.to_string(),
        planned: number(*planned),
        measured: number(*measured),
    });
    PlanView {
        at: study.at.to_string(),
        goal: goal_id(args.goal).to_owned(),
        unit: id_of(args.unit),
        every: args.every,
        budget: args.budget,
        gain: number(study.solution.gain),
        share: Number::rounded(of(study.solution.gain, study.whole)),
        whole: number(study.whole),
        proof,
        bound: number(bound),
        gap: Number::rounded(study.solution.gap()),
        greedy: number(study.greedy),
        greedy_ahead: number(study.greedy_ahead),
        measured: MeasuredView {
            gain: number(study.measured),
            low: number(study.between.0),
            high: number(study.between.1),
            apart: apart.collect(),
        },
        estimated: study.is_estimated(),
        incomplete: study.mark() == Mark::AtLeast,
        whole_incomplete: study.whole_mark() == Mark::AtLeast,
        changes: study.stages.iter().enumerate().map(|(at, stage)| planned(study, args, at, stage)).collect(),
        coverage: PlanCoverageView {
            procedures: study.cases.len(),
            volumes_estimated: study.volumes_estimated,
            left_out: study.left_out,
            candidates: study.candidates.len(),
            own: study.own.map(|own| OwnView { procedures: own.procedures, with_volume: own.with_volume }),
        },
    }
}

fn planned(study: &Study<'_>, args: &Plan, at: usize, stage: &Stage) -> PlannedView {
    let candidate = &study.candidates[stage.change];
    let (kind, key, value) = match &candidate.what {
        What::Connect(register) => ("connect".to_owned(), None, register.to_string()),
        What::Change(change) => {
            let (key, value) = reform::write(change);
            (id_of(ChangeKind::of(&change.action)), Some(key.key()), value)
        }
    };
    PlannedView {
        rank: at + 1,
        kind,
        key,
        value,
        authority: candidate.who.as_ref().map(ToString::to_string),
        needs: study.needs(stage).collect(),
        gain: amount::number(args.goal, stage.gain),
        total: amount::number(args.goal, stage.total),
        share: Number::rounded(of(stage.total, study.whole)),
    }
}

/// A word of the command line, as it is written there.
fn id_of(value: impl ValueEnum) -> String {
    value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}
