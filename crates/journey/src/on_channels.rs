//! Some of the channels over any source: questions see only what happened on them.

use crate::needs::Needs;
use crate::operator::{JourneyBatch, JourneySource};
use crate::some_events::SomeEvents;

/// Channels by the codes that journeys have for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChannelSet {
    /// Bit `code % 64` of word `code / 64`.
    words: [u64; 4],
}

impl ChannelSet {
    /// The set of these codes; [`NO_CHANNEL`](crate::LivedJourney::NO_CHANNEL) stands for events without channel.
    pub fn of(channels: impl IntoIterator<Item = u8>) -> ChannelSet {
        let mut set = ChannelSet::default();
        for channel in channels {
            set.words[usize::from(channel / 64)] |= 1 << (channel % 64);
        }
        set
    }

    /// Whether the channel is in the set.
    pub fn has(&self, channel: u8) -> bool {
        self.words[usize::from(channel / 64)] & (1 << (channel % 64)) != 0
    }
}

/// A source of which each customer's journey is left with what happened on some channels. Customers without an event on
/// them are not seen.
#[derive(Clone, Copy, Debug)]
pub struct OnChannels<'a, S: ?Sized> {
    source: &'a S,
    channels: ChannelSet,
}

/// Leaves `source` with the events on `channels`, as if there were no others. What is left is copied.
pub fn on_channels<S: JourneySource + ?Sized>(source: &S, channels: ChannelSet) -> OnChannels<'_, S> {
    OnChannels { source, channels }
}

impl<S: JourneySource + ?Sized> JourneySource for OnChannels<'_, S> {
    type Error = S::Error;

    fn part_count(&self) -> usize {
        self.source.part_count()
    }

    fn for_each_batch(
        &self,
        part: usize,
        needs: Needs,
        each: &mut dyn FnMut(JourneyBatch<'_>),
    ) -> Result<(), S::Error> {
        let mut kept = SomeEvents::default();
        self.source.for_each_batch(part, needs, &mut |batch| {
            each(kept.keep(batch, needs.properties, |_| true, |event| self.channels.has(batch.channel[event])));
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operator::LivedJourney;

    #[test]
    fn a_set_has_what_was_put_in() {
        let channels = ChannelSet::of([0, 63, 64, LivedJourney::NO_CHANNEL]);
        let held: Vec<u8> = (0..=u8::MAX).filter(|channel| channels.has(*channel)).collect();
        assert_eq!(held, [0, 63, 64, 255]);
        assert!((0..=u8::MAX).all(|channel| !ChannelSet::default().has(channel)));
    }
}
