//! Instants as clients and files write them, and their correction for the sender's clock.

mod text;

#[cfg(test)]
mod tests;

use domain::event::DeadCode;
use domain::time::{DAY_MS, MAX_INSTANT_MS, MIN_INSTANT_MS, SECOND_MS};

use super::identifiers::Refusal;

pub(crate) use text::{read_epoch, read_moment};

/// What a written time says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// UTC milliseconds.
    Instant(i64),
    /// Says no zone: milliseconds as if it were UTC.
    Local(i64),
}

impl Moment {
    /// A time without a zone is in UTC: what the clients that leave it out mean.
    pub(crate) fn in_utc(self) -> i64 {
        match self {
            Moment::Instant(ms) | Moment::Local(ms) => ms,
        }
    }
}

/// Why a time is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TimeFault {
    #[error("is not a time; write it as 2026-03-29T01:02:03.004Z")]
    Unreadable,
    #[error("has no such day or hour; dates with the year last are read day first, 29/03/2026")]
    NoSuchDay,
    #[error("is before 1970 or after 2100")]
    OutOfRange,
}

impl TimeFault {
    /// The refusal of an event whose `what` is not a time.
    pub(crate) fn refuse(self, what: &str) -> Refusal {
        let code = match self {
            TimeFault::OutOfRange => DeadCode::TimeOutOfRange,
            TimeFault::Unreadable | TimeFault::NoSuchDay => DeadCode::InvalidTime,
        };
        Refusal::new(code, format!("{what} {self}"))
    }
}

/// When an event happened and what was said about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Times {
    pub occurred_at: i64,
    pub original_at: i64,
    pub sent_at: Option<i64>,
    /// It was said to happen more than a day after it arrived, and has the time of its arrival.
    pub is_moved_to_arrival: bool,
}

/// Corrects the time of an event for the sender's clock: `received − (sent − original)` when the two clocks differ by more
/// than a second. A `sent` outside the accepted range says nothing about the clock and is taken as absent.
pub(crate) fn place(
    original: Option<i64>,
    sent: Option<i64>,
    received: i64,
    is_corrected: bool,
) -> Result<Times, TimeFault> {
    let sent_at = sent.filter(|ms| is_accepted(*ms));
    let original_at = original.or(sent_at).unwrap_or(received);
    if !is_accepted(original_at) {
        return Err(TimeFault::OutOfRange);
    }
    let occurred_at = match sent_at {
        Some(sent) if is_corrected && received.saturating_sub(sent).saturating_abs() > SECOND_MS => {
            received.saturating_sub(sent - original_at)
        }
        _ => original_at,
    };
    if !is_accepted(occurred_at) {
        return Err(TimeFault::OutOfRange);
    }
    if occurred_at.saturating_sub(received) > DAY_MS {
        return Ok(Times { occurred_at: received, original_at, sent_at, is_moved_to_arrival: true });
    }
    Ok(Times { occurred_at, original_at, sent_at, is_moved_to_arrival: false })
}

fn is_accepted(ms: i64) -> bool {
    (MIN_INSTANT_MS..MAX_INSTANT_MS).contains(&ms)
}
