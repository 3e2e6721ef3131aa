//! The words that set a theme apart: runs of one to three words that its comments have far more often than all others.
//!
//! They are weighed by the log-odds of a comment having them, with a prior of what all comments have, in units of their
//! deviation (Monroe, Colaresi and Quinn, *Fightin' Words*, 2008). A run neither begins nor ends with a word that only joins others.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::discovery::PlacedComment;
use crate::discovery::clusters::{Cluster, Point};
use crate::language::Language;
use crate::tokens::{TokenKind, Tokens};

/// What a theme is called by, the best first.
pub(super) struct Named {
    pub language: Language,
    pub phrases: Vec<String>,
}

const LONGEST: usize = 3;
/// So many comments of a theme are read for its name: those nearest to its middle.
const READ: usize = 300;
const PHRASES: usize = 12;
/// A phrase is in at least so many of the comments read, and in one of so many.
const LEAST_COMMENTS: usize = 2;
const ONE_OF: usize = 20;
/// How much the whole counts beside a theme, in comments.
const PRIOR: f64 = 50.0;
/// Two words say more than one, if they are as typical.
const BONUS: [f64; LONGEST] = [1.0, 1.4, 1.5];

/// A comment read for names: each of its phrases once, folded and as it is spelled.
type Phrases = FxHashMap<String, String>;

/// Phrases for each cluster.
pub(super) fn name(comments: &[PlacedComment], points: &[Point], clusters: &[&Cluster]) -> Vec<Named> {
    let read: Vec<(Language, Vec<Phrases>)> =
        clusters.iter().map(|cluster| phrases_of(comments, points, cluster)).collect();
    let mut whole: FxHashMap<Language, (f64, FxHashMap<&str, f64>)> = FxHashMap::default();
    for (language, texts) in &read {
        let (count, of_language) = whole.entry(*language).or_default();
        *count += texts.len() as f64;
        texts.iter().flat_map(Phrases::keys).for_each(|phrase| *of_language.entry(phrase).or_default() += 1.0);
    }
    let named = |(language, texts): &(Language, Vec<Phrases>)| {
        let (count, of_language) = &whole[language];
        Named { language: *language, phrases: strongest(texts, *count, of_language) }
    };
    read.iter().map(named).collect()
}

fn phrases_of(comments: &[PlacedComment], points: &[Point], cluster: &Cluster) -> (Language, Vec<Phrases>) {
    let first = |point: usize| &comments[points[point].comments[0]];
    let weight = |language: Language| -> usize {
        let of_language = cluster.points.iter().filter(|(point, _)| first(*point).language == language);
        of_language.map(|(point, _)| points[*point].comments.len()).sum()
    };
    let (spanish, english) = (weight(Language::Spanish), weight(Language::English));
    let language = if english > spanish { Language::English } else { Language::Spanish };
    let nearest = cluster.nearest(usize::MAX).map(first).filter(|comment| comment.language == language);
    (language, nearest.take(READ).map(|comment| phrases(comment.text)).collect())
}

fn phrases(text: &str) -> Phrases {
    let mut tokens = Tokens::default();
    tokens.read(text);
    let mut phrases = Phrases::default();
    for begin in 0..tokens.list.len() {
        for end in begin + 1..=(begin + LONGEST).min(tokens.list.len()) {
            let run = &tokens.list[begin..end];
            if run.iter().any(|token| token.kind != TokenKind::Word) {
                break;
            }
            let folded: Vec<&str> = run.iter().map(|token| tokens.folded(token)).collect();
            if is_joining(folded[0]) || is_joining(folded[folded.len() - 1]) {
                continue;
            }
            let spelled = text[run[0].span.start..run[run.len() - 1].span.end].split_whitespace();
            let spelled = spelled.collect::<Vec<_>>().join(" ").to_lowercase();
            phrases.entry(folded.join(" ")).or_insert(spelled);
        }
    }
    phrases
}

fn strongest(texts: &[Phrases], count: f64, whole: &FxHashMap<&str, f64>) -> Vec<String> {
    let mut own: FxHashMap<&str, usize> = FxHashMap::default();
    texts.iter().flat_map(Phrases::keys).for_each(|phrase| *own.entry(phrase).or_default() += 1);
    let least = LEAST_COMMENTS.max(texts.len() / ONE_OF);
    let mut weighed: Vec<(f64, &str)> = own
        .into_iter()
        .filter(|(_, often)| *often >= least)
        .map(|(phrase, often)| {
            let length = phrase.split(' ').count();
            let all = whole.get(phrase).copied().unwrap_or(0.0);
            (BONUS[length - 1] * typicality(often as f64, texts.len() as f64, all, count), phrase)
        })
        .filter(|(typicality, _)| *typicality > 0.0)
        .collect();
    weighed.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(right.1)));
    let mut kept: Vec<&str> = Vec::new();
    for (_, phrase) in weighed {
        let words: FxHashSet<&str> = phrase.split(' ').collect();
        // What a phrase before it says already is not said again.
        let is_said = kept.iter().any(|kept| kept.split(' ').any(|word| words.contains(word) && !is_joining(word)));
        if !is_said {
            kept.push(phrase);
        }
        if kept.len() == PHRASES {
            break;
        }
    }
    kept.into_iter().map(|phrase| usual_spelling(phrase, texts)).collect()
}

/// The difference of log-odds between a theme and the others, in units of its deviation.
fn typicality(own: f64, own_count: f64, all: f64, count: f64) -> f64 {
    let prior = PRIOR * (all + 0.5) / (count + 1.0);
    let odds = |often: f64, count: f64| ((often + prior) / (count + PRIOR - often - prior).max(0.5)).ln();
    let other = (all - own).max(0.0);
    let difference = odds(own, own_count) - odds(other, (count - own_count).max(0.0));
    difference / (1.0 / (own + prior) + 1.0 / (other + prior)).sqrt()
}

/// As most comments spell it.
fn usual_spelling(phrase: &str, texts: &[Phrases]) -> String {
    let mut spellings: FxHashMap<&str, usize> = FxHashMap::default();
    let spelled = texts.iter().filter_map(|text| text.get(phrase));
    spelled.for_each(|spelled| *spellings.entry(spelled).or_default() += 1);
    let usual = spellings.into_iter().max_by(|left, right| left.1.cmp(&right.1).then(right.0.cmp(left.0)));
    usual.map_or_else(|| phrase.to_owned(), |(spelled, _)| spelled.to_owned())
}

/// Words that join others, and words of every comment; folded, in order.
const JOINING: &[&str] = &[
    "a", "about", "after", "again", "al", "algo", "all", "also", "am", "an", "and", "any", "are", "as", "asi", "at",
    "aun", "aunque", "be", "because", "been", "before", "being", "both", "but", "by", "cada", "can", "cannot", "cant",
    "como", "con", "could", "cual", "cuando", "de", "del", "desde", "did", "didnt", "do", "does", "doesnt", "doing",
    "donde", "dont", "e", "each", "el", "ella", "ellos", "en", "entre", "era", "es", "esa", "ese", "eso", "esta",
    "estaba", "estan", "estar", "este", "esto", "estoy", "for", "from", "fue", "fueron", "get", "getting", "got", "ha",
    "habia", "had", "han", "has", "hasnt", "hasta", "have", "havent", "having", "hay", "he", "her", "here", "him",
    "his", "how", "i", "id", "if", "ill", "im", "in", "into", "is", "isnt", "it", "its", "ive", "just", "la", "las",
    "le", "les", "like", "lo", "los", "mas", "me", "mi", "mis", "more", "most", "muy", "my", "need", "ni", "no", "nos",
    "nosotros", "not", "o", "of", "on", "only", "or", "os", "otra", "otro", "our", "out", "para", "pero", "por",
    "porque", "pues", "que", "quien", "se", "ser", "she", "should", "si", "sido", "sin", "so", "sobre", "some",
    "somos", "son", "soy", "still", "su", "sus", "tambien", "tan", "te", "tengo", "than", "that", "thats", "the",
    "their", "them", "then", "there", "these", "they", "this", "those", "tiene", "tienen", "to", "todo", "todos",
    "too", "tu", "u", "un", "una", "unas", "uno", "unos", "up", "us", "very", "want", "was", "wasnt", "we", "were",
    "what", "when", "where", "which", "while", "who", "why", "will", "with", "would", "y", "ya", "yo", "you", "your",
];

fn is_joining(word: &str) -> bool {
    word.len() < 2 || JOINING.binary_search(&word).is_ok()
}
