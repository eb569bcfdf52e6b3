//! stub

use crate::{flow::Flow, program::regions::Regions};

/// stub
#[derive(Clone, Debug)]
pub(crate) struct Script;
impl Script {
    pub(crate) fn of(_: &Flow, _: &[bool], _: &Regions) -> Self {
        Self
    }
}
