//! One row, made an event by the layout of its file.

use std::borrow::Cow;
use std::fmt::Write;

use domain::event::{DeadCode, EventKind, IncomingEvent};
use domain::identifier::IdentifierKind;
use domain::time::find_zone;

use super::FileError;
use super::layout::{FieldPlaces, Format, Layout, SaidAt};
use super::mapping::Scale;
use super::records::{Delimiter, Fields};
use super::zone::LocalZone;
use crate::intake::IntakeSettings;
use crate::intake::draft::Draft;
use crate::intake::facts::{read_activity_name, read_name, read_scalar};
use crate::intake::identifiers::{Identifiers, Refusal};
use crate::intake::json::{Doc, Kind, Tape, Value, is_beyond_double, is_number, write_text};
use crate::intake::segment;
use crate::intake::time::{Moment, TimeFault, Times, place, read_epoch, read_moment};

/// Deeper members are a mistake.
const DEEPEST: u8 = 100;

/// Makes events of rows, with the memory that each row needs again.
#[derive(Debug)]
pub(super) struct RowMaker {
    layout: Layout,
    /// The kinds of `customer`, in its order.
    kinds: Vec<IdentifierKind>,
    /// The names of the properties as JSON with their colon, in their order.
    names: Vec<String>,
    zone: LocalZone,
    settings: IntakeSettings,
    received_at: i64,
    fields: Fields,
    properties: String,
    row_tape: Tape,
    property_tape: Tape,
}

impl RowMaker {
    pub(super) fn new(layout: Layout, settings: IntakeSettings, received_at: i64) -> Result<RowMaker, FileError> {
        let zone = find_zone(&layout.time_zone).map_err(|error| FileError::UnknownZone(error.detail))?;
        let (kinds, names) = match &layout.format {
            Format::Delimited { fields, .. } => prepare(fields),
            Format::JsonLines { fields, .. } => prepare(fields),
            Format::SegmentLines => (Vec::new(), Vec::new()),
        };
        Ok(RowMaker {
            layout,
            kinds,
            names,
            zone: LocalZone::new(zone),
            settings: IntakeSettings { is_clock_corrected: false, ..settings },
            received_at,
            fields: Fields::default(),
            properties: String::new(),
            row_tape: Tape::default(),
            property_tape: Tape::default(),
        })
    }

    pub(super) fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Makes the event of a record; `message_id` is that of the row, used unless the row brings its own.
    pub(super) fn make(&mut self, record: &[u8], message_id: String) -> Result<IncomingEvent, Refusal> {
        let text = match std::str::from_utf8(record) {
            Ok(text) => text,
            Err(error) => {
                let detail = format!(
                    "byte {} of the row is not UTF-8; if the file is older than that, convert it, for example with iconv -f WINDOWS-1252",
                    error.valid_up_to()
                );
                return Err(Refusal::new(DeadCode::InvalidUtf8, detail));
            }
        };
        if memchr::memchr(0, record).is_some() {
            return Err(Refusal::new(DeadCode::NullCharacter, "the character U+0000"));
        }
        match &self.layout.format {
            Format::Delimited { .. } => self.make_from_fields(text, message_id),
            Format::JsonLines { .. } => self.make_from_members(text, message_id),
            Format::SegmentLines => {
                let mut event = segment::read_line(text, &mut self.row_tape, self.received_at, &self.settings)?;
                if event.message_id.is_empty() {
                    event.message_id = message_id;
                }
                Ok(event)
            }
        }
    }

    fn make_from_fields(&mut self, record: &str, message_id: String) -> Result<IncomingEvent, Refusal> {
        let delimiter = self.layout.delimiter().unwrap_or(Delimiter::Blanks);
        self.fields.split(record, delimiter);
        let Format::Delimited { columns, fields: places, .. } = &self.layout.format else {
            return Err(Refusal::new(DeadCode::InvalidField, "not a row of fields"));
        };
        if self.fields.len() != *columns {
            let detail = format!("{} fields where {columns} are expected", self.fields.len());
            return Err(Refusal::new(DeadCode::WrongColumnCount, detail));
        }
        let cell = |at: &usize| self.fields.get(record, *at);
        let said = |said: &SaidAt<usize>| match said {
            SaidAt::At(at) => Cow::Borrowed(cell(at)),
            SaidAt::Always(text) => Cow::Owned(text.clone()),
        };
        let mut identifiers = Identifiers::default();
        for (kind, (_, at)) in self.kinds.iter().zip(&places.customer) {
            let value = cell(at);
            if !value.trim().is_empty() {
                identifiers.add(kind.clone(), Cow::Borrowed(value))?;
            }
        }
        if places.is_row_customer && identifiers.is_none() {
            identifiers.add(IdentifierKind::AnonymousId, Cow::Owned(format!("row:{message_id}")))?;
        }
        let activity = read_activity_name(said(&places.activity))?;
        let moment = read_moment(cell(&places.occurred_at)).map_err(|fault| {
            let shown: String = cell(&places.occurred_at).chars().take(40).collect();
            fault.refuse(&format!("`{shown}`"))
        })?;
        let times = place_row(moment, &mut self.zone, self.received_at)?;
        self.properties.clear();
        for (name, property) in self.names.iter().zip(&places.properties) {
            let value = cell(&property.at);
            if value.is_empty() {
                continue;
            }
            let number = value.trim();
            self.properties.push(if self.properties.is_empty() { '{' } else { ',' });
            self.properties.push_str(name);
            if let Some(scale) = property.scale {
                self.properties.push_str(&read_on_scale(&property.name, value, scale)?);
            } else if property.is_number && is_number(number.as_bytes()) && !is_beyond_double(number.as_bytes()) {
                self.properties.push_str(number);
            } else {
                write_text(&mut self.properties, value);
            }
        }
        let properties = close_object(&mut self.properties, &mut self.property_tape)?;
        let channel = places.channel.as_ref().map(said).and_then(read_name);
        let unit = places.unit.as_ref().map(said).and_then(read_name);
        let row = RowParts { identifiers, activity, times, properties, channel, unit, message_id };
        row.into_draft().finish(&self.settings)
    }

    fn make_from_members(&mut self, line: &str, message_id: String) -> Result<IncomingEvent, Refusal> {
        let doc = self.row_tape.scan(line).map_err(|error| Refusal::new(DeadCode::InvalidJson, error.to_string()))?;
        check_line(doc)?;
        let Format::JsonLines { fields: places, has_other_properties } = &self.layout.format else {
            return Err(Refusal::new(DeadCode::InvalidField, "not a row of members"));
        };
        let find = |path: &String| find_path(doc, Doc::ROOT, path);
        let text = |path: &String| find(path).and_then(|value| read_scalar(doc, value));
        let said = |said: &SaidAt<String>| match said {
            SaidAt::At(path) => text(path),
            SaidAt::Always(text) => Some(Cow::Owned(text.clone())),
        };
        let mut identifiers = Identifiers::default();
        for (kind, (_, path)) in self.kinds.iter().zip(&places.customer) {
            if let Some(value) = text(path).filter(|value| !value.trim().is_empty()) {
                identifiers.add(kind.clone(), value)?;
            }
        }
        if places.is_row_customer && identifiers.is_none() {
            identifiers.add(IdentifierKind::AnonymousId, Cow::Owned(format!("row:{message_id}")))?;
        }
        let activity = read_activity_name(said(&places.activity).unwrap_or_default())?;
        let moment = match find(&places.occurred_at).map(|value| (doc.kind(value), value)) {
            Some((Kind::Number, value)) => read_epoch(doc.raw(value)).map(Moment::Instant),
            Some((Kind::Text, value)) => read_moment(&doc.text(value)),
            _ => Err(TimeFault::Unreadable),
        };
        let moment = moment.map_err(|fault| fault.refuse(&format!("`{}`", places.occurred_at)))?;
        let times = place_row(moment, &mut self.zone, self.received_at)?;
        self.properties.clear();
        for (name, property) in self.names.iter().zip(&places.properties) {
            if let Some(value) = find(&property.at).filter(|value| doc.kind(*value) != Kind::Null) {
                self.properties.push(if self.properties.is_empty() { '{' } else { ',' });
                self.properties.push_str(name);
                match property.scale {
                    Some(scale) => {
                        let written = read_scalar(doc, value).unwrap_or_default();
                        self.properties.push_str(&read_on_scale(&property.name, &written, scale)?);
                    }
                    None => self.properties.push_str(doc.raw(value)),
                }
            }
        }
        if *has_other_properties {
            for (key, value) in doc.members(Doc::ROOT) {
                if doc.kind(value) != Kind::Null && !is_used(places, &doc.text(key)) {
                    let comma = if self.properties.is_empty() { "{" } else { "," };
                    let _ = write!(self.properties, "{comma}{}:{}", doc.raw(key), doc.raw(value));
                }
            }
        }
        let properties = close_object(&mut self.properties, &mut self.property_tape)?;
        let channel = places.channel.as_ref().and_then(said).and_then(read_name);
        let unit = places.unit.as_ref().and_then(said).and_then(read_name);
        let row = RowParts { identifiers, activity, times, properties, channel, unit, message_id };
        row.into_draft().finish(&self.settings)
    }
}

/// A score as a number on its scale, `4,5` like `4.5`.
fn read_on_scale(name: &str, written: &str, scale: Scale) -> Result<String, Refusal> {
    let number = written.trim().replace(',', ".").parse::<f64>().ok();
    let on_scale = number.filter(|number| (f64::from(scale.lowest)..=f64::from(scale.highest)).contains(number));
    on_scale.map(|number| number.to_string()).ok_or_else(|| {
        let shown: String = written.chars().take(40).collect();
        let detail = format!("`{shown}` is no {name}: that is a number from {} to {}", scale.lowest, scale.highest);
        Refusal::new(DeadCode::InvalidField, detail)
    })
}

fn prepare<P>(places: &FieldPlaces<P>) -> (Vec<IdentifierKind>, Vec<String>) {
    let kinds = places.customer.iter().map(|(kind, _)| IdentifierKind::parse(kind)).collect();
    let names = places.properties.iter().map(|property| {
        let mut name = String::new();
        write_text(&mut name, &property.name);
        name + ":"
    });
    (kinds, names.collect())
}

struct RowParts<'a> {
    identifiers: Identifiers<'a>,
    activity: Cow<'a, str>,
    times: Times,
    properties: Option<(Doc<'a>, Value)>,
    channel: Option<Cow<'a, str>>,
    unit: Option<Cow<'a, str>>,
    message_id: String,
}

impl<'a> RowParts<'a> {
    fn into_draft(self) -> Draft<'a> {
        Draft {
            kind: EventKind::Track,
            message_id: Cow::Owned(self.message_id),
            activity: Some(self.activity),
            identifiers: self.identifiers,
            times: self.times,
            properties: self.properties,
            added: &[],
            context: None,
            has_context_traits: false,
            extra: &[],
            channel: self.channel,
            unit: self.unit,
            library: None,
            cause: None,
            traits: None,
        }
    }
}

/// Scans the object that has been written up to its closing brace; none if nothing was written.
fn close_object<'a>(text: &'a mut String, tape: &'a mut Tape) -> Result<Option<(Doc<'a>, Value)>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    text.push('}');
    match tape.scan(text) {
        Ok(doc) => Ok(Some((doc, Doc::ROOT))),
        Err(error) => Err(Refusal::new(DeadCode::InvalidJson, error.to_string())),
    }
}

fn place_row(moment: Moment, zone: &mut LocalZone, received_at: i64) -> Result<Times, Refusal> {
    let instant = match moment {
        Moment::Instant(ms) => ms,
        Moment::Local(ms) => zone.find_instant(ms),
    };
    place(Some(instant), None, received_at, false).map_err(|fault| fault.refuse("the time of the row"))
}

fn check_line(doc: Doc<'_>) -> Result<(), Refusal> {
    if doc.height(Doc::ROOT) > DEEPEST {
        return Err(Refusal::new(DeadCode::TooDeep, format!("nested more than {DEEPEST} levels deep")));
    }
    if let Some(problem) = doc.find_problem(Doc::ROOT) {
        return Err(Refusal::new(problem.code, format!("{} at byte {}", problem.what, problem.at)));
    }
    if doc.kind(Doc::ROOT) != Kind::Object {
        return Err(Refusal::new(DeadCode::InvalidJson, "a line must be a JSON object"));
    }
    Ok(())
}

/// The member with this name, else the one that its dots lead to.
fn find_path(doc: Doc<'_>, object: Value, path: &str) -> Option<Value> {
    doc.find(object, path).or_else(|| {
        let dots = path.match_indices('.').map(|(at, _)| at);
        dots.into_iter().find_map(|at| find_path(doc, doc.find(object, &path[..at])?, &path[at + 1..]))
    })
}

/// Whether a member at the top is a field of the event, and so no property.
fn is_used(places: &FieldPlaces<String>, name: &str) -> bool {
    let said = [Some(&places.activity), places.channel.as_ref(), places.unit.as_ref()];
    let said = said.into_iter().flatten().filter_map(|said| match said {
        SaidAt::At(path) => Some(path),
        SaidAt::Always(_) => None,
    });
    let customers = places.customer.iter().map(|(_, path)| path);
    said.chain(customers).chain([&places.occurred_at]).any(|path| path == name)
}
