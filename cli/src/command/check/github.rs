//! Findings as annotations of a GitHub job.

use std::fmt::Write as _;

use crate::view::findings::{FindingView, FindingsView};

/// One line a finding.
pub fn annotations(view: &FindingsView) -> String {
    let mut text = String::new();
    for finding in &view.findings {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", annotation(finding));
    }
    text
}

fn annotation(finding: &FindingView) -> String {
    let level = if finding.severity == "information" { "notice" } else { finding.severity };
    let help = finding.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    let title = format!("{}: {}", finding.code, finding.name);
    format!(
        "::{level} file={},line={},col={},title={}::{}",
        property(&finding.file),
        finding.line,
        finding.column,
        property(&title),
        data(&format!("{}{help}", finding.message)),
    )
}

/// A message, its line ends and percent signs escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property, in which colons and commas are escaped too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_field_is_escaped() {
        assert_eq!(data("100 %\nfin"), "100 %25%0Afin");
        assert_eq!(property("a:b,c"), "a%3Ab%2Cc");
    }
}
