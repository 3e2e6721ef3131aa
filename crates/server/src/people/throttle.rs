//! Patience with those who try: after a few failures the next attempt has to wait, longer each time, and never for ever.
//!
//! Attempts are counted for a peer and an e-mail together, and more softly for a peer alone. Whoever comes with a browser in
//! which the person has signed in before is counted apart from everybody else, so that a stranger who hammers an e-mail
//! locks nobody out of their own browser. An attempt counts as failed from its beginning, so that a thousand at once are not
//! all the first; a success takes it back.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Mutex, PoisonError};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};
use domain::Code;
use domain::time::{HOUR_MS, MINUTE_MS, SECOND_MS};

use crate::app::App;
use crate::error::ApiError;
use crate::settings::Settings;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// What nobody has tried for this long is forgotten.
const FORGOTTEN_MS: i64 = HOUR_MS;
/// Counters kept at most; beyond, the one that was tried the longest ago is forgotten.
const MOST_COUNTERS: usize = 10_000;

/// Where a request comes from, as far as this server sees: behind a proxy, the address that the proxy itself saw and wrote
/// last in `X-Forwarded-For`; what stands before it there is the word of the stranger. An address of IPv6 stands for its
/// network of 64 bits, which one subscriber has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Peer {
    Address(IpAddr),
    ThisProcess,
}

impl Peer {
    fn of(address: IpAddr) -> Peer {
        match address.to_canonical() {
            IpAddr::V6(address) => {
                let network = u128::from(address) >> 64 << 64;
                Peer::Address(IpAddr::V6(network.into()))
            }
            address @ IpAddr::V4(_) => Peer::Address(address),
        }
    }

    /// Of a request from `address`; a proxy is another machine when the settings say so, or this one.
    fn behind(address: IpAddr, headers: &HeaderMap, settings: &Settings) -> Peer {
        let is_proxy = settings.behind_proxy || settings.public_url.is_some() && address.to_canonical().is_loopback();
        let mut lines = headers.get_all(FORWARDED_FOR).iter().filter_map(|line| line.to_str().ok());
        let seen_by_proxy = lines.next_back().and_then(|line| line.rsplit(',').next()?.trim().parse().ok());
        Peer::of(seen_by_proxy.filter(|_| is_proxy).unwrap_or(address))
    }
}

impl FromRequestParts<App> for Peer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let connection = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(connection.map_or(Peer::ThisProcess, |peer| Peer::behind(peer.0.ip(), &parts.headers, &app.settings)))
    }
}

/// Whose attempts are counted together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Counter {
    /// A peer with an e-mail.
    Pair(Peer, String),
    /// A peer with whatever e-mail.
    Peer(Peer),
    /// A known browser, by the hash of its token.
    Browser(String),
    /// A peer that tries one-time links.
    Link(Peer),
}

impl Counter {
    /// Attempts without delay, and the longest delay after them.
    fn patience(&self) -> (u32, i64) {
        match self {
            Counter::Pair(..) => (5, 5 * MINUTE_MS),
            Counter::Peer(_) => (30, MINUTE_MS),
            Counter::Browser(_) | Counter::Link(_) => (10, MINUTE_MS),
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Count {
    failures: u32,
    tried_at: i64,
    open_at: i64,
}

/// The counters of everybody.
#[derive(Debug, Default)]
pub struct Throttle {
    counts: Mutex<HashMap<Counter, Count>>,
}

impl Throttle {
    /// Begins an attempt at this instant, or says how long to wait (429).
    pub fn begin(&self, counters: &[Counter], now: i64) -> Result<(), ApiError> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let open_at = counters.iter().filter_map(|counter| counts.get(counter)).map(|count| count.open_at).max();
        let wait_ms = open_at.map_or(0, |open_at| open_at - now);
        if wait_ms > 0 {
            return Err(too_many("too many attempts", wait_ms));
        }
        for counter in counters {
            let (free, longest_ms) = counter.patience();
            let count = counts.entry(counter.clone()).or_insert(Count { failures: 0, tried_at: now, open_at: now });
            if now - count.tried_at > FORGOTTEN_MS {
                count.failures = 0;
            }
            count.failures = count.failures.saturating_add(1);
            count.tried_at = now;
            count.open_at = match count.failures.checked_sub(free) {
                None => now,
                Some(beyond) => now + (SECOND_MS << beyond.min(20)).min(longest_ms),
            };
        }
        make_room(&mut counts, now);
        Ok(())
    }

    /// The attempt was right: it does not count, and what is about this person alone is forgotten.
    pub fn forgive(&self, counters: &[Counter]) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        for counter in counters {
            match counter {
                Counter::Pair(..) | Counter::Browser(_) => {
                    counts.remove(counter);
                }
                Counter::Peer(_) | Counter::Link(_) => {
                    if let Some(count) = counts.get_mut(counter) {
                        count.failures = count.failures.saturating_sub(1);
                        count.open_at = count.tried_at;
                    }
                }
            }
        }
    }
}

fn make_room(counts: &mut HashMap<Counter, Count>, now: i64) {
    if counts.len() <= MOST_COUNTERS {
        return;
    }
    counts.retain(|_, count| now - count.tried_at <= FORGOTTEN_MS);
    while counts.len() > MOST_COUNTERS {
        let oldest = counts.iter().min_by_key(|(_, count)| count.tried_at).map(|(counter, _)| counter.clone());
        let Some(oldest) = oldest else { return };
        counts.remove(&oldest);
    }
}

/// 429, with how long to wait.
pub fn too_many(why: &str, wait_ms: i64) -> ApiError {
    let seconds = u64::try_from(wait_ms).unwrap_or_default().div_ceil(1_000).max(1);
    let mut error = ApiError::new(Code::TooMany, format!("{why}; try again in {seconds} s"));
    error.retry_after = Some(seconds);
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(text: &str) -> Peer {
        Peer::of(text.parse().unwrap())
    }

    fn stranger(address: &str) -> [Counter; 2] {
        [Counter::Pair(peer(address), "lucia@alameda.example".to_owned()), Counter::Peer(peer(address))]
    }

    #[test]
    fn behind_a_proxy_strangers_are_told_apart_by_what_the_proxy_saw() {
        let of = |address: &str, forwarded: &[&str], change: fn(&mut Settings)| {
            let mut settings = Settings::new("data");
            change(&mut settings);
            let mut headers = HeaderMap::new();
            for line in forwarded {
                headers.append(FORWARDED_FOR, line.parse().unwrap());
            }
            Peer::behind(address.parse().unwrap(), &headers, &settings)
        };
        let behind_proxy: fn(&mut Settings) = |settings| settings.behind_proxy = true;
        let on_this_machine: fn(&mut Settings) = |settings| settings.public_url = Some("https://cx.example".to_owned());
        let made_up = ["203.0.113.9, 192.0.2.7"];
        assert_eq!(of("10.0.0.1", &made_up, behind_proxy), peer("192.0.2.7"));
        assert_eq!(of("10.0.0.1", &["203.0.113.9", "192.0.2.7"], behind_proxy), peer("192.0.2.7"));
        assert_eq!(of("127.0.0.1", &made_up, on_this_machine), peer("192.0.2.7"));
        // Whoever reaches the server without a proxy is not believed.
        assert_eq!(of("198.51.100.4", &made_up, on_this_machine), peer("198.51.100.4"));
        assert_eq!(of("127.0.0.1", &made_up, |_| {}), peer("127.0.0.1"));
        assert_eq!(of("10.0.0.1", &["nonsense"], behind_proxy), peer("10.0.0.1"));
        assert_eq!(of("10.0.0.1", &[], behind_proxy), peer("10.0.0.1"));
    }

    #[test]
    fn delays_grow_and_end() {
        let throttle = Throttle::default();
        let (mut now, mut waited) = (0, Vec::new());
        for _ in 0..16 {
            while let Err(error) = throttle.begin(&stranger("192.0.2.1"), now) {
                let seconds = error.retry_after.unwrap();
                waited.push(seconds);
                now += seconds as i64 * 1_000;
            }
        }
        assert_eq!(waited, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
        assert!(throttle.begin(&stranger("192.0.2.1"), now + 2 * HOUR_MS).is_ok());
        assert!(throttle.begin(&stranger("192.0.2.1"), now + 2 * HOUR_MS).is_ok());
    }

    #[test]
    fn a_stranger_locks_nobody_else_out() {
        let throttle = Throttle::default();
        while throttle.begin(&stranger("192.0.2.1"), 0).is_ok() {}
        assert!(throttle.begin(&stranger("192.0.2.2"), 0).is_ok());
        assert!(throttle.begin(&[Counter::Browser("known".to_owned())], 0).is_ok());
    }

    #[test]
    fn many_at_once_are_not_all_the_first() {
        let throttle = Throttle::default();
        let begun = (0..100).filter(|_| throttle.begin(&stranger("192.0.2.1"), 0).is_ok()).count();
        assert_eq!(begun, 5);
    }

    #[test]
    fn many_emails_from_one_peer_are_counted_too() {
        let throttle = Throttle::default();
        let begun = |index| {
            let pair = Counter::Pair(peer("192.0.2.1"), format!("{index}@alameda.example"));
            throttle.begin(&[pair, Counter::Peer(peer("192.0.2.1"))], 0).is_ok()
        };
        assert_eq!((0..100).filter(|index| begun(*index)).count(), 30);
    }

    #[test]
    fn a_success_is_no_failure() {
        let throttle = Throttle::default();
        for _ in 0..100 {
            throttle.begin(&stranger("192.0.2.1"), 0).unwrap();
            throttle.forgive(&stranger("192.0.2.1"));
        }
    }

    #[test]
    fn a_network_of_ipv6_is_one_peer_and_memory_has_an_end() {
        assert_eq!(peer("2001:db8::1"), peer("2001:db8::ffff:1"));
        assert_ne!(peer("2001:db8:0:1::1"), peer("2001:db8::1"));
        assert_eq!(peer("::ffff:192.0.2.1"), peer("192.0.2.1"));
        let throttle = Throttle::default();
        for index in 0..MOST_COUNTERS + 500 {
            let _ = throttle.begin(&[Counter::Browser(index.to_string())], index as i64);
        }
        assert_eq!(throttle.counts.lock().unwrap().len(), MOST_COUNTERS);
    }
}
