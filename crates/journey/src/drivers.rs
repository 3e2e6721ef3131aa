//! What moves a score or an outcome: the association of each of many variables with it, all others and what was known
//! of the customer before held equal.
//!
//! **Least squares.** The outcome of an answer is explained by a constant, the *controls* (known before) and the
//! *variables* (asked about) together. A coefficient says by how many units of the outcome answers differ on average
//! where the variable is one unit more and everything else is the same. An outcome of 0 and 100 is so told in percentage
//! points (the linear probability model; Wooldridge, *Introductory Econometrics*, section 7.5): it needs nothing beyond
//! the same formula, and its unequal variances are taken care of by what follows.
//!
//! **Several answers of a customer.** They are alike. So the variance of a coefficient is added up customer by customer
//! (Liang and Zeger, *Longitudinal data analysis using generalized linear models*, Biometrika 73, 1986), with the
//! correction CR2 for residuals being smaller than errors and with degrees of freedom of Satterthwaite (Bell and
//! McCaffrey, *Bias reduction in standard errors for linear regression with multi-stage samples*, Survey Methodology 28,
//! 2002). See [`clusters`].
//!
//! **Many variables.** Of twenty that mean nothing one has p < 0.05. A variable is *found* where its p-value, adjusted
//! over all variables asked about, is below [`FOUND_BELOW`] (Benjamini and Hochberg, 1995): in the long run at most
//! so large a share of what is found is not there. Controls are not asked about.
//!
//! **Importance** is the part of the variance that a variable explains beyond the controls, averaged over all orders in
//! which variables may come in: LMG (Lindeman, Merenda and Gold, *Introduction to Bivariate and Multivariate Analysis*,
//! 1980; Grömping, *Relative importance for linear regression in R: the package relaimpo*, Journal of Statistical
//! Software 17, 2006), which is Shapley's value of the game whose worth is the explained variance. The parts add up. They
//! rank and prove nothing. See [`importance`].
//!
//! Association, never effect: what nobody recorded may stand behind both.

use domain::error::{Error, Result};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::surprise::{false_discovery, student_quantile, student_tails};

pub mod answered;
mod clusters;
mod importance;
mod squares;

use clusters::{Clusters, Reliability};
pub use importance::{MOST_EXACT, Orders};
use squares::Basis;

/// A variable is found where its adjusted p-value is below.
pub const FOUND_BELOW: f64 = 0.05;
/// A variable by which fewer customers differ from the usual value is left out.
pub const FEWEST_CUSTOMERS: u64 = 10;
/// With fewer customers intervals are too narrow (Cameron and Miller, *A practitioner's guide to cluster-robust
/// inference*, Journal of Human Resources 50, 2015, section VI).
pub const FEW_CUSTOMERS: u64 = 40;
/// Answers for each variable and control below which coefficients are unsteady (Harrell, *Regression Modeling
/// Strategies*, 2015, section 4.4).
pub const FEW_ANSWERS: u64 = 10;
/// Variance inflation from which a coefficient is hard to tell from those of other variables.
pub const INFLATED: f64 = 5.0;
/// Degrees of freedom below which Satterthwaite's approximation is not to be trusted (Tipton, *Small sample adjustments
/// for robust variance estimation with meta-regression*, Psychological Methods 20, 2015).
pub const FEW_DEGREES: f64 = 4.0;

/// What is known of some answers: one row each, in columns of equal length.
#[derive(Clone, Debug, Default)]
pub struct Observations {
    /// Who gave the answer; in any order.
    pub customers: Vec<u64>,
    /// What is to be explained; always known.
    pub outcome: Vec<f64>,
    /// Known of the customer before. [Not a number](f64::NAN) where it is not known.
    pub controls: Vec<Vec<f64>>,
    /// Asked about. [Not a number](f64::NAN) where it is not known.
    pub variables: Vec<Vec<f64>>,
}

/// What moves the outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drivers {
    pub answers: u64,
    pub customers: u64,
    /// Of the outcome, in its unit.
    pub mean: f64,
    /// Standard deviation of the outcome.
    pub spread: f64,
    /// The part of the variance of the outcome that controls and variables explain together, 0 to 1 (R²).
    pub explained: f64,
    /// The part that controls explain alone.
    pub explained_by_controls: f64,
    /// The most important first.
    pub drivers: Vec<Driver>,
    /// In order of variables.
    pub left_out: Vec<LeftOut>,
    pub orders: Orders,
    pub warnings: Vec<Warning>,
}

/// One variable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Driver {
    /// Position among the variables.
    pub variable: usize,
    /// Answers of which it is known.
    pub known: u64,
    /// Answers of which it is not zero.
    pub with: u64,
    /// Of those of which it is known.
    pub mean: f64,
    /// Standard deviation of the same.
    pub spread: f64,
    /// Units of the outcome for one unit of the variable.
    pub coefficient: f64,
    /// Lower end of its interval of 95 %.
    pub low: f64,
    /// Upper end of its interval of 95 %.
    pub high: f64,
    /// Degrees of freedom of the interval and of p; at least 1, at most the customers less one.
    pub degrees: f64,
    /// Standard deviations of the outcome for one of the variable.
    pub standardised: f64,
    /// How often such a coefficient comes of a variable without association, 0 to 1.
    pub p: f64,
    /// The same, adjusted over all variables.
    pub adjusted_p: f64,
    pub is_found: bool,
    /// Part of the variance of the outcome, 0 to 1; those of all variables add up to what is explained beyond controls.
    pub importance: f64,
    /// How many times larger the other variables and controls make the variance of the coefficient (VIF), from 1.
    pub inflation: f64,
}

/// A variable that has no coefficient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Position among the variables.
    pub variable: usize,
    pub why: Why,
}

/// Why a variable has no coefficient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// It is the same for all.
    Constant,
    /// Fewer than [`FEWEST_CUSTOMERS`] differ from the usual value.
    Rare,
    /// Controls and earlier variables together say the same.
    Aliased,
    /// What is left of it beside the others comes of so few that nothing says how sure it is.
    Undetermined,
}

/// What makes the answer less sure than it looks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Warning {
    /// Fewer than [`FEW_CUSTOMERS`].
    FewCustomers,
    /// Fewer than [`FEW_ANSWERS`] for each variable and control.
    FewAnswers,
    /// A variable goes along with others: variance inflation above [`INFLATED`].
    Inflated { variable: usize, factor: f64 },
    /// A coefficient rests on few customers: fewer than [`FEW_DEGREES`] degrees of freedom.
    FewDegrees { variable: usize },
    /// Of more than half of the answers a variable is not known.
    MostlyUnknown { variable: usize },
}

/// Finds what moves an outcome. None where there is nothing to explain: fewer than two customers, no more answers than
/// columns, or an outcome that is the same for all.
///
/// What is not known of an answer is taken for the mean, and a further control says that it is not known (one for all
/// columns unknown of the same answers). So no answer is dropped, and a coefficient is that among answers of which the
/// variable is known. Where what is not known depends on what would have been said, no method from these columns alone is
/// right.
///
/// An error where columns differ in length, or the outcome is not a finite number.
pub fn find_drivers(observations: &Observations) -> Result<Option<Drivers>> {
    observations.check()?;
    let order = observations.by_customer();
    let clusters = Clusters::of(order.iter().map(|row| observations.customers[*row]));
    let sorted = |column: &[f64]| -> Vec<f64> { order.iter().map(|row| column[*row]).collect() };
    let outcome = sorted(&observations.outcome);
    let mut patterns = Patterns::default();
    let controls: Vec<Filled> =
        observations.controls.iter().map(|column| Filled::of(sorted(column), &mut patterns)).collect();
    let variables: Vec<Filled> =
        observations.variables.iter().map(|column| Filled::of(sorted(column), &mut patterns)).collect();

    let mut basis = Basis::constant(outcome.len());
    for column in controls.iter().map(|control| &control.values).chain(&patterns.indicators) {
        basis.add(column);
    }
    let first = basis.len();
    let mut left_out = Vec::new();
    let mut kept = Vec::new();
    for (variable, column) in variables.iter().enumerate() {
        let why = column.why_left_out(&clusters).or_else(|| (!basis.add(&column.values)).then_some(Why::Aliased));
        match why {
            Some(why) => left_out.push(LeftOut { variable, why }),
            None => kept.push(variable),
        }
    }
    let n = outcome.len();
    let fit = basis.fit(&outcome);
    if n <= basis.len() || clusters.len() < 2 || fit.is_flat() {
        return Ok(None);
    }

    let duals: Vec<Vec<f64>> = (first..basis.len()).map(|column| basis.dual(column)).collect();
    let reliabilities = clusters.reliabilities(&basis, &fit.residuals, &duals);
    let (parts, orders) = importance::shares(&basis.gram_from(first), &basis.along_from(first, &fit.along));
    let mut drivers = Vec::with_capacity(kept.len());
    for (place, &variable) in kept.iter().enumerate() {
        let dual = &duals[place];
        let Some(reliability) = reliabilities[place] else {
            left_out.push(LeftOut { variable, why: Why::Undetermined });
            continue;
        };
        let coefficient: f64 = dual.iter().zip(&fit.along).map(|(dual, along)| dual * along).sum();
        let inflation = variables[variable].squares() * dual.iter().map(|part| part * part).sum::<f64>();
        drivers.push(variables[variable].driver(variable, coefficient, reliability, inflation, parts[place], &fit));
    }
    left_out.sort_by_key(|left_out| left_out.variable);
    let adjusted = false_discovery(&drivers.iter().map(|driver| driver.p).collect::<Vec<_>>());
    for (driver, adjusted) in drivers.iter_mut().zip(adjusted) {
        (driver.adjusted_p, driver.is_found) = (adjusted, adjusted < FOUND_BELOW);
    }
    let warnings = warnings(n, clusters.len(), basis.len(), &drivers);
    drivers.sort_by(|one, other| other.importance.total_cmp(&one.importance));
    Ok(Some(Drivers {
        answers: n as u64,
        customers: clusters.len() as u64,
        mean: fit.mean(),
        spread: fit.spread(),
        explained: fit.explained_by(1..basis.len()),
        explained_by_controls: fit.explained_by(1..first),
        drivers,
        left_out,
        orders,
        warnings,
    }))
}

fn warnings(answers: usize, customers: usize, columns: usize, drivers: &[Driver]) -> Vec<Warning> {
    let few_customers = (customers as u64) < FEW_CUSTOMERS;
    let few_answers = (answers as u64) < FEW_ANSWERS * (columns as u64 - 1);
    let of_all = [few_customers.then_some(Warning::FewCustomers), few_answers.then_some(Warning::FewAnswers)];
    let of_one = drivers.iter().flat_map(|driver| {
        let Driver { variable, inflation, degrees, known, .. } = *driver;
        let is_inflated = inflation > INFLATED;
        [
            is_inflated.then_some(Warning::Inflated { variable, factor: inflation }),
            (degrees < FEW_DEGREES).then_some(Warning::FewDegrees { variable }),
            (2 * known < answers as u64).then_some(Warning::MostlyUnknown { variable }),
        ]
    });
    of_all.into_iter().chain(of_one).flatten().collect()
}

impl Observations {
    fn check(&self) -> Result<()> {
        let n = self.customers.len();
        let columns = self.controls.iter().chain(&self.variables).chain(std::iter::once(&self.outcome));
        if let Some(column) = columns.into_iter().find(|column| column.len() != n) {
            return Err(Error::invalid(format!("a column has {} values for {n} answers", column.len())));
        }
        if self.outcome.iter().any(|value| !value.is_finite()) {
            return Err(Error::invalid("the outcome of every answer must be a finite number"));
        }
        Ok(())
    }

    /// Rows with those of a customer together, in the order in which they came.
    fn by_customer(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.customers.len()).collect();
        order.sort_by_key(|row| self.customers[*row]);
        order
    }
}

/// Which answers lack something: an indicator for each different set of answers.
#[derive(Default)]
struct Patterns {
    seen: FxHashSet<Vec<bool>>,
    indicators: Vec<Vec<f64>>,
}

/// A column without gaps.
struct Filled {
    values: Vec<f64>,
    is_known: Vec<bool>,
    known: u64,
    mean: f64,
}

impl Filled {
    fn of(mut values: Vec<f64>, patterns: &mut Patterns) -> Filled {
        let is_known: Vec<bool> = values.iter().map(|value| value.is_finite()).collect();
        let known = is_known.iter().filter(|is_known| **is_known).count();
        let sum: f64 = values.iter().filter(|value| value.is_finite()).sum();
        let mean = if known == 0 { 0.0 } else { sum / known as f64 };
        if known < values.len() {
            values.iter_mut().filter(|value| !value.is_finite()).for_each(|value| *value = mean);
            if !patterns.seen.contains(&is_known) {
                patterns.indicators.push(is_known.iter().map(|is_known| f64::from(!is_known)).collect());
                patterns.seen.insert(is_known.clone());
            }
        }
        Filled { values, is_known, known: known as u64, mean }
    }

    /// Sum of squares around the mean.
    fn squares(&self) -> f64 {
        self.values.iter().map(|value| (value - self.mean).powi(2)).sum()
    }

    fn known_values(&self) -> impl Iterator<Item = f64> {
        self.values.iter().zip(&self.is_known).filter(|(_, is_known)| **is_known).map(|(value, _)| *value)
    }

    /// The value that most answers have; of equally many the lowest.
    fn usual(&self) -> Option<f64> {
        let mut values: Vec<f64> = self.known_values().map(|value| value + 0.0).collect();
        values.sort_unstable_by(f64::total_cmp);
        let runs = values.chunk_by(|one, other| one == other);
        runs.rev().max_by_key(|run| run.len()).map(|run| run[0])
    }

    fn why_left_out(&self, clusters: &Clusters) -> Option<Why> {
        let Some(usual) = self.usual() else { return Some(Why::Constant) };
        let differs = |row: usize| self.is_known[row] && self.values[row] != usual;
        let customers = clusters.ranges().filter(|range| range.clone().any(differs)).count() as u64;
        match customers {
            0 => Some(Why::Constant),
            1..FEWEST_CUSTOMERS => Some(Why::Rare),
            _ => None,
        }
    }

    fn driver(
        &self,
        variable: usize,
        coefficient: f64,
        reliability: Reliability,
        inflation: f64,
        importance: f64,
        fit: &squares::Fit,
    ) -> Driver {
        let Reliability { variance, degrees } = reliability;
        let error = variance.sqrt();
        let reach = student_quantile(1.0 - 0.95, degrees) * error;
        let spread = if self.known > 1 { (self.squares() / (self.known - 1) as f64).sqrt() } else { 0.0 };
        Driver {
            variable,
            known: self.known,
            with: self.known_values().filter(|value| *value != 0.0).count() as u64,
            mean: self.mean,
            spread,
            coefficient,
            low: coefficient - reach,
            high: coefficient + reach,
            degrees,
            standardised: coefficient * spread / fit.spread(),
            p: student_tails(coefficient / error, degrees),
            adjusted_p: 1.0,
            is_found: false,
            importance: importance / fit.squares(),
            inflation: inflation.max(1.0),
        }
    }
}

#[cfg(test)]
mod tests;
