//! Every stored event leaves, in three formats, and what is personal only when an administrator asks for it.

use crate::door::Door;

fn with_personal_values() -> Door {
    let door = Door::open();
    let event = r#"{"userId":"ana-77","event":"=1+1","properties":{"email":"ana@example.es","n":-3},"messageId":"m"}"#;
    door.collect("/v1/track", event).expect(200);
    door
}

#[test]
fn json_lines_have_names_and_no_identifiers() {
    let door = with_personal_values();
    let answer = door.with_key(&door.read_key, "GET", "/api/v1/events/export?format=jsonl", "").expect(200);
    assert_eq!(answer.header("content-type"), Some("application/x-ndjson"));
    let text = String::from_utf8(answer.body).unwrap();
    assert_eq!(text.lines().count(), 1);
    assert!(text.contains(r#""activity":"=1+1""#));
    assert!(text.contains(r#""source":"shop""#));
    assert!(!text.contains("ana-77") && !text.contains("ana@example.es"), "{text}");
}

#[test]
fn personal_values_are_for_administrators_and_audited() {
    let door = with_personal_values();
    door.with_key(&door.read_key, "GET", "/api/v1/events/export?with_personal=true", "").expect(403);
    let exported = door.exported();
    let identifiers: Vec<_> =
        exported[0]["identifiers"].as_array().unwrap().iter().map(|known| known.as_str().unwrap()).collect();
    assert!(identifiers.contains(&"user_id:ana-77"), "{identifiers:?}");
    assert_eq!(exported[0]["personal"]["properties.email"], "ana@example.es");
    assert_eq!(door.get("/api/v1/audit").json()["entries"][0]["action"], "events.export");
}

#[test]
fn what_people_wrote_about_themselves_is_masked_unless_an_administrator_asks() {
    let door = Door::open();
    let comment = "Me atendió Laura Gómez; llamadme al 612 34 56 78";
    let event = format!(
        r#"{{"userId":"u1","event":"Review","properties":{{"comment":"{comment}","answer.more":"soy Ana Ruiz","plan":"Laura 612 34 56 78"}}}}"#
    );
    door.collect("/v1/track", event).expect(200);
    for format in ["jsonl", "csv"] {
        let path = format!("/api/v1/events/export?format={format}");
        let text = String::from_utf8(door.get(&path).expect(200).body).unwrap();
        assert!(text.contains("Me atendió [name]; llamadme al [phone]"), "{text}");
        assert!(text.contains("soy [name]") && text.contains("Laura 612 34 56 78"), "{text}");
    }
    assert_eq!(door.exported()[0]["properties"]["comment"], comment);
}

#[test]
fn csv_runs_no_formula() {
    let door = with_personal_values();
    let answer = door.get("/api/v1/events/export?format=csv").expect(200);
    let text = String::from_utf8(answer.body).unwrap();
    let mut lines = text.lines();
    assert!(lines.next().unwrap().starts_with("event_id,seq,source,message_id,customer,kind,activity"));
    assert!(lines.next().unwrap().contains(",track,'=1+1,"));
}

#[test]
fn parquet_holds_what_json_lines_hold() {
    use arrow_array::cast::AsArray;
    use arrow_array::types::UInt64Type;
    let door = Door::open();
    let events: Vec<_> =
        (0..5_000).map(|n| format!(r#"{{"type":"track","userId":"u{}","event":"E{}"}}"#, n % 50, n % 7)).collect();
    door.collect("/v1/batch", format!("[{}]", events.join(","))).expect(200);
    let answer = door.get("/api/v1/events/export?format=parquet").expect(200);
    let reader =
        parquet::arrow::arrow_reader::ParquetRecordBatchReader::try_new(bytes::Bytes::from(answer.body), 1_000)
            .unwrap();
    let mut seqs = Vec::new();
    for batch in reader {
        let batch = batch.unwrap();
        seqs.extend(batch.column_by_name("seq").unwrap().as_primitive::<UInt64Type>().values().iter().copied());
        assert!(batch.column_by_name("activity").unwrap().as_string::<i32>().value(0).starts_with('E'));
    }
    seqs.sort_unstable();
    assert_eq!(seqs.len(), 5_000);
    seqs.dedup();
    assert_eq!(seqs.len(), 5_000);
    assert_eq!(door.exported().len(), 5_000);
}

/// The properties of each event by its number, from an export as Parquet.
fn properties_in_parquet(door: &Door) -> Vec<(u64, String)> {
    use arrow_array::cast::AsArray;
    use arrow_array::types::UInt64Type;
    let body = bytes::Bytes::from(door.get("/api/v1/events/export?format=parquet").expect(200).body);
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReader::try_new(body, 1_000).unwrap();
    let mut properties = Vec::new();
    for batch in reader.map(Result::unwrap) {
        let seqs = batch.column_by_name("seq").unwrap().as_primitive::<UInt64Type>().values().to_vec();
        let texts = batch.column_by_name("properties").unwrap().as_string::<i32>().clone();
        properties.extend(seqs.into_iter().zip(texts.iter().flatten().map(str::to_owned)));
    }
    properties.sort_unstable();
    properties
}

#[test]
fn free_texts_leave_as_they_came_before_and_after_their_events_are_sealed() {
    let door = Door::open();
    let said = [
        r#"{"comment":"Qu\u00e9 rico, \"de verdad\"","stars":5}"#,
        r#"{"answers":[{"text":"=1+1"},{"text":"[text]"}],"note":"a, b; c"}"#,
        r#"{"q7":"El café estaba frío, tardaron veinte minutos en atenderme y nadie pidió disculpas."}"#,
        "{}",
    ];
    for (number, properties) in said.iter().enumerate() {
        let event = format!(
            r#"{{"userId":"u{}","event":"Rated","properties":{properties},"messageId":"m{number}"}}"#,
            9 - number
        );
        door.collect("/v1/track", event).expect(200);
    }
    let lines = |format: &str| {
        let body = door.get(&format!("/api/v1/events/export?format={format}")).expect(200).body;
        let mut lines: Vec<String> = String::from_utf8(body).unwrap().lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let before = (lines("jsonl"), lines("csv"), properties_in_parquet(&door));
    door.app.close().unwrap();
    let chunks: Vec<_> = walk(&door.data_dir().join("events/chunks"));
    assert!(chunks.iter().any(|name| name.ends_with(".text.parquet")), "{chunks:?}");
    assert_eq!((lines("jsonl"), lines("csv"), properties_in_parquet(&door)), before);

    let properties: Vec<&str> = before.2.iter().map(|(_, properties)| properties.as_str()).collect();
    // What a comment says stands behind what was sent.
    let sent = said[0].trim_end_matches('}');
    let read = properties[0].strip_prefix(sent).unwrap_or_else(|| panic!("{properties:?}"));
    assert!(read.starts_with(",\"comment_"), "{read}");
    assert_eq!(properties[1..], said[1..]);
    assert!(before.0.iter().any(|line| line.contains(sent)), "{:?}", before.0);
}

fn walk(folder: &std::path::Path) -> Vec<String> {
    let months = std::fs::read_dir(folder).unwrap().map(|month| month.unwrap().path());
    let files = months.flat_map(|month| std::fs::read_dir(month).unwrap());
    files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn an_unknown_format_names_the_known_ones() {
    let door = Door::open();
    let answer = door.get("/api/v1/events/export?format=xml").expect(400).json();
    assert!(answer["detail"].as_str().unwrap().contains("jsonl, csv and parquet"));
}
