//! Choosing a few of many comments that stand for all of them: typical, short, different from each other, of every side.
//!
//! Each side (bad, neutral, good) gets as many places as it has comments in proportion, and one at least while there are
//! places. Within a side the next one is always that which is nearest to the middle of its side and least like what was chosen
//! already: maximal marginal relevance, J. Carbonell and J. Goldstein, *The use of MMR, diversity-based reranking for reordering
//! documents and producing summaries*, SIGIR 1998.

use crate::sentiment::SentimentClass;
use crate::vectors::Vector;

/// How much being typical counts; the rest is for being different from those chosen.
const TYPICAL: f64 = 0.5;
/// Comments more alike than this say the same.
pub const SAME: f64 = 0.8;
/// Characters up to which a comment is read at a glance.
const SHORT: f64 = 160.0;

/// A comment that may be chosen.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub vector: Vector,
    /// Which side it is of; none counts as neutral.
    pub side: Option<SentimentClass>,
    pub characters: usize,
}

/// The places of the chosen ones among the candidates, at most `most`, the sides in turn, the largest first. None of them
/// says the same as another.
pub fn choose(candidates: &[Candidate], most: usize) -> Vec<usize> {
    let sides = [SentimentClass::Negative, SentimentClass::Positive, SentimentClass::Neutral];
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); sides.len()];
    for (place, candidate) in candidates.iter().enumerate() {
        let side = candidate.side.unwrap_or(SentimentClass::Neutral);
        members[sides.iter().position(|it| *it == side).unwrap_or_default()].push(place);
    }
    members.sort_by_key(|side| std::cmp::Reverse(side.len()));
    let seats = share_out(&members.iter().map(Vec::len).collect::<Vec<_>>(), most);
    let mut worth = vec![0.0; candidates.len()];
    for side in &members {
        let middle = Vector::middle(side.iter().map(|place| &candidates[*place].vector));
        for place in side {
            let candidate = &candidates[*place];
            worth[*place] = middle.cosine(&candidate.vector) * shortness(candidate.characters);
        }
    }
    // How like the nearest of those chosen each one is.
    let mut nearest = vec![0.0_f64; candidates.len()];
    let mut is_chosen = vec![false; candidates.len()];
    let mut chosen = vec![Vec::new(); members.len()];
    let rounds = seats.iter().copied().max().unwrap_or_default();
    for round in 0..rounds {
        for (side, _) in seats.iter().enumerate().filter(|(_, seats)| **seats > round) {
            let gain = |place: usize| TYPICAL * worth[place] - (1.0 - TYPICAL) * nearest[place];
            let free = members[side].iter().copied().filter(|place| !is_chosen[*place] && nearest[*place] <= SAME);
            // Of equals the first, so that the answer is the same every time.
            let Some(next) = free.reduce(|best, place| if gain(place) > gain(best) { place } else { best }) else {
                continue;
            };
            is_chosen[next] = true;
            chosen[side].push(next);
            for (place, nearest) in nearest.iter_mut().enumerate() {
                *nearest = nearest.max(candidates[next].vector.cosine(&candidates[place].vector));
            }
        }
    }
    chosen.concat()
}

/// 1 up to what is read at a glance, and less the longer it is.
fn shortness(characters: usize) -> f64 {
    (SHORT / (characters.max(1) as f64)).min(1.0).sqrt()
}

/// Seats in proportion to sizes, which are in descending order: one for each that has any, while there are seats; the
/// others to whoever has most comments a seat (V. D'Hondt's rule).
fn share_out(sizes: &[usize], seats: usize) -> Vec<usize> {
    let mut given: Vec<usize> = sizes
        .iter()
        .scan(seats, |left, size| {
            let one = usize::from(*size > 0 && *left > 0);
            *left -= one;
            Some(one)
        })
        .collect();
    let mut left = seats - given.iter().sum::<usize>();
    while left > 0 {
        let open = (0..sizes.len()).filter(|side| given[*side] < sizes[*side]);
        let claim = |side: usize| sizes[side] as f64 / (given[side] + 1) as f64;
        let Some(next) = open.reduce(|best, side| if claim(side) > claim(best) { side } else { best }) else { break };
        given[next] += 1;
        left -= 1;
    }
    given
}

#[cfg(test)]
mod tests;
