//! How much less one gains by always taking the best next change, on instances at random: the table of `docs/reforme.md`.

#[path = "../tests/support/mod.rs"]
mod support;

use mastara_plan::{Instance, Limit, Proof, greedy, greedy_ahead, solve};
use support::{Size, instance};

const SEEDS: u64 = 200;

fn main() {
    println!("{SEEDS} instances, 60 changes, 200 burdens of 1 to 4 reasons");
    println!("budget  proved  greedy below  mean of it  worst  ahead below  mean of it  worst");
    for budget in [3, 5, 10, 20] {
        let instances = (0..SEEDS)
            .map(|seed| instance(seed, Size { changes: 60, burdens: 200, reasons: 4, needs: 10, losses: 0, cost: 1 }));
        let mut proved = 0;
        let mut shares = [Vec::new(), Vec::new()];
        for instance in instances {
            let best = solve(&instance, budget, Limit::default());
            proved += usize::from(best.proof == Proof::Optimal);
            let choices: [fn(&Instance, u64) -> Vec<usize>; 2] = [greedy, greedy_ahead];
            for (shares, choose) in shares.iter_mut().zip(choices) {
                shares.push(share(instance.gain(&choose(&instance, budget)), best.gain));
            }
        }
        let [alone, ahead] = shares.map(|shares| {
            let below = shares.iter().filter(|share| **share < 1.0).count();
            let mean = shares.iter().sum::<f64>() / SEEDS as f64;
            let worst = shares.iter().copied().fold(1.0, f64::min);
            format!("{below:12}  {:9.1}%  {:4.0}%", 100.0 * mean, 100.0 * worst)
        });
        println!("{budget:6}  {proved:6}  {alone}  {ahead}");
    }
}

fn share(part: i64, whole: i64) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}
