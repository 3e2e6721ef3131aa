use proptest::prelude::*;

use super::*;

#[test]
fn amounts_are_exact_in_the_minor_units_of_their_currency() {
    for (text, currency, minor) in [
        ("12.50", "EUR", Some(1_250)),
        ("12.5", "eur", Some(1_250)),
        ("12", "USD", Some(1_200)),
        ("-3.2", "EUR", Some(-320)),
        ("+3.2", "EUR", Some(320)),
        ("0.1", "EUR", Some(10)),
        (".5", "EUR", Some(50)),
        ("5.", "EUR", Some(500)),
        ("33.300000000000004", "EUR", Some(3_330)),
        ("0.005", "EUR", Some(1)),
        ("0.0049", "EUR", Some(0)),
        ("-0.005", "EUR", Some(-1)),
        ("1.005", "EUR", Some(101)),
        ("4990", "CLP", Some(4_990)),
        ("4990.5", "CLP", Some(4_991)),
        ("1500.00", "JPY", Some(1_500)),
        ("25000", "PYG", Some(25_000)),
        ("1.2345", "KWD", Some(1_235)),
        ("1.2e3", "EUR", Some(120_000)),
        ("1200e-2", "EUR", Some(1_200)),
        ("1e-9", "EUR", Some(0)),
        ("0e999999", "EUR", Some(0)),
        ("92233720368547758.07", "EUR", Some(i64::MAX)),
        ("92233720368547758.08", "EUR", None),
        ("1e30", "EUR", None),
        ("1e999999999", "EUR", None),
        ("1e99999999999", "EUR", None),
        ("12,50", "EUR", None),
        ("$12", "USD", None),
        ("1 200", "EUR", None),
        ("", "EUR", None),
        (".", "EUR", None),
        ("NaN", "EUR", None),
    ] {
        let currency = read_currency(currency).unwrap();
        assert_eq!(read_minor_units(text, currency), minor, "{text}");
    }
}

#[test]
fn a_currency_is_three_letters() {
    assert_eq!(read_currency(" eur "), Some(*b"EUR"));
    for text in ["", "EURO", "€", "E1R", "EU"] {
        assert_eq!(read_currency(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn cents_written_as_decimals_read_back(cents in any::<i64>()) {
        let sign = if cents < 0 { "-" } else { "" };
        let text = format!("{sign}{}.{:02}", cents.unsigned_abs() / 100, cents.unsigned_abs() % 100);
        let expected = (cents != i64::MIN).then_some(cents);
        prop_assert_eq!(read_minor_units(&text, *b"EUR"), expected);
    }

    #[test]
    fn no_text_panics(text in "[0-9eE.+-]{0,20}|\\PC{0,10}") {
        read_minor_units(&text, *b"EUR");
    }
}
