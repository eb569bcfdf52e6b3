//! Flows as pictures: SVG, and text for Graphviz and Mermaid.

mod dot;
mod facts;
mod ink;
mod lanes;
mod layout;
mod mermaid;
mod scene;
mod shape;
mod svg;
mod way;

pub use self::{
    dot::dot,
    mermaid::mermaid,
    scene::{Scene, Subject},
    svg::draw,
    way::Way,
};
