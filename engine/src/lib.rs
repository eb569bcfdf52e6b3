//! The domain of Mastara: procedures, the flows they compile to, what they ask of people, and cases that run.
//!
//! INVARIANT: nothing here reads text, disk, clock, network or locale; every function is pure.

pub mod answers;
pub mod burden;
pub mod calendar;
pub mod change;
pub mod compare;
pub mod condition;
pub mod coverage;
pub mod deep;
pub mod documents;
pub mod flow;
pub mod lens;
pub mod likeness;
pub mod maturity;
pub mod measure;
pub mod node;
pub mod procedure;
pub mod program;
pub mod quantity;
pub mod reform;
pub mod run;
pub mod simulate;
mod table;
pub mod text;
pub mod vocabulary;
pub mod way;

pub use jiff::civil::Date;
