//! Files made from `keywords.yaml`: written when `MASTARA_GENERATE` is set, compared otherwise.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use mastara_dsl::{
    keyword::{self, Rule},
    parse::opens_block,
};
use mastara_engine::text::Lang;
use serde_json::json;

type Rows = BTreeMap<String, BTreeMap<String, Vec<String>>>;

const FAMILIES: [(&str, &str, &str); 4] =
    [("keywords", "k", ""), ("units", "u", "unit"), ("measures", "m", "measure"), ("aspects", "a", "aspect")];

fn tables() -> BTreeMap<String, Rows> {
    serde_yaml::from_str(&fs::read_to_string("keywords.yaml").expect("the table is there")).expect("the table is YAML")
}

/// Words of more parts go first, so that none hides behind its own beginning.
fn longest_first(rows: &Rows) -> Vec<&String> {
    let mut names: Vec<_> = rows.keys().collect();
    names.sort_by_key(|name| {
        let forms = &rows[*name];
        (std::cmp::Reverse(forms.values().flatten().map(|form| form.split(' ').count()).max()), name.as_str())
    });
    names
}

fn grammar(tables: &BTreeMap<String, Rows>) -> String {
    let mut out = String::from("// Made from keywords.yaml by dsl/tests/generated.rs.\n");
    for (family, prefix, alternation) in FAMILIES {
        let rows = &tables[family];
        for (name, forms) in rows {
            let mut forms: Vec<_> = ["fr", "ar", "en"].iter().flat_map(|lang| &forms[*lang]).collect();
            // A grammar does not try the next form once one has matched: `case` must come before `cas`.
            forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
            forms.dedup();
            let forms: Vec<_> = forms.iter().map(|form| format!("{form:?}")).collect();
            let _ = writeln!(out, "{prefix}_{name} = {{ ({}) ~ edge }}", forms.join(" | "));
        }
        if !alternation.is_empty() {
            let names: Vec<_> = longest_first(rows).iter().map(|name| format!("{prefix}_{name}")).collect();
            let _ = writeln!(out, "{alternation} = {{ {} }}", names.join(" | "));
        }
    }
    out
}

fn table(tables: &BTreeMap<String, Rows>) -> String {
    let mut out = String::from(
        "//! Made from keywords.yaml by dsl/tests/generated.rs.\n\nuse super::{Rule, Word};\n\n\
         /// Every word of the language, with its forms in French, Arabic and English, the canonical one first.\n\
         #[rustfmt::skip]\npub static WORDS: &[Word] = &[\n",
    );
    for (family, prefix, _) in FAMILIES {
        for (name, forms) in &tables[family] {
            let _ = write!(out, "    Word {{ rule: Rule::{prefix}_{name}, forms: [");
            for lang in ["fr", "ar", "en"] {
                let _ = write!(out, "&{:?}, ", forms[lang]);
            }
            out.truncate(out.len() - 2);
            out.push_str("] },\n");
        }
    }
    out.push_str("];\n");
    out
}

#[track_caller]
fn fresh(path: &str, text: &str) {
    if std::env::var_os("MASTARA_GENERATE").is_some() {
        fs::write(Path::new(path), text).expect("the file can be written");
    }
    let stored = fs::read_to_string(path).unwrap_or_default();
    assert!(stored == text, "{path} is stale: run `just gen`");
}

#[test]
fn the_grammar_of_words_is_made_from_the_table() {
    fresh("src/grammar/keywords.pest", &grammar(&tables()));
}

#[test]
fn the_table_of_words_is_made_from_the_table() {
    fresh("src/keyword/words.rs", &table(&tables()));
}

/// The words side by side, for those who write in Arabic or English.
fn page(tables: &BTreeMap<String, Rows>) -> String {
    let mut out = String::from(
        "# Les mots du langage\n\n*The words of the language in its three dialects; the first form is the one that `mastara fmt` \
         writes.*\n\nFait de `dsl/keywords.yaml`. Le guide est `langage.md`.\n",
    );
    let titles = [("keywords", "Mots-clés"), ("units", "Unités"), ("measures", "Mesures"), ("aspects", "Aspects")];
    for (family, title) in titles {
        let _ = write!(out, "\n## {title}\n\n| français | العربية | English |\n| --- | --- | --- |\n");
        let mut rows: Vec<_> = tables[family].values().collect();
        rows.sort_by_key(|forms| &forms["fr"][0]);
        for forms in rows {
            let cell = |lang: &str| forms[lang].iter().map(|form| format!("`{form}`")).collect::<Vec<_>>().join(", ");
            let _ = writeln!(out, "| {} | {} | {} |", cell("fr"), cell("ar"), cell("en"));
        }
    }
    out
}

#[test]
fn the_page_of_words_is_made_from_the_table() {
    fresh("../docs/mots-cles.md", &page(&tables()));
}

#[test]
fn no_dialect_lacks_a_word() {
    for rows in tables().values() {
        for (name, forms) in rows {
            for lang in ["fr", "ar", "en"] {
                assert!(forms.get(lang).is_some_and(|forms| !forms.is_empty()), "{name} has no form in {lang}");
            }
        }
    }
}

/// What stands before and after a word: no letter, digit or hyphen, in any script.
const BEFORE: &str = r"(?<![\p{L}\p{N}-])";
const AFTER: &str = r"(?![\p{L}\p{N}-])";

/// Words as one expression, the longest first.
fn any_of<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut words: Vec<_> = words.collect();
    words.sort_by_key(|word| (std::cmp::Reverse(word.chars().count()), *word));
    words.dedup();
    let words: Vec<_> = words.into_iter().map(|word| word.replace('+', r"\+").replace(' ', r"\s+")).collect();
    format!("{BEFORE}({}){AFTER}", words.join("|"))
}

/// The colours that an editor gives before the server has spoken.
fn text_mate(tables: &BTreeMap<String, Rows>) -> String {
    let leads = || Lang::ALL.into_iter().flat_map(keyword::leads);
    let is_block = |lead: &&str| keyword::line_rule(lead).is_some_and(opens_block);
    // On these lines a colon begins no title.
    let is_plain = |lead: &&str| matches!(keyword::line_rule(lead), Some(Rule::exchange | Rule::reuse));
    let words = tables.values().flat_map(|rows| rows.values()).flat_map(|forms| forms.values()).flatten();
    let line = |name: &str, leads: String, patterns: serde_json::Value| {
        json!({
            "begin": format!(r"^\s*{leads}"),
            "beginCaptures": { "1": { "name": name } },
            "end": "$",
            "patterns": patterns,
        })
    };
    let inner = json!([{ "include": "#title" }, { "include": "#words" }]);
    let grammar = json!({
        "information_for_contributors": ["Made from dsl/keywords.yaml by dsl/tests/generated.rs."],
        "name": "Mastara",
        "scopeName": "source.mastara",
        "patterns": [
            { "include": "#header" },
            { "include": "#remark" },
            { "include": "#translation" },
            { "include": "#block" },
            { "include": "#plain" },
            { "include": "#fact" },
            { "include": "#words" },
        ],
        "repository": {
            "header": {
                "begin": r"\A---\s*$",
                "end": r"^---\s*$",
                "name": "meta.embedded.block.frontmatter",
                "patterns": [{ "include": "source.yaml" }],
            },
            "remark": { "match": r"^\s*#.*$", "name": "comment.line.number-sign.mastara" },
            "translation": {
                "match": r"^\s*(fr|ar|en)\s*(:)\s*(.*)$",
                "captures": {
                    "1": { "name": "entity.name.tag.mastara" },
                    "2": { "name": "punctuation.separator.mastara" },
                    "3": { "name": "string.unquoted.mastara" },
                },
            },
            "block": line("keyword.control.mastara", any_of(leads().filter(is_block)), inner.clone()),
            "plain": line("keyword.other.mastara", any_of(leads().filter(is_plain)), json!([{ "include": "#words" }])),
            "fact": line("keyword.other.mastara", any_of(leads().filter(|lead| !is_block(lead) && !is_plain(lead))), inner),
            "title": {
                "match": r"(:)\s*(.*)$",
                "captures": {
                    "1": { "name": "punctuation.separator.mastara" },
                    "2": { "name": "string.unquoted.mastara" },
                },
            },
            "words": {
                "patterns": [
                    { "match": r"\s#.*$", "name": "comment.line.number-sign.mastara" },
                    { "match": r"\{[\p{L}\p{N}-]+\}", "name": "variable.parameter.mastara" },
                    { "match": format!(r"{BEFORE}\d{{4}}-\d{{2}}(-\d{{2}})?{AFTER}"), "name": "constant.other.date.mastara" },
                    { "match": format!(r"{BEFORE}[x×]?\d+(\.\d+)?{AFTER}"), "name": "constant.numeric.mastara" },
                    { "match": "->|→|←|<=|>=|!=|[<>=≤≥≠]", "name": "keyword.operator.mastara" },
                    { "match": any_of(words.map(String::as_str)), "name": "keyword.other.mastara" },
                    { "match": r"[\p{L}][\p{L}\p{N}-]*", "name": "variable.other.mastara" },
                ],
            },
        },
    });
    serde_json::to_string_pretty(&grammar).expect("it is a value") + "\n"
}

#[test]
fn the_colours_of_editors_are_made_from_the_table() {
    fresh("../editors/vscode/syntaxes/mastara.tmLanguage.json", &text_mate(&tables()));
}
