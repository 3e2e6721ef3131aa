//! The index in its folder: made, kept up to date, asked.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use domain::{Error, EventId, Result};
use tantivy::directory::MmapDirectory;
use tantivy::query::{AllQuery, BooleanQuery, BoostQuery, Occur, Query as TantivyQuery};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, TantivyError, Term};

use crate::comment::Comment;
use crate::filter::Filter;
use crate::found::{Best, Place, Sort};
use crate::query::{Query, term};
use crate::schema::Fields;
use crate::themes::{CountThemes, ThemeCounts};
use crate::words::{Cutter, Spoken};

/// The form of the folder. An index of another one is made anew.
pub const FORMAT: u32 = 2;
/// What writing may take of memory, in one thread: the least that Tantivy works with.
const WRITER_BYTES: usize = 15 << 20;
/// The file in which Tantivy says what there is.
const META: &str = "meta.json";
/// Words by which similar comments are looked for: the most telling ones.
const TELLING_WORDS: usize = 25;

/// An index of comments. One serves any number of threads.
pub struct CommentIndex {
    fields: Fields,
    index: Index,
    reader: IndexReader,
    /// By what its comments were read.
    reading: String,
    /// The number of the newest event that was looked at.
    covered_seq: Mutex<u64>,
}

/// Comments that were found.
#[derive(Debug)]
pub struct Page {
    pub comments: Vec<(Place, Comment)>,
    /// All there are, on whatever page. Counted, not estimated.
    pub total: u64,
    /// Where to go on; none on the last page.
    pub next: Option<Place>,
}

impl CommentIndex {
    /// Opens the index of a folder; makes an empty one where there is none, or none that can be used. Says why in the second
    /// case. Every file is read once, so that a flipped bit is found here and not by a question. `reading` tells by what comments
    /// are read, without spaces: an index of which it was another is emptied, which is no fault.
    pub fn open(folder: &Path, reading: &str) -> Result<(CommentIndex, Option<String>)> {
        let (schema, fields) = Fields::schema();
        let fault = match open_usable(folder, &schema, reading) {
            Ok(Some((index, covered_seq))) => {
                return Ok((CommentIndex::over(index, fields, reading, covered_seq)?, None));
            }
            Ok(None) => None,
            Err(fault) => Some(fault),
        };
        CommentIndex::remove(folder)?;
        std::fs::create_dir_all(folder).map_err(|cause| disk("make", folder, cause))?;
        let index = Index::create_in_dir(folder, schema).map_err(failed)?;
        Ok((CommentIndex::over(index, fields, reading, 0)?, fault))
    }

    /// Whether a folder has an index, usable or not.
    pub fn is_in(folder: &Path) -> bool {
        folder.join(META).exists()
    }

    /// Deletes the index of a folder, if there is one.
    pub fn remove(folder: &Path) -> Result<()> {
        match std::fs::remove_dir_all(folder) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(disk("clear", folder, cause)),
            _ => Ok(()),
        }
    }

    fn over(index: Index, fields: Fields, reading: &str, covered_seq: u64) -> Result<CommentIndex> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(failed)?;
        Ok(CommentIndex { fields, index, reader, reading: reading.to_owned(), covered_seq: Mutex::new(covered_seq) })
    }

    /// By what its comments were read, as it was told when it was opened.
    pub fn reading(&self) -> &str {
        &self.reading
    }

    /// The number of the newest event that was looked at.
    pub fn covered_seq(&self) -> u64 {
        *self.covered_seq.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many comments there are.
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds what `feed` hands over. It is told up to which event the index goes, and gives the number of the newest that it
    /// looked at. All of it counts or nothing:
    /// what a crash leaves half done is not there at the next start. One at a time.
    pub fn add(&self, feed: impl FnOnce(u64, &mut dyn FnMut(&Comment) -> Result<()>) -> Result<u64>) -> Result<u64> {
        let mut covered = self.covered_seq.lock().unwrap_or_else(PoisonError::into_inner);
        let mut writer: Option<IndexWriter> = None;
        let (mut cutter, mut added) = (Cutter::default(), 0);
        let newest = feed(*covered, &mut |comment| {
            let writer = match &mut writer {
                Some(writer) => writer,
                none => none.insert(self.index.writer_with_num_threads(1, WRITER_BYTES).map_err(failed)?),
            };
            writer.add_document(self.fields.write(comment, &mut cutter)?).map_err(failed)?;
            added += 1;
            Ok(())
        })?;
        if let Some(mut writer) = writer {
            let mut commit = writer.prepare_commit().map_err(failed)?;
            commit.set_payload(&format!("{FORMAT} {} {newest}", self.reading));
            commit.commit().map_err(failed)?;
            writer.wait_merging_threads().map_err(failed)?;
            self.reader.reload().map_err(failed)?;
        }
        // Events without comments are looked at again after a start, which costs little and writes nothing.
        *covered = newest;
        Ok(added)
    }

    /// Comments that fit, the first of them after a place.
    pub fn search(
        &self,
        query: &Query,
        filter: &Filter,
        sort: Sort,
        after: Option<Place>,
        most: usize,
    ) -> Result<Page> {
        // Without words everything is equally relevant.
        let sort = if query.wants_nothing() { Sort::Newest } else { sort };
        self.find_best(query.compile(&self.fields), filter, sort, after, most)
    }

    fn find_best(
        &self,
        query: Box<dyn TantivyQuery>,
        filter: &Filter,
        sort: Sort,
        after: Option<Place>,
        most: usize,
    ) -> Result<Page> {
        let searcher = self.reader.searcher();
        let query = filter.apply(&self.fields, query);
        let collector = Best { sort, after, most: most + 1, sees: filter.sees.clone() };
        let found = searcher.search(&*query, &collector).map_err(failed)?;
        let total = found.total;
        let mut hits = found.into_sorted();
        let has_more = hits.len() > most;
        hits.truncate(most);
        let next = hits.last().map(|hit| hit.place).filter(|_| has_more);
        let read = |hit: crate::found::Hit| Ok((hit.place, self.read(&searcher, hit.address)?));
        Ok(Page { comments: hits.into_iter().map(read).collect::<Result<_>>()?, total, next })
    }

    fn read(&self, searcher: &Searcher, address: tantivy::DocAddress) -> Result<Comment> {
        let document: TantivyDocument = searcher.doc(address).map_err(failed)?;
        self.fields.read(&document).ok_or_else(|| Error::internal("a comment of the index cannot be read"))
    }

    /// The comment of an event, if it has one.
    pub fn find(&self, event: EventId) -> Result<Option<Comment>> {
        let query = term(self.fields.event, &event.to_string());
        let page = self.find_best(query, &Filter::default(), Sort::Newest, None, 1)?;
        Ok(page.comments.into_iter().next().map(|(_, comment)| comment))
    }

    /// The newest comments that fit, at most so many, and how many there are.
    pub fn newest(&self, filter: &Filter, most: usize) -> Result<Page> {
        self.find_best(Box::new(AllQuery), filter, Sort::Newest, None, most)
    }

    /// Comments that share telling words or topics with one, the most of them first; that one is among them.
    pub fn alike(&self, comment: &Comment, filter: &Filter, most: usize) -> Result<Vec<Comment>> {
        let searcher = self.reader.searcher();
        let comments = searcher.num_docs().max(1) as f64;
        let spoken = Spoken::of(comment.language.as_deref());
        let field = match spoken {
            Spoken::Spanish => self.fields.spanish,
            Spoken::English => self.fields.english,
            Spoken::Unknown => self.fields.plain,
        };
        let mut weighed: Vec<(f64, Term)> = Vec::new();
        for word in Cutter::default().cut(&comment.text, &comment.personal) {
            let is_function = text::is_function_word(&word.plain);
            let term = Term::from_field_text(field, word.stem(spoken));
            if !is_function && weighed.iter().all(|(_, known)| *known != term) {
                let holding = searcher.doc_freq(&term).map_err(failed)?.max(1) as f64;
                weighed.push(((1.0 + comments / holding).ln(), term));
            }
        }
        weighed.sort_by(|a, b| b.0.total_cmp(&a.0));
        weighed.truncate(TELLING_WORDS);
        for said in &comment.topics {
            let term = Term::from_field_text(self.fields.topic, &format!("{}:{}", said.topic, said.judgement));
            let holding = searcher.doc_freq(&term).map_err(failed)?.max(1) as f64;
            weighed.push(((1.0 + comments / holding).ln(), term));
        }
        let boosted = weighed.into_iter().map(|(weight, term)| {
            let option = tantivy::schema::IndexRecordOption::Basic;
            let query: Box<dyn TantivyQuery> = Box::new(tantivy::query::TermQuery::new(term, option));
            let constant: Box<dyn TantivyQuery> = Box::new(tantivy::query::ConstScoreQuery::new(query, 1.0));
            (Occur::Should, Box::new(BoostQuery::new(constant, weight as f32)) as Box<dyn TantivyQuery>)
        });
        let query = BooleanQuery::new(boosted.collect());
        let page = self.find_best(Box::new(query), filter, Sort::Relevance, None, most)?;
        Ok(page.comments.into_iter().map(|(_, comment)| comment).collect())
    }

    /// How many comments speak of what, between each two neighbouring edges, in UTC milliseconds.
    pub fn count_themes(&self, filter: &Filter, edges: &[i64]) -> Result<ThemeCounts> {
        let query = filter.apply(&self.fields, Box::new(AllQuery));
        let collector = CountThemes { edges: Arc::from(edges), sees: filter.sees.clone() };
        self.reader.searcher().search(&*query, &collector).map_err(failed)
    }
}

/// The index of a folder with the event up to which it is made, or why it cannot be used; none where there is none.
fn open_usable(folder: &Path, schema: &tantivy::schema::Schema, reading: &str) -> Result<Option<(Index, u64)>, String> {
    if !CommentIndex::is_in(folder) {
        return Ok(None);
    }
    let said = |cause: TantivyError| cause.to_string();
    let directory = MmapDirectory::open(folder).map_err(|cause| cause.to_string())?;
    let index = Index::open(directory).map_err(said)?;
    if index.schema() != *schema {
        return Err("it has other fields".to_owned());
    }
    let payload = index.load_metas().map_err(said)?.payload.unwrap_or_default();
    let Some((format, covered)) = payload.split_once(' ') else { return Ok(None) };
    if format != FORMAT.to_string() {
        return Err(format!("it has format {format}, not {FORMAT}"));
    }
    let Some((read_by, covered)) = covered.split_once(' ') else { return Ok(None) };
    if read_by != reading {
        return Ok(None);
    }
    let covered = covered.parse().map_err(|_| "it does not say how far it goes".to_owned())?;
    let damaged = index.validate_checksum().map_err(said)?;
    if let Some(file) = damaged.iter().next() {
        return Err(format!("{} does not match its checksum", PathBuf::from(file).display()));
    }
    Ok(Some((index, covered)))
}

fn failed(cause: TantivyError) -> Error {
    let is_disk =
        matches!(cause, TantivyError::IoError(_) | TantivyError::OpenWriteError(_) | TantivyError::LockFailure(..));
    let said = "the index of comments could not be used";
    let error = if is_disk { Error::unavailable(said) } else { Error::internal(said) };
    error.caused_by(cause)
}

fn disk(attempt: &str, folder: &Path, cause: std::io::Error) -> Error {
    Error::unavailable(format!("could not {attempt} {}: {cause}", folder.display())).caused_by(cause)
}

#[cfg(test)]
mod tests;
