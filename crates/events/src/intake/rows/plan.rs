//! How a file will be read, decided from its first bytes before any row is stored, so that people can look at it.

use domain::time::find_zone;
use rustc_hash::FxHashSet;

use super::guess::{Guess, find_nearest, guess_mapping};
use super::layout::{FieldPlaces, Format, Layout, PropertyAt, SaidAt};
use super::mapping::{Mapping, Properties, Said};
use super::records::{Delimiter, Fields, Record, find_record};
use super::written::{Written, guess_written};
use super::{FileError, RowReader};
use crate::intake::IntakeSettings;
use crate::intake::json::{Doc, Kind, Tape, Value, is_number};
use domain::event::EventKind;

/// No more of the file is looked at.
const LARGEST_START: usize = 2 << 20;
/// How many of the first rows are looked at.
const SAMPLE_ROWS: usize = 200;
/// As many rows in a row that all fail are a wrong mapping, not bad rows.
const HOPELESS_ROWS: u64 = 20;
/// Deeper members of JSON lines are not offered as columns.
const DEEPEST_PATH: usize = 3;
const MOST_PATHS: usize = 500;

/// The kind of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// Rows of fields with something between them.
    Delimited,
    /// One JSON object a line.
    JsonLines,
}

/// What is said about a file. What is not said is found out.
#[derive(Clone, Debug)]
pub struct FileOptions {
    /// Found out from the first character.
    pub format: Option<FileFormat>,
    /// Found out from how the first rows are cut.
    pub delimiter: Option<Delimiter>,
    /// Whether the first row names the columns. Without it, columns are numbers from 1.
    pub has_header: bool,
    /// Guessed from the names of the columns.
    pub mapping: Option<Mapping>,
    /// What the rows are, where people wrote it; the mapping is then guessed accordingly.
    pub written: Option<Written>,
    /// IANA name of the zone of times that say none.
    pub time_zone: String,
}

impl Default for FileOptions {
    fn default() -> Self {
        FileOptions {
            format: None,
            delimiter: None,
            has_header: true,
            mapping: None,
            written: None,
            time_zone: "UTC".to_owned(),
        }
    }
}

/// How a file will be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Names of the columns, or dotted paths of the members seen in the first lines.
    pub columns: Vec<String>,
    /// None for lines that are calls of the Segment SDKs.
    pub mapping: Option<Mapping>,
    /// Why the mapping is what it is, where it was guessed.
    pub reasons: Vec<String>,
    /// A sentence about the format: `CSV with ";" between the fields`.
    pub format: String,
    pub(super) layout: Layout,
    pub(super) has_header: bool,
}

/// Decides how to read a file from its first bytes: some 64 KB, or all of a smaller file.
pub fn plan(start: &[u8], options: &FileOptions) -> Result<Plan, FileError> {
    find_zone(&options.time_zone).map_err(|error| FileError::UnknownZone(error.detail))?;
    if start.starts_with(b"\xFF\xFE") || start.starts_with(b"\xFE\xFF") {
        return Err(FileError::NotUtf8("UTF-16"));
    }
    if [&b"\x1F\x8B"[..], b"PK\x03\x04", b"\x28\xB5\x2F\xFD"].iter().any(|magic| start.starts_with(magic)) {
        return Err(FileError::Compressed);
    }
    let start = &start[..start.len().min(LARGEST_START)];
    let text = String::from_utf8_lossy(start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start));
    let beginning = text.trim_start();
    if beginning.is_empty() {
        return Err(FileError::Empty);
    }
    if beginning.strip_prefix('[').is_some_and(|list| list.trim_start().starts_with('{')) {
        return Err(FileError::JsonList);
    }
    let is_json = beginning.starts_with('{');
    let format = options.format.unwrap_or(if is_json { FileFormat::JsonLines } else { FileFormat::Delimited });
    let plan = match format {
        FileFormat::JsonLines => plan_lines(&text, options),
        FileFormat::Delimited => plan_delimited(&text, options),
    }?;
    check_sample(start, &plan)?;
    Ok(plan)
}

fn plan_delimited(text: &str, options: &FileOptions) -> Result<Plan, FileError> {
    let delimiter = match options.delimiter {
        Some(delimiter) => delimiter,
        None => guess_delimiter(text)?,
    };
    let mut rows = sample_rows(text, delimiter, SAMPLE_ROWS + 1).into_iter();
    let first = rows.next().ok_or(FileError::Empty)?;
    let (columns, sample) = match options.has_header {
        true => (name_columns(&first), rows.collect::<Vec<_>>()),
        false => {
            ((1..=first.len()).map(|number| number.to_string()).collect(), std::iter::once(first).chain(rows).collect())
        }
    };
    if columns.len() == 1 {
        return Err(FileError::OneColumn { header: columns.concat() });
    }
    let guess = match &options.mapping {
        Some(mapping) => Guess { mapping: mapping.clone(), reasons: Vec::new() },
        None if options.has_header && options.written.is_some() => guess_by(options, &columns, &sample)?,
        None if options.has_header => guess_mapping(&columns, &sample)?,
        None => return Err(FileError::NoHeader { columns: columns.len() }),
    };
    let find = |column: &str| find_column(&columns, column);
    let property = |name: &str, at: usize| PropertyAt {
        name: name.to_owned(),
        at,
        is_number: is_number_column(&sample, at),
        scale: None,
    };
    let mut fields = bind(&guess.mapping, find, |name, at| property(name, *at))?;
    if guess.mapping.properties == Properties::Others {
        let used = list_places(&fields);
        let others = columns.iter().enumerate().filter(|(at, _)| !used.contains(at));
        fields.properties = others.map(|(at, name)| property(name, at)).collect();
    }
    let format = match delimiter {
        Delimiter::Blanks => "fields separated by blanks".to_owned(),
        Delimiter::Byte(b'\t') => "CSV with tabs between the fields".to_owned(),
        Delimiter::Byte(byte) => format!("CSV with \"{}\" between the fields", char::from(byte)),
    };
    let delimiter = Layout::write_delimiter(delimiter);
    let layout = Layout {
        format: Format::Delimited { delimiter, columns: columns.len(), fields },
        time_zone: options.time_zone.clone(),
    };
    let Guess { mapping, reasons } = guess;
    Ok(Plan { columns, mapping: Some(mapping), reasons, format, layout, has_header: options.has_header })
}

fn plan_lines(text: &str, options: &FileOptions) -> Result<Plan, FileError> {
    let (columns, sample, calls) = sample_lines(text);
    let time_zone = options.time_zone.clone();
    if options.mapping.is_none() && options.written.is_none() && calls > 0 && calls * 2 >= sample.len() {
        return Ok(Plan {
            columns,
            mapping: None,
            reasons: Vec::new(),
            format: "JSON lines, each a call of the Segment SDKs".to_owned(),
            layout: Layout { format: Format::SegmentLines, time_zone },
            has_header: false,
        });
    }
    let guess = match &options.mapping {
        Some(mapping) => Guess { mapping: mapping.clone(), reasons: Vec::new() },
        None if options.written.is_some() => guess_by(options, &columns, &sample)?,
        None => guess_mapping(&columns, &sample)?,
    };
    let is_written = options.mapping.is_some();
    let find = |path: &str| match columns.iter().any(|column| column == path || column.starts_with(&format!("{path}.")))
    {
        true => Ok(path.to_owned()),
        // Members may be missing from the first lines: only a name that is nearly one of theirs is a mistake.
        false if is_written && find_nearest(path, columns.iter().map(String::as_str)).is_none() => Ok(path.to_owned()),
        false => Err(unknown_column(&columns, path)),
    };
    let fields = bind(&guess.mapping, find, |name, at| PropertyAt {
        name: name.to_owned(),
        at: at.clone(),
        is_number: false,
        scale: None,
    })?;
    let has_other_properties = guess.mapping.properties == Properties::Others;
    let layout = Layout { format: Format::JsonLines { fields, has_other_properties }, time_zone };
    let Guess { mapping, reasons } = guess;
    Ok(Plan { columns, mapping: Some(mapping), reasons, format: "JSON lines".to_owned(), layout, has_header: false })
}

fn guess_by(options: &FileOptions, columns: &[String], sample: &[Vec<String>]) -> Result<Guess, FileError> {
    match options.written {
        Some(written) => guess_written(written, columns, sample),
        None => guess_mapping(columns, sample),
    }
}

/// Binds the names of a mapping to places.
fn bind<P: Clone>(
    mapping: &Mapping,
    find: impl Fn(&str) -> Result<P, FileError>,
    property: impl Fn(&str, &P) -> PropertyAt<P>,
) -> Result<FieldPlaces<P>, FileError> {
    let said = |said: &Said| match said {
        Said::Column(column) => find(column).map(SaidAt::At),
        Said::Constant(text) => Ok(SaidAt::Always(text.clone())),
    };
    let customer = mapping.customer.iter().map(|(kind, column)| Ok((kind.as_str().to_owned(), find(column)?)));
    let properties = match &mapping.properties {
        Properties::Listed(listed) => {
            let scale_of =
                |name: &str| mapping.scales.iter().find(|(scaled, _)| scaled == name).map(|(_, scale)| *scale);
            let bound = |name: &str, place: P| PropertyAt { scale: scale_of(name), ..property(name, &place) };
            listed.iter().map(|(name, column)| Ok(bound(name, find(column)?))).collect()
        }
        Properties::Others => Ok(Vec::new()),
    };
    Ok(FieldPlaces {
        customer: customer.collect::<Result<_, FileError>>()?,
        is_row_customer: mapping.is_row_customer,
        activity: said(&mapping.activity)?,
        occurred_at: find(&mapping.occurred_at)?,
        channel: mapping.channel.as_ref().map(said).transpose()?,
        unit: mapping.unit.as_ref().map(said).transpose()?,
        properties: properties?,
    })
}

fn list_places(fields: &FieldPlaces<usize>) -> Vec<usize> {
    let said = [Some(&fields.activity), fields.channel.as_ref(), fields.unit.as_ref()];
    let said = said.into_iter().flatten().filter_map(|said| match said {
        SaidAt::At(at) => Some(*at),
        SaidAt::Always(_) => None,
    });
    said.chain([fields.occurred_at]).chain(fields.customer.iter().map(|(_, at)| *at)).collect()
}

/// A column by its name, else by its number.
fn find_column(columns: &[String], wanted: &str) -> Result<usize, FileError> {
    let by_name = columns.iter().position(|name| name == wanted);
    let by_number =
        || wanted.parse::<usize>().ok().filter(|number| (1..=columns.len()).contains(number)).map(|number| number - 1);
    by_name.or_else(by_number).ok_or_else(|| unknown_column(columns, wanted))
}

fn unknown_column(columns: &[String], wanted: &str) -> FileError {
    let nearest = find_nearest(wanted, columns.iter().map(String::as_str)).map(str::to_owned);
    FileError::UnknownColumn { column: wanted.to_owned(), nearest, columns: columns.to_vec() }
}

/// Trimmed names; nameless columns get their number, equal names too.
fn name_columns(header: &[String]) -> Vec<String> {
    let mut seen = FxHashSet::default();
    let names = header.iter().enumerate().map(|(at, name)| match name.trim() {
        "" => format!("column {}", at + 1),
        name if !seen.insert(name) => format!("{name} {}", at + 1),
        name => name.to_owned(),
    });
    names.collect()
}

fn is_number_column(sample: &[Vec<String>], at: usize) -> bool {
    let mut values = sample
        .iter()
        .filter_map(|row| row.get(at))
        .map(|value| value.trim())
        .filter(|value| !value.is_empty())
        .peekable();
    values.peek().is_some() && values.all(|value| is_number(value.as_bytes()))
}

/// The delimiter that cuts the first rows into the most fields, the same number in each of them or nearly.
fn guess_delimiter(text: &str) -> Result<Delimiter, FileError> {
    let mut best: Option<(usize, usize, Delimiter)> = None;
    for byte in [b',', b';', b'\t', b'|'] {
        let rows = sample_rows(text, Delimiter::Byte(byte), 20);
        let Some(columns) = rows.first().map(Vec::len).filter(|columns| *columns > 1) else { continue };
        let alike = rows.iter().filter(|row| row.len() == columns).count() * 100 / rows.len();
        if best.is_none_or(|(other_alike, other_columns, _)| (alike, columns) > (other_alike, other_columns)) {
            best = Some((alike, columns, Delimiter::Byte(byte)));
        }
    }
    let blanks = || {
        let rows = sample_rows(text, Delimiter::Blanks, 20);
        let columns = rows.first().map_or(0, Vec::len);
        // Sentences have blanks too, but not the same number in each line.
        (rows.len() > 1 && columns > 1 && rows.iter().all(|row| row.len() == columns)).then_some(Delimiter::Blanks)
    };
    best.map(|(_, _, delimiter)| delimiter).or_else(blanks).ok_or_else(|| FileError::OneColumn {
        header: text.lines().find(|line| !line.trim().is_empty()).unwrap_or("").chars().take(200).collect(),
    })
}

/// The fields of the first rows, those that end before the text does or with it.
fn sample_rows(text: &str, delimiter: Delimiter, most: usize) -> Vec<Vec<String>> {
    let quotes = match delimiter {
        Delimiter::Byte(byte) => Some(byte),
        Delimiter::Blanks => None,
    };
    let mut rows = Vec::new();
    let mut rest = text;
    let mut fields = Fields::default();
    while rows.len() < most && !rest.is_empty() {
        let (len, total) = match find_record(rest.as_bytes(), quotes) {
            Record::Complete { len, total, .. } => (len, total),
            Record::Open { .. } if rows.len() > 1 => break,
            Record::Open { .. } => (rest.trim_end_matches(['\r', '\n']).len(), rest.len()),
        };
        let record = rest.get(..len).unwrap_or("");
        if !record.trim().is_empty() {
            fields.split(record, delimiter);
            rows.push((0..fields.len()).map(|index| fields.get(record, index).to_owned()).collect());
        }
        rest = rest.get(total..).unwrap_or("");
    }
    rows
}

/// Paths of the members in the first lines, their values by line, and how many of the lines are calls.
fn sample_lines(text: &str) -> (Vec<String>, Vec<Vec<String>>, usize) {
    let mut tape = Tape::default();
    let mut columns: Vec<String> = Vec::new();
    let mut sample: Vec<Vec<String>> = Vec::new();
    let mut calls = 0;
    for line in text.lines().filter(|line| !line.trim().is_empty()).take(SAMPLE_ROWS) {
        let Ok(doc) = tape.scan(line) else { continue };
        if doc.kind(Doc::ROOT) != Kind::Object {
            continue;
        }
        calls += usize::from(is_call(doc));
        let mut row = vec![String::new(); columns.len()];
        list_members(doc, Doc::ROOT, "", 1, &mut |path, value| {
            let at = columns.iter().position(|column| *column == path).unwrap_or_else(|| {
                if columns.len() < MOST_PATHS {
                    columns.push(path.clone());
                }
                columns.iter().position(|column| *column == path).unwrap_or(MOST_PATHS)
            });
            row.resize(row.len().max(columns.len()), String::new());
            if let Some(cell) = row.get_mut(at) {
                *cell = doc.text_or_raw(value).into_owned();
            }
        });
        sample.push(row);
    }
    (columns, sample, calls)
}

fn list_members(doc: Doc<'_>, object: Value, prefix: &str, depth: usize, each: &mut impl FnMut(String, Value)) {
    for (key, value) in doc.members(object) {
        let path = format!("{prefix}{}", doc.text(key));
        match doc.kind(value) {
            Kind::Object if depth < DEEPEST_PATH => list_members(doc, value, &format!("{path}."), depth + 1, each),
            _ => each(path, value),
        }
    }
}

/// Whether an object is a call: it says its kind or the name of its event, and an id as the SDKs write it.
pub(super) fn is_call(doc: Doc<'_>) -> bool {
    let find = |name: &str| doc.find(Doc::ROOT, name);
    let has_id = ["userId", "anonymousId", "previousId"].into_iter().any(|name| find(name).is_some());
    let has_kind = find("type").is_some_and(|kind| EventKind::parse(&doc.text_or_raw(kind)).is_some());
    has_id && (has_kind || find("event").is_some())
}

/// Refuses a plan by which none of the first rows can be read, naming the first reason.
fn check_sample(start: &[u8], plan: &Plan) -> Result<(), FileError> {
    let mut reader = RowReader::new(plan, IntakeSettings::default(), i64::MAX / 4)?;
    let (mut rows, mut first_failure, mut is_hopeless) = (0_u64, None, true);
    reader.push(start, &mut |row| {
        rows += 1;
        match row.outcome {
            Ok(_) => is_hopeless = false,
            Err(letter) if first_failure.is_none() => first_failure = Some((row.line, letter.detail)),
            Err(_) => {}
        }
    });
    match first_failure {
        Some((line, detail)) if is_hopeless && rows >= HOPELESS_ROWS => {
            Err(FileError::Hopeless { rows, line, detail, columns: plan.columns.clone() })
        }
        _ => Ok(()),
    }
}
