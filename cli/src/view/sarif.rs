//! `check --format sarif`: SARIF 2.1.0 (OASIS), as code-scanning services read it.

use std::collections::BTreeSet;

use mastara_dsl::{
    finding::{Code, Severity},
    message,
};
use mastara_engine::text::Lang;
use serde::Serialize;

use super::findings::{FindingView, FindingsView};

/// A SARIF log with one run.
#[derive(Debug, Serialize)]
pub struct SarifView {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    language: &'static str,
    results: Vec<Outcome>,
}

#[derive(Debug, Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    information_uri: &'static str,
    rules: Vec<RuleView>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct RuleView {
    id: &'static str,
    name: &'static str,
    short_description: Words,
    help_uri: String,
    default_configuration: Level,
}

#[derive(Debug, Serialize)]
struct Level {
    level: &'static str,
}

#[derive(Debug, Serialize)]
struct Words {
    text: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Words,
    locations: [Place; 1],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    physical_location: PhysicalPlace,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalPlace {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Debug, Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

impl SarifView {
    /// The log of these findings.
    pub fn new(view: &FindingsView, lang: Lang) -> Self {
        let found: BTreeSet<&str> = view.findings.iter().map(|finding| finding.code).collect();
        let codes: Vec<Code> = Code::ALL.iter().copied().filter(|code| found.contains(code.number())).collect();
        let driver = Driver {
            name: "Mastara",
            version: env!("CARGO_PKG_VERSION"),
            information_uri: env!("CARGO_PKG_REPOSITORY"),
            rules: codes.iter().map(|code| rule(*code, lang)).collect(),
        };
        let results = view.findings.iter().map(|finding| result(finding, &codes)).collect();
        let run = Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", language: lang.code(), results };
        Self { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] }
    }
}

fn rule(code: Code, lang: Lang) -> RuleView {
    RuleView {
        id: code.number(),
        name: code.name(),
        short_description: Words { text: without_holes(message::label(code.name(), lang)) },
        help_uri: format!("{}/blob/main/docs/rules/{}.md", env!("CARGO_PKG_REPOSITORY"), code.name()),
        default_configuration: Level { level: level(code.severity()) },
    }
}

/// A rule speaks of no file in particular: `…` for each of its words.
fn without_holes(template: &str) -> String {
    (0..10).fold(template.to_owned(), |text, at| text.replace(&format!("{{{at}}}"), "…"))
}

fn result(finding: &FindingView, codes: &[Code]) -> Outcome {
    let at = codes.iter().position(|code| code.number() == finding.code).unwrap_or(0);
    let help = finding.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    let region = Region {
        start_line: finding.line,
        start_column: finding.column,
        end_line: finding.end_line,
        end_column: finding.end_column,
    };
    Outcome {
        rule_id: finding.code,
        rule_index: at,
        level: if finding.severity == "information" { "note" } else { finding.severity },
        message: Words { text: format!("{}{help}", finding.message) },
        locations: [Place {
            physical_location: PhysicalPlace { artifact_location: Artifact { uri: uri(&finding.file) }, region },
        }],
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "note",
    }
}

/// A path as a relative or `file:` reference, what URIs cannot hold being escaped.
fn uri(path: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    let escape = |byte: u8| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    let escaped: String = path.bytes().map(escape).collect();
    if path.starts_with('/') { format!("file://{escaped}") } else { escaped }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_references() {
        assert_eq!(uri("catalog/a b/é.mastara"), "catalog/a%20b/%C3%A9.mastara");
        assert_eq!(uri("/tmp/x.mastara"), "file:///tmp/x.mastara");
    }
}
