//! The standard file around a few lines of an example, so that examples stay short.
//!
//! INVARIANT: what the wrapper writes raises no finding of its own.

use mastara_engine::text::Lang;

/// A few lines of a body made into a file, and how many lines now stand before them.
#[derive(Clone, Debug)]
pub struct Wrapped {
    /// The whole file.
    pub text: String,
    /// How many lines were put before the given ones.
    pub before: usize,
}

/// Puts a header, a title and a version before `body`, each only if the body has none.
#[must_use]
pub fn wrap(id: &str, dialect: Lang, body: &str) -> Wrapped {
    let words = words(dialect);
    let mut head = format!(
        "---\nid: {id}\nlangue: {lang}\nresponsable: MI-COMMUNE\nusagers: [citoyen]\nstatut: brouillon\n---\n",
        lang = dialect.code()
    );
    let begins = |word: &str| body.lines().any(|line| line.split([' ', ':']).next() == Some(word));
    if !begins(words.procedure) {
        head.push_str(words.title);
    }
    if !begins(words.version) && !begins(words.procedure) {
        head.push_str(words.opening);
    }
    Wrapped { before: head.lines().count(), text: head + body }
}

struct Words {
    procedure: &'static str,
    version: &'static str,
    title: &'static str,
    /// Reconstructed, so that its figures need no source.
    opening: &'static str,
}

fn words(dialect: Lang) -> Words {
    match dialect {
        Lang::Fr => Words {
            procedure: "procédure",
            version: "version",
            title: "procédure: Exemple\n  ar: مثال\n",
            opening: "version guichet depuis 2024-01-01: Au guichet\n  ar: بالشباك\n  reconstitué\n",
        },
        Lang::Ar => Words {
            procedure: "مسطرة",
            version: "صيغة",
            title: "مسطرة: مثال\n  fr: Exemple\n",
            opening: "صيغة guichet منذ 2024-01-01: بالشباك\n  fr: Au guichet\n  مستنتج\n",
        },
        Lang::En => Words {
            procedure: "procedure",
            version: "version",
            title: "procedure: Example\n  fr: Exemple\n  ar: مثال\n",
            opening: "version counter since 2024-01-01: At the counter\n  fr: Au guichet\n  ar: بالشباك\n  reconstructed\n",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{check, vocabulary};
    use mastara_dsl::source::Source;

    #[test]
    fn the_wrapper_raises_nothing_itself() {
        for lang in Lang::ALL {
            let step = [
                "étape a à commune: x\n ar: س",
                "خطوة a في commune: س\n fr: x",
                "step a at commune: y\n fr: x\n ar: س",
            ];
            let file = wrap("identite/exemple", lang, step[lang as usize]);
            let source = Source::new("procedures/identite/exemple.mastara", file.text.as_bytes());
            let checked = check(vocabulary(), vec![source]);
            assert!(checked.findings.is_empty(), "{:?}", checked.findings);
        }
    }
}
