//! Positions of a journey that matter, gathered without branches.
//!
//! Where they are is what a processor cannot guess: a branch for each event costs more than looking at the event. So the
//! positions of a chunk are written one over the other, and the place moves on where one matters.

/// Events that are looked at together: few, so that short journeys do not pay for room.
const CHUNK: usize = 64;

/// Calls `each` with the positions of the activities that matter, in order, until it says to stop. Returns how many there
/// were until then.
pub(crate) fn for_each_position(
    activities: &[u16],
    matters: impl Fn(u16) -> bool,
    mut each: impl FnMut(usize) -> bool,
) -> usize {
    let mut total = 0;
    for (chunk, start) in activities.chunks(CHUNK).zip((0..).step_by(CHUNK)) {
        let mut positions = [0_u8; CHUNK];
        let mut count = 0;
        for (position, activity) in (0_u8..).zip(chunk) {
            positions[count % CHUNK] = position;
            count += usize::from(matters(*activity));
        }
        for &position in &positions[..count.min(CHUNK)] {
            total += 1;
            if !each(start + usize::from(position)) {
                return total;
            }
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_come_in_order_whatever_the_length() {
        for len in [0, 1, 63, 64, 65, 200, 1_000] {
            let activities: Vec<u16> = (0..len).map(|event| (event * event % 7) as u16).collect();
            let mut found = Vec::new();
            let count = for_each_position(
                &activities,
                |activity| activity == 2,
                |position| {
                    found.push(position);
                    true
                },
            );
            let expected: Vec<usize> = (0..len).filter(|event| event * event % 7 == 2).collect();
            assert_eq!((count, found), (expected.len(), expected), "{len} events");
        }
    }

    #[test]
    fn all_of_a_chunk_may_matter_and_whoever_asks_may_stop() {
        let activities = [5; 300];
        let mut last = 0;
        let count = for_each_position(
            &activities,
            |_| true,
            |position| {
                last = position;
                position < 129
            },
        );
        assert_eq!((count, last), (130, 129));
    }
}
