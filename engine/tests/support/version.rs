//! Versions around flows.

use mastara_engine::{Date, flow::Flow, node::Provenance, procedure::Version, text::Text};

use super::make::name;

/// A version of its own, known by nothing but its flow.
pub fn version(flow: Flow) -> Version {
    Version {
        name: name("v"),
        title: Text::default(),
        from: Date::constant(2026, 1, 1),
        is_planned: false,
        provenance: Provenance::Sourced,
        sources: Vec::new(),
        legal: Vec::new(),
        claims: Vec::new(),
        examples: Vec::new(),
        drops: Vec::new(),
        flow,
    }
}
