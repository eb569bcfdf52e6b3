//! `measure --deep`: a procedure with all that must be gone through for its papers.

use std::process::ExitCode;

use mastara_dsl::compile::Compiled;
use mastara_engine::{
    Date,
    answers::Answers,
    deep::Part,
    procedure::{Procedure, Version},
    program::Program,
};

use crate::{
    args::{Measure, TableFormat},
    catalogue,
    context::Context,
    error::Error,
    linked::{Linked, Sum, notes, table, tree},
    paint::{Tone, paint},
    paragraph::wrap,
    person,
    phrase::Phrases,
    view::deep::{DeepProcedureView, DeepView, SumView},
};

/// How many lines of papers are shown.
const LINES: usize = 40;

/// A procedure, and what it asks alone and with others.
struct Deep<'c> {
    procedure: &'c Procedure,
    version: &'c Version,
    plain: Sum,
    least: Sum,
    full: Sum,
}

/// Runs the command.
pub fn run(args: &Measure, compiled: &Compiled, at: Date, context: &Context) -> Result<ExitCode, Error> {
    if args.format == TableFormat::Csv {
        return Err(Error::new("error.graph-format", ["csv", "text, json"]));
    }
    let mut linked = Linked::new(compiled, at);
    let mut all = Vec::new();
    for id in &args.ids {
        let procedure = &catalogue::find(compiled, id)?.lowered.procedure;
        let version = catalogue::version(procedure, args.version.as_deref(), at)?;
        let unmeasured = || Error::new("error.not-measured", [procedure.id.as_str()]);
        let rank = linked.rank(&procedure.id).ok_or_else(unmeasured)?;
        // The others are gone through as they are in force; this one in the version, and by the person, asked for.
        if !args.with.is_empty() || args.version.is_some() {
            let (part, measures) = for_person(&args.with, version, compiled, context)?.ok_or_else(unmeasured)?;
            linked.set_part(rank, part, &measures);
        }
        let roots = [rank];
        let (plain, least, full) = (linked.alone(&roots), linked.with_lapsing(&roots), linked.with_all(&roots));
        all.push(Deep { procedure, version, plain, least, full });
    }
    if args.format == TableFormat::Json {
        let view = |deep: &Deep<'_>| DeepProcedureView {
            id: deep.procedure.id.to_string(),
            title: (&deep.procedure.title).into(),
            version: deep.version.name.to_string(),
            plain: SumView::new(&deep.plain, &linked),
            least: SumView::new(&deep.least, &linked),
            full: SumView::new(&deep.full, &linked),
        };
        context.print_json(&DeepView { at: at.to_string(), procedures: all.iter().map(view).collect() })?;
        return Ok(ExitCode::SUCCESS);
    }
    let pages: Vec<_> = all.iter().map(|deep| page(deep, &linked, context)).collect();
    context.print(&pages.join("\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// What a version asks of one person; `None` if it cannot be measured.
fn for_person(
    with: &[String],
    version: &Version,
    compiled: &Compiled,
    context: &Context,
) -> Result<Option<(Part, mastara_engine::measure::Measures)>, Error> {
    let phrases =
        Phrases { words: &context.words, vocabulary: &compiled.vocabulary, questions: version.flow.questions() };
    let person: Answers = person::read(with, &version.flow, &phrases)?;
    let (_, measures) = person::walk(version, &person)?;
    let Ok(program) = Program::compile(&version.flow) else { return Ok(None) };
    Ok(Part::new(&program, &measures, &person).ok().map(|part| (part, measures)))
}

fn page(deep: &Deep<'_>, linked: &Linked<'_>, context: &Context) -> String {
    let words = &context.words;
    let title = paint(Tone::Strong, &wrap(context.title(&deep.procedure.title), context.width, 0));
    let id = paint(Tone::Accent, &words.id(deep.procedure.id.as_str()));
    let version = format!("{} · {}", words.id(deep.version.name.as_str()), context.title(&deep.version.title));
    let mut text = format!("{title}{id}\n{}\n", wrap(&version, context.width, 2));
    let columns = [("deep.plain", &deep.plain), ("deep.least", &deep.least), ("deep.full", &deep.full)];
    let figures = table(&columns.map(|(key, sum)| (key, &sum.figures, sum.standing)), context);
    text.push_str(&figures);
    text.push_str(&context.marks_in(&figures));
    text.push_str(&notes(&deep.least, &deep.full, linked, context));
    if deep.full.closure.gives.is_empty() {
        return text + &format!("\n{}\n", words.get("deep.no-papers"));
    }
    text.push_str(&context.heading("deep.tree"));
    text + &tree(linked, &deep.full, 1, LINES, context)
}
