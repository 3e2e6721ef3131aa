use proptest::prelude::*;

use super::*;

/// The obvious way: every expression at every word, and of one topic at one word the longest.
fn slow(topics: &[Topic], text: &str) -> Vec<(String, Range<usize>)> {
    let mut tokens = Tokens::default();
    tokens.read(text);
    let words: Vec<&str> = tokens.list.iter().map(|token| tokens.folded(token)).collect();
    let mut found = Vec::new();
    for place in 0..words.len() {
        for topic in topics {
            let ends = topic.expressions.es.iter().filter_map(|written| {
                let patterns: Vec<&str> = written.split(' ').collect();
                let at = words.get(place..place + patterns.len())?;
                let fits = |(pattern, word): (&&str, &&str)| match pattern.strip_suffix('*') {
                    Some(beginning) => word.starts_with(beginning),
                    None => word == pattern,
                };
                patterns.iter().zip(at).all(fits).then_some(place + patterns.len())
            });
            if let Some(end) = ends.max() {
                found.push((topic.id.clone(), place..end));
            }
        }
    }
    found.sort_by_key(|(topic, range)| (range.start, topic.clone()));
    found
}

proptest! {
    #[test]
    fn expressions_are_found_as_the_obvious_way_finds_them(
        one in proptest::collection::vec("(aba|bab|abab|aab)[*]?( (aba|bab)[*]?){0,2}", 1..6),
        two in proptest::collection::vec("(aba|bab)[*]?( (aba|bab))?", 1..4),
        text in "((aba|bab|abab|ababab|aab|b) ){0,12}",
    ) {
        let topic = |id: &str, es: Vec<String>| Topic {
            id: id.to_owned(),
            expressions: InBoth { es, en: Vec::new() },
            ..Topic::default()
        };
        let topics = [topic("one", one), topic("two", two)];
        let taxonomy = Taxonomy::default().with(topics.clone()).unwrap();
        let mut tokens = Tokens::default();
        tokens.read(&text);
        let found = taxonomy.find(&tokens, Language::Spanish);
        let mut quick: Vec<(String, Range<usize>)> =
            found.into_iter().map(|found| (found.topic.to_owned(), found.tokens)).collect();
        quick.sort_by_key(|(topic, range)| (range.start, topic.clone()));
        prop_assert_eq!(quick, slow(&topics, &text));
    }
}
