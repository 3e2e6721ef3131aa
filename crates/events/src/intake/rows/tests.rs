mod json_lines;
mod plans;

use domain::event::{DeadCode, IncomingEvent, MoneyKind};
use domain::time::format_instant;
use proptest::prelude::*;

use super::*;
use crate::intake::IntakeSettings;

/// 2026-03-29T12:00:00Z.
const NOON: i64 = 1_774_785_600_000;

fn options(mapping: &str) -> FileOptions {
    FileOptions { mapping: Some(Mapping::parse(mapping).unwrap()), ..FileOptions::default() }
}

/// Reads a file in pieces of `piece` bytes.
fn read_in_pieces(file: &[u8], options: &FileOptions, settings: &IntakeSettings, piece: usize) -> Vec<Row> {
    let plan = plan(file, options).unwrap();
    let mut reader = RowReader::new(&plan, settings.clone(), NOON).unwrap();
    let mut rows = Vec::new();
    for bytes in file.chunks(piece) {
        reader.push(bytes, &mut |row| rows.push(row));
    }
    reader.finish(&mut |row| rows.push(row));
    rows
}

fn read(file: &str, options: &FileOptions) -> Vec<Row> {
    let rows = read_in_pieces(file.as_bytes(), options, &IntakeSettings::default(), usize::MAX);
    for piece in [1, 7, 64] {
        assert_eq!(
            read_in_pieces(file.as_bytes(), options, &IntakeSettings::default(), piece),
            rows,
            "pieces of {piece}"
        );
    }
    rows
}

/// Lines with their dead code or the activity of their event.
fn outcomes(rows: &[Row]) -> Vec<(u64, Result<&str, DeadCode>)> {
    let outcome = |row: &'_ Row| match &row.outcome {
        Ok(_) => Ok(()),
        Err(letter) => {
            assert_eq!((letter.index, letter.received_at), (row.line, NOON));
            Err(letter.code)
        }
    };
    rows.iter()
        .map(|row| (row.line, outcome(row).map(|()| row.outcome.as_ref().unwrap().activity.as_deref().unwrap())))
        .collect()
}

fn events(rows: Vec<Row>) -> Vec<IncomingEvent> {
    rows.into_iter().map(|row| row.outcome.unwrap()).collect()
}

const MAP: &str = "customer=id,activity=what,occurred_at=at";

#[test]
fn a_row_becomes_an_event() {
    let file = "id,what,at,canal,shop,price,zip,note\n\
                c-1001, Order Completed ,2026-01-15 12:00:00.123456,web,Lima,12.50,02134,\"two\nlines, \"\"x\"\"\"\n";
    let mapping = format!("{MAP},channel=canal,unit=shop,property:revenue=price,property:zip=zip,property:note=note");
    let settings = IntakeSettings { currency: Some("PEN".to_owned()), ..IntakeSettings::default() };
    let options = FileOptions { time_zone: "America/Lima".to_owned(), ..options(&mapping) };
    let [row] = &read_in_pieces(file.as_bytes(), &options, &settings, 10)[..] else { panic!() };
    assert_eq!(row.line, 2);
    let event = row.outcome.as_ref().unwrap();
    assert_eq!(event.activity.as_deref(), Some("Order Completed"));
    assert_eq!(event.identifiers[0].to_string(), "user_id:c-1001");
    assert_eq!(format_instant(event.occurred_at), "2026-01-15T17:00:00.123Z");
    assert_eq!((event.original_at, event.sent_at), (event.occurred_at, None));
    assert_eq!((event.channel.as_deref(), event.unit.as_deref()), (Some("web"), Some("Lima")));
    assert_eq!(event.properties, r#"{"revenue":12.50,"zip":"02134","note":"two\nlines, \"x\""}"#);
    assert_eq!(event.context, "{}");
    let money = event.money.unwrap();
    assert_eq!((money.minor, money.currency(), money.kind), (1_250, "PEN", MoneyKind::Revenue));
    assert_eq!(event.message_id.len(), 32);
}

#[test]
fn bad_rows_are_dead_letters_with_their_line_and_the_rest_is_read() {
    let rows = read(
        "\u{feff}id,what,at\r\n\
         c-1,A,2026-01-01\r\n\
         id,what,at\r\n\
         c-1,A\r\n\
         \r\n\
         c-1,A,2026-01-01,x\r\n\
         ,A,2026-01-01\r\n\
         null,A,2026-01-01\r\n\
         c-1,,2026-01-01\r\n\
         c-1,A,\r\n\
         c-1,A,0000-01-01\r\n\
         c-1,A,9999-01-01\r\n\
         c-1,A\u{0},2026-01-01\r\n\
         c-1,\"A\r\nB\",2026-01-01\r\n\
         c-2,Last,2026-01-01",
        &options(MAP),
    );
    use DeadCode::*;
    assert_eq!(
        outcomes(&rows),
        [
            (2, Ok("A")),
            (3, Err(InvalidTime)),
            (4, Err(WrongColumnCount)),
            (6, Err(WrongColumnCount)),
            (7, Err(MissingIdentifier)),
            (8, Err(BlockedIdentifier)),
            (9, Err(MissingName)),
            (10, Err(InvalidTime)),
            (11, Err(TimeOutOfRange)),
            (12, Err(TimeOutOfRange)),
            (13, Err(NullCharacter)),
            (14, Ok("A\r\nB")),
            (16, Ok("Last")),
        ]
    );
    let letter = rows[1].outcome.as_ref().unwrap_err();
    assert_eq!(
        (&letter.raw[..], &*letter.detail),
        (&b"id,what,at"[..], "`at` is not a time; write it as 2026-03-29T01:02:03.004Z")
    );
    assert_eq!(rows[2].outcome.as_ref().unwrap_err().detail, "2 fields where 3 are expected");
}

#[test]
fn bytes_that_are_not_utf8_cost_one_row() {
    let file = b"id,what,at\nc-1,Caf\xe9,2026-01-01\nc-2,Caf\xc3\xa9,2026-01-01\n";
    let rows = read_in_pieces(file, &options(MAP), &IntakeSettings::default(), 5);
    assert_eq!(outcomes(&rows), [(2, Err(DeadCode::InvalidUtf8)), (3, Ok("Café"))]);
    let letter = rows[0].outcome.as_ref().unwrap_err();
    assert_eq!(letter.raw, b"c-1,Caf\xe9,2026-01-01");
    assert!(letter.detail.contains("byte 7 of the row") && letter.detail.contains("iconv"), "{}", letter.detail);
}

#[test]
fn a_row_without_end_costs_itself_alone() {
    let mut file = b"id,what,at\nc-1,\"open,2026-01-01\nc-2,A,2026-01-01\n".to_vec();
    let rows = read_in_pieces(&file, &options(MAP), &IntakeSettings::default(), 9);
    assert_eq!(outcomes(&rows), [(2, Err(DeadCode::InvalidField)), (3, Ok("A"))]);

    for line in 0..60_000 {
        file.extend(format!("c-3,A,2026-01-01 10:00:{:02}\n", line % 60).bytes());
    }
    let rows = read_in_pieces(&file, &options(MAP), &IntakeSettings::default(), 60_000);
    assert_eq!(rows.len(), 60_002);
    assert_eq!(outcomes(&rows[..2]), [(2, Err(DeadCode::TooLarge)), (3, Ok("A"))]);
    assert_eq!(rows[0].outcome.as_ref().unwrap_err().raw, b"c-1,\"open,2026-01-01");
    assert_eq!(rows.last().unwrap().line, 60_003);

    let mut file = b"id,what,at\n".to_vec();
    file.extend(vec![b'x'; 3 * LARGEST_ROW]);
    file.extend(b"\nc-2,A,2026-01-01\n");
    for piece in [64 << 10, usize::MAX] {
        let rows = read_in_pieces(&file, &options(MAP), &IntakeSettings::default(), piece);
        assert_eq!(outcomes(&rows), [(2, Err(DeadCode::TooLarge)), (3, Ok("A"))]);
        assert_eq!(rows[0].outcome.as_ref().unwrap_err().raw.len(), 32 << 10);
    }
}

#[test]
fn memory_does_not_grow_with_a_row() {
    let file = "id,what,at\nc-1,A,2026-01-01\n";
    let plan = plan(file.as_bytes(), &options(MAP)).unwrap();
    for filling in ["x", "\"", "\n", "c,\"\n"] {
        let mut reader = RowReader::new(&plan, IntakeSettings::default(), NOON).unwrap();
        let piece = filling.repeat(16 << 10);
        for _ in 0..200 {
            reader.push(piece.as_bytes(), &mut |_| {});
            assert!(reader.buffered_bytes() <= LARGEST_ROW + piece.len(), "{filling:?}");
        }
    }
}

#[test]
fn reading_a_file_again_gives_the_same_ids_and_repeated_rows_keep_their_own() {
    let file = "id,what,at\nc-1,A,2026-01-01\nc-1,A,2026-01-01\nc-2,A,2026-01-01\nc-1,A,2026-01-01\n";
    let ids =
        |file: &str| events(read(file, &options(MAP))).into_iter().map(|event| event.message_id).collect::<Vec<_>>();
    let first = ids(file);
    assert_eq!(first, ids(file));
    assert_eq!(first, ids(&file.replace('\n', "\r\n")), "line ends are no part of a row");
    let distinct: std::collections::HashSet<_> = first.iter().collect();
    assert_eq!(distinct.len(), 4);
    let longer = ids(&format!("{file}c-3,A,2026-01-01\nc-1,A,2026-01-01\n"));
    assert_eq!(longer[..4], first);
    assert!(!first.contains(&longer[5]));
}

#[test]
fn a_dead_row_can_be_read_again_and_gets_the_id_it_would_have_had() {
    let file = "id,what,at,price\n0,A,2026-01-01 10:00,3\n0,A,2026-01-01 10:00,3\nc-1,A,2026-01-01,3\n";
    let options = FileOptions {
        time_zone: "Europe/Madrid".to_owned(),
        ..options(&format!("{MAP},channel:shop,property:price=price"))
    };
    let rows = read(file, &options);
    let mended: Vec<IncomingEvent> = events(read(&file.replace("\n0,", "\nc-9,"), &options));
    for (row, mended) in rows.iter().zip(&mended).take(2) {
        let letter = row.outcome.as_ref().unwrap_err();
        let again = read_one(&letter.raw, &letter.recipe, NOON, &IntakeSettings::default()).unwrap_err();
        assert_eq!((again.code, &again.recipe), (DeadCode::BlockedIdentifier, &letter.recipe));
        let raw = String::from_utf8(letter.raw.clone()).unwrap().replacen('0', "c-9", 1);
        let event = read_one(raw.as_bytes(), &letter.recipe, NOON, &IntakeSettings::default()).unwrap();
        assert_eq!(&event, mended);
    }
    for recipe in ["segment", "", "{}", r#"{"format":"delimited"}"#] {
        assert_eq!(read_one(b"x", recipe, NOON, &IntakeSettings::default()).unwrap_err().code, DeadCode::InvalidField);
    }
}

#[test]
fn what_is_personal_leaves_the_properties() {
    let file = "id,what,at,email,url,n\ncust-5001,A,2026-01-01,ana@x.es,https://x.es/cust-5001,7\n";
    let mapping = format!("{MAP},property:email=email,property:url=url,property:n=n");
    let [event] = &events(read(file, &options(&mapping)))[..] else { panic!() };
    assert_eq!(event.properties, r#"{"url":"https://x.es/[personal]","n":7}"#);
    assert_eq!(
        event.personal.as_deref(),
        Some(r#"{"properties.email":"ana@x.es","properties.url":"https://x.es/cust-5001"}"#)
    );
}

#[test]
fn a_row_may_bring_several_identifiers() {
    let file = "id,mail,what,at\nc-1,Ana@X.es,A,2026-01-01\n,eva@x.es,A,2026-01-01\n";
    let mapping = "customer=id,customer:email=mail,activity=what,occurred_at=at";
    let found: Vec<Vec<String>> = events(read(file, &options(mapping)))
        .iter()
        .map(|event| event.identifiers.iter().map(ToString::to_string).collect())
        .collect();
    assert_eq!(found, [vec!["user_id:c-1", "email:ana@x.es"], vec!["email:eva@x.es"]]);
}

#[test]
fn times_of_equal_milliseconds_keep_the_order_of_the_file() {
    let file = "id,what,at\nc,A,2026-01-01 10:00:00.000900\nc,B,2026-01-01 10:00:00.000100\n";
    let found = events(read(file, &options(MAP)));
    assert_eq!(found[0].occurred_at, found[1].occurred_at);
    assert_eq!(found.iter().map(|event| event.activity.as_deref().unwrap()).collect::<Vec<_>>(), ["A", "B"]);
}

#[test]
fn a_compressed_file_is_told_apart_from_a_strange_one() {
    for start in [&b"\x1F\x8B\x08\x00rest"[..], b"PK\x03\x04rest", b"\x28\xB5\x2F\xFDrest"] {
        let refused = plan(start, &FileOptions::default()).unwrap_err().to_string();
        assert!(refused.contains("gunzip -c"), "{refused}");
    }
}

#[test]
fn columns_of_text_without_a_header_are_read_by_number() {
    let file = " 00001 19970101  1   11.77\n 00002 19970112  5   77.00\n";
    let mapping = "customer=1,activity:Order Completed,occurred_at=2,property:quantity=3,property:revenue=4";
    let options = FileOptions { delimiter: Some(Delimiter::Blanks), has_header: false, ..options(mapping) };
    let settings = IntakeSettings { currency: Some("USD".to_owned()), ..IntakeSettings::default() };
    let rows = read_in_pieces(file.as_bytes(), &options, &settings, 11);
    assert_eq!(outcomes(&rows), [(1, Ok("Order Completed")), (2, Ok("Order Completed"))]);
    let event = rows[1].outcome.as_ref().unwrap();
    assert_eq!(event.identifiers[0].value, "00002");
    assert_eq!(format_instant(event.occurred_at), "1997-01-12T00:00:00.000Z");
    assert_eq!(event.properties, r#"{"quantity":5,"revenue":77.00}"#);
    assert_eq!(event.money.unwrap().minor, 7_700);
}

/// Text that is often nearly a file.
fn nearly_a_file() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"c-1,A,2026-01-01\n".to_vec()),
        Just(b"\"".to_vec()),
        Just(b"\n".to_vec()),
        Just(b",".to_vec()),
        Just(b"\r\n".to_vec()),
        Just(b"\"a\"\"b\",".to_vec()),
        prop::collection::vec(any::<u8>(), 0..6),
    ];
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_bytes_panic_and_pieces_change_nothing(body in nearly_a_file(), piece in 1_usize..20) {
        let mut file = b"id,what,at\n".to_vec();
        file.extend(&body);
        let whole = read_in_pieces(&file, &options(MAP), &IntakeSettings::default(), usize::MAX);
        let pieces = read_in_pieces(&file, &options(MAP), &IntakeSettings::default(), piece);
        prop_assert_eq!(&whole, &pieces);
        for row in &whole {
            if let Err(letter) = &row.outcome {
                let again = read_one(&letter.raw, &letter.recipe, NOON, &IntakeSettings::default());
                prop_assert_eq!(again.unwrap_err().code, letter.code);
            }
        }
    }

    #[test]
    fn a_plan_never_panics(start in prop_oneof![prop::collection::vec(any::<u8>(), 0..200), nearly_a_file()]) {
        for has_header in [true, false] {
            let _ = plan(&start, &FileOptions { has_header, ..FileOptions::default() });
            let _ = plan(&start, &FileOptions { has_header, ..options(MAP) });
        }
    }
}
