//! How a funnel is shown.

use serde_json::Value;

use super::{list, number, time};
use crate::show::{self, Column};

pub fn write(answer: &Value) -> anyhow::Result<()> {
    write_funnel(answer, false)
}

/// With the 90th percentile and the mean of the times too.
pub fn write_with_times(answer: &Value) -> anyhow::Result<()> {
    write_funnel(answer, true)
}

fn write_funnel(answer: &Value, with_times: bool) -> anyhow::Result<()> {
    let steps = list(answer, "steps");
    let has_entries = steps.iter().any(|step| step["entries"].is_object());
    let counted = |step: &Value| number(if has_entries { &step["entries"]["count"] } else { &step["customers"] });
    let whole = steps.first().map_or(0, counted);
    let mut before = None;
    let mut rows = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        let mut row = vec![(index + 1).to_string(), name_of_step(step), show::count(number(&step["customers"]))];
        if has_entries {
            row.push(show::count(counted(step)));
        }
        row.push(show::percent(counted(step), whole));
        row.push(before.map(|before| show::percent(counted(step), before)).unwrap_or_default());
        row.push(time(&step["median_ms"]));
        if with_times {
            row.extend([time(&step["p90_ms"]), time(&step["mean_ms"])]);
        }
        rows.push(row);
        before = Some(counted(step));
    }
    let mut columns = vec![Column::Number("step"), Column::Text("activity"), Column::Number("customers")];
    if has_entries {
        columns.push(Column::Number("entries"));
    }
    columns.extend([Column::Number("of all"), Column::Number("of step before"), Column::Number("median time")]);
    if with_times {
        columns.extend([Column::Number("90 % within"), Column::Number("mean time")]);
    }
    show::table(&columns, rows)?;
    if answer["breakdown"].is_object() {
        write_breakdown(&answer["breakdown"], steps)?;
    }
    for (index, step) in list(answer, "steps").iter().enumerate() {
        let dropped = &step["after_dropping"];
        if dropped.is_object() {
            write_dropped(index + 1, dropped)?;
        }
    }
    Ok(())
}

/// The share of each step by value, and how the last step compares with everybody else's.
fn write_breakdown(breakdown: &Value, steps: &[Value]) -> anyhow::Result<()> {
    show::line("")?;
    let names: Vec<String> = steps.iter().skip(1).map(name_of_step).collect();
    let by = show::text(&breakdown["by"]);
    let mut columns = vec![Column::Text(&by), Column::Number("customers")];
    columns.extend(names.iter().map(|name| Column::Number(name)));
    columns.push(Column::Number("against the rest"));
    let groups = list(breakdown, "groups").iter().chain(breakdown["other"].is_object().then_some(&breakdown["other"]));
    let rows = groups.map(|group| {
        let of_value = list(group, "steps");
        let name = group["name"].as_str().map(|name| format!(" {name}")).unwrap_or_default();
        let mut row = vec![show::text(&group["value"]) + &name, show::count(number(&group["customers"]))];
        let later = of_value.iter().skip(1);
        row.extend(later.map(|step| step["share"].as_f64().map(show::share).unwrap_or_default()));
        row.push(of_value.last().map(|step| difference(&step["against_the_rest"])).unwrap_or_default());
        row
    });
    show::table(&columns, rows.collect())?;
    let comparison = &breakdown["comparison"];
    if comparison.is_object() {
        let (first, second) = (show::text(&comparison["first"]), show::text(&comparison["second"]));
        show::line(format!("\n{first} less {second}"))?;
        let differences = list(comparison, "steps").iter().zip(steps).skip(1);
        let rows = differences.map(|(found, step)| vec![name_of_step(step), difference(found)]).collect();
        show::table(&[Column::Text("activity"), Column::Number("difference")], rows)?;
        if let Some(both) = comparison["in_both"].as_u64().filter(|both| *both > 0) {
            show::line(format!("without the {} who belong to both", show::count(both)))?;
        }
    }
    Ok(())
}

/// In points of a hundred, with its interval.
fn difference(found: &Value) -> String {
    let points = |name: &str| found[name].as_f64().map(|share| format!("{:+.1}", share * 100.0));
    match (points("difference"), points("low"), points("high")) {
        (Some(difference), Some(low), Some(high)) => format!("{difference} ({low} to {high})"),
        _ => String::new(),
    }
}

/// What those did next who came to a step and no further.
fn write_dropped(step: usize, dropped: &Value) -> anyhow::Result<()> {
    show::line(format!("\nafter dropping out behind step {step}"))?;
    let row = |activity: String, next: &Value| {
        let share = show::share(next["share"].as_f64().unwrap_or_default());
        vec![activity, show::count(number(&next["customers"])), share]
    };
    let name =
        |next: &Value| next["activity"].as_str().map_or("(nothing)".to_owned(), |_| show::text(&next["activity"]));
    let mut rows: Vec<Vec<String>> = list(dropped, "next").iter().map(|next| row(name(next), next)).collect();
    if number(&dropped["other"]["customers"]) > 0 {
        rows.push(row("all others".to_owned(), &dropped["other"]));
    }
    show::table(&[Column::Text("next"), Column::Number("customers"), Column::Number("share")], rows)
}

/// The step as it is asked for: an activity, with its conditions in brackets.
fn name_of_step(step: &Value) -> String {
    let conditions = list(step, "conditions").iter().map(|condition| {
        let part = |name: &str| show::text(&condition[name]);
        format!("[{}{}{}]", part("property"), part("operator"), part("value"))
    });
    let excluded: Vec<String> = list(step, "excluded").iter().map(show::text).collect();
    let without = if excluded.is_empty() { String::new() } else { format!(" (no {} before)", excluded.join(", ")) };
    show::text(&step["activity"]) + &conditions.collect::<String>() + &without
}
