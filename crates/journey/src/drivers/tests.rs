use super::*;
use crate::lot::Lot;

/// Answers of so many customers, two each, to which a wait of theirs takes one point from.
fn answers(customers: u64) -> Observations {
    let mut lot = Lot(4);
    let mut observations = Observations { variables: vec![Vec::new()], ..Observations::default() };
    for customer in 0..customers {
        for _ in 0..2 {
            let wait = f64::from(lot.next() < 0.4);
            observations.customers.push(customer);
            observations.variables[0].push(wait);
            observations.outcome.push(8.0 - wait + lot.normal() / 2.0);
        }
    }
    observations
}

fn found(observations: &Observations) -> Drivers {
    find_drivers(observations).unwrap().unwrap()
}

#[test]
fn a_wait_takes_points_away() {
    let found = found(&answers(200));
    let wait = &found.drivers[0];
    assert!(wait.is_found && wait.low < -1.0 && -1.0 < wait.high && wait.high < -0.8, "{wait:?}");
    assert!((wait.importance - found.explained).abs() < 1e-12 && (wait.inflation - 1.0).abs() < 1e-9);
    assert!((wait.standardised.powi(2) - found.explained).abs() < 1e-9, "of one variable this is R²");
    assert_eq!((found.answers, found.customers, wait.known), (400, 200, 400));
    assert_eq!(wait.mean, wait.with as f64 / 400.0);
    assert_eq!(found.warnings, []);
}

#[test]
fn what_cannot_be_told_is_named() {
    let mut few = answers(100);
    few.variables.push(vec![1.0; 200]);
    few.variables.push(few.customers.iter().map(|customer| f64::from(*customer < 9)).collect());
    few.variables.push(vec![f64::NAN; 200]);
    few.variables.push(few.variables[0].iter().map(|wait| 1.0 - wait).collect());
    let why: Vec<(usize, Why)> = found(&few).left_out.iter().map(|it| (it.variable, it.why)).collect();
    assert_eq!(why, [(1, Why::Constant), (2, Why::Rare), (3, Why::Constant), (4, Why::Aliased)]);
}

#[test]
fn answers_without_a_value_stay_and_say_nothing_about_it() {
    let whole = answers(300);
    let mut gaps = whole.clone();
    let is_known = |row: usize| !row.is_multiple_of(3);
    let of_gaps = gaps.variables[0].iter_mut().enumerate().filter(|(row, _)| !is_known(*row));
    of_gaps.for_each(|(_, wait)| *wait = f64::NAN);
    let told = found(&gaps);
    assert_eq!((told.answers, told.drivers[0].known), (600, 400));
    let rows: Vec<usize> = (0..600).filter(|row| is_known(*row)).collect();
    let only = |column: &[f64]| rows.iter().map(|row| column[*row]).collect::<Vec<_>>();
    let known = found(&Observations {
        customers: rows.iter().map(|row| whole.customers[*row]).collect(),
        outcome: only(&whole.outcome),
        controls: Vec::new(),
        variables: vec![only(&whole.variables[0])],
    });
    assert!((told.drivers[0].coefficient - known.drivers[0].coefficient).abs() < 1e-9);
    assert_eq!(told.drivers[0].mean, known.drivers[0].mean);
}

#[test]
fn small_samples_and_variables_that_go_along_are_said() {
    let mut few = answers(20);
    for turn in 1..5 {
        let mut column = few.variables[0].clone();
        column.rotate_left(turn);
        few.variables.push(column);
    }
    let warnings = found(&few).warnings;
    assert_eq!(warnings[..2], [Warning::FewCustomers, Warning::FewAnswers]);
    let mut along = answers(100);
    let mut lot = Lot(5);
    along.variables.push(along.variables[0].iter().map(|wait| wait + 0.1 * lot.normal()).collect());
    let warnings = found(&along).warnings;
    let [Warning::Inflated { variable: 0, factor }, Warning::Inflated { variable: 1, .. }] = warnings[..] else {
        panic!("{warnings:?}")
    };
    assert!(factor > 10.0);
}

#[test]
fn a_coefficient_that_rests_on_a_handful_has_a_handful_of_degrees() {
    let mut observations = answers(1_000);
    observations.variables.push(observations.customers.iter().map(|customer| f64::from(*customer < 10)).collect());
    let told = found(&observations);
    let of = |variable: usize| told.drivers.iter().find(|driver| driver.variable == variable).unwrap().degrees;
    assert!(of(1) < 11.0 && of(0) > 500.0, "{} and {}", of(1), of(0));
    // Of very many customers the bound is taken, and says nearly the same.
    let mut many = answers(2_500);
    many.variables.push(many.customers.iter().map(|customer| f64::from(*customer < 10)).collect());
    let told = found(&many);
    let few = told.drivers.iter().find(|driver| driver.variable == 1).unwrap().degrees;
    assert!((8.0..11.0).contains(&few), "{few}");
}

#[test]
fn of_nothing_nothing_is_said() {
    let mut flat = answers(50);
    flat.outcome.fill(7.1);
    assert_eq!(find_drivers(&flat).unwrap(), None);
    assert_eq!(find_drivers(&Observations::default()).unwrap(), None);
    assert_eq!(find_drivers(&answers(1)).unwrap(), None);
    let mut nobody_asked = answers(50);
    nobody_asked.variables.clear();
    let told = found(&nobody_asked);
    assert_eq!((told.explained, told.drivers.len()), (0.0, 0));
}

#[test]
fn columns_that_do_not_fit_are_refused() {
    let mut short = answers(10);
    short.variables[0].pop();
    assert!(find_drivers(&short).unwrap_err().to_string().contains("19 values for 20 answers"));
    let mut unknown = answers(10);
    unknown.outcome[3] = f64::NAN;
    assert!(find_drivers(&unknown).unwrap_err().to_string().contains("finite"));
}
