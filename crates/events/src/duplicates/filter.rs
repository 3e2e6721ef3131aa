//! A set of ids that is small and sometimes says yes to a stranger: a Bloom filter whose bits for one id lie in one
//! cache line (Putze, Sanders and Singler, "Cache-, Hash- and Space-Efficient Bloom Filters", 2007).
//!
//! With 12 bits an id it says yes to about one stranger in 200. It cannot fail to be built, whatever the ids.

use domain::EventId;

/// Words of a block: one bit of each stands for an id.
const WORDS: usize = 8;
const BITS_PER_ID: u64 = 12;
const BLOCK_BITS: u64 = 256;
pub const BLOCK_BYTES: usize = 32;
/// One odd number for each word, so that its bit is drawn anew.
const SALTS: [u32; WORDS] =
    [0x733b_a43b, 0xa13b_ecb9, 0x3bde_a469, 0xdf17_aa73, 0xfe0a_6095, 0xf049_823f, 0x1335_5837, 0xb87f_7763];

type Block = [u32; WORDS];

#[derive(Debug, PartialEq)]
pub struct Filter {
    blocks: Vec<Block>,
}

impl Filter {
    /// An empty filter for at most `ids` ids: never more than 12 bits for each, or one block.
    pub fn for_ids(ids: u64) -> Filter {
        let blocks = (ids.saturating_mul(BITS_PER_ID) / BLOCK_BITS).max(1);
        Filter { blocks: vec![[0; WORDS]; blocks as usize] }
    }

    pub fn insert(&mut self, id: EventId) {
        let (index, mask) = self.place(id);
        for (word, bit) in self.blocks[index].iter_mut().zip(mask) {
            *word |= bit;
        }
    }

    /// Never false for an id that was inserted.
    #[inline]
    pub fn may_hold(&self, id: EventId) -> bool {
        let (index, mask) = self.place(id);
        let block = &self.blocks[index];
        let mut missing = 0;
        for word in 0..WORDS {
            missing |= mask[word] & !block[word];
        }
        missing == 0
    }

    /// Ids are hashes: their upper half chooses the block and the lowest bits the bits.
    #[inline]
    fn place(&self, id: EventId) -> (usize, Block) {
        let upper = (id.0 >> 64) as u64;
        let lower = id.0 as u32;
        // Runs are sorted by the upper bits; mixing them keeps neighbours apart and ids with a pattern spread.
        let mixed = u128::from(upper.wrapping_mul(0x9e37_79b9_7f4a_7c15)) * self.blocks.len() as u128;
        let index = (mixed >> 64) as usize;
        let mut mask = [0; WORDS];
        for (bit, salt) in mask.iter_mut().zip(SALTS) {
            *bit = 1 << (lower.wrapping_mul(salt) >> 27);
        }
        (index, mask)
    }

    pub fn len_bytes(&self) -> usize {
        self.blocks.len() * BLOCK_BYTES
    }

    /// The blocks as little-endian words.
    pub fn to_bytes(&self) -> impl Iterator<Item = [u8; BLOCK_BYTES]> {
        self.blocks.iter().map(|block| {
            let mut bytes = [0; BLOCK_BYTES];
            for (target, word) in bytes.chunks_exact_mut(4).zip(block) {
                target.copy_from_slice(&word.to_le_bytes());
            }
            bytes
        })
    }

    /// `None` when the bytes are not whole blocks, or none at all.
    pub fn from_bytes(bytes: &[u8]) -> Option<Filter> {
        let (blocks, []) = bytes.as_chunks::<BLOCK_BYTES>() else { return None };
        if blocks.is_empty() {
            return None;
        }
        let read = |block: &[u8; BLOCK_BYTES]| {
            let (words, _) = block.as_chunks::<4>();
            std::array::from_fn(|word| u32::from_le_bytes(words[word]))
        };
        Some(Filter { blocks: blocks.iter().map(read).collect() })
    }
}
