use proptest::prelude::*;

use super::*;

/// The medians of `groups`, searched with few or many slots over two partial results, and the passes it took.
fn search(groups: &[Vec<u64>], slots: usize) -> (Vec<Option<f64>>, usize) {
    let mut search = MedianSearch::new(groups.len(), slots);
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
            return ((0..groups.len()).map(|group| search.median(group)).collect(), pass);
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
        for lens in [Lens::All, Lens::Part { low, bits, ranks: [0, 0] }] {
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
}
