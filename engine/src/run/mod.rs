//! Cases: a program that one person goes through, event by event.
//!
//! INVARIANT: a case is a pure function of its program and its journal; replaying the journal gives the same case.

mod act;
mod case;
mod event;
mod moves;
pub(crate) mod script;
mod walk;

pub use self::{
    case::Case,
    event::{Await, End, Event, Refused, Tally},
    walk::{Stuck, Walk, run},
};
pub(crate) use self::{script::Script, walk::drive};
