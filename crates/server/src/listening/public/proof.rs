//! When a page was handed out, written into the page itself: nothing is kept here of whoever opened it.
//!
//! What stands there is signed with the secret of the installation, for this link and this page, so that an answer tells truly
//! how long it took, and one without it never had a page.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::secret::{Secret, is_same};

const PURPOSE: &str = "page of a survey";
/// Bytes of a signature that are written: nobody finds 128 bits by trying.
const WRITTEN: usize = 16;
/// Bytes of a proof; fifty questions have ids of 64.
const LONGEST: usize = 4_000;

/// A page that was handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// UTC milliseconds.
    pub at: i64,
    /// Questions that were answered already.
    pub brought: BTreeSet<String>,
}

/// What a page shows to have been handed out: `MILLISECONDS.QUESTION,QUESTION.SIGNATURE`.
pub fn prove(secret: &Secret, token: &str, page: &str, served: &Served) -> String {
    // Ids of questions have neither commas nor points.
    let brought = served.brought.iter().map(String::as_str).collect::<Vec<_>>().join(",");
    let said = format!("{}.{brought}", served.at);
    let signature = sign(secret, token, page, &said);
    format!("{said}.{signature}")
}

/// What a proof says; `None` where it is not of this link and this page.
pub fn read(secret: &Secret, token: &str, page: &str, proof: &str) -> Option<Served> {
    if proof.len() > LONGEST {
        return None;
    }
    let (said, signature) = proof.rsplit_once('.')?;
    if !is_same(sign(secret, token, page, said).as_bytes(), signature.as_bytes()) {
        return None;
    }
    let (at, brought) = said.split_once('.')?;
    let brought = brought.split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect();
    Some(Served { at: at.parse().ok()?, brought })
}

fn sign(secret: &Secret, token: &str, page: &str, said: &str) -> String {
    // Nothing of a text can be taken for the next one: each says its length.
    let text = format!("{}:{token}{}:{page}{said}", token.len(), page.len());
    URL_SAFE_NO_PAD.encode(&secret.sign(PURPOSE, &text)[..WRITTEN])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn served() -> Served {
        Served { at: 1_772_532_000_000, brought: ["ease".to_owned(), "recommend".to_owned()].into() }
    }

    #[test]
    fn a_page_proves_when_it_was_handed_out() {
        let secret = Secret::random();
        let proof = prove(&secret, "link", "page", &served());
        assert_eq!(read(&secret, "link", "page", &proof), Some(served()));
        let nothing_brought = Served { brought: BTreeSet::new(), ..served() };
        assert_eq!(
            read(&secret, "link", "page", &prove(&secret, "link", "page", &nothing_brought)),
            Some(nothing_brought)
        );
    }

    #[test]
    fn a_proof_of_another_page_or_another_time_is_none() {
        let secret = Secret::random();
        let proof = prove(&secret, "link", "page", &served());
        assert_eq!(read(&secret, "link", "page2", &proof), None);
        assert_eq!(read(&secret, "link2", "page", &proof), None);
        assert_eq!(read(&secret, "linkp", "age", &proof), None);
        assert_eq!(read(&Secret::random(), "link", "page", &proof), None);
        for wrong in
            [proof.replacen("177", "176", 1), proof.replacen("ease", "eas", 1), String::new(), ".".repeat(9_000)]
        {
            assert_eq!(read(&secret, "link", "page", &wrong), None, "{wrong}");
        }
    }
}
