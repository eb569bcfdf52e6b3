//! The catalogue seen by the published frameworks of others: the European Union's eGovernment Benchmark, the French
//! observatory of online procedures, UNCTAD's eRegulations.
//!
//! INVARIANT: a lens scores answers, wherever they come from: a table of published data and the answers derived from the
//! catalogue go through the same functions. What is not known stays unknown; nothing is filled in.

pub mod eu;
pub mod fr;
pub mod score;
mod subject;
pub mod unctad;

pub use self::{
    score::{Extent, Reading, Score},
    subject::{Evidence, Ground, Subject},
};
