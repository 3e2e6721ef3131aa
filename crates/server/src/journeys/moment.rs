//! What a question is asked of: one moment of the timeline, cut to what whoever asks sees and to what the question is
//! about.

use std::collections::BTreeSet;
use std::ops::Range;

use domain::ports::ActivityEntry;
use domain::time::{Calendar, add_days, day_in, find_zone, format_instant};
use domain::{Code, Error, Result};
use events::names::Names;
use events::{AskedProperty, Reading, Timeline};
use journey::{
    ChannelSet, CustomerSet, JourneySource, LivedJourney, Operator, Population, Step, UnitSet, among, below,
    on_channels, run, within,
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::channels::find_channels;
use super::dto::OverDto;
use super::oddities::{Census, Count};
use super::vocabulary::Vocabulary;
use crate::app::App;
use crate::auth::Sight;
use crate::finding::FindingDto;
use crate::organisation::find_organisation;
use crate::segments::find_population;
use crate::sight::{seen_activities, units_in};
use crate::waiting::Watched;

/// What every question about journeys takes besides its own parameters; `channel` and segments repeat, which the reader of
/// queries cannot express.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the interface; handlers read pairs")]
pub struct ExtentParams {
    /// First day, of the organisation's calendar. Questions by week or month begin with the week or month of it.
    from: Option<String>,
    /// The day after the last.
    to: Option<String>,
    /// Instead of `from` and `to`: the last so many days, today included.
    days: Option<u32>,
    /// Only what happened on this channel; repeat it for several. `(none)` stands for events without channel.
    channel: Option<Vec<String>>,
    /// Only customers who belong to this segment, such as `seg_3`; repeat it for those who belong to all of several.
    segment: Option<Vec<String>>,
    /// Only customers who do not belong to this segment; repeat it for those who belong to none of several.
    without_segment: Option<Vec<String>>,
}

/// Which events of which customers a question is about: days of the organisation's calendar, `from` in it and `to` not,
/// channels by name, and segments by id; everything where none is named.
#[derive(Clone, Debug, Default)]
pub struct Extent {
    pub from: Option<String>,
    pub to: Option<String>,
    /// Counted back from today, which is one of them.
    pub days: Option<u32>,
    pub channels: Vec<String>,
    /// To all of which a customer belongs.
    pub segments: Vec<String>,
    /// To none of which a customer belongs.
    pub without_segments: Vec<String>,
}

impl Extent {
    /// Takes a parameter over when it is one of an extent; gives it back otherwise.
    pub fn take(&mut self, name: &str, value: String) -> Result<Option<String>> {
        match name {
            "from" => self.from = Some(value),
            "to" => self.to = Some(value),
            "days" => self.days = Some(read_days(&value)?),
            "channel" => self.channels.push(value),
            "segment" => self.segments.push(value),
            "without_segment" => self.without_segments.push(value),
            _ => return Ok(Some(value)),
        }
        Ok(None)
    }

    /// Whether it is about some of the customers.
    pub fn has_segments(&self) -> bool {
        !self.segments.is_empty() || !self.without_segments.is_empty()
    }

    /// With `from` in place of `days`, counted back from the day of an instant in UTC milliseconds.
    pub fn counted_from(mut self, calendar: &Calendar, now_ms: i64) -> Result<Extent> {
        let Some(days) = self.days.take() else { return Ok(self) };
        if self.from.is_some() || self.to.is_some() {
            return Err(Error::invalid("`days` counts back from today; leave `from` and `to` out"));
        }
        let today = day_in(&find_zone(&calendar.time_zone)?, now_ms);
        self.from = Some(add_days(today, 1 - i64::from(days)).to_string());
        Ok(self)
    }

    /// The first instant of the period and the first after it, in UTC milliseconds; none where it is open.
    pub fn instants(&self, calendar: &Calendar) -> Result<(Option<i64>, Option<i64>)> {
        let start = |day: &Option<String>| day.as_deref().map(|day| calendar.start_of_day_ms(day)).transpose();
        match (start(&self.from)?, start(&self.to)?) {
            (Some(from_ms), Some(to_ms)) if from_ms >= to_ms => Err(Error::invalid(
                "the period ends before it begins: its first day is in it, and the day of `to` is not any more",
            )),
            instants => Ok(instants),
        }
    }
}

fn read_days(text: &str) -> Result<u32> {
    let days = text.parse().ok().filter(|days| (1..=36_600).contains(days));
    days.ok_or_else(|| Error::invalid(format!("`days` is a number of days, 1 to 36,600, not `{text}`")))
}

/// A period as UTC milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Instants {
    from_ms: Option<i64>,
    to_ms: Option<i64>,
}

impl Instants {
    /// From the first instant to the first that is not in it any more.
    fn span(self) -> Range<i64> {
        self.from_ms.unwrap_or(i64::MIN)..self.to_ms.unwrap_or(i64::MAX)
    }
}

/// Everything a question is asked of, at one moment.
pub struct Moment {
    pub app: App,
    pub timeline: Timeline,
    pub vocabulary: Vocabulary,
    /// The units that whoever asks is limited to.
    pub units: Option<UnitSet>,
    pub threads: usize,
    pub names: std::sync::Arc<Names>,
    /// How the organisation counts days and weeks.
    pub calendar: Calendar,
    /// What people said about activities.
    pub entries: Vec<ActivityEntry>,
    /// Whether events of some units are below none, because journeys do not tell those units apart.
    has_too_many_units: bool,
    instants: Instants,
    /// The channels that the question is about, by name, sorted.
    channels: Vec<String>,
    channel_set: Option<ChannelSet>,
    population: Population,
    /// The names of the segments that the question is about, and of those that it leaves out.
    segments: (Vec<String>, Vec<String>),
    /// The properties that are not laid out and were read for the question.
    pub(super) scanned: BTreeSet<String>,
}

impl Moment {
    pub fn now(app: &App, extent: &Extent, sight: &Sight) -> Result<Moment> {
        let calendar = find_organisation(app)?.calendar;
        let extent = extent.clone().counted_from(&calendar, app.clock.now_ms())?;
        let (from_ms, to_ms) = extent.instants(&calendar)?;
        let found = find_population(app, &extent, sight)?;
        let instants = Instants { from_ms, to_ms };
        let entries = app.state.activities.list_activity_entries()?;
        // The timeline first: names of everything in it are then in the dictionaries.
        let timeline = app.log.timeline()?;
        let names = app.log.names();
        let threads = app.settings.query_threads;
        let units = units_in(app, sight, &names)?;
        let has_too_many_units = names.units.len() > usize::from(LivedJourney::OTHER_UNIT);
        let seen =
            units.as_ref().map(|units| seen_activities(&app.waiting.watch(&timeline), units, threads)).transpose()?;
        let vocabulary = Vocabulary::new(names.clone(), &entries, seen);
        let mut channels = extent.channels;
        channels.sort_unstable();
        channels.dedup();
        let mut moment = Moment {
            app: app.clone(),
            timeline,
            vocabulary,
            units,
            threads,
            names,
            calendar,
            entries,
            has_too_many_units,
            instants,
            channels,
            channel_set: None,
            population: found.population,
            segments: (found.segments, found.without_segments),
            scanned: found.scanned,
        };
        if !moment.channels.is_empty() {
            moment.channel_set = Some(find_channels(&moment, &moment.channels)?);
        }
        Ok(moment)
    }

    /// Reads properties that are not laid out from the stored events of the period, so that what is asked within it can name
    /// them like the others. A property that is named twice is read once.
    pub fn read_properties(&mut self, asked: impl IntoIterator<Item = AskedProperty>) -> Result<()> {
        let mut missing: Vec<AskedProperty> = Vec::new();
        for AskedProperty { name, values } in asked {
            match missing.iter_mut().find(|asked| asked.name == name) {
                Some(asked) => asked.values.extend(values),
                None if self.timeline.properties().find(&name).is_none() => {
                    missing.push(AskedProperty { name, values })
                }
                None => {}
            }
        }
        if missing.is_empty() {
            return Ok(());
        }
        let reading = Reading { occurred: self.span(), threads: self.threads, check: &|| self.app.waiting.check() };
        self.timeline = self.app.log.read_properties(&self.timeline, &missing, &reading)?;
        self.scanned.extend(missing.into_iter().map(|asked| asked.name));
        Ok(())
    }

    /// Reads properties that nobody named in the question. Where there is too much to read, the answer does without, and the
    /// reader should know what becomes of it then.
    pub fn read_unless_too_large<'a>(
        &mut self,
        names: impl IntoIterator<Item = &'a str>,
        otherwise: &str,
    ) -> Result<Option<FindingDto>> {
        let asked = names.into_iter().map(|name| AskedProperty { name: name.to_owned(), values: Vec::new() });
        match self.read_properties(asked) {
            Ok(()) => Ok(None),
            Err(error) if error.code == Code::TooLarge => {
                let detail = format!("{}; until then {otherwise}", error.detail);
                Ok(Some(FindingDto { code: "property_not_read", detail }))
            }
            Err(error) => Err(error),
        }
    }

    /// Which properties were read from the stored events, for this question and for the segments that it is about.
    pub fn scanned(&self) -> &BTreeSet<String> {
        &self.scanned
    }

    /// Asks from here on of what happened so long before and after the period too, in milliseconds, and on every channel: for
    /// questions about what surrounds what happened in it.
    pub fn widen(&mut self, before_ms: i64, after_ms: i64) {
        let Instants { from_ms, to_ms } = self.instants;
        let from_ms = from_ms.map(|at| at.saturating_sub(before_ms));
        self.instants = Instants { from_ms, to_ms: to_ms.map(|at| at.saturating_add(after_ms)) };
        self.channels.clear();
        self.channel_set = None;
    }

    /// Whether the question is about a period.
    pub fn has_period(&self) -> bool {
        self.instants != Instants::default()
    }

    /// The period, in UTC milliseconds.
    pub fn span(&self) -> Range<i64> {
        self.instants.span()
    }

    /// Asks of what whoever asks sees, on the channels and in the period that the question is about.
    pub fn ask<O: Operator>(&self, operator: O) -> Result<O::Output> {
        self.ask_over(&self.timeline, &self.population, self.instants, operator)
    }

    /// The same of those of the customers who are in one set and in none of another.
    pub fn ask_among<O: Operator>(&self, only: &CustomerSet, without: &CustomerSet, operator: O) -> Result<O::Output> {
        let some = match self.population.only.clone() {
            Some(already) => already.and(only),
            None => only.clone(),
        };
        let population = Population { only: Some(some), without: self.population.without.clone().or(without) };
        self.ask_over(&self.timeline, &population, self.instants, operator)
    }

    /// The same with what happened before the period too: for questions about what came first.
    pub fn ask_with_past<O: Operator>(&self, operator: O) -> Result<O::Output> {
        self.ask_over(&self.timeline, &self.population, Instants { from_ms: None, ..self.instants }, operator)
    }

    /// Whether, but for its period, nothing is left out.
    fn is_about_everything(&self) -> bool {
        self.units.is_none() && self.channel_set.is_none() && self.population.is_everybody()
    }

    /// When the first and the last event happened of what the question is about, whatever its period. None without events.
    pub fn find_span(&self) -> Result<Option<Span>> {
        if self.is_about_everything() {
            let instants = self.timeline.instants()?;
            return Ok(instants.map(|at| Span { first_ms: *at.start(), last_ms: *at.end() }));
        }
        self.ask_over(&self.timeline, &self.population, Instants::default(), FindSpan)
    }

    /// The period, in UTC milliseconds; none where it is open.
    pub fn period(&self) -> (Option<i64>, Option<i64>) {
        (self.instants.from_ms, self.instants.to_ms)
    }

    /// The timeline as long as somebody waits for what is asked of it.
    pub fn watched(&self) -> Watched<'_> {
        self.app.waiting.watch(&self.timeline)
    }

    /// Asks of everything that whoever asks sees, whatever the question is about.
    pub fn ask_whole<O: Operator>(&self, operator: O) -> Result<O::Output> {
        self.ask_everything(Instants::default(), operator)
    }

    /// The same of what happened in the period.
    pub fn ask_whole_within<O: Operator>(&self, operator: O) -> Result<O::Output> {
        self.ask_everything(self.instants, operator)
    }

    fn ask_everything<O: Operator>(&self, instants: Instants, operator: O) -> Result<O::Output> {
        let (watched, span) = (self.watched(), instants.span());
        match &self.units {
            Some(units) => run(operator, &within(&below(&watched, units), span.start, span.end), self.threads),
            None => run(operator, &within(&watched, span.start, span.end), self.threads),
        }
    }

    fn ask_over<O: Operator>(
        &self,
        source: &dyn JourneySource<Error = Error>,
        population: &Population,
        instants: Instants,
        operator: O,
    ) -> Result<O::Output> {
        let (some, seen, recoded, on_them, inside);
        let watched = self.app.waiting.watch(source);
        let mut source: &dyn JourneySource<Error = Error> = &watched;
        if !population.is_everybody() {
            some = among(source, population);
            source = &some;
        }
        if let Some(units) = &self.units {
            seen = below(source, units);
            source = &seen;
        }
        if let Some(with_codes) = self.vocabulary.recode(source) {
            recoded = with_codes;
            source = &recoded;
        }
        if let Some(channels) = self.channel_set {
            on_them = on_channels(source, channels);
            source = &on_them;
        }
        if instants != Instants::default() {
            let span = instants.span();
            inside = within(source, span.start, span.end);
            source = &inside;
        }
        run(operator, source, self.threads)
    }

    pub fn over(&self) -> Result<OverDto> {
        let is_whole = self.is_about_everything() && self.instants == Instants::default();
        let now = self.app.clock.now_ms();
        let (census, impossible) = if is_whole {
            let census = Census::of(self.timeline.event_count(), self.timeline.customer_count());
            (
                census,
                self.app.oddities.impossible_times(&self.watched(), self.timeline.event_count(), now, self.threads)?,
            )
        } else {
            let census = self.ask(Count::until(now))?;
            (Census::of(census.events, census.customers), census.impossible())
        };
        Ok(OverDto {
            events: census.events,
            customers: census.customers,
            from: self.instants.from_ms.map(format_instant),
            to: self.instants.to_ms.map(format_instant),
            channels: self.channels.clone(),
            segments: self.segments.0.clone(),
            without_segments: self.segments.1.clone(),
            scanned: self.scanned.iter().cloned().collect(),
            impossible,
        })
    }

    /// What the reader of an answer about everything that happened should know.
    pub fn findings(&self, over: &OverDto) -> Vec<FindingDto> {
        self.findings_about(over, None)
    }

    /// The same of an answer that is about some activities only.
    pub fn findings_about(&self, over: &OverDto, activities: Option<&[u16]>) -> Vec<FindingDto> {
        let mut findings = Vec::new();
        if over.events == 0 {
            let mut detail = "there is no event in this period".to_owned();
            if !self.channels.is_empty() {
                detail = format!("{detail} on {}", self.channels.join(", "));
            }
            if !self.population.is_everybody() {
                detail.push_str(" of customers in these segments");
            }
            findings.push(FindingDto { code: "no_events", detail });
        }
        if self.vocabulary.has_overflown() {
            let detail = "there are more activities than are told apart; the last ones count as `(other)`".to_owned();
            findings.push(FindingDto { code: "too_many_activities", detail });
        }
        if self.units.is_some() && self.has_too_many_units {
            let detail = "there are more units than are told apart; events of the last ones are not seen".to_owned();
            findings.push(FindingDto { code: "too_many_units", detail });
        }
        findings.extend(self.find_oddities(&over.impossible, activities));
        findings
    }
}

/// From the first to the last event, in UTC milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub first_ms: i64,
    pub last_ms: i64,
}

struct FindSpan;

impl Operator for FindSpan {
    type Partial = Option<Span>;
    type Output = Option<Span>;

    fn start(&self) -> Option<Span> {
        None
    }

    fn fold(&self, span: &mut Option<Span>, customer: LivedJourney<'_>) {
        let (Some(&first_ms), Some(&last_ms)) = (customer.occurred_at.first(), customer.occurred_at.last()) else {
            return;
        };
        self.merge(span, Some(Span { first_ms, last_ms }));
    }

    fn merge(&self, into: &mut Option<Span>, from: Option<Span>) {
        *into = match (*into, from) {
            (Some(a), Some(b)) => {
                Some(Span { first_ms: a.first_ms.min(b.first_ms), last_ms: a.last_ms.max(b.last_ms) })
            }
            (a, b) => a.or(b),
        };
    }

    fn finish(self, span: Option<Span>) -> Step<Self> {
        Step::Done(span)
    }
}
