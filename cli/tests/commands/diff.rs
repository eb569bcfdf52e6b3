//! `diff`: folders and revisions, what changed, for whom, and what it means for running cases.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::{
    support::{CARD, Catalog, Run, run},
    walk::{LICENCE, catalog, flat},
};

const CARD_FILE: &str = "procedures/identite/carte.mastara";
const LICENCE_FILE: &str = "procedures/identite/licence.mastara";

fn diff(older: &Catalog, newer: &Catalog, args: &[&str]) -> Run {
    let paths = [older, newer].map(|catalog| catalog.path(""));
    let mut all = vec!["diff", paths[0].to_str().unwrap(), paths[1].to_str().unwrap()];
    all.extend(args);
    run(&all, &paths[0], "")
}

/// The licence, with its text changed.
fn licence(edit: impl Fn(&str) -> String) -> Catalog {
    let catalog = catalog();
    let text = edit(LICENCE);
    assert_ne!(text, LICENCE, "the edit changes nothing");
    catalog.write(LICENCE_FILE, &text);
    catalog
}

fn json(older: &Catalog, newer: &Catalog) -> Value {
    let run = diff(older, newer, &["--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    run.json()
}

/// The only procedure that changed.
fn changed(newer: &Catalog) -> Value {
    let json = json(&catalog(), newer);
    assert_eq!(json["summary"]["changed"], 1, "{json:#}");
    json["procedures"][0].clone()
}

#[test]
fn nothing_changes_from_a_catalogue_to_itself() {
    let json = json(&catalog(), &catalog());
    assert_eq!((&json["summary"]["changed"], &json["summary"]["unchanged"]), (&Value::from(0), &Value::from(2)));
    assert_eq!(json["procedures"], Value::Array(Vec::new()));
}

#[test]
fn procedures_come_and_go() {
    let newer = catalog();
    fs::remove_file(newer.path(LICENCE_FILE)).unwrap();
    newer.write("procedures/identite/autre.mastara", &CARD.replace("identite/carte", "identite/autre"));
    let json = json(&catalog(), &newer);
    assert_eq!((&json["summary"]["added"], &json["summary"]["retired"]), (&Value::from(1), &Value::from(1)));
    assert_eq!(json["procedures"][0]["impact"], "breaking");
    assert_eq!(json["procedures"][1]["change"], "added");
}

#[test]
fn remarks_and_titles_are_text_only() {
    for edit in [|text: &str| format!("{text}\n# une remarque\n"), |text: &str| text.replace("Instruire", "Étudier")] {
        let procedure = changed(&licence(edit));
        assert_eq!(procedure["impact"], "text", "{procedure:#}");
    }
}

#[test]
fn a_fee_of_the_vocabulary_moves_the_figures_of_procedures() {
    let make = |amount: &str| {
        let catalog = Catalog::new();
        catalog.write("vocabulary/fees.yaml", &format!("timbre: {{fr: Timbre, ar: طابع, amount: {amount}}}\n"));
        catalog.write(CARD_FILE, &CARD.replace("paie 12.50 dh au guichet", "paie timbre au guichet"));
        catalog
    };
    let run = diff(&make("75"), &make("100"), &["--at", "2015-01-01", "--format", "json"]);
    let procedure = &run.json()["procedures"][0];
    assert_eq!(procedure["impact"], "compatible", "{procedure:#}");
    let pair = &procedure["pairs"][0];
    assert_eq!((&pair["from"]["id"], &pair["in_force"]), (&Value::from("papier"), &Value::from(true)));
    let fees = &pair["measures"][0];
    assert_eq!((&fees["measure"], &fees["nominal"]["difference"]), (&Value::from("fees_mad"), &Value::from(25)));
    assert_eq!(pair["whom"]["everybody"], true);
}

#[test]
fn a_least_that_moves_alone_is_told() {
    // By post one hands over more than online, before and after; only those who go online have something new to hand over.
    let post = |text: &str| {
        text.replace(
            "    durée 10 min\n  étape cote",
            "    durée 10 min\n    fournit photo x5\n    -> complet\n  étape cote",
        )
    };
    let older = licence(post);
    let newer = licence(|text| post(text).replace("    durée 2 min\n", "    durée 2 min\n    fournit photo\n"));
    let json = json(&older, &newer);
    let measures = json["procedures"][0]["pairs"][0]["measures"].as_array().unwrap().clone();
    let sheets = measures.iter().find(|measure| measure["measure"] == "sheets").expect("the least moved");
    assert_eq!(sheets["nominal"]["difference"], 0, "{sheets:#}");
    assert_eq!((&sheets["most"]["difference"], &sheets["least"]["difference"]), (&0.into(), &1.into()), "{sheets:#}");
    let text = flat(&diff(&older, &newer, &[]).out);
    assert!(text.contains("au moins"), "{text}");
    let page = diff(&older, &newer, &["--format", "markdown"]).out;
    assert!(page.contains("| Au moins |"), "{page}");
}

#[test]
fn a_mean_that_moves_alone_is_told() {
    let newer = licence(|text| text.replace("part 60 %", "part 80 %"));
    let text = flat(&diff(&catalog(), &newer, &[]).out);
    assert!(text.contains("en moyenne"), "{text}");
}

#[test]
fn it_is_told_for_whom_a_paper_comes() {
    let newer = licence(|text| text.replace("fournit accord si age", "fournit accord, note si age"));
    let procedure = changed(&newer);
    let pair = &procedure["pairs"][0];
    assert_eq!(pair["whom"]["everybody"], false, "{pair:#}");
    assert!(flat(pair["whom"]["text"].as_str().unwrap()).contains("moins de 18 ans"), "{pair:#}");
}

#[test]
fn what_has_no_place_any_more_is_breaking_and_says_where() {
    let older = Catalog::new();
    let newer = Catalog::new();
    newer.write(CARD_FILE, &CARD.replace("étape retrait", "étape remise").replace("depot, retrait", "depot, remise"));
    let gone = json(&older, &newer)["procedures"][0].clone();
    assert_eq!(gone["impact"], "migration", "{gone:#}");
    assert_eq!(gone["pairs"][0]["reasons"][1]["kind"], "renamed", "{gone:#}");
    let short = CARD.split("  étape retrait").next().unwrap().to_owned()
        + "version en-ligne"
        + CARD.split("version en-ligne").nth(1).unwrap().replace("depot, retrait", "depot").as_str();
    newer.write(CARD_FILE, &short);
    let run = diff(&older, &newer, &[]);
    let text = flat(&run.out);
    assert!(text.contains("« Retirer » n'est plus là, et rien ne dit ce qu'elle devient"), "{text}");
    assert!(text.contains("identite/carte · rupture") && text.contains("déplacements : 2 → 1 (−1)"), "{text}");
    assert!(run.out.lines().all(|line| line.chars().count() <= 80), "{}", run.out);
}

#[test]
fn the_page_for_a_pull_request_has_totals_a_table_and_details() {
    let newer = licence(|text| text.replace("délai 60 j", "délai 30 j"));
    let run = diff(&catalog(), &newer, &["--format", "markdown"]);
    assert!(run.out.starts_with("## "), "{}", run.out);
    assert!(run.out.contains("\n1 changée · 1 à migrer · 1 inchangée\n"), "{}", run.out);
    assert!(run.out.contains("\n| identite/licence | à migrer |"), "{}", run.out);
    assert!(run.out.contains("<details><summary>") && run.out.contains("</details>"), "{}", run.out);
}

/// What text, page and JSON say of an edit of the licence: all of them, in the same words; what it means for running cases.
fn told(older: &Catalog, newer: &Catalog) -> (String, String) {
    let json = json(older, newer);
    let procedure = &json["procedures"][0];
    let none = Vec::new();
    let of = |value: &Value| value["edits"].as_array().unwrap_or(&none).clone();
    let mut edits = of(procedure);
    procedure["pairs"].as_array().unwrap().iter().for_each(|pair| edits.extend(of(pair)));
    let texts: Vec<String> = edits.iter().map(|edit| edit["text"].as_str().unwrap().to_owned()).collect();
    let [text, page] =
        [&[][..], &["--format", "markdown"]].map(|args| flat(&diff(older, newer, args).out).replace('\\', ""));
    for told in texts.iter().map(|told| flat(told)) {
        assert!(text.contains(&told) && page.contains(&told), "{told}: {text}\n{page}");
    }
    (procedure["impact"].as_str().unwrap().to_owned(), flat(&texts.join("\n")))
}

/// An edit, what it means for running cases, words that tell it.
const LEGAL: [[&str; 4]; 15] = [
    ["silence rejet", "silence accord", "migration", "silence : il vaut rejet → il vaut accord"],
    ["    récépissé 30 j\n", "", "migration", "« Instruire », récépissé : remis au dépôt"],
    ["délai 60 j", "délai 45 j", "migration", "« Instruire », délai légal : 60 jours → 45 jours"],
    ["POLICE sous 30 j", "POLICE sous 20 j", "migration", "sous 30 jours, réponse sous 15 jours → recours devant"],
    ["    motivation\n", "", "compatible", "« Demande refusée », motivation : les motifs sont notifiés → retiré"],
    ["complément au plus 1 fois", "complément au plus 2 fois", "compatible", "au plus 1 fois → demandé au plus 2 fois"],
    ["[citoyen, entreprise]", "[citoyen]", "compatible", "usagers : citoyens, entreprises → citoyens"],
    [
        "textes: [loi-1]",
        "textes: [loi-1]\nsilence: {liste: etat, rang: 12}",
        "compatible",
        "rang : silence valant accord, rang 12 (nouveau)",
    ],
    ["fournit photo x2,", "fournit photo légalisée x2,", "compatible", "Photo (signature légalisée"],
    ["au moins 50 dh au guichet", "au moins 50 dh par timbre", "compatible", ", au guichet → 1 %"],
    ["depuis 2020-01-01", "depuis 2021-01-01", "compatible", "en vigueur depuis : 2020-01-01 → 2021-01-01"],
    [
        "échange etat-civil: acte",
        "échange etat-civil: acte\n    identifie compte",
        "compatible",
        "identité : compte du portail (nouveau)",
    ],
    ["part 60 % estimé -> envoi", "part 70 % estimé -> envoi", "compatible", "Envoyer une enveloppe (~70 %"],
    ["textes: [loi-1]", "portail: portail", "text", "texte : Loi n° 1 relative aux licences → retiré"],
    ["---\nprocédure", "---\n# une remarque\nprocédure", "text", "remarques, mise en page ou mots du fichier seuls"],
];

#[test]
fn legal_and_formal_changes_are_said_in_words() {
    let law = |text: &str| {
        text.replace(
            "    délai 60 j\n    silence accord -> fin\n",
            "    délai 60 j\n    récépissé 30 j\n    complément au plus 1 fois\n    silence rejet -> refus\n",
        )
    };
    let older = licence(law);
    for [from, to, impact, words] in LEGAL {
        let newer = licence(|text| {
            let text = law(text);
            assert!(text.contains(from), "{from}");
            text.replace(from, to)
        });
        let (found, text) = told(&older, &newer);
        assert!(text.contains(words), "{to}: {words}\n{text}");
        assert_eq!(found, impact, "{to}: {text}");
    }
    let moved = licence(|text| law(text).replace("responsable: POLICE", "responsable: MAIRIE"));
    moved.write(
        "vocabulary/authorities.yaml",
        "POLICE: {fr: Police, ar: الشرطة, kind: autorite}\nMAIRIE: {fr: Mairie, ar: البلدية, kind: autorite}\n",
    );
    let (impact, text) = told(&older, &moved);
    assert_eq!(impact, "compatible", "{text}");
    assert!(text.starts_with("administration : Police → Mairie « Envoyer une enveloppe », administration"), "{text}");
    assert!(!text.contains("autres lignes"), "{text}");
}

#[test]
fn languages_differ_in_words_only() {
    let newer = licence(|text| text.replace("délai 60 j", "délai 30 j"));
    let of = |lang: &str| diff(&catalog(), &newer, &["--lang", lang]).out;
    assert!(of("ar").contains("ما يتغير") && of("en").contains("What changes"));
}

/// Runs git in a folder, with no settings of the machine.
fn git(folder: &Path, args: &[&str]) {
    let done = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"])
        .args(args)
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(done.success(), "{args:?}");
}

/// A repository whose catalogue is in `data/catalog`, with two commits.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let source = catalog();
    let copy = |path: &str, text: &str| {
        let path = folder.path().join("data/catalog").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    for name in ["authorities", "documents", "places", "sectors", "portals", "registers", "texts"] {
        copy(&format!("vocabulary/{name}.yaml"), &source.read(&format!("vocabulary/{name}.yaml")));
    }
    copy(LICENCE_FILE, LICENCE);
    copy("procedures/identite/élan vital.mastara", CARD);
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message", "one"]);
    copy(LICENCE_FILE, &LICENCE.replace("délai 60 j", "délai 30 j"));
    git(folder.path(), &["commit", "--quiet", "--all", "--message", "two"]);
    folder
}

#[test]
fn revisions_are_read_from_the_repository() {
    let folder = repository();
    let diff = |args: &[&str]| {
        // The command looks for git where this test found it.
        let path = std::env::var("PATH").unwrap();
        let done = Command::new(env!("CARGO_BIN_EXE_mastara"))
            .args(["--catalog", "data/catalog", "diff", "--format", "json"])
            .args(args)
            .current_dir(folder.path())
            .env_clear()
            .env("PATH", path)
            .output()
            .unwrap();
        let err = String::from_utf8(done.stderr).unwrap();
        (done.status.code().unwrap(), serde_json::from_slice::<Value>(&done.stdout).unwrap_or_default(), err)
    };
    let (code, json, err) = diff(&["HEAD~1", "HEAD"]);
    assert_eq!(
        (code, &json["summary"]["migration"], &json["summary"]["unchanged"]),
        (0, &1.into(), &1.into()),
        "{err}"
    );
    // One revision is compared with the folder as it stands.
    assert_eq!(diff(&["HEAD"]).1["summary"]["changed"], 0);
    assert_eq!(diff(&["HEAD~1"]).1["summary"]["changed"], 1);
    let (code, _, err) = diff(&["--", "--output=x"]);
    assert!(code == 2 && err.contains("--output=x"), "{err}");
    let (code, _, err) = diff(&["HEAD~7"]);
    assert!(code == 2 && err.contains("HEAD~7"), "{err}");
}

#[test]
fn without_git_or_a_repository_it_is_said() {
    let catalog = catalog();
    // No path is set: there is no git to be found.
    let run = catalog.run(&["diff", "HEAD"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("git"), "{}", run.err);
    let run = catalog.run(&["diff", catalog.path("vocabulary").to_str().unwrap()]);
    assert_eq!(run.code, 2, "a folder without procedures: {}", run.out);
}

#[test]
fn a_folder_without_vocabulary_borrows_one_and_says_so() {
    let whole = catalog();
    let drafts = tempfile::tempdir().unwrap();
    let write = |text: &str| {
        let path = drafts.path().join(LICENCE_FILE);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write(&LICENCE.replace("délai 60 j", "délai 30 j"));
    fs::write(drafts.path().join("procedures/identite/carte.mastara"), CARD).unwrap();
    let paths = [whole.path(""), drafts.path().to_owned()];
    let [older, newer] = paths.each_ref().map(|path| path.to_str().unwrap());
    for (from, to) in [(older, newer), (newer, older)] {
        let told = run(&["diff", from, to, "--format", "json"], &paths[0], "");
        assert_eq!(told.json()["summary"]["migration"], 1, "{}", told.out);
        assert!(told.err.contains("n'a pas de vocabulaire"), "{}", told.err);
        assert!(!told.err.contains("erreur"), "{}", told.err);
    }
    let told = run(&["--catalog", older, "diff", newer, newer], &paths[0], "");
    assert!(told.err.contains("ni l'un ni l'autre") && told.code == 0, "{}", told.err);
}

#[test]
fn what_becomes_unknown_has_no_difference() {
    let [older, newer] = [Catalog::new(), Catalog::new()];
    newer.write(CARD_FILE, &CARD.replace("paie 12.50 dh", "paie montant inconnu"));
    let args = ["--at", "2015-01-01", "--format", "json"];
    let fees = diff(&older, &newer, &args).json()["procedures"][0]["pairs"][0]["measures"][0].clone();
    assert_eq!((&fees["measure"], &fees["nominal"]["text"][1]), (&"fees_mad".into(), &"?".into()), "{fees:#}");
    assert!(fees["nominal"].get("difference").is_none(), "{fees:#}");
    let text = flat(&diff(&older, &newer, &["--at", "2015-01-01"]).out);
    assert!(text.contains("• frais : 12,50 dh → ?") && !text.contains("~−"), "{text}");
    // Each sign of the page is explained under it.
    for sign in ["! effet", "≠ ligne", "• mesure", "− pièce", "+ pièce", "~ estimé", "≥ au moins", "? inconnu"]
    {
        assert!(text.contains(sign), "{sign}: {text}");
    }
    assert!(text.contains("≠ « Déposer », paiement"), "{text}");
}

/// The card, with three ways from its filing: at once, after a usual delay that may change, after a longer one.
fn three_ways(usual: &str) -> Catalog {
    let ways = "  décision tri par POLICE: Tri
    ar: فرز
    cas simple -> retrait: Simple
      ar: بسيط
    cas long -> instruction: Long
      ar: طويل
    cas rare -> enquete: Rare
      ar: نادر

  attente enquete par POLICE: Enquêter
    ar: بحث
    délai 20 j
    habituel 9 j
    -> retrait

  attente instruction";
    let catalog = Catalog::new();
    let text =
        CARD.replace("  attente instruction", ways).replace("délai 10 j", &format!("délai 10 j\n    habituel {usual}"));
    let text = text.replace("supprime instruction:", "supprime instruction, enquete, tri:");
    catalog.write(CARD_FILE, &text);
    catalog
}

#[test]
fn a_mean_that_moves_by_less_than_a_unit_is_told_with_decimals() {
    let [older, newer] = ["5 j", "6 j"].map(three_ways);
    let run = diff(&older, &newer, &["--at", "2015-01-01", "--format", "json"]);
    let json = run.json();
    let measures = json["procedures"][0]["pairs"][0]["measures"].as_array().unwrap();
    assert_eq!(measures.len(), 1, "{json:#}");
    let mean = &measures[0]["expected"];
    assert_eq!(
        (&measures[0]["measure"], &mean["from"], &mean["to"]),
        (&"expected_delay_days".into(), &4.6667.into(), &5.into())
    );
    let texts: Vec<_> = mean["text"].as_array().unwrap().iter().map(|text| flat(text.as_str().unwrap())).collect();
    assert_eq!(texts, ["~4,67 j", "~5 j", "~+0,33 j"]);
    let text = flat(&diff(&older, &newer, &["--at", "2015-01-01"]).out);
    assert!(text.contains("délai habituel : en moyenne ~4,67 j → ~5 j (~+0,33 j)"), "{text}");
}
