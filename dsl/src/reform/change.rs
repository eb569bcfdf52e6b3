//! One change in words.

use mastara_engine::{
    node::Form,
    reform::{Action, Change, Flaw, Limit, Scope},
    text::Name,
    vocabulary::Register,
};

use super::Kind;
use crate::{
    compile::Compiled,
    finding::{Code, Findings},
    source::Span,
};

/// Everywhere, or everything.
pub(super) const EVERYWHERE: [&str; 3] = ["partout", "everywhere", "tout"];

/// The forms that can be waived.
pub(super) const FORMS: [(&str, Form); 5] = [
    ("certifiee", Form::Certified),
    ("legalisee", Form::Legalised),
    ("original", Form::Original),
    ("certifiée", Form::Certified),
    ("légalisée", Form::Legalised),
];

/// Half of a delay.
pub(super) const HALVES: [&str; 3] = ["moitie", "moitié", "half"];

/// Reads one change; `None` if it is wrong, which is said.
pub fn change(kind: Kind, text: &str, span: Span, compiled: &Compiled, findings: &mut Findings) -> Option<Change> {
    let mut reader = Reader { kind, text: text.trim(), span, compiled, findings };
    let about =
        matches!(kind, Kind::Fetch | Kind::Open | Kind::Abolish | Kind::AcceptDigital | Kind::Waive | Kind::Shorten);
    let (what, place) = match reader.text.rsplit_once('@') {
        Some((what, place)) => (what, place),
        None if about => (reader.text, ""),
        None => ("", reader.text),
    };
    let scope = reader.scope(place)?;
    let action = reader.action(what)?;
    let change = Change { action, scope };
    let flaws = change.flaws(&compiled.vocabulary);
    flaws.iter().for_each(|flaw| reader.refuse(flaw));
    flaws.is_empty().then_some(change)
}

struct Reader<'a, 'f> {
    kind: Kind,
    text: &'a str,
    span: Span,
    compiled: &'a Compiled,
    findings: &'f mut Findings,
}

impl Reader<'_, '_> {
    /// Where a part of the text stands.
    fn place(&self, part: &str) -> Span {
        let length = usize::try_from(self.span.end - self.span.start).unwrap_or(0);
        let at = self.text.rfind(part).filter(|_| length == self.text.len());
        at.map_or(self.span, |at| {
            let start = usize::try_from(self.span.start).unwrap_or(0) + at;
            Span::new(start, start + part.len())
        })
    }

    fn expects(&mut self, part: &str, expected: &str) {
        let span = self.place(part);
        self.findings.add(Code::FieldValue, span, [self.kind.key(), expected]);
    }

    fn unknown<'k>(&mut self, code: Code, word: &str, known: impl Iterator<Item = &'k str>) {
        let span = self.place(word);
        self.findings.add_unknown(code, span, word, known);
    }

    fn scope(&mut self, place: &str) -> Option<Scope> {
        let words = &self.compiled.vocabulary;
        if place.is_empty() || EVERYWHERE.contains(&place) {
            return Some(Scope::Everywhere);
        }
        if let Some((id, step)) = place.split_once('#') {
            let Scope::Procedure(id) = self.procedure(id)? else { return None };
            return self.step(&id, step);
        }
        if place.contains('/') {
            return self.procedure(place);
        }
        if words.authorities.contains_key(place) {
            return Some(Scope::Authority(place.into()));
        }
        if words.sectors.contains_key(place) {
            return Some(Scope::Sector(place.into()));
        }
        let known: Vec<&str> = words.authorities.keys().chain(words.sectors.keys()).map(Name::as_str).collect();
        self.unknown(Code::UnknownAuthority, place, known.into_iter());
        None
    }

    fn procedure(&mut self, id: &str) -> Option<Scope> {
        if let Some(entry) = self.compiled.find(id) {
            return Some(Scope::Procedure(entry.lowered.procedure.id.clone()));
        }
        let known: Vec<&str> = self.compiled.procedures().map(|procedure| procedure.id.as_str()).collect();
        self.unknown(Code::UnknownProcedure, id, known.into_iter());
        None
    }

    fn step(&mut self, id: &Name, step: &str) -> Option<Scope> {
        let procedure = &self.compiled.find(id.as_str())?.lowered.procedure;
        let nodes = || procedure.versions.iter().flat_map(|version| version.flow.nodes().map(|(_, node)| &node.name));
        if nodes().any(|name| name.as_str() == step) {
            return Some(Scope::Step(id.clone(), step.into()));
        }
        let known: Vec<&str> = nodes().map(Name::as_str).collect();
        self.unknown(Code::UnknownNode, step, known.into_iter());
        None
    }

    fn action(&mut self, what: &str) -> Option<Action> {
        Some(match self.kind {
            Kind::PayOnline | Kind::DeliverOnline | Kind::FileOnline | Kind::IdentifyOnline | Kind::OneCopy => {
                if !what.is_empty() {
                    self.expects(what, "\u{1}place");
                    return None;
                }
                match self.kind {
                    Kind::PayOnline => Action::PayOnline,
                    Kind::DeliverOnline => Action::DeliverOnline,
                    Kind::FileOnline => Action::FileOnline,
                    Kind::IdentifyOnline => Action::IdentifyOnline,
                    _ => Action::OneCopy,
                }
            }
            Kind::Fetch => self.fetch(what)?,
            Kind::Open => {
                let (register, documents) = what.split_once(':').unwrap_or((what, ""));
                let documents = documents.split('+').filter(|name| !name.is_empty()).map(Name::from).collect();
                Action::Open { register: register.into(), documents }
            }
            Kind::Abolish => Action::Abolish(what.into()),
            Kind::AcceptDigital if what.is_empty() || EVERYWHERE.contains(&what) => Action::AcceptDigital(None),
            Kind::AcceptDigital => Action::AcceptDigital(Some(what.into())),
            Kind::Waive => match FORMS.iter().find(|(word, _)| *word == what) {
                Some((_, form)) => Action::Waive(*form),
                None => {
                    self.expects(what, "certifiee, legalisee, original");
                    return None;
                }
            },
            Kind::Shorten if HALVES.contains(&what) => Action::Shorten(Limit::Half),
            Kind::Shorten => match what.trim_end_matches(" j").parse() {
                Ok(days) => Action::Shorten(Limit::Days(days)),
                Err(_) => {
                    self.expects(what, "moitie, \u{1}number");
                    return None;
                }
            },
        })
    }

    /// A document and the register that supplies it; the only one if none is named.
    fn fetch(&mut self, what: &str) -> Option<Action> {
        if let Some((document, register)) = what.split_once(':') {
            return Some(Action::Fetch { document: document.into(), register: register.into() });
        }
        let words = &self.compiled.vocabulary;
        if !words.documents.contains_key(what) {
            self.unknown(Code::UnknownDocument, what, words.documents.keys().map(Name::as_str));
            return None;
        }
        let open: Vec<&Name> =
            self.suppliers(what).filter(|(_, known)| known.planned.is_none()).map(|(at, _)| at).collect();
        match open[..] {
            [register] => Some(Action::Fetch { document: what.into(), register: register.clone() }),
            [] => {
                self.expects(what, "\u{1}supplied");
                None
            }
            _ => {
                let ways: Vec<_> = open.iter().map(|register| format!("{what}:{register}")).collect();
                self.expects(what, &ways.join(", "));
                None
            }
        }
    }

    fn suppliers<'w>(&'w self, document: &'w str) -> impl Iterator<Item = (&'w Name, &'w Register)> {
        let registers = self.compiled.vocabulary.registers.iter();
        registers.filter(move |(_, known)| known.supplies.iter().any(|name| name.as_str() == document))
    }

    /// Says what is wrong with a change.
    fn refuse(&mut self, flaw: &Flaw) {
        let words = &self.compiled.vocabulary;
        match flaw {
            Flaw::UnknownDocument(name) => {
                self.unknown(Code::UnknownDocument, name.as_str(), words.documents.keys().map(Name::as_str));
            }
            Flaw::UnknownRegister(name) => {
                self.unknown(Code::UnknownRegister, name.as_str(), words.registers.keys().map(Name::as_str));
            }
            Flaw::UnknownAuthority(name) => {
                self.unknown(Code::UnknownAuthority, name.as_str(), words.authorities.keys().map(Name::as_str));
            }
            Flaw::UnknownSector(name) => {
                self.unknown(Code::UnknownSector, name.as_str(), words.sectors.keys().map(Name::as_str));
            }
            Flaw::NotSupplied { document, register } => {
                let ways: Vec<_> =
                    self.suppliers(document.as_str()).map(|(known, _)| format!("{document}:{known}")).collect();
                let expected = if ways.is_empty() { "\u{1}supplied".to_owned() } else { ways.join(", ") };
                self.expects(register.as_str(), &expected);
            }
            Flaw::OnlyPlanned(register) => self.expects(register.as_str(), "\u{1}open-register"),
        }
    }
}
