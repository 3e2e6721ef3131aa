use proptest::prelude::*;

use super::*;

/// A head whose weights only look random.
fn head(name: &str) -> Head {
    let weights = (0..1_u32 << 10).map(|place| (place.wrapping_mul(2_654_435_761) >> 24) as u8 as i8).collect();
    Head { name: name.to_owned(), bits: 10, scale: 0.01, bias: 0.25, slope: 1.5, weights }
}

proptest! {
    #[test]
    fn the_parts_of_all_words_and_a_constant_are_the_whole(words in proptest::collection::vec("[a-z]{1,7}|!|no", 1..=WORDS_TOLD)) {
        let text = words.join(" ");
        let mut tokens = Tokens::default();
        tokens.read(&text);
        let mut features = Features::default();
        features.read(&text, &tokens);
        let heads = SentimentHeads { spanish: head("feel_es"), english: head("feel_en") };
        let weighed = heads.weigh(Language::Spanish, &features, tokens.list.len());
        let told = weighed.strongest(&tokens);
        let sum: f32 = told.iter().map(|word| word.share).sum();
        let constant = heads.spanish.slope * heads.spanish.bias;
        let hidden = (tokens.list.len() - told.len()) as f32 * LEAST_SHARE;
        prop_assert!((weighed.log_odds(0..tokens.list.len()) - constant - sum).abs() <= hidden + 1e-3);
        prop_assert!(told.is_sorted_by(|left, right| left.share.abs() >= right.share.abs()));
    }
}

#[test]
fn scores_near_zero_are_neutral() {
    assert_eq!(class_of(score_of(0.0)), SentimentClass::Neutral);
    assert_eq!(class_of(score_of(3.0)), SentimentClass::Positive);
    assert_eq!(class_of(score_of(-3.0)), SentimentClass::Negative);
    assert_eq!(score_of(f32::MAX), 1.0);
}
