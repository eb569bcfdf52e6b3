//! Sets of answers as multi-valued decision diagrams.
//!
//! INVARIANT: a diagram is ordered and reduced, so equal sets are equal numbers, every node but [`FALSE`] has a member,
//! and a question that does not matter does not occur. That is what lets equal futures of a flow merge.

use std::collections::BTreeSet;

use crate::table::{Memo, Table, mix};

/// The empty set of answers.
pub(crate) const FALSE: u32 = 0;
/// All answers.
pub(crate) const TRUE: u32 = 1;

/// More nodes than this, and the conditions are too entangled to be worked out.
const MAX_NODES: usize = 1 << 19;
/// Diagrams with more questions on one path than this are refused: the operations on them recurse.
const MAX_DEPTH: u32 = 1_500;

/// The store of diagrams is full.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Full;

/// Operations, as they stand in the memo.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operation {
    And = 0,
    Or = 1,
    Not = 2,
    Project = 3,
}

/// A store of diagrams. Numbers of one store, and of stores cloned from it, can be combined.
#[derive(Clone, Debug)]
pub(crate) struct Diagrams {
    /// Question, first child, number of children; the first two stand for the constants.
    nodes: Vec<(u32, u32, u32)>,
    kids: Vec<u32>,
    unique: Table,
    memo: Memo,
    scratch: Vec<u32>,
}

impl Diagrams {
    /// A store with the constants only.
    pub(crate) fn new() -> Self {
        let nodes = vec![(u32::MAX, 0, 0); 2];
        Self { nodes, kids: Vec::new(), unique: Table::new(), memo: Memo::new(), scratch: Vec::new() }
    }

    /// The answers whose class of `question` is marked in `classes`.
    pub(crate) fn literal(&mut self, question: u32, classes: impl Iterator<Item = bool>) -> Result<u32, Full> {
        let start = self.scratch.len();
        self.scratch.extend(classes.map(u32::from));
        self.make(question, start)
    }

    /// Both.
    pub(crate) fn and(&mut self, a: u32, b: u32) -> Result<u32, Full> {
        self.combine(Operation::And, a, b, 0)
    }

    /// Either.
    pub(crate) fn or(&mut self, a: u32, b: u32) -> Result<u32, Full> {
        self.combine(Operation::Or, a, b, 0)
    }

    /// The others.
    pub(crate) fn not(&mut self, a: u32) -> Result<u32, Full> {
        self.negate(a, 0)
    }

    /// Forgets the questions outside `live` (sorted; `row` is its number, which the memo goes by).
    pub(crate) fn project(&mut self, a: u32, live: &[u32], row: u32) -> Result<u32, Full> {
        if a <= TRUE || live.is_empty() {
            return Ok(a.min(TRUE));
        }
        self.forget(a, live, row, 0)
    }

    /// Calls `visit` with each class of `question` that some member of `a` has; returns whether all classes occur.
    pub(crate) fn classes(&self, a: u32, question: u32, visit: &mut impl FnMut(usize)) -> bool {
        let (mut todo, mut seen) = (vec![a], BTreeSet::new());
        while let Some(node) = todo.pop() {
            let (of, first, count) = self.nodes[node as usize];
            if node == FALSE {
                continue;
            }
            if of > question {
                return true;
            }
            for (class, &kid) in self.kids[first as usize..(first + count) as usize].iter().enumerate() {
                if of == question && kid != FALSE {
                    visit(class);
                } else if of < question && seen.insert(kid) {
                    todo.push(kid);
                }
            }
        }
        false
    }

    /// The questions that matter to `a`, sorted.
    pub(crate) fn support(&self, a: u32) -> Vec<u32> {
        let (mut todo, mut seen, mut questions) = (vec![a], BTreeSet::new(), Vec::new());
        while let Some(node) = todo.pop() {
            if node > TRUE && seen.insert(node) {
                let (of, first, count) = self.nodes[node as usize];
                questions.push(of);
                todo.extend(&self.kids[first as usize..(first + count) as usize]);
            }
        }
        questions.sort_unstable();
        questions.dedup();
        questions
    }

    fn kid(&self, node: u32, class: u32) -> u32 {
        self.kids[(self.nodes[node as usize].1 + class) as usize]
    }

    fn combine(&mut self, operation: Operation, a: u32, b: u32, depth: u32) -> Result<u32, Full> {
        let (absorbing, neutral) = if operation == Operation::And { (FALSE, TRUE) } else { (TRUE, FALSE) };
        if a == absorbing || b == absorbing {
            return Ok(absorbing);
        }
        if a == neutral || a == b {
            return Ok(b);
        }
        if b == neutral {
            return Ok(a);
        }
        let (a, b) = (a.min(b), a.max(b));
        let key = key(operation, a, b);
        if let Some((known, _)) = self.memo.get(key) {
            return Ok(known);
        }
        if depth > MAX_DEPTH || self.memo.len() > MAX_NODES * 4 {
            return Err(Full);
        }
        let (question, classes) = {
            let (a, b) = (self.nodes[a as usize], self.nodes[b as usize]);
            if a.0 <= b.0 { (a.0, a.2) } else { (b.0, b.2) }
        };
        let start = self.scratch.len();
        for class in 0..classes {
            let of_a = if self.nodes[a as usize].0 == question { self.kid(a, class) } else { a };
            let of_b = if self.nodes[b as usize].0 == question { self.kid(b, class) } else { b };
            let kid = self.combine(operation, of_a, of_b, depth + 1)?;
            self.scratch.push(kid);
        }
        let made = self.make(question, start)?;
        self.memo.set(key, made, 0);
        Ok(made)
    }

    fn negate(&mut self, a: u32, depth: u32) -> Result<u32, Full> {
        if a <= TRUE {
            return Ok(TRUE - a);
        }
        let key = key(Operation::Not, a, 0);
        if let Some((known, _)) = self.memo.get(key) {
            return Ok(known);
        }
        if depth > MAX_DEPTH {
            return Err(Full);
        }
        let (question, _, classes) = self.nodes[a as usize];
        let start = self.scratch.len();
        for class in 0..classes {
            let kid = self.negate(self.kid(a, class), depth + 1)?;
            self.scratch.push(kid);
        }
        let made = self.make(question, start)?;
        self.memo.set(key, made, 0);
        Ok(made)
    }

    fn forget(&mut self, a: u32, live: &[u32], row: u32, depth: u32) -> Result<u32, Full> {
        let (question, _, classes) = self.nodes[a as usize];
        if a <= TRUE || live.last().is_none_or(|&last| question > last) {
            return Ok(a.min(TRUE));
        }
        let key = key(Operation::Project, a, row);
        if let Some((known, _)) = self.memo.get(key) {
            return Ok(known);
        }
        if depth > MAX_DEPTH {
            return Err(Full);
        }
        let stays = live.binary_search(&question).is_ok();
        let start = self.scratch.len();
        let mut union = FALSE;
        for class in 0..classes {
            let kid = self.forget(self.kid(a, class), live, row, depth + 1)?;
            if stays {
                self.scratch.push(kid);
            } else {
                union = self.combine(Operation::Or, union, kid, depth + 1)?;
            }
        }
        let made = if stays { self.make(question, start)? } else { union };
        self.memo.set(key, made, 0);
        Ok(made)
    }

    /// The node over the children from `start` on in the scratch, which are taken off.
    fn make(&mut self, question: u32, start: usize) -> Result<u32, Full> {
        let kids = &self.scratch[start..];
        let Some(&first) = kids.first() else { return Ok(FALSE) };
        if kids.iter().all(|&kid| kid == first) {
            self.scratch.truncate(start);
            return Ok(first);
        }
        let hash = hash_of(question, kids);
        let found = self.unique.find(hash, |index| {
            let (of, first, count) = self.nodes[index as usize];
            of == question && self.kids[first as usize..(first + count) as usize] == *kids
        });
        if let Some(found) = found {
            self.scratch.truncate(start);
            return Ok(found);
        }
        if self.nodes.len() >= MAX_NODES || self.kids.len() >= MAX_NODES * 4 {
            return Err(Full);
        }
        let (made, offset, count) = (size(self.nodes.len()), size(self.kids.len()), size(kids.len()));
        self.nodes.push((question, offset, count));
        self.kids.extend_from_slice(kids);
        let (nodes, all) = (&self.nodes, &self.kids);
        self.unique.insert(hash, made, |index| {
            let (of, first, count) = nodes[index as usize];
            hash_of(of, &all[first as usize..(first + count) as usize])
        });
        self.scratch.truncate(start);
        Ok(made)
    }
}

/// The key of an operation in the memo.
fn key(operation: Operation, a: u32, b: u32) -> u64 {
    (operation as u64) << 60 | u64::from(a) << 32 | u64::from(b)
}

fn hash_of(question: u32, kids: &[u32]) -> u64 {
    kids.iter().fold(mix(0, u64::from(question)), |hash, &kid| mix(hash, u64::from(kid)))
}

/// A size that fits: the stores are bounded well below 2^32.
pub(crate) fn size(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX - 1)
}
