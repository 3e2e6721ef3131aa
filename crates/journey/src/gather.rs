//! Positions of a journey that matter, gathered without branches.
//!
//! Where they are is what a processor cannot guess: a branch for each event costs more than looking at the event. So the
//! positions are written one over the other, and the place moves on where one matters.

use std::ops::Range;

/// The positions of an activity among `extent` of a column, in order. `room` is used again for the next column.
pub(crate) fn positions_of<'a>(
    activity: u16,
    activities: &[u16],
    extent: Range<usize>,
    room: &'a mut Vec<u32>,
) -> &'a [u32] {
    if room.len() < extent.len() {
        room.resize(extent.len(), 0);
    }
    let mut count = 0;
    for (position, code) in (extent.start as u32..).zip(&activities[extent]) {
        room[count] = position;
        count += usize::from(*code == activity);
    }
    &room[..count]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_come_in_order_whatever_the_length() {
        let mut room = Vec::new();
        for (from, to) in [(0, 0), (0, 1), (0, 1_000), (3, 64), (65, 65)] {
            let activities: Vec<u16> = (0..1_000).map(|event| (event * event % 7) as u16).collect();
            let expected: Vec<u32> = (from as u32..to as u32).filter(|event| event * event % 7 == 2).collect();
            assert_eq!(positions_of(2, &activities, from..to, &mut room), expected, "{from} to {to}");
        }
        assert_eq!(positions_of(5, &[5; 300], 0..300, &mut room).len(), 300, "all may matter");
    }
}
