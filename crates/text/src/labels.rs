//! What a comment shows beside praise and blame: an emotion, how hard it was, and what the customer will do.
//! `docs/models/labels.md` defines the labels.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::sentiment::WordShare;

/// One answer to one question about a comment, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Said<T> {
    pub label: T,
    /// What made it so, the strongest first, at most [`crate::WORDS_TOLD`]; empty where nothing shows it. Shares are weights
    /// of cues, above 0, and compare with each other alone.
    pub words: Vec<WordShare>,
}

macro_rules! labels {
    ($(#[$about:meta])* $name:ident { $($(#[$meaning:meta])* $variant:ident = $written:literal,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$meaning])* $variant,)* }

        impl $name {
            /// All of them; where two show equally, the first counts.
            pub const ALL: &[$name] = &[$($name::$variant),*];

            /// As it is written in events and answers.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $written),* }
            }
        }

        impl FromStr for $name {
            type Err = UnknownLabel;

            fn from_str(written: &str) -> Result<$name, UnknownLabel> {
                $name::ALL.iter().copied().find(|label| label.as_str() == written).ok_or(UnknownLabel)
            }
        }
    };
}

/// A label that there is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such label: take one of docs/models/labels.md")]
pub struct UnknownLabel;

labels! {
    /// The emotion that a comment shows most.
    Emotion {
        Gratitude = "gratitude",
        Anger = "anger",
        Worry = "worry",
        Surprise = "surprise",
        Disappointment = "disappointment",
        Joy = "joy",
        None = "none",
    }
}

labels! {
    /// What the customer says of how hard it was.
    Effort {
        High = "high",
        Low = "low",
        None = "none",
    }
}

labels! {
    /// What the customer says that they will do.
    Intention {
        Leave = "leave",
        /// To come back, to buy again, to remain.
        Stay = "stay",
        Recommend = "recommend",
        None = "none",
    }
}
