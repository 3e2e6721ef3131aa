//! What a customer is worth so far: amounts by currency, and what they come to in the currency of the reports.

use std::collections::BTreeMap;

use domain::money::{Currency, RateBook, currency_text};
use domain::time::{Day, day_in, find_zone};
use domain::{Money, MoneyKind, Result, StoredEvent};

/// Amounts of one currency, in its minor units. No number of events makes them overflow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amounts {
    pub revenue: i128,
    pub refunds: i128,
    pub cost: i128,
    /// Events with an amount.
    pub events: u64,
}

impl Amounts {
    /// What is left after refunds and cost.
    pub fn net(&self) -> i128 {
        self.revenue - self.refunds - self.cost
    }

    fn add(&mut self, kind: MoneyKind, minor: i64) {
        let sum = match kind {
            MoneyKind::Revenue => &mut self.revenue,
            MoneyKind::Refund => &mut self.refunds,
            MoneyKind::Cost => &mut self.cost,
        };
        *sum += i128::from(minor);
        self.events += 1;
    }
}

/// Amounts for which no rate holds on their day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftOut {
    pub amounts: Amounts,
    pub first_day: Day,
    pub last_day: Day,
}

/// The value of a customer so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerValue {
    pub by_currency: BTreeMap<Currency, Amounts>,
    pub reporting: Currency,
    /// In the reporting currency, without what is left out.
    pub total: Amounts,
    pub left_out: BTreeMap<Currency, LeftOut>,
}

impl CustomerValue {
    /// What whoever reads the total should know.
    pub fn findings(&self) -> Vec<String> {
        let reporting = currency_text(&self.reporting);
        let say = |(currency, left_out): (&Currency, &LeftOut)| {
            let currency = currency_text(currency);
            let LeftOut { amounts, first_day, last_day } = left_out;
            let amounts = match amounts.events {
                1 => "1 amount".to_owned(),
                events => format!("{events} amounts"),
            };
            format!(
                "{amounts} in {currency} from {first_day} to {last_day} have no rate into {reporting} and are not in the \
                 total; `vivencia rates set {currency} {first_day} RATE` says what they are worth"
            )
        };
        self.left_out.iter().map(say).collect()
    }
}

/// Adds up the amounts of a customer's events. Each is converted with the rate of its day in the organisation's zone and
/// rounded once; currencies never mix.
pub fn compute_value(events: &[StoredEvent], rates: &RateBook, time_zone: &str) -> Result<CustomerValue> {
    let zone = find_zone(time_zone)?;
    let mut value = CustomerValue {
        by_currency: BTreeMap::new(),
        reporting: rates.reporting(),
        total: Amounts::default(),
        left_out: BTreeMap::new(),
    };
    for event in events {
        let Some(Money { minor, currency, kind }) = event.money else { continue };
        value.by_currency.entry(currency).or_default().add(kind, minor);
        let day = day_in(&zone, event.occurred_at);
        match rates.convert(minor, currency, day) {
            Some(converted) => value.total.add(kind, converted),
            None => {
                let nothing = LeftOut { amounts: Amounts::default(), first_day: day, last_day: day };
                let left_out = value.left_out.entry(currency).or_insert(nothing);
                left_out.amounts.add(kind, minor);
                left_out.first_day = left_out.first_day.min(day);
                left_out.last_day = left_out.last_day.max(day);
            }
        }
    }
    Ok(value)
}
