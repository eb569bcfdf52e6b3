//! What papers, events and hours are, as far as costs go: validity, lists of procedures, prices.

use mastara_engine::{
    burden::{Interval, Parameters, Price, Zone},
    procedure::Audience,
    text::{Name, Text},
    vocabulary::{Event, Validity},
};

use super::{Entry, Kind, dirhams};
use crate::{
    finding::Code,
    header::AUDIENCES,
    yaml::{Value, Yaml},
};

impl Entry<'_, '_> {
    /// How long a paper can be used: `3 months`, `10 years` or `unlimited`.
    pub(super) fn validity(&mut self) -> Option<Validity> {
        let (text, span) = self.scalar("valid")?;
        let days = days(text);
        if days.is_none() {
            self.findings.add(Code::FieldValue, span, ["valid", "30 days, 3 months, 10 years, unlimited"]);
        }
        let source = self.scalar("valid-source").map(|(source, _)| source.into());
        Some(Validity { days: days?, source })
    }

    /// The procedures of an event. That they exist is known only once all files are read.
    pub(super) fn event(&mut self, title: Text) -> Option<Event> {
        let names = |field| -> Vec<Name> { self.words(field).iter().map(|(name, _)| name.as_str().into()).collect() };
        let (procedures, options) = (names("procedures"), names("options"));
        let procedures = self.required("procedures", Some(procedures).filter(|all| !all.is_empty()))?;
        Some(Event { title, life_event: self.reference("life-event", Kind::LifeEvent), procedures, options })
    }

    /// A price: of an hour if it says whose, of a trip if it says its minutes, or else of a sheet.
    pub(super) fn price(&mut self, title: Text, parameters: &mut Parameters) {
        let source = self.scalar("source").map(|(source, _)| source.into());
        let estimated = self.flag("estimated", false);
        if self.get("minutes").is_some() {
            let minutes = self.interval("minutes", |text| text.parse().ok());
            let fare = self.interval("fare", centimes);
            let (Some(minutes), Some(fare)) = (minutes, self.required("fare", fare)) else { return };
            let name = Name::from(self.key);
            for place in self.references_of("places", Kind::Place) {
                parameters.zone_of.insert(place, name.clone());
            }
            if self.flag("elsewhere", false) {
                parameters.elsewhere = Some(name.clone());
            }
            parameters.zones.insert(name, Zone { title, minutes, fare, estimated, source });
            return;
        }
        let value = self.interval("price", centimes);
        let Some(value) = self.required("price", value) else { return };
        let price = Price { title, value, estimated, source };
        if self.get("audiences").is_none() {
            parameters.sheet = Some(price);
            return;
        }
        for (word, span) in self.words("audiences") {
            match AUDIENCES.iter().find(|(known, _)| *known == word) {
                Some((_, audience)) => {
                    parameters.tariffs.insert(*audience, price.clone());
                }
                None => {
                    let known = AUDIENCES.map(|(known, _): (&str, Audience)| known).join(", ");
                    self.findings.add(Code::FieldValue, span, ["audiences", &known]);
                }
            }
        }
    }

    /// One value, known exactly, or three: low, central, high.
    fn interval(&mut self, field: &str, read: impl Fn(&str) -> Option<i64>) -> Option<Interval> {
        let yaml = self.get(field)?;
        let values: Option<Vec<i64>> = self.words(field).iter().map(|(text, _)| read(text)).collect();
        let interval = match values.as_deref() {
            Some(&[value]) => Interval::new(value, value, value),
            Some(&[low, central, high]) => Interval::new(low, central, high),
            _ => None,
        };
        if interval.is_none() {
            self.findings.add(Code::FieldValue, yaml.span, [field, "[12], [10, 12, 15]"]);
        }
        interval
    }

    /// The words of a list.
    fn words(&self, field: &str) -> Vec<(String, crate::source::Span)> {
        let Some(Yaml { value: Value::List(items), .. }) = self.get(field) else { return Vec::new() };
        let word = |item: &Yaml| match &item.value {
            Value::Scalar(text) => Some((text.clone(), item.span)),
            _ => None,
        };
        items.iter().filter_map(word).collect()
    }
}

fn centimes(text: &str) -> Option<i64> {
    dirhams(text).map(mastara_engine::quantity::Dirhams::centimes)
}

/// The days of `3 months`, none of `unlimited`; `None` if it is neither.
#[expect(clippy::option_option, reason = "a text that cannot be read, a paper that never lapses, and days")]
fn days(text: &str) -> Option<Option<u32>> {
    if text == "unlimited" {
        return Some(None);
    }
    let (count, unit) = text.split_once(' ')?;
    let unit = match unit {
        "day" | "days" => 1,
        "month" | "months" => 30,
        "year" | "years" => 365,
        _ => return None,
    };
    Some(Some(count.parse::<u32>().ok().filter(|count| *count > 0)?.checked_mul(unit)?))
}

#[cfg(test)]
mod tests {
    use mastara_engine::burden::Interval;

    use super::days;
    use crate::{
        finding::Code,
        source::{Source, SourceId},
        words::read,
    };

    /// The findings of a file of prices over one place.
    fn findings(prices: &str) -> Vec<Code> {
        let places = Source::new("places.yaml", b"town-hall: {fr: a, ar: b, authority: CITY}\n");
        let authorities = Source::new("authorities.yaml", b"CITY: {fr: a, ar: b}\n");
        let prices = Source::new("burden.yaml", prices.as_bytes());
        let sources = [(SourceId(0), &authorities), (SourceId(1), &places), (SourceId(2), &prices)];
        read(&sources).2.into_iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn prices_are_read_exactly_or_between_bounds() {
        let text = "hour: {fr: a, ar: b, audiences: [citoyen, entreprise], price: [17.92]}\n\
                    near: {fr: a, ar: b, minutes: [20, 44, 90], fare: [0, 12, 40.5], places: [town-hall]}\n";
        assert_eq!(findings(text), []);
        let source = Source::new("burden.yaml", text.as_bytes());
        let parameters = read(&[(SourceId(0), &source)]).0.burden;
        assert_eq!(parameters.tariffs.len(), 2);
        assert_eq!(parameters.zones["near"].fare, Interval { low: 0, central: 1_200, high: 4_050 });
        assert_eq!(parameters.zone_of["town-hall"].as_str(), "near");
    }

    #[test]
    fn wrong_prices_are_findings() {
        let wrong = [
            ("a: {fr: a, ar: b, price: [3, 2, 1]}", Code::FieldValue),
            ("a: {fr: a, ar: b, price: [1, 2]}", Code::FieldValue),
            ("a: {fr: a, ar: b, price: [-1]}", Code::FieldValue),
            ("a: {fr: a, ar: b, audiences: [martien], price: [1]}", Code::FieldValue),
            ("a: {fr: a, ar: b, audiences: [citoyen]}", Code::VocabularyEntry),
            ("a: {fr: a, ar: b, minutes: [1]}", Code::VocabularyEntry),
            ("a: {fr: a, ar: b, minutes: [1], fare: [1], places: [moon]}", Code::UnknownPlace),
        ];
        for (text, code) in wrong {
            let found = findings(text);
            assert!(found.contains(&code), "{text}: {found:?}");
        }
    }

    #[test]
    fn validities_are_read() {
        assert_eq!(days("3 months"), Some(Some(90)));
        assert_eq!(days("1 year"), Some(Some(365)));
        assert_eq!(days("unlimited"), Some(None));
        for wrong in ["", "3", "months", "0 days", "3 weeks", "-1 years", "4000000000 years"] {
            assert_eq!(days(wrong), None, "{wrong}");
        }
    }
}
