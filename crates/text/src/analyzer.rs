//! One comment in, everything that is known of it out.

use serde::{Deserialize, Serialize};

use crate::cues::Cues;
use crate::encoder::Embedding;
use crate::features::Features;
use crate::labels::{Effort, Emotion, Intention, Said};
use crate::language::{Language, LanguageHeads};
use crate::model::{Model, ModelError};
use crate::personal::{Personal, find_personal};
use crate::sentiment::{PlaceHeads, Sentiment, SentimentHeads, class_of, placed, score_of};
use crate::taxonomy::{Taxonomy, TaxonomyError};
use crate::tokens::{TokenKind, Tokens};
use crate::topics::{TopicMention, mentions};

const SHIPPED: &[u8] = include_bytes!("../data/ngrams.model");
const SHIPPED_PLACES: &[u8] = include_bytes!("../data/places.model");

/// The end of the block Latin Extended-B.
const LAST_LATIN: char = '\u{24f}';

/// By what means a comment was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// Words, pairs of words and runs of letters, weighed linearly.
    Ngrams,
    /// The same beside the place of the whole comment.
    Encoder,
}

/// What is known of a comment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    pub tier: Tier,
    pub language: Language,
    /// None where there is nothing to judge by: no words and no emoji, or words of another language.
    pub sentiment: Option<Sentiment>,
    /// The three are there where a sentiment is.
    pub emotion: Option<Said<Emotion>>,
    pub effort: Option<Said<Effort>>,
    pub intention: Option<Said<Intention>>,
    /// In the order of the comment.
    pub topics: Vec<TopicMention>,
    /// In the order of the comment, none of them over another.
    pub personal: Vec<Personal>,
}

/// Reads comments. One serves any number of threads.
#[derive(Clone, Debug)]
pub struct Analyzer {
    languages: LanguageHeads,
    sentiments: SentimentHeads,
    places: Option<PlaceHeads>,
    taxonomy: Taxonomy,
    cues: Cues,
}

impl Analyzer {
    /// The analyzer with the model and the topics that the program brings along.
    #[expect(clippy::expect_used, reason = "all are part of the program, and tests read them")]
    pub fn shipped() -> Analyzer {
        let model = Model::read(SHIPPED).expect("the model that is built in is whole");
        let taxonomy = Taxonomy::shipped().expect("the topics that are built in are readable");
        let cues = Cues::shipped().expect("the cues that are built in are readable");
        let places = Model::read(SHIPPED_PLACES).expect("the model of places that is built in is whole");
        let analyzer = Analyzer::of(&model, taxonomy).expect("the model that is built in has all heads");
        analyzer.with_places(&places).expect("the model of places has all heads").with_cues(cues)
    }

    /// An analyzer with a model and topics of one's own, and no cues; it judges nothing by places.
    pub fn of(model: &Model, taxonomy: Taxonomy) -> Result<Analyzer, ModelError> {
        Ok(Analyzer {
            languages: LanguageHeads::of(model)?,
            sentiments: SentimentHeads::of(model)?,
            places: None,
            taxonomy,
            cues: Cues::default(),
        })
    }

    /// The same analyzer with further topics.
    pub fn with_topics(self, topics: impl IntoIterator<Item = crate::Topic>) -> Result<Analyzer, TaxonomyError> {
        Ok(Analyzer { taxonomy: self.taxonomy.with(topics)?, ..self })
    }

    /// The same analyzer with heads that judge places.
    pub fn with_places(self, model: &Model) -> Result<Analyzer, ModelError> {
        Ok(Analyzer { places: Some(PlaceHeads::of(model)?), ..self })
    }

    /// The same analyzer with these cues instead of its own.
    pub fn with_cues(self, cues: Cues) -> Analyzer {
        Analyzer { cues, ..self }
    }

    /// The topics that it finds.
    pub fn taxonomy(&self) -> &Taxonomy {
        &self.taxonomy
    }

    /// Reads a comment, in time proportional to its length.
    pub fn analyse(&self, text: &str) -> Analysis {
        self.read(text, None)
    }

    /// Reads a comment whose place an [`Encoder`](crate::Encoder) found. Its sentiment as a whole is judged by both, and the tier is
    /// `encoder`; everything else is as without a place: the sentiment of topics is that of their clauses, which have no
    /// places, and the shares of words are those of the words alone. A comment of unknown language stays with its words.
    pub fn analyse_placed(&self, text: &str, place: &Embedding) -> Analysis {
        self.read(text, Some(place))
    }

    fn read(&self, text: &str, place: Option<&Embedding>) -> Analysis {
        let mut tokens = Tokens::default();
        tokens.read(text);
        let mut features = Features::default();
        features.read(text, &tokens);
        let personal = find_personal(text, &tokens);
        let words = Words::of(&tokens);
        let odds = self.languages.odds(&features);
        let is_elsewhere = words.are_in_other_letters() || odds.is_elsewhere();
        let language = if words.count == 0 || is_elsewhere { Language::Unknown } else { odds.language() };
        let has_something = if words.count == 0 { words.has_emoji } else { !is_elsewhere };
        if !has_something {
            return Analysis {
                tier: Tier::Ngrams,
                language,
                sentiment: None,
                emotion: None,
                effort: None,
                intention: None,
                topics: Vec::new(),
                personal,
            };
        }
        let weighed = self.sentiments.weigh(language, &features, tokens.list.len());
        let by_words = weighed.log_odds(0..tokens.list.len());
        let score = score_of(by_words);
        let sentiment = Sentiment { score, class: class_of(score), words: weighed.strongest(&tokens) };
        let topics = mentions(&tokens, language, &self.taxonomy, &weighed);
        // How well emotion, effort and intention are read was measured with the sentiment of words.
        let shown = self.cues.weigh(text, &tokens, language, &sentiment);
        let head = self.places.as_ref().and_then(|heads| heads.of_language(language));
        let (tier, sentiment) = match (head, place) {
            (Some(head), Some(place)) => (Tier::Encoder, placed(sentiment, head, place, by_words)),
            _ => (Tier::Ngrams, sentiment),
        };
        Analysis {
            tier,
            language,
            sentiment: Some(sentiment),
            emotion: Some(shown.emotion),
            effort: Some(shown.effort),
            intention: Some(shown.intention),
            topics,
            personal,
        }
    }
}

/// What kinds of tokens a comment has.
#[derive(Default)]
struct Words {
    count: usize,
    in_other_letters: usize,
    has_emoji: bool,
}

impl Words {
    fn of(tokens: &Tokens) -> Words {
        let mut words = Words::default();
        for token in &tokens.list {
            words.has_emoji |= token.kind == TokenKind::Emoji;
            if token.kind == TokenKind::Word {
                words.count += 1;
                words.in_other_letters += usize::from(tokens.folded(token).starts_with(|sign| sign > LAST_LATIN));
            }
        }
        words
    }

    /// Whether most words are in letters that neither Spanish nor English has.
    fn are_in_other_letters(&self) -> bool {
        self.in_other_letters * 2 > self.count
    }
}
