use super::*;

/// Numbers that only look random (SplitMix64), so that a simulation says the same each time.
struct Lot(u64);

impl Lot {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.next()).ln()).sqrt();
        radius * (2.0 * std::f64::consts::PI * self.next()).cos()
    }

    /// Gamma by Marsaglia and Tsang (2000); small shapes by a power of a uniform number.
    fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            return self.gamma(shape + 1.0) * self.next().powf(1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && (1.0 - self.next()).ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }

    fn poisson(&mut self, mean: f64) -> u64 {
        if mean > 50.0 {
            return (mean + mean.sqrt() * self.normal()).round().max(0.0) as u64;
        }
        let (mut count, mut product) = (0, self.next());
        while product > (-mean).exp() {
            count += 1;
            product *= self.next();
        }
        count
    }

    /// A count with this mean and `dispersion` times that variance.
    fn count(&mut self, mean: f64, dispersion: f64) -> u64 {
        if dispersion <= 1.0 {
            return self.poisson(mean);
        }
        let shape = mean / (dispersion - 1.0);
        let rate = self.gamma(shape) * (dispersion - 1.0);
        self.poisson(rate)
    }
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-4
}

#[test]
fn the_tails_are_those_of_the_tables() {
    // Two-sided 5 % points of Student's distribution.
    for (degrees, t) in [(3.0, 3.1824), (11.0, 2.2010), (30.0, 2.0423)] {
        assert!((student_tails(t, degrees) - 0.05).abs() < 1e-5, "{degrees}");
        assert!((student_quantile(0.05, degrees) - t).abs() < 1e-3, "{degrees}");
    }
    assert!(close(student_tails(0.0, 5.0), 1.0) && close(student_tails(f64::INFINITY, 5.0), 0.0));
}

#[test]
fn false_discoveries_are_those_of_the_example_in_the_paper() {
    // Benjamini and Hochberg (1995), section 4.2: four of the fifteen are discoveries at 5 %.
    let p = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
        1.0,
    ];
    let shares = false_discovery(&p);
    assert_eq!(shares.iter().filter(|share| **share <= 0.05).count(), 4);
    assert!(shares.is_sorted() && close(shares[0], 0.0015));
    assert!(false_discovery(&[]).is_empty());
}

#[test]
fn what_did_not_change_is_seldom_called_a_change() {
    // In a thousand quiet weeks, about ten should be more surprising than one in a hundred.
    let mut lot = Lot(7);
    for mean in [0.5, 2.0, 10.0, 100.0, 5_000.0] {
        for dispersion in [1.0, 3.0, 20.0] {
            let trials = 4_000;
            let mut alarms = 0;
            for _ in 0..trials {
                let history: Vec<u64> = (0..12).map(|_| lot.count(mean, dispersion)).collect();
                let expectation = Level::of(&history).unwrap().next();
                alarms += u32::from(expectation.p_value(lot.count(mean, dispersion)) < 0.01);
            }
            let rate = f64::from(alarms) / f64::from(trials);
            // Bursts larger than the level itself, and so rare that many twelve weeks show none, are not foreseen from them.
            let most = if dispersion > mean { 0.06 } else { 0.025 };
            assert!(rate <= most, "{rate} of the weeks with mean {mean} and dispersion {dispersion}");
        }
    }
}

#[test]
fn a_range_holds_about_as_many_weeks_as_it_says() {
    let mut lot = Lot(11);
    let trials = 4_000;
    let mut inside = 0;
    for _ in 0..trials {
        let history: Vec<u64> = (0..12).map(|_| lot.count(200.0, 4.0)).collect();
        let (low, high) = Level::of(&history).unwrap().next().range(0.95);
        let next = lot.count(200.0, 4.0) as f64;
        inside += u32::from(low <= next && next <= high);
    }
    let share = f64::from(inside) / f64::from(trials);
    assert!((0.93..=0.975).contains(&share), "{share}");
}

#[test]
fn what_doubles_is_found_and_one_odd_week_before_does_not_hide_it() {
    let steady = [100, 104, 97, 99, 108, 95, 101, 103, 98, 100, 102, 96];
    assert!(Level::of(&steady).unwrap().next().p_value(200) < 1e-4);
    let mut with_an_outage = steady;
    with_an_outage[5] = 3;
    let expectation = Level::of(&with_an_outage).unwrap().next();
    assert!(expectation.p_value(200) < 0.01, "{expectation:?}");
    assert!(expectation.p_value(101) > 0.3);
}

#[test]
fn few_weeks_say_little_and_say_so() {
    assert_eq!(Level::of(&[5, 5, 5]), None);
    let width = |history: &[u64]| {
        let (low, high) = Level::of(history).unwrap().next().range(0.95);
        high - low
    };
    assert!(width(&[100, 90, 110, 100]) > 1.3 * width(&[100, 90, 110, 100, 100, 90, 110, 100, 100, 90, 110, 100]));
    let nothing = Level::of(&[0; 12]).unwrap().next();
    assert!(nothing.p_value(0) > 0.5 && nothing.p_value(8) < 0.01);
    assert!(nothing.range(0.95).0 == 0.0);
}

#[test]
fn what_happened_a_year_ago_too_is_no_surprise() {
    let level = Level::of(&[100, 104, 97, 99, 108, 95, 101, 103, 98, 100, 102, 96]).unwrap();
    assert!(level.next().p_value(180) < 0.001);
    let seasonal = level.next_as_a_year_ago(level, 178);
    assert!(seasonal.p_value(180) > 0.5 && seasonal.is_seasonal);
    assert!(seasonal.p_value(100) < 0.01, "and that it did not happen again is one");
}
