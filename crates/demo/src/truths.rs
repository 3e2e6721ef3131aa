//! The planted truths: effects whose size is known because both worlds were simulated.
//!
//! Each *unit* at risk (a visit, an order, a session, a customer) draws its outcome once with one random number and reads
//! it twice: as it would be under the exposure and as it would be without. Only one of the two is lived and emitted; the
//! counts of both give the true risk difference in this very population. What a naive comparison of the emitted outcomes
//! shows is counted beside it, and so is the comparison within the values of the confounder.

mod definitions;

use serde_json::{Value, json};

pub(crate) use definitions::{DEFINITIONS, Definition};

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

#[derive(Clone, Copy, Debug, Default)]
struct Stratum {
    units: u64,
    outcomes_if_exposed: u64,
    outcomes_if_unexposed: u64,
    exposed: u64,
    outcomes_of_exposed: u64,
    outcomes_of_unexposed: u64,
}

impl Stratum {
    fn add(&mut self, other: &Stratum) {
        self.units += other.units;
        self.outcomes_if_exposed += other.outcomes_if_exposed;
        self.outcomes_if_unexposed += other.outcomes_if_unexposed;
        self.exposed += other.exposed;
        self.outcomes_of_exposed += other.outcomes_of_exposed;
        self.outcomes_of_unexposed += other.outcomes_of_unexposed;
    }

    /// Risk of the exposed, risk of the unexposed, variance of their difference; none without both groups.
    fn lived(&self) -> Option<(f64, f64, f64)> {
        let (exposed, unexposed) = (self.exposed as f64, (self.units - self.exposed) as f64);
        if exposed == 0.0 || unexposed == 0.0 {
            return None;
        }
        let (with, without) =
            (self.outcomes_of_exposed as f64 / exposed, self.outcomes_of_unexposed as f64 / unexposed);
        let variance = with * (1.0 - with) / exposed + without * (1.0 - without) / unexposed;
        Some((with, without, variance))
    }
}

/// The counts of all truths; those of parts of the customers add up.
#[derive(Clone, Debug)]
pub(crate) struct Truths {
    tallies: Vec<Vec<Stratum>>,
}

impl Truths {
    pub(crate) fn new() -> Truths {
        Truths { tallies: DEFINITIONS.iter().map(|truth| vec![Stratum::default(); truth.strata.len()]).collect() }
    }

    pub(crate) fn record(&mut self, truth: Truth, unit: Unit) {
        let stratum = &mut self.tallies[truth as usize][unit.stratum];
        let lived = u64::from(unit.lived());
        stratum.units += 1;
        stratum.outcomes_if_exposed += u64::from(unit.outcome_exposed);
        stratum.outcomes_if_unexposed += u64::from(unit.outcome_unexposed);
        if unit.is_exposed {
            stratum.exposed += 1;
            stratum.outcomes_of_exposed += lived;
        } else {
            stratum.outcomes_of_unexposed += lived;
        }
    }

    /// The list of truths as the file holds them. `troubled` are the spans of the broken releases, as texts.
    pub(crate) fn describe(&self, troubled: &[(String, String)]) -> Vec<Value> {
        DEFINITIONS
            .iter()
            .zip(&self.tallies)
            .map(|(definition, strata)| describe(definition, strata, troubled))
            .collect()
    }
}

fn describe(definition: &Definition, strata: &[Stratum], troubled: &[(String, String)]) -> Value {
    let mut all = Stratum::default();
    strata.iter().for_each(|stratum| all.add(stratum));
    let risk = |outcomes: u64| if all.units == 0 { None } else { Some(outcomes as f64 / all.units as f64) };
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
        "exposure": definition.exposure,
        "outcome": definition.outcome,
        "window": definition.window,
        "confounder": definition.confounder,
        "units": all.units,
        "exposed_units": all.exposed,
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
        "exposed_units": stratum.exposed,
        "outcomes_of_exposed": stratum.outcomes_of_exposed,
        "outcomes_of_unexposed": stratum.outcomes_of_unexposed,
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
        assert_eq!(DEFINITIONS.len(), 9);
    }
}
