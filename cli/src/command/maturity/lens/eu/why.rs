//! The answers behind scores, each with the lines that made it.

use mastara_dsl::compile::Compiled;
use mastara_engine::lens::eu::{Derived, Indicator, Question};

use super::super::{Looked, Place, places_of};

/// An answer and what it rests on.
#[derive(Clone, Debug)]
pub struct Why {
    /// The procedure.
    pub service: String,
    /// The indicator it counts for.
    pub indicator: Indicator,
    /// The question.
    pub question: Question,
    /// The answer, as tables write it.
    pub answer: String,
    /// Whether it is an estimate.
    pub estimated: bool,
    /// The lines; none where it is the file that says nothing.
    pub places: Vec<Place>,
}

/// The answers of a procedure to the questions of these indicators.
pub fn whys(looked: &Looked<'_>, derived: &Derived, indicators: &[Indicator], compiled: &Compiled) -> Vec<Why> {
    let mut whys = Vec::new();
    for &indicator in indicators {
        for &question in indicator.questions() {
            let key = (indicator.channel(), question);
            let Some(answer) = derived.service.sites.first().and_then(|site| site.get(&key)) else { continue };
            let evidence = derived.evidence.get(&key).cloned().unwrap_or_default();
            let places = places_of(&evidence.grounds, looked, compiled);
            whys.push(Why {
                service: derived.service.name.to_string(),
                indicator,
                question,
                answer: super::write::text(*answer, question.scale()),
                estimated: evidence.estimated,
                places,
            });
        }
    }
    whys
}
