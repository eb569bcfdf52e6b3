//! The catalogue: the flow of each procedure and what it measures, one snapshot a procedure.

use std::collections::{BTreeMap, BTreeSet};

use mastara_dsl::{compile::compile, disk, finding::Severity, verify::verify};
use mastara_engine::text::Lang;
use mastara_snapshots::{Checked, golden, kept, outline, root, show};

#[test]
fn the_catalogue_has_no_mistake() {
    let compiled = compile(disk::read_catalog(&root().join("catalog")).unwrap());
    let mut findings = compiled.findings.clone();
    findings.extend(verify(&compiled));
    findings.retain(|finding| finding.severity == Severity::Error);
    let checked = Checked { compiled, findings };
    assert!(checked.findings.is_empty(), "{}", show::findings(&checked, Lang::Fr));
}

#[test]
fn every_procedure_measures_what_it_did() {
    let compiled = compile(disk::read_catalog(&root().join("catalog")).unwrap());
    let mut kept_of: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for procedure in compiled.procedures() {
        let (sector, id) = procedure.id.as_str().split_once('/').unwrap_or(("", procedure.id.as_str()));
        kept_of.entry(sector.to_owned()).or_insert_with(|| kept(&format!("catalog/{sector}"))).remove(id);
        golden(&format!("catalog/{sector}")).bind(|| {
            insta::assert_snapshot!(id.to_owned(), outline::procedure(procedure));
        });
    }
    kept_of.retain(|_, left| !left.is_empty());
    assert!(kept_of.is_empty(), "snapshots of no procedure: {kept_of:?}");
}
