//! What a survey is: one JSON file with its questions, its logic and its texts in every language it speaks.
//!
//! [`Survey::from_json`] reads a file and says everything that is wrong with it at once; [`Survey::to_json`] writes it back.
//! [`Survey::next`] says which question follows some answers, [`Survey::take`] makes typed [`Answers`] of what a customer
//! sent, and [`Answers::properties`] is what an answer is on the customer's timeline. Invitations, counts of quotas and
//! duplicates are not known here: they are the state's.
//!
//! Sources of the scores: NPS, F. Reichheld, *The One Number You Need to Grow*, Harvard Business Review, December 2003;
//! CES, M. Dixon, K. Freeman, N. Toman, *Stop Trying to Delight Your Customers*, Harvard Business Review, July 2010, on the
//! scale of seven steps of its second version (CEB, 2013); CSAT is a rating of satisfaction with five steps, as in C. Fornell,
//! *A National Customer Satisfaction Barometer*, Journal of Marketing 56, 1992, but of one question.

mod answers;
mod condition;
mod input;
mod inviting;
mod mark;
mod piping;
mod problem;
mod questions;
mod read;
mod take;
mod theme;
mod walk;
mod write;

use std::collections::BTreeMap;

pub use answers::{Answer, Answered, Answers, Expectation, LONGEST_COMMENT_CHARS};
pub use condition::Condition;
pub use inviting::{EventOccasion, Inviting, Occasion, PropertyCondition, PropertyTest, moment_in_span};
pub use mark::{
    FEWEST_SCALES_IN_LINE, FEWEST_TIMED_QUESTIONS, LEAST_MS_A_TAP, LEAST_MS_A_WORD, MOST_REPEAT_DAYS, Mark,
    REPEAT_DAYS, Sending,
};
pub use piping::{LONGEST_PIPED_CHARS, Piped};
pub use problem::{Finding, Problem, ProblemCode};
pub use theme::{Theme, contrast};
pub use walk::Next;

/// The version of the file that this program reads and writes.
pub const FORMAT: u64 = 1;
/// Bytes of a file.
pub const LARGEST_FILE_BYTES: usize = 256 * 1024;
pub const MOST_QUESTIONS: usize = 50;
/// Choices of one question.
pub const MOST_CHOICES: usize = 50;
/// Characters of one text in one language.
pub const LONGEST_TEXT_CHARS: usize = 2_000;
pub const MOST_LANGUAGES: usize = 20;
pub const MOST_QUOTAS: usize = 100;
/// Answers that a quota may let in.
pub const LARGEST_QUOTA: u64 = 100_000_000;
/// Skips of one question.
pub const MOST_SKIPS: usize = 20;
/// Conditions in one condition, itself included.
pub const MOST_CONDITIONS: usize = 50;
/// How deep `all`, `any` and `not` may stand in each other.
pub const DEEPEST_CONDITION: usize = 5;
/// Characters of the key of a survey, of a question or of a choice.
pub const LONGEST_KEY_CHARS: usize = 64;

/// The surveys that come with the program, by name, as files.
pub const EXAMPLES: [(&str, &str); 2] = [
    ("after-purchase", include_str!("survey/examples/after-purchase.json")),
    ("relation", include_str!("survey/examples/relation.json")),
];

/// A survey without problems. Only [`Survey::from_json`] makes one, so that what holds for a file holds for every survey:
/// keys are unique, every text is in every language, conditions ask about earlier questions and skips lead to later ones.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Survey {
    /// A key such as `after-purchase`: 1 to 64 of `a`–`z`, `0`–`9` and `-`.
    pub name: String,
    pub kind: Kind,
    /// Whether nobody can tell whose an answer is: then nothing ties one to a customer, and it says only its day.
    pub is_anonymous: bool,
    /// Codes such as `es` or `pt-BR`, 1 to 20; the first is spoken where no other is asked for.
    pub languages: Vec<String>,
    pub title: Texts,
    /// What stands above the first question.
    pub intro: Option<Texts>,
    /// What is said after the last one.
    pub thanks: Texts,
    pub theme: Option<Theme>,
    /// UTC milliseconds; answers are taken from here on.
    pub opens_at: Option<i64>,
    /// UTC milliseconds; from here on none are taken. Later than `opens_at`.
    pub closes_at: Option<i64>,
    pub quotas: Vec<Quota>,
    /// Days after an answer in which another one of the same person is marked as one: 0 (never) to 730.
    pub repeat_days: u16,
    /// Whom it invites by itself; nobody without it.
    pub invite: Option<Inviting>,
    /// 1 to 50, in the order in which they are asked.
    pub questions: Vec<Question>,
}

/// What a survey is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The relation as a whole.
    Relational,
    /// The touchpoint just lived.
    Transactional,
}

/// Whether a survey takes answers at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    NotYet,
    Open,
    Closed,
}

/// A text in every language of its survey.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(BTreeMap<String, String>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Unique in the survey: 1 to 64 of `a`–`z`, `0`–`9`, `-` and `_`; never `end`.
    pub id: String,
    pub ask: Ask,
    pub text: Texts,
    pub help: Option<Texts>,
    pub is_required: bool,
    /// Asked only where this holds; it speaks of earlier questions.
    pub show_when: Option<Condition>,
    /// Where to go on after this question: the first that holds counts.
    pub skips: Vec<Skip>,
}

/// What kind of answer a question wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// How probable a recommendation is: 0 to 10.
    Nps(Ends),
    /// How satisfied: 1 to 5, shown as numbers or as faces with their numbers.
    Csat { ends: Ends, faces: bool },
    /// How easy, as agreement with a statement: 1 (not at all) to 7 (fully).
    Ces(Ends),
    /// 1 to `stars`, which is 3 to 10. `reversed` where the highest is the worst: then it is shown as numbers.
    Rating { ends: Ends, stars: u8, reversed: bool },
    /// One of 2 to 50.
    Choice(Vec<Choice>),
    /// Some of 2 to 50; at most `most` where it is told.
    Choices { choices: Vec<Choice>, most: Option<usize> },
    /// A comment in the customer's words.
    Text,
    /// A box to be ticked; one that is required must be. `purpose` is the key of what is consented to.
    Consent { purpose: Option<String> },
    /// What was lived against what was expected.
    Expectation(Option<Box<ExpectationLabels>>),
}

/// What stands at the two ends of a scale.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    pub low: Option<Texts>,
    pub high: Option<Texts>,
}

/// Words of the survey's own for the three answers of [`Ask::Expectation`]. Where a survey has none, the page has its own in
/// Spanish and in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectationLabels {
    pub better: Texts,
    pub as_expected: Texts,
    pub worse: Texts,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Unique in its question.
    pub id: String,
    pub text: Texts,
}

/// Where to go on after a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skip {
    /// Speaks of this question and earlier ones; without it the skip always counts.
    pub when: Option<Condition>,
    pub to: SkipTo,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SkipTo {
    /// A later question.
    Question(String),
    End,
}

/// How many answers are wanted at most. Who keeps the count closes the survey when one in all is reached, and the choice when it
/// is one of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quota {
    /// 1 to 100,000,000.
    pub most: u64,
    /// Of the answers that chose this; of all answers without it.
    pub of: Option<QuotaOf>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotaOf {
    pub question: String,
    pub choice: String,
}

impl Survey {
    /// The question of this id.
    pub fn find_question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// Whether answers are taken at an instant (UTC milliseconds).
    pub fn opening_at(&self, now: i64) -> Opening {
        if self.opens_at.is_some_and(|opens_at| now < opens_at) {
            return Opening::NotYet;
        }
        match self.closes_at {
            Some(closes_at) if now >= closes_at => Opening::Closed,
            _ => Opening::Open,
        }
    }

    /// The language of the survey that is nearest to the first wish that any of them meets: `es-MX` is met by `es-MX`, then by
    /// `es`, then by another `es-…`. The survey's first language where none is met.
    pub fn speak<'a>(&'a self, wishes: impl IntoIterator<Item = &'a str>) -> &'a str {
        let base = |code: &str| code.split('-').next().unwrap_or_default().to_ascii_lowercase();
        for wish in wishes {
            let exact = self.languages.iter().find(|code| code.eq_ignore_ascii_case(wish));
            let plain = self.languages.iter().find(|code| code.eq_ignore_ascii_case(&base(wish)));
            let related = self.languages.iter().find(|code| base(code) == base(wish));
            if let Some(code) = exact.or(plain).or(related) {
                return code;
            }
        }
        self.languages.first().map_or("", String::as_str)
    }

    /// What somebody who edits the survey should know although nothing is refused: a colour that had to be corrected, a
    /// placeholder that may leave a hole.
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = self.theme.iter().flat_map(Theme::findings).collect::<Vec<_>>();
        findings.extend(piping::findings(self));
        findings
    }
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Relational => "relational",
            Kind::Transactional => "transactional",
        }
    }

    pub fn parse(text: &str) -> Option<Kind> {
        [Kind::Relational, Kind::Transactional].into_iter().find(|kind| kind.as_str() == text)
    }
}

impl Texts {
    /// The text in this language of the survey; in the first by code where the survey does not speak it.
    pub fn in_language(&self, language: &str) -> &str {
        self.0.get(language).or_else(|| self.0.values().next()).map_or("", String::as_str)
    }

    /// Language and text, by code.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(language, text)| (language.as_str(), text.as_str()))
    }
}

impl Ask {
    /// The types of questions, as files spell them.
    pub const TYPES: [&str; 9] =
        ["nps", "csat", "ces", "rating", "choice", "choices", "text", "consent", "expectation"];

    pub fn as_str(&self) -> &'static str {
        match self {
            Ask::Nps(_) => "nps",
            Ask::Csat { .. } => "csat",
            Ask::Ces(_) => "ces",
            Ask::Rating { .. } => "rating",
            Ask::Choice(_) => "choice",
            Ask::Choices { .. } => "choices",
            Ask::Text => "text",
            Ask::Consent { .. } => "consent",
            Ask::Expectation(_) => "expectation",
        }
    }

    /// Lowest and highest answer of a scale; `None` for what is no scale.
    pub fn range(&self) -> Option<(u8, u8)> {
        match self {
            Ask::Nps(_) => Some((0, 10)),
            Ask::Csat { .. } => Some((1, 5)),
            Ask::Ces(_) => Some((1, 7)),
            Ask::Rating { stars, .. } => Some((1, *stars)),
            _ => None,
        }
    }

    /// Whether the worst is at the upper end of a scale.
    pub fn is_reversed(&self) -> bool {
        matches!(self, Ask::Rating { reversed: true, .. })
    }

    /// The ends of a scale; `None` for what is no scale.
    pub fn ends(&self) -> Option<&Ends> {
        match self {
            Ask::Nps(ends) | Ask::Csat { ends, .. } | Ask::Ces(ends) | Ask::Rating { ends, .. } => Some(ends),
            _ => None,
        }
    }

    /// The choices that the survey names, in its order; none for other questions.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Ask::Choice(choices) | Ask::Choices { choices, .. } => choices,
            _ => &[],
        }
    }

    /// The words that a condition may compare an answer with, in order: ids of choices, `better`, `as` and `worse`, `yes` and
    /// `no`. None for scales and texts.
    pub fn words(&self) -> Vec<&str> {
        match self {
            Ask::Expectation(_) => Expectation::ALL.iter().map(|each| each.as_str()).collect(),
            Ask::Consent { .. } => vec!["yes", "no"],
            _ => self.choices().iter().map(|choice| choice.id.as_str()).collect(),
        }
    }
}

impl Quota {
    /// Whether these answers count for the quota.
    pub fn counts(&self, answers: &Answers) -> bool {
        let Some(of) = &self.of else { return true };
        answers.find(&of.question).is_some_and(|answer| answer.words().contains(&of.choice.as_str()))
    }
}

#[cfg(test)]
mod tests;
