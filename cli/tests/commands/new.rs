//! `new`: drafts from replies and from rows of an inventory.

use crate::support::{Catalog, Run, run};

/// Rows of every sort, on words of the embedded catalogue and on words that it lacks.
const INVENTORY: &str = include_str!("inventory.tsv");

const REPLIES: &str = "titre: Carte de séjour
titre-ar: بطاقة الإقامة
responsable: police
usagers: [etranger]
canal: guichet
lieu: commissariat
pieces: [photo x2, \"acte ?\"]
frais: 100
delai: 30
refus: oui
delivre: acte
remise: guichet
";

fn new(catalog: &Catalog, replies: &str, args: &[&str]) -> Run {
    let file = catalog.write("replies.yaml", replies);
    let args = [&["new", "identite/sejour", "--at", "2026-01-02", "--answers", file.to_str().unwrap()], args].concat();
    catalog.run(&args)
}

/// How many errors a file of the catalogue has, the law weighing as in the embedded one.
fn errors(catalog: &Catalog, path: &str) -> i64 {
    catalog.write("vocabulary/rules.yaml", "default: {level: warning, fr: Pratique, ar: ممارسة}\n");
    let json = catalog.run(&["check", catalog.path(path).to_str().unwrap(), "--format", "json"]).json();
    json["summary"]["errors"].as_i64().unwrap()
}

#[test]
fn every_row_of_an_inventory_gives_a_draft_without_error() {
    let catalog = Catalog::new();
    let table = catalog.write("inventory.tsv", INVENTORY);
    let rows: Vec<_> = INVENTORY.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>()).collect();
    assert_eq!(rows.len(), 12);
    for row in &rows {
        let file = format!("procedures/{}/{}.mastara", row[4], row[0]);
        let path = catalog.path(&format!("drafts/{file}"));
        let args =
            ["new", row[0], "--at", "2026-01-02", "--row", table.to_str().unwrap(), "-o", path.to_str().unwrap()];
        let made = run(&args, &catalog.path(""), "");
        assert_eq!(made.code, 0, "{}: {}", row[0], made.err);
        let text = catalog.read(&format!("drafts/{file}"));
        assert!(text.contains("reconstitué"), "{text}");
    }
    let shown = run(&["check", catalog.path("drafts").to_str().unwrap()], &catalog.path(""), "");
    assert_eq!(shown.code, 0, "{}", shown.out);
    assert!(shown.out.contains("12 fichiers"), "{}", shown.out);
    let text = |id: &str| catalog.read(&format!("drafts/procedures/{id}.mastara"));
    let sourced = text("identite/essai-deux-visites");
    assert!(sourced.contains("fournit photo-identite x4\n") && sourced.contains("délai 10 j\n"), "{sourced}");
    assert!(
        sourced.contains("fournit cnie si piece-cnie\n") && sourced.contains("paie 75 dh au guichet\n"),
        "{sourced}"
    );
    assert!(sourced.contains("source 2026-05-19: relevé de"), "{sourced}");
    let guessed = text("agriculture/essai-estimation");
    assert!(guessed.contains("paie 120.50 dh en ligne estimé") && guessed.contains("délai 45 j estimé"), "{guessed}");
    assert!(guessed.contains("volume: {nombre: 900, estime: oui}"), "{guessed}");
    let unknown = text("fiscalite/essai-mots-inconnus");
    for remark in
        ["document inconnu : papier-sans-nom", "document inconnu : autre-papier*3", "texte inconnu : loi 99-999"]
    {
        assert!(unknown.contains(&format!("# {remark}\n")), "{remark}: {unknown}");
    }
    assert!(!unknown.contains("fournit papier-sans-nom"), "no word is invented: {unknown}");
    assert!(text("entreprise/essai-accord").contains("silence: {liste: etat, rang: 1}"));
    assert!(text("foncier/essai-pas-une-piece").contains("# n'est pas une pièce"));
    assert!(text("urbanisme/essai-local").contains("silence accord -> "));
    assert!(text("etat-civil/essai-guichet").contains("délivre extrait-acte-naissance"));
}

#[test]
fn a_row_is_sourced_where_its_notes_say_so_and_dated_by_its_sources() {
    let catalog = Catalog::new();
    let draft = |line: &str| {
        let heading = INVENTORY.lines().next().unwrap();
        let table = catalog.write("rows.tsv", &format!("{heading}\n{line}\n"));
        let args = ["new", "ligne", "--at", "2026-01-02", "--row", table.to_str().unwrap(), "-o", "-"];
        let made = run(&args, &catalog.path(""), "");
        assert_eq!(made.code, 0, "{}", made.err);
        made.out
    };
    let row = |legal: &str, fee: &str, delay: &str, source: &str| {
        format!(
            "ligne\tTitre\tعنوان\tDGSN\tidentite\tcitoyen\t\t{legal}\tcnie\tcnie\t{fee}\t{delay}\t\t\t2\t\t\t{source}"
        )
    };
    let silent = "[annexe officielle : décret 2.22.387 du 8 mai 2023 (actes où le silence vaut accord), BO 7194, rang 3 : \
                  silence vaut accord, délai 2 j ; pièces : connaissance générale]";
    let text = draft(&row("dahir du 31 mars 1919; loi 55-19", "", "2", silent));
    assert!(text.contains("délai 2 j\n"), "what the annex says is sourced: {text}");
    assert!(text.contains("fournit cnie estimé\n"), "what nobody read is not: {text}");
    assert!(text.contains("textes: [dahir-1919-03-31, loi-55-19]"), "{text}");
    assert!(text.contains("  source 2023-05-08: [annexe"), "{text}");
    assert!(text.contains("\n  frais inconnus\n") && !text.contains("    paie"), "{text}");
    let title = "[texte : « droit de timbre sur les délais », BO 7194, art. 2 (x-12) : pièces]";
    let text = draft(&row("", "75", "10", &format!("{title} ; consulat.ma, liste")));
    assert!(text.contains("fournit cnie\n"), "{text}");
    assert!(text.contains("paie 75 dh au guichet estimé\n"), "the title of a text supports nothing: {text}");
    assert!(text.contains("délai 10 j estimé\n"), "{text}");
    assert!(text.contains("  source 2026-01-02: inventaire des procédures, ligne ligne, qui cite sans date"), "{text}");
    assert_eq!(text.matches("source 2026-01-02").count(), 1, "only the row was read on that day: {text}");
    // Of the places of an authority, that of its like procedures, and it is said.
    assert!(text.contains("à centre-cnie:") && text.contains("# lieu à vérifier"), "{text}");
    let text = draft(&row("", "0", "0", "x [sourcé : documents en partie, tarif]"));
    assert!(text.contains("fournit cnie estimé\n") && !text.contains("frais"), "{text}");
}

#[test]
fn what_is_delivered_comes_after_the_wait() {
    let catalog = Catalog::new();
    let text = new(&catalog, &REPLIES.replace("remise: guichet", "remise: sur-place"), &["-o", "-"]).out;
    let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words}: {text}"));
    assert!(place("attente instruction") < place("délivre acte"));
    let text = new(&catalog, &REPLIES.replace("delai: 30\nrefus: oui", "delai: 0"), &["-o", "-"]).out;
    assert!(!text.contains("attente") && text.contains("délivre acte"), "{text}");
    for (told, line) in [
        ("gratuit", None),
        ("montant inconnu", Some("paie montant inconnu au guichet\n")),
        ("inconnu", Some("\n  frais inconnus\n")),
        ("\"75 dh\"", Some("paie 75 dh")),
    ] {
        let made = new(&catalog, &REPLIES.replace("frais: 100", &format!("frais: {told}")), &["-o", "-"]);
        assert_eq!(made.code, 0, "{told}: {}", made.err);
        match line {
            Some(line) => assert!(made.out.contains(line), "{told}: {}", made.out),
            None => assert!(!made.out.contains("paie") && !made.out.contains("frais"), "{told}: {}", made.out),
        }
    }
}

#[test]
fn the_commands_that_come_next_find_the_file() {
    let catalog = Catalog::new();
    let made = new(&catalog, REPLIES, &[]);
    let commands: Vec<_> = made.out.lines().filter_map(|line| line.trim().strip_prefix("mastara ")).collect();
    assert_eq!(commands.len(), 2, "{}", made.out);
    for command in commands {
        let args: Vec<_> = command.split(' ').collect();
        let run = run(&args, &catalog.path(""), "");
        // The law weighs something in this catalogue: what matters is that the file is found.
        assert!(run.code < 2 && run.out.contains("sejour"), "{command}: {}{}", run.out, run.err);
    }
}

#[test]
fn replies_of_a_file_make_a_valid_draft() {
    let catalog = Catalog::new();
    let made = new(&catalog, REPLIES, &[]);
    assert_eq!(made.code, 0, "{}", made.err);
    assert!(made.out.contains("procedures/identite/sejour.mastara"), "{}", made.out);
    let text = catalog.read("procedures/identite/sejour.mastara");
    for line in [
        "responsable: POLICE\n",
        "étape depot à commissariat: Déposer la demande\n",
        "fournit photo x2 estimé\n",
        "fournit acte si piece-acte estimé\n",
        "délai 30 j estimé\n",
        "cas oui part 90 % estimé -> retrait: Demande acceptée\n",
        "issue refus refusée: Demande refusée, motifs notifiés\n",
        "délivre acte\n",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert_eq!(errors(&catalog, "procedures/identite/sejour.mastara"), 0);
    let formatted =
        catalog.run(&["fmt", "--check", catalog.path("procedures/identite/sejour.mastara").to_str().unwrap()]);
    assert_eq!(formatted.code, 0, "a draft is in the one layout");
}

#[test]
fn a_source_leaves_no_estimate_but_the_minutes() {
    let catalog = Catalog::new();
    let made = new(&catalog, &format!("{REPLIES}source: fiche du 2025-03-04\n"), &["-o", "-"]);
    assert!(made.out.contains("source 2025-03-04: fiche du 2025-03-04"), "{}", made.out);
    assert!(made.out.contains("fournit photo x2\n") && made.out.contains("paie 100 dh au guichet\n"), "{}", made.out);
    assert!(made.out.contains("durée 30 min estimé"), "{}", made.out);
    assert!(!catalog.path("procedures/identite/sejour.mastara").exists());
}

#[test]
fn an_arabic_reader_gets_an_arabic_file() {
    let catalog = Catalog::new();
    let made = new(&catalog, REPLIES, &["--lang", "ar", "-o", "-"]);
    assert!(made.out.contains("langue: ar\n") && !made.out.contains("dialecte"), "{}", made.out);
    assert!(made.out.contains("fr: Carte de séjour\n") && made.out.contains("إيداع الطلب"), "{}", made.out);
    catalog.write("procedures/identite/sejour.mastara", &made.out);
    assert_eq!(errors(&catalog, "procedures/identite/sejour.mastara"), 0);
}

#[test]
fn lines_are_asked_again_until_they_can_be_read() {
    let catalog = Catalog::new();
    let lines = "\nCarte\n\nplice\nPolice\n\n\nnulle part\n2\n\nph\ncarte\n\ncent\n100\n3\noui\n\n\n";
    let folder = catalog.path("");
    let args = ["--catalog", folder.to_str().unwrap(), "new", "identite/sejour"];
    let made = run(&args, &folder, lines);
    assert_eq!(made.code, 0, "{}{}", made.out, made.err);
    for said in [
        "il manque une réponse à `titre`",
        "vouliez-vous dire `POLICE`",
        "« nulle » n'est pas une des propositions",
        "rien dans le vocabulaire pour « carte »",
        "« cent » n'est pas un montant",
    ] {
        assert!(made.out.replace('\u{a0}', " ").contains(said), "{said}: {}", made.out);
    }
    let text = catalog.read("procedures/identite/sejour.mastara");
    assert!(
        text.contains("étape depot en ligne:") && text.contains("fournit photo numérique")
            || text.contains("fournit photo"),
        "{text}"
    );
    let cut = run(&args[..], &folder, "Carte\n");
    assert_eq!(cut.code, 2);
}

#[test]
fn words_that_several_titles_have_are_offered() {
    let catalog = Catalog::new();
    catalog.write(
        "vocabulary/documents.yaml",
        "photo: {fr: Photo, ar: صورة}\nacte: {fr: Acte de naissance, ar: رسم}\nmariage: {fr: Acte de mariage, ar: زواج}\n",
    );
    let folder = catalog.path("");
    let lines = "Carte\n\nPOLICE\n\n\n\n\nacte de\n2\n\n\n\n\n\n\n";
    let made = run(&["--catalog", folder.to_str().unwrap(), "new", "identite/sejour"], &folder, lines);
    assert_eq!(made.code, 0, "{}{}", made.out, made.err);
    assert!(made.out.contains("1. Acte") && made.out.contains("2. Acte"), "{}", made.out);
    let told = new(&catalog, &REPLIES.replace("photo x2", "acte de"), &["-o", "-"]);
    assert_eq!(told.code, 2, "a file says which: {}", told.out);
}

#[test]
fn nothing_is_written_over_and_wrong_words_are_said() {
    let catalog = Catalog::new();
    let before = catalog.read("procedures/identite/carte.mastara");
    let file = catalog.write("replies.yaml", REPLIES);
    let answers = ["--answers", file.to_str().unwrap()];
    let taken = catalog.run(&[&["new", "identite/carte"][..], &answers].concat());
    assert_eq!(taken.code, 2);
    assert!(taken.err.contains("existe déjà"), "{}", taken.err);
    let path = catalog.path("procedures/identite/carte.mastara");
    let taken = catalog.run(&[&["new", "identite/autre", "-o", path.to_str().unwrap()][..], &answers].concat());
    assert_eq!(taken.code, 2);
    assert_eq!(catalog.read("procedures/identite/carte.mastara"), before);
    for (id, said) in
        [("identit/x", "vouliez-vous dire `identite`"), ("carte", "secteur/identifiant"), ("identite/É", "secteur/")]
    {
        let run = catalog.run(&[&["new", id][..], &answers].concat());
        assert_eq!(run.code, 2, "{id}");
        assert!(run.err.replace('\u{a0}', " ").contains(said), "{id}: {}", run.err);
    }
    for (from, to, said) in [
        ("responsable: police", "responsable: polise", "POLICE"),
        ("titre: Carte de séjour", "titre:", "titre"),
        ("delai: 30", "delai: trente", "trente"),
        ("delai: 30", "delais: 30", "delai"),
        ("[photo x2", "[phoot x2", "photo"),
    ] {
        let run = new(&catalog, &REPLIES.replace(from, to), &["-o", "-"]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{to}");
        assert!(run.err.contains(said), "{to}: {}", run.err);
    }
    let table = catalog.write("table.tsv", INVENTORY);
    let row = |id: &str| catalog.run(&["new", id, "--row", table.to_str().unwrap()]).err;
    assert!(row("essai-guichett").contains("essai-guichet"), "the nearest row");
    assert!(row("essai-guichet").contains("MI-COMMUNE"), "an authority that this catalogue lacks");
}

#[test]
fn an_arabic_draft_may_use_a_french_fragment() {
    let catalog = Catalog::new();
    catalog.write("fragments/refus-55-19.mastara", REFUSAL);
    catalog.write("vocabulary/texts.yaml", "loi-55-19: {fr: Loi 55-19, ar: القانون 55.19}\n");
    let made = new(&catalog, REPLIES, &["--lang", "ar"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let text = catalog.read("procedures/identite/sejour.mastara");
    assert!(text.contains("يستعمل refus-55-19(autorite: POLICE)"), "{text}");
    assert_eq!(errors(&catalog, "procedures/identite/sejour.mastara"), 0);
    let shown = |lang: &str| catalog.run(&["show", "identite/sejour", "--lang", lang, "--at", "2026-01-02"]).out;
    assert!(shown("fr").contains("Refus motivé") && !shown("fr").contains("رفض معلل"), "{}", shown("fr"));
    assert!(shown("ar").contains("رفض معلل") && !shown("ar").contains("Refus motivé"), "{}", shown("ar"));
}

/// A shared end, as the catalogue has it.
const REFUSAL: &str = "---
id: refus-55-19
langue: fr
---
fragment(autorite): Refus
  ar: رفض
  issue refus refusée: Refus motivé
    ar: رفض معلل
    motivation
    recours {autorite} sous 30 j
";

#[test]
fn replies_are_not_lost_where_no_file_can_be_made() {
    let catalog = Catalog::new();
    // A shared end that asks for something else: no draft can use it.
    catalog.write("fragments/refus-55-19.mastara", &REFUSAL.replace("(autorite)", "(autorite, motif)"));
    let folder = catalog.path("");
    let args = ["--catalog", folder.to_str().unwrap(), "new", "identite/sejour"];
    let lines = "Carte \"de\" séjour\n\nPOLICE\n\n\n\n\nphoto x2\nacte ?\n\n75\n30\noui\n\n\n";
    let made = run(&args, &folder, lines);
    assert_eq!(made.code, 2, "{}", made.out);
    let (_, kept) = made.err.split_once("--answers").unwrap();
    let kept: String = kept
        .lines()
        .filter(|line| line.contains(": ") && !line.starts_with("erreur"))
        .map(|line| format!("{line}\n"))
        .collect();
    assert!(
        kept.contains("titre: \"Carte \\\"de\\\" séjour\"\n") && kept.contains("pieces: [\"photo x2\", \"acte ?\"]\n"),
        "{kept}"
    );
    // What was kept is a file of replies; once the catalogue is right it makes the file.
    catalog.write("fragments/refus-55-19.mastara", REFUSAL);
    let again = new(&catalog, &kept, &[]);
    assert_eq!(again.code, 0, "{}{kept}", again.err);
    // A name that is taken is told before anything is asked.
    let taken = run(&args, &folder, lines);
    assert!(taken.code == 2 && taken.out.is_empty() && taken.err.contains("existe déjà"), "{}{}", taken.out, taken.err);
}

#[test]
fn figures_that_are_none_are_refused() {
    let catalog = Catalog::new();
    for (from, to, said) in [
        ("frais: 100", "frais: -5", "« -5 » n'est pas un montant"),
        ("frais: 100", "frais: 5-10", "« 5-10 » n'est pas un montant"),
        ("delai: 30", "delai: -3", "de 0 à 65"),
        ("delai: 30", "delai: 100000", "de 0 à 65"),
    ] {
        let made = new(&catalog, &REPLIES.replace(from, to), &["-o", "-"]);
        assert_eq!((made.code, made.out.as_str()), (2, ""), "{to}");
        assert!(made.err.replace('\u{a0}', " ").contains(said), "{to}: {}", made.err);
    }
    let unknown = catalog.run(&["new", "eau/x"]);
    assert!(
        unknown.code == 2 && unknown.err.contains("les secteurs") && unknown.err.contains("identite"),
        "{}",
        unknown.err
    );
}

#[test]
fn the_cells_of_a_row_are_read_as_the_tools_say() {
    let catalog = Catalog::new();
    let draft = |documents: &str, fee: &str, delay: &str, online: &str| {
        let heading = INVENTORY.lines().next().unwrap();
        let row = format!(
            "ligne\tTitre\tعنوان\tDGSN\tidentite\tcitoyen\t\t\t{documents}\tcnie\t{fee}\t{delay}\t\t{online}\t2\t\t\t"
        );
        let table = catalog.write("rows.tsv", &format!("{heading}\n{row}\n"));
        let args = ["new", "ligne", "--at", "2026-01-02", "--row", table.to_str().unwrap(), "-o", "-"];
        let made = run(&args, &catalog.path(""), "");
        assert_eq!(made.code, 0, "{}", made.err);
        made.out.replace('\u{a0}', " ")
    };
    let text = draft("photo-identite x4 ; cnie*2? ; passeport x2 ?;facture*deux", "75", "10", "non");
    for line in [
        "fournit photo-identite x4 estimé\n",
        "fournit cnie x2 si piece-cnie",
        "fournit passeport x2 si piece-passeport",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(text.contains("# document inconnu : facture*deux\n"), "{text}");
    let text = draft("cnie", "-5", "un mois", "oui");
    assert!(text.contains("\n  frais inconnus\n") && !text.contains("    paie"), "{text}");
    assert!(text.contains("# chiffre illisible, laissé inconnu : -5\n"), "{text}");
    assert!(text.contains("# chiffre illisible, laissé inconnu : un mois\n"), "{text}");
    assert!(text.contains("# en ligne, portail à nommer ; la ligne dit seulement : oui\n"), "{text}");
    assert!(text.contains("étape depot en ligne:"), "{text}");
}
