//! How many words have each bit.
//!
//! A loop over the bits of a word ends where a processor cannot guess. So the counts of all 64 bits are kept as binary
//! numbers that stand upright, one word for each place, and a word is added to all of them at once with a carry.

/// Places of the upright numbers.
const PLACES: usize = 8;
/// Words after which they are full.
const MOST_WORDS: u32 = (1 << PLACES) - 1;

/// Counts for 64 bits.
#[derive(Clone, Debug)]
pub(crate) struct BitCounts {
    places: [u64; PLACES],
    words: u32,
    counts: [u64; 64],
}

impl Default for BitCounts {
    fn default() -> BitCounts {
        BitCounts { places: [0; PLACES], words: 0, counts: [0; 64] }
    }
}

impl BitCounts {
    /// Counts the bits of a word.
    #[inline]
    pub fn add(&mut self, word: u64) {
        if self.words == MOST_WORDS {
            self.settle();
        }
        self.words += 1;
        let mut carry = word;
        for place in &mut self.places {
            let sum = *place ^ carry;
            carry &= *place;
            *place = sum;
        }
    }

    #[cold]
    fn settle(&mut self) {
        for (place, bits) in self.places.iter().enumerate() {
            for (bit, count) in self.counts.iter_mut().enumerate() {
                *count += (bits >> bit & 1) << place;
            }
        }
        (self.places, self.words) = ([0; PLACES], 0);
    }

    /// The counts so far, which begin anew.
    pub fn take(&mut self) -> [u64; 64] {
        self.settle();
        std::mem::replace(&mut self.counts, [0; 64])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bit_is_counted_however_many_words_come() {
        for words in [0_u64, 1, 255, 256, 1_000] {
            let mut counts = BitCounts::default();
            let mut expected = [0; 64];
            for number in 0..words {
                let word = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1 << 63;
                counts.add(word);
                for (bit, expected) in expected.iter_mut().enumerate() {
                    *expected += word >> bit & 1;
                }
            }
            assert_eq!(counts.take(), expected, "{words} words");
            assert_eq!(counts.take(), [0; 64]);
        }
    }
}
