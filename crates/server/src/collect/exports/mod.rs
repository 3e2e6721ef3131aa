//! Every stored event as JSON lines, CSV or Parquet, streamed.

mod csv_rows;
mod json_rows;
mod parquet_rows;
pub(crate) mod routes;
mod row;
mod service;
