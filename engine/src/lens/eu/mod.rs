//! The European Union's eGovernment Benchmark, method paper 2020-2023: services of life events, looked at by mystery
//! shoppers who answer a questionnaire; 14 indicators in four dimensions.
//!
//! Rules: no answer and not applicable are left out, never zero; a central service counts by the best answer of its sites,
//! others by their mean; life events are measured every other year and averaged over two. Where the paper's wording was not
//! found (docs/maturite-cadres.md names the places), the answer has no score rather than one of ours.

mod derive;
mod indicator;
mod question;
mod scores;
mod service;

pub use self::{
    derive::{Derived, derive},
    indicator::{Dimension, Indicator},
    question::{Answer, Channel, Question, Scale},
    scores::{Scores, biennium, by_event, countries, periods},
    service::{Kind, Level, Service, Site},
};
