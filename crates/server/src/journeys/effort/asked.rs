//! Effort as it is asked for, and the same in codes.

use domain::ports::ActivityRole;
use domain::{Error, Result};
use journey::Activities;
use journey::effort::{EffortQuestion, Measure};

use crate::finding::FindingDto;
use crate::journeys::moment::Moment;
use crate::journeys::waits::FoundWaits;

/// From which activities to which, by name.
#[derive(Clone, Debug, Default)]
pub struct AskedEffort {
    /// Any of these begins; whatever comes first when there is none.
    pub start: Vec<String>,
    /// Any of these is the goal.
    pub goal: Vec<String>,
}

/// Effort in codes, and what the reader should know about it.
pub struct FoundEffort {
    pub question: EffortQuestion,
    pub findings: Vec<FindingDto>,
}

impl AskedEffort {
    pub fn find(&self, moment: &mut Moment) -> Result<FoundEffort> {
        let FoundWaits { waits, findings } = moment.find_waits()?;
        let find = |names: &[String]| -> Result<Activities> {
            let codes = names.iter().map(|name| moment.vocabulary.find(name)).collect::<Result<Vec<u16>>>()?;
            Ok(Activities::of(&codes))
        };
        let start = if self.start.is_empty() { None } else { Some(find(&self.start)?) };
        let contacts = Activities::of(&moment.with_role(ActivityRole::Contact).0);
        let question = EffortQuestion::new(start, find(&self.goal)?).with_roles(contacts, waits);
        Ok(FoundEffort { question, findings })
    }
}

pub fn name_of(measure: Measure) -> &'static str {
    match measure {
        Measure::Steps => "steps",
        Measure::Contacts => "contacts",
        Measure::Channels => "channels",
        Measure::ChannelChanges => "channel_changes",
        Measure::Waiting => "waiting_ms",
        Measure::Elapsed => "elapsed_ms",
    }
}

/// The measure of this name.
pub fn parse_measure(name: &str) -> Result<Measure> {
    Measure::ALL.into_iter().find(|measure| name_of(*measure) == name).ok_or_else(|| {
        let known: Vec<&str> = Measure::ALL.into_iter().map(name_of).collect();
        Error::invalid(format!("`{name}` is no measure of effort; they are {}", known.join(", ")))
    })
}
