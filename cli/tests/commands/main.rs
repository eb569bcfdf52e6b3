//! The command as people and programs use it, on small catalogues: exit codes, contracts, files left as they should be.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its case has failed")]

mod catalog;
mod check;
mod compare;
mod coverage;
mod deep;
mod diff;
mod docs;
mod fmt;
mod graph;
mod law;
mod lens;
mod maturity;
mod measure;
mod new;
mod plan;
mod preview;
mod report;
mod run;
mod schema;
mod show;
mod simulate;
mod support;
mod test;
mod trend;
mod usage;
mod walk;
mod watch;
mod whatif;
mod words;
