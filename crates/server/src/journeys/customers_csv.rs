//! Customers as CSV, for spreadsheets.

use std::io::Write;

use domain::time::format_instant;
use domain::{Error, Result};

use super::behind::CustomersBehind;
use crate::app::App;
use crate::customers::rows::CustomerRow;
use crate::spreadsheet::harmless;

/// Kinds of identifiers that have a column of their own; all others share the last.
const KINDS: [&str; 3] = ["user_id", "email", "phone"];
/// Bytes of a piece of the answer.
const PIECE_BYTES: usize = 128 << 10;

/// Writes everybody who was asked for, by id.
pub fn write_customers<W: Write>(app: &App, asked: CustomersBehind, mut output: W) -> Result<()> {
    let mut pending = Vec::with_capacity(PIECE_BYTES * 2);
    let [user_id, email, phone] = KINDS;
    let header = ["customer", "name", user_id, email, phone, "other_identifiers"];
    write_record(&mut pending, header.into_iter().chain(["activities", "first_activity_at", "last_activity_at"]))?;
    asked.for_each_rows(app, &mut |rows| {
        for row in rows {
            write_row(&mut pending, row)?;
            if pending.len() >= PIECE_BYTES {
                hand_on(&mut output, &mut pending)?;
            }
        }
        Ok(())
    })?;
    hand_on(&mut output, &mut pending)
}

fn hand_on<W: Write>(output: &mut W, pending: &mut Vec<u8>) -> Result<()> {
    let written = output.write_all(pending);
    pending.clear();
    written.map_err(|cause| Error::unavailable("the reader of the export has gone").caused_by(cause))
}

fn write_row(into: &mut Vec<u8>, row: &CustomerRow) -> Result<()> {
    let of_kind = |wanted: &str| {
        let values = row.identifiers.iter().filter(|known| known.identifier.kind.as_str() == wanted);
        values.map(|known| known.identifier.value.as_str()).collect::<Vec<_>>().join(" ")
    };
    let others = row.identifiers.iter().filter(|known| !KINDS.contains(&known.identifier.kind.as_str()));
    let others: Vec<String> =
        others.map(|known| format!("{}:{}", known.identifier.kind.as_str(), known.identifier.value)).collect();
    let mut cells = vec![row.id.to_string(), harmless(row.name.as_deref().unwrap_or_default()).into_owned()];
    cells.extend(KINDS.map(|kind| harmless(&of_kind(kind)).into_owned()));
    cells.push(harmless(&others.join(" ")).into_owned());
    cells.push(row.activities.to_string());
    cells.extend([row.first_activity_at, row.last_activity_at].map(|at| at.map(format_instant).unwrap_or_default()));
    write_record(into, cells)
}

fn write_record<T: AsRef<[u8]>>(into: &mut Vec<u8>, cells: impl IntoIterator<Item = T>) -> Result<()> {
    let mut writer = csv::WriterBuilder::new().from_writer(into);
    writer
        .write_record(cells)
        .and_then(|()| writer.flush().map_err(csv::Error::from))
        .map_err(|cause| Error::internal("write a customer as CSV").caused_by(cause))
}
