use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use arrow_array::{ArrayRef, RecordBatch};
use domain::ports::PropertyType;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::*;

/// The whole file as any reader of Parquet sees it.
fn table(written: &Written) -> Vec<RecordBatch> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(written.bytes()).unwrap().build().unwrap();
    reader.map(Result::unwrap).collect()
}

fn typed_names(written: &Written) -> Vec<String> {
    let schema = table(written)[0].schema();
    schema.fields().iter().filter(|field| field.name().starts_with("p_")).map(|field| field.name().clone()).collect()
}

fn column(written: &Written, name: &str) -> ArrayRef {
    table(written)[0].column_by_name(name).unwrap().clone()
}

#[test]
fn the_commonest_scalar_properties_are_columns_of_the_type_they_mostly_have() {
    let written = write(&[
        with_properties(1, 0, r#"{"total":12.5,"coupon":"CAFÉ\n10","is_new":true,"lines":[1],"ship":{"a":1}}"#),
        with_properties(2, 1, r#"{"total":"twelve","coupon":null,"is_new":false}"#),
        with_properties(3, 0, r#"{"total":-3e2,"total":4,"coupon":"","is_new":"yes"}"#),
        with_properties(4, 0, "not JSON"),
        with_properties(5, 0, r#"{"total":1e400}"#),
    ]);
    assert_eq!(typed_names(&written), ["p_coupon", "p_is_new", "p_total"]);
    let totals: Vec<_> = column(&written, "p_total").as_primitive::<Float64Type>().iter().collect();
    assert_eq!(totals, [Some(12.5), None, Some(-300.0), None, None]);
    let coupons: Vec<_> =
        column(&written, "p_coupon").as_string::<i32>().iter().map(|text| text.map(str::to_owned)).collect();
    assert_eq!(coupons, [Some("CAFÉ\n10".to_owned()), None, Some(String::new()), None, None]);
    let flags: Vec<_> = column(&written, "p_is_new").as_boolean().iter().collect();
    assert_eq!(flags, [Some(true), Some(false), None, None, None]);
}

#[test]
fn values_stay_with_their_rows_across_row_groups() {
    let events: Vec<StoredEvent> = (0..40_000)
        .map(|seq| match seq % 5 {
            0 => with_properties(seq, 0, &format!(r#"{{"n":{seq},"t":"t{seq}"}}"#)),
            _ => with_properties(seq, 1, "{}"),
        })
        .collect();
    let written = write(&events);
    let mut row = 0;
    for batch in table(&written) {
        let numbers = batch.column_by_name("p_n").unwrap().as_primitive::<Float64Type>().clone();
        let texts = batch.column_by_name("p_t").unwrap().as_string::<i32>().clone();
        for (number, text) in numbers.iter().zip(texts.iter()) {
            let expected = (row % 5 == 0).then_some(row);
            assert_eq!(number, expected.map(f64::from));
            assert_eq!(text, expected.map(|row| format!("t{row}")).as_deref());
            row += 1;
        }
    }
    assert_eq!(row, 40_000);
}

#[test]
fn columns_are_at_most_32_for_an_activity_and_the_rarest_are_left_out() {
    let properties = |common: usize| {
        let pairs: Vec<String> = (0..common).map(|number| format!(r#""name{number:02}":{number}"#)).collect();
        format!("{{{}}}", pairs.join(","))
    };
    let written = write(&[with_properties(1, 0, &properties(40)), with_properties(2, 0, &properties(32))]);
    let expected: Vec<String> = (0..32).map(|number| format!("p_name{number:02}")).collect();
    assert_eq!(typed_names(&written), expected);
    assert_eq!(written.seen.len(), 40);
}

#[test]
fn columns_are_at_most_256_in_a_chunk() {
    let mut names = names();
    let activities: Vec<u16> =
        (0..12).map(|number| names.code(Dictionary::Activity, &format!("a{number}")).0 as u16).collect();
    let mut events = Vec::new();
    for (number, activity) in activities.iter().enumerate() {
        let pairs: Vec<String> = (0..30).map(|name| format!(r#""{number:02}-{name:02}":true"#)).collect();
        for seq in 0..=number {
            events.push(with_properties(seq as u64, *activity, &format!("{{{}}}", pairs.join(","))));
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let written = write_into(folder, &events, &names);
    let typed = typed_names(&written);
    assert_eq!(typed.len(), 256);
    assert!(typed.contains(&"p_11-29".to_owned()) && !typed.contains(&"p_00-00".to_owned()));
    assert_eq!(written.seen.len(), 12 * 30);
}

#[test]
fn prose_and_endless_names_get_no_column() {
    let review = "good coffee ".repeat(40);
    let name = "n".repeat(200);
    let written = write(&[with_properties(1, 0, &format!(r#"{{"review":"{review}","{name}":1,"":2,"stars":5}}"#))]);
    assert_eq!(typed_names(&written), ["p_stars"]);
}

#[test]
fn every_property_seen_is_counted_by_activity_and_type() {
    let identify = StoredEvent { kind: EventKind::Identify, activity: None, ..with_properties(4, 0, r#"{"x":1}"#) };
    let mut written = write(&[
        with_properties(1, 0, r#"{"total":1,"total":2,"a\"b":"x"}"#),
        StoredEvent { received_at: 7, ..with_properties(2, 0, r#"{"total":2.5,"lines":[]}"#) },
        with_properties(3, 1, r#"{"total":"x","total":null,"ship":{}}"#),
        identify,
    ]);
    written.seen.sort_by_key(|seen| (seen.activity.clone(), seen.name.clone()));
    let counts: Vec<(&str, &str, PropertyType, u64, i64, i64)> = written
        .seen
        .iter()
        .map(|seen| {
            let PropertySeen { activity, name, value_type, events, first_seen_at, last_seen_at } = seen;
            (activity.as_str(), name.as_str(), *value_type, *events, *first_seen_at, *last_seen_at)
        })
        .collect();
    let at = DECEMBER + 500;
    assert_eq!(
        counts,
        [
            ("Order Completed", "ship", PropertyType::Object, 1, at, at),
            ("Order Completed", "total", PropertyType::Text, 1, at, at),
            ("Page Viewed", "a\"b", PropertyType::Text, 1, at, at),
            ("Page Viewed", "lines", PropertyType::List, 1, 7, 7),
            ("Page Viewed", "total", PropertyType::Number, 2, 7, at),
        ]
    );
}
