//! What goes into the log and what comes back: a batch, a ticket to wait on, a receipt.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use domain::{DeadLetter, DeadLetterId, Error, IncomingEvent, Result};
use tokio::sync::oneshot;

/// A batch read from one source. It is committed whole, in one log record.
#[derive(Debug, Default)]
pub struct Submission {
    /// Name of the source: a key, a file, a webhook.
    pub source: String,
    /// UTC milliseconds.
    pub received_at: i64,
    pub events: Vec<IncomingEvent>,
    pub dead: Vec<DeadLetter>,
    /// Dead letters that this batch reads again: they leave the count of the dead, and do not count as received again.
    pub replays: Vec<DeadLetterId>,
    /// Roughly what the batch holds in memory; what the queue is bounded by.
    pub bytes: usize,
    /// Whether the source is a file: its event ids are remembered for ever, so that importing again changes nothing.
    pub is_file: bool,
}

/// What became of a batch that is on the disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Receipt {
    pub stored: u64,
    pub duplicate: u64,
    pub dead: u64,
}

impl Receipt {
    pub fn add(&mut self, other: Receipt) {
        self.stored += other.stored;
        self.duplicate += other.duplicate;
        self.dead += other.dead;
    }
}

/// The promise of a receipt: resolves when the batch is on the disk.
#[derive(Debug)]
pub struct Ticket {
    receiver: oneshot::Receiver<Result<Receipt>>,
}

impl Ticket {
    pub(crate) fn new() -> (oneshot::Sender<Result<Receipt>>, Ticket) {
        let (sender, receiver) = oneshot::channel();
        (sender, Ticket { receiver })
    }

    /// Waits on a plain thread; asynchronous callers await the ticket instead.
    pub fn wait(self) -> Result<Receipt> {
        self.receiver.blocking_recv().unwrap_or_else(|_| Err(stopped()))
    }
}

impl Future for Ticket {
    type Output = Result<Receipt>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.receiver).poll(context).map(|answer| answer.unwrap_or_else(|_| Err(stopped())))
    }
}

fn stopped() -> Error {
    Error::unavailable(
        "the event log has stopped and accepts nothing more; start the server again and send the batch again",
    )
}
