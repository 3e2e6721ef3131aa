//! The index of comments behind the log: made of it, kept up to date, made anew where it cannot be used.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use domain::{Error, Result, StoredEvent};
use events::names::Names;
use search::{Comment, CommentIndex};
use serde_json::{Map, Value};
use text::Analyzer;

use super::arriving::is_said;
use super::reading::{COMMENT, OWN_TIER, TIER, list_said, read_comment};
use crate::app::App;
use crate::listening::topics::KnownTopics;

/// The folder of the index in the data directory. Who deletes it loses nothing: it is made again.
const FOLDER: &str = "comments";

/// The index, opened when somebody first asks.
pub struct KeptComments {
    folder: PathBuf,
    opened: Mutex<Option<Arc<CommentIndex>>>,
}

impl KeptComments {
    pub fn new(data_dir: &Path) -> KeptComments {
        KeptComments { folder: data_dir.join(FOLDER), opened: Mutex::default() }
    }

    /// The index with every comment that was acknowledged before the call, read by the topics of now. Blocks; the first time, and
    /// after a change of the topics, for as long as it takes to read all comments.
    pub fn up_to_date(&self, app: &App) -> Result<Arc<CommentIndex>> {
        let newest = app.log.newest_seq();
        loop {
            let (mut index, topics) = self.open(app)?;
            if index.covered_seq() > newest {
                // The log is an older one than the index was made of: out of a backup, say.
                self.forget(&index)?;
                index = self.open(app)?.0;
            }
            match catch_up(app, &index, &topics.analyzer, newest) {
                // Another one has taken its place meanwhile.
                Err(_) if !self.is_current(&index) => {}
                outcome => return outcome.map(|()| index),
            }
        }
    }

    /// The index of the topics of now; an empty one where that which is there is another's.
    fn open(&self, app: &App) -> Result<(Arc<CommentIndex>, Arc<KnownTopics>)> {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        let topics = app.topics.known();
        // Somebody may have deleted the folder behind our back.
        let is_usable =
            |index: &&Arc<CommentIndex>| index.reading() == topics.reading && CommentIndex::is_in(&self.folder);
        if let Some(index) = opened.as_ref().filter(is_usable) {
            return Ok((index.clone(), topics));
        }
        // What is in place of it is dropped first: it holds files open.
        *opened = None;
        let (index, fault) = CommentIndex::open(&self.folder, &topics.reading)?;
        if let Some(fault) = fault {
            tracing::warn!("the index of comments is made anew: {fault}");
        }
        Ok((opened.insert(Arc::new(index)).clone(), topics))
    }

    fn forget(&self, stale: &Arc<CommentIndex>) -> Result<()> {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if opened.as_ref().is_some_and(|index| Arc::ptr_eq(index, stale)) {
            *opened = None;
            CommentIndex::remove(&self.folder)?;
        }
        Ok(())
    }

    fn is_current(&self, asked: &Arc<CommentIndex>) -> bool {
        let opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        opened.as_ref().is_some_and(|index| Arc::ptr_eq(index, asked))
    }
}

/// Adds the comments that came since.
fn catch_up(app: &App, index: &CommentIndex, analyzer: &Analyzer, newest: u64) -> Result<()> {
    if index.covered_seq() >= newest {
        return Ok(());
    }
    index.add(|covered, each| {
        app.log.for_each_event_with(COMMENT, covered + 1, &mut |event, names| {
            if app.is_stopping() {
                return Err(Error::unavailable("the server stops"));
            }
            match read_event(event, names, analyzer) {
                Some(comment) => each(&comment),
                None => Ok(()),
            }
        })
    })?;
    Ok(())
}

/// Which version of the topics the comments of an index are read by.
pub fn topics_version(index: &CommentIndex) -> u64 {
    let version = index.reading().split('.').next();
    version.and_then(|version| version.parse().ok()).unwrap_or_default()
}

impl App {
    /// Lays out the comments that came since. What fails is tried again by whoever asks.
    pub(crate) fn lay_out_comments(&self) {
        if let Err(error) = self.comments.up_to_date(self)
            && !self.is_stopping()
        {
            tracing::warn!(%error, "could not lay out comments");
        }
    }
}

/// The comment of an event, if it has one. Its topics are those of now, whatever they were when it came.
fn read_event(event: &StoredEvent, names: &Names, analyzer: &Analyzer) -> Option<Comment> {
    let Ok(Value::Object(mut properties)) = serde_json::from_str(&event.properties) else { return None };
    properties.get(COMMENT).and_then(Value::as_str).filter(|comment| is_said(comment))?;
    if !properties.contains_key(TIER) {
        // Of a time before comments were read as they arrive.
        read_comment(analyzer, &mut properties);
    }
    let number = |name: &str| properties.get(name).and_then(read_number);
    let answers = Comment::ANSWERS.iter().filter_map(|name| Some(((*name).to_owned(), number(name)?))).collect();
    let score = number("comment_score");
    let text = text_of(&properties, COMMENT)?;
    let analysis = analyzer.analyse(&text);
    let is_own = properties.get(TIER).and_then(Value::as_str) == Some(OWN_TIER);
    let said = if is_own {
        list_said(&analysis.topics).join(",")
    } else {
        text_of(&properties, "comment_topics").unwrap_or_default()
    };
    let topics = Comment::read_topics(&said);
    Some(Comment {
        event: event.event_id,
        seq: event.seq,
        node: event.node,
        occurred_at: event.occurred_at,
        activity: event.activity.map(|code| names.activities.name(u32::from(code)).to_owned())?,
        channel: event.channel.map(|code| names.channels.name(u32::from(code)).to_owned()),
        unit: event.unit.map(|code| names.units.name(code).to_owned()),
        survey: text_of(&properties, "survey"),
        touchpoint: text_of(&properties, "touchpoint"),
        personal: analysis.personal.into_iter().map(|piece| piece.span).collect(),
        text,
        language: text_of(&properties, "comment_language"),
        sentiment: text_of(&properties, "comment_sentiment"),
        score,
        topics,
        answers,
    })
}

fn text_of(properties: &Map<String, Value>, name: &str) -> Option<String> {
    properties.get(name).and_then(Value::as_str).map(str::to_owned)
}

/// A number, or a text that is one: columns of files are texts where a single value is none.
fn read_number(value: &Value) -> Option<f64> {
    let number = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok());
    number.filter(|number| number.is_finite())
}
