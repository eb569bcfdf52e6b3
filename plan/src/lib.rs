//! Which changes to make first when there is a budget for some only.
//!
//! A burden (a trip, a sheet) goes when *all* reasons for it are gone, and a reason goes when *one* of its remedies is
//! chosen. Gains therefore do not add up: two changes may be worth nothing alone and much together, or the same twice. The
//! choice is made exactly, by integer programming ([`solve`]), and told in an order to build it ([`build_order`]). By way
//! of comparison there is the choice of always the best next change ([`greedy`]).
//!
//! INVARIANT: gains are whole numbers and are always counted anew from what is chosen, never read off the solver. Nothing
//! here knows procedures, language or disk; the clock is read by the solver alone, and only under a limit of time.

mod exact;
mod greedy;
mod instance;
mod model;
mod order;
mod reduce;
mod state;

pub use exact::{Limit, Proof, Solution, solve};
pub use greedy::{greedy, greedy_ahead};
pub use instance::{Burden, Change, Flaw, Instance};
pub use order::{Stage, build_order};
