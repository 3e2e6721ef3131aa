use std::collections::HashSet;
use std::fs;
use std::path::Path;

use bytes::Bytes;
use domain::ports::{DataFile, Files};
use domain::{EventId, SourceId};
use proptest::prelude::*;
use tempfile::TempDir;

use super::run::Run;
use super::*;
use crate::files::{DiskFiles, verify_checksum};

const TODAY: i64 = 20_000;

fn id(number: u64) -> EventId {
    EventId::of(SourceId(1), &format!("m-{number}"))
}

fn ids(numbers: impl IntoIterator<Item = u64>) -> Vec<EventId> {
    numbers.into_iter().map(id).collect()
}

/// A folder of runs.
struct Runs {
    folder: TempDir,
    files: Vec<DataFile>,
}

impl Runs {
    fn new() -> Runs {
        Runs { folder: tempfile::tempdir().unwrap(), files: Vec::new() }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&mut self, ids: Vec<EventId>, day: i64, is_kept: bool) -> DataFile {
        let name = format!("duplicates/{}.run", self.files.len());
        let file = write_run(&DiskFiles, self.path(), &name, ids, day, is_kept).unwrap();
        self.files.push(file.clone());
        file
    }

    fn open(&self) -> DuplicateIndex {
        DuplicateIndex::open(&DiskFiles, self.path(), &self.files).unwrap()
    }

    fn bytes(&self, file: &DataFile) -> Vec<u8> {
        fs::read(self.path().join(&file.name)).unwrap()
    }
}

fn names(files: &[DataFile]) -> Vec<String> {
    files.iter().map(|file| file.name.clone()).collect()
}

#[test]
fn an_id_is_known_from_the_run_of_its_kind_of_source() {
    let mut runs = Runs::new();
    runs.write(ids(0..300), TODAY, false);
    runs.write(ids(300..301), TODAY - 1, false);
    runs.write(Vec::new(), TODAY, false);
    runs.write(ids(1_000..1_010), TODAY, true);
    let index = runs.open();
    let known = |number, is_kept| index.contains(id(number), is_kept).unwrap();
    assert!((0..301).all(|number| known(number, false) && !known(number, true)));
    assert!((1_000..1_010).all(|number| known(number, true) && !known(number, false)));
    assert!((2_000..9_000).all(|number| !known(number, true) && !known(number, false)));
    assert_eq!(index.id_count(), 311);
}

#[test]
fn the_first_and_the_last_of_all_ids_are_found() {
    let mut runs = Runs::new();
    let ends = vec![EventId(u128::MAX), EventId(0), EventId(u128::MAX), EventId(0)];
    assert_eq!(runs.write(ends, TODAY, false).rows, 2);
    let index = runs.open();
    assert!(index.contains(EventId(0), false).unwrap() && index.contains(EventId(u128::MAX), false).unwrap());
    assert!(!index.contains(EventId(1), false).unwrap() && !index.contains(EventId(u128::MAX - 1), false).unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn answers_are_those_of_a_set(
        // Few bits, so that ids are near each other and come twice.
        written in proptest::collection::vec(proptest::collection::vec(any_id(), 0..700), 0..4),
        asked in proptest::collection::vec(any_id(), 0..50),
    ) {
        let mut runs = Runs::new();
        for ids in &written {
            runs.write(ids.clone(), TODAY, false);
        }
        let set: HashSet<EventId> = written.into_iter().flatten().collect();
        let index = runs.open();
        for id in set.iter().chain(&asked) {
            prop_assert_eq!(index.contains(*id, false).unwrap(), set.contains(id));
        }
    }
}

fn any_id() -> impl Strategy<Value = EventId> {
    prop_oneof![
        any::<u128>().prop_map(EventId),
        (0..4_000_u128).prop_map(EventId),
        (0..4_000_u128).prop_map(|id| EventId(id << 116)),
    ]
}

#[test]
fn filters_take_at_most_12_bits_an_id_and_let_few_strangers_through() {
    let mut runs = Runs::new();
    let file = runs.write(ids(0..200_000), TODAY, false);
    let index = runs.open();
    let bits = index.filter_bytes() as f64 * 8.0 / 200_000.0;
    assert!(bits <= 12.0, "{bits} bits an id");

    let run = Run::open(&DiskFiles, runs.path(), &file).unwrap();
    assert!((0..200_000).all(|number| run.may_hold(id(number))));
    let strangers = (1_000_000..1_200_000).filter(|number| run.may_hold(id(*number))).count();
    assert!(strangers < 200_000 / 120, "{strangers} of 200,000");
    assert!((0..200_000).step_by(97).all(|number| index.contains(id(number), false).unwrap()));
    assert!((1_000_000..1_200_000).all(|number| !index.contains(id(number), false).unwrap()));
}

#[test]
fn opening_does_not_read_the_ids() {
    let mut runs = Runs::new();
    let file = runs.write(ids(0..10_000), TODAY, false);
    let mut bytes = runs.bytes(&file);
    bytes[8..8 + 160_000].fill(0);
    assert!(Run::read(bytes.into(), &file).is_ok());
}

#[test]
fn a_flipped_bit_is_found_before_it_can_answer() {
    let mut runs = Runs::new();
    let numbers = 0..1_500;
    let file = runs.write(ids(numbers.clone()), TODAY, false);
    let good = runs.bytes(&file);
    let mut state = 7_u64;
    let (mut at_open, mut at_touch) = (0, 0);
    for _ in 0..2_000 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let bit = (state >> 16) as usize % (good.len() * 8);
        let mut bad = good.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        let scrubbed = verify_checksum(&bad, &file).unwrap_err().to_string();
        assert!(scrubbed.starts_with(&format!("damaged file {}", file.name)), "{scrubbed}");
        let error = match Run::read(bad.into(), &file) {
            Err(error) => {
                at_open += 1;
                error
            }
            Ok(run) => {
                at_touch += 1;
                let answers: Vec<_> = numbers.clone().map(|number| run.holds(id(number))).collect();
                assert!(answers.iter().flatten().all(|is_known| *is_known), "bit {bit}: an id was forgotten");
                assert!(run.ids().any(|id| id.is_err()), "bit {bit}");
                answers.into_iter().find_map(Result::err).unwrap()
            }
        };
        let error = error.to_string();
        assert!(error.starts_with(&format!("damaged file {}: ", file.name)), "bit {bit}: {error}");
    }
    assert!(at_open > 100 && at_touch > 100, "{at_open} and {at_touch}");
}

#[test]
fn a_file_cut_grown_or_swapped_is_damaged() {
    let mut runs = Runs::new();
    let file = runs.write(ids(0..10), TODAY, false);
    let other = runs.write(ids(10..20), TODAY + 1, false);
    let good = runs.bytes(&file);
    let read = |bytes: Vec<u8>, file: &DataFile| Run::read(bytes.into(), file).unwrap_err().to_string();
    for len in [0, 7, 51, 52, good.len() - 1] {
        assert!(read(good[..len].to_vec(), &file).contains("bytes long"));
        let lied = DataFile { bytes: len as u64, ..file.clone() };
        assert!(read(good[..len].to_vec(), &lied).starts_with("damaged file duplicates/0.run"), "{len}");
    }
    assert!(read(runs.bytes(&other), &file).contains("not the file that the catalogue means"));
    let newer = DataFile { format: 2, ..file.clone() };
    assert!(read(good, &newer).contains("duplicates/0.run has format 2"));
}

#[test]
fn format_1_is_read_for_ever() {
    let bytes = Bytes::from_static(include_bytes!("samples/format-1.run"));
    let file =
        DataFile { bytes: bytes.len() as u64, checksum: 0x1343_1f1d, ..Runs::new().write(ids(0..300), 20_423, true) };
    verify_checksum(&bytes, &file).unwrap();
    let run = Run::read(bytes, &file).unwrap();
    let mut expected = ids(0..300);
    expected.sort();
    assert_eq!(run.ids().collect::<Result<Vec<_>, _>>().unwrap(), expected);
    assert!(expected.iter().all(|id| run.may_hold(*id) && run.holds(*id).unwrap()));
}

#[test]
fn runs_of_a_day_are_merged_when_it_is_over_or_they_are_many() {
    let plan = |days: &[i64]| {
        let mut runs = Runs::new();
        for (number, day) in (0..).zip(days) {
            runs.write(ids(number * 10..number * 10 + 10), *day, false);
        }
        let groups = runs.open().plan_merge(TODAY);
        groups.iter().map(|group| group.iter().map(|file| file.period).collect()).collect::<Vec<Vec<i64>>>()
    };
    assert_eq!(plan(&[TODAY; 6]), Vec::<Vec<i64>>::new());
    assert_eq!(plan(&[TODAY; 7]), [[TODAY; 7]]);
    assert_eq!(plan(&[TODAY - 1, TODAY, TODAY - 2, TODAY - 1]), [[TODAY - 1; 2]]);
}

#[test]
fn runs_of_files_are_merged_across_days_by_their_size() {
    let mut runs = Runs::new();
    for day in 0..7 {
        runs.write(ids(day * 10..day * 10 + 10), TODAY - day as i64, true);
    }
    runs.write(ids(10_000..11_000), TODAY - 90, true);
    let groups = runs.open().plan_merge(TODAY);
    assert_eq!(groups.len(), 1);
    assert_eq!(names(&groups[0]), names(&runs.files[..7]));
}

#[test]
fn a_merged_run_answers_for_all_and_then_they_may_go() {
    let mut runs = Runs::new();
    for part in 0..7 {
        // Every run has some ids of the one before.
        runs.write(ids(part * 400..part * 400 + 500), TODAY - 1, false);
    }
    let mut index = runs.open();
    let group = index.plan_merge(TODAY).pop().unwrap();
    let merged = index.merge(&DiskFiles, runs.path(), "duplicates/merged.run", &group).unwrap();
    assert_eq!((merged.rows, merged.period, merged.is_kept), (6 * 400 + 500, TODAY - 1, false));

    index.add(&DiskFiles, runs.path(), &merged).unwrap();
    index.remove(&names(&group));
    for file in &group {
        DiskFiles.remove(&runs.path().join(&file.name)).unwrap();
    }
    assert_eq!(index.id_count(), 2_900);
    assert!((0..2_900).all(|number| index.contains(id(number), false).unwrap()));
    assert!(!index.contains(id(2_900), false).unwrap());
    assert!(index.merge(&DiskFiles, runs.path(), "duplicates/x.run", &group).is_err());
}

#[test]
fn a_damaged_run_is_not_merged() {
    let mut runs = Runs::new();
    let file = runs.write(ids(0..300), TODAY, false);
    runs.write(ids(300..600), TODAY, false);
    let mut bytes = runs.bytes(&file);
    bytes[3_000] ^= 1;
    fs::write(runs.path().join(&file.name), bytes).unwrap();
    let index = runs.open();
    let error = index.merge(&DiskFiles, runs.path(), "duplicates/m.run", &runs.files).unwrap_err().to_string();
    assert!(error.contains("damaged file duplicates/0.run: checksum of block 0"), "{error}");
    assert_eq!(DiskFiles.list(&runs.path().join("duplicates")).unwrap().len(), 2);
}

#[test]
fn runs_of_clients_expire_and_those_of_files_never() {
    let mut runs = Runs::new();
    for (day, is_kept) in [(TODAY - 8, false), (TODAY - 7, false), (TODAY, false), (TODAY - 4_000, true)] {
        runs.write(ids([1]), day, is_kept);
    }
    let mut index = runs.open();
    assert_eq!(index.expire(TODAY, 7), names(&runs.files[..1]));
    assert_eq!(index.expire(TODAY, 8), Vec::<String>::new());
    index.remove(&index.expire(TODAY + 100, 7));
    assert!(!index.contains(id(1), false).unwrap());
    assert!(index.contains(id(1), true).unwrap());
}
