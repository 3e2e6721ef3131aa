//! What is decided about a file before it is read, and what is said when that cannot be.

use super::*;

fn plan_of(file: &str, options: &FileOptions) -> Result<Plan, String> {
    plan(file.as_bytes(), options).map_err(|error| error.to_string())
}

#[test]
fn the_delimiter_is_the_one_that_cuts_all_rows_alike() {
    for (delimiter, named) in [(",", "\",\""), (";", "\";\""), ("\t", "tabs"), ("|", "\"|\"")] {
        let file = "user_id#event#timestamp#note\n1#a#2026-01-01#\"x, y; z | w\"\n2#b#2026-01-01#1,5\n"
            .replace('#', delimiter);
        let plan = plan_of(&file, &FileOptions::default()).unwrap();
        assert!(plan.format.contains(named), "{}", plan.format);
        assert_eq!(plan.columns, ["user_id", "event", "timestamp", "note"]);
    }
}

#[test]
fn columns_of_text_need_no_delimiter_said() {
    let file =
        " customer_id  date number_of_cds  dollar_value\n 00001 19970101  1   11.77\n 00002 19970112  1   12.00\n";
    let mapping = "customer=customer_id,activity:Purchase,occurred_at=date,property:revenue=dollar_value";
    let found = events(read(file, &options(mapping)));
    assert_eq!((found.len(), &*found[1].properties), (2, r#"{"revenue":12.00}"#));
}

#[test]
fn a_guess_is_explained_and_takes_every_column() {
    let file = "case:channel,case:concept:name,concept:name,org:group,time:timestamp\n\
                Internet,case-1,Confirm,G1,2011-10-11 13:45:40.276000+02:00\n";
    let plan = plan_of(file, &FileOptions::default()).unwrap();
    assert_eq!(
        plan.reasons,
        [
            "customer = case:concept:name (by its name, as user_id)",
            "activity = concept:name (by its name)",
            "occurred_at = time:timestamp (by its name and its values)",
            "channel = case:channel (by its name)",
        ]
    );
    let [event] = &events(read(file, &FileOptions::default()))[..] else { panic!() };
    assert_eq!(event.properties, r#"{"org:group":"G1"}"#);
    assert_eq!(format_instant(event.occurred_at), "2011-10-11T11:45:40.276Z");
}

#[test]
fn columns_keep_apart_and_have_names() {
    let plan = plan_of("user_id,event,date,x,x,,\n1,a,2026-01-01,1,2,3,4\n", &FileOptions::default()).unwrap();
    assert_eq!(plan.columns, ["user_id", "event", "date", "x", "x 5", "column 6", "column 7"]);
}

#[test]
fn only_a_column_of_numbers_gives_numbers() {
    let file = "user_id,event,date,amount,zip,mixed\nc1,a,2026-01-01,1.5,02134,1\nc1,a,2026-01-01,,10001,x\nc1,a,2026-01-01,1e400,1,2\n";
    let properties: Vec<String> =
        events(read(file, &FileOptions::default())).into_iter().map(|event| event.properties).collect();
    assert_eq!(
        properties,
        [
            r#"{"amount":1.5,"zip":"02134","mixed":"1"}"#,
            r#"{"zip":"10001","mixed":"x"}"#,
            r#"{"amount":"1e400","zip":"1","mixed":"2"}"#,
        ]
    );
}

#[test]
fn what_is_wrong_with_a_file_is_said_with_the_way_out() {
    let file = "user_id;event;timestamp\n1;a;2026-01-01\n";
    let comma = FileOptions { delimiter: Some(Delimiter::Byte(b',')), ..FileOptions::default() };
    for (file, options, says) in [
        ("", FileOptions::default(), "the file is empty"),
        (" \n\n", FileOptions::default(), "the file is empty"),
        ("\u{feff}", FileOptions::default(), "the file is empty"),
        (file, comma, "single column: the first is `user_id;event;timestamp`"),
        ("one\ntwo\n", FileOptions::default(), "single column: the first is `one`"),
        (
            file,
            options("customer=userid,activity=event,occurred_at=timestamp"),
            "no column `userid`, did you mean `user_id`?",
        ),
        (
            file,
            options("customer=user_id,activity=verb,occurred_at=timestamp"),
            "the columns are `user_id`, `event`, `timestamp`",
        ),
        (file, options("customer=4,activity=2,occurred_at=3"), "no column `4`"),
        (
            file,
            FileOptions { has_header: false, ..FileOptions::default() },
            "mapping by number: its rows have 3 columns",
        ),
        (file, FileOptions { time_zone: "Mars".to_owned(), ..FileOptions::default() }, "`Mars` is not a time zone"),
        ("a,b,c\n1,2,3\n", FileOptions::default(), "no column is surely the customer"),
        ("[{\"a\":1}]", FileOptions::default(), "jq -c '.[]'"),
    ] {
        let message = plan_of(file, &options).unwrap_err();
        assert!(message.contains(says), "{file:?}: {message}");
    }
    let message = plan(b"\xFF\xFEa\0,\0b\0\n\0", &FileOptions::default()).unwrap_err().to_string();
    assert!(message.contains("UTF-16") && message.contains("iconv"));
}

#[test]
fn a_mapping_by_which_nothing_can_be_read_is_refused_before_anything_is_stored() {
    let mut file = "user_id,event,date,amount\n".to_owned();
    file.extend((0..30).map(|row| format!("{row},a,2026-01-01,x{row}\n")));
    let message = plan_of(&file, &options("customer=user_id,activity=event,occurred_at=amount")).unwrap_err();
    assert!(
        message.contains("none of the first 30 rows") && message.contains("line 2: `x0` is not a time"),
        "{message}"
    );
    let message = plan_of("user_id,event,date\n1,a,2026-01-01\n", &options("customer=1,activity=2,occurred_at=3"));
    assert!(message.is_ok(), "columns have numbers too");
}
