//! Answers that are written while they are sent, piece by piece.

use std::io::{self, Write};

use axum::body::Body;
use bytes::Bytes;
use domain::Result;
use futures_util::stream;
use tokio::sync::mpsc;

use crate::app::App;

/// Pieces waiting for a slow reader.
const WAITING_PIECES: usize = 4;

/// The body that `write` writes on a thread where it may block. One that breaks off early was not complete.
pub fn pieces_of<F>(app: App, write: F) -> Body
where
    F: FnOnce(&App, PieceWriter) -> Result<()> + Send + 'static,
{
    let (sender, receiver) = mpsc::channel::<io::Result<Bytes>>(WAITING_PIECES);
    tokio::task::spawn_blocking(move || {
        if let Err(error) = write(&app, PieceWriter { sender: sender.clone() }) {
            if !sender.is_closed() {
                tracing::error!(%error, cause = ?error.source, "an export ended early");
            }
            let _ = sender.blocking_send(Err(io::Error::other("the export ended early")));
        }
    });
    let pieces = stream::unfold(receiver, async |mut receiver| receiver.recv().await.map(|piece| (piece, receiver)));
    Body::from_stream(pieces)
}

/// Hands what is written to the answer, waiting for a slow reader.
pub struct PieceWriter {
    sender: mpsc::Sender<io::Result<Bytes>>,
}

impl Write for PieceWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let piece = Bytes::copy_from_slice(bytes);
        self.sender.blocking_send(Ok(piece)).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
