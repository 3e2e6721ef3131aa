//! How a comment ends up on the keyboard: without accents, in capitals, with a slip of the finger or a smile.

use super::Tone;
use crate::random::Random;

/// Thousandths of comments with each of them.
const WITHOUT_ACCENTS: u32 = 170;
const ABBREVIATED: u32 = 90;
const MISTYPED: u32 = 90;
const LOWER_CASE: u32 = 160;
const UPPER_CASE: u32 = 30;
const EMOJI: u32 = 110;

const PLEASED: [&str; 5] = ["😊", "👍", "☕❤️", "😍", "👏👏"];
const DISPLEASED: [&str; 5] = ["😡", "👎", "😤", "🙄", "😞"];
const UNDECIDED: [&str; 3] = ["😕", "🤷", "🤔"];

pub(super) struct Slips {
    is_without_accents: bool,
    is_abbreviated: bool,
    is_mistyped: bool,
    is_lower_case: bool,
    is_upper_case: bool,
    has_emoji: bool,
    ending: usize,
}

impl Slips {
    pub(super) fn draw(random: &mut Random) -> Slips {
        Slips {
            is_without_accents: random.chance(WITHOUT_ACCENTS),
            is_abbreviated: random.chance(ABBREVIATED),
            is_mistyped: random.chance(MISTYPED),
            is_lower_case: random.chance(LOWER_CASE),
            is_upper_case: random.chance(UPPER_CASE),
            has_emoji: random.chance(EMOJI),
            ending: random.weighted(&[46, 38, 10, 6]),
        }
    }

    pub(super) fn spoil(&self, text: &mut String, tone: Tone, abbreviations: &[(&str, &str)], random: &mut Random) {
        if self.is_abbreviated {
            for (long, short) in abbreviations {
                *text = text.replace(long, short);
            }
        }
        if self.is_mistyped {
            mistype(text, random);
        }
        if self.is_without_accents {
            *text = text.chars().map(without_accent).collect();
        }
        if self.is_upper_case {
            *text = text.to_uppercase();
        } else if self.is_lower_case {
            *text = text.to_lowercase();
        }
        if !text.ends_with('!') {
            text.push_str(["", ".", "!", "..."][self.ending]);
        }
        if self.has_emoji {
            let faces: &[&str] = match tone {
                Tone::Positive => &PLEASED,
                Tone::Negative => &DISPLEASED,
                Tone::Mixed | Tone::Empty => &UNDECIDED,
            };
            text.push(' ');
            let face = *random.pick(faces);
            text.push_str(face);
        }
    }
}

/// Two neighbouring letters inside a long word change places, or one is left out.
fn mistype(text: &mut String, random: &mut Random) {
    let letters: Vec<char> = text.chars().collect();
    let is_inside = |position: &usize| letters[position - 2..position + 3].iter().all(|letter| letter.is_alphabetic());
    let places: Vec<usize> = (2..letters.len().saturating_sub(2)).filter(is_inside).collect();
    if places.is_empty() {
        return;
    }
    let place = *random.pick(&places);
    let leaves_out = random.chance(400);
    let mut mistyped = letters;
    if leaves_out {
        mistyped.remove(place);
    } else {
        mistyped.swap(place, place + 1);
    }
    *text = mistyped.into_iter().collect();
}

fn without_accent(letter: char) -> char {
    match letter {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' | 'ü' => 'u',
        other => other,
    }
}
