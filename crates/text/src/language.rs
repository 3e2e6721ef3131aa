//! The language of a comment: Spanish, English, or neither of them for sure.

use serde::{Deserialize, Serialize};

use crate::features::{Features, Group};
use crate::model::{Head, Model, ModelError};

/// The language a comment is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    #[serde(rename = "es")]
    Spanish,
    #[serde(rename = "en")]
    English,
    /// Another language, too little to tell, or no words at all.
    Unknown,
}

/// Three heads, each of which says how surely a comment is in its language.
#[derive(Clone, Debug)]
pub(crate) struct LanguageHeads {
    spanish: Head,
    english: Head,
    other: Head,
}

/// What the heads say of a comment, as calibrated log-odds of each language against all others.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LanguageOdds {
    pub spanish: f32,
    pub english: f32,
    pub other: f32,
}

/// A comment is read up to so many features: enough for any doubt to have ended, and the same cost for long ones.
const FEATURES_READ: usize = 4_096;

impl LanguageHeads {
    pub fn of(model: &Model) -> Result<LanguageHeads, ModelError> {
        let head = |name| model.head(name).cloned();
        Ok(LanguageHeads { spanish: head("lang_es")?, english: head("lang_en")?, other: head("lang_xx")? })
    }

    /// Weighs the beginning of a comment.
    pub fn odds(&self, features: &Features) -> LanguageOdds {
        let beginning = |group| {
            let all = features.all(group);
            &all[..all.len().min(FEATURES_READ)]
        };
        let (words, letters) = (beginning(Group::Words), beginning(Group::Letters));
        let of = |head: &Head| head.log_odds(&head.weigh(words, letters));
        LanguageOdds { spanish: of(&self.spanish), english: of(&self.english), other: of(&self.other) }
    }
}

/// Another language must be likelier by so much, in log-odds: comments that reach this program seldom are in one, and a
/// comment that is passed over costs more than a strange one that is judged.
pub const LEAD_OF_OTHERS: f32 = 1.5;

impl LanguageOdds {
    /// Whether the comment is in neither of the two languages.
    pub fn is_elsewhere(&self) -> bool {
        self.other > self.spanish.max(self.english) + LEAD_OF_OTHERS
    }

    /// The language, if one of the two is likelier than the other and not much less likely than all the rest.
    pub fn language(&self) -> Language {
        if self.is_elsewhere() || self.spanish == self.english {
            return Language::Unknown;
        }
        if self.spanish > self.english { Language::Spanish } else { Language::English }
    }
}
