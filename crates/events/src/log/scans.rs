//! Reads properties that are not laid out from the stored events, for a question: of every event that occurred in a span, by
//! its sequence number. So it does not matter whose an event is today, nor where it lies.
//!
//! Events do not change, so what was read stays true, and what is read again is what came since. The latest are kept.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use domain::ports::{Catalogue, DataFile};
use domain::{Code, Error, Result, StoredEvent};
use journey::PropertyColumns;

use super::shared::{Shared, TailBatch};
use super::{file_error, lock, reader};
use crate::chunk::{Candidates, ChunkError, ChunkFilter, ChunkReader, MARK, PropertyNames};
use crate::names::Names;
use crate::timeline::{CodesBuilder, CodesBySeq, PropertyValues, ScannedProperty, Timeline, ValueBook};

/// What the values of one question may take in memory.
const MOST_BYTES: usize = 192 << 20;
/// What is kept of earlier questions may take this much.
const KEPT_BYTES: usize = 64 << 20;
/// Row groups that a thread takes at once.
const GROUPS_AT_ONCE: usize = 8;

/// A property that a question reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedProperty {
    pub name: String,
    /// Values that it names. They are told apart even where the property has more values than that.
    pub values: Vec<String>,
}

/// How properties are read for a question.
pub struct Reading<'a> {
    /// Of events that occurred in it, in UTC milliseconds; others have no value.
    pub occurred: Range<i64>,
    pub threads: usize,
    /// Fails when nobody wants to know any more. Asked every few milliseconds.
    pub check: &'a (dyn Fn() -> Result<()> + Sync),
}

/// What was read lately, the last first.
#[derive(Default)]
pub struct KnownScans {
    scans: Vec<Arc<ScannedProperty>>,
}

impl KnownScans {
    /// What answers like values that are read for this span. Of a wider one it does not where there were more values than are
    /// told apart: some of the span may have come too late.
    fn find(&self, asked: &AskedProperty, occurred: &Range<i64>) -> Option<Arc<ScannedProperty>> {
        let holds = |scan: &&Arc<ScannedProperty>| {
            scan.book.name() == asked.name
                && scan.occurred.start <= occurred.start
                && scan.occurred.end >= occurred.end
                && (scan.occurred == *occurred || !scan.book.is_full())
                && scan.book.tells_apart(&asked.values)
        };
        self.scans.iter().find(holds).cloned()
    }

    fn keep(&mut self, scan: Arc<ScannedProperty>) {
        self.scans.retain(|known| known.book.name() != scan.book.name());
        self.scans.insert(0, scan);
        let mut bytes = 0;
        self.scans.retain(|known| {
            bytes += known.bytes();
            bytes <= KEPT_BYTES
        });
    }
}

/// See [`EventLog::read_properties`](super::EventLog::read_properties).
pub fn read_properties(
    shared: &Shared,
    timeline: &Timeline,
    asked: &[AskedProperty],
    reading: &Reading<'_>,
) -> Result<Timeline> {
    let is_missing = |asked: &&AskedProperty| timeline.properties().find(&asked.name).is_none();
    let missing: Vec<&AskedProperty> = asked.iter().filter(is_missing).collect();
    if timeline.properties().len() + missing.len() > PropertyColumns::MAX {
        let detail = "the question asks for too many properties that are not laid out; ask for fewer";
        return Err(Error::new(Code::TooLarge, detail));
    }
    // After the timeline, so that everything in it is here.
    let (catalogue, names, tail) = reader::moment(shared);
    let newest = newest_of(&catalogue, &tail);
    let known: Vec<_> = {
        let scans = lock(&shared.scans);
        missing.iter().map(|asked| scans.find(asked, &reading.occurred)).collect()
    };
    let mut scanned: Vec<Arc<ScannedProperty>> = Vec::new();
    let mut fresh: Vec<ScannedProperty> = Vec::new();
    let mut bytes = 0;
    let place = Place { shared, catalogue: &catalogue, names: &names, tail: &tail, newest, reading };
    for (asked, known) in missing.iter().zip(known) {
        let known = match known {
            Some(known) if known.covered_seq < newest => place.read_on(&known, asked, bytes)?,
            known => known,
        };
        match known {
            Some(known) => scanned.push(known),
            None => {
                let book = Arc::new(ValueBook::wanting(&asked.name, &asked.values));
                fresh.push(ScannedProperty::new(book, reading.occurred.clone(), 0, CodesBySeq::default()));
            }
        }
        bytes = scanned.iter().map(|scan| scan.bytes()).sum();
    }
    if !fresh.is_empty() {
        scanned.extend(place.scan(fresh, bytes)?.into_iter().map(Arc::new));
    }
    let mut scans = lock(&shared.scans);
    scanned.iter().for_each(|scan| scans.keep(scan.clone()));
    Ok(timeline.with_scanned(scanned))
}

/// See [`EventLog::for_each_event_with`](super::EventLog::for_each_event_with).
pub fn for_each_event_with(
    shared: &Shared,
    property: &str,
    min_seq: u64,
    each: &mut dyn FnMut(&StoredEvent, &Names) -> Result<()>,
) -> Result<u64> {
    let (catalogue, names, tail) = reader::moment(shared);
    let written = PropertyNames::new(std::iter::once(property));
    let always = i64::MIN..i64::MAX;
    for file in reader::chunks(&catalogue).filter(|file| file.max_seq >= min_seq) {
        let chunk = reader::open(shared, file)?;
        for groups in chunk.list_groups(min_seq, &always).chunks(GROUPS_AT_ONCE) {
            let mut seqs = Vec::new();
            let mut note = |candidates: Candidates<'_>| -> Result<(), ChunkError> {
                seqs.extend(candidates.iter().map(|(seq, _)| seq));
                Ok(())
            };
            chunk.for_each_candidate(groups, min_seq, &always, &written, &mut note).map_err(file_error)?;
            if seqs.is_empty() {
                continue;
            }
            seqs.sort_unstable();
            let nodes = chunk.find_nodes(groups, &seqs).map_err(file_error)?;
            let whole = reader::open_whole(shared, &catalogue, file)?;
            let filter = ChunkFilter { nodes: Some(&nodes), min_seq: Some(min_seq), occurred: None };
            for event in whole.events(&filter, &names).map_err(file_error)? {
                let event = event.map_err(file_error)?;
                // Not those of the same customers in other groups: they have their turn.
                if seqs.binary_search(&event.seq).is_ok() {
                    each(&event, &names)?;
                }
            }
        }
    }
    for event in tail.iter().flat_map(|batch| &batch.events) {
        let is_wanted = event.activity.is_some() && event.seq >= min_seq;
        if is_wanted && written.may_be_in(&event.properties) {
            each(event, &names)?;
        }
    }
    Ok(newest_of(&catalogue, &tail))
}

/// The number of the newest stored event; 0 when there is none.
pub fn newest_seq(shared: &Shared) -> u64 {
    let (catalogue, _, tail) = reader::moment(shared);
    newest_of(&catalogue, &tail)
}

fn newest_of(catalogue: &Catalogue, tail: &[Arc<TailBatch>]) -> u64 {
    let in_chunks = reader::chunks(catalogue).map(|file| file.max_seq).max();
    let in_tail = tail.iter().flat_map(|batch| batch.events.last()).map(|event| event.seq).max();
    in_chunks.max(in_tail).unwrap_or(0)
}

/// Where values are read from.
struct Place<'a> {
    shared: &'a Shared,
    catalogue: &'a Catalogue,
    names: &'a Names,
    tail: &'a [Arc<TailBatch>],
    newest: u64,
    reading: &'a Reading<'a>,
}

/// Some properties being read together.
struct Scan<'a> {
    place: &'a Place<'a>,
    values: PropertyValues,
    written: PropertyNames,
    min_seq: u64,
    occurred: Range<i64>,
    builders: Mutex<Vec<CodesBuilder>>,
    /// What the builders may take.
    most_bytes: usize,
}

impl Place<'_> {
    /// Reads on in what came since; none where there was no code left for a value that is asked for.
    fn read_on(
        &self,
        known: &ScannedProperty,
        asked: &AskedProperty,
        other_bytes: usize,
    ) -> Result<Option<Arc<ScannedProperty>>> {
        let read = self.scan(vec![known.clone()], other_bytes)?.into_iter().map(Arc::new);
        Ok(read.last().filter(|scan| scan.book.tells_apart(&asked.values)))
    }

    /// Reads on in what came since these, which cover the same events.
    fn scan(&self, known: Vec<ScannedProperty>, other_bytes: usize) -> Result<Vec<ScannedProperty>> {
        let Some(ScannedProperty { occurred, covered_seq, .. }) = known.first().cloned() else { return Ok(known) };
        let scan = Scan {
            place: self,
            values: PropertyValues::of_books(known.iter().map(|property| property.book.clone()).collect()),
            written: PropertyNames::new(known.iter().map(|property| property.book.name())),
            min_seq: covered_seq + 1,
            occurred: occurred.clone(),
            builders: Mutex::new(known.iter().map(|property| CodesBuilder::over(property.codes())).collect()),
            most_bytes: MOST_BYTES.saturating_sub(other_bytes),
        };
        scan.read_chunks()?;
        scan.read_tail()?;
        let builders = scan.builders.into_inner().unwrap_or_else(PoisonError::into_inner);
        let read = known.into_iter().zip(builders).map(|(property, builder)| {
            ScannedProperty::new(property.book, occurred.clone(), self.newest, builder.finish())
        });
        Ok(read.collect())
    }
}

/// Values that were found, by the position of the property: numbers of events and codes.
type Found = Vec<Vec<(u64, u16)>>;

impl Scan<'_> {
    fn read_chunks(&self) -> Result<()> {
        let shared = self.place.shared;
        let (threads, check) = (self.place.reading.threads, self.place.reading.check);
        let may_hold = |file: &&DataFile| {
            file.max_seq >= self.min_seq
                && file.min_occurred_at < self.occurred.end
                && file.max_occurred_at >= self.occurred.start
        };
        let files: Vec<&DataFile> = reader::chunks(self.place.catalogue).filter(may_hold).collect();
        // The first time it is touched, a file is verified as a whole.
        let opened = in_parallel(threads, &files, |file| {
            check()?;
            Ok((*file, reader::open(shared, file)?))
        })?;
        let mut pieces = Vec::new();
        for (file, chunk) in &opened {
            let groups = chunk.list_groups(self.min_seq, &self.occurred);
            pieces.extend(groups.chunks(GROUPS_AT_ONCE).map(|groups| (*file, chunk, groups.to_vec())));
        }
        in_parallel(threads, &pieces, |(file, chunk, groups)| self.read_groups(file, chunk, groups)).map(drop)
    }

    fn read_groups(&self, file: &DataFile, chunk: &ChunkReader, groups: &[usize]) -> Result<()> {
        let mut found: Found = vec![Vec::new(); self.values.len()];
        let mut with_texts = Vec::new();
        let read = chunk.for_each_candidate(groups, self.min_seq, &self.occurred, &self.written, &mut |candidates| {
            (self.place.reading.check)().map_err(Ended::Because)?;
            for (seq, properties) in candidates.iter() {
                if !self.find(seq, properties, true, &mut found) {
                    with_texts.push(seq);
                }
            }
            self.add(&mut found).map_err(Ended::Because)
        });
        read.map_err(Ended::into_error)?;
        if with_texts.is_empty() { Ok(()) } else { self.read_texts(file, chunk, groups, with_texts) }
    }

    /// Reads events whole whose values are free text, which is kept apart.
    fn read_texts(&self, file: &DataFile, chunk: &ChunkReader, groups: &[usize], mut seqs: Vec<u64>) -> Result<()> {
        seqs.sort_unstable();
        let nodes = chunk.find_nodes(groups, &seqs).map_err(file_error)?;
        let mut found: Found = vec![Vec::new(); self.values.len()];
        let whole = reader::open_whole(self.place.shared, self.place.catalogue, file)?;
        let filter = ChunkFilter { nodes: Some(&nodes), min_seq: Some(self.min_seq), occurred: None };
        for event in whole.events(&filter, self.place.names).map_err(file_error)? {
            let event = event.map_err(file_error)?;
            if seqs.binary_search(&event.seq).is_ok() {
                self.find(event.seq, &event.properties, false, &mut found);
            }
            (self.place.reading.check)()?;
        }
        self.add(&mut found)
    }

    fn read_tail(&self) -> Result<()> {
        let mut found: Found = vec![Vec::new(); self.values.len()];
        for batch in self.place.tail {
            (self.place.reading.check)()?;
            let activities = batch.events.iter().filter(|event| event.activity.is_some() && event.seq >= self.min_seq);
            let wanted = activities.filter(|event| self.occurred.contains(&event.occurred_at));
            for event in wanted.filter(|event| self.written.may_be_in(&event.properties)) {
                self.find(event.seq, &event.properties, false, &mut found);
            }
            self.add(&mut found)?;
        }
        Ok(())
    }

    /// Finds the values of an event. Where `is_marked`, a text may have moved: then nothing is found, and the answer is no.
    fn find(&self, seq: u64, properties: &str, is_marked: bool, found: &mut Found) -> bool {
        let mut is_whole = true;
        let mut codes = [PropertyColumns::NO_VALUE; PropertyColumns::MAX];
        self.values.for_each_value(properties, |position, value| {
            if is_marked && value.raw == MARK {
                is_whole = false;
            } else {
                codes[position] = self.values.code_of(position, value);
            }
        });
        if is_whole {
            let has = found.iter_mut().zip(codes).filter(|(_, code)| *code != PropertyColumns::NO_VALUE);
            has.for_each(|(found, code)| found.push((seq, code)));
        }
        is_whole
    }

    fn add(&self, found: &mut Found) -> Result<()> {
        let mut builders = lock(&self.builders);
        for (builder, found) in builders.iter_mut().zip(found) {
            found.drain(..).for_each(|(seq, code)| builder.push(seq, code));
        }
        if builders.iter().map(CodesBuilder::bytes).sum::<usize>() <= self.most_bytes {
            return Ok(());
        }
        let names: Vec<&str> = self.values.names().collect();
        let detail = format!(
            "too many events have `{}` to read it for one question; ask about a shorter period, or add it to the setting \
             `timeline_properties` (or VIVENCIA_TIMELINE_PROPERTIES) and start the server again",
            names.join("`, `")
        );
        Err(Error::new(Code::TooLarge, detail))
    }
}

/// Why reading a chunk ended.
enum Ended {
    Chunk(ChunkError),
    Because(Error),
}

impl From<ChunkError> for Ended {
    fn from(error: ChunkError) -> Ended {
        Ended::Chunk(error)
    }
}

impl Ended {
    fn into_error(self) -> Error {
        match self {
            Ended::Chunk(error) => file_error(error),
            Ended::Because(error) => error,
        }
    }
}

/// Does the work for each item with some threads. What comes out is in no order.
fn in_parallel<I: Sync, O: Send>(threads: usize, items: &[I], work: impl Fn(&I) -> Result<O> + Sync) -> Result<Vec<O>> {
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            match work(item) {
                Ok(output) => done.push(output),
                Err(error) => {
                    // The others need not go on.
                    next.store(items.len(), Ordering::Relaxed);
                    return Err(error);
                }
            }
        }
        Ok(done)
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (1..threads.min(items.len())).map(|_| scope.spawn(take)).collect();
        let mut all = take();
        for worker in workers {
            let part = worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            all = match (all, part) {
                (Ok(mut all), Ok(part)) => {
                    all.extend(part);
                    Ok(all)
                }
                (Err(error), _) | (_, Err(error)) => Err(error),
            };
        }
        all
    })
}
