//! Words shown in the editor, from `locales/{fr,ar,en}.yaml`: flat tables with the same keys.

use std::{collections::HashMap, sync::LazyLock};

use mastara_dsl::message::read_table;
use mastara_engine::text::Lang;

static TABLES: LazyLock<[HashMap<String, String>; 3]> = LazyLock::new(|| {
    [
        read_table(include_str!("../locales/fr.yaml")),
        read_table(include_str!("../locales/ar.yaml")),
        read_table(include_str!("../locales/en.yaml")),
    ]
});

/// The words of one language.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// The language.
    pub lang: Lang,
}

impl Words {
    /// The words under a key; the key itself if there are none, which a test finds first.
    #[must_use]
    pub fn get(&self, key: &'static str) -> &'static str {
        TABLES[self.lang as usize].get(key).map_or(key, String::as_str)
    }

    /// The words under a key with `{0}`, `{1}`… filled in.
    #[must_use]
    pub fn fill(&self, key: &'static str, args: &[&str]) -> String {
        let filled = args.iter().enumerate().map(|(at, arg)| (format!("{{{at}}}"), self.id(arg)));
        filled.fold(self.get(key).to_owned(), |text, (hole, arg)| text.replace(&hole, &arg))
    }

    /// A Latin word as it stands in a sentence: in Arabic it keeps its own direction.
    #[must_use]
    pub fn id(&self, word: &str) -> String {
        let is_latin = word.chars().any(|c| c.is_ascii_alphabetic());
        if self.lang == Lang::Ar && is_latin { format!("\u{2068}{word}\u{2069}") } else { word.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_have_the_same_keys_and_holes() {
        let holes = |text: &str| (0..9).filter(|at| text.contains(&format!("{{{at}}}"))).collect::<Vec<_>>();
        for (lang, table) in Lang::ALL.into_iter().zip(TABLES.iter()) {
            assert!(!table.is_empty());
            assert_eq!(table.len(), TABLES[0].len(), "{} has keys of its own", lang.code());
            for (key, words) in &TABLES[0] {
                let other = table.get(key).map(|words| holes(words));
                assert_eq!(other, Some(holes(words)), "{key} in {}", lang.code());
            }
        }
    }
}
