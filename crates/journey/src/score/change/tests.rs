use super::super::interval::Sums;
use super::super::metric::Formula;
use super::*;
use crate::lot::Lot;

fn nps() -> Metric {
    Metric::find("nps").unwrap()
}

fn score(value: f64, answers: f64) -> Score {
    Score { value, low: -100.0, high: 100.0, effective_answers: answers, variance: 6_400.0 / answers, counts: vec![] }
}

fn changes(scores: &[Option<Score>]) -> Vec<Level> {
    levels(&nps(), &scores.iter().map(Option::as_ref).collect::<Vec<_>>())
}

/// Scores around what is true in each period, of some answers each, with `extra` times the variance that answers have.
fn draw(lot: &mut Lot, truth: impl IntoIterator<Item = f64>, extra: f64) -> Vec<Option<Score>> {
    let mut period = |truth: f64| {
        let answers = 5.0 + (lot.next() * 200.0).floor();
        let noise = (extra * 6_400.0 / answers).sqrt() * lot.normal();
        Some(score((truth + noise).clamp(-100.0, 100.0), answers))
    };
    truth.into_iter().map(&mut period).collect()
}

#[test]
fn a_quiet_series_seldom_changes() {
    const RUNS: usize = 2_000;
    let mut lot = Lot(5);
    let mut alarming = Vec::new();
    let lengths = [12, 26, 52, 104, 520].map(|length| (length, 1.0));
    let restless = [(12, 5.0), (26, 5.0), (52, 0.5), (52, 2.0), (52, 5.0), (104, 5.0), (520, 5.0)];
    for (length, extra) in lengths.into_iter().chain(restless) {
        let alarms = (0..RUNS).filter(|_| changes(&draw(&mut lot, vec![30.0; length], extra)).len() > 1).count();
        let percent = 100.0 * alarms as f64 / RUNS as f64;
        println!("{length} quiet periods that vary {extra} times as much: {percent:.1} % have a change");
        alarming.extend((percent > 5.0).then_some((length, extra, percent)));
    }
    assert!(alarming.is_empty(), "{alarming:?}");
}

#[test]
fn a_quiet_year_of_real_answers_seldom_changes() {
    const RUNS: usize = 2_000;
    let mut lot = Lot(9);
    let micros = [-1_000_000, 0, 1_000_000];
    for (fewest, more) in [(1, 5), (5, 30), (100, 300)] {
        for shares in [[0.02, 0.03, 0.95], [0.2, 0.3, 0.5], [0.6, 0.3, 0.1]] {
            let mut week = || {
                let (mut sums, mut counts) = (Sums::default(), vec![0; 3]);
                for _ in 0..fewest + (lot.next() * f64::from(more)) as usize {
                    let answer = lot.pick(&shares);
                    counts[answer] += 1;
                    sums.add(1, i128::from(micros[answer]));
                }
                sums.score(&nps(), &counts, &micros)
            };
            let alarms = (0..RUNS).filter(|_| changes(&(0..52).map(|_| week()).collect::<Vec<_>>()).len() > 1).count();
            let percent = 100.0 * alarms as f64 / RUNS as f64;
            println!("{fewest} answers or up to {more} more, {shares:?}: {percent:.1} % have a change");
            assert!(percent <= 5.0, "{fewest} {shares:?}: {percent}");
        }
    }
}

#[test]
fn a_real_change_is_found_where_it_is() {
    const RUNS: usize = 500;
    let mut lot = Lot(6);
    for (size, least) in [(10.0, 60.0), (20.0, 95.0)] {
        let truth = |period: usize| if period < 30 { 20.0 } else { 20.0 + size };
        let near = (0..RUNS).filter(|_| {
            let found = changes(&draw(&mut lot, (0..52).map(truth), 1.0));
            found.len() == 2 && found[1].first.abs_diff(30) <= 3
        });
        let percent = 100.0 * near.count() as f64 / RUNS as f64;
        println!("a change by {size} points: {percent:.1} % are found within three periods");
        assert!(percent > least, "{size}: {percent}");
    }
}

#[test]
fn levels_say_what_the_score_is_in_each() {
    let level = |value: f64, answers: f64| vec![Some(score(value, answers)); 5];
    let series = [level(20.0, 100.0), vec![None, None], level(60.0, 400.0), level(-30.0, 100.0), vec![None]].concat();
    let found = changes(&series);
    let places: Vec<(usize, usize)> = found.iter().map(|level| (level.first, level.last)).collect();
    assert_eq!(places, [(0, 4), (7, 11), (12, 16)]);
    for (level, expected) in found.iter().zip([20.0, 60.0, -30.0]) {
        assert!((level.value - expected).abs() < 1e-9 && level.low < level.value && level.value < level.high);
    }
    assert_eq!(found[1].effective_answers, 2_000.0);
}

#[test]
fn few_periods_are_one_level_and_none_is_none() {
    assert!(changes(&[]).is_empty() && changes(&[None, None]).is_empty());
    let one = changes(&[None, Some(score(10.0, 50.0)), Some(score(90.0, 50.0)), Some(score(90.0, 50.0))]);
    assert_eq!((one.len(), one[0].first, one[0].last), (1, 1, 3));
    let same = changes(&vec![Some(score(100.0, 7.0)); 30]);
    assert_eq!((same.len(), same[0].value, same[0].high), (1, 100.0, 100.0));
}

#[test]
fn pruning_changes_no_answer() {
    let mut lot = Lot(8);
    for run in 0..300 {
        let jumps: Vec<f64> = (0..14).map(|_| if lot.next() < 0.3 { 120.0 * lot.next() - 60.0 } else { 0.0 }).collect();
        let mut at = 0.0;
        let truth = jumps.iter().map(|jump| {
            at += jump;
            at
        });
        let truth: Vec<f64> = truth.collect();
        let scores = draw(&mut lot, truth, 1.0);
        let series = Series::of(&scores.iter().map(Option::as_ref).collect::<Vec<_>>());
        let cost = |cuts: &[usize]| -> f64 {
            cuts.windows(2).map(|pair| series.cost(pair[0], pair[1]) + series.penalty()).sum()
        };
        // All ways to cut fourteen periods.
        let ways = (0_u32..1 << 13).map(|bits| {
            let inside = (1..14).filter(|place| bits >> (place - 1) & 1 == 1);
            std::iter::once(0).chain(inside).chain([14]).collect::<Vec<usize>>()
        });
        let least = ways.map(|cuts| cost(&cuts)).fold(f64::INFINITY, f64::min);
        assert!((cost(&series.cuts()) - least).abs() < 1e-9, "{run}");
    }
}

#[test]
fn a_smoothed_line_follows_with_a_delay() {
    let series = [None, Some(score(0.0, 10.0)), None, Some(score(80.0, 10.0)), Some(score(80.0, 30.0))];
    let periods: Vec<Option<&Score>> = series.iter().map(Option::as_ref).collect();
    let line = smoothed(&periods, 2.0).unwrap();
    assert_eq!((line[0], line[1].unwrap().value, line[2].unwrap().value), (None, 0.0, 0.0));
    // Two periods later the first counts half as much: 800 of 15.
    assert!((line[3].unwrap().value - 800.0 / 15.0).abs() < 1e-9);
    assert!((line[3].unwrap().effective_answers - 225.0 / 12.5).abs() < 1e-9);
    assert!(line[4].unwrap().value > line[3].unwrap().value);
    let long = [vec![Some(score(50.0, 3.0))], vec![None; 5_000]].concat();
    let line = smoothed(&long.iter().map(Option::as_ref).collect::<Vec<_>>(), 1.0).unwrap();
    assert!((line[5_000].unwrap().value - 50.0).abs() < 1e-9 && line[5_000].unwrap().effective_answers > 2.9);
    for half_life in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(smoothed(&periods, half_life).unwrap_err().to_string().contains("above 0"));
    }
}

#[test]
fn a_metric_of_other_bounds_has_levels_within_them() {
    let metric = Metric::custom("mood", "mood", Formula::Mean, (0.0, 1.0)).unwrap();
    let tight =
        |value: f64| Score { value, low: 0.0, high: 1.0, effective_answers: 4.0, variance: 0.05, counts: vec![] };
    let scores = vec![tight(1.0); 6];
    let found = levels(&metric, &scores.iter().map(Some).collect::<Vec<_>>());
    assert!(found.len() == 1 && found[0].high == 1.0 && found[0].low > 0.8, "{found:?}");
}
