//! The command as people and programs use it, on small catalogues: exit codes, contracts, files left as they should be.

mod check;
mod fmt;
mod measure;
mod report;
mod support;
mod test;
mod usage;
