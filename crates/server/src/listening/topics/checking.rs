//! What a draft of a topic would find among the comments that there are, and whether it passes its own tests.

use domain::{Error, Result};
use search::{Comment, Filter};
use text::{Analyzer, InBoth, Language, Taxonomy, TaxonomyError, Topic, TopicEdit, tokens::Tokens};

use super::dto::{CheckedExpressionDto, CheckedTopicDto, MissedExampleDto, TopicEditDto};
use super::known::apply;
use super::service::check_sizes;
use crate::app::App;
use crate::auth::{Identity, Sight};
use crate::listening::comments::{MOST_READ, Writer};

/// Comments that are shown.
const SHOWN: usize = 6;

/// An example that does not speak of its topic, as comments are read.
pub struct Missed<'a> {
    pub topic: &'a str,
    pub language: &'static str,
    pub example: &'a str,
}

/// The examples of an edit in which its topic is not found.
pub fn list_missed<'a>(analyzer: &Analyzer, edit: &'a TopicEdit) -> Vec<Missed<'a>> {
    let examples = [("es", &edit.examples.es), ("en", &edit.examples.en)];
    let examples =
        examples.into_iter().flat_map(|(language, list)| list.iter().map(move |example| (language, example)));
    let is_missed = |example: &str| analyzer.analyse(example).topics.iter().all(|mention| mention.topic != edit.id);
    let missed = examples.filter(|(_, example)| is_missed(example));
    missed.map(|(language, example)| Missed { topic: &edit.id, language, example }).collect()
}

/// Reads the newest comments by a draft. Nothing is kept.
pub fn check_topic(app: &App, draft: TopicEditDto, by: &Identity) -> Result<CheckedTopicDto> {
    let edit: TopicEdit = draft.into();
    check_sizes(&edit)?;
    let refuse = |cause: TaxonomyError| Error::invalid(cause.to_string());
    let known = app.topics.known();
    let topics = apply(std::slice::from_ref(&edit))?;
    let analyzer = known.analyzer.clone().with_topics(topics.clone()).map_err(refuse)?;
    let drafted = Taxonomy::default().with(topics).map_err(refuse)?;
    let apart = Apart::of(&edit.expressions).map_err(refuse)?;

    let index = app.comments.up_to_date(app)?;
    let page = index.newest(&Filter::default(), MOST_READ)?;
    let mut answer = CheckedTopicDto {
        read: page.comments.len() as u64,
        total: page.total,
        found: 0,
        gained: 0,
        lost: 0,
        expressions: Vec::new(),
        comments: Vec::new(),
        missed: Vec::new(),
    };
    let mut tokens = Tokens::default();
    let mut times = vec![0; apart.list.len()];
    let (mut fresh, mut others): (Vec<Comment>, Vec<Comment>) = (Vec::new(), Vec::new());
    for (place, (_, comment)) in page.comments.into_iter().enumerate() {
        if place % 1_000 == 0 {
            app.waiting.check()?;
        }
        // Where there is nothing to judge by, nothing is spoken of.
        if comment.sentiment.is_none() {
            continue;
        }
        tokens.read(&comment.text);
        let language = language_of(&comment);
        apart.count(&tokens, language, &mut times);
        let is_found = !drafted.find_topics(&tokens, language).is_empty();
        let was_found = comment.topics.iter().any(|said| said.topic == edit.id);
        answer.found += u64::from(is_found);
        answer.gained += u64::from(is_found && !was_found);
        answer.lost += u64::from(was_found && !is_found);
        let shown = if was_found { &mut others } else { &mut fresh };
        if is_found && shown.len() < SHOWN {
            shown.push(comment);
        }
    }
    let mut writer = Writer::new(app, by, &Sight::Everything);
    let shown = fresh.into_iter().chain(others).take(SHOWN);
    answer.comments = shown.map(|comment| writer.write(comment, &[])).collect();
    answer.expressions = apart
        .list
        .into_iter()
        .zip(times)
        .map(|((language, expression), comments)| CheckedExpressionDto { language, expression, comments })
        .collect();
    if !edit.is_hidden {
        let missed = list_missed(&analyzer, &edit).into_iter();
        answer.missed = missed
            .map(|missed| MissedExampleDto { language: missed.language, example: missed.example.to_owned() })
            .collect();
    }
    Ok(answer)
}

fn language_of(comment: &Comment) -> Language {
    match comment.language.as_deref() {
        Some("es") => Language::Spanish,
        Some("en") => Language::English,
        _ => Language::Unknown,
    }
}

/// Each expression as a topic of its own, so that each is counted.
struct Apart {
    list: Vec<(&'static str, String)>,
    taxonomy: Taxonomy,
}

impl Apart {
    fn of(expressions: &InBoth<Vec<String>>) -> Result<Apart, TaxonomyError> {
        let mut list: Vec<(&'static str, String)> = Vec::new();
        let mut topics = Vec::new();
        for (language, written) in [("es", &expressions.es), ("en", &expressions.en)] {
            for expression in written {
                let one = vec![expression.clone()];
                let alone = match language {
                    "es" => InBoth { es: one, en: Vec::new() },
                    _ => InBoth { es: Vec::new(), en: one },
                };
                topics.push(Topic { id: list.len().to_string(), expressions: alone, ..Topic::default() });
                list.push((language, expression.clone()));
            }
        }
        Ok(Apart { list, taxonomy: Taxonomy::default().with(topics)? })
    }

    fn count(&self, tokens: &Tokens, language: Language, times: &mut [u64]) {
        for found in self.taxonomy.find_topics(tokens, language) {
            if let Some(times) = found.parse().ok().and_then(|place: usize| times.get_mut(place)) {
                *times += 1;
            }
        }
    }
}
