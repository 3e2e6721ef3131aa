//! Brings the log back to where it was: the state, then what the write-ahead log holds beyond it, then the timeline.

use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, RwLock};

use domain::ports::{Catalogue, Clock, EventState, Files, LoadedState};
use domain::{Error, Result};
use rustc_hash::FxHashMap;

use super::identity::IdentityGraph;
use super::open_files;
use super::projector::Projector;
use super::reader;
use super::record::{Batch, Record};
use super::sequencer::{Duplicates, Sequencer};
use super::shared::{SealRequests, Shared, Tail, TailBatch};
use super::wal::{Known, WriteAheadLog};
use super::writer::Queue;
use super::{LogSettings, file_error, io_error};
use crate::chunk::{ChunkFilter, VerifiedChunks};
use crate::duplicates::DuplicateIndex;
use crate::names::Names;
use crate::timeline::{self, Base, LiveTimeline, Opened, PropertyValues, Sealed, Steps, Unmade};

pub struct Recovered {
    pub shared: Arc<Shared>,
    pub wal: Arc<Mutex<WriteAheadLog>>,
    pub sequencer: Sequencer,
    pub findings: Vec<String>,
}

pub fn recover(
    settings: LogSettings,
    files: Arc<dyn Files>,
    state: Arc<dyn EventState>,
    clock: Arc<dyn Clock>,
) -> Result<Recovered> {
    let events_dir = settings.data_dir.join("events");
    for folder in ["wal", "chunks", "duplicates", "timeline"] {
        let dir = events_dir.join(folder);
        files.create_dir_all(&dir).map_err(|cause| io_error("create", &dir, cause))?;
    }
    for dir in [&events_dir, &settings.data_dir] {
        files.sync_dir(dir).map_err(|cause| io_error("sync", dir, cause))?;
    }
    let LoadedState { position, mut counts, mut sequences, names: coded, merges, catalogue, dead_bytes } =
        state.load()?;
    let mut names = Names::default();
    coded.iter().for_each(|name| names.insert(name));
    let mut identity = IdentityGraph::default();
    state.for_each_identifier(&mut |node, identifier| identity.insert(node.0, &identifier))?;
    let mut moved = Vec::new();
    merges.iter().for_each(|merge| identity.merge(merge, &mut moved));

    let run_files: Vec<_> =
        catalogue.files.iter().filter(|file| file.kind == domain::ports::DataFileKind::DuplicateRun).cloned().collect();
    let sealed = DuplicateIndex::open(&*files, &events_dir, &run_files).map_err(file_error)?;
    let mut duplicates = Duplicates::new(sealed);

    let is_another_state = catalogue.version == 0 && position == 0 && open_files::are_there(&*files, &events_dir);
    if is_another_state {
        return Err(Error::conflict(format!(
            "{} holds events, and the state that was opened knows nothing of them: the state is elsewhere; give the same \
             --state-url (or VIVENCIA_STATE_URL) as before, or bring the state back from a backup",
            events_dir.display()
        )));
    }

    let projector = Projector::new(state.clone(), position);
    let mut growing = Vec::new();
    let mut later = Vec::new();
    let known = Known { applied: position, settled: position.min(catalogue.log_position) };
    let wal_dir = events_dir.join("wal");
    let (wal, recovery) = WriteAheadLog::open(files.clone(), wal_dir, known, &mut |at, record| {
        let Record::V1(mut batch) = record;
        let refused_rows = batch.refused_rows();
        if at > position {
            counts = batch.counts;
            sequences = batch.sequences;
            apply_decisions(&batch, &mut identity, &mut names);
            later.push(batch.take_changes(at));
        }
        if at > catalogue.log_position {
            batch.events.iter().for_each(|event| duplicates.remember(event.event_id));
            refused_rows.iter().for_each(|id| duplicates.remember(*id));
            growing.push(Arc::new(TailBatch { events: batch.events, is_file: batch.is_file, refused_rows }));
        }
        Ok(())
    })?;
    let mut findings = recovery.findings;

    let customers: FxHashMap<u64, u64> = identity.merged_nodes().collect();
    let timeline_dir = events_dir.join("timeline");
    let properties = settings.timeline_properties.as_deref();
    let no_values = || PropertyValues::new(properties.unwrap_or(&[]));
    let verified_chunks = VerifiedChunks::default();
    let sealed = Sealed {
        files: &files,
        events_dir: &events_dir,
        catalogue: &catalogue,
        verified: &verified_chunks,
        names: &names,
        customers: &customers,
    };
    let (base, values) = match Base::open(&files, &timeline_dir, properties) {
        Ok(Opened { base, values, outdated }) => {
            if let Some(reason) = outdated {
                tracing::info!("{reason}; the timeline is made anew from the chunks");
            }
            (base, values)
        }
        Err(error) => {
            findings.push(format!("{error}; the timeline is made anew from the chunks"));
            (Base::default(), no_values())
        }
    };
    let (base, values) = if base.covered_seq == 0 {
        make_timeline(sealed, &timeline_dir, values, &mut findings)?
    } else {
        (base, values)
    };
    let timeline = match LiveTimeline::new(files.clone(), &timeline_dir, base, values, customers.clone()) {
        Ok(timeline) => timeline,
        Err(error) => {
            findings.push(format!("{error}; the timeline is made anew from the chunks"));
            let (base, values) = make_timeline(sealed, &timeline_dir, no_values(), &mut findings)?;
            LiveTimeline::new(files.clone(), &timeline_dir, base, values, customers.clone())?
        }
    };

    let dead_bytes = dead_bytes
        .into_iter()
        .map(|(source, bytes)| (names.sources.name(u32::try_from(source.0).unwrap_or(u32::MAX)).to_owned(), bytes))
        .collect();
    let growing_events = growing.iter().map(|batch| batch.events.len()).sum();
    let names = Arc::new(names);
    let unsealed = growing.clone();
    let tail = Tail {
        log_position: wal.last_position(),
        names: names.clone(),
        counts,
        growing,
        growing_events,
        growing_since: (growing_events > 0).then(|| clock.now_ms()),
        sealing: Vec::new(),
        catalogue: Arc::new(catalogue),
    };
    let identity = Arc::new(RwLock::new(identity));
    let duplicates = Arc::new(Mutex::new(duplicates));
    let shared = Arc::new(Shared {
        queue: Queue::new(settings.queue_bytes),
        settings,
        events_dir,
        files,
        state,
        clock,
        identity: identity.clone(),
        duplicates: duplicates.clone(),
        verified_chunks,
        timeline,
        projector,
        tail: RwLock::new(tail),
        dead_bytes: Mutex::new(dead_bytes),
        arrivals: Mutex::default(),
        scans: Mutex::default(),
        seals: Mutex::new(SealRequests::default()),
        seals_changed: Condvar::new(),
    });
    let catalogue = shared.tail.read().unwrap_or_else(std::sync::PoisonError::into_inner).catalogue.clone();
    read_sealed_steps(&shared, &catalogue, shared.timeline.covered_seq(), &names)?;
    let steps = shared.timeline.read_steps(unsealed.iter().flat_map(|batch| &batch.events));
    shared.timeline.publish(steps, sequences.seq - 1, &[]);
    for changes in later {
        shared.projector.enqueue(changes);
    }
    let sequencer = Sequencer::new(identity, duplicates, (*names).clone(), counts, sequences);
    Ok(Recovered { shared, wal: Arc::new(Mutex::new(wal)), sequencer, findings })
}

fn apply_decisions(batch: &Batch, identity: &mut IdentityGraph, names: &mut Names) {
    let mut moved = Vec::new();
    batch.names.iter().for_each(|name| names.insert(name));
    batch.identifiers.iter().for_each(|new| identity.insert(new.node.0, &new.identifier));
    batch.merges.iter().for_each(|merge| identity.merge(merge, &mut moved));
    batch.undone.iter().for_each(|undone| identity.undo(undone.id, &mut moved));
}

/// Makes the projection anew from the chunks. What cannot be written is kept in memory, so that the log works without it.
fn make_timeline(
    sealed: Sealed<'_>,
    dir: &Path,
    values: PropertyValues,
    findings: &mut Vec<String>,
) -> Result<(Base, PropertyValues)> {
    if reader::chunks(sealed.catalogue).next().is_none() {
        return Ok((Base::default(), values));
    }
    match timeline::make(sealed, dir, &values) {
        Ok(base) => Ok((base, values)),
        Err(Unmade::Unreadable(error)) => Err(error),
        Err(Unmade::Sparse) => Ok((Base::default(), values)),
        Err(Unmade::Unwritten(error)) => {
            findings.push(format!("{error}; the timeline stays in memory until it can be written"));
            Ok((Base::default(), values))
        }
    }
}

/// Puts over the projection what is in chunks and not in it yet.
fn read_sealed_steps(shared: &Shared, catalogue: &Catalogue, covered_seq: u64, names: &Names) -> Result<()> {
    for file in reader::chunks(catalogue).filter(|file| file.max_seq > covered_seq) {
        let mut steps = Steps::default();
        if shared.timeline.has_properties() {
            // Values come from whole events, by the same function as those of events that arrive.
            let filter = ChunkFilter { min_seq: Some(covered_seq + 1), ..ChunkFilter::default() };
            let mut read = |event| shared.timeline.read_step(&event, &mut steps);
            let chunk = reader::open_whole(shared, catalogue, file)?;
            chunk.for_each(&filter, names, &mut read).map_err(file_error)?;
        } else {
            let chunk = reader::open(shared, file)?;
            chunk.for_each_step(covered_seq + 1, names, &mut |row| steps.push(row)).map_err(file_error)?;
        }
        shared.timeline.publish(steps, file.max_seq, &[]);
    }
    Ok(())
}
