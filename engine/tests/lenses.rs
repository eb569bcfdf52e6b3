//! The scorers of the lenses, held to the published rules.

use std::collections::BTreeMap;

use mastara_engine::{
    lens::{
        Reading, Score,
        eu::{Answer, Channel, Dimension, Indicator, Kind, Level, Question, Scores, Service, Site, biennium, periods},
        fr::{self, Colour, Tally, colour},
        unctad::{Paper, Span, Step, Totals},
    },
    text::Name,
};
use proptest::prelude::*;

fn site(answers: &[(Question, Answer)]) -> Site {
    answers.iter().map(|&(question, answer)| ((Channel::National, question), answer)).collect()
}

fn service(event: &str, name: &str, sites: Vec<Site>) -> Service {
    Service {
        country: Name::from("XX"),
        year: 2023,
        life_event: Name::from(event),
        name: Name::from(name),
        kind: Kind::Transactional,
        level: Level::Central,
        sites,
    }
}

fn one(indicator: Indicator, answers: &[(Question, Answer)]) -> Option<String> {
    let scores = Scores::of_service(&service("", "", vec![site(answers)]), Reading::Known);
    scores.indicator(indicator).map(ToString::to_string)
}

const YES: Answer = Answer::YES;
const NO: Answer = Answer::NO;

#[test]
fn availability_climbs_its_scale() {
    use Question::{A1, A2, A3, Automated};
    let score =
        |answers: [Answer; 3]| one(Indicator::Availability, &[(A1, answers[0]), (A2, answers[1]), (A3, answers[2])]);
    assert_eq!(score([YES, YES, YES]).unwrap(), "100.0");
    assert_eq!(score([YES, YES, NO]).unwrap(), "75.0");
    assert_eq!(score([YES, NO, YES]).unwrap(), "50.0");
    assert_eq!(score([YES, NO, NO]).unwrap(), "25.0");
    assert_eq!(score([NO, NO, NO]).unwrap(), "0.0");
    // The scale says nothing of a service online without information, nor of a question that was not asked.
    assert_eq!(score([NO, YES, NO]), None);
    assert_eq!(one(Indicator::Availability, &[(A1, YES), (A3, YES)]), None);
    assert_eq!(score([YES, Answer::NotApplicable, YES]), None);
    let automated = [(Automated, YES), (A1, NO), (A2, NO), (A3, NO)];
    assert_eq!(one(Indicator::Availability, &automated).unwrap(), "100.0");
}

#[test]
fn identity_documents_and_sources_have_no_score_where_they_are_not_needed() {
    use Question::{DocumentsNeeded, DocumentsObtained, DocumentsSubmitted, F1, F2, F3, F4, Form, Prefilled};
    let eid = |answers: [Answer; 4]| {
        one(Indicator::Eid, &[(F1, answers[0]), (F2, answers[1]), (F3, answers[2]), (F4, answers[3])])
    };
    assert_eq!(eid([NO, NO, NO, NO]), None);
    assert_eq!(eid([YES, NO, NO, NO]).unwrap(), "0.0");
    assert_eq!(eid([YES, YES, NO, NO]).unwrap(), "33.0");
    assert_eq!(eid([YES, YES, YES, NO]).unwrap(), "67.0");
    assert_eq!(eid([YES, YES, NO, YES]).unwrap(), "67.0");
    assert_eq!(eid([YES, YES, YES, YES]).unwrap(), "100.0");
    let documents = |needed, one_way| {
        one(Indicator::Documents, &[(DocumentsNeeded, needed), (DocumentsSubmitted, NO), (DocumentsObtained, one_way)])
    };
    assert_eq!(documents(NO, YES), None);
    assert_eq!(documents(YES, YES).unwrap(), "100.0");
    assert_eq!(documents(YES, NO).unwrap(), "0.0");
    assert_eq!(one(Indicator::Sources, &[(Form, NO), (Prefilled, YES)]), None);
    assert_eq!(one(Indicator::Sources, &[(Form, YES), (Prefilled, YES)]).unwrap(), "100.0");
    let post = |central, local| one(Indicator::Post, &[(Question::PostCentral, central), (Question::PostLocal, local)]);
    assert_eq!(post(YES, NO).unwrap(), "50.0");
    assert_eq!(post(YES, Answer::NotApplicable).unwrap(), "100.0");
}

#[test]
fn means_leave_out_what_was_not_asked() {
    let support = [(Question::B1, YES), (Question::B2, NO), (Question::B3, Answer::NotApplicable), (Question::B4, YES)];
    assert_eq!(one(Indicator::Support, &support).unwrap(), "66.7");
    let data = [(Question::D1, Answer::Grade(67)), (Question::D5, Answer::Grade(20))];
    assert_eq!(one(Indicator::PersonalData, &data).unwrap(), "43.5");
    let unscored = [(Question::C1, YES), (Question::C8, NO), (Question::C9, NO)];
    assert_eq!(one(Indicator::Delivery, &unscored).unwrap(), "100.0");
}

/// 67 % × 75 + 33 % × (67 % × 50 + 33 % × 100) = 50.25 + 0.33 × 66.5 = 72.195.
#[test]
fn dimensions_weigh_their_indicators() {
    use Question::{A1, A2, A3, B1, B2, C1, D2, E1, F1, F2, F3, F4, Mobile};
    let answers = site(&[
        (A1, YES),
        (A2, YES),
        (A3, NO),
        (B1, YES),
        (B2, NO),
        (Mobile, YES),
        (C1, YES),
        (D2, NO),
        (E1, NO),
        (F1, YES),
        (F2, YES),
        (F3, YES),
        (F4, NO),
    ]);
    let scores = Scores::of_service(&service("", "", vec![answers]), Reading::Known);
    let of = |dimension| scores.dimension(dimension).map(|score| score.to_string());
    assert_eq!(of(Dimension::UserCentricity).unwrap(), "72.2");
    assert_eq!(of(Dimension::Transparency).unwrap(), "33.3");
    assert_eq!(of(Dimension::KeyEnablers).unwrap(), "67.0");
    assert_eq!(of(Dimension::CrossBorder), None);
    // (72.195 + 33.333… + 67) / 3 = 57.5094…
    assert_eq!(scores.overall().unwrap().to_string(), "57.5");
}

#[test]
fn across_the_border_availability_counts_for_half() {
    let border = |question, answer| ((Channel::CrossBorder, question), answer);
    let answers = Site::from([
        border(Question::G1, YES),
        border(Question::G2, NO),
        border(Question::B1, YES),
        border(Question::F1, YES),
        border(Question::F2, NO),
        border(Question::F3, NO),
        border(Question::F4, NO),
        border(Question::DocumentsNeeded, YES),
        border(Question::DocumentsSubmitted, YES),
    ]);
    let scores = Scores::of_service(&service("", "", vec![answers]), Reading::Known);
    // 50 % × 50 + 25 % × 100 + 25 % × (0 + 100) / 2
    assert_eq!(scores.dimension(Dimension::CrossBorder).unwrap().to_string(), "62.5");
}

#[test]
fn a_central_service_counts_its_best_site_a_local_one_their_mean() {
    let sites = vec![
        site(&[(Question::A1, YES), (Question::A2, NO), (Question::A3, NO)]),
        site(&[(Question::A1, YES), (Question::A2, YES), (Question::A3, NO)]),
        site(&[(Question::A1, YES), (Question::A2, NO), (Question::A3, YES)]),
    ];
    let central = service("", "", sites);
    let local = Service { level: Level::Local, ..central.clone() };
    let score = |service: &Service| {
        Scores::of_service(service, Reading::Known).indicator(Indicator::Availability).unwrap().to_string()
    };
    assert_eq!(score(&central), "100.0");
    assert_eq!(score(&local), "50.0");
}

#[test]
fn life_events_count_alike_and_informational_services_for_a_fifth() {
    let online = |a2| vec![site(&[(Question::A1, YES), (Question::A2, a2), (Question::A3, YES)])];
    let informs = Service { kind: Kind::Informational, ..service("birth", "c", online(NO)) };
    let all = [
        service("birth", "a", online(YES)),
        service("birth", "b", online(YES)),
        informs,
        service("move", "d", online(NO)),
    ];
    let all: Vec<&Service> = all.iter().collect();
    let score = |services: &[&Service]| {
        Scores::of_event(services, Reading::Known).indicator(Indicator::Availability).unwrap().to_string()
    };
    assert_eq!(score(&all[..3]), "90.0");
    let country = Scores::of_country(&all, Reading::Known);
    assert_eq!(country.indicator(Indicator::Availability).unwrap().to_string(), "70.0");
}

#[test]
fn two_years_make_a_whole_and_the_later_measurement_counts() {
    let of = |year, event, name| Service { year, ..service(event, name, Vec::new()) };
    let services = [of(2021, "birth", "a"), of(2022, "move", "b"), of(2023, "birth", "a"), of(2024, "birth", "a")];
    let xx = Name::from("XX");
    assert_eq!(periods(&services, &xx), [2022, 2023, 2024]);
    let years = |year| biennium(&services, &xx, year).iter().map(|service| service.year).collect::<Vec<_>>();
    assert_eq!(years(2022), [2021, 2022]);
    assert_eq!(years(2023), [2022, 2023]);
    assert_eq!(years(2024), [2024]);
    assert_eq!(periods(&services[..1], &xx), [2021]);
}

#[test]
fn the_observatory_s_thresholds() {
    use fr::{Answer, Auth, Indicator as I, Online};
    let number = |indicator, value| colour(indicator, Answer::Number(value, Some(100)));
    for (indicator, value, expected) in [
        (I::Satisfaction, 8_000, Colour::Green),
        (I::Satisfaction, 7_999, Colour::Yellow),
        (I::Satisfaction, 4_999, Colour::Red),
        (I::Handicap, 100_000, Colour::Green),
        (I::Handicap, 99_999, Colour::Yellow),
        (I::Handicap, 49_999, Colour::Red),
        (I::OnceOnly, 1_000, Colour::Green),
        (I::OnceOnly, 4_000, Colour::Yellow),
        (I::OnceOnly, 5_000, Colour::Red),
        (I::HelpReachable, 85_000, Colour::Green),
        (I::HelpReachable, 70_000, Colour::Yellow),
        (I::HelpReachable, 69_999, Colour::Red),
        (I::Uptime, 99_900, Colour::Green),
        (I::Uptime, 98_500, Colour::Yellow),
        (I::Performance, 399, Colour::Green),
        (I::Performance, 400, Colour::Yellow),
        (I::Performance, 800, Colour::Red),
        (I::Usage, 99_000, Colour::Grey),
    ] {
        assert_eq!(number(indicator, value), expected, "{indicator:?} {value}");
    }
    for ratings in [None, Some(99)] {
        assert_eq!(colour(I::Satisfaction, Answer::Number(10_000, ratings)), Colour::Grey);
    }
    assert_eq!(colour(I::Online, Answer::Online(Online::Rollout)), Colour::Green);
    assert_eq!(colour(I::Auth, Answer::Auth(Auth::Plus)), Colour::Blue);
}

#[test]
fn a_group_is_scored_on_what_has_a_colour() {
    assert_eq!(Tally { reached: 1, not_reached: 7, grey: 100 }.score(), Some(13), "12.5 is rounded up");
    assert_eq!(Tally { reached: 0, not_reached: 0, grey: 9 }.score(), None);
}

#[test]
fn steps_add_up() {
    let paper = |name: &str, copies| Paper { name: Name::from(name), originals: 1, copies, authenticated: 0 };
    let step = |entity: &str, is_online, papers| Step {
        name: Name::from("s"),
        entity: Some(Name::from(entity)),
        is_online,
        papers,
        cost: 1_250,
        cost_known: true,
        before: Some(Span::default()),
        at_counter: Some(Span::exactly(15)),
        in_line: None,
        until_next: Some(Span::days(1, 3)),
    };
    let totals = Totals::of(&[
        step("A", true, vec![paper("cnie", 1)]),
        step("B", false, vec![paper("cnie", 0), paper("photo", 2)]),
        step("A", false, Vec::new()),
    ]);
    assert_eq!((totals.steps, totals.online, totals.institutions, totals.costs), (3, 1, 2, 3_750));
    assert_eq!((totals.requirements.kinds, totals.requirements.originals, totals.requirements.copies), (2, 3, 3));
    assert_eq!(totals.timeframe, Span { least: 45 + 3 * 1_440, most: 45 + 9 * 1_440 });
    assert_eq!(totals.times_unknown, 2, "the line at two counters");
    assert_eq!((totals.burden.fill_form, totals.burden.at_counter), (Some(15), Some(30)));
}

/// What comes before the first step counts, and what nobody knows is not nothing.
#[test]
fn a_wait_before_the_first_step_and_a_fee_that_nobody_knows_count() {
    let step = |cost_known, before| Step {
        name: Name::from("s"),
        entity: None,
        is_online: true,
        papers: Vec::new(),
        cost: 500,
        cost_known,
        before,
        at_counter: Some(Span::exactly(15)),
        in_line: None,
        until_next: Some(Span::default()),
    };
    let totals = Totals::of(&[step(true, Some(Span::days(15, 30))), step(true, Some(Span::default()))]);
    assert_eq!(totals.timeframe, Span { least: 30 + 15 * 1_440, most: 30 + 30 * 1_440 });
    assert_eq!((totals.costs, totals.costs_known, totals.times_unknown), (1_000, true, 0));
    let totals = Totals::of(&[step(true, None), step(false, Some(Span::default()))]);
    assert_eq!((totals.costs, totals.costs_known, totals.times_unknown), (1_000, false, 1));
}

fn answers() -> impl Strategy<Value = Site> {
    let one = (0..Question::ALL.len(), any::<bool>(), 0..8_u8).prop_map(|(question, abroad, answer)| {
        let question = Question::ALL[question];
        let channel = if abroad { Channel::CrossBorder } else { Channel::National };
        let grades = question.scale().grades();
        let answer = match answer {
            0 => Answer::NotApplicable,
            1 | 2 => Answer::Unknown,
            answer => Answer::Grade(grades[usize::from(answer) % grades.len()]),
        };
        ((channel, question), answer)
    });
    prop::collection::vec(one, 0..120).prop_map(|answers| answers.into_iter().collect())
}

fn services() -> impl Strategy<Value = Vec<Service>> {
    let one = (prop::collection::vec(answers(), 1..3), 0..3_u8, any::<bool>(), 0..3_u8, 2020..2024_i16);
    prop::collection::vec(one, 0..12).prop_map(|drafts| {
        let draft = |(rank, (sites, event, informs, level, year)): (usize, (Vec<Site>, u8, bool, u8, i16))| Service {
            year,
            kind: if informs { Kind::Informational } else { Kind::Transactional },
            level: [Level::Central, Level::Regional, Level::Local][usize::from(level)],
            ..service(&event.to_string(), &rank.to_string(), sites)
        };
        drafts.into_iter().enumerate().map(draft).collect()
    })
}

fn all_scores(scores: &Scores) -> Vec<Option<Score>> {
    let indicators = Indicator::ALL.into_iter().map(|indicator| scores.indicator(indicator).cloned());
    let dimensions = Dimension::ALL.into_iter().map(|dimension| scores.dimension(dimension));
    indicators.chain(dimensions).chain([scores.overall()]).collect()
}

proptest! {
    #[test]
    fn scores_stay_in_bounds_and_the_unknown_cannot_leave_them(services in services()) {
        let services: Vec<&Service> = services.iter().collect();
        let [known, least, most] = Reading::ALL.map(|reading| all_scores(&Scores::of_country(&services, reading)));
        for ((known, least), most) in known.iter().zip(&least).zip(&most) {
            let Some(known) = known else { continue };
            prop_assert!(*known >= Score::whole(0) && *known <= Score::whole(100));
            if let Some(least) = least {
                prop_assert!(least <= known, "{least} {known}");
            }
            if let Some(most) = most {
                prop_assert!(known <= most, "{known} {most}");
            }
        }
    }

    #[test]
    fn the_order_of_services_does_not_matter(services in services(), seed in any::<prop::sample::Index>()) {
        let mut turned: Vec<&Service> = services.iter().collect();
        let straight = Scores::of_country(&turned, Reading::Known);
        if !turned.is_empty() {
            let by = seed.index(turned.len());
            turned.rotate_left(by);
            turned.reverse();
        }
        prop_assert_eq!(straight, Scores::of_country(&turned, Reading::Known));
    }

    #[test]
    fn what_does_not_apply_changes_nothing(site in answers()) {
        let scores = |site: &Site| Scores::of_service(&service("", "", vec![site.clone()]), Reading::Known);
        let asked: Site = site.iter().filter(|(_, answer)| **answer != Answer::NotApplicable).map(|(k, v)| (*k, *v)).collect();
        prop_assert_eq!(scores(&site), scores(&asked));
    }

    #[test]
    fn a_table_without_the_unknown_has_no_bounds(services in services()) {
        let mut services = services;
        for site in services.iter_mut().flat_map(|service| &mut service.sites) {
            site.retain(|_, answer| *answer != Answer::Unknown);
        }
        let services: Vec<&Service> = services.iter().collect();
        let [known, least, most] = Reading::ALL.map(|reading| Scores::of_country(&services, reading));
        prop_assert_eq!(&known, &least);
        prop_assert_eq!(&known, &most);
    }

    #[test]
    fn a_group_score_is_a_rounded_percentage(reached in 0..500_u64, not_reached in 0..500_u64, grey in 0..500_u64) {
        let score = Tally { reached, not_reached, grey }.score();
        prop_assert_eq!(score.is_none(), reached + not_reached == 0);
        if let Some(score) = score {
            let exact = 100.0 * reached as f64 / (reached + not_reached) as f64;
            prop_assert!((f64::from(score) - exact).abs() <= 0.5 + 1e-9);
        }
    }

    #[test]
    fn totals_do_not_depend_on_the_order_of_steps(costs in prop::collection::vec((0..10_000_u64, any::<bool>(), 0..3_u8), 0..9)) {
        let step = |(cost, is_online, entity): &(u64, bool, u8)| Step {
            name: Name::from("s"),
            entity: Some(Name::from(entity.to_string().as_str())),
            is_online: *is_online,
            papers: Vec::new(),
            cost: *cost,
            cost_known: true,
            before: Some(Span::default()),
            at_counter: Some(Span::exactly(*cost)),
            in_line: None,
            until_next: None,
        };
        let steps: Vec<Step> = costs.iter().map(step).collect();
        let back: Vec<Step> = steps.iter().rev().cloned().collect();
        prop_assert_eq!(Totals::of(&steps), Totals::of(&back));
    }
}

#[test]
fn codes_name_one_question_each() {
    let codes: BTreeMap<&str, Question> =
        Question::ALL.into_iter().map(|question| (question.code(), question)).collect();
    assert_eq!(codes.len(), Question::ALL.len());
    for (code, question) in codes {
        assert_eq!(Question::from_code(&code.to_lowercase()), Some(question));
    }
}
