//! Facts of nodes in words: what the clock grants, how one pays, signs and is known.

use mastara_engine::{
    node::{Appeal, Complement, Exchange, Extension, Identity, Payment, Signature, Silence},
    quantity::Delay,
};

use super::Phrases;

impl Phrases<'_> {
    /// What is paid, and by which means.
    pub fn paid(&self, payment: &Payment) -> String {
        format!("{}{}{}", self.payment(payment), self.words.get("phrase.comma"), self.means(payment.means))
    }

    /// What the administration fetches, where, and whether the person consents.
    pub fn exchange(&self, exchange: &Exchange) -> String {
        let documents = exchange.documents.iter().map(|document| self.document(document));
        let answers = exchange.answers.iter().map(|question| self.question(*question));
        let what = documents.chain(answers).collect::<Vec<_>>().join(self.words.get("phrase.comma"));
        let register = self.noun(&self.vocabulary.registers, &exchange.register, |register| &register.title);
        let mut text = self.words.fill("show.fetch", &[&what, &register]);
        if exchange.consent {
            text.push_str(self.words.get("show.consent"));
        }
        text
    }

    /// How the person is identified.
    pub fn identity(&self, identity: Identity) -> &str {
        self.words.get(match identity {
            Identity::InPerson => "show.identity.in-person",
            Identity::Account => "show.identity.account",
            Identity::Card => "show.identity.card",
            Identity::CardPin => "show.identity.card-pin",
            Identity::CardPinFace => "show.identity.card-pin-face",
        })
    }

    /// How the person signs.
    pub fn signature(&self, signature: Signature) -> &str {
        self.words.get(match signature {
            Signature::Handwritten => "show.signature.handwritten",
            Signature::Simple => "show.signature.simple",
            Signature::Advanced => "show.signature.advanced",
            Signature::Qualified => "show.signature.qualified",
        })
    }

    /// That a receipt is given, with the delay to mend the file.
    pub fn receipt(&self, mend: Option<Delay>) -> String {
        match mend {
            Some(delay) => self.words.fill("show.receipt.mend", &[&self.delay(delay)]),
            None => self.words.get("show.receipt").to_owned(),
        }
    }

    /// How often and until when complements may be asked for.
    pub fn complement(&self, complement: &Complement) -> String {
        let times = complement.at_most;
        let mut text = self.words.plural("show.complement", u64::from(times), &times.to_string());
        if let Some(before) = complement.before {
            text.push_str(&self.words.fill("show.complement.before", &[&self.delay(before)]));
        }
        if let Some(within) = complement.within {
            text.push_str(&self.words.fill("show.complement.within", &[&self.delay(within)]));
        }
        text
    }

    /// By how much a delay may be extended, and why.
    pub fn extension(&self, extension: &Extension) -> String {
        self.words.fill("show.extension", &[&self.delay(extension.delay), &self.text(&extension.reason)])
    }

    /// What silence means.
    pub fn silence(&self, silence: &Silence) -> &str {
        self.words.get(if silence.is_consent { "show.silence.consent" } else { "show.silence.rejection" })
    }

    /// Before whom, and within which delays, one may appeal.
    pub fn appeal(&self, appeal: &Appeal) -> String {
        let mut text = self.words.fill("show.appeal", &[&self.authority(&appeal.authority)]);
        if let Some(within) = appeal.within {
            text.push_str(&self.words.fill("show.appeal.within", &[&self.delay(within)]));
        }
        if let Some(reply) = appeal.reply {
            text.push_str(&self.words.fill("show.appeal.reply", &[&self.delay(reply)]));
        }
        text
    }
}
