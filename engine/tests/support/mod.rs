//! What the tests of the engine share: flows drawn from a tape of numbers.
#![expect(dead_code, reason = "each test uses a part of it")]

pub mod draw;
pub mod make;
pub mod plain;
