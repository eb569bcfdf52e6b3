//! The marks of a score: what it rests on, and how much of that is known.

use mastara_engine::lens::Extent;

/// How well a score is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScoreMark {
    /// Whether it rests on an estimate: `~`.
    pub is_estimated: bool,
    /// How much of what makes it is known: `≥` where the true score is no lower, `*` where it may be lower or higher.
    pub extent: Extent,
}

impl ScoreMark {
    /// The figure between its marks.
    pub fn on(self, figure: &str) -> String {
        let estimate = if self.is_estimated { "~" } else { "" };
        let (bound, part) = match self.extent {
            Extent::Whole => ("", ""),
            Extent::AtLeast => ("≥", ""),
            Extent::Part => ("", "*"),
        };
        format!("{estimate}{bound}{figure}{part}")
    }
}
