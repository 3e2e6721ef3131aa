//! The secret of an installation: what only this data directory can have written is known by it, and what it hides can be found
//! again by nobody else.
//!
//! HMAC with SHA-256 (RFC 2104), each use with a key of its own.

use std::fmt;

use sha2::{Digest, Sha256};

/// Bytes of a key, and of what is written with it.
pub const SECRET_BYTES: usize = 32;
/// Bytes that SHA-256 takes at once.
const BLOCK: usize = 64;

/// A key that never leaves the data directory.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; SECRET_BYTES]);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    pub fn new(bytes: [u8; SECRET_BYTES]) -> Secret {
        Secret(bytes)
    }

    pub fn random() -> Secret {
        Secret(rand::random())
    }

    pub(crate) fn bytes(&self) -> &[u8; SECRET_BYTES] {
        &self.0
    }

    /// What only somebody with the secret can write about a text. What is written for one purpose is none of another.
    pub fn sign(&self, purpose: &str, text: &str) -> [u8; SECRET_BYTES] {
        hmac(&hmac(&self.0, purpose.as_bytes()), text.as_bytes())
    }
}

fn hmac(key: &[u8], message: &[u8]) -> [u8; SECRET_BYTES] {
    let mut block = [0_u8; BLOCK];
    match key.len() > BLOCK {
        true => block[..SECRET_BYTES].copy_from_slice(&Sha256::digest(key)),
        false => block[..key.len()].copy_from_slice(key),
    }
    let inner = Sha256::new().chain_update(block.map(|byte| byte ^ 0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(block.map(|byte| byte ^ 0x5c)).chain_update(inner).finalize().into()
}

/// Whether two texts are the same, in a time that does not tell where they differ.
pub fn is_same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |sum, (one, other)| sum | (one ^ other)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn what_is_signed_is_what_the_standard_says() {
        // RFC 4231, cases 1, 2 and 6.
        assert_eq!(
            hex(&hmac(&[0x0b; 20], b"Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        );
        assert_eq!(
            hex(&hmac(b"Jefe", b"what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            hex(&hmac(&[0xaa; 131], b"Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }

    #[test]
    fn a_signature_belongs_to_one_secret_one_purpose_and_one_text() {
        let secret = Secret::new([7; SECRET_BYTES]);
        let signed = secret.sign("page", "a");
        assert_eq!(signed, secret.sign("page", "a"));
        for other in [secret.sign("page", "b"), secret.sign("contact", "a"), Secret::random().sign("page", "a")] {
            assert!(!is_same(&signed, &other));
        }
        assert_eq!(format!("{secret:?}"), "Secret(…)");
    }
}
