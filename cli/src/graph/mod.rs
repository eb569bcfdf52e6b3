//! Flows as pictures: SVG, and text for Graphviz and Mermaid.

mod dot;
mod facts;
mod ink;
mod joins;
mod lanes;
mod layout;
mod mermaid;
mod scene;
mod shape;
mod svg;

pub use mastara_engine::way::Way;

pub use self::{
    dot::{dot, quote},
    ink::width as ink_width,
    mermaid::mermaid,
    scene::{Scene, Subject, label as branch_label},
    shape::outcome_key,
    svg::{
        draw,
        pen::{Line, Pen, number},
    },
};
