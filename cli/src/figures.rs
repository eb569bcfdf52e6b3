//! How figures are written: grouped thousands, decimals of the language, units, marks of what is estimated or unknown.

use mastara_engine::{measure::Standing, procedure::ClaimMeasure, text::Lang};

use crate::locale::Words;

/// The narrow no-break space: groups thousands and stays right in Arabic lines (a plain space would turn figures round).
const GROUP: char = '\u{202F}';

/// How well a figure is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// Known.
    #[default]
    Known,
    /// An estimate: `~`.
    Estimated,
    /// At least so much, the rest being unknown: `≥`.
    AtLeast,
}

impl Mark {
    /// From what a [`Standing`](mastara_engine::measure::Standing) says.
    pub fn of(is_known: bool, is_estimated: bool) -> Self {
        match (is_known, is_estimated) {
            (false, _) => Self::AtLeast,
            (true, true) => Self::Estimated,
            (true, false) => Self::Known,
        }
    }

    /// Of a measure of what stands so. That nobody has recorded a flow is said of the version as a whole.
    pub fn of_measure(measure: ClaimMeasure, standing: Standing) -> Self {
        let (is_known, is_estimated) = Self::both(measure, standing);
        Self::of(is_known, is_estimated)
    }

    /// Whether a measure of what stands so is wholly known, and whether an estimate is in it; a mark tells but one of them.
    pub fn both(measure: ClaimMeasure, standing: Standing) -> (bool, bool) {
        match measure {
            ClaimMeasure::Documents | ClaimMeasure::Sheets | ClaimMeasure::Listed => (true, standing.demands_estimated),
            ClaimMeasure::Effort => (standing.effort_known, standing.effort_estimated),
            ClaimMeasure::LegalDelay => (standing.delay_known, standing.legal_delay_estimated),
            ClaimMeasure::UsualDelay => (standing.delay_known, standing.usual_delay_estimated),
            ClaimMeasure::Fees => (standing.fees_known, standing.fees_estimated),
            _ => (true, false),
        }
    }

    /// That of figures put together.
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::AtLeast, _) | (_, Self::AtLeast) => Self::AtLeast,
            (Self::Estimated, _) | (_, Self::Estimated) => Self::Estimated,
            _ => Self::Known,
        }
    }

    /// A difference of two figures marked so; of what is only a lower bound nobody knows by how much it differs: `?`.
    pub fn on_difference(marks: [Self; 2], figure: &str) -> String {
        let is_something = figure.chars().any(|c| ('1'..='9').contains(&c));
        if marks.contains(&Self::AtLeast) && is_something {
            return "?".to_owned();
        }
        let is_estimated = marks.contains(&Self::Estimated) && is_something;
        Self::of(true, is_estimated).on(figure)
    }

    /// The figure behind its mark; nothing known at all is `?`.
    pub fn on_value(self, value: i64, figure: &str) -> String {
        if self == Self::AtLeast && value == 0 { "?".to_owned() } else { self.on(figure) }
    }

    /// The figure behind its mark.
    pub fn on(self, figure: &str) -> String {
        match self {
            Self::Known => figure.to_owned(),
            Self::Estimated => format!("~{figure}"),
            Self::AtLeast => format!("≥{figure}"),
        }
    }
}

/// What the marks of figures mean.
pub fn legend(words: &Words) -> String {
    ["mark.estimated", "mark.at-least", "mark.unknown"].map(|key| words.get(key)).join(" · ")
}

/// How figures are written in a language.
#[derive(Clone, Copy, Debug)]
pub struct Figures<'w> {
    words: &'w Words,
}

impl<'w> Figures<'w> {
    /// In the language of these words.
    pub fn new(words: &'w Words) -> Self {
        Self { words }
    }

    /// The words of the language.
    pub fn words(&self) -> &'w Words {
        self.words
    }

    /// A whole number: `1 250`.
    pub fn whole(&self, value: i64) -> String {
        let digits = value.unsigned_abs().to_string();
        let mut text = if value < 0 { self.minus() } else { String::new() };
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push(GROUP);
            }
            text.push(digit);
        }
        text
    }

    /// A whole number of which only three digits mean anything: `7 530 000`.
    pub fn rough(&self, value: i64) -> String {
        let unit = 10_i64.pow(value.unsigned_abs().max(1).ilog10().saturating_sub(2));
        self.whole(value.saturating_add(value.signum() * (unit / 2)) / unit * unit)
    }

    /// So many units, each worth `unit`, of which only three digits mean anything: `1 400`, `12,5`, `0,07`.
    pub fn rough_in(&self, value: i64, unit: i64) -> String {
        let units = crate::view::number::as_float(value) / crate::view::number::as_float(unit);
        match units.abs() {
            100.0.. => self.rough(value.saturating_add(value.signum() * (unit / 2)) / unit),
            10.0.. => self.decimal(units, 1),
            _ => self.decimal(units, 2),
        }
    }

    /// A number of cases.
    pub fn cases(&self, value: u64) -> String {
        self.whole(i64::try_from(value).unwrap_or(i64::MAX))
    }

    /// A count.
    pub fn count(&self, value: usize) -> String {
        self.whole(i64::try_from(value).unwrap_or(i64::MAX))
    }

    /// A number with at most `places` decimals, none if it is whole: `2,5`.
    pub fn decimal(&self, value: f64, places: usize) -> String {
        let text = format!("{value:.places$}");
        self.parts(if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text })
    }

    /// A number with this many decimals: `2,0`.
    pub fn fixed(&self, value: f64, places: usize) -> String {
        self.parts(&format!("{value:.places$}"))
    }

    /// A change, always with its sign: `−5`, `+2`, `0`.
    pub fn difference(&self, value: f64, places: usize) -> String {
        let text = self.decimal(value, places);
        let is_something = text.chars().any(|c| ('1'..='9').contains(&c));
        if value > 0.0 && is_something { format!("{}+{text}", self.direction()) } else { text }
    }

    /// A change with this many decimals, to stand under others: `−5,00`; `0` if it rounds to nothing.
    pub fn fixed_difference(&self, value: f64, places: usize) -> String {
        let text = self.fixed(value, places);
        let is_something = text.chars().any(|c| ('1'..='9').contains(&c));
        match is_something {
            false => "0".to_owned(),
            true if value > 0.0 => format!("{}+{text}", self.direction()),
            true => text,
        }
    }

    /// A change as a percentage with its sign: `−63 %`.
    pub fn percent_change(&self, part: f64) -> String {
        format!("{}{GROUP}%", self.difference(part * 100.0, 0))
    }

    /// The same, and of less than one in a hundred a decimal: `−0,1 %`.
    pub fn small_percent_change(&self, part: f64) -> String {
        let places = usize::from(part.abs() < 0.01);
        format!("{}{GROUP}%", self.difference(part * 100.0, places))
    }

    /// A share as a percentage with one decimal: `26,7 %`.
    pub fn percent(&self, share: f64) -> String {
        format!("{}{GROUP}%", self.fixed(share * 100.0, 1))
    }

    /// A number of the formatter with the signs of the language.
    fn parts(&self, text: &str) -> String {
        let unsigned = text.trim_start_matches('-');
        let (whole, rest) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let is_zero = unsigned.chars().all(|c| matches!(c, '0' | '.'));
        let sign = if text.starts_with('-') && !is_zero { self.minus() } else { String::new() };
        let whole = self.whole(whole.parse().unwrap_or(0));
        if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}{}{rest}", self.point()) }
    }

    fn point(&self) -> char {
        if self.words.lang() == Lang::En { '.' } else { ',' }
    }

    /// Keeps a sign before its number in a line that runs from right to left.
    pub fn direction(&self) -> &'static str {
        if self.words.lang() == Lang::Ar { "\u{200E}" } else { "" }
    }

    fn minus(&self) -> String {
        format!("{}−", self.direction())
    }

    /// Dirhams of centimes: `75 dh`, `12,50 dh`.
    pub fn dirhams(&self, centimes: i64) -> String {
        self.words.fill("unit.dirhams", &[&self.amount(centimes)])
    }

    /// Dirhams of centimes where the heading says the unit: `75`, `12,50`.
    pub fn amount(&self, centimes: i64) -> String {
        let (whole, cents) = (centimes / 100, (centimes % 100).abs());
        let cents = if cents == 0 { String::new() } else { format!("{}{cents:02}", self.point()) };
        format!("{}{cents}", self.whole(whole))
    }

    /// Minutes as minutes, or hours and minutes: `45 min`, `2 h 05`.
    pub fn minutes(&self, minutes: i64) -> String {
        if minutes < 60 {
            return self.words.fill("unit.minutes", &[&self.whole(minutes)]);
        }
        let hours = self.whole(minutes / 60);
        match minutes % 60 {
            0 => self.words.fill("unit.hours", &[&hours]),
            rest => self.words.fill("unit.hours-minutes", &[&hours, &format!("{rest:02}")]),
        }
    }

    /// Days: `30 j`.
    pub fn days(&self, days: i64) -> String {
        self.words.fill("unit.days", &[&self.whole(days)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_of_what_is_only_a_least_is_unknown() {
        let shown = |marks, figure| Mark::on_difference(marks, figure);
        assert_eq!(shown([Mark::AtLeast, Mark::Known], "−3"), "?");
        assert_eq!(shown([Mark::AtLeast; 2], "0"), "0", "what is not known of both stays what it is");
        assert_eq!(shown([Mark::Known, Mark::Estimated], "−3"), "~−3");
    }

    #[test]
    fn figures_are_grouped_signed_and_rounded() {
        let words = Words::load(Lang::Fr);
        let figures = Figures::new(&words);
        assert_eq!(figures.whole(-1_234_567), "−1\u{202F}234\u{202F}567");
        assert_eq!(figures.rough(-7_534_124), "−7\u{202F}530\u{202F}000");
        assert_eq!(figures.rough(99), "99");
        assert_eq!(figures.rough(0), "0");
        assert_eq!(figures.decimal(4.20, 2), "4,2");
        assert_eq!(figures.decimal(-0.001, 2), "0");
        assert_eq!(figures.difference(2.0, 0), "+2");
        assert_eq!(figures.small_percent_change(-0.63), "−63\u{202F}%");
        assert_eq!(figures.small_percent_change(-0.000_85), "−0,1\u{202F}%");
        assert_eq!(figures.fixed_difference(0.54, 3), "+0,540");
        assert_eq!(figures.fixed_difference(-0.0004, 3), "0");
        assert_eq!(figures.percent(0.2419), "24,2\u{202F}%");
        assert_eq!(figures.amount(1_250), "12,50");
    }
}
