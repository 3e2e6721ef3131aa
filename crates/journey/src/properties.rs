//! The properties of a journey's events, as codes.

use std::ops::Range;

/// Columns of property values, of the same events as the journey they belong to. Cheap to copy: all columns of a range of
/// customers, and where the customer's events stand in each.
#[derive(Clone, Copy, Debug, Default)]
pub struct PropertyColumns<'a> {
    /// One column after the other, each beginning at a multiple of `stride`.
    values: &'a [u16],
    stride: usize,
    start: usize,
    len: usize,
    /// The columns that may be read, as bits.
    readable: u64,
}

impl<'a> PropertyColumns<'a> {
    /// The code of an event that has no value of the property.
    pub const NO_VALUE: u16 = u16::MAX;
    /// The code of values beyond those that are told apart.
    pub const OTHER_VALUE: u16 = u16::MAX - 1;
    /// Columns that there can be: laid out ones, and behind them those that are read for one question.
    pub const MAX: usize = 64;
    /// Properties that can be laid out.
    pub const MAX_LAID_OUT: usize = 32;

    /// Columns that stand one after the other, `stride` codes apart, cut to the events at `positions`. `readable` says
    /// which of them may be read, bit `n` for column `n`.
    pub fn new(values: &'a [u16], stride: usize, positions: Range<usize>, readable: u64) -> PropertyColumns<'a> {
        PropertyColumns { values, stride, start: positions.start, len: positions.len(), readable }
    }

    /// The codes of a property, one for each event; empty when the question did not ask for it.
    pub fn column(&self, property: usize) -> &'a [u16] {
        if property >= Self::MAX || self.readable & (1 << property) == 0 {
            return &[];
        }
        let start = property * self.stride + self.start;
        self.values.get(start..start + self.len).unwrap_or(&[])
    }

    /// The part at these positions.
    pub fn slice(&self, positions: Range<usize>) -> PropertyColumns<'a> {
        PropertyColumns { start: self.start + positions.start, len: positions.len(), ..*self }
    }

    /// The same with only those columns that are asked for.
    pub fn only(&self, properties: u64) -> PropertyColumns<'a> {
        PropertyColumns { readable: self.readable & properties, ..*self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_cut_to_the_events_of_a_journey() {
        let values = [10, 11, 12, 13, 0, 0, 20, 21, 22, 23, 0, 0];
        let columns = PropertyColumns::new(&values, 6, 1..4, 0b11);
        assert_eq!(columns.column(0), [11, 12, 13]);
        assert_eq!(columns.column(1), [21, 22, 23]);
        assert_eq!(columns.slice(1..3).column(1), [22, 23]);
        assert!(columns.column(2).is_empty() && columns.column(77).is_empty());
        assert!(columns.only(0b10).column(0).is_empty(), "what was not asked for cannot be read");
        assert!(PropertyColumns::default().column(0).is_empty());
    }
}
