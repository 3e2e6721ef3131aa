//! Names as keys of an index. A name of a property or of a trait may have 32,000 bytes; an index of PostgreSQL takes 2,700.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{Error, Result};
use sha2::{Digest, Sha256};

const LONGEST: usize = 255;
const HASHED: &str = "sha256:";

/// The name itself, or its hash when it is long. Two names have the same key only when they are equal: a name that looks
/// like a hash is hashed too.
pub(crate) fn index_key(name: &str) -> Cow<'_, str> {
    if name.len() <= LONGEST && !name.starts_with(HASHED) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(format!("{HASHED}{}", URL_SAFE_NO_PAD.encode(Sha256::digest(name.as_bytes()))))
}

/// The key of a name that people give: names that they would take for the same are the same.
pub(crate) fn name_key(name: &str) -> String {
    index_key(&name.to_lowercase()).into_owned()
}

/// Refuses a name that people give and that is too long to be an index's key as it is.
pub(crate) fn refuse_long(what: &str, name: &str) -> Result<()> {
    if name.len() > LONGEST {
        return Err(Error::invalid(format!("{what} has {} bytes; at most {LONGEST} are accepted", name.len())));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_is_its_own_key() {
        assert_eq!(index_key("Order Completed"), "Order Completed");
    }

    #[test]
    fn a_long_name_and_one_that_looks_like_its_hash_stay_apart() {
        let long = "ñ".repeat(10_000);
        let key = index_key(&long).into_owned();
        assert!(key.len() <= LONGEST);
        assert_ne!(index_key(&key), key);
    }
}
