use proptest::prelude::*;

use super::*;

/// The medians of `groups`, and the passes it took.
fn search(groups: &[Vec<u64>], slots: usize) -> (Vec<Option<f64>>, usize) {
    let (quantiles, passes) = search_quantiles(groups, &[50], slots);
    (quantiles.into_iter().flatten().collect(), passes)
}

/// Quantiles of each group, searched with few or many slots over two partial results, and the passes it took.
fn search_quantiles(groups: &[Vec<u64>], percents: &[u32], slots: usize) -> (Vec<Vec<Option<f64>>>, usize) {
    let mut search = QuantileSearch::new(groups.len(), percents, slots);
    for pass in 1.. {
        assert!(pass < 10_000, "the search does not end");
        let mut halves = [search.start(), search.start()];
        for (group, numbers) in groups.iter().enumerate() {
            for (position, &number) in numbers.iter().enumerate() {
                search.add(&mut halves[position % 3 % 2], group, number);
            }
        }
        let [mut whole, other] = halves;
        search.merge(&mut whole, other);
        if search.learn(whole) {
            let of_group = |group| (0..percents.len()).map(|percent| search.quantile(group, percent)).collect();
            return ((0..groups.len()).map(of_group).collect(), pass);
        }
    }
    unreachable!("the loop returns");
}

fn by_sorting(numbers: &[u64]) -> Option<f64> {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = sorted[(sorted.len() - 1) / 2];
    Some((lower as f64 + upper as f64) / 2.0)
}

#[test]
fn an_even_count_has_the_mean_of_the_two_in_the_middle() {
    let groups = [vec![7, 1, 3], vec![4, 1, 2, 100], vec![], vec![0]];
    let (medians, passes) = search(&groups, 1_000);
    assert_eq!(medians, [Some(3.0), Some(3.0), None, Some(0.0)]);
    assert_eq!(passes, 1);
}

/// The number at `percent` of the way through the sorted ones, between two of them in proportion.
fn quantile_by_sorting(numbers: &[u64], percent: u32) -> Option<f64> {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    let hundredths = (sorted.len() as u64).checked_sub(1)? * u64::from(percent);
    let (lower, rest) = (sorted[(hundredths / 100) as usize], hundredths % 100);
    let upper = if rest == 0 { lower } else { sorted[(hundredths / 100) as usize + 1] };
    let middle = (lower as f64 + upper as f64) / 2.0;
    Some(if rest == 50 { middle } else { lower as f64 + (upper - lower) as f64 * (rest as f64 / 100.0) })
}

#[test]
fn a_quantile_lies_between_two_numbers_in_proportion() {
    let groups = [vec![10, 20, 30, 40, 50], vec![100, 0], vec![7], vec![]];
    let (found, passes) = search_quantiles(&groups, &[0, 10, 25, 50, 90, 100], 10_000);
    assert_eq!(found[0], [10.0, 14.0, 20.0, 30.0, 46.0, 50.0].map(Some));
    assert_eq!(found[1], [0.0, 10.0, 25.0, 50.0, 90.0, 100.0].map(Some));
    assert_eq!((&found[2], &found[3]), (&vec![Some(7.0); 6], &vec![None; 6]));
    assert_eq!(passes, 1);
}

#[test]
fn two_quantiles_of_many_numbers_take_two_passes() {
    let numbers: Vec<u64> = (0..100_000_u64).map(|number| number.wrapping_mul(2_654_435_761) % 86_400_000).collect();
    let (found, passes) = search_quantiles(std::slice::from_ref(&numbers), &[50, 90], 10_000);
    assert_eq!(found[0], [50, 90].map(|percent| quantile_by_sorting(&numbers, percent)));
    assert_eq!(passes, 2);
}

#[test]
fn many_numbers_take_two_passes() {
    // Times between events of a day at most, ten times as many as there are slots.
    let numbers: Vec<u64> = (0..100_000_u64).map(|number| number.wrapping_mul(2_654_435_761) % 86_400_000).collect();
    let (medians, passes) = search(std::slice::from_ref(&numbers), 10_000);
    assert_eq!(medians, [by_sorting(&numbers)]);
    assert_eq!(passes, 2);
}

#[test]
fn two_middle_numbers_far_apart_are_both_found() {
    let numbers: Vec<u64> = std::iter::repeat_n(5, 300).chain([1 << 40; 300]).collect();
    let (medians, _) = search(std::slice::from_ref(&numbers), 100);
    assert_eq!(medians, [by_sorting(&numbers)]);
}

#[test]
fn few_slots_take_the_groups_one_after_the_other() {
    let groups: Vec<Vec<u64>> = (0..50).map(|group| vec![group, group + 1]).collect();
    let (medians, passes) = search(&groups, 0);
    assert_eq!(medians, groups.iter().map(|numbers| by_sorting(numbers)).collect::<Vec<_>>());
    assert!(passes >= 50, "{passes}");
}

proptest! {
    #[test]
    fn buckets_hold_what_they_say(number in prop_oneof![any::<u64>(), 0_u64..5_000], low in 0_u64..1_000, bits in 0_u32..63, bucket_bits in 1_u32..=16) {
        for lens in [Lens::All, Lens::Part { low, bits, place: Place { ranks: [0, 0], hundredths: 0 } }] {
            let Some(bucket) = bucket_of(lens, number, bucket_bits) else {
                prop_assert!(number < low || number - low >= 1 << bits);
                continue;
            };
            prop_assert!(bucket < bucket_count(lens, bucket_bits));
            let (start, width_bits) = range_of(lens, bucket, bucket_bits);
            prop_assert!(start <= number && (number - start) >> width_bits == 0);
            prop_assert_eq!(bucket_of(lens, start, bucket_bits), Some(bucket));
        }
    }

    #[test]
    fn medians_are_those_of_sorting(
        groups in proptest::collection::vec(
            proptest::collection::vec(prop_oneof![0_u64..4, 0_u64..100_000, any::<u64>().prop_map(|number| number >> 12)], 0..40),
            1..6,
        ),
        slots in prop_oneof![0_usize..4, 4_usize..400],
    ) {
        let expected: Vec<_> = groups.iter().map(|numbers| by_sorting(numbers)).collect();
        prop_assert_eq!(search(&groups, slots).0, expected);
    }

    #[test]
    fn quantiles_are_those_of_sorting(
        groups in proptest::collection::vec(
            proptest::collection::vec(prop_oneof![0_u64..4, 0_u64..100_000, any::<u64>().prop_map(|number| number >> 12)], 0..40),
            1..6,
        ),
        percents in proptest::collection::vec(0_u32..=100, 1..6),
        slots in prop_oneof![0_usize..4, 4_usize..900],
    ) {
        let of_group = |numbers: &Vec<u64>| percents.iter().map(|percent| quantile_by_sorting(numbers, *percent)).collect();
        let expected: Vec<Vec<_>> = groups.iter().map(of_group).collect();
        prop_assert_eq!(search_quantiles(&groups, &percents, slots).0, expected);
    }
}
