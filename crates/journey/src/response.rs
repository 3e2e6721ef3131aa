//! Who was invited to a survey, how far each invitation came, and how those who answered differ from those who did not in
//! what was known of them before.
//!
//! An *invitation* is an event of one of some activities (`Survey Sent`) in a period. What the customer does with the survey
//! afterwards belongs to their last invitation before it, whenever it happens. Nothing of an invitation is known but its own
//! event and what came before: so those who answered and those who did not are known in the same way.

use std::collections::BTreeMap;
use std::ops::Range;

use domain::error::Result;
use serde::{Deserialize, Serialize};

use crate::activities::Activities;
use crate::attribution::OnlyWith;
use crate::drivers::{Observations, find_drivers};
use crate::needs::Needs;
use crate::on_channels::ChannelSet;
use crate::operator::{LivedJourney, Operator, Step};
use crate::properties::PropertyColumns;
use crate::share::{Clusters, Share};
use crate::surprise::false_discovery;

/// Invitations that are taken down at most.
pub const MOST_INVITATIONS: usize = 500_000;
/// A difference is found where its adjusted p-value is below.
pub const FOUND_BELOW: f64 = 0.05;

/// What may become of an invitation. The order is that of the bits of [`Invitation::reached`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    Shown,
    Started,
    Answered,
    Refused,
    Abandoned,
}

impl Reached {
    pub const ALL: [Reached; 5] =
        [Reached::Shown, Reached::Started, Reached::Answered, Reached::Refused, Reached::Abandoned];

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The question: what became of the invitations of a period?
#[derive(Debug)]
pub struct InvitedQuestion {
    pub sent: Activities,
    /// What may become of an invitation, in the order of [`Reached::ALL`].
    pub steps: [Activities; 5],
    /// Those of one survey.
    pub only: Option<OnlyWith>,
    /// Invitations on these channels alone.
    pub channels: Option<ChannelSet>,
    /// UTC milliseconds; invitations were sent in it.
    pub period: Range<i64>,
    /// The column that says what the invitation is about.
    pub touchpoint: Option<usize>,
    /// Events that are counted before an invitation: purchases, contacts.
    pub before: [Activities; 2],
    /// How long before an invitation they count, in milliseconds.
    pub before_ms: i64,
}

/// One invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub customer: u64,
    /// UTC milliseconds.
    pub at: i64,
    /// A bit for each of [`Reached::ALL`].
    pub reached: u8,
    /// Codes of its channel, unit and touchpoint; none where there is none.
    pub channel: Option<u16>,
    pub unit: Option<u16>,
    pub touchpoint: Option<u16>,
    /// How many events of each kind the customer had lived before, as far back as is asked.
    pub before: [u32; 2],
    /// Milliseconds since the customer's first event, as far back as is asked.
    pub known_ms: i64,
}

/// What is known after some of the customers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// Customer by customer, the invitations of each in order.
    pub invitations: Vec<Invitation>,
    /// Answers in the period of customers who had not been invited.
    pub uninvited: u64,
    /// Whether there are more than [`MOST_INVITATIONS`].
    pub is_cut: bool,
}

/// How many invitations came how far.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stages {
    pub invited: u64,
    /// Those who were invited.
    pub customers: u64,
    /// The page was seen, whatever came after; so on for all below.
    pub shown: u64,
    pub started: u64,
    pub answered: u64,
    /// Started, and neither answered nor refused.
    pub partial: u64,
    /// Of these, those that were left for a day.
    pub abandoned: u64,
    pub refused: u64,
    /// Answered of invited. Several invitations of one customer are no independent evidence: see `Clusters`.
    pub rate: Option<Share>,
}

/// How those who answered differ from those who did not, in one thing that was known before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contrast {
    /// Mean of the invitations that were answered, of which it is known.
    pub answered: f64,
    /// Of those that were not.
    pub unanswered: f64,
    /// The difference of both in standard deviations: over the root of the mean of the two variances (Austin, *Balance
    /// diagnostics for comparing the distribution of baseline covariates between treatment groups in propensity-score matched
    /// samples*, Statistics in Medicine 28, 2009).
    pub difference: f64,
    /// Ends of its interval of 95 %, with customers as the sample; the standard deviation is taken for known.
    pub low: f64,
    pub high: f64,
    /// How often such a difference comes where there is none, 0 to 1.
    pub p: f64,
    /// The same, adjusted over all that is compared (Benjamini and Hochberg, 1995).
    pub adjusted_p: f64,
    pub is_found: bool,
}

impl Invitation {
    fn has(&self, step: Reached) -> bool {
        self.reached & step.bit() != 0
    }

    pub fn is_answered(&self) -> bool {
        self.has(Reached::Answered)
    }

    pub fn is_started(&self) -> bool {
        self.is_answered() || self.has(Reached::Started) || self.has(Reached::Abandoned)
    }

    pub fn is_shown(&self) -> bool {
        self.is_started() || self.has(Reached::Shown)
    }

    pub fn is_refused(&self) -> bool {
        self.has(Reached::Refused) && !self.is_answered()
    }

    pub fn is_partial(&self) -> bool {
        self.is_started() && !self.is_answered() && !self.is_refused()
    }
}

impl Stages {
    /// Of invitations that stand customer by customer.
    pub fn of<'a>(invitations: impl IntoIterator<Item = &'a Invitation>) -> Stages {
        let (mut stages, mut clusters) = (Stages::default(), Clusters::default());
        let mut open: Option<(u64, u64, u64)> = None;
        for invitation in invitations {
            stages.invited += 1;
            stages.shown += u64::from(invitation.is_shown());
            stages.started += u64::from(invitation.is_started());
            stages.answered += u64::from(invitation.is_answered());
            stages.partial += u64::from(invitation.is_partial());
            stages.abandoned += u64::from(invitation.is_partial() && invitation.has(Reached::Abandoned));
            stages.refused += u64::from(invitation.is_refused());
            let answered = u64::from(invitation.is_answered());
            match &mut open {
                Some((customer, parts, wholes)) if *customer == invitation.customer => {
                    (*parts, *wholes) = (*parts + answered, *wholes + 1);
                }
                _ => {
                    if let Some((_, parts, wholes)) = open.replace((invitation.customer, answered, 1)) {
                        clusters.add(parts, wholes);
                    }
                    stages.customers += 1;
                }
            }
        }
        if let Some((_, parts, wholes)) = open {
            clusters.add(parts, wholes);
        }
        stages.rate = clusters.share();
        stages
    }

    /// Of each value, that with most invitations first, of equally many the first.
    pub fn by(invitations: &[Invitation], value: impl Fn(&Invitation) -> Option<u16>) -> Vec<(Option<u16>, Stages)> {
        let mut told_apart: BTreeMap<Option<u16>, Vec<&Invitation>> = BTreeMap::new();
        for invitation in invitations {
            told_apart.entry(value(invitation)).or_default().push(invitation);
        }
        let mut stages: Vec<_> = told_apart.into_iter().map(|(value, of_it)| (value, Stages::of(of_it))).collect();
        stages.sort_by_key(|(_, stages)| std::cmp::Reverse(stages.invited));
        stages
    }
}

/// Compares what was known before: a column for each thing, with a number for each invitation,
/// [not a number](f64::NAN) where it is not known. None for what cannot be compared: it is the same for all, fewer than ten customers
/// answered or did not, or too few show how sure a difference would be. Each difference is a regression of what was known on whether the
/// invitation was answered, with the intervals of [`find_drivers`]. An error where a column is shorter or longer than the invitations.
pub fn contrast(invitations: &[Invitation], known: &[Vec<f64>]) -> Result<Vec<Option<Contrast>>> {
    let mut contrasts = Vec::with_capacity(known.len());
    for column in known {
        contrasts.push(contrast_one(invitations, column)?);
    }
    let p: Vec<f64> = contrasts.iter().flatten().map(|contrast: &Contrast| contrast.p).collect();
    for (contrast, adjusted) in contrasts.iter_mut().flatten().zip(false_discovery(&p)) {
        (contrast.adjusted_p, contrast.is_found) = (adjusted, adjusted < FOUND_BELOW);
    }
    Ok(contrasts)
}

fn contrast_one(invitations: &[Invitation], column: &[f64]) -> Result<Option<Contrast>> {
    let mut observations = Observations::default();
    let mut answered = Vec::new();
    for (invitation, known) in invitations.iter().zip(column).filter(|(_, known)| known.is_finite()) {
        observations.customers.push(invitation.customer);
        observations.outcome.push(*known);
        answered.push(f64::from(u8::from(invitation.is_answered())));
    }
    if column.len() != invitations.len() {
        return Err(domain::Error::internal("what is compared has not a number for each invitation"));
    }
    let moments = |side: f64| {
        let of_side =
            || answered.iter().zip(&observations.outcome).filter(move |(it, _)| **it == side).map(|(_, x)| *x);
        let count = of_side().count() as f64;
        let mean = of_side().sum::<f64>() / count;
        let variance = of_side().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (count - 1.0).max(1.0);
        (mean, variance)
    };
    let ((with, variance_with), (without, variance_without)) = (moments(1.0), moments(0.0));
    let spread = ((variance_with + variance_without) / 2.0).sqrt();
    observations.variables = vec![answered];
    let Some(found) = find_drivers(&observations)? else { return Ok(None) };
    let Some(driver) = found.drivers.first().filter(|_| spread > 0.0) else { return Ok(None) };
    Ok(Some(Contrast {
        answered: with,
        unanswered: without,
        difference: driver.coefficient / spread,
        low: driver.low / spread,
        high: driver.high / spread,
        p: driver.p,
        adjusted_p: driver.p,
        is_found: false,
    }))
}

/// To which invitation belongs what a customer does.
#[derive(Clone, Copy)]
enum Current {
    /// The customer was not invited.
    None,
    /// To one that is not asked about.
    Other,
    /// To the one at this place.
    At(usize),
}

impl InvitedQuestion {
    fn is_of_survey(&self, customer: &LivedJourney<'_>, event: usize) -> bool {
        self.only.as_ref().is_none_or(|only| {
            let code = customer.properties.column(only.property).get(event).copied();
            only.values.contains(&code.unwrap_or(PropertyColumns::NO_VALUE))
        })
    }

    fn take_down(&self, customer: &LivedJourney<'_>, event: usize) -> Invitation {
        let at = customer.occurred_at[event];
        let since = at.saturating_sub(self.before_ms);
        let first = customer.occurred_at.partition_point(|earlier| *earlier < since);
        let earlier = &customer.activity[first..event];
        let count = |of: &Activities| earlier.iter().filter(|activity| of.has(**activity)).count() as u32;
        let known = |code: u16, none: u16| (code != none).then_some(code);
        let channel = customer.channel[event];
        let touchpoint = self.touchpoint.and_then(|column| customer.properties.column(column).get(event).copied());
        Invitation {
            customer: customer.customer,
            at,
            reached: 0,
            channel: (channel != LivedJourney::NO_CHANNEL).then_some(u16::from(channel)),
            unit: customer.unit.get(event).and_then(|unit| known(*unit, LivedJourney::NO_UNIT)),
            touchpoint: touchpoint.and_then(|code| known(code, PropertyColumns::NO_VALUE)),
            before: [count(&self.before[0]), count(&self.before[1])],
            known_ms: at - customer.occurred_at[0].max(since),
        }
    }
}

impl Operator for InvitedQuestion {
    type Partial = Invited;
    type Output = Invited;

    fn needs(&self) -> Needs {
        let columns = [self.only.as_ref().map(|only| only.property), self.touchpoint].into_iter().flatten();
        let properties = columns.fold(0, |bits, column| bits | 1 << column);
        Needs { properties, ..Needs::EVERY_CUSTOMER }.with_units()
    }

    fn start(&self) -> Invited {
        Invited::default()
    }

    fn fold(&self, partial: &mut Invited, customer: LivedJourney<'_>) {
        let mut current = Current::None;
        for event in 0..customer.len() {
            let activity = customer.activity[event];
            let is_asked_about = self.period.contains(&customer.occurred_at[event]);
            if self.sent.has(activity) && self.is_of_survey(&customer, event) {
                let is_of_channels = self.channels.is_none_or(|channels| channels.has(customer.channel[event]));
                current = Current::Other;
                if is_asked_about && is_of_channels {
                    if partial.invitations.len() >= MOST_INVITATIONS {
                        partial.is_cut = true;
                        return;
                    }
                    current = Current::At(partial.invitations.len());
                    partial.invitations.push(self.take_down(&customer, event));
                }
            }
            for (step, activities) in Reached::ALL.into_iter().zip(&self.steps) {
                if activities.has(activity) && self.is_of_survey(&customer, event) {
                    match current {
                        Current::At(place) => partial.invitations[place].reached |= step.bit(),
                        Current::None if step == Reached::Answered && is_asked_about => partial.uninvited += 1,
                        Current::None | Current::Other => {}
                    }
                }
            }
        }
    }

    fn merge(&self, into: &mut Invited, from: Invited) {
        into.invitations.extend(from.invitations);
        into.uninvited += from.uninvited;
        into.is_cut |= from.is_cut || into.invitations.len() > MOST_INVITATIONS;
    }

    fn finish(self, mut partial: Invited) -> Step<Self> {
        // Stable, so that those of a customer stay in order.
        partial.invitations.sort_by_key(|invitation| invitation.customer);
        Step::Done(partial)
    }
}
