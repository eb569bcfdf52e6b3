//! What may be written at a place: the words that the grammar waits for, and the names that would stand there.

use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemTextEdit, CompletionList, Documentation, MarkupContent,
    MarkupKind, Position, TextEdit,
};
use mastara_dsl::{
    compile::{Role, role},
    expect::expected,
    field,
    finding::Findings,
    header,
    keyword::{self, Rule},
    lower::END,
    mention::{Mention, Noun, Use, noun_after},
    parse::opens_block,
    source::{SourceId, Span, lines},
};
use mastara_engine::text::{Lang, Name, Text};

use crate::{fitting::fits, hover::example_of, symbol, words::Words, world::World};

/// How many things are offered at once; more are found by writing on.
const MANY: usize = 300;

/// How many parts a keyword has at most.
const MAX_PARTS: usize = 3;

/// Something to write, with what is told of it.
struct Offer {
    word: String,
    kind: CompletionItemKind,
    title: Option<String>,
    /// Words by which it is found too.
    also: String,
    example: Option<&'static str>,
}

/// Where something is being written.
struct Place<'w> {
    world: &'w World,
    id: SourceId,
    words: Words,
    /// The line up to the pointer, without its indentation.
    line: &'w str,
    /// What has been written of the word already.
    partial: &'w str,
    /// The byte of the pointer.
    byte: u32,
}

/// What may be written at a place.
#[must_use]
pub fn complete(world: &World, id: SourceId, position: Position, words: Words) -> CompletionList {
    let byte = world.page(id).byte(position, world.encoding);
    let (start, line) = world.page(id).line_at(byte);
    let before = line.get(..byte.saturating_sub(start) as usize).unwrap_or(line).trim_start();
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '+');
    let partial = &before[before.trim_end_matches(is_word).len()..];
    let place = Place { world, id, words, line: before, partial, byte };
    let source = world.source(id);
    let frame = header::frame(source.text()).ok().flatten();
    let in_header = frame.is_some_and(|frame| byte as usize >= frame.yaml.start as usize && byte <= frame.yaml.end);
    let found = match role(source.path()) {
        Role::Vocabulary => place.vocabulary(),
        Role::Other => Vec::new(),
        _ if in_header => place.header(),
        _ => place.body(),
    };
    let (is_incomplete, items) = place.items(found);
    CompletionList { is_incomplete, items, ..CompletionList::default() }
}

impl<'w> Place<'w> {
    /// What stands before the word that is being written.
    fn head(&self) -> &'w str {
        &self.line[..self.line.len() - self.partial.len()]
    }

    /// A line of the flow; each offer with where in the line it begins.
    fn body(&self) -> Vec<(usize, Offer)> {
        let head = self.head();
        let dialect = self.dialect();
        if head.trim().is_empty() {
            return self.leads(dialect);
        }
        let mut offers: Vec<(usize, Offer)> = Vec::new();
        for (from, form) in self.keywords(dialect) {
            if !offers.iter().any(|(_, known)| known.word == form) {
                offers.push((from, offer(form, CompletionItemKind::Keyword)));
            }
        }
        if let Some(mention) = noun_after(head, self.block().as_deref()) {
            let at = head.len();
            let is_exchange = keyword::line_rule(head) == Some(Rule::exchange);
            offers.extend(self.names(&mention).into_iter().map(|offer| (at, offer)));
            if is_exchange && mention.noun == Noun::Document {
                offers.extend(self.defined(Noun::Question, |_| true).into_iter().map(|offer| (at, offer)));
            }
        }
        offers
    }

    /// Keywords that may stand here, each with where in the line it begins: one of several parts may be half written.
    fn keywords(&self, dialect: Lang) -> Vec<(usize, &'static str)> {
        let head = self.head();
        let mut starts = vec![head.len()];
        let mut start = head.trim_end();
        while let Some(blank) = start.rfind(' ').filter(|_| starts.len() < MAX_PARTS) {
            starts.push(blank + 1);
            start = start[..blank].trim_end();
        }
        let mut found = Vec::new();
        for start in starts {
            let expected = expected(&self.line[..start]);
            let typed = self.line.get(expected.from..).unwrap_or("");
            let forms = expected.words.iter().filter_map(|rule| keyword::word(*rule)).map(|word| word.form(dialect));
            found.extend(forms.filter(|form| form.starts_with(typed)).map(|form| (expected.from, form)));
        }
        found
    }

    /// The words that begin a line here.
    fn leads(&self, dialect: Lang) -> Vec<(usize, Offer)> {
        let head = self.head_rule();
        let leads = keyword::leads(dialect).filter_map(|lead| {
            let rule = keyword::line_rule(lead)?;
            let offer =
                Offer { example: Some(example_of(rule, self.words)), ..offer(lead, CompletionItemKind::Keyword) };
            head.is_none_or(|head| fits(head, rule)).then_some((0, offer))
        });
        let codes = Lang::ALL.map(|lang| (0, offer(lang.code(), CompletionItemKind::Property)));
        leads.chain(codes).collect()
    }

    /// What the last opening line above opens.
    fn head_rule(&self) -> Option<Rule> {
        let above = self.world.source(self.id).text().get(..self.byte as usize)?;
        let written = above.len() - self.line.len().min(above.len());
        let rules = lines(above.get(..written).unwrap_or("")).filter_map(|(_, line)| keyword::line_rule(line.trim()));
        rules.filter(|rule| opens_block(*rule)).last()
    }

    /// The language of the keywords of the file.
    fn dialect(&self) -> Lang {
        let text = self.world.source(self.id).text();
        let frame = header::frame(text).ok().flatten();
        frame.map_or(Lang::Fr, |frame| header::read(text, frame, &mut Findings::new(self.id)).dialect)
    }

    fn mentions(&self) -> &'w [Mention] {
        self.world.mentions(self.id)
    }

    /// The name of the block that the line stands in.
    fn block(&self) -> Option<String> {
        let opens = |mention: &&Mention| {
            matches!(mention.noun, Noun::Node | Noun::Question | Noun::Version)
                && mention.usage == Use::Definition
                && mention.span.end <= self.byte
        };
        self.mentions().iter().rev().find(opens).map(|mention| mention.name.to_string())
    }

    /// How many versions have been opened above.
    fn version(&self) -> u32 {
        let above = self.mentions().iter().rev().find(|mention| mention.span.end <= self.byte);
        above.map_or(0, |mention| mention.version)
    }

    /// Names of the file itself.
    fn defined(&self, noun: Noun, is_meant: impl Fn(&Mention) -> bool) -> Vec<Offer> {
        let own = self.mentions().iter().filter(|mention| mention.noun == noun && mention.usage == Use::Definition);
        let own = own.filter(|mention| is_meant(mention) && !mention.name.contains('{'));
        let mut names: Vec<&str> = own.map(|mention| &*mention.name).collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().map(|name| offer(name, kind_of(noun))).collect()
    }

    /// What a name that stands here can be.
    fn names(&self, mention: &Mention) -> Vec<Offer> {
        match mention.noun {
            Noun::Node if mention.usage == Use::Past => self.defined(Noun::Node, |node| node.version != self.version()),
            Noun::Node => {
                let version = self.version();
                let mut nodes = self.defined(Noun::Node, |node| node.version == version || version == 0);
                nodes.extend(self.written_nodes());
                nodes.push(offer(END, kind_of(Noun::Node)));
                nodes
            }
            Noun::Question => {
                let mut questions = self.defined(Noun::Question, |_| true);
                questions.extend(self.defined(Noun::Node, |node| self.is_decision(node)));
                questions
            }
            Noun::Case => self.cases(mention.of.as_deref().unwrap_or("")),
            Noun::Parameter => {
                let fragment = self.world.compiled().fragments.get(mention.of.as_deref().unwrap_or(""));
                let parameters = fragment.map_or(&[][..], |fragment| fragment.parameters.as_slice());
                parameters.iter().map(|parameter| offer(parameter, kind_of(Noun::Parameter))).collect()
            }
            Noun::Argument => {
                let (fragment, parameter) = (mention.of.as_deref(), mention.parameter.as_deref());
                let nouns = symbol::nouns_of(self.world, fragment.unwrap_or(""), parameter.unwrap_or(""), 0);
                let meant = |noun| self.names(&Mention { noun, of: None, ..mention.clone() });
                nouns.into_iter().filter(|noun| *noun != Noun::Argument).flat_map(meant).collect()
            }
            Noun::Version => Vec::new(),
            noun => self.shared(noun),
        }
    }

    /// Nodes that fragments write into the version.
    fn written_nodes(&self) -> Vec<Offer> {
        let Some(entry) = self.world.entry(self.id) else { return Vec::new() };
        let nodes = entry.lowered.procedure.versions.iter().flat_map(|version| version.flow.nodes());
        let own = self.mentions();
        let is_foreign = |name: &str| !own.iter().any(|mention| mention.noun == Noun::Node && *mention.name == *name);
        let names = nodes.filter(|(_, node)| !node.fragments.is_empty()).map(|(_, node)| node.name.as_str());
        names.filter(|name| is_foreign(name)).map(|name| offer(name, kind_of(Noun::Node))).collect()
    }

    /// Whether a node is answered like a question.
    fn is_decision(&self, node: &Mention) -> bool {
        let (start, line) = self.world.page(self.id).line_at(node.span.start);
        let head = line.get(..node.span.start.saturating_sub(start) as usize).unwrap_or("");
        matches!(keyword::line_rule(head.trim()), Some(Rule::choice | Rule::decision))
    }

    /// The cases of a question, choice or decision.
    fn cases(&self, of: &str) -> Vec<Offer> {
        let mut cases = self.defined(Noun::Case, |case| case.of.as_deref() == Some(of));
        let dialect = self.dialect();
        let answers = [Rule::k_affirm, Rule::k_deny].into_iter().filter_map(keyword::word);
        cases.extend(answers.map(|word| offer(word.form(dialect), CompletionItemKind::Keyword)));
        cases
    }

    /// Words of the vocabulary, procedures and fragments.
    fn shared(&self, noun: Noun) -> Vec<Offer> {
        let compiled = self.world.compiled();
        let words = &compiled.vocabulary;
        let all = |names: &mut dyn Iterator<Item = (&Name, &Text)>| -> Vec<Offer> {
            names.map(|(name, title)| self.titled(noun, name.as_str(), title)).collect()
        };
        match noun {
            Noun::Document => all(&mut words.documents.iter().map(|(name, document)| (name, &document.title))),
            Noun::Authority => all(&mut words.authorities.iter().map(|(name, body)| (name, &body.title))),
            Noun::Place => {
                let mut places = all(&mut words.places.iter().map(|(name, place)| (name, &place.title)));
                places.extend(all(&mut words.authorities.iter().map(|(name, body)| (name, &body.title))));
                places
            }
            Noun::Register => all(&mut words.registers.iter().map(|(name, register)| (name, &register.title))),
            Noun::Portal => all(&mut words.portals.iter().map(|(name, portal)| (name, &portal.title))),
            Noun::Fee => all(&mut words.fees.iter().map(|(name, fee)| (name, &fee.title))),
            Noun::Text => all(&mut words.texts.iter().map(|(name, text)| (name, &text.title))),
            Noun::LifeEvent => all(&mut words.life_events.iter()),
            Noun::Sector => all(&mut words.sectors.iter()),
            Noun::Procedure => all(&mut compiled.procedures().map(|procedure| (&procedure.id, &procedure.title))),
            Noun::Fragment => compiled.fragments.keys().map(|id| offer(id, kind_of(noun))).collect(),
            _ => Vec::new(),
        }
    }

    fn titled(&self, noun: Noun, name: &str, title: &Text) -> Offer {
        let also: Vec<_> = Lang::ALL.iter().filter_map(|lang| title.get(*lang)).collect();
        let shown = title.in_lang(self.words.lang);
        let title = (!shown.is_empty()).then(|| shown.to_owned());
        Offer { title, also: also.join(" "), ..offer(name, kind_of(noun)) }
    }

    /// A line of the header.
    fn header(&self) -> Vec<(usize, Offer)> {
        let at = self.head().len();
        let Some((key, _)) = self.line.split_once(':') else {
            return field::HEADER.iter().map(|key| (0, offer(key.name, CompletionItemKind::Property))).collect();
        };
        let list = |words: &[&str]| words.iter().map(|word| offer(word, CompletionItemKind::EnumMember)).collect();
        let offers: Vec<Offer> = match key {
            "responsable" => self.shared(Noun::Authority),
            "evenement" => self.shared(Noun::LifeEvent),
            "portail" => self.shared(Noun::Portal),
            "textes" => self.shared(Noun::Text),
            "statut" => list(&header::STATUSES.iter().map(|(word, _)| *word).collect::<Vec<_>>()),
            "usagers" => list(&header::AUDIENCES.iter().map(|(word, _)| *word).collect::<Vec<_>>()),
            "langue" | "dialecte" => list(&Lang::ALL.map(Lang::code)),
            _ => Vec::new(),
        };
        offers.into_iter().map(|offer| (at, offer)).collect()
    }

    /// A line of a vocabulary file.
    fn vocabulary(&self) -> Vec<(usize, Offer)> {
        let stem = self.world.source(self.id).path().file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let head = self.head().trim_end();
        // The value of a field, or an item of its list.
        let open =
            head.rfind('[').filter(|open| !head[*open..].contains(']')).map_or(head, |open| head[..open].trim_end());
        let field = open
            .strip_suffix(':')
            .map(|open| &open[open.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len()..]);
        let offers: Vec<Offer> = match field {
            Some("issuer" | "authority" | "party" | "parent") => self.shared(Noun::Authority),
            Some("supplies") => self.shared(Noun::Document),
            Some("text") => self.shared(Noun::Text),
            Some("procedure") => self.shared(Noun::Procedure),
            Some(_) => Vec::new(),
            None => {
                let fields = field::of_file(stem.as_deref().unwrap_or("")).iter().chain(field::COMMON);
                fields.map(|field| offer(field.name, CompletionItemKind::Property)).collect()
            }
        };
        let at = self.head().len();
        offers.into_iter().map(|offer| (at, offer)).collect()
    }

    /// Offers as the protocol has them; whether some were left out.
    fn items(&self, mut offers: Vec<(usize, Offer)>) -> (bool, Vec<CompletionItem>) {
        let is_incomplete = offers.len() > MANY;
        if is_incomplete {
            let typed = self.partial.to_lowercase();
            let fits = |offer: &Offer| {
                offer.word.to_lowercase().contains(&typed) || offer.also.to_lowercase().contains(&typed)
            };
            offers.retain(|(_, offer)| fits(offer));
            offers.truncate(MANY);
        }
        (is_incomplete, offers.into_iter().map(|(at, offer)| self.item(at, offer)).collect())
    }

    fn item(&self, at: usize, offer: Offer) -> CompletionItem {
        let length = u32::try_from(self.line.len() - at.min(self.line.len())).unwrap_or(0);
        let span = Span { start: self.byte.saturating_sub(length), end: self.byte };
        let range = self.world.page(self.id).range(span, self.world.encoding);
        let filter = (!offer.also.is_empty()).then(|| format!("{} {}", offer.word, offer.also));
        let example = offer.example.filter(|example| !example.is_empty());
        let shown = |value: &str| {
            Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value: value.to_owned() })
        };
        CompletionItem {
            label: offer.word.clone(),
            kind: Some(offer.kind),
            detail: offer.title,
            documentation: example.map(shown),
            filter_text: filter,
            text_edit: Some(CompletionItemTextEdit::TextEdit(TextEdit { range, new_text: offer.word })),
            ..CompletionItem::default()
        }
    }
}

fn offer(word: &str, kind: CompletionItemKind) -> Offer {
    Offer { word: word.to_owned(), kind, title: None, also: String::new(), example: None }
}

const fn kind_of(noun: Noun) -> CompletionItemKind {
    match noun {
        Noun::Document | Noun::Fee | Noun::Text => CompletionItemKind::Class,
        Noun::Procedure | Noun::Fragment => CompletionItemKind::Module,
        Noun::Node => CompletionItemKind::Function,
        Noun::Parameter | Noun::Argument | Noun::Question => CompletionItemKind::Variable,
        Noun::Case => CompletionItemKind::EnumMember,
        Noun::Version => CompletionItemKind::Property,
        _ => CompletionItemKind::Reference,
    }
}
