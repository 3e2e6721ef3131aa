//! Many runs become one, so that intake asks few filters.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::path::Path;

use domain::ports::{DataFile, Files};

use super::run::{Run, RunWriter};
use crate::files::{DataFileError, write_file};

/// More runs than this are merged.
const MAX_RUNS: usize = 6;

pub fn plan_merge(passing: Vec<DataFile>, kept: Vec<DataFile>, today: i64) -> Vec<Vec<DataFile>> {
    let mut days: BTreeMap<i64, Vec<DataFile>> = BTreeMap::new();
    for file in passing {
        days.entry(file.period).or_default().push(file);
    }
    let groups = days.into_iter().filter_map(|(day, group)| match day < today {
        true => (group.len() > 1).then_some(group),
        false => similar_size(group),
    });
    groups.chain(similar_size(kept)).collect()
}

/// From the smallest on, runs that are not larger than all before them together: so their number, and how often an id is
/// written again, grow with the logarithm of the ids. Kept runs come here whatever their day, because they never go away.
fn similar_size(mut files: Vec<DataFile>) -> Option<Vec<DataFile>> {
    files.sort_by(|a, b| (a.rows, &a.name).cmp(&(b.rows, &b.name)));
    let mut ids = 0;
    let similar = files.iter().enumerate().take_while(|(index, file)| {
        let joins = *index < 2 || file.rows <= ids;
        ids += file.rows;
        joins
    });
    let count = similar.count();
    files.truncate(count);
    (count > MAX_RUNS).then_some(files)
}

/// Writes the ids of all runs, each once, as one run of their last day.
pub fn merge_runs(files: &dyn Files, events_dir: &Path, name: &str, runs: &[&Run]) -> Result<DataFile, DataFileError> {
    let day = runs.iter().map(|run| run.file.period).max().unwrap_or(0);
    let is_kept = runs.iter().any(|run| run.file.is_kept);
    let most_ids = runs.iter().map(|run| run.file.rows).sum();
    write_file(files, events_dir, name, |file| {
        let mut writer = RunWriter::new(file, name, most_ids)?;
        let mut sources: Vec<_> = runs.iter().map(|run| run.ids()).collect();
        let mut heads = BinaryHeap::with_capacity(sources.len());
        for (index, source) in sources.iter_mut().enumerate() {
            if let Some(id) = source.next() {
                heads.push(Reverse((id?, index)));
            }
        }
        while let Some(Reverse((id, index))) = heads.pop() {
            writer.push(id)?;
            if let Some(next) = sources[index].next() {
                heads.push(Reverse((next?, index)));
            }
        }
        writer.finish(day, is_kept)
    })
}
