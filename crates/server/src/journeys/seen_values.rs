//! The values of properties that there are for whoever asks: those of the events that they see, and where a property was read
//! for a period, those of the period. What was read may hold more, for somebody asked of more before.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::{Error, Result};
use events::PropertyValues;
use journey::{LivedJourney, Needs, Operator, PropertyColumns, Step};

use super::moment::Moment;
use crate::finding::FindingDto;
use crate::nearest::nearest;
use crate::sight::{join_codes, note_codes};

/// The values of a property that there are for whoever asks.
#[derive(Clone, Debug)]
pub struct SeenValues<'a> {
    values: &'a PropertyValues,
    column: usize,
    /// By code; all that are known when it is none.
    seen: Option<Vec<bool>>,
    is_of_period: bool,
    /// Other properties, of which one may be meant where no event has this one.
    others: Vec<String>,
}

impl<'a> SeenValues<'a> {
    /// All values that are known of a property.
    pub fn all(values: &'a PropertyValues, column: usize) -> SeenValues<'a> {
        SeenValues { values, column, seen: None, is_of_period: false, others: Vec::new() }
    }

    /// Those of them that are seen, by code.
    pub fn only(self, seen: Vec<bool>) -> SeenValues<'a> {
        SeenValues { seen: Some(seen), ..self }
    }

    pub fn name(&self) -> &'a str {
        self.values.names().nth(self.column).unwrap_or_default()
    }

    pub fn column(&self) -> usize {
        self.column
    }

    fn has(&self, code: u16) -> bool {
        self.seen.as_ref().is_none_or(|seen| seen.get(usize::from(code)).copied().unwrap_or_default())
    }

    /// The code of a value.
    pub fn find(&self, value: &str) -> Option<u16> {
        self.values.find_value(self.column, value).filter(|code| self.has(*code))
    }

    /// The values that are told apart, with their codes.
    pub fn list(&self) -> impl Iterator<Item = (u16, Arc<str>)> {
        (0_u16..).zip(self.values.list_values(self.column)).filter(|(code, _)| self.has(*code))
    }

    /// Whether there is an event whose value is not told apart from others.
    pub fn has_too_many(&self) -> bool {
        self.values.is_full(self.column) && self.has(PropertyColumns::OTHER_VALUE)
    }

    /// Whether they are those of the period that is asked about, and not of all time.
    pub fn is_of_period(&self) -> bool {
        self.is_of_period
    }

    /// How a sentence begins that says that none is so.
    pub fn no_event(&self) -> &'static str {
        if self.is_of_period { "no event of the period had" } else { "no event ever had" }
    }

    /// The property that may be meant where no event has this one.
    pub fn find_likely(&self) -> Option<&str> {
        nearest(self.name(), self.others.iter().map(String::as_str))
    }

    /// Whether no event has any.
    pub fn is_empty(&self) -> bool {
        let others = usize::from(PropertyColumns::OTHER_VALUE);
        let has_others = self.seen.as_ref().is_some_and(|seen| seen.get(others) == Some(&true));
        !has_others && self.list().next().is_none()
    }

    /// What a reader should know of a property that no event has.
    pub fn never_had(&self) -> Option<FindingDto> {
        let hint = self.find_likely().map(|likely| format!("; did you mean `{likely}`?")).unwrap_or_default();
        let detail = format!("{} `{}`{hint}", self.no_event(), self.name());
        self.is_empty().then_some(FindingDto { code: "value_never_seen", detail })
    }
}

/// Those of a property.
pub fn find_seen<'a, 'm>(seen: &'a [SeenValues<'m>], property: &str) -> Result<&'a SeenValues<'m>> {
    seen.iter().find(|seen| seen.name() == property).ok_or_else(|| not_read(property))
}

/// The column of a property, which is laid out or was read for the question.
pub fn find_property(property: &str, values: &PropertyValues) -> Result<usize> {
    values.find(property).ok_or_else(|| not_read(property))
}

fn not_read(property: &str) -> Error {
    Error::internal(format!("`{property}` was not read for a question about it"))
}

/// What the values of a property mean.
#[derive(Clone, Debug)]
pub struct ReadValues<T> {
    pub column: usize,
    /// By code; none for values that mean nothing.
    pub meanings: Vec<Option<T>>,
    /// What the reader should know of those that mean nothing.
    pub findings: Vec<FindingDto>,
}

/// How findings tell of values that mean nothing.
#[derive(Clone, Copy, Debug)]
pub struct ToldAs {
    /// Such values are …
    pub not_read: &'static str,
    /// What has such a value, and what becomes of it.
    pub those: &'static str,
    pub otherwise: &'static str,
}

impl Moment {
    /// Reads the values of a property, which is laid out or was read for the question.
    pub fn read_values<T>(
        &self,
        property: &str,
        read: impl Fn(&str) -> Option<T>,
        told_as: ToldAs,
    ) -> Result<ReadValues<T>> {
        let ToldAs { not_read, those, otherwise } = told_as;
        let seen = self.see_values([property])?;
        let seen = find_seen(&seen, property)?;
        let values = self.timeline.properties().list_values(seen.column());
        let meanings: Vec<Option<T>> = values.iter().map(|value| read(value)).collect();
        let mut findings: Vec<FindingDto> = seen.never_had().into_iter().collect();
        if seen.list().any(|(code, _)| meanings.get(usize::from(code)).is_some_and(Option::is_none)) {
            let detail = format!("some values of `{property}` are {not_read}; such {those} {otherwise}");
            findings.push(FindingDto { code: "value_not_a_number", detail });
        }
        if seen.has_too_many() {
            let detail = format!("`{property}` has more values than are told apart; {those} with others {otherwise}");
            findings.push(FindingDto { code: "too_many_values", detail });
        }
        Ok(ReadValues { column: seen.column(), meanings, findings })
    }

    /// The values of these properties, which are laid out or were read for the question.
    pub fn see_values<'a>(&self, properties: impl IntoIterator<Item = &'a str>) -> Result<Vec<SeenValues<'_>>> {
        let values = self.timeline.properties();
        let names: BTreeSet<&str> = properties.into_iter().collect();
        let columns = names.into_iter().map(|name| find_property(name, values)).collect::<Result<Vec<usize>>>()?;
        let was_read_for_more =
            |column: &usize| self.timeline.span_read(*column).is_some_and(|span| *span != self.span());
        let (in_part, as_read): (Vec<usize>, Vec<usize>) = columns.iter().copied().partition(was_read_for_more);
        let mut found = BTreeMap::new();
        if !in_part.is_empty() {
            found.extend(self.ask_whole_within(CodesOf { properties: in_part })?);
        }
        if self.units.is_some() && !as_read.is_empty() {
            found.extend(self.ask_whole(CodesOf { properties: as_read })?);
        }
        let see = |column: usize| {
            let mut seen = SeenValues::all(values, column);
            if let Some(codes) = found.remove(&column) {
                seen = seen.only(codes);
            }
            seen.is_of_period = self.has_period() && self.timeline.span_read(column).is_some();
            // Whoever sees only a part is not told of the rest.
            if self.units.is_none() && seen.is_empty() {
                seen.others = self.list_other_properties(seen.name())?;
            }
            Ok(seen)
        };
        columns.into_iter().map(see).collect()
    }

    /// The names of the properties that there are besides one.
    fn list_other_properties(&self, own: &str) -> Result<Vec<String>> {
        let seen = self.app.state.events.list_properties()?.into_iter().map(|seen| seen.name);
        let laid_out = self.timeline.properties().names().map(str::to_owned);
        Ok(seen.chain(laid_out).filter(|name| name != own).collect())
    }
}

/// Which values of some properties there are, by code.
struct CodesOf {
    properties: Vec<usize>,
}

impl Operator for CodesOf {
    /// As the properties stand.
    type Partial = Vec<Vec<bool>>;
    /// By property.
    type Output = BTreeMap<usize, Vec<bool>>;

    fn needs(&self) -> Needs {
        let properties = self.properties.iter().fold(0, |bits, property| bits | 1 << property);
        Needs { properties, ..Needs::EVERY_CUSTOMER }
    }

    fn start(&self) -> Vec<Vec<bool>> {
        vec![Vec::new(); self.properties.len()]
    }

    fn fold(&self, seen: &mut Vec<Vec<bool>>, customer: LivedJourney<'_>) {
        for (seen, property) in seen.iter_mut().zip(&self.properties) {
            note_codes(seen, customer.properties.column(*property));
        }
    }

    fn merge(&self, into: &mut Vec<Vec<bool>>, from: Vec<Vec<bool>>) {
        into.iter_mut().zip(&from).for_each(|(into, from)| join_codes(into, from));
    }

    fn finish(self, seen: Vec<Vec<bool>>) -> Step<Self> {
        Step::Done(self.properties.into_iter().zip(seen).collect())
    }
}
