//! Conditions of a step: `Order Completed[payment_method=card][store_id!=7]`.

use std::sync::Arc;

use domain::{Error, Result};
use events::PropertyValues;
use journey::funnel::ValueCondition;

use super::funnel::dto::StepConditionDto;
use crate::finding::FindingDto;
use crate::nearest::nearest;

/// Values that a finding lists.
const LISTED: usize = 5;

/// A condition as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenCondition<'a> {
    pub property: &'a str,
    pub value: &'a str,
    pub is_equal: bool,
}

/// Splits a step into the name of its activity and its conditions. Each condition is the shortest end of the text in
/// brackets that has an equals sign, so that brackets in a name or a value are no trouble.
pub fn split_conditions(step: &str) -> (&str, Vec<WrittenCondition<'_>>) {
    let mut name = step;
    let mut conditions = Vec::new();
    while let Some((before, condition)) = split_last(name) {
        name = before;
        conditions.push(condition);
    }
    conditions.reverse();
    (name, conditions)
}

fn split_last(text: &str) -> Option<(&str, WrittenCondition<'_>)> {
    let inner = text.strip_suffix(']')?;
    let (start, equals) =
        inner.rmatch_indices('[').find_map(|(start, _)| Some((start, start + 1 + inner[start + 1..].find('=')?)))?;
    let (property, value) = (&inner[start + 1..equals], inner[equals + 1..].trim());
    let is_equal = !property.ends_with('!');
    let property = property.trim_end_matches('!').trim();
    let before = inner[..start].trim_end();
    let is_condition = !before.is_empty() && !property.is_empty();
    is_condition.then_some((before, WrittenCondition { property, value, is_equal }))
}

impl WrittenCondition<'_> {
    /// The column of the property. An error when it is not laid out.
    pub fn find_property(&self, values: &PropertyValues) -> Result<usize> {
        values.find(self.property).ok_or_else(|| self.not_laid_out(values))
    }

    /// The condition in codes, and what its reader should know. `seen` says by code which values there are for whoever
    /// asks; all when it is none.
    pub fn find_value(
        &self,
        values: &PropertyValues,
        property: usize,
        seen: Option<&[bool]>,
    ) -> (ValueCondition, Option<FindingDto>) {
        let is_seen = |code: usize| seen.is_none_or(|seen| seen.get(code).copied().unwrap_or_default());
        let value = values.find_value(property, self.value).filter(|code| is_seen(usize::from(*code)));
        let finding = value.is_none().then(|| {
            let known = values.list_values(property).into_iter().enumerate();
            self.never_seen(known.filter(|(code, _)| is_seen(*code)).map(|(_, value)| value).collect())
        });
        (ValueCondition { property, value, is_equal: self.is_equal }, finding)
    }

    /// The condition as an answer repeats it.
    pub fn show(&self) -> StepConditionDto {
        StepConditionDto {
            property: self.property.to_owned(),
            operator: if self.is_equal { "=" } else { "!=" },
            value: self.value.to_owned(),
        }
    }

    fn not_laid_out(&self, values: &PropertyValues) -> Error {
        let known: Vec<&str> = values.names().collect();
        let there_are = match nearest(self.property, known.iter().copied()) {
            Some(known) => format!("did you mean `{known}`? Otherwise add"),
            None if known.is_empty() => "no property is; add".to_owned(),
            None => format!("these are: {}; add", known.join(", ")),
        };
        Error::invalid(format!(
            "`{}` is not laid out in the timeline, so a step cannot ask for its values; {there_are} it to the setting \
             `timeline_properties` (or VIVENCIA_TIMELINE_PROPERTIES) and start the server again",
            self.property
        ))
    }

    fn never_seen(&self, mut known: Vec<Arc<str>>) -> FindingDto {
        known.sort_unstable();
        let hint = match nearest(self.value, known.iter().map(AsRef::as_ref)) {
            Some(likely) => format!("did you mean `{likely}`?"),
            None if known.is_empty() => "no event has a value of it".to_owned(),
            None => {
                let mut first: Vec<&str> = known.iter().map(AsRef::as_ref).take(LISTED).collect();
                if known.len() > LISTED {
                    first.push("…");
                }
                format!("there are {}", first.join(", "))
            }
        };
        let detail = format!("no event ever had `{}` = `{}`; {hint}", self.property, self.value);
        FindingDto { code: "value_never_seen", detail }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(step: &str) -> String {
        let (name, conditions) = split_conditions(step);
        let shown = conditions.iter().map(|condition| {
            let operator = if condition.is_equal { "is" } else { "is not" };
            format!(" {} {operator} {};", condition.property, condition.value)
        });
        format!("{name}:{}", shown.collect::<String>())
    }

    #[test]
    fn conditions_stand_in_brackets_after_the_name() {
        assert_eq!(split("Order Completed"), "Order Completed:");
        assert_eq!(split("Order Completed[paid=card]"), "Order Completed: paid is card;");
        assert_eq!(split("Paid [a = 1] [b != 2]"), "Paid: a is 1; b is not 2;");
        assert_eq!(split("Paid[note=]"), "Paid: note is ;", "the empty text is a value");
    }

    #[test]
    fn brackets_in_names_and_values_are_no_conditions() {
        assert_eq!(split("Opened [beta]"), "Opened [beta]:");
        assert_eq!(split("Opened [beta][page=a[1]]"), "Opened [beta]: page is a[1];");
        assert_eq!(split("Opened[page=x]y]"), "Opened: page is x]y;");
        assert_eq!(split("Opened[url=/a?b=1]"), "Opened: url is /a?b=1;");
        assert_eq!(split("[a=1]"), "[a=1]:", "a step has a name");
        assert_eq!(split("Opened[=1]"), "Opened[=1]:");
    }
}
