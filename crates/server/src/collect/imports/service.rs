use super::dto::{ImportPreview, ImportReport};
use crate::app::App;
use bytes::Bytes;
use domain::{Error, Result};
use tokio::sync::mpsc;
pub struct FileQuestion {
    pub file: Option<String>,
    pub format: Option<String>,
    pub map: Option<String>,
    pub time_zone: Option<String>,
    pub source: Option<String>,
    pub is_whole: bool,
}
pub enum Piece {
    Bytes(Bytes),
    BrokenOff,
}
pub fn preview(_: &App, _: &FileQuestion, _: &[u8]) -> Result<ImportPreview> {
    Err(Error::internal(""))
}
pub fn import(_: &App, _: &FileQuestion, _: mpsc::Receiver<Piece>) -> Result<ImportReport> {
    Err(Error::internal(""))
}
