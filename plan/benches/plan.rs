//! How long the best choice takes, on instances at random.

#[path = "../tests/support/mod.rs"]
mod support;

use divan::Bencher;
use mastara_plan::{Limit, Proof, greedy, solve};
use support::{Size, instance};

fn main() {
    divan::main();
}

const CATALOGUE: Size = Size { changes: 150, burdens: 600, reasons: 4, needs: 10, losses: 0, cost: 1 };

#[divan::bench(args = [5, 10, 20, 50], sample_count = 3, sample_size = 1)]
fn solve_150_changes_600_burdens(bencher: Bencher<'_, '_>, budget: u64) {
    let instance = instance(1, CATALOGUE);
    bencher.bench_local(|| assert_eq!(solve(&instance, budget, Limit::default()).proof, Proof::Optimal));
}

#[divan::bench(args = [5, 10, 20, 50], sample_count = 3, sample_size = 1)]
fn greedy_150_changes_600_burdens(bencher: Bencher<'_, '_>, budget: u64) {
    let instance = instance(1, CATALOGUE);
    bencher.bench_local(|| assert!(instance.gain(&greedy(&instance, budget)) > 0));
}
