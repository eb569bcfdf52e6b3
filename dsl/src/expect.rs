//! What may follow the beginning of a line, for those who complete it.

use pest::{
    Parser,
    error::{ErrorVariant, InputLocation},
};

use crate::{
    grammar::Grammar,
    keyword::{self, Rule, WORDS},
    parse::MAX_LINE,
};

/// Words that may follow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// Where in the beginning they would start: before its end if a word of several parts is being written.
    pub from: usize,
    /// The words, by rule.
    pub words: Vec<Rule>,
}

/// A character that no line may have: where reading stops at it, something else was expected.
const STOP: &str = "\u{1}";

/// What may follow the beginning of a line; nothing if it begins with no keyword.
#[must_use]
pub fn expected(start: &str) -> Expected {
    let nothing = Expected { from: start.len(), words: Vec::new() };
    let Some(rule) = keyword::line_rule(start).filter(|_| start.len() <= MAX_LINE) else { return nothing };
    let Err(error) = Grammar::parse(rule, &format!("{start}{STOP}")) else { return nothing };
    let from = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at.min(start.len()),
    };
    let ErrorVariant::ParsingError { positives, .. } = error.variant else { return nothing };
    let mut words: Vec<Rule> = positives.into_iter().flat_map(words_of).collect();
    words.sort_unstable();
    words.dedup();
    Expected { from, words }
}

/// The words that may begin what a rule reads.
fn words_of(rule: Rule) -> Vec<Rule> {
    let family = |prefix: &str| WORDS.iter().map(|word| word.rule).filter(|rule| is_of(*rule, prefix)).collect();
    match rule {
        Rule::channel => {
            vec![Rule::k_at_home, Rule::k_at, Rule::k_with_party, Rule::k_online, Rule::k_by_post, Rule::k_by_phone]
        }
        Rule::kind => vec![Rule::k_yes_no, Rule::k_integer, Rule::k_money, Rule::k_date],
        Rule::bounds => vec![Rule::k_of],
        Rule::by => vec![Rule::k_by],
        Rule::nature => vec![Rule::k_granted, Rule::k_refused, Rule::k_lapsed, Rule::k_withdrawn],
        Rule::identity => {
            vec![Rule::k_in_person, Rule::k_account, Rule::k_card, Rule::k_card_pin, Rule::k_card_pin_face]
        }
        Rule::signature => vec![Rule::k_handwritten, Rule::k_simple, Rule::k_advanced, Rule::k_qualified],
        Rule::means => vec![Rule::k_online, Rule::k_at_counter, Rule::k_by_stamp, Rule::k_by_transfer],
        Rule::form => vec![
            Rule::k_copy,
            Rule::k_original,
            Rule::k_certified,
            Rule::k_legalised,
            Rule::k_paper,
            Rule::k_digital,
            Rule::k_both,
        ],
        Rule::citation => vec![Rule::k_under],
        Rule::when => vec![Rule::k_if],
        Rule::amount => vec![Rule::k_unknown_amount],
        Rule::at_least => vec![Rule::k_at_least],
        Rule::at_most | Rule::limit => vec![Rule::k_at_most],
        Rule::share => vec![Rule::k_share],
        Rule::before => vec![Rule::k_before],
        Rule::within => vec![Rule::k_within],
        Rule::reply => vec![Rule::k_reply],
        Rule::label | Rule::value => vec![Rule::k_affirm, Rule::k_deny, Rule::k_silence],
        Rule::any | Rule::all | Rule::not => vec![Rule::k_not],
        Rule::measure => family("m_"),
        Rule::aspect => family("a_"),
        Rule::unit => family("u_"),
        rule if keyword::word(rule).is_some() => vec![rule],
        _ => Vec::new(),
    }
}

fn is_of(rule: Rule, prefix: &str) -> bool {
    format!("{rule:?}").starts_with(prefix)
}

#[cfg(test)]
mod tests {
    use mastara_engine::text::Lang;

    use super::*;

    #[test]
    fn words_follow_the_beginning_of_a_line() {
        let words = |start: &str| -> Vec<&str> {
            let expected = expected(start);
            let form = |rule: Rule| keyword::word(rule).map_or("", |word| word.form(Lang::Fr));
            let mut words: Vec<_> = expected.words.into_iter().map(form).collect();
            words.sort_unstable();
            words
        };
        assert!(words("étape depot ").contains(&"en ligne"));
        assert!(words("étape depot en ").contains(&"en ligne"), "{:?}", words("étape depot en "));
        assert!(words("fournit cnie ").contains(&"copie"), "{:?}", words("fournit cnie "));
        assert!(words("fournit cnie ").contains(&"si"));
        assert!(words("paie 75 dh ").contains(&"par timbre"));
        assert!(words("paie ").contains(&"montant inconnu"), "{:?}", words("paie "));
        assert!(words("paie montant inconnu ").contains(&"en ligne"));
        assert!(words("attendu ").contains(&"déplacements"));
        assert!(words("attendu documents ").contains(&"maximum"), "{:?}", words("attendu documents "));
        assert!(words("délai ").contains(&"immédiat"));
        assert!(words("délai 60 ").contains(&"mois"), "{:?}", words("délai 60 "));
        assert_eq!(expected("étape depot en ").from, "étape depot ".len());
        assert_eq!(words("étape depot à commune: Dép"), [""; 0]);
    }
}
