//! Words shown to people, from `locales/{fr,ar,en}.yaml`: flat tables with the same keys.
//!
//! INVARIANT: the code holds no word of any language; a key that is missing shows itself, and a test finds it first.

use std::{collections::HashMap, env};

use mastara_dsl::message::read_table;
use mastara_engine::text::Lang;

/// The words of one language.
#[derive(Debug)]
pub struct Words {
    lang: Lang,
    table: HashMap<String, String>,
}

impl Words {
    /// The table of a language.
    pub fn load(lang: Lang) -> Self {
        let mut table = read_table(text_of(lang));
        if lang == Lang::Fr {
            table.values_mut().for_each(|words| *words = with_french_spaces(words));
        }
        Self { lang, table }
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The words under a key.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.table.get(key).map_or(key, String::as_str)
    }

    /// The words under a key, if there are any.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.table.get(key).map(String::as_str)
    }

    /// All words, by key.
    pub fn table(&self) -> &HashMap<String, String> {
        &self.table
    }

    /// The words under a key with `{0}`, `{1}`… filled in.
    pub fn fill(&self, key: &str, args: &[&str]) -> String {
        fill(self.get(key), args)
    }

    /// The words under a key in the plural form for `count`, with `{0}` for the number as `shown`.
    ///
    /// Forms are separated by `|`: singular and plural in French and English; none, one, two, few, many and the rest in
    /// Arabic.
    pub fn plural(&self, key: &str, count: u64, shown: &str) -> String {
        let form = plural_form(self.lang, count);
        let forms = self.get(key).split('|');
        fill(forms.map(str::trim).nth(form).unwrap_or(key), &[shown])
    }

    /// A Latin identifier as it stands in a sentence: in Arabic it keeps its own direction.
    pub fn id(&self, id: &str) -> String {
        if self.lang == Lang::Ar && !id.is_empty() { format!("\u{2068}{id}\u{2069}") } else { id.to_owned() }
    }
}

/// The language that the arguments or the environment ask for; needed before the arguments are read, for their errors.
pub fn detect() -> Lang {
    let asked = env::args().zip(env::args().skip(1).chain([String::new()])).find_map(|(arg, next)| {
        let code = if arg == "--lang" { Some(next) } else { arg.strip_prefix("--lang=").map(str::to_owned) };
        code.and_then(|code| Lang::from_code(&code))
    });
    let variables = ["MASTARA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];
    let set = || variables.iter().filter_map(|name| env::var(name).ok()).find_map(|value| of_locale(&value));
    asked.or_else(set).unwrap_or_default()
}

/// The language of a locale such as `fr_MA.UTF-8`.
fn of_locale(locale: &str) -> Option<Lang> {
    Lang::from_code(locale.split(['_', '-', '.', '@']).next()?)
}

/// Which form a number takes (Unicode's plural rules).
fn plural_form(lang: Lang, count: u64) -> usize {
    match lang {
        Lang::Fr => usize::from(count > 1),
        Lang::En => usize::from(count != 1),
        Lang::Ar => match (count, count % 100) {
            (0..=2, _) => usize::from(count > 0) + usize::from(count > 1),
            (_, 3..=10) => 3,
            (_, 11..=99) => 4,
            _ => 5,
        },
    }
}

fn fill(template: &str, args: &[&str]) -> String {
    let mut text = template.to_owned();
    for (at, arg) in args.iter().enumerate() {
        text = text.replace(&format!("{{{at}}}"), arg);
    }
    text
}

/// French sets its high signs off by a space that no line may end in.
fn with_french_spaces(words: &str) -> String {
    let signs = [" :", " ;", " ?", " !", " »", " %"];
    let text = signs.iter().fold(words.to_owned(), |text, sign| text.replace(sign, &sign.replace(' ', "\u{A0}")));
    text.replace("« ", "«\u{A0}")
}

fn text_of(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => include_str!("../locales/fr.yaml"),
        Lang::Ar => include_str!("../locales/ar.yaml"),
        Lang::En => include_str!("../locales/en.yaml"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys whose words have plural forms.
    fn is_plural(words: &str) -> bool {
        words.contains(" | ")
    }

    #[test]
    fn the_tables_have_the_same_keys_and_holes() {
        let holes = |text: &str| (0..9).filter(|at| text.contains(&format!("{{{at}}}"))).collect::<Vec<_>>();
        let tables = Lang::ALL.map(|lang| read_table(text_of(lang)));
        assert!(!tables[0].is_empty());
        for (lang, table) in Lang::ALL.into_iter().zip(&tables) {
            for (key, words) in &tables[0] {
                let other = table.get(key).unwrap_or_else(|| panic!("{key} is not in {}", lang.code()));
                assert_eq!(is_plural(words), is_plural(other), "{key} in {}", lang.code());
                if is_plural(words) {
                    let forms = if lang == Lang::Ar { 6 } else { 2 };
                    assert_eq!(other.split('|').count(), forms, "{key} in {}", lang.code());
                } else {
                    assert_eq!(holes(words), holes(other), "{key} in {}", lang.code());
                }
            }
            assert_eq!(table.len(), tables[0].len(), "{} has keys of its own", lang.code());
        }
    }

    #[test]
    fn arabic_has_six_plural_forms() {
        let forms = [0, 1, 2, 5, 15, 100, 103, 211].map(|count| plural_form(Lang::Ar, count));
        assert_eq!(forms, [0, 1, 2, 3, 4, 5, 3, 4]);
    }

    #[test]
    fn locales_are_read_by_their_prefix() {
        assert_eq!(of_locale("ar_MA.UTF-8"), Some(Lang::Ar));
        assert_eq!(of_locale("C.UTF-8"), None);
    }
}
