//! Conditions in words, after `if`.

use mastara_engine::condition::{Comparison, Condition, Kind, QuestionId};

use super::Phrases;

/// A condition without negations, its comparisons already in words.
enum Said {
    /// What the answer to a question must be.
    Test(QuestionId, String),
    /// All or some of these.
    Group { is_all: bool, parts: Vec<Said> },
}

impl Phrases<'_> {
    /// A condition in words: `« Quel est votre âge ? » : moins de 18 ans`.
    pub fn condition(&self, condition: &Condition) -> String {
        self.join(&self.said(condition, false), false)
    }

    /// A condition behind `if`.
    pub fn when(&self, condition: &Condition) -> String {
        self.words.fill("phrase.if", &[&self.condition(condition)])
    }

    /// What a condition says of this one question, if it speaks of no other: `moins de 18 ans`.
    pub fn test_of(&self, condition: &Condition, question: QuestionId) -> Option<String> {
        match self.said(condition, false) {
            Said::Test(own, test) if own == question => Some(test),
            Said::Group { is_all, parts } => {
                let test = |part: &Said| match part {
                    Said::Test(own, test) if *own == question => Some(test.clone()),
                    _ => None,
                };
                let tests: Vec<_> = parts.iter().map(test).collect::<Option<_>>()?;
                Some(tests.join(self.words.get(if is_all { "phrase.and" } else { "phrase.or" })))
            }
            Said::Test(..) => None,
        }
    }

    fn said(&self, condition: &Condition, negated: bool) -> Said {
        match condition {
            Condition::Compare(question, comparison, value) => {
                let comparison = if negated { opposite(*comparison) } else { *comparison };
                Said::Test(*question, self.comparison(*question, comparison, *value))
            }
            Condition::OneOf(question, values) => {
                let values: Vec<_> = values.iter().map(|value| self.answer(*question, *value)).collect();
                let values = values.join(self.words.get("phrase.or"));
                let key = if negated { "phrase.test.not" } else { "phrase.test.equal" };
                Said::Test(*question, self.words.fill(key, &[&values]))
            }
            Condition::All(parts) => self.group(parts, !negated, negated),
            Condition::Any(parts) => self.group(parts, negated, negated),
            Condition::Not(part) => self.said(part, !negated),
        }
    }

    /// A group whose nested groups of the same kind are taken in.
    fn group(&self, parts: &[Condition], is_all: bool, negated: bool) -> Said {
        let mut flat = Vec::new();
        for part in parts {
            match self.said(part, negated) {
                Said::Group { is_all: inner, parts } if inner == is_all || parts.len() == 1 => flat.extend(parts),
                other => flat.push(other),
            }
        }
        Said::Group { is_all, parts: flat }
    }

    fn join(&self, said: &Said, is_inside: bool) -> String {
        let (is_all, parts) = match said {
            Said::Test(question, test) => return self.words.fill("phrase.test", &[&self.question(*question), test]),
            Said::Group { is_all, parts } => (is_all, parts),
        };
        let link = self.words.get(if *is_all { "phrase.and" } else { "phrase.or" });
        let mut texts: Vec<String> = Vec::new();
        let mut last = None;
        for part in parts {
            // Tests of one question that follow each other share its title.
            match (part, last, texts.last_mut()) {
                (Said::Test(question, test), Some(before), Some(text)) if *question == before => {
                    text.push_str(link);
                    text.push_str(test);
                }
                _ => texts.push(self.join(part, parts.len() > 1)),
            }
            last = if let Said::Test(question, _) = part { Some(*question) } else { None };
        }
        let text = texts.join(link);
        if is_inside && texts.len() > 1 { format!("({text})") } else { text }
    }

    /// What a comparison asks of the answer.
    fn comparison(&self, question: QuestionId, comparison: Comparison, value: i64) -> String {
        let kind = self.questions.get(usize::from(question.0)).map(|question| &question.kind);
        if let (Some(Kind::YesNo), Comparison::Equal | Comparison::NotEqual) = (kind, comparison) {
            let is_yes = (value != 0) == (comparison == Comparison::Equal);
            return self.answer(question, i64::from(is_yes));
        }
        let word = match comparison {
            Comparison::Equal => "equal",
            Comparison::NotEqual => "not",
            Comparison::Less => "less",
            Comparison::AtMost => "at-most",
            Comparison::More => "more",
            Comparison::AtLeast => "at-least",
        };
        let kind = if matches!(kind, Some(Kind::Date)) { "date" } else { "test" };
        self.words.fill(&format!("phrase.{kind}.{word}"), &[&self.answer(question, value)])
    }
}

fn opposite(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::AtLeast,
        Comparison::AtMost => Comparison::More,
        Comparison::More => Comparison::AtMost,
        Comparison::AtLeast => Comparison::Less,
    }
}

#[cfg(test)]
mod tests {
    use mastara_engine::{
        condition::{Question, Unit},
        text::{Lang, Text},
        vocabulary::Vocabulary,
    };

    use super::*;
    use crate::locale::Words;

    fn question(name: &str, title: &str, kind: Kind) -> Question {
        Question {
            name: name.into(),
            title: Text::new(Lang::Fr, title),
            kind,
            low: 0,
            high: None,
            typical: None,
            typical_estimated: false,
            known_by: None,
            is_choice: false,
        }
    }

    fn say(condition: &Condition) -> String {
        let questions = [
            question("age", "Quel est votre âge ?", Kind::Integer(Some(Unit::Years))),
            question("mineur", "Êtes-vous mineur ?", Kind::YesNo),
        ];
        let (words, vocabulary) = (Words::load(Lang::Fr), Vocabulary::default());
        Phrases { words: &words, vocabulary: &vocabulary, questions: &questions }
            .condition(condition)
            .replace('\u{a0}', " ")
    }

    const AGE: QuestionId = QuestionId(0);
    const MINOR: QuestionId = QuestionId(1);

    #[test]
    fn a_negation_is_said_as_the_opposite() {
        let age = Condition::Compare(AGE, Comparison::Less, 18);
        let minor = Condition::Compare(MINOR, Comparison::Equal, 1);
        assert_eq!(say(&age), "« Quel est votre âge ? » : moins de 18 ans");
        let neither = Condition::Not(Box::new(Condition::Any(vec![age, minor])));
        assert_eq!(say(&neither), "« Quel est votre âge ? » : 18 ans au moins et « Êtes-vous mineur ? » : non");
    }

    #[test]
    fn tests_of_one_question_share_its_title_and_groups_have_brackets() {
        let from = Condition::Compare(AGE, Comparison::AtLeast, 18);
        let to = Condition::Compare(AGE, Comparison::Less, 60);
        let minor = Condition::Compare(MINOR, Comparison::Equal, 0);
        let both = Condition::All(vec![from, to]);
        assert_eq!(say(&both), "« Quel est votre âge ? » : 18 ans au moins et moins de 60 ans");
        let nested = Condition::Any(vec![both.clone(), Condition::All(vec![both, minor])]);
        let said = say(&nested);
        assert!(
            said.ends_with(
                "ou (« Quel est votre âge ? » : 18 ans au moins et moins de 60 ans et « Êtes-vous mineur ? » : non)"
            ),
            "{said}"
        );
    }
}
