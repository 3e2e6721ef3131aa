//! What the index has of each comment.

use domain::{Error, Result};
use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};

use crate::comment::{Comment, NONE};
use crate::words::{Cutter, Spoken};

/// The fields by name.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// Words as they are written, in their order.
    pub plain: Field,
    pub spanish: Field,
    pub english: Field,
    pub event: Field,
    pub seq: Field,
    pub node: Field,
    pub occurred_at: Field,
    pub channel: Field,
    pub unit: Field,
    pub survey: Field,
    pub touchpoint: Field,
    pub language: Field,
    pub sentiment: Field,
    /// `waiting` and `waiting:negative`.
    pub topic: Field,
    /// In the order of [`Comment::ANSWERS`].
    pub answers: [Field; 4],
    /// The comment itself, as JSON.
    pub whole: Field,
}

/// The columns that collectors read.
pub const SEQ: &str = "seq";
pub const NODE: &str = "node";
pub const OCCURRED_AT: &str = "occurred_at";
pub const TOPIC: &str = "topic";
pub const SENTIMENT: &str = "sentiment";

impl Fields {
    pub fn schema() -> (Schema, Fields) {
        let mut builder = Schema::builder();
        // What is given is cut already: its words stand between spaces.
        let words = |record| {
            let indexing = TextFieldIndexing::default().set_tokenizer("whitespace").set_index_option(record);
            TextOptions::default().set_indexing_options(indexing)
        };
        let fields = Fields {
            plain: builder.add_text_field("plain", words(IndexRecordOption::WithFreqsAndPositions)),
            spanish: builder.add_text_field("spanish", words(IndexRecordOption::WithFreqs)),
            english: builder.add_text_field("english", words(IndexRecordOption::WithFreqs)),
            event: builder.add_text_field("event", STRING),
            seq: builder.add_u64_field(SEQ, FAST),
            node: builder.add_u64_field(NODE, FAST),
            occurred_at: builder.add_i64_field(OCCURRED_AT, FAST | INDEXED),
            channel: builder.add_text_field("channel", STRING),
            unit: builder.add_text_field("unit", STRING),
            survey: builder.add_text_field("survey", STRING),
            touchpoint: builder.add_text_field("touchpoint", STRING),
            language: builder.add_text_field("language", STRING),
            sentiment: builder.add_text_field(SENTIMENT, STRING | FAST),
            topic: builder.add_text_field(TOPIC, STRING | FAST),
            answers: Comment::ANSWERS.map(|name| builder.add_f64_field(name, FAST | INDEXED)),
            whole: builder.add_bytes_field("whole", STORED),
        };
        (builder.build(), fields)
    }

    pub fn write(&self, comment: &Comment, cutter: &mut Cutter) -> Result<TantivyDocument> {
        let mut document = TantivyDocument::new();
        let spoken = Spoken::of(comment.language.as_deref());
        let (mut plain, mut spanish, mut english) = (String::new(), String::new(), String::new());
        let add = |to: &mut String, word: &str| {
            to.push_str(word);
            to.push(' ');
        };
        for word in cutter.cut(&comment.text, &comment.personal) {
            add(&mut plain, &word.plain);
            if spoken != Spoken::English {
                word.spanish.iter().for_each(|stem| add(&mut spanish, stem));
            }
            if spoken != Spoken::Spanish {
                word.english.iter().for_each(|stem| add(&mut english, stem));
            }
        }
        document.add_text(self.plain, plain);
        document.add_text(self.spanish, spanish);
        document.add_text(self.english, english);
        document.add_text(self.event, comment.event.to_string());
        document.add_u64(self.seq, comment.seq);
        document.add_u64(self.node, comment.node.0);
        document.add_i64(self.occurred_at, comment.occurred_at);
        for (field, value) in [
            (self.channel, &comment.channel),
            (self.unit, &comment.unit),
            (self.survey, &comment.survey),
            (self.touchpoint, &comment.touchpoint),
            (self.language, &comment.language),
            (self.sentiment, &comment.sentiment),
        ] {
            document.add_text(field, value.as_deref().unwrap_or(NONE));
        }
        let mut topics: Vec<&str> = comment.topics.iter().map(|said| said.topic.as_str()).collect();
        topics.sort_unstable();
        topics.dedup();
        topics.iter().for_each(|topic| document.add_text(self.topic, topic));
        for said in &comment.topics {
            document.add_text(self.topic, format!("{}:{}", said.topic, said.judgement));
        }
        for (name, field) in Comment::ANSWERS.iter().zip(self.answers) {
            if let Some(answer) = comment.answers.get(*name) {
                document.add_f64(field, *answer);
            }
        }
        let whole = serde_json::to_vec(comment);
        let whole = whole.map_err(|cause| Error::internal("could not write a comment").caused_by(cause))?;
        document.add_bytes(self.whole, &whole);
        Ok(document)
    }

    pub fn read(&self, document: &TantivyDocument) -> Option<Comment> {
        serde_json::from_slice(document.get_first(self.whole)?.as_bytes()?).ok()
    }
}
