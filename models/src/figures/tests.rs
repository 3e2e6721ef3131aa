use super::*;

/// The cards and the table of the crate say what the program does now, not what it did once.
#[test]
fn the_figures_that_are_written_are_those_of_now() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    for Written { path, content } in written(root).unwrap() {
        let there = std::fs::read_to_string(root.join(path)).unwrap();
        assert!(there == content, "{path} is not what `make models` would write now");
    }
}

#[test]
fn what_is_found_is_counted_by_those_that_are_there_and_those_that_are_said() {
    let (precision, recall, f1) = found(&[(1, 1), (1, 1), (1, 0), (0, 1), (0, 0), (1, 0)]);
    assert_eq!((precision, recall), (2.0 / 3.0, 0.5));
    assert!((f1 - 4.0 / 7.0).abs() < 1e-12);
}
