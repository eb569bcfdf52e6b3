//! Tables: what they say comes back, and nothing that they hold breaks the reader.

use mastara_engine::{
    lens::{
        Reading,
        eu::{Answer, Channel, Kind, Level, Question, Scores, Service, Site},
    },
    text::Name,
};
use proptest::prelude::*;

use super::{super::Mistake, Estimates};

const HEADING: &str = "country,year,life_event,service,kind,level,url,channel,question,answer";

fn services(bytes: &[u8]) -> Result<Vec<Service>, Vec<Mistake>> {
    super::services(bytes).map(|(services, _)| services)
}

fn table<'s>(services: impl Iterator<Item = &'s Service>) -> String {
    super::table(services, &Estimates::default())
}

fn read(rows: &str) -> Result<Vec<Service>, Vec<Mistake>> {
    services(format!("{HEADING}\n{rows}").as_bytes())
}

/// The line, the column and the key of the only mistake.
fn mistake(rows: &str) -> (u64, Option<usize>, &'static str) {
    let mistakes = read(rows).unwrap_err();
    assert_eq!(mistakes.len(), 1, "{mistakes:?}");
    (mistakes[0].line, mistakes[0].column, mistakes[0].key)
}

#[test]
fn mistakes_are_told_with_their_place() {
    let good = "XX,2023,birth,a,transactional,central,,national,A1,yes\n";
    let with = |row: &str| mistake(&format!("{good}{row}\n"));
    assert_eq!(with("XX,2023,birth,a,transactional,central,,national,A9,yes"), (3, Some(9), "lens.table.question"));
    assert_eq!(with("XX,2023,birth,a,transactional,central,,national,D5,30"), (3, Some(10), "lens.table.value"));
    assert_eq!(with("XX,2023,birth,a,transactional,central,,national,A2,"), (3, Some(10), "lens.table.no-value"));
    assert_eq!(with("XX,2023,birth,a,transactional,central,,national,a1,no"), (3, None, "lens.table.doubled-row"));
    assert_eq!(with("XX,2023,birth,a,transactional,local,,national,A2,no"), (3, Some(6), "lens.table.differs"));
    assert_eq!(with("XX,2023,birth,a,transactional,central,,cross-border,A2,no"), (3, Some(9), "lens.table.channel"));
    assert_eq!(with("XX,twenty,birth,a,transactional,central,,national,A2,no"), (3, Some(2), "lens.table.value"));
    assert_eq!(with("XX,2023,birth"), (3, None, "lens.table.cells"));
    for ends in ["\r\n", "\r", "\n\n", "\r\n\r\n"] {
        let rows = format!("{HEADING}\n{good}{good}").replace('\n', ends);
        let line = if ends.len() < 2 || ends == "\r\n" { 3 } else { 5 };
        let found: Vec<u64> = services(rows.as_bytes()).unwrap_err().iter().map(|mistake| mistake.line).collect();
        assert_eq!(found, [line], "{ends:?}");
    }
    let long = "x".repeat(10_000_000);
    assert_eq!(
        with(&format!("XX,2023,birth,{long},transactional,central,,national,A2,no")),
        (3, Some(4), "lens.table.too-long")
    );
    assert_eq!(services(long.as_bytes()).unwrap_err()[0].key, "lens.table.missing-column");
    assert_eq!(services(b"").unwrap_err()[0].key, "lens.table.missing-column");
    assert_eq!(services(HEADING.as_bytes()).unwrap_err()[0].key, "lens.table.empty");
    assert_eq!(services(&[b'a', b'\n', 0xFF]).unwrap_err()[0].line, 2);
}

/// What a table says to be an estimate is one when it comes back.
#[test]
fn estimates_come_back() {
    let rows = "XX,2023,birth,a,transactional,central,,national,A1,yes,yes\nXX,2023,birth,a,transactional,central,,national,A2,no,no\n\
                XX,2023,birth,a,transactional,central,,national,A3,no,\n";
    let (all, estimates) = super::services(format!("{HEADING},estimated\n{rows}").as_bytes()).unwrap();
    let is = |question| estimates.has(&all[0], Channel::National, question);
    assert_eq!([Question::A1, Question::A2, Question::A3].map(is), [true, false, false]);
    let (back, told) = super::services(super::table(all.iter(), &estimates).as_bytes()).unwrap();
    assert_eq!((back, told), (all, estimates));
    let wrong = super::services(format!("{HEADING},estimated\n{}", rows.replace(",yes,yes", ",yes,maybe")).as_bytes());
    assert_eq!(wrong.unwrap_err()[0].column, Some(11));
}

#[test]
fn spreadsheets_of_any_kind_say_the_same() {
    let rows = "XX,2023,birth,a,transactional,central,,national,A1,yes\nXX,2023,birth,a,transactional,central,,national,A2,nr\n";
    let plain = read(rows).unwrap();
    let semicolons = format!("{HEADING}\n{rows}").replace(',', ";");
    assert_eq!(services(semicolons.as_bytes()).unwrap(), plain);
    assert_eq!(services(format!("\u{FEFF}{}", semicolons.replace('\n', "\r\n")).as_bytes()).unwrap(), plain);
    assert_eq!(services(semicolons.replace(';', "\t").as_bytes()).unwrap(), plain);
    assert_eq!(services(format!("{HEADING},note\n{}", rows.replace('\n', ",\"n, o\"\n")).as_bytes()).unwrap(), plain);
    assert_eq!(
        services(format!("{}\n{}", HEADING.to_uppercase(), rows.to_uppercase()).as_bytes()).map(|all| all.len()),
        Ok(1)
    );
}

fn site() -> impl Strategy<Value = Site> {
    let one = (0..Question::ALL.len(), any::<bool>(), 0..8_u8).prop_map(|(question, abroad, answer)| {
        let question = Question::ALL[question];
        let abroad = if abroad { Channel::CrossBorder } else { Channel::National };
        let channel = Channel::ALL.into_iter().find(|channel| question.is_asked(*channel) && *channel == abroad);
        let channel = channel.unwrap_or(if question.is_asked(Channel::National) {
            Channel::National
        } else {
            Channel::CrossBorder
        });
        let grades = question.scale().grades();
        let answer = match answer {
            0 => Answer::NotApplicable,
            1 => Answer::Unknown,
            answer => Answer::Grade(grades[usize::from(answer) % grades.len()]),
        };
        ((channel, question), answer)
    });
    prop::collection::vec(one, 1..60).prop_map(|answers| answers.into_iter().collect())
}

/// Sites, life event, whether it informs, level, year and name.
type Draft = (Vec<Site>, u8, bool, u8, i16, String);

fn all() -> impl Strategy<Value = Vec<Service>> {
    let one =
        (prop::collection::vec(site(), 1..4), 0..3_u8, any::<bool>(), 0..3_u8, 2020..2024_i16, "[a-zA-Z,;\" ء-ي]{0,8}");
    prop::collection::vec(one, 1..9).prop_map(|drafts| {
        let draft = |(rank, (sites, event, informs, level, year, name)): (usize, Draft)| Service {
            country: Name::from(if event == 0 { "XX" } else { "YY" }),
            year,
            life_event: Name::from(event.to_string().as_str()),
            name: Name::from(format!("{rank} {name}").trim()),
            kind: if informs { Kind::Informational } else { Kind::Transactional },
            level: [Level::Central, Level::Regional, Level::Local][usize::from(level)],
            sites,
        };
        drafts.into_iter().enumerate().map(draft).collect()
    })
}

proptest! {
    #[test]
    fn a_table_written_is_read_back_to_the_same_scores(written in all()) {
        let read = services(table(written.iter()).as_bytes()).unwrap();
        let scores = |all: &[Service]| {
            let all: Vec<&Service> = all.iter().collect();
            Reading::ALL.map(|reading| Scores::of_country(&all, reading))
        };
        prop_assert_eq!(scores(&written), scores(&read));
    }

    #[test]
    fn the_order_of_rows_does_not_matter(written in all(), by in any::<prop::sample::Index>()) {
        let text = table(written.iter());
        let mut lines: Vec<&str> = text.lines().collect();
        let heading = lines.remove(0);
        let by = by.index(lines.len());
        lines.rotate_left(by);
        let turned = format!("{heading}\n{}", lines.join("\n"));
        // A name may hold a quoted end of line; none is drawn here.
        prop_assert_eq!(services(text.as_bytes()).unwrap(), services(turned.as_bytes()).unwrap());
    }

    #[test]
    fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = services(&bytes);
        let _ = super::super::fr::services(&bytes);
        let _ = super::super::unctad::procedures(&bytes);
    }

    #[test]
    fn no_damage_to_a_table_breaks_the_reader(written in all(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = table(written.iter()).into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Err(mistakes) = services(&bytes) {
            prop_assert!(!mistakes.is_empty());
            prop_assert!(mistakes.iter().all(|mistake| mistake.line > 0));
        }
    }
}
