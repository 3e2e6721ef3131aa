//! What a comment speaks of, each with the sentiment of the clause that speaks of it.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::clauses::{Clause, clauses};
use crate::language::Language;
use crate::sentiment::{SentimentClass, Weighed, class_of, score_of};
use crate::taxonomy::Taxonomy;
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

/// How much of a clause's judgement comes from the comment as a whole.
const SHARE_OF_WHOLE: f32 = 0.25;

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
    let odds = clause_odds(&clauses, weighed, tokens.list.len());
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

/// The judgement of each clause: its own, leaning on the whole; where it says nothing after a contrast, the opposite of
/// what was said before it.
fn clause_odds(clauses: &[Clause], weighed: &Weighed, count: usize) -> Vec<f32> {
    let whole = weighed.log_odds(0..count);
    let mut before = 0.0;
    let judge = |clause: &Clause| {
        let own = weighed.log_odds(clause.tokens.clone());
        let is_silent = own.abs() < SAYS_NOTHING;
        let odds = if is_silent && clause.is_contrast { own - before / 2.0 } else { own + SHARE_OF_WHOLE * whole };
        if !is_silent {
            before = own;
        }
        odds
    };
    clauses.iter().map(judge).collect()
}

fn span_of(tokens: &Tokens, range: &Range<usize>) -> Range<usize> {
    match &tokens.list[range.clone()] {
        [] => 0..0,
        [first, .., last] => first.span.start..last.span.end,
        [only] => only.span.clone(),
    }
}
