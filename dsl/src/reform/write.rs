//! Changes back to words.

use mastara_engine::{
    reform::{Action, Change, Limit, Scope},
    text::Name,
};

use super::{
    Kind,
    change::{EVERYWHERE, FORMS, HALVES},
};

/// A change as a file writes it: its kind and the words behind its key.
#[must_use]
pub fn write(change: &Change) -> (Kind, String) {
    let (kind, what) = match &change.action {
        Action::Fetch { document, register } => (Kind::Fetch, format!("{document}:{register}")),
        Action::Open { register, documents } if documents.is_empty() => (Kind::Open, register.to_string()),
        Action::Open { register, documents } => {
            let documents: Vec<_> = documents.iter().map(Name::as_str).collect();
            (Kind::Open, format!("{register}:{}", documents.join("+")))
        }
        Action::PayOnline => (Kind::PayOnline, String::new()),
        Action::DeliverOnline => (Kind::DeliverOnline, String::new()),
        Action::FileOnline => (Kind::FileOnline, String::new()),
        Action::IdentifyOnline => (Kind::IdentifyOnline, String::new()),
        Action::Abolish(document) => (Kind::Abolish, document.to_string()),
        Action::AcceptDigital(document) => {
            (Kind::AcceptDigital, document.as_ref().map_or_else(|| "tout".to_owned(), ToString::to_string))
        }
        Action::Waive(form) => {
            let word = FORMS.iter().find(|(_, known)| known == form).map_or("", |(word, _)| word);
            (Kind::Waive, word.to_owned())
        }
        Action::OneCopy => (Kind::OneCopy, String::new()),
        Action::Shorten(Limit::Half) => (Kind::Shorten, HALVES[0].to_owned()),
        Action::Shorten(Limit::Days(days)) => (Kind::Shorten, days.to_string()),
    };
    let place = place(&change.scope);
    let text = match (what.is_empty(), &change.scope) {
        (true, _) => place,
        (false, Scope::Everywhere) => what,
        (false, _) => format!("{what}@{place}"),
    };
    (kind, text)
}

/// Where a change holds, as a file writes it.
#[must_use]
pub fn place(scope: &Scope) -> String {
    match scope {
        Scope::Everywhere => EVERYWHERE[0].to_owned(),
        Scope::Authority(name) | Scope::Sector(name) | Scope::Procedure(name) => name.to_string(),
        Scope::Step(id, step) => format!("{id}#{step}"),
    }
}
