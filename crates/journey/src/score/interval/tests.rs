use super::super::metric::CATALOGUE;
use super::*;
use crate::lot::Lot;
use crate::share::difference_of;

/// The score of customers, each with all their answers.
fn score_of<'a>(metric: &Metric, customers: impl IntoIterator<Item = &'a [f64]> + Clone) -> Score {
    let mut values: Vec<f64> = customers.clone().into_iter().flatten().copied().collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    let micros: Vec<i64> = values.iter().map(|value| (metric.formula.points(*value) * MICROS).round() as i64).collect();
    let (mut sums, mut counts) = (Sums::default(), vec![0; values.len()]);
    for customer in customers {
        let mut worth = 0;
        for answer in customer {
            let place = values.iter().position(|value| value == answer).unwrap();
            counts[place] += 1;
            worth += i128::from(micros[place]);
        }
        sums.add(customer.len() as u64, worth);
    }
    sums.score(metric, &counts, &micros).unwrap()
}

fn nps() -> Metric {
    Metric::find("nps").unwrap()
}

fn csat() -> Metric {
    Metric::find("csat").unwrap()
}

fn rating() -> Metric {
    Metric::find("rating").unwrap()
}

/// Customers with one answer each: `answers` times each of these.
fn single(answers: &[(f64, usize)]) -> Vec<Vec<f64>> {
    answers.iter().flat_map(|(answer, count)| vec![vec![*answer]; *count]).collect()
}

fn of(metric: &Metric, customers: &[Vec<f64>]) -> Score {
    score_of(metric, customers.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

fn assert_near(found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() < within, "{found} is not {expected}");
}

#[test]
fn a_net_share_has_the_adjusted_wald_interval() {
    // By hand from Rocks (2016): 103 answers with 50.75, 31.5 and 20.75 of each kind.
    let score = of(&nps(), &single(&[(10.0, 50), (7.0, 30), (0.0, 20)]));
    let (promoters, detractors) = (50.75 / 103.0, 20.75 / 103.0);
    let middle = promoters - detractors;
    let reach = 1.959_963_985 * f64::sqrt((promoters + detractors - middle * middle) / 103.0);
    assert_near(score.value, 30.0, 1e-9);
    assert_near(score.low, 100.0 * (middle - reach), 1e-6);
    assert_near(score.high, 100.0 * (middle + reach), 1e-6);
    assert_near(score.effective_answers, 100.0, 1e-9);
}

#[test]
fn promoters_alone_do_not_prove_that_there_are_no_others() {
    let widths = [1, 5, 30, 300, 30_000].map(|count| {
        let score = of(&nps(), &single(&[(10.0, count)]));
        assert!(score.value == 100.0 && score.high == 100.0, "{score:?}");
        score.high - score.low
    });
    assert!(widths.is_sorted_by(|wide, narrow| wide > narrow) && widths[4] > 0.0, "{widths:?}");
    for metric in CATALOGUE {
        for answer in [metric.answers.0, metric.answers.1] {
            let score = of(&metric, &single(&[(answer, 7)]));
            assert!(score.low < score.high && score.variance > 0.0, "{}: {score:?}", metric.name);
        }
    }
}

#[test]
fn top_boxes_have_the_interval_of_wilson() {
    let score = of(&csat(), &single(&[(5.0, 50), (4.0, 31), (2.0, 182)]));
    let share = crate::share::share_of(81, 263).unwrap();
    assert_near(score.value, 100.0 * share.share, 1e-9);
    assert_near(score.low, 100.0 * share.low, 1e-9);
    assert_near(score.high, 100.0 * share.high, 1e-9);
}

#[test]
fn answers_of_one_customer_are_no_independent_evidence() {
    // Ten customers, each with ten times the same answer, are as good as ten.
    let alike: Vec<Vec<f64>> = (0..10).map(|customer| vec![if customer < 7 { 5.0 } else { 1.0 }; 10]).collect();
    let score = of(&rating(), &alike);
    assert_near(score.effective_answers, 10.0, 1e-9);
    // Customers who vary as much as the answers of everybody lose nothing.
    let mixed: Vec<Vec<f64>> = (0..10).map(|_| vec![5.0, 1.0]).collect();
    assert_near(of(&rating(), &mixed).effective_answers, 20.0, 1e-9);
    // Where all are the same, how alike a customer's answers are cannot be seen.
    let same: Vec<Vec<f64>> = (0..10).map(|_| vec![5.0; 4]).collect();
    assert_near(of(&rating(), &same).effective_answers, 10.0, 1e-9);
}

#[test]
fn the_clustered_variance_is_that_of_statsmodels() {
    // `OLS(points, ones).fit(cov_type="cluster")` of statsmodels 0.15, and the variance of the points over it.
    let six: [&[f64]; 6] = [
        &[10.0, 9.0, 10.0],
        &[10.0, 10.0, 7.0],
        &[3.0, 0.0, 9.0],
        &[2.0, 0.0, 4.0],
        &[10.0, 8.0, 10.0],
        &[8.0, 8.0, 9.0],
    ];
    let top = Metric::custom("top", "nps", Formula::TopBoxes { from: 9.0 }, (0.0, 10.0)).unwrap();
    let mean = Metric::custom("mean", "nps", Formula::Mean, (0.0, 10.0)).unwrap();
    for (metric, value, effective) in
        [(nps(), 22.222_222_2, 8.219_814_241), (mean, 7.055_555_556, 7.318_063_509), (top, 50.0, 12.994_652_406)]
    {
        let score = score_of(&metric, six);
        assert_near(score.value, value, 1e-6);
        assert_near(score.effective_answers, effective, 1e-6);
    }
}

#[test]
fn who_gives_most_answers_does_not_hide_how_customers_vary() {
    let mut customers = vec![vec![10.0; 3_000]];
    customers.extend(vec![vec![0.0]; 3]);
    let score = of(&nps(), &customers);
    assert!(score.effective_answers < 2.0 && score.low < 20.0, "{score:?}");
}

#[test]
fn of_two_top_boxes_the_difference_is_newcombes() {
    let score = |top: usize, all: usize| of(&csat(), &single(&[(5.0, top), (1.0, all - top)]));
    for (first, second) in [((56, 70), (48, 80)), ((9, 10), (3, 10)), ((10, 10), (0, 20))] {
        let found = score_difference(&score(first.0, first.1), &score(second.0, second.1));
        let wide = |pair: (usize, usize)| (pair.0 as u64, pair.1 as u64);
        let expected = difference_of(wide(first), wide(second)).unwrap();
        assert_near(found.difference, 100.0 * expected.difference, 1e-9);
        assert_near(found.low, 100.0 * expected.low, 1e-9);
        assert_near(found.high, 100.0 * expected.high, 1e-9);
    }
}

/// Which answers there are and how often, who answers how often, and how often an answer is the customer's own first
/// one.
struct World {
    metric: Metric,
    answers: &'static [f64],
    shares: &'static [f64],
    customers: usize,
    most_answers: usize,
    alike: f64,
}

impl World {
    fn truth(&self) -> f64 {
        let points =
            self.answers.iter().zip(self.shares).map(|(answer, share)| self.metric.formula.points(*answer) * share);
        self.metric.formula.scale() * points.sum::<f64>()
    }

    fn draw(&self, lot: &mut Lot) -> Vec<Vec<f64>> {
        let answer = |lot: &mut Lot| self.answers[lot.pick(self.shares)];
        let customer = |lot: &mut Lot| {
            let own = answer(lot);
            let more = (lot.next() * self.most_answers as f64) as usize;
            let later = (0..more).map(|_| if lot.next() < self.alike { own } else { answer(lot) });
            std::iter::once(own).chain(later.collect::<Vec<_>>()).collect()
        };
        (0..self.customers).map(|_| customer(lot)).collect()
    }
}

const RUNS: usize = 2_000;

/// How many of a hundred simulated intervals hold the true score.
fn coverage(world: &World) -> f64 {
    let mut lot = Lot(11);
    let truth = world.truth();
    let hits = (0..RUNS).filter(|_| {
        let score = of(&world.metric, &world.draw(&mut lot));
        score.low <= truth + 1e-9 && truth - 1e-9 <= score.high
    });
    100.0 * hits.count() as f64 / RUNS as f64
}

#[test]
fn intervals_hold_the_true_score_as_often_as_they_say() {
    const NPS: &[f64] = &[10.0, 9.0, 8.0, 7.0, 3.0, 0.0];
    const STARS: &[f64] = &[5.0, 4.0, 3.0, 2.0, 1.0];
    let kinds: [(Metric, &[f64], &[f64]); 9] = [
        (nps(), NPS, &[1.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
        (nps(), NPS, &[0.8, 0.15, 0.03, 0.0, 0.02, 0.0]),
        (nps(), NPS, &[0.3, 0.2, 0.2, 0.1, 0.1, 0.1]),
        (nps(), NPS, &[0.1, 0.1, 0.1, 0.1, 0.3, 0.3]),
        (csat(), STARS, &[0.4, 0.35, 0.1, 0.05, 0.1]),
        (csat(), STARS, &[0.3, 0.2, 0.2, 0.1, 0.2]),
        (rating(), STARS, &[0.9, 0.05, 0.0, 0.0, 0.05]),
        (rating(), STARS, &[0.4, 0.3, 0.1, 0.1, 0.1]),
        (rating(), STARS, &[0.1, 0.2, 0.4, 0.2, 0.1]),
    ];
    let allowed = 93.0 - 100.0 * Z * f64::sqrt(0.93 * 0.07 / RUNS as f64);
    let mut short = Vec::new();
    for (metric, answers, shares) in kinds {
        for customers in [5, 30, 300] {
            for (most_answers, alike) in [(1, 0.0), (5, 0.5), (5, 0.9)] {
                let world = World { metric: metric.clone(), answers, shares, customers, most_answers, alike };
                let covered = coverage(&world);
                let (name, truth) = (&metric.name, world.truth());
                let line = format!(
                    "{name} {truth:.1}: {customers} customers, {most_answers} answers, {alike}: {covered:.1} %"
                );
                println!("{line}");
                if covered < allowed {
                    short.push(line);
                }
            }
        }
    }
    assert!(short.is_empty(), "{short:#?}");
}

#[test]
fn differences_hold_the_true_one_as_often_as_they_say() {
    const FEW_PROMOTERS: &[f64] = &[0.3, 0.3, 0.4];
    const MOST: &[f64] = &[0.9, 0.08, 0.02];
    let allowed = 93.0 - 100.0 * Z * f64::sqrt(0.93 * 0.07 / RUNS as f64);
    let mut lot = Lot(12);
    for (few, many) in [(FEW_PROMOTERS, FEW_PROMOTERS), (FEW_PROMOTERS, MOST), (MOST, MOST)] {
        for (customers, most_answers) in [(8, 1), (30, 1), (30, 4)] {
            let world = |shares, customers| World {
                metric: nps(),
                answers: &[10.0, 8.0, 2.0],
                shares,
                customers,
                most_answers,
                alike: 0.7,
            };
            let (first, second) = (world(few, customers), world(many, 3 * customers));
            let truth = first.truth() - second.truth();
            let hits = (0..RUNS).filter(|_| {
                let [one, other] = [&first, &second].map(|world| of(&world.metric, &world.draw(&mut lot)));
                let found = score_difference(&one, &other);
                found.low <= truth + 1e-9 && truth - 1e-9 <= found.high
            });
            let covered = 100.0 * hits.count() as f64 / RUNS as f64;
            println!("{truth:.0}: {customers} customers with up to {most_answers} answers: {covered:.1} %");
            assert!(covered >= allowed, "{few:?} {many:?} {customers}: {covered}");
        }
    }
}
