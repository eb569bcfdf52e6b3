//! A sheet as text that fits a width.

use unicode_width::UnicodeWidthStr;

use crate::{
    figures::legend,
    locale::Words,
    paint::{Tone, paint},
    paragraph::wrap,
    phrase::bound,
    view::sheet::{DetourView, PaperView, QuestionView, SheetView, StageView},
};

/// The page while it is written.
struct Page<'a> {
    out: String,
    words: &'a Words,
    width: usize,
}

/// The sheet as text.
pub fn text(sheet: &SheetView, words: &Words, width: usize) -> String {
    let mut page = Page { out: String::new(), words, width };
    page.head(sheet);
    page.papers_of(sheet);
    page.heading("stages");
    page.stages(&sheet.stages, 2);
    if !sheet.detours.is_empty() {
        page.heading("detours");
        sheet.detours.iter().for_each(|detour| page.detour(detour));
    }
    page.questions(sheet);
    page.heading("outcomes");
    for outcome in &sheet.outcomes {
        let sign = if outcome.nature == "granted" { "✓" } else { "✗" };
        page.item(&format!("  {sign} "), &words.fill("phrase.bracket", &[&outcome.title, &outcome.nature_text]));
        outcome.remarks.iter().for_each(|remark| page.item("    ", remark));
    }
    for (key, texts) in [("legal", &sheet.legal), ("sources", &sheet.sources)] {
        if !texts.is_empty() {
            page.heading(key);
            texts.iter().for_each(|text| page.item("  • ", text));
        }
    }
    page.out.push('\n');
    page.out.push_str(&paint(Tone::Faint, &legend(words)));
    page.out.push('\n');
    page.out
}

impl Page<'_> {
    /// A heading, bold, after a blank line.
    fn heading(&mut self, key: &str) {
        let heading = self.words.get(&format!("show.heading.{key}")).to_owned();
        self.out.push('\n');
        self.out.push_str(&paint(Tone::Strong, &heading));
        self.out.push('\n');
    }

    /// A text behind a sign, set in by as much on its further lines.
    fn item(&mut self, sign: &str, text: &str) {
        let line = format!("{sign}{}", bound(text));
        self.out.push_str(&wrap(&line, self.width, sign.width()));
    }

    /// The same, of less weight.
    fn faint(&mut self, sign: &str, text: &str) {
        let lines = wrap(&format!("{sign}{}", bound(text)), self.width, sign.width());
        self.out.push_str(&paint(Tone::Faint, lines.trim_end_matches('\n')));
        self.out.push('\n');
    }

    fn labelled(&mut self, key: &str, text: &str) {
        let heading = self.words.get(&format!("show.heading.{key}")).to_owned();
        let line = self.words.fill("show.labelled", &[&heading, text]);
        self.out.push_str(&wrap(&bound(&line), self.width, 2));
    }

    /// A question with its identifier and what can be answered.
    fn question(&mut self, question: &QuestionView) {
        let id = self.words.id(&question.id);
        let line = self.words.fill("show.open", &[&id, &question.title, &question.possible]);
        let lines = wrap(&format!("  ? {}", bound(&line)), self.width, 4);
        // Colour comes last: it takes no room.
        self.out.push_str(&lines.replacen(&id, &paint(Tone::Accent, &id), 1));
    }

    fn head(&mut self, sheet: &SheetView) {
        let words = self.words;
        self.out.push_str(&paint(Tone::Strong, wrap(&sheet.title, self.width, 0).trim_end_matches('\n')));
        self.out.push('\n');
        self.out.push_str(&paint(Tone::Accent, &words.id(&sheet.id)));
        self.out.push('\n');
        self.labelled("authority", &sheet.authority.title);
        let audience: Vec<_> = sheet.audience.iter().map(|audience| audience.title.as_str()).collect();
        self.labelled("audience", &audience.join(words.get("phrase.comma")));
        let version = &sheet.version;
        let mut parts = vec![words.fill("graph.subtitle", &[&version.title, &words.id(&version.from)])];
        parts.extend(version.planned.then(|| words.get("show.heading.planned").to_owned()));
        let is_past = !version.in_force && !version.planned;
        parts.extend(is_past.then(|| words.get("show.heading.not-in-force").to_owned()));
        parts.push(words.get(&format!("provenance.{}", version.provenance)).to_owned());
        self.labelled("version", &parts.join(" · "));
        if !sheet.given.is_empty() {
            self.heading("given");
            for given in &sheet.given {
                let key = if given.title.ends_with(['?', '؟']) { "show.answered" } else { "show.labelled" };
                self.item("  • ", &words.fill(key, &[&given.title, &given.answer]));
            }
        }
        if !sheet.open.is_empty() && !sheet.given.is_empty() {
            self.heading("open");
            for question in &sheet.open {
                self.question(question);
            }
        }
        if !sheet.summary.is_empty() {
            self.heading("summary");
            sheet.summary.iter().for_each(|line| self.item("  • ", line));
        }
    }

    fn papers_of(&mut self, sheet: &SheetView) {
        self.heading(if sheet.papers.is_empty() { "no-papers" } else { "papers" });
        self.papers(&sheet.papers, 2);
    }

    /// Numbered papers: those that everybody brings first, then the others with their condition.
    fn papers(&mut self, papers: &[PaperView], indent: usize) {
        let blanks = " ".repeat(indent);
        let digits = papers.len().to_string().len();
        let (always, sometimes): (Vec<_>, Vec<_>) = papers.iter().partition(|paper| paper.when.is_none());
        for (at, paper) in always.into_iter().chain(sometimes).enumerate() {
            let texts: Vec<_> = paper.any_of.iter().map(|accepted| accepted.text.as_str()).collect();
            let mark = if paper.estimated { "~" } else { "" };
            let mut text = format!("{mark}{}", texts.join(self.words.get("phrase.or")));
            if let Some(when) = &paper.when {
                text = format!("{text} — {when}");
            }
            self.item(&format!("{blanks}{:>digits$}. ", at + 1), &text);
            let hang = " ".repeat(indent + digits + 2);
            for accepted in &paper.any_of {
                let Some(source) = &accepted.source else { continue };
                let title = if paper.any_of.len() > 1 { &accepted.title } else { "" };
                let source =
                    if title.is_empty() { source.clone() } else { self.words.fill("show.labelled", &[title, source]) };
                self.faint(&hang, &source);
            }
            if let Some(legal) = &paper.legal {
                self.faint(&hang, legal);
            }
        }
    }

    fn stages(&mut self, stages: &[StageView], indent: usize) {
        let blanks = " ".repeat(indent);
        for stage in stages {
            let sign = match (stage.number, stage.kind) {
                (Some(number), _) => format!("{number:>2}."),
                (None, "step") => format!(" {}", self.words.get("phrase.arrow")),
                (None, "wait") => " …".to_owned(),
                _ => " ?".to_owned(),
            };
            let beside = if stage.parallel { self.words.get("show.beside") } else { "" };
            self.item(&format!("{blanks}{sign} "), &format!("{beside}{}", stage.title));
            let hang = " ".repeat(indent + 4);
            let place: Vec<_> = stage.place.iter().chain(&stage.time).map(String::as_str).collect();
            if !place.is_empty() {
                self.item(&hang, &place.join(" · "));
            }
            for detail in &stage.details {
                let line = self.words.fill("show.labelled", &[&detail.heading, &detail.text]);
                self.out.push_str(&wrap(&format!("{hang}{}", bound(&line)), self.width, indent + 6));
            }
        }
    }

    fn detour(&mut self, detour: &DetourView) {
        let words = self.words;
        let mut text = words.fill("phrase.test", &[&detour.after.title, &detour.case]);
        if !detour.share.is_empty() {
            text = words.fill("phrase.bracket", &[&text, &detour.share]);
        }
        self.item("  • ", &text);
        self.stages(&detour.stages, 4);
        if !detour.papers.is_empty() {
            self.item("    ", words.get("show.detour.papers"));
            self.papers(&detour.papers, 6);
        }
        let sign = format!("    {} ", words.get("phrase.arrow"));
        self.item(&sign, &detour.leads_to_text);
    }

    fn questions(&mut self, sheet: &SheetView) {
        // Where nothing was told of the person, what can be told is shown with the questions.
        let open = if sheet.given.is_empty() { &sheet.open[..] } else { &[] };
        let extra = open.iter().filter(|open| sheet.questions.iter().all(|asked| asked.id != open.id));
        let all: Vec<_> = sheet.questions.iter().chain(extra).collect();
        if all.is_empty() {
            return;
        }
        self.heading("questions");
        for question in all {
            self.question(question);
            if let Some(register) = &question.known_by {
                let text = self.words.fill("show.known-by", &[&register.title]);
                self.faint("    ", &text);
            }
        }
    }
}
