//! `simulate`: the same seed gives the same bytes, people and programs read the same figures, mistakes are told.

use std::process::Command;

use crate::support::{CARD, Catalog, columns, run};

/// The card again, with hours, a way that comes back and a silence that the law gives a meaning to.
pub fn catalog() -> Catalog {
    let catalog = Catalog::new();
    let hours = "ordinary: {fr: Ordinaire, ar: عادي, opens: \"08:30\", closes: \"16:30\", pause: 30}\n";
    catalog.write("vocabulary/hours.yaml", hours);
    let holidays =
        "fete: {fr: Fête, ar: عيد, civil: \"05-01\"}\naid: {fr: Aïd, ar: العيد, hijri: \"10-01\", days: 2}\n";
    catalog.write("vocabulary/holidays.yaml", holidays);
    let text = CARD.replace(
        "    délai 10 j\n",
        "    délai 10 j\n    habituel 4 j\n\n  décision complet par POLICE: Complet ?\n    ar: كامل؟\n    cas oui part 80 % -> retrait: Complet\n      ar: كامل\n    cas non -> depot: Manque\n      ar: ناقص\n",
    );
    catalog.write("procedures/identite/carte.mastara", &text);
    catalog
}

const PAPER: [&str; 6] = ["simulate", "carte", "--version", "papier", "--at", "2026-01-01"];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&PAPER[..], more].concat()
}

#[test]
fn the_same_seed_gives_the_same_bytes_on_any_number_of_threads() {
    let catalog = catalog();
    let folder = catalog.path("");
    let run = |threads: &str, seed: &str, officers: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_mastara"))
            .args(["--catalog", folder.to_str().unwrap()])
            .args(with(&["--cases", "40000", "--seed", seed, "--format", "json"]))
            .args(officers)
            .env("RAYON_NUM_THREADS", threads)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    let one = run("1", "7", &[]);
    assert_eq!(one, run("4", "7", &[]));
    assert_ne!(one, run("4", "8", &[]));
    let officers = ["--officers", "3", "--service", "10", "--arrivals", "100"];
    assert_eq!(run("1", "7", &officers), run("4", "7", &officers));
}

#[test]
fn what_is_simulated_is_what_is_measured() {
    let json = catalog().run(&with(&["--format", "json"])).json();
    assert_eq!((json["cases"].as_u64(), json["measures"]["trips"]["exact_mean"].as_f64()), (Some(100_000), Some(2.2)));
    let trips = &json["measures"]["trips"];
    let error = (trips["mean"].as_f64().unwrap() - 2.2).abs();
    assert!(error < 2.0 * trips["margin"].as_f64().unwrap(), "{trips}");
    assert_eq!((trips["least"].as_u64(), trips["most"].as_u64()), (Some(2), Some(3)));
    let sum =
        |list: &serde_json::Value| list.as_array().unwrap().iter().map(|of| of["cases"].as_u64().unwrap()).sum::<u64>();
    assert_eq!((sum(&json["outcomes"]), sum(&json["ways"])), (100_000, 100_000));
    assert_eq!(sum(&json["lead_days"]["histogram"]), 100_000);
    assert_eq!(json["deadlines"]["kept"], json["deadlines"]["cases"]);
}

/// The line of the page that begins so, without its blanks.
fn line(page: &str, begins: &str) -> String {
    let found = page.lines().find(|line| line.starts_with(begins));
    found.unwrap_or_else(|| panic!("{begins}: {page}")).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// People drawn know no more than the file: what it estimates is an estimate, what it does not know is not free.
#[test]
fn estimates_and_the_unknown_are_marked_as_measure_marks_them() {
    let catalog = catalog();
    let file = "procedures/identite/carte.mastara";
    let sure = catalog.read(file);
    let page = catalog.run(&with(&[])).out;
    assert!(line(&page, "frais (dh)").contains(" 12,50 25"), "{page}");
    assert!(page.contains("minimum simulé") && !page.contains("? inconnu"), "{page}");
    let unsure = sure
        .replace("durée 30 min", "durée 30 min estimé")
        .replace("fournit photo, acte", "fournit photo estimé")
        .replace("paie 12.50 dh", "paie montant inconnu");
    catalog.write(file, &unsure);
    let page = catalog.run(&with(&[])).out;
    assert_eq!(line(&page, "documents "), "documents ~1 ~1 ~1 ~1");
    assert_eq!(line(&page, "frais (dh)"), "frais (dh) ? ? ? ?");
    assert!(line(&page, "temps de la personne").matches('~').count() == 4, "{page}");
    assert!(page.contains("? inconnu") && page.contains("≥ au moins"), "{page}");
    let json = catalog.run(&with(&["--format", "json"])).json();
    let standing = &json["standing"];
    assert_eq!((&standing["fees_known"], &standing["effort_estimated"]), (&false.into(), &true.into()));
    assert_eq!(json["provenance"], "estimated");
    catalog.write(
        file,
        &unsure.replace("paie montant inconnu", "paie 12.50 dh").replace(
            "  source 2024-01-01: relevé\n  attendu déplacements = 2\n",
            "  reconstitué\n  frais inconnus\n  source 2024-01-01: relevé\n",
        ),
    );
    let page = catalog.run(&with(&[])).out;
    assert!(line(&page, "frais (dh)").contains("≥12,50 ≥25"), "{page}");
    assert!(page.contains("reconstitué"), "{page}");
}

/// A load says nothing of a few cases, which come in a time of their own.
#[test]
fn one_case_overloads_nobody() {
    let catalog = catalog();
    let args = with(&["--officers", "1", "--arrivals", "60", "--cases", "1", "--seed", "3"]);
    let page = catalog.run(&args).out;
    assert!(!page.contains("grandit sans fin") && page.contains("moins de 400"), "{page}");
    let load = |cases: &str| {
        let args = with(&["--officers", "1", "--arrivals", "60", "--cases", cases, "--format", "json"]);
        catalog.run(&args).json()["officers"][0]["load"].clone()
    };
    assert!(load("399").is_null());
    assert!(load("400").as_f64().unwrap() > 1.0);
}

#[test]
fn more_officers_wait_less() {
    let catalog = catalog();
    let wait = |officers: &str| {
        let json = catalog
            .run(&with(&["--officers", officers, "--arrivals", "60", "--cases", "20000", "--format", "json"]))
            .json();
        (json["officers"][0]["wait_minutes"]["mean"].as_f64().unwrap(), json["officers"][0]["load"].as_f64().unwrap())
    };
    let (many, few) = (wait("12"), wait("7"));
    assert!(many.0 < few.0 && many.1 < few.1 && few.1 < 1.0, "{many:?} {few:?}");
    let crowded = catalog.run(&with(&["--officers", "POLICE=2", "--arrivals", "60", "--cases", "20000"]));
    assert!(crowded.out.contains("la file grandit sans fin"), "{}", crowded.out);
}

#[test]
fn the_page_fits_and_speaks_each_language() {
    let catalog = catalog();
    for lang in ["fr", "ar", "en"] {
        let told = catalog.run(&with(&["--officers", "9", "--arrivals", "60", "--complements", "5", "--lang", lang]));
        assert_eq!(told.code, 0, "{}", told.err);
        assert!(told.out.lines().all(|line| columns(line) <= 80), "{lang}: {}", told.out);
        assert!(!told.out.contains("simulate."), "{lang}: {}", told.out);
    }
}

#[test]
fn mistakes_are_told() {
    let catalog = catalog();
    for (args, told) in [
        (&["--cases", "0"][..], "au moins une demande"),
        (&["--officers", "0"], "aucun agent"),
        (&["--officers", "PLICE=3"], "POLICE"),
        (&["--officers", "trois"], "n'est pas un nombre d'agents"),
        (&["--officers", "3,4"], "déjà donné"),
        (&["--officers", "3", "--arrivals", "0"], "nombre positif"),
        (&["--officers", "3", "--service", "0"], "nombre positif de minutes"),
        (&["--officers", "1", "--arrivals", "0.001"], "quarante ans"),
        (&["--complements", "101"], "de 0 à 100"),
        (&["--cases", "beaucoup"], "n'est pas une valeur de"),
        (&["--service", "3"], "--officers"),
    ] {
        let run = catalog.run(&with(args));
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args:?}: {}", run.err);
        assert!(run.err.contains(told), "{args:?}: {}", run.err);
    }
    let text = catalog.read("procedures/identite/carte.mastara");
    catalog.write("procedures/identite/carte.mastara", &text.replace("volume: {", "# volume: {"));
    assert!(catalog.run(&with(&["--officers", "3"])).err.contains("volume annuel"));
    catalog.write("vocabulary/hours.yaml", "");
    assert!(catalog.run(&PAPER).err.contains("hours.yaml"));
}

/// The catalogue in the binary has what it takes.
#[test]
fn the_embedded_catalogue_is_simulated() {
    let folder = std::env::temp_dir();
    let told = run(&["simulate", "passeport-majeur", "--cases", "2000", "--at", "2026-11-22"], &folder, "");
    assert_eq!(told.code, 0, "{}", told.err);
}
