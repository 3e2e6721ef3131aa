//! The steps of whole row groups, column by column: what it takes to lay out the timeline anew.

use arrow_array::cast::AsArray;
use arrow_array::{Array, StringArray};
use domain::{EventKind, NodeId};

use super::ChunkError;
use super::reader::{ChunkReader, TimelineRow};
use super::rows::{NameColumn, column};
use super::schema::{ACTIVITY, CHANNEL, KIND, NODE, OCCURRED_AT, PROPERTIES, SEQ, UNIT};
use crate::names::Names;

/// Some rows of a row group.
pub struct StepRows<'a> {
    nodes: &'a [u64],
    seqs: &'a [u64],
    instants: &'a [i64],
    names: &'a StepNames<'a>,
    /// The JSON of each row, if it was asked for, as it is in the chunk: without the texts that lie apart.
    pub properties: Option<&'a StringArray>,
}

impl StepRows<'_> {
    pub fn count(&self) -> usize {
        self.nodes.len()
    }

    /// The step that a row is, if it is one.
    #[inline]
    pub fn step(&self, row: usize) -> Option<TimelineRow> {
        let activity = self.names.activities.value(row)?;
        if !self.names.kinds.value(row).unwrap_or(false) {
            return None;
        }
        Some(TimelineRow {
            node: NodeId(self.nodes[row]),
            occurred_at: self.instants[row],
            seq: self.seqs[row],
            activity,
            channel: self.names.channels.value(row),
            unit: self.names.units.value(row),
        })
    }
}

struct StepNames<'a> {
    kinds: NameColumn<'a, bool>,
    activities: NameColumn<'a, u16>,
    channels: NameColumn<'a, u8>,
    units: NameColumn<'a, u32>,
}

impl<'a> StepNames<'a> {
    fn new(names: &'a Names) -> StepNames<'a> {
        StepNames {
            kinds: kinds(),
            activities: activities(names),
            channels: NameColumn::new("channel", |text| {
                names.channels.find(text).and_then(|code| u8::try_from(code).ok())
            }),
            units: NameColumn::new("unit", |text| names.units.find(text)),
        }
    }
}

fn kinds<'a>() -> NameColumn<'a, bool> {
    NameColumn::new("kind", |text| EventKind::parse(text).map(EventKind::is_activity))
}

fn activities(names: &Names) -> NameColumn<'_, u16> {
    NameColumn::new("activity", |text| names.activities.find(text).and_then(|code| u16::try_from(code).ok()))
}

impl ChunkReader {
    pub fn group_count(&self) -> usize {
        self.file.metadata().row_groups().len()
    }

    /// Calls `each` with the nodes of the steps of a row group, once for each step, in ascending order. Reads only what
    /// tells them.
    pub fn for_each_node(&self, group: usize, names: &Names, each: &mut dyn FnMut(u64)) -> Result<(), ChunkError> {
        let (mut kinds, mut activities) = (kinds(), activities(names));
        for batch in self.file.batches(vec![group], None, [NODE, KIND, ACTIVITY].into_iter())? {
            let batch = batch.map_err(|error| self.file.damaged(error))?;
            kinds.read(self.name(), &batch, KIND)?;
            activities.read(self.name(), &batch, ACTIVITY)?;
            for (row, node) in self.file.numbers(&batch, NODE)?.iter().enumerate() {
                if activities.value(row).is_some() && kinds.value(row).unwrap_or(false) {
                    each(*node);
                }
            }
        }
        Ok(())
    }

    /// Calls `each` with the rows of a row group, some thousand at a time, in their order.
    pub fn for_each_rows(
        &self,
        group: usize,
        names: &Names,
        with_properties: bool,
        each: &mut dyn FnMut(StepRows<'_>) -> Result<(), ChunkError>,
    ) -> Result<(), ChunkError> {
        let file = &self.file;
        let mut codes = StepNames::new(names);
        let columns = [SEQ, NODE, KIND, ACTIVITY, CHANNEL, UNIT, OCCURRED_AT];
        let wanted = columns.into_iter().chain(with_properties.then_some(PROPERTIES));
        for batch in file.batches(vec![group], None, wanted)? {
            let batch = batch.map_err(|error| file.damaged(error))?;
            codes.kinds.read(file.name(), &batch, KIND)?;
            codes.activities.read(file.name(), &batch, ACTIVITY)?;
            codes.channels.read(file.name(), &batch, CHANNEL)?;
            codes.units.read(file.name(), &batch, UNIT)?;
            let properties = match with_properties {
                true => column(file.name(), &batch, PROPERTIES)?.as_string_opt::<i32>(),
                false => None,
            };
            if with_properties && properties.is_none_or(|texts| texts.null_count() > 0) {
                return Err(file.damaged(format!("column {PROPERTIES} is of another type")));
            }
            each(StepRows {
                nodes: file.numbers(&batch, NODE)?,
                seqs: file.numbers(&batch, SEQ)?,
                instants: file.instants(&batch, OCCURRED_AT)?,
                names: &codes,
                properties,
            })?;
        }
        Ok(())
    }
}
