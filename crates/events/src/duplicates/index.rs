//! All runs together: what intake asks.

use std::path::Path;

use domain::EventId;
use domain::ports::{DataFile, DataFileKind, Files};

use super::merge::{merge_runs, plan_merge};
use super::run::Run;
use crate::files::DataFileError;

/// The runs of a data directory. Exact: never forgets an id, never takes a stranger for one.
#[derive(Debug, Default)]
pub struct DuplicateIndex {
    /// Of clients, whose ids are forgotten after some days.
    passing: Vec<Run>,
    /// Of files, whose ids are kept for ever.
    kept: Vec<Run>,
}

impl DuplicateIndex {
    /// Opens the runs among `catalogued`; other kinds of files are passed over. Reads and verifies their filters, not
    /// their ids.
    pub fn open(
        files: &dyn Files,
        events_dir: &Path,
        catalogued: &[DataFile],
    ) -> Result<DuplicateIndex, DataFileError> {
        let mut index = DuplicateIndex::default();
        for file in catalogued.iter().filter(|file| file.kind == DataFileKind::DuplicateRun) {
            index.add(files, events_dir, file)?;
        }
        Ok(index)
    }

    /// Takes a run that was written.
    pub fn add(&mut self, files: &dyn Files, events_dir: &Path, file: &DataFile) -> Result<(), DataFileError> {
        let run = Run::open(files, events_dir, file)?;
        if file.is_kept {
            self.kept.push(run)
        } else {
            self.passing.push(run)
        }
        Ok(())
    }

    /// Forgets runs by name: those that were merged into another, or that expired.
    pub fn remove(&mut self, names: &[String]) {
        self.passing.retain(|run| !names.contains(&run.file.name));
        self.kept.retain(|run| !names.contains(&run.file.name));
    }

    /// Whether the id was received before. `is_kept` says whether its source is a file, as it was when its run was written.
    /// Fails when the ids on disk are damaged, because no answer would be safe.
    pub fn contains(&self, id: EventId, is_kept: bool) -> Result<bool, DataFileError> {
        for run in self.runs(is_kept) {
            if run.may_hold(id) && run.holds(id)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Ids in all runs; one in two runs counts twice.
    pub fn id_count(&self) -> u64 {
        self.all_runs().map(|run| run.file.rows).sum()
    }

    /// Heap bytes of all filters: at most 12 bits an id, or 32 bytes a run.
    pub fn filter_bytes(&self) -> usize {
        self.all_runs().map(Run::filter_bytes).sum()
    }

    /// Groups of runs worth merging: of clients, all those of a day before `today` (in days since 1970), and more than six
    /// of similar size of today; of files, more than six of similar size, whatever their day.
    pub fn plan_merge(&self, today: i64) -> Vec<Vec<DataFile>> {
        let files = |runs: &[Run]| runs.iter().map(|run| run.file.clone()).collect();
        plan_merge(files(&self.passing), files(&self.kept), today)
    }

    /// Writes the ids of a group of runs as the run `name`. The index is as before: [`Self::add`] the new run and
    /// [`Self::remove`] the merged ones after the catalogue names it.
    pub fn merge(
        &self,
        files: &dyn Files,
        events_dir: &Path,
        name: &str,
        group: &[DataFile],
    ) -> Result<DataFile, DataFileError> {
        let is_of_group = |run: &&Run| group.iter().any(|file| file.name == run.file.name);
        let runs: Vec<&Run> = self.all_runs().filter(is_of_group).collect();
        if runs.len() != group.len() {
            return Err(DataFileError::unwritable(name, "it merges a run that was not opened"));
        }
        merge_runs(files, events_dir, name, &runs)
    }

    /// Names of runs that may be dropped: of clients, received more than `keep_days` whole days before `today`.
    pub fn expire(&self, today: i64, keep_days: i64) -> Vec<String> {
        let is_old = |run: &&Run| run.file.period < today.saturating_sub(keep_days);
        self.passing.iter().filter(is_old).map(|run| run.file.name.clone()).collect()
    }

    fn runs(&self, is_kept: bool) -> &[Run] {
        if is_kept { &self.kept } else { &self.passing }
    }

    fn all_runs(&self) -> impl Iterator<Item = &Run> {
        self.passing.iter().chain(&self.kept)
    }
}
