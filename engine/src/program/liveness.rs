//! What can still matter further on: the memory of a way is kept only as long as something ahead depends on it.
//!
//! INVARIANT: a thing is live at an instruction if that instruction, or one reachable from it, uses it (more is allowed,
//! less never); a thing is certain there only if every way on from there uses it.

use std::collections::BTreeMap;

/// Rows may hold so many entries in all; above it a flow is too wide to be measured.
const MAX_ENTRIES: usize = 1 << 24;

/// A directed graph of instructions, as lists of successors.
pub(crate) struct Graph {
    /// The first successor of each instruction in `to`, and one past the last.
    pub(crate) from: Vec<u32>,
    /// Successors.
    pub(crate) to: Vec<u32>,
}

impl Graph {
    /// The successors of an instruction.
    pub(crate) fn next(&self, at: u32) -> &[u32] {
        &self.to[self.from[at as usize] as usize..self.from[at as usize + 1] as usize]
    }

    /// How many instructions it has.
    pub(crate) fn len(&self) -> usize {
        self.from.len() - 1
    }
}

/// The strongly connected components, those that others lead to first.
pub(crate) struct Components {
    /// Of each instruction.
    pub(crate) of: Vec<u32>,
    /// Instructions, by component.
    pub(crate) members: Vec<Vec<u32>>,
    /// Whether an instruction of the component can be reached again from itself.
    pub(crate) is_cyclic: Vec<bool>,
}

impl Components {
    /// Tarjan's algorithm with its own stack: a flow may be a hundred thousand nodes long.
    pub(crate) fn of(graph: &Graph) -> Self {
        let count = graph.len();
        let mut this = Self { of: vec![u32::MAX; count], members: Vec::new(), is_cyclic: Vec::new() };
        let (mut order, mut low) = (vec![u32::MAX; count], vec![0u32; count]);
        let (mut open, mut frames, mut clock) = (Vec::new(), Vec::new(), 0);
        for root in 0..super::diagram::size(count) {
            if order[root as usize] != u32::MAX {
                continue;
            }
            frames.push((root, 0usize));
            while let Some((at, next)) = frames.pop() {
                if next == 0 {
                    (order[at as usize], low[at as usize]) = (clock, clock);
                    clock += 1;
                    open.push(at);
                } else {
                    let child = graph.next(at)[next - 1];
                    if this.of[child as usize] == u32::MAX {
                        low[at as usize] = low[at as usize].min(low[child as usize]);
                    }
                }
                if let Some(&child) = graph.next(at).get(next) {
                    frames.push((at, next + 1));
                    if order[child as usize] == u32::MAX {
                        frames.push((child, 0));
                    }
                } else if low[at as usize] == order[at as usize] {
                    this.close(graph, at, &mut open);
                }
            }
        }
        this
    }

    fn close(&mut self, graph: &Graph, root: u32, open: &mut Vec<u32>) {
        let number = super::diagram::size(self.members.len());
        let start = open.iter().rposition(|&member| member == root).unwrap_or(0);
        let members = open.split_off(start);
        for &member in &members {
            self.of[member as usize] = number;
        }
        self.is_cyclic.push(members.len() > 1 || graph.next(root).contains(&root));
        self.members.push(members);
    }
}

/// Sets of things, shared between the instructions that have the same.
pub(crate) struct Rows {
    /// The rows, sorted.
    pub(crate) rows: Vec<Box<[u32]>>,
    /// The row of each instruction.
    pub(crate) of: Vec<u32>,
    numbers: BTreeMap<Box<[u32]>, u32>,
    entries: usize,
}

impl Rows {
    fn new(count: usize) -> Self {
        let mut this = Self { rows: Vec::new(), of: vec![0; count], numbers: BTreeMap::new(), entries: 0 };
        this.number(Vec::new());
        this
    }

    /// The row of an instruction.
    pub(crate) fn at(&self, instruction: u32) -> &[u32] {
        &self.rows[self.of[instruction as usize] as usize]
    }

    /// Whether a thing is in the row of an instruction.
    pub(crate) fn has(&self, instruction: u32, thing: u32) -> bool {
        self.at(instruction).binary_search(&thing).is_ok()
    }

    /// The number of a row (sorted).
    fn number(&mut self, row: Vec<u32>) -> u32 {
        if let Some(&number) = self.numbers.get(row.as_slice()) {
            return number;
        }
        let number = super::diagram::size(self.rows.len());
        self.entries += row.len();
        let row = row.into_boxed_slice();
        self.rows.push(row.clone());
        self.numbers.insert(row, number);
        number
    }

    /// The row that has all of `row` and all of `more`.
    fn union(&mut self, row: u32, more: &[u32]) -> u32 {
        let have = &self.rows[row as usize];
        if more.iter().all(|thing| have.binary_search(thing).is_ok()) {
            return row;
        }
        let mut all: Vec<u32> = have.iter().chain(more).copied().collect();
        all.sort_unstable();
        all.dedup();
        self.number(all)
    }

    /// What can still be used from each instruction on; `None` if that is too much to hold.
    pub(crate) fn live(graph: &Graph, components: &Components, uses: &[Vec<u32>]) -> Option<Self> {
        let mut this = Self::new(graph.len());
        for members in &components.members {
            let mut row = 0;
            for &member in members {
                row = this.union(row, &uses[member as usize]);
                for &next in graph.next(member) {
                    let ahead = this.of[next as usize];
                    if components.of[next as usize] != components.of[member as usize] && ahead != row {
                        let more = this.rows[ahead as usize].clone();
                        row = if row == 0 { ahead } else { this.union(row, &more) };
                    }
                }
            }
            members.iter().for_each(|&member| this.of[member as usize] = row);
            if this.entries > MAX_ENTRIES {
                return None;
            }
        }
        Some(this)
    }

    /// What every way on from each instruction uses. In a cycle only what all ways out of it use is told.
    pub(crate) fn certain(graph: &Graph, components: &Components, uses: &[Vec<u32>]) -> Option<Self> {
        let mut this = Self::new(graph.len());
        for members in &components.members {
            let own = components.of[members[0] as usize];
            let mut ahead: Option<u32> = None;
            for &member in members {
                for &next in graph.next(member).iter().filter(|&&next| components.of[next as usize] != own) {
                    let other = this.of[next as usize];
                    ahead =
                        Some(ahead.map_or(other, |row| if row == other { row } else { this.intersection(row, other) }));
                }
            }
            let ahead = ahead.unwrap_or(0);
            for &member in members {
                this.of[member as usize] = this.union(ahead, &uses[member as usize]);
            }
            if this.entries > MAX_ENTRIES {
                return None;
            }
        }
        Some(this)
    }

    fn intersection(&mut self, a: u32, b: u32) -> u32 {
        let (a, b) = (&self.rows[a as usize], &self.rows[b as usize]);
        let both = a.iter().copied().filter(|thing| b.binary_search(thing).is_ok()).collect();
        self.number(both)
    }
}
