//! How fast answers may come from one address: a shop's tablet or an office behind one address are quick, a program is
//! quicker.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use domain::time::MINUTE_MS;

use crate::error::ApiError;
use crate::people::{Peer, too_many};

/// Answers and parts of answers that one address may send in a minute.
const MOST_A_MINUTE: u32 = 600;
/// Addresses that are counted; when there are more, all begin again.
const MOST_ADDRESSES: usize = 100_000;

/// What came from each address in this minute.
#[derive(Debug, Default)]
pub struct Pace {
    minute: Mutex<(i64, HashMap<Peer, u32>)>,
}

impl Pace {
    /// Counts one, or says how long to wait (429).
    pub fn count(&self, peer: Peer, now: i64) -> Result<(), ApiError> {
        let mut guard = self.minute.lock().unwrap_or_else(PoisonError::into_inner);
        let (minute, counts) = &mut *guard;
        let this = now.div_euclid(MINUTE_MS);
        if *minute != this || counts.len() > MOST_ADDRESSES {
            *minute = this;
            counts.clear();
        }
        let count = counts.entry(peer).or_default();
        *count += 1;
        if *count <= MOST_A_MINUTE {
            return Ok(());
        }
        Err(too_many("many answers come from this address", (this + 1) * MINUTE_MS - now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_waits_for_the_next_minute_and_the_others_do_not() {
        let pace = Pace::default();
        let program = Peer::Address("203.0.113.7".parse().unwrap());
        let customer = Peer::Address("203.0.113.8".parse().unwrap());
        for _ in 0..MOST_A_MINUTE {
            pace.count(program, 30_000).unwrap();
        }
        let refused = pace.count(program, 30_000).unwrap_err();
        assert_eq!((refused.status.as_u16(), refused.retry_after), (429, Some(30)));
        pace.count(customer, 30_000).unwrap();
        pace.count(program, 60_000).unwrap();
    }
}
