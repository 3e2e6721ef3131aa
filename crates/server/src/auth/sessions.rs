//! Who is signed in now, by the hash of the token in their cookie. What ends in the state ends here in the same call.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use domain::people::{Session, User};
use domain::time::{DAY_MS, HOUR_MS, MINUTE_MS};
use domain::{Result, SessionId, UserId};

use super::identity::{Holder, Identity};
use super::keys::{SecretHash, hash, parse_hash};

/// A session that is not used for this long ends.
pub const IDLE_MS: i64 = 12 * HOUR_MS;
/// A session ends after this long, however much it is used.
pub const LONGEST_MS: i64 = 30 * DAY_MS;
/// How far the last use in the state may lie behind.
const COARSE_MS: i64 = 5 * MINUTE_MS;

/// A session and who it is.
#[derive(Debug)]
struct Open {
    identity: Arc<Identity>,
    session: Session,
    used_at: AtomicI64,
    /// The last use that the state knows.
    stored_at: AtomicI64,
}

impl Open {
    fn is_over(&self, now: i64) -> bool {
        now >= self.session.expires_at || now - self.used_at.load(Ordering::Relaxed) >= IDLE_MS
    }
}

/// Who a token is, and whether the state should learn that it is used.
pub struct Found {
    pub identity: Arc<Identity>,
    pub touch: Option<SessionId>,
}

/// The sessions that are open.
#[derive(Debug, Default)]
pub struct SessionRing {
    open: RwLock<Arc<HashMap<SecretHash, Arc<Open>>>>,
    /// Held while the state is read and taken over, so that an older reading never replaces a newer one.
    refreshing: Mutex<()>,
}

impl SessionRing {
    /// Takes over people and sessions as they are stored.
    pub fn refresh(&self, read: impl FnOnce() -> Result<(Vec<User>, Vec<Session>)>) -> Result<()> {
        let _turn = self.refreshing.lock().unwrap_or_else(PoisonError::into_inner);
        let (users, sessions) = read()?;
        let users: HashMap<UserId, User> = users.into_iter().map(|user| (user.id, user)).collect();
        let before = self.open.read().unwrap_or_else(PoisonError::into_inner).clone();
        let mut open = HashMap::new();
        for session in sessions {
            let Some(token_hash) = parse_hash(&session.token_hash) else { continue };
            let Some(user) = users.get(&session.user).filter(|user| user.disabled_at.is_none()) else { continue };
            let identity = Identity {
                name: user.email.clone(),
                holder: Holder::Person { user: user.id, role: user.role, session: session.id },
                channel: None,
                unit: user.unit.clone(),
            };
            let used_at = before.get(&token_hash).map_or(0, |known| known.used_at.load(Ordering::Relaxed));
            let used_at = AtomicI64::new(used_at.max(session.last_seen_at));
            let stored_at = AtomicI64::new(session.last_seen_at);
            open.insert(token_hash, Arc::new(Open { identity: Arc::new(identity), session, used_at, stored_at }));
        }
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(open);
        Ok(())
    }

    /// Who is signed in with a token at this instant, without using the session: a page that is left open and watches does
    /// not keep it alive.
    pub fn peek(&self, token: &str, now: i64) -> Option<Arc<Identity>> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner).clone();
        open.get(&hash(token)).filter(|found| !found.is_over(now)).map(|found| found.identity.clone())
    }

    /// Who is signed in with a token at this instant. Looking is using.
    pub fn find(&self, token: &str, now: i64) -> Option<Found> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner).clone();
        let found = open.get(&hash(token)).filter(|found| !found.is_over(now))?;
        found.used_at.fetch_max(now, Ordering::Relaxed);
        let stored_at = found.stored_at.load(Ordering::Relaxed);
        let is_behind = now - stored_at >= COARSE_MS;
        // Of several requests at once, one tells the state.
        let tells =
            is_behind && found.stored_at.compare_exchange(stored_at, now, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        Some(Found { identity: found.identity.clone(), touch: tells.then_some(found.session.id) })
    }

    /// The sessions of a person that are open at this instant, the latest used first.
    pub fn list_of(&self, user: UserId, now: i64) -> Vec<Session> {
        let mut sessions: Vec<Session> = self
            .all()
            .into_iter()
            .filter(|open| open.session.user == user && !open.is_over(now))
            .map(|open| Session { last_seen_at: open.used_at.load(Ordering::Relaxed), ..open.session.clone() })
            .collect();
        sessions.sort_by_key(|session| std::cmp::Reverse((session.last_seen_at, session.id)));
        sessions
    }

    /// When each person was last seen, of those who are signed in.
    pub fn last_seen(&self) -> HashMap<UserId, i64> {
        let mut seen = HashMap::new();
        for open in self.all() {
            let at: &mut i64 = seen.entry(open.session.user).or_default();
            *at = (*at).max(open.used_at.load(Ordering::Relaxed));
        }
        seen
    }

    fn all(&self) -> Vec<Arc<Open>> {
        self.open.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }
}
