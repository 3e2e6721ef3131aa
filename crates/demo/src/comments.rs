//! What customers write: clauses of known topic and polarity, joined and spoilt as people do, so that whatever reads
//! comments can be compared with what was meant.

mod english;
mod slips;
mod spanish;

use english::ENGLISH;
use slips::Slips;
use spanish::SPANISH;

use crate::people::Person;
use crate::random::Random;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    Quality,
    Waiting,
    Price,
    Staff,
    Delivery,
    Payment,
    App,
    Cleanliness,
    Promise,
    Shop,
}

impl Topic {
    pub fn as_str(self) -> &'static str {
        match self {
            Topic::Quality => "quality",
            Topic::Waiting => "waiting",
            Topic::Price => "price",
            Topic::Staff => "staff",
            Topic::Delivery => "delivery",
            Topic::Payment => "payment",
            Topic::App => "app",
            Topic::Cleanliness => "cleanliness",
            Topic::Promise => "promise",
            Topic::Shop => "shop",
        }
    }
}

/// What a clause says of its topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Polarity {
    Negative,
    Positive,
}

impl Polarity {
    pub fn as_str(self) -> &'static str {
        match self {
            Polarity::Negative => "negative",
            Polarity::Positive => "positive",
        }
    }

    fn opposite(self) -> Polarity {
        match self {
            Polarity::Negative => Polarity::Positive,
            Polarity::Positive => Polarity::Negative,
        }
    }
}

/// What a whole comment is, as its writer meant it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    Negative,
    Mixed,
    Positive,
    /// Nothing was written.
    Empty,
}

impl Tone {
    pub fn as_str(self) -> &'static str {
        match self {
            Tone::Negative => "negative",
            Tone::Mixed => "mixed",
            Tone::Positive => "positive",
            Tone::Empty => "empty",
        }
    }
}

/// A comment and what was meant by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    pub text: String,
    /// `es` or `en`.
    pub language: &'static str,
    pub tone: Tone,
    /// Topic and polarity of each clause, in the order of the text.
    pub judgements: Vec<(Topic, Polarity)>,
    /// Whether the tone goes against the score, as of somebody who mistook the ends of the scale.
    pub is_contrary: bool,
    /// What personal data it gives away: an e-mail address or a telephone number, both invented.
    pub personal: Option<&'static str>,
}

struct Clauses {
    topic: Topic,
    polarity: Polarity,
    texts: &'static [&'static str],
}

/// The clauses of a language and how they are put together.
struct Language {
    code: &'static str,
    clauses: &'static [Clauses],
    joins: &'static [&'static str],
    /// Between two opposite clauses; the first fits whichever of them comes first.
    contrasts: &'static [&'static str],
    /// Comments that name no topic.
    short: &'static [&'static str],
    short_negative: &'static [&'static str],
    email: &'static str,
    phone: &'static str,
    /// How words are written in haste.
    abbreviations: &'static [(&'static str, &'static str)],
}

/// Thousandths of comments: left empty, against their score, without a topic, giving personal data away.
const EMPTY: u32 = 25;
const CONTRARY: u32 = 30;
const WITHOUT_TOPIC: u32 = 60;
const PERSONAL: u32 = 20;
/// Thousandths of pleased and of displeased comments that also say the other thing.
const ALSO_THE_OTHER: u32 = 130;

/// What somebody has to say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Matter<'a> {
    /// By the score: pleased, displeased, or neither.
    pub(crate) polarity: Option<Polarity>,
    /// What went wrong, if something did: displeased comments begin with it.
    pub(crate) trouble: Option<Topic>,
    /// What the touchpoint can be judged by.
    pub(crate) topics: &'a [Topic],
}

pub(crate) fn write_comment(person: &Person, matter: Matter<'_>, random: &mut Random) -> Comment {
    let language = if person.locale.starts_with("en") { &ENGLISH } else { &SPANISH };
    let mut comment = Comment {
        text: String::new(),
        language: language.code,
        tone: Tone::Empty,
        judgements: Vec::new(),
        is_contrary: false,
        personal: None,
    };
    if random.chance(EMPTY) {
        return comment;
    }
    comment.is_contrary = matter.polarity.is_some() && random.chance(CONTRARY);
    let polarity = matter.polarity.map(|meant| if comment.is_contrary { meant.opposite() } else { meant });
    comment.tone = match polarity {
        Some(said) if comment.is_contrary || !random.chance(ALSO_THE_OTHER) => match said {
            Polarity::Negative => Tone::Negative,
            Polarity::Positive => Tone::Positive,
        },
        _ => Tone::Mixed,
    };
    match comment.tone {
        Tone::Mixed => language.weigh(&matter, &mut comment, random),
        Tone::Positive => language.say(Polarity::Positive, &matter, &mut comment, random),
        _ => language.say(Polarity::Negative, &matter, &mut comment, random),
    }
    let slips = Slips::draw(random);
    slips.spoil(&mut comment.text, comment.tone, language.abbreviations, random);
    if random.chance(PERSONAL) {
        let (kind, sentence, value) = match random.chance(550) {
            true => ("email", language.email, &person.email),
            false => ("phone", language.phone, &person.phone),
        };
        comment.text = format!("{}. {}", comment.text.trim_end_matches('.'), sentence.replace("{}", value));
        comment.personal = Some(kind);
    }
    comment
}

impl Language {
    /// One to three clauses of one polarity.
    fn say(&self, polarity: Polarity, matter: &Matter<'_>, comment: &mut Comment, random: &mut Random) {
        if random.chance(WITHOUT_TOPIC) {
            let short = if polarity == Polarity::Positive { self.short } else { self.short_negative };
            (*random.pick(short)).clone_into(&mut comment.text);
            return;
        }
        let clauses = 1 + random.weighted(&[52, 38, 10]);
        for position in 0..clauses {
            let join = match position {
                0 => "",
                // A second "and" in one sentence is too many.
                1 => *random.pick(self.joins),
                _ => ". ",
            };
            self.add_clause(join, polarity, matter, comment, random);
        }
    }

    /// Something good and something bad.
    fn weigh(&self, matter: &Matter<'_>, comment: &mut Comment, random: &mut Random) {
        if random.chance(720) {
            self.add_clause("", Polarity::Positive, matter, comment, random);
            let contrast = *random.pick(self.contrasts);
            self.add_clause(contrast, Polarity::Negative, matter, comment, random);
        } else {
            self.add_clause("", Polarity::Negative, matter, comment, random);
            self.add_clause(self.contrasts[0], Polarity::Positive, matter, comment, random);
        }
    }

    fn add_clause(
        &self,
        join: &str,
        polarity: Polarity,
        matter: &Matter<'_>,
        comment: &mut Comment,
        random: &mut Random,
    ) {
        let is_said = |topic: Topic| comment.judgements.iter().any(|&(said, _)| said == topic);
        let trouble = matter.trouble.filter(|&topic| polarity == Polarity::Negative && !is_said(topic));
        // Who is pleased does not praise what went wrong.
        let choices: Vec<Topic> = matter
            .topics
            .iter()
            .copied()
            .filter(|&topic| !is_said(topic) && (polarity == Polarity::Negative || Some(topic) != matter.trouble))
            .collect();
        let named = random.chance(850);
        let drawn = if choices.is_empty() { None } else { Some(*random.pick(&choices)) };
        let Some(topic) = trouble.filter(|_| named).or(drawn) else { return };
        let Some(clauses) = self.clauses.iter().find(|clauses| clauses.topic == topic && clauses.polarity == polarity)
        else {
            return;
        };
        let clause = *random.pick(clauses.texts);
        comment.text.push_str(join);
        if comment.text.is_empty() || join == ". " {
            push_capitalised(&mut comment.text, clause);
        } else {
            comment.text.push_str(clause);
        }
        comment.judgements.push((topic, polarity));
    }
}

fn push_capitalised(text: &mut String, clause: &str) {
    let mut letters = clause.chars();
    text.extend(letters.next().into_iter().flat_map(char::to_uppercase));
    text.push_str(letters.as_str());
}

#[cfg(test)]
mod tests;
