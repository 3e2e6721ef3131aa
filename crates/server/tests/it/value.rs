//! What a customer is worth: amounts by currency, and the total with the rates of the days.

use serde_json::{Value, json};

use crate::door::Door;

/// `(activity, amount, currency, instant)` of one customer.
fn buy(door: &Door, amounts: &[(&str, &str, &str, &str)]) {
    let batch: Vec<Value> = amounts
        .iter()
        .enumerate()
        .map(|(number, (activity, amount, currency, timestamp))| {
            json!({"type": "track", "userId": "ana", "event": activity, "messageId": format!("m-{number}"),
                   "timestamp": timestamp, "properties": {"total": amount, "currency": currency}})
        })
        .collect();
    door.collect("/v1/batch", json!({"batch": batch}).to_string()).expect(200);
}

fn value(door: &Door) -> Value {
    let found = door.get("/api/v1/customers?identifier=ana").json();
    let id = found["customers"][0]["id"].as_str().unwrap().to_owned();
    door.get(&format!("/api/v1/customers/{id}")).expect(200).json()["value"].clone()
}

fn amounts(currency: &str, revenue: i64, refunds: i64, events: u64) -> Value {
    json!({"currency": currency, "revenue_minor": revenue, "refunds_minor": refunds, "cost_minor": 0,
           "net_minor": revenue - refunds, "events": events})
}

fn set_rate(door: &Door, currency: &str, day: &str, rate: &str) {
    let body = json!({"rate": rate}).to_string();
    door.owner("PUT", &format!("/api/v1/rates/{currency}/{day}"), body).expect(200);
}

#[test]
fn currencies_never_mix_and_what_has_no_rate_stays_apart() {
    let door = Door::open();
    buy(
        &door,
        &[
            ("Order Completed", "12.50", "EUR", "2026-01-10T12:00:00Z"),
            ("Order Refunded", "2.50", "EUR", "2026-01-11T12:00:00Z"),
            ("Order Completed", "100", "MXN", "2026-01-10T12:00:00Z"),
            ("Order Completed", "300", "MXN", "2026-02-10T12:00:00Z"),
            ("Order Completed", "4990", "CLP", "2026-02-10T12:00:00Z"),
        ],
    );
    let without_rates = value(&door);
    assert_eq!(
        without_rates["by_currency"],
        json!([amounts("CLP", 4_990, 0, 1), amounts("EUR", 1_250, 250, 2), amounts("MXN", 40_000, 0, 2)])
    );
    assert_eq!(without_rates["total"], amounts("EUR", 1_250, 250, 2));
    assert_eq!(without_rates["left_out"], json!([amounts("CLP", 4_990, 0, 1), amounts("MXN", 40_000, 0, 2)]));
    assert_eq!(
        without_rates["findings"][1],
        json!({"code": "no_rate", "detail": "2 amounts in MXN from 2026-01-10 to 2026-02-10 have no rate into EUR and are \
               not in the total; `vivencia rates set MXN 2026-01-10 RATE` says what they are worth"})
    );

    set_rate(&door, "MXN", "2026-02-01", "0.05");
    set_rate(&door, "CLP", "2026-01-01", "0.001");
    let with_rates = value(&door);
    // 12.50 + 300 × 0.05 + 4,990 × 0.001
    assert_eq!(with_rates["total"], amounts("EUR", 1_250 + 1_500 + 499, 250, 4));
    assert_eq!(with_rates["left_out"], json!([amounts("MXN", 10_000, 0, 1)]));
    assert_eq!(with_rates["by_currency"], without_rates["by_currency"]);
}

#[test]
fn the_day_is_that_of_the_organisation() {
    let door = Door::open();
    door.owner("PATCH", "/api/v1/organisation", r#"{"time_zone":"America/Mexico_City"}"#).expect(200);
    // Still the last day of January in Mexico.
    buy(&door, &[("Order Completed", "100", "MXN", "2026-02-01T03:00:00Z")]);
    set_rate(&door, "MXN", "2026-01-01", "0.04");
    set_rate(&door, "MXN", "2026-02-01", "0.05");
    assert_eq!(value(&door)["total"]["revenue_minor"], 400);
    door.owner("PATCH", "/api/v1/organisation", r#"{"time_zone":"Europe/Madrid"}"#).expect(200);
    assert_eq!(value(&door)["total"]["revenue_minor"], 500);
}

#[test]
fn rates_into_another_currency_wait_until_it_comes_back() {
    let door = Door::open();
    buy(&door, &[("Order Completed", "100", "MXN", "2026-02-01T12:00:00Z")]);
    set_rate(&door, "MXN", "2026-01-01", "0.05");
    assert_eq!(value(&door)["total"], amounts("EUR", 500, 0, 1));
    door.owner("PATCH", "/api/v1/organisation", r#"{"currency":"USD"}"#).expect(200);
    assert_eq!(value(&door)["total"], amounts("USD", 0, 0, 0));
    assert_eq!(value(&door)["findings"][0]["code"], "no_rate");
    set_rate(&door, "MXN", "2026-01-01", "0.06");
    assert_eq!(value(&door)["total"], amounts("USD", 600, 0, 1));
    door.owner("PATCH", "/api/v1/organisation", r#"{"currency":"EUR"}"#).expect(200);
    assert_eq!(value(&door)["total"], amounts("EUR", 500, 0, 1));
}

#[test]
fn sums_beyond_what_can_be_shown_are_said() {
    let door = Door::open();
    let most = "92233720368547758.07";
    buy(
        &door,
        &[
            ("Order Completed", most, "EUR", "2026-01-10T12:00:00Z"),
            ("Order Completed", most, "EUR", "2026-01-11T12:00:00Z"),
        ],
    );
    let value = value(&door);
    assert_eq!(value["total"]["revenue_minor"], i64::MAX);
    assert_eq!(value["findings"][0]["code"], "too_large");
}
