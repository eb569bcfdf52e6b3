//! Papers in words.

use mastara_engine::node::{Demand, Form, Medium, Paper};

use super::Phrases;

impl Phrases<'_> {
    /// A paper with its form, its copies, and its medium where that is not the channel's own:
    /// `Carte nationale (copie certifiée conforme, 2 exemplaires)`.
    pub fn paper(&self, paper: &Paper, usual: Medium) -> String {
        let mut details = Vec::new();
        details.extend(self.form(paper.form).map(str::to_owned));
        if paper.copies > 1 {
            let shown = self.figures().whole(i64::from(paper.copies));
            details.push(self.words.plural("phrase.copies", u64::from(paper.copies), &shown));
        }
        if paper.medium != usual {
            details.push(self.medium(paper.medium).to_owned());
        }
        let document = self.document(&paper.document);
        if details.is_empty() {
            return document;
        }
        self.words.fill("phrase.bracket", &[&document, &details.join(self.words.get("phrase.comma"))])
    }

    /// The papers of a demand, any of which will do.
    pub fn demand(&self, demand: &Demand, usual: Medium) -> String {
        let papers: Vec<_> = demand.any_of.iter().map(|paper| self.paper(paper, usual)).collect();
        papers.join(self.words.get("phrase.or"))
    }

    /// The form of a paper, if it is said.
    pub fn form(&self, form: Form) -> Option<&str> {
        let key = match form {
            Form::Plain => return None,
            Form::Copy => "phrase.form.copy",
            Form::Original => "phrase.form.original",
            Form::Certified => "phrase.form.certified",
            Form::Legalised => "phrase.form.legalised",
        };
        Some(self.words.get(key))
    }

    /// The medium of a paper.
    pub fn medium(&self, medium: Medium) -> &str {
        self.words.get(match medium {
            Medium::Paper => "phrase.medium.paper",
            Medium::Digital => "phrase.medium.digital",
            Medium::Both => "phrase.medium.both",
        })
    }
}
