//! What the walk says.

use mastara_engine::{
    condition::QuestionId,
    flow::NodeId,
    node::{Amount, Decider, Medium, NodeKind, Step},
    procedure::{Procedure, Version},
    run::{Case, End, Tally},
    text::Name,
};

use super::tally::{Marks, tally};
use crate::{
    context::Context,
    error::Error,
    figures::Mark,
    graph::{Subject, branch_label},
    paint::{Tone, paint},
    paragraph::wrap,
    person,
    phrase::{Phrases, bound},
};

/// What the walk is said with.
#[derive(Clone, Copy)]
pub struct Talk<'a> {
    /// The terminal.
    pub context: &'a Context,
    /// The words.
    pub phrases: Phrases<'a>,
    /// The procedure.
    pub procedure: &'a Procedure,
    /// Its version.
    pub version: &'a Version,
    /// Whether the standard output is for programs: then all is said on the standard error.
    pub is_aside: bool,
}

impl Talk<'_> {
    /// Says something as it is.
    pub fn put(&self, text: &str) -> Result<(), Error> {
        if self.is_aside {
            self.context.warn(text);
            return Ok(());
        }
        self.context.print(text)
    }

    /// Says words of the locales.
    pub fn say(&self, key: &str) -> Result<(), Error> {
        self.put(&wrap(&format!("  {}", self.context.words.get(key)), self.context.width, 2))
    }

    fn line(&self, sign: &str, text: &str) -> Result<(), Error> {
        self.put(&wrap(&format!("{sign}{}", bound(text)), self.context.width, sign.chars().count()))
    }

    fn heading(&self, sign: &str, text: &str) -> Result<(), Error> {
        let lines = wrap(&format!("{sign}{}", bound(text)), self.context.width, sign.chars().count());
        self.put(&format!("\n{}\n", paint(Tone::Strong, lines.trim_end_matches('\n'))))
    }

    fn title(&self, node: NodeId) -> String {
        let node = self.version.flow.node(node);
        if node.title.is_empty() { self.context.words.id(node.name.as_str()) } else { self.phrases.text(&node.title) }
    }

    /// Says what begins.
    pub fn open(&self) -> Result<(), Error> {
        let words = &self.context.words;
        self.put(&format!("{}\n", paint(Tone::Strong, &self.phrases.text(&self.procedure.title))))?;
        let from = words.id(&self.version.from.to_string());
        self.line("", &words.fill("graph.subtitle", &[&self.phrases.text(&self.version.title), &from]))?;
        self.line("", words.get("run.opening"))
    }

    /// Says what a step is and asks of the person.
    pub fn step(&self, node: NodeId, step: &Step, case: &Case<'_>) -> Result<(), Error> {
        let (phrases, words) = (&self.phrases, &self.context.words);
        self.heading("▸ ", &self.title(node))?;
        let minutes = step
            .effort
            .as_ref()
            .map(|effort| Mark::of(true, effort.estimated).on(&phrases.figures().minutes(i64::from(effort.value))));
        let place: Vec<_> = std::iter::once(phrases.channel(&step.channel)).chain(minutes).collect();
        self.line("  ", &place.join(" · "))?;
        let holds = |when: &Option<mastara_engine::condition::Condition>| {
            when.as_ref().is_none_or(|when| when.holds(&|question| case.answer(question)) == Some(true))
        };
        let usual = if step.channel.is_online() { Medium::Digital } else { Medium::Paper };
        for demand in step.demands.iter().filter(|demand| holds(&demand.when)) {
            let text = Mark::of(true, demand.estimated).on(&phrases.demand(demand, usual));
            self.line("  + ", &words.fill("run.bring", &[&text]))?;
        }
        for payment in step.payments.iter().filter(|payment| holds(&payment.when)) {
            let sum = if payment.amount == Amount::Unknown {
                phrases.amount(&payment.amount)
            } else {
                let answer = payment.amount.question().and_then(|question| case.answer(question)).unwrap_or(0);
                let sum = phrases.figures().dirhams(payment.amount.for_answer(answer).centimes());
                Mark::of(true, payment.estimated).on(&sum)
            };
            self.line("  + ", &words.fill("run.pay", &[&sum, phrases.means(payment.means)]))?;
        }
        for received in step.receives.iter().filter(|received| holds(&received.when)) {
            self.line("  − ", &words.fill("run.receive", &[&phrases.paper(&received.paper, usual)]))?;
        }
        for exchange in step.exchanges.iter().filter(|exchange| holds(&exchange.when)) {
            let documents = exchange.documents.iter().map(|document| phrases.document(document));
            let answers = exchange.answers.iter().map(|question| phrases.question(*question));
            let what: Vec<_> = documents.chain(answers).collect();
            self.line("  · ", &words.fill("run.fetch", &[&what.join(words.get("phrase.comma"))]))?;
        }
        Ok(())
    }

    /// Says how the tally has grown.
    pub fn tally(&self, case: &Case<'_>, before: Tally) -> Result<(), Error> {
        let parts = tally(case.tally(), before, Marks::of(case, self.version), &self.context.words);
        let lines = wrap(&format!("  = {}", parts.join(" · ")), self.context.width, 4);
        self.put(&format!("{}\n", paint(Tone::Accent, lines.trim_end_matches('\n'))))
    }

    /// Asks: a question, its numbered options, or what is expected.
    pub fn ask(&self, question: &str, options: &[String], expected: Option<&str>) -> Result<(), Error> {
        self.put("\n")?;
        self.line("? ", question)?;
        for (at, option) in options.iter().enumerate() {
            self.line(&format!("  {}. ", at + 1), option)?;
        }
        expected.map_or(Ok(()), |expected| self.line("  ", expected))
    }

    /// Shows that a line is waited for.
    pub fn prompt(&self) -> Result<(), Error> {
        self.put("> ")
    }

    /// Says why an answer does not do.
    pub fn wrong(&self, error: &Error) -> Result<(), Error> {
        let words = &self.context.words;
        let args: Vec<_> = error.args.iter().map(|arg| words.id(arg)).collect();
        let args: Vec<_> = args.iter().map(String::as_str).collect();
        self.line("  ", &words.fill(error.key, &args))
    }

    /// Says an answer that was told beforehand.
    pub fn answered(&self, question: QuestionId, value: i64) -> Result<(), Error> {
        let (title, answer) = (self.phrases.question(question), self.phrases.answer(question, value));
        self.told(&title, &answer)
    }

    /// Says a ruling that was told beforehand.
    pub fn ruled(&self, node: NodeId, case: &Name) -> Result<(), Error> {
        self.told(&self.decision(node), &self.case(node, case))
    }

    fn told(&self, title: &str, answer: &str) -> Result<(), Error> {
        self.put("\n")?;
        self.line("? ", title)?;
        self.line("> ", answer)
    }

    /// Who decides what at a node.
    pub fn decision(&self, node: NodeId) -> String {
        let words = &self.context.words;
        let by = match &self.version.flow.node(node).kind {
            NodeKind::Decision(Decider::Authority(authority)) => Some(authority),
            _ => None,
        };
        match by {
            Some(by) => words.fill("run.decides", &[&self.phrases.authority(by), &self.title(node)]),
            None => words.get("run.what-comes").to_owned(),
        }
    }

    /// What a case of a node is called.
    pub fn case(&self, node: NodeId, case: &Name) -> String {
        let subject = Subject { procedure: self.procedure, version: self.version, phrases: self.phrases, way: None };
        let branches = self.version.flow.branches(node);
        let found = branches.into_iter().find(|(branch, _)| person::case_of(branch).as_ref() == Some(case));
        match found.map(|(branch, _)| branch_label(&subject, node, branch)) {
            Some(label) if !label.is_empty() => label,
            _ if case.as_str() == "always" => self.context.words.get("run.answered-in-time").to_owned(),
            _ => self.context.words.id(case.as_str()),
        }
    }

    /// Says what is waited for, and how long.
    pub fn wait(&self, node: NodeId) -> Result<(), Error> {
        let words = &self.context.words;
        let clock = &self.version.flow.node(node).clock;
        self.heading("… ", &self.title(node))?;
        let legal =
            clock.legal.as_ref().map(|delay| words.fill("show.delay.legal", &[&self.phrases.known_delay(delay)]));
        let usual =
            clock.usual.as_ref().map(|delay| words.fill("graph.delay.usual", &[&self.phrases.known_delay(delay)]));
        let delays: Vec<_> = legal.into_iter().chain(usual).collect();
        let delays = if delays.is_empty() {
            words.get("run.no-delay").to_owned()
        } else {
            delays.join(words.get("phrase.comma"))
        };
        self.line("  ", &words.fill("run.wait", &[&delays]))
    }

    /// Says how it ended, with the papers brought.
    pub fn close(&self, case: &Case<'_>) -> Result<(), Error> {
        let words = &self.context.words;
        let ending = match case.outcome() {
            Some(End::Outcome(node)) => {
                let key = crate::graph::outcome_key(&self.version.flow.node(node).kind);
                words.fill("phrase.bracket", &[&self.title(node), words.get(key)])
            }
            Some(End::Withdrawn) => words.get("run.withdrawn").to_owned(),
            None => words.get("run.stuck").to_owned(),
        };
        self.heading("■ ", &ending)?;
        let parts = tally(case.tally(), case.tally(), Marks::of(case, self.version), words);
        self.line("  = ", &parts.join(" · "))?;
        for (document, sheets) in case.papers() {
            let mut text = self.phrases.document(document);
            if sheets > 1 {
                let count = words.plural("phrase.copies", sheets, &sheets.to_string());
                text = words.fill("phrase.bracket", &[&text, &count]);
            }
            self.line("  + ", &text)?;
        }
        Ok(())
    }
}
