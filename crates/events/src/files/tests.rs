use std::hint::black_box;
use std::path::Path;
use std::process::Command;

use super::*;

const CUT_FILE: &str = "VIVENCIA_TEST_CUT_FILE";

fn write(path: &Path, bytes: &[u8]) {
    let mut file = DiskFiles.create(path).unwrap();
    file.write_all(bytes).unwrap();
    file.sync().unwrap();
}

#[test]
fn a_file_is_written_renamed_read_cut_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("a/b");
    DiskFiles.create_dir_all(&deep).unwrap();
    write(&deep.join("two"), b"hello");
    write(&deep.join("one"), b"");
    DiskFiles.create_dir_all(&deep.join("not a file")).unwrap();
    assert_eq!(DiskFiles.list(&deep).unwrap(), [Path::new("one"), Path::new("two")]);
    assert_eq!(DiskFiles.list(&folder.path().join("nowhere")).unwrap(), Vec::<PathBuf>::new());

    DiskFiles.rename(&deep.join("two"), &deep.join("three")).unwrap();
    DiskFiles.sync_dir(&deep).unwrap();
    assert_eq!(DiskFiles.read(&deep.join("three")).unwrap(), b"hello");
    DiskFiles.truncate(&deep.join("three"), 4).unwrap();
    assert_eq!(DiskFiles.map(&deep.join("three")).unwrap(), &b"hell"[..]);
    assert_eq!(DiskFiles.map(&deep.join("one")).unwrap(), &b""[..]);

    DiskFiles.remove(&deep.join("three")).unwrap();
    assert!(DiskFiles.map(&deep.join("three")).is_err());
}

#[test]
fn a_map_outlives_the_name_of_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chunk");
    write(&path, &[7; 10_000]);
    let bytes = DiskFiles.map(&path).unwrap();
    let tail = bytes.slice(9_000..);
    drop(bytes);
    DiskFiles.remove(&path).unwrap();
    assert!(tail.iter().all(|byte| *byte == 7));
}

/// What the process of the next test runs: it maps a file, loses it and reads on. Does nothing in an ordinary run.
#[test]
fn read_a_mapped_file_that_is_cut() {
    let Some(path) = std::env::var_os(CUT_FILE) else { return };
    let path = PathBuf::from(path);
    write(&path, &[7; 40_000]);
    let other = path.with_extension("other");
    write(&other, &[1; 40_000]);
    let forgotten = DiskFiles.map(&other).unwrap();
    let kept = DiskFiles.map(&other).unwrap();
    drop(forgotten);
    let bytes = DiskFiles.map(&path).unwrap();
    assert_eq!(black_box(&bytes)[30_000], 7);
    DiskFiles.truncate(&path, 10).unwrap();
    assert_eq!(black_box(&kept)[30_000], 1);
    assert_ne!(black_box(&bytes)[30_000], 8);
    std::process::exit(0);
}

#[test]
fn a_file_cut_under_a_map_ends_the_process_with_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chunk-17.parquet");
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "files::tests::read_a_mapped_file_that_is_cut", "--nocapture"])
        .env(CUT_FILE, &path)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&child.stderr);
    assert_eq!(child.status.code(), Some(70), "{said}");
    assert!(said.contains(&format!("damaged file {}: it was cut short", path.display())), "{said}");
}

/// What the process of the next test runs. Does nothing in an ordinary run.
#[test]
fn be_sent_a_bus_error() {
    let Some(path) = std::env::var_os(CUT_FILE) else { return };
    write(Path::new(&path), &[7; 40_000]);
    let _bytes = DiskFiles.map(Path::new(&path)).unwrap();
    let id = std::process::id().to_string();
    Command::new("sh").args(["-c", &format!("kill -BUS {id}")]).status().unwrap();
    std::thread::sleep(std::time::Duration::from_secs(20));
}

#[test]
fn a_bus_error_that_is_no_fault_of_a_map_ends_the_process_as_ever() {
    use std::os::unix::process::ExitStatusExt;
    let folder = tempfile::tempdir().unwrap();
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "files::tests::be_sent_a_bus_error", "--nocapture"])
        .env(CUT_FILE, folder.path().join("x"))
        .output()
        .unwrap();
    assert_eq!(child.status.signal(), Some(libc::SIGBUS));
    assert!(!String::from_utf8_lossy(&child.stderr).contains("damaged file"));
}
