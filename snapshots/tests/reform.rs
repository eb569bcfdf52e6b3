//! Reforms on the real catalogue: no change asks for more, and a version without any reason left is paperless.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its case has failed")]

use mastara_dsl::{compile::compile, disk};
use mastara_engine::{
    Date,
    answers::Answers,
    flow::Flow,
    measure::Measures,
    node::Form,
    procedure::{ClaimMeasure, Procedure, Version},
    program::Program,
    reform::{Action, Change, Limit, Reason, Scope, StepReasons, Subject, apply},
    vocabulary::Vocabulary,
};
use mastara_snapshots::root;

const TODAY: Date = Date::constant(2026, 11, 22);

fn measure(flow: &Flow) -> Measures {
    Program::compile(flow).unwrap().measure(&Answers::everybody()).unwrap()
}

fn everywhere(action: Action) -> Change {
    Change { action, scope: Scope::Everywhere }
}

#[test]
fn presences_name_steps_of_the_catalogue() {
    let compiled = compile(disk::read_catalog(&root().join("catalog")).unwrap());
    for (id, steps) in &compiled.vocabulary.presences {
        let procedure = &compiled.find(id.as_str()).unwrap_or_else(|| panic!("no procedure {id}")).lowered.procedure;
        for step in steps {
            let mut versions = procedure
                .versions
                .iter()
                .filter_map(|version| version.flow.find(step.as_str()).map(|id| version.flow.node(id)));
            assert!(
                versions.any(|node| node.step().is_some_and(|step| step.needs_presence)),
                "{id} has no step {step}"
            );
        }
    }
}

/// What removes all reasons of a version that anything removes, and whether that is all of them.
fn remedies(procedure: &Procedure, held: &[StepReasons], version: &Version, words: &Vocabulary) -> (Vec<Change>, bool) {
    let (mut changes, mut is_all) = (Vec::new(), true);
    for step in held {
        let name = version.flow.node(step.node).name.clone();
        for reason in &step.reasons {
            // Papers are asked for at other steps than the errand for them.
            let scope = match reason {
                Reason::Errand { .. } => Scope::Procedure(procedure.id.clone()),
                _ => Scope::Step(procedure.id.clone(), name.clone()),
            };
            let action = reason.remedies(words).into_iter().next();
            is_all &= action.is_some();
            changes.extend(action.map(|action| Change { action, scope }));
        }
    }
    (changes, is_all)
}

#[test]
fn on_the_whole_catalogue() {
    let compiled = compile(disk::read_catalog(&root().join("catalog")).unwrap());
    let words = &compiled.vocabulary;
    let mut broad = vec![
        Action::PayOnline,
        Action::DeliverOnline,
        Action::FileOnline,
        Action::IdentifyOnline,
        Action::AcceptDigital(None),
        Action::OneCopy,
        Action::Shorten(Limit::Half),
        Action::Waive(Form::Original),
    ];
    broad.extend(
        words.registers.keys().map(|register| Action::Open { register: register.clone(), documents: Vec::new() }),
    );
    let (mut versions, mut freed, mut moved) = (0, 0, 0);
    for procedure in compiled.procedures() {
        let Some(version) = procedure.in_force(TODAY) else { continue };
        let subject = Subject { procedure, version, vocabulary: words };
        assert!(apply(procedure, version, &[], words) == version.flow, "{}: nothing changes nothing", procedure.id);
        let before = measure(&version.flow);
        let held = subject.reasons();
        // A person may be able to avoid a step that has reasons.
        assert!(!held.is_empty() || before.is_paperless, "{}: {:?}", procedure.id, before.obstacles);
        versions += 1;

        let (changes, is_all) = remedies(procedure, &held, version, words);
        let after = measure(&subject.apply(&changes));
        if is_all {
            assert!(after.is_paperless, "{}: {:?}", procedure.id, after.obstacles);
            freed += usize::from(!before.is_paperless);
        }
        // One change after the other, on the flow that the last one left.
        let (mut last, mut so_far) = (before.clone(), Vec::new());
        for action in &broad {
            so_far.push(everywhere(action.clone()));
            let next = measure(&subject.apply(&so_far));
            for asked in [
                ClaimMeasure::Steps,
                ClaimMeasure::Trips,
                ClaimMeasure::Documents,
                ClaimMeasure::Sheets,
                ClaimMeasure::Effort,
                ClaimMeasure::LegalDelay,
                ClaimMeasure::UsualDelay,
                ClaimMeasure::Fees,
            ] {
                let (old, new) = (last.range(asked), next.range(asked));
                assert!(
                    new.nominal <= old.nominal && new.least <= old.least && new.most <= old.most,
                    "{} {action:?} {asked:?}: {old:?} {new:?}",
                    procedure.id
                );
            }
            // Not the last level: a paper that could be downloaded (level 2) may not be needed any more.
            assert!(next.level >= before.level, "{} {action:?}", procedure.id);
            last = next;
        }
        moved += usize::from(last != before);
    }
    println!("{versions} versions, {freed} freed, {moved} moved");
    assert!(versions >= 590 && freed >= 150 && moved >= 450, "{versions} {freed} {moved}");
}
