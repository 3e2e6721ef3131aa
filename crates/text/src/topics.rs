//! What a comment speaks of, each with the sentiment of the clause that speaks of it.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::clauses::{Clause, clauses};
use crate::language::Language;
use crate::sentiment::{SentimentClass, Weighed, class_of, score_of};
use crate::taxonomy::{Found, Taxonomy};
use crate::tokens::Tokens;

/// One topic in one clause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TopicMention {
    /// The id of the topic in the taxonomy.
    pub topic: String,
    /// Where the expression is in the comment, in bytes.
    pub span: Range<usize>,
    /// Where its clause is in the comment, in bytes.
    pub clause: Range<usize>,
    /// From −1 to 1, of the clause.
    pub score: f32,
    pub class: SentimentClass,
}

/// How much the comment as a whole adds to the judgement of a clause, and how much it does where a contrast divides it.
const SHARE_OF_WHOLE: f32 = 0.6;
const SHARE_OF_DIVIDED: f32 = 0.15;

/// Log-odds under which a clause says nothing of its own.
const SAYS_NOTHING: f32 = 0.8;

/// Finds the topics of a comment in the order of its words; a topic counts once in each clause.
pub(crate) fn mentions(
    tokens: &Tokens,
    language: Language,
    taxonomy: &Taxonomy,
    weighed: &Weighed,
) -> Vec<TopicMention> {
    let found = taxonomy.find(tokens, language);
    if found.is_empty() {
        return Vec::new();
    }
    let clauses = clauses(tokens);
    let odds = clause_odds(&clauses, &found, weighed, tokens.list.len());
    let mut mentions: Vec<TopicMention> = Vec::with_capacity(found.len());
    let mut place = 0;
    for expression in found {
        while place + 1 < clauses.len() && clauses[place].tokens.end <= expression.tokens.start {
            place += 1;
        }
        let clause = span_of(tokens, &clauses[place].tokens);
        let of_same_clause = mentions.iter().rev().take_while(|mention| mention.clause == clause);
        if of_same_clause.into_iter().any(|mention| mention.topic == expression.topic) {
            continue;
        }
        let score = score_of(odds[place]);
        mentions.push(TopicMention {
            topic: expression.topic.to_owned(),
            span: span_of(tokens, &expression.tokens),
            clause,
            score,
            class: class_of(score),
        });
    }
    mentions
}

/// The judgement of each clause: its own, leaning on the whole. One that says nothing of its own listens to the next,
/// if that names no topic. After a contrast, one that says nothing beside what was said before is the opposite of that.
fn clause_odds(clauses: &[Clause], found: &[Found], weighed: &Weighed, count: usize) -> Vec<f32> {
    let whole = weighed.log_odds(0..count);
    let own: Vec<f32> = clauses.iter().map(|clause| weighed.log_odds(clause.tokens.clone())).collect();
    let is_divided = clauses.iter().any(|clause| clause.is_contrast);
    let lean = whole * if is_divided { SHARE_OF_DIVIDED } else { SHARE_OF_WHOLE };
    let mut before = 0.0_f32;
    let judge = |place: usize| {
        let odds = own[place];
        let is_contrast = clauses[place].is_contrast;
        let least = if is_contrast { SAYS_NOTHING.max(before.abs() / 3.0) } else { SAYS_NOTHING };
        if odds.abs() >= least {
            before = odds;
            return odds + lean;
        }
        if is_contrast {
            return odds - before / 2.0;
        }
        let next = clauses.get(place + 1).filter(|next| !next.is_contrast && !names_a_topic(found, next));
        odds + lean + next.map_or(0.0, |_| own[place + 1])
    };
    (0..clauses.len()).map(judge).collect()
}

fn names_a_topic(found: &[Found], clause: &Clause) -> bool {
    let first = found.partition_point(|expression| expression.tokens.start < clause.tokens.start);
    found.get(first).is_some_and(|expression| expression.tokens.start < clause.tokens.end)
}

fn span_of(tokens: &Tokens, range: &Range<usize>) -> Range<usize> {
    match &tokens.list[range.clone()] {
        [] => 0..0,
        [first, .., last] => first.span.start..last.span.end,
        [only] => only.span.clone(),
    }
}
