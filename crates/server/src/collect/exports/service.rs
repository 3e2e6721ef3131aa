//! Streams every stored event in the format asked for.

use std::io::{self, Write};

use domain::{Error, Result};
use serde_json::json;

use super::parquet_rows::ParquetRows;
use super::row::{Row, TextMask, add_personal};
use super::{csv_rows, json_rows};
use crate::app::App;
use crate::auth::Identity;

/// Rows for which the state is asked at once.
const ROWS_AT_ONCE: usize = 2_048;
/// Bytes of a piece of the answer.
const PIECE_BYTES: usize = 128 << 10;

/// The format of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    JsonLines,
    Csv,
    Parquet,
}

impl ExportFormat {
    pub fn parse(text: &str) -> Result<ExportFormat> {
        match text {
            "jsonl" => Ok(ExportFormat::JsonLines),
            "csv" => Ok(ExportFormat::Csv),
            "parquet" => Ok(ExportFormat::Parquet),
            other => {
                Err(Error::invalid(format!("`{other}` is not a format of exports; they are jsonl, csv and parquet")))
            }
        }
    }

    pub fn content_type(self) -> &'static str {
        match self {
            ExportFormat::JsonLines => "application/x-ndjson",
            ExportFormat::Csv => "text/csv; charset=utf-8",
            ExportFormat::Parquet => "application/vnd.apache.parquet",
        }
    }
}

/// Leaves a trace of who took personal values out.
pub fn record_personal_export(app: &App, format: ExportFormat, by: &Identity) -> Result<()> {
    let detail = json!({"format": format!("{format:?}"), "events": app.log.counts().stored});
    app.state.audit.record_audit(&app.audit_entry(by, "events.export", "personal", detail))
}

/// Writes every event to `output`, which may block. Ends early when `output` fails.
pub fn write_events<W: Write + Send>(app: &App, format: ExportFormat, with_personal: bool, output: W) -> Result<()> {
    match format {
        ExportFormat::Parquet => {
            let mut file = ParquetRows::start(output, with_personal)?;
            for_each_rows(app, with_personal, &mut |rows| file.write(rows))?;
            file.finish()
        }
        ExportFormat::Csv => {
            let mut pieces = Pieces::new(output);
            csv_rows::write_header(with_personal, &mut pieces.pending)?;
            for_each_rows(app, with_personal, &mut |rows| pieces.write(rows, csv_rows::write_row))?;
            pieces.flush()
        }
        ExportFormat::JsonLines => {
            let mut pieces = Pieces::new(output);
            for_each_rows(app, with_personal, &mut |rows| pieces.write(rows, json_rows::write_row))?;
            pieces.flush()
        }
    }
}

fn for_each_rows(app: &App, with_personal: bool, each: &mut dyn FnMut(&[Row]) -> Result<()>) -> Result<()> {
    if with_personal {
        app.log.sync_state()?;
    }
    let mut rows = Vec::with_capacity(ROWS_AT_ONCE);
    let mut text_mask = TextMask::default();
    let mut hand_on = |rows: &mut Vec<Row>| -> Result<()> {
        match with_personal {
            true => add_personal(rows, &*app.state.events, &*app.state.customers)?,
            false => rows.iter_mut().for_each(|row| text_mask.put_on(row)),
        }
        each(rows)?;
        rows.clear();
        Ok(())
    };
    let mut names = app.log.names();
    app.log.for_each_event(&mut |event| {
        // A name that is newer than the dictionaries at hand came while this export runs.
        let is_known = event.activity.is_none_or(|code| usize::from(code) < names.activities.len())
            && event.channel.is_none_or(|code| usize::from(code) < names.channels.len())
            && event.unit.is_none_or(|code| (code as usize) < names.units.len())
            && event.source.0 < names.sources.len() as u64;
        if !is_known {
            names = app.log.names();
        }
        rows.push(Row::new(event, &app.log, &names));
        if rows.len() == ROWS_AT_ONCE { hand_on(&mut rows) } else { Ok(()) }
    })?;
    if rows.is_empty() { Ok(()) } else { hand_on(&mut rows) }
}

/// Lines gathered into pieces of a good size.
struct Pieces<W> {
    output: W,
    pending: Vec<u8>,
}

impl<W: Write> Pieces<W> {
    fn new(output: W) -> Pieces<W> {
        Pieces { output, pending: Vec::with_capacity(PIECE_BYTES * 2) }
    }

    fn write(&mut self, rows: &[Row], write_row: fn(&Row, &mut Vec<u8>) -> Result<()>) -> Result<()> {
        for row in rows {
            write_row(row, &mut self.pending)?;
            if self.pending.len() >= PIECE_BYTES {
                self.flush()?;
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        self.output.write_all(&self.pending).map_err(gone)?;
        self.pending.clear();
        Ok(())
    }
}

fn gone(cause: io::Error) -> Error {
    Error::unavailable("the reader of the export has gone").caused_by(cause)
}
