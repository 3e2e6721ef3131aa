//! Dated exchange rates.

use domain::Code;
use domain::money::ExchangeRate;
use domain::ports::{AuditLog, RateStore};
use domain::time::parse_day;
use store::Store;

use crate::builders::audit;
use crate::database::Database;

fn rate(reporting: &[u8; 3], currency: &[u8; 3], day: &str, rate: &str) -> ExchangeRate {
    ExchangeRate {
        currency: *currency,
        reporting: *reporting,
        valid_from: parse_day(day).unwrap(),
        rate: rate.parse().unwrap(),
    }
}

fn enter(store: &Store, rates: &[ExchangeRate]) -> domain::Result<()> {
    store.update_rates(rates, &audit("rate.update"))
}

pub fn rates_are_listed_as_they_were_entered(database: &Database) {
    let store = database.open();
    assert!(store.list_rates().unwrap().is_empty());
    let euros = [
        rate(b"EUR", b"CLP", "2026-01-01", "0.000956789012345678"),
        rate(b"EUR", b"MXN", "2025-05-01", "0.0496"),
        rate(b"EUR", b"MXN", "2026-01-01", "12345678901234567.8"),
    ];
    let dollars = [rate(b"USD", b"MXN", "2026-01-01", "0.055")];
    enter(&store, &dollars).unwrap();
    enter(&store, &[euros[2], euros[0], euros[1]]).unwrap();
    assert_eq!(store.list_rates().unwrap(), [&euros[..], &dollars[..]].concat());
    assert_eq!(store.list_audit(10).unwrap().len(), 2);
}

pub fn a_rate_of_the_same_day_replaces_the_one_before(database: &Database) {
    let store = database.open();
    enter(&store, &[rate(b"EUR", b"MXN", "2026-01-01", "0.5"), rate(b"EUR", b"MXN", "2026-02-01", "0.06")]).unwrap();
    enter(&store, &[rate(b"EUR", b"MXN", "2026-01-01", "0.05")]).unwrap();
    let rates: Vec<String> = store.list_rates().unwrap().iter().map(|rate| rate.rate.to_string()).collect();
    assert_eq!(rates, ["0.05", "0.06"]);
}

pub fn a_rate_that_stands_twice_changes_nothing(database: &Database) {
    let store = database.open();
    let twice = [rate(b"EUR", b"MXN", "2026-01-01", "0.05"), rate(b"EUR", b"MXN", "2026-01-01", "0.06")];
    let error = enter(&store, &twice).unwrap_err();
    assert_eq!(error.code, Code::InvalidArgument);
    assert!(error.detail.contains("MXN on 2026-01-01"), "{error}");
    assert!(store.list_rates().unwrap().is_empty());
    assert!(store.list_audit(10).unwrap().is_empty());
}

pub fn a_rate_is_deleted_by_its_day(database: &Database) {
    let store = database.open();
    enter(&store, &[rate(b"EUR", b"MXN", "2026-01-01", "0.05"), rate(b"EUR", b"MXN", "2026-02-01", "0.06")]).unwrap();
    let delete = |reporting: &[u8; 3], day: &str| {
        store.delete_rate(*reporting, *b"MXN", parse_day(day).unwrap(), &audit("rate.delete"))
    };
    delete(b"EUR", "2026-01-01").unwrap();
    assert_eq!(delete(b"EUR", "2026-01-01").unwrap_err().code, Code::NotFound);
    assert_eq!(delete(b"USD", "2026-02-01").unwrap_err().code, Code::NotFound);
    assert_eq!(store.list_rates().unwrap(), [rate(b"EUR", b"MXN", "2026-02-01", "0.06")]);
}
