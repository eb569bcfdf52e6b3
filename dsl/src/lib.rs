//! The language of Mastara: from text to procedures, with findings.
//!
//! INVARIANT: no stage fails. Each gives a value and findings; a broken file still tells all its mistakes.

pub mod compile;
pub mod disk;
pub mod example;
pub mod expand;
pub mod expect;
pub mod field;
pub mod finding;
pub mod format;
pub mod grammar;
pub mod header;
pub mod keyword;
pub mod law;
pub mod lower;
pub mod mention;
pub mod message;
pub mod parse;
pub mod reform;
pub mod source;
pub mod token;
pub mod verify;
pub mod words;
pub mod yaml;
