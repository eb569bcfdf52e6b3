//! `words`: words of the vocabulary and of the language, as people look for them.

mod entry;

use std::process::ExitCode;

use mastara_dsl::{
    compile::{Role, compile, role},
    finding::nearest,
};
use mastara_engine::text::Name;

use self::entry::{Entry, entries};
use crate::{
    args::{PlainFormat, SearchWords, WordKind},
    catalogue,
    context::Context,
    error::Error,
    find::search,
    paint::{Tone, paint},
    paragraph::wrap,
    table::{Cell, Table},
    view::words::{WordView, WordsView},
};

/// How many words of a kind are shown.
const SHOWN: usize = 12;

/// Runs the command: exit code 1 if nothing is found.
pub fn run(args: &SearchWords, context: &Context) -> Result<ExitCode, Error> {
    // Procedures are no words: without them there is little to read.
    let mut sources = catalogue::sources(context.folder())?;
    sources.retain(|source| role(source.path()) != Role::Procedure);
    let compiled = compile(sources);
    let query = args.query.join(" ");
    let known = entries(&compiled, context);
    let asked = |kind: WordKind| args.kind.is_none_or(|wanted| wanted == kind);
    let mut found: Vec<Vec<&Entry>> = Vec::new();
    for group in known.chunk_by(|a, b| a.kind == b.kind).filter(|group| asked(group[0].kind)) {
        let words: Vec<_> = group.iter().map(|entry| (&entry.id, &entry.title)).collect();
        let hits: Vec<&Name> = search(&words, &query).into_iter().map(|(name, _)| name).collect();
        let of = |name: &&Name| group.iter().find(|entry| entry.id == **name);
        // A rank is known by its number too, as headers write it.
        let is_ranked =
            |entry: &&Entry| entry.kind == WordKind::Rank && entry.id.as_str().ends_with(&format!("-{}", query.trim()));
        let mut own: Vec<&Entry> = hits.iter().filter_map(of).collect();
        own.extend(group.iter().filter(is_ranked).filter(|entry| !hits.contains(&&entry.id)));
        found.push(own);
    }
    found.retain(|group| !group.is_empty());
    let near = if found.is_empty() { nearest(&query, known.iter().map(|entry| entry.id.as_str())) } else { None };
    let code = ExitCode::from(u8::from(found.is_empty()));
    if args.format == PlainFormat::Json {
        let words = found.into_iter().flatten().map(Entry::view).collect::<Vec<WordView>>();
        context.print_json(&WordsView { query, words, near })?;
        return Ok(code);
    }
    if found.is_empty() {
        let words = &context.words;
        let mut text = words.fill("words.nothing", &[&query]) + "\n";
        if let Some(near) = near {
            text.push_str(&(words.fill("words.near", &[&words.id(&near)]) + "\n"));
        }
        context.print(&paint(Tone::Fair, &text))?;
    }
    for group in found {
        context.print(&table(&group, args.all, context))?;
    }
    Ok(code)
}

/// The words of one kind. Where all are written alike, that is said once, above them.
fn table(group: &[&Entry], all: bool, context: &Context) -> String {
    let words = &context.words;
    let shown = if all { group.len() } else { SHOWN.min(group.len()) };
    let before = |entry: &Entry| entry.write.strip_suffix(entry.id.as_str()).map(str::to_owned);
    let common = before(group[0]).filter(|common| group.iter().all(|entry| before(entry).as_ref() == Some(common)));
    let kind = words.get(&format!("words.kind.{}", group[0].kind_id())).to_owned();
    let heading =
        common.as_ref().map_or(kind.clone(), |common| format!("{kind} · {}", words.id(&format!("{common}…"))));
    let keys = ["words.column.code", "words.column.title", "words.column.write"];
    let headings: Vec<&str> = keys[..2 + usize::from(common.is_none())].iter().map(|key| words.get(key)).collect();
    let mut table = Table::new(context.width, &headings);
    for entry in &group[..shown] {
        let cells = [Cell::id(Tone::Accent, words.id(entry.id.as_str())), Cell::from(context.title(&entry.title))];
        let write = common.is_none().then(|| Cell::from(words.id(&entry.write)));
        table.row(cells.into_iter().chain(write));
    }
    let mut text = format!("\n{}\n{}", paint(Tone::Strong, &heading), table.render());
    for entry in group[..shown].iter().filter(|entry| !entry.remarks.is_empty()) {
        let remarks =
            format!("{}{}{}", words.id(entry.id.as_str()), words.get("list.colon"), entry.remarks.join(" · "));
        text.push_str(&paint(Tone::Faint, &wrap(&format!("  {remarks}"), context.width, 4)));
    }
    text + &context.more("words.more", group.len() - shown)
}
