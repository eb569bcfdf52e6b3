//! Every rule has a page; the wrong example on it raises that rule and nothing else, the right one nothing at all.

use std::fs;

use mastara_dsl::{
    compile,
    finding::{Code, Finding, Findings, Severity},
    law,
    source::{MAX_BYTES, Source, SourceId, Span},
};
use mastara_engine::{Date, text::Lang};
use mastara_snapshots::{
    Checked, check, golden, kept,
    page::{Block, Page},
    root, show, vocabulary,
    wrap::wrap,
};

#[test]
fn every_rule_has_a_page_in_the_fixed_form() {
    for code in Code::ALL {
        page(*code);
    }
    let pages = fs::read_dir(root().join("dsl/src/rules")).unwrap().count();
    assert_eq!(pages, Code::ALL.len(), "a page in dsl/src/rules is of no rule");
    let names = Code::ALL.iter().map(|code| code.name().to_owned()).collect();
    let stale: Vec<_> = kept("rules").difference(&names).cloned().collect();
    assert!(stale.is_empty(), "snapshots of no rule: {stale:?}");
}

#[test]
fn a_wrong_example_raises_its_rule_and_nothing_else() {
    let mut wrong = Vec::new();
    let mut snapshots = Vec::new();
    for code in Code::ALL {
        let files = wrong_files(*code);
        let checked = raised(*code, &files);
        let (own, others): (Vec<_>, Vec<_>) = checked.findings.iter().partition(|finding| finding.code == *code);
        let allowed = ALONGSIDE.iter().filter(|(rule, _)| rule == code).map(|(_, other)| *other).collect::<Vec<_>>();
        if own.is_empty() || others.iter().any(|finding| !allowed.contains(&finding.code)) {
            wrong.push(format!("{}:\n{}", code.name(), rendered(&checked, &files)));
        }
        snapshots.push((code.name(), rendered(&checked, &files)));
    }
    golden("rules").bind(|| {
        for (name, found) in snapshots {
            insta::assert_snapshot!(name, found);
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Of two claims that contradict each other one is not met, and it helps to know which.
const ALONGSIDE: &[(Code, Code)] = &[(Code::ContradictoryClaims, Code::ClaimNotMet)];

#[test]
fn a_right_example_raises_nothing() {
    let mut wrong = Vec::new();
    for code in Code::ALL {
        let files = files(*code, "juste");
        assert!(!files.is_empty(), "{} has no right example", code.name());
        let checked = raised(*code, &files);
        if !checked.findings.is_empty() {
            wrong.push(format!("{}\n{}", code.name(), rendered(&checked, &files)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A file of an example, and how many lines the wrapper put before it.
struct File {
    source: Source,
    before: usize,
}

fn page(code: Code) -> Page {
    let path = root().join("dsl/src/rules").join(code.name()).with_extension("md");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Page::read(code, &text).unwrap_or_else(|flaw| panic!("{}: {flaw}", path.display()))
}

fn files(code: Code, mark: &str) -> Vec<File> {
    page(code).blocks.iter().filter(|block| block.has(mark)).map(file).collect()
}

fn wrong_files(code: Code) -> Vec<File> {
    let files = files(code, "faux");
    if files.is_empty() { built(code) } else { files }
}

/// A block as a file: as it is if it is a whole one, in the wrapper otherwise.
fn file(block: &Block) -> File {
    let is_whole = block.has("fichier") || block.text.starts_with("---\n") || block.has("yaml");
    let named = block.text.lines().find_map(|line| line.strip_prefix("id: ")).filter(|_| is_whole);
    let path = block
        .path()
        .map_or_else(|| format!("procedures/{}.mastara", named.unwrap_or("identite/exemple")), str::to_owned);
    if is_whole {
        return File { source: Source::new(path, block.text.as_bytes()), before: 0 };
    }
    let id = path.trim_start_matches("procedures/").trim_end_matches(".mastara").to_owned();
    let wrapped = wrap(&id, Lang::Fr, &block.text);
    File { source: Source::new(path, wrapped.text.as_bytes()), before: wrapped.before }
}

/// Examples that no page can show: wrong bytes, or too many of them.
fn built(code: Code) -> Vec<File> {
    let step = "étape depot à commune: Déposer le dossier\n";
    let wrapped = |body: &str| wrap("identite/exemple", Lang::Fr, body);
    let bytes = match code {
        Code::NotUtf8 => latin1(&wrap("identite/exemple", Lang::Fr, step).text),
        Code::ControlCharacter => wrapped(&format!("{step}  fournit c\0nie\n")).text.into_bytes(),
        Code::ByteOrderMark => format!("\u{FEFF}{}", wrapped(step).text).into_bytes(),
        Code::LineTooLong => wrapped(&format!("{step}  source 2026-01-01: {}\n", "x".repeat(10_000))).text.into_bytes(),
        Code::FileTooLarge => wrapped(&"# une remarque\n".repeat(MAX_BYTES / 10)).text.into_bytes(),
        Code::TooDeep => {
            let nested = format!("{}mineur{}", "(".repeat(100), ")".repeat(100));
            wrapped(&format!("question mineur oui-non: Mineur ?\n{step}  fournit cnie si {nested}\n")).text.into_bytes()
        }
        Code::TooEntangled => wrapped(&entangled()).text.into_bytes(),
        Code::Unreadable => Vec::new(),
        other => panic!("{} has no wrong example", other.name()),
    };
    vec![File { source: Source::new("procedures/identite/exemple.mastara", &bytes), before: wrapped(step).before }]
}

/// Letters above U+00FF, which ISO-8859-1 lacks, are left out.
fn latin1(text: &str) -> Vec<u8> {
    text.chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect()
}

/// Forty questions, each decided on at the start and again at the end.
fn entangled() -> String {
    let mut body = String::new();
    for at in 0..40 {
        body += &format!("question q{at} oui-non: Question {at}\n");
    }
    for round in ["a", "b"] {
        for at in 0..40 {
            body +=
                &format!("décision {round}{at}: Décision {at}\n  si q{at} -> {round}x{at}\n  sinon -> {round}y{at}\n");
            body += &format!("étape {round}x{at} à commune: Ici\n  durée {at} min\n  -> {round}z{at}\n");
            body += &format!("étape {round}y{at} en ligne: Là\n");
            body += &format!("étape {round}z{at} en ligne: Ensuite\n");
        }
    }
    body
}

/// What is raised, apart from what every example leaves out: titles in one language only, except where they are the
/// rule; and versions without a flow, which is no flaw.
fn raised(code: Code, files: &[File]) -> Checked {
    if code == Code::Unreadable {
        return unreadable(files);
    }
    let is_of_law = law::Rule::of(code).is_some();
    let mut checked = check(vocabulary(), files.iter().map(|file| file.source.clone()).collect());
    checked.findings.retain(|finding| {
        let is_heavy = finding.severity < Severity::Information || is_of_law;
        finding.code == code || (is_heavy && finding.code != Code::MissingTranslation)
    });
    // Examples of a rule of law are whole procedures, of which there is nothing else to say.
    if is_of_law {
        checked.findings.extend(law::judge(&checked.compiled, TODAY));
        compile::sort(&mut checked.findings);
    }
    checked
}

/// The day whose law examples are judged by.
const TODAY: Date = Date::constant(2026, 11, 22);

/// The disk raises it, at the edge: see `mastara check`.
fn unreadable(files: &[File]) -> Checked {
    let mut checked = check(Vec::new(), files.iter().map(|file| file.source.clone()).collect());
    let is_wrong = files.iter().any(|file| file.source.text().is_empty());
    let mut findings = Findings::new(SourceId(0));
    if is_wrong {
        findings.add(Code::Unreadable, Span::default(), ["Permission denied (os error 13)"]);
    }
    checked.findings = findings.into_vec();
    checked
}

fn rendered(checked: &Checked, files: &[File]) -> String {
    let shown = |finding: &Finding| {
        let source = checked.compiled.source(finding.source);
        let before = files.iter().find(|file| file.source.path() == source.path()).map_or(0, |file| file.before);
        show::shown(finding, source, before, Lang::Fr)
    };
    checked.findings.iter().map(shown).collect()
}
