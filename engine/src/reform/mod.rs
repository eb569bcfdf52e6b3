//! Reforms: changes to how procedures are done, applied to flows that are then measured again by execution.
//!
//! A step keeps a person from going without paper and trips for **reasons** ([`reasons`]): a paper accepted on paper only, a
//! fee paid at the counter, a card to collect, a hearing. A [`Change`] removes some of them ([`Subject::removes`]). **A trip
//! disappears only when all the reasons of its step are gone**, and only then does [`apply`] move the step online; so gains
//! do not add up, and choosing changes is a problem of its own.
//!
//! Stable interface for planners: [`reasons`], [`Reason::remedies`], [`Subject::removes`], [`Subject::apply`].
//! For each step, `AND` over its reasons of `OR` over the chosen changes of `removes` says whether it is freed. A freed step
//! between two steps of the same place and the same trip that are not freed stays where it is (the person is there already),
//! so that no change ever adds a trip; see `company.rs`.
//!
//! INVARIANT: a reformed flow has the nodes, branches, conditions and shares of the old one, hence the same ways; what each
//! way asks can only fall. `engine/tests/reform.rs` holds every measure to it.

mod apply;
mod change;
mod company;
mod facts;
mod look;
mod reason;

pub use self::{
    apply::{Subject, apply},
    change::{Action, Change, Flaw, Limit, Scope},
    reason::{Reason, StepReasons, reasons},
};
