//! Removal effects: the share of outcomes that would be lost without a kind of touch, by an absorbing Markov chain.
//!
//! Anderl, Becker, von Wangenheim, Schumann, *Mapping the customer journey: lessons learned from graph-based online
//! attribution modeling*, International Journal of Research in Marketing 33 (2016). States are the last `order` touches of a
//! journey; it begins before the first one and is absorbed in an outcome or in nothing. Without a touch, every journey that
//! would come to it comes to nothing: the effect is one less the share of outcomes that is left.
//!
//! The journeys are those since the outcome before, whatever the question credits, because a chain ends where it is
//! absorbed. A journey without outcome are the touches after the customer's last outcome, as many as lie within the
//! window that ends with the last of them. Journeys without touches say nothing about touches and are left out.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::NoRemoval;

/// Touches that a state may remember.
pub const MOST_ORDER: usize = 3;

/// Kinds of transitions that a partial result holds, of about 50 bytes.
const MOST_TRANSITIONS: usize = 1 << 20;
/// Touches for which the chain of order 1 is solved at once.
const MOST_TOUCHES: usize = 512;
/// Touches times transitions up to which chains of a higher order are solved, touch after touch.
const MOST_WORK: usize = 1 << 22;
/// Change of a probability below which a solution stands.
const PRECISION: f64 = 1e-16;
/// Effects below are rounding.
const NOTICEABLE: f64 = 1e-12;
const MOST_ROUNDS: usize = 100_000;

/// What comes next, where it is no touch.
const OUTCOME: u32 = u32::MAX;
const NOTHING: u32 = u32::MAX - 1;

/// How often each state was followed by what.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Transitions {
    order: usize,
    /// The touches of the state, one more than their number each and the latest lowest, and then what came next: four
    /// times 32 bits. None when there are too many.
    counts: Option<FxHashMap<u128, u64>>,
}

/// What would be lost without each touch.
#[derive(Debug)]
pub(super) struct Removal {
    effects: BTreeMap<u32, f64>,
    sum: f64,
}

impl Removal {
    /// The touches that have an effect.
    pub fn touches(&self) -> impl Iterator<Item = u32> {
        self.effects.iter().filter(|(_, effect)| **effect > 0.0).map(|(touch, _)| *touch)
    }

    pub fn effect_of(&self, touch: u32) -> f64 {
        self.effects.get(&touch).copied().unwrap_or(0.0)
    }

    /// The part of all effects together.
    pub fn share_of(&self, touch: u32) -> f64 {
        if self.sum > 0.0 { self.effect_of(touch) / self.sum } else { 0.0 }
    }
}

impl Transitions {
    pub fn start(order: usize) -> Transitions {
        Transitions { order, counts: Some(FxHashMap::default()) }
    }

    /// Adds the journey of these touches; without any, nothing.
    pub fn add_path(&mut self, path: &[u32], has_outcome: bool) {
        let Some(counts) = &mut self.counts else { return };
        if path.is_empty() {
            return;
        }
        let end = if has_outcome { OUTCOME } else { NOTHING };
        let mut state = 0;
        for next in path.iter().copied().chain([end]) {
            *counts.entry(state << 32 | u128::from(next)).or_default() += 1;
            state = after(state, next, self.order);
        }
        if counts.len() > MOST_TRANSITIONS {
            self.counts = None;
        }
    }

    pub fn merge(&mut self, from: Transitions) {
        let (Some(sums), Some(counts)) = (&mut self.counts, from.counts) else {
            self.counts = None;
            return;
        };
        for (transition, count) in counts {
            *sums.entry(transition).or_default() += count;
        }
        if sums.len() > MOST_TRANSITIONS {
            self.counts = None;
        }
    }

    /// The effect of each touch.
    pub fn removal(self) -> Result<Removal, NoRemoval> {
        let chain = Chain::of(self.counts.ok_or(NoRemoval::TooMany)?, self.order);
        let effects = match self.order {
            1 if chain.touches.len() <= MOST_TOUCHES => chain.effects_at_once(),
            1 => return Err(NoRemoval::TooMany),
            _ if chain.touches.len().saturating_mul(chain.transition_count()) <= MOST_WORK => {
                chain.effects_one_by_one()
            }
            _ => return Err(NoRemoval::TooMany),
        };
        let mut effects: BTreeMap<u32, f64> = effects.ok_or(NoRemoval::NoOutcome)?;
        effects.values_mut().filter(|effect| **effect < NOTICEABLE).for_each(|effect| *effect = 0.0);
        let sum = effects.values().sum();
        Ok(Removal { effects, sum })
    }
}

/// The state in which a journey is that was in `state` and came to `next`.
fn after(state: u128, next: u32, order: usize) -> u128 {
    let remembered = (1_u128 << (32 * order)) - 1;
    (state << 32 | (u128::from(next) + 1)) & remembered
}

/// A chain with states by number; 0 is the beginning.
struct Chain {
    /// In order.
    touches: Vec<u32>,
    /// The latest touch of each state, as a place in `touches`; none for the beginning.
    latest: Vec<Option<usize>>,
    /// To which states it goes from each, and how probably.
    next: Vec<Vec<(usize, f64)>>,
    /// How probably an outcome follows each state.
    outcome: Vec<f64>,
}

impl Chain {
    fn of(counts: FxHashMap<u128, u64>, order: usize) -> Chain {
        // In order of the keys, so that sums do not depend on the order of a hash table.
        let counts: BTreeMap<u128, u64> = counts.into_iter().collect();
        let mut numbers: BTreeMap<u128, usize> = BTreeMap::new();
        for transition in counts.keys() {
            let count = numbers.len();
            numbers.entry(transition >> 32).or_insert(count);
        }
        let latest_touch = |state: u128| (state as u32).checked_sub(1);
        let mut touches: Vec<u32> = numbers.keys().filter_map(|state| latest_touch(*state)).collect();
        touches.sort_unstable();
        touches.dedup();
        let latest = |state: &u128| latest_touch(*state).and_then(|touch| touches.binary_search(&touch).ok());
        let latest: Vec<Option<usize>> = numbers.keys().map(latest).collect();
        let mut totals = vec![0.0; numbers.len()];
        for (transition, count) in &counts {
            totals[numbers[&(transition >> 32)]] += *count as f64;
        }
        let mut next = vec![Vec::new(); numbers.len()];
        let mut outcome = vec![0.0; numbers.len()];
        for (transition, count) in counts {
            let state = transition >> 32;
            let from = numbers[&state];
            let probability = count as f64 / totals[from];
            match transition as u32 {
                OUTCOME => outcome[from] = probability,
                NOTHING => {}
                touch => next[from].push((numbers[&after(state, touch, order)], probability)),
            }
        }
        Chain { touches, latest, next, outcome }
    }

    fn transition_count(&self) -> usize {
        self.next.iter().map(Vec::len).sum()
    }

    /// For a chain of order 1, where a touch is a state. With `N` the expected visits of each state from each other,
    /// `(I − Q)⁻¹`, a journey ever comes to state `j` with the probability of its visits from the beginning over `N[j][j]`;
    /// those that come to it and to an outcome are what is lost without it (Kemeny, Snell, *Finite Markov Chains*, 1960,
    /// chapter 3). None without an outcome.
    fn effects_at_once(&self) -> Option<BTreeMap<u32, f64>> {
        // The beginning is state 0 and never comes again, so that touch `n` is state `n + 1`.
        let size = self.touches.len();
        let mut matrix = vec![0.0; size * size];
        for (row, next) in self.next.iter().skip(1).enumerate() {
            matrix[row * size + row] = 1.0;
            for (to, probability) in next {
                matrix[row * size + to - 1] -= probability;
            }
        }
        let visits = invert(matrix, size);
        let mut from_beginning = vec![0.0; size];
        for (first, probability) in self.next.first()? {
            for (sum, visits) in from_beginning.iter_mut().zip(&visits[(first - 1) * size..first * size]) {
                *sum += probability * visits;
            }
        }
        let outcome = |row: usize| -> f64 {
            visits[row * size..(row + 1) * size].iter().zip(&self.outcome[1..]).map(|(visits, p)| visits * p).sum()
        };
        let whole: f64 = from_beginning.iter().zip(&self.outcome[1..]).map(|(visits, p)| visits * p).sum();
        if whole <= 0.0 {
            return None;
        }
        let effect =
            |row: usize| (from_beginning[row] / visits[row * size + row] * outcome(row) / whole).clamp(0.0, 1.0);
        Some(self.touches.iter().enumerate().map(|(row, touch)| (*touch, effect(row))).collect())
    }

    /// By solving the chain without each touch. None without an outcome.
    fn effects_one_by_one(&self) -> Option<BTreeMap<u32, f64>> {
        let whole = self.outcome_without(None);
        if whole <= 0.0 {
            return None;
        }
        let effect = |touch: usize| (1.0 - self.outcome_without(Some(touch)) / whole).clamp(0.0, 1.0);
        Some(self.touches.iter().enumerate().map(|(place, touch)| (*touch, effect(place))).collect())
    }

    /// How probably a journey comes to an outcome without ever coming to a touch: Gauss–Seidel, there and back, from zero,
    /// so that it only rises to the solution. What a state does to itself is solved, not repeated.
    fn outcome_without(&self, removed: Option<usize>) -> f64 {
        let mut chance = vec![0.0; self.next.len()];
        let solve = |state: usize, chance: &mut [f64]| {
            if removed.is_some() && self.latest[state] == removed {
                return 0.0;
            }
            let (mut stays, mut sum) = (0.0, self.outcome[state]);
            for (to, probability) in &self.next[state] {
                if *to == state { stays += probability } else { sum += probability * chance[*to] }
            }
            let before = chance[state];
            chance[state] = sum / (1.0 - stays);
            chance[state] - before
        };
        for _ in 0..MOST_ROUNDS {
            let mut change = 0.0_f64;
            for state in (0..self.next.len()).rev().chain(0..self.next.len()) {
                change = change.max(solve(state, &mut chance));
            }
            if change <= PRECISION {
                break;
            }
        }
        chance.first().copied().unwrap_or(0.0)
    }
}

/// The inverse of a square matrix of rows, by Gauss and Jordan in place. Without looking for pivots, which `I − Q` of an
/// absorbing chain does not need: it is an M-matrix (Berman, Plemmons, *Nonnegative Matrices in the Mathematical Sciences*,
/// 1994, chapter 6).
fn invert(mut matrix: Vec<f64>, size: usize) -> Vec<f64> {
    let mut row_of_pivot = vec![0.0; size];
    for pivot in 0..size {
        let scale = 1.0 / matrix[pivot * size + pivot];
        matrix[pivot * size + pivot] = 1.0;
        for value in &mut matrix[pivot * size..(pivot + 1) * size] {
            *value *= scale;
        }
        row_of_pivot.copy_from_slice(&matrix[pivot * size..(pivot + 1) * size]);
        for row in (0..size).filter(|row| *row != pivot) {
            let row = &mut matrix[row * size..(row + 1) * size];
            let factor = std::mem::replace(&mut row[pivot], 0.0);
            if factor != 0.0 {
                for (value, of_pivot) in row.iter_mut().zip(&row_of_pivot) {
                    *value -= factor * of_pivot;
                }
            }
        }
    }
    matrix
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn chain(paths: &[(Vec<u32>, bool)], order: usize) -> Chain {
        let mut transitions = Transitions::start(order);
        for (path, has_outcome) in paths {
            transitions.add_path(path, *has_outcome);
        }
        Chain::of(transitions.counts.unwrap_or_default(), order)
    }

    #[test]
    fn without_a_touch_journeys_through_it_are_lost() {
        // Half of the journeys from a go on to b, and only b leads to an outcome.
        let paths = [(vec![0, 1], true), (vec![0], false), (vec![1], false), (vec![1], true)];
        let effects = chain(&paths, 1).effects_at_once().unwrap();
        // From the beginning half go to each: P(outcome) is ½·½·⅔ + ½·⅔ = ½, and without a ⅓.
        assert!((effects[&0] - 1.0 / 3.0).abs() < 1e-12 && (effects[&1] - 1.0).abs() < 1e-12, "{effects:?}");
    }

    #[test]
    fn nothing_is_lost_where_nothing_is_won() {
        let mut transitions = Transitions::start(2);
        transitions.add_path(&[4, 5], false);
        assert!(matches!(transitions.removal(), Err(NoRemoval::NoOutcome)));
        assert!(matches!(Transitions::start(1).removal(), Err(NoRemoval::NoOutcome)));
    }

    #[test]
    fn too_many_touches_are_refused() {
        let mut transitions = Transitions::start(1);
        for touch in 0..=MOST_TOUCHES as u32 {
            transitions.add_path(&[touch], true);
        }
        assert!(matches!(transitions.removal(), Err(NoRemoval::TooMany)));
        let mut transitions = Transitions::start(3);
        for touch in 0..3_000 {
            transitions.add_path(&[touch, touch], true);
        }
        assert!(matches!(transitions.removal(), Err(NoRemoval::TooMany)));
    }

    #[test]
    fn one_part_with_too_many_transitions_spoils_the_whole() {
        let mut few = Transitions::start(1);
        few.add_path(&[1], true);
        few.merge(Transitions { order: 1, counts: None });
        assert!(matches!(few.removal(), Err(NoRemoval::TooMany)));
    }

    #[test]
    fn long_stays_are_solved_exactly() {
        // A journey that stays with one touch for thousands of steps.
        let long: Vec<u32> = [vec![0; 5_000], vec![1; 5_000], vec![0], vec![2]].concat();
        let paths = [(long, true), (vec![2], false), (vec![0, 2], true), (vec![1], false)];
        let at_once = chain(&paths, 1).effects_at_once().unwrap();
        let one_by_one = chain(&paths, 1).effects_one_by_one().unwrap();
        for (touch, effect) in at_once {
            assert!((effect - one_by_one[&touch]).abs() < 1e-9, "{touch}: {effect} and {}", one_by_one[&touch]);
        }
    }

    proptest! {
        #[test]
        fn both_ways_of_solving_agree(paths in vec((vec(0_u32..5, 1..9), any::<bool>()), 1..20)) {
            let (at_once, one_by_one) = (chain(&paths, 1).effects_at_once(), chain(&paths, 1).effects_one_by_one());
            prop_assert_eq!(at_once.is_some(), one_by_one.is_some());
            for (touch, effect) in at_once.iter().flatten() {
                let other = one_by_one.as_ref().map_or(f64::NAN, |effects| effects[touch]);
                prop_assert!((effect - other).abs() < 1e-12, "{}: {} and {}", touch, effect, other);
            }
        }

        #[test]
        fn who_comes_to_an_outcome_over_a_single_touch_loses_all_without_it(
            order in 1_usize..=3,
            paths in vec((vec(Just(7_u32), 1..6), any::<bool>()), 1..9),
        ) {
            let mut transitions = Transitions::start(order);
            for (path, has_outcome) in &paths {
                transitions.add_path(path, *has_outcome);
            }
            match transitions.removal() {
                Ok(removal) => prop_assert!((removal.effect_of(7) - 1.0).abs() < 1e-12),
                Err(reason) => prop_assert!(reason == NoRemoval::NoOutcome && !paths.iter().any(|(_, has)| *has)),
            }
        }
    }
}
