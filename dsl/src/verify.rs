//! What only the compiled flow can tell: its structure, its claims, its examples.

use std::collections::BTreeSet;

use mastara_engine::{
    answers::Answers,
    condition::{Comparison, Kind, Question, QuestionId},
    flow::{Branch, Flow, Guard, NodeId},
    measure::Measures,
    node::{Nature, NodeKind},
    procedure::{Aspect, ClaimMeasure, Example, Version},
    program::{Program, Unsound},
    run::{self, Await, Refused, Stuck},
    text::{Lang, Name},
};
use rayon::prelude::*;

use crate::{
    compile::{Compiled, Entry},
    finding::{Code, Finding, Findings},
    keyword::{self, Rule},
    lower::{ExamplePlaces, Lowered, Origins, unit_rule},
    message::KIND,
    source::{SourceId, Span},
};

/// Verifies all versions of a catalogue, side by side.
#[must_use]
pub fn verify(compiled: &Compiled) -> Vec<Finding> {
    let (ids, torn) = (ids(compiled), torn(compiled));
    let whole = compiled.entries.par_iter().filter(|entry| !torn.contains(&entry.source));
    let mut findings: Vec<_> = whole.flat_map_iter(|entry| verify_entry(entry, &ids)).collect();
    crate::compile::sort(&mut findings);
    findings
}

/// Verifies the versions of one source of a catalogue.
#[must_use]
pub fn verify_source(compiled: &Compiled, source: SourceId) -> Vec<Finding> {
    let (ids, torn) = (ids(compiled), torn(compiled));
    let whole = compiled.entries.iter().filter(|entry| entry.source == source && !torn.contains(&entry.source));
    let mut findings: Vec<_> = whole.flat_map(|entry| verify_entry(entry, &ids)).collect();
    crate::compile::sort(&mut findings);
    findings
}

/// The identifiers that procedures may call.
fn ids(compiled: &Compiled) -> BTreeSet<&str> {
    compiled.procedures().map(|procedure| procedure.id.as_str()).collect()
}

/// The sources with a mistake that takes lines out of a flow: nothing of them is verified.
#[must_use]
pub fn torn(compiled: &Compiled) -> BTreeSet<SourceId> {
    compiled.findings.iter().filter(|finding| tears(finding.code)).map(|finding| finding.source).collect()
}

/// Whether a mistake takes lines out of a flow: what is then missing in it says nothing about its author's intent.
fn tears(code: Code) -> bool {
    let number = code.number();
    let reads = number.starts_with("M0") && !matches!(code, Code::ByteOrderMark | Code::RepeatedFact);
    let knows = [
        Code::UnknownNode,
        Code::UnknownQuestion,
        Code::UnknownCase,
        Code::WrongType,
        Code::WrongUnit,
        Code::NumberOutOfRange,
        Code::NoSuchDate,
        Code::DuplicateName,
        Code::ReservedName,
        Code::UnknownFragment,
        Code::FragmentArguments,
        Code::FragmentCycle,
        Code::UnboundedFee,
    ];
    reads || knows.contains(&code)
}

/// Verifies the versions of one procedure, among procedures with these identifiers.
fn verify_entry(entry: &Entry, ids: &BTreeSet<&str>) -> Vec<Finding> {
    let mut findings = Findings::new(entry.source);
    let procedure = &entry.lowered.procedure;
    for (version, origins) in procedure.versions.iter().zip(&entry.lowered.origins) {
        verify_version(version, origins, &mut findings);
        check_calls(&version.flow, origins, ids, &mut findings);
    }
    check_questions(&entry.lowered, &mut findings);
    findings.into_vec()
}

fn verify_version(version: &Version, origins: &Origins, findings: &mut Findings) {
    check_reach(&version.flow, origins, findings);
    check_first(&version.flow, origins, findings);
    let program = match Program::compile(&version.flow) {
        Ok(program) => program,
        Err(flaws) => {
            let holes = holes(&version.flow, &flaws);
            for flaw in flaws.iter().filter(|flaw| !matches!(flaw, Unsound::NoWayOut(node) if !holes.contains(node))) {
                report(&version.flow, origins, flaw, findings);
            }
            return;
        }
    };
    match program.measure(&Answers::everybody()) {
        Ok(measures) if !measures.is_feasible && !version.flow.is_empty() => {
            findings.add(Code::NoFeasibleWay, origins.version, [version.name.as_str()]);
        }
        Ok(measures) => {
            check_nominal(version, origins, &program, findings);
            for (claim, span) in version.claims.iter().zip(&origins.claims) {
                check_claim(claim, &measures, *span, findings);
            }
            for (example, places) in version.examples.iter().zip(&origins.examples) {
                check_example(example, &version.flow, &program, places, findings);
            }
        }
        Err(entangled) => {
            let what = entangled.questions.iter().chain(&entangled.documents);
            let what = what.map(Name::as_str).collect::<Vec<_>>().join(", ");
            findings.add(Code::TooEntangled, origins.version, [&what]);
        }
    }
}

/// Nodes that no way from the start leads to.
fn check_reach(flow: &Flow, origins: &Origins, findings: &mut Findings) {
    let Some(entry) = flow.entry() else { return };
    let seen = reach(flow, entry);
    for (id, node) in flow.nodes() {
        if id != entry && !seen.contains(&id) && node.kind != NodeKind::Fork {
            findings.add(Code::UnreachableStep, origins.nodes[id.index()], [node.name.as_str()]);
        }
    }
}

/// The nominal way takes the first branch: the one that most people take should come first. Those who fail are not meant:
/// of a competition the nominal way is that of who wins.
fn check_first(flow: &Flow, origins: &Origins, findings: &mut Findings) {
    let fails = |to: NodeId| matches!(flow.node(to).kind, NodeKind::Outcome(nature) if nature != Nature::Granted);
    for (id, node) in flow.nodes().filter(|(_, node)| matches!(node.kind, NodeKind::Decision(_))) {
        let Some(shares) = shares(flow, id) else { continue };
        let first = shares.first().map_or(0, |(share, _)| *share);
        if shares.iter().any(|(share, to)| *share > first && !fails(*to)) {
            findings.add(Code::RareFirst, origins.nodes[id.index()], [node.name.as_str()]);
        }
    }
}

/// The share of each branch of a decision that is not silence, and where it leads; `None` if the file gives no share there.
fn shares(flow: &Flow, id: NodeId) -> Option<Vec<(u32, NodeId)>> {
    let mut branches = flow.branches(id);
    branches.retain(|(branch, _)| branch.guard != Guard::Silence);
    let told: u32 = branches.iter().filter_map(|(branch, _)| branch.share).map(|share| share.basis_points()).sum();
    let silent = branches.iter().filter(|(branch, _)| branch.share.is_none()).count();
    // What is left goes in equal parts to those that tell no share.
    let rest = u32::try_from(silent).unwrap_or(u32::MAX);
    let rest = 10_000_u32.saturating_sub(told).checked_div(rest).unwrap_or_default();
    let share = |branch: &Branch| branch.share.map_or(rest, |share| share.basis_points());
    (told > 0).then(|| branches.iter().map(|(branch, to)| (share(branch), *to)).collect())
}

/// The nominal way is the one that reports speak of: where another way leads to what was asked for, it must not be one that
/// fails, unless the file says that most people do. Said at the last decision from which success could still be reached.
fn check_nominal(version: &Version, origins: &Origins, program: &Program, findings: &mut Findings) {
    let flow = &version.flow;
    let nature = |node: NodeId| if let NodeKind::Outcome(nature) = flow.node(node).kind { Some(nature) } else { None };
    let Ok(Some((end, way))) = program.nominal_end(&Answers::everybody()) else { return };
    let kind = match nature(end) {
        None | Some(Nature::Granted) => return,
        Some(Nature::Refused) => "refused",
        Some(Nature::Lapsed) => "lapsed",
        Some(Nature::Withdrawn) => "withdrawn",
    };
    let succeeds = |node: NodeId| reach(flow, node).iter().any(|ahead| nature(*ahead) == Some(Nature::Granted));
    let parts = |node: NodeId| matches!(flow.node(node).kind, NodeKind::Decision(_)) && succeeds(node);
    let Some(last) = way.iter().rev().map(|taken| taken.node).find(|node| parts(*node)) else { return };
    let most_fail = shares(flow, last).is_some_and(|shares| {
        let first = shares.first().map_or(0, |(share, _)| *share);
        shares.iter().all(|(share, _)| *share <= first)
    });
    if most_fail {
        return;
    }
    let (version, end, last_name) =
        (version.name.as_str(), flow.node(end).name.as_str(), flow.node(last).name.as_str());
    let args = [version, end, &format!("{KIND}{kind}"), last_name];
    findings.add(Code::NominalRefused, origins.nodes[last.index()], args);
}

/// Says what keeps a flow from being measured.
fn report(flow: &Flow, origins: &Origins, flaw: &Unsound, findings: &mut Findings) {
    let span = |node: NodeId| origins.nodes.get(node.index()).copied().unwrap_or(origins.version);
    let name = |node: NodeId| flow.node(node).name.as_str();
    let question =
        |id: QuestionId| flow.questions().get(usize::from(id.0)).map_or("", |question| question.name.as_str());
    let at = span(flaw.node());
    match flaw {
        Unsound::NoBranch(node) | Unsound::WrongBranches(node) => {
            findings.add(Code::DeadEnd, at, [name(*node)]);
        }
        Unsound::NoWayOut(node) => {
            let code = if reach(flow, *node).contains(node) { Code::EndlessReturn } else { Code::DeadEnd };
            findings.add(code, at, [name(*node)]);
        }
        Unsound::NoJoin(node) | Unsound::TooDeep(node) => {
            findings.add(Code::FakeJoin, at, [name(*node)]);
        }
        Unsound::NeverJoins { branch, .. } => {
            findings.add(Code::FakeJoin, at, [name(*branch)]);
        }
        Unsound::EndsInFork { outcome, .. } => {
            findings.add(Code::FakeJoin, at, [name(*outcome)]);
        }
        Unsound::LeavesFork { from, .. } | Unsound::EntersFork { from, .. } => {
            findings.add(Code::FakeJoin, span(*from), [name(*from)]);
        }
        Unsound::BranchesMeet { node, .. } => {
            findings.add(Code::FakeJoin, at, [name(*node)]);
        }
        Unsound::UnboundedFee { question: id, .. } => {
            findings.add(Code::UnboundedFee, at, [question(*id)]);
        }
        Unsound::FeeTestedAfter { question: id, test, .. } => {
            findings.add(Code::TestedAfterFee, at, [question(*id), name(*test)]);
        }
    }
}

/// Of the nodes from which no outcome is reached, one for each hole that the others lead into: the first of a loop without
/// way out. A node without any branch is reported as such.
fn holes(flow: &Flow, flaws: &[Unsound]) -> BTreeSet<NodeId> {
    let ends =
        |node: &NodeId| flaws.contains(&Unsound::NoBranch(*node)) || flaws.contains(&Unsound::WrongBranches(*node));
    let lost = flaws.iter().filter_map(|flaw| if let Unsound::NoWayOut(node) = flaw { Some(*node) } else { None });
    let is_hole = |node: &NodeId| {
        let ahead = reach(flow, *node);
        let is_loop = ahead.contains(node) && ahead.first() == Some(node);
        is_loop && !ahead.iter().any(ends) && ahead.iter().all(|other| reach(flow, *other).contains(node))
    };
    lost.filter(|node| flow.branches(*node).is_empty() && !ends(node) || is_hole(node)).collect()
}

/// The nodes that some way leads to from a node.
fn reach(flow: &Flow, start: NodeId) -> BTreeSet<NodeId> {
    let mut seen = BTreeSet::new();
    let mut stack = vec![start];
    while let Some(node) = stack.pop() {
        for (_, to) in flow.branches(node) {
            if seen.insert(to) {
                stack.push(to);
            }
        }
    }
    seen
}

fn check_claim(claim: &mastara_engine::procedure::Claim, measures: &Measures, span: Span, findings: &mut Findings) {
    let value = measures.value(claim.measure, claim.aspect);
    let is_met = match claim.aspect {
        // A mean is compared to the second decimal, as it is shown.
        Aspect::Expected => claim.comparison.holds((value * 100.0).round() / 100.0, as_float(claim.value)),
        _ => claim.comparison.holds(value, as_float(claim.value)),
    };
    let (expected, measured) = (show(claim.measure, as_float(claim.value)), show(claim.measure, value));
    let is_open = claim.measure == ClaimMeasure::Fees && !measures.standing.fees_known;
    let is_sure = match claim.comparison {
        // What is measured is then the least that is paid: it can reach a lower bound, or pass an upper one, and nothing else.
        Comparison::AtLeast | Comparison::More => is_met,
        Comparison::AtMost | Comparison::Less => !is_met,
        Comparison::Equal | Comparison::NotEqual => value > as_float(claim.value),
    };
    if is_open && !is_sure {
        let measured = format!("≥ {measured}, {KIND}fees-unknown");
        findings.add(Code::ClaimNotMet, span, [claim.comparison.sign(), &expected, &measured]);
    } else if !is_met {
        findings.add(Code::ClaimNotMet, span, [claim.comparison.sign(), &expected, &measured]);
    }
}

/// Counts, minutes, days and centimes of the catalogue are far below 2^53, so that they stay exact.
#[expect(clippy::cast_precision_loss, reason = "see above")]
fn as_float(value: i64) -> f64 {
    value as f64
}

fn show(measure: ClaimMeasure, value: f64) -> String {
    let value = if measure == ClaimMeasure::Fees { value / 100.0 } else { value };
    let number = if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.2}") };
    let unit = match measure {
        ClaimMeasure::Effort => " min",
        ClaimMeasure::LegalDelay | ClaimMeasure::UsualDelay => " j",
        ClaimMeasure::Fees => " dh",
        _ => "",
    };
    number + unit
}

/// Walks the flow as the example's person and compares.
fn check_example(example: &Example, flow: &Flow, program: &Program, places: &ExamplePlaces, findings: &mut Findings) {
    let walk = match run::run(program, &Answers::of_example(flow, example)) {
        Ok(walk) => walk,
        Err(stuck) => {
            let (node, why) = stuck_at(flow, &stuck);
            findings.add(Code::ExampleStuck, places.head, [&node, &why]);
            return;
        }
    };
    let name = |node: NodeId| flow.node(node).name.as_str().to_owned();
    if let Some(told) = &example.passes {
        let passed: Vec<_> = walk.passes.iter().copied().filter(|node| counts(flow, *node)).map(name).collect();
        let told: Vec<_> = told.iter().map(|name| name.as_str().to_owned()).collect();
        if told != passed {
            let (told, passed) = apart(told, passed);
            findings.add(Code::ExampleOffPath, places.passes, [&list(told), &list(passed)]);
        }
    }
    if let Some(told) = &example.brings {
        let mut told: Vec<_> = told.iter().map(|(name, sheets)| (name.as_str(), u64::from(*sheets))).collect();
        let mut brought: Vec<_> = walk.brings.iter().map(|(name, sheets)| (name.as_str(), *sheets)).collect();
        told.sort_unstable();
        brought.sort_unstable();
        if told != brought {
            // Only what differs is told; of a paper told twice over nothing does.
            let differs = |paper: &&(&str, u64)| told.contains(paper) != brought.contains(paper);
            let is_double = !told.iter().chain(&brought).any(|paper| differs(&paper));
            let shown = |own: &[(&str, u64)]| papers(own.iter().filter(|paper| is_double || differs(paper)));
            findings.add(Code::ExampleOffPath, places.brings, [&shown(&told), &shown(&brought)]);
        }
    }
    if let Some(told) = &example.ends
        && told.as_str() != name(walk.ends)
    {
        findings.add(Code::ExampleOffPath, places.ends, [&format!("`{told}`"), &format!("`{}`", name(walk.ends))]);
    }
}

/// Forks and outcomes are not told among the nodes passed.
fn counts(flow: &Flow, node: NodeId) -> bool {
    !matches!(flow.node(node).kind, NodeKind::Fork | NodeKind::Outcome(_))
}

fn list(names: Vec<String>) -> String {
    if names.is_empty() { format!("{KIND}none") } else { format!("`{}`", names.join(", ")) }
}

/// Where two lists of nodes differ: without their common beginning and end but for one node, which `…` stands for.
fn apart(told: Vec<String>, passed: Vec<String>) -> (Vec<String>, Vec<String>) {
    let common = |pairs: &mut dyn Iterator<Item = (&String, &String)>| pairs.take_while(|(a, b)| a == b).count();
    let first = common(&mut told.iter().zip(&passed));
    let last = common(&mut told[first..].iter().rev().zip(passed[first..].iter().rev()));
    // The nodes next to the difference say where it is.
    let (first, last) = (first.saturating_sub(1), last.saturating_sub(1));
    let cut = |names: Vec<String>| {
        let ends = |count: usize| (count > 0).then(|| "…".to_owned());
        let middle = names[first..names.len() - last].iter().cloned();
        ends(first).into_iter().chain(middle).chain(ends(last)).collect()
    };
    (cut(told), cut(passed))
}

fn papers<'p>(papers: impl Iterator<Item = &'p (&'p str, u64)>) -> String {
    let paper =
        |(name, sheets): &(&str, u64)| if *sheets == 1 { (*name).to_owned() } else { format!("{name} x{sheets}") };
    list(papers.map(paper).collect())
}

fn stuck_at(flow: &Flow, stuck: &Stuck) -> (String, String) {
    let name = |node: NodeId| flow.node(node).name.as_str().to_owned();
    let asked = |id: QuestionId| flow.questions().get(usize::from(id.0)).map_or("", |question| question.name.as_str());
    let kind = |key: &str| format!("{KIND}{key}");
    match stuck {
        Stuck::Open(Await::Answer { node, question } | Await::Choose { node, question })
        | Stuck::Refused(_, Refused::Unanswered { node, question }) => (name(*node), format!("`{}`", asked(*question))),
        Stuck::Open(Await::Rule(node)) => (name(*node), format!("`{}`", name(*node))),
        Stuck::Open(Await::Do(node) | Await::Wait(node) | Await::Silence(node)) => (name(*node), kind("no-way")),
        Stuck::Refused(node, _) => (name(*node), kind("refused-answer")),
        Stuck::Answer(Refused::NotAllowed(question) | Refused::UnknownQuestion(question)) => {
            (asked(*question).to_owned(), kind("refused-answer"))
        }
        Stuck::NoWay(node) => (node.map_or_else(String::new, name), kind("no-way")),
        Stuck::Answer(_) => (String::new(), kind("refused-answer")),
    }
}

/// Questions on which nothing depends, in no version: who asks the person must do something with the answer.
fn check_questions(lowered: &Lowered, findings: &mut Findings) {
    let mut used: BTreeSet<QuestionId> = BTreeSet::new();
    for version in &lowered.procedure.versions {
        let mut note = |id: QuestionId| {
            used.insert(id);
        };
        for (id, node) in version.flow.nodes() {
            for (branch, _) in version.flow.branches(id) {
                if let Guard::When(condition) = &branch.guard {
                    condition.visit(&mut |id, _| note(id));
                }
            }
            let Some(step) = node.step() else { continue };
            let conditions = (step.demands.iter().map(|demand| &demand.when))
                .chain(step.receives.iter().map(|receives| &receives.when))
                .chain(step.asks.iter().map(|ask| &ask.when))
                .chain(step.payments.iter().map(|payment| &payment.when))
                .chain(step.exchanges.iter().map(|exchange| &exchange.when));
            conditions.flatten().for_each(|condition| condition.visit(&mut |id, _| note(id)));
            step.payments.iter().filter_map(|payment| payment.amount.question()).for_each(&mut note);
        }
    }
    for (rank, (question, span)) in lowered.procedure.questions.iter().zip(&lowered.questions).enumerate() {
        if u16::try_from(rank).is_ok_and(|rank| !used.contains(&QuestionId(rank))) {
            let condition = condition_on(question, lowered.dialect);
            findings.add(Code::IdleQuestion, *span, [question.name.as_str(), &condition]);
        }
    }
}

/// A condition that a question could stand in, as a file of this dialect writes it: with the unit of a number, a case of a set.
fn condition_on(question: &Question, dialect: Lang) -> String {
    let word = |rule: Rule| keyword::word(rule).map_or("", |word| word.form(dialect));
    let low = question.low.max(0);
    // In the middle of its bounds, or what people say first.
    let number = question.typical.or(question.high.map(|high| low.midpoint(high))).unwrap_or(low.max(10));
    let name = question.name.as_str();
    let test = match &question.kind {
        Kind::YesNo => name.to_owned(),
        Kind::Integer(unit) => {
            let unit = unit.map_or(String::new(), |unit| format!(" {}", word(unit_rule(unit))));
            format!("{name} >= {number}{unit}")
        }
        Kind::Money => {
            let centimes = question.typical.or(question.high).unwrap_or(100_000);
            format!("{name} >= {} {}", centimes / 100, word(Rule::u_dirham))
        }
        Kind::Date => format!("{name} >= 2026-01-01"),
        Kind::OneOf(cases) => format!("{name} = {}", cases.first().map_or("", |case| case.name.as_str())),
    };
    format!("{} {test}", word(Rule::k_if))
}

/// Procedures that are said to deliver a paper must be in the catalogue.
fn check_calls(flow: &Flow, origins: &Origins, ids: &BTreeSet<&str>, findings: &mut Findings) {
    for (id, node) in flow.nodes() {
        let NodeKind::Step(step) = &node.kind else { continue };
        for ((procedure, _), span) in step.calls.iter().zip(&origins.calls[id.index()]) {
            if !ids.contains(procedure.as_str()) {
                findings.add_unknown(Code::UnknownProcedure, *span, procedure.as_str(), ids.iter().copied());
            }
        }
    }
}
