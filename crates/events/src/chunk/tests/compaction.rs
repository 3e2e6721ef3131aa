use arrow_array::RecordBatch;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::*;

fn chunk(number: u64, period: i64, rows: u64) -> DataFile {
    DataFile {
        name: format!("chunks/{number}"),
        kind: domain::ports::DataFileKind::Chunk,
        format: FORMAT,
        rows,
        bytes: rows * 100,
        checksum: 0,
        period,
        min_seq: number,
        max_seq: number,
        min_node: 1,
        max_node: 1,
        min_occurred_at: DECEMBER,
        max_occurred_at: DECEMBER,
        is_kept: false,
    }
}

fn planned(chunks: &[(i64, u64)]) -> Vec<Vec<u64>> {
    let files: Vec<DataFile> =
        (0..).zip(chunks).map(|(number, (period, rows))| chunk(number, *period, *rows)).collect();
    plan_compaction(&files).iter().map(|group| group.iter().map(|files| files.chunk.rows).collect()).collect()
}

#[test]
fn eight_small_chunks_of_a_month_are_worth_merging() {
    assert_eq!(planned(&[(1, 100); 7]), Vec::<Vec<u64>>::new());
    assert_eq!(planned(&[(1, 100); 8]), [[100; 8]]);
    let two_months: Vec<(i64, u64)> = (0..14).map(|number| (number % 2, 100)).collect();
    assert_eq!(planned(&two_months), Vec::<Vec<u64>>::new());
}

#[test]
fn a_large_chunk_is_not_rewritten_for_a_few_small_ones() {
    let with_large = |small: usize, large: u64| [vec![(1, 100); small], vec![(1, large)]].concat();
    assert_eq!(planned(&with_large(7, 800)), Vec::<Vec<u64>>::new());
    assert_eq!(planned(&with_large(8, 3_900_000)), [[100; 8]]);
    assert_eq!(planned(&with_large(8, 800)), [vec![100, 100, 100, 100, 100, 100, 100, 100, 800]]);
    // Never more than four million rows.
    assert_eq!(planned(&[(1, 400_000); 16]), [[400_000; 10]]);
    assert_eq!(planned(&[(1, 1_000_000); 16]), Vec::<Vec<u64>>::new());
}

#[test]
fn sealing_a_month_all_the_time_leaves_few_chunks_and_rewrites_little() {
    let (mut files, mut rewritten) = (Vec::new(), 0);
    for number in 0..1_000 {
        files.push(chunk(number, 1, 1_000));
        while let Some(group) = plan_compaction(&files).pop() {
            let rows = group.iter().map(|files| files.chunk.rows).sum();
            rewritten += rows;
            files.retain(|file| !group.iter().any(|files| files.chunk == *file));
            files.push(chunk(number, 1, rows));
        }
        assert!(files.len() < 24, "{} chunks", files.len());
    }
    assert!(rewritten < 6 * 1_000 * 1_000, "{rewritten} rows");
}

#[test]
fn merged_chunks_hold_the_same_events_in_order_with_the_columns_of_all() {
    let folder = tempfile::tempdir().unwrap();
    let mut events: Vec<StoredEvent> = Vec::new();
    let mut chunks = Vec::new();
    for part in 0..8_u64 {
        let of_part: Vec<StoredEvent> = (0..3_000)
            .map(|number| {
                let seq = part * 3_000 + number + 1;
                let properties = match (part, number % 3) {
                    (7, _) => r#"{"shared":"text in one chunk","last":true}"#.to_owned(),
                    (_, 0) => "{}".to_owned(),
                    _ => format!(r#"{{"shared":{seq},"only{part}":"x"}}"#),
                };
                StoredEvent { properties, ..event(seq, 1 + seq % 500, DECEMBER + (seq as i64 * 7_919) % DAY) }
            })
            .collect();
        let name = format!("chunks/{part}.parquet");
        chunks.push(write_chunk(&DiskFiles, folder.path(), &name, &of_part, &names(), &FreeText::default()).unwrap().0);
        events.extend(of_part);
    }
    let files = compact(&DiskFiles, folder.path(), "chunks/merged.parquet", &chunks, &names(), &FreeText::default());
    let ChunkFiles { chunk, texts } = files.unwrap();
    let merged = Written { folder, file: chunk, texts, seen: Vec::new() };
    assert!(read(&merged.reader(), &ChunkFilter::default()) == sorted(&events));
    assert_eq!((merged.file.rows, merged.file.min_seq, merged.file.max_seq), (24_000, 1, 24_000));

    let table = ParquetRecordBatchReaderBuilder::try_new(merged.bytes()).unwrap().build().unwrap();
    let batches: Vec<RecordBatch> = table.map(Result::unwrap).collect();
    let schema = batches[0].schema();
    let typed: Vec<String> = schema
        .fields()
        .iter()
        .filter(|field| field.name().starts_with("p_"))
        .map(|field| format!("{} {}", field.name(), field.data_type()))
        .collect();
    let mut expected = vec!["p_last Boolean".to_owned()];
    expected.extend((0..7).map(|part| format!("p_only{part} Utf8")));
    expected.push("p_shared Float64".to_owned());
    assert_eq!(typed, expected);
    let shared: usize = batches.iter().map(|batch| batch.num_rows() - null_count(batch, "p_shared")).sum();
    assert_eq!(shared, 7 * 2_000);
}

fn null_count(batch: &RecordBatch, name: &str) -> usize {
    use arrow_array::Array;
    batch.column_by_name(name).unwrap().null_count()
}

#[test]
fn a_damaged_chunk_is_not_merged_into_a_good_one() {
    let written = write(&[event(1, 1, DECEMBER)]);
    let path = written.folder.path().join(&written.file.name);
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[100] ^= 4;
    std::fs::write(&path, bytes).unwrap();
    let (folder, rule) = (written.folder.path(), FreeText::default());
    let other = write_chunk(&DiskFiles, folder, "chunks/b.parquet", &[event(2, 1, DECEMBER)], &names(), &rule).unwrap();
    let damaged = ChunkFiles { chunk: written.file.clone(), texts: None };
    let error = compact(&DiskFiles, folder, "chunks/c.parquet", &[other.0, damaged], &names(), &rule).unwrap_err();
    assert!(error.to_string().starts_with("damaged file chunks/a.parquet"), "{error}");
    assert_eq!(DiskFiles.list(&written.folder.path().join("chunks")).unwrap().len(), 2);
}
