//! The planted truths: effects whose size is known because both worlds were simulated.
//!
//! Each *unit* at risk (a visit, an order, a session, a customer) draws its outcome once with one random number and reads
//! it twice: as it would be under the exposure and as it would be without. Only one of the two is lived and emitted; the
//! counts of both give the true risk difference in this very population. What a naive comparison of the emitted outcomes
//! shows is counted beside it, and so is the comparison within the values of the confounder.

mod definitions;
mod shops;

use serde_json::{Value, json};

pub(crate) use definitions::{DEFINITIONS, Definition};
use shops::ShopScores;

/// One planted truth; the position of its definition and its tally.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Truth {
    ParkingWait,
    FirstParkingWait,
    BrokenPromise,
    RandomCampaign,
    OpenedEmail,
    AppUser,
    PaymentFailure,
    ReleaseCrashes,
    ReleaseOrders,
    MediumWaitCsat,
    LongWaitCsat,
    MediumWaitNps,
    LongWaitNps,
    ReleaseCsat,
    ReleaseNps,
    LateDelivery,
    AnotherContact,
    AskedByEmail,
}

/// What one unit's outcome is in both worlds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unit {
    /// Position among the values of the confounder.
    pub(crate) stratum: usize,
    pub(crate) is_exposed: bool,
    pub(crate) outcome_exposed: bool,
    pub(crate) outcome_unexposed: bool,
}

impl Unit {
    /// The outcome in the world that the unit lives in.
    pub(crate) fn lived(&self) -> bool {
        if self.is_exposed { self.outcome_exposed } else { self.outcome_unexposed }
    }
}

/// What one answer to a survey comes to in both worlds: 0 or 1 where a share is counted; −1, 0 or 1 where promoters less detractors
/// are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answer {
    pub(crate) stratum: usize,
    pub(crate) is_exposed: bool,
    pub(crate) with: i64,
    pub(crate) without: i64,
}

/// Outcomes lived by so many units: their sum and that of their squares, whole numbers both.
#[derive(Clone, Copy, Debug, Default)]
struct Outcomes {
    units: u64,
    sum: i64,
    squares: i64,
}

impl Outcomes {
    fn record(&mut self, outcome: i64) {
        self.units += 1;
        self.sum += outcome;
        self.squares += outcome * outcome;
    }

    fn add(&mut self, other: &Outcomes) {
        self.units += other.units;
        self.sum += other.sum;
        self.squares += other.squares;
    }

    /// The mean and its variance; none of nobody.
    fn mean(&self) -> Option<(f64, f64)> {
        if self.units == 0 {
            return None;
        }
        let units = self.units as f64;
        let mean = self.sum as f64 / units;
        Some((mean, (self.squares as f64 / units - mean * mean) / units))
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Stratum {
    units: u64,
    outcomes_if_exposed: i64,
    outcomes_if_unexposed: i64,
    exposed: Outcomes,
    unexposed: Outcomes,
}

impl Stratum {
    fn add(&mut self, other: &Stratum) {
        self.units += other.units;
        self.outcomes_if_exposed += other.outcomes_if_exposed;
        self.outcomes_if_unexposed += other.outcomes_if_unexposed;
        self.exposed.add(&other.exposed);
        self.unexposed.add(&other.unexposed);
    }

    /// Risk of the exposed, risk of the unexposed, variance of their difference; none without both groups.
    fn lived(&self) -> Option<(f64, f64, f64)> {
        let ((with, of_with), (without, of_without)) = self.exposed.mean().zip(self.unexposed.mean())?;
        Some((with, without, of_with + of_without))
    }
}

/// The counts of all truths; those of parts of the customers add up.
#[derive(Clone, Debug)]
pub(crate) struct Truths {
    tallies: Vec<Vec<Stratum>>,
    shops: ShopScores,
}

impl Truths {
    pub(crate) fn new() -> Truths {
        Truths {
            tallies: DEFINITIONS.iter().map(|truth| vec![Stratum::default(); truth.strata.len()]).collect(),
            shops: ShopScores::default(),
        }
    }

    pub(crate) fn record(&mut self, truth: Truth, unit: Unit) {
        let (with, without) = (i64::from(unit.outcome_exposed), i64::from(unit.outcome_unexposed));
        self.record_answer(truth, Answer { stratum: unit.stratum, is_exposed: unit.is_exposed, with, without });
    }

    pub(crate) fn record_answer(&mut self, truth: Truth, answer: Answer) {
        let stratum = &mut self.tallies[truth as usize][answer.stratum];
        stratum.units += 1;
        stratum.outcomes_if_exposed += answer.with;
        stratum.outcomes_if_unexposed += answer.without;
        if answer.is_exposed {
            stratum.exposed.record(answer.with);
        } else {
            stratum.unexposed.record(answer.without);
        }
    }

    /// An answer about the company from the customers of a shop: 1 of a promoter, −1 of a detractor.
    pub(crate) fn record_shop(&mut self, shop: usize, points: i64) {
        self.shops.record(shop, points);
    }

    /// The list of truths as the file holds them. `troubled` are the spans of the broken releases, as texts.
    pub(crate) fn describe(&self, troubled: &[(String, String)]) -> Vec<Value> {
        let truths = DEFINITIONS.iter().zip(&self.tallies);
        truths.map(|(definition, strata)| describe(definition, strata, troubled)).collect()
    }

    /// The shop that leads by luck, as the file holds it.
    pub(crate) fn describe_leading_shop(&self, store_ids: &[&str]) -> Value {
        self.shops.describe(store_ids)
    }
}

fn describe(definition: &Definition, strata: &[Stratum], troubled: &[(String, String)]) -> Value {
    let mut all = Stratum::default();
    strata.iter().for_each(|stratum| all.add(stratum));
    let risk = |outcomes: i64| if all.units == 0 { None } else { Some(outcomes as f64 / all.units as f64) };
    let (risk_exposed, risk_unexposed) = (risk(all.outcomes_if_exposed), risk(all.outcomes_if_unexposed));
    let difference = risk_exposed.zip(risk_unexposed).map(|(with, without)| with - without);
    let naive = all.lived();
    let adjusted = adjust(strata);

    let mut value = json!({
        "id": definition.id,
        "kind": definition.kind,
        "statement": {"en": definition.statement_en, "es": definition.statement_es},
        "unit": definition.unit,
        "population": definition.population,
        "measure": definition.measure,
        "exposure": definition.exposure,
        "outcome": definition.outcome,
        "window": definition.window,
        "confounder": definition.confounder,
        "units": all.units,
        "exposed_units": all.exposed.units,
        "risk_exposed": risk_exposed.map(rounded),
        "risk_unexposed": risk_unexposed.map(rounded),
        "risk_difference": difference.map(rounded),
        "naive_risk_exposed": naive.map(|(with, _, _)| rounded(with)),
        "naive_risk_unexposed": naive.map(|(_, without, _)| rounded(without)),
        "naive_difference": naive.map(|(with, without, _)| rounded(with - without)),
        "adjusted_difference": adjusted.map(|(difference, _)| rounded(difference)),
        "adjusted_standard_error": adjusted.map(|(_, variance)| rounded(variance.sqrt())),
        "strata": definition.strata.iter().zip(strata).map(|(name, stratum)| describe_stratum(name, stratum)).collect::<Vec<_>>(),
        "see": {
            "activities": definition.activities,
            "properties": definition.properties,
            "how": definition.how,
        },
    });
    if definition.is_about_releases {
        value["spans"] = troubled.iter().map(|(from, until)| json!({"from": from, "until": until})).collect();
    }
    value
}

fn describe_stratum(name: &str, stratum: &Stratum) -> Value {
    json!({
        "value": name,
        "units": stratum.units,
        "exposed_units": stratum.exposed.units,
        "outcomes_of_exposed": stratum.exposed.sum,
        "outcomes_of_unexposed": stratum.unexposed.sum,
    })
}

/// Difference of the lived risks within each value of the confounder, weighted by the units there, with its variance.
fn adjust(strata: &[Stratum]) -> Option<(f64, f64)> {
    let comparable: Vec<(f64, (f64, f64, f64))> =
        strata.iter().filter_map(|stratum| Some((stratum.units as f64, stratum.lived()?))).collect();
    let units: f64 = comparable.iter().map(|(units, _)| units).sum();
    if comparable.is_empty() {
        return None;
    }
    let share = |units: f64, all: f64| units / all;
    Some(comparable.iter().fold((0.0, 0.0), |(difference, variance), (here, (with, without, of_difference))| {
        let weight = share(*here, units);
        (difference + weight * (with - without), variance + weight * weight * of_difference)
    }))
}

/// Six decimals, so that the file reads well.
fn rounded(value: f64) -> f64 {
    let rounded = (value * 1e6).round() / 1e6;
    if rounded == 0.0 { 0.0 } else { rounded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_confounder_fools_the_naive_comparison_and_not_the_stratified_one() {
        let mut truths = Truths::new();
        // Daily customers: 90 of 100 exposed, all come back. Occasional ones: 10 of 100 exposed, nobody does.
        for position in 0..100 {
            let mut record = |stratum, is_exposed, outcome| {
                let unit = Unit { stratum, is_exposed, outcome_exposed: outcome, outcome_unexposed: outcome };
                truths.record(Truth::AppUser, unit);
            };
            record(0, position < 90, true);
            record(2, position < 10, false);
        }
        let described = truths.describe(&[]);
        let app = &described[Truth::AppUser as usize];
        assert_eq!(app["risk_difference"], 0.0);
        assert_eq!(app["naive_difference"], 0.8);
        assert_eq!(app["adjusted_difference"], 0.0);
        assert_eq!((&app["units"], &app["exposed_units"]), (&json!(200), &json!(100)));
        assert!(described[0]["risk_difference"].is_null(), "nobody at risk, no number");
    }

    #[test]
    fn definitions_stand_in_the_order_of_their_truths() {
        let id = |truth: Truth| DEFINITIONS[truth as usize].id;
        assert_eq!(id(Truth::ParkingWait), "parking_wait_lowers_return");
        assert_eq!(id(Truth::FirstParkingWait), "first_parking_wait_lowers_second_visit");
        assert_eq!(id(Truth::BrokenPromise), "broken_promise_lowers_rating");
        assert_eq!(id(Truth::RandomCampaign), "campaign_has_no_effect");
        assert_eq!(id(Truth::OpenedEmail), "opening_email_has_no_effect");
        assert_eq!(id(Truth::AppUser), "app_has_no_effect");
        assert_eq!(id(Truth::PaymentFailure), "payment_failure_raises_abandonment");
        assert_eq!(id(Truth::ReleaseCrashes), "broken_release_raises_crashes");
        assert_eq!(id(Truth::ReleaseOrders), "broken_release_lowers_orders");
        assert_eq!(id(Truth::MediumWaitCsat), "medium_wait_lowers_csat");
        assert_eq!(id(Truth::LongWaitCsat), "long_wait_lowers_csat");
        assert_eq!(id(Truth::MediumWaitNps), "medium_wait_lowers_nps");
        assert_eq!(id(Truth::LongWaitNps), "long_wait_lowers_nps");
        assert_eq!(id(Truth::ReleaseCsat), "broken_release_lowers_csat");
        assert_eq!(id(Truth::ReleaseNps), "broken_release_lowers_nps");
        assert_eq!(id(Truth::LateDelivery), "broken_delivery_makes_detractors");
        assert_eq!(id(Truth::AnotherContact), "contact_again_lowers_ces");
        assert_eq!(id(Truth::AskedByEmail), "asking_by_email_has_no_effect");
        assert_eq!(DEFINITIONS.len(), 18);
    }

    #[test]
    fn promoters_less_detractors_have_a_mean_and_a_variance() {
        let mut outcomes = Outcomes::default();
        assert!(outcomes.mean().is_none());
        [1, 1, 1, 0, -1].into_iter().for_each(|points| outcomes.record(points));
        let (mean, variance) = outcomes.mean().unwrap();
        assert!((mean - 0.4).abs() < 1e-12 && (variance - (0.8 - 0.16) / 5.0).abs() < 1e-12);
    }
}
