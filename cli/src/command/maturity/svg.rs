//! The index as a picture.

use mastara_engine::maturity::{Index, Scope};

use super::record::Record;
use crate::context::Context;

/// The picture.
pub fn svg(_record: &Record<'_>, _ranked: &[(Scope, usize, Index)], _context: &Context) -> String {
    String::new()
}
