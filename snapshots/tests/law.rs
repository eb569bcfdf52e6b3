//! The rules of law: correct procedures raise nothing, and one edit of them raises each rule alone; dates and levels.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its case has failed")]

use std::{collections::BTreeSet, fs};

use mastara_dsl::{
    finding::{Code, Finding, Severity},
    law::{self, RULES},
    source::Source,
};
use mastara_engine::{Date, text::Lang};
use mastara_snapshots::{Checked, check, root, show, vocabulary};

const TODAY: Date = Date::constant(2026, 11, 22);

/// A rule, the correct procedure (`snapshots/law/`), and what is replaced in it by what so that the rule speaks.
struct Mutation {
    rule: Code,
    of: &'static str,
    edits: &'static [(&'static str, &'static str)],
}

const fn mutation(rule: Code, of: &'static str, edits: &'static [(&'static str, &'static str)]) -> Mutation {
    Mutation { rule, of, edits }
}

const MUTATIONS: &[Mutation] = &[
    mutation(Code::CopiesOverOne, "occupation", &[("fournit plan-situation", "fournit plan-situation x3")]),
    mutation(Code::LegalisedSignature, "occupation", &[("cahier-charges-signe", "cahier-charges-signe légalisée")]),
    mutation(Code::PublicPaper, "occupation", &[("fournit plan-situation", "fournit plan-exemple-public")]),
    mutation(
        Code::CertifiedCopy,
        "hebergement",
        &[("fournit contrat-bail selon", "fournit contrat-bail certifiée selon")],
    ),
    mutation(
        Code::CertifiedElsewhere,
        "artisanat",
        &[(
            "  étape demande en",
            "  étape copies à bureau-legalisation: Faire certifier les copies\n    ar: الإشهاد على مطابقة النسخ\n\n  étape demande en",
        )],
    ),
    mutation(
        Code::PaperAskedTwice,
        "occupation",
        &[("    paie 100 dh", "    fournit plan-situation selon dahir-1918-11-30\n    paie 100 dh")],
    ),
    mutation(Code::QuestionAskedTwice, "occupation", &[("    paie 100 dh", "    demande surface\n    paie 100 dh")]),
    mutation(
        Code::PaperAfterUpload,
        "hebergement",
        &[(
            "étape retrait en ligne sur tourisme-portail: Recevoir le certificat\n    ar: التوصل بالشهادة\n",
            "étape retrait à direction-tourisme: Retirer le certificat\n    ar: سحب الشهادة\n    fournit contrat-bail copie selon loi-80-14\n",
        )],
    ),
    mutation(
        Code::FileAgain,
        "hebergement",
        &[
            ("cas non -> completer", "cas non -> depot au plus 2 fois"),
            (
                "  étape completer en ligne sur tourisme-portail: Envoyer la pièce qui manque\n    ar: إرسال الوثيقة الناقصة\n",
                "",
            ),
        ],
    ),
    mutation(
        Code::OwnDocument,
        "demolir",
        &[("    récépissé", "    fournit certificat-conformite selon loi-12-90\n    récépissé")],
    ),
    mutation(
        Code::HeldDocument,
        "occupation",
        &[(
            "échange registre-commerce: extrait-rc, inscrit avec consentement\n    repli extrait-rc",
            "fournit extrait-rc selon dahir-1918-11-30\n    échange registre-commerce: inscrit avec consentement",
        )],
    ),
    mutation(
        Code::KnownAnswer,
        "occupation",
        &[("demande surface", "demande surface, inscrit"), ("extrait-rc, inscrit avec", "extrait-rc avec")],
    ),
    mutation(Code::ExchangeWithoutConsent, "occupation", &[(" avec consentement", "")]),
    mutation(Code::ExchangeWithoutFallback, "occupation", &[("    repli extrait-rc\n", "")]),
    mutation(
        Code::CardCovers,
        "occupation",
        &[("    paie 100 dh", "    fournit cnie original, certificat-nationalite selon loi-04-20\n    paie 100 dh")],
    ),
    mutation(
        Code::DeclarationWouldDo,
        "artisanat",
        &[("    récépissé", "    fournit attestation-non-emploi selon loi-50-17\n    récépissé")],
    ),
    mutation(Code::DelayMissing, "rectification", &[("    délai 10 j selon loi-09-08 art 8\n", "")]),
    mutation(Code::DelayOver60, "occupation", &[("délai 60 j", "délai 90 j")]),
    mutation(
        Code::WayOver60,
        "occupation",
        &[
            (
                "  étape paiement",
                "  attente signature par MEE: Signature de l'arrêté\n    ar: توقيع القرار\n    délai 20 j selon loi-55-19 art 16\n\n  étape paiement",
            ),
            ("cas oui -> paiement", "cas oui -> signature"),
        ],
    ),
    mutation(Code::InvestmentOver30, "hebergement", &[("délai 30 j", "délai 45 j")]),
    mutation(Code::ReceiptMissing, "occupation", &[("    récépissé 30 j selon loi-55-19 art 10\n", "")]),
    mutation(Code::ReceiptCure, "occupation", &[("récépissé 30 j", "récépissé 10 j")]),
    mutation(
        Code::ClockBeforeComplete,
        "occupation",
        &[
            ("    complément au plus 1 fois avant 30 j sous 30 j selon loi-55-19 art 14\n", ""),
            (
                "    cas non -> refus: Refusée",
                "    cas manque -> completer: Il manque une pièce\n      ar: تنقص وثيقة\n    cas non -> refus: Refusée",
            ),
            (
                "  étape paiement",
                "  étape completer en ligne sur idarati: Envoyer la pièce qui manque\n    ar: إرسال الوثيقة الناقصة\n    -> instruction\n\n  étape paiement",
            ),
        ],
    ),
    mutation(
        Code::RefusedAtCounter,
        "hebergement",
        &[
            (
                "    fournit plan-architecte selon loi-80-14\n    récépissé 30 j selon loi-55-19 art 10\n\n  décision complet",
                "    fournit plan-architecte selon loi-80-14\n\n  décision complet",
            ),
            ("cas oui -> instruction", "cas oui -> accuse"),
            ("cas non -> completer", "cas non -> refus"),
            (
                "étape completer en ligne sur tourisme-portail: Envoyer la pièce qui manque\n    ar: إرسال الوثيقة الناقصة\n",
                "étape accuse en ligne sur tourisme-portail: Recevoir le récépissé\n    ar: التوصل بالوصل\n    récépissé 30 j selon loi-55-19 art 10\n",
            ),
        ],
    ),
    mutation(Code::ComplementTwice, "occupation", &[("au plus 1 fois", "au plus 2 fois")]),
    mutation(Code::ComplementLate, "occupation", &[("avant 30 j", "avant 50 j")]),
    mutation(Code::ExtensionUnfounded, "occupation", &[("enquête publique", "affluence de demandes")]),
    mutation(Code::ExtensionUnlisted, "occupation", &[("prolongation: 12\n", "")]),
    mutation(Code::SilenceUnset, "artisanat", &[("    silence rejet\n", "")]),
    mutation(
        Code::SilenceUnlisted,
        "occupation",
        &[("silence rejet", "silence accord -> paiement selon loi-55-19 art 19")],
    ),
    mutation(Code::SilenceDenied, "reglement", &[("silence accord -> remise selon loi-55-19 art 19", "silence rejet")]),
    mutation(Code::SilenceDelay, "reglement", &[("délai 30 j", "délai 45 j")]),
    mutation(Code::RankRepealed, "reglement", &[("rang: 57-1", "rang: 34")]),
    mutation(Code::SilenceClaim, "reglement", &[("délai 7 j", "délai 15 j")]),
    mutation(
        Code::SilenceAttestation,
        "demolir",
        &[("reçoit attestation-silence numérique", "reçoit recepisse-depot numérique")],
    ),
    mutation(
        Code::AppealMissing,
        "occupation",
        &[("    recours MEE sous 30 j réponse 15 j selon loi-55-19 art 21\n", "")],
    ),
    mutation(Code::AppealDelays, "occupation", &[("sous 30 j réponse 15 j", "sous 10 j réponse 60 j")]),
    mutation(Code::RefusalUnreasoned, "occupation", &[("    motivation\n", "")]),
    mutation(Code::NotDigitised, "artisanat", &[("en ligne sur rna-portail", "à chambre-artisanat")]),
    mutation(Code::PaidOnSite, "occupation", &[("paie 100 dh en ligne", "paie 100 dh par timbre")]),
    mutation(Code::DeliveredOnPaper, "artisanat", &[("attestation-rna numérique", "attestation-rna papier")]),
    mutation(Code::HandwrittenOnline, "occupation", &[("signe avancée", "signe manuscrite")]),
    mutation(Code::NoLegalBasis, "artisanat", &[("textes: [loi-50-17]", "textes: [loi-55-19]")]),
    mutation(Code::FeeWithoutText, "occupation", &[("en ligne selon decret-1996-06-30", "en ligne")]),
    mutation(
        Code::DemandsWithoutText,
        "occupation",
        &[("fournit plan-situation selon dahir-1918-11-30", "fournit plan-situation")],
    ),
    mutation(
        Code::LaterText,
        "hebergement",
        &[("contrat-bail copie selon loi-80-14", "contrat-bail copie selon decret-2-23-441")],
    ),
    mutation(Code::IdNumberUndeclared, "occupation", &[("cndp: \"D-123/2024\"", "cndp: aucune")]),
    mutation(
        Code::BiometricsShared,
        "score",
        &[("identifiant-idcs avec consentement", "photo-identite avec consentement\n    repli photo-identite")],
    ),
    mutation(Code::ScoreReview, "score", &[("sous 60 j réponse 30 j", "sous 30 j réponse 15 j")]),
    mutation(Code::ComplaintDelay, "reclamation", &[("délai 60 j", "délai 90 j")]),
    mutation(Code::InformationDelay, "information", &[("délai 20 j ouvrables", "délai 40 j ouvrables")]),
    mutation(Code::RectificationDelay, "rectification", &[("délai 10 j", "délai 20 j")]),
    mutation(Code::InvestmentUnlisted, "hebergement", &[("trente-jours: 96\n", "")]),
];

#[test]
fn a_correct_procedure_raises_nothing() {
    for entry in fs::read_dir(root().join("snapshots/law")).unwrap() {
        let path = entry.unwrap().path();
        let checked = judged(&fs::read_to_string(&path).unwrap(), TODAY);
        assert!(checked.findings.is_empty(), "{}:\n{}", path.display(), show::findings(&checked, Lang::Fr));
    }
}

#[test]
fn one_edit_raises_each_rule_and_no_other() {
    let texts = MUTATIONS.iter().map(|mutation| edited(mutation.of, mutation.edits)).collect();
    let mut wrong = Vec::new();
    for (mutation, found) in MUTATIONS.iter().zip(judged_apart(texts)) {
        if found.iter().map(|(code, _)| *code).collect::<BTreeSet<_>>() != BTreeSet::from([mutation.rule]) {
            let told = found.into_iter().map(|(_, told)| told).collect::<String>();
            wrong.push(format!("{}:\n{told}", mutation.rule.name()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Edits that look like the ones above, which the law allows.
const ALLOWED: &[(&str, &str, &str)] = &[
    ("occupation", "fournit plan-situation", "fournit photo-identite x4, plan-situation"),
    ("occupation", "fournit cahier-charges-signe", "fournit cahier-charges-signe original"),
    ("occupation", "cahier-charges-signe si", "extrait-rc original si"),
    ("occupation", "    paie 100 dh", "    fournit plan-situation original selon dahir-1918-11-30\n    paie 100 dh"),
    ("occupation", "selon decret-2-22-386: enquête publique", "selon dahir-1918-11-30: affluence de demandes"),
    ("occupation", "sous 30 j réponse 15 j selon loi-55-19 art 21", "sous 60 j réponse 60 j selon dahir-1918-11-30"),
    ("occupation", "recours MEE sous 30 j réponse 15 j selon loi-55-19 art 21", "recours MJ-TA sous 60 j"),
    ("occupation", "silence rejet", "silence accord -> paiement selon dahir-1918-11-30"),
    ("occupation", "récépissé 30 j selon loi-55-19 art 10", "reçoit recepisse-depot numérique"),
    ("occupation", "délai 60 j selon loi-55-19 art 16", "délai 2 mois selon loi-55-19 art 16"),
    (
        "artisanat",
        "Examen de la demande\n    ar: دراسة الطلب\n    délai 30 j",
        "Affichage et oppositions\n    ar: الإعلان والتعرضات\n    délai 90 j",
    ),
    ("reglement", "délai 7 j", "délai 5 j"),
    ("rectification", "délai 10 j", "délai 5 j"),
];

#[test]
fn what_the_law_allows_raises_nothing() {
    let texts = ALLOWED.iter().map(|(of, from, to)| edited(of, &[(from, to)])).collect();
    for ((of, _, to), found) in ALLOWED.iter().zip(judged_apart(texts)) {
        assert!(found.is_empty(), "{of}, {to}: {found:?}");
    }
}

#[test]
fn a_long_wait_is_no_publicity_because_a_domain_is_public() {
    let text = read("occupation").replace("MEE: Instruction de la demande", "MEE: Visite du domaine public");
    assert_eq!(codes(&judged(&text.replace("délai 60 j", "délai 90 j"), TODAY)), BTreeSet::from([Code::DelayOver60]));
}

/// Rank 90 says 26 days, rank 96 says 30, 90-1 is of February 2025, 53 was taken off.
#[test]
fn the_lists_bind_by_rank_and_day() {
    let on = |ranks: &str| read("hebergement").replace("trente-jours: 96", &format!("trente-jours: {ranks}"));
    for (text, expected) in [
        (on("90"), vec![Code::InvestmentOver30]),
        (on("[90, 96]"), vec![]),
        (on("90-1"), vec![Code::InvestmentOver30]),
        (on("53"), vec![Code::RankRepealed]),
        (on("[53, 96]"), vec![Code::RankRepealed]),
        (on("999"), vec![Code::UnknownRank]),
    ] {
        let checked = judged(&text, TODAY);
        assert_eq!(codes(&checked), expected.into_iter().collect(), "{}", show::findings(&checked, Lang::Fr));
    }
    let early = judged(&on("90-1"), Date::constant(2024, 6, 1));
    assert_eq!(codes(&early), BTreeSet::new(), "{}", show::findings(&early, Lang::Fr));
}

/// What people call a legalised copy is a certified one: no signature is on it.
#[test]
fn a_legalised_copy_is_a_certified_copy() {
    let text =
        read("hebergement").replacen("fournit contrat-bail selon", "fournit contrat-bail copie légalisée selon", 1);
    assert_eq!(codes(&judged(&text, TODAY)), BTreeSet::from([Code::CertifiedCopy]));
}

/// Rank 80 of the State's list is a decision of ANEF.
#[test]
fn a_rank_is_of_an_administration_that_the_file_meets() {
    let of = |ranks: &str, more: &str| {
        let text = read("hebergement").replace("trente-jours: 96", &format!("trente-jours: 96\n{ranks}"));
        codes(&judged(&text.replacen("  reconstitué\n", &format!("  reconstitué\n{more}"), 1), TODAY))
    };
    let silence = "silence: {liste: etat, rang: 80}";
    let another = Code::RankOfAnother;
    assert!(of(silence, "").contains(&another));
    let own = "  source 2023-05-08: décret 2-22-387, annexe, rang 80 : nomme l'ANEF\n";
    assert!(!of(silence, own).contains(&another), "a source names the rank");
}

/// What the decree writes `1-13` is `13-1` in a file; a number that no list has is near none.
#[test]
fn an_unknown_rank_is_turned_round_or_shown_how_far_the_list_goes() {
    let told = |rank: &str| {
        let text = read("hebergement").replace("trente-jours: 96", &format!("trente-jours: {rank}"));
        let checked = judged(&text, TODAY);
        let found = of(&checked, Code::UnknownRank)[0];
        (found.suggestion.clone(), found.args[2..].to_vec())
    };
    assert_eq!(told("1-90").0.as_deref(), Some("90-1"));
    let (suggestion, range) = told("999");
    assert_eq!((suggestion, range[0].as_str()), (None, "1"));
}

#[test]
fn every_rule_of_law_has_its_edit() {
    let edited: Vec<Code> = MUTATIONS.iter().map(|mutation| mutation.rule).collect();
    let rules: Vec<Code> = RULES.iter().map(|rule| rule.code).collect();
    assert_eq!(edited, rules);
    let numbered = Code::ALL.iter().filter(|code| code.number().starts_with("M4")).copied();
    assert_eq!(numbered.collect::<Vec<_>>(), rules);
}

/// The paper version of 2012 asks for three certified copies.
#[test]
fn a_version_is_judged_by_the_law_of_its_time() {
    let replaced = read("hebergement");
    assert_eq!(codes(&judged(&replaced, TODAY)), BTreeSet::new(), "law 55-19 was not there yet");

    let (papers, _) = replaced.split_once("version guichet").unwrap();
    let today = judged(papers, TODAY);
    let certified = of(&today, Code::CertifiedCopy);
    assert_eq!(certified.len(), 1, "{}", show::findings(&today, Lang::Fr));
    assert_eq!(certified[0].version.as_ref().map(|name| name.as_str()), Some("papier"));
    assert!(!of(&today, Code::CopiesOverOne).is_empty() && !of(&today, Code::NotDigitised).is_empty());

    let then = judged(papers, Date::constant(2015, 1, 1));
    assert_eq!(codes(&then), BTreeSet::new(), "in 2015 neither");
}

#[test]
fn all_is_to_be_online_five_years_after_the_law() {
    let counter = read("artisanat").replace("en ligne sur rna-portail", "à chambre-artisanat");
    let counter = counter.replace("depuis 2025-10-01", "depuis 2012-01-01");
    for day in [Date::constant(2015, 1, 1), Date::constant(2025, 9, 27)] {
        let checked = judged(&counter, day);
        assert_eq!(codes(&checked), BTreeSet::new(), "{day}: {}", show::findings(&checked, Lang::Fr));
    }
    assert_eq!(codes(&judged(&counter, Date::constant(2025, 9, 28))), BTreeSet::from([Code::NotDigitised]));
}

/// A version that begins later is judged by the law of its first day.
#[test]
fn a_planned_version_is_judged_by_the_law_of_its_first_day() {
    let counter = read("artisanat").replace("en ligne sur rna-portail", "à chambre-artisanat");
    let planned = counter.replace("depuis 2025-10-01", "prévue 2027-01-01");
    assert_eq!(codes(&judged(&planned, Date::constant(2020, 1, 1))), BTreeSet::from([Code::NotDigitised]));
}

#[test]
fn a_catalogue_sets_the_most_that_a_rule_weighs() {
    let text = read("occupation")
        .replace("fournit plan-situation", "fournit plan-situation x3")
        .replace("    récépissé 30 j selon loi-55-19 art 10\n", "");
    let severities = |rules: &str| {
        let files = vec![Source::new("vocabulary/rules.yaml", rules.as_bytes()), procedure(&text)];
        let checked = judge(files, TODAY);
        let levels = checked.findings.iter().map(|finding| (finding.code, finding.severity));
        levels.collect::<Vec<_>>()
    };
    let reason = "fr: \"x\", ar: \"س\"";
    let (copies, receipt) = (Code::CopiesOverOne, Code::ReceiptMissing);
    let own = severities(&format!("default: {{ level: error, {reason} }}\n"));
    assert_eq!(own, [(receipt, Severity::Error), (copies, Severity::Error)]);
    let softer = severities(&format!("default: {{ level: warning, {reason} }}\n"));
    assert_eq!(softer, [(receipt, Severity::Warning), (copies, Severity::Warning)]);
    let one = severities(&format!(
        "default: {{ level: warning, {reason} }}\ncopies-over-one: {{ level: error, {reason} }}\nreceipt-missing: {{ level: off, {reason} }}\n"
    ));
    assert_eq!(one, [(copies, Severity::Error)]);
}

#[test]
fn a_file_sets_the_level_of_a_rule_and_says_why() {
    let text = read("occupation").replace("fournit plan-situation", "fournit plan-situation x3");
    let with = |levels: &str| {
        judged(&text.replace("statut: brouillon\n", &format!("statut: brouillon\nregles: {levels}\n")), TODAY)
    };
    let off = with("{copies-over-one: {niveau: off, motif: \"relevé en cours\"}}");
    assert_eq!(codes(&off), BTreeSet::new());
    let error = with("{copies-over-one: {niveau: error, motif: \"à corriger avant l'été\"}}");
    assert_eq!(of(&error, Code::CopiesOverOne)[0].severity, Severity::Error, "more than the catalogue's level");
    let by_number = with("{M401: {niveau: information, motif: \"relevé en cours\"}}");
    assert_eq!(of(&by_number, Code::CopiesOverOne)[0].severity, Severity::Information);
    let silent = with("{copies-over-one: {niveau: off}}");
    assert_eq!(codes(&silent), BTreeSet::from([Code::FieldMissing, Code::CopiesOverOne]), "no reason, no effect");
    let unknown = with("{unknown-document: {niveau: off, motif: \"x\"}}");
    assert_eq!(codes(&unknown), BTreeSet::from([Code::FieldUnknown, Code::CopiesOverOne]), "no rule of law");
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join("snapshots/law").join(name).with_extension("mastara")).unwrap()
}

fn procedure(text: &str) -> Source {
    let id = text.lines().find_map(|line| line.strip_prefix("id: ")).unwrap();
    Source::new(format!("procedures/{id}.mastara"), text.as_bytes())
}

/// A correct procedure with some of it replaced.
fn edited(of: &str, edits: &[(&str, &str)]) -> String {
    edits.iter().fold(read(of), |text, (from, to)| {
        assert!(text.contains(from), "{of} has no `{from}`");
        text.replace(from, to)
    })
}

/// What is said of each text, in one catalogue: each has an identifier of its own.
fn judged_apart(texts: Vec<String>) -> Vec<Vec<(Code, String)>> {
    let apart = |(at, text): (usize, String)| procedure(&text.replacen("/exemple-", &format!("/exemple-{at}-"), 1));
    let files: Vec<Source> = texts.into_iter().enumerate().map(apart).collect();
    let paths: Vec<String> = files.iter().map(|file| file.name()).collect();
    let checked = judge(files, TODAY);
    let source = |finding: &Finding| checked.compiled.source(finding.source);
    let of = |path: &String| {
        let own = checked.findings.iter().filter(|finding| source(finding).name() == *path);
        own.map(|finding| (finding.code, show::shown(finding, source(finding), 0, Lang::Fr))).collect()
    };
    paths.iter().map(of).collect()
}

/// What is found in a file, and what the law of a day says of it.
fn judged(text: &str, day: Date) -> Checked {
    judge(vec![procedure(text)], day)
}

/// No paper of the catalogue is marked as public, so one is added.
const PUBLIC: &str = "plan-exemple-public: { fr: \"Plan public\", ar: \"تصميم عمومي\", kind: foncier, public: true }\n";

fn judge(files: Vec<Source>, day: Date) -> Checked {
    let public = Source::new("vocabulary/documents.yaml", PUBLIC.as_bytes());
    let mut checked = check(vocabulary(), files.into_iter().chain([public]).collect());
    checked.findings.extend(law::judge(&checked.compiled, day));
    mastara_dsl::compile::sort(&mut checked.findings);
    checked
}

fn codes(checked: &Checked) -> BTreeSet<Code> {
    checked.findings.iter().map(|finding| finding.code).collect()
}

fn of(checked: &Checked, code: Code) -> Vec<&Finding> {
    checked.findings.iter().filter(|finding| finding.code == code).collect()
}
