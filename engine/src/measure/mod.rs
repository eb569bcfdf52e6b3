//! Measures of a program over every feasible way, without walking every way.
//!
//! INVARIANT: what is returned is exact, as product.md ("Words and measures") defines it; a flow whose ways cannot be
//! kept together is refused with [`TooEntangled`], never approximated.

mod collect;
mod cost;
mod person;
mod report;
mod search;
mod solve;
mod state;
mod step;
mod witness;

pub use self::{
    report::{Measures, Obstacle, Range, Standing, TooEntangled},
    witness::{SoFar, Taken},
};
