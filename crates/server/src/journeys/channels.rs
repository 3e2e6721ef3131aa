//! The channels on which customers lived what they lived.

use domain::{Error, Result};
use events::names::Names;
use journey::{ChannelSet, LivedJourney, Operator, Step};

use super::dto::{ChannelDto, ChannelsDto};
use super::moment::{Extent, Moment};
use crate::app::App;
use crate::auth::Sight;
use crate::nearest::nearest;

/// How the channel of events without channel is called.
pub const NO_CHANNEL: &str = "(none)";

/// Channels of which whoever asks sees an event, by name, with how many; events without channel come last.
pub fn list_channels(app: &App, sight: &Sight) -> Result<ChannelsDto> {
    let moment = Moment::now(app, &Extent::default(), sight)?;
    let counts = moment.ask_whole(CountChannels)?;
    let mut channels: Vec<ChannelDto> = (0..=u8::MAX)
        .zip(counts)
        .filter(|(_, events)| *events > 0)
        .map(|(code, events)| ChannelDto { name: name_of(&moment.names, code).to_owned(), events })
        .collect();
    channels.sort_unstable_by(|a, b| (a.name == NO_CHANNEL, &a.name).cmp(&(b.name == NO_CHANNEL, &b.name)));
    Ok(ChannelsDto { channels })
}

/// The channels of these names. An error that suggests the nearest name where there is none of which an event is seen.
pub fn find_channels(moment: &Moment, wanted: &[String]) -> Result<ChannelSet> {
    // Who sees everything may know every name; all others only those of the events they see.
    let seen = if moment.units.is_some() { Some(moment.ask_whole(CountChannels)?) } else { None };
    let is_seen = |code: u8| seen.as_ref().is_none_or(|counts| counts.get(usize::from(code)).is_some_and(|n| *n > 0));
    let mut codes = Vec::with_capacity(wanted.len());
    for name in wanted {
        if name == NO_CHANNEL {
            codes.push(LivedJourney::NO_CHANNEL);
            continue;
        }
        let found = moment.names.channels.find(name).and_then(|code| u8::try_from(code).ok());
        match found.filter(|code| is_seen(*code)) {
            Some(code) => codes.push(code),
            None => {
                let known = moment.names.channels.iter();
                let known = known.filter(|(code, _)| u8::try_from(*code).is_ok_and(is_seen)).map(|(_, known)| known);
                return Err(unknown(name, known));
            }
        }
    }
    Ok(ChannelSet::of(codes))
}

fn unknown<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Error {
    Error::invalid(match nearest(name, known) {
        Some(known) => format!("there is no channel `{name}`; did you mean `{known}`?"),
        None => format!(
            "there is no channel `{name}`; GET /api/v1/channels lists those that there are, and `{NO_CHANNEL}` stands for \
             events without one"
        ),
    })
}

pub fn name_of(names: &Names, code: u8) -> &str {
    if code == LivedJourney::NO_CHANNEL { NO_CHANNEL } else { names.channels.name(u32::from(code)) }
}

/// Events by channel.
struct CountChannels;

impl Operator for CountChannels {
    type Partial = Vec<u64>;
    type Output = Vec<u64>;

    fn start(&self) -> Vec<u64> {
        vec![0; usize::from(u8::MAX) + 1]
    }

    fn fold(&self, counts: &mut Vec<u64>, customer: LivedJourney<'_>) {
        for channel in customer.channel {
            counts[usize::from(*channel)] += 1;
        }
    }

    fn merge(&self, into: &mut Vec<u64>, from: Vec<u64>) {
        for (sum, count) in into.iter_mut().zip(from) {
            *sum += count;
        }
    }

    fn finish(self, counts: Vec<u64>) -> Step<Self> {
        Step::Done(counts)
    }
}
