//! Moves the tail into files, behind the writer: chunks by month, runs of ids, a new version of the catalogue; then the
//! timeline projection, compaction and the removal of what nothing names any more.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use domain::ports::{Catalogue, DataFile, PropertySeen};
use domain::time::DAY_MS;
use domain::{Error, EventId, Result};

use super::shared::{Generation, Shared};
use super::wal::WriteAheadLog;
use super::writer::Work;
use super::{io_error, lock, open_files, read_lock, write_lock};
use crate::chunk;
use crate::duplicates::{self, DuplicateIndex};
use crate::log::file_error;

/// A tail that does not grow is sealed after this long, so that a start reads little again.
const SEAL_AFTER_MS: i64 = 600_000;
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// The projection is written anew when at least this many events are not in it.
const REWRITE_EVENTS: usize = 200_000;
/// Over a large projection, this many and a tenth of it: writing it costs as much as it is long.
const REWRITE_MANY_EVENTS: usize = 1_000_000;
/// Files that no catalogue names are kept for readers that began before.
const KEEP_DROPPED_MS: i64 = DAY_MS;

pub struct Sealer {
    pub shared: Arc<Shared>,
    pub wal: Arc<Mutex<WriteAheadLog>>,
}

impl Sealer {
    pub fn run(self) {
        let _stopped = WhenStopped(&self.shared);
        loop {
            let mut seals = lock(&self.shared.seals);
            if seals.asked == seals.done {
                if seals.is_closing {
                    return;
                }
                let waited = self.shared.seals_changed.wait_timeout(seals, LOOK_EVERY);
                seals = waited.unwrap_or_else(std::sync::PoisonError::into_inner).0;
            }
            let is_asked = seals.asked > seals.done;
            let target = seals.asked;
            let is_tidy_asked = std::mem::take(&mut seals.is_tidy_asked);
            drop(seals);
            if !is_asked && !self.is_old() {
                if let Err(error) = self.tidy(true) {
                    tracing::error!(error = &error as &dyn std::error::Error, "could not tidy the files of the log");
                }
                continue;
            }
            let mut outcome = self.seal();
            if is_tidy_asked && outcome.is_ok() {
                outcome = self.tidy(false);
            }
            if let Err(error) = &outcome {
                tracing::error!(
                    error = error as &dyn std::error::Error,
                    "could not seal the tail; it stays in the log"
                );
            }
            let mut seals = lock(&self.shared.seals);
            seals.done = seals.done.max(target);
            seals.fault = outcome.err().map(|error| error.to_string());
            drop(seals);
            self.shared.seals_changed.notify_all();
        }
    }

    fn is_old(&self) -> bool {
        let since = read_lock(&self.shared.tail).growing_since;
        since.is_some_and(|since| self.shared.clock.now_ms() - since >= SEAL_AFTER_MS)
    }

    /// Seals everything committed before the call.
    fn seal(&self) -> Result<()> {
        let (reply, ended) = mpsc::channel();
        self.shared.queue.push(Work::EndGeneration(reply))?;
        ended.recv().map_err(|_| Error::unavailable("the event log has stopped"))??;
        loop {
            let next = read_lock(&self.shared.tail).sealing.first().cloned();
            let Some(generation) = next else { break };
            self.seal_generation(&generation)?;
        }
        self.project()
    }

    /// What can wait until nothing is to be sealed.
    fn tidy(&self, gives_way: bool) -> Result<()> {
        self.compact(gives_way)?;
        self.remove_dropped()
    }

    fn is_awaited(&self) -> bool {
        let seals = lock(&self.shared.seals);
        seals.asked > seals.done || seals.is_closing
    }

    fn seal_generation(&self, generation: &Generation) -> Result<()> {
        let shared = &self.shared;
        // A catalogue never runs ahead of the dictionaries and identities in the state.
        shared.projector.wait_for(generation.log_position)?;
        let (names, catalogue) = {
            let tail = read_lock(&shared.tail);
            (tail.names.clone(), tail.catalogue.clone())
        };
        if generation.log_position > catalogue.log_position {
            let version = catalogue.version + 1;
            let mut ids: BTreeMap<(i64, bool), Vec<EventId>> = BTreeMap::new();
            for batch in &generation.batches {
                for event in &batch.events {
                    let day = event.received_at.div_euclid(DAY_MS);
                    ids.entry((day, batch.is_file)).or_default().push(event.event_id);
                }
                if !batch.refused_rows.is_empty() {
                    // Kept for ever, so that the day is only a name.
                    let day = shared.clock.now_ms().div_euclid(DAY_MS);
                    ids.entry((day, true)).or_default().extend(&batch.refused_rows);
                }
            }
            let mut next = Catalogue { version, log_position: generation.log_position, files: catalogue.files.clone() };
            let mut properties = Vec::new();
            let events = generation.batches.iter().flat_map(|batch| &batch.events);
            for (month, events) in chunk::split_by_month(events) {
                let name = format!(
                    "chunks/{:04}-{:02}/{version:012x}.parquet",
                    month.div_euclid(12),
                    month.rem_euclid(12) + 1
                );
                let free_text = &shared.settings.free_text;
                let (written, seen) =
                    chunk::write_chunk(&*shared.files, &shared.events_dir, &name, &events, &names, free_text)
                        .map_err(file_error)?;
                next.files.extend(written);
                properties.extend(seen);
            }
            let mut runs = Vec::new();
            for ((day, is_kept), ids) in ids {
                let kept = if is_kept { "-kept" } else { "" };
                let name = format!("duplicates/{version:012x}-{day}{kept}.ids");
                let run = duplicates::write_run(&*shared.files, &shared.events_dir, &name, ids, day, is_kept)
                    .map_err(file_error)?;
                runs.push(run);
            }
            next.files.extend(runs.iter().cloned());
            self.publish(next, &properties)?;
            let mut duplicates = lock(&shared.duplicates);
            for run in runs {
                duplicates.sealed.add(&*shared.files, &shared.events_dir, &run).map_err(file_error)?;
            }
            duplicates.generations.remove(0);
        }
        write_lock(&shared.tail).sealing.remove(0);
        lock(&self.wal).remove_through(generation.log_position)
    }

    fn publish(&self, next: Catalogue, properties: &[PropertySeen]) -> Result<()> {
        let shared = &self.shared;
        for folder in sync_folders(&next) {
            let dir = shared.events_dir.join(folder);
            shared.files.sync_dir(&dir).map_err(|cause| io_error("sync", &dir, cause))?;
        }
        shared.state.publish_catalogue(&next, properties, shared.clock.now_ms())?;
        write_lock(&shared.tail).catalogue = Arc::new(next);
        Ok(())
    }

    /// Writes the timeline projection anew when enough is not in it, and the files for other readers with it.
    fn project(&self) -> Result<()> {
        let shared = &self.shared;
        let (overlay, base) = shared.timeline.sizes();
        let enough = REWRITE_EVENTS.max((base / 4).min(REWRITE_MANY_EVENTS.max(base / 10)));
        if overlay < enough && !lock(&shared.seals).is_closing {
            return Ok(());
        }
        let covered_seq = {
            let tail = read_lock(&shared.tail);
            tail.catalogue.files.iter().map(|file| file.max_seq).max().unwrap_or(0)
        };
        shared.timeline.rewrite(covered_seq)?;
        // Before the first event there is nothing to read.
        let is_empty = read_lock(&shared.tail).catalogue.version == 0;
        if is_empty { Ok(()) } else { open_files::write(shared) }
    }

    /// Merges small chunks of a month and small runs of a day, and lets old runs go.
    fn compact(&self, gives_way: bool) -> Result<()> {
        let shared = &self.shared;
        let catalogue = read_lock(&shared.tail).catalogue.clone();
        let names = read_lock(&shared.tail).names.clone();
        for group in chunk::plan_compaction(&catalogue.files) {
            if gives_way && self.is_awaited() {
                return Ok(());
            }
            let current = read_lock(&shared.tail).catalogue.clone();
            let version = current.version + 1;
            let month = group[0].chunk.period;
            let name =
                format!("chunks/{:04}-{:02}/{version:012x}.parquet", month.div_euclid(12), month.rem_euclid(12) + 1);
            let free_text = &shared.settings.free_text;
            let merged = chunk::compact(&*shared.files, &shared.events_dir, &name, &group, &names, free_text)
                .map_err(file_error)?;
            let merged_files: Vec<DataFile> = group.into_iter().flatten().collect();
            self.publish(replace(&current, &names_of(&merged_files), merged), &[])?;
        }
        let today = shared.clock.now_ms().div_euclid(DAY_MS);
        let groups = lock(&shared.duplicates).sealed.plan_merge(today);
        for group in groups {
            let current = read_lock(&shared.tail).catalogue.clone();
            let version = current.version + 1;
            let kept = if group[0].is_kept { "-kept" } else { "" };
            let name = format!("duplicates/{version:012x}-{}{kept}.ids", group[0].period);
            // Apart from the index in use, so that intake goes on meanwhile.
            let runs = DuplicateIndex::open(&*shared.files, &shared.events_dir, &group).map_err(file_error)?;
            let merged = runs.merge(&*shared.files, &shared.events_dir, &name, &group).map_err(file_error)?;
            self.publish(replace(&current, &names_of(&group), [merged.clone()]), &[])?;
            let mut duplicates = lock(&shared.duplicates);
            duplicates.sealed.add(&*shared.files, &shared.events_dir, &merged).map_err(file_error)?;
            duplicates.sealed.remove(&names_of(&group));
        }
        let expired = lock(&shared.duplicates).sealed.expire(today, shared.settings.duplicate_days);
        if !expired.is_empty() {
            let current = read_lock(&shared.tail).catalogue.clone();
            self.publish(replace(&current, &expired, []), &[])?;
            lock(&shared.duplicates).sealed.remove(&expired);
        }
        Ok(())
    }

    fn remove_dropped(&self) -> Result<()> {
        let shared = &self.shared;
        let dropped = shared.state.list_dropped_files(shared.clock.now_ms() - KEEP_DROPPED_MS)?;
        for name in &dropped {
            let path = shared.events_dir.join(name);
            match shared.files.remove(&path) {
                Ok(()) => {}
                Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {}
                Err(cause) => return Err(io_error("remove", &path, cause)),
            }
        }
        if dropped.is_empty() { Ok(()) } else { shared.state.forget_files(&dropped) }
    }
}

/// Says that nobody seals any more, however the thread ends.
struct WhenStopped<'a>(&'a Shared);

impl Drop for WhenStopped<'_> {
    fn drop(&mut self) {
        lock(&self.0.seals).is_stopped = true;
        self.0.seals_changed.notify_all();
    }
}

/// The next catalogue: without some files, and with those that replace them.
fn replace(current: &Catalogue, dropped: &[String], added: impl IntoIterator<Item = DataFile>) -> Catalogue {
    let kept = current.files.iter().filter(|file| !dropped.contains(&file.name)).cloned();
    Catalogue { version: current.version + 1, log_position: current.log_position, files: kept.chain(added).collect() }
}

fn names_of(files: &[DataFile]) -> Vec<String> {
    files.iter().map(|file| file.name.clone()).collect()
}

/// Folders whose entries must be on the disk before a catalogue names their files.
fn sync_folders(catalogue: &Catalogue) -> Vec<String> {
    let version = format!("/{:012x}", catalogue.version);
    let mut folders: Vec<String> = catalogue
        .files
        .iter()
        .filter(|file| file.name.contains(&version))
        .filter_map(|file| Path::new(&file.name).parent().map(|dir| dir.to_string_lossy().into_owned()))
        .collect();
    // The folder of a month may be new itself.
    folders.extend(["chunks", "duplicates"].map(str::to_owned));
    folders.sort_unstable();
    folders.dedup();
    folders
}
