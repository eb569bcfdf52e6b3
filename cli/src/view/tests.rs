//! `test --format json`.

use serde::Serialize;

use super::{coverage::CoverageView, findings::FindingView};

/// What became of all claims and examples.
#[derive(Debug, Serialize)]
pub struct TestsView {
    /// By identifier of the procedure.
    pub files: Vec<FileView>,
    /// All together.
    pub summary: TestSummaryView,
    /// What the examples take, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<CoverageView>,
}

/// The claims and examples of a file.
#[derive(Debug, Serialize)]
pub struct FileView {
    /// The file.
    pub file: String,
    /// The procedure in it.
    pub procedure: String,
    /// Figures that it claims.
    pub claims: CountView,
    /// Examples that it tells.
    pub examples: CountView,
    /// Claims not met and examples that went another way.
    pub failures: Vec<FindingView>,
}

/// How many there are, were checked, and failed.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct CountView {
    /// How many there are.
    pub total: usize,
    /// Those that do not hold.
    pub failed: usize,
    /// Those that could not be checked, because the version cannot be measured.
    pub skipped: usize,
}

/// All together.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct TestSummaryView {
    /// Files with a procedure.
    pub files: usize,
    /// Claims.
    pub claims: CountView,
    /// Examples.
    pub examples: CountView,
    /// Files without any claim or example.
    pub untested: usize,
    /// Other errors in the files: `check` shows them.
    pub errors: usize,
}

impl CountView {
    /// Adds another count.
    pub fn add(&mut self, other: Self) {
        self.total += other.total;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    /// Whether all were checked and hold.
    pub fn is_fine(self) -> bool {
        self.failed + self.skipped == 0
    }
}
