//! What a name stands for, and everywhere it stands.

use mastara_dsl::{
    mention::{Mention, Noun, Use},
    source::{SourceId, Span},
};
use mastara_engine::{text::Name, vocabulary::Vocabulary};

use crate::world::World;

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Symbol {
    /// A word of the vocabulary, a procedure or a fragment.
    Shared(Noun, Box<str>),
    /// A name of one file; nodes of one name are one node in all its versions.
    Local {
        /// The file.
        file: SourceId,
        /// What it names: a version, node, question, case or parameter.
        noun: Noun,
        /// The name.
        name: Box<str>,
        /// What a case belongs to.
        of: Option<Box<str>>,
    },
}

impl Symbol {
    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Shared(_, name) | Self::Local { name, .. } => name,
        }
    }

    /// What it names.
    #[must_use]
    pub const fn noun(&self) -> Noun {
        match self {
            Self::Shared(noun, _) | Self::Local { noun, .. } => *noun,
        }
    }
}

/// A place where a symbol stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The file.
    pub file: SourceId,
    /// Where in it.
    pub span: Span,
    /// How it is used there.
    pub usage: Use,
    /// How many versions have been opened above it.
    pub version: u32,
}

/// The name at a byte of a file.
#[must_use]
pub fn mention_at(world: &World, id: SourceId, byte: u32) -> Option<&Mention> {
    let holds = |mention: &&Mention| mention.span.start <= byte && byte <= mention.span.end;
    let is_whole = |mention: &&Mention| !mention.name.contains('{');
    let mentions = world.mentions(id);
    // The parameter in a hole stands inside the name with the hole.
    mentions.iter().filter(holds).find(is_whole).or_else(|| mentions.iter().find(holds))
}

/// What a name stands for, if it stands for anything.
#[must_use]
pub fn symbol(world: &World, file: SourceId, mention: &Mention) -> Option<Symbol> {
    if mention.name.contains('{') || mention.name.is_empty() {
        return None;
    }
    let name = mention.name.clone();
    let local = |noun| Some(Symbol::Local { file, noun, name: name.clone(), of: None });
    let vocabulary = &world.compiled().vocabulary;
    match mention.noun {
        Noun::Place if !has(vocabulary, Noun::Place, &name) && has(vocabulary, Noun::Authority, &name) => {
            Some(Symbol::Shared(Noun::Authority, name))
        }
        Noun::Document if !has(vocabulary, Noun::Document, &name) && defines(world, file, Noun::Question, &name) => {
            local(Noun::Question)
        }
        Noun::Version | Noun::Node => local(mention.noun),
        Noun::Question if defines(world, file, Noun::Question, &name) => local(Noun::Question),
        Noun::Question => local(Noun::Node),
        Noun::Case => Some(Symbol::Local { file, noun: Noun::Case, name, of: mention.of.clone() }),
        Noun::Parameter => {
            let file = file_of_fragment(world, mention.of.as_deref()?)?;
            Some(Symbol::Local { file, noun: Noun::Parameter, name, of: None })
        }
        Noun::Argument => argument(world, file, mention),
        noun => Some(Symbol::Shared(noun, name)),
    }
}

/// What gives a title its words where a parameter stands in titles only, in the order of expansion.
const LABELLED: [Noun; 6] = [Noun::Document, Noun::Place, Noun::Authority, Noun::Portal, Noun::Register, Noun::Fee];

/// What the value of a parameter stands for: what its fragment makes of it.
fn argument(world: &World, file: SourceId, mention: &Mention) -> Option<Symbol> {
    let mut nouns = nouns_of(world, mention.of.as_deref()?, mention.parameter.as_deref()?, 0);
    if nouns.is_empty() {
        nouns = LABELLED.to_vec();
    }
    let known = |noun: &Noun| match noun {
        Noun::Node | Noun::Question => defines(world, file, *noun, &mention.name),
        noun => has(&world.compiled().vocabulary, *noun, &mention.name),
    };
    let noun = nouns.iter().copied().find(known).or_else(|| {
        let is_place = nouns.contains(&Noun::Place);
        (is_place && has(&world.compiled().vocabulary, Noun::Authority, &mention.name)).then_some(Noun::Authority)
    })?;
    symbol(world, file, &Mention { noun, ..mention.clone() })
}

/// What a fragment makes of a parameter, through the fragments that it uses itself.
#[must_use]
pub fn nouns_of(world: &World, fragment: &str, parameter: &str, depth: usize) -> Vec<Noun> {
    let Some(file) = file_of_fragment(world, fragment).filter(|_| depth < 8) else { return Vec::new() };
    let hole = format!("{{{parameter}}}");
    let mut nouns: Vec<Noun> = Vec::new();
    for mention in world.mentions(file).iter().filter(|mention| *mention.name == *hole) {
        match (mention.noun, &mention.of, &mention.parameter) {
            (Noun::Argument, Some(inner), Some(parameter)) => {
                nouns.extend(nouns_of(world, inner, parameter, depth + 1));
            }
            (noun, ..) => nouns.push(noun),
        }
    }
    nouns.sort_unstable();
    nouns.dedup();
    nouns
}

/// Whether the vocabulary has a word.
#[must_use]
pub fn has(vocabulary: &Vocabulary, noun: Noun, name: &str) -> bool {
    match noun {
        Noun::Document => vocabulary.documents.contains_key(name),
        Noun::Authority => vocabulary.authorities.contains_key(name),
        Noun::Place => vocabulary.places.contains_key(name),
        Noun::Register => vocabulary.registers.contains_key(name),
        Noun::Portal => vocabulary.portals.contains_key(name),
        Noun::Fee => vocabulary.fees.contains_key(name),
        Noun::Text => vocabulary.texts.contains_key(name),
        Noun::LifeEvent => vocabulary.life_events.contains_key(name),
        Noun::Sector => vocabulary.sectors.contains_key(name),
        _ => false,
    }
}

/// Whether a file defines a name.
fn defines(world: &World, file: SourceId, noun: Noun, name: &str) -> bool {
    let is_it = |mention: &Mention| mention.noun == noun && mention.usage == Use::Definition && *mention.name == *name;
    world.mentions(file).iter().any(is_it)
}

/// The file of a fragment.
#[must_use]
pub fn file_of_fragment(world: &World, fragment: &str) -> Option<SourceId> {
    let in_folder = |id: &SourceId| world.source(*id).path().iter().any(|part| part == "fragments");
    world.ids().filter(in_folder).find(|id| defines(world, *id, Noun::Fragment, fragment))
}

/// Everywhere a symbol stands, file by file.
#[must_use]
pub fn occurrences(world: &World, wanted: &Symbol) -> Vec<Occurrence> {
    let mut found = Vec::new();
    let own = match wanted {
        // A parameter is named wherever its fragment is used.
        Symbol::Local { file, noun, .. } if *noun != Noun::Parameter => Some(*file),
        _ => None,
    };
    for file in world.ids().filter(|id| own.is_none_or(|own| own == *id)) {
        let named = world.mentions(file).iter().filter(|mention| *mention.name == *wanted.name());
        for mention in named.filter(|mention| symbol(world, file, mention).as_ref() == Some(wanted)) {
            found.push(Occurrence { file, span: mention.span, usage: mention.usage, version: mention.version });
        }
    }
    found
}

/// Where a symbol gets its meaning, seen from a name in a file.
#[must_use]
pub fn definitions(world: &World, file: SourceId, mention: &Mention, wanted: &Symbol) -> Vec<Occurrence> {
    let mut found = occurrences(world, wanted);
    found.retain(|occurrence| occurrence.usage == Use::Definition);
    if matches!(wanted, Symbol::Local { noun: Noun::Node, .. }) {
        if found.is_empty() {
            return written_by_fragment(world, file, wanted.name());
        }
        // Each version has its own; what is replaced belongs to another than this one.
        let is_near = |occurrence: &Occurrence| match mention.usage {
            Use::Past => occurrence.version != mention.version,
            _ => occurrence.version == mention.version,
        };
        if found.iter().any(is_near) {
            found.retain(is_near);
        }
        if mention.usage == Use::Past && found.iter().any(|occurrence| occurrence.version < mention.version) {
            found.retain(|occurrence| occurrence.version < mention.version);
            found.drain(..found.len() - 1);
        }
    }
    found
}

/// The line of a fragment that writes a node.
fn written_by_fragment(world: &World, file: SourceId, name: &str) -> Vec<Occurrence> {
    let Some(entry) = world.entry(file) else { return Vec::new() };
    let mut nodes = entry.lowered.procedure.versions.iter().flat_map(|version| version.flow.nodes());
    let Some((_, node)) = nodes.find(|(_, node)| node.name.as_str() == name) else { return Vec::new() };
    let files = node.fragments.iter().filter_map(|fragment| file_of_fragment(world, Name::as_str(fragment)));
    let defines = |file: SourceId| {
        let nodes = world.mentions(file).iter().filter(|mention| mention.noun == Noun::Node);
        let own = nodes.filter(|mention| mention.usage == Use::Definition);
        let own = own.filter(|mention| *mention.name == *name || mention.name.contains('{'));
        own.map(move |mention| Occurrence { file, span: mention.span, usage: mention.usage, version: mention.version })
    };
    files.flat_map(defines).take(1).collect()
}
