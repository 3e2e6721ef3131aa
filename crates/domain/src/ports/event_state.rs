//! The state of the event log: what the log decides, as the rows in which it is kept, and the port to them.

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::event::{DeadCode, DeadLetter};
use crate::identifier::Identifier;
use crate::ids::{DeadLetterId, EventId, MergeId, NodeId, SourceId};

/// The four numbers of intake. At every moment `received = stored + duplicate + dead`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub received: u64,
    pub stored: u64,
    pub duplicate: u64,
    pub dead: u64,
}

/// The next free number of everything that the log numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sequences {
    pub seq: u64,
    pub node: u64,
    pub merge: u64,
    pub dead: u64,
    pub personal: u64,
}

impl Default for Sequences {
    fn default() -> Self {
        Sequences { seq: 1, node: 1, merge: 1, dead: 1, personal: 1 }
    }
}

/// Which dictionary gives a name its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Dictionary {
    Activity,
    Channel,
    Unit,
    Source,
}

impl Dictionary {
    pub fn as_str(self) -> &'static str {
        match self {
            Dictionary::Activity => "activity",
            Dictionary::Channel => "channel",
            Dictionary::Unit => "unit",
            Dictionary::Source => "source",
        }
    }

    pub fn parse(text: &str) -> Option<Dictionary> {
        [Dictionary::Activity, Dictionary::Channel, Dictionary::Unit, Dictionary::Source]
            .into_iter()
            .find(|dictionary| dictionary.as_str() == text)
    }
}

/// A name and the code by which the log knows it, for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodedName {
    pub dictionary: Dictionary,
    pub code: u32,
    pub name: String,
}

/// An identifier seen for the first time, and the node it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewIdentifier {
    pub node: NodeId,
    pub identifier: Identifier,
    pub seen_at: i64,
}

/// Why two nodes became one customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MergeRule {
    /// One event brought both identifiers.
    SameEvent,
    /// An `alias` call said so.
    Alias,
    /// A person decided it.
    Manual,
}

impl MergeRule {
    pub fn as_str(self) -> &'static str {
        match self {
            MergeRule::SameEvent => "same_event",
            MergeRule::Alias => "alias",
            MergeRule::Manual => "manual",
        }
    }

    pub fn parse(text: &str) -> Option<MergeRule> {
        [MergeRule::SameEvent, MergeRule::Alias, MergeRule::Manual].into_iter().find(|rule| rule.as_str() == text)
    }
}

/// A recorded merge with its evidence. Undone, it stays recorded and its two nodes are not merged again by themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityMerge {
    pub id: MergeId,
    pub a: NodeId,
    pub b: NodeId,
    pub rule: MergeRule,
    /// The event that showed it; none for manual merges.
    pub evidence: Option<EventId>,
    /// Who decided it: the source's name, or the person's or key's name.
    pub decided_by: String,
    pub merged_at: i64,
    pub undone_at: Option<i64>,
}

/// The end of a merge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoneMerge {
    pub id: MergeId,
    pub undone_at: i64,
    pub undone_by: String,
}

/// What was personal in an event, by path, as a JSON object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonalValues {
    pub id: u64,
    pub node: NodeId,
    pub body: String,
}

/// Traits of a customer as one event brought them: a JSON object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraitsSeen {
    pub node: NodeId,
    pub source: SourceId,
    pub seen_at: i64,
    pub body: String,
}

/// What a run of log records changes in the state, in log order. `counts` and `sequences` are absolute: the values after
/// the record at `position`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LogChanges {
    /// Number of the last record in it. Records are numbered from 1 without gaps.
    pub position: u64,
    pub counts: Counts,
    pub sequences: Sequences,
    pub identifiers: Vec<NewIdentifier>,
    pub merges: Vec<IdentityMerge>,
    pub undone: Vec<UndoneMerge>,
    pub names: Vec<CodedName>,
    pub personal: Vec<PersonalValues>,
    pub traits: Vec<TraitsSeen>,
    pub dead: Vec<DeadLetter>,
    /// Dead letters that have become events (or duplicates) since.
    pub replayed: Vec<DeadLetterId>,
}

/// What an immutable file of the event log holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataFileKind {
    /// Events, as Parquet.
    Chunk,
    /// The free texts of a chunk's events, as Parquet.
    TextChunk,
    /// Sorted fingerprints of event ids, for finding duplicates.
    DuplicateRun,
}

impl DataFileKind {
    pub fn as_str(self) -> &'static str {
        match self {
            DataFileKind::Chunk => "chunk",
            DataFileKind::TextChunk => "text_chunk",
            DataFileKind::DuplicateRun => "duplicate_run",
        }
    }

    pub fn parse(text: &str) -> Option<DataFileKind> {
        let kinds = [DataFileKind::Chunk, DataFileKind::TextChunk, DataFileKind::DuplicateRun];
        kinds.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// An immutable file that a catalogue version names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataFile {
    /// Path below the data directory's `events/`, with `/`.
    pub name: String,
    pub kind: DataFileKind,
    /// Version of the file's own format.
    pub format: u32,
    pub rows: u64,
    pub bytes: u64,
    /// CRC-32C of the whole file.
    pub checksum: u32,
    /// Month of `occurred_at` as `year × 12 + month − 1` for chunks and text chunks; day of `received_at` since 1970 for
    /// duplicate runs.
    pub period: i64,
    pub min_seq: u64,
    pub max_seq: u64,
    pub min_node: u64,
    pub max_node: u64,
    pub min_occurred_at: i64,
    pub max_occurred_at: i64,
    /// Duplicate runs of files are kept for ever: importing again must change nothing.
    pub is_kept: bool,
}

/// One moment of the event log: the files that hold it and the log record up to which they do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalogue {
    pub version: u64,
    /// Events of records up to here are in the files; later ones are in the write-ahead log.
    pub log_position: u64,
    pub files: Vec<DataFile>,
}

/// The type of a property's value as seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PropertyType {
    Number,
    Text,
    Boolean,
    Object,
    List,
}

impl PropertyType {
    pub fn as_str(self) -> &'static str {
        match self {
            PropertyType::Number => "number",
            PropertyType::Text => "text",
            PropertyType::Boolean => "boolean",
            PropertyType::Object => "object",
            PropertyType::List => "list",
        }
    }

    pub fn parse(text: &str) -> Option<PropertyType> {
        [PropertyType::Number, PropertyType::Text, PropertyType::Boolean, PropertyType::Object, PropertyType::List]
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }
}

/// How often a property of an activity was seen with one type. Added up by (activity, name, type).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PropertySeen {
    pub activity: String,
    pub name: String,
    pub value_type: PropertyType,
    pub events: u64,
    pub first_seen_at: i64,
    pub last_seen_at: i64,
}

/// How many dead letters of a source have a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadCount {
    pub source: SourceId,
    pub code: DeadCode,
    pub letters: u64,
}

/// Which dead letters are wanted; all by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeadFilter {
    pub code: Option<DeadCode>,
    pub source: Option<SourceId>,
}

/// Everything small that the log needs to start. Identifiers come apart, one by one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoadedState {
    /// Last log record applied.
    pub position: u64,
    pub counts: Counts,
    pub sequences: Sequences,
    pub names: Vec<CodedName>,
    /// All merges, undone ones included, by id.
    pub merges: Vec<IdentityMerge>,
    pub catalogue: Catalogue,
    /// Bytes of dead letters kept, by source.
    pub dead_bytes: Vec<(SourceId, u64)>,
}

/// The state that is a projection of the event log. Changes are applied with their position in one transaction: applied
/// twice, they change nothing.
pub trait EventState: Send + Sync {
    fn load(&self) -> Result<LoadedState>;
    fn for_each_identifier(&self, each: &mut dyn FnMut(NodeId, Identifier)) -> Result<()>;
    /// Does nothing when `changes.position` is not greater than the position applied before.
    fn apply(&self, changes: &LogChanges) -> Result<()>;
    /// Makes `next` the current catalogue if `next.version` is the current version + 1, otherwise `Conflict`; adds up the
    /// properties seen in the same transaction. A file that `next` no longer names stays listed by `list_dropped_files`.
    fn publish_catalogue(&self, next: &Catalogue, properties: &[PropertySeen], at: i64) -> Result<()>;
    /// Files that no catalogue version since `before` (UTC milliseconds) names.
    fn list_dropped_files(&self, before: i64) -> Result<Vec<String>>;
    /// Forgets dropped files after they have been unlinked.
    fn forget_files(&self, names: &[String]) -> Result<()>;

    /// Dead letters not replayed yet, by id, those after `after` first.
    fn list_dead(&self, after: Option<DeadLetterId>, limit: u32) -> Result<Vec<DeadLetter>> {
        self.list_dead_of(DeadFilter::default(), after, limit)
    }
    /// The same, of one code or one source only.
    fn list_dead_of(&self, only: DeadFilter, after: Option<DeadLetterId>, limit: u32) -> Result<Vec<DeadLetter>>;
    /// A dead letter that is not replayed yet.
    fn find_dead(&self, id: DeadLetterId) -> Result<Option<DeadLetter>>;
    /// The newest dead letter that is not replayed yet.
    fn find_last_dead(&self) -> Result<Option<DeadLetterId>>;
    /// How many dead letters that are not replayed yet there are, by source and code, the most first.
    fn count_dead(&self) -> Result<Vec<DeadCount>>;
    fn list_properties(&self) -> Result<Vec<PropertySeen>>;
    fn find_personal(&self, ids: &[u64]) -> Result<Vec<PersonalValues>>;
    /// Verifies the files of the state itself; a sentence for each fault. Those that a database server keeps are its own.
    fn verify_state(&self) -> Result<Vec<String>>;
}
