//! `vivencia journeys retention | life-cycle | attribution | daily`

use serde_json::Value;

use super::journeys::{list, number, within};
use crate::cli::{AttributionArgs, DailyArgs, LifeCycleArgs, RetentionArgs, StepList, word};
use crate::client::PathWithQuery;
use crate::show::{self, Column};

/// Rows of daily counts that a terminal shows.
const SHOWN_DAYS: usize = 60;

fn with_each(path: PathWithQuery, name: &str, activities: Option<&StepList>) -> PathWithQuery {
    activities.into_iter().flat_map(|list| &list.0).fold(path, |path, activity| path.with(name, activity))
}

pub fn retention_path(args: &RetentionArgs) -> PathWithQuery {
    let path = PathWithQuery::new("/api/v1/journeys/retention")
        .with("every", &word(args.every))
        .with("rule", &word(args.rule))
        .with("after", &args.after.to_string());
    let path = with_each(path, "start", args.start.as_ref());
    within(with_each(path, "return", args.back.as_ref()), &args.period)
}

pub fn life_cycle_path(args: &LifeCycleArgs) -> PathWithQuery {
    let path = PathWithQuery::new("/api/v1/journeys/life-cycle").with("every", &word(args.every));
    within(with_each(path, "activity", args.activities.as_ref()), &args.period)
}

pub fn attribution_path(args: &AttributionArgs) -> PathWithQuery {
    let removal = args.removal.map(|order| order.to_string());
    let path = PathWithQuery::new("/api/v1/journeys/attribution")
        .with("window", &args.window)
        .with("by", &word(args.by))
        .with("path", &word(args.path))
        .with_some("removal", removal.as_deref())
        .with_some("value", args.value.as_deref())
        .with_some("currency", args.currency.as_deref());
    let path = with_each(path, "outcome", Some(&args.outcome));
    within(with_each(path, "touch", args.touches.as_ref()), &args.period)
}

pub fn daily_path(args: &DailyArgs) -> PathWithQuery {
    let path = PathWithQuery::new("/api/v1/journeys/daily");
    within(with_each(path, "activity", args.activities.as_ref()), &args.period)
}

fn share(value: &Value) -> String {
    value.as_f64().map_or_else(|| "–".to_owned(), show::share)
}

/// A share that may still rise has a plus sign.
pub fn write_retention(answer: &Value) -> anyhow::Result<()> {
    let curve = list(answer, "curve");
    let cohorts = list(answer, "cohorts");
    // What no cohort is old enough for has no column.
    let width = cohorts.iter().map(|cohort| list(cohort, "returned").len()).max().unwrap_or(0);
    let cell = |returned: &Value| {
        let sign = if returned["is_complete"] == true { "" } else { "+" };
        share(&returned["share"]) + sign
    };
    let mut rows: Vec<Vec<String>> = cohorts
        .iter()
        .map(|cohort| {
            let mut row = vec![show::text(&cohort["first_day"]), show::count(number(&cohort["customers"]))];
            row.extend(list(cohort, "returned").iter().map(cell));
            row.resize(width + 2, String::new());
            row
        })
        .collect();
    let mut all = vec!["all".to_owned(), String::new()];
    all.extend(curve.iter().take(width).map(|retained| share(&retained["share"])));
    all.resize(width + 2, String::new());
    rows.push(all);
    let every = match answer["every"].as_str() {
        Some("day") => "day",
        Some("month") => "month",
        _ => "week",
    };
    let mut columns = vec![Column::Text(every), Column::Number("customers")];
    let headings: Vec<String> = (0..width).map(|after| after.to_string()).collect();
    columns.extend(headings.iter().map(|after| Column::Number(after)));
    show::table(&columns, rows)?;
    let is_growing =
        cohorts.iter().flat_map(|cohort| list(cohort, "returned")).any(|cell| cell["is_complete"] == false);
    if is_growing {
        show::line(format!("\n+ this {every} is not over, as far as is known; `all` leaves it out"))?;
    }
    Ok(())
}

pub fn write_life_cycle(answer: &Value) -> anyhow::Result<()> {
    let rows = list(answer, "periods").iter().map(|period| {
        let count = |name: &str| show::count(number(&period[name]));
        let sign = if period["is_complete"] == true { "" } else { "+" };
        vec![
            show::text(&period["first_day"]) + sign,
            count("active"),
            count("new"),
            count("returning"),
            count("resurrected"),
            count("dormant"),
            share(&period["share"]),
        ]
    });
    let columns = [
        Column::Text("from"),
        Column::Number("active"),
        Column::Number("new"),
        Column::Number("returning"),
        Column::Number("resurrected"),
        Column::Number("dormant"),
        Column::Number("stayed"),
    ];
    show::table(&columns, rows.collect())?;
    if list(answer, "periods").iter().any(|period| period["is_complete"] == false) {
        show::line("\n+ not over, as far as is known")?;
    }
    Ok(())
}

pub fn write_attribution(answer: &Value) -> anyhow::Result<()> {
    let credits = list(answer, "credits");
    let has_removal = credits.iter().any(|credit| credit["removal"].is_object());
    let by_touchpoint = answer["by"] == "touchpoint";
    let models: &[&'static str] = match has_removal {
        true => &["first", "last", "linear", "position", "removal"],
        false => &["first", "last", "linear", "position"],
    };
    let table = |cell: &dyn Fn(&Value) -> String| {
        let rows = credits.iter().map(|credit| {
            let mut row = vec![show::text(&credit["channel"])];
            if by_touchpoint {
                row.push(show::text(&credit["activity"]));
            }
            row.extend(models.iter().map(|model| cell(&credit[model])));
            if has_removal {
                row.push(share(&credit["removal_effect"]));
            }
            row
        });
        let mut columns = vec![Column::Text("channel")];
        if by_touchpoint {
            columns.push(Column::Text("activity"));
        }
        columns.extend(models.iter().map(|model| Column::Number(model)));
        if has_removal {
            columns.push(Column::Number("lost without"));
        }
        show::table(&columns, rows.collect())
    };
    table(&|credit| format!("{:.2}", credit["outcomes"].as_f64().unwrap_or_default()))?;
    let (outcomes, without_touch) = (number(&answer["outcomes"]), number(&answer["without_touch"]));
    show::line(format!(
        "\n{} outcomes, {} of them without a touch before them",
        show::count(outcomes),
        show::count(without_touch)
    ))?;
    let value = &answer["value"];
    if value.is_object() {
        show::line("")?;
        table(&|credit| format!("{:.2}", credit["value"].as_f64().unwrap_or_default()))?;
        let property = [&value["property"], &value["currency"]].map(show::text).join(" ");
        let (total, without_touch) = (&value["total"], &value["without_touch"]);
        show::line(format!("\n{total} of {}, {without_touch} of it without a touch before", property.trim()))?;
    }
    Ok(())
}

pub fn write_daily(answer: &Value) -> anyhow::Result<()> {
    let days = list(answer, "days");
    let mut rows = Vec::new();
    for (place, day) in days.iter().enumerate() {
        for counts in list(answer, "activities") {
            let events = number(&counts["events"][place]);
            if events > 0 {
                let customers = show::count(number(&counts["customers"][place]));
                rows.push(vec![show::text(day), show::text(&counts["activity"]), show::count(events), customers]);
            }
        }
    }
    let hidden = rows.len().saturating_sub(SHOWN_DAYS);
    let columns =
        [Column::Text("day"), Column::Text("activity"), Column::Number("events"), Column::Number("customers")];
    // The latest days are what one looks for.
    rows.drain(..hidden);
    if hidden > 0 {
        show::line(format!("{hidden} earlier rows … (--format json has all)"))?;
    }
    show::table(&columns, rows)
}
