//! Access keys, and secrets in general: how they are made, hashed and sent.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, HeaderValue};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::ports::Key;
use sha2::{Digest, Sha256};

use super::identity::{Holder, Identity};

pub(super) type SecretHash = [u8; 32];

/// The keys that open the door now, by the hash of their secrets: looking a hash up tells nothing about a secret through
/// time.
#[derive(Debug)]
pub struct KeyRing {
    owner_hash: SecretHash,
    keys: RwLock<Arc<HashMap<SecretHash, Arc<Identity>>>>,
}

impl KeyRing {
    /// A ring that knows only the owner of the data directory.
    pub fn new(owner_token: &str) -> KeyRing {
        KeyRing { owner_hash: hash(owner_token), keys: RwLock::default() }
    }

    /// Takes over the keys as they are stored.
    pub fn replace(&self, stored: &[Key]) {
        let mut keys = HashMap::new();
        keys.insert(self.owner_hash, Arc::new(Identity::owner()));
        for key in stored.iter().filter(|key| key.revoked_at.is_none()) {
            let Some(secret_hash) = parse_hash(&key.secret_hash) else { continue };
            let identity = Identity {
                name: key.name.clone(),
                holder: Holder::Key { id: key.id, scope: key.scope },
                channel: key.channel.clone(),
                unit: key.unit.clone(),
            };
            keys.insert(secret_hash, Arc::new(identity));
        }
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
    }

    pub fn find(&self, secret: &str) -> Option<Arc<Identity>> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner).clone();
        keys.get(&hash(secret)).cloned()
    }
}

pub(super) fn hash(secret: &str) -> SecretHash {
    Sha256::digest(secret.as_bytes()).into()
}

/// The hash of a secret as it is stored.
pub fn hash_secret(secret: &str) -> String {
    hash(secret).iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn parse_hash(text: &str) -> Option<SecretHash> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (byte, index) in bytes.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(&text[index..index + 2], 16).ok()?;
    }
    Some(bytes)
}

/// A new secret: 24 letters and digits, 142 bits, safe in URLs and easy to select.
pub fn new_secret() -> String {
    use rand::Rng;
    use rand::distr::Alphanumeric;
    let random: String = rand::rng().sample_iter(Alphanumeric).take(24).map(char::from).collect();
    format!("viv_{random}")
}

/// What a request says about who sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credentials {
    /// The user of Basic authentication; Segment clients send their key there.
    Basic(String),
    Bearer(String),
}

impl Credentials {
    /// What the header `Authorization` holds; none when it is absent, empty or of another kind.
    pub fn find(headers: &HeaderMap) -> Option<Credentials> {
        let header: &HeaderValue = headers.get(AUTHORIZATION)?;
        let (kind, rest) = header.to_str().ok()?.trim().split_once(' ')?;
        let rest = rest.trim();
        if kind.eq_ignore_ascii_case("bearer") {
            return Some(Credentials::Bearer(rest.to_owned())).filter(|_| !rest.is_empty());
        }
        if !kind.eq_ignore_ascii_case("basic") {
            return None;
        }
        let decoded = STANDARD.decode(rest).ok().and_then(|bytes| String::from_utf8(bytes).ok())?;
        // Some clients forget the colon that ends the user.
        let user = decoded.split_once(':').map_or(decoded.as_str(), |(user, _)| user);
        Some(Credentials::Basic(user.to_owned())).filter(|_| !user.is_empty())
    }

    pub(super) fn secret(&self) -> &str {
        match self {
            Credentials::Basic(secret) | Credentials::Bearer(secret) => secret,
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::KeyId;
    use domain::ports::Scope;

    use super::*;
    use crate::auth::permissions::{CollectEvents, ManageKeys, Permission};

    fn credentials(header: &str) -> Option<Credentials> {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, header.parse().unwrap());
        Credentials::find(&headers)
    }

    #[test]
    fn a_key_is_found_with_and_without_the_colon() {
        assert_eq!(credentials("Basic a2V5Og=="), Some(Credentials::Basic("key".into())));
        assert_eq!(credentials("basic a2V5"), Some(Credentials::Basic("key".into())));
        assert_eq!(credentials("Bearer viv_1"), Some(Credentials::Bearer("viv_1".into())));
        assert_eq!(credentials("Basic Og=="), None);
        assert_eq!(credentials("Basic ***"), None);
        assert_eq!(credentials("Digest x"), None);
    }

    #[test]
    fn a_ring_knows_the_owner_and_the_keys_that_are_not_revoked() {
        let key = |id: u64, secret: &str, revoked_at| Key {
            id: KeyId(id),
            name: format!("key {id}"),
            scope: Scope::Read,
            secret_hash: hash_secret(secret),
            channel: None,
            unit: None,
            created_at: 0,
            revoked_at,
        };
        let ring = KeyRing::new("owner");
        ring.replace(&[key(1, "one", None), key(2, "two", Some(5))]);
        assert_eq!(ring.find("one").unwrap().name, "key 1");
        assert!(ring.find("two").is_none());
        assert!(ring.find("owner").unwrap().may(&CollectEvents::RULE));
        assert!(!ring.find("one").unwrap().may(&ManageKeys::RULE));
    }

    #[test]
    fn secrets_differ_and_are_long() {
        let (one, two) = (new_secret(), new_secret());
        assert_ne!(one, two);
        assert_eq!(one.len(), 28);
    }
}
