use std::fmt::Write;

use domain::time::DAY_MS;
use expect_test::{Expect, expect};
use journey::attribution::OnlyWith;
use journey::breakdown::{BreakdownBy, BreakdownValue};
use journey::score::metric::{CATALOGUE, Formula, Metric};
use journey::score::{AnswerTable, LooseAnswer, MOST_PERIODS, ScoreQuestion, ScoreSeries, Scored, Scores};
use journey::{Activities, PropertyColumns};
use proptest::prelude::*;
use testkit::log::Log;
use testkit::reference::{self, AskedScore, CountedRow, CountedScores};
use testkit::strategies;

use crate::{answer, answer_from_afar};

/// What the codes of the first property stand for, by its texts.
fn table(log: &Log) -> AnswerTable {
    let numbers = log.properties.first().map(|(_, texts)| texts.iter().map(|text| text.parse().ok()).collect());
    AnswerTable { property: 0, numbers: numbers.unwrap_or_default() }
}

fn show_scored(scored: &Scored) -> String {
    let mut text = format!("{} answers of {} customers", scored.answers, scored.customers);
    if let Some(score) = &scored.score {
        let (value, low, high, effective) = (score.value, score.low, score.high, score.effective_answers);
        write!(text, ": {value:.1} ({low:.1} to {high:.1}), as good as {effective:.1}").unwrap();
    }
    text
}

fn show_series(text: &mut String, name: &str, series: &ScoreSeries) {
    writeln!(text, "{name}: {}", show_scored(&series.total)).unwrap();
    for (period, scored) in series.periods.iter().enumerate() {
        writeln!(text, "  {period}: {}", show_scored(scored)).unwrap();
    }
}

fn show(scores: &Scores) -> String {
    let mut text = String::new();
    show_series(&mut text, "all", &scores.whole);
    for group in &scores.groups {
        show_series(&mut text, &format!("{:?}", group.value), &group.scores);
    }
    write!(text, "{} groups together, {} unusable", scores.together, scores.unusable).unwrap();
    text
}

fn days(count: i64) -> Vec<i64> {
    (0..=count).map(|day| day * DAY_MS).collect()
}

/// Ana answers three times, on two channels; what sol wrote is no number, and eleven is none of the answers.
const FIVE: &str = "
    ana    mail:answer@sol[nps=10][team=red] 1h, mail:answer@sol[nps=9][team=red] 2h, web:answer@mar[nps=3][team=red] 25h
    luis   mail:answer@sol[nps=10][team=blue] 3h, mail:buy[nps=0] 4h
    eva    web:answer@sol[nps=7][team=green] 26h
    sol    web:answer@mar[nps=mucho] 5h, web:answer[nps=11] 6h, answer 7h
    mar    web:answer[nps=9] 49h
    ";

fn of_five(change: impl FnOnce(ScoreQuestion) -> ScoreQuestion) -> Scores {
    let log = Log::parse(FIVE);
    let names = ["mail:answer", "web:answer", "answer"].map(|name| log.activity(name));
    let nps = Metric::find("nps").unwrap();
    let question = ScoreQuestion::new(nps, Activities::of(&names), &table(&log), days(2)).unwrap();
    answer(change(question), &log, 1)
}

fn check(change: impl FnOnce(ScoreQuestion) -> ScoreQuestion, expected: Expect) {
    expected.assert_eq(&show(&of_five(change)));
}

#[test]
fn answers_become_a_score_in_each_period() {
    check(
        |question| question,
        expect![[r#"
            all: 5 answers of 3 customers: 40.0 (-63.7 to 83.7), as good as 5.0
              0: 3 answers of 2 customers: 100.0 (-48.5 to 100.0), as good as 1.8
              1: 2 answers of 2 customers: -50.0 (-79.4 to 39.4), as good as 2.0
            0 groups together, 2 unusable"#]],
    );
    let scores = of_five(|question| question);
    assert_eq!(scores.values, [0.0, 3.0, 7.0, 9.0, 10.0]);
    assert_eq!(scores.whole.total.score.unwrap().counts, [0, 1, 1, 1, 2]);
}

#[test]
fn channels_shops_and_teams_have_scores_of_their_own() {
    check(
        |question| question.by(BreakdownBy::Channel, 9).unwrap(),
        expect![[r#"
            all: 5 answers of 3 customers: 40.0 (-63.7 to 83.7), as good as 5.0
              0: 3 answers of 2 customers: 100.0 (-48.5 to 100.0), as good as 1.8
              1: 2 answers of 2 customers: -50.0 (-79.4 to 39.4), as good as 2.0
            Code(0): 3 answers of 2 customers: 100.0 (-48.5 to 100.0), as good as 1.8
              0: 3 answers of 2 customers: 100.0 (-48.5 to 100.0), as good as 1.8
              1: 0 answers of 0 customers
            Code(1): 2 answers of 2 customers: -50.0 (-79.4 to 39.4), as good as 2.0
              0: 0 answers of 0 customers
              1: 2 answers of 2 customers: -50.0 (-79.4 to 39.4), as good as 2.0
            0 groups together, 2 unusable"#]],
    );
    let units = of_five(|question| question.by(BreakdownBy::Unit, 9).unwrap());
    let answers =
        |scores: &Scores| scores.groups.iter().map(|it| (it.value, it.scores.total.answers)).collect::<Vec<_>>();
    assert_eq!(answers(&units), [(BreakdownValue::Code(0), 4), (BreakdownValue::Code(1), 1)]);
    let teams = of_five(|question| question.by(BreakdownBy::Property(1), 1).unwrap());
    assert_eq!(answers(&teams), [(BreakdownValue::Code(0), 3), (BreakdownValue::Other, 2)]);
    assert_eq!(teams.together, 2, "blue and green have fewer answers than red");
    let none = of_five(|question| question.by(BreakdownBy::Property(1), 0).unwrap());
    assert_eq!((answers(&none), none.together), (vec![(BreakdownValue::Other, 5)], 3));
    assert_eq!(none.groups[0].scores, none.whole);
}

#[test]
fn few_answers_are_told_and_their_score_is_not() {
    check(
        |question| question.with_minimum(3),
        expect![[r#"
            all: 5 answers of 3 customers: 40.0 (-63.7 to 83.7), as good as 5.0
              0: 3 answers of 2 customers: 100.0 (-48.5 to 100.0), as good as 1.8
              1: 2 answers of 2 customers
            0 groups together, 2 unusable"#]],
    );
}

#[test]
fn only_the_answers_to_one_survey_count() {
    let scores = of_five(|question| question.only(OnlyWith { property: 1, values: vec![1, 2] }));
    assert_eq!(scores.whole.total.answers, 2, "of the blue and the green");
    let without = of_five(|question| question.only(OnlyWith { property: 9, values: vec![PropertyColumns::NO_VALUE] }));
    assert_eq!(without.whole.total.answers, 5, "a property that nobody has is missing everywhere");
}

#[test]
fn what_is_on_nobodys_journey_counts_as_that_of_customers_of_their_own() {
    let loose = |at, number, group| LooseAnswer { at, number, group };
    let red = BreakdownValue::Code(0);
    let more = vec![
        loose(1, 8.0, red),
        loose(DAY_MS, 10.0, BreakdownValue::Missing),
        loose(DAY_MS + 1, 10.0, BreakdownValue::Code(77)),
        loose(DAY_MS, 11.0, red),
        loose(9 * DAY_MS, 10.0, red),
        loose(-1, 12.0, red),
    ];
    let scores =
        of_five(|question| question.with_loose(more.clone()).unwrap().by(BreakdownBy::Property(1), 9).unwrap());
    let total = &scores.whole.total;
    assert_eq!((total.answers, total.customers, total.loose), (8, 6, 3), "what is out of range or time is not there");
    assert_eq!(scores.values, [0.0, 3.0, 7.0, 8.0, 9.0, 10.0]);
    assert_eq!(scores.unusable, 3, "eleven is no answer");
    assert_eq!(scores.whole.periods.iter().map(|it| (it.answers, it.loose)).collect::<Vec<_>>(), [(4, 1), (4, 2)]);
    let group = |value| scores.groups.iter().find(|group| group.value == value).unwrap().scores.total.clone();
    assert_eq!((group(red).answers, group(red).loose), (4, 1));
    assert_eq!((group(BreakdownValue::Code(77)).answers, group(BreakdownValue::Missing).loose), (1, 1));

    // The same answers on journeys of their own come to the same.
    let on_journeys =
        Log::parse(&format!("{FIVE}\n one answer[nps=8] 1ms\n two answer[nps=10] 1d\n three answer[nps=10] 1d 1ms"));
    let names = ["mail:answer", "web:answer", "answer"].map(|name| on_journeys.activity(name));
    let nps = Metric::find("nps").unwrap();
    let question = ScoreQuestion::new(nps, Activities::of(&names), &table(&on_journeys), days(2)).unwrap();
    let expected = answer(question, &on_journeys, 1).whole;
    let scores = of_five(|question| question.with_loose(more).unwrap()).whole;
    assert_eq!((&scores.total.score, scores.total.customers), (&expected.total.score, expected.total.customers));
    let of_periods = |series: &ScoreSeries| series.periods.iter().map(|it| it.score.clone()).collect::<Vec<_>>();
    assert_eq!(of_periods(&scores), of_periods(&expected));
}

#[test]
fn nobody_has_no_score() {
    let log = Log::parse(FIVE);
    for (metric, property) in CATALOGUE.into_iter().zip([0, 1, 7, 99]) {
        let table = AnswerTable { property, numbers: Vec::new() };
        let question = ScoreQuestion::new(metric, Activities::any(), &table, days(2)).unwrap();
        let scores = answer(question.by(BreakdownBy::Unit, 3).unwrap().with_minimum(0), &log, 2);
        assert_eq!((scores.whole.total.answers, scores.groups, scores.values), (0, vec![], vec![]));
        assert!(scores.whole.periods.iter().all(|scored| scored.score.is_none()));
    }
}

#[test]
fn what_cannot_be_asked_says_why() {
    let nps = || Metric::find("nps").unwrap();
    let few = AnswerTable { property: 0, numbers: (0..=10).map(|answer| Some(f64::from(answer))).collect() };
    let refusal = |question: domain::Result<ScoreQuestion>| question.unwrap_err().to_string();
    for edges in [vec![], vec![7], days(MOST_PERIODS as i64 + 1)] {
        let question = ScoreQuestion::new(nps(), Activities::any(), &few, edges);
        assert!(refusal(question).contains("1 to 1152 periods"));
    }
    let question = ScoreQuestion::new(nps(), Activities::any(), &few, days(1_000)).unwrap();
    assert!(refusal(question.by(BreakdownBy::Unit, 5_000)).contains("ask for fewer groups or longer periods"));
    let many = AnswerTable { property: 0, numbers: (0..9_999).map(|answer| Some(f64::from(answer))).collect() };
    let wide = Metric::custom("steps", "steps", Formula::Mean, (0.0, 10_000.0)).unwrap();
    let question = ScoreQuestion::new(wide, Activities::any(), &many, days(1_000));
    assert!(refusal(question).contains("9999 different answers are too many at once"));
}

#[test]
fn a_customer_who_answers_without_end_is_one_customer() {
    let log = |customers: usize| {
        let mut text = String::from("ana ");
        (0..3_000).for_each(|event| write!(text, "answer[nps=10] {event}s, ").unwrap());
        (1..customers).for_each(|customer| write!(text, "\nc{customer} answer[nps=0] 1h").unwrap());
        Log::parse(&text)
    };
    let scored = |log: Log| {
        let nps = Metric::find("nps").unwrap();
        let question = ScoreQuestion::new(nps, Activities::any(), &table(&log), days(1)).unwrap();
        answer(question, &log, 2).whole.total
    };
    let alone = scored(log(1)).score.unwrap();
    assert!(alone.effective_answers == 1.0 && alone.low < 0.0 && alone.high == 100.0, "{alone:?}");
    let few = scored(log(4));
    assert_eq!((few.answers, few.customers), (3_003, 4));
    let few = few.score.unwrap();
    assert!(few.effective_answers < 2.0 && few.low < 20.0, "{few:?}");
}

#[test]
fn the_document_knows_every_metric() {
    let document = include_str!("../../../../docs/scores.md");
    for metric in CATALOGUE {
        let start = format!("| `{}` | {} ", metric.name, metric.answers.0);
        let row = document.lines().find(|line| line.starts_with(&start)).unwrap_or_else(|| panic!("no row `{start}`"));
        let (lowest, highest) = metric.range();
        let example = metric.example.unwrap().score;
        assert!(
            row.contains(&format!("| {lowest} to {highest} |")) && row.contains(&format!(": {example} |")),
            "{row}"
        );
        let author = metric.source.split([',', ' ']).next().unwrap();
        assert!(row.contains(author), "{row} does not name {author}");
    }
}

fn metrics() -> impl Strategy<Value = Metric> {
    let net = Formula::NetShare { detractors_to: -0.5, promoters_from: 2.25 };
    let mood = |formula| Metric::custom("mood", "mood", formula, (-3.0, 7.5)).unwrap();
    let own = [net, Formula::TopBoxes { from: 2.0 }, Formula::Mean].map(mood);
    prop::sample::select([CATALOGUE.to_vec(), own.to_vec()].concat())
}

fn tables() -> impl Strategy<Value = AnswerTable> {
    let number = prop_oneof![
        (-3_i8..12).prop_map(|answer| Some(f64::from(answer))),
        prop::sample::select(vec![Some(2.25), Some(-0.0), Some(f64::NAN), Some(f64::INFINITY), None]),
    ];
    (0_usize..3, prop::collection::vec(number, 0..4)).prop_map(|(property, numbers)| AnswerTable { property, numbers })
}

fn is_near(found: f64, expected: f64, range: f64) -> bool {
    (found - expected).abs() <= 2e-5 * range.max(1.0)
}

fn assert_equals(scores: &Scores, metric: &Metric, expected: CountedScores) {
    assert_eq!(scores.unusable, expected.unusable);
    let whole = std::iter::once((None, &scores.whole));
    let rows: Vec<_> = whole.chain(scores.groups.iter().map(|group| (Some(group.value), &group.scores))).collect();
    assert_eq!(rows.len(), expected.rows.len(), "{scores:?}");
    let (lowest, highest) = metric.range();
    for ((group, series), CountedRow { group: expected_group, scores: cells }) in rows.into_iter().zip(expected.rows) {
        assert_eq!(group, expected_group);
        assert_eq!(series.periods.len() + 1, cells.len());
        for (scored, counted) in std::iter::once(&series.total).chain(&series.periods).zip(cells) {
            assert_eq!((scored.answers, scored.customers), (counted.answers.len() as u64, counted.customers));
            let (Some(score), Some(numbers)) = (&scored.score, counted.numbers) else {
                assert!(scored.score.is_none() && counted.numbers.is_none());
                continue;
            };
            let given: Vec<f64> = scores
                .values
                .iter()
                .zip(&score.counts)
                .flat_map(|(value, count)| vec![*value; *count as usize])
                .collect();
            assert_eq!(given, counted.answers);
            let found = [score.value, score.low, score.high, score.effective_answers, score.variance];
            for (place, (found, expected)) in found.into_iter().zip(numbers).enumerate() {
                let range = if place == 4 { expected } else { highest - lowest };
                assert!(is_near(found, expected, range), "{place}: {score:?} and {numbers:?}");
            }
            assert!(
                lowest <= score.low && score.low <= score.value && score.value <= score.high && score.high <= highest
            );
            assert!(score.low < score.high && score.variance > 0.0, "{score:?}");
            assert!(1.0 <= score.effective_answers && score.effective_answers <= scored.answers as f64);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_engine_equals_the_reference(
        log in strategies::logs_on_channels(4, 3),
        metric in metrics(),
        answers in strategies::some_activities(4),
        table in tables(),
        edges in strategies::period_edges(6),
        only in prop::option::of(prop::collection::vec(prop_oneof![0_u16..3, Just(u16::MAX)], 0..3)),
        by in prop_oneof![Just(BreakdownBy::Channel), Just(BreakdownBy::Unit), (0_usize..3).prop_map(BreakdownBy::Property)],
        most_groups in prop::option::of(0_usize..4),
        minimum in 0_u64..6,
        threads in strategies::threads(),
        backwards: bool,
    ) {
        let only = only.map(|values| OnlyWith { property: 1, values });
        let by = most_groups.map(|most| (by, most));
        let asked = AskedScore { metric, answers, table, edges, only, by };
        let question = || {
            let activities = asked.answers.as_deref().map_or(Activities::any(), Activities::of);
            let metric = asked.metric.clone();
            let mut question = ScoreQuestion::new(metric, activities, &asked.table, asked.edges.clone()).unwrap();
            if let Some(only) = asked.only.clone() {
                question = question.only(only);
            }
            match by {
                Some((by, most)) => question.by(by, most).unwrap(),
                None => question,
            }
        };
        let whole = answer(question(), &log, threads);
        assert_equals(&whole, &asked.metric, reference::scores(&log, &asked));
        // To the last bit, however the customers are split and whoever comes first.
        prop_assert_eq!(&answer_from_afar(question(), &log, backwards).0, &whole);
        let mut turned = log.clone();
        turned.customers.reverse();
        prop_assert_eq!(&answer(question(), &turned, threads), &whole);
        // What is withheld is all that is withheld.
        let withheld = answer(question().with_minimum(minimum), &log, threads);
        for (with, without) in withheld.whole.periods.iter().zip(&whole.whole.periods) {
            let score = without.score.clone().filter(|_| without.answers >= minimum);
            prop_assert_eq!(with, &Scored { score, ..without.clone() });
        }
        for series in std::iter::once(&whole.whole).chain(whole.groups.iter().map(|group| &group.scores)) {
            let sum: u64 = series.periods.iter().map(|scored| scored.answers).sum();
            prop_assert_eq!(sum, series.total.answers);
        }
        if by.is_some() {
            let sum: u64 = whole.groups.iter().map(|group| group.scores.total.answers).sum();
            prop_assert_eq!(sum, whole.whole.total.answers);
        }
    }
}
