//! What the tests of the engine share: short flows, random flows drawn from a tape of numbers, the plain reference.
#![expect(dead_code, reason = "each test uses a part of it")]
#![expect(clippy::unwrap_used, reason = "these are tests, though not marked as such")]

pub mod draw;
pub mod edit;
pub mod make;
pub mod papers;
pub mod plain;
pub mod total;
pub mod version;
pub mod wire;
