//! `show --format json`: the sheet of a procedure. Texts are in the language asked for; identifiers stand beside them.

use serde::Serialize;

use super::measures::FiguresView;

/// An identifier and what it is called.
#[derive(Clone, Debug, Serialize)]
pub struct Named {
    /// The identifier.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// The sheet of a version of a procedure, for everybody or for one person.
#[derive(Debug, Serialize)]
pub struct SheetView {
    /// `sector/identifier`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The authority in charge.
    pub authority: Named,
    /// Who may ask: `citizen`, `abroad`, `foreigner`, `association`, `firm`.
    pub audience: Vec<Named>,
    /// The version.
    pub version: SheetVersionView,
    /// What was told of the person.
    pub given: Vec<GivenView>,
    /// The figures for that person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figures: Option<FiguresView>,
    /// The figures in words, each with what it counts.
    pub summary: Vec<String>,
    /// What still has to be told for the sheet to be exact.
    pub open: Vec<QuestionView>,
    /// The papers of the ordinary way.
    pub papers: Vec<PaperView>,
    /// What is paid on the ordinary way.
    pub payments: Vec<PaymentView>,
    /// The ordinary way.
    pub stages: Vec<StageView>,
    /// Where other ways leave it.
    pub detours: Vec<DetourView>,
    /// The questions that the person is asked.
    pub questions: Vec<QuestionView>,
    /// How it can end.
    pub outcomes: Vec<OutcomeView>,
    /// The texts it rests on.
    pub legal: Vec<String>,
    /// Where its facts were read.
    pub sources: Vec<String>,
}

/// A version.
#[derive(Debug, Serialize)]
pub struct SheetVersionView {
    /// Its name in the file.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its first day.
    pub from: String,
    /// Whether it is only announced.
    pub planned: bool,
    /// Whether it is in force at the day of the sheet.
    pub in_force: bool,
    /// `sourced`, `estimated` or `reconstructed`.
    pub provenance: &'static str,
}

/// Something told of the person.
#[derive(Debug, Serialize)]
pub struct GivenView {
    /// The question or decision.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The answer, in words.
    pub answer: String,
}

/// A question.
#[derive(Debug, Serialize)]
pub struct QuestionView {
    /// Its name in the file.
    pub id: String,
    /// How it is put.
    pub title: String,
    /// What an answer can be.
    pub possible: String,
    /// The register of the State that already knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_by: Option<Named>,
}

/// Papers of which one has to be brought.
#[derive(Clone, Debug, Serialize)]
pub struct PaperView {
    /// The accepted papers.
    pub any_of: Vec<AcceptedView>,
    /// In which case; always if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// The steps that demand it.
    pub steps: Vec<String>,
    /// Whether the demand is an estimate.
    pub estimated: bool,
    /// The text that demands it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal: Option<String>,
}

/// An accepted paper.
#[derive(Clone, Debug, Serialize)]
pub struct AcceptedView {
    /// The document.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The title with form, copies and medium.
    pub text: String,
    /// `copy`, `original`, `certified`, `legalised`, or nothing said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<&'static str>,
    /// How many sheets.
    pub copies: u32,
    /// `paper`, `digital` or `both`.
    pub medium: &'static str,
    /// Who issues it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Named>,
    /// The procedure that delivers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub procedure: Option<Named>,
    /// The earlier step at which it is received.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received_at: Option<Named>,
    /// Whether an administration already holds it.
    pub held_by_state: bool,
    /// Where to get it, in words.
    pub source: Option<String>,
}

/// A payment.
#[derive(Clone, Debug, Serialize)]
pub struct PaymentView {
    /// How much and for what.
    pub text: String,
    /// `online`, `counter`, `stamp` or `transfer`.
    pub means: &'static str,
    /// The means in words.
    pub means_text: String,
    /// In which case; always if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// The step.
    pub step: String,
    /// The text that creates it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal: Option<String>,
    /// Whether it is an estimate.
    pub estimated: bool,
}

/// A step, wait, decision or choice.
#[derive(Clone, Debug, Serialize)]
pub struct StageView {
    /// Its name in the file.
    pub id: String,
    /// `step`, `wait`, `decision`, `choice` or `facts`.
    pub kind: &'static str,
    /// Its number among the steps of the ordinary way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<usize>,
    /// Its title.
    pub title: String,
    /// Where and by whom it is done, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The person's minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// Whether the minutes are an estimate.
    pub minutes_estimated: bool,
    /// The time in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// What else is known of it: a heading and its text.
    pub details: Vec<DetailView>,
    /// Whether it is done side by side with the branch before it.
    pub parallel: bool,
}

/// Something known of a stage.
#[derive(Clone, Debug, Serialize)]
pub struct DetailView {
    /// `identity`, `papers`, `pay`, `receive`, `fetch`, `fallback`, `sign`, `coverage`, `delay`, `receipt`, `silence`, …
    pub kind: &'static str,
    /// Its heading.
    pub heading: String,
    /// Its text.
    pub text: String,
}

/// A way that leaves the ordinary one.
#[derive(Debug, Serialize)]
pub struct DetourView {
    /// The node at which it leaves.
    pub after: Named,
    /// When it is taken.
    pub case: String,
    /// How many take it, in words.
    pub share: String,
    /// What the person goes through.
    pub stages: Vec<StageView>,
    /// The papers it asks for.
    pub papers: Vec<PaperView>,
    /// Where it leads.
    pub leads_to: Named,
    /// Where it leads, in words.
    pub leads_to_text: String,
}

/// An end.
#[derive(Debug, Serialize)]
pub struct OutcomeView {
    /// Its name in the file.
    pub id: String,
    /// Its title.
    pub title: String,
    /// `granted`, `refused`, `lapsed` or `withdrawn`.
    pub nature: &'static str,
    /// The nature in words.
    pub nature_text: String,
    /// Reasons given and appeal open, in words.
    pub remarks: Vec<String>,
}
