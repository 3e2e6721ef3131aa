//! Who asks, and whether they may.
//!
//! A protected handler has a [`Can`] among its arguments, and [`guarded`] routes accept no handler without one: a route
//! that forgets to ask does not compile.
//!
//! A key may be bound to a unit. Who comes with it is let in only by [`CanSee`], which hands the handler the [`Sight`] that
//! everything it answers must be seen with; every [`Can`] and every [`require`] refuses such a key. So a route that does not
//! think of bound keys is closed to them.

use std::collections::HashMap;
use std::marker::PhantomData;
use std::sync::{Arc, PoisonError, RwLock};

use axum::extract::FromRequestParts;
use axum::handler::Handler;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::routing::{MethodFilter, MethodRouter, on};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::ports::{Key, Scope};
use domain::{Code, KeyId, Result};
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::error::ApiError;

/// Whoever holds a key, or the owner of the data directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The name of the key; the source of the events that come with it.
    pub name: String,
    pub scope: Scope,
    /// The channel of events that say none.
    pub channel: Option<String>,
    /// The unit of the key: for one that collects, of events that say none; whoever reads with it sees only what lies below.
    pub unit: Option<String>,
    /// None for the owner of the data directory.
    pub key: Option<KeyId>,
}

impl Identity {
    /// How commands on a data directory appear in the audit.
    pub const OWNER: &'static str = "command line";

    fn owner() -> Identity {
        Identity { name: Identity::OWNER.to_owned(), scope: Scope::Admin, channel: None, unit: None, key: None }
    }

    pub fn may(&self, scope: Scope) -> bool {
        self.scope == scope || self.scope == Scope::Admin
    }

    /// The unit that this identity is bound to. What a key that collects may do does not depend on its unit.
    fn bound_to(&self) -> Option<&str> {
        self.unit.as_deref().filter(|_| self.scope != Scope::Collect)
    }

    /// What of the customers this identity sees.
    fn sight(&self) -> Sight {
        match self.bound_to() {
            None => Sight::Everything,
            Some(unit) => Sight::Below(unit.into()),
        }
    }
}

/// What of the customers somebody sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    Everything,
    /// Customers with an event below this unit; of their events those below it and those without unit; nothing that tells
    /// who they are.
    Below(Arc<str>),
}

type SecretHash = [u8; 32];

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
                scope: key.scope,
                channel: key.channel.clone(),
                unit: key.unit.clone(),
                key: Some(key.id),
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

fn hash(secret: &str) -> SecretHash {
    Sha256::digest(secret.as_bytes()).into()
}

/// The hash of a secret as it is stored.
pub fn hash_secret(secret: &str) -> String {
    hash(secret).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn parse_hash(text: &str) -> Option<SecretHash> {
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

    fn secret(&self) -> &str {
        match self {
            Credentials::Basic(secret) | Credentials::Bearer(secret) => secret,
        }
    }
}

/// Something that takes a scope.
pub trait Permission: Send + Sync + 'static {
    const SCOPE: Scope;
}

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident => $scope:ident,)*) => {$(
        $(#[$doc])*
        pub struct $name;
        impl Permission for $name {
            const SCOPE: Scope = Scope::$scope;
        }
    )*};
}

permissions! {
    /// Bring events in, by client or by file.
    CollectEvents => Collect,
    /// Read events and their counts.
    ReadEvents => Read,
    /// Read what a customer lived and is known by.
    ReadCustomers => Read,
    /// Ask questions about journeys.
    ReadJourneys => Read,
    /// Keep questions about journeys for everybody, change and delete them.
    SaveQuestions => Admin,
    /// Read settings and the activity catalogue.
    ReadOrganisation => Read,
    /// Read dead letters again, verify files.
    ManageEvents => Admin,
    /// Merge and un-merge customers.
    ManageCustomers => Admin,
    /// Make and revoke keys.
    ManageKeys => Admin,
    /// Change settings and the activity catalogue, read the audit.
    ManageOrganisation => Admin,
}

/// Permissions that a key bound to a unit may have, for routes that answer within its sight.
pub trait WithinSight: Permission {}

impl WithinSight for ReadCustomers {}
impl WithinSight for ReadJourneys {}
impl WithinSight for ReadOrganisation {}

/// Proof that whoever asks may do `P`, to everything there is.
pub struct Can<P> {
    pub identity: Arc<Identity>,
    permission: PhantomData<P>,
}

impl<P: Permission> FromRequestParts<App> for Can<P> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let identity = identify(&parts.headers, app)?;
        require(&identity, P::SCOPE)?;
        Ok(Can { identity, permission: PhantomData })
    }
}

/// Proof that whoever asks may do `P` to what they see. A handler that takes it must answer within the sight.
pub struct CanSee<P> {
    pub identity: Arc<Identity>,
    pub sight: Sight,
    permission: PhantomData<P>,
}

impl<P: WithinSight> FromRequestParts<App> for CanSee<P> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let identity = identify(&parts.headers, app)?;
        require_scope(&identity, P::SCOPE)?;
        Ok(CanSee { sight: identity.sight(), identity, permission: PhantomData })
    }
}

/// Who sends a request with these headers.
pub fn identify(headers: &HeaderMap, app: &App) -> Result<Arc<Identity>, ApiError> {
    let Some(credentials) = Credentials::find(headers) else {
        return Err(ApiError::new(
            Code::Unauthenticated,
            "no key came with the request; send `Authorization: Bearer viv_…` (`vivencia key create` makes one)",
        ));
    };
    app.keys.find(credentials.secret()).ok_or_else(|| {
        ApiError::new(
            Code::Unauthenticated,
            "the key is not known, or was revoked; `vivencia key create` makes a new one",
        )
    })
}

/// Refuses an identity whose key has another scope or is bound to a unit.
pub fn require(identity: &Identity, scope: Scope) -> Result<(), ApiError> {
    require_scope(identity, scope)?;
    match identity.bound_to() {
        None => Ok(()),
        Some(unit) => Err(ApiError::new(
            Code::PermissionDenied,
            format!(
                "the key `{}` is bound to the unit `{unit}`; this takes a key for the whole organisation",
                identity.name
            ),
        )),
    }
}

fn require_scope(identity: &Identity, scope: Scope) -> Result<(), ApiError> {
    if identity.may(scope) {
        return Ok(());
    }
    Err(ApiError::new(
        Code::PermissionDenied,
        format!(
            "the key `{}` has the scope {}; this takes {} or admin",
            identity.name,
            identity.scope.as_str(),
            scope.as_str()
        ),
    ))
}

/// Marks the arguments of handlers that ask who calls before anything else.
pub trait Guarded {}

macro_rules! guarded_arguments {
    ($(($($argument:ident),*))*) => {$(
        impl<M, P, $($argument),*> Guarded for (M, App, Can<P>, $($argument),*) {}
        impl<M, P, $($argument),*> Guarded for (M, App, CanSee<P>, $($argument),*) {}
    )*};
}

guarded_arguments! { () (A) (A, B) (A, B, C) }

/// A route whose handler takes the application, then a [`Can`] or a [`CanSee`], then what it needs.
pub fn guarded<H, T>(method: MethodFilter, handler: H) -> MethodRouter<App>
where
    H: Handler<T, App>,
    T: Guarded + 'static,
{
    on(method, handler)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert!(ring.find("owner").unwrap().may(Scope::Collect));
        assert!(!ring.find("one").unwrap().may(Scope::Admin));
    }

    #[test]
    fn secrets_differ_and_are_long() {
        let (one, two) = (new_secret(), new_secret());
        assert_ne!(one, two);
        assert_eq!(one.len(), 28);
    }
}
