use super::*;
use crate::lot::Lot;

fn nps() -> Metric {
    Metric::find("nps").unwrap()
}

/// A score of so many answers that vary as those of 100 · (-1, 0, 1) may.
fn score(value: f64, answers: f64) -> Score {
    let reach = 160.0 / f64::sqrt(answers);
    Score {
        value,
        low: (value - reach).max(-100.0),
        high: (value + reach).min(100.0),
        effective_answers: answers,
        variance: 6_400.0 / answers,
        counts: vec![],
    }
}

fn rank(groups: &[(f64, f64)]) -> Vec<Shrunk> {
    let scores: Vec<Score> = groups.iter().map(|(value, answers)| score(*value, *answers)).collect();
    let known: Vec<Option<&Score>> = scores.iter().map(Some).collect();
    shrunk(&nps(), &known, &score(0.0, 10_000.0)).into_iter().flatten().collect()
}

fn assert_near(found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() < within, "{found} is not {expected}");
}

#[test]
fn a_small_shop_does_not_lead_by_luck() {
    let large = [(52.0, 900.0), (48.0, 800.0), (44.0, 700.0), (45.0, 900.0), (47.0, 600.0), (38.0, 900.0)];
    let shops = rank(&[&[(100.0, 3.0)], large.as_slice(), &[(-67.0, 3.0)]].concat());
    let [lucky, first, .., unlucky] = shops.as_slice() else { panic!("eight shops") };
    assert!(lucky.value < first.value && lucky.own < 0.2, "{shops:#?}");
    assert!(unlucky.value > 30.0 && unlucky.rank_from == 1, "nor is one hopeless by bad luck: {shops:#?}");
    assert!(first.own > 0.5 && first.value > 48.0, "who asks many keeps their score: {shops:#?}");
    assert_eq!((lucky.rank_from, lucky.rank_to), (1, 8));
    for shop in &shops {
        assert!(shop.low <= shop.value && shop.value <= shop.high && (0.0..=1.0).contains(&shop.own));
        assert!(shop.rank_from <= shop.rank_to && shop.rank_to <= 8, "{shop:?}");
    }
    let ranks: f64 = shops.iter().map(|shop| shop.rank).sum();
    assert_near(ranks, 36.0, 1e-9);
}

#[test]
fn shops_that_are_all_the_same_have_no_ranks() {
    for shop in rank(&[(40.0, 10.0), (40.0, 100.0), (40.0, 1_000.0), (40.0, 30.0), (40.0, 5.0)]) {
        assert_near(shop.value, 40.0, 1e-9);
        assert_near(shop.rank, 3.0, 1e-9);
        assert_eq!((shop.rank_from, shop.rank_to), (1, 5));
    }
}

#[test]
fn one_shop_says_what_it_says_and_an_empty_one_nothing() {
    let only = score(70.0, 25.0);
    let found = shrunk(&nps(), &[None, Some(&only), None], &only);
    assert_eq!((found.len(), found[0], found[2]), (3, None, None));
    let alone = found[1].unwrap();
    assert_eq!((alone.value, alone.low, alone.high), (70.0, only.low, only.high));
    assert_eq!((alone.rank, alone.rank_from, alone.rank_to, alone.own), (1.0, 1, 1, 1.0));
    assert_eq!(shrunk(&nps(), &[None, None], &only), [None, None]);
    assert!(shrunk(&nps(), &[], &only).is_empty());
}

#[test]
fn three_shops_say_nothing_about_how_shops_differ() {
    let shops = rank(&[(90.0, 500.0), (10.0, 500.0), (-50.0, 400.0)]);
    assert_eq!([shops[0].value, shops[1].value, shops[2].value], [90.0, 10.0, -50.0]);
    assert_eq!([shops[0].rank_from, shops[1].rank_from, shops[2].rank_to], [1, 2, 3]);
}

#[test]
fn the_variance_between_groups_is_that_of_statsmodels() {
    // `combine_effects(…, method_re="iterated")` of statsmodels 0.15, which is the estimate of Paule and Mandel.
    let observe = |values: &[f64], variances: &[f64]| -> Vec<Observed> {
        values.iter().zip(variances).map(|(&value, &variance)| Observed { value, variance }).collect()
    };
    let shops = observe(&[50.0, 20.0, 35.0, 62.0, 10.0, 41.0], &[40.0, 90.0, 25.0, 160.0, 60.0, 30.0]);
    assert_near(variance_between(&shops), 273.541_628, 1e-4);
    assert_near(mean_with(&shops, variance_between(&shops)), 35.764_220, 1e-5);
    // The eight schools of Rubin (1981) differ by no more than chance.
    let errors = [15.0, 10.0, 16.0, 11.0, 9.0, 11.0, 10.0, 18.0].map(|error: f64| error * error);
    let schools = observe(&[28.0, 8.0, -3.0, 7.0, -1.0, 1.0, 18.0, 12.0], &errors);
    assert_eq!(variance_between(&schools), 0.0);
    assert_near(mean_with(&schools, 0.0), 7.685_617, 1e-5);
}

#[test]
fn the_normal_distribution_is_that_of_scipy() {
    for (x, below) in [(-3.0, 0.001_349_90), (-1.0, 0.158_655_25), (0.0, 0.5), (0.5, 0.691_462_46), (2.0, 0.977_249_87)]
    {
        assert_near(normal_below(x), below, 1e-8);
    }
    assert_eq!((normal_below(-99.0), normal_below(99.0)), (0.0, 1.0));
    for (beyond, x) in [(0.025, 1.959_963_98), (0.001, 3.090_232_31), (1e-5, 4.264_890_79)] {
        assert_near(normal_quantile(beyond), x, 1e-6);
    }
}

/// Shops whose true scores vary by `apart` around 40, and what was observed of them.
fn draw(lot: &mut Lot, groups: usize, apart: f64) -> (Vec<f64>, Vec<(f64, f64)>) {
    let truth: Vec<f64> = (0..groups).map(|_| (40.0 + apart * lot.normal()).clamp(-99.0, 99.0)).collect();
    let observed = truth.iter().enumerate().map(|(place, score)| {
        let answers = [8.0, 30.0, 100.0, 400.0][place % 4];
        ((score + 80.0 / f64::sqrt(answers) * lot.normal()).clamp(-100.0, 100.0), answers)
    });
    let observed = observed.collect();
    (truth, observed)
}

#[test]
fn intervals_and_ranks_hold_the_truth_as_often_as_they_say() {
    let mut lot = Lot(3);
    let worlds = [5, 20].into_iter().flat_map(|groups| [0.0, 4.0, 12.0, 30.0].map(|apart| (groups, apart)));
    for (shops, apart) in worlds {
        let (mut held, mut rank_held, mut own_error, mut error, mut groups) = (0, 0, 0.0, 0.0, 0);
        for _ in 0..8_000 / shops {
            let (truth, observed) = draw(&mut lot, shops, apart);
            for ((place, found), (own, _)) in rank(&observed).iter().enumerate().zip(&observed) {
                groups += 1;
                held += usize::from(found.low <= truth[place] && truth[place] <= found.high);
                let higher = truth.iter().filter(|other| **other > truth[place]).count();
                let same = truth.iter().filter(|other| **other == truth[place]).count();
                // Of shops that are the same any of the ranks that they share will do.
                rank_held += usize::from(found.rank_from <= higher + same && higher < found.rank_to);
                own_error += (own - truth[place]).powi(2);
                error += (found.value - truth[place]).powi(2);
            }
        }
        let percent = |count: usize| 100.0 * count as f64 / groups as f64;
        println!(
            "{shops} shops {apart} apart: intervals {:.1} %, ranks {:.1} %, squared error {:.2} of that of raw scores",
            percent(held),
            percent(rank_held),
            error / own_error
        );
        assert!(percent(held) > 93.0 && percent(rank_held) > 95.0 && error < own_error);
    }
}
