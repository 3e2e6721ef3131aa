//! What the currencies of the countries were worth in euros, month by month. Invented: they follow the price list, with a
//! slow drift and a wobble, so that sums across countries can be told apart from sums with one rate.

use std::fmt::Write as _;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::shops::COUNTRIES;

/// The currency of the price list and of the reports.
const REPORTING: &str = "EUR";
/// Thousandths added to the rate, by month of the year.
const WOBBLE: [i64; 12] = [0, 7, 12, 9, -4, -11, -15, -8, 3, 10, 14, 5];
/// Decimals of a rate.
const DECIMALS: usize = 10;

/// `currency,valid_from,rate` for the first of every month that touches the period.
pub(crate) fn rates_csv(from: Date, until: Date) -> String {
    let mut text = "currency,valid_from,rate\n".to_owned();
    for country in COUNTRIES.iter().filter(|country| country.currency != REPORTING) {
        let (minor_units, _) = country.price;
        let euro = 10_i64.pow(DECIMALS as u32 + country.minor_digits);
        let mut month = from.first_of_month();
        let mut months = 0;
        while month < until {
            // The peso of Argentina loses value faster than the others.
            let drift = if country.currency == "ARS" { -15 * months } else { -months };
            let wobble = WOBBLE[usize::try_from(month.month() - 1).unwrap_or(0)];
            let rate = euro * (1_000 + wobble + drift.max(-700)) / (1_000 * minor_units);
            // Writing into a text cannot fail.
            let _ = writeln!(text, "{},{month},0.{rate:0DECIMALS$}", country.currency);
            let Ok(next) = month.checked_add(1.month()) else { break };
            month = next;
            months += 1;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_foreign_currency_has_a_rate_for_every_month() {
        let csv = rates_csv(Date::constant(2025, 5, 10), Date::constant(2025, 8, 1));
        let lines: Vec<&str> = csv.lines().collect();
        assert_eq!(lines.len(), 1 + 6 * 3);
        assert_eq!(
            lines[1..4],
            ["MXN,2025-05-01,0.0553333333", "MXN,2025-06-01,0.0548888888", "MXN,2025-07-01,0.0546111111"]
        );
        assert!(lines.iter().any(|line| line.starts_with("CLP,2025-05-01,0.00103")), "{csv}");
    }
}
