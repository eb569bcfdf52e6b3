//! `fmt`.

use crate::support::{CARD, Catalog, run};

const FILE: &str = "procedures/identite/carte.mastara";

#[test]
fn check_tells_and_writes_nothing() {
    let catalog = Catalog::new();
    let messy = CARD.replace("    durée 30 min", " durée   30 min");
    catalog.write(FILE, &messy);
    let run = catalog.run(&["fmt", "--check"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("carte.mastara"));
    assert!(run.out.contains("- durée   30 min"), "{}", run.out);
    assert!(run.out.contains("+    durée 30 min"));
    assert_eq!(catalog.read(FILE), messy);
}

#[test]
fn formatting_twice_changes_nothing_more() {
    let catalog = Catalog::new();
    catalog.write(FILE, &CARD.replace('\n', "\r\n").replace("  étape", "étape"));
    assert_eq!(catalog.run(&["fmt"]).code, 0);
    let once = catalog.read(FILE);
    assert_eq!(once, CARD);
    let changed = |catalog: &Catalog| std::fs::metadata(catalog.path(FILE)).unwrap().modified().unwrap();
    let before = changed(&catalog);
    assert_eq!(catalog.run(&["fmt"]).code, 0);
    assert_eq!(changed(&catalog), before, "an unchanged file is not written");
    assert_eq!(catalog.run(&["fmt", "--check"]).code, 0);
    let left: Vec<_> = std::fs::read_dir(catalog.path("procedures/identite")).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing is left beside the file");
}

#[test]
fn the_standard_input_goes_to_the_standard_output() {
    let catalog = Catalog::new();
    let done = run(&["fmt", "-"], &catalog.path(""), &CARD.replace("    durée", "durée"));
    assert_eq!((done.code, done.out.as_str()), (0, CARD));
    let done = run(&["fmt", "-", "--dialect", "ar"], &catalog.path(""), CARD);
    assert!(done.out.contains("خطوة depot"), "{}", done.out);
    let back = run(&["fmt", "-", "--dialect", "fr"], &catalog.path(""), &done.out);
    assert_eq!(back.out, CARD);
}

#[test]
fn an_unknown_amount_is_a_word_of_each_dialect() {
    let catalog = Catalog::new();
    let french = CARD.replace("paie 12.50 dh au guichet", "paie montant inconnu par timbre");
    let to = |dialect: &str, text: &str| run(&["fmt", "-", "--dialect", dialect], &catalog.path(""), text).out;
    let (arabic, english) = (to("ar", &french), to("en", &french));
    assert!(arabic.contains("يؤدي مبلغ غير معروف بالتنبر"), "{arabic}");
    assert!(english.contains("pays unknown amount by stamp"), "{english}");
    assert_eq!((to("fr", &arabic), to("fr", &to("ar", &english))), (french.clone(), french));
}

#[test]
fn a_file_that_is_no_text_is_not_touched() {
    let catalog = Catalog::new();
    let path = catalog.path(FILE);
    std::fs::write(&path, b"---\nid: a/b\n---\n\xFF\xFE").unwrap();
    let run = catalog.run(&["fmt"]);
    assert_eq!(run.code, 2);
    assert_eq!(std::fs::read(&path).unwrap(), b"---\nid: a/b\n---\n\xFF\xFE");
}

#[test]
fn without_a_folder_there_is_nothing_to_format() {
    let empty = tempfile::tempdir().unwrap();
    let done = run(&["fmt"], empty.path(), "");
    assert_eq!(done.code, 2);
    assert!(done.err.contains("catalog"));
}

#[cfg(unix)]
#[test]
fn rights_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let catalog = Catalog::new();
    let file = catalog.write("real.mastara", &CARD.replace("    durée", "durée"));
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
    let link = catalog.path("link.mastara");
    symlink(&file, &link).unwrap();
    assert_eq!(catalog.run(&["fmt", link.to_str().unwrap()]).code, 0);
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(catalog.read("real.mastara"), CARD);
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
}
