//! Comments read one by one, for what words tell: the newest ones, as many as are read within a second or two.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::Result;
use search::{Comment, CommentIndex, Cutter, Filter, Spoken};

use crate::app::App;

/// Comments that are read for one question.
pub const MOST_READ: usize = 30_000;

/// The features by which comments are compared: stems of words that mean something, and topics with their judgements, which
/// begin with `#`.
pub fn features(cutter: &mut Cutter, comment: &Comment) -> Vec<String> {
    let spoken = Spoken::of(comment.language.as_deref());
    let words = cutter.cut(&comment.text, &comment.personal).into_iter();
    let telling = words.filter(|word| !text::is_function_word(&word.plain));
    let stems = telling.map(|word| word.stem(spoken).to_owned());
    stems.chain(comment.topics.iter().map(|said| format!("#{}:{}", said.topic, said.judgement))).collect()
}

/// Comments with the stems that each has.
pub struct Sample {
    pub comments: Vec<Comment>,
    /// By comment: the numbers of its stems, each once, ascending.
    pub stems: Vec<Vec<u32>>,
    /// By stem: how it is mostly written.
    pub names: Vec<String>,
    /// All that fit; more than were read where there are too many.
    pub total: u64,
}

impl Sample {
    /// The newest comments that fit.
    pub fn read(app: &App, index: &CommentIndex, filter: &Filter) -> Result<Sample> {
        let page = index.newest(filter, MOST_READ)?;
        let comments: Vec<Comment> = page.comments.into_iter().map(|(_, comment)| comment).collect();
        let mut cutter = Cutter::default();
        // Stems of different languages are different words, though they be written alike.
        let mut numbers: HashMap<(Spoken, String), u32> = HashMap::new();
        let mut written: Vec<BTreeMap<String, u32>> = Vec::new();
        let mut stems = Vec::with_capacity(comments.len());
        for (place, comment) in comments.iter().enumerate() {
            if place % 1_000 == 0 {
                app.waiting.check()?;
            }
            let spoken = Spoken::of(comment.language.as_deref());
            let mut own = HashSet::new();
            for word in cutter.cut(&comment.text, &comment.personal) {
                let is_word = word.plain.chars().any(|sign| !sign.is_ascii_digit()) && word.plain.len() > 1;
                if !is_word || text::is_function_word(&word.plain) {
                    continue;
                }
                let next = u32::try_from(written.len()).unwrap_or(u32::MAX);
                let number = *numbers.entry((spoken, word.stem(spoken).to_owned())).or_insert(next);
                if number == next {
                    written.push(BTreeMap::new());
                }
                let as_written = comment.text.get(word.span.clone()).unwrap_or(&word.plain).to_lowercase();
                if let Some(spellings) = written.get_mut(number as usize) {
                    *spellings.entry(as_written).or_default() += 1;
                }
                own.insert(number);
            }
            let mut own: Vec<u32> = own.into_iter().collect();
            own.sort_unstable();
            stems.push(own);
        }
        let mostly = |spellings: &BTreeMap<String, u32>| {
            let most = spellings.iter().max_by_key(|(spelling, times)| (**times, std::cmp::Reverse(*spelling)));
            most.map(|(spelling, _)| spelling.clone()).unwrap_or_default()
        };
        Ok(Sample { comments, stems, names: written.iter().map(mostly).collect(), total: page.total })
    }

    /// How many comments of two groups have each stem: the group of a comment is what `group` says, 0, 1 or none.
    pub fn count(&self, group: impl Fn(&Comment) -> Option<usize>) -> ([u64; 2], Vec<[u64; 2]>) {
        let (mut all, mut with) = ([0, 0], vec![[0, 0]; self.names.len()]);
        for (comment, stems) in self.comments.iter().zip(&self.stems) {
            let Some(group) = group(comment) else { continue };
            all[group] += 1;
            for stem in stems {
                with[*stem as usize][group] += 1;
            }
        }
        (all, with)
    }
}
