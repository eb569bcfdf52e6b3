//! Words of the vocabulary found by their code, or by words of their titles in any language, accents and articles apart.

use mastara_dsl::finding::nearest;
use mastara_engine::text::{Lang, Name, Text};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// A table of the vocabulary: codes and titles.
pub type Words<'v> = Vec<(&'v Name, &'v Text)>;

/// What was meant.
#[derive(Debug, PartialEq)]
pub enum Found<'v> {
    /// This word.
    One(&'v Name, &'v Text),
    /// One of these, the likeliest first.
    Several(Words<'v>),
    /// Nothing like it; the code that is written most alike.
    Nothing(Option<String>),
}

/// The words of a table that a query may mean, the likeliest first: by their code, by a whole title, by words of a title.
pub fn search<'v>(words: &[(&'v Name, &'v Text)], query: &str) -> Words<'v> {
    match find(words, query) {
        Found::Nothing(_) => Vec::new(),
        Found::Several(hits) => hits,
        // A word that is meant exactly hides others that have it in their titles.
        Found::One(name, title) => {
            let rest: Vec<_> = words.iter().copied().filter(|(other, _)| *other != name).collect();
            std::iter::once((name, title)).chain(hits(&rest, query)).collect()
        }
    }
}

/// Finds what a person means by some words.
pub fn find<'v>(words: &[(&'v Name, &'v Text)], query: &str) -> Found<'v> {
    let wanted = fold(query);
    let same = |text: &str| fold(text) == wanted;
    let is_it = |(name, title): &&(&Name, &Text)| {
        same(name.as_str()) || Lang::ALL.iter().any(|lang| title.get(*lang).is_some_and(same))
    };
    let mut exact = words.iter().filter(|(name, _)| name.as_str() == query.trim()).chain(words.iter().filter(is_it));
    if let Some((name, title)) = exact.next() {
        return Found::One(name, title);
    }
    let hits = hits(words, query);
    match hits.as_slice() {
        [] => Found::Nothing(nearest(query, words.iter().map(|(name, _)| name.as_str()))),
        [(name, title)] => Found::One(name, title),
        _ => Found::Several(hits),
    }
}

/// The words that have all the parts of a query in their code or in a title, the likeliest first.
fn hits<'v>(words: &[(&'v Name, &'v Text)], query: &str) -> Words<'v> {
    let wanted = parts(&fold(query));
    let mut hits: Vec<_> = words
        .iter()
        .filter_map(|(name, title)| likeness(&wanted, name, title).map(|likeness| (likeness, *name, *title)))
        .collect();
    // The longer a title that has all the words, the less likely it is meant.
    hits.sort_by(|(a, left, _), (b, right, _)| b.cmp(a).then_with(|| left.cmp(right)));
    hits.into_iter().map(|(_, name, title)| (name, title)).collect()
}

/// How well a word of the vocabulary has all the wanted parts: their quality, then how little else there is.
fn likeness(wanted: &[String], name: &Name, title: &Text) -> Option<(u32, std::cmp::Reverse<usize>)> {
    let texts = std::iter::once(name.as_str()).chain(Lang::ALL.iter().filter_map(|lang| title.get(*lang)));
    let all = texts.map(|text| parts(&fold(text)));
    all.filter_map(|own| {
        let quality = |wanted: &String| own.iter().filter_map(|own| quality(wanted, own)).max();
        let sum = wanted.iter().map(quality).sum::<Option<u32>>()?;
        (!wanted.is_empty()).then_some((sum, std::cmp::Reverse(own.len())))
    })
    .max()
}

fn quality(wanted: &str, own: &str) -> Option<u32> {
    match () {
        () if own == wanted => Some(4),
        () if own.starts_with(wanted) => Some(3),
        // The plural.
        () if wanted.strip_prefix(own).is_some_and(|rest| matches!(rest, "s" | "x" | "es")) => Some(2),
        () if wanted.chars().count() > 3 && own.contains(wanted) => Some(1),
        () => None,
    }
}

/// Small letters without accents, harakat and hamzas, in which people write as they like.
pub fn fold(text: &str) -> String {
    let plain = |letter: char| match letter {
        'ة' => 'ه',
        'ى' => 'ي',
        'œ' => 'e',
        '\'' | '’' | '-' | '_' => ' ',
        other => other,
    };
    let letters = text.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).map(plain);
    letters.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The parts that tell words apart: articles and prepositions do not.
fn parts(folded: &str) -> Vec<String> {
    let part = |part: &str| part.strip_prefix("ال").filter(|rest| rest.chars().count() > 2).unwrap_or(part).to_owned();
    let all: Vec<_> = folded.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).map(part).collect();
    let long: Vec<_> = all.iter().filter(|part| part.chars().count() > 2).cloned().collect();
    if long.is_empty() { all } else { long }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_as_people_write_them() {
        let table: Vec<(Name, Text)> = [
            ("cnie", "Carte nationale d'identité électronique", "البطاقة الوطنية للتعريف الإلكترونية"),
            ("extrait-acte-naissance", "Extrait d'acte de naissance", "نسخة موجزة من رسم الولادة"),
            ("copie-acte-naissance", "Copie intégrale de l'acte de naissance", "نسخة كاملة من رسم الولادة"),
        ]
        .map(|(name, fr, ar)| {
            let mut title = Text::new(Lang::Fr, fr);
            title.set(Lang::Ar, ar);
            (name.into(), title)
        })
        .to_vec();
        let words: Vec<_> = table.iter().map(|(name, title)| (name, title)).collect();
        let one = |query: &str| match find(&words, query) {
            Found::One(name, _) => name.to_string(),
            other => panic!("{query}: {other:?}"),
        };
        assert_eq!(one("cnie"), "cnie");
        assert_eq!(one("Cartes nationales"), "cnie");
        assert_eq!(one("Identite electronique"), "cnie");
        assert_eq!(one("البطاقه الوطنيه"), "cnie");
        assert_eq!(one("extrait de l'acte de naissance"), "extrait-acte-naissance");
        let Found::Several(hits) = find(&words, "naissance") else { panic!() };
        assert_eq!(hits[0].0.as_str(), "copie-acte-naissance");
        assert_eq!(find(&words, "cnei"), Found::Nothing(Some("cnie".to_owned())));
        assert_eq!(find(&words, "passeport"), Found::Nothing(None));
    }
}
