//! Passwords: which are accepted, and how they are hashed and compared without letting anybody take the machine.

use std::sync::Arc;

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::{Error, Result};
use tokio::sync::Semaphore;

use super::throttle::too_many;
use crate::error::ApiError;

const LEAST_CHARS: usize = 12;
const MOST_CHARS: usize = 256;
/// Computed at the same time: each takes 19 MiB and a core.
const AT_ONCE: usize = 2;
/// Waiting for their turn at most.
const WAITING: usize = 16;

/// Stands for people whom nobody knows, so that asking for them takes as long: made like any other, of a password that
/// nobody has.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$z/gHqfJu7bN9Tj9/J9pZXw$diVZHtDozQ1YaPxd0QqZOZNHZ+YCS1P/uSeoktGgkeU";

/// Long ones that guessers try first. Those of one repeated character are refused as well.
const COMMONEST: [&str; 32] = [
    "123456789012",
    "1234567890123",
    "12345678901234",
    "123456789012345",
    "1234567890123456",
    "0123456789012",
    "098765432109",
    "123123123123",
    "121212121212",
    "password1234",
    "password12345",
    "password123456",
    "passwordpassword",
    "mypassword123",
    "contrasena12",
    "contraseña12",
    "contrasena123",
    "contraseña123",
    "contraseña1234",
    "micontraseña",
    "qwertyuiop12",
    "qwertyuiop123",
    "qwertyuiopasdf",
    "qwertyqwerty",
    "qwerty123456",
    "1q2w3e4r5t6y",
    "abcdefghijkl",
    "abcdefghijklm",
    "iloveyou1234",
    "letmein12345",
    "administrador",
    "administrator",
];

/// Refuses a password that is too short, too long, or the first that one would try.
pub fn check_password(password: &str, email: &str, name: &str) -> Result<()> {
    let length = password.chars().count();
    if !(LEAST_CHARS..=MOST_CHARS).contains(&length) {
        return Err(Error::invalid(format!(
            "a password has {LEAST_CHARS} to {MOST_CHARS} characters; a sentence of a few words is good and easy to remember"
        ))
        .because("password_length"));
    }
    let lower = password.to_lowercase();
    let mut characters = lower.chars();
    let first = characters.next();
    let is_repeated = characters.all(|character| Some(character) == first);
    if is_repeated || COMMONEST.contains(&lower.as_str()) {
        let refusal = Error::invalid("this password is among the first that anybody would try; take another");
        return Err(refusal.because("password_common"));
    }
    let before_at = email.split('@').next().unwrap_or_default();
    if [email, before_at, name].iter().any(|known| known.to_lowercase() == lower) {
        let refusal = Error::invalid("the password must not be the e-mail or the name; take another");
        return Err(refusal.because("password_known"));
    }
    Ok(())
}

/// Hashes and compares, few at a time.
#[derive(Debug)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Passwords { turns: Arc::new(Semaphore::new(AT_ONCE)), places: Arc::new(Semaphore::new(AT_ONCE + WAITING)) }
    }
}

impl Passwords {
    /// The hash of a password with a new salt, as a PHC string.
    pub async fn hash(&self, password: String) -> Result<String, ApiError> {
        self.compute(move || {
            let salt = SaltString::encode_b64(&rand::random::<[u8; 16]>());
            let salt = salt.map_err(|cause| Error::internal(format!("could not make a salt: {cause}")))?;
            let hash = hasher()?.hash_password(password.as_bytes(), &salt);
            hash.map(|hash| hash.to_string())
                .map_err(|cause| Error::internal(format!("could not hash a password: {cause}")))
        })
        .await
    }

    /// Whether a password has this hash. Without one it takes as long and is never right.
    pub async fn verify(&self, password: String, stored: Option<String>) -> Result<bool, ApiError> {
        self.compute(move || {
            let is_known = stored.is_some();
            let stored = stored.unwrap_or_else(|| NOBODY.to_owned());
            let hash = PasswordHash::new(&stored)
                .map_err(|cause| Error::internal(format!("a stored password is not readable: {cause}")))?;
            // Longer ones were never accepted; the time is spent on what there is.
            let is_short = password.len() <= 4 * MOST_CHARS;
            let password = if is_short { password.as_bytes() } else { &[] };
            let fits = hasher()?.verify_password(password, &hash).is_ok();
            Ok(fits && is_known && is_short)
        })
        .await
    }

    async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T, ApiError> {
        let Ok(place) = self.places.clone().try_acquire_owned() else {
            return Err(too_many("too many people are signing in at this moment", 2_000));
        };
        let turn = self.turns.clone().acquire_owned().await;
        // The turn is over when the work is, also where nobody waits for it any more.
        let in_turn = move || {
            let outcome = work();
            drop((turn, place));
            outcome
        };
        match tokio::task::spawn_blocking(in_turn).await {
            Ok(outcome) => outcome.map_err(ApiError::from),
            Err(cause) => Err(Error::internal("a password was not computed").caused_by(cause).into()),
        }
    }
}

/// Argon2id with 19 MiB, two passes, one lane: what OWASP's cheat sheet of password storage names first.
fn hasher() -> Result<Argon2<'static>> {
    let parameters = Params::new(19 << 10, 2, 1, None)
        .map_err(|cause| Error::internal(format!("the parameters of password hashes are wrong: {cause}")))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(password: &str) -> String {
        check_password(password, "lucia@alameda.example", "Lucía Alameda").unwrap_err().detail
    }

    #[test]
    fn passwords_that_anybody_would_try_are_refused() {
        assert!(check_password("un café con leche", "lucia@alameda.example", "Lucía").is_ok());
        assert!(refusal("short").contains("12 to 256"));
        assert!(refusal(&"x1".repeat(129)).contains("12 to 256"));
        assert!(refusal("Contraseña123").contains("first that anybody"));
        assert!(refusal("aaaaaaaaaaaaaaa").contains("first that anybody"));
        assert!(refusal("LUCIA@alameda.example").contains("e-mail or the name"));
        assert!(refusal("lucía alameda").contains("e-mail or the name"));
    }

    #[tokio::test]
    async fn a_password_is_compared_with_its_hash() {
        let passwords = Passwords::default();
        let hash = passwords.hash("un café con leche".to_owned()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_ne!(hash, passwords.hash("un café con leche".to_owned()).await.unwrap());
        assert!(passwords.verify("un café con leche".to_owned(), Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify("un café con lechE".to_owned(), Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify("x".repeat(1 << 20), Some(hash)).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_takes_as_long_as_somebody() {
        let parsed = PasswordHash::new(NOBODY).unwrap();
        let parameters = Params::try_from(&parsed).unwrap();
        assert_eq!((parameters.m_cost(), parameters.t_cost(), parameters.p_cost()), (19 << 10, 2, 1));
        assert_eq!(parsed.hash.unwrap().len(), 32);
        assert!(!Passwords::default().verify(String::new(), None).await.unwrap());
    }

    #[tokio::test]
    async fn a_crowd_is_told_to_come_back() {
        let passwords = Passwords::default();
        let _turns = passwords.turns.acquire_many(AT_ONCE as u32).await.unwrap();
        let _places = passwords.places.acquire_many((AT_ONCE + WAITING) as u32).await.unwrap();
        let refused = passwords.verify("anything".to_owned(), None).await.unwrap_err();
        assert_eq!((refused.status.as_u16(), refused.retry_after), (429, Some(2)));
    }
}
