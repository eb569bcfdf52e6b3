//! What can be settled once all instructions stand: ends of straight runs, memory, and what it is still needed for.

use super::{
    Program, Unsound,
    diagram::size,
    liveness::{Components, Graph, Rows},
    ops::{ItemKind, NONE, Op, priced},
};
use crate::{condition::QuestionId, flow::NodeId, measure::TooEntangled};

/// Above so many words of memory a way cannot be followed.
pub(crate) const MAX_WORDS: usize = 64;

/// Which things instructions use, for liveness: tests of questions, payments by them, items, counters.
struct Things {
    questions: u32,
    items: u32,
    counters: u32,
}

impl Things {
    fn pay(&self, question: u32) -> u32 {
        self.questions + question
    }

    fn item(&self, item: u32) -> u32 {
        2 * self.questions + item
    }

    fn counter(&self, counter: u32) -> u32 {
        2 * self.questions + self.items + counter
    }

    fn len(&self) -> usize {
        (2 * self.questions + self.items + self.counters) as usize
    }
}

/// Completes a program.
pub(super) fn finish(program: &mut Program) -> Result<(), Vec<Unsound>> {
    let graph = graph(program);
    let components = Components::of(&graph);
    let things = Things {
        questions: size(program.questions.len()),
        items: size(program.items.len()),
        counters: size(program.counters.len()),
    };
    let mut uses: Vec<Vec<u32>> = (0..program.code.len()).map(|at| uses(program, &things, at)).collect();
    let tracked = tracked(&things, &components, &uses);
    uses.iter_mut().for_each(|uses| uses.retain(|&thing| tracked[thing as usize]));
    ends(program);
    let (Some(live), Some(certain)) =
        (Rows::live(&graph, &components, &uses), Rows::certain(&graph, &components, &uses))
    else {
        program.entangled = Some(TooEntangled::of(program, true, true));
        return Ok(());
    };
    check_fees(program, &graph, &live)?;
    place(program, &things, &tracked);
    for at in 0..program.code.len() {
        if let Some(item) = item(program, at) {
            let next = size(at + 1);
            program.code[at].again = tracked[things.item(item) as usize] && certain.has(next, things.item(item));
        }
    }
    rows(program, &things, &live);
    Ok(())
}

/// The instructions as a graph.
fn graph(program: &Program) -> Graph {
    let mut graph = Graph { from: vec![0], to: Vec::new() };
    for (at, instruction) in program.code.iter().enumerate() {
        match instruction.op {
            Op::Goto(target) => graph.to.push(target),
            Op::End => {}
            Op::Branch(point) => graph.to.extend(program.edges_of(point).iter().map(|edge| edge.target)),
            _ => graph.to.push(size(at + 1)),
        }
        graph.from.push(size(graph.to.len()));
    }
    graph
}

/// The item that an instruction counts.
fn item(program: &Program, at: usize) -> Option<u32> {
    match program.code[at].op {
        Op::Step(step) => Some(program.steps[step as usize].agency).filter(|&agency| agency != NONE),
        Op::Demand { item, .. } | Op::Fetch(item) => Some(item),
        _ => None,
    }
}

/// What an instruction uses.
fn uses(program: &Program, things: &Things, at: usize) -> Vec<u32> {
    let mut uses: Vec<u32> = item(program, at).map(|item| things.item(item)).into_iter().collect();
    match program.code[at].op {
        Op::Count(counter) => uses.push(things.counter(counter)),
        Op::Branch(point) => {
            for edge in program.edges_of(point) {
                uses.extend(program.diagrams.support(edge.guard));
                uses.extend((edge.counter != NONE).then(|| things.counter(edge.counter)));
            }
        }
        op => uses.extend(priced(&program.payments, op).map(|question| things.pay(u32::from(question.0)))),
    }
    uses.sort_unstable();
    uses.dedup();
    uses
}

/// The things used twice on some way, as far as structure tells: only these need to be remembered.
fn tracked(things: &Things, components: &Components, uses: &[Vec<u32>]) -> Vec<bool> {
    let mut counts = vec![0u32; things.len()];
    for (at, uses) in uses.iter().enumerate() {
        let times = if components.is_cyclic[components.of[at] as usize] { 2 } else { 1 };
        uses.iter().for_each(|&thing| counts[thing as usize] += times);
    }
    // The tests of a question and the payments by it remember the same thing.
    for question in 0..things.questions {
        let both = counts[question as usize] + counts[things.pay(question) as usize];
        counts[question as usize] = both;
        counts[things.pay(question) as usize] = both;
    }
    counts.into_iter().map(|count| count > 1).collect()
}

/// Where the straight run from each edge's target, and from the entry, ends.
fn ends(program: &mut Program) {
    let mut memo = vec![NONE; program.code.len()];
    for edge in 0..program.edges.len() {
        program.edges[edge].end = end(program, program.edges[edge].target, &mut memo);
    }
    if !program.is_empty() {
        program.entry_end = end(program, 0, &mut memo);
    }
}

fn end(program: &Program, from: u32, memo: &mut [u32]) -> u32 {
    let (mut at, mut passed) = (from, Vec::new());
    // A straight run through a return of its own may come back to itself; it never reaches an end then.
    while memo[at as usize] == NONE && passed.len() <= program.code.len() {
        passed.push(at);
        match program.code[at as usize].op {
            Op::Branch(_) | Op::End => memo[at as usize] = at,
            Op::Goto(target) => at = target,
            _ => at += 1,
        }
    }
    let end = memo[at as usize];
    passed.into_iter().for_each(|passed| memo[passed as usize] = end);
    end
}

/// Gives bits to what must be remembered.
fn place(program: &mut Program, things: &Things, tracked: &[bool]) {
    let mut next = 0;
    for (number, item) in program.items.iter_mut().enumerate() {
        if tracked[things.item(size(number)) as usize] {
            item.bit = next;
            next += 1;
        }
    }
    for counter in &mut program.counters {
        let width = u16::BITS - counter.most.leading_zeros();
        if next % 64 + width > 64 {
            next = next.next_multiple_of(64);
        }
        counter.bit = next;
        next += width;
    }
    program.words = (next as usize).div_ceil(64).max(1);
    if program.words > MAX_WORDS {
        program.entangled = Some(TooEntangled::of(program, false, true));
    }
}

/// For each row of things, its questions and its memory.
fn rows(program: &mut Program, things: &Things, live: &Rows) {
    let counter_mask = |most: u16| (1u64 << (u16::BITS - most.leading_zeros())) - 1;
    if program.words > MAX_WORDS {
        return;
    }
    for row in &live.rows {
        let mut questions: Vec<u32> = row
            .iter()
            .take_while(|&&thing| thing < 2 * things.questions)
            .map(|thing| thing % things.questions)
            .collect();
        questions.sort_unstable();
        questions.dedup();
        program.live.push(questions.into_boxed_slice());
        let mut mask = vec![0u64; program.words];
        for &thing in row.iter().filter(|&&thing| thing >= things.item(0)) {
            let (bit, bits) = if thing < things.counter(0) {
                (program.items[(thing - things.item(0)) as usize].bit, 1)
            } else {
                let counter = program.counters[(thing - things.counter(0)) as usize];
                (counter.bit, counter_mask(counter.most))
            };
            mask[bit as usize / 64] |= bits << (bit % 64);
        }
        program.masks.extend(mask);
    }
    program.row_of = program.points.iter().map(|point| live.of[point.pc as usize]).collect();
}

/// Checks that no condition tests the question of a fee after it has been paid.
fn check_fees(program: &Program, graph: &Graph, live: &Rows) -> Result<(), Vec<Unsound>> {
    let mut findings = Vec::new();
    for (at, instruction) in program.code.iter().enumerate() {
        let Some(question) = priced(&program.payments, instruction.op) else { continue };
        if live.has(size(at + 1), u32::from(question.0)) {
            let test = first_test(program, graph, size(at + 1), question).unwrap_or(instruction.node);
            let (node, test) = (NodeId::at(instruction.node as usize), NodeId::at(test as usize));
            findings.push(Unsound::FeeTestedAfter { node, question, test });
        }
    }
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}

/// The node of a test of `question` that can be reached.
fn first_test(program: &Program, graph: &Graph, from: u32, question: QuestionId) -> Option<u32> {
    let (mut seen, mut todo) = (vec![false; graph.len()], vec![from]);
    while let Some(at) = todo.pop() {
        if std::mem::replace(&mut seen[at as usize], true) {
            continue;
        }
        if let Op::Branch(point) = program.code[at as usize].op {
            let tests = |guard: u32| program.diagrams.support(guard).contains(&u32::from(question.0));
            if program.edges_of(point).iter().any(|edge| tests(edge.guard)) {
                return Some(program.code[at as usize].node);
            }
        }
        todo.extend(graph.next(at));
    }
    None
}

impl Program {
    /// The edges of a point.
    pub(crate) fn edges_of(&self, point: u32) -> &[super::ops::Edge] {
        let edges = &self.points[point as usize].edges;
        &self.edges[edges.start as usize..edges.end as usize]
    }

    /// Whether items of a kind have to be remembered.
    pub(crate) fn remembers(&self, kind: ItemKind) -> bool {
        self.items.iter().any(|item| item.kind == kind && item.bit != NONE)
    }
}
