//! The facts of a step.

use mastara_engine::{
    condition::{Kind, QuestionId},
    node::{
        Amount, Ask, Channel, Demand, Exchange, Form, Identity, Known, Means, Medium, Paper, Payment, Receives,
        Signature, Step,
    },
    quantity::Dirhams,
    text::Name,
};
use pest::iterators::{Pair, Pairs};

use super::{
    condition::when,
    quantity,
    scope::{Scope, has, names},
};
use crate::{finding::Code, keyword::Rule, parse::Fact, source::Span};

/// The channel of a `step` line and the authority met there.
pub fn open(head: &Fact<'_>, in_charge: &Name, scope: &mut Scope<'_, '_>) -> Step {
    let mut step = Step { agency: Some(in_charge.clone()), ..Step::default() };
    let Some(channel) = head.tokens().find(|token| token.as_rule() == Rule::channel) else { return step };
    let name = channel.clone().into_inner().find(|token| token.as_rule() == Rule::name);
    let Some(word) = channel.into_inner().next() else { return step };
    step.channel = match (word.as_rule(), name) {
        (Rule::k_at | Rule::k_with_party, Some(name)) => {
            let (channel, agency) = place(name.as_str(), head.span_of(&name), scope);
            step.agency = agency;
            channel
        }
        (Rule::k_online, Some(name)) => {
            let vocabulary = scope.vocabulary;
            scope.known(name.as_str(), head.span_of(&name), &vocabulary.portals, Code::UnknownPortal);
            let portal = vocabulary.portals.get(name.as_str());
            step.agency = portal.and_then(|portal| portal.authority.clone()).or(step.agency);
            Channel::Portal(name.as_str().into())
        }
        (Rule::k_by_post, _) => Channel::Post,
        (Rule::k_by_phone, _) => Channel::Phone,
        (Rule::k_at_home, _) => Channel::Home,
        _ => Channel::Online,
    };
    step
}

/// A place of the vocabulary, or an authority that stands for its own.
fn place(name: &str, span: Span, scope: &mut Scope<'_, '_>) -> (Channel, Option<Name>) {
    let vocabulary = scope.vocabulary;
    let (authority, is_private) = if let Some(place) = vocabulary.places.get(name) {
        (place.authority.clone(), place.is_private)
    } else if let Some(authority) = vocabulary.authorities.get(name) {
        (name.into(), authority.is_private)
    } else {
        let known = vocabulary.places.keys().chain(vocabulary.authorities.keys()).map(Name::as_str);
        scope.findings.add_unknown(Code::UnknownPlace, span, name, known);
        return (Channel::Counter(name.into()), None);
    };
    if is_private { (Channel::Private(name.into()), None) } else { (Channel::Counter(name.into()), Some(authority)) }
}

/// Takes a fact into a step, if steps have such facts.
pub fn take(step: &mut Step, fact: &Fact<'_>, scope: &mut Scope<'_, '_>) -> bool {
    match fact.rule {
        Rule::duration => duration(step, fact, scope),
        Rule::identifies => once(fact, &mut step.identity, identity(fact.tokens()), scope),
        Rule::signs => once(fact, &mut step.signature, signature(fact.tokens()), scope),
        Rule::needs => demands(step, fact, scope),
        Rule::gets | Rule::delivers => receives(step, fact, scope),
        Rule::asks => asks(step, fact, scope),
        Rule::pays => payments(step, fact, scope),
        Rule::exchange => exchange(step, fact, scope),
        Rule::fallback => {
            let papers = items(fact, &step.channel, true, scope);
            step.fallbacks.extend(papers.into_iter().flatten());
        }
        Rule::coverage => {
            let text = scope.title(fact);
            once(fact, &mut step.partial_coverage, Some(text), scope);
        }
        Rule::calls => calls(step, fact),
        _ => return false,
    }
    true
}

/// Sets a fact that stands once in a step.
fn once<T>(fact: &Fact<'_>, slot: &mut Option<T>, value: Option<T>, scope: &mut Scope<'_, '_>) {
    if slot.is_some() {
        scope.findings.add(Code::RepeatedFact, fact.span, [crate::keyword::split_word(fact.pair.as_str()).0]);
    } else {
        *slot = value;
    }
}

fn duration(step: &mut Step, fact: &Fact<'_>, scope: &mut Scope<'_, '_>) {
    let Some(minutes) = quantity::first(fact, scope).and_then(|quantity| quantity.minutes(scope)) else { return };
    let legal = scope.citation_in(fact);
    let known = Known { value: minutes, estimated: has(fact, Rule::k_estimated), legal };
    once(fact, &mut step.effort, Some(known), scope);
}

fn identity(tokens: Pairs<'_, Rule>) -> Option<Identity> {
    tokens.flatten().find_map(|token| {
        Some(match token.as_rule() {
            Rule::k_in_person => Identity::InPerson,
            Rule::k_account => Identity::Account,
            Rule::k_card => Identity::Card,
            Rule::k_card_pin => Identity::CardPin,
            Rule::k_card_pin_face => Identity::CardPinFace,
            _ => return None,
        })
    })
}

fn signature(tokens: Pairs<'_, Rule>) -> Option<Signature> {
    tokens.flatten().find_map(|token| {
        Some(match token.as_rule() {
            Rule::k_handwritten => Signature::Handwritten,
            Rule::k_simple => Signature::Simple,
            Rule::k_advanced => Signature::Advanced,
            Rule::k_qualified => Signature::Qualified,
            _ => return None,
        })
    })
}

fn demands(step: &mut Step, fact: &Fact<'_>, scope: &mut Scope<'_, '_>) {
    let condition = when(fact, scope);
    let legal = scope.citation_in(fact);
    let estimated = has(fact, Rule::k_estimated);
    for any_of in items(fact, &step.channel, true, scope) {
        step.demands.push(Demand { any_of, when: condition.clone(), legal: legal.clone(), estimated });
    }
}

fn receives(step: &mut Step, fact: &Fact<'_>, scope: &mut Scope<'_, '_>) {
    let condition = when(fact, scope);
    for papers in items(fact, &step.channel, false, scope) {
        for paper in papers {
            let is_delivery = fact.rule == Rule::delivers;
            step.receives.push(Receives { paper, is_delivery, when: condition.clone() });
        }
    }
}

/// Where the items of a line stand: nowhere in the file, if a fragment wrote it.
pub fn item_places(fact: &Fact<'_>) -> Vec<Span> {
    let lists = fact.tokens().filter(|token| token.as_rule() == Rule::items);
    let items = lists.flat_map(Pair::into_inner).filter(|token| token.as_rule() == Rule::item);
    items.map(|item| fact.span_of(&item)).collect()
}

/// The items of a line: for each, the papers of which one will do.
pub fn items(fact: &Fact<'_>, channel: &Channel, is_demand: bool, scope: &mut Scope<'_, '_>) -> Vec<Vec<Paper>> {
    let lists = fact.tokens().filter(|token| token.as_rule() == Rule::items);
    let items: Vec<_> = lists.flat_map(Pair::into_inner).filter(|token| token.as_rule() == Rule::item).collect();
    items
        .into_iter()
        .map(|item| {
            let papers = item.into_inner().filter(|token| token.as_rule() == Rule::paper);
            papers.filter_map(|token| paper(fact, token, channel, is_demand, scope)).collect::<Vec<_>>()
        })
        .filter(|papers: &Vec<_>| !papers.is_empty())
        .collect()
}

fn paper(
    fact: &Fact<'_>,
    token: Pair<'_, Rule>,
    channel: &Channel,
    is_demand: bool,
    scope: &mut Scope<'_, '_>,
) -> Option<Paper> {
    let mut parts = token.into_inner();
    let name = parts.next()?;
    let span = fact.span_of(&name);
    let vocabulary = scope.vocabulary;
    let known = scope.known(name.as_str(), span, &vocabulary.documents, Code::UnknownDocument);
    if is_demand && known && !vocabulary.documents[name.as_str()].is_paper {
        scope.findings.add(Code::NotAPaper, span, [name.as_str()]);
    }
    let medium = if channel.is_online() { Medium::Digital } else { Medium::Paper };
    let mut paper = Paper { document: name.as_str().into(), copies: 1, form: Form::Plain, medium };
    for form in parts.flat_map(Pair::into_inner) {
        match form.as_rule() {
            // `copie certifiée` is a certified copy: the stronger word stands.
            Rule::k_copy if paper.form == Form::Plain => paper.form = Form::Copy,
            Rule::k_original => paper.form = Form::Original,
            Rule::k_certified => paper.form = Form::Certified,
            // So is `copie légalisée`: what is legalised is no signature on the paper.
            Rule::k_legalised if paper.form == Form::Copy => paper.form = Form::Certified,
            Rule::k_legalised => paper.form = Form::Legalised,
            Rule::k_paper => paper.medium = Medium::Paper,
            Rule::k_digital => paper.medium = Medium::Digital,
            Rule::k_both => paper.medium = Medium::Both,
            Rule::copies => paper.copies = copies(fact, &form, scope),
            _ => {}
        }
    }
    Some(paper)
}

/// The number in `x2`.
fn copies(fact: &Fact<'_>, token: &Pair<'_, Rule>, scope: &mut Scope<'_, '_>) -> u32 {
    let digits = token.as_str().trim_start_matches(['x', '×']);
    match digits.parse().ok().filter(|copies| (1..=1_000).contains(copies)) {
        Some(copies) => copies,
        None => {
            let span = fact.span_of(token);
            scope.findings.add(Code::NumberOutOfRange, span, [crate::parse::shorten(token.as_str())]);
            1
        }
    }
}

fn asks(step: &mut Step, fact: &Fact<'_>, scope: &mut Scope<'_, '_>) {
    let condition = when(fact, scope);
    for name in names(fact.tokens()).collect::<Vec<_>>() {
        if let Some(question) = scope.question(fact, &name) {
            step.asks.push(Ask { question, when: condition.clone() });
        }
    }
}

fn payments(step: &mut Step, fact: &Fact<'_>, scope: &mut Scope<'_, '_>) {
    let Some(token) = fact.tokens().find(|token| token.as_rule() == Rule::amount) else { return };
    let Some(token) = token.into_inner().next() else { return };
    let mut fee = None;
    let mut legal = scope.citation_in(fact);
    let mut estimated = has(fact, Rule::k_estimated);
    let amount = match token.as_rule() {
        Rule::quantity => sum(fact, &token, scope).map(Amount::Fixed),
        Rule::k_unknown_amount => Some(Amount::Unknown),
        Rule::part | Rule::per_unit => formula(fact, token, scope),
        _ if NO_SUM.contains(&token.as_str()) && !scope.vocabulary.fees.contains_key(token.as_str()) => {
            no_sum(fact, &token, scope);
            None
        }
        _ => {
            let vocabulary = scope.vocabulary;
            scope.known(token.as_str(), fact.span_of(&token), &vocabulary.fees, Code::UnknownFee);
            vocabulary.fees.get(token.as_str()).map(|known| {
                fee = Some(Name::from(token.as_str()));
                estimated |= known.estimated;
                let text = known.text.clone();
                legal = legal.take().or(text.map(|text| mastara_engine::node::Citation { text, article: None }));
                Amount::Fixed(known.amount)
            })
        }
    };
    let Some(mut amount) = amount else { return };
    if let Some(token) = fact.tokens().find(|token| token.as_rule() == Rule::copies) {
        let times = copies(fact, &token, scope);
        match &mut amount {
            Amount::Fixed(sum) => *sum = Dirhams::from_centimes(sum.centimes().saturating_mul(i64::from(times))),
            _ => {
                scope.findings.add(Code::WrongType, fact.span_of(&token), ["x2", "100 dh x2"]);
            }
        }
    }
    let means = means(fact.tokens(), &step.channel);
    let condition = when(fact, scope);
    step.payments.push(Payment { amount, fee, means, when: condition, legal, estimated });
}

/// A sum in dirhams. Nothing is no payment: what is free has no line, and what is not known has a word of its own.
fn sum(fact: &Fact<'_>, token: &Pair<'_, Rule>, scope: &mut Scope<'_, '_>) -> Option<Dirhams> {
    let sum = quantity::read(fact, token, scope)?.dirhams(scope)?;
    if sum == Dirhams::default() {
        no_sum(fact, token, scope);
        return None;
    }
    Some(sum)
}

/// What people write where a fee stands that is none, or that they do not know.
const NO_SUM: [&str; 9] = ["gratuit", "gratuite", "rien", "inconnu", "inconnue", "free", "unknown", "مجاني", "مجانا"];

fn no_sum(fact: &Fact<'_>, token: &Pair<'_, Rule>, scope: &mut Scope<'_, '_>) {
    let (pays, unknown) = (scope.word(Rule::k_pays), scope.word(Rule::k_unknown_amount));
    scope.findings.add(Code::ZeroFee, fact.span_of(token), [token.as_str(), &format!("{pays} {unknown}")]);
}

fn means(tokens: Pairs<'_, Rule>, channel: &Channel) -> Means {
    let word = tokens.filter(|token| token.as_rule() == Rule::means).flat_map(Pair::into_inner).next();
    match word.map(|word| word.as_rule()) {
        Some(Rule::k_online) => Means::Online,
        Some(Rule::k_at_counter) => Means::Counter,
        Some(Rule::k_by_stamp) => Means::Stamp,
        Some(Rule::k_by_transfer) => Means::Transfer,
        _ if channel.is_online() => Means::Online,
        _ => Means::Counter,
    }
}

/// `1 % de capital au moins 200 dh au plus 20000 dh`, or `50 dh par surface`.
fn formula(fact: &Fact<'_>, token: Pair<'_, Rule>, scope: &mut Scope<'_, '_>) -> Option<Amount> {
    let rule = token.as_rule();
    let parts: Vec<_> = token.into_inner().collect();
    let rate = parts.iter().find(|part| part.as_rule() == Rule::quantity)?;
    let name = parts.iter().find(|part| part.as_rule() == Rule::name)?;
    let rate = quantity::read(fact, rate, scope)?;
    let question = scope.question(fact, name)?;
    let limit = |rule: Rule, scope: &mut Scope<'_, '_>| {
        let holder = parts.iter().find(|part| part.as_rule() == rule)?;
        let quantity = holder.clone().into_inner().find(|part| part.as_rule() == Rule::quantity)?;
        quantity::read(fact, &quantity, scope)?.dirhams(scope)
    };
    let (at_least, at_most) = (limit(Rule::at_least, scope), limit(Rule::at_most, scope));
    check_formula(question, rule == Rule::part, fact.span_of(name), scope)?;
    if rule == Rule::part {
        let share = rate.share(scope)?;
        return Some(Amount::Part { question, basis_points: share.basis_points(), at_least, at_most });
    }
    let each = rate.dirhams(scope)?;
    Some(Amount::PerUnit { question, each, at_least, at_most })
}

/// A part is of an amount, a sum per unit is per number; both need an upper bound.
fn check_formula(question: QuestionId, is_part: bool, span: Span, scope: &mut Scope<'_, '_>) -> Option<()> {
    let asked = &scope.questions[usize::from(question.0)];
    let (name, high) = (asked.name.clone(), asked.high);
    let fits = if is_part { asked.kind == Kind::Money } else { matches!(asked.kind, Kind::Integer(_)) };
    if !fits {
        let expected = scope.words(&[if is_part { Rule::k_money } else { Rule::k_integer }]);
        scope.findings.add(Code::WrongType, span, [name.as_str(), &expected]);
        return None;
    }
    if high.is_none() {
        scope.findings.add(Code::UnboundedFee, span, [name.as_str()]);
        return None;
    }
    Some(())
}

fn exchange(step: &mut Step, fact: &Fact<'_>, scope: &mut Scope<'_, '_>) {
    let Some(register) = fact.tokens().find(|token| token.as_rule() == Rule::name) else { return };
    let vocabulary = scope.vocabulary;
    scope.known(register.as_str(), fact.span_of(&register), &vocabulary.registers, Code::UnknownRegister);
    let (mut documents, mut answers) = (Vec::new(), Vec::new());
    for name in names(fact.tokens()).collect::<Vec<_>>() {
        let is_question = scope.questions.iter().any(|question| question.name.as_str() == name.as_str());
        if is_question {
            answers.extend(scope.question(fact, &name));
        } else if scope.known(name.as_str(), fact.span_of(&name), &vocabulary.documents, Code::UnknownDocument) {
            documents.push(Name::from(name.as_str()));
        }
    }
    let condition = when(fact, scope);
    let consent = has(fact, Rule::k_consented);
    let register = register.as_str().into();
    step.exchanges.push(Exchange { register, documents, answers, consent, when: condition });
}

fn calls(step: &mut Step, fact: &Fact<'_>) {
    let path = fact.tokens().find(|token| token.as_rule() == Rule::path);
    let document = fact.tokens().find(|token| token.as_rule() == Rule::name);
    if let (Some(path), Some(document)) = (path, document) {
        step.calls.push((path.as_str().into(), document.as_str().into()));
    }
}
