//! `graph --documents`.

use std::{cmp::Reverse, fmt::Write as _, process::ExitCode};

use mastara_engine::{
    documents::{Documents, Uses},
    text::Name,
    vocabulary::Vocabulary,
};

use super::{unfit, write};
use crate::{
    args::{Graph, GraphFormat},
    context::Context,
    documents::documents,
    error::Error,
    graph::quote,
    paint::{Tone, paint},
    paragraph::wrap,
    survey::Survey,
    table::{Cell, Table},
    view::documents::{DocumentView, DocumentsView, LinkView},
};

/// How many rows are shown unless all are asked for.
const FIRST: usize = 25;

/// How many chains are shown.
const CHAINS: usize = 5;

/// Runs the command.
pub fn run(args: &Graph, context: &Context) -> Result<ExitCode, Error> {
    let compiled = context.catalogue()?;
    let at = context.day(args.at);
    let documents = documents(&Survey::new(&compiled, at), &compiled.vocabulary);
    let page = Page { documents: &documents, vocabulary: &compiled.vocabulary, context };
    match args.format.unwrap_or(GraphFormat::Text) {
        GraphFormat::Text => write(&page.text(&at.to_string(), args.all), args, context),
        GraphFormat::Dot => write(&page.dot(), args, context),
        GraphFormat::Json => {
            let view = page.view(at.to_string());
            match &args.output {
                None => context.print_json(&view).map(|()| ExitCode::SUCCESS),
                Some(_) => write(&(crate::context::json(&view)? + "\n"), args, context),
            }
        }
        format => Err(unfit(format, "text, json, dot")),
    }
}

struct Page<'a> {
    documents: &'a Documents<'a>,
    vocabulary: &'a Vocabulary,
    context: &'a Context,
}

impl Page<'_> {
    /// The longest chains, one for each way to begin, none of them a part of another.
    fn chains(&self) -> Vec<Vec<(usize, Option<&Name>)>> {
        let depths = self.documents.depths();
        let mut starts: Vec<usize> = (0..depths.len()).filter(|&rank| depths[rank] > 0).collect();
        starts.sort_by_key(|&rank| (Reverse(depths[rank]), rank));
        let mut chains: Vec<Vec<(usize, Option<&Name>)>> = Vec::new();
        for start in starts {
            if chains.len() == CHAINS {
                break;
            }
            let chain = self.documents.chain(start, &depths);
            if !chains.iter().any(|other| other.iter().any(|link| link.0 == start)) {
                chains.push(chain);
            }
        }
        chains
    }

    fn id(&self, rank: usize) -> &str {
        self.documents.procedures[rank].procedure.id.as_str()
    }

    fn title<'t>(&'t self, document: &'t Name) -> &'t str {
        let known = self.vocabulary.documents.get(document);
        known.map_or(document.as_str(), |known| self.context.title(&known.title))
    }

    fn is_held(&self, document: &Name) -> bool {
        self.vocabulary.documents.get(document).is_some_and(|document| document.is_held)
    }

    fn text(&self, at: &str, all: bool) -> String {
        let (words, figures) = (&self.context.words, self.context.figures());
        let rows = self.documents.demanded();
        let made = rows.iter().filter(|(_, uses)| !uses.delivered.is_empty()).count();
        let links = self.links().len();
        let counts = [rows.len(), made, links].map(|count| figures.count(count));
        let mut text = paint(Tone::Strong, &words.fill("documents.title", &[at])) + "\n";
        let summary = words.fill("documents.summary", &counts.each_ref().map(String::as_str));
        text.push_str(&wrap(&summary, self.context.width, 0));
        text.push_str(&self.context.heading("stats.demanded"));
        text.push_str(&self.table(&rows, all));
        text.push_str(&paint(Tone::Faint, &wrap(words.get("documents.legend"), self.context.width, 0)));
        let held: Vec<_> =
            rows.iter().filter(|(document, uses)| self.is_held(document) && uses.maker.is_some()).copied().collect();
        text.push_str(&self.context.heading("documents.held-rows"));
        text.push_str(&self.table(&held[..held.len().min(if all { held.len() } else { 10 })], true));
        text.push_str(&self.context.heading("documents.chains"));
        text.push_str(&paint(Tone::Faint, &wrap(words.get("documents.chains-legend"), self.context.width, 0)));
        let chains = self.chains();
        if chains.is_empty() {
            let _ = writeln!(text, "{}", words.get("documents.no-chains"));
        }
        for chain in &chains {
            text.push_str(&self.chain(chain));
        }
        text.push_str(&self.context.heading("documents.cycles"));
        let cycles = self.documents.cycles();
        if cycles.is_empty() {
            let _ = writeln!(text, "{}", words.get("documents.no-cycles"));
            return text;
        }
        text.push_str(&paint(Tone::Faint, &wrap(words.get("documents.cycles-legend"), self.context.width, 0)));
        for cycle in cycles {
            let ids: Vec<_> = cycle.iter().map(|&rank| words.id(self.id(rank))).collect();
            text.push_str(&wrap(&format!("- {}", ids.join(words.get("list.comma"))), self.context.width, 2));
        }
        text
    }

    fn table(&self, rows: &[(&Name, &Uses)], all: bool) -> String {
        let (words, figures) = (&self.context.words, self.context.figures());
        let keys = ["document", "all", "usual", "held", "maker"].map(|key| format!("documents.column.{key}"));
        let headings = keys.each_ref().map(|key| words.get(key));
        let mut table = Table::new(self.context.width, &headings).figures(&[1, 2]);
        let shown = if all { rows.len() } else { rows.len().min(FIRST) };
        for (document, uses) in &rows[..shown] {
            let maker = match (uses.maker, uses.delivered.len()) {
                (Some(maker), _) => self.id(maker).to_owned(),
                (None, 0) => String::new(),
                (None, several) => {
                    words.plural("report.procedures", crate::survey::count(several), &figures.count(several))
                }
            };
            table.row([
                Cell::from(self.title(document)),
                figures.count(uses.demanded()).into(),
                figures.count(uses.usual.len()).into(),
                Cell::from(if self.is_held(document) { words.get("documents.held") } else { "" }),
                Cell::id(Tone::Plain, maker),
            ]);
        }
        table.render() + &self.context.more("stats.more", rows.len() - shown)
    }

    /// `procedure ← document ← procedure …`, one link a line.
    fn chain(&self, chain: &[(usize, Option<&Name>)]) -> String {
        let mut text = String::new();
        for (depth, (rank, document)) in chain.iter().enumerate() {
            let indent = if depth == 0 { "- ".to_owned() } else { "  ".repeat(depth) + "└ " };
            let id = self.context.words.id(self.id(*rank));
            let document = document.map_or_else(String::new, |document| format!(" : {}", self.title(document)));
            text.push_str(&wrap(&format!("{indent}{id}{document}"), self.context.width, 2 * depth + 2));
        }
        text
    }

    /// Every link: a procedure, a document, the procedure that delivers it.
    fn links(&self) -> Vec<LinkView> {
        let of = |rank: usize| {
            let needs = self.documents.needs(rank).into_iter();
            needs.map(move |(maker, document)| self.link(rank, Some(document), Some(maker)))
        };
        (0..self.documents.procedures.len()).flat_map(of).collect()
    }

    fn link(&self, rank: usize, document: Option<&Name>, maker: Option<usize>) -> LinkView {
        LinkView {
            procedure: self.id(rank).to_owned(),
            document: document.map(Name::to_string),
            maker: maker.map(|maker| self.id(maker).to_owned()),
        }
    }

    fn view(&self, at: String) -> DocumentsView {
        let ids = |ranks: &[usize]| ranks.iter().map(|&rank| self.id(rank).to_owned()).collect::<Vec<_>>();
        let document = |(document, uses): &(&Name, &Uses)| DocumentView {
            id: document.to_string(),
            title: self.vocabulary.documents.get(*document).map(|known| (&known.title).into()),
            demanded: uses.demanded(),
            usual: uses.usual.len(),
            held: self.is_held(document),
            delivered: ids(&uses.delivered),
            maker: uses.maker.map(|maker| self.id(maker).to_owned()),
        };
        let chain = |chain: &Vec<(usize, Option<&Name>)>| {
            let next = |at: usize| chain.get(at + 1).map(|link| link.0);
            chain.iter().enumerate().map(|(at, link)| self.link(link.0, link.1, next(at))).collect()
        };
        DocumentsView {
            at,
            documents: self.documents.demanded().iter().map(document).collect(),
            chains: self.chains().iter().map(chain).collect(),
            cycles: self.documents.cycles().iter().map(|cycle| ids(cycle)).collect(),
            links: self.links(),
        }
    }

    /// For Graphviz: an arrow from each procedure to those that deliver what it demands.
    fn dot(&self) -> String {
        let mut text = "digraph documents {\n  rankdir=LR;\n  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\"];\n".to_owned();
        for link in self.links() {
            let (Some(document), Some(maker)) = (&link.document, &link.maker) else { continue };
            let title = self.title(&Name::from(document.as_str())).to_owned();
            let _ = writeln!(text, "  {} -> {} [label={}];", quote(&link.procedure), quote(maker), quote(&title));
        }
        text + "}\n"
    }
}
