//! Mastara in editors: a language server over the standard streams.
//!
//! Features are functions from the catalogue as the editor has it ([`world::World`]) to an answer; `server` speaks the
//! protocol.
//!
//! INVARIANT: no text that a client can send makes the server panic; what it cannot answer it answers with nothing.

pub mod colour;
pub mod complete;
pub mod diagnose;
mod fitting;
pub mod fix;
pub mod folder;
pub mod hover;
pub mod inlay;
pub mod layout;
mod measures;
pub mod outline;
mod rank;
pub mod rename;
pub mod search;
mod server;
pub mod symbol;
pub mod text;
pub mod uri;
pub mod words;
pub mod world;

pub use server::{Options, serve};
