use proptest::prelude::*;

use super::*;
use crate::vectors::Corpus;

fn candidates(comments: &[(&str, Option<SentimentClass>)]) -> Vec<Candidate> {
    let features: Vec<Vec<String>> =
        comments.iter().map(|(text, _)| text.split_whitespace().map(str::to_owned).collect()).collect();
    let corpus = Corpus::of(features.iter().map(Vec::as_slice));
    let pairs = comments.iter().zip(&features);
    pairs
        .map(|((text, side), features)| Candidate {
            vector: corpus.weigh(features),
            side: *side,
            characters: text.chars().count(),
        })
        .collect()
}

const BAD: Option<SentimentClass> = Some(SentimentClass::Negative);
const GOOD: Option<SentimentClass> = Some(SentimentClass::Positive);

#[test]
fn a_few_stand_for_all_and_none_says_it_twice() {
    let comments = [
        ("wait long queue", BAD),
        ("wait long queue", BAD),
        ("wait long queue slow", BAD),
        ("wait queue cashier", BAD),
        ("cold coffee", BAD),
        ("kind staff", GOOD),
        ("kind staff", GOOD),
    ];
    let chosen = choose(&candidates(&comments), 4);
    let texts: Vec<&str> = chosen.iter().map(|place| comments[*place].0).collect();
    assert_eq!(texts[0], "wait long queue", "the most typical one first");
    assert!(texts.contains(&"kind staff") && texts.contains(&"cold coffee"), "{texts:?}");
    assert_eq!(texts.iter().filter(|text| **text == "wait long queue").count(), 1);
}

#[test]
fn every_side_has_a_seat_and_large_ones_have_more() {
    assert_eq!(share_out(&[90, 9, 1], 10), [8, 1, 1]);
    assert_eq!(share_out(&[90, 9, 1], 2), [1, 1, 0]);
    assert_eq!(share_out(&[2, 1, 0], 10), [2, 1, 0]);
    assert_eq!(share_out(&[0, 0, 0], 3), [0, 0, 0]);
}

/// The same choice, everything computed again at every step.
fn choose_slowly(candidates: &[Candidate], most: usize) -> Vec<usize> {
    let side_of = |place: &usize| match candidates[*place].side {
        Some(SentimentClass::Negative) => 0,
        Some(SentimentClass::Positive) => 1,
        _ => 2,
    };
    let mut sides: Vec<Vec<usize>> =
        (0..3).map(|side| (0..candidates.len()).filter(|place| side_of(place) == side).collect()).collect();
    sides.sort_by_key(|side: &Vec<usize>| std::cmp::Reverse(side.len()));
    let seats = share_out(&sides.iter().map(Vec::len).collect::<Vec<_>>(), most);
    let mut chosen: Vec<Vec<usize>> = vec![Vec::new(); 3];
    for round in 0..most {
        for side in 0..3 {
            if seats[side] <= round {
                continue;
            }
            let taken = chosen.concat();
            let middle = Vector::middle(sides[side].iter().map(|place| &candidates[*place].vector));
            let likeness = |place: usize| {
                let cosines = taken.iter().map(|it| candidates[*it].vector.cosine(&candidates[place].vector));
                cosines.fold(0.0, f64::max)
            };
            let gain = |place: usize| {
                let worth = middle.cosine(&candidates[place].vector) * shortness(candidates[place].characters);
                TYPICAL * worth - (1.0 - TYPICAL) * likeness(place)
            };
            let mut best: Option<usize> = None;
            for &place in &sides[side] {
                let is_free = !taken.contains(&place) && likeness(place) <= SAME;
                if is_free && best.is_none_or(|best| gain(place) > gain(best)) {
                    best = Some(place);
                }
            }
            chosen[side].extend(best);
        }
    }
    chosen.concat()
}

proptest! {
    #[test]
    fn the_choice_is_that_of_the_slow_one(
        comments in prop::collection::vec((prop::collection::vec(0..8_u8, 0..6), 0..4_u8), 0..25),
        most in 0..8_usize,
    ) {
        let written: Vec<(String, Option<SentimentClass>)> = comments.iter().map(|(words, side)| {
            let text = words.iter().map(|word| format!("w{word}")).collect::<Vec<_>>().join(" ");
            let side = [BAD, GOOD, Some(SentimentClass::Neutral), None][usize::from(*side)];
            (text, side)
        }).collect();
        let borrowed: Vec<_> = written.iter().map(|(text, side)| (text.as_str(), *side)).collect();
        let candidates = candidates(&borrowed);
        let chosen = choose(&candidates, most);
        prop_assert_eq!(&chosen, &choose_slowly(&candidates, most));
        prop_assert!(chosen.len() <= most);
    }
}
