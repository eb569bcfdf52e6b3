//! What a straight run costs, and how costs combine where ways part.
//!
//! INVARIANT: sums saturate, so that absurd figures in a file cannot overflow.

use crate::program::ops::{Control, Edge};

/// How many measures there are.
pub(super) const ALL: usize = 10;
/// All measures, in the order in which they are kept.
pub(super) const WHICH: [usize; ALL] = [STEPS, TRIPS, DOCUMENTS, SHEETS, FETCHED, EFFORT, LEGAL, USUAL, FEES, AGENCIES];
pub(super) const STEPS: usize = 0;
pub(super) const TRIPS: usize = 1;
pub(super) const DOCUMENTS: usize = 2;
pub(super) const SHEETS: usize = 3;
pub(super) const FETCHED: usize = 4;
pub(super) const EFFORT: usize = 5;
pub(super) const LEGAL: usize = 6;
pub(super) const USUAL: usize = 7;
pub(super) const FEES: usize = 8;
pub(super) const AGENCIES: usize = 9;

/// Adds an amount.
pub(super) const fn add(sum: &mut i64, amount: i64) {
    *sum = sum.saturating_add(amount);
}

/// What one straight run costs in all measures.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cost {
    /// By measure; of fees what is usual.
    pub(super) usual: [i64; ALL],
    /// Fees at least.
    pub(super) fees_least: i64,
    /// Fees at most.
    pub(super) fees_most: i64,
    /// What is not paperless.
    pub(super) obstacles: u32,
    /// Whether something is filed online.
    pub(super) files: bool,
}

/// The costs of `N` of the measures.
#[derive(Clone, Copy, Debug)]
pub(super) struct Costs<const N: usize> {
    usual: [i64; N],
    least: [i64; N],
    most: [i64; N],
    obstacles: u32,
    files: bool,
}

impl<const N: usize> Costs<N> {
    /// Those of `cost` that `which` selects.
    pub(super) fn of(cost: &Cost, which: &[usize; N]) -> Self {
        let usual = which.map(|measure| cost.usual[measure]);
        let bound = |fees: i64| which.map(|measure| if measure == FEES { fees } else { cost.usual[measure] });
        let (least, most) = (bound(cost.fees_least), bound(cost.fees_most));
        Self { usual, least, most, obstacles: cost.obstacles, files: cost.files }
    }

    /// What is usual.
    pub(super) const fn usual(&self) -> &[i64; N] {
        &self.usual
    }
}

/// What lies ahead of a state, over all feasible ways on from it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ahead<const N: usize> {
    /// Whether there is a feasible way on; nothing else means anything if not.
    pub(super) is_open: bool,
    pub(super) nominal: [i64; N],
    pub(super) least: [i64; N],
    pub(super) most: [i64; N],
    pub(super) expected: [f64; N],
    /// The measures whose mean depends on shares that the file does not give, a bit each.
    assumed: u16,
    /// Obstacles that the person cannot avoid (the value of the game against facts and authorities).
    pub(super) obstacles: i64,
    /// Whether the person can make sure that something is filed online.
    pub(super) files: bool,
}

impl<const N: usize> Ahead<N> {
    /// Nothing is known yet, or no way leads on.
    pub(super) const CLOSED: Self = Self { is_open: false, ..Self::DONE };

    /// An outcome has been reached.
    pub(super) const DONE: Self = Self {
        is_open: true,
        nominal: [0; N],
        least: [0; N],
        most: [0; N],
        expected: [0.0; N],
        assumed: 0,
        obstacles: 0,
        files: false,
    };

    /// What lies ahead before a run of this cost.
    #[expect(clippy::cast_precision_loss, reason = "means are given as floats; sums are far below 2^52")]
    pub(super) fn after(&self, cost: &Costs<N>) -> Self {
        let mut this = *self;
        for measure in 0..N {
            this.nominal[measure] = this.nominal[measure].saturating_add(cost.usual[measure]);
            this.least[measure] = this.least[measure].saturating_add(cost.least[measure]);
            this.most[measure] = this.most[measure].saturating_add(cost.most[measure]);
            this.expected[measure] += cost.usual[measure] as f64;
        }
        this.obstacles = this.obstacles.saturating_add(i64::from(cost.obstacles));
        this.files |= cost.files;
        this
    }

    /// Whether the mean of a measure depends on shares that the file does not give.
    pub(super) const fn is_assumed(&self, measure: usize) -> bool {
        self.assumed >> measure & 1 == 1
    }

    /// Whether its least, or its most, is that of `after` for the measure kept first.
    pub(super) fn agrees(&self, after: &Self, least: bool) -> bool {
        if least { self.least[0] == after.least[0] } else { self.most[0] == after.most[0] }
    }
}

/// What lies ahead of a point, from what lies ahead along each of its open edges, in their order.
pub(super) struct Parting<const N: usize> {
    control: Control,
    total: f64,
    equal: Equal,
    /// Whether some share here is given nowhere.
    is_assumed: bool,
    sum: Ahead<N>,
    /// The means along the first edge that somebody takes.
    first: Option<[f64; N]>,
    /// The game over the branches that the person chooses among.
    own: Option<(i64, bool)>,
    /// The game over the others.
    others: Option<(i64, bool)>,
}

/// How shares are read when all of them are zero.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Equal {
    /// They are not.
    No,
    /// Equally among those that are not spare.
    NotSpare,
    /// Equally among all.
    All,
}

impl<const N: usize> Parting<N> {
    /// Begins with the open edges of a point.
    #[expect(clippy::cast_precision_loss, reason = "weights and numbers of edges are far below 2^52")]
    pub(super) fn new<'e>(control: Control, open: impl Iterator<Item = &'e Edge>) -> Self {
        let (mut weight, mut all, mut not_spare) = (0u64, 0u64, 0u64);
        let mut is_assumed = false;
        for edge in open {
            is_assumed |= edge.assumed;
            weight += edge.weight;
            all += 1;
            not_spare += u64::from(!edge.is_spare);
        }
        let (equal, total) = match (weight, not_spare) {
            (0, 0) => (Equal::All, all),
            (0, _) => (Equal::NotSpare, not_spare),
            _ => (Equal::No, weight),
        };
        let is_assumed = is_assumed || equal != Equal::No;
        Self {
            control,
            total: total as f64,
            equal,
            is_assumed,
            sum: Ahead::CLOSED,
            first: None,
            own: None,
            others: None,
        }
    }

    /// How many people take an open edge, on the scale of its point.
    pub(super) fn weight(&self, edge: &Edge) -> u64 {
        match self.equal {
            Equal::No => edge.weight,
            Equal::NotSpare => u64::from(!edge.is_spare),
            Equal::All => 1,
        }
    }

    /// Adds what lies ahead along an open edge.
    #[expect(clippy::cast_precision_loss, reason = "weights are far below 2^52")]
    pub(super) fn add(&mut self, edge: &Edge, ahead: &Ahead<N>) {
        let share = self.weight(edge) as f64 / self.total;
        self.assume(share, ahead);
        if self.sum.is_open {
            for measure in 0..N {
                self.sum.least[measure] = self.sum.least[measure].min(ahead.least[measure]);
                self.sum.most[measure] = self.sum.most[measure].max(ahead.most[measure]);
                self.sum.expected[measure] += share * ahead.expected[measure];
            }
        } else {
            self.sum = Ahead { assumed: self.sum.assumed, ..*ahead };
            self.sum.expected.iter_mut().for_each(|expected| *expected *= share);
        }
        if self.control == Control::Person && !edge.is_silence {
            let (obstacles, files) = self.own.unwrap_or((i64::MAX, false));
            self.own = Some((obstacles.min(ahead.obstacles), files || ahead.files));
        } else {
            let (obstacles, files) = self.others.unwrap_or((0, true));
            self.others = Some((obstacles.max(ahead.obstacles), files && ahead.files));
        }
    }

    /// Notes which means depend on shares that are given nowhere: where it does not matter which way is taken, they do not.
    fn assume(&mut self, share: f64, ahead: &Ahead<N>) {
        if share == 0.0 {
            return;
        }
        self.sum.assumed |= ahead.assumed;
        let first = self.first.get_or_insert(ahead.expected);
        for measure in (0..N).filter(|_| self.is_assumed) {
            // Sums of floats in another order differ by less.
            if (first[measure] - ahead.expected[measure]).abs() > 1e-6 {
                self.sum.assumed |= 1 << measure;
            }
        }
    }

    /// The whole.
    pub(super) fn ahead(self) -> Ahead<N> {
        let games = [self.own, self.others].into_iter().flatten();
        let (obstacles, files) =
            games.fold((0, true), |(worst, always), (obstacles, files)| (worst.max(obstacles), always && files));
        Ahead { obstacles, files: files && self.sum.is_open, ..self.sum }
    }
}
