//! Sessions with the real server over its real protocol.

#![expect(clippy::unwrap_used, reason = "these are tests, though not all are marked as such")]

mod client;

use std::{collections::BTreeMap, fs, path::PathBuf};

use client::{Client, place, range, uri};
use serde_json::{Value, json};
use tempfile::TempDir;

const CARD: &str = "\
---
id: identite/carte
langue: fr
responsable: DGSN
usagers: [citoyen]
statut: brouillon
textes: [loi-04-20]
---
procédure: Carte d'identité
  ar: بطاقة التعريف

question mineur oui-non: La demande concerne-t-elle un mineur ?
  ar: هل يتعلق الطلب بقاصر؟

version guichet depuis 2020-12-01: Au guichet
  ar: بالشباك
  reconstitué
  source 2026-05-19: fiche

  étape depot à commissariat: Déposer la demande
    ar: إيداع الطلب
    durée 30 min estimé
    fournit cnie copie x2, photo-identite x4
    fournit livret-famille si mineur

  attente instruction par DGSN: Instruction
    ar: دراسة الطلب
    délai 30 j selon loi-04-20

  étape retrait à commissariat: Retirer la carte
    ar: سحب البطاقة
    utilise timbre(papier: cnie)
    délivre cnie

exemple: adulte
  ar: راشد
  avec mineur = non
  passe depot, instruction, retrait
  finit fin
";

const FAMILY: &str = "\
---
id: famille/livret
langue: ar
responsable: DGSN
usagers: [citoyen]
statut: brouillon
---
مسطرة: دفتر عائلي
  fr: Livret de famille

صيغة guichet منذ 2020-12-01: بالشباك
  fr: Au guichet
  مستنتج
  مصدر 2026-05-19: بطاقة

  خطوة depot في commissariat: إيداع الطلب
    fr: Déposer la demande
    يقدم cnie
    يسلم livret-famille
";

const FRAGMENT: &str = "\
---
id: timbre
langue: fr
---
fragment(papier): Payer le timbre de {papier}
  ar: أداء تنبر {papier}
  paie timbre-75 par timbre
  identifie carte
";

/// A small catalogue in a folder of its own.
struct Case {
    folder: TempDir,
}

impl Case {
    fn new() -> Self {
        let this = Self { folder: TempDir::new().unwrap() };
        let files = [
            ("procedures/identite/carte.mastara", CARD),
            ("procedures/famille/livret.mastara", FAMILY),
            ("fragments/timbre.mastara", FRAGMENT),
            (
                "vocabulary/documents.yaml",
                "cnie: { fr: \"Carte nationale\", ar: \"البطاقة الوطنية\", issuer: DGSN, held: true }\n\
                 photo-identite: { fr: \"Photo\", ar: \"صورة\", kind: photo }\n\
                 livret-famille: { fr: \"Livret de famille\", ar: \"دفتر عائلي\", procedure: \"famille/livret\" }\n",
            ),
            ("vocabulary/authorities.yaml", "DGSN: { fr: \"Sûreté nationale\", ar: \"الأمن الوطني\" }\n"),
            (
                "vocabulary/places.yaml",
                "commissariat: { fr: \"Commissariat\", ar: \"مفوضية الشرطة\", authority: DGSN }\n",
            ),
            ("vocabulary/fees.yaml", "timbre-75: { fr: \"Timbre\", ar: \"تنبر\", amount: 75, text: loi-04-20 }\n"),
            (
                "vocabulary/texts.yaml",
                "loi-04-20: { fr: \"Loi 04-20\", ar: \"القانون 04.20\", date: \"2020-08-06\" }\n",
            ),
            (
                "vocabulary/sectors.yaml",
                "identite: { fr: \"Identité\", ar: \"الهوية\" }\nfamille: { fr: \"Famille\", ar: \"الأسرة\" }\n",
            ),
        ];
        for (path, text) in files {
            let path = this.path(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        this
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join("catalog").join(path)
    }

    fn uri(&self, path: &str) -> String {
        uri(&self.path(path))
    }

    fn card(&self) -> String {
        self.uri("procedures/identite/carte.mastara")
    }

    fn client(&self, params: Value) -> Client {
        Client::start(self.folder.path(), &[], params)
    }

    /// A session with the card open; every other ability of the client left out.
    fn with_card(&self) -> Client {
        let mut client = self.client(json!({ "capabilities": {} }));
        client.open(&self.card(), CARD);
        client
    }

    fn at(&self, words: &str, by: usize) -> Value {
        json!({ "textDocument": { "uri": self.card() }, "position": place(CARD, words, by) })
    }
}

fn codes(findings: &[Value]) -> Vec<&str> {
    findings.iter().filter_map(|finding| finding["code"].as_str()).collect()
}

fn labels(list: &Value) -> Vec<&str> {
    list["items"].as_array().unwrap().iter().filter_map(|item| item["label"].as_str()).collect()
}

/// A text after edits as the protocol tells them.
fn edited(text: &str, edits: &Value) -> String {
    let byte = |position: &Value| {
        let line = position["line"].as_u64().unwrap() as usize;
        let units = position["character"].as_u64().unwrap() as usize;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let mut seen = 0;
        let within = text[start..].chars().take_while(|c| {
            seen += c.len_utf16();
            seen <= units
        });
        start + within.map(char::len_utf8).sum::<usize>()
    };
    let mut edits: Vec<_> = edits.as_array().unwrap().iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(byte(&edit["range"]["start"])));
    let mut out = text.to_owned();
    for edit in edits {
        let (start, end) = (byte(&edit["range"]["start"]), byte(&edit["range"]["end"]));
        out.replace_range(start..end, edit["newText"].as_str().unwrap());
    }
    out
}

#[test]
fn findings_follow_what_is_typed_and_go_when_it_is_mended() {
    let case = Case::new();
    let mut client = case.with_card();
    let before = client.findings_of(&case.card(), 1);
    assert!(codes(&before).iter().all(|code| code.starts_with("M4")), "{before:?}");
    let broken = client.edit(&case.card(), range(CARD, "photo-identite"), "photo-identit");
    let finding = broken.iter().find(|finding| finding["code"] == "M201").unwrap();
    assert_eq!(finding["range"], range(&CARD.replace("photo-identite", "photo-identit"), "photo-identit"));
    assert_eq!(finding["severity"], 1);
    assert!(finding["message"].as_str().unwrap().contains("photo-identit"));
    assert!(finding["codeDescription"]["href"].as_str().unwrap().ends_with("docs/rules/unknown-document.md"));
    let end = place(&CARD.replace("photo-identite", "photo-identit"), "photo-identit", 13);
    let mended = client.edit(&case.card(), json!({ "start": end, "end": end }), "e");
    assert_eq!(mended, before);
    assert_eq!(client.stop(), Some(0));
}

#[test]
fn columns_are_units_of_utf_16_unless_bytes_are_offered() {
    let case = Case::new();
    let uri = case.uri("procedures/famille/livret.mastara");
    let broken = FAMILY.replace("يقدم cnie", "يقدم cnei");
    let start = |findings: &[Value]| {
        let finding = findings.iter().find(|finding| finding["code"] == "M201").unwrap();
        finding["range"]["start"]["character"].as_u64().unwrap()
    };
    let mut client = case.client(json!({ "capabilities": {} }));
    assert_eq!(client.capabilities["positionEncoding"], "utf-16");
    client.open(&uri, &broken);
    assert_eq!(start(&client.findings_of(&uri, 1)), 9);
    let offered = json!({ "capabilities": { "general": { "positionEncodings": ["utf-8", "utf-16"] } } });
    let mut client = case.client(offered);
    assert_eq!(client.capabilities["positionEncoding"], "utf-8");
    client.open(&uri, &broken);
    assert_eq!(start(&client.findings_of(&uri, 1)), 13);
}

#[test]
fn a_file_that_is_closed_shows_errors_only() {
    let case = Case::new();
    fs::write(case.path("procedures/famille/livret.mastara"), FAMILY.replace("cnie", "cnei")).unwrap();
    let mut client = case.with_card();
    let uri = case.uri("procedures/famille/livret.mastara");
    client.findings_of(&case.card(), 1);
    let shown = client.findings[&uri]["diagnostics"].clone();
    assert_eq!(codes(shown.as_array().unwrap()), ["M201"]);
    client.tell("textDocument/didClose", json!({ "textDocument": { "uri": case.card() } }));
    let card = case.card();
    let closed = client.hear(|message| message["params"]["uri"] == *card && message["params"]["version"].is_null());
    assert_eq!(closed["params"]["diagnostics"], json!([]));
}

#[test]
fn completion_offers_what_fits() {
    let case = Case::new();
    let mut client = case.with_card();
    let mut offered = |start: &str| {
        let text = CARD.replace("    durée 30 min estimé\n", &format!("    {start}\n"));
        client.change(&case.card(), json!([{ "text": text }]));
        let line = CARD.lines().position(|line| line.contains("durée 30")).unwrap();
        let position = json!({ "line": line, "character": 4 + start.encode_utf16().count() });
        let at = json!({ "textDocument": { "uri": case.card() }, "position": position });
        let list = client.ask("textDocument/completion", at);
        labels(&list).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let has = |offered: &[String], wanted: &[&str]| {
        assert!(wanted.iter().all(|word| offered.iter().any(|known| known == word)), "{wanted:?} in {offered:?}");
    };
    let leads = offered("fo");
    has(&leads, &["fournit", "durée", "étape", "ar"]);
    assert!(!leads.iter().any(|lead| lead == "passe" || lead == "connu"), "{leads:?}");
    has(&offered("fournit "), &["cnie", "photo-identite"]);
    has(&offered("fournit cnie "), &["copie", "original", "si"]);
    has(&offered("fournit cnie si "), &["mineur", "non"]);
    has(&offered("-> "), &["depot", "instruction", "retrait", "fin"]);
    has(&offered("recours "), &["DGSN"]);
    has(&offered("utilise "), &["timbre"]);
    has(&offered("utilise timbre("), &["papier"]);
    has(&offered("paie "), &["timbre-75"]);
    has(&offered("paie 75 dh "), &["par timbre", "en ligne"]);
    has(&offered("paie 75 dh par t"), &["par timbre"]);
    has(&offered("durée 30 min selon "), &["loi-04-20"]);
    has(&offered("appelle famille/"), &["famille/livret"]);
    assert!(offered("estimé: quelque chose ").is_empty());
}

#[test]
fn completion_works_in_the_header_in_arabic_and_in_the_vocabulary() {
    let case = Case::new();
    let mut client = case.client(json!({ "capabilities": {} }));
    let uri = case.uri("procedures/famille/livret.mastara");
    let text = FAMILY.replace("    يقدم cnie\n", "    يقدم cnie \n").replace("responsable: DGSN", "responsable: D");
    client.open(&uri, &text);
    let mut offered = |uri: &str, text: &str, after: &str| {
        let position = place(text, after, after.chars().count());
        let list =
            client.ask("textDocument/completion", json!({ "textDocument": { "uri": uri }, "position": position }));
        labels(&list).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(offered(&uri, &text, "responsable: D").contains(&"DGSN".to_owned()));
    assert!(offered(&uri, &text, "usagers: [").contains(&"entreprise".to_owned()));
    assert!(offered(&uri, &text, "يقدم cnie ").contains(&"نسخة".to_owned()));
    let path = "vocabulary/documents.yaml";
    let text = fs::read_to_string(case.path(path)).unwrap();
    assert!(offered(&case.uri(path), &text, "issuer: ").contains(&"DGSN".to_owned()));
    assert!(offered(&case.uri(path), &text, "cnie: { ").contains(&"held".to_owned()));
}

#[test]
fn hover_tells_the_document_the_rule_and_the_measures() {
    let case = Case::new();
    let mut client = case.with_card();
    let mut told = |words: &str, by: usize| {
        client.ask("textDocument/hover", case.at(words, by))["contents"]["value"].as_str().unwrap_or("").to_owned()
    };
    let document = told("cnie copie", 1);
    assert!(document.contains("Carte nationale") && document.contains("البطاقة الوطنية"), "{document}");
    assert!(document.contains("Sûreté nationale") && document.contains("M401"), "{document}");
    let step = told("depot à", 2);
    assert!(step.contains("Déposer la demande") && step.contains("30 min"), "{step}");
    assert!(step.contains("étapes 1 · déplacements 1 · documents 2"), "{step}");
    let version = told("guichet depuis", 1);
    assert!(version.contains("étapes 2") && version.contains("déplacements 2"), "{version}");
    assert!(told("durée 30", 1).contains("مدة"));
    assert!(told("loi-04-20]", 1).contains("2020-08-06"));
    assert!(told("timbre(papier", 1).contains("paie timbre-75"));
    assert!(told("mineur oui-non", 1).contains("un mineur"));
    assert_eq!(told("Instruction\n", 3), "");
}

#[test]
fn definitions_are_in_the_file_the_fragment_and_the_vocabulary() {
    let case = Case::new();
    let mut client = case.with_card();
    let mut target = |words: &str, by: usize| {
        let found = client.ask("textDocument/definition", case.at(words, by));
        (found[0]["uri"].as_str().unwrap_or("").to_owned(), found[0]["range"].clone())
    };
    assert_eq!(target("instruction, retrait", 2), (case.card(), range(CARD, "instruction")));
    assert_eq!(target("mineur = non", 2), (case.card(), range(CARD, "mineur")));
    let fragment = (case.uri("fragments/timbre.mastara"), range(FRAGMENT, "timbre"));
    assert_eq!(target("timbre(papier", 2), fragment);
    assert_eq!(target("papier: cnie", 2), (fragment.0.clone(), range(FRAGMENT, "papier")));
    let documents = fs::read_to_string(case.path("vocabulary/documents.yaml")).unwrap();
    let cnie = (case.uri("vocabulary/documents.yaml"), range(&documents, "cnie"));
    assert_eq!(target("cnie copie", 2), cnie);
    assert_eq!(target("commissariat", 2).0, case.uri("vocabulary/places.yaml"));
}

#[test]
fn references_are_found_in_files_that_are_not_open() {
    let case = Case::new();
    let mut client = case.with_card();
    let mut params = case.at("cnie copie", 1);
    params["context"] = json!({ "includeDeclaration": true });
    let found = client.ask("textDocument/references", params.clone());
    let mut counts = BTreeMap::new();
    for location in found.as_array().unwrap() {
        let name = location["uri"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        *counts.entry(name).or_insert(0) += 1;
    }
    let expected = [("carte.mastara", 3), ("documents.yaml", 1), ("livret.mastara", 1)];
    assert_eq!(counts, expected.map(|(name, count)| (name.to_owned(), count)).into());
    params["context"]["includeDeclaration"] = false.into();
    assert_eq!(client.ask("textDocument/references", params).as_array().unwrap().len(), 4);
    let own = client.ask("textDocument/documentHighlight", case.at("depot, instruction", 1));
    assert_eq!(own.as_array().unwrap().len(), 2);
}

#[test]
fn renaming_reaches_every_file_and_leaves_nothing_unknown() {
    let case = Case::new();
    let mut client = case.with_card();
    let mut params = case.at("cnie copie", 1);
    params["newName"] = "carte-nationale".into();
    let changes = client.ask("textDocument/rename", params)["changes"].clone();
    assert_eq!(changes.as_object().unwrap().len(), 3);
    let card = edited(CARD, &changes[case.card()]);
    assert_eq!(card, CARD.replace("cnie", "carte-nationale"));
    for (uri, edits) in changes.as_object().unwrap() {
        let path = PathBuf::from(uri.strip_prefix("file://").unwrap());
        let text = edited(&fs::read_to_string(&path).unwrap(), edits);
        fs::write(&path, text).unwrap();
        let event = json!({ "changes": [{ "uri": uri, "type": 2 }] });
        client.tell("workspace/didChangeWatchedFiles", event);
    }
    client.change(&case.card(), json!([{ "text": card }]));
    let findings = client.findings_of(&case.card(), 2);
    assert!(codes(&findings).iter().all(|code| code.starts_with("M4")), "{findings:?}");

    let params =
        json!({ "textDocument": { "uri": case.card() }, "position": place(&card, "depot à", 0), "newName": "dépôt" });
    let refused = client.response("textDocument/rename", params);
    assert!(refused["error"]["message"].as_str().unwrap().contains("lettres latines"), "{refused}");
}

#[test]
fn a_node_keeps_its_examples_and_an_identifier_takes_its_file_along() {
    let case = Case::new();
    let mut client = case.with_card();
    let mut params = case.at("depot à", 1);
    let prepared = client.ask("textDocument/prepareRename", params.clone());
    assert_eq!(prepared["placeholder"], "depot");
    params["newName"] = "remise".into();
    let changes = client.ask("textDocument/rename", params)["changes"].clone();
    assert_eq!(edited(CARD, &changes[case.card()]), CARD.replace("depot", "remise"));

    let able = json!({ "capabilities": { "workspace": { "workspaceEdit": {
        "documentChanges": true, "resourceOperations": ["rename"] } } } });
    let mut client = case.client(able);
    client.open(&case.uri("procedures/famille/livret.mastara"), FAMILY);
    let at = json!({ "uri": case.uri("procedures/famille/livret.mastara") });
    let params =
        json!({ "textDocument": at, "position": place(FAMILY, "famille/livret", 2), "newName": "famille/duplicata" });
    let edit = client.ask("textDocument/rename", params);
    let changes = edit["documentChanges"].as_array().unwrap();
    assert_eq!(changes.len(), 3);
    assert_eq!(changes[2]["kind"], "rename");
    assert_eq!(changes[2]["newUri"], case.uri("procedures/famille/duplicata.mastara"));
}

#[test]
fn formatting_gives_what_the_command_gives() {
    let case = Case::new();
    let mut client = case.with_card();
    let messy = CARD.replace("    durée 30 min estimé", " durée   30  min  estimé").replace("x2, photo", "×2 ,photo");
    client.change(&case.card(), json!([{ "text": messy }]));
    let options = json!({ "textDocument": { "uri": case.card() }, "options": { "tabSize": 2, "insertSpaces": true } });
    let edits = client.ask("textDocument/formatting", options.clone());
    assert_eq!(edited(&messy, &edits), CARD);
    client.change(&case.card(), json!([{ "text": CARD }]));
    assert_eq!(client.ask("textDocument/formatting", options), json!([]));
}

#[test]
fn the_outline_and_the_folds_show_blocks() {
    let case = Case::new();
    let mut client = case.with_card();
    let document = json!({ "textDocument": { "uri": case.card() } });
    let outline = client.ask("textDocument/documentSymbol", document.clone());
    let names = |list: &Value| -> Vec<String> {
        list.as_array().unwrap().iter().map(|symbol| symbol["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&outline), ["Carte d'identité", "mineur", "guichet", "adulte"]);
    assert_eq!(names(&outline[2]["children"]), ["depot", "instruction", "retrait"]);
    assert_eq!(outline[2]["children"][0]["detail"], "Déposer la demande");
    let folds = client.ask("textDocument/foldingRange", document);
    let lines = |fold: &Value| (fold["startLine"].as_u64().unwrap(), fold["endLine"].as_u64().unwrap());
    let folds: Vec<_> = folds.as_array().unwrap().iter().map(lines).collect();
    let line = |words: &str| place(CARD, words, 0)["line"].as_u64().unwrap();
    assert!(folds.contains(&(0, 7)), "{folds:?}");
    assert!(folds.contains(&(line("étape depot"), line("fournit livret"))), "{folds:?}");
    assert!(folds.contains(&(line("version guichet"), line("délivre cnie"))), "{folds:?}");
    let found = client.ask("workspace/symbol", json!({ "query": "دفتر" }));
    assert_eq!(names(&found), ["famille/livret", "livret-famille"]);
}

#[test]
fn actions_mend_what_they_are_about() {
    let case = Case::new();
    let mut client = case.with_card();
    let mut mend = |text: &str, words: &str, code: &str| {
        client.change(&case.card(), json!([{ "text": text }]));
        let params = json!({
            "textDocument": { "uri": case.card() },
            "range": range(text, words),
            "context": { "diagnostics": [] },
        });
        let actions = client.ask("textDocument/codeAction", params);
        let is_it = |action: &&Value| action["diagnostics"][0]["code"] == code;
        let action = actions.as_array().unwrap().iter().find(is_it).unwrap_or_else(|| panic!("{code}: {actions}"));
        assert_eq!(action["kind"], "quickfix");
        let mended = edited(text, &action["edit"]["changes"][case.card()]);
        let version = client.change(&case.card(), json!([{ "text": mended }]));
        assert!(!codes(&client.findings_of(&case.card(), version)).contains(&code), "{code} is still there");
        mended
    };
    let line = "fournit cnie copie x2, photo-identite x4";
    let with = |new: &str| CARD.replace(line, new);
    assert_eq!(mend(&with("fournit cnei"), "cnei", "M201"), with("fournit cnie"));
    assert_eq!(mend(CARD, "cnie copie x2", "M401"), with("fournit cnie copie, photo-identite x4"));
    let certified = with("fournit photo-identite, cnie copie certifiée");
    assert_eq!(mend(&certified, "cnie copie", "M404"), with("fournit photo-identite, cnie copie"));
    assert_eq!(mend(&with("fournit cnie légalisée"), "cnie lég", "M402"), with("fournit cnie copie"));
    assert_eq!(mend(&with("fournit ٣ cnie"), "٣", "M011"), with("fournit 3 cnie"));
    let refusal =
        "\n  issue refus refusée: Refus\n    ar: رفض\n    recours DGSN sous 30 j réponse 15 j\n\nexemple: adulte";
    let refused = CARD.replace("\nexemple: adulte", refusal);
    let reasoned = mend(&refused, "issue refus", "M438");
    assert_eq!(reasoned, refused.replace("    ar: رفض\n", "    ar: رفض\n    motivation\n"));
    assert_eq!(mend(&CARD.replace("id: identite/carte", "id: identite/cart"), "identite/cart", "M101"), CARD);
}

#[test]
fn formatting_is_an_action_for_those_who_ask() {
    let case = Case::new();
    let mut client = case.with_card();
    client.change(&case.card(), json!([{ "text": CARD.replace("    durée", "durée") }]));
    let mut params = json!({
        "textDocument": { "uri": case.card() },
        "range": range(CARD, "procédure"),
        "context": { "diagnostics": [], "only": ["source.fixAll"] },
    });
    let actions = client.ask("textDocument/codeAction", params.clone());
    assert_eq!(actions[0]["title"], "Mettre en forme");
    params["context"]["only"] = json!(["refactor"]);
    assert_eq!(client.ask("textDocument/codeAction", params), json!([]));
}

#[test]
fn colours_cover_keywords_names_and_titles_without_overlap() {
    let case = Case::new();
    let mut client = case.with_card();
    let document = json!({ "textDocument": { "uri": case.card() } });
    let legend = client.capabilities["semanticTokensProvider"]["legend"]["tokenTypes"].clone();
    let data = client.ask("textDocument/semanticTokens/full", document)["data"].clone();
    let numbers: Vec<u64> = data.as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect();
    let lines: Vec<Vec<u16>> = CARD.lines().map(|line| line.encode_utf16().collect()).collect();
    let (mut line, mut column, mut end) = (0, 0, 0);
    let mut coloured = Vec::new();
    for token in numbers.chunks(5) {
        if token[0] > 0 {
            (column, end) = (0, 0);
        }
        (line, column) = (line + token[0], column + token[1]);
        assert!(column >= end, "stretches overlap in line {line}");
        end = column + token[2];
        let text = String::from_utf16(&lines[line as usize][column as usize..end as usize]).unwrap();
        coloured.push((text, legend[token[3] as usize].as_str().unwrap().to_owned()));
    }
    for (text, kind) in [
        ("étape", "keyword"),
        ("depot", "function"),
        ("commissariat", "namespace"),
        ("Déposer la demande", "string"),
        ("cnie", "class"),
        ("x2", "number"),
        ("mineur", "variable"),
        ("responsable", "property"),
        ("timbre", "macro"),
        ("إيداع الطلب", "string"),
    ] {
        assert!(coloured.contains(&(text.to_owned(), kind.to_owned())), "{text} is no {kind}: {coloured:?}");
    }
}

#[test]
fn hints_count_trips_and_documents_along_the_way() {
    let case = Case::new();
    let mut client = case.with_card();
    let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 999, "character": 0 } });
    let params = json!({ "textDocument": { "uri": case.card() }, "range": whole });
    let hints = client.ask("textDocument/inlayHint", params.clone());
    let shown: Vec<_> = hints.as_array().unwrap().iter().map(|hint| hint["label"].as_str().unwrap()).collect();
    assert_eq!(shown, ["1 dépl. · 2 doc.", "2 dépl. · 2 doc."]);
    let step = "étape depot à commissariat: Déposer la demande";
    assert_eq!(hints[0]["position"], place(CARD, step, step.chars().count()));
    let mut client = case.client(json!({ "capabilities": {}, "locale": "ar-MA" }));
    client.open(&case.card(), CARD);
    assert_eq!(client.ask("textDocument/inlayHint", params)[0]["label"], "تنقلات 1 · وثائق 2");
}

#[test]
fn the_language_is_the_one_asked_for() {
    let case = Case::new();
    let text = CARD.replace("cnie", "cnei");
    let says = |args: &[&str], params: Value| {
        let mut client = Client::start(case.folder.path(), args, params);
        client.open(&case.card(), &text);
        let findings = client.findings_of(&case.card(), 1);
        let finding = findings.iter().find(|finding| finding["code"] == "M201").unwrap();
        finding["message"].as_str().unwrap().to_owned()
    };
    let none = json!({ "capabilities": {} });
    assert!(says(&[], none.clone()).contains("inconnu"));
    assert!(says(&["--lang", "en"], none.clone()).contains("unknown"));
    assert!(says(&[], json!({ "capabilities": {}, "locale": "en-GB" })).contains("unknown"));
    let asked = json!({ "capabilities": {}, "locale": "fr", "initializationOptions": { "lang": "ar" } });
    assert!(says(&["--lang", "en"], asked).contains("وثيقة"));
}

#[test]
fn a_change_of_a_shared_file_reaches_all_others() {
    let case = Case::new();
    let mut client = case.with_card();
    client.findings_of(&case.card(), 1);
    let uri = case.uri("vocabulary/documents.yaml");
    let text = fs::read_to_string(case.path("vocabulary/documents.yaml")).unwrap();
    client.open(&uri, &text);
    client.edit(&uri, range(&text, "livret-famille"), "livret");
    let card = case.card();
    let is_unknown = |message: &Value| {
        let own = message["params"]["uri"] == *card;
        own && message["params"]["diagnostics"].as_array().is_some_and(|list| codes(list).contains(&"M201"))
    };
    client.hear(is_unknown);
    let fragment = case.uri("fragments/timbre.mastara");
    client.open(&fragment, &FRAGMENT.replace("timbre-75", "timbre-57"));
    let is_written = |message: &Value| {
        let list = message["params"]["diagnostics"].as_array();
        let found = list.and_then(|list| list.iter().find(|finding| finding["code"] == "M208"));
        message["params"]["uri"] == *card && found.is_some()
    };
    let told = client.hear(is_written);
    let list = told["params"]["diagnostics"].as_array().unwrap().clone();
    let finding = list.iter().find(|finding| finding["code"] == "M208").unwrap();
    assert_eq!(finding["relatedInformation"][0]["location"]["uri"], fragment);
}

#[test]
fn files_come_and_go() {
    let case = Case::new();
    let mut client = case.with_card();
    client.findings_of(&case.card(), 1);
    let (path, uri) = ("procedures/identite/autre.mastara", case.uri("procedures/identite/autre.mastara"));
    let text = CARD.replace("identite/carte", "identite/autre").replace("cnie", "cnei");
    fs::write(case.path(path), text).unwrap();
    client.tell("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri, "type": 1 }] }));
    let shown = client.hear(|message| message["params"]["uri"] == *uri);
    assert!(!shown["params"]["diagnostics"].as_array().unwrap().is_empty());
    fs::remove_file(case.path(path)).unwrap();
    client.tell("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri, "type": 3 }] }));
    let shown = client.hear(|message| message["params"]["uri"] == *uri);
    assert_eq!(shown["params"]["diagnostics"], json!([]));
    // A text that was never saved is checked too, beside the catalogue.
    client.open("untitled:Untitled-1", &CARD.replace("identite/carte", "identite/neuve").replace("cnie", "cnei"));
    let findings = client.findings_of("untitled:Untitled-1", 1);
    assert!(codes(&findings).contains(&"M201"));
}

#[test]
fn without_a_catalogue_of_its_own_a_workspace_has_the_one_of_the_binary() {
    let folder = TempDir::new().unwrap();
    let mut client = Client::start(folder.path(), &[], json!({ "capabilities": {} }));
    let uri = uri(&folder.path().join("carte.mastara"));
    client.open(&uri, &CARD.replace("DGSN", "DGSM"));
    let findings = client.findings_of(&uri, 1);
    assert!(codes(&findings).contains(&"M202"), "{findings:?}");
    let at = json!({ "textDocument": { "uri": uri }, "position": place(CARD, "photo-identite", 1) });
    let hover = client.ask("textDocument/hover", at.clone());
    assert!(hover["contents"]["value"].as_str().unwrap().contains("photo"), "{hover}");
    // What is in the binary cannot be gone to, nor renamed.
    assert_eq!(client.ask("textDocument/definition", at.clone()), json!([]));
    let mut rename = at;
    rename["newName"] = "photographie".into();
    assert!(client.response("textDocument/rename", rename)["error"]["message"].is_string());
}

#[test]
fn progress_is_shown_to_those_who_can_and_the_disk_is_watched() {
    let case = Case::new();
    let able = json!({ "capabilities": {
        "window": { "workDoneProgress": true },
        "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } },
    } });
    let mut client = case.client(able);
    let asked = client.hear(|message| message["method"] == "client/registerCapability");
    assert_eq!(asked["params"]["registrations"][0]["method"], "workspace/didChangeWatchedFiles");
    let end = client.hear(|message| message["params"]["value"]["kind"] == "end");
    assert!(end["params"]["value"]["message"].as_str().unwrap().contains('2'));
}

#[test]
fn what_cannot_be_answered_is_said_and_the_server_goes_on() {
    let case = Case::new();
    let mut client = case.with_card();
    assert_eq!(client.response("textDocument/selectionRange", json!({}))["error"]["code"], -32601);
    assert_eq!(client.response("textDocument/hover", json!({ "x": 1 }))["error"]["code"], -32602);
    client.tell("textDocument/didChange", json!({ "x": 1 }));
    client.tell("textDocument/didOpen", json!([]));
    client.tell("$/setTrace", json!({ "value": "off" }));
    let far = json!({ "textDocument": { "uri": case.card() }, "position": { "line": 4_000_000, "character": 9_999 } });
    assert_eq!(client.ask("textDocument/hover", far), Value::Null);
    let other =
        json!({ "textDocument": { "uri": "file:///nowhere.mastara" }, "position": { "line": 0, "character": 0 } });
    assert_eq!(client.ask("textDocument/hover", other), Value::Null);
    assert_eq!(client.stop(), Some(0));
}

#[test]
fn a_client_that_just_goes_is_no_crash() {
    let case = Case::new();
    assert_eq!(case.with_card().leave(), Some(1));
}
