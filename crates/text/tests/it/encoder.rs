use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde::Deserialize;
use text::encoder::file::EncoderError;
use text::encoder::{BYTES_READ, PIECES_READ};
use text::{Embedding, Encoder, cosine};

/// What the package that the weights are from says of a text.
#[derive(Deserialize)]
struct Place {
    text: String,
    place: Vec<f32>,
}

fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/data").join(name)
}

fn lines(name: &str) -> Vec<String> {
    std::fs::read_to_string(kept(name)).unwrap().lines().map(str::to_owned).collect()
}

fn place_of(text: &str) -> Embedding {
    Encoder::shipped().embed(&[text])[0]
}

#[test]
fn places_are_those_of_the_package() {
    let expected: Vec<Place> = serde_json::from_str(&lines("encoder/places.json").concat()).unwrap();
    let texts: Vec<&str> = expected.iter().map(|it| it.text.as_str()).collect();
    for (expected, found) in expected.iter().zip(Encoder::shipped().embed(&texts)) {
        let cosine = cosine(&found, &expected.place.as_slice().try_into().unwrap());
        // The package counts each unknown sign; here, as in sentencepiece itself, a run of them is one.
        let least = if expected.text.contains("😡😡") { 0.95 } else { 0.999_99 };
        assert!(cosine > least, "{:?}: {cosine}", expected.text);
    }
}

#[test]
fn comments_fall_into_the_pieces_of_the_package() {
    let encoder = Encoder::shipped();
    let mut same = [(0, 0); 2];
    for line in lines("encoder/pieces.tsv") {
        let [file, number, pieces] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let sentence = &lines(file)[number.parse::<usize>().unwrap() - 1];
        let found = encoder.pieces(sentence.rsplit('\t').next().unwrap()).join(" ");
        let of_file = &mut same[usize::from(file.starts_with("xquad"))];
        of_file.0 += usize::from(found == pieces);
        of_file.1 += 1;
    }
    let [comments, questions] = same.map(|(same, all)| f64::from(same as u32) / f64::from(all));
    // Questions of an encyclopedia are full of names whose pieces were not kept.
    assert!(comments >= 0.93, "{comments}");
    assert!(questions >= 0.85, "{questions}");
}

#[test]
fn a_question_lies_nearest_to_its_translation() {
    let (spanish, english) = (lines("xquad/questions.es.txt"), lines("xquad/questions.en.txt"));
    let of = |questions: &[String]| {
        Encoder::shipped().embed(&questions.iter().take(200).map(String::as_str).collect::<Vec<_>>())
    };
    let (spanish, english) = (of(&spanish), of(&english));
    let nearest = |question: &Embedding| {
        let by_cosine = |left: &usize, right: &usize| {
            cosine(question, &english[*left]).total_cmp(&cosine(question, &english[*right]))
        };
        (0..english.len()).max_by(by_cosine).unwrap()
    };
    let found = spanish.iter().enumerate().filter(|(number, question)| nearest(question) == *number).count();
    assert!(found >= 185, "{found} of 200");
}

#[test]
fn texts_read_together_have_the_places_that_they_have_alone() {
    let texts = ["Nadie contesta", "", "The queue was endless and nobody cared", "ok", "Muy limpio todo 😀"];
    for (text, together) in texts.iter().zip(Encoder::shipped().embed(&texts)) {
        assert!(cosine(&place_of(text), &together) > 0.999_99, "{text}");
    }
    assert!(Encoder::shipped().embed(&[]).is_empty());
}

#[test]
fn of_a_megabyte_the_beginning_counts() {
    for piece in ["la espera fue muy larga ", "x", "😡", "ﷺ", "\u{301}", "مرحبا "] {
        let long = piece.repeat(1_000_000 / piece.len());
        let beginning = &long[..long.floor_char_boundary(BYTES_READ)];
        assert_eq!(place_of(&long), place_of(beginning), "{piece:?}");
        assert!(Encoder::shipped().pieces(&long).len() <= PIECES_READ);
    }
    assert_eq!(place_of(&"1 ".repeat(PIECES_READ + 9)), place_of(&"1 ".repeat(PIECES_READ + 1)));
}

#[test]
fn what_no_piece_covers_is_one_unknown() {
    assert_eq!(Encoder::shipped().pieces(""), ["<unk>"]);
    assert_eq!(Encoder::shipped().pieces("好极了"), ["▁", "<unk>"]);
    assert_eq!(Encoder::shipped().pieces("¿Qué tal?"), ["▁¿", "Qué", "▁tal", "?"]);
}

#[test]
fn a_file_that_is_none_or_damaged_is_refused() {
    let file = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/encoder.model")).unwrap();
    let read = |bytes: Vec<u8>| Encoder::read(bytes.leak()).err();
    assert_eq!(read(b"VIVTEXT\x01".to_vec()), Some(EncoderError::NoEncoder));
    let mut newer = file.clone();
    newer[7] = 2;
    assert_eq!(read(newer), Some(EncoderError::OtherVersion { found: 2 }));
    for place in [8, 50, 1_000_000, file.len() - 9, file.len() - 1] {
        let mut damaged = file.clone();
        damaged[place] ^= 1;
        assert_eq!(read(damaged), Some(EncoderError::Damaged), "{place}");
    }
    assert_eq!(read(file[..file.len() / 2].to_vec()), Some(EncoderError::Damaged));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_has_a_place_of_length_one(text in any::<String>()) {
        let place = place_of(&text);
        prop_assert!((cosine(&place, &place) - 1.0).abs() < 1e-5);
    }
}
