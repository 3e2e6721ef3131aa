//! Conditions of a step: `Order Completed[payment_method=card][store_id!=7][items>=3]`.

use std::cmp::Ordering;
use std::sync::Arc;

use domain::{Error, Result};
use events::AskedProperty;
use journey::funnel::{CodeSet, ValueCondition, ValueSet};

use super::funnel::dto::StepConditionDto;
use super::numbers::WrittenNumber;
use super::seen_values::SeenValues;
use crate::finding::FindingDto;
use crate::nearest::nearest;

/// Values that a finding lists.
const LISTED: usize = 5;

/// A condition as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenCondition<'a> {
    pub property: &'a str,
    pub operator: ConditionOperator,
    pub value: &'a str,
}

/// How the value of an event stands to the one that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConditionOperator {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

impl ConditionOperator {
    pub fn sign(self) -> &'static str {
        match self {
            ConditionOperator::Equal => "=",
            ConditionOperator::NotEqual => "!=",
            ConditionOperator::Less => "<",
            ConditionOperator::AtMost => "<=",
            ConditionOperator::Greater => ">",
            ConditionOperator::AtLeast => ">=",
        }
    }

    /// Whether it holds for a number that is so much against the one that is written.
    fn holds_for(self, order: Ordering) -> bool {
        match self {
            ConditionOperator::Equal => order.is_eq(),
            ConditionOperator::NotEqual => order.is_ne(),
            ConditionOperator::Less => order.is_lt(),
            ConditionOperator::AtMost => order.is_le(),
            ConditionOperator::Greater => order.is_gt(),
            ConditionOperator::AtLeast => order.is_ge(),
        }
    }
}

/// Splits a step into the name of its activity and its conditions. Each condition is the shortest end of the text in
/// brackets that has a sign to compare with, so that brackets in a name or a value are no trouble.
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
    let (start, sign) = inner
        .rmatch_indices('[')
        .find_map(|(start, _)| Some((start, start + 1 + inner[start + 1..].find(['=', '<', '>'])?)))?;
    let (property, rest) = (&inner[start + 1..sign], &inner[sign..]);
    let (operator, value) = [
        ("<=", ConditionOperator::AtMost),
        (">=", ConditionOperator::AtLeast),
        ("<", ConditionOperator::Less),
        (">", ConditionOperator::Greater),
        ("=", if property.ends_with('!') { ConditionOperator::NotEqual } else { ConditionOperator::Equal }),
    ]
    .into_iter()
    .find_map(|(sign, operator)| Some((operator, rest.strip_prefix(sign)?)))?;
    let property = match operator {
        ConditionOperator::NotEqual => property.trim_end_matches('!'),
        _ => property,
    };
    let (property, value) = (property.trim(), value.trim());
    let before = inner[..start].trim_end();
    let is_condition = !before.is_empty() && !property.is_empty();
    is_condition.then_some((before, WrittenCondition { property, operator, value }))
}

impl WrittenCondition<'_> {
    /// What it asks of its property. An error when it compares with what is no number.
    pub fn asked(&self) -> Result<AskedProperty> {
        let values = match self.operator {
            ConditionOperator::Equal | ConditionOperator::NotEqual => vec![self.value.to_owned()],
            _ => self.number().map(|_| Vec::new())?,
        };
        Ok(AskedProperty { name: self.property.to_owned(), values })
    }

    /// The number that it compares with.
    fn number(&self) -> Result<WrittenNumber<'_>> {
        WrittenNumber::read(self.value).ok_or_else(|| {
            Error::invalid(format!(
                "`{}` is no number, so nothing can be `{}` than it; write a number such as 10, -2.5 or 1e6, or ask for a \
                 text with `=` or `!=`",
                self.value,
                self.operator.sign()
            ))
        })
    }

    /// The condition in codes, and what its reader should know.
    pub fn find_values(&self, known: &SeenValues<'_>) -> Result<(ValueCondition, Vec<FindingDto>)> {
        let is_equal = match self.operator {
            ConditionOperator::Equal => true,
            ConditionOperator::NotEqual => false,
            _ => return self.compare(known),
        };
        let value = known.find(self.value);
        let never_seen = value.is_none().then(|| self.never_seen(known));
        let condition = ValueCondition { property: known.column(), values: ValueSet::One(value), is_equal };
        Ok((condition, never_seen.into_iter().collect()))
    }

    /// The values that are numbers for which the comparison holds.
    fn compare(&self, known: &SeenValues<'_>) -> Result<(ValueCondition, Vec<FindingDto>)> {
        let wanted = self.number()?;
        let values: Vec<(u16, Arc<str>)> = known.list().collect();
        let numbers: Vec<(u16, WrittenNumber<'_>, &str)> =
            values.iter().filter_map(|(code, text)| Some((*code, WrittenNumber::read(text)?, text.as_ref()))).collect();
        let holds = numbers.iter().filter(|(_, number, _)| self.operator.holds_for(number.cmp(&wanted)));
        let codes: Vec<u16> = holds.map(|(code, ..)| *code).collect();
        let mut findings = Vec::new();
        if codes.is_empty() {
            findings.push(self.never_so(known, &numbers));
        }
        if numbers.len() < values.len() && !numbers.is_empty() {
            let detail = format!(
                "some values of `{}` are no numbers; they are neither greater nor less than {}",
                self.property, self.value
            );
            findings.push(FindingDto { code: "value_not_a_number", detail });
        }
        if known.has_too_many() {
            let detail = format!(
                "`{}` has more values than are told apart, and events with the others are neither greater nor less than {}; \
                 send it rounded, or as classes such as `10-20`, and lay that property out",
                self.property, self.value
            );
            findings.push(FindingDto { code: "too_many_values", detail });
        }
        let values = ValueSet::Several(CodeSet::of(codes));
        Ok((ValueCondition { property: known.column(), values, is_equal: true }, findings))
    }

    /// The condition as an answer repeats it.
    pub fn show(&self) -> StepConditionDto {
        StepConditionDto {
            property: self.property.to_owned(),
            operator: self.operator.sign(),
            value: self.value.to_owned(),
        }
    }

    fn never_seen(&self, seen: &SeenValues<'_>) -> FindingDto {
        let mut known: Vec<Arc<str>> = seen.list().map(|(_, value)| value).collect();
        known.sort_unstable();
        let hint = match nearest(self.value, known.iter().map(AsRef::as_ref)) {
            Some(likely) => format!("did you mean `{likely}`?"),
            None if known.is_empty() => self.no_value(seen),
            None => {
                let mut first: Vec<&str> = known.iter().map(AsRef::as_ref).take(LISTED).collect();
                if known.len() > LISTED {
                    first.push("…");
                }
                format!("there are {}", first.join(", "))
            }
        };
        let detail = format!("{} `{}` = `{}`; {hint}", seen.no_event(), self.property, self.value);
        FindingDto { code: "value_never_seen", detail }
    }

    /// That no event has the property at all, or none a value that is told apart.
    fn no_value(&self, seen: &SeenValues<'_>) -> String {
        if !seen.is_empty() {
            return "its values are not told apart".to_owned();
        }
        let none = if seen.is_of_period() { "none of them has" } else { "no event has" };
        match seen.find_likely() {
            Some(likely) => format!("{none} a value of it; did you mean `{likely}`?"),
            None => format!("{none} a value of it"),
        }
    }

    /// That no number is so, with the smallest and the largest that there are.
    fn never_so(&self, seen: &SeenValues<'_>, numbers: &[(u16, WrittenNumber<'_>, &str)]) -> FindingDto {
        let by_number = |a: &&(u16, WrittenNumber<'_>, &str), b: &&(u16, WrittenNumber<'_>, &str)| a.1.cmp(&b.1);
        let hint = match (numbers.iter().min_by(by_number), numbers.iter().max_by(by_number)) {
            (Some((.., smallest)), Some((.., largest))) => format!("its numbers go from {smallest} to {largest}"),
            _ if seen.list().next().is_none() => self.no_value(seen),
            _ => "no value of it is a number".to_owned(),
        };
        let detail = format!("{} `{}` {} {}; {hint}", seen.no_event(), self.property, self.operator.sign(), self.value);
        FindingDto { code: "value_never_seen", detail }
    }
}

#[cfg(test)]
mod tests {
    use events::PropertyValues;
    use journey::PropertyColumns;

    use super::*;

    fn split(step: &str) -> String {
        let (name, conditions) = split_conditions(step);
        let shown = conditions.iter().map(|condition| {
            let operator = match condition.operator {
                ConditionOperator::Equal => "is",
                ConditionOperator::NotEqual => "is not",
                other => other.sign(),
            };
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
    fn numbers_are_compared_with_signs() {
        assert_eq!(split("Paid[items>3][items <= 9.5]"), "Paid: items > 3; items <= 9.5;");
        assert_eq!(split("Paid[items>=3][items < -9]"), "Paid: items >= 3; items < -9;");
        assert_eq!(split("Paid[note=a>b][rule!=<=]"), "Paid: note is a>b; rule is not <=;", "the first sign counts");
        assert_eq!(split("Paid[>3]"), "Paid[>3]:");
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

    /// The values of `x` for which a condition on it holds, and the codes of its findings.
    fn holding(condition: &str, values: &PropertyValues, seen: Option<&[bool]>) -> (Vec<String>, Vec<FindingDto>) {
        let step = format!("Paid[x{condition}]");
        let written = split_conditions(&step).1.remove(0);
        let known = SeenValues::all(values, 0);
        let known = match seen {
            Some(seen) => known.only(seen.to_vec()),
            None => known,
        };
        let (found, findings) = written.find_values(&known).unwrap();
        let ValueSet::Several(codes) = found.values else { panic!("a comparison asks for several") };
        let known = values.list_values(0).into_iter().zip(0_u16..);
        (known.filter(|(_, code)| codes.has(*code)).map(|(value, _)| value.to_string()).collect(), findings)
    }

    fn values_of(texts: impl IntoIterator<Item = String>) -> PropertyValues {
        let values = PropertyValues::new(&["x".to_owned()]);
        texts.into_iter().for_each(|text| values.add_codes(&format!(r#"{{"x":{text}}}"#), &mut Vec::new()));
        values
    }

    #[test]
    fn a_comparison_stands_for_the_numbers_that_it_holds_for() {
        let values = values_of(["9", "10", "10.0", "10.5", "-1", r#""card""#, r#""007""#, "true"].map(str::to_owned));
        assert_eq!(holding(">10", &values, None).0, ["10.5"]);
        assert_eq!(holding(">=10", &values, None).0, ["10", "10.0", "10.5"]);
        assert_eq!(holding("<1e1", &values, None).0, ["9", "-1"]);
        assert_eq!(holding("<=10", &values, None).0, ["9", "10", "10.0", "-1"]);
        let (none, findings) = holding(">99", &values, None);
        assert!(none.is_empty());
        assert_eq!(findings[0].detail, "no event ever had `x` > 99; its numbers go from -1 to 10.5");
        assert_eq!(findings[1].code, "value_not_a_number");
        let seen = [true, false, false, false, false, false, false, false];
        let (whoever_sees_less, findings) = holding(">8", &values, Some(&seen));
        assert_eq!((whoever_sees_less, findings.len()), (vec!["9".to_owned()], 0), "learns of nothing else");
        let (_, findings) = holding(">8", &values_of([r#""card""#.to_owned()]), None);
        assert_eq!(findings[0].detail, "no event ever had `x` > 8; no value of it is a number");
    }

    #[test]
    fn values_that_are_not_told_apart_are_said_to_be_left_out() {
        let full = values_of((0..PropertyColumns::OTHER_VALUE).map(|number| number.to_string()));
        let (held, findings) = holding(">=65530", &full, None);
        assert_eq!((held.len(), findings[0].code), (4, "too_many_values"));
        let seen_no_others = [true; 9];
        assert!(holding("<3", &full, Some(&seen_no_others)).1.is_empty());
    }
}
