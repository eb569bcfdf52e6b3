//! Measures of a program over every feasible way, without walking every way.
//!
//! INVARIANT: what is returned is exact, as product.md ("Words and measures") defines it; a flow whose ways cannot be
//! kept together is refused with [`TooEntangled`], never approximated.

mod asked;
mod collect;
mod cost;
mod nominal;
mod person;
mod report;
mod search;
mod solve;
mod state;
mod step;
mod ways;
mod witness;

pub(crate) use self::ways::{DONE, WayArc, WayState, Ways};
pub use self::{
    asked::{Asked, AskedPaper},
    nominal::Moment,
    report::{Measures, Obstacle, Range, Standing, TooEntangled},
    witness::{SoFar, Taken},
};
