//! A funnel for each channel, unit or value of a property.

use std::collections::BTreeSet;

use domain::{Error, Result, SegmentId};
use journey::breakdown::{BreakdownBy, BreakdownGroup, BreakdownQuestion, BreakdownValue};
use journey::{CustomerSet, difference_of, share_of};

use super::asked::FoundFunnel;
use super::dto::{BreakdownDto, BreakdownGroupDto, BreakdownStepDto, ComparisonDto};
use super::service::Besides;
use crate::auth::Sight;
use crate::journeys::breakdown::{MISSING, find_by, name_values};
use crate::journeys::moment::Moment;
use crate::nearest::nearest;
use crate::segments::{FoundSegment, find_customers, list_segments, parse_segment};

/// Values that have a funnel of their own.
const SHOWN_VALUES: usize = 20;
/// What breaks a funnel down by segments, whatever properties are laid out.
pub const SEGMENT: &str = "segment";
/// How all the others are called.
const OTHER: &str = events::names::OTHER;

/// The funnels of a breakdown by name, the most frequent first; the rest is one.
struct Named {
    groups: Vec<(String, BTreeSet<BreakdownValue>, Vec<u64>)>,
    other: Option<(BTreeSet<BreakdownValue>, Vec<u64>)>,
}

pub fn compute_breakdown(moment: &Moment, found: &FoundFunnel, by: &str, compared: &[String]) -> Result<BreakdownDto> {
    let named = ask_named(moment, found, by)?;
    let rows: Vec<&Vec<u64>> =
        named.groups.iter().map(|(_, _, row)| row).chain(named.other.iter().map(|(_, row)| row)).collect();
    let whole: Vec<u64> = (0..found.shown.len()).map(|step| rows.iter().map(|row| row[step]).sum()).collect();
    let groups = named.groups.iter().map(|(value, _, row)| draw_group(value.clone(), row, &whole)).collect();
    let comparison = match compared {
        [] => None,
        [first, second] => {
            let (a, b) = (find_row(&named, first)?, find_row(&named, second)?);
            let difference = |step: usize| difference_of((a[step], a[0]), (b[step], b[0])).map(Into::into);
            let steps = (0..whole.len()).map(difference).collect();
            Some(ComparisonDto { first: first.clone(), second: second.clone(), steps, in_both: None })
        }
        _ => return Err(not_two()),
    };
    let other = named.other.as_ref().map(|(_, row)| draw_group(OTHER.to_owned(), row, &whole));
    Ok(BreakdownDto { by: by.to_owned(), groups, other, comparison })
}

fn not_two() -> Error {
    Error::invalid("`compare` names two values: send it twice")
}

/// A segment and how far its customers come.
struct OfSegment {
    id: SegmentId,
    name: String,
    customers: CustomerSet,
    row: Vec<u64>,
}

/// A funnel for each segment that is named, or for each that is kept. They may overlap: each is set against everybody who does
/// not belong to it, and two against each other without those who belong to both. With the properties that are not laid out
/// and were read to find who belongs to them.
pub fn compute_by_segment(
    moment: &Moment,
    found: &FoundFunnel,
    whole: &[u64],
    besides: &Besides,
    sight: &Sight,
) -> Result<(BreakdownDto, BTreeSet<String>)> {
    let nobody = CustomerSet::default();
    let reached = |only: &CustomerSet, without: &CustomerSet| -> Result<Vec<u64>> {
        let funnel = moment.ask_among(only, without, found.question()?)?;
        Ok(funnel.steps.iter().map(|step| step.customers).collect())
    };
    let (mut segments, mut scanned) = (Vec::new(), BTreeSet::new());
    for id in find_segments(moment, besides)? {
        let FoundSegment { name, members } = find_customers(&moment.app, id, sight)?;
        scanned.extend(members.scanned);
        let customers = members.customers;
        let row = reached(&customers, &nobody)?;
        segments.push(OfSegment { id, name, customers, row });
    }
    segments.sort_by(|a, b| b.row.first().cmp(&a.row.first()).then_with(|| a.id.cmp(&b.id)));
    let find = |text: &str| -> Result<&OfSegment> {
        let id = parse_segment(text)?;
        let segment = segments.iter().find(|segment| segment.id == id);
        segment.ok_or_else(|| Error::invalid(format!("`{id}` is none of the segments that are asked for")))
    };
    let comparison = match besides.compared.as_slice() {
        [] => None,
        [first, second] => {
            let (one, other) = (find(first)?, find(second)?);
            let a = reached(&one.customers, &other.customers)?;
            let b = reached(&other.customers, &one.customers)?;
            let difference = |step: usize| difference_of((a[step], a[0]), (b[step], b[0])).map(Into::into);
            Some(ComparisonDto {
                first: one.id.to_string(),
                second: other.id.to_string(),
                steps: (0..whole.len()).map(difference).collect(),
                in_both: Some(one.row[0] - a[0]),
            })
        }
        _ => return Err(not_two()),
    };
    let groups = segments.into_iter().map(|segment| BreakdownGroupDto {
        name: Some(segment.name),
        ..draw_group(segment.id.to_string(), &segment.row, whole)
    });
    Ok((BreakdownDto { by: SEGMENT.to_owned(), groups: groups.collect(), other: None, comparison }, scanned))
}

fn find_segments(moment: &Moment, besides: &Besides) -> Result<BTreeSet<SegmentId>> {
    if !besides.of_segments.is_empty() {
        let named = besides.of_segments.iter().map(|id| parse_segment(id)).collect::<Result<BTreeSet<_>>>()?;
        if named.len() > SHOWN_VALUES {
            return Err(Error::invalid(format!("a funnel is broken down by at most {SHOWN_VALUES} segments at once")));
        }
        return Ok(named);
    }
    let kept = list_segments(&moment.app)?;
    if kept.is_empty() {
        return Err(Error::invalid("no segment is kept; `vivencia segments create` keeps one"));
    }
    if kept.len() > SHOWN_VALUES {
        return Err(Error::invalid(format!(
            "there are {} segments, more than {SHOWN_VALUES}: send `of_segment=seg_1` for each that is meant",
            kept.len()
        )));
    }
    Ok(kept.into_iter().map(|segment| segment.id).collect())
}

/// The values that a name of a breakdown stands for.
pub(crate) fn find_value(
    moment: &Moment,
    found: &FoundFunnel,
    by: &str,
    value: &str,
) -> Result<(BreakdownBy, BTreeSet<BreakdownValue>)> {
    let named = ask_named(moment, found, by)?;
    let values = named.groups.iter().find(|(name, ..)| name == value).map(|(_, values, _)| values);
    let others = named.other.as_ref().filter(|_| value == OTHER).map(|(values, _)| values);
    let values = values.or(others).cloned().ok_or_else(|| unknown(&named, value))?;
    Ok((find_by(moment, by)?, values))
}

fn ask_named(moment: &Moment, found: &FoundFunnel, by: &str) -> Result<Named> {
    let by = find_by(moment, by)?;
    let groups = moment.ask(BreakdownQuestion::new(found.question()?, by))?;
    let name_of = name_values(moment, by);
    let mut named: Vec<(String, BTreeSet<BreakdownValue>, Vec<u64>)> = Vec::new();
    let mut rest: Vec<BreakdownGroup> = Vec::new();
    for group in groups {
        match group.value {
            BreakdownValue::Code(code) if name_of(code) == OTHER => rest.push(group),
            BreakdownValue::Code(code) => named.push((name_of(code), BTreeSet::from([group.value]), group.customers)),
            BreakdownValue::Missing => {
                named.push((MISSING.to_owned(), BTreeSet::from([group.value]), group.customers));
            }
            BreakdownValue::Other => rest.push(group),
        }
    }
    named.sort_unstable_by(|a, b| b.2[0].cmp(&a.2[0]).then_with(|| a.0.cmp(&b.0)));
    let cut = named.split_off(SHOWN_VALUES.min(named.len()));
    let parts = cut.into_iter().map(|(_, values, row)| (values, row));
    let parts = parts.chain(rest.into_iter().map(|group| (BTreeSet::from([group.value]), group.customers)));
    let other = parts.reduce(|(mut values, mut row), (more, added)| {
        values.extend(more);
        row.iter_mut().zip(added).for_each(|(sum, customers)| *sum += customers);
        (values, row)
    });
    Ok(Named { groups: named, other })
}

fn find_row<'a>(named: &'a Named, value: &str) -> Result<&'a [u64]> {
    let row = named.groups.iter().find(|(name, ..)| name == value).map(|(.., row)| row.as_slice());
    let other = named.other.as_ref().filter(|_| value == OTHER).map(|(_, row)| row.as_slice());
    row.or(other).ok_or_else(|| unknown(named, value))
}

fn unknown(named: &Named, value: &str) -> Error {
    Error::invalid(match nearest(value, named.groups.iter().map(|(name, ..)| name.as_str())) {
        Some(known) => format!("nobody began with `{value}`; did you mean `{known}`?"),
        None => format!("nobody began with `{value}`, or too few for a funnel of their own"),
    })
}

fn draw_group(value: String, row: &[u64], whole: &[u64]) -> BreakdownGroupDto {
    let of_first = |row: &[u64]| row.first().copied().unwrap_or(0);
    let steps = row.iter().zip(whole).map(|(&customers, &all)| {
        let share = share_of(customers, of_first(row));
        let rest = (all - customers, of_first(whole) - of_first(row));
        BreakdownStepDto {
            customers,
            share: share.map(|share| share.share),
            low: share.map(|share| share.low),
            high: share.map(|share| share.high),
            against_the_rest: difference_of((customers, of_first(row)), rest).map(Into::into),
        }
    });
    BreakdownGroupDto { value, name: None, customers: of_first(row), steps: steps.collect() }
}
